"""Check `balance`: the stated totals of a party budget's operating tables against each other."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, en, nb
from kommunebudsjett.readers.text import join_lines


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Years for which the stated totals of a printing do not add up to about nothing.

    A balanced alternative takes from one place what it gives to another, so that the totals of its operating tables
    (investments apart) sum to zero but for their rounding. A document with a single table is not judged.
    """
    measures, cells = tables["measures"], tables["table_cells"]
    operating = measures[(measures["kind"] == "drift") & (measures["basis"] == "table")]
    lines = operating[["document", "printing", "line"]].drop_duplicates()
    located = lines.merge(
        cells[["document", "line", "table"]].drop_duplicates(), on=["document", "line"], validate="1:1"
    )
    totals = cells[(cells["is_total"] == 1) & cells["value"].notna()].merge(
        located[["document", "printing", "table"]].drop_duplicates(), on=["document", "table"], validate="m:1"
    )
    for (document, printing, column), rows in totals.groupby(["document", "printing", "column"], sort=False):
        if len(rows) < 2:
            continue
        balance = round(float(rows["value"].sum()), 9)
        if abs(balance) <= 0.1 * len(rows) + EPSILON:
            continue
        place = {
            "chapter": (" i kapitlene", " in the chapters"),
            "appendix": (" i tabellene som er samlet bakerst", " in the appendix"),
        }
        where_nb, where_en = place.get(printing, ("", ""))
        yield Finding(
            document,
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
