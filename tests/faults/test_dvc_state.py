"""What DVC leaves half written is mended; what another DVC is using is left alone."""

import json
import os
import subprocess
import sys

import pytest
from scripts import dvc_state
from scripts.dvc_state import mend

from tests.conftest import ROOT

GONE = {"pid": 2**22 + 1, "cmd": "dvc repro"}
# This process runs and is no DVC: its number is the one that a DVC had.
OTHER = {"pid": os.getpid(), "cmd": "dvc repro"}


@pytest.fixture
def state(tmp_path):
    (tmp_path / ".dvc" / "tmp").mkdir(parents=True)
    (tmp_path / "dvc.lock").write_text((ROOT / "dvc.lock").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path / ".dvc" / "tmp"


@pytest.mark.parametrize("text", ["", '{"write"', "[]", '{"write": 3}', '{"write": {"/x": {"pid": "1"}}}'])
def test_a_list_that_is_none_is_begun_anew(state, tmp_path, text):
    (state / "rwlock").write_text(text)
    assert mend(tmp_path) == ["DVC's list of files in use was half written; it is begun anew"]
    assert not (state / "rwlock").exists()
    assert mend(tmp_path) == []


@pytest.mark.parametrize("user", [GONE, OTHER])
def test_a_process_that_is_no_dvc_is_taken_off_the_list(state, tmp_path, user):
    (state / "rwlock").write_text(json.dumps({"write": {"/x": user}, "read": {"/y": [user]}}))
    assert len(mend(tmp_path)) == 1
    assert json.loads((state / "rwlock").read_text()) == {}
    assert mend(tmp_path) == []


def test_a_dvc_that_runs_stays_on_the_list(state, tmp_path):
    program = tmp_path / "dvc"
    program.write_text("import time; time.sleep(600)")
    with subprocess.Popen([sys.executable, str(program), "repro"]) as running:
        try:
            text = json.dumps({"write": {"/x": {"pid": running.pid, "cmd": "dvc repro"}}})
            (state / "rwlock").write_text(text)
            assert mend(tmp_path) == []
            assert (state / "rwlock").read_text() == text
        finally:
            running.kill()


@pytest.mark.parametrize("text", ["", "schema: '2.0", "stages:\n  read:\n    cmd", "\udcff"])
def test_a_dvc_lock_that_is_not_whole_is_removed(state, tmp_path, text):
    (tmp_path / "dvc.lock").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert mend(tmp_path) == ["dvc.lock was half written; every stage runs anew"]
    assert not (tmp_path / "dvc.lock").exists()


def test_what_is_whole_is_left_alone(state, tmp_path):
    (state / "rwlock").write_text("{}")
    assert mend(tmp_path) == []
    assert (tmp_path / "dvc.lock").read_text(encoding="utf-8") == (ROOT / "dvc.lock").read_text(encoding="utf-8")


def test_where_dvc_has_not_run_there_is_nothing_to_mend(tmp_path):
    assert mend(tmp_path) == []


@pytest.mark.parametrize(("name", "code"), [("budsjett {b}", 1), ("budsjett }", 1), ("budsjett %(a)s #c & d", 0)])
def test_a_path_that_dvc_takes_for_a_pattern_is_told(tmp_path, monkeypatch, capsys, name, code):
    monkeypatch.setattr(dvc_state, "ROOT", tmp_path / name)
    assert dvc_state.main() == code
    assert ("Remedy: move the project" in capsys.readouterr().err) == bool(code)


def test_reports_that_were_emptied_get_the_folder_that_dvc_asks_for(tmp_path, monkeypatch):
    monkeypatch.setattr(dvc_state, "ROOT", tmp_path)
    assert dvc_state.main() == 0
    assert (tmp_path / "reports" / "editions").is_dir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "reports").touch()
    monkeypatch.setattr(dvc_state, "ROOT", tmp_path / "other")
    assert dvc_state.main() == 0
