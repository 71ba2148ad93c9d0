"""The account of a document's printed numbers: each is taken, or listed with the line and the reason."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_prose.passage import Passage
from kommunebudsjett.readers.party_prose.statements import DATE, PLAN, Year
from kommunebudsjett.readers.party_prose.tokens import Token, printed_years
from kommunebudsjett.readers.records import Unread

_TAIL = re.compile(r"\s?(?:(?P<percent>%|prosent\b)|(?P<limit>G\b)|(?P<age>års?\b)|(?P<ordinal>\.))")
_AFTER_NAME = re.compile(r"\b[A-ZÆØÅ][\w-]+\s$")
_AFTER_CLOCK = re.compile(r"\bkl\.?\s?[\d:.]*(?:\s?[-–]\s?)?[\d:.]*$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:nr|punkt|kapittel|tabell|side)\.?\s$", re.IGNORECASE)


class Span(NamedTuple):
    """Where something stands in a passage."""

    passage: Passage
    start: int
    end: int


class Ledger:
    """Counts the numbers that are taken and keeps those that are not."""

    def __init__(self, document: str):
        self.document = document
        self.unread: list[Unread] = []
        self.numbers_read = 0

    def take(self, count: int = 1) -> None:
        """Count numbers as taken."""
        self.numbers_read += count

    def leave(self, passage: Passage, token: Token, reason: str) -> None:
        """List a token's numbers as not taken."""
        spans = printed_years(passage.text, token) if token.kind == "years" else [_with_unit(passage.text, token)]
        for start, end in spans:
            self.unread.append(Unread(self.document, passage.line_at(start), passage.quote(start, end), reason))


def _with_unit(text: str, token: Token) -> tuple[int, int]:
    tail = _TAIL.match(text, token.end) if token.kind == "other" else None
    return token.start, tail.end() if tail and (tail["percent"] or tail["limit"]) else token.end


def leave_year(ledger: Ledger, passage: Passage, year: Year, document: Document, deadlines: Sequence[Span]) -> None:
    """Count years that were taken, for an amount or in a deadline; list others with the reason."""
    token = year.token
    if year.used or any(span.passage is passage and span.start <= token.start < span.end for span in deadlines):
        ledger.take(len(printed_years(passage.text, token)))
    elif year.use == PLAN:
        ledger.leave(passage, token, "the year of a plan, a budget or accounts")
    elif any(value not in document.years for value in token.years):
        ledger.leave(passage, token, "a year outside the plan")
    elif year.use == DATE or year.season:
        ledger.leave(passage, token, "a date, not the year of an amount")
    else:
        ledger.leave(passage, token, "a year without an amount of its own")


def why_no_amount(text: str, token: Token) -> str:
    """What a number is that is neither an amount nor a year."""
    before = text[max(0, token.start - 24) : token.start]
    tail = _TAIL.match(text, token.end)
    if token.kind == "other" and text[token.end - 1].isalpha():
        return "more digits than an amount has"
    if token.kind == "compound":
        return "an amount in words, inside another word"
    if text[token.start - 1 : token.start] in (".", ",") and text[token.start - 2 : token.start - 1].isdigit():
        return "printed in a way that the reader does not know"
    if _AFTER_CLOCK.search(before) or text[token.end : token.end + 1] == ":":
        return "a time of day"
    if tail:
        if tail["percent"]:
            return "a share in per cent, not an amount"
        if tail["limit"]:
            return "an income limit in G, not an amount"
        if tail["age"]:
            return "a length of time or an age"
        if tail["ordinal"] and text[tail.end() : tail.end() + 2].strip(" -–")[:1].islower() | (
            text[tail.end() : tail.end() + 1] in ("-", "–")
        ):
            return "an ordinal number"
    if text[token.start - 1 : token.start] in ("-", "–") and text[token.start - 2 : token.start - 1] == ".":
        return "an ordinal number"
    if _NUMBERED.search(before) or (
        _AFTER_NAME.search(before) and not text[token.end : token.end + 2].strip().isalpha()
    ):
        return "a number in a name or an address"
    return "a count, not an amount"
