"""Rows whose cells are parted by single spaces, or by nothing, in; their labels and the cells of each column out.

The number of columns, which the header states, is a constraint. A label may end in a number, so each row is also split
with its first number as part of its label. A row is read where it can be split in one way only, or where one way gives
its columns as many groups of digits as the rows of the table have whose numbers split one way only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, islice
from typing import Literal, NamedTuple

from kommunebudsjett.readers.model.numbers import APOSTROPHES, SIGNS, is_year
from kommunebudsjett.readers.model.rows import CLOSES

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
_DECIMALS_LAST = re.compile(r"[.,][0-9]{1,2}(?=[^0-9]*$)|,[0-9]{3}(?=[^0-9]*$)")
_SUFFIX = re.compile(rf"(?:,[{SIGNS}])?(?: ?%)?")
_MARKS = re.compile(rf"[{APOSTROPHES}*]{{0,3}}")
# What says in a cell that there is no number stands for a dash; the mark of a footnote belongs to the label.
_NOT_AVAILABLE = re.compile(r"(?<!\S)(?:N/A|n/a|i/a)(?!\S)")
_FOOTNOTE = re.compile(r"[0-9]{1,2}\) +(?=[^ ])")
# A share that no value is printed like belongs to the label ("Gjeldsgrad 80 % 78,3% 81,1%").
_TARGET = re.compile(r"[0-9]+(?:,[0-9]+)? % +(?=[0-9][0-9,]*%(?: +[0-9][0-9,]*%)*$)")
_NOTE = re.compile(r"[0-9]{1,2}(?:, ?[0-9]{1,2})*(?![0-9])")
_GLUED = re.compile(rf"[0-9)%{APOSTROPHES}][+{SIGNS}]|[{SIGNS}]{{2}}")
_LONG_RUN = re.compile(r"(?<![0-9.,])[0-9]{4,}")
# A zero or a dash in a cell of its own: a table that prints them drops no cells.
_ZERO = re.compile(rf"(?:^| )(?:0|[{SIGNS}]+)(?= |$|[+{SIGNS}])|[{SIGNS}]{{2}}|(?<=[0-9])[{SIGNS}]$")
# A number of one or two digits that can begin an amount, or end a label.
_FIRST = re.compile(r"[0-9]{1,2} [0-9]{3}(?![0-9])")
_TOKEN = re.compile(rf"[+{SIGNS}] (?=[0-9])|[^ ]+")
# A space between groups of three digits.
_THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3} [0-9]{3}(?![0-9])")
# How a label may end: with a number or a range (`Trinn 2`, `Barn 0-5`), or with one that a word begins (`Covid-19`).
_LABEL_END = re.compile(rf"[0-9]{{1,3}}(?:[.,/{SIGNS}][0-9]{{1,3}})*[.)]?")
_RANGE = re.compile(rf"[0-9]+[/{SIGNS}][0-9]+ ")
_WORD_END = re.compile(rf"[{SIGNS}]?{_LABEL_END.pattern}")
# A sign that stands at its digits, or brackets around them: so negative numbers are printed.
_NEGATIVE = re.compile(rf"(?:^| )([({SIGNS}])(?=[0-9])")
# Rows that split one way only count so much as evidence of the table's groups of digits, those half as much whose first
# number may belong to the label. So much evidence must other rows give that each has as many groups in all its columns,
# that each column has as many in all rows, and that the first column has more than one.
_SURE, _LIKELY = 2, 1
_EQUAL, _UNIFORM, _LONG_FIRST = 2, 3, 6
# An amount with so many groups of digits is read only beside others that are no more than one group shorter.
_MANY_GROUPS = 4
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

    Some of its cells may be blank. `likely` is the way that its neighbours bear out, unless a sum decides for another.
    """

    label: str
    numbers: str
    reason: str
    ways: tuple[Split, ...] = ()
    likely: Split | None = None


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
    if text.startswith("+ ", start) and text[start - 1 : start].isalpha():
        # A plus at a word belongs to it ("Omsorg+ 0").
        start += 2
    target = _TARGET.match(text, start)
    start = target.end() if target else start
    numbers = text[start:]
    if not numbers or len(numbers) > _LONGEST_TAIL or numbers[-1] in ".,":
        return None
    return Tail(text[:start].strip(), numbers, bool(start) and not text[start - 1].isspace())


def split_rows(rows: list[Tail], columns: int, notes: bool = False) -> list[Split | Undecided]:
    """The cells of each row of one table under a header that states `columns` columns.

    With `notes` the first column holds the numbers of notes and may be empty.
    """
    return _Splitter(rows, columns, notes).split()


def may_fit(rows: list[Tail], columns: int, notes: bool = False) -> bool:
    """Whether most rows can be split into so many columns, and not all of them with a number in the label alone."""
    splitter = _Splitter(rows, columns, notes)
    found = [splitter.ways(row) for row in splitter.rows]
    return any(ways.plain for ways in found) and 2 * sum(bool(ways.plain or ways.longer) for ways in found) > len(rows)


@dataclass(frozen=True)
class _Grid:
    """How the numbers of a row are printed: whether spaces may part thousands, and where cells are glued.

    `minus` are the signs that negative numbers of the table have, none where it does not tell.
    """

    spaced: bool
    glue: Glue
    minus: frozenset[str]


class _Ways(NamedTuple):
    """The distinct ways to split a row: with the label as it seems to be, and with the first number in the label."""

    plain: list[Split]
    longer: list[Split]

    @property
    def weight(self) -> int:
        """How much the row is worth as evidence for others."""
        return 0 if len(self.plain) != 1 else _LIKELY if self.longer else _SURE


class _Splitter:
    def __init__(self, rows: list[Tail], columns: int, notes: bool):
        self.rows = [_with_year(row) for row in _with_plain_spaces(rows)]
        self._columns = columns
        self._notes = notes
        self._values = columns - notes
        self._spaced = any(
            len(_TOKEN.findall(row.numbers)) > self._values and _THOUSANDS.search(row.numbers) for row in self.rows
        )
        self._some_glued = any(self._shows_glue(row.numbers) for row in self.rows)
        self._may_be_spaced = self._spaced or not any(_LONG_RUN.search(row.numbers) for row in self.rows)
        self._may_drop = self._spaced and not any(_ZERO.search(row.numbers) for row in self.rows)
        self._all_glued = bool(rows) and all(row.glued for row in rows) and self._values > 1
        self._minus = frozenset(sign for row in self.rows for sign in _NEGATIVE.findall(row.numbers))

    def split(self) -> list[Split | Undecided]:
        if self._columns > _MOST_COLUMNS:
            return [Undecided(row.label, row.numbers, "the header has too many columns") for row in self.rows]
        found = [self.ways(row) for row in self.rows]
        # Where blank cells left no trace in a row, its table may have dropped them from any row.
        counts = [_counts(row.numbers, self._loose_grid(row.numbers)) for row in self.rows]
        drops = any(count and max(count) < self._values for count in counts)
        drops = drops or all(min(count, default=0) < self._values for count in counts)
        evidence = _Evidence(found, self._notes)
        decided = [
            self._decide(row, ways, count, evidence, drops)
            for row, ways, count in zip(self.rows, found, counts, strict=True)
        ]
        for at in self._numbered():
            row = self.rows[at]
            decided[at] = Undecided(row.label, row.numbers, "the first number of the row may belong to its label")
        if not any(ways.plain for ways in found):
            reason = "every row has more numbers than its header names columns"
            decided = [undecided(row, reason) for row in decided]
        return decided

    def _numbered(self) -> set[int]:
        """The rows whose first number may count them (`Trinn 5`, `Trinn 6`): they have the label of their neighbour."""
        found: set[int] = set()
        for at, (row, below) in enumerate(zip(self.rows, self.rows[1:], strict=False)):
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
        return _Grid(self._spaced, glue, self._minus)

    def _shows_glue(self, numbers: str) -> bool:
        """Whether cells of a row are glued: signs after digits, or more than three digits beside groups of three."""
        spaced = self._spaced and " " in numbers
        return _GLUED.search(numbers) is not None or (spaced and _LONG_RUN.search(numbers) is not None)

    def _loose_grid(self, numbers: str) -> _Grid:
        """The grid where spaces may part thousands even if no row must be read so."""
        return replace(self._grid(numbers), spaced=self._may_be_spaced)

    def ways(self, row: Tail) -> _Ways:
        plain = [Split(row.label, cells) for cells in self._cells(row.numbers)]
        longer = [Split(tail.label, cells) for tail in self._longer(row) for cells in self._cells(tail.numbers)]
        return _Ways(plain, longer)

    def _longer(self, row: Tail) -> Iterator[Tail]:
        return iter(()) if self._notes or self._all_glued else _with_longer_label(row)

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

    def _decide(
        self, row: Tail, found: _Ways, counts: set[int], evidence: "_Evidence", drops: bool
    ) -> Split | Undecided:
        ways = [*found.plain, *found.longer]
        most = max(counts, default=0)
        fewer = min(counts, default=self._values) < self._values
        blanks = drops and fewer
        if len(ways) == 1 and not (blanks or (fewer and self._may_drop)):
            return ways[0]
        few = len(ways) < _limit(row.numbers, self._columns)
        if ways and not blanks and not (found.longer and (row.glued or _RANGE.match(row.numbers))):
            chosen = evidence.choose(found if few else self._alike(row), found.weight)
            if chosen is not None:
                return Undecided(row.label, row.numbers, "", tuple(ways) if few else (), chosen)
        reason = "the numbers of the row fit into its columns in several ways"
        if not ways and 0 < most < self._values:
            reason = f"the row has no more than {most} of the {self._values} cells that its header names"
        elif not ways:
            reason = f"the numbers of the row do not fit into the {self._values} columns of its header"
        elif blanks or len(ways) == 1:
            reason = "the table prints no blank cells, and the numbers can be those of several columns"
        elif len(found.plain) < 2:
            reason = "the first number of the row may belong to its label"
        if fewer and (drops or self._may_drop):
            ways = [] if self._notes else list(islice(self._with_blanks(row), _MOST_WAYS))
            few = len(ways) < _MOST_WAYS
        return Undecided(row.label, row.numbers, reason, tuple(ways) if few else ())

    def _alike(self, row: Tail) -> _Ways:
        """The ways to split a long row so that all its cells have as many groups of digits."""
        plain = [Split(row.label, cells) for cells in _alike(row.numbers, self._values, self._notes)]
        longer = [
            Split(tail.label, cells)
            for tail in self._longer(row)
            for cells in _alike(tail.numbers, self._values, self._notes)
        ]
        return _Ways(plain, longer)

    def _with_blanks(self, row: Tail) -> Iterator[Split]:
        """The ways to read a row where some of its cells may be blank."""
        for tail in (row, *self._longer(row)):
            grid = self._loose_grid(tail.numbers)
            for count in sorted(count for count in _counts(tail.numbers, grid) if count <= self._columns):
                for cells in _values(tail.numbers, count, grid):
                    for places in combinations(range(self._columns), count):
                        placed = dict(zip(places, cells, strict=True))
                        yield Split(tail.label, tuple(placed.get(column, "") for column in range(self._columns)))


class _Evidence:
    """What the rows whose numbers split one way only show of the groups of digits in the columns of a table."""

    def __init__(self, found: list[_Ways], notes: bool):
        self._notes = notes
        witnesses = [(self._groups(ways.plain[0]), ways.weight) for ways in found if ways.weight]
        telling = [(groups, weight) for groups, weight in witnesses if sum(map(bool, groups)) > 1]
        # Where a label must end in a number, others may.
        numbered = any(ways.longer and not ways.plain for ways in found)
        self._weight = 0 if numbered else sum(weight for groups, weight in telling if max(groups) > 1)
        columns = [set(filter(None, column)) for column in zip(*(groups for groups, _ in telling), strict=True)]
        self._firsts = columns[0] if columns else set()
        self._usual = [min(column) if len(column) == 1 else 0 for column in columns]
        equal = all(len(set(filter(None, groups))) == 1 for groups, _ in telling)
        rules = (
            (_EQUAL, self._is_equal, equal),
            (_UNIFORM, self._is_usual, all(self._usual)),
            (_LONG_FIRST, self._begins_as_others, 1 not in self._firsts),
        )
        self._rules = [(enough, fits) for enough, fits, holds in rules if holds]

    def choose(self, ways: _Ways, own: int) -> Split | None:
        """The one way to split a row that the other rows bear out, if it leaves the label as it seems to be.

        `own` is the weight of the row itself.
        """
        for enough, fits in self._rules:
            if self._weight - own >= enough:
                fitting = [way for way in (*ways.plain, *ways.longer) if fits(way)]
                if len(fitting) == 1 and (enough < _LONG_FIRST or len(ways.plain) == 1):
                    return fitting[0] if fitting[0] in ways.plain else None
        return None

    def _groups(self, way: Split) -> list[int]:
        """How many groups of digits each cell has, 0 for one that is zero or blank."""
        return [_groups(cell) for cell in way.cells[self._notes :]]

    def _is_equal(self, way: Split) -> bool:
        groups = set(filter(None, self._groups(way)))
        return len(groups) == 1 and 1 not in groups

    def _is_usual(self, way: Split) -> bool:
        return all(not groups or groups == usual for groups, usual in zip(self._groups(way), self._usual, strict=True))

    def _begins_as_others(self, way: Split) -> bool:
        return self._groups(way)[0] in self._firsts


def undecided(row: Split | Undecided, reason: str) -> Undecided:
    if isinstance(row, Undecided):
        return row
    return Undecided(row.label, " ".join(filter(None, row.cells)), reason)


def without_giants(rows: list[Split | Undecided | None]) -> list[Split | Undecided | None]:
    """The rows, those left open that have an amount far longer than all others (`245 320 240 100`)."""
    longest = [max(map(_groups, row.cells), default=0) if isinstance(row, Split) else 0 for row in rows]
    ranked = sorted(longest)[-2:]
    reason = "a number of the row has far more digits than all others of the table"
    return [
        undecided(row, reason)
        if row is not None and groups >= _MANY_GROUPS and (groups > _MANY_GROUPS or ranked[0] < groups - 1)
        else row
        for row, groups in zip(rows, longest, strict=True)
    ]


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


def _with_longer_label(row: Tail) -> Iterator[Tail]:
    """The row with its first number as the end of its label (`Trinn 2`, `Barn 0-5`, `E6`), where it may be that.

    A sum has a label of its own.
    """
    first, _, rest = row.numbers.partition(" ")
    rest = rest.lstrip()
    ends = _WORD_END if row.glued else _LABEL_END
    if row.label and rest and ends.fullmatch(first) and not CLOSES.match(row.label):
        yield Tail(row.label + ("" if row.glued else " ") + first, rest, glued=False)


def _groups(cell: str) -> int:
    """How many groups of digits a cell has; 0 where it is zero or blank."""
    return len(_DIGITS.findall(_DECIMALS_LAST.sub("", cell))) if cell.strip(f"0 +%{SIGNS}{APOSTROPHES}") else 0


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
            if grid.minus and numbers[at] not in grid.minus and numbers[at] != "+":
                # A dash for nothing, as negative numbers look otherwise.
                return
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
