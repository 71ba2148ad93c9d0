"""What the report on the workforce says, against the documents (lines quoted)."""

import pytest

from kommunebudsjett.report import charts, workforce
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.facts import workforce as facts
from kommunebudsjett.report.pictures import theme
from kommunebudsjett.report.theme import NARROW, WIDE
from tests.conftest import ROOT
from tests.report import reading
from tests.report.names import REPORT, RODGRONNE, SV_RODT

S = "\u00a0"


def printed(cells: facts.ByGender) -> list[str]:
    return [cell.text.replace(S, " ") for cell in (cells.women, cells.men, cells.all)]


def test_the_staff_of_the_areas_and_their_sum(edition):
    # Table 10.1.8, lines 2432-2440: "Oppvekst og utdanning 4 222 3 859 77% 1 262 1 181 23% 5 484 5 040".
    staff = facts.staff(edition)
    first, total = staff.areas[0], staff.total
    assert first.name.text == edition.gloss("Oppvekst og utdanning")
    assert [cell.value for cell in (first.fte.women, first.fte.men, first.fte.all, first.share)] == [
        3859,
        1181,
        5040,
        77,
    ]
    assert (first.employees.value, total.employees.value, total.name) == (5484, 15136, None)
    assert staff.rows == [*staff.areas, total]
    # Lines 2433 (Byutvikling, 38 %) and 2434 (Helse og omsorg, 82 %).
    assert [area.inside.text for area in (staff.least, staff.most)] == edition.text(
        ["byutvikling", "helse og omsorg"],
        [edition.gloss("Byutvikling").lower(), edition.gloss("Helse og omsorg").lower()],
    )
    assert staff.stated


def test_staff_by_area(bokmal):
    # Table 10.1.8, lines 2432-2440: "Oppvekst og utdanning 4 222 3 859 77% 1 262 1 181 23% 5 484 5 040".
    fte, counted = workforce.staff_by_area(bokmal, REPORT), workforce.staff_by_area(bokmal, REPORT, "count")
    names = workforce.areas_by_size(fte)
    assert len(names) == 8
    assert (names[0], names[-1]) == ("Oppvekst og utdanning", "Byrådsleders avdeling")
    first = fte[fte["staff_group"] == names[0]]
    assert [workforce.figure_of(first, gender).value for gender in workforce.GENDERS] == [3859, 1181, 5040]
    assert workforce.figure_of(workforce.totals(fte), "all") == (12684, ("trondheim-2025", "2440"))
    assert workforce.figure_of(workforce.totals(counted), "women").value == 11259


# Lines 2440, 2455-2457, 2578-2580 and 2594-2596.
@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("employees", ["11 259", "3 877", "15 136"]),
        ("fte", ["9 342", "3 342", "12 684"]),
        ("Gjennomsnittlig stillingsprosent", ["85 %", "88 %", "86 %"]),
        ("Gjennomsnittlig årslønn inkl tillegg", ["634 741", "646 871", "637 832"]),
        ("temporary_count", ["1 050", "435", "1 485"]),
        ("temporary_percent", ["9 %", "11 %", "10 %"]),
        ("Antall i foreldreperm", ["364", "30", "394"]),
        ("Andel i foreldreperm pr kjønn", ["3,4 %", "0,9 %", "2,7 %"]),
        ("Snitt antall uker i foreldreperm", ["22", "15", "20"]),
    ],
)
def test_the_staff_as_a_whole(bokmal, label, shown):
    rows = {row.name.text if row.name else row.kind: row.of for row in facts.whole(bokmal)}
    assert printed(rows[label]) == shown
    assert all(cell.sources for cell in (rows[label].women, rows[label].men, rows[label].all))


def test_womens_pay_of_mens_is_what_the_text_says(bokmal):
    # Line 2450: "Kvinners årslønn var altså 98,13 prosent av menns årslønn."
    percent, lines = workforce.of_mens(workforce.pay(bokmal, REPORT))
    assert percent == pytest.approx(98.13, abs=0.006)
    assert lines == [("trondheim-2025", "2455"), ("trondheim-2025", "2456")]
    assert workforce.is_permanent(bokmal, REPORT, workforce.pay(bokmal, REPORT))


def test_pay_by_chapter_is_what_the_text_says(bokmal):
    # Line 2465: "kvinners årslønn 94,17 prosent"; lines 2483 and 2538, the other way: "99,03 prosent", "99,08 prosent".
    [third, fourth, fifth] = [workforce.of_mens(rows)[0] for _, rows in workforce.chapters(bokmal, REPORT)]
    assert third == pytest.approx(94.17, abs=0.006)
    assert 10000 / fourth == pytest.approx(99.03, abs=0.006)
    assert 10000 / fifth == pytest.approx(99.08, abs=0.006)
    assert [caption.rpartition(", ")[2] for caption, _ in workforce.chapters(bokmal, REPORT)] == [
        "kapittel 3", "kapittel 4", "kapittel 5",
    ]  # fmt: skip


# Lines 2498 (Dagl leder SFO), 2507 (Helsesøster), 2521 (Saksbehandlere merkantil), 2526 (Sykepleiere), 2548 (Jordmor).
@pytest.mark.parametrize(
    ("index", "group", "women", "men", "ratio"),
    [
        (1, "Helsesøster", "691 975", "ikke oppgitt: få ansatte", "kan ikke regnes ut"),
        (1, "Saksbehandlere merkantil", "ingen", "ikke oppgitt: få ansatte", "kan ikke regnes ut"),
        (1, "Sykepleiere", "630 993", "629 816", "100,2 %"),
        (2, "Jordmor", "794 855", "ingen", "kan ikke regnes ut"),
        (2, "Advokat", "ikke oppgitt: få ansatte", "ikke oppgitt: få ansatte", "kan ikke regnes ut"),
    ],
)
def test_groups_that_are_withheld_or_empty_are_said_in_words(bokmal, index, group, women, men, ratio):
    [row] = [row for row in facts.pay(bokmal).tables[index].groups if row.name.text == group]
    assert [*printed(row.pay)[:2], row.ratio.text.replace(S, " ")] == [women, men, ratio]


def test_what_is_drawn_has_pay_for_both_and_the_table_has_all(bokmal):
    rows = workforce.pay_tables(bokmal, REPORT)[1][1]
    drawn = workforce.drawn(rows, 15)
    assert len(drawn) == 15
    assert drawn[0] == "Assistenter flere områder"
    assert "Helsesøster" not in workforce.drawn(rows, 99)
    paid = facts.pay(bokmal).tables[1]
    assert [group.name.text for group in paid.drawn] == drawn
    assert (len(paid.groups), len(paid.rows), paid.rows[-1].name) == (39, 40, None)
    assert paid.lowest.ratio.value == min(group.ratio.value for group in paid.drawn)


def test_both_statements_of_the_change_are_quoted(bokmal):
    # Line 196: "Antall årsverk ble redusert med 240 årsverk."; line 2444: "en reduksjon på 19 årsverk".
    assert [lines for _, _, lines in workforce.stated_changes(bokmal, REPORT)] == ["196", "2444"]


def test_sickness_is_quoted_where_it_goes_from_one_figure_to_another(bokmal):
    rows = workforce.sickness(bokmal, REPORT)
    assert {"924", "1081", "1082", "2178"} <= set(rows["lines"])
    # Line 2176 gives thresholds ("over 11 % fravær"), which are no development.
    assert "2176" not in set(rows["lines"])


def test_goals_that_concern_staff(bokmal):
    rows = workforce.goals(bokmal, REPORT).set_index("goal")["status"]
    assert rows["Mål 1: Redusere sykefraværet"] == "not_achieved"
    # Line 1200: "omstilling" has the letters of a position in it.
    assert not any("omstilling" in goal for goal in rows.index)


def test_notes_below_the_tables_are_each_there_once(bokmal):
    text = [note.text for note in workforce.notes(bokmal, REPORT)]
    assert len(text) == len(set(text))
    assert any("en ansatt kan ha forskjellige stillinger" in note for note in text)
    assert any("5 eller færre ansatte erstattet med N/A" in note for note in text)
    assert all(note.startswith(("Note", "Grunnlag")) for note in text)


def measure_names(e: Edition, part: str) -> list[str]:
    return [row[0].text for row in workforce.measure_rows(e, part)]


def test_measures_on_staff_of_the_first_document(bokmal):
    names = measure_names(bokmal, RODGRONNE)
    # Line 343: "Opptrapping av grunnbemanning i eldreomsorgen 20 millioner".
    assert names[0] == "Opptrapping av grunnbemanning i eldreomsorgen"
    assert "Fysioterapeuter og studentstillinger" in names
    assert "Redusert vikarinnleie barnehage" in names


@pytest.mark.parametrize(
    ("printing", "name"),
    [
        # Line 616 and line 1678 have the same amounts under two names, and only one of the names speaks of staff.
        ("appendix", "Styrke sosiale tjenester i NAV (også kalt «Flere ansatte innen sosiale tjenester i NAV»)"),
        ("chapter", "Flere ansatte innen sosiale tjenester i NAV"),
        ("appendix", "Styrke BoA (også kalt «Flere ansatte i BoA»)"),
        ("appendix", "Oppfylle lærernormen"),
        ("chapter", "Flere ansatte i skolen"),
    ],
)
def test_measures_on_staff_are_found_by_either_of_their_names(bokmal, printing, name):
    e = Edition(bokmal.project, bokmal.params.model_copy(update={"printing": printing}), "nb")
    assert measure_names(e, SV_RODT).count(name) == 1


def test_both_printings_have_the_same_measures_on_staff(bokmal):
    sums = {}
    for printing in ("chapter", "appendix"):
        e = Edition(bokmal.project, bokmal.params.model_copy(update={"printing": printing}), "nb")
        rows = workforce.measures(e, SV_RODT)
        # Finance is printed in other parts in the two (a state grant of its own or within a sum).
        rows = rows[rows["area_id"] != "finans_organisasjon"]
        sums[printing] = rows.groupby("year")["amount_mnok"].sum().round(1).to_dict()
    assert sums["chapter"] == sums["appendix"]
    # 30 + 22 + 20 + 12,5 + 32,5 + 25 + 3,1 + 1 in the first year.
    assert sums["chapter"][2026] == pytest.approx(146.1)


def test_topics_about_staff_are_chosen_by_their_definition(bokmal):
    topics = set(workforce.staff_topics(bokmal)["topic"])
    assert {"sykefravaer", "heltid", "toppet_bemanning", "laerernormen"} <= topics
    assert "eiendomsskatt" not in topics


def test_chapters_have_numbers_where_that_is_all_that_differs(edition, monkeypatch):
    pay = facts.pay(edition)
    word = edition.text("kapittel", "chapter")
    assert (pay.names, pay.numbers) == ([f"{word} {number}" for number in "345"], ["3", "4", "5"])
    assert len(pay.ratios) == 3
    tables = workforce.pay_tables(edition, REPORT)
    mixed = [("Lønn, ledere", tables[0][1]), *tables[1:]]
    monkeypatch.setattr(workforce, "pay_tables", lambda *_: mixed)
    pay = facts.pay(edition)
    assert (pay.names, pay.numbers) == (["ledere", f"{word} 4", f"{word} 5"], [])


def test_measures_that_raise_spending_are_counted_and_the_largest_is_named(bokmal):
    # Line 343: "Opptrapping av grunnbemanning i eldreomsorgen 20 millioner".
    [now, before] = facts.proposals(bokmal)
    assert (now.id, before.id) == (SV_RODT, RODGRONNE)
    assert (now.raising, now.year, now.converted, before.converted) == (9, 2026, False, True)
    assert before.largest.text == "Opptrapping av grunnbemanning i eldreomsorgen"
    assert before.amount.how
    assert workforce.raising(workforce.measures(bokmal, SV_RODT), 2031).empty


def test_instructions_that_concern_staff(bokmal):
    titles = set(workforce.directives(bokmal, SV_RODT)["title"])
    assert {"Styrke heltidskulturen", "Bemanningsnorm i eldreomsorgen"} <= titles
    # "bestilling" is no position.
    assert "Klimatiltak" not in set(workforce.directives(bokmal, RODGRONNE)["title"])
    assert "Bystyresekretariatet" in set(workforce.directives(bokmal, RODGRONNE)["title"])


def test_key_figures_that_are_not_published_are_said_in_words(edition):
    rows = {row[0].text: row for row in workforce.indicator_rows(edition, REPORT, [2024, 2025])}
    # Line 1938: "Årsverk helsestasjonen totalt per 1 000 innbyggere 0-5 år 3,8 N/A N/A N/A N/A N/A".
    row = next(row for name, row in rows.items() if row[1].text in ("3,8", "3.8"))
    assert {cell.text for cell in row[2:]} <= {"ikke oppgitt", "not stated"}
    # No residents in buildings with staff day and night: that is no figure on staff.
    assert not any("heldøgns" in name for name in rows)


def test_a_document_without_a_workforce_gives_empty_tables(bokmal, monkeypatch):
    empty = {name: bokmal.table(name).iloc[:0] for name in ("workforce", "goals", "topics", "key_figures")}
    table = Edition.table
    monkeypatch.setattr(
        Edition, "table", lambda self, name, *columns, **where: empty.get(name, table(self, name, **where))
    )
    assert workforce.areas_by_size(workforce.staff_by_area(bokmal, REPORT)) == []
    assert workforce.whole(bokmal, REPORT) == []
    staff, pay, absence = facts.staff(bokmal), facts.pay(bokmal), facts.absence(bokmal)
    assert (staff.stated, staff.rows, staff.total, staff.least, staff.temporary) == (False, [], None, None, None)
    assert (pay.mean, pay.tables, pay.numbers, pay.lowest) == (None, [], [], None)
    assert (absence.goals, absence.told, facts.indicators(bokmal)) == ([], [], None)
    assert workforce.pay_tables(bokmal, REPORT) == []
    assert workforce.of_mens(workforce.pay(bokmal, REPORT)) is None
    assert workforce.notes(bokmal, REPORT) == []
    assert workforce.goals(bokmal, REPORT).empty
    assert workforce.sickness(bokmal, REPORT).empty
    assert workforce.indicator_rows(bokmal, REPORT, [2025]) == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_a_report_on_a_document_without_a_workforce_says_so(bokmal, lang, monkeypatch):
    left_out = ("workforce", "goals", "topics", "key_figures", "measures", "directives")
    empty = {name: bokmal.table(name).iloc[:0] for name in left_out}
    table = Edition.table
    monkeypatch.setattr(
        Edition, "table", lambda self, name, *columns, **where: empty.get(name, table(self, name, **where))
    )
    found = reading.shown(ROOT / "notebooks", "workforce", lang, 2026, monkeypatch)
    said = reading.sentences(found)
    words = {
        "nb": (
            "ingen tabeller over de ansatte etter område",
            "ingen slike tall",
            "ingen tabeller over lønn",
            "Ingen av",
        ),
        "en": ("no tables of the staff by area", "no such figures", "no tables of pay by group", "None of the"),
    }[lang]
    assert all(part in said for part in words)
    assert not [block for block in found if block["kind"] not in reading.SAID]


PAIRS = [charts.Pair("Lege", 1031.0, 1028.0), charts.Pair("Jurist", 867.0, 900.0), charts.Pair("Jordmor", 795.0, None)]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_pyramid_writes_both_sides(width):
    with theme("pyramid", width):
        figure = charts.pyramid(PAIRS, ("Kvinner", "Menn"), lambda value: f"{value:.0f}", "ingen")(width)
        words = [text.get_text() for text in figure.axes[0].texts]
        low, high = figure.axes[0].get_xlim()
    assert words[:3] == ["Lege", "Jurist", "Jordmor"]
    assert words[3:] == ["1031", "867", "795", "1028", "900", "ingen", "Kvinner", "Menn"]
    assert low < -1031
    assert high > 1028


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_pairs_set_the_lower_number_left_and_leaves_out_what_has_one(width):
    with theme("pairs", width):
        figure = charts.pairs(PAIRS, ("Kvinner", "Menn"), lambda value: f"{value:.0f}")(width)
        texts = [(text.get_text(), text.get_ha()) for text in figure.axes[0].texts]
    assert [words for words, _ in texts[:2]] == ["Lege", "Jurist"]
    assert [words for words, _ in texts[6:]] == ["●", "Kvinner", "◆", "Menn"]
    assert texts[2:6] == [("1031", "left"), ("1028", "right"), ("867", "right"), ("900", "left")]


def test_the_day_of_the_count_is_in_the_note_below_the_table(edition):
    # Line 2442: "Grunnlag er regulativlønnede aktive årsverk pr. 12.12.25".
    day = facts.staff(edition).day
    assert day.text == edition.text("12. desember 2025", "12 December 2025")
    assert day.sources == (("trondheim-2025", "2442"),)
    # Line 2598, below the table of parental leave, has no day.
    leave = workforce.figures(edition, REPORT)
    leave = leave[leave["indicator"].str.contains("foreldreperm")]
    assert workforce.counted_on(edition, REPORT, leave) is None


def test_areas_that_add_up_to_another_number_are_told(bokmal):
    # Lines 2432-2439: 53 + 637 + 974 + 4002 + 489 + 180 + 5484 + 3367 = 15186; line 2440 has 15136.
    counted = workforce.staff_by_area(bokmal, REPORT, "count")
    assert workforce.beside_total(counted) == 15186
    assert facts.staff(bokmal).summed.text == f"15{S}186"
    # The full-time equivalents: 51 + 606 + 925 + 2936 + 331 + 171 + 5040 + 2623 = 12683; line 2440 has 12684.
    assert workforce.beside_total(workforce.staff_by_area(bokmal, REPORT)) == 12683
    assert workforce.beside_total(counted[counted["is_total"] == 1]) is None


def test_where_pay_is_lowest_and_who_is_there(bokmal):
    # Lines 2475, 2530 and 2560: 9937 of 538 + 9937 + 719 women, 3234 of 218 + 3234 + 401 men.
    name, women, men, lines = workforce.spread(bokmal, REPORT)
    assert name == "kapittel 4"
    assert (women, men) == (pytest.approx(9937 / 11194 * 100), pytest.approx(3234 / 3853 * 100))
    assert [line for _, line in lines] == ["2475", "2530", "2560"]


def test_a_share_that_changed_is_quoted(bokmal):
    # Line 2570: "Det er en oppgang i andel midlertidige ansatte fra 2024 til 2025 med 1 prosentpoeng."
    [(text, document, lines)] = workforce.share_changes(bokmal, REPORT)
    assert text.startswith("Det er en oppgang i andel midlertidige ansatte")
    assert (document, lines) == ("trondheim-2025", "2570")


def test_goals_have_what_they_are_measured_by_where_it_stands_below_them(bokmal):
    # Line 2172: "Indikator på måloppnåelse: Sykefraværet reduseres med 1 prosentpoeng årlig fram mot 2028".
    rows = workforce.goals(bokmal, REPORT).set_index("goal", drop=False)
    assert "Mål 2: Høyere medarbeidertilfredshet" in rows.index
    assert workforce.indicator_of(bokmal, REPORT, rows.loc["Mål 1: Redusere sykefraværet"]).lines == "2172"
    assert workforce.indicator_of(bokmal, REPORT, rows.iloc[0]) is None
    [absent] = facts.absence(bokmal).goals
    # Line 2178: "I 2025 sank fraværet fra 11,2 % til 10,8 %."
    assert [said.lines.text for said in absent.says] == ["linje 2172", "linje 2178"]


def test_an_amount_that_can_be_read_in_two_ways_is_not_shown_as_missing(edition):
    # Lines 870-871: "kuttes derfor med 5 mill i 2020 økende med 20 mill i 2023".
    rows = {row[0].text: row for row in workforce.measure_rows(edition, RODGRONNE)}
    row = rows[edition.gloss("Innleie av arbeidskraft")]
    unsaid = edition.text("ikke oppgitt", "not stated")
    assert [cell.text for cell in row[3:]] == [unsaid, unsaid, edition.text("uklart oppgitt", "stated unclearly")]
    assert row[5].sources == (("rodgronne-2020", "870"),)


def test_absence_has_a_table_only_where_one_is_printed(bokmal, monkeypatch):
    assert not workforce.absence_is_tabled(bokmal, REPORT)
    cells = bokmal.table("table_cells")
    first = cells[cells["document"] == "trondheim-2025"].index[0]
    renamed = cells.assign(caption=cells["caption"].mask(cells.index == first, "Sykefravær etter område"))
    table = Edition.table
    monkeypatch.setattr(
        Edition,
        "table",
        lambda self, name, *columns, **where: renamed if name == "table_cells" else table(self, name, **where),
    )
    assert workforce.absence_is_tabled(bokmal, REPORT)


def test_instructions_on_more_staff_are_found_in_their_text(bokmal):
    # Lines 212-213: "en opptrappingsplan for flere ansatte i barnevernet".
    assert any("flere ansatte i barnevernet" in text for text in workforce.directives(bokmal, RODGRONNE)["text"])


def test_amounts_in_other_prices_than_printed_say_so(bokmal):
    # Line 343 has 20 million in the kroner of its year; line 1678 has "32,5 50 50 50" in those of the edition.
    [before, now] = [workforce.measure_rows(bokmal, part)[0] for part in (RODGRONNE, SV_RODT)]
    assert {cell.how for cell in before[2:]} == {"beløpet i 2020-kroner regnet om til 2026-kroner"}
    assert {cell.how for cell in now[2:]} == {""}
