"""Reader of party budgets in prose: amounts in headings and in the text under them.

`read` takes the document and its lines and gives the measures with their years, their prose, the directives, and the
account of every number that the document prints.
"""

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_prose.asks import Ask, asks, whole_ask
from kommunebudsjett.readers.party_prose.layout import (
    DIRECTIVE,
    INTRODUCTION,
    LOST_TABLE,
    MEASURE,
    PAGE_NUMBER,
    Heading,
    outline,
)
from kommunebudsjett.readers.party_prose.ledger import Ledger, Span
from kommunebudsjett.readers.party_prose.measures import read_measure
from kommunebudsjett.readers.party_prose.passage import Passage, plain
from kommunebudsjett.readers.party_prose.rest import (
    account_for_directive,
    account_for_introduction,
    account_for_table,
)
from kommunebudsjett.readers.records import Directive, MeasureText, Records
from kommunebudsjett.readers.text import join_lines


def read(document: Document, lines: list[str]) -> Records:
    """All that the document states: measures, prose and directives, with every number taken or listed."""
    records = Records()
    ledger = Ledger(document.id)
    for heading in outline(lines):
        passages = [Passage(paragraph) for paragraph in heading.paragraphs]
        if heading.role == MEASURE:
            _measure(document, heading, passages, records, ledger)
        elif heading.role == DIRECTIVE:
            _directive(document, heading, passages, records, ledger)
        elif heading.role in (LOST_TABLE, PAGE_NUMBER):
            account_for_table(heading, passages, ledger)
        else:
            _introduction(document, heading, passages, records, ledger)
    records.unread = sorted(ledger.unread, key=lambda unread: unread.line)
    records.numbers_read = ledger.numbers_read
    return records


def _measure(document: Document, heading: Heading, passages: list[Passage], records: Records, ledger: Ledger) -> None:
    found = asks(passages)
    records.measures += read_measure(heading, passages, document, ledger, _deadline_years(found))
    records.measure_texts.append(_text(document, heading, passages, heading.title))
    records.directives += [_ask(document, heading, ask) for ask in found]


def _directive(document: Document, heading: Heading, passages: list[Passage], records: Records, ledger: Ledger) -> None:
    ask, deadline, span = whole_ask(passages)
    text = _running_text(passages) or heading.title
    records.directives.append(
        Directive(document.id, heading.area, heading.title, text, ask, deadline, heading.line, max(heading.lines), 0)
    )
    account_for_directive(heading, passages, document, ledger, span)


def _introduction(
    document: Document, heading: Heading, passages: list[Passage], records: Records, ledger: Ledger
) -> None:
    found = asks(passages, addressed=True) if heading.area and heading.role != INTRODUCTION else []
    records.directives += [_ask(document, heading, ask) for ask in found]
    if heading.area and passages:
        records.measure_texts.append(_text(document, heading, passages, ""))
    account_for_introduction(heading, passages, document, ledger, _deadline_years(found))


def _text(document: Document, heading: Heading, passages: list[Passage], measure: str) -> MeasureText:
    text = _running_text(passages)
    return MeasureText(document.id, heading.area, measure, heading.title, text, join_lines(heading.lines))


def _running_text(passages: list[Passage]) -> str:
    return " ".join(plain(passage.text) for passage in passages)


def _ask(document: Document, heading: Heading, ask: Ask) -> Directive:
    """An ask that stands outside the lists of directives, in the text of a measure or a chapter."""
    return Directive(
        document.id, heading.area, heading.title, ask.text, ask.ask, ask.deadline, ask.line_first, ask.line_last,
        within_measure=1,
    )  # fmt: skip


def _deadline_years(found: list[Ask]) -> list[Span]:
    return [ask.deadline_span for ask in found if ask.deadline_span]
