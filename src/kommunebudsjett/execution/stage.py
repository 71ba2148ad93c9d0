"""The stage `execute`: notebooks and params.yaml in, executed notebooks in build/executed/LANGUAGE out."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from kommunebudsjett.execution.notebooks import Parameters, check_parameters, execute
from kommunebudsjett.files import replacing
from kommunebudsjett.params import Params, Report, load_params, published
from kommunebudsjett.project import Project
from kommunebudsjett.tables.service_areas import load_areas


def jobs(reports: list[Report], params: Params) -> list[tuple[Report, Parameters]]:
    """Each report in each language with its parameters: what params.yaml says of the report goes before the rest."""
    return [
        (report, {"lang": lang, "price_year": params.prices.year, **report.parameters})
        for report in reports
        for lang in params.languages
    ]


def run(project: Project) -> None:
    """Execute all reports side by side.

    Raises UserError for wrong parameters or a notebook that raises; what was executed before is then left as it was.
    """
    params = load_params(project)
    areas = list(load_areas(project.reference)["area_id"])
    work = jobs(published(project, params, areas), params)
    for report, parameters in work:
        check_parameters(project.notebooks / f"{report.notebook}.ipynb", parameters)
    with replacing(project.executed) as folder, ThreadPoolExecutor(params.execution.workers) as pool:
        futures = [
            pool.submit(_execute_to, project.notebooks / f"{report.notebook}.ipynb", parameters, report.name, folder)
            for report, parameters in work
        ]
        try:
            for (report, parameters), future in zip(work, futures, strict=True):
                future.result()
                print(f"{report.name} ({parameters['lang']}): executed")
        finally:
            for future in futures:
                future.cancel()


def _execute_to(notebook: Path, parameters: Parameters, name: str, folder: Path) -> None:
    target = folder / parameters["lang"] / f"{name}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(execute(notebook, parameters, name), target)
