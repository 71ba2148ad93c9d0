"""Printed lines in, the parts of them out that stand apart, as the cells of a row do."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kommunebudsjett.pdf.lines import LEVEL, RAISED, Line, Word, is_leader
from kommunebudsjett.pdf.values import is_number, is_value, is_year

_RAISED = re.compile(f"{RAISED}[^{LEVEL}]*{LEVEL}")
_LEADS_TO = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*(\d{1,4})$")
_DASHES = ("-", "−", "–")
# Shares of the size of the letters: a gap between cells, and between values.
_CELL_GAP = 0.7
_VALUE_GAP = 0.3
_BULLET_GAP = 3.0
# A line that is set to fill its column: so many words, how far its spaces differ, and how wide they are.
_FEWEST_JUSTIFIED, _SAME_SPACES, _WIDEST_SPACES = 6, 0.08, 2.5
BULLETS = tuple("•●▪◦■○‣·➢✓\uf0b7\uf0a7\uf0d8\uf02d")
_CAPTION = re.compile(
    r"(?:Tabell|Table|Tab\.|Figur|Figure|Fig\.|Diagram|Graf|Oversikt)\s+[A-Z]?[\d.\-–]*\d", re.IGNORECASE
)


@dataclass
class Segment:
    """Words of a line with no more than a space between them. What they say is looked at once all of them are there."""

    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def is_value(self) -> bool:
        """Whether it is a number, or says that there is none."""
        return is_value(_level(self.text))

    @cached_property
    def is_number(self) -> bool:
        """Whether it is a value with figures in it: a dash can be a word of a text."""
        return is_number(_level(self.text))

    @cached_property
    def is_year(self) -> bool:
        return is_year(_level(self.text))


def _level(text: str) -> str:
    """Text without its raised marks."""
    return _RAISED.sub("", text).strip()


def segments(line: Line) -> list[Segment]:
    """The line cut where the gap is more than a space, where dots lead on, and between two values."""
    words = [word for word in line.words if not is_leader(word)] or line.words
    if _is_justified(words):
        return [Segment(words)]
    found = [Segment([words[0]])]
    led = {id(word) for before, word in pairwise(line.words) if is_leader(before)}
    for before, word in pairwise(words):
        gap = word.left - before.right
        size = max(before.size, word.size)
        if len(found[-1].words) == 1 and before.text in BULLETS and gap <= _BULLET_GAP * size:
            found[-1].words.append(word)
            continue
        values = is_value(_level(word.text)) and is_value(_level(before.text))
        signed = before.text in _DASHES or word.text in ("%", *_DASHES)
        wide = gap > _CELL_GAP * size or (values and not signed and gap > _VALUE_GAP * size)
        if wide or id(word) in led:
            found.append(Segment([word]))
        else:
            found[-1].words.append(word)
    return found


def _is_justified(words: list[Word]) -> bool:
    """Whether words are a line of prose that fills its column: all spaces are the same between words of all widths."""
    if len(words) < _FEWEST_JUSTIFIED or 2 * sum(is_value(_level(word.text)) for word in words) > len(words):
        return False
    gaps = [after.left - before.right for before, after in pairwise(words)]
    widths = [word.right - word.left for word in words]
    same = max(gaps) - min(gaps) <= _SAME_SPACES * words[0].size
    return same and max(gaps) <= _WIDEST_SPACES * words[0].size and max(widths) > 2 * min(widths)


def is_caption(line: Line) -> bool:
    """Whether a line names a table or a figure by its number."""
    return _CAPTION.match(line.text) is not None


def is_contents(line: Line) -> bool:
    """Whether a line leads to a page: dots, then a number at the end and nothing else."""
    return contents_page(line) is not None


def contents_page(line: Line) -> int | None:
    """The page that a line of a list of contents leads to; None for other lines."""
    match = _LEADS_TO.search(line.text)
    return int(match[1]) if match else None
