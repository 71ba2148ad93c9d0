"""The notebooks of a run, side by side: those in the cache from there, the others executed."""

from collections.abc import Callable, Collection
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, as_completed, wait
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kommunebudsjett.core.areas import area_ids
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import replacing
from kommunebudsjett.core.params import Params, Report, published
from kommunebudsjett.core.project import Project
from kommunebudsjett.execution.cache import NotebookCache
from kommunebudsjett.execution.notebooks import Parameters, check_parameters, declared_parameters, execute
from kommunebudsjett.execution.running import Run
from kommunebudsjett.execution.texts import check_texts
from kommunebudsjett.execution.timings import Progress, Timing, write_timings


def jobs(reports: list[Report], params: Params) -> list[tuple[Report, Parameters]]:
    """Each report in each language with its parameters: what params.yaml says of the report goes before the rest."""
    return [
        (report, {"lang": lang, "price_year": params.prices.year, **report.parameters})
        for report in reports
        for lang in params.languages
    ]


def run_all(
    project: Project,
    params: Params,
    force: Collection[str],
    quiet: bool,
    run_one: Callable[[NotebookNode], Run],
    stop: Callable[[], None],
    threads: int,
) -> None:
    """Execute all reports, at most `threads` at the same time, those whose results in the cache are no longer right or
    that `force` names.

    `run_one` runs a notebook, `stop` ends those that run. Raises UserError for wrong parameters or a notebook that
    raises; what was executed before is then left as it was, and the results of the notebooks that did not raise are in
    the cache.
    """
    work = jobs(published(project, params, area_ids(project)), params)
    check(project, work, force, both=len(params.languages) > 1)
    with replacing(project.executed) as folder:
        cache = NotebookCache(project.notebook_cache, project.root, len(work))
        progress = Progress(len(work), quiet)
        try:
            _execute_all(project, work, force, cache, run_one, stop, folder, progress, min(threads, len(work)))
        finally:
            progress.close()
    write_timings(project, progress)


def check(project: Project, work: list[tuple[Report, Parameters]], force: Collection[str], both: bool) -> None:
    """Raise UserError for a wrong parameter of a notebook, words in one language where `both` are published, or a name
    to force that is no report's or notebook's.
    """
    paths = {report.notebook: _path(project, report) for report, _ in work}
    declared = {name: declared_parameters(path) for name, path in paths.items()}
    for path in paths.values():
        check_texts(nbformat.read(path, as_version=nbformat.NO_CONVERT), path, both)
    for report, parameters in work:
        check_parameters(_path(project, report), declared[report.notebook], parameters)
    names = dict.fromkeys(name for report, _ in work for name in (report.notebook, report.name))
    for name in force:
        if name not in names:
            raise UserError(f"there is no report {name}", remedy=f"use --force with one of {', '.join(names)}")


def _path(project: Project, report: Report) -> Path:
    return project.notebooks / f"{report.notebook}.ipynb"


def _execute_all(
    project: Project,
    work: list[tuple[Report, Parameters]],
    force: Collection[str],
    cache: NotebookCache,
    run_one: Callable[[NotebookNode], Run],
    stop: Callable[[], None],
    folder: Path,
    progress: Progress,
    threads: int,
) -> None:
    def do(report: Report, parameters: Parameters) -> Timing:
        forced = report.name in force or report.notebook in force
        target = folder / parameters["lang"] / f"{report.name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        done = execute(_path(project, report), parameters, report.name, cache, run_one, target, forced)
        return Timing(f"{report.name} ({parameters['lang']})", done.seconds, done.from_cache)

    with ThreadPoolExecutor(threads) as executor:
        futures = [executor.submit(do, *job) for job in work]
        try:
            for future in as_completed(futures):
                if future.exception() is not None:
                    break
                progress.add(future.result())
        except BaseException:
            stop()
            raise
        finally:
            for future in futures:
                future.cancel()
    _raise_first(futures)


def _raise_first(futures: list[Future]) -> None:
    """Raise what the first notebook raised, in the order of params.yaml; that is the same in every run."""
    wait(futures, return_when=FIRST_EXCEPTION)
    for future in futures:
        if not future.cancelled():
            future.result()
