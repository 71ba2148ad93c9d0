"""Findings of the audit in; what follows from one root together, as one finding with its consequences, out."""

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd

from kommunebudsjett.readers.text import join_lines, split_lines
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.finding_names import name_of
from kommunebudsjett.tables.grouping import records

# The gravest first.
_SEVERITIES = ("error", "doubt", "slip", "note")
_PLACE = ["document", "check", "lines"]
# What differs between sentences that say the same of several numbers: the names and the numbers in them.
_OWN = re.compile(r"«[^«»]*»|[\d\u2212-][\d\s.,]*")


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
    """Roots that say the same on the same lines (of a year or a column each), and what follows from them."""
    for same in alike(heads(found)):
        rows = found[found["root"].isin(same["root"])]
        # Others of a root can say the same on the same lines.
        first = same.iloc[0]
        here = (rows[_PLACE] == first[_PLACE]).all(axis=1) & (_said(rows) == _said(same).iloc[0])
        yield rows[here], rows[~here]


def alike(found: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Findings that say the same on the same lines, together."""
    for _, same in found.groupby([*(found[name] for name in _PLACE), _said(found)], sort=False):
        yield same


def _said(found: pd.DataFrame) -> pd.Series:
    return found["description_nb"].str.replace(_OWN, "", regex=True)


def said(e: Edition, found: pd.DataFrame, following: pd.DataFrame) -> str:
    """What a group of findings says, in sentences: the first of them, how many more there are, and what follows."""
    text = _of_all(e, found)
    # One number of a table that is left out shifts all references that come after it.
    shifted = following[(following["check"] == "caption") & (found.iloc[0]["check"] == "caption")]
    if len(shifted):
        last = shifted["table"].iloc[-1]
        text += e.text(
            f" Det samme gjelder {_counted(e, len(shifted), 'én henvisning', 'henvisninger')} til, til og med tabell "
            f"{last}.",
            f" The same is true of {_counted(e, len(shifted), 'one more reference', 'more references')}, up to table "
            f"{last}.",
        )
    rest = following.drop(shifted.index)
    if len(rest):
        text += e.text(" Av dette følger også: ", " This also follows from it: ")
        text += " ".join(_of_all(e, same) for same in alike(rest))
    return text


def _of_all(e: Edition, same: pd.DataFrame) -> str:
    """The first of findings that say the same on the same lines, and how many more there are."""
    text, others = str(same.iloc[0][f"description_{e.lang}"]), len(same) - 1
    if not others:
        return text
    if same.iloc[0]["table"]:
        return text + e.text(
            f" Det samme gjelder {_counted(e, others, 'én kolonne', 'kolonner')} til i tabellen.",
            f" The same is true of {_counted(e, others, 'one more column', 'more columns')} of the table.",
        )
    return text + e.text(
        f" Det samme gjelder {_counted(e, others, 'ett beløp', 'beløp')} til på de samme linjene.",
        f" The same is true of {_counted(e, others, 'one more figure', 'more figures')} on the same lines.",
    )


def _counted(e: Edition, count: int, one: str, several: str) -> str:
    return one if count == 1 else f"{e.count(count)} {several}"


def all_lines(found: pd.DataFrame) -> str:
    """The lines of several findings of one document."""
    return join_lines({line for lines in found["lines"] for line in split_lines(lines)})
