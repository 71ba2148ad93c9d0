"""One web page in, its blocks out: what a reader sees of the document, and what of the page was left out."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kommunebudsjett.forms import tables
from kommunebudsjett.forms.content import Item, Paragraph
from kommunebudsjett.forms.emphasis import is_heading
from kommunebudsjett.forms.flow import BREAK, GAP, LOW, Flow, Line, Piece, cell_of, lines_of, one, raised
from kommunebudsjett.forms.furniture import furniture, furniture_text, hidden_by_class, is_read_aloud
from kommunebudsjett.forms.limits import MOST_DEPTH
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.styles import (
    Style,
    Styles,
    is_aside,
    is_bold,
    is_boxed,
    is_column,
    is_hidden,
    is_passed,
    is_pre,
    is_raised,
    is_row,
    is_stacked,
    is_struck,
    is_tiny,
)
from kommunebudsjett.forms.tables import Printed
from kommunebudsjett.forms.writing import one_line

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    (
        *_HEADINGS,
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir"),
        *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html"),
        *("legend", "li", "main", "menu", "nav", "ol", "optgroup", "p", "pre", "section", "summary", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
# Elements that hold no text of the document: what they are, where text in them with numbers is to be listed.
_NO_TEXT = {
    "script": "", "style": "", "template": "", "head": "", "link": "", "meta": "", "title": "", "base": "",
    "noscript": "it is shown without scripts alone",
    "svg": "it is the text of a picture", "canvas": "it is the text of a picture",
    "select": "it is a choice in a form", "datalist": "it is a choice in a form", "textarea": "it is a field of a form",
    "button": "it is a button", "object": "it is not shown", "audio": "it is not shown", "video": "it is not shown",
    "iframe": "it is another page", "img": "it describes a picture", "input": "it is a field of a form",
    "meter": "it is not shown", "progress": "it is not shown", "noframes": "it is not shown",
    "noembed": "it is not shown", "rt": "it stands above other text", "rp": "", "annotation": "", "annotation-xml": "",
}  # fmt: skip
# What of a formula does not stand one after the other.
_FORMULA = "mfrac, msup, msub, msubsup, msqrt, mroot, munder, mover, munderover, mmultiscripts, mtable, menclose"
_PLACED = re.compile("margin|padding|position|float|width")
_LINE_END = re.compile(r"\r\n?|\n")
# What keeps the spaces around a part that is left out two: what stands before and after it are two words.
_NO_WIDTH = "\u200b"
_WHITE = re.compile(r"[\t\n\r\f]+")
_STRUCK = "it is struck out"
_OUTSIDE = "it stands outside the main part of the page"
_HIDDEN = "the page hides it"
_BOLD = frozenset(("b", "strong", "th"))


class _Around(NamedTuple):
    """What is known of the elements around a text."""

    tags: frozenset[str] = frozenset()
    bold: bool = False
    lists: int = 0
    in_main: bool = True
    # What parts the elements and texts directly in it, and whether spaces and line ends are shown as they are.
    parts: str = ""
    pre: bool = False


class _Entry:
    """A list item that is being read: its depth, the mark before it, and the index of its block once it has one."""

    def __init__(self, depth: int, mark: str):
        self.depth = depth
        self.mark = mark
        self.at = -1


class Page(Flow):
    """The blocks of a page in `blocks`, what was left out in `left_out`, and `remarks` on it."""

    def __init__(self, html: str, sheets: Iterable[str] = ()):
        super().__init__()
        tree = LexborHTMLParser(html)
        if tree.body is not None:
            _check_depth(tree.body)
        self.remarks: list[str] = []
        self._styles = Styles(tree, sheets)
        self._run: list[Piece] = []
        self._entry: _Entry | None = None
        body = tree.body
        if body is None:
            return
        self._opened = _opened(tree)
        self._mains = {node.mem_id for node in tree.css("main, [role=main]") if one_line(node.text())}
        self._needs_title = bool(self._mains) and not tree.css("main h1, [role=main] h1")
        self._walk(body, _Around(in_main=not self._mains))
        self._flush()

    def _walk(self, parent: LexborNode, around: _Around) -> None:
        for node, before in _parted(parent, around):
            if node.is_text_node:
                if not around.in_main:
                    self._list_left(node.text_content or "", _OUTSIDE)
                else:
                    self._run.append(Piece(before + _spaced(node, around), around.bold))
            else:
                self._element(node, around, before)

    def _element(self, node: LexborNode, around: _Around, before: str = "") -> None:
        tag = node.tag or ""
        if not around.in_main and not self._is_within_main(node):
            self._outside(node, tag)
            return
        style = self._styles.of(node)
        reason = self._why_not(node, tag, around)
        if reason is not None:
            self._leave(node, reason)
            self._run.append(Piece(GAP if _NO_TEXT.get(tag) else _NO_WIDTH, False))
            return
        inside = _within(node, tag, style, around)._replace(in_main=around.in_main or node.mem_id in self._mains)
        if tag in _HEADINGS or node.attributes.get("role") == "heading":
            self._heading(node, tag, inside)
        elif tag == "summary" or (tag == "button" and self._opens(node)):
            self._opener(node, inside)
        elif tag == "table" or (node.attributes.get("role") in ("table", "grid", "treegrid") and _holds_rows(node)):
            self._table(node, inside)
        elif tag in ("ul", "ol", "menu"):
            self._list(node, tag, style, inside)
        elif tag == "dl":
            self._definitions(node, inside)
        elif tag == "br":
            self._run.append(Piece(BREAK, around.bold))
        elif tag == "sup" or is_raised(style):
            self._raised(node, inside)
        elif tag in _BLOCKS or is_stacked(style):
            self._flush()
            self._walk(node, inside)
            self._flush()
        else:
            border = _border(node, tag, style)
            # What floats to the side is an amount beside its words.
            self._run.append(Piece(before or ("\t" if is_aside(style) else border), False))
            self._walk(node, inside)
            self._run.append(Piece(border, False))

    # What is left out

    def _why_not(self, node: LexborNode, tag: str, around: _Around) -> str | None:
        """Why an element is no part of the text; None where it is."""
        if tag == "button" and (self._opens(node) or around.tags.intersection((*_HEADINGS, "summary"))):
            return None
        if tag in _NO_TEXT:
            return _NO_TEXT[tag]
        if tag == "math" and node.css_first(_FORMULA):
            return "it is a formula"
        if self._is_unseen(node):
            return _HIDDEN
        if tag in ("s", "strike", "del") or is_struck(self._styles.of(node)):
            return _STRUCK
        if is_read_aloud(node) and not _is_pair(node):
            return "it is read aloud alone"
        return furniture(node, around.tags) or None

    def _is_unseen(self, node: LexborNode) -> bool:
        attributes = node.attributes
        if attributes.get("id") in self._opened or attributes.get("role") == "tabpanel":
            # A reader opens it, as one opens <details>.
            return False
        hides = "hidden" in attributes or attributes.get("aria-hidden") == "true"
        style = self._styles.of(node)
        tiny = is_tiny(style) and not any(child.is_element_node for child in _children(node))
        return hides or tiny or is_hidden(style) or hidden_by_class(node)

    def _opens(self, node: LexborNode) -> bool:
        return "aria-expanded" in node.attributes and node.attributes.get("aria-controls") in self._opened

    def _is_within_main(self, node: LexborNode) -> bool:
        """Whether an element is the main part, holds it, or holds tables as if it were part of it."""
        if node.mem_id in self._mains or any(inner.mem_id in self._mains for inner in node.css("main, [role=main]")):
            return True
        return node.tag not in ("nav", "footer", "header") and any(
            len(row.css("td")) > 1 and any(map(str.isdigit, row.text())) for row in node.css("table tr")
        )

    def _outside(self, node: LexborNode, tag: str) -> None:
        title = node if tag == "h1" else node.css_first("h1")
        if title is not None and self._needs_title and not self._is_unseen(title):
            self._needs_title = False
            self._heading(title, "h1", _Around(frozenset(("h1",))))
        elif _NO_TEXT.get(tag, _OUTSIDE):
            self._leave(node, _OUTSIDE)

    def _leave(self, node: LexborNode, reason: str) -> None:
        """List what an element holds, where that has a number."""
        if node.tag in ("img", "input"):
            self._list_left(_said_by(node), reason)
        if node.tag == "iframe" and (source := node.attributes.get("src")):
            self.remarks.append(f"the page shows another page, which is not in the file: {one_line(source)[:200]}")
        if reason:
            self._list_left(_seen_text(node), reason)
        if within := node.attributes.get("srcdoc"):
            self._list_left(_text_of_page(within), reason)

    def _list_left(self, text: str, reason: str) -> None:
        if any(map(str.isdigit, text)):
            self.leave(text, reason)

    # Text

    def _flush(self) -> None:
        """What has been gathered, as paragraphs or a part of the item that is being read."""
        run, self._run = self._run, []
        lines = lines_of(run)
        if not lines:
            return
        if reason := furniture_text(one(lines)):
            self._list_left(one(lines), reason)
        elif self._entry is not None:
            self._to_entry(self._entry, lines)
        else:
            self.paragraph(lines)

    def _to_entry(self, entry: _Entry, lines: list[Line]) -> None:
        last = self.blocks[-1] if self.blocks else None
        if entry.at < 0:
            self.item(lines, entry.depth, entry.mark)
            entry.at = len(self.blocks) - 1
        elif entry.at == len(self.blocks) - 1 and isinstance(last, Item):
            self.blocks[-1] = last._replace(text=tables.joined([last.text, *(line.text for line in lines)]))
        else:
            self.blocks.append(Paragraph(one(lines)))

    def _heading(self, node: LexborNode, tag: str, around: _Around) -> None:
        self._flush()
        level = node.attributes.get("aria-level") or ""
        own = _HEADINGS.get(tag) or (int(level) if level.isdigit() and 0 < int(level) < 10 else 2)
        self.heading(one(self._flat(node, around)), own)

    def _opener(self, node: LexborNode, around: _Around) -> None:
        """What opens a part of the page heads it."""
        if node.css_first("h1, h2, h3, h4, h5, h6"):
            self._walk(node, around)
            return
        self._flush()
        text = one(self._flat(node, around))
        if is_heading(text, True):
            self.heading(text)
        elif text:
            self.blocks.append(Paragraph(text))

    def _raised(self, node: LexborNode, around: _Around) -> None:
        self._run.append(Piece(raised(one(self._flat(node, around))), around.bold))

    def _flat(self, node: LexborNode, around: _Around) -> list[Line]:
        """The text of an element as lines, whatever blocks it has."""
        return [line for line in lines_of(self._parts(node, around)) if line.text]

    def _parts(self, parent: LexborNode, around: _Around) -> Iterator[Piece]:
        for node, before in _parted(parent, around):
            if node.is_text_node:
                yield Piece(before + _spaced(node, around), around.bold)
            else:
                yield from self._part(node, node.tag or "", around, before)

    def _part(self, node: LexborNode, tag: str, around: _Around, before: str) -> Iterator[Piece]:
        reason = self._why_not(node, tag, around)
        if reason is not None:
            self._leave(node, reason)
            yield Piece(GAP if _NO_TEXT.get(tag) else _NO_WIDTH, False)
            return
        style = self._styles.of(node)
        inside = _within(node, tag, style, around)
        bold = inside.bold
        if tag == "br":
            yield Piece(BREAK, around.bold)
        elif tag == "sup" or is_raised(style):
            yield Piece(raised("".join(part.text for part in self._parts(node, inside)).replace(BREAK, " ")), bold)
        elif tag in _BLOCKS or is_stacked(style):
            yield Piece(BREAK, around.bold)
            yield from self._parts(node, inside)
            yield Piece(BREAK, around.bold)
        else:
            border = _border(node, tag, style)
            yield Piece(before or ("\t" if is_aside(style) else border), False)
            yield from self._parts(node, inside)
            yield Piece(border, False)

    # Lists

    def _list(self, node: LexborNode, tag: str, style: dict[str, str], around: _Around) -> None:
        self._flush()
        outer, self._entry = self._entry, None
        inside = around._replace(lists=around.lists + 1)
        number = _Number(node) if tag == "ol" else None
        for child in _children(node):
            if child.is_element_node and child.tag == "li" and self._why_not(child, "li", inside) is None:
                self._flush()
                # The bold letters around a list make no heading of its items.
                self._entry = _Entry(inside.lists, number.of(child) if number else "")
                self._walk(child, _within(child, "li", self._styles.of(child), inside)._replace(bold=False))
                self._flush()
                self._entry = None
            elif child.is_element_node:
                self._element(child, inside)
            elif child.is_text_node:
                self._run.append(Piece(_spaced(child, inside), inside.bold))
        self._flush()
        self._entry = outer

    def _definitions(self, node: LexborNode, around: _Around) -> None:
        """A term and what is said of it, as an item; `<div>` may stand around the two."""
        self._flush()
        if not _hold_all(_terms(node), node):
            self._walk(node, around)
            self._flush()
            return
        term = ""
        for child in _terms(node):
            reason = self._why_not(child, child.tag or "", around)
            if reason is not None:
                self._leave(child, reason)
                continue
            inside = _within(child, child.tag or "", self._styles.of(child), around)
            text = tables.joined([line.text for line in self._flat(child, inside)]) if not child.css("table") else ""
            if child.tag == "dt":
                if term:
                    self.blocks.append(Item(term, around.lists + 1))
                term = text
            elif text:
                self.blocks.append(Item(f"{term.rstrip(':')}: {text}" if term else text, around.lists + 1))
                term = ""
            else:
                if term:
                    self.blocks.append(Paragraph(term))
                term = ""
                if child.css("table"):
                    self._walk(child, inside)
                    self._flush()
        if term:
            self.blocks.append(Item(term, around.lists + 1))

    # Tables

    def _table(self, node: LexborNode, around: _Around) -> None:
        self._flush()
        for caption in (child for child in _children(node) if child.tag == "caption"):
            reason = self._why_not(caption, "caption", around)
            if reason is not None:
                self._leave(caption, reason)
                continue
            for line in self._flat(caption, around):
                self.blocks.append(Paragraph(line.text))
        shown = list(self._shown_rows(node, around))
        if _is_layout(node):
            for row in shown:
                for cell in _cells(row):
                    self._element_inside(cell, around)
            return
        heads = 0
        rows: list[list[Printed]] = []
        for row in shown:
            printed = [self._cell(cell, around) for cell in _cells(row)]
            if heads == len(rows) and printed and _is_head(row, printed):
                heads += 1
            rows.append(printed)
        # A heading of a row is a label, and no header of a column.
        rows = [[cell._replace(header=index < heads) for cell in row] for index, row in enumerate(rows)]
        self.blocks += tables.blocks_of(rows, heads)

    def _shown_rows(self, node: LexborNode, around: _Around) -> Iterator[LexborNode]:
        for row in _rows(node):
            parts = [part for part in (row, row.parent) if part is not None and part.mem_id != node.mem_id]
            reasons = (self._why_not(part, part.tag or "", around) for part in parts)
            reason = next((said for said in reasons if said is not None), None)
            if reason is None:
                yield row
            else:
                self._list_left(_seen_text(row), reason)

    def _element_inside(self, cell: LexborNode, around: _Around) -> None:
        reason = self._why_not(cell, cell.tag or "", around)
        if reason is not None:
            self._leave(cell, reason)
            return
        self._walk(cell, _within(cell, "td", self._styles.of(cell), around))
        self._flush()

    def _cell(self, node: LexborNode, around: _Around) -> Printed:
        attributes = node.attributes
        header = node.tag == "th" or attributes.get("role") in ("columnheader", "rowheader")
        across = attributes.get("colspan") or attributes.get("aria-colspan")
        down = attributes.get("rowspan") or attributes.get("aria-rowspan")
        spans = _count(across), _count(down, least=0)
        reason = self._why_not(node, node.tag or "", around)
        if reason is not None:
            self._leave(node, reason)
            return cell_of([], header, *spans)
        return cell_of(self._flat(node, _within(node, "td", self._styles.of(node), around)), header, *spans)


def _check_depth(top: LexborNode) -> None:
    """Raise ProblemError where elements are nested deeper than any document."""
    node: LexborNode | None = top
    depth = 0
    while node is not None:
        if depth > MOST_DEPTH:
            raise ProblemError(
                f"the page has more than {MOST_DEPTH} elements in each other",
                "open it in a browser and print it to PDF",
            )
        if node.child is not None:
            node, depth = node.child, depth + 1
            continue
        while node is not None and node.next is None and depth:
            node, depth = node.parent, depth - 1
        node = node.next if node is not None and depth else None


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _text_of_page(html: str) -> str:
    body = LexborHTMLParser(html).body
    return body.text(separator=" ") if body is not None else ""


def _said_by(node: LexborNode) -> str:
    """What a picture is said to show, or what stands in a field of a form."""
    attributes = node.attributes
    if node.tag == "img":
        return attributes.get("alt") or ""
    shown = (attributes.get("type") or "text").casefold() in ("text", "number")
    return (attributes.get("value") or "") if shown else ""


def _parted(parent: LexborNode, around: _Around) -> Iterator[tuple[LexborNode, str]]:
    """The texts and elements in an element, each with what parts it from the one before."""
    begun = False
    for node in _children(parent):
        blank = node.is_text_node and not (node.text_content or "").strip()
        if (node.is_text_node or node.is_element_node) and not (blank and around.parts):
            yield node, around.parts if begun else ""
            begun = True


def _within(node: LexborNode, tag: str, style: Style, around: _Around) -> _Around:
    """What is known of what stands in an element."""
    return around._replace(
        tags=around.tags | {tag},
        bold=is_bold(style, around.bold or tag in _BOLD),
        parts=around.parts if is_passed(style) else "\t" if is_row(style) else BREAK if is_column(style) else "",
        pre=is_pre(style, around.pre or tag == "pre"),
    )


def _border(node: LexborNode, tag: str, style: Style) -> str:
    """What parts the text of an element from that beside it; `LOW` where that parts two numbers alone."""
    if is_boxed(style):
        return GAP
    leads_within = tag == "a" and (node.attributes.get("href") or "").startswith("#")
    # What a class of a span means may stand in a style sheet that is not in the page.
    placed = (tag == "span" and node.attributes.get("class")) or _PLACED.search(node.attributes.get("style") or "")
    return LOW if placed or leads_within or tag in ("sub", "mn", "q") or "vertical-align" in style else ""


def _spaced(node: LexborNode, around: _Around) -> str:
    """A text with a space for each tab and line end: in the file of a page they are spaces, but where it says not."""
    text = node.text_content or ""
    return _LINE_END.sub(BREAK, text).replace(" ", "\u00a0") if around.pre else _WHITE.sub(" ", text)


def _seen_text(node: LexborNode) -> str:
    """The text of an element without that of scripts and styles."""
    if not node.css_first("script, style, template"):
        return node.text(separator=" ")
    parts, inside = [], list(_children(node))[::-1]
    while inside:
        child = inside.pop()
        if child.is_text_node:
            parts.append(child.text_content or "")
        elif child.tag not in ("script", "style", "template"):
            inside.extend(list(_children(child))[::-1])
    return " ".join(parts)


def _opened(tree: LexborHTMLParser) -> frozenset[str]:
    """The ids of the parts of a page that a reader opens and closes."""
    openers = tree.css("[aria-expanded][aria-controls]")
    return frozenset(
        name for node in openers for name in (node.attributes.get("aria-controls") or "").split() if not _in_menu(node)
    )


def _in_menu(node: LexborNode) -> bool:
    above = node.parent
    while above is not None:
        if above.tag in ("nav", "footer") or (above.tag == "header" and not above.css_first("h1")):
            return True
        above = above.parent
    return False


def _is_pair(node: LexborNode) -> bool:
    """Whether an element that is read aloud stands for one beside it that is not."""
    parent = node.parent
    return parent is not None and any(
        child.is_element_node and child.attributes.get("aria-hidden") == "true" for child in _children(parent)
    )


def _count(text: str | None, least: int = 1) -> int:
    return max(least, int(text)) if text and text.strip().isdecimal() and len(text) < 7 else 1


# Tables


def _rows(node: LexborNode) -> list[LexborNode]:
    """The rows of a table, not those of a table in it; its foot last, wherever it is written."""
    rows: list[LexborNode] = []
    foot: list[LexborNode] = []
    for child in _children(node):
        if _is_row(child):
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot") or _role(child) == "rowgroup":
            inside = [row for row in _children(child) if _is_row(row)]
            (foot if child.tag == "tfoot" else rows).extend(inside)
        elif child.is_element_node and child.tag == "div":
            rows.extend(row for row in _children(child) if _is_row(row))
    return rows + foot


def _hold_all(parts: Iterable[LexborNode], whole: LexborNode) -> bool:
    """Whether all figures of an element stand in these parts of it."""
    figures = [sum(map(str.isdigit, part.text())) for part in parts]
    return bool(figures) and sum(figures) == sum(map(str.isdigit, whole.text()))


def _holds_rows(node: LexborNode) -> bool:
    """Whether elements that are said to be a table have all that they hold in cells."""
    return _hold_all((cell for row in _rows(node) for cell in _cells(row)), node)


def _role(node: LexborNode) -> str:
    return (node.attributes.get("role") or "") if node.is_element_node else ""


def _is_row(node: LexborNode) -> bool:
    return node.tag == "tr" or _role(node) == "row"


def _is_head(row: LexborNode, printed: list[Printed]) -> bool:
    """Whether a row heads columns: it is said to, or all its cells are and none holds an amount."""
    if row.parent is not None and row.parent.tag == "thead":
        return True
    return all(cell.header for cell in printed) and not tables.holds_amount(printed)


def _cells(row: LexborNode) -> list[LexborNode]:
    roles = ("cell", "gridcell", "columnheader", "rowheader")
    return [node for node in _children(row) if node.tag in ("td", "th") or _role(node) in roles]


def _is_layout(node: LexborNode) -> bool:
    """Whether a table only places what stands in it: it says so, holds tables or headings, or has one column."""
    if _role(node) in ("presentation", "none"):
        return True
    if node.css_first("td h1, td h2, td h3") or any(inner.mem_id != node.mem_id for inner in node.css("table")):
        return True
    rows = [_cells(row) for row in _rows(node)]
    if all(len(cells) < 2 for cells in rows):
        return not any(cell.tag == "th" for cells in rows for cell in cells) or len(rows) < 2
    return len(rows) == 1 and any(len(cell.css("p, li, div")) > 1 for cell in rows[0])


def _terms(node: LexborNode) -> Iterator[LexborNode]:
    for child in _children(node):
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from (inner for inner in _children(child) if inner.tag in ("dt", "dd"))


class _Number:
    """The numbers of an ordered list, as they are shown before its items."""

    def __init__(self, node: LexborNode):
        start = node.attributes.get("start") or ""
        first = 1
        self._step = 1
        if "reversed" in node.attributes:
            first, self._step = sum(child.tag == "li" for child in _children(node)), -1
        self._next = int(start) if start.lstrip("-").isdecimal() and len(start) < 7 else first
        self._kind = node.attributes.get("type") or "1"

    def of(self, node: LexborNode) -> str:
        value = node.attributes.get("value") or ""
        number = int(value) if value.isdecimal() and len(value) < 7 else self._next
        self._next = number + self._step
        if self._kind in "aA" and 0 < number <= 26:
            return f"{chr(ord(self._kind) + number - 1)})"
        return f"{number}." if self._kind == "1" else ""
