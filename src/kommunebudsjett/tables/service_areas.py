"""The crosswalk: area names as printed in, harmonised service areas out."""

import csv
import io
import re
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.printable import is_hidden
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.reference import check_contract, curated, line_of, read_reference
from kommunebudsjett.tables.totals import is_total_name

_CHAPTER_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s+")
# The areas that reports treat apart: where a budget's money comes from, and what belongs to no one area.
FINANCE, SHARED = "finans_organisasjon", "felles"


@curated("areas.csv")
def load_areas(reference: Path) -> pd.DataFrame:
    """The harmonised areas in their order (the table `areas`).

    Raises UserError for an id given twice, and where one of the two areas is missing that reports treat apart.
    """
    path = reference / "areas.csv"
    areas = read_reference(path, TABLES["areas"])
    check_contract(path, TABLES["areas"], areas)
    for area_id in (FINANCE, SHARED):
        if area_id not in set(areas["area_id"]):
            raise UserError(
                f"there is no area {area_id}",
                file=path,
                remedy="add it: finans_organisasjon holds what pays for a budget, felles what belongs to no one area",
            )
    return areas.sort_values("order", ignore_index=True)


@curated("service_areas.csv", "areas.csv")
def load_crosswalk(reference: Path) -> pd.DataFrame:
    """The curated rows of service_areas.csv (the table `area_names`).

    `relation` says whether the printed area is the same as the harmonised one, a part of it, or wider.
    Raises UserError for a relation that is none of these, an area that areas.csv does not have, the name of a total,
    or a name given twice.
    """
    path = reference / "service_areas.csv"
    crosswalk = read_reference(path, TABLES["area_names"])
    areas = list(load_areas(reference)["area_id"])
    for index, row in crosswalk.iterrows():
        if row["area_id"] not in areas:
            raise UserError(
                f"there is no area {row['area_id']!r}",
                file=path,
                line=line_of(path, index),
                remedy=f"use one of {', '.join(areas)}, or add the area to areas.csv",
            )
        if row["relation"] not in ("same", "part", "wider"):
            raise UserError(
                f"relation is {row['relation']!r}",
                file=path,
                line=line_of(path, index),
                remedy="use same, part or wider",
            )
        if is_total_name(row["name"]):
            raise UserError(
                f"{row['name']!r} is a total and no area: its amounts would be counted twice",
                file=path,
                line=line_of(path, index),
                remedy="remove the row; totals need none",
            )
    twice = crosswalk.duplicated(["municipality", "document", "name"])
    if twice.any():
        line = int(twice.idxmax())
        raise UserError(
            f"{crosswalk.at[line, 'name']} is mapped twice",
            file=path,
            line=line_of(path, line),
            remedy="keep one of the rows",
        )
    check_contract(path, TABLES["area_names"], crosswalk)
    return crosswalk


def of_document(crosswalk: pd.DataFrame, document: str, municipality: str) -> pd.DataFrame:
    """The rows of the crosswalk that hold for a document, a name each: one for the document goes before one for its
    municipality, and that before one for every municipality.
    """
    rows = crosswalk[crosswalk["document"].isin(["", document]) & crosswalk["municipality"].isin(["", municipality])]
    precise = rows.assign(own=rows["document"] != "", here=rows["municipality"] != "")
    precise = precise.sort_values(["own", "here"], ascending=False, kind="stable").drop_duplicates("name")
    return rows.loc[sorted(precise.index)]


def with_area_id(
    frame: pd.DataFrame, name_column: str, crosswalk: pd.DataFrame, municipality: str, path: Path
) -> pd.DataFrame:
    """The rows of a document with `area_id` after the column that holds the printed area name, by the rows of the
    crosswalk that hold for the document.

    A chapter number before the name does not count, nor do characters in it that cannot be seen. What is said under the
    name of a total belongs to no one area. Raises UserError for a name that the crosswalk does not have; `path` is the
    file to add it to, for the `municipality`.
    """
    rows = _names(frame, name_column)
    area_id = _area_ids(rows, crosswalk)
    if area_id.isna().any():
        missing = rows[area_id.isna()].drop_duplicates()
        first = missing.iloc[0]
        raise UserError(
            f"the area {first['name']!r} of {first['document']} has no harmonised area"
            + (f", nor have these: {', '.join(missing['name'][1:])}" if len(missing) > 1 else ""),
            file=path,
            remedy="add a row: "
            + "\n               ".join(crosswalk_row(name, municipality) for name in missing["name"]),
        )
    out = frame.copy()
    out.insert(out.columns.get_loc(name_column) + 1, "area_id", area_id.to_numpy())
    return out


def unmapped(frame: pd.DataFrame, name_column: str, crosswalk: pd.DataFrame) -> list[str]:
    """The area names in a column that the crosswalk of the document lacks, each once, without chapter numbers."""
    rows = _names(frame, name_column)
    return list(rows.loc[_area_ids(rows, crosswalk).isna(), "name"].unique())


def crosswalk_row(name: str, municipality: str, area_id: str = "AREA_ID", relation: str = "same") -> str:
    """The line of service_areas.csv that maps a name in every document of a municipality."""
    return csv_line([municipality, "", name, area_id, relation, "", ""])


def csv_line(values: list[str]) -> str:
    """A line of a CSV file, as it is written into one."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(values)
    return line.getvalue()


def _names(frame: pd.DataFrame, name_column: str) -> pd.DataFrame:
    """The document and the area name of each row, without a chapter number and what cannot be seen."""
    seen = frame[name_column].map(_seen).str.replace(_CHAPTER_NUMBER, "", regex=True)
    return pd.DataFrame({"document": frame["document"], "name": seen})


def _seen(name: str) -> str:
    return " ".join("".join(character for character in name if not is_hidden(character)).split())


def _area_ids(rows: pd.DataFrame, crosswalk: pd.DataFrame) -> pd.Series:
    """The harmonised area of each row of `_names`, missing where the crosswalk of the document has none."""
    areas = dict(zip(crosswalk["name"], crosswalk["area_id"], strict=True))
    found = [SHARED if is_total_name(name) else areas.get(name) for name in rows["name"]]
    return pd.Series(found, index=rows.index, dtype="str")


def notes(crosswalk: pd.DataFrame, names: list[str], lang: str) -> list[str]:
    """What a reader must know of the areas that a document names, in one language; the crosswalk is that of the
    document.
    """
    rows = crosswalk[crosswalk["name"].isin(names)]
    return [note for note in rows[f"note_{lang}"] if note]
