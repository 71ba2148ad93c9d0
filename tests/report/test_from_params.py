"""Notebooks as an analyst runs them in JupyterLab: a kernel in their folder, and the parameters of params.yaml."""

import ast
import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.execution.notebooks import declared_parameters
from kommunebudsjett.publish.content import plain
from kommunebudsjett.report.blocks import MIME, filled
from kommunebudsjett.report.parameters import from_params
from tests.conftest import ROOT
from tests.report.reading import SAID

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A project with the clean tables of this one, whose params.yaml asks for other values than this one's."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("interim", ".*"))
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    for old, new in (
        ("  year: 2026 ", "  year: 2025 "),
        ("  goals: {}", "  goals: {price_year: 2024}"),
        ("{area_id: all}", "{area_id: [byutvikling, oppvekst]}"),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "params.yaml").write_text(text, encoding="utf-8")
    return folder


def run_cells(desk: Path, name: str, lang: str) -> tuple[str, str]:
    """Run all cells as JupyterLab does, with the language set in the cell: its first text, and the price year."""
    notebook = nbformat.read(desk / "notebooks" / f"{name}.ipynb", as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    assert 'lang = "nb"' in parameters.source
    parameters.source = parameters.source.replace('lang = "nb"', f'lang = "{lang}"')
    notebook.cells.append(nbformat.v4.new_code_cell("print(price_year)"))
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(desk / "notebooks")}})
    client.execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    blocks = [json.loads(output.data[MIME]) for output in outputs if MIME in output.get("data", {})]
    assert blocks
    # What JupyterLab shows, which does not know our blocks.
    assert all(output.data["text/html"].strip() for output in outputs if MIME in output.get("data", {}))
    text = " ".join(plain(filled(block)) for block in blocks if block["kind"] in SAID)
    return text, outputs[-1].text.strip()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_cell_by_cell_with_the_values_of_params(desk, name):
    text, year = run_cells(desk, name, "nb")
    assert year == ("2024" if name == "goals" else "2025")
    assert "å" in text
    if name == "service_area":
        assert text.startswith("Byutvikling")


@pytest.mark.parametrize(
    ("name", "title"),
    [("overview", "Trondheim: the party budgets for "), ("service_area", "Urban development in Trondheim: ")],
)
def test_another_language_in_the_cell_gives_the_report_in_it(desk, name, title):
    text, _ = run_cells(desk, name, "en")
    assert text.startswith(title)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_the_cell_computes_is_no_parameter_of_its_own(name):
    path = ROOT / "notebooks" / f"{name}.ipynb"
    cell = next(cell for cell in nbformat.read(path, 4).cells if "parameters" in cell.metadata.get("tags", []))
    assigned = [node.targets[0].id for node in ast.parse(cell.source).body if isinstance(node, ast.Assign)]
    assert list(declared_parameters(path)) == assigned
    assert assigned[:2] == ["lang", "price_year"]


@pytest.mark.parametrize(
    ("params", "report", "name", "value"),
    [
        ("", "overview", "price_year", 2026),
        ("overview: {price_year: 2024}", "overview", "price_year", 2024),
        ("", "not_in_params", "price_year", 2026),
        ("service_area: {area_id: all}", "service_area", "area_id", "oppvekst"),
        ("service_area: {area_id: byutvikling}", "service_area", "area_id", "byutvikling"),
        ("service_area: {area_id: [finans_organisasjon, oppvekst]}", "service_area", "area_id", "finans_organisasjon"),
        ("service_area: {}", "service_area", "area_id", "oppvekst"),
        ("", "not_in_params", "area_id", "oppvekst"),
        ("overview: {most: 5}", "overview", "most", 5),
        ("overview: {most: 0}", "overview", "most", 0),
    ],
)
def test_the_value_is_the_one_that_the_report_is_published_with(project, monkeypatch, params, report, name, value):
    set_report(project, params)
    monkeypatch.chdir(project.notebooks)
    assert from_params(report, name) == value


def set_report(project, entry: str) -> None:
    name = entry.split(":")[0]
    text = project.params.read_text(encoding="utf-8")
    text, count = re.subn(rf"(?m)^  {name or 'overview'}: .*$", f"  {entry or 'overview: {}'}", text)
    assert count == 1
    project.params.write_text(text, encoding="utf-8")


def test_a_parameter_without_a_value_has_its_default_or_says_where_to_give_one(project, monkeypatch):
    monkeypatch.chdir(project.notebooks)
    assert from_params("overview", "most", 3) == 3
    with pytest.raises(UserError, match="the report overview is not given the parameter most") as raised:
        from_params("overview", "most")
    line = project.params.read_text(encoding="utf-8").splitlines().index("  overview: {}") + 1
    assert raised.value.line == line
    with pytest.raises(UserError, match="there is no area sjøen"):
        set_report(project, "service_area: {area_id: [sjøen]}")
        from_params("service_area", "area_id")
