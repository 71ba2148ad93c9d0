"""The documents in data/raw as sheets, of openpyxl and of LibreOffice Calc: they give what their text gives."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import fields

import pytest

from kommunebudsjett.core.registry import Document as Registered
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.child import text_of
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.records import Records
from kommunebudsjett.readers.stage import FAMILIES, reader
from tests.conftest import ROOT
from tests.forms.spreadsheets import converted, workbook
from tests.pdfs.from_text import annual_report, party_budget
from tests.pdfs.model import Document

RAW = ROOT / "data" / "raw"
DOCUMENTS: dict[str, tuple[str, Callable[[list[str]], Document]]] = {
    "trondheim-2025": ("annual_report", annual_report),
    "sv-rodt-2026": ("party_budget", party_budget),
    "rodgronne-2020": ("party_budget", party_budget),
}
# Where a row of the records stands: the forms have lines of their own, and name chapters as headings do.
_PLACES = ("line", "line_first", "line_last", "lines", "unit_line", "table", "section", "part_of")
# How these are cut depends on where the lines of the printed text end; in a sheet a paragraph is whole.
_BY_LINES = ("directives", "measure_texts")
FORMS = ["xlsx", "xlsx by LibreOffice", "ods by LibreOffice"]


@pytest.fixture(scope="module")
def registered() -> dict[str, Registered]:
    return {document.id: document for document in load_registry(RAW / "documents.yml", set(FAMILIES))}


@pytest.fixture(scope="module", params=[(name, form) for form in FORMS for name in DOCUMENTS], ids=" ".join)
def made(request, registered, tmp_path_factory) -> tuple[Registered, list[str], Text]:
    """A document with the lines that it has as text, and its text as a sheet."""
    name, form = request.param
    family, model = DOCUMENTS[name]
    document = registered[name].model_copy(update={"family": family})
    lines = read_lines(RAW / document.file)
    folder = tmp_path_factory.mktemp("sheet")
    path = workbook(model(lines), folder / "dokument.xlsx")
    if "LibreOffice" in form:
        if not shutil.which("soffice"):
            pytest.skip("LibreOffice is not on PATH")
        path = converted(path, form.split()[0], folder)
    return document, lines, text_of(path, path.suffix[1:])


def rows(records: Records) -> dict[str, Counter[tuple]]:
    """How often the records hold each row of each kind, wherever it stands."""
    return {
        field.name: Counter(map(_without_places, getattr(records, field.name)))
        for field in fields(Records)
        if isinstance(getattr(records, field.name), list) and field.name not in ("unread", "ledger")
    }


def _without_places(row: tuple) -> tuple:
    """The values of a row without where they stand, without emphasis, and with one sign for a minus."""
    values = (value for name, value in row._asdict().items() if name not in _PLACES)
    return tuple(clean(value).replace("−", "-") if isinstance(value, str) else value for value in values)


def difference(one: Iterable[tuple], other: Iterable[tuple]) -> list[tuple]:
    return sorted((Counter(one) - Counter(other)).elements(), key=str)[:5]


@pytest.mark.slow
def test_a_sheet_gives_what_the_text_gives(made):
    document, lines, text = made
    read = reader(document.family)
    of_text, of_sheet = rows(read(document, lines)), rows(read(document, text.lines))
    assert sum(map(len, of_text.values())) > 100
    for kind, found in of_text.items():
        if kind in _BY_LINES and document.family == "party_budget":
            assert abs(found.total() - of_sheet[kind].total()) <= found.total() / 10
            continue
        lacking = difference(found.elements(), of_sheet[kind].elements())
        more = difference(of_sheet[kind].elements(), found.elements())
        assert (lacking, more) == ([], []), kind


@pytest.mark.slow
def test_every_line_of_a_sheet_says_its_cells(made):
    _, _, text = made
    places = dict(text.places)
    assert all(
        (number in places) == bool(line.strip()) for number, line in enumerate(text.lines, start=1) if number > 1
    )
    assert all(place.startswith("Dokument!A") for place in places.values())
