"""Checks `label` and `unit`: labels that name two things, and units that are missing or that numbers cannot be in."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.readers.unit_words import UNKNOWN
from kommunebudsjett.readers.units import holds_money
from kommunebudsjett.tables.grouping import grouped

_NUMBERED = re.compile(r"^((?:Overordnet\s)?[A-ZÆØÅa-zæøå]+\s?\d*)\s?[:–-]\s?(\S.{11,})$")
_KIND = re.compile(r"^(?:overordnet mål|periodemål|resultatmål|hovedmål|mål|indikator)\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:per|pr\.?)\s+(?:innbygger|elev|barn|plass|bruker|mottaker|student|person|beboer|time|oppholdst)",
    re.IGNORECASE,
)
# The most that can be spent on one person, in million kroner a year.
MOST_EACH = 100
# The longest text of a goal, and how alike two wordings of one are.
_LONGEST, _ALIKE = 300, 0.85


class Goal(NamedTuple):
    """A numbered goal or indicator: its line, the goal it stands under, its name and its text."""

    line: int
    under: str
    name: str
    text: str


def check(source: Source) -> Iterator[Finding]:
    """Two rows of one table and group with one label, two numbered goals with one text, and impossible or missing
    units: a figure for one person cannot be hundreds of million kroner, and amounts without a unit are in no report.
    """
    # Below each area the same kinds of income and cost are printed.
    cells = source.apart[source.apart["row"] != ""]
    for (table, _, label), rows in grouped(cells, ["table", "group", "row"]).items():
        lines = sorted({cell.line for cell in rows})
        if len(lines) < 2 or len({cell.column for cell in rows}) == len(rows):
            continue
        ordered = sorted(rows, key=lambda cell: cell.column)
        values = {tuple(cell.value for cell in ordered if cell.line == line) for line in lines}
        yield finding(
            source.document, "label", "error" if len(values) > 1 else "slip", lines,
            "{where_nb} har {count} rader som heter «{label}».", "{where_en} has {count} rows called “{label}”.",
            table=table, where=(rows[0].caption, ""), count=len(lines), label=label,
        )  # fmt: skip
    yield from _impossible(source)
    yield from _missing(source)
    chapters: dict[str, list[Any]] = {}
    for sentence in source.sentences:
        chapters.setdefault(sentence.section, []).append(sentence)
    for goals in map(_goals, chapters.values()):
        yield from _same_indicators(source.document, goals)
        yield from _two_wordings(source.document, goals)


def _impossible(source: Source) -> Iterator[Finding]:
    suspects = (
        cell for cells in source.printed.values() for cell in cells
        if cell.unit == "mnok" and abs(cell.value) > MOST_EACH and _EACH.search(cell.row)
    )  # fmt: skip
    by_row: dict[tuple[str, int], list[Any]] = {}
    for cell in suspects:
        by_row.setdefault((cell.table, cell.line), []).append(cell)
    for (table, line), rows in by_row.items():
        yield finding(
            source.document, "unit", "error", [line],
            "{where_nb}: «{label}» sier millioner kroner, men tallene, opp til {stated}, kan bare være kroner.",
            "{where_en}: “{label}” says million kroner, but its numbers, up to {stated}, can only be kroner.",
            max(abs(cell.value) for cell in rows), None, table, (rows[0].caption, ""), label=rows[0].row,
        )  # fmt: skip


def _missing(source: Source) -> Iterator[Finding]:
    """Tables of accounts or budgets of which nothing in the document says what unit they are in."""
    for table, cells in source.printed.items():
        rows = [cell for cell in cells if cell.unit == UNKNOWN and holds_money(cell.column)]
        if not rows:
            continue
        yield finding(
            source.document, "unit", "doubt", [cell.line for cell in rows],
            "{where_nb} har {count} beløp, og ingenting i dokumentet sier om de er i kroner, tusen eller millioner. De "
            "er derfor ikke med i rapportene.",
            "{where_en} has {count} amounts, and nothing in the document says whether they are in kroner, thousands or "
            "millions. So no report has them.",
            table=table, where=(rows[0].caption, ""), count=len(rows),
        )  # fmt: skip


def _goals(spoken: Sequence[Any]) -> list[Goal]:
    """The numbered goals and indicators of a chapter."""
    paragraphs: dict[tuple[int, str, int], list[str]] = {}
    for sentence in spoken:
        paragraphs.setdefault((sentence.paragraph, sentence.kind, int(sentence.line)), []).append(sentence.text)
    out: list[Goal] = []
    under = ""
    for (_, _, line), texts in paragraphs.items():
        text = " ".join(texts)
        match = _NUMBERED.match(text) if len(text) < _LONGEST else None
        if match and _KIND.match(match[1]):
            if not match[1].casefold().startswith("indikator"):
                under = match[1]
            out.append(Goal(line, under, match[1].strip(), match[2].strip(" .*")))
    return out


def _same_indicators(document: str, goals: Sequence[Goal]) -> Iterator[Finding]:
    """Numbered indicators of one goal with the same text."""
    seen: dict[tuple[str, str], Goal] = {}
    for goal in goals:
        if goal.name.casefold().startswith("indikator") and goal.name[-1].isdigit():
            first = seen.setdefault((goal.under, goal.text.casefold()), goal)
            if first.name != goal.name:
                yield finding(
                    document, "label", "slip", [first.line, goal.line],
                    "«{one}» og «{other}» under samme mål er den samme: «{text}».",
                    "“{one}” and “{other}” of the same goal are the same: “{text}”.",
                    one=first.name, other=goal.name, text=goal.text,
                )  # fmt: skip


def _two_wordings(document: str, goals: Sequence[Goal]) -> Iterator[Finding]:
    """One goal printed in two wordings."""
    seen: dict[str, Goal] = {}
    for goal in goals:
        if goal.name.casefold().startswith("indikator"):
            continue
        first = seen.setdefault(goal.name, goal)
        if first.text != goal.text and SequenceMatcher(None, first.text, goal.text).ratio() > _ALIKE:
            yield finding(
                document, "label", "slip", [first.line, goal.line],
                "«{name}» står i to ordlyder: «{one}» og «{other}».",
                "“{name}” is printed in two wordings: “{one}” and “{other}”.",
                name=goal.name, one=first.text, other=goal.text,
            )  # fmt: skip
