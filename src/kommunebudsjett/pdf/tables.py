"""Printed lines in, tables out: which lines are rows, where their columns are cut, and what stands in each cell.

A table is known by its rules, or by rows whose values stand under each other. It goes on over a page's end where the
columns of the next page's first rows are the same.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from kommunebudsjett.pdf.glyphs import Rule
from kommunebudsjett.pdf.lines import LEVEL, RAISED, Line, Word, leadings
from kommunebudsjett.pdf.values import is_number, is_value, is_year

_HYPHENS = ("-", "\u2010", "\u00ad")
_DASHES = ("-", "−", "–")
_RAISED = re.compile(f"{RAISED}[^{LEVEL}]*{LEVEL}")
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}")
# Shares of the size of the letters: a gap between cells, between values, and between lines of one cell.
_CELL_GAP = 0.7
_VALUE_GAP = 0.3
_TIGHT = 1.38
_LOOSER = 1.08
_NEXT_LINE = 3.2
# In points.
_NARROWEST_GUTTER = 2.0
_NEXT_HEADER = 2.6
_SAME_EDGE = 4.0
_MOST_LOOSE_LINES = 6
_MOST_GROUPS = 3


@dataclass(slots=True)
class Segment:
    """Words of a line with no more than a space between them."""

    words: list[Word]

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_value(self) -> bool:
        """Whether it is a number, or says that there is none."""
        return is_value(_level(self.text))

    @property
    def is_number(self) -> bool:
        """Whether it is a value with figures in it: a dash can be a word of a text."""
        return is_number(_level(self.text))

    @property
    def is_year(self) -> bool:
        return is_year(_level(self.text))


def _level(text: str) -> str:
    """Text without its raised marks."""
    return _RAISED.sub("", text).strip()


def segments(line: Line) -> list[Segment]:
    """The line cut where the gap is more than a space, and between two values."""
    found = [Segment([line.words[0]])]
    for before, word in pairwise(line.words):
        gap = word.left - before.right
        size = max(before.size, word.size)
        values = is_value(_level(word.text)) and is_value(_level(before.text))
        signed = before.text in _DASHES or word.text in ("%", *_DASHES)
        if gap > _CELL_GAP * size or (values and not signed and gap > _VALUE_GAP * size):
            found.append(Segment([word]))
        else:
            found[-1].words.append(word)
    return found


def is_contents(line: Line) -> bool:
    """Whether a line leads to a page: dots, then a number at the end."""
    match = _LEADER.search(line.text)
    return match is not None and line.words[-1].text[-1:].isdigit()


@dataclass
class Row:
    """The cells of a row, each as the words of its lines; `lines` are those that it stands on."""

    cells: list[list[list[Word]]]
    lines: list[Line]
    is_header: bool = False

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def names_years(self) -> bool:
        """Whether it says nothing but years beside its label, as the header of a table in another does."""
        said = [" ".join(word.text for words in cell for word in words) for cell in self.cells[1:]]
        years = [text for text in said if text]
        return len(years) > 1 and all(map(is_year, years))


@dataclass
class Table:
    """Rows that all have the same number of cells."""

    rows: list[Row] = field(default_factory=list)


class _Rules:
    """The ruled lines of a page: joined where they go on, horizontal ones by height."""

    def __init__(self, rules: list[Rule]):
        flat: dict[float, list[tuple[float, float]]] = {}
        for rule in sorted((r for r in rules if r.top == r.bottom), key=lambda r: r.top):
            y = next((y for y in reversed(list(flat)[-3:]) if rule.top - y <= 1.5), rule.top)
            flat.setdefault(y, []).append((rule.left, rule.right))
        self.flat = [(y, min(a for a, _ in runs), max(b for _, b in runs), runs) for y, runs in flat.items()]
        self.upright = [r for r in rules if r.left == r.right and r.bottom - r.top > 3]

    def between(self, above: float, below: float, left: float, right: float) -> bool:
        """Whether a rule over most of left-right stands between two heights."""
        for y, _, _, runs in self.flat:
            if above < y < below:
                covered = sum(max(0.0, min(b, right) - max(a, left)) for a, b in runs)
                if covered >= 0.5 * (right - left):
                    return True
        return False

    @cached_property
    def areas(self) -> list[tuple[float, float, float, float]]:
        """Where three rules or more of the same width stand under each other: (left, top, right, bottom)."""
        groups: list[list[tuple[float, float, float, list]]] = []
        for rule in self.flat:
            _, left, right, _ = rule
            if right - left < 60:
                continue
            for group in groups:
                if abs(group[-1][1] - left) <= _SAME_EDGE and abs(group[-1][2] - right) <= _SAME_EDGE:
                    group.append(rule)
                    break
            else:
                groups.append([rule])
        parts = [part for group in groups for part in self._parted(group)]
        return [(part[0][1], part[0][0], part[0][2], part[-1][0]) for part in parts if len(part) >= 3]

    def band(self, y: float) -> tuple[float, float]:
        """The heights of the rules above and below a height."""
        heights = [rule[0] for rule in self.flat]
        place = bisect_right(heights, y)
        return (heights[place - 1] if place else 0.0), (heights[place] if place < len(heights) else y)

    def is_crossed(self, y: float, left: float, right: float) -> bool:
        """Whether an upright rule goes through a height."""
        return any(rule.top <= y <= rule.bottom and left - 2 <= rule.left <= right + 2 for rule in self.upright)

    def _parted(self, group: list[tuple]) -> list[list[tuple]]:
        """Rules of the same width, cut where no upright rule goes on, if there are any: one table ends there."""
        crossed = [self.is_crossed((above[0] + below[0]) / 2, above[1], above[2]) for above, below in pairwise(group)]
        parts = [[group[0]]]
        for rule, goes_on in zip(group[1:], crossed, strict=True):
            if any(crossed) and not goes_on:
                parts.append([rule])
            else:
                parts[-1].append(rule)
        return parts

    def cuts(self, left: float, right: float, top: float, bottom: float) -> list[float]:
        """Where upright rules stand inside an area, over a good part of its height."""
        heights: dict[float, float] = {}
        for rule in self.upright:
            covered = min(rule.bottom, bottom) - max(rule.top, top)
            if left + 4 < rule.left < right - 4 and covered > 0:
                x = next((x for x in heights if abs(x - rule.left) <= 2), rule.left)
                heights[x] = heights.get(x, 0.0) + covered
        return sorted(x for x, height in heights.items() if height >= 0.35 * (bottom - top))


@dataclass
class _Region:
    """Consecutive lines that make a table, from `first` up to, not with, `last`."""

    first: int
    last: int


def find_tables(flow: list[Line], rules: dict[int, list[Rule]]) -> list[Line | Table]:
    """The lines of a document in reading order, those of tables replaced by the tables."""
    finder = _Finder(flow, {page: _Rules(found) for page, found in rules.items()})
    items: list[Line | Table] = []
    at = 0
    for region in finder.regions():
        items.extend(flow[at : region.first])
        table = finder.table(region)
        items.extend([table] if table else flow[region.first : region.last])
        at = region.last
    items.extend(flow[at:])
    return items


class _Finder:
    def __init__(self, flow: list[Line], rules: dict[int, _Rules]):
        self.flow = flow
        self.rules = rules
        self.segments = [segments(line) for line in flow]
        self.is_row = [self._is_row(index) for index in range(len(flow))]
        self.area = [self._area(line) for line in flow]
        prose = [len(found) == 1 for found in self.segments]
        self.leading = leadings(
            (flow[index - 1], flow[index]) for index in range(1, len(flow)) if prose[index - 1] and prose[index]
        )
        self._leave_gaps()

    def _is_row(self, index: int) -> bool:
        found = self.segments[index]
        if len(found) < 2 or is_contents(self.flow[index]):
            return False
        # A figure in a line of text with wide spaces makes no row.
        values = [segment for segment in found[1:] if segment.is_value]
        return any(segment.is_number for segment in values) and 2 * len(values) >= len(found) - 1

    def _area(self, line: Line) -> tuple[float, float, float, float] | None:
        rules = self.rules.get(line.page)
        if rules is None:
            return None
        middle = line.y - 0.3 * line.size
        for left, top, right, bottom in rules.areas:
            if top < middle < bottom and line.left >= left - 2 and line.right <= right + 2:
                return left, top, right, bottom
        return None

    def _leave_gaps(self) -> None:
        """Take what stands between two tables of the same width out of the area of their rules.

        That is where lines between two rules do not stand as close as those of a cell, or more room is left than
        around the lines of other rows.
        """
        bands: dict[tuple, list[int]] = {}
        for index, area in enumerate(self.area):
            line = self.flow[index]
            if area is not None:
                bands.setdefault((line.page, area, self.rules[line.page].band(line.y - 0.3 * line.size)), []).append(
                    index
                )
        rooms: dict[tuple, list[float]] = {}
        for (page, area, (top, bottom)), lines in bands.items():
            rooms.setdefault((page, area), []).append(bottom - top - self._height(lines))
        for (page, area, (top, bottom)), lines in bands.items():
            if self.rules[page].is_crossed((top + bottom) / 2, area[0], area[2]):
                continue
            size = self.flow[lines[0]].size
            apart = any(
                self.flow[index].gap > 1.25 * self._tight(self.flow[index])
                for index in lines[1:]
                if self.flow[index].gap
            )
            if apart or bottom - top - self._height(lines) > median(rooms[page, area]) + 1.2 * size:
                for index in lines:
                    self.area[index] = None

    def _height(self, lines: list[int]) -> float:
        return self.flow[lines[-1]].y - self.flow[lines[0]].y

    # Which lines belong together.

    def regions(self) -> list[_Region]:
        found: list[_Region] = []
        index = 0
        while index < len(self.flow):
            if not self._seeds(index):
                index += 1
                continue
            first = self._upwards(index, found[-1].last if found else 0)
            last = self._downwards(index)
            if self._is_table(first, last):
                found.append(_Region(first, last))
            index = max(last, index + 1)
        return self._joined(found)

    def _seeds(self, index: int) -> bool:
        return self.is_row[index] or (self.area[index] is not None and len(self.segments[index]) > 1)

    def _is_table(self, first: int, last: int) -> bool:
        rows = [index for index in range(first, last) if len(self.segments[index]) > 1]
        if any(self.area[index] for index in range(first, last)):
            return len(rows) > 1
        values = [index for index in rows if self.is_row[index]]
        if len(rows) < 2 or not values:
            return False
        # A heading with an amount beside it is no table, and neither are two of them.
        return any(sum(s.is_value for s in self.segments[index][1:]) for index in values)

    def _upwards(self, index: int, stop: int) -> int:
        """The first line of the header above a row."""
        first = self._lines_of_header(index, index, stop)
        if first == index and not self.area[index]:
            # The name of a group can stand between the header and the first row.
            group = index
            while group > max(stop, index - _MOST_GROUPS) and self._names_group(group - 1, index):
                group -= 1
                header = self._lines_of_header(group, index, stop)
                if any(len(self.segments[line]) > 1 for line in range(header, group)):
                    return header
        return first

    def _names_group(self, at: int, row: int) -> bool:
        line, below = self.flow[at], self.flow[at + 1]
        near = line.page == below.page and 0 < below.gap <= _NEXT_HEADER * line.size
        return near and self._is_label_only(at, row) and line.right < self.segments[row][1].left

    def _lines_of_header(self, below: int, index: int, stop: int) -> int:
        """The first line of a header that stands right above the line `below`."""
        first = below
        while first > stop:
            above, line = self.flow[first - 1], self.flow[first]
            if above.page != line.page or not line.gap:
                break
            inside = self.area[first - 1] is not None and self.area[first - 1] == self.area[index]
            if not inside and not self._may_head(first - 1, index, line.gap):
                break
            first -= 1
        return first

    def _may_head(self, above: int, row: int, gap: float) -> bool:
        line = self.flow[above]
        if gap > _NEXT_HEADER * max(line.size, self.flow[row].size) or is_contents(line):
            return False
        found = self.segments[above]
        if len(found) > 1:
            return line.words[-1].text[-1:] not in ".:;"
        # A single cell of a header stands over the values, not where labels and headings begin.
        labels = self.segments[row][0]
        return found[0].left > labels.right + 0.5 * line.size and found[0].left > line.left - 1

    def _downwards(self, index: int) -> int:
        """The line after the last one of the table with the row at `index`."""
        last = index + 1
        at = index + 1
        loose = 0
        left = self.flow[index].left
        while at < len(self.flow):
            line, before = self.flow[at], self.flow[at - 1]
            turned = line.page != before.page or not line.gap
            if self._begins_another(at, index):
                break
            heading = not any(map(self._has_values, range(index, at)))
            inside = self.area[at] is not None and (turned or heading or self.area[at] == self.area[at - 1])
            if turned and not inside and not self.is_row[at] and len(self.segments[at]) < 2:
                break
            if not turned and line.gap > _NEXT_LINE * line.size and not inside:
                break
            if inside or self.is_row[at]:
                last = at + 1
                loose = 0
                left = min(left, line.left) if line.page == self.flow[index].page else line.left
            elif self._leaves(at, index):
                break
            elif (more := self._more_of_cell(at, left)) or self._goes_on(
                at, index, min(left, line.left) if heading else left
            ):
                loose += 1
                if more or self._belongs_above(at):
                    last = at + 1
                    loose = 0
                elif loose > _MOST_LOOSE_LINES:
                    break
            else:
                break
            at += 1
        return last

    def _leaves(self, at: int, index: int) -> bool:
        """Whether a line without values stands outside the rules of its table, or is set larger than its rows."""
        line = self.flow[at]
        ruled = any(self.area[above] is not None for above in range(index, at))
        outside = ruled and self.area[at] is None and len(self.segments[at]) < 2
        if outside and self._begins_page(at, index) and at + 1 < len(self.flow):
            # Where rules stand only under rows, the first row of a page has none above it.
            outside = not self._ruled_between(line, self.flow[at + 1])
        return outside or line.size > 1.04 * self.flow[index].size

    def _begins_page(self, at: int, index: int) -> bool:
        """Whether the table of the row at `index` comes from the page before, and no rule stands above `at` yet."""
        first = at
        while first > index and self.flow[first - 1].page == self.flow[at].page:
            first -= 1
        return first > index and all(area is None for area in self.area[first:at])

    def _begins_another(self, at: int, index: int) -> bool:
        """Whether a line in a table is the header of another: years alone, not those of this table's header."""
        values = self.segments[at][1:]
        if len(values) < 2 or not all(segment.is_year for segment in values[:2]):
            return False
        above = range(max(0, index - _MOST_GROUPS), at)
        return any(self._has_values(line) for line in range(index, at)) and all(
            self.flow[line].text != self.flow[at].text for line in above
        )

    def _goes_on(self, at: int, index: int, left: float) -> bool:
        """Whether a line can stand between rows: more of a cell, the name of a group, a header line."""
        line, found = self.flow[at], self.segments[at]
        if is_contents(line):
            return False
        if len(found) > 1:
            return True
        values = [segment for segment in self.segments[index][1:] if segment.is_value]
        edge = values[0].left if values else self.segments[index][-1].right
        starts = -1 <= line.left - left <= 2.5 * line.size or abs(line.left - self.flow[index].left) <= line.size
        return (starts and line.right <= max(edge + 4 * line.size, self.flow[index].right)) and not (
            line.text.endswith(".") and len(line.words) > 8
        )

    def _more_of_cell(self, at: int, left: float) -> bool:
        """Whether a line is the next line of a cell that is not the first of its row."""
        line, above = self.flow[at], self.flow[at - 1]
        if line.page != above.page or not 0 < line.gap <= self._tight(line) or len(self.segments[at]) > 1:
            return False
        over = [segment for segment in self.segments[at - 1][1:] if segment.left < line.right + line.size]
        return line.left > left + 2 * line.size and any(segment.right > line.left - line.size for segment in over)

    def _belongs_above(self, at: int) -> bool:
        """Whether a line without values is more of the row above it, and not what comes after the table."""
        line, before = self.flow[at], self.flow[at - 1]
        if not line.gap or line.page != before.page:
            return False
        tight = line.gap <= self._tight(line) and line.text[:1].islower()
        return tight and round(line.size) == round(before.size) and line.bold == before.bold

    def _joined(self, regions: list[_Region]) -> list[_Region]:
        """Regions that touch, joined where a page ends between them and their columns are the same."""
        joined: list[_Region] = []
        for region in regions:
            above = joined[-1] if joined else None
            if above and above.last == region.first and self.flow[region.first].page != self.flow[above.last - 1].page:
                joined[-1] = _Region(above.first, region.last)
            else:
                joined.append(region)
        return [part for region in joined for part in self._parted(region)]

    def _parted(self, region: _Region) -> list[_Region]:
        """A region over a page's end, cut there where the columns are not the same."""
        starts = [
            index
            for index in range(region.first + 1, region.last)
            if self.flow[index].page != self.flow[index - 1].page
        ]
        parts = [_Region(region.first, region.last)]
        for start in starts:
            whole = parts[-1]
            one, other = _Region(whole.first, start), _Region(start, whole.last)
            if not self._same_columns(one, other):
                parts[-1:] = [one, other]
        return parts

    def _same_columns(self, one: _Region, other: _Region) -> bool:
        edges = [self._edges(region) for region in (one, other)]
        if not all(edges):
            return True
        few, many = sorted(edges, key=len)
        return all(any(abs(edge - known) <= _SAME_EDGE for known in many) for edge in few)

    def _edges(self, region: _Region) -> list[float]:
        """The right edges that values share."""
        edges: list[list[float]] = []
        for index in range(region.first, region.last):
            if not self.is_row[index]:
                continue
            for segment in self.segments[index][1:]:
                if segment.is_value and not segment.is_year:
                    edge = next((e for e in edges if abs(e[0] - segment.right) <= _SAME_EDGE), None)
                    if edge is None:
                        edges.append([segment.right])
                    else:
                        edge.append(segment.right)
        return [edge[0] for edge in edges]

    # The columns and rows of a table.

    def table(self, region: _Region) -> Table | None:
        """The table that the lines of a region are; None where no columns can be told."""
        indices = list(range(region.first, region.last))
        body = self._first_body(indices)
        cuts = self._cuts(indices, body)
        if not cuts:
            return None
        rows = self._rows(indices, body, cuts)
        table = Table()
        for row, is_header in rows:
            cells = self._cells([self.segments[index] for index in row], cuts)
            table.rows.append(Row(cells, [self.flow[index] for index in row], is_header))
        self._spread(table, cuts)
        _repeat_headers(table)
        return table

    def _first_body(self, indices: list[int]) -> int:
        """The place in `indices` of the first line that is no header."""
        valued = [place for place, index in enumerate(indices) if self._has_values(index)]
        if not valued:
            return self._header_by_rules(indices)
        place = valued[0]
        while place > 0 and self._is_label_only(indices[place - 1], indices[place]):
            if place > 1 and self._goes_on_in_header(indices[place - 2], indices[place - 1]):
                break
            place -= 1
        return place

    def _goes_on_in_header(self, above: int, index: int) -> bool:
        """Whether a line with no more than a label is the second line of the header of the labels."""
        line, before = self.flow[index], self.flow[above]
        tight = 0 < line.gap <= self._tight(line) and line.page == before.page
        return tight and len(self.segments[above]) > 1 and not self._ruled_between(before, line)

    def _has_values(self, index: int) -> bool:
        """Whether a line has values after its first cell; years may be a header."""
        return any(segment.is_number and not segment.is_year for segment in self.segments[index][1:])

    def _header_by_rules(self, indices: list[int]) -> int:
        """How many lines stand above the first rule; only names of columns, above values of another page, are all."""
        if not any(self.area[index] for index in indices) and all(self.segments[i][-1].is_year for i in indices):
            return len(indices)
        for place in range(1, len(indices)):
            above, below = self.flow[indices[place - 1]], self.flow[indices[place]]
            if above.page != below.page or self._ruled_between(above, below):
                return place
        return min(1, len(indices))

    def _is_label_only(self, index: int, row: int) -> bool:
        """Whether a line is the name of a group, or the first line of a label."""
        found = self.segments[index]
        first = self.segments[row][0]
        return len(found) == 1 and abs(found[0].left - first.left) <= 2 * self.flow[index].size

    def _ruled_between(self, above: Line, below: Line) -> bool:
        rules = self.rules.get(above.page)
        if rules is None or above.page != below.page:
            return False
        left, right = min(above.left, below.left), max(above.right, below.right)
        return rules.between(above.y - 0.2 * above.size, below.y - 0.5 * below.size, left, right)

    def _cuts(self, indices: list[int], body: int) -> list[float]:
        """Where the columns are cut: at upright rules, else where no row has anything printed."""
        lines = [self.flow[index] for index in indices]
        by_rules = self._cuts_by_rules(lines)
        rows = [self.segments[index] for index in indices[body:] if len(self.segments[index]) > 1]
        headers = self._naming(lines[:body])
        if not rows:
            rows = [self.segments[index] for index in indices if len(self.segments[index]) > 1]
            headers = []
        # Repeated headers are no rows.
        values = [row for row in rows if any(segment.is_number and not segment.is_year for segment in row[1:])]
        rows = values or rows
        columns = _columns(rows)
        cuts = list(by_rules)
        for (_, end), (start, _) in pairwise(columns):
            if any(end - 2 <= cut <= start + 2 for cut in by_rules):
                continue
            rights = [s.right for row in rows for s in row if s.is_value and start > s.right > end - _SAME_EDGE]
            flush = len(rights) > 1 and max(rights) - min(rights) <= _SAME_EDGE
            cuts.append(_best_cut(end, start, headers, flush))
        return sorted(cuts)

    def _naming(self, headers: list[Line]) -> list[Line]:
        """The lines of a header without those whose names span columns: fewer names, above a line with more."""
        names = [len(segments(line)) for line in headers]
        return [line for place, line in enumerate(headers) if names[place] >= max(names[place:]) - 1]

    def _cuts_by_rules(self, lines: list[Line]) -> list[float]:
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        cuts: list[float] = []
        for page in dict.fromkeys(line.page for line in lines):
            rules = self.rules.get(page)
            here = [line for line in lines if line.page == page]
            if rules:
                heights = [line.y for line in here]
                found = rules.cuts(left - 8, right + 8, min(heights) - 12, max(heights) + 4)
                if len(found) > len(cuts):
                    cuts = found
        # What stands left of all text or right of it, or where the horizontal rules end, is the frame.
        areas = [area for area in map(self._area, lines) if area is not None]
        left, right = max([left, *(area[0] + 4 for area in areas)]), min([right, *(area[2] - 4 for area in areas)])
        return [cut for cut in cuts if left < cut < right]

    def _rows(self, indices: list[int], body: int, cuts: list[float]) -> list[tuple[list[int], bool]]:
        """The lines put together into rows, each with whether it is a header's."""
        ruled = self._is_ruled(indices[body:], cuts)
        pitch = self._pitch(indices[body:])
        rows: list[tuple[list[int], bool]] = []
        headers = self._headers(indices, body)
        for place, index in enumerate(indices):
            is_header = place in headers
            if rows and rows[-1][1] == is_header and self._same_row(rows[-1][0], index, is_header, ruled, pitch, cuts):
                rows[-1][0].append(index)
            else:
                rows.append(([index], is_header))
        return rows

    def _headers(self, indices: list[int], body: int) -> set[int]:
        """The places of the lines of the header, and of those that print it again."""
        texts = [self.flow[index].text for index in indices]
        again = [place for place in range(body, len(texts)) if body and texts[place : place + body] == texts[:body]]
        return {start + line for start in [0, *again] for line in range(body)}

    def _same_row(
        self, row: list[int], index: int, is_header: bool, ruled: bool, pitch: float, cuts: list[float]
    ) -> bool:
        above, line = self.flow[row[-1]], self.flow[index]
        if above.page != line.page or not line.gap:
            # A page can end in the middle of a label.
            broken = self.segments[row[-1]][0].text.endswith(_HYPHENS) and line.text[:1].islower()
            return broken and not is_header and len(self.segments[index]) == 1 and line.left < cuts[0]
        if self._ruled_between(above, line):
            return False
        taken = {c for i in row for c in self._value_columns(i, cuts)}
        if not taken.isdisjoint(self._value_columns(index, cuts)):
            return False
        if ruled and not is_header:
            return True
        tight = line.gap <= max(self._tight(line), self._tight(above))
        if is_header:
            return tight
        return tight and line.gap < 0.88 * pitch

    def _tight(self, line: Line) -> float:
        """How far apart the lines of one cell stand at most: not much more than those of a paragraph."""
        return max(_TIGHT * line.size, _LOOSER * self.leading.get(line.size, 0.0))

    def _value_columns(self, index: int, cuts: list[float]) -> set[int]:
        return {
            bisect_right(cuts, (segment.left + segment.right) / 2)
            for segment in self.segments[index]
            if segment.is_value and not segment.is_year and segment.text not in _DASHES
        } - {0}

    def _pitch(self, indices: list[int]) -> float:
        """How far a row usually stands below the line above it."""
        gaps = [self.flow[index].gap for index in indices[1:] if self.is_row[index] and self.flow[index].gap]
        return median(gaps) if gaps else 1.6 * self.flow[indices[0]].size if indices else 0.0

    def _is_ruled(self, indices: list[int], cuts: list[float]) -> bool:
        """Whether rules stand between rows: lines with values in the same column are no one row."""
        pairs = [
            (before, index)
            for before, index in pairwise(indices)
            if self.flow[index].gap and self._value_columns(before, cuts) & self._value_columns(index, cuts)
        ]
        if not pairs:
            return any(self.area[index] for index in indices)
        ruled = sum(self._ruled_between(self.flow[before], self.flow[index]) for before, index in pairs)
        return ruled >= 0.6 * len(pairs)

    def _cells(self, found: list[list[Segment]], cuts: list[float]) -> list[list[list[Word]]]:
        """The words of each column, line by line."""
        cells: list[list[list[Word]]] = [[] for _ in range(len(cuts) + 1)]
        for parts in found:
            pieces: dict[int, list[Word]] = {}
            alone = len(parts) == 1 and parts[0].left < cuts[0]
            for segment in parts:
                whole = alone or segment.is_value
                middle = (segment.left + segment.right) / 2
                for word in segment.words:
                    at = middle if whole and not alone else (word.left + word.right) / 2
                    column = 0 if alone else bisect_right(cuts, at)
                    pieces.setdefault(column, []).append(word)
            for column, words in pieces.items():
                cells[column].append(words)
        return cells

    def _spread(self, table: Table, cuts: list[float]) -> None:
        """Put headers that span columns above the first of them."""
        headers = [number for number, row in enumerate(table.rows) if row.is_header]
        left = min(line.left for row in table.rows for line in row.lines)
        right = max(line.right for row in table.rows for line in row.lines)
        edges = [left, *cuts, right]
        for number in headers[:-1]:
            row, below = table.rows[number], table.rows[number + 1]
            named = [column for column in range(1, len(edges) - 1) if any(below.cells[column])]
            spanning = [segment for line in row.lines for segment in segments(line) if segment.right > cuts[0]]
            if len(row.lines) > 1 or not spanning or len(spanning) >= len(named):
                continue
            first = [word for cell in row.cells[:1] for words in cell for word in words if word.right <= cuts[0]]
            spans = _spans(spanning, [(edges[c], edges[c + 1]) for c in range(1, len(edges) - 1)])
            if spans is None:
                continue
            row.cells = [[] for _ in row.cells]
            if first:
                row.cells[0] = [first]
            for segment, column in zip(spanning, spans, strict=True):
                row.cells[column + 1] = [segment.words]


def _columns(rows: list[list[Segment]]) -> list[tuple[float, float]]:
    """Where rows have something printed: stretches that a stretch of white parts in nearly all rows."""
    events: list[tuple[float, int]] = []
    for row in rows:
        for segment in row:
            events += [(segment.left, 1), (segment.right, -1)]
    events.sort(key=lambda event: (event[0], -event[1]))
    most = 0 if len(rows) < 20 else len(rows) // 25
    columns: list[tuple[float, float]] = []
    depth, start = 0, None
    for x, change in events:
        before = depth
        depth += change
        if before <= most < depth and start is None:
            start = x
        elif before > most >= depth and start is not None:
            columns.append((start, x))
            start = None
    merged: list[tuple[float, float]] = []
    for column in columns:
        if merged and column[0] - merged[-1][1] < 1.5:
            merged[-1] = (merged[-1][0], column[1])
        else:
            merged.append(column)
    return merged


def _best_cut(end: float, start: float, headers: list[Line], flush: bool) -> float:
    """Where between two columns the fewest words of the headers are cut, the widest such place.

    `flush` says that the values of the first column end where it ends. Its headers then do so too, and the next column
    begins right there.
    """
    marks = {end, start}
    words = [word for line in headers for word in line.words if word.right > end and word.left < start]
    for word in words:
        marks.update(x for x in (word.left, word.right) if end < x < start)
    places = [
        (sum(word.left < (one + other) / 2 < word.right for word in words), one - other, (one + other) / 2)
        for one, other in pairwise(sorted(marks))
    ]
    best = min(places)
    first = places[0]
    return first[2] if flush and first[0] == best[0] and -first[1] >= _NARROWEST_GUTTER else best[2]


def _repeat_headers(table: Table) -> None:
    """Set header rows that are printed again, on the next page, as the first ones are."""
    headers = {_key(row): row for row in table.rows if row.is_header}
    for row in table.rows:
        first = headers.get(_key(row))
        if first is not None and first is not row:
            words = iter([word for line in row.lines for word in line.words])
            count = {id(word): next(words) for line in first.lines for word in line.words}
            row.cells = [[[count[id(word)] for word in words] for words in cell] for cell in first.cells]
            row.is_header = True


def _key(row: Row) -> tuple[str, ...]:
    return tuple(word.text for line in row.lines for word in line.words)


def _spans(segments: list[Segment], columns: list[tuple[float, float]]) -> list[int] | None:
    """The first column of each header that spans columns: the parts of the columns that all of them stand best over,
    in the middle or at one side."""
    found = [_partition(segments, columns, place) for place in (0.5, 0.0, 1.0)]
    possible = [part for part in found if part is not None]
    return min(possible)[1] if possible else None


def _partition(
    segments: list[Segment], columns: list[tuple[float, float]], place: float
) -> tuple[float, list[int]] | None:
    """How far the headers stand off from parts of the columns at best, and where these parts begin.

    `place` is where they stand over them: 0 at the left, 1 at the right.
    """
    count, wide = len(segments), len(columns)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for number in range(1, count + 1):
        segment = segments[number - 1]
        for last in range(number, wide + 1):
            for first in range(number - 1, last):
                known = best.get((number - 1, first))
                if known is None:
                    continue
                left, right = columns[first][0], columns[last - 1][1]
                over, stands = left + place * (right - left), segment.left + place * (segment.right - segment.left)
                cost = known[0] + abs(over - stands)
                if (number, last) not in best or cost < best[number, last][0]:
                    best[number, last] = (cost, [*known[1], first])
    return best.get((count, wide))
