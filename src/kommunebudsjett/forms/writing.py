"""The content of a document in, its canonical text out: the marks that the readers of all families take.

`# Heading`, a paragraph a line, `- item` or `a) item` with two spaces for each depth, the rows of tables with tabs
between cells and every empty cell kept, `<b>` around bold text in tables, and blank lines between blocks.
"""

import re
import unicodedata
from collections.abc import Iterable

from kommunebudsjett.core.texts import LeftOut, Text
from kommunebudsjett.forms.content import Block, Cell, Content, Heading, Item, Table
from kommunebudsjett.forms.limits import MOST_CHARACTERS, MOST_LINES
from kommunebudsjett.forms.problem import ProblemError

_SPLIT = "split the document into several files"
# Soft hyphens, joiners, byte order marks and what steers direction: nobody sees them, and they part words.
_LETTERED = re.compile(r"(?:[a-zæøå]|\(?\d{1,2})\)\s+\S")
_AMOUNT = re.compile(r"(?:kr\.?\s?)?[-−–+(]?\s?\d")
# What ends with a number or its unit, a note mark after it, and what begins with one.
_NUMBER_ENDS = re.compile(r"\d\s?(?:%|kr\.?|nok)?\)?(?:<sup>[^<>]{0,40}</sup>)?$", re.IGNORECASE)
_LONGEST_END = 60
_NUMBER_BEGINS = re.compile(r"(?:kr\.?|nok)?\s?[-−–+(]?\s?\d", re.IGNORECASE)
# Signs of other shapes that readers know by their usual ones: hyphens that hold a line together, and wide signs.
_SHAPES = str.maketrans({"\u2010": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-", "\uff0b": "+"})
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")


def one_line(text: str) -> str:
    """The text as one line: composed letters, usual hyphens, one space for each run of them, of tabs and line ends.

    What nobody sees is gone.

    >>> one_line("  12\\u00a0300\\n\\tkr\\u00ad oner ")
    '12 300 kr oner'
    """
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text).translate(_SHAPES)).split())


def beside(texts: Iterable[str]) -> str:
    """Texts that stand beside or under each other as one; a stroke keeps two numbers from becoming one.

    >>> beside(["Sum", "drift"]), beside(["12", "345"]), beside(["5 kr", "", "(3)"])
    ('Sum drift', '12 / 345', '5 kr / (3)')
    """
    parts: list[str] = []
    end = ""
    for text in filter(None, texts):
        meet = _NUMBER_ENDS.search(end) and _NUMBER_BEGINS.match(text)
        parts.append(f"{' / ' if meet else ' ' if parts else ''}{text}")
        # The end alone is searched: a line may have very many parts.
        end = (end + parts[-1])[-_LONGEST_END:]
    return "".join(parts)


def write(content: Content) -> Text:
    """The canonical text. Raises ProblemError where it is longer than any document is."""
    writer = _Writer()
    starts = [writer.block(block) for block in content.blocks]
    starts.append(max(1, len(writer.lines)))
    left_out = [LeftOut(starts[index], one_line(raw), reason) for index, raw, reason in content.left_out]
    left_out.sort(key=lambda found: found.line)
    return Text(writer.lines, [], left_out, writer.places, list(content.remarks))


class _Writer:
    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: list[tuple[int, str]] = []
        self._characters = 0
        self._in_list = False

    def block(self, block: Block) -> int:
        """Add a block; the line that it begins on, or the next one where it has no text."""
        is_item = isinstance(block, Item)
        if self.lines and self.lines[-1] and not (is_item and self._in_list):
            self.lines.append("")
        first = len(self.lines) + 1
        if isinstance(block, Table):
            for row, place in zip(block.rows, block.places, strict=True):
                self._add(_row(row), place)
        elif text := _with_amount(block.text):
            self._add(_marked(block, text), block.place)
        self._in_list = is_item
        return first if len(self.lines) >= first else max(1, len(self.lines))

    def _add(self, line: str, place: str) -> None:
        self.lines.append(line)
        if place:
            self.places.append((len(self.lines), one_line(place)))
        self._characters += len(line)
        if len(self.lines) > MOST_LINES:
            raise ProblemError(f"the document has more than {MOST_LINES} lines", _SPLIT)
        if self._characters > MOST_CHARACTERS:
            raise ProblemError(f"the document has more than {MOST_CHARACTERS} characters", _SPLIT)


def _with_amount(text: str) -> str:
    """The text as one line, a tab kept where it parts an amount at the end from its words."""
    cells = [cell for cell in map(one_line, text.split("\t")) if cell]
    *words, last = cells or [""]
    name = beside(words)
    amounts = [cell for cell in cells[1:] if _AMOUNT.match(cell)]
    if amounts == [last] and any(map(str.isalpha, name)):
        return f"{name}\t{last}"
    return beside([name, last])


def _marked(block: Block, text: str) -> str:
    if isinstance(block, Heading):
        return f"{'#' * max(1, block.level)} {text}"
    if isinstance(block, Item):
        # Readers know such an item by its letter or number.
        mark = "" if _LETTERED.match(text) else "- "
        return f"{'  ' * (max(1, block.depth) - 1)}{mark}{text}"
    return text


def _row(cells: list[Cell]) -> str:
    """The cells with tabs between; a row of one cell ends with a tab, so that it is one of a table."""
    texts = [_cell(cell) for cell in cells]
    return "\t".join(texts) if len(texts) > 1 else f"{texts[0] if texts else ''}\t"


def _cell(cell: Cell) -> str:
    text = one_line(cell.text)
    return f"<b>{text}</b>" if cell.bold and not cell.header and any(map(str.isalnum, text)) else text
