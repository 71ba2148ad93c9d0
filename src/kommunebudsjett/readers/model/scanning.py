"""The lines of a document in; its printed tables with number, caption and chapter, and its prose out."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kommunebudsjett.readers.model.marked import marked_tables
from kommunebudsjett.readers.model.markup import clean, heading_text
from kommunebudsjett.readers.model.numbers import is_number, is_value, is_year
from kommunebudsjett.readers.model.rows import CAPTION, LEADER, NO_LABEL, NO_ROW, Grid, Row
from kommunebudsjett.readers.model.spaced import spaced_tables
from kommunebudsjett.readers.text import NUMBER
from kommunebudsjett.readers.unit_words import unit_of_line

# An amount in words, as sentences have it.
_SENTENCE = re.compile(r"\d\s?(?:mill|mrd|milliard|kroner|kr\b)", re.IGNORECASE)
_NUMBERS_LAST = re.compile(r"(?<!\S)[-–−+(]?\d[\d.,]*\s+[-–−+(]?\d[\d.,]*[)%]?$")
_CHAPTER = re.compile(r"(\d{1,2})\.\s+[A-ZÆØÅ]")
_CONTENTS = ("innhold", "innholdsfortegnelse")
_PAGE = re.compile(r"(?:s\.\s?)?\d{1,3}")
# A heading and its page.
_CELLS_OF_CONTENTS = 2
# A line this short between caption and table (`Tall i millioner kroner`) belongs to the caption.
_SHORT_LINE = 60
# Labels of rows are no longer than this.
_LONGEST_LABEL = 200
_AMOUNT = re.compile(
    r"(?:ca\.?\s|kr\.?\s)?[+-]?\d[\d .,]*\s?(?:kr|kroner|mill|million|millioner|millionar|mrd|milliarder|tusen)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Prose(NamedTuple):
    """A line that is not in a table, headings and list items too."""

    line: int
    text: str
    section: str


@dataclass
class PrintedTable:
    """The lines of one table.

    `remark` is a short line between caption and table; the line of what is missing is 0. `header` is how many rows the
    header has, where that is known.
    """

    number: str
    caption: str
    section: str
    remark: str = ""
    caption_line: int = 0
    remark_line: int = 0
    rows: list[Row] = field(default_factory=list)
    header: int = 0


def header_key(cells: list[str]) -> str:
    """What two printings of the same header line have in common, wherever the page broke words."""
    return "\t".join(clean(cell).replace(" ", "").casefold() for cell in cells).rstrip("\t")


def names_columns(cells: list[str]) -> bool:
    """Whether the cells after the first may name columns: words or years, and no value."""
    names = [name for name in map(clean, cells[1:]) if name]
    return bool(names) and not any(is_value(name) and not is_year(name) for name in names)


def _is_of_contents(cells: list[str]) -> bool:
    """Whether a line of the list of contents has these cells: words, and no number but a page at the end."""
    *words, last = [cell for cell in map(clean, cells) if cell] or [""]
    if any(map(is_number, words[1:])) or not words:
        return not any(map(is_number, words))
    return _PAGE.fullmatch(last) is not None or (len(words) < _CELLS_OF_CONTENTS and not is_number(last))


def _label_row(loose: "_LooseLine") -> Row:
    """A line without cells among rows: a label, or a row whose numbers have no cells, which is nobody's label."""
    text = loose.text.strip()
    if _NUMBERS_LAST.search(text) or _SENTENCE.search(text):
        return Row(loose.line, ["", text], "the line has numbers and no cells")
    return Row(loose.line, [text, ""])


def _is_header(cells: list[str]) -> bool:
    """Whether a line in the middle of a table is a header line.

    Under an empty first cell names may repeat (`Antall`, `Andel`, `Antall`, `Andel`); beside a label they
    could be a row of words, so there each must be printed once.
    """
    if not names_columns(cells):
        return False
    names = [name for name in map(clean, cells[1:]) if name]
    return not cells[0] or (len(set(names)) == len(names) and not all(map(is_year, names)))


def names_year(name: str) -> bool:
    """Whether clean header text is a year or words with a year (`Budsjett 2025`), and no value."""
    return is_year(name) or (_YEAR.search(name) is not None and not is_value(name))


def _names_years(cells: list[str]) -> bool:
    """Whether a line with a label names a year in each of its columns, as no row of values does.

    Years alone must follow each other.
    """
    names = [clean(cell) for cell in cells[1:]]
    if len(names) < 2 or not cells[0] or not all(map(names_year, names)):
        return False
    years = [int(name) for name in names if is_year(name)]
    return not years or (len(years) == len(names) and years == list(range(years[0], years[0] + len(years))))


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
        self.rows: list[Row] = []
        self.loose: list[_LooseLine] = []
        self.after_gap = False

    def blank(self) -> None:
        self.after_gap = True

    def table_line(self, line: int, text: str) -> None:
        cells = [cell.strip() for cell in text.split("\t")]
        if (self.in_contents or (LEADER.search(text) and self.table is None)) and _is_of_contents(cells):
            self._contents(text)
            return
        self.in_contents = False
        if self.loose:
            if self._are_labels(cells):
                self.rows.extend(map(_label_row, self.loose))
                self.loose.clear()
            else:
                self.end_table()
        if self.table is None or self._begins_new_table(cells):
            self._begin_table()
        self.rows.append(Row(line, cells))
        self.after_gap = False

    def grid(self, grid: Grid, lines: list[str]) -> None:
        """Take a table that other signs than tabs mark; lines in it that are no rows are prose."""
        self.end_table()
        if self.in_contents and all(len(row.cells) <= _CELLS_OF_CONTENTS for row in grid.rows):
            return
        self.in_contents = False
        self._begin_table(grid.header)
        self.rows.extend(grid.rows)
        self.end_table()
        self.after_gap = False
        rows = {line for row in grid.rows for line in (row.lines or (row.line,))}
        for line in range(grid.begin + 1, grid.end + 1):
            if grid.header and line not in rows and lines[line - 1].strip():
                self.prose.append(Prose(line, lines[line - 1], self.section))

    def _begin_table(self, header: int = 0) -> None:
        self.table = PrintedTable(
            self.number, self.caption, self.section, self.remark, self.caption_line, self.remark_line, header=header
        )
        self.tables.append(self.table)
        self.rows = self.table.rows
        self.number = self.caption = self.remark = ""

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
        rows = self.rows
        header_below = _is_header(below)
        if header_below and header_key(below) != header_key(rows[0].cells):
            return False
        if not names_columns(rows[-1].cells) and any(unit_of_line(loose.text) for loose in self.loose):
            # What is said of units between rows is about other rows than those above.
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
        rows = self.rows
        if _names_years(cells) and header_key(cells) != header_key(rows[0].cells) and not names_columns(rows[-1].cells):
            return True
        if not _is_header(cells) or (cells[0] and not self.after_gap):
            return False
        in_words = names_columns(rows[-1].cells)
        if in_words and not (self.after_gap and not cells[0] and len(cells) != len(rows[0].cells)):
            # In a text table, and in a header of several lines, words follow on words.
            return False
        return header_key(cells) != header_key(rows[0].cells)

    def other_line(self, line: int, text: str) -> None:
        if self.table is not None:
            if len(text) <= _LONGEST_LABEL and NO_ROW.fullmatch(text.strip()):
                self.prose.append(Prose(line, text, self.section))
                return
            if len(text) <= _LONGEST_LABEL and not text.startswith(NO_LABEL) and not CAPTION.match(clean(text)):
                self.loose.append(_LooseLine(line, text, self.after_gap))
                self.after_gap = False
                return
            self.end_table()
        self._prose(line, text)

    def caption_below(self, line: int, text: str, above: int) -> None:
        """Take the caption of the table whose last row is the line above, else any other line."""
        table = self.tables[-1] if self.tables else None
        if table is None or table.number or table.rows[-1].line != above or self.loose:
            self.other_line(line, text)
            return
        match = CAPTION.match(clean(text))
        if match:
            table.number, table.caption = match[1] or match[2], match[3] or ""
        self.end_table()
        self.prose.append(Prose(line, text, self.section))

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
        match = CAPTION.match(text)
        if match:
            self.number = match[1] or match[2]
            self.caption = match[3] or ""
            self.caption_line = self.line
        return match is not None

    def _caption_line(self, text: str) -> None:
        """Take a caption that is no heading; `Tabell 1.1.3 viser ...` is a sentence about a table."""
        match = CAPTION.match(text)
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
            len(text) <= _SHORT_LINE and not self.remark and not NUMBER.match(text) and not CAPTION.match(text)
        )


def scan(lines: list[str]) -> tuple[list[PrintedTable], list[Prose]]:
    """The printed tables of a document and its other lines, both in the order of the document."""
    scanner = _Scanner()
    grids = {grid.begin: grid for grid in (*spaced_tables(lines), *marked_tables(lines))}
    index = above = 0
    while index < len(lines):
        text = lines[index]
        if index in grids:
            scanner.grid(grids[index], lines)
            index = above = grids[index].end
            continue
        if "\t" in text:
            scanner.table_line(index + 1, text)
        elif not text or text.isspace():
            scanner.blank()
        elif _is_caption_below(lines, index, grids):
            scanner.caption_below(index + 1, text, above)
        else:
            scanner.other_line(index + 1, text)
        index += 1
        above = index if text.strip() else above
    scanner.end_table()
    tables = [table for table in scanner.tables if not _is_list(table)]
    items = [
        Prose(row.line, lines[row.line - 1], table.section)
        for table in scanner.tables
        if _is_list(table)
        for row in table.rows
    ]
    return tables, sorted([*scanner.prose, *items], key=lambda line: line.line) if items else scanner.prose


def _is_caption_below(lines: list[str], index: int, grids: dict[int, Grid]) -> bool:
    """Whether a line is a caption (`Tabell 2.1 Drift`), and no table begins below it."""
    text = clean(lines[index]) if "Tabell" in lines[index][:_SHORT_LINE] else ""
    match = CAPTION.match(text) if text.startswith("Tabell") else None
    if match is None or (match[3] or "")[:1].islower():
        return False
    below = next((at for at in range(index + 1, len(lines)) if lines[at].strip()), None)
    return below is None or not ("\t" in lines[below] or below in grids)


def _is_list(table: PrintedTable) -> bool:
    """Whether the lines are items with an amount each, that tabs part from its label, and no table."""
    filled = [[cell for cell in row.cells if cell] for row in table.rows]
    if any(len(cells) != 2 or is_value(cells[0]) for cells in filled):
        return False
    amounts = [cells[1] for cells in filled]
    return all(map(_AMOUNT.match, amounts)) or (len(amounts) == 1 and is_number(amounts[0]) and not is_year(amounts[0]))
