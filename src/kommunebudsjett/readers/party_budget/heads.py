"""Statements in; those of the text under a heading with an amount go with that amount afterwards."""

from collections.abc import Iterable

from kommunebudsjett.readers.party_budget import roles
from kommunebudsjett.readers.party_budget.blocks import HEADING, ITEM, Block
from kommunebudsjett.readers.party_budget.statements import Statement
from kommunebudsjett.readers.party_budget.sums import REPEATED

_LONGEST_HEAD = 90


def settle_heads(stated: Iterable[tuple[Block, list[Statement]]]) -> None:
    """Let the text under a heading with an amount say what it says of that amount.

    The same amount again is the heading's, and gives it its years; amounts for other years are of the same measure.
    """
    head: Statement | None = None
    for block, statements in stated:
        if _is_head(block, statements):
            head = statements[0]
        elif block.kind in (HEADING, ITEM):
            head = None
        elif head is not None and not block.text.endswith(":"):
            _take(head, statements)


def _is_head(block: Block, statements: list[Statement]) -> bool:
    """Whether a block is a heading with an amount."""
    short = len(block.text) < _LONGEST_HEAD and not block.text.endswith((".", ":", "!"))
    return len(statements) == 1 and statements[0].is_measure and block.kind != ITEM and short


def _take(head: Statement, statements: list[Statement]) -> None:
    first_years = head.years
    for one in statements:
        if (
            abs(one.value - head.value) < 1e-9
            and one.amount.form == "amount"
            and one.role not in (roles.RATE, roles.LIMIT)
        ):
            if one.years.years and not head.years.years and one.is_measure:
                head.years = one.years
            if one.is_measure or one.reason:
                one.leave("repeated", REPEATED)
        elif one.is_measure and one.years.years and (head.years.years or first_years.years):
            one.name, one.found, one.sign = head.name, head.found, one.sign or head.sign
