"""Printed lines in, passages out: headings and sentences, their broken words mended, each with its lines."""

import re
from bisect import bisect_right
from collections.abc import Container
from typing import NamedTuple

from kommunebudsjett.readers.joining import BROKEN, breaks_word, joined
from kommunebudsjett.readers.model.markup import clean

_BULLETS = ("- ", "– ", "• ", "● ", "▪ ", "◦ ", "\uf0b7 ")
_LIST_MARKS = re.compile(r"^(?:(?:[-–•●▪◦\uf0b7]|\d{1,2}\.(?=\s+\D)|[a-z]\.)\s+)+")
# A line of a contents list ends in dots and a page number.
_CONTENTS = re.compile(r"(?<!\W)(?P<leader>\W+)\d+$")
_NO_TEXT = re.compile(r"\W*|\d+|https?://\S+|<hr/?>")
_CAPTION = re.compile(r"\d+(?:\.\d+){2,}\.?\s")
_CLOSED = ".!?:;,-–/\u2010" + BROKEN
_ABBREVIATIONS = (
    "bl.a", "ca", "dvs", "evt", "f.eks", "ift", "iht", "jf", "kap", "kl", "m.fl", "mill", "nr", "pga", "pr", "St",
    "vedr",
)  # fmt: skip
# A digit begins a sentence only after what is no ordinal. The mark comes first: it is rare, and soon looked for.
_SENTENCE_END = re.compile(
    r"[.!?]"
    + "".join(rf"(?<!\b(?i:{re.escape(short)})[.!?])" for short in _ABBREVIATIONS)
    + r"[”»\"')]*\s+(?=[“«\"'(]?(?:[A-ZÆØÅ]|(?<!\b\d\.\s)(?<!\b\d\d\.\s)\d))"
)
# Of a full line's width: where the next word had room on the line, the line was ended on purpose.
_ROOM = 0.95
_LONGEST_HEADING = 120


class Line(NamedTuple):
    """A printed line: its 1-based number and its text without what is printed around it."""

    number: int
    text: str


class Paragraph:
    """Lines that belong together as running text, which can tell on which line a character is printed."""

    def __init__(self, lines: list[Line]):
        self.lines = lines
        self.text, self._starts = joined([line.text for line in lines])

    def line_at(self, place: int) -> int:
        """The number of the line that the character at a place is printed on."""
        return self.lines[bisect_right(self._starts, place) - 1].number


class Passage(NamedTuple):
    """A heading or a sentence: its text, the lines of the raw file that it stands on, and which of the two it is."""

    text: str
    lines: tuple[int, ...]
    is_heading: bool


def passages(lines: list[str], skip: Container[int] = (), headings: Container[str] = ()) -> list[Passage]:
    """The headings and sentences of a document, in order.

    Contents lists, captions, page numbers and the lines to `skip` (those of tables) are left out. `headings` are
    those that the document is known to have; others are told by how they stand.
    """
    found: list[Passage] = []
    marked = any(line.startswith("# ") for line in lines)
    for paragraph in _paragraphs(lines, skip, headings):
        text = paragraph.text
        if _CAPTION.match(text):
            continue
        if _is_heading(paragraph, lines, headings, marked):
            found.append(_passage(paragraph, 0, len(text), True))
            continue
        start = 0
        for end in _SENTENCE_END.finditer(text):
            found.append(_passage(paragraph, start, end.end(), False))
            start = end.end()
        found.append(_passage(paragraph, start, len(text), False))
    return found


def _passage(paragraph: Paragraph, start: int, end: int, is_heading: bool) -> Passage:
    printed = paragraph.text[start:end].rstrip()
    first, last = paragraph.line_at(start), paragraph.line_at(start + len(printed) - 1)
    lines = tuple(line.number for line in paragraph.lines if first <= line.number <= last)
    return Passage(" ".join(printed.replace(BROKEN, "").split()), lines, is_heading)


def _paragraphs(lines: list[str], skip: Container[int], headings: Container[str]) -> list[Paragraph]:
    """Lines that belong together. A paragraph that a page break cuts is one."""
    width = _full_width(lines)
    found: list[list[Line]] = []
    after_blank = True
    for number, raw in enumerate(lines, 1):
        text = "" if number in skip or _is_of_contents(clean(raw)) else _text(raw)
        if not text:
            after_blank = True
            continue
        line = Line(number, text)
        if found and _goes_on(found[-1][-1], raw, line, after_blank, width, headings):
            found[-1].append(line)
        else:
            found.append([line])
        after_blank = False
    return [Paragraph(paragraph) for paragraph in found]


def _is_of_contents(text: str) -> bool:
    found = _CONTENTS.search(text)
    return found is not None and "..." in found["leader"]


def _text(raw: str) -> str:
    """A line without marks, bullets and what stands around it; "" where it holds no words."""
    text = clean(raw).lstrip("# ")
    if _NO_TEXT.fullmatch(text):
        return ""
    return _LIST_MARKS.sub("", text) + BROKEN * breaks_word(raw)


def _full_width(lines: list[str]) -> float:
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    return _ROOM * lengths[len(lengths) * 9 // 10] if lengths else 0


def _goes_on(above: Line, raw: str, line: Line, after_blank: bool, width: float, headings: Container[str]) -> bool:
    """Whether a line goes on with the paragraph that ends in the line above."""
    if raw.lstrip().startswith(("#", *_BULLETS)) or above.text in headings or line.text in headings:
        return False
    first, end = line.text[0], above.text[-1]
    if first.islower():
        return not after_blank or end not in ".!?"
    if after_blank:
        return False
    if end in _CLOSED or first.isdigit():
        return True
    return len(above.text) + 1 + len(line.text.split(None, 1)[0]) >= width


def _is_heading(paragraph: Paragraph, lines: list[str], headings: Container[str], marked: bool) -> bool:
    """Whether a paragraph is a heading. A document that marks headings with # has no others than the marked ones."""
    text, raw = paragraph.text, lines[paragraph.lines[0].number - 1].lstrip()
    if text in headings:
        return True
    if text[-1] in ".!?" or len(paragraph.lines) > 1 or len(text) > _LONGEST_HEADING:
        return False
    if raw.startswith("#") or text[-1] == ":":
        return True
    return not marked and text[-1] not in _CLOSED and not raw.startswith(_BULLETS)
