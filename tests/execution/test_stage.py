"""The stage: what is executed and what is not, the same bytes on every road, and runs that are stopped."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from kommunebudsjett.cli import cli
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.execution import stage
from kommunebudsjett.execution.cache import NotebookCache
from kommunebudsjett.execution.notebooks import LONGEST_QUOTE
from tests.conftest import BIN, run
from tests.execution.conftest import COUNTED, set_reports, write_notebook
from tests.execution.test_kernels import running, wait_until

pytestmark = pytest.mark.slow


def executed(project: Project, *force: str) -> int:
    """Run the stage; how many notebooks it executed."""
    stage.run(project, force, quiet=True)
    return json.loads((project.timings / "execute.json").read_text())["executed"]


def outputs(project: Project) -> dict[str, bytes]:
    return {
        str(path.relative_to(project.executed)): path.read_bytes() for path in sorted(project.executed.rglob("*.ipynb"))
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_only_what_changed_is_executed_and_the_result_is_that_of_a_clean_run(small):
    assert executed(small) == 2
    first = outputs(small)
    assert "er nådd" in first["nb/goals.ipynb"].decode()
    assert executed(small) == 0
    assert outputs(small) == first

    # Rows that nobody asked for, a parameter that no notebook sees, and words that are only shown.
    edit(small.clean / "goals.csv", ",not_achieved,", ",partly,")
    edit(small.params, "workers: 2", "workers: 1")
    edit(small.notebooks / "goals.ipynb", "Mer om målene", "Enda mer om målene")
    assert executed(small) == 0
    assert "Enda mer om målene" in outputs(small)["nb/goals.ipynb"].decode()

    # A row that one of them asked for.
    edit(small.clean / "goals.csv", ",achieved,", ",partly,")
    assert executed(small) == 1
    changed = outputs(small)
    assert changed["nb/goals.ipynb"] != first["nb/goals.ipynb"]
    assert changed["nb/plain.ipynb"] == first["nb/plain.ipynb"]

    assert executed(small, "plain") == 1
    assert outputs(small) == changed
    shutil.rmtree(small.root / "build")
    assert executed(small) == 2
    assert outputs(small) == changed


def test_a_failed_notebook_is_never_kept_and_leaves_what_was_executed(small):
    assert executed(small) == 2
    before = outputs(small)
    write_notebook(small, "plain", "print(1)", "print(1 / 0)")
    for _ in range(2):
        with pytest.raises(UserError, match=r"plain\.ipynb: cell \[3\] raised ZeroDivisionError: division by zero"):
            executed(small)
    assert outputs(small) == before
    assert not [path for path in small.executed.parent.iterdir() if path.name.startswith(".executed-")]
    write_notebook(small, "plain", "print(1)", "print(1 / 1)")
    assert executed(small) == 1


def test_a_cell_that_may_raise_fails_its_notebook_all_the_same(small):
    path = write_notebook(small, "plain", "print(1)", "print(1 / 0)")
    notebook = nbformat.read(path, 4)
    notebook.cells[2].metadata["tags"] = ["raises-exception"]
    nbformat.write(notebook, path)
    for _ in range(2):
        with pytest.raises(UserError, match=r"plain\.ipynb: cell \[3\] raised ZeroDivisionError: division by zero"):
            executed(small)
    assert not small.executed.exists()
    kept = NotebookCache(small.notebook_cache, small.root)._cache.list_cache_records()
    assert [record.uri.split()[0] for record in kept] == ["goals"]


def test_without_a_folder_of_notebooks_it_is_said_what_is_missing(small):
    shutil.rmtree(small.notebooks)
    with pytest.raises(UserError, match="there is no notebook for the report goals"):
        executed(small)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("raise ValueError('a' * 1_000_000)", f"cell [2] raised ValueError: {'a' * LONGEST_QUOTE} ..."),
        (r"raise ValueError('\x1b[2J\u202erød')", "cell [2] raised ValueError: ␛[2J[U+202E]rød"),
        ("input('Navn? ')", "this frontend does not support input requests"),
        ("import os; os._exit(3)", "the kernel of the notebook ended: Kernel died"),
    ],
)
def test_what_a_notebook_that_fails_says(small, cell, message):
    write_notebook(small, "plain", cell)
    with pytest.raises(UserError) as raised:
        executed(small)
    assert message in str(raised.value)
    assert raised.value.remedy and len(str(raised.value)) < 3 * LONGEST_QUOTE


def test_a_large_output_comes_out_whole(small):
    write_notebook(small, "plain", "print('x' * 10_000_000)", "for n in range(100_000): print(n)")
    executed(small)
    large, many = nbformat.read(small.executed / "nb" / "plain.ipynb", 4).cells[-2:]
    assert "".join(output.text for output in large.outputs) == "x" * 10_000_000 + "\n"
    assert "".join(output.text for output in many.outputs) == "".join(f"{n}\n" for n in range(100_000))


@pytest.mark.parametrize(
    ("parameters", "given", "message"),
    [
        ('lang = "nb"\nprice_year = 1', "{year: 2020}", "no parameter year; it has lang, price_year"),
        ('lang = "nb"', "{}", "no parameter price_year; it has lang"),
        (
            'lang = "nb"\nprice_year = 1\ntopic = None',
            "{}",
            "needs the parameter topic; it has lang, price_year, topic",
        ),
    ],
)
def test_unknown_and_missing_parameters_stop_the_run_before_anything_is_executed(small, parameters, given, message):
    write_notebook(small, "plain", "print(1)", parameters=parameters)
    edit(small.params, "plain: {}", f"plain: {given}")
    with pytest.raises(UserError) as error:
        executed(small)
    assert message in str(error.value)
    assert "plain.ipynb" in str(error.value)
    assert not small.executed.exists()


def test_a_name_to_force_that_is_no_report_is_an_error(small):
    with pytest.raises(UserError, match=r"there is no report none\n.*goals, plain"):
        executed(small, "none")


def test_one_line_for_each_notebook_or_one_for_the_run(small, monkeypatch):
    monkeypatch.chdir(small.root)
    result = CliRunner().invoke(cli, ["execute"])
    assert result.exit_code == 0, result.output
    assert "goals (nb): " in result.output
    assert "plain (nb): " in result.output
    quiet = CliRunner().invoke(cli, ["execute", "--quiet", "--force", "plain"])
    assert quiet.output.startswith("2 notebooks: 1 executed, 1 from the cache, ")
    assert quiet.output.count("\n") == 1
    picture = (small.timings / "notebooks.svg").read_text(encoding="utf-8")
    assert "plain (nb)" in picture
    assert "(cache)" in picture


def test_papermill_finds_the_engine_and_its_cache(small):
    assert executed(small) == 2
    out = small.root / "ut.ipynb"
    words = [
        "papermill",
        "--engine",
        "kommunebudsjett",
        "--no-progress-bar",
        "plain.ipynb",
        str(out).replace("{", "{{").replace("}", "}}"),
        "-p",
        "lang",
        "nb",
        "-p",
        "price_year",
        "2026",
    ]
    result = run(small.notebooks, *words)
    assert result.returncode == 0, result.stderr
    made = nbformat.read(out, as_version=4)
    assert made.cells[-1].outputs[0].text == "nb 2026\n"
    assert made.metadata.papermill["from_cache"] is True


def start(project: Project) -> subprocess.Popen:
    """The stage in a process of its own, as the terminal starts it."""
    return subprocess.Popen(
        [BIN / "kommunebudsjett", "execute"],
        cwd=project.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def slow(project: Project, told: Path) -> None:
    """Three notebooks, the last of which says when it runs and then waits to be stopped."""
    set_reports(project, "goals", "plain", "slow", extra="backend: local")
    wait = f"""import os, time
if not os.path.exists({str(told.with_name("go"))!r}):
    open({str(told)!r}, "w").write(str(os.getpid()))
    time.sleep(600)
print("done")"""
    write_notebook(project, "slow", wait)


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_what_was_there_and_is_taken_up_again(small, tmp_path, number):
    assert executed(small) == 2
    before = outputs(small)
    slow(small, tmp_path / "told")
    edit(small.notebooks / "plain.ipynb", "print(lang", "print('ny', lang")
    process = start(small)
    try:
        wait_until(lambda: (tmp_path / "told").is_file() and (tmp_path / "told").read_text() != "")
        kernel = int((tmp_path / "told").read_text())
    finally:
        process.send_signal(number)
        process.wait(60)
    assert process.returncode != 0
    wait_until(lambda: not running(kernel))
    assert outputs(small) == before
    (tmp_path / "go").touch()
    executed(small)
    after = outputs(small)
    shutil.rmtree(small.root / "build")
    assert executed(small) == 3
    assert outputs(small) == after
    assert [path.name for path in small.executed.parent.iterdir() if path.name.startswith(".executed")] == []


def test_runs_that_are_killed_at_any_moment_are_made_good_by_the_next(small):
    set_reports(small, "goals", "plain", "third")
    write_notebook(small, "third", COUNTED.replace("achieved", "partly"))
    assert executed(small) == 3
    whole = outputs(small)
    shutil.rmtree(small.root / "build")
    for seconds in (0.8, 1.6, 2.4, 3.2):
        process = start(small)
        time.sleep(seconds)
        process.kill()
        process.wait()
    executed(small)
    assert outputs(small) == whole
    assert executed(small) == 0


def test_two_runs_at_once_give_what_one_gives(small):
    processes = [start(small), start(small)]
    assert [process.wait(120) for process in processes] == [0, 0]
    made = outputs(small)
    assert len(made) == 2
    shutil.rmtree(small.root / "build")
    edit(small.params, "workers: 2", "workers: 1")
    executed(small)
    assert outputs(small) == made
