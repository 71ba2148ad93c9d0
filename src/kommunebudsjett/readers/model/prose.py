"""Lines of prose in, sentences out."""

import re
from collections.abc import Sequence

from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.model.scanning import Prose

# A full stop ends a sentence unless it belongs to an abbreviation or a number.
_END = re.compile(r"(?<!\bca)(?<!\bnr)(?<!\bpr)(?<!\bjf)(?<!\bbl\.a)(?<!\bf\.eks)[.!?][”»\"')]*\s+(?=[A-ZÆØÅ«“\"\d(])")
_NUMBERED_ITEM = re.compile(r"\d+\.\s")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph.

    >>> sentences("Målet er nådd. Det er bl.a. 3 til. Andelen var 2,1 prosent.")
    ['Målet er nådd.', 'Det er bl.a. 3 til.', 'Andelen var 2,1 prosent.']
    """
    found = []
    start = 0
    for end in _END.finditer(text):
        found.append(text[start : end.end()].strip())
        start = end.end()
    rest = text[start:].strip()
    return [*found, rest] if rest else found


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph."""
    end = _END.search(text)
    return text[: end.end()].strip() if end else text


def goes_on(above: str, text: str) -> bool:
    """Whether a line goes on with the one above, which a page break split.

    >>> goes_on("Skatten ble redusert med 100", "millioner kroner."), goes_on("Gjelden ble på", "76,3 prosent.")
    (True, True)
    """
    first = text[0]
    if first.islower():
        return True
    return first.isdigit() and above[0] != "#" and above[-1].isalnum() and not _NUMBERED_ITEM.match(text)


def paragraphs(prose: Sequence[Prose]) -> list[list[Prose]]:
    """The lines of each heading, list item and paragraph: one that a page break split has several."""
    found: list[list[Prose]] = []
    for line in prose:
        if found and goes_on(found[-1][-1].text, line.text):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def joined(paragraph: list[Prose]) -> Prose:
    """A paragraph made whole, on its first line."""
    return paragraph[0]._replace(text=" ".join(text for _, text, _ in paragraph))


def numbered_sentences(paragraph: list[Prose]) -> list[list[tuple[int, str]]]:
    """The sentences of a paragraph as their pieces, each with its line: one that a page break split has two."""
    found: list[list[tuple[int, str]]] = []
    for line, text, _ in paragraph:
        pieces = sentences(clean(text))
        if found and pieces:
            found[-1].append((line, pieces.pop(0)))
        found.extend([(line, piece)] for piece in pieces)
    return found
