"""What the charts share: how labels are wrapped and placed, and axes with nothing on them but the marks.

Numbers stand at the marks; there are no grids to read them off and no legends to look up.
"""

import textwrap
from collections.abc import Callable, Sequence
from itertools import accumulate

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine

from kommunebudsjett.report.theme import NARROW

Draw = Callable[[float], Figure]
Write = Callable[[float], str]
# Points around what stands outside the axes, and inches of a character of it.
_PAD = 3
_CHARACTER = 0.07


def wrapped(labels: Sequence[str], width: float) -> list[str]:
    """Labels broken to lines that leave room for the marks."""
    return ["\n".join(textwrap.wrap(label, 20 if width <= NARROW else 30, break_long_words=False)) for label in labels]


def positions(names: Sequence[str]) -> tuple[list[float], float]:
    """Where each label stands, further apart where labels have several lines, and the length of them all."""
    heights = [1 + 0.62 * name.count("\n") for name in names]
    edges = [0.0, *accumulate(heights)]
    return [edge + height / 2 for edge, height in zip(edges, heights, strict=False)], edges[-1]


def one_panel(width: float, height: float, labels: Sequence[str]) -> tuple[Figure, Axes]:
    """A figure of these inches with one pair of axes, and `labels` to their left.

    Its layout is found in one pass, from about where the axes will be: the constrained layout goes over all words
    twice, which takes a sixth of a report's time, to move axes by the room that others need.
    """
    figure, axes = plt.subplots(figsize=(width, height), layout=TightLayoutEngine(pad=_PAD / mpl.rcParams["font.size"]))
    longest = max((len(line) for label in labels for line in label.split("\n")), default=0)
    # Rather narrower than they will be, as words at the marks then stand out further than they will, not less far.
    figure.subplots_adjust(left=min(max(longest * _CHARACTER / width, 0.2), 0.6), right=0.8)
    return figure, axes


def bare(axes: Axes) -> None:
    """Take away what is not a mark: the frame, the ticks and the numbers along the x axis."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks([])
