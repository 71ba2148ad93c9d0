"""Sections of prose and the labels of an area's tables in, which section gives the reasons for which measure out.

Headings and labels are written by different hands ("PP-tjenesten" and "PPT", "Samisk hus i Trondheim" and "Realiserer
samisk hus"), so they are compared word by word. A word counts for more the fewer headings and labels it is in.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from kommunebudsjett.readers.party_budget.outline import normal, printed_words

_SMALL = frozenset(
    printed_words(
        "av for i og på til med om en ei et ett én den det de som å fra mot ved hele mer mindre nye ny nytt flere"
        " innen under over ta alle andre"
    )
)
# Words for the same thing in municipal budgets.
_SAME = {"bemanning": "ansatte", "årsverk": "ansatte", "stillinger": "ansatte", "stilling": "ansatte"}
# Two words are forms of one word if they begin with the same letters, at least this many and this share.
_STEM = 5
_STEM_SHARE = 0.6
# A word of at least so many letters may end a compound ("klær", "arbeidsklær").
_END = 4
# How alike a heading and a label must be, and how much of a label's weight must be found in a text.
_ALIKE = 0.34
_IN_TEXT = 0.6
# What the label's words in the section's text add, where headings are about equally alike.
_TEXT_WEIGHT = 0.2
_ABBREVIATION = re.compile(r"\b(?:[A-ZÆØÅ]\w*[A-ZÆØÅ]|[bcdfghjklmnpqrstvwxz]{2,})\b")


_PUNCTUATION = ".,;:()/-–“«"


class _Phrase(NamedTuple):
    """A heading or a label: its words that carry meaning, its abbreviations, and all its words as one text.

    Words that are the same have an end or a beginning of `ends` in common.
    """

    words: list[str]
    abbreviations: list[str]
    text: str
    ends: frozenset[str]


class Matcher:
    """The sections of one area, to find the one that a label belongs to.

    Parameters
    ----------
    sections: heading and text of each section.
    titles: headings, as `normal` writes them, that are the area's or a group's: they belong to no single measure.
    """

    def __init__(self, sections: Sequence[tuple[str, str]], titles: Collection[str]):
        places = reversed(range(len(sections)))
        self.exact = {normal(sections[place][0]): place for place in places}
        self.titles = titles
        self.sections = sections

    def match(self, labels: Sequence[str]) -> dict[str, int]:
        """For each label that a section belongs to, the section's place.

        First the heading that is the label; then, of the headings and labels left, those most alike, each taken once;
        then, for a label that no heading is like, the one section whose text has the label's words.
        """
        found = {label: self.exact[normal(label)] for label in labels if normal(label) in self.exact}
        rest = {label: _phrase(label) for label in labels if label not in found}
        if not rest:
            return found
        taken = set(found.values())
        free = {place: phrase for place, phrase in self.phrases.items() if place not in taken}
        commonness = _counts(free.values()) | _counts(rest.values())
        pairs = []
        for place, heading in free.items():
            for order, (label, phrase) in enumerate(rest.items()):
                score = _likeness(heading, phrase, commonness)
                if score >= _ALIKE:
                    score += _TEXT_WEIGHT * self._share_in_text(phrase, place)
                    pairs.append((-score, place, order, label))
        for _, place, _, label in sorted(pairs):
            if label not in found and place not in taken:
                found[label] = place
                taken.add(place)
        for label, phrase in rest.items():
            if label not in found:
                about = self._section_about(phrase)
                if about is not None:
                    found[label] = about
        return found

    @cached_property
    def phrases(self) -> dict[int, _Phrase]:
        """The headings that can be a measure's, by place."""
        return {
            place: _phrase(heading)
            for place, (heading, _) in enumerate(self.sections)
            if normal(heading) not in self.titles
        }

    @cached_property
    def texts(self) -> list[str]:
        """The texts of the sections in lower case, with a space on both sides of every word."""
        return [_spaced(text) for _, text in self.sections]

    def _share_in_text(self, phrase: _Phrase, place: int) -> float:
        return sum(_needle(word) in self.texts[place] for word in phrase.words) / len(phrase.words)

    def _section_about(self, phrase: _Phrase) -> int | None:
        """The one section whose text has most of the phrase; words that are in few texts count for most."""
        needles = map(_needle, phrase.words)
        places = [[place for place, text in enumerate(self.texts) if needle in text] for needle in needles]
        weights = [1 / max(1, len(found)) for found in places]
        scores: dict[int, float] = {}
        for found, weight in zip(places, weights, strict=True):
            for place in found:
                scores[place] = scores.get(place, 0.0) + weight / sum(weights)
        best = sorted(scores.items(), key=lambda item: -item[1])[:2]
        if not best or best[0][1] < _IN_TEXT or (len(best) > 1 and best[0][1] == best[1][1]):
            return None
        return best[0][0]


def _spaced(text: str) -> str:
    spaced = f" {text.lower()} "
    for mark in _PUNCTUATION:
        spaced = spaced.replace(mark, " ")
    for word, same in _SAME.items():
        spaced = spaced.replace(f" {word}", f" {same}")
    return spaced


def _phrase(text: str) -> _Phrase:
    found = printed_words(text)
    carrying = [_SAME.get(word, word) for word in found if word not in _SMALL] or found or [text]
    abbreviations = [word.lower() for word in _ABBREVIATION.findall(text)]
    ends = frozenset([word[:_END] for word in carrying] + [word[-_END:] for word in carrying])
    return _Phrase(carrying, abbreviations, " ".join(found), ends)


def _counts(phrases: Iterable[_Phrase]) -> Counter:
    return Counter(word[:_STEM] for phrase in phrases for word in phrase.words)


def _likeness(heading: _Phrase, label: _Phrase, commonness: Counter) -> float:
    """How much of the words of a heading and a label is the same, 0 to 1."""
    if heading.ends.isdisjoint(label.ends) and not _abbreviates(label, heading) and not _abbreviates(heading, label):
        return 0
    same = _words_in(label, heading) + _words_in(heading, label)
    return _weight(same, commonness) / _weight(heading.words + label.words, commonness)


def _abbreviates(short: _Phrase, long: _Phrase) -> bool:
    return any(_spelled_out(word, long.text) for word in short.abbreviations)


def _weight(found: list[str], commonness: Counter) -> float:
    return sum(1 / commonness[word[:_STEM]] for word in found)


def _words_in(phrase: _Phrase, other: _Phrase) -> list[str]:
    """The words of a phrase that another phrase has in some form, or abbreviates, or spells out."""
    found = {word for word in phrase.words if any(_same_word(word, one) for one in other.words)}
    found.update(short for short in phrase.abbreviations if _spelled_out(short, other.text))
    for short in other.abbreviations:
        found.update(_spelled_out(short, phrase.text))
    return [word for word in phrase.words if word in found]


def _spelled_out(abbreviation: str, text: str) -> list[str]:
    """The words of a text whose letters, from the first word's beginning, the abbreviation has ("bhg", "barnehage")."""
    found = re.search(r"\b" + r"[\w ]*?".join(abbreviation) + r"\w*", text)
    return found[0].split() if found else []


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if short[:_STEM] == long[:_STEM] and len(short) >= _STEM:
        return long.startswith(short[: _stem_length(short)])
    return len(short) >= _END and long.endswith(short)


def _stem_length(word: str) -> int:
    return max(_STEM, round(_STEM_SHARE * len(word)))


def _needle(word: str) -> str:
    """What to look for in a text, where every word stands between spaces, to find a form of a word."""
    return f" {word} " if len(word) < _END else f" {word[: _stem_length(word)]}"
