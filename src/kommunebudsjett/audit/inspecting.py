"""Check `listed`: what the text says about supervisory visits against the table that lists them."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import pandas as pd

from kommunebudsjett.audit.findings import Finding, both
from kommunebudsjett.audit.words import same_word, telling
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import records

MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november",
    "desember",
)  # fmt: skip
_DATE_YEAR = re.compile(r"(?:^|\.)((?:20)?\d\d)$")
_NAME = re.compile(r"\b[A-ZÆØÅ][a-zæøå]{7,}\b")
_VISITS = re.compile(r"\btilsyn\b", re.IGNORECASE)
_WHEN = re.compile(rf"\bgjennomførte?\s+i\s+({'|'.join(MONTHS)})\s+((?:19|20)\d\d)", re.IGNORECASE)


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Stated numbers of visits, in all and by authority, and stated months that the table of visits does not give;
    visits of another year than that of the report; places whose name is spelt otherwise in the text.
    """
    years = dict(zip(tables["documents"]["document"], tables["documents"]["budget_year"], strict=True))
    for document, visits in tables["inspections"].groupby("document", sort=False):
        spoken = tables["sentences"][tables["sentences"]["document"] == document]
        yield from _other_years(visits, years.get(document))
        yield from _names(spoken, visits)
        authorities = visits["authority"].value_counts()
        for sentence in records(spoken[spoken["text"].str.contains("tilsyn", case=False)]):
            yield from _counted(sentence, visits, authorities)
            yield from _dated(sentence, visits)


def _counted(sentence, visits: pd.DataFrame, authorities: pd.Series) -> Iterator[Finding]:
    for amount in sentence.amounts:
        before, after = sentence.text[: amount.start], sentence.text[amount.end :]
        if amount.unit in ("percent", "mnok", "nok") or not (_VISITS.search(f"{amount.unit} {after[:25]}")):
            continue
        who = next(
            (
                name
                for name in authorities.index
                if name and re.search(rf"\b{re.escape(name)}\s+gjennomførte\s*$", before)
            ),
            "",
        )
        if not who and not re.search(r"\btotalt\s*$", before):
            continue
        listed = visits[visits["authority"] == who] if who else visits
        if amount.value == len(listed):
            continue
        descriptions = both(
            "Teksten sier {stated} tilsyn {who_nb}, men tabellen har {computed}.",
            "The text says {stated} visits {who_en}, but the table has {computed}.",
            stated=amount.value, computed=float(len(listed)), who_nb=f"fra {who}" if who else "i alt",
            who_en=f"by {who}" if who else "in all",
        )  # fmt: skip
        lines = join_lines([sentence.line, *listed["line"]])
        yield Finding(
            sentence.document, "listed", "error", "", lines, *descriptions, amount.value, float(len(listed)),
            amount.value - len(listed),
        )  # fmt: skip


def _dated(sentence, visits: pd.DataFrame) -> Iterator[Finding]:
    match = _WHEN.search(sentence.text)
    if not match:
        return
    month = MONTHS.index(match[1].casefold()) + 1
    for visit in visits.itertuples():
        date = re.fullmatch(r"\d{1,2}\.(\d{1,2})\.\d{2,4}", visit.date_from)
        words = [word for word in telling(visit.unit) if len(word) > 4]
        if (
            not date
            or not words
            or visit.authority not in sentence.text
            or (visit.date_to and visit.date_to != visit.date_from)
        ):
            continue
        if any(same_word(word, other) for word in words for other in telling(sentence.text)) and int(date[1]) != month:
            descriptions = both(
                "Teksten sier at tilsynet ved {unit} var i {month} {year}, tabellen sier {date}.",
                "The text says that the inspection at {unit} was in {month} {year}, the table says {date}.",
                unit=visit.unit, month=match[1], year=match[2], date=visit.date_from,
            )  # fmt: skip
            lines = join_lines([sentence.line, visit.line])
            # The table may have the day on which the visit was announced.
            yield Finding(sentence.document, "listed", "doubt", "", lines, *descriptions, None, None, None)


def _other_years(visits: pd.DataFrame, year: int | None) -> Iterator[Finding]:
    for visit in visits.itertuples():
        match = _DATE_YEAR.search(visit.date_from)
        stated = int(match[1][-2:]) + 2000 if match else None
        if year is None or stated is None or stated == year:
            continue
        descriptions = both(
            "Tabellen over tilsyn i {year} har et tilsyn fra {date} ({authority}, {unit}).",
            "The table of visits in {year} has a visit of {date} ({authority}, {unit}).",
            year=str(year), date=visit.date_from, authority=visit.authority, unit=visit.unit,
        )  # fmt: skip
        yield Finding(visit.document, "listed", "doubt", "", str(visit.line), *descriptions, None, None, None)


def _names(spoken: pd.DataFrame, visits: pd.DataFrame) -> Iterator[Finding]:
    """Names of visited places that the text after the table spells almost, but not quite, as the table."""
    listed = {name: visit for visit in visits.itertuples() for name in _NAME.findall(visit.unit)}
    seen: set[str] = set()
    for sentence in records(spoken[spoken["line"] > visits["line"].min()]):
        for said in _NAME.findall(sentence.text[1:]):
            if said in listed or said in seen:
                continue
            near = next((n for n in listed if SequenceMatcher(None, n, said).ratio() >= 0.84), "")
            if near and near[:-2] not in said and said[:-2] not in near:
                seen.add(said)
                descriptions = both(
                    "Stedet heter «{near}» i tabellen over tilsyn, men «{said}» i teksten.",
                    "The place is called “{near}” in the table of visits, but “{said}” in the text.",
                    near=near, said=said,
                )  # fmt: skip
                lines = join_lines([sentence.line, listed[near].line])
                yield Finding(sentence.document, "listed", "doubt", "", lines, *descriptions, None, None, None)
