"""Rows that can be split in several ways in; those that a total or a column of deviations leaves one way, out.

A sum that comes out to the last digit in every column, for one choice of ways and no other, is no chance.
"""

import re
from collections.abc import Iterator
from itertools import product
from math import prod

from kommunebudsjett.readers.model.numbers import cell_number, is_dash
from kommunebudsjett.readers.model.splitting import Split, Undecided

_CLOSES = re.compile(
    r"(?:\d+\.?\s*)?(?:(?:slutt|del)?sum\b|totalt?\b|i alt\b|ny(?:e|tt)?\s(?:ramme|budsjett)\b|ub\b|utg[aå]ende\b)",
    re.IGNORECASE,
)
_DEVIATION = re.compile(r"avvik|endring|differanse|endr\.", re.IGNORECASE)
# A table is no larger where sums are tried.
_MOST_CHOICES = 5000
_MOST_ROWS = 300
_MOST_COLUMNS = 12

Rows = list[Split | Undecided | None]


def settle(rows: Rows, names: tuple[str, ...]) -> Rows:
    """The rows of a table, those decided that sums decide. None stands for a label without numbers."""
    if len(rows) > _MOST_ROWS or len(names) > _MOST_COLUMNS:
        return rows
    if not any(isinstance(row, Undecided) and row.ways for row in rows):
        return rows
    return _by_totals(_by_deviations(rows, names))


def _numbers(row: Split) -> tuple[float, ...] | None:
    """The numbers of a row, blank cells as zero; None where one cannot be read."""
    found = [0 if not cell or is_dash(cell) else cell_number(cell) for cell in row.cells]
    return None if None in found else tuple(number for number in found if number is not None)


def _ways(row: Split | Undecided) -> tuple[Split, ...]:
    """The ways that a row may be read in, where all of them are known."""
    return (row,) if isinstance(row, Split) else row.ways


# Totals.


def _by_totals(rows: Rows) -> Rows:
    settled = list(rows)
    for total, row in enumerate(rows):
        if isinstance(row, Split) and _CLOSES.match(row.label):
            for addends in _addends(settled, total):
                _settle_addends(settled, addends, row)
    return settled


def _addends(rows: Rows, total: int) -> Iterator[list[int]]:
    """Which rows above a total it may sum: those of its part, and those of the table with its other parts as sums."""
    part: list[int] = []
    for at in range(total - 1, -1, -1):
        row = rows[at]
        if row is None or _CLOSES.match(row.label):
            break
        part.insert(0, at)
    yield part
    table: list[int] = []
    for at in range(total):
        row = rows[at]
        if row is None:
            table.append(-1)
        elif _CLOSES.match(row.label):
            while table and table[-1] >= 0:
                table.pop()
            table.append(at)
        else:
            table.append(at)
    yield [at for at in table if at >= 0]


def _settle_addends(rows: Rows, addends: list[int], total: Split) -> None:
    """Decide the rows of a sum where exactly one choice of their ways comes to the total in every column."""
    options = [_ways(row) for at in addends if (row := rows[at]) is not None]
    if not any(len(ways) > 1 for ways in options) or not 0 < prod(map(len, options)) <= _MOST_CHOICES:
        return
    wanted = _numbers(total)
    found = []
    for choice in product(*options):
        numbers = [_numbers(row) for row in choice]
        if wanted is not None and all(numbers) and _sums(numbers, wanted):
            found.append(choice)
    if len(found) == 1:
        for at, row in zip(addends, found[0], strict=True):
            rows[at] = row


def _sums(numbers: list[tuple[float, ...] | None], wanted: tuple[float, ...]) -> bool:
    columns = zip(*(row for row in numbers if row is not None), strict=True)
    return all(abs(sum(column) - total) < 1e-6 for column, total in zip(columns, wanted, strict=True))


# Deviations.


def _by_deviations(rows: Rows, names: tuple[str, ...]) -> Rows:
    """Decide rows by the one difference between columns that the other rows show, or that all rows can have."""
    columns = [column for column, name in enumerate(names) if _DEVIATION.search(name)]
    known = [row for row in rows if isinstance(row, Split) and any(cell.strip("0-") for cell in row.cells)]
    open_rows = [at for at, row in enumerate(rows) if isinstance(row, Undecided) and _ways(row)]
    found: dict[int, Split] = {}
    relations = 0
    for deviation in columns:
        for left, right in product(range(len(names)), repeat=2):
            if left == right or deviation in (left, right):
                continue
            if not all(_differs(row, deviation, left, right) for row in known):
                continue
            fitting = {
                at: [way for way in _ways_at(rows, at) if _differs(way, deviation, left, right)] for at in open_rows
            }
            single = {at: ways[0] for at, ways in fitting.items() if len(ways) == 1}
            if single and (known or len(single) == len(open_rows) > 1):
                relations += 1
                found = single
    if relations != 1:
        return rows
    return [found.get(at, row) for at, row in enumerate(rows)]


def _ways_at(rows: Rows, at: int) -> tuple[Split, ...]:
    row = rows[at]
    return () if row is None else _ways(row)


def _differs(row: Split, deviation: int, left: int, right: int) -> bool:
    """Whether a cell of a row is the difference between two others."""
    numbers = _numbers(row)
    return numbers is not None and abs(numbers[left] - numbers[right] - numbers[deviation]) < 1e-6
