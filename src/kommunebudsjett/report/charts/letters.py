"""How large words are in the font of the charts: as large as their letters, each of which is measured once.

Kerning is left out, which draws letters together: words are a little narrower than is said here, not wider.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import LoadFlags

FAMILY = "DejaVu Sans"


class Size(NamedTuple):
    """How wide letters are and how far they reach above and below their line, in parts of the size of the font."""

    width: float
    above: float
    below: float


# A letter that the font does not have is as large as a square: it comes from another font, or a box stands for it.
_UNKNOWN = Size(1.0, 0.8, 0.2)


@lru_cache(maxsize=4096)  # the same words are measured for their room and to write them, on a page and on a phone
def size_of(words: str, weight: str = "normal", style: str = "normal") -> Size:
    """The size of words on one line; nothing where there are none."""
    if not words:
        return Size(0.0, 0.0, 0.0)
    widths, above, below = zip(*(_letter(character, weight, style) for character in words), strict=True)
    return Size(sum(widths), max(above), max(below))


@cache
def _letter(character: str, weight: str, style: str) -> Size:
    font = get_font(findfont(FontProperties(family=FAMILY, weight=weight, style=style)))
    # Of so many points, so that rounding to a 64th of one is too little to be seen.
    font.set_size(100, 72)
    if not font.get_char_index(ord(character)):
        return _UNKNOWN
    glyph = font.load_char(ord(character), flags=LoadFlags.NO_HINTING)
    reach = (glyph.horiBearingY / 64 / 100, (glyph.height - glyph.horiBearingY) / 64 / 100)
    return Size(glyph.linearHoriAdvance / 65536 / 100, *reach)
