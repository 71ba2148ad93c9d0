"""A folder is replaced in one step, and what stops a run between two steps leaves it the old or the new one."""

import errno
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kommunebudsjett.core import files
from kommunebudsjett.core.files import exchange, replacing_entries, write_text
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.runs import alone
from tests.faults.conftest import digests
from tests.pdfs.as_text import as_printed
from tests.pdfs.new_year import TRONDHEIM, alternative_budget

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two folders in one step")

# A run that kills itself at the STEP-th change of a name in the project, before or after it.
KILLED = """
import os, signal, sys
from pathlib import Path
from kommunebudsjett.core import files

target, step, way = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
if way == "entries":
    files.exchange = lambda one, other: False
count = 0

def counted(change):
    def one(*arguments):
        global count
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return change(*arguments)
    return one

files.exchange, os.replace = counted(files.exchange), counted(os.replace)
with files.replacing_entries(target) as fresh:
    for name in ("en", "nb", "search"):
        (fresh / name).mkdir()
        (fresh / name / "page.html").write_text("new")
    (fresh / "index.html").write_text("new")
print(count)
"""


def site(folder: Path) -> Path:
    """A published site and what else lies beside it."""
    for name in ("en", "nb", "search"):
        (folder / "reports" / name).mkdir(parents=True)
        (folder / "reports" / name / "page.html").write_text("old")
    (folder / "reports" / "index.html").write_text("old")
    (folder / "reports" / "README.md").write_text("kept")
    (folder / "params.yaml").touch()
    return folder / "reports"


def states(folder: Path) -> set[str]:
    """Whether the entries of a site are old or new; all of them must be there."""
    paths = ["index.html", *(f"{name}/page.html" for name in ("en", "nb", "search"))]
    assert (folder / "README.md").read_text() == "kept"
    return {(folder / path).read_text() for path in paths}


def killed(target: Path, step: int, way: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", KILLED, str(target), str(step), way], capture_output=True, text=True)


@LINUX
@pytest.mark.parametrize("step", [1, 2])
def test_a_run_that_is_killed_at_the_exchange_leaves_the_old_site_or_the_new(tmp_path, step):
    reports = site(tmp_path)
    result = killed(reports, step, "exchange")
    assert result.returncode == (-signal.SIGKILL if step == 1 else 0)
    assert states(reports) == ({"old"} if step == 1 else {"new"})
    with alone(Project(tmp_path)):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "params.yaml", "reports"]


# A command that kills itself when it is to put a document or a notebook into its place.
KILLED_COMMAND = """
import os, signal
from pathlib import Path
from kommunebudsjett.cli import main
replace = os.replace

def killed(fresh, target):
    if Path(target).parent.name in ("raw", "notebooks"):
        os.kill(os.getpid(), signal.SIGKILL)
    replace(fresh, target)

os.replace = killed
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize(
    ("words", "folder"), [(["add", "{budget}"], "data/raw"), (["new-report", "skole"], "notebooks")]
)
def test_what_a_command_that_was_killed_left_is_removed_by_the_next(project, tmp_path_factory, words, folder):
    budget = tmp_path_factory.mktemp("downloads") / "budsjett.txt"
    budget.write_text(as_printed(alternative_budget(TRONDHEIM, 2027)), encoding="utf-8")
    before = digests(project.root)
    command = [sys.executable, "-c", KILLED_COMMAND, *(word.format(budget=budget) for word in words)]
    result = subprocess.run(command, cwd=project.root, capture_output=True, text=True)
    assert result.returncode == -signal.SIGKILL, result.stderr
    assert list((project.root / folder).glob(".*.tmp"))
    with alone(project):
        pass
    assert {name: digest for name, digest in digests(project.root).items() if not name.startswith("build/")} == before


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_without_an_exchange_the_next_run_heals_a_mixture(tmp_path):
    reports = site(tmp_path)
    mixed, step, result = 0, 0, None
    while result is None or result.returncode == -signal.SIGKILL:
        step += 1
        result = killed(reports, step, "entries")
        present = [reports / "index.html", *reports.glob("*/page.html")]
        mixed += len({path.read_text() for path in present}) > 1 or len(present) < 4
        if result.returncode == -signal.SIGKILL:
            with alone(Project(tmp_path)):
                pass
            assert not list(tmp_path.rglob("*.tmp"))
    # This is the window that docs/reliability.md tells of.
    assert mixed > 0
    assert states(reports) == {"new"}
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_cannot_be_exchanged_is_told_from_what_must_not_be(tmp_path, monkeypatch):
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "none")
    monkeypatch.setattr(files, "CANNOT_EXCHANGE", {errno.ENOENT})
    assert not exchange(tmp_path / "one", tmp_path / "none")


def test_what_lies_beside_stays_the_same_file(tmp_path):
    reports = site(tmp_path)
    (reports / "drafts").mkdir()
    (reports / "drafts" / "note.txt").write_text("note")
    (reports / "here").symlink_to("drafts")
    before = (reports / "drafts" / "note.txt").stat().st_ino
    with replacing_entries(reports) as fresh:
        (fresh / "index.html").write_text("new")
    assert (reports / "drafts" / "note.txt").stat().st_ino == before
    assert (reports / "here").is_symlink()
    assert (reports / "here" / "note.txt").read_text() == "note"
    assert (reports / "nb" / "page.html").read_text() == "old"


def test_a_site_that_is_a_link_to_another_folder_stays_one(tmp_path):
    site(tmp_path / "elsewhere")
    (tmp_path / "reports").symlink_to(tmp_path / "elsewhere" / "reports")
    with replacing_entries(tmp_path / "reports") as fresh:
        (fresh / "index.html").write_text("new")
    assert (tmp_path / "reports").is_symlink()
    assert (tmp_path / "elsewhere" / "reports" / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


def test_a_text_that_cannot_be_written_leaves_the_one_before(tmp_path):
    path = tmp_path / "read.json"
    write_text(path, "1\n")
    before = digests(tmp_path)
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "\ud800")
    assert digests(tmp_path) == before
