"""The lines around tables in; which of them state a unit, and for which tables, out."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kommunebudsjett.readers.unit_words import UNKNOWN, is_for_all, is_price_level, unit_of_label, unit_of_line
from kommunebudsjett.readers.units.names import KRONER
from kommunebudsjett.readers.units.tables import TableUnits, Unit

# A line this long is prose, whatever it says of units.
_LONGEST = 200
_LONGEST_HEADING = 90
# So far above a table a line may state its unit, if only headings and captions come between.
_NEAR = 12
_CAPTION = re.compile(r"[\s#*_]*(?:tabell|figur|oversikt|skjema)\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-•–*]\s|\d+[.)]\s)")
# A heading or caption that ends with the unit of what it is above: "Investeringer i mill. kroner:".
_UNIT_LAST = re.compile(
    r"(?:\bi|[(,:–-])\s*(?:hele?\s+|heile\s+|norske\s+)?(?:mill|mrd|milliard|mnok|tnok|nok|tkr|t\.?\s?kr|kr\b|kron|1[\s.]?000|tusen)"
    r"[\w .]{0,20}[)\W]*$",
    re.IGNORECASE,
)


class _Statement(NamedTuple):
    line: int
    unit: str


def bind_statements(lines: Sequence[str], bound: Sequence[TableUnits]) -> list[Unit]:
    """Give tables in `around` and `carried` what lines outside them state; the statements for all of the document.

    A statement above tables holds for the first, whatever it has; for those that follow, until a line comes that is no
    sentence, or that speaks of another unit. A line that touches a table from below is about that table.
    """
    return _Walk(lines, bound).walk()


class _Walk:
    def __init__(self, lines: Sequence[str], bound: Sequence[TableUnits]):
        self._lines = lines
        self._bound = bound
        self._owner = {
            line: index
            for index, units in enumerate(bound)
            for line in range(units.table.first_line, units.table.last_line + 1)
        }
        self._heads = {line for units in bound for line, text in units.heads() if text}
        self._everywhere: list[Unit] = []
        self._above: _Statement | None = None
        # Whether a table has had it, and whether prose has come since it.
        self._used = self._interrupted = False

    def walk(self) -> list[Unit]:
        number = 0
        while number < len(self._lines):
            number += 1
            table = self._owner.get(number)
            if table is not None:
                self._table(self._bound[table])
                number = max(number, self._bound[table].table.last_line)
            elif self._lines[number - 1].strip():
                self._text(number)
        return self._everywhere

    def _table(self, units: TableUnits) -> None:
        if self._above is None:
            return
        stated = Unit(self._above.unit, self._above.line, "line above")
        if not self._used:
            units.around.append(stated)
        elif stated.name in KRONER and not units.is_of_prices():
            units.carried = stated
        self._used = True

    def _text(self, number: int) -> None:
        text = self._lines[number - 1]
        unit = None if number in self._heads else stated_by(text)
        if unit is not None:
            self._statement(_Statement(number, unit))
        elif self._above is None:
            return
        elif self._used:
            if not self._goes_on(text) or unit_of_label(text[:_LONGEST]) not in (None, self._above.unit):
                self._above = None
        elif _is_sentence(text):
            self._interrupted = True
        elif self._interrupted and self._is_heading(number):
            self._above = None

    def _goes_on(self, text: str) -> bool:
        """Whether what was stated above one table may hold beyond this line for the next: it is prose, or a caption
        below words for all figures.
        """
        for_all = self._above is not None and is_for_all(self._lines[self._above.line - 1])
        return _is_sentence(text) or (for_all and _CAPTION.match(text) is not None)

    def _statement(self, statement: _Statement) -> None:
        number = statement.line
        touches_above, touches_below = number - 1 in self._owner, number + 1 in self._owner
        below = touches_below or self._leads_to_a_table(number)
        above = self._table_above(number)
        again = above is not None and any(said.name == statement.unit for said in above.around)
        if above is not None and (
            (touches_above and not touches_below) or (not below and self._ends_there(number)) or again
        ):
            above.around.append(Unit(statement.unit, number, "line below"))
        elif is_for_all(self._lines[number - 1]) and not below:
            self._everywhere.append(Unit(statement.unit, number, "the whole document"))
        else:
            self._above, self._used, self._interrupted = statement, False, False

    def _leads_to_a_table(self, number: int) -> bool:
        """Whether only headings and captions come between a line and the table below it."""
        for line in range(number + 1, min(number + _NEAR, len(self._lines)) + 1):
            if line in self._owner:
                return True
            if _is_sentence(self._lines[line - 1]):
                return False
        return False

    def _table_above(self, number: int) -> TableUnits | None:
        """The table that a line stands right below, blank lines between or not."""
        above = number - 1
        while above and not self._lines[above - 1].strip():
            above -= 1
        return self._bound[self._owner[above]] if above in self._owner else None

    def _ends_there(self, number: int) -> bool:
        """Whether a heading or the end of the document follows on a line."""
        below = number + 1
        while below <= len(self._lines) and not self._lines[below - 1].strip():
            below += 1
        return below > len(self._lines) or self._is_heading(below)

    def _is_heading(self, number: int) -> bool:
        text = self._lines[number - 1].strip()
        if text.startswith(("#", "**")):
            return True
        last = len(self._lines)
        alone = (number == 1 or not self._lines[number - 2].strip()) and (
            number == last or not self._lines[number].strip()
        )
        return alone and len(text) < _LONGEST_HEADING and not _is_sentence(text) and "\t" not in text


def stated_by(text: str) -> str | None:
    """The unit that a line outside a table states for what is around it, None where it states none."""
    text = text.strip()
    if not text or len(text) > _LONGEST or is_price_level(text):
        return None
    unit = unit_of_line(text)
    if unit is None and len(text) < _LONGEST_HEADING and _UNIT_LAST.search(text):
        named = unit_of_label(text)
        unit = named if named in KRONER or named == UNKNOWN else None
    return unit


def _is_sentence(text: str) -> bool:
    text = text.strip()
    return bool(_ITEM.match(text)) or (" " in text and text[-1] in ".!?" and not text.startswith("#"))
