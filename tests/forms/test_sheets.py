"""Sheets as people make them: what is a table, what is text beside it, and what nobody sees."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms import read_file
from kommunebudsjett.forms.child import text_of
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.workbook import NO_VALUE
from tests.readers.model.reading import table

Edit = Callable[[Worksheet], object]
YEARS = ["Område", 2025, 2026]


def made(folder: Path, rows: list[list], *edits: Edit, name: str = "Ark1") -> Path:
    """A workbook of one sheet with these rows, edited."""
    book = Workbook()
    book.active.title = name
    fill(book.active, rows, *edits)
    return saved(folder, book)


def fill(sheet: Worksheet, rows: list[list], *edits: Edit) -> None:
    for row in rows:
        sheet.append(row)
    for edit in edits:
        edit(sheet)


def saved(folder: Path, book: Workbook) -> Path:
    path = folder / "budsjett.xlsx"
    book.save(path)
    return path


def read(path: Path) -> Text:
    return text_of(path, "xlsx")


def lines(path: Path) -> list[str]:
    return read(path).lines


def left(text: Text) -> list[tuple[str, str]]:
    return [(found.raw, found.reason) for found in text.left_out]


def bold(*places: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for place in places:
            sheet[place].font = Font(bold=True)

    return edit


def shown_as(code: str, *places: str) -> Edit:
    def edit(sheet: Worksheet) -> None:
        for place in places:
            sheet[place].number_format = code

    return edit


LAYOUTS = {
    "title, unit and note": (
        [["Driftsbudsjett"], ["Alle tall i 1000 kr"], YEARS, ["Skole", 10, 12], ["Sum", 10, 12], ["* med SFO"]],
        [bold("A1")],
        ["# Driftsbudsjett", "", "Alle tall i 1000 kr", "", "Område\t2025\t2026", "Skole\t10\t12", "Sum\t10\t12", "",
         "* med SFO"],
    ),
    "groups in a table": (
        [YEARS, ["Inntekter"], ["Skatt", 10, 12], ["Tiltak:"], ["Skole", 1, 2]],
        [],
        ["Område\t2025\t2026", "Inntekter\t\t", "Skatt\t10\t12", "Tiltak:\t\t", "Skole\t1\t2"],
    ),
    "empty rows within a table": (
        [YEARS, ["Skole", 10, 12], [], ["Helse", 1, 2], [], ["Sum", 11, 14]],
        [],
        ["Område\t2025\t2026", "Skole\t10\t12", "Helse\t1\t2", "Sum\t11\t14"],
    ),
    "two tables below each other": (
        [YEARS, ["Skole", 10, 12], [], ["Investeringer"], ["Prosjekt", 2025, 2026], ["Ny skole", 5, 6]],
        [],
        ["Område\t2025\t2026", "Skole\t10\t12", "", "Investeringer", "", "Prosjekt\t2025\t2026", "Ny skole\t5\t6"],
    ),
    "a number below a table, with an empty row between": (
        [["Område", 2025, 2026, 2027], ["Skole", 10, 12, 14], [], ["Nøkkeltall"], ["Innbyggere", 205163]],
        [],
        ["Område\t2025\t2026\t2027", "Skole\t10\t12\t14", "", "Nøkkeltall", "", "Innbyggere\t205163"],
    ),
    "a sum below a table, with an empty row between": (
        [["Område", 2025, 2026, 2027, 2028], ["Skole", 10, 12, 14, 15], [], ["Sum alle år", 51]],
        [],
        ["Område\t2025\t2026\t2027\t2028", "Skole\t10\t12\t14\t15", "Sum alle år\t51\t\t\t"],
    ),
    "two tables side by side": (
        [["Drift", None, None, None, "Investering"],
         ["Område", 2026, 2027, None, "Prosjekt", 2026, 2027],
         ["Skole", 10, 12, None, "Ny skole", 100, 200],
         ["Helse", 20, 22, None, "Nytt bad", 50, 60],
         ["Sum", 30, 34]],
        [],
        # What names both stands in one row: a line of names, above each of them its own.
        ["Drift", "", "Område\t2026\t2027", "Skole\t10\t12", "Helse\t20\t22", "Sum\t30\t34", "", "Investering", "",
         "Prosjekt\t2026\t2027", "Ny skole\t100\t200", "Nytt bad\t50\t60"],
    ),
    "empty columns between years are no border": (
        [["Område", None, 2025, None, 2026], ["Skole", None, 10, None, 12], ["Helse", None, 20, None, 22]],
        [],
        ["Område\t2025\t2026", "Skole\t10\t12", "Helse\t20\t22"],
    ),
    "a column of remarks apart from the table": (
        [["Område", 2025, None, "Merknad"], ["Skole", 10, None, "ny"], ["Helse", 20, None, "som før"]],
        [],
        ["Område\t2025\tMerknad", "Skole\t10\tny", "Helse\t20\tsom før"],
    ),
    "a header over several columns": (
        [["Område", "Drift", None, "Investering"], [None, 2025, 2026, 2026], ["Skole", 1, 2, 3]],
        [lambda sheet: sheet.merge_cells("B1:C1"), lambda sheet: sheet.merge_cells("A1:A2")],
        ["Område\tDrift | 2025\tDrift | 2026\tInvestering | 2026", "Skole\t1\t2\t3"],
    ),
    "one header over all columns of values": (
        [[None, "Budsjett"], ["Område", 2025, 2026], ["Skole", 1, 2]],
        [lambda sheet: sheet.merge_cells("B1:C1")],
        ["Område\tBudsjett | 2025\tBudsjett | 2026", "Skole\t1\t2"],
    ),
    "a header over all columns of values, above years without labels": (
        [["12362: Utgifter"], [], [None, None, "Beløp (1000 kr)"], [None, None, "2023", "2024"],
         ["Trondheim", "Politisk styring", 12345, 13000], [None, "Kontroll", 400, 410], [], ["Kilde:"], ["SSB"]],
        [lambda sheet: sheet.merge_cells("C3:D3")],
        ["12362: Utgifter", "", "\t\tBeløp (1000 kr) | 2023\tBeløp (1000 kr) | 2024",
         "Trondheim\tPolitisk styring\t12345\t13000", "\tKontroll\t400\t410", "", "Kilde:", "", "SSB"],
    ),
    "numbers that count the rows": (
        [["Nr.", "Tiltak", 2026, 2027], [None, "Oppvekst"], [1, "Gratis SFO", 5, 6], [2, "Flere lærere", 8, 9],
         [None, "Sum", 13, 15]],
        [],
        ["Tiltak\t2026\t2027", "Oppvekst\t\t", "1 Gratis SFO\t5\t6", "2 Flere lærere\t8\t9", "Sum\t13\t15"],
    ),
    "numbers that count the rows, and groups above them": (
        [[None, "Tiltak", 2026], ["Oppvekst"], [1, "Gratis SFO", 5], [2, "Flere lærere", 8]],
        [],
        ["Tiltak\t2026", "Oppvekst\t", "1 Gratis SFO\t5", "2 Flere lærere\t8"],
    ),
    "numbers that are amounts, before their labels": (
        [["Antall", "Stilling", 2026], [1, "Rektor", 5], [2, "Lærer", 8]],
        [],
        ["Antall\tStilling\t2026", "1\tRektor\t5", "2\tLærer\t8"],
    ),
    "a title with its unit, and a unit that is set in bold": (
        [["Drift (mill. kr)"], ["Tall i 1000 kr"], YEARS, ["Skole", 10, 12]],
        [bold("A1", "A2")],
        ["# Drift (mill. kr)", "", "Tall i 1000 kr", "", "Område\t2025\t2026", "Skole\t10\t12"],
    ),
    "a heading with its amount beside it": (
        [["Gratis SFO", "5,5 mill. kr"], ["Vi vil at alle skal ha det."], [], ["Leirskole", "2 mill. kr"], ["Ja."]],
        [bold("A1", "A4")],
        ["# Gratis SFO\t5,5 mill. kr", "", "Vi vil at alle skal ha det.", "", "# Leirskole\t2 mill. kr", "", "Ja."],
    ),
    "a merged label and a merged number": (
        [["Område", "Tiltak", 2026], ["Skole", "Flere lærere", 10], [None, "Leirskole", None], ["Helse", "Besøk", 3]],
        [lambda sheet: sheet.merge_cells("A2:A3"), lambda sheet: sheet.merge_cells("C2:C3")],
        ["Område\tTiltak\t2026", "Skole\tFlere lærere\t10", "Skole\tLeirskole\t", "Helse\tBesøk\t3"],
    ),
    "a merged label and a merged number at the end of a table": (
        [["Område", "Tiltak", 2026], ["Skole", "Flere lærere", 10], [None, "Leirskole"], [None, "Bøker"]],
        [lambda sheet: sheet.merge_cells("A2:A4"), lambda sheet: sheet.merge_cells("C2:C4")],
        ["Område\tTiltak\t2026", "Skole\tFlere lærere\t10", "Skole\tLeirskole\t", "Skole\tBøker\t"],
    ),
    "a label as wide as several columns": (
        [["Område", None, 2026], ["Skole og SFO", None, 10], ["Sum", None, 10]],
        [lambda sheet: [sheet.merge_cells(place) for place in ("A1:B1", "A2:B2", "A3:B3")]],
        ["Område\t2026", "Skole og SFO\t10", "Sum\t10"],
    ),
    "a header printed again": (
        [YEARS, ["Skole", 10, 12], [], YEARS, ["Helse", 1, 2]],
        [],
        ["Område\t2025\t2026", "Skole\t10\t12", "Område\t2025\t2026", "Helse\t1\t2"],
    ),
    "years that the number format parts": (
        [YEARS, ["Skole", 1200, 1300]],
        [shown_as("#,##0", "B1", "C1", "B2", "C2")],
        ["Område\t2025\t2026", "Skole\t1 200\t1 300"],
    ),
    "years with words of their format": (
        [YEARS, ["Skole", 1200, 1300]],
        [shown_as('"Regnskap "#,##0', "B1"), shown_as('"Budsjett "0', "C1")],
        ["Område\tRegnskap 2025\tBudsjett 2026", "Skole\t1200\t1300"],
    ),
    "years that are amounts": (
        [["Tiltak", "Beløp"], ["Leker", 2026], ["Bøker", 2025]],
        [shown_as("#,##0", "B2", "B3")],
        ["Tiltak\tBeløp", "Leker\t2 026", "Bøker\t2 025"],
    ),
    "a document in one column, with amounts beside it": (
        [["Bygdelistas budsjett"], ["Skole"], ["- Gratis SFO for alle"], ["- Flere lærere. Det koster 5 mill. kr"],
         ["Vi vil at barna skal ha det bra, og setter av mer enn rådmannen gjør."], ["Helse"],
         ["Flere sykepleiere", "5 mill. kr"], ["Bedre mat", "2 mill. kr"]],
        [bold("A2", "A6"), lambda sheet: setattr(sheet["A1"], "font", Font(size=18, bold=True))],
        ["# Bygdelistas budsjett", "", "## Skole", "", "- Gratis SFO for alle",
         "- Flere lærere. Det koster 5 mill. kr", "",
         "Vi vil at barna skal ha det bra, og setter av mer enn rådmannen gjør.", "", "## Helse", "",
         "Flere sykepleiere\t5 mill. kr", "Bedre mat\t2 mill. kr"],
    ),
    "boxes to tick, and a total by rows": (
        [["Tiltak", "Ja/nei", "1000 kr"], ["Gratis SFO", "☑", 500], ["Flere lærere", "☐", 800], ["Sum", None, 500]],
        [bold("A4", "C4")],
        ["Tiltak\tJa/nei\t1000 kr", "Gratis SFO\t☑\t500", "Flere lærere\t☐\t800", "<b>Sum</b>\t\t<b>500</b>"],
    ),
    "lines within a cell": (
        [["Vi foreslår:\n- gratis SFO\n- flere lærere"], ["Område", "Budsjett\n2026"], ["Skole", 10]],
        [lambda sheet: setattr(sheet["B2"], "alignment", Alignment(wrap_text=True))],
        ["Vi foreslår:", "", "- gratis SFO", "- flere lærere", "", "Område\tBudsjett 2026", "Skole\t10"],
    ),
    "numbers as text, and text as numbers": (
        [["Konto", "Beløp"], ["0123", "1 200"], ["0200", "(350)"]],
        [],
        ["Konto\tBeløp", "0123\t1 200", "0200\t(350)"],
    ),
    "yes and no": ([["Tiltak", "Med", "Beløp"], ["SFO", True, 5], ["Leirskole", False, 6]], [],
                   ["Tiltak\tMed\tBeløp", "SFO\tSANN\t5", "Leirskole\tUSANN\t6"]),
    "a table that begins far from the corner": (
        [[], [], [None, None, "Område", 2026], [None, None, "Skole", 5]], [], ["Område\t2026", "Skole\t5"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_how_a_sheet_is_laid_out(tmp_path, name):
    rows, edits, expected = LAYOUTS[name]
    assert lines(made(tmp_path, rows, *edits)) == expected


FORMATS = [
    (-1519353, "#,##0;[Red]#,##0", "-1 519 353"), (-350, "#,##0 ;(#,##0)", "(350)"), (1519353, "#,##0,", "1 519"),
    (0.975, "0.0%", "97,5%"), (12, '0" mill. kr"', "12 mill. kr"), (0, '0;-0;"-"', "-"), (1.5, "# ?/?", "1 1/2"),
    (1234.5, r"#\ ##0.0", "1 234,5"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "shown"), FORMATS)
def test_numbers_are_read_as_they_are_shown(tmp_path, value, code, shown):
    path = made(tmp_path, [["Område", "Beløp"], ["Skole", value]], shown_as(code, "B2"))
    assert lines(path)[-1] == f"Skole\t{shown}"


def test_each_sheet_has_its_name_as_heading_and_its_cells_as_places(tmp_path):
    book = Workbook()
    book.active.title = "Drift"
    fill(book.active, [["Tittel"], YEARS, ["Skole", 10, 12]], bold("A1"))
    fill(book.create_sheet("Investering 2026"), [YEARS, ["Ny skole", 100, 200]])
    book.create_sheet("Tom")
    text = read(saved(tmp_path, book))
    assert text.lines == [
        "# Drift", "", "## Tittel", "", "Område\t2025\t2026", "Skole\t10\t12", "", "# Investering 2026", "",
        "Område\t2025\t2026", "Ny skole\t100\t200",
    ]  # fmt: skip
    assert text.places == [
        (3, "Drift!A1"), (5, "Drift!A2:C2"), (6, "Drift!A3:C3"), (10, "'Investering 2026'!A1:C1"),
        (11, "'Investering 2026'!A2:C2"),
    ]  # fmt: skip


def test_the_place_of_a_header_of_two_rows_has_both(tmp_path):
    rows = [["Område", "Drift"], [None, 2025, 2026], ["Skole", 1, 2]]
    text = read(made(tmp_path, rows, lambda sheet: sheet.merge_cells("B1:C1")))
    assert text.places == [(1, "Ark1!A1:C2"), (2, "Ark1!A3:C3")]


def _hide_rows(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.row_dimensions[4].hidden = True


def _hide_columns(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def _outline(sheet: Worksheet) -> None:
    sheet.row_dimensions.group(3, 4, hidden=True)


def _set(place: str, **font: object) -> Edit:
    return lambda sheet: setattr(sheet[place], "font", Font(**font))


def _filled(place: str, colour: str) -> Edit:
    return lambda sheet: setattr(sheet[place], "fill", PatternFill("solid", fgColor=colour))


ROWS = [YEARS, ["Skole", 10, 12], ["Helse", 20, 22], ["Kultur", 30, 32], ["Sum", 60, 66]]
HIDDEN = [
    ([_hide_rows], ["Skole\t10\t12", "Sum\t60\t66"],
     [("Helse | 20 | 22", "the row is hidden (Ark1!A3:C3)"), ("Kultur | 30 | 32", "the row is hidden (Ark1!A4:C4)")]),
    ([_outline], ["Skole\t10\t12", "Sum\t60\t66"],
     [("Helse | 20 | 22", "the row is hidden (Ark1!A3:C3)"), ("Kultur | 30 | 32", "the row is hidden (Ark1!A4:C4)")]),
    ([_hide_columns], ["Skole\t12", "Helse\t22", "Kultur\t32", "Sum\t66"],
     [(text, f"the column is hidden (Ark1!B{row})") for row, text in enumerate(["2025", "10", "20", "30", "60"], 1)]),
    ([_set("B3", color="FFFFFFFF")], ["Skole\t10\t12", "Helse\t\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "its colour is that of the cell (Ark1!B3)")]),
    ([_set("B3", color=Color(theme=0))], ["Skole\t10\t12", "Helse\t\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "its colour is that of the cell (Ark1!B3)")]),
    ([_set("B3", color="FF1F4E78"), _filled("B3", "FF1F4E79")],
     ["Skole\t10\t12", "Helse\t\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "its colour is that of the cell (Ark1!B3)")]),
    ([_set("B3", strike=True)], ["Skole\t10\t12", "Helse\t\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "it is struck out (Ark1!B3)")]),
    ([shown_as(";;;", "B3")], ["Skole\t10\t12", "Helse\t\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "its number format shows nothing of it (Ark1!B3)")]),
    ([shown_as("[White]0", "B3")], ["Skole\t10\t12", "Helse\t\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "its colour is that of the cell (Ark1!B3)")]),
    ([shown_as("-0;0", "B3")], ["Skole\t10\t12", "Helse\t\ufffd\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("20", "its number format shows it with another sign than it is stored with (Ark1!B3)")]),
    ([lambda sheet: setattr(sheet["B3"], "value", "=SUM(B1:B2)")],
     ["Skole\t10\t12", "Helse\t\ufffd\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("=SUM(B1:B2)", f"{NO_VALUE} (Ark1!B3)")]),
    ([lambda sheet: setattr(sheet["B3"], "value", "#DIV/0!")],
     ["Skole\t10\t12", "Helse\t\ufffd\t22", "Kultur\t30\t32", "Sum\t60\t66"],
     [("#DIV/0!", "the cell holds an error (Ark1!B3)")]),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "rows", "expected"), HIDDEN)
def test_what_nobody_sees_is_left_out_and_listed(tmp_path, edits, rows, expected):
    text = read(made(tmp_path, ROWS, *edits))
    assert text.lines[1:] == rows
    assert left(text) == expected


def _rule(sheet: Worksheet) -> None:
    sheet.conditional_formatting.add("B2:B5", CellIsRule("lessThan", ["0"]))


SEEN = [
    # White text on a dark fill; a fill that a table's style or a rule gives; a comment; a red number.
    [_set("B3", color="FFFFFFFF"), _filled("B3", "FF1F4E79")],
    [_set("B3", color="FFFFFFFF"), lambda sheet: sheet.add_table(Table(displayName="Tabell1", ref="A1:C5"))],
    [_set("B3", color="FFFFFFFF"), _rule],
    [lambda sheet: setattr(sheet["B3"], "comment", Comment("Skal være 25", "rådmannen"))],
    [_set("B3", color="FFFF0000")],
    [lambda sheet: setattr(sheet["B3"], "hyperlink", "https://example.com")],
]  # fmt: skip


@pytest.mark.parametrize("edits", SEEN)
def test_what_is_seen_is_read(tmp_path, edits):
    text = read(made(tmp_path, [[str(cell) for cell in YEARS], *ROWS[1:]], *edits))
    assert text.lines == ["Område\t2025\t2026", "Skole\t10\t12", "Helse\t20\t22", "Kultur\t30\t32", "Sum\t60\t66"]
    assert left(text) == []


def test_parts_of_a_text_are_struck_out_by_themselves(tmp_path):
    rich = CellRichText("Gratis ", TextBlock(InlineFont(strike=True), "og billig "), "SFO")
    text = read(made(tmp_path, [["Tiltak", 2026], [rich, 5]]))
    assert text.lines == ["Tiltak\t2026", "Gratis SFO\t5"]
    assert left(text) == [("og billig", "it is struck out (Ark1!A2)")]


def _raised(before: str, note: str, after: str = "") -> CellRichText:
    return CellRichText(before, TextBlock(InlineFont(vertAlign="superscript"), note), after)


RAISED = [
    # A note beside an amount is none of its digits, and a power no note.
    (_raised("Skole", "1"), _raised("1 234", "1"), "Skole<sup>1</sup>\t1 234<sup>1</sup>"),
    (_raised("Bygg på 200 m", "2", " i sentrum"), "12", "Bygg på 200 m² i sentrum\t12"),
    (CellRichText("CO", TextBlock(InlineFont(vertAlign="subscript"), "2")), "12", "CO2\t12"),
]


@pytest.mark.parametrize(("label", "amount", "line"), RAISED)
def test_raised_parts_of_a_text_have_their_mark(tmp_path, label, amount, line):
    assert lines(made(tmp_path, [["Tiltak", 2026], [label, amount], ["Sum", 5]])) == ["Tiltak\t2026", line, "Sum\t5"]


@pytest.mark.parametrize(("state", "word"), [("hidden", "hidden"), ("veryHidden", "very hidden")])
def test_hidden_sheets_are_left_out_and_listed(tmp_path, state, word):
    book = Workbook()
    fill(book.active, ROWS)
    fill(book.create_sheet("Skjult"), [["Buffer", 12300]])
    book["Skjult"].sheet_state = state
    text = read(saved(tmp_path, book))
    assert text.lines[0] == "Område\t2025\t2026"
    assert left(text) == [("Buffer | 12300", f"the sheet is {word} (Skjult!A1:B1)")]
    assert text.remarks == ["the sheet Skjult is hidden, and was not read"]


def test_a_sheet_of_a_chart_is_said_to_be_none(tmp_path):
    book = Workbook()
    fill(book.active, ROWS)
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=2, min_row=1, max_row=5))
    book.create_chartsheet("Figur").add_chart(chart)
    text = read(saved(tmp_path, book))
    assert text.lines[0] == "Område\t2025\t2026"
    assert text.remarks == ["the sheet Figur is a chart, and was not read"]


def test_a_workbook_without_stored_values_is_refused(tmp_path):
    path = made(tmp_path, [["Område", "Beløp"], ["Skole", "=1+1"], ["Sum", "=SUM(B2:B2)"]])
    with pytest.raises(UserError, match="2 formulas and no values") as raised:
        read_file(path)
    assert raised.value.file == path
    assert "open it in Excel or LibreOffice" in raised.value.remedy


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], **more: bytes) -> Path:
    """The workbook with files of its package changed, or left out, and others added."""
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            new = change(name, content)
            if new is not None:
                package.writestr(name, new)
        for name, content in more.items():
            package.writestr(name, content)
    return path


def keep(name: str, content: bytes) -> bytes:
    return content


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, content: content.replace(old, new) if name.endswith("sheet1.xml") else content


def test_a_workbook_of_another_program(tmp_path):
    path = tmp_path / "budsjett.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.write_rich_string("A3", "Helse", book.add_format({"font_strikeout": True}), " og velferd")
        sheet.write_formula("B5", "=SUM(B2:B4)", book.add_format({"num_format": "#,##0.0"}), 60)
        sheet.write_formula("C5", "=SUM(C2:C4)")
    text = read(path)
    assert text.lines == ["Område\t2025\t2026", "Skole\t10\t12", "Helse\t20\t22", "Kultur\t30\t32", "Sum\t60,0\t\ufffd"]
    # The program stores 0 for what it does not calculate, and asks for it to be calculated.
    assert left(text) == [
        ("og velferd", "it is struck out (Sheet1!A3)"),
        ("=SUM(C2:C4)", f"{NO_VALUE} (Sheet1!C5)"),
    ]


def test_characters_that_xml_cannot_hold(tmp_path):
    rows = [["Område", "Beløp"], ["Skole_x000D_\nSFO_x00A0_nord", "1_x00A0_200"], ["A_x005F_x000D_", 5]]
    assert lines(made(tmp_path, rows)) == ["Område\tBeløp", "Skole SFO nord\t1 200", "A_x000D_\t5"]


@pytest.mark.parametrize("stored", ["4_5", "4,5", "0x2D", "fire"])
def test_what_is_no_number_where_one_should_be(tmp_path, stored):
    old, new = b'<c r="B2" t="n"><v>45</v>', f'<c r="B2"><v>{stored}</v>'.encode()
    text = read(repacked(made(tmp_path, [["Område", "Beløp"], ["Skole", 45], ["Sum", 5]]), in_sheet(old, new)))
    assert text.lines == ["Område\tBeløp", "Skole\t\ufffd", "Sum\t5"]
    assert left(text) == [(stored, "the cell should hold a number (Ark1!B2)")]


def test_a_formula_may_show_nothing(tmp_path):
    path = made(tmp_path, [["Område", "Beløp"], ["Skole", 5], ["Helse", "=1"]])
    text = read(repacked(path, in_sheet(b'<c r="B3"><f>1</f><v /></c>', b'<c r="B3" t="str"><f>1</f><v/></c>')))
    assert text.lines[-1] == "Helse" and left(text) == []


def test_a_row_whose_amounts_cannot_be_read_heads_no_others(tmp_path):
    rows = [
        ["Tiltak", "2026", "2027"],
        ["Skole", "#REF!", "#N/A"],
        ["Helse", 5, 6],
        ["Kutt", "=1+1", "=2"],
        ["Vei", 7, 8],
    ]
    found = table("\n".join(lines(made(tmp_path, rows))))
    assert [(row.group, row.label, [value.number for value in row.values]) for row in found.rows] == [
        ("", "Skole", []), ("", "Helse", [5, 6]), ("", "Kutt", []), ("", "Vei", [7, 8]),
    ]  # fmt: skip
    assert [column.name for column in found.columns] == ["2026", "2027"]


def test_macros_are_not_run_and_links_not_followed(tmp_path):
    path = made(tmp_path, ROWS)
    more = {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0", "xl/externalLinks/externalLink1.xml": b"<a/>"}
    path = repacked(path, keep, **more).rename(tmp_path / "budsjett.xlsm")
    text = read(path)
    assert text.lines[0] == "Område\t2025\t2026"
    assert text.remarks == [
        "the workbook holds macros; they were not run",
        "the workbook takes values from other files; the stored ones were read",
    ]


def test_a_sheet_that_claims_to_be_huge_is_read_by_what_it_holds(tmp_path):
    path = made(tmp_path, ROWS, lambda sheet: sheet.cell(1_048_576, 16_384, 7))
    text = read(repacked(path, in_sheet(b"A1:C5", b"A1:XFD1048576")))
    assert text.lines[:2] == ["Område\t2025\t2026", "Skole\t10\t12"]
    assert text.lines[-1] == "7\t"


def test_rows_and_columns_of_no_size_are_hidden(tmp_path):
    path = repacked(made(tmp_path, ROWS), in_sheet(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'))
    assert lines(path)[1:3] == ["Skole\t10\t12", "Kultur\t30\t32"]
    path = made(tmp_path, ROWS)
    narrow = b'<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>'
    assert lines(repacked(path, in_sheet(b"<sheetData>", narrow)))[0] == "Område\t2026"
    path = made(tmp_path, ROWS)
    usual = b'<sheetFormatPr zeroHeight="1"'
    text = read(repacked(path, in_sheet(b"<sheetFormatPr", usual)))
    assert len(text.lines) == 5


def test_zeros_that_the_sheet_does_not_show(tmp_path):
    path = made(tmp_path, [YEARS, ["Skole", 0, 12]], lambda sheet: setattr(sheet.sheet_view, "showZeros", False))
    assert lines(path)[-1] == "Skole\t\t12"


REFUSED = [
    (lambda path: path.write_bytes(path.read_bytes()[:-400]), "damaged or cut off"),
    (lambda path: repacked(path, lambda n, c: None if n.endswith("sheet1.xml") else c), "damaged"),
    (lambda path: repacked(path, lambda n, c: c[:-200] if n.endswith("sheet1.xml") else c), "sheet1.xml .* is damaged"),
    (lambda path: repacked(path, lambda n, c: None if n.endswith("workbook.xml.rels") else c), "sheet Ark1 is missing"),
    (lambda path: repacked(path, in_sheet(b't="inlineStr">', b't="s"><v>99</v>')), "not there"),
    (lambda path: repacked(path, in_sheet(b'r="C5"', b'r="B5"')), "damaged: it has the cell Ark1!B5 twice"),
    (lambda path: repacked(
        path, lambda n, c: b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>' + c.split(b"?>", 1)[-1]
        if n.endswith("sheet1.xml") else c), "declares a document type"),
    (lambda path: repacked(path, keep, **{"xl/bomb.xml": b"0" * (64 << 20)}), "unpacks to more than"),
    (lambda path: repacked(
        path, lambda n, c: c.replace(b"workbook.xml", b"workbook.bin"), **{"xl/workbook.bin": b"\0"}),
     r"binary workbook \(.xlsb\)"),
]  # fmt: skip


@pytest.mark.parametrize(("damage", "message"), REFUSED)
def test_damaged_and_hostile_files_are_refused_in_one_message(tmp_path, damage, message):
    path = made(tmp_path, ROWS)
    damage(path)
    with pytest.raises(ProblemError, match=message) as raised:
        read(path)
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("name", "begins", "message"),
    [
        ("budsjett.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file"),
        ("budsjett.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("budsjett.xlsx", b"%PDF-1.7", "is a PDF"),
        ("budsjett.xlsx", b"Skole;12\n", "is no Excel workbook"),
    ],
)
def test_what_is_no_workbook_says_what_to_do(tmp_path, name, begins, message):
    path = tmp_path / name
    path.write_bytes(begins)
    with pytest.raises(UserError, match=message) as raised:
        read_file(path)
    assert raised.value.remedy
