"""ODS workbooks: what cells show in any country's way, what is merged, and what nobody sees."""

import zipfile

import pytest

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms import read_file
from kommunebudsjett.forms.child import text_of
from kommunebudsjett.forms.number_formats import OTHER_NUMBER, OTHER_SIGN
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.shown_numbers import norwegian
from kommunebudsjett.forms.workbook import MOST_CELLS, NO_VALUE
from tests.forms.open_sheets import MIMETYPE, number, row, sheet, text, workbook

HEAD = row(text("Område"), number(2025, "2025"), number(2026, "2026"))


def read(tmp_path, *sheets: str, **parts: str) -> Text:
    return text_of(workbook(tmp_path / "budsjett.ods", *sheets, parts=parts), "ods")


def left(found: Text) -> list[tuple[str, str]]:
    return [(one.raw, one.reason) for one in found.left_out]


SHOWN = [
    # Thousands and decimals of a program that speaks English, German or Norwegian; the number says which is which.
    (1519353.5, "1,519,353.50", "1 519 353,50"), (1519353.5, "1.519.353,50", "1 519 353,50"),
    (1519353.5, "1 519 353,50", "1 519 353,50"), (1519, "1,519", "1 519"), (1.519, "1,519", "1,519"),
    (1.519, "1.519", "1,519"), (0, "0.0", "0,0"), (2026, "2026", "2026"), (1234.5, "1'234.5", "1 234,5"),
    (1519353, "1,519", "1 519"), (1519353, "1.5", "1,5"), (0.975, "97.5%", "97,5%"), (12, "12 mill. kr", "12 mill. kr"),
    (97.5, "97.5%", "97,5%"), (5, "7", ""), (5, "7,5 kr", ""),
    # What shows no number, or more than one, is left.
    (0.5, "1/2", "1/2"), (0.5, "12:30", "12:30"), (123456, "1.23E+05", "1.23E+05"), (5, "fem", "fem"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "shown", "expected"), SHOWN)
def test_marks_of_all_countries(value, shown, expected):
    assert norwegian(shown, value) == expected


CELLS = [
    (number(-350, "350", 'table:style-name="red"'), "-350", []),
    (number(350, "350", 'table:style-name="red"'), "350", []),
    (number(-350, "-350"), "-350", []),
    (number(-350, "(350)"), "(350)", []),
    (number(-350, "350"), LOST, [("-350", f"{OTHER_SIGN} (Ark1!B2)")]),
    (number(350, "-350"), LOST, [("350", f"{OTHER_SIGN} (Ark1!B2)")]),
    (number(350, "530"), LOST, [("350", f"{OTHER_NUMBER} (Ark1!B2)")]),
    (number(1519353, "1,519.4"), "1 519,4", []),
    (number(350, ""), "", [("350", "its number format shows nothing of it (Ark1!B2)")]),
    (number(350, "350", 'table:style-name="white"'), "", [("350", "its colour is that of the cell (Ark1!B2)")]),
    (number(350, "350", 'table:style-name="head"'), "350", []),
    (number(350, "350", 'table:style-name="struck"'), "", [("350", "it is struck out (Ark1!B2)")]),
    (number(350, "350", 'table:style-name="bold"'), "<b>350</b>", []),
    (number(0.5, "50.0%", kind="percentage"), "50,0%", []),
    ('<table:table-cell table:formula="of:=SUM([.B3])"/>', LOST, [("=SUM([.B3])", f"{NO_VALUE} (Ark1!B2)")]),
    (text("#REF!", 'table:formula="of:=[.#REF!]"'), LOST, [("#REF!", "the cell holds an error (Ark1!B2)")]),
    (text("Err:502", 'table:formula="of:=X()"'), LOST, [("Err:502", "the cell holds an error (Ark1!B2)")]),
    ('<table:table-cell office:value-type="string"><text:p>12<text:s text:c="2"/>mill<text:line-break/>kr<text:span '
     'text:style-name="T1">oner</text:span></text:p></table:table-cell>', "12 mill kr",
     [("oner", "it is struck out (Ark1!B2)")]),
    ('<table:table-cell office:value-type="string"><text:p>1 234<text:span text:style-name="T2">1</text:span></text:p>'
     "</table:table-cell>", "1 234<sup>1</sup>", []),
    ('<table:table-cell office:value-type="float" office:value="5"><office:annotation><text:p>Skal være 6</text:p>'
     "</office:annotation><text:p>5</text:p></table:table-cell>", "5", []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "shown", "expected"), CELLS)
def test_a_cell(tmp_path, cell, shown, expected):
    rows = [row(text("Område"), text("Beløp")), row(text("Skole"), cell), row(text("Sum"), number(7, "7"))]
    found = read(tmp_path, sheet(*rows))
    assert found.lines == ["Område\tBeløp", f"Skole\t{shown}", "Sum\t7"]
    assert left(found) == expected


def test_cells_and_rows_that_are_repeated_and_merged(tmp_path):
    found = read(
        tmp_path,
        sheet(
            row(text("Område", 'table:number-rows-spanned="2"'),
                text("Budsjett", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>"),
            row("<table:covered-table-cell/>", number(2025, "2025"), number(2026, "2026")),
            row(text("Skole"), number(5, "5", 'table:number-columns-repeated="2"')),
            row('<table:table-cell table:number-columns-repeated="16384"/>',
                more='table:number-rows-repeated="1048570"'),
        ),
    )  # fmt: skip
    assert found.lines == ["Område\tBudsjett | 2025\tBudsjett | 2026", "Skole\t5\t5"]
    assert found.places == [(1, "Ark1!A1:C2"), (2, "Ark1!A3:C3")]


def test_hidden_rows_columns_and_sheets(tmp_path):
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    found = read(
        tmp_path,
        sheet(
            HEAD,
            row(text("Skole"), number(1, "1"), number(2, "2")),
            '<table:table-row-group table:display="false">',
            row(text("Næring"), number(8, "8"), number(9, "9")),
            "</table:table-row-group>",
            "<table:table-row-group>",
            row(text("Helse"), number(3, "3"), number(4, "4"), more='table:visibility="filter"'),
            "</table:table-row-group>",
            row(text("Sum"), number(5, "5"), number(6, "6")),
            columns=columns,
        ),
        sheet(row(text("Buffer"), number(12300, "12300")), name="Skjult", more='table:style-name="gone"'),
    )
    assert found.lines == ["Område\t2026", "Skole\t2", "Sum\t6"]
    assert ("Helse | 3 | 4", "the row is hidden (Ark1!A4:C4)") in left(found)
    assert ("Næring | 8 | 9", "the row is hidden (Ark1!A3:C3)") in left(found)
    assert ("5", "the column is hidden (Ark1!B5)") in left(found)
    assert left(found)[-1] == ("Buffer | 12300", "the sheet is hidden (Skjult!A1:B1)")
    assert found.remarks == ["the sheet Skjult is hidden, and was not read"]


def test_a_flat_workbook(tmp_path):
    with zipfile.ZipFile(workbook(tmp_path / "b.ods", sheet(HEAD, row(text("Skole"), number(1, "1"))))) as package:
        content = package.read("content.xml").decode()
    content = content.replace("office:document-content", "office:document")
    path = tmp_path / "budsjett.fods"
    path.write_text(content.replace("<office:document ", f'<office:document office:mimetype="{MIMETYPE}" '))
    assert read_file(path).lines[-1] == "Skole\t1\t"


def test_macros_are_not_run(tmp_path):
    found = read(tmp_path, sheet(HEAD, row(text("Skole"), number(1, "1"))), **{"Basic/Standard/Module1.xml": "<a/>"})
    assert found.lines[-1] == "Skole\t1\t"
    assert found.remarks == ["the workbook holds macros; they were not run"]


REFUSED = [
    (sheet(row(text("x", 'table:number-columns-repeated="16384"'), more='table:number-rows-repeated="1048576"')), {},
     f"more than {MOST_CELLS} cells"),
    (sheet(HEAD), {"META-INF/manifest.xml": "<a><encryption-data/></a>"}, "password"),
    ("<table:table", {}, "damaged"),
    (sheet("<table:table-row>" * 300 + "</table:table-row>" * 300), {}, "elements in each other"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "parts", "message"), REFUSED)
def test_what_cannot_be_read(tmp_path, content, parts, message):
    with pytest.raises(ProblemError, match=message) as raised:
        read(tmp_path, content, **parts)
    assert raised.value.remedy
