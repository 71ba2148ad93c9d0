"""Diverging bars: what pulls one way and what the other, under headings where there are several groups."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

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
from kommunebudsjett.report.theme import INK, NARROW

_INCHES = 0.24  # a row of bars on a page


@dataclass(frozen=True)
class Group:
    """Values that stand together, one for each label. `heading` is empty where there is one group only."""

    heading: str
    labels: Sequence[str]
    values: Sequence[float]


def diverging(groups: Sequence[Group], colour: str, sides: tuple[str, str], write: Write) -> Draw:
    """Horizontal bars to both sides of zero, all on one scale: filled to the right, open to the left.

    `sides` says in words what lies to the left and to the right; `write` writes a value at its bar. A value of zero
    has its number and no bar. Names stand beside the bars on a page, above them on a phone.
    """
    values = [value for group in groups for value in group.values]
    low, high = min(0, *values), max(0, *values)
    rows: list[tuple[str, float | None]] = []
    for group in groups:
        rows += [(group.heading, None)] if group.heading else []
        rows += list(zip(group.labels, group.values, strict=True))

    def draw(width: float) -> Figure:
        narrow = width <= NARROW
        # Room for the numbers beyond the bars.
        pad = (high - low or 1) * (0.24 if narrow else 0.14)
        left, right = low - (pad if low < 0 else 0), high + (pad if high > 0 else 0)
        if narrow:
            names = [textwrap.fill(label, 44, break_long_words=False) for label, _ in rows]
            heights = [
                0.85 * (1 + name.count("\n")) + (0 if value is None else 0.95)
                for name, (_, value) in zip(names, rows, strict=True)
            ]
            length = sum(heights)
            edges = [sum(heights[:index]) for index in range(len(rows) + 1)]
            places = [edge - 0.5 for edge in edges[1:]]
        else:
            names = wrapped([label for label, _ in rows], width)
            places, length = positions(names)
        figure = blank(width, 0.4 + (length + 1) * _INCHES * (0.8 if narrow else 1))
        axes = bare_axes(figure)
        if narrow:
            for edge, name, (_, value) in zip(edges, names, rows, strict=False):
                note(
                    axes,
                    name,
                    (0, edge + 0.12),
                    xycoords=("axes fraction", "data"),
                    va="top",
                    fontweight="bold" if value is None else "normal",
                )
        else:
            label_rows(axes, names, places, [value is None for _, value in rows])
        marks = [(place, value) for place, (_, value) in zip(places, rows, strict=True) if value is not None]
        _bars(axes, marks, colour, write)
        axes.set_xlim(left, right)
        axes.set_ylim(length, -1)
        if not narrow:
            axes.axvline(0, color=INK, linewidth=0.8)
        if low < 0:
            note(axes, sides[0], (left, -0.55), va="center", style="italic")
        if high > 0:
            note(axes, sides[1], (right, -0.55), ha="right", va="center", style="italic")
        fit_one(axes)
        return figure

    return draw


def _bars(axes: Axes, marks: Sequence[tuple[float, float]], colour: str, write: Write) -> None:
    """A bar for each (place, value), and at each the line of zero."""
    places, values = [place for place, _ in marks], [value for _, value in marks]
    fills = ["white" if value < 0 else colour for value in values]
    axes.barh(places, values, height=0.62, linewidth=1, edgecolor=colour, color=fills)
    axes.vlines([0] * len(marks), [p - 0.42 for p in places], [p + 0.42 for p in places], color=INK, linewidth=0.8)
    for place, value in marks:
        left = value < 0
        note(axes, write(value), (value, place), (-3 if left else 3, 0), ha="right" if left else "left", va="center")
