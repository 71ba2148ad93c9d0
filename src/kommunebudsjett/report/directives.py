"""Instructions without funding (verbale føringer): the clean table in, counts, deadlines and quotations out."""

import pandas as pd

from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.edition import Edition, source

ASKS = ("sak", "utredning", "omdisponering", "other")


def directives(e: Edition, proposal: str, area_id: str | None = None) -> pd.DataFrame:
    """The instructions of a proposal, of one area or all, in its order, with `lines`."""
    about = {} if area_id is None else {"area_id": area_id}
    rows = e.table("directives", document=proposal, **about)
    first, last = rows["line_first"].astype(str), rows["line_last"].astype(str)
    return rows.assign(lines=first.where(first == last, first + "-" + last))


def ask(e: Edition, name: str) -> str:
    """What an instruction asks for, as words that follow `asks for`."""
    return {
        "sak": e.text("en sak", "a report or proposal"),
        "utredning": e.text("en utredning", "a study"),
        "omdisponering": e.text("omdisponering av penger", "a reallocation of money"),
        "other": e.text("noe annet", "something else"),
    }[name]


def counts(rows: pd.DataFrame) -> dict[str, int]:
    """How many ask for what, without what none asks for."""
    found = rows["ask"].value_counts()
    return {name: int(found[name]) for name in ASKS if name in found}


def deadlines(e: Edition, rows: pd.DataFrame) -> list[list[Cell | str]]:
    """The instructions that say when, as rows of a table: title, what is asked for, the time as printed."""
    return [
        [e.named(row["title"], source(row)), ask(e, row["ask"]), e.verbatim(row["deadline"], source(row))]
        for _, row in rows[rows["deadline"] != ""].iterrows()
    ]


def quotations(e: Edition, rows: pd.DataFrame) -> list[Quotation]:
    """The instructions word for word, with what each asks for, and where it stands if not among the instructions."""
    measures = e.rows(rows["document"].unique(), "measures", "document", "measure")
    measures = set(zip(measures["document"], measures["measure"], strict=True))

    def said(row: pd.Series) -> Cell | None:
        words = [] if row["ask"] == "other" else [e.text("ber om ", "asks for ") + ask(e, row["ask"])]
        if row["within_measure"] and (row["document"], row["title"]) in measures:
            words.append(e.text("i teksten til et tiltak", "in the text of a measure"))
        elif row["within_measure"]:
            words.append(e.text("i innledningen til kapitlet", "in the introduction of the chapter"))
        return Cell(", ".join(words)) if words else None

    return [
        Quotation(
            e.named(row["title"]),
            row["text"],
            source(row),
            said(row),
        )
        for _, row in rows.iterrows()
    ]
