"""What became of the goals: the aims and assessments of an annual report in, rows and quotations of a report out."""

import re
from dataclasses import replace
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


def by_area(e: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """How many goals have each status (columns, those that occur), by area (index, in the order of the areas)."""
    counts = rows.groupby(["area_id", "status"]).size().unstack(fill_value=0)
    areas = [area for area in e.areas.index if area in counts.index]
    return counts.reindex(index=areas, columns=[name for name in goals.STATUSES if name in counts.columns])


def counted_again(e: Edition, rows: pd.DataFrame) -> str:
    """That goals with several assessments count once for each, as a sentence; empty where there are none."""
    again = rows[rows.duplicated(["area_id", "goal"])]
    if again.empty:
        return ""
    return e.text(
        " Et mål som er vurdert i flere deler, er talt én gang for hver del.",
        " A goal that is assessed in several parts counts once for each part.",
    )


def statements(e: Edition) -> pd.DataFrame:
    """The sentences that the outcome has on its goals (the table `goal_statements`), without its reservations."""
    rows = e.table("goal_statements")
    return rows[(rows["document"] == e.part("outcome")["document"]) & (rows["role"] != "reservation")]


def reservations(e: Edition, area_id: str) -> list[Cell]:
    """What the outcome says of how far the goals of an area can be measured, a sentence each."""
    rows = e.table("goal_statements")
    rows = rows[(rows["document"] == e.part("outcome")["document"]) & (rows["role"] == "reservation")]
    return [_sentences(e, rows.loc[[index]]) for index in rows.index[rows["area_id"] == area_id]]


def wrong(e: Edition, rows: pd.DataFrame) -> pd.DataFrame:
    """What the audit found wrong or doubtful on the lines that speak of the goals: rows of the table `findings`."""
    document = e.part("outcome")["document"]
    said = statements(e)
    used = [(document, lines) for lines in said.loc[said["goal_line"].isin(rows["line"]), "lines"]]
    return caveats.touching(caveats.findings(e, "outcome", ("error", "doubt")), used)


def measured(e: Edition, rows: pd.DataFrame) -> list[list[Cell | str]]:
    """What the report names as a measure and gives a result for in numbers: goal, status, measure, result.

    A goal can have several measures. Sentences are shown as printed: no number is taken out of them, and nothing is
    computed. A second verdict on a goal has the measure of the first.
    """
    said = statements(e)
    out = []
    for _, row in rows.assign(document_year=e.part("outcome")["budget_year"]).iterrows():
        own = said[said["goal_line"] == row["line"]]
        if own.empty or own["role"].iloc[0] != "aim":
            first = said[(said["goal"] == row["goal"]) & (said["role"] == "aim")].head(1)
            own = pd.concat([first, own])
        for _, part in own.groupby((own["role"] == "aim").cumsum(), sort=False):
            measure, results = part.iloc[:1], _results(row, part.iloc[1:])
            if not results or not MEASURE.match(measure["text"].iloc[0]):
                continue
            out.append(
                [
                    _titled(e, row),
                    goals.status(e, row["status"]),
                    _sentences(e, measure),
                    _said(e, results),
                ]
            )
    return out


class _Sentence(NamedTuple):
    """A sentence of a document and its lines."""

    document: str
    text: str
    lines: str


def _results(row: pd.Series, sentences: pd.DataFrame) -> list[_Sentence]:
    """The sentences with a number that are shown of a result, in their order: first those on the year or the goal."""
    verdict = _Sentence(row["document"], row["quote"], str(row["line"]))
    found = [sentence for sentence in (verdict, *_listed(sentences)) if _has_number(sentence.text)]
    about = re.compile(rf"\b{row['document_year']}\b|\b[Mm]ålet\b")
    first = sorted(range(len(found)), key=lambda index: about.search(found[index].text) is None)[:SHOWN]
    return [found[index] for index in sorted(first)]


def _listed(rows: pd.DataFrame) -> list[_Sentence]:
    return list(map(_Sentence, rows["document"], rows["text"], rows["lines"]))


def _has_number(text: str) -> bool:
    # Nor is a code, in which letters stand before the digits.
    return re.search(r"(?<![^\W\d])\d", _NO_RESULT.sub("", text)) is not None


def _sentences(e: Edition, rows: pd.DataFrame) -> Cell:
    return _said(e, _listed(rows))


def _said(e: Edition, sentences: list[_Sentence]) -> Cell:
    lines = join_lines(line for sentence in sentences for line in split_lines(sentence.lines))
    return e.verbatim(" ".join(sentence.text for sentence in sentences), (sentences[0].document, lines))


def _titled(e: Edition, row: pd.Series, *sources: tuple[str, str]) -> Cell:
    """A goal as a heading, without a full stop."""
    name = e.named(row["goal"], *sources)
    return replace(name, text=name.text.rstrip("."))


def assessments(e: Edition, rows: pd.DataFrame) -> list[Quotation]:
    """What the report says of each goal, word for word, with its status. Goals without more words are left out."""
    said = statements(e)
    out = []
    for _, row in rows.iterrows():
        own = said[said["goal_line"] == row["line"]]
        if own.empty:
            continue
        paragraphs = [" ".join(same["text"]) for _, same in own.groupby(own["lines"].ne(own["lines"].shift()).cumsum())]
        lines = join_lines({line for run in own["lines"] for line in split_lines(run)} | {row["line"]})
        text = "\n\n".join([row["quote"], *paragraphs])
        status = Cell(goals.status(e, row["status"]))
        out.append(Quotation(_titled(e, row), text, (row["document"], lines), status))
    return out
