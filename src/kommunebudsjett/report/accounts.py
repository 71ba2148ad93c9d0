"""The accounts of the annual report: its service areas, and what it keeps beside them."""

from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report.edition import Edition, kept, source, sources
from kommunebudsjett.tables.comparison import whole_table
from kommunebudsjett.tables.meanings import amounts_of
from kommunebudsjett.tables.money import in_mnok

# What an annual report calls the sum of its services, and how the row of its result begins.
SERVICES, RESULT = "tjenesteområdene", "resultat"


@dataclass(frozen=True)
class Total:
    """An amount in million kroner of the year of the annual report, and the lines it is printed on, or where it is not
    `printed`, summed from.
    """

    mnok: float
    sources: tuple[tuple[str, str], ...]
    printed: bool


@kept
def summary(e: Edition, report: str) -> pd.DataFrame:
    """The cells of the table that sets the sum of the services beside all else, in million kroner, with their
    `meaning`; empty where the annual report prints no such table, or nothing says its unit.
    """
    rows = e.table("table_cells", "table", "row", document=report)
    tables = rows.loc[rows["row"].str.casefold() == SERVICES, "table"]
    cells = e.table("table_cells", document=report, table="" if tables.empty else tables.iloc[0])
    return amounts_of(in_mnok(cells))


def services_deviation(e: Edition, report: str) -> Total | None:
    """What the services spent less (negative: more) than their revised budget, as printed, else as the sum of the
    service areas; None where the annual report has no accounts, or not all of them have a deviation.
    """
    cells = summary(e, report)
    found = cells[(cells["row"].str.casefold() == SERVICES) & (cells["meaning"] == "deviation")]
    rows = service_areas(e, report, "" if cells.empty else cells["table"].iloc[0])
    if len(found) == 1:
        printed, summed = float(found["value"].iloc[0]), rows["deviation"].sum()
        # The deviations of the areas are what is left, also where the table prints them the other way.
        turned = abs(printed + summed) < abs(printed - summed)
        return Total(-printed if turned else printed, (source(found.iloc[0]),), printed=True)
    # Without one of them the sum is not that of the services.
    if len(rows) and rows["deviation"].notna().all():
        return Total(float(rows["deviation"].sum()), tuple(sources(rows)), printed=False)
    return None


def result(e: Edition, report: str) -> Total | None:
    """The result of the year before it is set aside; None where the table of the summary has none."""
    cells = summary(e, report)
    found = cells[cells["row"].str.casefold().str.startswith(RESULT) & (cells["meaning"] == "deviation")]
    return Total(float(found["value"].iloc[0]), (source(found.iloc[0]),), printed=True) if len(found) == 1 else None


def depreciation(e: Edition, report: str) -> pd.DataFrame:
    """Depreciation in the annual report's year, a row for each meaning (actual, revised_budget, original_budget).

    Where the original budget has none and the accounts have, the two cannot be compared.
    """
    rows = e.table("statement_by_kind", document=report)
    rows = rows[rows["year"] == e.document(report)["budget_year"]]
    named = rows["row"].str.casefold().str.startswith("avskrivning") & (rows["meaning"] != "deviation")
    return rows[named & rows["value"].notna()].set_index("meaning", drop=False)


def service_areas(e: Edition, report: str, summary: str) -> pd.DataFrame:
    """The service areas as the table of all areas prints them, without what the table `summary` sets beside them."""
    rows = whole_table(_accounts(e, report), report)
    return rows[~rows["service_area"].isin(_beside(e, report, summary))]


def central(e: Edition, report: str, summary: str) -> pd.DataFrame:
    """What the table of all areas prints among them, but the table `summary` sets beside them."""
    rows = whole_table(_accounts(e, report), report)
    return rows[rows["service_area"].isin(_beside(e, report, summary))]


def _beside(e: Edition, report: str, summary: str) -> set[str]:
    return set(e.table("table_cells", document=report, table=summary)["row"])


def _accounts(e: Edition, report: str) -> pd.DataFrame:
    return e.table("accounts", document=report)


def overspent(e: Edition, report: str) -> pd.DataFrame:
    """The service areas that spent more than their revised budget in any table, by the most precise of them.

    The table of all areas rounds to whole millions, so that a small overspending shows only in the chapters.
    """
    rows = _accounts(e, report)
    rows = rows[rows["deviation"] < 0]
    return rows.sort_values("line", kind="stable").drop_duplicates("service_area", keep="last")
