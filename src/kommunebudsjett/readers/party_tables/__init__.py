"""Reader of party budgets with tables in the text: measures by area and group for the years of a plan.

The text of a document in, `Records` out: the cells of every table, the measures in both printings, the fiscal rules,
the reasoning, the verbal føringer, and a ledger of the numbers that were not taken.
"""

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_tables.blocks import split_blocks
from kommunebudsjett.readers.party_tables.outline import read_outline
from kommunebudsjett.readers.party_tables.reasoning import directives, measure_texts
from kommunebudsjett.readers.party_tables.statements import read_tables
from kommunebudsjett.readers.party_tables.tables import find_tables
from kommunebudsjett.readers.records import Records, Unread

__all__ = ["read"]


def read(document: Document, lines: list[str]) -> Records:
    """Read a party budget whose measures stand in tables.

    Parameters
    ----------
    document: what is known of the document; its years say how many year columns a table has at least, and its
        `unit` what the amounts are in where the document does not say it.
    lines: the printed lines, without newlines; the first is line 1.
    """
    items = find_tables(split_blocks(lines), min(2, len(document.years)))
    outline = read_outline(items, lines)
    records = Records()
    read_tables(document, outline, lines, records)
    records.directives = directives(document, outline.sections)
    records.measure_texts = measure_texts(document.id, outline)
    records.unread += [Unread(document.id, amount.line, amount.raw, amount.reason) for amount in outline.amounts]
    records.unread.sort(key=lambda unread: unread.line)
    return records
