"""What `mkdocs.yml` says of how the site looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from qna.appearance import colors, icon, settings
from qna.data import security_policy, versions
from qna.diagnostics import Report
from support.harness import ROOT

TOKENS = (ROOT / "frontend/styles/tokens.css").read_text(encoding="utf-8")
PALETTES = {
    # what is written below `theme`: the scheme to start with, whether there is a choice
    "language: en": ("", True),
    "palette: {primary: indigo}": ("", True),
    "palette: {scheme: default}": ("light", False),
    "palette: {scheme: slate, primary: pink}": ("dark", False),
    "palette: [{scheme: default}, {scheme: slate}]": ("light", True),
    "palette: [{scheme: slate}, {scheme: default}]": ("dark", True),
    "palette: [{media: '(prefers-color-scheme: light)', scheme: default}, "
    "{media: '(prefers-color-scheme: dark)', scheme: slate}]": ("", True),
    "palette: [{media: '(prefers-color-scheme)'}, {scheme: default}, {scheme: slate}]": ("", True),
    "palette: [{media: '(prefers-color-scheme: dark)'}]": ("dark", False),
    "palette: nonsense": ("", True),
    "palette: [nonsense, {scheme: 7}]": ("", True),
}


@pytest.mark.parametrize(("written", "expected"), PALETTES.items())
def test_schemes(written: str, expected: tuple[str, bool]) -> None:
    """One scheme leaves no choice, two give one; the device decides if they say so."""
    found = settings.read(f"theme:\n  {written}\n")

    assert (found.preset, found.toggle) == expected


@pytest.mark.parametrize(
    ("written", "expected", "faults"),
    [
        ("", True, 0),
        ("extra: {cards: true}", True, 0),
        ("extra: {cards: false}", False, 0),
        ("extra: {cards: 'off'}", True, 1),
        ("extra: {cards: }", True, 1),
    ],
)
def test_cards(written: str, expected: bool, faults: int, tmp_path: Path) -> None:  # noqa: FBT001
    """Each page has a card, unless that is turned off; another value is reported."""
    report = Report()
    settings.check(written, tmp_path / "mkdocs.yml", report, ROOT, lists_topics=True)

    assert settings.read(written).cards == expected
    assert [item.message for item in report.items] == [
        "'extra.cards' is neither true nor false"
    ] * faults


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("", ""),
        ("extra: {icon: {letter: B}}", "B"),
        ("extra: {icon: {letter: '蜂'}}", "蜂"),
        ("extra: {icon: {letter: Bread}}", ""),
        ("site_name: (my) bread\ntheme: {favicon: me.png}", "M"),
        ("site_name: Bread\ntheme: {favicon: assets/icon.svg}", ""),
        ("extra: {icon: nonsense}", ""),
    ],
)
def test_letter(written: str, expected: str) -> None:
    """The icon has the letter that is set, or the name's first one beside an own picture."""
    assert settings.read(written).letter == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("name: material", settings.FONT),
        ("font: false", ""),
        ("font: {text: Source Sans 3}", "source-sans-3"),
        ("font: {code: Fira Code}", settings.FONT),
        ("font: nonsense", settings.FONT),
    ],
)
def test_font(written: str, expected: str) -> None:
    """A font is a package; `false` is the font of the reader's system."""
    assert settings.read(f"theme: {{{written}}}").font == expected


@pytest.mark.parametrize("text", ["", "- a", "a: [", "a: &b [*b]", "theme: !ENV [A, b]", "\0", "7"])
def test_any_configuration_can_be_read(text: str) -> None:
    """What is not a usable configuration looks as usual; the engine reports it."""
    report = Report()
    settings.check(text, Path("mkdocs.yml"), report, ROOT, lists_topics=True)

    assert settings.read(text) == settings.Settings()
    assert not report.items


@pytest.mark.parametrize("scheme", settings.SCHEMES)
@pytest.mark.parametrize("name", [*colors.NAMED, "#fff", "#000000", "#7f7f7f", "#8A2A6D"])
def test_every_color_can_be_read(name: str, scheme: str) -> None:
    """Whatever color the owner takes, text in it has contrast, and a white letter on it, too."""
    color = colors.parsed(name)
    assert color
    found = colors.tokens(color, None, scheme)

    assert colors.contrast(found["accent"], colors.PAPER[scheme]) > 4.5
    assert colors.contrast(found["accent"], found["accent-soft"]) > 4.5
    assert colors.contrast(icon.NODE, found["tile"]) > 4.5


@pytest.mark.parametrize("name", ["", "petrol", "#12", "#1234567", "rgb(1, 2, 3)", None, 7])
def test_no_color(name: object) -> None:
    """Other texts are no colors."""
    assert colors.parsed(name) is None


def test_tokens_are_replaced() -> None:
    """Each scheme has its own color, and only the tokens of that name change."""
    found = colors.replaced(TOKENS, {"light": {"accent": "#111111"}, "dark": {"accent": "#eeeeee"}})

    assert "--accent: var(--light, #111111) var(--dark, #eeeeee);" in found
    assert found.count("#111111") == 1
    assert (
        f"--paper: var(--light, {colors.PAPER['light']}) var(--dark, {colors.PAPER['dark']});"
        in found
    )
    assert f"--tile: var(--light, {icon.TILE})" in found


def test_allowed_hosts_are_in_the_policy() -> None:
    """Allowed hosts, and no others, may be loaded from; scripts still need to be known."""
    found = settings.read("extra:\n  allowed_hosts: [https://a.example, 'x; script-src *', 7]\n")
    policy = security_policy.policy("<head></head>", found.allowed)

    assert found.allowed == ("https://a.example",)
    assert re.search(r"script-src 'self' 'sha256-[^' ]+' https://a\.example;", policy)
    assert "connect-src 'self' https://a.example;" in policy
    assert "script-src *" not in policy


def test_added_files_have_versions() -> None:
    """Scripts and styles of the owner get addresses that change with their content, everywhere."""
    page = '<link href="../../css/a.css"><link href="css/a.css"><link href="x/css/a.css"></head>css/a.css'
    found = versions.in_page(page, {"site.css": "site.css"}, {"css/a.css": "css/a.css?v=1"})

    assert found == (
        '<link href="../../css/a.css?v=1"><link href="css/a.css?v=1"><link href="x/css/a.css"></head>css/a.css'
    )


def test_the_page_names_every_setting_that_is_reported() -> None:
    """The table of settings says of each that has no effect, or cannot change, that it is so."""
    page = (ROOT / "docs/make-it-yours.md").read_text(encoding="utf-8")

    for key in (*settings._WITHOUT_EFFECT, *settings._FIXED, settings.ALLOWED):
        assert f"`{'.'.join(map(str, key))}`" in page
