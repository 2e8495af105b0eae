"""Preview cards: what they say, how it is laid out, and that only what changed is drawn."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import draw_cards as command
import pytest
from PIL import Image
from qna import pipeline
from qna.cards import content, drawing, layout
from qna.cards.content import Card
from qna.cards.fonts import Fonts
from qna.data import manifest
from qna.markdown import plain_text
from support.harness import FIXTURE, ROOT, generated

COLORS = drawing.Colors("#ffffff", "#111111", "#555555", "#dddddd", "#0b6363")
CARD = Card("q/why", "Core Concepts", "Why is it deep?", "Because of its many layers.", "Q&A")


@pytest.fixture(scope="module")
def data() -> dict[str, Any]:
    """Return what questions.json holds for the fixture."""
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
    """Return the cards below a docs folder by their path without ending."""
    folder = docs / command.FOLDER
    return {
        path.relative_to(folder).with_suffix("").as_posix(): path for path in folder.rglob("*.png")
    }


def monospaced(text: str, role: layout.Role) -> float:  # noqa: ARG001 - as `Measure` has it
    """Measure text as if each letter were half as wide as it is high."""
    return 0.5 * len(text)


def question(answer: str, **more: str) -> dict[str, Any]:
    """Return a site of one question as questions.json lists it."""
    listed = {"id": "why", "topic": "core", "question": "Why?", "answer": answer, "text": answer}
    topic = {"id": "core", "title": "Core", "summary": "The core."}
    return {"title": "Q&A", "topics": [topic], "questions": [{"kind": "answer", **listed, **more}]}


# --- what they say --------------------------------------------------------------------------


def test_home_and_topics_say_what_they_hold(data: dict[str, Any]) -> None:
    """The home card counts everything, a topic's card its questions."""
    made = {card.name: card for card in content.cards(data)}

    assert made["home"].title == "Bread Questions & Answers"
    assert made["home"].text == "25 questions in 5 topics, each with its own link."
    assert made["topics/rising"].heading == "Topic"
    assert made["topics/rising"].text == "Yeast, sourdough and time, warm or cold."
    assert made["topics/rising"].aside == "10 questions"
    assert len(made) == 1 + 5 + 25


def test_story_says_whose_it_is(data: dict[str, Any]) -> None:
    """A prompt for the reader's own story does not look like an answer."""
    made = {card.name: card for card in content.cards(data)}

    assert made["q/your-loaf"].label == "Your own story"
    assert made["q/your-loaf"].text.startswith("Include: the flour, what went wrong")
    assert not made["q/windowpane"].label


def test_one_of_each_is_singular() -> None:
    """A site of one question counts it right."""
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
    """Marks that only shape an answer are not on its card."""
    assert plain_text.text(answer) == text


def test_key_changes_with_all_that_shows() -> None:
    """Each text on a card, and what draws it, is part of the key; its name is not."""
    fields = ("heading", "title", "text", "site", "label", "aside")
    keys = {replace(CARD, **{field: "other"}).key("fonts") for field in fields}
    keys |= {CARD.key("fonts"), CARD.key("other fonts")}

    assert len(keys) == len(fields) + 2
    assert replace(CARD, name="q/other").key("fonts") == CARD.key("fonts")


def test_key_changes_with_the_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new layout draws every card anew."""
    before = CARD.key("fonts")
    monkeypatch.setattr(content, "VERSION", content.VERSION + 1)

    assert CARD.key("fonts") != before


# --- where it stands ------------------------------------------------------------------------


def test_answers_are_the_shown_text(data: dict[str, Any]) -> None:
    """The card of an answer says what questions.json lists as its text."""
    made = {card.name: card for card in content.cards(data)}

    for listed in data["questions"]:
        assert listed["text"].endswith(made[f"q/{listed['id']}"].text)


def test_short_text_is_larger_than_long_text() -> None:
    """The more there is to say, the smaller it is set, title and text together."""
    sizes = []
    for length in (5, 60, 90):
        made = layout.place(replace(CARD, text="word " * length), monospaced)
        sizes.append({line.role: line.size for line in made.lines})

    assert [size["text"] for size in sizes] == sorted(
        (size["text"] for size in sizes), reverse=True
    )
    assert sizes[0]["title"] > sizes[-1]["title"]


def test_long_answer_ends_with_an_ellipsis_behind_a_word() -> None:
    """Text that does not fit is cut between words, above the foot."""
    made = layout.place(replace(CARD, text="lengthy, " * 200), monospaced)

    assert made.text("text").endswith("lengthy, lengthy…")
    assert made.rule
    assert made.rule[2] > max(line.baseline for line in made.lines if line.role == "text")


def test_long_question_leaves_room_for_the_answer() -> None:
    """A question of any length takes four lines at most."""
    made = layout.place(replace(CARD, title="word " * 200, text="answer " * 200), monospaced)
    roles = [line.role for line in made.lines]

    assert roles.count("title") == 4
    assert made.text("title").endswith("word…")
    assert roles.count("text") >= 3


def test_word_wider_than_a_line_is_taken_apart() -> None:
    """A path or identifier without spaces stays within the margins, whole."""
    made = layout.place(replace(CARD, title="x" * 90, text="y" * 200), monospaced)

    assert made.text("title").replace(" ", "") == "x" * 90
    assert made.text("text").replace(" ", "") == "y" * 200
    for line in made.lines:
        assert line.left + monospaced(line.text, line.role) * line.size <= layout.WIDTH - 60


def test_chinese_breaks_between_characters() -> None:
    """Text without spaces fills its lines, and none starts with a closing mark."""
    made = layout.place(replace(CARD, text="深度学习，" * 20), lambda text, _: 1.0 * len(text))
    lines = [line.text for line in made.lines if line.role == "text"]

    assert "".join(lines) == "深度学习，" * 20
    assert len(lines) > 1
    assert not any(line.startswith("，") for line in lines)


def test_last_line_is_not_left_alone() -> None:
    """Lines give up a little room so that no short word ends a text alone."""
    words = "abcd " * 12 + "a"
    made = layout.place(replace(CARD, text=words), monospaced)
    lines = [line.text for line in made.lines if line.role == "text"]

    assert len(lines) == 2
    assert len(lines[-1]) > 10


def test_long_site_name_and_topic_stay_on_one_line() -> None:
    """Heading and foot are cut, so that nothing runs into each other."""
    card = replace(CARD, heading="topic " * 40, site="site " * 40, aside="7 questions")
    made = layout.place(card, monospaced)
    lines = {line.role: line for line in made.lines}
    site_end = lines["site"].left + monospaced(lines["site"].text, "site") * lines["site"].size

    assert lines["heading"].text.endswith("topic…")
    assert site_end < lines["aside"].left


# --- pictures -------------------------------------------------------------------------------


def test_same_card_gives_the_same_bytes(fonts: Fonts) -> None:
    """Nothing of a picture depends on the time or on what was drawn before."""
    drawing.png(replace(CARD, title="What was drawn before?"), fonts, COLORS)

    assert drawing.png(CARD, fonts, COLORS) == drawing.png(CARD, Fonts(command.FONTS), COLORS)


def test_picture_has_the_size_platforms_ask_for(fonts: Fonts) -> None:
    """A card is 1200 by 630 in a palette, with its key in the first bytes."""
    data = drawing.png(CARD, fonts, COLORS)
    image = Image.open(BytesIO(data))

    assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert drawing.key_in(data[: drawing.HEAD]) == drawing.key(CARD, fonts, COLORS)
    assert image.text == {"qna-card": drawing.key(CARD, fonts, COLORS)}  # type: ignore[attr-defined]


def test_nothing_stands_near_the_edge(fonts: Fonts) -> None:
    """Besides the colored band, the outer sixty pixels are blank."""
    picture = drawing.picture_of(drawing.placed(CARD, fonts), fonts, COLORS)
    inner = (layout.SAFE, layout.SAFE, layout.WIDTH - layout.SAFE, layout.HEIGHT - layout.SAFE)
    picture.paste((255, 255, 255), inner)

    assert picture.crop((12, 0, *picture.size)).getcolors() == [(1188 * 630, (255, 255, 255))]


def test_arrows_and_mathematics_come_from_the_second_font(fonts: Fonts) -> None:
    """What the family lacks is drawn from another font, not as a box."""
    text = "input → output, DL ⊂ ML, σ ≤ 1, ∑ ∇ ≈ ∞"

    assert fonts.drawable(text) == text
    assert not fonts.missing


def test_emoji_that_no_font_has_are_left_out() -> None:
    """Decoration without a glyph goes, along with the space before it, and is noted."""
    fonts = Fonts(command.FONTS)

    assert fonts.drawable("Got faster 🚀🚀. Use ⚠\ufe0f there 😀") == "Got faster. Use there"
    assert fonts.missing == set("🚀⚠😀")


def test_variants_become_plain_where_no_font_has_them(fonts: Fonts) -> None:
    """A superscript that would be a box is set as the letter it is made of."""
    assert fonts.drawable("¼ⁿ") == "¼n"


def test_a_few_foreign_letters_are_boxes_many_are_not_shown() -> None:
    """A card that would be all boxes shows the site's name instead."""
    fonts = Fonts(command.FONTS)
    few = replace(CARD, text="The kanji 学 means learning, and so does the second half of 数学.")
    many = replace(CARD, title="深度学习和机器学习有什么区别？")

    assert drawing.placed(few, fonts).text("text") == few.text
    assert [line.text for line in drawing.placed(many, fonts).lines] == ["Q&A"]
    assert "学" in fonts.missing
    assert drawing.png(replace(many, site="深度学习"), fonts, COLORS)


def test_colors_are_those_of_the_site(docs: Path) -> None:
    """A card is painted with the light theme's tokens, not with a copy of them."""
    css = command.TOKENS.read_text(encoding="utf-8")
    command.main(["--docs", str(docs)])
    picture = Image.open(made_in(docs)["home"]).convert("RGB")
    shades = {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in _shades(picture)}

    for name in ("paper", "ink", "accent", "muted"):
        found = re.search(rf"--{name}: light-dark\((#\w+),", css)
        assert found
        assert found[1] in shades, name


def _shades(picture: Image.Image) -> Iterator[Any]:
    return (shade for _, shade in picture.getcolors(1000) or ())


def test_dark_colors_are_not_taken() -> None:
    """Of a name's colors the light one comes first, however a style sheet tells them apart."""
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
    command.TOKENS.write_text(re.sub(r"(--accent: light-dark\()#\w+", r"\1#8a2a6d", css))
    capsys.readouterr()

    assert command.main(["--docs", str(docs)]) == 0
    assert capsys.readouterr().err == "5 cards: 5 drawn\n"


def test_error_no_colors(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A color that cannot be read is named, and so is a file that is not there."""
    monkeypatch.setattr(command, "TOKENS", tmp_path / "tokens.css")
    assert command.main(["--docs", str(docs)]) == 2
    assert "tokens.css: error: cannot read the colors: No such file" in capsys.readouterr().err

    command.TOKENS.write_text("--paper: #ffffff; --ink: black;")
    assert command.main(["--docs", str(docs)]) == 2
    assert "tokens.css: error: no color '--ink'; write it as '#rrggbb'" in capsys.readouterr().err


def test_digest_tells_fonts_apart(tmp_path: Path, fonts: Fonts) -> None:
    """Another version of a font, or one more, draws the cards anew."""
    for path in command.FONTS.iterdir():
        (tmp_path / path.name).symlink_to(path)
    assert Fonts(tmp_path).digest == fonts.digest

    (tmp_path / "noto-sans-new").mkdir()
    (tmp_path / "noto-sans-new" / "package.json").write_text("{}")
    assert Fonts(tmp_path).digest != fonts.digest


# --- the command ----------------------------------------------------------------------------


def test_draws_what_is_listed(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A first run draws a card for each question, each topic and the site."""
    assert command.main(["--docs", str(docs)]) == 0

    listed = json.loads((docs / "questions.json").read_text(encoding="utf-8"))
    names = {f"q/{item['id']}" for item in listed["questions"]}
    assert set(made_in(docs)) == names | {f"topics/{listed['topics'][0]['id']}", "home"}
    assert capsys.readouterr().err == "5 cards: 5 drawn\n"


def test_one_card(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site without questions has one card, and it is counted as one."""
    empty = {"title": "Q&A", "topics": [], "questions": []}
    (tmp_path / "questions.json").write_text(json.dumps(empty), encoding="utf-8")

    assert command.main(["--docs", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "1 card: 1 drawn\n"


def test_unchanged_cards_are_left_alone(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second run writes nothing; --force draws everything anew, to the same bytes."""
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


def test_changed_card_is_drawn_and_gone_one_deleted(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what changed is drawn, and a picture that somebody else made stays."""
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


def test_picture_in_the_place_of_a_card_is_kept(
    docs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever puts a picture of their own where a card belongs has chosen it."""
    own = docs / command.FOLDER / "home.png"
    own.parent.mkdir(parents=True)
    Image.new("1", (1, 1)).save(own)
    before = own.read_bytes()

    assert command.main(["--docs", str(docs), "--force"]) == 0
    assert own.read_bytes() == before
    assert capsys.readouterr().err == "5 cards: 1 kept (not drawn by this program), 4 drawn\n"


def test_characters_that_no_font_has_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A box on a card is never silent."""
    (tmp_path / "questions.json").write_text(
        json.dumps(question("The kanji 学 means learning.")), encoding="utf-8"
    )

    assert command.main(["--docs", str(tmp_path)]) == 0
    assert "warning: no installed font has U+5B66:" in capsys.readouterr().err


def test_error_no_questions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without questions.json the command says who writes it."""
    assert command.main(["--docs", str(tmp_path)]) == 2

    reason = "error: cannot read the questions: No such file or directory"
    again = "run 'python scripts/split.py' to write it"
    assert capsys.readouterr().err == f"{tmp_path / 'questions.json'}: {reason}; {again}\n"


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"title": "x", "topics": [1]}'])
def test_error_other_data(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A file of another form is no reason for a traceback."""
    (tmp_path / "questions.json").write_text(text)

    assert command.main(["--docs", str(tmp_path)]) == 2
    assert "error: not written by the splitter" in capsys.readouterr().err


def test_error_no_font(
    docs: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the font the command says which package brings it."""
    monkeypatch.setattr(command, "FONTS", docs / "node_modules")

    assert command.main(["--docs", str(docs)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{docs}/node_modules/ibm-plex-sans/files/ibm-plex-sans-latin-400-")
    assert "error: the font for cards is not installed; run 'make setup'" in error
    assert not (docs / "assets").exists()


def test_error_cannot_write(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where a folder has to be ends the run with a sentence."""
    (docs / "assets").write_text("")

    assert command.main(["--docs", str(docs)]) == 4
    assert "error[E703]: " in capsys.readouterr().err


def test_error_cannot_read(docs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder where a card has to be ends the run with a sentence."""
    (docs / command.FOLDER / "home.png").mkdir(parents=True)

    assert command.main(["--docs", str(docs)]) == 4
    assert "home.png: cannot read: Is a directory" in capsys.readouterr().err


def test_interrupt(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the run with the code that shells expect."""

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "png", interrupted)

    assert command.main(["--docs", str(docs)]) == 130


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [("import draw_cards", 2), ("import qna.cards.content, qna.cards.layout", 0)],
)
def test_error_no_pillow(code: str, exit_code: int) -> None:
    """Without Pillow the command says so; the part that does not draw needs no library."""
    blocked = f"import sys; sys.modules['PIL'] = None; {code}"
    done = subprocess.run(
        [sys.executable, "-c", blocked],
        cwd=ROOT / "scripts",
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == exit_code
    assert ("lacks Pillow, which draws the cards" in done.stderr) == bool(exit_code)
