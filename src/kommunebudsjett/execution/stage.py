"""The stage `execute`: notebooks and params.yaml in, executed notebooks in build/executed/LANGUAGE out."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_EXCEPTION, Executor, Future, ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager
from pathlib import Path

import nbformat
from filelock import Timeout
from nbformat import NotebookNode

from kommunebudsjett.errors import UserError
from kommunebudsjett.execution.cache import NotebookCache
from kommunebudsjett.execution.engine import only_one
from kommunebudsjett.execution.kernels import Kernels, remove_scratch
from kommunebudsjett.execution.notebooks import Parameters, check_parameters, declared_parameters, execute
from kommunebudsjett.execution.running import Run, run_notebook
from kommunebudsjett.execution.timings import Progress, Timing, write_timings
from kommunebudsjett.executors import cluster
from kommunebudsjett.files import replacing
from kommunebudsjett.fingerprints import environment
from kommunebudsjett.params import Params, Report, load_params, published
from kommunebudsjett.project import Project
from kommunebudsjett.tables.service_areas import load_areas

# How many notebooks wait for a cluster at the same time. Each holds a thread here that does nothing else.
MOST_WAITING = 256
# A kernel that starts or ends waits more than it works: so many are there for each notebook that runs.
KERNELS_EACH = 2


def jobs(reports: list[Report], params: Params) -> list[tuple[Report, Parameters]]:
    """Each report in each language with its parameters: what params.yaml says of the report goes before the rest."""
    return [
        (report, {"lang": lang, "price_year": params.prices.year, **report.parameters})
        for report in reports
        for lang in params.languages
    ]


def run(project: Project, force: Collection[str] = (), quiet: bool = False) -> None:
    """Execute all reports side by side, those whose results in the cache are no longer right or that `force` names.

    Raises UserError for wrong parameters or a notebook that raises; what was executed before is then left as it was,
    and the results of the notebooks that did not raise are in the cache.
    """
    params = load_params(project)
    areas = list(load_areas(project.reference)["area_id"])
    work = jobs(published(project, params, areas), params)
    workers = params.execution.workers
    with _alone(project), cluster(params.execution) as pool, _runner(project, pool, workers) as (run_one, stop):
        check(project, work, force)
        with replacing(project.executed) as folder:
            cache = NotebookCache(project.notebook_cache, project.root, len(work))
            progress = Progress(len(work), quiet)
            threads = KERNELS_EACH * workers if pool is None else min(len(work), MOST_WAITING)
            try:
                _execute_all(project, work, force, cache, run_one, stop, folder, progress, threads)
            finally:
                progress.close()
    write_timings(project, progress)


def check(project: Project, work: list[tuple[Report, Parameters]], force: Collection[str]) -> None:
    """Raise UserError for a wrong parameter of a notebook, or a name to force that is no report's or notebook's."""
    declared = {report.notebook: declared_parameters(_path(project, report)) for report, _ in work}
    for report, parameters in work:
        check_parameters(_path(project, report), declared[report.notebook], parameters)
    names = dict.fromkeys(name for report, _ in work for name in (report.notebook, report.name))
    for name in force:
        if name not in names:
            raise UserError(f"there is no report {name}", remedy=f"use --force with one of {', '.join(names)}")


def _path(project: Project, report: Report) -> Path:
    return project.notebooks / f"{report.notebook}.ipynb"


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    lock = only_one(project)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("another run executes the notebooks of this project; waiting for it")
        lock.acquire()
    try:
        remove_scratch(project.root)
        yield
    finally:
        lock.release()


@contextmanager
def _runner(
    project: Project, pool: Executor | None, workers: int
) -> Iterator[tuple[Callable[[NotebookNode], Run], Callable[[], None]]]:
    """How to run one notebook, and how to stop those that run."""
    if pool is None:
        with Kernels(project.root, at_once=workers) as kernels:
            # It loads while the results are looked up. A run is seldom asked for where nothing is to be executed.
            kernels.prepare()
            yield lambda notebook: run_notebook(notebook, project.root, kernels), kernels.close
    else:
        from kommunebudsjett.execution.remote import CODE, run_on_worker

        yield (
            lambda notebook: pool.submit(run_on_worker, notebook, project.root, CODE, environment()).result(),
            lambda: pool.shutdown(wait=False, cancel_futures=True),
        )


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
        done = execute(_path(project, report), parameters, report.name, cache, run_one, forced)
        target = folder / parameters["lang"] / f"{report.name}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(done.notebook, target)
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
