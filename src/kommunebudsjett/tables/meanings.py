"""What the column headers and captions of an annual report's tables mean."""

import re

import pandas as pd

YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
# Tried in this order: "Avvik regnskap og revidert budsjett" is a deviation.
_MEANINGS = (
    ("deviation", re.compile(r"avvik", re.IGNORECASE)),
    ("revised_budget", re.compile(r"revidert|regulert|justert", re.IGNORECASE)),
    ("original_budget", re.compile(r"(?:opprinnelig|vedtatt).*budsjett", re.IGNORECASE)),
    ("actual", re.compile(r"regnskap", re.IGNORECASE)),
)
MEANINGS = ("actual", "revised_budget", "original_budget", "deviation")


def meaning_of(column: str) -> str:
    """Whether a column holds the accounts, a budget or the deviation; "" where it is none of these.

    >>> meaning_of("Avvik regnskap og revidert budsjett"), meaning_of("Vedtatt budsjett i mill nok")
    ('deviation', 'original_budget')
    """
    return next((meaning for meaning, pattern in _MEANINGS if pattern.search(column)), "")


def years_in(texts: pd.Series) -> pd.Series:
    """The first year that each text names."""
    return texts.str.extract(YEAR, expand=False).astype("Int64")


def with_meaning(cells: pd.DataFrame) -> pd.DataFrame:
    """Cells of accounts with the `meaning` of their column and its `year`.

    A column without a year is for the year of the caption, else for the latest that the columns name.
    Cells of columns that are neither accounts, budget nor deviation are left out.
    """
    columns = cells["column"].drop_duplicates()
    meaning = cells["column"].map(dict(zip(columns, columns.map(meaning_of), strict=True)))
    year = years_in(cells["column"])
    table = [cells["document"], cells["table"], cells["caption"]]
    year = year.fillna(years_in(cells["caption"])).fillna(year.groupby(table).transform("max"))
    return cells.assign(meaning=meaning, year=year)[meaning != ""]
