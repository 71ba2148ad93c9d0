"""The bytes of a text in, its characters out, and what was assumed of them.

Text is UTF-8, UTF-16 or Windows-1252, which its bytes tell: a byte order mark, zeros at every other place, and whether
all of them are UTF-8, or all but a few. Latin-1 is Windows-1252 without its quotation marks and dashes.
"""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.errors import UserError

_REMEDY = "open it in the program that made it, and save it as UTF-8 text"
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
# Letters of Western languages in UTF-8.
_TWO_BYTES = re.compile(rb"[\xc3-\xc5][\x80-\xbf]")
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What stands beside letters in another encoding, where that has its own letters, and in texts stands between words.
_STRANGE = re.compile(
    r"(?<=[A-Za-z])[^\x00-\x7f\w\s“”„‘’«»–—…•·°²³½¼§€£™®©´\xad]|[^\x00-\x7f\w\s“”„‘’«»–—…•·°²³½¼§€£™®©´\xad](?=[A-Za-z])"
    r"|(?<=[A-Za-z])[‘“„®](?=[A-Za-z])|(?<=[A-Za-z])¾|¾(?=[A-Za-z])"
)
_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
# What stands for bytes that are none of the encoding.
LOST = "\ufffd"
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Text is UTF-8 but for a few bytes where so many letters that only UTF-8 writes so stand against each of them.
_LETTERS_FOR_EACH = 4
# So many of the bytes at even or at odd places are zeros in UTF-16 of European languages.
_ZEROS = 0.3


class Decoded(NamedTuple):
    """The characters of a text, and a sentence on its encoding where that was assumed ("" where it is UTF-8)."""

    text: str
    assumed: str


def decode(content: bytes, path: Path) -> Decoded:
    """The characters of a text's bytes.

    Raises UserError, with the line, where they are no text, or text in no encoding that is known.
    """
    for mark, encoding in UTF_16.items():
        if content.startswith(mark):
            return Decoded(_utf_16(content[2:], encoding, path), "the text was read as UTF-16, as its first bytes say")
    zeros = zeros_of(content)
    if zeros:
        return Decoded(_utf_16(content, zeros, path), "the text was read as UTF-16, by the zeros among its bytes")
    if b"\0" in content:
        raise UserError(
            "the document is binary, not text", file=path, line=_line(content, content.index(b"\0")), remedy=_REMEDY
        )
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(content.decode("utf-8").lstrip("\ufeff"), "")
    except UnicodeDecodeError as error:
        nearly = None if _CONTROL.search(content) else nearly_utf_8(content)
        windows = "the text is not UTF-8; it was read as Windows-1252"
        return nearly or Decoded(_windows(content, error.start, path), windows)


def nearly_utf_8(content: bytes) -> Decoded | None:
    """Text that is UTF-8 but for a few bytes, which stand in it as LOST; None where more of it is something else."""
    text = content.decode("utf-8", "replace")
    lost = text.count(LOST)
    if len(_FOREIGN.findall(text)) < (1 + _LETTERS_FOR_EACH) * lost:
        return None
    line = text.count("\n", 0, text.index(LOST)) + 1
    return Decoded(
        text, f"the text is UTF-8 but for {lost} of its characters, the first on line {line}: each is {LOST}"
    )


def _line(content: bytes, place: int) -> int:
    return content.count(b"\n", 0, place) + 1


def zeros_of(content: bytes) -> str:
    """The form of UTF-16 whose zeros a text without a byte order mark has; "" where it has none of them."""
    half = len(content) // 2
    if len(content) % 2 or not half or b"\0" not in content:
        return ""
    even, odd = content[::2].count(0) / half, content[1::2].count(0) / half
    if odd >= _ZEROS and even < _ZEROS / 10:
        return "utf-16-le"
    return "utf-16-be" if even >= _ZEROS and odd < _ZEROS / 10 else ""


def _utf_16(content: bytes, encoding: str, path: Path) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(encoding, "replace").count("\n") + 1
        raise UserError("the document begins as UTF-16 and is damaged", file=path, line=line, remedy=_REMEDY) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UserError("the document is binary, not text", file=path, line=line, remedy=_REMEDY)
    return text.removeprefix("\ufeff")


def _windows(content: bytes, place: int, path: Path) -> str:
    """Text in Windows-1252; `place` is that of the first byte that is not UTF-8."""
    binary = _CONTROL.search(content)
    if binary:
        raise UserError(
            "the document is binary, not text", file=path, line=_line(content, binary.start()), remedy=_REMEDY
        )
    if _TWO_BYTES.search(content):
        raise UserError(
            f"the document is UTF-8 but for the byte 0x{content[place]:02X} on this line",
            file=path,
            line=_line(content, place),
            remedy="correct the line in an editor, and save the document as UTF-8 text",
        )
    strange = _UNDEFINED.search(content)
    at = strange.start() if strange else None
    if at is None:
        text = content.decode("cp1252")
        others = list(_STRANGE.finditer(text))
        if len(others) <= len(_LETTER.findall(text)):
            return text
        at = others[0].start()
    raise UserError(
        f"the document is text in an encoding that is not known: the byte 0x{content[at]:02X} on this line is a letter "
        "neither in UTF-8 nor in Windows-1252",
        file=path,
        line=_line(content, at),
        remedy=_REMEDY,
    )
