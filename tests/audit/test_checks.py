"""Each check finds an error that was planted, and nothing where the numbers fit."""

import pandas as pd
import pytest

from kommunebudsjett.audit import balance, deviations, printings, sums
from kommunebudsjett.audit.stage import findings
from kommunebudsjett.readers.records import Cell, Measure
from kommunebudsjett.tables.contracts import TABLES


def cells(rows: list[tuple], unit: str = "mnok", table: str = "x-1") -> pd.DataFrame:
    """Cells of a table from (label, is_total, line, {column: printed})."""
    return pd.DataFrame(
        [
            Cell("d", table, "Tabellen", "", "", label, column, float(raw.replace(",", ".")), raw, unit, total, line)
            for label, total, line, printed in rows
            for column, raw in printed.items()
        ],
        columns=Cell._fields,
    )


def found(check, **tables: pd.DataFrame) -> list:
    return list(check.check(tables))


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
    assert finding.description_nb == "Tabell Tabellen, 2026: summen står som 18,8, men radene gir 8,8."
    assert finding.description_en == "Table Tabellen, 2026: the total is stated as 18.8, but its rows give 8.8."


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


def test_people_counted_in_two_rows_are_a_doubt():
    rows = [("A", 0, 2, {"x": "40"}), ("B", 0, 3, {"x": "60"}), ("Sum", 1, 4, {"x": "90"})]
    assert [finding.severity for finding in found(sums, table_cells=cells(rows, "count"))] == ["doubt"]


def accounts(deviation: float) -> pd.DataFrame:
    return pd.DataFrame(
        [("d", "Skole", "1.1.3", 2025, 2778.0, 2809.0, 2784.0, deviation, 226)],
        columns=[
            "document", "service_area", "table", "year", "actual", "revised_budget", "original_budget", "deviation",
            "line",
        ],
    )  # fmt: skip


def test_a_deviation_against_its_parts():
    # 2809 - 2778 = 31; the three figures are rounded, so that 30 and 32 fit too.
    assert [found(deviations, accounts=accounts(value)) for value in (30, 31, 32)] == [[], [], []]
    [finding] = found(deviations, accounts=accounts(-31))
    assert (finding.stated, finding.computed, finding.severity, finding.lines) == (-31, 31, "error", "226")


def measure(printing: str, name: str, amount: float, line: int, area: str = "Skole") -> Measure:
    return Measure(
        "d", area, "drift", "", name, 2026, amount, "table", "explicit", printing, line, line, f"{name} {amount}", ""
    )


def frame(*measures: Measure) -> pd.DataFrame:
    return pd.DataFrame(measures, columns=Measure._fields)


def test_two_printings_that_differ():
    same = (measure("chapter", "Leksehjelp", 7.5, 10), measure("appendix", "Leksehjelp", 7.5, 90))
    assert found(printings, measures=frame(*same)) == []
    changed = frame(*same, measure("chapter", "PPT", 1, 11), measure("appendix", "PPT", 2, 91))
    [finding] = found(printings, measures=changed)
    assert (finding.severity, finding.lines, finding.difference) == ("error", "11;91", -1)
    missing = frame(*same, measure("chapter", "PPT", 1, 11))
    [finding] = found(printings, measures=missing)
    assert (finding.severity, finding.lines) == ("note", "11")
    assert "“PPT” stands only in the chapter" in finding.description_en


def test_one_printing_has_nothing_to_be_held_against():
    assert found(printings, measures=frame(measure("", "PPT", 1, 11))) == []


def balanced(total: str) -> dict[str, pd.DataFrame]:
    school = cells([("PPT", 0, 2, {"2026": "30"}), ("Totalt", 1, 3, {"2026": "30"})], table="x-1")
    finance = cells([("Eiendomsskatt", 0, 6, {"2026": total}), ("Totalt", 1, 7, {"2026": total})], table="x-5")
    measures = frame(measure("chapter", "PPT", 30, 2), measure("chapter", "Eiendomsskatt", -30, 6, "Finans"))
    return {"table_cells": pd.concat([school, finance], ignore_index=True), "measures": measures}


def test_a_budget_that_does_not_balance():
    assert found(balance, **balanced("-30")) == []
    assert [finding.severity for finding in found(balance, **balanced("-30,3"))] == ["note"]
    [finding] = found(balance, **balanced("-28,5"))
    assert (finding.severity, finding.lines, finding.computed) == ("error", "3;7", 1.5)
    assert finding.description_en.startswith("The budget in the chapters does not balance in 2026")


def test_findings_keep_their_contract():
    tables = balanced("-28,5")
    empty = accounts(31).iloc[:0]
    out = findings({**tables, "accounts": empty})
    assert list(out.columns) == TABLES["findings"].names
    assert len(out) == 1
