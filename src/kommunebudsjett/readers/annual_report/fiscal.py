"""Prose of a report in; the fiscal rules (handlingsregler) with target and the year's outcome out."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.model.markup import heading_text
from kommunebudsjett.readers.model.prose import numbered_sentences, paragraphs
from kommunebudsjett.readers.model.scanning import Prose
from kommunebudsjett.readers.records import FiscalRule
from kommunebudsjett.readers.text import parse_number

_SMALL = ("null", "en", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")
_TEENS = ("tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten")
_TENS = {"tjue": 20, "tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70, "åtti": 80, "nitti": 90}
_ONES = {word: number for number, word in enumerate(_SMALL[:10])} | {"én": 1, "ett": 1, "syv": 7}
_NUMBER_WORDS = (
    {word: number for number, word in enumerate((*_SMALL, *_TEENS))}
    | _ONES
    | _TENS
    | {f"{ten}{one}": _TENS[ten] + _ONES[one] for ten in _TENS for one in _ONES if one != "null"}
    | {"hundre": 100}
)
_PERCENT = re.compile(rf"([-−–]?(?<!\d)\d+(?:,\d+)?|\b(?:{'|'.join(_NUMBER_WORDS)}))\s*(?:%|prosent\b)", re.IGNORECASE)
_RULES = {
    "capital_costs": re.compile(r"kapital(?:utgift|kostnad)", re.IGNORECASE),
    "debt_ratio": re.compile(r"gjeldsgrad|lånegjeld", re.IGNORECASE),
    "disposition_fund": re.compile(r"disposisjonsfond", re.IGNORECASE),
}
# Words that a target stands after: what should be, not what was.
_TARGET = re.compile(
    r"\b(?:skal|bør|må)\s+(?:\w+\s+){0,3}(?:utgjøre|være|ligge|holdes?|overstige)\b"
    r"|\b(?:maksimalt|minst|minimum|høyst)\b|målsetting|måltall|\bmålet\b|handlingsregelen\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(r"\b(?:utgj(?:ør|orde)|ble|var|er|endte|tilsvar(?:te|er))\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
_NET_RESULT = re.compile(r"netto driftsresultat.*(?:tilsvar|utgj).*driftsinntekt", re.IGNORECASE)
_RULE_HEADING = re.compile(r"handlingsreg", re.IGNORECASE)


class _Share(NamedTuple):
    """A percentage with the sentence and the line that it stands in."""

    percent: float
    line: int
    quote: str


def read_fiscal_rules(document: Document, prose: Sequence[Prose]) -> list[FiscalRule]:
    """A row for each rule that has a target or an outcome; net operating result has no target.

    The rules are read under headings that name them (handlingsregler), and the first statement counts.
    """
    year = document.budget_year
    targets: dict[str, _Share] = {}
    outcomes: dict[str, _Share] = {}
    for pieces, quote in _sentences(_under_rule_headings(prose)):
        rule = next((rule for rule, pattern in _RULES.items() if pattern.search(quote)), None)
        percentages = list(_PERCENT.finditer(quote)) if rule else []
        target = _TARGET.search(quote)
        until = target.start() if target else len(quote)
        before = [match for match in percentages if match.start() < until]
        after = percentages[len(before) :]
        if after:
            targets.setdefault(rule, _share(pieces, quote, after[0]))
        if before and _OUTCOME.search(quote, 0, until) and _is_of_year(quote, year):
            outcomes.setdefault(rule, _share(pieces, quote, _of_year(before, quote, year)))
    for pieces, quote in _sentences(prose, containing="driftsresultat"):
        percentages = list(_PERCENT.finditer(quote))
        if percentages and _NET_RESULT.search(quote) and _is_of_year(quote, year):
            share = _share(pieces, quote, _of_year(percentages, quote, year))
            outcomes.setdefault("net_operating_result", share)
    found = [
        _rule(document, rule, targets.get(rule), outcomes.get(rule))
        for rule in (*_RULES, "net_operating_result")
        if rule in targets or rule in outcomes
    ]
    return sorted(found, key=lambda rule: rule.line)


def _sentences(prose: Sequence[Prose], containing: str = "") -> Iterator[tuple[list[tuple[int, str]], str]]:
    """The sentences of the paragraphs that contain a word: each as its pieces, and whole."""
    for paragraph in paragraphs(prose):
        if any(containing in text for _, text, _ in paragraph):
            for pieces in numbered_sentences(paragraph):
                yield pieces, " ".join(text for _, text in pieces)


def _under_rule_headings(prose: Sequence[Prose]) -> list[Prose]:
    """What stands under the headings that name rules and the headings below them, without the headings."""
    found = []
    inside = 0
    for line in prose:
        if line.text[0] == "#":
            level = len(line.text) - len(line.text.lstrip("#"))
            if not inside or level <= inside:
                inside = level if _RULE_HEADING.search(heading_text(line.text)) else 0
        elif inside:
            found.append(line)
    return found


def _is_of_year(quote: str, year: int) -> bool:
    """Whether the sentence is about the year: it names it, or no year at all."""
    years = _YEAR.findall(quote)
    return not years or str(year) in years


def _of_year(percentages: list[re.Match], quote: str, year: int) -> re.Match:
    """The percentage of the year: the one before `i 2025`, or that a change ends at, else the first."""
    for match, after in zip(percentages, [*percentages[1:], None], strict=True):
        if re.search(rf"\bi {year}\b", quote[match.end() : after.start() if after else None]):
            return match
    ends = [match for match in percentages[1:] if quote[: match.start()].endswith(" til ")]
    return ends[0] if ends else percentages[0]


def _share(pieces: list[tuple[int, str]], quote: str, percentage: re.Match) -> _Share:
    """The percentage with the line of the piece that it stands in."""
    starts = list(accumulate((len(text) + 1 for _, text in pieces), initial=0))
    piece = max(index for index in range(len(pieces)) if starts[index] <= percentage.start(1))
    return _Share(_number(percentage[1]), pieces[piece][0], quote)


def _number(printed: str) -> float:
    word = _NUMBER_WORDS.get(printed.casefold())
    return parse_number(printed) if word is None else word


def _rule(document: Document, rule: str, target: _Share | None, outcome: _Share | None) -> FiscalRule:
    stated = outcome or target
    return FiscalRule(
        document.id,
        rule,
        target.percent if target else None,
        document.budget_year,
        "",
        outcome.percent if outcome else None,
        stated.line,
        stated.quote,
    )
