"""A printed table in; its columns, rows and values out, and its numbers that could not be placed, with the reason."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kommunebudsjett.readers.model.headers import column_names, fitted_names
from kommunebudsjett.readers.model.markup import clean, is_marked
from kommunebudsjett.readers.model.mending import Mender
from kommunebudsjett.readers.model.numbers import (
    NO_STYLE,
    Style,
    cell_number,
    cell_shape,
    is_dash,
    is_missing,
    is_number,
    is_value,
    is_year,
    style_of,
)
from kommunebudsjett.readers.model.rows import LEADER, Row
from kommunebudsjett.readers.model.scanning import PrintedTable, header_key, names_columns, names_year
from kommunebudsjett.readers.text import NUMBER

_TOTAL = re.compile(r"(?:\d+\.\s*)?(?:slutt)?sum\b|.*\b(?<!av )totalt?\b(?!\s+pe?r\b(?!\.?\s\d+\.\d))", re.IGNORECASE)
_RULER = re.compile(r"[-–—=_:|\s]*")
_ORDINAL_HEADER = re.compile(
    r"\w*(?:år|trinn|kapittel|klasse|alder|nr|nummer|måned|uke|kvartal|tertial|post|art)\.?", re.IGNORECASE
)
_ACCOUNTS_COLUMN = re.compile(r"regnskap|rekneskap|budsjett", re.IGNORECASE)
# A column of words that say something of the row, and name nothing.
_REMARKS = re.compile(
    r"(?:forklaring|merknad|kommentar|grunngi[vn]ing|begrunnelse|årsak|konsekvens|beskrivelse|omtale|skildring)(?:er|ar|a|en)?",
    re.IGNORECASE,
)
_NOTES = re.compile(r"(?:note(?:r|\s?nr)?|linje)\.?", re.IGNORECASE)
# What begins so is a part of the row above, and a row of its own.
_PART = re.compile(r"(?:herav|derav|hvorav)\b")
_CODES = re.compile(
    r"(?:\w*(?:nr|nummer|kode|post|ansvar|funksjon)|kap(?:ittel)?|(?:kost)?art|konto|(?:prosjekt)?id|prosjekt|linje"
    r"|note(?:r|\s?nr)?)\.?",
    re.IGNORECASE,
)
_LEADING_ZERO = re.compile(r"0\d+$")
# Labels without values that may stand between a header and its first row of values.
_MOST_GROUPS = 4
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# A row whose cells nothing parts has so many: its label, and all its numbers in one.
_CELLS_OF_LINES = 2


class Column(NamedTuple):
    """A column with values: its place among the printed columns, and its name, spanning headers joined by ` | `."""

    place: int
    name: str


class Value(NamedTuple):
    """A value cell: the place of its column, its characters as printed, its number (None for `N/A`) and its line."""

    column: int
    raw: str
    number: float | None
    line: int


class Unplaced(NamedTuple):
    """A number of a table that is no value, its line, and why."""

    line: int
    raw: str
    reason: str


class Aside(NamedTuple):
    """A number of a table that need not be read: of a note (`note`), or in a column of words or codes (`words`)."""

    line: int
    raw: str
    role: str
    reason: str


@dataclass(frozen=True)
class TableRow:
    """A row with values: its whole label, the nearest label without values above, and all lines that it stands on."""

    label: str
    group: str
    is_total: int
    values: tuple[Value, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """A table of a document as it is printed, without units.

    `number` is the printed one, or `x-` and the first header line; `remark` is a short line between caption and table;
    `label_header` is what is printed above the labels. `problem` says why a whole table could not be read; a text table
    has neither rows nor a problem but `texts`, the rows under its `header`. `asides` are numbers that are no values and
    need not be read, of notes or in columns of words.
    """

    number: str
    caption: str
    section: str
    remark: str
    caption_line: int
    remark_line: int
    label_header: str
    header_lines: tuple[int, ...]
    first_line: int
    last_line: int
    columns: tuple[Column, ...] = ()
    rows: tuple[TableRow, ...] = ()
    header: tuple[str, ...] = ()
    texts: tuple[Row, ...] = ()
    problem: str = ""
    unread: tuple[Unplaced, ...] = ()
    asides: tuple[Aside, ...] = ()
    lines: frozenset[int] = frozenset()


class _NotUnderstoodError(Exception):
    """The table fits no rule; the message says which."""


def is_total(label: str) -> int:
    """1 for the label of a row that sums the table.

    >>> is_total("6. Sum investeringsutgifter"), is_total("Årsverk totalt per 1 000 innbyggere")
    (1, 0)
    """
    return int(_TOTAL.match(label) is not None)


def read_table(printed: PrintedTable, mender: Mender) -> Table:
    """The table with its columns, rows and values, or with the reason why it could not be read."""
    return _Reader(printed, mender).read()


@dataclass
class _Label:
    """A row as it is being read: a group heading until values follow."""

    text: str
    group: str
    marked: bool
    values: list[tuple[int, str, int]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    filled: bool = False

    def split_before(self, line: int, columns: list[int]) -> bool:
        """Whether a page broke after this row's values, none of which stands in the columns of the next line."""
        taken = {column for column, _, _ in self.values}
        return bool(self.values) and line > self.values[-1][2] + 1 and taken.isdisjoint(columns)


class _Reader:
    def __init__(self, printed: PrintedTable, mender: Mender):
        self._printed = printed
        self._mender = mender
        self._unread: list[Unplaced] = []
        self._asides: list[Aside] = []

    def read(self) -> Table:
        try:
            return self._read()
        except _NotUnderstoodError as problem:
            self._unread = []
            self._asides = []
            for row in self._printed.rows:
                if row.problem or not _is_years(row.cells):
                    self._leave(row, row.problem or str(problem))
            return self._table([], problem=str(problem))

    def _table(self, printed_header: list[Row], **more: object) -> Table:
        lines = [line for row in self._printed.rows for line in (row.lines or (row.line,))]
        header_lines = tuple(line for row in printed_header for line in (row.lines or (row.line,)))
        return Table(
            number=self._printed.number or f"x-{lines[0]}",
            caption=clean(self._printed.caption),
            section=self._printed.section,
            remark=self._printed.remark,
            caption_line=self._printed.caption_line,
            remark_line=self._printed.remark_line,
            header_lines=header_lines,
            first_line=lines[0],
            last_line=lines[-1],
            unread=tuple(self._unread),
            asides=tuple(self._asides),
            lines=frozenset(lines),
            **({"label_header": ""} | more),  # type: ignore[arg-type]
        )

    def _read(self) -> Table:
        depth = self._printed.header or _header_depth(self._printed.rows)
        if not depth:
            raise _NotUnderstoodError("the table has no header line that names its columns")
        header = self._printed.rows[:depth]
        body = _body(self._printed.rows, depth)
        if not body:
            raise _NotUnderstoodError("the header has no rows under it")
        cleaned = [[clean(cell) for cell in row.cells] for row in header]
        names, levels = _fit(cleaned, body)
        width = len(levels[0])
        body = _without_long_rows(body, width)
        first = 1 if _has_label_column(levels, body) else 0
        if _is_text_table(body, first):
            return self._table(header, header=tuple(levels[0]), texts=tuple(body))
        if first:
            body, first = _with_labels_joined(body, levels, width)
        if names is None:
            levels = [[self._mender.mend(cell) for cell in level] for level in levels]
            names = column_names(levels, first)
        label_header = " ".join(filter(None, (level[column] for level in levels for column in range(first))))
        return self._values(header, label_header, names, first, body)

    def _values(self, header: list[Row], label_header: str, names: list[str], first: int, body: list[Row]) -> Table:
        aside = _asides(names, first, body)
        labels, left = _labels(body, first, len(names), aside)
        used = sorted({column for label in labels for column, _, _ in label.values})
        self._check_names([names[column] for column in used])
        styles = _styles(labels)
        rows = []
        for label in labels:
            values = tuple(self._numbers(label, styles))
            rows.append(TableRow(label.text, label.group, is_total(label.text), values, tuple(label.lines)))
        for row, reason in left:
            self._leave(row, reason)
        for row in body:
            self._leave_aside(row, names, aside)
        return self._table(
            header,
            label_header=label_header,
            columns=tuple(Column(column, names[column]) for column in used),
            rows=tuple(rows),
        )

    def _check_names(self, names: list[str]) -> None:
        if not all(names):
            raise _NotUnderstoodError("a column with values has no header")
        if len(set(names)) < len(names):
            raise _NotUnderstoodError("two columns with values have the same header")

    def _numbers(self, label: _Label, styles: dict[int, Style]) -> Iterator[Value]:
        for column, printed, line in label.values:
            text = clean(printed)
            number = cell_number(printed, styles[column])
            if number is not None or is_missing(text):
                yield Value(column, printed, number, line)
            elif cell_shape(printed) is not None:
                self._leave_text(line, printed, "the point or comma can part thousands or decimals")
            elif not is_dash(text):
                self._leave_text(line, printed, "the cell holds text, not a number")

    def _leave(self, row: Row, reason: str) -> None:
        if row.problem and len(row.cells) == _CELLS_OF_LINES and any(map(str.isdigit, row.cells[-1])):
            # Where one number ends and the next begins is not known.
            self._unread.append(Unplaced(row.line, row.cells[-1], reason))
            return
        for cell in row.cells:
            self._leave_text(row.line, cell, reason)

    def _leave_text(self, line: int, printed: str, reason: str) -> None:
        self._unread.extend(Unplaced(line, raw, reason) for raw in numbers_in(printed))

    def _leave_aside(self, row: Row, names: list[str], aside: set[int]) -> None:
        for column in aside if not row.problem else ():
            role = "note" if _NOTES.fullmatch(names[column]) else "words"
            for raw in numbers_in(row.cells[column]) if column < len(row.cells) else ():
                self._asides.append(Aside(row.line, raw, role, f"the column {names[column]!r} holds no values"))


def numbers_in(printed: str) -> list[str]:
    """The numbers of a text as printed: the whole text where it is one."""
    if not any(map(str.isdigit, printed)):
        return []
    return [printed] if is_number(printed) else NUMBER.findall(printed)


# Headers.


def _header_depth(rows: list[Row]) -> int:
    """How many lines the header has; 0 where the first line has values."""
    first = rows[0].cells
    if not names_columns(first):
        return 0
    depth = 1
    for index, row in enumerate(rows[1:], start=1):
        above = rows[depth - 1].cells
        if header_key(row.cells) == header_key(first) or not (
            _continues_header(row.cells, first) or _has_the_years(row.cells, above, rows[index + 1 :])
        ):
            break
        depth += 1
    return depth


def _continues_header(cells: list[str], first: list[str]) -> bool:
    if not names_columns(cells):
        return False
    if not cells[0] or clean(cells[0]) == clean(first[0]):
        # The header of the labels may be repeated where it goes over several lines.
        return header_key(cells) != header_key(first)
    if first[0] and (cells[0][0] == "(" or cells[0][0].islower()):
        # The header of the labels goes on (`Område`, `(mill. kr)`): no row above could. Years under years are values.
        return not any(is_year(above) and is_year(cell) for above, cell in zip(first[1:], cells[1:], strict=False))
    # Under headers that span others the second line may name the label column, or the first of all columns.
    spans = not all(first[1:]) or len(first) < len(cells)
    if not spans or all(is_year(cell) for cell in cells[1:] if cell):
        return False
    return not first[0] or is_year(first[0]) or (all(cells) and not any(map(is_value, map(clean, cells))))


def _has_the_years(cells: list[str], above: list[str], below: list[Row]) -> bool:
    """Whether a line names the years of the columns above it, of which none has a year of its own.

    It may have no cell for the label (`2023`, `2023`, `0`, `forbruk`), but words where values would stand.
    """
    names = [clean(cell) for cell in cells]
    values = next((row.cells for row in below[:_MOST_GROUPS] if any(map(is_number, row.cells[1:]))), [])
    if not values or any(map(_YEAR.search, above[1:])) or any(is_year(clean(cell)) for cell in values[1:]):
        return False
    if len(names) == len(above) - 1 and above[0] and sum(map(is_year, names)) * 2 >= max(len(names), 4):
        return True
    filled = [name for name in names[1:] if name]
    if sum(map(names_year, filled)) < 2:
        return False
    numbers = [name for name in filled if is_value(name) and not is_year(name)]
    goes_on = not names[0] or names[0][0].islower()
    return not numbers or (goes_on and any(not is_value(name) for name in filled))


def _fit(levels: list[list[str]], body: list[Row]) -> tuple[list[str] | None, list[list[str]]]:
    """The header lines with as many cells each as the table has columns.

    Where cells are lacking that the lines above span, the names of the columns too.
    """
    width = max(map(len, levels))
    wide = Counter(len(row.cells) for row in body if any(map(is_number, row.cells[1:])))
    widest = max(wide, default=0)
    labelled = not any(row.cells[0] and is_value(clean(row.cells[0])) for row in body)
    if (
        widest >= width
        and (labelled or len(levels) > 1)
        and _lacks_cells(levels, widest)
        and set(wide) <= {widest - 1, widest}
        # A row that is longer than all the others says nothing of the header.
        and 2 * wide[widest] > wide[widest - 1]
    ):
        names = fitted_names(levels, widest)
        if names is not None:
            return names, [names]
    return None, [level + [""] * (width - len(level)) for level in levels]


def _lacks_cells(levels: list[list[str]], width: int) -> bool:
    """Whether header lines have no cells for what is spanned: fewer than columns, and none empty among them.

    The first line may have all its empty cells at its end.
    """
    if any("" in level[1 : _last(level)] for level in levels):
        return False
    for level in levels:
        short = len(level) < width and all(level[1:]) and (len(levels) > 1 or level[0])
        if short or (len(levels) > 1 and level is levels[0] and level[0] and levels[1][0] and _ends_empty(level)):
            return True
    return False


def _last(level: list[str]) -> int:
    """The place of the last cell that is not empty."""
    return max((place for place, cell in enumerate(level) if cell), default=0)


def _ends_empty(level: list[str]) -> bool:
    names = list(filter(None, level))
    return len(names) < len(level) - 1 and level[: len(names)] == names


def _body(rows: list[Row], depth: int) -> list[Row]:
    """The rows under the header, without its repetitions after page breaks and without rulers."""
    keys = [header_key(row.cells) for row in rows[:depth]]
    body = []
    expected = 0
    for row in rows[depth:]:
        if all(map(_RULER.fullmatch, map(clean, row.cells))):
            continue
        # A number in the second cell beside a label is in no header, which saves the comparison.
        second = row.cells[1] if len(row.cells) > 1 else ""
        comparable = not row.cells[0] or not second[:1].isdigit() or is_year(second)
        key = header_key(row.cells) if comparable else None
        if key == keys[0]:
            expected = 1
        elif 0 < expected < depth and key == keys[expected]:
            expected += 1
        else:
            expected = 0
            body.append(row)
    return body


def _is_years(cells: list[str]) -> bool:
    """Whether a row has no numbers but years in the names of columns."""
    return names_columns(cells) and not is_value(clean(cells[0])) and any(map(_YEAR.search, cells))


def _without_long_rows(body: list[Row], width: int) -> list[Row]:
    """The rows, those marked that have more cells than the header, which most rows of no table have."""
    long = [bool(any(row.cells[width:])) for row in body]
    if 2 * sum(long) > sum(any(map(is_number, row.cells[1:])) for row in body):
        row = body[long.index(True)]
        raise _NotUnderstoodError(f"the row at line {row.line} has {len(row.cells)} cells and its header {width}")
    return [
        row._replace(problem=row.problem or f"the row has {len(row.cells)} cells and its header {width}")
        if is_long
        else row
        for row, is_long in zip(body, long, strict=True)
    ]


# Columns.


def _has_label_column(levels: list[list[str]], body: list[Row]) -> bool:
    """Whether the first column holds labels: unless it has a header like the others' and nothing but values.

    Years, several whole numbers below each other and what is counted with ordinals (`Kapittel`) are labels.
    """
    headers = [level[0] for level in levels if level[0]]
    if not headers:
        return True
    found = [text for text in (clean(row.cells[0]) for row in body) if text]
    if not all(map(is_value, found)):
        return True
    if is_year(headers[0]) or _ACCOUNTS_COLUMN.search(headers[0]):
        return False
    if all(map(is_year, found)) or _ORDINAL_HEADER.fullmatch(headers[-1]):
        return True
    return len(found) > 1 and all(map(str.isdigit, found))


def _is_text_table(body: list[Row], first: int) -> bool:
    values = texts = 0
    for row in body:
        if row.problem:
            values += 1
            continue
        for cell in row.cells[first:]:
            if cell:
                if is_value(cell) or is_value(clean(cell)):
                    values += 1
                else:
                    texts += 1
    return texts > values


def _holds_text(body: list[Row], column: int) -> bool:
    """Whether a column has words without numbers in most of its cells."""
    cells = [clean(row.cells[column]) for row in body if column < len(row.cells) and not row.problem]
    words = [cell for cell in cells if cell and not is_value(cell) and not any(map(str.isdigit, cell))]
    return len(words) > 1 and 2 * len(words) > sum(map(bool, cells))


def is_remark(name: str) -> bool:
    """Whether the head of a column announces words that say something of the row ("Merknad")."""
    return _REMARKS.fullmatch(name.strip()) is not None


def _is_text(cell: str) -> bool:
    return bool(cell) and not is_value(clean(cell))


def _label_columns(body: list[Row], levels: list[list[str]], width: int) -> int:
    """How many columns at the left hold labels: those up to the last one of words that only codes stand before, or
    codes that stand beside each other.
    """
    full = [row for row in body if len(row.cells) == width]
    names = [" ".join(filter(None, (level[column] for level in levels))) for column in range(width)]
    count = 1
    only_codes = _holds_codes(full, names[0], 0)
    for column in range(1, width - 1):
        if _REMARKS.fullmatch(names[column]):
            break
        codes = _holds_codes(full, names[column], column)
        only_codes = only_codes and codes
        if only_codes or _holds_text(full, column):
            count = column + 1
        elif not codes:
            break
    return count


def _holds_codes(body: list[Row], name: str, column: int) -> bool:
    """Whether a column has numbers that count or name rows (`Post`, `Nr.`), no amounts."""
    cells = [cell for cell in (clean(row.cells[column]) for row in body if not row.problem) if cell]
    if not cells or not all(re.fullmatch(r"[\d.]+", cell) for cell in cells):
        return False
    return bool(_CODES.fullmatch(name)) or (not _YEAR.search(name) and all(map(_LEADING_ZERO.match, cells)))


def _with_labels_joined(body: list[Row], levels: list[list[str]], width: int) -> tuple[list[Row], int]:
    """The rows with all columns of labels in one (`Skole | Nybygg`), where there are several.

    A label that goes on from the row above is not printed again; copied pages have no cell for it.
    """
    count = _label_columns(body, levels, width)
    if count == 1:
        return body, 1
    joined = []
    above = ""
    for row in body:
        cells = row.cells
        if row.problem:
            joined.append(row)
            continue
        if len(cells) == width - 1 and not is_value(clean(cells[0])) and not any(map(_is_text, cells[count:])):
            cells = ["", *cells]
        if not any(cells[1:]):
            joined.append(row)
            above = ""
            continue
        above = cells[0] or (above if any(cells[1:count]) else "")
        label = " | ".join(filter(None, (above, *cells[1:count])))
        joined.append(row._replace(cells=[label, *[""] * (count - 1), *cells[count:]]))
    return joined, count


def _styles(labels: list[_Label]) -> dict[int, Style]:
    """How each column prints its numbers, where it matters."""
    columns: dict[int, list[str]] = {}
    for label in labels:
        for column, printed, _ in label.values:
            columns.setdefault(column, []).append(printed)
    shapes = (cell_shape(printed) for texts in columns.values() for printed in texts)
    if not any(found is not None and found.is_open for found in shapes):
        return dict.fromkeys(columns, NO_STYLE)
    style = style_of(text for texts in columns.values() for text in texts)
    return {column: style.of_column(texts) for column, texts in columns.items()}


def _asides(names: list[str], first: int, body: list[Row]) -> set[int]:
    """The columns after the labels that hold no values: numbers of notes, codes, and words."""
    columns = range(first, len(names))
    return {
        column
        for column in columns
        if _NOTES.fullmatch(names[column])
        or _holds_text(body, column)
        or _holds_codes_alone(body, names[column], column)
    }


def _holds_codes_alone(body: list[Row], name: str, column: int) -> bool:
    """Whether a column has codes (`Prosjektnr`), which no row sums."""
    summed = [row for row in body if column < len(row.cells) and is_total(clean(row.cells[0])) and row.cells[column]]
    full = [row for row in body if column < len(row.cells)]
    return not summed and _holds_codes(full, name, column)


# Rows.


def _begin_in_lower_case(body: list[Row], first: int, width: int, aside: set[int]) -> bool:
    """Whether the labels of a table that are whole may begin in lower case: two do below rows with all their values."""
    found = 0
    above = False
    for row in body:
        printed = len(row.cells) >= width and not row.problem
        values = printed and all(clean(row.cells[column]) for column in range(first, width) if column not in aside)
        found += values and above and clean(row.cells[0])[:1].islower()
        above = values
    return bool(first) and found > 1


def _labels(body: list[Row], first: int, width: int, aside: set[int]) -> tuple[list[_Label], list[tuple[Row, str]]]:
    """The rows with their values, labels made whole; and the rows that could not be placed."""
    labels: list[_Label] = []
    left: list[tuple[Row, str]] = []
    group = ""
    lower = _begin_in_lower_case(body, first, width, aside)
    last: _Label | None = None
    for row in body:
        if row.problem:
            left.append((row, row.problem))
            last = None
            continue
        text = LEADER.sub("", clean(row.cells[0])).rstrip() if first else ""
        printed = [column for column in range(first, min(width, len(row.cells))) if clean(row.cells[column])]
        columns = [column for column in printed if column not in aside]
        goes_on = text[:1].islower() and not lower and not _PART.match(text)
        if not columns:
            if last is not None and goes_on:
                last.text = f"{last.text} {text}"
                last.lines.append(row.line)
                group = group if last.filled else last.text
            elif text:
                last = _Label(text, group, is_marked(row.cells[0]), lines=[row.line])
                group = text
            continue
        if len(row.cells) < width:
            left.append((row, f"the row has {len(row.cells)} cells and its header {width}"))
            last = None
            continue
        values = [(column, row.cells[column], row.line) for column in columns]
        if first and last is not None and (goes_on or not text) and last.split_before(row.line, columns):
            # The page broke the row itself: the second line has what the first one lacks.
            last.text = f"{last.text} {text}".rstrip()
            last.values.extend(values)
            last.lines.append(row.line)
            continue
        if first and not text:
            left.append((row, "the row has no label"))
            last = None
            continue
        marked = is_marked(row.cells[0])
        lines = list(row.lines) or [row.line]
        if last is not None and goes_on and not last.filled and (marked or not last.marked):
            # The line above was no group but the first half of this label.
            group = last.group
            text = f"{last.text} {text}"
            lines = [*last.lines, row.line]
        last = _Label(text, group, marked, values, lines, filled=True)
        labels.append(last)
    return labels, left
