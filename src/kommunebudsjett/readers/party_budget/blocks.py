"""Printed lines in, blocks out: headings, paragraphs, list items and rows of tables, each with its lines.

A paragraph that the page wraps is one block; so is a list item that goes on.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

HEADING, PARAGRAPH, ITEM, ROW = "heading", "paragraph", "item", "row"

_BULLET = re.compile(r"(?:[•●▪◦‣·*➢✓→■□]|[-–—](?=\s|[A-ZÆØÅ]))\s*(?=\S)")
_NUMBERED = re.compile(
    r"(?:\(?\d{1,2}[.)]|\(?[a-zæøå][.)]|(?:forslag|framlegg|punkt|pkt\.?|verbalforslag|vedtak)\s\d{1,2}\s?[.:)]?)\s+(?=\S)",
    re.IGNORECASE,
)
_HASHES = re.compile(r"(#{1,6})\s+")
# A dash before what somebody says opens no item.
_SAID = re.compile(r",\s(?:sier|seier|sa|mener|meiner|forteller|fortel)\s[^,.]+(?:,[^,.]+)?[.,]?$")
_CELLS = re.compile(r"\t+| {3,}\t*")
_POINT = re.compile(r"(?<=[.;:!?,]\s)(?=\(?[a-zæøå0-9]\)\s[A-ZÆØÅ])")
_YEARS_AT_END = re.compile(r"(?:^|(?<=\s))(?:19|20)\d\d(?:\s(?:19|20)\d\d)+$")
_MOST_LABEL_LINES = 3
_NUMBER = re.compile(r"[-−–]?\d+(?:,\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that make a line before a colon the beginning of a sentence.
_NO_HEADING = frozenset(
    ("vi", "me", "det", "de", "dei", "vil", "skal", "er", "foreslår", "føreslår", "følgende", "disse")
)
_LONGEST_HEADING = 90
_MOST_WORDS = 12
_WRAPPED = 0.86
_WIDEST_PAGE = 140
_NARROWEST_PAGE = 60
_END = tuple(".:;!?")


class Line(NamedTuple):
    """A printed line: its number in the file and its text without the spaces around it."""

    number: int
    text: str


@dataclass
class Block:
    """Lines that belong together. `level` is that of a heading, `cells` are those of a row."""

    kind: str
    lines: list[Line]
    text: str
    mark: str = ""
    level: int = 0
    gap: bool = False
    cells: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def line(self) -> int:
        """The first line."""
        return self.lines[0].number

    @property
    def is_marked(self) -> bool:
        """Whether it is a heading whose level is printed (`##`)."""
        return self.lines[0].text.startswith("#")

    @property
    def is_numbered(self) -> bool:
        """Whether it is an item with a number or a letter."""
        return any(map(str.isalnum, self.mark))

    def line_at(self, place: int) -> int:
        """The line that a place in the text is printed on."""
        return self.lines[max(0, bisect_right(self.starts, place) - 1)].number


def read_blocks(lines: list[str]) -> list[Block]:
    """The blocks of a document, in order."""
    width = _page_width(lines)
    blocks: list[list[Line]] = []
    gaps: list[bool] = []
    blank = True
    for number, raw in enumerate(lines, 1):
        text = raw.strip()
        if not text:
            blank = True
            continue
        line = Line(number, raw.strip(" \u00a0\f"))
        if not blank and blocks and _goes_on(blocks[-1], text, width):
            blocks[-1].append(line)
        else:
            blocks.append([line])
            gaps.append(blank)
        blank = False
    made = [_block(block, gap) for block, gap in zip(blocks, gaps, strict=True)]
    return _with_headings(with_spaced_rows([part for block in made for part in _points(block)]))


def _page_width(lines: list[str]) -> int:
    """How many characters the longest lines of a page have; 0 where lines are not wrapped."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    if not lengths or sum(length > _WIDEST_PAGE for length in lengths) * 20 > len(lengths):
        return 0
    widest = lengths[-1 - len(lengths) // 20]
    return min(_WIDEST_PAGE, widest) if widest > _NARROWEST_PAGE else 0


def _goes_on(block: list[Line], text: str, width: int) -> bool:
    above = block[-1].text
    if _HASHES.match(text) or _HASHES.match(above) or _cells(text) or _cells(above):
        return False
    begins_item = _BULLET.match(text) or _NUMBERED.match(text)
    if begins_item:
        return False
    if text[0].islower() or text[0] in "(,;»":
        return not above.endswith(_END) or above.endswith(("mill.", "kr.", "ca.", "mrd."))
    if width and len(above) + 1 + len(text.split(None, 1)[0]) > width * _WRAPPED and len(above) > width / 2:
        return True
    return bool(width and text[0].isdigit() and not above.endswith(_END) and len(above) > width * 0.6)


def _block(lines: list[Line], gap: bool) -> Block:
    first = lines[0].text
    hashes = _HASHES.match(first)
    if hashes:
        text = first[hashes.end() :].strip()
        return Block(HEADING, lines, text, level=len(hashes[1]), gap=gap, starts=(0,))
    cells = _cells(first) if len(lines) == 1 else ()
    if cells:
        return Block(ROW, lines, " ".join(filter(None, cells)), gap=gap, cells=cells, starts=(0,))
    marked = _BULLET.match(first) or _NUMBERED.match(first)
    if first.startswith("**") or (
        marked and marked[0].strip() in "-–—" and _SAID.search(" ".join(line.text for line in lines[-2:]))
    ):
        marked = None
    mark = marked[0] if marked else ""
    text, starts = _join([first[len(mark) :], *(line.text for line in lines[1:])])
    return Block(ITEM if mark else PARAGRAPH, lines, text, mark.strip(), gap=gap, starts=starts)


def _cells(text: str) -> tuple[str, ...]:
    """The cells of a line that is a row of a table; none where it is not."""
    if text.count("|") > 1:
        return tuple(cell.strip() for cell in text.strip("|").split("|"))
    if text.count(";") > 1 and not text.endswith("."):
        return tuple(cell.strip() for cell in text.split(";"))
    cells = tuple(cell.strip() for cell in _CELLS.split(text))
    return cells if len(cells) > 2 or (len(cells) > 1 and "\t" in text) else ()


def with_spaced_rows(blocks: list[Block]) -> list[Block]:
    """The blocks, with the lines under years in a row that end in as many numbers as rows of a table.

    Single spaces part the cells, so a row is one only where no number could go on with the next ("1 200").
    """
    out: list[Block] = []
    columns = 0
    for block in blocks:
        header = _YEARS_AT_END.search(block.text) if len(block.lines) == 1 and block.kind != ROW else None
        years = header[0].split() if header else []
        if header and [int(year) for year in years] == list(range(int(years[0]), int(years[0]) + len(years))):
            columns = len(years)
            out.append(replace(block, kind=ROW, cells=(block.text[: header.start()].strip(), *years)))
            continue
        cells = _spaced_cells(block, columns) if columns else None
        if cells is None:
            columns = 0 if block.kind == HEADING or len(block.text) > _LONGEST_HEADING else columns
            out.append(block)
        else:
            out.append(replace(block, kind=ROW, cells=cells))
    return out


def _spaced_cells(block: Block, columns: int) -> tuple[str, ...] | None:
    """The label and the numbers of a line that ends in exactly so many, None where it does not or may be read in other
    ways.
    """
    if len(block.lines) > _MOST_LABEL_LINES or block.kind == ROW:
        return None
    words = f"{block.mark} {block.text}".split()
    label, numbers = words[:-columns], words[-columns:]
    if not label or not all(map(_NUMBER.fullmatch, numbers)) or _NUMBER.fullmatch(label[-1]):
        return None
    # With more columns it would take as many blank cells for the numbers to be fewer.
    goes_on = columns < 3 and any(
        len(one) == 3 and one.isdigit() and len(above) < 4 for above, one in pairwise(numbers)
    )
    return None if goes_on else (" ".join(label), *numbers)


def _points(block: Block) -> list[Block]:
    """A block, or its points where several are printed on one line ("a) Skole. b) Helse.")."""
    if not block.mark.endswith(")"):
        return [block]
    places = [match.start() for match in _POINT.finditer(block.text)]
    parts = []
    for start, end in zip([0, *places], [*places, len(block.text)], strict=True):
        first = block.line_at(start)
        lines = [line for line in block.lines if first <= line.number <= block.line_at(end - 1)]
        starts = tuple(max(0, place - start) for place in block.starts if place < end)[-len(lines) :]
        text = block.text[start:end].rstrip()
        parts.append(Block(ITEM, lines, text, block.mark, gap=block.gap, starts=starts))
    return parts


def _join(texts: list[str]) -> tuple[str, tuple[int, ...]]:
    """The texts of lines as one with single spaces, and where each begins; hyphens at line ends are gone."""
    out = ""
    starts = []
    for text in texts:
        text = " ".join(text.split()).replace("\u00ad", "")
        if out.endswith("-") and out[-2:-1].isalpha() and text[:1].islower() and not text.startswith(("og ", "eller ")):
            out = out[:-1]
        elif out:
            out += " "
        starts.append(len(out))
        out += text
    return out, tuple(starts)


def _with_headings(blocks: list[Block]) -> list[Block]:
    """The blocks, with the paragraphs that are headings said to be so."""
    for index, block in enumerate(blocks):
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if (
            block.kind == PARAGRAPH
            and below is not None
            and is_heading(block.text)
            and _stands_apart(block, below, blocks[index - 1] if index else None)
        ):
            block.kind, block.level = HEADING, 3
    return blocks


def _stands_apart(block: Block, below: Block, above: Block | None) -> bool:
    if above is not None and above.kind == HEADING and below.gap:
        return True
    return block.gap or (below.kind == PARAGRAPH and len(below.text) > _LONGEST_HEADING)


def is_heading(text: str) -> bool:
    """Whether a line that stands alone is made like a heading: short, no sentence, no amount."""
    bare = text.rstrip(":").strip("* ")
    if not bare or len(bare) > _LONGEST_HEADING or len(bare.split()) > _MOST_WORDS or bare[-1] in ".,;":
        return False
    if text.endswith(":") and (len(bare.split()) > 4 or not _NO_HEADING.isdisjoint(bare.casefold().split())):
        return False
    return bare[0].isupper() or (bare[0].isdigit() and not bare[-1].isdigit()) or bool(_YEAR.fullmatch(bare))
