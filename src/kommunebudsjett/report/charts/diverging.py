"""Diverging bars: what pulls one way and what the other, under headings where there are several groups."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write, bare, one_panel, positions, wrapped
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
        figure, axes = one_panel(width, 0.4 + (length + 1) * _INCHES * (0.8 if narrow else 1), [] if narrow else names)
        for place, (_, value) in zip(places, rows, strict=True):
            if value is not None:
                _bar(axes, place, value, colour, write)
        if narrow:
            axes.set_yticks([])
            for edge, name, (_, value) in zip(edges, names, rows, strict=False):
                axes.annotate(
                    name,
                    (0, edge + 0.12),
                    xycoords=("axes fraction", "data"),
                    va="top",
                    fontweight="bold" if value is None else "normal",
                )
        else:
            axes.set_yticks(places, names)
            for tick, (_, value) in zip(axes.get_yticklabels(), rows, strict=True):
                tick.set_fontweight("bold" if value is None else "normal")
        axes.set_xlim(left, right)
        axes.set_ylim(length, -1)
        if not narrow:
            axes.axvline(0, color=INK, linewidth=0.8)
        bare(axes)
        if low < 0:
            axes.annotate(sides[0], (left, -0.55), va="center", style="italic")
        if high > 0:
            axes.annotate(sides[1], (right, -0.55), ha="right", va="center", style="italic")
        return figure

    return draw


def _bar(axes: Axes, place: float, value: float, colour: str, write: Write) -> None:
    left = value < 0
    axes.barh(place, value, height=0.62, linewidth=1, edgecolor=colour, color="white" if left else colour)
    axes.vlines(0, place - 0.42, place + 0.42, color=INK, linewidth=0.8)
    axes.annotate(
        write(value),
        (value, place),
        xytext=(-3 if left else 3, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
    )
