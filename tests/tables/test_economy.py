"""Printed tables of the economy chapter in, tidy tables out."""

import pytest

from kommunebudsjett.tables.economy import balance, guarantees, investments, statement_by_kind
from tests.tables.annual_report_cells import printed, report

TEXT = """
### 1.1.2. Økonomisk oversikt etter art 2031. Tall i millioner kroner.

→Regnskap 2030→Regnskap 2031→Revidert budsjett 2031→Vedtatt budsjett 2031→Avvik
<b>Driftsinntekter</b>→→→→→
Rammetilskudd→-5 253→-5 925→-5 863→-5 558→-61

### 1.1.4. Bevilgningsoversikt investering 2031. Beløp i millioner kroner.

Bevilgningsoversikt investering→Regnskap→Revidert budsjett→Avvik
<b>6. Sum investeringsutgifter</b>→<b>2263</b>→<b>2779</b>→<b>516</b>

### 1.1.7. Eiendeler

<b>EIENDELER (MNOK)</b>→<b>Regnskap 2031</b>→<b>Regnskap 2030</b>
<b>Anleggsmidler</b>→→
Utlån→4 460→3 986

### 1.1.8. Egenkapital og gjeld

<b>EGENKAPITAL OG GJELD (MNOK)</b>→<b>Regnskap 2031</b>→<b>Regnskap 2030</b>
Disposisjonsfond→-4 569→
Bundne driftsfond→→-426

### 1.1.9. Garantiansvar

<b>Garantiansvar per 31.12.2031 mill kr</b>→<b>2030</b>→<b>2031</b>
Sum→821→768
"""


def rows(make, names):
    return [tuple(row) for row in make(printed(TEXT))[names].itertuples(index=False)]


def test_statement_by_kind():
    assert rows(statement_by_kind, ["group", "row", "meaning", "year", "value", "unit", "line"]) == [
        ("Driftsinntekter", "Rammetilskudd", "actual", 2030, -5253, "mnok", 5),
        ("Driftsinntekter", "Rammetilskudd", "actual", 2031, -5925, "mnok", 5),
        ("Driftsinntekter", "Rammetilskudd", "revised_budget", 2031, -5863, "mnok", 5),
        ("Driftsinntekter", "Rammetilskudd", "original_budget", 2031, -5558, "mnok", 5),
        ("Driftsinntekter", "Rammetilskudd", "deviation", 2031, -61, "mnok", 5),
    ]


def test_investments():
    label = "6. Sum investeringsutgifter"
    assert rows(investments, ["row", "meaning", "year", "value", "is_total"]) == [
        (label, "actual", 2031, 2263, 1),
        (label, "revised_budget", 2031, 2779, 1),
        (label, "deviation", 2031, 516, 1),
    ]


def test_balance():
    assert rows(balance, ["side", "group", "row", "year", "value", "unit"]) == [
        ("assets", "Anleggsmidler", "Utlån", 2031, 4460, "mnok"),
        ("assets", "Anleggsmidler", "Utlån", 2030, 3986, "mnok"),
        ("equity_and_liabilities", "", "Disposisjonsfond", 2031, -4569, "mnok"),
        ("equity_and_liabilities", "", "Bundne driftsfond", 2030, -426, "mnok"),
    ]


def test_guarantees():
    assert rows(guarantees, ["row", "year", "value", "unit", "is_total"]) == [
        ("Sum", 2030, 821, "mnok", 1),
        ("Sum", 2031, 768, "mnok", 1),
    ]


@pytest.mark.parametrize(
    ("make", "count", "tables"),
    [
        (statement_by_kind, 150, {"1.1.2"}),
        (investments, 182, {"1.1.4", "1.1.5"}),
        (balance, 70, {"1.1.7", "1.1.8"}),
        (guarantees, 30, {"1.1.9"}),
    ],
)
def test_the_report_of_2025(make, count, tables):
    found = make(report())
    assert (len(found), set(found["table"])) == (count, tables)
    assert found["year"].notna().all()
    assert make(report().iloc[:0]).empty


def test_the_balance_of_2025_balances():
    found = balance(report())
    sums = found[found["row"].isin(["Sum eiendeler", "Sum egenkapital og gjeld"])]
    assert sums.groupby("year")["value"].sum().to_dict() == {2024: 0, 2025: 0}
