"""The cells of a municipality's own budget in; what each service area gets in each year of the plan out."""

import pandas as pd

from kommunebudsjett.tables.contracts import FIGURE_MEANINGS
from kommunebudsjett.tables.meanings import amounts_of
from kommunebudsjett.tables.money import in_mnok
from kommunebudsjett.tables.nets import areas_only
from kommunebudsjett.tables.subjects import AREAS
from kommunebudsjett.tables.totals import area_name, is_total_name

COLUMNS = ["document", "service_area", "table", "year", "meaning", "amount_mnok", "line", "counts_in_total"]


def plans(cells: pd.DataFrame) -> pd.DataFrame:
    """Levels by service area over the years of a plan, in million kroner, and what they are compared with.

    A table counts that is by area and has a column of a plan. Totals, and what pays for the areas, are left out. Only
    the rows of the table with most areas count in totals: others print a part of them again.
    """
    rows = areas_only(cells[(cells["about"] == AREAS) & (cells["funding"] == 0)])
    rows = rows[rows["is_total"] == 0]
    rows = amounts_of(in_mnok(rows), FIGURE_MEANINGS)
    rows = rows[~rows["row"].map(is_total_name).astype(bool) & (rows["row"] != "")]
    planned = (rows["meaning"] == "plan").groupby([rows["document"], rows["table"]]).transform("any")
    rows = rows[planned.astype(bool)]
    sizes = rows.groupby(["document", "table"])["row"].transform("nunique")
    whole = sizes == sizes.groupby(rows["document"]).transform("max")
    first = rows["table"] == rows["table"].where(whole).groupby(rows["document"]).transform("first")
    names = rows["row"].map(area_name).astype("str")
    found = rows.assign(service_area=names, amount_mnok=rows["value"], counts_in_total=first.astype("Int64"))
    return found[COLUMNS].sort_values(["document", "line"], kind="stable", ignore_index=True)
