"""Lines of text in; the tables whose cells are parted by upright lines or semicolons out as rows of cells."""

from collections import Counter
from collections.abc import Iterator

from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.model.numbers import is_number, is_year
from kommunebudsjett.readers.model.rows import NO_LABEL, Grid, Row

_RULER = frozenset("|-:+= ")


def marked_tables(lines: list[str]) -> list[Grid]:
    """The tables in Markdown or CSV, in the order of the document."""
    found = []
    index = 0
    while index < len(lines):
        mark = _mark(lines[index])
        if not mark:
            index += 1
            continue
        end = index + 1
        while end < len(lines) and _mark(lines[end]) == mark:
            end += 1
        grid = _grid(lines, index, end, mark)
        if grid is not None:
            found.append(grid)
        index = end
    return found


def _mark(text: str) -> str:
    """What parts the cells of a line: an upright line, a semicolon, or nothing."""
    if "\t" in text or text.startswith(NO_LABEL):
        return ""
    if "|" in text:
        return "|"
    return ";" if text.count(";") > 1 and text.rstrip()[-1] != "." else ""


def _grid(lines: list[str], begin: int, end: int, mark: str) -> Grid | None:
    rows = []
    boxed = all(lines[index].lstrip().startswith(mark) for index in range(begin, end))
    closed = lines[begin].rstrip().endswith(mark)
    for index in range(begin, end):
        text = lines[index].strip()
        if _RULER.issuperset(text):
            continue
        if mark == "|":
            text = text.removeprefix(mark) if boxed else text
            text = text.removesuffix(mark) if boxed or closed else text
        rows.append(Row(index + 1, [cell.strip() for cell in text.split(mark)]))
    width = _width(rows)
    if width < 2 or len(rows) < 2:
        return None
    rows = [_without_edge(row, width) for row in rows]
    body = next((at for at, row in enumerate(rows) if _is_body(row.cells) and len(row.cells) == width), len(rows))
    if body == len(rows) or (mark == ";" and body == 0):
        return None
    return Grid([*_joined(rows[:body], width), *rows[body:]], begin, end, 0)


def _without_edge(row: Row, width: int) -> Row:
    """The row without the empty cell before a first mark that other rows do not have."""
    return row._replace(cells=row.cells[1:]) if len(row.cells) == width + 1 and not row.cells[0] else row


def _is_body(cells: list[str]) -> bool:
    return any(is_number(cell) and not is_year(clean(cell)) for cell in cells[1:])


def _width(rows: list[Row]) -> int:
    """How many cells the rows with numbers have, most often."""
    counts = Counter(len(row.cells) for row in rows if _is_body(row.cells))
    return max(counts, key=counts.__getitem__, default=0)


def _joined(header: list[Row], width: int) -> Iterator[Row]:
    """The rows of a header, those made whole that several lines hold (`Kommune | Antall |`, `Andel |`)."""
    parts: list[Row] = []
    for row in header:
        if len(row.cells) >= width:
            yield from parts
            parts = []
            yield row
            continue
        parts.append(row)
        cells = [cell for part in parts for cell in part.cells]
        if len(cells) == width and len(parts) > 1:
            yield Row(parts[0].line, cells, lines=tuple(part.line for part in parts))
            parts = []
    yield from parts
