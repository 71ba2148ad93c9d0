"""What the column headers and captions of an annual report's tables mean."""

import re

import pandas as pd

YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_BUDGET = re.compile(r"buds|\bbud\b", re.IGNORECASE)
_ACCOUNTS = re.compile(r"regnskap|rekneskap", re.IGNORECASE)
_SHARE = re.compile(r"%|prosent", re.IGNORECASE)
_DEVIATION = re.compile(r"avvik", re.IGNORECASE)
# Tried in this order: "Revidert vedtatt budsjett" is a revised one.
_BUDGETS = (
    ("revised_budget", re.compile(r"\b(?:revidert|regulert|justert|rev\.|reg\.|just\.)", re.IGNORECASE)),
    (
        "original_budget",
        re.compile(
            r"\b(?:opprinnelig|opphavleg|vedtatt|vedteke|oppr\.).*(?:budsj|\bbud\b)"
            r"|^(?:opprinnelig|opphavleg|vedtatt|vedteke|oppr\.)(?: (?:19|20)\d\d)?$",
            re.IGNORECASE,
        ),
    ),
)
MEANINGS = ("actual", "revised_budget", "original_budget", "deviation")


def meaning_of(column: str) -> str:
    """Whether a column holds the accounts, a budget or the deviation; "" where it is none of these, or cannot be told.

    >>> meaning_of("Avvik regnskap og revidert budsjett"), meaning_of("Vedtatt budsjett i mill nok")
    ('deviation', 'original_budget')
    >>> meaning_of("Rev. budsjett 2025"), meaning_of("Revidert regnskap"), meaning_of("Budsjett 2025")
    ('revised_budget', 'actual', '')
    """
    if _SHARE.search(column):
        return ""
    if _DEVIATION.search(column):
        return "deviation"
    if _ACCOUNTS.search(column):
        return "" if _BUDGET.search(column) else "actual"
    return budget_named(column)


def budget_named(text: str) -> str:
    """Which budget a text names, `revised_budget` or `original_budget`; "" where it names neither.

    >>> budget_named("Avvik mot just. budsjett"), budget_named("Avvik"), budget_named("Opprinnelig")
    ('revised_budget', '', 'original_budget')
    """
    return next((meaning for meaning, pattern in _BUDGETS if pattern.search(text)), "")


def is_budget(column: str) -> bool:
    """Whether a column holds a budget, whichever it is.

    >>> is_budget("Budsjett 2025"), is_budget("Justert"), is_budget("Avvik fra budsjett"), is_budget("Regnskap")
    (True, True, False, False)
    """
    of_another = _DEVIATION.search(column) or _ACCOUNTS.search(column) or _SHARE.search(column)
    return not of_another and bool(_BUDGET.search(column) or budget_named(column))


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
