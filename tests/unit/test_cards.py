"""Preview cards: their text, their layout, and that only changed cards are drawn."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from unicodedata import normalize

import draw_cards as command
import pytest
from PIL import Image
from qna import pipeline
from qna.cards import content, drawing, layout, many
from qna.cards.content import Card
from qna.cards.fonts import Fonts
from qna.data import manifest
from qna.markdown import plain_text
from support.harness import FIXTURE, ROOT, generated, pages

COLORS = drawing.Colors("#ffffff", "#111111", "#555555", "#dddddd", "#0b6363")
CARD = Card("q/why", "Core Concepts", "Why is it deep?", "Because of its many layers.", "Q&A")


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """Return the content of questions.json for the fixture."""
    loaded: dict[str, Any] = json.loads(generated(FIXTURE / pipeline.SOURCE)[manifest.FILE_NAME])
    return loaded


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    """Return the installed fonts."""
    return Fonts(command.FONTS)


@pytest.fixture
def docs(tmp_path: Path, data: dict[str, Any]) -> Path:
    """Return a docs folder with a topic and three of its questions."""
    some = {**data, "topics": data["topics"][:1], "questions": data["questions"][:3]}
    (tmp_path / "questions.json").write_text(json.dumps(some), encoding="utf-8")
    return tmp_path


def made_in(docs: Path) -> dict[str, Path]:
    """Return the cards below a docs folder by path without extension."""
    folder = docs / command.FOLDER
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.png")
    }


def monospaced(text: str, role: layout.Role) -> float:  # noqa: ARG001 - as in `Measure`
    """Measure text as if each letter were half as wide as it is high."""
    return 0.5 * len(text)


def question(answer: str, **more: str) -> dict[str, Any]:
    """Return the content of questions.json for a site with one question."""
    listed = {"id": "why", "topic": "core", "question": "Why?", "answer": answer, "text": answer}
    topic = {"id": "core", "title": "Core", "summary": "The core."}
    return {"title": "Q&A", "topics": [topic], "questions": [{"kind": "answer", **listed, **more}]}


# --- text -----------------------------------------------------------------------------------


def test_home_and_topic_cards_show_counts(data: dict[str, Any]) -> None:
    """The home card counts everything, and the card of a topic counts its questions."""
    made = {card.name: card for card in content.cards(data)}

    assert made["home"].title == "Bread Questions & Answers"
    assert made["home"].text == "25 questions in 5 topics, each with its own link."
    assert made["topics/rising"].heading == "Topic"
    assert made["topics/rising"].text == "Yeast, sourdough and time, warm or cold."
    assert made["topics/rising"].aside == "10 questions"
    assert len(made) == 1 + 5 + 25


def test_story_has_a_label(data: dict[str, Any]) -> None:
    """A prompt for the reader's own story has a label, so that it does not look like an answer."""
    made = {card.name: card for card in content.cards(data)}

    assert made["q/your-loaf"].label == "Your own story"
    assert made["q/your-loaf"].text.startswith("Include: the flour, what went wrong")
    assert not made["q/windowpane"].label


def test_one_of_each_is_singular() -> None:
    """The counts of a site with one question are singular."""
    home, topic, _ = content.cards(question("Because."))

    assert home.text == "1 question in 1 topic, with its own link."
    assert topic.aside == "1 question"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("One *line* with `code`.", "One line with code."),
        ("Two\n\nparagraphs.", "Two paragraphs."),
        ("Like so:\n\n```cpp\nint a_b = *c;\n```", "Like so: int a_b = *c;"),
        ("- one\n- **two**", "• one • two"),
        ("1. one\n2. two", "1. one 2. two"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a b 1 2"),
        ("> quoted\n\n---\n\n## Done ##", "quoted Done"),
    ],
)
def test_blocks_become_one_line(answer: str, text: str) -> None:
    """Markup that only formats an answer is not on its card."""
    assert plain_text.text(answer) == text


def test_key_changes_with_everything_shown() -> None:
    """The key depends on each text of a card and on the fonts, but not on the card's name."""
    fields = ("heading", "title", "text", "site", "label", "aside")
    keys = {replace(CARD, **{field: "other"}).key("fonts") for field in fields}
    keys |= {CARD.key("fonts"), CARD.key("other fonts")}

    assert len(keys) == len(fields) + 2
    assert replace(CARD, name="q/other").key("fonts") == CARD.key("fonts")


def test_key_changes_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of the layout changes the key of every card."""
    before = CARD.key("fonts")
    monkeypatch.setattr(content, "VERSION", content.VERSION + 1)

    assert CARD.key("fonts") != before


# --- layout ---------------------------------------------------------------------------------


def test_answers_are_the_shown_text(data: dict[str, Any]) -> None:
    """The card of an answer shows the text that questions.json lists for it."""
    made = {card.name: card for card in content.cards(data)}

    for listed in data["questions"]:
        assert listed["text"].endswith(made[f"q/{listed['id']}"].text)


def test_short_text_is_larger_than_long_text() -> None:
    """The longer a text is, the smaller it is set, together with its title."""
    sizes = []
    for length in (5, 60, 90):
        made = layout.place(replace(CARD, text="word " * length), monospaced)
        sizes.append({line.role: line.size for line in made.lines})

    assert [size["text"] for size in sizes] == sorted(
        (size["text"] for size in sizes), reverse=True
    )
    assert sizes[0]["title"] > sizes[-1]["title"]


def test_long_answer_ends_with_an_ellipsis_after_a_word() -> None:
    """Text that does not fit is cut between words, above the footer."""
    made = layout.place(replace(CARD, text="lengthy, " * 200), monospaced)

    assert made.text("text").endswith("lengthy, lengthy…")
    assert made.rule
    assert made.rule[2] > max(line.baseline for line in made.lines if line.role == "text")


def test_long_question_leaves_room_for_the_answer() -> None:
    """A question of any length takes at most four lines."""
    made = layout.place(replace(CARD, title="word " * 200, text="answer " * 200), monospaced)
    roles = [line.role for line in made.lines]

    assert roles.count("title") == 4
    assert made.text("title").endswith("word…")
    assert roles.count("text") >= 3


def test_word_wider_than_a_line_is_split() -> None:
    """A path or identifier without spaces is shown completely, within the margins."""
    made = layout.place(replace(CARD, title="x" * 90, text="y" * 200), monospaced)

    assert made.text("title").replace(" ", "") == "x" * 90
    assert made.text("text").replace(" ", "") == "y" * 200
    for line in made.lines:
        assert line.left + monospaced(line.text, line.role) * line.size <= layout.WIDTH - 60


def test_chinese_breaks_between_characters() -> None:
    """Text without spaces fills its lines, and none starts with closing punctuation."""
    made = layout.place(replace(CARD, text="深度学习，" * 20), lambda text, _: 1.0 * len(text))
    lines = [line.text for line in made.lines if line.role == "text"]

    assert "".join(lines) == "深度学习，" * 20
    assert len(lines) > 1
    assert not any(line.startswith("，") for line in lines)


def test_last_line_is_not_a_single_word() -> None:
    """Lines are a little shorter than possible, so that the last one is not a single short word."""
    words = "abcd " * 12 + "a"
    made = layout.place(replace(CARD, text=words), monospaced)
    lines = [line.text for line in made.lines if line.role == "text"]

    assert len(lines) == 2
    assert len(lines[-1]) > 10


def test_long_site_name_and_topic_stay_on_one_line() -> None:
    """Heading and footer are cut, so that their texts do not overlap."""
    card = replace(CARD, heading="topic " * 40, site="site " * 40, aside="7 questions")
    made = layout.place(card, monospaced)
    lines = {line.role: line for line in made.lines}
    site_end = lines["site"].left + monospaced(lines["site"].text, "site") * lines["site"].size

    assert lines["heading"].text.endswith("topic…")
    assert site_end < lines["aside"].left


# --- drawing --------------------------------------------------------------------------------


def test_same_card_gives_the_same_bytes(fonts: Fonts) -> None:
    """A picture does not depend on the time or on the pictures drawn before."""
    drawing.png(replace(CARD, title="What was drawn before?"), fonts, COLORS)

    assert drawing.png(CARD, fonts, COLORS) == drawing.png(CARD, Fonts(command.FONTS), COLORS)


def test_picture_has_the_size_that_platforms_require(fonts: Fonts) -> None:
    """A card has 1200 by 630 pixels and a palette, and its key is in the first bytes."""
    data = drawing.png(CARD, fonts, COLORS)
    image = Image.open(BytesIO(data))

    assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert drawing.key_in(data[: drawing.HEAD]) == drawing.key(CARD, fonts, COLORS)
    assert image.text == {"qna-card": drawing.key(CARD, fonts, COLORS)}  # type: ignore[attr-defined]


def test_nothing_is_near_the_edge(fonts: Fonts) -> None:
    """Apart from the colored band, the outer sixty pixels are blank."""
    picture = drawing.picture_of(drawing.placed(CARD, fonts), fonts, COLORS)
    inner = (layout.SAFE, layout.SAFE, layout.WIDTH - layout.SAFE, layout.HEIGHT - layout.SAFE)
    picture.paste((255, 255, 255), inner)

    assert picture.crop((12, 0, *picture.size)).getcolors() == [(1188 * 630, (255, 255, 255))]


def test_arrows_and_math_come_from_the_second_font(fonts: Fonts) -> None:
    """Characters that the main font lacks are drawn with another font, not as boxes."""
    text = "input → output, DL ⊂ ML, σ ≤ 1, ∑ ∇ ≈ ∞"

    assert fonts.drawable(text) == text
    assert not fonts.missing


def test_emoji_without_a_glyph_are_omitted() -> None:
    """An emoji without a glyph is omitted, with the space before it, and recorded as missing."""
    fonts = Fonts(command.FONTS)

    assert fonts.drawable("Got faster 🚀🚀. Use ⚠\ufe0f there 😀") == "Got faster. Use there"
    assert fonts.missing == set("🚀⚠😀")


def test_variants_without_a_glyph_become_plain_letters(fonts: Fonts) -> None:
    """A superscript that would be a box becomes the plain letter."""
    assert fonts.drawable("¼ⁿ") == "¼n"


def test_a_few_missing_letters_are_boxes_but_many_are_not_shown() -> None:
    """A card that would consist of boxes shows the site's name instead."""
    fonts = Fonts(command.FONTS)
    few = replace(CARD, text="The kanji 学 means learning, and so does the second half of 数学.")
    many = replace(CARD, title="深度学习和机器学习有什么区别？")

    assert drawing.placed(few, fonts).text("text") == few.text
    assert [line.text for line in drawing.placed(many, fonts).lines] == ["Q&A"]
    assert "学" in fonts.missing
    assert drawing.png(replace(many, site="深度学习"), fonts, COLORS)


def test_colors_are_those_of_the_site(docs: Path) -> None:
    """The colors of a card are the light theme's tokens, not a copy of them."""
    css = command.TOKENS.read_text(encoding="utf-8")
    command.main(["--docs", str(docs)])
    picture = Image.open(made_in(docs)["home"]).convert("RGB")
    shades = {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in _shades(picture)}

    for name in ("paper", "ink", "accent", "muted"):
        found = re.search(rf"--{name}: var\(--light, (#\w+)\)", css)
        assert found
        assert found[1] in shades, name


def _shades(picture: Image.Image) -> Iterator[Any]:
    return (shade for _, shade in picture.getcolors(1000) or ())


def test_dark_colors_are_not_used() -> None:
    """The first color of each name is the light one, however a style sheet separates them."""
    light = "".join(f"--{name}: #00000{at};" for at, name in enumerate(COLORS.__slots__))
    both = ":root {" + light + "} [data-theme=dark] {" + light.replace("#0", "#f") + "}"

    assert drawing.colors(both) == drawing.colors(light)
    assert drawing.colors(light).ink == "#000001"


def test_changed_color_draws_cards_again(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A card in the site's old colors is not up to date."""
    command.main(["--docs", str(docs)])
    css = command.TOKENS.read_text(encoding="utf-8")
    monkeypatch.setattr(command, "TOKENS", tmp_path / "tokens.css")
    command.TOKENS.write_text(re.sub(r"(--accent: var\(--light, )#\w+", r"\1#8a2a6d", css))
    capsys.readouterr()

    assert command.main(["--docs", str(docs)]) == 0
    assert capsys.readouterr().err == "5 cards: 5 drawn\n"


def test_error_no_colors(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The error names the color that cannot be read, or the file that does not exist."""
    monkeypatch.setattr(command, "TOKENS", tmp_path / "tokens.css")
    assert command.main(["--docs", str(docs)]) == 2
    assert "tokens.css: error: cannot read the colors: No such file" in capsys.readouterr().err

    command.TOKENS.write_text("--paper: #ffffff; --ink: black;")
    assert command.main(["--docs", str(docs)]) == 2
    assert "tokens.css: error: no color '--ink'; write it as '#rrggbb'" in capsys.readouterr().err


def test_digest_changes_with_the_fonts(tmp_path: Path, fonts: Fonts) -> None:
    """An additional font changes the digest, so that the cards are drawn again."""
    for path in command.FONTS.iterdir():
        (tmp_path / path.name).symlink_to(path)
    assert Fonts(tmp_path).digest == fonts.digest

    (tmp_path / "noto-sans-new").mkdir()
    (tmp_path / "noto-sans-new" / "package.json").write_text("{}")
    assert Fonts(tmp_path).digest != fonts.digest


# --- the command ----------------------------------------------------------------------------


def test_first_run_draws_all_cards(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first run draws a card for each question, for each topic and for the site."""
    assert command.main(["--docs", str(docs)]) == 0

    listed = json.loads((docs / "questions.json").read_text(encoding="utf-8"))
    names = {f"q/{item['id']}" for item in listed["questions"]}
    assert set(made_in(docs)) == names | {f"topics/{listed['topics'][0]['id']}", "home"}
    assert capsys.readouterr().err == "5 cards: 5 drawn\n"


def test_one_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site without questions has one card, and the message is singular."""
    empty = {"title": "Q&A", "topics": [], "questions": []}
    (tmp_path / "questions.json").write_text(json.dumps(empty), encoding="utf-8")

    assert command.main(["--docs", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "1 card: 1 drawn\n"


def test_unchanged_cards_are_left_alone(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run writes nothing; --force draws everything again, with the same bytes."""
    command.main(["--docs", str(docs)])
    times = {name: path.stat().st_mtime_ns for name, path in made_in(docs).items()}
    data = {name: path.read_bytes() for name, path in made_in(docs).items()}
    capsys.readouterr()

    assert command.main(["--docs", str(docs)]) == 0
    assert {name: path.stat().st_mtime_ns for name, path in made_in(docs).items()} == times
    assert capsys.readouterr().err == "5 cards: all are up to date\n"

    assert command.main(["--docs", str(docs), "--force"]) == 0
    assert {name: path.read_bytes() for name, path in made_in(docs).items()} == data
    assert capsys.readouterr().err == "5 cards: 5 drawn\n"


def test_many_cards() -> None:
    """Cards that several processes draw are the same, and what fonts lack is known, too."""
    cards = [replace(CARD, name=f"q/{number}", title=f"Card {number} 学") for number in range(40)]
    one, several = Fonts(command.FONTS), Fonts(command.FONTS)

    drawn = dict(many.pictures(cards, several, COLORS, many=2))

    assert drawn == dict(many.pictures(cards, one, COLORS))
    assert [*drawn] == cards
    assert several.missing == one.missing == {"学"}


def test_one_card_for_all_pages(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `cards: false`, only the card of the site is drawn, and the others are deleted."""
    own = docs / "own/docs"
    own.mkdir(parents=True)
    shutil.copy(docs / "questions.json", own)
    command.main(["--docs", str(own)])
    (own.parent / "mkdocs.yml").write_text("extra: {cards: false}", encoding="utf-8")
    capsys.readouterr()

    assert command.main(["--docs", str(own)]) == 0
    assert [*made_in(own)] == ["home"]
    assert capsys.readouterr().err == "1 card: 4 deleted\n"


@pytest.mark.parametrize("damage", ["no picture", "cut off", "broken"])
def test_a_logo_that_cannot_be_read(
    docs: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    """The icon is drawn in its place, and a warning names the file."""
    own = docs / "own/docs"
    own.mkdir(parents=True)
    shutil.copy(docs / "questions.json", own)
    (own.parent / "mkdocs.yml").write_text("theme: {logo: logo.png}", encoding="utf-8")
    file = BytesIO()
    Image.effect_noise((64, 64), 90).save(file, "PNG")
    whole = file.getvalue()
    logo = {
        "no picture": b"text",
        "cut off": whole[: len(whole) // 2],
        "broken": whole[:60] + b"\xff" * 40 + whole[100:],
    }[damage]
    (own / "logo.png").write_bytes(logo)

    assert command.main(["--docs", str(own)]) == 0
    assert f"warning: {own}/logo.png cannot be read as a picture" in capsys.readouterr().err
    assert (own / command.ICON).is_file()


def test_a_process_that_the_system_ends(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what to do."""

    def ended(*_: object) -> Iterator[object]:
        raise BrokenProcessPool
        yield

    monkeypatch.setattr(command, "pictures", ended)

    assert command.main(["--docs", str(docs)]) == 2
    assert "the system has ended a process that drew cards" in capsys.readouterr().err


def test_changed_card_is_drawn_and_obsolete_card_deleted(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only changed cards are drawn, and a picture that somebody else made is kept."""
    command.main(["--docs", str(docs)])
    listed = json.loads((docs / "questions.json").read_text(encoding="utf-8"))
    first, gone, *rest = listed["questions"]
    listed["questions"] = [{**first, "question": "What else?"}, *rest]
    listed["topics"][0]["summary"] = "Something else."
    (docs / "questions.json").write_text(json.dumps(listed), encoding="utf-8")
    foreign = docs / command.FOLDER / "q" / "foreign.png"
    Image.new("1", (1, 1)).save(foreign)
    before = made_in(docs)[f"q/{rest[0]['id']}"].read_bytes()
    capsys.readouterr()

    assert command.main(["--docs", str(docs)]) == 0
    assert set(made_in(docs)).isdisjoint({f"q/{gone['id']}"})
    assert foreign.exists()
    assert made_in(docs)[f"q/{rest[0]['id']}"].read_bytes() == before
    assert capsys.readouterr().err == "4 cards: 3 drawn, 1 deleted\n"


def test_card_listed_with_its_accents_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On macOS, a card's name may be listed with its accents apart; it is not deleted."""
    asked = "# T\n\n### **1. Topic**\n*   **Café?** {#café}\n    - Text.\n"
    (tmp_path / "questions.json").write_text(pages(asked)["questions.json"], encoding="utf-8")
    command.main(["--docs", str(tmp_path)])
    card = tmp_path / command.FOLDER / "q" / "café.png"
    apart = card.rename(card.with_name(normalize("NFD", card.name)))
    capsys.readouterr()

    assert command.main(["--docs", str(tmp_path)]) == 0
    assert apart.exists()
    assert "deleted" not in capsys.readouterr().err


def test_picture_in_the_place_of_a_card_is_kept(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A picture that somebody put in the place of a card is there on purpose."""
    own = docs / command.FOLDER / "home.png"
    own.parent.mkdir(parents=True)
    Image.new("1", (1, 1)).save(own)
    before = own.read_bytes()

    assert command.main(["--docs", str(docs), "--force"]) == 0
    assert own.read_bytes() == before
    assert capsys.readouterr().err == "5 cards: 1 kept (not drawn by this program), 4 drawn\n"


def test_characters_without_a_glyph_are_reported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each box on a card causes a warning."""
    (tmp_path / "questions.json").write_text(
        json.dumps(question("The kanji 学 means learning.")), encoding="utf-8"
    )

    assert command.main(["--docs", str(tmp_path)]) == 0
    assert "warning: no installed font has U+5B66:" in capsys.readouterr().err


def test_error_no_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without questions.json, the command says how to generate it."""
    assert command.main(["--docs", str(tmp_path)]) == 2

    reason = "error: cannot read the questions: No such file or directory"
    again = "run 'python scripts/split.py' to write it"
    assert capsys.readouterr().err == f"{tmp_path / 'questions.json'}: {reason}; {again}\n"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"title": "x", "topics": [1]}'])
def test_error_unexpected_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    """A file with another structure causes an error message, not a traceback."""
    (tmp_path / "questions.json").write_text(text)

    assert command.main(["--docs", str(tmp_path)]) == 2
    assert "error: not written by the splitter" in capsys.readouterr().err


def test_error_no_font(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the font, the command names the missing file and says what to run."""
    monkeypatch.setattr(command, "FONTS", docs / "node_modules")

    assert command.main(["--docs", str(docs)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{docs}/node_modules/ibm-plex-sans/files/ibm-plex-sans-latin-400-")
    assert "error: the font for cards is not installed; run 'make setup'" in error
    assert not (docs / "assets").exists()


def test_error_cannot_write(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in place of a folder ends the run with an error message."""
    (docs / "assets").write_text("")

    assert command.main(["--docs", str(docs)]) == 4
    assert "error[E703]: " in capsys.readouterr().err


def test_error_cannot_read(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in place of a card ends the run with an error message."""
    (docs / command.FOLDER / "home.png").mkdir(parents=True)

    assert command.main(["--docs", str(docs)]) == 4
    assert "home.png: cannot read: Is a directory" in capsys.readouterr().err


def test_interrupt(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the run with the exit code that shells expect."""

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(many, "png", interrupted)

    assert command.main(["--docs", str(docs)]) == 130


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [("import draw_cards", 2), ("import qna.cards.content, qna.cards.layout", 0)],
)
def test_error_no_pillow(code: str, exit_code: int) -> None:
    """Without Pillow, the command says so; the modules that do not draw work without it."""
    blocked = f"import sys; sys.modules['PIL'] = None; {code}"
    done = subprocess.run(
        [sys.executable, "-c", blocked],
        cwd=ROOT / "scripts",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == exit_code
    assert ("lacks the module 'PIL'" in done.stderr) == bool(exit_code)
