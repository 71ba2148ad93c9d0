"""The programs that set documents as PDF: each takes a document, a layout and a folder to work in."""

from collections.abc import Callable
from pathlib import Path

from tests.pdfs import chromium_maker, libreoffice_maker, typst_maker
from tests.pdfs.model import Document, Layout

MAKERS: dict[str, Callable[[Document, Layout, Path], Path]] = {
    "typst": typst_maker.make,
    "libreoffice": libreoffice_maker.make,
    "chromium": chromium_maker.make,
}
LAYOUTS = {
    "rules": Layout(),
    "hairlines": Layout(rules="hairlines", repeat_header=False, font="Liberation Serif"),
    "no-rules-turned": Layout(rules="none", turned=True),
    "no-rules": Layout(rules="none", font="DejaVu Sans", size=9, repeat_header=False),
}
