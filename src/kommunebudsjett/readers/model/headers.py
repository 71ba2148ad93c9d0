"""The header lines of a table in, the names of its columns out."""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MOST_READINGS = 200
_AMOUNTS = re.compile(r"regnskap|rekneskap|budsjett", re.IGNORECASE)


def column_names(levels: list[list[str]], first: int) -> list[str]:
    """The names of the columns from `first` on; columns before it have an empty name.

    A header that spans others stands before them (`Kvinne | Antall`); text that is only wrapped is joined by
    a space. All levels are equally long and their cells clean.
    """
    width = len(levels[0])
    names: list[list[str]] = [[] for _ in range(width)]
    for depth, level in enumerate(levels):
        below = levels[depth + 1] if depth + 1 < len(levels) else None
        if below is not None and _spans(level, below, first):
            for column, text in enumerate(_spread(level, below, first)):
                names[column].append(text)
            continue
        for column in range(first, width):
            names[column].append(" ".join(dict.fromkeys(rest[column] for rest in levels[depth:] if rest[column])))
        break
    return [" | ".join(dict.fromkeys(filter(None, parts))) for parts in names]


def _spans(level: list[str], below: list[str], first: int) -> bool:
    seen = False
    for column in range(first, len(level)):
        if level[column]:
            seen = True
        elif seen and below[column]:
            return True
    return False


def _spread(level: list[str], below: list[str], first: int) -> list[str]:
    """The spanning header of each column, "" where it has none or where it cannot be known.

    A header usually stands at the left of what it spans. Where the first columns would have none it may stand at the
    centre or at the right as well: then a column has the header that all possible readings give it.
    """
    starts = [column for column in range(first, len(level)) if level[column]]
    readings = [_from_left(level, below, first, starts)]
    if any(below[first : starts[0]]):
        ends = [*islice(_centred(starts, first, len(level)), _MOST_READINGS)]
        ends += [[start + 1 for start in starts]] if starts[-1] == len(level) - 1 else []
        readings += [_spans_between(first, of) for of in ends]
    possible = [reading for reading in readings if all(map(_may_be_together, _names_below(reading, below)))]
    regular = [reading for reading in possible if _is_regular(_names_below(reading, below), len(reading))]
    if len(regular) == 1:
        possible = regular
    spread = [""] * len(level)
    for at, columns in enumerate(zip(*(possible or readings), strict=True), start=first):
        if len(set(columns)) == 1 and columns[0] >= 0:
            spread[at] = level[starts[columns[0]]]
    return spread


def _from_left(level: list[str], below: list[str], first: int, starts: list[int]) -> list[int]:
    """Which header stands over each column, if each stands at the left of what it spans; -1 over those before."""
    ends = []
    begin = starts[0]
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        begin = len(level) if after is None else _end_of_span(level, below, start, begin, after)
        ends.append(begin)
    return [-1] * (starts[0] - first) + _spans_between(starts[0], ends)


def _spans_between(first: int, ends: list[int]) -> list[int]:
    """Which header stands over each column, if the headers end so."""
    return [header for header, (begin, end) in enumerate(pairwise([first, *ends])) for _ in range(begin, end)]


def _centred(starts: list[int], begin: int, width: int) -> Iterator[list[int]]:
    """The ends of the headers, if each stands in the middle of what it spans, beside it where that is even."""
    if not starts:
        if begin == width:
            yield []
        return
    middle = 2 * starts[0] - begin + 1
    for end in (middle - 1, middle, middle + 1):
        if starts[0] < end <= width:
            for rest in _centred(starts[1:], end, width) if begin <= starts[0] else ():
                yield [end, *rest]


def _names_below(reading: list[int], below: list[str]) -> list[list[str]]:
    """The names under each header of a reading."""
    first = len(below) - len(reading)
    names: dict[int, list[str]] = {}
    for at, header in enumerate(reading):
        if header >= 0:
            names.setdefault(header, []).append(below[first + at])
    return list(names.values())


def _may_be_together(names: list[str]) -> bool:
    """Whether one header can stand over names: none is printed twice, and all have years or none has."""
    printed = list(filter(None, names))
    return len(set(printed)) == len(printed) and len({bool(_YEAR.search(name)) for name in printed}) < 2


def _is_regular(names: list[list[str]], columns: int) -> bool:
    """Whether the headers of a reading stand over all columns, and over the same names each."""
    return sum(map(len, names)) == columns and len(names) > 1 and all(part == names[0] for part in names)


def _end_of_span(level: list[str], below: list[str], start: int, begin: int, after: int) -> int:
    """Where the span of the header at `start` ends, `after` being the next header.

    A year printed one column late leaves a name twice under the year before it (2024: Trondheim, Trondheim;
    2025: Oslo): from the repetition on the columns belong to the next year.
    """
    if below[after] and _YEAR.fullmatch(level[start]) and _YEAR.fullmatch(level[after]):
        for column in range(begin + 1, after):
            if below[column] and below[column] in below[begin:column]:
                return column
    return after


# Copied pages have no cells for what a spanning header covers.

_MOST_COLUMNS = 60


class _Reading(NamedTuple):
    """For each column the header above, and the name below that it spans ("" where it has none)."""

    columns: tuple[tuple[str, str], ...]


def fitted_names(levels: list[list[str]], width: int) -> list[str] | None:
    """The names of `width` columns where header lines have fewer cells, because none are printed for what is covered.

    The first column is that of the labels. Where several readings are possible, a column has only the names that all
    of them give it. None where the lines cannot be the header of so many columns.

    >>> fitted_names([["", "2023", "2024"], ["", "Budsjett", "Avvik", "Budsjett", "Avvik"]], 5)[1:]
    ['2023 | Budsjett', '2023 | Avvik', '2024 | Budsjett', '2024 | Avvik']
    """
    if len(levels) == 1:
        (names,) = levels
        lacks_label = len(names) == width - 1 and (_YEAR.search(names[0]) or _AMOUNTS.search(names[0]))
        return ["", *names] if lacks_label else None
    if len(levels) > 2 or width > _MOST_COLUMNS:
        return None
    above, below = (_without_padding(level) for level in levels)
    if above[0] and below[0] and len(below) == width and len(above) < width:
        above = ["", *above]
    readings = list(_readings(above, below, width))
    if not readings or len(readings) >= _MOST_READINGS:
        return None
    return _common_names(readings, joined=len(above) == width)


def _without_padding(level: list[str]) -> list[str]:
    """A header line without the empty cells that it ends with."""
    end = len(level)
    while end > 1 and not level[end - 1]:
        end -= 1
    return level[:end]


def _common_names(readings: list[_Reading], joined: bool) -> list[str] | None:
    names = []
    for options in zip(*(reading.columns for reading in readings), strict=True):
        belows = {below for _, below in options}
        aboves = {above for above, _ in options}
        if len(belows) > 1 or (belows == {""} and len(aboves) > 1):
            return None
        parts = [*aboves, *belows] if len(aboves) == 1 else [*belows]
        names.append((" " if joined else " | ").join(filter(None, parts)))
    return names


def _readings(above: list[str], below: list[str], width: int) -> Iterator[_Reading]:
    """The ways in which a header line can stand above another: each cell over one or more, or over none at all."""
    alone = width - len(below)
    without_year = [cell for cell in above[1:] if not _YEAR.search(cell)]
    lacks_label = alone > 0 and bool(above[0] or below[0])
    # Names over years stand alone, where there are as many of them as names below are lacking.
    settled = len(without_year) == alone - lacks_label and len(without_year) < len(above) - 1

    def place(at: int, begin: int, left: int, columns: tuple[tuple[str, str], ...]) -> Iterator[_Reading]:
        if at == len(above):
            if begin == len(below) and left == 0:
                yield _Reading(columns)
            return
        name = above[at]
        may_be_alone = lacks_label if at == 0 else not settled or name in without_year
        if left and may_be_alone:
            yield from place(at + 1, begin, left - 1, (*columns, (name, "")))
            if at == 0 or settled:
                return
        longest = begin + 1 if at == 0 else len(below) - (len(above) - at - 1 - left)
        for end in range(begin + 1, min(longest, len(below)) + 1):
            if not _may_span(name, below[begin:end]):
                break
            yield from place(at + 1, end, left, (*columns, *((name, cell) for cell in below[begin:end])))

    if alone >= 0:
        for count, reading in enumerate(place(0, 0, alone, ())):
            if count >= _MOST_READINGS:
                return
            yield reading


def _may_span(name: str, below: list[str]) -> bool:
    """Whether a header can span these names: none twice, and none of another year."""
    if len(set(below)) < len(below):
        return False
    years = set(_YEAR.findall(name))
    return not years or all(years >= set(_YEAR.findall(cell)) for cell in below)
