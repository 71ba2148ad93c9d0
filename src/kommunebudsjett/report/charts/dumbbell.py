"""Dumbbells: two values of each label on one line, with zero marked; an open ring is the first, a disc the second."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import (
    Draw,
    Write,
    bare_axes,
    blank,
    fit_one,
    label_rows,
    note,
    positions,
    wrapped,
)
from kommunebudsjett.report.theme import FAINT, INK, NARROW

# Characters to a line, where a label has the whole width of a phone.
_ABOVE = 44
# What is written stands clear of the line at zero.
_CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}


@dataclass(frozen=True)
class Dumbbell:
    """The two values of one label; None where there is none."""

    label: str
    first: float | None
    second: float | None


def dumbbell(rows: Sequence[Dumbbell], titles: tuple[str, str], zero: str, colour: str, write: Write) -> Draw:
    """A line for each label, from its first value (an open ring) to its second (a disc).

    `titles` name the two values, at the first row that shows both apart and at the rings and discs before it; `zero`
    says what the line at zero is. `write` writes a value at its mark. On a phone the labels stand above their lines.
    """
    values = [value for row in rows for value in (row.first, row.second) if value is not None]
    low, high = min(0, *values), max(0, *values)
    apart = next((place for place, row in enumerate(rows) if _apart(row)), 0)

    def draw(width: float) -> Figure:
        narrow = width <= NARROW
        labels = [row.label for row in rows]
        names = [textwrap.fill(label, _ABOVE) for label in labels] if narrow else wrapped(labels, width)
        places, length = _below(names) if narrow else positions(names)
        figure = blank(width, 0.4 + length * 0.24)
        axes = bare_axes(figure)
        axes.axvline(0, color=FAINT, linewidth=0.8, zorder=0)
        note(axes, zero, (0, 1), (0, 2), xycoords=("data", "axes fraction"), ha="center", va="bottom")
        if not narrow:
            label_rows(axes, names, places)
        _marks(axes, rows, places, colour)
        for number, (row, name, place) in enumerate(zip(rows, names, places, strict=True)):
            _values(axes, row, place, titles if number <= apart else ("", ""), write)
            if narrow:
                # It may be as wide as the figure, and is not to make the axis narrower.
                above = (0, place - 0.55)
                note(axes, name, above, xycoords=("axes fraction", "data"), va="bottom", in_layout=False)
        axes.set_ylim(length, 0)
        # Room for what is written outside the marks: more of it on a phone, where the axis is shorter.
        pad = (high - low or 1) * (0.62 if narrow else 0.3)
        axes.set_xlim(low - pad, high + pad)
        fit_one(axes)
        return figure

    return draw


def _below(names: Sequence[str]) -> tuple[list[float], float]:
    """Where the lines are that have their labels above them, and the length of them all."""
    heights = [1.25 + 0.68 * (1 + name.count("\n")) for name in names]
    edges = list(accumulate(heights))
    return [edge - 0.35 for edge in edges], edges[-1] + 0.3


def _apart(row: Dumbbell) -> bool:
    return row.first is not None and row.second is not None and row.first != row.second


def _marks(axes: Axes, rows: Sequence[Dumbbell], places: Sequence[float], colour: str) -> None:
    """The lines, rings and discs of all rows, all of a kind at once."""
    at = list(zip(rows, places, strict=True))
    lines = [(place, row.first, row.second) for row, place in at if _apart(row)]
    if lines:
        axes.hlines(*zip(*lines, strict=True), color=colour, linewidth=1.6, zorder=1)
    rings = [(row.first, place) for row, place in at if row.first is not None]
    discs = [(row.second, place) for row, place in at if row.second is not None]
    equal = [(row.first, place) for row, place in at if row.first is not None and row.first == row.second]
    _dots(axes, rings, markersize=6.5, markeredgecolor=colour, markerfacecolor="white", zorder=2)
    _dots(axes, discs, markersize=6.5, color=colour, zorder=2)
    _dots(axes, equal, markersize=2.5, color="white", zorder=3)


def _dots(axes: Axes, points: Sequence[tuple[float, float]], **look) -> None:
    if points:
        axes.plot(*zip(*points, strict=True), "o", **look)


def _values(axes: Axes, row: Dumbbell, place: float, titles: tuple[str, str], write: Write) -> None:
    """What is written at the marks of a row."""
    shown = [value for value in (row.first, row.second) if value is not None]
    if _apart(row):
        for value, other, title in ((row.first, row.second, titles[0]), (row.second, row.first, titles[1])):
            _write(axes, value, place, title, write, left=value < other)
    elif shown:
        both = [title for title, value in zip(titles, (row.first, row.second), strict=True) if value is not None]
        _write(axes, shown[0], place, " = ".join(filter(None, both)), write, left=shown[0] < 0)


def _write(axes: Axes, value: float, place: float, title: str, write: Write, left: bool) -> None:
    note(
        axes,
        f"{title}: {write(value)}" if title else write(value),
        (value, place),
        (-6 if left else 6, 0),
        ha="right" if left else "left",
        va="center",
        color=INK,
        bbox=_CLEAR,
        zorder=1,
    )
