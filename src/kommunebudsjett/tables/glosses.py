"""English for names that the documents have in Norwegian: glosses.csv in, a dictionary out."""

from pathlib import Path

import pandas as pd

from kommunebudsjett.tables.contracts import Column, Table
from kommunebudsjett.tables.reference import check_contract, curated, read_reference

GLOSSES = Table(
    "glosses",
    "a name that the documents have in Norwegian, with English for it",
    (
        Column("nb", "text", "the name as printed", required=True),
        Column("en", "text", "the name in English", required=True),
    ),
    ("nb",),
)


@curated("glosses.csv")
def load_glosses(reference: Path) -> pd.DataFrame:
    """The curated rows of glosses.csv. Raises UserError, with the line, where one breaks its contract."""
    path = reference / "glosses.csv"
    rows = read_reference(path, GLOSSES)
    check_contract(path, GLOSSES, rows)
    return rows


def english(reference: Path) -> dict[str, str]:
    """English for each name in glosses.csv. Raises UserError as `load_glosses`."""
    rows = load_glosses(reference)
    return dict(zip(rows["nb"], rows["en"], strict=True))
