"""A number and what a program showed of it, in the way of any country, in; the same in the Norwegian way out."""

import re

_CORE = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
_MARKS = re.compile(r"[.,'’\s]")
_SCALES = (1.0, 1e-3, 1e-6, 1e-9)


def norwegian(text: str, value: float) -> str:
    """The text with a space between thousands and a comma before decimals.

    The number says which mark is which; a text that shows none, or more than one, is left. "" where the number that it
    shows is another one.

    >>> norwegian("1,519,353.50 kr", 1519353.5), norwegian("1.519", 1519), norwegian("1,519", 1.519)
    ('1 519 353,50 kr', '1 519', '1,519')
    """
    cores = list(_CORE.finditer(text))
    if len(cores) != 1:
        return text
    core = cores[0]
    marks = _MARKS.findall(core[0])
    for scale in (100.0, 1.0) if "%" in text else _SCALES:
        for decimals in _possible(core[0]):
            shown = _rewritten(core[0], marks, decimals)
            number = float(shown.replace(" ", "").replace(",", "."))
            if abs(abs(value) * scale - number) <= 0.501 * 10**-decimals:
                return f"{text[: core.start()]}{shown}{text[core.end() :]}"
    return ""


def _possible(core: str) -> list[int]:
    """How many decimals a printed number may have: none where its marks can part thousands, or those after the last."""
    whole = [0] if re.fullmatch(r"\d+|\d{1,3}(?:[.,'’\s]\d{3})+", core) else []
    return [*whole, _after_last_mark(core)]


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
