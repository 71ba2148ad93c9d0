"""The cells of documents of municipalities in; statement by kind, investments, balance and guarantees out.

Each is tidy: one amount a row, in million kroner, with what its column means and its year. Tables are known by what
they are `about` and by what their columns mean.
"""

import re

import pandas as pd

from kommunebudsjett.tables.contracts import FIGURE_MEANINGS
from kommunebudsjett.tables.meanings import amounts_of, years_in
from kommunebudsjett.tables.money import in_mnok
from kommunebudsjett.tables.subjects import BALANCE, INVESTMENTS, STATEMENT

COLUMNS = ["document", "table", "group", "row", "meaning", "year", "value", "unit", "is_total", "line"]
BALANCE_COLUMNS = ["document", "table", "side", *COLUMNS[2:]]
GUARANTEE_COLUMNS = ["document", "table", "row", "year", "value", "unit", "is_total", "line"]
_TABLE = ["document", "table", "caption"]
_ASSETS = re.compile(r"eiendel|eigedel", re.IGNORECASE)
_FUNDING = re.compile(r"gjeld|e(?:i)?genkapital", re.IGNORECASE)
# Rows that sum or balance others, or are a part of one: adding them up would count amounts twice.
_REPEATS = re.compile(r"(?:\d+\.?\s+)?(?:sum|brutto|netto|resultat|herav|derav|av dette)\b", re.IGNORECASE)


def statement_by_kind(cells: pd.DataFrame) -> pd.DataFrame:
    """Income and expenditure by kind (etter art): accounts, budgets and plans as the table has them."""
    amounts = _in_order(amounts_of(in_mnok(cells[cells["about"] == STATEMENT]), FIGURE_MEANINGS))
    repeats = (amounts["is_total"] == 1) | amounts["row"].str.match(_REPEATS)
    counts = (~repeats).astype("Int64")
    return amounts.assign(counts_in_total=counts)[[*COLUMNS, "counts_in_total"]].reset_index(drop=True)


def investments(cells: pd.DataFrame) -> pd.DataFrame:
    """The appropriations for investment and the investments by area."""
    amounts = _in_order(amounts_of(in_mnok(cells[cells["about"] == INVESTMENTS]), FIGURE_MEANINGS))
    return amounts[COLUMNS].reset_index(drop=True)


def balance(cells: pd.DataFrame) -> pd.DataFrame:
    """The balance sheet; `side` is `assets` or `equity_and_liabilities`.

    A table without a caption that says its side is on that of the group or the label of each row.
    """
    amounts = _in_order(amounts_of(in_mnok(cells[cells["about"] == BALANCE])))
    amounts = amounts[amounts["meaning"] == "actual"]
    if amounts.empty:
        return amounts.assign(side="")[BALANCE_COLUMNS].reset_index(drop=True)
    side = _side(amounts["caption"])
    side = side.mask(side == "", _side(amounts["group"]))
    amounts = amounts.assign(side=side.mask(side == "", _side(amounts["row"])))
    return amounts.loc[amounts["side"] != "", BALANCE_COLUMNS].reset_index(drop=True)


def _side(texts: pd.Series) -> pd.Series:
    """The side of the balance sheet that each text names; "" where it names none or both."""
    assets, funding = texts.str.contains(_ASSETS), texts.str.contains(_FUNDING)
    side = pd.Series("", index=texts.index, dtype="str").mask(assets & ~funding, "assets")
    return side.mask(funding & ~assets, "equity_and_liabilities")


def guarantees(cells: pd.DataFrame) -> pd.DataFrame:
    """What the municipality guarantees for, by purpose and year."""
    amounts = in_mnok(cells[cells["about"] == "guarantees"])
    amounts = _in_order(amounts.assign(year=years_in(amounts["column"])))
    return amounts.loc[amounts["year"].notna(), GUARANTEE_COLUMNS].reset_index(drop=True)


def _in_order(amounts: pd.DataFrame) -> pd.DataFrame:
    return amounts.sort_values(["document", "line"], kind="stable")
