"""The words around an amount in, the years that it is for and how long it lasts out."""

import re
from typing import NamedTuple

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget.words import Words

_YEAR = r"(?:19|20)\d\d"
_RUN = rf"{_YEAR}(?:\s?[-–−/]\s?(?:{_YEAR}|\d\d(?!\d)))?"
YEARS = re.compile(
    rf"(?<![\w.,/])({_RUN}(?:(?:,\s|,?\sog\s(?:i\s)?|\stil(?:\sog\smed)?\s){_RUN})*)(?![\w%]|[.,]\d|-(?:kr|pris|nivå))"
)
_ONE = re.compile(rf"({_YEAR})(?:\s?([-–−/])\s?({_YEAR}|\d\d(?!\d)))?")
_PREPOSITION = re.compile(
    r"(?:^|\s|\()(?:i|fra|frå|fra og med|frå og med|f\.o\.m\.?|fom|for|allerede i|alt i"
    r"|(?:fra |frå )?(?:høsten|hausten|våren)|(?:fra )?året|budsjettåret|budsjett|per"
    r"|(?:i )?(?:perioden|årene|åra))\s$",
    re.IGNORECASE,
)
# Between an amount and its year stand no new clause and no other verb.
_BARRIER = re.compile(
    r"[;:]|[.!?]\s|\b(?:som|der|når|slik|fordi|så|for å|dersom|hvis|enn|ble|var|står|stod|åpner|ferdig|vedtatt)\b",
    re.IGNORECASE,
)
_PLAN = re.compile(
    r"(?:budsjett|økonomiplan|handlingsplan|plan|avtale|strategi|forslag|forskrift|program|vedtak)\w*\s(?:for\s|i\s|frå\s|fra\s)?(?:perioden\s|åra\s|årene\s)?$",
    re.IGNORECASE,
)
# "0,2 millioner utover rådmannens forslag i 2021" is for the year of that proposal.
_BEYOND = re.compile(r"\s?(?:utover|oppå|på toppen av)\s\w+\s(?:forslag|framlegg|budsjett)\si\s", re.IGNORECASE)
# "tas inn i investeringsbudsjettet for 2025"
_INTO = re.compile(r"\binn\s(?:i|på)\s\w*budsjett\w*\s(?:for\s)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:fra|frå|fom|f\.o\.m\.?)\s(?:og med\s)?$", re.IGNORECASE)
_MOST_WORDS = 6
_LONGEST_RUN = 30


class Years(NamedTuple):
    """The years of an amount, none where none is stated. `doubt` says that a year may or may not be its year, `follows`
    that the years are no printed ones, and follow from what is stated for others.
    """

    years: tuple[int, ...] = ()
    each: bool = False
    doubt: bool = False
    lasts: bool = False
    is_total: bool = False
    follows: bool = False


def expand(printed: str) -> tuple[int, ...]:
    """The years that are meant by `2020 og 2021`, `2021-2023` or `2024-25`.

    >>> expand("2024-25"), expand("2020, 2021 og 2023")
    ((2024, 2025), (2020, 2021, 2023))
    """
    years: list[int] = []
    to = re.search(r"\stil(?:\sog\smed)?\s", printed)
    for match in _ONE.finditer(printed):
        first = int(match[1])
        last = first
        if match[3]:
            last = int(match[3]) if len(match[3]) == 4 else first // 100 * 100 + int(match[3])
        if to and years and years[-1] < first <= years[-1] + _LONGEST_RUN:
            years.extend(range(years[-1] + 1, first))
        years.extend(range(first, last + 1) if first <= last <= first + _LONGEST_RUN else [first])
    return tuple(dict.fromkeys(years))


def years_of(before: str, after: str, document: Document, words: Words) -> Years:
    """The years of the amount between two texts that belong to it."""
    each = words.has("year_each", after[:60]) or words.has("year_each", before[-40:])
    total = words.find("period", after[:90]) or words.find("period", before[-60:])
    in_all = words.find("total", before[-25:]) or words.find("total", after[:60])
    found, lasts, doubt = _attached(before, after, document)
    if total and not each:
        return Years(is_total=True)
    if len(found) > 1 and not each:
        return Years(found, is_total=bool(in_all), doubt=not in_all)
    return Years(found, each, doubt, lasts)


def _leads(lead: str, gap: str) -> bool:
    """Whether a year between two texts is that of the amount right after them ("I 2021 bruker vi 6 mill")."""
    if _PLAN.search(lead) or _BARRIER.search(lead) or _BARRIER.search(gap.removeprefix(":")):
        return False
    begins = not lead.strip(" –-,(") or gap.startswith(":") or _PREPOSITION.search(lead)
    return bool(begins) and len(gap.split()) <= _MOST_WORDS and "," not in gap.strip(", ")


def _attached(before: str, after: str, document: Document) -> tuple[tuple[int, ...], bool, bool]:
    """The years that belong to the amount, whether they begin what lasts, and whether others are in doubt."""
    for match in YEARS.finditer(after):
        gap = after[: match.start()]
        if (
            not (_PREPOSITION.search(gap) or gap.strip() in ("", "(", ":"))
            or len(gap.split()) > _MOST_WORDS
            or _BARRIER.search(gap)
            or (_PLAN.search(gap) and not (_BEYOND.fullmatch(gap) or _INTO.search(gap)))
        ):
            break
        return expand(match[1]), bool(_FROM.search(gap)), False
    *_, last = [None, *YEARS.finditer(before)]
    if last is not None and _leads(before[: last.start()], before[last.end() :]):
        return expand(last[1]), bool(_FROM.search(before[: last.start()])), False
    others = [
        year
        for text in (before, after)
        for match in YEARS.finditer(text)
        if not _PLAN.search(text[: match.start()])
        for year in expand(match[1])
    ]
    if set(others) == {document.budget_year}:
        return (document.budget_year,), False, False
    # A year before the plan tells of something else.
    return (), False, any(year in document.years and year != document.budget_year for year in others)


def duration_of(text: str, years: Years, words: Words) -> str:
    """How long a change lasts: `once`, `lasting`, `growing`, `half_year`, or empty."""
    for kind in ("half_year", "once", "growing"):
        if words.has(kind, text):
            return kind
    return "lasting" if years.each or words.has("lasting", text) else ""
