"""A Word document in (DOCX, also with macros, which are not run); its content out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from kommunebudsjett.forms import tables
from kommunebudsjett.forms.content import Block, Content, Heading, Item, Paragraph
from kommunebudsjett.forms.emphasis import is_heading
from kommunebudsjett.forms.numbering import Numbering
from kommunebudsjett.forms.packages import Package, opened
from kommunebudsjett.forms.places import placed
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.symbols import symbol
from kommunebudsjett.forms.tables import Printed
from kommunebudsjett.forms.word_styles import Paragraph as Style
from kommunebudsjett.forms.word_styles import WordStyles
from kommunebudsjett.forms.writing import one_line

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# Word writes another name of the same elements where it saves as "Strict Open XML".
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BREAK = "\x1e"
_ON = ("1", "true", "on")
_AROUND = tuple(
    W + name for name in ("smartTag", "hyperlink", "sdt", "sdtContent", "customXml", "fldSimple", "dir", "bdo", "ins")
)
_MOVED = W + "moveTo"
_GONE = (W + "del", W + "moveFrom")
_BULLET = re.compile(r"\s*[•●▪◦‣·–-]\s+(?=\S)")
_POWER = re.compile(r"m<sup>([23])</sup>(?![^\W\d_])")
_DELETED = "it is deleted, as a tracked change"
_HIDDEN = "it is hidden text"
_STRUCK = "it is struck out"
_CONTENTS = "it is a list of contents"
_ENDS = (".", ":", ";", "!", "?")


class _Piece(NamedTuple):
    """Characters as they are seen, and whether they are bold."""

    text: str
    bold: bool


def extract(path: Path) -> Content:
    """The content of a Word document. Raises ProblemError where it is damaged, or larger than any document is."""
    with opened(path) as package:
        name = _main_part(package)
        reader = _Reader(package)
        body = package.xml(name).find(f"{W}body")
        if body is None:
            strict = package.xml(name).tag.startswith(_STRICT)
            raise ProblemError(
                "the Word document is saved as Strict Open XML" if strict else "the Word document has no text",
                "open it in Word and save it as Word document (.docx)",
            )
        reader.blocks_in(body)
        reader.beside(package)
        remarks = list(reader.remarks)
        if any(part.casefold().endswith("vbaproject.bin") for part in package.names):
            remarks.append("the document holds macros; they were not run")
    return Content(placed(reader.blocks), reader.left_out, tuple(remarks))


def _main_part(package: Package) -> str:
    """The name of the part that holds the text."""
    if "word/document.xml" in package:
        return "word/document.xml"
    names = [name for name in package.names if re.fullmatch(r"word/document\d*\.xml", name)]
    if not names:
        raise ProblemError("the Word document is damaged: it has no text part", "open it in Word and save it again")
    return names[0]


class _Reader:
    def __init__(self, package: Package):
        self.blocks: list[Block] = []
        self.left_out: list[tuple[int, str, str]] = []
        self.remarks: dict[str, None] = {}
        self._styles = WordStyles(package.xml("word/styles.xml") if "word/styles.xml" in package else None)
        numbering = package.xml("word/numbering.xml") if "word/numbering.xml" in package else None
        self._numbering = Numbering(numbering)
        self._level = 0
        # Fields that are open, each with whether its stored value has begun: what is before it is an instruction.
        self._fields: list[bool] = []

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
                    self._list_left(_texts(content), _CONTENTS)
            elif tag in _GONE:
                self._list_left(_texts(node), _DELETED)
            elif tag in _AROUND or tag == _MOVED:
                self.blocks_in(node)
            elif tag == f"{_MC}AlternateContent":
                choice = node.find(f"{_MC}Choice")
                if choice is not None:
                    self.blocks_in(choice)

    def _is_contents(self, node: Element) -> bool:
        gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        return gallery is not None and "contents" in gallery.get(f"{W}val", "").casefold()

    def _paragraph(self, node: Element) -> None:
        style = self._styles.of_paragraph(node)
        after: list[Element] = []
        pieces = list(self._pieces(node, style.bold, after))
        lines = _lines(pieces)
        text = " ".join(line for line, _ in lines)
        if style.is_contents:
            self._list_left(text, _CONTENTS)
        elif text:
            self._add(style, lines)
        for box in after:
            self.blocks_in(box)

    def _add(self, style: Style, lines: list[tuple[str, bool]]) -> None:
        number = self._numbering.of(style.numbering)
        text = " ".join(line for line, _ in lines)
        if style.level:
            self._level = style.level
            self.blocks.append(Heading(f"{number.text} {text}" if number and number.text else text, style.level))
        elif number:
            mark = f"{number.text} " if number.text else ""
            # A bold line with a number that stands alone is a heading, whatever its style.
            if number.text and is_heading(text, all(bold for _, bold in lines)):
                self.blocks.append(Heading(f"{mark}{text}", self._below()))
            else:
                self.blocks.append(Item(f"{mark}{tables.joined([line for line, _ in lines])}", number.depth))
        elif style.is_list:
            self.blocks.append(Item(tables.joined([line for line, _ in lines]), style.depth))
        else:
            for line, bold in _with_breaks_resolved(lines):
                bullet = _BULLET.match(line)
                if bullet:
                    self.blocks.append(Item(line[bullet.end() :], 1))
                elif is_heading(line, bold):
                    self.blocks.append(Heading(line, self._below()))
                else:
                    self.blocks.append(Paragraph(line))

    def _below(self) -> int:
        """The level of a heading that has none, below the last one that has."""
        return min(9, self._level + 1) if self._level else 2

    def _table(self, node: Element) -> None:
        rows: list[list[Printed]] = []
        heads = 0
        nested: list[Element] = []
        open_down: dict[int, tuple[int, int]] = {}
        for row in _inside(node, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self._list_left(_texts(row), _DELETED)
                continue
            if properties is not None and _is_on(properties.find(f"{W}hidden")):
                self._list_left(_texts(row), _HIDDEN)
                continue
            is_head = properties is not None and _is_on(properties.find(f"{W}tblHeader"))
            heads += is_head and heads == len(rows)
            rows.append(self._row(row, properties, rows, open_down, nested))
        if self._is_layout(rows):
            self._as_blocks(node)
            return
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
            else:
                open_down.pop(column, None)
                if merge is not None:
                    open_down[column] = (len(above), len(printed))
                printed.append(self._cell(cell, nested)._replace(across=across))
            column += across
        return printed

    def _cell(self, cell: Element, nested: list[Element]) -> Printed:
        lines: list[tuple[str, bool]] = []
        for node in _inside(cell, f"{W}p", f"{W}tbl"):
            if node.tag == f"{W}tbl":
                nested.append(node)
                continue
            style = self._styles.of_paragraph(node)
            after: list[Element] = []
            number = self._numbering.of(style.numbering)
            found = _lines(list(self._pieces(node, style.bold, after)))
            if found and number and number.text:
                found[0] = (f"{number.text} {found[0][0]}", found[0][1])
            lines += found
            for box in after:
                self._list_left(_texts(box), "it is a text box in a table")
        said = [bold for line, bold in lines if any(map(str.isalnum, line))]
        return Printed([line for line, _ in lines], bold=bool(said) and all(said))

    def _is_layout(self, rows: list[list[Printed]]) -> bool:
        """Whether a table only frames text: it has one column, or one row of more text than people put into cells."""
        if all(len(row) < 2 for row in rows):
            return True
        return len(rows) == 1 and any(len(cell.lines) > 2 for cell in rows[0])

    def _as_blocks(self, node: Element) -> None:
        # The numbers of its list items were counted while it was looked at as a table.
        for row in _inside(node, f"{W}tr"):
            for cell in _inside(row, f"{W}tc"):
                self.blocks_in(cell)

    # Text

    def _pieces(self, parent: Element, bold: bool, after: list[Element]) -> Iterator[_Piece]:
        """The characters of a paragraph that a reader sees; text boxes in it go into `after`."""
        for node in parent:
            tag = node.tag
            if tag == f"{W}r":
                yield from self._run(node, bold, after)
            elif tag in _GONE:
                self._list_left(_texts(node), _DELETED)
            elif tag == _MOVED or tag in _AROUND:
                if tag == f"{W}ins":
                    self.remarks["text that a tracked change inserts is read"] = None
                content = node.find(f"{W}sdtContent") if tag == f"{W}sdt" else node
                if content is not None:
                    yield from self._pieces(content, bold, after)
            elif tag.startswith(_M):
                yield _Piece("".join(text.text or "" for text in node.iter(f"{_M}t")), bold)
            elif tag == f"{_MC}AlternateContent":
                choice = node.find(f"{_MC}Choice")
                if choice is not None:
                    yield from self._pieces(choice, bold, after)

    def _run(self, run: Element, bold: bool, after: list[Element]) -> Iterator[_Piece]:
        look = self._styles.of_run(run, bold)
        kept = "".join(self._characters(run, after))
        if not kept:
            return
        if look.hidden or look.struck:
            self._list_left(kept, _HIDDEN if look.hidden else _STRUCK)
        elif look.raised and one_line(kept):
            yield _Piece(f"<sup>{one_line(kept)}</sup>", look.bold)
        else:
            yield _Piece(kept, look.bold)

    def _characters(self, run: Element, after: list[Element]) -> Iterator[str]:
        for node in run:
            tag = node.tag
            if tag == f"{W}fldChar":
                self._field(node.get(f"{W}fldCharType", ""))
            elif self._fields and not self._fields[-1]:
                # The instruction of a field, and not its value.
                continue
            elif tag == f"{W}t":
                yield node.text or ""
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield "\t"
            elif tag in (f"{W}br", f"{W}cr"):
                yield _BREAK
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif tag == f"{W}sym":
                yield symbol(node.get(f"{W}font", ""), node.get(f"{W}char", ""))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                # A mark, and no part of the number that it stands at.
                continue
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                self._drawing(node, after)
            elif tag == f"{_MC}AlternateContent":
                choice = node.find(f"{_MC}Choice")
                yield from self._characters(choice, after) if choice is not None else ()

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, node: Element, after: list[Element]) -> None:
        """The text boxes in a drawing; what a picture is said to show is listed."""
        after.extend(node.iter(f"{W}txbxContent"))
        for about in node.iter():
            if about.tag.endswith("}docPr") and about.get("descr"):
                self._list_left(about.get("descr", ""), "it describes a picture")

    def _list_left(self, text: str, reason: str) -> None:
        text = one_line(text.replace(_BREAK, " "))
        if any(map(str.isalnum, text)):
            self.left_out.append((len(self.blocks), text[:300], reason))

    # Beside the text

    def beside(self, package: Package) -> None:
        """Notes after the text; comments, heads and feet of pages are left out."""
        for name in package.names:
            part = name.removeprefix("word/")
            if part in ("footnotes.xml", "endnotes.xml"):
                self._notes(package.xml(name), part.removesuffix("s.xml"))
            elif part == "comments.xml":
                for node in package.xml(name):
                    self._list_left(_texts(node), "it is a comment")
            elif re.fullmatch(r"(?:header|footer)\d*\.xml", part):
                self._list_left(_texts(package.xml(name)), "it is the head or foot of the pages")

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


def _texts(node: Element) -> str:
    """All characters of an element."""
    parts = []
    for inner in node.iter():
        if inner.tag in (f"{W}t", f"{W}delText"):
            parts.append(inner.text or "")
        elif inner.tag in (f"{W}p", f"{W}tab", f"{W}tc"):
            parts.append(" ")
    return "".join(parts)


def _lines(pieces: list[_Piece]) -> list[tuple[str, bool]]:
    """The text line by line, each with whether all its words are bold."""
    lines: list[tuple[str, bool]] = []
    parts: list[_Piece] = []
    whole = [
        _Piece(text, piece.bold)
        for piece in pieces
        for at, part in enumerate(piece.text.split(_BREAK))
        for text in ([_BREAK, part] if at else [part])
    ]
    for piece in [*whole, _Piece(_BREAK, False)]:
        if piece.text != _BREAK:
            parts.append(piece)
            continue
        joined = one_line("".join(part.text for part in parts))
        said = [part.bold for part in parts if any(map(str.isalnum, part.text))]
        if joined:
            text = _POWER.sub(lambda match: "m²" if match[1] == "2" else "m³", joined)
            lines.append((text, bool(said) and all(said)))
        parts = []
    return lines


def _with_breaks_resolved(lines: list[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """The lines, one that goes on in the next with it."""
    text, bold = "", False
    for line, is_bold in lines:
        starts = _BULLET.match(line) or (bold and not is_bold)
        ended = text.endswith(_ENDS) or any(map(str.isdigit, text))
        if text and (starts or (ended and not line[0].islower())):
            yield text, bold
            text = ""
        text, bold = (f"{text} {line}", bold and is_bold) if text else (line, is_bold)
    if text:
        yield text, bold


def _is_on(node: Element | None) -> bool:
    return node is not None and node.get(f"{W}val", "1").casefold() in _ON


def _number(parent: Element | None, tag: str) -> int:
    node = parent.find(tag) if parent is not None else None
    value = node.get(f"{W}val", "") if node is not None else ""
    return int(value) if value.isdecimal() and len(value) < 7 else 0
