"""Lines that stand in no table in, headings, paragraphs and items out, by how they are set."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from kommunebudsjett.pdf.lines import LEVEL, RAISED, Line, leadings
from kommunebudsjett.pdf.segments import is_contents
from kommunebudsjett.pdf.tables import Table

_BULLETS = "•●▪◦■○‣·➢✓\uf0b7\uf0a7\uf0d8\uf02d"
_BULLET = re.compile(rf"[{_BULLETS}]|[-–−](?=\s)|o(?=\s)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-zæøå])[.)]\s")
_SENTENCE_END = (".", "!", "?", ":", ";", "»", "”")
# A block begins where a line stands so much lower than the lines of a paragraph usually do.
_GAP = 1.22
# By so much larger than the text is a heading.
_LARGER = 1.06
_LONGEST_HEADING = 200
_LONGEST_SENTENCE = 130
_MOST_HEADING_LINES = 4
_DEEPEST = 6


@dataclass
class Block:
    """Lines that belong together. `kind` is heading, paragraph, item or contents; `level` that of a heading or item.

    `goes_on` says that it goes on with the block above, which a page or a column cut.
    """

    kind: str
    lines: list[Line]
    level: int = 0
    goes_on: bool = False

    @property
    def page(self) -> int:
        return self.lines[0].page


@dataclass
class Setting:
    """How a document is set: the size of its text, and the sizes and weights of its headings, highest first."""

    size: float
    leading: dict[float, float]
    headings: list[tuple[float, bool]] = field(default_factory=list)


def find_blocks(items: list[Line | Table]) -> list[Block | Table]:
    """The blocks and tables of a document in order."""
    lines = [item for item in items if isinstance(item, Line)]
    setting = _setting(lines, items)
    found: list[Block | Table] = []
    current: list[Line] = []

    def end() -> None:
        if current:
            found.append(_block(list(current), setting))
            current.clear()

    for item in items:
        if isinstance(item, Table):
            end()
            found.append(item)
        elif current and _parts(current, item, setting):
            end()
            current.append(item)
        else:
            current.append(item)
    end()
    _level(found, setting)
    _mark_cut(found, setting)
    return found


def style(line: Line) -> tuple[float, bool]:
    """The size and weight of a line."""
    return line.size, line.bold


def _setting(lines: list[Line], items: list[Line | Table]) -> Setting:
    sizes: Counter[float] = Counter()
    for line in lines:
        if not line.bold:
            sizes[line.size] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else (lines[0].size if lines else 10.0)
    apart = [(above, below) for above, below in pairwise(items) if isinstance(above, Line) and isinstance(below, Line)]
    return Setting(size, leadings(apart))


def _leading(line: Line, setting: Setting) -> float:
    return setting.leading.get(line.size, 1.25 * line.size)


def _parts(current: list[Line], line: Line, setting: Setting) -> bool:
    """Whether a block ends between its lines so far and the next line."""
    above = current[-1]
    if not line.gap or above.page != line.page:
        return True
    if is_contents(above) or is_contents(line):
        return True
    if line.gap > _GAP * _leading(line, setting) or line.gap < 0:
        return True
    if abs(line.size - above.size) > 0.6 or (line.bold != above.bold and _changes(current, line)):
        return True
    if _is_item(line):
        return True
    return _was_ended(current, line)


def _changes(current: list[Line], line: Line) -> bool:
    """Whether the weight changes with the line, not in the middle of a sentence."""
    return current[-1].bold or not current[0].bold


def _is_item(line: Line) -> bool:
    text = line.text
    return bool(_BULLET.match(text)) or bool(_NUMBERED.match(text) and text[:1].isdigit())


def _was_ended(current: list[Line], line: Line) -> bool:
    """Whether the line above was ended on purpose: the first word of the next had ample room on it."""
    above = current[-1]
    right = max((known.right for known in [*current, line]), default=above.right)
    first = line.words[0]
    room = right - above.right - 0.3 * line.size
    ended = above.text.endswith(_SENTENCE_END)
    return room > (first.right - first.left) * (1.0 if ended else 1.5) + (0.0 if ended else 4 * line.size)


def _block(lines: list[Line], setting: Setting) -> Block:
    first = lines[0]
    text = " ".join(line.text for line in lines)
    if len(lines) == 1 and is_contents(first):
        return Block("contents", lines)
    if _is_item(first) and (_BULLET.match(first.text) or not first.bold):
        return Block("item", lines)
    larger = min(line.size for line in lines) >= _LARGER * setting.size
    bold = all(line.bold for line in lines) and first.size >= 0.95 * setting.size
    short = len(lines) <= _MOST_HEADING_LINES and len(text) <= _LONGEST_HEADING
    sentence = text.endswith((".", ",", ";")) and not re.match(r"(?:Tabell\s+)?\d", text)
    # A sentence can be a heading, as a goal; a longer one is a paragraph that is set in bold.
    heading = (larger or bold) and (not sentence or len(text) <= _LONGEST_SENTENCE)
    if short and heading and any(map(str.isalpha, text)):
        return Block("heading", lines)
    return Block("paragraph", lines)


def _level(found: list[Block | Table], setting: Setting) -> None:
    """Give headings their levels by size and weight, and items theirs by how far they are set in."""
    styles = Counter(style(block.lines[0]) for block in found if isinstance(block, Block) and block.kind == "heading")
    setting.headings = sorted(styles, key=lambda found: (-found[0], not found[1]))
    for block in found:
        if isinstance(block, Block) and block.kind == "heading":
            block.level = min(_DEEPEST, setting.headings.index(style(block.lines[0])) + 1)
    lefts: list[float] = []
    for block in found:
        if not isinstance(block, Block) or block.kind != "item":
            lefts = []
            continue
        left = block.lines[0].left
        while lefts and left < lefts[-1] - 4:
            lefts.pop()
        if not lefts or left > lefts[-1] + 4:
            lefts.append(left)
        block.level = len(lefts)


def _mark_cut(found: list[Block | Table], setting: Setting) -> None:
    """Mark the paragraphs that go on with the one above over the end of a page or of a column."""
    for above, block in pairwise(found):
        if not isinstance(above, Block) or not isinstance(block, Block):
            continue
        if block.kind != "paragraph" or above.kind not in ("paragraph", "item"):
            continue
        last, first = above.lines[-1], block.lines[0]
        if first.gap or abs(last.size - first.size) > 0.6:
            continue
        ended = plain(last.text).rstrip().endswith((".", "!", "?", ":"))
        block.goes_on = not ended or plain(first.text)[:1].islower()


def plain(text: str) -> str:
    """Text without the marks of raised characters."""
    return text.replace(RAISED, "").replace(LEVEL, "")


def without_bullet(text: str) -> str:
    """The text of an item without its bullet."""
    match = _BULLET.match(text)
    return text[match.end() :].lstrip() if match else text
