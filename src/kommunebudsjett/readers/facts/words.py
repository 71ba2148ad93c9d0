"""The words that facts are known by: data/reference/fact_words.csv in, an expression for each role out."""

import re
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.curated import Record
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.readers.curated import curated

FILE = "fact_words.csv"
COLUMNS = ("words", "language", "role")
LANGUAGES = ("nb", "nn", "nb nn")
ROLES = ("term", "deviation", "up", "down", "target", "limit")
_PHRASE = re.compile(r"(?:\*?[a-zæøå-]+\*?|\*)(?: (?:\*?[a-zæøå-]+\*?|\*))*")


class FactWords(NamedTuple):
    """An expression for each role that a word may give an amount; `term` is what an amount may be of."""

    term: re.Pattern[str]
    deviation: re.Pattern[str]
    up: re.Pattern[str]
    down: re.Pattern[str]
    target: re.Pattern[str]
    limit: re.Pattern[str]


def fact_words(path: Path | None = None) -> FactWords:
    """The words of the file at `path`, by default those of the project.

    Raises UserError as `curated` does, and with the line where a row is none of such words.
    """
    return curated(FILE, COLUMNS, _words, path)


def _words(path: Path, rows: list[Record]) -> FactWords:
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for line, (words, language, role) in rows:
        if (problem := _problem(words, language, role, found)) is not None:
            remedy = "give words in small letters, nb, nn or nb nn, and one of " + ", ".join(ROLES)
            raise UserError(problem, file=path, line=line, remedy=remedy)
        found[role].append(words)
    lacking = next((role for role, words in found.items() if not words), None)
    if lacking:
        raise UserError(f"there are no words for {lacking}", file=path, remedy="restore the file from git")
    return FactWords(**{role: _expression(words) for role, words in found.items()})


def _problem(words: str, language: str, role: str, found: dict[str, list[str]]) -> str | None:
    if role not in ROLES or language not in LANGUAGES or not _PHRASE.fullmatch(words):
        return f"{words!r}, {language!r}, {role!r} are no words with their language and role"
    if role in ("up", "down") and "*" in words:
        # `opp*` would be in oppvekst too.
        return f"{words!r} says that something rises or falls, and is no whole word"
    return f"the words {words!r} are given twice for {role}" if words in found[role] else None


def _expression(words: list[str]) -> re.Pattern[str]:
    # What has more words is found before its beginning: `netto driftsramme drift` before `netto driftsramme`.
    ordered = sorted(words, key=lambda phrase: (-phrase.count(" "), -len(phrase)))
    return re.compile(rf"\b(?:{'|'.join(map(_phrase, ordered))})\b", re.IGNORECASE)


def _phrase(words: str) -> str:
    """`*` stands for any letters, `-` for a hyphen, a space or nothing."""
    parts = (r"\w+" if word == "*" else word.replace("-", "[- ]?").replace("*", r"\w*") for word in words.split(" "))
    return r"\s+".join(parts)
