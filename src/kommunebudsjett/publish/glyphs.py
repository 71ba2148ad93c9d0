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
    return "".join(character if _printable(character) else f"[U+{_code(character):04X}]" for character in text)


def _code(character: str) -> int:
    # The picture of a control character stands for it.
    code = ord(character)
    return code - 0x2400 if 0x2400 <= code < 0x2420 else code


@cache
def _printable(character: str) -> bool:
    if character in "\n\t\u00ad":
        return True
    return ord(character) in _known() and unicodedata.category(character) not in _BARRED
