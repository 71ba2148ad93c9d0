"""What the columns of a table of accounts hold: accounts, a budget, or the deviation between the two."""

import re

_KINDS = (
    ("deviation", re.compile(r"\bavvik", re.IGNORECASE)),
    ("revised", re.compile(r"\brevidert", re.IGNORECASE)),
    ("original", re.compile(r"\b(?:opprinnelig|vedtatt)", re.IGNORECASE)),
    ("actual", re.compile(r"\bregnskap", re.IGNORECASE)),
)
# A column of means, by its own name or that of its parts; "ASSS gjennomsnitt" is a column of another place.
MEAN = re.compile(r"(?:^|\| )(?:gjennomsnittlig|snitt)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# What prose and sentences of findings call each kind.
NAMES = {
    "actual": ("regnskapet", "the accounts"),
    "revised": ("revidert budsjett", "the revised budget"),
    "original": ("opprinnelig budsjett", "the original budget"),
    "previous": ("regnskapet året før", "the accounts of the year before"),
    "deviation": ("avviket", "the deviation"),
}


def year_of(text: str) -> int | None:
    """The one year that a text names."""
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def kinds(columns: list[str]) -> dict[str, str]:
    """The column of each kind that a table has (`actual`, `revised`, `original`, `deviation`, `previous`).

    Of several columns of accounts the latest year is `actual` and the one before `previous`.
    """
    out: dict[str, str] = {}
    actual: list[str] = []
    for column in columns:
        kind = next((kind for kind, pattern in _KINDS if pattern.search(column)), None)
        if kind == "actual":
            actual.append(column)
        elif kind:
            out.setdefault(kind, column)
    actual.sort(key=lambda column: year_of(column) or 0, reverse=True)
    out.update(zip(("actual", "previous"), actual, strict=False))
    return out
