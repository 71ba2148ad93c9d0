"""The words of a statement in, the name of its measure out."""

import re

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget.words import Words

_LABEL = re.compile(r"(?P<label>[^:]{3,90}?)\s?(?::|\s[-–—]|\s=)\s*(?:kr\.?\s?)?(?:[-–−+]\s?)?$")
_WORD = re.compile(r"[^\W\d_][\w-]*")
_NUMBER_IN_LIST = re.compile(r"^\d{1,3}(?:[.)]|\s?\|)\s+(?=[A-ZÆØÅ])")
_EDGES = ' \t|,.;:–—-()«»"“”*!?•+=…¤'
_OPENERS = re.compile(
    r"^(?:(?:i |fra |frå )?(?:19|20)\d\d:?"
    r"|går|gis|brukes|og|samt|men|i tillegg|dessuten|deretter|videre|vidare"
    r"|for|med|at|så|av|til|på|i|om|herav|hvorav)\s",
    re.IGNORECASE,
)
_NTH = r"(?:første|fyrste|andre|tredje|fjerde|femte|sjette|sjuende|siste)(?:\sog\ssiste)?"
_PAYS = r"(?:finansierer|finansierar|betaler|betalar|dekker|dekkjer|henter|hentar)"
# What a sentence begins with that is about the document, and not about the measure.
_PREAMBLE = re.compile(
    rf"^[\W_]*(?:og\s(?=for\sdet\s))?(?:(?:for\sdet\s{_NTH}|til\sslutt|her)\s)?"
    rf"(?:(?:dette|det)\s{_PAYS}\s(?:vi|me|partiet)\s|(?:vi|me|partiet)\s{_PAYS}\s(?:dette|det)\s"
    r"|(?:i\s(?:det\s|vårt\s)?(?:alternative\s|eget\s)?(?:budsjett\w*|forslag\w*)[^,]{0,40},?\s)?"
    r"(?:vil|ønsker|ønskjer|foreslår|føreslår|skal)\s(?:vi|me|partiet)\s)?"
    r"(?:(?:ved|med)\så\s(?:(?:ta|tek|hente|bruke|bruka)\s)?)?",
    re.IGNORECASE,
)
_CLOSERS = re.compile(
    r"\s(?:og|med|på|til|for|i|av|er|får|fåer|å|en|et|ein|eit|om|som|ca|cirka|rundt|nesten|nær|omtrent|over|vel|kr|det|at"
    r"|settes|brukes|går|gis|ytterligere|ekstra|bare|utgjør|koster|kostar"
    r"|samlet|totalt|til sammen|i alt|blir|skal|tilføres)$",
    re.IGNORECASE,
)
# Who says it, and clauses that go on with something else, name no measure.
_SAYS = re.compile(r",?\s(?:sier|seier|sa|forteller|fortel|mener|meiner)\s(?![^,.]*\d)[^,.]*")
_COMPARISON = re.compile(
    r"\s(?:enn|oppå|utover)\s(?:i\s\w*(?:forslag|framlegg|budsjett)\w*\s(?:fra|frå|til)\s|i\s|det\s)?\S+"
    r"(?:\s(?:har|hadde|vil|gir|gjev|foresl\w+|føresl\w+|la))*(?:\s\w*forslag\w*)?"
)
_NEW_CLAUSE = re.compile(
    r",\s(?:for at|og (?:for|at|så|i|betaler|betalar|finansierer|dekker|dekkjer|henter|hentar)"
    r"|som|så|der|men|når|slik|mens|sier|seier|sa|fordi|hvor)\s.*"
)
# Kinds of words that name no measure; the longer expressions come first.
_NO_NAME = (
    "anaphor", "period", "year_each", "spread", "approximate", "total", "proposes", "refuse", "cut_noun", "whole",
    "others", "function", "part",
)  # fmt: skip
_LONGEST = 160
_SHORTEST = 4


def content_words(text: str, document: Document, words: Words, is_after: bool = False) -> list[str]:
    """The words of a text that can name a measure: no words of every sentence, nor of the publisher's name.

    What is printed after an amount may name who proposes to others as its receiver ("i administrasjonen").
    """
    text = _SAYS.sub(" ", _COMPARISON.sub(" ", text) if is_after else text)
    for kind in _NO_NAME:
        if kind != "others" or not is_after:
            text = words.without(kind, text)
    publisher = {word.casefold().removesuffix("s") for word in _WORD.findall(document.publisher)}
    places = tuple(word.casefold() for word in _WORD.findall(document.municipality))
    found = []
    for word in _WORD.findall(text):
        folded = word.casefold()
        is_short = len(word) < _SHORTEST and not (len(word) == _SHORTEST - 1 and word.isupper())
        if is_short or folded.removesuffix("s") in publisher or folded.startswith(places):
            continue
        if not any(words.begins(kind, word) for kind in ("up", "down", "cost", "take")):
            found.append(folded)
    return found


def label_words(label: str, words: Words) -> list[str]:
    """The words of a label that is made of words of every sentence ("Kutt i tilskudd til kor")."""
    for kind in ("whole", "total", "function", "cost", "anaphor"):
        label = words.without(kind, label)
    return [word.casefold() for word in _WORD.findall(label) if len(word) > _SHORTEST - 2]


def stems(found: list[str]) -> set[str]:
    """Words as they are compared: their first five letters."""
    return {word[:5] for word in found}


def without_preamble(before: str) -> str:
    """The words before an amount without what only says that the document proposes, or how it pays.

    >>> without_preamble("For det andre vil vi øke tilskuddet med "), without_preamble("Dette finansierer vi ved å ta ")
    ('øke tilskuddet med ', '')
    """
    return _PREAMBLE.sub("", before, count=1)


def main_clause(after: str) -> str:
    """What follows an amount, without the clauses that go on with something else."""
    return _NEW_CLAUSE.sub("", _SAYS.sub("", after))


def label_of(before: str) -> str:
    """The label that an amount follows ("Barnevern: 5,5 millioner"), or ""."""
    found = _LABEL.fullmatch(before.lstrip(_EDGES))
    return trimmed(found["label"]) if found else ""


def trimmed(text: str) -> str:
    """A name without the words and marks that join it to its sentence."""
    text = " ".join(text.split())
    while True:
        shorter = _CLOSERS.sub("", _OPENERS.sub("", text.strip(_EDGES))).strip(_EDGES)
        if shorter == text:
            break
        text = shorter
    opened = text.rfind("(")
    if opened > 0 and ")" not in text[opened:]:
        return trimmed(text[:opened])
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return text[:1].upper() + text[1:]


def without_number(name: str) -> str:
    """A name without the number that it has in its list.

    >>> without_number("1 | Kunstgress"), without_number("12. Vikarar"), without_number("2 nye lærere")
    ('Kunstgress', 'Vikarar', '2 nye lærere')
    """
    return _NUMBER_IN_LIST.sub("", name, count=1)


def receivers(text: str) -> list[str]:
    """The named receivers of a subject ("Misjonens «Dagslønn» og Havnehjelpens «Ny start», som begge"), two or more."""
    text = re.split(r",\s(?:som|der)\s", text.strip(_EDGES))[0]
    text = re.sub(r"\s(?:får|fåer|gis|skal få|vil få|tilføres)$", "", trimmed(text))
    names = [name.strip(_EDGES) for name in re.split(r",\s|\sog\s|\ssamt\s", text)]
    return names if len(names) > 1 and all(name and name[0].isupper() for name in names) else []
