"""Documents of all families with anything done to them: what is read is printed there, and nothing is raised."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kommunebudsjett.core.registry import LONGEST_LINE, Document, load_registry, read_lines
from kommunebudsjett.readers.stage import FAMILIES, reader
from tests.conftest import ROOT
from tests.fuzz.mutations import edited, edits, parts
from tests.fuzz.printed import wrong

RAW = ROOT / "data" / "raw"
DOCUMENTS = {document.id: document for document in load_registry(RAW / "documents.yml", set(FAMILIES))}
LINES = {name: read_lines(RAW / document.file) for name, document in DOCUMENTS.items()}
families = st.sampled_from(sorted(DOCUMENTS))
# Texts in which something was read that was not printed there, or that raised, as short as they can be.
FOUND = {
    # An amount alone is no title of a measure.
    (
        "rodgronne-2020",
        "Verbale føringer - Idrett\n1 million\nIsidrettene trenger mer tilgang på ishall. Det forventes en utvidel-",
    ),
    # A number in the second line of a title stands there.
    ("rodgronne-2020", "Arbeid og sosial\n<sup>1</sup>\nDeltakelse i samfunnet gjennom arbeid."),
    # A line of nothing but a separator is blank.
    ("rodgronne-2020", "Vi forutsetter at for-\n\u2028"),
    # More digits than a float keeps are no amount.
    ("rodgronne-2020", f"Drift - Kultur\nTiltak\t{'9' * 16} millioner\nVi vil."),
    ("rodgronne-2020", f"Drift - Kultur\nTiltak\t5 millioner\nVi gir kr {'1' * 5000} til det."),
    ("trondheim-2025", f"Område\t2025\nSkole\t{'1' * 5000}"),
    ("trondheim-2025", f"Område\t2025\nSkole\t1,{'9' * 400}"),
    ("sv-rodt-2026", f"Oppvekst 2026 2027\nSkole {'9' * 16} 2"),
    # A number that stands alone below a row does not go on with its last value.
    ("sv-rodt-2026", "Investeringer 2026 2027 2028 2029\nTilpassinger Rosten skole 0 −10 10 10\n777"),
    # A footnote mark is no label.
    ("sv-rodt-2026", "Kultur 2026 2027 2028 2029\n* 0,5 0,5 0,5 0,5"),
    # Marks inside a number leave open what it is.
    ("trondheim-2025", "\tTrondheim 2024\nNetto driftsutgifter, kr\t226<sup>1</sup> 889"),
    # Marks without words are no verdict.
    ("trondheim-2025", "## Periodemål 7\n### Rapportering på resultatoppnåelse:\n**"),
}


def check(document: Document, lines: list[str]) -> None:
    records = reader(document.family)(document, lines)
    assert not wrong(lines, records)


@pytest.mark.parametrize(("family", "text"), sorted(FOUND))
def test_what_was_found(family, text):
    check(DOCUMENTS[family], text.split("\n"))


@given(st.data(), families, families, edits(12))
def test_part_of_a_document_with_edits(data, family, printed_as, made):
    """Read as its own family or as another."""
    lines = edited(data.draw(parts(LINES[printed_as], 150)), made)
    if max(map(len, lines)) <= LONGEST_LINE:
        check(DOCUMENTS[family], lines)


@given(families, st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\n\r"), max_size=60), max_size=20))
@example("trondheim-2025", ["\u0660\t\u00b2\u00b2", "a\t\u0661"])
def test_any_text(family, lines):
    check(DOCUMENTS[family], lines or [""])


@pytest.mark.soak
@given(families, edits(200))
def test_whole_document_with_edits(family, made):
    lines = edited(LINES[family], made)
    if max(map(len, lines)) <= LONGEST_LINE:
        check(DOCUMENTS[family], lines)
