"""The lock is the one source of versions, and no committed file holds a path or host of a machine."""

import re
import tomllib

from scripts.conda_environment import environment
from scripts.table_docs import docs

from tests.conftest import ROOT

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


def test_the_column_docs_are_made_from_the_contracts():
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == docs(), "run: make docs"


def test_notebooks_are_kept_without_outputs():
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks
    for notebook in notebooks:
        text = notebook.read_text(encoding="utf-8")
        assert '"output_type"' not in text, f"{notebook.name}: clear its outputs"
        assert '"parameters"' in text, f"{notebook.name}: tag a cell `parameters`"
