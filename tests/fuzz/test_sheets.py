"""Sheets with anything in them, and files of every form that are damaged: records, or one message with a remedy."""

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import LONGEST_LINE
from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.child import text_of
from kommunebudsjett.forms.kinds import kind_of
from kommunebudsjett.forms.problem import ProblemError
from tests.forms import makers, open_sheets, spreadsheets, test_odt
from tests.fuzz.test_documents import DOCUMENTS, check
from tests.pdfs.model import Document, Heading, Items, Paragraph, Row, Table

MODEL = Document(
    "Budsjett",
    (
        Heading(1, "Driftsbudsjett 2026"),
        Paragraph("Alle tall i 1000 kr. Vi setter av 5,5 millioner kroner til gratis SFO."),
        Items(("Flere lærere: 12 mill. kr", "Bedre mat")),
        Table(
            "Drift",
            ((("Område", 1), ("Drift", 2)), (("", 1), ("2025", 1), ("2026", 1))),
            (Row(("Skole", "1 200", "-1 300,5")), Row(("Sum", "1 200", "97,5%"), "total")),
        ),
    ),
)
LINES = [
    "# Driftsbudsjett 2026", "", "Alle tall i 1000 kr", "", "- Flere lærere: 12 mill. kr", "",
    "Område\t2025\t2026", "Skole\t1 200\t-1 300,5", "Sum\t1 200\t97,5%",
]  # fmt: skip
CSV = "Driftsbudsjett;;\nAlle tall i 1000 kr;;\nOmråde;2025;2026\nSkole;1 200;-1 300,5\nSum;1 200;97,5%\n"
# What parsers of XML, of numbers and of formats mean something by.
FRAGMENTS = (
    b"<", b">", b"</a>", b"<a>", b"&", b"&amp;", b"&#0;", b"&#xD800;", b"<!--", b"]]>", b"<!DOCTYPE a>", b'"', b"'",
    b"0", b"-1", b"1", b"99999999999999999999", b"1048577", b"1e999", b"NaN", b"-inf", b"A0", b"XFE1",
    b"A1:XFD1048576", b"true", b"s", b"e", b"str", b"inlineStr", b"[Red]", b";;;", b"0.0,,", b"\xc3", b"\x00",
    b"\xff\xfe", b"\xed\xa0\x80", "½".encode(), b"t=", b"r=", b"hidden=", b"veryHidden", b"#", b"\t", b"\n", b"\r",
)  # fmt: skip
NUMBERS = st.floats() | st.integers(-(10**9), 10**9) | st.sampled_from([0, 0.5, 2026, 46023, 1e15, -0.0])
CODES = st.sampled_from([
    "General", "0", "#,##0", "#,##0;[Red]#,##0", "#,##0_);(#,##0)", "0.0%", "#,##0,", "0.0,,", '0" mill. kr"', ";;;",
    "# ?/?", "0.00E+00", "dd.mm.yyyy", "[h]:mm", "@", "[>100]0;-0", '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-',
]) | st.text('0#?,.%;E+-[]<>="\\_*@/ krymdhsGeneral', min_size=1, max_size=20)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Z"]), max_size=30) | st.sampled_from(
    [
        "Område",
        "Sum",
        "Skole",
        "- Gratis SFO",
        "Alle tall i 1000 kr",
        "2026",
        "1 200",
        "(350)",
        "=1+1",
        "#REF!",
        "5 mill. kr",
    ]
)
changes = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 8), st.binary(max_size=4) | st.sampled_from(FRAGMENTS)),
    min_size=1,
    max_size=12,
)
SLOWEST = timedelta(seconds=60)


def _page(folder: Path) -> Path:
    path = folder / "budsjett.html"
    path.write_text(makers.html(makers.blocks(LINES)), encoding="utf-8")
    return path


def _pages(folder: Path) -> Path:
    path = folder / "budsjett.zip"
    with zipfile.ZipFile(path, "w") as package:
        for number in (1, 2):
            package.writestr(f"side{number}.html", makers.html(makers.blocks(LINES)))
    return path


def _open_sheet(folder: Path) -> Path:
    rows = [
        open_sheets.row(open_sheets.text("Område"), open_sheets.number(2026, "2026")),
        open_sheets.row(open_sheets.text("Skole"), open_sheets.number(-350.5, "350.5", 'table:style-name="red"')),
    ]
    return open_sheets.workbook(folder / "budsjett.ods", open_sheets.sheet(*rows), open_sheets.sheet(*rows, name="To"))


def _written(name: str, content: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_text(content, encoding="utf-8")
        return folder / name

    return write


MAKERS: dict[str, Callable[[Path], Path]] = {
    "html": _page,
    "pages": _pages,
    "docx": lambda folder: makers.word(folder / "budsjett.docx", makers.blocks(LINES)),
    "odt": lambda folder: test_odt.packed(folder / "budsjett.odt", "<text:p>Vi gir 5 mill. kr <text:s/>mer</text:p>"),
    "xlsx": lambda folder: spreadsheets.workbook(MODEL, folder / "budsjett.xlsx"),
    "ods": _open_sheet,
    "csv": _written("budsjett.csv", CSV),
    "text": _written("budsjett.txt", "\n".join(LINES)),
}  # fmt: skip
forms = st.sampled_from(sorted(MAKERS))


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    """A small file of every form, each of which is read."""
    folder = tmp_path_factory.mktemp("forms")
    made = {form: make(folder) for form, make in MAKERS.items()}
    for path in made.values():
        assert any("5" in line for line in outcome(path).lines)
    return made


def outcome(path: Path) -> Text:
    """The text of a file, from which records can be read; or none, where one message says why not."""
    try:
        text = text_of(path, kind_of(path.name, path.read_bytes()))
    except (ProblemError, UserError) as mistake:
        assert mistake.message and mistake.remedy and "\n" not in mistake.message
        return Text([], [])
    except (MemoryError, RecursionError):
        return Text([], [])
    assert all(1 <= found.line <= max(1, len(text.lines)) and found.reason for found in text.left_out)
    assert all(1 <= line <= len(text.lines) and place for line, place in text.places)
    if text.lines and max(map(len, text.lines)) <= LONGEST_LINE:
        check(DOCUMENTS["trondheim-2025"], text.lines)
    return text


def changed(content: bytes, made: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, junk in made:
        at = place % (len(content) + 1)
        content = content[:at] + junk + content[at + length :]
    return content


def damaged(path: Path, content: bytes) -> Path:
    """A file of the same name in a folder beside, with other content."""
    folder = path.parent / "damaged"
    folder.mkdir(exist_ok=True)
    (folder / path.name).write_bytes(content)
    return folder / path.name


soak = settings(suppress_health_check=list(HealthCheck), max_examples=200, deadline=SLOWEST)


# What was done to a file that raised.
FOUND = [("ods", [(38, 0, b"\x00"), (38, 5, b"\x00\x00\x00\x00")])]


@pytest.mark.parametrize(("form", "made"), FOUND)
def test_what_was_found(files, form, made):
    outcome(damaged(files[form], changed(files[form].read_bytes(), made)))


@pytest.mark.soak
@soak
@given(forms, changes)
def test_a_file_with_other_bytes(files, form, made):
    outcome(damaged(files[form], changed(files[form].read_bytes(), made)))


@pytest.mark.soak
@soak
@given(forms, st.integers(0, 10**6))
def test_a_file_that_is_cut_off(files, form, end):
    content = files[form].read_bytes()
    outcome(damaged(files[form], content[: end % len(content)]))


@pytest.mark.soak
@soak
@given(st.sampled_from(["docx", "odt", "xlsx", "ods", "pages"]), st.integers(0, 100), changes)
def test_a_package_with_other_bytes_within(files, form, which, made):
    packed = BytesIO()
    with zipfile.ZipFile(files[form]) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            content = old.read(name)
            new.writestr(name, changed(content, made) if name == names[which % len(names)] else content)
    outcome(damaged(files[form], packed.getvalue()))


cells = st.tuples(st.integers(1, 12), st.integers(1, 6), st.none() | NUMBERS | WORDS | st.booleans(), CODES)
areas = st.tuples(st.integers(1, 12), st.integers(1, 6), st.integers(0, 4), st.integers(0, 4))


@pytest.mark.soak
@soak
@given(
    st.lists(cells, max_size=40),
    st.lists(areas, max_size=4),
    st.sets(st.integers(1, 12), max_size=3),
    st.sets(st.sampled_from("ABCDEF"), max_size=2),
    st.sampled_from([None, "FFFFFFFF", "FF000000"]),
)
def test_sheets_with_anything_in_them(files, filled, merged, rows, columns, colour):
    book = Workbook()
    sheet = book.active
    for row, column, value, code in filled:
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            value = "".join(filter(str.isprintable, value))
        cell.value, cell.number_format = value, code
        if colour:
            cell.font, cell.fill = Font(color=colour, bold=row < 3), PatternFill("solid", fgColor="FF1F4E78")
    for row, column, down, across in merged:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + down, end_column=column + across)
    for row in rows:
        sheet.row_dimensions[row].hidden = True
    for letter in columns:
        sheet.column_dimensions[letter].hidden = True
    path = damaged(files["xlsx"], b"")
    book.save(path)
    outcome(path)


NUMBER = re.compile(r"\d{5}")
grids = st.lists(st.lists(st.sampled_from(["", "", "ord", "tall", "tall", "år", "1", "lang"]), max_size=7), max_size=14)
TEXTS = {"ord": "Skole", "år": 2026, "1": 1, "lang": "Vi vil at alle skal ha det bra, og setter av mer enn før."}


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(grids, st.lists(areas, max_size=3), st.sets(st.integers(2, 15), max_size=2), st.booleans())
def test_no_number_of_a_sheet_is_lost_or_doubled(tmp_path_factory, grid, merged, hidden, bold):
    book = Workbook()
    sheet = book.active
    numbers = iter(range(10_000, 20_000))
    sheet.append(["Område", "Beløp"])
    for row in grid:
        sheet.append([next(numbers) if kind == "tall" else TEXTS.get(kind) for kind in row])
    for row, column, down, across in merged:
        sheet.merge_cells(start_row=row + 1, start_column=column, end_row=row + 1 + down, end_column=column + across)
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    if bold:
        for cell in sheet[1]:
            cell.font = Font(bold=True, size=16)
    path = tmp_path_factory.mktemp("sheet") / "budsjett.xlsx"
    book.save(path)
    held = [value for row in sheet.values for value in row if isinstance(value, int) and value > 9_999]
    text = text_of(path, "xlsx")
    found = Counter(NUMBER.findall("\n".join([*text.lines, *(left.raw for left in text.left_out)])))
    assert found == Counter(map(str, held))


@pytest.mark.soak
@soak
@given(st.lists(st.lists(WORDS | NUMBERS.map(str), max_size=8), max_size=20), st.sampled_from(";,\t|"), st.booleans())
def test_csv_with_anything_in_it(files, rows, mark, quoted):
    fields = [[f'"{field}"' if quoted else field for field in row] for row in rows]
    outcome(damaged(files["csv"], "\n".join(mark.join(row) for row in fields).encode()))


@pytest.mark.soak
@soak
@given(st.binary(max_size=200) | st.text(max_size=100).flatmap(
    lambda text: st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "cp850"]).map(
        lambda encoding: text.encode(encoding, "replace"))))  # fmt: skip
def test_text_in_any_bytes(files, content):
    outcome(damaged(files["text"], content))
