"""Women and men side by side: bars to both sides of a line, and two dots on one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import matplotlib as mpl
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
    text_width,
    wrapped,
)
from kommunebudsjett.report.theme import FAINT, INK, MEN, NARROW, WOMEN

# Inches of a dot, about how much of the width of a figure is its scale, and how far two dots move apart, in lines.
_DOT, _SHARE, _APART = 0.11, 0.6, 0.2
# Points between a dot and its name, and to the next dot.
_NEAR, _FAR = 2, 12


@dataclass(frozen=True)
class Pair:
    """A value for women and one for men under one label; None where there is none."""

    label: str
    women: float | None
    men: float | None


def pyramid(data: Sequence[Pair], titles: tuple[str, str], write: Write, missing: str) -> Draw:
    """Bars from a line in the middle, women's to the left and men's to the right, on one scale.

    `titles` name the two sides. `missing` is written where there is no value.
    """
    left = max((pair.women for pair in data if pair.women), default=0.0)
    right = max((pair.men for pair in data if pair.men), default=0.0)

    def draw(width: float) -> Figure:
        names = wrapped([pair.label for pair in data], width)
        places, length = positions(names)
        figure = blank(width, 0.5 + length * 0.26)
        axes = bare_axes(figure)
        label_rows(axes, names, places)
        sides = ((-1, WOMEN, [pair.women for pair in data]), (1, MEN, [pair.men for pair in data]))
        for side, colour, values in sides:
            axes.barh(places, [side * (value or 0) for value in values], color=colour, height=0.7)
            for place, value in zip(places, values, strict=True):
                note(
                    axes,
                    missing if value is None else write(value),
                    (side * (value or 0), place),
                    (3 * side, 0),
                    ha="left" if side > 0 else "right",
                    va="center",
                )
        for side, title in zip((-1, 1), titles, strict=True):
            note(
                axes,
                title,
                (0, 0),
                (6 * side, 2),
                ha="left" if side > 0 else "right",
                va="bottom",
                weight="bold",
            )
        # Room for the numbers outside the bars; both sides keep one scale.
        room = (left + right) * (0.42 if width <= NARROW else 0.12) or 1.0
        axes.set_xlim(-left - room, right + room)
        axes.set_ylim(length, -0.1)
        axes.axvline(0, color=INK, linewidth=0.8)
        fit_one(axes)
        return figure

    return draw


def pairs(data: Sequence[Pair], titles: tuple[str, str], write: Write) -> Draw:
    """Two dots on a line for each label, a circle for women and a diamond for men; the axis does not begin at zero.

    `titles` name the two dots, above them, women's first. Labels without both values are left out.
    """
    shown = [pair for pair in data if pair.women is not None and pair.men is not None]
    values = [value for pair in shown for value in (pair.women, pair.men)]
    low, high = min(values), max(values)
    span = (high - low) or high or 1.0

    def draw(width: float) -> Figure:
        narrow = width <= NARROW
        names = wrapped([pair.label for pair in shown], width)
        places, length = positions(names)
        figure = blank(width, 0.55 + length * 0.26)
        axes = bare_axes(figure)
        label_rows(axes, names, places)
        room = span * (0.45 if narrow else 0.2)
        # About as much of the scale as a dot covers: dots that are closer stand above and below their line.
        covered = _DOT / (width * _SHARE) * (span + 2 * room)
        women, men = [pair.women for pair in shown], [pair.men for pair in shown]
        axes.hlines(places, women, men, color=FAINT, linewidth=2, zorder=1)
        moved = [_APART if abs(pair.women - pair.men) < covered else 0.0 for pair in shown]
        above = [place - apart for place, apart in zip(places, moved, strict=True)]
        under = [place + apart for place, apart in zip(places, moved, strict=True)]
        for values, at, mark, colour in ((women, above, "o", WOMEN), (men, under, "D", MEN)):
            axes.plot(values, at, mark, color=colour, markeredgecolor="white", markeredgewidth=0.5, zorder=2)
        for pair, upper, lower in zip(shown, above, under, strict=True):
            women_left = pair.women <= pair.men
            _value(axes, pair.women, upper, write, women_left)
            _value(axes, pair.men, lower, write, not women_left)
        _name_dots(axes, titles)
        axes.set_xlim(low - room, high + room)
        axes.set_ylim(length, -0.1)
        fit_one(axes)
        return figure

    return draw


def _name_dots(axes: Axes, titles: tuple[str, str]) -> None:
    """What the dots are, in the same order above every figure: which of the two is lower differs."""
    words = [
        ("●", WOMEN, False, _NEAR),
        (titles[0], INK, True, _FAR),
        ("◆", MEN, False, _NEAR),
        (titles[1], INK, True, 0),
    ]
    widths = [text_width(word, mpl.rcParams["font.size"], bold) * 72 + gap for word, _, bold, gap in words]
    for (word, colour, bold, _), before in zip(words, accumulate(widths, initial=-sum(widths) / 2), strict=False):
        note(
            axes,
            word,
            (0.5, 0),
            (before, 2),
            xycoords=("axes fraction", "data"),
            va="bottom",
            color=colour,
            fontweight="bold" if bold else "normal",
        )


def _value(axes: Axes, value: float, place: float, write: Write, left: bool) -> None:
    note(axes, write(value), (value, place), (-6 if left else 6, 0), ha="right" if left else "left", va="center")
