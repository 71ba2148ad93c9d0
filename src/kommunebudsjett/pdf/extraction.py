"""A PDF file in, its text in one of two forms out. Runs in the child process."""

from itertools import pairwise
from pathlib import Path

from kommunebudsjett.core.texts import LeftOut, Text
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.pdf.blocks import find_blocks
from kommunebudsjett.pdf.furniture import without_furniture
from kommunebudsjett.pdf.glyphs import Hidden, read_pages
from kommunebudsjett.pdf.lines import Line, page_lines
from kommunebudsjett.pdf.order import reading_order
from kommunebudsjett.pdf.ruling import Rules
from kommunebudsjett.pdf.tables import find_tables
from kommunebudsjett.pdf.writing import write

_TURNED = "it runs in another direction than the page and heads no column"
# The end of a file, which the mark of the end must stand in.
_TAIL = 4096


def extract(path: str) -> Text:
    """The text of a PDF, and what was left out of it. Raises ProblemError where it cannot be read."""
    _check_whole(Path(path))
    printed: list[list[Line]] = []
    rules: dict[int, Rules] = {}
    hidden: list[tuple[int, Hidden]] = []
    for page in read_pages(path):
        lines, turned = page_lines(page)
        printed.append(lines)
        rules[page.number] = Rules(page.rules)
        hidden += [(page.number, text) for text in page.hidden]
        hidden += [(page.number, Hidden(text, _TURNED)) for text in turned]
    items = find_tables(_flow(printed, rules), rules)
    text = write(find_blocks(items), len(printed))
    left_out = [LeftOut(_line(text, page), found.text, found.reason) for page, found in hidden]
    return text._replace(left_out=sorted([*text.left_out, *left_out], key=lambda found: found.line))


def _check_whole(path: Path) -> None:
    """Libraries read what is left of a file that was cut off, and would say nothing of the rest."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        end = file.read()
    if b"%%EOF" not in end:
        raise ProblemError(
            "the PDF is cut off: its end is missing", "download it again, or open it and save it as PDF again"
        )


def _flow(pages: list[list[Line]], rules: dict[int, Rules]) -> list[Line]:
    """The lines of all pages in reading order, without furniture, each with its gap to the line above."""
    flow: list[Line] = []
    for lines in without_furniture(pages):
        for part in reading_order(lines, rules[lines[0].page]) if lines else []:
            part[0].gap = 0.0
            for above, line in pairwise(part):
                line.gap = max(0.01, line.y - above.y)
            flow.extend(part)
    return flow


def _line(text: Text, page: int) -> int:
    """The line at which a page begins, or the last one where nothing comes after."""
    return max(1, min(text.pages[page - 1], len(text.lines)))
