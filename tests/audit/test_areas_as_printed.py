"""Tables of accounts by area as annual reports print them, all of which add up: the audit finds nothing in them."""

import pandas as pd
import pytest

from kommunebudsjett.audit.stage import READS, findings, raw_lines
from kommunebudsjett.tables.accounts import accounts
from kommunebudsjett.tables.contracts import TABLES
from tests.tables.annual_report_cells import REPORT, frame
from tests.tables.test_accounts_as_printed import PRINTED

NONE = {name: pd.DataFrame(columns=TABLES[name].names).astype(TABLES[name].dtypes) for name in READS}


def found(table: str) -> list[tuple[str, str]]:
    lines = f"# 1 Årsrapport 2025\n\n{table}".split("\n")
    cells = frame(lines)
    made = {"table_cells": cells, "accounts": accounts(cells), "lines": raw_lines(REPORT.id, lines)}
    return [(row.check, row.description_en) for row in findings({**NONE, **made}).itertuples()]


@pytest.mark.parametrize(("table", "areas"), PRINTED.values(), ids=PRINTED)
def test_what_adds_up_is_no_finding(table, areas):
    assert areas
    assert found(table) == []


@pytest.mark.parametrize("name", [name for name in PRINTED if "block" not in name])
def test_a_total_that_does_not_add_up_is_found(name):
    table, _ = PRINTED[name]
    lines = table.rstrip("\n").split("\n")
    # Another first digit of the first amount of the total.
    place = next(at for at, letter in enumerate(lines[-1]) if letter.isdigit())
    other = "8" if lines[-1][place] == "9" else "9"
    lines[-1] = f"{lines[-1][:place]}{other}{lines[-1][place + 1 :]}"
    assert "sum" in {check for check, _ in found("\n".join(lines) + "\n")}
