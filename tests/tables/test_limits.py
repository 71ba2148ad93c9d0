"""Amounts by area in; those that no Norwegian municipality can have out."""

from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.accounts import accounts
from kommunebudsjett.tables.economy import statement_by_kind
from kommunebudsjett.tables.limits import areas_of, beyond, check_limits, load_limits
from kommunebudsjett.tables.plans import plans
from tests.tables.annual_report_cells import ROOT, printed

LIMITS = load_limits(ROOT / "data/reference")
PEOPLE = pd.DataFrame({"municipality": ["Nordvåg"], "year": [2030], "population": [5000]})
NOBODY = PEOPLE.iloc[:0]
AREAS = "\n→Regnskap 2031→Rev. budsjett 2031\nSkole→180 250→182 000\nBarnehage→90 120→89 400\nHelse→240 500→238 000\n"
STATEMENT = (
    "\n## Drift\n\nTall i millioner kroner\n\n→Regnskap 2031→Rev. budsjett 2031\nSum driftsinntekter→620,5→601,2\n"
    "Sum driftsutgifter→610,5→600,2\nNetto driftsresultat→10,0→1,0\n"
)


def tables(unit: str, statement: str = "") -> dict[str, pd.DataFrame]:
    cells = printed(f"## Drift per sektor\n\n{unit}\n{AREAS}{statement}")
    return {
        "table_cells": cells,
        "accounts": accounts(cells),
        "plans": plans(cells),
        "statement_by_kind": statement_by_kind(cells),
    }


@pytest.mark.parametrize(
    ("unit", "people", "statement", "count"),
    [
        ("Tall i hele tusen", PEOPLE, "", 0),
        # A thousand times too much: each area, and all together.
        ("Tall i millioner kroner", PEOPLE, "", 4),
        # A thousand times too little shows in all together only.
        ("Tall i hele kroner", PEOPLE, "", 1),
        # Without a population the document's own statement is what there is.
        ("Tall i hele tusen", NOBODY, STATEMENT, 0),
        ("Tall i millioner kroner", NOBODY, STATEMENT, 3),
        ("Tall i millioner kroner", NOBODY, "", 0),
    ],
)
def test_what_no_municipality_has(unit, people, statement, count):
    made = tables(unit, statement)
    found = beyond(areas_of(made), made["statement_by_kind"], "Nordvåg", people, LIMITS)
    assert len(found) == count


def test_the_message_has_line_unit_and_remedy():
    with pytest.raises(UserError) as caught:
        check_limits(tables("Tall i millioner kroner"), "Nordvåg", PEOPLE, LIMITS, Path("rapport.txt"))
    assert (caught.value.file, caught.value.line) == (Path("rapport.txt"), 6)
    assert "is read in mnok (line 3 says so)" in caught.value.message
    assert "documents.yml" in caught.value.remedy
