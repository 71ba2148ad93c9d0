"""One printed table row in, its label and its values out.

The values are the numbers that end the row; how many there are, the table's header says. What stands before them is
the label, which may hold or end in numbers itself ("Avvikle Jarleveien 10").
"""

import re
from typing import NamedTuple

from kommunebudsjett.readers.text import MINUS, parse_number

# Thousands are joined by a space that doesn't break the line; a plain space may also stand between two columns.
_TIGHT = "\u00a0\u202f\u2009"
_UNSIGNED = rf"(?:\d{{1,3}}(?:[{_TIGHT}]\d{{3}})+|\d+)(?:,\d+)?(?:[ {_TIGHT}]?%)?"
# A minus may stand apart from its number ("− 10"); before the first number it may also be a dash of the label.
_APART = f"[ {_TIGHT}]"
_NUMBER = re.compile(rf"(?:[{MINUS}]{_APART}?)?{_UNSIGNED}")
_NUMBERS_AT_END = re.compile(
    rf"(?:^|[ \t]+)(?:[{MINUS}][{_TIGHT}]?)?{_UNSIGNED}(?:[ \t]+(?:[{MINUS}]{_APART}?)?{_UNSIGNED})*$"
)
_SIGNS = frozenset(MINUS)
_HEAD = re.compile(rf"(?:[{MINUS}]{_APART}?)?\d{{1,3}}")
_TAIL = re.compile(r"\d{3}(?:,\d+)?(?: ?%)?")
_LABEL_NUMBER = re.compile(r"(?:[-–] )?[1-9]\d*|\d+(?:,\d+)? ?%")
# Columns that are set apart by more than one space.
_APART_COLUMNS = re.compile(r"\t[ \t]*| {2,}[ \t]*")
_FIGURE = r"\d+(?:[.,'’\u00a0\u202f\u2009]\d+)*"
_AMOUNT = re.compile(
    rf"\((?:[{MINUS}+]?{_FIGURE}%?)\)[*¹²³]*|[{MINUS}+‐]*{_FIGURE}(?:,[-–−]|%|kr|mill)?[{MINUS}*¹²³]*|[{MINUS}—‐]+",
    re.IGNORECASE,
)
# How many words at its end make a line like a row of a table.
_LAST_WORDS = 4
_YEAR_IN_PARENTHESES = re.compile(r"\((?:19|20)\d\d\)")
# What is printed like two amounts, or an amount and a dash, and is one.
THOUSANDS_OR_DECIMALS = re.compile(rf"[{MINUS}]?[1-9]\d{{0,2}},\d{{3}}")
_ONE_AMOUNT = re.compile(
    r"(?<!\S)\d+ [-–−] ?\d+(?= +[^\W\d])|(?<!\S)(?:19|20)\d\d [-–−] (?:19|20)\d\d(?!\S)"
    r"|(?<!\S)\d{1,3}(?: \d{3})+(?= (?:kr\b|kroner\b|millioner\b|mill\b))"
)
# Cells with a stroke between them; two numbers so are a name or a date.
_SLASHED = re.compile(r"\d+(?:/\d+){2,}")
_UNITS = frozenset(("kr", "kroner", "kronar", "mill", "millioner", "mnok", "tnok", "tkr", "mrd", "%"))
# More numbers than this at the end of a label are values that the header doesn't account for.
_MOST_LABEL_NUMBERS = 2


class Printed(NamedTuple):
    """A printed number and the line it stands on."""

    raw: str
    line: int


class Reading(NamedTuple):
    """One way to read the numbers at the end of a row: those of the label, and the values."""

    label: list[Printed]
    values: list[Printed]
    # How many values were put together over a plain space.
    spaced: int


def split_row(text: str, line: int) -> tuple[str, list[Printed]]:
    """The words of a printed line and the numbers that end it."""
    if text[-1] not in "0123456789%":
        return text, []
    found = _NUMBERS_AT_END.search(text)
    if not found:
        return text, []
    printed = found[0].strip()
    parts = [_numbers_in(part) for part in _APART_COLUMNS.split(printed)]
    if len(parts) > 1 and all(_is_one(part) for part in parts):
        parts = [[" ".join(part)] for part in parts]
    return text[: found.start()], [Printed(raw, line) for part in parts for raw in part]


def _numbers_in(text: str) -> list[str]:
    numbers = text.split(" ")
    return _NUMBER.findall(text) if "%" in text or not _SIGNS.isdisjoint(numbers) else numbers


def are_apart(text: str) -> bool:
    """Whether the numbers that end a line are set apart by tabs or several spaces, so that one space joins."""
    found = _NUMBERS_AT_END.search(text)
    return bool(found and _APART_COLUMNS.search(found[0].strip()))


def is_label_apart(text: str) -> bool:
    """Whether only the first of the numbers that end a line is not set apart from what is before it."""
    found = _NUMBERS_AT_END.search(text)
    if not found or _APART_COLUMNS.match(found[0]):
        return False
    first, *values = _APART_COLUMNS.split(found[0].strip())
    return len(values) > 1 and all(_is_one(_numbers_in(part)) for part in [first, *values])


def amounts_in(text: str) -> list[str]:
    """The first amounts in a text that follow each other, two or more, however they are printed; [] where none do.

    A dash for an empty cell is one too. A range, a number after a sign, and kroner with a space between thousands are
    one amount.

    >>> amounts_in("Bedre SFO (5) 5* 1.500 –"), amounts_in("Pilot 0 – 5 år"), amounts_in("Klær 1 500 kr per ansatt")
    (['(5)', '5*', '1.500', '–'], [], [])
    """
    run: list[str] = []
    spaced = _SLASHED.sub(lambda match: match[0].replace("/", " "), text.replace("|", " ").replace(";", " "))
    for token in [*_ONE_AMOUNT.sub(" n ", spaced).split(), ""]:
        if _AMOUNT.fullmatch(token) and not _YEAR_IN_PARENTHESES.fullmatch(token):
            run.append(token)
        elif not (run and token.casefold().rstrip(".") in _UNITS):
            if len(run) > (2 if run and run[0] in MINUS and run[-1] not in MINUS else 1):
                return run
            run = []
    return []


def ends_in_amounts(text: str) -> list[str]:
    """The amounts that end a text like the row of a table, two or more, however they are printed; [] where none do."""
    return amounts_in(" ".join(text.split()[-_LAST_WORDS:]))


def ends_in_odd_amount(text: str) -> str:
    """The amount that ends a text, with or without a unit, in a way that `split_row` does not take; "" for none."""
    printed = text.split()
    if len(printed) > 1 and printed[-1].casefold().rstrip(".") in _UNITS:
        printed.pop()
    last = printed[-1] if printed else ""
    return last if _AMOUNT.fullmatch(last) and not _YEAR_IN_PARENTHESES.fullmatch(last) else ""


def is_sign_apart(raw: str) -> bool:
    """Whether a number is printed with a space after its minus."""
    return raw[0] in MINUS and not raw[1].isdigit()


def may_be_empty_cell(numbers: list[Printed], columns: int) -> bool:
    """Whether the dashes in a row may be empty cells, and not minus signs, behind a label that ends in numbers.

    "Fase 2 – 5 5 5" is 2, −5, 5 and 5 for "Fase", or an empty cell, 5, 5 and 5 for "Fase 2".
    """
    apart = [place for place, number in enumerate(numbers) if is_sign_apart(number.raw)]
    return bool(apart) and 0 < len(numbers) + len(apart) - columns <= apart[0]


def value_of(raw: str) -> float | None:
    """The value of a printed number, whose minus may stand apart."""
    return parse_number(raw[0] + raw[2:] if is_sign_apart(raw) else raw)


def readings(numbers: list[Printed], columns: int, *, may_end_in_number: bool, may_join: bool = True) -> list[Reading]:
    """The ways to read the numbers that end a row as `columns` values, the label taking what stands before.

    With `may_join`, a plain space may be one between thousands.
    """
    if len(numbers) < columns:
        return []
    if len(numbers) == columns:
        return [] if [raw for raw, _ in numbers if _is_group(raw)] else [Reading([], numbers, 0)]
    found: list[Reading] = []

    def extend(end: int, values: list[Printed], spaced: int) -> None:
        if len(values) == columns:
            label = numbers[:end]
            if _can_end_label(label, may_end_in_number):
                found.append(Reading(label, values[::-1], spaced))
            return
        for start in range(end - 1, max(end - (4 if may_join else 2), -1), -1):
            parts = [number.raw for number in numbers[start:end]]
            # A number is not broken over two lines: what stands on the next one is another.
            if numbers[start].line != numbers[end - 1].line:
                continue
            if _is_group(parts[0]) or (len(parts) > 1 and not (_HEAD.fullmatch(parts[0]) and _are_groups(parts[1:]))):
                continue
            extend(start, [*values, Printed(" ".join(parts), numbers[start].line)], spaced + (len(parts) > 1))

    extend(len(numbers), [], 0)
    return found


def is_one_number(numbers: list[Printed]) -> bool:
    """Whether numbers that follow each other may be one, with plain spaces between thousands."""
    return _is_one([number.raw for number in numbers])


def _is_one(parts: list[str]) -> bool:
    return len(parts) == 1 or bool(_HEAD.fullmatch(parts[0]) and _are_groups(parts[1:]))


def _is_group(raw: str) -> bool:
    """Whether digits can only be thousands that belong to the number before them, as in "1 035"."""
    return raw[0] == "0" and raw[1:2].isdigit()


def _are_groups(parts: list[str]) -> bool:
    return all(len(part) == 3 and part.isdigit() for part in parts[:-1]) and bool(_TAIL.fullmatch(parts[-1]))


def _can_end_label(numbers: list[Printed], may_end_in_number: bool) -> bool:
    if not numbers:
        return True
    return (
        may_end_in_number
        and len(numbers) <= _MOST_LABEL_NUMBERS
        and all(_LABEL_NUMBER.fullmatch(number.raw) for number in numbers)
    )
