"""A matrix: labels down, columns across, the value written in each cell and shown by its shade."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from kommunebudsjett.report.charts.base import Draw, Write, bare_axes, blank, bold_lines, text_width
from kommunebudsjett.report.theme import DIVERGING, FAINT, INK, NARROW

# The height of a line of a label or header, in inches, and the room of turned headers in parts of their widest word.
_LINE, _TURNED = 0.16, 1.02


@dataclass(frozen=True)
class Matrix:
    """A value for each label and column; None where there is none."""

    labels: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float | None]]


def matrix(data: Matrix, write: Write, missing: str, total: str) -> Draw:
    """Each cell holds its value, written by `write`; the further from zero, the stronger the shade.

    The last column sums each row and the last row each column, set apart and without shade: they are of another size.
    `missing` is written where there is no value. On a phone a label stands above its cells, not beside them. Headers
    are broken between words to the width of the cells, and turned where a word alone is wider.
    """
    sums = [_sum(row) for row in data.values]
    below = [_sum(column) for column in zip(*data.values, strict=True)]
    top = max((abs(value) for row in data.values for value in row if value), default=1.0)

    def draw(width: float) -> Figure:
        narrow = width <= NARROW
        # The room for labels in inches and letters: less where the headers would not stand upright else.
        rooms = {0.0: 46} if narrow else {2.6: 36, 1.9: 26}
        titles = [*data.columns, total]
        widths = {room: (width - 0.1 - room) / len(titles) for room in rooms}
        fitted = {room: _fitted(titles, 0.96 * cell) for room, cell in widths.items()}
        label_width = next((room for room in rooms if fitted[room].upright), next(iter(rooms)))
        cell_width, headers = widths[label_width], fitted[label_width]
        names = [textwrap.wrap(label, rooms[label_width]) or [""] for label in [*data.labels, total]]
        cell_height = 0.27
        heights = [
            cell_height + _LINE * len(name) + 0.06 if narrow else max(cell_height, _LINE * len(name) + 0.08)
            for name in names
        ]
        top_height = headers.height + 0.14
        length = top_height + sum(heights) + 0.1
        figure = blank(width, length)
        axes = bare_axes(figure)
        axes.set_xlim(0, width)
        axes.set_ylim(length, 0)
        lefts = [label_width + 0.05 + index * cell_width for index in range(len(data.columns) + 1)]
        for left, header in zip(lefts, headers.lines, strict=True):
            axes.text(
                left + cell_width * 0.48, top_height - 0.06, header, ha="center", va="bottom", weight="bold",
                rotation=0 if headers.upright else 90,
            )  # fmt: skip
        y = top_height
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
                place = y + _LINE * len(name) + 0.02
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


class _Headers(NamedTuple):
    """Headers broken into lines, whether they stand upright, and the inches that they are high."""

    lines: list[str]
    upright: bool
    height: float


def _fitted(headers: Sequence[str], width: float) -> _Headers:
    """Headers in lines no wider than so many inches. They are turned where a word alone is wider: text is never made
    smaller than it can be read.
    """
    size = mpl.rcParams["font.size"]
    widest = max((text_width(word, size, bold=True) for header in headers for word in header.split()), default=0.0)
    upright = widest <= width
    room = width if upright else _TURNED * widest
    lines = [bold_lines(header, room, size) for header in headers]
    height = _LINE * max(map(len, lines)) if upright else room
    return _Headers(["\n".join(each) for each in lines], upright, height)


def _sum(values: Sequence[float | None]) -> float | None:
    stated = [value for value in values if value is not None]
    return sum(stated) if stated else None


def _cell(axes: Axes, box: tuple, value: float | None, top: float, words: str, weight: str) -> None:
    left, place, width, height = box
    # The root brings out what is small beside one very large project.
    share = 0.0 if not value else (abs(value) / top) ** 0.5 * (1 if value > 0 else -1)
    colour = mpl.colormaps[DIVERGING](0.5 + 0.45 * share) if share else "white"
    # Not as a patch, for which the limits of the axes, which are known, would be looked for again.
    axes.add_artist(
        Rectangle((left, place), width * 0.96, height * 0.92, facecolor=colour, edgecolor=FAINT, linewidth=0.4)
    )
    red, green, blue = mpl.colors.to_rgb(colour)
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 0.5
    axes.text(
        left + width * 0.48, place + height * 0.47, words, ha="center", va="center",
        color="white" if dark else INK, weight=weight, size=8 if len(words) > 7 else None,
    )  # fmt: skip
