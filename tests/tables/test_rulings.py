"""Areas of lines and meanings of columns that a person rules; a ruling that fits nothing stops the run."""

from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.rulings import Ruling, Rulings
from kommunebudsjett.tables.rulings import with_ruled_areas, with_ruled_meanings

AREAS = ("oppvekst", "felles")


def ruled(line: int, area: str, document: str = "d") -> dict[str, pd.DataFrame]:
    tables = {
        "measures": pd.DataFrame({"line": [5, 6], "area_id": ["felles", "felles"], "read_by": ["", ""]}),
        "directives": pd.DataFrame({"line_first": [9], "area_id": ["felles"]}),
        "documents": pd.DataFrame({"document": ["d"]}),
    }
    ruling = Ruling("d", line, "", "area", area, "gjelder skoler", "Kari", 3)
    return with_ruled_areas(tables, tables, document, Rulings(Path("rulings.csv"), (ruling,)), AREAS)


def test_the_row_on_the_line_gets_the_area_and_the_name_of_who_ruled():
    measures = ruled(6, "oppvekst")["measures"]
    assert list(measures["area_id"]) == ["felles", "oppvekst"]
    assert list(measures["read_by"]) == ["", "Kari"]
    assert list(ruled(9, "oppvekst")["directives"]["area_id"]) == ["oppvekst"]


def test_a_ruling_on_another_document_changes_nothing():
    assert list(ruled(6, "oppvekst", document="other")["measures"]["area_id"]) == ["felles", "felles"]


@pytest.mark.parametrize(
    ("line", "area", "problem"),
    [
        (7, "oppvekst", "nothing with an area stands there"),
        (6, "skole", "'skole' is none of the areas oppvekst, felles"),
    ],
)
def test_a_ruling_that_fits_nothing_stops_the_run(line, area, problem):
    with pytest.raises(UserError, match=problem) as raised:
        ruled(line, area)
    assert (raised.value.file, raised.value.line) == (Path("rulings.csv"), 3)


def meant(line: int, column: str, meaning: str) -> pd.DataFrame:
    rows = [("x-3", "Beløp 2024", 4), ("x-3", "Beløp 2024", 5), ("x-3", "Avvik", 5), ("x-9", "Beløp 2024", 10)]
    cells = pd.DataFrame(rows, columns=["table", "column", "line"]).assign(meaning="", read_by="")
    ruling = Ruling("d", line, column, "meaning", meaning, "slik står det i teksten", "Kari", 3)
    return with_ruled_meanings(cells, "d", Rulings(Path("rulings.csv"), (ruling,)))


@pytest.mark.parametrize("line", [3, 4, 5])
def test_the_column_of_the_table_at_the_line_gets_the_meaning(line):
    cells = meant(line, "Beløp 2024", "actual")
    assert list(cells["meaning"]) == ["actual", "actual", "", ""]
    assert list(cells["read_by"]) == ["Kari", "Kari", "", ""]


@pytest.mark.parametrize(
    ("line", "column", "meaning", "problem"),
    [
        (5, "Beløp", "actual", "no table there has the column 'Beløp'"),
        (7, "Beløp 2024", "actual", "no table there has the column 'Beløp 2024'"),
        (5, "Beløp 2024", "regnskap", "'regnskap' is none of"),
    ],
)
def test_a_meaning_that_fits_no_column_stops_the_run(line, column, meaning, problem):
    with pytest.raises(UserError, match=problem):
        meant(line, column, meaning)
