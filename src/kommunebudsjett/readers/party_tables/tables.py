"""Blocks of text in, printed tables out: header, groups, rows and what on their lines could not be placed."""

import re
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

from kommunebudsjett.readers.party_tables.blocks import PAGE_GAP, Block, Line
from kommunebudsjett.readers.party_tables.header import FoundHeader, Header, find_header, names_no_area
from kommunebudsjett.readers.party_tables.text import join_text, normal, words
from kommunebudsjett.readers.party_tables.values import (
    THOUSANDS_OR_DECIMALS,
    Printed,
    Reading,
    amounts_in,
    are_apart,
    ends_in_amounts,
    ends_in_odd_amount,
    is_label_apart,
    is_sign_apart,
    may_be_empty_cell,
    readings,
    split_row,
    value_of,
)
from kommunebudsjett.readers.text import MINUS
from kommunebudsjett.readers.unit_words import unit_of_line

# Two figures at the end of a line: a row. A year with words after it: a header with a column after the years.
_ROW = re.compile(r"\d\s?%?\s+[-−–]?\s?\d[\d,\u00a0\u2009\u202f ]*\s?%?$")
_LAST_YEAR = re.compile(r"\s(?:19|20)\d\d\s+\D+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DIGITS = re.compile(r"\d+(?:,\d+)?")
_PARENTHESIS = re.compile(r"\([^)]*\)")
_RUNNING_NUMBER = re.compile(r"^\d+\.\s*")
_UNIT_WORDS = frozenset(("mnok", "tnok", "mill", "millioner", "kr", "kroner", "nok", "i", "for", "av", "alle"))
_FOOTNOTES = " *\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
_DASHES = tuple(MINUS)
# Never a dash of a label.
_MINUS_SIGN = "−"
# How far a printed sum may be from the rows' sum, and how many readings of a table's rows are tried.
_ROUNDING = 0.06
_MOST_COMBINATIONS = 512
# A text without values that is longer than this is prose, not a group.
_LONGEST_GROUP = 110
_MOST_GROUP_LINES = 3


@dataclass(slots=True)
class Row:
    """A printed row: its words, the numbers that end it, and the lines it stands on."""

    words: list[str]
    numbers: list[Printed]
    lines: list[Line]
    group: str
    label: str = ""
    values: list[Printed] = field(default_factory=list)
    amounts: list[float | None] = field(default_factory=list)
    is_total: bool = False

    @property
    def quote(self) -> str:
        """The printed lines, joined by a space."""
        return " ".join(line.text for line in self.lines)


class Problem(NamedTuple):
    """A printed number that could not be placed, and why."""

    line: int
    raw: str
    reason: str


@dataclass
class Table:
    """A printed table."""

    header: Header
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    numbers_in_text: int = 0
    """Numbers that were taken as part of headers and groups."""

    @property
    def totals(self) -> list[Row]:
        """The rows that are sums of the table."""
        return [row for row in self.rows if row.is_total]


def find_tables(blocks: list[Block], least_years: int) -> list[Block | Table]:
    """Blocks that stand outside tables, and the tables, in the order of the document."""
    blocks = [part for block in blocks for part in _split_at_headers(block, least_years)]
    headers = [find_header(block, least_years) for block in blocks]
    found: list[Block | Table] = []
    index = 0
    while index < len(blocks):
        header = headers[index]
        if header is None:
            found.append(blocks[index])
            index += 1
            continue
        above, head, below = header
        reader = _TableReader(head)
        end, rest = reader.read(below, blocks, headers, index + 1)
        if not reader.table.rows and not reader.table.problems:
            found.append(blocks[index])
            index += 1
            continue
        if above:
            found.append(Block(above, blocks[index].gap))
        found.append(reader.table)
        if rest:
            found.append(Block(rest, 1))
        index = end
    _resolve([item for item in found if isinstance(item, Table)])
    return found


def _split_at_headers(block: Block, least_years: int) -> list[Block]:
    """The block, divided where a table begins right below a row of another one, without a blank line between."""
    starts = [0]
    for place in range(1, len(block.lines)):
        line, above = block.lines[place], block.lines[place - 1]
        if _ROW.search(line.text) or _LAST_YEAR.search(line.text):
            is_row = _ROW.search(above.text) or _odd_amounts(*split_row(above.text, above.number))
            header = is_row and find_header(Block([line], 0), least_years)
            if header and header[1].caption:
                starts.append(place)
    ends = [*starts[1:], len(block.lines)]
    return [
        Block(block.lines[start:end], block.gap if start == 0 else 1) for start, end in zip(starts, ends, strict=True)
    ]


class _TableReader:
    """Takes the lines below a header for as long as they are rows or groups of its table."""

    def __init__(self, header: Header):
        self.table = Table(header)
        self.columns = len(header.columns)
        self.group = ""
        # Texts without values: groups when rows follow, else no part of the table.
        self.waiting: list[list[Line]] = []
        # A text that ends in one number: a label that a page cuts, else a number that can't be placed.
        self.cut: list[Line] = []
        self.total_seen = False

    def read(
        self, below: list[Line], blocks: list[Block], headers: list[FoundHeader | None], start: int
    ) -> tuple[int, list[Line]]:
        """Read the lines right below the header and the blocks from `start`.

        Returns the place of the first block that is no part of the table, and lines of the block above it that are
        none either.
        """
        end = start
        rest: list[Line] = []
        if below and not self._is_prose(below):
            _, rest = self._take(below, 0)
        elif below:
            return end, below
        for index in range(start, len(blocks)):
            lines = blocks[index].lines
            header = headers[index]
            if header is not None:
                # Under another heading, a header that names no area begins another table.
                under_heading = self.waiting and names_no_area(header[1].caption)
                if self.total_seen or header[0] or under_heading or not self._repeats(header[1]):
                    break
                self.table.numbers_in_text += len(header[1].years)
                lines = header[2]
            if self._is_prose(rest) or self._is_prose(lines):
                break
            took, left = self._take(lines, blocks[index].gap) if lines else (True, [])
            if took:
                end, rest = index + 1, left
        return end, rest

    def _repeats(self, header: Header) -> bool:
        own = self.table.header
        return normal(header.caption) == normal(own.caption) and header.columns == own.columns

    def _is_prose(self, lines: list[Line]) -> bool:
        """Whether lines are running text, not rows or a group of a table."""
        if not lines:
            return False
        closed = lines[-1].text[-1] in ".!?" or len(lines) > _MOST_GROUP_LINES
        if not closed and sum([len(line.text) for line in lines]) <= _LONGEST_GROUP:
            return False
        values = min(self.columns, 2)
        return not any(
            len(split_row(line.text, line.number)[1]) >= values or ends_in_amounts(line.text) for line in lines
        )

    def _take(self, lines: list[Line], gap: int) -> tuple[bool, list[Line]]:
        """Take lines that stand together.

        Returns whether they belong to the table, which a text that only waits for rows doesn't, and those at their
        end that wait.
        """
        rows, left = self._rows(lines)
        for place, row in enumerate(rows):
            if place == 0 and (self.waiting or self.cut):
                self._place_waiting(row, gap)
            row.group = self.group
            self.table.rows.append(row)
            row.is_total = _is_total(" ".join(row.words), self.table.header.caption)
            self.total_seen = row.is_total
        if not left:
            return True, []
        self.cut = []
        _, numbers = split_row(left[-1].text, left[-1].number)
        if len(numbers) > 1 or any(not number.raw.isdigit() for number in numbers) or left[-1].text.isdigit():
            self._refuse(left[-1:])
            self.cut = left if len(numbers) == 1 else []
            return True, []
        self.waiting.append(left)
        return bool(rows), left

    def _rows(self, lines: list[Line]) -> tuple[list[Row], list[Line]]:
        """The rows in lines that stand together, and the lines at their end that have no values.

        A line with amounts that are no row is refused: it is no part of the label of the next row.
        """
        rows: list[Row] = []
        open_row = Row([], [], [], "")
        parsed = [split_row(line.text, line.number) for line in lines]
        for index, (line, (text, numbers)) in enumerate(zip(lines, parsed, strict=True)):
            following = parsed[index + 1] if index + 1 < len(lines) else None
            if _odd_amounts(text, numbers):
                self._refuse([*(open_row.lines if open_row.numbers else []), line])
                open_row = Row([], [], [], "")
                continue
            if rows and not open_row.lines and not numbers and _goes_on(text, following):
                rows[-1].words.append(text)
                rows[-1].lines.append(line)
                continue
            if text and open_row.numbers:
                if len(open_row.numbers) > 1 or text[0].isupper():
                    self._refuse(open_row.lines)
                    open_row = Row([], [], [], "")
                # A number that the rest of a sentence follows is part of the label.
                open_row.words += [number.raw for number in open_row.numbers]
                open_row.numbers = []
            open_row.words += [text] if text else []
            open_row.numbers += numbers
            open_row.lines.append(line)
            if len(open_row.numbers) >= self.columns and not (following and not following[0]):
                rows.append(open_row)
                open_row = Row([], [], [], "")
        return rows, open_row.lines

    def _refuse(self, lines: list[Line]) -> None:
        """List the amounts in lines that are no row of the table."""
        for line in lines:
            text, numbers = split_row(line.text, line.number)
            odd = _odd_amounts(text, numbers)
            reason = (
                "a row of figures that are not all numbers as the document prints them"
                if odd
                else f"{len(numbers)} of {self.columns} values: the columns that they stand in are not known"
            )
            self.table.problems += [Problem(line.number, raw, reason) for raw in odd]
            self.table.problems += [Problem(*number[::-1], reason) for number in numbers]

    def _place_waiting(self, row: Row, gap: int) -> None:
        """The texts above are the row's group and the beginning of its label where a page ends within the label."""
        waiting, self.waiting = self.waiting, []
        if not row.words or (gap >= PAGE_GAP and row.words[0][0].islower()):
            if self.cut:
                self.table.problems.pop()
            begun = self.cut or waiting.pop()
            row.words = [line.text for line in begun] + row.words
            row.lines = begun + row.lines
        for lines in waiting:
            self.group = join_text([line.text for line in lines])
            self.table.numbers_in_text += len(_DIGITS.findall(self.group))


def _odd_amounts(text: str, numbers: list[Printed]) -> list[str]:
    """The amounts in the words of a line that are no numbers as a document prints them; its numbers come after.

    One dash may end the label, or be the minus sign of the first value.
    """
    if unit_of_line(text):
        return []
    odd = ends_in_odd_amount(text)
    return amounts_in(text) or ([odd] if odd and odd not in _DASHES else [])


def _goes_on(text: str, following: tuple[str, list[Printed]] | None) -> bool:
    """Whether a line without values, right below a row, is the rest of that row's label."""
    return text[0].islower() and not (following and following[0][:1].islower())


def _is_total(label: str, caption: str) -> bool:
    """Whether a label says that the row is the sum of the table.

    It begins with "sum" or ends in "i alt", or "totalt" is all that it says beside the caption and the unit: a
    measure such as "Total gjennomgang av innkjøp" is none.
    """
    lower = label.lower()
    if "sum" not in lower and "total" not in lower and " alt" not in lower and "sammen" not in lower:
        return False
    printed = words(_PARENTHESIS.sub(" ", _RUNNING_NUMBER.sub("", label)))
    said = [word for word in printed if word not in _UNIT_WORDS]
    if not said:
        return False
    if printed[-2:] in (["i", "alt"], ["til", "sammen"]) or said == ["tilsammen"]:
        return True
    if said[0] in ("sum", "sluttsum", "totalsum"):
        return True
    if said[-1] in ("total", "totalt"):
        return True
    beside = {*words(caption), "drift", "investeringer", "endring", "endringer"}
    if said[-1] == "sum" and beside.issuperset(said[:-1]):
        return True
    return said[0] in ("total", "totalt") and beside.issuperset(said[1:])


def _resolve(tables: list[Table]) -> None:
    """Give each row its label and values; what can be read in two ways goes among the problems.

    A plain space between two numbers parts columns, unless some row of the document can only be read with a space
    between thousands; then the table's own sum may tell what a row says. A dash before the first value is a minus
    where the document prints its minus signs apart from the numbers.
    """
    ways: list[tuple[Table, Row, list[Reading]]] = []
    for table in tables:
        for row in table.rows:
            apart = any(are_apart(line.text) for line in row.lines)
            found = readings(
                row.numbers, len(table.header.columns), may_end_in_number=not row.is_total, may_join=not apart
            )
            ways.append((table, row, found))
    amounts: dict[str, float | None] = {}
    spaced = any(found and all(reading.spaced for reading in found) for _, _, found in ways)
    chosen = [_choose(row, found, spaced) for _, row, found in ways]
    if None in chosen:
        _choose_by_sums(ways, chosen)
        _choose_as_before(ways, chosen)
    for (table, row, found), reading in zip(ways, chosen, strict=True):
        if reading is None:
            reason = (
                "the numbers can be read in more than one way: as values, as part of the label, or with empty cells"
                if found
                else f"{len(row.numbers)} numbers in a row of a table with {len(table.header.columns)} columns"
            )
        elif (dash := _dash_before(row, reading)) and dash != _MINUS_SIGN and not _has_signs_apart(ways):
            reason = "a dash stands before the first value: a minus sign or part of the label"
        elif any(THOUSANDS_OR_DECIMALS.fullmatch(raw) for raw, _ in reading.values):
            reason = "a comma before three digits: decimals or thousands"
        elif not _label(row, reading):
            reason = "a row of numbers without a label"
        elif _are_years(reading):
            reason = "a row of years: no amounts"
        elif any(value_of(raw) is None for raw, _ in reading.values):
            reason = "more digits than an amount has"
        else:
            row.values = reading.values
            if dash and not reading.label:
                first = reading.values[0]
                row.values = [Printed(f"{dash} {first.raw}", first.line), *reading.values[1:]]
                row.words = [*row.words[:-1], row.words[-1].rstrip()[:-1]]
            for raw, _ in row.values:
                if raw not in amounts:
                    amounts[raw] = value_of(raw)
            row.amounts = [amounts[raw] for raw, _ in row.values]
            row.label = _label(row, reading)
            table.numbers_in_text += len(_DIGITS.findall(row.label))
            continue
        table.problems += [Problem(number.line, number.raw, reason) for number in row.numbers]
    for table in tables:
        table.rows = [row for row in table.rows if row.values]


def _label(row: Row, reading: Reading) -> str:
    """The label of a row without footnote marks, "" where there is none."""
    parts = [*row.words, *(raw for raw, _ in reading.label)]
    return join_text(parts).rstrip(_FOOTNOTES) if parts else ""


def _has_signs_apart(ways: list[tuple[Table, Row, list[Reading]]]) -> bool:
    """Whether the document prints a minus apart where it can be no dash of a label: after a row's first value."""
    single = [found[0] for _, _, found in ways if len(found) == 1]
    return any(is_sign_apart(raw) for reading in single for raw, _ in reading.values[1:])


def _dash_before(row: Row, reading: Reading) -> str:
    """The sign that stands apart before the first value, or ""."""
    if reading.label:
        raw = reading.values[0].raw
        return raw[0] if is_sign_apart(raw) else ""
    return row.words[-1].rstrip()[-1:] if row.words and row.words[-1].split()[-1] in _DASHES else ""


def _choose_by_sums(ways: list[tuple[Table, Row, list[Reading]]], chosen: list[Reading | None]) -> None:
    """Choose, where rows can be read in more than one way, the only readings that add up to the table's sum."""
    for table in {id(table): table for table, _, _ in ways}.values():
        places = [place for place, way in enumerate(ways) if way[0] is table and (chosen[place] or way[2])]
        open_places = [place for place in places if chosen[place] is None]
        totals = [place for place in places if ways[place][1].is_total]
        options = [ways[place][2] for place in open_places]
        complete = not table.problems and all(way[2] for way in ways if way[0] is table)
        if not options or len(totals) != 1 or not complete or prod(map(len, options)) > _MOST_COMBINATIONS:
            continue
        fitting = []
        for combination in product(*options):
            taken = {place: chosen[place] for place in places} | dict(zip(open_places, combination, strict=True))
            total = _amounts(taken.pop(totals[0]))
            sums = [sum(column) for column in zip(*map(_amounts, taken.values()), strict=True)]
            if all(abs(one - other) < _ROUNDING for one, other in zip(sums, total, strict=True)):
                fitting.append(combination)
        if len(fitting) == 1:
            for place, reading in zip(open_places, fitting[0], strict=True):
                chosen[place] = reading


def _choose_as_before(ways: list[tuple[Table, Row, list[Reading]]], chosen: list[Reading | None]) -> None:
    """Choose, for a row that is printed twice, the reading that was chosen at the other place."""
    known = {_printed(way[1]): len(reading.label) for way, reading in zip(ways, chosen, strict=True) if reading}
    for place, (_, row, found) in enumerate(ways):
        label = known.get(_printed(row))
        same = [reading for reading in found if len(reading.label) == label and not reading.spaced]
        if chosen[place] is None and len(same) == 1:
            chosen[place] = same[0]


def _printed(row: Row) -> tuple[str, ...]:
    return (normal(" ".join(row.words)), *(number.raw for number in row.numbers))


def _amounts(reading: Reading) -> list[float]:
    return [value_of(raw) or 0 for raw, _ in reading.values]


def _choose(row: Row, found: list[Reading], spaced: bool) -> Reading | None:
    """The reading of a row that is the only one, or that the way the document prints numbers shows to be right.

    That a number is the label's and no value in a column too many must be seen in print, and so must that a dash is no
    empty cell.
    """
    if found and not row.is_total and may_be_empty_cell(row.numbers, len(found[0].values)):
        return None
    if len(found) == 1:
        return found[0] if not found[0].label or _is_label_apart(row, found[0]) else None
    if spaced:
        whole = [reading for reading in found if not reading.label]
        return whole[0] if len(whole) == 1 and whole[0].spaced == len(whole[0].values) else None
    whole = [reading for reading in found if not reading.spaced and _is_label_apart(row, reading)]
    return whole[0] if len(whole) == 1 else None


def _is_label_apart(row: Row, reading: Reading) -> bool:
    """Whether the numbers of a label are printed apart from the values.

    They are on a line above, or not in a column of their own, or in another style ("80 % 78,3% 81,1%"), or a year.
    """
    if not reading.label:
        return False
    last = reading.label[-1]
    values = [raw for raw, _ in reading.values]
    if last.line != reading.values[0].line or _is_other_style(last.raw, values):
        return True
    return len(reading.label) == 1 and (
        any(is_label_apart(line.text) for line in row.lines)
        or (bool(_YEAR.fullmatch(last.raw)) and not any(_YEAR.fullmatch(raw) for raw in values))
    )


def _is_other_style(label: str, values: list[str]) -> bool:
    """Whether a percentage has a space before its sign, or no decimals, and no value has it so."""
    if not label.endswith("%") or not all(raw.endswith("%") for raw in values):
        return False
    space, decimals = label[-2].isdigit(), "," in label
    return all(raw[-2].isdigit() is not space for raw in values) or all(("," in raw) is not decimals for raw in values)


def _are_years(reading: Reading) -> bool:
    values = [raw for raw, _ in reading.values]
    years = [int(raw) for raw in values if _YEAR.fullmatch(raw)]
    return len(values) > 1 and len(years) == len(values) and all(b - a == 1 for a, b in pairwise(years))
