"""Horizontal bars: one value for each label, one or several series side by side."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write, bare, positions, wrapped
from kommunebudsjett.report.theme import INK, NARROW


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
        figure, grid = plt.subplots(
            rows,
            1 if stacked else len(panels),
            figsize=(width, height),
            sharex=True,
            sharey=not stacked,
            squeeze=False,
        )
        for axes, series in zip(grid.flat, panels, strict=True):
            axes.barh(places, [value or 0 for value in series.values], color=series.colour, height=0.66)
            for position, value in zip(places, series.values, strict=True):
                left = value is not None and value < 0
                axes.annotate(
                    missing if value is None else write(value),
                    (value or 0, position),
                    xytext=(-3 if left else 3, 0),
                    textcoords="offset points",
                    ha="right" if left else "left",
                    va="center",
                    color=INK,
                )
            axes.set_yticks(places, names)
            axes.set_ylim(length, 0)
            # A number left of zero must not run into the labels, which stand closer on a phone.
            axes.set_xlim(low - (pad * (1.6 if stacked else 1) if low < 0 else 0), high + pad)
            axes.axvline(0, color=INK, linewidth=0.8)
            axes.set_title(textwrap.fill(series.title, 26 if stacked else max(12, 56 // len(panels))))
            bare(axes)
        return figure

    return draw
