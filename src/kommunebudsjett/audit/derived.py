"""Check `derived`: columns that other columns of the same row or table give: sums across, shares, means."""

from collections.abc import Iterator
from functools import cached_property
from itertools import permutations

import pandas as pd

from kommunebudsjett.audit.columns import MEAN
from kommunebudsjett.audit.findings import EPSILON, Finding, both, capital, decimals, place
from kommunebudsjett.readers.text import join_lines

TOTALS = ("sum", "sluttsum", "total", "totalt", "i alt")
COUNTED = ("count", "fte", "mnok")


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Cells that do not follow from their parts where most rows show how they follow.

    A spanning total (`Totalt | Ansatte`) is the sum of the columns of the same name; a total mean lies between the
    means it is of; a percentage is the ratio of two other columns, or of a column and its total. How a column follows
    is taken from its rows: a rule that fewer than two rows, or less than most of them, keep is no rule.
    """
    cells = tables["table_cells"]
    for (document, table), rows in cells[cells["value"].notna()].groupby(["document", "table"], sort=False):
        facts = Facts(str(document), str(table), rows)
        yield from _across(facts)
        yield from _shares(facts)
        yield from _means(facts)


class Facts:
    """A table set out for checking: values by line and column, and the printed form and unit of each.

    Most tables have no column that is checked, so that what takes long is found when it is asked for.
    """

    def __init__(self, document: str, table: str, cells: pd.DataFrame):
        self.document, self.table, self.cells = document, table, cells
        self.units = dict(zip(cells["column"], cells["unit"], strict=True))

    @cached_property
    def wide(self) -> pd.DataFrame:
        """The values, with a row for each line."""
        return self.cells.drop_duplicates(["line", "column"]).pivot(index="line", columns="column", values="value")

    @cached_property
    def step(self) -> dict[str, float]:
        """The unit of the last decimal of each column."""
        most: dict[str, int] = {}
        for column, raw in zip(self.cells["column"], self.cells["raw"], strict=True):
            most[column] = max(decimals(raw), most.get(column, 0))
        return {column: 10.0**-places for column, places in most.items()}

    @cached_property
    def labels(self) -> dict[int, str]:
        """The label of each line."""
        first = self.cells.drop_duplicates("line")
        return dict(zip(first["line"], first["row"], strict=True))

    def finding(self, severity: str, lines: list[int], descriptions: tuple[str, str], stated, computed) -> Finding:
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
        where_nb, where_en = place(self.table, self.cells["caption"].iloc[0])
        return both(norwegian, english, where_nb=capital(where_nb), where_en=capital(where_en), **values)


def _across(facts: Facts) -> Iterator[Finding]:
    split = {column: column.rsplit(" | ", 1) for column in sorted(facts.units) if " | " in column}
    for column, (top, name) in split.items():
        parts = [other for other, (head, same) in split.items() if same == name and head != top]
        if top.casefold() not in TOTALS or len(parts) < 2:
            continue
        if facts.units[column] in COUNTED and name.casefold().split()[0] != "snitt":
            yield from _row_sums(facts, column, parts)
        elif facts.units[column] in ("nok", ""):
            yield from _row_means(facts, column, parts)


def _row_sums(facts: Facts, column: str, parts: list[str]) -> Iterator[Finding]:
    rows = facts.wide.dropna(subset=[column])
    rows = rows[rows[parts].notna().any(axis=1)]
    computed = rows[parts].sum(axis=1)
    off = (rows[column] - computed).abs() > facts.step[column] * (len(parts) + 1) / 2 * (facts.step[column] < 1) + (
        EPSILON if facts.units[column] == "count" else facts.step[column] * (len(parts) + 1) / 2
    )
    if off.sum() * 2 >= len(rows) or len(rows) - off.sum() < 2:
        return
    for line in rows.index[off]:
        stated, sum_ = float(rows.at[line, column]), float(computed[line])
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
    rows = facts.wide.dropna(subset=[column, *parts])
    for line in rows.index:
        stated, low, high = float(rows.at[line, column]), rows.loc[line, parts].min(), rows.loc[line, parts].max()
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
                label=facts.labels[line], column=column, stated=stated, low=float(low), high=float(high),
            ),
            stated, None,
        )  # fmt: skip


def _means(facts: Facts) -> Iterator[Finding]:
    """Total rows of columns of means that do not lie between the rows above them."""
    last = facts.cells["line"].max()
    if set(facts.cells.loc[facts.cells["is_total"] == 1, "line"]) != {last}:
        return
    for column in (name for name in sorted(facts.units) if MEAN.search(name)):
        parts = facts.wide[column].drop(index=last).dropna()
        stated = facts.wide.at[last, column]
        if len(parts) < 2 or pd.isna(stated) or parts.min() - 1 <= stated <= parts.max() + 1:
            continue
        yield facts.finding(
            "error", [*map(int, parts.index), int(last)],
            facts.say(
                "{where_nb}: gjennomsnittet i kolonnen «{column}» står som {stated}, men det må ligge mellom {low} og "
                "{high}.",
                "{where_en}: the mean in the column “{column}” is stated as {stated}, but it must lie between {low} "
                "and {high}.",
                column=column, stated=float(stated), low=float(parts.min()), high=float(parts.max()),
            ),
            float(stated), None,
        )  # fmt: skip


def _shares(facts: Facts) -> Iterator[Finding]:
    shares = [column for column, unit in facts.units.items() if unit == "percent" and "andel" in column.casefold()]
    counted = [column for column, unit in facts.units.items() if unit in COUNTED]
    for column in shares:
        rules = list(_ratios(facts, column, counted))
        rules = [rule for rule in rules if len(rule[1]) >= 2]
        if not rules:
            continue
        name, stated_rows, off = min(rules, key=lambda rule: (rule[2].sum(), rule[3]))[:3]
        wrong = list(stated_rows.index[off])
        if len(wrong) * 2 < len(stated_rows):
            severity = "error"
        elif len(wrong) == len(stated_rows) and _shares_words(column, name[0]):
            severity = "doubt"
        else:
            continue
        for line in wrong:
            stated, computed = float(facts.wide.at[line, column]), round(float(stated_rows[line]), 2)
            yield facts.finding(
                severity, [int(line)],
                facts.say(
                    "{where_nb}, «{label}»: «{column}» står som {stated} prosent, men «{part_column}» delt på "
                    "«{whole_column}» gir {computed} prosent.",
                    "{where_en}, “{label}”: “{column}” is stated as {stated} per cent, but “{part_column}” divided by "
                    "“{whole_column}” gives {computed} per cent.",
                    label=facts.labels[line], column=column, stated=stated, part_column=name[0],
                    whole_column=name[1], computed=computed,
                ),
                stated, computed,
            )  # fmt: skip


def _ratios(facts: Facts, column: str, counted: list[str]) -> Iterator[tuple]:
    """For each pair of columns: its names, the percentages it gives, which rows they miss, and by how much in all."""
    slack = facts.step[column] / 2
    for part, whole in permutations(counted, 2):
        if facts.units[part] != facts.units[whole]:
            continue
        rows = facts.wide.dropna(subset=[column, part, whole])
        rows = rows[rows[whole] != 0]
        given = 100 * rows[part] / rows[whole]
        distance = (rows[column] - given).abs()
        # The parts are rounded too; and a printer may cut decimals where it should round.
        reach = slack + given.abs() * (facts.step[part] / 2 / rows[part].abs().clip(lower=1)) * (
            facts.units[part] != "count"
        )
        yield (part, whole), given, distance > reach + EPSILON, float((distance / given.abs().clip(lower=0.01)).mean())


def _shares_words(one: str, other: str) -> bool:
    words = {word for word in one.casefold().split() if len(word) > 6}
    return bool(words & set(other.casefold().split()))
