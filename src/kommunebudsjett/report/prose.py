"""What documents say in running text: their paragraphs in, quotations with their lines out."""

import dataclasses
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from kommunebudsjett.readers.model.prose import sentences
from kommunebudsjett.readers.text import NUMBER, parse_number, split_lines
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition

# The sign before an item of a list, where it stands alone.
_SIGN = re.compile(r"(?m)^([●•▪◦*–-])\n\n")
_MILLIONS = re.compile(rf"(?<![\d,.])({NUMBER.pattern})\s+mill")


class Paragraph(NamedTuple):
    """A paragraph: the heading it stands under, the document, its lines (`12;15-18`) and its text."""

    heading: str
    document: str
    lines: str
    text: str

    @property
    def first_line(self) -> int:
        return int(re.match(r"\d+", self.lines)[0])


def paragraphs(e: Edition, document: str) -> list[Paragraph]:
    """The paragraphs of a document, tables left out. One that a page break cuts is whole."""
    rows = e.table("paragraphs", document=document)
    return list(map(Paragraph, rows["heading"], rows["document"], rows["lines"], rows["text"]))


def divided(text: str, lines: str, among: Iterable[Paragraph]) -> str:
    """A text of a document, which stands on these lines, with a blank line where one of its paragraphs begins or ends.

    Every word of it stays. The sign of a list's item goes with its words.
    """
    own = set(split_lines(lines))
    edges, position = [0], 0
    for paragraph in among:
        start = text.find(paragraph.text, position) if paragraph.first_line in own else -1
        if start >= 0:
            position = start + len(paragraph.text)
            edges += [start, position]
    pieces = [text[start:end].strip() for start, end in pairwise([*edges, len(text)])]
    return _SIGN.sub(r"\1 ", "\n\n".join(piece for piece in pieces if piece))


def states_millions(text: str, amount: float) -> bool:
    """Whether a text states an amount in millions, as precisely as the amount is printed: 40,5 is 40 or 41.

    >>> states_millions("en merinntekt på 40,5 millioner kroner", 40), states_millions("i 2025", 2025)
    (True, False)
    """
    stated = (parse_number(printed) for printed in _MILLIONS.findall(text))
    return any(value is not None and abs(abs(value) - abs(amount)) <= 0.5 for value in stated)


def from_first(text: str, pattern: re.Pattern) -> str:
    """A paragraph from the first sentence that matches to its end; "" where none does."""
    parts = sentences(text)
    first = next((index for index, sentence in enumerate(parts) if pattern.search(sentence)), None)
    return "" if first is None else " ".join(parts[first:])


def quotation(e: Edition, text: str) -> Cell:
    """Words of a document in quotation marks, marked as Norwegian in an English report. Their lines stand behind them:
    a whole sentence is no link.
    """
    return Cell(e.quoted(text), lang="nb" if e.lang == "en" else "")


def where(e: Edition, document: str, lines: str) -> Cell:
    """The lines of a quotation as a link: `linje 457 og 459`."""
    runs = lines.split(";")
    one = len(runs) == 1 and "-" not in lines
    shown = e.listed([run.replace("-", "–") for run in runs])
    return Cell(
        f"{e.text('linje', 'line') if one else e.text('linjene', 'lines')} {shown}",
        ((document, lines),),
    )


def running(e: Edition, document: str, printed: str, *sources: tuple[str, str]) -> Cell:
    """A name of a document as it stands inside a sentence: with a small letter, unless the document
    never writes its first word so (a proper name).
    """
    named = e.named(printed, *sources)
    text = "\n".join(paragraph.text for paragraph in paragraphs(e, document))
    first = re.match(r"[^\W\d_]*", printed)[0]
    if not first or not re.search(rf"\b{first[0].lower()}{re.escape(first[1:])}", text):
        return named
    return dataclasses.replace(named, text=wording.lower_first(named.text))
