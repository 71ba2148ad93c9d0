"""The registered nbconvert exporter: a notebook that this project executed in, its page out.

`publish` calls it as `jupyter nbconvert --to kommunebudsjett build/executed/nb/overview.ipynb` does, with nothing but
the file: what a page says of the site is found from the folder that the notebook lies in.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool, default

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.content import pages
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.publish.html import TEMPLATES, body, prepared, report_resources
from kommunebudsjett.publish.site import site_of


class ReportPreprocessor(Preprocessor):
    """Takes the report out of a notebook: what templates lay out, in the resources, and its figures as files.

    The resources get `report`, `site`, `blocks` and `leads` (cited), `citations`, `in_short`, `use` and `card` of its
    first page, and all its `pages`; `outputs` has files by their names.
    """

    enabled = Bool(True, help="Whether a page is made of the notebook's report.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        if "kommunebudsjett" not in nb.metadata:
            raise UserError(
                "the notebook was not executed by this project",
                file=f"{resources['metadata'].get('name', 'notebook')}.ipynb",
                remedy="export one of build/executed, or execute it with papermill --engine kommunebudsjett",
            )
        project = Project.find(Path(resources["metadata"].get("path") or "."))
        resources["pages"] = pages(nb)
        site = _site(project.root, self.parent.kept, _state(project))
        resources.update(report_resources(resources["pages"][0], site))
        drawn = {name: data for report in resources["pages"] for name, data in figures(report).items()}
        outputs = resources.get("outputs")
        resources["outputs"] = {**(outputs if isinstance(outputs, dict) else {}), **drawn}
        return nb, resources


class ReportExporter(TemplateExporter):
    """The page, without code cells, of a notebook that this project executed. Any nbconvert template can lay it out.

    Where the notebook has several pages, the others are among the files in `resources["outputs"]`.
    """

    export_from_notebook = "Kommunebudsjett report"
    output_mimetype = "text/html"
    kept = Bool(False, help="Whether the page is one of an edition that is kept.").tag(config=True)

    @property
    def environment(self) -> Environment:
        """The environment of nbconvert, in which what is put in is text; also where nbconvert makes another one."""
        return prepared(super().environment)

    @default("file_extension")
    def _html(self) -> str:
        return ".html"

    @default("template_name")
    def _base(self) -> str:
        return "base"

    @default("template_file")
    def _report(self) -> str:
        return "report.html.j2"

    @default("extra_template_paths")
    def _own(self) -> list[str]:
        return [str(TEMPLATES)]

    @default("preprocessors")
    def _taking_the_report(self) -> list[type[Preprocessor]]:
        return [ReportPreprocessor]

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The first page, and resources with the other pages and all figures as files."""
        page, found = super().from_notebook_node(nb, resources, **options)
        for report in found["pages"][1:]:
            own = {**found, **report_resources(report, found["site"])}
            found["outputs"][f"{report.name}.html"] = self.template.render(nb=nb, resources=own).encode()
        return page, found

    def default_filters(self) -> Any:
        """The filters of nbconvert, and `laid_out`: blocks of a report as HTML."""
        yield from super().default_filters()
        yield "laid_out", body


def _state(project: Project) -> tuple[tuple[str, int, int], ...]:
    """What tells the files apart that a page says something of, from what they were."""
    folders = (project.clean, project.interim, project.reference, project.raw)
    files = [project.params, *(Path(entry) for folder in folders for entry in sorted(os.scandir(folder), key=str))]
    return tuple((str(file), (found := file.stat()).st_mtime_ns, found.st_size) for file in files)


@lru_cache(maxsize=2)
def _site(root: Path, kept: bool, state: tuple[tuple[str, int, int], ...]) -> dict[str, Any]:
    """What every page says of the site, found once while the files are as they are."""
    project = Project(root)
    return site_of(project, load_params(project), kept)
