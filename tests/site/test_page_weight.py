"""The cost of a page to readers (bytes, requests, waiting, layout shifts) and its policy."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import check_site
import pytest
from playwright.sync_api import Route
from qna.data import security_policy
from qna.downloads import pages_of
from support.prerendering import Tab
from support.sites import COMMANDS, Built, Visit, copy_project, run, shift, take_source, weight

TOPIC, QUESTION, PATH = "topics/rising/", "q/fermentation/", "paths/first-loaf/"
CODE = "q/bakers-percentages/"
FIRST_VIEW = 36_000
"""Bytes over the network, like the lightest comparable site; Material's default takes 89,000."""
REQUESTS = 6
BYTES = 8_300
"""Bytes of HTML of a question page, so that a site of 100,000 fits on GitHub Pages, with all else."""
NEXT = ".pager__next"
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]"
LEAVE = f"""(() => {{
  let taken;
  addEventListener("click", (event) => {{
    taken = event.defaultPrevented;
    event.preventDefault();
  }}, {{ once: true }});
  document.querySelector("{NEXT}").click();
  dispatchEvent(new PageTransitionEvent("pagehide"));
  return taken;
}})()"""
"""Do what a page does as it is left, but stay; the result tells whether it follows the link itself."""
KEEP = "([name, choice]) => localStorage.setItem('/deep-learning-qa/' + name, choice)"


@pytest.fixture(scope="session")
def site(mkdocs_site: Built) -> Built:
    """The site, built by one engine: test_pages.py shows that the other builds the same pages."""
    return mkdocs_site


@pytest.mark.parametrize("url", ["", TOPIC, QUESTION, PATH])
def test_first_view(site: Built, visit: Visit, url: str) -> None:
    """The first view of a page takes few bytes and few requests."""
    asked: set[str] = set()
    visit.page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    visit.open(url).wait_for_load_state("networkidle")
    names = [path.removeprefix(check_site.MOUNT) for path in asked]
    files = [
        site.folder / name / "index.html" if name == url else site.folder / name for name in names
    ]

    assert len(files) <= REQUESTS
    assert sum(map(weight, files)) <= FIRST_VIEW


@pytest.mark.parametrize("wait", [0, 500])
@pytest.mark.parametrize(
    "url", ["", TOPIC, f"{TOPIC}#feeding", QUESTION, PATH, "paths/", CODE, "glossary/"]
)
def test_nothing_shifts(visit: Visit, url: str, wait: float) -> None:
    """Nothing shifts while a page loads, whatever the reader chose, even if the script is late."""
    page = visit.open(QUESTION)

    def late(route: Route) -> None:
        page.wait_for_timeout(wait)
        route.continue_()

    page.route("**/assets/*.js*", late)
    for kept in ({"theme": "dark", "read": "hydration shaping"}, {"answers": "open"}):
        for name, choice in kept.items():
            page.evaluate(KEEP, [name, choice])
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto("about:blank")
            visit.open(url)

            assert shift(page) < 0.01


def test_next_page(tab: Tab, address: str) -> None:
    """A click shows a page that is loaded already; both pages do little, and nothing else waits.

    Together they take at most 100 ms of processor time from the click to the paint.
    """
    tab.open(address + TOPIC)
    tab.point_at(NEXT)
    before = tab.busy(tab.seen)
    assert not tab.run(LEAVE)
    left = tab.busy(tab.seen) - before
    before = tab.busy(tab.ahead)
    tab.click(NEXT)
    tab.wait(lambda: tab.run(f"!!{PAINT}"))
    loaded, activated = tab.run(
        "(({ loadEventEnd, activationStart }) => [loadEventEnd, activationStart])"
        "(performance.getEntriesByType('navigation')[0])"
    )

    assert 0 < loaded <= activated
    assert left + tab.busy(tab.seen) - before <= 0.1


def test_a_prerendered_page_applies_later_settings(tab: Tab, address: str) -> None:
    """A prerendered page applies settings that were chosen after it was rendered."""
    tab.open(address + TOPIC)
    tab.point_at(NEXT)
    tab.run("document.querySelector('button.theme').click()")
    tab.run("document.querySelector('[data-answers=keep]').click()")
    tab.click(NEXT)

    assert tab.run("performance.getEntriesByType('navigation')[0].activationStart") > 0
    for applied in (
        "document.documentElement.dataset.theme === 'dark'",
        "document.querySelector('[data-answers=keep]').ariaChecked === 'true'",
        "!document.querySelector('details.answer:not([open])')",
    ):
        tab.wait(partial(tab.run, applied))


def test_a_prerendered_page_does_not_count_as_read(tab: Tab, address: str) -> None:
    """The last question that is remembered is one that the reader has seen."""
    last = "JSON.parse(localStorage.getItem('/deep-learning-qa/last-question')).id"
    tab.open(address + QUESTION)
    tab.point_at(NEXT)
    before = tab.run(last)
    tab.click(NEXT)

    assert f"q/{before}/" == QUESTION
    assert tab.run(f"location.href.endsWith(`/q/${{{last}}}/`)")
    assert tab.run(last) != before


def test_other_browsers_fetch_ahead(visit: Visit) -> None:
    """Without speculation rules, only the pages a reader points at are fetched ahead, each once."""
    page = visit.page
    page.add_init_script("HTMLScriptElement.supports = () => false")
    asked: list[str] = []
    page.on(
        "request", lambda request: request.resource_type == "fetch" and asked.append(request.url)
    )
    visit.open(TOPIC)
    for link in (".sidebar a", NEXT):
        with page.expect_request(lambda request: request.resource_type == "fetch"):
            page.locator(link).last.hover()
    for link in (".search-box", ".footer a[href$='.json']", NEXT):
        page.locator(link).last.hover()
        page.wait_for_timeout(400)  # twice as long as it takes to decide

    assert asked == [f"{visit.base}topics/{topic}/" for topic in ("breads-of-the-world", "baking")]


def test_nothing_grows_with_the_number_of_pages(tmp_path: Path) -> None:
    """A page has the same size on a site with five times as many topics."""
    weights = []
    for number in (60, 300):
        project = copy_project(tmp_path / str(number))
        topics = (
            f"### **{at:03}. Topic {at:03}**\n*   **What is thing {at:03}?**\n    - It is one.\n"
            for at in range(1, number + 1)
        )
        take_source(project, "# Questions\n\n" + "\n".join(topics))
        for command in (COMMANDS["mkdocs"][0], COMMANDS["mkdocs"][2]):
            done = run(command, project)
            assert done.returncode == 0, done.stdout + done.stderr
        pages = ("index.html", "topics/topic-030/index.html", "q/thing-030/index.html", "404.html")
        weights.append([(project / "site" / page).stat().st_size for page in pages])

    small, large = weights
    assert large == pytest.approx(small, rel=0.01)


# Content security policy


def test_every_page_has_its_policy(site: Built) -> None:
    """The policy of each page allows only the site's own files, and inline code by hash."""
    for path in pages_of(site.folder):
        text = path.read_text(encoding="utf-8")
        found = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', text)
        assert found, path
        assert text.index(found[0]) < text.index("<title>")
        assert "default-src 'none'" in found[1]
        assert "unsafe" not in found[1]
        assert not re.search(r"https?:|[*]", found[1])
        inline = re.findall(r"<script(?![^>]* src=)", text)
        assert found[1].count("'sha256-") == len(inline) + 1  # and the rules for loading ahead
        assert not re.search(r"<[^>]*\sstyle=|<style", text)


@pytest.mark.parametrize("url", ["", TOPIC, QUESTION, "404.html"])
def test_the_policy_is_enforced(visit: Visit, url: str) -> None:
    """Injected code and images from other hosts have no effect on a page."""
    page = visit.open(url)
    assert visit.problems == []
    page.evaluate(
        """() => {
          const code = document.createElement("script");
          code.textContent = "window.ran = 1";
          const picture = document.createElement("img");
          picture.src = "https://example.org/x.png";
          const handler = document.createElement("p");
          handler.setAttribute("onclick", "window.ran = 2");
          document.body.append(code, picture, handler);
          handler.click();
        }"""
    )
    page.wait_for_timeout(100)

    assert page.evaluate("window.ran") is None
    assert len([problem for problem in visit.problems if "Content Security Policy" in problem]) >= 3
    visit.problems.clear()


def test_a_page_gets_its_policy_once() -> None:
    """Adding the policy twice changes nothing; code outside the head is not allowed."""
    page = '<meta charset="utf-8"><script>a()</script></head><script>b()</script>'
    once = security_policy.guarded(page)

    assert security_policy.guarded(once) == once
    assert once.count("sha256-") == 2


def test_a_page_with_another_policy() -> None:
    """If code in the head or the hosts change, a policy takes the place of the one before."""
    page = '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="x">{}</head>'
    before, now = (page.format(f"<script>{code}()</script>") for code in "ab")
    changed = security_policy.guarded(before).replace("a()", "b()")

    assert security_policy.guarded(changed) == security_policy.guarded(now)
    # The page had one already.
    assert security_policy.guarded(changed).count("Content-Security-Policy") == 2
    allowed = ["https://example.org"]
    assert security_policy.guarded(changed, allowed) == security_policy.guarded(now, allowed)


def test_a_page_without_a_place_for_its_policy() -> None:
    """A page without the right place for a policy is refused."""
    with pytest.raises(ValueError, match="content security policy"):
        security_policy.guarded("<title>x</title>")


def test_speculation_is_limited_to_pages(visit: Visit) -> None:
    """Only pages of the site are loaded ahead of a click, not data and not other hosts."""
    rules = visit.open(TOPIC).locator("script[type=speculationrules]").text_content()
    assert rules == security_policy.RULES
    for rule, *others in json.loads(rules).values():
        assert "[href*=':']" in rule["where"]["selector_matches"]
        assert not others


def test_a_question_takes_few_bytes(site: Built) -> None:
    """Question pages without a note are small, although both addresses of the site are in each."""
    sizes = [
        len(site.html(item["url"]).encode())
        for item in site.data["questions"]
        if "note" not in item
    ]

    assert median(sizes) < BYTES
