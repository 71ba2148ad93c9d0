"""The tables of a party budget in; their cells, the measures of their rows and fiscal rules out."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.model.tables import Table, TableRow, Value, is_remark
from kommunebudsjett.readers.party_budget import context
from kommunebudsjett.readers.party_budget.amounts import NO_UNIT, rounded
from kommunebudsjett.readers.party_budget.names import without_number
from kommunebudsjett.readers.party_budget.signs import own_sign, way_of
from kommunebudsjett.readers.party_budget.statements import DOUBTFUL, SIGN_UNKNOWN, combined
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.records import Cell, FiscalRule, Measure, Records, Unread
from kommunebudsjett.readers.text import parse_number
from kommunebudsjett.readers.unit_words import PER_MILLION, PERCENT
from kommunebudsjett.readers.units import TableUnits
from kommunebudsjett.readers.units.names import leaves
from kommunebudsjett.readers.units.tables import NOT_STATED, Unit

_YEAR = re.compile(r"(?:19|20)\d\d")
_TARGET = re.compile(r"(\d+(?:,\d+)?)\s*(?:%|prosent)?\s*$")
_RULES = ("capital_costs", "debt_ratio", "disposition_fund", "net_operating_result")
_PARENTHESIS = re.compile(r"\([^)]*\)")
_ANY_WORD = re.compile(r"\w+")
# What a total is of, beside the name of the table and its unit.
_BESIDE_TOTAL = {"sum", "drift", "investering", "investeringer", "endring", "endringer", "mnok", "tnok", "mill", "kr"}
_BESIDE_TOTAL |= {"millioner", "kroner", "nok", "i", "for", "av", "alle"}
# So many of the rows whose words give a sign must agree on what a plus means: words mislead now and then.
_MOST = 0.8
_LEAST = 2
_CHANGE_HEAD = re.compile(r"endring(?:er|ar)?|differanse|diff\.?", re.IGNORECASE)
_PROPOSED_AND_CHANGED = 3
_ROUNDED = 1e-6
_FRAMES = re.compile(r"ramme", re.IGNORECASE)
_NUMBERING = re.compile(r"(?:(?:løpe)?nr|nummer|#|punkt|pkt|linje)\.?", re.IGNORECASE)
# What there is on a day ("Disposisjonsfond 31.12.").
_AT_DAY = re.compile(r"\b(?:31\.\s?(?:12|desember)|0?1\.\s?(?:0?1\b|januar))", re.IGNORECASE)
_SUMMED = 3
NO_COLUMN = "which column has the party's amounts is not clear"
NO_CHANGE = "a zero, and no year is stated: what the row changes is not said"
UNDER_SUM = "a row under the sum of its table may say how that is paid for"
OF_WHOLE = "a result, a balance or somebody's whole proposal: a level, no measure"
NO_MEASURE = "a row of numbers that are no kroner: no measure"


class Placed(NamedTuple):
    """A table with its units, and what the text around it says of it.

    `section` is the heading that it is printed under, `kind` that of its chapter, `printing` which of two printings,
    `unit` the one that is stated further up, or by a person, for what has none.
    """

    table: Table
    units: TableUnits
    area: str
    section: str
    kind: str
    printing: str
    unit: str

    def values(self) -> Iterator[tuple[TableRow, Value, Unit]]:
        """Each value with its row and unit: amounts of years that have none get what is stated further up."""
        years = years_of_columns(self.units.names)
        further_up = self.units.carried or (Unit(self.unit, None, "further up") if self.unit else NOT_STATED)
        for row, value, unit in self.units.values():
            names = (row.label, row.group, self.units.names[value.column])
            is_free = unit is NOT_STATED and value.column in years and not any(map(leaves, names))
            yield row, value, further_up if is_free else unit


class TableReader:
    """Reads the tables of one document into its records; `plus` is what a person states of a plus (1, -1 or 0)."""

    def __init__(
        self,
        document: Document,
        lines: Sequence[str],
        tables: Sequence[Table],
        words: Words,
        records: Records,
        plus: int,
    ):
        self._document = document
        self._lines = lines
        self._words = words
        self._records = records
        self._stated = plus
        # In a table that does not tell it, a plus means what it does in the document's others.
        rows = [row for table in tables for row in _rows(table)]
        self._plus = _convention([self._vote(row.label) for row in rows], [_stated(row) for row in rows])

    def read(self, placed: Placed) -> None:
        """Add the cells of a table, and the measures or the fiscal rules of its rows."""
        table, records = placed.table, self._records
        values = list(placed.values())
        for row, value, unit in values:
            records.numbers_read += value.number is not None
            records.cells.append(self._cell(placed, row, value, unit))
        records.unread.extend(Unread(self._document.id, *number) for number in table.unread)
        caption = table.caption or table.label_header
        of_percent = bool(values) and all(unit.name == PERCENT for _, _, unit in values)
        if of_percent or self._words.has("chapter_rules", caption):
            self._add_rules(table, values)
        else:
            self._add_measures(placed, values)

    def _cell(self, placed: Placed, row: TableRow, value: Value, unit: Unit) -> Cell:
        table = placed.table
        return Cell(
            self._document.id, table.number, table.caption or table.label_header, placed.section, row.group, row.label,
            placed.units.names[value.column], value.number, value.raw, unit.name, int(is_sum(row, table)), value.line,
            unit.line,
        )  # fmt: skip

    def _leave(self, value: Value, reason: str) -> None:
        self._records.unread.append(Unread(self._document.id, value.line, value.raw, reason))
        self._records.numbers_read -= value.number is not None

    def _quote(self, row: TableRow) -> str:
        return " ".join(self._lines[line - 1].strip() for line in row.lines)

    # Measures.

    def _add_measures(self, placed: Placed, values: list[tuple[TableRow, Value, Unit]]) -> None:
        changes = _changes(placed.table, placed.units.names)
        amounts = {place: name for place, name in placed.units.names.items() if not is_remark(name)}
        years = changes or years_of_columns(amounts)
        if any(year and year < self._document.period_from for year in years.values()):
            # With years before the plan the amounts are what is spent, no changes.
            return
        rows = _rows(placed.table)
        sides = {} if changes else self._sides(placed.units.names)
        years = dict.fromkeys(sides) or years
        signs = self._signs(placed, rows, years)
        if changes and _FRAMES.search(f"{placed.table.caption} {placed.table.label_header}"):
            # What an area may spend in all: more of it is spent.
            signs = {id(row): 1 for row in rows}
        if changes and placed.kind == context.INVESTMENT:
            # What is invested has no minus, so that less of it has.
            signs = {id(row): 1 for row in rows}
        is_investment = placed.kind == context.INVESTMENT
        under_sum = _under_sum(rows, placed.table) if changes or is_investment else set()
        measured = {id(row) for row in rows}
        broken = self._broken_rows(placed.table)
        for row, value, unit in values:
            is_total = id(row) not in measured
            if is_total or not row.label or value.number is None or value.column not in years:
                if not years and not is_total and value.number is not None:
                    self._leave(value, NO_COLUMN)
                continue
            sign = sides.get(value.column, signs[id(row)])
            if row.lines[-1] in broken:
                self._leave(value, "numbers on the line below may belong to the row")
            elif id(row) in under_sum:
                self._leave(value, UNDER_SUM)
            elif self._is_of_whole(row.label):
                self._leave(value, OF_WHOLE)
            elif unit.name not in PER_MILLION:
                self._leave(value, NO_MEASURE if unit.name not in ("", "unknown") else NO_UNIT)
            elif not value.number and years[value.column] is None:
                self._leave(value, NO_CHANGE)
            elif not sign and value.number:
                self._leave(value, SIGN_UNKNOWN)
            else:
                self._records.measures.append(self._measure(placed, row, value, unit, sign or 1, years[value.column]))

    def _sides(self, names: dict[int, str]) -> dict[int, int]:
        """What the columns of amounts say of their sign ("Økt utgift" and "Redusert utgift"); nothing where one says
        none.
        """
        of_kind = {context.SPENDING: 1, context.SAVINGS: -1, context.INCOME: -1}
        amounts = {place: name for place, name in names.items() if not _NUMBERING.fullmatch(name.strip())}
        sides = {
            place: way_of(name, self._words) or of_kind.get(context.kind_of(name, self._words), 0)
            for place, name in amounts.items()
        }
        return sides if all(sides.values()) else {}

    def _is_of_whole(self, label: str) -> bool:
        """Whether a row is not about a measure but about a whole budget: what it comes to, or whose it is.

        "Nytt netto driftsresultat" and "Kommunedirektørens forslag" are; "Bruk av mindreforbruk" and "Byrådets forslag
        avvises" say what is done.
        """
        words = self._words
        whose = words.begins("others", label)
        if whose and words.has("whole_budget", label[whose.end() :]):
            return not words.has("refuse", label)
        return (words.has("result", label) or bool(_AT_DAY.search(label))) and not words.has("take", label)

    def _broken_rows(self, table: Table) -> set[int]:
        """The lines right above a line of numbers without a label, which may be the rest of a row."""
        alone = (number.line for number in table.unread if not any(map(str.isalpha, self._lines[number.line - 1])))
        return {line - 1 for line in alone}

    def _measure(self, placed: Placed, row: TableRow, value: Value, unit: Unit, sign: int, year: int | None) -> Measure:
        amount = rounded((value.number or 0) / PER_MILLION[unit.name] * sign)
        kind = "investering" if self._kind(placed, row) == context.INVESTMENT else "drift"
        printed = int(amount) if amount.is_integer() else amount
        certainty = "explicit" if year else "unstated"
        place = (value.line, max(one.line for one in row.values), self._quote(row), "")
        of_row = (self._document.id, placed.area, kind, row.group, without_number(row.label))
        return Measure(*of_row, year, printed, "table", certainty, placed.printing, *place)

    def _signs(self, placed: Placed, rows: Sequence[TableRow], years: dict[int, int | None]) -> dict[int, int]:
        """What a printed plus means in each row: as a person says, else the tables, else the row's own words."""
        own = [self._own_sign(row.label) for row in rows]
        numbers = [_stated(row, years) for row in rows]
        plus = self._stated or _convention([self._vote(row.label) for row in rows], numbers) or self._plus
        signs = [combined(sign, self._kind(placed, row)) for sign, row in zip(own, rows, strict=True)]
        if set(signs) <= {0, 1} and signs.count(1) >= max(2, len(signs) // 4):
            plain = [not any(self._words.has(kind, row.label) for kind in DOUBTFUL) for row in rows]
            signs = [1 if is_plain else sign for sign, is_plain in zip(signs, plain, strict=True)]
        return {id(row): plus or _of_row(sign, stated) for row, sign, stated in zip(rows, signs, numbers, strict=True)}

    def _kind(self, placed: Placed, row: TableRow) -> str:
        """What the group of a row, else the chapter of its table, makes of it."""
        return context.kind_of(row.group, self._words) or placed.kind

    def _own_sign(self, label: str) -> int:
        own = own_sign(label.strip(" +"), "", self._words)
        return 1 if label.rstrip().endswith("+") and own >= 0 else own

    def _vote(self, label: str) -> int:
        """The sign that a row gives in the vote on what a plus means: what names income pays, where nothing says that
        there is less of it.
        """
        words = self._words
        is_income = words.has("income", label) and not (words.has("deduction", label) or words.has("down", label))
        return self._own_sign(label) or -int(is_income)

    # Fiscal rules.

    def _add_rules(self, table: Table, values: list[tuple[TableRow, Value, Unit]]) -> None:
        years = [int(column.name) for column in table.columns if _YEAR.fullmatch(column.name)]
        period = f"{years[0]}-{years[-1]}" if years else ""
        names = {column.place: column.name for column in table.columns}
        for row, value, unit in values:
            rule = next((name for name in _RULES if self._words.has(f"rule_{name}", row.label)), None)
            if rule is None or unit.name != PERCENT:
                self._leave(value, "the fiscal rule is none of those known" if rule is None else NO_UNIT)
                continue
            target = _TARGET.search(row.label)
            name = names[value.column]
            year = int(name) if _YEAR.fullmatch(name) else None
            self._records.fiscal_rules.append(
                FiscalRule(
                    self._document.id,
                    rule,
                    parse_number(target[1]) if target else None,
                    year,
                    "" if year else period,
                    value.number,
                    value.line,
                    self._quote(row),
                )
            )


def _rows(table: Table) -> list[TableRow]:
    """The rows that are no sums, by their words or their numbers."""
    summing = _summing(table)
    return [row for row in table.rows if not is_sum(row, table) and id(row) not in summing]


def _summing(table: Table) -> set[int]:
    """The rows whose numbers, of which two differ, all sum those of several rows above ("Netto endring")."""
    found: set[int] = set()
    above: defaultdict[int, float] = defaultdict(float)
    count = 0
    for row in table.rows:
        numbers = {value.column: value.number for value in row.values if value.number is not None}
        agree = all(abs(above[column] - number) < _ROUNDED for column, number in numbers.items())
        if count >= _SUMMED and agree and len({number for number in numbers.values() if number}) > 1:
            found.add(id(row))
        if is_sum(row, table) or id(row) in found:
            above, count = defaultdict(float), 0
        else:
            for column, number in numbers.items():
                above[column] += number
            count += 1
    return found


def is_sum(row: TableRow, table: Table) -> bool:
    """Whether a row sums its table: `i alt` and `sum` may also end its label, and a total is all that the label says
    beside the caption and the unit ("Total gjennomgang av innkjøp" is a measure).
    """
    said = _ANY_WORD.findall(_PARENTHESIS.sub(" ", row.label).lower())
    if said[-2:] in (["i", "alt"], ["til", "sammen"], ["til", "saman"]) or said[-1:] in (["sum"], ["tilsammen"]):
        return True
    if said[:1] not in (["total"], ["totalt"]):
        return bool(row.is_total)
    beside = {*_ANY_WORD.findall(f"{table.caption} {table.label_header}".lower()), *_BESIDE_TOTAL}
    return beside.issuperset(said[1:])


def _stated(row: TableRow, columns: Container[int] | None = None) -> list[float]:
    """The amounts of a row, in some columns or in all, without zeros."""
    return [value.number for value in row.values if value.number and (columns is None or value.column in columns)]


def years_of_columns(names: dict[int, str]) -> dict[int, int | None]:
    """The columns of amounts, each with its year: those of single years, else the only column, which has none."""
    found = {place: _YEAR.findall(name) for place, name in names.items()}
    years = {place: int(of[0]) for place, of in found.items() if len(of) == 1}
    if years and len(set(years.values())) == len(years):
        return dict(years)
    return dict.fromkeys(names) if len(names) == 1 else {}


def _changes(table: Table, names: dict[int, str]) -> dict[int, int | None]:
    """The column of what a party changes, where it is what the column before it has more than the one before that:
    "Rådmannen | Vi | Endring".
    """
    columns = sorted(names)
    if len(columns) != _PROPOSED_AND_CHANGED or not _CHANGE_HEAD.fullmatch(names[columns[-1]].strip()):
        return {}
    printed = [[value.number for value in row.values] for row in table.rows]
    full = [numbers for numbers in printed if len(numbers) == len(columns) and None not in numbers]
    agree = all(abs((second or 0) - (first or 0) - (change or 0)) < _ROUNDED for first, second, change in full)
    changed = sum(bool(change) for *_, change in full)
    return {columns[-1]: None} if agree and changed >= _LEAST and len(full) == len(printed) else {}


def _under_sum(rows: Sequence[TableRow], table: Table) -> set[int]:
    """The rows under the last sum of a table that has rows above it: they may say how it is paid for."""
    last = max((row.lines[0] for row in table.rows if is_sum(row, table)), default=None)
    if last is None or all(row.lines[0] > last for row in rows):
        return set()
    return {id(row) for row in rows if row.lines[0] > last}


def _convention(signs: list[int], numbers: list[list[float]]) -> int:
    """What a printed plus means where a table prints minuses: +1 for spending, -1 for savings, 0 where not known."""
    votes: Counter[int] = Counter()
    for sign, stated in zip(signs, numbers, strict=True):
        if sign and stated and (min(stated) > 0 or max(stated) < 0):
            votes[sign if stated[0] > 0 else -sign] += 1
    ((plus, count),) = votes.most_common(1) or [(0, 0)]
    minus = any(number < 0 for stated in numbers for number in stated)
    return plus if minus and count >= max(_LEAST, _MOST * votes.total()) else 0


def _of_row(sign: int, stated: list[float]) -> int:
    """What a plus means in a row whose own words give its sign, where the table does not tell: nothing where a minus is
    printed for more, and a minus saves where the words say so.
    """
    return sign if not any(number < 0 for number in stated) else 1 if sign < 0 else 0
