"""A text file in, its lines out, as they are."""

from pathlib import Path

from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.core.texts import Text


def extract(path: Path) -> Text:
    """The lines of the file. Raises UserError as `read_lines` does."""
    return Text(read_lines(path), [])
