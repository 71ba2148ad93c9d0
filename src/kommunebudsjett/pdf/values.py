"""How a value of a table is printed: what is a number, and what says that there is none. Its meaning is for readers."""

import re

_SPACES = " \u00a0\u2009\u202f\u2007"
_UNIT = r"(?:kr\.?|NOK|EUR|USD|MNOK|[$€£])"
_DIGITS = rf"(?:\d{{1,3}}(?:[{_SPACES}]\d{{3}})+|\d{{1,3}}(?:[.,'’]\d{{3}})+|\d+)"
_NUMBER = rf"(?:{_DIGITS}(?:[.,]\d+)?|[.,]\d+)"
_DATE = r"\d{1,2}[./]\d{1,2}[./](?:\d{2}|\d{4})"
# A sign or a bracket before, a sign, øre, a share, a unit or a bracket after, and the mark of a note.
_VALUE = re.compile(
    rf"(?:{_UNIT}\s?)?(?:\(\s?)?(?:[-−–+±<>≤≥~]\s?)?(?:{_UNIT}\s?)?"
    rf"(?:{_DATE}|{_NUMBER}(?:\s?[-–]\s?{_NUMBER})?)"
    rf"(?:,?[-−–])?\s?(?:%|‰|pst\.?|{_UNIT})?(?:\s?\))?\s?(?:\*{{1,3}}|[†‡]|\(\d\)|\([a-z]\)|[a-z]\)?)?"
)
_NO_VALUE = re.compile(r"N/A|n/a|i/a|[Nn]\.\s?[Aa]\.|\.{1,3}|:|…|[-−–—]+|x|X|%|\(\.{1,3}\)|[-−–]\s?%|\*{1,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_value(text: str) -> bool:
    """Whether a text is a number, or says that there is none."""
    return bool(_VALUE.fullmatch(text) or _NO_VALUE.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a text is a number."""
    return bool(_VALUE.fullmatch(text))


def is_year(text: str) -> bool:
    """Whether a text is a year."""
    return bool(_YEAR.fullmatch(text))
