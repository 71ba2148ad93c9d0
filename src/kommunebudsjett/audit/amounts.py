"""Numbers in prose: printed with digits or as words, with unit, rounding and how sure the writer was."""

import re
from typing import NamedTuple

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
_AMOUNT = re.compile(
    rf"(?<![\w.,/])(?:(?P<about>om lag|omtrent|rundt|ca\.?|cirka|nesten|nærmere|nær|i underkant av|i overkant av|"
    rf"litt over|litt under|over|under|minst|inntil)\s+)?"
    rf"(?P<number>{_DIGITS}|\b(?:{_WORDS})\b)(?![\w/]|[.,]\d)\s*(?:{_UNIT})?",
    re.IGNORECASE,
)
_FACTOR = {"mnok": 1.0, "bnok": 1000.0}


class Amount(NamedTuple):
    """A number in prose. Money is in million kroner; `step` is the unit of its last decimal; `about` a stated doubt."""

    value: float
    unit: str
    step: float
    about: bool
    start: int
    end: int
    printed: str


def amounts(text: str) -> list[Amount]:
    """The numbers of a sentence, in order. Years are left out; the unit of other counts is the noun after them.

    >>> [(a.value, a.unit, a.step) for a in amounts("5,93 milliarder i 2025, fire millioner under")]
    [(5930.0, 'mnok', 10.0), (4.0, 'mnok', 1.0)]
    """
    out = []
    for match in _AMOUNT.finditer(text):
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
        out.append(
            Amount(
                round(value * factor, 9),
                "mnok" if unit in _FACTOR else unit or noun,
                factor * 10.0**-places,
                bool(match["about"]),
                match.start("number"),
                match.end(),
                match[0].strip(),
            )
        )
    return out


def _value(printed: str) -> float:
    text = re.sub(r"[ \u00a0.](?=\d{3})", "", printed).replace(", ", ",").replace(",", ".")
    return -float(text[1:]) if text[0] in "−–-" else float(text)
