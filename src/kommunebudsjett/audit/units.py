"""Check `unit`: tables of accounts or budgets of which nothing in the document says what unit they are in."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import Finding, both, capital, place
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.readers.unit_words import UNKNOWN
from kommunebudsjett.readers.units import holds_money


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Tables whose amounts are in no report, as they could be kroner, thousands or millions."""
    cells = tables["table_cells"]
    unknown = cells[(cells["unit"] == UNKNOWN) & cells["value"].notna()]
    unknown = unknown[unknown["column"].map(holds_money).astype(bool)]
    for (document, table), rows in unknown.groupby(["document", "table"], sort=False):
        where_nb, where_en = place(str(table), rows["caption"].iloc[0])
        descriptions = both(
            "{where_nb} har {count} beløp, og ingenting i dokumentet sier om de er i kroner, tusen eller millioner. De "
            "er derfor ikke med i rapportene.",
            "{where_en} has {count} amounts, and nothing in the document says whether they are in kroner, thousands or "
            "millions. So no report has them.",
            where_nb=capital(where_nb), where_en=capital(where_en), count=len(rows),
        )  # fmt: skip
        lines = join_lines(rows["line"])
        yield Finding(str(document), "unit", "doubt", str(table), lines, *descriptions, None, None, None)
