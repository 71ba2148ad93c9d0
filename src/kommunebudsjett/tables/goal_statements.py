"""What an annual report says of each goal that it assesses: documents and goals in, its aim and assessment out.

The table `goals` has the verdict; here stand the aim that it was measured by, what the report gives as result, and what
it says of how far the goals that follow can be measured at all.
"""

import re

import pandas as pd

from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.passages import Passage, passages

COLUMNS = ["document", "area_id", "goal", "goal_line", "role", "text", "lines"]
# `Indikator 1: ...`, `Indikator på måloppnåelse: ...`, `Mål: ...`, and what a bracket gives as ambition.
MEASURE = re.compile(r"(?:Indikator(?:\s+\d+)?(?:\s+på\s\w+)?|Mål|Ambisjon)\s*:|.*\(ambisjon:", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:\w*mål|indikator)\s*\d*\s*[:–-]\s*", re.IGNORECASE)
# `På området mangler kommunen et system for å vurdere måloppnåelse`, `Selv om målene ikke kan måles direkte`.
_RESERVATION = re.compile(
    r"\bmangler\b.*\bmåloppnåelse\w*|\b\w*mål(?:et|ene)?\s(?:ikke kan|kan ikke) måles\b", re.IGNORECASE
)
# A goal is known by its first letters: the document may go on with an explanation, or end it otherwise.
_KNOWN_BY = 50


def goal_statements(documents: dict[str, list[str]], goals: pd.DataFrame) -> pd.DataFrame:
    """The table `goal_statements`: for each goal the sentences from its wording to the next goal or heading.

    A reservation stands with the first goal below it.

    Parameters
    ----------
    documents: the lines of each document.
    goals: the table `goals`.
    """
    rows = []
    for document, of_document in goals.sort_values("line", kind="stable").groupby("document", sort=False):
        lines = documents[document]
        found = passages(lines, {number for number, line in enumerate(lines, 1) if "\t" in line})
        above, wordings = 0, []
        for row in of_document.itertuples(index=False):
            wordings.append(_wording(found, above, row))
            above = row.line
        ends = [*(first for first, _ in wordings[1:]), len(found)]
        above = 0
        for row, (first, start), end in zip(of_document.itertuples(index=False), wordings, ends, strict=True):
            said = [*_reservations(found[:first], above), *_of_goal(found[start:end], row, lines)]
            rows += [
                (document, row.area_id, row.goal, row.line, role, passage.text, join_lines(passage.lines))
                for role, passage in said
            ]
            above = row.line
    return pd.DataFrame(rows, columns=COLUMNS)


def _wording(found: list[Passage], above: int, row: tuple) -> tuple[int, int]:
    """Where the wording of a goal begins and ends among the passages, below the verdict of the goal above.

    Where its words stand nowhere, as for a second verdict on one goal, it has no length and stands before the verdict.
    """
    known = _letters(_NUMBERED.sub("", row.goal))[:_KNOWN_BY]
    verdict = next(index for index, passage in enumerate(found) if passage.lines[-1] >= row.line)
    for index in range(verdict - 1, -1, -1):
        if found[index].lines[0] <= above:
            break
        if known in _letters(found[index].text):
            return index, index + 1
    return verdict, verdict


def _reservations(found: list[Passage], above: int) -> list[tuple[str, Passage]]:
    below = (passage for passage in found if passage.lines[0] > above and not passage.is_heading)
    return [("reservation", passage) for passage in below if _RESERVATION.search(passage.text)]


def _of_goal(found: list[Passage], row: tuple, lines: list[str]) -> list[tuple[str, Passage]]:
    out = []
    verdict = _letters(row.quote)
    for passage in found:
        first = passage.lines[0]
        marked = lines[first - 1].startswith("#")
        if marked and first > row.line:
            break
        if _letters(passage.text).endswith(verdict) and row.line in passage.lines:
            continue
        if MEASURE.match(passage.text) or (first < row.line and not passage.is_heading):
            out.append(("aim", passage))
        elif first >= row.line and not passage.is_heading:
            out.append(("assessment", passage))
    return out


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
