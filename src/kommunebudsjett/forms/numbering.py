"""The numbers of lists as they are shown: they are counted, and stand nowhere in the text of a Word document."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MOST_LETTERS = 10
_KINDS = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}


class Reference(NamedTuple):
    """The list that a paragraph belongs to, and its level there, 0 for the highest."""

    list: str
    level: int


class Number(NamedTuple):
    """What stands before an item: its number as shown, "" for a bullet; and the depth of the item, from 1."""

    text: str
    depth: int


class _Level(NamedTuple):
    kind: str
    shown: str
    start: int


_BULLET = _Level("bullet", "", 1)


class Numbering:
    """The lists of a document; `of` counts, so that it is asked once for each paragraph, in their order."""

    def __init__(self, root: Element | None):
        self._lists: dict[str, dict[int, _Level]] = {}
        self._counted_with: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if root is None:
            return
        plans = {node.get(f"{_W}abstractNumId", ""): node for node in root.iterfind(f"{_W}abstractNum")}
        for node in root.iterfind(f"{_W}num"):
            number = node.get(f"{_W}numId", "")
            plan = _value(node, "abstractNumId")
            levels = _levels(plans.get(plan))
            changed = False
            for change in node.iterfind(f"{_W}lvlOverride"):
                levels.update(_levels(change))
                level, start = change.get(f"{_W}ilvl", "0"), _value(change, "startOverride")
                if start.isdecimal() and level.isdecimal() and int(level) in levels:
                    changed = True
                    levels[int(level)] = levels[int(level)]._replace(start=int(start))
            self._lists[number] = levels
            # Lists of one plan count on; one that starts again counts for itself.
            self._counted_with[number] = number if changed else f"plan {plan}"

    def of(self, reference: Reference | None) -> Number | None:
        """The number of the next paragraph that has this reference; None where it belongs to no list."""
        if reference is None or reference.list == "0":
            return None
        level = max(0, min(reference.level, _LEVELS - 1))
        levels = self._lists.get(reference.list, {})
        own = levels.get(level, _BULLET)
        if own.kind in ("bullet", "none"):
            return Number("", level + 1)
        counts = self._counts.setdefault(self._counted_with[reference.list], [])
        while len(counts) <= level:
            counts.append(levels.get(len(counts), _BULLET).start - 1 if len(counts) == level else 1)
        del counts[level + 1 :]
        counts[level] += 1
        return Number(_PLACE.sub(lambda match: _shown(levels, counts, int(match[1]) - 1), own.shown), level + 1)


def _levels(node: Element | None) -> dict[int, _Level]:
    found = {}
    for level in node.iterfind(f"{_W}lvl") if node is not None else ():
        place, start = level.get(f"{_W}ilvl", ""), _value(level, "start")
        if place.isdecimal():
            found[int(place)] = _Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText"),
                int(start) if start.isdecimal() and len(start) < 7 else 1,
            )
    return found


def _value(node: Element, name: str) -> str:
    child = node.find(f"{_W}{name}")
    return child.get(f"{_W}val", "") if child is not None else ""


def _shown(levels: dict[int, _Level], counts: list[int], level: int) -> str:
    number = counts[level] if level < len(counts) else 0
    kind = levels[level].kind if level in levels else "decimal"
    return figures(_KINDS.get(kind, "01" if kind == "decimalZero" else "1"), number)


def figures(kind: str, number: int) -> str:
    """A number by the kind that a form names by its first: `1`, `01`, `a`, `A`, `i`, `I`; other kinds as `1`.

    >>> figures("a", 2), figures("I", 14), figures("1", 3)
    ('b', 'XIV', '3')
    """
    if kind in ("a", "A") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, _MOST_LETTERS)
        return letter if kind == "a" else letter.upper()
    if kind in ("i", "I") and 0 < number < 4000:
        return _roman(number) if kind == "I" else _roman(number).casefold()
    return f"{number:02}" if kind == "01" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        out += sign * (number // value)
        number %= value
    return out
