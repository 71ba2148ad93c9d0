"""The annual report as web page, Word and ODT document, as tests and programs make them: the records of its text.

The first lines in quick tests; all of it, through the programs, in slow ones.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kommunebudsjett.core.registry import Document, load_registry, read_lines
from kommunebudsjett.readers.records import Records
from kommunebudsjett.readers.stage import FAMILIES, reader
from tests.conftest import ROOT
from tests.forms import programs
from tests.forms.makers import Block, blocks, html, read, word

RAW = ROOT / "data" / "raw"
FIRST_LINES = 400


class Made(NamedTuple):
    document: Document
    lines: list[str]
    blocks: list[Block]


def report(most: int | None = None) -> Made:
    documents = load_registry(RAW / "documents.yml", set(FAMILIES))
    document = next(document for document in documents if document.family == "annual_report")
    lines = read_lines(RAW / document.file)[:most]
    return Made(document, lines, blocks(lines))


def rows(records: Records) -> dict[str, Counter[tuple]]:
    """What was read, by kind: each row without the numbers of its lines, by which tables without a number are named."""
    cells = Counter(
        (cell.caption, cell.section, cell.group, cell.row, cell.column, cell.value, cell.raw, cell.unit, cell.is_total)
        for cell in records.cells
    )
    kinds = ("goals", "inspections", "fiscal_rules", "facts")
    others = {kind: [row._replace(**{at: 0 for at in row._fields if "line" in at}) for row in getattr(records, kind)]
            for kind in kinds}  # fmt: skip
    return {"cells": cells, **{kind: Counter(map(tuple, found)) for kind, found in others.items()}}


def check(made: Made, path: Path) -> None:
    read_by = reader(made.document.family)
    text = read(path)
    # Pandoc numbers the pages.
    assert {left.reason for left in text.left_out} <= {"it is the head or foot of the pages"}
    expected, found = rows(read_by(made.document, made.lines)), rows(read_by(made.document, text.lines))
    assert sum(expected["cells"].values()) > len(made.lines) / 5
    for kind in expected:
        assert found[kind] == expected[kind], (
            kind, sorted(expected[kind] - found[kind], key=str)[:5], sorted(found[kind] - expected[kind], key=str)[:5],
        )  # fmt: skip


def page(folder: Path, made: Made) -> Path:
    path = folder / "arsberetning.html"
    path.write_text(html(made.blocks), encoding="utf-8")
    return path


def test_as_a_web_page(tmp_path):
    made = report(FIRST_LINES)
    check(made, page(tmp_path, made))


def test_as_a_word_document(tmp_path):
    made = report(FIRST_LINES)
    check(made, word(tmp_path / "arsberetning.docx", made.blocks))


# The document from which a program makes another, and that.
BY_PROGRAMS: dict[str, Callable[[Path, Made], Path]] = {
    "a Word document by Pandoc": lambda at, made: programs.pandoc(page(at, made), "docx", at / "made"),
    "an ODT document by Pandoc": lambda at, made: programs.pandoc(page(at, made), "odt", at / "made"),
    "a web page by Pandoc": lambda at, made: programs.pandoc(word(at / "a.docx", made.blocks), "html", at / "made"),
    "a Word document by LibreOffice": lambda at, made: programs.libreoffice(
        word(at / "a.docx", made.blocks), "docx:MS Word 2007 XML", at / "made"
    ),
    "an ODT document by LibreOffice": lambda at, made: programs.libreoffice(
        word(at / "a.docx", made.blocks), "odt", at / "made"
    ),
    "a flat ODT document by LibreOffice": lambda at, made: programs.libreoffice(
        word(at / "a.docx", made.blocks), "fodt", at / "made"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", BY_PROGRAMS)
def test_as_programs_save_it(tmp_path, case):
    made = report()
    check(made, BY_PROGRAMS[case](tmp_path, made))


@pytest.mark.slow
@pytest.mark.parametrize("save", [programs.chromium_page, programs.chromium_mhtml])
def test_as_chromium_saves_it(tmp_path, browser, save):
    made = report()
    check(made, save(browser, page(tmp_path, made), tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("make", [page, lambda at, made: word(at / "a.docx", made.blocks)])
def test_all_of_it(tmp_path, make):
    made = report()
    check(made, make(tmp_path, made))
