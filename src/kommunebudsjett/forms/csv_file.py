"""A CSV file in, its table out, with the lines of text above and below it. What parts its fields, its content says."""

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.encodings import decode
from kommunebudsjett.core.registry import LONGEST_LINE, MOST_LINES, read_content
from kommunebudsjett.forms.content import Content
from kommunebudsjett.forms.layout import blocks_of, is_value
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.workbook import MOST_COLUMNS, Place, Seen, Sheet

# Where two marks part the lines equally well, the earlier one is meant: commas stand in numbers and sentences too.
_MARKS = ";\t|,"
_SAVE_AGAIN = "open it in the program that made it, and save it as CSV with semicolons, or as .xlsx"


class Record(NamedTuple):
    """The fields of a record, and the line of the file that it begins on."""

    line: int
    fields: list[str]


def extract(path: Path) -> Content:
    """The content of the file. Raises UserError for what is no text, and ProblemError where it is no CSV."""
    text, assumed = decode(read_content(path), path)
    text, said = _without_hint(text.replace("\r\n", "\n").replace("\r", "\n"))
    if text.count("\n") > MOST_LINES:
        raise ProblemError(f"the file has more than {MOST_LINES} lines", "split the file")
    mark = said if said and said in text else mark_of(text)
    records = list(_with_other_marks(_with_sentences(records_of(text, mark), text, mark)))
    width = _width(records)
    sheet = Sheet("")
    left_out: list[tuple[int, str, str]] = []
    named = 0
    for record in records:
        fields = record.fields
        while len(fields) > width > 0 and not fields[-1].strip():
            fields.pop()
        named = _named(fields, named)
        problem = _problem(fields, width, named if mark == "," else 0)
        if problem:
            left_out.append((record.line, "; ".join(fields), f"line {record.line} has {problem}"))
        else:
            _add(sheet, record)
    placed = blocks_of(sheet, 0.0, 1)
    starts = [sheet.rows[row] for row, _ in placed]
    left = [(bisect_right(starts, line) - 1, raw, reason) for line, raw, reason in left_out]
    left = [(max(0, at), raw, reason) for at, raw, reason in left]
    return Content([block for _, block in placed], left, (assumed,) if assumed else ())


def _problem(fields: list[str], width: int, named: int) -> str:
    """Why nobody knows which of the fields are numbers and which are parts of one; "" where it is known.

    `named` is how many columns the header names, where commas part the fields.
    """
    if width and len(fields) > width:
        return f"{len(fields)} fields, and the others have {width}"
    if 0 < named < _filled(fields) and _may_hold_decimals(fields):
        return f"{_filled(fields)} fields, and its header names {named}"
    return ""


def _filled(fields: list[str]) -> int:
    """How many fields a record has, up to the last one with something in it."""
    return max((at for at, field in enumerate(fields, 1) if field.strip()), default=0)


def _named(fields: list[str], above: int) -> int:
    """How many columns the header above a record, or the record itself, names; `above` is what it was so far."""
    if any(map(is_value, fields)) or _filled(fields) < 2:
        return above if any(field.strip() for field in fields) else 0
    return max(above, _filled(fields))


def _may_hold_decimals(fields: list[str]) -> bool:
    """Whether two fields beside each other may be one number that a comma has parted: `1,5`, `1,234`."""
    return any(is_value(one) and two.strip().isdecimal() for one, two in pairwise(fields))


def _add(sheet: Sheet, record: Record) -> None:
    for column, field in enumerate(record.fields, start=1):
        if field.strip():
            sheet.cells[Place(record.line, column)] = Seen(field.strip())
            sheet.rows[record.line], sheet.columns[column] = record.line, column


def _without_hint(text: str) -> tuple[str, str]:
    """The text without the line that tells Excel the mark, which is left empty; and that mark."""
    first, end, rest = text.partition("\n")
    hint = first.strip().strip('"')
    return (f"{end}{rest}", hint[4:]) if hint[:4] == "sep=" and hint[4:] in tuple(_MARKS) else (text, "")


def mark_of(text: str) -> str:
    """What parts the fields: that by which most lines have equally many; "" where lines are not parted."""
    best, most = "", 0.0
    lines = [line[:LONGEST_LINE] for line in text.split("\n") if line.strip()]
    for mark in _MARKS:
        # Each by itself: a quotation that is not closed ends with its line.
        counts = Counter(len(next(csv.reader([line], delimiter=mark))) for line in lines)
        alike = max((count for width, count in counts.items() if width > 1), default=0)
        share = alike / counts.total() if counts else 0.0
        if alike > 1 and share > most:
            best, most = mark, share
    return best


def records_of(text: str, mark: str) -> list[Record]:
    """The records of a text; lines as they are where no mark parts fields.

    Raises ProblemError where a quotation is not closed.
    """
    lines = text.split("\n")
    if not mark:
        return [Record(number, [line]) for number, line in enumerate(lines, 1)]
    found: list[Record] = []
    line = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for fields in reader:
            if any(len(field) > LONGEST_LINE for field in fields):
                raise csv.Error
            found.append(Record(line, fields))
            line = reader.line_num + 1
        if found and _is_open(found[-1], lines, mark):
            line = found[-1].line
            raise csv.Error
    except csv.Error:
        raise ProblemError(
            f"line {line} has a field that does not end: a quotation mark is not closed", _SAVE_AGAIN
        ) from None
    return found


def _is_open(record: Record, lines: list[str], mark: str) -> bool:
    """Whether a quotation of the last record goes on to the end of the file."""
    odd = sum(line.count('"') for line in lines[record.line - 1 :]) % 2 == 1
    return odd and any(mark in field or "\n" in field for field in record.fields)


def _with_sentences(records: list[Record], text: str, mark: str) -> list[Record]:
    """The records; a line with another number of fields, whose marks are those of a sentence, as one field."""
    width = _width(records)
    lines = text.split("\n")
    return [
        Record(line, [lines[line - 1]])
        if len(fields) > 1 and len(fields) != width and lines[line - 1].count(mark) == lines[line - 1].count(f"{mark} ")
        else Record(line, fields)
        for line, fields in records
    ]


def _with_other_marks(records: list[Record]) -> Iterator[Record]:
    """The records; lines below each other that the mark of the file does not part, by one of their own."""
    for whole, group in groupby(records, lambda record: len(record.fields) == 1 and bool(record.fields[0].strip())):
        lines = list(group)
        mark = _mark_of_all([record.fields[0] for record in lines]) if whole and len(lines) > 1 else ""
        for record in lines:
            yield Record(record.line, next(csv.reader(record.fields, delimiter=mark))) if mark else record


def _mark_of_all(lines: list[str]) -> str:
    """The mark that parts all lines into equally many fields, one with a number at its end, and that ends no clause."""
    for mark in _MARKS:
        rows = list(csv.reader(lines, delimiter=mark))
        alike = len({len(row) for row in rows}) == 1 and len(rows[0]) > 2
        if alike and is_value(rows[-1][-1]) and not any(f"{mark} " in line for line in lines):
            return mark
    return ""


def _width(records: list[Record]) -> int:
    """How many fields most records have that have several; 0 where none has."""
    counts = Counter(len(record.fields) for record in records if len(record.fields) > 1)
    width = max(counts, key=lambda count: (counts[count], count), default=0)
    if width > MOST_COLUMNS:
        raise ProblemError(f"the file has {width} columns; {MOST_COLUMNS} are read", _SAVE_AGAIN)
    return width
