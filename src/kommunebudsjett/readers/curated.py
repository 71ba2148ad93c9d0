"""Lists of words in data/reference, which people keep up: a file in, what a reader makes of its rows out."""

import csv
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project

Made = TypeVar("Made")
_RESTORE = "restore the file from git"


class Row(NamedTuple):
    """A row: its line in the file, and its fields in the order of the columns that were asked for."""

    line: int
    fields: list[str]


def curated(
    name: str, columns: tuple[str, ...], make: Callable[[Path, list[Row]], Made], path: Path | None = None
) -> Made:
    """What `make` makes of the rows of a list, once for each state of its file.

    The file is that at `path`, by default the one of this name in the project that is worked on. Raises UserError where
    it is missing, is no CSV in UTF-8, lacks one of the columns or has a row with too few or too many fields, and as
    `make` does.
    """
    path = path or Project.find().reference / name
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise UserError(f"the file cannot be opened ({error.strerror})", file=path, remedy=_RESTORE) from None
    made: Made = _made(path, changed, columns, make)
    return made


@lru_cache(maxsize=16)
def _made(path: Path, _changed: int, columns: tuple[str, ...], make: Callable[[Path, list[Row]], Made]) -> Made:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            printed = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise UserError("the file is no CSV in UTF-8", file=path, remedy=_RESTORE) from None
    header = printed[0] if printed else []
    if not set(columns) <= set(header):
        raise UserError("the columns are not as they should be", file=path, remedy=f"name them {', '.join(columns)}")
    places = [header.index(column) for column in columns]
    rows = []
    for line, fields in enumerate(printed[1:], start=2):
        if len(fields) != len(header):
            raise UserError(
                f"the row has {len(fields)} fields, not {len(header)}", file=path, line=line, remedy="correct the row"
            )
        rows.append(Row(line, [fields[place] for place in places]))
    return make(path, rows)
