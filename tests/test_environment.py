"""The lock is the one source of versions, and no committed file holds a path or host of a machine."""

import re
import shutil
import tomllib
from pathlib import Path

import nbformat
import pytest
from scripts import command_docs, parameter_docs, table_docs
from scripts.conda_environment import environment

from kommunebudsjett.cli import cli
from kommunebudsjett.core.params import Params
from kommunebudsjett.core.registry import Document
from tests.conftest import ROOT, git, run

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[=<>! ;]", name, maxsplit=1)[0]).lower()


def test_the_lock_holds_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {canonical(name) for name in project["dependencies"] + project["optional-dependencies"]["test"]}
    locked = {canonical(line) for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)}
    assert wanted <= locked
    asked_for_by_name = {
        "jupyter",
        "jupyterlab",
        "papermill",
        "pandas",
        "matplotlib",
        "nbconvert",
        "jupyter-cache",
        "dvc",
    }
    assert asked_for_by_name <= locked


def test_the_conda_environment_is_made_from_the_lock():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == environment(LOCK), "run: make lock"
    assert text.count("==") >= len(set(re.findall(r"^[A-Za-z0-9][\w.-]*(?=.*==)", LOCK, re.MULTILINE)))
    assert "quarto" in text


@pytest.mark.parametrize(
    ("name", "made"), [("tables", table_docs), ("parameters", parameter_docs), ("commands", command_docs)]
)
def test_the_reference_is_made_from_the_code(name, made):
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") == made.docs(), "run: make docs"


def test_the_reference_tells_what_everything_is_for():
    for key, field in [*parameter_docs.keys(Params), *parameter_docs.keys(Document)]:
        assert field.description, key
    for name, command in cli.commands.items():
        assert command.help, name
    listed = {name for name, _ in command_docs.targets((ROOT / "Makefile").read_text(encoding="utf-8"))}
    assert listed >= {"reports", "test", "lab", "new-report", "keep-edition", "hooks", "clean"}


NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("*.ipynb"), *(ROOT / "src").rglob("*.ipynb")])


def machine_marks(path: Path) -> list[str]:
    """What a notebook holds of having been run: outputs, counts, which editor and Python it was."""
    notebook = nbformat.read(path, as_version=4)
    marks = [key for key in notebook.metadata if key not in ("kernelspec", "language_info")]
    marks += [key for key in notebook.metadata.get("language_info", {}) if key != "name"]
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        marks.append("kernelspec")
    for cell in notebook.cells:
        marks += [f"{cell.id}: {key}" for key in cell.metadata if key != "tags"]
        marks += [f"{cell.id}: {key}" for key in ("outputs", "execution_count") if cell.get(key)]
    return marks


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs(notebook):
    assert machine_marks(notebook) == [], "run: pre-commit run --all-files"
    tags = [cell.metadata.get("tags", []) for cell in nbformat.read(notebook, as_version=4).cells]
    assert sum("parameters" in found for found in tags) == 1, "tag one cell `parameters`"


def run_notebook() -> nbformat.NotebookNode:
    """A notebook as JupyterLab saves it when it has been run."""
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.execution_count = 7
    cell.outputs = [nbformat.v4.new_output("stream", text="/home/kari/budsjett")]
    notebook.metadata.language_info |= {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.11.2",
    }
    return notebook


@pytest.mark.slow
def test_a_commit_takes_out_of_a_notebook_what_running_it_left(tmp_path, monkeypatch):
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    clone = tmp_path / "klone"
    for folder in ("notebooks", "scripts"):
        (clone / folder).mkdir(parents=True)
    for name in (".pre-commit-config.yaml", "pyproject.toml", "scripts/in-environment", "scripts/strip-notebooks"):
        shutil.copy(ROOT / name, clone / name)
    notebook, module = clone / "notebooks" / "overview.ipynb", clone / "module.py"
    nbformat.write(run_notebook(), notebook)
    module.write_text("x = 'a'\nimport os\n", encoding="utf-8")
    assert len(machine_marks(notebook)) == 8
    git(clone, "init", "--quiet")
    git(clone, "config", "user.name", "t")
    git(clone, "config", "user.email", "t@example.invalid")
    assert run(clone, "pre-commit", "install").returncode == 0
    git(clone, "add", "--all")
    refused = run(clone, "git", "commit", "-m", "run")
    assert refused.returncode != 0
    assert "ruff check" in refused.stderr and "F401" in refused.stderr
    assert machine_marks(notebook) == []
    assert notebook.read_bytes() == NOTEBOOKS[0].read_bytes()
    assert module.read_text(encoding="utf-8").startswith('x = "a"')
    module.unlink()
    git(clone, "add", "--all")
    done = run(clone, "git", "commit", "-m", "stripped")
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_check_of_notebooks_can_fail(tmp_path):
    path = tmp_path / "overview.ipynb"
    nbformat.write(run_notebook(), path)
    before = path.read_bytes()
    assert run(ROOT, "sh", "scripts/strip-notebooks", "--verify", str(path)).returncode != 0
    assert path.read_bytes() == before
    assert run(ROOT, "sh", "scripts/strip-notebooks", "--verify", *map(str, NOTEBOOKS)).returncode == 0
