"""A PDF file in, the characters and the ruled lines of each page out.

Each page is turned so that most of its text stands upright, whatever the file says of its rotation. Coordinates are
points from its upper left corner then; `y` is the line that letters stand on.
"""

import ctypes
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.pdf.drawing import Colour, Drawing, Fill, Placed, common, drawing
from kommunebudsjett.pdf.frame import Box, Frame, direction
from kommunebudsjett.pdf.limits import MOST_CHARACTERS, MOST_CHARACTERS_A_PAGE, MOST_PAGES

_AS_TEXT = "register a text of the document in place of the PDF, or a PDF with text (run text recognition on a scan)"
_SAVE_AGAIN = "download it again, or open it and save it as PDF again"
_SMALLEST_DOT, _LARGEST_DOT = 1.5, 7.0
# Fewer characters than this on all pages together: a scan may have some, as a stamp.
_FEWEST_A_PAGE = 5
# Of the characters of a page: with more that have no known letter the page cannot be read.
_MOST_UNKNOWN = 0.05
# A character whose letter the file does not tell.
UNKNOWN = "\ufffd"
_REPLACED = {"\ufffd", "\ufffe", "\uffff"}
_SOFT_HYPHEN = "\u00ad"
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
# Smaller letters (points) nobody reads, and colours nearer than this (of 255) nobody tells apart.
_SMALLEST = 3.0
_SAME_COLOUR = 16
_WHITE: Colour = (255, 255, 255)
# Ways in which text is drawn: not at all, and as outlines alone.
_INVISIBLE, _STROKED = 3, (1, 5)
# Shares of the size of the letters, above the line that they stand on. Between the first two goes a line that strikes
# them out; a dash is no higher than the third, lies between the next two and is as wide as the last two say.
_STRIKE_FROM, _STRIKE_TO = 0.13, 0.46
_FLAT, _DASH_FROM, _DASH_TO, _DASH_NARROWEST, _DASH_WIDEST = 0.14, 0.12, 0.5, 0.15, 1.05


class Glyph(NamedTuple):
    """A character: its box from `left` to `right`, its baseline `y`, the `top` and `bottom` of its ink, how large."""

    text: str
    left: float
    right: float
    y: float
    top: float
    bottom: float
    size: float
    bold: bool
    struck: bool = False


class Rule(NamedTuple):
    """A ruled line, or the edge of a filled box; horizontal where `top` is `bottom`."""

    left: float
    top: float
    right: float
    bottom: float


class Turned(NamedTuple):
    """Characters in one direction that is not that of the page: as they stand upright, and from where to where."""

    glyphs: list[Glyph]
    frame: Frame


class Hidden(NamedTuple):
    """Characters that stand together on a page and are left out, with the reason."""

    text: str
    reason: str


class Page(NamedTuple):
    """A page: its number from 1 and what stands on it. `dots` are bullets that are drawn, not letters."""

    number: int
    glyphs: list[Glyph]
    rules: list[Rule]
    dots: list[Rule]
    frame: Frame
    turned: list[Turned]
    hidden: list[Hidden]


def read_pages(path: str) -> Iterator[Page]:
    """The pages of a PDF, one after the other. Raises ProblemError where it has no text that can be read."""
    document = _opened(path)
    count, characters = len(document), 0
    for number in range(1, count + 1):
        page = _page(document, number)
        characters += len(page.glyphs) + sum(len(part.glyphs) for part in page.turned)
        if characters > MOST_CHARACTERS:
            raise ProblemError(f"the PDF has more than {MOST_CHARACTERS} characters", "split the document")
        yield page
    if characters < _FEWEST_A_PAGE * count:
        raise ProblemError(
            f"the PDF has pictures of pages and no text ({count} pages, {characters} characters)", _AS_TEXT
        )


def _opened(path: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
        count = len(document)
    except pdfium.PdfiumError as error:
        code = raw.FPDF_GetLastError()
        if code == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise ProblemError(
                "the PDF is protected by a password", "save it without the password, or ask the publisher for it"
            ) from None
        raise ProblemError("the PDF is damaged or cut off", _SAVE_AGAIN) from None
    if not count:
        raise ProblemError("the PDF has no pages", _SAVE_AGAIN)
    if count > MOST_PAGES:
        raise ProblemError(f"the PDF has {count} pages; {MOST_PAGES} are allowed", "split the document")
    return document


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        raise ProblemError(f"page {number} of the PDF is damaged", _SAVE_AGAIN) from None
    try:
        return _Reader(page, text.raw, number).page()
    finally:
        # Kept open, the pages of a long document fill the memory.
        text.close()
        page.close()


class _Style(NamedTuple):
    """What the characters of one piece of text have in common.

    `hidden` is why none of them can be seen; `is_invisible` says that they are set so, `order` when they are drawn.
    """

    turn: int
    frame: Frame
    size: float
    bold: bool
    embedded: bool
    colour: Colour | None
    is_white: bool
    shown: Box
    order: int
    is_invisible: bool
    hidden: str


_NO_CLIP = Placed(1 << 60, Box(-1e9, 1e9, 1e9, -1e9))


class _Reader:
    """Reads one page."""

    def __init__(self, page: pdfium.PdfPage, text: object, number: int):
        left, bottom, right, top = page.get_cropbox()
        self.area = Box(left, top, right, bottom)
        self.number = number
        self.text = text
        self.rotation = page.get_rotation() // 90
        self.drawn: Drawing = drawing(page.raw)
        self.frames = [Frame(self.area, quarters) for quarters in range(4)]
        self.styles: dict[int, _Style] = {}
        self.fonts: dict[int, tuple[bool, bool]] = {}
        self.found: dict[int, list[Glyph]] = {}
        self.hidden: list[Hidden] = []
        self.unknown = 0

    def page(self) -> Page:
        count = raw.FPDFText_CountChars(self.text)
        if count > MOST_CHARACTERS_A_PAGE:
            raise ProblemError(f"page {self.number} of the PDF has {count} characters", "split the document")
        self._read(count)
        read = sum(map(len, self.found.values()))
        if self.unknown > max(3, _MOST_UNKNOWN * read):
            raise ProblemError(
                f"page {self.number} of the PDF has {self.unknown} characters whose letters the file doesn't tell",
                _AS_TEXT,
            )
        main = max(self.found, key=lambda turn: len(self.found[turn]), default=self.rotation)
        frame = self.frames[main]
        rules = sorted((Rule(*frame.box(rule)) for rule in self.drawn.rules), key=lambda rule: rule.top)
        turned = [Turned(found, self.frames[turn]) for turn, found in self.found.items() if turn != main]
        glyphs = _with_strikes(self.found.get(main, []), rules)
        return Page(self.number, glyphs, rules, self._dots(frame), frame, turned, self.hidden)

    def _dots(self, frame: Frame) -> list[Rule]:
        boxes = [Rule(*frame.box(dot)) for dot in self.drawn.dots]
        return [
            box
            for box in boxes
            if _SMALLEST_DOT <= box.right - box.left <= _LARGEST_DOT
            and abs((box.right - box.left) - (box.bottom - box.top)) <= 1
        ]

    def _read(self, count: int) -> None:
        text, get_unicode = self.text, raw.FPDFText_GetUnicode
        loose, ink = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
        x, y = ctypes.c_double(), ctypes.c_double()
        left_out: list[tuple[str, str]] = []
        for index in range(count):
            if raw.FPDFText_IsGenerated(text, index) == 1:
                if left_out:
                    left_out.append((" ", left_out[-1][1]))
                continue
            style = self._style(index)
            code = get_unicode(text, index)
            raw.FPDFText_GetLooseCharBox(text, index, loose)
            raw.FPDFText_GetCharBox(text, index, *ink)
            seen = Box(ink[0].value, ink[3].value, ink[1].value, ink[2].value)
            character = self._character(index, code, seen, style)
            if not character:
                continue
            whole = Box(loose.left, loose.top, loose.right, loose.bottom)
            reason = self._why_hidden(style, whole, seen)
            if reason:
                left_out.append((character, reason))
                continue
            self._leave_out(left_out)
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            self._keep(character, style, whole, seen, x.value, y.value)
        self._leave_out(left_out)

    def _leave_out(self, found: list[tuple[str, str]]) -> None:
        """List characters that are left out, those with one reason together."""
        if not found:
            return
        by_reason: dict[str, list[str]] = {}
        for character, reason in found:
            by_reason.setdefault(reason, []).append(character)
        for reason, characters in by_reason.items():
            said = " ".join("".join(characters).split())
            if said:
                self.hidden.append(Hidden(said, reason))
        found.clear()

    def _keep(self, character: str, style: _Style, whole: Box, seen: Box, x: float, y: float) -> None:
        frame = style.frame
        box, inked, base = frame.box(whole), frame.box(seen), frame.point(x, y)[1]
        if character == UNKNOWN:
            character = "-" if _is_dash(inked, base, style.size) else UNKNOWN
            self.unknown += character == UNKNOWN
        glyph = Glyph(character, box.left, box.right, base, inked.top, inked.bottom, style.size, style.bold)
        self.found.setdefault(style.turn, []).append(glyph)

    def _character(self, index: int, code: int, seen: Box, style: _Style) -> str:
        """The character; "" where nothing is to be read, UNKNOWN where ink is and the letter is not known."""
        if raw.FPDFText_HasUnicodeMapError(self.text, index) == 1:
            character: str | None = None
        else:
            character = _character(code)
        if character == "" and raw.FPDFText_IsHyphen(self.text, index) == 1:
            # So the library marks a hyphen that ends a line.
            return "-"
        if character:
            return character
        inked = seen.right > seen.left and seen.top > seen.bottom
        if inked or (character is None and not style.embedded):
            return UNKNOWN
        return " " if character is None else ""

    def _why_hidden(self, style: _Style, whole: Box, seen: Box) -> str:
        """Why a character cannot be seen; "" where it can."""
        if style.hidden:
            return style.hidden
        if not _meets(seen, style.shown):
            outside = not _meets(seen, self.area)
            return "it stands outside the page" if outside else "it stands outside the part of the page that is shown"
        fills = self.drawn.fills and self.drawn.fills_at((whole.left + whole.right) / 2, (seen.top + seen.bottom) / 2)
        if fills and any(fill.order > style.order and fill.colour is not None for fill in fills):
            return "something is drawn over it"
        if not fills and not style.is_invisible and not style.is_white:
            return ""
        return _why_vanishing(style, next((fill for fill in reversed(fills) if fill.order < style.order), None))

    def _style(self, index: int) -> _Style:
        owner = raw.FPDFText_GetTextObject(self.text, index)
        key = ctypes.addressof(owner.contents) if owner else 0
        style = self.styles.get(key)
        if style is None:
            style = self.styles[key] = self._styled(index, owner, self.drawn.texts.get(key, _NO_CLIP))
        return style

    def _styled(self, index: int, owner: object, placed: Placed) -> _Style:
        matrix = raw.FS_MATRIX()
        known = raw.FPDFText_GetMatrix(self.text, index, matrix)
        nominal = raw.FPDFText_GetFontSize(self.text, index)
        # A negative size turns the letters by half a circle.
        sign = -1 if nominal < 0 else 1
        turn = direction(sign * matrix.a, sign * matrix.b) if known and (matrix.a or matrix.b) else 0
        size = abs(nominal) * ((matrix.c**2 + matrix.d**2) ** 0.5 if known else 1.0)
        hidden = "it runs at an angle" if turn is None else ""
        if 0 < size < _SMALLEST and self._height(index) < _SMALLEST:
            hidden = "its letters are too small to be read"
        mode = raw.FPDFTextObj_GetTextRenderMode(owner) if owner else 0
        colour = self._colour(index, mode)
        bold, embedded = self._font(owner)
        white, shown = _is_near(colour, _WHITE), common(placed.clip, self.area)
        size = size or self._height(index)
        frame = self.frames[turn or 0]
        return _Style(
            turn or 0, frame, size, bold, embedded, colour, white, shown, placed.order, mode == _INVISIBLE, hidden
        )

    def _font(self, owner: object) -> tuple[bool, bool]:
        """Whether the font of a piece of text is bold, and whether the file has it."""
        font = raw.FPDFTextObj_GetFont(owner) if owner else None
        key = ctypes.addressof(font.contents) if font else 0
        if key not in self.fonts:
            self.fonts[key] = (_is_bold(font), bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1)
        return self.fonts[key]

    def _height(self, index: int) -> float:
        box = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self.text, index, box)
        return min(abs(box.top - box.bottom), 1.8 * abs(box.right - box.left) or 1e9)

    def _colour(self, index: int, mode: int) -> Colour | None:
        red, green, blue, opaque = (ctypes.c_uint() for _ in range(4))
        get = raw.FPDFText_GetStrokeColor if mode in _STROKED else raw.FPDFText_GetFillColor
        if not get(self.text, index, red, green, blue, opaque):
            return None
        # What lets everything through is as good as white on white.
        return (red.value, green.value, blue.value) if opaque.value > _SAME_COLOUR else _WHITE


def _meets(ink: Box, shown: Box) -> bool:
    """Whether some of a character lies in what is shown."""
    slack = 1.0
    beside = ink.right < shown.left - slack or ink.left > shown.right + slack
    return not beside and ink.top >= shown.bottom - slack and ink.bottom <= shown.top + slack


def _why_vanishing(style: _Style, under: Fill | None) -> str:
    if style.is_invisible:
        # Under the picture of a page lies the text that was recognised in it.
        return "" if under is not None and under.is_picture else "it is set as invisible"
    if under is None:
        return "it has the colour of the page" if style.is_white else ""
    return "it has the colour of what lies under it" if _is_near(style.colour, under.colour) else ""


def _is_near(one: Colour | None, other: Colour | None) -> bool:
    """Whether two colours look the same; what is not known looks like nothing else."""
    if one is None or other is None:
        return False
    return all(abs(a - b) < _SAME_COLOUR for a, b in zip(one, other, strict=True))


def _is_dash(ink: Box, base: float, size: float) -> bool:
    """Whether the ink of a character is that of a hyphen, a dash or a minus."""
    wide, high, middle = ink.right - ink.left, ink.bottom - ink.top, base - (ink.top + ink.bottom) / 2
    return (
        0 < high <= _FLAT * size
        and _DASH_NARROWEST * size <= wide <= _DASH_WIDEST * size
        and _DASH_FROM * size <= middle <= _DASH_TO * size
    )


def _with_strikes(glyphs: list[Glyph], rules: list[Rule]) -> list[Glyph]:
    """Characters with those marked that a level rule goes through."""
    level = [rule for rule in rules if rule.top == rule.bottom]
    heights = [rule.top for rule in level]
    made = []
    for glyph in glyphs:
        at = bisect_left(heights, glyph.y - _STRIKE_TO * glyph.size)
        middle = (glyph.left + glyph.right) / 2
        while at < len(level) and heights[at] <= glyph.y - _STRIKE_FROM * glyph.size:
            if level[at].left - 1 <= middle <= level[at].right + 1:
                glyph = glyph._replace(struck=True)
                break
            at += 1
        made.append(glyph)
    return made


def _character(code: int) -> str | None:
    """The character of a code: "" where it is none that is seen, None where it is not known."""
    if code == 0 or 0xD800 <= code <= 0xDFFF:
        return None
    character = chr(code)
    if character in _REPLACED:
        return None
    if unicodedata.category(character) in ("Cc", "Cf") and character not in ("\t", _SOFT_HYPHEN):
        return ""
    # Ligatures are letters that a font draws as one.
    return unicodedata.normalize("NFKC", character) if "\ufb00" <= character <= "\ufb06" else character


def _is_bold(font: object) -> bool:
    if not font:
        return False
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace").lower()
    return any(word in name for word in _BOLD) or raw.FPDFFont_GetWeight(font) >= 600
