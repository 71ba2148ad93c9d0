"""Curated names of KOSTRA functions and departments in; which area a printed name is likely to belong to, out."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.tables.contracts import AREA_WORDS
from kommunebudsjett.tables.grouping import records
from kommunebudsjett.tables.phrases import load_phrases, pattern, tokens
from kommunebudsjett.tables.reference import curated


@curated("area_words.csv")
def load_area_words(reference: Path) -> pd.DataFrame:
    """The curated rows of area_words.csv: words, language, area_id and source.

    Raises UserError, with the line, for words that no name can hold, and words given twice.
    """
    return load_phrases(reference / "area_words.csv", AREA_WORDS)


class Proposal(NamedTuple):
    """The area that a printed name may belong to, how sure that is (`sure` or `doubtful`), and by which words."""

    area_id: str
    sure: str
    words: tuple[str, ...]


class AreaWords:
    """The curated names, ready to be looked for."""

    def __init__(self, rows: pd.DataFrame):
        self._patterns = [(pattern(row.words), row.words, row.area_id) for row in records(rows)]
        self._found: dict[str, Proposal | None] = {}

    def propose(self, name: str) -> Proposal | None:
        """The area that a name's words are of; None where there are no such words.

        It is sure where all that is found is of one area; else the area of most words, the first of equals.

        >>> words = AreaWords(pd.DataFrame({"words": ["skule", "kultur*"], "area_id": ["oppvekst", "kultur_idrett"]}))
        >>> words.propose("Skule"), words.propose("Skule og kultur").sure, words.propose("Diverse")
        (Proposal(area_id='oppvekst', sure='sure', words=('skule',)), 'doubtful', None)
        """
        if name not in self._found:
            text = " ".join(tokens(name))
            hits = [(each.search(text), words, area) for each, words, area in self._patterns]
            found = sorted(
                ((match.start(), words, area) for match, words, area in hits if match), key=lambda hit: hit[0]
            )
            self._found[name] = _proposal([(words, area) for _, words, area in found])
        return self._found[name]


def _proposal(found: list[tuple[str, str]]) -> Proposal | None:
    if not found:
        return None
    areas = [area for _, area in found]
    best = max(dict.fromkeys(areas), key=areas.count)
    return Proposal(best, "sure" if len(set(areas)) == 1 else "doubtful", tuple(words for words, _ in found))


def area_words(reference: Path) -> AreaWords:
    """The names of a folder of reference data. Raises UserError as `load_area_words` does."""
    return AreaWords(load_area_words(reference))
