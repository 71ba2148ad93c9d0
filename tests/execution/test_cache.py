"""The cache of results: found while all that was read is as it was, and never wrong."""

import copy
import shutil
from pathlib import Path

import nbformat
import pytest
from papermill.parameterize import parameterize_notebook

from kommunebudsjett.core import inputs
from kommunebudsjett.execution.cache import NotebookCache
from tests.execution.conftest import notebook_of

TABLE = "data/table.csv"
ROWS = ("rows", TABLE, '["name", "amount"]', '{"document": "a"}')
FILE = ("file", "data/notes.txt")
CODE = ("code", "inputs.py")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / TABLE).write_text("document,name,amount,digest\na,skole,1,x\nb,helse,2,y\n", encoding="utf-8")
    (tmp_path / "data/notes.txt").write_text("før", encoding="utf-8")
    return tmp_path


def asked(lang: str = "nb", code: str = "show(1)", markdown: str = "# Tittel") -> nbformat.NotebookNode:
    """A notebook as papermill hands it to the engine."""
    notebook = notebook_of(code)
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(markdown, id="m"))
    notebook.metadata.papermill = nbformat.from_dict({"input_path": "/x/goals.ipynb", "parameters": {}})
    for cell in notebook.cells:
        cell.metadata.setdefault("tags", [])
    return parameterize_notebook(notebook, {"lang": lang})


def executed(notebook: nbformat.NotebookNode, text: str = "én\n") -> nbformat.NotebookNode:
    """The notebook with outputs."""
    done = copy.deepcopy(notebook)
    for number, cell in enumerate([cell for cell in done.cells if cell.cell_type == "code"], start=1):
        cell.execution_count = number
    done.cells[-1].outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
    return done


def store(root: Path, notebook: nbformat.NotebookNode, *questions: tuple, text: str = "én\n") -> None:
    cache = NotebookCache(root / "cache", root)
    cache.store(executed(notebook, text), [(question, inputs.current(root, question)) for question in questions])


def find(root: Path, notebook: nbformat.NotebookNode) -> str | None:
    """What the result that is found shows, None where none is."""
    found = NotebookCache(root / "cache", root).find(notebook)
    return None if found is None else found.cells[-1].outputs[0].text


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_result_is_found_by_its_code_and_parameters(root):
    store(root, asked(), ROWS, FILE, CODE)
    assert find(root, asked()) == "én\n"
    assert find(root, asked(lang="en")) is None
    assert find(root, asked(code="show(2)")) is None


@pytest.mark.parametrize(
    ("file", "old", "new", "right"),
    [
        (TABLE, "skole,1", "skole,2", False),
        (TABLE, "skole", "skule", False),
        (TABLE, "\nb,", "\na,", False),
        (TABLE, "a,skole,1,x\n", "", False),
        (TABLE, "amount", "sum", False),
        (TABLE, "helse,2", "helse,3", True),
        (TABLE, ",x\n", ",z\n", True),
        ("data/notes.txt", "før", "etter", False),
    ],
)
def test_a_result_is_right_while_the_answers_are_the_same(root, file, old, new, right):
    store(root, asked(), ROWS, FILE)
    replace(root / file, old, new)
    assert find(root, asked()) == ("én\n" if right else None)


def test_notebooks_with_the_same_code_share_a_result(root):
    for name in ("one", "two"):
        notebook = asked()
        notebook.metadata.papermill["input_path"] = f"/x/{name}.ipynb"
        store(root, notebook, FILE)
    assert find(root, asked()) == "én\n"


def test_a_file_that_is_gone_or_comes_is_another_answer(root):
    store(root, asked(), FILE, ("file", "data/none.txt"))
    assert find(root, asked()) == "én\n"
    (root / "data/none.txt").touch()
    assert find(root, asked()) is None
    (root / "data/none.txt").unlink()
    (root / "data/notes.txt").unlink()
    assert find(root, asked()) is None


def test_each_state_of_the_data_has_its_result(root):
    store(root, asked(), FILE, text="før\n")
    (root / "data/notes.txt").write_text("etter", encoding="utf-8")
    store(root, asked(), FILE, text="etter\n")
    assert find(root, asked()) == "etter\n"
    (root / "data/notes.txt").write_text("før", encoding="utf-8")
    assert find(root, asked()) == "før\n"


def test_what_was_read_in_another_state_is_not_found(root):
    # The notebook read other questions when the data were others: each result is found by its own.
    store(root, asked(), FILE, text="kort\n")
    (root / "data/notes.txt").write_text("etter", encoding="utf-8")
    store(root, asked(), FILE, ROWS, text="lang\n")
    replace(root / TABLE, "skole,1", "skole,9")
    assert find(root, asked()) is None
    (root / "data/notes.txt").write_text("før", encoding="utf-8")
    assert find(root, asked()) == "kort\n"


def test_markdown_is_that_of_the_notebook_that_is_asked_for(root):
    store(root, asked(), FILE)
    found = NotebookCache(root / "cache", root).find(asked(markdown="# Ny tittel"))
    assert "# Ny tittel" in [cell.source for cell in found.cells]
    assert found.cells[-1].outputs[0].text == "én\n"


def test_a_change_of_the_environment_is_another_answer(root, monkeypatch):
    store(root, asked(), FILE)
    monkeypatch.setattr("kommunebudsjett.execution.cache.environment", lambda: "pandas-4.0.dist-info")
    assert find(root, asked()) is None


def result_file(root: Path) -> Path:
    (path,) = (root / "cache/executed").glob("*/base.ipynb")
    return path


def halve(root: Path) -> None:
    path = result_file(root)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


HARM = {
    "half a result": halve,
    "a changed result": lambda root: replace(result_file(root), "én", "to"),
    "a result without its file": lambda root: result_file(root).unlink(),
    "a result without its folder": lambda root: shutil.rmtree(result_file(root).parent),
    "an empty database": lambda root: (root / "cache/global.db").write_bytes(b""),
    "a database that is none": lambda root: (root / "cache/global.db").write_bytes(b"x" * 5000),
    "no database": lambda root: (root / "cache/global.db").unlink(),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_what_a_killed_run_left_is_as_not_there_and_can_be_written_over(root, harm):
    store(root, asked(), FILE)
    harm(root)
    assert find(root, asked()) is None
    store(root, asked(), FILE)
    assert find(root, asked()) == "én\n"
