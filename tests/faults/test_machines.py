"""Machines that are set up otherwise: whatever language, clock, home or path, the same bytes come out."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.runs import allow_open_files
from tests.faults.conftest import Small

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's ways to set up a process otherwise")

LOCALES = ("nb_NO", "tr_TR")


@pytest.fixture(scope="session")
def locales(tmp_path_factory) -> Path:
    """A folder with the locales that the tests need."""
    folder = tmp_path_factory.mktemp("locales")
    for name in LOCALES:
        words = ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
        if not shutil.which("localedef") or subprocess.run(words, capture_output=True).returncode != 0:
            pytest.skip("the locales cannot be made here: on Debian, apt-get install locales")
    return folder


def needs(*words: str) -> list[str]:
    """The words of a command that runs another, where it works here."""
    if not shutil.which(words[0]) or subprocess.run([*words, "true"], capture_output=True).returncode != 0:
        pytest.skip(f"{' '.join(words)} does not work here")
    return list(words)


def cold(first: Small, root: Path) -> Small:
    """The files of the small project without anything that was built."""
    keep = shutil.ignore_patterns("build", "interim", "tmp", "cache")
    return Small(Path(shutil.copytree(first.root, root, symlinks=True, ignore=keep)), first.temporary)


def build(small: Small, first: Small, *before: str, folder: Path | None = None, **changes: str | None) -> None:
    """Build everything, with `before` in front of the command, in the project as `folder`; the bytes are the same."""
    words = [*before, "dvc", "repro", "--force"]
    result = subprocess.run(
        words, cwd=folder or small.root, capture_output=True, text=True, env=small.environment(**changes)
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert small.site() == first.site()
    assert small.left() == []


def test_everything_is_otherwise_and_the_bytes_are_the_same(first, tmp_path):
    small = cold(first, tmp_path / "et budsjett på æøå" / "b")
    (tmp_path / "lenke").symlink_to(small.root)
    clock = ["faketime", "2031-05-17 12:00:00"] if shutil.which("faketime") else []
    network = ["unshare", "--net"] if os.geteuid() == 0 else []
    build(
        small, first, *network, *clock, "sh", "-c", 'umask 077; ulimit -n 256; exec "$@"', "sh",
        folder=tmp_path / "lenke", LC_ALL="C", PYTHONIOENCODING="ascii", TZ="Pacific/Kiritimati", HOME=None,
    )  # fmt: skip


class Machine(NamedTuple):
    """How a machine is set up: language, time zone, moment, home (None: none), the project's folder, umask."""

    language: str
    zone: str
    moment: str
    home: str | None
    name: str
    mask: str = "022"


# Each thing that can be otherwise stands here once, beside others: one by one they take an hour.
MACHINES = [
    Machine("C", "Pacific/Kiritimati", "2037-12-31 23:59:58", "", "et budsjett på æøå", "077"),
    Machine("POSIX", "Etc/GMT+12", "2024-02-29 12:00:00", "/proc/none", "a'b\"c $HOME;x", "000"),
    Machine("nb_NO.UTF-8", "America/St_Johns", "2026-03-29 02:30:00", None, "-n"),
    Machine("tr_TR.UTF-8", "Asia/Kathmandu", "1981-01-01 00:00:00", "/proc/none", "%(a)s #c & d"),
    Machine("C.UTF-8", "Europe/Oslo", "2026-10-25 02:59:50", "", "x" * 120, "077"),
]


@pytest.mark.soak
@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: machine.language)
def test_another_machine(first, tmp_path, locales, machine):
    """Without a network, too."""
    set_up = [*needs("unshare", "--net"), *needs("faketime", machine.moment)]
    build(
        cold(first, tmp_path / machine.name), first, *set_up, "sh", "-c", f'umask {machine.mask}; exec "$@"', "sh",
        LC_ALL=machine.language, LANG=machine.language, LOCPATH=str(locales), TZ=machine.zone, HOME=machine.home,
        XDG_CONFIG_HOME=None, XDG_CACHE_HOME=None,
    )  # fmt: skip


@pytest.mark.parametrize(("hard", "allowed"), [(100, False), (256, True), (1000, True)])
def test_too_few_open_files_are_told(monkeypatch, hard, allowed):
    limits = [100, hard]

    def change(_, wanted):
        if wanted[1] > limits[1]:
            raise ValueError("not allowed to raise maximum limit")
        limits[:] = wanted

    monkeypatch.setattr(resource, "getrlimit", lambda _: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", change)
    if allowed:
        allow_open_files()
        assert limits[0] == 256
    else:
        with pytest.raises(UserError, match="only 100 files may be open at once"):
            allow_open_files()
