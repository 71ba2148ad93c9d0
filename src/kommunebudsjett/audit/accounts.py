"""Check `tables`: what is printed in two tables of a document and should be the same."""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from kommunebudsjett.audit.columns import NAMES
from kommunebudsjett.audit.findings import EPSILON, Finding, both, capital, decimals, place, rounding
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped

FIGURES = {"actual": "actual", "revised_budget": "revised", "original_budget": "original", "deviation": "deviation"}


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Figures that stand in two tables and are not the same within rounding.

    A service area in the table of all areas and in that of its chapter; the two sides of the balance sheet; a row for
    all service areas and the table it sums up; rows of the same name and column in two tables of accounts.
    """
    cells = tables["table_cells"]
    yield from _areas(tables["accounts"], _steps(cells))
    yield from _sides(tables["balance"])
    for document, of_document in cells[cells["value"].notna()].groupby("document", sort=False):
        yield from _summed_up(str(document), of_document)
        yield from _same_row(str(document), of_document)


def _steps(cells: pd.DataFrame) -> dict[tuple[str, int], float]:
    """The unit of the last decimal of each printed line."""
    most = cells["raw"].map(decimals).groupby([cells["document"], cells["line"]]).max()
    return {(document, int(line)): 10.0**-value for (document, line), value in most.items()}


def _areas(accounts: pd.DataFrame, steps: dict[tuple[str, int], float]) -> Iterator[Finding]:
    for (document, area, _), rows in accounts.groupby(["document", "service_area", "year"], sort=False):
        for one, other in combinations(rows.itertuples(), 2):
            if one.table == other.table:
                continue
            bound = (steps[document, one.line] + steps[document, other.line]) / 2 + EPSILON
            off = [
                (kind, getattr(one, name), getattr(other, name))
                for name, kind in FIGURES.items()
                if abs(getattr(one, name) - getattr(other, name)) > bound
            ]
            if not off:
                continue
            stated, computed = off[0][1:]
            said = [
                both("{first} og {second}", "{first} and {second}", first=first, second=second)
                for _, first, second in off
            ]
            pairs = list(zip(off, said, strict=True))
            (one_nb, one_en), (other_nb, other_en) = place(one.table, ""), place(other.table, "")
            descriptions = both(
                "{area} har ikke de samme tallene i {one_nb} og {other_nb}: {figures_nb} mill. kr.",
                "{area} does not have the same figures in {one_en} and {other_en}: {figures_en} (NOK million).",
                area=area, one_nb=one_nb, one_en=one_en, other_nb=other_nb, other_en=other_en,
                figures_nb="; ".join(f"{NAMES[kind][0]} {text}" for (kind, *_), (text, _) in pairs),
                figures_en="; ".join(f"{NAMES[kind][1]} {text}" for (kind, *_), (_, text) in pairs),
            )  # fmt: skip
            yield Finding(
                document, "tables", "error", other.table, join_lines([one.line, other.line]), *descriptions,
                stated, computed, round(stated - computed, 9),
            )  # fmt: skip


def _sides(balance: pd.DataFrame) -> Iterator[Finding]:
    """Years in which the last totals of the two sides of the balance sheet differ."""
    for (document, year), rows in balance[balance["is_total"] == 1].groupby(["document", "year"], sort=False):
        last = {side: of.sort_values("line").iloc[-1] for side, of in rows.groupby("side")}
        if len(last) < 2:
            continue
        assets, funding = last["assets"], last["equity_and_liabilities"]
        difference = round(abs(assets["value"]) - abs(funding["value"]), 9)
        if abs(difference) <= EPSILON:
            continue
        descriptions = both(
            "Balansen {year} går ikke opp: «{one}» er {assets}, «{other}» er {funding}.",
            "The balance sheet of {year} does not balance: “{one}” is {assets}, “{other}” is {funding}.",
            year=str(year), one=assets["row"], other=funding["row"], assets=float(abs(assets["value"])),
            funding=float(abs(funding["value"])),
        )  # fmt: skip
        yield Finding(
            str(document), "tables", "error", funding["table"], join_lines([assets["line"], funding["line"]]),
            *descriptions, float(abs(assets["value"])), float(abs(funding["value"])), difference,
        )  # fmt: skip


def _summed_up(document: str, cells: pd.DataFrame) -> Iterator[Finding]:
    """Rows that name what another table is about, and that the rows of that table do not add up to."""
    captions = dict(zip(cells["table"], cells["caption"].str.casefold(), strict=True))
    of_table = grouped(cells, ["table"])
    for (line,), row in grouped(cells, ["line"]).items():
        home, label = row[0].table, row[0].row.casefold()
        if len(label) < 8:
            continue
        for table in (table for table, caption in captions.items() if table != home and caption.endswith(label)):
            other = of_table[table,]
            if any(cell.is_total == 1 for cell in other):
                continue
            apart = {cell.row.casefold() for cell in of_table[home,]}
            parts = [cell for cell in other if cell.row.casefold() not in apart]
            yield from _column_totals(document, int(line), row, str(table), parts)


def _column_totals(document: str, line: int, row: list, table: str, parts: list) -> Iterator[Finding]:
    for cell in row:
        same = [part for part in parts if _without_year(part.column) == _without_year(cell.column)]
        if len(same) < 2:
            continue
        computed = round(sum(part.value for part in same), 9)
        difference = round(cell.value - computed, 9)
        if abs(difference) <= rounding(len(same), 10.0 ** -decimals(cell.raw))[1]:
            continue
        (one_nb, one_en), (other_nb, other_en) = place(cell.table, ""), place(table, "")
        descriptions = both(
            "{one_nb}: «{label}» står som {stated} i kolonnen «{column}», men radene i {other_nb} gir {computed}.",
            "{one_en}: “{label}” is stated as {stated} in the column “{column}”, but the rows of {other_en} give "
            "{computed}.",
            one_nb=capital(one_nb), one_en=capital(one_en), other_nb=other_nb, other_en=other_en, label=cell.row,
            stated=cell.value, column=cell.column, computed=computed,
        )  # fmt: skip
        lines = join_lines([line, *(part.line for part in same)])
        yield Finding(document, "tables", "error", cell.table, lines, *descriptions, cell.value, computed, difference)


def _without_year(column: str) -> str:
    return column.casefold().split(" 20")[0]


def _same_row(document: str, cells: pd.DataFrame) -> Iterator[Finding]:
    """Rows of the same name in two tables whose common columns differ: totals, and names long enough to be telling."""
    told = cells[~cells["table"].str.startswith("x-")]
    names = told["row"].str.replace(r"^(?:\d+\.\s*)?(?:sum\s+)?", "", case=False, regex=True).str.casefold().str.strip()
    for (name,), rows in grouped(told.assign(name=names), ["name"]).items():
        words = len(name.split())
        if words < 3 or (words < 5 and not any(cell.is_total for cell in rows)):
            continue
        by_line: dict[int, list] = {}
        for cell in rows:
            by_line.setdefault(cell.line, []).append(cell)
        for one, other in combinations(by_line.values(), 2):
            pair = _first_difference(one, other) if one[0].table != other[0].table else None
            if pair:
                yield _differing(document, *pair)


def _first_difference(one: list, other: list) -> tuple | None:
    """The first cells of the same column and unit of two rows that differ; none where a row has a column twice."""
    first, second = ({(cell.column, cell.unit): cell for cell in row} for row in (one, other))
    if len(first) < len(one) or len(second) < len(other):
        return None
    pairs = ((cell, second[key]) for key, cell in first.items() if key in second)
    return next(((a, b) for a, b in pairs if abs(a.value - b.value) > 10.0 ** -decimals(a.raw) + EPSILON), None)


def _differing(document: str, one, other) -> Finding:
    (one_nb, one_en), (other_nb, other_en) = place(one.table, ""), place(other.table, "")
    descriptions = both(
        "«{label}» er {first} i {one_nb}, men «{again}» er {second} i {other_nb} ({column}).",
        "“{label}” is {first} in {one_en}, but “{again}” is {second} in {other_en} ({column}).",
        label=one.row, again=other.row, first=one.value, second=other.value,
        one_nb=one_nb, one_en=one_en, other_nb=other_nb, other_en=other_en, column=one.column,
    )  # fmt: skip
    return Finding(
        document, "tables", "doubt", other.table, join_lines([one.line, other.line]), *descriptions,
        one.value, other.value, round(one.value - other.value, 9),
    )  # fmt: skip
