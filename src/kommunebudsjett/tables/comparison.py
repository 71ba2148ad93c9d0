"""The compared documents by harmonised area, in the same prices and per inhabitant: party budgets are changes,
accounts are levels, and each row says which it is.
"""

from collections.abc import Sequence

import pandas as pd

from kommunebudsjett.core.params import Params
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables import prices as price_tables
from kommunebudsjett.tables.contracts import MEANINGS


def running_costs(measures: pd.DataFrame, document: str, year: int, printing: str) -> pd.DataFrame:
    """The amounts that a party budget states for its service areas in one year, without investments and funding.

    Where the document prints its tables twice, only the rows of `printing` count. Rows without an amount are left
    out: they are no change that can be added. So are parts, which are in the amount of another row.
    """
    rows = measures[(measures["document"] == document) & (measures["kind"] == "drift")]
    rows = rows[rows["printing"].isin(["", printing])]
    return rows[(rows["year"] == year) & rows["amount_mnok"].notna() & (rows["role"] != "part")]


def area_changes(measures: pd.DataFrame, document: str, year: int, printing: str) -> pd.DataFrame:
    """area_id, meaning (`change`), amount_mnok and lines: the sum of a party budget's measures in one year."""
    rows = running_costs(measures, document, year, printing)
    return _summed(rows, ["area_id"]).assign(meaning="change", document=document, year=year)


def _summed(rows: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rows that have the same keys as one: the sum of their amounts, and their lines."""
    groups = rows.groupby(keys)
    # Apart: to aggregate several columns in one call, pandas takes as long again as for the sums and lines themselves.
    return pd.DataFrame(
        {"amount_mnok": groups["amount_mnok"].sum(), "lines": groups["line"].agg(join_lines)}
    ).reset_index()


def whole_table(accounts: pd.DataFrame, document: str) -> pd.DataFrame:
    """The rows of the table that holds most service areas: the one that covers the whole municipality."""
    rows = accounts[accounts["document"] == document]
    if rows.empty:
        return rows
    return rows[rows["table"] == rows["table"].value_counts().index[0]]


def area_levels(accounts: pd.DataFrame, document: str) -> pd.DataFrame:
    """area_id, meaning (one of `MEANINGS`), amount_mnok and lines: the sum of an area's service areas."""
    rows = whole_table(accounts, document).melt(
        id_vars=["area_id", "year", "line"],
        value_vars=list(MEANINGS),
        var_name="meaning",
        value_name="amount_mnok",
    )
    rows = rows[rows["amount_mnok"].notna()]
    return _summed(rows, ["area_id", "year", "meaning"]).assign(document=document)


def comparison(
    tables: dict[str, pd.DataFrame],
    compared: Sequence[str],
    report: str,
    params: Params,
    prices: pd.DataFrame,
    population: pd.DataFrame,
) -> pd.DataFrame:
    """The table `comparison` (see the contracts) of some documents, by their ids; shares are of the levels of `report`,
    one of them.

    Raises UserError where a price or population figure is missing.
    """
    documents = tables["documents"].set_index("document")
    frames = []
    for document in compared:
        role = documents.at[document, "role"]
        if role == "report":
            rows = area_levels(tables["accounts"], document)
        else:
            year = int(documents.at[document, "budget_year"])
            rows = area_changes(tables["measures"], document, year, params.printing)
        rows = rows.assign(role=role, price_index=params.prices.index, price_year=params.prices.year)
        years = rows["year"].unique()
        factors = {
            year: price_tables.factor(prices, params.prices.index, int(year), params.prices.year) for year in years
        }
        people = {
            year: price_tables.inhabitants(population, documents.at[document, "municipality"], int(year))
            for year in years
        }
        rows["price_status"] = rows["year"].map({year: unconfirmed(prices, params, int(year)) for year in years})
        rows["fixed_mnok"] = rows["amount_mnok"] * rows["year"].map(factors)
        rows["per_inhabitant_nok"] = rows["fixed_mnok"] * 1_000_000 / rows["year"].map(people)
        frames.append(rows)
    out = pd.concat(frames, ignore_index=True)
    level = out[(out["document"] == report) & (out["meaning"] == "actual")].set_index("area_id")
    # Of a net income there is no share: 5 million of -7 says nothing.
    cost = level["fixed_mnok"].where(level["fixed_mnok"] > 0)
    out["share_of_level_percent"] = out["fixed_mnok"] / out["area_id"].map(cost) * 100
    out["level_lines"] = out["area_id"].map(level["lines"]).fillna("")
    return out


def unconfirmed(prices: pd.DataFrame, params: Params, year: int) -> str:
    """The price figures that bring an amount of `year` to the price year and are not confirmed: `2026 forecast`."""
    used = price_tables.status(prices, params.prices.index, year, params.prices.year)
    return "; ".join(f"{figure} {status}" for figure, status in used.items() if status != "confirmed")
