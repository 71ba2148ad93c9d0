"""Small multiples of lines: one series over years in each panel, all on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import (
    TITLE,
    Draw,
    Write,
    bare_axes,
    below,
    blank,
    bold_lines,
    boxes,
    fit,
    further_lines,
    note,
    title,
)
from kommunebudsjett.report.theme import FAINT, INK, NARROW

# Inches between titles that stand beside each other.
_APART = 0.1


@dataclass(frozen=True)
class LinePanel:
    """A series: (year, value) pairs in order, without the years that have no value."""

    title: str
    points: Sequence[tuple[int, float]]


def lines(panels: Sequence[LinePanel], colour: str, write: Write) -> Draw:
    """A panel for each series, three beside one another on a page and two on a phone; the scale begins at zero.

    The first and the last value are written, and the years that they are for.
    """
    years = [year for panel in panels for year, _ in panel.points]
    values = [value for panel in panels for _, value in panel.points]
    low, high = min(0, *values), max(0, *values) or 1

    def draw(width: float) -> Figure:
        across = min(len(panels), 2 if width <= NARROW else 3)
        down = -(-len(panels) // across)
        titles = ["\n".join(bold_lines(panel.title, width / across - _APART, TITLE)) for panel in panels]
        figure = blank(width, 1.55 * down + sum(further_lines(titles, across)))
        grid = [bare_axes(figure) for _ in panels]
        for axes, panel, words in zip(grid, panels, titles, strict=True):
            axes.plot(*zip(*panel.points, strict=True), color=colour, linewidth=1.8)
            for year, value in dict.fromkeys((panel.points[0], panel.points[-1])):
                axes.plot(year, value, "o", color=colour, markersize=4)
                note(axes, write(value), (year, value), (0, 6), ha="center", va="bottom", color=INK)
                below(axes, str(year), year)
            title(axes, words)
            axes.axhline(0, color=FAINT, linewidth=0.8)
            margin = max(0.6, 0.14 * (max(years) - min(years)))
            axes.set_xlim(min(years) - margin, max(years) + margin)
            # A little room below zero, so that the line of zero is not cut.
            axes.set_ylim(min(low * 1.25, -0.05 * high), high * 1.25)
        fit(grid, boxes(figure, titles, across))
        return figure

    return draw
