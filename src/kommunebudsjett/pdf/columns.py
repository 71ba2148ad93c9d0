"""Where the columns of a table are cut, and which part of a line stands in which of them."""

from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from kommunebudsjett.pdf.lines import Line
from kommunebudsjett.pdf.segments import Segment

# In points: a gutter, and how far a name goes over the edge of its column.
_NARROWEST_GUTTER = 2.0
_OVER = 2.0
# More than a space, as a multiple of the usual one.
_WIDE_SPACE = 1.6
# How far from the middle of a table the name of a group stands at most, as a share of its width.
OFF_MIDDLE = 0.1


class Columns(NamedTuple):
    """The places where columns are cut, those of upright rules among them, where the first begins and the last ends.

    `ends` are the places where values of a column end that stand flush. `space` is how wide a space between words is,
    as a share of the size of the letters.
    """

    cuts: list[float]
    ruled: list[float]
    left: float
    right: float
    ends: list[float]
    space: float

    @property
    def edges(self) -> list[float]:
        """The left edge of each column, and the right one of the last."""
        return [self.left, *self.cuts, self.right]

    def at(self, x: float) -> int:
        """The column that a place lies in."""
        return bisect_right(self.cuts, x)

    def of(self, left: float, right: float) -> range:
        """The columns that something stands over, not with no more than its ends."""
        first, last = self.at(left + _OVER), self.at(right - _OVER)
        return range(first, max(first, last) + 1)

    def are_under(self, segment: Segment) -> bool:
        """Whether a text stands over several columns, or in the middle of all of them."""
        off = abs((segment.left + segment.right) / 2 - (self.left + self.right) / 2)
        return len(self.of(segment.left, segment.right)) > 1 or off <= OFF_MIDDLE * (self.right - self.left)

    def line(self, segments: list[Segment]) -> list[Segment]:
        """The parts of a line, those together that stand in one column."""
        made: list[Segment] = []
        for segment in segments:
            for part in self.parts(segment):
                here, before = self.of(part.left, part.right), made and self.of(made[-1].left, made[-1].right)
                if before and here == before and len(here) == 1 and not part.is_value:
                    made[-1] = Segment([*made[-1].words, *part.words])
                else:
                    made.append(part)
        return made

    def _is_end(self, x: float) -> bool:
        return any(abs(x - end) <= _OVER for end in self.ends)

    def parts(self, segment: Segment) -> list[Segment]:
        """A segment parted at rules, and at other cuts where more than a space is."""
        if segment.is_value and len(self.of(segment.left, segment.right)) == 1:
            return [segment]
        parts = [[segment.words[0]]]
        for before, word in pairwise(segment.words):
            cut = next((cut for cut in self.cuts if before.right - 1 <= cut <= word.left + 1), None)
            wide = word.left - before.right > _WIDE_SPACE * self.space * word.size
            flush = self._is_end(before.right) and self._is_end(segment.right)
            if cut is not None and (cut in self.ruled or wide or flush):
                parts.append([word])
            else:
                parts[-1].append(word)
        return [Segment(words) for words in parts]


def stretches(rows: list[list[Segment]]) -> list[tuple[float, float]]:
    """Where rows have something printed: stretches that a stretch of white parts in nearly all rows."""
    events: list[tuple[float, int]] = []
    for row in rows:
        for segment in row:
            events += [(segment.left, 1), (segment.right, -1)]
    events.sort(key=lambda event: (event[0], -event[1]))
    most = 0 if len(rows) < 20 else len(rows) // 25
    columns: list[tuple[float, float]] = []
    depth, start = 0, None
    for x, change in events:
        before = depth
        depth += change
        if before <= most < depth and start is None:
            start = x
        elif before > most >= depth and start is not None:
            columns.append((start, x))
            start = None
    merged: list[tuple[float, float]] = []
    for column in columns:
        if merged and column[0] - merged[-1][1] < 1.5:
            merged[-1] = (merged[-1][0], column[1])
        else:
            merged.append(column)
    return merged


def best_cut(end: float, start: float, headers: list[Line], flush: bool) -> float:
    """Where between two columns the fewest words of the headers are cut, the widest such place.

    `flush` says that the values of the first column end where it ends. Its headers then do so too, and the next column
    begins right there.
    """
    marks = {end, start}
    words = [word for line in headers for word in line.words if word.right > end and word.left < start]
    for word in words:
        marks.update(x for x in (word.left, word.right) if end < x < start)
    places = [
        (sum(word.left < (one + other) / 2 < word.right for word in words), one - other, (one + other) / 2)
        for one, other in pairwise(sorted(marks))
    ]
    best = min(places)
    first = places[0]
    return first[2] if flush and first[0] == best[0] and -first[1] >= _NARROWEST_GUTTER else best[2]
