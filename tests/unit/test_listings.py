"""Index pages: their counts, and the entries under each heading."""

from __future__ import annotations

import re
from itertools import zip_longest
from pathlib import Path

import pytest
from qna import writer
from qna.pages import alphabet
from support import synthetic
from support.harness import html, pages

from macros import Macros

ONE = "# T\n\n### **1. Topic**\n*   **What is dropout?**\n    - Some text.\n"
TERM = '[[term]]\nname = "Dropout"\nmeaning = "A remedy."\nexplained_by = ["dropout"]\n'


def test_one_of_each_is_singular() -> None:
    """With only one question, no page, description or listing uses the plural."""
    made = pages(ONE, glossary_toml=TERM)

    for name, text in made.items():
        assert not re.search(r"\b(?:All )?1 (?:questions|topics|terms)\b|\bAll 1\b", text), name
    assert 'description: "1 topic of T."' in made["topics/index.md"]
    assert 'description: "1 question, sorted by' in made["q/index.md"]
    assert "> 1 question with its answer. Everything" in made["llms.txt"]


def source(number: int) -> str:
    """Return a source with the given number of questions."""
    questions = (f"*   **Question {n}?** {{#q{n}}}\n    - Text.\n" for n in range(number))
    return "# T\n\n### **1. Topic**\n" + "".join(questions)


def test_thousands_have_a_separator() -> None:
    """Counts have a comma as thousands separator."""
    made = pages(source(1000))

    assert 'description: "All 1,000 questions, sorted by' in made["q/index.md"]
    assert "> 1,000 questions with answers." in made["llms.txt"]


@pytest.mark.parametrize("number", [1, 2, 1000])
def test_listing_is_recognized_as_generated(number: int, tmp_path: Path) -> None:
    """Whatever number llms.txt contains, the next run may overwrite the file."""
    (tmp_path / "llms.txt").write_text(pages(source(number))["llms.txt"], encoding="utf-8")

    assert writer.plan({"llms.txt": "# T\n"}, tmp_path).conflicts == ()


def test_macro_counts_one(tmp_path: Path) -> None:
    """Hand-written pages get their counts from a macro, which uses the singular for one."""
    path = tmp_path / "questions.json"
    path.write_text(pages(ONE)["questions.json"], encoding="utf-8")
    macros = Macros(tmp_path, lambda: "index.md", ())

    assert (macros.counted(), macros.counted("topics")) == ("1 question", "1 topic")
    assert macros.counted("topic") == "1 question"


INITIALS = {
    "Symbols": ["∇ operator", "€", "∇", "(Sub)gradient", "🚀"],
    "0-9": ["3D convolution", "8-bit Adam", "²-norm", "٣"],
    "C": ["C", "C++", "C#"],
    "E": ["Epoch"],
    "F": ["F1", "ﬁne-tuning"],
    "I": ["ID", "İd", "ı"],
    "K": ["K-means", "\u212a"],
    "S": ["SMOTE", "ß"],
    "É": ["Éclair", "E\u0301tude"],
    "Ω": ["ω", "Ω", "\u2126"],
    "Й": ["йод"],
    "ע": ["עומק"],
    "अ": ["अनुकूलन"],
    "ქ": ["ქსელი"],
    "学": ["学习"],
}
"""Headings of the glossary in order, each with the terms that belong below it."""


def test_every_term_is_below_its_initial() -> None:
    """Terms are sorted by first letter in any script or form; symbols come first, then digits."""
    terms = [name for group in zip_longest(*INITIALS.values()) for name in group if name]
    listed = "".join(TERM.replace("Dropout", name) for name in terms)
    page = html(pages(ONE, glossary_toml=listed)["glossary/index.md"])
    sections = re.split(r"<h2 [^>]*\bid=\"letter-([^\"]+)\"[^>]*>", page)
    found = {
        re.sub(r"<.*", "", section, flags=re.DOTALL): re.findall(r"<dt[^>]*>([^<]+) <a", section)
        for section in sections[2::2]
    }

    assert {name: sorted(group) for name, group in INITIALS.items()} == {
        name: sorted(group) for name, group in found.items()
    }
    assert list(found) == list(INITIALS)
    names = re.findall(r" id=\"([^\"]*)\"", page)
    assert len(names) == len(set(names)) == 1 + len(INITIALS) + len(terms)


def test_every_question_is_below_its_initial() -> None:
    """Ids in any script are listed, and every heading has its own id."""
    names = ["3d-nets", "3-ways", "ideas", "ı-ising", "zoo", "é-nets", "学习", "сеть"]
    questions = (f"*   **Question {name}?** {{#{name}}}\n    - Text.\n" for name in names)
    page = pages("# T\n\n### **1. Topic**\n" + "".join(questions))["q/index.md"]

    assert re.findall(r"^## (\S+) \{ #(\S+) \}$", page, re.MULTILINE) == [
        *(("0-9", "letter-0-9"), ("I", "letter-i"), ("Z", "letter-z"), ("É", "letter-é")),
        *(("С", "letter-с"), ("学", "letter-学")),
    ]
    assert sorted(re.findall(r"\(\.\./q/(\S+)\.md\)", page)) == sorted(names)


def test_macros_know_ids_with_their_accents_apart(tmp_path: Path) -> None:
    """An id may be typed in either form of its accents."""
    asked = "# T\n\n### **1. Topic**\n*   **Café?** {#café}\n    - Text.\n"
    path = tmp_path / "questions.json"
    path.write_text(pages(asked)["questions.json"], encoding="utf-8")
    macros = Macros(tmp_path, lambda: "index.md", ())

    assert macros.question("cafe\u0301") == "[Café?](q/café.md)"
    assert macros.step("cafe\u0301").startswith("### Café? { #café .step .qna }")


def test_an_answer_shown_elsewhere_leads_to_the_same_places(tmp_path: Path) -> None:
    """Relative addresses of an answer are for its own page; a page that shows it may be elsewhere."""
    asked = "# T\n\n### **1. Topic**\n*   **What?** {#x}\n    - ![P](../assets/p.png) [a](../about.md)\n"
    path = tmp_path / "questions.json"
    path.write_text(pages(asked)["questions.json"], encoding="utf-8")

    for page, root in (("index.md", ""), ("paths/one.md", "../"), ("a/b/c.md", "../../")):
        macros = Macros(tmp_path, lambda page=page: page, ())  # type: ignore[misc]
        shown = macros.answer()
        assert f"![P]({root}assets/p.png) [a]({root}about.md)" in shown
        assert f"[]({root}about.md)\n[]({root}assets/p.png)" in shown


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (["First.", "Second."], 0),
        (["Long. " * 200, "Short.", "Shorter."], 1),
        (["[Personal answer required: say so.]", "Long. " * 200, "Long. " * 150], 2),
        (["[Personal answer required: say so.]"], 0),
    ],
)
def test_an_example(answers: list[str], shown: int, tmp_path: Path) -> None:
    """Where no question is named, the first with a short answer is shown, and no prompt."""
    asked = "".join(
        f"*   **What is {at}?** {{#q-{at}}}\n    - {text}\n" for at, text in enumerate(answers)
    )
    made = pages(f"# T\n\n### **1. Topic**\n{asked}")
    (tmp_path / "questions.json").write_text(made["questions.json"], encoding="utf-8")
    macros = Macros(tmp_path, lambda: "index.md", ())

    assert macros.answer() == macros.answer(f"q-{shown}")


def test_description_of_a_long_answer_without_spaces() -> None:
    """Of an answer in a script without spaces, a description has as much as of any other."""
    made = pages(
        "# T\n\n### **1. Topic**\n*   **过拟合？** {#x}\n    - " + "模型在训练集上" * 60 + "\n"
    )

    assert re.search(r'^description: ".{299}…"$', made["q/x.md"], re.MULTILINE)


def test_questions_are_listed_with_their_accents() -> None:
    """An id has no accents, but the list of all questions writes its words as the question does."""
    source = "# T\n\n### **1. Topic**\n*   **Was ist Überanpassung in Łódź?**\n    - Text.\n"
    page = pages(source)["q/index.md"]

    assert "- [Überanpassung Łódź](../q/uberanpassung-lodz.md) Was ist" in page
    assert "## Ü { #letter-ü }" in page


LIMIT = 8
"""Entries per page in the tests of long lists."""


@pytest.fixture
def split_lists(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The pages of a source with 300 questions and 200 terms, with short lists."""
    monkeypatch.setattr(alphabet, "ENTRIES_PER_PAGE", LIMIT)
    return pages(synthetic.source(300), glossary_toml=synthetic.glossary(200))


LISTS = {"q/index.md": ("q/a-to-z/", r"^- \["), "glossary/index.md": ("glossary/", r"^:   Term")}
"""First page of each list, with the folder of its parts, and how an entry starts."""


@pytest.mark.parametrize("first", LISTS)
def test_long_lists_are_split(first: str, split_lists: dict[str, str]) -> None:
    """The first page of a long list has only its initials; no other page is too long."""
    folder, entry = LISTS[first]
    numbers = {
        name: len(re.findall(entry, text, re.MULTILINE))
        for name, text in split_lists.items()
        if name.startswith(folder) and name != first
    }
    linked = re.findall(r"\]\(\.\./(\S+\.md)\)\{ \.moved \} (\d+) ", split_lists[first])

    assert not re.search(entry, split_lists[first], re.MULTILINE)
    assert {name: int(number) for name, number in linked} == numbers
    assert sum(numbers.values()) == {"q/index.md": 300, "glossary/index.md": 200}[first]
    assert max(numbers.values()) <= LIMIT
    assert any(name.endswith("-2.md") for name in numbers), "some initials take several pages"


def test_every_term_keeps_its_address(split_lists: dict[str, str]) -> None:
    """The first page of a long glossary has the anchors of all terms, each at its own letter."""
    rows = re.findall(
        r'^## .*? \{ #(\S+) aliases="([^"]+)"', split_lists["glossary/index.md"], re.MULTILINE
    )
    terms = {anchor for _, anchors in rows for anchor in anchors.split()}

    assert len(terms) == 200
    for letter, anchors in rows:
        part = html(split_lists[f"glossary/{letter.removeprefix('letter-')}.md"])
        assert f'id="{letter}"' in part
        assert re.findall(r'<dt id="([^"]+)"', part) == anchors.split()


@pytest.mark.parametrize("summary", ["", "All of *it*."])
def test_topics_say_once_how_many_questions_they_have(summary: str, tmp_path: Path) -> None:
    """A topic without a summary is listed with its count alone, not with two sentences of it."""
    made = pages(ONE, topics_toml=f'[summary]\ntopic = "{summary}"\n' if summary else "")
    (tmp_path / "questions.json").write_text(made["questions.json"], encoding="utf-8")
    on_home = Macros(tmp_path, lambda: "index.md", ()).topics()

    shown = "All of \\*it\\*. " if summary else ""
    assert f"\n- [Topic](topic.md) {shown}*1 question*\n" in made["topics/index.md"]
    assert on_home.endswith(f") {shown}*1 question*")


@pytest.mark.parametrize("over", [0, 1])
def test_lists_stay_whole_as_long_as_they_fit(over: int) -> None:
    """A list is on one page up to the limit."""
    glossary = synthetic.glossary(alphabet.ENTRIES_PER_PAGE + over)
    made = pages(ONE, glossary_toml=glossary)

    assert [name for name in made if name.startswith("glossary/")][:1] == ["glossary/index.md"]
    assert ("glossary/b.md" in made) == bool(over)


def test_a_list_that_became_short_leaves_no_page(
    split_lists: dict[str, str], tmp_path: Path
) -> None:
    """When a list fits on a page again, its other pages are deleted."""
    writer.apply(writer.plan(split_lists, tmp_path).steps)
    writer.apply(writer.plan(pages(ONE, glossary_toml=TERM), tmp_path).steps)

    assert [path.name for path in tmp_path.glob("glossary/*.md")] == ["index.md"]
    assert list(tmp_path.glob("q/a-to-z/*.md")) == []
