"""The generic words of the audit: data/reference/audit_words.csv in, one expression a kind of words out."""

import re
from functools import lru_cache
from pathlib import Path

from kommunebudsjett.core.curated import Record
from kommunebudsjett.readers.curated import curated
from kommunebudsjett.readers.party_budget.words import Words

FILE = "audit_words.csv"
_COMPARED_WITH = re.compile(
    r"\b(?:enn|som|sammenli(?:gn|kn)et med|samanlikna med|mot|i forhold til|blant)\b", re.IGNORECASE
)


@lru_cache(maxsize=1)
def vocabulary() -> Words:
    """The words of the project's file, by kind. Raises UserError as `load_vocabulary` does."""
    return load_vocabulary()


def load_vocabulary(path: Path | None = None) -> Words:
    """The words of the file at `path`, by default those of the project. Raises UserError as `curated` does."""
    return curated(FILE, ("kind", "word"), _words, path)


def is_part(label: str) -> bool:
    """Whether a row says that it is a part of the row above it, which has its amount already.

    >>> [is_part(label) for label in ("- herav lønn", "Herav: pensjon", "Av dette til skole", "Lønn")]
    [True, True, True, False]
    """
    return vocabulary().begins("part", label.lstrip("-–—• ")) is not None


def is_said(clause: str) -> bool:
    """Whether a clause says of its own municipality that something is so: it denies nothing and is of nobody else.

    Whom it compares with stands after "enn" or the like.

    >>> is_said("Vi er lavere enn andre kommuner"), is_said("Andre kommuner er lavere"), is_said("Vi er ikke lavere")
    (True, False, False)
    """
    own = _COMPARED_WITH.split(clause, maxsplit=1)[0]
    return not vocabulary().has("denied", clause) and not vocabulary().has("others", own)


def _words(_path: Path, rows: list[Record]) -> Words:
    return Words([(kind, word) for _, (kind, word) in rows])
