"""The characters of a page in, its words and printed lines out, in the order in which they are read."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from kommunebudsjett.forms.lost import NO_LETTER
from kommunebudsjett.pdf.frame import Box
from kommunebudsjett.pdf.glyphs import UNKNOWN, Glyph, Page, Turned

# Around raised characters inside a text.
RAISED, LEVEL = "\ue000", "\ue001"
_SPACES = " \t\u00a0\u2007\u2009\u202f\u2002\u2003\u2004\u2005\u2006\u2008\u200a"
# Spaces at which no line ends: between them stands one number or name.
_GLUE = "\u00a0\u2007\u2009\u202f\u200a\u2006"
# Shares of the size of the letters.
_SPACE = 0.14
_WIDEST_SPACE_IN_NUMBER = 0.45
_SAME_BASELINE = 0.08
_SAME_LINE = 0.4
_RAISED = 0.2
_HIGHEST = 0.75
_NEAR = 0.35
_SMALLER = 0.88
# The lines of one turned cell, and the shares by which letters are set apart or printed over themselves.
_NEXT_TURNED = 1.25
_FEWEST_SPACED, _WIDEST_SPACED = 4, 0.7
_AGAIN = 0.35
_FEWEST_DOTS = 4
_SOFT_MINUS = re.compile("\u00ad(?=\\d)|^\u00ad$")
_STRUCK = "it is struck out"


@dataclass(slots=True)
class Word:
    """Characters that stand together; raised ones stand between RAISED and LEVEL. `space` is printed before it.

    `unread` says why it is left out of the text, where it is.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    space: str = " "
    unread: str = ""


@dataclass
class Line:
    """A printed line: its words from left to right, its page, and `gap`, how far below the line above it stands.

    `gap` is 0 for the first line of a page or of a column of text.
    """

    words: list[Word]
    page: int
    y: float
    gap: float = 0.0

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            size = round(word.size * 2) / 2
            sizes[size] = sizes.get(size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold, what has no letters left out."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))

    @cached_property
    def text(self) -> str:
        return joined(self.words)


def joined(words: Iterable[Word]) -> str:
    """Words as text, with the spaces printed between them, without those that are left out."""
    parts: list[str] = []
    for word in words:
        if word.unread:
            continue
        if parts:
            parts.append(word.space)
        parts.append(word.text)
    return "".join(parts)


def leadings(pairs: Iterable[tuple[Line, Line]]) -> dict[float, float]:
    """By size, how far apart the lines of a paragraph stand: the smallest distance that is common.

    `pairs` are lines that stand right below each other.
    """
    gaps: dict[float, Counter[float]] = {}
    for above, below in pairs:
        if below.gap and above.size == below.size and above.page == below.page:
            gaps.setdefault(below.size, Counter())[round(below.gap * 2) / 2] += 1
    found = {}
    for size, counted in gaps.items():
        enough = max(2, counted.most_common(1)[0][1] // 4)
        common = [gap for gap, count in counted.items() if count >= enough and 0.9 * size <= gap <= 2.2 * size]
        if common:
            found[size] = min(common)
    return found


def page_lines(page: Page) -> tuple[list[Line], list[str]]:
    """The lines of a page from top to bottom, each over the full width; and the turned texts that head no column."""
    words = _with_raised(_words(page.glyphs))
    cells = [cell for part in page.turned for cell in _turned_cells(part, page)]
    heads, alone = _heads(cells)
    lines = lines_of([*words, *_bullets(page, words), *heads], page.number)
    return lines, [cell.word.text for cell in alone]


@dataclass(slots=True)
class _TurnedCell:
    """Turned text as a word of the upright page: its `y` is the foot of what it covers, `top` the head."""

    word: Word
    top: float


def _turned_cells(part: Turned, page: Page) -> list[_TurnedCell]:
    cells: list[list[Line]] = []
    for line in lines_of(_words(part.glyphs), page.number):
        above = cells[-1][-1] if cells else None
        near = above is not None and line.y - above.y <= _NEXT_TURNED * line.size
        if above is not None and near and line.left < above.right and above.left < line.right:
            cells[-1].append(line)
        else:
            cells.append([line])
    return [_turned_cell(cell, part, page) for cell in cells]


def _turned_cell(lines: list[Line], part: Turned, page: Page) -> _TurnedCell:
    size, words = lines[0].size, [word for line in lines for word in line.words]
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    box = page.frame.box_from(part.frame, Box(left, lines[0].y - 0.8 * size, right, lines[-1].y))
    unread = next((word.unread for word in words if word.unread), "")
    text = " ".join(word.text for word in words)
    return _TurnedCell(Word(text, box.left, box.right, box.bottom, size, lines[0].bold, " ", unread), box.top)


def _heads(cells: list[_TurnedCell]) -> tuple[list[Word], list[_TurnedCell]]:
    """Turned texts side by side, as those of a header are, on one line; and the others."""
    heads: list[Word] = []
    alone: list[_TurnedCell] = []
    for cell in cells:
        beside = [other for other in cells if other.top < cell.word.y and cell.top < other.word.y]
        if len(beside) > 1:
            foot = max(other.word.y for other in beside)
            heads.append(replace(cell.word, y=foot))
        else:
            alone.append(cell)
    return heads, alone


def _bullets(page: Page, words: list[Word]) -> list[Word]:
    """The dots that stand before the first word of a line, as bullets."""
    bullets = []
    for dot in page.dots:
        middle = (dot.top + dot.bottom) / 2
        beside = [word for word in words if word.y - word.size < middle < word.y]
        after = [word for word in beside if 0 < word.left - dot.right < 2.5 * word.size]
        if after and not any(word.left < dot.left for word in beside):
            word = after[0]
            bullets.append(Word("•", dot.left, dot.right, word.y, word.size, False))
    return bullets


def lines_of(words: list[Word], page: int) -> list[Line]:
    """Words that stand on one line, as lines from top to bottom."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.y, word.left)):
        for line in reversed(lines[-3:]):
            apart = abs(word.y - line[0].y)
            if apart <= _SAME_LINE * max(word.size, line[0].size) and not _overlaps(word, line):
                line.append(word)
                break
        else:
            lines.append([word])
    made = []
    for line in lines:
        line.sort(key=lambda word: word.left)
        made.append(Line(line, page, max(word.y for word in line)))
    made.sort(key=lambda line: (line.y, line.left))
    return made


def _overlaps(word: Word, line: list[Word]) -> bool:
    """Whether a word stands on one of a line; dots that lead to it may go on behind it."""
    slack = 0.1 * word.size
    return not is_leader(word) and any(
        word.left < other.right - slack and other.left < word.right - slack for other in line if not is_leader(other)
    )


def is_leader(word: Word) -> bool:
    """Whether a word is a row of dots that leads to the next one."""
    return (len(word.text) > 3 and not word.text.strip(".…")) or word.text == "……"


def _words(glyphs: list[Glyph]) -> list[Word]:
    """Characters on one baseline, cut into words at spaces and gaps."""
    words: list[Word] = []
    for row in _rows(glyphs):
        words += _spaced_letters(list(_cut(row)))
    return _glued(words)


def _cut(row: list[Glyph]) -> Iterator[Word]:
    current: list[Glyph] = []
    space = " "
    for place, glyph in enumerate(row):
        is_space = glyph.text in _SPACES
        leads = current and (glyph.text == ".") != (current[-1].text == ".") and _leads(row, place)
        if current and (is_space or leads or glyph.left - current[-1].right > _SPACE * glyph.size):
            yield _word(current, space)
            current, space = [], " "
        if not is_space:
            current.append(glyph)
        elif glyph.text in _GLUE:
            space = glyph.text
    if current:
        yield _word(current, space)


def _leads(row: list[Glyph], place: int) -> bool:
    """Whether a row of dots begins at a place, or has just ended there."""
    after, before = row[place : place + _FEWEST_DOTS], row[max(0, place - _FEWEST_DOTS) : place]
    return any(len(part) == _FEWEST_DOTS and all(glyph.text == "." for glyph in part) for part in (after, before))


def _spaced_letters(words: list[Word]) -> list[Word]:
    """Words with those whole again that are set with room between all their letters."""
    made: list[Word] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isalpha():
            end += 1
        run = words[at:end]
        if len(run) < _FEWEST_SPACED:
            made += words[at : end + 1]
            at = end + 1
            continue
        gaps = [after.left - before.right for before, after in pairwise(run)]
        most = min(1.5 * median(gaps), _WIDEST_SPACED * run[0].size)
        made.append(run[0])
        for gap, word in zip(gaps, run[1:], strict=True):
            if gap <= most:
                made[-1].text += word.text
                made[-1].right = word.right
            else:
                made.append(word)
        at = end
    return made


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - rows[-1][0].y <= max(0.5, _SAME_BASELINE * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_once(sorted(row, key=lambda glyph: glyph.left)) for row in rows]


def _once(row: list[Glyph]) -> list[Glyph]:
    """Characters without those that are printed again over themselves, which makes them bold."""
    made: list[Glyph] = []
    for glyph in row:
        for at in range(max(0, len(made) - 3), len(made)):
            same = made[at]
            # The two letters of a ligature have one place.
            moved = (glyph.left, glyph.y) != (same.left, same.y)
            if moved and same.text == glyph.text and glyph.left - same.left < _AGAIN * (same.right - same.left):
                made[at] = same._replace(bold=True, struck=same.struck or glyph.struck)
                break
        else:
            made.append(glyph)
    return made


def _word(glyphs: list[Glyph], space: str) -> Word:
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    size = sizes.most_common(1)[0][0]
    text: list[str] = []
    raised = False
    for glyph in glyphs:
        # A font can have raised figures of its own, which stand on the same baseline as other letters.
        now = glyph.text.isalnum() and glyph.y - glyph.bottom > _RAISED * glyph.size and glyph.bottom > glyph.top
        if now != raised:
            text.append(RAISED if now else LEVEL)
            raised = now
        text.append(glyph.text)
    if raised:
        text.append(LEVEL)
    bold = sum(glyph.bold for glyph in glyphs) * 2 > len(glyphs)
    # A soft hyphen that is printed before a figure is its minus.
    said = _SOFT_MINUS.sub("-", "".join(text))
    struck = sum(glyph.struck for glyph in glyphs) * 2 > len(glyphs) and any(map(str.isalnum, said))
    return Word(
        said, glyphs[0].left, glyphs[-1].right, glyphs[0].y, size, bold, space, _STRUCK if struck else _why_unread(said)
    )


def _why_unread(text: str) -> str:
    return NO_LETTER if UNKNOWN in text and any(map(str.isdigit, text)) else ""


def _glued(words: list[Word]) -> list[Word]:
    """Words with the parts of a number together: `1 257` is one word."""
    made: list[Word] = []
    for word in words:
        before = made[-1] if made else None
        if before is not None and before.y == word.y and _continues_number(before, word):
            before.text += word.space + word.text
            before.right = word.right
            before.unread = before.unread or word.unread or _why_unread(before.text)
        else:
            made.append(word)
    return made


def _continues_number(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    if not 0 <= gap <= _WIDEST_SPACE_IN_NUMBER * word.size:
        return False
    if not before.text.strip(UNKNOWN):
        # It can be the sign of the number.
        return word.text[0].isdigit()
    if not (before.text[-1].isdigit() and word.text[:3].isdigit() and not word.text[3:4].isdigit()):
        return False
    # Of what stands before, the last group has one to three figures, and three where it is not the first.
    groups = before.text.lstrip("-−–(").split(word.space)
    return all(map(str.isdigit, groups)) and len(groups[0]) <= 3 and len(word.text[:4].rstrip(",.;:)%")) == 3


def _with_raised(words: list[Word]) -> list[Word]:
    """Words with the small characters that stand above their ends joined to them as raised."""
    kept: list[Word] = []
    usual = Counter(round(word.size) for word in words).most_common(1)
    largest_mark = usual[0][0] * 1.5 if usual else 0
    small: list[Word] = []
    for word in words:
        (small if len(word.text) <= 4 and word.size <= largest_mark else kept).append(word)
    # A mark stands at a larger word, a little above the line of it.
    hosts = sorted(words, key=lambda word: word.y)
    heights = [word.y for word in hosts]
    largest = max((word.size for word in words), default=0.0)
    for mark in small:
        if mark.size > _SMALLER * largest:
            kept.append(mark)
            continue
        near = hosts[bisect_right(heights, mark.y) : bisect_right(heights, mark.y + _HIGHEST * largest)]
        host, after = _host(mark, near)
        if host is None:
            kept.append(mark)
        elif after:
            host.text += f"{RAISED}{mark.text}{LEVEL}"
            host.right = max(host.right, mark.right)
        else:
            host.text = f"{RAISED}{mark.text}{LEVEL} {host.text}"
            host.left = mark.left
    return kept


def _host(mark: Word, words: list[Word]) -> tuple[Word | None, bool]:
    """The word that a raised mark stands at, and whether it stands after it."""
    for word in words:
        if word is mark or mark.size > _SMALLER * word.size or not 0 < word.y - mark.y <= _HIGHEST * word.size:
            continue
        if word.y - mark.y < 0.5 * _RAISED * word.size:
            continue
        if -0.2 * word.size <= mark.left - word.right <= _NEAR * word.size:
            return word, True
    for word in words:
        if word is mark or mark.size > _SMALLER * word.size or not 0 < word.y - mark.y <= _HIGHEST * word.size:
            continue
        if -0.2 * word.size <= word.left - mark.right <= _NEAR * word.size:
            return word, False
    return None, False
