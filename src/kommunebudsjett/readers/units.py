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


NOT_STATED = Unit(UNKNOWN, None, "")


class Row(NamedTuple):
    """A row of a table: `values` has by column the printed text of each value."""

    line: int
    label: str
    is_total: bool
    values: Mapping[int, str]


class Table(NamedTuple):
    """What is known of a table before its units: `heads` are the texts that are about the whole table (caption, head of
    the labels), the nearest first, each with its line; `columns` the name of each column with the line of its header.
    """

    name: str
    first_line: int
    last_line: int
    heads: Sequence[tuple[int, str]]
    columns: Sequence[tuple[int, str]]
    rows: Sequence[Row]


class TableUnits:
    """The units of one table: its own, and that of each value by row and column."""

    def __init__(self, table: Table):
        self.table = table
        self.own = NOT_STATED
        self._columns = [_named(text, line, "column") for line, text in table.columns]
        self._labels = list(_label_units(table.rows))
        self.money = _money_columns(table, self._columns, self._labels)
        # Set where the evidence is about money alone: columns of other figures do not have the unit.
        self.only: frozenset[int] | None = None

    def of(self, row: int, column: int) -> Unit:
        """The unit of a value."""
        printed = self.table.rows[row]
        if "%" in printed.values[column]:
            return Unit("percent", printed.line, "cell")
        own = self._columns[column] or self._labels[row]
        if own is not None:
            return _settled(own, self.own, printed.label, self.table.columns[column][1])
        if self.only is not None and column not in self.only:
            return NOT_STATED
        return NOT_STATED if _leaves(printed.label) or _leaves(self.table.columns[column][1]) else self.own

    def take(self, unit: Unit, money_only: bool = False) -> None:
        """Give the table a unit where it has none yet."""
        if self.own is NOT_STATED:
            self.own = unit
            self.only = self.money if money_only else None


def bind(lines: Sequence[str], tables: Sequence[Table], stated: Mapping[str, str], document: str) -> list[TableUnits]:
    """The units of each table.

    `stated` are the units that a person gives tables by their name, `document` the one given for the whole document
    ("" for none): both count only where the document says nothing.
    """
    bound = [TableUnits(table) for table in tables]
    for units in bound:
        for line, text in units.table.heads:
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
        by_person = stated.get(units.table.name) or (document if units.money else "")
        if by_person:
            units.take(Unit(by_person, None, "documents.yml"), money_only=units.table.name not in stated)
    return bound


# What is said of one column or row.

# Kinds of figures, in the order in which they are tried: `andel årsverk` is a share, `antall årsverk` are man-years.
_KINDS = (
    ("percent", re.compile(r"\bandel\b", re.IGNORECASE)),
    ("fte", re.compile(r"(?<!per )(?<!pr )(?<!pr\. )\bårsverk\b", re.IGNORECASE)),
    ("count", re.compile(r"\bantall?\b|\btal på\b|\bansatte$|\btilsette$", re.IGNORECASE)),
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


def _named(text: str, line: int, found: str) -> Unit | None:
    unit = unit_of(text)
    return None if unit is None else Unit(unit, line, found)


def _label_units(rows: Sequence[Row]) -> Iterator[Unit | None]:
    """The unit that each row's label gives; a sum without words of its own has that of the rows above."""
    last: Unit | None = None
    for row in rows:
        own = _named(row.label, row.line, "label")
        last = own or (last if row.is_total else None)
        yield last


_PER = re.compile(r"\b(?:per|pr)\b\.?\s*(?!\s*(?:\d|kr\b))\w", re.IGNORECASE)
_COUNTS = re.compile(r"\s*(?:antall|antal|årsverk|tal på)\b", re.IGNORECASE)


def _leaves(text: str) -> bool:
    """Whether a label or head is of something that is not in the unit of its table: per inhabitant, a number of."""
    return _COUNTS.match(text) is not None or _PER.search(text) is not None


def _settled(own: Unit, table: Unit, *texts: str) -> Unit:
    """A unit that a label gives by its kind alone (spending per head is in kroner), unless its table says otherwise."""
    in_words = any(re.search(r"\bkr|nok\b", text, re.IGNORECASE) for text in texts)
    if own.name == "nok" and not in_words and table.name in KRONER and table.name != "nok":
        return NOT_STATED
    return own


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


def _money_columns(table: Table, columns: list[Unit | None], labels: list[Unit | None]) -> frozenset[int]:
    """The columns that hold money by their name; or all that are years, where most rows speak of money."""
    free = [
        column
        for column in sorted({column for row in table.rows for column in row.values})
        if columns[column] is None or columns[column].name in {*KRONER, UNKNOWN}  # type: ignore[union-attr]
    ]
    named = frozenset(column for column in free if holds_money(table.columns[column][1]))
    if named:
        return named
    speaks = [
        bool(_MONEY_LABEL.search(row.label)) and not _leaves(row.label)
        for row, unit in zip(table.rows, labels, strict=True)
        if unit is None or unit.name in KRONER
    ]
    if not speaks or 2 * sum(speaks) < len(speaks):
        return frozenset()
    return frozenset(column for column in free if _YEAR_COLUMN.fullmatch(table.columns[column][1]))


def _of_total(table: Table) -> Unit | None:
    """The unit in the label of the row that sums the table: it holds for the rows that are summed."""
    units = {unit for row in table.rows if row.is_total and (unit := unit_of(row.label)) in KRONER}
    if len(units) != 1:
        return None
    line = next(row.line for row in table.rows if row.is_total and unit_of(row.label) in units)
    return Unit(units.pop() or UNKNOWN, line, "sum row")


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
    owner = {
        line: index
        for index, units in enumerate(bound)
        for line in range(units.table.first_line, units.table.last_line + 1)
    }
    heads = {line for units in bound for line, _ in units.table.heads}
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


def _significant(printed: str) -> tuple[float, int] | None:
    """The size of a printed number, and how many digits of it tell it from others: zeros at the end do not."""
    value = parse_number(printed)
    if value is None:
        return None
    digits = re.sub(r"\D", "", printed).lstrip("0").rstrip("0")
    return abs(value), len(digits)


def _forms(value: float) -> tuple[float, ...]:
    """How a figure may be printed: as it is, or in whole numbers."""
    return (value,) if value == int(value) else (value, float(int(value + 0.5)))


# Two figures of so many digits that count are no coincidence in two rows; nor is one of more in two sums.
_FEW_DIGITS, _MANY_DIGITS = 3, 5


def _rows_of_money(units: TableUnits) -> Iterator[tuple[int, Unit, dict[float, int]]]:
    """Rows with the figures of their money columns that have three digits that count, and what each counts for."""
    for index, row in enumerate(units.table.rows):
        figures = {
            found[0]: 2 if row.is_total and found[1] >= _MANY_DIGITS else 1
            for column, printed in row.values.items()
            if column in units.money and (found := _significant(printed)) is not None and found[1] >= _FEW_DIGITS
        }
        if figures:
            yield index, units.of(index, next(column for column in row.values if column in units.money)), figures


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
    in_tables = {line for units in bound for line in range(units.table.first_line, units.table.last_line + 1)}
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
    values = {
        found[0]
        for row in units.table.rows
        for column, printed in row.values.items()
        if column in units.money and (found := _significant(printed)) is not None and found[0]
    }
    fits: dict[str, dict[float, tuple[int, bool, int]]] = {name: {} for name in KRONER}
    for line, match in amounts:
        found = _significant(match[1])
        if found is None:
            continue
        printed, digits = found
        amount = printed * _scale(match[2])
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
