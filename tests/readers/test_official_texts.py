"""Tables of municipalities as they print them, and each cell that is read of them.

The texts are invented, by somebody who had not seen the readers. What stands in cells.csv was judged by a person; what
can't be placed for sure is in unread.csv, and must be listed as unread.
"""

import csv
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.stage import reader

FOLDER = Path(__file__).parent / "official_texts"


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOCUMENTS = _rows("documents.csv")
CELLS = _rows("cells.csv")
UNREAD = _rows("unread.csv")


def _read(about: dict[str, str]):
    year, family = int(about["budget_year"]), about["family"]
    document = Document(
        id="x", file="x.txt", title="x", publisher="Vestre Dal kommune", family=family, municipality="Vestre Dal",
        budget_year=year, period_from=year, period_to=year if family == "annual_report" else year + 3,
    )  # fmt: skip
    return reader(family)(document, (FOLDER / f"{about['text']}.txt").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("about", DOCUMENTS, ids=lambda about: about["text"])
def test_all_cells_of_a_text_are_read_and_no_others(about):
    read_here = [(str(one.line), one.row, one.column, one.raw, one.unit) for one in _read(about).cells]
    expected = [
        (row["line"], row["row"], row["column"], row["raw"], row["unit"])
        for row in CELLS
        if row["text"] == about["text"]
    ]
    assert read_here == expected


@pytest.mark.parametrize("about", DOCUMENTS, ids=lambda about: about["text"])
def test_rows_that_cannot_be_split_are_listed(about):
    listed = [(str(one.line), one.raw) for one in _read(about).unread]
    assert listed == [(row["line"], row["raw"]) for row in UNREAD if row["text"] == about["text"]]
