"""Lines of prose in, the amounts stated in them out."""

import re
from bisect import bisect_right
from typing import NamedTuple

from kommunebudsjett.readers.party_tables.blocks import Line
from kommunebudsjett.readers.text import NUMBER

_N = NUMBER.pattern
# Where a unit may begin; plain words alone are several times as fast to look for as classes of letters.
_SIGN = re.compile("mill|Mill|mrd|MNOK|TNOK|krone|Krone|kr |kr\n|kr\\.|kr,|Kr |promille|prosent|Prosent|%")
_UNIT = re.compile(
    r"(?:[Mm]ill(?:ion(?:er)?|iard(?:er)?)?|mrd|[MT]NOK)\b\.?(?:\s*(?:kroner|kr)\b)?"
    r"|[Kk]r(?:oner?)?\b|[Pp]ro(?:mille|sent)(?:poeng)?\b|%"
)
_FIGURE_BEFORE = re.compile(rf"(?:(?P<other>{_N})\s*(?:til|og|eller|[-–−])\s*)?(?P<figure>{_N})\s*$")
_WORDS_BEFORE = re.compile(r"(?:\w+\s+(?=tusen|hundre))?\w+\s*$")
_FIGURE_AFTER = re.compile(rf"\.?\s*(?:{_N})")
# How far before a unit its figure may begin.
_REACH = 48

IN_FIGURES = "an amount in the prose; the measures' amounts are read from the tables"
IN_WORDS = "an amount in words in the prose, without a figure to read"


class Amount(NamedTuple):
    """A stated amount, the line that it begins on, and why it is not among the measures."""

    line: int
    raw: str
    reason: str


def stated_amounts(lines: list[Line]) -> list[Amount]:
    """The amounts in lines that stand together, in words too; one that goes on over two lines counts once."""
    text = "\n".join([line.text for line in lines])
    signs = list(_SIGN.finditer(text + "\n"))
    if not signs:
        return []
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line.text) + 1)
    found: list[Amount] = []

    def add(start: int, end: int, reason: str) -> None:
        number = lines[bisect_right(starts, start) - 1].number
        found.append(Amount(number, " ".join(text[start:end].split()), reason))

    reached = 0
    for sign in signs:
        unit = _UNIT.match(text, sign.start())
        if unit is None or sign.start() < reached or text[sign.start() - 1 : sign.start()].isalpha():
            continue
        reached = unit.end()
        offset = max(0, unit.start() - _REACH)
        before = text[offset : unit.start()]
        figure = _FIGURE_BEFORE.search(before)
        after = _FIGURE_AFTER.match(text, unit.end()) if unit[0].lower() == "kr" else None
        if figure:
            if figure["other"]:
                add(offset + figure.start("other"), offset + figure.end("other"), IN_FIGURES)
            add(offset + figure.start("figure"), unit.end(), IN_FIGURES)
        elif after:
            add(unit.start(), after.end(), IN_FIGURES)
        elif unit[0][0].isalpha() and (words := _WORDS_BEFORE.search(before)):
            add(offset + words.start(), unit.end(), IN_WORDS)
    return found
