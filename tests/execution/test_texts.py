"""Texts and execution: an edited text executes nothing, a message names the cell as the person sees it, and words in
one language alone are noticed."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.execution import stage
from kommunebudsjett.execution.texts import called, check_texts
from kommunebudsjett.report.blocks import MIME
from tests.conftest import run
from tests.execution.conftest import write_notebook

FACTS = """from kommunebudsjett.report import open_edition, source
e = open_edition(lang, price_year)
goals = e.table("goals", status="achieved")
first = e.named(goals.iloc[0]["goal"], source(goals.iloc[0]))
count = len(goals)"""
TITLE, TITLE_EN = "%%nb\n# Mål", "%%en\n# Goals"
TEXT, TEXT_EN = "%%nb\nAv målene er {{ count }} nådd: {{ first }}.", "%%en\n{{ count }} goals are achieved."


def executed(project: Project) -> dict[str, int]:
    stage.run(project, quiet=True)
    return json.loads((project.timings / "execute.json").read_text(encoding="utf-8"))


def shown(project: Project, name: str = "goals") -> list[dict]:
    notebook = nbformat.read(project.executed / "nb" / f"{name}.ipynb", as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return [json.loads(output.data[MIME]) for output in outputs]


def test_an_edited_text_executes_nothing(small):
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, TEXT, TEXT_EN)
    assert executed(small)["executed"] == 2
    before = shown(small)
    assert len(before) == 2
    # New words, a fact that no text had before, and one text more.
    other = "%%nb\nDet første er {{ first | small }}."
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, other, TEXT_EN, TEXT, TEXT_EN)
    assert executed(small)["executed"] == 0
    after = shown(small)
    assert after[0] == before[0] and after[2] == before[1]
    assert after[1]["cells"][0]["sources"] == before[1]["cells"][1]["sources"] != []


def test_a_text_has_the_facts_of_the_cells_above_it(small):
    write_notebook(
        small, "goals", "n = 1", "%%nb\n# {{ n }}", "%%en\n# {{ n }}", "n = n + 1", "%%nb\n{{ n }}", "%%en\nx"
    )
    executed(small)
    assert [block["cells"][0]["text"] for block in shown(small)] == ["1", "2"]
    write_notebook(small, "goals", "%%nb\n# {{ n }}", "%%en\n# {{ n }}", "n = 1")
    with pytest.raises(
        UserError, match=r"goals\.ipynb: cell \[2\]: line 2, \{\{ n \}\}: there is no name n; there is lang"
    ):
        executed(small)


def test_a_notebook_that_gets_its_first_text_is_executed(small):
    write_notebook(small, "goals", FACTS)
    executed(small)
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, TEXT, TEXT_EN)
    assert executed(small)["executed"] == 1
    assert executed(small)["executed"] == 0


def test_the_executed_notebook_is_whole_and_the_same_from_the_cache(small):
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, TEXT, TEXT_EN)
    executed(small)
    path = small.executed / "nb" / "goals.ipynb"
    fresh = path.read_bytes()
    assert executed(small)["from_cache"] == 2
    assert path.read_bytes() == fresh
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    texts = [cell for cell in notebook.cells if cell.source.startswith("%%")]
    assert [cell.source for cell in texts] == [TITLE, TITLE_EN, TEXT, TEXT_EN]
    assert [bool(cell.outputs) for cell in texts] == [True, False, True, False]
    assert "vnd.kommunebudsjett.facts" not in fresh.decode()


def test_a_text_that_is_wrong_stops_the_run_and_no_cell_is_run_for_its_correction(small):
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, TEXT.replace("count", "cuont"), TEXT_EN)
    with pytest.raises(UserError) as raised:
        executed(small)
    assert "cell [5]: line 2, {{ cuont }}: there is no name cuont; there is count, " in raised.value.message
    assert "no other cell needs to be run" in raised.value.remedy
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, TEXT, TEXT_EN)
    assert executed(small)["executed"] <= 1  # the other notebook, if it was stopped


def test_papermill_writes_what_nbconvert_exports(small):
    write_notebook(small, "goals", FACTS, TITLE, TITLE_EN, TEXT, TEXT_EN)
    out = str(small.root / "ut.ipynb").replace("{", "{{").replace("}", "}}")
    words = ["papermill", "--engine", "kommunebudsjett", "--no-progress-bar", "goals.ipynb", out, "-p", "lang", "nb"]
    done = run(small.notebooks, *words)
    assert done.returncode == 0, done.stderr
    made = nbformat.read(small.root / "ut.ipynb", as_version=4)
    assert made.metadata.kommunebudsjett == {"name": "goals", "notebook": "goals", "parameters": {"lang": "nb"}}
    assert MIME in made.cells[-2].outputs[0].data


def test_a_person_sees_the_text_when_the_cell_is_run(kernel_outputs):
    *_, norwegian, english = kernel_outputs(
        "lang = 'nb'", "import kommunebudsjett.report\nn = 5", "%%nb\nDet er {{ n }}.", "%%en\nIt is {{ n }}."
    )
    assert norwegian[0].data["text/html"].strip() == "<p>Det er 5.</p>"
    assert "as in a report in nb" in english[0].data["text/html"] and "It is 5." in english[0].data["text/html"]
    assert MIME not in english[0].data


def test_a_person_sees_what_is_wrong_without_a_traceback(kernel_outputs):
    [*_, wrong] = kernel_outputs("import kommunebudsjett.report\nlang = 'nb'", "%%nb\nx\n{{ m }}")
    text = "".join(output.text for output in wrong if output.output_type == "stream")
    assert "line 3, {{ m }}: there is no name m; there is lang" in text
    assert "Traceback" not in text


@pytest.fixture
def kernel_outputs():
    """The outputs of cells in a shell as JupyterLab's kernel has it."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    def outputs(*cells: str) -> list[list]:
        shell = InteractiveShell.instance()
        from kommunebudsjett.report import magics

        magics.offer(shell)
        found = []
        for cell in cells:
            with capture_output() as captured:
                shell.run_cell(cell)
            made = [nbformat.v4.new_output("display_data", output.data) for output in captured.outputs]
            if captured.stdout or captured.stderr:
                made.append(nbformat.v4.new_output("stream", text=captured.stdout + captured.stderr))
            found.append(made)
        return found

    yield outputs
    InteractiveShell.clear_instance()


def made(*cells: str | tuple[str, str]) -> nbformat.NotebookNode:
    """Code cells, and Markdown cells as (text, tag)."""
    return new_notebook(
        cells=[
            new_code_cell(cell)
            if isinstance(cell, str)
            else new_markdown_cell(cell[0], metadata={"tags": [cell[1]] if cell[1] else []})
            for cell in cells
        ]
    )


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (["x", "%%nb\na", "%%en\nb"], ""),
        (["x", ("", "nb"), "%%nb lead\na", "%%en lead\nb"], ""),
        (["x", ("%%nb\na", ""), "%%en\nb"], ""),
        (["x", ("%%nb\na", ""), "y"], "cell [2] has no twin"),
        (["x", "", "%%nb\na"], "cell [2] has no twin"),
        (["%%nb\na", "x", "%%en\na"], "cell [1] has no twin"),
        (["x", "%%en\na", "%%nb\na"], "cell [2] has no twin"),
        (["%%nb lead\na", "%%en\nb"], "cell [2] is of another kind than its twin, lead"),
        (["%%nb page en\na", "%%en page to\nb"], "cell [2] is of another kind than its twin, page en"),
        (["%%nb leads\na", "%%en\nb"], "cell [1]: line 1: %%nb takes nothing, lead, details and "),
    ],
)
def test_words_in_one_language_are_noticed(cells, message):
    if not message:
        check_texts(made(*cells), "x.ipynb", both=True)
        return
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        check_texts(made(*cells), "x.ipynb", both=True)
    assert "%%" in raised.value.remedy or "first line" in raised.value.remedy
    check_texts(made(*cells), "x.ipynb", both=False)


@pytest.mark.parametrize("tag", ["nb", "en", "", "parameters"])
def test_a_markdown_cell_is_refused_whatever_its_tag(tag):
    for both in (True, False):
        with pytest.raises(
            UserError, match="the Markdown cell “## Kort” below cell \\[2\\] is not published"
        ) as raised:
            check_texts(made("x", ("", ""), "y", ("\n## Kort\n\nmer", tag)), "x.ipynb", both)
        assert "%%nb" in raised.value.remedy and "%%en" in raised.value.remedy


def test_a_cell_has_the_number_that_stands_beside_it():
    notebook = made("p", "injected", ("## A", "nb"), "", "%%nb\nx", "y")
    notebook.cells[1].metadata["tags"] = ["injected-parameters"]
    assert [called(notebook, index) for index in (0, 2, 4, 5)] == [
        "cell [1]",
        "the Markdown cell “## A” below cell [1]",
        "cell [2]",
        "cell [3]",
    ]
