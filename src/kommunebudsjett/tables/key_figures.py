"""The cells of an annual report in; indicators by municipality and year out."""

import re

import pandas as pd

from kommunebudsjett.tables.meanings import YEAR, years_in
from kommunebudsjett.tables.money import IN_MNOK

COLUMNS = [
    "document",
    "section",
    "indicator",
    "municipality",
    "year",
    "value",
    "unit",
    "source",
    "table",
    "line",
]
MEAN = "ASSS gjennomsnitt"
_TABLE = ["document", "table", "caption"]
_MEAN = re.compile(r"\bASSS\b", re.IGNORECASE)
_COUNTRY = re.compile(r"\blandet\b", re.IGNORECASE)
_SOURCE = re.compile(r"\bKilder?:?\s+(?P<source>.*)", re.IGNORECASE)


def key_figures(cells: pd.DataFrame) -> pd.DataFrame:
    """Indicators with municipality and year from the header, in the order of the documents.

    A table counts whose columns set municipalities beside the ASSS mean or the country, and one whose
    columns are nothing but years, if it is not all money. The latter is about the document's own
    municipality: the one that the comparisons give most columns. A mean without a year is for the latest
    one in its table. The indicator of a table without labels is its caption;
    without that nothing says what its figures are, and they are cells alone.
    """
    place, year = _place(cells["column"]), years_in(cells["column"])
    table = [cells[name] for name in _TABLE]
    compares = place.str.contains(f"{_MEAN.pattern}|{_COUNTRY.pattern}", case=False).groupby(table).transform("any")
    by_year = (place == "").groupby(table).transform("all") & ~cells["unit"].isin(IN_MNOK).groupby(table).transform(
        "all"
    )
    own = _own_municipality(cells[compares], place[compares])
    municipality = place.mask(place.str.contains(_MEAN), MEAN)
    home = cells["document"].map({document: own.get(document, "") for document in cells["document"].unique()})
    municipality = municipality.mask(municipality == "", home)
    frame = cells.assign(
        indicator=cells["row"].mask(cells["row"] == "", cells["caption"]),
        municipality=municipality,
        year=year.fillna(year.groupby(table).transform("max")),
        source=cells["caption"].str.extract(_SOURCE, expand=False).fillna("").map(_source),
    )
    kept = (compares | by_year) & (municipality != "") & frame["year"].notna() & (frame["indicator"] != "")
    return frame.loc[kept, COLUMNS].reset_index(drop=True)


def _place(columns: pd.Series) -> pd.Series:
    """What a column header says beside the year."""
    texts = columns.drop_duplicates()
    places = texts.str.replace(YEAR, " ", regex=True).str.replace(r"[|,\s]+", " ", regex=True).str.strip()
    return columns.map(dict(zip(texts, places, strict=True)))


def _own_municipality(cells: pd.DataFrame, place: pd.Series) -> dict[str, str]:
    """The municipality that each document gives most columns."""
    columns = cells.assign(place=place)[~place.str.contains(_MEAN)].drop_duplicates([*_TABLE, "column"])
    counts = columns.groupby(["document", "place"], sort=False).size()
    return {document: group.idxmax()[1] for document, group in counts.groupby(level="document")}


def _source(printed: str) -> str:
    """The source as the caption gives it, KOSTRA spelled one way."""
    return re.sub(r"\bkostra\b", "KOSTRA", printed.strip(" ."), flags=re.IGNORECASE)
