"""A printed table in; what its own words say of the units of its values out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kommunebudsjett.readers.model.tables import Table, TableRow, Value
from kommunebudsjett.readers.unit_words import UNKNOWN
from kommunebudsjett.readers.units.names import (
    KRONER,
    holds_money,
    is_plainly,
    is_price,
    leaves,
    says_kroner,
    speaks_of_money,
    unit_in_words,
    unit_of,
)


class Unit(NamedTuple):
    """A unit, the line of the words that say it (None where no words do) and where those stand."""

    name: str
    line: int | None
    found: str


# Words name a unit; where a name is only of some kind of figure, words count more.
WORDS, KIND = "words", "kind"
# A sum that has the unit of the rows that it sums.
SUMMED = "rows above"
NOT_STATED = Unit(UNKNOWN, None, "")
# 350' is 350 thousand kroner, and 2 430' 2.43 million.
_THOUSANDS_MARK = re.compile(r"\d\s?['’´`](?!\d)")
_YEAR_COLUMN = re.compile(r"\D{0,12}(?:19|20)\d\d\D{0,12}")
_YEAR = re.compile(r"(?:19|20)\d\d")


class TableUnits:
    """The units of one table: its own, and that of each value."""

    def __init__(self, table: Table):
        self.table = table
        self.own = NOT_STATED
        # What lines above and below the table say, and its sum rows.
        self.around: list[Unit] = []
        # What a line further up says, beyond a table that it is about.
        self.carried: Unit | None = None
        self.names = {column.place: column.name for column in table.columns}
        self._columns = {place: _of_column(name, table.header_lines) for place, name in self.names.items()}
        self.labels = list(_label_units(table.rows))
        self._others = _other_columns(table)
        self.money = _money_columns(table, self._columns, self.labels) - self._others
        # Set where the evidence is about money alone: columns of other figures do not have the unit.
        self.only: frozenset[int] | None = None

    def values(self) -> Iterator[tuple[TableRow, Value, Unit]]:
        """Each value with its row and its unit."""
        for row, label in zip(self.table.rows, self.labels, strict=True):
            for value in row.values:
                yield row, value, self.of(row, label, value)

    def of(self, row: TableRow, label: Unit | None, value: Value) -> Unit:
        """The unit of a value; `label` is the one that its row's label gives."""
        if "%" in value.raw:
            return Unit("percent", value.line, "cell")
        if _THOUSANDS_MARK.search(value.raw):
            return Unit("tnok", value.line, "cell")
        if says_kroner(value.raw):
            return Unit("nok", value.line, "cell") if self.own.name in ("nok", UNKNOWN) else NOT_STATED
        name = self.names[value.column]
        named = [(unit, text) for unit, text in ((self._columns[value.column], name), (label, row.label)) if unit]
        # Words for a unit count more than a name that is of one kind of figure.
        named.sort(key=lambda pair: pair[0].found != WORDS)
        for unit, text in named:
            among_money = self.own.name in KRONER and unit.name not in (*KRONER, UNKNOWN)
            if among_money and unit.found != SUMMED and not is_plainly(text):
                continue
            return self._settled(unit, row.label, name)
        if value.column in self._others or (self.only is not None and value.column not in self.only):
            return NOT_STATED
        return NOT_STATED if any(map(leaves, (row.label, name, row.group))) else self.own

    def _settled(self, unit: Unit, *texts: str) -> Unit:
        """A unit that a name gives by its kind alone (as spending per head), unless its table says otherwise."""
        if unit.name != "nok" or self.own.name not in KRONER or self.own.name == "nok" or any(map(says_kroner, texts)):
            return unit
        return NOT_STATED

    def take(self, unit: Unit, money_only: bool = False) -> None:
        """Give the table a unit where it has none yet."""
        if self.own is NOT_STATED:
            self.own = unit
            self.only = self.money if money_only else None

    def heads(self) -> Iterator[tuple[int, str]]:
        """The texts that are about the whole table, the nearest first, each with its line."""
        table = self.table
        yield table.remark_line, table.remark
        if table.header_lines:
            yield table.header_lines[0], table.label_header
        yield table.caption_line, table.caption

    def take_own_words(self) -> None:
        """Give the table the unit that its caption, the line under it or the head of its labels names."""
        said = [Unit(name, line, "caption") for line, text in self.heads() if (name := unit_of(text)) is not None]
        if len({unit.name for unit in said if unit.name in KRONER}) > 1:
            said = [Unit(UNKNOWN, said[0].line, "two that disagree")]
        for unit in said[:1]:
            self.take(unit)

    def take_from_around(self) -> None:
        """Give the table the unit that lines around it and its sum rows name; unknown where they disagree."""
        total = _of_total(self.table)
        said = [*self.around, *([total] if total else [])]
        if said:
            names = {unit.name for unit in said}
            self.take(said[0] if len(names) == 1 else Unit(UNKNOWN, said[0].line, "two that disagree"))

    def is_of_prices(self) -> bool:
        """Whether the table is about what single things cost."""
        return (
            any(is_price(text) for _, text in self.heads()) or sum(is_price(row.label) for row in self.table.rows) > 1
        )


def _of_column(name: str, header_lines: Sequence[int]) -> Unit | None:
    unit = unit_of(name)
    if unit is None:
        return None
    parts = name.split(" | ")
    place = next((place for place, part in enumerate(parts) if unit_of(part) == unit), 0)
    return Unit(unit, header_lines[min(place, len(header_lines) - 1)], _found(name))


def _found(text: str) -> str:
    return WORDS if unit_in_words(text) is not None else KIND


def _label_units(rows: Sequence[TableRow]) -> Iterator[Unit | None]:
    """The unit that each row's label or group gives; a sum has that of the rows above, where they have one."""
    summed: list[Unit | None] = []
    for row in rows:
        unit = unit_of(row.label)
        own = Unit(unit, row.lines[0], _found(row.label)) if unit is not None else _of_group(row)
        if row.is_total:
            if own is None and summed and len({unit and unit.name for unit in summed}) == 1:
                own = summed[0] and summed[0]._replace(found=SUMMED)
            summed = []
        else:
            summed.append(own)
        yield own


def _of_group(row: TableRow) -> Unit | None:
    unit = unit_in_words(row.group) if row.group else None
    return None if unit is None else Unit(unit, row.lines[0], WORDS)


def _other_columns(table: Table) -> frozenset[int]:
    """The columns that hold years or another kind of figure by their name."""
    found = set()
    for column in table.columns:
        raws = [value.raw for row in table.rows for value in row.values if value.column == column.place]
        years = len(raws) > 1 and all(map(_YEAR.fullmatch, raws)) and len(set(raws)) > 1
        if leaves(column.name) or (years and not holds_money(column.name)):
            found.add(column.place)
    return frozenset(found)


def _money_columns(table: Table, columns: Mapping[int, Unit | None], labels: Sequence[Unit | None]) -> frozenset[int]:
    """The columns that hold money by their name; or all that are years, where most rows speak of money."""
    free = {
        column.place: column.name
        for column in table.columns
        if (unit := columns[column.place]) is None or unit.name in {*KRONER, UNKNOWN}
    }
    named = frozenset(place for place, name in free.items() if holds_money(name))
    if named:
        return named
    speaks = [
        speaks_of_money(row.label)
        for row, unit in zip(table.rows, labels, strict=True)
        if unit is None or unit.name in KRONER
    ]
    if not speaks or 2 * sum(speaks) < len(speaks):
        return frozenset()
    return frozenset(place for place, name in free.items() if _YEAR_COLUMN.fullmatch(name))


def _of_total(table: Table) -> Unit | None:
    """The unit in the labels of the rows that sum the table: it holds for the rows that are summed.

    One sum among others may be the same amount once more, in another unit.
    """
    totals = [row for row in table.rows if row.is_total and not leaves(row.label)]
    units = {unit_in_words(row.label) for row in totals}
    if len(units) != 1 or not units & set(KRONER):
        return None
    return Unit(units.pop() or UNKNOWN, totals[0].lines[0], "sum row")
