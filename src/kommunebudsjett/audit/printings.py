"""Check `printing`: the two printings of a table against each other."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, en, nb
from kommunebudsjett.readers.text import join_lines

KEY = ["document", "kind", "area", "measure", "year"]


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Amounts that the two printings of the same measure give differently, and measures that only one of them has."""
    measures = tables["measures"]
    chapter = measures[measures["printing"] == "chapter"]
    appendix = measures[measures["printing"] == "appendix"]
    # A label printed twice in one table has no counterpart that could be told.
    chapter, appendix = (rows[~rows.duplicated(KEY, keep=False)] for rows in (chapter, appendix))
    both = chapter.merge(appendix, on=KEY, suffixes=("_chapter", "_appendix"), validate="1:1")
    changed = both[(both["amount_mnok_chapter"] - both["amount_mnok_appendix"]).abs() > EPSILON]
    for (document, _, area, measure), rows in changed.groupby(KEY[:-1], sort=False):
        in_chapter, in_appendix = rows["amount_mnok_chapter"], rows["amount_mnok_appendix"]
        years = ", ".join(map(str, rows["year"]))
        yield Finding(
            document,
            "printing",
            "error",
            "",
            join_lines([*rows["line_chapter"], *rows["line_appendix"]]),
            f"{area}, {measure} ({years}): {'; '.join(map(nb, in_chapter))} i kapitlet, "
            f"{'; '.join(map(nb, in_appendix))} i tabellene samlet.",
            f"{area}, {measure} ({years}): {'; '.join(map(en, in_chapter))} in the chapter, "
            f"{'; '.join(map(en, in_appendix))} in the appendix.",
            float(in_chapter.sum()),
            float(in_appendix.sum()),
            round(float(in_chapter.sum() - in_appendix.sum()), 9),
        )
    names = ["document", "kind", "area", "measure"]
    for rows, other, where_nb, where_en in (
        (chapter, appendix, "i kapitlet", "in the chapter"),
        (appendix, chapter, "i tabellene samlet", "in the appendix"),
    ):
        if rows.empty or other.empty:
            continue
        known = set(other[names].itertuples(index=False, name=None))
        for key, group in rows.groupby(names, sort=False):
            if key in known:
                continue
            document, _, area, measure = key
            yield Finding(
                document,
                "printing",
                "note",
                "",
                join_lines(group["line"]),
                f"{area}: «{measure}» står bare {where_nb}, eller har et annet navn i den andre trykningen.",
                f"{area}: “{measure}” stands only {where_en}, or has another name in the other printing.",
                None,
                None,
                None,
            )
