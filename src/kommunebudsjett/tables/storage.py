"""Clean tables on disk: CSV, UTF-8, comma, LF, point decimals, empty for missing."""

import io
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import TABLES


def read_csv(path: Path, dtypes: dict[str, str], content: bytes | None = None) -> pd.DataFrame:
    """The columns of a CSV file that `dtypes` names; missing text is "". `content` is read in place of the file.

    Raises UserError where the file is missing, is not CSV, or lacks a column or holds what is not of its type.
    """
    missing = {name: [] if dtype == "str" else [""] for name, dtype in dtypes.items()}
    try:
        frame = pd.read_csv(
            path if content is None else io.BytesIO(content),
            usecols=list(dtypes),
            dtype=dtypes,
            keep_default_na=False,
            na_values=missing,
            encoding="utf-8",
        )
    except FileNotFoundError:
        raise UserError("the table is missing", file=path, remedy="restore it from git, or run: make reports") from None
    except OSError as error:
        raise UserError(
            f"the table cannot be opened ({error.strerror})",
            file=path,
            remedy="restore it from git, or run: make reports",
        ) from None
    except (ValueError, OverflowError, pd.errors.ParserError) as error:
        message = str(error).strip().splitlines()[0]
        raise UserError(
            f"the table cannot be read: {message}",
            file=path,
            remedy="correct the table, or restore it from git",
        ) from None
    return frame[list(dtypes)]


def read_table(folder: Path, name: str) -> pd.DataFrame:
    """The clean table `name` in `folder`."""
    return read_csv(folder / f"{name}.csv", TABLES[name].dtypes)


def remembered_table(folder: Path, name: str) -> pd.DataFrame:
    """The clean table `name` in `folder`, read once for each content of its file. Nobody may change it."""
    path = folder / f"{name}.csv"
    try:
        content = path.read_bytes()
    except OSError:
        return read_table(folder, name)  # which says what is wrong with the file
    return _by_content(path, name, content)


@lru_cache(maxsize=64)
def _by_content(path: Path, name: str, content: bytes) -> pd.DataFrame:
    return read_csv(path, TABLES[name].dtypes, content)


def group_rows(path: Path, order: Iterable[str]) -> None:
    """Bring the rows of a written table together that have the same first column, in this order of its values.

    The rows of a value keep their order. The table is not held in memory: where its rows begin and end is.
    """
    runs: dict[bytes, list[tuple[int, int]]] = {value.encode(): [] for value in order}
    with path.open("rb") as file:
        header = file.readline()
        value, start, position, quoted = b"", len(header), len(header), False
        for line in file:
            # A field in quotes can go on on the next line.
            if not quoted and line.partition(b",")[0] != value:
                if position > start:
                    runs[value].append((start, position))
                value, start = line.partition(b",")[0], position
            quoted ^= line.count(b'"') % 2 == 1
            position += len(line)
        if position > start:
            runs[value].append((start, position))
        grouped = path.with_name(f"{path.name}.grouped")
        with grouped.open("wb") as out:
            out.write(header)
            for start, end in chain.from_iterable(runs.values()):
                file.seek(start)
                out.write(file.read(end - start))
    grouped.replace(path)


def settled(value: float) -> float:
    """A computed number cut at nine decimals, so that the last bits of a sum are no difference, and zero has no sign.

    >>> settled(5.684341886e-14), settled(-1e-12), settled(0.1 + 0.2)
    (0.0, 0.0, 0.3)
    """
    return round(float(value), 9) + 0.0


def format_number(value: float) -> str:
    """A number as the tables write it: the shortest decimals that give it back (`settled`), none for whole numbers.

    >>> format_number(5.684341886e-14), format_number(12345678901.0), format_number(-0.25), format_number(2e-7)
    ('0', '12345678901', '-0.25', '0.0000002')
    """
    text = f"{settled(value):.15g}"
    return f"{settled(value):.9f}".rstrip("0").rstrip(".") if "e" in text else text
