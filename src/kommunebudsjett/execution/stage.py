"""The stage `execute`: notebooks and params.yaml in, executed notebooks in build/executed/LANGUAGE out.

Everything else that it needs (pydantic, papermill, jupyter-cache) is loaded while the server starts that
kernels are forked from, and so is not imported at the top.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import Timeout

from kommunebudsjett.core.project import Project
from kommunebudsjett.execution.kernels import Kernels, remove_scratch
from kommunebudsjett.execution.lock import only_one

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from kommunebudsjett.core.params import Execution
    from kommunebudsjett.execution.running import Run

# How many notebooks wait for a cluster at the same time. Each holds a thread here that does nothing else.
MOST_WAITING = 256
# A kernel that starts or ends waits more than it works: so many are there for each notebook that runs.
KERNELS_EACH = 2


def run(project: Project, force: Collection[str] = (), quiet: bool = False) -> None:
    """Execute all reports side by side, those whose results in the cache are no longer right or that `force` names.

    Raises UserError for wrong parameters or a notebook that raises; what was executed before is then left as it was,
    and the results of the notebooks that did not raise are in the cache.
    """
    with _alone(project), Kernels(project.root) as kernels:
        # It loads while this process does. A run is seldom asked for where nothing is to be executed. Where the folder
        # is missing that kernels start in, the check of params.yaml will say so.
        if project.notebooks.is_dir():
            kernels.prepare()
        from kommunebudsjett.core.params import load_params

        params = load_params(project)
        with _runner(project, params.execution, kernels) as (run_one, stop, threads):
            from kommunebudsjett.execution.batch import run_all

            run_all(project, params, force, quiet, run_one, stop, threads)


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
    project: Project, execution: "Execution", kernels: Kernels
) -> Iterator[tuple[Callable[["NotebookNode"], "Run"], Callable[[], None], int]]:
    """How to run one notebook, how to stop those that run, and how many to begin at the same time."""
    from kommunebudsjett.core.executors import cluster

    with cluster(execution) as pool:
        if pool is None:
            kernels.run_at_once(execution.workers)
            from kommunebudsjett.execution.running import run_notebook

            yield (
                lambda notebook: run_notebook(notebook, project.root, kernels),
                kernels.close,
                KERNELS_EACH * execution.workers,
            )
        else:
            # The cluster's workers have kernels of their own.
            kernels.close()
            from kommunebudsjett.core.fingerprints import environment
            from kommunebudsjett.execution.remote import CODE, run_on_worker

            yield (
                lambda notebook: pool.submit(run_on_worker, notebook, project.root, CODE, environment()).result(),
                lambda: pool.shutdown(wait=False, cancel_futures=True),
                MOST_WAITING,
            )
