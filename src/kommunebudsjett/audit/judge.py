"""A number that a text states and what it may be in; whether they agree, as far as both are rounded, out."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from kommunebudsjett.audit.amounts import Amount

# `slip`: the two differ by less than one unit of the last printed digit more than rounding explains.
Verdict = Literal["agrees", "slip", "differs", "unknown"]
_EPSILON = 1e-6
# A number that is said to be about so much may be off by so much of it, where that is within its last digit.
_ABOUT = 0.1


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

    A number is rounded to its last printed digit; some `cut` decimals where others round. A writer who says "about"
    rounds to the last digit that is not nought; "over" and "at least" only say that it is not less,
    "nearly" and "up to" that it is not more.
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
    """How far what a fact may be is from what a number may stand for."""
    value, low, high = abs(amount.value), *_reach(amount, cut)
    return max(fact.low - value - high, value - low - fact.high, 0.0)


def _reach(amount: Amount, cut: bool) -> tuple[float, float]:
    """How far below and above a number what it stands for can be."""
    half, value = amount.step / 2, abs(amount.value)
    if amount.hedge == "about":
        unit = _last_digit(amount)
        wide = max(unit / 2, min(unit, _ABOUT * value))
        return wide, wide
    above = amount.step if cut and (amount.step < 1 or value >= 10 * amount.step) else half
    return (math.inf if amount.hedge == "below" else half), (math.inf if amount.hedge == "above" else above)


def _last_digit(amount: Amount) -> float:
    """The unit of the last digit of a number that is not nought: 10 for 150, 1 for 526."""
    unit = amount.step
    while amount.value and round(amount.value / unit) % 10 == 0:
        unit *= 10
    return unit
