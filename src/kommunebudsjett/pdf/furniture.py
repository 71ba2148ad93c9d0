"""The lines of all pages in, the same without running heads, running feet and page numbers."""

import re
from collections import defaultdict

from kommunebudsjett.pdf.lines import Line
from kommunebudsjett.pdf.segments import segments

# So many lines at the head and at the foot of a page can be furniture.
_DEEPEST = 3
# What returns must stand at the same height, and on this share of the pages at least.
_SAME_HEIGHT = 3.0
_MOST_PAGES = 0.4
# Between furniture and the text is more room than between two lines.
_ROOM = 1.5
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:side|page|s\.)?\s*(\d{1,4})\s*(?:(?:av|of|/|\|)\s*\d{1,4})?\W*", re.IGNORECASE)


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """The lines of each page that are its own.

    Left out is what returns at the same height of the head or the foot of many pages, figures in it not counting, and
    a number alone there that grows with the pages.
    """
    dropped: set[int] = set()
    for end in (1, -1):
        for _ in range(_DEEPEST):
            found = _returning(pages, end, dropped)
            if not found:
                break
            dropped.update(map(id, found))
    return [[line for line in lines if id(line) not in dropped] for lines in pages]


def _returning(pages: list[list[Line]], end: int, dropped: set[int]) -> list[Line]:
    """The outermost lines that are left, where they return on many pages."""
    groups: dict[str, list[Line]] = defaultdict(list)
    with_text = 0
    for lines in pages:
        left = [line for line in lines if id(line) not in dropped][::end]
        if not left:
            continue
        with_text += 1
        for line in left[: _block(left)]:
            # What has several values is a row of a table, though pages have the same table.
            if sum(segment.is_number for segment in segments(line)) < 2:
                groups[_DIGITS.sub("0", line.text)].append(line)
    found: list[Line] = []
    for group in groups.values():
        for level in _levels(group):
            enough = max(2, _MOST_PAGES * with_text)
            if (len(level) >= enough and _counts_pages(level)) or _are_page_numbers(level):
                found.extend(level)
    return found


def _counts_pages(lines: list[Line]) -> bool:
    """Whether each figure of lines that return is the same on all, or grows as the pages do."""
    numbers = [list(map(int, _DIGITS.findall(line.text))) for line in lines]
    pages = [line.page for line in lines]
    return all(
        len(set(values)) == 1 or len({value - page for value, page in zip(values, pages, strict=True)}) == 1
        for values in zip(*numbers, strict=True)
    )


def _block(lines: list[Line]) -> int:
    """How many of the outermost lines stand apart from the text, one below the other: none where no room is."""
    for count in range(1, min(_DEEPEST, len(lines)) + 1):
        if count == len(lines) or _is_apart(lines[count - 1], lines[count]):
            return count
    return 1 if lines and _PAGE_NUMBER.fullmatch(lines[0].text) else 0


def _is_apart(line: Line, following: Line) -> bool:
    return abs(following.y - line.y) >= _ROOM * max(line.size, following.size)


def _levels(lines: list[Line]) -> list[list[Line]]:
    """Lines that stand at the same height, together."""
    levels: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y):
        if levels and line.y - levels[-1][-1].y <= _SAME_HEIGHT:
            levels[-1].append(line)
        else:
            levels.append([line])
    return [sorted(level, key=lambda line: line.page) for level in levels]


def _are_page_numbers(lines: list[Line]) -> bool:
    """Whether lines are numbers that grow as the pages do; one alone is the number of its page."""
    matches = [_PAGE_NUMBER.fullmatch(line.text) for line in lines]
    if not all(matches):
        return False
    differences = {int(match[1]) - line.page for match, line in zip(matches, lines, strict=True) if match}
    return differences == {0} or (len(lines) > 1 and len(differences) == 1)
