"""The files of the figures of a report: pictures, and their data as CSV."""

import csv
import io
import re

from kommunebudsjett.publish.content import Content
from kommunebudsjett.tables.storage import format_number

# Spreadsheets take these for the beginning of a formula, some of them also as wide as a letter of Chinese.
_FIRST_OF_FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?\d[\d\s.,]*%?")


def figures(report: Content) -> dict[str, bytes]:
    """File name to bytes: each figure as SVG, wide and narrow, and its data."""
    files = {}
    for block in report.blocks:
        if block["kind"] == "figure":
            for width in ("wide", "narrow"):
                files[figure_file(report, block, f"-{width}.svg")] = block[width].encode()
            files[figure_file(report, block, ".csv")] = data_file(block).encode()
    return files


def figure_file(report: Content, block: dict, ending: str) -> str:
    """The address of a file of a figure, seen from its report."""
    return f"figures/{report.name}-{block['name']}{ending}"


def data_file(block: dict) -> str:
    """The data of a figure as CSV, as the clean tables are written: UTF-8, commas, decimal points.

    A last column has the lines that each row rests on. People open such a file in a spreadsheet, which would take text
    that begins with = + - or @ for a formula and run it: it gets an apostrophe in front, as OWASP advises. Numbers
    are written as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(inert(column["header"]) for column in block["columns"]), "sources"])
    for row in block["rows"]:
        sources = dict.fromkeys(f"{pair['document']}:{pair['lines']}" for cell in row for pair in cell["sources"])
        writer.writerow([*map(_field, row), " ".join(sources)])
    return text.getvalue()


def _field(cell: dict) -> str:
    return inert(cell["text"]) if cell["value"] is None else format_number(cell["value"])


def inert(text: str) -> str:
    """Text that a spreadsheet takes for text.

    >>> inert("=1+1"), inert("-5"), inert("Skole")
    ("'=1+1", '-5', 'Skole')
    """
    formula = text.lstrip().startswith(_FIRST_OF_FORMULAS) and not _NUMBER.fullmatch(text.strip())
    return f"'{text}" if formula else text
