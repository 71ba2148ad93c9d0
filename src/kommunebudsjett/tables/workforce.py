"""The cells of an annual report in; its tables of staff and pay by gender out, one figure a row."""

import pandas as pd

from kommunebudsjett.tables.meanings import years_in

COLUMNS = [
    "document",
    "table",
    "staff_group",
    "gender",
    "employment",
    "indicator",
    "year",
    "value",
    "unit",
    "is_total",
    "line",
]
_TABLE = ["document", "table", "caption"]
_GENDERS = {"kvinne": "women", "kvinner": "women", "mann": "men", "menn": "men"}
_EMPLOYMENT = {
    "fast": "permanent",
    "faste": "permanent",
    "midlertidig": "temporary",
    "midlertidige": "temporary",
}
_ALL = {"totalt", "total", "sluttsum", "sum", "i alt"}


def workforce(cells: pd.DataFrame) -> pd.DataFrame:
    """Staff, man-years, shares and pay, for the tables that set women beside men.

    `gender` is women, men or all, from the row or the column; `employment` permanent, temporary or all. The
    `indicator` is what remains of the column header, and `staff_group` of the row label, as printed.
    """
    names = cells["column"].drop_duplicates()
    columns = pd.DataFrame(
        [(name, *_parts(name)) for name in names],
        columns=["column", "column_gender", "employment", "indicator"],
    )
    frame = cells.merge(columns, on="column", how="left", validate="m:1")
    row_gender = frame["row"].str.casefold().map(_GENDERS).fillna("")
    by_table = [frame[name] for name in _TABLE]
    rows_are_genders = (row_gender != "").groupby(by_table).transform("any")
    columns_are_genders = frame["column_gender"].isin(set(_GENDERS.values())).groupby(by_table).transform("any")
    is_all = frame["row"].str.casefold().isin(_ALL)
    year = years_in(frame["caption"])
    frame = frame.assign(
        gender=frame["column_gender"].where(columns_are_genders, row_gender.mask(is_all, "all")),
        staff_group=frame["row"].where(columns_are_genders, ""),
        year=year.fillna(year.groupby(frame["document"]).transform("max")),
    )
    kept = (rows_are_genders | columns_are_genders) & (frame["gender"] != "")
    return frame.loc[kept, COLUMNS].sort_values(["document", "line"], kind="stable", ignore_index=True)


def _parts(column: str) -> tuple[str, str, str]:
    """Gender, employment and indicator that a column header names."""
    gender = employment = "all"
    rest = []
    for part in column.split(" | "):
        word = part.casefold()
        if word in _GENDERS:
            gender = _GENDERS[word]
        elif word in _EMPLOYMENT:
            employment = _EMPLOYMENT[word]
        elif word not in _ALL:
            rest.append(part)
    return gender, employment, " | ".join(rest)
