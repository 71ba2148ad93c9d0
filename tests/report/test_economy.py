"""The report on the economy, worked by hand on the clean tables of this edition, and the charts it draws."""

import itertools
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report import charts, economy, rules
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.charts.slope import apart
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.facts import economy as facts
from kommunebudsjett.report.pictures import theme
from kommunebudsjett.report.theme import NARROW, WIDE
from tests.conftest import ROOT, write_texts
from tests.report import reading
from tests.report.names import REPORT, RODGRONNE, SV_RODT

S = "\u00a0"


def edition_in(lang: str, prices: dict | None = None, **changes) -> Edition:
    """The edition with other parameters: prices, documents or printing."""
    params = load_params(Project(ROOT))
    if prices:
        changes["prices"] = params.prices.model_copy(update=prices)
    return Edition(Project(ROOT), params.model_copy(update=changes), lang)


@pytest.fixture(scope="module", params=["nb", "en"])
def edition(request) -> Edition:
    return edition_in(request.param)


@pytest.fixture(scope="module")
def nb() -> Edition:
    return edition_in("nb")


class Without(Edition):
    """An edition whose tables on the economy are empty, as for a document that does not print them."""

    def table(self, name: str, *columns: str, **where: str) -> pd.DataFrame:
        rows = super().table(name, *columns, **where)
        gone = {"statement_by_kind", "balance", "guarantees", "key_figures", "table_cells", "topics", "measures"}
        return rows.iloc[:0] if name in gone else rows


@pytest.fixture
def bare(nb) -> Edition:
    return Without(nb.project, nb.params, "nb")


# The result


@pytest.mark.parametrize(
    ("line", "revised", "actual", "deviation"),
    [
        (93, 16786, 16844, 58),  # Statlig tilskudd og skatt	-16 786	-16 844	58
        (94, -343, -262, 80),  # Diverse sentrale bevilgninger	343	262	80
        (95, 335, 334, -1),  # Eksterne finanstransaksjoner	-335	-334	-1
        (96, 122, -5, -127),  # Interne finanstransaksjoner	-122	5	-127
        (97, -16900, -16390, 510),  # Tjenesteområdene	16 900	16 390	510
    ],
)
def test_items_of_the_result_have_income_as_plus_and_the_deviation_as_printed(nb, line, revised, actual, deviation):
    row = economy.result(nb, REPORT).set_index("line").loc[line]
    assert (row["revised_budget"], row["actual"], row["deviation"]) == (revised, actual, deviation)
    assert not row["is_result"]


def test_the_result_has_a_deviation_and_no_budget_of_its_own(nb):
    # <b>Resultat, før avsetning på disposisjonsfond</b>			<b>519</b>
    [row] = economy.result(nb, REPORT).query("is_result").to_dict("records")
    assert (row["line"], row["deviation"]) == (98, 519)
    assert pd.isna(row["revised_budget"])
    assert pd.isna(row["actual"])


# The statement by kind


@pytest.mark.parametrize(
    ("name", "line", "actual", "revised", "original", "deviation", "year_before"),
    [
        # Sum driftsinntekter	-20 431	-22 008	-21 166	-21 086	-842
        ("revenue", 126, 22008, 21166, 21086, 842, 20431),
        # Sum driftsutgifter	20 110	21 131	21 079	19 632	52
        ("expenditure", 133, -21131, -21079, -19632, -52, -20110),
        # Netto finansutgifter	817	930	1 100	1 061	-171
        ("net_finance", 143, -930, -1100, -1061, 171, -817),
        # <b>Netto driftsresultat</b>	-658	-1 257	-296	-393	-961
        ("net_result", 145, 1257, 296, 393, 961, 658),
        # Eiendomsskatt	-924	-917	-912	-912	-6
        ("property_tax", 120, 917, 912, 912, 6, 924),
        # Bruk av disposisjonsfond	-195	0	-250	-51	250
        ("from_reserve", 151, 0, 250, 51, -250, 195),
        # Avskrivninger	1 155	1 309	1 309	0	0
        ("depreciation", 132, -1309, -1309, 0, 0, -1155),
    ],
)
def test_the_statement_shows_money_in_as_plus(nb, name, line, actual, revised, original, deviation, year_before):
    row = economy.row(economy.statement(nb, REPORT), name)
    assert row["line"] == line
    assert row["actual"] == actual
    assert (row["revised_budget"], row["original_budget"]) == (revised, original)
    assert (row["deviation"], row["year_before"]) == (deviation, year_before)


def test_the_kinds_make_the_deviation_of_the_net_result(nb):
    kinds = economy.kinds(economy.statement(nb, REPORT))
    # Printed -961; whole millions leave a rest.
    assert kinds["deviation"].sum() == pytest.approx(961, abs=2)
    assert not kinds["row"].str.contains("Sum|Netto|Brutto|disposisjonsfond").any()
    assert len(kinds) == 17


def test_a_document_that_prints_income_as_plus_keeps_its_signs(nb, monkeypatch):
    printed = Edition.table

    def turned(self: Edition, name: str, *columns: str, **where: str) -> pd.DataFrame:
        return printed(self, name, *columns, **where).assign(value=lambda rows: -rows["value"])

    monkeypatch.setattr(Edition, "table", turned)
    assert not economy.turned(nb, REPORT)
    assert economy.row(economy.statement(nb, REPORT), "revenue")["actual"] == 22008


# The balance sheet, funds and debt


def test_the_balance_balances_and_is_plus_on_both_sides(nb):
    assets, liabilities = economy.balance(nb, REPORT, "assets"), economy.balance(nb, REPORT, "equity_and_liabilities")
    # Sum eiendeler	83 280	77 202; Sum egenkapital	-31 873	-28 634
    assert economy.row(assets, "assets")[["now", "then", "change"]].to_list() == [83280, 77202, 6078]
    assert economy.row(liabilities, "equity")[["now", "then"]].to_list() == [31873, 28634]
    assert liabilities["now"].iloc[-1] == assets["now"].iloc[-1]
    # Sertifikater and Derivater are printed with 0 or nothing.
    assert not assets["row"].str.contains("Sertifikater|Derivater").any()
    assert economy.balance_years(nb, REPORT) == (2024, 2025)


def test_funds_are_the_four_of_the_equity(nb):
    # Lines 559-564: -4 569, -476, -6 005, -334.
    funds = economy.funds(economy.balance(nb, REPORT, "equity_and_liabilities")).set_index("line")
    assert funds["now"].to_dict() == {563: 6005, 559: 4569, 560: 476, 564: 334}
    assert funds["change"].to_dict() == {563: 0, 559: 1066, 560: 50, 564: 115}


def test_loans_are_long_term_debt_without_pensions(nb):
    debts = economy.long_term_debt(economy.balance(nb, REPORT, "equity_and_liabilities"))
    # Lines 573-577: 17 533 + 5 500 + 2 037 + 23 501 = 48 571, printed 48 572.
    assert debts["now"].sum() == pytest.approx(48572, abs=1)
    loans = debts[~debts["is_pension"]]
    assert set(loans["line"]) == {573, 574, 575}
    assert (loans["now"].sum(), loans["change"].sum()) == (25070, 1291)


def test_guarantees_by_purpose_and_year(nb):
    rows = economy.guarantees(nb, REPORT)
    assert economy.year_columns(rows) == [2021, 2022, 2023, 2024, 2025]
    # Boliger/Institusjoner	237	203	174	153	134, after a page break; Sum	806	887	907	821	768
    assert rows.set_index("line").loc[617, economy.year_columns(rows)].to_list() == [237, 203, 174, 153, 134]
    assert rows[rows["is_total"] == 1].iloc[0][2025] == 768


def test_key_figures_have_the_own_municipality_first_and_the_mean_last(nb):
    figures, others = economy.key_figures(nb, REPORT)
    assert others == ["Trondheim", "Oslo", "Bergen", "Stavanger", "ASSS gjennomsnitt"]
    # Line 481: 113,5	110,6	100,8	100,0	110,0
    assert figures.set_index("line").loc[481, others].to_list() == [113.5, 110.6, 100.8, 100.0, 110.0]
    assert (figures["own"] > figures["mean"]).to_list() == [True, True, True, False]


# What the party budgets propose


def test_property_tax_is_plus_where_it_brings_more(nb):
    # Lines 1868-1874: -131 a year; 100 a year; -77 -162 -247 -301; -13 a year.
    taxes = economy.taxes(nb, SV_RODT)
    assert taxes["line"].to_list() == [1868, 1870, 1872, 1874]
    assert taxes[2026].to_list() == [131, -100, 77, 13]
    assert taxes[[2026, 2027, 2028, 2029]].sum().to_list() == [121, 206, 291, 345]
    assert economy.first_and_last(taxes) == (2026, 2029)


def test_property_tax_is_converted_and_read_from_the_printing_that_is_named():
    then = edition_in("nb", prices={"year": 2020}, printing="chapter")
    taxes = economy.taxes(then, SV_RODT)
    assert taxes["line"].to_list() == [1262, 1264, 1266, 1268]
    assert taxes[2026].sum() == pytest.approx(121 * then.price_factor(2026))
    assert taxes[2026].sum() < 100


def test_a_budget_without_tax_measures_has_none(nb):
    # The 10 million of 2020 (line 915) are not used for revaluation: no change in the tax, and for no stated year.
    assert economy.taxes(nb, RODGRONNE).empty


def test_a_balance_is_divided_by_the_inhabitants_at_its_date(nb):
    # 1 January 2026 is the day after the balance of 2025; of 2027 nothing is known.
    assert economy.inhabitants_at_the_end(nb, REPORT, 2025) == (218460, 2026)
    assert economy.inhabitants_at_the_end(nb, REPORT, 2026) == (218460, 2026)
    with pytest.raises(UserError, match="no population"):
        economy.inhabitants_at_the_end(nb, REPORT, 2027)


def test_the_tax_of_the_accounts_in_the_prices_of_the_report(nb):
    tax = economy.row(economy.statement(nb, REPORT), "property_tax")
    assert economy.tax_level(nb, REPORT, tax) == pytest.approx(917 * 1.041)
    assert economy.tax_level(nb, REPORT, None) is None


@pytest.mark.parametrize(
    ("text", "allowance", "rate", "step"),
    [
        # Lines 1215-1217 and 1223-1225 of the alternative budget.
        (
            "øker derfor bunnfradraget fra 550 000 til 1 million kroner, samtidig som vi øker skattesatsen til 3,28 "
            "promille.",
            (550000, 1000000),
            3.28,
            None,
        ),
        ("foreslår vi en gradvis økning på 1 promillepoeng i året i eiendomsskatten", None, None, 1.0),
        ("bunnfradraget fra 1,2 millioner kroner til 900\u00a0000 kroner", (1200000, 900000), None, None),
        ("en sats på 3,28 prosent", None, None, None),
        ("", None, None, None),
    ],
)
def test_terms_of_the_tax_are_read_from_the_reasoning(text, allowance, rate, step):
    assert economy.tax_terms(text) == economy.TaxTerms(allowance, rate, step)


def test_measures_on_the_reserve_with_and_without_amounts(edition):
    measures = economy.topic_measures(edition, RODGRONNE, ["disposisjonsfond"])
    pairs = {name.sources[0][1]: amounts for name, amounts in economy.proposals(edition, RODGRONNE, measures)}
    factor = edition.price_factor(2020)
    # Line 884: 14,6 millioner i 2020; line 915: 10 millioner, no year.
    assert set(pairs) == {"884", "915"}
    assert pairs["884"].text.startswith("+")
    assert edition.mnok(14.6, decimals=1, signed=True).text in pairs["884"].text
    assert edition.mnok(14.6 * factor, decimals=1, signed=True).text in pairs["884"].text
    assert edition.mnok(10 * factor, signed=True).text in pairs["915"].text
    assert edition.text("uten oppgitt år", "with no year stated") in pairs["915"].text
    assert "2020" in pairs["884"].how
    silent = [cell.sources[0][1] for cell in economy.without_amount(edition, measures)]
    assert silent == ["849", "859", "873", "918"]


def test_a_total_for_a_period_is_said_to_be_one(nb):
    # Lines 889-891: låneopptak med totalt 365 millioner kroner.
    measures = economy.topic_measures(nb, RODGRONNE, ["laneopptak", "avdrag"])
    [(_, amounts)] = economy.proposals(nb, RODGRONNE, measures)
    assert amounts.text == f"−365{S}mill.{S}kr for 2020–2023 samlet (−485{S}mill.{S}kr i 2026-kroner)"


def test_years_without_a_change_are_left_out(nb):
    # Bruk av disposisjonsfondet −6 0 0 0
    measures = economy.topic_measures(nb, SV_RODT, ["disposisjonsfond"])
    [(_, amounts)] = economy.proposals(nb, SV_RODT, measures)
    assert amounts == Cell(f"−6{S}mill.{S}kr i 2026", (("sv-rodt-2026", "1846"),))


def test_reasoning_is_one_row_a_text(nb):
    reasons = economy.reasons(nb, economy.taxes(nb, SV_RODT))
    assert reasons["lines"].to_list() == ["1214-1218", "1221-1225"]
    assert reasons["measures"].iloc[0] == ["Eiendomsskatt på bolig", "Øker bunnfradraget på boliger"]


# The words of the documents


def test_passages_stop_at_the_next_table_and_the_next_heading(edition):
    result = economy.passages_after(edition, REPORT, "1.1.1")
    assert [cell.sources[0][1] for cell in result] == ["102", "104", "106", "108"]
    assert {cell.lang for cell in result} == {edition.text("", "nb")}
    # Line 488 is the heading of the fiscal rules.
    assert {cell.sources[0][1] for cell in economy.passages_after(edition, REPORT, "1.1.6")} == {"484", "486"}


def test_the_definition_of_the_reserve_is_quoted(nb):
    assert economy.definition(nb, REPORT, "disposisjonsfond").sources == (("trondheim-2025", "494"),)
    assert economy.definition(nb, REPORT, "gjeldsgrad") is None


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["559"], 0),  # 1 066 in table 1.1.8, 1 116 in the text: with line 560 it agrees, which is no error
        (["103", "119"], 2),  # 84 and 77 million in the text
        (["99999"], 0),
        ([], 0),
    ],
)
def test_findings_on_the_lines_of_a_section(nb, lines, count):
    assert len(economy.beside(nb, [("trondheim-2025", line) for line in lines])) == count


# Wording


@pytest.mark.parametrize(
    ("printed", "shown"), [("Tjenesteområdene", "tjenesteområdene"), ("KS-avgift", "KS-avgift"), ("", "")]
)
def test_names_within_a_sentence_have_small_letters(printed, shown):
    assert economy.within(Cell(printed, lang="nb")) == Cell(shown, lang="nb")


@pytest.mark.parametrize(
    ("name", "lowest", "words"),
    [
        # Line 1895: 8,1 7,7 8,3 8,1 of at most 9; 1897: 78,3 81,1 82,7 81,7 of at most 80; 1899: 2,7 2,7 2,6 2,6 of 3.
        ("capital_costs", False, "Planen holder grensen alle fire årene."),
        ("debt_ratio", False, "Planen ligger over grensen i tre av fire år."),
        ("disposition_fund", True, "Planen ligger under målet alle fire årene."),
    ],
)
def test_whether_a_plan_keeps_its_targets(nb, name, lowest, words):
    stated = rules.rules_by_name(rules.stated_rules(nb, REPORT), rules.stated_rules(nb, SV_RODT))
    assert economy.missed(nb, stated[name], lowest, "Planen") == words


@pytest.mark.parametrize(("count", "words"), [(1, "i 2026"), (2, "begge årene"), (3, "alle tre årene")])
def test_the_years_of_a_plan_in_words(nb, count, words):
    stated = rules.rules_by_name(rules.stated_rules(nb, REPORT), rules.stated_rules(nb, SV_RODT))
    rule = stated["disposition_fund"]
    short = rules.Rule(rule.outcome, rule.plan.head(count), rule.mean)
    assert economy.when(nb, short, lowest=True) == words


def test_the_share_of_the_reserve_counts_the_underspending(edition):
    stated = rules.rules_by_name(rules.stated_rules(edition, REPORT), rules.stated_rules(edition, SV_RODT))
    counted = economy.counted_in(edition, stated["disposition_fund"])
    # Line 496: «Det er da tatt hensyn til mindreforbruket på 519 millioner kroner i 2025 …».
    assert counted.text == edition.text(f"519{S}mill.{S}kr", f"NOK{S}519{S}million")
    assert counted.sources == (("trondheim-2025", "496"),)
    # Line 508 says nothing of the kind about debt.
    assert economy.counted_in(edition, stated["debt_ratio"]) is None


def test_converted_amounts_name_the_index_and_others_do_not(nb):
    assert economy.kroner_of(nb, 2026) == "2026-kroner"
    assert economy.kroner_of(nb, 2020) == "2026-kroner (kommunal deflator)"


def test_a_year_without_price_figures_has_no_fixed_prices(nb):
    assert economy.fixed_prices(nb, 1950) is None
    assert economy.fixed_prices(nb, 2025) == pytest.approx(1.041)


# The facts of the report: values with their lines


def lines(cell: Cell) -> list[str]:
    return [lines for _, lines in cell.sources]


def test_the_result_names_what_is_furthest_from_the_budget(nb):
    result = facts.result(nb)
    assert (result.gap.text, result.short, lines(result.gap)) == (f"519{S}mill.{S}kr", False, ["98"])
    assert (result.best.amount.text, lines(result.best.amount)) == (f"+510{S}mill.{S}kr", ["97"])
    assert (result.worst.gap.text, lines(result.worst.gap)) == (f"127{S}mill.{S}kr", ["96"])
    # 58 + 80 - 1 - 127 + 510 is 520, printed 519.
    assert (result.total.value, result.total.how) == (520, "summen av fem tall")
    assert result.bottom.cells[:2] == [None, None]
    assert [lines(area.amount) for area in result.services] == [["229"], ["228"], ["242"]]


def test_a_difference_from_what_is_not_stated_is_none(nb, monkeypatch):
    stated = economy.statement
    monkeypatch.setattr(economy, "statement", lambda *about: stated(*about).assign(year_before=float("nan")))
    totals = facts.statement(nb).totals
    assert (totals.revenue_before, totals.revenue_budget.value) == (None, 842)


def test_differences_from_the_budget_have_signs(nb):
    statement = facts.statement(nb)
    totals = statement.totals
    assert [totals.revenue_budget.value, totals.revenue_before.value, totals.spent_budget.value] == [842, 1577, 52]
    assert totals.finance_budget.text == f"−171{S}mill.{S}kr"
    assert statement.turned
    assert lines(statement.written_off) == ["132"]


def test_a_budget_with_depreciation_can_be_set_against_the_accounts(nb, monkeypatch):
    printed = economy.statement(nb, REPORT)
    monkeypatch.setattr(economy, "statement", lambda *_: printed.assign(original_budget=printed["actual"]))
    assert facts.statement(nb).written_off is None


def test_the_net_result_and_its_share(nb):
    net = facts.net(nb)
    assert [cell.value for cell in (net.amount, net.share, net.budget, net.before)] == [1257, 5.7, 296, 658]


def test_funds_and_loans_move(nb):
    funds, loans, debt = facts.funds(nb), facts.loans(nb), facts.debt(nb)
    assert (funds.most.moved.value, funds.most.then.value, funds.most.now.value) == (1066, 3503, 4569)
    assert (loans.moved.text, loans.kinds) == (f"+1{S}291{S}mill.{S}kr", 3)
    assert debt.per_head.text == f"114{S}758{S}kr"
    assert [line.total for line in debt.lines] == [False] * 4 + [True]
    # Bruk av disposisjonsfond	0	-250
    assert (facts.used(nb, "reserve").taken.value, facts.used(nb, "reserve").taken_budget.value) == (0, 250)


def test_a_rule_has_the_target_and_the_plan_with_their_lines(nb):
    [_, debt, reserve, net] = facts.fiscal(nb, nb.compared.proposed, least="minst", most="høyst")
    assert (debt.bound.text, reserve.bound.text, net.bound) == (f"høyst 80{S}%", f"minst 3{S}%", None)
    assert (debt.years, debt.broken, debt.when) == (4, 3, "i tre av fire år")
    assert [cell.text for cell in net.plan] == ["1,98", "1,95", "1,95", "1,92"]
    assert facts.compared(nb, "net_operating_result") is None
    compared = facts.compared(nb, "debt_ratio")
    assert [cell.text for cell in (compared.outcome, compared.target, compared.first, compared.last)] == [
        f"76,3{S}%",
        f"80{S}%",
        f"78,3{S}%",
        f"81,7{S}%",
    ]


def test_a_proposal_is_a_plan_for_the_tax_or_a_mention_of_it(nb):
    mention, plan = facts.taxes(nb)
    assert (mention.lines, [lines(said) for said in mention.said]) == (None, [["914-916"]])
    assert (plan.way, plan.first.change.text, plan.last.amount.text) == (1, f"121{S}mill.{S}kr", f"+345{S}mill.{S}kr")
    assert [total.value for total in plan.totals] == [121, 206, 291, 345]
    assert plan.share.text == f"36{S}%"
    assert [lines(name) for name in plan.unexplained] == [["1874"]]
    terms = [(term.kind, term.was and term.was.text, term.to.text) for reason in plan.reasons for term in reason.terms]
    assert terms == [
        ("allowance", f"550{S}000{S}kr", f"1{S}000{S}000{S}kr"),
        ("rate", None, "3,28"),
        ("step", None, "1"),
    ]


@pytest.mark.parametrize(("factor", "way"), [(1, 1), (-1, -1), ([1, 1, 1, -1], 0)])
def test_which_way_the_tax_would_change(nb, monkeypatch, factor, way):
    printed = economy.taxes(nb, SV_RODT)
    years = economy.year_columns(printed)
    changed = printed.astype(dict.fromkeys(years, float))
    changed[years] = changed[years] * factor
    monkeypatch.setattr(economy, "taxes", lambda e, id: changed if id == SV_RODT else printed.iloc[:0])
    [plan] = facts.plans(nb)
    assert plan.way == way
    assert plan.last.change.text.startswith(("345", "−345")[way == 0])


def test_key_figures_have_what_a_reader_must_know_of_them(nb):
    figures = facts.key_figures(nb)
    assert (figures.kostra, figures.unitless, figures.loans_defined) == (True, ["Netto driftsresultat"], False)
    assert ([lines(name) for name in figures.above], lines(figures.debt)) == ([["479"], ["480"], ["481"]], ["481"])
    assert figures.farthest.own.text == f"21,8{S}%"


def test_guarantees_are_converted_where_there_are_price_figures(nb, monkeypatch):
    total = facts.guarantees(nb).total
    assert (total.then.value, total.now.value, total.fixed.now.text) == (806, 768, f"799{S}mill.{S}kr")
    monkeypatch.setattr(economy, "fixed_prices", lambda *_: None)
    assert facts.guarantees(nb).total.fixed is None


def test_facts_of_what_a_document_lacks_are_none(bare):
    for fact in (
        facts.result,
        facts.funds,
        facts.loans,
        facts.debt,
        facts.balance,
        facts.guarantees,
        facts.key_figures,
    ):
        assert fact(bare) is None
    assert (facts.used(bare, "reserve"), facts.statement(bare).totals, facts.reserve(bare).now) == (None, None, None)
    assert (facts.statement(bare).lines, facts.debt_service(bare), facts.plans(bare)) == ([], [], [])
    assert [named.found + named.silent for named in facts.measures(bare, "disposisjonsfond")] == [[], []]


# Documents that lack the tables


def test_what_a_document_lacks_comes_back_empty(bare):
    assert economy.result(bare, REPORT).empty
    statement = economy.statement(bare, REPORT)
    assert statement.empty
    assert economy.row(statement, "revenue") is None
    assert economy.kinds(statement).empty
    for side in ("assets", "equity_and_liabilities"):
        assert economy.balance(bare, REPORT, side).empty
    assert economy.funds(economy.balance(bare, REPORT, "equity_and_liabilities")).empty
    assert economy.long_term_debt(economy.balance(bare, REPORT, "equity_and_liabilities")).empty
    assert economy.balance_years(bare, REPORT) is None
    assert economy.guarantees(bare, REPORT).empty
    assert economy.key_figures(bare, REPORT)[0].empty
    assert economy.taxes(bare, SV_RODT).empty
    assert economy.proposals(bare, RODGRONNE, economy.topic_measures(bare, RODGRONNE, ["disposisjonsfond"])) == []
    assert economy.definition(bare, REPORT, "disposisjonsfond") is None


# The notebook, run cell by cell with the parts, prices and tables of other editions


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A project folder of its own with the clean tables of this edition."""
    for name in ("data/clean", "data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "params.yaml", tmp_path)
    write_texts(Project(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def shown_by_the_notebook(folder: Path, monkeypatch, lang: str, price_year: int) -> tuple[str, str]:
    """The text of the sentences, and of the figures and tables."""
    found = reading.shown(folder / "notebooks", "economy", lang, price_year, monkeypatch)
    return reading.sentences(found), reading.exhibits(found)


def replaced(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_notebook_follows_the_parts(folder, monkeypatch, lang):
    replaced(
        folder / "params.yaml",
        ("before: rodgronne-2020", "before: x"),
        ("alternative: sv-rodt-2026", "alternative: rodgronne-2020"),
        ("before: x", "before: sv-rodt-2026"),
        ("  overview: {}\n", ""),
    )
    sentences, rest = shown_by_the_notebook(folder, monkeypatch, lang, 2020)
    words = sentences + rest
    assert not re.search(r"\b(nan|None)\b|\{", words)
    assert {"nb": "2026-kroner", "en": "2026 kroner"}[lang] not in words
    # Of the plan of 2020 no rules are known, and that is said; those of 2026 are.
    silent = {
        "nb": "Ingen tall for reglene har budsjettforslaget til De rødgrønne for 2020.",
        "en": "There are no figures for the rules in the 2020 budget proposal of the red–green parties.",
    }
    assert silent[lang].casefold() in sentences.casefold()
    assert {"nb": "Planen til SV og Rødt for 2026–2029:", "en": "The plan of SV and Rødt for 2026–2029:"}[lang] in words
    # A report that is not published is not pointed to.
    assert not re.search("oversikten|the overview", words)
    # 121 million in 2026 kroner.
    amount = {"nb": f"+91{S}mill.{S}kr i 2026", "en": f"+NOK{S}91{S}million in 2026"}[lang]
    assert amount in sentences
    # The plans are those of party budgets, not of the municipality.
    assert {"nb": "budsjettforslagene for 2020 og 2026", "en": "budget proposals for 2020 and 2026"}[lang] in sentences


def test_the_notebook_says_what_a_document_lacks(folder, monkeypatch):
    for name in ("balance", "guarantees", "statement_by_kind", "key_figures", "fiscal_rules"):
        path = folder / "data" / "clean" / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    path = folder / "data" / "clean" / "table_cells.csv"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(True) if ",1.1.1," not in line]
    path.write_text("".join(kept), encoding="utf-8")
    sentences, rest = shown_by_the_notebook(folder, monkeypatch, "nb", 2026)
    assert not re.search(r"\b(nan|None)\b|\{", sentences + rest)
    for words in (
        "ingen tabell over hva resultatet er satt sammen av",
        "ingen fullstendig oversikt over inntekter og utgifter etter art",
        "viser ingen fond",
        "viser ikke den langsiktige gjelden",
        "Ingen av dokumentene oppgir handlingsregler",
        "har ingen balanse",
        "ingen tabell over garantier",
        "ingen nøkkeltall",
    ):
        assert words in sentences
    assert "inntekter med minus" not in sentences


def test_the_notebook_shows_what_the_documents_print(folder, monkeypatch):
    sentences, rest = shown_by_the_notebook(folder, monkeypatch, "nb", 2026)
    for words in (
        f"519{S}mill.{S}kr til overs",
        f"økte med 1{S}066{S}mill.{S}kr til 4{S}569{S}mill.{S}kr",
        f"ville øke eiendomsskatten med 121{S}mill.{S}kr i 2026 og 345{S}mill.{S}kr i 2029",
        f"er det +121{S}mill.{S}kr i 2026 og +345{S}mill.{S}kr i 2029",
        # Lines 480 and 496: the reserve with all its funds, and as the rule counts it.
        f"21,8{S}% av driftsinntektene i disse nøkkeltallene, men 5,9{S}% i handlingsregelen",
        f"Andelen omfatter årets mindreforbruk på 519{S}mill.{S}kr",
        f"114{S}758{S}kr per innbygger",
        "Teksten sier 84 mill. kr",
    ):
        assert words in sentences
    # An error of a source is told once.
    assert sentences.count("Teksten sier 84 mill. kr") == 1
    assert "foreløpige" in rest


# The charts


def drawn(draw: charts.Draw, width: float) -> Figure:
    with theme("test", width):
        figure = draw(width)
        figure.draw_without_rendering()
    return figure


def texts(figure: Figure) -> list:
    return [text for axes in figure.axes for text in axes.texts if text.get_text()]


def forms(e: Edition) -> dict[str, charts.Draw]:
    """The charts of the report with its own data."""
    colour = e.colour(REPORT)
    kinds = economy.kinds(economy.statement(e, REPORT))
    liabilities = economy.balance(e, REPORT, "equity_and_liabilities")
    guarantees = economy.guarantees(e, REPORT)
    years = economy.year_columns(guarantees)
    groups = [
        charts.Group(group, list(rows["row"]), list(rows["deviation"]))
        for group, rows in kinds.groupby("group", sort=False)
    ]

    def slopes(rows):
        lines = [charts.Slope(row.row, row.then, row.now) for row in rows.itertuples()]
        return charts.slope(lines, ("2024", "2025"), colour, lambda value: e.number(value).text)

    panels = [charts.LinePanel(row["row"], [(year, row[year]) for year in years]) for _, row in guarantees.iterrows()]
    return {
        "diverging": charts.diverging(
            groups, colour, ("verre", "bedre"), lambda value: e.number(value, signed=True).text
        ),
        "funds": slopes(economy.funds(liabilities)),
        "debt": slopes(economy.long_term_debt(liabilities)),
        "lines": charts.lines(panels, colour, lambda value: e.number(value).text),
    }


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("form", ["diverging", "funds", "debt", "lines"])
def test_the_texts_of_a_chart_are_legible_inside_it_and_apart(nb, form, width):
    figure = drawn(forms(nb)[form], width)
    boxes = [(text, text.get_window_extent()) for text in texts(figure)]
    assert len(boxes) > 6
    assert all(text.get_fontsize() >= 8 for text, _ in boxes)
    page = figure.bbox.padded(2)
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 for _, box in boxes)
    for (one, first), (other, second) in itertools.combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        # The boxes of letters have air above and below them.
        assert across <= 1 or down <= 0.3 * min(first.height, second.height), (one.get_text(), other.get_text())


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_bars_to_the_left_are_open_and_to_the_right_filled(width):
    draw = charts.diverging([charts.Group("", ["a", "b"], [-5, 7])], "#6e6e6e", ("under", "over"), str)
    figure = drawn(draw, width)
    left, right = figure.axes[0].patches
    assert (left.get_width(), right.get_width()) == (-5, 7)
    assert left.get_facecolor() == (1, 1, 1, 1)
    assert right.get_facecolor() != (1, 1, 1, 1)
    assert {"under", "over", "-5", "7"} <= {text.get_text() for text in texts(figure)}


def test_a_side_without_bars_has_no_words():
    figure = drawn(charts.diverging([charts.Group("", ["a"], [7])], "#6e6e6e", ("under", "over"), str), WIDE)
    assert "under" not in {text.get_text() for text in texts(figure)}


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 60)), min_size=1, max_size=8))
def test_labels_never_touch_and_keep_their_order(pairs):
    values, heights = [value for value, _ in pairs], [height for _, height in pairs]
    places = apart(values, heights)
    order = sorted(range(len(pairs)), key=lambda index: places[index])
    assert [values[index] for index in order] == sorted(values)
    for below, above in itertools.pairwise(order):
        assert places[above] - places[below] >= (heights[above] + heights[below]) / 2 - 1e-6


def test_labels_with_room_stay_where_their_values_are():
    assert apart([10, 50, 30], [5, 5, 5]) == [10, 50, 30]
    assert apart([10, 10], [4, 4]) == [8, 12]
