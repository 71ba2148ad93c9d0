"""Check `balance`: the stated totals of a party budget's operating tables against each other."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, finding
from kommunebudsjett.audit.source import Source

_PLACES = {
    "chapter": (" i kapitlene", " in the chapters"),
    "appendix": (" i tabellene som er samlet bakerst", " in the appendix"),
}


def check(source: Source) -> Iterator[Finding]:
    """Years for which the stated totals of a printing do not add up to about nothing.

    A balanced alternative takes from one place what it gives to another, so that the totals of its operating tables
    (investments apart) sum to zero but for their rounding. A document is not judged with a single table, where a table
    with amounts of the year has no total or not one, where nothing is stated that pays, or where amounts of the year
    stand outside of tables: what its tables say is then not all.
    """
    measures, cells = source.frame("measures"), source.frame("table_cells")
    operating = measures[measures["kind"] != "investering"]
    lines = operating.loc[operating["basis"] == "table", ["printing", "line"]].drop_duplicates()
    located = lines.merge(cells[["line", "table"]].drop_duplicates(), on="line", validate="1:1")
    own = source.cells.merge(located[["printing", "table"]].drop_duplicates(), on="table", validate="m:1")
    for (printing, column), amounts in own.groupby(["printing", "column"], sort=False):
        rows = amounts[amounts["is_total"] == 1]
        if len(rows) < 2 or not _is_whole(amounts, rows) or _elsewhere(operating, column):
            continue
        balance = round(float(rows["value"].sum()), 9)
        if abs(balance) <= 0.1 * len(rows) + EPSILON:
            continue
        place_nb, place_en = _PLACES.get(str(printing), ("", ""))
        # A budget can be said to balance and still leave the odd hundred thousand: one per cent of what it moves.
        moved = float(rows["value"].abs().sum()) / 2
        yield finding(
            source.document, "balance", "error" if abs(balance) > 0.01 * moved else "note", rows["line"],
            "Legger man sammen totalene{place_nb} for {year}, blir det {computed} mill. kr, ikke null som i et "
            "budsjett i balanse.",
            "The totals{place_en} for {year} add up to NOK {computed} million, not to zero as in a budget that "
            "balances.",
            0.0, balance, place_nb=place_nb, place_en=place_en, year=str(column),
        )  # fmt: skip


def _is_whole(amounts: pd.DataFrame, totals: pd.DataFrame) -> bool:
    """Whether each table with amounts has one total, all in million kroner, and some of what they sum up pays."""
    one_each = totals["table"].is_unique and set(totals["table"]) == set(amounts["table"])
    return one_each and bool((amounts["unit"] == "mnok").all() and (amounts["value"] < 0).any())


def _elsewhere(operating: pd.DataFrame, column: object) -> bool:
    """Whether a document states operating amounts for the year of a column outside of its tables."""
    stated = operating[(operating["basis"] != "table") & operating["amount_mnok"].notna()]
    return bool((stated["year"].astype(str) == str(column)).any())
