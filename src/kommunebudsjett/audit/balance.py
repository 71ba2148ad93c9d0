"""Check `balance`: the stated totals of a party budget's operating tables against each other."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, en, nb
from kommunebudsjett.readers.text import join_lines


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Years for which the stated totals of a printing do not add up to about nothing.

    A balanced alternative takes from one place what it gives to another, so that the totals of its operating tables
    (investments apart) sum to zero but for their rounding. A document is not judged with a single table, where a table
    with amounts of the year has no total or not one, where nothing is stated that pays, or where amounts of the year
    stand outside of tables: what its tables say is then not all.
    """
    measures, cells = tables["measures"], tables["table_cells"]
    operating = measures[measures["kind"] != "investering"]
    lines = operating.loc[operating["basis"] == "table", ["document", "printing", "line"]].drop_duplicates()
    located = lines.merge(
        cells[["document", "line", "table"]].drop_duplicates(), on=["document", "line"], validate="1:1"
    )
    own = cells[cells["value"].notna()].merge(
        located[["document", "printing", "table"]].drop_duplicates(), on=["document", "table"], validate="m:1"
    )
    for (document, printing, column), amounts in own.groupby(["document", "printing", "column"], sort=False):
        rows = amounts[amounts["is_total"] == 1]
        if len(rows) < 2 or not _is_whole(amounts, rows) or _elsewhere(operating, document, column):
            continue
        balance = round(float(rows["value"].sum()), 9)
        if abs(balance) <= 0.1 * len(rows) + EPSILON:
            continue
        place = {
            "chapter": (" i kapitlene", " in the chapters"),
            "appendix": (" i tabellene som er samlet bakerst", " in the appendix"),
        }
        where_nb, where_en = place.get(str(printing), ("", ""))
        yield Finding(
            str(document),
            "balance",
            # A budget can be said to balance and still leave the odd hundred thousand: one per cent of what it moves.
            "error" if abs(balance) > 0.01 * float(rows["value"].abs().sum()) / 2 else "note",
            "",
            join_lines(rows["line"]),
            f"Legger man sammen totalene{where_nb} for {column}, blir det {nb(balance)} mill. kr, ikke null som i et "
            "budsjett i balanse.",
            f"The totals{where_en} for {column} add up to NOK {en(balance)} million, not to zero as in a budget that "
            "balances.",
            0.0,
            balance,
            -balance,
        )


def _is_whole(amounts: pd.DataFrame, totals: pd.DataFrame) -> bool:
    """Whether each table with amounts has one total, all in million kroner, and some of what they sum up pays."""
    one_each = totals["table"].is_unique and set(totals["table"]) == set(amounts["table"])
    return one_each and bool((amounts["unit"] == "mnok").all() and (amounts["value"] < 0).any())


def _elsewhere(operating: pd.DataFrame, document: object, column: object) -> bool:
    """Whether a document states operating amounts for the year of a column outside of its tables."""
    stated = operating[(operating["document"] == document) & (operating["basis"] != "table")]
    return bool((stated["amount_mnok"].notna() & (stated["year"].astype(str) == str(column))).any())
