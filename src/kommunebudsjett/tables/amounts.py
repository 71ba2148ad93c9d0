"""What each document says an area gets or costs, an amount each: clean tables in, the table `amounts` out."""

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Params
from kommunebudsjett.core.registry import Document
from kommunebudsjett.tables import prices as price_tables
from kommunebudsjett.tables.comparison import unconfirmed
from kommunebudsjett.tables.contracts import MEANINGS

COLUMNS = ["document", "area_id", "service_area", "year", "meaning", "amount_nominal", "line"]
# What stands in `price_status` where there is no figure to bring an amount to the price year.
MISSING = "missing"


def amounts_of(document: Document, tables: dict[str, pd.DataFrame], printing: str) -> pd.DataFrame:
    """The amounts of a document by area that may be added up: `COLUMNS`, in million kroner as printed.

    A proposal has its measures of running costs, each year of its plan, and where it prints its tables twice those of
    `printing`; without a baseline they are levels that it plans. A budget has its plan, a report its accounts. Totals,
    parts of other amounts, investments and what pays for a proposal are left out.
    """
    if document.role == "proposal":
        rows = _measures(tables["measures"], printing).assign(meaning="change" if document.baseline else "plan")
    else:
        rows = _plans(tables["plans"]) if document.role == "budget" else _accounts(tables["accounts"])
    rows = rows[rows["amount_nominal"].notna() & rows["year"].notna()]
    return rows[COLUMNS].sort_values(["line", "year", "meaning"], kind="stable", ignore_index=True)


def _measures(rows: pd.DataFrame, printing: str) -> pd.DataFrame:
    rows = rows[(rows["kind"] == "drift") & (rows["counts_in_total"] == 1) & rows["printing"].isin(["", printing])]
    return rows.assign(service_area=rows["area"], amount_nominal=rows["amount_mnok"])


def _plans(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["counts_in_total"] == 1].rename(columns={"amount_mnok": "amount_nominal"})


def _accounts(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["counts_in_total"] == 1].melt(
        id_vars=["document", "area_id", "service_area", "year", "line"],
        value_vars=list(MEANINGS),
        var_name="meaning",
        value_name="amount_nominal",
    )


def amounts(
    found: pd.DataFrame, documents: pd.DataFrame, params: Params, prices: pd.DataFrame, population: pd.DataFrame
) -> pd.DataFrame:
    """The table `amounts` (see the contracts) of what `amounts_of` found in all documents.

    A proposal and a budget give all years of their plan in the prices of its first year; other amounts are in those of
    their own year. Where a figure of prices or people is missing, what it is needed for is empty.
    """
    about = documents.set_index("document")[["municipality", "role", "budget_year", "place"]]
    rows = found.join(about, on="document")
    planned = rows["role"] != "report"
    rows["price_year"] = rows["year"].mask(planned & (rows["year"] > rows["budget_year"]), rows["budget_year"])
    figures = {int(year): _figure(int(year), params, prices) for year in rows["price_year"].unique()}
    places = rows[["municipality", "year"]].drop_duplicates().itertuples(index=False, name=None)
    people = {(place, year): _inhabitants(population, place, int(year)) for place, year in places}
    of = pd.Series([people[key] for key in zip(rows["municipality"], rows["year"], strict=True)], index=rows.index)
    rows["amount_fixed"] = rows["amount_nominal"] * rows["price_year"].map(lambda year: figures[int(year)][0])
    rows["price_status"] = rows["price_year"].map(lambda year: figures[int(year)][1])
    rows["per_inhabitant"] = rows["amount_fixed"] * 1_000_000 / of
    return rows.assign(superseded_by=_superseding(rows))


def _figure(year: int, params: Params, prices: pd.DataFrame) -> tuple[float, str]:
    """What brings an amount of a year to the price year, and which of its figures are not confirmed."""
    try:
        return price_tables.factor(prices, params.prices.index, year, params.prices.year), unconfirmed(
            prices, params, year
        )
    except UserError:
        return float("nan"), MISSING


def _inhabitants(population: pd.DataFrame, municipality: str, year: int) -> float:
    try:
        return price_tables.inhabitants(population, municipality, year)
    except UserError:
        return float("nan")


def _superseding(rows: pd.DataFrame) -> pd.Series:
    """For each level the document of its municipality that states the same (area, year and meaning) last, where that is
    another: a report goes before a budget, and of two of a kind the one for the later year. Changes replace nothing.
    """
    levels = rows[rows["role"] != "proposal"]
    levels = levels.assign(report=levels["role"] == "report")
    last = levels.sort_values(["report", "budget_year", "place"], kind="stable")
    keys = ["municipality", "area_id", "year", "meaning"]
    newest = last.groupby(keys)["document"].transform("last")
    found = newest.where(newest != levels["document"].reindex(newest.index), "")
    return found.reindex(rows.index, fill_value="").astype("str")
