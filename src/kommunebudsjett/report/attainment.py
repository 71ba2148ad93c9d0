"""What became of the goals: the aims and assessments of an annual report in, rows and quotations of a report out."""

import re
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.readers.text import join_lines, split_lines
from kommunebudsjett.report import caveats, goals
from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.goal_statements import MEASURE

# So many sentences with a number are shown of a result.
SHOWN = 2
# A year, a case number, a date, and the number of a house or of what has a name: these are no results.
_NO_RESULT = re.compile(
    r"\b(?:sak\s)?\d+/\d+\b|\b(?:19|20)\d\d\b|\b\d{1,2}\.\s(?=[a-zæøå])"
    r"|(?:\b\w*(?:vei|veien|veg|vegen|gate|gata|plass)|\b[A-ZÆØÅ][\w-]{6,})\s\d+(?:\sog\s\d+)?\b"
)


def in_parts(rows: pd.DataFrame) -> bool:
    """Whether a goal is assessed more than once, so that it counts once for each of its parts."""
    return bool(rows.duplicated(["area_id", "goal"]).any())


def statements(e: Edition, report: str) -> pd.DataFrame:
    """The sentences that the annual report has on its goals (the table `goal_statements`), without its reservations."""
    rows = e.table("goal_statements", document=report)
    return rows[rows["role"] != "reservation"]


def reservations(e: Edition, report: str, area_id: str) -> list[Cell]:
    """What the annual report says of how far the goals of an area can be measured, a sentence each."""
    rows = e.table("goal_statements", document=report, role="reservation")
    return [_said(e, [sentence]) for sentence in _listed(rows[rows["area_id"] == area_id])]


def wrong(e: Edition, report: str, rows: pd.DataFrame) -> pd.DataFrame:
    """What the audit found wrong or doubtful on the lines that speak of the goals: rows of the table `findings`."""
    said = statements(e, report)
    used = [(report, lines) for lines in said.loc[said["goal_line"].isin(rows["line"]), "lines"]]
    return caveats.touching(caveats.findings(e, report, ("error", "doubt")), used)


def measured(e: Edition, report: str, rows: pd.DataFrame) -> list[list[Cell | str]]:
    """What the report names as a measure and gives a result for in numbers: goal, status, measure, result.

    A goal can have several measures. Sentences are shown as printed: no number is taken out of them, and nothing is
    computed. A second verdict on a goal has the measure of the first.
    """
    said, aims = _by_verdict(e, report), {}
    for sentence in (sentence for own in said.values() for sentence in own if sentence.role == "aim"):
        aims.setdefault(sentence.goal, sentence)
    out = []
    for _, row in rows.assign(document_year=e.document(report)["budget_year"]).iterrows():
        own = said.get(row["line"], [])
        if (not own or own[0].role != "aim") and row["goal"] in aims:
            own = [aims[row["goal"]], *own]
        for measure, *found in _by_measure(own):
            results = _results(row, found)
            if not results or not MEASURE.match(measure.text):
                continue
            out.append(
                [
                    _titled(e, row),
                    goals.status(e, row["status"]),
                    _said(e, [measure]),
                    _said(e, results),
                ]
            )
    return out


class _Sentence(NamedTuple):
    """A sentence of a document on a goal, and its lines."""

    document: str
    goal: str
    role: str
    text: str
    lines: str


def _by_verdict(e: Edition, report: str) -> dict[int, list[_Sentence]]:
    """The statements of the annual report by the line of the verdict on their goal."""
    rows = statements(e, report)
    found: dict[int, list[_Sentence]] = {}
    for line, sentence in zip(rows["goal_line"], _listed(rows), strict=True):
        found.setdefault(line, []).append(sentence)
    return found


def _by_measure(sentences: list[_Sentence]) -> list[list[_Sentence]]:
    """The sentences on a goal, those on each of its measures together: what it is, and what came of it."""
    found: list[list[_Sentence]] = []
    for sentence in sentences:
        if sentence.role == "aim" or not found:
            found.append([])
        found[-1].append(sentence)
    return found


def _results(row: pd.Series, sentences: list[_Sentence]) -> list[_Sentence]:
    """The sentences with a number that are shown of a result, in their order: first those on the year or the goal."""
    verdict = _Sentence(row["document"], row["goal"], "verdict", row["quote"], str(row["line"]))
    found = [sentence for sentence in (verdict, *sentences) if _has_number(sentence.text)]
    about = re.compile(rf"\b{row['document_year']}\b|\b[Mm]ålet\b")
    first = sorted(range(len(found)), key=lambda index: about.search(found[index].text) is None)[:SHOWN]
    return [found[index] for index in sorted(first)]


def _listed(rows: pd.DataFrame) -> list[_Sentence]:
    return list(map(_Sentence, rows["document"], rows["goal"], rows["role"], rows["text"], rows["lines"]))


def _has_number(text: str) -> bool:
    # Nor is a code, in which letters stand before the digits.
    return re.search(r"(?<![^\W\d])\d", _NO_RESULT.sub("", text)) is not None


def _said(e: Edition, sentences: list[_Sentence]) -> Cell:
    lines = join_lines(line for sentence in sentences for line in split_lines(sentence.lines))
    return e.verbatim(" ".join(sentence.text for sentence in sentences), (sentences[0].document, lines))


def _titled(e: Edition, row: pd.Series, *sources: tuple[str, str]) -> Cell:
    """A goal as a heading, without a full stop."""
    name = e.named(row["goal"], *sources)
    return replace(name, text=name.text.rstrip("."))


def assessments(e: Edition, report: str, rows: pd.DataFrame) -> list[Quotation]:
    """What the report says of each goal, word for word, with its status. Goals without more words are left out."""
    said = _by_verdict(e, report)
    out = []
    for _, row in rows.iterrows():
        own = said.get(row["line"])
        if own is None:
            continue
        paragraphs = [" ".join(sentence.text for sentence in same) for _, same in groupby(own, attrgetter("lines"))]
        lines = join_lines({line for sentence in own for line in split_lines(sentence.lines)} | {row["line"]})
        text = "\n\n".join([row["quote"], *paragraphs])
        status = Cell(goals.status(e, row["status"]))
        out.append(Quotation(_titled(e, row), text, (row["document"], lines), status))
    return out
