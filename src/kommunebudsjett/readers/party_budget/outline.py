"""The blocks and tables of a party budget in; its areas, and what each of its headings is, out.

Areas are known by what names them: lists of a chapter ("Verbale føringer - Oppvekst"), the captions of tables, and
headings that begin a page and share a word with the list that follows. Where nothing names any, there are none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kommunebudsjett.readers.model.tables import Table
from kommunebudsjett.readers.party_budget.blocks import HEADING, PARAGRAPH, Block
from kommunebudsjett.readers.party_budget.context import names_chapter
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.unit_words import PER_MILLION, unit_of_label, unit_of_line

# What a heading is: of a chapter, of a part of one, of a list in it, of a measure, of an instruction, or of text.
CHAPTER, PART, LIST, MEASURE, DIRECTIVE, TEXT = "chapter", "part", "list", "measure", "directive", "text"
INTRODUCTION = "Innledning"
_LIST = re.compile(
    r"(?P<what>verbal\w*(?:\s(?:føring|forslag|vedtak|merknad|punkt|tillegg|bestilling)\w*)?|føringer"
    r"|investering(?:er)?|drift)(?:\s?(?:[-–−:]|\bfor\b|\btil\b)\s?(?P<area>(?!.*(?:\d|budsjett|økonomiplan))\S.*?))?\s?:?",
    re.IGNORECASE,
)
_PART_OF_BUDGET = re.compile(r"(?:drift|investering(?:er)?|verbale føringer)\s*[-–−:]\s*(?=\S)", re.IGNORECASE)
_PARENTHESIS = re.compile(r"\s*\([^)]*\)\s*$")
_COLLECTED = re.compile(r"tabell|vedlegg|samlet|samla", re.IGNORECASE)
_WORD = re.compile(r"\w{3,}")
_ANY_WORD = re.compile(r"\w+")
_FILLER = frozenset(("for", "til", "med", "det", "den", "som", "alle"))
# So many blank lines, or a form feed, are above what begins a page.
PAGE_GAP = 2
# So many headings with an amount make a document one of headed measures.
_ENOUGH = 3
# No more headings than these begin a page in a text that does not keep its pages apart.
_FEW_PAGES = 2
# Of the rows of a table, the share that is printed in another one where both are the same table.
_SAME = 0.5
_FEW = 4


@dataclass
class Section:
    """A heading and the blocks under it. `area` is "" where the document names none."""

    heading: Block | None
    role: str
    area: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The heading without the amount beside it."""
        return self.heading.title if self.heading else ""

    @property
    def text(self) -> str:
        """The text under the heading, with the marks of items."""
        return " ".join(f"{block.mark} {block.text}".strip() for block in self.blocks)


@dataclass
class TablePlace:
    """A table with the area and heading that it is printed under, and which of two printings it is in."""

    table: Table
    area: str
    section: str
    above: str
    after_prose: bool
    printing: str = "chapter"


@dataclass
class Outline:
    """The sections and tables of a document, in its order; `is_headed` where its headings are those of measures."""

    items: list[Section | TablePlace]
    is_headed: bool

    @property
    def sections(self) -> list[Section]:
        """Its sections."""
        return [item for item in self.items if isinstance(item, Section)]

    @property
    def tables(self) -> list[TablePlace]:
        """Its tables."""
        return [item for item in self.items if isinstance(item, TablePlace)]


def normal(text: str) -> str:
    """A heading or label as it is compared: lower case, single spaces, no colon or footnote mark at the end."""
    return " ".join(text.split()).rstrip(" :*\u00b9\u00b2\u00b3").casefold()


def printed_words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _ANY_WORD.findall(text.lower())


def area_of(heading: str) -> str:
    """The area that a heading or a caption names: without the part of the budget, the unit and a colon."""
    text = _PARENTHESIS.sub("", _PART_OF_BUDGET.sub("", heading, count=1)).rstrip(": ").strip()
    if unit_of_label(text) in PER_MILLION:
        printed = text.split()
        for place in range(1, len(printed)):
            if unit_of_line(" ".join(printed[place:]).lstrip(" ,:-–−")):
                return " ".join(printed[:place]).rstrip(" ,:-–−")
    return text


def read_outline(blocks: Sequence[Block], tables: Sequence[Table], words: Words) -> Outline:
    """The outline of a document. `tables` are in its order, and their lines in no block."""
    return _Walk(blocks, tables, words).walk()


class _Walk:
    """Goes through a document and keeps the chapter and the list that it has come to."""

    def __init__(self, blocks: Sequence[Block], tables: Sequence[Table], words: Words):
        self._words = words
        places: list[tuple[int, Block | Table]] = [(block.line, block) for block in blocks]
        places += [(table.first_line, table) for table in tables]
        self._order = [item for _, item in sorted(places, key=lambda place: place[0])]
        self._unnamed = _captions_of_no_area(tables, words)
        captions = {normal(area_of(caption_of(table))) for table in tables} - self._unnamed - {""}
        lists = [(block, match) for block in blocks if block.kind == HEADING and (match := _list_of(block))]
        self._areas = captions | {normal(match["area"]) for _, match in lists if match["area"]}
        headed = sum(_is_headed(block, below) for block, below in pairwise(blocks))
        self._is_paged = sum(block.kind == HEADING and block.blank >= PAGE_GAP for block in blocks) > _FEW_PAGES
        headings = sum(block.kind == HEADING and not block.amount for block in blocks)
        # Under the names of chapters that stand among them as lines of their own, amounts are rows.
        self._is_headed = not captions and (
            any(match["area"] for _, match in lists)
            or (headed >= max(_ENOUGH, headings) and not any(names_chapter(block, words) for block in blocks))
        )
        self._next_lists = self._lists_below()
        self._items: list[Section | TablePlace] = []
        self._section = Section(None, TEXT, INTRODUCTION if self._areas else "")
        self._chapter, self._area = "", self._section.area
        # `area` in the list of one chapter's instructions, `all` in that of all chapters.
        self._verbal = ""
        self._is_savings = self._is_introduction = False
        self._since_table = self._list_level = 0
        self._area_named = False

    def walk(self) -> Outline:
        for index, item in enumerate(self._order):
            below = self._order[index + 1] if index + 1 < len(self._order) else None
            if isinstance(item, Table):
                self._table(item)
            elif item.kind == HEADING or (self._is_headed and isinstance(below, Block) and _is_headed(item, below)):
                self._heading(index, item, below)
            else:
                if not self._section.blocks and (not self._items or self._items[-1] is not self._section):
                    self._items.append(self._section)
                self._section.blocks.append(item)
        _place_printings(self._items)
        return Outline(self._items, self._is_headed)

    # Headings.

    def _heading(self, index: int, block: Block, below: Block | Table | None) -> None:
        role = self._role(index, block, below)
        if role == CHAPTER:
            self._chapter = self._area = area_of(block.title)
            self._verbal = self._verbal if self._verbal == "all" else ""
            self._is_savings = bool(self._words.only("chapter_savings", block.title))
            self._is_introduction = bool(self._words.only("chapter_introduction", block.title))
            self._area_named = True
        elif role == LIST:
            match = _list_of(block)
            area = match["area"] if match else ""
            is_verbal = match is not None and self._words.has("chapter_verbal", match["what"])
            self._area = area_of(area) if area else self._chapter or self._area
            self._verbal = "" if not is_verbal else "area" if area else "all"
            self._list_level = block.level
        elif role == PART:
            self._verbal, self._area = "", self._chapter or self._area
        block.role = role
        self._section = Section(block, role, self._area)
        self._items.append(self._section)

    def _role(self, index: int, block: Block, below: Block | Table | None) -> str:
        title = normal(area_of(block.title))
        if not self._areas and not self._is_headed and not self._verbal:
            return LIST if self._opens_instructions(block) else TEXT
        if block.amount and self._words.only("chapter_savings", block.title) and self._is_headed:
            # What all that pays comes to stands beside the name of its chapter.
            return CHAPTER
        if block.amount and self._words.only("total", block.title):
            return TEXT
        if block.amount:
            if self._verbal == "area":
                self._verbal, self._area = "", self._chapter or self._area
            return MEASURE
        match = _list_of(block)
        if match and (match["area"] or self._words.has("chapter_verbal", match["what"]) or title not in self._areas):
            return LIST
        if self._verbal == "all":
            if isinstance(below, Table):
                return TEXT
            return CHAPTER if isinstance(below, Block) and below.kind == HEADING else DIRECTIVE
        stacked = self._stacked(block)
        if self._verbal and title == normal(self._area) and self._section.role == LIST and not self._section.blocks:
            return TEXT
        if title in self._areas and not stacked:
            return CHAPTER
        if self._words.only("chapter_introduction", block.title):
            return CHAPTER
        if self._words.only("chapter_savings", block.title) and not self._is_savings and self._is_headed:
            return CHAPTER
        if self._verbal or not self._chapter or self._is_savings or self._is_introduction:
            role = self._of_next_list(index, block)
            if role:
                return role
        if self._verbal:
            return DIRECTIVE
        if stacked and not self._is_savings:
            return PART
        return MEASURE if self._is_headed and self._chapter and not self._is_introduction else TEXT

    def _opens_instructions(self, block: Block) -> bool:
        match = _list_of(block)
        return match is not None and not match["area"] and self._words.has("chapter_verbal", match["what"])

    def _stacked(self, block: Block) -> bool:
        """Whether a heading is printed right under that of its chapter."""
        close = (
            block.level > self._section.heading.level if block.is_marked and self._section.heading else not block.blank
        )
        return self._section.role == CHAPTER and not self._section.blocks and close

    def _of_next_list(self, index: int, block: Block) -> str:
        """What a heading that begins a page is: a chapter or a part of one, where the next list shares a word."""
        following = self._next_lists[index]
        if block.is_marked:
            begins = block.level <= self._list_level
        else:
            begins = block.blank >= PAGE_GAP or (not self._is_paged and block.gap)
        if not begins or not _shared(block.title, following):
            return ""
        own = _same(block.title, following)
        return PART if self._chapter and _same(self._chapter, following) > own else CHAPTER

    def _lists_below(self) -> list[str]:
        """For each item the area that the next list names, "" where a chapter comes before it."""
        found: list[str] = []
        area = ""
        for item in reversed(self._order):
            found.append(area)
            if isinstance(item, Block) and item.kind == HEADING:
                match = _list_of(item)
                if match and match["area"]:
                    area = match["area"]
                elif normal(item.title) in self._areas:
                    area = ""
        return found[::-1]

    # Tables.

    def _table(self, table: Table) -> None:
        caption = caption_of(table)
        above = self._section.title if self._section.heading and not self._section.blocks else ""
        named = normal(area_of(caption))
        section = caption
        area = area_of(caption)
        if not named or named in self._unnamed:
            heading = self._heading_of(table)
            area, section = area_of(heading), heading
        if not self._area_named and not self._verbal and area:
            for one in self._items[self._since_table :]:
                if isinstance(one, Section):
                    one.area = area
        after_prose = any(isinstance(one, Section) and one.blocks for one in self._items[self._since_table :])
        self._items.append(TablePlace(table, area, section, above, after_prose))
        self._since_table = len(self._items)
        self._area_named = False
        self._verbal = ""
        self._section = Section(None, TEXT, area or self._area)
        self._area = area or self._area

    def _heading_of(self, table: Table) -> str:
        """The heading since the last table that names the area of one whose caption names none, "" where it is unclear.

        Of several headings it is the last that is the caption of another table; one that is a row of this table is a
        measure's. Without a heading the table goes on from the last one, if that had no caption of its own either.
        """
        sections = [one for one in self._items[self._since_table :] if isinstance(one, Section) and one.heading]
        rows = {normal(name) for row in table.rows for name in (row.label, row.group)}
        found = [one.title for one in sections if normal(one.title) not in rows and not _COLLECTED.search(one.title)]
        known = [title for title in found if normal(area_of(title)) in self._areas]
        if known:
            return known[-1]
        tables = [one for one in self._items if isinstance(one, TablePlace)]
        if not found and tables and normal(area_of(caption_of(tables[-1].table))) in self._unnamed | {""}:
            return tables[-1].section
        return found[-1] if found else ""


def holds_amounts(table: Table) -> bool:
    """Whether a table has values, or numbers in its rows that could not be placed; tabs alone make none in a text."""
    return bool(table.rows) or (len(table.unread) > 1 and 2 * len(table.unread) >= len(table.lines))


def caption_of(table: Table) -> str:
    """What names a table: its caption, else what is printed above its labels."""
    return table.caption or table.label_header


def _list_of(block: Block) -> re.Match[str] | None:
    return _LIST.fullmatch(block.title)


def _is_headed(block: Block, below: Block) -> bool:
    """Whether a block is the heading of a measure with its amount, and text is printed under it."""
    return bool(block.amount) and below.kind == PARAGRAPH and below.blank == 0


def _captions_of_no_area(tables: Iterable[Table], words: Words) -> set[str]:
    """The captions that name no area, by their words, or since different tables have them."""
    found: set[str] = set()
    of: dict[str, list[Table]] = {}
    for table in tables:
        caption = normal(area_of(caption_of(table)))
        before = of.setdefault(caption, [])
        only = words.without("generic_head", words.without("amount_head", caption))
        if not _WORD.search(only) or (before and not any(_is_same(other, table) for other in before)):
            found.add(caption)
        before.append(table)
    return found


def _rows(table: Table) -> list[tuple[str, tuple]]:
    return [(normal(row.label), tuple(value.number for value in row.values)) for row in table.rows if not row.is_total]


def _is_same(one: Table, other: Table) -> bool:
    """Whether two tables are printings of one: half of the rows of the smaller have a row in the other with the same
    amounts, or the same label where the printings differ.
    """
    small, large = sorted((_rows(one), _rows(other)), key=len)
    # Few rows have the same labels by chance.
    labels = {label for label, _ in large if label and len(small) >= _FEW}
    amounts = {values for _, values in large}
    return bool(small) and sum(label in labels or values in amounts for label, values in small) >= _SAME * len(small)


def _place_printings(items: Sequence[Section | TablePlace]) -> None:
    """Say which tables are in the second printing, where they are printed together."""
    tables = [item for item in items if isinstance(item, TablePlace)]
    start = _second_printing(tables)
    for place in tables[start:] if start is not None else ():
        place.printing = "appendix"
        place.section = tables[start or 0].above or place.section


def _second_printing(tables: Sequence[TablePlace]) -> int | None:
    """Where it starts: at a heading above the first table that is printed before, else at that table."""
    names = [(normal(place.area), normal(caption_of(place.table))) for place in tables]
    repeated = next(
        (
            index
            for index, place in enumerate(tables)
            if any(names[i] == names[index] and _is_same(tables[i].table, place.table) for i in range(index))
        ),
        None,
    )
    if repeated is None:
        return next((index for index, place in enumerate(tables) if _COLLECTED.search(place.above)), None)
    for index in range(repeated, 0, -1):
        if tables[index].above and normal(tables[index].above) not in names[index]:
            return index
        if tables[index].after_prose:
            break
    return repeated


def _words_of(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if word not in _FILLER]


def _same(title: str, area: str) -> int:
    return len(set(_words_of(title)) & set(_words_of(area)))


def _shared(title: str, area: str) -> bool:
    """Whether a word of a title begins with one of an area, or the other way round."""
    return any(a.startswith(b) or b.startswith(a) for a in _words_of(title) for b in _words_of(area))
