"""A document's file in, its canonical text on standard output, what that leaves out on standard error."""

import tempfile
from pathlib import Path

import click

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.printable import printable
from kommunebudsjett.core.texts import Text, page_of
from kommunebudsjett.forms import read_file
from kommunebudsjett.forms.folders import pack
from kommunebudsjett.forms.kinds import NAMES


def show(file: Path) -> None:
    """Print the text of a document line by line, and list what is left out. Raises UserError where it is unreadable."""
    text = _text(file)
    click.echo("\n".join(text.lines))
    for remark in text.remarks:
        click.echo(printable(remark), err=True)
    for found in text.left_out:
        raw, reason = printable(found.raw), found.reason
        click.echo(f"left out near line {found.line}{_on_page(text, found.line)}: {raw!r}: {reason}", err=True)


def _text(file: Path) -> Text:
    if file.is_dir():
        with tempfile.TemporaryDirectory(prefix="kommunebudsjett-") as folder:
            packed = Path(folder) / f"{file.resolve().name}.zip"
            packed.write_bytes(pack(file))
            return read_file(packed)
    if not file.is_file():
        raise UserError("there is no such file", file=file, remedy=f"give the path of {NAMES}")
    return read_file(file)


def _on_page(text: Text, line: int) -> str:
    page = page_of(text.pages, line)
    return f" (page {page})" if page else ""
