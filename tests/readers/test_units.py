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
        (f"Tall i mill. kr\n\n{TABLE}\nTall i 1000 kr", [("unknown", 1)]),
        (f"Tall i 1000 kr\n\n{TABLE}\nSum i mill. kr\t6 357\t6 300", [("mnok", 6), ("unknown", 1)]),
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


DRIFT, PROJECTS = "Drift\t2025\t2026\nSkatt\t100\t110", "Prosjekt\t2025\t2026\nSkolebygg utgift\t1 000\t1 100"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # A statement between two tables is about the one below, with and without room around it.
        (f"Tall i mill. kr\n{DRIFT}\nTall i 1000 kr\n{PROJECTS}", ["mnok", "tnok"]),
        (f"Tall i mill. kr\n{DRIFT}\n\nTall i 1000 kr\n\n{PROJECTS}", ["mnok", "tnok"]),
        (f"Tall i mill. kr\n{DRIFT}\n\nTabell 2. Investeringer i 1000 kr:\n\n{PROJECTS}", ["mnok", "tnok"]),
        (f"Tall i mill. kr\n{DRIFT}\n\n## Investeringer (tusen kroner)\n\n{PROJECTS}", ["mnok", "tnok"]),
        # It touches the table above, and room parts it from the next.
        (f"{DRIFT}\nTall i 1000 kr\n\n{PROJECTS}", ["tnok", "unknown"]),
        # What comes between speaks of another unit, or is no sentence.
        (f"Tall i 1000 kr\n{TABLE}\n\nTabellen viser beløp i mill. kroner for noen.\n\n{OTHER}", ["tnok", "mnok"]),
        (f"Tall i 1000 kr\n{TABLE}\n\nInvesteringsplan:\n\n{OTHER}", ["tnok", "unknown"]),
        (f"Tall i 1000 kr\n{TABLE}\n\n**Investeringer**\n\n{OTHER}", ["tnok", "unknown"]),
        # Its own sum row, or a sentence with its own amount, says more than a line above another table.
        (f"Tall i 1000 kr\n{TABLE}\n\nMer følger.\n\n{OTHER}\nSum i mill. kr\t13 357\t13 300", ["tnok", "mnok"]),
        (f"Tall i 1000 kr\n{TABLE}\n\nVann ga 7 234 millioner kroner.\n\n{OTHER}", ["tnok", "mnok"]),
        # A chapter that ends before any table comes takes its statement along.
        (f"# Drift\n\nBeløp i 1000 kr\n\nVi driver godt i år.\n\n# Nøkkeltall\n\n{TABLE}", ["unknown"]),
        # Prices of single things, and what no table of money is.
        (f"Tall i 1000 kr\n{TABLE}\n\nDette er satser.\n\nGebyr\tVedtatt 2024\nVann\t3 200", ["tnok", "unknown"]),
        # Two tables with the same figures in two units: one is wrong, and neither is evidence for a third.
        (f"Tall i 1000 kr\n\n{TABLE}\n\n# B\n\nTall i mill. kr\n\n{TABLE}\n\n# C\n\n{TABLE}",
         ["tnok", "mnok", "unknown"]),
        (f"512 millioner innbyggere og 413 millioner tonn.\n\n{HEADER}\nA\t512\t413", ["unknown"]),
    ],
)  # fmt: skip
def test_what_a_statement_is_about(text, found):
    assert [table[0][0] for table in units(text)] == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("Lønn\t100\t110\nÅrsverk\t123\t125\nSum\t200\t210", ["tnok", "fte", "tnok"]),
        ("Antall menn\t1\t2\nAntall kvinner\t3\t4\nTotalt\t4\t6", ["count", "count", "count"]),
        ("Kroner per innbygger\t\t\nSkole\t12 300\t12 400", ["unknown"]),
        ("Skole\t500 kr\t700 kr", ["unknown"]),
        ("Lønn\t100 500\t110 600\nSum\t150 800\t151 200\nSum i mill. kr\t150,8\t151,2", ["tnok", "tnok", "mnok"]),
    ],
)
def test_rows_among_thousands(rows, found):
    cells = read(report(), f"Tall i 1000 kr\n\n{HEADER}\n{rows}".split("\n")).cells
    by_row = {cell.row: set() for cell in cells}
    for cell in cells:
        by_row[cell.row].add(cell.unit)
    assert list(by_row.values()) == [{unit} for unit in found]


def test_columns_that_hold_years_or_differences():
    text = "Tall i 1000 kr\n\n\tRegnskap 2024\tAvvik i kr\tFerdig\nA\t500\t-50\t2027\nB\t600\t-60\t2028"
    cells = read(report(), text.split("\n")).cells
    assert [cell.unit for cell in cells] == ["tnok", "tnok", "unknown"] * 2


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
        ("Sykefraværsdagsverk", "count"),
        ("Lærerårsverk i alt", "fte"),
        ("Elever per lærerårsverk", "unknown"),
        ("Sykefraværsprosent", "percent"),
        ("Nye årsverk i barnevernet", "tnok"),
        ("Økt antall barnehageplasser", "tnok"),
        ("Lønn faste ansatte", "tnok"),
        ("Kommunens andel av overskudd", "tnok"),
        ("Flatt kutt på en prosent", "tnok"),
        ("Elever", "unknown"),
        ("Gjeldsgrad", "unknown"),
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
