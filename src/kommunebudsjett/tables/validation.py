"""Clean tables held to their contracts by pandera, and written. Who only reads tables does not load it."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import Table
from kommunebudsjett.tables.storage import format_number


@cache
def schema(table: Table) -> pa.DataFrameSchema:
    """The pandera schema of a table, without the types of its columns, which `broken` sees at once."""
    columns = {}
    for column in table.columns:
        checks = []
        if column.allowed:
            checks.append(pa.Check.isin(column.allowed))
        if column.at_least is not None:
            checks.append(pa.Check.ge(column.at_least))
        if column.at_most is not None:
            checks.append(pa.Check.le(column.at_most))
        if column.pattern:
            checks.append(pa.Check.str_matches(rf"^(?:{column.pattern})$"))
        if column.required and column.kind == "text":
            checks.append(pa.Check.str_length(min_value=1))
        columns[column.name] = pa.Column(None, checks, nullable=not column.required, description=column.meaning)
    return pa.DataFrameSchema(columns, unique=list(table.key) or None, strict=True, ordered=True)


class Broken(NamedTuple):
    """The first rule of a contract that a table breaks, in words, and the place of the row (None where it has none)."""

    message: str
    row: int | None


def broken(table: Table, frame: pd.DataFrame) -> Broken | None:
    """What breaks the contract of a table first; None where it is kept."""
    for name, dtype in table.dtypes.items():
        if name in frame and frame[name].dtype != dtype:
            return Broken(f"{name} is of the type {frame[name].dtype} and not {dtype}", None)
    try:
        schema(table).validate(frame, lazy=True)
    except SchemaErrors as errors:
        first = errors.failure_cases.iloc[0]
        if "MemoryError" in str(first["failure_case"]):
            # A check that could not be made, which pandera takes for one that is not passed.
            raise MemoryError from None
        row = int(first["index"]) if pd.notna(first["index"]) else None
        message = f"{first['column'] or 'the key'} breaks the rule {first['check']} (found {first['failure_case']!r})"
        return Broken(message, row)
    return None


def validate(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` if it keeps the table's contract.

    Raises UserError naming the table, the row, the line in the document and the rule that is broken.
    """
    wrong = broken(table, frame)
    if wrong is None:
        return frame
    place = ""
    if wrong.row is not None:
        row = frame.loc[wrong.row]
        line = next((str(row[name]) for name in ("line", "lines", "line_first") if name in frame), "")
        place = f", row {wrong.row + 2}" + (f" ({row['document']}, line {line})" if line else "")
    raise UserError(
        f"table {table.name}{place}: {wrong.message}",
        file="src/kommunebudsjett/tables/contracts.py",
        remedy="mend the reader or the document's entry; the rules stand in the contract of the table",
    )


def write_table(frame: pd.DataFrame, folder: Path, table: Table, above: int = 0) -> None:
    """Check a table, or the part of it below the rows `above`, against its contract and write it.

    Raises UserError where the contract is broken.
    """
    frame = validate(table, frame.set_axis(range(above, above + len(frame))))
    # Programs disagree on a carriage return in a field: to some it ends the row.
    texts = [column.name for column in table.columns if column.kind == "text"]
    frame = frame.assign(**{name: frame[name].str.replace("\r", " ", regex=False) for name in texts})
    path = folder / f"{table.name}.csv"
    begun = path.exists()
    frame.to_csv(
        path,
        mode="a" if begun else "w",
        header=not begun,
        index=False,
        lineterminator="\n",
        float_format=format_number,
    )
