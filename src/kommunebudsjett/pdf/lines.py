"""The characters of a page in, its words and printed lines out, in the order in which they are read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from kommunebudsjett.pdf.glyphs import Glyph, Page

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
# A gutter between columns of text.
_GUTTER = 0.9
_FEWEST_LINES_IN_COLUMN = 6
_FULL = 0.7


@dataclass(slots=True)
class Word:
    """Characters that stand together; raised ones stand between RAISED and LEVEL. `space` is printed before it."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    space: str = " "


@dataclass(slots=True)
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

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes = Counter()
        for word in self.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold, what has no letters left out."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def text(self) -> str:
        return joined(self.words)


def joined(words: Iterable[Word]) -> str:
    """Words as text, with the spaces printed between them."""
    parts: list[str] = []
    for word in words:
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


def page_lines(page: Page) -> list[Line]:
    """The lines of a page from top to bottom, each over the full width."""
    words = _with_raised(_words(page.glyphs))
    return lines_of([*words, *_bullets(page, words)], page.number)


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
    slack = 0.1 * word.size
    return any(word.left < other.right - slack and other.left < word.right - slack for other in line)


def _words(glyphs: list[Glyph]) -> list[Word]:
    """Characters on one baseline, cut into words at spaces and gaps."""
    words: list[Word] = []
    for row in _rows(glyphs):
        current: list[Glyph] = []
        space = " "
        for glyph in row:
            if glyph.text in _SPACES:
                if current:
                    words.append(_word(current, space))
                    current = []
                    space = " "
                if glyph.text in _GLUE:
                    space = glyph.text
                continue
            if current and glyph.left - current[-1].right > _SPACE * glyph.size:
                words.append(_word(current, space))
                current = []
                space = " "
            current.append(glyph)
        if current:
            words.append(_word(current, space))
    return _glued(words)


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.y):
        if rows and glyph.y - rows[-1][0].y <= max(0.5, _SAME_BASELINE * glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda glyph: glyph.left)
    return rows


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
    return Word("".join(text), glyphs[0].left, glyphs[-1].right, glyphs[0].y, size, bold, space)


def _glued(words: list[Word]) -> list[Word]:
    """Words with the parts of a number together: `1 257` is one word."""
    made: list[Word] = []
    for word in words:
        before = made[-1] if made else None
        if before is not None and before.y == word.y and _continues_number(before, word):
            before.text += word.space + word.text
            before.right = word.right
        else:
            made.append(word)
    return made


def _continues_number(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    if not 0 <= gap <= _WIDEST_SPACE_IN_NUMBER * word.size:
        return False
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
    small = []
    for word in words:
        (small if len(word.text) <= 4 and word.size <= largest_mark else kept).append(word)
    for mark in small:
        host, after = _host(mark, words)
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


def in_columns(lines: list[Line]) -> list[list[Line]]:
    """The lines of a page in reading order, in parts: a column of text, or what goes over the full width."""
    gutter = _gutter(lines)
    if gutter is None:
        return [lines]
    parts: list[list[Line]] = []
    left: list[Word] = []
    right: list[Word] = []
    page = lines[0].page

    def end() -> None:
        for words in (left, right):
            if words:
                parts.append(lines_of(words, page))
        left.clear()
        right.clear()

    for line in lines:
        if _crosses(line, gutter):
            end()
            if parts and _crosses(parts[-1][-1], gutter):
                parts[-1].append(line)
            else:
                parts.append([line])
            continue
        for word in line.words:
            (left if word.right <= gutter else right).append(word)
    end()
    return parts


def _crosses(line: Line, gutter: float) -> bool:
    """Whether a line goes over the gutter, with a word or with no more than a space between two."""
    for before, after in pairwise(line.words):
        if before.right <= gutter <= after.left:
            return after.left - before.right < _GUTTER * line.size
    return line.left < gutter < line.right


def _gutter(lines: list[Line]) -> float | None:
    """Where two columns of running text meet; None where a page has one column."""
    if len(lines) < _FEWEST_LINES_IN_COLUMN:
        return None
    first, last = min(line.left for line in lines), max(line.right for line in lines)
    width = last - first
    middle: list[float] = []
    for line in lines:
        for before, after in pairwise(line.words):
            at = (before.right + after.left) / 2
            if after.left - before.right >= _GUTTER * line.size and abs(at - first - width / 2) < 0.15 * width:
                middle.append(at)
    tried = [at for at, _ in Counter(round(at) for at in middle).most_common(5)] or [round(first + width / 2)]
    for gutter in tried:
        sides: tuple[int, int] = (0, 0)
        crossing = 0
        for line in lines:
            if _crosses(line, gutter):
                crossing += 1
                continue
            for side in (0, 1):
                words = [word for word in line.words if (word.left >= gutter) == bool(side)]
                if words and _is_text(words, (gutter - first) if not side else (last - gutter)):
                    sides = (sides[0] + (not side), sides[1] + side)
        if min(sides) >= _FEWEST_LINES_IN_COLUMN and crossing <= 0.5 * min(sides):
            return gutter
    return None


def _is_text(words: list[Word], width: float) -> bool:
    """Whether words are a full line of running text."""
    text = "".join(word.text for word in words)
    letters = sum(map(str.isalpha, text))
    return words[-1].right - words[0].left >= _FULL * width and letters >= 0.75 * len(text) and len(words) >= 3
