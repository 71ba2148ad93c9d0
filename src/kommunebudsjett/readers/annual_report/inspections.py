"""The text table of supervisory visits (tilsyn) in, one record a visit out."""

import re

from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.model.rows import Row
from kommunebudsjett.readers.records import Inspection

# What each column of the table is called in its header.
_MEANINGS = {
    "authority": re.compile(r"myndighet", re.IGNORECASE),
    "unit": re.compile(r"\benhet|virksomhet|tjenestested", re.IGNORECASE),
    "date": re.compile(r"\bdato|tidspunkt", re.IGNORECASE),
    "law": re.compile(r"\blov|hjemmel|regelverk", re.IGNORECASE),
    "theme": re.compile(r"\btema", re.IGNORECASE),
}
_BETWEEN_DATES = re.compile(r"\s+[-–−]\s+|(?<=\d)[-–−](?=\d)")


def inspection_columns(header: list[str]) -> dict[str, int] | None:
    """Which column holds what, or None where the header is not that of inspections."""
    columns = {
        meaning: column
        for column, name in reversed(list(enumerate(header)))
        for meaning, pattern in _MEANINGS.items()
        if pattern.search(name)
    }
    return columns if columns.keys() == _MEANINGS.keys() else None


def read_inspections(
    document: str, columns: dict[str, int], body: list[Row], width: int
) -> tuple[list[Inspection], list[Row]]:
    """The visits, and the rows with too few cells to be placed.

    A visit on one day begins and ends on it. A row without an authority goes on with the one above.
    """
    visits: list[dict] = []
    left = []
    for row in body:
        if len(row.cells) < width:
            left.append(row)
            continue
        texts = {meaning: clean(row.cells[column]) for meaning, column in columns.items()}
        if texts["authority"] or not visits:
            visits.append({**texts, "line": row.line})
        else:
            visits[-1].update({meaning: f"{visits[-1][meaning]} {text}".strip() for meaning, text in texts.items()})
    return [_inspection(document, visit) for visit in visits], left


def _inspection(document: str, visit: dict) -> Inspection:
    dates = _BETWEEN_DATES.split(visit["date"])
    return Inspection(
        document,
        visit["authority"],
        visit["unit"],
        dates[0],
        dates[-1],
        visit["law"],
        visit["theme"],
        visit["line"],
    )
