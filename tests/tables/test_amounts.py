"""The table amounts: what may be added up, in which prices, and what another document says later."""

import pandas as pd
import pytest

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.tables.amounts import MISSING, amounts, amounts_of
from kommunebudsjett.tables.comparison import area_changes, area_levels
from kommunebudsjett.tables.prices import load_population, load_prices
from kommunebudsjett.tables.storage import read_table
from tests.conftest import ROOT

PROJECT = Project(ROOT)
PARAMS = load_params(PROJECT)
TABLES = {name: read_table(PROJECT.clean, name) for name in ("documents", "measures", "plans", "accounts")}


REGISTRY = {document.id: document for document in load_registry(PROJECT.registry, set(FAMILIES))}


def of(id: str, **other: str) -> pd.DataFrame:
    tables = {name: rows[rows["document"] == id] for name, rows in TABLES.items()}
    return amounts_of(REGISTRY[id].model_copy(update=other), tables, PARAMS.printing)


def completed(found: pd.DataFrame, documents: pd.DataFrame = TABLES["documents"], **prices: int) -> pd.DataFrame:
    params = PARAMS.model_copy(update={"prices": PARAMS.prices.model_copy(update=prices)})
    return amounts(found, documents, params, load_prices(PROJECT.reference), load_population(PROJECT.reference))


@pytest.mark.parametrize(("document", "year"), [("rodgronne-2020", 2020), ("sv-rodt-2026", 2026)])
def test_the_changes_of_an_area_add_up_to_what_the_comparison_has(document, year):
    found = of(document)
    sums = found[found["year"] == year].groupby("area_id")["amount_nominal"].sum()
    whole = area_changes(TABLES["measures"], document, year, PARAMS.printing).set_index("area_id")["amount_mnok"]
    assert sums.to_dict() == pytest.approx(whole.to_dict())


def test_the_levels_of_an_area_add_up_to_what_the_comparison_has():
    found = of("trondheim-2025").groupby(["area_id", "meaning"])["amount_nominal"].sum()
    whole = area_levels(TABLES["accounts"], "trondheim-2025").set_index(["area_id", "meaning"])["amount_mnok"]
    assert found.to_dict() == pytest.approx(whole.to_dict())


def test_all_years_of_a_plan_are_in_the_prices_of_its_first_year():
    rows = completed(of("rodgronne-2020"))
    factors = (rows["amount_fixed"] / rows["amount_nominal"])[rows["amount_nominal"] != 0]
    assert set(rows["year"]) == {2020, 2021, 2022, 2023}
    assert factors.round(9).nunique() == 1
    # Line 72: 5.5 million in 2020; 205 163 inhabitants on 1 January 2020.
    [first] = rows[(rows["line"] == 72) & (rows["year"] == 2020)].to_dict("records")
    assert first["amount_nominal"] == 5.5
    assert first["per_inhabitant"] == pytest.approx(first["amount_fixed"] * 1_000_000 / 205_163)
    assert "2026 forecast" in first["price_status"]


def test_a_missing_figure_leaves_a_cell_empty_and_stops_nothing():
    years = TABLES["documents"].assign(budget_year=TABLES["documents"]["budget_year"] - 30)
    old = of("rodgronne-2020").assign(year=lambda rows: rows["year"] - 30)
    rows = completed(old, years)
    assert len(rows) == len(old)
    assert rows["amount_fixed"].isna().all() and rows["per_inhabitant"].isna().all()
    assert set(rows["price_status"]) == {MISSING}
    # Inhabitants are known for 2026 only: the price, which is that of the plan's first year, is there for all.
    later = completed(of("sv-rodt-2026"))
    assert later["amount_fixed"].notna().all()
    assert set(later.loc[later["per_inhabitant"].isna(), "year"]) == {2027, 2028, 2029}


def test_a_proposal_to_nobody_has_levels():
    assert set(of("sv-rodt-2026")["meaning"]) == {"change"}
    assert set(of("sv-rodt-2026", baseline="")["meaning"]) == {"plan"}


def level(document: str, year: int, meaning: str, amount: float, area_id: str = "oppvekst") -> dict:
    return {
        "document": document, "area_id": area_id, "service_area": "Skole", "year": year, "meaning": meaning,
        "amount_nominal": amount, "line": 1,
    }  # fmt: skip


def document(id: str, role: str, year: int, municipality: str = "Trondheim") -> dict:
    return {"document": id, "role": role, "budget_year": year, "municipality": municipality, "place": 1}


def test_what_a_later_document_states_takes_the_place_of_the_earlier():
    documents = pd.DataFrame(
        [
            document("budget-2025", "budget", 2025), document("budget-2026", "budget", 2026),
            document("report-2024", "report", 2024), document("report-2025", "report", 2025),
            document("bodo-2026", "budget", 2026, "Bodø"), document("party-2026", "proposal", 2026),
        ]
    )  # fmt: skip
    stated = [
        (level("budget-2025", 2026, "plan", 90), "budget-2026"),
        (level("budget-2026", 2026, "plan", 95), ""),
        (level("budget-2025", 2028, "plan", 90), ""),  # the later plan does not state it
        (level("budget-2025", 2026, "plan", 7, "felles"), ""),  # nor this area
        (level("bodo-2026", 2026, "plan", 50), ""),  # another municipality
        (level("budget-2026", 2024, "actual", 81), "report-2025"),  # accounts are those of a report
        (level("report-2024", 2024, "actual", 80), "report-2025"),
        (level("report-2025", 2024, "actual", 82), ""),
        (level("party-2026", 2026, "change", 3), ""),
    ]
    rows = completed(pd.DataFrame([row for row, _ in stated]), documents)
    assert list(rows["superseded_by"]) == [by for _, by in stated]
    assert list(rows["municipality"].unique()) == ["Trondheim", "Bodø"]
