"""What the charts share: how labels are wrapped and placed, and axes with nothing on them but the marks.

Numbers stand at the marks; there are no grids to read them off and no legends to look up.
"""

import textwrap
from collections.abc import Callable, Sequence
from itertools import accumulate

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kommunebudsjett.report.theme import NARROW

Draw = Callable[[float], Figure]
Write = Callable[[float], str]


def wrapped(labels: Sequence[str], width: float) -> list[str]:
    """Labels broken to lines that leave room for the marks."""
    return ["\n".join(textwrap.wrap(label, 20 if width <= NARROW else 30, break_long_words=False)) for label in labels]


def positions(names: Sequence[str]) -> tuple[list[float], float]:
    """Where each label stands, further apart where labels have several lines, and the length of them all."""
    heights = [1 + 0.62 * name.count("\n") for name in names]
    edges = [0.0, *accumulate(heights)]
    return [edge + height / 2 for edge, height in zip(edges, heights, strict=False)], edges[-1]


def bare(axes: Axes) -> None:
    """Take away what is not a mark: the frame, the ticks and the numbers along the x axis."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_xticks([])
