"""Sections that are no measures in, their numbers in the ledger out: directives, introductions, titles, lost tables."""

from collections.abc import Sequence

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_prose.layout import PAGE_NUMBER, Heading
from kommunebudsjett.readers.party_prose.ledger import Ledger, Span, leave_year, why_no_amount
from kommunebudsjett.readers.party_prose.passage import Passage
from kommunebudsjett.readers.party_prose.statements import statements


def account_for_directive(
    heading: Heading, passages: list[Passage], document: Document, ledger: Ledger, deadline: Span | None
) -> None:
    """List the numbers of a directive; the years of its deadline are taken."""
    _title(heading, ledger, "part of the title of a directive")
    _prose(
        passages,
        document,
        ledger,
        [deadline] if deadline else [],
        "an amount in a directive, not a measure's",
    )


def account_for_introduction(
    heading: Heading, passages: list[Passage], document: Document, ledger: Ledger, deadlines: Sequence[Span]
) -> None:
    """List the numbers of a title page, a chapter's introduction or a heading that is no measure."""
    _title(heading, ledger, "part of a title")
    _prose(passages, document, ledger, deadlines, "an amount in an introduction, not stated for a measure")


def account_for_table(heading: Heading, passages: list[Passage], ledger: Ledger) -> None:
    """List the numbers under the heading of a lost table, or a page number."""
    reason = "a page number" if heading.role == PAGE_NUMBER else "in a table, which this family's reader does not read"
    _title(heading, ledger, reason)
    for passage in passages:
        for token in passage.tokens():
            ledger.leave(passage, token, reason)


def _title(heading: Heading, ledger: Ledger, reason: str) -> None:
    for passage in heading.title_passages():
        for token in passage.tokens():
            ledger.leave(passage, token, reason)
    if heading.amount:
        beside = Passage([heading.amount])
        for token in beside.tokens():
            ledger.leave(beside, token, "an amount before the first chapter")


def _prose(
    passages: list[Passage], document: Document, ledger: Ledger, deadlines: Sequence[Span], amount_reason: str
) -> None:
    for passage in passages:
        part = statements(passage, document.years)
        for amount in part.amounts:
            ledger.leave(passage, amount.token, amount.reason or amount_reason)
        for year in part.years:
            leave_year(ledger, passage, year, document, deadlines)
        for token in part.others:
            ledger.leave(passage, token, why_no_amount(passage.text, token))
