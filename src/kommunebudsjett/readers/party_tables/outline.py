"""Prose and tables in, the outline of a party budget out: sections, directives, and which printing a table is in."""

import re
from dataclasses import dataclass, field

from kommunebudsjett.readers.party_tables.amounts import Amount, stated_amounts
from kommunebudsjett.readers.party_tables.blocks import Block, Line
from kommunebudsjett.readers.party_tables.header import names_no_area
from kommunebudsjett.readers.party_tables.prose import Piece, Typography
from kommunebudsjett.readers.party_tables.tables import Table
from kommunebudsjett.readers.party_tables.text import join_text, normal, words
from kommunebudsjett.readers.party_tables.values import ends_in_amounts, is_one_number, split_row
from kommunebudsjett.readers.unit_words import PER_MILLION, unit_of_label, unit_of_line

INVESTMENT, RUNNING = "investering", "drift"
_VERBAL = re.compile(
    r"(?:verbal\w*(?:\s+(?:føring|forslag|vedtak|merknad|punkt|tillegg|bestilling)\w*)?|føringer)\s*(?:(?:[:\-–−]|\bfor\b|\btil\b)\s*(?P<area>.*))?",
    re.IGNORECASE,
)
_PART_OF_BUDGET = re.compile(r"(?:drift|investering(?:er)?|verbale føringer)\s*[-–−:]\s*(?=\S)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\([^)]*\)\s*$")
_PARTS = ((INVESTMENT, re.compile(r"investering", re.IGNORECASE)), (RUNNING, re.compile(r"drift", re.IGNORECASE)))
_COLLECTED = re.compile(r"tabell|vedlegg|samlet|samla", re.IGNORECASE)

# Of the rows of a table, the share that is printed in another one where both are the same table.
_SAME = 0.5

# The area of what stands before the first chapter.
INTRODUCTION = "Innledning"
OUTSIDE = "a row of numbers outside a table: no header of years stands above it"


@dataclass
class Section:
    """Prose under a heading. A directive is a section of the chapter of verbal føringer."""

    area: str
    heading: str
    heading_lines: list[Line]
    is_directive: bool
    lines: list[Line] = field(default_factory=list)
    text: str = ""


@dataclass
class PlacedTable:
    """A table with its area and kind ("" where no heading tells it), the chapter heading it is under, its printing, and
    the heading right above it or "".
    """

    table: Table
    area: str
    kind: str
    section: str
    printing: str
    above: str


@dataclass
class Outline:
    """What a document is made of, apart from the numbers in its tables."""

    sections: list[Section] = field(default_factory=list)
    tables: list[PlacedTable] = field(default_factory=list)
    amounts: list[Amount] = field(default_factory=list)


def area_of(heading: str) -> str:
    """The area that a chapter heading or a caption names: without the part of the budget, the unit and a colon."""
    if any(mark in heading for mark in "(:-–−"):
        heading = _PARENTHESIS.sub("", _PART_OF_BUDGET.sub("", heading, count=1)).rstrip(": ").strip()
    return _without_unit(heading)


def _without_unit(heading: str) -> str:
    """A heading without the unit that ends it ("Oppvekst - mill. kr")."""
    if unit_of_label(heading) in PER_MILLION:
        printed = heading.split()
        for place in range(1, len(printed)):
            if unit_of_line(" ".join(printed[place:]).lstrip(" ,:-–−")):
                return " ".join(printed[:place]).rstrip(" ,:-–−")
    return heading


def read_outline(items: list[Block | Table], document: list[str]) -> Outline:
    """Place the prose in sections and the tables in chapters. `document` has the lines of the whole document."""
    walker = _Walker(items, document)
    prose: list[Block] = []
    for item in items:
        if isinstance(item, Table):
            walker.take_prose(prose)
            walker.take_table(item)
            prose = []
        else:
            prose.append(item)
    walker.take_prose(prose)
    walker.place_tables()
    for section in walker.outline.sections:
        section.text = join_text([line.text for line in section.lines], document)
    return walker.outline


class _Walker:
    """Goes through a document and keeps the headings above the place that it has come to."""

    def __init__(self, items: list[Block | Table], document: list[str]):
        tables = [item for item in items if isinstance(item, Table)]
        self.unnamed = _captions_of_no_area(tables)
        captions = {table.header.caption for table in tables}
        self.areas = {normal(area_of(caption)) for caption in captions if normal(caption) not in self.unnamed}
        names = {table.header.caption for table in tables}
        names.update(name for table in tables for row in table.rows for name in (row.label, row.group) if name)
        prose = [item for item in items if isinstance(item, Block)]
        self.typography = Typography(prose, frozenset(map(normal, names)), document)
        # The lines that state a unit: what is printed there is no amount.
        self.units = {number for number, line in enumerate(document, 1) if unit_of_line(line.strip())}
        self.outline = Outline()
        self.area = INTRODUCTION
        self.in_directives = False
        # Headings since the last paragraph.
        self.chain: list[Piece] = []
        self.section: Section | None = None
        # The part of the budget that the last heading that names one is for, "" where a table of it has been taken.
        self.part = RUNNING
        # For each table: the heading right above it ("" where none), and whether prose stands between it and the last.
        self.above: list[tuple[str, bool]] = []
        # Where the sections since the last table begin, and whether one of the headings since was an area.
        self.since_table = 0
        self.area_named = False
        self.prose_since_table = False

    def take_prose(self, blocks: list[Block]) -> None:
        """Take the prose between two tables."""
        if not blocks:
            return
        for piece in self.typography.pieces(blocks):
            stated = [amount for amount in stated_amounts(piece.lines) if amount.line not in self.units]
            self.outline.amounts += stated
            listed = {amount.line for amount in stated}
            for line in piece.lines:
                self.outline.amounts += [Amount(line.number, raw, OUTSIDE) for raw in _row(line, listed)]
            if piece.is_heading:
                self._take_heading(piece)
            else:
                self._take_paragraph(piece)

    def _take_heading(self, piece: Piece) -> None:
        self.section = None
        text = _heading(piece)
        verbal = _VERBAL.fullmatch(text)
        if verbal:
            self.in_directives = True
            self.chain = []
            self.area = area_of(verbal["area"] or "") or self.area
            return
        self.chain.append(piece)
        self.part = part_of(text) or self.part

    def _take_paragraph(self, piece: Piece) -> None:
        self.prose_since_table = True
        if self.section is None:
            self.section = self._open_section()
            self.outline.sections.append(self.section)
        self.section.lines += piece.lines

    def _open_section(self) -> Section:
        headings = [_heading(piece) for piece in self.chain]
        last = self.chain[-1].lines if self.chain else []
        named = [area for area in map(area_of, headings) if normal(area) in self.areas]
        is_directive = self.in_directives and bool(headings)
        if is_directive and len(headings) > 1:
            self.area = area_of(headings[-2])
        elif named:
            self.area = named[-1]
            self.area_named = True
            is_directive = False
        self.chain = []
        return Section(self.area, headings[-1] if headings else self.area, last, is_directive)

    def take_table(self, table: Table) -> None:
        """Take a table; the prose since the last table, if no heading in it names an area, belongs to this table's."""
        caption = table.header.caption
        above = _heading(self.chain[-1]) if self.chain else ""
        area, section, kind = area_of(caption), caption, part_of(caption) or RUNNING
        if normal(caption) in self.unnamed:
            heading = self._chapter(table)
            area, section = area_of(heading), heading or caption
            kind = part_of(caption) or part_of(heading) or self.part
            self.part = "" if kind == INVESTMENT and not part_of(caption) else self.part
        if any(normal(area_of(_heading(piece))) == normal(area) for piece in self.chain):
            self.area_named = True
        if not self.area_named and not self.in_directives and area:
            for one in self.outline.sections[self.since_table :]:
                one.area = area
        self.above.append((above, self.prose_since_table))
        self.outline.tables.append(PlacedTable(table, area, kind, section, "chapter", above))
        self.chain = []
        self.section = None
        self.in_directives = False
        self.area_named = False
        self.prose_since_table = False
        self.since_table = len(self.outline.sections)

    def _chapter(self, table: Table) -> str:
        """The heading since the last table that names the area of one whose caption names none, "" where it is unclear.

        Of several headings it is the last that is the caption of another table; one that is a row of this table is a
        measure's. Without a heading the table goes on from the last one, if that had no caption of its own either.
        """
        found = [section.heading for section in self.outline.sections[self.since_table :] if section.heading_lines]
        found += [_heading(piece) for piece in self.chain[-1:]]
        rows = {normal(row.label) for row in table.rows} | {normal(row.group) for row in table.rows}
        names = {normal(area_of(one)): one for one in found if not _is_part(one) and normal(one) not in rows}
        known = [one for name, one in names.items() if name in self.areas or name == normal(table.header.caption)]
        if known:
            return known[-1]
        if not found and self.outline.tables and normal(self.outline.tables[-1].table.header.caption) in self.unnamed:
            return self.outline.tables[-1].section
        return next(iter(names.values())) if len(names) == 1 else ""

    def place_tables(self) -> None:
        """Tell the second printing, where the tables stand together, from the first."""
        start = self._second_printing()
        if start is None:
            return
        heading = self.above[start][0]
        for placed in self.outline.tables[start:]:
            placed.printing = "appendix"
            placed.section = heading or placed.section

    def _second_printing(self) -> int | None:
        """Where it starts: at a heading above the first table that is printed before, else at that table."""
        tables = self.outline.tables
        captions = [(normal(placed.area), normal(placed.table.header.caption)) for placed in tables]
        repeated = next(
            (
                place
                for place, table in enumerate(tables)
                if any(
                    captions[before] == captions[place] and _is_same(tables[before].table, table.table)
                    for before in range(place)
                )
            ),
            None,
        )
        if repeated is None:
            return next((place for place, (above, _) in enumerate(self.above) if _COLLECTED.search(above)), None)
        for place in range(repeated, 0, -1):
            heading, has_prose = self.above[place]
            if heading and normal(heading) not in captions[place]:
                return place
            if has_prose:
                break
        return repeated


def part_of(text: str) -> str:
    """The part of the budget that a caption or a heading begins with, "" where it names none."""
    return next((part for part, word in _PARTS if word.match(text)), "")


def _is_part(heading: str) -> bool:
    """Whether a heading names a part of the budget or the tables, and no area."""
    rest = [word for word in words(heading) if not any(pattern.match(word) for _, pattern in _PARTS)]
    return names_no_area(" ".join(rest)) or bool(_COLLECTED.search(heading))


def _captions_of_no_area(tables: list[Table]) -> set[str]:
    """The captions that name no area, by their words, or since different tables have them."""
    found: set[str] = set()
    of: dict[str, list[Table]] = {}
    for table in tables:
        caption = table.header.caption
        before = of.setdefault(normal(caption), [])
        if names_no_area(caption) or (before and not any(_is_same(other, table) for other in before)):
            found.add(normal(caption))
        before.append(table)
    return found


def _is_same(one: Table, other: Table) -> bool:
    """Whether two tables are printings of one: half of the rows of the smaller have a row with the same amounts."""
    small, large = sorted((one, other), key=lambda table: len(table.rows))
    amounts = {tuple(row.amounts) for row in large.rows}
    rows = [row for row in small.rows if not row.is_total]
    return bool(rows) and sum(tuple(row.amounts) in amounts for row in rows) >= _SAME * len(rows)


def _row(line: Line, listed: set[int]) -> list[str]:
    """The amounts that end a line like the row of a table, but for those of a sentence that are listed."""
    numbers = split_row(line.text, line.number)[1]
    if line.text[-1].isdigit() and len(numbers) > 1:
        return [] if is_one_number(numbers) else [number.raw for number in numbers]
    return [] if line.number in listed else ends_in_amounts(line.text)


def _heading(piece: Piece) -> str:
    return " ".join(line.text for line in piece.lines).rstrip(": ")
