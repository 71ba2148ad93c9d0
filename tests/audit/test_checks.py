"""Each check finds an error that was planted, and nothing where the numbers fit."""

import time

import pandas as pd
import pytest

from kommunebudsjett.audit import accounts, balance, deviations, printings, prose, sums
from kommunebudsjett.audit.amounts import amounts
from kommunebudsjett.audit.findings import both
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.stage import findings
from kommunebudsjett.audit.text import sentences
from kommunebudsjett.readers.records import Cell, Measure
from kommunebudsjett.report import quality
from kommunebudsjett.tables import contracts
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.meanings import with_meanings
from kommunebudsjett.tables.validation import validate
from tests.tables.annual_report_cells import REPORT, WORDS


def cells(rows: list[tuple], unit: str = "mnok", table: str = "x-1") -> pd.DataFrame:
    """Cells of a table from (label, is_total, line, {column: printed})."""
    read = pd.DataFrame(
        [
            Cell("d", table, "Tabellen", "", "", label, column, float(raw.replace(",", ".")), raw, unit, total, line)
            for label, total, line, printed in rows
            for column, raw in printed.items()
        ],
        columns=Cell._fields,
    )
    return with_meanings(read, REPORT, WORDS)


def found(check, **tables: pd.DataFrame) -> list:
    return list(check.check(Source(tables)))


FITTING = [
    ("Skole", 0, 2, {"2026": "10,5", "2027": "3"}),
    ("Barnehage", 0, 3, {"2026": "-2", "2027": "4"}),
    ("Kulturskole", 0, 4, {"2026": "0,3", "2027": "1"}),
]


def test_a_sum_that_fits_is_no_finding():
    assert found(sums, table_cells=cells([*FITTING, ("Totalt", 1, 6, {"2026": "8,8", "2027": "8"})])) == []


def test_a_sum_that_does_not_fit():
    [finding] = found(sums, table_cells=cells([*FITTING, ("Totalt", 1, 6, {"2026": "18,8", "2027": "8"})]))
    assert (finding.severity, finding.lines) == ("error", "2-4;6")
    assert (finding.stated, finding.computed, finding.difference) == (18.8, 8.8, 10)
    assert finding.description_nb == (
        "I tabellen «Tabellen» er «Totalt» i kolonnen «2026» oppgitt til 18,8, men radene summerer seg til 8,8."
    )
    assert finding.description_en == (
        "In the table “Tabellen”, “Totalt” in the column “2026” is given as 18.8, but its rows add up to 8.8."
    )


def test_a_chain_of_subtotals_is_followed_and_the_column_that_breaks_it_found():
    rows = [
        ("Skatt", 0, 2, {"2025": "-900", "2026": "-950", "2027": "-990"}),
        ("Gebyrer", 0, 3, {"2025": "-100", "2026": "-120", "2027": "-130"}),
        ("Sum inntekter", 1, 4, {"2025": "-1000", "2026": "-1070", "2027": "-1120"}),
        ("Lønn", 0, 5, {"2025": "700", "2026": "710", "2027": "720"}),
        ("Varer", 0, 6, {"2025": "250", "2026": "260", "2027": "270"}),
        ("Sum utgifter", 1, 7, {"2025": "950", "2026": "970", "2027": "990"}),
        ("Brutto resultat", 0, 8, {"2025": "-50", "2026": "-100", "2027": "-130"}),
    ]
    assert found(sums, table_cells=cells(rows)) == []
    wrong = [*rows[:6], ("Brutto resultat", 0, 8, {"2025": "-50", "2026": "-200", "2027": "-130"})]
    [finding] = found(sums, table_cells=cells(wrong))
    assert (finding.lines, finding.stated, finding.computed) == ("4;7-8", -200, -100)


def test_a_first_row_that_the_others_add_up_to():
    columns = ("Oslo", "Bergen", "Moss", "Hamar", "Bodø")
    rows = [
        ("Kultur", 0, 2, dict.fromkeys(columns, "1000")),
        ("Bibliotek", 0, 3, dict.fromkeys(columns, "300")),
        ("Museum", 0, 4, dict.fromkeys(columns, "250")),
        ("Kulturskole", 0, 5, dict.fromkeys(columns, "450")),
    ]
    assert found(sums, table_cells=cells(rows, "nok")) == []
    rows[0] = ("Kultur", 0, 2, {**rows[0][3], "Moss": "1010"})
    [finding] = found(sums, table_cells=cells(rows, "nok"))
    assert (finding.lines, finding.difference) == ("2-5", 10)


def test_rounding_is_no_finding_but_the_same_difference_in_every_column_is():
    rows = [(f"Post {i}", 0, i, {"2026": "1,1", "2027": "2,1"}) for i in range(2, 8)]
    off_in_one = cells([*rows, ("Sum", 1, 9, {"2026": "6,8", "2027": "12,6"})])
    off_in_both = cells([*rows, ("Sum", 1, 9, {"2026": "6,8", "2027": "12,8"})])
    assert found(sums, table_cells=off_in_one) == []
    assert [finding.severity for finding in found(sums, table_cells=off_in_both)] == ["doubt", "doubt"]


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        # A mean of its rows, a table with two totals, a total that is not last, percentages.
        ([("A", 0, 2, {"x": "40"}), ("B", 0, 3, {"x": "60"}), ("Totalt", 1, 4, {"x": "51"})], "nok"),
        ([("A", 0, 2, {"x": "1"}), ("Sum", 1, 3, {"x": "9"}), ("B", 0, 4, {"x": "1"}), ("Sum", 1, 5, {"x": "9"})], ""),
        ([("A", 0, 2, {"x": "1"}), ("Sum", 1, 3, {"x": "9"}), ("B", 0, 4, {"x": "1"})], "mnok"),
        ([("A", 0, 2, {"x": "1"}), ("B", 0, 3, {"x": "1"}), ("Sum", 1, 4, {"x": "9"})], "percent"),
    ],
)  # fmt: skip
def test_what_is_not_summed(rows, unit):
    assert found(sums, table_cells=cells(rows, unit)) == []


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        # What says that it is a part of the row above has been counted with it.
        ([("Lønn", "10"), ("- herav pensjon", "4"), ("Andre utgifter", "5"), ("Sum", "15")], 0),
        ([("Lønn", "10"), ("Hvorav pensjon", "4"), ("Av dette KLP", "3"), ("Drift", "5"), ("Sum", "15")], 0),
        ([("Lønn", "10"), ("Pensjon", "4"), ("Andre utgifter", "5"), ("Sum", "15")], 1),
        # A total row without decimals is rounded to whole numbers.
        ([("Lønn", "5,4"), ("Pensjon", "7,3"), ("Drift", "0,7"), ("Sum", "13")], 0),
        ([("Lønn", "5,4"), ("Pensjon", "7,3"), ("Drift", "0,7"), ("Sum", "15")], 1),
    ],
)
def test_what_is_a_part_and_what_is_rounded_in_a_sum(rows, count):
    printed = [(name, int(name == "Sum"), line, {"2026": raw}) for line, (name, raw) in enumerate(rows, 2)]
    assert len(found(sums, table_cells=cells(printed))) == count


def test_people_counted_in_two_rows_are_a_note():
    rows = [("A", 0, 2, {"x": "40"}), ("B", 0, 3, {"x": "60"}), ("Sum", 1, 4, {"x": "90"})]
    assert [finding.severity for finding in found(sums, table_cells=cells(rows, "count"))] == ["note"]


def spent(*deviations: str, table: str = "x-1") -> pd.DataFrame:
    """A table of accounts in which 2809 was budgeted and 2778 spent in each row."""
    figures = [("Regnskap 2025", "2778"), ("Revidert budsjett 2025", "2809")]
    rows = [(f"Rad {line}", 0, line, dict([*figures, ("Avvik", raw)])) for line, raw in enumerate(deviations, start=2)]
    return cells(rows, table=table)


def test_a_deviation_against_its_parts():
    # 2809 - 2778 = 31; the three figures are rounded, so that 30 and 32 fit too.
    assert found(deviations, table_cells=spent("30", "31", "32")) == []
    [finding] = found(deviations, table_cells=spent("31", "31", "-31"))
    assert (finding.stated, finding.computed, finding.severity, finding.lines) == (-31, 31, "error", "4")


def compared(*columns: str, rows: int = 4) -> pd.DataFrame:
    """A table of accounts: what is spent, an original and a revised budget, and deviations from the revised one."""
    figures = [(100 + line, 120 + line, 110 + 3 * line, 10 + 2 * line) for line in range(2, 2 + rows)]
    # Spent, original, revised, deviation.
    return cells(
        [
            (f"Rad {line}", 0, line, dict(zip(columns, map(str, row), strict=True)))
            for line, row in enumerate(figures, start=2)
        ]
    )


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize(
    "columns",
    [
        ("Regnskap", "Opprinnelig budsjett", "Justert budsjett", "Avvik"),
        ("Regnskap 2025", "Oppr. budsjett 2025", "Rev. budsjett 2025", "Avvik 2025"),
        ("Rekneskap 2025", "Opphavleg budsjett 2025", "Regulert budsjett 2025", "Avvik"),
        ("Regnskap", "Vedtatt", "Regulert", "Avvik"),
        ("Regnskap", "Opprinnelig budsjett", "Just. bud", "Avvik (just. bud)"),
        # Nobody knows which of these budgets is the revised one, or that of the deviation.
        ("Regnskap", "Budsjett inkl. endringer", "Budsjett etter tertial", "Avvik"),
        ("Regnskap", "Opprinnelig budsjett", "Periodisert budsjett", "Avvik"),
        ("Regnskap", "Buds(end)", "Budsjett", "Avvik(per.)"),
        ("Regnskap", "Opprinnelig budsjett", "Disponibelt", "Avvik fra disponibelt"),
        ("Regnskap", "Revidert budsjett 2024", "Revidert budsjett 2025", "Avvik"),
        ("Regnskap 2024", "Budsjett 2025", "Prognose", "Avvik"),
        ("Regnskap", "Budsjett", "Prognose", "Avvik fra prognose"),
        ("Revidert regnskap", "Opprinnelig budsjett", "Budsjett nå", "Avvik"),
        ("Regnskap", "Revidert budsjett", "Budsjett nå", "Avvik i %"),
    ],
)
def test_a_deviation_is_not_measured_against_a_budget_that_it_may_not_be_from(columns, rows):
    assert found(deviations, table_cells=compared(*columns, rows=rows)) == []


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        (("Regnskap", "Opprinnelig budsjett", "Justert budsjett", "Avvik"), "revidert budsjett"),
        (("Rekneskap 2025", "Oppr. budsjett 2025", "Rev. budsjett 2025", "Avvik"), "revidert budsjett"),
        (("Regnskap", "Annet", "Budsjett", "Avvik"), "budsjettet"),
    ],
)
def test_a_wrong_deviation_is_found_whatever_the_budget_is_called(columns, named):
    table = compared(*columns)
    wrong = (table["column"] == columns[3]) & (table["line"] == 5)
    table.loc[wrong, ["value", "raw"]] = [99.0, "99"]
    [finding] = found(deviations, table_cells=table)
    assert (finding.stated, finding.computed, finding.lines) == (99, 20, "5")
    assert named in finding.description_nb


def test_a_table_that_prints_some_of_its_rows_only_is_not_said_to_be_wrong():
    rows = [
        ("1 Rammetilskudd", 0, 2, {"2025": "1000", "2024": "900"}),
        ("3 Eiendomsskatt", 0, 3, {"2025": "100", "2024": "90"}),
        ("9 Sum driftsinntekter", 1, 4, {"2025": "2000", "2024": "1750"}),
        ("15 Sum driftsutgifter", 1, 5, {"2025": "1900", "2024": "1700"}),
    ]
    assert found(sums, table_cells=cells(rows)) == []


def test_a_table_may_take_its_deviations_the_other_way():
    assert found(deviations, table_cells=spent("-31", "-31", "-30")) == []


def test_a_table_that_takes_them_the_other_way_than_the_rest_is_told():
    usual = [spent("31", "31", table=name) for name in ("1.1.3", "4.1.1")]
    assert found(deviations, table_cells=pd.concat(usual)) == []
    [finding] = found(deviations, table_cells=pd.concat([*usual, spent("-31", "-31", table="1.1.2")]))
    assert (finding.check, finding.severity, finding.table, finding.lines) == ("sign", "note", "1.1.2", "2")
    assert finding.description_en == (
        "Table 1.1.2 takes deviations as accounts less budget, most other tables of the document as budget less "
        "accounts: a minus does not mean the same."
    )


def measure(printing: str, name: str, amount: float, line: int, area: str = "Skole") -> Measure:
    return Measure(
        "d", area, "drift", "", name, 2026, amount, "table", "explicit", printing, line, line, f"{name} {amount}", ""
    )


def found_printings(*measures: Measure) -> list:
    return found(printings, measures=frame(*measures), table_cells=cells([("x", 1, 1, {})]))


def frame(*measures: Measure) -> pd.DataFrame:
    return pd.DataFrame(measures, columns=Measure._fields)


def test_two_printings_that_differ():
    same = (measure("chapter", "Leksehjelp", 7.5, 10), measure("appendix", "Leksehjelp", 7.5, 90))
    assert found_printings(*same) == []
    changed = (*same, measure("chapter", "PPT", 1, 11), measure("appendix", "PPT", 2, 91))
    [finding] = found_printings(*changed)
    assert (finding.severity, finding.lines, finding.difference) == ("error", "11;91", -1)
    [finding] = found_printings(*same, measure("chapter", "PPT", 1, 11))
    assert (finding.severity, finding.lines) == ("error", "11")
    assert finding.description_en == "Skole: “PPT” (NOK million: 1) stands only in the chapter."


def test_a_measure_that_is_called_something_else_is_one_finding():
    [finding] = found_printings(measure("chapter", "Flere ansatte", 7, 10), measure("appendix", "Lærernormen", 7, 90))
    assert (finding.severity, finding.lines) == ("note", "10;90")


def test_a_measure_that_the_other_printing_splits_is_one_finding():
    [finding] = found_printings(
        measure("chapter", "Frie midler og pensjon", 7, 10),
        measure("appendix", "Frie midler", 5, 90),
        measure("appendix", "Pensjon", 2, 92),
    )
    assert (finding.severity, finding.lines) == ("note", "10;90;92")


def test_one_part_is_of_one_measure_alone():
    given = found_printings(
        measure("chapter", "Frie midler og pensjon", 7, 10),
        measure("chapter", "Økte inntekter", 7, 11),
        measure("appendix", "Rammetilskudd", 5, 90),
        measure("appendix", "Andre poster", 2, 92),
    )
    assert [(one.severity, one.lines) for one in given] == [("note", "10;90;92"), ("error", "11")]


def test_rows_of_two_long_printings_are_held_against_each_other_in_little_time():
    rows = [measure("chapter", f"{i} {'æøå'[i % 3] * 9}", 1 + 0.001 * 7**i % 1, i + 1) for i in range(120)]
    others = [measure("appendix", f"{'xyz'[i % 3] * 9} {i}", 9 + 0.001 * 5**i % 1, i + 500) for i in range(120)]
    begun = time.process_time()
    assert len(found_printings(*rows, *others)) == 240
    assert time.process_time() - begun < 3


def test_one_printing_has_nothing_to_be_held_against():
    assert found_printings(measure("", "PPT", 1, 11)) == []


def balanced(total: str) -> dict[str, pd.DataFrame]:
    school = cells([("PPT", 0, 2, {"2026": "30"}), ("Totalt", 1, 3, {"2026": "30"})], table="x-1")
    finance = cells([("Eiendomsskatt", 0, 6, {"2026": total}), ("Totalt", 1, 7, {"2026": total})], table="x-5")
    measures = frame(measure("chapter", "PPT", 30, 2), measure("chapter", "Eiendomsskatt", -30, 6, "Finans"))
    return {"table_cells": pd.concat([school, finance], ignore_index=True), "measures": measures}


def three_tables() -> dict[str, pd.DataFrame]:
    """Two areas that get 30 and 20, and a table of what pays, 48.5: a budget that does not balance."""
    tables = balanced("-48,5")
    care = cells([("Sykehjem", 0, 10, {"2026": "20"}), ("Totalt", 1, 11, {"2026": "20"})], table="x-9")
    finance = tables["table_cells"]["table"] == "x-5"
    parts = [tables["table_cells"][~finance], care, tables["table_cells"][finance]]
    measures = pd.concat([tables["measures"], frame(measure("chapter", "Sykehjem", 20, 10, "Helse"))])
    return {"table_cells": pd.concat(parts, ignore_index=True), "measures": measures}


def with_rows(tables: dict[str, pd.DataFrame], **changes: object) -> dict[str, pd.DataFrame]:
    """The tables of a budget, whose funding table (the last) has what `changes` says for its total row."""
    frame = tables["table_cells"]
    last = frame["table"] == frame["table"].iloc[-1]
    total = last & (frame["is_total"] == 1)
    if changes.get("total") is None and "total" in changes:
        return {**tables, "table_cells": frame[~total]}
    return {**tables, "table_cells": frame.assign(unit=frame["unit"].mask(last, changes["unit"]))}


def test_a_budget_whose_funding_table_has_no_total_is_not_said_to_be_out_of_balance():
    tables = three_tables()
    assert len(found(balance, **tables)) == 1
    assert found(balance, **with_rows(tables, total=None)) == []


@pytest.mark.parametrize("unit", ["tnok", "unknown", ""])
def test_amounts_of_another_unit_are_not_added_up(unit):
    assert found(balance, **with_rows(three_tables(), unit=unit)) == []


def test_a_budget_that_says_nowhere_what_pays_is_not_said_to_be_out_of_balance():
    tables = three_tables()
    frame = tables["table_cells"]
    assert found(balance, **{**tables, "table_cells": frame[frame["value"] > 0]}) == []


def test_a_budget_that_also_states_amounts_in_prose_is_not_judged_by_its_tables():
    tables = three_tables()
    said = tables["measures"].iloc[[0]].assign(basis="prose", line=99, measure="I teksten")
    assert found(balance, **{**tables, "measures": pd.concat([tables["measures"], said])}) == []
    later = said.assign(year=2031)
    assert len(found(balance, **{**tables, "measures": pd.concat([tables["measures"], later])})) == 1


def test_a_budget_that_does_not_balance():
    assert found(balance, **balanced("-30")) == []
    assert [finding.severity for finding in found(balance, **balanced("-30,3"))] == ["note"]
    [finding] = found(balance, **balanced("-28,5"))
    assert (finding.severity, finding.lines, finding.computed) == ("error", "3;7", 1.5)
    assert finding.description_en.startswith(
        "The totals in the chapters for 2026 add up to NOK 1.5 million, not to zero"
    )


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Det er 61 millioner kroner høyere enn 5,93 milliarder.", [(61, "mnok"), (5930, "mnok")]),
        ("I 2025 endte fire millioner kroner under", [(4, "mnok")]),
        (
            "økt med 1.116 millioner, 46 000 dokumenter og 8,7 %",
            [(1116, "mnok"), (46000, "dokumenter"), (8.7, "percent")],
        ),
        ("tabell 10.1.10. viser at det er en nedgang", []),
        ("redusert med 0,6 prosentpoeng (fra 16,1 til 6,5 minutter)", [(0.6, "points"), (16.1, ""), (6.5, "minutter")]),
    ],
)
def test_numbers_of_prose(text, numbers):
    assert [(amount.value, amount.unit) for amount in amounts(text)] == numbers


def test_sentences_know_their_heading_and_lines():
    lines = [
        "# 1. Økonomi",
        "",
        "## Skatt",
        "",
        "Skatten ble redusert med 100",
        "",
        "millioner. Det er <b>mye</b>.",
        "A\tB",
    ]
    spoken = sentences(
        pd.DataFrame([("d", n, text) for n, text in enumerate(lines, 1)], columns=["document", "line", "text"])
    )
    assert spoken.loc[
        spoken["kind"] == "prose", ["section", "heading", "line", "line_last", "text"]
    ].values.tolist() == [
        ["1. Økonomi", "Skatt", 5, 7, "Skatten ble redusert med 100 millioner."],
        ["1. Økonomi", "Skatt", 7, 7, "Det er mye."],
    ]


RESERVES = [
    ("Disposisjonsfond", 0, 2, {"Regnskap 2025": "-4569", "Regnskap 2024": "-3503"}),
    ("Bundne driftsfond", 0, 3, {"Regnskap 2025": "-476", "Regnskap 2024": "-426"}),
    ("Ubundet investeringsfond", 0, 4, {"Regnskap 2025": "-6005", "Regnskap 2024": "-6005"}),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As in 2025, lines 559, 560 and 592: the two rows changed by 1 066 and 50.
        ("Disposisjonsfondene i sum er økt med 1.116 millioner kroner.", [("doubt", "2-3;9", 1116, 1066)]),
        # One row alone is not said to be a sum of several.
        ("Disposisjonsfondet er økt med 1.116 millioner kroner.", [("error", "2;9", 1116, 1066)]),
        # No row beside it makes up for the difference.
        ("Disposisjonsfondene i sum er økt med 1.216 millioner kroner.", [("error", "2;9", 1216, 1066)]),
        ("Disposisjonsfondene i sum er økt med 1.066 millioner kroner.", []),
    ],
)
def test_the_change_of_several_rows_told_as_one(text, expected):
    lines = pd.DataFrame([("d", 9, text)], columns=["document", "line", "text"])
    given = found(
        prose,
        lines=lines,
        table_cells=cells(RESERVES),
    )
    assert [(one.severity, one.lines, one.stated, one.computed) for one in given] == expected


def test_a_row_that_two_tables_print_with_other_decimals():
    label = "Netto utgifter til alle tjenester"
    both_tables = pd.concat(
        [
            cells([(label, 0, 2, {"2025": "10,5", "2026": "8,0"})], table="1.1.1"),
            cells([(label, 0, 9, {"2025": "10,6", "2026": "9,5"})], table="1.1.2"),
        ]
    )
    empty = {name: pd.DataFrame(columns=TABLES[name].names) for name in ("accounts", "balance")}
    [finding] = found(accounts, table_cells=both_tables, **empty)
    assert (finding.check, finding.lines, finding.stated, finding.computed) == ("tables", "2;9", 8.0, 9.5)


def balance_sheet(*rows: tuple[str, str, float]) -> list:
    """The findings of a balance sheet from (side, label, value)."""
    table = TABLES["balance"]
    printed = [
        {**dict.fromkeys(table.names, ""), "document": "d", "table": "x-1", "side": side, "row": label, "year": 2025,
         "value": value, "is_total": 1, "line": line}
        for line, (side, label, value) in enumerate(rows, 2)
    ]  # fmt: skip
    raws = [cells([(label, 1, line, {"Regnskap 2025": f"{value:g}".replace(".", ",")})])
            for line, (_, label, value) in enumerate(rows, 2)]  # fmt: skip
    empty = pd.DataFrame(columns=TABLES["accounts"].names)
    return found(accounts, table_cells=pd.concat(raws), balance=pd.DataFrame(printed), accounts=empty)


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([("assets", "Sum eiendeler", 80.0), ("equity_and_liabilities", "Sum egenkapital og gjeld", 80)], 0),
        ([("assets", "Sum eiendeler", 80.0), ("equity_and_liabilities", "SUM GJELD OG EGENKAPITAL", 78)], 1),
        # Rounded each by itself.
        ([("assets", "Sum eiendeler", 80.4), ("equity_and_liabilities", "Sum egenkapital og gjeld", 80)], 0),
        # Totals after that of the side, which are no part of it, and totals of parts where none is of the side.
        ([("assets", "A. SUM EIENDELER", 80.0),
          ("equity_and_liabilities", "SUM EGENKAPITAL OG GJELD", 80),
          ("equity_and_liabilities", "Sum memoriakonti", 5),
          ("equity_and_liabilities", "Motkonto til memoriakontiene, egenkapital og gjeld", -5)], 0),
        ([("assets", "Sum anleggsmidler", 60.0), ("assets", "Sum eiendeler", 80.0),
          ("equity_and_liabilities", "Sum egenkapital", 50),
          ("equity_and_liabilities", "Sum kortsiktig gjeld", 30)], 0),
    ],
)  # fmt: skip
def test_the_two_sides_of_a_balance_sheet(rows, count):
    assert len(balance_sheet(*rows)) == count


@pytest.mark.parametrize(
    ("one", "other", "share", "count"),
    [
        # Half a unit of the last digit of each; a percentage in the row has a rounding of its own.
        ("100", "100,4", "12,5", 0), ("100", "100,6", "12,5", 1),
        ("100,4", "100,5", "12", 0), ("100,4", "100,6", "12", 1),
    ],
)  # fmt: skip
def test_an_area_in_two_tables_with_other_decimals(one, other, share, count):
    frames, rows = [], []
    for number, line, raw in (("1.1.1", 2, one), ("4.1.1", 9, other)):
        frames.append(cells([("Skole", 0, line, {"Regnskap 2025": raw})], table=number))
        frames.append(cells([("Skole", 0, line, {"Avvik i % 2025": share})], "percent", table=number))
        rows.append({"document": "d", "service_area": "Skole", "table": number, "year": 2025, "line": line,
                     "actual": float(raw.replace(",", "."))})  # fmt: skip
    empty = pd.DataFrame(columns=TABLES["balance"].names)
    table = pd.DataFrame(rows, columns=TABLES["accounts"].names)
    assert len(found(accounts, table_cells=pd.concat(frames), accounts=table, balance=empty)) == count


@pytest.mark.parametrize(("unit", "count"), [("mnok", 1), ("percent", 0)])
def test_shares_of_two_tables_are_not_held_against_each_other(unit, count):
    label = "Andel netto utgifter til alle tjenester"
    two = [
        cells([(label, 0, line, {"2025": raw})], unit, name)
        for line, raw, name in ((2, "8,0", "1.1"), (9, "9,5", "1.2"))
    ]
    empty = {name: pd.DataFrame(columns=TABLES[name].names) for name in ("accounts", "balance")}
    assert len(found(accounts, table_cells=pd.concat(two), **empty)) == count


def test_findings_keep_their_contract():
    empty = {
        name: pd.DataFrame(columns=TABLES[name].names).astype(TABLES[name].dtypes)
        for name in ("documents", "accounts", "balance", "fiscal_rules", "inspections")
    }
    lines = pd.DataFrame({"document": ["d"], "line": [1], "text": ["# Budsjett"]})
    out = findings({**balanced("-28,5"), **empty, "lines": lines})
    assert list(out.columns) == TABLES["findings"].names
    assert len(out) == 1


def test_every_check_has_its_place_in_the_contract_and_in_the_report():
    assert set(quality.CHECKS) == set(contracts.CHECKS)
    rows = [("Skole", 0, 3, {"Regnskap 2025": "90", "Revidert budsjett 2025": "100", "Avvik": "20"})]
    [finding] = found(deviations, table_cells=cells([*rows, ("Vei", 0, 4, {**rows[0][3], "Avvik": "10"})]))
    table = contracts.TABLES["findings"]
    frame = pd.DataFrame([finding]).assign(follows_from="")[table.names].astype(table.dtypes)
    assert list(validate(table, frame)["check"]) == ["deviation"]


def test_a_column_is_named_as_people_say_it_and_other_words_stay_as_they_are_printed():
    said = both("«{label}» i «{column}»", "“{label}” in “{column}”", label="A | b", column="Kvinne | Antall")
    assert said == ("«A | b» i «Kvinne, Antall»", "“A | b” in “Kvinne, Antall”")
