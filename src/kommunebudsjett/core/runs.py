"""One command at a time in a project, and nothing left of those that were killed."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import leftovers, remove
from kommunebudsjett.core.project import Project

# Kernels and their sockets end the process without a word where they may not be opened.
OPEN_FILES = 256


def allow_open_files() -> None:
    """Ask the system for as many open files as a run needs. Raises UserError where it does not allow them."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= OPEN_FILES:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, max(hard, OPEN_FILES)))
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] < OPEN_FILES:
        raise UserError(f"only {soft} files may be open at once", remedy="allow more open files: ulimit -n 1024")


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Held while a command writes into the project: a second one waits. A command that is killed lets go of it.

    What killed commands have left is removed first: nobody else is writing. Raises UserError where the system allows
    too few open files, or where something else stands in the place of a folder.
    """
    allow_open_files()
    _check_folders(project)
    lock = FileLock(project.path("build", "run.lock"))
    project.path("build").mkdir(exist_ok=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("another command works in this project; waiting for it", flush=True)
        lock.acquire()
    try:
        for folder in written(project):
            for entry in leftovers(folder):
                remove(entry)
        yield
    finally:
        lock.release()


def _check_folders(project: Project) -> None:
    results = (project.interim, project.clean, project.reports, project.metrics)
    stores = (project.executed, project.notebook_cache, project.pdf_store, project.publish_store, project.timings)
    for folder in (project.path("build"), *results, *stores):
        if os.path.lexists(folder) and not folder.is_dir():
            raise UserError(
                "results are to be written into it, and it is no folder",
                file=folder,
                remedy="move it elsewhere; or, where it is a link, restore the folder that it leads to",
            )


def written(project: Project) -> list[Path]:
    """The folders that commands write beside their results in."""
    results = (project.interim, project.clean, project.executed, project.reports.resolve())
    inside = (project.reports, project.metrics, project.timings, project.publish_store, project.pdf_store)
    # Documents and reports that are added.
    added = (project.raw, project.notebooks)
    return list(dict.fromkeys([*(result.parent for result in results), *inside, *added]))
