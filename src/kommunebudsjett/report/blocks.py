"""What a notebook shows: figures, tables and computed sentences, as data that the publisher lays out.

A block is displayed under a MIME type of its own, with HTML beside it for JupyterLab. Text from documents is data: it
is escaped wherever it goes.
"""

import base64
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import mistune
from IPython.display import display
from jinja2 import Environment, PackageLoader
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report.theme import NARROW, WIDE, theme

MIME = "application/vnd.kommunebudsjett.block+json"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

templates = Environment(
    loader=PackageLoader("kommunebudsjett.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
_markdown = mistune.create_markdown(escape=True)


@dataclass(frozen=True)
class Cell:
    """A value as it is shown, with the lines it stands on or was computed from.

    `sources` are (document, lines) pairs, lines as `12;15-18`. `how` says in words how a derived value was computed
    from them, and is empty for a value that stands there. `lang` is the language of the text where it is not that of
    the report: a Norwegian name in an English report.
    """

    text: str
    sources: tuple[tuple[str, str], ...] = ()
    how: str = ""
    lang: str = ""

    def as_data(self) -> dict:
        return {
            "text": self.text,
            "sources": [{"document": doc, "lines": lines} for doc, lines in self.sources],
            "how": self.how,
            "lang": self.lang,
        }


@dataclass(frozen=True)
class Link(Cell):
    """Words that lead to another page of the site: `page` is its address seen from a report, as `economy.html`."""

    page: str = ""

    def as_data(self) -> dict:
        return {**super().as_data(), "page": self.page}


@dataclass(frozen=True)
class Lines(Cell):
    """Lines of documents themselves, each run of them a link of its own."""

    def as_data(self) -> dict:
        runs = [
            {"document": document, "lines": run, "text": run.replace("-", "–")}
            for document, lines in self.sources
            for run in lines.split(";")
        ]
        return {**super().as_data(), "text": ", ".join(run["text"] for run in runs), "sources": [], "runs": runs}


@dataclass(frozen=True)
class Column:
    """A column of a table: its header, and whether it holds numbers (set to the right)."""

    header: str
    numeric: bool = True


@dataclass(frozen=True)
class Block:
    """A piece of a report; `content` is plain data."""

    content: dict = field(repr=False)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict:
        return {MIME: self.content, "text/html": to_html(self.content), "text/plain": self.content["kind"]}


def to_html(content: dict) -> str:
    """A block as HTML that stands alone, for JupyterLab: pictures are in the page."""
    picture = "data:image/svg+xml;base64," + base64.b64encode(content.get("wide", "").encode()).decode()
    return str(templates.get_template("blocks.html.j2").module.block(content, wide=picture, narrow="", paper=True))


def source_href(document: str, lines: str) -> str:
    """The address of the first of `lines` in the published source page, seen from a report."""
    return f"../sources/{document}.html#L{split_lines(lines)[0]}"


templates.globals["source_href"] = source_href


def inline(template: str, values: Mapping[str, Cell | str]) -> str:
    """Markdown with `{name}` places to HTML, the values escaped and, where they have sources, linked to them.

    Raises KeyError for a place without a value.
    """
    places: list[str] = []

    def hold(match: re.Match) -> str:
        value = values[match[1]]
        cell = value if isinstance(value, Cell) else Cell(str(value))
        places.append(str(templates.get_template("blocks.html.j2").module.cited(cell.as_data())))
        return f"\ue000{len(places) - 1}\ue001"

    # The values are put in after the Markdown is parsed, so that nothing in them is taken for markup.
    body = _markdown(_PLACEHOLDER.sub(hold, template))
    return re.sub("\ue000(\\d+)\ue001", lambda match: places[int(match[1])], body)


def say(lang: str, *, nb: str, en: str, **values: Cell | str) -> None:
    """Show a computed text: Markdown in both languages with `{name}` places for computed values."""
    display(Block({"kind": "text", "html": inline({"nb": nb, "en": en}[lang], values)}))


def table(
    name: str,
    *,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    note: str = "",
    emphasised: Sequence[int] = (),
) -> None:
    """Show a table. The first column is the row header; `emphasised` are the indices of total rows.

    `name` is its address on the page. Raises ValueError where a caption or a cell is missing.
    """
    content = {"kind": "table", "name": name, "note": note, **table_data(caption, columns, rows, emphasised)}
    display(Block(content))


def table_data(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    emphasised: Sequence[int] = (),
) -> dict:
    """A table as plain data. Raises ValueError where a caption or a cell is missing."""
    if not caption.strip():
        raise ValueError("a table needs a caption")
    data = []
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"table {caption!r}: a row has {len(row)} cells for {len(columns)} columns")
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
        if any(not cell.as_data()["text"].strip() or cell.text in ("nan", "None") for cell in cells):
            raise ValueError(f"table {caption!r}: the row {cells[0].text!r} has an empty cell")
        data.append([cell.as_data() for cell in cells])
    return {
        "caption": caption,
        "columns": [asdict(column) for column in columns],
        "rows": data,
        "emphasised": list(emphasised),
    }


def figure(
    name: str,
    draw: Callable[[float], Figure],
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
    draw: a function from a width in inches to a figure.
    caption: what it shows, with unit and price year.
    alt: what a reader who cannot see it must know: the finding, not the form.
    columns, rows: its data as a table.
    note: source and caveats.

    Raises ValueError where caption, alternative text or data are missing.
    """
    if len(alt.strip()) < 20:
        raise ValueError(f"figure {name!r}: the alternative text must state what it shows")
    if not rows:
        raise ValueError(f"figure {name!r}: a figure needs its data")
    content = {
        "kind": "figure",
        "name": name,
        "alt": alt,
        "note": note,
        "wide": _svg(draw, WIDE, name),
        "narrow": _svg(draw, NARROW, name),
        **table_data(caption, columns, rows),
    }
    display(Block(content))


def _svg(draw: Callable[[float], Figure], width: float, name: str) -> str:
    with theme(name, width):
        drawn = draw(width)
        file = io.StringIO()
        drawn.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        plt.close(drawn)
    return file.getvalue()
