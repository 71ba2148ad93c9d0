"""Findings of the audit in; what follows from one root together, as one finding with its consequences, out."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kommunebudsjett.audit.roots import name_of
from kommunebudsjett.readers.text import join_lines, split_lines
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.grouping import records

# The gravest first.
_SEVERITIES = ("error", "doubt", "slip", "note")


def by_root(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the table `findings` with the column `root`, which is the same for those that follow from one.

    `severity` is that of the gravest of them, so that none of them is counted or left out by itself.
    """
    named = {(row.document, row.follows_from) for row in records(rows) if row.follows_from}
    roots = [_root(row, place, named) for place, row in enumerate(records(rows))]
    found = rows.assign(root=pd.Series(roots, index=rows.index, dtype=str))
    rank = found["severity"].map(_SEVERITIES.index)
    gravest = rank.groupby(found["root"]).transform("min")
    return found.assign(severity=gravest.map(dict(enumerate(_SEVERITIES))).astype(rows["severity"].dtype))


def _root(row: Any, place: int, named: set[tuple[str, str]]) -> str:
    name = row.follows_from
    if not name and (row.document, name_of(row)) in named:
        name = name_of(row)
    return f"{row.document} {name or place}"


def count(found: pd.DataFrame) -> int:
    """How many findings these are, where those that follow from one root are one."""
    return int(found["root"].nunique())


def heads(found: pd.DataFrame) -> pd.DataFrame:
    """One row a root: the finding that the others of it follow from, or the first where that is not among them."""
    first = found.assign(follows=found["follows_from"] != "").sort_values("follows", kind="stable")
    kept = first.drop_duplicates(["document", "root"]).index
    return found[found.index.isin(kept)]


def groups(found: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Roots of one check on the same lines (a year or a column each), and what follows from them on others."""
    for (document, check, lines), same in heads(found).groupby(["document", "check", "lines"], sort=False):
        rows = found[(found["document"] == document) & found["root"].isin(same["root"])]
        here = (rows["check"] == check) & (rows["lines"] == lines)
        yield rows[here], rows[~here]


def consequences(e: Edition, following: pd.DataFrame) -> str:
    """Sentences that say what follows from a finding, those of one check on the same lines once; "" for nothing."""
    said = following.drop_duplicates(["check", "lines"])[f"description_{e.lang}"].tolist()
    return " ".join(["", e.text("Av dette følger også:", "This also follows from it:"), *said]) if said else ""


def all_lines(found: pd.DataFrame) -> str:
    """The lines of several findings of one document."""
    return join_lines({line for lines in found["lines"] for line in split_lines(lines)})
