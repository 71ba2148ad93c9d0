"""The guide to notebooks: what it has a person write is executed as it is, and shows what it says."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from kommunebudsjett.core.project import Project
from kommunebudsjett.execution import stage
from kommunebudsjett.new_report import new_report
from kommunebudsjett.publish.content import content, executed
from tests.conftest import ROOT, with_reports

GUIDE = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
SECTION = GUIDE.split("## In fifteen minutes")[1].split("\n## Texts")[0]
BLOCKS = re.findall(r"(?ms)^```(\w+)\n(.*?)^```", SECTION)
CELLS = [text.strip() for language, text in BLOCKS if language in ("python", "markdown")]
[DATA] = [text for language, text in BLOCKS if language == "csv"]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    """A project with the report of the guide, executed."""
    project = with_reports(tmp_path_factory.mktemp("veileder"), "  workforce: {}\n")
    path = new_report(project, "libraries")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [notebook.cells[0], *map(new_code_cell, CELLS)]
    nbformat.write(notebook, path)
    (project.reference / "libraries.csv").write_text(DATA, encoding="utf-8")
    stage.run(project, quiet=True)
    return project


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "title", "words"),
    [
        ("nb", "Bibliotekene", "mål for kultur og idrett er nådd. Bibliotekene hadde "),
        ("en", "The libraries", "goals for culture and sport were achieved. The libraries had "),
    ],
)
def test_it_shows_a_sentence_a_chart_and_a_number_with_its_lines(made, lang, title, words):
    found = content(executed(made.executed / lang / "libraries.ipynb"))
    assert found.title == title
    figure, text = (next(block for block in found.blocks if block["kind"] == kind) for kind in ("figure", "text"))
    assert [row[0]["text"] for row in figure["rows"]] == ["Hovedbiblioteket", "Moholt", "Ranheim"]
    assert "<svg" in figure["wide"] and figure["wide"] != figure["narrow"]
    assert words in text["html"]
    count, total, most = text["cells"]
    assert int(count["text"]) == len(count["sources"]) > 0
    assert (re.sub(r"\D", "", total["text"]), most["text"]) == ("550000", "Hovedbiblioteket")


@pytest.mark.slow
def test_its_file_counts_as_read_and_its_words_do_not(made):
    def run() -> int:
        stage.run(made, quiet=True)
        return json.loads((made.timings / "execute.json").read_text(encoding="utf-8"))["executed"]

    path = made.notebooks / "libraries.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("Bibliotekene hadde", "De hadde"), encoding="utf-8")
    assert run() == 0
    file = made.reference / "libraries.csv"
    file.write_text(DATA.replace("52000", "53000"), encoding="utf-8")
    assert run() == 2
