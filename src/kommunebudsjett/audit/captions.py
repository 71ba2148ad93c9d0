"""Check `caption`: captions, headings and references whose numbers, years or words do not fit."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.text import NUMBERED, captions, is_heading, plain
from kommunebudsjett.audit.words import most_alike, stems
from kommunebudsjett.tables.grouping import records

_NUMBER = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})+(?![\d.]*\d)")
_REFERENCE = re.compile(rf"\b(tabell|figur|kapittel)\s+({NUMBERED})\b(?!\s*(?:prosent|%))", re.IGNORECASE)
# "per 31.12" is a date.
_DATED = re.compile(r"\b(?:per|pr\.?|den)\s+\d{1,2}\.\d{1,2}", re.IGNORECASE)
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
# How many dots at least lead from an entry of the contents list to its page.
_LEADERS = 4
_NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÆØÅ])")
_GOES_ON = re.compile(r"\bforts", re.IGNORECASE)
# How many lines a caption may stand below the sentence that introduces it.
NEAR = 8
# A chapter or a table of another text than the document itself.
_ELSEWHERE = re.compile(
    r"tariff|avtale|lov|forskrift|stilling|\btjener\b|overtid|lønn|"
    r"\bi (?:\w+ )?(?:\w*budsjett|\w*rapport|\w*plan|\w*melding|vedlegg|notat)\w*",
    re.IGNORECASE,
)
_KINDS = {"tabell": "table", "figur": "figure"}
# An entry and a heading that are less alike than this are not one title in two wordings.
_ALIKE = 0.8


def check(source: Source) -> Iterator[Finding]:
    """Captions with the number of another table, references to what is not there or is something else, year ranges that
    the columns do not have, captions and numbers used twice, and contents that the headings do not bear out.

    All of these are slips of the pen: no figure is wrong.
    """
    rows = records(captions(source.frame("lines")))
    if rows:
        yield from _numbers(rows)
        yield from _used_twice(rows)
        yield from _unnumbered(source)
        yield from _year_ranges(rows, source.printed)
        yield from _references(rows, source)
    yield from _contents(source)


def _slip(
    document: str, lines: Sequence[int], norwegian: str, english: str, table: str = "", **values: Any
) -> Finding:  # fmt: skip
    return finding(document, "caption", "slip", lines, norwegian, english, table=table, **values)


def _numbers(rows: Sequence[Any]) -> Iterator[Finding]:
    """Captions that mention another number than their own, and captions in another chapter than their number's."""
    known = {row.number for row in rows}
    by_chapter = _go_by_chapter(rows)
    sections = {number.rsplit(".", 1)[0] for number in known} | {number.split(".")[0] for number in known}
    for row in rows:
        for other in set(_NUMBER.findall(_DATED.sub("", row.caption))) - known:
            named = re.search(rf"\b(?:tabell|figur)\s+{re.escape(other)}", row.caption, re.IGNORECASE)
            if named:
                yield _slip(
                    row.document, [row.line], "Overskriften til {number} kaller den «Tabell {other}».",
                    "The caption of {number} calls it “Tabell {other}”.", row.number, number=row.number, other=other,
                )  # fmt: skip
            elif other not in sections:
                yield _slip(
                    row.document, [row.line],
                    "Overskriften til {number}, «{caption}», nevner {other}. Dokumentet har ingen tabell eller noe "
                    "kapittel med det nummeret; det kan være en dato.",
                    "The caption of {number}, “{caption}”, mentions {other}. The document has no table or chapter of "
                    "that number; it may be a date.",
                    row.number, number=row.number, caption=row.caption, other=other,
                )  # fmt: skip
        if by_chapter and _chapter(row.section) not in ("", _chapter(row.number)):
            yield _slip(
                row.document, [row.line], "{number} står i «{section}».", "{number} stands in “{section}”.", row.number,
                number=row.number, section=row.section,
            )  # fmt: skip


def _go_by_chapter(rows: Sequence[Any]) -> bool:
    """Whether the numbers of a document begin with that of the chapter: they have levels, and one at least says so."""
    shown = [row for row in rows if "." in row.number and _chapter(row.section)]
    return any(row.number.count(".") > 1 for row in shown) or (
        2 * sum(_chapter(row.section) == _chapter(row.number) for row in shown) > len(shown)
    )


def _chapter(text: str) -> str:
    """The number of the chapter that a heading, or the number of a table, begins with."""
    return text.split()[0].split(".")[0] if text[:1].isdigit() else ""


def _used_twice(rows: Sequence[Any]) -> Iterator[Finding]:
    """Numbers of two captions, and captions of two numbers; a table that goes on, or stands in a list, is one."""
    numbers: dict[tuple[str, str], dict[str, Any]] = {}
    texts: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        caption = row.caption.casefold().strip(" .*")
        if not _GOES_ON.search(caption):
            numbers.setdefault((row.kind, row.number), {}).setdefault(caption.rstrip("0123456789 "), row)
            # "Nøkkeltall" is what tables of many chapters are called.
            texts.setdefault((row.kind, _chapter(row.number), caption), {}).setdefault(row.number, row)
    for (_, number), same in numbers.items():
        if len(same) > 1:
            first = next(iter(same.values()))
            yield _slip(
                first.document, [row.line for row in same.values()], "Nummeret {number} er brukt {count} ganger.",
                "The number {number} is used {count} times.", number, number=number, count=len(same),
            )  # fmt: skip
    for (_, _, caption), same in texts.items():
        if len(same) > 1 and caption:
            first = next(iter(same.values()))
            yield _slip(
                first.document, [row.line for row in same.values()], "{numbers_nb} har samme overskrift: «{caption}».",
                "{numbers_en} have the same caption: “{caption}”.", first.number, caption=first.caption,
                numbers_nb=" og ".join(same), numbers_en=" and ".join(same),
            )  # fmt: skip


def _year_ranges(rows: Sequence[Any], printed: dict[str, list[Any]]) -> Iterator[Finding]:
    for row in rows:
        span = _YEARS.search(row.caption)
        columns = {cell.column for cell in printed.get(row.number, ())}
        years = sorted(int(column) for column in columns if _YEAR.fullmatch(column))
        if span and len(years) > 1 and (int(span[1]), int(span[2])) != (years[0], years[-1]):
            yield _slip(
                row.document, [row.line],
                "Overskriften til {number} sier {span}, men kolonnene går fra {first} til {last}.",
                "The caption of {number} says {span}, but its columns run from {first} to {last}.",
                row.number, number=row.number, span=span[0], first=str(years[0]), last=str(years[-1]),
            )  # fmt: skip


def _unnumbered(source: Source) -> Iterator[Finding]:
    """Tables without number and caption in a document that numbers nearly all of them."""
    without = [(table, cells) for table, cells in source.printed.items() if table.startswith("x-")]
    for table, cells in without if len(without) * 10 <= len(source.printed) else ():
        if not cells[0].caption:
            yield _slip(
                source.document, [int(table.removeprefix("x-"))],
                "{where_nb} har verken nummer eller overskrift, som de andre tabellene har.",
                "{where_en} has neither number nor caption, which the other tables have.", table,
            )  # fmt: skip


def _references(rows: Sequence[Any], source: Source) -> Iterator[Finding]:
    known = {row.number: row for row in rows}
    about = {number: _about(row.caption, source.printed.get(number, [])) for number, row in known.items()}
    often = Counter(stem for words in about.values() for stem in words)
    headings = (_NUMBERED.match(sentence.text) for sentence in source.sentences if sentence.kind == "heading")
    chapters = {int(match[1].split(".")[0]) for match in headings if match}
    for sentence in source.prose:
        named = _REFERENCE.findall(sentence.text)
        for kind, number in ((kind.casefold(), number) for kind, number in named):
            if kind == "kapittel":
                missing = number.isdigit() and int(number) not in chapters and _is_whole(chapters)
                if missing and not _ELSEWHERE.search(sentence.text + sentence.heading):
                    yield _slip(
                        sentence.document, [sentence.line], "Teksten viser til kapittel {number}, som ikke finnes.",
                        "The text refers to chapter {number}, which does not exist.", number=number,
                    )  # fmt: skip
            elif number not in known and _lacks(number, kind.casefold(), rows) and not _ELSEWHERE.search(sentence.text):
                yield _slip(
                    sentence.document, [sentence.line], "Teksten viser til {kind} {number}, som ikke finnes.",
                    "The text refers to {kind_en} {number}, which does not exist.", kind=kind, number=number,
                    kind_en=_KINDS[kind],
                )  # fmt: skip
            elif number in known and sum(other.casefold() != "kapittel" for other, _ in named) == 1:
                yield from _mistaken(sentence, kind, number, known, about, often)


def _is_whole(numbers: Collection[int]) -> bool:
    """Whether numbers count up from one, so that none of them is one that was not read."""
    return len(numbers) > 1 and set(numbers) == set(range(1, len(numbers) + 1))


def _lacks(number: str, kind: str, rows: Sequence[Any]) -> bool:
    """Whether a document that numbers its tables in such levels has none of this number."""
    if number.count(".") > 1:
        return number[0].isdigit()
    same = {row.number for row in rows if row.kind == kind and _series(row.number) == _series(number)}
    return _is_whole({int(other.rpartition(".")[2]) for other in same if other.rpartition(".")[2].isdigit()})


def _series(number: str) -> str:
    """The levels of a number above its last."""
    return number.rpartition(".")[0]


def _mistaken(
    sentence: Any, kind: str, number: str, known: dict[str, Any], about: dict[str, set[str]], often: Counter[str]
) -> Iterator[Finding]:
    """A reference to a table whose neighbour is what the sentence speaks of."""
    following = [row for row in known.values() if sentence.line < row.line <= sentence.line + NEAR]
    follows = min(following, key=lambda row: row.line).number if following else ""
    better = _meant(number, sentence.text, about, often, follows) if number != follows else None
    if better:
        yield _slip(
            sentence.document,
            [*range(sentence.line, sentence.line_last + 1), known[number].line, known[better].line],
            "Teksten viser til {kind} {number} («{caption}»), men beskriver innholdet i {better} («{other}»).",
            "The text refers to {kind_en} {number} (“{caption}”), but what it is about stands in {better} (“{other}”).",
            number, kind=kind, kind_en=_KINDS[kind], number=number, caption=known[number].caption, better=better,
            other=known[better].caption,
        )  # fmt: skip


def _about(caption: str, cells: Sequence[Any]) -> set[str]:
    printed = {caption, *(cell.column for cell in cells), *(cell.row for cell in cells)}
    return set(stems(" ".join(printed))) | set(re.findall(r"kapittel \d{1,3}", caption.casefold()))


def _meant(
    number: str, text: str, about: dict[str, set[str]], often: Counter[str], follows: str
) -> str | None:  # fmt: skip
    """The neighbour of a table that a sentence must mean, because it has words of it that the named table lacks.

    The table that `follows` the sentence is the likelier.
    """
    said = set(stems(text)) | set(re.findall(r"kapittel \d{1,3}", text.casefold()))
    section, point, place = number.rpartition(".")
    if not place.isdigit() or not about[number]:
        return None

    def weight(words: set[str]) -> float:
        return sum(3.0 if stem.startswith("kapittel ") else 1.0 / often[stem] for stem in words if often[stem])

    own = weight(said & about[number])
    near = {
        other: weight(said & about[other] - about[number]) + (0.5 if other == follows else 0)
        for away in (-2, -1, 1, 2) if (other := f"{section}{point}{int(place) + away}") in about
    }  # fmt: skip
    ranked = sorted(near.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 0.3 or ranked[0][1] <= 1.5 * own:
        return None
    if near.get(follows, 0.0) > 0.6 * ranked[0][1]:
        return follows
    return ranked[0][0] if len(ranked) == 1 or ranked[1][1] <= 0.8 * ranked[0][1] else None


def _contents(source: Source) -> Iterator[Finding]:
    """Entries of the contents list that no heading matches, and section numbers that begin after the first."""
    entries: list[tuple[int, str]] = []
    headings: dict[str, tuple[int, str]] = {}
    for line, raw in source.lines:
        text = plain(raw.replace("\t", " ").lstrip("# "))
        if title := _entry(text):
            entries.append((line, title))
        elif is_heading(raw):
            headings[_bare(text)] = (line, text)
    for line, title in entries:
        bare = _bare(title)
        near, likeness = most_alike(bare, headings) if bare not in headings else ("", 1.0)
        begins = bool(near and bare) and (near.startswith(bare) or bare.startswith(near))
        if bare in headings or (begins and abs(len(near) - len(bare)) <= 2):
            continue
        if likeness > _ALIKE:
            yield _slip(
                source.document, [line, headings[near][0]],
                "Innholdslisten har «{title}», overskriften er «{heading}».",
                "The contents list has “{title}”, the heading is “{heading}”.", title=title, heading=headings[near][1],
            )  # fmt: skip
        else:
            yield _slip(
                source.document, [line], "Innholdslisten har «{title}», som ingen overskrift svarer til.",
                "The contents list has “{title}”, which no heading matches.", title=title,
            )  # fmt: skip
    yield from _gaps(source.document, entries)


def _entry(text: str) -> str:
    """The title of an entry of the contents list, with leaders and perhaps its page behind it; "" for other text."""
    before = text.rstrip("0123456789").rstrip()
    title = before.rstrip(".")
    return title.strip() if len(before) - len(title) >= _LEADERS else ""


def _gaps(document: str, entries: list[tuple[int, str]]) -> Iterator[Finding]:
    numbered = {match[1]: line for line, title in entries if (match := _NUMBERED.match(title))}
    for number, line in numbered.items():
        head, _, last = number.rpartition(".")
        before = f"{head}.{int(last) - 1}"
        if head and int(last) > 1 and before not in numbered:
            yield _slip(
                document, [line], "Innholdslisten har {number}, men ikke {before}.",
                "The contents list has {number}, but not {before}.", number=number, before=before,
            )  # fmt: skip


def _bare(text: str) -> str:
    return re.sub(r"[^a-zæøå ]", "", _NUMBERED.sub("", text).casefold()).strip()
