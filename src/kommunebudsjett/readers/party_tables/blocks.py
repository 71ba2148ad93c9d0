"""Raw lines in, blocks of text out: what stands between blank lines, without page furniture."""

import re
from collections import defaultdict
from itertools import pairwise
from typing import NamedTuple

# So many blank lines, or a form feed, are the end of a page.
PAGE_GAP = 5
# A line without a page number is a running head where it stands at this share of the page ends.
_MOST_PAGES = 0.6

_LINK = re.compile(r"(?:https?://|www\.)\S+")
_PAGE_NUMBER = re.compile(r"(?:side\s*)?[-–]?\s*(\d{1,3})\s*[-–]?(?:\s*(?:av|/|\|)\s*\d{1,3})?", re.IGNORECASE)
# Two figures at the end: a row of a table, which can be the same in many tables, and no head.
_ROW = re.compile(r"\d%?\s+[-−–]?\s?\d[\d,\u00a0\u2009\u202f]*%?$")
_NUMBERED_HEAD = re.compile(r"(?:(\d{1,3})\s*\|?\s+)?(.+?)(?:\s*\|?\s+(?:side\s+)?(\d{1,3}))?", re.IGNORECASE)


class Line(NamedTuple):
    """A printed line: its number in the file and its text without the spaces around it."""

    number: int
    text: str


class Block(NamedTuple):
    """Lines that stand together, and how many blank lines stand above them."""

    lines: list[Line]
    gap: int


def split_blocks(lines: list[str]) -> list[Block]:
    """The blocks of a document, in order.

    Links and page numbers that stand alone, and heads or feet that return page after page, are left out; the blank
    lines around them then count as one gap.
    """
    blocks: list[Block] = []
    current: list[Line] = []
    gap = 0
    form_feeds = {number for number, raw in enumerate(lines, 1) if "\f" in raw}
    for number, text in enumerate(map(str.strip, lines), 1):
        if number in form_feeds:
            current = []
            gap += PAGE_GAP
        if not text:
            current = []
            gap += 1
        elif current:
            current.append(Line(number, text))
        else:
            current = [Line(number, text)]
            blocks.append(Block(current, gap))
            gap = 0
    return _without_furniture(blocks)


def _without_furniture(blocks: list[Block]) -> list[Block]:
    furniture = _running_heads(blocks)
    kept: list[Block] = []
    above = 0
    for index, block in enumerate(blocks):
        gap = above + block.gap
        if index in furniture or (len(block.lines) == 1 and _stands_alone(blocks, index)):
            above = gap + 1
            continue
        kept.append(Block(block.lines, gap))
        above = 0
    return kept


def _stands_alone(blocks: list[Block], index: int) -> bool:
    text = blocks[index].lines[0].text
    if text.startswith(("http", "www.")):
        return bool(_LINK.fullmatch(text))
    return text[-1].isdigit() and bool(_PAGE_NUMBER.fullmatch(text)) and _at_page_end(blocks, index)


def _at_page_end(blocks: list[Block], index: int) -> bool:
    below = blocks[index + 1].gap if index + 1 < len(blocks) else PAGE_GAP
    return blocks[index].gap + below >= PAGE_GAP


def _running_heads(blocks: list[Block]) -> set[int]:
    """Lines alone at page ends that are the same: on three pages with a number that grows, or on most pages."""
    ends = sum(block.gap >= PAGE_GAP for block in blocks)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, block in enumerate(blocks):
        text = block.lines[0].text
        if (
            len(block.lines) == 1
            and _at_page_end(blocks, index)
            and not (text[-1] in "0123456789%" and _ROW.search(text))
        ):
            head = _NUMBERED_HEAD.fullmatch(text)
            if head:
                page = head[1] or head[3]
                places[head[2]].append((index, int(page) if page else 0))
    heads: set[int] = set()
    for found in places.values():
        pages = [page for _, page in found]
        numbered = all(above < below for above, below in pairwise(pages))
        on_most = not any(pages) and len(found) > max(3, ends * _MOST_PAGES)
        if on_most or (numbered and len(found) >= 3):
            heads.update(index for index, _ in found)
    return heads
