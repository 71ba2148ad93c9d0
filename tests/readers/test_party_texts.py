"""Party budgets in the ways that parties write them, and what is read of each.

The texts are invented, by somebody who had not seen the words that the reader knows. What stands in measures.csv was
judged by a person, amount by amount; what is no measure's or can't be placed for sure is in
unread.csv, and must be listed as unread or in the ledger.
"""

import csv
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import read

FOLDER = Path(__file__).parent / "party_texts"


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOCUMENTS = _rows("documents.csv")
MEASURES = _rows("measures.csv")
UNREAD = _rows("unread.csv")


def _read(about: dict[str, str]):
    year = int(about["budget_year"])
    document = Document(
        id="x", file="x.txt", title="Budsjett", publisher=about["publisher"], family="party_budget",
        municipality="Vestre Dal", budget_year=year, period_from=year, period_to=year + 3, baseline="rådmannen",
    )  # fmt: skip
    return read(document, (FOLDER / f"{about['text']}.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("about", DOCUMENTS, ids=lambda about: about["text"])
def test_all_measures_of_a_text_are_read_and_no_others(about):
    read_here = [
        (str(one.line), str(one.year or ""), float(one.amount_mnok), one.role, one.duration, one.measure)
        for one in _read(about).measures
    ]
    expected = [
        (row["line"], row["year"], float(row["amount_mnok"]), row["role"], row["duration"], row["measure"])
        for row in MEASURES
        if row["text"] == about["text"]
    ]
    assert sorted(read_here) == sorted(expected)


@pytest.mark.parametrize("about", DOCUMENTS, ids=lambda about: about["text"])
def test_what_cannot_be_placed_is_listed(about):
    records = _read(about)
    listed = {(str(one.line), one.raw) for one in [*records.unread, *records.ledger]}
    expected = {(row["line"], row["raw"]) for row in UNREAD if row["text"] == about["text"]}
    assert listed == expected
