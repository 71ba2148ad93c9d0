"""PDFs with bytes changed anywhere: what is read of them is printed there, or one message; never a hang."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms import read_file
from kommunebudsjett.readers.stage import reader
from tests.fuzz.test_documents import DOCUMENTS, check
from tests.pdfs import typst_maker
from tests.pdfs.examples import TABLE_BUDGET
from tests.pdfs.model import Layout

# Where, how many bytes go, and what comes in their place.
changes = st.lists(
    st.tuples(
        st.integers(0, 10**6), st.integers(0, 4), st.binary(max_size=4) | st.sampled_from([b"-", b"9e99", b" Tj "])
    ),
    min_size=1,
    max_size=20,
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """A budget whose pages are not packed, so that a change reaches what they draw."""
    folder = tmp_path_factory.mktemp("unpacked")
    writer = PdfWriter(clone_from=PdfReader(typst_maker.make(TABLE_BUDGET, Layout(), folder)))
    for page in writer.pages:
        stream = StreamObject()
        stream._data = page.get_contents().get_data()
        page[NameObject("/Contents")] = writer._add_object(stream)
    with (folder / "unpacked.pdf").open("wb") as file:
        writer.write(file)
    text = read_file(folder / "unpacked.pdf", folder / "store")
    assert reader("party_budget")(DOCUMENTS["sv-rodt-2026"], text.lines).measures
    return folder / "unpacked.pdf"


@pytest.mark.soak
@settings(suppress_health_check=list(HealthCheck), max_examples=100)
@given(changes)
def test_a_pdf_with_other_bytes(unpacked, made):
    content = unpacked.read_bytes()
    for place, length, junk in made:
        at = place % len(content)
        content = content[:at] + junk + content[at + length :]
    file = unpacked.with_name("budsjett.pdf")
    file.write_bytes(content)
    try:
        text = read_file(file, unpacked.with_name("store"))
    except UserError as mistake:
        assert mistake.file == file and mistake.remedy
        event("refused")
    else:
        event("read")
        check(DOCUMENTS["sv-rodt-2026"], text.lines)
