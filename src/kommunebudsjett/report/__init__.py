"""What notebooks call: the data of an edition, wording in two languages, charts, tables and computed sentences."""

from kommunebudsjett.report import (
    accounts,
    areas,
    attainment,
    budgets,
    caveats,
    charts,
    directives,
    economy,
    goals,
    overview,
    quality,
    rules,
    topics,
)
from kommunebudsjett.report.blocks import Cell, Column, Lines, Link, Quotation, details, figure, quotations, say, table
from kommunebudsjett.report.edition import Edition, open_edition, source, sources

__all__ = [
    "Cell",
    "Column",
    "Edition",
    "Lines",
    "Link",
    "Quotation",
    "accounts",
    "areas",
    "attainment",
    "budgets",
    "caveats",
    "charts",
    "details",
    "directives",
    "economy",
    "figure",
    "goals",
    "open_edition",
    "overview",
    "quality",
    "quotations",
    "rules",
    "say",
    "source",
    "sources",
    "table",
    "topics",
]
