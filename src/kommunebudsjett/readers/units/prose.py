"""Tables and the sentences around them in; the unit in which the sentences give the tables' own amounts, out."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kommunebudsjett.readers.text import NUMBER, parse_number
from kommunebudsjett.readers.units.figures import digits_that_count
from kommunebudsjett.readers.units.names import KRONER
from kommunebudsjett.readers.units.tables import NOT_STATED, TableUnits, Unit

_NEAR_PROSE = 9
_AMOUNT = re.compile(
    rf"(?<![\d,.])({NUMBER.pattern})\s?"
    r"(mill(?:ion(?:er|ar)?)?\.?|mrd\.?|milliard(?:er|ar)?|tusen kr(?:oner)?|kr(?:oner)?|mnok|tnok)\b"
    # Millions of something else are no kroner.
    r"(?=\W*$|\W*\s*(?:kr(?:oner|onar)?|nok|i|til|fra|på|og|av|for|over|under|mer|meir|mindre|høyere|høgare|lavere|lågare|som|ble|blei|vart"
    r"|er|var|enn|ved|med|etter|per|pr)\b|\s?[,.;:)])",
    re.IGNORECASE,
)
_SCALES = (("mi", 1e6), ("mn", 1e6), ("mr", 1e9), ("t", 1e3), ("k", 1.0))


def bind_prose(lines: Sequence[str], bound: Sequence[TableUnits]) -> None:
    """A table of money without a unit has the one in which its figures are the amounts that sentences near it give."""
    in_tables = {line for units in bound for line in range(units.table.first_line, units.table.last_line + 1)}
    for units in bound:
        if units.own is not NOT_STATED or not units.money:
            continue
        first, last = units.table.first_line, units.table.last_line
        around = [
            *_until(range(first - 1, max(first - 1 - _NEAR_PROSE, 0), -1), in_tables),
            *_until(range(last + 1, min(last + _NEAR_PROSE, len(lines)) + 1), in_tables),
        ]
        found = _fitting(units, [(line, match) for line in around for match in _AMOUNT.finditer(lines[line - 1])])
        if found is not None:
            units.take(found, money_only=True)


def _until(numbers: Iterable[int], stop: set[int]) -> Iterator[int]:
    for number in numbers:
        if number in stop:
            return
        yield number


def _fitting(units: TableUnits, amounts: list[tuple[int, re.Match[str]]]) -> Unit | None:
    """The one unit in which the table's figures are the amounts that the sentences state."""
    values = {abs(value.number) for _, value, _ in units.values() if value.column in units.money and value.number}
    fits: dict[str, dict[float, tuple[int, bool, int]]] = {name: {} for name in KRONER}
    for line, match in amounts:
        printed = parse_number(match[1])
        if printed is None:
            continue
        amount, digits = abs(printed) * _scale(match[2]), digits_that_count(match[1])
        step = _scale(match[2]) / 10 ** len(match[1].partition(",")[2])
        for name, factor in KRONER.items():
            apart = min((abs(value * factor - amount) for value in values), default=step)
            if apart < 0.001:
                fits[name][amount] = (digits, True, line)
            elif apart <= step / 2 and step > factor:
                fits[name].setdefault(amount, (digits, False, line))
    said = [name for name in KRONER if fits[name]]
    if len(said) != 1:
        return None
    found_by = fits[said[0]].values()
    # An amount rounded in the sentence must have a digit more, or company, to be no coincidence.
    strength = [digits - (not exact) for digits, exact, _ in found_by]
    enough = max(strength) >= 3 or sum(each >= 2 for each in strength) >= 2
    return Unit(said[0], min(line for _, _, line in found_by), "prose") if enough else None


def _scale(word: str) -> float:
    return next(scale for begins, scale in _SCALES if word.casefold().startswith(begins))
