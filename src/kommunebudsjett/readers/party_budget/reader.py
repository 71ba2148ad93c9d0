"""One party budget in, its records out: blocks, then what they state, then which statements are sums of others."""

import re
from itertools import pairwise

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import context, roles, sums
from kommunebudsjett.readers.party_budget.blocks import HEADING, ITEM, PARAGRAPH, Block, read_blocks
from kommunebudsjett.readers.party_budget.directives import directives_of
from kommunebudsjett.readers.party_budget.heads import settle_heads
from kommunebudsjett.readers.party_budget.rows import measures_of_rows, table_runs
from kommunebudsjett.readers.party_budget.signs import main_words, own_sign
from kommunebudsjett.readers.party_budget.statements import DOUBTFUL, SIGN_UNKNOWN, Reader, Statement, combined, is_item
from kommunebudsjett.readers.party_budget.words import Words, load_words
from kommunebudsjett.readers.party_budget.writing import write
from kommunebudsjett.readers.records import Records

# What a plus means, by what a person states of the document's signs.
_STATED = {"spending-positive": 1, "savings-positive": -1}
# So many statements of known sign, all of the same, tell that of a document's others.
_ENOUGH = 2


def read(document: Document, lines: list[str]) -> Records:
    """All that a party budget states: measures, directives, and the amounts that are no measure's, with the reason.

    Raises UserError where the file of words that it reads by is missing.
    """
    words = load_words()
    records = Records()
    reader = Reader(document, words, _no_money(words))
    about = context.Context(words, document.title, stated_unit=document.unit)
    stated: list[list[Statement]] = []
    listed: list[bool] = []
    in_order: list[tuple[Block, list[Statement]]] = []
    above = ""
    blocks = read_blocks(lines)
    tables = table_runs(blocks)
    in_tables = {id(row) for table in tables.values() for row in [table.header, *table.rows]}
    for index, block in enumerate(blocks):
        if index in tables:
            beside = measures_of_rows(document, tables[index], about, words, records, _STATED.get(document.signs, 0))
            stated.append([one for row in beside for one in reader.statements(row, about, "")])
            listed.append(True)
        if id(block) in in_tables:
            continue
        if block.kind == HEADING and not reader.amounts(block):
            about.open_chapter(block)
            in_order.append((block, []))
            above = block.text
            continue
        statements = reader.statements(block, about, above)
        stated.append(statements)
        in_order.append((block, statements))
        listed.append(bool(statements) and is_item(block, statements))
        records.directives += directives_of(document, block, statements, about, words)
        about.take_text(block)
        above = statements[-1].name if statements and statements[-1].is_label else block.text[:160]
    settle_heads(in_order)
    _by_text_under(stated, blocks, words)
    sums.settle(stated, listed, words)
    _by_balance([one for statements in stated for one in statements], words, _STATED.get(document.signs, 0))
    for statements in stated:
        for statement in statements:
            write(document, statement, records)
    records.unread.sort(key=lambda unread: unread.line)
    return records


def _no_money(words: Words) -> re.Pattern[str]:
    """What "5 millioner" is none of kroner before."""
    return words.pattern("not_money")


def _by_text_under(stated: list[list[Statement]], blocks: list[Block], words: Words) -> None:
    """Give an amount beside a heading the sign that the text under it gives."""
    below = {id(above): block for above, block in pairwise(blocks) if block.kind == PARAGRAPH}
    for statements in stated:
        if len(statements) != 1 or statements[0].sign or not statements[0].is_measure:
            continue
        one = statements[0]
        text = below.get(id(one.block))
        if (
            text
            and one.block.kind != ITEM
            and text.text.endswith(".")
            and not any(words.has(kind, text.text) for kind in DOUBTFUL)
        ):
            one.sign = combined(own_sign(text.text, "", words), one.kind)


def _by_balance(statements: list[Statement], words: Words, stated: int) -> None:
    """Give a statement of unknown sign that of the document's others, where all of those that no chapter says it of
    agree and its own words do not speak of income or cuts; else what a person states of a plus (`stated`), if anything.
    """
    measures = [one for one in statements if one.is_measure]
    plain = [one for one in measures if _is_plain(one, words)]
    known = {one.sign for one in plain if one.sign and one.kind not in (context.SAVINGS, context.INCOME)}
    enough = sum(1 for one in measures if one.sign) >= max(_ENOUGH, len(measures) // 4)
    spent = {id(one) for one in plain} if known <= {1} and enough else set()
    for one in measures:
        if one.sign:
            continue
        if id(one) in spent:
            one.sign = 1
        elif stated:
            one.sign = -stated if one.amount.is_negative else stated
        else:
            one.leave(roles.AMBIGUOUS, SIGN_UNKNOWN)


def _is_plain(one: Statement, words: Words) -> bool:
    """Whether the words around an amount speak neither of income nor of cuts."""
    text = one.block.text
    around = main_words(text[one.part.start : one.amount.start], text[one.amount.end : one.part.end])
    return not any(words.has(kind, " ".join(around)) for kind in DOUBTFUL)
