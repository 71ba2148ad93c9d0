"""Check `repeated`: one quantity that a document states twice, with two values."""

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.amounts import Amount, agrees
from kommunebudsjett.audit.findings import Finding, both
from kommunebudsjett.audit.words import same_word, telling
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import records

_DOWN = re.compile(
    r"\b(?:redusert|reduksjon|reduksjonen|nedgang|gått ned|falt|sank)\b(?:\s+\w+){0,2}?\s+(?:med|på)\s+(?:om lag\s+)?$",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:økt|økte|økning|økningen|vekst|gått opp)\b(?:\s+\w+){0,2}?\s+(?:med|på)\s+(?:om lag\s+)?$", re.IGNORECASE
)
# So much of a sentence, in characters, is looked at before an amount for the words of a change, and for its subject.
# What is longer is no clause that a person wrote, but text that lost its marks.
_NEAR, _LONGEST_CLAUSE = 120, 400
# No sentence states more changes.
_MOST_CHANGES = 20
# What is counted of staff, as the sentences of a finding write it behind the number.
_STAFF = {"ansatte": (" ansatte", " employees"), "årsverk": (" årsverk", " full-time equivalents")}
# Words of changes themselves, which tell nothing about what has changed.
_EMPTY = {"sammenlignet", "redusert", "reduksjon", "økning", "økte", "nedgang", "året", "alene", "samme", "periode"}


class Change(NamedTuple):
    """A stated change: its sentence, number, direction and the words it is about."""

    sentence: tuple
    amount: Amount
    down: bool
    about: tuple[str, ...]


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Changes of one thing with two values, and staff numbers of an area that its table gives otherwise.

    Two sentences are about the same where they go the same way, in the same unit, and share most of their words. As
    they may mean different periods or parts, a difference is an error only where nothing but the same words stands
    before the two numbers; else it is a doubt.
    """
    baselines = dict(zip(tables["documents"]["document"], tables["documents"]["baseline"], strict=True))
    for document, spoken in tables["sentences"].groupby("document", sort=False):
        if baselines.get(document):
            continue
        rows = records(spoken[spoken["kind"] != "heading"])
        changes: dict[tuple[str, bool], list[Change]] = {}
        for change in (change for row in rows for change in _changes(row)):
            changes.setdefault((change.amount.unit, change.down), []).append(change)
        for alike in changes.values():
            yield from filter(None, (_contradiction(one, other) for one, other in combinations(alike, 2)))
        cells = tables["table_cells"]
        yield from _staff(rows, cells[cells["document"] == document])


def _changes(row) -> list[Change]:
    out = []
    for amount in row.amounts:
        if amount.unit in ("", "percent", "points", "nok"):
            continue
        before = row.text[max(0, amount.start - _LONGEST_CLAUSE) : amount.start]
        down, up = (bool(words.search(before, max(0, len(before) - _NEAR))) for words in (_DOWN, _UP))
        if down == up:
            continue
        clause = re.split(r"[,;:]|\bog en\b", before)[-1] if amount.unit in _STAFF else re.split(r"[;:]", before)[-1]
        about = tuple(word for word in telling(clause) if word not in _EMPTY and word != amount.unit)
        out.append(Change(row, amount, down, about))
        if len(out) == _MOST_CHANGES:
            break
    return out


def _contradiction(one: Change, other: Change) -> Finding | None:
    if one.sentence.line == other.sentence.line:
        return None
    if agrees(one.amount, other.amount.value, other.amount.step / 2) or not _same_subject(one, other):
        return None
    staff = one.amount.unit in _STAFF
    unit_nb, unit_en = _STAFF[one.amount.unit] if staff else (" mill. kr", " million")
    words_nb, words_en = ("", "") if staff else (
        f" Begge setningene har ordene «{', '.join(one.about)}».",
        f" Both sentences have the words “{', '.join(one.about)}”.",
    )  # fmt: skip
    descriptions = both(
        "Det samme er oppgitt to ganger med ulike tall: {first}{unit_nb} på linje {line} og {second}{unit_nb} på "
        "linje {again}.{words_nb}",
        "The same is stated twice with different numbers: {nok}{first}{unit_en} on line {line} and {nok}{second}"
        "{unit_en} on line {again}.{words_en}",
        first=one.amount.value, second=other.amount.value, line=str(one.sentence.line), again=str(other.sentence.line),
        unit_nb=unit_nb, unit_en=unit_en, words_nb=words_nb, words_en=words_en, nok="" if staff else "NOK ",
    )  # fmt: skip
    lines = join_lines([one.sentence.line_last, other.sentence.line_last])
    # Two places of a report need not count the same people in the same way.
    severity = "error" if not staff and set(one.about) == set(other.about) else "doubt"
    return Finding(
        one.sentence.document, "repeated", severity, "", lines,
        *descriptions, one.amount.value, other.amount.value, round(one.amount.value - other.amount.value, 9),
    )  # fmt: skip


def _same_subject(one: Change, other: Change) -> bool:
    if not one.about or not other.about:
        return not one.about and not other.about and one.amount.unit in _STAFF
    few, many = sorted((set(one.about), set(other.about)), key=len)
    shared = [word for word in few if any(same_word(word, another) for another in many)]
    return len(shared) >= 2 and len(shared) == len(few) and len(shared) >= 0.6 * len(many)


def _staff(rows, cells: pd.DataFrame) -> Iterator[Finding]:
    """Numbers of staff in the first paragraphs of a chapter, and the row of its name in a table of staff."""
    totals = cells[cells["column"].str.match(r"(?:sluttsum|totalt|sum) \| ", case=False)]
    seen: dict[str, int] = {}
    for row in rows:
        area = re.sub(r"^\d+\.\s*", "", row.section).casefold()
        seen.setdefault(row.section, row.line)
        if not area or row.line > seen[row.section] + 6 or row.heading != row.section:
            continue
        for amount in row.amounts:
            if amount.unit not in _STAFF or amount.value < 20:
                continue
            named = totals[(totals["row"].str.casefold() == area) & totals["column"].str.casefold().str.endswith(
                "antall" if amount.unit == "ansatte" else "årsverk")]  # fmt: skip
            for cell in named.itertuples():
                # Two digits are what a writer who rounds staff numbers keeps.
                if abs(amount.value - cell.value) <= 10.0 ** (len(str(int(amount.value))) - 2):
                    continue
                descriptions = both(
                    "Teksten sier {stated}{unit_nb} i «{area}», men tabell {table} har {computed}.",
                    "The text says {stated}{unit_en} in “{area}”, but table {table} has {computed}.",
                    stated=amount.value, unit_nb=_STAFF[amount.unit][0], unit_en=_STAFF[amount.unit][1],
                    area=cell.row, table=cell.table, computed=cell.value,
                )  # fmt: skip
                yield Finding(
                    row.document, "repeated", "doubt", cell.table, join_lines([row.line, cell.line]), *descriptions,
                    amount.value, cell.value, round(amount.value - cell.value, 9),
                )  # fmt: skip
