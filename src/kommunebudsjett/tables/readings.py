"""The cells of a document and its typed tables in; what each printed table became, or why it became none, out."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.tables.contracts import FIGURE_MEANINGS
from kommunebudsjett.tables.grouping import records
from kommunebudsjett.tables.money import IN_MNOK


class Reading(NamedTuple):
    """What was made of a printed table: its columns with their meaning and year, the typed tables with rows of it, and
    where there are none, why.
    """

    table: str
    caption: str
    columns: tuple[tuple[str, str, int | None], ...]
    became: tuple[str, ...]
    why: str


def readings(cells: pd.DataFrame, typed: Mapping[str, pd.DataFrame]) -> list[Reading]:
    """A reading of each printed table, in the order of the document. `typed` are the typed tables by name."""
    return [_reading(str(table), rows, typed) for table, rows in cells.groupby("table", sort=False)]


def _reading(table: str, rows: pd.DataFrame, typed: Mapping[str, pd.DataFrame]) -> Reading:
    columns = rows.drop_duplicates("column")
    said = tuple((row.column, row.meaning, None if pd.isna(row.year) else int(row.year)) for row in records(columns))
    became = tuple(name for name, frame in typed.items() if (frame["table"] == table).any())
    return Reading(table, rows["caption"].iloc[0], said, became, "" if became else _why(rows))


def _why(rows: pd.DataFrame) -> str:
    """Why a table became no typed one."""
    if not rows["meaning"].isin(FIGURE_MEANINGS).any():
        return "no word of its columns says that they are accounts, a budget or a plan"
    if not rows["unit"].isin(IN_MNOK).any():
        return "nothing says whether its amounts are kroner, thousands or millions"
    if rows.loc[rows["meaning"].isin(FIGURE_MEANINGS), "year"].isna().all():
        return "nothing says which year its amounts are for"
    if rows["about"].iloc[0] == "result":
        return "it sets the services beside what pays for them: its rows are no areas and no kinds of cost"
    if rows["about"].iloc[0] == "":
        return "neither its caption nor its rows say whether it is by area, by kind, of investments or a balance sheet"
    if rows["meaning"].isin(("actual",)).any():
        return "its accounts have no budget and no deviation of the same year beside them, or two of a kind"
    return "it has a budget, but neither accounts nor a plan beside it"
