"""Blocks of text in, headings and paragraphs out, in the order of the document."""

import re
from collections.abc import Container
from functools import cached_property
from typing import NamedTuple

from kommunebudsjett.readers.party_tables.blocks import PAGE_GAP, Block, Line
from kommunebudsjett.readers.party_tables.text import normal

# Of a full line's width: where a line and the next line's first word need less, the line was ended on purpose.
_ROOM = 0.88
_LONGEST_HEADING = 120
_LONGEST_FULL_LINE_HEADING = 80
_MOST_HEADING_LINES = 3
_BULLETS = ("●", "•", "▪", "◦", "‣", "·", "*", "- ", "– ")
_CLOSED = (".", "!", "?", ",", ";")
_SENTENCE_END = (".", "!", "?", ":", ".”", ".»", '."')
# "Bystyret ber byrådet om å:" begins a list, "Sosiale tjenester:" is a heading.
_INTRODUCES_LIST = re.compile(
    r"\b(?:ber|bes|skal|må|bør|vil|å|om|at|foreslår|ønsker|mener|innebærer|følgende|disse|dette)\b", re.IGNORECASE
)
_AROUND = " .,;:!?()[]“”«»\"'"


class Piece(NamedTuple):
    """A heading, or a paragraph."""

    lines: list[Line]
    is_heading: bool


class Typography:
    """How a document is set, by which its headings and paragraphs are told apart.

    Parameters
    ----------
    blocks: the blocks that stand outside tables.
    known: captions, groups and labels of the tables, as `normal` writes them: a line that is one is a heading.
    document: the lines of the document.
    """

    def __init__(self, blocks: list[Block], known: Container[str], document: list[str]):
        self.width = _ROOM * _usual_width(blocks)
        self.known = known
        self.document = document

    def pieces(self, blocks: list[Block]) -> list[Piece]:
        """The headings and paragraphs of blocks that follow each other.

        A paragraph that a page break cuts is one paragraph.
        """
        pieces: list[Piece] = []
        for block in blocks:
            new = self._pieces_of(block)
            gap = block.gap
            if pieces and gap and (self._is_cut(pieces[-1], new[0], gap) or self._is_cut_begun(pieces, new[0], gap)):
                pieces[-1] = Piece(pieces[-1].lines + new[0].lines, False)
                del new[0]
            pieces += new
        return pieces

    def _pieces_of(self, block: Block) -> list[Piece]:
        pieces: list[Piece] = []
        start = 0
        lines = block.lines
        for index, line in enumerate(lines):
            if index + 1 < len(lines) and not self._is_ended(line, lines[index + 1], index - start):
                continue
            run = lines[start : index + 1]
            start = index + 1
            # A heading right below a sentence that ends at the full width.
            heading = run[-1:]
            if len(run) > 1 and start < len(lines) and run[-2].text.endswith(".") and self._may_be_heading(heading):
                _add(pieces, run[:-1], self._may_be_heading(run[:-1]))
                run = heading
            _add(pieces, run, self._may_be_heading(run) or (start < len(lines) and self._is_question(pieces, run)))
        return pieces

    def _is_ended(self, line: Line, following: Line, above: int) -> bool:
        """Whether a line is ended on purpose: the next word had room, or begins anew with no sentence ended.

        `above` is how many lines stand above that it goes on from.
        """
        text = line.text
        if len(text) < self.width and len(text) + 1 + len(_first_word(following)) < self.width:
            return True
        if above >= _MOST_HEADING_LINES or not following.text[0].isupper() or len(text) > _LONGEST_FULL_LINE_HEADING:
            return False
        if text.endswith((*_CLOSED, ":", "-", "–")):
            return False
        if above == 0 and normal(text) in self.known:
            return True
        return not _ends_in_name(text) and self._is_common_word(_first_word(following).strip(_AROUND))

    def _is_common_word(self, word: str) -> bool:
        """Whether the document has a word in small letters too: then its capital begins a sentence."""
        return word[1:] == word[1:].lower() and f" {word.lower()} " in self._text

    @cached_property
    def _text(self) -> str:
        return " ".join(self.document)

    def _may_be_heading(self, run: list[Line]) -> bool:
        first = run[0].text
        if len(run) == 1 and normal(first) in self.known:
            return True
        return not (
            len(run) > _MOST_HEADING_LINES
            or first[0].islower()
            or run[-1].text.endswith(_CLOSED)
            or first.startswith(_BULLETS)
            or sum(len(line.text) for line in run) > _LONGEST_HEADING
            or (run[-1].text.endswith(":") and any(_INTRODUCES_LIST.search(line.text) for line in run))
        )

    def _is_question(self, above: list[Piece], run: list[Line]) -> bool:
        """Whether a line that begins a block, or stands below a heading, is a heading that asks or calls out."""
        text = run[0].text
        return (
            len(run) == 1
            and text.endswith(("?", "!"))
            and text.count(".") + text.count("?") + text.count("!") == 1
            and not text[0].islower()
            and not text.startswith(_BULLETS)
            and len(text) < self.width
            and (not above or above[-1].is_heading)
        )

    def _is_cut(self, above: Piece, below: Piece, gap: int) -> bool:
        """Whether the piece below goes on in the middle of the paragraph above."""
        last = above.lines[-1].text
        if below.lines[0].text[0].islower():
            return not above.is_heading or len(above.lines) > 1 or len(last) >= self.width
        return (
            not above.is_heading
            and gap >= PAGE_GAP
            and not last.endswith(_SENTENCE_END)
            and len(last) >= self.width
            and not below.is_heading
        )

    def _is_cut_begun(self, above: list[Piece], below: Piece, gap: int) -> bool:
        """Whether the last piece is no heading but a paragraph cut after its first line: a full one below a heading."""
        if gap < PAGE_GAP or len(above) < 2 or below.is_heading or not above[-2].is_heading:
            return False
        last = above[-1].lines
        if len(last) > 1 or last[0].number != above[-2].lines[-1].number + 1:
            return False
        return below.lines[0].text[0].islower() or len(last[0].text) >= self.width


def _usual_width(blocks: list[Block]) -> int:
    """The length of the line in which the middle letter of the text stands, the lines taken by length."""
    lengths = sorted(len(line.text) for block in blocks for line in block.lines)
    middle = sum(lengths) / 2
    letters = 0
    for length in lengths:
        letters += length
        if letters >= middle:
            return length
    return 0


def _add(pieces: list[Piece], lines: list[Line], is_heading: bool) -> None:
    if is_heading or not pieces or pieces[-1].is_heading:
        pieces.append(Piece(lines, is_heading))
    else:
        pieces[-1].lines.extend(lines)


def _first_word(line: Line) -> str:
    return line.text.split(None, 1)[0]


def _ends_in_name(text: str) -> bool:
    """Whether the last of several words has a capital, so that the word after it may belong to the same name."""
    return " " in text and text.rsplit(None, 1)[1][0].isupper()
