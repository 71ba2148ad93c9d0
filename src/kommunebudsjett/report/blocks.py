"""What a notebook shows: tables, quotations and computed sentences, as data that the publisher lays out.

A block is displayed under a MIME type of its own, with HTML beside it for JupyterLab. Text from documents is data: it
is escaped wherever it goes, and control characters in it are shown, not obeyed (`printable`). This module is the gate
for both: nothing that a notebook shows comes to a page by another way.
"""

import base64
import json
import math
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from itertools import groupby

import mistune
from IPython.display import display
from jinja2 import Environment, PackageLoader
from markupsafe import escape
from mistune.core import BlockState

from kommunebudsjett.core.printable import printable
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.tables.storage import settled

# Its JSON is one string: a tree of values is copied, checked and written node by node wherever a notebook goes.
MIME = "application/vnd.kommunebudsjett.block"
# In the environment of JupyterLab: where the site is served (scripts/jupyter_lab_config.py), seen from the address of
# the person's own server, which JupyterHub names, as on Binder.
SITE, SERVER = "KOMMUNEBUDSJETT_SITE", "JUPYTERHUB_SERVICE_PREFIX"
# A computed value in the HTML of a text: the index of its cell between two characters that no text has.
HELD = re.compile("\ue000(\\d+)\ue001")
NAME = re.compile(r"[a-z][a-z0-9_-]*")

_TAG = re.compile(r"<[^>]+>")
_WORDS = {
    "nb": {"open": "Hva dokumentet sier", "of": "om", "lines": "Linje"},
    "en": {"open": "What the document says", "of": "about", "lines": "Line"},
}
markdown = mistune.create_markdown(escape=True)
_parsed = mistune.create_markdown(renderer=None)
# Smaller headings are a part of the text that they stand in.
_LEAST_HEADING = 3


def parts(source: str) -> Iterator[tuple[int, str]]:
    """Markdown as HTML, cut at its headings: (1 to 3, the words of a heading) and (0, all between two of them)."""
    for level, tokens in groupby(_parsed(source), _level):
        if level:
            yield from ((level, _html(token["children"])) for token in tokens)
        elif words := _html(list(tokens)):
            yield 0, words


def _level(token: dict) -> int:
    level = int(token["attrs"]["level"]) if token["type"] == "heading" else 0
    return level if level <= _LEAST_HEADING else 0


def _html(tokens: list[dict]) -> str:
    return str(markdown.renderer.render_tokens(tokens, BlockState()))


@dataclass(frozen=True)
class Cell:
    """A value as it is shown, with the lines it stands on or was computed from.

    `sources` are (document, lines) pairs, lines as `12;15-18`. `how` says in words how a derived value was computed
    from them, and is empty for a value that stands there. `lang` is the language of the text where it is not that of
    the report: a Norwegian name in an English report. `value` is the number that the text writes; tables sort by it.
    """

    text: str
    sources: tuple[tuple[str, str], ...] = ()
    how: str = ""
    lang: str = ""
    value: float | None = None

    def as_data(self) -> dict:
        return {
            "text": printable(self.text, keep=""),
            "sources": [{"document": doc, "lines": lines} for doc, lines in self.sources],
            "how": printable(self.how, keep=""),
            "lang": self.lang,
            "value": None if self.value is None or math.isnan(self.value) else settled(self.value),
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
class Quotation:
    """What a document says of something, word for word.

    `heading` names what it is about, `amount` is what it costs, `text` the quoted words (a blank line parts
    paragraphs), in Norwegian, and `source` the document and the lines that they stand on.
    """

    heading: Cell | str
    text: str
    source: tuple[str, str]
    amount: Cell | None = None


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
        data = json.dumps(self.content, ensure_ascii=False, separators=(",", ":"))
        return {MIME: data, "text/html": to_html(self.content), "text/plain": self.content["kind"]}


def to_html(content: dict) -> str:
    """A block as HTML that stands alone, for JupyterLab: pictures are in the page, and links lead to the built site."""
    picture = "data:image/svg+xml;base64," + base64.b64encode(content.get("wide", "").encode()).decode()
    macros = _in_jupyterlab.get_template("blocks.html.j2").module
    return str(macros.block(content, wide=picture, narrow="", paper=True))


def source_href(document: str, lines: str) -> str:
    """The address of the first of `lines` in the published source page, seen from a report."""
    return f"../sources/{document}.html#L{split_lines(lines)[0]}"


def _href_in_jupyterlab(document: str, lines: str) -> str:
    """The same seen from JupyterLab, which serves the files of the folder that it was started in, if nothing better."""
    site = os.environ.get(SERVER, "/") + os.environ.get(SITE, "files/reports/")
    return site + source_href(document, lines).removeprefix("../")


def filled(content: dict, environment: Environment | None = None) -> str:
    """The HTML of a text with its computed values put in, escaped and linked to their sources."""
    cited = (environment or templates).get_template("blocks.html.j2").module.cited
    return HELD.sub(lambda match: str(cited(content["cells"][int(match[1])], True)), content["html"])


def _environment(href: Callable[[str, str], str]) -> Environment:
    """The templates of blocks, with the addresses of lines as `href` gives them."""
    made = Environment(
        loader=PackageLoader("kommunebudsjett.report"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(source_href=href, filled=lambda content: filled(content, made))
    return made


templates, _in_jupyterlab = _environment(source_href), _environment(_href_in_jupyterlab)


def unlinked(content: dict, fragment: str) -> str:
    """A piece of the HTML of a text, with its values put in as words alone."""
    return HELD.sub(lambda match: str(escape(content["cells"][int(match[1])]["text"])), fragment)


def as_cell(value: Cell | str) -> Cell:
    """A value as a cell; words alone have no source.

    Raises TypeError for a number with decimals, which would be written with a point in both languages.
    """
    if isinstance(value, float):
        raise TypeError(f"{value} is no words: write it with e.number, e.mnok or e.percent, which know the language")
    return value if isinstance(value, Cell) else Cell(str(value))


def show(content: dict) -> None:
    """Show a piece of a report."""
    # As it is: IPython would ask ten formatters in turn for what the block has already said.
    display(Block(content)._repr_mimebundle_(), raw=True)


def quotations(lang: str, entries: Sequence[Quotation]) -> None:
    """Show what documents say, an entry each: its heading and amount, and the words themselves one click away.

    Raises ValueError where a heading, the words or their lines are missing.
    """
    show(quotations_block(lang, entries).content)


def quotations_block(lang: str, entries: Sequence[Quotation]) -> Block:
    """What `quotations` shows, for a place of a text."""
    data = []
    for entry in entries:
        heading = as_cell(entry.heading)
        paragraphs = [printable(" ".join(part.split())) for part in re.split(r"\n\s*\n", entry.text) if part.strip()]
        if not heading.text.strip() or not paragraphs or not entry.source[1]:
            raise ValueError(f"quotation {heading.text!r}: heading, text and lines are needed")
        data.append(
            {
                "heading": heading.as_data(),
                "amount": None if entry.amount is None else entry.amount.as_data(),
                "paragraphs": paragraphs,
                "lines": Lines("", (entry.source,)).as_data(),
            }
        )
    return Block({"kind": "quotations", "lang": "" if lang == "nb" else "nb", "words": _WORDS[lang], "entries": data})


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
    made = table_block(name, caption=caption, columns=columns, rows=rows, note=note, emphasised=emphasised)
    show(made.content)


def table_block(
    name: str,
    *,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell | str]],
    note: str = "",
    emphasised: Sequence[int] = (),
) -> Block:
    """What `table` shows, for a place of a text."""
    data = table_data(caption, columns, rows, emphasised)
    return Block({"kind": "table", "name": checked_name(name), "note": printable(note), **data})


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
        cells = [as_cell(cell) for cell in row]
        if any(not cell.as_data()["text"].strip() or cell.text in ("nan", "None") for cell in cells):
            raise ValueError(f"table {caption!r}: the row {cells[0].text!r} has an empty cell")
        data.append([cell.as_data() for cell in cells])
    return {
        "caption": printable(caption),
        "columns": [{"header": printable(column.header), "numeric": column.numeric} for column in columns],
        "rows": data,
        "emphasised": list(emphasised),
    }


def checked_name(name: str) -> str:
    """The name of a figure, a table or a heading; it becomes an address, and a figure's the name of its files."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r}: a name has lower case letters a-z, digits, - and _, and begins with a letter")
    return name


def plain(fragment: str) -> str:
    """The text of a piece of HTML."""
    return unescape(_TAG.sub("", fragment)).strip()
