"""Tables of which some have a unit in; units for others that print the same figures, out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from kommunebudsjett.readers.units.names import KRONER, leaves
from kommunebudsjett.readers.units.tables import NOT_STATED, TableUnits, Unit

# Two figures of so many digits that count are no coincidence in two rows; nor is one of more in two sums.
_FEW_DIGITS, _MANY_DIGITS = 3, 5
# By figure the rows that have it, by table and line, each with what the figure counts for.
_Rows = defaultdict[float, dict[tuple[int, int], int]]


def digits_that_count(printed: str) -> int:
    """How many digits of a printed number tell it from others: zeros at its ends do not."""
    return len("".join(filter(str.isdigit, printed)).strip("0"))


def _forms(value: float) -> tuple[float, ...]:
    """How a figure may be printed: as it is, or in whole numbers."""
    return (value,) if value == int(value) else (value, float(int(value + 0.5)))


def _rows_of_money(units: TableUnits) -> Iterator[tuple[int, Unit, dict[float, int]]]:
    """Lines with the figures of their money columns that have three digits that count, and what each counts for."""
    found: dict[int, tuple[Unit, dict[float, int]]] = {}
    for row, label in zip(units.table.rows, units.labels, strict=True):
        for value in row.values:
            if value.column not in units.money or value.number is None or leaves(row.label):
                continue
            digits = digits_that_count(value.raw)
            if digits < _FEW_DIGITS:
                continue
            if value.line not in found:
                found[value.line] = (units.of(row, label, value), {})
            found[value.line][1][abs(value.number)] = 2 if row.is_total and digits >= _MANY_DIGITS else 1
    for line, (unit, figures) in found.items():
        yield line, unit, figures


def bind_same_figures(bound: Sequence[TableUnits]) -> None:
    """A table without a unit has that of a table with two of the same figures in a row, or a long one in two sums.

    Tables that print the same figures in different units are no evidence: one of the two is not understood.
    """
    known: _Rows = defaultdict(dict)
    of_row: dict[tuple[int, int], Unit] = {}
    doubtful: set[int] = set()

    def learn(place: int, line: int, unit: Unit, figures: dict[float, int]) -> None:
        others = [row for row in _sharing(figures, known) if of_row[row].name != unit.name]
        doubtful.update(other for other, _ in others)
        doubtful.update([place] if others else [])
        of_row[place, line] = unit
        for figure, weight in figures.items():
            for form in _forms(figure):
                known[form][place, line] = weight

    waiting = []
    for place, units in enumerate(bound):
        for line, unit, figures in _rows_of_money(units):
            if unit.name in KRONER:
                learn(place, line, unit, figures)
            elif units.own is NOT_STATED:
                waiting.append((place, line, figures))
    while waiting:
        found: defaultdict[int, set[Unit]] = defaultdict(set)
        for place, _, figures in waiting:
            found[place] |= {of_row[row] for row in _sharing(figures, known) if row[0] not in doubtful}
        agreed = {place: units for place, units in found.items() if len({unit.name for unit in units}) == 1}
        if not agreed:
            return
        for place, given in agreed.items():
            unit = min(given, key=lambda unit: unit.line or 0)
            bound[place].take(Unit(unit.name, unit.line, "same figures"), money_only=True)
        for place, line, figures in waiting:
            if place in agreed:
                learn(place, line, bound[place].own, figures)
        waiting = [row for row in waiting if row[0] not in agreed]


def _sharing(figures: dict[float, int], known: _Rows) -> set[tuple[int, int]]:
    """The known rows that have two of the figures, or one that counts as two in both."""
    shared: Counter[tuple[int, int]] = Counter()
    for figure, weight in figures.items():
        rows = {row: min(weight, other) for form in _forms(figure) for row, other in known.get(form, {}).items()}
        shared.update(rows)
    return {row for row, weight in shared.items() if weight >= 2}
