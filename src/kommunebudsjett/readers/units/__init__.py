"""Which unit the amounts of each printed table are in: the tables and the lines around them in, evidence out.

A unit comes from words that say it, and the line of those words is kept. What is nearest wins: a mark in the cell, the
head of the column, the label of the row, the table's own caption, lines right above and below it and its sum rows,
another table with the same figures, a sentence that states one of the amounts with its unit, a line further up, what
a person has written in documents.yml. Where nothing says it, or two disagree, the unit is `unknown`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kommunebudsjett.readers.model.tables import Table
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.readers.unit_words import UNKNOWN
from kommunebudsjett.readers.units.figures import bind_same_figures
from kommunebudsjett.readers.units.names import holds_money
from kommunebudsjett.readers.units.prose import bind_prose
from kommunebudsjett.readers.units.statements import bind_statements
from kommunebudsjett.readers.units.tables import TableUnits, Unit

__all__ = ["TableUnits", "bind", "holds_money", "without_unit"]


def bind(lines: Sequence[str], tables: Sequence[Table], stated: Mapping[str, str], document: str) -> list[TableUnits]:
    """The units of each table.

    `stated` are the units that a person gives tables by their name, `document` the one given for the whole document
    ("" for none): both count only where the document says nothing.
    """
    bound = [TableUnits(table) for table in tables]
    everywhere = bind_statements(lines, bound)
    for units in bound:
        units.take_own_words()
        units.take_from_around()
    bind_same_figures(bound)
    bind_prose(lines, bound)
    for units in bound:
        if units.carried is not None:
            units.take(units.carried, money_only=True)
        if units.money and len({unit.name for unit in everywhere}) == 1:
            units.take(everywhere[0], money_only=True)
        by_person = stated.get(units.table.number) or (document if units.money else "")
        if by_person:
            units.take(Unit(by_person, None, "documents.yml"), money_only=units.table.number not in stated)
    return bound


def without_unit(cells: Iterable[Cell]) -> dict[str, int]:
    """The tables with amounts of which nothing says the unit, and how many each has."""
    return Counter(cell.table for cell in cells if cell.unit == UNKNOWN and cell.raw and holds_money(cell.column))
