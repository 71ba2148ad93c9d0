"""A file of SSB's StatBank in, as CSV or JSON-stat 2; its figures with the labels of their dimensions out."""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

from kommunebudsjett.core.encodings import decode
from kommunebudsjett.core.errors import UserError

MOST_BYTES = 32 * 2**20
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_TABLE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_CODE = re.compile(r"^[KF]?-?\d{4,6}\s+")
_REMEDY = "save the table in StatBank as JSON-stat 2 or CSV, and give that file"
# A region that has ended has its years after its name: `Klæbu (-2019)`.
_ENDED = re.compile(r"\(.*\d{4}.*\)\s*$")


class Figure(NamedTuple):
    """A figure, and the label that it has in each dimension, by the dimension's name in small letters."""

    labels: dict[str, str]
    value: float

    def label(self, *names: str) -> str:
        """The label in the first of these dimensions that there is; "" where there is none."""
        return next((self.labels[name] for name in names if name in self.labels), "")

    @property
    def year(self) -> int | None:
        """The year of its dimension of time."""
        found = _YEAR.search(self.label("tid", "år", "time", "year", "måned", "month"))
        return int(found[1]) if found else None

    @property
    def region(self) -> str:
        """The name of its region, without its number and its name in Sami; "" for one that has ended."""
        name = _CODE.sub("", self.label("region", "kommune", "municipality"))
        return "" if _ENDED.search(name) else name.split(" - ")[0].strip()


class StatBank(NamedTuple):
    """The figures of a file, the number of its table in StatBank, and the date that it was updated; "" if not said."""

    figures: list[Figure]
    table: str
    updated: str


def read_statbank(path: Path) -> StatBank:
    """The figures of a file of StatBank.

    Raises UserError for a file that is missing, too large or neither JSON-stat 2 nor CSV with a year in it.
    """
    text = _text(path)
    try:
        found = _json(json.loads(text), path) if text.lstrip().startswith("{") else _csv(text, path)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, csv.Error):
        raise UserError("the file is neither JSON-stat 2 nor CSV of StatBank", file=path, remedy=_REMEDY) from None
    if not any(figure.year for figure in found.figures):
        raise UserError("the file has no figure with a year", file=path, remedy=_REMEDY)
    return found


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"the file is larger than {MOST_BYTES} bytes", file=path, remedy="choose fewer regions")
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"the file cannot be opened ({error.strerror})", file=path, remedy=_REMEDY) from None
    return decode(content, path).text


def _json(data: dict[str, Any], path: Path) -> StatBank:
    names, sizes, values = data["id"], data["size"], data["value"]
    if str(data.get("version")) != "2.0" or prod(sizes) > 5_000_000 or len(names) != len(sizes):
        raise ValueError("no JSON-stat 2")
    labels = [_labels(data["dimension"][name]) for name in names]
    keys = [str(data["dimension"][name].get("label") or name).casefold() for name in names]
    cells = [values.get(str(place)) if isinstance(values, dict) else values[place] for place in range(prod(sizes))]
    figures = [
        Figure(dict(zip([*keys, *map(str.casefold, names)], [*label, *label], strict=True)), float(value))
        for label, value in zip(product(*labels), cells, strict=True)
        if value is not None
    ]
    table = _TABLE.search(str(data.get("label", ""))) or _TABLE.search(path.name)
    return StatBank(figures, table[1] if table else "", str(data.get("updated", ""))[:10])


def _labels(dimension: dict[str, Any]) -> list[str]:
    """The labels of a dimension's categories in their order."""
    category = dimension["category"]
    index = category.get("index") or list(category["label"])
    codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
    return [str(category.get("label", {}).get(code, code)) for code in codes]


def _csv(text: str, path: Path) -> StatBank:
    lines = text.replace("\r\n", "\n").split("\n")
    # Above the header there may be the title of the table, which has commas.
    widths = [len(_fields(line)) for line in lines]
    start = next((place for place in range(len(lines) - 1) if 1 < widths[place] == widths[place + 1]), None)
    if start is None:
        raise ValueError("no header")
    table = _TABLE.search("\n".join(lines[: start + 1])) or _TABLE.search(path.name)
    rows = [_fields(line) for line in lines[start:] if line.strip()]
    return StatBank(list(_of_rows(rows[0], rows[1:])), table[1] if table else "", "")


def _fields(line: str) -> list[str]:
    mark = max(";\t,", key=line.count)
    return next(csv.reader(io.StringIO(line), delimiter=mark), [])


def _of_rows(header: list[str], rows: list[list[str]]) -> Iterator[Figure]:
    """Years stand in a column of their own, or above the columns of figures."""
    of_years = [place for place, name in enumerate(header) if _YEAR.search(name)]
    fields = of_years or [len(header) - 1]
    names = [name.strip().casefold() for name in header]
    for row in rows:
        if len(row) != len(header):
            continue
        said = {names[place]: row[place].strip() for place in range(len(header)) if place not in fields}
        for place in fields:
            value = _number(row[place])
            if value is not None:
                yield Figure(said | ({"tid": header[place]} if of_years else {}), value)


def _number(text: str) -> float | None:
    """A figure; `.`, `..` and `:` stand where there is none."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None
