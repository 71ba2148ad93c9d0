"""The search: what can be found as records, and Pagefind's indexes of them: one of the reports, one of the documents.

Pagefind reads pages, so each record is written as a small page of its own, in a folder that is thrown away. Its filters
are not used: it writes their values in another order in each run.
"""

import json
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from jinja2 import Environment

from kommunebudsjett.core.printable import printable
from kommunebudsjett.publish.content import Content, words_of
from kommunebudsjett.publish.pagefind import index
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.tables.passages import Passage

# The kinds of records, in the order in which they can be chosen.
KINDS = ("report", "topic", "measure", "directive", "goal", "document")
# Characters of a document in a record: few enough to lead near to the words, many enough for a small index.
_PIECE = 1000
# What no page of the site uses of an index: search boxes of Pagefind's own.
_UNUSED = ("pagefind-component-ui.*", "pagefind-modular-ui.*", "pagefind-ui.*", "pagefind-highlight.js")
# The program, which is that of the index that another is merged into.
_PROGRAM = ("*.js", "wasm.*")

_PAGE = Environment(autoescape=True).from_string(
    """\
<html lang="{{ lang }}"><head>
<meta data-pagefind-meta="address[content]" content="{{ record.address }}">
<meta data-pagefind-meta="kind[content]" content="{{ record.kind }}">
<meta data-pagefind-meta="place[content]" content="{{ record.place }}">
<meta data-pagefind-meta="lang[content]" content="{{ record.lang }}">
</head><body data-pagefind-body><h1>{{ record.title }}</h1><p>{{ record.text }}</p></body></html>
"""
)


class Record(NamedTuple):
    """What can be found.

    `kind` is one of KINDS, `title` and `text` are what is searched and shown, `place` says where it stands (a
    report or a document), `address` is seen from the root of the site, and `lang` is the language of title and text.
    """

    kind: str
    title: str
    text: str
    place: str
    address: str
    lang: str


def report_records(reports: list[Content]) -> Iterator[Record]:
    """The reports, a record a section; what stands before the first section is found under the title."""
    for report in reports:
        address, title, texts = f"{report.lang}/{report.name}.html", report.title, []
        for block in report.blocks:
            # Headings cut the text; what is between them belongs to the one above.
            if block.get("level") == 2:
                yield Record("report", title, _joined(texts), report.title, address, report.lang)
                address, title = f"{report.lang}/{report.name}.html#{block['id']}", words_of(block)
                texts = []
            else:
                texts.append(_words(block))
        yield Record("report", title, _joined(texts), report.title, address, report.lang)


def _words(block: dict) -> str:
    """The words of a block."""
    rows = (row[0]["text"] for row in block.get("rows", []))
    said = [block.get(name, "") for name in ("summary", "caption", "alt", "note")]
    return _joined([*said, words_of(block) if "html" in block else "", *rows])


def _joined(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


def measure_records(measures: pd.DataFrame, printing: str, names: dict[str, str]) -> Iterator[Record]:
    """Measures, each once: in the chosen printing where a document prints its tables twice."""
    chosen = measures[measures["printing"].isin(["", printing])]
    for (document, area, measure), rows in chosen.groupby(["document", "area", "measure"], sort=False):
        yield _in_document("measure", document, rows["line"].min(), measure, area, names)


def directive_records(directives: pd.DataFrame, names: dict[str, str]) -> Iterator[Record]:
    """Instructions without money."""
    for row in directives.itertuples():
        yield _in_document("directive", row.document, row.line_first, row.title or row.area, row.text, names)


def goal_records(goals: pd.DataFrame, names: dict[str, str]) -> Iterator[Record]:
    """Assessed goals, with the verdict as it is printed."""
    for row in goals.itertuples():
        yield _in_document("goal", row.document, row.line, row.goal, f"{row.chapter}. {row.quote}", names)


def topic_records(
    definitions: pd.DataFrame, topics: pd.DataFrame, sections: dict[str, str], names: dict[str, str], lang: str
) -> Iterator[Record]:
    """Topics, each with all that is said of it.

    A topic leads to the section of a report that has its name (`sections`: headings to addresses), else to where it is
    first mentioned.
    """
    said = dict(list(topics.groupby("topic", sort=False)))
    for row in definitions.itertuples():
        if row.topic not in said:
            continue
        statements = said[row.topic]
        first = statements.iloc[0]
        name = getattr(row, f"name_{lang}")
        found = [names[document] for document in statements["document"].unique()]
        yield Record(
            "topic",
            name,
            printable(_joined([*found, *statements["statement"].drop_duplicates().head(3)])),
            ", ".join(found),
            sections.get(name, f"sources/{first['document']}.html#L{split_lines(first['lines'])[0]}"),
            lang,
        )


def document_records(document: str, text: list[Passage], names: dict[str, str]) -> Iterator[Record]:
    """The text of a document, in pieces under the heading that they stand under."""
    title, texts, first = "", [], 0
    for passage in text:
        full = sum(map(len, texts)) > _PIECE
        if texts and (passage.is_heading or full):
            yield _in_document("document", document, first, title or names[document], " ".join(texts), names)
            texts = []
        if passage.is_heading:
            title = passage.text
            continue
        if not texts:
            first = passage.lines[0]
        texts.append(passage.text)
    if texts:
        yield _in_document("document", document, first, title or names[document], " ".join(texts), names)


def _in_document(kind: str, document: str, line: int, title: str, text: str, names: dict[str, str]) -> Record:
    return Record(kind, printable(title), printable(text), names[document], f"sources/{document}.html#L{line}", "nb")


def write_index(records: dict[str, list[Record]], folder: Path, leave_out: Sequence[str] = _UNUSED) -> None:
    """Write Pagefind's index of the records, by the language of the pages that they are found from.

    The same records give the same bytes. Raises UserError where Pagefind does not run.
    """
    files = index(
        (f"{lang}/{number:05}.html", _PAGE.render(record=record, lang=lang))
        for lang, found in records.items()
        for number, record in enumerate(found)
    )
    for name, content in files.items():
        if not any(fnmatch(name, pattern) for pattern in leave_out):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    # The only file whose order changes from run to run.
    entry = folder / "pagefind-entry.json"
    content = json.loads(entry.read_text(encoding="utf-8"))
    entry.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def write_merged_index(records: dict[str, list[Record]], folder: Path) -> None:
    """As `write_index`, without the program: an index that is merged into another (Pagefind's `mergeIndex`)."""
    write_index(records, folder, (*_UNUSED, *_PROGRAM))
