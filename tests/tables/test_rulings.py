"""Areas that a person rules for single lines: the row gets it, and a ruling that fits nothing stops the run."""

from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.rulings import Ruling, Rulings
from kommunebudsjett.tables.rulings import with_ruled_areas

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
