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
# A whole year: not `2024M01`, `2024K1` or `2024U07`, and not the year that an index is 100 in.
_YEAR = re.compile(r"(?<![\d=])(?<!= )((?:19|20)\d\d)(?![\dKMU]|\s*=)")
_BASE = re.compile(r"\b((?:19|20)\d\d)\s*=\s*100\b")
_TABLE = re.compile(r"(?<!\d)(\d{5})(?!\d)")
_CODE = re.compile(r"^(?:[KF]-?)?\d{1,6}\s+")
_TIMES = ("tid", "år", "time", "year")
_MISSING = ("", ".", "..", ":", "-")
_REMEDY = "save the table in StatBank as JSON-stat 2 or CSV, and give that file"
# A region that has ended has its years after its name: `Klæbu (-2019)`.
_ENDED = re.compile(r"\(.*\d{4}.*\)\s*$")


class Figure(NamedTuple):
    """A figure, None where it is missing, and the label that it has in each dimension, by its name in small letters."""

    labels: dict[str, str]
    value: float | None

    def label(self, *names: str) -> str:
        """The label in the first of these dimensions that there is; "" where there is none."""
        return next((self.labels[name] for name in names if name in self.labels), "")

    @property
    def year(self) -> int | None:
        """The year of its dimension of time."""
        found = _YEAR.search(self.label(*_TIMES))
        return int(found[1]) if found else None

    @property
    def contents(self) -> str:
        """What it counts or measures, by its own label or by that of its column; "" where the file has no word."""
        return self.label("contentscode", "statistikkvariabel", "contents")

    @property
    def base(self) -> int | None:
        """The year that its index is 100 in, where its labels say so."""
        found = _BASE.search(" ".join(self.labels.values()))
        return int(found[1]) if found else None

    @property
    def region(self) -> str:
        """The name of its region, without its number and its name in Sami; "" for one that has ended."""
        name = _CODE.sub("", self.label("region", "kommune", "municipality"))
        return "" if _ENDED.search(name) else name.split(" - ")[0].strip()


class StatBank(NamedTuple):
    """The figures of a file, the title and number of its table in StatBank, and the date that it was updated; "" where
    they are not said.
    """

    figures: list[Figure]
    title: str
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
    if not any(figure.year and figure.value is not None for figure in found.figures):
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
        Figure(dict(zip([*keys, *map(str.casefold, names)], [*label, *label], strict=True)), _float(value))
        for label, value in zip(product(*labels), cells, strict=True)
    ]
    title = str(data.get("label", ""))
    table = _TABLE.search(title) or _TABLE.search(path.name)
    return StatBank(figures, title, table[1] if table else "", str(data.get("updated", ""))[:10])


def _float(value: Any) -> float | None:
    """A value; a file may have the marks of missing figures (`.`, `..`, `:`) in its place."""
    return _number(value) if isinstance(value, str) else None if value is None else float(value)


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
    title = "\n".join(lines[: start + 1])
    table = _TABLE.search(title) or _TABLE.search(path.name)
    rows = [_fields(line) for line in lines[start:] if line.strip()]
    return StatBank(list(_of_rows(rows[0], rows[1:])), title, table[1] if table else "", "")


def _fields(line: str) -> list[str]:
    mark = max(";\t,", key=line.count)
    return next(csv.reader(io.StringIO(line), delimiter=mark), [])


def _of_rows(header: list[str], rows: list[list[str]]) -> Iterator[Figure]:
    """Years stand in a column of their own, or above the columns of figures with what these count: `Personer 2024`."""
    of_years = [place for place, name in enumerate(header) if _YEAR.search(name)]
    names = [name.strip().casefold() for name in header]
    time = next((names.index(name) for name in _TIMES if name in names), None)
    # A column for each thing that is counted: of a file with years above them no other can be known.
    fields = of_years or _columns_of_figures(rows, len(header), time)
    for row in rows:
        if len(row) != len(header):
            continue
        said = {names[place]: row[place].strip() for place in range(len(header)) if place not in fields}
        for place in fields:
            if of_years:
                contents = _YEAR.sub("", header[place]).strip(" ,:")
                above = {"tid": _YEAR.findall(header[place])[-1], **({"contents": contents} if contents else {})}
            else:
                above = {"contents": header[place]}
            yield Figure(above | said, _number(row[place]))


def _columns_of_figures(rows: list[list[str]], width: int, time: int | None) -> list[int]:
    """The columns behind that of the time that hold figures or marks of missing ones; the last where there is none."""
    if time is None:
        return [width - 1]
    whole = [row for row in rows if len(row) == width]
    return [
        place
        for place in range(time + 1, width)
        if all(_number(row[place]) is not None or row[place].strip() in _MISSING for row in whole)
    ] or [width - 1]


def _number(text: str) -> float | None:
    """A figure; `.`, `..` and `:` stand where there is none."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    return float(plain) if re.fullmatch(r"-?\d+(?:\.\d+)?", plain) else None
