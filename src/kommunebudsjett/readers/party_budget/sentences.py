"""Running text in, its sentences and the part of a sentence that each amount belongs to out."""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from kommunebudsjett.readers.party_budget.amounts import Amount

_END = re.compile(
    r"[.!?…]+[»\"”)]*\s+(?=[«\"“(–—-]?\s?[A-ZÆØÅ0-9])|\s[–—]\s(?=[A-ZÆØÅ][a-zæøå]+ (?:er|har|vil|skal|må)\b)|;\s+"
)
# Words that a full stop follows without ending a sentence.
_SHORT = re.compile(
    r"(?:\b(?:mill|mrd|mio|kr|ca|pr|bl\.a|f\.eks|m\.fl|m\.m|osv|nr|st|jf|inkl|ekskl|kap|pkt|t\.o\.m|f\.o\.m|dvs|evt|ev"
    r"|øk|ass|tkr|gj|sn|mv|o\.l|[A-ZÆØÅ])|(?<![\d/])\d{1,2})\.$"
)
_AMOUNT_END = re.compile(r"\b(?:mill|mrd|mio|kr|tkr)\.$")
_CONNECTOR = re.compile(r",\s(?:og\s|samt\s|men\s)?|\s(?:og|samt|men)\s|\s(?=mot\s)|;\s|\.\s|\)\s?,?\s?")
_YEAR_LABEL = re.compile(r"[\s,;]*(?:og\s)?(?:i\s)?(?:19|20)\d\d\s?:?\s*")
# "5 millioner 2021 økende til 10 millioner i 2023"
_OWN_YEAR = re.compile(r"\s(?:19|20)\d\d(?=\s[^\W\d]{2,}\s)")
# What follows is said of the amount that another one grows to.
_GROWS = re.compile(r"\s(?=(?:økende|aukande|stigende|synkende|avtakende|med\søkning)\s)")
_GOES_ON = re.compile(
    r"\s?(?:kroner\s|kr\.?\s)?(?:til|på|for|i|mer|meir|ekstra|årlig|årleg|hvert|fra|frå|ved|som|høyere|lavere|går|gis|brukes)\b"
)
_CONNECTED = re.compile(r"\s?[,.;)]|\s(?:og|samt|men)\s")


# Words farther from an amount than this do not belong to it.
FARTHEST = 500


class Part(NamedTuple):
    """The part of a text that belongs to one amount: where it and its sentence begin and end."""

    start: int
    end: int
    sentence_start: int
    sentence_end: int


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end."""
    spans = []
    start = 0
    for match in _END.finditer(text):
        head = text[max(0, match.start() - 12) : match.start() + 1]
        goes_on = not text[match.end() : match.end() + 1].isupper() and _AMOUNT_END.search(head)
        if match[0].startswith(".") and (goes_on or (_SHORT.search(head) and not _AMOUNT_END.search(head))):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def parts_of(text: str, amounts: Sequence[Amount]) -> list[Part]:
    """The part of its sentence that each amount belongs to."""
    parts = []
    place = 0
    for start, end in sentence_spans(text):
        inside = []
        while place < len(amounts) and amounts[place].start < end:
            inside.append(amounts[place])
            place += 1
        begin = start
        for amount, following in zip_longest(inside, inside[1:]):
            stop = end if following is None else _parting(text, amount.end, following.start)
            stop = max(stop, amount.end)
            near, far = amount.start - FARTHEST, amount.end + FARTHEST
            parts.append(Part(max(begin, near), min(stop, far), max(start, near), min(end, far)))
            begin = stop
    return parts


def _parting(text: str, start: int, end: int) -> int:
    """Where the words between two amounts stop to belong to the first."""
    between = text[start:end]
    if _YEAR_LABEL.fullmatch(between):
        return start
    own_year = _OWN_YEAR.match(between) or _GROWS.search(between)
    if own_year:
        return start + own_year.end()
    if _CONNECTED.match(between) and not _GOES_ON.match(between):
        closing = re.match(r"[^()]{0,40}\)", between)
        return start + (closing.end() if closing else 0)
    closing = re.match(r"[^(),]{0,40}\)", between)
    if closing:
        return start + closing.end()
    if ": " in between:
        return start + between.rindex(": ") + 2
    connectors = list(_CONNECTOR.finditer(between))
    if connectors:
        return start + connectors[-1].start()
    return end if _GOES_ON.match(between) else start
