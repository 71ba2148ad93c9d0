"""Lines of text that tabs part into columns, as people make tables without tables: found among blocks, and made tables.

How far a tab reaches nobody knows who does not set the text. So columns are taken for known only where all lines have
equally many cells; where they have not, their numbers are parted by strokes, which no reader takes for columns.
"""

from itertools import groupby

from kommunebudsjett.forms.content import Block, Cell, Paragraph, Table
from kommunebudsjett.forms.tables import is_number
from kommunebudsjett.forms.writing import beside, one_line

LeftOut = list[tuple[int, str, str]]
# A label and an amount are no table; with more cells there are columns.
_LEAST_CELLS = 3


def with_tables(blocks: list[Block], left_out: LeftOut) -> tuple[list[Block], LeftOut]:
    """The blocks with tables in place of lines with tabs, and what was left out before the same blocks as before."""
    out: list[Block] = []
    moved: list[int] = []
    for tabbed, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph) and "\t" in block.text):
        run = list(group)
        made = _table([block.text for block in run if isinstance(block, Paragraph)]) if tabbed else run
        moved += [len(out) + min(at, len(made) - 1) for at in range(len(run))]
        out += made
    moved.append(len(out))
    return out, [(moved[index], raw, reason) for index, raw, reason in left_out]


def _table(lines: list[str]) -> list[Block]:
    """The lines as one table, or as they are where they are none."""
    exact = [[one_line(cell) for cell in line.split("\t")] for line in lines]
    filled = [list(filter(None, row)) for row in exact]
    numbers = sum(sum(map(is_number, row[1:])) > 1 for row in filled)
    if len(lines) < 2 or numbers < 1 or max(map(len, filled)) < _LEAST_CELLS:
        # A tab may part an amount from its words.
        pairs = zip(filled, lines, strict=True)
        return [Paragraph(beside(row) if len(row) > 2 else line) for row, line in pairs]
    for rows in (exact, filled):
        first, *others = rows
        if len({len(row) for row in others}) == 1:
            width = len(others[0])
            # A header has no name for the labels, or a tab before the first column.
            head = first if len(first) == width else ["", *first] if len(first) == width - 1 else None
            if head is not None:
                whole = [[Cell(text, header=not at) for text in row] for at, row in enumerate([head, *others])]
                return [Table(whole, [str(row) for row in range(1, len(whole) + 1)])]
    return [Paragraph(beside(row)) for row in filled]
