"""What the columns of printed tables mean: the curated words of data/reference/columns.csv, and headers, in; a meaning
with its year out.

A meaning comes from words that say it. What the list has no words for has no meaning: its amounts stay in `table_cells`
and out of the typed tables.
"""

import re
from functools import cached_property
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.registry import Document
from kommunebudsjett.tables.contracts import COLUMN_WORDS, MEANINGS
from kommunebudsjett.tables.grouping import records
from kommunebudsjett.tables.phrases import load_phrases, pattern, tokens
from kommunebudsjett.tables.reference import curated

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_BUDGETS = ("revised_budget", "original_budget")
# Columns whose year is that of their table where they name none.
_OF_THE_YEAR = ("actual", "budget", *_BUDGETS, "deviation", "deviation_percent", "forecast")
# A bare year, or a budget, of the years of a plan is the plan.
_PLANNED = ("", "budget", "original_budget", "plan")
_TABLE = ["document", "table", "caption"]


@curated("columns.csv")
def load_column_words(reference: Path) -> pd.DataFrame:
    """The curated rows of columns.csv: words, language, meaning and whole (1 where they must be the whole header).

    Raises UserError, with the line, for words that no header can hold, and words given twice.
    """
    return load_phrases(reference / "columns.csv", COLUMN_WORDS)


class ColumnWords:
    """The curated words, ready to be looked for in headers."""

    def __init__(self, rows: pd.DataFrame):
        self._rows = rows
        self._found: dict[str, tuple[str, str]] = {}

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        return [
            (pattern(row.words, whole=row.whole == 1), row.meaning)
            for row in records(self._rows[self._rows["meaning"] != "unit"])
        ]

    @cached_property
    def _units(self) -> list[re.Pattern[str]]:
        words = self._rows.loc[self._rows["meaning"] == "unit", "words"]
        return [pattern(word, whole=True) for word in words]

    def meaning_of(self, header: str) -> str:
        """What a column holds, by its header alone; "" where the words do not tell."""
        return self._meaning(header)[0]

    def budget_named(self, header: str) -> str:
        """Which budget a header names, `revised_budget` or `original_budget`; "" where it names neither."""
        return self._meaning(header)[1]

    def _meaning(self, header: str) -> tuple[str, str]:
        if header not in self._found:
            named = self._named(header)
            # Under a span, as in `Regnskap | Note`, the last level says what the column holds.
            named |= self._named(header.rpartition(" | ")[2]) & {"note", "line_number"}
            budget = next((meaning for meaning in _BUDGETS if meaning in named), "")
            self._found[header] = (_decided(named), budget)
        return self._found[header]

    def _named(self, header: str) -> set[str]:
        words = tokens(YEAR.sub(" ", header))
        text = " ".join(word for word in words if not any(unit.search(word) for unit in self._units))
        return {meaning for each, meaning in self._patterns if each.search(text)}


def column_words(reference: Path) -> ColumnWords:
    """The words of a folder of reference data. Raises UserError as `load_column_words` does."""
    return ColumnWords(load_column_words(reference))


def _decided(named: set[str]) -> str:
    """The one meaning of all that a header names; "" where there is none, or they contradict each other."""
    for meaning in ("note", "line_number", "part_year", "several_years", "rate", "deviation_percent"):
        if meaning in named:
            return meaning
    if "share" in named:
        return "deviation_percent" if "deviation" in named else "change" if "change" in named else "share"
    for meaning in ("deviation", "forecast"):
        if meaning in named:
            return meaning
    if "change" in named and not named & set(_BUDGETS):
        return "change"
    budgets = named & {"budget", "plan", *_BUDGETS}
    if "last_year" in named:
        return "" if budgets else "last_year"
    if "actual" in named:
        return "" if "budget" in named else "actual"
    return next((meaning for meaning in (*_BUDGETS, "plan", "budget") if meaning in budgets), "")


def years_in(texts: pd.Series) -> pd.Series:
    """The first year that each text names."""
    return texts.str.extract(YEAR, expand=False).astype("Int64")


def with_meanings(cells: pd.DataFrame, document: Document, words: ColumnWords) -> pd.DataFrame:
    """The cells of one document with the `meaning` and `year` of their columns, and the budget that a column of
    deviations is `against`.

    Accounts, budgets and deviations without a year are for the year of the caption, else for the latest that another
    column names which is no plan, else, in a report, for the latest year of its accounts. In a budget the columns of
    its own years are the plan; others are what it is compared with.
    """
    columns = cells["column"].drop_duplicates()
    meaning = _mapped(cells["column"], columns, [words.meaning_of(column) for column in columns])
    against = _mapped(cells["column"], columns, [words.budget_named(column) for column in columns])
    year = years_in(cells["column"])
    if document.family == "municipal_budget":
        planned = meaning.isin(_PLANNED) & year.isin(list(document.years)) & ~_is_count(cells)
        meaning = meaning.mask(planned, "plan")
    table = [cells[name] for name in _TABLE]
    latest = year.where(meaning != "plan").groupby(table).transform("max")
    of_table = years_in(cells["caption"]).fillna(latest)
    if document.family == "annual_report":
        accounted = year.where(meaning == "actual").max()
        of_table = of_table.fillna(document.budget_year if pd.isna(accounted) else accounted)
    year = year.fillna(of_table.where(meaning.isin(_OF_THE_YEAR)))
    before = year.where(meaning == "actual").groupby(table).transform("max") - 1
    year = year.mask((meaning == "last_year") & year.isna(), before)
    return cells.assign(meaning=meaning, year=year, against=against.where(meaning == "deviation", ""))


def _is_count(cells: pd.DataFrame) -> pd.Series:
    return cells["unit"].isin(("count", "fte", "percent"))


def _mapped(values: pd.Series, keys: pd.Series, found: list[str]) -> pd.Series:
    return values.map(dict(zip(keys, found, strict=True))).astype("str")


def amounts_of(cells: pd.DataFrame, meanings: tuple[str, ...] = MEANINGS) -> pd.DataFrame:
    """The cells that typed tables are made of: those of columns with one of these meanings, each with its year.

    The accounts of the year before are accounts like those of the year.
    """
    meaning = cells["meaning"].replace("last_year", "actual")
    return cells.assign(meaning=meaning)[meaning.isin(meanings) & cells["year"].notna()]
