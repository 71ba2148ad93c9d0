"""Text of documents as it can be shown: no character in it does anything to the page, or hides."""

import unicodedata
from functools import cache

SOFT_HYPHEN = "\u00ad"


def printable(text: str, *, keep: str = "\n\t") -> str:
    """The text with each control character replaced by something that is seen.

    HTML and SVG may not hold most control characters; others turn the direction of what follows (bidirectional
    overrides) or take up no room, so that a line would not say what it seems to. The C0 controls become their
    pictures, all others their code point. Those in `keep` stay, as does the soft hyphen, which only says where a word
    may be divided.

    >>> printable("a\\x1b[31mb\\u202ec")
    'a␛[31mb[U+202E]c'
    """
    if text.isascii() and text.isprintable():
        return text
    return text.translate(_pictures(keep))


def is_hidden(character: str) -> bool:
    """Whether a character does something to a text, or hides, instead of being seen.

    Control, format (bidirectional, zero width, tags), line and paragraph separators, surrogates.
    """
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


class _Pictures(dict[int, str]):
    """What each character is shown as, by its code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        hidden = is_hidden(chr(code)) and chr(code) != SOFT_HYPHEN
        picture = chr(0x2400 + code) if code < 0x20 else f"[U+{code:04X}]"
        return self.setdefault(code, picture if hidden else chr(code))


@cache
def _pictures(keep: str) -> _Pictures:
    return _Pictures({ord(character): character for character in keep})
