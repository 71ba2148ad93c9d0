"""Rows that can be split in several ways in; those that a total or a column of deviations leaves one way, out.

A sum that comes out to the last digit in every column, for one choice of ways and no other, is no chance.
"""

import re
from collections.abc import Collection, Iterator
from itertools import product
from math import prod

from kommunebudsjett.readers.model.numbers import cell_number, is_dash
from kommunebudsjett.readers.model.rows import CLOSES
from kommunebudsjett.readers.model.splitting import Split, Undecided

_DEVIATION = re.compile(r"avvik|endring|differanse|endr\.", re.IGNORECASE)
# A difference so large that comes out to the last digit is no chance.
_NO_CHANCE = 1000
# A table is no larger where sums are tried.
_MOST_CHOICES = 5000
_MOST_ROWS = 300
_MOST_COLUMNS = 12

Rows = list[Split | Undecided | None]


def settle(rows: Rows, names: tuple[str, ...]) -> Rows:
    """The rows of a table, those decided that sums decide, or else the rows around them.

    None stands for a label without numbers.
    """
    small = len(rows) <= _MOST_ROWS and len(names) <= _MOST_COLUMNS
    if small and any(isinstance(row, Undecided) and row.ways for row in rows):
        rows = _by_totals(_by_deviations(rows, names))
    return [_likely(row) for row in rows]


def _likely(row: Split | Undecided | None) -> Split | Undecided | None:
    """The row in its likely way, if it has one."""
    return (row.likely or row) if isinstance(row, Undecided) else row


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
    for total, row in enumerate(map(_likely, rows)):
        if isinstance(row, Split) and CLOSES.match(row.label):
            for addends in _addends(settled, total):
                _settle_addends(settled, addends, row)
    return settled


def _addends(rows: Rows, total: int) -> Iterator[list[int]]:
    """Which rows above a total it may sum: those of its part, and those of the table with its other parts as sums."""
    part: list[int] = []
    for at in range(total - 1, -1, -1):
        row = rows[at]
        if row is None or CLOSES.match(row.label):
            break
        part.insert(0, at)
    yield part
    table: list[int] = []
    for at in range(total):
        row = rows[at]
        if row is None:
            table.append(-1)
        elif CLOSES.match(row.label):
            while table and table[-1] >= 0:
                table.pop()
            table.append(at)
        else:
            table.append(at)
    yield [at for at in table if at >= 0]


def _settle_addends(rows: Rows, addends: list[int], total: Split) -> None:
    """Decide the rows of a sum where exactly one choice of their ways comes to the total in every column."""
    options = [_ways(row) for at in addends if (row := rows[at]) is not None]
    if not any(len(ways) > 1 for ways in options) or not all(options):
        return
    wanted = _numbers(total)
    found = []
    for choice in _choices(rows, addends, options):
        numbers = [_numbers(row) for row in choice]
        if wanted is not None and all(numbers) and _sums(numbers, wanted):
            found.append(choice)
    for at, chosen in zip(addends, zip(*found, strict=True), strict=False):
        row = rows[at]
        if len(found) == 1:
            rows[at] = chosen[0]
        elif isinstance(row, Undecided) and row.likely and len(set(chosen)) > 1:
            rows[at] = row._replace(likely=None, reason="the total fits several ways to read the row")


def _choices(rows: Rows, addends: list[int], options: list[tuple[Split, ...]]) -> Iterator[tuple[Split, ...]]:
    """All choices of ways; where there are too many, the likely ways and those with one row in another way."""
    if prod(map(len, options)) <= _MOST_CHOICES:
        yield from product(*options)
        return
    likely = tuple(row for at in addends if isinstance(row := _likely(rows[at]), Split))
    if len(likely) < len(addends) or sum(map(len, options)) * len(addends) > _MOST_CHOICES:
        return
    yield likely
    for place, ways in enumerate(options):
        for way in ways:
            if way != likely[place]:
                yield (*likely[:place], way, *likely[place + 1 :])


def _sums(numbers: list[tuple[float, ...] | None], wanted: tuple[float, ...]) -> bool:
    columns = zip(*(row for row in numbers if row is not None), strict=True)
    return all(abs(sum(column) - total) < 1e-6 for column, total in zip(columns, wanted, strict=True))


# Deviations.


def _by_deviations(rows: Rows, names: tuple[str, ...]) -> Rows:
    """Decide rows by the difference between columns that the other rows show, or that all rows can have."""
    columns = [column for column, name in enumerate(names) if _DEVIATION.search(name)]
    known = [row for row in rows if isinstance(row, Split) and any(cell.strip("0-") for cell in row.cells)]
    ways = {at: _ways(row) for at, row in enumerate(rows) if isinstance(row, Undecided) and _ways(row)}
    fitting: dict[int, list[Split]] = {at: [] for at in ways}
    for deviation in columns:
        for left, right in product(range(len(names)), repeat=2):
            if left == right or deviation in (left, right):
                continue
            if not all(_differs(row, deviation, left, right) for row in known):
                continue
            found = {at: [way for way in ways[at] if _differs(way, deviation, left, right)] for at in ways}
            if known or (all(found.values()) and _is_no_chance(found.values(), deviation)):
                for at in ways:
                    fitting[at] += found[at]
    single = {at: found[0] for at, found in fitting.items() if len(set(found)) == 1}
    return [single.get(at, row) for at, row in enumerate(rows)]


def _is_no_chance(found: Collection[list[Split]], deviation: int) -> bool:
    """Whether several rows have the deviation that their columns give, or one row a deviation of many digits."""
    return len(found) > 1 or any(
        abs(numbers[deviation]) >= _NO_CHANCE for ways in found for row in ways if (numbers := _numbers(row))
    )


def _differs(row: Split, deviation: int, left: int, right: int) -> bool:
    """Whether a cell of a row is the difference between two others."""
    numbers = _numbers(row)
    return numbers is not None and abs(numbers[left] - numbers[right] - numbers[deviation]) < 1e-6
