"""PDFs that three programs made of documents whose content is known: what is read of them."""

import re
import subprocess
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document as Registered
from kommunebudsjett.core.texts import Text, page_of
from kommunebudsjett.pdf.extraction import extract
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.stage import reader
from kommunebudsjett.readers.text import parse_number
from tests.pdfs import typst_maker
from tests.pdfs.examples import PROSE_BUDGET, REPORT, TABLE_BUDGET
from tests.pdfs.makers import LAYOUTS, MAKERS
from tests.pdfs.model import Document, Heading, Items, Layout, Paragraph, Row, Table, plain

# Three programs set the documents.
pytestmark = pytest.mark.slow

EVERY = [(program, layout) for program in MAKERS for layout in LAYOUTS]
# Of the cells that a document prints, this share must be read as they are.
ENOUGH = 0.99


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The PDF of a document by a program in a layout, made once."""
    files: dict[tuple, Path] = {}

    def make(document: Document, program: str, layout: Layout) -> Path:
        key = (document.title, program, layout)
        if key not in files:
            files[key] = MAKERS[program](document, layout, tmp_path_factory.mktemp("pdf"))
        return files[key]

    return make


@pytest.fixture(scope="session")
def read(made):
    """The text of the PDF of a document by a program in a layout, read once."""
    texts: dict[tuple, Text] = {}

    def extracted(document: Document, program: str, layout: Layout) -> Text:
        key = (document.title, program, layout)
        if key not in texts:
            texts[key] = extract(str(made(document, program, layout)))
        return texts[key]

    return extracted


def registered(family: str, year: int = 2027) -> Registered:
    last = year if family == "annual_report" else year + 3
    return Registered(
        id="d", file="d.pdf", title="D", publisher="P", family=family, municipality="Oslofjord", budget_year=year,
        period_from=year, period_to=last,
    )  # fmt: skip


def expected_cells(document: Document) -> set[tuple[str, str, str, str, float | None]]:
    """(number of the table, group, row, column, value) of every printed value."""
    found = set()
    for table in document.tables():
        number = re.match(r"[\d.]*\d", table.caption)[0]
        group = ""
        for row in table.rows:
            if row.style == "group":
                group = plain(row.cells[0])
                continue
            for column, cell in zip(table.columns, row.cells[1:], strict=True):
                if cell:
                    found.add((number, group, plain(row.cells[0]), column, parse_number(plain(cell))))
    return found


def words(text: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"\s+", " ", text))


@pytest.mark.parametrize(("program", "layout"), EVERY)
def test_the_cells_of_a_report(made, read, program, layout):
    file = made(REPORT, program, LAYOUTS[layout])
    text = read(REPORT, program, LAYOUTS[layout])
    records = reader("annual_report")(registered("annual_report", 2025), text.lines)
    found = {(cell.table, cell.group, cell.row, cell.column, cell.value) for cell in records.cells}
    expected = expected_cells(REPORT)
    assert len(found & expected) >= ENOUGH * len(expected), sorted(expected - found)[:10]
    assert len(found - expected) <= (1 - ENOUGH) * len(expected), sorted(found - expected)[:10]
    assert not records.unread
    # Each stands on the page where another program finds its row.
    by_page = pages_by_poppler(file)
    for cell in records.cells:
        page = page_of(text.pages, cell.line)
        assert cell.row.split()[0] in by_page[page - 1], (cell, page)
        assert cell.raw.replace("<b>", "").split("<")[0] in by_page[page - 1]


def pages_by_poppler(file: Path) -> list[str]:
    printed = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    return printed.stdout.split("\f")


@pytest.mark.parametrize(("program", "layout"), EVERY)
def test_headings_and_paragraphs_in_order(read, program, layout):
    text = read(REPORT, program, LAYOUTS[layout])
    whole = words(" ".join(line.lstrip("#- ") for line in text.lines if line))
    at = 0
    for block in REPORT.blocks:
        for said in block.items if isinstance(block, Items) else [getattr(block, "text", "")]:
            found = whole.find(plain(said), at)
            if found < 0:
                # A page can end in a paragraph, and in no heading.
                assert isinstance(block, Paragraph | Items), said
                found = whole.find(plain(said)[:40], at)
            assert found >= at, said
            at = found
    headings = [line for line in text.lines if line.startswith("#")]
    wanted = [block for block in REPORT.blocks if isinstance(block, Heading)]
    levels = {line.lstrip("# "): line.index(" ") for line in headings}
    assert [levels[plain(heading.text)] for heading in wanted] == [heading.level for heading in wanted]
    items = [item for block in REPORT.blocks if isinstance(block, Items) for item in block.items]
    assert [line[2:] for line in text.lines if line.startswith("- ")] == items


@pytest.mark.parametrize(("program", "layout"), EVERY)
def test_what_is_printed_around_and_within_words(made, read, program, layout):
    text = read(REPORT, program, LAYOUTS[layout])
    whole = words(" ".join(text.lines))
    assert LAYOUTS[layout].head not in whole
    assert not [line for line in text.lines if re.fullmatch(r"\d+", line)]
    # Suspended hyphens stay, ligatures are letters, raised figures are not glued on.
    for said in ("barne- og ungdomsarbeid", "effektive fiberoffiserer finner fine flater"):
        assert said in whole
    lines = "\n".join(text.lines)
    assert "-873<sup>1</sup>" in lines
    assert "1 257 millioner kroner<sup>3</sup> og dermed" in lines
    assert "<sup>1</sup> Tilskudd til flyktninger er med fra 2025." in lines
    assert "Innledning .....\t2" in text.lines
    assert text.pages[0] == 1
    assert text.pages == sorted(text.pages)
    assert len(text.pages) == len(pages_by_poppler(made(REPORT, program, LAYOUTS[layout]))) - 1


def printed_lines(document: Document) -> list[str]:
    """The text of a party budget as the readers' documents have it, for comparison."""
    lines: list[str] = []
    for block in document.blocks:
        match block:
            case Heading():
                lines += [""] * (3 if block.level == 1 else 1)
                lines.append(f"{plain(block.text)}\t\t\t{block.amount}" if block.amount else plain(block.text))
            case Paragraph():
                above = lines[-1] if lines else ""
                lines += [""] if above.endswith(".") else []
                lines += textwrap.wrap(plain(block.text), 90, break_on_hyphens=False)
            case Table():
                lines += ["", " ".join(text for text, _ in block.header[0]), ""]
                for row in block.rows:
                    lines += [" ".join(map(plain, row.cells)), ""]
    return lines


def without_lines(records: tuple) -> list[dict]:
    """The fields of rows, without where they are printed and with what emphasis."""
    dropped = {"line", "line_first", "line_last", "lines", "quote", "table", "unit_line"}
    return [
        {name: clean(value) if name == "raw" else value for name, value in r._asdict().items() if name not in dropped}
        for r in records
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("program", MAKERS)
@pytest.mark.parametrize(("document", "measures"), [(PROSE_BUDGET, 13), (TABLE_BUDGET, 24)], ids=["headings", "tables"])
def test_a_party_budget_is_read_as_from_its_text(read, document, measures, program, layout):
    text = read(document, program, LAYOUTS[layout])
    found = reader("party_budget")(registered("party_budget"), text.lines)
    expected = reader("party_budget")(registered("party_budget"), printed_lines(document))
    assert len(expected.measures) == measures
    for kind in ("measures", "directives", "cells"):
        assert without_lines(getattr(found, kind)) == without_lines(getattr(expected, kind)), kind
    assert {unread.raw for unread in found.unread} == {unread.raw for unread in expected.unread}


@pytest.mark.parametrize("program", MAKERS)
def test_two_columns_are_read_one_after_the_other(read, program):
    sentence = "Setning {number} handler om kommunens arbeid med skoler, barnehager og eldreomsorg i året som gikk. "
    said = "".join(sentence.format(number=number) for number in range(1, 121))
    document = Document("Spalter", (Heading(1, "Om året"), Paragraph(said.strip())))
    text = read(document, program, Layout(columns=2))
    numbers = [int(number) for number in re.findall(r"Setning (\d+)", " ".join(text.lines))]
    assert numbers == list(range(1, 121))


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
@pytest.mark.parametrize("minus", ["-", "−", "–"])
def test_numbers_come_out_as_they_are_printed(tmp_path, space, minus):
    printed = [f"{minus}1{space}257,5", f"12{space}345{space}678", "510", "2 %"]
    header = ((("Område", 1), *((f"Kolonne {name}", 1) for name in "ABCD")),)
    table = Table("1.1.1. Tall.", header, (Row(("Skole", *printed)), Row(("Barnehage", "1", "2", "3", "4 %"))))
    # In a font that has a glyph of its own for each space.
    layout = Layout(font="Libertinus Serif")
    file = typst_maker.make(Document("Tall", (Paragraph("Tall under."), table)), layout, tmp_path)
    [line] = [line for line in extract(str(file)).lines if line.startswith("Skole")]
    assert line.split("\t")[1:] == printed


LABELS = st.text(alphabet="abcdefghijklmnoprstuvyæøå", min_size=3, max_size=9)
LABEL = st.lists(LABELS, min_size=1, max_size=6).map(lambda found: " ".join(found).capitalize())
NUMBER = st.tuples(st.sampled_from(["", "-", "−"]), st.integers(0, 2_000_000), st.sampled_from(["", ",5", " %"])).map(
    lambda parts: parts[0] + f"{parts[1]:,}".replace(",", " ") + parts[2]
)


@st.composite
def tables(draw) -> Table:
    """A table with labels of several words, values and empty cells; no row and no column is empty."""
    columns = draw(st.lists(LABEL, min_size=2, max_size=5, unique=True))
    labels = draw(st.lists(LABEL, min_size=2, max_size=12, unique=True))
    rows = []
    for number, label in enumerate(labels):
        full = number == 0
        cells = [draw(NUMBER if full else st.one_of(NUMBER, st.just(""))) for _ in columns]
        rows.append(Row((label, *(cells if any(cells) else ["0"] * len(columns)))))
    return Table("1.1.1. Tabellen.", ((("Navn", 1), *((name, 1) for name in columns)),), tuple(rows))


@given(table=tables(), rules=st.sampled_from(["all", "hairlines", "none"]))
@settings(deadline=None, max_examples=25)
def test_any_table_is_read_cell_by_cell(tmp_path_factory, table, rules):
    document = Document("T", (Paragraph("Her er en tabell."), table, Paragraph("Slik var tabellen.")))
    file = typst_maker.make(document, Layout(rules=rules, turned=True), tmp_path_factory.mktemp("t"))
    text: Text = extract(str(file))
    rows = [line.split("\t") for line in text.lines if "\t" in line]
    read = [[words(cell) for cell in row] for row in rows]
    assert read == [["Navn", *table.columns], *(list(row.cells) for row in table.rows)]
