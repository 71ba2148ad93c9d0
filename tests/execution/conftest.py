"""A small project with notebooks that take no time, and kernels to run single cells in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from kommunebudsjett.core.project import Project
from kommunebudsjett.execution.kernels import Kernels
from kommunebudsjett.execution.running import Run, run_notebook
from tests.conftest import ROOT

PARAMETERS = 'lang = "nb"\nprice_year = 2026'
# What a report of this project does, in small: a table's rows, and what they come to.
COUNTED = """from kommunebudsjett.report import Column, open_edition, table
e = open_edition(lang, price_year)
goals = e.table("goals", status="achieved")
table("goals", caption="Mål som er nådd", columns=[Column("Antall")], rows=[[str(len(goals))]])"""


def notebook_of(*cells: str, parameters: str = PARAMETERS) -> NotebookNode:
    """A notebook with a cell of parameters and these code cells."""
    made = [nbformat.v4.new_code_cell(parameters, id="p", metadata={"tags": ["parameters"]})]
    made += [nbformat.v4.new_code_cell(source, id=f"c{index}") for index, source in enumerate(cells)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel})


def write_notebook(project: Project, name: str, *cells: str, parameters: str = PARAMETERS) -> Path:
    path = project.notebooks / f"{name}.ipynb"
    nbformat.write(notebook_of(*cells, parameters=parameters), path)
    return path


def set_reports(project: Project, *names: str, extra: str = "") -> None:
    """Name the reports of a project in params.yaml, in bokmål only; `extra` goes to `execution`."""
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    before, rest = text.split("\nreports:", 1)
    after = rest[rest.index("\nexecution:") :]
    before = before.replace("languages: [nb, en]", "languages: [nb]")
    after = after.replace("  backend: local", f"  {extra or 'backend: local'}")
    reports = "".join(f"\n  {name}: {{}}" for name in names)
    project.params.write_text(f"{before}\nreports:{reports}\n{after}", encoding="utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A project with the data of this one and two notebooks, `goals` and `plain`."""
    project = Project(tmp_path / "prosjekt {æ}")
    for name in ("clean", "reference", "raw"):
        shutil.copytree(ROOT / "data" / name, project.root / "data" / name)
    project.notebooks.mkdir()
    set_reports(project, "goals", "plain")
    write_notebook(project, "goals", COUNTED, "%%nb\n# Mål\n\nMer om målene", "%%en\n# Goals\n\nMore on them")
    write_notebook(project, "plain", "print(lang, price_year)")
    return project


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A project folder that holds no more than kernels need."""
    root = tmp_path_factory.mktemp("kernels")
    (root / "notebooks").mkdir()
    (root / "data").mkdir()
    (root / "params.yaml").write_text("", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def warm(folder) -> Iterator[Kernels]:
    """Kernels that are forked, where this machine can."""
    with Kernels(folder) as kernels:
        yield kernels


@pytest.fixture(scope="module")
def cells(warm) -> Callable[..., Run]:
    """Run cells as a notebook in a kernel of their own."""
    return lambda *sources: run_notebook(notebook_of(*sources), warm.root, warm)


def printed(run: Run) -> str:
    """What a notebook printed, all cells."""
    outputs = [output for cell in run.notebook.cells for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output.output_type == "error"], outputs
    return "".join(output.text for output in outputs if output.output_type == "stream")
