"""Checks `deviation` and `sign`: printed deviations against their budget and accounts, and which way they are taken."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kommunebudsjett.audit.columns import NAMES, basis, headers, kinds, year_of
from kommunebudsjett.audit.findings import Finding, finding, slack
from kommunebudsjett.audit.source import Source

_WAYS = {
    1: ("budsjett minus regnskap", "budget less accounts"),
    -1: ("regnskap minus budsjett", "accounts less budget"),
}


def check(source: Source) -> Iterator[Finding]:
    """Deviations that are not the difference of budget and accounts within rounding, by the sign most rows keep.

    Nothing is said of a table whose columns do not say which budget its deviations are measured against, or most of
    whose rows do not keep the rule.
    """
    signs: dict[str, int] = {}
    for table, cells in source.printed.items():
        compared = _compared(cells)
        if not compared:
            continue
        sign = 1 if _agreeing(compared, 1) >= _agreeing(compared, -1) else -1
        agreeing = _agreeing(compared, sign)
        if 2 * agreeing < len(compared) > 1 or (compared[0].basis != "revised" and agreeing < 2):
            # Most rows do not keep the rule, or too few do to show that it is that of the table.
            continue
        if sum(abs(row.budget - row.actual) > row.bound for row in compared) >= 2:
            signs[table] = sign
        for row in compared:
            if abs(row.deviation - sign * (row.budget - row.actual)) > row.bound:
                yield _wrong(source, table, cells[0].caption, row, sign)
    yield from _turned(source, signs)


class Compared(NamedTuple):
    """A row of a table that has a budget, accounts and a deviation, and what their rounding can explain."""

    line: int
    label: str
    basis: str
    budget: float
    actual: float
    deviation: float
    bound: float


def _compared(cells: Sequence[Any]) -> list[Compared]:
    """The rows of a table whose columns say what they are, all three of them of one unit and of one year."""
    columns = headers(cells)
    kind, against = kinds(columns), basis(columns)
    if against is None or "actual" not in kind:
        return []
    used = [against[1], kind["actual"], kind["deviation"]]
    years = {year_of(column) for column in used} - {None}
    if len(years) > 1 or len({cell.unit for cell in cells if cell.column in used}) > 1:
        return []
    by_line: dict[int, list[Any]] = {}
    for cell in cells:
        if cell.column in used:
            by_line.setdefault(int(cell.line), []).append(cell)
    out = []
    for line, row in by_line.items():
        values = {cell.column: float(cell.value) for cell in row}
        if set(used) == set(values):
            bound = slack(cell.raw for cell in row)
            budget, actual, deviation = (values[name] for name in used)
            out.append(Compared(line, row[0].row, against[0], budget, actual, deviation, bound))
    return out


def _agreeing(rows: Sequence[Compared], sign: int) -> int:
    return sum(abs(row.deviation - sign * (row.budget - row.actual)) <= row.bound for row in rows)


def _wrong(source: Source, table: str, caption: str, row: Compared, sign: int) -> Finding:
    parts = [(row.budget, NAMES[row.basis]), (row.actual, NAMES["actual"])][::sign]
    (first, first_names), (second, second_names) = parts
    return finding(
        source.document, "deviation", "error", [row.line],
        "{where_nb}, «{label}»: avviket står som {stated}, men {first_nb} {first} minus {second_nb} {second} er "
        "{computed}.",
        "{where_en}, “{label}”: the deviation is stated as {stated}, but {first_en} {first} less {second_en} {second} "
        "is {computed}.",
        row.deviation, round(first - second, 9), table, (caption, ""), label=row.label, first=first, second=second,
        first_nb=first_names[0], first_en=first_names[1], second_nb=second_names[0], second_en=second_names[1],
    )  # fmt: skip


def _turned(source: Source, signs: dict[str, int]) -> Iterator[Finding]:
    """Tables that take deviations the other way than most tables of their document."""
    usual = 1 if sum(signs.values()) > 0 else -1
    for table in (table for table, sign in signs.items() if sign != usual):
        yield finding(
            source.document, "sign", "note", [min(int(cell.line) for cell in source.printed[table])],
            "{where_nb} regner avvik som {way_nb}, de fleste andre tabeller i dokumentet som {usual_nb}: et minus "
            "betyr ikke det samme.",
            "{where_en} takes deviations as {way_en}, most other tables of the document as {usual_en}: a minus does "
            "not mean the same.",
            table=table, way_nb=_WAYS[-usual][0], usual_nb=_WAYS[usual][0], way_en=_WAYS[-usual][1],
            usual_en=_WAYS[usual][1],
        )  # fmt: skip
