"""One printed text in, the unit that it states out.

`unit_of_label` is for what names a table, a column or a row; `unit_of_line` for a line of text, which states a unit
only where it is made to ("Alle tall i 1000 kroner"). Both give a unit's name, `UNKNOWN` for wording about a unit that
is not understood, or None where nothing is said about units. An amount ("300 millioner kroner i 2026") states none.
"""

import re
from functools import lru_cache

MNOK, TNOK, NOK, PERCENT, FTE, COUNT = "mnok", "tnok", "nok", "percent", "fte", "count"
UNKNOWN = "unknown"
# How many of each unit of money are a million kroner.
PER_MILLION = {MNOK: 1, TNOK: 1_000, NOK: 1_000_000}

_KRONER = r"(?:kroner|kronar|kr\b\.?|nok\b)"
_MILL = r"mill(?:ione?r|ionar|ion)?\b\.?"
_1000 = r"(?:hele\s+|heile\s+)?(?:1[\s.]?000|'?000|tusen(?:ar|er)?)\b"
_YEAR = r"(?:19|20)\d\d"
# What a unit that could be an amount or other words must follow, if it is not the first.
_BEFORE = re.compile(
    rf"(?:^|[(\[,;:/–−-]|\b(?:i|hele|heile|norske|sum|totalt?|i alt|alt|sammen|beløp\w*|tall\w*|budsjett\w*|regnskap\w*"
    rf"|avvik\w*|forbruk|endring\w*))\s*(?:{_YEAR}\s*)?$",
    re.IGNORECASE,
)
# What may follow such a unit.
_AFTER = re.compile(
    rf"\s*(?:$|[)\],;:./–−-]|{_YEAR}|(?:i|for|per|pr|som|med|dersom|hvis|der|om|eks\w*|inkl\w*)\b)", re.IGNORECASE
)
# After a full stop that ends the unit too ("Alle tall i 1000 kr. Minus er innsparing."), a new sentence may begin.
_SENTENCE = re.compile(r"\s+[A-ZÆØÅ]")
# What makes "1000 kr" an amount ("1000 kr per barn", "kr 1000,-").
_A_RATE = re.compile(r"\s*(?:pe?r\b|/|,\s?[-–−])", re.IGNORECASE)
# Kroner of a year's value are a price level, no unit.
_PRICES = re.compile(rf"\b(?:faste|løpende)\s+(?:{_YEAR}-?\s?)?\w+|\b{_YEAR}-\s?(?:kroner|kr\b|priser?)", re.IGNORECASE)
_YEARS = re.compile(rf"\b{_YEAR}\b")

# In the order in which they are tried; what one takes, the next does not see.
_MILLIONS = re.compile(
    rf"\bmnok\b|\bmkr\b|\b{_MILL}\s*(?:norske\s+)?{_KRONER}|\b{_KRONER}\s*(?:i\s+)?{_MILL}", re.IGNORECASE
)
_THOUSANDS = re.compile(r"\btnok\b|\b[tk]\s?\.?\s?kr\b\.?|\bknok\b", re.IGNORECASE)
_THOUSAND_KRONER = re.compile(
    rf"(?<!\d)(?<!\d[\s.]){_1000}\s*-?\s*(?:norske\s+)?{_KRONER}|\b{_KRONER}\s*(?:i\s+)?{_1000}(?!\d)", re.IGNORECASE
)
_BARE_MILLIONS = re.compile(rf"\b{_MILL}", re.IGNORECASE)
_BARE_THOUSANDS = re.compile(rf"(?<![\d.,])(?<!\d\s){_1000}(?!\s?\d)", re.IGNORECASE)
_BARE_KRONER = re.compile(r"\b(?:kroner|kronar|kr|Kroner|Kronar|Kr|KR|NOK)\b(?!\.?[\w-])\.?")
_UNKNOWN_UNITS = re.compile(r"\bmio\b|\bmrd\b|\bmilliard\w*|\bbnok\b|\bmrdkr\b", re.IGNORECASE)
_FOREIGN = re.compile(r"\b(?:euro?|meur|dollar|usd|svenske|danske|sek|dkk)\b|€|\$", re.IGNORECASE)
_PERCENT = re.compile(r"%|\bprosent\w*|\bpst\b|\bpromille\b", re.IGNORECASE)
_FTE = re.compile(r"^\W*(?:antall?\s+|tal\s+på\s+)?årsverk\b|\bi\s+årsverk\b|\(årsverk\)", re.IGNORECASE)
_COUNT = re.compile(r"^\W*(?:antall?|tal\s+på)\b|\(antall?\)", re.IGNORECASE)
_PER_HEAD = re.compile(r"\b(?:pe?r\.?\s*|/\s*)innb(?:yggere?|yggjarar?)?\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d\s*$")
_IN_WORDS = re.compile(
    r"\b(?:flere|fleire|mange|noen|nokre|en|ein|ett|eitt|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|halv|halvannen|hundre)"
    r"\s*$",
    re.IGNORECASE,
)
# A number alone says nothing of units: it may be a figure, an account or a page.
_DIGITS_ALONE = re.compile(r"[\d\s.'’]+")
_AMOUNT_AFTER = re.compile(r"\s*\d")

_OPENING = re.compile(
    r"^\W*(?:alle\s+|samtlige\s+|dei\s+|de\s+)?(?:tall|tala?|beløp|belaup|summe[rn]|sumar|verdie?r)(?:ene|ane|et|a)?\b"
    r"[^.!?\d]{0,60}?\bi\s+|\(\s*(?:alle\s+)?i\s+(?!(?:19|20)\d\d)|\b(?:tall|beløp)(?:ene|et)?\s+(?:\w+\s+){0,4}?i\s+",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"\W*(?:alle\s+|samtlige\s+|dei\s+|de\s+)?(?:tall|tala?|beløp|belaup|summe[rn]|sumar|verdie?r)", re.IGNORECASE
)
# A scale that is none of those known ("Tall i 10 000 kroner").
_ODD_SCALE = re.compile(rf"\d[\d\s.]*-?\s?{_KRONER}", re.IGNORECASE)
# A part of every wording about a unit: a cheap test before the expressions.
_MAY_STATE = re.compile(
    r"kr|nok|mill|mrd|mio|tus|000|%|prosent|pst|promille|antal|tal på|årsverk|inn?by|innb|pris", re.IGNORECASE
)
# How many characters around a word are looked at, and from how many on a text is too long to state a unit.
_WINDOW = 60
_LONGEST = 400
# All that a line may say beside the unit, where it does not open as a statement.
_BESIDE = re.compile(
    rf"[\W_]*(?:(?:i|hele|heile|alle|oppgitt|angitt|{_YEAR})\b[\W_]*)*"
    r"(?:(?:høve|forhold)\s+til\s.{1,60}|(?:endring(?:er|ar)?|avvik|sammenlignet|samanlikna)\s.{1,60})?",
    re.IGNORECASE,
)
_FOR_ALL = re.compile(
    r"\b(?:alle|samtlige)\s+(?:tall|tal|beløp|summer|sumar|verdier)\b"
    r"(?!.*\b(?:tabell\w*|oversikt\w*|kapit\w*|avsnitt\w*|del|under|nedenfor|over|ovenfor|følgende|disse|denne)\b)",
    re.IGNORECASE,
)
# The end of a sentence that began on the line above.
_TAIL = re.compile(r"^[a-zæøå].*\w{5,}\.$")


@lru_cache(maxsize=4096)
def unit_of_label(text: str) -> str | None:
    """The unit that a label, a caption or the head of a column states.

    >>> unit_of_label("Sum i mill kr"), unit_of_label("Tilskudd i mrd."), unit_of_label("Nok sykehjemsplasser")
    ('mnok', 'unknown', None)
    """
    if len(text) > _LONGEST or not _MAY_STATE.search(text) or _DIGITS_ALONE.fullmatch(text):
        return None
    found, rest = _money(_PRICES.sub(" ", text))
    if not found and _has_odd_scale(text):
        return UNKNOWN
    if _FTE.search(text):
        found.add(FTE)
    elif _COUNT.search(text):
        found.add(COUNT)
    if any(not _AMOUNT.search(rest[: match.start()]) for match in _PERCENT.finditer(rest)):
        found.add(PERCENT)
    if not found:
        return UNKNOWN if _PER_HEAD.search(text) else None
    return found.pop() if len(found) == 1 else UNKNOWN


@lru_cache(maxsize=4096)
def unit_of_line(text: str) -> str | None:
    """The unit that a line of text states for the figures around it; prose that mentions money states none.

    >>> unit_of_line("Alle tall i 1000 kroner"), unit_of_line("Flere tusen familier"), unit_of_line("mill. kr")
    ('tnok', None, 'mnok')
    """
    if len(text) > _LONGEST or not _MAY_STATE.search(text):
        return None
    opening = _OPENING.search(text)
    if not opening and (_TAIL.match(text.strip()) or not _is_unit_alone(text)):
        return None
    stated = text[opening.start() :] if opening else text
    if _has_amount(stated):
        return UNKNOWN if _has_odd_scale(stated) else None
    unit = unit_of_label(stated)
    return UNKNOWN if unit is None and opening and _PRICES.search(stated) else unit


def is_unit_line(text: str) -> bool:
    """Whether a line is made to state a unit, and is no heading that has one in parentheses."""
    return bool(unit_of_line(text)) and (bool(_FIGURES.match(text)) or _is_unit_alone(text))


def is_for_all(text: str) -> bool:
    """Whether a line that states a unit says that it is the unit of all figures of the document."""
    return bool(_FOR_ALL.search(text))


def is_price_level(text: str) -> bool:
    """Whether a line says the price level of figures ("Alle tall er i 2026-kroner") and no unit.

    >>> is_price_level("Alle tall er i 2026-kroner."), is_price_level("Alle tall i mill. 2026-kroner")
    (True, False)
    """
    return bool(_PRICES.search(text)) and unit_of_label(_PRICES.sub(" ", text)) is None


def _money(text: str) -> tuple[set[str], str]:
    """The units of money that a text states, and the text without them."""
    found: set[str] = set()

    def take(pattern: re.Pattern[str], unit: str, *, placed: bool) -> None:
        nonlocal text
        # Backwards, so that what is taken moves nothing.
        for match in reversed(list(pattern.finditer(text))):
            before = text[max(0, match.start() - _WINDOW) : match.start()]
            after = text[match.end() : match.end() + _WINDOW]
            followed = bool(_AMOUNT_AFTER.match(after)) and not _YEARS.match(after.lstrip())
            amount = followed or _is_amount(before) or (not opened and bool(_IN_WORDS.search(before)))
            if not amount:
                ends = bool(_AFTER.match(after)) or (match[0].endswith(".") and bool(_SENTENCE.match(after)))
                in_place = not placed or (bool(_BEFORE.search(before)) and ends)
                understood = in_place and not (unit == TNOK and _A_RATE.match(after))
                found.add(unit if understood else UNKNOWN)
            text = text[: match.start()] + ("#" if amount else " ") * len(match[0]) + text[match.end() :]

    opened = bool(_OPENING.search(text))
    foreign = bool(_FOREIGN.search(text))
    take(_UNKNOWN_UNITS, UNKNOWN, placed=False)
    take(_MILLIONS, MNOK, placed=False)
    take(_THOUSANDS, TNOK, placed=False)
    take(_THOUSAND_KRONER, TNOK, placed=True)
    take(_BARE_MILLIONS, MNOK, placed=True)
    take(_BARE_THOUSANDS, TNOK, placed=True)
    take(_BARE_KRONER, NOK, placed=True)
    return ({UNKNOWN} if found and foreign else found), text


def _is_amount(before: str) -> bool:
    """Whether a number, and no year, is printed right before."""
    return bool(_AMOUNT.search(before)) and not re.search(rf"\b{_YEAR}\s*$", before)


def _has_odd_scale(text: str) -> bool:
    """Whether a statement gives its unit as a number of kroner that is not a thousand."""
    opening = _OPENING.search(text)
    return bool(opening and _ODD_SCALE.match(text, opening.end()))


def _has_amount(text: str) -> bool:
    """Whether a text has digits that are no years, no 1000 and no number at its beginning ("1.3")."""
    text = re.sub(r"^\W*(?:tabell\s+)?\d+(?:[.\-]\d+)*[.:)]?\s+(?!000)", " ", text, flags=re.IGNORECASE)
    text = re.sub(rf"{_YEAR}\s*[-–−]\s*{_YEAR}", " ", text)
    return any(letter.isdigit() for letter in _YEARS.sub(" ", re.sub(r"(?<!\d)(?:1[\s.]?000|000)(?!\d)", " ", text)))


def _is_unit_alone(text: str) -> bool:
    """Whether a line says nothing but a unit."""
    found, rest = _money(_PRICES.sub(" ", text))
    return bool(found) and bool(_BESIDE.fullmatch(rest))
