"""Fiscal rules as small multiples: what happened beside what is planned, with the target as a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write
from kommunebudsjett.report.theme import INK, NARROW, ON_COLOUR


@dataclass(frozen=True)
class RulePanel:
    """A rule: (label, value) of what happened and of each planned year, and its target, None where it has none."""

    title: str
    outcome: tuple[str, float] | None
    plan: Sequence[tuple[str, float]]
    target: float | None
    target_label: str


def rules(panels: Sequence[RulePanel], colours: tuple[str, str], write: Write) -> Draw:
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
