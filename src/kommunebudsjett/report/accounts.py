"""The accounts of the outcome: its service areas, and what it keeps beside them."""

import pandas as pd

from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.comparison import whole_table


def service_areas(e: Edition, summary: str) -> pd.DataFrame:
    """The service areas as the table of all areas prints them, without what the table `summary` sets beside them."""
    rows = whole_table(e.table("accounts"), e.part("outcome")["document"])
    return rows[~rows["service_area"].isin(_beside(e, summary))]


def central(e: Edition, summary: str) -> pd.DataFrame:
    """What the table of all areas prints among them, but the table `summary` sets beside them."""
    rows = whole_table(e.table("accounts"), e.part("outcome")["document"])
    return rows[rows["service_area"].isin(_beside(e, summary))]


def _beside(e: Edition, summary: str) -> set[str]:
    cells = e.table("table_cells")
    return set(cells.loc[(cells["document"] == e.part("outcome")["document"]) & (cells["table"] == summary), "row"])


def overspent(e: Edition) -> pd.DataFrame:
    """The service areas that spent more than their revised budget in any table, by the most precise of them.

    The table of all areas rounds to whole millions, so that a small overspending shows only in the chapters.
    """
    rows = e.table("accounts")
    rows = rows[(rows["document"] == e.part("outcome")["document"]) & (rows["deviation"] < 0)]
    return rows.sort_values("line", kind="stable").drop_duplicates("service_area", keep="last")
