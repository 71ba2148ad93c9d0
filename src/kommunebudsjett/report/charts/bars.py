"""Horizontal bars: one value for each label, one or several series side by side."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import (
    TITLE,
    Draw,
    Write,
    bare_axes,
    blank,
    bold_lines,
    boxes,
    fit,
    label_rows,
    labels_width,
    note,
    positions,
    title,
    wrapped,
)
from kommunebudsjett.report.theme import INK, NARROW

# Inches that a title keeps from the edge of a phone.
_EDGE = 0.05


@dataclass(frozen=True)
class Series:
    """One value for each label, under one title and in one colour; None where there is no value."""

    title: str
    values: Sequence[float | None]
    colour: str


def bars(labels: Sequence[str], panels: Sequence[Series], write: Write, missing: str) -> Draw:
    """Horizontal bars from zero, a panel for each series: beside one another on a page, stacked on a phone.

    All panels have the same scale. `write` writes a value at its bar; `missing` is written where there is none.
    """
    shown = [value for series in panels for value in series.values if value is not None]
    low, high = min(0, *shown), max(0, *shown)
    pad = (high - low) * 0.28

    def draw(width: float) -> Figure:
        stacked = width <= NARROW
        rows = len(panels) if stacked else 1
        names = wrapped(labels, width)
        places, length = positions(names)
        height = rows * (0.4 + length * 0.24)
        figure = blank(width, height)
        room = width - labels_width(names) - _EDGE
        titles = [
            "\n".join(bold_lines(series.title, room, TITLE))
            if stacked
            else textwrap.fill(series.title, max(12, 56 // len(panels)))
            for series in panels
        ]
        grid = [bare_axes(figure) for _ in panels]
        for axes, series, words in zip(grid, panels, titles, strict=True):
            axes.barh(places, [value or 0 for value in series.values], color=series.colour, height=0.66)
            for position, value in zip(places, series.values, strict=True):
                left = value is not None and value < 0
                note(
                    axes,
                    missing if value is None else write(value),
                    (value or 0, position),
                    (-3 if left else 3, 0),
                    ha="right" if left else "left",
                    va="center",
                    color=INK,
                )
            axes.set_ylim(length, 0)
            # A number left of zero must not run into the labels, which stand closer on a phone.
            axes.set_xlim(low - (pad * (1.6 if stacked else 1) if low < 0 else 0), high + pad)
            axes.axvline(0, color=INK, linewidth=0.8)
            title(axes, words)
            # Beside one another, the panels share the labels left of the first.
            if stacked or axes is grid[0]:
                label_rows(axes, names, places, in_layout=stacked)
        fit(grid, boxes(figure, titles, 1) if stacked else boxes(figure, titles, len(panels), labels_width(names)))
        return figure

    return draw
