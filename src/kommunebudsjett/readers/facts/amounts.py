"""A sentence in; the amounts of money and the percentages that it states out, each with its unit."""

import re
from typing import NamedTuple

from kommunebudsjett.readers.text import parse_number

_NUMBER = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:,\d+)?(?![\d])"
_SCALE = r"mill(?:ioner|ionar|ion|\.)?|mnok|mrd\.?|milliard(?:er|ar)?"
_AMOUNT = re.compile(
    rf"(?<![\d,.§/])(?P<sign>[+\-\u2012\u2013\u2212]\s?)?(?:(?P<kr>kr\.?|kroner|nok)\s*)?(?P<number>{_NUMBER})"
    rf"(?:\s*(?P<percent>%|prosent\b|pst\b)|\s*(?P<scale>{_SCALE})(?=[\s.,;:)]|$)(?:\s*(?:kroner\b|kr\b\.?))?"
    r"|\s?(?P<mark>['’´])|\s*(?P<after>kroner|kr|nok)\b\.?|(?P<dash>,-))?",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"(?<=\d)[ .\u00a0\u202f](?=\d{3})")
_THOUSANDS = re.compile(r"^\s*(?:tusen|1\s?000)\b", re.IGNORECASE)
# Most sentences state no amount: this is found sooner.
_STATED = re.compile(
    r"\d[^\S\n]*(?:%|prosent|pst|mill|mnok|mrd|kr|nok|['’´]|,-)|(?:kr\.?|kroner|nok)\s*\d", re.IGNORECASE
)
# What follows an amount that is a rate, an expression or a range; "per 31.12.2025" is a day.
_DAY = r"\.?\s+(?:\d{1,2}\.\s?(?:\d|[a-z])|utgang|årsskift)"
_NO_AMOUNT = re.compile(rf"^\s*(?:/|pe?r\b(?!{_DAY})|a\s|[-–]\s?\d|til\s+\d|x\s)", re.IGNORECASE)
_RANGE = re.compile(r"(?:\d\s?[-–+]\s?|mellom\s+|\d\s+til\s+)$", re.IGNORECASE)


class Amount(NamedTuple):
    """An amount of a sentence: its value in its unit (mnok, tnok, nok or percent), and where it is printed."""

    value: float
    unit: str
    begin: int
    end: int
    raw: str


def amounts_in(sentence: str) -> list[Amount]:
    """The amounts of a sentence; without those in ranges, sums and rates.

    >>> [(found.value, found.unit) for found in amounts_in("kr 318 mill., tilsvarende 3,7 % av kr 8 594 595")]
    [(318.0, 'mnok'), (3.7, 'percent'), (8594595.0, 'nok')]
    """
    if not _STATED.search(sentence):
        return []
    found = (_amount(sentence, match) for match in _AMOUNT.finditer(sentence))
    return [amount for amount in found if amount]


def _amount(sentence: str, match: re.Match[str]) -> Amount | None:
    unit, factor = _unit(match)
    before, after = sentence[: match.start()], sentence[match.end() :]
    if not unit or _NO_AMOUNT.match(after) or _RANGE.search(before) or _THOUSANDS.match(after):
        return None
    number = parse_number(_GROUPS.sub("", match["number"]))
    # A hyphen within a word is no minus: `tiltaks-5`.
    minus = bool(match["sign"]) and match["sign"][0] != "+" and not before[-1:].isalnum()
    if number is None or (match["sign"] and before.rstrip()[-1:].isdigit()):
        return None
    return Amount((-1 if minus else 1) * round(number * factor, 9), unit, match.start(), match.end(), match[0].strip())


def _unit(match: re.Match[str]) -> tuple[str, float]:
    if match["percent"]:
        return "percent", 1.0
    if match["scale"]:
        return "mnok", 1000.0 if match["scale"].casefold().startswith(("mrd", "milliard")) else 1.0
    if match["mark"]:
        return "tnok", 1.0
    return ("nok", 1.0) if match["kr"] or match["after"] or match["dash"] else ("", 1.0)
