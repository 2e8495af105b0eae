"""Words of the interface: their files, what a language lacks, plurals, and where they are used."""

from __future__ import annotations

import json
import os
import re
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markdown import Markdown
from qna import pipeline, words
from qna.cards import content
from qna.data import manifest, markdown_twins, nav
from qna.diagnostics import Report, render
from qna.markdown import extension
from qna.pages import alphabet
from qna.reading import toml_files
from support.harness import ROOT, derived_texts, run

from macros import Macros

ENGLISH: dict[str, dict[str, Any]] = tomllib.loads((words.FOLDER / "en.toml").read_text("utf-8"))
KEYS = {f"{section}.{key}" for section, keys in ENGLISH.items() for key in keys}
POLISH = """\
[counts]
questions = { one = "{count} pytanie", few = "{count} pytania", many = "{count} pytań", other = "{count} pytania" }
"""


def language(folder: Path, text: str, name: str = "de") -> words.Words:
    """Return the words of a language whose file has a text."""
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return words.words(name, folder)


def test_what_a_language_lacks_is_english(tmp_path: Path) -> None:
    """A word that a file lacks is English; so is every word of a language without a file."""
    said = language(tmp_path, '[page]\nskip = "Weiter"\n')

    assert said.text("page.skip") == "Weiter"
    assert said.text("page.outline") == "On this page"
    assert said.counted("counts.questions", 2) == "2 questions"
    assert words.words("nl", tmp_path) == words.english()


def test_a_saved_file_is_read_again(tmp_path: Path) -> None:
    """A preview shows a word when it is saved."""
    first = language(tmp_path, '[page]\nskip = "Weiter"\n')
    os.utime(tmp_path / "de.toml", (0, 0))
    second = language(tmp_path, '[page]\nskip = "Zum Text"\n')

    assert [said.text("page.skip") for said in (first, second)] == ["Weiter", "Zum Text"]


@pytest.mark.parametrize("name", ["de-AT", "de_AT", "de", "de-Latn-CH"])
def test_region(name: str) -> None:
    """A language of a region without a file has the words of the language."""
    assert words.words(name).text("page.outline") == "Auf dieser Seite"


@pytest.mark.parametrize("name", ["", "..", "../de", "de/", "deutsch", "null", "de.toml", "d"])
def test_no_language(name: str) -> None:
    """Anything that is no language is English, and no path."""
    assert words.words(name) == words.english()


def test_plurals() -> None:
    """A number has the form that the language gives it, with its digits grouped."""
    counted = [
        [words.words(name).counted("counts.questions", number) for number in (0, 1, 2, 1000)]
        for name in ("en", "de")
    ]

    assert counted == [
        ["0 questions", "1 question", "2 questions", "1,000 questions"],
        ["0 Fragen", "1 Frage", "2 Fragen", "1.000 Fragen"],
    ]


def test_plurals_of_a_slavic_language(tmp_path: Path) -> None:
    """Categories are those of the language; where it has no words, English ones have English forms."""
    said = language(tmp_path, POLISH, "pl")
    russian = language(tmp_path, "[page]\n", "ru")

    assert [said.counted("counts.questions", number) for number in (1, 2, 5, 22)] == [
        *("1 pytanie", "2 pytania", "5 pytań", "22 pytania")
    ]
    assert [russian.counted("counts.topics", number) for number in (1, 2, 21)] == [
        *("1 topic", "2 topics", "21 topics")
    ]


def test_a_number_with_its_own_text() -> None:
    """A form for one number comes before that of its category."""
    assert words.english().counted("topics.description", 0, title="T") == "0 topics of T."
    assert words.words("de").counted("search.found", 0) == "Keine Antworten"


def told(text: str | bytes, folder: Path) -> str:
    """Return the diagnostics of a German file, without the lines of the file and its folder."""
    path = folder / "de.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    report = Report()
    toml_files.check_language("de-AT", report, folder)
    assert words.words("de", folder).text("page.skip")  # whatever the file has
    return render(report, {}).replace(f"{path}:", "").rpartition("\n\n")[0]


WRONG = {
    '[page]\nskipp = "x"': "2:1: error[E311]: there is no 'skipp' in section 'page' in English\n"
    "hint: delete it, or correct its name",
    '[pages]\nskip = "x"': "1:2: error[E311]: there is no section 'pages' in English\nhint: delete it",
    '# skip\n[links]\n[page]\nskip = "{n}"': "4:1: error[E311]: nothing takes the place of {n}\n"
    "hint: in English, it has none",
    '[links]\ncontinue = "{titel}"': "2:1: error[E311]: nothing takes the place of {titel}\n"
    "hint: in English, it has {title}",
    "[page]\nskip = 1": "2:1: error[E311]: it is not a text\nhint: write some words between quotes",
    '[page]\nskip = " "': "2:1: error[E311]: it is not a text\nhint: write some words between quotes",
    '[counts]\ntopics = "x"': "2:1: error[E311]: it is not a table of texts with 'other'\n"
    'hint: write it as { other = "..." }',
    '[counts]\ntopics = { one = "x" }': "2:1: error[E311]: it is not a table of texts with 'other'\n"
    'hint: write it as { other = "..." }',
    '[counts]\ntopics = { two_ = "x", other = "y" }': "2:1: error[E311]: 'two_' is no category of plurals\n"
    "hint: use a number or one of few, many, one, other, two, zero",
    "[counts]\ntopics = { other = 1 }": "2:1: error[E311]: 'other' is not a text\n"
    "hint: write some words between quotes",
    "page = 1": "1:1: error[E311]: there is no section 'page' in English\nhint: delete it",
    '[page]\nskip = "x': "2:10: error[E310]: not TOML: Illegal character '\\n'\n"
    "hint: follow the form of the other entries in the file",
}


@pytest.mark.parametrize(("text", "message"), WRONG.items())
def test_mistakes(text: str, message: str, tmp_path: Path) -> None:
    """A mistake in a file is reported with its place and what to do, and the word is English."""
    found = told(text + "\n", tmp_path)

    assert found == message


def test_not_utf_8(tmp_path: Path) -> None:
    """A file that is not UTF-8 is reported, too."""
    assert told('[page]\nskip = "ü"'.encode("latin-1"), tmp_path).startswith(
        "1:1: error[E310]: not TOML: 'utf-8' codec"
    )


def test_mistakes_stop_the_splitter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The splitter reports a mistake in the file of its site's language, and of no other."""
    source = tmp_path / "docs/_source/questions.md"
    source.parent.mkdir(parents=True)
    source.write_text("# T\n\n### **1. T**\n*   **Q?**\n    - A.\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("theme:\n  language: de\n", encoding="utf-8")
    (tmp_path / "de.toml").write_text('[page]\nskipp = "x"\n', encoding="utf-8")
    check = toml_files.check_language
    monkeypatch.setattr(
        toml_files, "check_language", lambda name, report: check(name, report, tmp_path)
    )

    code, _, error = run("--source", source, "--out", tmp_path / "docs")

    assert code == 1
    assert "error[E311]: there is no 'skipp' in section 'page' in English" in error


@pytest.mark.parametrize("path", sorted(words.FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    """Each file has only texts that can be used, none of which is Markdown or HTML."""
    entries = tomllib.loads(path.read_text("utf-8"))
    texts = [text for keys in entries.values() for entry in keys.values() for text in forms(entry)]

    assert [*words.mistakes(entries)] == []
    assert [text for text in texts if re.search(r"[\\`*_<>#|~$&\[\]]", text.replace("_", ""))] == []


def test_names() -> None:
    """No section or key is called like a method of a dictionary, which Jinja would take instead."""
    names = {*ENGLISH, *(key for keys in ENGLISH.values() for key in keys)}

    assert names & {*dir(dict)} == set()


def forms(entry: str | dict[str, str]) -> list[str]:
    """Return the texts of an entry."""
    return [entry] if isinstance(entry, str) else [*entry.values()]


def test_german_is_complete() -> None:
    """Every English word has a German one."""
    german = tomllib.loads((words.FOLDER / "de.toml").read_text("utf-8"))

    assert {f"{section}.{key}" for section, keys in german.items() for key in keys} == KEYS


def used() -> set[str]:
    """Return patterns of the words that the code uses."""
    files = [
        *(path for path in (ROOT / "scripts").rglob("*.py") if path.name != "words.py"),
        *(ROOT / "macros").glob("*.py"),
        *(path for path in (ROOT / "overrides").rglob("*.html") if path.name != "words.html"),
        *(path for path in (ROOT / "frontend").rglob("*.ts") if path.name != "wording.ts"),
    ]
    text = "".join(path.read_text("utf-8") for path in files)
    sections = "|".join(ENGLISH)
    found = set(re.findall(rf"""["']((?:{sections})\.[\w{{}}.]+)["']""", text))
    found |= {".".join(pair) for pair in re.findall(rf"\bwords\.({sections})\.(\w+)", text)}
    found |= {
        f"{section}.{prefix}{{}}"
        for section, prefix in re.findall(rf'\bwords\.({sections})\[(?:"(\w+)" ~ )?\w+\]', text)
    }
    found |= {".".join(pair) for pair in re.findall(r"\bWORDS\.([a-z]+)_(\w+)", text)}
    return {
        re.sub(r"\\\{.*?\\\}", r"\\w+", re.escape(name))
        for name in found
        if not name.endswith((".toml", ".html", ".md"))
    }


def test_every_word_is_used() -> None:
    """No file has a word that nothing uses, and no code a word that English lacks."""
    patterns = used()
    unused = {key for key in KEYS if not any(re.fullmatch(name, key) for name in patterns)}
    unknown = {name for name in patterns if not any(re.fullmatch(name, key) for key in KEYS)}

    assert unused == set()
    assert unknown == set()


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ("theme:\n  name: material\n  language: de\n", "de"),
        ("theme:\n  language: 'zh_Hant' # x\nextra:\n  language: fr\n", "zh_Hant"),
        ("theme: {name: material, language: de-AT}\n", "de-AT"),
        ("theme:\r\n  name: material\r\n\r\n  # comment\r\n  language: de\r\n", "de"),
        ("theme:\n  name: material\n  # language: de\nextra:\n  language: fr\n", "en"),
        ("plugins:\n  - search:\n      language: de\n", "en"),
        ("theme: material\n", "en"),
        ("", "en"),
    ],
)
def test_language_of_a_configuration(config: str, found: str) -> None:
    """The language is the theme's, however it is written; English if there is none."""
    assert nav.language(config) == found


# Every word that is not content, marked in the output.

SOURCE = """\
# Zxq

### **1. Qxz**
*   **Zzx qx?** {#zzx}
    - Xq zx.[^1]

      > [!WARNING]
      > Qx.

      - [ ] Zq
      - [x] Qz

      [^1]: Xz.

*   **Qq xz?** {#qqx}
    - [Personal answer required. Zx.]

### **2. Xzz**
*   **Xx zzq?** {#xxz}
    - Zz.
"""
RENAMED = ["--rename", "zzx=zxz", "--rename", "qxz=xqx"]
GLOSSARY = """\
[[term]]
name = "∇"
meaning = "Zx qz."
explained_by = ["zxz"]

[[term]]
name = "Zq"
meaning = "Zx qz."
explained_by = []

[[term]]
name = "Zqx"
meaning = "Zx qz."
explained_by = []
"""
PATH = """\
---
title: Zx
description: Qz.
---

# Zx

{{ steps() }}

{{ step("zxz", "Xq.") }}

{{ step("xxz") }}
"""
NOTE = """\
# Zx

!!! note

    Zx.[^1]

??? tip

    Zx.

[^1]: Qx.
"""
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
CONTENT = re.compile(r"\[!WARNING\]|\[?Personal answer required|\b[ZQX][zqx]*\b|\b[zqx]+\b")


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The docs folder of a split site, in a language whose every word is within ⟦ and ⟧."""
    texts = {
        section: {
            key: f"⟦{entry}⟧"
            if isinstance(entry, str)
            else {form: f"⟦{text}⟧" for form, text in entry.items()}
            for key, entry in keys.items()
        }
        for section, keys in ENGLISH.items()
    }
    said = words.Words("en", texts)
    monkeypatch.setattr(pipeline.words, "words", lambda _: said)
    monkeypatch.setattr(extension, "words", lambda _: said)
    monkeypatch.setattr(alphabet, "ENTRIES_PER_PAGE", 2)
    docs = tmp_path / "docs"
    for name, text in {
        "_source/questions.md": SOURCE,
        "paths/zx.md": PATH,
    }.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(text, encoding="utf-8")
    source = docs / "_source/questions.md"
    assert run("--source", source, "--out", docs)[0] == 0
    bare = re.sub(r" \{#\w+\}", "", SOURCE)
    source.write_text(bare, encoding="utf-8")
    assert run("--source", source, "--out", docs, *RENAMED)[0] == 0
    story = bare[bare.index("*   **Qq") : bare.index("### **2.")]
    source.write_text(f"{bare.replace(story, '')}\n{story}", encoding="utf-8")
    (docs / "_source/glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    code, _, error = run("--source", source, "--out", docs)
    assert code == 0, error
    return docs


def unmarked(text: str) -> list[str]:
    """Return the words of a text that are neither marked nor content."""
    while MARKED.search(text):
        text = MARKED.sub(" ", text)
    return re.findall(r"[^\W\d_]{2,}", CONTENT.sub(" ", text))


def shown(page: str) -> str:
    """Return what readers see or hear of a page: texts, names, and what its head says."""
    head = re.findall(r'^(?:title|description): "(.*)"$', page, re.MULTILINE)
    body = re.sub(r"\A---\n.*?\n---\n", "", page, flags=re.DOTALL)
    html = Markdown(
        extensions=[
            *("abbr", "admonition", "attr_list", "def_list", "footnotes", "toc"),
            *("pymdownx.details", "pymdownx.superfences", "qna.markdown.extension"),
        ],
        extension_configs={"toc": {"permalink": True, "permalink_title": ""}},
    ).convert(body)
    named = re.findall(r' (?:aria-label|title|alt|placeholder)="([^"]*)"', html)
    return "\n".join([*head, *named, re.sub(r"<[^>]*>", " ", html)])


def test_every_word_of_generated_pages_is_in_the_file(marked: Path) -> None:
    """On pages that the splitter writes, all that is no content comes from the file."""
    pages = {
        path.relative_to(marked).as_posix(): path.read_text("utf-8")
        for path in marked.rglob("*.md")
    }
    written = {
        name: text for name, text in pages.items() if name[0] != "_" and name != "paths/zx.md"
    }

    assert len(written) > 10
    assert {name: found for name, text in written.items() if (found := unmarked(shown(text)))} == {}


def test_every_word_that_macros_and_extension_add_is_in_the_file(marked: Path) -> None:
    """On pages written by hand, all that macros and our extension add comes from the file."""
    said = pipeline.words.words("")
    macros = Macros(marked, lambda: "paths/zx.md", ("paths/zx.md",), said)
    calls = [
        *(macros.steps(), macros.step("zxz", "Xq."), macros.step("qqx"), macros.paths()),
        *(macros.topics(1), macros.topics(), macros.topic("xzz"), macros.counted()),
        *(macros.counted("topics"), macros.answer("zxz"), macros.question("xxz")),
    ]

    assert [unmarked(shown(text)) for text in [*calls, NOTE]] == [[]] * (len(calls) + 1)


def test_every_word_of_other_files_is_in_the_file(marked: Path) -> None:
    """So it is on cards, in `llms.txt`, in Markdown twins, and in an issue about a mistake."""
    said = pipeline.words.words("")
    data = marked / manifest.FILE_NAME
    cards = content.cards(json.loads(data.read_text("utf-8")), said)
    drawn = [
        text
        for card in cards
        for text in (card.heading, card.title, card.text, card.label, card.aside)
    ]
    path = content.path_card("zx", "Zx", "Zx", "Zx", said)
    twins = derived_texts(markdown_twins.twins(json.loads(data.read_text("utf-8")), said))
    plain = [(marked / "llms.txt").read_text("utf-8"), *twins.values()]
    addresses = re.compile(r"\]\([^)]*\)|\[[\w./-]+\](?=\()")

    assert unmarked("\n".join([*drawn, path.heading])) == []
    assert unmarked("\n".join(addresses.sub(" ", text) for text in plain)) == []
    page = (marked / "q/zxz.md").read_text("utf-8")
    issue = unquote(re.search(r"^issue: (.*)$", page, re.MULTILINE)[1])  # type: ignore[index]
    assert unmarked(issue) == []
