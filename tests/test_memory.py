"""Memory that runs short ends a command with one message and exit code 1, and nothing is published."""

import errno
import resource
import subprocess
import sys
import threading
from concurrent.futures.process import BrokenProcessPool

import pandas as pd
import pandera.pandas as pa
import pytest

from kommunebudsjett import cli
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import before_replacing, replacing
from kommunebudsjett.core.memory import LEAST_BYTES, allow_memory, noticed, ran_short, told
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.tables import validation
from kommunebudsjett.tables.contracts import DOCUMENT, Table
from tests.conftest import BIN

STAGES = ("read", "tables", "audit", "execute", "publish")
MESSAGE = "error: there is not enough memory\n  Remedy: end other programs"


class Finalized:
    """An object whose end fails, as libraries in C fail where nobody can be told."""

    def __init__(self, error: BaseException):
        self.error = error

    def __del__(self):
        raise self.error


def in_a_thread() -> None:
    def work() -> None:
        raise MemoryError

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


@pytest.mark.parametrize("fail", [lambda: Finalized(MemoryError()), in_a_thread])
def test_an_error_that_nobody_sees_is_noticed_before_anything_is_replaced(tmp_path, fail):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept").touch()
    hooks = sys.unraisablehook, threading.excepthook
    with pytest.raises(MemoryError), noticed(), replacing(tmp_path / "out") as folder:
        (folder / "new").touch()
        fail()
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kept"]
    assert (sys.unraisablehook, threading.excepthook) == hooks
    assert not before_replacing


def test_other_errors_that_nobody_sees_are_shown_as_ever(tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(sys, "unraisablehook", lambda args: shown.append(args.exc_type))
    with noticed(), replacing(tmp_path / "out") as folder:
        (folder / "new").touch()
        Finalized(KeyError("x"))
    assert shown == [KeyError]
    assert (tmp_path / "out" / "new").exists()


def chained(first: BaseException, second: BaseException) -> BaseException:
    try:
        try:
            raise first
        except BaseException:
            raise second from None
    except BaseException as error:
        return error


@pytest.mark.parametrize(
    ("error", "short"),
    [
        (MemoryError(), True),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), True),
        (ImportError("numpy.so: failed to map segment from shared object"), True),
        (RuntimeError("can't start new thread"), True),
        (pd.errors.ParserError("Error tokenizing data. C error: out of memory"), True),
        (chained(pd.errors.ParserError("C error: out of memory"), UserError("the table cannot be read")), True),
        (chained(KeyError("x"), UserError("the table cannot be read")), False),
        (UserError("out of memory is what the document says"), False),
        (ImportError("no module named x"), False),
        (ValueError("a notebook printed: out of memory"), False),
        (OSError(errno.ENOSPC, "no room"), False),
    ],
)
def test_what_says_that_memory_ran_short(error, short):
    assert ran_short(error) is short
    assert (told(error) is not None) is short


def test_a_process_that_was_killed_is_told():
    assert "ended from outside" in str(told(BrokenProcessPool("x")))


@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_ends_with_one_message(project, monkeypatch, capsys, stage):
    def work(*_) -> None:
        with replacing(project.path("results")) as folder:
            (folder / "new").touch()
            Finalized(MemoryError())

    module = dict(cli.STAGES.items()).get(stage, ("kommunebudsjett.execution.stage",))[0]
    monkeypatch.setattr(f"{module}.run", work)
    monkeypatch.setattr(sys, "argv", ["kommunebudsjett", stage])
    monkeypatch.chdir(project.root)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.err.startswith(MESSAGE)
    assert "Traceback" not in said.err + said.out
    assert not project.path("results").exists()


def test_a_table_that_cannot_be_read_for_want_of_memory_is_not_blamed(project, monkeypatch, capsys):
    readers.run(project)

    def parse(*_, **__):
        raise pd.errors.ParserError("Error tokenizing data. C error: out of memory")

    monkeypatch.setattr(pd, "read_csv", parse)
    monkeypatch.setattr(sys, "argv", ["kommunebudsjett", "tables"])
    monkeypatch.chdir(project.root)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith(MESSAGE)


def test_a_check_that_could_not_be_made_is_no_broken_contract(monkeypatch):
    def check(_):
        raise MemoryError

    schema = pa.DataFrameSchema({"document": pa.Column(None, pa.Check(check))})
    monkeypatch.setattr(validation, "schema", lambda _: schema)
    with pytest.raises(MemoryError):
        validation.broken(Table("t", "", (DOCUMENT,), ()), pd.DataFrame({"document": pd.Series(["a"], dtype="str")}))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_limit_that_is_too_low_is_told_at_once(project, stage, share):
    limit = int(LEAST_BYTES * share)
    result = subprocess.run(
        [BIN / "kommunebudsjett", stage], cwd=project.root, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )  # fmt: skip
    assert result.returncode == 1
    assert result.stderr == (
        f"error: only {limit >> 20} MB of memory may be used, and 900 MB are needed\n"
        "  Remedy: allow more: ulimit -v unlimited\n"
    )
    assert not project.interim.exists()


def test_without_a_limit_there_is_nothing_to_tell():
    allow_memory()
