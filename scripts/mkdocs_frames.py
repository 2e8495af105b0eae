"""Frames: what pages of a kind have in common, rendered once and filled in for each of them.

A template is rendered with texts that it may put anywhere. They note everything else that it asks
of them: whether one is empty, equals another, or has a word in it. Pages that give the same answers
differ only in these texts. So this works with any template, an owner's included: if it asks for
something that cannot be noted, each page is rendered as a whole, as MkDocs does.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial, wraps
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import runtime
from mkdocs import utils
from mkdocs.commands.build import get_context

if TYPE_CHECKING:
    from jinja2 import Environment, Template
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation

Values = Sequence[Any]
"""What differs between pages: the fields of `Shown`, then the texts of its front matter."""
Get = Callable[[Values], Any]
"""Returns a text of a page, or an answer about it."""

_OPENING = "\ue010"
_MARK = re.compile(f"{_OPENING}([0-9]+)\ue011")
_MOST = 100
"""Most frames of one shape; a template that needs more asks for something pages do not share."""


class Shown(NamedTuple):
    """What templates show of a page that is not in the navigation."""

    url: str
    canonical_url: str | None
    content: str
    meta: Mapping[str, Any]


class _UntraceableError(Exception):
    """A template asks for something that cannot be noted."""


class _Slot(str):
    """A text or a number of a page, as a mark in its place."""

    __slots__ = ("get", "trace", "value")
    trace: _Trace
    get: Get
    value: Any

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("__") or name in _Slot.__slots__:
            return super().__getattribute__(name)
        getattr(self.value, name)  # may be no text
        return partial(self.trace.lifted, partial(_called, name), self, key=name)

    def __bool__(self) -> bool:
        return bool(self.trace.lifted(bool, self))

    def __len__(self) -> int:
        return int(self.trace.lifted(len, self, answers=True))

    def __index__(self) -> int:
        return int(self.trace.lifted(operator.index, self, answers=True))

    def __hash__(self) -> int:
        return hash(self.trace.lifted(_itself, self, answers=True))

    def __iter__(self) -> Any:  # noqa: ANN401
        return iter(self.trace.lifted(tuple, self, answers=True))


def _itself(value: object) -> object:
    return value


def _called(name: str, value: object, *arguments: object) -> object:
    return getattr(value, name)(*arguments)


for _name in ("eq", "ne", "lt", "le", "gt", "ge", "contains", "getitem", "add", "sub", "mul"):
    _operation = getattr(operator, _name)
    setattr(
        _Slot,
        f"__{_name}__",
        lambda self, other, operation=_operation: self.trace.lifted(operation, self, other),
    )


class _Trace:
    """What a template makes of one page, and asks of it."""

    def __init__(self, values: Values, folder: str, addresses: dict[str, str]) -> None:
        self.values, self.folder, self.addresses = values, folder, addresses
        self.texts: list[Get] = []
        self.answers: list[tuple[Get, object]] = []
        self._known: dict[object, Any] = {}
        self._joined: dict[str, str] = {}

    def slot(self, get: Get, value: object) -> _Slot:
        """Return a text that a template can put anywhere."""
        made = _Slot(f"{_OPENING}{len(self.texts)}\ue011")
        made.trace, made.get, made.value = self, get, value
        self.texts.append(get)
        return made

    def lifted(
        self,
        function: Callable[..., Any],
        *given: object,
        key: object = None,
        answers: bool = False,
    ) -> Any:  # noqa: ANN401
        """Return what a function makes of texts: another one, or else an answer.

        What a function, or another one with the same `key`, made of them before, it makes again.
        """
        asked = (key or function, answers, *map(_written, given))
        if asked not in self._known:
            get = self._applied(function, given)
            value = get(self.values)
            if not answers and (type(value) is int or isinstance(value, str)):
                value = self.slot(get, value)
            else:
                self.answers.append((get, value))
            self._known[asked] = value
        return self._known[asked]

    def _applied(self, function: Callable[..., Any], given: Sequence[object]) -> Get:
        if len(given) == 1:
            only = self.getter(given[0])
            return lambda values: function(only(values))
        gets = [self.getter(one) for one in given]
        return lambda values: function(*[get(values) for get in gets])

    def getter(self, given: object) -> Get:
        """Return what gives any page's form of what a template has of this one."""
        if isinstance(given, _Slot):
            return given.get
        if isinstance(given, str) and _OPENING in given:
            parts = self.parts(given)
            return lambda values: filled(parts, values)
        if isinstance(given, list | tuple):
            gets = [self.getter(one) for one in given]
            return lambda values: [get(values) for get in gets]
        return lambda _: given

    def parts(self, text: str) -> list[str | Get]:
        """Split a text at its marks."""
        found = enumerate(_MARK.split(str.__str__(text)))
        return [self.texts[int(part)] if at % 2 else part for at, part in found]

    def joined(self, text: str) -> str:
        """Return a text with marks as one whose equality and so on are noted, too."""
        get = self.getter(text)
        made = self.slot(get, get(self.values))
        self._joined[str.__str__(made)] = text
        return made

    def unjoined(self, text: str) -> str:
        """Return what was joined to a text, with marks."""
        return self._joined.get(str.__str__(text), text)


def _written(given: object) -> object:
    """Return what tells arguments apart."""
    return repr(str.__str__(given) if isinstance(given, str) else given)


def filled(parts: Sequence[str | Get], values: Values) -> str:
    """Return the text of parts."""
    return "".join([part if isinstance(part, str) else str(part(values)) for part in parts])


class _Frame(NamedTuple):
    """What pages have in common about which these answers are true."""

    answers: Sequence[tuple[Get, object]]
    parts: Sequence[str | Get]

    def fits(self, values: Values) -> bool:
        """Tell whether it is the frame of a page."""
        return all(get(values) == answer for get, answer in self.answers)


class Frames:
    """The frames of one build, for pages that are not in the navigation."""

    def __init__(
        self,
        config: MkDocsConfig,
        nav: Navigation,
        pages: Sequence[Any],
        finish: Callable[[str], str],
    ) -> None:
        """`finish` is applied to frames, so it must not depend on the texts of a page."""
        self._config, self._nav, self._pages, self._finish = config, nav, pages, finish
        self._known: dict[object, list[_Frame] | None] = {}
        self._addresses: dict[str, dict[str, str]] = {}

    def page(self, page: Shown, environment: Environment, whole: Callable[[], str]) -> str:
        """Return the HTML of a page; `whole` renders all of it."""
        values: list[Any] = list(page)
        folder = page.url.rstrip("/").rpartition("/")[0]
        template = page.meta.get("template", "main.html")
        key = (folder, template, *map(bool, page), _shape(page.meta, values))
        frames = self._known.setdefault(key, [])
        for frame in frames or ():
            if frame.fits(values):
                return filled(frame.parts, values)
        html = self._finish(whole())
        if frames is not None:
            trace = _Trace(values, folder, self._addresses.setdefault(folder, {}))
            made = self._made(page, environment.get_template(template), trace)
            if made and len(frames) < _MOST and filled(made.parts, values) == html:
                frames.append(made)
            else:
                self._known[key] = None
        return html

    def _made(self, page: Shown, template: Template, trace: _Trace) -> _Frame | None:
        """Return the frame of a page; None if its template asks for something else."""
        texts = {
            name: trace.slot(operator.itemgetter(at), value) if value else value
            for at, (name, value) in enumerate(page._asdict().items())
        }
        texts["meta"] = _traced(page.meta, trace, [len(page)])
        context = get_context(self._nav, self._pages, self._config, SimpleNamespace(url=page.url))  # type: ignore[arg-type]
        _Active.trace = trace
        try:
            text = template.render({**context, "page": _Page(texts)})
        except _UntraceableError:
            return None
        finally:
            _Active.trace = None
        return _Frame(trace.answers, trace.parts(self._finish(trace.unjoined(text))))


class _Page:
    """A page as its template finds it."""

    previous_page = next_page = parent = None
    active = True

    def __init__(self, texts: Mapping[str, Any]) -> None:
        vars(self).update(texts)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        raise _UntraceableError(name)


class _Active:
    """The trace of the page that is rendered now, if any."""

    trace: _Trace | None = None


def _is_text(value: object) -> bool:
    """Tell whether pages may differ in a value, and share a frame."""
    return bool(value) and isinstance(value, str | int) and value is not True


def _shape(value: object, values: list[Any]) -> object:
    """Return the form of front matter, and add its texts to those of its page."""
    if isinstance(value, dict):
        return tuple((name, _shape(inner, values)) for name, inner in value.items())
    if isinstance(value, list):
        return ("", *(_shape(inner, values) for inner in value))
    if _is_text(value):
        values.append(value)
        return type(value)
    return repr(value)


def _traced(value: object, trace: _Trace, at: list[int]) -> Any:  # noqa: ANN401
    """Return front matter with a mark for each of its texts, whose places start `at` a number."""
    if isinstance(value, dict):
        return {name: _traced(inner, trace, at) for name, inner in value.items()}
    if isinstance(value, list):
        return [_traced(inner, trace, at) for inner in value]
    if _is_text(value):
        at[0] += 1
        return trace.slot(operator.itemgetter(at[0] - 1), value)
    return value


def install(environment: Environment) -> None:
    """Have the filters, tests and operators of templates note what they make of texts."""
    for name, function in environment.filters.items():
        environment.filters[name] = _noting(function)
    for name, function in environment.tests.items():
        environment.tests[name] = _noting(function)
    environment.filters["url"] = _noting_url(environment.filters["url"])
    environment.concat = _joining(environment.concat)  # type: ignore[method-assign]


def _noting(function: Any) -> Callable[..., Any]:  # noqa: ANN401
    first = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def noted(*given: Any, **options: Any) -> Any:  # noqa: ANN401
        trace = _Active.trace
        if trace is None or not any(map(_has_mark, (*given[first:], *options.values()))):
            return function(*given, **options)
        if any(map(_has_mark, options.values())):
            raise _UntraceableError(function.__name__)
        applied = partial(function, *given[:first], **options)
        return trace.lifted(applied, *given[first:], key=(function, repr(options)))

    return noted


def _has_mark(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(map(_has_mark, value))
    return isinstance(value, str) and _OPENING in str.__str__(value)


def _noting_url(function: Callable[..., str]) -> Callable[..., Any]:
    """Return the filter for addresses, which depend on the page that they are on."""

    @wraps(function)
    def noted(context: Any, value: str) -> Any:  # noqa: ANN401
        trace = _Active.trace
        if trace is None:
            return function(context, value)
        relative = partial(_relative, trace.addresses, context["base_url"])
        if _has_mark(value) or value.startswith(trace.folder):
            return trace.lifted(relative, value, context["page"].url, key=_relative)
        return relative(value, trace.values[0])

    return noted


def _relative(known: dict[str, str], base: str, value: str, own: str) -> str:
    """Return an address relative to a page; from all of a folder it is the same, but to itself."""
    if value in known and not value.startswith(own):
        return known[value]
    found = utils.normalize_url(value, SimpleNamespace(url=own), base)  # type: ignore[arg-type]
    if not value.startswith(own):
        known[value] = found
    return found


def _joining(join: Callable[[Any], str]) -> Callable[[Any], str]:
    @wraps(join)
    def joined(parts: Any) -> str:  # noqa: ANN401
        text, trace = join(parts), _Active.trace
        return trace.joined(text) if trace and _OPENING in text else text

    return joined


runtime.str_join = _joining(runtime.str_join)  # type: ignore[assignment]
