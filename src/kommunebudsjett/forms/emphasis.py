"""Paragraphs that are headings to the eye alone: short, bold from end to end, and no sentence."""

import re

_LONGEST = 80
# Text of such a heading may have a number before it and a year in it; any other number may be an amount.
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+")
_YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b")


def is_heading(text: str, bold: bool) -> bool:
    """Whether a paragraph heads what follows, by how it looks.

    >>> is_heading("Drift 2027", True), is_heading("Gratis SFO: 5 mill.", True), is_heading("Drift", False)
    (True, False, False)
    """
    text = text.strip()
    if not bold or not text or len(text) > _LONGEST or text[-1] in ".,;:!?":
        return False
    rest = _YEARS.sub("", _NUMBERING.sub("", text, count=1))
    return any(map(str.isalpha, rest)) and not any(map(str.isdigit, rest))
