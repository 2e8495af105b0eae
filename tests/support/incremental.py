"""Random edits of every kind, after which a build that keeps pages gives what a full one does."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from support.harness import run as split
from support.sites import copy_project, digests, run

BUILD = (["mkdocs", "build"], ["python", "scripts/publish.py"])
_QUESTION = re.compile(r"^\*   \*\*.*?(?=^\*   \*\*|^### |\Z)", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r"^(    - [A-Z].*\.)$", re.MULTILINE)

WHOLE = frozenset({"topic", "template", "configuration", "style"})
"""Kinds of edits after which every page is built."""
Options = list[str]
"""Of the splitter, after an edit."""


def _edit(path: Path, change: Callable[[str], str]) -> Options:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return []


def _any_of(random: Random, found: re.Pattern[str], put: Callable[[str], str], text: str) -> str:
    """Change any one of the places where a pattern is found."""
    place = random.choice(list(found.finditer(text)))
    return text[: place.start()] + put(place[0]) + text[place.end() :]


def _source(project: Path) -> Path:
    return project / "docs/_source/questions.md"


def answer(project: Path, random: Random) -> Options:
    """Add a sentence to an answer."""
    more = f" And {random.randrange(1000)} more."
    return _edit(
        _source(project), lambda text: _any_of(random, _SENTENCE, lambda old: old + more, text)
    )


def question(project: Path, random: Random) -> Options:
    """Reword a question."""
    asked = re.compile(r"(?<=^\*   \*\*)(?:What|How|Why)", re.MULTILINE)
    return _edit(
        _source(project), lambda text: _any_of(random, asked, lambda old: f"Just {old}", text)
    )


def more(project: Path, random: Random) -> Options:
    """Add a question below another one."""
    number = random.randrange(1000)
    added = f"*   **What is loaf number {number}?**\n    - It is one of many.\n\n"
    return _edit(
        _source(project), lambda text: _any_of(random, _QUESTION, lambda old: old + added, text)
    )


def move(project: Path, random: Random) -> Options:
    """Move a question to another place, in its topic or in another one."""

    def moved(text: str) -> str:
        found = random.choice(list(_QUESTION.finditer(text)))
        rest = text[: found.start()] + text[found.end() :]
        return _any_of(random, _QUESTION, lambda old: f"{old.rstrip()}\n\n{found[0]}", rest)

    return _edit(_source(project), moved)


def _ids(project: Path) -> list[str]:
    """Return the ids of questions that `more` has added, which nothing else names."""
    return sorted(path.stem for path in (project / "docs/q").glob("loaf-number-*.md"))


def rename(project: Path, random: Random) -> Options:
    """Give a question another id."""
    old = random.choice(_ids(project))
    return [f"--rename={old}={old}-again"]


def retire(project: Path, random: Random) -> Options:
    """Delete a question that others may link to, and lead to another one."""
    old, target = random.sample(_ids(project), 2)
    page = (project / f"docs/q/{old}.md").read_text(encoding="utf-8")
    title = re.search(r"^# (.*) \{ #", page, re.MULTILINE)
    assert title
    here = re.compile(
        rf"^\*   \*\*{re.escape(title[1])}\*\*.*?(?=^\*   \*\*|^### |\Z)", re.MULTILINE | re.DOTALL
    )
    _edit(_source(project), lambda text: here.sub("", text))
    return [f"--retire={old}={target}"]


def topic(project: Path, random: Random) -> Options:
    """Change the title of a topic."""
    title = re.compile(r"(?<=^### \*\*)\d+\. \w+", re.MULTILINE)
    return _edit(_source(project), lambda text: _any_of(random, title, lambda old: old + "s", text))


def note(project: Path, random: Random) -> Options:
    """Add a paragraph to a note."""
    path = random.choice(sorted((project / "docs/_source/notes").glob("*.md")))
    return _edit(path, lambda text: f"{text.rstrip()}\n\nPart {random.randrange(1000)}.\n")


def figure(project: Path, random: Random) -> Options:
    """Change the title of a figure."""
    path = random.choice(sorted((project / "docs/_source/figures").glob("*.svg")))
    told = rf"\g<0>{random.randrange(9)} "
    return _edit(path, lambda text: re.sub("<title[^>]*>", told, text, count=1))


def glossary(project: Path, random: Random) -> Options:
    """Change what a term means."""
    meaning = re.compile(r'(?<=^meaning = ").', re.MULTILINE)
    path = project / "docs/_source/glossary.toml"
    return _edit(path, lambda text: _any_of(random, meaning, lambda old: f"Now {old}", text))


def by_hand(project: Path, random: Random) -> Options:
    """Add to a page that is written by hand."""
    path = project / random.choice(["docs/about.md", "docs/index.md"])
    return _edit(path, lambda text: f"{text.rstrip()}\n\n## More {random.randrange(1000)}\n")


def template(project: Path, random: Random) -> Options:
    """Change a template."""
    path = random.choice(sorted((project / "overrides/partials").glob("[a-v]*.html")))
    return _edit(path, lambda text: f"{text}<!-- {random.randrange(1000)} -->")


def configuration(project: Path, random: Random) -> Options:
    """Change the configuration."""
    told = f"copyright: Number {random.randrange(1000)}\n"
    path = project / "mkdocs.yml"
    return _edit(path, lambda text: re.sub(r"^copyright: .*\n", told, text, flags=re.MULTILINE))


def style(project: Path, random: Random) -> Options:
    """Change a style sheet, as the bundler does."""
    path = project / "docs/assets/site.css"
    return _edit(path, lambda text: f"{text}/*{random.randrange(1000)}*/")


EDITS = {
    edit.__name__: edit
    for edit in (
        *(answer, question, more, move, rename, retire, topic, note, figure, glossary),
        *(by_hand, template, configuration, style),
    )
}


def started(folder: Path, random: Random) -> Path:
    """Return a new project whose site is built."""
    project = copy_project(folder)
    for _ in range(3):
        assert edited(project, random, "more")
    _build(project)
    return project


def edited(project: Path, random: Random, kind: str) -> bool:
    """Make an edit, and split; return whether the splitter takes it. If not, it is undone."""
    source, backup = project / "docs/_source", project.with_name("backup")
    shutil.copytree(source, backup)
    options = EDITS[kind](project, random)
    taken = _split(project, *options)
    if not taken:
        shutil.rmtree(source)
        shutil.copytree(backup, source)
    shutil.rmtree(backup)
    return taken


def search(folder: Path, random: Random, edits: int) -> list[str]:
    """Make edits of all kinds, a few between two builds; return what builds make otherwise."""
    project = started(folder / "project", random)
    found: list[str] = []
    for done in range(0, edits, 4):
        kinds = [random.choice(list(EDITS)) for _ in range(4)]
        taken = [kind for kind in kinds if edited(project, random, kind)]
        found += [f"edits from {done}, {', '.join(taken)}: {name}" for name in differing(project)]
    return found


def differing(project: Path) -> list[str]:
    """Build a project; return the files of its site that a full build makes otherwise."""
    _build(project)
    whole = project.with_name("whole")
    shutil.copytree(project, whole, symlinks=True, ignore=shutil.ignore_patterns("site", ".cache"))
    _build(whole)
    found, wanted = digests(project / "site"), digests(whole / "site")
    shutil.rmtree(whole)
    return sorted(name for name in found.keys() | wanted if found.get(name) != wanted.get(name))


def _split(project: Path, *options: str) -> bool:
    code, *_ = split("--source", str(_source(project)), "--out", str(project / "docs"), *options)
    return code == 0


def _build(project: Path) -> None:
    assert _split(project, "--undated")
    for command in BUILD:
        done = run(command, project)
        assert done.returncode == 0, done.stdout + done.stderr
