"""What the report on investments says, against the documents (lines quoted)."""

from itertools import pairwise

import pytest

from kommunebudsjett.report import charts, investments, prose
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.facts import investments as facts
from kommunebudsjett.report.pictures import theme
from kommunebudsjett.report.theme import NARROW, WIDE
from tests.conftest import ROOT
from tests.report.names import REPORT, RODGRONNE, SV_RODT

S = "\u00a0"


def swapped(e: Edition, **changes) -> Edition:
    """The edition with other documents in the parts, another printing or another price year."""
    prices = e.params.prices.model_copy(update={"year": changes.pop("year", e.params.prices.year)})
    printing = changes.pop("printing", e.params.printing)
    documents = e.params.documents.model_copy(update=changes)
    update = {"prices": prices, "printing": printing, "documents": documents}
    return Edition(e.project, e.params.model_copy(update=update), e.lang)


def planned(e: Edition) -> dict[str, facts.Plan]:
    """What each proposal would change."""
    return {plan.id: plan for plan in facts.plans(e, facts.Notes("over years", "of projects", "of # amounts"))}


# Table 1.1.5, lines 332-359: accounts, revised and original budget, deviation.
@pytest.mark.parametrize(
    ("area", "actual", "revised", "original", "deviation", "line"),
    [
        ("Formålstomt", 40, 156, 249, 116, 339),
        ("Helse og omsorg", 155, 283, 277, 128, 341),
        ("Klimainvesteringer", 5, 69, 124, 64, 347),
        ("Miljøpakken", 299, 225, 300, -74, 350),
        ("Barnehage", 79, 58, 46, -21, 335),
        ("Sum investeringer i varige driftsmidler", 2156, 2672, 3051, 516, 359),
    ],
)
def test_the_areas_are_those_of_the_table(edition, area, actual, revised, original, deviation, line):
    rows = investments.by_area(edition, REPORT).set_index("row")
    row = rows.loc[area]
    assert list(row[list(investments.MEANINGS)]) == [actual, revised, original, deviation]
    assert row["line"] == line


def test_the_largest_deviations_are_most_of_them_and_all_overspending(bokmal):
    areas = investments.areas_of(investments.by_area(bokmal, REPORT))
    assert len(areas) == 25
    named = investments.largest(areas)
    assert list(named["row"])[:3] == ["Helse og omsorg", "Formålstomt", "Miljøpakken"]
    assert set(areas.loc[areas["deviation"] < 0, "row"]) == {"Barnehage", "Miljøpakken"} <= set(named["row"])
    assert named["deviation"].abs().sum() >= 0.75 * areas["deviation"].abs().sum()
    assert len(named) < len(areas)


@pytest.mark.parametrize(
    ("row", "words", "lines"),
    [
        # The name in the heading is longer: "Formålstomter", "Administrasjons- og driftsbygg".
        ("Formålstomt", "en større ervervsprosess fortsatt er under forhandlinger", "413"),
        ("Adm- og driftsbygg", "som følge av tidsavvik", "421"),
        # "Barne-" begins as "Barnehage" does; the stated amounts tell the two apart.
        ("Barnehage", "forsering av fremdrift på Ringen barnehage", "369"),
        ("Barne- og familietjenester", "Vidarheim", "379"),
        # A page break cuts the paragraph.
        ("Miljøpakken", "Dette merforbruket er finansiert med refusjoner fra Miljøpakken", "457;459"),
        # 84 million twice: the words of the label tell which.
        ("8. Tilskudd fra andre", "høyt aktivitetsnivå innenfor Miljøpakken", "305"),
        ("9. Salg av varige driftsmidler", "merinntekt på salg av boliger og formålstomter", "307"),
        # The text has 40,5 where the table has -40.
        ("7. Kompensasjon for merverdiavgift", "forsinket fremdrift på investeringsprosjektene", "303"),
        # The text states these two and gives no reason.
        ("13. Bruk av lån", "", "323"),
        ("Ubebygd bolig- og næringsareal", "", "417"),
    ],
)
def test_the_reasons_are_quoted_where_the_text_states_the_deviation(bokmal, row, words, lines):
    found = investments.explanations(bokmal, REPORT)[row]
    assert words in found.text
    assert bool(found.text) == bool(words)
    assert found.source == ("trondheim-2025", lines)


def test_every_reason_stands_on_its_lines(bokmal):
    printed = (ROOT / "data/raw/trondheim-arsberetning-2025.txt").read_text(encoding="utf-8").split("\n")
    found = investments.explanations(bokmal, REPORT)
    assert len(found) >= 30
    for explanation in found.values():
        text = " ".join(printed[int(line) - 1] for line in explanation.source[1].split(";"))
        assert explanation.text in text


def test_a_deviation_without_a_reason_has_its_lines_alone(bokmal):
    said = {area.name.text: area.said for area in facts.outcome(bokmal).areas}
    assert said["Skole"].words.text.startswith("«Dette skyldes i hovedsak periodiseringssavvik")
    # Line 417 states the deviation and no reason; of "Diverse", which has none, nothing is said.
    assert (said["Ubebygd bolig- og næringsareal"].words, said["Diverse"]) == (None, None)
    assert said["Ubebygd bolig- og næringsareal"].lines.sources == ((REPORT, "417"),)


def test_the_total_is_set_against_its_budgets(bokmal):
    # Line 359: 2156, 2672, 3051 and 516.
    total = facts.outcome(bokmal).total
    cells = (total.actual, total.revised, total.original, total.gap, total.change)
    assert [cell.value for cell in cells] == [2156, 2672, 3051, 516, 379]
    assert (total.less, total.raised) == (True, False)
    assert total.unspent.value + total.spent.value == pytest.approx(100)


def test_a_total_without_budgets_has_no_share(bokmal, monkeypatch):
    table = investments.by_area(bokmal, REPORT)
    table.loc[table["line"] == 359, ["revised_budget", "original_budget", "deviation"]] = float("nan")
    monkeypatch.setattr(investments, "by_area", lambda e, report: table)
    total = facts.outcome(bokmal).total
    assert total.actual.value == 2156
    assert (total.revised, total.gap, total.unspent, total.spent, total.change) == (None,) * 5


def test_loans_are_set_against_all_expenditure(bokmal):
    # Lines 273 and 280: 2263; -1181 in the accounts, -1823 in the revised budget.
    loans = facts.statement(bokmal).loans
    assert (loans.amount.value, loans.gap.value, loans.lower) == (1181, 642, True)
    assert loans.share.value == pytest.approx(52.2, abs=0.05)


def test_what_paid_for_the_investments_adds_up_to_what_they_cost(bokmal):
    # Table 1.1.4: 210 + 437 + 265 + 1181 + 145 + 25 = 2263, line 273.
    statement = investments.appropriations(bokmal, REPORT)
    paid = investments.financing(statement)
    assert list(paid["actual"]) == [210, 437, 265, 1181, 145, 25]
    assert paid["actual"].sum() == investments.line_of(statement, "expenditure")["actual"] == 2263
    assert paid["revised_budget"].sum() == investments.line_of(statement, "expenditure")["revised_budget"] == 2779


def test_the_two_tables_differ_by_grants_to_the_investments_of_others(bokmal):
    # Lines 359 and 268: 2156 less 2048 is 108, and 2672 less 2574 is 98; line 269, "2. Tilskudd til andres
    # investeringer": 106 and 96. With it the deviation is 526 - 10 = 516, that of the areas.
    beside = investments.beside_statement(bokmal, REPORT)
    assert (beside.actual, beside.revised_budget) == (108, 98)
    assert (beside.others["actual"], beside.others["revised_budget"], beside.others["line"]) == (106, 96, 269)


@pytest.mark.parametrize("column", ["actual", "revised_budget"])
def test_a_line_that_is_not_as_much_in_both_columns_explains_nothing(bokmal, monkeypatch, column):
    statement = investments.appropriations(bokmal, REPORT)
    statement.loc[statement["line"] == 269, column] = 60
    monkeypatch.setattr(investments, "appropriations", lambda e, report: statement)
    assert investments.beside_statement(bokmal, REPORT).others is None


def test_what_was_added_to_budget_and_accounts_alike_is_told(bokmal):
    # Line 358: "Diverse 108 108 0 0"; line 365: "For 2025 utgjør dette 108 millioner kroner."
    [(row, paragraph)] = investments.added_in_year(bokmal, REPORT)
    assert (row["row"], row["actual"], row["line"]) == ("Diverse", 108, 358)
    assert paragraph.lines == "365"
    assert "vederlagsfritt" in paragraph.text


def test_sums_of_the_statement_are_taken_apart(edition):
    # Lines 268-270: 2048 + 106 + 109; lines 289-291: -140, 174 and -59, which the statement has turned.
    found = facts.statement(edition)
    spent, funds = found.parts, found.funds
    assert [line for _, line in spent.sources] == ["268", "269", "270"]
    assert [line for _, line in funds.sources] == ["289", "290", "291"]
    if edition.lang == "nb":
        assert spent.text.replace(S, " ") == (
            "investeringer i varige driftsmidler (2 048 mill. kr), tilskudd til andres investeringer (106 mill. kr) og "
            "investeringer i aksjer og andeler (109 mill. kr)"
        )
        assert funds.text.replace(S, " ") == (
            "overføring fra drift (+140 mill. kr), avsetninger til bundne investeringsfond (−174 mill. kr) og "
            "bruk av bundne investeringsfond (+59 mill. kr)"
        )
    else:
        assert funds.text.startswith("transfer from operations (+NOK")


def test_names_of_the_statement_are_glossed_without_their_number(edition):
    name = investments.line_name(edition, "13. Bruk av lån")
    assert (name.text, name.lang) == (edition.text("Bruk av lån", "Use of loans"), "")


def test_whose_accounts_key_figures_are_of_is_quoted(bokmal):
    # Line 473: "Tallene er basert på foreløpige tall for 2025 fra konsernregnskapsstatistikken til SSB".
    row = investments.comparisons(bokmal, REPORT).iloc[0]
    assert "konsernregnskapsstatistikken" in investments.counted_units(bokmal, REPORT, row["line"]).text
    assert investments.counted_units(bokmal, REPORT, 300) is None


def test_one_amount_for_several_years_is_noticed(bokmal):
    # Line 654: "5 millioner i 2022-2023"; the tables of the other document state each year.
    assert investments.shares_an_amount(investments.changes(bokmal, RODGRONNE))
    assert not investments.shares_an_amount(investments.changes(bokmal, SV_RODT))


def test_years_of_loans_are_added_up(bokmal):
    # Line 1850: "−42,9 −54,8 28,6 74,3".
    plans = planned(bokmal)
    [row] = plans[SV_RODT].debt
    assert [cell.text for cell in row.cells] == ["−42,9", "−54,8", "+28,6", "+74,3", "+5,2"]
    assert [cell.how for cell in row.cells] == [""] * 4 + ["over years"]
    # Line 889 has 365 in the kroner of its year: what is shown does not stand there.
    [row] = plans[RODGRONNE].debt
    assert [cell.how for cell in row.cells] == ["beløpet i 2020-kroner regnet om til 2026-kroner"]
    assert [(plan.debt_sum, plan.debt_period) for plan in plans.values()] == [(True, False), (False, True)]


@pytest.mark.parametrize("printing", ["chapter", "appendix"])
def test_projects_add_up_to_the_printed_total(bokmal, printing):
    # Line 257 and line 1614: "Investeringer totalt (MNOK) 4,4 48,9 −21,3 −37,2".
    rows = investments.changes(swapped(bokmal, printing=printing), SV_RODT)
    assert rows.groupby("year")["fixed_mnok"].sum().round(1).to_dict() == {
        2026: 4.4, 2027: 48.9, 2028: -21.3, 2029: -37.2,
    }  # fmt: skip
    assert rows["measure"].nunique() == 15


def test_projects_stand_in_their_order(bokmal):
    # What is added, the largest first: 207 (line 1591), 200 (line 1583); then what is taken out: -637 (line 1587).
    projects = investments.by_project(investments.changes(bokmal, SV_RODT)).set_index("measure")["fixed_mnok"]
    assert list(projects.index[:2]) == ["Bydelsbasseng øst", "Bygger nye Voldsminde bhg"]
    assert projects["Smelteverket HVS"] == pytest.approx(-5 - 40 - 210 - 382)
    signs = [value > 0 for value in projects]
    assert signs == sorted(signs, reverse=True)
    plan = planned(bokmal)[SV_RODT]
    assert [project.label for project in plan.projects] == list(projects.index)
    assert (plan.largest.label, plan.more, plan.fewer) == ("Smelteverket HVS", 10, 5)
    assert plan.net.value == pytest.approx(plan.up.value - plan.down.value)


def test_years_without_an_amount_have_none(edition):
    # Lines 653-654: "2,5 millioner i 2021 og 5 millioner i 2022-2023"; nothing is stated for 2020.
    [project] = planned(swapped(edition, year=2020))[RODGRONNE].projects
    assert project.cells[0] is project.values[0] is None
    assert [cell.text.replace(",", ".") for cell in project.cells[1:]] == ["+2.5", "+5.0", "+5.0", "+12.5"]


def test_amounts_of_a_plan_are_in_the_prices_of_its_budget_year(bokmal):
    rows = investments.changes(bokmal, RODGRONNE)
    assert (rows["fixed_mnok"] / rows["amount_mnok"]).nunique() == 1
    assert rows["fixed_mnok"].iloc[0] / rows["amount_mnok"].iloc[0] == pytest.approx(bokmal.price_factor(2020))


def test_projects_have_the_heading_of_their_reasons(bokmal):
    plans = planned(bokmal)
    rows = {reason.name.text: reason.heading for reason in plans[SV_RODT].reasons}
    # Line 99: "Smelteverket bygges som ungdomsskole", with its text on lines 100-104.
    assert rows["Smelteverket HVS"].text == "Smelteverket bygges som ungdomsskole"
    assert rows["Smelteverket HVS"].sources == (("sv-rodt-2026", "99-104"),)
    assert [name for name, heading in rows.items() if heading is None] == [
        "Automatisering/Robotisering av administrative prosesser"
    ]
    # A project without an amount has its reasons too, lines 159-163.
    assert "Skolebygg" in {reason.name.text for reason in plans[RODGRONNE].reasons}


@pytest.mark.parametrize(
    ("printed", "nb", "en"),
    [
        ("Helse og omsorg", "helse og omsorg", "health and care"),
        # Line 411: "på investeringsområdet formålstomter".
        ("Formålstomt", "formålstomt", "plots for public purposes"),
        # A proper name: the document never writes it with a small letter.
        ("Miljøpakken", "Miljøpakken", "Miljøpakken (transport and environment programme)"),
        ("IT", "IT", "IT"),
    ],
)
def test_names_inside_a_sentence_have_a_small_letter(edition, printed, nb, en):
    assert prose.running(edition, REPORT, printed).text == {"nb": nb, "en": en}[edition.lang]


def test_a_project_without_an_amount_is_named(bokmal):
    # Lines 159-163: "Vi setter av oppstartsmidler til prosjektene i 2022 og 2023."
    assert list(investments.unstated(bokmal, RODGRONNE)["measure"]) == ["Skolebygg"]
    assert investments.unstated(bokmal, SV_RODT).empty


def test_text_on_investments_without_a_row_is_not_lost(bokmal):
    # Lines 189-211 speak of "Miljøpakken", which has no row in the table of lines 218-257.
    [found] = investments.discussed(bokmal, SV_RODT)
    assert found.heading.text == "Miljøpakken"
    assert found.source == ("sv-rodt-2026", "189-195;197-202;204-211")
    # Investments stand among other measures in this document.
    assert investments.discussed(bokmal, RODGRONNE) == []


def test_what_is_said_of_debt_connects_it_with_investments(bokmal):
    lines = {part: [found.lines for found in investments.debt_statements(bokmal, part)] for part in (RODGRONNE, REPORT)}
    assert lines[RODGRONNE] == ["888-891"]
    assert {"323", "508"} <= set(lines[REPORT])
    # Line 486 speaks of debt, and two sentences later of investments: of two key figures, not of one with the other.
    assert "486" not in lines[REPORT]
    quoted = investments.debt_statements(bokmal, SV_RODT)
    assert [found.lines for found in quoted] == ["161-165", "1152-1156"]
    assert quoted[0].text.startswith("Derfor investerer vi i flere ordinære utleieboliger")


def test_measures_on_loans_keep_their_years(bokmal):
    # Line 889: "totalt 365 millioner kroner"; line 1850: "−42,9 −54,8 28,6 74,3".
    before = investments.debt_measures(bokmal, RODGRONNE)
    assert before["year"].isna().all()
    assert list(before["amount_mnok"]) == [-365]
    now = investments.debt_measures(bokmal, SV_RODT)
    assert list(now["amount_mnok"]) == [-42.9, -54.8, 28.6, 74.3]


def test_parts_may_be_swapped(bokmal):
    e = swapped(bokmal, before="sv-rodt-2026", alternative="rodgronne-2020", year=2020, printing="chapter")
    plans = planned(e)
    assert "Flere nye botiltak for folk i rus" in [project.printed.text for project in plans[SV_RODT].projects]
    assert [cell.how for cell in plans[SV_RODT].sums] == ["of projects"] * 5
    assert (len(plans[RODGRONNE].projects), plans[RODGRONNE].sums) == (1, [])


def test_a_document_without_investments_gives_empty_tables(bokmal, monkeypatch):
    # One that has computed nothing yet: an edition keeps what it found.
    bokmal = Edition(bokmal.project, bokmal.params, "nb")
    tables = {"investments": bokmal.table("investments").iloc[:0]}
    table = Edition.table
    monkeypatch.setattr(Edition, "table", lambda self, name, **where: tables.get(name, table(self, name, **where)))
    assert investments.appropriations(bokmal, REPORT).empty
    assert investments.by_area(bokmal, REPORT).empty
    assert investments.total_of(investments.by_area(bokmal, REPORT)) is None
    assert investments.financing(investments.appropriations(bokmal, REPORT)).empty
    assert investments.explanations(bokmal, REPORT) == {}
    assert investments.beside_statement(bokmal, REPORT) is None
    outcome, statement = facts.outcome(bokmal), facts.statement(bokmal)
    assert (outcome.areas, outcome.total, outcome.under, outcome.over, outcome.explained) == ([], None, None, None, [])
    assert statement == facts.Statement(spending=None, parts=None, loans=None, beside=None, funds=None)
    assert facts.payments(bokmal, "lending", "funds") == []


@pytest.mark.parametrize(
    ("text", "amount", "stated"),
    [
        ("mindreforbruk på 48 millioner kroner", 48, True),
        ("Mindreinntekt på 40,5 millioner kroner", -40, True),
        ("endte på 1 181 millioner kroner", 1181, True),
        ("endte på 1 181 millioner kroner", 181, False),
        ("i 2025 og 48 prosent", 48, False),
        ("mindreforbruk på 4 millioner", 48, False),
    ],
)
def test_an_amount_is_found_as_it_is_written(text, amount, stated):
    assert prose.states_millions(text, amount) is stated


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_matrix_writes_each_value_its_sums_and_what_is_missing(width):
    data = charts.Matrix(["Skole", "Bad"], ["2026", "2027"], [[1.0, None], [-3.0, 2.0]])
    with theme("matrix", width):
        figure = charts.matrix(data, lambda value: f"{value:+.0f}", "ikke oppgitt", "Sum")(width)
        words = [text.get_text() for text in figure.axes[0].texts]
    assert words[:3] == ["2026", "2027", "Sum"]
    assert words.count("ikke oppgitt") == 1
    # Rows: Skole +1, Bad -3 +2; sums: +1, -1; columns: -2, +2; all: 0.
    assert [word for word in words if word[:1] in "+-"] == ["+1", "+1", "-3", "+2", "-1", "-2", "+2", "+0"]


def test_spent_of_nothing_is_no_share(bokmal, monkeypatch):
    table = investments.by_area(bokmal, REPORT)
    table.loc[table["row"] == "Diverse", "revised_budget"] = 0
    monkeypatch.setattr(investments, "by_area", lambda e, report: table)
    shares = {area.label: area.share for area in facts.outcome(bokmal).areas}
    assert shares["Diverse"] is None
    # Line 335: 79 of 58.
    assert shares["Barnehage"].value == pytest.approx(136.2, abs=0.05)


STATUSES = ["nådd", "i rute", "delvis nådd", "ikke nådd", "annen vurdering"]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("columns", [STATUSES, ["2026", "2027", "2028", "2029"]])
def test_headers_of_a_matrix_do_not_touch(width, columns):
    data = charts.Matrix(["Oppvekst", "Miljø, næring og samferdsel"], columns, [[1.0] * len(columns)] * 2)
    with theme("matrix", width):
        figure = charts.matrix(data, lambda value: f"{value:.0f}", "", "i alt")(width)
        texts = {text.get_text().replace("\n", " "): text for text in figure.axes[0].texts}
        boxes = [texts[header].get_window_extent() for header in columns]
        first = next(text for text in figure.axes[0].texts if text.get_text() == "Oppvekst").get_window_extent()
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    assert all(box.y0 > first.y1 - 1 and box.y1 < figure.bbox.y1 for box in boxes)
