"""What each number of a report links to: its line, or a note that says what it was computed from.

Blocks come in, the same blocks and the notes of the page go out. A value on one line, or one run of lines, of one
document links to it. A value with a `how`, or with more lines, is derived: it links to a note at the end of the page,
which links to every line. Values that were computed the same way from the same lines share a note.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kommunebudsjett.core.params import Language
from kommunebudsjett.core.texts import page_of
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.readers.text import join_lines, split_lines
from kommunebudsjett.report.blocks import HELD, source_href
from kommunebudsjett.report.wording import listed, number

# A note does not repeat more runs of lines than this where an earlier note has the same ones.
_REPEATED = 3

Sources = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Source:
    """A document as a page names it: `name` in short, `title` in full; `lang` where the title's is not the page's;
    `called` as a sentence speaks of it.

    `tables` gives the number of the printed table that a line is in, `blank` are the lines with nothing on them,
    `pages` is the first line of each page, empty for a document without pages, `ruled` are the lines that a person has
    read where the program could not, each with the reason, and `places` says of lines where in the file they stand.
    """

    name: str
    title: str
    lang: str = ""
    tables: dict[int, str] = field(default_factory=dict)
    blank: frozenset[int] = frozenset()
    pages: tuple[int, ...] = ()
    ruled: dict[int, str] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    called: str = ""

    def places_of(self, lines: str) -> str:
        """Where in the file a run of lines stands, that of its first and last line; "" where nobody knows."""
        first, _, last = lines.partition("-")
        found = [self.places.get(int(line), "") for line in (first, last or first)]
        return " – ".join(dict.fromkeys(filter(None, found)))

    def pages_of(self, lines: str) -> str:
        """The pages that a run of lines stands on, as `12` or `12–13`; "" in a document without pages."""
        if not self.pages:
            return ""
        first, _, last = lines.partition("-")
        found = [max(1, page_of(self.pages, int(line))) for line in (first, last or first)]
        return "–".join(map(str, dict.fromkeys(found)))


@dataclass
class Note:
    """How values were computed. `values` are those that lead here; `same_as` is a note that has the lines."""

    number: int
    how: str
    sources: Sources
    same_as: int | None = None
    values: list[dict] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """How many lines the values rest on."""
        return sum(len(split_lines(lines)) for _, lines in self.sources)


class Citations:
    """The citations of one page, in the order in which it shows them."""

    def __init__(self, documents: dict[str, Source], lang: Language) -> None:
        self.documents = documents
        self.words = WORDS[lang]
        self.lang = lang
        self.notes: dict[tuple[str, Sources], Note] = {}
        self._first: dict[Sources, int] = {}

    def cite(self, cell: dict) -> None:
        """Give a cell the address that it links to, and words for it."""
        if "runs" in cell:
            # Lines stand in their own words, and what is around them names the document.
            cell["runs"] = [
                {"document": document, "lines": run, "text": run.replace("-", "–")}
                for document, lines in merged(cell["runs"])
                for run in self.runs(document, lines)
            ]
            cell["text"] = ", ".join(run["text"] for run in cell["runs"])
        sources = merged(cell["sources"])
        if not sources:
            return
        cell["how"] = " ".join(filter(None, [cell["how"], *self._read_by_a_person(sources)]))
        document, lines = sources[0]
        if len(sources) == 1 and not cell["how"] and ";" not in lines:
            cell["href"], cell["title"] = source_href(document, lines), self.place(document, lines)
            return
        note = self._note(cell["how"], sources)
        cell["note"], cell["href"] = note.number, f"#n.{note.number}"
        cell["title"] = self.words["note"].format(number=note.number)
        # The note leads back to the first place of each value that it explains.
        if all(value["text"] != cell["text"] for value in note.values):
            cell["id"] = f"r.{note.number}" + (f".{len(note.values) + 1}" if note.values else "")
            note.values.append({"text": cell["text"], "lang": cell["lang"], "id": cell["id"]})

    def _read_by_a_person(self, sources: Sources) -> Iterator[str]:
        """A sentence for each line of the sources that a person has read where the program could not."""
        for document, lines in sources:
            ruled = self.documents[document].ruled if document in self.documents else {}
            for line in split_lines(lines) if ruled else ():
                if line in ruled:
                    yield self.words["by_a_person"].format(line=line, reason=ruled[line])

    def _note(self, how: str, sources: Sources) -> Note:
        if (how, sources) not in self.notes:
            number = len(self.notes) + 1
            long = sum(len(self.runs(*source)) for source in sources) > _REPEATED
            same_as = self._first.get(sources) if long else None
            self._first.setdefault(sources, number)
            self.notes[how, sources] = Note(number, how, sources, same_as)
        return self.notes[how, sources]

    def name(self, document: str) -> Source:
        """A document by the names that the page has for it; by its id where it has none."""
        return self.documents.get(document, Source(document, document))

    def place(self, document: str, lines: str) -> str:
        """Where a run of lines stands, in words."""
        words = self.words["source_line" if lines.isdecimal() else "source_lines"]
        return words.format(name=self.on_page(document, lines), lines=lines.replace("-", "–"))

    def on_page(self, document: str, lines: str) -> str:
        """The name of a document, with the page or the place in its file that a run of lines stands on."""
        where = self._where(document, lines)
        return f"{self.name(document).name}, {where}" if where else self.name(document).name

    def _where(self, document: str, lines: str) -> str:
        """The page of a run of lines, or its place in a file that has no pages; "" where it has neither."""
        source = self.name(document)
        pages = source.pages_of(lines)
        return f"{self.words['page' if pages.isdecimal() else 'pages']} {pages}" if pages else source.places_of(lines)

    def origin(self, cells: list[dict]) -> dict | None:
        """The documents that the values of a figure or table come from; None where it has none."""
        sources = merged([source for cell in cells for source in cell["sources"]])
        if not sources:
            return None
        documents = []
        for document, lines in sources:
            source = self.name(document)
            tables = [source.tables.get(line, "") for line in split_lines(lines)]
            names = sorted(set(tables), key=tables.index)
            word = self.words["table" if len(names) == 1 else "tables"]
            documents.append(
                {
                    "href": source_href(document, lines),
                    "name": source.name,
                    "where": f"{word} {listed(names, self.lang)}" if all(names) and len(names) <= 3 else "",
                }
            )
        return {"word": self.words["source" if len(documents) == 1 else "sources_of"], "documents": documents}

    def runs(self, document: str, lines: str) -> list[str]:
        """The runs of lines, one that goes on after blank lines as one: tables can have a blank line between rows."""
        found = split_lines(lines)
        blank = self.name(document).blank
        between = [
            line
            for before, after in pairwise(found)
            if after > before + 1 and blank.issuperset(range(before + 1, after))
            for line in range(before + 1, after)
        ]
        return join_lines([*found, *between]).split(";")

    def rests_on(self, note: Note) -> list[tuple[str, list[tuple[str, str]]]]:
        """The lines that a note names: the addresses of their runs and how they are written, under where they stand.

        That is the name of the document; where it has pages or places, with the first one, and the next ones after it.
        """
        found = []
        for document, lines in note.sources:
            by_place: dict[str, list[tuple[str, str]]] = {}
            for run in self.runs(document, lines):
                where = self._where(document, run)
                by_place.setdefault(where, []).append((source_href(document, run), run.replace("-", "–")))
            for where, runs in by_place.items():
                named = [] if where and where != next(iter(by_place)) else [self.name(document).name]
                found.append((", ".join([*named, *filter(None, [where])]), runs))
        return found

    def count(self, note: Note) -> str:
        """How many lines a note names, as a number in the language of the page."""
        return number(note.lines, self.lang)


def merged(sources: list[dict]) -> Sources:
    """Sources with all lines of a document together, documents in the order in which they are first named."""
    lines: dict[str, set[int]] = {}
    for source in sources:
        lines.setdefault(source["document"], set()).update(split_lines(source["lines"]))
    return tuple((document, join_lines(found)) for document, found in lines.items() if found)


def cells_of(block: dict) -> Iterator[dict]:
    """The cells that a block shows, in the order in which it shows them."""
    if "html" in block:
        yield from (block["cells"][int(index)] for index in re.findall(HELD, block["html"]))
    for row in block.get("rows", []):
        yield from row
    for entry in block.get("entries", []):
        yield from filter(None, (entry["heading"], entry["amount"], entry["lines"]))


def documents_of(blocks: list[dict]) -> set[str]:
    """The ids of the documents whose lines the values and words of blocks lead to."""
    cells = [cell for block in blocks for cell in cells_of(block)]
    return {source["document"] for cell in cells for source in [*cell["sources"], *cell.get("runs", ())]}


def use_of(blocks: list[dict], documents: dict[str, Source], lang: Language) -> str:
    """Which registered documents a page has figures and words of, and which it has none of, as sentences."""
    here = documents_of(blocks)
    used = [source.called or source.name for document, source in documents.items() if document in here]
    said = WORDS[lang]["uses"].format(documents=listed(used, lang)) if used else ""
    return " ".join(filter(None, [said, unused(blocks, documents, lang)]))


def unused(blocks: list[dict], documents: dict[str, Source], lang: Language) -> str:
    """Which registered documents a page has no figures or words of, as a sentence; empty where it has of each."""
    here = documents_of(blocks)
    others = [source.called or source.name for document, source in documents.items() if document not in here]
    said = WORDS[lang]["uses_not" if len(others) < len(documents) else "uses_none"]
    return said.format(documents=listed(others, lang)) if others else ""


def cited(blocks: list[dict], documents: dict[str, Source], lang: Language) -> tuple[list[dict], Citations]:
    """The blocks with an address for each of their cells, and the citations with the notes of the page."""
    # They are JSON, which is the quickest copy.
    blocks = json.loads(json.dumps(blocks))
    citations = Citations(documents, lang)
    for block in blocks:
        for cell in cells_of(block):
            citations.cite(cell)
        if block["kind"] in ("table", "figure"):
            block["origin"] = citations.origin(list(cells_of(block)))
        for entry in block.get("entries", []):
            runs = entry["lines"]["runs"]
            line = citations.words["line" if len(runs) == 1 and runs[0]["lines"].isdecimal() else "lines"]
            entry["place"] = f"{citations.on_page(runs[0]['document'], runs[0]['lines'])}, {line}"
    return blocks, citations
