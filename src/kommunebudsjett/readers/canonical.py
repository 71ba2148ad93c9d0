"""A document's file in, its canonical text on standard output, what that leaves out on standard error."""

from pathlib import Path

import click

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.printable import printable
from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.core.texts import Text, page_of
from kommunebudsjett.readers.stage import is_pdf


def show(file: Path) -> None:
    """Print the text of a document line by line, and list what is left out. Raises UserError where it is unreadable."""
    text = _text(file)
    click.echo("\n".join(text.lines))
    for found in text.left_out:
        page = page_of(text.pages, found.line)
        raw, reason = printable(found.raw), found.reason
        click.echo(f"left out near line {found.line} (page {page}): {raw!r}: {reason}", err=True)


def _text(file: Path) -> Text:
    if not file.is_file():
        raise UserError("there is no such file", file=file, remedy="give the path of a PDF or of a text")
    if not is_pdf(file):
        return Text(read_lines(file), [])
    from kommunebudsjett.pdf import read_pdf

    return read_pdf(file, "marked")
