"""Rows of blocks in; which of them are the net of an area out, also in the budgets of municipalities."""

import pandas as pd
import pytest

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report import read_budget
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.economy import statement_by_kind
from kommunebudsjett.tables.meanings import with_meanings
from kommunebudsjett.tables.nets import with_nets
from kommunebudsjett.tables.plans import plans
from kommunebudsjett.tables.subjects import with_subjects
from tests.tables.annual_report_cells import AREA_WORDS, TABLE_WORDS, WORDS, printed

HEADER = "\nRegnskap per tjenesteområde\n\nTall i 1000 kr→Regnskap 2025→Revidert budsjett 2025\n"


@pytest.mark.parametrize(
    ("rows", "nets", "parts"),
    [
        # Wages and refunds are parts like expenditure and income.
        ("Skole→\nLønn→9→9\nAndre utgifter→3→3\nRefusjoner→-2→-2\nNetto→10→10\n"
         "Barnehage→\nLønn→5→5\nAndre utgifter→1→1\nRefusjoner→-1→-1\nNetto→5→5",
         ["Skole", "Barnehage"], ["Lønn", "Andre utgifter", "Refusjoner"] * 2),
        # What else stands beside the net of an area is a part of it, by its place.
        ("Skole→\nFastlønn→9→9\nStrøm→3→3\nGebyr→-2→-2\nNetto driftsutgifter→10→10\n"
         "Barnehage→\nFastlønn→5→5\nMat→1→1\nNetto driftsutgifter→6→6",
         ["Skole", "Barnehage"], ["Fastlønn", "Strøm", "Gebyr", "Fastlønn", "Mat"]),
        # The kinds in both written languages, with a sum for their net.
        ("Skule→\nLøn og sosiale utgifter→9→9\nKjøp av varer og tenester→3→3\nOverføringar→-2→-2\nSum Skule→10→10\n"
         "Barnehage→\nLøn og sosiale utgifter→5→5\nSalsinntekter→-1→-1\nSum Barnehage→4→4",
         ["Skule", "Barnehage"],
         ["Løn og sosiale utgifter", "Kjøp av varer og tenester", "Overføringar", "Løn og sosiale utgifter",
          "Salsinntekter"]),
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


BUDGET = Document(
    id="b", file="b.txt", title="Økonomiplan", publisher="X", family="municipal_budget", municipality="X",
    budget_year=2027, period_from=2027, period_to=2028,
)  # fmt: skip
PLAN = """# Økonomiplan 2027-2028

Netto driftsramme per sektor

Beløp i 1000 kr      Regnskap 2025  Vedtatt 2026     2027     2028
Oppvekst
  Driftsutgifter           420 000       430 000  441 000  442 000
  Driftsinntekter          -60 000       -61 000  -62 000  -62 000
  Netto                    360 000       369 000  379 000  380 000
Helse og omsorg
  Driftsutgifter           520 000       530 000  541 000  542 000
  Driftsinntekter          -80 000       -81 000  -82 000  -82 000
  Netto                    440 000       449 000  459 000  460 000
Sum sektorer               800 000       818 000  838 000  840 000
"""


def test_a_plan_has_only_the_net_of_its_areas():
    dtypes = {name: dtype for name, dtype in TABLES["table_cells"].dtypes.items() if name in Cell._fields}
    cells = pd.DataFrame(read_budget(BUDGET, PLAN.split("\n")).cells, columns=Cell._fields).astype(dtypes)
    rows = plans(with_subjects(with_meanings(cells, BUDGET, WORDS), TABLE_WORDS, AREA_WORDS))
    years = (2025, "actual"), (2026, "original_budget"), (2027, "plan"), (2028, "plan")
    amounts = {"Oppvekst": (360.0, 369.0, 379.0, 380.0), "Helse og omsorg": (440.0, 449.0, 459.0, 460.0)}
    assert list(rows[["service_area", "year", "meaning", "amount_mnok"]].itertuples(index=False, name=None)) == [
        (area, *year, amount) for area, row in amounts.items() for year, amount in zip(years, row, strict=True)
    ]
    assert set(rows["counts_in_total"]) == {1}
