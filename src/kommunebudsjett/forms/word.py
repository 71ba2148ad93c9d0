"""A Word document in (DOCX, also with macros, which are not run); its content out."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from kommunebudsjett.forms import tables
from kommunebudsjett.forms.content import Content
from kommunebudsjett.forms.flow import BREAK, GAP, Flow, Line, Piece, cell_of, lines_of, lowered, numbered, one, raised
from kommunebudsjett.forms.numbering import Numbering
from kommunebudsjett.forms.packages import Package, opened, parse_xml
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.symbols import symbol
from kommunebudsjett.forms.tables import Printed
from kommunebudsjett.forms.word_styles import Paragraph as Style
from kommunebudsjett.forms.word_styles import WordStyles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Word writes another name of the same elements where it saves as "Strict Open XML".
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# Parts that are not text: what to say where a document has them.
_BESIDE = {
    r"(?i)vbaproject\.bin$": "the document holds macros; they were not run",
    r"^word/diagrams/data": "the document holds diagrams (SmartArt), whose text is not read",
    r"^word/charts/": "the document holds charts, whose numbers are not read",
    r"^word/embeddings/": "the document holds parts of other programs, such as sheets, which are not read",
    r"^word/afchunk": "the document holds other documents, which are not read",
}
_ON = ("1", "true", "on")
_AROUND = tuple(
    W + name for name in ("smartTag", "hyperlink", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo", "ins")
)
_MOVED = W + "moveTo"
_GONE = (W + "del", W + "moveFrom")
_DELETED = "it is deleted, as a tracked change"
_HIDDEN = "it is hidden text"
_STRUCK = "it is struck out"
_OTHER = "it is of a kind that is not read"
_FORMULA = "it is a formula"
# The parts of a formula that do not stand one after the other.
_ARGUMENTS = tuple(_M + name for name in ("e", "num", "den", "sup", "sub", "deg", "lim", "fName"))
_CONTENTS = "it is a list of contents"


def extract(path: Path) -> Content:
    """The content of a Word document. Raises ProblemError where it is damaged, or larger than any document is."""
    with opened(path) as package:
        name = _main_part(package)
        reader = _Reader(package)
        body = _xml(package, name).find(f"{W}body")
        if body is None:
            raise ProblemError("the Word document has no text", "open it in Word and save it as Word document (.docx)")
        reader.blocks_in(body)
        reader.beside(package)
        remarks = list(reader.remarks)
        remarks += [remark for part, remark in _BESIDE.items() if any(map(re.compile(part).search, package.names))]
    return Content(*reader.finished(), tuple(remarks))


def _xml(package: Package, name: str) -> Element:
    """The root of a part, by the names that Word commonly gives its elements."""
    return parse_xml(package.read(name).replace(_STRICT, W[1:-1].encode()), name)


def _main_part(package: Package) -> str:
    """The name of the part that holds the text."""
    if "word/document.xml" in package:
        return "word/document.xml"
    names = [name for name in package.names if re.fullmatch(r"word/document\d*\.xml", name)]
    if not names:
        raise ProblemError("the Word document is damaged: it has no text part", "open it in Word and save it again")
    return names[0]


class _Reader(Flow):
    def __init__(self, package: Package):
        super().__init__()
        self.remarks: dict[str, None] = {}
        self._styles = WordStyles(_xml(package, "word/styles.xml") if "word/styles.xml" in package else None)
        numbering = _xml(package, "word/numbering.xml") if "word/numbering.xml" in package else None
        self._numbering = Numbering(numbering)
        # Fields that are open, each with whether its stored value has begun: what is before it is an instruction.
        self._fields: list[bool] = []
        # What the styles of the tables around switch on for the characters in them.
        self._in_tables: frozenset[str] = frozenset()

    # Blocks

    def blocks_in(self, parent: Element) -> None:
        """Add the paragraphs and tables of an element."""
        for node in parent:
            tag = node.tag
            if tag == f"{W}p":
                self._paragraph(node)
            elif tag == f"{W}tbl":
                self._table(node)
            elif tag == f"{W}sdt":
                content = node.find(f"{W}sdtContent")
                if content is not None and not self._is_contents(node):
                    self.blocks_in(content)
                elif content is not None:
                    self.leave(_texts(content), _CONTENTS)
            elif tag in _GONE:
                self.leave(_texts(node), _DELETED)
            elif tag in _AROUND or tag == _MOVED:
                self.blocks_in(node)
            elif tag == f"{_MC}AlternateContent":
                self.blocks_in(_chosen(node))
            else:
                self.leave(_texts(node), _OTHER)

    def _is_contents(self, node: Element) -> bool:
        gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        return gallery is not None and "contents" in gallery.get(f"{W}val", "").casefold()

    def _paragraph(self, node: Element) -> None:
        style = self._styles.of_paragraph(node, self._in_tables)
        after: list[Element] = []
        lines = lines_of(self._pieces(node, style.on, after))
        if style.is_contents:
            self.leave(one(lines), _CONTENTS)
        elif lines:
            self._add(style, lines)
        for box in after:
            self.blocks_in(box)

    def _add(self, style: Style, lines: list[Line]) -> None:
        number = self._numbering.of(style.numbering)
        if style.level:
            self.heading(numbered(number.text if number else "", one(lines)), style.level)
        elif number:
            self.item(lines, number.depth, number.text)
        elif style.is_list:
            self.item(lines, style.depth)
        else:
            self.paragraph(lines)

    def _table(self, node: Element) -> None:
        outer = self._in_tables
        self._in_tables = outer ^ self._styles.of_table(node)
        shown = list(self._shown_rows(node))
        if _is_layout(shown):
            for row in shown:
                for cell in _inside(row, f"{W}tc"):
                    self.blocks_in(cell)
        else:
            self._rows(shown)
        self._in_tables = outer

    def _shown_rows(self, node: Element) -> Iterator[Element]:
        for row in _inside(node, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.leave(_texts(row), _DELETED)
            elif properties is not None and _is_on(properties.find(f"{W}hidden")):
                self.leave(_texts(row), _HIDDEN)
            else:
                yield row

    def _rows(self, shown: list[Element]) -> None:
        rows: list[list[Printed]] = []
        heads = 0
        nested: list[Element] = []
        open_down: dict[int, tuple[int, int]] = {}
        for row in shown:
            properties = row.find(f"{W}trPr")
            is_head = properties is not None and _is_on(properties.find(f"{W}tblHeader"))
            heads += is_head and heads == len(rows)
            rows.append(self._row(row, properties, rows, open_down, nested))
        self.blocks += tables.blocks_of(rows, heads)
        for inner in nested:
            self._table(inner)

    def _row(
        self,
        row: Element,
        properties: Element | None,
        above: list[list[Printed]],
        open_down: dict[int, tuple[int, int]],
        nested: list[Element],
    ) -> list[Printed]:
        """The cells of a row that begin in it; one that goes on from above makes the cell there reach further down."""
        before = _number(properties, f"{W}gridBefore")
        printed = [Printed([], across=before)] if before else []
        column = before
        for cell in _inside(row, f"{W}tc"):
            about = cell.find(f"{W}tcPr")
            across = max(1, _number(about, f"{W}gridSpan"))
            merge = about.find(f"{W}vMerge") if about is not None else None
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            if goes_on and column in open_down:
                at, place = open_down[column]
                above[at][place] = above[at][place]._replace(down=len(above) - at + 1)
                self.leave(_texts(cell), "it is covered by a merged cell")
            else:
                open_down.pop(column, None)
                if merge is not None:
                    open_down[column] = (len(above), len(printed))
                printed.append(self._cell(cell, nested)._replace(across=across))
            column += across
        return printed

    def _cell(self, cell: Element, nested: list[Element]) -> Printed:
        lines: list[Line] = []
        for node in _inside(cell, f"{W}p", f"{W}tbl"):
            if node.tag == f"{W}tbl":
                nested.append(node)
                continue
            style = self._styles.of_paragraph(node, self._in_tables)
            after: list[Element] = []
            number = self._numbering.of(style.numbering)
            found = lines_of(self._pieces(node, style.on, after))
            if found and number and number.text:
                found[0] = Line(numbered(number.text, found[0].text), found[0].bold)
            lines += found
            for box in after:
                self.leave(_texts(box), "it is a text box in a table")
        return cell_of(lines)

    # Text

    def _pieces(self, parent: Element, on: frozenset[str], after: list[Element]) -> Iterator[Piece]:
        """The characters of a paragraph that a reader sees; text boxes in it go into `after`."""
        for node in parent:
            tag = node.tag
            if tag == f"{W}r":
                yield from self._run(node, on, after)
            elif tag in _GONE:
                self.leave(_texts(node), _DELETED)
            elif tag == _MOVED or tag in _AROUND:
                if tag == f"{W}ins":
                    self.remarks["text that a tracked change inserts is read"] = None
                content = node.find(f"{W}sdtContent") if tag == f"{W}sdt" else node
                if content is not None:
                    yield from self._pieces(content, on, after)
            elif tag.startswith(_M):
                yield Piece(self._formula(node), "b" in on)
            elif tag == f"{_MC}AlternateContent":
                yield from self._pieces(_chosen(node), on, after)
            else:
                self.leave(_texts(node), _OTHER)

    def _formula(self, node: Element) -> str:
        """The characters of a formula; a fraction or a power is left out, since a line cannot show it."""
        if not any(inner.tag in _ARGUMENTS for inner in node.iter()):
            return "".join(text.text or "" for text in node.iter(f"{_M}t"))
        self.leave(_texts(node), _FORMULA)
        return GAP

    def _run(self, run: Element, on: frozenset[str], after: list[Element]) -> Iterator[Piece]:
        look = self._styles.of_run(run, on)
        boxes: list[Element] = []
        kept = "".join(self._characters(run, boxes))
        if look.hidden:
            kept += " ".join(map(_texts, boxes))
        else:
            after += boxes
        if not kept:
            return
        if look.hidden or look.struck:
            self.leave(kept, _HIDDEN if look.hidden else _STRUCK)
        else:
            shown = raised(kept) if look.raised else ""
            yield Piece(shown or (lowered(kept) if look.lowered else kept), look.bold)

    def _characters(self, run: Element, after: list[Element]) -> Iterator[str]:
        for node in run:
            tag = node.tag
            if tag == f"{W}fldChar":
                self._field(node.get(f"{W}fldCharType", ""))
            elif not all(self._fields):
                # The instruction of a field, which may have other fields in it, and not its value.
                self.leave(node.text or "" if tag == f"{W}t" else "", "it is the instruction of a field")
            elif tag == f"{W}t":
                # Each space has its width here, as a hard space has on a web page.
                yield (node.text or "").replace(" ", "\u00a0")
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                yield BREAK
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                yield symbol(node.get(f"{W}font", ""), node.get(f"{W}char", ""))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                # A mark, and no part of the number that it stands at.
                yield GAP
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(node, after)
                yield GAP
            elif tag == f"{_MC}AlternateContent":
                yield from self._characters(_chosen(node), after)
            elif tag == f"{W}ruby":
                for inner in node.iterfind(f"{W}rubyBase/{W}r"):
                    yield from self._characters(inner, after)
            else:
                self.leave(_texts(node), _OTHER)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, node: Element, after: list[Element]) -> None:
        """The text boxes in a drawing; what a picture is said to show is listed, and text that is drawn."""
        for part in _drawn(node):
            if part.tag == f"{W}txbxContent":
                after.append(part)
            elif part.tag.endswith("}docPr"):
                self.leave(part.get("descr", ""), "it describes a picture")
            elif part.tag.endswith("}textpath"):
                self.leave(part.get("string", ""), "it is text of a drawing")
            elif part.tag == _DRAWN_TEXT:
                self.leave(part.text or "", "it is text of a drawing")

    # Beside the text

    def beside(self, package: Package) -> None:
        """Notes after the text; comments, heads and feet of pages are left out."""
        for name in package.names:
            part = name.removeprefix("word/")
            if kind := re.fullmatch(r"(footnote|endnote)s\d*\.xml", part):
                self._fields = []
                self._notes(_xml(package, name), kind[1])
            elif re.fullmatch(r"comments\d*\.xml", part):
                for node in _xml(package, name):
                    self.leave(_texts(node), "it is a comment")
            elif re.fullmatch(r"(?:header|footer)\d*\.xml", part):
                self.leave(_texts(_xml(package, name)), "it is the head or foot of the pages")

    def _notes(self, root: Element, kind: str) -> None:
        for node in root.iterfind(f"{W}{kind}"):
            if node.get(f"{W}type") in (None, "normal"):
                self.blocks_in(node)


def _inside(parent: Element, *tags: str) -> Iterator[Element]:
    """The children of these kinds, also within what stands around them without a meaning of its own."""
    for node in parent:
        if node.tag in tags:
            yield node
        elif node.tag == f"{W}sdt":
            content = node.find(f"{W}sdtContent")
            if content is not None:
                yield from _inside(content, *tags)
        elif node.tag in _AROUND or node.tag == _MOVED:
            yield from _inside(node, *tags)
        elif node.tag == f"{_MC}AlternateContent":
            yield from _inside(_chosen(node), *tags)


def _chosen(node: Element) -> Element:
    """The one of several ways of a part that is read: the first, which newer programs show."""
    return next((part for part in node if part.tag in (f"{_MC}Choice", f"{_MC}Fallback")), node)


def _drawn(node: Element) -> Iterator[Element]:
    """The parts of a drawing; of a text box itself alone, since it is read for itself."""
    for part in _chosen(node) if node.tag == f"{_MC}AlternateContent" else node:
        yield part
        if part.tag != f"{W}txbxContent":
            yield from _drawn(part)


def _is_layout(rows: list[Element]) -> bool:
    """Whether a table only frames text: it has one column, or one row of more text than people put into cells."""
    cells = [list(_inside(row, f"{W}tc")) for row in rows]
    if all(len(row) < 2 for row in cells):
        return True
    return len(rows) == 1 and any(_count_lines(cell) > 2 for cell in cells[0])


def _count_lines(cell: Element) -> int:
    filled = [node for node in _inside(cell, f"{W}p") if _texts(node).strip()]
    return len(filled) + sum(len(list(node.iter(f"{W}br"))) for node in filled)


def _texts(node: Element) -> str:
    """All characters of an element."""
    parts = []
    for inner in node.iter():
        if inner.tag in (f"{W}t", f"{W}delText", f"{_M}t"):
            parts.append(inner.text or "")
        elif inner.tag in (f"{W}p", f"{W}tab", f"{W}tc", f"{W}br", *_ARGUMENTS):
            parts.append(" ")
    return "".join(parts)


def _is_on(node: Element | None) -> bool:
    return node is not None and node.get(f"{W}val", "1").casefold() in _ON


def _number(parent: Element | None, tag: str) -> int:
    node = parent.find(tag) if parent is not None else None
    value = node.get(f"{W}val", "") if node is not None else ""
    return int(value) if value.isdecimal() and len(value) < 7 else 0
