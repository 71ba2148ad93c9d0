"""Findings in; which of them follow from another out."""

import pytest

from kommunebudsjett.audit.findings import Finding
from kommunebudsjett.audit.roots import follows_from


def finding(check: str, lines: str, difference: float | None, document: str = "d") -> Finding:
    return Finding(document, check, "error", "x-1", lines, "feil", "wrong", 1.0, 2.0, difference)


@pytest.mark.parametrize(
    ("findings", "found"),
    [
        # One missing row: four sums of years, and the balance of two of them.
        (
            [finding("balance", "9;19", 30), finding("balance", "9;29", -30), finding("sum", "5-9", 30),
             finding("sum", "5-9", 30.0)],
            ["sum 5-9 30", "sum 5-9 30", "", "sum 5-9 30"],
        ),
        # Off by something else, on other lines, in another document, or of checks that are no sums.
        ([finding("sum", "5-9", 30), finding("sum", "5-9", 29)], ["", ""]),
        ([finding("sum", "5-9", 30), finding("balance", "10", 30)], ["", ""]),
        ([finding("sum", "5-9", 30), finding("sum", "5-9", 30, "e")], ["", ""]),
        ([finding("prose", "5", 30), finding("sum", "5", 30)], ["", ""]),
        ([finding("sum", "5", None), finding("sum", "5", None)], ["", ""]),
        # Sums of other numbers are rounded otherwise.
        ([finding("sum", "5-9", 30.1), finding("balance", "9;19", 29.9)], ["", "sum 5-9 30.1"]),
        # Lines connect them through a third.
        ([finding("sum", "1-3", 2), finding("sum", "7-9", 2), finding("balance", "3;9", 2)],
         ["", "sum 1-3 2", "sum 1-3 2"]),
    ],
)  # fmt: skip
def test_what_follows_from_what(findings, found):
    assert follows_from(findings) == found
