"""The overview: what it computes, worked by hand on the documents, and how it reads when params.yaml is edited."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report import accounts, areas, budgets, caveats, overview
from kommunebudsjett.report.blocks import Link
from kommunebudsjett.report.charts import Step, waterfall
from kommunebudsjett.report.charts.waterfall import spans_of
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.facts import overview as facts
from kommunebudsjett.report.facts import payment
from kommunebudsjett.report.theme import NARROW, WIDE
from tests.conftest import ROOT
from tests.report import reading
from tests.report.names import REPORT, RODGRONNE, SV_RODT
from tests.report.reading import words

S = "\u00a0"
SWAPPED = {"before": "sv-rodt-2026", "alternative": "rodgronne-2020"}


@pytest.fixture
def edited(tmp_path: Path):
    """A function that makes a project with the clean tables of this one and params.yaml edited."""

    def edit(documents: dict | None = None, prices: dict | None = None, **values) -> Project:
        for name in ("data/clean", "data/reference", "notebooks"):
            shutil.copytree(ROOT / name, tmp_path / name)
        shutil.copy(ROOT / "dvc.yaml", tmp_path)
        params = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
        params["documents"] |= documents or {}
        params["prices"] |= prices or {}
        (tmp_path / "params.yaml").write_text(yaml.safe_dump(params | values, allow_unicode=True), encoding="utf-8")
        return Project(tmp_path)

    return edit


@pytest.fixture
def edition() -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), "nb")


def shown(project: Project, lang: str, monkeypatch) -> list[dict]:
    """The blocks that the notebook shows with the parameters of params.yaml."""
    return reading.shown(project.notebooks, "overview", lang, load_params(project).prices.year, monkeypatch)


def named(found: list[dict], name: str) -> dict:
    return next(block for block in found if block.get("name") == name)


def test_the_payment_of_the_alternative_budget_balances(edition):
    # The appendix: 83,9 (line 1654) and so on; the finance table is lines 1846-1874, property tax -131 +100 -77 -13.
    steps = overview.payment(edition, SV_RODT)
    # Sums have no name of their own.
    steps.index = steps["name"].mask(steps["name"] == "", steps["kind"])
    steps = steps["fixed_mnok"].round(1).to_dict()
    assert steps == {
        "Oppvekst og utdanning": 83.9,
        "Helse og omsorg": 44.8,
        "Sosiale tjenester": 225.3,
        "Kultur, idrett og friluftsliv": -40.1,
        "Miljø, næring og samferdsel": 4.7,
        "services": 318.6,
        "Frie midler og pensjonskostnader": -125.5,
        "Eiendomsskatt": -121.0,
        "Avdrag på lån": -42.9,
        "Statlig tilskudd toppet bemanning": -30.0,
        "small": 0.8,
        "rest": 0.0,
    }
    assert overview.balances(overview.payment(edition, SV_RODT))


def test_a_sum_that_rounding_cannot_explain_is_no_balance(edition):
    steps = overview.payment(edition, SV_RODT)
    steps.loc[steps.index[-1], "fixed_mnok"] = 29.9
    assert not overview.balances(steps)


def test_without_a_finance_table_there_is_no_payment(edition):
    assert not budgets.is_funded(edition, RODGRONNE)
    assert overview.payment(edition, RODGRONNE).empty
    assert len(budgets.funding_items(edition, RODGRONNE)) == 17
    assert sorted(budgets.stated_funding(edition, RODGRONNE)["amount_mnok"]) == [-15, -5, 14.6]


def test_the_plan_is_paid_for_in_each_year(edition):
    rows = [
        [step.name.text if step.name else step.kind, *[amount.text for amount in step.amounts]]
        for step in payment.by_year(edition, SV_RODT)
    ]
    assert rows[0] == ["services", "+318,6", "+414,2", "+446,7", "+454,2"]
    assert ["Avdrag på lån", "−42,9", "−54,8", "+28,6", "+74,3"] in rows
    assert ["Eiendomsskatt", "−121,0", "−206,0", "−291,0", "−345,0"] in rows
    assert rows[-1][1:] == ["0,0", "+0,2", "+1,1", "+0,3"]


def test_the_group_that_makes_the_sum_of_an_area_negative(edition):
    rows = budgets.services(edition, SV_RODT)
    culture = rows[rows["area_id"] == "kultur_idrett"]
    split = overview.deciding_group(culture)
    # Lines 1772-1776; the area without them is 4,9.
    assert (split.name, split.mnok, round(split.rest_mnok, 1)) == ("Kirke og gravlunder", -45, 4.9)
    assert set(split.rows["line"]) == {1772, 1774, 1776}
    # An area that gets more has none, nor has one whose other groups lose as well, nor one of a single group.
    assert overview.deciding_group(rows[rows["area_id"] == "helse_omsorg"]) is None
    assert overview.deciding_group(split.rows) is None
    assert overview.deciding_group(culture.assign(amount_mnok=-abs(culture["amount_mnok"]) - 1)) is None


def test_the_largest_gap_to_a_printed_total_is_found_in_any_year(edition):
    # Sosiale tjenester 2028, line 1714: 287,2 is printed, 10 + 15 + 5 + 3 + 35 + ... + 50 is 287,9.
    gap, cited, year = overview.widest_gap(edition, SV_RODT)
    assert (round(gap, 1), year) == (0.7, 2028)
    assert {("sv-rodt-2026", line) for line in ("1663", "1710", "1714")} <= set(cited)
    # Kultur, idrett og friluftsliv 2026, line 1780: -40,6 is printed, the rows give -40,1.
    gap, cited = budgets.largest_gap(edition, SV_RODT)
    assert round(gap, 1) == 0.5
    assert {("sv-rodt-2026", line) for line in ("1722", "1776", "1780")} <= set(cited)
    assert overview.widest_gap(edition, RODGRONNE)[0] == 0


def test_items_without_an_amount_for_the_first_year_are_told_apart(edition):
    missing = set(budgets.without_amount(edition, RODGRONNE)["line"])
    # Låneopptak (889) is a total for the period, omtaksering (915) has no year: neither is without an amount.
    assert set(budgets.undated(edition, RODGRONNE)["line"]) == {889, 915}
    assert not missing & {889, 915}
    # Brygga (237), tunge kjøretøy (653), effektivisering (880) and fewer children (906) start in 2021 or 2022.
    assert set(budgets.starting_later(edition, RODGRONNE)["line"]) == {237, 653, 880, 906}
    assert len(missing) == 15
    assert budgets.undated(edition, SV_RODT).empty


def test_heads_hold_values_as_text(edition):
    found = edition.heads("Område | Area", "# Endring {{ p }} | Change {{ p }}", p="2026 | {{ x }}")
    assert [(column.header, column.numeric) for column in found] == [
        ("Område", False),
        ("Endring 2026 | {{ x }}", True),
    ]


def test_a_proposal_says_that_it_changes_one_where_the_registry_does_not(edition, monkeypatch):
    known = edition.document(SV_RODT)
    assert facts.proposal(edition, SV_RODT).baseline == "byrådets forslag"
    monkeypatch.setattr(Edition, "document", lambda self, document: known.replace(known["baseline"], ""))
    assert facts.proposal(edition, SV_RODT).baseline == "forslaget som det endrer"


def test_an_area_that_gets_less_is_told_with_its_group_and_largest_cut(edition):
    changes = facts.changes(edition, SV_RODT)
    # Lines 1772-1776, and 60 of them on line 1774.
    [loss] = changes.losses
    assert loss == changes.least
    assert (loss.area, loss.cut.text, loss.largest.amount.text) == (
        "Kultur, idrett og friluftsliv",
        f"40{S}mill.{S}kr",
        f"−60,0{S}mill.{S}kr",
    )
    assert (loss.split.net.text, loss.split.more.text) == (f"−45,0{S}mill.{S}kr", f"5{S}mill.{S}kr")
    assert not loss.split.unchanged
    assert loss.split.cut.how == "summen av 3 tiltak"
    # The earlier one takes from no area, and prints no tables, so that its last year is not known.
    earlier = facts.changes(edition, RODGRONNE)
    assert (earlier.losses, earlier.least, earlier.last) == ([], None, None)


def test_the_area_that_gets_most_is_no_share_of_what_brings_in_money(edition):
    change = edition.amounts(SV_RODT, "change")
    # 225,3 of the 4 191 of table 1.1.3, in the same kroner; the area of business has net income.
    assert facts._most(edition, SV_RODT, change.loc["sosiale_tjenester"]).share.text == f"5,4{S}%"
    assert facts._most(edition, SV_RODT, change.loc["miljo_naering"]).share is None


def test_the_rules_say_how_many_years_of_the_plan_miss_them(edition):
    found = facts.fiscal_rules(edition)
    # Line 1899: 2,7 2,7 2,6 2,6 of at least 3 per cent; line 1897: at most 80.
    assert (found.reserve.missed, found.reserve.years, found.reserve.aimed) == (4, 4, True)
    assert (found.debt.first_year, found.debt.last_year, found.debt.held.text) == (2026, 2029, f"76,3{S}%")
    assert [own.name.text for own in found.own] == ["Bruk av disposisjonsfondet"]
    # Of a rule that neither document states nothing is known.
    assert facts._rule(edition, None, lowest=True) == facts.Rule()


def test_what_gives_money_first_and_costs_later_is_found(edition):
    [row] = overview.turning(edition, SV_RODT).to_dict("records")
    assert (row["name"], row["first_mnok"], row["last_mnok"]) == ("Avdrag på lån", -42.9, 74.3)
    assert row["first_sources"] == (("sv-rodt-2026", "1850"),)


def test_the_total_that_is_30_off_is_told_beside_the_payment(edition):
    [(text, lines, touches)] = overview.sum_errors(edition, SV_RODT)
    assert "−288,5, men radene summerer seg til −318,6" in text
    # What the chapters together lack follows from it: 29,9 with other rounded numbers, and 29,2 in 2029.
    assert "Av dette følger også: Legger man sammen totalene i kapitlene for 2026, blir det 29,9 mill. kr" in text
    assert not touches
    # Each of the lines, not all from the first to the last.
    assert lines.sources[0][1].split(";")[5:9] == ["1241", "1243", "1245", "1247"]


def test_a_document_without_findings_has_none_that_touch(edition):
    none = caveats.findings(edition, RODGRONNE, ("error",))
    assert none.empty
    assert list(caveats.touching(none, [("rodgronne-2020", "72")]).columns) == list(none.columns)


def test_the_document_is_quoted_on_its_largest_source(edition):
    reason = overview.reason(edition, SV_RODT, "Frie midler og pensjonskostnader")
    assert reason.text.startswith("«Som følge av budsjettenigheten på Stortinget")
    # Both sentences: half of the item is pensions, which the second is about.
    assert reason.text.endswith("justering av pensjonskostnadene som øker handlingsrommet til kommunen.»")
    assert reason.sources == (("sv-rodt-2026", "1199-1202"),)
    assert overview.reason(edition, SV_RODT, "Finnes ikke") is None


def test_a_long_explanation_is_quoted_by_its_first_sentence(edition):
    texts = edition.table("measure_texts")
    texts = texts[texts["document"] == "sv-rodt-2026"]
    long = texts[texts["text"].str.len() > 400].iloc[0]
    reason = overview.reason(edition, SV_RODT, long["measure"])
    assert long["text"].startswith(reason.text.strip("«»"))
    assert len(reason.text) < len(long["text"])


def test_the_services_spent_510_million_less_than_budgeted(edition):
    # Table 1.1.1, lines 97 and 98.
    left, result = accounts.services_deviation(edition, REPORT), accounts.result(edition, REPORT)
    assert (left.mnok, left.sources, left.printed) == (510, (("trondheim-2025", "97"),), True)
    assert (result.mnok, result.sources) == (519, (("trondheim-2025", "98"),))


def test_where_no_table_prints_the_sum_of_the_services_it_is_computed(edition, monkeypatch):
    read = Edition.table

    def without(self, name, *columns, **where):
        rows = read(self, name, **where)
        rows = rows[rows["table"] != "1.1.1"] if name == "table_cells" else rows
        return rows[list(columns)] if columns else rows

    monkeypatch.setattr(Edition, "table", without)
    left = accounts.services_deviation(edition, REPORT)
    # All rows of 1.1.3, Diverse sentrale bevilgninger (80) among them, for nothing tells it from the services.
    assert (left.mnok, left.printed, len(left.sources)) == (590, False, 20)
    assert accounts.result(edition, REPORT) is None


def test_the_original_budget_has_no_depreciation(edition):
    # Table 1.1.2, line 132: Avskrivninger 1 155, 1 309, 1 309, 0, 0.
    assert accounts.depreciation(edition, REPORT)["value"].to_dict() == {
        "actual": 1309,
        "revised_budget": 1309,
        "original_budget": 0,
    }
    assert f"1{S}309{S}mill.{S}kr" in caveats.depreciation(edition, REPORT)


def test_finance_is_no_share_of_what_it_costs(edition):
    change, level = edition.amounts(SV_RODT, "change"), edition.amounts(REPORT, "actual")
    assert areas.share(edition, change, level, "finans_organisasjon").text == "gjelder hele kommunen"


def test_a_derived_value_says_how_it_was_computed(edition):
    change = edition.amounts(RODGRONNE, "change")
    assert areas.cell(edition, change, "oppvekst", "fixed_mnok").how == "summen av radene, regnet om til 2026-kroner"
    assert areas.cell(edition, change, "byutvikling", "amount_mnok").how == ""
    found = {step.name.text: step.amounts for step in payment.by_year(edition, SV_RODT) if step.name}
    assert (found["Avdrag på lån"][0].how, found["Eiendomsskatt"][0].how) == ("", "summen av radene")
    assert overview.in_fixed_prices(edition, REPORT, [("trondheim-2025", "97")]) == "regnet om til 2026-kroner"


@pytest.mark.parametrize(
    ("reports", "pages", "areas_linked"),
    [
        ({"overview": {}}, [], []),
        (
            {"overview": {}, "goals": {}, "service_area": {"area_id": ["oppvekst"]}},
            ["goals.html"],
            ["Oppvekst og utdanning"],
        ),
    ],
)
def test_only_published_reports_are_linked(edition, reports, pages, areas_linked):
    published = Edition(edition.project, edition.params.model_copy(update={"reports": reports}), "nb")
    links = facts.reports(published, "economy", "goals", "sources")
    assert [link.page for link in links.values() if link] == pages
    assert [area.name for area in facts.of_areas(published) if area.link.page] == areas_linked


def test_a_report_with_others_unpublished_does_not_point_to_them(edited, monkeypatch):
    text = words(shown(edited(reports={"overview": {}}), "nb", monkeypatch))
    assert "Hvilke mål ble nådd?" not in text
    assert "Hva ble foreslått og brukt på hvert område?" not in text


def test_a_word_of_the_glossary_is_linked_and_an_unknown_one_refused(edition):
    assert edition.term("drift", "driften").page == "glossary.html#drift"
    assert overview.named_term(edition, "Eiendomsskatt").page == "glossary.html#eiendomsskatt"
    assert not isinstance(overview.named_term(edition, "Solidaritetsmidler"), Link)
    with pytest.raises(UserError, match="no term with the anchor finnes-ikke"):
        edition.term("finnes-ikke", "ord")


STEPS = [Step("a", 3.0), Step("b", -1.0), Step("sum", 2.0, True), Step("c", -2.5), Step("rest", -0.5, True)]


def test_the_steps_of_a_waterfall_follow_one_another():
    assert spans_of(STEPS) == [(0, 3), (2, 3), (0, 2), (-0.5, 2), (-0.5, 0)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_waterfall_fills_what_rises_and_leaves_hollow_what_falls(width):
    figure = waterfall(STEPS, "#e69f00", str)(width)
    [axes] = figure.axes
    assert [bar.get_facecolor()[3] for bar in axes.patches] == [1, 0, 1, 0, 1]
    assert [text.get_text() for text in axes.texts][len(STEPS) :] == ["3.0", "-1.0", "2.0", "-2.5", "-0.5"]


EDITS = [
    {},
    {"documents": SWAPPED},
    {"documents": {"before": "sv-rodt-2026"}, "prices": {"year": 2025}},
    {"prices": {"year": 2020}, "printing": "chapter"},
]


@pytest.mark.parametrize("edit", EDITS, ids=str)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_an_edit_of_the_parameters_alone_gives_a_whole_report(edited, monkeypatch, lang, edit):
    project = edited(**edit)
    found = shown(project, lang, monkeypatch)
    text = words(found)
    assert not re.search(r"\b(nan|None|NaT|inf)\b|\{\w+\}|  ,", text)
    year = load_params(project).prices.year
    shown_years = set(re.findall(r"(\d{4})[- ]kron", text))
    assert str(year) in shown_years
    parts = load_params(project).documents
    for document, word in (
        ("rodgronne-2020", "rødgrønn" if lang == "nb" else "red–green"),
        ("sv-rodt-2026", "SV og R"),
    ):
        if document not in (parts.before, parts.alternative):
            assert word not in text


def test_the_default_edition_says_what_the_documents_say(edited, monkeypatch):
    text = words(shown(edited(), "nb", monkeypatch)).replace(S, " ")
    for sentence in (
        "De rødgrønne ville ha gitt tjenestene 76 mill. kr (101 mill. kr i 2026-kroner) mer enn kommunedirektørens",
        "Tjenestene brukte 510 mill. kr (531 mill. kr i 2026-kroner) mindre enn det reviderte budsjettet",
        "SV og Rødt ville gi tjenestene 319 mill. kr mer enn byrådets forslag det første året, og 454 mill. kr mer",
        "«Eiendomsskatt» (121,0 mill. kr)",
        "I 2026 går forslaget i balanse",
        "Én tjeneste brukte mer enn revidert budsjett: «Plan- og bygningstjenester» (0,4 mill. kr)",
        "Eiendomsskatt er en nettosum: 221 mill. kr i økte inntekter og 100 mill. kr i reduserte",
        # Lines 496 and 1899: the reserve as the rule counts it, and 2,7 2,7 2,6 2,6 of at least 3 per cent.
        "slik handlingsregelen regner det, var 5,9 % av driftsinntektene i 2025; målet er minst 3 %.",
        "Andelen omfatter årets mindreforbruk på 519 mill. kr. Planen ligger under målet alle fire årene.",
        # Lines 1772-1776: 12,5 - 60 + 2,5 of Kirke og gravlunder.
        "ville netto få 40 mill. kr mindre: Kirke og gravlunder 45 mill. kr mindre, resten av området 5 mill. kr mer.",
        "Dokumentene viser ikke hva byrådets forslag ville gi for gjeld og fond.",
        "avviker fra dem med inntil 0,7 mill. kr (i 2028)",
        "15 poster har ikke noe beløp for 2020; noen av dem gjelder først senere. I tillegg har to et beløp uten år",
        "De rødgrønne 2020: ingen; Årsberetning 2025: ",
    ):
        assert sentence in text


def test_exchanged_parts_are_told_in_their_own_words(edited, monkeypatch):
    found = shown(edited(documents=SWAPPED), "nb", monkeypatch)
    text = words(found).replace(S, " ")
    assert "Det kan ikke tegnes eller regnes ut. Dokumentet har ingen tabell over hvor pengene skal komme fra" in text
    assert "Det nevner 17 poster for inndekning, og tre av dem har beløp for 2020" in text
    assert "Forslaget for 2020 oppgir ingen tall for handlingsreglene" in text
    assert "SV og Rødt ville gi tjenestene 319 mill. kr mer enn byrådets forslag" in text
    assert not any(block.get("name") in ("payment", "payment-by-year") for block in found)


def test_what_was_overspent_is_not_left_over(edited, monkeypatch):
    stated = facts.left
    monkeypatch.setattr(facts, "left", lambda e: replace(stated(e), mnok=-510.0))
    text = words(shown(edited(), "nb", monkeypatch))
    assert "Merforbruket i 2025, og det som foreslås for 2026" in text
    assert not re.search("(?:ble|hadde .*) til overs", text)


def test_the_lead_tells_each_finding_and_that_cuts_are_not_deducted(edited, monkeypatch):
    [lead] = [block for block in shown(edited(), "en", monkeypatch) if block.get("lead")]
    text = reading.sentences([lead]).replace(S, " ")
    # Line 97 of the annual report; the appendix of the one budget and the headings of the other.
    assert "spent NOK 510 million less than the revised budget in 2025" in text
    assert "NOK 319 million more than the city government's proposal in 2026." in text
    assert "NOK 76 million more than the chief executive's proposal in 2020, before the cuts" in text
    assert "Each amount is in the kroner of its own year." in text


def test_the_amounts_are_in_the_prices_that_are_asked_for(edited, monkeypatch):
    found = shown(edited(prices={"year": 2020}), "nb", monkeypatch)
    rows = {row[0]["text"]: [cell["text"] for cell in row] for row in named(found, "areas")["rows"]}
    # 22,2 is what the rows of the document sum to in its own kroner; 83,9 / 1,3296... in those of 2020.
    assert rows["Oppvekst og utdanning"][1] == "+22,2"
    assert rows["Oppvekst og utdanning"][4] == "+63,1"
    assert f"318,6{S}mill" not in words(found)


def test_amounts_without_a_unit_are_in_no_sum(edition, monkeypatch):
    cells = edition.table("table_cells").assign(unit="unknown")
    other = Edition(edition.project, edition.params, edition.lang)
    vars(other)["_rows"] = lambda name, columns, where: (
        cells if name == "table_cells" else edition._rows(name, columns, where)
    )
    assert not accounts.summary(edition, REPORT).empty
    assert accounts.summary(other, REPORT).empty
    assert accounts.result(other, REPORT) is None
