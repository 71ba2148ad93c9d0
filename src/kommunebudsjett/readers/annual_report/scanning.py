"""The lines of a report in; its printed tables with number, caption and chapter, and its prose out."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kommunebudsjett.readers.annual_report.markup import clean, heading_text
from kommunebudsjett.readers.annual_report.values import is_value, is_year
from kommunebudsjett.readers.text import NUMBER

_CAPTION = re.compile(
    r"(?:(?:Tabell\s+)?(\d{1,2}(?:\.\d{1,2}){2,})(?!\d)|Tabell\s+(\d+(?:\.\d+)+))(?:[.:]?\s+(.*)|[.:]?$)"
)
_CHAPTER = re.compile(r"(\d{1,2})\.\s+[A-ZÆØÅ]")
_CONTENTS = ("innhold", "innholdsfortegnelse")
# Dots between a heading and its page in the list of contents, which prints chapters in bold.
_LEADER = "...."
# A line this short between caption and table (`Tall i millioner kroner`) belongs to the caption.
_SHORT_LINE = 60
# Labels of rows are no longer than this; what begins so is no label: a heading, a list item, a footnote.
_LONGEST_LABEL = 200
_NO_LABEL = ("#", "- ", "– ", "• ", "* ", "\\*")


class Row(NamedTuple):
    """A printed table line: its cells without surrounding spaces."""

    line: int
    cells: list[str]


class Prose(NamedTuple):
    """A line that is not in a table, headings and list items too."""

    line: int
    text: str
    section: str


@dataclass
class PrintedTable:
    """The lines of one table. `remark` is a short line between caption and table; 0 is the line of what is missing."""

    number: str
    caption: str
    section: str
    remark: str = ""
    caption_line: int = 0
    remark_line: int = 0
    rows: list[Row] = field(default_factory=list)


def header_key(cells: list[str]) -> str:
    """What two printings of the same header line have in common, wherever the page broke words."""
    return "\t".join(clean(cell).replace(" ", "").casefold() for cell in cells).rstrip("\t")


def names_columns(cells: list[str]) -> bool:
    """Whether the cells after the first may name columns: words or years, and no value."""
    names = [name for name in map(clean, cells[1:]) if name]
    return bool(names) and not any(is_value(name) and not is_year(name) for name in names)


def _is_header(cells: list[str]) -> bool:
    """Whether a line in the middle of a table is a header line.

    Under an empty first cell names may repeat (`Antall`, `Andel`, `Antall`, `Andel`); beside a label they
    could be a row of words, so there each must be printed once.
    """
    if not names_columns(cells):
        return False
    names = [name for name in map(clean, cells[1:]) if name]
    return not cells[0] or (len(set(names)) == len(names) and not all(map(is_year, names)))


class _LooseLine(NamedTuple):
    """A line without tabs after a table line: a label whose empty cells were not printed, or prose."""

    line: int
    text: str
    after_gap: bool


class _Scanner:
    def __init__(self) -> None:
        self.tables: list[PrintedTable] = []
        self.prose: list[Prose] = []
        self.section = ""
        self.chapter = 0
        self.in_contents = False
        self.chapters: set[str] = set()
        self.chapter_numbers: set[int] = set()
        self.number = self.caption = self.remark = ""
        self.caption_line = self.remark_line = self.line = 0
        self.table: PrintedTable | None = None
        self.loose: list[_LooseLine] = []
        self.after_gap = False

    def blank(self) -> None:
        self.after_gap = True

    def table_line(self, line: int, text: str) -> None:
        if self.in_contents or _LEADER in text:
            self._contents(text)
            return
        cells = [cell.strip() for cell in text.split("\t")]
        if self.loose:
            if self._are_labels(cells):
                self.table.rows.extend(Row(loose.line, [loose.text.strip(), ""]) for loose in self.loose)
                self.loose.clear()
            else:
                self.end_table()
        if self.table is None or self._begins_new_table(cells):
            self.table = PrintedTable(
                self.number, self.caption, self.section, self.remark, self.caption_line, self.remark_line
            )
            self.tables.append(self.table)
            self.number = self.caption = self.remark = ""
        self.table.rows.append(Row(line, cells))
        self.after_gap = False

    def _contents(self, text: str) -> None:
        heading = clean(text.split("\t")[0]).rstrip(" .")
        if text.startswith("<b>"):
            self.chapters.add(heading.casefold())
        chapter = _CHAPTER.match(heading)
        if chapter:
            self.chapter_numbers.add(int(chapter[1]))

    def _are_labels(self, below: list[str]) -> bool:
        """Whether the loose lines belong to the table around them.

        Each touches it or goes on in lower case; between a header and its rows, and above rows without a header of
        their own, they need be no more than short.
        """
        rows = self.table.rows
        header_below = _is_header(below)
        if header_below and header_key(below) != header_key(rows[0].cells):
            return False
        short = all(len(loose.text) <= _SHORT_LINE and loose.text[-1] != "." for loose in self.loose)
        if short and (not header_below or names_columns(rows[-1].cells)):
            return True
        touches_below = not header_below and not self.after_gap
        for loose in reversed(self.loose):
            if loose.after_gap and not touches_below and not loose.text[0].islower():
                return False
            touches_below = touches_below and not loose.after_gap
        return True

    def _begins_new_table(self, cells: list[str]) -> bool:
        rows = self.table.rows
        if not _is_header(cells) or (cells[0] and not self.after_gap):
            return False
        in_words = names_columns(rows[-1].cells)
        if in_words and not (self.after_gap and not cells[0] and len(cells) != len(rows[0].cells)):
            # In a text table, and in a header of several lines, words follow on words.
            return False
        return header_key(cells) != header_key(rows[0].cells)

    def other_line(self, line: int, text: str) -> None:
        if self.table is not None:
            if len(text) <= _LONGEST_LABEL and not text.startswith(_NO_LABEL) and not _CAPTION.match(clean(text)):
                self.loose.append(_LooseLine(line, text, self.after_gap))
                self.after_gap = False
                return
            self.end_table()
        self._prose(line, text)

    def end_table(self) -> None:
        """End the table; the loose lines after it were prose."""
        self.table = None
        for loose in self.loose:
            self._prose(loose.line, loose.text)
        self.loose.clear()

    def _prose(self, line: int, text: str) -> None:
        self.line = line
        if text[0] == "#":
            self._heading(text)
        elif self.number:
            self._after_caption(text)
        elif text[0].isdigit() or text[0] in "*T<":
            self._caption_line(clean(text))
        self.prose.append(Prose(line, text, self.section))

    def _heading(self, text: str) -> None:
        heading = heading_text(text)
        self.in_contents = heading.casefold() in _CONTENTS
        self.number = self.caption = self.remark = ""
        chapter = _CHAPTER.match(heading)
        if chapter and self._is_next(int(chapter[1])):
            self.chapter = int(chapter[1])
            self.section = heading
        elif not self._caption(heading) and (heading.casefold() in self.chapters or self._stands_highest(text)):
            self.section = heading

    def _stands_highest(self, text: str) -> bool:
        """Whether a heading is a chapter's by its level, which tells where no list of contents does."""
        return text.startswith("# ") and not self.chapters and not self.chapter_numbers

    def _is_next(self, chapter: int) -> bool:
        """Whether a heading of this number begins a chapter: the next one, or one of those in the list of contents."""
        known = not self.chapter_numbers or chapter in self.chapter_numbers
        return chapter == self.chapter + 1 or (chapter > self.chapter and known)

    def _caption(self, text: str) -> bool:
        match = _CAPTION.match(text)
        if match:
            self.number = match[1] or match[2]
            self.caption = match[3] or ""
            self.caption_line = self.line
        return match is not None

    def _caption_line(self, text: str) -> None:
        """Take a caption that is no heading; `Tabell 1.1.3 viser ...` is a sentence about a table."""
        match = _CAPTION.match(text)
        if match and not (text[0] == "T" and (match[3] or "")[:1].islower()):
            self._caption(text)

    def _after_caption(self, text: str) -> None:
        text = clean(text)
        if text and text[0].islower():
            self.caption = f"{self.caption} {text}".lstrip()
        elif self._may_be_remark(text):
            self.remark = text
            self.remark_line = self.line
        else:
            self.number = self.caption = self.remark = ""
            self._caption_line(text)

    def _may_be_remark(self, text: str) -> bool:
        return bool(text) and (
            len(text) <= _SHORT_LINE and not self.remark and not NUMBER.match(text) and not _CAPTION.match(text)
        )


def scan(lines: list[str]) -> tuple[list[PrintedTable], list[Prose]]:
    """The printed tables of a report and its other lines, both in the order of the document."""
    scanner = _Scanner()
    for number, text in enumerate(lines, start=1):
        if "\t" in text:
            scanner.table_line(number, text)
        elif not text or text.isspace():
            scanner.blank()
        else:
            scanner.other_line(number, text)
    scanner.end_table()
    return scanner.tables, scanner.prose
