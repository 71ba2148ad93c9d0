"""What the forms of tables have in common: rows of cells with their lines."""

import re
from typing import NamedTuple

CAPTION = re.compile(
    r"(?:(?:Tabell\s+)?(\d{1,2}(?:\.\d{1,2}){2,})(?!\d)|Tabell\s+([A-ZÆØÅ]{0,2}\d{1,3}(?:[.\-–]\d{1,3})*))(?:[.:]?\s+(.*)|[.:]?$)"
)
# What begins so is no label of a row: a heading, a list item, a footnote.
NO_LABEL = ("#", "- ", "– ", "• ", "* ", "\\*")

# Lines among the rows that are none: the number of a page, and what the amounts are counted in.
NO_ROW = re.compile(
    r"(?:side|s\.)?\s*\d{1,3}(?:\s*(?:av|/)\s*\d{1,3})?|https?://\S+|\([^()]*\)"
    r"|(?=.{0,60}(?:1[ .]?000|tusen|mill))(?:alle\s)?(?:tall|tal|beløp|hele|heile|i)\s.{0,60}",
    re.IGNORECASE,
)

# Dots between a heading and its page in the list of contents, or between a label and its values.
LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}")
# The labels of rows that close a table or a part of it: sums, and what is left at the end.
CLOSES = re.compile(
    r"(?:\d+\.?\s*)?(?:(?:slutt|del)?sum\b|totalt?\b|i alt\b|ny(?:e|tt)?\s(?:ramme|budsjett)\b|ub\b|utg[aå]ende\b)",
    re.IGNORECASE,
)


class Row(NamedTuple):
    """A printed table line: its cells without surrounding spaces.

    `problem` says why the row cannot be read; `lines` are all its lines where it has more than one.
    """

    line: int
    cells: list[str]
    problem: str = ""
    lines: tuple[int, ...] = ()


class Grid(NamedTuple):
    """A table that other signs than tabs mark: its rows, and the indexes of its first line and past its last.

    `header` is how many rows its header has, where that is known.
    """

    rows: list[Row]
    begin: int
    end: int
    header: int
