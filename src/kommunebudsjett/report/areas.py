"""Harmonised areas: rows of the comparison in, values and cells of a report out."""

import pandas as pd

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, source, sources


def value(rows: pd.DataFrame, area_id: str, column: str = "fixed_mnok") -> float | None:
    """The value of an area in rows of the comparison, None where the document has none."""
    return float(rows.at[area_id, column]) if area_id in rows.index else None


def cell(e: Edition, rows: pd.DataFrame, area_id: str, column: str, decimals: int = 0, signed: bool = False) -> Cell:
    """The value of an area as it is shown, with its lines; in words where the document has none."""
    if area_id not in rows.index:
        return Cell(no_amount(e))
    row = rows.loc[area_id]
    return e.number(row[column], source(row), decimals=decimals, signed=signed, how=derivation(e, row, column))


def derivation(e: Edition, row: pd.Series, column: str) -> str:
    """How a value of the comparison was computed from its lines, in words; empty where it stands there."""
    steps = []
    if len(split_lines(row["lines"])) > 1:
        steps.append(e.text("summen av radene", "the sum of the rows"))
    if column != "amount_mnok" and row["year"] != e.params.prices.year:
        steps.append(
            e.text(f"regnet om til {e.params.prices.year}-kroner", f"converted to {e.params.prices.year} kroner")
        )
    if column == "per_inhabitant_nok":
        steps.append(e.text("delt på innbyggertallet", "divided by the number of inhabitants"))
    return ", ".join(steps)


def share(e: Edition, rows: pd.DataFrame, level: pd.DataFrame, area_id: str) -> Cell:
    """What an area's change is of its actual level, with the lines of both; in words where it cannot be said."""
    if area_id not in rows.index or area_id not in level.index:
        return Cell(no_amount(e))
    if area_id == "finans_organisasjon":
        # Taxes, grants and loans of the whole municipality stand there; they are no share of what the area costs.
        return Cell(e.text("gjelder hele kommunen", "concerns the whole municipality"))
    percent = rows.at[area_id, "share_of_level_percent"]
    both = (source(rows.loc[area_id]), source(level.loc[area_id]))
    if pd.isna(percent):
        return Cell(e.text("nettoinntekt", "net income"), both)
    how = e.text(
        "endringen i prosent av regnskapet for området, i samme kroner",
        "the change as per cent of the accounts of the area, in the same kroner",
    )
    return e.percent(percent, *both, how=how)


def no_amount(e: Edition) -> str:
    """What stands where a document has no amount for an area."""
    return e.text("ingen beløp", "no amounts")


def services(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the comparison that are services, without finance and administration."""
    return rows.drop(index="finans_organisasjon", errors="ignore")


def total(rows: pd.DataFrame, column: str = "fixed_mnok") -> tuple[float, list[tuple[str, str]]]:
    """The sum of a column of the comparison, and the lines of all that is summed."""
    return float(rows[column].sum()), sources(rows)
