"""What several tests share: the project's root, small project folders to break, and a clone with a published site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from kommunebudsjett.project import Project

# The same examples in every run: a change fails its tests because of what it changed.
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


def git(folder: Path, *words: str) -> str:
    """What a git command prints."""
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout


def run(folder: Path, *words: str) -> subprocess.CompletedProcess:
    """A command of the environment, run in a folder as a user would."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "DVC_NO_ANALYTICS": "1"}
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, env=environment)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project folder of its own with the inputs of this one: data/raw, data/reference, notebooks, params.yaml."""
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "params.yaml", tmp_path)
    return Project(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """A repository with the files of this one as they stand and nothing that is ignored, after one `dvc repro`."""
    folder = tmp_path_factory.mktemp("pipeline") / "et budsjett med æøå"
    for name in git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "--quiet", "-m", "as it stands")
    result = run(folder, "dvc", "repro")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.fixture(scope="session")
def site(built, tmp_path_factory) -> Path:
    """The published site, copied out of the project, as onto a USB stick."""
    return shutil.copytree(built / "reports", tmp_path_factory.mktemp("stick") / "reports")
