"""Check `measure`: the amount in the heading of a measure against its text, and headings that nothing follows."""

import re
from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import Finding, both
from kommunebudsjett.audit.text import plain
from kommunebudsjett.audit.words import most_alike
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped

# What stands behind the last tab of a heading that states an amount.
_AMOUNT = re.compile(r" *(?P<amount>\d[\d ]*+(?:,\d+ *)?)(?:millioner|million|mill\.?)")
_PART = re.compile(r"^(?:Drift|Investeringer|Verbale føringer)\s+[-–]\s+(\S.*)$")
# Names less alike than this are of different chapters.
ALIKE = 0.8
_TABLE = re.compile(r"^(?:utgifter|inntekter|inndekning|investeringer|tabell\w*)\b[^.:]{0,40}$", re.IGNORECASE)


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Headings with an amount for the first year that their text gives otherwise, headings without content, names of
    chapters that headings of parts spell otherwise, and amounts that can be read in two ways.
    """
    yield from _two_readings(tables["measures"])
    years = dict(zip(tables["documents"]["document"], tables["documents"]["budget_year"], strict=True))
    sentences = tables["sentences"]
    for document, lines in tables["lines"].groupby("document", sort=False):
        spoken = grouped(sentences[sentences["document"] == document], ["heading"])
        pairs = list(zip(lines["line"], lines["text"], strict=True))
        for line, raw in pairs:
            name, _, behind = raw.rstrip().rpartition("\t")
            match = _AMOUNT.fullmatch(behind)
            if match and name and not name[0].isspace():
                heading = plain(name)
                stated = float(match["amount"].replace(" ", "").replace(",", "."))
                body = [sentence for sentence in spoken.get((heading,), []) if sentence.line > line]
                yield from _against_text(str(document), int(line), heading, stated, body, int(years.get(document, 0)))
        yield from _empty(str(document), pairs)
        yield from _parts_of_chapters(str(document), pairs)


def _against_text(document: str, line: int, name: str, stated: float, body: list, year: int) -> Iterator[Finding]:
    for sentence in body:
        said = [a for a in sentence.amounts if a.unit in ("mnok", "nok")]
        first = next(
            (
                a
                for a in said
                if re.match(
                    rf"\s*(?:kroner\s+)?(?:\([^)]{{0,80}}\)\s*)?(?:ekstra\s+)?i\s+{year}\b", sentence.text[a.end :]
                )
            ),
            None,
        )
        if first is None:
            continue
        value = first.value / 1e6 if first.unit == "nok" else first.value
        if abs(value - stated) > first.step / 2 * (1e-6 if first.unit == "nok" else 1) + 1e-9:
            descriptions = both(
                "«{name}»: overskriften sier {stated} mill. kr, teksten {computed} mill. kr i {year}.",
                "“{name}”: the heading says NOK {stated} million, the text {computed} million in {year}.",
                name=name, stated=stated, computed=value, year=str(year),
            )  # fmt: skip
            lines = join_lines([line, *range(sentence.line, sentence.line_last + 1)])
            yield Finding(
                document, "measure", "error", "", lines, *descriptions, stated, value, round(stated - value, 9)
            )
        return


def _empty(document: str, pairs: list[tuple[int, str]]) -> Iterator[Finding]:
    """Headings of tables at the end of a document that nothing, or only another such heading, follows."""
    filled = [(int(line), plain(raw)) for line, raw in pairs if raw.strip()]
    for (line, text), after in zip(reversed(filled), [None, *reversed(filled)], strict=False):
        alone = after is None or after[0] > line + 1
        if not (_TABLE.match(text) and alone and text[0].isupper() and len(text) < 50):
            return
        descriptions = both(
            "Under overskriften «{text}» står det ingenting.", "Nothing stands under the heading “{text}”.", text=text
        )
        yield Finding(document, "measure", "note", "", str(line), *descriptions, None, None, None)


def _parts_of_chapters(document: str, pairs: list[tuple[int, str]]) -> Iterator[Finding]:
    printed = {plain(raw): int(line) for line, raw in reversed(pairs) if raw.strip()}
    chapters = [text for text in printed if not _PART.match(text)]
    for text, line in sorted(printed.items(), key=lambda item: item[1]):
        match = _PART.match(text)
        if not match or match[1] in printed:
            continue
        near, _ = most_alike(match[1], chapters, ALIKE)
        if not near:
            continue
        descriptions = both(
            "Overskriften «{text}» viser til et kapittel som heter «{near}».",
            "The heading “{text}” refers to a chapter that is called “{near}”.",
            text=text,
            near=near,
        )
        lines = join_lines([printed[near], line])
        yield Finding(document, "measure", "note", "", lines, *descriptions, None, None, None)


def _two_readings(measures: pd.DataFrame) -> Iterator[Finding]:
    unclear = measures[measures["certainty"] == "ambiguous"]
    for (document, measure, line), rows in unclear.groupby(["document", "measure", "line"], sort=False):
        descriptions = both(
            "«{measure}»: beløpet kan leses på to måter: «{quote}».",
            "“{measure}”: the amount can be read in two ways: “{quote}”.",
            measure=measure,
            quote=rows["quote"].iloc[0],
        )
        lines = join_lines(range(int(line), int(rows["line_last"].max()) + 1))
        yield Finding(str(document), "measure", "note", "", lines, *descriptions, None, None, None)
