"""Caveats: what a reader must know beside the numbers, in words."""

from collections.abc import Iterable, Sequence

import pandas as pd

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report.blocks import Cell, Lines
from kommunebudsjett.report.budgets import measures
from kommunebudsjett.report.edition import Edition, source

INDICES = {
    "municipal_deflator": ("kommunal deflator", "municipal deflator"),
    "cpi": ("konsumprisindeksen", "consumer price index"),
}
# How well a figure from elsewhere (prices, population) is confirmed.
STATUSES = {
    "confirmed": ("bekreftet", "confirmed"),
    "secondary": ("fra en sekundær kilde", "from a secondary source"),
    "derived": ("utledet", "derived"),
    "forecast": ("et anslag", "a forecast"),
}


def status_name(e: Edition, status: str) -> str:
    """The status of a figure from elsewhere, as it follows on "is"."""
    return e.text(*STATUSES[status])


def area_notes(e: Edition, part: str) -> list[str]:
    """What a reader must know of the areas that a party budget's amounts stand under."""
    return e.area_notes(e.part(part)["document"], list(measures(e, part)["area"].unique()))


def breaks(e: Edition) -> list[str]:
    """What changed in the municipality between the first and the last of the compared documents."""
    compared = [e.part(part) for part in ("before", "alternative", "outcome")]
    years = [int(document["budget_year"]) for document in compared]
    rows = e.breaks[e.breaks["municipality"].isin({document["municipality"] for document in compared})]
    return list(rows.loc[rows["year"].between(min(years), max(years)), f"note_{e.lang}"])


def index_name(e: Edition) -> str:
    """The price index in words; an index that has none yet by its id."""
    index = e.params.prices.index
    return e.text(*INDICES.get(index, (index, index)))


def price_basis(e: Edition) -> str:
    """The price index and year in words."""
    year = e.params.prices.year
    return e.text(f"{year}-kroner ({index_name(e)})", f"{year} kroner ({index_name(e)})")


def price_caveats(e: Edition, years: Iterable[int]) -> str:
    """Which price figures are not confirmed, in words; empty where all are."""
    by_status: dict[str, list[int]] = {}
    for year in sorted(years):
        for figure_year, status in e.price_notes(year):
            if figure_year not in by_status.setdefault(status, []):
                by_status[status].append(figure_year)
    parts = [
        e.text(
            f"{year_list(e, found)} er {status_name(e, status)}",
            f"{year_list(e, found)} {'is' if len(found) == 1 else 'are'} {status_name(e, status)}",
        )
        for status, found in by_status.items()
    ]
    return e.text("Prisveksten for ", "Price growth for ") + e.listed(parts) + "." if parts else ""


def year_list(e: Edition, years: Sequence[int]) -> str:
    """Years as a person lists them: `2021 og 2023–2025`."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return e.listed([str(first) if first == last else f"{first}–{last}" for first, last in runs])


def findings(e: Edition, part: str, severities: Sequence[str]) -> pd.DataFrame:
    """What the audit found in the document that plays a part."""
    rows = e.table("findings")
    return rows[(rows["document"] == e.part(part)["document"]) & rows["severity"].isin(severities)]


def touching(found: pd.DataFrame, used: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """The findings that stand on a line that is used; `used` are (document, lines) pairs."""
    lines = {(document, line) for document, runs in used for line in split_lines(runs)}
    hits = [any((row["document"], line) in lines for line in split_lines(row["lines"])) for _, row in found.iterrows()]
    return found[hits]


def grouped(e: Edition, found: pd.DataFrame) -> list[list[Cell | str]]:
    """Findings as rows of a table, those of one check on the same lines (a year or a column each) as one."""
    rows = []
    for _, same in found.groupby(["check", "lines"], sort=False):
        text = same.iloc[0][f"description_{e.lang}"]
        if len(same) > 1:
            text += e.text(
                f" Det samme gjelder {e.count(len(same) - 1)} kolonner til i tabellen.",
                f" The same is true of {e.count(len(same) - 1)} more columns of the table.",
            )
        rows.append([text, Lines("", (source(same.iloc[0]),))])
    return rows


def unread_counts(e: Edition) -> list[str]:
    """How many numbers of each compared document are listed as unread, as parts of a sentence."""
    rows = e.table("unread")
    return [
        f"{e.name(e.documents.loc[document])}: {int((rows['document'] == document).sum())}"
        for _, document in e.params.documents
    ]
