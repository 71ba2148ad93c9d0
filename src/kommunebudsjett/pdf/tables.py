"""Printed lines in, tables out: which lines are rows, where their columns are cut, and what stands in each cell.

A table is known by its rules, or by rows whose values stand under each other. It goes on over a page's end where the
columns of the next page's first rows are the same.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kommunebudsjett.pdf.columns import OFF_MIDDLE, Columns, best_cut, stretches
from kommunebudsjett.pdf.headers import Name, columns_of, header_rows, names_of
from kommunebudsjett.pdf.lines import RAISED, Line, Word, leadings
from kommunebudsjett.pdf.ruling import Rules
from kommunebudsjett.pdf.segments import Segment, contents_page, is_caption, segments
from kommunebudsjett.pdf.values import is_year

_HYPHENS = ("-", "\u2010", "\u00ad")
_DASHES = ("-", "−", "–")
# Shares of the size of the letters: between lines of one cell, and to a line that can belong to the table.
_WIDE_SPACE, _WIDER = 0.42, 1.35
# Lines nearer than this share of the letters overlap: they are of one row.
_OVERLAPPING = 0.8
_TIGHT = 1.38
_NEARER_THAN_ROWS = 0.88
_LOOSER = 1.08
_NEXT_LINE = 3.2
# How far above a line is looked for others like it.
_LINES_ABOVE = 60
# Before a note.
_NOTES = ("*", "†", RAISED)
# In points.
_SAME_GAP = 0.8
_NARROWEST_GUTTER = 2.0
_NEXT_HEADER = 2.6
_SAME_EDGE = 4.0
_MOST_LOOSE_LINES = 6
_MOST_GROUPS = 3
_FEW_ROWS = 5
# How much more room is above a header than above a row.
_ROOM_ABOVE = 1.3
# More words that end with a full stop are a sentence.
_MOST_WORDS = 8
# A table of text: so many rows, whose parts begin at the same places with room between them;
# full lines are prose, and marks of that length before each line a list.
_FEWEST_TEXT_ROWS = 3
_SAME_LEFT = 2.0
_WIDE_ROOM, _WIDE_SPACES = 1.2, 2.2
_LONGEST_MARK = 3
_FULL = 0.8
_APART = 1.2


# What a narrow cell can break a number into: a space stood between them.
_BEGINS = re.compile(r"[-−–]?\s?\d{1,3}(?:\s\d{3})*")
_ENDS = re.compile(r"\d{3}(?:\s\d{3})*(?:,\d+)?")
# Lines of a cell that hold no more than figures and their marks.
_FIGURES = re.compile(r"[-−–+(]?[\d\s.,'’%)]*")
_BROKEN = "a narrow cell breaks it over lines"


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


@dataclass
class _Region:
    """Consecutive lines that make a table, from `first` up to, not with, `last`."""

    first: int
    last: int


def find_tables(flow: list[Line], rules: dict[int, Rules]) -> list[Line | Table]:
    """The lines of a document in reading order, those of tables replaced by the tables."""
    finder = _Finder(flow, rules)
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
    def __init__(self, flow: list[Line], rules: dict[int, Rules]):
        self.flow = flow
        self.rules = rules
        self.segments = [segments(line) for line in flow]
        self.space = self._usual_space()
        self.contents = self._contents()
        self.is_row = [self._is_row(index) for index in range(len(flow))]
        self.area = [self._area(line) for line in flow]
        self.is_text_row = self._text_rows()
        prose = [len(found) == 1 for found in self.segments]
        self.leading = leadings(
            (flow[index - 1], flow[index]) for index in range(1, len(flow)) if prose[index - 1] and prose[index]
        )
        self._leave_gaps()

    def _usual_space(self) -> float:
        """How wide the space between two words is, as a share of the size of their letters."""
        spaces = [
            (word.left - before.right) / word.size
            for found in self.segments
            for segment in found
            for before, word in pairwise(segment.words)
            if word.size and word.left > before.right
        ]
        return median(spaces) if spaces else 0.27

    def _contents(self) -> set[int]:
        """Which lines are of a list of contents: dots lead to pages that grow, and not to the values of a table."""
        found: set[int] = set()
        run: list[int] = []
        pages: list[int] = []
        for index, line in enumerate([*self.flow, None]):
            page = contents_page(line) if line else None
            if page is not None:
                run.append(index)
                pages.append(page)
            elif run and (line is None or len(self.segments[index]) > 1 or line.gap > _NEXT_LINE * line.size):
                if pages == sorted(pages):
                    found.update(run)
                run, pages = [], []
        return found

    def _is_row(self, index: int) -> bool:
        found = self.segments[index]
        if len(found) < 2 or index in self.contents:
            return False
        # A figure in a line of text with wide spaces makes no row.
        values = [segment for segment in found[1:] if segment.is_value]
        return any(segment.is_number for segment in values) and 2 * len(values) >= len(found) - 1

    def _text_rows(self) -> list[bool]:
        """Which lines are rows of a table of text: so many below each other whose parts begin at the same places."""
        found = [False] * len(self.flow)
        run: list[int] = []
        for index in range(len(self.flow) + 1):
            if index < len(self.flow) and run and self._is_below(run[-1], index):
                run.append(index)
                continue
            if len(run) >= _FEWEST_TEXT_ROWS and not self._heads(index) and not self._is_prose(run):
                for row in run:
                    found[row] = True
            run = [index] if index < len(self.flow) and len(self.segments[index]) > 1 else []
        return found

    def _heads(self, index: int) -> bool:
        """Whether what ends above a line is a header: values come soon, without more room than above a group."""
        for at in range(index, min(index + _MOST_LOOSE_LINES, len(self.flow))):
            line = self.flow[at]
            if not 0 < line.gap <= _NEXT_LINE * line.size:
                return False
            if self.is_row[at]:
                return True
        return False

    def _is_below(self, above: int, index: int) -> bool:
        line, found = self.flow[index], self.segments[index]
        if len(found) < 2 or index in self.contents or not 0 < line.gap <= _NEXT_HEADER * line.size:
            return False
        room = max(_WIDE_ROOM, _WIDE_SPACES * self.space) * line.size
        apart = [found[0], *(after for before, after in pairwise(found) if after.left - before.right > room)]
        same = [s for s in apart if any(_aligned(s, other) for other in self.segments[above])]
        return len(same) > 1 and same[0] is found[0]

    def _is_prose(self, run: list[int]) -> bool:
        """Whether lines are columns of prose, nearly all of them full, or items of a list behind their marks."""
        rows = [self.segments[index] for index in run]
        if all(len(row[0].text) <= _LONGEST_MARK for row in rows):
            return True
        parts = max(map(len, rows))
        widest = [max(row[place].right - row[place].left for row in rows if len(row) > place) for place in range(parts)]
        full = [
            all(s.right - s.left >= _FULL * w and len(s.words) > 1 for s, w in zip(row, widest, strict=False))
            for row in rows
        ]
        return 2 * sum(full) > len(rows)

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
        several = len(self.segments[index]) > 1
        return self.is_row[index] or self.is_text_row[index] or (self.area[index] is not None and several)

    def _is_table(self, first: int, last: int) -> bool:
        rows = [index for index in range(first, last) if len(self.segments[index]) > 1]
        if any(self.area[index] for index in range(first, last)):
            return len(rows) > 1
        values = [index for index in rows if self.is_row[index]]
        if sum(self.is_text_row[index] for index in rows) >= _FEWEST_TEXT_ROWS:
            return True
        # A row on its own is one too, so that readers list its numbers, which are those of no sentence.
        if len(rows) == 1 and sum(s.is_number and not s.is_year for s in self.segments[rows[0]][1:]) > 1:
            return True
        if len(rows) < 2 or not values:
            return False
        # A heading with an amount beside it is no table, and neither are two of them.
        return any(sum(s.is_value for s in self.segments[index][1:]) for index in values)

    def _upwards(self, index: int, stop: int) -> int:
        """The first line of the header above a row."""
        first = self._lines_of_header(index, self._first_row(index), stop)
        if first == index and not self.area[index]:
            # The name of a group can stand between the header and the first row.
            group = index
            while group > max(stop, index - _MOST_GROUPS) and self._names_group(group - 1, index):
                group -= 1
                header = self._lines_of_header(group, index, stop)
                if any(len(self.segments[line]) > 1 for line in range(header, group)):
                    return header
        return first

    def _first_row(self, index: int) -> int:
        """The first line with values of the table that a line is of: that line itself, or one soon below it."""
        for at in range(index, min(index + _MOST_LOOSE_LINES, len(self.flow))):
            if self._has_values(at):
                return at
            if at + 1 < len(self.flow) and not 0 < self.flow[at + 1].gap <= _NEXT_HEADER * self.flow[at].size:
                break
        return index

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
                return self._header_of_page_before(first, index, stop)
            if is_caption(above):
                break
            inside = self.area[first - 1] is not None and self.area[first - 1] == self.area[index]
            if inside or self._may_head(first - 1, index, line.gap):
                first -= 1
            elif first - 1 > stop and self._goes_on_from_label(first - 1, index):
                first -= 2
            else:
                break
        return first

    def _header_of_page_before(self, first: int, index: int, stop: int) -> int:
        """The first line of the header that the page before ends with, where its names stand over the row's values."""
        values = self.segments[index][1:]
        top = first
        while top > stop and self.flow[top - 1].page == self.flow[first].page - 1:
            gap = self.flow[top].gap if top < first else 0.0
            if is_caption(self.flow[top - 1]) or self._has_values(top - 1) or not self._may_head(top - 1, index, gap):
                break
            top -= 1
        names = [name for line in range(top, first) for name in self.segments[line] if name.right > values[0].left]
        over = [any(name.left < value.right and value.left < name.right for name in names) for value in values]
        # Above a line of names that a page begins with stand fewer names.
        under = [any(name.left < value.right and value.left < name.right for value in values) for name in names]
        begins = first == index or self._is_all_names(first)
        return top if names and begins and (all(over) or (first < index and all(under))) else first

    def _goes_on_from_label(self, at: int, row: int) -> bool:
        """Whether a line right below names of columns has no more than the rest of the name of the labels."""
        line, above, below = self.flow[at], self.flow[at - 1], self.flow[at + 1]
        left = abs(line.left - above.left) <= _SAME_LEFT and self._is_label_only(at, row)
        apart = line.bold == above.bold and line.gap < _NEARER_THAN_ROWS * below.gap
        return left and apart and self._goes_on_in_header(at - 1, at) and self._may_head(at - 1, row, line.gap)

    def _may_head(self, above: int, row: int, gap: float) -> bool:
        line = self.flow[above]
        if gap > _NEXT_HEADER * max(line.size, self.flow[row].size) or above in self.contents:
            return False
        found = self.segments[above]
        if len(found) > 1:
            return line.words[-1].text[-1:] not in ".:;"
        # A single cell of a header stands over the values, not where labels and headings begin.
        labels = self.segments[row][0]
        return found[0].left > labels.right + 0.5 * line.size

    def _downwards(self, index: int) -> int:
        """The line after the last one of the table with the row at `index`."""
        last = index + 1
        at = index + 1
        loose = 0
        left = min(
            self.flow[line].left for line in (max(0, index - 1), index) if line == index or self._overlap(line, index)
        )
        # What has been seen so far: values, rules around a line, and what the lines say.
        valued, ruled = self._has_values(index), self.area[index] is not None
        said = {line.text for line in self.flow[max(0, index - _MOST_GROUPS) : index + 1]}
        while at < len(self.flow):
            line, before = self.flow[at], self.flow[at - 1]
            turned = line.page != before.page or not line.gap
            if is_caption(line) or (valued and self._names_years(at) and line.text not in said):
                break
            inside = self.area[at] is not None and (turned or not valued or self.area[at] == self.area[at - 1])
            alone = not inside and not self.is_row[at] and len(self.segments[at]) < 2
            if (
                turned
                and alone
                and not self._is_rest_of_label(at, left)
                and not self._is_group_of_page(at, index, last)
            ):
                break
            if not turned and line.gap > _NEXT_LINE * line.size and not inside:
                break
            if 0 < line.gap < _OVERLAPPING * min(line.size, before.size) and line.page == before.page:
                last, loose, left = at + 1, 0, min(left, line.left)
            elif inside or self.is_row[at] or self.is_text_row[at]:
                last = at + 1
                loose = 0
                left = min(left, line.left) if line.page == self.flow[index].page else line.left
            elif self._leaves(at, index, ruled):
                break
            elif (more := self._more_of_cell(at, left)) or self._goes_on(
                at, index, left if valued else min(left, line.left)
            ):
                loose += 1
                if more or self._belongs_above(at) or self._ends_label(at, index):
                    last = at + 1
                    loose = 0
                elif loose > _MOST_LOOSE_LINES:
                    break
            else:
                break
            valued, ruled = valued or self._has_values(at), ruled or self.area[at] is not None
            said.add(line.text)
            at += 1
        return last

    def _leaves(self, at: int, index: int, ruled: bool) -> bool:
        """Whether a line without values stands outside the rules of its table, or is set larger than its rows."""
        line = self.flow[at]
        outside = ruled and self.area[at] is None and len(self.segments[at]) < 2
        if outside and self._begins_page(at, index) and at + 1 < len(self.flow):
            # Where rules stand only under rows, the first row of a page has none above it, or the rest of its label.
            outside = not self._is_ruled_off(at)
        return outside or line.size > 1.04 * self.flow[index].size

    def _is_rest_of_label(self, at: int, left: float) -> bool:
        """Whether a page begins with the rest of the label that the page before ends with, and a rule below it."""
        line = self.flow[at]
        return line.text[:1].islower() and abs(line.left - left) <= 2 * line.size and self._is_ruled_off(at)

    def _is_group_of_page(self, at: int, index: int, last: int) -> bool:
        """Whether a page begins with the name of a group: the table ends the page before, and goes on right below."""
        if last != at or at + 1 >= len(self.flow) or not self.is_row[at + 1] or not self._names_group(at, at + 1):
            return False
        known, edges = self._edges(max(index, last - _LINES_ABOVE), last), self._edges(at + 1, at + 2)
        return len(edges) > 1 and _are_among(edges, known)

    def _is_ruled_off(self, at: int) -> bool:
        """Whether a rule stands below a line, or below the lines of one cell that it begins."""
        for above, below in pairwise(range(at, min(at + _MOST_LOOSE_LINES, len(self.flow)))):
            if self._ruled_between(self.flow[above], self.flow[below]):
                return True
            if not 0 < self.flow[below].gap <= self._tight(self.flow[below]) or len(self.segments[below]) > 1:
                return False
        return False

    def _begins_page(self, at: int, index: int) -> bool:
        """Whether the table of the row at `index` comes from the page before, and no rule stands above `at` yet."""
        first = at
        while first > index and self.flow[first - 1].page == self.flow[at].page:
            first -= 1
        return first > index and all(area is None for area in self.area[first:at])

    def _names_years(self, at: int) -> bool:
        """Whether a line in a table can be the header of another: it names years alone."""
        values = self.segments[at][1:]
        return len(values) > 1 and all(segment.is_year for segment in values[:2])

    def _goes_on(self, at: int, index: int, left: float) -> bool:
        """Whether a line can stand between rows: more of a cell, the name of a group, a header line."""
        line, found = self.flow[at], self.segments[at]
        if at in self.contents:
            return False
        if len(found) > 1:
            return True
        if self._stands_in_the_middle(at, index, left):
            return True
        values = [segment for segment in self.segments[index][1:] if segment.is_value]
        edge = values[0].left if values else self.segments[index][-1].right
        starts = -1 <= line.left - left <= 2.5 * line.size or abs(line.left - self.flow[index].left) <= line.size
        fits = starts and line.right <= max(edge + 4 * line.size, self.flow[index].right)
        return fits and not self._is_sentence(at, over=edge)

    def _is_sentence(self, at: int, over: float) -> bool:
        """Whether a line is a sentence, or begins one whose first line stands over the values that begin at `over`."""
        count, end = len(self.flow[at].words), at
        while self.flow[at].right > over and end + 1 < len(self.flow) and self._continues(end + 1):
            end += 1
            count += len(self.flow[end].words)
            if end == at + _MOST_LOOSE_LINES:
                break
        return self.flow[end].text.endswith(".") and count > _MOST_WORDS

    def _stands_in_the_middle(self, at: int, index: int, left: float) -> bool:
        """Whether a line is the name of a group in the middle of the table, with a row right below it."""
        line, right = self.flow[at], self.flow[index].right
        off = abs((line.left + line.right) / 2 - (left + right) / 2)
        return off <= OFF_MIDDLE * (right - left) and at + 1 < len(self.flow) and self.is_row[at + 1]

    def _more_of_cell(self, at: int, left: float) -> bool:
        """Whether a line is the next line of a cell that is not the first of its row."""
        line, above = self.flow[at], self.flow[at - 1]
        if line.page != above.page or not 0 < line.gap <= self._tight(line) or len(self.segments[at]) > 1:
            return False
        beside = [segment for segment in self.segments[at - 1] if segment.left > left + 2 * line.size]
        over = [segment for segment in beside if segment.left < line.right + line.size]
        return line.left > left + 2 * line.size and any(segment.right > line.left - line.size for segment in over)

    def _belongs_above(self, at: int) -> bool:
        """Whether a line without values is more of the row above it, and not what comes after the table."""
        line, before = self.flow[at], self.flow[at - 1]
        if not line.gap or line.page != before.page:
            return False
        tight = line.gap <= self._tight(line) and line.text[:1].islower()
        return tight and round(line.size) == round(before.size) and line.bold == before.bold

    def _ends_label(self, at: int, index: int) -> bool:
        """Whether a line is the rest of the label of the last row: as near as other labels' lines, then comes room."""
        inner = [
            self.flow[line].gap
            for line in range(max(index + 1, at - _LINES_ABOVE), at)
            if self.is_row[line - 1] and self._is_label_only(line, line - 1) and self._continues(line)
        ]
        end, row = at, next(line for line in range(at, -1, -1) if len(self.segments[line]) > 1 or line == index)
        while (
            self._continues(end)
            and self._is_label_only(end, row)
            and any(abs(self.flow[end].gap - gap) <= _SAME_GAP for gap in inner)
        ):
            end += 1
            if end == len(self.flow) or self.flow[end].page != self.flow[at].page or not self.flow[end].gap:
                return self.is_row[row]
        apart = end > at and self.flow[end].gap > self.flow[end - 1].gap + _SAME_GAP
        edge = min((part.left for part in self.segments[row][1:]), default=0.0)
        return apart and self.is_row[row] and all(self.flow[line].right < edge for line in range(at, end))

    def _continues(self, at: int) -> bool:
        """Whether a line is set as the one above it and stands right below it, with no mark of a note before it."""
        line, above = self.flow[at], self.flow[at - 1]
        near = line.page == above.page and 0 < line.gap <= self._tight(line) and not self._ruled_between(above, line)
        return near and (line.size, line.bold) == (above.size, above.bold) and line.text[:1] not in _NOTES

    def _joined(self, regions: list[_Region]) -> list[_Region]:
        """Regions that touch, joined where a page ends between them and their columns are the same."""
        joined: list[_Region] = []
        for region in regions:
            above = joined[-1] if joined else None
            if above and above.last == region.first and self.flow[region.first].page != self.flow[above.last - 1].page:
                joined[-1] = _Region(above.first, region.last)
            else:
                joined.append(region)
        return [table for region in joined for part in self._parted(region) for table in self._stacked(part)]

    def _parted(self, region: _Region) -> list[_Region]:
        """A region over a page's end, cut there where the columns are not the same."""
        starts = [
            index
            for index in range(region.first + 1, region.last)
            if self.flow[index].page != self.flow[index - 1].page
        ]
        parts = [_Region(region.first, region.last)]
        known: list[float] = self._edges(region.first, starts[0]) if starts else []
        for start, end in pairwise([*starts, region.last]):
            edges = self._edges(start, end)
            if known and edges and not _are_among(*sorted((known, edges), key=len)):
                parts[-1:] = [_Region(parts[-1].first, start), _Region(start, region.last)]
                known = edges
            else:
                known += [edge for edge in edges if not _are_among([edge], known)]
        return parts

    def _stacked(self, region: _Region) -> list[_Region]:
        """A region cut above each line of names over numbers that stand elsewhere, or that is set as a header."""
        valued = [index for index in range(region.first, region.last) if self._has_values(index)]
        starts = [region.first]
        for above, below in pairwise(valued):
            header = self._header_between(above, below)
            if header is not None and self._begins_columns(starts[-1], header, below, region.last):
                starts.append(header)
        return [_Region(first, last) for first, last in pairwise([*starts, region.last])]

    def _header_between(self, above: int, below: int) -> int | None:
        """The first line of several names between two rows, with the title that stands right above it."""
        names = (index for index in range(above + 1, below) if self._is_all_names(index))
        first = next(names, None)
        while first is not None and first - 1 > above and self.flow[first - 1].gap > self._tight(self.flow[first - 1]):
            first -= 1
        return first

    def _begins_columns(self, first: int, header: int, row: int, last: int) -> bool:
        """Whether the names between `header` and `row` are those of other columns than the ones above.

        Their numbers stand elsewhere, or they are set as a header.
        """
        until = next((at for at in range(row + 1, last) if self._is_all_names(at)), last)
        above, below = self._numbers(first, header), self._numbers(row, until)
        # Figures in the names of columns are no row.
        if sum(self._has_values(index) for index in range(first, header)) < 2 or not below:
            return False
        same = 2 * sum(any(_share_place(one, other) for other in above) for one in below) >= len(below)
        if same and not self._is_set_as_header(first, header, row):
            return False
        named = [part for index in range(header, row) for part in self.segments[index]]
        over = [[part.text for part in named if part.left < right and left < part.right] for left, right in below]
        # Names differ; "NA" in each column is none.
        return all(over) and (len(over) == 1 or len(set(map(tuple, over))) > 1)

    def _is_set_as_header(self, first: int, header: int, row: int) -> bool:
        """Whether names after rows repeat those above these, or are set apart from rows, or bold as few rows are.

        Words of a row can stand over all columns too.
        """
        body = [index for index in range(first, header) if self._has_values(index)]
        said = [part.text for part in self.segments[header][1:]]
        known = [[part.text for part in self.segments[index][1:]] for index in range(first, body[0])]
        bold = all(self.flow[index].bold for index in range(header, row))
        line, room = self.flow[header], _ROOM_ABOVE * self._pitch([first, *body])
        apart = bool(room) and line.gap > max(room, _ROOM_ABOVE * self.flow[header + 1].gap)
        return said in known or apart or (bold and 2 * sum(self.flow[index].bold for index in body) < len(body))

    def _is_all_names(self, index: int) -> bool:
        return len(self.segments[index]) > 1 and not any(s.is_value and not s.is_year for s in self.segments[index])

    def _numbers(self, first: int, last: int) -> list[tuple[float, float]]:
        """From where to where the columns of numbers of these lines stand."""
        rows = [self.segments[index][1:] for index in range(first, last) if self._has_values(index)]
        return stretches([[s for s in row if s.is_number and not s.is_year] for row in rows])

    def _edges(self, first: int, last: int) -> list[float]:
        """The right edges that values of these lines share."""
        edges: list[float] = []
        for index in range(first, last):
            if self.is_row[index]:
                values = [s for s in self.segments[index][1:] if s.is_value and not s.is_year]
                edges += [value.right for value in values if not _are_among([value.right], edges)]
        return edges

    # The columns and rows of a table.

    def table(self, region: _Region) -> Table | None:
        """The table that the lines of a region are; None where no columns can be told."""
        indices = list(range(region.first, region.last))
        body = self._first_body(indices)
        rows = [row for part in self._parts(indices, body) for row in self._table_rows(*part)]
        return Table(rows) if rows else None

    def _parts(self, indices: list[int], body: int) -> list[tuple[list[int], int, Columns]]:
        """The lines of a table, cut where its columns go on elsewhere; how many are a header's, and the columns."""
        starts = [0, *(indices.index(index) for index in self._shifts(indices[body:])), len(indices)]
        parts = [(indices[start:end], 0 if start else body) for start, end in pairwise(starts)]
        made = [(lines, header, self._columns(lines, header)) for lines, header in parts]
        count = len(made[0][2].cuts)
        names = max((len(self.segments[index]) - 1 for index in indices[:body]), default=0)
        # Where there are more names than columns, the numbers of the parts can be of different columns.
        if len(made) > 1 and (names > count or any(len(columns.cuts) != count for _, _, columns in made)):
            return [(indices, body, self._columns(indices, body))]
        return made

    def _shifts(self, indices: list[int]) -> list[int]:
        """The lines at which rows begin that have as many numbers as those above, half of them or more elsewhere."""
        found: list[int] = []
        known: list[tuple[float, float]] = []
        for place, index in enumerate(indices):
            row = [(s.left, s.right) for s in self.segments[index][1:] if s.is_number and not s.is_year]
            if len(row) > len(known):
                known = row
            elif len(row) == len(known) > 1:
                pairs = list(zip(row, known, strict=True))
                if 2 * sum(_is_elsewhere(one, other) for one, other in pairs) >= len(row):
                    found.append(self._first_of_row(indices[: place + 1]))
                    known = row
                else:
                    known = [(min(one[0], other[0]), max(one[1], other[1])) for one, other in pairs]
        return found

    def _first_of_row(self, indices: list[int]) -> int:
        """The first line of the label of the row at the last line."""
        first = indices[-1]
        for above in reversed(indices[:-1]):
            near = 0 < self.flow[first].gap <= self._tight(self.flow[first])
            if not near or len(self.segments[above]) > 1 or self._ruled_between(self.flow[above], self.flow[first]):
                break
            first = above
        return first

    def _table_rows(self, indices: list[int], body: int, columns: Columns) -> list[Row]:
        """The rows of a table whose first lines are its header; none where no columns can be told."""
        made: list[Row] = []
        for row, is_header in self._rows(indices, body, columns) if columns.cuts else []:
            lines = [self.flow[index] for index in row]
            if is_header:
                made += self._header(row, columns)
            else:
                cells = self._cells([self.segments[index] for index in row], columns)
                _leave_out_broken(cells[1:])
                made.append(Row(cells, lines))
        return made

    def _header(self, indices: list[int], columns: Columns) -> list[Row]:
        """The rows of a header that stands on these lines."""
        parted = [columns.line(self.segments[index]) for index in indices]
        names = [names_of(parts, self.flow[index]) for parts, index in zip(parted, indices, strict=True)]
        rows = header_rows(names, columns, self._tight, self._rule_parts)
        made = []
        for number, row in enumerate(rows):
            below = rows[number + 1] if number + 1 < len(rows) else []
            cells: list[list[list[Word]]] = [[] for _ in range(len(columns.cuts) + 1)]
            for name, column in zip(row, columns_of(row, below, columns), strict=True):
                cells[column] += name.words
            lines = list(dict.fromkeys(id(line) for name in row for line in name.lines))
            known = {id(line): line for name in row for line in name.lines}
            made.append(Row(cells, [known[line] for line in lines], True))
        return made

    def _rule_parts(self, above: Name, below: Name) -> bool:
        rules = self.rules.get(above.line.page)
        if rules is None or above.line.page != below.line.page:
            return False
        left, right = max(above.left, below.left), min(above.right, below.right)
        top, bottom = above.line.y - 0.2 * above.line.size, below.line.y - 0.5 * below.line.size
        return rules.between(top, bottom, left, right)

    def _first_body(self, indices: list[int]) -> int:
        """The place in `indices` of the first line that is no header."""
        valued = [place for place, index in enumerate(indices) if self._has_values(index)]
        if not valued:
            return self._header_by_rules(indices)
        place = valued[0]
        by_rules = self._header_of_bands(indices, place)
        if by_rules is not None:
            return by_rules
        while place > 0 and self._overlap(indices[place - 1], indices[place]):
            place -= 1
        while place > 0 and self._is_label_only(indices[place - 1], indices[place]):
            if place > 1 and self._goes_on_in_header(indices[place - 2], indices[place - 1]):
                break
            place -= 1
        return place

    def _header_of_bands(self, indices: list[int], place: int) -> int | None:
        """Where the body begins, if the first line with a value stands between the same two rules as names above it."""
        first = place
        while (
            first > 0
            and self.area[indices[first]]
            and not self._ruled_between(self.flow[indices[first - 1]], self.flow[indices[first]])
        ):
            first -= 1
        if first == place or any(len(self.segments[index]) < 2 for index in indices[first:place]):
            return None
        last = place + 1
        while last < len(indices) and not self._ruled_between(self.flow[indices[last - 1]], self.flow[indices[last]]):
            last += 1
        return last if last < len(indices) else None

    def _overlap(self, above: int, index: int) -> bool:
        """Whether two lines stand so near that they are of one row, as a label in the middle of its values."""
        line = self.flow[index]
        apart = 0 < line.gap < _OVERLAPPING * min(line.size, self.flow[above].size)
        return apart and len(self.segments[above]) == 1 and self.flow[above].page == line.page

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

    def _columns(self, indices: list[int], body: int) -> Columns:
        """Where the columns are cut: at upright rules, else where no row has anything printed."""
        lines = [self.flow[index] for index in indices]
        by_rules = self._cuts_by_rules(lines)
        rows = [self.segments[index] for index in indices[body:] if len(self.segments[index]) > 1]
        if not rows:
            rows = [self.segments[index] for index in indices if len(self.segments[index]) > 1]
            body = 0
        # Repeated headers are no rows.
        values = [row for row in rows if any(segment.is_number and not segment.is_year for segment in row[1:])]
        rows = values or rows
        columns = stretches([*rows, *self._beside(rows, [self.segments[index] for index in indices[body:]])])
        headers = self._naming(lines[:body], columns)
        cuts = list(by_rules)
        ends = [right for right in (max(s.right for row in rows for s in row),) if columns]
        for (_, end), (start, _) in pairwise(columns):
            if any(end - 2 <= cut <= start + 2 for cut in by_rules) or not _parts_column(by_rules, end, start, rows):
                continue
            rights = [s.right for row in rows for s in row if s.is_value and start > s.right > end - _SAME_EDGE]
            flush = len(rights) > 1 and max(rights) - min(rights) <= _SAME_EDGE
            ends += [max(rights)] if flush else []
            cuts.append(best_cut(end, start, headers, flush))
        left, right = min(line.left for line in lines), max(line.right for line in lines)
        return Columns(sorted(cuts), by_rules, left, right, ends, self.space)

    def _beside(self, rows: list[list[Segment]], lines: list[list[Segment]]) -> list[list[Segment]]:
        """What lines without values have that helps to find columns: what stands over one of them, or left of all."""
        known = stretches(rows)
        if not known:
            return []
        helping = []
        for line in lines:
            over = [[s for s in known if part.left < s[1] and s[0] < part.right] for part in line]
            kept = [p for p, found in zip(line, over, strict=True) if len(found) == 1 or p.right < known[0][0]]
            helping.append(kept)
        return [line for line in helping if line]

    def _naming(self, headers: list[Line], columns: list[tuple[float, float]]) -> list[Line]:
        """The lines of a header without those whose names span columns: fewer names, above a line with more."""
        names = [
            max(
                sum(part.left > columns[0][1] for part in segments(line)),
                sum(any(word.left < right and left < word.right for word in line.words) for left, right in columns[1:]),
            )
            for line in headers
        ]
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
        through = {cut: sum(w.left + 1 < cut < w.right - 1 for line in lines for w in line.words) for cut in cuts}
        return [cut for cut in cuts if left < cut < right and through[cut] <= len(lines) // 3]

    def _rows(self, indices: list[int], body: int, columns: Columns) -> list[tuple[list[int], bool]]:
        """The lines put together into rows, each with whether it is a header's."""
        ruled = self._is_ruled(indices[body:], columns.cuts)
        pitch = self._pitch(indices[body:])
        rows: list[tuple[list[int], bool]] = []
        starts = self._headers(indices, body)
        headers = {start + line for start in starts for line in range(body)}
        for place, index in enumerate(indices):
            is_header = place in headers
            if (is_header and rows and rows[-1][1] and place not in starts) or (
                not is_header and rows and not rows[-1][1] and self._same_row(rows[-1][0], index, ruled, pitch, columns)
            ):
                rows[-1][0].append(index)
            else:
                rows.append(([index], is_header))
        return rows

    def _headers(self, indices: list[int], body: int) -> list[int]:
        """The places where the header begins, and where it is printed again."""
        texts = [self.flow[index].text for index in indices]
        again = [place for place in range(body, len(texts)) if body and texts[place : place + body] == texts[:body]]
        return [0, *again]

    def _ends_numbers(self, above: int, index: int, columns: Columns) -> bool:
        """Whether a line has beside its label only the ends of numbers right above, as a narrow cell breaks them."""
        if self.flow[index].gap > self._tight(self.flow[index]):
            return False
        begun, ends = self._by_column(above, columns), self._by_column(index, columns)
        ends.pop(0, None)
        return all(
            column in begun and _BEGINS.fullmatch(begun[column].text) and _ENDS.fullmatch(part.text)
            for column, part in ends.items()
        )

    def _breaks_numbers(self, above: int, index: int, ruled: bool, pitch: float, columns: Columns) -> bool:
        """Whether a line right below a row, with at most the rest of its label, has figures under figures."""
        line = self.flow[index]
        label = self._by_column(index, columns).get(0)
        if line.gap > self._tight(line) or (label is not None and not label.text[:1].islower()):
            return False
        begun = self._by_column(above, columns)
        under = all(column in begun for column in self._value_columns(index, columns.cuts))
        return under and (ruled or line.gap < _NEARER_THAN_ROWS * pitch)

    def _by_column(self, index: int, columns: Columns) -> dict[int, Segment]:
        return {columns.at((part.left + part.right) / 2): part for part in self.segments[index]}

    def _is_text(self, row: list[int], index: int) -> bool:
        """Whether a row and a line below it without a label have no values."""
        return not any(segment.is_value for i in (*row, index) for segment in self.segments[i])

    def _spans_columns(self, index: int, columns: Columns) -> bool:
        """Whether a line is one text over several columns of values, as the name of a group in the middle is."""
        parts = columns.line(self.segments[index])
        return (
            len(parts) == 1 and parts[0].left > columns.cuts[0] and len(columns.of(parts[0].left, parts[0].right)) > 1
        )

    def _same_row(self, row: list[int], index: int, ruled: bool, pitch: float, columns: Columns) -> bool:
        above, line = self.flow[row[-1]], self.flow[index]
        if above.page != line.page or not line.gap:
            # A page can end in the middle of a label.
            return line.text[:1].islower() and len(self.segments[index]) == 1 and line.left < columns.cuts[0]
        if self._ruled_between(above, line):
            return False
        taken = {c for i in row for c in self._value_columns(i, columns.cuts)}
        if not taken.isdisjoint(self._value_columns(index, columns.cuts)) and not self._ends_numbers(
            row[-1], index, columns
        ):
            return self._breaks_numbers(row[-1], index, ruled, pitch, columns)
        if any(self._spans_columns(i, columns) for i in (row[-1], index)):
            return False
        label = [self.segments[i][0] for i in row if self.segments[i][0].left < columns.cuts[0]]
        broken = bool(label) and label[-1].text.endswith(_HYPHENS) and line.text[:1].islower()
        if ruled or (broken and line.left < columns.cuts[0]) or line.gap < _OVERLAPPING * min(line.size, above.size):
            return True
        tight = line.gap <= max(self._tight(line), self._tight(above))
        if tight and line.left > columns.cuts[0] and not taken and self._is_text(row, index):
            return True
        return tight and line.gap < _NEARER_THAN_ROWS * pitch

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
        texts = sorted(self.flow[i].gap for i in indices[1:] if len(self.segments[i]) > 1 and self.flow[i].gap)
        # A single value in a table of text can stand on the second line of a row.
        if not indices or (gaps and _FEW_ROWS * len(gaps) >= len(texts)):
            return median(gaps) if gaps else 0.0
        # Where lines of one cell stand nearer than rows do, the distances are of two kinds.
        apart = [below for above, below in pairwise(texts) if below > _APART * above]
        return apart[0] if apart else median(texts) if texts else 1.6 * self.flow[indices[0]].size

    def _is_ruled(self, indices: list[int], cuts: list[float]) -> bool:
        """Whether rules stand between rows: lines with values in the same column are no one row."""
        pairs = [
            (before, index)
            for before, index in pairwise(indices)
            if self.flow[index].gap and self._value_columns(before, cuts) & self._value_columns(index, cuts)
        ]
        if not pairs:
            return any(
                self._ruled_between(self.flow[above], self.flow[below])
                for above, below in pairwise(indices)
                if self.area[above] and self.area[below]
            )
        ruled = sum(self._ruled_between(self.flow[before], self.flow[index]) for before, index in pairs)
        return ruled >= 0.6 * len(pairs)

    def _cells(self, found: list[list[Segment]], columns: Columns) -> list[list[list[Word]]]:
        """The words of each column, line by line."""
        cells: list[list[list[Word]]] = [[] for _ in range(len(columns.cuts) + 1)]
        for line in found:
            parts = columns.line(line)
            spanning = len(parts) == 1 and not parts[0].is_value and columns.are_under(parts[0])
            alone = len(line) == 1 and (line[0].left < columns.cuts[0] or (spanning and len(found) == 1))
            pieces: dict[int, list[Word]] = {}
            for part in line if alone else parts:
                over = columns.of(part.left, part.right)
                middle = columns.at((part.left + part.right) / 2)
                column = 0 if alone else over[0] if len(over) > 1 and not part.is_value else middle
                pieces.setdefault(column, []).extend(part.words)
            for column, words in pieces.items():
                cells[column].append(words)
        return cells


def _aligned(one: Segment, other: Segment) -> bool:
    """Whether two parts of lines begin or end at the same place."""
    return abs(one.left - other.left) <= _SAME_LEFT or abs(one.right - other.right) <= _SAME_LEFT


def _leave_out_broken(cells: list[list[list[Word]]]) -> None:
    """Leave out figures of cells that are broken over lines elsewhere than between groups of three."""
    for cell in cells:
        texts = [" ".join(word.text for word in words) for words in cell]
        if len(texts) < 2 or not all(map(_FIGURES.fullmatch, texts)):
            continue
        if not (_BEGINS.fullmatch(texts[0]) and all(map(_ENDS.fullmatch, texts[1:]))):
            for word in (word for words in cell for word in words):
                word.unread = word.unread or _BROKEN


def _is_elsewhere(one: tuple[float, float], column: tuple[float, float]) -> bool:
    """Whether a number stands neither inside a column nor at its edges or its middle."""
    inside = column[0] - _SAME_EDGE <= one[0] and one[1] <= column[1] + _SAME_EDGE
    return not inside and not _share_place(one, column)


def _share_place(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two columns have their left or right edges or their middles at the same place."""
    off = (one[0] - other[0], one[1] - other[1], (sum(one) - sum(other)) / 2)
    return any(abs(distance) <= _SAME_EDGE for distance in off)


def _are_among(few: list[float], many: list[float]) -> bool:
    """Whether each of some edges is one of others."""
    return all(any(abs(edge - known) <= _SAME_EDGE for known in many) for edge in few)


def _parts_column(ruled: list[float], end: float, start: float, rows: list[list[Segment]]) -> bool:
    """Whether white space parts what rules do not: enough rows have something on both sides, between the same rules.

    Where a table goes on over a page its rules can stand a little elsewhere, so that a value is beside its column.
    """
    if not ruled:
        return True
    middle = (end + start) / 2
    left = max((cut for cut in ruled if cut <= middle), default=-1e9)
    right = min((cut for cut in ruled if cut > middle), default=1e9)
    inside = [[(s.left + s.right) / 2 for s in row if left <= (s.left + s.right) / 2 <= right] for row in rows]
    both = sum(any(x < middle for x in row) and any(x > middle for x in row) for row in inside)
    return 5 * both >= len(rows)
