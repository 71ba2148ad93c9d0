"""A registered nbconvert exporter: an executed notebook in, its page out."""

from typing import Any

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from kommunebudsjett.publish.content import LANGUAGES, content
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.publish.html import report_page


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
            "site", {"languages": list(LANGUAGES), "edition": "", "date": dict.fromkeys(LANGUAGES, ""), "address": ""}
        )
        resources["outputs"] = figures(report)
        resources["output_extension"] = self.file_extension
        return report_page(report, site), resources
