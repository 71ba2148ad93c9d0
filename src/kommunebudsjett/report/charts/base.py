"""What the charts share: how labels are wrapped and placed, and axes with nothing on them but the marks.

Numbers stand at the marks; there are no grids to read them off and no legends to look up. Matplotlib's layout engines
draw all words once or twice to find the room for them, and its ticks are made whether they are seen or not. Here words
are measured letter by letter, and all that is written is a note at a place of the axes.
"""

import textwrap
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Annotation

from kommunebudsjett.report.charts.letters import size_of
from kommunebudsjett.report.theme import NARROW

Draw = Callable[[float], Figure]
Write = Callable[[float], str]
# Points of the letters of a title, on a page and on a phone.
TITLE = 9
# Left, bottom, width and height in inches.
Box = tuple[float, float, float, float]

# Inches around what stands in a box, points between axes and the labels beside them, and the height of a line in parts
# of the size of its letters.
_PAD = 3 / 72
_BESIDE = 3.5
_LINE = 1.17
# Which part of a note stands before its place, to the left of it or below it.
_BEFORE = {"left": 0.0, "bottom": 0.0, "center": 0.5, "center_baseline": 0.5, "right": 1.0, "top": 1.0}
# Marks keep at least this part of a box, whatever is written.
_LEAST = 0.2


def wrapped(labels: Sequence[str], width: float) -> list[str]:
    """Labels broken to lines that leave room for the marks."""
    return ["\n".join(textwrap.wrap(label, 20 if width <= NARROW else 30, break_long_words=False)) for label in labels]


def positions(names: Sequence[str]) -> tuple[list[float], float]:
    """Where each label stands, further apart where labels have several lines, and the length of them all."""
    heights = [1 + 0.62 * name.count("\n") for name in names]
    edges = [0.0, *accumulate(heights)]
    return [edge + height / 2 for edge, height in zip(edges, heights, strict=False)], edges[-1]


def blank(width: float, height: float) -> Figure:
    """A figure of so many inches in which nothing is moved to make room: the room is known."""
    return Figure(figsize=(width, height), layout="none")


def bare_axes(figure: Figure) -> Axes:
    """Axes in a figure with nothing on them but what is drawn: no frame, ticks or numbers along their sides."""
    axes = figure.add_axes((0, 0, 1, 1))
    axes.spines[:].set_visible(False)
    axes.xaxis.set_visible(False)
    axes.yaxis.set_visible(False)
    return axes


def note(axes: Axes, words: str, place: tuple[float, float], shift: tuple[float, float] = (0, 0), **look) -> Annotation:
    """Words at a place of the axes, moved from it by so many points; `look` is as of Matplotlib's annotations."""
    # They are not looked at for whether they are within the axes: all are.
    return axes.annotate(words, place, xytext=shift, textcoords="offset points", annotation_clip=False, **look)


def label_rows(axes: Axes, names: Sequence[str], places: Sequence[float], bold: Sequence[bool] = (), **look) -> None:
    """Names left of the axes, each beside its place, in bold where `bold` says so; `look` is as of `note`."""
    for index, (name, place) in enumerate(zip(names, places, strict=True)):
        note(
            axes,
            name,
            (0, place),
            (-_BESIDE, 0),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="center_baseline",
            fontweight="bold" if bold and bold[index] else "normal",
            **look,
        )


def title(axes: Axes, words: str) -> None:
    """Words in bold above axes, from their left."""
    look = {"va": "bottom", "fontweight": "bold", "fontsize": TITLE}
    note(axes, words, (0, 1), (0, 4), xycoords="axes fraction", **look)


def below(axes: Axes, words: str, x: float) -> None:
    """Words below axes, about what is at x."""
    note(axes, words, (x, 0), (0, -_BESIDE), xycoords=("data", "axes fraction"), ha="center", va="top")


def labels_width(names: Sequence[str]) -> float:
    """How much room names take left of axes, in inches."""
    size = mpl.rcParams["font.size"]
    return max((text_width(name, size) for name in names), default=0.0) + _BESIDE / 72


def text_width(words: str, size: float, bold: bool = False) -> float:
    """How wide the longest line of words is, in inches, in letters of so many points."""
    return max(size_of(line, "bold" if bold else "normal").width for line in words.split("\n")) * size / 72


def bold_lines(words: str, width: float, size: float) -> list[str]:
    """Words in lines no wider than so many inches in bold letters of so many points; a word alone may be wider."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size, bold=True) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def further_lines(titles: Sequence[str], across: int) -> list[float]:
    """How many inches the lines of titles take that they have more than one, for each row of panels."""
    rows = (titles[row : row + across] for row in range(0, len(titles), across))
    return [_LINE * TITLE / 72 * max(words.count("\n") for words in row) for row in rows]


def boxes(figure: Figure, titles: Sequence[str], across: int, left: float = 0.0) -> list[Box]:
    """A box for the panel of each title, row by row from the top, in a figure but for so many inches at its left.

    A row is higher by the lines that its titles have more than one.
    """
    width, height = figure.get_size_inches()
    more = further_lines(titles, across)
    heights = [(height - sum(more)) / len(more) + extra for extra in more]
    bottoms = [height - below for below in accumulate(heights)]
    one = (width - left) / across
    places = [divmod(index, across) for index in range(len(titles))]
    return [(left + column * one, bottoms[row], one, heights[row]) for row, column in places]


def fit(panels: Sequence[Axes], within: Sequence[Box], pad: float = _PAD) -> None:
    """Give panels one size, as large as lets all notes of each stand in its box, `pad` inches from its edges.

    The boxes are of one width. A note that is empty or not `in_layout` is left out of account.
    """
    kept = [[text for text in panel.texts if text.get_text() and text.get_in_layout()] for panel in panels]
    notes = [[_reach(panel, text) for text in texts] for panel, texts in zip(panels, kept, strict=True)]
    # What stands below each other begins and ends at one place.
    all_notes = [reach for reaches in notes for reach in reaches]
    width = _length(all_notes, 0, within[0][2] - 2 * pad)
    x = pad + _begin(all_notes, 0, width)
    height = min(_length(reaches, 1, box[3] - 2 * pad) for reaches, box in zip(notes, within, strict=True))
    for panel, reaches, (left, bottom, _, _) in zip(panels, notes, within, strict=True):
        y = pad + _begin(reaches, 1, height)
        whole, high = panel.get_figure().get_size_inches()
        panel.set_position(((left + x) / whole, (bottom + y) / high, width / whole, height / high))


def fit_one(axes: Axes) -> None:
    """Make axes as large as lets all notes stand in their figure, which has no others."""
    fit([axes], boxes(axes.get_figure(), [""], 1))


class _Reach(NamedTuple):
    """Where the place of a note is in parts of its axes, and how far it reaches from it in inches: to the left and down
    before it, to the right and up beyond it. Each is first across, then up.
    """

    at: tuple[float, float]
    before: tuple[float, float]
    beyond: tuple[float, float]


def _reach(axes: Axes, text: Annotation) -> _Reach:
    size, words = text.get_fontsize(), text.get_text()
    lengths = (
        text_width(words, size, text.get_fontweight() == "bold"),
        (1 + words.count("\n")) * _LINE * size / 72,
    )
    shares = (_BEFORE[text.get_ha()], _BEFORE[text.get_va()])
    shifts = [shift / 72 for shift in text.xyann]
    coordinates = text.xycoords if isinstance(text.xycoords, tuple) else (text.xycoords, text.xycoords)
    limits = (axes.get_xlim(), axes.get_ylim())
    return _Reach(
        tuple(
            (value - low) / (high - low) if coordinate == "data" else value
            for value, coordinate, (low, high) in zip(text.xy, coordinates, limits, strict=True)
        ),
        tuple(share * length - shift for share, length, shift in zip(shares, lengths, shifts, strict=True)),
        tuple((1 - share) * length + shift for share, length, shift in zip(shares, lengths, shifts, strict=True)),
    )


def _length(notes: Sequence[_Reach], side: int, room: float) -> float:
    """How long axes are at most in so many inches, so that no note reaches out.

    Two notes are apart by the part of the axes between their places; what they reach outwards must stand beside that.
    """
    # The axes themselves are within the room too.
    at = np.array([0.0, 1.0, *(note.at[side] for note in notes)])
    before = np.array([0.0, 0.0, *(note.before[side] for note in notes)])
    beyond = np.array([0.0, 0.0, *(note.beyond[side] for note in notes)])
    between = at - at[:, None]
    free = room - before[:, None] - beyond
    further = between > 0
    return max((free[further] / between[further]).min(), _LEAST * room)


def _begin(notes: Sequence[_Reach], side: int, length: float) -> float:
    """How far from the edge axes of this length begin, in inches, so that no note reaches over it."""
    return max([0.0, *(note.before[side] - note.at[side] * length for note in notes)])
