"""Check `derived`: columns that other columns of the same row or table give: sums across, shares, means."""

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.columns import MEAN
from kommunebudsjett.audit.findings import EPSILON, Finding, both, capital, decimals, place
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped

TOTALS = ("sum", "sluttsum", "total", "totalt", "i alt")
COUNTED = ("count", "fte", "mnok")


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Cells that do not follow from their parts where most rows show how they follow.

    A spanning total (`Totalt | Ansatte`) is the sum of the columns of the same name; a total mean lies between the
    means it is of; a percentage is the ratio of two other columns, or of a column and its total. How a column follows
    is taken from its rows: a rule that fewer than two rows, or less than most of them, keep is no rule.
    """
    cells = tables["table_cells"]
    for (document, table), rows in grouped(cells[cells["value"].notna()], ["document", "table"]).items():
        facts = Facts(str(document), str(table), rows)
        yield from _across(facts)
        yield from _shares(facts)
        yield from _means(facts)


class Facts:
    """A table set out for checking: values by column and line, and the printed form and unit of each."""

    def __init__(self, document: str, table: str, cells: list):
        self.document, self.table, self.caption = document, table, cells[0].caption
        self.values: dict[str, dict[int, float]] = {}
        self.units: dict[str, str] = {}
        self.labels: dict[int, str] = {}
        decimal_places: dict[str, int] = {}
        for cell in sorted(cells, key=lambda cell: (cell.column, cell.line)):
            self.values.setdefault(cell.column, {}).setdefault(cell.line, cell.value)
            decimal_places[cell.column] = max(decimals(cell.raw), decimal_places.get(cell.column, 0))
        for cell in cells:
            self.units[cell.column] = cell.unit
            self.labels.setdefault(cell.line, cell.row)
        self.step = {column: 10.0**-places for column, places in decimal_places.items()}
        self.total_lines = {cell.line for cell in cells if cell.is_total == 1}

    def finding(
        self, severity: str, lines: list[int], descriptions: tuple[str, str], stated: float, computed: float | None
    ) -> Finding:
        difference = None if computed is None else round(stated - computed, 9)
        return Finding(
            self.document,
            "derived",
            severity,
            self.table,
            join_lines(lines),
            *descriptions,
            stated,
            computed,
            difference,
        )

    def say(self, norwegian: str, english: str, **values: object) -> tuple[str, str]:
        where_nb, where_en = place(self.table, self.caption)
        return both(norwegian, english, where_nb=capital(where_nb), where_en=capital(where_en), **values)


def _across(facts: Facts) -> Iterator[Finding]:
    split = {column: column.rsplit(" | ", 1) for column in facts.values if " | " in column}
    for column, (top, name) in split.items():
        parts = [other for other, (head, same) in split.items() if same == name and head != top]
        if top.casefold() not in TOTALS or len(parts) < 2:
            continue
        if facts.units[column] in COUNTED and name.casefold().split()[0] != "snitt":
            yield from _row_sums(facts, column, parts)
        elif facts.units[column] in ("nok", ""):
            yield from _row_means(facts, column, parts)


def _row_sums(facts: Facts, column: str, parts: list[str]) -> Iterator[Finding]:
    sums: dict[int, float] = {}
    for line in facts.values[column]:
        printed = [facts.values[part][line] for part in parts if line in facts.values[part]]
        if printed:
            sums[line] = sum(printed)
    reach = facts.step[column] * (len(parts) + 1) / 2 * (facts.step[column] < 1) + (
        EPSILON if facts.units[column] == "count" else facts.step[column] * (len(parts) + 1) / 2
    )
    off = [line for line, computed in sums.items() if abs(facts.values[column][line] - computed) > reach]
    if len(off) * 2 >= len(sums) or len(sums) - len(off) < 2:
        return
    for line in off:
        stated, sum_ = facts.values[column][line], sums[line]
        yield facts.finding(
            "error", [int(line)],
            facts.say(
                "{where_nb}, «{label}»: «{column}» står som {stated}, men {parts} gir til sammen {sum_}.",
                "{where_en}, “{label}”: “{column}” is stated as {stated}, but {parts} add up to {sum_}.",
                label=facts.labels[line], column=column, stated=stated, sum_=sum_, parts=" + ".join(parts),
            ),
            stated, sum_,
        )  # fmt: skip


def _row_means(facts: Facts, column: str, parts: list[str]) -> Iterator[Finding]:
    for line, stated in facts.values[column].items():
        means = [facts.values[part][line] for part in parts if line in facts.values[part]]
        if len(means) < len(parts):
            continue
        low, high = min(means), max(means)
        slack = facts.step[column]
        if low - slack <= stated <= high + slack:
            continue
        yield facts.finding(
            "error", [int(line)],
            facts.say(
                "{where_nb}, «{label}»: gjennomsnittet «{column}» står som {stated}, men det må ligge mellom {low} og "
                "{high}.",
                "{where_en}, “{label}”: the mean “{column}” is stated as {stated}, but it must lie between {low} and "
                "{high}.",
                label=facts.labels[line], column=column, stated=stated, low=low, high=high,
            ),
            stated, None,
        )  # fmt: skip


def _means(facts: Facts) -> Iterator[Finding]:
    """Total rows of columns of means that do not lie between the rows above them."""
    last = max(facts.labels)
    if facts.total_lines != {last}:
        return
    for column in (name for name in facts.values if MEAN.search(name)):
        parts = {line: value for line, value in facts.values[column].items() if line != last}
        stated = facts.values[column].get(last)
        if len(parts) < 2 or stated is None:
            continue
        low, high = min(parts.values()), max(parts.values())
        if low - 1 <= stated <= high + 1:
            continue
        yield facts.finding(
            "error", [*map(int, parts), int(last)],
            facts.say(
                "{where_nb}: gjennomsnittet i kolonnen «{column}» står som {stated}, men det må ligge mellom {low} og "
                "{high}.",
                "{where_en}: the mean in the column “{column}” is stated as {stated}, but it must lie between {low} "
                "and {high}.",
                column=column, stated=stated, low=low, high=high,
            ),
            stated, None,
        )  # fmt: skip


def _shares(facts: Facts) -> Iterator[Finding]:
    shares = [column for column, unit in facts.units.items() if unit == "percent" and "andel" in column.casefold()]
    counted = [column for column, unit in facts.units.items() if unit in COUNTED]
    for column in shares:
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
            stated, computed = facts.values[column][line], round(rule.given[line], 2)
            yield facts.finding(
                severity, [int(line)],
                facts.say(
                    "{where_nb}, «{label}»: «{column}» står som {stated} prosent, men «{part_column}» delt på "
                    "«{whole_column}» gir {computed} prosent.",
                    "{where_en}, “{label}”: “{column}” is stated as {stated} per cent, but “{part_column}” divided by "
                    "“{whole_column}” gives {computed} per cent.",
                    label=facts.labels[line], column=column, stated=stated, part_column=rule.part,
                    whole_column=rule.whole, computed=computed,
                ),
                stated, computed,
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


def _ratios(facts: Facts, column: str, counted: list[str]) -> Iterator[Ratio]:
    """Each pair of columns of the same unit as what a column of percentages may be the ratio of."""
    stated = facts.values[column]
    for part, whole in permutations(counted, 2):
        if facts.units[part] != facts.units[whole]:
            continue
        parts, wholes = facts.values[part], facts.values[whole]
        given = {line: 100 * parts[line] / wholes[line] for line in stated if line in parts and wholes.get(line)}
        off = [
            line for line, ratio in given.items()
            if abs(stated[line] - ratio) > _reach(facts, column, part, parts[line], ratio)
        ]  # fmt: skip
        distances = [abs(stated[line] - ratio) / max(abs(ratio), 0.01) for line, ratio in given.items()]
        yield Ratio(part, whole, given, off, sum(distances) / (len(distances) or 1))


def _reach(facts: Facts, column: str, part: str, value: float, ratio: float) -> float:
    """How far a percentage may be from the ratio of two numbers.

    They are rounded too, where they are no counts; and a printer may cut decimals where it should round.
    """
    rounded = abs(ratio) * (facts.step[part] / 2 / max(abs(value), 1)) if facts.units[part] != "count" else 0
    return facts.step[column] / 2 + rounded + EPSILON


def _shares_words(one: str, other: str) -> bool:
    words = {word for word in one.casefold().split() if len(word) > 6}
    return bool(words & set(other.casefold().split()))
