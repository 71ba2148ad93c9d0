"""Check `printing`: the two printings of a party budget's tables against each other, one finding a difference."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, both
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped

# Labels less alike than this are not taken for each other unless their amounts are the same.
ALIKE = 0.6


class Printed(NamedTuple):
    """A measure in one printing: its label, group, lines, and amounts by year."""

    label: str
    group: str
    lines: tuple[int, ...]
    amounts: dict[int, float]

    @property
    def known(self) -> tuple[tuple[int, float], ...]:
        return tuple(sorted((year, round(amount, 9)) for year, amount in self.amounts.items()))


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """What the chapter and the appendix of a document print differently.

    Measures are paired by label, then by amounts (renamed), then as one that the other printing has split, then by
    likeness of label (changed and renamed). What is left stands in one printing only. Stated totals are held against
    each other by the caption of their table.
    """
    measures = tables["measures"]
    printed = measures[measures["printing"].isin(("chapter", "appendix")) & measures["amount_mnok"].notna()]
    for document, of_document in printed.groupby("document", sort=False):
        if of_document["printing"].nunique() < 2:
            continue
        for (_, area), rows in of_document.groupby(["kind", "area"], sort=False):
            chapter, appendix = (_measures(rows[rows["printing"] == name]) for name in ("chapter", "appendix"))
            yield from _differences(str(document), str(area), chapter, appendix)
        yield from _totals(str(document), of_document, tables["table_cells"])


def _measures(rows: pd.DataFrame) -> list[Printed]:
    return [
        Printed(label, group, (line,), {row.year: row.amount_mnok for row in of})
        for (group, label, line), of in grouped(rows, ["group", "measure", "line"]).items()
    ]


def _differences(document: str, area: str, chapter: list[Printed], appendix: list[Printed]) -> Iterator[Finding]:
    pairs, chapter, appendix = _paired(chapter, appendix)
    for one, other in pairs:
        if one.known != other.known:
            yield _changed(document, area, one, other)
        elif one.label != other.label:
            yield _note(
                document, [one, other],
                "{area}: «{one}» i kapitlet heter «{other}» i tabellene samlet bakerst; beløpene er de samme.",
                "{area}: “{one}” in the chapter is called “{other}” in the appendix; the amounts are the same.",
                area=area, one=one.label, other=other.label,
            )  # fmt: skip
        if one.group != other.group:
            yield _note(
                document, [one, other],
                "{area}: «{label}» står under «{one}» i kapitlet, men under «{other}» i tabellene samlet bakerst.",
                "{area}: “{label}” stands under “{one}” in the chapter, but under “{other}” in the appendix.",
                area=area, label=one.label, one=one.group or area, other=other.group or area,
            )  # fmt: skip
    for whole, parts, swapped in _split(chapter, appendix):
        (chapter if not swapped else appendix).remove(whole)
        for part in parts:
            (appendix if not swapped else chapter).remove(part)
        where = (("kapitlet", "the chapter"), ("tabellene samlet bakerst", "the appendix"))
        here, there = reversed(where) if swapped else where
        yield _note(
            document, [whole, *parts],
            "{area}: «{whole}» i {here_nb} er delt i «{parts_nb}» i {there_nb}; summen er den samme.",
            "{area}: “{whole}” in {here_en} is split into “{parts_en}” in {there_en}; the sum is the same.",
            area=area, whole=whole.label, here_nb=here[0], here_en=here[1], there_nb=there[0], there_en=there[1],
            parts_nb="» og «".join(part.label for part in parts), parts_en="” and “".join(p.label for p in parts),
        )  # fmt: skip
    for left, here_nb, here_en in (
        (chapter, "i kapitlet", "in the chapter"),
        (appendix, "i tabellene samlet bakerst", "in the appendix"),
    ):
        for one in left:
            total = round(sum(one.amounts.values()), 9)
            descriptions = both(
                "{area}: «{label}» (mill. kr: {amounts_nb}) står bare {here_nb}.",
                "{area}: “{label}” (NOK million: {amounts_en}) stands only {here_en}.",
                area=area, label=one.label, here_nb=here_nb, here_en=here_en, **_amounts("amounts", one),
            )  # fmt: skip
            severity = "error" if any(one.amounts.values()) else "note"
            yield Finding(document, "printing", severity, "", join_lines(one.lines), *descriptions, total, 0.0, total)


def _paired(chapter: list[Printed], appendix: list[Printed]) -> tuple[list[tuple[Printed, Printed]], list, list]:
    """Pairs of the same measure, and what is left of both printings."""
    pairs: list[tuple[Printed, Printed]] = []
    ways = (
        lambda one, other: 2.0 * (one.label == other.label and one.group == other.group),
        lambda one, other: 2.0 * (one.label == other.label),
        lambda one, other: 1.0 + _likeness(one, other) if one.known == other.known else 0.0,
    )
    for way in ways:
        _match(chapter, appendix, pairs, way, 1.0)
    taken = {id(part) for whole, parts, _ in _split(chapter, appendix) for part in (whole, *parts)}
    free = [one for one in chapter if id(one) not in taken], [one for one in appendix if id(one) not in taken]
    before = len(pairs)
    _match(*free, pairs, _likeness, ALIKE)
    for one, other in pairs[before:]:
        chapter.remove(one)
        appendix.remove(other)
    return pairs, chapter, appendix


def _match(chapter: list, appendix: list, pairs: list, way, least: float) -> None:
    """Move the pairs that are most alike, as `way` counts it, from the lists to `pairs`."""
    ranked = sorted(
        ((way(one, other), -i, -j) for i, one in enumerate(chapter) for j, other in enumerate(appendix)), reverse=True
    )
    ones: set[int] = set()
    others: set[int] = set()
    for likeness, i, j in ranked:
        if likeness >= least and -i not in ones and -j not in others:
            ones.add(-i)
            others.add(-j)
            pairs.append((chapter[-i], appendix[-j]))
    chapter[:] = [one for i, one in enumerate(chapter) if i not in ones]
    appendix[:] = [other for j, other in enumerate(appendix) if j not in others]


def _likeness(one: Printed, other: Printed) -> float:
    return SequenceMatcher(None, one.label.casefold(), other.label.casefold()).ratio()


def _split(chapter: list[Printed], appendix: list[Printed]) -> Iterator[tuple[Printed, tuple[Printed, ...], bool]]:
    """Measures of one printing whose amounts are those of two or three of the other taken together."""
    for wholes, others, swapped in ((list(chapter), list(appendix), False), (list(appendix), list(chapter), True)):
        for whole in wholes:
            for parts in (parts for count in (2, 3) for parts in combinations(others, count)):
                sums = {year: sum(part.amounts.get(year, 0) for part in parts) for year in whole.amounts}
                if any(sums.values()) and all(abs(sums[year] - whole.amounts[year]) < EPSILON for year in sums):
                    yield whole, parts, swapped
                    break


def _changed(document: str, area: str, one: Printed, other: Printed) -> Finding:
    years = [
        year for year in sorted({*one.amounts, *other.amounts})
        if abs(one.amounts.get(year, 0) - other.amounts.get(year, 0)) > EPSILON
    ]  # fmt: skip
    stated, computed = (round(sum(row.amounts.get(year, 0) for year in years), 9) for row in (one, other))
    name = one.label if one.label == other.label else f"{one.label} / {other.label}"
    descriptions = both(
        "{area}, «{name}» ({years}), mill. kr: {one_nb} i kapitlet, men {other_nb} i tabellene samlet bakerst.",
        "{area}, “{name}” ({years}), NOK million: {one_en} in the chapter, but {other_en} in the appendix.",
        area=area, name=name, years=", ".join(map(str, years)),
        **_amounts("one", one, years), **_amounts("other", other, years),
    )  # fmt: skip
    difference = round(stated - computed, 9)
    lines = join_lines([*one.lines, *other.lines])
    return Finding(document, "printing", "error", "", lines, *descriptions, stated, computed, difference)


def _amounts(name: str, row: Printed, years: list[int] | None = None) -> dict[str, str]:
    values = [row.amounts.get(year, 0.0) for year in (years or sorted(row.amounts))]
    if len(values) > 1 and len(set(values)) == 1:
        norwegian, english = both("{v} hvert år", "{v} each year", v=float(values[0]))
        return {f"{name}_nb": norwegian, f"{name}_en": english}
    norwegian, english = zip(*(both("{v}", "{v}", v=float(value)) for value in values), strict=True)
    return {f"{name}_nb": "; ".join(norwegian), f"{name}_en": "; ".join(english)}


def _note(document: str, rows: list[Printed], norwegian: str, english: str, **values: object) -> Finding:
    lines = join_lines(line for row in rows for line in row.lines)
    return Finding(document, "printing", "note", "", lines, *both(norwegian, english, **values), None, None, None)


def _totals(document: str, measures: pd.DataFrame, cells: pd.DataFrame) -> Iterator[Finding]:
    """Stated totals that the two printings of a table give differently."""
    lines = measures.drop_duplicates(["printing", "line"])[["document", "printing", "line"]]
    located = lines.merge(cells.drop_duplicates(["document", "line"]), on=["document", "line"], validate="1:1")
    homes = located.drop_duplicates(["printing", "table"])[["printing", "table"]]
    totals = cells[(cells["document"] == document) & (cells["is_total"] == 1) & cells["value"].notna()]
    totals = totals.merge(homes, on="table", validate="m:1")
    for caption, rows in totals.groupby("caption", sort=False):
        chapter, appendix = (
            [
                Printed(label, "", (int(line),), {cell.column: cell.value for cell in of})
                for (label, line), of in grouped(rows[rows["printing"] == name], ["row", "line"]).items()
            ]
            for name in ("chapter", "appendix")
        )  # fmt: skip
        for one, other in zip(chapter, appendix, strict=False):
            if one.known != other.known:
                yield _changed(document, str(caption), one, other)
