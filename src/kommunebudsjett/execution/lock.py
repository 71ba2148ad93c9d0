"""One run at a time executes the notebooks of a project."""

from filelock import FileLock

from kommunebudsjett.core.project import Project


def only_one(project: Project) -> FileLock:
    """Held while notebooks are executed: a second run waits for the first. A run that is killed lets go of it."""
    project.notebook_cache.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(project.notebook_cache.with_suffix(".lock"))
