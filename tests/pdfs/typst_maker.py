"""Documents set as PDF by Typst."""

import json
from pathlib import Path

import typst

from tests.pdfs.model import Document, Layout, as_data

_TEMPLATE = Path(__file__).with_name("document.typ")


def make(document: Document, layout: Layout, folder: Path) -> Path:
    """The PDF that Typst makes of a document."""
    file = folder / "typst.pdf"
    inputs = {"document": json.dumps(as_data(document, layout))}
    file.write_bytes(typst.compile(str(_TEMPLATE), sys_inputs=inputs))
    return file
