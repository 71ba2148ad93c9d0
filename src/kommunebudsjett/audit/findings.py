"""A finding, how its two sentences are written, and what counts as rounding."""

import math
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any, NamedTuple

from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.storage import format_number

# Differences of binary fractions are no differences.
EPSILON = 1e-6
NO_BREAK = "\u00a0"
# The values of a sentence that name columns.
_COLUMNS = ("column", "parts", "part_column", "whole_column")


class Finding(NamedTuple):
    """An inconsistency in a source (a row of the table `findings`); `difference` is stated less computed.

    `severity` is `error` where the source is wrong in substance, `doubt` where it may be, `slip` for a slip of the pen
    (spelling, numbers of captions, the last decimal), `note` for what a reader should know and nothing is wrong with.
    """

    document: str
    check: str
    severity: str
    table: str
    lines: str
    description_nb: str
    description_en: str
    stated: float | None
    computed: float | None
    difference: float | None


def finding(
    document: str, check: str, severity: str, lines: Iterable[int], norwegian: str, english: str,
    stated: float | None = None, computed: float | None = None, table: str = "", where: tuple[str, str] | None = None,
    **values: Any,
) -> Finding:  # fmt: skip
    """A finding whose two sentences are filled with `stated`, `computed`, `values` and what the table is called.

    A table is called by its number, or as `where` (its caption and chapter) says; a sentence begins with a capital.
    """
    where_nb, where_en = place(table, *(where or ("", ""))) if table else ("", "")
    said = both(
        norwegian, english, stated=stated, computed=computed, where_nb=where_nb, where_en=where_en,
        **values,
    )  # fmt: skip
    difference = None if stated is None or computed is None else round(stated - computed, 9)
    descriptions = (capital(said[0]), capital(said[1]))
    return Finding(
        document, check, severity, table, join_lines(lines), *descriptions, stated, computed, difference
    )  # fmt: skip


def decimals(raw: str) -> int:
    """The number of decimals that a number is printed with.

    >>> decimals("<b>-1 257,50</b>"), decimals("8,1%"), decimals("12")
    (2, 1, 0)
    """
    return sum(1 for _ in takewhile(str.isdigit, raw.partition(",")[2]))


def last_place(raw: str) -> float:
    """The unit of the last printed digit of a number."""
    return 10.0 ** -decimals(raw)


def slack(raws: Iterable[str]) -> float:
    """How far numbers together can be from what they were before each was rounded to its last printed digit."""
    return sum(map(last_place, raws)) / 2 + EPSILON


def nb(value: float) -> str:
    """A number as a Norwegian sentence writes it."""
    return _grouped(value).replace(".", "d").replace(",", NO_BREAK).replace("d", ",")


def en(value: float) -> str:
    """A number as an English sentence writes it."""
    return _grouped(value)


def _grouped(value: float) -> str:
    text = format_number(abs(value))
    whole, point, rest = text.partition(".")
    return ("\u2212" if value < 0 and text != "0" else "") + f"{int(whole):,}" + point + rest


def both(norwegian: str, english: str, **values: object) -> tuple[str, str]:
    """The two sentences of a finding, each with the numbers among `values` in the format of its language."""
    return (
        norwegian.format(**{name: _written(name, value, nb) for name, value in values.items()}),
        english.format(**{name: _written(name, value, en) for name, value in values.items()}),
    )


def _written(name: str, value: object, number: Callable[[float], str]) -> object:
    if name in _COLUMNS:
        # A column below a header that spans several, as people say it.
        return str(value).replace(" | ", ", ")
    return number(value) if isinstance(value, int | float) else value


def place(table: str, caption: str, section: str = "") -> tuple[str, str]:
    """What a sentence calls a table, in both languages: its printed number, else its caption, else its line.

    With the chapter that it stands in, where that is given: a caption can be printed in two.
    """
    if not table.startswith("x-"):
        return f"tabell {table}", f"table {table}"
    if caption:
        chapter = (f" (i «{section}»)", f" (in “{section}”)") if section not in ("", caption) else ("", "")
        return f"tabellen «{caption}»{chapter[0]}", f"the table “{caption}”{chapter[1]}"
    line = table.removeprefix("x-")
    return f"tabellen på linje {line}", f"the table on line {line}"


def capital(text: str) -> str:
    """A text with a capital first letter."""
    return text[:1].upper() + text[1:]


def rounding(count: int, unit: float) -> tuple[float, float]:
    """How far a sum of `count` rounded numbers can, and how far it can hardly be, from the rounded sum.

    The first bound is that of the worst case; the second is four standard deviations, where that is less.
    """
    worst = unit / 2 * (count + 1)
    return worst + EPSILON, min(worst, 4 * unit * math.sqrt((count + 1) / 12)) + EPSILON
