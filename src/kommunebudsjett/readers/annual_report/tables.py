"""A printed table in; its value cells, its inspections and its unread numbers out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kommunebudsjett.readers import units
from kommunebudsjett.readers.annual_report.headers import column_names
from kommunebudsjett.readers.annual_report.inspections import inspection_columns, read_inspections
from kommunebudsjett.readers.annual_report.markup import clean, is_marked
from kommunebudsjett.readers.annual_report.mending import Mender
from kommunebudsjett.readers.annual_report.scanning import PrintedTable, Row, header_key, names_columns
from kommunebudsjett.readers.annual_report.values import cell_number, is_missing, is_value, is_year
from kommunebudsjett.readers.records import Cell, Records, Unread
from kommunebudsjett.readers.text import NUMBER
from kommunebudsjett.readers.unit_words import UNKNOWN

_TOTAL = re.compile(r"(?:\d+\.\s*)?(?:slutt)?sum\b|.*\b(?<!av )totalt?\b(?!\s+pe?r\b(?!\.?\s\d+\.\d))", re.IGNORECASE)
_RULER = re.compile(r"[-–—=_:|\s]*")
_ORDINAL_HEADER = re.compile(
    r"\w*(?:år|trinn|kapittel|klasse|alder|nr|nummer|måned|uke|kvartal|tertial|post|art)\.?", re.IGNORECASE
)
_ACCOUNTS_COLUMN = re.compile(r"regnskap|budsjett", re.IGNORECASE)


class _NotUnderstoodError(Exception):
    """The table fits no rule; the message says which."""


@dataclass
class _Label:
    """A row as it is being read: a group heading until values follow."""

    text: str
    group: str
    marked: bool
    values: list[tuple[int, str, int]] = field(default_factory=list)

    def split_before(self, line: int, columns: list[int]) -> bool:
        """Whether a page broke after this row's values, none of which stands in the columns of the next line."""
        taken = {column for column, _, _ in self.values}
        return bool(self.values) and line > self.values[-1][2] + 1 and taken.isdisjoint(columns)


def is_total(label: str) -> int:
    """1 for the label of a row that sums the table.

    >>> is_total("6. Sum investeringsutgifter"), is_total("Årsverk totalt per 1 000 innbyggere")
    (1, 0)
    """
    return int(_TOTAL.match(label) is not None)


class TableReader:
    """Reads the tables of one document into its records."""

    def __init__(self, document: str, mender: Mender, records: Records):
        self._document = document
        self._mender = mender
        self._records = records
        self._tables: list[units.Table] = []
        # Of each cell in the records: its table, row and column.
        self._placed: list[tuple[int, int, int]] = []

    def read(self, table: PrintedTable) -> None:
        """Add the table's cells, or its inspections, or its numbers as unread with the reason."""
        try:
            self._read(table)
        except _NotUnderstoodError as problem:
            for row in table.rows:
                self._leave(row, str(problem))

    def _read(self, table: PrintedTable) -> None:
        depth = _header_depth(table.rows)
        if not depth:
            raise _NotUnderstoodError("the table has no header line that names its columns")
        header = table.rows[:depth]
        width = max(len(row.cells) for row in header)
        body = _body(table.rows, depth)
        if not body:
            raise _NotUnderstoodError("the header has no rows under it")
        for row in body:
            if any(row.cells[width:]):
                raise _NotUnderstoodError(
                    f"the row at line {row.line} has {len(row.cells)} cells and its header {width}"
                )
        levels = [[clean(cell) for cell in row.cells] + [""] * (width - len(row.cells)) for row in header]
        first = 1 if _has_label_column(levels, body) else 0
        inspections = inspection_columns(levels[0])
        if inspections:
            self._inspections(inspections, body, width)
        elif _is_text_table(body, first):
            for row in body:
                self._leave(row, "the table holds text, not values")
        else:
            levels = [[self._mender.mend(cell) for cell in level] for level in levels]
            columns = column_names(levels, first)
            self._cells(table, header[0].line, columns, levels, first, body)

    def _inspections(self, columns: dict[str, int], body: list[Row], width: int) -> None:
        read, left = read_inspections(self._document, columns, body, width)
        self._records.inspections.extend(read)
        for row in left:
            self._leave(row, "the row has fewer cells than its header")

    def _cells(
        self,
        table: PrintedTable,
        header_line: int,
        columns: list[str],
        levels: list[list[str]],
        first: int,
        body: list[Row],
    ) -> None:
        labels, left = _labels(body, first, len(columns))
        used = {column for label in labels for column, _, _ in label.values}
        names = [columns[column] for column in used]
        if not all(names):
            raise _NotUnderstoodError("a column with values has no header")
        if len(set(names)) < len(names):
            raise _NotUnderstoodError("two columns with values have the same header")
        number = table.number or f"x-{header_line}"
        caption = clean(table.caption)
        heads = [(table.remark_line, table.remark)] if table.remark else []
        if first:
            heads.append((header_line, " ".join(level[0] for level in levels)))
        heads.append((table.caption_line, caption))
        rows: list[units.Row] = []
        for label in labels:
            total = is_total(label.text)
            values = {}
            for column, printed, line in label.values:
                value = cell_number(printed)
                if value is None and not is_missing(clean(printed)):
                    self._leave_text(line, printed, "the cell holds text, not a number")
                    continue
                if value is not None:
                    self._records.numbers_read += 1
                values[column] = clean(printed)
                self._placed.append((len(self._tables), len(rows), column))
                self._records.cells.append(
                    Cell(
                        self._document,
                        number,
                        caption,
                        table.section,
                        label.group,
                        label.text,
                        columns[column],
                        value,
                        printed,
                        UNKNOWN,
                        total,
                        line,
                    )
                )
            rows.append(units.Row(label.values[0][2], label.text, bool(total), values))
        last = max(row.line for row in table.rows)
        named = [(header_line, name) for name in columns]
        self._tables.append(units.Table(number, table.rows[0].line, last, heads, named, rows))
        for row, reason in left:
            self._leave(row, reason)

    def bind_units(self, lines: list[str], by_table: Mapping[str, str], document: str) -> None:
        """Give the cells that were read their units, which need all tables of the document.

        `by_table` and `document` are what a person states in documents.yml.
        """
        bound = units.bind(lines, self._tables, by_table, document)
        for index, (table, row, column) in enumerate(self._placed):
            unit = bound[table].of(row, column)
            self._records.cells[index] = self._records.cells[index]._replace(unit=unit.name, unit_line=unit.line)

    def _leave(self, row: Row, reason: str) -> None:
        for cell in row.cells:
            self._leave_text(row.line, cell, reason)

    def _leave_text(self, line: int, printed: str, reason: str) -> None:
        if not any(map(str.isdigit, printed)):
            return
        found = [printed] if cell_number(printed) is not None else NUMBER.findall(printed)
        self._records.unread.extend(Unread(self._document, line, raw, reason) for raw in found)


def _header_depth(rows: list[Row]) -> int:
    """How many lines the header has; 0 where the first line has values."""
    first = rows[0].cells
    if not names_columns(first):
        return 0
    depth = 1
    for row in rows[1:]:
        if not _continues_header(row.cells, first):
            break
        depth += 1
    return depth


def _continues_header(cells: list[str], first: list[str]) -> bool:
    if not names_columns(cells):
        return False
    if not cells[0]:
        return header_key(cells) != header_key(first)
    if first[0] and (cells[0][0] == "(" or cells[0][0].islower()):
        # The header of the labels goes on (`Område`, `(mill. kr)`): no row above could. Years under years are values.
        return not any(is_year(above) and is_year(cell) for above, cell in zip(first[1:], cells[1:], strict=False))
    # Under headers that span others the second line may name the label column, or the first of all columns.
    return (
        (not first[0] or is_year(first[0]))
        and not all(first[1:])
        and not all(is_year(cell) for cell in cells[1:] if cell)
    )


def _body(rows: list[Row], depth: int) -> list[Row]:
    """The rows under the header, without its repetitions after page breaks and without rulers."""
    keys = [header_key(row.cells) for row in rows[:depth]]
    body = []
    expected = 0
    for row in rows[depth:]:
        if all(map(_RULER.fullmatch, map(clean, row.cells))):
            continue
        # A number in the second cell beside a label is in no header, which saves the comparison.
        second = row.cells[1]
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
        for cell in row.cells[first:]:
            if cell:
                if cell_number(cell) is not None or is_missing(clean(cell)):
                    values += 1
                else:
                    texts += 1
    return texts > values


def _labels(body: list[Row], first: int, width: int) -> tuple[list[_Label], list[tuple[Row, str]]]:
    """The rows with their values, labels made whole; and the rows that could not be placed."""
    labels: list[_Label] = []
    left: list[tuple[Row, str]] = []
    group = ""
    last: _Label | None = None
    for row in body:
        text = clean(row.cells[0]) if first else ""
        columns = [column for column in range(first, min(width, len(row.cells))) if clean(row.cells[column])]
        goes_on = text[:1].islower()
        if not columns:
            if last is not None and goes_on:
                last.text = f"{last.text} {text}"
                group = group if last.values else last.text
            elif text:
                last = _Label(text, group, is_marked(row.cells[0]))
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
            continue
        if first and not text:
            left.append((row, "the row has no label"))
            last = None
            continue
        marked = is_marked(row.cells[0])
        if last is not None and goes_on and not last.values and (marked or not last.marked):
            # The line above was no group but the first half of this label.
            group = last.group
            text = f"{last.text} {text}"
        last = _Label(text, group, marked, values)
        labels.append(last)
    return labels, left
