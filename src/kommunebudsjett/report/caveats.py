"""Caveats: what a reader must know beside the numbers, in words."""

from collections.abc import Iterable, Sequence

import pandas as pd

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import accounts
from kommunebudsjett.report import findings as audited
from kommunebudsjett.report.blocks import Cell, Lines
from kommunebudsjett.report.budgets import measures
from kommunebudsjett.report.edition import Edition, sources

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


def area_notes(e: Edition, proposal: str) -> list[str]:
    """What a reader must know of the areas that a party budget's amounts stand under."""
    return e.area_notes(proposal, list(measures(e, proposal)["area"].unique()))


def breaks(e: Edition) -> list[str]:
    """What changed in the municipality between the first and the last of the documents that are shown."""
    used = [e.document(document) for document in e.used]
    years = [int(document["budget_year"]) for document in used]
    rows = e.breaks[e.breaks["municipality"].isin({document["municipality"] for document in used})]
    return list(rows.loc[rows["year"].between(min(years), max(years)), f"note_{e.lang}"])


def index_name(e: Edition) -> str:
    """The price index in words; an index that has none yet by its id."""
    index = e.params.prices.index
    return e.text(*INDICES.get(index, (index, index)))


def price_basis(e: Edition) -> str:
    """The price index and year in words."""
    year = e.params.prices.year
    return e.text(f"{year}-kroner ({index_name(e)})", f"{year} kroner ({index_name(e)})")


def amount_caveats(e: Edition, years: Sequence[int]) -> str:
    """What `document_caveats` says of the documents for these years."""
    of_years = [one for one in e.used if int(e.document(one)["budget_year"]) in set(years)]
    return document_caveats(e, of_years)


def document_caveats(e: Edition, documents: Sequence[str]) -> str:
    """What a reader must know of the amounts of documents, in words: which price figures are not confirmed, and which
    of them do not themselves say what their amounts are in, whether a plus is spent, or for which year an amount is;
    empty where there is nothing.
    """
    years = [int(e.document(document)["budget_year"]) for document in documents]
    by_a_person = [*_units_by_a_person(e, documents), *_signs_by_a_person(e, documents)]
    return " ".join(filter(None, [_unconfirmed_prices(e, years), *by_a_person, *_unstated_years(e, documents)]))


def _units_by_a_person(e: Edition, ids: Sequence[str]) -> list[str]:
    """A sentence for each document to which a person has given the unit of amounts."""
    documents = [e.document(document) for document in ids]
    return [
        e.text(
            f"{e.name(document)} sier ikke selv hvilken enhet alle beløp er i: Den er oppgitt av dem som la inn "
            f"dokumentet ({document['stated_units']}).",
            f"{e.name(document)} does not itself say what unit all amounts are in: it was given by those who added the "
            f"document ({document['stated_units']}).",
        )
        for document in documents
        if document["stated_units"]
    ]


def _signs_by_a_person(e: Edition, ids: Sequence[str]) -> list[str]:
    """A sentence for each document to which a person has given what a plus means."""
    meanings = {
        "spending-positive": e.text("bruk av penger", "spending"),
        "savings-positive": e.text("innsparing", "savings"),
    }
    documents = [e.document(document) for document in ids]
    return [
        e.text(
            f"{e.name(document)} sier ikke ved alle beløp om penger brukes eller spares: De som la inn dokumentet, "
            f"har oppgitt at pluss er {meanings[document['signs']]}.",
            f"{e.name(document)} does not say of all amounts whether money is spent or saved: those who added the "
            f"document have stated that a plus is {meanings[document['signs']]}.",
        )
        for document in documents
        if document["signs"]
    ]


def _unstated_years(e: Edition, ids: Sequence[str]) -> list[str]:
    """A sentence for each document that states amounts without a year, which no sum has."""
    found = []
    for document in ids:
        rows = e.table("measures", document=document)
        undated = rows["year"].isna() & rows["amount_mnok"].notna() & (rows["role"] != "period_total")
        count = int(undated.sum())
        if count:
            name, several = e.name(e.document(document)), count > 1
            found.append(
                e.text(
                    f"{name} oppgir ikke år for {e.count(count) if several else 'ett'} beløp: "
                    f"{'De' if several else 'Det'} er ikke regnet med i summer for et år.",
                    f"{name} states no year for {e.count(count)} of its amounts: "
                    f"{'they are' if several else 'it is'} in no sum of a year.",
                )
            )
    return found


def _unconfirmed_prices(e: Edition, years: Iterable[int]) -> str:
    """Which price figures are not confirmed, in words; empty where all are."""
    by_status: dict[str, list[int]] = {}
    for year in sorted(years):
        for figure_year, status in e.price_notes(year):
            if figure_year not in by_status.setdefault(status, []):
                by_status[status].append(figure_year)
    parts = [f"{status_name(e, status)} for {year_list(e, found)}" for status, found in by_status.items()]
    return e.text("Prisveksten er ", "Price growth is ") + e.listed(parts) + "." if parts else ""


def year_list(e: Edition, years: Sequence[int]) -> str:
    """Years as a person lists them: `2021 og 2023–2025`."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    return e.listed([str(first) if first == last else f"{first}–{last}" for first, last in runs])


def findings(e: Edition, document: str, severities: Sequence[str]) -> pd.DataFrame:
    """What the audit found in a document, of some severities, with the `root` that findings follow from."""
    rows = audited.by_root(e.table("findings", document=document))
    return rows[rows["severity"].isin(severities)]


def sums_of_funding(e: Edition, proposal: str) -> pd.DataFrame:
    """The errors in the printed sums of the tables that say how a party budget is paid for, and in their balance."""
    # Every printing of the table counts, also the one that the reports do not use.
    rows = e.table("measures", document=proposal, area_id="finans_organisasjon", kind="drift")
    cells = e.table("table_cells", "document", "table", "line", document=proposal)
    cells = cells[cells["table"].isin(set(cells.loc[cells["line"].isin(rows["line"]), "table"]))]
    found = findings(e, proposal, ("error",))
    return touching(found[found["check"].isin(["sum", "balance"])], sources(cells))


def depreciation(e: Edition, report: str) -> str:
    """Why the original budget of an annual report cannot be set against its accounts, in words; empty where it can."""
    rows = accounts.depreciation(e, report)["value"]
    if rows.get("original_budget", 1) != 0 or not rows.get("actual") or not rows.get("revised_budget"):
        return ""
    amount = e.mnok(rows["actual"]).text
    return e.text(
        f"Det opprinnelige budsjettet kan ikke sammenlignes med regnskapet: Regnskapet og det reviderte budsjettet har "
        f"med avskrivninger på {amount}, det opprinnelige har ingen.",
        f"The original budget cannot be compared with the accounts: the accounts and the revised budget include "
        f"depreciation of {amount}, the original budget none.",
    )


def touching(found: pd.DataFrame, used: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """The findings that stand on a line that is used, with all that have the same root; `used` are (document, lines)
    pairs.
    """
    lines = {(document, line) for document, runs in used for line in split_lines(runs)}
    hits = [
        any((document, line) in lines for line in split_lines(runs))
        for document, runs in zip(found["document"], found["lines"], strict=True)
    ]
    return found[found["root"].isin(found.loc[pd.Series(hits, index=found.index, dtype=bool), "root"])]


def grouped(e: Edition, found: pd.DataFrame) -> list[list[Cell | str]]:
    """Findings as rows of a table: what is wrong with what follows from it, and the lines.

    Those that say the same on the same lines, of a year or a column each, are one row.
    """
    return [
        [
            audited.said(e, same, following),
            Lines("", ((same.iloc[0]["document"], audited.all_lines(pd.concat([same, following]))),)),
        ]
        for same, following in audited.groups(found)
    ]
