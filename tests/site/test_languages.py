"""A source in many scripts: ids, addresses, directions, language and search, in both engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import check_site
import pytest
from playwright.sync_api import Browser, Locator, expect
from support.sites import (
    COMMANDS,
    SITE_URL,
    Built,
    Visit,
    address,
    build,
    copy_project,
    files,
    pages,
    run,
    take_source,
    visiting,
)

SOURCE = """\
# 深度学习 و التعلم العميق

### **1. 机器学习基础**
*   **什么是过拟合？**
    - 模型在训练集上表现很好，但在测试集上表现很差。使用 `dropout` 可以缓解。🚀

*   **什么是梯度消失问题？**
    - 梯度在反向传播时变得非常小，前面的层几乎学不到东西。

### **2. أساسيات التعلم العميق**
*   **ما هو التعلم العميق؟**
    - التعلم العميق فرع من تعلم الآلة يستخدم شبكات عصبية متعددة الطبقات، مثل CNN.

      - طبقات الالتفاف
      - This one is English.

      ```python
      print("من اليسار")
      ```

*   **CNN: ما هي الشبكة العصبية الالتفافية؟**
    - هي شبكة تستخدم `conv2d` لاستخراج الخصائص من الصور.

*   **What is the meaning of "التعلم" here?**
    - It means *learning*, in Arabic.

### **3. 🚀 and others**
*   **Why 🚀🔥?**
    - Because 🎉 it flies 👩‍🚀.

*   **Что такое переобучение?**
    - Модель запоминает данные; см. [过拟合](#过拟合).

*   **Was ist Überanpassung?**
    - Das Modell lernt auswendig.

*   **データ拡張とは何ですか？**
    - 画像を回転させるなど、データを人工的に増やす方法です。

*   **การเพิ่มข้อมูลคืออะไร**
    - การสร้างข้อมูลใหม่จากข้อมูลเดิม
"""
IDS = {
    "过拟合": "什么是过拟合？",
    "梯度消失问题": "什么是梯度消失问题？",
    "التعلم-العميق": "ما هو التعلم العميق؟",
    "cnn-الشبكة-العصبية": "CNN: ما هي الشبكة العصبية الالتفافية؟",
    "meaning-التعلم-here": 'What is the meaning of "التعلم" here?',
    "why": "Why 🚀🔥?",
    "переобучение": "Что такое переобучение?",
    "uberanpassung": "Was ist Überanpassung?",
    "データ拡張": "データ拡張とは何ですか？",
    "การเพิ่มข้อมูล": "การเพิ่มข้อมูลคืออะไร",
}
ARABIC, WITH_ACRONYM = "التعلم-العميق", "cnn-الشبكة-العصبية"
TOPIC = "اساسيات-التعلم-العميق"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The site of the source above, built by each engine, without cards."""
    return {engine: made(engine, tmp_path_factory.mktemp(engine)) for engine in COMMANDS}


def made(engine: str, folder: Path) -> Built:
    """Build the site of the source above."""
    project = copy_project(folder)
    take_source(project, SOURCE)
    (project / "docs/index.md").write_text("# Home\n\n[All](q/index.md)\n{ .ways }\n", "utf-8")
    site = build(engine, project)
    data = json.loads((site / "questions.json").read_text(encoding="utf-8"))
    return Built(engine, site, data)


@pytest.fixture(params=COMMANDS)
def foreign(request: pytest.FixtureRequest, sites: dict[str, Built]) -> Built:
    """The site from each engine."""
    return sites[request.param]


@pytest.fixture
def reader(sites: dict[str, Built], chrome: Browser) -> Iterator[Visit]:
    """A browser on that site; errors in the console fail the test."""
    with check_site.served(sites["mkdocs"].folder) as address, visiting(chrome, address) as found:
        yield found


def test_engines_agree(sites: dict[str, Built]) -> None:
    """Both engines build the same pages, so the browser opens those of one."""
    assert pages(sites["mkdocs"]) == pages(sites["zensical"])
    assert files(sites["mkdocs"]) == files(sites["zensical"])


def test_ids_and_pages(foreign: Built) -> None:
    """Ids are words of the question in its own script, and the pages have no faults."""
    assert {item["id"]: item["question"] for item in foreign.data["questions"]} == IDS
    assert list(check_site.faults(foreign.folder)) == []
    for name in IDS:
        assert (foreign.folder / f"q/{name}/index.md").is_file()


def test_addresses(foreign: Built) -> None:
    """Addresses for other programs are percent-encoded, those of pages and of their cards alike."""
    for name in IDS:
        html = foreign.html(f"q/{name}")
        address = f"{SITE_URL}q/{quote(name)}/"
        assert f'<link rel="canonical" href="{address}">' in html
        assert f'<meta property="og:url" content="{address}">' in html
        assert f'content="{SITE_URL}assets/cards/q/{quote(name)}.png"' in html
    sitemap = (foreign.folder / "sitemap.xml").read_text(encoding="utf-8")
    assert sitemap.isascii()
    assert all(f"{SITE_URL}q/{quote(name)}/" in sitemap for name in IDS)


def test_sidebar(foreign: Built) -> None:
    """The sidebar of a question page has the other questions of its topic."""
    url = f"q/{ARABIC}/"
    sidebar = foreign.html(url).partition('<nav class="sidebar"')[2].partition("</nav>")[0]
    links = [address(url, link) for link in re.findall('href="([^"]*)"', sidebar)]
    in_topic = (item["url"] for item in foreign.data["questions"] if item["topic"] == TOPIC)

    assert links == ["topics/", f"topics/{TOPIC}/", *map(unquote, in_topic)]
    assert sidebar.count('class="is-current"') == 1


def test_links_between_answers(reader: Visit) -> None:
    """A link to a question by its id leads to its page, in any script."""
    page = reader.open("q/переобучение/")
    page.get_by_role("link", name="过拟合", exact=True).first.click()

    page.wait_for_url(f"**/q/{quote('过拟合')}/")
    expect(page.locator("h1")).to_contain_text("什么是过拟合？")


@pytest.mark.parametrize("name", ["переобучение", "uberanpassung", "データ拡張", ARABIC])
def test_continue(name: str, reader: Visit) -> None:
    """The home page offers to go on with the last question, in any script."""
    reader.open(f"q/{name}/")
    page = reader.open("")
    page.get_by_role("link", name=f"Continue: {IDS[name]}").click()

    page.wait_for_url(f"**/q/{quote(name)}/")


def test_deep_links(reader: Visit) -> None:
    """A link to an answer on a topic page opens it, in any script."""
    for topic, name in ((TOPIC, ARABIC), ("others", "переобучение"), ("others", "データ拡張")):
        page = reader.open(f"topics/{topic}/#{quote(name)}")

        expect(page.locator(f'[id="{name}"] + details')).to_have_attribute("open", "")


def way(element: Locator) -> str:
    """Return the text direction of an element in the browser."""
    return str(element.evaluate("element => getComputedStyle(element).direction"))


def ends_at_the_right(element: Locator) -> bool:
    """Return whether the last line of an element's text is at its right edge, not at its left."""
    return bool(
        element.evaluate(
            """element => {
                const range = document.createRange();
                range.selectNodeContents(element.firstChild);
                const text = [...range.getClientRects()].at(-1), box = element.getBoundingClientRect();
                const lines = [...range.getClientRects()];
                const right = Math.max(...lines.filter((r) => r.bottom > text.top + 2).map((r) => r.right));
                return box.right - right < 2 && text.left - box.left > 2;
            }"""
        )
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_arabic_runs_from_right_to_left(reader: Visit, width: int) -> None:
    """Arabic questions and answers run from right to left, but not code or English list items."""
    reader.page.set_viewport_size({"width": width, "height": 900})
    page = reader.open(f"q/{ARABIC}/")
    answer = page.locator(".admonition.answer")

    assert way(page.locator("h1")) == "rtl"
    assert ends_at_the_right(page.locator("h1"))
    assert ends_at_the_right(answer.locator("p").first)
    assert ends_at_the_right(answer.locator("li").first)
    assert way(answer.locator("li").last) == "ltr"
    assert way(answer.locator("pre")) == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_topic_page_with_both_directions(reader: Visit) -> None:
    """Each question has the direction of most of its letters, whatever its first letter is."""
    page = reader.open(f"topics/{TOPIC}/")

    assert way(page.locator("h1")) == "rtl"
    for name in (ARABIC, WITH_ACRONYM):
        assert way(page.locator(f'[id="{name}"]')) == "rtl"
        assert way(page.locator(f'[id="{name}"] + details > p').first) == "rtl"
        assert way(page.locator(f'[id="{name}"] + details > summary')) == "ltr"
    assert way(page.locator('[id="meaning-التعلم-here"]')) == "ltr"
    assert way(page.locator('[id="meaning-التعلم-here"] + details > p').first) == "ltr"


def test_index_with_both_directions(reader: Visit) -> None:
    """Each entry in the list of all questions has its own direction."""
    page = reader.open("q/")
    lines = page.locator("article.alphabet > ul > li")

    assert way(lines.filter(has_text="ما هو التعلم")) == "rtl"
    assert way(lines.filter(has_text="什么是过拟合？")) == "ltr"
    assert way(lines.filter(has_text="What is the meaning")) == "ltr"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("梯度消失", "梯度消失问题"),
        ("过拟合", "过拟合"),
        ("测试集", "过拟合"),
        ("التعلم العميق", ARABIC),
        ("الصور", WITH_ACRONYM),
    ],
)
def test_search(query: str, name: str, reader: Visit) -> None:
    """Search finds words in scripts without spaces, and shows answers in their own direction."""
    page = reader.open("")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill(query)
    first = page.get_by_role("option").first

    expect(first).to_have_attribute("data-question-id", name)
    assert way(first.locator(".search__answer")) == (
        "ltr" if "合" in name or "失" in name else "rtl"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/q/{quote(name)}/")
    expect(page.locator("h1")).to_contain_text(IDS[name].rstrip("?"))


MARKS = {
    "データ": ("データ拡張", ["データ", "データ"]),
    "回転": ("データ拡張", ["回転"]),
    "ข้อมูล": ("การเพิ่มข้อมูล", ["ข้อมูล", "ข้อมูล", "ข้อมูล"]),
    "试集": ("过拟合", ["试集"]),
    "uberanpassung": ("uberanpassung", ["Überanpassung"]),
    "Überanpassung": ("uberanpassung", ["Überanpassung"]),
}
"""Queries, the question that each finds, and what is marked in it."""


@pytest.mark.parametrize("query", MARKS)
def test_marks(query: str, reader: Visit) -> None:
    """Search marks what it found, even a part of a word, and does not take it for a typo."""
    page = reader.open("")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill(query)
    first = page.get_by_role("option").first
    name, marks = MARKS[query]

    expect(first).to_have_attribute("data-question-id", name)
    assert first.locator("mark").all_inner_texts() == marks
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.get_by_role("dialog")).not_to_contain_text("Showing results for")
    expect(page.get_by_role("dialog")).not_to_contain_text("No exact match")


def test_print(reader: Visit, sites: dict[str, Built]) -> None:
    """On paper, every answer is open, has its own direction and fits the page."""
    data = sites["mkdocs"].data
    for topic in data["topics"]:
        page = reader.open(topic["url"])
        page.emulate_media(media="print")
        for item in data["questions"]:
            if item["topic"] == topic["id"]:
                answer = page.locator(f'[id="{item["id"]}"] + details > p').first
                expect(answer).to_be_visible()
                assert way(answer) == ("rtl" if item["id"] in {ARABIC, WITH_ACRONYM} else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert len(page.pdf()) > 10_000


@pytest.mark.parametrize("engine", COMMANDS)
@pytest.mark.parametrize(
    ("language", "attributes"), [("he", 'lang="he" dir="rtl"'), ("zh_Hant", 'lang="zh-Hant"')]
)
def test_language(
    language: str, attributes: str, engine: str, chrome: Browser, tmp_path: Path
) -> None:
    """Every page has the language of the theme and its direction, even one that redirects.

    On a page from right to left, text in English still runs from left to right, and answers open.
    """
    project = copy_project(tmp_path)
    take_source(project, SOURCE)
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("language: en", f"language: {language}"))
    split, *_ = COMMANDS[engine]
    for options in ([], ["--rename", "uberanpassung=auswendig-lernen"]):
        assert run([*split, *options], project).returncode == 0
    site = build(engine, project)
    texts = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]

    assert len(texts) > len(IDS)
    assert {text.partition("<html ")[2].split(" class")[0].split(">")[0] for text in texts} == {
        attributes
    }
    with check_site.served(site) as address, visiting(chrome, address) as reader:
        page = reader.open(f"topics/{TOPIC}/")
        for name in IDS.keys() & {ARABIC, "meaning-التعلم-here"}:
            page.locator(f'[id="{name}"] + details > summary').click()
            answer = page.locator(f'[id="{name}"] + details > p').first
            expect(answer).to_be_visible()
            assert way(answer) == ("rtl" if name == ARABIC else "ltr")
        assert way(page.locator("footer p").first) == ("rtl" if language == "he" else "ltr")
