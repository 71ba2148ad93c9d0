"""Cells of annual reports for the tests of the tables that are made of them."""

from functools import cache
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.registry import Document, read_lines
from kommunebudsjett.readers.annual_report import read
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.tables.area_words import area_words
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.meanings import column_words, with_meanings
from kommunebudsjett.tables.subjects import table_words, with_subjects

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data/raw"
WORDS = column_words(ROOT / "data/reference")
AREA_WORDS = area_words(ROOT / "data/reference")
TABLE_WORDS = table_words(ROOT / "data/reference")
REPORT = Document(
    id="trondheim-2025",
    file="trondheim-arsberetning-2025.txt",
    title="Årsberetning 2025",
    publisher="Trondheim kommune",
    family="annual_report",
    municipality="Trondheim",
    budget_year=2025,
    period_from=2025,
    period_to=2025,
)


def frame(lines: list[str]) -> pd.DataFrame:
    """The table_cells of a report."""
    dtypes = {name: dtype for name, dtype in TABLES["table_cells"].dtypes.items() if name in Cell._fields}
    cells = pd.DataFrame(read(REPORT, lines).cells, columns=Cell._fields).astype(dtypes)
    return with_subjects(with_meanings(cells, REPORT, WORDS), TABLE_WORDS, AREA_WORDS)


def printed(text: str) -> pd.DataFrame:
    """The table_cells of a printed text in which `→` stands for a tab."""
    return frame(text.strip("\n").replace("→", "\t").split("\n"))


@cache
def report() -> pd.DataFrame:
    """The table_cells of the report of 2025."""
    return frame(read_lines(RAW / REPORT.file))
