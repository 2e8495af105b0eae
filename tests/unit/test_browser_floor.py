"""What the site sends to readers works in the oldest browsers that package.json names."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from qna.appearance.colors import PAPER
from support.harness import ROOT


def check(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Run the check on some files, or on all that are sent to readers."""
    command = [ROOT / ".venv/bin/node", ROOT / "frontend/browsers/check.mjs", *paths]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def written(folder: Path, codes: list[tuple[str, str]]) -> list[Path]:
    """Write each piece of code to a file whose name is its number."""
    paths = [folder / f"{number}.{language}" for number, (language, _) in enumerate(codes)]
    for path, (_, code) in zip(paths, codes, strict=True):
        path.write_text(code, encoding="utf-8")
    return paths


NEW = [
    ("css", "a { color: light-dark(#fff, #000) }", "css.types.color.light-dark"),
    ("css", ":root { --ink: light-dark(#fff, #000) }", "css.types.color.light-dark"),
    ("css", "a:has(b) { color: red }", "css.selectors.has"),
    ("css", "a, b:not(:has(c)) { color: red }", "css.selectors.has"),
    ("css", "a { field-sizing: content }", "css.properties.field-sizing.content"),
    ("css", "a { top: anchor(bottom) }", "css.types.anchor"),
    ("css", "a { height: 1cap }", "css.types.length.cap"),
    ("css", 'a::before { content: "/" / "" }', "css.properties.content.alt_text"),
    ("css", "@starting-style { a { color: red } }", "css.at-rules.starting-style"),
    ("css", "a::checkmark { color: red }", "css.selectors.checkmark"),
    ("css", "@supports (top: anchor(top)) { a:has(b) { top: 0 } }", "css.selectors.has"),
    ("css", "a { width: 1px; height: calc-size(auto, size) }", "css.types.calc-size"),
    ("ts", "new CloseWatcher();", "api.CloseWatcher"),
    ("ts", "new Intl.Segmenter('th');", "javascript.builtins.Intl.Segmenter"),
    ("ts", "Object.groupBy([], String);", "javascript.builtins.Object.groupBy"),
    ("ts", "URL.parse(location.href);", "api.URL.parse_static"),
    ("ts", "document.body.showPopover();", "api.HTMLElement.showPopover"),
    ("ts", "document.body.ariaChecked = 'true';", "api.Element.ariaChecked"),
    ("ts", "document.body.setAttribute('popover', '');", "html.global_attributes.popover"),
    ("ts", "addEventListener('scrollend', print);", "api.Document.scrollend_event"),
    ("ts", "make('div', { popover: '' });", "html.global_attributes.popover"),
    ("ts", "'x'.match(/[a--b]/v);", "javascript.builtins.RegExp.unicodeSets"),
    ("html", "<div popover>x</div>", "html.global_attributes.popover"),
    ("html", '<details name="{{ id }}">x</details>', "html.elements.details.name"),
    ("html", "<script>navigation.back()</script>", "api.Window.navigation"),
]
"""A language, a piece of code, and the feature in it that is too new."""


def test_new_features_fail(tmp_path: Path) -> None:
    """Each feature that the oldest browsers lack is an error at its place, with a hint."""
    files = written(tmp_path, [(language, code) for language, code, _ in NEW])
    done = check(*files)
    errors = re.findall(r"(\d+)\.\w+: error: ([\w.-]+) is missing in \w+ [\d.]+", done.stderr)

    assert done.returncode == 1
    assert {int(number): feature for number, feature in errors} == {
        number: feature for number, (_, _, feature) in enumerate(NEW)
    }
    assert done.stderr.splitlines()[-2].startswith("hint: ")


FINE = [
    ("css", "a { color: #fff; color: light-dark(#fff, #000) }"),
    ("css", 'a::before { content: "/"; content: "/" / "" }'),
    ("css", "@supports selector(:has(*)) { a:has(b) { color: red } }"),
    ("css", "@supports (field-sizing: content) { a { field-sizing: content } }"),
    ("css", "a:is(b, :has(c)) { color: red }"),
    ("css", "a { user-select: none; color: color-mix(in srgb, red, blue) }"),
    ("css", "@media (min-width: 3em) and (hover: none) { a { inset: 0; height: 1dvh } }"),
    ("ts", "[1].at(-1); structuredClone({}); Object.hasOwn({}, 'a'); 'a'.match(/(?<=b)c/u);"),
    ("ts", "const segments = 1, yields = { first: 1 }; print(segments, yields.first);"),
    ("html", '<button type="button" aria-pressed="false">{{ "<b popover>" }}</button>'),
]
"""A language, and code with a fallback, with a prefix that esbuild adds, or without new features."""


def test_fallbacks_are_enough(tmp_path: Path) -> None:
    """Code that has something else for the oldest browsers, or needs nothing new, is accepted."""
    done = check(*written(tmp_path, FINE))

    assert (done.returncode, done.stderr) == (0, "")


def test_the_bars_of_a_browser_have_the_color_of_the_page() -> None:
    """The colors in the head, which no style sheet reaches, are those of the page."""
    tokens = (ROOT / "frontend/styles/tokens.css").read_text(encoding="utf-8")
    paper = re.search(r"--paper: var\(--light, (#\w+)\) var\(--dark, (#\w+)\)", tokens)

    assert paper
    assert {"light": paper[1], "dark": paper[2]} == PAPER
