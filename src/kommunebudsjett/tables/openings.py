"""Which of many texts an expression can match, told by the words that it begins with: an index of words in their order.

To search every text for every topic takes most of a second; few texts have a word that begins as a topic does.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

_WORD = re.compile(r"\w+")
# What may hold a bracket or a bar that is none of the expression's own.
_ESCAPED = re.compile(r"\\.|\[\^?\]?[^\]]*\]", re.DOTALL)
_INNERMOST_GROUP = re.compile(r"(?P<first>^|(?<=[|(:]))?\((?:\?:)?(?P<inside>[^()]*)\)(?P<optional>[?*{]?)")
# Stands where a group or a class stood; no letter.
_SOMETHING = "·"
# A letter that is repeated may be missing.
_LETTERS = re.compile(r"(?:[^\W\d_](?![?*{]))*")


def openings(pattern: str) -> set[str]:
    """The letters that the alternatives of an expression begin with; with "" where one begins with anything else.

    >>> sorted(openings("barnehage\\\\w*|(?:små)?barn|bhg?")), sorted(openings("natt(?:buss|ravn)|HVS"))
    (['barn', 'barnehage', 'bh', 'små'], ['hvs', 'natt'])
    """
    plain = _ESCAPED.sub(_SOMETHING, pattern)
    while _INNERMOST_GROUP.search(plain):
        plain = _INNERMOST_GROUP.sub(_without_brackets, plain)
    return {_LETTERS.match(alternative)[0].casefold() for alternative in plain.split("|")}


def _without_brackets(group: re.Match) -> str:
    """A group that can come first as alternatives of what it stands in, one of them for its absence."""
    if group["first"] is None:
        return _SOMETHING
    alternatives = group["inside"].replace("|", f"{_SOMETHING}|")
    return f"{alternatives}{_SOMETHING}{'|' if group['optional'] else ''}"


class WordIndex:
    """The words of numbered texts in alphabetical order, each with the numbers of the texts that hold it."""

    def __init__(self, texts: list[str]):
        self._all = range(len(texts))
        self._holding: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            for word in set(_WORD.findall(text.casefold())):
                self._holding.setdefault(word, []).append(number)
        self._words = sorted(self._holding)

    def with_word_in(self, beginnings: set[str]) -> list[int]:
        """The numbers, ascending, of the texts with a word that begins so; of all texts where one of them is ""."""
        if "" in beginnings:
            return list(self._all)
        return sorted({number for beginning in beginnings for number in self._holding_any(beginning)})

    def _holding_any(self, beginning: str) -> Iterator[int]:
        for place in range(bisect_left(self._words, beginning), len(self._words)):
            if not self._words[place].startswith(beginning):
                return
            yield from self._holding[self._words[place]]
