"""The text of a table's cell in, its number out: one grammar for every way in which amounts are printed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.readers.model.markup import clean

# Every sign that is printed for a minus: hyphens, dashes and the sign of mathematics.
SIGNS = "\u2010\u2011\u2012\u2013\u2014\u2212-"
_SIGNS = frozenset(SIGNS)
# What stands between thousands: a space, or one of the spaces that do not break a line.
SPACES = " \u00a0\u202f\u2009"
APOSTROPHES = "'\u2019"
_SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
# No cell with one number is longer, and a float does not keep more digits.
_LONGEST_CELL = 60
_LONGEST_MARKED = 200
_MOST_DIGITS = 15
# A point with three digits after it parts thousands where so many numbers of the table, and no others, are printed so.
_ENOUGH = 3

_MISSING = ("n/a", "na", "i/a", "..", ":")
_CURRENCY = r"(?:kr\.?|kroner|nok)"
_SHAPE = re.compile(
    rf"(?:{_CURRENCY}[{SPACES}]*)?"
    rf"(?P<open>\()?[{SPACES}]*(?P<sign>[+{SIGNS}])?[{SPACES}]*"
    rf"(?P<whole>\d{{1,3}}(?P<between>[{SPACES}.,{APOSTROPHES}])\d{{3}}(?:(?P=between)\d{{3}})*(?!\d)|\d+)"
    r"(?:(?P<point>[.,])(?P<decimals>\d+))?"
    rf"(?:,[{SIGNS}])?(?P<percent>[{SPACES}]*%)?(?P<close>[{SPACES}]*\))?(?P<after>[{SIGNS}])?"
    rf"(?:[{APOSTROPHES}]|[{SPACES}]*{_CURRENCY})?[{_SUPERSCRIPTS}]*",
    re.IGNORECASE | re.ASCII,
)


class Shape(NamedTuple):
    """A printed number taken apart. `between` is what parts its thousands, `point` what stands before its decimals."""

    negative: bool
    whole: str
    between: str
    groups: int
    point: str
    decimals: str

    @property
    def is_open(self) -> bool:
        """Whether `1.234` and `1,234` can be thousands as well as decimals: the table's other numbers decide."""
        return self.between in (".", ",") and self.groups == 1 and not self.point and self.whole[0] != "0"


def shape(text: str) -> Shape | None:
    """The parts of a text that is one number and nothing else."""
    if len(text) > _LONGEST_CELL or not any(map(str.isdigit, text)):
        return None
    match = _SHAPE.fullmatch(text)
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["sign"] and match["after"]):
        return None
    if match["open"] and (match["sign"] or match["after"]):
        return None
    between = match["between"] or ""
    if between == match["point"]:
        return None
    parts = match["whole"].split(between) if between else [match["whole"]]
    negative = bool(match["open"] or match["after"] or (match["sign"] and match["sign"] != "+"))
    return Shape(negative, "".join(parts), between, len(parts) - 1, match["point"] or "", match["decimals"] or "")


@dataclass(frozen=True)
class Style:
    """How a table prints its numbers: what parts thousands in it, and what may stand before its decimals.

    `lone` are the signs with three digits after them in enough numbers; `own` are the decimal signs of a column.
    """

    thousands: frozenset[str] = frozenset()
    decimal: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()

    def of_column(self, texts: Iterable[str]) -> "Style":
        """The style in one column: decimals of other columns do not show that its own numbers have any."""
        return replace(self, own=style_of(texts).decimal)

    def parts_thousands(self, sign: str) -> bool | None:
        """Whether a point or comma with three digits after it parts thousands; None where nothing tells."""
        other = "," if sign == "." else "."
        thousands = sign in self.thousands or other in self.decimal
        decimal = sign in self.own or bool(self.thousands - {sign} and sign == ",")
        if thousands != decimal:
            return thousands
        lone = sign == "." and sign in self.lone and sign not in self.decimal and not self.thousands
        return True if lone and not thousands else None


NO_STYLE = Style()


def style_of(texts: Iterable[str]) -> Style:
    """The style that the cells of a table show.

    >>> style_of(["1.234", "12,5"]).parts_thousands("."), style_of(["1.234"]).parts_thousands(".")
    (True, None)
    """
    thousands: set[str] = set()
    decimal: set[str] = set()
    lone = {".": 0, ",": 0}
    for text in texts:
        found = cell_shape(text)
        if found is None:
            continue
        if found.is_open:
            lone[found.between] += 1
        elif found.between in (".", ",") and found.groups == 1 and not found.point:
            decimal.add(found.between)  # 0,125
        else:
            if found.between:
                thousands.add(" " if found.between in SPACES else found.between)
            if found.point:
                decimal.add(found.point)
    return Style(
        frozenset(thousands), frozenset(decimal), frozenset(sign for sign, count in lone.items() if count >= _ENOUGH)
    )


def value(found: Shape, style: Style = NO_STYLE) -> float | None:
    """The value of a shape in a table of this style; None where its decimals cannot be told from its thousands.

    Whole numbers come back as int, so that they are written without a decimal point.
    """
    whole, decimals = found.whole, found.decimals
    if found.between in (".", ",") and found.groups == 1 and not found.point:
        apart = style.parts_thousands(found.between) if found.is_open else False
        if apart is None:
            return None
        if not apart:
            whole, decimals = whole[:-3], whole[-3:]
    if len(whole) + len(decimals) > _MOST_DIGITS:
        return None
    number = float(f"{whole}.{decimals}") if decimals else int(whole)
    return -number if found.negative and number else number


def cell_shape(printed: str) -> Shape | None:
    """The parts of the number that a printed cell holds, with or without emphasis and footnote marks."""
    return _cell_shape(printed) if len(printed) <= _LONGEST_MARKED else None


@lru_cache(maxsize=1 << 14)
def _cell_shape(printed: str) -> Shape | None:
    found = shape(printed)
    if found is None and ("<" in printed or "*" in printed or ")" in printed or "  " in printed):
        # Marks may stand around a number; what they part is not known to be one.
        whole = " ".join(printed.split())
        text = clean(printed)
        found = shape(text) if text in whole else None
    return found


def cell_number(printed: str, style: Style = NO_STYLE) -> float | None:
    """The number that a printed cell holds, or None.

    >>> cell_number("<b>− 1 200</b>"), cell_number("(350)"), cell_number("350-"), cell_number("8,1 %*")
    (-1200, -350, -350, 8.1)
    """
    found = cell_shape(printed)
    return None if found is None else value(found, style)


def is_number(printed: str) -> bool:
    """Whether a printed cell holds a number, whatever its value."""
    return cell_shape(printed) is not None


def is_missing(text: str) -> bool:
    """Whether the text says that there is no number (`N/A`)."""
    return len(text) < 4 and text.casefold() in _MISSING


def is_dash(text: str) -> bool:
    """Whether the text is nothing but dashes, which say that there is nothing."""
    return text[:1] in _SIGNS and not text.strip(SIGNS + " ")


def is_value(text: str) -> bool:
    """Whether clean cell text is a number, says that there is none, or stands for one that cannot be read."""
    return is_number(text) or is_missing(text) or is_dash(text) or text == LOST


def is_year(text: str) -> bool:
    """Whether clean cell text is a year.

    >>> is_year("2025"), is_year("2 025"), is_year("3025")
    (True, False, False)
    """
    return len(text) == 4 and text.isdecimal() and text[:2] in ("19", "20")
