"""Printed lines in, running text out: words broken at a line's end are mended and every character knows its line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kommunebudsjett.readers.party_prose.tokens import Token, find_tokens

# Marks a word that the page broke without a hyphen.
BROKEN = "\u00ad"
HYPHENS = "-\u2010"
_AFTER_SUSPENDED_HYPHEN = ("og", "eller", "samt", "og/eller")
_SENTENCE_END = re.compile(r"[.!?:][\"”»)]*\s+")
_OPENING = '"“«('
_LONGEST_SENTENCE = 3000
# So many letters before a full stop are no abbreviation.
_WHOLE_WORD = 5


class Line(NamedTuple):
    """A printed line: its 1-based number, its text without what stands around it, and whether it is set in."""

    number: int
    text: str
    indented: bool


class Passage:
    """A paragraph as running text, which can tell on which line a character stands and how it was printed."""

    def __init__(self, lines: Sequence[Line]):
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        last = len(lines) - 1
        for index, line in enumerate(lines):
            starts.append(length)
            part = line.text
            if index < last:
                part = _joined(part, lines[index + 1].text)
            parts.append(part)
            length += len(part)
        self.lines = lines
        self.text = "".join(parts)
        self._starts = starts
        self._sentences: list[tuple[int, int]] | None = None

    def line_at(self, offset: int) -> int:
        """The number of the line on which the character at `offset` stands."""
        return self.lines[bisect_right(self._starts, offset) - 1].number

    def indented_at(self, offset: int) -> bool:
        """Whether the character at `offset` stands on a line that is set in."""
        return self.lines[bisect_right(self._starts, offset) - 1].indented

    def quote(self, start: int, end: int) -> str:
        """The printed characters from `start` to `end`; a line's end is a space, its hyphen is kept."""
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, end - 1) - 1
        if first == last:
            return self.text[start:end]
        pieces = []
        for index in range(first, last + 1):
            at = self._starts[index]
            printed = self.lines[index].text
            pieces.append(printed[max(0, start - at) : end - at if index == last else None].rstrip(BROKEN))
        return " ".join(pieces)

    def tokens(self) -> list[Token]:
        """The amounts, years and other numbers in it, in order."""
        return find_tokens(self.text)

    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        if self._sentences is None:
            self._sentences = list(self._split())
        return self._sentences

    def _split(self) -> Iterator[tuple[int, int]]:
        text = self.text
        start = 0
        for match in _SENTENCE_END.finditer(text):
            end = match.end()
            if end < len(text) and _begins_sentence(text, match.start(), end):
                yield from self._cut(start, match.start() + 1)
                start = end
        yield from self._cut(start, len(text))

    def _cut(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A sentence, in parts where it is longer than any: each of its amounts is looked at with all before it."""
        while end - start > _LONGEST_SENTENCE:
            cut = self.text.rfind(" ", start, start + _LONGEST_SENTENCE) + 1 or start + _LONGEST_SENTENCE
            yield start, cut
            start = cut
        yield start, end


def plain(text: str) -> str:
    """Text with single spaces between its words."""
    return " ".join(text.split()) if "  " in text or "\t" in text else text.strip()


def _begins_sentence(text: str, stop: int, following: int) -> bool:
    """Whether a sentence begins at `following`, after the mark at `stop`.

    A digit begins one only after a full stop behind a whole word or a year: "kl. 8", "6. og 9." and "5 mill. 2021" go
    on.
    """
    first = text[following]
    if first in _OPENING:
        first = text[following + 1 : following + 2]
    if first.isupper():
        return True
    if not first.isdigit() or text[stop] == ":":
        return False
    word = text[max(0, stop - _WHOLE_WORD) : stop]
    return len(word) == _WHOLE_WORD and (word.isalpha() or word[1:].isdigit())


def _joined(text: str, following: str) -> str:
    """A line's text as it goes on in the next line: with a space, or without the hyphen that broke a word."""
    end = text[-1]
    if end == BROKEN:
        return text[:-1]
    if end == "/":
        return text
    if end not in HYPHENS or len(text) == 1 or not text[-2].isalnum():
        return text + " "
    before = text[-2]
    first_word = following.split(None, 1)[0]
    if first_word in _AFTER_SUSPENDED_HYPHEN:
        return text + " "
    if before.isdigit() or before.isupper() or not first_word[0].islower():
        return text
    return text[:-1]
