"""A small project with a published site, what its site may hold, and ways to make its folders and machine fail."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from tests.conftest import BIN, ROOT, git, made_once

REPORTS = {"goals": {}}
ANNUAL_REPORT = "trondheim-arsberetning-2025.txt"
# `make reports` with the environment of the tests, as it is.
MAKE = ("make", "-o", f"{BIN.parent}/.ready", f"VENV={BIN.parent}", "reports")
Digests = dict[str, str]


def digests(folder: Path) -> Digests:
    """The digest of every file of a folder, by its path in it."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass
class Small:
    """A project of two reports. Its documents and its edition can be changed; each state has one right site."""

    root: Path
    # Where its commands put temporary files.
    temporary: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="faults-")))
    sites: dict[str, Digests] = field(default_factory=dict)
    # How long the run took that published edition 2.
    seconds: float = 0.0

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    def site(self) -> Digests:
        """The published site as it is now."""
        return digests(self.reports)

    def set_edition(self, edition: str) -> None:
        """Another edition: only the stage `publish` makes something new of it."""
        params = yaml.safe_load((self.root / "params.yaml").read_text(encoding="utf-8"))
        params["publish"]["edition"] = edition
        (self.root / "params.yaml").write_text(yaml.safe_dump(params, allow_unicode=True), encoding="utf-8")

    def add_sentence(self, sentence: str) -> None:
        """The annual report with one more sentence ("": as it is): every stage makes something new of it."""
        document = self.root / "data/raw" / ANNUAL_REPORT
        original = (ROOT / "data/raw" / ANNUAL_REPORT).read_text(encoding="utf-8")
        document.write_text(f"{original}\n\n{sentence}\n" if sentence else original, encoding="utf-8")

    def environment(self, **changes: str | None) -> dict[str, str]:
        """The environment of a command, with these changes; None removes a variable."""
        path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        changed = {**os.environ, "PATH": path, "TMPDIR": str(self.temporary), "DVC_NO_ANALYTICS": "1", **changes}
        return {name: value for name, value in changed.items() if value is not None}

    def run(self, *words: str, **changes: str | None) -> subprocess.CompletedProcess:
        """A command in the project, to its end."""
        return subprocess.run(words, cwd=self.root, capture_output=True, text=True, env=self.environment(**changes))

    def start(self, *words: str, **changes: str | None) -> subprocess.Popen:
        """A command in the project, in a process group of its own, so that all of it can be stopped.

        What a shell starts in the background ignores Ctrl-C, and so would what the tests start.
        """
        return subprocess.Popen(
            words,
            cwd=self.root,
            env=self.environment(**changes),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def build(self, **changes: str | None) -> None:
        """`make reports`, which must succeed."""
        result = self.run(*MAKE, **changes)
        assert result.returncode == 0, result.stdout + result.stderr

    def left(self) -> list[Path]:
        """Temporary files, in the project and in the folder that is for them."""
        return sorted([*self.root.rglob("*.tmp"), *self.temporary.iterdir()])

    def names(self) -> set[str]:
        """What lies in the project but for the site and stores, whose files are named after what they hold."""
        stores = (".git", ".dvc/cache", ".dvc/tmp", "build/notebook-cache", "build/published", "reports")
        paths = {path.relative_to(self.root).as_posix() for path in self.root.rglob("*")}
        return {path for path in paths if not f"{path}/".startswith(tuple(f"{store}/" for store in stores))}


def stop(process: subprocess.Popen, number: int) -> str:
    """Send a signal to a command and all that it has started; what it said."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    return process.communicate(timeout=120)[0]


def copied(target: Path) -> Path:
    """The files of this project as they stand, with two reports, as a repository of its own."""
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, target / name)
    params = yaml.safe_load((target / "params.yaml").read_text(encoding="utf-8"))
    params |= {"reports": REPORTS, "languages": ["nb"]}
    (target / "params.yaml").write_text(yaml.safe_dump(params, allow_unicode=True), encoding="utf-8")
    git(target, "init", "--quiet")
    return target


def _build(folder: Path) -> None:
    small = Small(copied(folder / "budsjett"))
    small.build()
    shutil.rmtree(small.temporary)


@pytest.fixture(scope="session")
def first(tmp_path_factory) -> Iterator[Small]:
    """The small project after one undisturbed run, one for all workers. Tests copy it."""
    small = Small(made_once(tmp_path_factory, "faults", _build) / "budsjett")
    yield small
    shutil.rmtree(small.temporary)


@pytest.fixture
def small(first, tmp_path) -> Iterator[Small]:
    """A copy of the small project, with its site published."""
    copy = Small(Path(shutil.copytree(first.root, tmp_path / "budsjett", symlinks=True)))
    yield copy
    shutil.rmtree(copy.temporary)


@pytest.fixture
def other_edition(first, tmp_path_factory) -> Digests:
    """The site of edition 2, as an undisturbed run publishes it."""
    if "2" not in first.sites:
        root = tmp_path_factory.mktemp("edition") / "budsjett"
        copy = Small(Path(shutil.copytree(first.root, root, symlinks=True)), first.temporary)
        copy.set_edition("2")
        start = time.monotonic()
        copy.build()
        first.seconds = time.monotonic() - start
        first.sites["2"] = copy.site()
    return first.sites["2"]
