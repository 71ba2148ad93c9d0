"""What the prose of a municipality states: blocks of a document in, facts with their line out.

Only common wordings are read. A fact needs a term of municipal economy that the amount is of, or, in a list of a
decision, the words of its item; and at most one year that can be meant. What has neither stays in the ledger.
"""

import re
from collections.abc import Iterable, Iterator

from kommunebudsjett.readers.facts.amounts import Amount, amounts_in
from kommunebudsjett.readers.facts.wordings import (
    CARRIES,
    PART,
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
# What is longer is no sentence that a person wrote, but text that lost its marks.
_LONGEST_SENTENCE = 2000
_YEARS_ALONE = re.compile(
    r"^\W*(?:i\s+)?(?:19|20)\d\d(?:(?:\s*,\s*|\s+og\s+)(?:19|20)\d\d)*\s*(?::|og\b)?|\b(?:herav|derav)\b"
)


# What no statement of an amount is without, in figures or in words.
_AMOUNT = re.compile(r"prosent|%|mill|mrd|tusen|kr\b|kroner|nok\b|’|'|,-", re.IGNORECASE)


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
        if _AMOUNT.search(block.text) is not None:
            found.extend(_of_text(document, block, lead if block.level and decides else "", decides))
    return found


def _of_text(document: str, block: Text, lead: str, decides: bool) -> Iterator[Fact]:
    """The facts of a paragraph or item; `lead` are the words above a list that it belongs to."""
    said = ""
    at = 0
    for sentence in _pieces(block, decides):
        at = block.text.index(sentence, at)
        printed, sentence = sentence, without_asides(sentence)
        amounts = amounts_in(sentence) if len(sentence) <= _LONGEST_SENTENCE else []
        carried = said if CARRIES.match(sentence) else ""
        years = {} if not amounts or is_of_others(sentence) else named_years(sentence, amounts)
        for amount, own in years.items():
            what = term_of(sentence, amounts, amount, carried)
            said = what or said
            if not what and decides and amount.unit != "percent":
                what = _item(sentence, amounts, amount) or lead
            if not what or not is_statement(sentence, amount):
                continue
            role = role_of(sentence, amount)
            if role == "level" and amount.unit != "percent" and what.startswith(PART):
                role = "part"
            what = " – ".join(dict.fromkeys(filter(None, [lead, words_for(sentence, amount, role, what)])))
            line, value = block.line_at(at + amount.begin), signed(sentence, amount, role)
            for year in own:
                yield Fact(document, what, year, value, amount.unit, role, line, clean(printed), amount.raw)
        at += len(sentence)


def _pieces(block: Text, decides: bool) -> list[str]:
    """The sentences of a text. In a decision each line that begins like an item is one, where all of them do."""
    ends = [*block.starts[1:], len(block.text)]
    lines = [block.text[begin:end].strip() for begin, end in zip(block.starts, ends, strict=True)]
    listed = decides and len(lines) > 1 and all(line[:1].isupper() or line[:1].isdigit() for line in lines)
    return lines if listed else sentences(block.text)


def _item(sentence: str, amounts: list[Amount], amount: Amount) -> str:
    """The words of an item of a decision that its amount is of: its own before it, else those after it, else those
    before the first amount.
    """
    begin = max((other.end for other in amounts if other.end <= amount.begin), default=0)
    end = min((other.begin for other in amounts if other.begin >= amount.end), default=len(sentence))
    after = re.split(r"[;,.:]", sentence[amount.end : end])[0]
    said = (sentence[begin : amount.begin], after, sentence[: amounts[0].begin])
    return next(filter(None, map(_words, said)), "")


def _words(text: str) -> str:
    """A stretch of an item without marks at its ends; "" where it says no more than years."""
    words = clean(_YEARS_ALONE.sub("", text)).strip(" :;,-–+•")
    return words if sum(map(str.isalpha, words)) > 2 else ""
