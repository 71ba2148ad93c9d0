"""The glossary: terms that the reports use, explained, from the curated rows in data/reference."""

import re
from collections.abc import Set
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.reference import check_contract, curated, line_of, read_reference

# Lines of a document: its id, and the numbers of the lines.
LINES = re.compile(r"([a-z0-9-]+):(\d+(?:,\d+)*)")


def of_registered(glossary: pd.DataFrame, documents: Set[str]) -> pd.DataFrame:
    """The glossary with the parts of its sources that are no lines of a document, or of one of these."""

    def kept(source: str) -> str:
        parts = [(part, LINES.fullmatch(part)) for part in source.split("; ")]
        return "; ".join(part for part, lines in parts if lines is None or lines[1] in documents)

    return glossary.assign(source=glossary["source"].map(kept))


@curated("glossary.csv")
def load_glossary(reference: Path) -> pd.DataFrame:
    """The curated rows of glossary.csv (the table `glossary`), by anchor.

    Raises UserError, with the line, for a field that is empty, an anchor that is no address, or one given twice.
    """
    path = reference / "glossary.csv"
    table = TABLES["glossary"]
    rows = read_reference(path, table)
    for index, row in rows.iterrows():
        empty = [name for name in table.names if not row[name].strip()]
        if empty:
            raise UserError(
                f"{row['term_nb'] or 'a term'} has no {empty[0]}",
                file=path,
                line=line_of(path, index),
                remedy="fill it in",
            )
    pattern = next(column.pattern for column in table.columns if column.name == "anchor")
    wrong = ~rows["anchor"].str.fullmatch(pattern)
    if wrong.any():
        line = int(wrong.idxmax())
        raise UserError(
            f"the anchor {rows.at[line, 'anchor']!r} is no address",
            file=path,
            line=line_of(path, line),
            remedy="use small letters a to z, digits and hyphens",
        )
    twice = rows["anchor"].duplicated()
    if twice.any():
        line = int(twice.idxmax())
        raise UserError(
            f"the anchor {rows.at[line, 'anchor']} is given twice",
            file=path,
            line=line_of(path, line),
            remedy="give each term an anchor of its own",
        )
    check_contract(path, table, rows)
    return rows
