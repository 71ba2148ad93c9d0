"""Which unit the amounts of each printed table are in: the tables and the lines around them in, evidence out.

A unit comes from words that say it, and the line of those words is kept. What is nearest wins: a mark in the cell, the
head of the column, the label of the row, the table's own caption, a line above or below the table, the label of a sum,
another table with the same figures, a sentence that states one of the amounts with its unit, what a person has written
in documents.yml. Where nothing says it, the unit is `unknown`.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kommunebudsjett.readers.model.tables import Table, TableRow, Value
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.readers.text import NUMBER, parse_number
from kommunebudsjett.readers.unit_words import UNKNOWN, is_for_all, unit_of_label, unit_of_line

# How many kroner one is of each unit of money.
KRONER = {"mnok": 1e6, "tnok": 1e3, "nok": 1.0}


class Unit(NamedTuple):
    """A unit, the line of the words that say it (None where no words do) and where those stand."""

    name: str
    line: int | None
    found: str


# 350' is 350 thousand kroner, and 2 430' 2.43 million.
_THOUSANDS_MARK = re.compile(r"\d\s?['’´`](?!\d)")

WORDS = "words"
NOT_STATED = Unit(UNKNOWN, None, "")


class TableUnits:
    """The units of one table: its own, and that of each value."""

    def __init__(self, table: Table):
        self.table = table
        self.own = NOT_STATED
        self.names = {column.place: column.name for column in table.columns}
        self._columns = {place: _of_column(name, table.header_lines) for place, name in self.names.items()}
        self.labels = list(_label_units(table.rows))
        self.money = _money_columns(table, self._columns, self.labels)
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
        name = self.names[value.column]
        column = self._columns[value.column]
        # Words for a unit count more than a name that is of one kind of figure.
        own = next((unit for unit in (column, label) if unit is not None and unit.found == WORDS), column or label)
        if own is not None:
            return _settled(own, self.own, row.label, name)
        if self.only is not None and value.column not in self.only:
            return NOT_STATED
        return NOT_STATED if _leaves(row.label) or _leaves(name) else self.own

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


def bind(lines: Sequence[str], tables: Sequence[Table], stated: Mapping[str, str], document: str) -> list[TableUnits]:
    """The units of each table.

    `stated` are the units that a person gives tables by their name, `document` the one given for the whole document
    ("" for none): both count only where the document says nothing.
    """
    bound = [TableUnits(table) for table in tables]
    for units in bound:
        for line, text in units.heads():
            named = unit_of(text)
            if named is not None:
                units.take(Unit(named, line, "caption"))
    _by_lines(lines, bound)
    for units in bound:
        total = _of_total(units.table)
        if total is not None:
            units.take(total)
    _by_same_numbers(bound)
    _by_prose(lines, bound)
    for units in bound:
        by_person = stated.get(units.table.number) or (document if units.money else "")
        if by_person:
            units.take(Unit(by_person, None, "documents.yml"), money_only=units.table.number not in stated)
    return bound


# What is said of one column or row.

# Kinds of figures, in the order in which they are tried: `andel årsverk` is a share, `antall årsverk` are man-years.
_KINDS = (
    ("percent", re.compile(r"\bandel\b|\w{3}prosent(?:en)?\b", re.IGNORECASE)),
    ("fte", re.compile(r"(?<!per )(?<!pr )(?<!pr\. )\bårsverk\b", re.IGNORECASE)),
    ("count", re.compile(r"\bantall?\b|\btal på\b|\bansatte$|\btilsette$|\b(?:dags|time)verk\b", re.IGNORECASE)),
    # Pay, and spending per head, are never printed in anything but kroner.
    ("nok", re.compile(r"\bårslønn\b|\bdriftsutg\S*\s.*\bpe?r\b", re.IGNORECASE)),
)
_PER_THOUSAND = re.compile(r"\bpe?r\b\.?\s*1[\s.]?000\b(?!\s*kr)", re.IGNORECASE)
_MONEY_WORD = re.compile(r"\b(?:m|t)?(?:kr|kroner|nok)\b|\bmill|\bmrd|\bmilliard|tusen|000", re.IGNORECASE)


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str | None:
    """The unit that a label, column or caption names or is of by its kind; None where it says nothing.

    >>> unit_of("Gruppestørrelse (antall)"), unit_of("Barn per årsverk"), unit_of("Andel årsverk")
    ('count', None, 'percent')
    """
    text = _PER_THOUSAND.sub(" ", text)
    unit = unit_of_label(text)
    if unit is not None and (unit != UNKNOWN or _MONEY_WORD.search(text)):
        return unit
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), unit)


def _of_column(name: str, header_lines: Sequence[int]) -> Unit | None:
    unit = unit_of(name)
    if unit is None:
        return None
    parts = name.split(" | ")
    place = next((place for place, part in enumerate(parts) if unit_of(part) == unit), 0)
    return Unit(unit, header_lines[min(place, len(header_lines) - 1)], _found(name))


def _found(text: str) -> str:
    return WORDS if unit_of_label(_PER_THOUSAND.sub(" ", text)) is not None else "kind"


def _label_units(rows: Sequence[TableRow]) -> Iterator[Unit | None]:
    """The unit that each row's label gives; a sum without words of its own has that of the rows above."""
    last: Unit | None = None
    for row in rows:
        unit = unit_of(row.label)
        last = Unit(unit, row.lines[0], _found(row.label)) if unit is not None else last if row.is_total else None
        yield last


_PER = re.compile(r"\b(?:per|pr)\b\.?\s*(?!\s*(?:\d|kr\b))\w", re.IGNORECASE)
_COUNTS = re.compile(r"\s*(?:antall|antal|årsverk|tal på)\b", re.IGNORECASE)


def _leaves(text: str) -> bool:
    """Whether a label or head is of something that is not in the unit of its table: per inhabitant, a number of."""
    return _COUNTS.match(text) is not None or _PER.search(text) is not None


_KRONER_WORD = re.compile(r"\b(?:kr|nok)\b|kroner", re.IGNORECASE)


def _settled(own: Unit, table: Unit, *texts: str) -> Unit:
    """A unit that a label gives by its kind alone (spending per head is in kroner), unless its table says otherwise."""
    if own.name != "nok" or table.name == "nok" or table.name not in KRONER or any(map(_KRONER_WORD.search, texts)):
        return own
    return NOT_STATED


_MONEY_COLUMN = re.compile(
    r"regnsk|reknesk|buds|vedt(?:att|eke)|bevilg|løyv|prognos|avvik|forbruk|\boppr|\brev\b|revid|just|regul|beløp|ramme",
    re.IGNORECASE,
)
_MONEY_LABEL = re.compile(
    r"innt|utg|kostn|lån|avdrag|rente|tilsku|tilskot|resultat|avset|fond|skatt|gjeld|invester|bevilg|løyv|overskudd|"
    r"overskot|finans|løn|pensjon|kroner|netto|brutto|egenkapital|eigenkapital",
    re.IGNORECASE,
)
_YEAR_COLUMN = re.compile(r"\D{0,12}(?:19|20)\d\d\D{0,12}")


def holds_money(column: str) -> bool:
    """Whether the name of a column says that it holds accounts, a budget or what lies between them."""
    return _MONEY_COLUMN.search(column) is not None


def without_unit(cells: Iterable[Cell]) -> dict[str, int]:
    """The tables with amounts of which nothing says the unit, and how many each has."""
    return Counter(cell.table for cell in cells if cell.unit == UNKNOWN and cell.raw and holds_money(cell.column))


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
        bool(_MONEY_LABEL.search(row.label)) and not _leaves(row.label)
        for row, unit in zip(table.rows, labels, strict=True)
        if unit is None or unit.name in KRONER
    ]
    if not speaks or 2 * sum(speaks) < len(speaks):
        return frozenset()
    return frozenset(place for place, name in free.items() if _YEAR_COLUMN.fullmatch(name))


def _of_total(table: Table) -> Unit | None:
    """The unit in the label of the row that sums the table: it holds for the rows that are summed."""
    totals = [(unit, row.lines[0]) for row in table.rows if row.is_total and (unit := unit_of(row.label)) in KRONER]
    if not totals or len({unit for unit, _ in totals}) > 1:
        return None
    unit, line = totals[0]
    return Unit(unit or UNKNOWN, line, "sum row")


# Lines above and below the tables.

# A statement this many lines above a table is about it, whatever stands between.
_NEAR = 4
_LONGEST_HEADING = 70


class _Statement(NamedTuple):
    line: int
    unit: str
    everywhere: bool


def _by_lines(lines: Sequence[str], bound: list[TableUnits]) -> None:
    """Units that lines outside the tables state for the tables around them."""
    owner = {line: index for index, units in enumerate(bound) for line in _span(units.table)}
    heads = {line for units in bound for line, text in units.heads() if text}
    above: _Statement | None = None
    bound_one = after_table = False
    everywhere: list[_Statement] = []
    number = 0
    while number < len(lines):
        number += 1
        if number in owner:
            units = bound[owner[number]]
            if above is not None:
                units.take(Unit(above.unit, above.line, "line above"), money_only=bound_one)
                bound_one = True
            after_table = True
            number = units.table.last_line
            continue
        text = lines[number - 1]
        unit = None if number in heads else unit_of_line(text)
        if unit is None:
            if after_table and _is_heading(lines, number):
                above = None
            continue
        statement = _Statement(number, unit, is_for_all(text))
        table_below = _first_table(number, owner, len(lines))
        near_below = table_below is not None and bound[table_below].table.first_line - number <= _NEAR
        table_above = _touches(lines, number, owner)
        if table_above is not None and not near_below and _ends_there(lines, number):
            _say_below(bound[table_above], statement)
            continue
        if statement.everywhere and not near_below:
            everywhere.append(statement)
            continue
        above, bound_one, after_table = statement, False, False
    if len({statement.unit for statement in everywhere}) == 1:
        for units in bound:
            if units.money:
                units.take(Unit(everywhere[0].unit, everywhere[0].line, "the whole document"), money_only=True)


def _span(table: Table) -> range:
    return range(table.first_line, table.last_line + 1)


def _say_below(units: TableUnits, statement: _Statement) -> None:
    """A line below a table: it must not contradict one above."""
    if units.own.found == "line above" and units.own.name != statement.unit:
        units.own = Unit(UNKNOWN, statement.line, f"lines {units.own.line} and {statement.line} disagree")
    units.take(Unit(statement.unit, statement.line, "line below"))


def _first_table(number: int, owner: Mapping[int, int], last: int) -> int | None:
    return next((owner[line] for line in range(number + 1, min(number + _NEAR, last) + 1) if line in owner), None)


def _touches(lines: Sequence[str], number: int, owner: Mapping[int, int]) -> int | None:
    """The table that a line stands right below, blank lines between or not."""
    above = number - 1
    while above and not lines[above - 1].strip():
        above -= 1
    return owner.get(above)


def _ends_there(lines: Sequence[str], number: int) -> bool:
    """Whether a line touches the one above, or a heading or the end of the document follows."""
    if lines[number - 2].strip():
        return True
    below = number + 1
    while below <= len(lines) and not lines[below - 1].strip():
        below += 1
    return below > len(lines) or _is_heading(lines, below)


def _is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether a line is marked as a heading, or is short, stands alone and does not end as a sentence does."""
    text = lines[number - 1].strip()
    if text.startswith("#"):
        return True
    alone = (number == 1 or not lines[number - 2].strip()) and (number == len(lines) or not lines[number].strip())
    return bool(text) and alone and len(text) < _LONGEST_HEADING and text[-1] not in ".,:;!?" and "\t" not in text


# The same figures in two tables.


def _digits(printed: str) -> int:
    """How many digits of a printed number tell it from others: zeros at its ends do not."""
    return len("".join(filter(str.isdigit, printed)).strip("0"))


def _forms(value: float) -> tuple[float, ...]:
    """How a figure may be printed: as it is, or in whole numbers."""
    return (value,) if value == int(value) else (value, float(int(value + 0.5)))


# Two figures of so many digits that count are no coincidence in two rows; nor is one of more in two sums.
_FEW_DIGITS, _MANY_DIGITS = 3, 5


def _rows_of_money(units: TableUnits) -> Iterator[tuple[int, Unit, dict[float, int]]]:
    """Lines with the figures of their money columns that have three digits that count, and what each counts for."""
    found: dict[int, tuple[Unit, dict[float, int]]] = {}
    for row, label in zip(units.table.rows, units.labels, strict=True):
        for value in row.values:
            if value.column not in units.money or value.number is None:
                continue
            digits = _digits(value.raw)
            if digits < _FEW_DIGITS:
                continue
            if value.line not in found:
                found[value.line] = (units.of(row, label, value), {})
            found[value.line][1][abs(value.number)] = 2 if row.is_total and digits >= _MANY_DIGITS else 1
    for line, (unit, figures) in found.items():
        yield line, unit, figures


# By figure the rows that have it, by table and place in it, each with what the figure counts for.
_Rows = defaultdict[float, dict[tuple[int, int], int]]


def _by_same_numbers(bound: list[TableUnits]) -> None:
    """A table without a unit has that of a table with two of the same figures in a row, or a long one in two sums."""
    known: _Rows = defaultdict(dict)
    of_row: dict[tuple[int, int], Unit] = {}

    def learn(place: int, index: int, unit: Unit, figures: dict[float, int]) -> None:
        of_row[place, index] = unit
        for figure, weight in figures.items():
            for form in _forms(figure):
                known[form][place, index] = weight

    waiting = []
    for place, units in enumerate(bound):
        for index, unit, figures in _rows_of_money(units):
            if unit.name in KRONER:
                learn(place, index, unit, figures)
            elif units.own is NOT_STATED:
                waiting.append((place, index, figures))
    while waiting:
        found: defaultdict[int, set[Unit]] = defaultdict(set)
        for place, _, figures in waiting:
            found[place] |= {of_row[row] for row in _sharing(figures, known)}
        agreed = {place: units for place, units in found.items() if len({unit.name for unit in units}) == 1}
        if not agreed:
            return
        for place, given in agreed.items():
            unit = min(given, key=lambda unit: unit.line or 0)
            bound[place].take(Unit(unit.name, unit.line, "same figures"), money_only=True)
        for place, index, figures in waiting:
            if place in agreed:
                learn(place, index, bound[place].own, figures)
        waiting = [row for row in waiting if row[0] not in agreed]


def _sharing(figures: dict[float, int], known: _Rows) -> set[tuple[int, int]]:
    """The known rows that have two of the figures, or one that counts as two in both."""
    shared: Counter[tuple[int, int]] = Counter()
    for figure, weight in figures.items():
        rows = {row: min(weight, other) for form in _forms(figure) for row, other in known.get(form, {}).items()}
        shared.update(rows)
    return {row for row, weight in shared.items() if weight >= 2}


# Sentences that state one of a table's amounts with its unit.

_NEAR_PROSE = 9
_AMOUNT = re.compile(
    rf"(?<![\d,.])({NUMBER.pattern})\s?"
    r"(mill(?:ion(?:er|ar)?)?\.?|mrd\.?|milliard(?:er|ar)?|tusen kr(?:oner)?|kr(?:oner)?|mnok|tnok)\b",
    re.IGNORECASE,
)
_SCALES = (("mi", 1e6), ("mn", 1e6), ("mr", 1e9), ("t", 1e3), ("k", 1.0))


def _by_prose(lines: Sequence[str], bound: list[TableUnits]) -> None:
    in_tables = {line for units in bound for line in _span(units.table)}
    for units in bound:
        if units.own is not NOT_STATED or not units.money:
            continue
        first, last = units.table.first_line, units.table.last_line
        around = [
            *_until(range(first - 1, max(first - 1 - _NEAR_PROSE, 0), -1), in_tables),
            *_until(range(last + 1, min(last + _NEAR_PROSE, len(lines)) + 1), in_tables),
        ]
        found = _fitting(units, [(line, match) for line in around for match in _AMOUNT.finditer(lines[line - 1])])
        if found is not None:
            units.take(found, money_only=True)


def _until(numbers: Iterable[int], stop: set[int]) -> Iterator[int]:
    for number in numbers:
        if number in stop:
            return
        yield number


def _fitting(units: TableUnits, amounts: list[tuple[int, re.Match[str]]]) -> Unit | None:
    """The one unit in which the table's figures are the amounts that the sentences state."""
    values = {abs(value.number) for _, value, _ in units.values() if value.column in units.money and value.number}
    fits: dict[str, dict[float, tuple[int, bool, int]]] = {name: {} for name in KRONER}
    for line, match in amounts:
        printed = parse_number(match[1])
        if printed is None:
            continue
        amount, digits = abs(printed) * _scale(match[2]), _digits(match[1])
        step = _scale(match[2]) / 10 ** len(match[1].partition(",")[2])
        for name, factor in KRONER.items():
            apart = min((abs(value * factor - amount) for value in values), default=step)
            if apart < 0.001:
                fits[name][amount] = (digits, True, line)
            elif apart <= step / 2 and step > factor:
                fits[name].setdefault(amount, (digits, False, line))
    said = [name for name in KRONER if fits[name]]
    if len(said) != 1:
        return None
    found_by = fits[said[0]].values()
    # An amount rounded in the sentence must have a digit more, or company, to be no coincidence.
    strength = [digits - (not exact) for digits, exact, _ in found_by]
    enough = max(strength) >= 3 or sum(each >= 2 for each in strength) >= 2
    return Unit(said[0], min(line for _, _, line in found_by), "prose") if enough else None


def _scale(word: str) -> float:
    return next(scale for begins, scale in _SCALES if word.casefold().startswith(begins))
