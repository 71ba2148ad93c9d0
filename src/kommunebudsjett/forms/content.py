"""What a document holds, whatever its form: headings, paragraphs, list items and tables, in its order.

`place` says where in the file a reader finds a block, in the words that pages show (`Ark1!A12:F12`, `Drift, avsnitt
3`); it is empty where the line of the text says it all.
"""

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading and its level, 1 for the highest."""

    text: str
    level: int
    place: str = ""


class Paragraph(NamedTuple):
    """A paragraph, whole."""

    text: str
    place: str = ""


class Item(NamedTuple):
    """An item of a list; `depth` is 1 in a list that stands in no other. A number that names it is part of the text."""

    text: str
    depth: int
    place: str = ""


class Cell(NamedTuple):
    """A cell of a table: what it shows, whether the form marks it as a header, and whether all its text is bold."""

    text: str
    header: bool = False
    bold: bool = False


class Table(NamedTuple):
    """The rows of a table, each with all its cells, the empty ones too, and the place of each row."""

    rows: list[list[Cell]]
    places: list[str]


Block = Heading | Paragraph | Item | Table


class Content(NamedTuple):
    """The blocks of a document, and what it holds beside them.

    `left_out` is what is no part of the text: the index of the block before which it stood (the number of blocks for
    what stood last), the characters, and the reason. `remarks` are sentences for whoever has the file read: what was
    assumed (an encoding, the order of pages), and what was not done (no macro was run).
    """

    blocks: list[Block]
    left_out: list[tuple[int, str, str]]
    remarks: tuple[str, ...] = ()
