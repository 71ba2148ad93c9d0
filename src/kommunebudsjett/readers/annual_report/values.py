"""What a printed cell holds: a number, a mark for a missing number, a year, or text."""

import re

from kommunebudsjett.readers.annual_report.markup import clean
from kommunebudsjett.readers.text import MINUS, parse_number

_SPACED_MINUS = re.compile(rf"[{MINUS}]\s+(?=\d)")
_MISSING = {"n/a", "na", "i/a", "..", ":", "-", "–", "−"}


def is_missing(text: str) -> bool:
    """Whether the text says that there is no number (`N/A`)."""
    return text.casefold() in _MISSING


def cell_number(printed: str) -> float | None:
    """The number that a printed cell holds, with or without emphasis and footnote marks."""
    number = parse_number(printed)
    if number is None and ("<" in printed or "*" in printed):
        # Marks may stand around a number; what they part is not known to be one.
        whole = " ".join(printed.split())
        printed = clean(printed)
        number = parse_number(printed) if printed in whole else None
    if number is None and _SPACED_MINUS.match(printed):
        number = parse_number(_SPACED_MINUS.sub("-", printed))
    return number


def is_value(text: str) -> bool:
    """Whether clean cell text is a number or says that there is none."""
    return cell_number(text) is not None or is_missing(text)


def is_year(text: str) -> bool:
    """Whether clean cell text is a year.

    >>> is_year("2025"), is_year("2 025"), is_year("3025")
    (True, False, False)
    """
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")
