"""The curated tables of data/reference in, DataFrames that keep a contract out; a mistake is told with its line."""

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.curated import Record, is_small, read_records
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import Column, Table

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
                contents = tuple((folder / file).read_bytes() for file in files if is_small(folder / file))
            except OSError:
                return load(folder)  # which says what is wrong with the file
            # A copy costs nothing until it is changed, and then leaves the rest as it was.
            return loaded(folder, contents).copy(deep=False)

        LOADERS.append(found)
        return found

    return remembering


def read_reference(path: Path, table: Table) -> pd.DataFrame:
    """The columns of `table` in a curated CSV file; other columns are notes.

    Raises UserError as `read_records` does, and, with the line, for a column that is missing and a value that
    is not of its column's type. What the rows must keep beside that, `check_contract` tells.
    """
    header, records = read_records(path)
    lacking = next((name for name in table.names if name not in header.fields), None)
    if lacking is not None:
        remedy = f"name each of {', '.join(table.names)} once"
        raise UserError(f"the column {lacking} is missing", file=path, line=header.line, remedy=remedy)
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
    return read_records(path)[1][row].line


def _value(path: Path, record: Record, place: int, column: Column) -> str | int | float | None:
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
