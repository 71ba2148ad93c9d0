"""Where things lie in a project folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from kommunebudsjett.core.errors import UserError

# The folder of the project that is worked on, where the current folder is another one.
_AT: ContextVar[Path | None] = ContextVar("project", default=None)


@dataclass(frozen=True)
class Project:
    """The folders and files of one project; `root` holds dvc.yaml and params.yaml."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "Project":
        """The project that `start` lies in; by default that of `at`, else of the current folder.

        Raises UserError where no folder upwards holds params.yaml.
        """
        start = (start or _AT.get() or Path.cwd()).resolve()
        for folder in (start, *start.parents):
            if (folder / "params.yaml").is_file():
                return cls(folder)
        raise UserError("no params.yaml here or in a folder above", file=start, remedy="run the command in the project")

    def path(self, *parts: str) -> Path:
        """A path in the project."""
        return self.root.joinpath(*parts)

    @property
    def params(self) -> Path:
        return self.path("params.yaml")

    @property
    def raw(self) -> Path:
        return self.path("data", "raw")

    @property
    def registry(self) -> Path:
        return self.path("data", "raw", "documents.yml")

    @property
    def reference(self) -> Path:
        return self.path("data", "reference")

    @property
    def interim(self) -> Path:
        return self.path("data", "interim")

    @property
    def clean(self) -> Path:
        return self.path("data", "clean")

    @property
    def notebooks(self) -> Path:
        return self.path("notebooks")

    @property
    def executed(self) -> Path:
        return self.path("build", "executed")

    @property
    def notebook_cache(self) -> Path:
        return self.path("build", "notebook-cache")

    @property
    def pdf_store(self) -> Path:
        return self.path("build", "pdf-texts")

    @property
    def publish_store(self) -> Path:
        return self.path("build", "published")

    @property
    def timings(self) -> Path:
        return self.path("build", "timings")

    @property
    def reports(self) -> Path:
        return self.path("reports")

    @property
    def metrics(self) -> Path:
        return self.path("metrics")


@contextmanager
def at(root: Path) -> Iterator[None]:
    """Find the project at `root`, wherever the current folder is: a worker of a cluster has a folder of its own."""
    token = _AT.set(root)
    try:
        yield
    finally:
        _AT.reset(token)
