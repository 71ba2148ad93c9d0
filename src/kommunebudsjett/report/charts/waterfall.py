"""A waterfall: changes that follow one another from zero, with the sums that they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write, bare_axes, fit_one, label_rows, note, positions, wrapped
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
        figure = Figure(figsize=(width, 0.3 + length * 0.26))
        axes = bare_axes(figure)
        label_rows(axes, names, places, [step.is_sum for step in steps])
        reached = 0.0
        for index, (step, place, (start, end)) in enumerate(zip(steps, places, spans, strict=True)):
            rises = step.is_sum or step.amount >= 0
            axes.barh(
                place, end - start, left=start, height=0.62, color=colour if rises else "none", edgecolor=colour, lw=1.3
            )
            note(
                axes,
                write(step.amount),
                (end, place),
                (4, 0),
                va="center",
                color=INK,
                fontweight="bold" if step.is_sum else "normal",
            )
            reached = step.amount if step.is_sum else reached + step.amount
            if index + 1 < len(steps):
                axes.plot([reached, reached], [place + 0.31, places[index + 1] - 0.31], color=FAINT, lw=0.8, zorder=0)
        axes.set_ylim(length, 0)
        axes.set_xlim(low - (high - low) * 0.02, high + (high - low) * 0.28)
        axes.axvline(0, color=INK, linewidth=0.8)
        fit_one(axes)
        return figure

    return draw


def spans_of(steps: Sequence[Step]) -> list[tuple[float, float]]:
    """Where the bar of each step begins and ends, the lower end first."""
    spans, reached = [], 0.0
    for step in steps:
        start = 0.0 if step.is_sum else reached
        reached = step.amount if step.is_sum else reached + step.amount
        spans.append((min(start, reached), max(start, reached)))
    return spans
