"""Pictures of files, for the page that lists them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from qna.cards.content import Card
from qna.cards.drawing import Colors, colors, picture_of, placed
from qna.cards.fonts import Fonts, MissingFontError
from qna.downloads import MissingError
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from qna.markdown import plain_text
from qna.model import Question
from qna.site import Site

_PROJECT = Path(__file__).resolve().parents[3]
_FONTS = _PROJECT / "node_modules" / "@fontsource"
_TOKENS = _PROJECT / "frontend" / "styles" / "tokens.css"
_EDGE = 4
"""Width of the lines around and between the sides of a card."""
_COLORS = 64
"""Colors in a picture; enough for antialiased letters."""


def of_cards(site: Site, keep: Keep | None = None) -> bytes:
    """Return a PNG of a card of the Anki deck, front and back."""
    questions, keep = list(site.document.questions()), keep or Keep(Texts(site, ""))
    shown = next((item for item in questions if item.kind == "answer"), questions[0])
    return keep.of_bytes(keep.texts.of_questions[shown.id], lambda: _card(site, shown))


def _card(site: Site, shown: Question) -> bytes:
    fonts, theme = _drawn_with()
    sides = [_side(site, shown, text, fonts, theme) for text in ("", shown.plain)]
    width, height = sides[0].size
    picture = Image.new("RGB", (2 * width + 3 * _EDGE, height + 2 * _EDGE), theme.line)
    for number, side in enumerate(sides):
        picture.paste(side, (_EDGE + number * (width + _EDGE), _EDGE))
    file = BytesIO()
    picture.quantize(_COLORS, dither=Image.Dither.NONE).save(file, "PNG", compress_level=9)
    return file.getvalue()


def _drawn_with() -> tuple[Fonts, Colors]:
    try:
        return Fonts(_FONTS), colors(_TOKENS.read_text(encoding="utf-8"))
    except MissingFontError as error:
        raise MissingError(f"the font in {error} is not installed; run 'make setup'") from error
    except (OSError, KeyError) as error:
        raise MissingError(f"no colors in {_TOKENS}; restore the file from git") from error


def _side(site: Site, question: Question, text: str, fonts: Fonts, theme: Colors) -> Image.Image:
    """Draw one side of a card, at half the size of a preview card."""
    topic = plain_text.inline(site.homes[question.id].title)
    title = plain_text.inline(question.text)
    card = Card("", topic, title, text, plain_text.inline(site.document.title))
    return picture_of(placed(card, fonts), fonts, theme).reduce(2)
