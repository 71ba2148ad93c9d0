"""What a stage depends on, changed while the stage runs: an error, nothing published, and nothing for DVC to note."""

import os
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from dvc.repo import Repo

from kommunebudsjett import cli
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import before_replacing, replacing
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.watching import COARSE_NS, ChangedError, dependencies, watched
from tests.conftest import ROOT, git, run

STAGES = ("read", "tables", "audit", "execute", "publish")
OLD = "data/old.csv"


@pytest.fixture
def small(tmp_path) -> Project:
    """A project with one stage that depends on a file, a folder and two keys of params.yaml."""
    stage = {"cmd": "true", "deps": ["data/raw", OLD, "data/absent"], "params": ["prices", "reports.goals"]}
    (tmp_path / "dvc.yaml").write_text(yaml.safe_dump({"stages": {"tables": stage}}))
    (tmp_path / ".dvcignore").write_text("__pycache__\n*.pyc\n.ipynb_checkpoints\n")
    (tmp_path / "params.yaml").write_text("prices: {index: cpi}\nreports: {goals: {}, other: 1}\nworkers: 2\n")
    (tmp_path / "data/raw/part").mkdir(parents=True)
    for name in ("data/raw/a.txt", "data/raw/part/b.txt", OLD, "beside.txt"):
        (tmp_path / name).write_text("one\n")
    # Long ago, so that the date alone says that they are as they were.
    for path in tmp_path.rglob("*.txt"):
        os.utime(path, ns=(0, 0))
    return Project(tmp_path)


def write(name: str, text: str):
    def change(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)

    return change


def same_date_and_size(root: Path) -> None:
    path = root / "data/raw/a.txt"
    about = path.stat()
    path.write_text("two\n")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))


def becomes_a_folder(root: Path) -> None:
    (root / OLD).unlink()
    (root / OLD).mkdir()
    (root / OLD / "x").write_text("x")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (write("data/raw/a.txt", "two\n"), "data/raw/a.txt changed"),
        (same_date_and_size, "data/raw/a.txt changed"),
        (write("data/raw/part/new.txt", "x"), "data/raw/part/new.txt changed"),
        (lambda root: (root / "data/raw/part/b.txt").unlink(), "data/raw/part/b.txt changed"),
        (lambda root: shutil.rmtree(root / "data/raw"), r"data/raw/a.txt \(and 1 more\) changed"),
        (lambda root: os.rename(root / "data/raw/a.txt", root / "data/raw/z.txt"), r"data/raw/a.txt \(and 1 more\)"),
        (write("data/absent", "x"), "data/absent changed"),
        (write("data/absent/x", "x"), "data/absent/x changed"),
        (becomes_a_folder, r"data/old.csv \(and 1 more\) changed"),
        (write("params.yaml", "prices: {index: kpi}\nreports: {goals: {}}\n"), "params.yaml changed"),
        (write("params.yaml", "prices: {index: cpi}\nreports: {goals: {a: 1}}\n"), "params.yaml changed"),
        (write("params.yaml", "prices: ["), "params.yaml changed"),
        (lambda root: (root / "params.yaml").unlink(), "params.yaml changed"),
    ],
)
def test_a_change_is_told_and_nothing_takes_the_place_of_what_was_there(small, change, told):
    (small.clean).mkdir()
    (small.clean / "kept").touch()
    with pytest.raises(ChangedError, match=told) as raised, watched(small, "tables"), replacing(small.clean) as folder:
        (folder / "new").touch()
        change(small.root)
    assert [path.name for path in small.clean.iterdir()] == ["kept"]
    assert "run again" in raised.value.remedy
    assert not before_replacing


def again(root: Path) -> None:
    """Another file in the place of the first, with its content."""
    (root / "new").write_text("one\n")
    os.replace(root / "new", root / "data/raw/a.txt")


@pytest.mark.parametrize(
    "change",
    [
        lambda root: None,
        again,
        lambda root: (root / "data/raw/a.txt").touch(),
        lambda root: os.link(root / "data/raw/a.txt", root / "second"),
        write("data/raw/__pycache__/a.pyc", "x"),
        write("data/raw/part/.ipynb_checkpoints/b.txt", "x"),
        write("data/raw/c.pyc", "x"),
        write("beside.txt", "two\n"),
        write("params.yaml", "# a remark\nreports: {goals: {}, other: 2}\nprices: {index: cpi}\nworkers: 9\n"),
    ],
)
def test_what_is_no_change_is_none(small, change):
    with watched(small, "tables"), replacing(small.clean) as folder:
        (folder / "new").touch()
        change(small.root)
    assert (small.clean / "new").exists()


def test_a_change_after_the_results_are_in_place_is_told_too(small):
    with pytest.raises(ChangedError), watched(small, "tables"):
        with replacing(small.clean) as folder:
            (folder / "new").touch()
        (small.root / OLD).write_text("two\n")


def test_an_error_of_the_stage_goes_before_a_change(small):
    with pytest.raises(KeyError), watched(small, "tables"):
        (small.root / OLD).write_text("two\n")
        raise KeyError
    assert not before_replacing


def test_files_that_are_as_they_were_are_not_read_again(small, monkeypatch):
    assert (small.root / "data/raw/a.txt").stat().st_mtime_ns == 0
    monkeypatch.setattr("kommunebudsjett.core.watching.COARSE_NS", -COARSE_NS * 10**6)
    with watched(small, "tables"):
        monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("read again"))


def test_a_file_that_had_just_been_written_is_read_again_whatever_its_date(small, monkeypatch):
    """Where two writes have the same date, number and size, only the content tells."""
    stat = Path.stat
    first = stat(small.root / OLD)
    with pytest.raises(ChangedError), watched(small, "tables"):
        (small.root / OLD).write_text("two\n")
        monkeypatch.setattr(Path, "stat", lambda path, **how: first if path.name == "old.csv" else stat(path, **how))


def test_ignored_files_are_those_that_dvc_ignores(small):
    (small.root / "data/.dvcignore").write_text("/raw/*.log\n!raw/kept.log\npart/deep/\n")
    for name in ("a.log", "kept.log", "part/deep/x", "part/__pycache__/y", "part/c.pyc", "part/z.log"):
        write(f"data/raw/{name}", "x")(small.root)
    git(small.root, "init", "--quiet")
    run(small.root, "dvc", "init")
    with Repo(str(small.root)) as repo:
        walked = repo.dvcignore.walk(repo.fs, str(small.root / "data/raw"))
        counted = {
            os.path.relpath(os.path.join(folder, name), small.root) for folder, _, names in walked for name in names
        }
    assert "data/raw/kept.log" in counted
    for path in [path for path in (small.root / "data/raw").rglob("*") if path.is_file()]:
        name = path.relative_to(small.root).as_posix()
        text = path.read_text()
        if name in counted:
            with pytest.raises(ChangedError, match=name), watched(small, "tables"):
                path.write_text(f"{text}more")
        else:
            with watched(small, "tables"):
                path.write_text(f"{text}more")


@pytest.mark.parametrize("text", ["", "stages: [", "stages: {read: 3}", "stages: {other: {}}", "- 1"])
def test_a_list_of_stages_that_cannot_be_used_is_told(small, text):
    (small.root / "dvc.yaml").write_text(text)
    with pytest.raises(UserError, match="there is no stage read"), watched(small, "read"):
        pytest.fail("ran")


def test_a_project_without_dvc_has_nothing_to_compare(small):
    (small.root / "dvc.yaml").unlink()
    with watched(small, "tables"):
        (small.root / OLD).write_text("two\n")


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_watches_what_it_depends_on_and_not_what_it_makes(stage):
    entry = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"][stage]
    on = dependencies(Project(ROOT), stage)
    assert [path.relative_to(ROOT).as_posix() for path in on.paths] == entry["deps"]
    assert [key for _, key in on.keys] == entry.get("params", [])
    made = [ROOT / next(iter(out)) if isinstance(out, dict) else ROOT / out for out in entry["outs"]]
    assert not {*made} & {*on.paths}


@pytest.mark.parametrize("stage", STAGES)
def test_each_command_of_a_stage_ends_with_one_message_where_something_changed(project, monkeypatch, stage):
    """The same for all of them: the work is another function's, the edit is made while it runs."""
    shutil.copy(ROOT / "dvc.yaml", project.root)
    changed = dependencies(project, stage).paths[0]
    changed = changed / "new.txt" if changed.is_dir() or not changed.suffix else changed

    def work(project: Project, *_) -> None:
        with replacing(project.path("results")) as folder:
            (folder / "new").touch()
            changed.parent.mkdir(parents=True, exist_ok=True)
            changed.write_text("changed", encoding="utf-8")

    module = dict(cli.STAGES.items()).get(stage, ("kommunebudsjett.execution.stage",))[0]
    monkeypatch.setattr(f"{module}.run", work)
    monkeypatch.chdir(project.root)
    result = CliRunner().invoke(cli.cli, [stage])
    assert isinstance(result.exception, ChangedError)
    assert f"{changed.relative_to(project.root).as_posix()} changed while it was being read" in str(result.exception)
    assert not project.path("results").exists()
