"""What pdf_reading.py runs in the environment of the other programs: ReportLab makes, pdfplumber and Camelot read.

python pdf_reading_others.py make FILE < shape.json
python pdf_reading_others.py read pdfplumber < files.json
"""

import json
import sys
import time


def make(file: str, shape: dict) -> None:
    """Set a table as PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13)
    sides = [
        ParagraphStyle(name, parent=body, alignment=place) for name, place in (("left", 0), ("middle", 1), ("right", 2))
    ]
    rows, style = [], [("VALIGN", (0, 0), (-1, -1), "TOP")]
    for number, row in enumerate(shape["header"]):
        rows.append([])
        for name, span in row:
            column = len(rows[-1])
            side = 0 if column < shape["labels"] else 1 if span > 1 else 2
            rows[-1] += [Paragraph(name, sides[side]), *[""] * (span - 1)]
            if span > 1:
                style.append(("SPAN", (column, number), (column + span - 1, number)))
    for row in shape["rows"]:
        rows.append([Paragraph(cell, sides[0 if column < shape["labels"] else 2]) for column, cell in enumerate(row)])
    if shape["rules"] == "all":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, "black"))
    elif shape["rules"] == "hairlines":
        style.append(("LINEBELOW", (0, 0), (-1, -1), 0.3, "black"))
    table = Table(rows, [width * mm for width in shape["widths"]], style=style)
    parts = [Paragraph(shape["above"], body), table, Paragraph(shape["below"], body)]
    SimpleDocTemplate(file, pagesize=A4, leftMargin=15 * mm, rightMargin=15 * mm).build(parts)


def by_pdfplumber(file: str) -> list:
    """Its tables as it finds them by itself."""
    import pdfplumber

    with pdfplumber.open(file) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def by_camelot(file: str) -> list:
    """Tables with rules, or where there are none, those that its search by white space finds."""
    import camelot

    for flavor in ("lattice", "stream"):
        found = [table.df.values.tolist() for table in camelot.read_pdf(file, pages="all", flavor=flavor)]
        if any(len(table) > 1 for table in found):
            return found
    return []


def read(program: str, files: list[str]) -> None:
    """Write the tables of each file and the seconds of processor for all as JSON."""
    reader = {"pdfplumber": by_pdfplumber, "camelot": by_camelot}[program]
    reader(files[0])
    start = time.process_time()
    tables = {file: reader(file) for file in files}
    json.dump({"tables": tables, "seconds": time.process_time() - start}, sys.stdout)


if __name__ == "__main__":
    given = json.load(sys.stdin)
    make(sys.argv[2], given) if sys.argv[1] == "make" else read(sys.argv[2], given)
