"""Folders of results that hold what others put there: refused with one message, and nothing deleted."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from kommunebudsjett.cli import cli
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.outputs import OUTPUTS, check_outputs
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.store import writing
from kommunebudsjett.readers import stage as readers

FOLDERS = [(stage, output.folder) for stage, outputs in OUTPUTS.items() for output in outputs]


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("stage", "folder"), FOLDERS)
@pytest.mark.parametrize("link", [False, True])
def test_what_a_stage_has_not_made_is_refused(tmp_path, stage, folder, link):
    project, elsewhere = Project(tmp_path / "p"), tmp_path / "elsewhere"
    place = elsewhere if link else project.path(*folder.split("/"))
    (place / "deep").mkdir(parents=True)
    (place / "notes.md").write_text("mine")
    (place / "deep" / "photo.jpg").write_text("mine too")
    if link:
        project.path(*folder.split("/")).parent.mkdir(parents=True)
        project.path(*folder.split("/")).symlink_to(elsewhere)
    with pytest.raises(UserError, match=r"deep/photo\.jpg \(and 1 more\)") as raised:
        check_outputs(project, stage)
    assert raised.value.file == project.path(*folder.split("/"))
    assert raised.value.remedy
    assert ("leads to" in str(raised.value)) == link
    assert contents(place) == {"notes.md": "mine", "deep/photo.jpg": "mine too"}


@pytest.mark.parametrize(
    ("stage", "path"),
    [
        ("read", "data/interim/rodgronne-2020/notes.md"),
        ("read", "data/interim/rodgronne-2020/my figures.csv"),
        ("read", "data/interim/rodgronne-2020/sub/cells.csv"),
        ("read", "data/interim/regnskap/cells.csv"),
        ("read", "data/interim/cells.csv"),
        ("execute", "build/executed/nb/notes.md"),
        ("execute", "build/executed/overview.ipynb"),
        ("execute", "build/notebook-cache/thesis.docx"),
        ("publish", "reports/nb/draft.docx"),
        ("publish", "reports/en/photos/a.png"),
        ("publish", "reports/data/My budget.xlsx"),
        ("publish", "reports/search/notes.txt"),
        ("publish", "reports/sources/letter.txt"),
        ("publish", "reports/notebooks/notes.md"),
        ("publish", "reports/assets/logo.png"),
        ("publish", "build/quarto/thesis.qmd"),
    ],
)
def test_one_file_among_our_own_is_enough(tmp_path, stage, path):
    project = Project(tmp_path)
    for name in ("data/interim/rodgronne-2020/ledger.json", "data/interim/rodgronne-2020/cells.csv", path):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(UserError, match=path.split("/", 2)[2]):
        check_outputs(project, stage)


def test_a_link_in_a_folder_is_none_of_ours(tmp_path):
    (tmp_path / "data/interim/a").mkdir(parents=True)
    (tmp_path / "data/interim/a/ledger.json").touch()
    (tmp_path / "else").mkdir()
    for name in ("data/interim/b", "data/interim/a/cells.csv"):
        (tmp_path / name).symlink_to(tmp_path / "else")
        with pytest.raises(UserError, match=Path(name).name):
            check_outputs(Project(tmp_path), "read")
        (tmp_path / name).unlink()


def test_the_command_refuses_and_deletes_nothing(project, tmp_path_factory, monkeypatch):
    photos = tmp_path_factory.mktemp("photos")
    (photos / "a.jpg").write_text("a")
    project.interim.symlink_to(photos)
    monkeypatch.chdir(project.root)
    result = CliRunner().invoke(cli, ["read"])
    assert isinstance(result.exception, UserError)
    assert contents(photos) == {"a.jpg": "a"}
    (photos / "a.jpg").unlink()
    # An empty folder on another disk is as good as one here, and then holds what the stage made.
    for _ in range(2):
        result = CliRunner().invoke(cli, ["read"], catch_exceptions=False)
        assert result.exit_code == 0
    assert (photos / "rodgronne-2020" / "ledger.json").is_file()


def test_what_systems_and_killed_runs_leave_does_not_matter(project):
    readers.run(project)
    for name in (
        ".DS_Store",
        "rodgronne-2020/Thumbs.db",
        "rodgronne-2020/.ipynb_checkpoints/a.csv",
        ".a-12345678.tmp/x",
    ):
        (project.interim / name).parent.mkdir(parents=True, exist_ok=True)
        (project.interim / name).touch()
    check_outputs(project, "read")
    (project.interim / "an-empty-folder").mkdir()
    check_outputs(project, "read")


def test_only_pieces_are_removed_from_the_store_when_they_are_old(tmp_path):
    for name in ("letters", "a" * 64):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x").touch()
        os.utime(tmp_path / name, (0, 0))
    with writing([], tmp_path, None):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letters"]
