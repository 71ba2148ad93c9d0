"""PDF: a report through Typst to A4 pages, tagged (PDF/UA-1) and archivable (PDF/A-2a)."""

import datetime
import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.glyphs import FONTS, shown
from kommunebudsjett.publish.printing import picture_files, printed
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.report import wording

STANDARDS = ["a-2a", "ua-1"]
TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


@dataclass(frozen=True)
class Imprint:
    """What the pages say of themselves: the edition, its date and the version of the data.

    `address` is where the site is published, empty where it is not: links are then relative to the PDF's place in it.
    """

    edition: str
    date: datetime.date
    data: str
    address: str = ""


@cache
def fonts() -> typst.Fonts:
    """The fonts of the charts and of print, and no others that this machine has."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing is collected meanwhile. What a report is made of has no cycles and goes by itself, while a search for
    them through all that the process has loaded takes as long as a short report.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def report_pdf(report: Content, documents: dict[str, Source], imprint: Imprint) -> bytes:
    """A report as PDF. The same report, documents and imprint give the same bytes."""
    words = WORDS[report.lang]
    date = wording.date(imprint.date, report.lang)
    data = {
        **printed(report, documents, imprint.address),
        "author": words["site"],
        "imprint": shown(
            f"{words['site']}. {words['edition']} {imprint.edition}, {date}. {words['data_version']} {imprint.data}"
        ),
    }
    files = {
        name: shown(picture).encode()
        for block in report.blocks
        if block["kind"] == "figure"
        for name, picture in picture_files(block).items()
    }
    return typst.compile(
        {"main": TEMPLATE.read_bytes(), "report.json": json.dumps(data).encode(), **files},
        font_paths=fonts(),
        pdf_standards=STANDARDS,
        timestamp=datetime.datetime(imprint.date.year, imprint.date.month, imprint.date.day, tzinfo=datetime.UTC),
    )
