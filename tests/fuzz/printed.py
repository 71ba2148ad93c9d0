"""What was read must be printed: records and the lines they were read from in, the first of them that is not out.

Written apart from the readers: what is printed is found again by other means than theirs.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kommunebudsjett.readers.records import Cell, Directive, FiscalRule, Goal, Measure, Records
from kommunebudsjett.readers.text import split_lines

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARK = r"(?:<sup>[^<]*</sup>|<[^<>]*>|\\?\*(?:\\?\*)*\)?|\s)"
_MARKS = re.compile(rf"^{_MARK}+|{_MARK}+$|\s\d\)$")
_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u202f\u2009"))
_NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f\u2009.]\d{3}(?!\d))*(?:,\d+)?")
_WORDS = {
    "en halv": 0.5, "halvannen": 1.5, "en": 1, "én": 1, "ei": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
    "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "femten": 15, "tjue": 20,
}  # fmt: skip


# A sentence is printed over at most so many lines.
_ABOVE = 30


def wrong(lines: Sequence[str], records: Records) -> list[str]:
    """What was read and is not printed where it is said to be; empty where all is right."""
    return [*_places(lines, records), *_values(lines, records)]


def _places(lines: Sequence[str], records: Records) -> Iterator[str]:
    last = len(lines)
    for name in ("cells", "goals", "fiscal_rules", "inspections", "unread", "measures"):
        for record in getattr(records, name):
            if not 1 <= record.line <= last:
                yield f"no such line: {record}"
    for directive in records.directives:
        if not 1 <= directive.line_first <= directive.line_last <= last:
            yield f"no such lines: {directive}"
    for text in records.measure_texts:
        if not all(1 <= line <= last for line in split_lines(text.lines)):
            yield f"no such lines: {text}"


def _values(lines: Sequence[str], records: Records) -> Iterator[str]:
    for unread in records.unread:
        # It may go on over the next line.
        if not unread.reason or unread.raw.split()[0] not in lines[unread.line - 1]:
            yield f"not printed there, or without a reason: {unread}"
    by_line: dict[tuple[int, str], set[float]] = {}
    for cell in records.cells:
        yield from _cell(lines, cell)
        if cell.value is not None:
            by_line.setdefault((cell.line, cell.column), set()).add(cell.value)
    for measure in records.measures:
        yield from _measure(lines, measure, by_line)
    for goal in records.goals:
        yield from _goal(lines, goal)
    for rule in records.fiscal_rules:
        yield from _rule(lines, rule)
    for directive in records.directives:
        yield from _directive(lines, directive)


def _cell(lines: Sequence[str], cell: Cell) -> Iterator[str]:
    if _single(cell.raw) not in _single(lines[cell.line - 1]):
        yield f"not printed there: {cell}"
    elif cell.value is not None and cell.value != value_of(cell.raw):
        yield f"another value: {cell}"


def value_of(raw: str) -> float | None:
    """The value of a printed number, marks and thousands spaces apart."""
    # Marks inside a number leave open what it is.
    text = _MARKS.sub("", raw).translate(_SPACES).removesuffix("%")
    sign = -1 if text[:1] in ("-", "−", "–") and text[:1] else 1
    text = text.lstrip("-−–").replace(",", ".", 1)
    # A float does not keep more digits.
    if not re.fullmatch(r"\d+(\.\d+)?", text) or len(text.replace(".", "")) > 15:
        return None
    return float(sign * Decimal(text))


def _measure(lines: Sequence[str], measure: Measure, cells: dict[tuple[int, str], set[float]]) -> Iterator[str]:
    if not measure.measure:
        yield f"no name: {measure}"
    if measure.basis == "table":
        of_year = [
            found
            for (line, column), found in cells.items()
            if line == measure.line and (measure.year is None or str(measure.year) in column)
        ]
        printed = set().union(*of_year)
        if not {measure.amount_mnok, measure.amount_mnok * 1000} & printed and not any(
            abs(value - measure.amount_mnok * 1000) < 1e-6 for value in printed
        ):
            yield f"no cell has the amount: {measure}"
        return
    # The quote is the sentence, which may begin above the line of its amount.
    printed = _single(" ".join(lines[max(0, measure.line - _ABOVE) : max(measure.line, measure.line_last)]))
    if _letters(measure.quote) not in _letters(printed) and measure.basis:
        yield f"not printed there: {measure}"
    if measure.amount_mnok is not None and not _states(measure.quote, abs(measure.amount_mnok)):
        yield f"the quote has no such amount: {measure}"


def _states(quote: str, amount: float) -> bool:
    numbers = [re.sub(r"[ \u00a0\u202f\u2009.]", "", number) for number in _NUMBER.findall(quote)]
    numbers += re.findall(r"\d+(?:,\d+)?", quote)
    found = [float(number.replace(",", ".")) for number in numbers if len(number.replace(",", "")) <= 15]
    found += [value for word, value in _WORDS.items() if re.search(rf"\b{word}\b", quote, re.IGNORECASE)]
    scaled = [value * scale for value in found for scale in (1, 1000, 1e-3, 1e-6)]
    return any(abs(value - amount) < 1e-6 * max(1, amount) for value in scaled)


def _goal(lines: Sequence[str], goal: Goal) -> Iterator[str]:
    # A page may break a sentence, and what is between is no part of it.
    printed = _letters(" ".join(lines[goal.line - 1 : goal.line + 400]))
    if not goal.goal or not goal.quote or _letters(goal.quote)[:12] not in printed:
        yield f"not printed there: {goal}"


def _rule(lines: Sequence[str], rule: FiscalRule) -> Iterator[str]:
    stated = rule.target_percent if rule.value_percent is None else rule.value_percent
    if stated is None or not _prints(lines[rule.line - 1], stated):
        yield f"not printed there: {rule}"


def _prints(line: str, value: float) -> bool:
    printed = [*_NUMBER.findall(line), *re.findall(r"\d+(?:,\d+)?", line)]
    in_words = any(
        word in line.casefold() for word in (*_WORDS, "null", "tretten", "tjue", "tretti", "førti", "hundre")
    )
    return in_words or abs(value) in map(value_of, printed)


def _directive(lines: Sequence[str], directive: Directive) -> Iterator[str]:
    printed = _letters("".join(lines[max(0, directive.line_first - _ABOVE) : directive.line_last]))
    # The title may be that of the list which it is in, or of the document.
    above = _letters("".join(lines[: directive.line_last]))
    if not directive.within_measure and not (
        (directive.title == directive.area or _letters(directive.title[:8]) in above)
        and _letters(directive.text[:8]) in printed
    ):
        yield f"not printed there: {directive}"


def _single(text: str) -> str:
    # A soft hyphen is not seen.
    return " ".join(text.replace("\u00ad", "").split())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", re.sub(r"<[^<>]*>", "", _LINK.sub(r"\1", text))).casefold()
