"""Check `promise`: what the text of a budget promises, and when, against the amounts of its own tables."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kommunebudsjett.audit.facts import Row, mentioned
from kommunebudsjett.audit.findings import Finding, en, finding, nb
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import is_said, vocabulary
from kommunebudsjett.audit.words import roots
from kommunebudsjett.tables.grouping import grouped

_FROM = re.compile(r"\bfra (?:og med )?(?:(?P<next>neste år)|(?P<year>20\d\d))\b", re.IGNORECASE)
_READY = re.compile(
    r"\b(?:nytt?|nye|ferdig\w{0,12}|åpne[rst]?|åpning\w{0,4}|innflytting|klart?)\b[^.;:\d]{0,60}?\bi "
    r"(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_LESS = re.compile(r"\b(?:mindre|lavere|redusere[rs]?|kutte[rs]?|sparer?)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:mer|høyere|øke[rs]?|økt|styrke[rs]?|flere|først|deretter|senere|siden)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")
# What must still be paid of something when it is said to be ready, as a share of all of it.
_MOST = 0.5
# How large amounts of the other sign must be, as a share of the others, to gainsay a text.
_CLEAR = 0.1


def check(source: Source) -> Iterator[Finding]:
    """Promises that the rows of the same name do not bear out.

    "From next year" where no row has money in it; "a new hall in 2028" where most of the money for it comes later;
    "less" of what the row gives more of in some years. As amounts are changes to somebody's proposal, which may have
    the money already, each is a doubt.
    """
    rows = _rows(source)
    for sentence in source.prose if rows else ():
        named = _named(sentence, rows) if is_said(sentence.text) else []
        if not named:
            continue
        yield from _begins(source, sentence, [row for row, _ in named])
        yield from _ready(source, sentence, [row for row, kind in named if kind == "investering"])
        own = set(roots(sentence.heading))
        yield from _less(source, sentence, [row for row, kind in named if set(row.roots) == own])


def _rows(source: Source) -> list[tuple[Row, str]]:
    """The rows of tables of measures, with their amounts by year, and the kind of each."""
    measures = source.frame("measures")
    if source.is_report or not len(measures):
        return []
    in_tables = measures[(measures["basis"] == "table") & measures["amount_mnok"].notna() & measures["year"].notna()]
    out = []
    for (kind, area, label, line), of in grouped(in_tables, ["kind", "area", "measure", "line"]).items():
        values = {str(row.year): float(row.amount_mnok) for row in of}
        out.append((Row("", area, label, int(line), values, {}, label, roots(label)), str(kind)))
    return out


def _named(sentence: Any, rows: Sequence[tuple[Row, str]]) -> list[tuple[Row, str]]:
    """The rows that a sentence names in full, else those that its heading is the name of."""
    telling = [row for row, _ in rows if len(row.roots) > 1]
    found = {id(row) for row in mentioned(sentence.text, telling)}
    heading = set(roots(sentence.heading))
    if not found and heading:
        found = {id(row) for row, _ in rows if set(row.roots) == heading}
    return [(row, kind) for row, kind in rows if id(row) in found]


def _begins(source: Source, sentence: Any, rows: Sequence[Row]) -> Iterator[Finding]:
    match = _FROM.search(sentence.text)
    if not match or not vocabulary().has("ours", sentence.text):
        return
    year = match["year"] or str(source.year)
    known = [row for row in rows if year in row.values]
    if known and not any(row.values[year] for row in known):
        yield _finding(
            source, sentence, known[:1],
            "Teksten sier «{said}», men «{label}» har ikke noe beløp i {year} ({amounts_nb}).",
            "The text says “{said}”, but “{label}” has no amount in {year} ({amounts_en}).",
            said=match[0], year=year,
        )  # fmt: skip


def _ready(source: Source, sentence: Any, rows: Sequence[Row]) -> Iterator[Finding]:
    match = _READY.search(sentence.text)
    if not match:
        return
    late = [
        row for row in rows if _after(row, match["year"]) > _MOST * sum(row.values.values()) > 0
    ]  # fmt: skip
    if rows and len(late) == len(rows):
        yield _finding(
            source, sentence, late[:1],
            "Teksten sier «{said}», men det meste av beløpet til «{label}» kommer etter {year} ({amounts_nb}).",
            "The text says “{said}”, but most of the amount for “{label}” comes after {year} ({amounts_en}).",
            said=match[0], year=match["year"],
        )  # fmt: skip


def _after(row: Row, year: str) -> float:
    return sum(value for other, value in row.values.items() if other > year)


def _less(source: Source, sentence: Any, rows: Sequence[Row]) -> Iterator[Finding]:
    match = _LESS.search(sentence.text)
    if not match or _MORE.search(sentence.text) or _YEAR.search(sentence.text):
        return
    turned = [
        row for row in rows
        if min(row.values.values()) < 0
        and sum(value for value in row.values.values() if value > 0) > -_CLEAR * min(row.values.values())
    ]  # fmt: skip
    if turned:
        yield _finding(
            source, sentence, turned[:1],
            "Teksten sier «{said}» uten å si når, men «{label}» er høyere enn i forslaget som endres, i noen av årene "
            "({amounts_nb}).",
            "The text says “{said}” without a year, but “{label}” is higher than in the proposal that is changed in "
            "some years ({amounts_en}).",
            said=match[0],
        )  # fmt: skip


def _finding(
    source: Source, sentence: Any, rows: Sequence[Row], norwegian: str, english: str, **values: Any
) -> Finding:  # fmt: skip
    amounts = sorted(rows[0].values.items())
    return finding(
        source.document, "promise", "doubt",
        [*range(sentence.line, sentence.line_last + 1), *(row.line for row in rows)], norwegian, english,
        label=rows[0].label, amounts_nb=", ".join(f"{year}: {nb(value)}" for year, value in amounts),
        amounts_en=", ".join(f"{year}: {en(value)}" for year, value in amounts), **values,
    )  # fmt: skip
