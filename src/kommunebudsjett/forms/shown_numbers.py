"""A number and what a program showed of it, in the way of any country, in; the same in the Norwegian way out."""

import re
from decimal import Decimal

_CORE = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
_MARKS = re.compile(r"[.,'’\s]")
_SCALES = (1.0, 1e-3, 1e-6, 1e-9)


def norwegian(text: str, value: float) -> str:
    """The text with a space between thousands and a comma before decimals.

    The number says which mark is which; a text that does not show the number, or shows more than one, is left.

    >>> norwegian("1,519,353.50 kr", 1519353.5), norwegian("1.519", 1519), norwegian("1,519", 1.519)
    ('1 519 353,50 kr', '1 519', '1,519')
    """
    cores = list(_CORE.finditer(text))
    if len(cores) != 1:
        return text
    core = cores[0]
    marks = _MARKS.findall(core[0])
    scales = (100.0,) if "%" in text and abs(value) else _SCALES
    for decimals in (0, _after_last_mark(core[0])):
        shown = _rewritten(core[0], marks, decimals)
        number = Decimal(shown.replace(" ", "").replace(",", "."))
        if any(abs(abs(value) * scale - float(number)) <= 0.501 * 10**-decimals for scale in scales):
            return f"{text[: core.start()]}{shown}{text[core.end() :]}"
    return text


def _after_last_mark(core: str) -> int:
    """How many digits follow the last point or comma."""
    match = re.search(r"[.,](\d+)$", core)
    return len(match[1]) if match else 0


def _rewritten(core: str, marks: list[str], decimals: int) -> str:
    digits = _MARKS.sub("", core)
    whole = digits[: len(digits) - decimals] if decimals else digits
    if len(marks) > bool(decimals):
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", " ", whole)
    return f"{whole},{digits[-decimals:]}" if decimals else whole
