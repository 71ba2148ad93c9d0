"""The text of each document, line by line, as the stage `read` made it: data/interim/DOCUMENT/text.txt and pages.csv.

A line number is that of text.txt. For a document that is text, it is that of the file in data/raw too.
"""

import csv
import io
from bisect import bisect_right
from pathlib import Path
from typing import Literal, NamedTuple

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import write_text
from kommunebudsjett.core.project import Project

TEXT = "text.txt"
PAGES = "pages.csv"
# The document itself, where it is a PDF: what its readers can open beside the text.
ORIGINAL = "document.pdf"


# How text of a PDF is written: `marked` with headings as `# Heading`, paragraphs as one line and tables with tabs, or
# `printed`, line by line as it stands on the page.
Form = Literal["marked", "printed"]


class LeftOut(NamedTuple):
    """What a document holds and its text leaves out: near which line, the characters, and why."""

    line: int
    raw: str
    reason: str


class Text(NamedTuple):
    """Lines without line ends, the first of them line 1, and on which line each page begins (none: it has no pages).

    `left_out` lists what is no part of the lines, as what nobody can see.
    """

    lines: list[str]
    pages: list[int]
    left_out: list[LeftOut] = []  # noqa: RUF012


def page_of(pages: list[int] | tuple[int, ...], line: int) -> int:
    """The page that a line stands on, the first being page 1; 0 in a document without pages."""
    return bisect_right(pages, line)


def write_document(text: Text, folder: Path) -> None:
    """Write the lines and the pages into `folder`."""
    write_text(folder / TEXT, "\n".join(text.lines) + "\n")
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("page", "line_first"))
    writer.writerows(enumerate(text.pages, start=1))
    write_text(folder / PAGES, file.getvalue())


def document_lines(project: Project, document: str) -> list[str]:
    """The lines of a document, by its id. Raises UserError where it has not been read."""
    content = _read(project.interim / document / TEXT)
    return content.removesuffix("\n").split("\n")


def document_pages(project: Project, document: str) -> list[int]:
    """The first line of each page of a document, by its id; empty where it has no pages. Raises UserError likewise."""
    rows = csv.reader(io.StringIO(_read(project.interim / document / PAGES), newline=""))
    next(rows, None)
    return [int(line) for _, line in rows]


def original(project: Project, document: str) -> Path | None:
    """The PDF that a document is; None for a document that is text."""
    path = project.interim / document / ORIGINAL
    return path if path.is_file() else None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError:
        raise UserError("the document has not been read", file=path, remedy="run dvc repro") from None
