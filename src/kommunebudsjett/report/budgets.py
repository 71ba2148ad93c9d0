"""Party budgets: the measures of a document in, what a report says of them out."""

import pandas as pd

from kommunebudsjett.report import wording
from kommunebudsjett.report.edition import Edition, kept, sources
from kommunebudsjett.tables.comparison import running_costs
from kommunebudsjett.tables.money import in_mnok

_NAME = ["area", "kind", "measure"]


def measures(e: Edition, proposal: str, area_id: str | None = None, year: int | None = None) -> pd.DataFrame:
    """The operating measures of a party budget in one year (its first), of one area or all, largest first."""
    rows = _measures(e, proposal, _year(e, proposal, year))
    return rows if area_id is None else rows[rows["area_id"] == area_id]


def _year(e: Edition, proposal: str, year: int | None) -> int:
    """The year that is asked for, else the first of a party budget: one year is not kept under two names."""
    return int(e.document(proposal)["budget_year"]) if year is None else year


@kept
def _measures(e: Edition, proposal: str, year: int) -> pd.DataFrame:
    rows = running_costs(e.table("measures", document=proposal), proposal, year, e.params.printing)
    return rows.sort_values("amount_mnok", ascending=False, kind="stable")


def services(e: Edition, proposal: str, year: int | None = None) -> pd.DataFrame:
    """The measures of the services, without finance and administration, with `fixed_mnok` in the price year."""
    return _services(e, proposal, _year(e, proposal, year))


@kept
def _services(e: Edition, proposal: str, year: int) -> pd.DataFrame:
    rows = measures(e, proposal, year=year)
    rows = rows[rows["area_id"] != "finans_organisasjon"]
    return rows.assign(fixed_mnok=rows["amount_mnok"] * e.price_factor(int(e.document(proposal)["budget_year"])))


def funding(e: Edition, proposal: str, year: int | None = None) -> pd.DataFrame:
    """What finance and administration gives or takes in one year (the first), a group of its table as one: name,
    amount_mnok (negative is money found), gives_mnok and takes_mnok (the rows of the group that find money, and those
    that cost), fixed_mnok (the amount in the price year) and sources. The largest source comes first.
    """
    return _funding(e, proposal, _year(e, proposal, year))


@kept
def _funding(e: Edition, proposal: str, year: int) -> pd.DataFrame:
    rows = measures(e, proposal, "finans_organisasjon", year)
    rows = rows.assign(fixed_mnok=rows["amount_mnok"] * e.price_factor(int(e.document(proposal)["budget_year"])))
    names = rows["group"].mask(rows["group"] == "", rows["measure"])
    out = []
    for name, group in rows.groupby(names, sort=False):
        amounts = group["amount_mnok"].to_numpy()
        in_order = sorted(zip(group["line"], group["document"], strict=True))
        out.append(
            {
                "name": name,
                "amount_mnok": float(amounts.sum()),
                "fixed_mnok": float(group["fixed_mnok"].sum()),
                "gives_mnok": float(amounts.clip(max=0).sum()),
                "takes_mnok": float(amounts.clip(min=0).sum()),
                "sources": tuple((document, str(line)) for line, document in in_order),
            }
        )
    columns = ["name", "amount_mnok", "fixed_mnok", "gives_mnok", "takes_mnok", "sources"]
    return pd.DataFrame(out, columns=columns).sort_values("amount_mnok", kind="stable", ignore_index=True)


def is_tabulated(e: Edition, proposal: str) -> bool:
    """Whether a party budget prints its amounts in tables, so that they can be summed."""
    rows = measures(e, proposal)
    return bool(len(rows)) and bool((rows["basis"] == "table").all())


def is_funded(e: Edition, proposal: str) -> bool:
    """Whether a party budget has a table that says where the money for the services is to come from."""
    rows = measures(e, proposal, "finans_organisasjon")
    return is_tabulated(e, proposal) and bool((rows["amount_mnok"] < 0).any())


def funding_items(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of kind `inndekning`, one row each, whether they state an amount or not."""
    rows = e.table("measures", document=proposal, kind="inndekning")
    return rows.drop_duplicates(["area", "measure"])


def stated_funding(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of kind `inndekning` that state an amount for the first year, without parts of others."""
    document = e.document(proposal)
    rows = e.table("measures", document=document["document"], kind="inndekning")
    return rows[(rows["year"] == document["budget_year"]) & rows["amount_mnok"].notna() & (rows["role"] != "part")]


def half_year(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of a party budget whose first year is half a year's cost."""
    rows = measures(e, proposal)
    return rows[rows["note"].str.contains("halvårseffekt", case=False)]


def largest_gap(e: Edition, proposal: str, year: int | None = None) -> tuple[float, list[tuple[str, str]]]:
    """The largest difference between the printed total of an operating table and the sum of its rows in one year (the
    first), in the printing that is used, and where both stand. Zero where a document prints no totals.
    """
    document = e.document(proposal)
    column = str(document["budget_year"] if year is None else year)
    cells = in_mnok(e.table("table_cells", document=document["document"], column=column))
    gap, where = 0.0, []
    of_measures = cells.loc[cells["line"].isin(measures(e, proposal)["line"]), "table"]
    for _, table in cells[cells["table"].isin(of_measures)].groupby("table"):
        is_total = table["is_total"] == 1
        if is_total.sum() == 1:
            difference = abs(float(table["value"][is_total].iloc[0] - table["value"][~is_total].sum()))
            if difference > gap:
                gap, where = difference, sources(table)
    return gap, where


def printed_twice(e: Edition, proposal: str) -> bool:
    """Whether a document prints its measures in two places."""
    return e.table("measures", document=proposal)["printing"].nunique() > 1


def printings_differ(e: Edition, proposal: str) -> bool:
    """Whether the audit found differences between the two places where a document prints its measures."""
    return not e.table("findings", "lines", document=proposal, check="printing").empty


def without_amount(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of a party budget, funding included, that have no amount for its first year, nor one
    without a year (`undated`): one row each.
    """
    document = e.document(proposal)
    rows = e.table("measures", document=document["document"])
    stated = rows[rows["amount_mnok"].notna() & (rows["year"].isna() | (rows["year"] == document["budget_year"]))]
    rows = rows.drop_duplicates(_NAME)
    return rows[~_are_among(rows, stated)]


def _are_among(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Which rows are of a measure that is among others of its document."""
    names = set(others[_NAME].itertuples(index=False, name=None))
    found = [name in names for name in rows[_NAME].itertuples(index=False, name=None)]
    return pd.Series(found, index=rows.index, dtype=bool)


def undated(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of a party budget, funding included, whose amount is for no stated year or for the whole period."""
    rows = e.table("measures", document=proposal)
    rows = rows[rows["amount_mnok"].notna() & rows["year"].isna()]
    return rows.drop_duplicates(_NAME)


def starting_later(e: Edition, proposal: str) -> pd.DataFrame:
    """Those of `without_amount` that have an amount for a later year."""
    document = e.document(proposal)
    rows = e.table("measures", document=document["document"])
    later = rows[rows["amount_mnok"].notna() & (rows["year"] > document["budget_year"])]
    found = without_amount(e, proposal)
    return found[_are_among(found, later)]


def items(e: Edition, rows: pd.DataFrame, name: str = "measure", signed: bool = True) -> str:
    """`name (amount)` of each row, as a list in a sentence; unsigned, money found is written without its minus."""
    shown = rows["amount_mnok"] if signed else -rows["amount_mnok"]
    amounts = [wording.mnok(amount, e.lang, 1, signed) for amount in shown]
    return e.listed([f"{e.gloss(label)} ({amount})" for label, amount in zip(rows[name], amounts, strict=True)])
