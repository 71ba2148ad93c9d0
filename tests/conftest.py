"""What several tests share: the project's root, small project folders to break, and a clone with a published site."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import sync_playwright

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.core.texts import write_document
from kommunebudsjett.forms import read_file
from kommunebudsjett.readers.stage import FAMILIES

# The same examples in every run: a change fails its tests because of what it changed.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
# `make soak`: other examples in each run, and more of them.
settings.register_profile(
    "soak", max_examples=1000, deadline=None, print_blob=True, suppress_health_check=list(HealthCheck)
)

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


# Fixtures that run the pipeline or another program, the files first that take longest: those of a new year make three
# sites, and the site is `served` where every page of it is opened in a browser.
SLOW = (
    *("cloned", "served", "pipeline", "first", "years", "made", "browser", "desk", "opened_in_libreoffice"),
    *("exchanged", "hostile", "package"),
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that ask for slow fixtures as slow, and put the files first that take longest.

    A file goes to one worker: where a long one comes last, the other workers wait for it.
    """
    ranks: dict[Path, int] = {}
    for item in items:
        # A parameter of a test can have the name of a fixture that others ask for.
        names = set(getattr(item, "fixturenames", ())) - set(item.callspec.params if hasattr(item, "callspec") else ())
        asked = [rank for rank, name in enumerate(SLOW) if name in names]
        if asked:
            item.add_marker(pytest.mark.slow)
        rank = min([*asked, len(SLOW) + (item.get_closest_marker("slow") is None)])
        ranks[item.path] = min(rank, ranks.get(item.path, rank))
    items.sort(key=lambda item: ranks[item.path])


def git(folder: Path, *words: str) -> str:
    """What a git command prints."""
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout


def run(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """A command of the environment, run in a folder as a user would."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "DVC_NO_ANALYTICS": "1"}
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, env=environment)


def write_texts(project: Project) -> None:
    """Write the text of each document where the stage `read` does, for what needs no more of it."""
    for document in load_registry(project.registry, set(FAMILIES)):
        text = read_file(project.raw / document.file, project.pdf_store)
        write_document(text, project.interim / document.id)


def copy_of_repository(folder: Path) -> Path:
    """A new repository with the files of this one as they stand and nothing that is ignored."""
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "--quiet", "-m", "as it stands")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project folder of its own with the inputs of this one: data/raw, data/reference, notebooks, params.yaml."""
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "params.yaml", tmp_path)
    return Project(tmp_path)


def with_reports(folder: Path, reports: str) -> Project:
    """A project folder with the clean tables of this one and the given entries under `reports` in params.yaml."""
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("interim", ".*"))
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    start, end = text.index("\nreports:"), text.index("\nexecution:")
    (folder / "params.yaml").write_text(f"{text[:start]}\nreports:\n{reports}{text[end:]}", encoding="utf-8")
    project = Project(folder)
    write_texts(project)
    return project


@pytest.fixture(scope="session")
def cloned() -> Callable[[Path], Path]:
    """A function that makes a repository to run the pipeline in, as `copy_of_repository` does."""
    return copy_of_repository


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first worker that asks for it makes, for all workers of a run."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{folder}.lock"):
        whole = folder / "whole"
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder


def _run_pipeline(folder: Path) -> None:
    repository = copy_of_repository(folder / "et budsjett med æøå")
    result = run(repository, "dvc", "repro")
    assert result.returncode == 0, result.stdout + result.stderr
    shutil.copytree(repository, folder / "untouched", ignore=shutil.ignore_patterns(".git", ".dvc"))
    shutil.copytree(repository / "reports", folder / "stick" / "reports")


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory) -> Path:
    """A folder with what one run of the pipeline made: the repository itself, a copy of it, and a copy of the site."""
    return made_once(tmp_path_factory, "pipeline", _run_pipeline)


@pytest.fixture(scope="session")
def built(pipeline) -> Path:
    """A repository with the files of this one as they stand and nothing that is ignored, after one `dvc repro`.

    The tests of one file change it, so that no other file may ask for it.
    """
    return pipeline / "et budsjett med æøå"


@pytest.fixture(scope="session")
def untouched(pipeline) -> Path:
    """The files of `built` as the first run left them, without git and DVC."""
    return pipeline / "untouched"


@pytest.fixture(scope="session")
def site(pipeline) -> Path:
    """The published site, copied out of the project, as onto a USB stick."""
    return pipeline / "stick" / "reports"


@pytest.fixture(scope="module")
def browser():
    """Chromium, one for all tests of a file: while it is open, nothing else in its process can run asyncio."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert path, "no Chromium on PATH: run `make test`, which sees to it"
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=quiet)
        yield chromium
        chromium.close()
