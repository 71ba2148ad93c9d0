"""Check `sum`: totals against their parts, also chains of subtotals and rows that are totals without saying so."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kommunebudsjett.audit.columns import MEAN
from kommunebudsjett.audit.findings import EPSILON, Finding, decimals, finding, rounding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import is_part
from kommunebudsjett.tables.grouping import grouped

# Rows that close a calculation without being called a sum.
RESULT = re.compile(r"(?:\d+\.\s*)?(?:netto|brutto|resultat)\b", re.IGNORECASE)
# Sums of rounded numbers add up to the last decimal about one time in three. A document whose totals mostly do, does
# not round, so that small differences count.
EXACT_SHARE, EXACT_TOTALS = 0.6, 8


class Row(NamedTuple):
    """A row of a table: its values and how many decimals they are printed with, by column."""

    line: int
    label: str
    is_total: bool
    values: dict[str, float]
    decimals: dict[str, int]


class Fit(NamedTuple):
    """A total held against some rows: by column, how far it is off, the unit of the last printed decimal, and how far
    rounding can and can hardly take it.
    """

    parts: list[Row]
    off: dict[str, float]
    unit: dict[str, float]
    bounds: dict[str, tuple[float, float]]

    def misfits(self) -> list[str]:
        """The columns that rounding cannot explain."""
        return [column for column in self.off if abs(self.off[column]) > self.bounds[column][0]]

    def unlikely(self) -> list[str]:
        """The columns that rounding can hardly explain."""
        return [column for column in self.off if abs(self.off[column]) > self.bounds[column][1]]


class Total(NamedTuple):
    """A total row of a table and the rows it is the total of."""

    row: Row
    fit: Fit
    sure: bool


def check(source: Source) -> Iterator[Finding]:
    """Totals that their parts do not give.

    A total closes the rows above it that nothing has closed yet, so that subtotals and running totals are parts of
    the totals after them. Where the columns of a table agree on which rows a total closes, the column that does not
    fit is wrong. Some rows are totals without the name, where all columns but one show it: a net, gross or result row,
    and a first row that all rows below it add up to. Percentages and means are not summed. Rounding is no finding:
    each number may be off by half its last decimal. What only a most unlikely rounding explains is a doubt, or a slip
    where it is the last digit alone; counts that add up to more than their total are a note, as one person can be
    counted in two rows.
    """
    tables = grouped(source.apart, ["table"]).values()
    found = [(cells, total) for cells in tables for total in totals(_rows(cells))]
    exact = _is_exact([total for _, total in found])
    for cells, total in found:
        yield from _findings(cells, total, exact)


def totals(rows: list[Row]) -> list[Total]:
    """The totals of a table and their parts."""
    out: list[Total] = []
    header = _heads(rows)
    if header:
        return [header]
    open_rows: list[Row] = []
    single = [row for row in rows if row.is_total] == rows[-1:]
    for row in rows:
        total = _closing(row, open_rows, single)
        if total:
            out.append(total)
            del open_rows[len(open_rows) - len(total.fit.parts) :]
        open_rows.append(row)
    return out


def _rows(cells: Sequence[Any]) -> list[Row]:
    """The rows of a table, without percentages, means and parts of other rows, which are not summed."""
    rows: dict[int, Row] = {}
    for cell in sorted(cells, key=lambda cell: cell.line):
        mean = cell.unit in ("nok", "unknown") and MEAN.search(cell.column)
        if cell.unit != "percent" and not mean and not is_part(cell.row):
            row = rows.setdefault(int(cell.line), Row(int(cell.line), cell.row, bool(cell.is_total), {}, {}))
            row.values[cell.column] = float(cell.value)
            row.decimals[cell.column] = decimals(cell.raw)
    return list(rows.values())


def _fit(total: Row, parts: list[Row]) -> Fit:
    off, units, bounds = {}, {}, {}
    for column, stated in total.values.items():
        values = [part.values[column] for part in parts if column in part.values]
        if not values or _is_mean(stated, values):
            continue
        off[column] = round(stated - sum(values), 9)
        unit = 10.0 ** -max(row.decimals[column] for row in [total, *parts] if column in row.decimals)
        # A number without decimals among others may be exact; those of a row that has none at all are rounded.
        units[column] = max(unit, 10.0 ** -max(total.decimals.values()))
        more = (units[column] - unit) / 2
        worst, likely = rounding(sum(value != 0 for value in values), unit)
        bounds[column] = worst + more, likely + more
    return Fit(parts, off, units, bounds)


def _closing(row: Row, open_rows: list[Row], single: bool) -> Total | None:
    """The rows above that a row is the total of, or None."""
    fits = [_fit(row, open_rows[-count:]) for count in range(2, len(open_rows) + 1)]
    fits = [fit for fit in fits if fit.off]
    if not fits:
        return None
    if row.is_total and single:
        return Total(row, fits[-1], True)
    best = min(fits, key=lambda fit: (len(fit.misfits()), len(fit.unlikely()), sum(map(abs, fit.off.values()))))
    telling = _telling(row, best)
    wrong = len(best.misfits())
    if row.is_total:
        if telling > wrong or not wrong:
            return Total(row, best, True)
        since = next((i for i, part in enumerate(reversed(open_rows)) if part.is_total), len(open_rows))
        natural = _fit(row, open_rows[len(open_rows) - since :]) if since >= 2 else best
        # Where no column fits, nothing shows that these are its rows: a table may print some of them only.
        return Total(row, natural, False) if len(natural.misfits()) < len(natural.off) else None
    if RESULT.match(row.label) and telling >= 2 and wrong <= 1 and telling > wrong:
        return Total(row, best, telling >= 4 or not wrong)
    return None


def _heads(rows: list[Row]) -> Total | None:
    """The first row of a table without totals, where the other rows are shown to be its parts."""
    if len(rows) < 4 or any(row.is_total for row in rows):
        return None
    fit = _fit(rows[0], rows[1:])
    if len(fit.misfits()) <= 1 and _telling(rows[0], fit) >= 4:
        return Total(rows[0], fit, True)
    return None


def _telling(total: Row, fit: Fit) -> int:
    """In how many columns a total fits where it would hardly fit by chance."""
    wrong = set(fit.misfits())
    return sum(
        column not in wrong
        and abs(total.values[column]) > 20 * fit.unit[column]
        and sum(part.values.get(column, 0) != 0 for part in fit.parts) >= 2
        for column in fit.off
    )


def _is_mean(stated: float, parts: list[float]) -> bool:
    """Whether a total is a mean of its parts: all of them on one side of zero, and it between them."""
    one_sided = min(parts) > 0 or max(parts) < 0
    return len(parts) > 1 and one_sided and min(parts) <= stated <= max(parts)


def _is_exact(found: list[Total]) -> bool:
    offs = [
        total.fit.off[column]
        for total in found
        for column in total.fit.off
        if column not in total.fit.misfits() and total.fit.unit[column] < 1 and len(total.fit.parts) >= 4
    ]
    return len(offs) >= EXACT_TOTALS and sum(abs(off) < EPSILON for off in offs) >= EXACT_SHARE * len(offs)


def _findings(cells: Sequence[Any], total: Total, exact: bool) -> Iterator[Finding]:
    fit = total.fit
    off = [value for value in fit.off.values() if abs(value) > EPSILON]
    constant = len(off) == len(fit.off) > 1 and max(off) - min(off) < EPSILON
    units = {cell.column: cell.unit for cell in cells}
    for column, difference in fit.off.items():
        beyond = abs(difference) > fit.unit[column] + EPSILON
        if column in fit.misfits() or (exact and beyond):
            # One person can be counted in two rows.
            overlap = units[column] == "count" and difference < 0
            severity = "note" if overlap else "error" if total.sure else "doubt"
        elif column in fit.unlikely() or (constant and (exact or beyond)):
            severity = "doubt" if beyond else "slip"
        else:
            continue
        stated = total.row.values[column]
        yield finding(
            cells[0].document, "sum", severity, [*(part.line for part in fit.parts), total.row.line],
            "I {where_nb} er «{label}» i kolonnen «{column}» oppgitt til {stated}, men radene summerer seg til "
            "{computed}.",
            "In {where_en}, “{label}” in the column “{column}” is given as {stated}, but its rows add up to "
            "{computed}.",
            stated, round(stated - difference, 9), cells[0].table, (cells[0].caption, cells[0].section),
            label=total.row.label, column=column,
        )  # fmt: skip
