"""Which registered documents pages show, and why they show no others."""

import pandas as pd
import pytest

from kommunebudsjett.core.params import Collection, load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.tables.collection import with_use
from kommunebudsjett.tables.prices import load_population, load_prices
from tests.conftest import ROOT

PROJECT = Project(ROOT)
COLUMNS = ["document", "role", "municipality", "budget_year", "baseline"]
COMPARED = [
    ("rodgronne-2020", "proposal", "Trondheim", 2020, "forslaget"),
    ("sv-rodt-2026", "proposal", "Trondheim", 2026, "forslaget"),
    ("trondheim-2025", "report", "Trondheim", 2025, ""),
]
ALL = {"proposals": "all", "outcomes": "all"}


@pytest.mark.parametrize(
    ("document", "collection", "left_out"),
    [
        (("mdg-2026", "proposal", "Trondheim", 2026, "forslaget"), ALL, ""),
        (("mdg-2026", "proposal", "Trondheim", 2026, "forslaget"), None, "not_named"),
        (("mdg-2026", "proposal", "Trondheim", 2026, "forslaget"), {"proposals": []}, "not_named"),
        (("mdg-2026", "proposal", "Trondheim", 2026, "forslaget"), {"proposals": ["mdg-2026"]}, ""),
        (("mdg-2026", "proposal", "Trondheim", 2026, ""), ALL, "no_baseline"),
        # No price figure for 2009, and no inhabitants.
        (("mdg-2009", "proposal", "Trondheim", 2009, "forslaget"), ALL, "no_figures"),
        (("mdg-2009", "proposal", "Trondheim", 2009, "forslaget"), {"proposals": ["mdg-2009"]}, "no_figures"),
        (("trondheim-2024", "report", "Trondheim", 2024, ""), ALL, ""),
        (("trondheim-2024", "report", "Trondheim", 2024, ""), {"outcomes": []}, "not_named"),
        (("trondheim-2024", "report", "Trondheim", 2024, ""), None, "not_named"),
        (("budsjett-2026", "budget", "Trondheim", 2026, ""), ALL, "budget"),
        (("mdg-2026", "proposal", "Bodø", 2026, "forslaget"), ALL, "municipality"),
        (("bodo-2026", "budget", "Bodø", 2026, ""), ALL, "municipality"),
    ],
)
def test_why_a_document_is_not_shown(document, collection, left_out):
    documents = pd.DataFrame([*COMPARED, document], columns=COLUMNS)
    section = None if collection is None else Collection(municipality="Trondheim", **collection)
    params = load_params(PROJECT).model_copy(update={"collection": section})
    rows = with_use(documents, params, load_prices(PROJECT.reference), load_population(PROJECT.reference))
    assert list(rows["left_out"]) == ["", "", "", left_out]
    assert list(rows["shown"]) == [1, 1, 1, int(left_out == "")]
