"""Headers of printed tables in, what their columns mean out."""

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.tables.accounts import accounts
from kommunebudsjett.tables.economy import statement_by_kind
from kommunebudsjett.tables.meanings import load_column_words, with_meanings
from kommunebudsjett.tables.plans import plans
from kommunebudsjett.tables.readings import readings
from kommunebudsjett.tables.subjects import with_subjects
from tests.tables.annual_report_cells import AREA_WORDS, REPORT, ROOT, TABLE_WORDS, WORDS, printed


@pytest.mark.parametrize(
    ("column", "meaning"),
    [
        ("Regnskap 2025", "actual"),
        ("Rekneskap | 2023", "actual"),
        ("R2025", "actual"),
        ("Rev. budsjett 2022", "revised_budget"),
        ("Reg.bud. 2025", "revised_budget"),
        ("Just. bud", "revised_budget"),
        ("Buds(end) | 2023", "revised_budget"),
        ("Regulert", "revised_budget"),
        ("Revidert vedtatt budsjett", "revised_budget"),
        ("Budsjett inkl. endringer 2025", "revised_budget"),
        ("Budsjett 2025 etter endringar", "revised_budget"),
        ("Regulert årsbudsjett", "revised_budget"),
        ("Justert ramme 2025", "revised_budget"),
        ("Opphavleg ramme", "original_budget"),
        ("Regn. 2025", "actual"),
        ("Restbudsjett", "deviation"),
        ("Ref.", "note"),
        ("Oppr. budsjett 2022", "original_budget"),
        ("Opphavleg budsjett", "original_budget"),
        ("Vedteke budsjett 2025", "original_budget"),
        ("Vedtatt budsjett i mill nok", "original_budget"),
        ("Vedtatt 2026", "original_budget"),
        ("Budsjett 2025", "budget"),
        ("Økonomiplan 2027", "plan"),
        ("Framlegg til budsjett 2027", "plan"),
        ("Budsjettforslag 2027", "plan"),
        ("Regnskap i fjor", "last_year"),
        ("Rekneskap førre år", "last_year"),
        ("Årsprognose", "forecast"),
        ("Avvik i kr", "deviation"),
        ("Avvik regnskap og revidert budsjett", "deviation"),
        ("Mer-/mindreforbruk", "deviation"),
        ("Meirforbruk", "deviation"),
        ("Avvik i %", "deviation_percent"),
        ("Avvik pst.", "deviation_percent"),
        ("%- | forbruk", "share"),
        ("Andel av budsjett", "share"),
        ("Endring 2024-2025", "change"),
        ("Budsjettendring", "change"),
        ("Note", "note"),
        ("Regnskap | Note", "note"),
        ("Linje", "line_number"),
        # Part of a year, and a rate, are no accounts of a year.
        ("Regnskap hittil i år", "part_year"),
        ("Periodisert budsjett", "part_year"),
        ("Regnskap 2. tertial", "part_year"),
        # Nor is what a project costs in all its years, or has cost before.
        ("Regnskap tidligere år", "several_years"),
        ("Rekneskap tidlegare år", "several_years"),
        ("Vedtatt totalramme", "several_years"),
        ("Revidert kostnadsramme", "several_years"),
        ("Samlet prosjektkostnad", "several_years"),
        ("Forbruk hittil i prosjektet", "part_year"),
        ("Regnskap totalt prosjekt", "several_years"),
        ("Sum i perioden", "several_years"),
        ("Budsjett for hele perioden", "several_years"),
        ("Netto driftsutgifter per innbygger", "rate"),
        # Neither accounts nor budget, or both.
        ("Regnskap og budsjett", ""),
        ("2025 | Trondheim", ""),
        ("Reg. premie", ""),
        ("Noteapparat", ""),
        ("Antall", ""),
    ],
)
def test_what_a_header_means(column, meaning):
    assert WORDS.meaning_of(column) == meaning


@pytest.mark.parametrize(
    ("column", "budget"),
    [("Avvik mot just. budsjett", "revised_budget"), ("Avvik", ""), ("Avvik oppr. bud", "original_budget")],
)
def test_the_budget_that_a_deviation_is_against(column, budget):
    assert WORDS.budget_named(column) == budget


def test_words_that_no_header_can_hold_are_told_with_their_line(tmp_path):
    path = tmp_path / "columns.csv"
    path.write_text("words,language,meaning,whole,note\nregnskap*,nb,actual,0,\nRegnskap 2025,nb,actual,0,\n")
    with pytest.raises(UserError) as caught:
        load_column_words(tmp_path)
    assert caught.value.line == 3


NYNORSK = """
## 3 Tenestene

Tal i heile tusen

Rammeområde→Note→Rekneskap 2031→Regulert budsjett 2031→Opphavleg budsjett 2031→Avvik→Rekneskap 2030
1 Skule→2→180 250→182 000→179 500→1 750→175 300
2 Barnehage→→90 120→89 400→88 000→-720→87 010
3 Helse og omsorg→→240 500→238 000→236 100→-2 500→231 000
4 Skatt og rammetilskot→→-512 000→-509 000→-503 000→3 000→-499 000
Sum rammeområda→→-1 130→400→600→1 530→-5 690
"""


def test_a_report_in_nynorsk_and_thousands_with_the_year_before_beside():
    rows = accounts(printed(NYNORSK))
    assert rows[
        ["service_area", "year", "actual", "revised_budget", "original_budget", "deviation"]
    ].values.tolist() == [
        ["Skule", 2031, 180.25, 182.0, 179.5, 1.75],
        ["Barnehage", 2031, 90.12, 89.4, 88.0, -0.72],
        ["Helse og omsorg", 2031, 240.5, 238.0, 236.1, -2.5],
    ]
    assert list(rows["counts_in_total"]) == [1, 1, 1]


def test_a_table_without_an_original_budget_is_taken_as_it_is():
    table = "→Regnskap 2031→Budsjett\nSkole→12 500→13 000\nKultur→2 500→2 100"
    text = f"### Drift per tjenesteområde\n\nTall i 1000 kr\n\n{table}"
    assert accounts(printed(text)).empty
    rows = accounts(printed(text.replace("Budsjett", "Justert budsjett")))
    assert rows[["actual", "revised_budget"]].values.tolist() == [[12.5, 13.0], [2.5, 2.1]]
    assert rows[["original_budget", "deviation"]].isna().all(axis=None)


STATEMENT = """
### Økonomisk oversikt drift

Tall i hele tusen

→Regnskap 2031→Rev. budsjett 2031→Regnskap 2030
Rammetilskudd→1 519 353→1 419 783→1 398 624
Inntekts- og formuesskatt→1 167 504→1 119 213→1 021 287
Sum driftsinntekter→2 686 857→2 538 996→2 419 911
Netto driftsresultat→166 299→13 479→10 338
"""


def test_a_statement_says_which_rows_may_be_added():
    rows = statement_by_kind(printed(STATEMENT))
    first = rows[rows["meaning"] == "revised_budget"]
    assert list(zip(first["row"], first["value"], first["counts_in_total"], strict=True)) == [
        ("Rammetilskudd", 1419.783, 1),
        ("Inntekts- og formuesskatt", 1119.213, 1),
        ("Sum driftsinntekter", 2538.996, 0),
        ("Netto driftsresultat", 13.479, 0),
    ]
    assert accounts(printed(STATEMENT)).empty


def plan_cells(*columns: str):
    """Cells of a plan of 2031-2034 by area, in thousands."""
    plan = REPORT.model_copy(
        update={"family": "municipal_budget", "budget_year": 2031, "period_from": 2031, "period_to": 2034}
    )
    rows = [
        Cell("p", "x-1", "Ramme per sektor", "", "", label, column, 1000.0 * line, "", "tnok", total, line)
        for line, (label, total) in enumerate([("Skole", 0), ("Kultur", 0), ("Sum", 1)], start=2)
        for column in columns
    ]
    cells = pd.DataFrame(rows, columns=Cell._fields)
    return with_subjects(with_meanings(cells, plan, WORDS), TABLE_WORDS, AREA_WORDS)


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        (("Vedtatt 2030", "2031", "2034"), [("original_budget", 2030), ("plan", 2031), ("plan", 2034)]),
        (("Regnskap 2029", "Budsjett 2030", "Budsjett 2031"), [("actual", 2029), ("budget", 2030), ("plan", 2031)]),
        (("Rev. bud. 2030", "Vedtatt 2031", "Økonomiplan 2032"),
         [("revised_budget", 2030), ("plan", 2031), ("plan", 2032)]),
    ],
)  # fmt: skip
def test_what_stands_beside_the_years_of_a_plan_is_no_year_of_it(columns, found):
    rows = plans(plan_cells(*columns))
    assert list(rows["service_area"].unique()) == ["Skole", "Kultur"]
    skole = rows[rows["service_area"] == "Skole"]
    assert list(zip(skole["meaning"], skole["year"], strict=True)) == found
    assert set(skole["amount_mnok"]) == {2.0}


@pytest.mark.parametrize(
    ("header", "unit", "why"),
    [
        ("→Antall→Andel", "Tall i hele tusen", "no word of its columns"),
        ("→Regnskap 2031→Rev. budsjett 2031", "", "nothing says whether its amounts are kroner"),
        ("→Regnskap 2031→Regnskap 2030", "Tall i hele tusen", "no budget and no deviation"),
    ],
)
def test_why_a_table_became_no_typed_one(header, unit, why):
    cells = printed(f"### Drift per tjenesteområde\n\n{unit}\n\n{header}\nSkole→12 500→13 000\nKultur→2 500→2 100")
    [reading] = readings(cells, {"accounts": accounts(cells)})
    assert (reading.became, why in reading.why) == ((), True)


def test_what_a_table_became():
    cells = printed(NYNORSK)
    [reading] = readings(cells, {"accounts": accounts(cells)})
    assert reading.became == ("accounts",)
    assert ("Rekneskap 2030", "actual", 2030) in reading.columns


def test_the_words_of_the_project_keep_their_contract():
    assert len(load_column_words(ROOT / "data/reference"))
