"""The report of an examination, as a person reads it in a terminal."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kommunebudsjett.adding.candidate import Candidate
from kommunebudsjett.adding.entries import entry_text
from kommunebudsjett.adding.examination import Examination
from kommunebudsjett.core.texts import Text as DocumentText
from kommunebudsjett.core.texts import page_of
from kommunebudsjett.readers.records import Cell
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.readers.unit_words import UNKNOWN
from kommunebudsjett.readers.units import without_unit
from kommunebudsjett.tables.area_words import AreaWords
from kommunebudsjett.tables.finding_names import name_of
from kommunebudsjett.tables.grouping import records
from kommunebudsjett.tables.readings import readings
from kommunebudsjett.tables.service_areas import crosswalk_row, csv_line
from kommunebudsjett.tables.storage import format_number

# So many of a kind are shown.
_EXAMPLES = 3
_UNREAD = 20
_WIDTH = 100
_LONGEST = 90
# The cells of a sheet that a reason names.
_CELLS = re.compile(r" \([^()]*!\w+(?::\w+)?\)$")
# So many lines of a finding are named.
_LINES = 4
# So much of the line that gives a unit is shown.
_UNIT_WORDS = 40
# The kinds of rows that a reader gives, and how one is told: what it is, and its value.
_KINDS = {
    "cells": ("table cells", lambda row: (_joined(row.table, row.group, row.row, row.column), row.raw)),
    "measures": ("measures", lambda row: (_joined(row.area, row.group, row.measure, row.year), _amount(row))),
    "measure_texts": ("texts of measures", lambda row: (_joined(row.area, row.heading), row.text)),
    "directives": ("directives without money", lambda row: (_joined(row.area, row.title), row.text)),
    "goals": ("goals", lambda row: (_joined(row.chapter, row.goal), row.status)),
    "fiscal_rules": ("fiscal rules", lambda row: (_joined(row.rule, row.year or row.period), row.value_percent)),
    "facts": ("facts of the prose", lambda row: (_joined(row.what, row.year), row.raw)),
    "inspections": ("inspections", lambda row: (_joined(row.authority, row.unit), row.theme)),
}
# The tables that are made of printed tables. Where one is empty, the reports say that the document lacks it.
_FROM_CELLS = {
    "accounts": "accounts by service area",
    "plans": "plan by service area",
    "statement_by_kind": "income and expenditure by kind",
    "investments": "investments",
    "balance": "balance sheet",
    "guarantees": "guarantees",
    "key_figures": "key figures beside other municipalities",
    "workforce": "staff and pay by gender",
}
_SEVERITIES = ("error", "doubt", "slip", "note")
_NAMES = {"budget_year": "budget year", "period_from": "period"}


def visible(text: str) -> str:
    """A line of text as it can be shown in a terminal: what is not printed, or turns the direction of what follows, is
    written as its code. Texts of documents and names of files come from others.

    >>> visible("\\x1b[31mrødt\\u202e")
    '\\\\x1b[31mrødt\\\\u202e'
    """
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) == "Zs"
        else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
        for letter in text
    )


def _shown(value: object, cut: bool) -> Text:
    """A value of a document as one line; with `cut`, no more of it than tells what it is."""
    text = visible(" ".join(str("" if value is None else value).split()))
    return Text(text[: _LONGEST - 1] + "…" if cut and len(text) > _LONGEST else text)


def _joined(*parts: object) -> str:
    return " › ".join(str(part) for part in parts if part not in ("", None))


def _amount(measure) -> str:
    return "no amount" if measure.amount_mnok is None else f"{format_number(measure.amount_mnok)} million kroner"


def console() -> Console:
    """The terminal; without one, lines of a fixed width, without colours."""
    terminal = Console(highlight=False, markup=False, emoji=False)
    if not terminal.is_terminal:
        terminal = Console(highlight=False, markup=False, emoji=False, width=_WIDTH, color_system=None)
    return terminal


class Report:
    """Writes the parts of a report to a terminal."""

    def __init__(self, terminal: Console):
        self.terminal = terminal

    def heading(self, words: str) -> None:
        self.terminal.print()
        self.terminal.print(Text(words, style="bold"))

    def say(self, words: str) -> None:
        """A sentence of our own, which may hold words of the document."""
        self.terminal.print(Text(visible(words)))

    def verbatim(self, lines: str) -> None:
        """Lines to copy: as they are, never wrapped."""
        for line in lines.splitlines():
            self.terminal.print(Text(visible(line)), soft_wrap=True)

    def rows(
        self, header: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[str] = (), cut: bool = True
    ) -> None:
        """A table; a cell is a value of the document, with `cut` on one line. The first column is never wrapped."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_header=bool(header))
        for place, name in enumerate(header):
            plain = place == 0 or name in numeric
            table.add_column(name, justify="right" if name in numeric else "left", no_wrap=plain, overflow="fold")
        for row in rows:
            table.add_row(*(_shown(value, cut) for value in row))
        self.terminal.print(table)


def entry(report: Report, candidate: Candidate) -> None:
    """What the document is, what each part of that was found by, and the entry as it will be written."""
    document = candidate.document
    values = document.model_dump(exclude_defaults=True)
    values["period_from"] = f"{document.period_from}-{document.period_to}"
    del values["period_to"]
    found = {"role": "its family", **candidate.found, "period_from": candidate.found.get("period", "")}
    report.heading("The document")
    report.rows(
        ("", "", "found by"),
        [(_NAMES.get(name, name), value, found.get(name, "")) for name, value in values.items()],
        cut=False,
    )
    if candidate.trials:
        report.heading("What each reader finds in it")
        report.rows(
            ("family", "numbers read", "unread", "rows of its kind"),
            [
                (trial.family, trial.records.numbers_read, len(trial.records.unread), trial.holds)
                for trial in candidate.trials
            ],
            numeric=("numbers read", "unread", "rows of its kind"),
        )
    if not candidate.registered:
        report.heading("The entry for data/raw/documents.yml")
        report.verbatim(entry_text(document))


def how_read(report: Report, examination: Examination) -> None:
    """What was assumed of the file, and what of it is no part of its text."""
    text = examination.text
    if not text.remarks and not text.left_out:
        return
    report.heading("The file")
    for remark in text.remarks:
        report.say(f"{remark[0].upper()}{remark[1:]}.")
    reasons = Counter(_CELLS.sub("", found.reason) for found in text.left_out)
    if reasons:
        report.say("Left out of its text (kommunebudsjett text FILE lists it):")
        report.rows(("times", "why"), [(count, reason) for reason, count in reasons.most_common()], numeric=("times",))


def nothing_read(report: Report, examination: Examination) -> None:
    """That the reader took nothing of the document, where it is so."""
    records = examination.records
    if records.directives and not records.numbers_read:
        report.heading(f"The document states no amount of a measure; {len(records.directives)} directives were read")
    elif records.facts and not records.numbers_read:
        report.heading(f"The document has no tables of amounts; {len(records.facts)} facts of its prose were read")
    elif records.empty:
        family = examination.candidate.document.family
        report.heading(f"Nothing in the document could be read as {family}")
        report.say("What was seen and not read is listed below. The document cannot be added like this.")


def without_units(report: Report, examination: Examination) -> None:
    """The tables with amounts of which nothing says the unit, and how a person can state it; nothing where all do."""
    lacking = without_unit(examination.records.cells)
    if not lacking:
        return
    report.heading(f"No unit is stated for {sum(lacking.values())} amounts")
    report.say("Nothing in the document says whether they are kroner, thousands or millions. No report has them.")
    report.say("If you know it, state it in the document's entry in data/raw/documents.yml (mnok, tnok or nok):")
    report.verbatim("  units: {" + ", ".join(f'"{table}": UNIT' for table in lacking) + "}")


def tables(report: Report, examination: Examination) -> None:
    """Each printed table: its columns, how many values were read, its units and the line that each is from."""
    found: dict[str, list[Cell]] = {}
    for cell in examination.records.cells:
        found.setdefault(cell.table, []).append(cell)
    if not found:
        return
    report.heading(f"Tables: {len(found)}")
    rows = []
    for table, cells in found.items():
        columns = list(dict.fromkeys(cell.column for cell in cells))
        rows.append((table, cells[0].caption, "; ".join(columns), len(cells), _units(cells, examination)))
    report.rows(("table", "caption", "columns", "values", "unit"), rows, numeric=("values",))


def meanings(report: Report, examination: Examination) -> None:
    """Each printed table: what each of its columns means, and which typed table it became, or why none."""
    typed = {name: examination.tables[name] for name in _FROM_CELLS if "table" in examination.tables[name]}
    found = readings(examination.tables["table_cells"], typed)
    if not found:
        return
    report.heading("What the columns mean, and what each table became")
    for reading in found:
        columns = "; ".join(_column(*column) for column in reading.columns)
        became = ", ".join(_FROM_CELLS[name] for name in reading.became) or f"no typed table: {reading.why}"
        report.say(_joined(reading.table, reading.caption[:_LONGEST]))
        report.say(f"  {columns}")
        report.say(f"  → {became}")


def _column(column: str, meaning: str, year: int | None) -> str:
    words = " ".join(filter(None, [meaning.replace("_", " ") or "unknown", str(year or "")]))
    return f"{column}: {words}"


def _units(cells: list[Cell], examination: Examination) -> str:
    """The units of a table, the most frequent first, each with the words that give it."""
    counts = Counter((cell.unit, cell.unit_line) for cell in cells)
    parts = []
    for unit in dict.fromkeys(unit for (unit, _), _ in counts.most_common()):
        lines = sorted(line for (name, line), _ in counts.items() if name == unit and line)
        if lines:
            words = " ".join(examination.text.lines[lines[0] - 1].split())
            parts.append(f"{unit} ({_place(lines[0], examination.text)}: “{words[:_UNIT_WORDS]}”)")
        else:
            parts.append(unit if unit == UNKNOWN else f"{unit} (stated in documents.yml)")
    return "; ".join(parts)


def beyond_limits(report: Report, examination: Examination) -> None:
    """The amounts that no municipality can have; nothing where there are none. The stage `tables` stops at them."""
    if not examination.beyond:
        return
    report.heading(f"Amounts that cannot be right: {len(examination.beyond)}")
    rows = [(_place(found.line, examination.text), found.table, found.why) for found in examination.beyond[:_UNREAD]]
    report.rows(("where", "table", "why"), rows, cut=False)
    report.say("Is the unit of the table right? State it with --unit, or in units: of the entry, where it is not.")


def contents(report: Report, examination: Examination) -> None:
    """What was read: each kind with its count and the first rows, and the tables that reports are made of."""
    records = examination.records
    report.heading(f"Read: {records.numbers_read} numbers in tables and measures")
    for kind, (name, told) in _KINDS.items():
        found = getattr(records, kind)
        if found:
            report.say(f"{len(found)} {name}, among them:")
            report.rows((), [(_place(_line(row), examination.text), *told(row)) for row in _some(found)])
    lacking = [name for kind, (name, _) in _KINDS.items() if not getattr(records, kind)]
    if lacking:
        report.say(f"None: {', '.join(lacking)}.")
    counts = {name: len(examination.tables[name]) for name in _FROM_CELLS}
    if any(counts.values()):
        report.heading("Tables of the accounts")
        report.rows(("", "rows"), [(_FROM_CELLS[name], count or "none") for name, count in counts.items()])


def _some(rows: list) -> list:
    """A few of the rows, from the first to the last."""
    places = {round(place * (len(rows) - 1) / (_EXAMPLES - 1)) for place in range(_EXAMPLES)}
    return [rows[place] for place in sorted(places)]


def _line(row) -> int:
    """The first line of a row of the records."""
    return getattr(row, "line", None) or getattr(row, "line_first", None) or split_lines(row.lines)[0]


def _place(line: int, text: DocumentText) -> str:
    """Where a line stands: `line 345`, in a PDF `page 12, line 345`, in another file `line 345 (Ark1!A5:F5)`."""
    if text.pages:
        return f"page {page_of(text.pages, line)}, line {line}"
    place = next((place for at, place in text.places if at == line), "")
    return f"line {line} ({place})" if place else f"line {line}"


def unread(report: Report, examination: Examination, everything: bool) -> None:
    """The numbers that no table of amounts has, with the reason of each."""
    numbers = list(examination.tables["unread"].itertuples())
    report.heading(f"Unread: {len(numbers)} numbers" if numbers else "Unread: none")
    if not numbers:
        return
    shown = numbers if everything else numbers[:_UNREAD]
    rows = [(_place(row.line, examination.text), row.raw, row.reason) for row in shown]
    report.rows(("where", "printed", "why"), rows)
    if len(shown) < len(numbers):
        report.say(f"… and {len(numbers) - len(shown)} more; --all shows them.")
    if examination.records.cells:
        report.say("Where you can read a number of a table, add a line for it to data/reference/rulings.csv, with its")
        report.say("column as the list of tables has it:")
        document = examination.candidate.document.id
        lines = dict.fromkeys(row.line for row in shown[:_EXAMPLES])
        report.verbatim(
            "\n".join(csv_line([document, str(n), "COLUMN", "value", "NUMBER", "WHY", "NAME"]) for n in lines)
        )


def audit(report: Report, findings: pd.DataFrame, everything: bool) -> None:
    """Where the document contradicts itself, what is surest first; what follows from another is counted there."""
    if findings.empty:
        report.heading("The audit finds nothing that contradicts itself")
        return
    roots = findings[findings["follows_from"] == ""]
    consequences = Counter(findings.loc[findings["follows_from"] != "", "follows_from"])
    counts = roots["severity"].value_counts()
    told = ", ".join(f"{counts[severity]} {severity}" for severity in _SEVERITIES if severity in counts)
    report.heading(f"Findings of the audit: {told}")
    rank = roots["severity"].map({severity: place for place, severity in enumerate(_SEVERITIES)})
    rows = roots.assign(rank=rank).sort_values("rank", kind="stable")
    shown = rows if everything else rows.head(_UNREAD)
    told_rows = []
    for row in records(shown):
        following = consequences.pop(name_of(row), 0)
        more = f" {following} more follow from it." if following else ""
        told_rows.append((row.severity, _few(str(row.lines)), f"{row.description_en}{more}"))
    report.rows(("", "line", ""), told_rows, cut=False)
    if len(shown) < len(rows):
        report.say(f"… and {len(rows) - len(shown)} more; --all shows them.")


def _few(lines: str) -> str:
    """The first of the lines that a finding is about."""
    runs = lines.split(";")
    return "; ".join(runs[:_LINES]) + ("; …" if len(runs) > _LINES else "")


def to_do(
    report: Report,
    examination: Examination,
    area_ids: list[str],
    words: AreaWords,
    unglossed: list[str],
    everything: bool,
) -> None:
    """What a person must add to data/reference before the document can be used, and what would be good to add."""
    document = examination.candidate.document
    if examination.unmapped:
        report.heading(f"Areas without a harmonised area: {len(examination.unmapped)}")
        report.say("Add these lines to data/reference/service_areas.csv, with the area that each belongs to:")
        proposed = {name: words.propose(name) for name, _ in examination.unmapped}
        known = {name: found for name, found in proposed.items() if found and found.area_id in area_ids}
        sure = {name: found.area_id for name, found in known.items() if found.sure == "sure"}
        place = document.municipality
        rows = [crosswalk_row(name, place, sure.get(name, "AREA_ID")) for name, _ in examination.unmapped]
        report.verbatim("\n".join(rows))
        for name, found in known.items():
            report.say(f"{name}: {found.area_id}, {found.sure}, by {', '.join(found.words)}")
        if known:
            report.say("Proposals go by words alone (data/reference/area_words.csv): confirm each, or change it.")
        first = "; ".join(f"{name}, {_place(line, examination.text)}" for name, line in examination.unmapped)
        report.say(f"First read: {first}.")
        report.say(f"AREA_ID is one of {', '.join(area_ids)}; relation is same, part or wider.")
    for file in dict.fromkeys(file for file, _, _ in examination.figures):
        lacking = [(row, source) for name, row, source in examination.figures if name == file]
        report.heading(f"Missing in data/reference/{file}")
        report.say("Amounts cannot be compared without it. Add, with the figure and where it comes from:")
        report.verbatim("\n".join(row for row, _ in lacking))
        known = f" The last one there is from: {lacking[0][1]}" if lacking[0][1] else ""
        report.say(f"STATUS is confirmed, secondary, derived or forecast.{known}")
    if unglossed:
        report.heading(f"Without English: {len(unglossed)} names")
        report.say("English reports show them in Norwegian until data/reference/glosses.csv has lines for them:")
        shown = unglossed if everything else unglossed[:_EXAMPLES]
        report.verbatim("\n".join(csv_line([name, "ENGLISH"]) for name in shown))
        if len(shown) < len(unglossed):
            report.say(f"… and {len(unglossed) - len(shown)} more; --all shows them.")
    if not examination.unmapped and not examination.figures:
        report.heading("Nothing is missing in data/reference")
        report.say(f"Every area of {document.id} is mapped, and the figures for {document.budget_year} are there.")
