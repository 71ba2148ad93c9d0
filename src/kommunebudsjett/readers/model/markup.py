"""Printed text with Markdown and HTML marks in, plain text out."""

import re
from functools import lru_cache

# A footnote mark printed as a number; other asterisks are emphasis or footnote marks, and neither is text.
_FOOTNOTE_NUMBER = re.compile(r"<sup>(?:(?!<sup>).)*?</sup>")
_TAG = re.compile(r"</?(?:b|i|u|em|strong|sub|sup|br|hr|span)\b[^<>]*>")
_ASTERISKS = re.compile(r"\\?\*(?:\\?\*)*\)?")
_FOOTNOTE_AT_END = re.compile(r"\s+\d\)$")
# Cells are cleaned again and again; longer texts are not kept.
_SHORT = 100
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def clean(printed: str) -> str:
    """The text without tags, emphasis, links and footnote marks; runs of spaces are one space.

    >>> clean("<b>Sum *) per innbygger</b>"), clean(r"Antall\\* ansatte"), clean("***Målet er nådd.***")
    ('Sum per innbygger', 'Antall ansatte', 'Målet er nådd.')
    """
    return _short(printed) if len(printed) <= _SHORT else _clean(printed)


def _clean(printed: str) -> str:
    if "<" in printed:
        printed = _TAG.sub(" " if "<br" in printed else "", _FOOTNOTE_NUMBER.sub("", printed))
    if "*" in printed:
        printed = _ASTERISKS.sub("", printed)
    if "](" in printed:
        printed = _LINK.sub(r"\1", printed)
    if printed.endswith(")") and "(" not in printed:
        printed = _FOOTNOTE_AT_END.sub("", printed)
    return " ".join(printed.split())


_short = lru_cache(maxsize=1 << 14)(_clean)


def is_marked(printed: str) -> bool:
    """Whether the text is printed with emphasis of its own (bold or italic)."""
    return printed.startswith(("<b", "<i", "<strong", "<em", "*"))


def heading_text(line: str) -> str:
    """The text of a heading line (`## **Text**`), without its marks."""
    return clean(line.lstrip("# "))
