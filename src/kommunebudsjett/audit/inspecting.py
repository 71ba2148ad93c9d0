"""Check `listed`: what the text says about supervisory visits against the table that lists them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kommunebudsjett.audit.claims import around
from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.words import most_alike, same_word, telling

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_DATE_YEAR = re.compile(r"(?:^|\.)((?:20)?\d\d)$")
_DAY = re.compile(r"\d{1,2}\.(\d{1,2})\.\d{2,4}")
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøå]{7,}\b")
_VISITS = re.compile(r"\btilsyn\b", re.IGNORECASE)
_IN_ALL = re.compile(r"\btotalt\s*$")
_WHEN = re.compile(rf"\bgjennomførte?\s+i\s+({'|'.join(MONTHS)})\s+((?:19|20)\d\d)", re.IGNORECASE)
# Names less alike than this are of different places.
_ALIKE = 0.84


def check(source: Source) -> Iterator[Finding]:
    """Stated numbers of visits, in all and by authority, and stated months that the table of visits does not give;
    visits of another year than that of the report; places whose name is spelt otherwise in the text.
    """
    visits = source.rows("inspections")
    yield from _other_years(visits, source.year)
    yield from _names(source.sentences, visits)
    for sentence in source.sentences if visits else ():
        if _VISITS.search(sentence.text):
            yield from _counted(sentence, visits)
            yield from _dated(sentence, visits)


def _counted(sentence: Any, visits: Sequence[Any]) -> Iterator[Finding]:
    counts = Counter(visit.authority for visit in visits if visit.authority)
    for amount in sentence.amounts:
        before, after = around(sentence.text, amount)
        if amount.unit in ("percent", "mnok", "nok") or not _VISITS.search(f"{amount.unit} {after[:25]}"):
            continue
        said = before.rstrip()
        named = said.removesuffix("gjennomførte").rstrip() if said.endswith("gjennomførte") else ""
        who = next((name for name in counts if named.endswith(name)), "")
        number = counts[who] if who else len(visits)
        if (who or _IN_ALL.search(before)) and not amount.hedge and amount.value != number:
            yield finding(
                sentence.document, "listed", "error",
                [sentence.line, *(visit.line for visit in visits if not who or visit.authority == who)],
                "Teksten sier {stated} tilsyn {who_nb}, men tabellen har {computed}.",
                "The text says {stated} visits {who_en}, but the table has {computed}.",
                amount.value, float(number), who_nb=f"fra {who}" if who else "i alt",
                who_en=f"by {who}" if who else "in all",
            )  # fmt: skip


def _dated(sentence: Any, visits: Sequence[Any]) -> Iterator[Finding]:
    match = _WHEN.search(sentence.text)
    if not match:
        return
    month = MONTHS.index(match[1].casefold()) + 1
    said = telling(sentence.text)
    for visit in visits:
        day = _DAY.fullmatch(visit.date_from)
        named = any(same_word(word, other) for word in telling(visit.unit) if len(word) > 4 for other in said)
        several_days = visit.date_to and visit.date_to != visit.date_from
        if day and named and not several_days and visit.authority in sentence.text and int(day[1]) != month:
            # The table may have the day on which the visit was announced.
            yield finding(
                sentence.document, "listed", "doubt", [sentence.line, visit.line],
                "Teksten sier at tilsynet ved {unit} var i {month} {year}, tabellen sier {date}.",
                "The text says that the inspection at {unit} was in {month} {year}, the table says {date}.",
                unit=visit.unit, month=match[1], year=match[2], date=visit.date_from,
            )  # fmt: skip


def _other_years(visits: Sequence[Any], year: int) -> Iterator[Finding]:
    for visit in visits:
        match = _DATE_YEAR.search(visit.date_from)
        if year and match and int(match[1][-2:]) + 2000 != year:
            yield finding(
                visit.document, "listed", "doubt", [visit.line],
                "Tabellen over tilsyn i {year} har et tilsyn fra {date} ({authority}, {unit}).",
                "The table of visits in {year} has a visit of {date} ({authority}, {unit}).",
                year=str(year), date=visit.date_from, authority=visit.authority, unit=visit.unit,
            )  # fmt: skip


def _names(spoken: Sequence[Any], visits: Sequence[Any]) -> Iterator[Finding]:
    """Names of visited places that the text after the table spells almost, but not quite, as the table."""
    listed = {name: visit for visit in visits for name in _NAME.findall(visit.unit)}
    begin = min((visit.line for visit in visits), default=0)
    said = {
        name: row for row in reversed(spoken) if listed and row.line > begin for name in _NAME.findall(row.text[1:])
    }
    for name, row in reversed(said.items()):
        near, _ = most_alike(name, listed, _ALIKE) if name not in listed else ("", 0.0)
        if near and near[:-2] not in name and name[:-2] not in near:
            yield finding(
                row.document, "listed", "slip", [row.line, listed[near].line],
                "Stedet heter «{near}» i tabellen over tilsyn, men «{said}» i teksten.",
                "The place is called “{near}” in the table of visits, but “{said}” in the text.", near=near, said=name,
            )  # fmt: skip
