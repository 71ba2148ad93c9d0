"""Printed words: joining lines, comparing headings and labels."""

import re
from collections.abc import Sequence

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = ("-", "\u2010", _SOFT_HYPHEN)
_AT_LINE_END = tuple(f"{hyphen}\n" for hyphen in _HYPHENS)
_SUSPENDED = ("og", "eller", "samt", "og/eller")
_WORD = re.compile(r"\w+")
_MARKS = " :*\u00b9\u00b2\u00b3"


def normal(text: str) -> str:
    """A heading or label as it is compared: lower case, single spaces, no colon or footnote mark at the end."""
    return single_spaced(text).rstrip(_MARKS).casefold()


def single_spaced(text: str) -> str:
    """A text with one space where more are printed, and none around it."""
    return " ".join(text.split()) if "  " in text or "\t" in text else text.strip()


def words(text: str) -> list[str]:
    """The words of a text in lower case."""
    return _WORD.findall(text.lower())


def join_text(lines: Sequence[str], document: Sequence[str] = ()) -> str:
    """Lines as one running text; a word that a hyphen broke at the line's end is made whole.

    A hyphen that belongs to the word stays: by capitals or digits ("KS-samarbeidet"), before "og" ("lønns- og"), and
    in a word that the document's lines have with a hyphen and not without.
    """
    joined = lines[0]
    if len(lines) > 1:
        joined = "\n".join(lines)
        if any(hyphen in joined for hyphen in _AT_LINE_END):
            joined = lines[0]
            for line in lines[1:]:
                joined = _mend(joined, line, document) if joined.endswith(_HYPHENS) else f"{joined}\n{line}"
        joined = joined.replace("\n", " ")
    return single_spaced(joined.replace(_SOFT_HYPHEN, ""))


def _mend(above: str, line: str, document: Sequence[str]) -> str:
    """Join two lines, the first ending in a hyphen."""
    if line.split(None, 1)[0] in _SUSPENDED or not above[-2:-1].isalnum():
        return f"{above} {line}"
    begun = above[:-1].split()[-1]
    if begun[-1].isupper() or begun[-1].isdigit() or not line[0].islower():
        return above + line
    rest = _WORD.match(line)[0]
    hyphened, whole = f"{begun}-{rest}", begun + rest
    if any(hyphened in text for text in document) and not any(whole in text for text in document):
        return above + line
    return above[:-1] + line
