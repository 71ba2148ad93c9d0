"""A matrix: labels down, columns across, the value written in each cell and shown by its shade."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kommunebudsjett.report.charts.base import Draw, Write
from kommunebudsjett.report.theme import DIVERGING, FAINT, INK, NARROW


@dataclass(frozen=True)
class Matrix:
    """A value for each label and column; None where there is none."""

    labels: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]


def matrix(data: Matrix, write: Write, missing: str, total: str) -> Draw:
    """Each cell holds its value, written by `write`; the further from zero, the stronger the shade.

    The last column sums each row and the last row each column, set apart and without shade: they are of another size.
    `missing` is written where there is no value. On a phone a label stands above its cells, not beside them.
    """
    sums = [_sum(row) for row in data.values]
    below = [_sum(column) for column in zip(*data.values, strict=True)]
    top = max((abs(value) for row in data.values for value in row if value), default=1.0)

    def draw(width: float) -> Figure:
        narrow = width <= NARROW
        label_width = 0.0 if narrow else 2.6
        cell_width = (width - 0.1 - label_width) / (len(data.columns) + 1)
        names = [textwrap.wrap(label, 46 if narrow else 36) or [""] for label in [*data.labels, total]]
        cell_height = 0.27
        heights = [
            cell_height + 0.16 * len(name) + 0.06 if narrow else max(cell_height, 0.16 * len(name) + 0.08)
            for name in names
        ]
        figure = plt.figure(figsize=(width, sum(heights) + 0.4), layout="none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, width)
        axes.set_ylim(sum(heights) + 0.4, 0)
        axes.axis("off")
        lefts = [label_width + 0.05 + index * cell_width for index in range(len(data.columns) + 1)]
        for left, header in zip(lefts, [*data.columns, total], strict=True):
            axes.text(left + cell_width / 2, 0.15, header, ha="center", va="center", weight="bold")
        y = 0.3
        for index, (name, height) in enumerate(zip(names, heights, strict=True)):
            is_total = index == len(data.labels)
            row = below if is_total else data.values[index]
            last = _sum(sums) if is_total else sums[index]
            weight = "bold" if is_total else "normal"
            if is_total:
                y += 0.06
                axes.plot((0.05, width - 0.05), (y - 0.02, y - 0.02), color=INK, linewidth=0.8)
            if narrow:
                axes.text(0.05, y + 0.08 * len(name), "\n".join(name), ha="left", va="center", weight=weight)
                place = y + 0.16 * len(name) + 0.02
            else:
                axes.text(0.05, y + height / 2, "\n".join(name), ha="left", va="center", weight=weight)
                place = y + (height - cell_height) / 2
            for left, value in zip(lefts, [*row, last], strict=True):
                shade = 0.0 if is_total or left == lefts[-1] else value
                words = missing if value is None else write(value)
                _cell(axes, (left, place, cell_width, cell_height), shade, top, words, weight)
            y += height
        return figure

    return draw


def _sum(values: Sequence[float | None]) -> float | None:
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None


def _cell(axes: Axes, box: tuple, value: float | None, top: float, words: str, weight: str) -> None:
    left, place, width, height = box
    # The root brings out what is small beside one very large project.
    share = 0.0 if not value else (abs(value) / top) ** 0.5 * (1 if value > 0 else -1)
    colour = mpl.colormaps[DIVERGING](0.5 + 0.45 * share) if share else "white"
    axes.add_patch(
        Rectangle((left, place), width * 0.96, height * 0.92, facecolor=colour, edgecolor=FAINT, linewidth=0.4)
    )
    red, green, blue = mpl.colors.to_rgb(colour)
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
    axes.text(
        left + width * 0.48, place + height * 0.47, words, ha="center", va="center",
        color="white" if dark else INK, weight=weight, size=8 if len(words) > 7 else None,
    )  # fmt: skip
