"""A sheet in, its headings, paragraphs, items and tables out: what its author has set side by side and apart.

Empty rows and columns part blocks. A row with one cell of text is prose, or a label within a table; rows with several
cells are those of a table. A column of labels beside the values of another table begins a table of its own.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.forms import tables
from kommunebudsjett.forms.content import Block, Heading, Item, Paragraph, Table
from kommunebudsjett.forms.limits import MOST_SPAN
from kommunebudsjett.forms.tables import without_raised
from kommunebudsjett.forms.workbook import Place, Seen, Sheet, Span

_DEEPEST = 6
_LONGEST_HEADING = 150
# A label is no longer; what is longer, between rows, is a sentence about them.
_LONGEST_LABEL = 120
# Text is so much larger than the usual one where it is a heading.
_LARGER = 1.08
# A row after an empty one that fills fewer columns than this share of the table is not known to be one of its rows.
_SHARE = 0.5
_BULLET = re.compile(r"(\s*)(?:[•●▪◦■○‣·✓\uf0b7\uf0a7]|[-–](?=\s))\s*(?=\S)")
# What the amounts are counted in, and no name of what they are about.
_UNIT = re.compile(
    r"\(?(?:alle\s|all\s)?(?:tall|tal|beløp|summer|summar)\b"
    r"|\(?(?:i\s)?(?:heile?\s|hele\s)?(?:1[ .]?000|mill|mrd|tusen|kr\b|kroner|nok\b|tkr\b|mnok\b)",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"(?:kr\.?|nok)?\s*[-−–+(]*\s*\d[\d\s.,'’]*\)?[-−–]?\s*(?:%|kr\.?|kroner|mill\.?(?:\s*kr\.?)?|mnok|mrd\.?)?\s*\)?-?",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?:kr\.?\s?)?[-−–+(]?\s?\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Numbers that count rows, and what is printed above them.
_RUNNING = re.compile(r"\d{1,3}(?:\.\d{1,2})*\.?")
_NUMBERING = re.compile(r"(?:l?nr|nummer|løpe?nr|løpenummer|linje|pkt|punkt|#)\.?", re.IGNORECASE)
_CLOSES = re.compile(r"(?:\d+\.?\s*)?(?:(?:slutt|del|netto|brutto)?\s?sum\b|totalt?\b|i alt\b)", re.IGNORECASE)
_ENDS = (".", "!", "?", ";")


class Placed(NamedTuple):
    """A block, and the row of the sheet at which it begins, among those that are seen."""

    row: int
    block: Block


class Row(NamedTuple):
    """A row of a part of a sheet: its filled cells by column. `gap` says that an empty row is above it."""

    number: int
    cells: dict[int, Seen]
    gap: bool

    def text(self, column: int) -> str:
        """What the cell in a column shows; "" for an empty one."""
        return self.cells[column].text.strip() if column in self.cells else ""

    @property
    def first(self) -> int:
        """The column of its first filled cell."""
        return next(iter(self.cells))

    @property
    def alone(self) -> Seen | None:
        """Its cell where it has only one, with text."""
        only = next(iter(self.cells.values()))
        return only if len(self.cells) == 1 and not is_value(only.text) else None

    @property
    def has_values(self) -> bool:
        """Whether a cell holds a number that is no year."""
        return any(is_value(cell.text) for cell in self.cells.values())


@lru_cache(maxsize=1 << 16)
def is_value(text: str) -> bool:
    """Whether a cell shows a number and no year, or something that stands for a number.

    >>> is_value("1 200"), is_value("kr (350)"), is_value("2026"), is_value("1. kvartal")
    (True, True, False, False)
    """
    text = without_raised(text).strip()
    return text == LOST or (len(text) < 60 and _VALUE.fullmatch(text) is not None and not _YEAR.fullmatch(text))


def usual_size(sheets: list[Sheet]) -> float:
    """The size of most of the text in sheets."""
    sizes: Counter[float] = Counter()
    for sheet in sheets:
        for cell in sheet.cells.values():
            sizes[cell.size] += len(cell.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=0.0)


def blocks_of(sheet: Sheet, usual: float, level: int) -> list[Placed]:
    """The blocks of a sheet in reading order.

    `usual` is the size of the text of the workbook; the highest heading in the sheet has this `level`.
    """
    layout = _Layout(sheet, usual)
    found = [placed for part in _parts(layout.rows(set(layout.by_column))) for placed in layout.part(part)]
    return _with_levels(found, sheet, usual, level)


class _Styled(NamedTuple):
    """What a heading is set as, until all headings of the sheet are known."""

    text: str
    style: tuple[float, bool]
    place: str


def _with_levels(found: list[tuple[int, Block | _Styled]], sheet: Sheet, usual: float, level: int) -> list[Placed]:
    styles = sorted({block.style for _, block in found if isinstance(block, _Styled)}, reverse=True)
    return [
        Placed(row, Heading(block.text, min(_DEEPEST, level + styles.index(block.style)), block.place))
        if isinstance(block, _Styled)
        else Placed(row, block)
        for row, block in found
    ]


# Columns.


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    """The parts of a sheet that stand side by side, from the left: tables with labels of their own."""
    border = _border(rows)
    if border is None:
        yield rows
        return
    yield _cut(rows, lambda column: column < border)
    yield from _parts(_cut(rows, lambda column: column >= border))


def _cut(rows: list[Row], keeps: Callable[[int], bool]) -> list[Row]:
    """The rows with the columns that `keeps` says, and with the gaps that there are among them."""
    found: list[Row] = []
    for row in rows:
        cells = {column: cell for column, cell in row.cells.items() if keeps(column)}
        if cells:
            gap = not found or row.gap or row.number > found[-1].number + 1
            found.append(Row(row.number, cells, gap))
    return found


def _border(rows: list[Row]) -> int | None:
    """The first column of a table that stands to the right of another, an empty column between them."""
    wide = [row for row in rows if len(row.cells) > 1]
    columns = sorted({column for row in wide for column in row.cells})
    for before, column in pairwise(columns):
        if column > before + 1 and _begins_table(wide, column):
            return column
    return None


def _begins_table(rows: list[Row], border: int) -> bool:
    """Whether the columns from a border on have labels and values of their own, and those before it have values too."""
    right = [{at: cell for at, cell in row.cells.items() if at >= border} for row in rows]
    with_values = [cells for cells in right if any(is_value(cell.text) for at, cell in cells.items() if at > border)]
    labelled = [cells for cells in with_values if border in cells and not is_value(cells[border].text)]
    left = sum(any(is_value(cell.text) for at, cell in row.cells.items() if at < border) for row in rows)
    words = [cells for cells in labelled if any(map(str.isalpha, cells[border].text))]
    return len(with_values) > 1 and 2 * len(words) > len(with_values) and left > 0


# Rows.


class _Open:
    """A table as it grows: its rows, the columns that they fill, and those of them with values."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.columns: set[int] = set()
        self.of_values: set[int] = set()
        self.header: list[dict[int, str]] = []

    def add(self, row: Row) -> None:
        """Add a row at the end."""
        self.rows.append(row)
        self.columns.update(row.cells)
        self.of_values.update(column for column, cell in row.cells.items() if is_value(cell.text))
        if not self.of_values:
            self.header.append(_texts(row))

    def has_column(self, column: int) -> bool:
        """Whether a column is one of the table, or that of its labels, above which its header may name nothing."""
        return column in self.columns or (not self.of_values and column < min(self.columns))

    @property
    def headless(self) -> bool:
        """Whether its first row has values already."""
        return self.rows[0].has_values


class _Layout:
    def __init__(self, sheet: Sheet, usual: float):
        self.sheet = sheet
        self.usual = usual
        self.spans: dict[Place, Span] = {span.first: span for span in sheet.spans}
        self.by_column = {place.column for place in sheet.cells}
        # Those that cover more than one row, by each column that they cover.
        self.tall: dict[int, list[Span]] = {}
        for span in sheet.spans:
            if span.last.row > span.first.row:
                columns = range(span.first.column, min(span.last.column, span.first.column + MOST_SPAN) + 1)
                for column in self.by_column.intersection(columns):
                    self.tall.setdefault(column, []).append(span)
        for spans in self.tall.values():
            spans.sort()

    def rows(self, columns: set[int]) -> list[Row]:
        """The rows with something in these columns, in order. A merged cell fills the rows that it covers."""
        by_row: dict[int, dict[int, Seen]] = {}
        for place, cell in sorted(self.sheet.cells.items()):
            if place.column in columns:
                by_row.setdefault(place.row, {})[place.column] = cell
        ends: dict[int, int] = {}
        for first, last in self.sheet.spans:
            ends[first.row] = max(last.row, ends.get(first.row, 0))
        found: list[Row] = []
        filled = 0
        for number, cells in sorted(by_row.items()):
            row = Row(number, cells, number > filled + 1)
            above_is_header = not found or row.gap or not found[-1].has_values
            found.append(row._replace(cells=_years(cells)) if above_is_header else row)
            filled = max(filled, number, ends.get(number, 0))
        return found

    def part(self, rows: list[Row]) -> list[tuple[int, Block | _Styled]]:
        """The blocks of rows that no other table stands beside."""
        found: list[tuple[int, Block | _Styled]] = []
        following, lefts = _following(rows), _lefts(rows)
        table = _Open()

        def end() -> _Open:
            if table.rows:
                found.extend((table.rows[0].number, block) for block in self._tables(table.rows))
            return _Open()

        for at, row in enumerate(rows):
            below = rows[at + 1] if at + 1 < len(rows) else None
            heads = below is not None and row.first > lefts[at] and self._heads(row, below)
            if self._is_heading_with_amount(row, table, below):
                table = end()
                found.append((row.number, self._heading_with_amount(row)))
            elif self._is_prose(row, table, following[at], heads):
                table = end()
                found.extend((row.number, block) for block in self._prose(row))
            else:
                if table.rows and self._begins_new(row, table):
                    table = end()
                table.add(row)
        end()
        return found

    def _is_heading_with_amount(self, row: Row, table: _Open, below: Row | None) -> bool:
        """Whether a row is a heading whose amount stands in the cell beside it, and no row of a table."""
        if len(row.cells) != 2 or (table.rows and (not table.headless or not row.gap)):
            return False
        name, amount = row.cells.values()
        alone = below is None or below.gap or len(below.cells) == 1
        return alone and self._is_heading(name) and not is_value(name.text) and _AMOUNT.match(amount.text) is not None

    def _heading_with_amount(self, row: Row) -> _Styled:
        name, amount = row.cells.values()
        first, last = row.cells
        return _Styled(f"{name.text}\t{amount.text}", (name.size, name.bold), self.sheet.place(row.number, first, last))

    def _is_prose(self, row: Row, table: _Open, following: Row | None, heads: bool) -> bool:
        """Whether a row is text beside the tables, not a row or a label of one.

        `following` is the next row of several cells, and `heads` says that the row names columns of the one below.
        """
        if heads or any(self._is_covered(row.number, column) for column in table.columns):
            return False
        if row.alone is None:
            # A year alone is a heading of what follows.
            return len(row.cells) == 1 and not table.rows and not row.has_values
        text = row.alone.text.strip()
        if not table.rows or not table.has_column(row.first) or following is None:
            return True
        if len(text) > _LONGEST_LABEL or (text.endswith(_ENDS) and len(text) > _LONGEST_LABEL / 2):
            return True
        # Above a header, text is the title of another table; so it is where a table without a header of its own begins.
        if not following.has_values and table.of_values:
            return True
        if row.gap and self._begins_new(following._replace(gap=True), table):
            return True
        return table.headless and (row.alone.bold or _BULLET.match(text) is not None)

    def _heads(self, row: Row, below: Row) -> bool:
        """Whether a cell alone in its row stands above columns of the row below: the name of one or of several."""
        if len(row.cells) > 1 or below.gap or len(below.cells) < 2:
            return False
        span = self.spans.get(Place(row.number, row.first))
        spans = span is not None and span.last.column > span.first.column
        return (spans or below.has_values) and row.first in below.cells

    def _begins_new(self, row: Row, table: _Open) -> bool:
        """Whether a row of several cells begins another table than the one above it."""
        if not row.gap:
            return False
        if not row.has_values:
            # A header: that of the table again, or of another.
            return len(row.cells) > 1 and len(table.rows) > 1 and _texts(row) not in table.header
        if not table.of_values:
            return False
        if not row.cells.keys() <= table.columns:
            return True
        if table.headless:
            return row.cells.keys() != table.rows[-1].cells.keys()
        filled = sum(column in table.of_values for column in row.cells)
        closes = _CLOSES.match(row.cells[row.first].text.strip()) is not None
        return not closes and filled < _SHARE * len(table.of_values)

    def _prose(self, row: Row) -> Iterator[Block | _Styled]:
        """The lines of a cell of text: a heading by how it is set, items by their bullets, else paragraphs."""
        column, cell = next(iter(row.cells.items()))
        place = self.sheet.place(row.number, column, column)
        lines = [line for line in re.split(r"[\r\n\v\f]+", cell.text) if line.strip()]
        for line in lines:
            bullet = _BULLET.match(line)
            if bullet:
                yield Item(line[bullet.end() :], 1 + len(bullet[1].expandtabs(4)) // 2, place)
            elif len(lines) == 1 and self._is_heading(cell):
                yield _Styled(line, (cell.size, cell.bold), place)
            else:
                yield Paragraph(line, place)

    def _is_heading(self, cell: Seen) -> bool:
        text = cell.text.strip()
        larger = self.usual > 0 and cell.size >= _LARGER * self.usual
        if not (larger or cell.bold) or len(text) > _LONGEST_HEADING or _UNIT.match(text):
            return False
        # A goal that heads its report may be a sentence; one that is only bold is a sentence.
        return any(map(str.isalpha, text)) and (larger or not text.endswith((*_ENDS, ",", ":")))

    def _tables(self, rows: list[Row]) -> Iterator[Block]:
        """The table of rows; texts as wide as it is, above and below, as paragraphs."""
        rows = _with_running_numbers(rows)
        columns = sorted({column for row in rows for column in row.cells})
        depth = self._header_depth(rows)
        printed = [self._printed(rows, at, columns, at < depth) for at in range(len(rows))]
        for block in tables.blocks_of(printed, depth):
            if isinstance(block, Table):
                yield block._replace(places=[self._place(rows, columns, place) for place in block.places])
            else:
                yield block

    def _header_depth(self, rows: list[Row]) -> int:
        """How many rows the header has: those without values, and those that a name in them reaches down to.

        A label alone under a header is that of a group of rows.
        """
        left = min(row.first for row in rows)
        ends = (at for at, row in enumerate(rows) if row.has_values or (at and row.alone and row.first == left))
        depth = next(ends, len(rows))
        last = 0
        for row in rows[:depth]:
            for column in row.cells:
                span = self.spans.get(Place(row.number, column))
                last = max(last, span.last.row if span else 0)
        return depth + sum(row.number <= last for row in rows[depth:])

    def _printed(self, rows: list[Row], at: int, columns: list[int], header: bool) -> list[tables.Printed]:
        """The cells that begin in a row, and the empty ones, from the left."""
        found = []
        number = rows[at].number
        last = 0
        for column in columns:
            if column <= last or self._is_covered(number, column):
                continue
            cell = rows[at].cells.get(column)
            span = self.spans.get(Place(number, column)) if cell else None
            if cell is None or span is None:
                text = cell.text if cell else ""
                found.append(tables.Printed(text.split("\n"), header, cell is not None and cell.bold))
                continue
            last = span.last.column
            across = sum(column <= other <= last for other in columns)
            down = bisect_right(rows, span.last.row, key=lambda row: row.number) - at
            found.append(tables.Printed(cell.text.split("\n"), header, cell.bold, across, down))
        return found

    def _is_covered(self, row: int, column: int) -> bool:
        """Whether a merged cell that begins in a row above covers the place."""
        tall = self.tall.get(column, [])
        at = bisect_left(tall, row, key=lambda span: span.first.row)
        return at > 0 and row <= tall[at - 1].last.row

    def _place(self, rows: list[Row], columns: list[int], numbers: str) -> str:
        """Where rows of a table stand (`1–2`, by their numbers in it)."""
        first, _, last = numbers.partition("–")
        begin, end = rows[int(first) - 1].number, rows[int(last or first) - 1].number
        return self.sheet.place(begin, columns[0], columns[-1], end)


def _following(rows: list[Row]) -> list[Row | None]:
    """For each row the next one below it with several cells."""
    found: list[Row | None] = []
    below: Row | None = None
    for row in reversed(rows):
        found.append(below)
        below = row if len(row.cells) > 1 else below
    return found[::-1]


def _lefts(rows: list[Row]) -> list[int]:
    """For each row the first column that it and the rows below it fill, up to the next empty row."""
    found: list[int] = []
    for row, below in zip(reversed(rows), (None, *reversed(rows)), strict=False):
        found.append(row.first if below is None or below.gap else min(row.first, found[-1]))
    return found[::-1]


def _texts(row: Row) -> dict[int, str]:
    return {column: cell.text for column, cell in row.cells.items()}


def _with_running_numbers(rows: list[Row]) -> list[Row]:
    """The rows; numbers that count them in a column of their own stand before the labels in the next one."""
    first = min(row.first for row in rows)
    numbered = [row for row in rows if _RUNNING.fullmatch(row.text(first))]
    wide = [row.text(first) for row in rows if len(row.cells) > 1]
    names = [name for name in wide if name and not _RUNNING.fullmatch(name)]
    labels = [row.text(first + 1) for row in numbered]
    if len(numbered) < 2 or any(is_value(label) or not any(map(str.isalpha, label)) for label in labels):
        return rows
    if not all(map(_NUMBERING.fullmatch, names)):
        return rows
    return [row._replace(cells=_joined(row, first)) for row in rows]


def _joined(row: Row, first: int) -> dict[int, Seen]:
    """The cells of a row without the first column, its running number before the label."""
    cells = {at: cell for at, cell in row.cells.items() if at != first}
    number = row.text(first)
    if _RUNNING.fullmatch(number) and first + 1 in cells:
        cells[first + 1] = cells[first + 1]._replace(text=f"{number} {row.text(first + 1)}")
    # The label of a group may stand above the numbers.
    return cells or {first + 1: row.cells[first]}


def _years(cells: dict[int, Seen]) -> dict[int, Seen]:
    """The cells of a row; years that follow each other, and that a format shows with a space, as the years they are."""
    years = [cell.year for cell in cells.values() if cell.year]
    others = [cell for cell in cells.values() if not cell.year]
    follow = all(abs(two - one) == 1 for one, two in pairwise(years))
    if len(years) < 2 or not follow or any(is_value(cell.text) for cell in others):
        return cells
    return {at: cell._replace(text=_with_year(cell)) if cell.year else cell for at, cell in cells.items()}


def _with_year(cell: Seen) -> str:
    """What a cell shows, its year as such; words that the format sets beside it say what the year is of."""
    text = cell.text.replace(f"{cell.year:,}".replace(",", " "), str(cell.year))
    return str(cell.year) if is_value(text) else text
