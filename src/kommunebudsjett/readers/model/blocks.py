"""The lines of a document in; its blocks out: headings, paragraphs, list items and tables, each with its lines."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from kommunebudsjett.readers.model.markup import clean, heading_text
from kommunebudsjett.readers.model.mending import Mender
from kommunebudsjett.readers.model.scanning import Prose, scan
from kommunebudsjett.readers.model.tables import Table, read_table

_LONGEST_HEADING = 70
_ITEM = re.compile(r"(\s*)(?:[-–•*]|[a-zæøå]\)|\(?\d{1,2}\))\s+(?=\S)")
_MARKS = re.compile(r"#+(?= )")
_NUMBERING = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÆØÅ])")
_AMOUNT_WORDS = re.compile(
    r"\d\s*(?:%|prosent|mill|mrd|kr\b|kroner)|\b(?:kr|kroner|nok|tkr|mnok|tusen|millioner|millionar)\b|\b1[ .]?000\b",
    re.IGNORECASE,
)
_KEPT_HYPHEN = re.compile(r"(?:og|eller|samt)\b")


class Heading(NamedTuple):
    """A heading: its level, 1 for the highest and 0 where the form does not tell, and its text without marks."""

    level: int
    text: str
    line: int

    @property
    def lines(self) -> tuple[int, ...]:
        """The line that it is printed on."""
        return (self.line,)


@dataclass(frozen=True)
class Text:
    """A paragraph or list item made whole: its text, and where in it each of its lines begins.

    `level` is the depth of an item from 1, and 0 for a paragraph; `amount` is what tabs part from an item's words.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    level: int = 0
    amount: str = ""

    def line_at(self, place: int) -> int:
        """The line that the character at a place of the text is printed on."""
        return self.lines[bisect_right(self.starts, place) - 1]


Block = Heading | Text | Table


@dataclass(frozen=True)
class Model:
    """A document: its tables, and the lines that are in none, both in its order."""

    tables: tuple[Table, ...]
    prose: tuple[Prose, ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The headings, paragraphs, items and tables in the order of the document."""
        placed: list[tuple[int, Block]] = [(table.first_line, table) for table in self.tables]
        placed.extend((block.lines[0], block) for block in self.texts)
        return tuple(block for _, block in sorted(placed, key=lambda item: item[0]))

    @cached_property
    def texts(self) -> tuple[Heading | Text, ...]:
        """The headings, paragraphs and items of the prose."""
        marked = any(_MARKS.match(line.text) for line in self.prose)
        return tuple(block for run in _runs(self.prose) for block in _of_run(run, marked))


def read_model(lines: list[str]) -> Model:
    """The tables and the prose of a document. `lines` come without line ends; the first one is line 1."""
    printed, prose = scan(lines)
    mender = Mender(lines)
    return Model(tuple(read_table(table, mender) for table in printed), tuple(prose))


def _runs(prose: tuple[Prose, ...]) -> Iterator[list[Prose]]:
    """The lines of prose that directly follow each other."""
    for _, group in groupby(enumerate(prose), key=lambda item: item[1].line - item[0]):
        yield [line for _, line in group]


def _of_run(run: list[Prose], marked: bool) -> Iterator[Heading | Text]:
    part: list[Prose] = []
    for line in run:
        heading = _heading(line, alone=len(run) == 1, marked=marked)
        if heading or _ITEM.match(line.text) or "\t" in line.text:
            yield from _text(part)
            part = []
        if heading:
            yield heading
        elif "\t" in line.text:
            yield from _text([line])
        else:
            part.append(line)
    yield from _text(part)


def _heading(line: Prose, alone: bool, marked: bool) -> Heading | None:
    """The heading on a line: one that the form marks, or a short line between blank lines in plain text."""
    marks = _MARKS.match(line.text)
    if marks:
        return Heading(len(marks[0]), heading_text(line.text), line.line)
    text = clean(line.text)
    if (
        marked
        or not alone
        or not text
        or len(text) >= _LONGEST_HEADING
        or text[-1] in ".:;,!?"
        or _AMOUNT_WORDS.search(text)
    ):
        return None
    if _ITEM.match(line.text) or "\t" in line.text or not text[0].isalnum():
        return None
    numbering = _NUMBERING.match(text)
    return Heading(numbering[1].count(".") + 1 if numbering else 0, text, line.line)


def _text(part: list[Prose]) -> Iterator[Text]:
    """A paragraph or item of several lines, words that the line's end broke made whole."""
    if not part:
        return
    item = _ITEM.match(part[0].text)
    words, _, amount = part[0].text.partition("\t")
    amount = amount.strip()
    text = ""
    starts = []
    for line in part:
        piece = line.text.strip() if not amount else words.strip()
        piece = piece[len(item[0].lstrip()) :] if item and line is part[0] else piece
        if text.endswith("-") and piece[:1].islower() and text[-2:-1].isalpha() and not _KEPT_HYPHEN.match(piece):
            text = text[:-1]
        elif text:
            text += " "
        starts.append(len(text))
        text += piece
    level = (1 + len(item[1].expandtabs(2)) // 2) if item else int(bool(amount))
    yield Text(text, tuple(starts), tuple(line.line for line in part), level, amount)
