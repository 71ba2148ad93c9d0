"""Topics that nobody has defined: documents and topic definitions in, names and terms that recur out, best first."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.passages import Passage, passages
from kommunebudsjett.tables.topics import whole_words

COLUMNS = ["term", "documents", "in_headings", "statements", "places"]

_WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
_NAME = re.compile(r"(?<![\w-])[A-ZÆØÅ][\w-]*(?: [A-ZÆØÅ][\w-]*)+")
# Stands where a defined topic stood.
_DEFINED = "·"
_ENDINGS = ("enes", "ene", "ens", "ets", "ers", "en", "et", "er", "es", "e", "a", "s")
# A noun in the definite form, or with an ending that only nouns have.
_NOUN = re.compile(r"\w+(?:ene|en|et|ing|sjon|het|skap|sjonen)s?")
# A shorter word is seldom the name of one thing.
_SHORTEST_TERM = 8
_SHORTEST_NAME = 3
_SHORTEST_STEM = 4
# What stands in more of the passages than this is what the documents are about as a whole, unless they are few.
_LARGEST_SHARE = 0.02
_FEW = 20
_PLACES_SHOWN = 3


def propose(documents: dict[str, list[str]], definitions: pd.DataFrame) -> pd.DataFrame:
    """Names and terms that recur in at least two documents outside what the definitions find, best first.

    Best are proper names, then nouns, then what stands in most documents and in their headings, then what stands in
    few passages. Columns: term (as most often printed), documents, in_headings (how many documents have it in a
    heading), statements (how many passages it stands in) and places (some lines of each document).

    Parameters
    ----------
    documents: the lines of each document.
    definitions: as `load_topics` gives them.
    """
    patterns = [whole_words(pattern) for pattern in definitions["pattern"]]
    undefined = {document: _without(patterns, passages(lines)) for document, lines in documents.items()}
    found = sorted(_without_parts(_recurring(undefined)), key=lambda term: term.rank)
    rows = [
        (
            term.printed,
            len(term.lines),
            len(term.headings),
            term.statements,
            "; ".join(f"{document} {join_lines(lines[:_PLACES_SHOWN])}" for document, lines in term.lines.items()),
        )
        for term in found
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass
class _Term:
    """A word or name: how it is printed, its lines by document, and the documents that have it in a heading.

    `openings` are its forms at the beginning of a sentence, where every word has a capital.
    """

    forms: Counter[str] = field(default_factory=Counter)
    openings: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)
    headings: set[str] = field(default_factory=set)

    @property
    def printed(self) -> str:
        forms = self.forms or self.openings
        return min(forms, key=lambda form: (-forms[form], form))

    @property
    def statements(self) -> int:
        return sum(len(lines) for lines in self.lines.values())

    @property
    def is_name(self) -> bool:
        return bool(self.forms) and all(form[0].isupper() for form in self.forms)

    @property
    def rank(self) -> tuple:
        is_noun = any(_NOUN.fullmatch(form) for form in self.forms)
        return (
            not self.is_name, not is_noun, -len(self.lines), -len(self.headings), self.statements, self.printed
        )  # fmt: skip


def _without(patterns: list[re.Pattern], found: list[Passage]) -> list[Passage]:
    """Passages without what the patterns match."""
    text = "\n".join(passage.text for passage in found)
    for pattern in patterns:
        text = pattern.sub(lambda match: _DEFINED + "\n" * match[0].count("\n"), text)
    return [passage._replace(text=rest) for passage, rest in zip(found, text.split("\n"), strict=True)]


def _recurring(printed: dict[str, list[Passage]]) -> list[_Term]:
    """The words and names that stand in several documents and are neither short nor everywhere."""
    terms: dict[str, _Term] = defaultdict(_Term)
    for document, found in printed.items():
        for passage in found:
            for form, opens in sorted(set(_words(passage.text))):
                term = terms[_stem(form)]
                (term.openings if opens else term.forms)[form] += 1
                lines = term.lines.setdefault(document, [])
                if lines[-1:] != [passage.lines[0]]:
                    lines.append(passage.lines[0])
                if passage.is_heading:
                    term.headings.add(document)
    most = max(_FEW, _LARGEST_SHARE * sum(len(found) for found in printed.values()))
    return [
        term
        for term in terms.values()
        if len(term.lines) > 1
        and term.statements <= most
        and len(term.printed) >= (_SHORTEST_NAME if term.is_name else _SHORTEST_TERM)
    ]


def _without_parts(found: list[_Term]) -> list[_Term]:
    """Terms without the words that stand only in a longer name."""
    parts = {(word, str(term.lines)) for term in found if " " in term.printed for word in _WORD.findall(term.printed)}
    return [term for term in found if (term.printed, str(term.lines)) not in parts]


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The words and names of several words in a passage, each with whether it begins a sentence."""
    for match in _WORD.finditer(text):
        word = match[0]
        yield word, _begins_sentence(text, match.start()) and word[1:] == word[1:].lower()
    for match in _NAME.finditer(text):
        name = match[0]
        if _begins_sentence(text, match.start()):
            name = name.split(" ", 1)[1]
        if " " in name:
            yield name, False


def _begins_sentence(text: str, at: int) -> bool:
    return text[:at].rstrip(' "“«(')[-1:] in ".:!?"


def _stem(word: str) -> str:
    """A word without the ending that a Norwegian noun or name takes."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
