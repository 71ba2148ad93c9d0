"""Checks `deviation` and `sign`: printed deviations against their budget and accounts, and which way they are taken."""

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.columns import NAMES, basis, headers, kinds, year_of
from kommunebudsjett.audit.findings import EPSILON, Finding, both, capital, place, step
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Deviations that are not the difference of budget and accounts within rounding, by the sign most rows keep.

    Nothing is said of a table whose columns do not say which budget its deviations are measured against, or most of
    whose rows do not keep the rule.
    """
    cells = tables["table_cells"]
    signs: dict[str, dict[str, tuple[int, int]]] = {}
    for (document, table), rows in grouped(cells, ["document", "table"]).items():
        compared = _compared(rows)
        if not compared:
            continue
        sign = 1 if _agreeing(compared, 1) >= _agreeing(compared, -1) else -1
        agreeing = _agreeing(compared, sign)
        if 2 * agreeing < len(compared) > 1 or (compared[0].basis != "revised" and agreeing < 2):
            # Most rows do not keep the rule, or too few do to show that it is that of the table.
            continue
        telling = [row for row in compared if abs(row.budget - row.actual) > row.bound]
        if len(telling) >= 2:
            signs.setdefault(str(document), {})[str(table)] = (sign, min(int(cell.line) for cell in rows))
        for row in compared:
            computed = round(sign * (row.budget - row.actual), 9)
            difference = round(row.deviation - computed, 9)
            if abs(difference) <= row.bound + EPSILON:
                continue
            where_nb, where_en = place(str(table), rows[0].caption)
            parts = ("budget", "actual") if sign > 0 else ("actual", "budget")
            names = {"budget": NAMES[row.basis], "actual": NAMES["actual"]}
            descriptions = both(
                "{where_nb}, «{label}»: avviket står som {stated}, men {first_nb} {first} minus {second_nb} {second} "
                "er {computed}.",
                "{where_en}, “{label}”: the deviation is stated as {stated}, but {first_en} {first} less {second_en} "
                "{second} is {computed}.",
                where_nb=capital(where_nb), where_en=capital(where_en), label=row.label, stated=row.deviation,
                computed=computed, first=getattr(row, parts[0]), second=getattr(row, parts[1]),
                first_nb=names[parts[0]][0], second_nb=names[parts[1]][0],
                first_en=names[parts[0]][1], second_en=names[parts[1]][1],
            )  # fmt: skip
            yield Finding(
                str(document), "deviation", "error", str(table), str(row.line), *descriptions, row.deviation, computed,
                difference,
            )  # fmt: skip
    for document, by_table in signs.items():
        yield from _turned(document, by_table)


class Compared(NamedTuple):
    """A row of a table that has a budget, accounts and a deviation, and what their rounding can explain."""

    line: int
    label: str
    basis: str
    budget: float
    actual: float
    deviation: float
    bound: float


def _compared(cells: list) -> list[Compared]:
    """The rows of a table whose columns say what they are, all three of them of one unit and of one year."""
    columns = headers(cells)
    kind, against = kinds(columns), basis(columns)
    if against is None or "actual" not in kind:
        return []
    used = [against[1], kind["actual"], kind["deviation"]]
    years = {year_of(column) for column in used} - {None}
    if len(years) > 1 or len({cell.unit for cell in cells if cell.column in used}) > 1:
        return []
    by_line: dict[int, list] = {}
    for cell in cells:
        if cell.column in used and pd.notna(cell.value):
            by_line.setdefault(int(cell.line), []).append(cell)
    out = []
    for line, row in by_line.items():
        values = {cell.column: float(cell.value) for cell in row}
        if set(used) == set(values):
            bound = 1.5 * step(cell.raw for cell in row)
            budget, actual, deviation = (values[name] for name in used)
            out.append(Compared(line, row[0].row, against[0], budget, actual, deviation, bound))
    return out


def _agreeing(rows: list[Compared], sign: int) -> int:
    return sum(abs(row.deviation - sign * (row.budget - row.actual)) <= row.bound + EPSILON for row in rows)


def _turned(document: str, by_table: dict[str, tuple[int, int]]) -> Iterator[Finding]:
    """Tables that take deviations the other way than most tables of their document."""
    usual = 1 if sum(sign for sign, _ in by_table.values()) > 0 else -1
    turned = {table: line for table, (sign, line) in by_table.items() if sign != usual}
    for table, line in turned.items():
        where_nb, where_en = place(table, "")
        ways = {
            1: ("budsjett minus regnskap", "budget less accounts"),
            -1: ("regnskap minus budsjett", "accounts less budget"),
        }
        yield Finding(
            document, "sign", "note", table, join_lines([line]),
            f"{capital(where_nb)} regner avvik som {ways[-usual][0]}, de fleste andre tabeller i dokumentet som "
            f"{ways[usual][0]}: et minus betyr ikke det samme.",
            f"{capital(where_en)} takes deviations as {ways[-usual][1]}, most other tables of the document as "
            f"{ways[usual][1]}: a minus does not mean the same.",
            None, None, None,
        )  # fmt: skip
