"""Tables with areas in; the same, with the areas that people have ruled for single lines, out."""

from collections.abc import Collection, Iterable

import pandas as pd

from kommunebudsjett.core.rulings import Rulings, misfit


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


def _has_line(frame: pd.DataFrame) -> bool:
    return "line" in frame or "line_first" in frame
