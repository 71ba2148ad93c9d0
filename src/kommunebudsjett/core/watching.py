"""What a stage depends on, compared at its start and at its end: dvc.yaml in, an error where something has changed.

DVC notes the content of what a stage depends on after the stage has ended. An edit while it ran would then be noted as
read although the results have the text from before, and every later run would say that all is up to date.
"""

import hashlib
import json
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pathspec import GitIgnoreSpec

from kommunebudsjett.core import files
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project

IGNORED = ".dvcignore"
# What DVC itself never counts.
NEVER = {".dvc", ".git", ".hg"}
# The clocks of file systems are coarse: two changes within this time can leave the same date.
COARSE_NS = 2 * 10**9


class ChangedError(UserError):
    """Something that a stage depends on changed while the stage ran."""


class Seen(NamedTuple):
    """A file as it was looked at: what the system says of it, and the digest of its content."""

    about: tuple[int, ...]
    content: str


@dataclass(frozen=True)
class Dependencies:
    """What a stage depends on: files and folders of the project, and keys of files of parameters."""

    paths: tuple[Path, ...]
    keys: tuple[tuple[Path, str], ...]


@contextmanager
def watched(project: Project, stage: str, made: tuple[Path, ...] = ()) -> Iterator[None]:
    """Raise ChangedError where something that `stage` depends on changes while the block runs, but what it `made`.

    Nothing that the block writes takes the place of what was there before then (`files.replacing`). Content counts: a
    file that is written again as it was has not changed. A project without dvc.yaml has nothing to compare.
    """
    if not (project.root / "dvc.yaml").is_file():
        yield
        return
    on = dependencies(project, stage)
    on = Dependencies(tuple(path for path in on.paths if path not in made), on.keys)
    began = time.time_ns()
    first, parameters = _look(project, on, {}, began), _parameters(on)

    def check() -> None:
        now = _look(project, on, first, began)
        changed = sorted(name for name in first.keys() | now.keys() if _content(first, name) != _content(now, name))
        if not changed and _parameters(on) != parameters:
            changed = [project.params.name]
        if changed:
            more = f" (and {len(changed) - 1} more)" if len(changed) > 1 else ""
            raise ChangedError(
                f"{changed[0]}{more} changed while it was being read",
                remedy=f"run again: dvc repro (or kommunebudsjett {stage})",
            )

    files.before_replacing.append(check)
    try:
        yield
        check()
    finally:
        files.before_replacing.remove(check)


def dependencies(project: Project, stage: str) -> Dependencies:
    """What dvc.yaml says that a stage depends on. Raises UserError where it cannot be read or has no such stage."""
    stages = _value(_loaded(project.root / "dvc.yaml"), "stages")
    if not isinstance(stages, dict) or not isinstance(stages.get(stage), dict):
        file, remedy = project.root / "dvc.yaml", "restore the file, for instance from git"
        raise UserError(f"it cannot be read, or there is no stage {stage} in it", file=file, remedy=remedy)
    paths = tuple(project.root / str(entry) for entry in stages[stage].get("deps") or ())
    keys = []
    for entry in stages[stage].get("params") or ():
        named = entry if isinstance(entry, dict) else {project.params.name: [entry]}
        keys += [(project.root / str(file), str(key)) for file, own in named.items() for key in own or [""]]
    return Dependencies(paths, tuple(keys))


def _content(seen: dict[str, Seen], name: str) -> str:
    return seen[name].content if name in seen else ""


def _look(project: Project, on: Dependencies, before: dict[str, Seen], began: int) -> dict[str, Seen]:
    """Every file that is depended on, by its path in the project. Those that are as they were are not read again."""
    ignored = _Ignored(project.root)
    found: dict[str, Seen] = {}
    for path in on.paths:
        for file in _files(path, ignored):
            name = Path(os.path.relpath(file, project.root)).as_posix()
            seen = _seen(file, before.get(name), began)
            if seen is not None:
                found[name] = seen
    return found


def _files(path: Path, ignored: "_Ignored") -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = [name for name in folders if name not in NEVER and not ignored(Path(folder, name), folder=True)]
        yield from (Path(folder, name) for name in names if not ignored(Path(folder, name), folder=False))


def _seen(file: Path, before: Seen | None, began: int) -> Seen | None:
    """A file as it is now; None where there is none."""
    try:
        status = file.stat()
        about = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        settled = max(status.st_mtime_ns, status.st_ctime_ns) < began - COARSE_NS
        if before is not None and before.about == about and settled:
            return before
        if not stat.S_ISREG(status.st_mode):
            return Seen(about, f"no file: {stat.S_IFMT(status.st_mode):o}")
        with file.open("rb") as opened:
            return Seen(about, hashlib.file_digest(opened, "sha256").hexdigest())
    except FileNotFoundError:
        return None
    except OSError as error:
        # Who reads it says so.
        return Seen((), f"cannot be read: {error.errno}")


def _parameters(on: Dependencies) -> str:
    """The values of the keys that are depended on."""
    loaded = {path: _loaded(path) for path in {path for path, _ in on.keys}}
    return json.dumps([(str(path), key, _value(loaded[path], key)) for path, key in on.keys], default=str)


def _loaded(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_bytes())
    except (OSError, ValueError, yaml.YAMLError) as error:
        return type(error).__name__


def _value(values: Any, key: str) -> Any:
    for part in key.split(".") if key else ():
        values = values.get(part) if isinstance(values, dict) else None
    return values


class _Ignored:
    """Whether DVC leaves a file or folder out, by the files .dvcignore of the folders above it."""

    def __init__(self, root: Path):
        self._root = root
        self._specs: dict[Path, GitIgnoreSpec | None] = {}

    def __call__(self, path: Path, folder: bool) -> bool:
        for above in path.parents:
            spec = self._spec(above)
            name = path.relative_to(above).as_posix() + ("/" if folder else "")
            if spec is not None and spec.match_file(name):
                return True
            if above == self._root:
                break
        return False

    def _spec(self, folder: Path) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            try:
                lines = (folder / IGNORED).read_text(encoding="utf-8").splitlines()
                self._specs[folder] = GitIgnoreSpec.from_lines(lines)
            except (OSError, ValueError):
                self._specs[folder] = None
        return self._specs[folder]
