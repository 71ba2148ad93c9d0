"""Printed lines in, running text out: words broken at a line's end are made whole."""

import re
from collections.abc import Sequence

HYPHENS = ("-", "\u2010")
# Marks a word that a tab at the end of its line broke.
BROKEN = "\u00ad"
_SUSPENDED = re.compile(r"(?:og|eller|samt|og/eller)\b")


def breaks_word(raw: str) -> bool:
    """Whether a tab is printed where the end of a word would be: set-in text is broken so, without a hyphen."""
    printed = raw.rstrip("\r\n")
    return raw[:1].isspace() and printed.endswith("\t") and printed.rstrip("\t")[-1:].isalpha()


def joined(texts: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The texts of lines as one with single spaces, and where in it each begins.

    A hyphen that broke a word is gone; one that belongs to it stays ("NAV-ansatte", "lønns- og"). A text that ends in
    `BROKEN` ends within a word.

    >>> joined(["tilskudd til kul-", "turskolen"])
    ('tilskudd til kulturskolen', (0, 16))
    """
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for text, below in zip(texts, [*texts[1:], ""], strict=True):
        starts.append(length)
        part = " ".join(text.split())
        part = part[:-1].replace(BROKEN, "") + part[-1:]
        part = _before(part, below) if below else part.rstrip(BROKEN)
        parts.append(part)
        length += len(part)
    return "".join(parts), tuple(starts)


def _before(text: str, below: str) -> str:
    """A line's text as it goes on in the next line: with a space, or without the hyphen that broke a word."""
    if text.endswith(BROKEN):
        return text.rstrip(BROKEN)
    if text.endswith("/"):
        return text
    if not text.endswith(HYPHENS) or not text[-2:-1].isalnum() or _SUSPENDED.match(below):
        return f"{text} "
    return text if text[-2].isdigit() or text[-2].isupper() or not below[:1].islower() else text[:-1]
