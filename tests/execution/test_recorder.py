"""What a notebook reads is noticed, however it reads it."""

import shutil

import pytest

from kommunebudsjett.execution.kernels import Kernels
from kommunebudsjett.execution.running import run_notebook
from tests.conftest import ROOT
from tests.execution.conftest import notebook_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reads(tmp_path_factory):
    """The questions that cells ask, run as a notebook in a project with data; None where they cannot be compared."""
    root = tmp_path_factory.mktemp("reads")
    shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns("interim", "raw"))
    shutil.copytree(ROOT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "params.yaml", root)
    with Kernels(root) as kernels:

        def run(*cells: str) -> list[tuple] | None:
            found = run_notebook(notebook_of(*cells), root, kernels)
            errors = [o for cell in found.notebook.cells for o in cell.get("outputs", []) if o.output_type == "error"]
            assert not errors, errors
            return None if found.reads is None else [question for question, _ in found.reads]

        yield run


DATA = "../data/clean/goals.csv"
EDITION = "from kommunebudsjett.report import open_edition\ne = open_edition('nb', 2026)"


@pytest.mark.parametrize(
    ("cell", "question"),
    [
        (f"open('{DATA}').read()", ("file", "data/clean/goals.csv")),
        (f"import pandas; pandas.read_csv('{DATA}')", ("file", "data/clean/goals.csv")),
        (f"from pathlib import Path; Path('{DATA}').read_bytes()", ("file", "data/clean/goals.csv")),
        (f"import os; os.close(os.open('{DATA}', os.O_RDONLY))", ("file", "data/clean/goals.csv")),
        (f"import threading\nt = threading.Thread(target=open, args=['{DATA}'])\nt.start()\nt.join()",
         ("file", "data/clean/goals.csv")),
        ("try:\n    open('missing.csv')\nexcept OSError:\n    pass", ("file", "notebooks/missing.csv")),
        ("import glob; glob.glob('../data/reference/*')", ("folder", "data/reference")),
        ("import duckdb", ("tree", "data")),
        (f"{EDITION}\ne.areas", ("file", "data/reference/areas.csv")),
        (EDITION, ("section", "params.yaml", "prices")),
        ("import kommunebudsjett.audit.sums", ("code", "audit/sums.py")),
    ],
)  # fmt: skip
def test_a_read_is_noticed(reads, cell, question):
    assert question in reads(cell)


def test_a_part_of_a_table_is_noticed_as_that_part(reads):
    found = [
        question
        for question in reads(EDITION, "e.table('goals', status='achieved')")
        if question[1].endswith("goals.csv")
    ]
    assert [question[:2] + question[3:] for question in found] == [
        ("rows", "data/clean/goals.csv", '{"status": "achieved"}')
    ]


def test_a_section_of_the_parameters_is_noticed_when_it_is_asked_for(reads):
    found = reads(EDITION, "e.params.publish.date")
    assert {q[2] for q in found if q[0] == "section"} == {"prices", "publish"}
    assert ("file", "params.yaml") not in found


@pytest.mark.parametrize(
    "cell",
    ["import subprocess; subprocess.run(['true'])", "import os; os.system('true')",
     "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError:\n    pass"],
)  # fmt: skip
def test_what_cannot_be_compared_is_no_result_to_keep(reads, cell):
    assert reads(cell) is None
