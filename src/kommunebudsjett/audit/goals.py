"""Check `goal`: the verdict on a goal against what the report says of the goal's own indicators."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kommunebudsjett.audit.amounts import Amount
from kommunebudsjett.audit.claims import DOWN, UP
from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import is_said
from kommunebudsjett.audit.words import shares_a_word

_AMBITION = re.compile(
    r"\(ambisjon:?\s?(?P<way>økende|øker?|økning|opp|reduse\w{2,6}|nedgang|synkende|ned)\)", re.IGNORECASE
)
_RISES = re.compile(r"ø|opp", re.IGNORECASE)
_LEVEL = re.compile(r"\bpå samme nivå\b|\buendret\b|\bingen endring\b|\buforandret\b", re.IGNORECASE)
_NEARLY = re.compile(r"\bmen (?:likevel|fortsatt)\b", re.IGNORECASE)
_AGAINST = re.compile(r"^[^.;\d]{0,30}\bi 20\d\d,? mot $")
_LEAST = re.compile(r"\b(?:minimum|minst)\s+$", re.IGNORECASE)
_MOST = re.compile(r"\b(?:maksimum|maksimalt|høyst)\s+$", re.IGNORECASE)
_TARGET = re.compile(r"^mål\s?:", re.IGNORECASE)
_INDICATOR = re.compile(r"^indikator\b", re.IGNORECASE)
# How many lines the indicators of a goal may stand below its verdict, and its target above it.
_BELOW, _ABOVE = 60, 6


def check(source: Source) -> Iterator[Finding]:
    """Goals judged achieved whose own indicator stays where it was or goes the other way, and goals with a least or
    most percentage whose verdict the stated result does not bear out.
    """
    goals = sorted(source.rows("goals"), key=lambda goal: goal.line)
    for place, goal in enumerate(goals):
        end = min([other.line for other in goals[place + 1 : place + 2]] + [goal.line + _BELOW])
        if goal.status == "achieved":
            yield from _standing_still(goal, [s for s in source.sentences if goal.line <= s.line < end])
        if goal.status in ("achieved", "not_achieved"):
            yield from _target(goal, [s for s in source.prose if goal.line - _ABOVE <= s.line < end])


def _standing_still(goal: Any, sentences: Sequence[Any]) -> Iterator[Finding]:
    """Indicators that should rise or fall, whose result says that they do not."""
    ambition: Any = None
    for sentence in sentences:
        match = _AMBITION.search(sentence.text)
        if _INDICATOR.match(sentence.text) or match:
            ambition = (sentence, match) if match else None
            continue
        if sentence.kind == "heading" or ambition is None or not is_said(_LEVEL.sub("", sentence.text)):
            continue
        rises = bool(_RISES.match(ambition[1]["way"]))
        pair = _two_years(sentence)
        still = _LEVEL.search(sentence.text)
        if pair and (pair[0].value <= pair[1].value if rises else pair[0].value >= pair[1].value):
            said = sentence.text[pair[0].start : pair[1].end]
        elif still and not _NEARLY.search(sentence.text) and not (UP if rises else DOWN).search(sentence.text):
            said = still[0]
        else:
            continue
        yield finding(
            goal.document, "goal", "doubt",
            [goal.line, ambition[0].line, *range(sentence.line, sentence.line_last + 1)],
            "Målet «{goal}» vurderes som nådd, og ambisjonen er «{way}», men om indikatoren står det «{said}».",
            "The goal “{goal}” is judged as achieved, and the ambition is “{way}”, but of the indicator it says "
            "“{said}”.",
            goal=goal.goal, way=ambition[1]["way"], said=said,
        )  # fmt: skip


def _two_years(sentence: Any) -> tuple[Amount, Amount] | None:
    """The numbers of "144 i 2025, mot 113 i 2024", where they are of one unit."""
    numbers = sentence.amounts[:2]
    if (
        len(numbers) == 2
        and not any(number.hedge for number in numbers)
        and _AGAINST.match(sentence.text[numbers[0].end : numbers[1].start])
    ):
        return numbers[0], numbers[1]
    return None


def _target(goal: Any, sentences: Sequence[Any]) -> Iterator[Finding]:
    """A least or most percentage that is aimed at, and the first percentage of the sentences after the verdict."""
    above = [sentence for sentence in sentences if sentence.line < goal.line and _TARGET.match(sentence.text)]
    below = [sentence for sentence in sentences if sentence.line >= goal.line]
    if not above:
        return
    target = above[-1]
    aims = [
        (amount, bool(_LEAST.search(target.text[: amount.start])))
        for amount in target.amounts if amount.unit == "percent"
        and (_LEAST.search(target.text[: amount.start]) or _MOST.search(target.text[: amount.start]))
    ]  # fmt: skip
    results = [
        (s, amount) for s in below for amount in s.amounts if amount.unit == "percent" and is_said(s.text)
        and shares_a_word(s.text, target.text)
    ]  # fmt: skip
    if len(aims) != 1 or not results or results[0][1].hedge:
        return
    (aim, least), (sentence, result) = aims[0], results[0]
    reached = result.value >= aim.value if least else result.value <= aim.value
    if reached != (goal.status == "achieved"):
        yield finding(
            goal.document, "goal", "doubt", [goal.line, target.line, sentence.line],
            "Målet «{goal}» vurderes som {verdict_nb}, men resultatet er {stated} prosent mot {computed} prosent.",
            "The goal “{goal}” is judged as {verdict_en}, but the result is {stated} per cent against {computed}.",
            result.value, aim.value, goal=goal.goal, verdict_nb="ikke nådd" if reached else "nådd",
            verdict_en="not achieved" if reached else "achieved",
        )  # fmt: skip
