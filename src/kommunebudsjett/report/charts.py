"""Charts: data in, a Matplotlib figure out. Each is a function from the width in inches, so that it suits a phone too.

Numbers stand at the marks; there are no grids to read them off and no legends to look up.
"""

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kommunebudsjett.report.theme import INK, NARROW, ON_COLOUR

Write = Callable[[float], str]


@dataclass(frozen=True)
class Series:
    """One value for each label, under one title and in one colour; None where there is no value."""

    title: str
    values: Sequence[float | None]
    colour: str


def _wrapped(labels: Sequence[str], width: float) -> list[str]:
    return ["\n".join(textwrap.wrap(label, 20 if width <= NARROW else 30, break_long_words=False)) for label in labels]


def _positions(names: Sequence[str]) -> tuple[list[float], float]:
    """Where each label stands, further apart where labels have several lines, and the length of them all."""
    heights = [1 + 0.62 * name.count("\n") for name in names]
    edges = [0.0, *accumulate(heights)]
    return [edge + height / 2 for edge, height in zip(edges, heights, strict=False)], edges[-1]


def _bare(axes: Axes) -> None:
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks([])


def bars(labels: Sequence[str], panels: Sequence[Series], write: Write, missing: str) -> Callable[[float], Figure]:
    """Horizontal bars from zero, a panel for each series: beside one another on a page, stacked on a phone.

    All panels have the same scale. `write` writes a value at its bar; `missing` is written where there is none.
    """
    shown = [value for series in panels for value in series.values if value is not None]
    low, high = min(0, *shown), max(0, *shown)
    pad = (high - low) * 0.28

    def draw(width: float) -> Figure:
        stacked = width <= NARROW
        rows = len(panels) if stacked else 1
        names = _wrapped(labels, width)
        positions, length = _positions(names)
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
            axes.barh(positions, [value or 0 for value in series.values], color=series.colour, height=0.66)
            for position, value in zip(positions, series.values, strict=True):
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
            axes.set_yticks(positions, names)
            axes.set_ylim(length, 0)
            # A number left of zero must not run into the labels, which stand closer on a phone.
            axes.set_xlim(low - (pad * (1.6 if stacked else 1) if low < 0 else 0), high + pad)
            axes.axvline(0, color=INK, linewidth=0.8)
            axes.set_title(textwrap.fill(series.title, 26) if stacked else series.title)
            _bare(axes)
        return figure

    return draw


@dataclass(frozen=True)
class RulePanel:
    """A rule: (label, value) of what happened and of each planned year, and its target, None where it has none."""

    title: str
    outcome: tuple[str, float] | None
    plan: Sequence[tuple[str, float]]
    target: float | None
    target_label: str


def rules(panels: Sequence[RulePanel], colours: tuple[str, str], write: Write) -> Callable[[float], Figure]:
    """Small multiples: what happened beside what is planned, with the target as a line. Each panel starts at zero."""

    def draw(width: float) -> Figure:
        across = 1 if width <= NARROW else 2
        down = -(-len(panels) // across)
        figure, grid = plt.subplots(down, across, figsize=(width, 1.85 * down), squeeze=False)
        figure.get_layout_engine().set(h_pad=0.1, w_pad=0.1)
        for axes in list(grid.flat)[len(panels) :]:
            axes.set_visible(False)
        for axes, panel in zip(grid.flat, panels, strict=False):
            marks = [(*mark, colours[1]) for mark in panel.plan]
            if panel.outcome is not None:
                marks.insert(0, (*panel.outcome, colours[0]))
            values = [value for _, value, _ in marks]
            axes.bar(range(len(marks)), values, color=[colour for _, _, colour in marks], width=0.62)
            for position, value in enumerate(values):
                # At the foot of the bar, where the line of the target does not run through it.
                axes.annotate(
                    write(value),
                    (position, 0),
                    xytext=(0, 4),
                    textcoords="offset points",
                    ha="center",
                    va="bottom",
                    color=ON_COLOUR[marks[position][2]],
                )
            top = max(*values, panel.target or 0)
            if panel.target is not None:
                axes.axhline(panel.target, color=INK, linewidth=1, linestyle=(0, (4, 2)))
                axes.annotate(
                    panel.target_label,
                    (1, panel.target),
                    xycoords=("axes fraction", "data"),
                    xytext=(2, 0),
                    textcoords="offset points",
                    va="center",
                )
            axes.set_xlim(-0.6, max(len(marks) - 0.4, 1.6))
            axes.set_ylim(0, top * 1.1)
            axes.set_xticks(range(len(marks)), [label for label, _, _ in marks])
            axes.set_title(panel.title)
            axes.tick_params(length=0)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
        return figure

    return draw
