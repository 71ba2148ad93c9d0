"""What notebooks call: the data of an edition, wording in two languages, charts, tables and computed sentences."""

from kommunebudsjett.report import charts, views
from kommunebudsjett.report.blocks import Cell, Column, figure, say, table
from kommunebudsjett.report.edition import Edition, open_edition

__all__ = ["Cell", "Column", "Edition", "charts", "figure", "open_edition", "say", "table", "views"]
