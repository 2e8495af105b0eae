"""Practice: its schedule over weeks, what it keeps on the device, and readers' own answers."""

from __future__ import annotations

import json
import re
from contextlib import redirect_stderr
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import check_site
import pytest
import split
from playwright.sync_api import Browser, Page, expect
from support.accessibility import axe
from support.sites import COMMANDS, Built, Visit, copy_project, run, take_source

START = datetime(2026, 11, 2, 12, tzinfo=UTC)
"""A Monday at noon."""
STORED = "/deep-learning-qa/practice"
OWN = "/deep-learning-qa/own-answers"
PARTS = re.compile(r"assets/(practice|own-answers)|practice/cards")
FULL = """() => {
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (...entry) {
    if (!window.isFree) throw new DOMException("full", "QuotaExceededError");
    setItem.apply(this, entry);
  };
}"""
BLOCKED = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
)


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


class Practice:
    """The practice page, as a reader uses it, with a clock that the test sets."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base

    def open(self, query: str = "", day: int = 0) -> Practice:
        """Open the page some days after the start."""
        self.page.context.clock.set_system_time(START + timedelta(days=day))
        self.page.goto(f"{self.base}practice/{query}")
        return self.drawn()

    def reload(self) -> Practice:
        """Load the page again."""
        self.page.reload()
        return self.drawn()

    def drawn(self) -> Practice:
        """Wait until the page is drawn, because before, Chromium drops keys."""
        expect(self.page.locator(".practice__view > *").first).to_be_in_viewport()
        return self

    def press(self, name: str) -> Practice:
        """Press a button, by the start of its name."""
        self.page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()
        return self

    def reveal(self) -> Practice:
        """Show the answer by keyboard."""
        self.page.locator(".practice__reveal").wait_for()
        self.page.keyboard.press(" ")
        self.page.locator(".practice__grades").wait_for()
        return self

    def grade(self, keys: str) -> Practice:
        """Reveal and grade one question after another, by keyboard."""
        for key in keys:
            self.reveal()
            self.page.keyboard.press(key)
        return self

    def end(self) -> Practice:
        """End the session, and go back to the start."""
        return self.press("End").press("Back")

    @property
    def question(self) -> str:
        """The question that is asked."""
        return self.page.locator(".practice__question").inner_text()

    @property
    def due(self) -> int:
        """How many questions are due."""
        return int(self.page.locator(".practice__number b").inner_text())

    @property
    def calendar(self) -> dict[int, int]:
        """How many questions come, by days after the start."""
        cells = self.page.locator(".practice__calendar td:has(b)").all()
        days = (str(cell.locator("time").get_attribute("datetime")) for cell in cells)
        numbers = (int(cell.locator("b").inner_text()) for cell in cells)
        counts = zip(days, numbers, strict=True)
        return {(date.fromisoformat(day) - START.date()).days: number for day, number in counts}

    def stored(self) -> dict[str, Any]:
        """Return the stored grades by question."""
        text = self.page.evaluate("name => localStorage.getItem(name)", STORED)
        found: dict[str, Any] = json.loads(text)["reviews"] if text else {}
        return found


@pytest.fixture
def practice(visit: Visit) -> Practice:
    """The practice page in a fresh profile, on the first day."""
    visit.page.context.clock.install(time=START)
    return Practice(visit.page, visit.base)


# The schedule


def test_weeks(practice: Practice) -> None:
    """Questions come back when they are due: soon if they were missed, ever later if known."""
    page = practice.open("?topic=baking").page
    practice.grade("1344").end()
    assert practice.due == 0
    assert practice.calendar == {1: 1, 3: 1, 8: 2}
    asked = {}
    last = 0
    while (day := min(practice.calendar)) < 36:
        if day > last + 1:
            assert practice.open(day=day - 1).due == 0
        asked[day] = practice.open(day=day).due
        practice.press(f"Practice {asked[day]} due").grade("3" * asked[day])
        expect(page.locator(".practice__summary")).to_contain_text("Nothing else is due")
        expect(page.locator(".practice__results li")).to_have_count(asked[day])
        practice.press("Back")
        assert practice.due == 0
        last = day

    # Known after a longer time, a question rests for longer; the missed one comes most often.
    assert asked == {1: 1, 3: 1, 4: 1, 8: 2, 12: 1, 17: 1, 34: 1}
    grades = [grade for log in practice.stored().values() for grade in log.values()]
    assert len(grades) == sum(asked.values()) + 4


def test_a_missed_question_is_asked_again(practice: Practice, site: Built) -> None:
    """It comes at the end of the session, tomorrow, and in a session of missed ones until then."""
    others = sum(one["topic"] == "rising" for one in site.data["questions"]) - 1
    page = practice.open("?topic=rising").page
    first = practice.question
    practice.grade("1" + "3" * others).reveal()
    assert practice.question == first
    expect(page.get_by_role("button", name="Good")).to_contain_text("tomorrow")
    page.keyboard.press("3")
    expect(page.locator(".practice__counts li")).to_have_text(["1 again", f"{others} good"])
    practice.press("Back").press("Practice 1 missed question")
    assert practice.question == first
    practice.grade("3").open(day=1).press("Practice 1 due question").grade("3").press("Back")
    expect(page.get_by_role("button", name="missed")).to_have_count(0)


def test_the_lists_say_what_was_practiced(practice: Practice) -> None:
    """Each topic and path says how many of its questions were practiced and are due."""
    page = practice.open().page
    expect(page.locator(".practice__sum")).to_contain_text("you have not practiced any yet")
    topic = page.locator("li", has=page.get_by_role("button", name="Rising & Sourdough"))
    expect(topic).to_contain_text(re.compile(r"0 of \d"))
    practice.press("Sourdough").grade("33").end()
    path = page.locator("li", has=page.get_by_role("button", name="Sourdough", exact=True))
    expect(path).to_contain_text("2 of 7")
    expect(path.get_by_role("progressbar")).to_have_attribute("value", "2")
    practice.open(day=3)
    expect(path).to_contain_text("2 due")


def test_keys_undo_and_reload(practice: Practice) -> None:
    """A session goes on after a reload; a wrong grade is taken back; keys can be turned off."""
    page = practice.open("?topic=baking").page
    assert page.url == f"{practice.base}practice/"
    first = practice.question
    practice.grade("4")
    second = practice.question
    practice.reload()
    page.locator(".practice__reveal").wait_for()
    assert practice.question == second
    page.keyboard.press("u")
    page.locator(".practice__grades").wait_for()
    assert practice.question == first
    assert practice.stored() != {}
    practice.reload()
    page.locator(".practice__grades").wait_for()
    assert practice.question == first
    page.keyboard.press("2")
    practice.grade("3").end()
    assert practice.calendar == {2: 1, 3: 1}

    page.evaluate("localStorage.setItem('/deep-learning-qa/keys-off', 'off')")
    practice.open("?topic=rising")
    question = practice.question
    page.locator("body").press("4")
    page.get_by_role("button", name="Show the answer").click()
    page.locator("body").press("4")
    assert practice.question == question
    page.get_by_role("button", name="Easy").click()
    page.wait_for_function(
        "was => document.querySelector('.practice__question')?.innerText !== was", arg=question
    )


def test_a_card(practice: Practice, site: Built) -> None:
    """A card has the question, then its answer, then its note, as on the question's page."""
    noted = next(one for one in site.data["questions"] if "note" in one and one["kind"] == "answer")
    page = practice.open(f"?topic={noted['topic']}").page
    while page.locator(".practice__question").inner_text() != noted["question"]:
        practice.grade("3")
    assert page.locator(".practice__answer").count() == 0
    practice.reveal()
    expect(page.locator(".practice__answer")).to_contain_text(noted["text"][:40])
    note = page.locator(".practice__note")
    expect(note).not_to_have_attribute("open", "")
    page.keyboard.press(" ")
    expect(note).to_have_attribute("open", "")
    expect(note.locator("h2")).to_have_count(0)
    for link in page.locator(".practice__card a[href]").all():
        assert not re.match(r"\.", str(link.get_attribute("href")))


def test_an_interview(practice: Practice) -> None:
    """Questions are asked against the clock, without answers, and graded when the time is over."""
    page = practice.open().page
    for name, value in (("Questions:", "3"), ("Minutes each:", "1")):
        page.locator(".practice__interview label", has_text=name).locator("select").select_option(
            value
        )
    practice.press("Start the interview")
    clock = page.get_by_role("timer")
    expect(clock).to_have_text(re.compile("3:00|2:59"))
    first = practice.question
    practice.press("Next question")
    page.clock.fast_forward(65_000)
    expect(clock).to_have_text(re.compile("1:5[0-9]"))
    expect(page.locator(".practice__answer")).to_have_count(0)
    second = practice.question
    practice.reload()
    expect(page.locator(".practice__question")).to_have_text(second)
    page.clock.fast_forward(120_000)
    expect(page.locator(".practice__answer")).to_have_count(1)
    expect(page.locator(".practice__question")).to_have_text(first)
    page.keyboard.press("1")
    expect(page.locator(".practice__question")).to_have_text(second)
    page.keyboard.press("4")
    expect(page.locator(".practice__summary h2")).to_contain_text("2 questions")
    assert len(practice.stored()) == 2


# What is kept on the device


def test_two_tabs(practice: Practice) -> None:
    """Grades of two tabs are both kept, and each shows those of the other."""
    other = Practice(practice.page.context.new_page(), practice.base)
    practice.open("?topic=baking")
    other.open("?topic=rising")
    for _ in range(3):
        practice.grade("3")
        other.grade("4")
    practice.page.wait_for_function(
        "name => Object.keys(JSON.parse(localStorage.getItem(name)).reviews).length === 6",
        arg=STORED,
    )
    other.end()
    practice.end()
    for one in (practice, other):
        expect(one.page.locator(".practice__calendar td b")).to_have_text(["3", "3"])
    assert practice.calendar == other.calendar == {3: 3, 8: 3}
    practice.page.once("dialog", lambda dialog: dialog.accept())
    practice.press("Forget all grades")
    expect(other.page.locator(".practice__calendar")).to_have_count(0)
    assert other.stored() == practice.stored() == {}


def test_full_storage(practice: Practice) -> None:
    """What was stored stays, the reader is told, and it is stored once there is space."""
    page = practice.open("?topic=baking").grade("3").page
    before = page.evaluate("name => localStorage.getItem(name)", STORED)
    page.evaluate(f"({FULL})()")
    practice.grade("34")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("did not store your latest changes")
    assert page.evaluate("name => localStorage.getItem(name)", STORED) == before
    with page.expect_download() as saved:
        alert.get_by_role("button", name="Export").click()
    assert len(json.loads(saved.value.path().read_text(encoding="utf-8"))["reviews"]) == 3
    page.evaluate("window.isFree = true")
    alert.get_by_role("button", name="try again", exact=False).click()
    expect(alert).to_have_text("")
    assert len(practice.stored()) == 3


def test_blocked_storage(practice: Practice) -> None:
    """Practice works as long as the page, and says that nothing is stored."""
    practice.page.add_init_script(BLOCKED)
    page = practice.open("?topic=baking").grade("3").page
    expect(page.get_by_role("alert")).to_contain_text("did not store")
    practice.end()
    assert practice.calendar == {3: 1}


@pytest.mark.parametrize("text", ["{", "[1]", '{"reviews": 1}', "null", "x" * 10_000])
def test_damaged_storage(practice: Practice, text: str) -> None:
    """What cannot be read is set aside, for the reader to save, and practice starts afresh."""
    page = practice.open().page
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [STORED, text])
    practice.open("?topic=baking").grade("3")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("could not be read")
    with page.expect_download() as saved:
        alert.get_by_role("button").click()
    assert saved.value.path().read_text(encoding="utf-8") == text
    assert len(practice.stored()) == 1
    assert page.evaluate("name => localStorage.getItem(name)", f"{STORED}-damaged") == text


def test_storage_of_a_newer_site(practice: Practice) -> None:
    """An old page in a tab does not touch what a newer version stored, and says so."""
    newer = '{"version":99,"reviews":{"steam":[1,2,3]}}'
    page = practice.open("?topic=baking").page
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [STORED, newer])
    practice.grade("3")
    expect(page.get_by_role("alert")).to_contain_text("newer version")
    assert page.evaluate("name => localStorage.getItem(name)", STORED) == newer


def test_export_and_import(practice: Practice, chrome: Browser, tmp_path: Path) -> None:
    """A file takes grades and own answers to another device; importing it twice changes nothing."""
    page = practice.open("?topic=baking").reveal().page
    page.get_by_role("button", name="Write your own answer").click()
    page.keyboard.type("Water on lava rocks")
    page.get_by_role("button", name="Done").click()
    page.keyboard.press("3")
    practice.grade("43").end()
    with page.expect_download() as saved:
        practice.press("Export")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    assert file.name == "practice-2026-11-02.json"

    context = chrome.new_context()
    context.clock.install(time=START)
    other = Practice(context.new_page(), practice.base)
    other.open("?topic=rising").grade("4").end()
    for says in ("Imported 3 grades. Imported 1 answer", "No new grades. No new answers"):
        take(other, file)
        expect(other.page.locator(".announcement")).to_contain_text(says)
        assert other.calendar == {3: 2, 8: 2}
        expect(other.page.locator(".own__text")).to_have_text("Water on lava rocks")
    context.close()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "was not exported from a practice page"),
        ('{"title": "x"}', "was not exported from a practice page"),
        ('{"kind": "practice", "version": 99}', "newer version"),
        (
            '{"kind":"practice","version":1,"reviews":{"gone":{"2026-11-02T09:00:00.000":3}}}',
            "1 question in it is not on this site",
        ),
    ],
)
def test_other_files(practice: Practice, tmp_path: Path, text: str, says: str) -> None:
    """Another file changes nothing, and a message says why."""
    file = tmp_path / "file.json"
    file.write_text(text, encoding="utf-8")
    take(practice.open("?topic=baking").grade("3").end(), file)
    expect(practice.page.locator(".announcement")).to_contain_text(says)
    assert practice.calendar == {3: 1}


def take(practice: Practice, file: Path) -> None:
    """Import a file."""
    with practice.page.expect_file_chooser() as chooser:
        practice.press("Import")
    chooser.value.set_files(file)


# Own answers


def test_own_answers(visit: Visit) -> None:
    """A reader writes about a question; it is there later, on the practice page and on paper."""
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.open("q/feeding/")
    assert not list(filter(PARTS.search, asked)), "loaded before it is used"
    page.get_by_role("button", name="Write your own answer").click()
    page.get_by_role("textbox").fill("Twice a day\nin summer")
    expect(page.get_by_role("status")).to_have_text("Saved on this device")
    page.get_by_role("textbox").press("Escape")
    expect(page.locator(".own__text")).to_have_text("Twice a day\nin summer")

    visit.open("q/feeding/")
    expect(page.locator(".own__text")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".own__text")).to_be_visible()
    expect(page.get_by_role("button", name="Change")).to_be_hidden()
    visit.open("practice/")
    expect(page.locator(".own__text")).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="How often do you feed a starter?").click()
    page.get_by_role("button", name="Change").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("button", name="Write your own answer")).to_be_visible()
    visit.open("practice/")
    expect(page.locator(".own__text")).to_have_count(0)


def test_stories(visit: Visit) -> None:
    """Where a question asks for the reader's own story, the page invites it, and practice shows it."""
    page = visit.open("q/your-loaf/")
    page.get_by_role("button", name="Write your own story").click()
    page.get_by_role("textbox", name="Your own story").fill("It was flat.")
    page.get_by_role("button", name="Done").click()
    visit.open("practice/")
    expect(page.locator(".practice__own-answers")).to_contain_text("It was flat.")


def test_own_answers_in_two_tabs(visit: Visit) -> None:
    """Text that is written in two tabs at once is all kept."""
    pages = [visit.open("q/feeding/"), visit.page.context.new_page()]
    pages[1].goto(f"{visit.base}q/feeding/")
    for page in pages:
        page.get_by_role("button", name="Write your own answer").click()
        page.locator("textarea").wait_for()
    for page, text in zip(pages, ("Rye", "Wheat"), strict=True):
        page.get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Done").click()
        pages[1].wait_for_function(
            "([name, text]) => localStorage.getItem(name)?.includes(text)", arg=[OWN, text]
        )
    for page in pages:
        expect(page.locator(".own__text")).to_contain_text("Rye")
        expect(page.locator(".own__text")).to_contain_text("Wheat")


def test_own_answers_with_full_storage(visit: Visit) -> None:
    """The reader is told that a text is not stored, and what was stored stays."""
    page = visit.open("q/feeding/")
    page.get_by_role("button", name="Write your own answer").click()
    page.get_by_role("textbox").fill("Rye")
    expect(page.get_by_role("status")).to_have_text("Saved on this device")
    page.evaluate(f"({FULL})()")
    page.get_by_role("textbox").fill("Rye and more")
    expect(page.get_by_role("status")).to_contain_text("Not saved")
    assert '"Rye"' in page.evaluate("name => localStorage.getItem(name)", OWN)


# The page


def test_without_scripts(chrome: Browser, address: str) -> None:
    """Without JavaScript, the page says that it needs it, and leads elsewhere."""
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}practice/")
    help_text = page.locator(".practice__help")
    expect(help_text).to_contain_text("needs JavaScript")
    expect(help_text).to_be_visible()
    page.goto(f"{address}q/feeding/")
    expect(page.get_by_role("button", name="Write your own")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("part", ["assets/practice.js*", "practice/cards.json"])
def test_a_part_that_is_missing(visit: Visit, part: str) -> None:
    """If a part does not arrive, the page says so instead of staying empty."""
    visit.page.route(f"**/{part}", lambda route: route.abort())
    page = visit.open("practice/")
    expect(page.locator(".practice p")).to_be_visible()
    expect(page.locator(".practice")).to_contain_text(re.compile("did not load"))
    visit.problems.clear()


def test_a_card_that_does_not_load(practice: Practice, visit: Visit) -> None:
    """If a question does not load, the reader can try again or skip it."""
    page = practice.page
    # Before the page opens, because a browser that begins to intercept may miss the next request.
    page.route("**/q/**", lambda route: route.abort())
    practice.open().press("Practice everything")
    expect(page.get_by_role("alert").last).to_contain_text("did not load")
    page.unroute("**/q/**")
    practice.press("Try again")
    page.locator(".practice__reveal").wait_for()
    visit.problems.clear()


@pytest.mark.parametrize("url", ["", "topics/baking/", "q/feeding/", "paths/sourdough/", "q/"])
def test_other_pages_load_nothing_of_it(site: Built, visit: Visit, url: str) -> None:
    """Nothing of practice loads on other pages, and it adds at most 400 bytes to each."""
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open(url).wait_for_load_state("networkidle")
    assert not list(filter(PARTS.search, asked))
    added = re.findall(
        r'<li><a href="[^"]*practice/"[^>]*>.*?</li>'
        r'|<a href="[^"]*practice/\?.*?</a>|<p class="share.*?</p>',
        site.html(url),
        re.DOTALL,
    )
    assert added
    assert len("".join(added).encode()) <= 400


def test_accessibility(practice: Practice) -> None:
    """Axe finds nothing on the start, on a card before and after, in an interview, in a summary."""
    page = practice.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            practice.open("?topic=baking")
            page.locator(".practice__reveal").wait_for()
            found = axe(page)
            practice.reveal()
            page.evaluate(
                "for (const each of document.querySelectorAll('details')) each.open = true"
            )
            practice.drawn()
            found += axe(page)
            page.keyboard.press("2")
            practice.press("End")
            found += axe(page)
            practice.press("Back").open(day=2)
            found += axe(page)
            practice.press("Start the interview")
            found += axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            page.evaluate("sessionStorage.clear()")
            assert found == []


# The life of a source

SOURCE = """\
# Bread

### **1. Dough**
*   **What is gluten?**
    - A net of two proteins that holds the gas.
*   **What is the windowpane test?**
    - Stretch the dough until light shines through it.
*   **How much salt belongs in a dough?**
    - Two percent of the flour, by weight.

### **2. Oven**
*   **Why does steam help?**
    - It keeps the crust soft while the loaf still rises.
*   **How hot is the oven?**
    - As hot as it gets at first, then less.
"""


def test_the_life_of_a_source(chrome: Browser, tmp_path: Path) -> None:
    """A question is reworded, renamed, moved, merged: the same profile keeps every schedule."""
    project = copy_project(tmp_path)
    take_source(project, SOURCE)
    source = project / "docs/_source/questions.md"

    def publish(*options: str) -> None:
        arguments = ["--source", str(source), "--out", str(project / "docs"), *options]
        with redirect_stderr(StringIO()) as said:
            assert split.main(arguments) == 0, said.getvalue()
        for command in COMMANDS["mkdocs"][2:]:
            done = run(command, project)
            assert done.returncode == 0, done.stdout + done.stderr

    def change(*changes: tuple[str, str]) -> None:
        text = source.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        source.write_text(text, encoding="utf-8")

    publish()
    context = chrome.new_context()
    context.clock.install(time=START)
    with check_site.served(project / "site") as base:
        practice = Practice(context.new_page(), base)
        # In the order of the source: due after 1, 2, 3, 8 and 3 days.
        practice.open().press("Practice everything").reveal()
        page = practice.page
        page.get_by_role("button", name="Write your own answer").click()
        page.keyboard.type("Like chewing gum")
        page.get_by_role("button", name="Done").click()
        page.keyboard.press("1")
        practice.grade("23433").press("Back")
        before = practice.calendar
        assert before == {1: 1, 2: 1, 3: 2, 8: 1}

        change(("What is gluten?", "What is gluten, and what is it good for?"))
        publish()
        assert practice.open().calendar == before
        practice.open(day=1).press("Practice 1 due question")
        assert practice.question == "What is gluten, and what is it good for?"
        practice.reveal()
        expect(page.locator(".own__text")).to_have_text("Like chewing gum")
        page.get_by_role("button", name="End", exact=True).click()

        publish("--rename", "gluten=protein-net")
        assert practice.open().calendar == before
        page.goto(f"{base}q/protein-net/")
        expect(page.locator(".own__text")).to_have_text("Like chewing gum")

        salt = SOURCE[SOURCE.index("*   **How much salt") : SOURCE.index("\n### **2.")]
        change((salt, ""), ("then less.\n", "then less.\n" + salt))
        publish()
        assert practice.open().calendar == before

        # Merged into one that was practiced: it has the grades of both, and the lower one counts.
        pane = SOURCE[
            SOURCE.index("*   **What is the window") : SOURCE.index("*   **How much salt")
        ]
        change((pane, ""))
        publish("--retire", "windowpane-test=protein-net")
        assert practice.open().calendar == {1: 1, 3: 2, 8: 1}
    context.close()
