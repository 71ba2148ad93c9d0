"""A report in, what is printed of it out, as plain data for the Typst template: text, figures, tables, notes, sources.

Paper cannot be clicked, so what a page folds away stands open or at the end: the data of the figures, and how derived
numbers were computed, with every line they rest on. Text goes to Typst as data, never as markup.
"""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import quote, urljoin

from kommunebudsjett.publish.bound import bound
from kommunebudsjett.publish.citations import Note, Source, cited, unused
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.glyphs import shown
from kommunebudsjett.publish.legible import Legible
from kommunebudsjett.publish.markup import Node, Nodes, heading, text, tree
from kommunebudsjett.publish.panels import panels
from kommunebudsjett.publish.words import WORDS
from kommunebudsjett.report.blocks import source_href

REGIONS = {"nb": "NO", "en": "GB"}
# Rows of cells with no more characters than this stay whole at the end of a page.
LONG_CELL = 700
# A paragraph with no more characters than this stays with the figure or table that it introduces.
LEAD = 700
# What stands together: a number and its unit are joined by a space that does not break.
_WORD = re.compile(r"[^\s\u00a0]+(?:\u00a0[^\s\u00a0]+)*")
_ABSOLUTE = re.compile(r"(https?|mailto):")
_PLAIN = re.compile(r"[A-Za-z0-9_.:/#-]*")


class Place(NamedTuple):
    """Where a value stands in a table: the number of the table, the name of its row and of its column."""

    number: str
    row: str
    column: str


def address_of(href: str, report: Content, site: str) -> str:
    """A link of a report as it stands in its PDF: absolute where the site's address is known, else as on the page.

    The PDF lies beside the page, so that a relative link leads to the same place. A place on the page itself that the
    PDF does not have is one of the page.
    """
    if not _ABSOLUTE.match(href):
        if href.startswith("#"):
            href = f"{report.name}.html{href}"
        if site:
            href = urljoin(f"{site.rstrip('/')}/{report.lang}/", href)
    # Nearly all have nothing to quote, and to look for it is quicker than to quote it.
    return href if _PLAIN.fullmatch(href) else quote(href, safe="%/:=&?~#+!$,;'@()*[]")


class _Printing:
    """Lays out the blocks of one report, numbers its figures and tables, and remembers where derived values stand."""

    def __init__(self, report: Content, documents: dict[str, Source], site: str):
        self.report = report
        self.site = site
        self.words = WORDS[report.lang]
        self.blocks, self.citations = cited(report.blocks, documents, report.lang)
        self.documents: list[str] = []
        # By the number of a note: the rows of tables whose values lead to it, and their columns.
        self.places: dict[int, dict[str, list[str]]] = {}
        self.figures = 0
        self.tables = 0
        self.data_tables: list[dict] = []
        self.anchors = {block["name"] for block in self.blocks if "name" in block}
        self.anchors |= {block["id"] for block in self.blocks if block["kind"] == "heading"}

    def body(self) -> Nodes:
        nodes: Nodes = []
        for block in self.blocks:
            nodes.extend(getattr(self, f"_{block['kind']}")(block))
        return _led(nodes)

    # The kinds of blocks.

    def _text(self, block: dict) -> Nodes:
        return tree(block["html"], lambda index: self.value(block["cells"][index]))

    def _heading(self, block: dict) -> Nodes:
        return [heading(block, lambda index: self.value(block["cells"][index]))]

    def _details(self, block: dict) -> Nodes:
        return [{"e": "p", "c": [{"e": "strong", "c": [block["summary"]]}], "lead": True}, *self._text(block)]

    def _quotations(self, block: dict) -> Nodes:
        nodes: Nodes = []
        for entry in block["entries"]:
            head: Nodes = [{"e": "strong", "c": self.value(entry["heading"])}]
            if entry["amount"]:
                head += [": ", *self.value(entry["amount"])]
            where = {"e": "small", "c": [f"{entry['place']} ", *self.value(entry["lines"])]}
            # Where the words stand follows in the same paragraph: the end of it never stands alone on the next page.
            *first, last = [[paragraph] for paragraph in entry["paragraphs"]] or [[]]
            last = [*last, " ", where] if last else [where]
            nodes.append({"e": "p", "c": head, "lead": True})
            nodes.append(
                {
                    "e": "blockquote",
                    "c": [{"e": "p", "c": paragraph} for paragraph in (*first, last)],
                    "lang": block["lang"] or self.report.lang,
                }
            )
        return nodes

    def _table(self, block: dict) -> Nodes:
        self.tables += 1
        number = self.words["table_number"].format(number=self.tables)
        return [{**self._grid(block, block["name"], number), "remarks": self._remarks(block), "above": []}]

    def _figure(self, block: dict) -> Nodes:
        self.figures += 1
        number = self.words["figure_number"].format(number=self.figures)
        data = self._grid(block, f"{block['name']}.data", number)
        self.data_tables.append({**data, "remarks": [], "above": [], "back": block["name"]})
        return [
            {
                "e": "figure",
                "c": [],
                "id": block["name"],
                "number": number,
                "files": list(picture_files(block)),
                "alt": block["alt"],
                "caption": block["caption"],
                "remarks": self._remarks(block),
                "data": data["id"],
            }
        ]

    def _remarks(self, block: dict) -> Nodes:
        """The caveats of a figure or table, and the documents that it comes from."""
        nodes: Nodes = [f"{block['note']} "] if block["note"] else []
        origin = block["origin"]
        if origin:
            nodes.append(f"{origin['word']} ")
            for index, document in enumerate(origin["documents"]):
                nodes += ["; " if index else "", self._link(document["href"], [document["name"]])]
                nodes += [f" ({document['where']})"] if document["where"] else []
            nodes.append(".")
        return [{"e": "small", "c": nodes}] if nodes else []

    def _grid(self, block: dict, name: str, number: str) -> dict:
        columns = block["columns"]
        rows = [
            [
                self.value(cell, Place(number, row[0]["text"], column["header"]))
                for cell, column in zip(row, columns, strict=True)
            ]
            for row in block["rows"]
        ]
        texts = [[bound(shown(text(cell))) for cell in row] for row in rows]
        return {
            "e": "table",
            "c": [],
            "id": name,
            "number": number,
            "caption": block["caption"],
            "columns": [
                {**column, **_samples(bound(shown(column["header"])), [row[index] for row in texts])}
                for index, column in enumerate(columns)
            ],
            "rows": rows,
            "lengths": [list(map(len, row)) for row in texts],
            "emphasised": block["emphasised"],
            "whole_rows": all(len(cell) <= LONG_CELL for row in texts for cell in row),
        }

    # Values.

    def value(self, cell: dict, place: Place | None = None) -> Nodes:
        """A value, linked to its line or, where it is derived, to its note. `place` is where it stands in a table."""
        nodes: Nodes = [cell["text"]]
        if cell.get("page"):
            nodes = [self._link(cell["page"], nodes)]
        elif cell.get("runs"):
            runs = [[", ", self._source_link(run["document"], run["lines"], run["text"])] for run in cell["runs"]]
            nodes = [node for run in runs for node in run][1:]
        elif cell.get("note"):
            nodes = self._derived(cell, place)
        elif cell["sources"]:
            nodes = [self._source_link(cell["sources"][0]["document"], cell["sources"][0]["lines"], cell["text"])]
        if cell["lang"] and cell["lang"] != self.report.lang:
            nodes = [{"e": "span", "c": nodes, "lang": cell["lang"]}]
        return nodes

    def _derived(self, cell: dict, place: Place | None) -> Nodes:
        label = f"note.{cell['note']}"
        if place is None:
            return [_to(label, [cell["text"]]), {"e": "mark", "c": [f"[{cell['note']}]"], "to": label}]
        # In a table a mark would stand among the digits, so there the note tells where its values are.
        rows = self.places.setdefault(cell["note"], {})
        rows.setdefault(f"{place.number}, {place.row}", []).append(place.column)
        return [_to(label, [cell["text"]])]

    def _link(self, href: str, nodes: Nodes) -> Node:
        return {"e": "a", "c": nodes, "href": href}

    def _source_link(self, document: str, lines: str, words: str) -> Node:
        if document not in self.documents:
            self.documents.append(document)
        return self._link(source_href(document, lines), [words])

    def address(self, href: str) -> dict[str, str]:
        """What a link has for its address: a label of the PDF, an address, or nothing."""
        if href.startswith("#") and href[1:] in self.anchors:
            return {"to": href[1:]}
        return {"href": address_of(href, self.report, self.site)} if href else {}

    # What stands at the end.

    def notes(self) -> Nodes:
        """How derived values were computed, with each line that they rest on."""
        return [self._note(note) for note in self.citations.notes.values()]

    def _note(self, note: Note) -> Node:
        nodes: Nodes = [{"e": "strong", "c": [f"[{note.number}]"]}, " "]
        where = "; ".join(f"{row}: {', '.join(columns)}" for row, columns in self.places.get(note.number, {}).items())
        nodes += [{"e": "em", "c": [f"{where}."]}, " "] if where else []
        nodes += [f"{note.how[0].upper()}{note.how[1:]}. "] if note.how else []
        if note.same_as:
            same = self.words["same_lines"]
            nodes += [f"{same[0].upper()}{same[1:]} ", _to(f"note.{note.same_as}", [f"[{note.same_as}]"]), "."]
        else:
            for index, (name, runs) in enumerate(self.citations.rests_on(note)):
                nodes.append(f"{'; ' if index else ''}{name}: ")
                nodes += [node for href, run in runs for node in (", ", self._link(href, [run]))][1:]
            nodes.append(".")
        return {"e": "p", "c": nodes, "id": f"note.{note.number}"}

    def not_here(self) -> str:
        """Which registered documents the report has nothing of, as a sentence; empty where it has something of each."""
        return unused(self.report.blocks, self.citations.documents, self.report.lang)

    def sources(self) -> Nodes:
        """The documents that the report cites: how the notes name them, and their titles."""
        named = dict.fromkeys([*self.documents, *(name for _, found in self.citations.notes for name, _ in found)])
        nodes: Nodes = []
        for document in named:
            source = self.citations.name(document)
            title = self._link(source_href(document, "1"), [source.title])
            words = [f"{source.name}: ", {"e": "span", "c": [title], "lang": source.lang or self.report.lang}]
            nodes.append({"e": "li", "c": words})
        return nodes


def picture_files(block: dict) -> dict[str, str]:
    """The pictures that a figure is printed as, from the top, by the names that the template has for them."""
    return {f"{block['name']}-{number}.svg": panel for number, panel in enumerate(panels(block["wide"]), start=1)}


def _to(label: str, nodes: Nodes) -> Node:
    return {"e": "to", "c": nodes, "to": label}


def _samples(header: str, cells: Sequence[str]) -> dict:
    """The longest words and lines of a column, and how much text it has: they decide how wide it is set."""
    words = {word for cell in [header, *cells] for word in _WORD.findall(cell)}
    return {
        "words": sorted(words, key=lambda word: (-len(word), word))[:4],
        "lines": sorted({header, *cells}, key=lambda line: (-len(line), line))[:3],
        # The header weighs more than its letters: it should not take more lines than the rest of a row.
        "text": 3 * len(header) + sum(map(len, cells)) + 1,
    }


def _led(blocks: Nodes) -> Nodes:
    """The blocks, with a short paragraph before a figure or list marked as going with it.

    What leads up to a table, headings included, becomes part of it: it turns the page with its table.
    """
    out: Nodes = []
    for index, block in enumerate(blocks):
        after = blocks[index + 1]["e"] if index + 1 < len(blocks) else ""
        if block["e"] == "p" and after in ("figure", "table", "ul", "ol"):
            words = text(block["c"])
            leads = len(words) <= LEAD if after in ("figure", "table") else words.endswith(":")
            block = {**block, "lead": True} if leads else block
        if block["e"] == "table":
            before: Nodes = []
            while out and (out[-1].get("lead") or out[-1]["e"] in ("h2", "h3", "h4")):
                before.insert(0, out.pop())
            block = {**block, "above": before}
        out.append(block)
    return out


def printed(report: Content, documents: dict[str, Source], site: str) -> dict:
    """What the Typst template needs of a report.

    `documents` are those that it can cite, by id; `site` is the address of the published site, empty where it is not
    known.
    """
    printing = _Printing(report, documents, site)
    body = printing.body()
    # What stands before the first heading or figure opens the report, above its contents.
    opens = list(takewhile(lambda block: block["e"] == "p" and not block.get("lead"), body))
    data = {
        "title": report.title,
        "language": report.lang,
        "regions": REGIONS,
        "words": printing.words,
        "opening": opens,
        "body": body[len(opens) :],
        "data_tables": printing.data_tables,
        "notes": printing.notes(),
        "sources": printing.sources(),
        "not_here": printing.not_here(),
    }
    after = {"data_tables": "data_tables", "sources": "cited_documents", "notes": "notes"}
    data["contents"] = [*_titles(data["body"]), *(printing.words[word] for part, word in after.items() if data[part])]
    return Legible(printing.address).of(data)


def _titles(blocks: Nodes) -> list[str]:
    """The headings of the first level, those that turn with their table too."""
    return [
        title
        for block in blocks
        for title in ([text(block)] if block["e"] == "h2" else _titles(block.get("above", [])))
    ]
