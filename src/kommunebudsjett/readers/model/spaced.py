"""Lines of plain text in; the tables whose cells are parted by spaces, or by nothing, out as rows of cells."""

import re
from collections.abc import Iterator
from itertools import combinations, islice
from typing import NamedTuple

from kommunebudsjett.readers.model.numbers import is_dash, is_number, is_year
from kommunebudsjett.readers.model.rows import CAPTION, NO_LABEL, NO_ROW, Grid, Row
from kommunebudsjett.readers.model.splitting import (
    Split,
    Tail,
    Undecided,
    may_fit,
    split_rows,
    tail_of,
    undecided,
    without_giants,
)
from kommunebudsjett.readers.model.sums import settle

# A row that its number begins: "20 Bruk av bundne driftsfond".
_NUMBERED_ROW = re.compile(r"\s*\d{1,3}[.)]?\s+[A-ZÆØÅ]")
_LONGEST_HEADER = 400
_LONGEST_LABEL = 120
_LONGEST_GROUP = 90
_MOST_LABELS = 3
# A header whose names are printed below each other has no more and no longer lines.
_MOST_PARTS = 8
_LONGEST_PART = 40
# A table is no longer where its header is one only if every row bears it out.
_MOST_LINES = 400
_FIRST_LINES = 6
# The first two rows are among so many lines that are not blank.
_FIRST_ROWS = 5
_YEAR = re.compile(r"(?:(?<![\d.,])|(?<=\.\d\d\.)|(?<=\.\d\.))(?:19|20)\d\d(?!\d)")
_YEARS_GLUED = re.compile(r"(?:(?:19|20)\d\d){2,}")
_RANGE = re.compile(r"\s?[-–/]\s?\d")
_GLUE = re.compile(r"(?<=[a-zæøå)\d.])(?=[A-ZÆØÅ][a-zæøå])")
_HARD = re.compile(r" {2,}")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
_BRACKETS = re.compile(r" \([^()]*\)")
_CAPITAL = re.compile(r"[A-ZÆØÅ]")
_NOTE = re.compile(r"note(?:r|\s?nr\.?)?\.?", re.IGNORECASE)
_COLUMN_WORD = re.compile(
    r"(?:regnskap|rekneskap|(?:års)?budsjett|buds|(?:års)?prognose|avvik|forbruk|endring|vedtatt|vedteke|justert|revidert"
    r"|opprinn?elig|opphavleg|regulert|periodisert|hittil|rev\.|just\.|oppr\.|forslag|beløp|økonomiplan|plan)(?![a-zæøå])",
    re.IGNORECASE,
)
# Digits that may stand in the name of a column: of a date, a quarter, a span of years, or in brackets.
_DIGITS_OF_NAMES = re.compile(r"\d{1,2}\.(?:\d{1,2}\.)?|\([^()]*\)|(?:19|20)\d\d|\d\d\s?[-/]\s?\d\d")
_LONGEST_NAME = 50
# A word that has another behind it in one name (`Vedtatt Budsjett`, `Rev. Budsjett`, `Rådmannens Forslag`).
_LEADS_ON = re.compile(
    r"vedtatt|vedteke|justert|revidert|opprinn?elig|opphavleg|regulert|periodisert|korrigert|hittil|netto|brutto|nytt?"
    r"|samlet|endelig|foreløpig|og|i|av|per?|til|for|med|\w+s|.*[.,:(/–-]",
    re.IGNORECASE,
)
# What a column is named for whose amounts are of no one year, and no label is.
_AMOUNTS = re.compile(r"total\w*|sum|\w*ramme|\w*kostnad(?:er)?", re.IGNORECASE)
_MOST_BREAKS = 6
# A name ends with what it is counted in.
_COUNTED_IN = re.compile(r"%|kr\.?|prosent|pst\.?", re.IGNORECASE)
# How a text goes on that is a sentence or a title (`Regnskap 2022 og budsjett 2023`).
_CONJUNCTION = re.compile(r"(?:og|enn|til|mot|fra|for|med|mellom|eller|som|samt|er|var|ble|i)\s")
# A column beside those of single years.
_OF_YEARS = re.compile(r"(?:gj\.?\s?sn|gjennomsn|snitt|sum|totalt?|hele\s|perioden)", re.IGNORECASE)
# Words that sentences have, and neither headers nor labels.
_SENTENCE = re.compile(
    r"(?<![\wæøå])(?:vi|det|er|var|ble|blir|vart|har|hadde|skal|vil|viser|fikk|fekk|får|gikk|går|gjelder|gjeld|brukte"
    r"|foreslo|foreslår|økte|falt|ligger|låg|lå)(?![\wæøå])",
    re.IGNORECASE,
)


class _Header(NamedTuple):
    """A way to read header lines: the names of the columns, whether the first holds notes, and the index past them.

    `sure` is whether the lines are a header whatever is printed below them. `spans` are the places of the columns.
    `loose` is whether only spaces part its names, so that words in them may be columns of their own.
    """

    label: str
    names: tuple[str, ...]
    end: int
    sure: bool
    spans: tuple[tuple[int, int], ...] = ()
    loose: bool = False

    @property
    def notes(self) -> bool:
        return bool(_NOTE.fullmatch(self.names[0]))


class _Line(NamedTuple):
    """A line of a table: its text, and its numbers unless it is a label alone. `lines` are all of a long label."""

    at: int
    text: str
    tail: Tail | None
    after_gap: bool = False
    lines: tuple[int, ...] = ()


def spaced_tables(lines: list[str]) -> list[Grid]:
    """The tables without tabs or other marks, in the order of the document."""
    found = []
    index = 0
    while index < len(lines):
        grid = _table_at(lines, index) if _may_be_header(lines, index) else None
        if grid is None:
            index += 1
        else:
            found.append(grid)
            index = grid.end
    return found


def _is_plain(text: str) -> bool:
    return "\t" not in text and "|" not in text and not text.startswith(NO_LABEL)


def _may_be_header(lines: list[str], index: int) -> bool:
    text = lines[index]
    if (
        not text
        or text.isspace()
        or len(text) > _LONGEST_HEADER
        or text.rstrip()[-1:] in (".", ":", ";", ",", "")
        or not _is_plain(text)
    ):
        return False
    return any(_ends_in_number(below) for below in lines[index + 1 : index + 1 + _MOST_PARTS])


def _ends_in_number(text: str) -> bool:
    last = text.rstrip()[-1:]
    return last.isdecimal() or (bool(last) and last in "-–−%'’)*,")


def _table_at(lines: list[str], index: int) -> Grid | None:
    """The table whose header begins at a line, or None."""
    best: tuple[int, _Header, list[_Line], list[Split | Undecided]] | None = None
    for header in _headers(lines, index):
        if not header.sure and not _is_borne_out(lines, header):
            continue
        body = _without_strays(_body(lines, header.end, len(lines) if header.sure else _MOST_LINES), header)
        if all(_SENTENCE.search(line.tail.label) for line in body if line.tail):
            continue
        header, reason = _with_its_columns(header, body)
        split = _split(body, header)
        if reason:
            split = [undecided(row, reason) for row in split]
        read = sum(isinstance(row, Split) for row in split)
        if not header.sure and (read < 2 or read < len(split)):
            continue
        if best is None or read > best[0]:
            best = (read, header, body, split)
    if best is None:
        return None
    _, header, body, split = best
    return Grid(list(_rows(header, index, body, split)), index, body[-1].at + 1, 1)


def _is_borne_out(lines: list[str], header: _Header) -> bool:
    """Whether the first rows below a line can be read with the columns that it may name."""
    body = _body(lines, header.end, _FIRST_LINES)
    return any(line.tail for line in body) and all(isinstance(row, Split) for row in _split(body, header))


def _rows(header: _Header, index: int, body: list[_Line], split: list[Split | Undecided]) -> Iterator[Row]:
    yield Row(index + 1, [header.label, *header.names], lines=tuple(range(index + 1, header.end + 1)))
    blank = [""] * len(header.names)
    following = iter(split)
    for line in body:
        if line.tail is None:
            yield Row(line.at + 1, [line.text.strip(), *blank])
            continue
        row = next(following)
        if isinstance(row, Split):
            yield Row(line.at + 1, [row.label, *row.cells], lines=line.lines)
        else:
            yield Row(line.at + 1, [row.label, row.numbers], row.reason)


# Words of a header that may be columns of their own.


def _with_its_columns(header: _Header, body: list[_Line]) -> tuple[_Header, str]:
    """The header with the columns that its rows bear out; and why the rows cannot be read, where several readings fit.

    `Budsjett 2024 Endring Budsjett 2025` may be two columns or three.
    """
    breaks = list(_breaks(header)) if header.loose else []
    if not breaks:
        return header, ""
    unknown = "it is not known which words of the header are columns"
    if len(breaks) > _MOST_BREAKS:
        return header, unknown
    tails = [line.tail for line in body if line.tail is not None]
    columns = len(header.names)
    fitting = [more for more in range(len(breaks) + 1) if may_fit(tails, columns + more, header.notes)]
    if len(fitting) > 1:
        numbers = " or ".join(str(columns + more) for more in fitting)
        return header, f"the header may name {numbers} columns, and the rows fit them all"
    if not fitting:
        return header, ""
    choices = list(combinations(breaks, fitting[0]))
    return _broken(header, choices[0]), unknown if len(choices) > 1 else ""


def _breaks(header: _Header) -> Iterator[tuple[int, int]]:
    """Where a column may begin inside the label (part 0) or a name: the part, and the place among its words."""
    if _AMOUNTS.fullmatch(header.label):
        yield 0, 0
    for part, text in enumerate([header.label, *header.names]):
        words = text.split(" ")
        for at in range(1, len(words)):
            if _CAPITAL.match(words[at]) and not _LEADS_ON.fullmatch(words[at - 1]):
                yield part, at


def _broken(header: _Header, breaks: tuple[tuple[int, int], ...]) -> _Header:
    """The header with a column more at each of the breaks."""
    pieces: list[list[str]] = []
    for part, text in enumerate([header.label, *header.names]):
        words = text.split(" ")
        ends = [at for of, at in breaks if of == part]
        pieces.append([" ".join(words[a:b]) for a, b in zip([0, *ends], [*ends, len(words)], strict=True)])
    label, *others = pieces[0]
    return header._replace(label=label, names=(*others, *(name for piece in pieces[1:] for name in piece)), spans=())


# The rows below a header.


def _body(lines: list[str], begin: int, most: int) -> list[_Line]:
    """The lines from `begin` on that belong to the table, down to its last row with numbers; at most so many."""
    found: list[_Line] = []
    end = 0
    blank = False
    labels = 0
    # Whether blank lines part all rows from the header on: then lines that touch are one row.
    parted = apart = _are_apart(lines, begin)
    for index in range(begin, min(len(lines), begin + most)):
        text = lines[index]
        if not text.strip():
            blank = True
            continue
        rest_of_label = parted and not blank and found and found[-1].tail is None and text.startswith(NO_LABEL)
        if (
            (not _is_plain(text) and not rest_of_label)
            or (CAPTION.match(text) and not found)
            or text.startswith("Tabell ")
        ):
            break
        if len(text) <= _LONGEST_GROUP and NO_ROW.fullmatch(text.strip()):
            continue
        tail = tail_of(text) if len(text) <= _LONGEST_HEADER else None
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if tail and is_dash(tail.numbers) and (tail.glued or (parted and below.strip())):
            # The hyphen of a word, or the dash of a label, that goes on in the next line.
            tail = None
        if _states_columns(text):
            break
        if tail and len(tail.label) <= _LONGEST_LABEL and not (tail.label and is_year(tail.numbers)):
            parted = parted and (blank or not found or found[-1].tail is None)
            if parted and found and not blank and not _NUMBERED_ROW.match(tail.label):
                # The line above is the beginning of the row's label.
                above = found.pop()
                tail = tail._replace(label=f"{above.text.strip()} {tail.label}".strip())
                text = f"{above.text.strip()} {text.lstrip()}"
            else:
                above = None
            apart = apart or (bool(found) and len(found) < 2 and blank)
            lines_of = () if above is None else (*(above.lines or (above.at + 1,)), index + 1)
            found.append(_Line(index, text, tail, after_gap=blank and not apart, lines=lines_of))
            end = len(found)
            labels = 0
        else:
            alone = blank and not apart and not (index + 1 < len(lines) and lines[index + 1].strip())
            if len(text) > _LONGEST_GROUP or text.rstrip()[-1] in ".!?" or labels == _MOST_LABELS or alone:
                break
            found.append(_Line(index, text, None))
            labels += 1
        blank = False
    return found[:end]


def _are_apart(lines: list[str], begin: int) -> bool:
    """Whether a blank line follows the header, and another one the first row."""
    if begin >= len(lines) or lines[begin].strip():
        return False
    printed = (index for index in range(begin, len(lines)) if lines[index].strip())
    tails = ((index, tail_of(lines[index])) for index in islice(printed, _FIRST_ROWS))
    rows = [index for index, tail in tails if tail is not None and not is_dash(tail.numbers)]
    return len(rows) > 1 and not lines[rows[0] + 1].strip()


def _without_strays(body: list[_Line], header: _Header) -> list[_Line]:
    """The lines without those at the end, below a blank line, that have fewer numbers than the table has columns."""
    end = len(body)
    while end:
        tail = body[end - 1].tail
        if tail is not None and not (body[end - 1].after_gap and len(tail.numbers.split()) < len(header.names)):
            break
        end -= 1
    return body[:end]


def _states_columns(text: str) -> bool:
    """Whether a line is the header of another table: several years, and none of the numbers of a row."""
    header = next(_one_line(text, 0), None)
    return header is not None and header.sure and sum(map(bool, map(_YEAR.search, header.names))) > 1


def _split(body: list[_Line], header: _Header) -> list[Split | Undecided]:
    """The rows with numbers, each with its cells: by the gaps between them where there are any, else by counting."""
    placed: dict[int, Split | Undecided] = {}
    for line in body:
        if line.tail is not None and _HARD.search(line.text.strip()):
            row = _by_gaps(line.text, header, body)
            if row is not None:
                placed[line.at] = row
    rest = [line for line in body if line.tail is not None and line.at not in placed]
    tails = [line.tail for line in rest if line.tail is not None]
    placed |= zip((line.at for line in rest), split_rows(tails, len(header.names), header.notes), strict=True)
    rows = settle([None if line.tail is None else placed[line.at] for line in body], header.names)
    return [row for row in without_giants(rows) if row is not None]


def _segments(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _SEGMENT.finditer(text)]


def _by_gaps(text: str, header: _Header, body: list[_Line]) -> Split | Undecided | None:
    """A row whose cells wider gaps part, with its values in order or, where some are blank, by their places."""
    spans = _segments(text)
    first = 0 if _is_cell(text[slice(*spans[0])]) else 1
    label = text[slice(*spans[0])] if first else ""
    values = spans[first:]
    if not all(_is_cell(text[slice(*span)]) for span in values):
        return None
    columns = len(header.names)
    if len(values) == columns:
        return Split(label, tuple(text[slice(*span)] for span in values))
    if len(values) > columns or (len(values) < 2 and not header.spans):
        return None
    cells = [""] * columns
    for span in values:
        at = [column for column, place in enumerate(_places(header, body)) if span[0] < place[1] and place[0] < span[1]]
        if len(at) != 1 or cells[at[0]]:
            numbers = text[values[0][0] :].strip()
            return Undecided(label, numbers, f"the row has {len(values)} cells and its header {columns} columns")
        cells[at[0]] = text[slice(*span)]
    return Split(label, tuple(cells))


def _is_cell(text: str) -> bool:
    return is_number(text) or is_dash(text)


def _places(header: _Header, body: list[_Line]) -> list[tuple[int, int]]:
    """Where each column is printed: under its name, and as wide as the cells of its full rows."""
    places = list(header.spans)
    for line in body if places else ():
        spans = _segments(line.text)
        values = [span for span in spans if _is_cell(line.text[slice(*span)])]
        if len(values) == len(places):
            places = [(min(old[0], new[0]), max(old[1], new[1])) for old, new in zip(places, values, strict=True)]
    return places


# Readings of headers.


def _headers(lines: list[str], index: int) -> Iterator[_Header]:
    """The ways to read the header at a line, the most likely first."""
    text = lines[index]
    below = lines[index + 1] if index + 1 < len(lines) else ""
    yield from _last_below(lines, index)
    if below.strip() and _is_plain(below) and len(below) <= _LONGEST_HEADER:
        yield from _two_lines(text, below, index)
    yield from _one_line(text, index, _is_past_labels(lines, index))
    yield from _wrapped(lines, index)
    yield from _words_alone(text, index)


def _is_past_labels(lines: list[str], index: int) -> bool:
    """Whether a header begins right of the label in the row below it, so that none of its names is that of labels."""
    text = lines[index]
    row = next((below for below in lines[index + 1 : index + 1 + _FIRST_ROWS] if below.strip()), "")
    begin, first = len(text) - len(text.lstrip()), next(iter(_segments(row)), (0, 0))
    return bool(first[1]) and not _is_cell(row[slice(*first)]) and first[1] < begin


def _one_line(text: str, index: int, is_past_labels: bool = False) -> Iterator[_Header]:
    """Headers in one line: names that end in years, or that gaps or glue part."""
    if _is_row(text) or _SENTENCE.search(text):
        return
    text = _YEARS_GLUED.sub(lambda match: "  ".join(re.findall("....", match[0])), text)
    glued = _GLUE.sub("  ", text)
    segments = [segment for segment in _HARD.split(glued.strip())]
    parts = [list(_after_years(segment)) for segment in segments]
    names = [piece for part in parts for name in part for piece in _parted(name)]
    years = sum(map(bool, map(_YEAR.search, names)))
    if (years < 2 and len(segments) < 3) or not all(map(_may_name, names[1:])):
        return
    spans = _name_spans(text, names) if glued == text else ()
    sure = years > 1
    if is_past_labels:
        yield _Header("", tuple(names), index + 1, sure, spans)
    elif len(segments) > 1 and not _YEAR.search(segments[0]):
        yield _Header(segments[0], tuple(names[1:]), index + 1, sure, spans[1:])
        if not sure:
            yield _Header("", tuple(names), index + 1, sure, spans)
    else:
        label, first = _label_and_name(names)
        head, _, last_word = label.rpartition(" ")
        notes = (last_word,) if _NOTE.fullmatch(last_word) else ()
        loose = len(segments) == 1
        spans = () if notes else spans
        yield _Header(head if notes else label, (*notes, first, *names[1:]), index + 1, sure, spans, loose)


def _last_below(lines: list[str], index: int) -> Iterator[_Header]:
    """Headers of years whose last column, a sum or an average of them, is printed on the lines below."""
    parts = []
    for text in lines[index + 1 : index + 1 + _MOST_LABELS]:
        if not text.strip() or len(text) > _LONGEST_PART or not _is_plain(text) or _ends_in_number(text):
            break
        parts.append(text.strip())
    name = " ".join(parts)
    if parts and _OF_YEARS.match(name):
        for header in _one_line(lines[index], index):
            if header.sure and all(map(is_year, header.names)):
                yield header._replace(names=(*header.names, name), end=index + 1 + len(parts), spans=(), loose=False)


def _may_name(text: str) -> bool:
    """Whether a text can be the name of a column: it is short, and has no digits but those of dates and years."""
    if _CONJUNCTION.match(text):
        return False
    return len(text) <= _LONGEST_NAME and not any(map(str.isdigit, _DIGITS_OF_NAMES.sub("", text)))


def _is_row(text: str) -> bool:
    """Whether a line holds numbers that are no years, as no header does but in words (`31.12.2025`, `Hele 1 000`)."""
    tail = tail_of(text)
    if tail is None:
        return False
    tokens = tail.numbers.split()
    return any(is_number(token) and not is_year(token) and not _YEARS_GLUED.fullmatch(token) for token in tokens)


def _name_spans(text: str, names: list[str]) -> tuple[tuple[int, int], ...]:
    spans = []
    at = 0
    for name in names:
        at = text.find(name, at)
        if at < 0:
            return ()
        spans.append((at, at + len(name)))
        at += len(name)
    return tuple(spans)


def _after_years(text: str) -> Iterator[str]:
    """The text in pieces that end in a year and what belongs to it."""
    begin = 0
    for match in _YEAR.finditer(text):
        end = match.end()
        while end < len(text) and text[end] in ")*":
            end += 1
        brackets = _BRACKETS.match(text, end)
        end = brackets.end() if brackets else end
        if _RANGE.match(text, end) or (end < len(text) and text[end] != " ") or match.start() < begin:
            continue
        yield text[begin:end].strip()
        begin = end
    if text[begin:].strip():
        yield text[begin:].strip()


def _parted(name: str) -> Iterator[str]:
    """A name in pieces where another must begin: at a word that it repeats, or behind what amounts are counted in."""
    words = name.split(" ")
    begin = 0
    for at in range(1, len(words)):
        if _CAPITAL.match(words[at]) and (words[at] in words[begin:at] or _COUNTED_IN.fullmatch(words[at - 1])):
            yield " ".join(words[begin:at])
            begin = at
    yield " ".join(words[begin:])


def _label_and_name(names: list[str]) -> tuple[str, str]:
    """The first name parted from a label before it: where it goes on like the other names, or with a column's word."""
    first = names[0]
    with_years = [name for name in names[1:] if _YEAR.search(name)]
    if with_years and all(map(is_year, with_years)):
        label, _, year = first.rpartition(" ")
        return (label, year) if is_year(year) else ("", first)
    begins = {name.split(" ")[0] for name in names[1:] if not is_year(name)}
    words = first.split(" ")
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        if (
            words[at][:1].isupper()
            and not _NOTE.fullmatch(words[at])
            and (words[at] in begins or _COLUMN_WORD.match(rest))
        ):
            return " ".join(words[:at]), rest
    return "", first


def _at_capitals(text: str) -> Iterator[str]:
    """The text in pieces that each begin with a capital letter."""
    piece: list[str] = []
    for word in text.split():
        if piece and _CAPITAL.match(word):
            yield " ".join(piece)
            piece = []
        piece.append(word)
    yield " ".join(piece)


def _names_of(text: str, columns: int) -> tuple[str, list[str]] | None:
    """The label and the names of so many columns in a line of words, or None where it has not so many."""
    for names in (_HARD.split(text.strip()), list(_at_capitals(text)), text.split()):
        if any(name[0].islower() for name in names):
            continue
        if len(names) == columns:
            return "", names
        if len(names) == columns + 1:
            return names[0], names[1:]
    return None


def _two_lines(text: str, below: str, index: int) -> Iterator[_Header]:
    """Headers whose second line has the years of the names in the first, or names under its years."""
    lower = below.split()
    pieces = list(_after_years(below))
    if len(pieces) > 1 and all(map(_YEAR.search, pieces)) and not any(map(str.isdigit, text)):
        # What stands before the first year, with a capital letter, is the label beside it.
        first = pieces[0].split()
        label = " ".join(first[:-1]) if _CAPITAL.match(first[0]) and is_year(first[-1]) else ""
        upper = _names_of(text, len(pieces))
        if upper is not None and not (label and upper[0]):
            years = [first[-1] if label else pieces[0], *pieces[1:]]
            below_years = tuple(f"{name} {year}" for name, year in zip(upper[1], years, strict=True))
            yield _Header(label or upper[0], below_years, index + 2, sure=True)
    if len(lower) > 1 and sum(map(is_year, lower)) > 1 and not _YEAR.search(text):
        upper = _names_of(text, len(lower))
        if upper is not None and not any(map(str.isdigit, text)):
            label, names = upper
            joined = tuple(f"{name} {year}" for name, year in zip(names, lower, strict=True))
            yield _Header(label, joined, index + 2, sure=True)
    years = text.split()
    if len(years) > 1 and all(map(is_year, years)) and not any(map(str.isdigit, below)):
        names = list(_at_capitals(below))
        for labels in (0, 1):
            rest = names[labels:]
            each, left = divmod(len(rest), len(years))
            if each > 1 and not left and rest == rest[:each] * len(years):
                spread = tuple(f"{years[at // each]} | {name}" for at, name in enumerate(rest))
                yield _Header(names[0] if labels else "", spread, index + 2, sure=True)


def _wrapped(lines: list[str], index: int) -> Iterator[_Header]:
    """Headers whose names stand in a line each, or go on in the next (`Opprinnelig`, `budsjett 2023`)."""
    parts: list[str] = []
    for text in lines[index : index + _MOST_PARTS]:
        if not text.strip() or len(text) > _LONGEST_PART or not _is_plain(text) or _is_row(text):
            break
        parts.append(text.strip())
    whole = " ".join(parts)
    if len(parts) > 1 and sum(map(bool, map(_YEAR.search, parts))) > 1 and not any(map(_is_several, parts)):
        for header in _one_line(whole, index):
            yield header._replace(end=index + len(parts), spans=())
    if len(parts) > 2 and all(map(_CAPITAL.match, parts)) and not any(map(str.isdigit, whole)):
        yield _Header(parts[0], tuple(parts[1:]), index + len(parts), sure=False)


def _is_several(text: str) -> bool:
    """Whether a line alone names several columns."""
    return len(_YEAR.findall(text)) > 1


def _words_alone(text: str, index: int) -> Iterator[_Header]:
    """Headers of words without years (`Kommune Kvinner Menn Totalt`), which the rows below must bear out."""
    if any(map(str.isdigit, text)) or not _CAPITAL.match(text):
        return
    words = text.split()
    if len(words) > 2 and all(map(_CAPITAL.match, words)):
        yield _Header(words[0], tuple(words[1:]), index + 1, sure=False)
    names = list(_at_capitals(text))
    labels = 0 if _COLUMN_WORD.match(text) else 1
    if len(names) - labels > 1 and all(map(_COLUMN_WORD.match, names[labels:])):
        yield _Header(names[0] if labels else "", tuple(names[labels:]), index + 1, sure=False)
