"""What printed tables are about: the curated words of data/reference/table_words.csv, and cells, in; `about` out."""

import re
from functools import cached_property
from pathlib import Path

import pandas as pd

from kommunebudsjett.tables.area_words import AreaWords
from kommunebudsjett.tables.contracts import FIGURE_MEANINGS, TABLE_WORDS
from kommunebudsjett.tables.grouping import records
from kommunebudsjett.tables.nets import with_nets
from kommunebudsjett.tables.phrases import load_phrases, pattern, tokens
from kommunebudsjett.tables.reference import curated

STATEMENT, RESULT, BALANCE, INVESTMENTS, AREAS = "statement_by_kind", "result", "balance", "investments", "areas"
_TABLE = ["document", "table", "caption"]
# So many rows, and such a share of them, must be lines of a statement or of a balance sheet.
_LEAST, _SHARE = 2, 0.5


@curated("table_words.csv")
def load_table_words(reference: Path) -> pd.DataFrame:
    """The curated rows of table_words.csv: words, language, where they stand, and what a table with them is about.

    Raises UserError, with the line, for words that no label can hold, and words given twice.
    """
    return load_phrases(reference / "table_words.csv", TABLE_WORDS)


class TableWords:
    """The curated words, ready to be looked for in captions and labels."""

    def __init__(self, rows: pd.DataFrame):
        self._rows = rows
        self._found: dict[tuple[str, str], frozenset[str]] = {}

    @cached_property
    def _patterns(self) -> dict[str, list[tuple[re.Pattern[str], str]]]:
        return {
            str(where): [(pattern(row.words), row.about) for row in records(rows)]
            for where, rows in self._rows.groupby("where")
        }

    def about(self, where: str, text: str) -> frozenset[str]:
        """What a `caption` or the label of a `row` says that its table is about."""
        if (where, text) not in self._found:
            words = " ".join(tokens(text))
            found = (about for each, about in self._patterns.get(where, ()) if each.search(words))
            self._found[where, text] = frozenset(found)
        return self._found[where, text]


def table_words(reference: Path) -> TableWords:
    """The words of a folder of reference data. Raises UserError as `load_table_words` does."""
    return TableWords(load_table_words(reference))


def with_subjects(cells: pd.DataFrame, words: TableWords, areas: AreaWords) -> pd.DataFrame:
    """The cells with what their table is `about`, whether their row is no area but `funding` (1 or 0), and what
    `with_nets` says of their row.

    What the rows show counts more than the caption: `Driftsregnskapet` may be a statement by kind or one by area.
    """
    cells = with_nets(cells)
    # Key figures of an area are no amounts of it.
    held = cells[cells["meaning"].isin(FIGURE_MEANINGS) & ~cells["unit"].isin(("percent", "count", "fte"))]
    amounts = set(held[_TABLE].drop_duplicates().itertuples(index=False, name=None))
    rows = cells.drop_duplicates([*_TABLE, "row", "line"])
    # The rows of a block are what it is about, not what its table is.
    rows = rows.assign(row=rows["row"].where(rows["net_of"] == "", rows["net_of"]))[rows["is_part"] == 0]
    said = {
        key: _of_table(str(key[2]), list(of["row"]) if key in amounts else [], words, areas)
        for key, of in rows.groupby(_TABLE, sort=False, dropna=False)
    }
    keys = zip(*(cells[name] for name in _TABLE), strict=True)
    about = pd.Series([said[key] for key in keys], index=cells.index, dtype="str")
    labels = cells["row"].drop_duplicates()
    funding = {label: int(bool(words.about("row", label) & {STATEMENT, RESULT})) for label in labels}
    of_row = cells["row"].map(funding).where(cells["net_of"] == "", 0)
    return cells.assign(about=about, funding=of_row.astype("Int64"))


def _of_table(caption: str, rows: list[str], words: TableWords, areas: AreaWords) -> str:
    of_caption = words.about("caption", caption)
    if INVESTMENTS in of_caption or "guarantees" in of_caption:
        return INVESTMENTS if INVESTMENTS in of_caption else "guarantees"
    if BALANCE in of_caption and rows:
        return BALANCE
    of_rows = [words.about("row", row) for row in rows if row]
    for about in (BALANCE, STATEMENT, RESULT):
        named = sum(about in found for found in of_rows)
        enough = named >= _LEAST and named >= _SHARE * len(of_rows)
        if enough or (about in of_caption and named):
            return about
    named = sum(areas.propose(row) is not None for row in rows if row)
    return AREAS if AREAS in of_caption or (named >= _LEAST and named >= _SHARE * len(of_rows)) else ""
