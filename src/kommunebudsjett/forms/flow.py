"""The text of web pages, Word and ODT documents as it comes, in; blocks out.

Text comes in pieces that are bold or not; a `BREAK` among them ends a line without ending a paragraph, and a `GAP`
parts what stands in boxes of its own on a line.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kommunebudsjett.forms import tables, tabs
from kommunebudsjett.forms.content import Block, Heading, Item, Paragraph
from kommunebudsjett.forms.emphasis import is_heading
from kommunebudsjett.forms.places import placed
from kommunebudsjett.forms.tables import Printed
from kommunebudsjett.forms.writing import beside, one_line

# Signs that no text has: the end of a line, the border of a box that stands in a line, and that of lowered text.
BREAK, GAP, LOW = "\x1e", "\x1f", "\x1d"
# Ordinary spaces show as one; others each have their width, and a number is written with one of them at most.
_WIDE = re.compile("[ \u00a0\u2000-\u200a\u202f]\u200b?[ \u00a0\u2000-\u200a\u202f]+|[\u2003\u3000]")
_LOW = re.compile(f"(?<=\\d){LOW}+(?=\\d)")
_CLOSING = (".", ",", ";", ":", "!", "?", ")", "»")
_BULLET = re.compile(r"\s*[•●▪◦‣·–-]\s+(?=\S)")
_POWER = re.compile(r"m<sup>([23])</sup>(?![^\W\d_])")
_FRACTION = re.compile(r"<sup>(\d{1,3})</sup>\s?[⁄/]\s?(?=\d)")
_GROUP = re.compile(r"\d{3}(?!\d)")
_ENDS = (".", ":", ";", "!", "?")
_LONGEST_LEFT = 300


class Piece(NamedTuple):
    """Characters, and whether they are bold."""

    text: str
    bold: bool


class Line(NamedTuple):
    """A line without spaces around it, and whether all its words are bold."""

    text: str
    bold: bool


def raised(text: str) -> str:
    """A raised text with its mark: it is a note or a power, and no part of the number that it stands at."""
    text = one_line(text)
    return f"<sup>{text}</sup>" if text else ""


def with_powers(text: str) -> str:
    """The text with square and cubic metres as signs, which are no notes."""
    return _POWER.sub(lambda match: "m²" if match[1] == "2" else "m³", text)


def lowered(text: str) -> str:
    """A text that stands lower or higher than its line: no part of the number that it stands at."""
    return f"{LOW}{text}{LOW}"


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """The text line by line; an empty line where two breaks follow each other."""
    lines: list[Line] = []
    parts: list[Piece] = []
    for piece in [*pieces, Piece(BREAK, False)]:
        first, *more = piece.text.split(BREAK)
        parts.append(Piece(first, piece.bold))
        for rest in more:
            lines.append(_line(parts))
            parts = [Piece(rest, piece.bold)]
    while lines and not lines[-1].text:
        lines.pop()
    while lines and not lines[0].text:
        lines.pop(0)
    return lines


def _line(parts: list[Piece]) -> Line:
    said = [part.bold for part in parts if any(map(str.isalnum, part.text))]
    # A tab may part an amount from its words, or columns.
    text = "\t".join(map(_together, "".join(part.text for part in parts).split("\t")))
    text = "" if text.isspace() else text
    return Line(_FRACTION.sub(r" \1/", with_powers(text)).strip(" "), bool(said) and all(said))


def _together(text: str) -> str:
    """The text between two tabs, its boxes beside each other: two numbers with much room between them are two."""
    text = _LOW.sub(GAP, re.sub(" +", " ", text)).replace(LOW, "")
    boxes: list[str] = []
    for box in filter(None, map(one_line, _WIDE.sub(GAP, text).split(GAP))):
        if boxes and box.startswith(_CLOSING):
            boxes[-1] += box
        else:
            boxes.append(box)
    return beside(boxes)


def cell_of(lines: list[Line], header: bool = False, across: int = 1, down: int = 1) -> Printed:
    """The lines of a cell as a printed cell."""
    said = [line.bold for line in lines if any(map(str.isalnum, line.text))]
    return Printed([line.text for line in lines if line.text], header, bool(said) and all(said), across, down)


def one(lines: Iterable[Line]) -> str:
    """All lines as one text."""
    return beside(line.text for line in lines)


def numbered(number: str, text: str) -> str:
    """A text with the number that is shown before it: that of an item is no thousands of a number that follows."""
    apart = " / " if number[-1:].isdigit() and _GROUP.match(text) else " "
    return f"{number}{apart}{text}" if number else text


class Flow:
    """The blocks of a document as they are added, in `blocks`; what was left out, in `left_out`."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.left_out: list[tuple[int, str, str]] = []
        self._level = 0

    def heading(self, text: str, level: int = 0) -> None:
        """Add a heading; one without a level of its own stands below the last one that has."""
        self._level = level or self._level
        if text:
            self.blocks.append(Heading(text, level or self._below()))

    def _below(self) -> int:
        return min(9, self._level + 1) if self._level else 2

    def paragraph(self, lines: list[Line]) -> None:
        """Add a paragraph, as what its lines are to the eye: one or more of them, headings, or items with a bullet."""
        for text, bold in _wrapped(lines):
            bullet = _BULLET.match(text)
            if bullet:
                self.blocks.append(Item(text[bullet.end() :], 1))
            elif is_heading(text, bold):
                self.heading(text)
            else:
                self.blocks.append(Paragraph(text))

    def item(self, lines: list[Line], depth: int, number: str = "") -> None:
        """Add an item; one that is bold, has a number and is no sentence is a heading."""
        text = tables.joined([line.text for line in lines])
        if number and is_heading(text, all(line.bold for line in lines)):
            self.heading(numbered(number, text))
        elif text:
            self.blocks.append(Item(numbered(number, text), depth))

    def finished(self, page: str = "") -> tuple[list[Block], tabs.LeftOut]:
        """All blocks with their places, and what was left out; `page` is the file, where there are several."""
        blocks, left_out = tabs.with_tables(self.blocks, self.left_out)
        return placed(blocks, page), left_out

    def leave(self, text: str, reason: str) -> None:
        """List text that is left out, where it says something."""
        text = one_line(text.replace(BREAK, " "))
        if any(map(str.isalnum, text)):
            shown = text if len(text) <= _LONGEST_LEFT else f"{text[:_LONGEST_LEFT]} …"
            self.left_out.append((len(self.blocks), shown, reason))


def _wrapped(lines: list[Line]) -> Iterator[Line]:
    """The lines, one that goes on in the next made whole with it.

    That is where the next line begins in lower case, or the line ends neither a sentence nor has a number: two amounts
    on two lines are never put together.
    """
    whole = Line("", False)
    for line in lines:
        goes_on = whole.text and line.text and not _BULLET.match(line.text) and not (whole.bold and not line.bold)
        ended = whole.text.endswith(_ENDS) or any(map(str.isdigit, whole.text))
        if goes_on and (line.text[0].islower() or not ended):
            whole = Line(beside([whole.text, line.text]), whole.bold and line.bold)
            continue
        if whole.text:
            yield whole
        whole = line
    if whole.text:
        yield whole
