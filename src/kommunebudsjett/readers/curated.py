"""Lists of words in data/reference, which people keep up: a file in, what a reader makes of its rows out."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from kommunebudsjett.core.curated import Record, read_records
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project

Made = TypeVar("Made")
_RESTORE = "restore the file from git"


def curated(
    name: str, columns: tuple[str, ...], make: Callable[[Path, list[Record]], Made], path: Path | None = None
) -> Made:
    """What `make` makes of the rows of a list, once for each state of its file.

    The file is that at `path`, by default the one of this name in the project that is worked on. `make` is given the
    fields of the columns, in their order. Raises UserError as `read_records` and `make` do, and where a column is
    missing or a row stands twice.
    """
    path = path or Project.find().reference / name
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise UserError(f"the file cannot be opened ({error.strerror})", file=path, remedy=_RESTORE) from None
    made: Made = _made(path, changed, columns, make)
    return made


@lru_cache(maxsize=16)
def _made(path: Path, _changed: int, columns: tuple[str, ...], make: Callable[[Path, list[Record]], Made]) -> Made:
    header, records = read_records(path)
    if not set(columns) <= set(header.fields):
        raise UserError("the columns are not as they should be", file=path, remedy=f"name them {', '.join(columns)}")
    places = [header.fields.index(column) for column in columns]
    rows = [Record(line, [fields[place] for place in places]) for line, fields in records]
    kept: set[tuple[str, ...]] = set()
    for line, fields in rows:
        if tuple(fields) in kept:
            raise UserError(f"{', '.join(fields)} stands twice", file=path, line=line, remedy="keep one of the rows")
        kept.add(tuple(fields))
    return make(path, rows)
