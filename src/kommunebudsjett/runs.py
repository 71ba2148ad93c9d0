"""One command at a time in a project, and nothing left of those that were killed."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from kommunebudsjett.files import leftovers, remove
from kommunebudsjett.project import Project


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Held while a command writes into the project: a second one waits. A command that is killed lets go of it.

    What killed commands have left is removed first: nobody else is writing.
    """
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


def written(project: Project) -> list:
    """The folders that commands write beside their results in."""
    results = (project.interim, project.clean, project.executed, project.reports.resolve())
    inside = (project.reports, project.metrics, project.timings, project.publish_store)
    return list(dict.fromkeys([*(result.parent for result in results), *inside]))
