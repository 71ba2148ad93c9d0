"""Characters as the PDFs can show them: the fonts of the locked packages do not have every character there is."""

import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
from matplotlib.ft2font import FT2Font

# Controls, formats, private use, unassigned, surrogates, and what separates lines.
_BARRED = ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")
# Only fonts that come with the locked packages, so that every machine makes the same pages: the text face is in the
# Typst package, the face of the charts, which fills in for it, in Matplotlib.
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


@cache
def _known() -> frozenset[int]:
    return frozenset(FT2Font(str(FONTS / "DejaVuSans.ttf")).get_charmap())


def shown(text: str) -> str:
    """The text with each character that no font has, or that PDF/A does not allow, written as its code point.

    >>> shown("å → \\u6f22\\ue000")
    'å → [U+6F22][U+E000]'
    """
    if text.isascii():
        return text
    return text.translate(_GLYPHS)


class _Glyphs(dict[int, str]):
    """What each character is printed as, by its code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        known = character in "\n\t\u00ad" or (code in _known() and unicodedata.category(character) not in _BARRED)
        # The picture of a control character stands for it.
        stands_for = code - 0x2400 if 0x2400 <= code < 0x2420 else code
        return self.setdefault(code, character if known else f"[U+{stands_for:04X}]")


_GLYPHS = _Glyphs()
