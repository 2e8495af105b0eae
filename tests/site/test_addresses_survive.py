"""The life of a source: after every change, every published address still leads to its answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import check_site
import pytest
import split
from playwright.sync_api import Browser, BrowserContext, Page, expect
from support.sites import COMMANDS, Built, build, copy_project, pages, run, take_source

START = """\
# Story

### **1. Training**
*   **What is dropout?**
    - Dropout silences random neurons during training, so that none relies on another.

*   **What is early stopping?**
    - Early stopping ends training when the loss on held-out data stops falling.

*   **What is weight decay?**
    - Weight decay pulls all weights towards zero by a penalty on their squares.

### **2. Networks**
*   **What is a convolution?**
    - A convolution slides a small filter over an image and sums the products.

*   **What is pooling?**
    - Pooling keeps the strongest or the mean value of each small region.

### **3. Practice**
*   **How do you debug a model, and how do you log a run?**
    - Overfit one batch first, then look at the data. Log the loss, the seed and the configuration.

*   **What is a seed?**
    - A seed fixes the random numbers, so that a run can be repeated exactly.
"""


@dataclass
class Story:
    """A project whose source changes, and what each of its addresses must show."""

    project: Path
    source: str = START
    addresses: dict[str, str] = field(default_factory=dict)
    """Every address ever published, with words of the answer that it leads to now."""
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each address: the page that it led to, the expected words, and both articles."""

    def split(self, *options: str) -> tuple[int, str]:
        """Run the splitter; return its exit code and its messages."""
        docs = self.project / "docs"
        source = docs / "_source/questions.md"
        source.write_text(self.source, encoding="utf-8")
        with redirect_stderr(StringIO()) as said, redirect_stdout(StringIO()):
            code = split.main(["--source", str(source), "--out", str(docs), *options])
        return code, said.getvalue()

    def accepted(self, *options: str) -> None:
        """Run the splitter, and assert that it accepts the source."""
        for arguments in (options, ["--check"]):
            code, said = self.split(*arguments)
            assert code == 0, said

    def refused(self, *expected: str, options: tuple[str, ...] = ()) -> str:
        """Run the splitter, and assert that it refuses, changes nothing and says what to do."""
        before = self.files()
        code, said = self.split(*options)
        assert code == 1
        for words in expected:
            assert words in said
        assert self.files() == before
        return said

    def files(self) -> dict[str, str]:
        """Return the generated pages and the ledger."""
        docs = self.project / "docs"
        found = [*docs.glob("topics/*.md"), *docs.glob("q/*.md"), docs / "_source/ids.json"]
        return {str(path): path.read_text() for path in sorted(found) if path.exists()}

    def publish(self, topic: str, question: str, words: str) -> None:
        """Record the addresses at which a question is published."""
        self.addresses[f"q/{question}/"] = words
        self.addresses[f"topics/{topic}/#{question}"] = words

    def now_shows(self, words: str, instead_of: str) -> None:
        """Record that all addresses of one answer lead to another from now on."""
        for address, old in self.addresses.items():
            if old == instead_of:
                self.addresses[address] = words

    def change(self, old: str, new: str) -> None:
        """Edit the source."""
        assert old in self.source
        self.source = self.source.replace(old, new)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A copy of the project with the short source above."""
    project = copy_project(tmp_path)
    take_source(project, START)
    return Story(project)


@pytest.fixture
def context(chrome: Browser) -> Iterator[BrowserContext]:
    """A browser profile for the whole story."""
    found = chrome.new_context()
    yield found
    found.close()


def assert_all_lead(story: Story, context: BrowserContext, *, milestone: bool = False) -> None:
    """Build the site, and assert that every address shows its answer in the browser.

    MkDocs builds after each step, and at milestones Zensical builds the same pages. An address is
    not opened again if neither its article nor the one that it led to has changed.
    """
    site = built(story, "mkdocs", finished=milestone)
    if milestone:
        other = built(story, "zensical", finished=True)
        assert pages(Built("", other, {})) == pages(Built("", site, {}))
    page = context.new_page()
    with check_site.served(site) as base:
        for address, words in story.addresses.items():
            end, *before = story.seen.get(address, ("",))
            if before == [words, *texts(site, address, end)]:
                continue
            page.goto(base + address, wait_until="commit")
            assert_shows(page, words)
            end = page.url.removeprefix(base)
            story.seen[address] = end, words, *texts(site, address, end)
    page.close()


def built(story: Story, engine: str, *, finished: bool) -> Path:
    """Return the folder of the site, which has no faults; cards do not matter."""
    _, _, *commands = COMMANDS[engine]  # already split
    for command in commands if finished else commands[:1]:
        done = run(command, story.project)
        assert done.returncode == 0, done.stdout + done.stderr
    site = story.project / engine
    shutil.rmtree(site, ignore_errors=True)
    (story.project / "site").rename(site)
    assert list(check_site.faults(site)) == []
    return site


def texts(site: Path, *addresses: str) -> Iterator[str]:
    """Yield the article at each address, without links to the pages next to it, or an empty text."""
    for address in addresses:
        path = site / address.partition("#")[0] / "index.html"
        html = path.read_text(encoding="utf-8") if path.exists() else ""
        yield html.partition("<article")[2].partition('<nav class="pager"')[0]


def assert_shows(page: Page, words: str) -> None:
    """Assert that the answer with these words is visible and in view."""
    page.wait_for_function(
        """words => [...document.querySelectorAll("article p")].some(p =>
         p.textContent.includes(words) && p.checkVisibility({ contentVisibilityAuto: true })
         && p.getBoundingClientRect().top < innerHeight
         && p.getBoundingClientRect().bottom > 0)""",
        arg=words,
        timeout=10_000,
    )


def test_addresses_survive(  # noqa: PLR0915 - each step continues the one before
    story: Story, context: BrowserContext
) -> None:
    """Reword, reorder, move, rename, merge, split, remove, insert: every address survives."""
    # First publication: short ids are proposed and recorded.
    story.accepted()
    for topic, questions in {
        "training": {
            "dropout": "silences random",
            "early-stopping": "held-out",
            "weight-decay": "towards zero",
        },
        "networks": {"convolution": "slides a small filter", "pooling": "strongest or the mean"},
        "practice": {"debug-model-log": "Overfit one batch", "seed": "repeated exactly"},
    }.items():
        for question, words in questions.items():
            story.publish(topic, question, words)
    assert_all_lead(story, context, milestone=True)

    # Reworded a little: recognized by question and answer together.
    story.change("**What is dropout?**", "**What does dropout do, and why does it help?**")
    story.accepted()
    assert_all_lead(story, context)

    # Reworded beyond recognition: an error names the command that resolves it.
    story.change("**What is weight decay?**", "**How do L2 penalties work?**")
    story.change(
        "pulls all weights towards zero by a penalty on their squares",
        "adds squared norms to the loss, a pull towards zero on all weights",
    )
    story.refused("published question 'weight-decay' is gone", "--keep weight-decay=10")
    story.accepted("--keep", "weight-decay=10")
    assert_all_lead(story, context)

    # Reordered, and moved to another topic.
    moved = story.source[
        story.source.index("*   **What is early stopping") : story.source.index("*   **How do L2")
    ]
    story.change(moved, "")
    story.source += "\n" + moved
    story.accepted()
    story.publish("practice", "early-stopping", "held-out")
    assert_all_lead(story, context, milestone=True)

    # A retitled topic keeps its address; with a new id, its old addresses redirect.
    story.change("**2. Networks**", "**2. Seeing with Filters**")
    story.accepted()
    story.accepted("--rename", "networks=vision")
    for question, words in {
        "convolution": "slides a small filter",
        "pooling": "strongest or the mean",
    }.items():
        story.publish("vision", question, words)
    assert_all_lead(story, context)

    # A question renamed twice: redirects do not form chains, and an old name cannot be reused.
    story.accepted("--rename", "convolution=conv")
    assert_all_lead(story, context)
    story.accepted("--rename", "conv=convolving")
    story.publish("vision", "convolving", "slides a small filter")
    story.change("**What is pooling?**", "**What is pooling?** {#convolution}")
    story.refused("E301", "old name of 'convolving'")
    story.change(" {#convolution}", "")
    story.accepted()
    assert_all_lead(story, context, milestone=True)

    # Two merged: the removed one must redirect somewhere.
    story.change(
        """*   **What is pooling?**
    - Pooling keeps the strongest or the mean value of each small region.

""",
        "",
    )
    story.refused("published question 'pooling' is gone", "--retire pooling=")
    story.refused("cannot redirect to 'nowhere'", options=("--retire", "pooling=nowhere"))
    story.accepted("--retire", "pooling=convolving")
    story.now_shows("slides a small filter", instead_of="strongest or the mean")
    assert_all_lead(story, context)

    # One split in two: the author decides which of them is the published one.
    story.change(
        """*   **How do you debug a model, and how do you log a run?**
    - Overfit one batch first, then look at the data. Log the loss, the seed and the configuration.
""",
        """*   **How do you debug a model?**
    - Overfit one batch first, then look at the data.

*   **How do you log a run?**
    - Log the loss, the seed and the configuration.
""",
    )
    said = story.refused("is this the published question 'debug-model-log', reworded?")
    assert said.count("--keep debug-model-log=") == 2
    line = story.source[: story.source.index("**How do you debug a model?**")].count("\n") + 1
    story.accepted("--keep", f"debug-model-log={line}")
    story.publish("practice", "log-run", "Log the loss")
    assert_all_lead(story, context, milestone=True)

    # One removed: it redirects to the closest question.
    story.change(
        """*   **What is a seed?**
    - A seed fixes the random numbers, so that a run can be repeated exactly.
""",
        "",
    )
    story.refused("published question 'seed' is gone")
    story.accepted("--retire", "seed=log-run")
    story.now_shows("Log the loss", instead_of="repeated exactly")
    assert_all_lead(story, context)

    # One topic inserted in the middle, another one merged into its neighbor.
    story.change(
        "### **2. Seeing",
        """### **2. Data**
*   **What is augmentation?**
    - Augmentation makes new samples by flipping, cropping and mixing old ones.

### **3. Seeing""",
    )
    story.change("### **3. Practice**\n", "")
    story.refused("published topic 'practice' is gone", "--retire practice=")
    story.accepted("--retire", "practice=vision")
    story.publish("data", "augmentation", "flipping, cropping")
    for question, words in {
        "debug-model-log": "Overfit one batch",
        "log-run": "Log the loss",
        "early-stopping": "held-out",
    }.items():
        story.publish("vision", question, words)
    assert_all_lead(story, context, milestone=True)

    # Renamed back: a question may get its old name back, without a redirect loop.
    story.accepted("--rename", "convolving=convolution")
    story.accepted("--rename", "vision=networks")
    assert_all_lead(story, context, milestone=True)


@pytest.mark.parametrize("engine", COMMANDS)
def test_old_addresses_without_scripts(story: Story, engine: str, chrome: Browser) -> None:
    """An old question page redirects by itself; an old topic page has a link at the old anchor."""
    story.accepted()
    story.accepted("--rename", "dropout=random-silence")
    story.accepted("--rename", "training=learning")
    site = build(engine, story.project)
    context = chrome.new_context(java_script_enabled=False)
    page = context.new_page()
    with check_site.served(site) as base:
        page.goto(f"{base}q/dropout/")
        page.wait_for_url("**/q/random-silence/")
        page.goto(f"{base}topics/training/#dropout")
        page.locator("#dropout + p a").click()
        page.wait_for_url("**/q/random-silence/")
        page.goto(f"{base}topics/learning/#dropout")
        expect(page.get_by_text("silences random")).to_be_visible()
    context.close()
