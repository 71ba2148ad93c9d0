"""The glossary: terms that the reports use, explained, from the curated rows in data/reference."""

from pathlib import Path

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.reference import check_contract, curated, line_of, read_reference


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
