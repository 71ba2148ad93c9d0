"""Documents in several forms, made from a list of blocks, and the canonical text of a file."""

import re
import zipfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.child import text_of
from kommunebudsjett.forms.kinds import kind_of
from tests.pdfs.model import Document, Heading, Items, Paragraph, Table, pieces

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/numbering.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)
_RELATION = (
    '<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/>'
)
BULLETS = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    "</w:numbering>"
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{n}"><w:name w:val="heading {n}"/></w:style>' for n in range(1, 7)
)
_BOLD = re.compile(r"<b>(.*?)</b>|\*\*(.+?)\*\*")
_RAISED = re.compile(r"<sup>(.*?)</sup>")


class Block(NamedTuple):
    """A block: `heading` with its level, `paragraph`, `item`, or `table`, whose rows are lists of cells."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def blocks(lines: list[str]) -> list[Block]:
    """The blocks of a text in the marks that readers take."""
    found: list[Block] = []
    table: list[tuple[str, ...]] = []
    for line in [*lines, ""]:
        if "\t" in line:
            table.append(tuple(line.split("\t")))
            continue
        if table:
            width = max(map(len, table))
            found.append(Block("table", rows=tuple((*row, *[""] * (width - len(row))) for row in table)))
            table = []
        if line.startswith("#"):
            found.append(Block("heading", line.lstrip("# "), line.index(" ")))
        elif line.startswith("- "):
            found.append(Block("item", line[2:]))
        elif line.strip():
            found.append(Block("paragraph", line))
    return found


def html(found: Iterable[Block], head: str = "") -> str:
    """A page of the blocks."""
    parts = []
    for block in found:
        if block.kind == "table":
            rows = "".join(f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in block.rows)
            parts.append(f"<table>{rows}</table>")
        else:
            tag = {"heading": f"h{min(6, block.level)}", "item": "li", "paragraph": "p"}[block.kind]
            text = f"<{tag}>{_inline(block.text)}</{tag}>"
            parts.append(f"<ul>{text}</ul>" if tag == "li" else text)
    return page("\n".join(parts), head)


def page(body: str, head: str = "") -> str:
    """A whole page."""
    return f'<!doctype html><html lang="nb"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _inline(text: str) -> str:
    """Text with its marks as tags."""
    text = escape(text, quote=False)
    return re.sub(r"&lt;(/?(?:b|i|sup|u))&gt;", r"<\1>", text)


def docx(path: Path, body: str, parts: dict[str, str] | None = None, styles: str = STYLES) -> Path:
    """A Word document of this content of its body; `parts` are other parts in the folder `word`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        main = _RELATION.format(kind="officeDocument", target="word/document.xml")
        beside = "".join(_RELATION.format(kind=kind, target=f"{kind}.xml") for kind in ("styles", "numbering"))
        package.writestr("_rels/.rels", _RELATIONS.format(main))
        package.writestr("word/_rels/document.xml.rels", _RELATIONS.format(beside))
        package.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in (parts or {}).items():
            package.writestr(f"word/{name}", content)
    return path


def paragraph(text: str, properties: str = "", look: str = "") -> str:
    """A paragraph of Word, with its marks as runs; `look` are the properties of its runs."""
    runs = []
    for part in re.split(r"(<b>.*?</b>|<sup>.*?</sup>)", text):
        bold, up = _BOLD.fullmatch(part), _RAISED.fullmatch(part)
        own = "<w:b/>" if bold else '<w:vertAlign w:val="superscript"/>' if up else ""
        shown = next(filter(None, bold.groups())) if bold else up[1] if up else part
        if shown:
            runs.append(run(re.sub(r"</?[biu]>", "", shown), own + look))
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, look: str = "") -> str:
    """A run of characters."""
    parts = (f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t>' for part in text.split("\t"))
    return f"<w:r><w:rPr>{look}</w:rPr>{'<w:tab/>'.join(parts)}</w:r>"


def cell(content: str, properties: str = "") -> str:
    """A cell of Word; text that is no XML becomes a paragraph."""
    inside = content if content.startswith("<w:") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: str) -> str:
    """A table of Word, of rows that `row` makes."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of Word; text that is no cell becomes one."""
    inside = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def word(path: Path, found: Iterable[Block]) -> Path:
    """A Word document of the blocks."""
    return docx(path, _body(found), {"numbering.xml": BULLETS})


def _body(found: Iterable[Block]) -> str:
    parts = []
    for block in found:
        if block.kind == "table":
            # Word shows tables that follow each other directly as one.
            parts.append(table(*(row(*map(cell, cells)) for cells in block.rows)) + paragraph(""))
        elif block.kind == "heading":
            parts.append(paragraph(block.text, f'<w:pStyle w:val="H{min(6, block.level)}"/>'))
        elif block.kind == "item":
            parts.append(paragraph(block.text, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))
        else:
            parts.append(paragraph(block.text))
    return "".join(parts)


def saved(folder: Path, content: str, name: str = "side.html") -> Path:
    """A file of text."""
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def read(path: Path) -> Text:
    """The canonical text of a file, as the process that reads it makes it. Raises ProblemError as it does."""
    return text_of(path, kind_of(path.name, path.read_bytes()))


def left_out(text: Text) -> list[tuple[str, str]]:
    """What was left out, with the reason of each."""
    return [(found.raw, found.reason) for found in text.left_out]


def of_model(document: Document) -> list[Block]:
    """The blocks of a document of the model that PDFs are made from."""
    found: list[Block] = []
    for block in document.blocks:
        match block:
            case Heading():
                amount = f"\t{_tagged(block.amount)}" if block.amount else ""
                found.append(Block("heading", f"{_tagged(block.text)}{amount}", block.level))
            case Paragraph():
                found.append(Block("paragraph", _tagged(block.text)))
            case Items():
                found += [Block("item", _tagged(item)) for item in block.items]
            case Table():
                found += _of_table(block)
    return found


def _of_table(block: Table) -> list[Block]:
    header = [tuple(_tagged(text) for text, span in level for _ in range(span)) for level in block.header]
    width = len(header[0])
    rows = []
    for one in block.rows:
        cells = [_tagged(text) for text in one.cells] + [""] * (width - len(one.cells))
        rows.append(tuple(f"<b>{text}</b>" if one.style == "total" and text else text for text in cells))
    captions = [Block("paragraph", _tagged(block.caption))] if block.caption else []
    return [*captions, Block("table", rows=(*header, *rows)), *(Block("paragraph", _tagged(n)) for n in block.notes)]


def _tagged(text: str) -> str:
    tags = {"bold": "<b>{}</b>", "raised": "<sup>{}</sup>", "": "{}"}
    return "".join(tags[kind].format(part) for part, kind in pieces(text))
