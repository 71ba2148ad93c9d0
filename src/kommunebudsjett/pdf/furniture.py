"""The lines of all pages in, the same without running heads, running feet and page numbers."""

import re
from collections import defaultdict

from kommunebudsjett.pdf.lines import Line

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
        for depth in range(_DEEPEST):
            found = _returning(pages, end, depth, dropped)
            if not found:
                break
            dropped.update(map(id, found))
    return [[line for line in lines if id(line) not in dropped] for lines in pages]


def _returning(pages: list[list[Line]], end: int, depth: int, dropped: set[int]) -> list[Line]:
    """The outermost lines that are left, where they return on many pages."""
    groups: dict[str, list[Line]] = defaultdict(list)
    with_text = 0
    for lines in pages:
        left = [line for line in lines if id(line) not in dropped][::end]
        if not left:
            continue
        with_text += 1
        line = left[0]
        apart = abs(left[1].y - line.y) if len(left) > 1 else None
        near = apart is not None and apart < _ROOM * max(line.size, left[1].size)
        if near and not _PAGE_NUMBER.fullmatch(line.text):
            continue
        groups[_DIGITS.sub("0", line.text)].append(line)
    found: list[Line] = []
    for group in groups.values():
        for level in _levels(group):
            enough = max(2, _MOST_PAGES * with_text)
            if len(level) >= enough or _are_page_numbers(level):
                found.extend(level)
    return found


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
    differences = {int(match[1]) - line.page for match, line in zip(matches, lines, strict=True)}
    return differences == {0} or (len(lines) > 1 and len(differences) == 1)
