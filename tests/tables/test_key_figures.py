"""Printed tables of indicators in, one figure for a municipality and year out."""

import pytest

from kommunebudsjett.tables.key_figures import key_figures
from tests.tables.annual_report_cells import printed, report

COMPARISON = """
## 7. Kultur

### 7.1.4. Nøkkeltall Kunst og kultur, Kilde: SSB/Kostra

Indikator→2030→→2031→→ASSS, gjennomsnitt
→By→By→Oslo→Bergen→
Antall besøk→1→2→3→N/A→5
"""


def figures(text):
    rows = key_figures(printed(text))
    return [
        (row.indicator, row.municipality, row.year, row.value, row.unit, row.source, row.table, row.line)
        for row in rows.itertuples()
    ]


def test_municipality_year_unit_and_source():
    place = ("count", "SSB/KOSTRA", "7.1.4", 7)
    rows = figures(COMPARISON.replace("N/A", "4"))
    assert rows == [
        ("Antall besøk", "By", 2030, 1, *place),
        ("Antall besøk", "By", 2031, 2, *place),
        ("Antall besøk", "Oslo", 2031, 3, *place),
        ("Antall besøk", "Bergen", 2031, 4, *place),
        ("Antall besøk", "ASSS gjennomsnitt", 2031, 5, *place),
    ]


def test_not_available_is_a_row_without_a_value():
    rows = key_figures(printed(COMPARISON))
    assert rows["value"].isna().tolist() == [False, False, False, True, False]


@pytest.mark.parametrize("mean", ["ASSS gjennomsnitt 2031", "ASSS, gjennomsnitt", "ASSS snitt", "Snitt ASSS 2031"])
def test_spellings_of_the_mean_are_one(mean):
    rows = figures(f"→By 2030→By 2031→Oslo 2031→{mean}\nBarn per årsverk→1→2→3→4")
    assert [row[1:4] for row in rows][-1] == ("ASSS gjennomsnitt", 2031, 4)


def test_a_mean_may_have_a_year_of_its_own():
    rows = figures("→By 2031→Oslo 2031→ASSS snitt 2030→ASSS snitt 2031\nBarn→1→2→3→4")
    assert [row[2] for row in rows] == [2031, 2031, 2030, 2031]


def test_the_country_is_no_municipality_to_be_renamed():
    rows = figures("→2030→→2031→→Landet uten Oslo*\n→By→By→Oslo→Bergen→\nBarn→1→2→3→4→5")
    assert rows[-1][1:4] == ("Landet uten Oslo", 2031, 5)


def test_a_table_by_year_is_about_the_own_municipality():
    series = "Tekst om barn.\n\n### 9.1.3. Barn. Kilde: Helseplattformen\n\n→2030→2031\nAntall barn→34→27"
    rows = figures(f"{COMPARISON}\n{series}")
    assert [row[:6] for row in rows[-2:]] == [
        ("Antall barn", "By", 2030, 34, "count", "Helseplattformen"),
        ("Antall barn", "By", 2031, 27, "count", "Helseplattformen"),
    ]


def test_the_indicator_of_a_table_without_labels_is_its_caption():
    rows = figures(f"{COMPARISON}\nTekst.\n\n### 7.1.3. Antall kunstnere i By\n\n2030→2031\n6,8→7,1")
    assert [row[:4] for row in rows[-2:]] == [
        ("Antall kunstnere i By", "By", 2030, 6.8),
        ("Antall kunstnere i By", "By", 2031, 7.1),
    ]


def test_what_neither_a_label_nor_a_caption_names_is_no_key_figure():
    assert len(figures(f"{COMPARISON}\nTekst.\n\n2030→2031\n6,8→7,1")) == len(figures(COMPARISON))


def test_accounts_and_amounts_by_year_are_no_key_figures():
    text = """
→Regnskap 2031→Avvik
Skole→1→2

Tekst.

Garantiansvar mill kr→2030→2031
Idrettsanlegg→425→464
"""
    assert len(figures(COMPARISON + "\nTekst.\n" + text)) == 5


def test_no_cells_give_no_rows():
    assert key_figures(report().iloc[:0]).empty


def test_the_report_of_2025():
    rows = key_figures(report())
    assert len(rows) == 518
    assert set(rows["municipality"]) == {
        *("Trondheim", "Oslo", "Bergen", "Stavanger"),
        *("ASSS gjennomsnitt", "Landet uten Oslo"),
    }
    assert not rows.duplicated(["document", "table", "indicator", "municipality", "year", "line"]).any()
    per_child = rows[rows["line"] == 1941]
    assert set(per_child["unit"]) == {"mnok"}, "a wrong unit in the source is kept"
