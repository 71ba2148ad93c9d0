"""An ODT document in, packed or flat (FODT); its content out."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from kommunebudsjett.forms import tables
from kommunebudsjett.forms.content import Content
from kommunebudsjett.forms.flow import BREAK, GAP, Flow, Line, Piece, cell_of, lines_of, lowered, numbered, one, raised
from kommunebudsjett.forms.limits import MOST_SPAN
from kommunebudsjett.forms.numbering import figures
from kommunebudsjett.forms.odf import DRAW, OFFICE, STYLE, SVG, TABLE, TEXT, ListLevel, OdfStyles
from kommunebudsjett.forms.packages import SAVE_AGAIN, opened, parse_xml
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.tables import Printed

_INDEXES = tuple(
    TEXT + name
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_WHITE = re.compile(r"[ \t\r\n]+")
_DELETED = "it is deleted, as a tracked change"
_HIDDEN = "it is hidden text"
_STRUCK = "it is struck out"
_COVERED = "it is covered by a merged cell"
_OTHER = "it is of a kind that is not read"
_GROUPS = tuple(
    TABLE + name
    for name in (
        "table-header-rows", "table-row-group", "table-rows", "table-header-columns", "table-column-group",
        "table-columns",
    )
)  # fmt: skip


def extract(path: Path) -> Content:
    """The content of an ODT document. Raises ProblemError where it is damaged, protected or too large."""
    roots, macros = _roots(path)
    body = next((found for root in roots if (found := root.find(f"{OFFICE}body/{OFFICE}text")) is not None), None)
    if body is None:
        raise ProblemError("the ODT document has no text", "open it in LibreOffice and save it again")
    reader = _Reader(OdfStyles(roots))
    reader.blocks_in(body)
    reader.beside(roots)
    remarks = [*reader.remarks, *(["the document holds macros; they were not run"] if macros else [])]
    if any(node.tag in (f"{DRAW}object", f"{DRAW}object-ole") for node in body.iter()):
        remarks.append("the document holds parts of other programs, such as charts and formulas, which are not read")
    return Content(*reader.finished(), tuple(remarks))


def _roots(path: Path) -> tuple[list[Element], bool]:
    """The XML of the styles and of the content, and whether there are macros beside."""
    if not zipfile.is_zipfile(path):
        return [parse_xml(path.read_bytes(), path.name)], False
    with opened(path) as package:
        manifest = "META-INF/manifest.xml"
        if manifest in package and b"encryption-data" in package.read(manifest):
            raise ProblemError(
                "the file is protected with a password", "open it with the password, and save it without one"
            )
        if "content.xml" not in package:
            raise ProblemError("the file is damaged: it lacks content.xml", SAVE_AGAIN)
        roots = [package.xml(name) for name in ("styles.xml", "content.xml") if name in package]
        return roots, any(name.startswith(("Basic/", "Scripts/")) for name in package.names)


class _Reader(Flow):
    def __init__(self, styles: OdfStyles):
        super().__init__()
        self.remarks: dict[str, None] = {}
        self._styles = styles
        self._counts: dict[str, list[int]] = {}
        self._outline: list[int] = []
        self._notes: list[Element] = []

    # Blocks

    def blocks_in(self, parent: Iterable[Element], depth: int = 0, numbers: str = "") -> None:
        """Add the blocks of an element; `depth` and `numbers` are those of the list that it is in."""
        for node in parent:
            tag = node.tag
            if tag == f"{TEXT}tracked-changes":
                self._changes(node)
            elif tag in _INDEXES:
                self.leave(_texts(node), "it is a list of contents")
            elif tag == f"{TEXT}section" and self._is_unseen(node):
                self.leave(_texts(node), _HIDDEN)
            elif tag == f"{TEXT}h" or tag == f"{TEXT}p":
                self._paragraph(node)
            elif tag == f"{TEXT}list":
                self._list(node, depth, numbers)
            elif tag == f"{TABLE}table":
                self._table(node)
            elif tag in (f"{TEXT}section", f"{TEXT}numbered-paragraph") or tag.startswith(DRAW):
                self.blocks_in(node, depth, numbers)
            elif tag in (f"{SVG}desc", f"{SVG}title"):
                self.leave(node.text or "", "it describes a picture")
            else:
                self.leave(_texts(node), _OTHER)

    def _is_unseen(self, node: Element) -> bool:
        return node.get(f"{TEXT}display") == "none" or node.get(f"{TEXT}is-hidden") == "true"

    def _changes(self, node: Element) -> None:
        for change in node:
            deleted = change.find(f"{TEXT}deletion")
            if deleted is not None:
                self.leave(_texts(deleted, skip=(f"{OFFICE}change-info",)), _DELETED)
            elif change.find(f"{TEXT}insertion") is not None:
                self.remarks["text that a tracked change inserts is read"] = None

    def _lines(self, node: Element, after: list[Element]) -> list[Line]:
        look = self._styles.look("paragraph", node.get(f"{TEXT}style-name", ""))
        if look.hidden or any(_is_condition(part) for part in node.iter(f"{TEXT}hidden-paragraph")):
            self.leave(_texts(node), _HIDDEN)
            return []
        return lines_of(self._pieces(node, bool(look.bold), bool(look.struck), after))

    def _paragraph(self, node: Element) -> None:
        after: list[Element] = []
        lines = self._lines(node, after)
        if lines:
            style = node.get(f"{TEXT}style-name", "")
            level = node.get(f"{TEXT}outline-level", "") if node.tag == f"{TEXT}h" else ""
            own = int(level) if level.isdecimal() and 0 < int(level) < 11 else self._styles.level(style)
            if own:
                self.heading(numbered(self._heading_number(node, own), one(lines)), own)
            elif node.tag == f"{TEXT}h":
                self.heading(one(lines))
            else:
                self.paragraph(lines)
        self._boxes(after)

    def _boxes(self, boxes: list[Element]) -> None:
        for box in boxes:
            self.blocks_in(box)

    def _heading_number(self, node: Element, level: int) -> str:
        plan = self._styles.outline.get(level, ListLevel())
        if node.get(f"{TEXT}is-list-header") == "true" or not plan.kind:
            return ""
        return _next(self._outline, self._styles.outline, level)

    # Lists

    def _list(self, node: Element, depth: int, numbers: str) -> None:
        numbers = node.get(f"{TEXT}style-name", "") or numbers
        levels = self._styles.list_of(numbers)
        counts = self._counts.setdefault(numbers, [])
        goes_on = node.get(f"{TEXT}continue-numbering") == "true" or node.get(f"{TEXT}continue-list")
        if not goes_on:
            del counts[depth:]
        for item in node:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            counted = item.tag == f"{TEXT}list-item"
            start = item.get(f"{TEXT}start-value", "")
            if start.isdecimal() and len(start) < 7:
                counts[depth:] = [int(start) - 1]
            self._entry(item, depth + 1, numbers, levels, counts if counted else [])

    def _entry(self, item: Element, depth: int, numbers: str, levels: dict[int, ListLevel], counts: list[int]) -> None:
        """An item of a list: its first paragraph with its number; what else is in it."""
        first = True
        for node in item:
            if node.tag == f"{TEXT}p" and first:
                first = False
                after: list[Element] = []
                lines = self._lines(node, after)
                if lines:
                    plan = levels.get(depth) or self._levels_of(node).get(depth, ListLevel())
                    number = _next(counts, {**self._levels_of(node), **levels}, depth) if plan.kind else ""
                    self.item(lines, depth, number)
                self._boxes(after)
            else:
                first = first and node.tag != f"{TEXT}h"
                self.blocks_in([node], depth, numbers)

    def _levels_of(self, node: Element) -> dict[int, ListLevel]:
        return self._styles.list_of(self._styles.list_name(node.get(f"{TEXT}style-name", "")))

    # Tables

    def _table(self, node: Element) -> None:
        if self._styles.hides_table(node.get(f"{TABLE}style-name", "")):
            self.leave(_texts(node), _HIDDEN)
            return
        shown = list(self._shown_rows(node))
        if _is_layout([row for row, _ in shown]):
            for row, _ in shown:
                for cell in row.iterfind(f"{TABLE}table-cell"):
                    self.blocks_in(cell)
            return
        hidden = _hidden_columns(node)
        rows: list[list[Printed]] = []
        nested: list[Element] = []
        heads = 0
        for row, in_head in shown:
            heads += in_head and heads == len(rows)
            rows.append(list(self._cells(row, hidden, nested)))
        self.blocks += tables.blocks_of(rows, heads)
        for inner in nested:
            self._table(inner)

    def _shown_rows(self, node: Element) -> Iterator[tuple[Element, bool]]:
        for row, in_head, shown in _rows(node):
            for covered in row.iterfind(f"{TABLE}covered-table-cell") if shown else ():
                self.leave(_texts(covered), _COVERED)
            if shown:
                yield row, in_head
            else:
                self.leave(_texts(row), _HIDDEN)

    def _cells(self, row: Element, hidden: set[int], nested: list[Element]) -> Iterator[Printed]:
        column = 0
        for node in row:
            if node.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            times = min(_number(node, f"{TABLE}number-columns-repeated"), MOST_SPAN)
            # What is covered is counted by the cell that covers it.
            if node.tag == f"{TABLE}table-cell":
                lines = list(self._cell_lines(node, nested))
                across = min(_number(node, f"{TABLE}number-columns-spanned"), MOST_SPAN)
                for _ in range(times):
                    # Of a cell that spans hidden columns the rest is seen.
                    seen = sum(at not in hidden for at in range(column, column + across))
                    if seen:
                        yield cell_of(lines, False, seen, _number(node, f"{TABLE}number-rows-spanned"))
                    else:
                        self.leave(one(lines), _HIDDEN)
                    column += 1
            else:
                column += times

    def _cell_lines(self, cell: Element, nested: list[Element]) -> Iterator[Line]:
        for node in cell:
            if node.tag == f"{TABLE}table":
                nested.append(node)
            elif node.tag in (f"{TEXT}p", f"{TEXT}h"):
                boxes: list[Element] = []
                yield from self._lines(node, boxes)
                for box in boxes:
                    yield from self._cell_lines(box, nested)
            else:
                yield from self._cell_lines(node, nested)

    # Text

    def _pieces(self, parent: Element, bold: bool, struck: bool, after: list[Element]) -> Iterator[Piece]:
        """The characters of a paragraph that a reader sees; text boxes in it go into `after`."""
        if parent.text:
            yield self._piece(parent.text, bold, struck)
        for node in parent:
            yield from self._inline(node, bold, struck, after)
            if node.tail:
                yield self._piece(node.tail, bold, struck)

    def _piece(self, text: str, bold: bool, struck: bool) -> Piece:
        if struck:
            self.leave(text, _STRUCK)
        # Line ends and runs of spaces in the file are one space.
        return Piece("" if struck else _WHITE.sub(" ", text), bold)

    def _inline(self, node: Element, bold: bool, struck: bool, after: list[Element]) -> Iterator[Piece]:
        tag = node.tag
        if tag in (f"{TEXT}span", f"{TEXT}a"):
            look = self._styles.look("text", node.get(f"{TEXT}style-name", ""))
            if look.hidden:
                self.leave(_texts(node), _HIDDEN)
                return
            own = bold if look.bold is None else look.bold
            pieces = self._pieces(node, own, struck if look.struck is None else look.struck, after)
            if look.raised or look.lowered:
                text = "".join(piece.text for piece in pieces)
                yield Piece((raised(text) if look.raised else lowered(text)) or text, own)
            else:
                yield from pieces
        elif tag == f"{TEXT}s":
            yield Piece("\u00a0" * min(_number(node, f"{TEXT}c"), MOST_SPAN), bold)
        elif tag == f"{TEXT}tab":
            yield Piece("\t", bold)
        elif tag == f"{TEXT}line-break":
            yield Piece(BREAK, bold)
        elif tag == f"{TEXT}note":
            # Its mark is no part of the number that it stands at; its text comes after the document's.
            self._notes.extend(node.iterfind(f"{TEXT}note-body"))
            yield Piece(GAP, bold)
        elif tag == f"{OFFICE}annotation":
            self.leave(_texts(node), "it is a comment")
        elif tag == f"{TEXT}hidden-text":
            self.leave(_texts(node) or node.get(f"{TEXT}string-value", ""), _HIDDEN)
        elif tag.startswith(DRAW):
            after.append(node)
            yield Piece(GAP, bold)
        elif tag == f"{TEXT}ruby-text":
            self.leave(_texts(node), "it stands above other text")
        elif tag not in (f"{OFFICE}annotation-end", f"{TEXT}hidden-paragraph"):
            yield from self._pieces(node, bold, struck, after)

    # Beside the text

    def beside(self, roots: list[Element]) -> None:
        """Notes after the text; heads and feet of pages are left out."""
        for note in self._notes:
            self.blocks_in(note)
        kinds = [f"{STYLE}{place}{pages}" for place in ("header", "footer") for pages in ("", "-left", "-first")]
        for root in roots:
            for kind in kinds:
                for node in root.iter(kind):
                    self.leave(_texts(node), "it is the head or foot of the pages")


def _is_condition(node: Element) -> bool:
    return node.get(f"{TEXT}is-hidden") == "true"


def _texts(node: Element, skip: tuple[str, ...] = ()) -> str:
    """All characters of an element."""
    if node.tag == f"{OFFICE}binary-data":
        return ""
    parts = [node.text or ""]
    for child in node:
        if child.tag not in skip:
            parts.append(_texts(child, skip))
        parts.append(child.tail or "")
    return " ".join(parts) if node.tag in (f"{TEXT}deletion", f"{TABLE}table", f"{TABLE}table-row") else "".join(parts)


def _parts(node: Element, tag: str, shown: bool = True) -> Iterator[tuple[Element, bool]]:
    """The rows or columns of a table, not those of a table in it, and whether each is shown."""
    for child in node:
        if child.tag == tag:
            yield child, shown and child.get(f"{TABLE}visibility", "visible") == "visible"
        elif child.tag in _GROUPS:
            yield from _parts(child, tag, shown and child.get(f"{TABLE}display") != "false")


def _rows(node: Element) -> Iterator[tuple[Element, bool, bool]]:
    """The rows of a table, whether each is a header, and whether it is shown."""
    heads = set(node.iterfind(f"{TABLE}table-header-rows/{TABLE}table-row"))
    for row, shown in _parts(node, f"{TABLE}table-row"):
        for _ in range(min(_number(row, f"{TABLE}number-rows-repeated"), MOST_SPAN)):
            yield row, row in heads, shown


def _is_layout(rows: list[Element]) -> bool:
    """Whether a table only frames text: it has one column, or one row of more text than people put into cells."""
    cells = [row.findall(f"{TABLE}table-cell") for row in rows]
    if all(sum(_number(cell, f"{TABLE}number-columns-repeated") for cell in row) < 2 for row in cells):
        return True
    return len(rows) == 1 and any(_count_lines(cell) > 2 for cell in cells[0])


def _count_lines(cell: Element) -> int:
    filled = [node for node in cell.iter() if node.tag in (f"{TEXT}p", f"{TEXT}h") and _texts(node).strip()]
    return len(filled) + sum(len(list(node.iter(f"{TEXT}line-break"))) for node in filled)


def _hidden_columns(node: Element) -> set[int]:
    hidden: set[int] = set()
    column = 0
    for child, shown in _parts(node, f"{TABLE}table-column"):
        times = min(_number(child, f"{TABLE}number-columns-repeated"), MOST_SPAN)
        if not shown:
            hidden.update(range(column, column + times))
        column += times
    return hidden


def _next(counts: list[int], levels: dict[int, ListLevel], level: int) -> str:
    """Count an item at a level, from 1; its number as it is shown."""
    while len(counts) < level:
        start = levels.get(len(counts) + 1, ListLevel()).start
        counts.append(start - 1 if len(counts) == level - 1 else start)
    del counts[level:]
    counts[level - 1] += 1
    plan = levels.get(level, ListLevel())
    first = max(1, level - plan.levels + 1)
    shown = [figures(levels[at].kind, counts[at - 1]) for at in range(first, level + 1) if at in levels]
    return f"{plan.before}{'.'.join(filter(None, shown))}{plan.after}".strip()


def _number(node: Element, name: str) -> int:
    value = node.get(name, "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 7 else 1
