"""Documents of the model as sheets: a block a row, tables in cells with numbers and their formats."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tests.pdfs.model import Contents, Document, Heading, Items, Paragraph, Row, Table, plain

_SIZES = {1: 18, 2: 15, 3: 13, 4: 12}
_NUMBER = re.compile(r"([-−–]?)(\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,15})(?:,(\d+))?(\s?%)?")
_MOST_DIGITS = 15


class Line(NamedTuple):
    """A row of a sheet: its cells, its size where it is a heading, and which cells are merged, as (first, columns)."""

    cells: list[str]
    size: float = 0.0
    bold: bool = False
    merged: tuple[tuple[int, int], ...] = ()


def workbook(document: Document, path: Path) -> Path:
    """An Excel workbook of one sheet that holds the whole document."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Dokument"
    for number, line in enumerate(_lines(document), start=1):
        for column, text in enumerate(line.cells, start=1):
            cell = sheet.cell(number, column)
            _set(cell, text)
            if line.size or line.bold:
                cell.font = Font(bold=True, size=line.size or 11)
        for first, columns in line.merged:
            sheet.merge_cells(f"{get_column_letter(first)}{number}:{get_column_letter(first + columns - 1)}{number}")
    book.save(path)
    return path


def converted(path: Path, suffix: str, folder: Path) -> Path:
    """The workbook opened in LibreOffice Calc and saved in another form, into a folder of its own."""
    program = shutil.which("soffice")
    assert program, "no LibreOffice on PATH"
    words = [
        program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--convert-to", suffix, "--outdir", str(folder / suffix), str(path),
    ]  # fmt: skip
    subprocess.run(words, capture_output=True, check=True, timeout=180)
    return folder / suffix / f"{path.stem}.{suffix}"


def _lines(document: Document) -> Iterator[Line]:
    for block in document.blocks:
        if isinstance(block, Heading):
            amount = [plain(block.amount)] if block.amount else []
            yield Line([plain(block.text), *amount], size=_SIZES[min(4, block.level)])
        elif isinstance(block, Paragraph):
            yield Line([plain(block.text)])
        elif isinstance(block, Items):
            yield from (Line([f"- {plain(item)}"]) for item in block.items)
        elif isinstance(block, Contents):
            yield from (Line([f"{plain(name)} .....", plain(page)]) for name, page in block.entries)
        elif isinstance(block, Table):
            yield from _table(block)
        yield Line([])


def _table(table: Table) -> Iterator[Line]:
    if table.caption:
        yield Line([plain(table.caption)], size=_SIZES[4])
    levels = [[text for text, span in level for _ in range(span)] for level in table.header]
    for level, below in zip(table.header, [*levels[1:], []], strict=True):
        cells: list[str] = []
        merged = []
        for text, span in level:
            if span > 1:
                merged.append((len(cells) + 1, span))
            cells += [plain(text), *[""] * (span - 1)]
        # In one table of the annual report the years are printed a column late: what they span is not known.
        known = all(len(set(under := below[at - 1 : at - 1 + span])) == len(under) for at, span in merged)
        yield Line(cells, bold=True, merged=tuple(merged) if known else ())
    yield from (_row(row) for row in table.rows)


def _row(row: Row) -> Line:
    return Line([plain(cell) for cell in row.cells], bold=row.style != "row")


def _set(cell: Cell, text: str) -> None:
    """Write a text; what is a number as a number, with a format that shows it as it is printed."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None or sum(map(str.isdigit, text)) > _MOST_DIGITS or (match[2][0] == "0" and len(match[2]) > 1):
        cell.value = text or None
        # A text that begins with `=` is none of a formula here.
        cell.data_type = "s" if text else cell.data_type
        return
    whole = re.sub(r"\s", "", match[2])
    number = float(f"{whole}.{match[3]}") if match[3] else int(whole)
    decimals = f".{'0' * len(match[3])}" if match[3] else ""
    percent = match[4] or ""
    cell.value = (-number if match[1] else number) / (100 if percent else 1)
    cell.number_format = f"{'#,##0' if len(whole) < len(match[2]) else '0'}{decimals}{percent}"
