"""A small model of a printed document, and the ways in which it can be set.

Text may hold `**bold**` and `^1^`, a raised footnote mark; a soft hyphen is where a word may be broken.
"""

import re
from dataclasses import asdict, dataclass, field, replace

_MARKED = re.compile(r"\*\*(?P<bold>.+?)\*\*|\^(?P<raised>[^^]+)\^")


@dataclass(frozen=True)
class Heading:
    """A heading; `amount` is printed at the right end of its line."""

    level: int
    text: str
    amount: str = ""
    kind: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "paragraph"


@dataclass(frozen=True)
class Items:
    """A list with a bullet before each item."""

    items: tuple[str, ...]
    kind: str = "items"


@dataclass(frozen=True)
class Contents:
    """A list of contents: names and pages with dots between."""

    entries: tuple[tuple[str, str], ...]
    kind: str = "contents"


@dataclass(frozen=True)
class PageBreak:
    kind: str = "page_break"


@dataclass(frozen=True)
class Row:
    """A row: its cells, the label first. `style` is row, group (a label that spans the table) or total (bold)."""

    cells: tuple[str, ...]
    style: str = "row"


@dataclass(frozen=True)
class Table:
    """A table. A header cell is (text, how many columns it spans); `notes` stand under it."""

    caption: str
    header: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    kind: str = "table"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns after the first, spanning headers joined by ` | `."""
        levels = [[text for text, span in level for _ in range(span)] for level in self.header]
        return tuple(" | ".join(filter(None, map(plain, names))) for names in list(zip(*levels, strict=True))[1:])


@dataclass(frozen=True)
class Layout:
    """How a document is set. `rules` between the cells of tables: all, hairlines (between rows only) or none."""

    rules: str = "all"
    repeat_header: bool = True
    turned: bool = False
    columns: int = 1
    head: str = "Oslofjord kommune"
    page_numbers: bool = True
    font: str = "Liberation Sans"
    size: float = 10.0

    def but(self, **changes: object) -> "Layout":
        return replace(self, **changes)


@dataclass(frozen=True)
class Document:
    title: str
    blocks: tuple = field(default_factory=tuple)

    def tables(self) -> list[Table]:
        return [block for block in self.blocks if isinstance(block, Table)]


def pieces(text: str) -> list[tuple[str, str]]:
    """Text as (characters, bold | raised | "") in order."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in _MARKED.finditer(text):
        found.append((text[at : match.start()], ""))
        found.append((match["bold"] or match["raised"], "bold" if match["bold"] else "raised"))
        at = match.end()
    found.append((text[at:], ""))
    return [piece for piece in found if piece[0]]


def plain(text: str) -> str:
    """Text without marks, raised characters and soft hyphens."""
    return "".join(part for part, kind in pieces(text) if kind != "raised").replace("\u00ad", "")


def as_data(document: Document, layout: Layout) -> dict:
    """The document as plain data, each text as its pieces."""

    def walk(value: object, name: str = "") -> object:
        if isinstance(value, dict):
            return {key: walk(part, key) for key, part in value.items()}
        if isinstance(value, list | tuple):
            return [walk(part, name) for part in value]
        if isinstance(value, str) and name in ("text", "amount", "items", "entries", "cells", "caption", "notes"):
            return [{"text": text, "kind": kind} for text, kind in pieces(value)]
        if isinstance(value, str) and name == "header":
            return [{"text": text, "kind": kind} for text, kind in pieces(value)]
        return value

    blocks = [walk(asdict(block)) for block in document.blocks]
    return {"title": document.title, "blocks": blocks, "layout": asdict(layout)}
