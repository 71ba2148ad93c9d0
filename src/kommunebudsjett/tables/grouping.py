"""The rows of a table as plain tuples by what they have in common, for what looks at many small groups.

pandas takes a tenth of a millisecond and more for each table that it cuts out of another.
"""

from typing import Any

import pandas as pd


def grouped(rows: pd.DataFrame, columns: list[str]) -> dict[tuple, list[Any]]:
    """The rows that have the same values in these columns, by the values, in the order in which they first come."""
    found: dict[tuple, list[Any]] = {}
    keys = zip(*(rows[column] for column in columns), strict=True)
    for key, row in zip(keys, rows.itertuples(index=False), strict=True):
        found.setdefault(key, []).append(row)
    return found
