"""A source in Chinese, Arabic and emoji: ids, pages, directions and search, in both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import check_site
import pytest
from playwright.sync_api import Browser, Locator, expect
from support.sites import COMMANDS, Built, Visit, copy_project, run, take_source, visiting

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
"""
IDS = {
    "什么是过拟合": "什么是过拟合？",
    "什么是梯度消失问题": "什么是梯度消失问题？",
    "ما-هو-التعلم": "ما هو التعلم العميق؟",
    "cnn-ما-هي": "CNN: ما هي الشبكة العصبية الالتفافية؟",
    "meaning-التعلم-here": 'What is the meaning of "التعلم" here?',
    "why": "Why 🚀🔥?",
}
ARABIC, WITH_ACRONYM = "ما-هو-التعلم", "cnn-ما-هي"


@pytest.fixture(scope="module", params=["mkdocs", "zensical"])
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the source above, built by each engine, without cards."""
    project = copy_project(tmp_path_factory.mktemp(request.param))
    take_source(project, SOURCE)
    for command in COMMANDS[request.param]:
        if command[-1] != "scripts/draw_cards.py":
            done = run(command, project)
            assert done.returncode == 0, done.stdout + done.stderr
    data = json.loads((project / "site/questions.json").read_text(encoding="utf-8"))
    return Built(request.param, project / "site", data)


@pytest.fixture
def reader(foreign: Built, chrome: Browser) -> Iterator[Visit]:
    """A browser on that site; errors in the console fail the test."""
    with check_site.served(foreign.folder) as address, visiting(chrome, address) as found:
        yield found


def test_ids_and_pages(foreign: Built) -> None:
    """Ids are words of the question in its own script, and the pages have no faults."""
    assert {item["id"]: item["question"] for item in foreign.data["questions"]} == IDS
    assert list(check_site.faults(foreign.folder)) == []
    for name in IDS:
        assert (foreign.folder / f"q/{name}/index.md").is_file()


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
    page = reader.open("topics/أساسيات-التعلم-العميق/")

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
        ("梯度消失", "什么是梯度消失问题"),
        ("过拟合", "什么是过拟合"),
        ("测试集", "什么是过拟合"),
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
    assert way(first.locator(".search__answer")) == ("ltr" if "是" in name else "rtl")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/q/{quote(name)}/")
    expect(page.locator("h1")).to_contain_text(IDS[name].rstrip("?"))


def test_print(reader: Visit, foreign: Built) -> None:
    """On paper, every answer is open, has its own direction and fits the page."""
    for topic in foreign.data["topics"]:
        page = reader.open(topic["url"])
        page.emulate_media(media="print")
        for item in foreign.data["questions"]:
            if item["topic"] == topic["id"]:
                answer = page.locator(f'[id="{item["id"]}"] + details > p').first
                expect(answer).to_be_visible()
                assert way(answer) == ("rtl" if item["id"] in {ARABIC, WITH_ACRONYM} else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert len(page.pdf()) > 10_000
