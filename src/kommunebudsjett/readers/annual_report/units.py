"""Which unit a printed text names: mnok, nok, percent, fte (årsverk), count, or none of these."""

import re
from functools import lru_cache

_KRONER = r"(?:kr|kroner|nok)\b"
# In the order in which they are tried: `andel årsverk` is a share, `antall årsverk` are man-years.
_UNITS = (
    ("mnok", re.compile(rf"\bmnok\b|\bmill(?:ioner)?\.?\s*{_KRONER}", re.IGNORECASE)),
    # Amounts in thousands or billions have a unit, but none that the tables know.
    ("", re.compile(rf"\b(?:tusen|1[\s.]?000|milliarde?r|mrd\.?)\s*{_KRONER}|\btkr\b", re.IGNORECASE)),
    ("percent", re.compile(r"%|prosent|\bandel\b", re.IGNORECASE)),
    ("nok", re.compile(rf"\b{_KRONER}", re.IGNORECASE)),
    ("fte", re.compile(r"(?<!per )(?<!pr )(?<!pr\. )\bårsverk\b", re.IGNORECASE)),
    ("count", re.compile(r"\bantall\b|\bansatte$", re.IGNORECASE)),
    # Pay, and spending per head, are never printed in anything but kroner.
    ("nok", re.compile(r"\bårslønn\b|\bdriftsutg\S*\s.*\bpe?r\b", re.IGNORECASE)),
)


@lru_cache(maxsize=4096)
def unit_of(text: str) -> str | None:
    """The unit that a label, column or caption names; "" for one that the tables do not know, None for none.

    >>> unit_of("Gruppestørrelse (antall)"), unit_of("Barn per årsverk"), unit_of("Andel årsverk")
    ('count', None, 'percent')
    """
    for unit, pattern in _UNITS:
        if pattern.search(text):
            return unit
    return None
