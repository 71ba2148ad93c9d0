"""The crosswalk: area names as printed in, harmonised service areas out."""

import csv
import io
import re
from pathlib import Path

import pandas as pd

from kommunebudsjett.errors import UserError
from kommunebudsjett.printable import is_hidden
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.reference import check_contract, line_of, read_reference

_CHAPTER_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s+")


def load_areas(reference: Path) -> pd.DataFrame:
    """The harmonised areas in their order (the table `areas`)."""
    path = reference / "areas.csv"
    areas = read_reference(path, TABLES["areas"])
    check_contract(path, TABLES["areas"], areas)
    return areas.sort_values("order", ignore_index=True)


def load_crosswalk(reference: Path) -> pd.DataFrame:
    """The curated rows of service_areas.csv (the table `area_names`).

    `relation` says whether the printed area is the same as the harmonised one, a part of it, or wider.
    Raises UserError for a relation that is none of these, or a name given twice.
    """
    path = reference / "service_areas.csv"
    crosswalk = read_reference(path, TABLES["area_names"])
    for index, row in crosswalk.iterrows():
        if row["relation"] not in ("same", "part", "wider"):
            raise UserError(
                f"relation is {row['relation']!r}",
                file=path,
                line=line_of(path, index),
                remedy="use same, part or wider",
            )
    twice = crosswalk.duplicated(["document", "name"])
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


def with_area_id(frame: pd.DataFrame, name_column: str, crosswalk: pd.DataFrame, path: Path) -> pd.DataFrame:
    """`frame` with `area_id` after the column that holds the printed area name.

    A row for the document goes before one for every document; a chapter number before the name does not count, nor do
    characters in it that cannot be seen.
    Raises UserError for a name that the crosswalk does not have; `path` is the file to add it to.
    """
    seen = frame[name_column].map(_seen).str.replace(_CHAPTER_NUMBER, "", regex=True)
    rows = frame[["document", name_column]].assign(name=seen)
    own = rows.merge(crosswalk, on=["document", "name"], how="left", validate="m:1")
    shared = rows.drop(columns="document").merge(
        crosswalk[crosswalk["document"] == ""], on="name", how="left", validate="m:1"
    )
    area_id = own["area_id"].fillna(shared["area_id"])
    if area_id.isna().any():
        missing = rows[area_id.isna().to_numpy()].iloc[0]
        raise UserError(
            f"the area {missing['name']!r} of {missing['document']} has no harmonised area",
            file=path,
            remedy=f"add a row: {_row('', missing['name'], 'AREA_ID', 'same', '', '')}",
        )
    out = frame.copy()
    out.insert(out.columns.get_loc(name_column) + 1, "area_id", area_id.to_numpy())
    return out


def _seen(name: str) -> str:
    return " ".join("".join(character for character in name if not is_hidden(character)).split())


def _row(*fields: str) -> str:
    """A row as the file has it: a name with a comma stands in quotation marks."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(fields)
    return line.getvalue()


def notes(crosswalk: pd.DataFrame, document: str, names: list[str], lang: str) -> list[str]:
    """What a reader must know of the areas that a document names, in one language."""
    rows = crosswalk[crosswalk["name"].isin(names) & crosswalk["document"].isin(["", document])]
    rows = rows.sort_values("document", ascending=False).drop_duplicates("name")
    return [note for note in rows[f"note_{lang}"] if note]
