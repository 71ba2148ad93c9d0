"""Reader of the budgets that parties publish: lines in; measures, directives and what was not read out."""

from kommunebudsjett.readers.party_budget.reader import read

__all__ = ["read"]
