"""Curated words, as data/reference has them, looked for in the labels of documents."""

import re
from pathlib import Path

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import Table
from kommunebudsjett.tables.reference import check_contract, line_of, read_reference

_TOKEN = re.compile(r"[^\W\d_]+|%")
_WORD = r"(?:\*?[a-zæøåéà]+\*?|%)"
_PHRASE = re.compile(rf"{_WORD}(?: {_WORD})*")


def load_phrases(path: Path, table: Table) -> pd.DataFrame:
    """The rows of a curated table of words.

    Raises UserError, with the line, for words that no label can hold, and where a row breaks the contract.
    """
    rows = read_reference(path, table)
    for row, words in enumerate(rows["words"]):
        if not _PHRASE.fullmatch(words):
            raise UserError(
                f"the words are {words!r}",
                file=path,
                line=line_of(path, row),
                remedy="give small letters and single spaces; * stands for any letters at an end of a word",
            )
    check_contract(path, table, rows)
    return rows


def tokens(text: str) -> list[str]:
    """The words of a label in small letters, without numbers and marks; `%` is a word.

    >>> tokens("Buds(end) i % 2025")
    ['buds', 'end', 'i', '%']
    """
    return _TOKEN.findall(text.casefold())


def pattern(words: str, whole: bool = False) -> re.Pattern[str]:
    """What finds words among tokens that single spaces part; with `whole`, only where there is nothing else."""
    phrase = " ".join(map(_one, words.split(" ")))
    return re.compile(rf"^{phrase}$" if whole else rf"(?<!\S){phrase}(?!\S)")


def _one(word: str) -> str:
    before, after = (r"\S*" if word[at] == "*" else "" for at in (0, -1))
    return before + re.escape(word.strip("*")) + after
