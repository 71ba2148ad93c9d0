"""A text file in, its lines out, as they are."""

from pathlib import Path

from kommunebudsjett.core.registry import read_text
from kommunebudsjett.core.texts import Text


def extract(path: Path) -> Text:
    """The lines of the file, and what was assumed of its encoding. Raises UserError as `read_text` does."""
    lines, assumed = read_text(path)
    return Text(lines, [], remarks=[assumed] if assumed else [])
