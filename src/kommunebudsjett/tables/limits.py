"""Limits that stop nonsense: amounts by area in; those that no Norwegian municipality can have out.

An amount that is read in thousands for kroner, or in millions for thousands, is a thousand times too large: no limit
needs to be narrow to find it.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import LIMITS
from kommunebudsjett.tables.grouping import records
from kommunebudsjett.tables.reference import check_contract, curated, read_reference

# How many times the largest total of the document itself an area may have, where the population is not known.
_TIMES_THE_TOTAL = 2.0


@curated("limits.csv")
def load_limits(reference: Path) -> pd.DataFrame:
    """The curated rows of limits.csv: kroner per inhabitant, with their source.

    Raises UserError, with the line, where a row breaks the contract.
    """
    path = reference / "limits.csv"
    limits = read_reference(path, LIMITS)
    check_contract(path, LIMITS, limits)
    return limits


class Beyond(NamedTuple):
    """An amount by area that cannot be right: its table and line, and why."""

    table: str
    line: int
    why: str


def beyond(
    areas: pd.DataFrame, statement: pd.DataFrame, municipality: str, population: pd.DataFrame, limits: pd.DataFrame
) -> list[Beyond]:
    """The amounts of a document that are outside what Norwegian municipalities have.

    Parameters
    ----------
    areas: document, service_area, table, year, amount_mnok, line and counts_in_total.
    statement: the document's rows of `statement_by_kind`, whose totals count where the population is not known.
    """
    amounts = areas[areas["amount_mnok"].notna()]
    people = _people(population, municipality)
    if people.empty:
        return list(_beyond_total(amounts, statement))
    return [*_each(amounts, people, limits), *_together(amounts, people, limits)]


def _people(population: pd.DataFrame, municipality: str) -> pd.Series:
    own = population[population["municipality"] == municipality]
    return own.set_index("year")["population"].sort_index()


def _inhabitants(people: pd.Series, year: int) -> int:
    """The inhabitants in the known year that is nearest."""
    return int(people.iloc[abs(people.index.to_numpy() - year).argmin()])


def _limit(limits: pd.DataFrame, what: str, name: str) -> float | None:
    found = limits.loc[limits["what"] == what, name].dropna()
    return float(found.iloc[0]) if len(found) else None


def _each(amounts: pd.DataFrame, people: pd.Series, limits: pd.DataFrame) -> Iterator[Beyond]:
    most = _limit(limits, "area", "most_nok")
    for row in records(amounts):
        each = abs(row.amount_mnok) * 1e6 / _inhabitants(people, int(row.year))
        if most is not None and each > most:
            said = f"{row.service_area} would cost {each:,.0f} kroner per inhabitant in {int(row.year)}"
            yield Beyond(row.table, int(row.line), f"{said}; no municipality has more than {most:,.0f}")


def _together(amounts: pd.DataFrame, people: pd.Series, limits: pd.DataFrame) -> Iterator[Beyond]:
    """Tables of at least three areas that cost too little or too much together."""
    least, most = (_limit(limits, "areas", name) for name in ("least_nok", "most_nok"))
    for (table, _), rows in amounts[amounts["counts_in_total"] == 1].groupby(["table", "year"], sort=False):
        year = int(rows["year"].iloc[0])
        each = abs(rows["amount_mnok"].sum()) * 1e6 / _inhabitants(people, year)
        size = rows["amount_mnok"].abs().sum() * 1e6 / _inhabitants(people, year)
        outside = (most is not None and each > most) or (least is not None and size < least)
        if len(rows) >= 3 and outside:
            said = f"all areas of the table would cost {each:,.0f} kroner per inhabitant in {year}"
            yield Beyond(str(table), int(rows["line"].min()), f"{said}; municipalities have between {least} and {most}")


def _beyond_total(amounts: pd.DataFrame, statement: pd.DataFrame) -> Iterator[Beyond]:
    total = statement["value"].abs().max() if len(statement) else None
    if total is None or pd.isna(total) or not total:
        return
    for row in records(amounts):
        if abs(row.amount_mnok) > _TIMES_THE_TOTAL * total:
            said = f"{row.service_area} would be {abs(row.amount_mnok) / total:,.0f} times"
            yield Beyond(row.table, int(row.line), f"{said} the largest amount of the document's own statement")


def areas_of(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The amounts by area of a document's accounts and plans, as `beyond` takes them."""
    columns = ["document", "service_area", "table", "year", "amount_mnok", "line", "counts_in_total"]
    accounts = tables["accounts"].rename(columns={"actual": "amount_mnok"})[columns]
    plans = tables["plans"]
    plans = plans.loc[plans["meaning"] == "plan", columns]
    kept = [frame for frame in (accounts, plans) if len(frame)]
    return pd.concat(kept, ignore_index=True) if kept else accounts


def check_limits(
    tables: dict[str, pd.DataFrame], municipality: str, population: pd.DataFrame, limits: pd.DataFrame, path: Path
) -> None:
    """Raise UserError, about the document at `path`, for the first amount that is outside the limits."""
    found = beyond(areas_of(tables), tables["statement_by_kind"], municipality, population, limits)
    if not found:
        return
    cells = tables["table_cells"]
    first = found[0]
    of_line = cells[(cells["table"] == first.table) & (cells["line"] == first.line)]
    unit, from_line = of_line["unit"].iloc[0], of_line["unit_line"].dropna()
    said = f" (line {int(from_line.iloc[0])} says so)" if len(from_line) else ""
    raise UserError(
        f"{first.why}. Table {first.table} is read in {unit}{said}",
        file=path,
        line=first.line,
        remedy=f'if the table is in another unit, state it in data/raw/documents.yml: units: {{"{first.table}": nok}}; '
        "if the population is wrong, correct data/reference/population.csv",
    )
