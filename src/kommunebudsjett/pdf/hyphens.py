"""Lines of one text in, the text out: words that a hyphen at a line's end broke are made whole."""

import re
from collections import Counter
from collections.abc import Iterable

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)
# Shorter parts are syllables; fewer words that are broken are a chance.
_SHORTEST_PART, _FEWEST_BROKEN = 4, 3
_SUSPENDED = ("og", "eller", "samt", "og/eller", "til", "som", "både", "and", "or")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Joiner:
    """Joins lines by the words of one document."""

    def __init__(self, texts: Iterable[str]):
        texts = list(texts)
        self._words = Counter(
            word.casefold() for text in texts for word in _WORD.findall(text.replace(_SOFT_HYPHEN, ""))
        )

        # Whether the document breaks words at all: one is broken that stands whole elsewhere.
        self._breaks = sum(map(self._is_broken_word, texts, texts[1:])) >= _FEWEST_BROKEN

    def _is_broken_word(self, above: str, below: str) -> bool:
        if above.endswith(_SOFT_HYPHEN):
            return True
        begun, rest = _WORD.findall(above[:-1]), _WORD.match(below)
        if not above.endswith(_HYPHENS) or not begun or not rest or not above[-2:-1].islower():
            return False
        return self._words[(begun[-1] + rest[0]).casefold()] > 0

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one text.

        A hyphen between small letters goes, unless "og" or the like follows ("barne- og ungdomsarbeid"), or the
        document has the word with its hyphen and not without. After a slash in a word no space is put.
        """
        joined = ""
        for line in filter(None, lines):
            if not joined or (joined[-2:-1].isalnum() and joined.endswith("/")):
                joined += line
            else:
                joined = self._mend(joined, line) if joined.endswith(_HYPHENS) else f"{joined} {line}"
        return joined.replace(_SOFT_HYPHEN, "")

    def join_cell(self, lines: Iterable[str]) -> str:
        """The lines of a cell as one text; a narrow column can also break a word without a hyphen.

        Two pieces are one word where the document has it whole, and not both of them as words of their own.
        """
        joined: list[str] = []
        for line in lines:
            head, tail = joined[-1].rpartition(" ")[2] if joined else "", line.split(None, 1)[0] if line else ""
            if joined and (self._is_cut(head, tail) or self._is_hyphened(head, tail)):
                joined[-1] += line
            else:
                joined.append(line)
        return self.join(joined)

    def _is_cut(self, head: str, tail: str) -> bool:
        tail = tail.rstrip(".,:;)")
        if not (head.isalpha() and tail.isalpha() and tail.islower()):
            return False
        parts_known = self._words[tail.casefold()] and self._words[head.casefold()]
        return bool(self._words[(head + tail).casefold()]) and not parts_known

    def _is_hyphened(self, head: str, tail: str) -> bool:
        """Whether a hyphen stands between two words of their own, in a document that breaks no words.

        So headers print a difference: "budsjett-regnskap".
        """
        if self._breaks or not head.endswith("-"):
            return False
        parts = [word.casefold() for word in (*_WORD.findall(head[:-1])[-1:], *_WORD.findall(tail)[:1])]
        return len(parts) > 1 and all(self._words[part] and len(part) >= _SHORTEST_PART for part in parts)

    def is_broken(self, above: str, below: str) -> bool:
        """Whether a hyphen at the end of `above` breaks a word that goes on in `below`."""
        return above.endswith(_HYPHENS) and not self._mend(above, below).startswith(f"{above} ")

    def _mend(self, above: str, line: str) -> str:
        if above.endswith(_SOFT_HYPHEN):
            # A soft hyphen is printed only where it breaks a word.
            return above[:-1] + line
        first = line.split(None, 1)[0]
        if first.rstrip(",.") in _SUSPENDED or not above[-2:-1].isalnum():
            return f"{above} {line}"
        if not above[-2].islower() or not line[0].islower():
            return above + line
        begun, rest = _WORD.findall(above[:-1]), _WORD.match(line)
        if begun and rest:
            whole = (begun[-1] + rest[0]).casefold()
            hyphened = f"{begun[-1]}-{rest[0]}".casefold()
            if self._words[hyphened] and not self._words[whole]:
                return above + line
        return above[:-1] + line
