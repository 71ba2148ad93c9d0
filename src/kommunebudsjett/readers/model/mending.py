"""Words that a page or a narrow column broke (`Trondhei m`), made whole by the rest of the document."""

import re

_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
_FIRST_LETTERS = re.compile(r"[^\W\d_]+")


class Mender:
    """Mends header text with the words of one document.

    Two neighbours are one broken word when the document has the whole word elsewhere, and either never has one of
    the two pieces as a word of its own, or has the whole word beside the same neighbour (`ASSS gjennom snitt`).
    """

    def __init__(self, lines: list[str]):
        self._lines = lines
        self._text = ""
        self._mended: dict[str, str] = {}

    def mend(self, text: str) -> str:
        """The text with broken words joined."""
        if " " not in text:
            return text
        if text not in self._mended:
            self._mended[text] = self._join(text.split(" "))
        return self._mended[text]

    def _join(self, words: list[str]) -> str:
        joined = words[:1]
        for word, after in zip(words[1:], [*words[2:], ""], strict=True):
            before = joined[-2] if len(joined) > 1 else ""
            if word[0].islower() and self._broken(joined[-1], word, before, after):
                joined[-1] += word
            else:
                joined.append(word)
        return " ".join(joined)

    def _broken(self, first: str, second: str, before: str, after: str) -> bool:
        last, next_ = _LAST_LETTERS.search(first), _FIRST_LETTERS.match(second)
        if last is None or next_ is None:
            return False
        if not self._text:
            self._text = "\n".join(self._lines).casefold()
        head, tail = last[0].casefold(), next_[0].casefold()
        whole = head + tail
        if not self._is_word(whole):
            return False
        if not (self._is_word(head, unless_after=f" {tail}") and self._is_word(tail, unless_before=f"{head} ")):
            return True
        return bool(
            (before and self._is_word(f"{before.casefold()} {whole}"))
            or (after and self._is_word(f"{whole} {after.casefold()}"))
        )

    def _is_word(self, word: str, unless_before: str = "", unless_after: str = "") -> bool:
        text = self._text
        at = text.find(word)
        while at >= 0:
            end = at + len(word)
            if (
                not text[at - 1 : at].isalpha()
                and not text[end : end + 1].isalpha()
                and not (unless_after and text.startswith(unless_after, end))
                and not (unless_before and text.endswith(unless_before, 0, at))
            ):
                return True
            at = text.find(word, end)
        return False
