"""One document as the checks see it: its clean tables, its lines and its sentences."""

from functools import cached_property
from typing import Any

import pandas as pd

from kommunebudsjett.audit.findings import last_place
from kommunebudsjett.audit.text import sentences
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.grouping import grouped, records
from kommunebudsjett.tables.money import IN_MNOK
from kommunebudsjett.tables.nets import without_parts_below


class Source:
    """A document to check, of its clean tables by name and its raw `lines` (document, line, text)."""

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        self._tables = tables
        known = self.rows("documents")
        self.document = str(next((frame["document"].iloc[0] for frame in tables.values() if len(frame)), ""))
        self.year = int(known[0].budget_year) if known else 0
        self.home = str(known[0].municipality) if known else ""
        # Whose amounts are changes to somebody's proposal states no levels.
        self.is_report = bool(known) and not known[0].baseline
        self.lines: list[tuple[int, str]] = [(int(row.line), row.text) for row in self.rows("lines")]

    def frame(self, name: str) -> pd.DataFrame:
        """A table; empty, with the columns of its contract, where there is none."""
        if name in self._tables:
            return self._tables[name]
        table = TABLES.get(name)
        return pd.DataFrame(columns=table.names).astype(table.dtypes) if table else pd.DataFrame()

    def rows(self, name: str) -> list[Any]:
        """The rows of a table as tuples with the names of its columns."""
        return records(self.frame(name))

    @cached_property
    def sentences(self) -> list[Any]:
        """The sentences of the document, the headings too (rows of `text.Sentence`)."""
        return records(sentences(self.frame("lines"))) if self.lines else []

    @cached_property
    def prose(self) -> list[Any]:
        """The sentences that are no headings, and no rows of a table that is printed without tabs."""
        rows = set(self.frame("table_cells")["line"])
        return [sentence for sentence in self.sentences if sentence.kind != "heading" and sentence.line not in rows]

    @cached_property
    def cells(self) -> pd.DataFrame:
        """The cells of its tables that have a value."""
        cells = self.frame("table_cells")
        return cells[cells["value"].notna()]

    @cached_property
    def places(self) -> dict[tuple[int, str], float]:
        """The unit of the last printed digit of amounts of money, in million kroner, by line and what they are."""
        found: dict[tuple[int, str], float] = {}
        for cell in records(self.cells[self.cells["unit"].isin(IN_MNOK)]):
            key = int(cell.line), "actual" if cell.meaning == "last_year" else cell.meaning
            found[key] = max(last_place(cell.raw) * IN_MNOK[cell.unit], found.get(key, 0.0))
        return found

    @cached_property
    def apart(self) -> pd.DataFrame:
        """The cells with a value, without what an area spends and takes in, where its own row has the net already."""
        return without_parts_below(self.cells)

    @cached_property
    def printed(self) -> dict[str, list[Any]]:
        """The cells that have a value by the table they stand in."""
        return {str(table): rows for (table,), rows in grouped(self.cells, ["table"]).items()}
