"""What reports say of budgets, accounts and rules, worked by hand on the clean tables of this edition."""

import pandas as pd
import pytest

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report import accounts, areas, budgets, caveats, rules
from kommunebudsjett.report.edition import Edition
from tests.conftest import ROOT
from tests.report.names import REPORT, RODGRONNE, SV_RODT

S = "\u00a0"


@pytest.fixture(scope="module", params=["nb", "en"])
def edition(request) -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), request.param)


def test_funding_is_net_by_group(edition):
    # The appendix, lines 1868-1874: -131 + 100 - 77 - 13 = -121; on its own a higher rate would look like the tax.
    funding = budgets.funding(edition, SV_RODT).set_index("name")["amount_mnok"]
    assert funding["Eiendomsskatt"] == pytest.approx(-121)
    assert funding.index[0] == "Frie midler og pensjonskostnader"
    assert funding.sum() == pytest.approx(-318.6)


def test_overspending_that_whole_millions_hide_is_found(edition):
    # Table 1.1.3 prints 0 for planning and building; table 8.1.1, line 1736, prints -0,4.
    [row] = accounts.overspent(edition, REPORT).to_dict("records")
    assert (row["service_area"], row["deviation"], row["line"]) == ("Plan- og bygningstjenester", -0.4, 1736)


def test_what_stands_beside_the_services_is_none_of_them(edition):
    summary = edition.cell(REPORT, row="Tjenesteområdene", column="Avvik")
    services = accounts.service_areas(edition, REPORT, summary["table"])
    assert len(services) == 19
    assert services["deviation"].sum() == summary["value"] == 510
    assert list(accounts.central(edition, REPORT, summary["table"])["service_area"]) == [
        "Diverse sentrale bevilgninger"
    ]


def test_increases_and_cuts_add_up_to_the_areas(edition):
    rows = budgets.services(edition, SV_RODT)
    total, _ = areas.total(areas.services(edition.amounts(SV_RODT, "change")))
    assert rows["fixed_mnok"].sum() == pytest.approx(total)
    assert rows["fixed_mnok"].min() == -60


def test_of_a_net_income_there_is_no_share(edition):
    change, level = edition.amounts(SV_RODT, "change"), edition.amounts(REPORT, "actual")
    assert areas.share(edition, change, level, "miljo_naering").text in ("nettoinntekt", "net income")
    assert areas.share(edition, change, level, "helse_omsorg").text in (f"1,4{S}%", "1.4%")
    assert areas.share(edition, change, level, "byutvikling").text in ("ingen beløp", "no amounts")


def test_half_years_are_named(edition):
    names = list(budgets.half_year(edition, RODGRONNE)["measure"])
    assert sorted(names) == ["Styrking av barnevernet", "Toppet bemanning i barnehage"]


def test_a_plan_below_its_own_target(edition):
    stated = rules.rules_by_name(rules.stated_rules(edition, REPORT), rules.stated_rules(edition, SV_RODT))
    assert list(stated["disposition_fund"].broken(lowest=True)["year"]) == [2026, 2027, 2028, 2029]
    assert list(stated["debt_ratio"].broken(lowest=False)["year"]) == [2027, 2028, 2029]
    assert stated["net_operating_result"].target is None
    assert stated["net_operating_result"].broken(lowest=True).empty


def test_amount_caveats_name_the_years(edition):
    words = caveats.amount_caveats(edition, [2020, 2026])
    assert "2021" in words
    assert "2023–2025" in words
    assert "2022" not in words.replace("2023–2025", "")
    # 2026 is the price year: what is left is the one amount that states neither a year nor a period.
    undated = {
        "nb": "De rødgrønne 2020 oppgir ikke år for ett beløp: Det er ikke regnet med i summer for et år.",
        "en": "The red–green parties 2020 states no year for one of its amounts: it is in no sum of a year.",
    }
    assert caveats.document_caveats(edition, [RODGRONNE]).endswith(undated[edition.lang])
    # A reservation stands under the figures of its own document only.
    assert caveats.amount_caveats(edition, [2026]) == caveats.document_caveats(edition, [SV_RODT]) == ""


def test_amount_caveats_name_the_documents_whose_unit_a_person_gave(edition):
    given = Edition(edition.project, edition.params, edition.lang)

    def stated(document: str) -> pd.Series:
        facts = edition.document(document)
        facts["stated_units"] = "tnok; 1.1.3: mnok" if document == SV_RODT else ""
        return facts

    vars(given)["_document"] = stated
    words = caveats.amount_caveats(given, [2026])
    assert "(tnok; 1.1.3: mnok)." in words and edition.name(edition.document(SV_RODT)) in words


def test_amount_caveats_name_what_a_person_or_no_one_says_of_a_party_budget(edition):
    given = Edition(edition.project, edition.params, edition.lang)

    def stated(document: str) -> pd.Series:
        facts = edition.document(document)
        facts["signs"] = "savings-positive" if document == SV_RODT else ""
        return facts

    vars(given)["_document"] = stated
    words = caveats.amount_caveats(given, [2026])
    assert {"nb": "pluss er innsparing", "en": "a plus is savings"}[edition.lang] in words
    assert edition.name(edition.document(SV_RODT)) in words


def test_names_are_glossed_in_english_only(edition):
    assert edition.gloss("Skole") == {"nb": "Skole", "en": "Schools"}[edition.lang]
    assert edition.gloss("Finnes ikke") == "Finnes ikke"
    assert (
        edition.name(edition.document(RODGRONNE))
        == {"nb": "De rødgrønne 2020", "en": "The red–green parties 2020"}[edition.lang]
    )
