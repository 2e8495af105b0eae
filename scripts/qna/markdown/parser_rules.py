"""Rules of this site for markdown-it-py: addresses, limits, formulas, and the places of tokens.

The library keeps no place for inline tokens. With these rules, `meta["span"]` is where a token is
in its block's text, and `meta["address"]` where the address of a link or an image is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import isStrSpace
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from qna.markdown import url_safety

_BlockRule = Callable[[StateBlock, int, int, bool], bool]
_InlineRule = Callable[[StateInline, bool], bool]

DEEPEST_BLOCK = 100
"""How many blocks may be within each other; deeper ones are text."""
_DEEPEST_LINK = 20
"""How many brackets may be within each other."""
_ESCAPE = "text_special"
_BOX = re.compile(r"\[(?P<mark>[ xX])\][ \t]+(?=\S)")
_DELIMITERS = re.compile(r"(?=.*[|:])[-|:][-|: \t]*")
"""What may be below the head of a table. Without a pipe or a colon, it underlines a heading."""
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*\|?[ \t]*")
"""The same for a single column."""
_PIPED = "\n|head"
_SCHEMES = ("http", "https", "mailto", "xmpp")
_WITHOUT_PLACE = {"text", "newline", "strikethrough", "emphasis"}
"""Inline rules whose tokens nobody needs to find again."""
_BARE_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_+")


def plugin(reader: MarkdownIt) -> None:
    """Add the rules to a reader that has the plugins for GitHub's Markdown and for formulas."""
    # Proofreading reports an address no page may lead to; pages drop it.
    reader.validateLink = _accept  # type: ignore[method-assign]
    reader.normalizeLink = _normalized  # type: ignore[method-assign]
    reader.options["tasklists"] = False  # it takes "- [ ] 1. Do" for a list in a list
    reader.block.ruler.before("table", "too_deep", _too_deep)
    for block in list(reader.block.ruler.__rules__):
        if guard_block := _BLOCK_GUARDS.get(block.name):
            reader.block.ruler.at(block.name, guard_block(block.fn), {"alt": block.alt})
    for inline in list(reader.inline.ruler.__rules__):
        guard = _INLINE_GUARDS.get(inline.name)
        rule = guard(inline.fn) if guard else inline.fn
        reader.inline.ruler.at(
            inline.name, rule if inline.name in _WITHOUT_PLACE else _placed(rule)
        )
    reader.core.ruler.after("block", "tasks", _tasks)
    reader.core.ruler.after("tasks", "lone_number", _lone_number)
    reader.core.ruler.before("footnote_tail", "note_lines", _note_lines)
    reader.core.ruler.before("text_join", "note_escapes", _note_escapes)


def _normalized(url: str) -> str:
    """Encode an address, unless it is unsafe: encoded, it would not be known as that any more."""
    return normalizeLink(url) if url_safety.is_safe(url) else url


def _accept(url: str) -> bool:  # noqa: ARG001 - the library passes it
    return True


def _outside_notes(rule: _BlockRule) -> _BlockRule:
    """Have a block rule leave footnotes alone: `[^1]: # 1` is text."""

    def outside_notes(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        return state.parentType != "footnote" and rule(state, start, end, silent)

    return outside_notes


def _table(rule: _BlockRule) -> _BlockRule:
    """Read a table only from text, and one of a single column without a pipe in its head.

    GitHub does both. The library takes `# a | b` for a head, too, and wants a pipe in each.
    """

    def table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if start + 1 >= end or not _DELIMITERS.fullmatch(delimiters := _line(state, start + 1)):
            return False
        # The library would end the item that a line without its indent continues.
        if state.sCount[start] < state.blkIndent or _is_other_block(state, start, end):
            return False
        if "|" in _line(state, start) or not _DELIMITER.fullmatch(delimiters):
            return rule(state, start, end, silent)
        return _without_pipe(rule, state, start, end, silent)

    return table


def _without_pipe(
    rule: _BlockRule,
    state: StateBlock,
    start: int,
    end: int,
    silent: bool,  # noqa: FBT001
) -> bool:
    """Read a table whose head has no pipe: the rule sees another head, which has one."""
    if not state.src.endswith(_PIPED):
        state.src += _PIPED
    head, count = _line(state, start), len(state.tokens)
    place = state.bMarks[start], state.tShift[start], state.eMarks[start]
    piped = len(state.src) - len(_PIPED) + 1, 0, len(state.src)
    state.bMarks[start], state.tShift[start], state.eMarks[start] = piped
    found = rule(state, start, end, silent)
    state.bMarks[start], state.tShift[start], state.eMarks[start] = place
    if found and not silent:
        next(token for token in state.tokens[count:] if token.children == []).content = head.strip()
    return found


def _is_other_block(state: StateBlock, start: int, end: int) -> bool:
    """Tell whether a line starts a block that is neither a table nor text."""
    rules = state.md.block.ruler.getRules("blockquote")  # what ends the rows of a table, too
    return any(rule(state, start, end, True) for rule in rules)  # noqa: FBT003


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _one_formula(rule: _BlockRule) -> _BlockRule:
    """Leave several formulas on a line, or text below without its indent, to the inline rule.

    The library takes a line with several for one. For GitHub, a formula is text, which such a line
    continues.
    """

    def one_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        count = len(state.tokens)
        if _line(state, start).count("$$") > 2 or not rule(state, start, end, silent):  # noqa: PLR2004
            return False
        if silent or not _is_continued(state, state.line, end):
            return True
        del state.tokens[count:]
        state.line = start
        return False

    return one_formula


def _is_continued(state: StateBlock, line: int, end: int) -> bool:
    """Tell whether a line continues a paragraph in a quote or an item that it is not within."""
    if line >= end or state.isEmpty(line) or state.sCount[line] >= state.blkIndent:
        return False
    rules = state.md.block.ruler.getRules("paragraph")
    return state.sCount[line] < 0 or not any(rule(state, line, end, True) for rule in rules)  # noqa: FBT003


def _outermost(rule: _BlockRule) -> _BlockRule:
    """Take a footnote's definition within a footnote as text: the library would lose its end."""

    def outermost(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if silent:
            return rule(state, start, end, silent)
        if state.env.get("within_note"):
            return rule(state, start, end, True) and _take_as_text(state, start, start + 1)  # noqa: FBT003
        state.env["within_note"] = True
        found = rule(state, start, end, silent)
        state.env["within_note"] = False
        return found

    return outermost


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Take what is nested too deeply as text: the library would drop it."""
    return not silent and state.level >= DEEPEST_BLOCK and _take_as_text(state, start, end)


def _take_as_text(state: StateBlock, start: int, end: int) -> bool:
    state.push("paragraph_open", "p", 1).map = [start, end]
    text = state.push("inline", "", 0)
    text.content = state.getLines(start, end, state.blkIndent, keepLastLF=False).strip()
    text.map, text.children = [start, end], []
    state.push("paragraph_close", "p", -1)
    state.line = end
    return True


def _not_too_deep(rule: _InlineRule) -> _InlineRule:
    """Bound brackets within brackets, as the library does: each level costs as much again."""

    def not_too_deep(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if state.level < _DEEPEST_LINK:
            return rule(state, silent)
        if silent:
            state.pos = state.posMax
        return silent

    return not_too_deep


def _after_scheme(rule: _InlineRule) -> _InlineRule:
    """Call a rule only at the colon of an address: it would read all of the text before it."""

    def after_scheme(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        return state.src.endswith(_SCHEMES, 0, state.pos) and rule(state, silent)

    return after_scheme


def _placed(rule: _InlineRule) -> _InlineRule:
    """Have a rule note in its tokens where in the block's text they come from."""

    def placed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the library's interface
        start, count = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            _note_places(state, start, state.tokens[count:])
        return found

    return placed


def _note_places(state: StateInline, start: int, tokens: list[Token]) -> None:
    for token in tokens:
        if "span" not in token.meta:
            token.meta["span"] = _bare_start(state.src, start, token), state.pos
        if token.type in {"link_open", "image"} and "address" not in token.meta:
            token.meta["address"] = _address(state, token)


def _bare_start(text: str, start: int, token: Token) -> int:
    """Return where a bare address starts: the library notices it at its colon or at sign."""
    if token.type == "link_open" and token.markup == "autolink" and text[start] in ":@":
        while start and text[start - 1] in _BARE_START:
            start -= 1
    return start


def _address(state: StateInline, token: Token) -> tuple[int, int] | None:
    """Return where a link's address is in the text; None if a definition elsewhere holds it."""
    start, end = token.meta["span"]
    if token.markup == "autolink":
        inside = state.src[start] == "<"
        return start + inside, end - inside
    helpers = state.md.helpers
    label_end = helpers.parseLinkLabel(state, start + (token.type == "image"), disableNested=True)
    if not state.src.startswith("(", label_end + 1):
        return None
    place = label_end + 2
    while place < end and (isStrSpace(state.src[place]) or state.src[place] == "\n"):
        place += 1
    found = helpers.parseLinkDestination(state.src, place, end)
    return (place, found.pos) if found.ok else None


def _between_words(rule: _InlineRule) -> _InlineRule:
    """Take dollars for a formula only where GitHub does: no letter or digit touches them."""

    def between_words(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        start, text = state.pos, state.src
        if start and (text[start - 1].isalnum() or text[start - 1] == "$"):
            return False
        count, pending = len(state.tokens), state.pending
        if not start:
            state.src = f"{text}\n"  # the library takes the last character for one before the first
        found = rule(state, silent)
        state.src = text
        if not found:
            return False
        if text[state.pos : state.pos + 1].isalnum():
            del state.tokens[count:]
            state.pos, state.pending = start, pending
            return False
        for token in state.tokens[count:]:
            _strip_backticks(token)
        return True

    return between_words


def _outside_words(rule: _InlineRule) -> _InlineRule:
    """Leave underscores within words in their text: an e-mail address may have some."""

    def outside_words(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if silent or state.src[state.pos] != "_":
            return rule(state, silent)
        found = state.scanDelims(state.pos, canSplitWord=False)
        if found.can_open or found.can_close:
            return rule(state, silent)
        end = state.pos + found.length
        state.pending += state.src[state.pos : end]
        state.pos = end
        return True

    return outside_words


def _strip_backticks(token: Token) -> None:
    """Read ``$`x`$``, which GitHub takes for a formula, too."""
    content = token.content
    if token.type == "math_inline" and len(content) > 2 and content[0] == content[-1] == "`":  # noqa: PLR2004
        token.content = content[1:-1]


def _note_lines(state: StateCore) -> None:
    """Keep where footnotes are defined: the library drops those that nothing refers to."""
    state.env["note_lines"] = [
        (token.map[0], token.meta["label"])
        for token in state.tokens
        if token.type == "footnote_reference_open" and token.map
    ]


def _note_escapes(state: StateCore) -> None:
    """Keep where characters are escaped: the library joins them with the text around them."""
    for token in state.tokens:
        escapes = [child.meta["span"] for child in token.children or () if child.type == _ESCAPE]
        if escapes:
            token.meta["escapes"] = escapes


def _tasks(state: StateCore) -> None:
    """Read a box to tick at the start of a list item's first paragraph."""
    lists: list[Token] = []
    for at, token in enumerate(state.tokens):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists.append(token)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            lists.pop()
        elif token.type == "list_item_open" and state.tokens[at + 1].type == "paragraph_open":
            text = state.tokens[at + 2]
            if box := _BOX.match(text.content):
                text.content = text.content[box.end() :]
                token.meta = {"checked": box["mark"] != " "}
                token.attrJoin("class", "task-list-item")
                lists[-1].attrSet("class", "contains-task-list")


def _lone_number(state: StateCore) -> None:
    """Take a number that starts the text as text, unless a second item follows it.

    "1) Define it 2) Measure it" counts within its sentence.
    """
    tokens = state.tokens
    if not tokens or tokens[0].type != "ordered_list_open":
        return
    end = next(
        at
        for at, token in enumerate(tokens)
        if token.type == "ordered_list_close" and not token.level
    )
    items = [token for token in tokens[:end] if token.type == "list_item_open" and token.level == 1]
    if len(items) != 1 or "checked" in items[0].meta or tokens[2].type != "paragraph_open":
        return
    close = max(at for at in range(end) if tokens[at].type == "list_item_close")
    tokens[2].hidden = tokens[4].hidden = False
    tokens[3].content = f"{items[0].info}{items[0].markup} {tokens[3].content}"
    state.tokens = [token for at, token in enumerate(tokens) if at not in {0, 1, close, end}]


_BLOCK_GUARDS = {
    "heading": _outside_notes,
    "footnote_def": _outermost,
    "math_block": _one_formula,
    "table": _table,
}
_INLINE_GUARDS = {
    "math_inline": _between_words,
    "emphasis": _outside_words,
    "link": _not_too_deep,
    "image": _not_too_deep,
    "gfm_autolink_protocol": _after_scheme,
}
"""What is wrapped around rules of the library, by their names."""
