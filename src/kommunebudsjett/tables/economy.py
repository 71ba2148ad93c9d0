"""The cells of an annual report in; statement by kind, investments, balance and guarantees out.

Each is tidy: one amount a row, in million kroner, with what its column means (`actual`, `revised_budget`,
`original_budget` or `deviation`) and its year. Tables are known by what their columns mean and by the words of their
caption.
"""

import re

import pandas as pd

from kommunebudsjett.tables.meanings import with_meaning, years_in
from kommunebudsjett.tables.money import in_mnok

COLUMNS = ["document", "table", "group", "row", "meaning", "year", "value", "unit", "is_total", "line"]
BALANCE_COLUMNS = ["document", "table", "side", *COLUMNS[2:]]
GUARANTEE_COLUMNS = ["document", "table", "row", "year", "value", "unit", "is_total", "line"]
_TABLE = ["document", "table", "caption"]
_INVESTMENTS = re.compile(r"invester", re.IGNORECASE)
_GUARANTEES = re.compile(r"garanti", re.IGNORECASE)
_ASSETS = re.compile(r"eiendel", re.IGNORECASE)


def statement_by_kind(cells: pd.DataFrame) -> pd.DataFrame:
    """Income and expenditure by kind (etter art): the accounts of two years beside both budgets."""
    amounts = _in_order(with_meaning(in_mnok(cells)))
    years = _years_of_accounts(amounts)
    budgets = amounts["meaning"].isin(["revised_budget", "original_budget"])
    both = amounts["meaning"].where(budgets).groupby(_by_table(amounts)).transform("nunique") == 2
    return amounts.loc[both & (years > 1), COLUMNS].reset_index(drop=True)


def investments(cells: pd.DataFrame) -> pd.DataFrame:
    """The appropriations for investment and the investments by area."""
    amounts = _in_order(with_meaning(in_mnok(cells[cells["caption"].str.contains(_INVESTMENTS)])))
    return amounts[COLUMNS].reset_index(drop=True)


def balance(cells: pd.DataFrame) -> pd.DataFrame:
    """The balance sheet; `side` is `assets` or `equity_and_liabilities`."""
    amounts = _in_order(with_meaning(in_mnok(cells)))
    only_accounts = (amounts["meaning"] == "actual").groupby(_by_table(amounts)).transform("all")
    amounts = amounts[only_accounts & (_years_of_accounts(amounts) > 1)]
    side = amounts["caption"].str.contains(_ASSETS).map({True: "assets", False: "equity_and_liabilities"})
    return amounts.assign(side=side)[BALANCE_COLUMNS].reset_index(drop=True)


def guarantees(cells: pd.DataFrame) -> pd.DataFrame:
    """What the municipality guarantees for, by purpose and year."""
    amounts = in_mnok(cells[cells["caption"].str.contains(_GUARANTEES)])
    amounts = _in_order(amounts.assign(year=years_in(amounts["column"])))
    return amounts.loc[amounts["year"].notna(), GUARANTEE_COLUMNS].reset_index(drop=True)


def _by_table(amounts: pd.DataFrame) -> list[pd.Series]:
    return [amounts[name] for name in _TABLE]


def _years_of_accounts(amounts: pd.DataFrame) -> pd.Series:
    return amounts["year"].where(amounts["meaning"] == "actual").groupby(_by_table(amounts)).transform("nunique")


def _in_order(amounts: pd.DataFrame) -> pd.DataFrame:
    return amounts.sort_values(["document", "line"], kind="stable")
