"""The notebooks of this project are short cells: facts without words, and the words in two languages."""

from statistics import median

import nbformat
import pytest

from kommunebudsjett.report.worded import text_of
from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_IN_ALL, MEDIAN, LONGEST = 2_600, 10, 40


def code_of(path) -> list[int]:
    """How many lines each cell of Python has."""
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    return [sum(bool(line.strip()) for line in source.split("\n")) for source in cells if text_of(source) is None]


def test_the_python_of_all_notebooks_is_short():
    lines = [count for path in NOTEBOOKS for count in code_of(path)]
    assert len(NOTEBOOKS) >= 8
    assert (sum(lines) <= MOST_IN_ALL, median(lines) <= MEDIAN, max(lines) <= LONGEST) == (True, True, True)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_text_has_the_other_language_right_after_it(path):
    notebook = nbformat.read(path, as_version=4)
    assert [cell.cell_type for cell in notebook.cells] == ["code"] * len(notebook.cells)
    places = [(index, text.lang) for index, cell in enumerate(notebook.cells) if (text := text_of(cell.source))]
    norwegian = [index for index, lang in places if lang == "nb"]
    assert norwegian
    assert [index for index, lang in places if lang == "en"] == [index + 1 for index in norwegian]
