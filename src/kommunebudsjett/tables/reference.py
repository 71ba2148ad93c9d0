"""The curated tables of data/reference in, DataFrames that keep a contract out; a mistake is told with its line."""

import csv
import io
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.printable import is_hidden
from kommunebudsjett.tables.contracts import Column, Table

# Many times as much as a person curates.
MOST_BYTES = 8 * 2**20


Loader = Callable[[Path], pd.DataFrame]

# The functions that load curated tables from a folder of them.
LOADERS: list[Loader] = []


def curated(*files: str) -> Callable[[Loader], Loader]:
    """A function that loads a table from these files of a folder: what it has found is remembered by their content.

    Their rows are checked one by one, and every kernel loads most of these tables, some several times.
    """

    def remembering(load: Loader) -> Loader:
        @lru_cache(maxsize=4)
        def loaded(folder: Path, _: tuple[bytes, ...]) -> pd.DataFrame:
            return load(folder)

        @wraps(load)
        def found(folder: Path) -> pd.DataFrame:
            try:
                contents = tuple((folder / file).read_bytes() for file in files if _is_small(folder / file))
            except OSError:
                return load(folder)  # which says what is wrong with the file
            # A copy costs nothing until it is changed, and then leaves the rest as it was.
            return loaded(folder, contents).copy(deep=False)

        LOADERS.append(found)
        return found

    return remembering


def _is_small(path: Path) -> bool:
    return path.stat().st_size <= MOST_BYTES


class _Record(NamedTuple):
    """A record and the line of the file that it ends on: a quoted field may go on over several."""

    line: int
    fields: list[str]


def read_reference(path: Path, table: Table) -> pd.DataFrame:
    """The columns of `table` in a curated CSV file; other columns are notes.

    Letters with marks come composed (NFC), as in the documents. Raises UserError, with the line where there is one, for
    a file that is missing or is no CSV, a column that is missing or there twice, a row with too few or too many fields,
    text that holds what cannot be seen, and a value that is not of
    its column's type. What the rows must keep beside that, `check_contract` tells.
    """
    header, records = _records(path)
    for name in table.names:
        if header.fields.count(name) != 1:
            what = "is missing" if name not in header.fields else "is there twice"
            raise UserError(
                f"the column {name} {what}",
                file=path,
                line=header.line,
                remedy=f"name each of {', '.join(table.names)} once",
            )
    for record in records:
        _check_record(path, header, record)
    columns = {}
    for column in table.columns:
        place = header.fields.index(column.name)
        columns[column.name] = [_value(path, record, place, column) for record in records]
    return pd.DataFrame(columns, columns=table.names).astype(table.dtypes)


def check_contract(path: Path, table: Table, frame: pd.DataFrame) -> None:
    """Raise UserError, with the line, where the rows of a curated table break its contract."""
    # It loads pandera, which who loads no curated table can do without.
    from kommunebudsjett.tables.validation import broken

    twice = frame.duplicated(list(table.key))
    if twice.any():
        row = int(twice.idxmax())
        raise UserError(
            f"{', '.join(str(frame.at[row, name]) for name in table.key)} stands twice",
            file=path,
            line=line_of(path, row),
            remedy="keep one of the rows",
        )
    wrong = broken(table, frame)
    if wrong:
        raise UserError(
            wrong.message,
            file=path,
            line=None if wrong.row is None else line_of(path, wrong.row),
            remedy="correct the row, or restore the table from git",
        )


def line_of(path: Path, row: int) -> int:
    """The line on which a row of a curated table ends; the first is row 0."""
    return _records(path)[1][row].line


def _records(path: Path) -> tuple[_Record, list[_Record]]:
    """The header and the records of a CSV file, lines without a word left out."""
    remedy = "correct the table, or restore it from git"
    try:
        if not _is_small(path):
            raise UserError(f"the table is larger than {MOST_BYTES} bytes", file=path, remedy=remedy)
        content = path.read_bytes()
        text = unicodedata.normalize("NFC", content.decode("utf-8-sig"))
    except FileNotFoundError:
        raise UserError("the table is missing", file=path, remedy="restore it from git") from None
    except OSError as error:
        raise UserError(f"the table cannot be opened ({error.strerror})", file=path, remedy=remedy) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UserError("the table is not UTF-8 text", file=path, line=line, remedy="save it as UTF-8") from None
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise UserError(
            "the line holds U+000D, which cannot be seen", file=path, line=line, remedy="remove the character"
        )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records = []
    try:
        for fields in reader:
            if fields:
                records.append(_Record(reader.line_num, fields))
    except csv.Error as error:
        raise UserError(f"the table is not CSV: {error}", file=path, line=reader.line_num, remedy=remedy) from None
    if not records:
        raise UserError("the table is empty", file=path, remedy=remedy)
    return records[0], records[1:]


def _check_record(path: Path, header: _Record, record: _Record) -> None:
    if len(record.fields) != len(header.fields):
        raise UserError(
            f"the row has {len(record.fields)} fields and the header {len(header.fields)}",
            file=path,
            line=record.line,
            remedy='put a field with a comma in it in quotation marks: "a, b"',
        )
    for name, text in zip(header.fields, record.fields, strict=True):
        hidden = next((character for character in text if is_hidden(character) and character != "\n"), None)
        if hidden:
            raise UserError(
                f"{name} holds U+{ord(hidden):04X}, which cannot be seen",
                file=path,
                line=record.line,
                remedy="remove the character",
            )


def _value(path: Path, record: _Record, place: int, column: Column) -> str | int | float | None:
    """A field as its column's kind. Spaces around a number do not count; an empty field has none."""
    text = record.fields[place]
    if column.kind == "text":
        return text
    try:
        number = None if not text.strip() else int(text) if column.kind == "integer" else float(text)
    except ValueError:
        number = float("nan")
    # Not beyond what both types hold exactly, and neither NaN nor infinity.
    if number is not None and not abs(number) < 2**53:
        what = "whole number" if column.kind == "integer" else "number with a decimal point"
        raise UserError(f"{column.name} is {text!r}", file=path, line=record.line, remedy=f"give a {what}")
    return number
