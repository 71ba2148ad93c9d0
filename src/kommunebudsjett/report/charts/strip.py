"""Strips: municipalities as marks on a line, one line for each indicator, each with its own scale."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write, bare_axes, blank, note
from kommunebudsjett.report.theme import FAINT, INK

# Inches: beside a panel, a line of text, and a character of it with some room, to tell which labels would run into
# each other.
_MARGIN = 0.05
_LINE = 0.165
_CHARACTER = 0.083
# How far a label that stands beside its mark reaches to the other side of it.
_EDGE = 0.08
# How many of the best ways to place some of the labels are followed.
_FOLLOWED = 12


@dataclass(frozen=True)
class Strip:
    """An indicator: (label, value) of the municipality that it is about, `own`, of the same a year `before` (None where
    there is none), and of those it is set beside. `write` writes a value.
    """

    title: str
    before: tuple[str, float] | None
    own: tuple[str, float]
    others: Sequence[tuple[str, float]]
    write: Write


def strips(panels: Sequence[Strip], colour: str) -> Draw:
    """Small multiples, one below the other: above each line its own municipality and that of a year before (a ring),
    below it the others. Equal values share a mark, and a label where there is room for it.
    """

    def draw(width: float) -> Figure:
        line = width - 2 * _MARGIN
        titles = [textwrap.wrap(panel.title, int(width / _CHARACTER)) for panel in panels]
        above = [_tiers(_own(panel), _limits(panel), line) for panel in panels]
        below = [_tiers(_merged(panel, int(line / _CHARACTER)), _limits(panel), line) for panel in panels]
        heights = [
            _LINE * (len(title) + _count(over) + _count(under) + 2.4)
            for title, over, under in zip(titles, above, below, strict=True)
        ]
        length = sum(heights)
        # No layout is looked for: where everything stands is known in inches.
        figure = blank(width, length)
        bottoms = [1 - below / length for below in accumulate(heights)]
        for bottom, panel, title, over, under, height in zip(
            bottoms, panels, titles, above, below, heights, strict=True
        ):
            axes = bare_axes(figure)
            axes.set_position((_MARGIN / width, bottom, line / width, height / length))
            _panel(axes, panel, title, over, under, height, colour)
        return figure

    return draw


Label = tuple[str, float, float, int]  # text, the value it is about, where its middle is, its tier from the line


def _panel(
    axes: Axes, panel: Strip, title: list[str], over: list[Label], under: list[Label], height: float, colour: str
) -> None:
    # The axis is measured in inches from the top, so that text lines keep their distance whatever the height.
    top = _LINE * (len(title) + _count(over) + 0.95)
    low, high = _limits(panel)
    axes.set_xlim(low, high)
    axes.set_ylim(height, 0)
    note(axes, "\n".join(title), (0, 0.02), xycoords=("axes fraction", "data"), va="top", fontweight="bold")
    axes.plot([low, high], [top, top], color=FAINT, linewidth=1, zorder=0)
    others = [value for _, value in panel.others]
    axes.plot(others, [top] * len(others), "|", markersize=9, markeredgewidth=1.6, color=INK, zorder=1)
    if panel.before is not None:
        axes.plot(
            [panel.before[1]], [top], "o", markersize=7, markeredgecolor=colour, markerfacecolor="white", zorder=2
        )
    axes.plot([panel.own[1]], [top], "o", markersize=7, color=colour, zorder=3)
    for labels, side in ((over, -1), (under, 1)):
        outermost = _count(labels) - 1
        at = [top + side * _LINE * (tier + 0.95) for *_, tier in labels]
        lines = [
            (value, top, place - side * 0.07) for (_, value, _, tier), place in zip(labels, at, strict=True) if tier
        ]
        if lines:
            axes.vlines(*zip(*lines, strict=True), color=FAINT, linewidth=0.7, zorder=0)
        for (text, _, middle, tier), place in zip(labels, at, strict=True):
            weight = "bold" if text.startswith(panel.own[0]) else "normal"
            note(
                axes,
                text,
                (middle, place),
                ha="center",
                va="center",
                fontweight=weight,
                # The lines to the labels further out pass behind it.
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4} if tier < outermost else None,
            )


def _own(panel: Strip) -> list[tuple[str, float]]:
    """The labels above the line: the municipality, and the year before where it differs."""
    if panel.before is not None and panel.before[1] == panel.own[1]:
        return [(f"{panel.own[0]} = {panel.before[0]}: {panel.write(panel.own[1])}", panel.own[1])]
    marks = [panel.own, *([] if panel.before is None else [panel.before])]
    return [(f"{label}: {panel.write(value)}", value) for label, value in marks]


def _merged(panel: Strip, most: int) -> list[tuple[str, float]]:
    """The labels below the line, those of equal value as one where that has at most so many characters."""
    values: dict[float, list[str]] = {}
    for label, value in sorted(panel.others, key=lambda mark: mark[1]):
        names = values.setdefault(value, [])
        if names and len(f"{names[-1]}, {label}: {panel.write(value)}") <= most:
            names[-1] += f", {label}"
        else:
            names.append(label)
    return [(f"{name}: {panel.write(value)}", value) for value, names in values.items() for name in names]


def _limits(panel: Strip) -> tuple[float, float]:
    values = [panel.own[1], *(value for _, value in panel.others), *([] if panel.before is None else [panel.before[1]])]
    low, high = min(values), max(values)
    pad = (high - low) * 0.06 or 1
    return low - pad, high + pad


class _Span(NamedTuple):
    """Where a label stands: inches from the left, the mark that it is about, and its tier from the line."""

    left: float
    right: float
    mark: float
    tier: int

    def touches(self, other: "_Span") -> bool:
        """Whether the two run into each other."""
        return self.tier == other.tier and self.left < other.right and other.left < self.right

    def hides(self, other: "_Span") -> bool:
        """Whether the line from a mark to its label further out passes behind this label."""
        return self.tier < other.tier and self.mark != other.mark and self.left < other.mark < self.right


class _Way(NamedTuple):
    """Labels placed, and what they cost: how many stand on a line, the furthest tier, all tiers, all shifts."""

    spans: tuple[_Span, ...]
    cost: tuple[int, int, int, float]


def _tiers(labels: Sequence[tuple[str, float]], limits: tuple[float, float], inches: float) -> list[Label]:
    """Where each label stands: none runs into another or out of the picture, as few as can be stand on the line from a
    mark to the label of another, and each is as near the line as that allows.

    One after another is placed in all ways, of which some of the best are followed.
    """
    low, high = limits
    scale = inches / (high - low)
    ways: list[_Way] = [_Way((), (0, 0, 0, 0.0))]
    for text, value in labels:
        found = [way for before in ways for way in _with_one(before, (value - low) * scale, len(text), inches)]
        ways = nsmallest(_FOLLOWED, found, key=lambda way: way.cost)
    return [
        (text, value, low + (span.left + span.right) / 2 / scale, span.tier)
        for (text, value), span in zip(labels, ways[0].spans, strict=True)
    ]


def _with_one(way: _Way, mark: float, length: int, inches: float) -> Iterator[_Way]:
    """The ways to place one more label of so many characters: centred on its mark or to a side of it, in each tier."""
    width = length * _CHARACTER
    hidden, most, tiers, shift = way.cost
    for left in (mark - width / 2, mark - _EDGE, mark - width + _EDGE):
        left = min(max(left, 0.0), max(inches - width, 0.0))
        for tier in range(most + 2):
            place = _Span(left, left + width, mark, tier)
            if not any(place.touches(span) for span in way.spans):
                hides = sum(place.hides(span) + span.hides(place) for span in way.spans)
                cost = (
                    hidden + hides,
                    max(most, tier),
                    tiers + tier,
                    shift + abs(left + width / 2 - mark),
                )
                yield _Way((*way.spans, place), cost)


def _count(labels: Sequence[Label]) -> int:
    return max((tier + 1 for *_, tier in labels), default=0)
