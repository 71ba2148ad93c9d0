"""JupyterLab for this project: what is saved is what git keeps, and numbers lead to their lines on the built site."""

import copy
import importlib.util
import json
from types import ModuleType

import nbformat
import pytest
from nbformat.v4 import new_output

from kommunebudsjett.execution.kernels import Kernels
from kommunebudsjett.report.blocks import SERVER, SITE, Cell, Link, to_html
from tests.conftest import ROOT
from tests.saying import text_blocks

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def config() -> ModuleType:
    spec = importlib.util.spec_from_file_location("jupyter_lab_config", ROOT / "scripts" / "jupyter_lab_config.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_jupyterlab_has_it(path) -> dict:
    """A notebook that was run, as JupyterLab sends it when it is saved."""
    notebook = nbformat.read(path, as_version=4)
    for count, cell in enumerate(cell for cell in notebook.cells if cell.cell_type == "code"):
        cell.execution_count = count
        cell.outputs = [new_output("stream", text="x\n"), new_output("execute_result", {"text/html": "<b>1</b>"})]
        cell.metadata["execution"] = {"iopub.execute_input": "2026-11-30T00:00:00Z"}
    notebook.metadata.kernelspec.display_name = "Python 3 (ipykernel)"
    notebook.metadata.language_info |= {"version": "3.11.9", "file_extension": ".py", "mimetype": "text/x-python"}
    return {"type": "notebook", "content": notebook}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_that_was_run_is_saved_as_it_was(config, path):
    model = as_jupyterlab_has_it(path)
    assert model["content"] != nbformat.read(path, as_version=4)
    config.stripped(model, path=path.name)
    assert nbformat.from_dict(model["content"]) == nbformat.read(path, as_version=4)


def test_other_files_and_words_stay(config):
    model = {"type": "file", "content": "x"}
    config.stripped(model)
    assert model == {"type": "file", "content": "x"}
    edited = as_jupyterlab_has_it(NOTEBOOKS[0])
    edited["content"].cells[-1].source = "%%nb\nNye ord æøå {{ x }}"
    config.stripped(edited)
    assert edited["content"]["cells"][-1]["source"] == "%%nb\nNye ord æøå {{ x }}"


def test_what_cannot_be_stripped_is_saved_all_the_same(config, monkeypatch, capsys):
    model = as_jupyterlab_has_it(NOTEBOOKS[0])
    before = copy.deepcopy(model)
    model["content"] = json.loads(json.dumps(model["content"]))
    model["content"]["cells"] = None
    config.stripped(model, path="x.ipynb")
    assert model["content"]["metadata"] == before["content"]["metadata"]
    assert "x.ipynb was saved with its outputs" in capsys.readouterr().out


def test_a_number_leads_to_its_line_on_the_built_site(monkeypatch):
    for name in (SERVER, SITE):
        monkeypatch.delenv(name, raising=False)
    value = Cell("590", (("trondheim-2025", "226-229;231"),))
    [content] = text_blocks("nb", nb="{x} {y}", en="", x=value, y=Link("økonomi", page="economy.html"))
    assert '<a class="cite" href="/files/reports/sources/trondheim-2025.html#L226">590</a>' in to_html(content)
    # On Binder a person's server has an address of its own; the pipeline knows nothing of it.
    monkeypatch.setenv(SERVER, "/user/x/")
    assert 'href="/user/x/files/reports/sources/trondheim-2025.html#L226"' in to_html(content)
    monkeypatch.setenv(SITE, "static/")
    assert 'href="/user/x/static/sources/trondheim-2025.html#L226"' in to_html(content)
    assert not {SERVER, SITE} & set(Kernels(ROOT).environment)
