"""What the columns of a table of accounts hold: accounts, a budget, or the deviation between the two."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_KINDS = {"deviation": "deviation", "revised_budget": "revised", "original_budget": "original", "actual": "actual"}
_BUDGETS = ("budget", "revised_budget", "original_budget", "part_year")
# A column of means, by its own name or that of its parts; "ASSS gjennomsnitt" is a column of another place.
MEAN = re.compile(r"(?:^|\| )(?:gjennomsnittlig|snitt)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What prose and sentences of findings call each kind.
NAMES = {
    "actual": ("regnskapet", "the accounts"),
    "revised": ("revidert budsjett", "the revised budget"),
    "original": ("opprinnelig budsjett", "the original budget"),
    "budget": ("budsjettet", "the budget"),
    "previous": ("regnskapet året før", "the accounts of the year before"),
    "deviation": ("avviket", "the deviation"),
}


def year_of(text: str) -> int | None:
    """The one year that a text names."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


class Header(NamedTuple):
    """What a column holds, and the budget that a column of deviations names."""

    meaning: str
    against: str


def headers(cells: Iterable[Any]) -> dict[str, Header]:
    """The columns of a table's cells with what they hold."""
    return {cell.column: Header(cell.meaning, cell.against) for cell in cells}


def kinds(columns: Mapping[str, Header]) -> dict[str, str]:
    """The column of each kind that a table has (`actual`, `revised`, `original`, `deviation`, `previous`).

    Of several columns of a kind it is that of the latest year; where the years do not tell them apart, none. `previous`
    are the accounts of the year before `actual`.
    """
    own: dict[str, list[str]] = {}
    for column, header in columns.items():
        if header.meaning in _KINDS:
            own.setdefault(_KINDS[header.meaning], []).append(column)
    out: dict[str, str] = {}
    for kind, named in own.items():
        years = {year_of(column): column for column in named}
        if len(named) == 1:
            out[kind] = named[0]
        elif None not in years and len(years) == len(named):
            last = max(year for year in years if year is not None)
            out[kind] = years[last]
            if kind == "actual" and last - 1 in years:
                out["previous"] = years[last - 1]
    return out


def basis(columns: Mapping[str, Header]) -> tuple[str, str] | None:
    """The budget that the deviations of a table are measured against, as its kind and its column.

    The one that the column of deviations names, or the only one that the table has; of a revised and an original one
    the revised. None where there is no such column, several, or a budget whose meaning nobody knows among several.
    """
    kind = kinds(columns)
    budgets = [column for column, header in columns.items() if header.meaning in _BUDGETS]
    if "deviation" not in kind or not budgets:
        return None
    named = _KINDS.get(columns[kind["deviation"]].against)
    if named:
        return (named, kind[named]) if named in kind else None
    if len(budgets) == 1:
        return _KINDS.get(columns[budgets[0]].meaning, "budget"), budgets[0]
    known = "revised" in kind and all(columns[column].meaning in _KINDS for column in budgets)
    return ("revised", kind["revised"]) if known else None
