"""PDF: the blocks of a report through pandoc and Typst to A4 pages, tagged (PDF/UA-1) and archivable (PDF/A-2a)."""

import datetime
import tempfile
from pathlib import Path

import matplotlib
import pypandoc
import typst

from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.html import one_list, pages
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import templates as block_templates

STANDARDS = ["a-2a", "ua-1"]
REGIONS = {"nb": "NO", "en": "GB"}
# Only fonts that come with the locked packages, so that every machine makes the same pages: the text face is in the
# Typst package, the face of the charts in Matplotlib.
FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


def report_pdf(report: Content, author: str, edition: str, date: datetime.date) -> bytes:
    """A report as PDF. The same report, edition and date give the same bytes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {}
        for index, block in enumerate(report.blocks):
            if block["kind"] == "figure":
                files[index] = f"figure-{index}.svg"
                (folder / files[index]).write_text(block["wide"], encoding="utf-8")
        source = pypandoc.convert_text(
            print_html(report, files),
            "typst",
            format="html",
            extra_args=[
                f"--template={TEMPLATE}",
                f"--lua-filter={TEMPLATE.with_name('figures.lua')}",
                "--shift-heading-level-by=-1",
                "--wrap=none",
                *_metadata(
                    title=report.title,
                    author=author,
                    lang=report.lang,
                    region=REGIONS[report.lang],
                    edition=f"{WORDS[report.lang]['edition']} {edition}, {wording.date(date, report.lang)}",
                ),
            ],
        )
        main = folder / "report.typ"
        main.write_text(source, encoding="utf-8")
        return typst.compile(
            str(main),
            root=name,
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            timestamp=datetime.datetime(date.year, date.month, date.day, tzinfo=datetime.UTC),
        )


def _metadata(**values: str) -> list[str]:
    # Metadata, unlike variables, is text that pandoc escapes for Typst.
    return [f"--metadata={key}:{value}" for key, value in values.items()]


def print_html(report: Content, files: dict[int, str]) -> str:
    """The blocks of a report as HTML for pandoc. `files` are the pictures, by the index of their block."""
    macro = block_templates.get_template("blocks.html.j2").module.block
    return one_list(pages.get_template("print.html.j2").render(report=report, files=files, macro=macro))
