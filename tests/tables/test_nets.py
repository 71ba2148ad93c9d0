"""Rows of blocks in; which of them are the net of an area out, also in the budgets of municipalities."""

import pytest

from kommunebudsjett.tables.economy import statement_by_kind
from kommunebudsjett.tables.nets import with_nets
from tests.tables.annual_report_cells import printed

HEADER = "\nRegnskap per tjenesteområde\n\nTall i 1000 kr→Regnskap 2025→Revidert budsjett 2025\n"


@pytest.mark.parametrize(
    ("rows", "nets", "parts"),
    [
        # Wages and refunds are parts like expenditure and income.
        ("Skole→\nLønn→9→9\nAndre utgifter→3→3\nRefusjoner→-2→-2\nNetto→10→10\n"
         "Barnehage→\nLønn→5→5\nAndre utgifter→1→1\nRefusjoner→-1→-1\nNetto→5→5",
         ["Skole", "Barnehage"], ["Lønn", "Andre utgifter", "Refusjoner"] * 2),
        # Printed once, they are rows of a statement.
        ("Driftsinntekter→9→9\nDriftsutgifter→-3→-3\nNetto→6→6", [], []),
        # Services of an area are no parts of a net.
        ("Oppvekst→\nSkole→9→9\nBarnehage→3→3\nHelse→\nSykehjem→4→4\nHjemmetjeneste→5→5", [], []),
    ],
)  # fmt: skip
def test_nets_and_parts(rows, nets, parts):
    cells = with_nets(printed(HEADER + rows)).drop_duplicates("line")
    assert [name for name in cells["net_of"] if name] == nets
    assert cells.loc[cells["is_part"] == 1, "row"].tolist() == parts


def test_blocks_of_areas_are_no_statement_of_the_municipality():
    block = "{}→\nDriftsinntekter→-9→-9\nDriftsutgifter→30→30\nNetto driftsutgifter→21→21\n"
    cells = printed(HEADER + "".join(map(block.format, ("Skole", "Barnehage", "Kultur"))))
    assert set(cells["about"]) == {"areas"}
    assert statement_by_kind(cells).empty
