"""Slopes: how amounts went from one year to the next, a line for each, with its name and both values at its ends."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write, bare_axes, blank, fit_one, note
from kommunebudsjett.report.theme import FAINT, INK, NARROW


@dataclass(frozen=True)
class Slope:
    """An amount at the first and the second of two points in time."""

    label: str
    first: float
    second: float


def slope(lines: Sequence[Slope], ends: tuple[str, str], colour: str, write: Write) -> Draw:
    """A line for each amount from the first year to the second, all on one scale that begins at zero.

    Names and second values stand right of the lines, first values left; labels that would touch are moved apart.
    """

    def draw(width: float) -> Figure:
        narrow = width <= NARROW
        names = [
            textwrap.fill(f"{write(line.second)}  {line.label}", 20 if narrow else 44, break_long_words=False)
            for line in lines
        ]
        line_height = 0.17
        heights = [line_height * (1 + name.count("\n")) for name in names]
        length = max(2.2, 1.25 * sum(heights))
        top = max(max(line.first, line.second) for line in lines) or 1
        figure = blank(width, length + 0.45)
        axes = bare_axes(figure)
        axes.set_ylim(-0.02 * top, 1.08 * top)
        axes.set_xlim(0, 1)
        per_inch = 1.1 * top / length
        for x, name in zip((0, 1), ends, strict=True):
            axes.axvline(x, color=FAINT, linewidth=0.8)
            note(
                axes,
                name,
                (x, 1),
                (0, 4),
                xycoords=("data", "axes fraction"),
                ha="center",
                va="bottom",
                fontweight="bold",
            )
        for line in lines:
            axes.plot(
                (0, 1), (line.first, line.second), color=colour, linewidth=1.8, marker="o", markersize=4, clip_on=False
            )
        left = apart([line.first for line in lines], [line_height * per_inch] * len(lines))
        right = apart([line.second for line in lines], [height * per_inch for height in heights])
        for line, name, low, high in zip(lines, names, left, right, strict=True):
            for words, x, place, align, shift in (
                (write(line.first), 0, low, "right", -7),
                (name, 1, high, "left", 7),
            ):
                note(axes, words, (x, place), (shift, 0), ha=align, va="center", color=INK)
        fit_one(axes)
        return figure

    return draw


def apart(values: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Where the middles of labels stand: at their values, moved up and down as little as keeps them from touching.

    Labels stay in the order of their values. `heights` are in the unit of the values.
    """
    order = sorted(range(len(values)), key=lambda index: values[index])
    blocks: list[tuple[list[int], float]] = []
    for index in order:
        members, low = [index], values[index] - heights[index] / 2
        # A label that would touch the block below joins it, and the block stands around the mean of its values.
        while blocks and blocks[-1][1] + sum(heights[i] for i in blocks[-1][0]) > low + 1e-9:
            members = blocks.pop()[0] + members
            low = sum(values[i] for i in members) / len(members) - sum(heights[i] for i in members) / 2
        blocks.append((members, low))
    places = [0.0] * len(values)
    for members, low in blocks:
        for index in members:
            places[index] = low + heights[index] / 2
            low += heights[index]
    return places
