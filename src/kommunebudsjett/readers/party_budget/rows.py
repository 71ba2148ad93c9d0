"""Runs of table rows in, the measures of their amounts out."""

import re
from collections import Counter
from typing import NamedTuple

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import context
from kommunebudsjett.readers.party_budget.amounts import NO_UNIT, rounded
from kommunebudsjett.readers.party_budget.blocks import PARAGRAPH, ROW, Block
from kommunebudsjett.readers.party_budget.signs import own_sign
from kommunebudsjett.readers.party_budget.statements import DOUBTFUL, SIGN_UNKNOWN, combined
from kommunebudsjett.readers.party_budget.words import Words
from kommunebudsjett.readers.records import Measure, Records, Unread
from kommunebudsjett.readers.text import MINUS, parse_number
from kommunebudsjett.readers.unit_words import PER_MILLION, unit_of_label, unit_of_line

_YEAR = re.compile(r"(?:19|20)\d\d")
_CELL = re.compile(rf"[(]?[{MINUS}+]?\s?\d[\d\s.,'’]*[)*]?(?:\s?(?:kr|kroner|mill\.?|%))?|[{MINUS}—]")
_TOTAL = re.compile(r"^(?:\d+[.)]?\s)?(?:slutt)?sum\b|^(?:i alt|til sammen)\b|\btotalt?\b", re.IGNORECASE)


_LONGEST_GROUP = 60
# So many of the rows whose words give a sign must agree on what a plus means: words mislead now and then.
_MOST = 0.8


class Table(NamedTuple):
    """A header and its rows; `amounts` are the columns of amounts, each with its year if it has one."""

    header: Block
    heads: tuple[str, ...]
    rows: list[Block]
    amounts: dict[int, int | None]
    unit_below: str = ""


def table_runs(blocks: list[Block]) -> dict[int, Table]:
    """The tables among blocks, by the place of their header."""
    found: dict[int, Table] = {}
    index = 0
    while index < len(blocks):
        end = index
        while end < len(blocks) and (blocks[end].kind == ROW or _is_group(blocks, end, index)):
            if end > index and _names_years(blocks[end]):
                break
            end += 1
        if end - index > 1:
            table = _table(blocks[index], blocks[index + 1 : end])
            if table:
                below = blocks[end].text if end < len(blocks) else ""
                found[index] = table._replace(unit_below=unit_of_line(below) or "")
        index = max(end, index + 1)
    return found


def _names_years(row: Block) -> bool:
    """Whether a row is the header of another table: its cells are years."""
    return sum(bool(_YEAR.fullmatch(cell)) for cell in row.cells) > 1


def _is_group(blocks: list[Block], place: int, header: int) -> bool:
    """Whether a short line within a table names the rows below it: they have as many cells as the header."""
    if place <= header or place + 1 >= len(blocks) or len(blocks[place].text) > _LONGEST_GROUP:
        return False
    below, text = blocks[place + 1], blocks[place].text
    return (
        below.kind == ROW
        and len(below.cells) == len(blocks[header].cells)
        and not text[-1:].isdigit()
        and text[-1:] != "."
    )


def _table(header: Block, rows: list[Block]) -> Table | None:
    heads = header.cells
    if any(_is_value(cell) and not _YEAR.fullmatch(cell) for cell in heads[1:]):
        return None
    width = len(heads)
    lacks_label = sum(len(row.cells) == width + 1 for row in rows) * 2 > len(rows)
    if lacks_label:
        heads = ("", *heads)
    amounts = {}
    for column in range(1, len(heads)):
        cells = [row.cells[column] for row in rows if len(row.cells) == len(heads)]
        values = sum(_is_value(cell) for cell in cells)
        if values and values * 2 > len([cell for cell in cells if cell]):
            years = _YEAR.findall(heads[column])
            amounts[column] = int(years[0]) if len(years) == 1 else None
    if not amounts or (len(amounts) > 1 and None in amounts.values()):
        return None
    return Table(header, heads, rows, amounts)


def _is_value(cell: str) -> bool:
    return bool(_CELL.fullmatch(cell))


def measures_of_rows(
    document: Document, table: Table, about: context.Context, words: Words, records: Records, stated: int
) -> list[Block]:
    """Add the measures of a table's rows to the records; what has no known unit or sign is unread.

    `stated` is what a person states of a plus: 1 for spending, -1 for savings, 0 for nothing.

    Labels of rows without an amount, which may state one themselves, come back as blocks.
    """
    beside = []
    of_table = _unit_of_totals(table) or table.unit_below or about.unit
    units = {
        column: unit_of_label(table.heads[column]) or unit_of_label(table.heads[0]) or of_table
        for column in table.amounts
    }
    own = [_own_sign(_label(row), words) if row.kind == ROW else 0 for row in table.rows]
    signs = [combined(sign, about.kind) for sign in own]
    printed = _convention(table, own) or stated
    if set(signs) <= {0, 1} and signs.count(1) >= max(2, len(signs) // 4):
        plain = [not any(words.has(kind, _label(row)) for kind in DOUBTFUL) for row in table.rows]
        signs = [1 if is_plain else sign for sign, is_plain in zip(signs, plain, strict=True)]
    group = ""
    for row, sign in zip(table.rows, signs, strict=True):
        label = row.cells[0].strip(" +:") if row.cells else ""
        if row.kind != ROW:
            group = row.text.strip(" :")
            continue
        if len(row.cells) != len(table.heads):
            _leave(document, row, "the row has another number of cells than its header", records)
        elif label and not _TOTAL.search(label):
            for column, year in table.amounts.items():
                if not year and not _number(row.cells[column]):
                    beside.append(Block(PARAGRAPH, row.lines, label, starts=(0,)))
                measure = _measure(
                    document,
                    row,
                    label,
                    column,
                    year,
                    unit_of_label(label) or units[column],
                    printed or _plus(row, table, sign),
                    about,
                    group,
                )
                if isinstance(measure, Measure):
                    records.measures.append(measure)
                    records.numbers_read += 1
                elif measure is not None:
                    records.unread.append(measure)
    return beside


def _label(row: Block) -> str:
    return row.cells[0] if row.cells else row.text


def _unit_of_totals(table: Table) -> str:
    """The unit that the labels of a table's sum rows give: it is that of the rows that they sum."""
    units = {unit_of_label(_label(row)) for row in table.rows if _TOTAL.search(_label(row))} - {None}
    return units.pop() or "" if len(units) == 1 else ""


def _own_sign(label: str, words: Words) -> int:
    own = own_sign(label.strip(" +"), "", words)
    return 1 if label.rstrip().endswith("+") and own >= 0 else own


def _convention(table: Table, signs: list[int]) -> int:
    """What a printed plus means where a table prints minuses: +1 for spending, -1 for savings, 0 where not known."""
    votes: Counter[int] = Counter()
    minus = False
    for row, sign in zip(table.rows, signs, strict=True):
        values = [_number(row.cells[column]) for column in table.amounts if column < len(row.cells)]
        stated = [value for value in values if value]
        minus = minus or any(value < 0 for value in stated)
        if sign and stated and (all(value > 0 for value in stated) or all(value < 0 for value in stated)):
            votes[sign if stated[0] > 0 else -sign] += 1
    ((plus, count),) = votes.most_common(1) or [(0, 0)]
    return plus if minus and count >= _MOST * votes.total() else 0


def _measure(
    document: Document, row: Block, label: str, column: int, year: int | None, unit: str, sign: int,
    about: context.Context, group: str,
) -> Measure | Unread | None:  # fmt: skip
    line = row.lines[-1].number
    cell = row.cells[column]
    value = _number(cell)
    if value is None:
        is_left = any(map(str.isdigit, cell))
        return Unread(document.id, line, cell, "a number that is not understood") if is_left else None
    if unit not in PER_MILLION:
        return Unread(document.id, line, cell, NO_UNIT)
    if not value and year is None:
        return None
    if not sign:
        return Unread(document.id, line, cell, SIGN_UNKNOWN)
    kind = "investering" if about.kind == context.INVESTMENT else "drift"
    amount = rounded(value / PER_MILLION[unit] * sign)
    return Measure(
        document.id, about.area, kind, group, label, year, amount, "table", "explicit" if year else "unstated", "",
        line, line, " ".join(filter(None, row.cells)), "",
    )  # fmt: skip


def _plus(row: Block, table: Table, sign: int) -> int:
    """What a plus means in a row whose own words give its sign, where the table does not tell: nothing where a minus is
    printed for more, and a minus saves where the words say so.
    """
    below = any((_number(row.cells[column]) or 0) < 0 for column in table.amounts)
    return sign if not below else 1 if sign < 0 else 0


def _number(cell: str) -> float | None:
    """The value of a cell; in parentheses it is negative."""
    text = cell.strip().strip("*").removesuffix("kr").strip()
    negative = text.startswith("(") and text.endswith(")")
    value = parse_number(text.strip("()").lstrip("+").replace("'", ""))
    return None if value is None else -abs(value) if negative else value


def _leave(document: Document, row: Block, reason: str, records: Records) -> None:
    for cell in row.cells[1:]:
        if any(map(str.isdigit, cell)):
            records.unread.append(Unread(document.id, row.line, cell, reason))
