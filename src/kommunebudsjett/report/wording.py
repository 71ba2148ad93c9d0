"""Numbers, amounts and lists as Norwegian bokmål and English write them."""

import datetime
from collections.abc import Sequence

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

LOCALES = {"nb": "nb_NO", "en": "en_GB"}
MINUS = "\u2212"
NBSP = "\u00a0"


def number(value: float, lang: str, decimals: int = 0, signed: bool = False) -> str:
    """A number with a fixed number of decimals and a true minus sign; `signed` writes the plus too.

    >>> number(-1257.4, "en"), number(8.25, "nb", 1, signed=True)
    ('−1,257', '+8,3')
    """
    rounded = round_half_up(value, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    digits = format_decimal(abs(rounded), format=pattern, locale=LOCALES[lang])
    digits = digits.replace(" ", NBSP).replace("\u202f", NBSP)
    if rounded < 0:
        return MINUS + digits
    return "+" + digits if signed and rounded > 0 else digits


def round_half_up(value: float, decimals: int) -> float:
    """Rounded the way readers round by hand: a half goes away from zero (Python's round goes to even)."""
    scale: float = 10**decimals
    # The small term mends halves that binary floating point holds a little too low, as 0.285 * 100.
    magnitude = int(abs(value) * scale + 0.5 + 1e-9) / scale
    return magnitude if value >= 0 else -magnitude


def mnok(value: float, lang: str, decimals: int = 0, signed: bool = False) -> str:
    """An amount in million kroner.

    >>> mnok(1257, "en")
    'NOK\\xa01,257\\xa0million'
    """
    if lang == "nb":
        return f"{number(value, lang, decimals, signed)}{NBSP}mill.{NBSP}kr"
    digits = number(abs(value), lang, decimals)
    zero = round_half_up(value, decimals) == 0
    sign = "" if zero else MINUS if value < 0 else "+" if signed else ""
    return f"{sign}NOK{NBSP}{digits}{NBSP}million"


def nok(value: float, lang: str, signed: bool = False) -> str:
    """An amount in kroner, without decimals."""
    if lang == "nb":
        return f"{number(value, lang, 0, signed)}{NBSP}kr"
    sign = MINUS if round_half_up(value, 0) < 0 else "+" if signed and round_half_up(value, 0) > 0 else ""
    return f"{sign}NOK{NBSP}{number(abs(value), lang)}"


def percent(value: float, lang: str, decimals: int = 1) -> str:
    """A percentage: a space before the sign in Norwegian, none in English."""
    return number(value, lang, decimals) + (f"{NBSP}%" if lang == "nb" else "%")


_COUNTS = {
    "nb": ["ingen", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv"],
    "en": ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}


def count(value: int, lang: str, start: bool = False) -> str:
    """A count as a word up to twelve, else in digits; with a capital where it begins a sentence."""
    words = _COUNTS[lang]
    text = words[value] if 0 <= value < len(words) else number(value, lang)
    return text[0].upper() + text[1:] if start else text


def lower_first(text: str) -> str:
    """A name with a small first letter, as inside a sentence; an abbreviation keeps its capitals.

    >>> lower_first("Bruk av lån"), lower_first("IT")
    ('bruk av lån', 'IT')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def date(day: datetime.date, lang: str) -> str:
    """A date: `22. november 2026`, `22 November 2026`."""
    return format_date(day, format="long", locale=LOCALES[lang])


def listed(items: Sequence[str], lang: str) -> str:
    """`a, b og c` / `a, b and c`."""
    return format_list(list(items), locale=LOCALES[lang])
