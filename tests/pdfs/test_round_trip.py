"""The annual report set as PDF from its text by three programs, and read back: the same cells, and no number lost."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document as Registered
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.pdf.extraction import extract
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.readers.stage import FAMILIES, reader
from tests.pdfs.from_text import annual_report
from tests.pdfs.makers import LAYOUTS, MAKERS

# Three programs set the documents.
pytestmark = pytest.mark.slow

RAW = Path(__file__).parents[2] / "data" / "raw"
# So many lines have a third of the cells, and take a few seconds.
FIRST_LINES = 700
# Of all cells, this share must be read as from the text. All of them are today: the rest is room for other versions of
# the programs, which break lines and pages elsewhere.
ENOUGH = 0.998
TRIED = ("rules", "hairlines", "no-rules")


def report() -> tuple[Registered, list[str]]:
    documents = load_registry(RAW / "documents.yml", set(FAMILIES))
    document = next(document for document in documents if document.family == "annual_report")
    return document, read_lines(RAW / document.file)


def letters(name: str) -> str:
    """A name without what a break of its line can add or take away."""
    return re.sub(r"[\s\u00ad-]", "", name)


def said(cells: Iterable[Cell]) -> Counter[tuple]:
    return Counter((letters(c.group), letters(c.row), letters(c.column), c.value, c.unit) for c in cells)


def figures(raws: Iterable[str]) -> Counter[str]:
    """The figures of printed values, without their spaces and marks."""
    found = ("".join(re.findall(r"[\d,]", re.sub(r"<sup>.*?</sup>", "", raw))) for raw in raws)
    return Counter(filter(None, found))


def check(program: str, layout: str, lines: list[str], document: Registered, folder: Path, enough: float) -> None:
    """Names are compared by their letters: whether a hyphen at the end of a line is of the word cannot be known."""
    read = reader("annual_report")
    from_text = read(document, lines)
    text = extract(str(MAKERS[program](annual_report(lines), LAYOUTS[layout], folder)))
    from_pdf = read(document, text.lines)
    expected, found = said(from_text.cells), said(from_pdf.cells)
    assert sum((expected & found).values()) >= enough * sum(expected.values()), sorted((expected - found), key=str)[:20]
    listed = figures([*(cell.raw for cell in from_pdf.cells), *(u.raw for u in from_pdf.unread)])
    lost = figures(cell.raw for cell in from_text.cells) - listed - figures(left.raw for left in text.left_out)
    assert not lost


def test_tables_of_the_report_are_read_from_its_pdf_as_from_its_text(tmp_path):
    document, lines = report()
    check("typst", "rules", lines[:FIRST_LINES], document, tmp_path, 1.0)


@pytest.mark.soak
@pytest.mark.parametrize("program", MAKERS)
@pytest.mark.parametrize("layout", TRIED)
def test_all_cells_of_the_report_are_read_from_its_pdf(tmp_path, program, layout):
    document, lines = report()
    check(program, layout, lines, document, tmp_path, ENOUGH)
