"""What notebooks call: the data of an edition, wording in two languages, charts, tables and computed sentences."""

from kommunebudsjett.report import accounts, areas, budgets, caveats, charts, rules
from kommunebudsjett.report.blocks import Cell, Column, figure, say, table
from kommunebudsjett.report.edition import Edition, open_edition, source, sources

__all__ = [
    "Cell",
    "Column",
    "Edition",
    "accounts",
    "areas",
    "budgets",
    "caveats",
    "charts",
    "figure",
    "open_edition",
    "rules",
    "say",
    "source",
    "sources",
    "table",
]
