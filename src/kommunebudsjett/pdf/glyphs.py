"""A PDF file in, the characters and the ruled lines of each page out.

Coordinates are points from the upper left corner of the page as it is shown; `y` is the line that letters stand on.
"""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommunebudsjett.pdf.limits import MOST_CHARACTERS, MOST_PAGES, MOST_RULES_A_PAGE
from kommunebudsjett.pdf.problem import ProblemError

_AS_TEXT = "register a text of the document in place of the PDF, or a PDF with text (run text recognition on a scan)"
_SAVE_AGAIN = "download it again, or open it and save it as PDF again"
# Rules are no thicker than this, and no shorter.
_THICKEST, _SHORTEST = 2.5, 6.0
_SMALLEST_DOT, _LARGEST_DOT = 1.5, 7.0
# Fewer characters than this on all pages together: a scan may have some, as a stamp.
_FEWEST_A_PAGE = 5
# Of the characters of a page: with more that have no known letter the page cannot be read.
_MOST_UNKNOWN = 0.05
_REPLACED = {"\ufffd", "\ufffe", "\uffff"}
# So the library tells a hyphen that ends a line.
_HYPHEN_AT_END = "\x02"
_SOFT_HYPHEN = "\u00ad"
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


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


class Rule(NamedTuple):
    """A ruled line, or the edge of a filled box; horizontal where `top` is `bottom`."""

    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """A page: its number from 1, its size and what stands on it. `dots` are bullets that are drawn, not letters."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    dots: list[Rule]


def read_pages(path: str) -> list[Page]:
    """The pages of a PDF. Raises ProblemError where it cannot be opened or has no text that can be read."""
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
    pages, characters = [], 0
    for number in range(1, count + 1):
        page = _page(document, number)
        characters += len(page.glyphs)
        if characters > MOST_CHARACTERS:
            raise ProblemError(f"the PDF has more than {MOST_CHARACTERS} characters", "split the document")
        pages.append(page)
    if characters < _FEWEST_A_PAGE * count:
        raise ProblemError(
            f"the PDF has pictures of pages and no text ({count} pages, {characters} characters)", _AS_TEXT
        )
    return pages


def _page(document: pdfium.PdfDocument, number: int) -> Page:
    try:
        page = document[number - 1]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        raise ProblemError(f"page {number} of the PDF is damaged", _SAVE_AGAIN) from None
    shown = _Shown(page)
    glyphs, unknown = _glyphs(text.raw, shown)
    if unknown > max(3, _MOST_UNKNOWN * len(glyphs)):
        raise ProblemError(
            f"page {number} of the PDF has {unknown} characters whose letters the file doesn't tell", _AS_TEXT
        )
    rules, dots = _rules(page, shown)
    turned = Counter(glyph.turned for glyph in glyphs).most_common(1)
    if turned and turned[0][0]:
        # The page itself is upright and what stands on it is turned, as a wide table.
        return Page(number, shown.height, shown.width, *_upright(glyphs, rules, shown, turned[0][0]), [])
    return Page(number, shown.width, shown.height, [glyph.glyph for glyph in glyphs], rules, dots)


class _Turned(NamedTuple):
    """A character as it is shown, and by how many quarters of a circle it is turned."""

    glyph: Glyph
    turned: int


class _Shown:
    """From the coordinates of a page to those in which it is shown, the upper left corner being 0, 0."""

    def __init__(self, page: pdfium.PdfPage):
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom, self._right, self._top = left, bottom, right, top
        self._rotation = page.get_rotation()
        self.quarters = self._rotation // 90
        width, height = right - left, top - bottom
        self.width, self.height = (height, width) if self.quarters % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is shown."""
        match self.quarters:
            case 1:
                return y - self._bottom, x - self._left
            case 2:
                return self._right - x, y - self._bottom
            case 3:
                return self._top - y, self._right - x
            case _:
                return x - self._left, self._top - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box as (left, top, right, bottom)."""
        one, other = self.point(left, bottom), self.point(right, top)
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _glyphs(text: object, shown: _Shown) -> tuple[list[_Turned], int]:
    """The characters of a page, and of how many of them the letters are not known."""
    found: list[_Turned] = []
    unknown = 0
    bold: dict[int, bool] = {}
    loose, ink = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        character = _character(raw.FPDFText_GetUnicode(text, index))
        if character is None or raw.FPDFText_HasUnicodeMapError(text, index) == 1:
            unknown += 1
            continue
        if not character:
            continue
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        raw.FPDFText_GetCharBox(text, index, *ink)
        left, right, bottom, top = (value.value for value in ink)
        box = shown.box(loose.left, loose.bottom, loose.right, loose.top)
        inked = shown.box(left, bottom, right, top)
        at = shown.point(x.value, y.value)
        angle = raw.FPDFText_GetCharAngle(text, index)
        turned = (round(angle / 1.5707963) + shown.quarters) % 4 if angle >= 0 else shown.quarters
        # Turned text has the height of its letters across.
        height = box[2] - box[0] if turned % 2 else box[3] - box[1]
        size = raw.FPDFText_GetFontSize(text, index)
        scaled = _scaled(text, index)
        size = size * scaled if scaled else height
        owner = raw.FPDFText_GetTextObject(text, index)
        key = ctypes.addressof(owner.contents) if owner else 0
        if key not in bold:
            bold[key] = _is_bold(owner)
        glyph = Glyph(character, box[0], box[2], at[1], inked[1], inked[3], size, bold[key])
        if turned:
            glyph = Glyph(character, box[0], box[2], box[1], inked[1], inked[3], size, bold[key])
        found.append(_Turned(glyph._replace(left=box[0], right=box[2]), turned))
        if turned:
            found[-1] = _Turned(_boxed(glyph, box, at), turned)
    return found, unknown


def _boxed(glyph: Glyph, box: tuple[float, float, float, float], at: tuple[float, float]) -> Glyph:
    """A turned character: `y` holds its baseline across, `top` and `bottom` its extent along."""
    return glyph._replace(left=box[0], right=box[2], top=box[1], bottom=box[3], y=at[0])


def _scaled(text: object, index: int) -> float:
    """By how much the matrix of a character enlarges it."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(text, index, matrix):
        return 0.0
    return (matrix.c**2 + matrix.d**2) ** 0.5


def _character(code: int) -> str | None:
    """The character of a code: "" where nothing is to be read, None where it is not known."""
    if code == 0:
        return None
    character = chr(code)
    if character == _HYPHEN_AT_END:
        return "-"
    if character in _REPLACED or 0xD800 <= code <= 0xDFFF:
        return None
    category = unicodedata.category(character)
    if category in ("Cc", "Cf") and character not in ("\t", _SOFT_HYPHEN):
        return ""
    # Ligatures are letters that a font draws as one.
    return unicodedata.normalize("NFKC", character) if "\ufb00" <= character <= "\ufb06" else character


def _is_bold(owner: object) -> bool:
    font = raw.FPDFTextObj_GetFont(owner) if owner else None
    if not font:
        return False
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace").lower()
    return any(word in name for word in _BOLD) or raw.FPDFFont_GetWeight(font) >= 600


def _rules(page: pdfium.PdfPage, shown: _Shown) -> tuple[list[Rule], list[Rule]]:
    """The ruled lines of a page, which are thin paths, and its dots, which are small ones as high as wide."""
    found: list[Rule] = []
    dots: list[Rule] = []
    for left, bottom, right, top in _boxes(page):
        box = shown.box(left, bottom, right, top)
        wide, high = box[2] - box[0], box[3] - box[1]
        if high <= _THICKEST and wide >= _SHORTEST:
            middle = (box[1] + box[3]) / 2
            found.append(Rule(box[0], middle, box[2], middle))
        elif wide <= _THICKEST and high >= _SHORTEST:
            middle = (box[0] + box[2]) / 2
            found.append(Rule(middle, box[1], middle, box[3]))
        elif _SMALLEST_DOT <= wide <= _LARGEST_DOT and abs(wide - high) <= 1:
            dots.append(Rule(*box))
        if len(found) + len(dots) >= MOST_RULES_A_PAGE:
            break
    return found, dots


def _boxes(page: pdfium.PdfPage) -> Iterator[tuple[float, float, float, float]]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_PATH:
            continue
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            yield left.value, bottom.value, right.value, top.value


def _upright(glyphs: list[_Turned], rules: list[Rule], shown: _Shown, turned: int) -> tuple[list[Glyph], list[Rule]]:
    """What is turned by one or three quarters, as it stands when the page is turned back; the rest is left out."""
    made = []
    for glyph, quarters in glyphs:
        if quarters != turned or turned == 2:
            continue
        if turned == 1:
            # Read from below: the left of the text is the foot of the page.
            made.append(
                glyph._replace(
                    left=shown.height - glyph.bottom, right=shown.height - glyph.top, y=glyph.y,
                    top=glyph.left, bottom=glyph.right,
                )
            )  # fmt: skip
        else:
            made.append(
                glyph._replace(
                    left=glyph.top, right=glyph.bottom, y=shown.width - glyph.y,
                    top=shown.width - glyph.right, bottom=shown.width - glyph.left,
                )
            )  # fmt: skip
    if turned == 1:
        turned_rules = [Rule(shown.height - r.bottom, r.left, shown.height - r.top, r.right) for r in rules]
    else:
        turned_rules = [Rule(r.top, shown.width - r.right, r.bottom, shown.width - r.left) for r in rules]
    return made, turned_rules
