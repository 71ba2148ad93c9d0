"""Numbers in prose: printed with digits or as words, with unit, rounding and how sure the writer was."""

import re
from operator import itemgetter
from typing import NamedTuple

from kommunebudsjett.audit.vocabulary import vocabulary

WORDS = {
    "null": 0, "en": 1, "én": 1, "ett": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7,
    "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16,
    "sytten": 17, "atten": 18, "nitten": 19, "tjue": 20, "tretti": 30, "førti": 40, "femti": 50,
}  # fmt: skip
_DIGITS = r"[−–-]?(?:\d{1,3}(?:[ \u00a0.]\d{3}){1,5}(?!\d)|\d+)(?:,\s?\d+)?"
_WORDS = "|".join(sorted(WORDS, key=len, reverse=True))
_UNIT = (
    r"(?P<mnok>millioner(?:\s+kroner)?|million(?:\s+krone)?|mill\.?(?:\s+kr(?:oner)?)?|mnok)\b|"
    r"(?P<bnok>milliard(?:er)?(?:\s+kroner)?|mrd\.?)\b|(?P<percent>prosent\b|%)|(?P<points>prosentpoeng\b)|"
    r"(?P<nok>kroner\b|kr\b)|(?P<noun>(?!(?:til|av|fra|og|mot|er|var|som|på|med|for|mens|eller|per|pr|ble|enn|det)\b)[a-zæøå]{3,}\b)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/])(?P<number>{_DIGITS}|\b(?:{_WORDS})\b)(?![\w/]|[.,]\d)\s*(?:{_UNIT})?", re.IGNORECASE
)
# What a word before a number says of it, and how many characters such words take at most.
_HEDGES, _LONGEST_HEDGE = ("about", "above", "below"), 24
_FACTOR = {"mnok": 1.0, "bnok": 1000.0}


class Amount(NamedTuple):
    """A number in prose. Money is in million kroner; `step` is the unit of its last decimal.

    `hedge` says that it is `about` so much, or that what is meant is `above` or `below` it, and `begins` is where the
    number begins with the words that say so.
    """

    value: float
    unit: str
    step: float
    hedge: str
    begins: int
    start: int
    end: int
    printed: str


def amounts(text: str) -> list[Amount]:
    """The numbers of a sentence, in order. Years are left out; the unit of other counts is the noun after them.

    >>> [(a.value, a.unit, a.step) for a in amounts("5,93 milliarder i 2025, fire millioner under")]
    [(5930.0, 'mnok', 10.0), (4.0, 'mnok', 1.0)]
    """
    out = []
    for match in _NUMBER.finditer(text):
        printed = match["number"]
        word = printed.casefold() in WORDS
        if not word and re.fullmatch(r"(?:19|20)\d\d", printed) and not match["mnok"] and match["percent"] is None:
            continue
        unit = next((name for name in ("mnok", "bnok", "percent", "points", "nok") if match[name]), "")
        if word and not (unit or match["noun"]):
            continue
        if word and printed.casefold() in ("en", "én", "ett") and not unit:
            continue
        noun = (match["noun"] or "").casefold()
        value = float(WORDS[printed.casefold()]) if word else _value(printed)
        places = 0 if word else len(printed.replace(" ", "").partition(",")[2])
        factor = _FACTOR.get(unit, 1.0)
        hedge, begins = _hedge(text, match.start())
        out.append(
            Amount(
                round(value * factor, 9),
                "mnok" if unit in _FACTOR else unit or noun,
                factor * 10.0**-places,
                hedge,
                begins,
                match.start("number"),
                match.end(),
                text[begins : match.end()].strip(),
            )
        )
    return out


def _hedge(text: str, end: int) -> tuple[str, int]:
    """What the words before a place say of the number there, and where they begin."""
    begin = max(0, end - _LONGEST_HEDGE)
    before = text[begin:end].rstrip()
    found = ((kind, match) for kind in _HEDGES if before for match in vocabulary().all(kind, before))
    kind, start = min(
        ((kind, m.start()) for kind, m in found if m.end() == len(before)), key=itemgetter(1), default=("", 0)
    )
    return (kind, begin + start) if kind else ("", end)


def _value(printed: str) -> float:
    text = re.sub(r"[ \u00a0.](?=\d{3})", "", printed).replace(", ", ",").replace(",", ".")
    return -float(text[1:]) if text[0] in "−–-" else float(text)
