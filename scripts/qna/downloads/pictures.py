"""Pictures of files, for the page that lists them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from qna.appearance.look import Look
from qna.cards.content import Card
from qna.cards.drawing import Colors, picture_of, placed, theme
from qna.cards.fonts import Fonts, MissingFontError
from qna.downloads import MissingError, styles
from qna.downloads.inputs import Texts
from qna.downloads.kept import Keep
from qna.markdown import plain_text
from qna.model import Question
from qna.site import Site

_PROJECT = Path(__file__).resolve().parents[3]
_FONTS = _PROJECT / "node_modules" / "@fontsource"
_EDGE = 4
"""Width of the lines around and between the sides of a card."""
_BAR, _BUTTONS = 28, 3
"""Height of the bar of a window, and its buttons."""
_TOPICS = 6
"""Topics that a window shows."""
_COLORS = 64
"""Colors in a picture; enough for antialiased letters."""


def of_cards(site: Site, keep: Keep | None = None, look: Look | None = None) -> bytes:
    """Return a PNG of a card of the Anki deck, front and back."""
    questions, keep = list(site.document.questions()), keep or Keep(Texts(site, ""))
    shown = next((item for item in questions if item.kind == "answer"), questions[0])
    return keep.of_bytes(keep.texts.of_questions[shown.id], lambda: _card(site, shown, look))


def of_window(site: Site, keep: Keep | None = None, look: Look | None = None) -> bytes:
    """Return a PNG of a window with the title and the first topics of a site."""
    document, keep = site.document, keep or Keep(Texts(site, ""))
    topics = " · ".join(plain_text.inline(topic.title) for topic in document.topics[:_TOPICS])
    title = plain_text.inline(document.title)
    shown = Card("", site.words.text("topics.title"), title, topics, title)
    return keep.of_bytes(f"{title} {topics} {site.words.language}", lambda: _window(shown, look))


def _window(shown: Card, look: Look | None) -> bytes:
    fonts, colors = _drawn_with(look)
    page = picture_of(placed(shown, fonts), fonts, colors).reduce(2)
    size = (page.width + 2 * _EDGE, page.height + _BAR + _EDGE)
    picture = Image.new("RGB", size, colors.line)
    picture.paste(page, (_EDGE, _BAR))
    pen = ImageDraw.Draw(picture)
    for number in range(_BUTTONS):
        pen.circle((_BAR // 2 * (2 * number + 1) + _EDGE, _BAR // 2), _BAR // 5, colors.paper)
    return png(picture)


def png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG of few colors."""
    file = BytesIO()
    picture.quantize(_COLORS, dither=Image.Dither.NONE).save(file, "PNG", compress_level=9)
    return file.getvalue()


def _card(site: Site, shown: Question, look: Look | None) -> bytes:
    fonts, colors = _drawn_with(look)
    sides = [_side(site, shown, text, fonts, colors) for text in ("", shown.plain)]
    width, height = sides[0].size
    picture = Image.new("RGB", (2 * width + 3 * _EDGE, height + 2 * _EDGE), colors.line)
    for number, side in enumerate(sides):
        picture.paste(side, (_EDGE + number * (width + _EDGE), _EDGE))
    return png(picture)


def _drawn_with(look: Look | None) -> tuple[Fonts, Colors]:
    try:
        return Fonts(_FONTS), theme(look or styles.usual_look())
    except MissingFontError as error:
        raise MissingError(f"the font in {error} is not installed; run 'make setup'") from error
    except KeyError as error:
        raise styles.missing(error) from error


def _side(site: Site, question: Question, text: str, fonts: Fonts, colors: Colors) -> Image.Image:
    """Draw one side of a card, at half the size of a preview card."""
    topic = plain_text.inline(site.homes[question.id].title)
    title = plain_text.inline(question.text)
    card = Card("", topic, title, text, plain_text.inline(site.document.title))
    return picture_of(placed(card, fonts), fonts, colors).reduce(2)
