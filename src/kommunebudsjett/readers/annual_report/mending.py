"""Words that a page or a narrow column broke (`Trondhei m`), made whole by the rest of the document."""


class Mender:
    """Mends header text with the words of one document.

    Two neighbours are one broken word when the document has the whole word elsewhere and never has one of the
    two pieces as a word of its own.
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
        for word in words[1:]:
            if word[0].islower() and joined[-1].isalpha() and word.isalpha() and self._broken(joined[-1], word):
                joined[-1] += word
            else:
                joined.append(word)
        return " ".join(joined)

    def _broken(self, first: str, second: str) -> bool:
        if not self._text:
            self._text = "\n".join(self._lines)
        if not self._is_word(first + second):
            return False
        return not (
            self._is_word(first, unless_after=f" {second}") and self._is_word(second, unless_before=f"{first} ")
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
