"""What documents say in running text: their paragraphs in, quotations with their lines out."""

import dataclasses
import re
from typing import NamedTuple

from kommunebudsjett.readers.annual_report.prose import sentences
from kommunebudsjett.readers.text import NUMBER, join_lines, parse_number
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.passages import passages
from kommunebudsjett.texts import document_lines

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


def paragraphs(e: Edition, part: str) -> list[Paragraph]:
    """The paragraphs of the document that plays a part, tables left out. One that a page break cuts is whole."""
    document = e.part(part)
    cells = e.table("table_cells")
    tables = set(cells.loc[cells["document"] == document["document"], "line"])
    found: list[Paragraph] = []
    heading, above = "", ()
    for passage in passages(document_lines(e.project, document["document"]), tables):
        if passage.is_heading:
            heading, above = passage.text, ()
        elif set(passage.lines) & set(above):
            last = found.pop()
            above = (*above, *passage.lines)
            found.append(last._replace(lines=join_lines(above), text=f"{last.text} {passage.text}"))
        else:
            above = passage.lines
            found.append(Paragraph(heading, document["document"], join_lines(above), passage.text))
    return found


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


def running(e: Edition, part: str, printed: str, *sources: tuple[str, str]) -> Cell:
    """A name of the document that plays a part as it stands inside a sentence: with a small letter, unless the document
    never writes its first word so (a proper name).
    """
    named = e.named(printed, *sources)
    text = "\n".join(document_lines(e.project, e.part(part)["document"]))
    first = re.match(r"[^\W\d_]*", printed)[0]
    if not first or not re.search(rf"\b{first[0].lower()}{re.escape(first[1:])}", text):
        return named
    return dataclasses.replace(named, text=wording.lower_first(named.text))
