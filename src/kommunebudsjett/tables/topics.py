"""Topics that recur: documents, clean tables and topic definitions in, what each document states of each topic out.

The definitions are data (data/reference/topics.csv): what a topic is called, and the expressions that find it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.readers.model.markup import clean, heading_text
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.contracts import TABLES, TOPIC_KINDS
from kommunebudsjett.tables.grouping import grouped
from kommunebudsjett.tables.openings import WordIndex, openings
from kommunebudsjett.tables.passages import passages
from kommunebudsjett.tables.reference import check_contract, line_of, read_reference
from kommunebudsjett.tables.service_areas import load_areas

# So many printed lines from its values the rest of a label stands at most.
_LABEL_WITHIN = 2
_REQUIRED = ("topic", "name_nb", "name_en", "kind", "area_id", "pattern", "why")
_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
# The tables whose rows say what was spent, and the column that holds it.
_SPENT = {"statement_by_kind": "value", "investments": "value", "balance": "value", "accounts": "actual"}


class Amount(NamedTuple):
    """An amount of the measure or account `name`; a total for a period has no year."""

    name: str
    value: float
    year: int | None


@dataclass
class Unit:
    """A heading, a sentence or a table row, and the amounts that it states.

    `subject` is what a topic is looked for in: the text, or the label of a table row. `group` is what a measure stands
    under in its table, and `group_line` its line.
    """

    text: str
    subject: str
    lines: tuple[int, ...]
    role: str = "sentence"
    printing: str = ""
    group: str = ""
    group_line: int = 0
    amounts: list[Amount] = field(default_factory=list)


class Finder:
    """Tells where a topic occurs: at whole words that match `pattern` and are no part of a match of `without`."""

    def __init__(self, pattern: str, without: str):
        self.pattern = whole_words(pattern)
        self._without = whole_words(without) if without else None
        self.openings = openings(pattern)

    def is_named(self, text: str) -> bool:
        """Whether a text names the topic and nothing else."""
        return self.pattern.fullmatch(text) is not None

    def finds(self, text: str) -> bool:
        """Whether the topic occurs in a text."""
        match = self.pattern.search(text)
        if match is None or self._without is None:
            return match is not None
        strangers = [other.span() for other in self._without.finditer(text)]
        return any(
            not any(start < found.end() and found.start() < end for start, end in strangers)
            for found in self.pattern.finditer(text)
        )


def whole_words(pattern: str) -> re.Pattern:
    """An expression that matches from the beginning of a word to the end of one, whatever its case."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


def load_topics(reference: Path) -> pd.DataFrame:
    """The curated definitions of topics.csv (the table `topic_definitions`).

    Raises UserError for a row that lacks a value, has an unknown kind or area, repeats an id, or has a pattern that is
    no valid regular expression or matches an empty text.
    """
    path = reference / "topics.csv"
    definitions = read_reference(path, TABLES["topic_definitions"])
    areas = tuple(load_areas(reference)["area_id"])
    seen: set[str] = set()
    for row in definitions.to_dict("records"):
        wrong, remedy = _wrong(row, seen, areas)
        if wrong:
            raise UserError(wrong, file=path, line=line_of(path, len(seen)), remedy=remedy)
        seen.add(row["topic"])
    check_contract(path, TABLES["topic_definitions"], definitions)
    return definitions


def of_municipality(definitions: pd.DataFrame, municipality: str) -> pd.DataFrame:
    """The definitions of what any municipality may have, and of what is a municipality's own."""
    return definitions[definitions["municipality"].isin(["", municipality])]


def _wrong(row: dict[str, str], seen: set[str], areas: tuple[str, ...]) -> tuple[str, str]:
    """What is wrong with a definition, and what to do about it; two empty texts where nothing is."""
    topic = row["topic"]
    empty = [name for name in _REQUIRED if not row[name].strip()]
    if empty:
        return f"{topic or 'a topic'} has no {empty[0]}", f"fill in the column {empty[0]}"
    if not _ID.fullmatch(topic):
        return f"the topic id {topic!r} is not plain", "use small letters a-z, digits and _"
    if topic in seen:
        return f"the topic {topic} is defined twice", "keep one of the rows"
    for name, allowed in (("kind", TOPIC_KINDS), ("area_id", areas)):
        if row[name] not in allowed:
            return f"the {name} of {topic} is {row[name]!r}", f"use one of {', '.join(allowed)}"
    for name in ("pattern", "except"):
        try:
            # By itself too: a pattern that closes the bracket around it is none.
            re.compile(row[name])
            matches_nothing = row[name] and whole_words(row[name]).fullmatch("")
        except re.error as error:
            return f"the {name} of {topic} is no regular expression: {error}", f"correct the column {name}"
        if matches_nothing:
            return f"the {name} of {topic} matches an empty text", f"correct the column {name}"
    return "", ""


def topics(documents: dict[str, list[str]], tables: dict[str, pd.DataFrame], definitions: pd.DataFrame) -> pd.DataFrame:
    """What each document states of each topic: the table `topics`.

    A row is a sentence, heading or table row in which the topic occurs, with its lines; one with several amounts has
    several rows. An amount is one of a measure that is named for the topic (tables `measures`), or the outcome that a
    table row of the topic gives; other passages have none.

    Parameters
    ----------
    documents: the lines of each document.
    tables: the clean tables.
    definitions: as `load_topics` gives them.
    """
    printed = {document: _Printed(_units(document, lines, tables)) for document, lines in documents.items()}
    rows = []
    for topic, pattern, without in definitions[["topic", "pattern", "except"]].itertuples(index=False):
        finder = Finder(pattern, without)
        for document, units in printed.items():
            for unit in _statements(units, finder):
                base = (topic, document, join_lines(unit.lines), unit.role, unit.text, unit.printing)
                rows += [(*base, value, year) for _, value, year in unit.amounts] or [(*base, None, None)]
    columns = ["topic", "document", "lines", "role", "statement", "printing", "amount_mnok", "year"]
    frame = pd.DataFrame(rows, columns=columns).astype({"amount_mnok": "float64", "year": "Int64"})
    return frame.drop_duplicates(ignore_index=True)


class _Printed:
    """The units of a document, and all that a topic is looked for in."""

    def __init__(self, units: list[Unit]):
        self.units = units
        self._texts = [
            (index, text)
            for index, unit in enumerate(units)
            for text in {unit.subject, unit.group, *(amount.name for amount in unit.amounts)}
            if text
        ]
        self._words = WordIndex([text for _, text in self._texts])

    def with_topic(self, finder: Finder) -> list[int]:
        """Which units may hold the topic."""
        texts = (self._texts[number] for number in self._words.with_word_in(finder.openings))
        return sorted({index for index, text in texts if finder.finds(text)})


def _statements(printed: _Printed, finder: Finder) -> Iterator[Unit]:
    """The units in which a topic occurs, with the amounts that are its own.

    A heading that names the topic is one statement with the sentence below it. One with none below is a statement if
    it says something of what it names ("Mål 1: Redusere sykefraværet").
    """
    units = printed.units
    taken = -1
    for index in printed.with_topic(finder):
        stated = _stated(units[index], finder) if index != taken else None
        below = units[index + 1] if index + 1 < len(units) else None
        if stated and stated.role == "heading" and below and below.role == "sentence":
            taken = index + 1
            amounts = stated.amounts + [amount for amount in below.amounts if finder.finds(amount.name)]
            text = f"{stated.text.rstrip(':')}: {below.text}"
            yield Unit(text, "", stated.lines + below.lines, "heading", amounts=amounts)
        elif stated and (stated.role != "heading" or _says_something(stated)):
            yield stated


def _says_something(heading: Unit) -> bool:
    return ": " in heading.text or bool(heading.amounts)


def _stated(unit: Unit, finder: Finder) -> Unit | None:
    """A unit with the amounts of the topic alone, or None where the topic does not occur in it."""
    if finder.finds(unit.subject):
        amounts = unit.amounts
        if unit.role != "row":
            amounts = [amount for amount in amounts if finder.finds(amount.name)]
        return replace(unit, amounts=amounts)
    if unit.role == "row":
        if not unit.group or not finder.is_named(unit.group):
            return None
        return replace(unit, text=f"{unit.group}: {unit.text}", lines=(unit.group_line, *unit.lines))
    amounts = [amount for amount in unit.amounts if finder.finds(amount.name)]
    return replace(unit, amounts=amounts) if amounts else None


def _units(document: str, lines: list[str], tables: dict[str, pd.DataFrame]) -> list[Unit]:
    """The passages and table rows of a document in the order of their lines, with all amounts that they state."""
    own = {name: table[table["document"] == document] for name, table in tables.items() if "document" in table}
    rows = _table_rows(lines, own)
    prose = _prose(lines, own, _table_lines(lines, own["table_cells"]) | {line for row in rows for line in row.lines})
    return sorted(rows + prose, key=lambda unit: unit.lines[-1])


def _table_lines(lines: list[str], cells: pd.DataFrame) -> set[int]:
    """The lines of tables: from the caption or the first header line to the last value."""
    found: set[int] = set()
    for table, rows in cells.groupby("table")["line"]:
        first = start = int(rows.min())
        unnumbered = table.removeprefix("x-")
        if unnumbered != table:
            start = int(unnumbered)
        else:
            captions = (line for line in range(first, 0, -1) if heading_text(lines[line - 1]).startswith(table))
            start = next(captions, first)
        found.update(range(start, int(rows.max()) + 1))
    return found


def _table_rows(lines: list[str], own: dict[str, pd.DataFrame]) -> list[Unit]:
    """The printed table rows that have a label, and the text rows of the table of inspections."""
    measures = own["measures"]
    measures_on = grouped(measures[measures["basis"] == "table"], ["line"])
    spent = _spent(own)
    found = []
    for (line, label), cells in grouped(own["table_cells"], ["line", "row"]).items():
        if not label:
            continue
        values = " ".join(clean(cell.raw) for cell in cells)
        unit = Unit(f"{label} {values}", label, _lines_of_label(lines, line, label), role="row")
        unit.amounts = [Amount(label, *amount) for amount in spent.get(line, [])]
        if stated := measures_on.get((line,)):
            unit.printing, unit.group = stated[0].printing, stated[0].group
            unit.amounts = _amounts(label, stated)
            above = (number for number in range(line, 0, -1) if heading_text(lines[number - 1]) == unit.group)
            unit.group_line = next(above, line)
        found.append(unit)
    for line in own["inspections"]["line"]:
        text = " ".join(lines[line - 1].split())
        found.append(Unit(text, text, (line,), role="row"))
    return found


def _lines_of_label(lines: list[str], line: int, label: str) -> tuple[int, ...]:
    """The lines of a table row: a label may begin on the line above that of the values, or end on one below.

    A header that the page repeats may stand between.
    """
    found = [line]
    if heading_text(lines[line - 1]).startswith(label):
        return (line,)
    above, below = range(line - 1, 0, -1), range(line + 1, len(lines) + 1)
    for neighbours, belongs in ((above, label.startswith), (below, label.endswith)):
        printed = ((number, heading_text(lines[number - 1])) for number in neighbours if lines[number - 1].strip())
        near = islice(printed, _LABEL_WITHIN)
        found += [number for number, text in near if text and text != label and belongs(text)][:1]
    return tuple(sorted(found))


def _spent(own: dict[str, pd.DataFrame]) -> dict[int, list[tuple[float, int]]]:
    """What was spent or held by line of the accounts, in million kroner, each with its year."""
    found: dict[int, list[tuple[float, int]]] = {}
    for name, column in _SPENT.items():
        rows = own[name]
        if "meaning" in rows:
            rows = rows[(rows["meaning"] == "actual") & (rows["unit"] == "mnok")]
        for line, value, year in rows[["line", column, "year"]].dropna().itertuples(index=False):
            found.setdefault(line, []).append((value, year))
    return found


def _amounts(name: str, measures: list[Any]) -> list[Amount]:
    """The amounts of measures, with their years, under one name."""
    return [
        Amount(name, row.amount_mnok, None if pd.isna(row.year) else int(row.year))
        for row in measures
        if pd.notna(row.amount_mnok)
    ]


def _prose(lines: list[str], own: dict[str, pd.DataFrame], skip: set[int]) -> list[Unit]:
    """The headings and sentences, with the amounts of measures that they state."""
    headings = {*own["measure_texts"]["heading"], *own["directives"]["title"]} - {""}
    found = [
        Unit(passage.text, passage.text, passage.lines, "heading" if passage.is_heading else "sentence")
        for passage in passages(lines, skip, headings)
    ]
    at: dict[int, list[Unit]] = {}
    for unit in found:
        for line in unit.lines:
            at.setdefault(line, []).append(unit)
    measures = own["measures"][own["measures"]["basis"].isin(["heading", "prose"])]
    for (name, line, quote), rows in grouped(measures, ["measure", "line", "quote"]).items():
        near = at.get(line, [])
        words = " ".join(quote.split())
        stating = next((unit for unit in near if words in unit.text), near[0] if near else None)
        if stating:
            stating.amounts += _amounts(name, rows)
    return found
