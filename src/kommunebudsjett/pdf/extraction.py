"""A PDF file in, its text in one of two forms out. Runs in the child process."""

from itertools import pairwise

from kommunebudsjett.core.texts import Form, Text
from kommunebudsjett.pdf.blocks import find_blocks
from kommunebudsjett.pdf.furniture import without_furniture
from kommunebudsjett.pdf.glyphs import read_pages
from kommunebudsjett.pdf.lines import Line, in_columns, page_lines
from kommunebudsjett.pdf.tables import find_tables
from kommunebudsjett.pdf.writing import write


def extract(path: str, form: Form) -> Text:
    """The text of a PDF. Raises ProblemError where it cannot be read."""
    pages = read_pages(path)
    flow: list[Line] = []
    for lines in without_furniture([page_lines(page) for page in pages]):
        for part in in_columns(lines) if lines else []:
            part[0].gap = 0.0
            for above, line in pairwise(part):
                line.gap = max(0.01, line.y - above.y)
            flow.extend(part)
    items = find_tables(flow, {page.number: page.rules for page in pages})
    return write(find_blocks(items), form, len(pages))
