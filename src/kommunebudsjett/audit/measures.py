"""Check `measure`: the amount in the heading of a measure against its text, and headings that nothing follows."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.judge import around, judge
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.text import plain
from kommunebudsjett.audit.vocabulary import vocabulary
from kommunebudsjett.audit.words import most_alike
from kommunebudsjett.tables.grouping import grouped

_AMOUNT = re.compile(r"(\d[\d ]{0,12}(?:,\d{1,3})?)\s?(?:millioner|million|mill\.?)$")
_PART = re.compile(r"^(\S[^-–]{0,30}?)\s+[-–]\s+(\S.*)$")
# Names less alike than this are of different chapters; a longer line is no heading.
ALIKE, _LONGEST = 0.8, 50


def check(source: Source) -> Iterator[Finding]:
    """Headings with an amount for the first year that their text gives otherwise, headings without content, names of
    chapters that headings of parts spell otherwise, and amounts that can be read in two ways.
    """
    yield from _two_readings(source)
    spoken: dict[str, list[Any]] = {}
    for sentence in source.sentences:
        spoken.setdefault(sentence.heading, []).append(sentence)
    filled = [(line, raw) for line, raw in source.lines if raw.strip()]
    for line, raw in filled:
        name, _, rest = raw.partition("\t")
        match = _AMOUNT.match(rest.strip()) if name.strip() and rest else None
        if match:
            body = [sentence for sentence in spoken.get(plain(name), []) if sentence.line > line]
            yield from _against_text(line, plain(name), match[1], body, source.year)
    yield from _empty(source.document, filled)
    yield from _parts_of_chapters(source.document, [(line, plain(raw)) for line, raw in filled])


def _against_text(line: int, name: str, printed: str, body: Sequence[Any], year: int) -> Iterator[Finding]:
    """The first amount of the year in the text below a heading with an amount."""
    stated = float(printed.replace(" ", "").replace(",", "."))
    of_year = re.compile(rf"\s*(?:kroner\s)?(?:\([^)]{{0,60}}\)\s)?(?:ekstra\s)?i\s{year}\b")
    said = (
        (sentence, amount) for sentence in body for amount in sentence.amounts
        if amount.unit in ("mnok", "nok") and of_year.match(sentence.text, amount.end)
    )  # fmt: skip
    sentence, amount = next(said, (None, None))
    if sentence is None or amount is None:
        return
    factor = 1e-6 if amount.unit == "nok" else 1.0
    given = amount._replace(value=amount.value * factor, step=amount.step * factor)
    if judge(given, [around(stated)], cut=False)[0] in ("slip", "differs"):
        yield finding(
            sentence.document, "measure", "error", [line, *range(sentence.line, sentence.line_last + 1)],
            "«{name}»: overskriften sier {stated} mill. kr, teksten {computed} mill. kr i {year}.",
            "“{name}”: the heading says NOK {stated} million, the text {computed} million in {year}.",
            stated, given.value, name=name, year=str(year),
        )  # fmt: skip


def _empty(document: str, filled: list[tuple[int, str]]) -> Iterator[Finding]:
    """Headings of tables at the end of a document that nothing, or only another such heading, follows."""
    after = None
    for line, raw in reversed(filled):
        text = plain(raw)
        alone = after is None or after > line + 1
        named = vocabulary().begins("table_heading", text) and not set(text) & {".", ":"}
        if not (named and alone and text[0].isupper() and len(text) < _LONGEST):
            return
        after = line
        yield finding(
            document, "measure", "note", [line], "Under overskriften «{text}» står det ingenting i teksten som vi har.",
            "Nothing stands under the heading “{text}” in the text that we have.", text=text,
        )  # fmt: skip


def _parts_of_chapters(document: str, filled: list[tuple[int, str]]) -> Iterator[Finding]:
    printed = {text: line for line, text in reversed(filled)}
    parts = {text: name for text in printed if (name := _chapter_of(text))}
    chapters = [text for text in printed if text not in parts]
    for text, line in reversed(printed.items()):
        name = parts.get(text, "")
        near, _ = most_alike(name, chapters, ALIKE) if name and name not in printed else ("", 0.0)
        if near:
            yield finding(
                document, "measure", "slip", [printed[near], line],
                "Overskriften «{text}» viser til et kapittel som heter «{near}».",
                "The heading “{text}” refers to a chapter that is called “{near}”.", text=text, near=near,
            )  # fmt: skip


def _chapter_of(text: str) -> str:
    """The chapter that a heading says it is a part of: "Drift - Skole"."""
    match = _PART.match(text)
    return match[2] if match and match[1][0].isupper() and vocabulary().only("chapter_part", match[1]) else ""


def _two_readings(source: Source) -> Iterator[Finding]:
    measures = source.frame("measures")
    unclear = measures[measures["certainty"] == "ambiguous"]
    for (measure, line), rows in grouped(unclear, ["measure", "line"]).items():
        yield finding(
            source.document, "measure", "note", range(int(line), int(max(row.line_last for row in rows)) + 1),
            "«{measure}»: beløpet kan leses på to måter: «{quote}».",
            "“{measure}”: the amount can be read in two ways: “{quote}”.", measure=measure, quote=rows[0].quote,
        )  # fmt: skip
