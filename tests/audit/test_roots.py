"""Findings in; which of them follow from another out."""

import pandas as pd
import pytest

from kommunebudsjett.audit import printings, sums
from kommunebudsjett.audit.findings import Finding
from kommunebudsjett.audit.roots import follows_from
from kommunebudsjett.audit.source import Source
from tests.audit.test_checks import cells, frame, measure


def finding(check: str, lines: str, difference: float | None) -> Finding:
    return Finding("d", check, "error", "x-1", lines, "feil", "wrong", 1.0, 2.0, difference)


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        # One missing row: four sums of years, and the balance of two of them.
        (
            [finding("balance", "9;19", 30), finding("balance", "9;29", -30), finding("sum", "5-9", 30),
             finding("sum", "5-9", 30.0)],
            ["sum 5-9 30", "sum 5-9 30", "", "sum 5-9 30"],
        ),
        # Off by something else, on other lines, or of checks that are no sums.
        ([finding("sum", "5-9", 30), finding("sum", "11-19", 27)], ["", ""]),
        # A row that a table lacks is lacked in all its columns; two slips can go two ways.
        ([finding("sum", "5-9", 30), finding("sum", "5-9", 27)], ["", "sum 5-9 30"]),
        ([finding("sum", "5-9", 30), finding("sum", "5-9", -27)], ["", ""]),
        # The row that makes a sum wrong, and the subtotal that makes the sums above it wrong.
        ([finding("sum", "5-9", 30), finding("deviation", "7", 30)], ["deviation 7 30", ""]),
        ([finding("sum", "5-9", 30), finding("printing", "7;47", 30), finding("balance", "9;19", 30)],
         ["printing 7;47 30", "", "printing 7;47 30"]),
        ([finding("sum", "5-9", 30), finding("deviation", "9", 30)], ["", "sum 5-9 30"]),
        ([finding("sum", "2;9;14", 30), finding("sum", "5-9", 30)], ["sum 5-9 30", ""]),
        ([finding("sum", "5-9", 30), finding("balance", "10", 30)], ["", ""]),
        ([finding("prose", "5", 30), finding("sum", "5", 30)], ["", ""]),
        ([finding("sum", "5", None), finding("sum", "5", None)], ["", ""]),
        # A unit, a basis of percentages and a rule that is not kept show in many rows; references move together.
        ([finding("derived", "5", 0.2), finding("derived", "6", 0.1)], ["", "derived 5 0.2"]),
        ([finding("prose", "5", 0.2), finding("prose", "6", 0.1)], ["", ""]),
        ([finding("caption", "2;4;8", None), finding("caption", "8;9;12", None), finding("caption", "30", None)],
         ["", "caption 2;4;8 nan", ""]),
        # The accounts of one table are rounded, those of the other are not.
        ([finding("sum", "5-9", 10), finding("tables", "3;8", 10.2)._replace(computed=2.8)], ["tables 3;8 10.2", ""]),
        ([finding("sum", "5-9", 10), finding("tables", "3;9", 10.2)._replace(computed=2.8)], ["", "sum 5-9 10"]),
        ([finding("sum", "5-9", 10), finding("tables", "3;8", 10.2)], ["", ""]),
        ([finding("caption", "2", None), finding("caption", "2", None)], ["", ""]),
        # Lines connect them through a third.
        ([finding("sum", "1-3", 2), finding("sum", "7-9", 2), finding("balance", "3;9", 2)],
         ["", "sum 1-3 2", "sum 1-3 2"]),
    ],
)  # fmt: skip
def test_what_follows_from_what(findings, found):
    assert follows_from(findings) == found


def test_a_row_that_differs_in_another_column_makes_no_sum_wrong():
    def table(name: str, first: int, park: dict[str, str]) -> pd.DataFrame:
        rows = {"Vei": {"2026": "5", "2027": "5"}, "Skole": {"2026": "7", "2027": "7"}, "Park": park,
                "Totalt": {"2026": "13", "2027": "19"}}  # fmt: skip
        return cells(
            [(row, int(row == "Totalt"), first + i, of) for i, (row, of) in enumerate(rows.items())], table=name
        )

    tables = [table("x-1", 2, {"2026": "1", "2027": "7"}), table("x-20", 21, {"2026": "11", "2027": "7"})]
    source = Source({"table_cells": pd.concat(tables, ignore_index=True)})
    found = [finding("printing", "4;23", -10), *sums.check(source)]
    assert follows_from(found, source) == ["", "printing 4;23 -10"]
    # With the row the same in that column, the total of the other printing is a root of its own.
    tables[1] = table("x-20", 21, {"2026": "1", "2027": "17"})
    source = Source({"table_cells": pd.concat(tables, ignore_index=True)})
    found = [finding("printing", "3;22", -3), *sums.check(source)]
    assert follows_from(found, source) == ["", ""]


def twice(chapter: dict[str, str], appendix: dict[str, str]) -> list[tuple[str, str, str]]:
    """The findings of a table that a chapter and an appendix print, each (check, lines, what it follows from)."""
    tables, measures = [], []
    for printing, table, first, rows in (("chapter", "x-1", 2, chapter), ("appendix", "x-20", 21, appendix)):
        printed = [
            (name, int(name == "Totalt"), first + i, {"2026": raw}) for i, (name, raw) in enumerate(rows.items())
        ]
        tables.append(cells(printed, table=table))
        measures += [
            measure(printing, name, float(of["2026"].replace(",", ".")), line)
            for name, total, line, of in printed if not total
        ]  # fmt: skip
    source = Source({"table_cells": pd.concat(tables, ignore_index=True), "measures": frame(*measures)})
    found = [*sums.check(source), *printings.check(source)]
    return [(one.check, one.lines, root) for one, root in zip(found, follows_from(found, source), strict=True)]


@pytest.mark.parametrize(
    ("chapter", "appendix", "found"),
    [
        # A row that the appendix prints otherwise makes its total, which is right in the chapter, no longer fit.
        (
            {"Vei": "5,0", "Skole": "7,0", "Park": "1,0", "Totalt": "13,0"},
            {"Vei": "5,0", "Skole": "5,0", "Park": "1,0", "Totalt": "13,0"},
            [("sum", "21-24", "printing 3;22 2"), ("printing", "3;22", "")],
        ),
        # A total that is wrong in both is one error.
        (
            {"Vei": "5,0", "Skole": "7,0", "Park": "1,0", "Totalt": "19,0"},
            {"Vei": "5,0", "Skole": "7,0", "Park": "1,0", "Totalt": "19,0"},
            [("sum", "2-5", ""), ("sum", "21-24", "sum 2-5 6")],
        ),
        # A total that is wrong in one is not one error more because the other has another.
        (
            {"Vei": "5,0", "Skole": "7,0", "Park": "1,0", "Totalt": "19,0"},
            {"Vei": "5,0", "Skole": "7,0", "Park": "1,0", "Totalt": "13,0"},
            [("sum", "2-5", ""), ("printing", "5;24", "sum 2-5 6")],
        ),
    ],
)
def test_what_follows_between_two_printings_of_a_table(chapter, appendix, found):
    assert twice(chapter, appendix) == found
