"""The report of a service area, worked by hand on the clean tables of this edition: areas, measures, goals, figures."""

import dataclasses
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report import areas, directives, goals, key_figures, measures, service_area
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.charts.strip import _tiers
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.facts import service_area as facts
from kommunebudsjett.report.pictures import theme
from kommunebudsjett.report.prose import Paragraph, divided
from kommunebudsjett.report.theme import NARROW, WIDE
from tests.conftest import ROOT
from tests.report.names import REPORT, RODGRONNE, SV_RODT
from tests.report.reading import shown, words

AREAS = [
    "oppvekst",
    "helse_omsorg",
    "sosiale_tjenester",
    "kultur_idrett",
    "miljo_naering",
    "byutvikling",
    "finans_organisasjon",
    "felles",
]


@pytest.fixture(scope="module", params=["nb", "en"])
def edition(request) -> Edition:
    project = Project(ROOT)
    return Edition(project, load_params(project), request.param)


def by_name(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.set_index("measure")


def proposal(edition: Edition, part: str, area_id: str) -> facts.Proposal:
    [found] = [one for one in facts.proposals(edition, area_id) if one.id == part]
    return found


def part_of(edition: Edition, part: str, area_id: str, kind: str = "measures") -> facts.Part:
    [found] = [one for one in proposal(edition, part, area_id).parts if one.kind == kind]
    return found


def indicator(edition: Edition, area_id: str, name: str) -> key_figures.Indicator:
    [found] = [one for one in key_figures.indicators(edition, REPORT, area_id) if one.name.startswith(name)]
    return found


# Accounts


def test_the_accounts_of_an_area_are_rows_of_the_table_of_the_municipality(edition):
    # Lines 228-230: nursing homes 1204, 1300, 1252, 97; home care 1242, 1356, 1325, 114; medical 579, 613, 593, 34.
    rows = service_area.accounts(edition, REPORT, "helse_omsorg")
    assert list(rows["line"]) == [228, 229, 230]
    assert rows[["actual", "revised_budget", "original_budget", "deviation"]].sum().tolist() == [3025, 3269, 3170, 245]
    # 1300 - 1204 is 96, and 97 is printed.
    assert list(service_area.rounded(rows)["line"]) == [228]


def test_the_accounts_per_inhabitant_are_in_kroner_of_their_year(edition):
    # 3025 million over 216 518 inhabitants (population.csv, 1 January 2025).
    cell = service_area.per_inhabitant(
        edition, REPORT, service_area.accounts(edition, REPORT, "helse_omsorg"), "actual"
    )
    assert cell.value == pytest.approx(3_025_000_000 / 216_518)
    assert {document for document, _ in cell.sources} == {"trondheim-2025"}
    assert cell.how


def test_overspending_that_the_table_of_the_municipality_hides_is_that_of_its_area(edition):
    # Table 8.1.1, line 1736: -0,4; table 1.1.3, line 236, prints 0.
    [row] = service_area.hidden_overspending(edition, REPORT, "byutvikling").to_dict("records")
    assert (row["service_area"], row["deviation"], row["line"]) == ("Plan- og bygningstjenester", -0.4, 1736)
    assert service_area.hidden_overspending(edition, REPORT, "oppvekst").empty


@pytest.mark.parametrize(
    ("part", "area_id", "percent"),
    [
        # 225,3 of 4026 million in 2025 kroner, 4191,066 in those of 2026.
        (SV_RODT, "sosiale_tjenester", 225.3 / 4191.066 * 100),
        # A cut is written without its sign: the sentence says that it is less.
        (SV_RODT, "kultur_idrett", 40.1 / 860.907 * 100),
    ],
)
def test_the_size_of_a_proposal_is_in_the_same_kroner(edition, part, area_id, percent):
    assert service_area.size(edition, REPORT, part, area_id).value == pytest.approx(percent)


@pytest.mark.parametrize(
    ("area_id", "why"),
    [
        ("miljo_naering", "line 235 is a net income"),
        ("finans_organisasjon", "property tax is not in the accounts of the area"),
        ("byutvikling", "the document has no measures there"),
    ],
)
def test_of_some_areas_there_is_no_size(edition, area_id, why):
    assert service_area.size(edition, REPORT, SV_RODT, area_id) is None, why


# Measures


def test_measures_stand_largest_first_with_both_signs(edition):
    rows = measures.plan(edition, SV_RODT, "kultur_idrett")
    assert len(rows) == 21
    assert rows["first"].is_monotonic_decreasing
    # Lines 1772 and 1774.
    assert rows.iloc[0][["measure", "first", "last"]].tolist() == ["Kommunen som gravplassmyndighet", 12.5, 25]
    assert rows.iloc[-1][["measure", "first", "last"]].tolist() == [
        "Mindre tilskudd til Kirkelig fellesråd",
        -60,
        -80,
    ]


def test_measures_add_up_to_the_comparison(edition):
    for part in (RODGRONNE, SV_RODT):
        change = edition.amounts(part, "change")
        for area_id in AREAS:
            total = measures.plan(edition, part, area_id)["first_fixed"].sum()
            assert total == pytest.approx(areas.value(change, area_id) or 0), (part, area_id)


def test_amounts_of_before_are_converted_with_the_prices_of_their_document(edition):
    # Lines 72 and 75: 5,5 million in 2020, 12 million in 2021, in 2020 kroner.
    row = by_name(measures.plan(edition, RODGRONNE, "oppvekst")).loc["Gratis SFO for førsteklassinger"]
    factor = edition.price_factor(2020)
    assert (row["first"], row["last"]) == (5.5, 12)
    assert row["first_fixed"] == pytest.approx(5.5 * factor)
    assert row["last_fixed"] == pytest.approx(12 * factor)
    assert row["years"] == {2020: 5.5, 2021: 12, 2022: 12, 2023: 12}
    assert (row["first_lines"], row["year_lines"][2021]) == ("72", "75")


def test_half_years_one_off_money_and_late_starts_are_told_apart(edition):
    children = measures.plan(edition, RODGRONNE, "oppvekst")
    assert list(children.loc[children["half_year"].astype(bool), "measure"]) == ["Toppet bemanning i barnehage"]
    culture = measures.plan(edition, SV_RODT, "kultur_idrett")
    # Lines 1740 and 1766 have money in 2026 and zero after; line 1776 has money for three years.
    assert set(measures.one_off(culture)["measure"]) == {"Utstyr i kulturskolen", "Byåsen IL, parkering Nilsbyen"}
    assert list(measures.ending(culture)["measure"]) == ["Livssynsåpent seremonirom"]
    assert set(measures.later(culture)["measure"]) == {"Fritidsklubber", "Beholder kulturmidler i hele perioden"}
    # Line 237: the first amount of Brygga is for 2021.
    assert list(measures.later(measures.plan(edition, RODGRONNE, "sosiale_tjenester"))["measure"]) == [
        "Brygga - individuell jobbstøtte"
    ]


def test_an_amount_that_is_not_stated_is_neither_zero_nor_one_off(edition):
    # Line 115 states 1,6 million for 2020 and no more.
    rows = measures.plan(edition, RODGRONNE, "oppvekst")
    assert measures.one_off(rows).empty
    assert "Ungt Entreprenørskap" in set(measures.unstated_last(rows)["measure"])
    table = dict(zip(rows["measure"], measures.table_rows(edition, RODGRONNE, rows), strict=True))
    assert table["Ungt Entreprenørskap"][-1] is None


def test_the_funding_of_before_keeps_totals_and_ambiguous_amounts_apart(edition):
    rows = by_name(measures.plan(edition, RODGRONNE, "finans_organisasjon", "inndekning"))
    # Line 889: 365 million in all, for no one year. Lines 870-871: «økende med 20 mill i 2023».
    assert rows.at["Reduserte låneopptak", "undated"] == -365
    assert pd.isna(rows.at["Reduserte låneopptak", "first"])
    assert rows.at["Innleie av arbeidskraft", "ambiguous"]
    assert rows.at["Innleie av arbeidskraft", "quotes"] == ["20 mill i 2023"]
    assert len(measures.without_amount(rows.reset_index())) == 10


def test_the_reasoning_follows_the_measures_and_is_quoted_once(edition):
    rows = measures.plan(edition, SV_RODT, "sosiale_tjenester")
    quoted = measures.reasoning(edition, SV_RODT, "sosiale_tjenester", rows)
    assert quoted[0].text.startswith("BPA er et sentralt likestillingsverktøy")
    assert len({quotation.source for quotation in quoted}) == len(quoted)
    # Lines 552-557 are about two measures, lines 1696 and 1702.
    [both] = [quotation for quotation in quoted if quotation.source[1] == "552-557"]
    assert edition.gloss("Avvikle Jarleveien 10") in both.amount.text
    assert both.heading.text == edition.gloss("Flere rusboliger")


def test_a_measure_without_reasoning_is_named(edition):
    rows = measures.plan(edition, SV_RODT, "helse_omsorg")
    assert list(measures.unargued(edition, SV_RODT, "helse_omsorg", rows)["measure"]) == [
        "Tilpasse tjenester til behov"
    ]


def test_all_prose_of_an_area_is_quoted_somewhere(edition):
    for part in (RODGRONNE, SV_RODT):
        for area_id in AREAS:
            kinds = [measures.plan(edition, part, area_id, kind) for kind in ("drift", "investering", "inndekning")]
            shown = [quote for rows in kinds for quote in measures.reasoning(edition, part, area_id, rows)]
            shown += measures.introductions(edition, part, area_id, kinds)
            lines = {quotation.source[1] for quotation in shown}
            assert lines == set(measures.texts(edition, part, area_id)["lines"]), (part, area_id)


def test_the_largest_of_what_pays_has_its_relief_beside_it(edition):
    rows = measures.plan(edition, SV_RODT, "finans_organisasjon")
    assert measures.with_amounts(edition, SV_RODT, measures.top(rows)).sources == (("sv-rodt-2026", "1868"),)
    # Property tax is -131 + 100 - 77 - 13 (lines 1868-1874).
    assert measures.beside(rows)["first"].sum() == -121
    # Line 597: no other measure stands in a group with the largest.
    assert measures.beside(measures.plan(edition, RODGRONNE, "miljo_naering")).empty


def test_measures_of_the_same_size_are_the_largest_together(edition):
    # Lines 763 and 767: 0,4 million each.
    rows = measures.plan(edition, RODGRONNE, "finans_organisasjon")
    assert set(measures.top(rows)["measure"]) == {"Ung i jobb", "Veteranhus"}
    begun = proposal(edition, RODGRONNE, "finans_organisasjon").begun
    cell = begun.largest
    assert begun.most == 2
    assert set(cell.sources) == {("rodgronne-2020", "763"), ("rodgronne-2020", "767")}
    assert "Veteranhus" in cell.text or "Veterans' house" in cell.text


def test_the_largest_says_its_service_where_its_name_does_not(edition):
    # «Flere ansatte» of line 1800 is in nursing homes; «Eiendomsskatt på bolig» of line 1868 says that it is a tax.
    words = proposal(edition, SV_RODT, "helse_omsorg").begun.largest.text
    assert edition.text("Flere ansatte (Sykehjem, +20,0", "More staff (Nursing homes, +NOK\xa020.0") in words
    tax = proposal(edition, SV_RODT, "finans_organisasjon").begun.largest.text
    assert edition.text("Eiendomsskatt på bolig (−131,0", "Property tax on homes (−NOK\xa0131.0") in tax


@pytest.mark.parametrize(
    ("part", "area_id", "amount"),
    [
        # Lines 1624-1644: 22 + 30 + 4,4 + 5 + 10 + 5 + 7,5.
        (SV_RODT, "oppvekst", 83.9),
        # Line 1774 and the rest of its table: a cut is told without its sign.
        (SV_RODT, "kultur_idrett", 40.1),
        # Lines 763 and 767.
        (RODGRONNE, "finans_organisasjon", 0.8),
        (SV_RODT, "byutvikling", None),
    ],
)
def test_a_proposal_is_told_in_the_kroner_of_its_year(edition, part, area_id, amount):
    begun = proposal(edition, part, area_id).begun
    assert (None if begun is None else pytest.approx(begun.own.value)) == amount
    if begun:
        assert abs(begun.net) == pytest.approx(begun.amount.value)


def test_the_accounts_of_an_area_are_told_with_their_deviation(edition):
    # Line 235: -7 -6 14 21: a net income, where the revised budget had a net expenditure.
    told = facts.accounts(edition, "miljo_naering")
    assert (told.income, told.actual.value, told.deviation.value, told.unspent) == (True, 7, 21, 21)
    assert told.negative and told.services[0].amounts[0].value == -7
    # Line 132: the original budget lacks depreciation, so that nothing is said of it.
    assert told.growth is None and told.depreciation.value == 1309
    assert facts.moves(edition, "oppvekst") is None
    schools = facts.accounts(edition, "oppvekst")
    assert (schools.income, schools.unspent, len(schools.services), schools.sums) == (False, 47, 3, [2])
    assert schools.services[-1].name is None


def test_the_accounts_are_set_against_the_original_budget_where_they_can_be(edition, monkeypatch):
    monkeypatch.setattr(service_area, "depreciation", lambda e, report: pd.DataFrame())
    # Lines 226-227: 2778 2809 2784 31 and 2273 2289 2229 16.
    told, moves = facts.accounts(edition, "oppvekst"), facts.moves(edition, "oppvekst")
    assert (told.growth.value, told.grown, told.depreciation) == (38, 38, None)
    assert moves.revised.change.value == 60 and moves.revised == moves.spent
    assert [mark.second for mark in moves.marks] == [-6, 44]
    assert [cell.value for cell in moves.rows[0][1:]] == [2784, 25, -6]
    # One service alone is no figure.
    assert facts.moves(edition, "miljo_naering") is None


def test_what_a_row_of_the_accounts_lacks_is_not_told(edition, monkeypatch):
    rows = service_area.accounts(edition, REPORT, "oppvekst")
    rows.loc[rows.index[0], ["deviation", "original_budget"]] = float("nan")
    monkeypatch.setattr(service_area, "accounts", lambda e, report, area_id: rows)
    monkeypatch.setattr(service_area, "depreciation", lambda e, report: pd.DataFrame())
    told = facts.accounts(edition, "oppvekst")
    assert (told.deviation, told.growth, told.unspent, told.grown) == (None, None, 0, 0)
    assert told.services[0].amounts[2:4] == [None, None]


def test_a_sum_that_hides_services_of_both_signs_is_divided(edition):
    # Lines 1772-1776: 12,5 - 60 + 2,5; lines 1760-1766: 2,2 + 0,4 + 0,2 + 1.
    words = measures.by_group(edition, SV_RODT, measures.plan(edition, SV_RODT, "kultur_idrett")).text
    for amount in ("45.0", "3.8", "1.1"):
        assert amount.replace(".", edition.text(",", ".")) in words
    assert measures.by_group(edition, SV_RODT, measures.plan(edition, SV_RODT, "oppvekst")) is None


def test_a_grant_with_the_name_of_a_measure_is_found(edition):
    # Line 1626: Toppet bemanning 30; line 1862: Statlig tilskudd toppet bemanning -30.
    found = measures.counterparts(edition, SV_RODT, measures.plan(edition, SV_RODT, "oppvekst"))
    assert list(found["measure"]) == ["Statlig tilskudd toppet bemanning"]
    assert measures.counterparts(edition, RODGRONNE, measures.plan(edition, RODGRONNE, "oppvekst")).empty


def test_a_figure_of_many_measures_leaves_out_the_small(edition):
    rows = measures.plan(edition, SV_RODT, "kultur_idrett")
    part = part_of(edition, SV_RODT, "kultur_idrett")
    assert (len(part.rows), part.picture.count) == (21, 21)
    assert part.picture.small == int((rows[["first_fixed", "last_fixed"]].abs().max(axis=1) < 1).sum()) > 0
    # Line 1774 is furthest below zero, and the largest too.
    assert part.picture.least is None
    assert part_of(edition, RODGRONNE, "kultur_idrett").picture.small == 0


def test_a_table_is_headed_by_what_it_is_about(edition):
    title = key_figures.title(edition, "Nøkkeltall for barnehage")
    assert title == (edition.gloss("Nøkkeltall for barnehage") if edition.lang == "nb" or title else "")
    assert key_figures.title(edition, "Nøkkeltall for barnehage. Kilde SSB") == title
    assert key_figures.title(edition, "") == ""


def test_money_between_the_first_and_the_last_year_is_told(edition):
    # Line 1830: BrukOm 0 1,8 1,8 0.
    row = by_name(measures.plan(edition, SV_RODT, "miljo_naering")).loc["BrukOm"]
    amount = edition.text("+1,8\xa0mill.\xa0kr i 2027 og 2028", "+NOK\xa01.8\xa0million in 2027 and 2028")
    assert measures.in_words(edition, SV_RODT, row) == amount
    # Line 1832: Bynaturpark 1 2 0 0 has money in the first year.
    row = by_name(measures.plan(edition, SV_RODT, "miljo_naering")).loc["Bynaturpark"]
    assert "2027" not in measures.in_words(edition, SV_RODT, row)


def test_amounts_that_follow_from_an_earlier_year_are_told(edition):
    # Line 75: 12 million in 2021, and no word of 2023. Line 601 states 2,3 million in 2023.
    rows = by_name(measures.plan(edition, RODGRONNE, "oppvekst"))
    assert rows.at["Gratis SFO for førsteklassinger", "carried_on"]
    assert not rows.at["Ungt Entreprenørskap", "carried_on"]
    assert not by_name(measures.plan(edition, RODGRONNE, "miljo_naering")).at["Klimatiltak", "carried_on"]
    remarks = part_of(edition, RODGRONNE, "oppvekst").remarks
    assert edition.gloss("Gratis SFO for førsteklassinger") in remarks.carried_on.text
    assert (remarks.first, remarks.ending, remarks.undated, remarks.twice) == (None, None, None, None)


def test_what_is_not_among_the_measures_is_told_of_those_of_the_area_alone(edition):
    # The red-greens have a chapter on how the budget is paid for, which is not divided by area.
    assert part_of(edition, RODGRONNE, "oppvekst").remarks.uncovered
    own, cover = (
        part_of(edition, RODGRONNE, "finans_organisasjon", kind).remarks for kind in ("measures", "inndekning")
    )
    assert not own.uncovered and not cover.uncovered
    # Lines 870-871 and 889.
    assert "20 mill i 2023" in cover.quotes.text and cover.unclear and cover.undated
    twice = part_of(edition, SV_RODT, "oppvekst").remarks.twice
    assert twice in (None, edition.params.printing)


def test_a_figure_says_what_a_mark_alone_means(edition):
    # Line 237: Brygga has no amount for 2020; lines 202, 221 and 226 state none for 2023.
    picture = part_of(edition, RODGRONNE, "sosiale_tjenester").picture
    assert picture.rings and picture.discs
    assert not part_of(edition, RODGRONNE, "oppvekst").picture.discs


def test_a_cut_in_a_middle_year_is_a_cut(edition):
    # Lines 597-644 are increases.
    rows = measures.plan(edition, RODGRONNE, "miljo_naering")
    assert not measures.has_cuts(rows)
    later = rows[:1].assign(years=[{2020: 0.0, 2021: -10.0, 2022: 10.0, 2023: 10.0}])
    assert measures.has_cuts(later)


def test_all_years_of_a_measure_are_among_its_lines(edition):
    # Lines 597-601: an amount of Klimatiltak for each of the four years.
    rows = measures.plan(edition, RODGRONNE, "miljo_naering")
    climate = rows[rows["measure"] == "Klimatiltak"]
    assert {lines for _, lines in measures.lines_of(climate)} == {"597", "600", "601"}
    assert measures.lines_of(climate, "first") == [("rodgronne-2020", "597")]


# Instructions and goals


def test_deadlines_are_as_printed(edition):
    rows = directives.deadlines(edition, directives.directives(edition, RODGRONNE, "oppvekst"))
    quotes = {"nb": "«i løpet av våren 2020»", "en": "“i løpet av våren 2020”"}
    assert quotes[edition.lang] in [row[2].text for row in rows]
    assert len(rows) == 5
    assert directives.directives(edition, SV_RODT, "byutvikling").empty


def test_instructions_are_counted_by_what_they_ask_for(edition):
    asked = proposal(edition, RODGRONNE, "oppvekst").instructions
    assert directives.counts(directives.directives(edition, RODGRONNE, "oppvekst")) == {
        "sak": 5,
        "omdisponering": 1,
        "other": 3,
    }
    assert (asked.count, asked.alike, [ask.number for ask in asked.asks]) == (9, None, [5, 1, 3])
    assert asked.asks[0].what == edition.text("en sak", "a report or proposal")


def test_instructions_that_ask_for_the_same_are_counted_as_all(edition):
    # Lines 1440-1460: four ask for «en sak».
    asked = proposal(edition, SV_RODT, "miljo_naering").instructions
    assert (asked.count, asked.alike, asked.asks) == (4, edition.text("en sak", "a report or proposal"), [])
    assert proposal(edition, SV_RODT, "byutvikling").instructions is None


def test_an_instruction_in_the_introduction_of_a_chapter_is_not_one_of_a_measure(edition):
    # Line 498 is in the introduction «Kulturbyen Trondheim», line 504 in the measure of line 503.
    rows = directives.directives(edition, RODGRONNE, "kultur_idrett")
    quoted = directives.quotations(edition, rows)
    words = {one.source[1]: one.amount.text if one.amount else "" for one in quoted}
    [introduction] = [text for lines, text in words.items() if lines.startswith("498")]
    [measure] = [text for lines, text in words.items() if lines.startswith("504")]
    assert introduction.endswith(edition.text("i innledningen til kapitlet", "in the introduction of the chapter"))
    assert measure.endswith(edition.text("i teksten til et tiltak", "in the text of a measure"))


def test_goals_are_counted_by_their_verdict(edition):
    rows = goals.goals(edition, REPORT, "helse_omsorg")
    # Lines 887-1107: one «ikke oppnådd», five «nådd», one «delvis nådd», one «i rute», three less plain.
    assert goals.counts(rows) == {"achieved": 5, "on_track": 1, "partly": 1, "not_achieved": 1, "other": 3}
    assert sum(goals.counts(goals.goals(edition, REPORT)).values()) == len(goals.goals(edition, REPORT))
    assert goals.summary(edition, goals.goals(edition, REPORT, "byutvikling")) in (
        "alle delvis nådd",
        "all partly achieved",
    )


# Key figures


def test_a_key_figure_has_its_neighbours_mean_and_change(edition):
    # Line 821: 115 225 in 2024, then 122 314, 133 041, 125 032, 133 002 and the mean 132 020.
    one = indicator(edition, "oppvekst", "Netto driftsutgifter grunnskole")
    assert one.change == 122_314 - 115_225
    assert one.mean["value"] == 132_020
    assert set(key_figures.others(one)["value"]) == {133_041, 125_032, 133_002, 132_020}
    # Line 1131 prints hundredths: 0,75 and 0,94.
    doctors = indicator(edition, "helse_omsorg", "Legetimer")
    assert (doctors.decimals, doctors.change) == (2, 0.19)


def test_a_missing_figure_has_no_change_and_is_said_in_words(edition):
    # Line 1980: 4,0 in 2024, N/A after.
    one = indicator(edition, "sosiale_tjenester", "Andel sosialhjelpsmottakere 18-66")
    assert one.change is None
    row = key_figures.row(edition, one, [one])
    assert {cell.text for cell in row[2:]} <= {"ikke oppgitt", "not stated"}


def test_a_figure_shows_no_key_figure_whose_name_or_unit_is_in_doubt(edition):
    # Lines 1941-1942 say million kroner and can only be kroner; lines 1867-1868 have one name.
    found = key_figures.indicators(edition, REPORT, "sosiale_tjenester")
    assert {int(one.figures["line"].iloc[0]) for one in key_figures.doubtful(edition, REPORT, found)} == {1941, 1942}
    found = key_figures.indicators(edition, REPORT, "byutvikling")
    doubted = key_figures.doubtful(edition, REPORT, found)
    assert {int(one.figures["line"].iloc[0]) for one in doubted} == {1867, 1868}
    assert not set(key_figures.chosen(edition, REPORT, found)) & set(doubted)


def test_the_chosen_key_figures_come_from_every_table_that_compares(edition):
    found = key_figures.indicators(edition, REPORT, "kultur_idrett")
    assert [one.table for one in key_figures.chosen(edition, REPORT, found)] == ["7.1.4"] * 2 + ["7.2.2"] * 2 + [
        "7.3.2"
    ] * 2
    assert not any(one.total for one in key_figures.chosen(edition, REPORT, found))


def test_directions_count_each_key_figure_once(edition):
    found = key_figures.indicators(edition, REPORT, "oppvekst")
    directions = key_figures.directions(found)
    assert (directions.up, directions.down, directions.still) == (5, 5, 3)
    assert (directions.above, directions.below, directions.equal) == (6, 6, 1)


@pytest.mark.parametrize(
    ("area_id", "count", "moved", "moves"),
    [
        ("helse_omsorg", 6, 6, {"up": 2, "down": 4}),
        ("sosiale_tjenester", 31, 28, {"up": 10, "down": 15, "still": 3}),
    ],
)
def test_the_moves_of_key_figures_are_told_without_those_that_none_made(edition, area_id, count, moved, moves):
    figures = facts.figures(edition, area_id)
    assert (figures.count, figures.moved) == (count, moved)
    assert {one.way: one.number for one in figures.moves} == moves


def test_where_key_figures_lie_is_told_without_the_places_that_none_has(edition, monkeypatch):
    # Those of the whole municipality stand in another report.
    assert facts.figures(edition, "felles") is None
    monkeypatch.setattr(service_area, "SHARED", "")
    figures = facts.figures(edition, "felles")
    assert (figures.placed, {one.way: one.number for one in figures.places}) == (4, {"above": 3, "below": 1})
    # Table 1.1.6 has one year only.
    assert (figures.moved, figures.moves, figures.before) == (0, [], False)
    assert "change" not in figures.tables[0].columns and not figures.tables[0].compared


def test_a_table_says_which_of_its_key_figures_are_in_doubt(edition):
    tables = {one.number: one for one in facts.figures(edition, "sosiale_tjenester").tables}
    assert (tables["9.1.2"].doubted, tables["9.1.3"].doubted, tables["9.1.2"].place) == (2, 0, "9-1-2")


# Names and errors


def test_the_names_of_an_area_say_how_they_relate_to_it(edition):
    rows = service_area.printed_names(edition, "byutvikling")
    assert list(rows["name"]) == ["Areal og samferdsel", "Plan- og bygningstjenester", "Tekniske tjenester"]
    assert list(rows["relation"]) == ["wider", "part", "part"]
    assert [name.relation for name in facts.names(edition, "byutvikling")] == ["wider", "part", "part"]
    assert "2020" in facts.names(edition, "byutvikling")[0].note


def test_an_original_budget_without_depreciation_is_not_set_against_the_accounts(edition):
    # Line 132: Avskrivninger 1 155 1 309 1 309 0 0.
    rows = service_area.depreciation(edition, REPORT)
    assert rows.at["actual", "value"] == 1309
    assert set(rows["line"]) == {132}


def test_investments_that_are_not_divided_by_area_are_of_none(edition):
    # Line 1579: the investments of 2026 stand in one table; those of 2020 stand in the chapters (lines 157 and 650).
    assert service_area.undivided(edition, SV_RODT) == {"Investeringer"}
    assert service_area.undivided(edition, RODGRONNE) == set()
    assert all(measures.plan(edition, SV_RODT, area, "investering").empty for area in AREAS)
    assert len(measures.plan(edition, RODGRONNE, "oppvekst", "investering")) == 1
    # Lines 80-88 are about two of them; lines 1-7 are the introduction of the document.
    lines = set(measures.texts(edition, SV_RODT, "felles")["lines"])
    assert "80-88" not in lines
    assert "1-7;9-12" in lines


def test_what_the_documents_lack_for_an_area_is_one_list(edition):
    whole = facts.proposals(edition, "oppvekst")
    goals_there, figures_there = facts.assessed(edition, "oppvekst"), facts.figures(edition, "oppvekst")
    assert facts.gaps(edition, whole, goals_there, figures_there) == facts.Gaps([], 0, "")
    silent = [dataclasses.replace(one, instructions=None) for one in whole]
    first = [dataclasses.replace(silent[0], parts=[]), *silent[1:]]
    assert facts.gaps(edition, first, goals_there, None) == facts.Gaps(
        ["measures", "instructions", "figures"], 1, "2020"
    )
    assert facts.gaps(edition, [first[0]] * 2, None, figures_there).proposals == 2


def test_names_under_other_areas_that_are_wider_are_told(edition):
    # The music school of line 131 and the youth clubs of line 139 stand under Oppvekst; the city architect of line 1828
    # under environment and business.
    culture, planning = (
        " ".join(service_area.wider_elsewhere(edition, area)) for area in ("kultur_idrett", "byutvikling")
    )
    assert edition.text("kulturskole, fritidsklubber", "the music and arts school, youth clubs") in culture
    assert edition.text("byarkitekten", "the city architect") in planning
    # What is said of an area's own names stands beside them.
    assert "fritidsklubber" not in " ".join(service_area.wider_elsewhere(edition, "oppvekst"))


def test_inspections_are_those_of_units_with_a_name_of_the_area(edition):
    assert list(service_area.inspections(edition, REPORT, "sosiale_tjenester")["line"]) == [2649, 2662]
    assert service_area.inspections(edition, REPORT, "kultur_idrett").empty


def test_errors_that_touch_an_area_are_found(edition):
    medical = service_area.accounts(edition, REPORT, "helse_omsorg")
    used = [("trondheim-2025", str(line)) for line in medical["line"]]
    found = service_area.findings(edition, REPORT, "helse_omsorg", used)
    # Lines 230 and 838 disagree; lines 922 and 1114 are prose in the chapter of the area.
    assert {"230;838", "922;1114"} <= set(found["lines"])
    # Those of other chapters are not among them.
    assert not found["lines"].str.contains("1867").any()


def test_a_quoted_text_has_the_paragraphs_of_its_document(edition):
    # Lines 36-37: the sign of a list's item goes with its words.
    [text] = [
        row["text"]
        for _, row in measures.texts(edition, SV_RODT, "felles").iterrows()
        if row["heading"] == "Kampen mot forskjells-Trondheim"
    ]
    parts = text.split("\n\n")
    assert parts[1].startswith("Deltagelse i arbeidslivet er det viktigste")
    assert "● Øke sosialhjelpssatsene til faglig forsvarlig nivå." in parts
    printed = edition.table("measure_texts", heading="Kampen mot forskjells-Trondheim")["text"].iloc[0]
    assert " ".join(text.split()) == printed


@pytest.mark.parametrize(
    ("text", "lines", "paragraphs", "shown"),
    [
        # What is no paragraph, as a heading within the text, stands on its own; what is not found cuts nothing.
        ("A b. Tittel C d.", "1-4", [("1", "A b."), ("4", "C d.")], "A b.\n\nTittel\n\nC d."),
        ("● A b. - C d.", "1-2", [("1", "A b."), ("2", "C d.")], "● A b.\n\n- C d."),
        ("A b. C d.", "1-2", [("1", "A x."), ("2", "C d.")], "A b.\n\nC d."),
        ("A b. A b.", "1-2", [("1", "A b."), ("2", "A b.")], "A b.\n\nA b."),
        # A paragraph on lines that the text does not stand on is another's.
        ("A b. C d.", "1-2", [("7", "C d.")], "A b. C d."),
    ],
)
def test_a_text_is_divided_at_its_paragraphs(text, lines, paragraphs, shown):
    assert divided(text, lines, [Paragraph("", "d", where, words) for where, words in paragraphs]) == shown


def test_key_figures_in_kroner_say_so_once(edition):
    found = {one.name: one for area in AREAS for one in key_figures.indicators(edition, REPORT, area)}
    unsaid = found["Netto driftsutgifter til folkebibliotek, per innbygger"]
    said = found["Brutto driftsutgifter per plass i institusjon (kr)"]
    share = found["Andel innbyggere 80 år og over som mottar hjemmetjenester (prosent)"]
    assert key_figures.named(edition, unsaid) == edition.gloss(unsaid.name) + edition.text(" (kr)", " (NOK)")
    assert key_figures.row(edition, unsaid, [unsaid])[0].text == key_figures.named(edition, unsaid)
    assert [key_figures.named(edition, one) for one in (said, share)] == [
        edition.gloss(one.name) for one in (said, share)
    ]


# Charts


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_charts_of_every_area_are_drawn(edition, width):
    for area_id in AREAS:
        parts = [part for one in facts.proposals(edition, area_id) for part in one.parts]
        drawn = [part.picture.draw for part in parts if part.picture]
        figures = facts.figures(edition, area_id)
        if figures and figures.draw:
            drawn.append(figures.draw)
        for draw in drawn:
            with theme(area_id, width):
                figure = draw(width)
                figure.draw_without_rendering()
                words = [text for axes in figure.axes for text in axes.texts if text.get_text()]
                assert words
                # A point of leeway: coordinates are those of pixels.
                last = figure.bbox.x1 + 1
                extents = [(text.get_text(), text.get_window_extent()) for text in words]
                assert [word for word, extent in extents if extent.x0 < -1 or extent.x1 > last] == []


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.text("abc 0", min_size=1, max_size=30), st.floats(-1e6, 1e6)), min_size=1, max_size=8),
)
def test_labels_of_a_strip_do_not_run_into_each_other(labels):
    values = [value for _, value in labels]
    low, high = min(values), max(values) + 1
    placed = _tiers(labels, (low, high), 3.0)
    assert [text for text, *_ in placed] == [text for text, _ in labels]
    scale = 3.0 / (high - low)
    for first, (text, _, middle, tier) in enumerate(placed):
        for other, _, away, level in placed[first + 1 :]:
            if tier == level:
                assert abs(middle - away) * scale >= (len(text) + len(other)) * 0.083 / 2 - 1e-6


@pytest.mark.parametrize(
    ("labels", "tiers"),
    [
        # «Brutto driftsutgifter per plass»: each stands to a side of its mark, so that all are on one line.
        ([("Bergen: 1 624 381", 1624381), ("Stavanger: 1 664 850", 1664850)], [0, 0]),
        # Three marks that are close: the line from the middle one passes between the labels of the others.
        ([("Stavanger: 0,95", 95), ("Bergen: 0,96", 96), ("ASSS-snittet: 0,98", 98)], [0, 1, 0]),
    ],
)
def test_no_line_to_a_label_passes_behind_another(labels, tiers):
    low, high = labels[0][1] * 0.9, labels[-1][1] * 1.1
    placed = _tiers(labels, (low, high), 7.1)
    assert [tier for *_, tier in placed] == tiers
    scale = 7.1 / (high - low)
    for text, _, middle, tier in placed:
        half = len(text) * 0.083 / 2 / scale
        assert not [value for _, value, _, other in placed if other > tier and abs(value - middle) < half]


# The notebook, for what the clean tables of this edition do not show


def said(lang: str, area_id: str, monkeypatch: pytest.MonkeyPatch, price_year: int = 2026) -> str:
    """The words of the report: its texts, captions, alternative texts and cells."""
    text = words(shown(ROOT / "notebooks", "service_area", lang, price_year, monkeypatch, area_id=area_id))
    return re.sub("[ \n]+", " ", text)


@pytest.mark.parametrize(
    ("lang", "area_id", "expected"),
    [
        (
            "nb",
            "felles",
            ["ingen beløp til drift", "vurderer ingen mål", "føringer i forslagene", "ikke fordelt på områder"],
        ),
        (
            "en",
            "byutvikling",
            [
                "no amounts for running the area",
                "has no instructions",
                "does not divide its investments",
                "original budget has none",
            ],
        ),
        ("nb", "miljo_naering", ["netto inntekt på", "nettoinntekt", "34 vurderinger"]),
        ("en", "finans_organisasjon", ["in higher income or lower expenditure", "No percentage of the accounts"]),
    ],
)
def test_an_area_without_data_says_so(lang, area_id, expected, monkeypatch):
    text = said(lang, area_id, monkeypatch)
    for phrase in expected:
        assert phrase in text
    assert not re.search(r"\b(nan|NaN|None|NaT|<NA>)\b|\(\)|\{\w+\}", text)


X = Cell("X", (("trondheim-2025", "1"),))


def with_all_remarks(one: facts.Proposal) -> facts.Proposal:
    """The proposal with one measure in its first year and one after, and with all that can be remarked on."""
    filled = {field.name: X for field in dataclasses.fields(facts.Remarks)}
    remarks = facts.Remarks(**filled | {"many": 1, "uncovered": True, "twice": "chapter", "differ": True})
    begun = dataclasses.replace(one.begun, count=1, up=None, down=None, last=X, groups=X, grants=X, granted=1)
    parts = [dataclasses.replace(one.parts[0], remarks=remarks), *one.parts[1:]]
    return dataclasses.replace(one, later=1, begun=begun, parts=parts)


@pytest.mark.parametrize(
    ("unspent", "grown", "expected"),
    [
        (0, 0, "som i det reviderte budsjettet og den samme som i det opprinnelige."),
        (3, 2, "lavere enn i det reviderte budsjettet, men X høyere enn i det opprinnelige."),
        (-3, 2, "høyere enn i det reviderte budsjettet og X høyere enn i det opprinnelige."),
    ],
)
def test_what_is_seldom_so_is_said_in_whole_sentences(unspent, grown, expected, monkeypatch):
    accounts, proposals = facts.accounts, facts.proposals
    changed = {"unspent": unspent, "growth": X, "grown": grown, "depreciation": None}
    monkeypatch.setattr(facts, "accounts", lambda e, area_id: dataclasses.replace(accounts(e, area_id), **changed))
    monkeypatch.setattr(facts, "proposals", lambda e, area_id: [with_all_remarks(one) for one in proposals(e, area_id)])
    text = said("nb", "oppvekst", monkeypatch)
    for phrase in (
        expected,
        "Fordelt på tjenester: X. Ett tiltak har beløp i 2020: Gratis SFO for førsteklassinger",
        "; ett tiltak begynner senere. Blant inntektene under finans og organisasjon står X. I 2023 er summen X.",
        "Til sammen er det X i 2020 og X i 2023.",
        "Dokumentet oppgir ikke beløp i 2023 for ett tiltak: X. Det betyr ikke null",
        "Tabellene er trykt to ganger i dokumentet, og de er ikke helt like. Her brukes tabellene i kapitlene.",
    ):
        assert phrase in re.sub(r"\s+", " ", text)
