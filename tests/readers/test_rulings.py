"""Rulings: what a person says of a number in, the records with it out; what does not fit its line stops the run."""

from pathlib import Path

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.rulings import Ruling, Rulings, load_rulings
from kommunebudsjett.core.texts import Text
from kommunebudsjett.readers.records import Measure
from kommunebudsjett.readers.rulings import apply_rulings
from kommunebudsjett.readers.stage import read_document
from tests.readers.test_units import report

FILE = Path("rulings.csv")
LINES = [
    "",
    "Tall i hele tusen",
    "",
    "\tRegnskap 2024\tBudsjett 2024",
    "Helse\t1 234\t1 250",
    "Skole\t5 1 23\tca 5",
    "Vei\tsyv\t6 050",
]


def ruling(line, column, what, ruled):
    return Ruling("ny-2024", line, column, what, ruled, "blekket er borte", "Kari", 2)


def ruled(*rulings):
    return read_document(report(), Text(LINES, []), Rulings(FILE, rulings))


def test_without_a_ruling_the_row_is_unread():
    records = ruled()
    assert {cell.row for cell in records.cells if cell.value} >= {"Helse"}
    assert 6 in {number.line for number in records.unread}
    assert {cell.read_by for cell in records.cells} == {""}


def test_a_value_that_a_person_reads_is_a_cell_of_its_column_and_is_no_longer_unread():
    records = ruled(ruling(6, "Regnskap 2024", "value", "5 123"), ruling(6, "Budsjett 2024", "value", "5"))
    cells = [cell for cell in records.cells if cell.line == 6]
    assert [(cell.row, cell.column, cell.value, cell.unit, cell.read_by) for cell in cells] == [
        ("Skole", "Regnskap 2024", 5123, "tnok", "Kari"),
        ("Skole", "Budsjett 2024", 5, "tnok", "Kari"),
    ]
    assert [number for number in records.unread if number.line == 6] == []


def test_a_value_that_was_read_wrongly_is_replaced():
    records = ruled(ruling(5, "Regnskap 2024", "value", "-1 234"))
    [cell] = [cell for cell in records.cells if cell.line == 5 and cell.column == "Regnskap 2024"]
    assert (cell.value, cell.read_by) == (-1234, "Kari")


@pytest.mark.parametrize(
    ("line", "column", "units"),
    [
        (5, "", {("Helse", "nok")}),
        (5, "Budsjett 2024", {("Helse", "tnok"), ("Helse", "nok")}),
        (4, "", {("Helse", "nok"), ("Vei", "nok")}),
    ],
)
def test_a_unit_holds_for_the_row_or_from_the_header_for_the_table(line, column, units):
    records = ruled(ruling(line, column, "unit", "nok"))
    found = {(cell.row, cell.unit) for cell in records.cells}
    assert units <= found
    assert ("Vei", "nok") in found or line != 4


@pytest.mark.parametrize(
    ("line", "column", "what", "ruled_as", "problem"),
    [
        (99, "", "unit", "nok", "the document has 7 lines"),
        (6, "Regnskap 2024", "value", "7 123", "7 123 is not printed there"),
        (6, "Regnskap 2024", "value", "mye", "'mye' is no number"),
        (6, "Prognose", "value", "5 123", "no cell in the column 'Prognose'"),
        (2, "Regnskap 2024", "value", "2", "is not printed there"),
        (5, "", "unit", "euro", "'euro' is none of mnok, tnok, nok"),
        (7, "Avvik", "unit", "nok", "no table has values there"),
        (5, "", "sign", "-", "no measure has an amount there"),
        (5, "", "sign", "minus", "a sign is [+] or -"),
        (5, "", "role", "limit", "a role is change, part or period_total"),
        (5, "", "role", "part", "no measure has an amount there"),
    ],
)
def test_a_ruling_that_does_not_fit_its_line_stops_the_run(line, column, what, ruled_as, problem):
    with pytest.raises(UserError, match=problem) as raised:
        ruled(ruling(line, column, what, ruled_as))
    assert (raised.value.file, raised.value.line) == (FILE, 2)


def test_a_sign_is_that_of_the_measures_on_the_line():
    records = ruled()
    of_measure = ("ny-2024", "Skole", "drift", "", "Lavere leie")
    records.measures = [
        Measure(*of_measure, year, 2.0, "prose", "explicit", "", 5, 5, "q", "") for year in (2025, 2026)
    ]
    apply_rulings(records, LINES, [ruling(5, "2026", "sign", "-")], FILE)
    assert [(measure.amount_mnok, measure.read_by) for measure in records.measures] == [(2.0, ""), (-2.0, "Kari")]
    apply_rulings(records, LINES, [ruling(5, "", "role", "part")], FILE)
    assert {(measure.role, measure.read_by) for measure in records.measures} == {("part", "Kari")}


HEAD = "document,line,column,what,ruling,reason,by\n"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a,b\n", 1, "the columns are not those of rulings"),
        (HEAD + "ny-2024,5,,unit,nok,,Kari\n", 2, "reason is empty"),
        (HEAD + "ny-2024,fem,,unit,nok,x,Kari\n", 2, "the line 'fem' is no number"),
        (HEAD + "ny-2024,5,,colour,red,x,Kari\n", 2, "nothing can be ruled about 'colour'"),
        (HEAD + "ny-2024,5,,unit,nok,x,Kari,more\n", 2, "the row has 8 fields and the header 7"),
        (HEAD + "by-2020,5,,unit,nok,x,Kari\n", 2, "no document 'by-2020' is registered"),
    ],
)
def test_a_file_of_rulings_that_cannot_be_used(tmp_path, text, line, problem):
    (tmp_path / "rulings.csv").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=problem) as raised:
        load_rulings(tmp_path, {"ny-2024"})
    assert raised.value.line == line


def test_a_project_without_rulings_has_none(tmp_path):
    assert load_rulings(tmp_path, {"ny-2024"}).rows == ()
