"""The header lines of a table in, the names of its columns out."""

import re

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def column_names(levels: list[list[str]], first: int) -> list[str]:
    """The names of the columns from `first` on; columns before it have an empty name.

    A header that spans others stands before them (`Kvinne | Antall`); text that is only wrapped is joined by
    a space. All levels are equally long and their cells clean.
    """
    width = len(levels[0])
    names: list[list[str]] = [[] for _ in range(width)]
    for depth, level in enumerate(levels):
        below = levels[depth + 1] if depth + 1 < len(levels) else None
        if below is not None and _spans(level, below, first):
            for column, text in enumerate(_spread(level, below, first)):
                names[column].append(text)
            continue
        for column in range(first, width):
            names[column].append(" ".join(text for text in (rest[column] for rest in levels[depth:]) if text))
        break
    return [" | ".join(text for text in parts if text) for parts in names]


def _spans(level: list[str], below: list[str], first: int) -> bool:
    seen = False
    for column in range(first, len(level)):
        if level[column]:
            seen = True
        elif seen and below[column]:
            return True
    return False


def _spread(level: list[str], below: list[str], first: int) -> list[str]:
    """The spanning header of each column."""
    starts = [column for column in range(first, len(level)) if level[column]]
    spread = [""] * len(level)
    begin = starts[0]
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        end = len(level) if after is None else _end_of_span(level, below, start, begin, after)
        for column in range(begin, end):
            spread[column] = level[start]
        begin = end
    return spread


def _end_of_span(level: list[str], below: list[str], start: int, begin: int, after: int) -> int:
    """Where the span of the header at `start` ends, `after` being the next header.

    A year printed one column late leaves a name twice under the year before it (2024: Trondheim, Trondheim;
    2025: Oslo): from the repetition on the columns belong to the next year.
    """
    if below[after] and _YEAR.fullmatch(level[start]) and _YEAR.fullmatch(level[after]):
        for column in range(begin + 1, after):
            if below[column] and below[column] in below[begin:column]:
                return column
    return after
