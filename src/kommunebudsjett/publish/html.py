"""Pages: a registered nbconvert exporter with a template of its own, and the pages around the reports."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from kommunebudsjett.publish.content import LANGUAGES, Content, content
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.report.blocks import templates as block_templates

# Nothing may run or load but the site's own style and pictures.
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

pages = Environment(
    loader=PackageLoader("kommunebudsjett.publish"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
pages.globals.update(words=WORDS, policy=POLICY)


class ReportExporter(TemplateExporter):
    """`jupyter nbconvert --to kommunebudsjett` of a notebook that this project executed: one page, no code cells."""

    export_from_notebook = "Kommunebudsjett report"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **_: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page, and resources with its figures as files (`outputs`: name to SVG bytes)."""
        resources = dict(resources or {})
        report = content(nb)
        site = resources.get(
            "site", {"languages": list(LANGUAGES), "edition": "", "date": dict.fromkeys(LANGUAGES, "")}
        )
        resources["outputs"] = figures(report)
        return report_page(report, site), resources


def figures(report: Content) -> dict[str, bytes]:
    """The figures of a report: file name to SVG, each wide and narrow."""
    return {
        figure_file(report, block, width): block[width].encode()
        for block in report.blocks
        if block["kind"] == "figure"
        for width in ("wide", "narrow")
    }


def figure_file(report: Content, block: dict, width: str) -> str:
    """The address of a figure, seen from its report."""
    return f"figures/{report.name}-{block['name']}-{width}.svg"


def body(report: Content) -> str:
    """The blocks of a report as HTML for its page."""
    macro = block_templates.get_template("blocks.html.j2").module.block
    pieces = []
    for block in report.blocks:
        files = {}
        if block["kind"] == "figure":
            files = {width: figure_file(report, block, width) for width in ("wide", "narrow")}
        pieces.append(str(macro(block, words=WORDS[report.lang], **files)))
    return one_list("\n".join(pieces))


def one_list(markup: str) -> str:
    """Bullets that were shown one by one, as one list."""
    return re.sub(r"</ul>\s*<ul>", "", markup)


def report_page(report: Content, site: dict) -> str:
    """The page of a report. `site` has languages, edition and date."""
    return pages.get_template("report.html.j2").render(report=report, body=body(report), site=site, lang=report.lang)


def source_page(document: dict, lines: list[str]) -> str:
    """A document as text, every line numbered and linkable (`#L123`)."""
    return pages.get_template("source.html.j2").render(document=document, lines=lines, lang="nb")


def index_page(reports: dict[str, list[Content]], documents: list[dict], site: dict) -> str:
    """The front page. `reports` are the reports by language."""
    return pages.get_template("index.html.j2").render(reports=reports, documents=documents, site=site, lang="nb")


def style_sheet() -> str:
    """The one style sheet of the site."""
    return (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
