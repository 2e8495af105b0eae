"""A German site has no English word of the interface: on its pages, in dialogs, messages and names."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import check_site
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from qna.words import FOLDER
from support.harness import ROOT
from support.sites import COMMANDS, Built, Visit, copy_project, files, pages, run, visiting

ENGLISH, GERMAN = (
    tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in ("en", "de")
)
NAMES = ("aria-label", "title", "placeholder", "alt", "value")
"""Attributes that readers see or hear."""
HIDDEN = frozenset({"script", "style", "svg", "math", "pre"})
QUESTION = "bakers-percentages"

WORDS_ON_PAGE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("script, style, svg")) found.push(walker.currentNode.data);
  for (const name of ["aria-label", "title", "placeholder", "alt", "value"])
    for (const element of document.querySelectorAll(`[${name}]`)) found.push(element.getAttribute(name));
  return found;
}"""


def texts(entry: str | dict[str, str]) -> list[str]:
    """Return the texts of a word."""
    return [entry] if isinstance(entry, str) else [*entry.values()]


def pattern(text: str) -> re.Pattern[str]:
    """Return what a text is with any values in place of its placeholders."""
    values = dict.fromkeys(("count", "number", "all"), r"[\d.,]+")
    parts = re.split(r"\{(\w+)\}", text)
    return re.compile(
        "".join(
            values.get(part, ".+") if at % 2 else re.escape(part) for at, part in enumerate(parts)
        ),
        re.DOTALL,
    )


def _own() -> Iterator[tuple[re.Pattern[str], list[str]]]:
    """Yield the English texts that German does not have, each with its parts between values.

    Those with only a short word between values, such as "to", could be content.
    """
    german = {text for keys in GERMAN.values() for entry in keys.values() for text in texts(entry)}
    for keys in ENGLISH.values():
        for text in (text for entry in keys.values() for text in texts(entry)):
            parts = [part.strip(" .,:?") for part in re.split(r"\{\w+\}", text)]
            if text not in german and len("".join(parts)) > LONGEST_PREPOSITION:
                yield pattern(text), [part for part in parts if len(part) > LONGEST_PREPOSITION]


LONGEST_PREPOSITION = 3
OWN = [*_own()]


def english(found: Iterable[str], content: str) -> set[str]:
    """Return the texts, of those found, that are English words of the interface, and no content."""
    named = (text.removeprefix("Link zu: ").removesuffix(" - Bread Q&A") for text in found)
    shown = {" ".join(text.split()) for text in named} - {""}
    return {
        text
        for text in shown
        if text not in content
        and any(
            whole.fullmatch(text)
            or text.strip(" .,:?") in parts
            or any(len(part) > 12 and part in text for part in parts)
            for whole, parts in OWN
        )
    }


class _Shown(HTMLParser):
    """Collects the texts and names of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attributes if name in NAMES and value]
        if tag == "meta":
            self.found += [value for name, value in attributes if name == "content" and value]
        if tag in HIDDEN:
            self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._within and tag == self._within[-1]:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.found.append(data)


def shown(page: str) -> list[str]:
    """Return the texts and names of a page."""
    parser = _Shown()
    parser.feed(page)
    return parser.found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A German project with the fixture's content, split and bundled."""
    made = copy_project(tmp_path_factory.mktemp("german"))
    ignored = shutil.ignore_patterns("words.json")
    shutil.copytree(ROOT / "frontend", made / "frontend", ignore=ignored, dirs_exist_ok=True)
    for name in ("package.json", "tsconfig.json"):
        shutil.copy(ROOT / name, made)
    config = made / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: en", "language: de"), "utf-8")
    note = "\n!!! note\n\n    Brot[^1]\n\n[^1]: Teig\n"
    about = made / "docs/about.md"
    about.write_text(about.read_text("utf-8") + note, "utf-8")
    done = run(["python", "scripts/split.py"], made)
    assert done.returncode == 0, done.stdout + done.stderr
    bundle(made)
    return made


def bundle(project: Path) -> None:
    """Bundle the front end of a project that was split."""
    done = run(["node", "frontend/build.mjs"], project)
    assert done.returncode == 0, done.stdout + done.stderr


def build(engine: str, project: Path) -> Built:
    """Build the site of a project that was split."""
    split, draw, *rest = COMMANDS[engine]
    for command in (split, draw, *rest):
        done = run(command, project, PYTHONPATH=str(project / "scripts"))
        assert done.returncode == 0, done.stdout + done.stderr
    return Built(engine, project / "site", {})


@pytest.fixture(scope="module")
def content(project: Path) -> str:
    """What people wrote in pages and in mkdocs.yml."""
    docs = project / "docs"
    paths = [*docs.glob("*.md"), *(docs / "paths").glob("*.md"), project / "mkdocs.yml"]
    return "\n".join(path.read_text("utf-8") for path in paths)


@pytest.fixture(scope="module")
def sites(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The German site, built by each engine."""
    return {
        engine: build(
            engine,
            shutil.copytree(project, tmp_path_factory.mktemp(engine) / "project", symlinks=True),
        )
        for engine in COMMANDS
    }


@pytest.fixture(params=COMMANDS)
def site(request: pytest.FixtureRequest, sites: dict[str, Built]) -> Built:
    """The site from each engine."""
    return sites[request.param]


def test_engines_agree(sites: dict[str, Built]) -> None:
    """Both engines build the same pages, so the browser opens those of one."""
    assert pages(sites["mkdocs"]) == pages(sites["zensical"])
    assert files(sites["mkdocs"]) == files(sites["zensical"])


def test_no_english_word_on_any_page(site: Built, content: str) -> None:
    """Every page is German but for its content: texts, names, titles and descriptions."""
    texts = {
        path.relative_to(site.folder).as_posix(): path.read_text("utf-8")
        for path in site.folder.rglob("*.html")
    }

    assert {"404.html", "q/salt/index.html", "about/index.html"} <= texts.keys()
    assert {
        name: found for name, text in texts.items() if (found := english(shown(text), content))
    } == {}
    for text in ("Zum Inhalt springen", "Tastenkürzel", "Quellcode", "als reiner Text"):
        assert text in shown(texts["index.html"])
    assert "Hinweis" in shown(texts["about/index.html"])
    assert "Zurück zu Fußnote 1 im Text" in shown(texts["about/index.html"])
    assert "Zur Antwort" in shown(texts["q/salt/index.html"])
    assert 'id="related-questions"' in texts[f"q/{QUESTION}/index.html"]
    assert 'id="all-topics"' in texts["topics/index.html"]


def test_no_english_word_in_other_files(site: Built) -> None:
    """`llms.txt`, Markdown twins and what is in an issue are German, too."""
    lines = (site.folder / "llms.txt").read_text("utf-8").splitlines()
    twin = (site.folder / f"q/{QUESTION}/index.md").read_text("utf-8")
    page = site.html(f"q/{QUESTION}/")

    assert (
        lines[2] == "> 25 Fragen mit Antworten. Alles als Daten: [questions.json](questions.json)"
    )
    assert "\n- Thema: [" in twin
    assert "\n- Verwandt: [" in twin
    assert f'issues/new?title=Fehler%20in%20{QUESTION}"' in page
    assert "Current" not in page


@pytest.fixture
def reader(sites: dict[str, Built], chrome: Browser) -> Iterator[Visit]:
    """A reader of the German site."""
    with check_site.served(sites["mkdocs"].folder) as address, visiting(chrome, address) as found:
        yield found


def words(page: Page) -> list[str]:
    """Return the texts and names of a page as it is now."""
    found: list[Any] = page.evaluate(WORDS_ON_PAGE)
    return found


def test_no_english_word_in_the_search(reader: Visit, content: str) -> None:
    """The search is German: empty, with and without results, and with recent searches."""
    page = reader.open("")
    page.keyboard.press("/")
    dialog, field = page.get_by_role("dialog"), page.get_by_role("combobox")
    expect(dialog).to_contain_text("Zum Beispiel")
    found = words(page)
    for query, text in {
        "qqqq": "Keine genaue Übereinstimmung.",
        "steem": "Ergebnisse für steam",
        "steam": "Nicht das Gesuchte?",
    }.items():
        field.fill(query)
        expect(dialog).to_contain_text(text)
        expect(dialog.get_by_role("status")).to_contain_text("Antwort")
        found += words(page)
    page.keyboard.press("Control+c")
    expect(page.locator(".announcement")).to_have_text("Link kopiert")
    found += words(page)
    field.fill("")
    expect(dialog).to_contain_text("Letzte Suchen")

    assert english([*found, *words(page)], content) == set()


def test_no_english_word_around_a_question(reader: Visit, content: str) -> None:
    """Keys, buttons and what they announce are German."""
    page = reader.open(f"q/{QUESTION}/")
    said = page.locator(".announcement")
    found = words(page)
    for button in page.locator(".actions .share button:visible").all():
        button.click()
        expect(said).to_contain_text("kopiert")
        found += words(page)
    page.get_by_role("button", name="Eigene Antwort schreiben").click()
    page.get_by_role("button", name="Fertig").wait_for()
    found += words(page)
    page.get_by_role("button", name="Kopieren: Code").first.click()
    expect(said).to_have_text("Kopiert")
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    page.get_by_role("button", name="Link kopieren").click()
    expect(said).to_contain_text("von Hand")
    found += words(page)
    page.keyboard.press("?")
    for label in ("ausschalten", "einschalten"):
        page.get_by_role("button", name=label).click()
        expect(said).to_contain_text(f"Tastenkürzel sind {label[:3]}")
        found += words(page)

    assert english(found, content) == set()


def test_no_english_word_in_lists(reader: Visit, content: str) -> None:
    """Progress on a path, the filter of the glossary and the way back home are German."""
    page = reader.open("paths/first-loaf/")
    page.get_by_role("switch").click()
    found = words(page)
    page.locator(".step + .why + details > :last-child").first.scroll_into_view_if_needed()
    expect(page.locator(".progress")).to_contain_text("Weiter: Schritt")
    found += words(page)
    page.get_by_role("button", name="Von vorn").click()
    expect(page.locator(".announcement")).to_contain_text("Kein Schritt")
    found += words(page)
    page = reader.open("glossary/")
    for typed, count in {"do": "1 von 11 Begriffen", "zzz": "Keiner von 11 Begriffen"}.items():
        page.get_by_role("searchbox").fill(typed)
        expect(page.get_by_role("status")).to_have_text(count)
        found += words(page)
    home = words(reader.open(""))

    assert any(text.startswith("Weiterlesen: ") for text in home)
    assert english([*found, *home, *words(reader.open("404.html"))], content) == set()


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("**/search-dialog*.js", "Die Suche konnte nicht geladen werden."),
        ("**/search/data.json*", "Die Suche konnte ihre Daten nicht laden."),
        ("**/q/", "Die Fragen konnten nicht geladen werden."),
        ("**/key-list.js*", "Die Liste wurde nicht geladen."),
    ],
)
def test_no_english_word_in_failures(
    missing: str, message: str, sites: dict[str, Built], chrome: Browser, content: str
) -> None:
    """What says that something did not load is German."""

    def fail(route: Route) -> None:
        route.fulfill(status=503)

    with check_site.served(sites["mkdocs"].folder) as address:
        context = chrome.new_context(base_url=address)
        # Before the page opens, because a browser that begins to intercept may miss the next request.
        context.route(missing, fail)
        page = Visit(context.new_page(), address, []).open("")
        if missing == "**/q/":
            page.keyboard.press("r")
        elif missing == "**/key-list.js*":
            page.keyboard.press("?")
        else:
            page.keyboard.press("/")
            page.get_by_role("textbox").or_(page.get_by_role("combobox")).fill("steam")
        expect(page.get_by_text(message).first).to_be_visible(timeout=15_000)

        assert english(words(page), content) == set()
        context.close()


def test_a_missing_word_is_english(project: Path, tmp_path: Path, chrome: Browser) -> None:
    """A word that German lacks is English on pages and in dialogs, and the site builds."""
    copy = tmp_path / "project"
    shutil.copytree(project, copy, symlinks=True)
    german = copy / "scripts/qna/languages/de.toml"
    text = german.read_text("utf-8")
    for line in (
        'skip = "Zum Inhalt springen"\n',
        'related = "Verwandte Fragen"\n',
        'prompt = "In eigenen Worten suchen"\n',
    ):
        assert line in text
        text = text.replace(line, "")
    german.write_text(text, "utf-8")
    assert run(["python", "scripts/split.py"], copy).returncode == 0
    bundle(copy)

    built = build("mkdocs", copy)

    page = built.html(f"q/{QUESTION}/")
    assert "Skip to content" in page
    assert "Related questions" in page
    with check_site.served(built.folder) as address, visiting(chrome, address) as found:
        found.open("q/").keyboard.press("/")
        expect(found.page.get_by_role("combobox")).to_have_attribute(
            "placeholder", "Search in your own words"
        )
        expect(found.page.get_by_role("button", name="Schließen")).to_be_visible()
