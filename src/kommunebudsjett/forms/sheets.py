"""An Excel or ODS workbook in, the content of its sheets out: the name of each as a heading, then its blocks."""

import re
from pathlib import Path

from kommunebudsjett.forms.content import Block, Content, Heading
from kommunebudsjett.forms.layout import Placed, blocks_of, usual_size
from kommunebudsjett.forms.ods import read_flat_ods, read_ods
from kommunebudsjett.forms.packages import opened
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.workbook import NO_VALUE, LeftOutCell, Sheet, Workbook
from kommunebudsjett.forms.xlsx import read_xlsx

# Names that programs give to sheets by themselves, which say nothing.
_NO_NAME = re.compile(r"(?:Ark|Sheet|Tabell|Tabelle|Feuille)\s?\d*", re.IGNORECASE)


def extract(path: Path) -> Content:
    """The content of a workbook. Raises ProblemError where it cannot be read."""
    # LibreOffice can save a workbook as one file of XML too.
    flat = path.read_bytes()
    if not flat.startswith(b"PK"):
        return content(read_flat_ods(flat))
    with opened(path) as package:
        return content(read_ods(package) if "content.xml" in package else read_xlsx(package))


def content(workbook: Workbook) -> Content:
    """The content of the sheets that are seen, and what is in no block."""
    sheets = [sheet for sheet in workbook.sheets if sheet.cells or sheet.left_out]
    usual = usual_size(sheets)
    names = len(sheets) > 1 or any(not _NO_NAME.fullmatch(sheet.name) for sheet in sheets)
    blocks: list[Block] = []
    left_out: list[tuple[int, str, str]] = []
    for sheet in sheets:
        placed = blocks_of(sheet, usual, 1 + names)
        if names:
            blocks.append(Heading(sheet.name, 1))
        left_out += [(len(blocks) + _at(sheet, placed, left), left.raw, left.reason) for left in sheet.left_out]
        blocks += [block for _, block in placed]
    left_out += [(len(blocks), left.raw, left.reason) for left in workbook.left_out]
    _check(sheets)
    return Content(blocks, left_out, tuple(workbook.remarks))


def _at(sheet: Sheet, placed: list[Placed], left: LeftOutCell) -> int:
    """The place of the last block that begins at or above the row of a cell; that of the first one above all."""
    rows = [sheet.rows[row] for row, _ in placed]
    return max((at for at, row in enumerate(rows) if row <= left.place.row), default=0)


def _check(sheets: list[Sheet]) -> None:
    """Raise ProblemError where no number of the workbook is stored: a program wrote it that calculates nothing."""
    without = sum(NO_VALUE in left.reason for sheet in sheets for left in sheet.left_out)
    if without and not any(any(map(str.isdigit, cell.text)) for sheet in sheets for cell in sheet.cells.values()):
        raise ProblemError(
            f"the workbook has {without} formulas and no values of them", "open it in Excel or LibreOffice, and save it"
        )
