"""A sentence in, its tokens out: amounts of money, years, marks of half a year's effect, and other numbers."""

import re
from math import nan
from typing import NamedTuple

from kommunebudsjett.readers.party_prose.doubts import NOT_UNDERSTOOD, odd_print, unread_money
from kommunebudsjett.readers.text import MINUS, THOUSANDS, parse_number

_SPACE = rf"[{THOUSANDS}]"
_NUMBER = rf"(?:\d{{1,3}}(?:(?:{_SPACE}\d{{3}})+|(?:\.\d{{3}})+)(?!\d)|\d+)(?:,\d+)?"
_UNIT = (
    r"(?:millioner|millionar|million|mill\b\.?|mnok\b|milliarder|milliardar|milliard|mrd\b\.?|tusen(?:\skroner)?\b|kroner\b|kr\b\.?)"
    r"(?:\s(?:kroner\b|kr\b\.?))?"
)
_WORDS = {
    "en halv": 0.5, "halvannen": 1.5, "en": 1, "én": 1, "ei": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
    "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "femten": 15, "tjue": 20,
}  # fmt: skip
_YEAR = r"(?:19|20)\d\d"
_YEARS = (
    rf"{_YEAR}(?:\s?[{MINUS}/]\s?{_YEAR}|,\s{_YEAR}(?!\s\d)|,?\s(?:og|eller|samt)\s{_YEAR}(?!\s\d)"
    rf"|\s(?:og|eller)\si\s{_YEAR}(?=\s?(?:[.,;)]|$))|\stil(?:\sog\smed)?\s{_YEAR}(?!\s\d))*"
)
# Where a token can be; what it is, the expressions below tell from there.
_ANCHOR = re.compile(r"[0-9]|[Mm]illi(?:on|ard)|alv(?:års|t\sårs)|usen\sk")
_NUMBER_TOKEN = re.compile(
    rf"(?<![\w.,])(?:"
    rf"(?P<years>{_YEARS})(?![\w%]|,\d|-(?:kr|pris|nivå))(?!\s(?:mill|mrd|kr|tusen))"
    rf"|(?P<money>(?<!/)(?:(?P<sign>[{MINUS}])(?=\d))?(?:(?P<low>{_NUMBER})\s?[{MINUS}]\s?)?"
    rf"(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT}))"
    rf"|(?P<other>{_NUMBER}))"
    rf"|[{MINUS}]?(?P<digits>\d+)",
    re.IGNORECASE,
)
_KRONER = re.compile(rf"(?P<number>{_NUMBER})(?:\s?(?P<unit>{_UNIT}))?", re.IGNORECASE)
# "5 mill. kr 2021": here the unit belongs to the number before it.
_UNIT_OF_ANOTHER = re.compile(r"(?:\d|mill(?:ion(?:er)?)?\.?)\s?(?:kr|mnok)\.?\s?$", re.IGNORECASE)
_WORDED = re.compile(
    rf"(?<!\w)(?P<word>{'|'.join(_WORDS)})\s(?P<unit>millioner|millionar|million|milliarder|milliardar|milliard)\b",
    re.IGNORECASE,
)
# Amounts in words that are not read.
_IN_WORDS = re.compile(
    r"(?<!\w)(?:\w*(?:tretten|fjorten|seksten|sytten|atten|nitten|tjue\w+|tretti|førti|femti|seksti|sytti|åtti|nitti"
    r"|hundre)\w*\smilli(?:on|ard)\w*|(?:en|én|et|ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|femten"
    r"|tjue|\w*hundre|halvannet)\s(?:hundre\s)?(?:og\s\w+\s)?tusen(?:\s(?:kr|kroner|kronar))\b"
    r"|(?:kvart|tredels|[½¼¾])\s?milli(?:on|ard)\w*)",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"\b[^\W\d_]+milli(?:on|ard)\w*", re.IGNORECASE)
_HALF = re.compile(r"halv(?:t\s)?års\w*", re.IGNORECASE)
_BEFORE_SIGN = f"{THOUSANDS}\t("
_LONGEST_WORD = 24
# An amount with its unit and its years, beside a heading, is no longer than this.
_LONGEST_AMOUNT = 64
_DIGIT = re.compile(r"[0-9]")
# The last characters of the units, of a year, and of what can stand after an amount in a heading.
_ENDS_OF_MONEY = frozenset("nrldkKNRLD.)gtå0123456789")
_ENDS_IN_MONEY = re.compile(
    rf"(?:^|(?<=\s))(?P<open>\()?(?:ca\.?\s)?(?:[{MINUS}]\s?)?(?:{_NUMBER}\s?[{MINUS}]\s?)?"
    rf"(?:(?:kr\.?|mnok)\s{_NUMBER}(?:\s?{_UNIT})?|{_NUMBER}\s?{_UNIT})"
    rf"(?:\s?\(?halv\w+\)?|\s(?:årlig|per\sår|i\såret)|\s(?:i|fra)\s{_YEARS})*(?(open)\))$",
    re.IGNORECASE,
)
_PRINTED_YEAR = re.compile(_YEAR)
_DASHES = tuple(MINUS)
_LONGEST_RUN = 30
# Beside a heading, what looks like an amount is kept out of the title, though it cannot be read.
_LIKE_MONEY = re.compile(r"[-−–]?\s?\d[\d.,]*\s?(?:mill|mrd|kr)\w*\.?$", re.IGNORECASE)


class Token(NamedTuple):
    """Something with a number in it, and where in the passage it stands.

    `kind` is money, years, half, compound or other. Money has a `value` in million kroner and, where the text gives
    a range, the lower end of it as `low`; where it is not understood whole, it has the `reason` and its value is NaN.
    Years have `years`.
    """

    kind: str
    start: int
    end: int
    value: float | None = None
    low: float | None = None
    years: tuple[int, ...] = ()
    reason: str = ""


def find_tokens(text: str) -> list[Token]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    anchors = _ANCHOR if any(part in text for part in ("illi", "alvå", "alvt", "usen k")) else _DIGIT
    anchor = anchors.search(text)
    while anchor:
        at = anchor.start()
        token = _number_token(text, at) if text[at].isdigit() else _word_token(text, at)
        if token:
            found.append(_doubted(text, token))
        anchor = anchors.search(text, max(token.end if token else 0, anchor.end()))
    return found


def _doubted(text: str, token: Token) -> Token:
    """A token; one with money that is not understood whole has the reason and no value."""
    if token.kind == "money":
        reason = token.reason or odd_print(text, token.start, token.end)
        return token._replace(value=nan, low=None, reason=reason) if reason else token
    reason = unread_money(text, token.start, token.end) if token.kind == "other" else ""
    return Token("money", token.start, token.end, nan, reason=reason) if reason else token


def _number_token(text: str, at: int) -> Token:
    before = text[max(0, at - 5) : at].rstrip(" .\u00a0").lower()
    leads = before.endswith(("kr", "mnok")) and not _UNIT_OF_ANOTHER.search(text, max(0, at - 24), at)
    if leads and before.endswith("kr") and not before[-3:-2].isalnum():
        match = _KRONER.match(text, at)
        value = _amount(match["number"], match["unit"] or "kroner")
        return Token("other" if value is None else "money", at, match.end(), value)
    if leads and before.endswith("mnok"):
        match = _KRONER.match(text, at)
        value = _amount(match["number"], "mnok")
        return Token("other" if value is None else "money", at, match.end("number"), value)
    if at and text[at - 1] in MINUS and text[at - 2 : at - 1] in _BEFORE_SIGN:
        at -= 1
    match = _NUMBER_TOKEN.match(text, at)
    if match["years"]:
        return Token("years", match.start(), match.end(), years=_expand(match["years"]))
    if not match["money"]:
        return Token("other", at, match.end())
    value = _amount(match["number"], match["unit"])
    low = _amount(match["low"], match["unit"]) if match["low"] else None
    if value is None or (match["low"] and low is None):
        return Token("other", match.start(), match.end())
    return Token("money", match.start(), match.end(), -value if match["sign"] else value, low)


def _word_token(text: str, at: int) -> Token | None:
    """The token around `million` or `halvårs` that no digits stand before."""
    if text[at] == "a":
        match = _HALF.match(text, at - 1)
        return Token("half", match.start(), match.end()) if match else None
    start = max(0, at - _LONGEST_WORD)
    end = at + _LONGEST_WORD
    for match in _IN_WORDS.finditer(text, start, end):
        if match.start() < at < match.end():
            return Token("money", match.start(), match.end(), nan, reason=NOT_UNDERSTOOD)
    for match in _WORDED.finditer(text, start, end):
        if match.start() < at < match.end():
            value = _scaled(_WORDS[match["word"].lower()], match["unit"])
            return Token("money", match.start(), match.end(), value)
    for match in _COMPOUND.finditer(text, start, end):
        if match.start() < at < match.end():
            return Token("compound", match.start(), match.end())
    return None


def ends_in_money(text: str) -> re.Match | None:
    """The amount that ends a line, if one does."""
    start = max(0, len(text) - _LONGEST_AMOUNT)
    if text[-1] not in _ENDS_OF_MONEY or not _DIGIT.search(text, start):
        return None
    # An amount nearly always follows a wide gap, and is found there without trying every space.
    after_gap = max(text.rfind("\t"), text.rfind("  ") + 1) + 1
    if after_gap > 1:
        found = _ENDS_IN_MONEY.match(text, after_gap) or _LIKE_MONEY.match(text, after_gap)
        if found:
            return found
    return _ENDS_IN_MONEY.search(text, start)


def is_money(text: str) -> bool:
    """Whether a line is an amount and nothing else."""
    return text[0] in f"{MINUS}(0123456789kKmM" and bool(_ENDS_IN_MONEY.match(text))


def printed_years(text: str, token: Token) -> list[tuple[int, int]]:
    """Where each year that a token prints stands."""
    if len(token.years) == 1:
        return [(token.start, token.end)]
    return [match.span() for match in _PRINTED_YEAR.finditer(text, token.start, token.end)]


def whole(value: float) -> float | int:
    """A value without the noise of arithmetic; an int where it is whole."""
    rounded = round(value, 9)
    return int(rounded) if rounded == int(rounded) else rounded


def _amount(printed: str, unit: str) -> float | None:
    """The amount in million kroner; None where the number has more digits than an amount has."""
    number = parse_number(printed.replace(".", ""))
    return None if number is None else _scaled(number, unit)


def _scaled(number: float, unit: str) -> float:
    unit = unit.lower()
    if unit.startswith(("milliard", "mrd")):
        return whole(number * 1000)
    if unit.startswith("tusen"):
        return whole(number / 1000)
    return whole(number / 1_000_000) if unit.startswith("kr") else number


def _expand(printed: str) -> tuple[int, ...]:
    """The years that are meant by `2020 og 2021`, `2021-2023` or `2020 til 2022`."""
    if len(printed) == 4:
        return (int(printed),)
    years: list[int] = []
    end = 0
    for match in _PRINTED_YEAR.finditer(printed):
        year = int(match[0])
        between = printed[end : match.start()]
        run = (
            years and years[-1] < year <= years[-1] + _LONGEST_RUN and ("til" in between or between.strip() in _DASHES)
        )
        years.extend(range(years[-1] + 1, year + 1) if run else [year])
        end = match.end()
    return tuple(years)
