"""The cells of a document in; a row for each service area in each table of accounts out."""

import re
from difflib import SequenceMatcher

import pandas as pd

from kommunebudsjett.tables.contracts import MEANINGS
from kommunebudsjett.tables.meanings import amounts_of
from kommunebudsjett.tables.money import in_mnok
from kommunebudsjett.tables.nets import areas_only
from kommunebudsjett.tables.subjects import AREAS
from kommunebudsjett.tables.totals import area_name, is_total_name

COLUMNS = ["document", "service_area", "table", "year", *MEANINGS, "line", "counts_in_total"]
_TABLE = ["document", "table", "caption", "section"]
_BY_AREA = ("", AREAS)
# Half of the whole million kroner that the table of all areas is printed in, and the last bit of a sum.
_ROUNDING = 0.5 + 1e-9
# So much of what a table deviates by may be rounding and slips.
_SLIPS = 0.25
# How alike a chapter heading and an area must be ("Byrådsleders avdeling", "Byrådsavdelinger").
_ALIKE = 0.7


def accounts(cells: pd.DataFrame) -> pd.DataFrame:
    """Result, budgets and deviation by service area, in million kroner.

    A table counts that has accounts beside a budget or a deviation, each once for the latest year of its accounts: the
    one of all areas, and in other chapters those whose rows are areas. An area has its name in the table of all areas,
    whose rows count in totals; a row that is no area is left out, and so is a total, whether its name says so or its
    amounts. A deviation is what is left of the budget, also where the table prints it the other way.
    """
    rows = _without_totals(_with_deviations_left(_account_rows(cells)))
    found = [_of_document(document) for _, document in rows.groupby("document", sort=False)]
    frame = pd.concat([_none(rows), *found], ignore_index=True)
    return frame[COLUMNS].sort_values(["document", "line"], kind="stable", ignore_index=True)


def _none(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.iloc[:0].assign(service_area="", counts_in_total=0)


def _account_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """Table rows with their amounts for the latest year of the accounts, for the tables that have what it takes."""
    cells = areas_only(cells[cells["about"].isin(_BY_AREA) & (cells["funding"] == 0)])
    found = amounts_of(in_mnok(cells), (*MEANINGS, "budget"))
    amounts = found[found["meaning"] != "budget"]
    table = [amounts[name] for name in _TABLE]
    latest = amounts["year"].where(amounts["meaning"] == "actual").groupby(table).transform("max")
    amounts = amounts[amounts["year"] == latest]
    columns = amounts.drop_duplicates([*_TABLE, "column"]).groupby(_TABLE)["meaning"].agg(list)
    whole = columns[columns.map(lambda found: len(found) > 1 and len(set(found)) == len(found))].index
    amounts = amounts[pd.MultiIndex.from_frame(amounts[_TABLE]).isin(whole)]
    keys = [*_TABLE, "about", "row", "is_total", "line"]
    rows = amounts.pivot(index=keys, columns="meaning", values="value").reindex(columns=MEANINGS)
    unsaid = found[found["meaning"] == "budget"].groupby([*keys, "year"])["value"].first()
    rows = (
        rows.assign(year=amounts.groupby(keys)["year"].max())
        .reset_index()
        .join(unsaid.rename("budget"), on=[*keys, "year"])
    )
    return rows.assign(row=rows["row"].map(area_name).astype("str"))


def _with_deviations_left(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the deviations of a table turned where they are what its rows spent above their budget."""
    budget = rows["revised_budget"].fillna(rows["budget"]).fillna(rows["original_budget"])
    left = budget - rows["actual"]
    known = rows.assign(
        as_left=(rows["deviation"] - left).abs(), as_spent=(rows["deviation"] + left).abs(), left=left.abs()
    )
    known = known[(rows["deviation"] * left).notna() & (left != 0)]
    tables = known.groupby(["document", "table"])[["as_left", "as_spent", "left", "actual"]].sum()
    # A row with a slip does not decide; where costs are printed as minus, less minus is money left.
    turned = tables[(tables["as_spent"] < _SLIPS * tables["left"]) & (tables["as_spent"] < tables["as_left"])]
    turned = turned[turned["actual"] > 0]
    there = pd.MultiIndex.from_frame(rows[["document", "table"]]).isin(turned.index)
    return rows.assign(deviation=rows["deviation"].where(~there, -rows["deviation"]))


def _without_totals(rows: pd.DataFrame) -> pd.DataFrame:
    named = (rows["is_total"] == 1) | rows["row"].map(is_total_name).astype(bool)
    rows = rows[~named].sort_values(["document", "line"], kind="stable")
    summed = [line for _, table in rows.groupby(["document", "table"], sort=False) for line in _summing(table)]
    return rows.drop(index=summed)


def _summing(table: pd.DataFrame) -> list[int]:
    """The first or the last row of a table, where it sums all others: in one column it may have a slip."""
    if len(table) < 3:
        return []
    amounts = table[list(MEANINGS)].dropna(axis="columns", how="all").fillna(0)
    least = max(2, amounts.shape[1] - 1)
    bound = _ROUNDING * len(table)
    ends = amounts.iloc[[0, -1]]
    sums = ((2 * ends - amounts.sum()).abs() <= bound) & (ends.abs() > bound)
    return list(ends.index[sums.sum(axis=1) >= least])


def _of_document(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of one document that are service areas."""
    named = rows[rows["about"] == AREAS]
    all_areas = (named if len(named) else rows).groupby("table", sort=False).size().idxmax()
    areas = rows[rows["table"] == all_areas]
    if len(areas) < 2:
        return _none(rows)
    chapters = rows[~rows["section"].isin(areas["section"])]
    names = [_area(row, areas) for row in chapters.itertuples()]
    chapters = chapters.assign(service_area=names, year=chapters["year"].fillna(areas["year"].max()))
    areas = areas.assign(service_area=areas["row"], counts_in_total=1)
    return pd.concat([areas, chapters[chapters["service_area"] != ""].assign(counts_in_total=0)])


def _area(row, areas: pd.DataFrame) -> str:
    """Which area a row of a chapter's table is: by label, caption, amounts or the chapter's heading."""
    names = list(areas["row"])
    same = [name for name in names if name.casefold() == row.row.casefold()]
    if same:
        return same[0]
    if "kroner" not in row.row.casefold():
        return ""
    in_caption = [name for name in names if re.search(rf"\b{re.escape(name)}\b", row.caption, re.IGNORECASE)]
    if in_caption:
        return max(in_caption, key=len)
    amounts = pd.Series({meaning: getattr(row, meaning) for meaning in MEANINGS})
    equal = areas[((areas[list(MEANINGS)] - amounts).abs() <= _ROUNDING).sum(axis=1) >= 3]
    if len(equal) == 1:
        return equal["row"].iloc[0]
    heading = re.sub(r"^[\d.]+\s+", "", row.section).casefold()
    likeness = {name: SequenceMatcher(None, heading, name.casefold()).ratio() for name in names}
    best = max(likeness, key=likeness.get)
    return best if likeness[best] >= _ALIKE else ""
