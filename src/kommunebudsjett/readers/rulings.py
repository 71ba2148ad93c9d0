"""What a reader made of a document and what people have ruled about it in; the same records, corrected, out."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from kommunebudsjett.core.registry import MoneyUnit
from kommunebudsjett.core.rulings import Ruling, misfit
from kommunebudsjett.readers.records import Cell, Records
from kommunebudsjett.readers.text import parse_number

# What the amount of a measure may be.
ROLES = ("change", "part", "period_total")
# A ruling on the unit of a whole table stands on its header: so many lines at most above its first value.
_HEADER = 10


def apply_rulings(records: Records, lines: Sequence[str], rulings: Sequence[Ruling], path: Path) -> None:
    """Correct the records as people have ruled; what was ruled has their name in `read_by`.

    `rulings` are those of this document, from the file at `path`. Raises UserError for a ruling that its line does not
    fit: a line or a column that is not there, a value that is not printed there, a unit or a sign that is none.
    """
    for ruling in rulings:
        if ruling.line > len(lines):
            raise misfit(path, ruling, f"the document has {len(lines)} lines")
        if ruling.what == "value":
            _value(records, lines[ruling.line - 1], ruling, path)
        elif ruling.what == "unit":
            _unit(records, ruling, path)
        elif ruling.what in ("sign", "role"):
            _of_measures(records, ruling, path)


def _value(records: Records, text: str, ruling: Ruling, path: Path) -> None:
    """Put a value into a cell, or make the cell that an unread number should have been."""
    value = parse_number(ruling.ruling)
    if value is None:
        raise misfit(path, ruling, f"{ruling.ruling!r} is no number")
    if _digits(ruling.ruling) not in _digits(text):
        raise misfit(path, ruling, f"{ruling.ruling} is not printed there")
    found = [
        place for place, cell in enumerate(records.cells) if cell.line == ruling.line and cell.column == ruling.column
    ]
    if len(found) > 1:
        raise misfit(path, ruling, f"there are {len(found)} cells in the column {ruling.column!r}")
    if found:
        records.cells[found[0]] = records.cells[found[0]]._replace(value=value, read_by=ruling.by)
        return
    place, like = _neighbour(records, ruling, path)
    label = re.split(r"[\t|;]|\s{2,}|(?<=\s)[-+−–(]?\d", text.strip().lstrip("|").strip(), maxsplit=1)[0].strip()
    cell = like._replace(row=label, value=value, raw=ruling.ruling, is_total=0, line=ruling.line, read_by=ruling.by)
    records.cells.insert(place + 1, cell)
    records.numbers_read += 1
    _take_off_unread(records, ruling)


def _neighbour(records: Records, ruling: Ruling, path: Path) -> tuple[int, Cell]:
    """The nearest cell above in the column that is ruled about, or the first below, with its place."""
    near = [(place, cell) for place, cell in enumerate(records.cells) if cell.column == ruling.column]
    if not any(unread.line == ruling.line for unread in records.unread) or not near:
        raise misfit(path, ruling, f"it has no unread number and no cell in the column {ruling.column!r}")
    return min(near, key=lambda item: (abs(item[1].line - ruling.line), item[1].line > ruling.line))


def _take_off_unread(records: Records, ruling: Ruling) -> None:
    """Take the number off the list of unread ones, where it may be listed in pieces."""
    places = [place for place, unread in enumerate(records.unread) if unread.line == ruling.line]
    for first in range(len(places)):
        for last in range(first + 1, len(places) + 1):
            run = places[first:last]
            if "".join(_digits(records.unread[place].raw) for place in run) == _digits(ruling.ruling):
                records.unread[:] = [unread for place, unread in enumerate(records.unread) if place not in run]
                return


def _unit(records: Records, ruling: Ruling, path: Path) -> None:
    """Give a row, or the table under the line, a unit of money; in one column or in all."""
    if ruling.ruling not in get_args(MoneyUnit):
        raise misfit(path, ruling, f"{ruling.ruling!r} is none of {', '.join(get_args(MoneyUnit))}")
    table = _table_at(records, ruling.line)
    found = [
        place
        for place, cell in enumerate(records.cells)
        if (cell.line == ruling.line or cell.table == table) and ruling.column in ("", cell.column)
    ]
    if not found:
        raise misfit(path, ruling, "no table has values there or begins there")
    for place in found:
        cell = records.cells[place]
        records.cells[place] = cell._replace(unit=ruling.ruling, unit_line=None, read_by=ruling.by)


def _table_at(records: Records, line: int) -> str | None:
    """The table whose header is on a line: it has no values there, and the first of its own soon below."""
    first: dict[str, int] = {}
    for cell in records.cells:
        first[cell.table] = min(cell.line, first.get(cell.table, cell.line))
    below = min((start for start in first.values() if line < start <= line + _HEADER), default=None)
    if below is None or any(cell.line == line for cell in records.cells):
        return None
    return Counter(table for table, start in first.items() if start == below).most_common(1)[0][0]


def _of_measures(records: Records, ruling: Ruling, path: Path) -> None:
    """Give the amounts of a measure the sign that is ruled (+ for spending, - for what pays), or their role."""
    allowed = ("+", "-") if ruling.what == "sign" else ROLES
    if ruling.ruling not in allowed:
        raise misfit(path, ruling, f"a {ruling.what} is {', '.join(allowed[:-1])} or {allowed[-1]}")
    found = [
        place
        for place, measure in enumerate(records.measures)
        if measure.line == ruling.line and measure.amount_mnok is not None and ruling.column in ("", str(measure.year))
    ]
    if not found:
        raise misfit(path, ruling, "no measure has an amount there")
    for place in found:
        measure = records.measures[place]
        if ruling.what == "role":
            changed = measure._replace(role=ruling.ruling)
        else:
            amount = abs(measure.amount_mnok or 0.0)
            changed = measure._replace(amount_mnok=-amount if ruling.ruling == "-" else amount)
        records.measures[place] = changed._replace(read_by=ruling.by)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
