"""Units by evidence: small documents with a table, and the unit that its amounts must have."""

import pytest

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report import read

HEADER = "\tRegnskap 2024\tBudsjett 2024"
TABLE = f"{HEADER}\nHelse\t1 234\t1 250\nSkole\t5 123\t5 050"
OTHER = f"{HEADER}\nVann\t7 234\t7 250\nVei\t6 123\t6 050"
PUPILS = "\t2023\t2024\nElever\t12 345\t12 400\nLærere\t1 120\t1 131"


def report(**said):
    return Document(
        id="ny-2024", file="ny.txt", title="Årsrapport", publisher="Ny", family="annual_report", municipality="Ny",
        budget_year=2024, period_from=2024, period_to=2024, **said,
    )  # fmt: skip


def units(text, **said):
    """The unit of each table with the line that gives it, in the order of the document."""
    cells = read(report(**said), text.split("\n")).cells
    tables = dict.fromkeys(cell.table for cell in cells)
    return [sorted({(cell.unit, cell.unit_line) for cell in cells if cell.table == table}) for table in tables]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TABLE, [("unknown", None)]),
        (f"Tall i hele tusen\n\n{TABLE}", [("tnok", 1)]),
        (f"Beløp i 1000\n\nDrift\n\n{TABLE}", [("tnok", 1)]),
        (f"Alle tal i heile 1 000\n\n{TABLE}", [("tnok", 1)]),
        (f"Beløp i mill. kr\n\n{TABLE}", [("mnok", 1)]),
        (f"Hele kroner\n\n{TABLE}", [("nok", 1)]),
        (f"{TABLE}\nTall i 1000 kr", [("tnok", 4)]),
        (f"{TABLE}\n\nTall i 1000 kr\n\n# Helse", [("tnok", 5)]),
        (TABLE.replace(HEADER, f"(tkr){HEADER}"), [("tnok", 1)]),
        (TABLE.replace("Budsjett 2024", "Budsjett 2024 (tkr)"), [("tnok", 1), ("unknown", None)]),
        (f"{TABLE}\nSum i mill. kr\t6 357\t6 300", [("mnok", 4)]),
        (f"{TABLE}\nSum\t6 357\t6 300\nHerav mill. kr\t12\t14", [("mnok", 5), ("unknown", None)]),
        (TABLE.replace("1 234", "1 234’").replace("5 123", "5 123'"), [("tnok", 2), ("tnok", 3), ("unknown", None)]),
        # Wording that is not understood is no unit, and the nearest statement holds.
        (f"Beløp i mrd. kroner\n\n{TABLE}", [("unknown", 1)]),
        (f"Tall i mill. kr\n\nDrift\n\nTall i 1000 kr\n\n{TABLE}", [("tnok", 5)]),
        (f"Tall i mill. kr\n\n{TABLE}\nTall i 1000 kr", [("unknown", 6)]),
        # Sentences and amounts state nothing.
        (f"Flere tusen familier får hjelp.\n\n{TABLE}", [("unknown", None)]),
        (f"Vi gir 300 millioner kroner i 2026.\n\n{TABLE}", [("unknown", None)]),
        (f"Det ble nok millioner kroner til alle.\n\n{TABLE}", [("unknown", None)]),
        # A sentence that gives one of the table's amounts with its unit.
        (f"Helse brukte 1 234 millioner kroner.\n\n{TABLE}", [("mnok", 1)]),
        (f"Helse brukte 1,234 millioner kroner.\n\n{TABLE}", [("tnok", 1)]),
        (f"Helse fikk 1,25 mill. og skole 5,05 mill.\n\n{TABLE}", [("tnok", 1)]),
        (f"Til sammen ble 4,5 milliarder mer brukt.\n\n{TABLE}", [("unknown", None)]),
        (f"Helse brukte 1 234 millioner, og helse hadde 1,234 millioner.\n\n{TABLE}", [("unknown", None)]),
    ],
)
def test_the_unit_of_a_table(text, found):
    assert units(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A statement holds on until a heading comes after a table, and then for money alone.
        (f"Tall i 1000 kr\n\n{TABLE}\n\nMer om dette.\n\n{OTHER}", ["tnok", "tnok"]),
        (f"Tall i 1000 kr\n\n{TABLE}\n\nOm elevene:\n\n{PUPILS}", ["tnok", "unknown"]),
        (f"Tall i 1000 kr\n\n{TABLE}\n\n# Ny kommune\n\n{OTHER}", ["tnok", "unknown"]),
        # "Alle tall", apart from any table, holds for all money of the document.
        (f"Alle tall er i 1000 kroner.\n\n# En\n\nTekst.\n\n# To\n\n{TABLE}\n\n# Tre\n\n{PUPILS}",
         ["tnok", "unknown"]),
        # Two figures in a row in common with a table of known unit; one, or round ones, are too few.
        (f"{TABLE}\n\n# Helse\n\nTall i mill. kr\n\n{HEADER}\nHelse\t1 234\t1 251\nLege\t5 123\t5 050",
         ["mnok", "mnok"]),
        (f"{TABLE}\n\n# Helse\n\nTall i mill. kr\n\n{HEADER}\nHelse\t1 234\t1 251\nLege\t17\t5 050",
         ["unknown", "mnok"]),
    ],
)  # fmt: skip
def test_how_far_a_statement_reaches(text, found):
    assert [table[0][0] for table in units(text)] == found


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Skole", "tnok"),
        ("Antall elever i skole", "count"),
        ("Andel av budsjett", "percent"),
        ("Netto driftsutgift per innbygger", "unknown"),
        ("Netto driftsutgift per innbygger (kr)", "nok"),
        ("Årsverk i skole", "fte"),
        ("Legemeldte dagsverk", "count"),
        ("Sykefraværsprosent", "percent"),
    ],
)
def test_rows_that_are_not_in_the_unit_of_their_table(label, unit):
    text = f"Tall i 1000 kr\n\n{TABLE}\n{label}\t41 000\t41 500"
    cells = read(report(), text.split("\n")).cells
    assert {cell.unit for cell in cells if cell.row == label} == {unit}


def test_a_person_states_the_unit_where_the_document_does_not():
    two = f"{TABLE}\n\n# Mer\n\nTabell 2.1 Drift i mill. kr\n\n{OTHER}"
    assert units(two, unit="tnok") == [[("tnok", None)], [("mnok", 7)]]
    assert units(two, units={"x-1": "nok"}) == [[("nok", None)], [("mnok", 7)]]
    assert units(f"{TABLE}\n\n# Skole\n\n{PUPILS}", unit="tnok") == [[("tnok", None)], [("unknown", None)]]
