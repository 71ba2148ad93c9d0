"""Rows whose cells are parted by single spaces, or by nothing, in; their labels and the cells of each column out.

The number of columns, which the header states, is a constraint. A row is read where it can be split in one way only, or
where one way gives all its columns as many groups of digits as the rows of the table have that split one way only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice
from typing import Literal, NamedTuple

from kommunebudsjett.readers.model.numbers import APOSTROPHES, SIGNS, is_year

# Where one cell may end and the next begin: at a space; also before a zero or a sign; or anywhere but at a space.
Glue = Literal["none", "some", "all"]

_NUMERIC = frozenset(f"0123456789 \u00a0\u202f\u2009+.,%()*{SIGNS}{APOSTROPHES}¹²³⁴⁵⁶⁷⁸⁹")
_BEGINS = frozenset(f"0123456789+({SIGNS}")
_HARD_SPACES = "\u00a0\u202f\u2009"
_HARD = frozenset(_HARD_SPACES)
_TO_SPACE = str.maketrans(dict.fromkeys(_HARD_SPACES, " "))
_POINTED = re.compile(rf"[0-9]{{1,3}}(?:[.{APOSTROPHES}{_HARD_SPACES}][0-9]{{3}})+(?![0-9])")
_DIGITS = re.compile(r"[0-9]+")
_DECIMALS = re.compile(r"[.,][0-9]{1,3}(?![0-9])")
_SUFFIX = re.compile(rf"(?:,[{SIGNS}])?(?: ?%)?")
_MARKS = re.compile(rf"[{APOSTROPHES}*]{{0,3}}")
# What says in a cell that there is no number stands for a dash; the mark of a footnote belongs to the label.
_NOT_AVAILABLE = re.compile(r"(?<!\S)(?:N/A|n/a|i/a)(?!\S)")
_FOOTNOTE = re.compile(r"[0-9]{1,2}\) +(?=[^ ])")
_NOTE = re.compile(r"[0-9]{1,2}(?:, ?[0-9]{1,2})*(?![0-9])")
_GLUED = re.compile(rf"[0-9)%{APOSTROPHES}][+{SIGNS}]|[{SIGNS}]{{2}}")
_LONG_RUN = re.compile(r"(?<![0-9.,])[0-9]{4,}")
# A number of one or two digits that can begin an amount, or end a label.
# A zero or a dash in a cell of its own: a table that prints them drops no cells.
_ZERO = re.compile(rf"(?:^| )(?:0|[{SIGNS}]+)(?= |$|[+{SIGNS}])|[{SIGNS}]{{2}}|(?<=[0-9])[{SIGNS}]$")
_FIRST = re.compile(r"[0-9]{1,2} [0-9]{3}(?![0-9])")
_TOKEN = re.compile(rf"[+{SIGNS}] (?=[0-9])|[^ ]+")
# A space between groups of three digits.
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3} [0-9]{3}(?![0-9])")
# No more ways than this are kept of a row, and of a long one none; a longer run of numbers is no row.
_MOST_WAYS = 100
_LONG_TAIL = 120
_LONG_ROW = 12
_LONGEST_TAIL = 300
_MOST_COLUMNS = 30


class Tail(NamedTuple):
    """A line parted before the numbers that it ends with. `glued` is whether no space parts label and numbers."""

    label: str
    numbers: str
    glued: bool


class Split(NamedTuple):
    """A row made whole: its label and the text of each column."""

    label: str
    cells: tuple[str, ...]


class Undecided(NamedTuple):
    """A row that cannot be split, why, and all ways that it may be read in, where they are known.

    Some of its cells may be blank.
    """

    label: str
    numbers: str
    reason: str
    ways: tuple[Split, ...] = ()


def tail_of(text: str) -> Tail | None:
    """The label and the numbers of a line that ends with numbers, else None.

    >>> tail_of("18 Utbytter 342 804 0")
    Tail(label='18 Utbytter', numbers='342 804 0', glued=False)
    """
    text = _NOT_AVAILABLE.sub("–", text).strip().removesuffix(" *")
    start = len(text)
    while start and text[start - 1] in _NUMERIC:
        start -= 1
    while start < len(text) and text[start] not in _BEGINS:
        start += 1
    footnote = _FOOTNOTE.match(text, start)
    start = footnote.end() if footnote else start
    numbers = text[start:]
    if not numbers or len(numbers) > _LONGEST_TAIL or numbers[-1] in ".,":
        return None
    return Tail(text[:start].strip(), numbers, bool(start) and not text[start - 1].isspace())


def split_rows(rows: list[Tail], columns: int, notes: bool = False) -> list[Split | Undecided]:
    """The cells of each row of one table under a header that states `columns` columns.

    With `notes` the first column holds the numbers of notes and may be empty.
    """
    return _Splitter(rows, columns, notes).split()


@dataclass(frozen=True)
class _Grid:
    """How the numbers of a row are printed: whether spaces may part thousands, and where cells are glued."""

    spaced: bool
    glue: Glue


class _Splitter:
    def __init__(self, rows: list[Tail], columns: int, notes: bool):
        self._rows = [_with_year(row) for row in _with_plain_spaces(rows)]
        self._columns = columns
        self._notes = notes
        self._values = columns - notes
        self._spaced = any(
            len(_TOKEN.findall(row.numbers)) > self._values and _THOUSANDS.search(row.numbers) for row in self._rows
        )
        self._some_glued = any(self._shows_glue(row.numbers) for row in self._rows)
        self._may_be_spaced = self._spaced or not any(_LONG_RUN.search(row.numbers) for row in self._rows)
        self._may_drop = self._spaced and not any(_ZERO.search(row.numbers) for row in self._rows)
        self._all_glued = bool(rows) and all(row.glued for row in rows) and self._values > 1

    def split(self) -> list[Split | Undecided]:
        if self._columns > _MOST_COLUMNS:
            return [Undecided(row.label, row.numbers, "the header has too many columns") for row in self._rows]
        found = [self._ways(row) for row in self._rows]
        # Where blank cells left no trace in a row, its table may have dropped them from any row.
        counts = [_counts(row.numbers, self._loose_grid(row.numbers)) for row in self._rows]
        drops = any(count and max(count) < self._values for count in counts)
        drops = drops or all(min(count, default=0) < self._values for count in counts)
        equal = self._equal_groups(found)
        decided = [
            self._decide(row, ways, count, equal, drops)
            for row, ways, count in zip(self._rows, found, counts, strict=True)
        ]
        numbered = self._numbered()
        reason = "the first number of the row may belong to its label"
        return [
            Undecided(row.label, row.numbers, reason) if at in numbered else decided[at]
            for at, row in enumerate(self._rows)
        ]

    def _numbered(self) -> set[int]:
        """The rows whose first number may count them (`Trinn 5`, `Trinn 6`): they have the label of their neighbour."""
        found: set[int] = set()
        for at, (row, below) in enumerate(zip(self._rows, self._rows[1:], strict=False)):
            firsts = [_FIRST.match(row.numbers), _FIRST.match(below.numbers)]
            if row.label and row.label == below.label and all(firsts) and not (row.glued or below.glued):
                found |= {at, at + 1}
        return found

    def _grid(self, numbers: str) -> _Grid:
        glue: Glue = "none"
        if self._all_glued:
            glue = "all"
        elif self._shows_glue(numbers) or (self._some_glued and _LONG_RUN.search(numbers)):
            glue = "some"
        return _Grid(self._spaced, glue)

    def _shows_glue(self, numbers: str) -> bool:
        """Whether cells of a row are glued: signs after digits, or more than three digits beside groups of three."""
        spaced = self._spaced and " " in numbers
        return _GLUED.search(numbers) is not None or (spaced and _LONG_RUN.search(numbers) is not None)

    def _loose_grid(self, numbers: str) -> _Grid:
        """The grid where spaces may part thousands even if no row must be read so."""
        return replace(self._grid(numbers), spaced=self._may_be_spaced)

    def _ways(self, row: Tail) -> list[Split]:
        """The distinct ways to split a row; its first number may be the end of its label."""
        ways = [Split(row.label, cells) for cells in self._cells(row.numbers)]
        for label, numbers in () if self._notes else _with_longer_labels(row, self._spaced):
            ways += [Split(label, cells) for cells in self._cells(numbers)]
        return ways

    def _cells(self, numbers: str) -> list[tuple[str, ...]]:
        """Each way to split a run of numbers into the columns."""
        grid = self._grid(numbers)
        if not self._notes:
            return _values(numbers, self._columns, grid)
        ways: list[tuple[str, ...]] = []
        for end in _note_ends(numbers):
            rest = numbers[end:]
            if not end or rest[:1] == " " or grid.glue != "none":
                note = numbers[:end].strip()
                ways += [(note, *way) for way in _values(rest.lstrip(" "), self._values, grid)]
        return list(dict.fromkeys(ways))

    def _equal_groups(self, found: list[list[Split]]) -> bool:
        """Whether the rows that split one way only have as many groups of digits in each of their columns."""
        certain = [_groups(ways[0].cells[self._notes :]) for ways in found if len(ways) == 1]
        telling = [groups for groups in certain if len(groups) > 1]
        return bool(telling) and all(len(set(groups)) == 1 for groups in telling)

    def _decide(self, row: Tail, ways: list[Split], counts: set[int], equal: bool, drops: bool) -> Split | Undecided:
        most = max(counts, default=0)
        fewer = min(counts, default=self._values) < self._values
        blanks = drops and fewer
        if len(ways) == 1 and not (blanks or (fewer and self._may_drop)):
            return ways[0]
        if ways and equal and not blanks:
            alike = list(_alike(row.numbers, self._values, self._notes))
            if len(alike) == 1:
                return Split(row.label, alike[0])
        reason = "the numbers of the row fit into its columns in several ways"
        if not ways and 0 < most < self._values:
            reason = f"the row has no more than {most} of the {self._values} cells that its header names"
        elif not ways:
            reason = f"the numbers of the row do not fit into the {self._values} columns of its header"
        elif blanks or len(ways) == 1:
            reason = "the table prints no blank cells, and the numbers can be those of several columns"
        if fewer and (drops or self._may_drop):
            ways = [] if self._notes else list(islice(self._with_blanks(row, counts), _MOST_WAYS))
        few = len(ways) < _limit(row.numbers, self._columns)
        return Undecided(row.label, row.numbers, reason, tuple(ways) if few else ())

    def _with_blanks(self, row: Tail, counts: set[int]) -> Iterator[Split]:
        """The ways to read a row where some of its cells may be blank."""
        for count in sorted(count for count in counts if count <= self._columns):
            for cells in _values(row.numbers, count, self._loose_grid(row.numbers)):
                for places in combinations(range(self._columns), count):
                    placed = dict(zip(places, cells, strict=True))
                    yield Split(row.label, tuple(placed.get(column, "") for column in range(self._columns)))


def _with_plain_spaces(rows: list[Tail]) -> list[Tail]:
    """The rows with plain spaces only, unless another space parts thousands where plain ones part the cells."""
    if any(" " in row.numbers and not _HARD.isdisjoint(row.numbers) for row in rows):
        return rows
    return [row._replace(numbers=row.numbers.translate(_TO_SPACE)) for row in rows]


def _with_year(row: Tail) -> Tail:
    """The row with the year that its label ends in (`Ny barnehage i 2027`) as part of its label."""
    first, _, rest = row.numbers.partition(" ")
    if row.label and rest and not row.glued and is_year(first) and rest.lstrip()[0] in _BEGINS:
        return Tail(f"{row.label} {first}", rest.lstrip(), glued=False)
    return row


def _alike(numbers: str, columns: int, notes: bool) -> Iterator[tuple[str, ...]]:
    """The ways to split a run of numbers so that each has as many groups of digits, more than one."""
    for end in _note_ends(numbers) if notes else [0]:
        rest = numbers[end:].strip()
        groups, left = divmod(len(_DIGITS.findall(rest)), columns)
        if left or groups < 2:
            continue
        number = rf"[+{SIGNS}]? ?[1-9][0-9]{{0,2}}(?: [0-9]{{3}}){{{groups - 1}}}"
        if re.fullmatch(rf"{number}(?: +{number}){{{columns - 1}}}", rest):
            cells = tuple(match.strip() for match in re.findall(number, rest))
            yield (numbers[:end], *cells) if notes else cells


def _with_longer_labels(row: Tail, spaced: bool) -> Iterator[tuple[str, str]]:
    """The row with its first number as the end of its label (`Skolebygg 2`), where it may be that.

    A number of one or two digits before three digits is the beginning of an amount.
    """
    first, _, rest = row.numbers.partition(" ")
    following = _DIGITS.match(rest.lstrip())
    if not row.label or row.glued or not first.isdecimal() or len(first) > 2 or following is None:
        return
    if len(following[0]) < 3 or (len(following[0]) > 3 and not spaced):
        yield f"{row.label} {first}", rest.lstrip()


def _groups(cells: tuple[str, ...]) -> list[int]:
    """How many groups of digits each cell has that is neither zero nor blank."""
    return [len(_DIGITS.findall(cell)) for cell in cells if cell.strip(f"0 +%{SIGNS}{APOSTROPHES}")]


def _counts(numbers: str, grid: _Grid) -> set[int]:
    """How many cells a run of numbers can have, whatever the header states."""
    reach = _paths(numbers, grid).counts[0]
    return {count for count in range(_MOST_COLUMNS + 1) if reach >> count & 1}


class _Paths(NamedTuple):
    """For each place in a run of numbers, where a cell that begins there may end, and how many cells can follow.

    The counts are sets of bits: the third is set where two cells can follow.
    """

    ends: tuple[tuple[int, ...], ...]
    counts: tuple[int, ...]


@lru_cache(maxsize=1024)
def _paths(numbers: str, grid: _Grid) -> _Paths:
    ends: list[tuple[int, ...]] = [()] * len(numbers)
    counts = [0] * len(numbers) + [1]
    for at in range(len(numbers) - 1, -1, -1):
        if numbers[at] != " ":
            ends[at] = tuple(_ends(numbers, at, grid))
            for end in ends[at]:
                counts[at] |= counts[_next(numbers, end)] << 1
        counts[at] &= (1 << _MOST_COLUMNS + 1) - 1
    return _Paths(tuple(ends), tuple(counts))


def _next(numbers: str, at: int) -> int:
    """Where the next cell begins."""
    while at < len(numbers) and numbers[at] == " ":
        at += 1
    return at


def _note_ends(numbers: str) -> list[int]:
    """Where the numbers of notes that a row may begin with can end."""
    match = _NOTE.match(numbers)
    return [0, match.end()] if match else [0]


def _limit(numbers: str, columns: int) -> int:
    """How many ways to look for: more than one where nothing but that matters."""
    return 2 if len(numbers) > _LONG_TAIL or columns > _LONG_ROW else _MOST_WAYS


def _values(numbers: str, columns: int, grid: _Grid) -> list[tuple[str, ...]]:
    """The ways to split a run of numbers into so many cells, up to the limit."""
    paths = _paths(numbers, grid)
    limit = _limit(numbers, columns)
    memo: dict[tuple[int, int], list[tuple[str, ...]]] = {}

    def ways(at: int, left: int) -> list[tuple[str, ...]]:
        if not paths.counts[at] >> left & 1:
            return []
        if at == len(numbers):
            return [()]
        key = (at, left)
        if key not in memo:
            found: list[tuple[str, ...]] = []
            for end in paths.ends[at]:
                found += [(numbers[at:end], *rest) for rest in ways(_next(numbers, end), left - 1)]
                if len(found) >= limit:
                    break
            memo[key] = found[:limit]
        return memo[key]

    return ways(0, columns) if columns > 0 and numbers else []


def _ends(numbers: str, at: int, grid: _Grid) -> Iterator[int]:
    """Where a cell that begins at `at` may end."""
    begin = at
    if numbers[at] in SIGNS or numbers[at] == "+":
        blank = numbers[at] in SIGNS and not numbers[at + 1 : at + 2].isdecimal()
        if blank and _is_boundary(numbers, at + 1, grid):
            yield at + 1
        begin = at + 1
        if numbers[begin : begin + 1] == " ":
            begin += 1
    elif numbers[at] == "(":
        begin = at + 1
    for core in _cores(numbers, begin, grid):
        decimals = _DECIMALS.match(numbers, core)
        suffix = _SUFFIX.match(numbers, decimals.end() if decimals else core)
        end = suffix.end() if suffix else core
        if numbers[at] == "(":
            if numbers[end : end + 1] != ")":
                continue
            end += 1
        marks = _MARKS.match(numbers, end)
        end = marks.end() if marks else end
        if _is_boundary(numbers, end, grid):
            yield end


def _cores(numbers: str, at: int, grid: _Grid) -> Iterator[int]:
    """Where the digits of a number that begin at `at` may end, with the thousands that follow."""
    pointed = _POINTED.match(numbers, at)
    if pointed:
        yield pointed.end()
        return
    run = _DIGITS.match(numbers, at)
    if run is None:
        return
    length = run.end() - at
    if not grid.spaced:
        yield run.end()
        return
    if numbers[at] == "0":
        # A number does not begin with a zero unless it is one.
        if length == 1 or grid.glue != "none":
            yield at + 1
        return
    for taken in range(1, min(length, 3) + 1):
        if taken < length and grid.glue == "none":
            continue
        end = at + taken
        yield end
        while end < len(numbers) and numbers[end] == " ":
            following = _DIGITS.match(numbers, end + 1)
            if following is None or len(following[0]) < 3 or (len(following[0]) > 3 and grid.glue == "none"):
                break
            end += 4
            yield end
            if len(following[0]) > 3:
                break


def _is_boundary(numbers: str, end: int, grid: _Grid) -> bool:
    """Whether a cell may end at `end`."""
    if end == len(numbers):
        return True
    after = numbers[end]
    if after == " ":
        return grid.glue != "all"
    if grid.glue == "all":
        return True
    return grid.glue == "some" and (after in "0+" or after in SIGNS)
