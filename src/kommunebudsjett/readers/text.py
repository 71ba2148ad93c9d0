"""Printed text: numbers, years and lines written `12;15-18`."""

import re
from collections.abc import Iterable

MINUS = "-−–"
# What stands between thousands: a space, or one of the spaces that do not break a line.
THOUSANDS = " \u00a0\u202f\u2009"

NUMBER = re.compile(rf"[{MINUS}]?(?:\d{{1,3}}(?:[{THOUSANDS}]\d{{3}})+|\d+)(?:,\d+)?")
# More digits than a float keeps: no amount, and its value would not be what is printed.
_MOST_DIGITS = 15
_STRIP_THOUSANDS = str.maketrans("", "", THOUSANDS)


def parse_number(printed: str) -> float | None:
    """The value of a number printed the Norwegian way, or None where the text is not just a number.

    More than 15 digits are none: no amount has them. A minus may be any of the three signs; a trailing percent sign is
    dropped (`74%` is 74). Whole numbers come back as int, so that they are written without a decimal point.

    >>> parse_number("−1 257"), parse_number("8,1%"), parse_number("N/A")
    (-1257, 8.1, None)
    """
    text = printed.strip().removesuffix("%").rstrip()
    if not NUMBER.fullmatch(text):
        return None
    text = text.translate(_STRIP_THOUSANDS)
    if sum(map(str.isdecimal, text)) > _MOST_DIGITS:
        return None
    negative = text[0] in MINUS
    text = text.lstrip(MINUS)
    value = float(text.replace(",", ".")) if "," in text else int(text)
    return -value if negative and value else value


def join_lines(lines: Iterable[int]) -> str:
    """Line numbers as they are written in the tables: ascending, runs joined (`12;15-18`)."""
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ";".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def split_lines(lines: str) -> list[int]:
    """The opposite of `join_lines`."""
    out: list[int] = []
    for run in filter(None, lines.split(";")):
        first, _, last = run.partition("-")
        out.extend(range(int(first), int(last or first) + 1))
    return out
