"""What the prose of a municipality states: blocks of a document in, facts with their line out.

Only common wordings are read. A fact needs a term of municipal economy that the amount is of, or, in a list of a
decision, the words of its item; and at most one year that can be meant. What has neither stays in the ledger.
"""

from collections.abc import Iterable, Iterator

from kommunebudsjett.readers.facts.amounts import Amount, amounts_in
from kommunebudsjett.readers.facts.wordings import (
    CARRIES,
    is_of_others,
    is_statement,
    named_years,
    role_of,
    signed,
    term_of,
    without_asides,
    words_for,
)
from kommunebudsjett.readers.model.blocks import Heading, Text
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.model.prose import sentences
from kommunebudsjett.readers.records import Fact

_LONGEST_LEAD = 80


def read_facts(document: str, blocks: Iterable[Heading | Text], decides: bool = False) -> list[Fact]:
    """The facts of a document's paragraphs and list items, in its order.

    Of a document that `decides`, an item of a list is a statement by itself: `Innkjøp av sykler; -350’ i 2024`.
    """
    found: list[Fact] = []
    lead = ""
    for block in blocks:
        if isinstance(block, Heading):
            lead = ""
            continue
        if not block.level:
            last = clean(block.text)
            lead = last.rstrip(": ") if last.endswith(":") and len(last) <= _LONGEST_LEAD else ""
        found.extend(_of_text(document, block, lead if block.level and decides else "", decides))
    return found


def _of_text(document: str, block: Text, lead: str, decides: bool) -> Iterator[Fact]:
    """The facts of a paragraph or item; `lead` are the words above a list that it belongs to."""
    said = ""
    at = 0
    for sentence in sentences(block.text):
        at = block.text.index(sentence, at)
        printed, sentence = sentence, without_asides(sentence)
        amounts = amounts_in(sentence)
        carried = said if CARRIES.match(sentence) else ""
        years = {} if is_of_others(sentence) else named_years(sentence, amounts)
        for amount, own in years.items():
            what = term_of(sentence, amounts, amount, carried)
            said = what or said
            if not what and decides and amount.unit != "percent":
                what = _item(sentence, amounts, amount)
            if not what or not is_statement(sentence, amount):
                continue
            role = role_of(sentence, amount)
            what = " – ".join(filter(None, [lead, words_for(sentence, amount, role, what)]))
            line, value = block.line_at(at + amount.begin), signed(sentence, amount, role)
            for year in own:
                yield Fact(document, what, year, value, amount.unit, role, line, clean(printed), amount.raw)
        at += len(sentence)


def _item(sentence: str, amounts: list[Amount], amount: Amount) -> str:
    """The words of an item of a decision that its amount is of: those before its first amount, or its own."""
    first = clean(sentence[: amounts[0].begin]).strip(" :;,-–+")
    begin = max((other.end for other in amounts if other.end <= amount.begin), default=0)
    own = clean(sentence[begin : amount.begin]).strip(" :;,-–+")
    return own if sum(map(str.isalpha, own)) > len(" i 2024 og") else first
