"""The lines of a page in, the same in the order in which they are read out: columns of text, and tables beside text."""

from collections import Counter
from itertools import pairwise

from kommunebudsjett.pdf.lines import Line, Word, lines_of
from kommunebudsjett.pdf.ruling import Area, Rules

# A gutter between columns of text.
_GUTTER = 0.9
_FEWEST_LINES_IN_COLUMN = 6
# Fewer make columns if nearly all of them are full.
_FEWEST_FULL_LINES = 4
_FULL, _FILLED, _MOST_OF, _NEARLY_ALL = 0.7, 0.85, 0.6, 0.75
# Room above a line that can end columns.
_ROOM = 1.9
_FEWEST_WORDS = 4
# A ruled box with text beside it: how far words stand over its edges in points, and how near a line above it is.
_OVER_EDGE, _NEAR_BOX = 3.0, 1.8


def reading_order(lines: list[Line], rules: Rules) -> list[list[Line]]:
    """The lines of a page in parts: a column of text, a box that text stands beside, or what goes over the page."""
    parts: list[list[Line]] = []
    for area in rules.areas:
        inside, lines = _taken_out(lines, area)
        if inside:
            parts.append(inside)
    return [*(in_columns(lines) if lines else []), *parts]


def _taken_out(lines: list[Line], area: Area) -> tuple[list[Line], list[Line]]:
    """The lines in a ruled box and those of the page without them, where text stands beside it; else nothing."""
    left, top, right, bottom = area
    rows = [place for place, line in enumerate(lines) if top < line.y - 0.3 * line.size < bottom]
    inner = {
        place: [w for w in lines[place].words if left - _OVER_EDGE <= w.left and w.right <= right + _OVER_EDGE]
        for place in rows
    }
    outer = {place: [w for w in lines[place].words if w.right < left or w.left > right] for place in rows}
    whole = all(len(inner[place]) + len(outer[place]) == len(lines[place].words) for place in rows)
    if not whole or not any(inner.values()) or not _are_text([words for words in outer.values() if words]):
        return [], lines
    place = rows[0] - 1
    while place >= 0 and lines[place + 1].y - lines[place].y <= _NEAR_BOX * lines[place].size:
        words = lines[place].words
        above = [w for w in words if left - _OVER_EDGE <= w.left and w.right <= right + _OVER_EDGE]
        rest = [w for w in words if w.right < left or w.left > right]
        if not above or not rest or len(above) + len(rest) < len(words):
            break
        inner[place], outer[place] = above, rest
        place -= 1
    inside = [word for words in inner.values() for word in words]
    kept = [word for place, line in enumerate(lines) for word in outer.get(place, line.words)]
    page = lines[0].page
    return lines_of(inside, page), lines_of(kept, page)


def _are_text(lines: list[list[Word]]) -> bool:
    """Whether words beside a box are running text, most of its lines full, and not the labels of a table."""
    if not lines:
        return False
    width = max(words[-1].right for words in lines) - min(words[0].left for words in lines)
    full = sum(len(words) >= _FEWEST_WORDS and _is_text(words, width, _FILLED) for words in lines)
    return full >= max(3, _MOST_OF * len(lines))


def in_columns(lines: list[Line]) -> list[list[Line]]:
    """The lines of a page in reading order, in parts: a column of text, or what goes over the full width."""
    gutter = _gutter(lines)
    if gutter is None:
        return [lines]
    parts: list[list[Line]] = []
    wide: list[Line] = []
    for run in _runs(lines, gutter):
        sides = [
            [word for line in run for word in line.words if (word.left >= gutter) == side] for side in (False, True)
        ]
        if _crosses(run[0], gutter) or not all(sides) or not _are_columns(run, gutter, _edges(lines)):
            wide += run
            continue
        if wide:
            parts.append(wide)
            wide = []
        parts += [lines_of(words, run[0].page) for words in sides]
    return _columns_joined([*parts, wide] if wide else parts, gutter)


def _runs(lines: list[Line], gutter: float) -> list[list[Line]]:
    """The lines cut where one goes over the gutter, and where room is above one."""
    runs: list[list[Line]] = []
    for line in lines:
        above = runs[-1][-1] if runs else None
        crosses = _crosses(line, gutter)
        if above is None or crosses != _crosses(above, gutter) or line.y - above.y > _ROOM * line.size:
            runs.append([line])
        else:
            runs[-1].append(line)
    return runs


def _columns_joined(parts: list[list[Line]], gutter: float) -> list[list[Line]]:
    """Parts of one column that stand below each other, with no more than room between, as one."""
    made: list[list[Line]] = []
    at = 0
    while at < len(parts):
        end = at
        while (
            end < len(parts)
            and all(word.right <= gutter or word.left >= gutter for line in parts[end] for word in line.words)
            and _one_side(parts[end], gutter)
        ):
            end += 1
        if end == at:
            made.append(parts[at])
            at += 1
            continue
        for side in (False, True):
            column = [line for part in parts[at:end] for line in part if (line.left >= gutter) == side]
            if column:
                made.append(column)
        at = end
    return made


def _one_side(lines: list[Line], gutter: float) -> bool:
    return len({line.left >= gutter for line in lines}) == 1


def _edges(lines: list[Line]) -> tuple[float, float]:
    return min(line.left for line in lines), max(line.right for line in lines)


def _crosses(line: Line, gutter: float) -> bool:
    """Whether a line goes over the gutter, with a word or with no more than a space between two."""
    for before, after in pairwise(line.words):
        if before.right <= gutter <= after.left:
            return after.left - before.right < _GUTTER * line.size
    return line.left < gutter < line.right


def _gutter(lines: list[Line]) -> float | None:
    """Where two columns of running text meet, or one and a table; None where a page has one column."""
    if len(lines) < _FEWEST_FULL_LINES:
        return None
    edges = _edges(lines)
    width = edges[1] - edges[0]
    middle: list[float] = []
    for line in lines:
        for before, after in pairwise(line.words):
            at = (before.right + after.left) / 2
            if after.left - before.right >= _GUTTER * line.size and abs(at - edges[0] - width / 2) < 0.15 * width:
                middle.append(at)
    tried = [at for at, _ in Counter(round(at) for at in middle).most_common(5)] or [round(edges[0] + width / 2)]
    return next((float(at) for at in tried if _are_columns(lines, at, edges)), None)


def _are_columns(lines: list[Line], gutter: float, edges: tuple[float, float]) -> bool:
    """Whether lines are two columns of running text, or one beside a table or a picture."""
    crossing = 0
    text, filled, all_lines = [0, 0], [0, 0], [0, 0]
    for line in lines:
        if _crosses(line, gutter):
            crossing += 1
            continue
        for side, width in ((0, gutter - edges[0]), (1, edges[1] - gutter)):
            words = [word for word in line.words if (word.left >= gutter) == bool(side)]
            if words:
                all_lines[side] += 1
                text[side] += _is_text(words, width, _FULL)
                filled[side] += _is_text(words, width, _FILLED)
    short = len(lines) < 2 * _FEWEST_LINES_IN_COLUMN
    enough = min(len(lines) // 2, _FEWEST_LINES_IN_COLUMN) if short else _FEWEST_LINES_IN_COLUMN
    if min(text) >= max(2, enough) and crossing <= 0.5 * min(text):
        return True
    if all(full >= max(_FEWEST_FULL_LINES, _NEARLY_ALL * count) for full, count in zip(filled, all_lines, strict=True)):
        return crossing <= 0.5 * min(filled)
    best = filled.index(max(filled))
    return filled[best] >= max(4, _MOST_OF * all_lines[best]) and crossing <= 0.5 * filled[best] and min(all_lines) >= 2


def _is_text(words: list[Word], width: float, full: float) -> bool:
    """Whether words are a line of running text that fills so much of its column."""
    if any(after.left - before.right > _GUTTER * after.size for before, after in pairwise(words)):
        return False
    text = "".join(word.text for word in words)
    letters = sum(map(str.isalpha, text))
    return words[-1].right - words[0].left >= full * width and letters >= 0.75 * len(text) and len(words) >= 3
