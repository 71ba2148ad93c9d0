"""A finding, and what counts as rounding."""

from typing import NamedTuple

# Differences of binary fractions are no differences.
EPSILON = 1e-6


class Finding(NamedTuple):
    """An inconsistency in a source (a row of the table `findings`); `difference` is stated less computed."""

    document: str
    check: str
    severity: str
    table: str
    lines: str
    description_nb: str
    description_en: str
    stated: float | None
    computed: float | None
    difference: float | None


def decimals(raw: str) -> int:
    """The number of decimals that a number is printed with."""
    return len(raw.strip().rstrip("%</b> ").partition(",")[2])


def nb(value: float) -> str:
    """A number as a Norwegian sentence writes it."""
    return en(value).replace(".", ",")


def en(value: float) -> str:
    """A number as an English sentence writes it."""
    return f"{value:.10g}".replace("-", "\u2212")
