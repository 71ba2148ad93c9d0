"""The reader against an independent reading of the document in data/raw, typed row by row."""

import csv
import re
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document, read_lines
from kommunebudsjett.readers.model.ledger import ledger
from kommunebudsjett.readers.party_budget import read
from kommunebudsjett.readers.text import split_lines

ROOT = Path(__file__).parents[2]
BACKTEST = ROOT / "tests/backtest/rodgronne-2020"
BUDGET = Document(
    id="rodgronne-2020",
    file="rodgronne-budsjett-2020.txt",
    title="Trondheimsbudsjettet 2020",
    publisher="De rødgrønne",
    family="party_budget",
    municipality="Trondheim",
    budget_year=2020,
    period_from=2020,
    period_to=2023,
)

# Rows that the two readings take differently where the text allows both: (measure, year) and why the reader's stands.
SETTLED = {
    # "5 millioner i 2022-2023", after "2,5 millioner i 2021" in an "opptrapping": the level of each year, with a note.
    ("Utskifting av tunge kjøretøy", "2022"),
    ("Utskifting av tunge kjøretøy", "2023"),
    # "10 millioner ... tilbakeføres disposisjonsfondet": no year is stated, so the row is not called explicit.
    ("Omtaksering eiendomsskatt", ""),
}


@pytest.fixture(scope="module")
def lines():
    return read_lines(ROOT / "data/raw" / BUDGET.file)


@pytest.fixture(scope="module")
def records(lines):
    return read(BUDGET, lines)


def keyed(name):
    """The rows of a backtest file as they are typed."""
    with (BACKTEST / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def typed_measure(row):
    amount = float(row["amount_mnok"]) if row["amount_mnok"] else None
    return (
        row["area"], row["kind"], row["group"], row["measure"], row["year"], amount, row["basis"], row["certainty"],
        int(row["line"]),
    )  # fmt: skip


def read_measure(row):
    year = "" if row.year is None else str(row.year)
    return (row.area, row.kind, row.group, row.measure, year, row.amount_mnok, row.basis, row.certainty, row.line)


def test_every_measure_is_as_it_was_keyed(records):
    expected = {typed_measure(row) for row in keyed("measures.csv")}
    found = {read_measure(row) for row in records.measures}
    assert len(found) == len(records.measures)
    assert {row[3:5] for row in expected ^ found} == SETTLED
    assert {(row[3:5], row[8]) for row in expected} == {(row[3:5], row[8]) for row in found}


def test_no_amount_is_called_explicit_that_was_not_keyed_so(records):
    expected = {typed_measure(row) for row in keyed("measures.csv") if row["certainty"] == "explicit"}
    found = {read_measure(row) for row in records.measures if row.certainty == "explicit"}
    assert {row[3:5] for row in found - expected} <= SETTLED
    assert len(expected) > 50


def test_every_directive_is_as_it_was_keyed(records):
    expected = [
        (row["area"], row["title"], row["ask"], row["deadline"], int(row["line_first"]), int(row["line_last"]))
        for row in keyed("directives.csv")
    ]
    found = [
        (d.area, d.title, d.ask, d.deadline, d.line_first, d.line_last)
        for d in records.directives
        if not d.within_measure
    ]
    assert found == expected


def test_every_amount_stands_on_its_line(records, lines):
    for row in records.measures:
        assert row.quote.split()[0] in lines[row.line - 1]
        printed = " ".join(" ".join(lines[row.line - 1 : row.line_last]).split())
        assert " ".join(row.quote.split()) in printed


def test_every_amount_of_the_document_is_taken_or_listed(records, lines):
    records.ledger = ledger(BUDGET.id, lines, records)
    listed = {(one.line, one.raw) for one in [*records.unread, *records.ledger]}
    taken = {line for row in records.measures for line in range(row.line, row.line_last + 1)}
    taken |= {line for d in records.directives for line in range(d.line_first, d.line_last + 1)}
    for number, line in enumerate(lines, 1):
        for printed in re.findall(r"\d+(?: \d{3})*(?:,\d+)?", line):
            assert number in taken or any(line_of == number and printed in raw for line_of, raw in listed), line


def test_every_line_of_prose_is_kept(records, lines):
    kept = {line for text in records.measure_texts for line in split_lines(text.lines)}
    kept |= {line for d in records.directives for line in range(d.line_first, d.line_last + 1)}
    left = [lines[number - 1].strip() for number in range(1, len(lines) + 1) if number not in kept]
    lists = [line for line in left if line]
    # The title, the headings of lists, a chapter's heading above that of its part, and the two lost tables.
    assert lists[:2] == ["Trondheimsbudsjettet", "De rødgrønnes forslag til budsjett 2020 og økonomiplan 2020-2023"]
    assert lists[-2:] == ["Utgifter drift", "Inndekning drift"]
    assert all(" - " in line or line in ("Kultur, idrett og friluftsliv", "Inndekning") for line in lists[2:-2])
