"""Blocks in, the same blocks out, each with where in the file a reader finds it: under which heading, and which there.

The rows of tables come with their numbers in the printed table.

The words are those of the documents' readers, Norwegian: `Drift, avsnitt 3`, `Drift, tabell 1, rad 4`.
"""

from collections import Counter

from kommunebudsjett.forms.content import Block, Heading, Item, Table
from kommunebudsjett.forms.writing import one_line

_LONGEST = 60


def placed(blocks: list[Block], page: str = "") -> list[Block]:
    """The blocks with their places; `page` is the file that they are from, where there are several."""
    heading = ""
    counts: Counter[str] = Counter()
    out: list[Block] = []

    def place(kind: str) -> str:
        counts[kind] += 1
        under = ", ".join(filter(None, [heading, f"{kind} {counts[kind]}"]))
        return f"{page}: {under}" if page else under

    for block in blocks:
        if isinstance(block, Heading):
            heading = _short(one_line(block.text))
            counts.clear()
            out.append(block._replace(place=page))
        elif isinstance(block, Table):
            where = place("tabell")
            out.append(block._replace(places=[f"{where}, rad {row}" for row in block.places]))
        else:
            out.append(block._replace(place=place("punkt" if isinstance(block, Item) else "avsnitt")))
    return out


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"
