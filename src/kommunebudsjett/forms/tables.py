"""Printed rows of cells that span columns and rows in, a table of single cells out.

A header repeats its text over all that it spans, and a label down all its rows. A number is never repeated: one amount
for two measures would become two amounts. A header of several rows becomes one row of whole names (`2023 | Budsjett`),
since what stands over what is known here, and in a line of text no more.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from kommunebudsjett.core.encodings import LOST
from kommunebudsjett.forms.content import Block, Cell, Paragraph, Table
from kommunebudsjett.forms.limits import MOST_CELLS, MOST_COLUMNS, MOST_SPAN
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.writing import beside, one_line

_SPLIT = "split the table, or save the document as PDF"
_UNIT = r"(?:%|prosent|kroner|kr|millioner|million|mill|milliarder|milliard|mrd|tusen|mnok|tkr|tnok)"
_NUMBER = re.compile(
    r"\W{0,9}(?:(?:ca|cirka|om lag|rundt|inntil|opptil|minst|over|under)\b)?\W{0,9}(?:kr|nok)?\W{0,9}"
    rf"\d[\d\s.,'’]*(?:[-–]\s?\d[\d\s.,'’]*{_UNIT})?\W{{0,9}}(?:{_UNIT}\W{{0,9}}){{0,3}}",
    re.IGNORECASE,
)
# An amount within other text: it begins with a number that numbers nothing, or has a unit, a comma or three figures.
_COUNTED = re.compile(r"\W{0,9}\d+(?![\d.)])")
_AMOUNT = re.compile(rf"\d{{3}}|\d,\d|\d\s?{_UNIT}|^{_COUNTED.pattern}", re.IGNORECASE)
_DASH = re.compile("[-–—]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RAISED = re.compile(r"<sup>[^<>]{0,40}</sup>")
_WORD_GOES_ON = re.compile(r"[^\W\d_]-$")
_KEPT_HYPHEN = re.compile(r"(?:og|eller|samt)\b")


class Printed(NamedTuple):
    """A cell as the form has it: its lines of text, what it is, and how many columns and rows it spans."""

    lines: list[str]
    header: bool = False
    bold: bool = False
    across: int = 1
    down: int = 1


@dataclass(slots=True)
class _Slot:
    """A place of the grid: the cell that covers it, and whether the cell begins there."""

    cell: Printed
    text: str
    origin: tuple[int, int]


@dataclass
class _Grid:
    rows: list[dict[int, _Slot]] = field(default_factory=list)
    width: int = 0


def blocks_of(rows: list[list[Printed]], heads: int = 0) -> list[Block]:
    """The table of printed rows, with the lines above and below it that span it whole as paragraphs.

    `heads` is how many of the first rows the form marks as headers. Raises ProblemError where the table is larger than
    any that people print.
    """
    split = _split_lines(rows, heads)
    grid = _laid_out([row for _, row in split])
    above, below = _whole_rows(grid)
    end = len(grid.rows) - below
    heads = above + _header_depth(grid.rows[above:end], max(0, heads - above))
    table: list[list[Cell]] = []
    places: list[str] = []
    begin = above
    if heads > above + 1 and _spans(grid.rows[above:heads]):
        table.append(_whole_header(grid.rows[above:heads], grid.width))
        places.append(f"{split[above][0]}–{split[heads - 1][0]}")
        begin = heads
    for index in range(begin, end):
        row = grid.rows[index]
        cells = [_cell(row.get(column), (index, column), index < heads) for column in range(grid.width)]
        if any(cell.text for cell in cells):
            table.append(cells)
            places.append(str(split[index][0]))
    found: list[Block] = [Paragraph(_only(row)) for row in grid.rows[:above]]
    if table:
        found.append(Table(table, places))
    found += [Paragraph(_only(row)) for row in grid.rows[end:]]
    return found


def is_number(text: str) -> bool:
    """Whether a text is a number, with or without a sign and a unit, or stands for one that cannot be read."""
    return text == LOST or _NUMBER.fullmatch(without_raised(text).strip()) is not None


def without_raised(text: str) -> str:
    """The text without what is raised: a note is no part of the number that it stands at."""
    return _RAISED.sub("", text) if "<sup>" in text else text


def holds_amount(row: list[Printed]) -> bool:
    """Whether a row holds a number that is no year."""
    texts = [joined(cell.lines) for cell in row]
    return any(is_number(text) and not _YEAR.fullmatch(text) for text in texts)


def joined(lines: list[str]) -> str:
    """The lines of a cell as one. Two numbers are kept apart by a stroke, so that they do not become one.

    >>> joined(["Sum", "drift"]), joined(["12", "345"])
    ('Sum drift', '12 / 345')
    """
    text = ""
    for line in filter(None, map(one_line, "\t".join(lines).split("\t"))):
        if _WORD_GOES_ON.search(text[-2:]) and line[0].islower() and not _KEPT_HYPHEN.match(line):
            text = f"{text[:-1]}{line}"
        else:
            text = beside([text, line])
    return text


def _split_lines(rows: list[list[Printed]], heads: int) -> list[tuple[int, list[Printed]]]:
    """The rows with their numbers, one whose cells hold equally many lines with numbers as so many rows."""
    out: list[tuple[int, list[Printed]]] = []
    reaching = 0
    for index, row in enumerate(rows):
        single = index >= heads and reaching <= index and all(cell.down == 1 for cell in row)
        reaching = max([reaching, *(index + cell.down for cell in row)])
        out.extend((index + 1, part) for part in (_as_lines(row) if single else [row]))
    return out


def _as_lines(row: list[Printed]) -> list[list[Printed]]:
    lines = [[line for line in (joined([line]) for line in cell.lines) if line] for cell in row]
    counts = {len(found) for found in lines if found}
    numbers = any(len(found) > 1 and all(map(is_number, found)) for found in lines[1:])
    if not numbers or len(counts) != 1:
        return [row]
    each = range(counts.pop())
    return [
        [cell._replace(lines=[found[n]] if found else []) for cell, found in zip(row, lines, strict=True)] for n in each
    ]


def _laid_out(rows: list[list[Printed]]) -> _Grid:
    """Each cell in its columns and rows, after those that reach down from above."""
    grid = _Grid([{} for _ in rows])
    cells = 0
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in grid.rows[index]:
                column += 1
            across = max(1, min(cell.across, MOST_SPAN))
            down = max(1, min(cell.down or len(rows), len(rows) - index))
            if column + across > MOST_COLUMNS:
                raise ProblemError(f"a table has more than {MOST_COLUMNS} columns", _SPLIT)
            cells += across * down
            if cells > MOST_CELLS:
                raise ProblemError(f"a table has more than {MOST_CELLS} cells", _SPLIT)
            text = joined(cell.lines)
            for below in grid.rows[index : index + down]:
                for at in range(column, column + across):
                    below.setdefault(at, _Slot(cell, text, (index, column)))
            column += across
    grid.width = max((max(row) + 1 for row in grid.rows if row), default=0)
    return grid


def _only(row: dict[int, _Slot]) -> str:
    """The text of a row that one cell fills."""
    return row[0].text


def _is_whole(row: dict[int, _Slot], width: int) -> bool:
    """Whether one cell with text, and no number, spans the whole row and it alone."""
    return (
        width > 1
        and len(row) == width
        and len({slot.origin for slot in row.values()}) == 1
        and bool(row[0].text)
        and not is_number(row[0].text)
    )


def _whole_rows(grid: _Grid) -> tuple[int, int]:
    """How many rows at the beginning and at the end are lines of text as wide as the table."""
    whole = [_is_whole(row, grid.width) for row in grid.rows]
    if all(whole):
        return len(whole), 0
    return whole.index(False), whole[::-1].index(False)


def _header_depth(rows: list[dict[int, _Slot]], marked: int) -> int:
    """How many rows the header has: those that the form marks, else the first ones without amounts, if any has one.

    A row with a label alone heads the rows under it, and no columns.
    """
    found = next((index for index, row in enumerate(rows) if _has_amount(row) or (index and _counts(row))), 0)
    depth = marked or found or min(1, len(rows) - 1)
    if not marked and found and 0 in rows[0]:
        # What stands beside the name of the labels is a name, whatever it looks like (`Avvik`, `0`).
        depth = max(depth, min(rows[0][0].cell.down, len(rows) - 1))
    return next((index for index in range(1, depth) if _is_label(rows[index], rows[0])), depth)


def _is_label(row: dict[int, _Slot], first: dict[int, _Slot]) -> bool:
    """Whether a label is all that begins in a row; one that goes on from the first row is the name of the labels."""
    filled = {slot.origin for slot in row.values() if slot.text}
    names = {slot.origin for slot in first.values()}
    return len(filled) == 1 and all(column == 0 for _, column in filled) and not filled & names


def _has_amount(row: dict[int, _Slot]) -> bool:
    return any(
        (column and _DASH.fullmatch(slot.text)) or (is_number(slot.text) and not _YEAR.fullmatch(slot.text))
        for column, slot in row.items()
    )


def _counts(row: dict[int, _Slot]) -> bool:
    """Whether a row has a label and beside it what is counted (`12 årsverk`)."""
    if 0 not in row or not row[0].text:
        return False
    others = (slot for column, slot in row.items() if column and slot.origin[0] == row[0].origin[0])
    return any(_COUNTED.match(_YEAR.sub("", slot.text)) for slot in others)


def _spans(rows: list[dict[int, _Slot]]) -> bool:
    return any(slot.cell.across > 1 or slot.cell.down > 1 for row in rows for slot in row.values())


def _whole_header(rows: list[dict[int, _Slot]], width: int) -> list[Cell]:
    """The names of the columns: a header that spans others stands before them with a stroke, wrapped text goes on."""
    names = [""] * width
    for row in rows:
        stroke = any(slot.cell.across > 1 for slot in row.values())
        for column, slot in row.items():
            below = slot.text if names[column].removesuffix(" |") != slot.text else ""
            apart = " " if names[column] else ""
            if below:
                names[column] += f"{apart}{below}{' |' if stroke and slot.cell.down == 1 else ''}"
    return [Cell(name.removesuffix(" |"), header=True) for name in names]


def _cell(slot: _Slot | None, place: tuple[int, int], in_header: bool) -> Cell:
    if slot is None:
        return Cell("")
    shown = _repeats(slot, place, in_header)
    return Cell(slot.text if shown else "", slot.cell.header or in_header, slot.cell.bold)


def _repeats(slot: _Slot, place: tuple[int, int], in_header: bool) -> bool:
    """Whether the text of a cell stands in this one of the places that it covers."""
    column = slot.origin[1]
    if place == slot.origin or in_header:
        return True
    if column == 0 and _YEAR.fullmatch(slot.text):
        return place[1] == column
    if is_number(slot.text) or (column > 0 and _AMOUNT.search(_YEAR.sub("", without_raised(slot.text)))):
        return False
    # A label fills its own column, whatever room it has; another text is true of all columns that it spans.
    return place[1] == column or column > 0
