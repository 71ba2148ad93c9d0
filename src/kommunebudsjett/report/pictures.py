"""Figures that a notebook shows: a chart drawn for a page and for a phone, with its words and its data, as a block."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from kommunebudsjett.core.printable import printable
from kommunebudsjett.report.blocks import Block, Cell, Column, checked_name, show, table_data
from kommunebudsjett.report.charts.letters import FAMILY, size_of
from kommunebudsjett.report.theme import FAINT, INK, NARROW, WIDE

# A coordinate with more digits than can be seen, and an id that Matplotlib makes of coordinates.
_LONG = re.compile(r"-?(?<!\d)\d+\.\d{4,}|(?<![\w.])-0(?![\w.])")
_ID = re.compile(r"\b([mp])[0-9a-f]{10}\b")
_TAG = re.compile(r"<[^>]+>")

_BASE = {
    "font.family": FAMILY,
    "font.size": 9,
    "text.color": INK,
    # For what an analyst draws; the charts of this package have none of it.
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 9,
    "axes.titleweight": "bold",
    "xtick.color": INK,
    "ytick.color": INK,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "white",
    "svg.fonttype": "none",
    # Whoever measures a drawing finds words as wide as in an SVG, which has no pixels that letters are fitted to.
    "text.hinting": "no_hinting",
}


@contextmanager
def theme(salt: str, width: float) -> Iterator[None]:
    """The theme for one figure. `salt` makes the ids in its SVG the same on every build and its own on the page."""
    with mpl.rc_context({**_BASE, "svg.hashsalt": f"{salt}-{width}", "font.size": 9 if width > NARROW else 8.5}):
        yield


def figure(
    name: str,
    draw: Callable[[float], Figure] | Figure,
    *,
    caption: str,
    alt: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    note: str = "",
) -> None:
    """Show a figure, drawn twice: for a page and for a phone.

    Parameters
    ----------
    name: its address on the page and the name of its file.
    draw: a function from a width in inches to a figure; or a figure, whose height stays in both widths.
    caption: what it shows, with unit and price year.
    alt: what a reader who cannot see it must know: the finding, not the form.
    columns, rows: its data as a table.
    note: source and caveats.

    Raises ValueError where caption, alternative text or data are missing.
    """
    show(figure_block(name, draw, caption=caption, alt=alt, columns=columns, rows=rows, note=note).content)


def figure_block(
    name: str,
    draw: Callable[[float], Figure] | Figure,
    *,
    caption: str,
    alt: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    note: str = "",
) -> Block:
    """What `figure` shows, for a place of a text."""
    if len(alt.strip()) < 20:
        raise ValueError(f"figure {name!r}: the alternative text must state what it shows")
    if not rows:
        raise ValueError(f"figure {name!r}: a figure needs its data")
    content = {
        "kind": "figure",
        "name": checked_name(name),
        "alt": printable(alt),
        "note": printable(note),
        "wide": svg(_drawing(draw), WIDE, name),
        "narrow": svg(_drawing(draw), NARROW, name),
        **table_data(caption, columns, rows),
    }
    return Block(content)


def _drawing(draw: Callable[[float], Figure] | Figure) -> Callable[[float], Figure]:
    """How a figure is drawn in a width: one that is drawn already is made as wide."""
    if not isinstance(draw, Figure):
        return draw

    def resized(width: float) -> Figure:
        draw.set_size_inches(width, draw.get_size_inches()[1])
        return draw

    return resized


class _Renderer(RendererSVG):
    """Writes SVG, where words are as large as their letters: to set each anew takes a twelfth of the drawing."""

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: bool) -> tuple[float, float, float]:
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        size, points = size_of(s, prop.get_weight(), prop.get_style()), prop.get_size_in_points()
        return size.width * points, (size.above + size.below) * points, size.below * points


def svg(draw: Callable[[float], Figure], width: float, name: str) -> str:
    """A picture so many inches wide. Its `name` is in its ids."""
    with theme(name, width):
        drawn = draw(width)
        file = io.StringIO()
        # Not by savefig, which draws once more, to find a size that is given here.
        drawn.set_dpi(72)
        renderer = _Renderer(*(72 * drawn.get_size_inches()), file, metadata={"Date": None, "Creator": None})
        drawn.draw(renderer)
        renderer.finalize()
        # One that pyplot made would be shown once more at the end of the cell.
        plt.close(drawn)
    # A label can be the words of a document, and one control character in it would make the picture unreadable.
    return printable(settled(file.getvalue()))


def settled(drawn: str) -> str:
    """A picture as it is on every build: the last digits of a layout depend on where its parts lie in memory.

    Coordinates are rounded to a thousandth of a point, and the ids that Matplotlib makes of them are numbered.
    """
    ids: dict[str, str] = {}

    def number(match: re.Match) -> str:
        return ids.setdefault(match[0], f"{match[1]}{len(ids)}")

    def rounded(match: re.Match) -> str:
        digits = f"{float(match[0]):.3f}".rstrip("0").rstrip(".")
        return digits.removeprefix("-") if digits == "-0" else digits

    def tag(match: re.Match) -> str:
        return _ID.sub(number, _LONG.sub(rounded, match[0]))

    return _TAG.sub(tag, drawn)
