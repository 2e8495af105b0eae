"""Diagnostics as text: position, line, caret, hint."""

from __future__ import annotations

from qna.diagnostics import SHOWN_AT_MOST, Report, printable, render
from qna.model import Span


def reported(line: str, span: Span) -> str:
    """Render one error in a line of a file."""
    report = Report()
    report.add("E203", "a.md", span, "question has no answer", "add one")
    return render(report, {"a.md": [line]})


def test_error_with_span() -> None:
    """An error shows path, line, column, code, message, source line, caret, hint and a total."""
    assert reported("*   **What?**", Span(1, 5, 14)) == (
        "a.md:1:5: error[E203]: question has no answer\n"
        "    1 | *   **What?**\n"
        "      |     ^^^^^^^^^\n"
        "hint: add one\n"
        "\n"
        "1 error, 0 warnings"
    )


def caret(line: str, span: Span) -> tuple[str, str]:
    """Return the source line and the line with the caret, without the gutter."""
    _, source, mark, *_ = reported(line, span).split("\n")
    return source[8:], mark[8:]


def test_caret_to_the_end_of_the_line() -> None:
    """A span without an end extends to the last character that is not a blank."""
    assert caret("ab cd  ", Span(1, 4)) == ("ab cd  ", "   ^^")


def test_caret_below_tabs() -> None:
    """Tabs are repeated, so that the caret is aligned however wide they are."""
    assert caret("\ta\tb", Span(1, 4, 5)) == ("\ta\tb", "\t \t^")


def test_caret_below_emoji() -> None:
    """An emoji is one column wide."""
    assert caret("🚀🚀 x", Span(1, 4, 5)) == ("🚀🚀 x", "   ^")


def test_caret_below_escaped_characters() -> None:
    """A character that is printed as an escape sequence is as wide as the sequence."""
    assert caret("\x1b[31mx\u2028y", Span(1, 6, 7)) == ("\\x1b[31mx\\u2028y", "        ^")
    assert caret("a\x00b", Span(1, 2, 3)) == ("a\\x00b", " ^^^^")


def test_caret_after_the_line() -> None:
    """A column after the text points right after it, or to the start of an empty line."""
    assert caret("ab", Span(1, 9, 12)) == ("ab", "  ^")
    assert caret("", Span(1)) == ("", "^")


def test_no_line_to_show() -> None:
    """An error after the end of a file, or in one whose lines are unknown, shows no source line."""
    report = Report()
    report.add("E307", "ids.json", Span(3, 1), "ledger is not JSON", "mend it")
    report.add("E203", "a.md", Span(9), "gone", "look")

    text = render(report, {"a.md": ["x"]})

    assert "|" not in text
    assert "ids.json:3:1: error[E307]: ledger is not JSON\nhint: mend it\n" in text


def test_sorted_by_position() -> None:
    """Diagnostics are in the order of the file, not in the order in which they were found."""
    report = Report()
    for line, column in [(10, 1), (9, 5), (9, 2), (2, 1)]:
        report.add("W210", "a.md", Span(line, column), "long", "shorten it")

    places = [line.split(": ")[0] for line in render(report, {}).split("\n") if "W210" in line]

    assert places == ["a.md:2:1", "a.md:9:2", "a.md:9:5", "a.md:10:1"]


def test_no_more_than_fifty() -> None:
    """Only the first fifty diagnostics are shown; the others are counted."""
    report = Report()
    for number in range(SHOWN_AT_MOST + 7):
        report.add("E203" if number else "W210", "a.md", Span(number + 1), "x", "y")

    text = render(report, {})

    assert text.count("hint:") == SHOWN_AT_MOST
    assert text.endswith("... and 7 more\n\n56 errors, 1 warning")


def test_no_commands_for_a_terminal_or_runner() -> None:
    """Echoed text cannot start a line, color a terminal, reverse text or look like a command."""
    report = Report()
    report.add("E114", "a.md", Span(1), "bad '\x1b[2J'", "\x9b5m \u202e")

    text = render(report, {"a.md": ["::error::\x07pwned\x85"]})

    assert not {"\x1b", "\x9b", "\x07", "\x85", "\u202e"} & set(text)
    assert not any(line.startswith("::") for line in text.split("\n"))


def test_printable_keeps_readable_characters() -> None:
    """Letters of all scripts, emoji and tabs are unchanged."""
    assert printable("é 日本語 🚀\tשלום") == "é 日本語 🚀\tשלום"
