"""Printed tables in, the unit of each of their rows out, from what the document prints; no unit is assumed."""

import re
from collections.abc import Sequence

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_tables.outline import PlacedTable
from kommunebudsjett.readers.party_tables.tables import Table
from kommunebudsjett.readers.unit_words import UNKNOWN, is_for_all, unit_of_label, unit_of_line

NOT_STATED = "no unit is stated for this amount"
NOT_UNDERSTOOD = "the unit that is stated for this amount is not understood, or two are stated"
# How many lines of text may be between a table and the line above it that states its unit.
_NEAR = 3
_ABOVE = re.compile(r"\b(?:tabell\w*|oversikt\w*|tall\w*|beløp\w*)\s+(?:over|ovenfor)\b", re.IGNORECASE)


class Units:
    """The units that a document states.

    Parameters
    ----------
    tables: its tables in order.
    lines: its lines.
    document: its entry, with what a person states for tables in which the document itself gives none.
    """

    def __init__(self, tables: Sequence[PlacedTable], lines: list[str], document: Document):
        spans = [_span(placed.table) for placed in tables]
        statements = {number: unit for number, line in enumerate(lines, 1) if (unit := unit_of_line(line.strip()))}
        everywhere = [unit for number, unit in statements.items() if is_for_all(lines[number - 1])]
        by_table = [document.units.get(f"x-{placed.table.header.line}") for placed in tables]
        self._others = [_one(everywhere) or stated or document.unit or None for stated in by_table]
        near: list[list[str]] = [[] for _ in tables]
        for number, unit in statements.items():
            place = _table_of(number, spans, lines)
            if place is not None:
                near[place].append(unit)
        self._tables = [
            [*units, *filter(None, [unit_of_label(placed.table.header.caption), _unit_of_heading(placed.above)])]
            for placed, units in zip(tables, near, strict=True)
        ]

    def of_rows(self, place: int, table: Table) -> list[str | None]:
        """The unit of each row of the table at `place`, None where none is stated."""
        found: list[str | None] = []
        of_table = list(self._tables[place])
        # From the last row up, since a sum row's unit holds for the rows that it sums, above it.
        for row in reversed(table.rows):
            if row.is_total and (unit := unit_of_label(row.label)):
                of_table.append(unit)
            own = None if row.is_total else unit_of_label(row.label) or unit_of_label(row.group)
            found.append(own or _one(of_table) or self._others[place])
        return found[::-1]


def _unit_of_heading(heading: str) -> str | None:
    """The unit in a heading; a line that does nothing but state a unit is bound by its place."""
    return None if unit_of_line(heading) else unit_of_label(heading)


def _one(units: Sequence[str]) -> str | None:
    """The unit that all of several statements give, `unknown` where they disagree."""
    return None if not units else units[0] if len(set(units)) == 1 else UNKNOWN


def _span(table: Table) -> tuple[int, int]:
    """The first and the last line of a table."""
    numbers = [line.number for row in table.rows for line in row.lines]
    numbers += [problem.line for problem in table.problems]
    return table.header.line, max([table.header.line, *numbers])


def _table_of(number: int, spans: list[tuple[int, int]], lines: list[str]) -> int | None:
    """The place of the table that a line states the unit of: the one that it is in, else one close to it.

    Right below a table and further from the next one, it belongs to the table above, and so it does if it says so.
    """
    for place, (first, last) in enumerate(spans):
        if first <= number <= last:
            return place
    above = max((place for place, (_, last) in enumerate(spans) if last < number), default=None)
    below = min((place for place, (first, _) in enumerate(spans) if first > number), default=None)
    to_below = _texts_between(number, spans[below][0], lines) if below is not None else None
    is_near = to_below is not None and to_below <= _NEAR
    if _ABOVE.search(lines[number - 1]):
        return above
    if above is not None and _texts_between(spans[above][1], number, lines) == 0:
        closer = below is None or number - spans[above][1] < spans[below][0] - number
        if closer or not is_near:
            return above
    return below if is_near else None


def _texts_between(first: int, last: int, lines: list[str]) -> int:
    """How many lines of text are printed between two lines."""
    return sum(bool(line.strip()) for line in lines[first : last - 1])
