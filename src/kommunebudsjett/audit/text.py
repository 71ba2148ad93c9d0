"""Raw lines in, the sentences of a document out: with their heading, paragraph and lines, markup gone."""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.amounts import Amount, amounts

_MARKUP = re.compile(r"\*|</?[a-z]+/?>|\]\([^)]*\)|\[|\\")
_BULLET = re.compile(r"\s*(?:[-–●•▪◦*]|\d{1,3}[.)]|[a-zæøå]\))\s+", re.IGNORECASE)
# A full stop ends a sentence before a capital or a number, but not after an abbreviation or an ordinal.
_END = re.compile(r"(?<=[.!?])[\"»)]?\s+(?=[A-ZÆØÅ0-9«\"“])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:ca|pr|kl|nr|f\.eks|bl\.a|mill|inkl|ekskl|evt|jf|s|dvs|mva|avd|st)|(?:^|\s)\d{1,2})\.$", re.IGNORECASE
)
# What is longer is no sentence that a person wrote, but text that lost its marks: nothing can be said of it.
LONGEST_SENTENCE = 2000
# Longer than an abbreviation with what must stand before it: all of a long paragraph need not be looked at.
_LONGEST_ABBREVIATION = 16
_OPEN_END = re.compile(r"[^.!?:;\"»”)\]]$")
# The number of a table: one to five levels, of which the first may be a letter. Without "Tabell" before it a number of
# fewer than three levels is that of a chapter.
NUMBERED = r"(?:[A-ZÆØÅ]\.?)?\d{1,2}(?:\.\d{1,2}){0,4}"
_CAPTION = re.compile(
    rf"(?:(?P<kind>Tabell|Figur)\s+(?P<named>{NUMBERED})|(?P<bare>\d{{1,2}}(?:\.\d{{1,2}}){{2,4}}))"
    r"(?![.\d]*\d)\s?[.:–-]?\s*(?=[A-ZÆØÅ])"
)


class Sentence(NamedTuple):
    """A sentence: the chapter and nearest heading it stands under, the number of its paragraph, its lines and text, and
    the numbers in it.

    `kind` is `prose`, `bullet` or `heading`.
    """

    document: str
    section: str
    heading: str
    paragraph: int
    kind: str
    line: int
    line_last: int
    text: str
    amounts: list[Amount]


def plain(text: str) -> str:
    """A printed line without markup."""
    return " ".join(_MARKUP.sub("", text).split())


def is_heading(text: str) -> bool:
    """Whether a line of a document in markdown is a heading: marked as one, or bold from end to end."""
    bare = text.strip()
    return bare.startswith("#") or (bare.startswith("**") and bare.endswith("**") and bare.count("**") == 2)


def sentences(lines: pd.DataFrame) -> pd.DataFrame:
    """The sentences of all documents (columns of `Sentence`), from `lines` (document, line, text).

    Table lines hold tabs and are left out. Lines that follow each other are one paragraph; so are two paragraphs of
    which the first is cut by the end of a page. Words divided at line ends are put together. Sentences longer than
    `LONGEST_SENTENCE` are left out.
    """
    out: list[Sentence] = []
    for document, rows in lines.groupby("document", sort=False):
        out.extend(_of_document(str(document), list(zip(rows["line"], rows["text"], strict=True))))
    return pd.DataFrame(out, columns=Sentence._fields)


def _of_document(document: str, lines: list[tuple[int, str]]) -> list[Sentence]:
    out: list[Sentence] = []
    section = heading = ""
    number = 0
    buffer: list[tuple[int, str]] = []
    kind = "prose"
    gap = False
    marked = any(text.startswith("#") for _, text in lines)

    def close() -> None:
        nonlocal number
        if buffer:
            number += 1
            out.extend(_split(document, section, heading, number, kind, buffer))
        buffer.clear()

    for line, raw in lines:
        text = plain(raw.lstrip("# "))
        if not text or text in ("---",):
            gap = True
            continue
        if "\t" in raw.strip():
            close()
            gap = True
            if not marked:
                heading = plain(raw.split("\t")[0])
            continue
        if is_heading(raw) and not _BULLET.match(raw):
            close()
            heading = text
            if raw.startswith("# ") or re.match(r"#+\s*\d+\.\s", raw):
                section = text
            if len(text) <= LONGEST_SENTENCE:
                out.append(Sentence(document, section, heading, number, "heading", line, line, text, amounts(text)))
        elif bullet := _BULLET.match(raw):
            close()
            kind = "bullet"
            buffer.append((line, plain(raw[bullet.end() :])))
        else:
            cut = buffer and _OPEN_END.search(buffer[-1][1])
            goes_on = cut and (text[0].islower() if gap else not marked)
            if (gap and not goes_on) or (marked and buffer and not cut):
                close()
            if not buffer:
                kind = "prose"
                if not marked and _looks_like_heading(text):
                    heading = text
            buffer.append((line, text))
        gap = False
    close()
    return out


def _looks_like_heading(text: str) -> bool:
    return len(text) < 70 and bool(_OPEN_END.search(text)) and text[0].isupper()


def _split(document: str, section: str, heading: str, number: int, kind: str, buffer: list) -> list[Sentence]:
    text = ""
    starts: list[tuple[int, int]] = []
    for line, piece in buffer:
        if re.search(r"[a-zæøå]-$", text[-2:]) and piece[0].islower():
            text = text[:-1]
        elif text:
            text += " "
        starts.append((len(text), line))
        text += piece
    cuts = [0]
    for stop in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start()]) or (
            text[stop.end()].isupper() and text[stop.start() - 2].isdigit()
        ):
            cuts.append(stop.end())
    out = []
    offsets = [start for start, _ in starts]
    for first, last in zip(cuts, [*cuts[1:], len(text)], strict=True):
        sentence = text[first:last].strip()
        if 0 < len(sentence) <= LONGEST_SENTENCE:
            begin = starts[bisect_right(offsets, first) - 1][1]
            end = starts[bisect_left(offsets, last) - 1][1]
            out.append(Sentence(document, section, heading, number, kind, begin, end, sentence, amounts(sentence)))
    return out


def captions(lines: pd.DataFrame) -> pd.DataFrame:
    """The numbered captions of tables and figures (document, section, kind, number, caption, line), each on its line.

    `kind` is `tabell` or `figur`; empty where only the number is printed.
    """
    out = []
    for document, rows in lines.groupby("document", sort=False):
        section = ""
        contents = True
        for line, raw in zip(rows["line"], rows["text"], strict=True):
            if "\t" in raw:
                continue
            text = plain(raw.lstrip("# "))
            if re.match(r"#+\s*\d+\.\s", raw) or raw.startswith("# "):
                section, contents = text, "....." in text
            match = _CAPTION.match(text)
            if match and not contents and "....." not in text and len(text) < 260:
                kind, number = (match["kind"] or "").casefold(), match["named"] or match["bare"]
                out.append((str(document), section, kind, number, text[match.end() :], int(line)))
    return pd.DataFrame(out, columns=["document", "section", "kind", "number", "caption", "line"])
