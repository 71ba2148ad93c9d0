"""Pages: a registered nbconvert exporter with a template of its own, and the pages around the reports."""

import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader
from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from kommunebudsjett.publish.citations import cited
from kommunebudsjett.publish.content import LANGUAGES, Content, content
from kommunebudsjett.publish.figures import figure_file, figures
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report.blocks import templates as block_templates
from kommunebudsjett.report.printable import printable

# Nothing may run or load but the site's own style, scripts and pictures.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"

_HEADING = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)

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
        resources["output_extension"] = self.file_extension
        return report_page(report, site), resources


def body(report: Content, blocks: list[dict]) -> str:
    """The blocks of a report, cited, as HTML for its page."""
    macro = block_templates.get_template("blocks.html.j2").module.block
    words = WORDS[report.lang]
    pieces = []
    for block in blocks:
        files = {}
        if block["kind"] == "figure":
            files = {width: figure_file(report, block, f"-{width}.svg") for width in ("wide", "narrow")}
            data = figure_file(report, block, ".csv")
            block = {**block, "downloads": [(files["wide"], words["as_svg"]), (data, words["as_csv"])]}
        pieces.append(str(macro(block, words=words, **files)))
    return linked_headings(one_list("\n".join(pieces)))


def linked_headings(markup: str) -> str:
    """Headings as links to themselves, for whoever passes the address on; one with a link in it stays as it is."""

    def linked(match: re.Match) -> str:
        level, address, text = match.groups()
        if "<a " in text:
            return match[0]
        return f'<h{level} id="{address}"><a href="#{address}">{text}</a></h{level}>'

    return _HEADING.sub(linked, markup)


def one_list(markup: str) -> str:
    """Bullets that were shown one by one, as one list."""
    return re.sub(r"</ul>\s*<ul>", "", markup)


def report_page(report: Content, site: dict) -> str:
    """The page of a report. `site` has languages, edition, date and, by language, `documents` by their ids."""
    blocks, citations = cited(report.blocks, site.get("documents", {}).get(report.lang, {}), report.lang)
    return pages.get_template("report.html.j2").render(
        report=report,
        body=body(report, blocks),
        citations=citations,
        site=site,
        lang=report.lang,
    )


def source_page(document: dict, lines: list[str], findings: list[dict], audited: str) -> str:
    """A document as text, every line numbered and linkable (`#L123`).

    `findings` are what the audit found in it (rows of findings.csv); each stands at the first of its lines and marks
    all of them. `audited` is the address of the report on them, empty where it is not published.
    """
    at: dict[int, list[str]] = {}
    marked: set[int] = set()
    for finding in findings:
        found = split_lines(finding["lines"])
        marked.update(found)
        texts = at.setdefault(found[0], [])
        if (text := printable(finding["description_nb"])) not in texts:
            texts.append(text)
    return pages.get_template("source.html.j2").render(
        document={name: printable(document[name]) for name in ("title", "publisher", "file")},
        # Only the tab and the end of the line are characters of a line of text.
        lines=[printable(line, keep="\t") for line in lines],
        findings=at,
        marked=marked,
        audited=audited,
        lang="nb",
    )


def index_page(reports: dict[str, list[Content]], documents: list[dict], site: dict) -> str:
    """The front page. `reports` are the reports by language."""
    return pages.get_template("index.html.j2").render(reports=reports, documents=documents, site=site, lang="nb")


def script() -> str:
    """The script that sorts tables."""
    return (Path(__file__).parent / "templates" / "tables.js").read_text(encoding="utf-8")


def style_sheet() -> str:
    """The one style sheet of the site."""
    return (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
