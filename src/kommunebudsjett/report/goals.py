"""Goals: what an annual report assesses in, counts and rows of a report out."""

import pandas as pd

from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, source

STATUSES = ("achieved", "on_track", "partly", "not_achieved", "other")


def goals(e: Edition, report: str, area_id: str | None = None) -> pd.DataFrame:
    """The goals that the annual report assesses, of one area or all, in the order of the document."""
    about = {} if area_id is None else {"area_id": area_id}
    return e.table("goals", document=report, **about)


def status(e: Edition, name: str) -> str:
    """A status in the language of the report."""
    return {
        "achieved": e.text("nådd", "achieved"),
        "on_track": e.text("i rute", "on track"),
        "partly": e.text("delvis nådd", "partly achieved"),
        "not_achieved": e.text("ikke nådd", "not achieved"),
        "other": e.text("annen vurdering", "other assessment"),
    }[name]


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """How many goals have each status, without those that none has."""
    found = rows["status"].value_counts()
    return {name: int(found[name]) for name in STATUSES if name in found}


def summary(e: Edition, rows: pd.DataFrame) -> str:
    """The counts as a list in a sentence: `to nådd, fire delvis nådd og ett ikke nådd`."""
    found = counts(rows)
    words = {name: status(e, name) for name in found}
    if "other" in found:
        words["other"] = e.text("med en annen vurdering", "with another assessment")
    if len(found) == 1 and len(rows) > 1:
        [name] = found
        return f"{e.text('alle', 'all')} {words[name]}"
    one = e.text("ett", "one")
    return e.listed([f"{one if number == 1 else e.count(number)} {words[name]}" for name, number in found.items()])


def table_rows(e: Edition, rows: pd.DataFrame) -> list[list[Cell | str]]:
    """Goals as rows of a table: the goal, its status, and the wording of the assessment as it is printed."""
    return [
        [e.named(row["goal"], source(row)), status(e, row["status"]), e.verbatim(row["quote"], source(row))]
        for _, row in rows.iterrows()
    ]
