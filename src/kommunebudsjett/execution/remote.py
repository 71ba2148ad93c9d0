"""A notebook on a worker of a cluster: the same kernels as here, and a check that the worker runs the same code."""

import atexit
import os
import threading
from pathlib import Path

from nbformat import NotebookNode

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.fingerprints import code, environment
from kommunebudsjett.execution.kernels import Kernels
from kommunebudsjett.execution.running import Run, run_notebook

_kernels: dict[Path, Kernels] = {}
_lock = threading.Lock()


# As it was when this process loaded it: a worker that has been up for a while may run older code than there is now.
CODE = code()


def run_on_worker(notebook: NotebookNode, root: Path, own_code: str, own_packages: str) -> Run:
    """Run a notebook in a kernel of this worker.

    Raises UserError where the worker's code or packages are not those of the process that asks, or where it does not
    see the project.
    """
    if (own_code, own_packages) != (CODE, environment()):
        raise UserError(
            f"a worker of the cluster has other {'code' if own_code != CODE else 'packages'} than this process",
            remedy="give all workers this version of the project and its environment, and start them again",
        )
    if not (root / "params.yaml").is_file():
        raise UserError(
            "a worker of the cluster does not see the project",
            file=root,
            remedy="put the project in a folder that all workers share, under the same path",
        )
    return run_notebook(notebook, root, kernels_of(root))


def kernels_of(root: Path) -> Kernels:
    """The kernels of this process for a project, made once."""
    with _lock:
        if root not in _kernels:
            _kernels[root] = Kernels(root)
            # How many notebooks a worker runs at once is for whoever starts it to say.
            _kernels[root].run_at_once(os.cpu_count() or 1)
            atexit.register(_kernels[root].close)
        return _kernels[root]
