"""Check `caption`: captions, headings and references whose numbers, years or words do not fit."""

import re
from collections import Counter
from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import Finding, both
from kommunebudsjett.audit.text import captions, plain
from kommunebudsjett.audit.words import most_alike, stems
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped, records

_NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})+(?![\d.]*\d)")
_REFERENCE = re.compile(r"\b(tabell|figur|kapittel)\s+(\d{1,2}(?:\.\d{1,2})*)\b(?!\s*(?:prosent|%))", re.IGNORECASE)
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")
# How many dots at least lead from an entry of the contents list to its page.
_LEADERS = 4
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÆØÅ])")
# How many lines a caption may stand below the sentence that introduces it.
NEAR = 8
# "kapittel 3" of another text than the report itself.
_ELSEWHERE = re.compile(r"tariff|avtale|lov|forskrift|stilling|\btjener\b|overtid|lønn", re.IGNORECASE)


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Captions with the number of another table, references to what is not there or is something else, year ranges that
    the columns do not have, captions and numbers used twice, and contents that the headings do not bear out.
    """
    printed = captions(tables["lines"])
    cells = tables["table_cells"]
    for document, of_document in printed.groupby("document", sort=False):
        own = cells[cells["document"] == document]
        yield from _numbers(str(document), of_document)
        yield from _unnumbered(str(document), own)
        yield from _year_ranges(str(document), of_document, own)
        yield from _references(str(document), of_document, own, tables["sentences"])
    for document, lines in tables["lines"].groupby("document", sort=False):
        yield from _contents(str(document), lines)


def _finding(
    document: str, severity: str, table: str, lines, said: tuple[str, str], stated=None, computed=None
) -> Finding:
    difference = None if stated is None or computed is None else stated - computed
    return Finding(document, "caption", severity, table, join_lines(lines), *said, stated, computed, difference)


def _numbers(document: str, captions: pd.DataFrame) -> Iterator[Finding]:
    known = set(captions["number"])
    sections = {number.rsplit(".", 1)[0] for number in known} | {number.split(".")[0] for number in known}
    for row in captions.itertuples():
        for other in _NUMBER.findall(row.caption):
            if other == row.number or other in known:
                continue
            names = re.search(rf"\b(?:tabell|figur)\s+{re.escape(other)}", row.caption, re.IGNORECASE)
            if not names and other in sections:
                continue
            said = (
                both("Overskriften til {number} kaller den «Tabell {other}».",
                     "The caption of {number} calls it “Tabell {other}”.", number=row.number, other=other)
                if names else
                both("Overskriften til {number}, «{caption}», nevner {other}. Dokumentet har ingen tabell eller noe "
                     "kapittel med det nummeret; det kan være en dato.",
                     "The caption of {number}, “{caption}”, mentions {other}. The document has no table or chapter of "
                     "that number; it may be a date.",
                     number=row.number, caption=row.caption, other=other)
            )  # fmt: skip
            yield _finding(document, "error" if names else "doubt", row.number, [row.line], said)
        chapter = _NUMBERED.match(row.section)
        if chapter and chapter[1].split(".")[0] != row.number.split(".")[0]:
            said = both(
                "{number} står i «{section}».",
                "{number} stands in “{section}”.",
                number=row.number,
                section=row.section,
            )
            yield _finding(document, "error", row.number, [row.line], said)
    for number, rows in captions.groupby("number", sort=False):
        if len(rows) > 1:
            said = both("Nummeret {number} er brukt {count} ganger.", "The number {number} is used {count} times.",
                        number=number, count=len(rows))  # fmt: skip
            yield _finding(document, "error", str(number), rows["line"], said)
    for caption, rows in captions.groupby(captions["caption"].str.casefold().str.strip(" .*"), sort=False):
        if len(rows) > 1 and caption:
            said = both(
                "{numbers_nb} har samme overskrift: «{caption}».", "{numbers_en} have the same caption: “{caption}”.",
                numbers_nb=" og ".join(rows["number"]), numbers_en=" and ".join(rows["number"]),
                caption=rows["caption"].iloc[0],
            )  # fmt: skip
            yield _finding(document, "doubt", rows["number"].iloc[0], rows["line"], said)


def _year_ranges(document: str, captions: pd.DataFrame, cells: pd.DataFrame) -> Iterator[Finding]:
    for row in captions.itertuples():
        span = _YEARS.search(row.caption)
        if not span:
            continue
        columns = cells.loc[cells["table"] == row.number, "column"].unique()
        years = sorted(int(column) for column in columns if re.fullmatch(r"(?:19|20)\d\d", column))
        if len(years) > 1 and (int(span[1]), int(span[2])) != (years[0], years[-1]):
            said = both(
                "Overskriften til {number} sier {span}, men kolonnene går fra {first} til {last}.",
                "The caption of {number} says {span}, but its columns run from {first} to {last}.",
                number=row.number, span=span[0], first=str(years[0]), last=str(years[-1]),
            )  # fmt: skip
            yield _finding(document, "error", row.number, [row.line], said)


def _unnumbered(document: str, cells: pd.DataFrame) -> Iterator[Finding]:
    """Tables without number and caption in a document that numbers nearly all of them."""
    tables = cells["table"].unique()
    without = [table for table in tables if table.startswith("x-")]
    for table in without if len(without) * 10 <= len(tables) else ():
        if cells.loc[cells["table"] == table, "caption"].iloc[0]:
            continue
        line = int(table.removeprefix("x-"))
        said = both(
            "Tabellen på linje {line} har verken nummer eller overskrift, som de andre tabellene har.",
            "The table on line {line} has neither number nor caption, which the other tables have.",
            line=str(line),
        )
        yield _finding(document, "note", table, [line], said)


def _references(
    document: str, captions: pd.DataFrame, cells: pd.DataFrame, sentences: pd.DataFrame
) -> Iterator[Finding]:
    known = dict(zip(captions["number"], captions["caption"], strict=True))
    lines = dict(zip(captions["number"], captions["line"], strict=True))
    of_table = grouped(cells, ["table"])
    about = {number: _about(caption, of_table.get((number,), [])) for number, caption in known.items()}
    often = Counter(stem for words in about.values() for stem in words)
    chapters = {
        match[1].split(".")[0] for text in sentences.loc[
            (sentences["document"] == document) & (sentences["kind"] == "heading"), "text"
        ] if (match := _NUMBERED.match(text))
    }  # fmt: skip
    own = sentences[(sentences["document"] == document) & (sentences["kind"] != "heading")]
    for row in records(own):
        named = list(_REFERENCE.finditer(row.text))
        for match in named:
            kind, number = match[1].casefold(), match[2]
            if kind == "kapittel":
                missing = "." not in number and number not in chapters
                if missing and not _ELSEWHERE.search(row.text + row.heading):
                    said = both(
                        "Teksten viser til kapittel {number}, som ikke finnes.",
                        "The text refers to chapter {number}, which does not exist.",
                        number=number,
                    )
                    yield _finding(document, "doubt", "", [row.line], said)
                continue
            if number.count(".") != 2:
                continue
            if number not in known:
                said = both("Teksten viser til {kind} {number}, som ikke finnes.",
                            "The text refers to {kind_en} {number}, which does not exist.", kind=kind, number=number,
                            kind_en={"tabell": "table", "figur": "figure"}[kind])  # fmt: skip
                yield _finding(document, "error", "", [row.line], said)
                continue
            follows = min((line for line in lines.values() if row.line < line <= row.line + NEAR), default=0)
            if lines[number] == follows or sum(other[1].casefold() != "kapittel" for other in named) > 1:
                continue
            better = _meant(number, row.text, about, often, next((n for n in lines if lines[n] == follows), ""))
            if better:
                said = both(
                    "Teksten viser til {kind} {number} («{caption}»), men beskriver innholdet i {better} "
                    "(«{other}»).",
                    "The text refers to {kind_en} {number} (“{caption}”), but what it is about stands in {better} "
                    "(“{other}”).",
                    kind=kind, kind_en={"tabell": "table", "figur": "figure"}[kind], number=number,
                    caption=known[number], better=better, other=known[better],
                )  # fmt: skip
                yield _finding(
                    document, "error", number, [*range(row.line, row.line_last + 1), lines[number], lines[better]], said
                )


def _about(caption: str, cells: list) -> set[str]:
    printed = {caption, *(cell.column for cell in cells), *(cell.row for cell in cells)}
    return set(stems(" ".join(printed))) | set(re.findall(r"kapittel \d+", caption.casefold()))


def _meant(number: str, text: str, about: dict[str, set[str]], often: Counter, follows: str) -> str | None:
    """The neighbour of a table that a sentence must mean, because it has words of it that the named table lacks.

    The table that `follows` the sentence is the likelier.
    """
    said = set(stems(text)) | set(re.findall(r"kapittel \d+", text.casefold()))
    section = number.rsplit(".", 1)[0]

    def weight(words: set[str]) -> float:
        return sum(3.0 if stem.startswith("kapittel ") else 1.0 / often[stem] for stem in words if often[stem])

    own = weight(said & about[number])
    near = {
        other: weight(said & words - about[number]) + (0.5 if other == follows else 0)
        for other, words in about.items()
        if other != number and other.rsplit(".", 1)[0] == section
        and abs(int(other.rsplit(".", 1)[1]) - int(number.rsplit(".", 1)[1])) <= 2
    }  # fmt: skip
    ranked = sorted(near.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 0.3 or ranked[0][1] <= 1.5 * own:
        return None
    if near.get(follows, 0.0) > 0.6 * ranked[0][1]:
        return follows
    if len(ranked) > 1 and ranked[1][1] > 0.8 * ranked[0][1]:
        return None
    return ranked[0][0]


def _contents(document: str, lines: pd.DataFrame) -> Iterator[Finding]:
    """Entries of the contents list that no heading matches, and section numbers that begin after the first."""
    entries, headings = [], []
    for line, raw in zip(lines["line"], lines["text"], strict=True):
        text = plain(raw.replace("\t", " ").lstrip("# "))
        title = _entry(text)
        if title:
            entries.append((int(line), title))
        elif raw.startswith("#") or (raw.startswith("**") and raw.rstrip().endswith("**")):
            headings.append((int(line), text))
    if not entries:
        return
    bare = {_bare(text): line for line, text in headings}
    printed = {_bare(text): text for _, text in headings}
    for line, title in entries:
        if _bare(title) in bare:
            continue
        near, likeness = most_alike(_bare(title), bare)
        shorter = min(len(near), len(_bare(title)))
        if (
            shorter
            and (near.startswith(_bare(title)) or _bare(title).startswith(near))
            and abs(len(near) - len(_bare(title))) <= 2
        ):
            continue
        found = likeness > 0.8
        said = (
            both("Innholdslisten har «{title}», overskriften er «{heading}».",
                 "The contents list has “{title}”, the heading is “{heading}”.", title=title,
                 heading=printed[near])
            if found else
            both("Innholdslisten har «{title}», som ingen overskrift svarer til.",
                 "The contents list has “{title}”, which no heading matches.", title=title)
        )  # fmt: skip
        yield _finding(document, "doubt", "", [line, bare[near]] if found else [line], said)
    yield from _gaps(document, entries)


def _entry(text: str) -> str:
    """The title of an entry of the contents list, with leaders and perhaps its page behind it; "" for other text."""
    before = text.rstrip("0123456789").rstrip()
    title = before.rstrip(".")
    return title.strip() if len(before) - len(title) >= _LEADERS else ""


def _gaps(document: str, entries: list[tuple[int, str]]) -> Iterator[Finding]:
    numbered = {match[1]: line for line, title in entries if (match := _NUMBERED.match(title))}
    for number, line in numbered.items():
        head, _, last = number.rpartition(".")
        if head and int(last) > 1 and f"{head}.{int(last) - 1}" not in numbered:
            said = both(
                "Innholdslisten har {number}, men ikke {before}.",
                "The contents list has {number}, but not {before}.",
                number=number,
                before=f"{head}.{int(last) - 1}",
            )
            yield _finding(document, "doubt", "", [line], said)


def _bare(text: str) -> str:
    return re.sub(r"[^a-zæøå ]", "", _NUMBERED.sub("", text).casefold()).strip()
