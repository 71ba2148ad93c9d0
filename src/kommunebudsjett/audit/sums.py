"""Check `sum`: the rows of a table against the one total that closes it."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, decimals, en, nb
from kommunebudsjett.readers.text import join_lines


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Totals that their parts do not give.

    Only tables with a single total, on their last line, are summed: there every other row is a part. Percentages and
    means are not summed. Each part may be off by half its last printed decimal; a difference that this can explain is
    a finding only where it is the same in every column, which rounding is not. Counts that add up to more than their
    total are no more than a doubt: one person can be counted in two rows.
    """
    cells = tables["table_cells"]
    summed = cells[cells["value"].notna() & (cells["unit"] != "percent")]
    for (document, table), rows in summed.groupby(["document", "table"], sort=False):
        totals = rows.loc[rows["is_total"] == 1, "line"].unique()
        if len(totals) != 1 or totals[0] != rows["line"].max():
            continue
        sums = _column_sums(rows, int(totals[0]))
        alike = sums["difference"].abs() > EPSILON
        constant = len(sums) > 1 and alike.all() and sums["difference"].max() - sums["difference"].min() < EPSILON
        name = rows["caption"].iloc[0] or table
        for row in sums.itertuples():
            if abs(row.difference) > row.rounding + EPSILON:
                severity = "doubt" if row.measure == "count" and row.difference < 0 else "error"
            elif constant and abs(row.difference) > row.unit + EPSILON:
                severity = "doubt"
            else:
                continue
            yield Finding(
                document,
                "sum",
                severity,
                table,
                join_lines([*row.lines, int(totals[0])]),
                f"Tabell {name}, {row.column}: summen står som {nb(row.stated)}, men radene gir {nb(row.computed)}.",
                f"Table {name}, {row.column}: the total is stated as {en(row.stated)}, but its rows give "
                f"{en(row.computed)}.",
                row.stated,
                row.computed,
                row.difference,
            )


def _column_sums(rows: pd.DataFrame, total_line: int) -> pd.DataFrame:
    out = []
    for column, cells in rows.groupby("column", sort=False):
        stated = cells.loc[cells["line"] == total_line, "value"]
        parts = cells[cells["line"] != total_line]
        if len(stated) != 1 or len(parts) < 2 or _is_mean(float(stated.iloc[0]), parts["value"]):
            continue
        unit = 10.0 ** -int(cells["raw"].map(decimals).max())
        computed = round(float(parts["value"].sum()), 9)
        out.append(
            {
                "column": column,
                "measure": cells["unit"].iloc[0],
                "stated": float(stated.iloc[0]),
                "computed": computed,
                "difference": round(float(stated.iloc[0]) - computed, 9),
                "unit": unit,
                "rounding": unit / 2 * (len(parts) + 1),
                "lines": parts["line"].astype(int).tolist(),
            }
        )
    return pd.DataFrame(out, columns=["column", "measure", "stated", "computed", "difference", "unit", "rounding",
                                      "lines"])  # fmt: skip


def _is_mean(stated: float, parts: pd.Series) -> bool:
    """Whether a total is a mean of its parts: all of them on one side of zero, and it between them."""
    one_sided = (parts > 0).all() or (parts < 0).all()
    return bool(one_sided and parts.min() <= stated <= parts.max())
