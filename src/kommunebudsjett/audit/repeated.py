"""Check `repeated`: one quantity that a document states twice, with two values."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from kommunebudsjett.audit.claims import Change, changes
from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.judge import agrees
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.words import LENGTH, same_word, telling

# What is counted of staff, as the sentences of a finding write it behind the number.
_STAFF = {"ansatte": (" ansatte", " employees"), "årsverk": (" årsverk", " full-time equivalents")}
# Words of changes themselves, which tell nothing about what has changed.
_EMPTY = {"sammenlignet", "redusert", "reduksjon", "økning", "økte", "nedgang", "året", "alene", "samme", "periode"}
_CLAUSE = {True: re.compile(r"[,;:]|\bog en\b"), False: re.compile(r"[;:]")}
_TOTAL = re.compile(r"(?:sluttsum|totalt|sum) \| ", re.IGNORECASE)
# The first paragraphs of a chapter, which say how many work there.
_FIRST_LINES, _FEWEST = 6, 20
_MANY = 50


class Stated(NamedTuple):
    """A change and the words that it is about."""

    change: Change
    about: tuple[str, ...]


def check(source: Source) -> Iterator[Finding]:
    """Changes of one thing with two values, and staff numbers of an area that its table gives otherwise.

    Two sentences are about the same where they go the same way, in the same unit, and share most of their words. As
    they may mean different periods or parts, a difference is an error only where nothing but the same words stands
    before the two numbers; else it is a doubt.
    """
    if source.is_report:
        stated = [_about(change) for row in source.prose for change in changes(row)]
        for one, other in _pairs(stated):
            yield from _contradiction(one, other)
        yield from _staff(source)


def _about(change: Change) -> Stated:
    staff = change.amount.unit in _STAFF
    clause = _CLAUSE[staff].split(change.before)[-1]
    words = (word for word in telling(clause) if word not in _EMPTY and word != change.amount.unit)
    return Stated(change, tuple(words))


def _pairs(stated: list[Stated]) -> Iterator[tuple[Stated, Stated]]:
    """Changes that go the same way in the same unit and share the beginning of a word, or are of staff in all."""
    alike = defaultdict(list)
    known: set[tuple[object, ...]] = set()
    for one in stated:
        amount, staff = one.change.amount, one.change.amount.unit in _STAFF
        said = (one.change.down, amount.unit, amount.value, one.about)
        if amount.unit in ("", "percent", "points", "nok") or said in known or not (one.about or staff):
            continue
        known.add(said)
        for word in {word[:LENGTH] for word in one.about} or {""}:
            alike[one.change.down, amount.unit, word].append(one)
    # A word of many changes does not tell which of them are about the same.
    telling_groups = [group for group in alike.values() if len(group) <= _MANY]
    seen: set[tuple[int, int]] = set()
    for one, other in (pair for group in telling_groups for pair in combinations(group, 2)):
        if (id(one), id(other)) not in seen:
            seen.add((id(one), id(other)))
            yield one, other


def _contradiction(one: Stated, other: Stated) -> Iterator[Finding]:
    first, second = one.change, other.change
    number, again = first.amount, second.amount
    same = agrees(number, again.value, again.step / 2) or agrees(again, number.value, number.step / 2)
    if first.sentence.line == second.sentence.line or same:
        return
    staff = number.unit in _STAFF
    if not _same_subject(one.about, other.about, staff):
        return
    words = ", ".join(one.about)
    yield finding(
        first.sentence.document, "repeated", "error" if not staff and set(one.about) == set(other.about) else "doubt",
        [first.sentence.line_last, second.sentence.line_last],
        "Det samme er oppgitt to ganger med ulike tall: {stated}{unit_nb} på linje {line} og {computed}{unit_nb} på "
        "linje {again}.{words_nb}",
        "The same is stated twice with different numbers: {nok}{stated}{unit_en} on line {line} and {nok}{computed}"
        "{unit_en} on line {again}.{words_en}",
        number.value, again.value, line=str(first.sentence.line), again=str(second.sentence.line),
        **_named(number.unit, words),
    )  # fmt: skip


def _named(unit: str, words: str) -> dict[str, Any]:
    """The unit of two numbers and the words that both sentences have, in both languages."""
    if unit in _STAFF:
        return {"unit_nb": _STAFF[unit][0], "unit_en": _STAFF[unit][1], "words_nb": "", "words_en": "", "nok": ""}
    money = unit == "mnok"
    return {
        "unit_nb": " mill. kr" if money else f" {unit}", "unit_en": " million" if money else f" {unit}",
        "words_nb": f" Begge setningene har ordene «{words}».", "nok": "NOK " if money else "",
        "words_en": f" Both sentences have the words “{words}”.",
    }  # fmt: skip


def _same_subject(one: Iterable[str], other: Iterable[str], staff: bool) -> bool:
    few, many = sorted((set(one), set(other)), key=len)
    if not few:
        return staff and not many
    shared = [word for word in few if any(same_word(word, another) for another in many)]
    return len(shared) >= 2 and len(shared) == len(few) and len(shared) >= 0.6 * len(many)


def _staff(source: Source) -> Iterator[Finding]:
    """Numbers of staff in the first paragraphs of a chapter, and the row of its name in a table of staff."""
    totals = [cell for cells in source.printed.values() for cell in cells if _TOTAL.match(cell.column)]
    seen: dict[str, int] = {}
    for row in source.prose:
        area = re.sub(r"^\d+\.\s*", "", row.section).casefold()
        first = seen.setdefault(row.section, row.line)
        if not area or row.line > first + _FIRST_LINES or row.heading != row.section:
            continue
        for amount in row.amounts:
            if amount.unit not in _STAFF or amount.value < _FEWEST:
                continue
            column = "antall" if amount.unit == "ansatte" else "årsverk"
            for cell in totals:
                # Two digits are what a writer who rounds staff numbers keeps.
                rough = 10.0 ** (len(str(int(amount.value))) - 2)
                off = not agrees(amount, cell.value, rough)
                if off and cell.row.casefold() == area and cell.column.casefold().endswith(column):
                    yield finding(
                        row.document, "repeated", "doubt", [row.line, cell.line],
                        "Teksten sier {stated}{unit_nb} i «{area}», men {where_nb} har {computed}.",
                        "The text says {stated}{unit_en} in “{area}”, but {where_en} has {computed}.",
                        amount.value, cell.value, cell.table, unit_nb=_STAFF[amount.unit][0],
                        unit_en=_STAFF[amount.unit][1], area=cell.row,
                    )  # fmt: skip
