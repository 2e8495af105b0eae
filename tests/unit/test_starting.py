"""A fresh start: what was there is kept, and a neutral site with one question takes its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import split
import yaml
from qna import diagnostics, pipeline
from qna.appearance import colors, settings
from qna.starting import command, fresh, identity
from qna.starting.identity import Identity, UnusableError
from support.harness import run

DAY = date(2026, 11, 28)
BREAD = Identity("Bread: Q&A", "All about “bread”", "en", "B", "#7a1f3d")
CONFIG = """\
# Ours.
site_name: Old
site_description: About old things.
theme:
  name: material
  language: en

extra:
  search_examples:  # suggested
    - old
    - older

nav:
  - Home: index.md
  - Topics:
      - topics/index.md
      # <topics> written by scripts/split.py
      - topics/old.md
      # </topics>
  - Paths:
      - paths/index.md
      - paths/old.md
  - About: about.md
"""
README = "# Old\n\n5 questions.\n\n## Commands\n\n`make`\n\n## Layout\n"
QUESTIONS = "# Old\n\n### **1. Topic**\n" + "\n".join(
    f"*   **What is {word}?**\n    - It is {word}.\n"
    for word in "rye wheat spelt oats corn".split()
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small checkout, with its ledger."""
    for name, text in {
        "mkdocs.yml": CONFIG,
        "docs/_source/questions.md": QUESTIONS,
        "docs/_source/glossary.toml": "# Terms\n",
        "docs/index.md": "# Old\n",
        "docs/paths/old.md": "# A path\n",
        "docs/authors.md": "# For authors\n",
        "README.md": README,
        ".github/screenshots/topic.png": "a picture",
        "tests/content/own/judgements.jsonl": "{}\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    made = pipeline.prepare(tmp_path / pipeline.SOURCE, tmp_path / "docs")
    (tmp_path / "docs/_source/ids.json").write_text(made.record[0].after, encoding="utf-8")
    (tmp_path / "docs/_source/notes").mkdir()
    (tmp_path / "docs/_source/notes/rye.md").write_text("A note.\n", encoding="utf-8")
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    """Return all files below a folder, but for those that were kept."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        path.as_posix(): (folder / path).read_text(encoding="utf-8")
        for path in paths
        if path.parts[0] != "kept"
    }


def test_what_was_there_is_kept(root: Path) -> None:
    """Every file that goes or changes is kept, as it was, in a folder of the day."""
    before = texts(root)
    kept = fresh.start(root, BREAD, DAY)
    after = texts(root)

    assert kept.folder == Path("kept/2026-11-28")
    found = texts(root / kept.folder)
    assert {name for name in before if after.get(name) != before[name]} <= found.keys()
    assert found == {name: before[name] for name in found}
    assert kept.files == len(found)
    assert after["docs/authors.md"] == "# For authors\n"
    assert not {"docs/_source/notes/rye.md", "docs/paths/old.md"} & after.keys()
    assert "tests/content/own/judgements.jsonl" not in after
    assert ".github/screenshots/topic.png" not in after


def test_a_second_start_keeps_the_first(root: Path) -> None:
    """Nothing that is kept is overwritten by a second start on the same day."""
    fresh.start(root, BREAD, DAY)
    (root / pipeline.SOURCE).write_text("# Mine\n", encoding="utf-8")

    assert fresh.start(root, BREAD, DAY).folder == Path("kept/2026-11-28-2")
    assert (root / "kept/2026-11-28" / pipeline.SOURCE).read_text(encoding="utf-8") == QUESTIONS
    assert (root / "kept/2026-11-28-2" / pipeline.SOURCE).read_text("utf-8") == "# Mine\n"


def test_undone_by_copying_back(root: Path) -> None:
    """What is kept, copied back, gives the site as it was."""
    before = texts(root)
    kept = fresh.start(root, BREAD, DAY)
    for name, text in texts(root / kept.folder).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")

    assert before.items() <= texts(root).items()


def test_the_configuration(root: Path) -> None:
    """The name, the look and the sections change; comments and other settings stay."""
    fresh.start(root, BREAD, DAY)
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)

    assert text.startswith("# Ours.\n")
    assert (found["site_name"], found["site_description"]) == (BREAD.name, BREAD.description)
    assert found["theme"] == {
        "name": "material",
        "language": "en",
        "palette": {"primary": "#7a1f3d"},
    }
    assert found["extra"] == {"search_examples": [], "icon": {"letter": "B"}}
    assert [list(entry) for entry in found["nav"]] == [["Home"], ["Topics"], ["Paths"], ["About"]]
    assert found["nav"][2] == {"Paths": ["paths/index.md"]}
    assert identity.in_configuration(text) == BREAD


def test_the_readme(root: Path) -> None:
    """It begins with the name of the site; what it says of the software stays."""
    fresh.start(root, replace(BREAD, name="Bread *& more*"), DAY)
    text = (root / "README.md").read_text(encoding="utf-8")

    assert text.startswith("# Bread \\*& more\\*\n\nAll about “bread”\n\n")
    assert text.endswith("makes it.\n\n## Commands\n\n`make`\n\n## Layout\n")
    assert "5 questions" not in text


@pytest.mark.parametrize("text", ["# Mine\n\nAll my own words.\n", None])
def test_a_readme_of_its_own(root: Path, text: str | None) -> None:
    """One without sections is not about the software, and stays as it is; none stays none."""
    (root / "README.md").unlink()
    if text:
        (root / "README.md").write_text(text, encoding="utf-8")
    fresh.start(root, BREAD, DAY)

    assert texts(root).get("README.md") == text


def test_a_start_in_another_language(root: Path) -> None:
    """Pages and sections are in the language of the site, if there are any, else in English."""
    fresh.start(root, Identity("Brot", "Über Brot", "de-AT"), DAY)
    german = texts(root)
    fresh.start(root, Identity("Pain", "Tout sur le pain", "fr"), DAY)
    french = texts(root)

    assert german["README.md"].startswith("# Brot\n\nÜber Brot\n\nDie Fragen sind in")
    assert "Wie füge ich meine erste Frage hinzu?" in german["docs/_source/questions.md"]
    assert '"warum"' in german["docs/_source/search.toml"]
    assert yaml.safe_load(german["mkdocs.yml"])["nav"][0] == {"Start": "index.md"}
    assert "How do I add my first question?" in french["docs/_source/questions.md"]
    assert '"pourquoi"' in french["docs/_source/search.toml"]


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_new_site_has_no_faults_and_no_ids(root: Path, language: str) -> None:
    """The first question gets no place in the ledger, so that it can go without a decision."""
    fresh.start(root, Identity("Bread", "All about it", language), DAY)
    made = pipeline.prepare(root / pipeline.SOURCE, root / "docs", check=True, today=DAY)

    assert not made.report.items, diagnostics.render(made.report, made.lines)
    assert made.counts == (1, 1)
    assert made.record == []
    assert made.new == []
    mine = "# Bread\n\n### **1. Baking**\n*   **Why steam?**\n    - For the crust.\n"
    (root / pipeline.SOURCE).write_text(mine, encoding="utf-8")
    made = pipeline.prepare(root / pipeline.SOURCE, root / "docs", today=DAY)
    assert not made.report.items
    assert [name for name, _ in made.new] == ["baking", "steam"]


def test_questions_of_another_source_stay(root: Path) -> None:
    """Someone who wrote new questions over the old ones keeps them, and loses the old ledger."""
    mine = "# Law\n\n### **1. Courts**\n*   **Who pays the court?**\n    - The loser does.\n"
    (root / pipeline.SOURCE).write_text(mine, encoding="utf-8")
    reported = pipeline.prepare(root / pipeline.SOURCE, root / "docs").report

    assert [item.code for item in reported.items] == ["E313"]
    assert fresh.start(root, BREAD, DAY).source
    assert (root / pipeline.SOURCE).read_text(encoding="utf-8") == mine
    assert json.loads((root / "docs/_source/ids.json").read_text("utf-8"))["questions"] == []


@pytest.mark.parametrize("name", ["mkdocs.yml", "kept"])
def test_nothing_changes_if_nothing_can_be_kept(root: Path, name: str) -> None:
    """Without a configuration, or with a file in the way, a message says so."""
    if name == "kept":
        (root / "kept").write_text("", encoding="utf-8")
    else:
        (root / "mkdocs.yml").unlink()
    before = texts(root)

    with pytest.raises(fresh.CannotStartError, match="nothing has changed"):
        fresh.start(root, BREAD, DAY)
    assert texts(root) == before


def test_a_link_is_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """If a folder is a link to another place, what is there stays."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "paths"
    (root / "docs/paths").rename(elsewhere)
    (root / "docs/paths").symlink_to(elsewhere)
    fresh.start(root, BREAD, DAY)

    assert (elsewhere / "old.md").read_text(encoding="utf-8") == "# A path\n"
    assert (root / "kept/2026-11-28/docs/paths/old.md").is_file()
    assert [path.name for path in (root / "docs/paths").iterdir()] == ["index.md"]


# --- the command --------------------------------------------------------------------------


@pytest.fixture
def here(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same checkout, as that of the command."""
    monkeypatch.setattr(split, "ROOT", root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795824000")
    monkeypatch.chdir(root)
    return root


def test_the_command(here: Path) -> None:
    """It says what it did, where the old content is, and how to undo it, and splits."""
    code, _, said = run("--new", "--name", "Bread", "--source", pipeline.SOURCE, "--out", "docs")

    assert code == 0
    assert said == (
        "Bread: a new site with one question, in docs/_source\n"
        "10 files that were there are kept in kept/2026-11-28; to undo:\n"
        "  cp -R kept/2026-11-28/. .\n"
        f"{split.YOURS}\n"
        "1 topic, 1 question: 13 created, 1 updated\n"
    )
    assert (here / "docs/q/add-first-question.md").is_file()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--name", " "], "--name: it is empty; write a few words"),
        (["--name", "{{ x }}"], "--name: '{{', '{%' and '{#' cannot be used; leave them out"),
        (["--language", "German"], "--language: 'German' is not a language; write it as in 'de'"),
        (["--letter", "Bread"], "--letter: 'Bread' is not a letter; give one, or up to 3"),
        (["--color", "reddish"], "--color: 'reddish' is not a color; write it as in '#7a1f3d'"),
    ],
)
def test_options_that_cannot_be_used(here: Path, options: list[str], told: str) -> None:
    """A message says what to give instead, and nothing changes."""
    before = texts(here)
    code, _, said = run("--new", *options)

    assert code == 2
    assert told in said
    assert texts(here) == before


def test_options_without_a_start() -> None:
    """The options of a new site need it."""
    code, _, said = run("--name", "Bread")

    assert code == 2
    assert "--name is about a new site; add --new" in said


def test_asked_on_a_terminal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What no option says is asked once; an empty reply takes the proposal in brackets."""
    replies = iter(["de", "Brot", "", "", "reddish", "#123"])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(replies)

    options = split._parser().parse_args(["--new"])
    found = command.identity_of(options, root, ask)

    assert found == Identity(
        "Brot", "Fragen und Antworten, jede mit eigenem Link.", "de", "B", "#112233"
    )
    assert asked[1] == "Name of the site [Fragen und Antworten]: "
    assert asked[3] == "Letter on the icon [B]: "
    assert "'reddish' is not a color" in capsys.readouterr().err


def test_a_name_stays_in_a_later_start(root: Path) -> None:
    """Once a site has a name and a look, a later start has the same, unless told otherwise."""
    fresh.start(root, BREAD, DAY)
    options = split._parser().parse_args(["--new"])

    assert command.identity_of(options, root) == BREAD


def test_sites_with_a_name(root: Path) -> None:
    """Imported questions name a site whose author has not."""
    assert not fresh.is_named(root)
    fresh.start(root, fresh.neutral("de"), DAY)
    assert not fresh.is_named(root)
    fresh.start(root, BREAD, DAY)
    assert fresh.is_named(root)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *((name, name) for name in colors.NAMED),
        ("Brown", "brown"),
        (" Deep  Purple ", "deep purple"),
        ("blue-gray", "blue-gray"),
        ("light_green", "light_green"),
        ("#7A1F3D", "#7a1f3d"),
        ("7a1f3d", "#7a1f3d"),
        ("#abc", "#aabbcc"),
        ("fed", "#ffeedd"),
        (" ", ""),
    ],
)
def test_colors(root: Path, text: str, found: str) -> None:
    """A color is written as digits or by a name, as in a palette, which then has this color."""
    color = identity.color(text)
    assert color == found
    fresh.start(root, replace(BREAD, color=color), DAY)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")

    assert identity.in_configuration(config).color == color
    palette = yaml.safe_load(config)["theme"].get("palette", {})
    assert palette == ({"primary": color} if color else {})
    digits = colors.parsed(color) if color else None
    assert settings.read(config).tokens.get("light", {}) == colors.tokens(digits, None, "light")


@pytest.mark.parametrize(
    "text", ["reddish", "#12345", "#ggg", "rgb(1, 2, 3)", "#red", "indigo red"]
)
def test_colors_that_cannot_be_used(text: str) -> None:
    """The message has all names that can."""
    with pytest.raises(UnusableError) as caught:
        identity.color(text)
    assert str(caught.value).startswith(f"'{text}' is not a color; write it as in '#7a1f3d', or as")
    assert str(caught.value).endswith(f"one of these names: {', '.join(colors.NAMED)}")


@pytest.mark.parametrize("text", ["", "a\u202eb", "a{%b"])
def test_names_that_cannot_be_used(text: str) -> None:
    """A name is a line that shows what it says."""
    with pytest.raises(UnusableError):
        identity.name(text)
