"""The words that the reader knows: data/reference/party_words.csv in, one expression a kind of words out."""

import re
from collections.abc import Iterable
from pathlib import Path

from kommunebudsjett.core.curated import Record
from kommunebudsjett.readers.curated import curated

FILE = "party_words.csv"
_LONGEST_PART = 30
# What a kind without words finds.
_NONE = re.compile(r"(?!)")


class Words:
    """Words by kind. A word that ends or begins with `*` stands for all words that begin or end so."""

    def __init__(self, rows: list[tuple[str, str]]):
        kinds: dict[str, list[str]] = {}
        for kind, word in rows:
            kinds.setdefault(kind, []).append(word)
        self._patterns = {kind: _pattern(words) for kind, words in kinds.items()}

    def with_names(self, kind: str, names: Iterable[str]) -> "Words":
        """These words, and names that count as words of a kind where they are printed with these capitals."""
        exact = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        if not exact:
            return self
        more = Words([])
        known = self._patterns.get(kind, _NONE).pattern
        more._patterns = self._patterns | {kind: re.compile(rf"{known}|(?<!\w)(?-i:{exact})s?(?!\w)", re.IGNORECASE)}
        return more

    def find(self, kind: str, text: str) -> re.Match[str] | None:
        """The first word of a kind in a text with single spaces."""
        return self._patterns.get(kind, _NONE).search(text)

    def has(self, kind: str, text: str) -> bool:
        """Whether a text has a word of a kind."""
        return self._patterns.get(kind, _NONE).search(text) is not None

    def begins(self, kind: str, text: str) -> re.Match[str] | None:
        """The word of a kind that a text begins with."""
        return self._patterns.get(kind, _NONE).match(text)

    def only(self, kind: str, text: str) -> bool:
        """Whether a text, but for the marks around it, is a word of a kind and nothing else."""
        return self._patterns.get(kind, _NONE).fullmatch(text.strip(" :.*")) is not None

    def all(self, kind: str, text: str) -> list[re.Match[str]]:
        """All words of a kind in a text."""
        return list(self._patterns.get(kind, _NONE).finditer(text))

    def pattern(self, kind: str) -> re.Pattern[str]:
        """The expression of a kind of words."""
        return self._patterns.get(kind, _NONE)

    def without(self, kind: str, text: str) -> str:
        """The text with a space for each word of a kind."""
        return self._patterns.get(kind, _NONE).sub(" ", text)


def _pattern(words: list[str]) -> re.Pattern[str]:
    # Longer words first, so that "går til at" is found before "går til".
    parts = [_expression(word) for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _expression(word: str) -> str:
    any_letters = rf"\w{{0,{_LONGEST_PART}}}"
    return re.escape(word).replace(r"\*", any_letters).replace(r"\ ", " ")


def load_words(path: Path | None = None) -> Words:
    """The words of the file at `path`, by default those of the project. Raises UserError as `curated` does."""
    return curated(FILE, ("kind", "word"), _words, path)


def _words(_path: Path, rows: list[Record]) -> Words:
    return Words([(kind, word) for _, (kind, word) in rows])
