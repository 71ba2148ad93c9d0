"""Statements in, rows of measures and of what was not read out."""

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import context, roles
from kommunebudsjett.readers.party_budget.amounts import rounded
from kommunebudsjett.readers.party_budget.blocks import HEADING, ITEM
from kommunebudsjett.readers.party_budget.names import without_number
from kommunebudsjett.readers.party_budget.statements import Statement
from kommunebudsjett.readers.records import Ledger, Measure, Records, Unread

UNSTATED, EXPLICIT, IMPLIED = "unstated", "explicit", "implied"


def write(document: Document, statement: Statement, records: Records) -> None:
    """Add the rows of a statement to the records."""
    if not statement.is_measure:
        leave(document, statement, records)
        return
    rows = [row for name in statement.shared or [statement.name] for row in _rows(document, statement, name)]
    keys = {_key(measure) for measure in records.measures[-len(rows) - 20 :]}
    if any(_key(row) in keys for row in rows):
        reason = "another amount with the same name on the same line is read"
        records.unread.append(Unread(document.id, statement.line, statement.raw, reason))
        return
    records.measures += rows
    records.numbers_read += 1


def leave(document: Document, statement: Statement, records: Records) -> None:
    """List an amount that is no measure's: in the ledger with what it is, or as unread where that is not clear."""
    of_amount = (document.id, statement.line, statement.raw)
    if statement.role == roles.AMBIGUOUS:
        records.unread.append(Unread(*of_amount, statement.reason))
    else:
        records.ledger.append(Ledger(*of_amount, statement.role, statement.reason))


def _key(measure: Measure) -> tuple:
    return measure.area, measure.kind, measure.group, measure.measure, measure.year, measure.line


def _rows(document: Document, statement: Statement, name: str) -> list[Measure]:
    amount = rounded(statement.value * statement.sign)
    years = statement.years
    stated = [year for year in years.years if year in document.years]
    if statement.role == roles.PERIOD_TOTAL:
        return [_row(document, statement, name, None, amount, EXPLICIT)]
    if years.each and not stated and statement.role == roles.CHANGE:
        return [_row(document, statement, name, year, amount, IMPLIED) for year in document.years]
    if not stated:
        return [_row(document, statement, name, None, amount, UNSTATED)]
    certainty = IMPLIED if years.follows else EXPLICIT
    return [_row(document, statement, name, year, amount, certainty) for year in stated]


def _row(
    document: Document, statement: Statement, name: str, year: int | None, amount: float, certainty: str
) -> Measure:
    block = statement.block
    return Measure(
        document.id, statement.area, _kind(statement), "", without_number(name) or statement.raw, year, amount,
        "heading" if block.kind in (HEADING, ITEM) and statement.is_label else "prose", certainty, "", statement.line,
        block.lines[-1].number, statement.quote, "", _role(statement),
        statement.whole.line if statement.whole else None, statement.duration,
    )  # fmt: skip


def _role(statement: Statement) -> str:
    """A part of a sum that is no row itself counts as a change."""
    if statement.role == roles.PART and not (statement.whole and statement.whole.is_measure):
        return roles.CHANGE
    return statement.role


def _kind(statement: Statement) -> str:
    if statement.kind == context.INVESTMENT:
        return "investering"
    return "inndekning" if statement.kind in (context.SAVINGS, context.INCOME) or statement.sign < 0 else "drift"
