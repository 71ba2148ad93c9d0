"""The stage `execute`: notebooks and params.yaml in, executed notebooks in build/executed/LANGUAGE out."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from kommunebudsjett.execution.notebooks import Parameters, check_parameters, execute
from kommunebudsjett.files import replacing
from kommunebudsjett.params import Params, load_params
from kommunebudsjett.project import Project


def jobs(params: Params) -> list[tuple[str, str, Parameters]]:
    """Each report in each language with its parameters: what params.yaml says of the report goes before the rest."""
    return [
        (name, lang, {"lang": lang, "price_year": params.prices.year, **own})
        for name, own in params.reports.items()
        for lang in params.languages
    ]


def run(project: Project) -> None:
    """Execute all reports side by side.

    Raises UserError for wrong parameters or a notebook that raises; what was executed before is then left as it was.
    """
    params = load_params(project)
    work = jobs(params)
    for name, _, parameters in work:
        check_parameters(project.notebooks / f"{name}.ipynb", parameters)
    with replacing(project.executed) as folder, ThreadPoolExecutor(params.execution.workers) as pool:
        futures = [
            pool.submit(_execute_to, project.notebooks / f"{name}.ipynb", parameters, folder / lang / f"{name}.ipynb")
            for name, lang, parameters in work
        ]
        try:
            for (name, lang, _), future in zip(work, futures, strict=True):
                future.result()
                print(f"{name} ({lang}): executed")
        finally:
            for future in futures:
                future.cancel()


def _execute_to(notebook: Path, parameters: Parameters, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(execute(notebook, parameters, notebook.stem), target)
