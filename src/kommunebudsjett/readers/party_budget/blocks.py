"""Printed lines in, blocks out: headings, paragraphs, list items and lines that wide gaps part, each with its lines.

A paragraph that the page wraps is one block, also where the page ends within it; so is a list item that goes on.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kommunebudsjett.readers.joining import BROKEN, HYPHENS, breaks_word, joined
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.party_budget.amounts import find_amounts
from kommunebudsjett.readers.unit_words import is_unit_line

HEADING, PARAGRAPH, ITEM, ROW = "heading", "paragraph", "item", "row"

# Signs and pictures open items too ("✅ 10 millioner til sykkelveier").
_BULLET = re.compile(
    r"(?:[•●▪◦‣·*\u2190-\u2211\u2213-\u2bff\U0001f300-\U0001faff]\ufe0f?|[-–—](?=\s|[A-ZÆØÅ]))\s*(?=\S)"
)
_NUMBERED = re.compile(
    r"(?:\(?[A-ZÆØÅ]?\d{1,2}[.)]|\(?[a-zæøå][.)]|(?:forslag|framlegg|punkt|pkt\.?|verbalforslag|vedtak)\s\d{1,2}\s?[.:)]?)\s+(?=\S)",
    re.IGNORECASE,
)
_HASHES = re.compile(r"(#{1,6})\s+")
# A dash before what somebody says opens no item.
_SAID = re.compile(r",\s(?:sier|seier|sa|mener|meiner|forteller|fortel)\s[^,.]+(?:,[^,.]+)?[.,]?$")
_CELLS = re.compile(r"\t+| {3,}\t*")
# What stands in the last cell of a row of two: a number, perhaps with its unit and a remark.
_NUMBER = re.compile(
    r"[-−–+]?\s?(?:kr\.?\s?)?\d[\d .,']*-?(?:\s?[^\W\d]{1,10}\.?){0,2}(?:\s?\([^()]*\))?", re.IGNORECASE
)
# What ends a row of a list whose rows have no marks: an amount, or a remark on it.
_ENDS_ROW = re.compile(r"\d\s?(?:mill?\.?|millioner|millionar|kr\.?|kroner|mrd\.?|,-)(?:\sårl\w+)?\)?$|\d[^()]*\)$")
_POINT = re.compile(r"(?<=[.;:!?,]\s)(?=\(?[a-zæøå0-9]\)\s[A-ZÆØÅ])")
_AROUND = " \u00a0\u200b\ufeff\f\t\r"
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_PAGE_NUMBER = re.compile(r"(?:side\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:av|/|\|)\s*\d{1,3})?", re.IGNORECASE)
_NUMBERED_HEAD = re.compile(r"(?:(\d{1,3})\s*\|?\s+)?(.+?)(?:\s*\|?\s+(?:side\s+)?(\d{1,3}))?", re.IGNORECASE)
# What may follow the amount beside a heading.
_AFTER_AMOUNT = re.compile(
    r"\s?(?:\(?halv\w+\)?|årlig|per\sår|i\såret|(?:i|fra)\s(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?)?[\s).]*"
)
_MINUS_WORD = re.compile(r"\sminus\s$")
_TITLE_AND_AMOUNT = 2
_MINUS_APART = re.compile(r"(?:\t| {2,})[-−–]\s\d|\s−\s\d")
_FORM_FEED = 2
# A text that marks more headings than this marks all.
_MOST_MARKED = 2
# So many blank lines around a line alone are the end of a page.
_PAGE_END = 4
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that make a line before a colon the beginning of a sentence.
_NO_HEADING = frozenset(
    ("vi", "me", "det", "de", "dei", "vil", "skal", "er", "foreslår", "føreslår", "følgende", "disse")
)
# Words that a title seldom has and a sentence nearly always.
_CLAUSE = _NO_HEADING | {
    "har", "må", "kan", "bør", "blir", "ble", "ber", "bes", "får", "gir", "settes", "setter", "øker", "økes", "styrker",
    "kutter", "kuttes", "ønsker", "mener", "meiner", "legges", "legger", "går", "står", "viser", "sier", "betyr",
}  # fmt: skip
_VERBS = _CLAUSE - {"de", "det", "dei", "disse", "følgende"}
# A line so short may be a heading with a verb ("Hva gjør vi?").
_SHORT = 45
# A verb in the passive.
_PASSIVE = re.compile(r"[a-zæøå]{3,}es")
_SHORTEST_END = 4
_LONGEST_HEADING = 90
_LONGEST_HEADED = 160
_MOST_WORDS = 13
_WRAPPED = 0.86
_CUT = 0.6
# A line that is printed more often than this alone, with a number that grows, is a head or a foot of the pages.
_MOST_SAME = 2
_WIDEST_PAGE = 140
_NARROWEST_PAGE = 60
# So many lines under others tell whether lines are wrapped.
_SEVERAL = 6
_END = tuple(".:;!?")
_SHORT_UNITS = ("mill.", "kr.", "mrd.")


class Line(NamedTuple):
    """A printed line: its number in the file and its text without the spaces around it."""

    number: int
    text: str
    is_set_in: bool = False


@dataclass
class Block:
    """Lines that belong together. `level` is that of a heading, `blank` how many blank lines are above.

    `has_gap` is whether wide gaps part what is printed; `role` is what a heading is of, where the outline tells.
    """

    kind: str
    lines: list[Line]
    text: str
    mark: str = ""
    level: int = 0
    blank: int = 0
    starts: tuple[int, ...] = ()
    has_gap: bool = False
    role: str = ""

    @property
    def gap(self) -> bool:
        """Whether a blank line is above."""
        return self.blank > 0

    @cached_property
    def _beside(self) -> tuple[int, int] | None:
        """Where the amount beside a heading is printed, and where the title before it ends."""
        if self.kind == ITEM or len(self.text) > _LONGEST_HEADED or is_unit_line(self.text):
            return None
        found = find_amounts(self.text)
        if len(found) != 1 or found[0].form == "bare" or not _AFTER_AMOUNT.fullmatch(self.text[found[0].end :]):
            return None
        start = found[0].start
        title = _MINUS_WORD.sub("", self.text[:start]).rstrip(" -–−+(:")
        return (start, len(title)) if title and (self.has_gap or self._is_titled(title)) else None

    def _is_titled(self, title: str) -> bool:
        """Whether what is before an amount is a title, and no sentence."""
        ends = self.text.endswith(".") and not self.text.endswith(_SHORT_UNITS)
        return not ends and ". " not in title and is_heading(title) and _CLAUSE.isdisjoint(title.lower().split())

    @property
    def amount(self) -> str:
        """The amount beside a heading, with what follows it; "" where there is none."""
        return self.text[self._beside[0] :] if self._beside else ""

    @property
    def has_minus(self) -> bool:
        """Whether a minus is printed apart from the amount beside a heading: a dash after a gap is one."""
        return bool(_MINUS_APART.search(self.lines[-1].text))

    @property
    def title(self) -> str:
        """A heading without the amount beside it."""
        return self.text[: self._beside[1]] if self._beside else self.text.rstrip(" :")

    @property
    def line(self) -> int:
        """The first line."""
        return self.lines[0].number

    @property
    def is_marked(self) -> bool:
        """Whether it is a heading whose level is printed (`##`)."""
        return self.lines[0].text.startswith("#")

    def line_at(self, place: int) -> int:
        """The line that a place in the text is printed on."""
        return self.lines[max(0, bisect_right(self.starts, place) - 1)].number


def read_blocks(lines: list[str], taken: Container[int] = ()) -> list[Block]:
    """The blocks of a document, in order, without the lines that tables have `taken` and those of the pages' edges."""
    left_out = _furniture(lines)
    width = _page_width(lines)
    blocks: list[list[Line]] = []
    above: list[int] = []
    blank = _FORM_FEED
    for number, printed in enumerate(lines, 1):
        raw = clean(printed) if "</" in printed and "\t" not in printed else printed
        text = raw.strip(_AROUND).strip()
        blank += _FORM_FEED * ("\f" in printed)
        if not text or number in taken or number in left_out:
            blank += 1
            continue
        line = Line(number, text + BROKEN * breaks_word(raw), raw.startswith("\t"))
        if blocks and (_goes_on(blocks[-1], text, width) if not blank else _is_cut(blocks[-1], text, width)):
            blocks[-1].append(line)
        else:
            blocks.append([line])
            above.append(blank)
        blank = 0
    made = [_block(block, blank) for block, blank in zip(blocks, above, strict=True)]
    return _with_headings([part for block in made for part in _points(block)])


def _furniture(lines: list[str]) -> set[int]:
    """The lines alone that are a link; and at the ends of pages, numbers and heads that return with one that grows."""
    found = set()
    heads: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, blank in _alone(lines):
        text = lines[number - 1].strip()
        if _LINK.fullmatch(text) or (blank >= _PAGE_END and _PAGE_NUMBER.fullmatch(text)):
            found.add(number)
        elif blank >= _PAGE_END and (head := _NUMBERED_HEAD.fullmatch(text)):
            heads[head[2]].append((number, int(head[1] or head[3] or 0)))
    for printed in heads.values():
        if len(printed) > _MOST_SAME and all(above[1] < below[1] for above, below in pairwise(printed)):
            found |= {number for number, _ in printed}
    return found


def _alone(lines: list[str]) -> Iterator[tuple[int, int]]:
    """The lines between blank lines, each with how many are around it."""
    printed = [number for number, text in enumerate(lines, 1) if text.strip()]
    for above, number, below in zip(
        [-_PAGE_END, *printed], printed, [*printed[1:], len(lines) + _PAGE_END], strict=False
    ):
        if number - above > 1 and below - number > 1:
            feeds = sum("\f" in text for text in lines[max(0, above) : below])
            yield number, below - above - 2 + feeds * _PAGE_END


def _page_width(lines: list[str]) -> int:
    """How many characters the longest lines of a page have; 0 where lines are not wrapped: where none of several
    begins with a small letter, none goes on with the one above.
    """
    below = [line.strip() for above, line in pairwise(lines) if above.strip() and line.strip()]
    if len(below) >= _SEVERAL and not any(text[0].islower() for text in below):
        return 0
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if not lengths or sum(length > _WIDEST_PAGE for length in lengths) * 20 > len(lengths):
        return 0
    widest = lengths[-1 - len(lengths) // 20]
    return min(_WIDEST_PAGE, widest) if widest > _NARROWEST_PAGE else 0


def _goes_on(block: list[Line], text: str, width: int) -> bool:
    above = block[-1].text
    if _HASHES.match(text) or _HASHES.match(above) or _has_gap(text) or _has_gap(above):
        return False
    begins_item = _BULLET.match(text) or _NUMBERED.match(text)
    if begins_item:
        return False
    if text[0].islower() or text[0] in "(,;»":
        return not above.endswith(_END) or above.endswith((*_SHORT_UNITS, "ca."))
    if above.endswith((BROKEN, *HYPHENS)):
        return True
    if len(block) == 1 and text[0].isupper() and _is_title(above):
        return False
    if text[0].isupper() and _ENDS_ROW.search(above):
        return False
    if width and len(above) + 1 + len(text.split(None, 1)[0]) > width * _WRAPPED and len(above) > width / 2:
        return True
    return bool(width and text[0].isdigit() and not above.endswith(_END) and len(above) > width * 0.6)


def _is_title(text: str) -> bool:
    """Whether a full line may be a heading above a text that begins anew: no sentence, and no name at its end."""
    printed = text.split()
    open_end = len(printed[-1]) < _SHORTEST_END or not printed[-1].islower()
    is_clause = not _CLAUSE.isdisjoint(map(str.lower, printed)) or any(map(_PASSIVE.fullmatch, printed))
    return not open_end and not is_clause and is_heading(text) and "," not in text


def _is_cut(block: list[Line], text: str, width: int) -> bool:
    """Whether a text goes on with a block that the end of the page cuts."""
    above = block[-1].text
    full = bool(width) and len(above) > width * _CUT
    return full and text[0].islower() and not _has_gap(above) and not above.endswith(_END) and not _HASHES.match(above)


# "Kulturtilskudd     –  60": a sign in the column of its number.
_SIGN_APART = re.compile(r"(?<=\s\s)[-–−+]\s+(?=\d)|(?<=\t)[-–−+]\s+(?=\d)")


def _block(lines: list[Line], blank: int) -> Block:
    first = lines[0].text
    hashes = _HASHES.match(first)
    if hashes:
        text = clean(first[hashes.end() :])
        return Block(HEADING, lines, text, level=len(hashes[1]), blank=blank, starts=(0,), has_gap=_has_gap(first))
    if len(lines) == 1 and _has_gap(first):
        return Block(
            ROW,
            lines,
            " ".join(_SIGN_APART.sub(lambda match: match[0].strip(), first).split()),
            blank=blank,
            starts=(0,),
            has_gap=True,
        )
    marked = _BULLET.match(first) or _NUMBERED.match(first)
    if first.startswith("**") or (
        marked and marked[0].strip() in "-–—" and _SAID.search(" ".join(line.text for line in lines[-2:]))
    ):
        marked = None
    mark = marked[0] if marked else ""
    text, starts = joined([first[len(mark) :], *(line.text for line in lines[1:])])
    return Block(ITEM if mark else PARAGRAPH, lines, text, mark.strip(), blank=blank, starts=starts)


def _has_gap(text: str) -> bool:
    """Whether gaps part a line like the cells of a row."""
    cells = _CELLS.split(text)
    if len(cells) != _TITLE_AND_AMOUNT or "\t" in text:
        return len(cells) > 1
    found = find_amounts(cells[1])
    if _NUMBER.fullmatch(cells[1]):
        return True
    return len(found) == 1 and not found[0].start and bool(_AFTER_AMOUNT.fullmatch(cells[1][found[0].end :]))


def _points(block: Block) -> list[Block]:
    """A block, or its points where several are printed on one line ("a) Skole. b) Helse.")."""
    if not block.mark.endswith(")"):
        return [block]
    places = [match.start() for match in _POINT.finditer(block.text)]
    parts = []
    for start, end in zip([0, *places], [*places, len(block.text)], strict=True):
        first, last = (bisect_right(block.starts, place) - 1 for place in (start, end - 1))
        starts = tuple(max(0, place - start) for place in block.starts[first : last + 1])
        text = block.text[start:end].rstrip()
        parts.append(Block(ITEM, block.lines[first : last + 1], text, block.mark, blank=block.blank, starts=starts))
    return parts


def _with_headings(blocks: list[Block]) -> list[Block]:
    """The blocks, with the paragraphs that are headings said to be so: none where the text marks its headings."""
    if sum(block.kind == HEADING for block in blocks) > _MOST_MARKED:
        return blocks
    for index, block in enumerate(blocks):
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if (
            block.kind == PARAGRAPH
            and not block.lines[0].is_set_in
            and is_heading(block.text)
            and _stands_apart(block, below, blocks[index - 1] if index else None)
        ):
            block.kind, block.level = HEADING, 3
    return blocks


def _stands_apart(block: Block, below: Block | None, above: Block | None) -> bool:
    if below is None:
        return block.gap
    is_title = len(block.text) < _SHORT or _VERBS.isdisjoint(block.text.lower().split())
    under_heading = above is not None and above.kind == HEADING and is_title
    if under_heading and (below.gap or (not block.gap and below.kind == PARAGRAPH and below.text.endswith("."))):
        return True
    return block.gap or (is_title and below.kind == PARAGRAPH and len(below.text) > _LONGEST_HEADING)


def is_heading(text: str) -> bool:
    """Whether a line that stands alone is made like a heading: short, no sentence, no amount."""
    bare = text.rstrip(":").strip("* ")
    if (
        not bare
        or is_unit_line(bare)
        or len(bare) > _LONGEST_HEADING
        or len(bare.split()) > _MOST_WORDS
        or bare[-1] in ".,;"
    ):
        return False
    if text.endswith(":") and (len(bare.split()) > 4 or not _NO_HEADING.isdisjoint(bare.casefold().split())):
        return False
    return bare[0].isupper() or (bare[0].isdigit() and not bare[-1].isdigit()) or bool(_YEAR.fullmatch(bare))
