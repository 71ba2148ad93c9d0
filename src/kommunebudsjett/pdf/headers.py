"""The printed lines of a table's header in, its rows out, each a cell for a column.

A name that is wrapped over lines is one cell. A name over several names spans their columns, and is a row above them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kommunebudsjett.pdf.columns import Columns
from kommunebudsjett.pdf.lines import Line, Word
from kommunebudsjett.pdf.segments import Segment

# In points: how far a name that heads one column stands off from it at most, and how much nearer than to several.
_OFF_ONE, _NEARER = 2.0, 4.0
# In points: how far the text of a cell is from its edge at most.
_MOST_PADDING = 6.0


@dataclass
class Name:
    """A name in a header: its words line by line, from `left` to `right`, and the lines that it stands on."""

    words: list[list[Word]]
    left: float
    right: float
    lines: list[Line]

    @property
    def line(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    def overlaps(self, other: "Name") -> bool:
        """Whether one stands over the other."""
        return self.left < other.right - 0.5 and other.left < self.right - 0.5

    def add(self, other: "Name") -> None:
        """Go on with a name of a line below."""
        self.words += other.words
        self.lines += other.lines
        self.left, self.right = min(self.left, other.left), max(self.right, other.right)


def names_of(segments: list[Segment], line: Line) -> list[Name]:
    """The names on a line."""
    return [Name([segment.words], segment.left, segment.right, [line]) for segment in segments]


def header_rows(
    lines: list[list[Name]], columns: Columns, tight: Callable[[Line], float], ruled: Callable[[Name, Name], bool]
) -> list[list[Name]]:
    """The rows of a header.

    `tight` is how far apart lines of one cell stand at most; `ruled` whether a rule parts two names.
    """
    rows: list[list[Name]] = []
    for names in lines:
        if not rows:
            rows.append(list(names))
            continue
        above = rows[-1]
        pairs = [(name, [other for other in above if name.overlaps(other)]) for name in names]
        if not _near(names[0].line, above, tight):
            rows.append(list(names))
        elif _are_wrapped(names, above, columns, ruled):
            _join(pairs, above)
        else:
            rows.append(_pulled_down(names, above, tight, ruled))
    return [sorted(row, key=lambda name: name.left) for row in rows if row]


def _near(line: Line, above: list[Name], tight: Callable[[Line], float]) -> bool:
    lowest = max(above, key=lambda name: name.line.y).line
    return line.page == lowest.page and line.y - lowest.y <= max(tight(line), tight(lowest))


def _are_wrapped(names: list[Name], above: list[Name], columns: Columns, ruled: Callable[[Name, Name], bool]) -> bool:
    """Whether names go on with those above: none stands over two, or under two, or behind a rule."""
    for name in names:
        over = [other for other in above if name.overlaps(other)]
        if len(over) > 1 or any(ruled(other, name) for other in over):
            return False
    taken = {columns.at((name.left + name.right) / 2) for name in names}
    pairs = [(other, name) for name in names for other in above if name.overlaps(other)]
    if len(names) > len(above) and 2 * sum(_is_off(*pair) for pair in pairs) > len(pairs):
        return False
    return not any(
        sum(name.overlaps(other) for name in names) > 1
        or len(taken.intersection(columns.of(other.left, other.right))) > 1
        for other in above
    )


def _join(pairs: list[tuple[Name, list[Name]]], above: list[Name]) -> None:
    for name, over in pairs:
        if over:
            over[0].add(name)
        else:
            above.append(name)


def _pulled_down(
    names: list[Name], above: list[Name], tight: Callable[[Line], float], ruled: Callable[[Name, Name], bool]
) -> list[Name]:
    """The names of a line below such as span columns, each with what of it stands above between these."""
    made = []
    for name in names:
        over = [other for other in above if name.overlaps(other)]
        alone = len(over) == 1 and sum(other.overlaps(over[0]) for other in names) == 1 and not _is_off(name, over[0])
        if alone and not ruled(over[0], name) and name.line.y - over[0].line.y <= tight(name.line):
            above.remove(over[0])
            over[0].add(name)
            name = over[0]
        made.append(name)
    return made


def columns_of(row: list[Name], below: list[Name], columns: Columns) -> list[int]:
    """The column of each name of a row: the first of those that it spans, where names stand below it."""
    found = [columns.at((name.left + name.right) / 2) for name in row]
    over = [place for place, name in enumerate(row) if name.right > columns.cuts[0]]
    if len(over) == len(columns.cuts):
        for column, place in enumerate(over, start=1):
            found[place] = column
        return found
    named = sorted({columns.at((name.left + name.right) / 2) for name in below} - {0})
    if not over or len(over) >= len(named):
        return found
    cells = list(pairwise(columns.edges))[1:]
    printed = list(cells)
    for column in named:
        names = [name for name in below if columns.at((name.left + name.right) / 2) == column]
        printed[column - 1] = (min(name.left for name in names), max(name.right for name in names))
    spanning = [row[place] for place in over]
    single = _singles(spanning, printed)
    flush = [[end for end in columns.ends if left < end <= right] for left, right in cells]
    ends = [max(found) for found in flush if found]
    spans = _spans(spanning, printed, cells, ends, even=single is not None)
    firsts = min((part for part in (single, spans) if part is not None), default=(0.0, []))[1]
    for place, first in zip(over, firsts, strict=False):
        found[place] = first + 1
    return found


def _singles(names: list[Name], printed: list[tuple[float, float]]) -> tuple[float, list[int]] | None:
    """How far names stand off at best if each heads one column alone, and these columns; None where two share one."""
    found = [min((_off(name, *edges), column) for column, edges in enumerate(printed)) for name in names]
    columns = [column for _, column in found]
    if len(set(columns)) < len(columns) or any(off > _OFF_ONE for off, _ in found):
        return None
    return sum(off + _NEARER for off, _ in found), columns


def _is_off(one: Name, other: Name) -> bool:
    """Whether names are no lines of one cell, which begin or end at the same place or stand in its middle."""
    return _off(one, other.left, other.right) > _OFF_ONE


def _off(name: Name, left: float, right: float) -> float:
    """How far a name stands off from what is printed below, by the nearest of its edges or its middle."""
    middle = (name.left + name.right - left - right) / 2
    return min(abs(name.left - left), abs(name.right - right), abs(middle))


def _spans(
    names: list[Name],
    printed: list[tuple[float, float]],
    cells: list[tuple[float, float]],
    ends: list[float],
    even: bool,
) -> tuple[float, list[int]] | None:
    """How far names stand off that span all columns, and the first column of each: where they stand best.

    They stand in the middle of the cells, or in the middle or at one side of what is printed below. Names at
    the right side span as many columns each, or end just where columns do; not where `even` says that each name could
    head the column that ends there alone.
    """
    ways = ((cells, 0.5), (printed, 0.5), (printed, 0.0))
    found = [_partition(names, len(printed), _Way(edges, place)) for edges, place in ways]
    others: list[_Mixed | _Flush] = [_Mixed(cells, printed)]
    if len(ends) == len(printed):
        others.append(_Flush(printed, ends))
    mixed = [part for part in (_partition(names, len(printed), way) for way in others) if part is not None]
    found += [(off + _NEARER, firsts) for off, firsts in mixed]
    at_right = _partition(names, len(printed), _Way(printed, 1.0))
    exact = not even and at_right is not None and at_right[0] <= _OFF_ONE * len(names)
    if at_right is not None and (exact or _are_even(at_right[1], len(printed))):
        found.append(at_right)
    return min((part for part in found if part is not None), default=None)


def _are_even(firsts: list[int], count: int) -> bool:
    """Whether spans that begin at these of so many columns are all as wide."""
    return len({after - first for first, after in pairwise([*firsts, count])}) == 1


class _Way(NamedTuple):
    """All names stand at one place over the columns that they span: 0 at the left, 1 at the right."""

    columns: list[tuple[float, float]]
    place: float

    def off(self, name: Name, first: int, last: int) -> float:
        """How far a name stands off from the columns from `first` up to, not with, `last`."""
        left, right = self.columns[first][0], self.columns[last - 1][1]
        return abs(left + self.place * (right - left) - name.left - self.place * (name.right - name.left))


class _Mixed(NamedTuple):
    """Names over several columns stand in the middle, those over one as its other names or values do."""

    cells: list[tuple[float, float]]
    printed: list[tuple[float, float]]

    def off(self, name: Name, first: int, last: int) -> float:
        """How far a name stands off from the columns from `first` up to, not with, `last`."""
        if last - first == 1:
            return _off(name, *self.printed[first])
        return min(_Way(edges, 0.5).off(name, first, last) for edges in (self.cells, self.printed))


class _Flush(NamedTuple):
    """As mixed, over values that end flush: a cell goes from the end of one column to that of another.

    Both ends are as far from their edge as the text of a cell is, so that the middle of a name is by that much to the
    right.
    """

    printed: list[tuple[float, float]]
    ends: list[float]

    def off(self, name: Name, first: int, last: int) -> float:
        """How far a name stands off from the columns from `first` up to, not with, `last`."""
        if last - first == 1:
            return _off(name, *self.printed[first])
        if first == 0:
            return _Way(self.printed, 0.5).off(name, first, last)
        right = (name.left + name.right - self.ends[first - 1] - self.ends[last - 1]) / 2
        return max(0.0, -right, right - _MOST_PADDING)


def _partition(names: list[Name], wide: int, way: _Way | _Mixed | _Flush) -> tuple[float, list[int]] | None:
    """How far names stand off from parts of so many columns at best, and where these parts begin."""
    count = len(names)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for number in range(1, count + 1):
        for last in range(number, wide + 1):
            for first in range(number - 1, last):
                known = best.get((number - 1, first))
                if known is None:
                    continue
                cost = known[0] + way.off(names[number - 1], first, last)
                if (number, last) not in best or cost < best[number, last][0]:
                    best[number, last] = (cost, [*known[1], first])
    return best.get((count, wide))
