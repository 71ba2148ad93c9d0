"""A waterfall: changes that follow one another from zero, with the sums that they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

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
    wrapped,
)
from kommunebudsjett.report.theme import FAINT, INK


@dataclass(frozen=True)
class Step:
    """A change, or where `is_sum`, what the changes so far come to."""

    label: str
    amount: float
    is_sum: bool = False


def waterfall(steps: Sequence[Step], colour: str, write: Write) -> Draw:
    """Steps from the top down: an increase is a filled bar to the right, a decrease a hollow one to the left.

    A sum is a bar from zero. `write` writes the amount of a step beside it.
    """
    spans = spans_of(steps)
    low, high = min(0, *(start for start, _ in spans)), max(end for _, end in spans)

    def draw(width: float) -> Figure:
        names = wrapped([step.label for step in steps], width)
        places, length = positions(names)
        figure = blank(width, 0.3 + length * 0.26)
        axes = bare_axes(figure)
        label_rows(axes, names, places, [step.is_sum for step in steps])
        starts, lengths = [start for start, _ in spans], [end - start for start, end in spans]
        fills = [colour if step.is_sum or step.amount >= 0 else "none" for step in steps]
        axes.barh(places, lengths, left=starts, height=0.62, color=fills, edgecolor=colour, linewidth=1.3)
        # From each bar to the next.
        tops, ends = [place + 0.31 for place in places[:-1]], [place - 0.31 for place in places[1:]]
        axes.vlines(_reached(steps)[:-1], tops, ends, color=FAINT, linewidth=0.8, zorder=0)
        for step, place, (_, end) in zip(steps, places, spans, strict=True):
            note(
                axes,
                write(step.amount),
                (end, place),
                (4, 0),
                va="center",
                color=INK,
                fontweight="bold" if step.is_sum else "normal",
            )
        axes.set_ylim(length, 0)
        axes.set_xlim(low - (high - low) * 0.02, high + (high - low) * 0.28)
        axes.axvline(0, color=INK, linewidth=0.8)
        fit_one(axes)
        return figure

    return draw


def spans_of(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where the bar of each step begins and ends, the lower end first."""
    reached = _reached(steps)
    starts = [0.0 if step.is_sum else before for step, before in zip(steps, [0.0, *reached], strict=False)]
    return [(min(start, end), max(start, end)) for start, end in zip(starts, reached, strict=True)]


def _reached(steps: Sequence[Step]) -> list[float]:
    """What the changes come to with each step."""
    return list(accumulate(steps, lambda before, step: step.amount + (0.0 if step.is_sum else before), initial=0.0))[1:]
