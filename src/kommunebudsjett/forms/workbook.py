"""What a sheet shows, whatever program wrote it: its seen cells by place, and what nobody sees.

Rows and columns count from 1, as a program shows them (column 3 is C). Hidden ones are gone: `Sheet` counts what is
seen by itself, so that a row stands beside the next one that is seen.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from kommunebudsjett.forms.problem import ProblemError

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
# More cells with something in them than any budget has, and than time and memory are there for.
MOST_CELLS = 200_000
MOST_SHEETS = 500
MOST_SPANS = 20_000
NO_VALUE = "the formula has no stored value: open the file in Excel or LibreOffice, and save it"
INVISIBLE = "its colour is that of the cell"
STRUCK = "it is struck out"
_PLAIN_NAME = re.compile(r"[^\W\d]\w*")


class Place(NamedTuple):
    """The row and the column of a cell."""

    row: int
    column: int

    def __str__(self) -> str:
        return f"{letters(self.column)}{self.row}"


class Span(NamedTuple):
    """The first and the last cell of a merged range."""

    first: Place
    last: Place


class Seen(NamedTuple):
    """A cell that is seen: what it shows, how it is set, and the year that its number may be (0: none)."""

    text: str
    bold: bool = False
    size: float = 0.0
    year: int = 0


class LeftOutCell(NamedTuple):
    """What a cell holds and nobody can read from the sheet: the characters, and the reason with the cell in it."""

    place: Place
    raw: str
    reason: str


@dataclass
class Sheet:
    """A sheet without its hidden rows and columns.

    `cells` and `spans` are by their places among the rows and columns that are seen; `rows` and `columns` give those
    their numbers in the file.
    """

    name: str
    cells: dict[Place, Seen] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)
    columns: dict[int, int] = field(default_factory=dict)
    left_out: list[LeftOutCell] = field(default_factory=list)

    def place(self, row: int, first: int, last: int, last_row: int = 0) -> str:
        """Where one or more rows of cells stand, as a program shows it: `Ark1!A12:F12`, or one cell of it.

        What has no name is no sheet but a file of text, whose lines count.
        """
        if not self.name:
            return f"linje {self.rows[row]}"
        begin = Place(self.rows[row], self.columns[first])
        end = Place(self.rows[last_row or row], self.columns[last])
        cells = str(begin) if begin == end else f"{begin}:{end}"
        return f"{quoted(self.name)}!{cells}"


class Workbook(NamedTuple):
    """The sheets that are seen, in their order, and sentences on what else the workbook holds."""

    sheets: list[Sheet]
    remarks: list[str]
    left_out: list[LeftOutCell]

    def add(self, sheet: Sheet, hidden: str) -> None:
        """Add a sheet; one that is `hidden`, or very hidden, is left out and listed."""
        if not hidden:
            self.sheets.append(sheet)
            return
        self.remarks.append(f"the sheet {sheet.name} is hidden, and was not read")
        rows: dict[int, list[tuple[Place, str]]] = {}
        for place, cell in sheet.cells.items():
            at = Place(sheet.rows[place.row], sheet.columns[place.column])
            rows.setdefault(at.row, []).append((at, cell.text))
        self.left_out.extend(rows_left_out(rows.values(), sheet.name, f"the sheet is {hidden}"))
        self.left_out.extend(sheet.left_out)

    def say_without_value(self, formulas: int) -> None:
        """Remark how many formulas have no stored value, if any has none."""
        if formulas:
            self.remarks.append(
                f"{formulas} formulas have no stored value: open the file in Excel or LibreOffice, and save it"
            )


def too_large() -> ProblemError:
    """What is wrong with a workbook of more cells than are read."""
    return ProblemError(
        f"the workbook has more than {MOST_CELLS} cells", "keep the sheets of the budget, and save them apart"
    )


def quoted(name: str) -> str:
    """The name of a sheet as formulas have it."""
    return name if _PLAIN_NAME.fullmatch(name) else "'" + name.replace("'", "''") + "'"


def letters(column: int) -> str:
    """The letters of a column.

    >>> letters(3), letters(28)
    ('C', 'AB')
    """
    out = ""
    while column:
        column, place = divmod(column - 1, 26)
        out = chr(ord("A") + place) + out
    return out


def place_of(reference: str) -> Place | None:
    """The place that a reference names (`$C$12`); None for no reference within the bounds of a sheet."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return Place(row, column) if 0 < row <= MOST_ROWS and column <= MOST_COLUMNS else None


class Hidden:
    """Runs of hidden rows or columns."""

    def __init__(self, runs: Iterable[tuple[int, int]]):
        self._runs: list[tuple[int, int]] = []
        for first, last in sorted(runs):
            if self._runs and first <= self._runs[-1][1] + 1:
                self._runs[-1] = (self._runs[-1][0], max(last, self._runs[-1][1]))
            else:
                self._runs.append((first, last))
        self._starts = [first for first, _ in self._runs]
        self._before = [0]
        for first, last in self._runs:
            self._before.append(self._before[-1] + last - first + 1)

    def __contains__(self, number: int) -> bool:
        at = bisect_right(self._starts, number)
        return bool(at) and number <= self._runs[at - 1][1]

    def seen(self, number: int) -> int:
        """The place among those that are seen; that of the next one for one that is hidden."""
        at = bisect_right(self._starts, number)
        if number in self:
            return self._starts[at - 1] - self._before[at - 1]
        return number - self._before[at]


def seen_sheet(
    name: str,
    cells: dict[Place, Seen],
    spans: Iterable[Span],
    left_out: list[LeftOutCell],
    hidden_rows: Hidden,
    hidden_columns: Hidden,
) -> Sheet:
    """The sheet without hidden rows and columns, whose cells are left out and listed."""
    sheet = Sheet(name, left_out=left_out)
    spans = list(spans)
    _move_out_of_hidden(cells, spans, hidden_rows, hidden_columns)
    gone: dict[int, list[tuple[Place, str]]] = {}
    for place, cell in cells.items():
        if place.row in hidden_rows:
            gone.setdefault(place.row, []).append((place, cell.text))
        elif place.column in hidden_columns:
            left_out.append(LeftOutCell(place, cell.text, f"the column is hidden ({quoted(name)}!{place})"))
        else:
            at = Place(hidden_rows.seen(place.row), hidden_columns.seen(place.column))
            sheet.cells[at] = cell
            sheet.rows[at.row], sheet.columns[at.column] = place
    left_out.extend(rows_left_out(gone.values(), name, "the row is hidden"))
    for first, last in spans:
        seen = Span(
            Place(hidden_rows.seen(first.row), hidden_columns.seen(first.column)),
            Place(_last(hidden_rows, last.row), _last(hidden_columns, last.column)),
        )
        if seen.first in sheet.cells and seen.last >= seen.first and seen.first != seen.last:
            sheet.spans.append(seen)
    return sheet


def rows_left_out(rows: Iterable[list[tuple[Place, str]]], name: str, reason: str) -> list[LeftOutCell]:
    """Rows of cells that nobody sees, each as one, of the sheet of this name."""
    found = []
    for row in rows:
        first, last = row[0][0], row[-1][0]
        cells = str(first) if first == last else f"{first}:{last}"
        found.append(LeftOutCell(first, " | ".join(text for _, text in row), f"{reason} ({quoted(name)}!{cells})"))
    return found


def _last(hidden: Hidden, number: int) -> int:
    """The place of the last one that is seen, up to this number."""
    return hidden.seen(number) - (number in hidden)


def _move_out_of_hidden(cells: dict[Place, Seen], spans: list[Span], rows: Hidden, columns: Hidden) -> None:
    """Give a merged cell whose first row or column is hidden its first place that is seen: its text is seen there."""
    for at, (first, last) in enumerate(spans):
        if first not in cells or (first.row not in rows and first.column not in columns):
            continue
        row = next((row for row in range(first.row, last.row + 1) if row not in rows), 0)
        column = next((column for column in range(first.column, last.column + 1) if column not in columns), 0)
        if row and column:
            cells[Place(row, column)] = cells.pop(first)
            spans[at] = Span(Place(row, column), last)
