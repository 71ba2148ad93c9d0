"""No room, or no right to write: one message that says so, the site as it was, and all well when there is."""

import contextlib
import datetime
import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kommunebudsjett.core.errors import UserError, of_the_system
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.runs import alone
from kommunebudsjett.publish.downloads import database, write_parquet, write_workbook
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table
from tests.conftest import ROOT
from tests.faults.conftest import Small

STAGES = ("read", "tables", "audit", "execute", "publish")


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A mount at `folder`, where we may."""
    folder.mkdir(exist_ok=True)
    result = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if result.returncode != 0:
        pytest.skip(f"no right to mount a disk here: {result.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for so many bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk)
    size = free.f_bavail * free.f_frsize - left
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, size)
    return ballast


def refused(result: subprocess.CompletedProcess, words: str) -> None:
    """A command said once what the system refused and what to do about it, and ended with exit code 1."""
    said = result.stdout + result.stderr
    assert result.returncode == 1, said
    assert "Traceback" not in said, said
    assert said.count("error: ") == 1, said
    assert words in said
    assert "Remedy: " in said


@pytest.mark.parametrize("left", [30_000, *(pytest.param(left, marks=pytest.mark.soak) for left in (0, 4096, 500_000))])
def test_a_full_disk_stops_each_stage_and_leaves_the_site(first, other_edition, tmp_path, left):
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=300m", "tmpfs"):
        root = tmp_path / "disk" / "budsjett"
        small = Small(Path(shutil.copytree(first.root, root, symlinks=True)), first.temporary)
        before = small.site()
        small.set_edition("2")
        ballast = fill(tmp_path / "disk", left)
        for stage in STAGES:
            result = small.run("kommunebudsjett", stage)
            # The findings of the audit can fit into what is left.
            if stage != "audit" or left < 50_000:
                refused(result, "No space left on device")
            assert small.site() == before
            assert small.left() == []
        result = small.run("dvc", "repro")
        assert result.returncode != 0
        assert "Traceback" not in result.stdout + result.stderr
        assert small.site() == before
        ballast.unlink()
        small.build()
        assert small.site() == other_edition


def test_a_project_that_cannot_be_written_to_stays_as_it_is(small):
    before = small.site()
    small.set_edition("2")
    with mounted(small.root, "--bind", str(small.root)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(small.root)], check=True)
        for stage in STAGES:
            refused(small.run("kommunebudsjett", stage), "Read-only file system")
        result = small.run("dvc", "repro")
        assert result.returncode != 0
        assert "Traceback" not in result.stdout + result.stderr
        assert small.site() == before


FOLDERS = ("build", "build/executed", "build/notebook-cache", "build/pdf-texts", "build/published", "build/timings")


@pytest.mark.parametrize("name", [*FOLDERS, "data/interim", "data/clean", "metrics", "reports"])
@pytest.mark.parametrize("make", [Path.touch, lambda path: path.symlink_to("a disk that is not there")])
def test_something_else_in_the_place_of_a_folder_is_told_and_stays(tmp_path, name, make):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    make(path)
    with pytest.raises(UserError, match="it is no folder") as raised, alone(Project(tmp_path)):
        pass
    assert raised.value.file == path
    assert os.path.lexists(path) and not path.is_dir()


@pytest.mark.soak
@pytest.mark.parametrize("name", ["data", "data/clean", "metrics", "build", "build/published", "reports"])
def test_a_folder_that_cannot_be_written_to_is_told(small, other_edition, name):
    small.set_edition("2")
    folder = small.root / name
    with mounted(folder, "--bind", str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        results = [small.run("kommunebudsjett", stage) for stage in STAGES]
        assert any(result.returncode for result in results)
        for result in results:
            if result.returncode:
                refused(result, "Read-only file system")
        assert small.left() == []
    small.build()
    assert small.site() == other_edition
    assert small.left() == []


@pytest.mark.soak
def test_a_site_that_is_a_disk_of_its_own_is_replaced_entry_by_entry(small, other_edition, tmp_path):
    small.set_edition("2")
    kept = {path.name: path.read_bytes() for path in small.reports.iterdir() if path.is_file()}
    with mounted(small.reports, "-t", "tmpfs", "tmpfs"):
        for name in ("README.md", ".gitignore"):
            (small.reports / name).write_bytes(kept[name])
        small.build()
        # What no stage makes is not there, and no stage needs it.
        assert small.site() == {name: value for name, value in other_edition.items() if name != "editions/README.md"}
        assert small.left() == []


@pytest.mark.soak
def test_a_full_folder_for_temporary_files_is_passed_over(small, other_edition, tmp_path):
    small.set_edition("2")
    with mounted(tmp_path / "full", "-t", "tmpfs", "-o", "size=64k", "tmpfs"):
        fill(tmp_path / "full", 0)
        small.build(TMPDIR=str(tmp_path / "full"))
        assert [path.name for path in (tmp_path / "full").iterdir()] == ["ballast"]
    assert small.site() == other_edition


@pytest.mark.parametrize("name", ["workbook", "parquet"])
def test_a_download_that_does_not_fit_is_an_error_of_the_system(tmp_path, name):
    clean = ROOT / "data" / "clean"
    tables = {"table_cells": read_table(clean, "table_cells")}
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=16k", "tmpfs"):
        target = tmp_path / "disk" / name
        with pytest.raises(OSError) as raised:
            if name == "workbook":
                write_workbook(tables, target, datetime.date(2026, 1, 1))
            else:
                with database() as connection:
                    write_parquet(clean / "table_cells.csv", target, TABLES["table_cells"], connection)
    assert raised.value.errno == errno.ENOSPC
    assert of_the_system(raised.value).message == "No space left on device"


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="a full disk is made with posix_fallocate")
def test_a_disk_can_be_filled(tmp_path):
    with mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        fill(tmp_path / "disk", 0)
        with pytest.raises(OSError, match="No space left"):
            (tmp_path / "disk" / "file").write_text("text")
