"""The command that prints a document's text, and what is left out of a text in the list of unread numbers."""

import subprocess
import sys

from kommunebudsjett.core.registry import Document
from kommunebudsjett.core.texts import LeftOut, Text
from kommunebudsjett.forms import read_file
from kommunebudsjett.readers.stage import left_out
from tests.pdfs.raw import at, table, written

ROWS = [("Inntekt", "2026", "2027"), ("Eiendomsskatt", "", "1 000"), ("Salg", "-20", "12,5")]
HIDDEN = at(50, 100, "Salg av fjord 900 mill. kroner", before="1 1 1 rg") + at(50, 80, "utkast", before="3 Tr")


def text_of(file, folder) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "kommunebudsjett", "text", str(file)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_a_pdf_outside_a_project(tmp_path):
    done = text_of(written(tmp_path / "d.pdf", table(ROWS) + HIDDEN), tmp_path)
    assert done.returncode == 0
    assert done.stdout == "Inntekt\t2026\t2027\nEiendomsskatt\t\t1 000\nSalg\t-20\t12,5\n"
    assert done.stderr.splitlines() == [
        "left out near line 1 (page 1): 'Salg av fjord 900 mill. kroner': it has the colour of the page",
        "left out near line 1 (page 1): 'utkast': it is set as invisible",
    ]
    assert [file.name for file in tmp_path.iterdir()] == ["d.pdf"]


def test_a_text(tmp_path):
    (tmp_path / "d.txt").write_text("Budsjett\r\nSkole\t5\n", encoding="utf-8")
    assert text_of("d.txt", tmp_path).stdout == "Budsjett\nSkole\t5\n"


def test_what_is_missing_is_told_in_one_message(tmp_path):
    done = text_of("d.pdf", tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == "error: d.pdf: there is no such file"


def test_numbers_that_are_left_out_are_unread(tmp_path):
    file = written(tmp_path / "d.pdf", table(ROWS) + HIDDEN)
    document = Document(
        id="d", file="d.pdf", title="D", publisher="P", family="annual_report", municipality="M", budget_year=2026,
        period_from=2026, period_to=2026,
    )  # fmt: skip
    [found] = left_out(document, read_file(file, tmp_path / "store"))
    assert found == ("d", 1, "Salg av fjord 900 mill. kroner", "it has the colour of the page")
    # What was kept of the first reading says the same.
    assert left_out(document, read_file(file, tmp_path / "store")) == [found]


def test_numbers_are_what_has_digits_formulas_and_errors():
    document = Document.model_construct(id="d")
    found = [LeftOut(1, raw, "") for raw in ("12 kr", "=A", "#REF!", "en meny")]
    assert [unread.raw for unread in left_out(document, Text([], [], found))] == ["12 kr", "=A", "#REF!"]
