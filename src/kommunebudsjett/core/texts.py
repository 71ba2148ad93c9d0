"""The text of each document, line by line, as the stage `read` made it: data/interim/DOCUMENT/text.txt, pages.csv and
places.csv.

A line number is that of text.txt. For a document that is text, it is that of the file in data/raw too.
"""

import csv
import io
import shutil
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import write_text
from kommunebudsjett.core.project import Project

TEXT = "text.txt"
PAGES = "pages.csv"
PLACES = "places.csv"
# The document itself, with its suffix, where it is no text: what its readers can open beside the text.
ORIGINAL = "document"
# What is shown as it is: no reader of the text gains by the file itself.
PLAIN = (".txt", ".md")


class LeftOut(NamedTuple):
    """What a document holds and its text leaves out: near which line, the characters, and why."""

    line: int
    raw: str
    reason: str


class Text(NamedTuple):
    """Lines without line ends, the first of them line 1, and on which line each page begins (none: it has no pages).

    `left_out` lists what is no part of the lines, as what nobody can see. `places` says where in the file a line
    stands, for lines of which it is known (`(12, "Ark1!A5:F5")`), in their order. `remarks` are sentences on how the
    file was read.
    """

    lines: list[str]
    pages: list[int]
    left_out: list[LeftOut] = []  # noqa: RUF012
    places: list[tuple[int, str]] = []  # noqa: RUF012
    remarks: list[str] = []  # noqa: RUF012


def page_of(pages: list[int] | tuple[int, ...], line: int) -> int:
    """The page that a line stands on, the first being page 1; 0 in a document without pages."""
    return bisect_right(pages, line)


def write_document(text: Text, folder: Path) -> None:
    """Write the lines, the pages and the places into `folder`."""
    write_text(folder / TEXT, "\n".join(text.lines) + "\n")
    _write_rows(folder / PAGES, ("page", "line_first"), enumerate(text.pages, start=1))
    _write_rows(folder / PLACES, ("line", "place"), text.places)


def _write_rows(path: Path, header: tuple[str, str], rows: Iterable[tuple]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, file.getvalue())


def document_lines(project: Project, document: str) -> list[str]:
    """The lines of a document, by its id. Raises UserError where it has not been read."""
    content = _read(project.interim / document / TEXT)
    return content.removesuffix("\n").split("\n")


def document_pages(project: Project, document: str) -> list[int]:
    """The first line of each page of a document, by its id; empty where it has no pages. Raises UserError likewise."""
    return [int(line) for _, line in _rows(project.interim / document / PAGES)]


def document_places(project: Project, document: str) -> list[tuple[int, str]]:
    """Where lines of a document stand in its file, by its id: (line, place). Raises UserError likewise."""
    return [(int(line), place) for line, place in _rows(project.interim / document / PLACES)]


def original(project: Project, document: str) -> Path | None:
    """The file that a document is, where it is no text; None for a document that is text."""
    found = sorted((project.interim / document).glob(f"{ORIGINAL}.*"))
    return found[0] if found else None


def keep_original(path: Path, folder: Path) -> None:
    """Copy the file of a document into `folder`, where it is no text."""
    suffix = path.suffix.lower()
    if suffix not in PLAIN:
        shutil.copyfile(path, folder / f"{ORIGINAL}{suffix}")


def _rows(path: Path) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(_read(path), newline=""))
    next(rows, None)
    return rows


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except OSError:
        raise UserError("the document has not been read", file=path, remedy="run dvc repro") from None
