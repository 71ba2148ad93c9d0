"""The facts of a new report: the accounts of the service areas against their revised budgets."""

from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import accounts
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, source, sources


@dataclass(frozen=True)
class Area:
    """A service area: amounts in million kroner as they are shown, and the deviation as a number.

    `gap` is the deviation without its sign, `label` the name without its line. What is not printed is None.
    """

    name: Cell
    label: str
    actual: Cell | None
    revised: Cell | None
    deviation: Cell
    gap: Cell
    value: float


@dataclass(frozen=True)
class Accounts:
    """The accounts of a municipality in a year: its areas, the one that spent least of its budget first.

    `largest` is the area furthest from its budget, None without areas; `over` is how many spent more than it.
    """

    municipality: str
    year: int
    colour: str
    areas: list[Area]
    largest: Area | None
    over: Cell


def of_areas(e: Edition) -> Accounts:
    """The accounts of the areas whose deviation from the revised budget is printed."""
    report = e.compared.report
    outcome, printed = e.document(report), accounts.summary(e, report)
    rows = accounts.service_areas(e, report, "" if printed.empty else printed["table"].iloc[0])
    rows = rows[rows["deviation"].notna()].sort_values("deviation", ascending=False, kind="stable")
    areas = [_area(e, row) for _, row in rows.iterrows()]
    over = accounts.overspent(e, report)
    over = over[over["service_area"].isin(rows["service_area"])]
    return Accounts(
        municipality=outcome["municipality"],
        year=int(outcome["budget_year"]),
        colour=e.colour(report),
        areas=areas,
        largest=max(areas, key=lambda area: abs(area.value), default=None),
        over=Cell(e.count(len(over)), tuple(sources(over))),
    )


def _area(e: Edition, row: pd.Series) -> Area:
    def amount(column: str, signed: bool = False) -> Cell | None:
        return None if pd.isna(row[column]) else e.number(row[column], source(row), signed=signed)

    deviation = float(row["deviation"])
    return Area(
        name=e.named(row["service_area"]),
        label=e.gloss(row["service_area"]),
        actual=amount("actual"),
        revised=amount("revised_budget"),
        deviation=e.number(deviation, source(row), signed=True),
        gap=e.mnok(abs(deviation), source(row)),
        value=deviation,
    )
