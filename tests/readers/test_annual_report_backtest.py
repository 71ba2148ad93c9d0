"""The reader against an independent reading of the report in data/raw, typed row by row."""

import csv
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document, read_lines
from kommunebudsjett.readers.annual_report import read

ROOT = Path(__file__).parents[2]
BACKTEST = ROOT / "tests/backtest/trondheim-2025"
REPORT = Document(
    id="trondheim-2025",
    file="trondheim-arsberetning-2025.txt",
    title="Årsberetning 2025",
    publisher="Trondheim kommune",
    family="annual_report",
    municipality="Trondheim",
    budget_year=2025,
    period_from=2025,
    period_to=2025,
)


@pytest.fixture(scope="module")
def records():
    return read(REPORT, read_lines(ROOT / "data/raw" / REPORT.file))


def keyed(name):
    """The rows of a backtest file as they are typed."""
    with (BACKTEST / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(typed):
    return float(typed) if typed else None


def compare(found, expected):
    """Both as sorted lists, so that a failure shows the rows that differ."""
    assert len(expected) == len(set(expected)), "the keyed rows are told apart by their columns"
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_cells_of_the_hardest_tables(records):
    expected = [
        (row["table"], row["group"], row["row"], row["column"], number(row["value"]), int(row["line"]))
        for row in keyed("cells.csv")
    ]
    tables = {row[0] for row in expected}
    assert len(tables) == 16
    found = [
        (cell.table, cell.group, cell.row, cell.column, cell.value, cell.line)
        for cell in records.cells
        if cell.table in tables
    ]
    compare(found, expected)


def test_goals(records):
    expected = [
        (row["chapter"], row["goal"], row["status"], row["quote"], int(row["line"])) for row in keyed("goals.csv")
    ]
    compare([(goal.chapter, goal.goal, goal.status, goal.quote, goal.line) for goal in records.goals], expected)


def test_fiscal_rules(records):
    expected = [
        (
            row["rule"],
            number(row["target_percent"]),
            int(row["year"]),
            number(row["value_percent"]),
            int(row["line"]),
        )
        for row in keyed("fiscal_rules.csv")
    ]
    found = [
        (rule.rule, rule.target_percent, rule.year, rule.value_percent, rule.line) for rule in records.fiscal_rules
    ]
    compare(found, expected)
