"""Both party budgets as web page and as ODT document: the measures of their text, and its directives almost all."""

from collections import Counter
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document, load_registry, read_lines
from kommunebudsjett.readers.records import Records
from kommunebudsjett.readers.stage import FAMILIES, reader
from tests.conftest import ROOT
from tests.forms.makers import read
from tests.pdfs import chromium_maker, libreoffice_maker
from tests.pdfs.from_text import party_budget
from tests.pdfs.model import Layout

RAW = ROOT / "data" / "raw"
DOCUMENTS = [found for found in load_registry(RAW / "documents.yml", set(FAMILIES)) if found.baseline]
FORMS = {"d.html": chromium_maker.html, "d.fodt": libreoffice_maker.fodt}


def measures(records: Records) -> Counter[tuple]:
    return Counter((row.area, row.measure, row.year, row.amount_mnok, row.role) for row in records.measures)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.id)
def test_as_its_text(tmp_path: Path, document: Document, name: str) -> None:
    lines = read_lines(RAW / document.file)
    path = tmp_path / name
    path.write_text(FORMS[name](party_budget(lines), Layout()), encoding="utf-8")
    read_by = reader(document.family)
    from_text, from_form = read_by(document, lines), read_by(document, read(path).lines)
    assert measures(from_form) == measures(from_text)
    # Where a paragraph ends is not the same in lines that are set, so that a directive can be part of another.
    assert abs(len(from_form.directives) - len(from_text.directives)) <= 5
