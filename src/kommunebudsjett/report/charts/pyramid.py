"""Women and men side by side: bars to both sides of a line, and two dots on one."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, HPacker, TextArea

from kommunebudsjett.report.charts.base import Draw, Write, bare, one_panel, positions, wrapped
from kommunebudsjett.report.theme import FAINT, INK, MEN, NARROW, WOMEN

# Inches of a dot, about how much of the width of a figure is its scale, and how far two dots move apart, in lines.
_DOT, _SHARE, _APART = 0.11, 0.6, 0.2


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
        figure, axes = one_panel(width, 0.5 + length * 0.26, names)
        sides = ((-1, WOMEN, [pair.women for pair in data]), (1, MEN, [pair.men for pair in data]))
        for side, colour, values in sides:
            axes.barh(places, [side * (value or 0) for value in values], color=colour, height=0.7)
            for place, value in zip(places, values, strict=True):
                axes.annotate(
                    missing if value is None else write(value),
                    (side * (value or 0), place),
                    xytext=(3 * side, 0),
                    textcoords="offset points",
                    ha="left" if side > 0 else "right",
                    va="center",
                )
        for side, title in zip((-1, 1), titles, strict=True):
            axes.annotate(
                title,
                (0, 0),
                xytext=(6 * side, 2),
                textcoords="offset points",
                ha="left" if side > 0 else "right",
                va="bottom",
                weight="bold",
            )
        # Room for the numbers outside the bars; both sides keep one scale.
        room = (left + right) * (0.42 if width <= NARROW else 0.12) or 1.0
        axes.set_xlim(-left - room, right + room)
        axes.set_ylim(length, -0.1)
        axes.set_yticks(places, names)
        axes.axvline(0, color=INK, linewidth=0.8)
        bare(axes)
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
        figure, axes = one_panel(width, 0.55 + length * 0.26, names)
        room = span * (0.45 if narrow else 0.2)
        # About as much of the scale as a dot covers: dots that are closer stand above and below their line.
        covered = _DOT / (width * _SHARE) * (span + 2 * room)
        for pair, place in zip(shown, places, strict=True):
            axes.plot((pair.women, pair.men), (place, place), color=FAINT, linewidth=2, zorder=1)
            women_left = pair.women <= pair.men
            apart = _APART if abs(pair.women - pair.men) < covered else 0.0
            _dot(axes, pair.women, place - apart, WOMEN, "o", write(pair.women), women_left)
            _dot(axes, pair.men, place + apart, MEN, "D", write(pair.men), not women_left)
        # What the marks are, in the same order above every figure: which of the two is lower differs.
        words = []
        for title, mark, colour in ((titles[0], "●", WOMEN), (titles[1], "◆", MEN)):
            named = [TextArea(mark, textprops={"color": colour}), TextArea(title, textprops={"weight": "bold"})]
            words.append(HPacker(children=named, sep=2, align="baseline", pad=0))
        axes.add_artist(
            AnnotationBbox(
                HPacker(children=words, sep=12, align="baseline", pad=0),
                (0.5, 0),
                xycoords=("axes fraction", "data"),
                xybox=(0, 2),
                boxcoords="offset points",
                box_alignment=(0.5, 0),
                frameon=False,
                pad=0,
                annotation_clip=False,
            )
        )
        axes.set_xlim(low - room, high + room)
        axes.set_ylim(length, -0.1)
        axes.set_yticks(places, names)
        bare(axes)
        return figure

    return draw


def _dot(axes: Axes, value: float, place: float, colour: str, marker: str, words: str, left: bool) -> None:
    axes.scatter([value], [place], color=colour, marker=marker, s=36, zorder=2, edgecolor="white", linewidth=0.5)
    axes.annotate(
        words,
        (value, place),
        xytext=(-6 if left else 6, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
    )
