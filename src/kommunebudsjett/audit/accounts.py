"""Check `tables`: what is printed in two tables of a document and should be the same."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any

import pandas as pd

from kommunebudsjett.audit.columns import NAMES
from kommunebudsjett.audit.findings import EPSILON, Finding, en, finding, nb, place, slack
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import is_part, vocabulary
from kommunebudsjett.tables.grouping import grouped, records

FIGURES = {"actual": "actual", "revised_budget": "revised", "original_budget": "original", "deviation": "deviation"}
_SUM = re.compile(r"^(?:(?:\d{1,2}|[a-z])\.\s*)?(?:sum\s+)?", re.IGNORECASE)
# Names with fewer words are names of many rows; totals are told apart by fewer than others.
_TELLING, _TELLING_TOTAL = 5, 3
_SHORTEST = 8
_ADDED = ("mnok", "tnok", "nok", "count", "fte")
# What the total of a whole side of the balance sheet is called.
_SIDES = {
    "assets": re.compile(r"^(?:(?:totale?|samlede?|samla) )?(?:eiendel|eigedel)(?:er|ar)\b"),
    "equity_and_liabilities": re.compile(r"^(?:gjeld og ei?genkapital|ei?genkapital og gjeld)\b"),
}


def check(source: Source) -> Iterator[Finding]:
    """Figures that stand in two tables and are not the same within rounding.

    A service area in the table of all areas and in that of its chapter; the two sides of the balance sheet; a row for
    all service areas and the table it sums up; rows of the same name and column in two tables of accounts.
    """
    yield from _areas(source)
    yield from _sides(source)
    yield from _summed_up(source)
    yield from _same_row(source)


def _both_tables(
    source: Source, severity: str, lines: Sequence[int], norwegian: str, english: str, stated: float, computed: float,
    one: str, other: str, about: str, **values: Any,
) -> Finding:  # fmt: skip
    """A finding on the tables `one` and `other`, about the one of them that is named `about`."""
    (one_nb, one_en), (other_nb, other_en) = place(one, ""), place(other, "")
    return finding(
        source.document, "tables", severity, lines, norwegian, english, stated, computed, about, one_nb=one_nb,
        one_en=one_en, other_nb=other_nb, other_en=other_en, **values,
    )  # fmt: skip


def _areas(source: Source) -> Iterator[Finding]:
    for (area, _), rows in grouped(source.frame("accounts"), ["service_area", "year"]).items():
        for one, other in combinations(rows, 2):
            off = [
                (kind, getattr(one, name), getattr(other, name)) for name, kind in FIGURES.items()
                if abs(getattr(one, name) - getattr(other, name)) > _reach(source, name, one, other)
            ]  # fmt: skip
            if off and one.table != other.table:
                yield _both_tables(
                    source, "error", [one.line, other.line],
                    "{area} har ikke de samme tallene i {one_nb} og {other_nb}: {figures_nb} mill. kr.",
                    "{area} does not have the same figures in {one_en} and {other_en}: {figures_en} (NOK million).",
                    off[0][1], off[0][2], one.table, other.table, other.table, area=area,
                    figures_nb="; ".join(f"{NAMES[kind][0]} {nb(a)} og {nb(b)}" for kind, a, b in off),
                    figures_en="; ".join(f"{NAMES[kind][1]} {en(a)} and {en(b)}" for kind, a, b in off),
                )  # fmt: skip


def _reach(source: Source, meaning: str, *rows: Any) -> float:
    """How far rounding can take apart the amounts of this meaning of two rows: half of each last printed digit."""
    return sum(source.places.get((int(row.line), meaning), 0.0) for row in rows) / 2 + EPSILON


def _sides(source: Source) -> Iterator[Finding]:
    """Years in which no total of all assets is that of all equity and liabilities, as their names say that they are."""
    balance = source.frame("balance")
    for (year,), rows in grouped(balance[balance["is_total"] == 1], ["year"]).items():
        sides = {
            side: [row for row in rows if row.side == side and _is_of_side(row, pattern)]
            for side, pattern in _SIDES.items()
        }  # fmt: skip
        pairs = list(product(*sides.values()))
        if pairs and all(abs(abs(a.value) - abs(b.value)) > _reach(source, "actual", a, b) for a, b in pairs):
            assets, funding = pairs[-1]
            yield finding(
                source.document, "tables", "error", [assets.line, funding.line],
                "Balansen {year} går ikke opp: «{one}» er {stated}, «{other}» er {computed}.",
                "The balance sheet of {year} does not balance: “{one}” is {stated}, “{other}” is {computed}.",
                abs(assets.value), abs(funding.value), funding.table, year=str(year), one=assets.row,
                other=funding.row,
            )  # fmt: skip


def _is_of_side(row: Any, whole: re.Pattern[str]) -> bool:
    """Whether a total is that of its side: by its name, as others are of parts of it or of what is no part of it."""
    label = _SUM.sub("", row.row).casefold()
    return bool(whole.search(label)) and not vocabulary().has("memorandum", label)


def _summed_up(source: Source) -> Iterator[Finding]:
    """Rows that name what another table is about, and that the rows of that table do not add up to."""
    captions = {table: cells[0].caption.casefold() for table, cells in source.printed.items()}
    labels = {table: {cell.row.casefold() for cell in cells} for table, cells in source.printed.items()}
    for (home, label), row in grouped(_amounts(source), ["table", "row"]).items():
        named = label.casefold()
        for table in (t for t, caption in captions.items() if t != home and caption.endswith(named)):
            other = source.printed[table]
            if len(named) < _SHORTEST or any(cell.is_total == 1 for cell in other):
                continue
            parts = [
                cell for cell in other
                if cell.row.casefold() not in labels[home] and not is_part(cell.row)
            ]  # fmt: skip
            for cell in row:
                yield from _column_total(source, cell, table, parts)


def _amounts(source: Source) -> pd.DataFrame:
    """The cells of money and counts: shares of different wholes are neither added nor held against each other."""
    return source.cells[source.cells["unit"].isin(_ADDED)]


def _column_total(source: Source, cell: Any, table: str, parts: Sequence[Any]) -> Iterator[Finding]:
    key = _without_year(cell.column), cell.unit
    same = [part for part in parts if (_without_year(part.column), part.unit) == key]
    computed = round(sum(part.value for part in same), 9)
    if len(same) > 1 and abs(cell.value - computed) > slack(part.raw for part in (cell, *same)):
        yield _both_tables(
            source, "error", [cell.line, *(part.line for part in same)],
            "{one_nb}: «{label}» står som {stated} i kolonnen «{column}», men radene i {other_nb} gir {computed}.",
            "{one_en}: “{label}” is stated as {stated} in the column “{column}”, but the rows of {other_en} give "
            "{computed}.",
            cell.value, computed, cell.table, table, cell.table, label=cell.row, column=cell.column,
        )  # fmt: skip


def _without_year(column: str) -> str:
    return column.casefold().split(" 20")[0]


def _same_row(source: Source) -> Iterator[Finding]:
    """Rows of the same name in two tables whose common columns differ: totals, and names long enough to be telling."""
    by_name: dict[str, dict[int, list[Any]]] = {}
    for cell in records(_amounts(source)):
        if not cell.table.startswith("x-"):
            name = _SUM.sub("", cell.row).casefold().strip()
            by_name.setdefault(name, {}).setdefault(cell.line, []).append(cell)
    for name, by_line in by_name.items():
        words = len(name.split())
        has_total = any(cell.is_total for row in by_line.values() for cell in row)
        if words < _TELLING_TOTAL or (words < _TELLING and not has_total):
            continue
        for first, second in combinations(by_line.values(), 2):
            one, other = _first_difference(first, second) or (None, None)
            if one and other and one.table != other.table:
                yield _both_tables(
                    source, "doubt", [one.line, other.line],
                    "«{label}» er {stated} i {one_nb}, men «{again}» er {computed} i {other_nb} ({column}).",
                    "“{label}” is {stated} in {one_en}, but “{again}” is {computed} in {other_en} ({column}).",
                    one.value, other.value, one.table, other.table, other.table, label=one.row, again=other.row,
                    column=one.column,
                )  # fmt: skip


def _first_difference(one: Sequence[Any], other: Sequence[Any]) -> tuple[Any, Any] | None:
    """The first cells of the same column and unit of two rows that differ; none where a row has a column twice."""
    first, second = ({(cell.column, cell.unit): cell for cell in row} for row in (one, other))
    if len(first) < len(one) or len(second) < len(other):
        return None
    pairs = ((cell, second[key]) for key, cell in first.items() if key in second)
    return next(((a, b) for a, b in pairs if abs(a.value - b.value) > slack((a.raw, b.raw))), None)
