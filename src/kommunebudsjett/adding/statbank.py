"""A file of SSB's StatBank in, as CSV or JSON-stat 2; its figures with the labels of their dimensions out."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise, product
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

from kommunebudsjett.core.encodings import decode
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.forms.csv_file import Record, mark_of, records_of
from kommunebudsjett.forms.problem import ProblemError

MOST_BYTES = 32 * 2**20
# A whole year: not `2024M01`, `2024K1` or `2024U07`, and not the year that an index is 100 in.
_YEAR = re.compile(r"(?<![\d=])(?<!= )((?:19|20)\d\d)(?![\dKMU]|\s*=)")
_BASE = re.compile(r"\b((?:19|20)\d\d)\s*=\s*100\b")
# How the title of a table begins, in the file or above its last column: `07459: Befolkning`.
_TITLE = re.compile(r"\d{5}: \S")
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
        found = _YEAR.findall(self.label(*_TIMES))
        return int(found[0]) if len(found) == 1 else None

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
    """The figures of a file, and what it says of itself: the title of its table, who publishes it, and the date that it
    was updated; "" where it does not.
    """

    figures: list[Figure]
    title: str
    publisher: str = ""
    updated: str = ""


def is_title(text: str) -> bool:
    """Whether a text is the title of a table of StatBank: `07459: Befolkning`."""
    return _TITLE.match(text) is not None


def read_statbank(path: Path) -> StatBank:
    """The figures of a file of StatBank.

    Raises UserError for a file that is missing, too large or neither JSON-stat 2 nor CSV with a year in it.
    """
    text = _text(path)
    try:
        found = _json(json.loads(text)) if text.lstrip().startswith("{") else _csv(text, path)
    except ProblemError as error:
        raise UserError(error.message, file=path, remedy=_REMEDY) from None
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
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


def _json(data: dict[str, Any]) -> StatBank:
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
    title, publisher, updated = (" ".join(str(data.get(name) or "").split()) for name in ("label", "source", "updated"))
    return StatBank(figures, title, publisher, updated[:10])


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
    text = text.replace("\r\n", "\n")
    records = [record for record in records_of(text, mark_of(text)) if any(map(str.strip, record.fields))]
    # Above the header there may be the title of the table; a program may have filled its line up with empty fields.
    start = next((place for place, pair in enumerate(pairwise(records)) if _is_header(*pair)), None)
    if start is None:
        raise ValueError("no header")
    header, *rows = records[start:]
    titles = [field for record in records[:start] for field in record.fields] + header.fields
    title = next((" ".join(title.split()) for title in titles if is_title(title.strip())), "")
    return StatBank(list(_of_rows(header.fields, rows, path)), title)


def _is_header(record: Record, below: Record) -> bool:
    return sum(map(bool, record.fields)) > 1 and len(record.fields) == len(below.fields)


def _of_rows(header: list[str], rows: list[Record], path: Path) -> Iterator[Figure]:
    """Years stand in a column of their own, or above the columns of figures with what these count: `Personer 2024`."""
    of_years = [place for place, name in enumerate(header) if _YEAR.search(name)]
    names = [name.strip().casefold() for name in header]
    time = next((names.index(name) for name in _TIMES if name in names), None)
    # A column for each thing that is counted: of a file with years above them no other can be known.
    fields = of_years or _columns_of_figures(rows, len(header), time)
    for row in rows:
        if len(row.fields) != len(header):
            said = f"the row has {len(row.fields)} fields and the header {len(header)}"
            raise UserError(said, file=path, line=row.line, remedy=_REMEDY)
        labels = {names[place]: row.fields[place].strip() for place in range(len(header)) if place not in fields}
        for place in fields:
            if of_years:
                contents = _YEAR.sub("", header[place]).strip(" ,:")
                above = {"tid": _YEAR.findall(header[place])[-1], **({"contents": contents} if contents else {})}
            else:
                above = {"contents": header[place]}
            yield Figure(above | labels, _figure(row, place, header, path))


def _columns_of_figures(rows: list[Record], width: int, time: int | None) -> list[int]:
    """The columns behind that of the time that hold figures; the last where there is none."""
    behind = range(width if time is None else time + 1, width)
    with_figure = [
        at for at in behind if any(_number(field) is not None for row in rows for field in row.fields[at : at + 1])
    ]
    return with_figure or [width - 1]


def _figure(row: Record, place: int, header: list[str], path: Path) -> float | None:
    """A field of a column of figures. Raises UserError where it is neither a figure nor the mark of a missing one."""
    text = row.fields[place]
    value = _number(text)
    if value is None and text.strip() not in _MISSING:
        said = f"{header[place]} is {text.strip()!r}, which is no figure"
        raise UserError(said, file=path, line=row.line, remedy=_REMEDY)
    return value


def _number(text: str) -> float | None:
    """A figure; `.`, `..` and `:` stand where there is none. Of `5.000` nothing tells whether it is five or 5000."""
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace(",", ".")
    is_clear = re.fullmatch(r"-?\d+(?:\.\d+)?", plain) and not re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", plain)
    return float(plain) if is_clear else None
