"""Check `derived`: columns that other columns of the same row or table give: sums across, shares, means."""

from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any, NamedTuple

from kommunebudsjett.audit.columns import MEAN
from kommunebudsjett.audit.findings import EPSILON, Finding, finding, last_place
from kommunebudsjett.audit.source import Source

TOTALS = ("sum", "sluttsum", "total", "totalt", "i alt")
COUNTED = ("count", "fte", "mnok")


def check(source: Source) -> Iterator[Finding]:
    """Cells that do not follow from their parts where most rows show how they follow.

    A spanning total (`Totalt | Ansatte`) is the sum of the columns of the same name; a total mean lies between the
    means it is of; a percentage is the ratio of two other columns, or of a column and its total. How a column follows
    is taken from its rows: a rule that fewer than two rows, or less than most of them, keep is no rule.
    """
    for cells in source.printed.values():
        facts = Facts(cells)
        yield from _across(facts)
        yield from _shares(facts)
        yield from _means(facts)


class Facts:
    """A table set out for checking: values by column and line, and the printed form and unit of each."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self.cell = cells[0]
        self.values: dict[str, dict[int, float]] = {}
        self.units: dict[str, str] = {}
        self.places: dict[tuple[str, int], float] = {}
        for cell in sorted(cells, key=lambda cell: (cell.column, cell.line)):
            self.values.setdefault(cell.column, {}).setdefault(int(cell.line), cell.value)
            self.places.setdefault((cell.column, int(cell.line)), last_place(cell.raw))
        for cell in cells:
            self.units[cell.column] = cell.unit
        self.labels = {int(cell.line): cell.row for cell in reversed(cells)}
        self.total_lines = {int(cell.line) for cell in cells if cell.is_total == 1}

    def finding(self, severity: str, lines: Sequence[int], norwegian: str, english: str, stated: float,
                computed: float | None, **values: Any) -> Finding:  # fmt: skip
        return finding(
            self.cell.document, "derived", severity, lines, norwegian, english, stated, computed, self.cell.table,
            (self.cell.caption, ""), label=self.labels[lines[0]], **values,
        )  # fmt: skip


def _across(facts: Facts) -> Iterator[Finding]:
    split = {column: column.rsplit(" | ", 1) for column in facts.values if " | " in column}
    for column, (top, name) in split.items():
        parts = [other for other, (head, same) in split.items() if same == name and head != top]
        if top.casefold() not in TOTALS or len(parts) < 2:
            continue
        if facts.units[column] in COUNTED and name.casefold().split()[0] != "snitt":
            yield from _row_sums(facts, column, parts)
        elif facts.units[column] in ("nok", ""):
            for line, stated in facts.values[column].items():
                means = [facts.values[part][line] for part in parts if line in facts.values[part]]
                if len(means) == len(parts):
                    yield from _mean(facts, column, [line], stated, means, facts.places[column, line])


def _row_sums(facts: Facts, column: str, parts: Sequence[str]) -> Iterator[Finding]:
    values = facts.values
    sums = {
        line: sum(printed) for line in values[column]
        if (printed := [values[part][line] for part in parts if line in values[part]])
    }  # fmt: skip
    off = [
        line for line, computed in sums.items()
        if abs(values[column][line] - computed) > _sum_reach(facts, line, (column, *parts))
    ]  # fmt: skip
    if len(off) * 2 >= len(sums) or len(sums) - len(off) < 2:
        return
    for line in off:
        yield facts.finding(
            "error", [line],
            "{where_nb}, «{label}»: «{column}» står som {stated}, men {parts} gir til sammen {computed}.",
            "{where_en}, “{label}”: “{column}” is stated as {stated}, but {parts} add up to {computed}.",
            values[column][line], sums[line], column=column, parts=" + ".join(parts),
        )  # fmt: skip


def _sum_reach(facts: Facts, line: int, columns: Sequence[str]) -> float:
    """How far the sum of a row can be from its parts. People are counted, not rounded; full-time equivalents are."""
    places = [facts.places[column, line] for column in columns if (column, line) in facts.places]
    counted = facts.units[columns[0]] == "count" and min(places) == 1
    return EPSILON + (0.0 if counted else sum(places) / 2)


def _mean(
    facts: Facts, column: str, lines: Sequence[int], stated: float, means: Sequence[float], slack: float
) -> Iterator[Finding]:
    """A stated mean that does not lie between the means it is of."""
    low, high = min(means), max(means)
    if not low - slack <= stated <= high + slack:
        yield facts.finding(
            "error", lines,
            "{where_nb}, «{label}»: gjennomsnittet «{column}» står som {stated}, men det må ligge mellom {low} og "
            "{high}.",
            "{where_en}, “{label}”: the mean “{column}” is stated as {stated}, but it must lie between {low} and "
            "{high}.",
            stated, None, column=column, low=low, high=high,
        )  # fmt: skip


def _means(facts: Facts) -> Iterator[Finding]:
    """Total rows of columns of means that do not lie between the rows above them."""
    last = max(facts.labels)
    for column in (name for name in facts.values if MEAN.search(name)) if facts.total_lines == {last} else ():
        parts = {line: value for line, value in facts.values[column].items() if line != last}
        if len(parts) > 1 and last in facts.values[column]:
            yield from _mean(facts, column, [last, *parts], facts.values[column][last], list(parts.values()), 1)


def _shares(facts: Facts) -> Iterator[Finding]:
    counted = [column for column, unit in facts.units.items() if unit in COUNTED]
    for column in (name for name, unit in facts.units.items() if unit == "percent" and "andel" in name.casefold()):
        rules = [rule for rule in _ratios(facts, column, counted) if len(rule.given) >= 2]
        if not rules:
            continue
        rule = min(rules, key=lambda rule: (len(rule.off), rule.distance))
        if len(rule.off) * 2 < len(rule.given):
            severity = "error"
        elif len(rule.off) == len(rule.given) and _shares_words(column, rule.part):
            severity = "doubt"
        else:
            continue
        for line in rule.off:
            yield facts.finding(
                severity, [line],
                "{where_nb}, «{label}»: «{column}» står som {stated} prosent, men «{part_column}» delt på "
                "«{whole_column}» gir {computed} prosent.",
                "{where_en}, “{label}”: “{column}” is stated as {stated} per cent, but “{part_column}” divided by "
                "“{whole_column}” gives {computed} per cent.",
                facts.values[column][line], round(rule.given[line], 2), column=column, part_column=rule.part,
                whole_column=rule.whole,
            )  # fmt: skip


class Ratio(NamedTuple):
    """Two columns, the percentages that one is of the other by line, the lines that a column of percentages does not
    fit, and how far it is off in the mean.
    """

    part: str
    whole: str
    given: dict[int, float]
    off: list[int]
    distance: float


def _ratios(facts: Facts, column: str, counted: Sequence[str]) -> Iterator[Ratio]:
    """Each pair of columns of the same unit as what a column of percentages may be the ratio of."""
    stated = facts.values[column]
    for part, whole in permutations(counted, 2):
        if facts.units[part] != facts.units[whole]:
            continue
        parts, wholes = facts.values[part], facts.values[whole]
        given = {line: 100 * parts[line] / wholes[line] for line in stated if line in parts and wholes.get(line)}
        off = [
            line for line, ratio in given.items()
            if abs(stated[line] - ratio) > _reach(facts, column, (part, whole), line, ratio)
        ]  # fmt: skip
        distances = [abs(stated[line] - ratio) / max(abs(ratio), 0.01) for line, ratio in given.items()]
        yield Ratio(part, whole, given, off, sum(distances) / (len(distances) or 1))


def _reach(facts: Facts, column: str, of: Sequence[str], line: int, ratio: float) -> float:
    """How far a percentage may be from the ratio of two numbers, which are rounded too where they are no counts."""
    rounded = sum(
        facts.places[name, line] / 2 / max(abs(facts.values[name][line]), 1)
        for name in of if facts.units[name] != "count"
    )  # fmt: skip
    return facts.places[column, line] / 2 + abs(ratio) * rounded + EPSILON


def _shares_words(one: str, other: str) -> bool:
    words = {word for word in one.casefold().split() if len(word) > 6}
    return bool(words & set(other.casefold().split()))
