"""Blocks and tables in, the lines of the text out, with the marks that readers take."""

import re
import unicodedata
from collections.abc import Iterator

from kommunebudsjett.core.texts import LeftOut, Text
from kommunebudsjett.pdf.blocks import Block, plain, without_bullet
from kommunebudsjett.pdf.hyphens import Joiner
from kommunebudsjett.pdf.lines import LEVEL, RAISED, Line, Word, joined
from kommunebudsjett.pdf.segments import segments
from kommunebudsjett.pdf.tables import Row, Table

_RAISED = re.compile(f"{RAISED}([^{LEVEL}]*){LEVEL}")
_POWER = re.compile(rf"(?<=m){RAISED}([23]){LEVEL}(?![^\W\d_])")
_LEADER = re.compile(r"\s*(?:(?:\.\s?){4,}|…{2,})\s*")
_AMOUNT = re.compile(r"(?:kr\.?\s?)?[-−–+(]?\s?\d")
_TABS = "\t"


def write(items: list[Block | Table], pages: int) -> Text:
    """The text, and the first line of each page."""
    writer = _Writer(Joiner([text for item in items for text in _whole(item)]))
    for index, item in enumerate(items):
        above = items[index - 1] if index else None
        below = items[index + 1] if index + 1 < len(items) else None
        if isinstance(item, Table):
            writer.table(item)
        elif not any(line.text for line in item.lines):
            writer.add("", item.lines)
        else:
            writer.block(item, above, below)
    return writer.text(pages)


def _whole(item: Block | Table) -> Iterator[str]:
    """The texts of an item that hold whole words: not those at which the line of a cell ends or the next begins."""
    if isinstance(item, Block):
        yield from (line.text for line in item.lines)
        return
    for row in item.rows:
        for cell in row.cells:
            for place, words in enumerate(cell):
                yield joined(words[place > 0 : len(words) - (place < len(cell) - 1)])


class _Writer:
    """Headings with `#`, a paragraph a line, items with `-`, tables with tabs."""

    def __init__(self, joiner: Joiner):
        self.joiner = joiner
        self.lines: list[str] = []
        self.first: dict[int, int] = {}
        self.left_out: list[LeftOut] = []

    def add(self, text: str, printed: list[Line]) -> None:
        """Add the text of printed lines as a line; what they have that is unread is listed."""
        if text.strip():
            self.first.setdefault(printed[0].page, len(self.lines) + 1)
            self.lines.append(unicodedata.normalize("NFC", text))
        for line in printed:
            for word in line.words:
                if word.unread:
                    self.left_out.append(LeftOut(max(1, len(self.lines)), plain(word.text), word.unread))

    def blank(self, count: int = 1) -> None:
        """So many blank lines above what follows, not at the beginning."""
        if not self.lines:
            return
        there = 0
        while there < len(self.lines) and not self.lines[-1 - there]:
            there += 1
        self.lines.extend([""] * (count - there))

    def text(self, pages: int) -> Text:
        """The lines; a page without text begins where the next one does."""
        starts: list[int] = []
        following = len(self.lines) + 1
        for page in range(pages, 0, -1):
            following = min(following, self.first.get(page, following))
            starts.append(following)
        return Text(self.lines, starts[::-1], self.left_out)

    def table(self, table: Table) -> None:
        """The rows, with a blank line above a header that is printed again, or that begins another table."""
        before: Row | None = None
        for row in table.rows:
            begins = row.is_header or row.names_years
            if before is None or (begins and not before.is_header):
                self.blank()
            self.add(self.row(row), row.lines)
            before = row

    def cell(self, cell: list[list[Word]]) -> str:
        return self.raised(self.joiner.join_cell(joined(words) for words in cell))

    def raised(self, text: str) -> str:
        if RAISED not in text:
            return text
        return _RAISED.sub(r"<sup>\1</sup>", _POWER.sub(lambda match: "²" if match[1] == "2" else "³", text))

    def block(self, block: Block, above: Block | Table | None, below: Block | Table | None) -> None:
        if block.goes_on:
            self._go_on(block)
            return
        parts = [line.text for line in block.lines]
        if block.kind == "contents":
            if not (isinstance(above, Block) and above.kind == "contents"):
                self.blank()
            self.add(self._contents(block.lines[0]), block.lines)
            return
        text = self.raised(self.joiner.join(parts))
        if block.kind == "item":
            if not (isinstance(above, Block) and above.kind == "item"):
                self.blank()
            numbered = text[:1].isdigit()
            mark = "" if numbered else "- "
            self.add(f"{'  ' * (block.level - 1)}{mark}{text if numbered else without_bullet(text)}", block.lines)
            return
        self.blank()
        if block.kind == "heading":
            text = _gapped(block, self) if len(block.lines) == 1 else text
            self.add(f"{'#' * block.level} {text}", block.lines)
        else:
            self.add(text, block.lines)

    def _go_on(self, block: Block) -> None:
        """A paragraph that a page cuts goes on in the next line; a word that it cuts stands whole in the first."""
        text = self.raised(self.joiner.join(line.text for line in block.lines))
        if self.joiner.is_broken(self.lines[-1], text):
            head, _, text = text.partition(" ")
            self.lines[-1] = self.joiner.join([self.lines[-1], head])
        self.add(text, block.lines)

    def _contents(self, line: Line) -> str:
        name, _, page = _LEADER.sub("\n", line.text).partition("\n")
        marks = ("<b>", "</b>") if line.bold else ("", "")
        return f"{marks[0]}{self.raised(name)}{marks[1]} .....{_TABS}{marks[0]}{page}{marks[1]}"

    def row(self, row: Row) -> str:
        return _TABS.join(self._cells(row))

    def _cells(self, row: Row) -> list[str]:
        texts = [self.cell(cell) for cell in row.cells]
        if row.is_header:
            return texts
        return [f"<b>{text}</b>" if _is_bold(cell) else text for text, cell in zip(texts, row.cells, strict=True)]


def _is_bold(cell: list[list[Word]]) -> bool:
    """Whether all words with letters or figures are bold, and there are some."""
    said = [word for words in cell for word in words if any(map(str.isalnum, word.text)) and not word.unread]
    return bool(said) and all(word.bold for word in said)


def _gapped(block: Block, writer: _Writer) -> str:
    """A line with an amount that stands apart at its right end after a tab."""
    return _TABS.join(writer.raised(joined(part)) for part in _with_amount(block.lines[0]))


def _with_amount(line: Line) -> list[list[Word]]:
    *before, last = segments(line)
    name = [word for part in before for word in part.words]
    if _AMOUNT.match(last.text) and any(map(str.isalpha, joined(name))):
        return [name, last.words]
    return [line.words]
