"""Fiscal rules as small multiples: what happened beside what is planned, with the target as a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from kommunebudsjett.report.charts.base import Draw, Write, bare_axes, below, blank, boxes, fit, note, title
from kommunebudsjett.report.theme import FAINT, INK, NARROW, on_colour

# Inches around a panel.
_APART = 0.1


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
        figure = blank(width, 1.85 * down)
        grid = [bare_axes(figure) for _ in panels]
        for axes, panel in zip(grid, panels, strict=True):
            marks = [(*mark, colours[1]) for mark in panel.plan]
            if panel.outcome is not None:
                marks.insert(0, (*panel.outcome, colours[0]))
            values = [value for _, value, _ in marks]
            axes.bar(range(len(marks)), values, color=[colour for _, _, colour in marks], width=0.62)
            for position, value in enumerate(values):
                # At the foot of the bar, where the line of the target does not run through it.
                note(
                    axes,
                    write(value),
                    (position, 0),
                    (0, 4),
                    ha="center",
                    va="bottom",
                    color=on_colour(marks[position][2]),
                )
            top = max(*values, panel.target or 0)
            if panel.target is not None:
                axes.axhline(panel.target, color=INK, linewidth=1, linestyle=(0, (4, 2)))
                note(
                    axes,
                    panel.target_label,
                    (1, panel.target),
                    (2, 0),
                    xycoords=("axes fraction", "data"),
                    va="center",
                )
            axes.set_xlim(-0.6, max(len(marks) - 0.4, 1.6))
            axes.set_ylim(0, top * 1.1)
            for position, (label, _, _) in enumerate(marks):
                below(axes, label, position)
            # It stands on the edge of the axes, which is not to cut it in half.
            axes.axhline(0, color=FAINT, linewidth=0.8, clip_on=False)
            title(axes, panel.title)
        fit(grid, boxes(figure, [panel.title for panel in panels], across), _APART)
        return figure

    return draw
