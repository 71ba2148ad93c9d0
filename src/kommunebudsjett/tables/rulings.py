"""Tables in; the same, with the areas of lines and the meanings of columns that people have ruled, out."""

from collections.abc import Collection, Iterable

import pandas as pd

from kommunebudsjett.core.rulings import Rulings, misfit
from kommunebudsjett.tables.contracts import COLUMN_MEANINGS


def with_ruled_areas(
    tables: dict[str, pd.DataFrame], names: Iterable[str], document: str, rulings: Rulings, areas: Collection[str]
) -> dict[str, pd.DataFrame]:
    """The tables of a document, those of `names` with `area_id` as ruled for the rows on a line.

    Raises UserError for a ruling that names no area or a line that no row stands on.
    """
    out = dict(tables)
    for ruling in rulings.rows:
        if ruling.document != document or ruling.what != "area":
            continue
        if ruling.ruling not in areas:
            raise misfit(rulings.path, ruling, f"{ruling.ruling!r} is none of the areas {', '.join(areas)}")
        hit = False
        for name in names:
            frame = out[name]
            here = frame["line" if "line" in frame else "line_first"] == ruling.line if _has_line(frame) else None
            if here is not None and here.any():
                changed = {"area_id": frame["area_id"].mask(here, ruling.ruling)}
                if "read_by" in frame:
                    changed["read_by"] = frame["read_by"].mask(here, ruling.by)
                out[name] = frame.assign(**changed)
                hit = True
        if not hit:
            raise misfit(rulings.path, ruling, "nothing with an area stands there")
    return out


def with_ruled_meanings(cells: pd.DataFrame, document: str, rulings: Rulings) -> pd.DataFrame:
    """The cells of a document with `meaning` as ruled for a column of the table that has values on a line, or whose
    header is on it.

    Raises UserError for a ruling that names no meaning, or a column that no such table has.
    """
    for ruling in rulings.rows:
        if ruling.document != document or ruling.what != "meaning":
            continue
        if ruling.ruling not in COLUMN_MEANINGS:
            raise misfit(rulings.path, ruling, f"{ruling.ruling!r} is none of {', '.join(COLUMN_MEANINGS)}")
        tables = set(cells.loc[cells["line"] == ruling.line, "table"]) or {f"x-{ruling.line}"}
        here = cells["table"].isin(tables) & (cells["column"] == ruling.column)
        if not here.any():
            raise misfit(rulings.path, ruling, f"no table there has the column {ruling.column!r}")
        meaning, by = cells["meaning"].mask(here, ruling.ruling), cells["read_by"].mask(here, ruling.by)
        cells = cells.assign(meaning=meaning, read_by=by)
    return cells


def _has_line(frame: pd.DataFrame) -> bool:
    return "line" in frame or "line_first" in frame
