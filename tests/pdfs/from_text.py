"""The documents in data/raw as documents of the model, so that they can be set as PDF again."""

import re

from kommunebudsjett.readers.model.scanning import names_columns
from kommunebudsjett.readers.party_prose.layout import (
    CHAPTER,
    DIRECTIVE,
    LIST,
    LOST_TABLE,
    MEASURE,
    PAGE_NUMBER,
    SUBCHAPTER,
    outline,
)
from kommunebudsjett.readers.party_prose.passage import Passage, plain
from kommunebudsjett.readers.party_tables.blocks import Block, split_blocks
from kommunebudsjett.readers.party_tables.outline import area_of
from kommunebudsjett.readers.party_tables.prose import Typography
from kommunebudsjett.readers.party_tables.tables import Table as PartyTable
from kommunebudsjett.readers.party_tables.tables import find_tables
from kommunebudsjett.readers.party_tables.text import join_text, normal
from kommunebudsjett.readers.text import NUMBER
from tests.pdfs.model import Contents, Document, Heading, Items, PageBreak, Paragraph, Row, Table

_LEADER = re.compile(r"\s*\.{4,}\s*")
_BULLETS = ("●", "•", "- ", "– ")


def annual_report(lines: list[str]) -> Document:
    """A report of Markdown-like text: what `#`, `- ` and tabs mark."""
    blocks: list = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif "\t" in line:
            end = at
            while end < len(lines) and "\t" in lines[end]:
                end += 1
            blocks.append(_tabbed([text.split("\t") for text in lines[at:end]]))
            at = end
        elif line.startswith("#"):
            blocks.append(Heading(min(4, line.index(" ")), inline(line.lstrip("# "))))
            at += 1
        elif line.startswith("- "):
            end = at
            while end < len(lines) and lines[end].startswith("- "):
                end += 1
            blocks.append(Items(tuple(inline(text[2:]) for text in lines[at:end])))
            at = end
        else:
            blocks.append(Paragraph(inline(line)))
            at += 1
    return Document("Årsberetning", tuple(blocks))


def _tabbed(rows: list[list[str]]) -> Table | Contents:
    if any(_LEADER.search(row[0]) for row in rows):
        return Contents(tuple((inline(_LEADER.sub("", row[0])), inline(row[-1])) for row in rows))
    width = max(map(len, rows))
    cells = [[inline(cell.strip()) for cell in row] + [""] * (width - len(row)) for row in rows]
    depth = 0
    while depth < len(cells) - 1 and names_columns(rows[depth]) and (not depth or not cells[depth][0]):
        depth += 1
    depth = max(1, depth)
    header = tuple(
        _spanned(level, cells[number + 1] if number + 1 < depth else None) for number, level in enumerate(cells[:depth])
    )
    made = []
    for row in cells[depth:]:
        alone = row[0] and not any(row[1:])
        bold = row[0].startswith("**")
        made.append(Row((row[0].strip("*"),), "group") if alone and bold else Row(tuple(row)))
    return Table("", header, tuple(made))


def _spanned(level: list[str], below: list[str] | None) -> tuple[tuple[str, int], ...]:
    """A header line with how many columns each name spans: as far as names stand below and none beside it."""
    spans: list[tuple[str, int]] = []
    for column, text in enumerate(level):
        if text or not spans or column < 2 or below is None or not below[column] or not spans[-1][0]:
            spans.append((text, 1))
        else:
            spans[-1] = (spans[-1][0], spans[-1][1] + 1)
    return tuple(spans)


def inline(text: str) -> str:
    """Text with the marks of the model in place of tags and asterisks."""
    text = re.sub(r"<sup>(.*?)</sup>", r"^\1^", re.sub(r"</?i>|\\$", "", text))
    text = re.sub(r"\*\*\*(.+?)\*\*\*", r"**\1**", text)
    return re.sub(r"<b>(.*?)</b>", r"**\1**", text)


def prose_budget(lines: list[str]) -> Document:
    """A party budget in prose, by its outline."""
    blocks: list = []
    for heading in outline(lines):
        if heading.role == PAGE_NUMBER:
            continue
        if heading.title:
            level = {CHAPTER: 1, SUBCHAPTER: 2, LIST: 2, LOST_TABLE: 2, MEASURE: 3, DIRECTIVE: 3}.get(heading.role, 2)
            if level == 1 and blocks:
                blocks.append(PageBreak())
            amount = plain(heading.amount.text) if heading.amount else ""
            blocks.append(Heading(level, heading.title, amount))
        blocks.extend(Paragraph(plain(Passage(paragraph).text)) for paragraph in heading.paragraphs)
    return Document("Budsjett", tuple(blocks))


def table_budget(lines: list[str], years: int) -> Document:
    """A party budget with tables in the text, by its headings, paragraphs and tables."""
    items = find_tables(split_blocks(lines), min(2, years))
    tables = [item for item in items if isinstance(item, PartyTable)]
    areas = {normal(area_of(table.header.caption)) for table in tables}
    names = {table.header.caption for table in tables}
    names.update(name for table in tables for row in table.rows for name in (row.label, row.group) if name)
    typography = Typography([i for i in items if isinstance(i, Block)], frozenset(map(normal, names)), lines)
    blocks: list = []
    prose: list[Block] = []

    def flush() -> None:
        for piece in typography.pieces(prose) if prose else []:
            text = join_text([line.text for line in piece.lines], lines)
            if piece.is_heading:
                chapter = normal(area_of(text.rstrip(": "))) in areas
                blocks.append(Heading(2 if chapter or ":" in text or "føringer" in text.lower() else 3, text))
            else:
                blocks.extend(_paragraphs([line.text for line in piece.lines], lines))
        prose.clear()

    for item in items:
        if isinstance(item, Block):
            prose.append(item)
            continue
        flush()
        blocks.append(_plan(item))
    flush()
    return Document("Alternativt budsjett", tuple(blocks))


def _paragraphs(texts: list[str], document: list[str]) -> list:
    """A paragraph, or the items of a list with what stands before them."""
    parts: list[list[str]] = []
    for text in texts:
        if not parts or text.startswith(_BULLETS):
            parts.append([])
        parts[-1].append(text)
    made: list = []
    for part in parts:
        text = join_text(part, document)
        if not part[0].startswith(_BULLETS):
            made.append(Paragraph(text))
        elif made and isinstance(made[-1], Items):
            made[-1] = Items((*made[-1].items, text.lstrip("●•-– ")))
        else:
            made.append(Items((text.lstrip("●•-– "),)))
    return made


def _plan(table: PartyTable) -> Table:
    header = ((table.header.caption, 1), *((column, 1) for column in table.header.columns))
    rows: list[Row] = []
    group = ""
    for row in table.rows:
        if row.group != group and row.group:
            rows.append(Row((row.group,), "group"))
        group = row.group
        values = [value.raw for value in row.values]
        assert all(NUMBER.search(value) or value for value in values)
        rows.append(Row((row.label, *values), "total" if row.is_total else "row"))
    return Table("", (header,), tuple(rows))
