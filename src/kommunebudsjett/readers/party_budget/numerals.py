"""Numbers in words in, their values out."""

import re

_ONES = {
    "en": 1, "én": 1, "ein": 1, "ei": 1, "ett": 1, "eitt": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
    "sju": 7, "syv": 7, "åtte": 8, "ni": 9,
}  # fmt: skip
_TEENS = {
    "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17,
    "atten": 18, "nitten": 19,
}  # fmt: skip
_TENS = {
    "tjue": 20, "tyve": 20, "tretti": 30, "tredve": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70,
    "åtti": 80, "nitti": 90,
}  # fmt: skip
_VALUES: dict[str, float] = {
    **_ONES, **_TEENS, **_TENS, **{ten + one: _TENS[ten] + _ONES[one] for ten in _TENS for one in _ONES},
    "halvannen": 1.5, "halvannet": 1.5, "halvanna": 1.5, "hundre": 100, "null": 0,
}  # fmt: skip
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
# A number in words is read where a unit of money follows.
_UNIT = r"(?:mill\b|million|mrd\b|milliard|tusen\s(?:kr|kronar)|hundre\stusen\skr|tusen\skroner|kroner\b)"
NUMERAL = re.compile(
    rf"(?<!\w)(?:(?:{_WORD})(?:\shundre(?:\sog\s(?:{_WORD}))?|\sog\s(?:en|ein|ei)\shalv|\skomma\s(?:{_WORD}))?"
    rf"|(?:en|ein|ei)\shalv)\s(?={_UNIT})|(?<!\w)(?:{_WORD})(?:\s(?:og|til|eller)\s|\s?[-–]\s?)(?={_WORD})",
    re.IGNORECASE,
)
_HALF = re.compile(r"(?:(?P<whole>\w+) og )?(?:en|ein|ei) halv")
_DECIMAL = re.compile(r"(?P<whole>\w+) komma (?P<decimals>\w+)")
_HUNDREDS = re.compile(r"(?P<count>\w+) hundre(?: og (?P<rest>\w+))?")


def numeral_before(text: str, start: int) -> tuple[float, int] | None:
    """The value of the number in words that begins at `start`, and where it ends; None where there is none."""
    match = NUMERAL.match(text, start)
    if match is None:
        return None
    words = " ".join(match[0].lower().split())
    for joint in (" og", " til", " eller", "-", "–"):
        if words.endswith(joint):
            word = words.removesuffix(joint).strip()
            return (_VALUES[word], start + len(word)) if word in _VALUES else None
    end = start + len(match[0].rstrip())
    return None if (value := _value(words)) is None else (value, end)


def _value(words: str) -> float | None:
    half = _HALF.fullmatch(words)
    if half:
        return _VALUES[half["whole"]] + 0.5 if half["whole"] else 0.5
    decimal = _DECIMAL.fullmatch(words)
    if decimal:
        decimals = _VALUES[decimal["decimals"]]
        return _VALUES[decimal["whole"]] + decimals / 10 if decimals < 10 else None
    hundreds = _HUNDREDS.fullmatch(words)
    if hundreds:
        return _VALUES[hundreds["count"]] * 100 + (_VALUES[hundreds["rest"]] if hundreds["rest"] else 0)
    return _VALUES.get(words)


def count_of(word: str) -> int | None:
    """The whole number that a word or digits mean ("to", "12").

    >>> count_of("to"), count_of("12"), count_of("mange")
    (2, 12, None)
    """
    if word.isdecimal() and len(word) < 6:
        return int(word)
    value = _VALUES.get(word.lower())
    return int(value) if value is not None and value == int(value) else None
