"""The rows of a table as plain tuples, one by one or by what they have in common.

For what looks at many small groups: pandas takes a tenth of a millisecond and more for each table that it cuts out of
another.
"""

from collections import namedtuple
from typing import Any

import pandas as pd


def records(rows: pd.DataFrame) -> list[Any]:
    """The rows as tuples with the names of the columns. `itertuples` takes each text out of its column by itself."""
    record = namedtuple("Record", rows.columns)
    return [record._make(values) for values in zip(*(rows[name].tolist() for name in rows.columns), strict=True)]


def grouped(rows: pd.DataFrame, columns: list[str]) -> dict[tuple, list[Any]]:
    """The rows that have the same values in these columns, by the values, in the order in which they first come."""
    found: dict[tuple, list[Any]] = {}
    for row in records(rows):
        found.setdefault(tuple(getattr(row, column) for column in columns), []).append(row)
    return found
