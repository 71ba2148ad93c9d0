"""A number that a text states and what it may be in; whether they agree, as far as both are rounded, out."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from kommunebudsjett.audit.amounts import Amount

# `slip`: the two differ by less than one unit of the last printed digit more than rounding explains.
Verdict = Literal["agrees", "slip", "differs", "unknown"]
_EPSILON = 1e-6
_BOUND = re.compile(r"nesten|nærmere|nær|over|under|i underkant|i overkant|minst|inntil|litt", re.IGNORECASE)


class Fact(NamedTuple):
    """What a number may be: the value that other numbers give, the least and the most that their rounding allows, and
    what it was taken from.
    """

    value: float
    low: float
    high: float
    source: Any = None


def around(value: float, slack: float = 0.0, source: Any = None) -> Fact:
    """The fact of a value that may be off by `slack`; its sign does not count, as prose leaves it out."""
    return Fact(abs(value), abs(value) - slack, abs(value) + slack, source)


def between(values: Iterable[float], value: float, source: Any = None) -> Fact:
    """The fact of a value of which rounding gives also these."""
    corners = list(values)
    return Fact(value, min(corners), max(corners), source)


def judge(amount: Amount, facts: Sequence[Fact], *, cut: bool = True) -> tuple[Verdict, Fact | None]:
    """Whether a number is one of the facts, and the fact that it is or that it is nearest to.

    A writer who says "about" rounds to the last digit that is not nought, one who says "over" or "at least" further
    still. Some `cut` decimals where others round.
    """
    if not facts:
        return "unknown", None
    gaps = [_gap(amount, fact, cut) for fact in facts]
    best = min(range(len(facts)), key=gaps.__getitem__)
    if gaps[best] <= _EPSILON:
        return "agrees", facts[best]
    return ("slip" if gaps[best] < amount.step - _EPSILON and amount.step <= 1 else "differs"), facts[best]


def agrees(amount: Amount, value: float, slack: float = 0.0) -> bool:
    """Whether a number of prose can be `value`, which may itself be off by `slack`."""
    return judge(amount, [around(value, slack)])[0] == "agrees"


def _gap(amount: Amount, fact: Fact, cut: bool) -> float:
    """How far a number is from what a fact may be, beyond its own rounding."""
    reach = amount.step * (1 if cut and (amount.step < 1 or amount.value >= 10 * amount.step) else 0.5)
    if amount.about:
        reach = max(reach, _last_digit(amount), 0.1 * fact.value if _BOUND.match(amount.printed) else 0)
    value = abs(amount.value)
    return max(fact.low - value, value - fact.high, 0.0) - reach


def _last_digit(amount: Amount) -> float:
    """The unit of the last digit of a number that is not nought: 10 for 150, 1 for 526."""
    unit = amount.step
    while amount.value and round(amount.value / unit) % 10 == 0:
        unit *= 10
    return unit
