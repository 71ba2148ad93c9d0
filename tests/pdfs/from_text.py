"""The documents in data/raw as documents of the model, so that they can be set as PDF again."""

import re

from kommunebudsjett.readers.model.blocks import read_model
from kommunebudsjett.readers.model.scanning import names_columns
from kommunebudsjett.readers.model.tables import Table as PartyTable
from kommunebudsjett.readers.party_budget.blocks import ITEM, read_blocks
from kommunebudsjett.readers.party_budget.outline import (
    CHAPTER,
    LIST,
    PART,
    TablePlace,
    caption_of,
    holds_amounts,
    read_outline,
)
from kommunebudsjett.readers.party_budget.words import load_words
from tests.pdfs.model import Contents, Document, Heading, Items, PageBreak, Paragraph, Row, Table

_LEADER = re.compile(r"\s*\.{4,}\s*")


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


def party_budget(lines: list[str]) -> Document:
    """A party budget by its outline: headings, paragraphs, items and tables."""
    tables = [table for table in read_model(lines).tables if holds_amounts(table)]
    taken = {line for table in tables for line in range(table.first_line, table.last_line + 1)}
    blocks: list = []
    for item in read_outline(read_blocks(lines, taken), tables, load_words()).items:
        if isinstance(item, TablePlace):
            blocks.append(_plan(item.table))
            continue
        if item.heading is not None:
            level = {CHAPTER: 1, PART: 2, LIST: 2}.get(item.role, 3)
            if level == 1 and blocks and not isinstance(blocks[-1], Heading):
                blocks.append(PageBreak())
            blocks.append(Heading(level, item.title, item.heading.amount))
        for block in item.blocks:
            if block.kind != ITEM:
                blocks.append(Paragraph(block.text))
            elif isinstance(blocks[-1], Items):
                blocks[-1] = Items((*blocks[-1].items, block.text))
            else:
                blocks.append(Items((block.text,)))
    return Document("Budsjett", tuple(blocks))


def _plan(table: PartyTable) -> Table:
    header = ((caption_of(table), 1), *((column.name, 1) for column in table.columns))
    rows: list[Row] = []
    group = ""
    for row in table.rows:
        if row.group != group and row.group:
            rows.append(Row((row.group,), "group"))
        group = row.group
        rows.append(Row((row.label, *(value.raw for value in row.values)), "total" if row.is_total else "row"))
    return Table("", (header,), tuple(rows))
