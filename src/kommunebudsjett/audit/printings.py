"""Check `printing`: the two printings of a party budget's tables against each other, one finding a difference."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import chain, combinations
from typing import Any, NamedTuple

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, en, finding, nb
from kommunebudsjett.audit.source import Source
from kommunebudsjett.tables.grouping import grouped

# Labels less alike than this are not taken for each other unless their amounts are the same.
ALIKE = 0.6
# The parts of a measure stand in so many rows: of many rows some come to any amount by chance.
_NEAR = 12
# What the last decimal of amounts in million kroner is worth.
_LAST = 0.1
# The two printings, and what sentences call them.
_PLACES = {"chapter": ("kapitlet", "the chapter"), "appendix": ("tabellene samlet bakerst", "the appendix")}


class Printed(NamedTuple):
    """A measure in one printing: its label, group, lines, and amounts by year."""

    label: str
    group: str
    lines: tuple[int, ...]
    amounts: dict[int, float]

    @property
    def known(self) -> tuple[tuple[int, float], ...]:
        return tuple(sorted((year, round(amount, 9)) for year, amount in self.amounts.items()))


class Split(NamedTuple):
    """A measure of the chapter, or (`swapped`) of the appendix, and those that it is in the other printing."""

    whole: Printed
    parts: tuple[Printed, ...]
    swapped: bool


def check(source: Source) -> Iterator[Finding]:
    """What the chapter and the appendix of a document print differently.

    Measures are paired by label, then by amounts (renamed), then as one that the other printing has split, then by
    likeness of label (changed and renamed). What is left stands in one printing only. Stated totals are held against
    each other by the caption of their table.
    """
    measures = source.frame("measures")
    printed = measures[measures["printing"].isin(_PLACES) & measures["amount_mnok"].notna()]
    if printed["printing"].nunique() < len(_PLACES):
        return
    for (_, area), rows in printed.groupby(["kind", "area"], sort=False):
        chapter, appendix = (_measures(rows[rows["printing"] == name]) for name in _PLACES)
        yield from _differences(source.document, str(area), chapter, appendix)
    yield from _totals(source, printed)


def _measures(rows: pd.DataFrame) -> list[Printed]:
    return [
        Printed(label, group, (line,), {row.year: row.amount_mnok for row in of})
        for (group, label, line), of in grouped(rows, ["group", "measure", "line"]).items()
    ]


def _differences(document: str, area: str, chapter: list[Printed], appendix: list[Printed]) -> Iterator[Finding]:
    pairs, splits, *rest = _paired(chapter, appendix)
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
    for whole, parts, swapped in splits:
        (here_nb, here_en), (there_nb, there_en) = reversed(_PLACES.values()) if swapped else _PLACES.values()
        yield _note(
            document, [whole, *parts],
            "{area}: «{whole}» i {here_nb} er delt i «{parts_nb}» i {there_nb}; summen er den samme.",
            "{area}: “{whole}” in {here_en} is split into “{parts_en}” in {there_en}; the sum is the same.",
            area=area, whole=whole.label, here_nb=here_nb, here_en=here_en, there_nb=there_nb, there_en=there_en,
            parts_nb="» og «".join(part.label for part in parts), parts_en="” and “".join(p.label for p in parts),
        )  # fmt: skip
    for left, (place_nb, place_en) in zip(rest, _PLACES.values(), strict=True):
        for one in left:
            total = round(sum(one.amounts.values()), 9)
            yield finding(
                document, "printing", "error" if any(one.amounts.values()) else "note", one.lines,
                "{area}: «{label}» (mill. kr: {amounts_nb}) står bare i {place_nb}.",
                "{area}: “{label}” (NOK million: {amounts_en}) stands only in {place_en}.",
                total, 0.0, area=area, label=one.label, place_nb=place_nb, place_en=place_en,
                **_amounts("amounts", one),
            )  # fmt: skip


def _paired(chapter: list[Printed], appendix: list[Printed]) -> tuple[
    list[tuple[Printed, Printed]], list[Split], list[Printed], list[Printed]
]:  # fmt: skip
    """Pairs of the same measure, measures that the other printing splits, and what is left of both printings."""
    pairs: list[tuple[Printed, Printed]] = []
    ways: tuple[Callable[[Printed, Printed], float], ...] = (
        lambda one, other: 2.0 * (one.label == other.label and one.group == other.group),
        lambda one, other: 2.0 * (one.label == other.label),
        lambda one, other: 1.0 + _likeness(one, other) if one.known == other.known else 0.0,
    )
    for way in ways:
        _match(chapter, appendix, pairs, way, 1.0)
    splits = [*_split(chapter, appendix, False), *_split(appendix, chapter, True)]
    _match(chapter, appendix, pairs, _likeness, ALIKE)
    return pairs, splits, chapter, appendix


def _match(
    chapter: list[Printed], appendix: list[Printed], pairs: list[tuple[Printed, Printed]],
    way: Callable[[Printed, Printed], float], least: float,
) -> None:  # fmt: skip
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


def _split(wholes: list[Printed], others: list[Printed], swapped: bool) -> Iterator[Split]:
    """Move measures whose amounts are those of two or three of the other printing together out of both lists."""
    sums: dict[tuple[tuple[int, float], ...], tuple[Printed, ...]] = {}
    for first, one in enumerate(others):
        near = others[first + 1 : first + _NEAR]
        for parts in chain(combinations(near, 1), combinations(near, 2)):
            sums.setdefault(_together((one, *parts)), (one, *parts))
    for whole in list(wholes):
        together = _together((whole,))
        found = sums.get(together, ()) if together else ()
        if found and all(part in others for part in found):
            for part in found:
                others.remove(part)
            wholes.remove(whole)
            yield Split(whole, found, swapped)


def _together(parts: Sequence[Printed]) -> tuple[tuple[int, float], ...]:
    """What measures come to in each year in which that is something."""
    years = sorted({year for part in parts for year in part.amounts})
    sums = ((year, round(sum(part.amounts.get(year, 0.0) for part in parts), 6)) for year in years)
    return tuple((year, amount) for year, amount in sums if amount)


def _changed(document: str, area: str, one: Printed, other: Printed) -> Finding:
    years = [
        year for year in sorted({*one.amounts, *other.amounts})
        if abs(one.amounts.get(year, 0) - other.amounts.get(year, 0)) > EPSILON
    ]  # fmt: skip
    stated, computed = (round(sum(row.amounts.get(year, 0) for year in years), 9) for row in (one, other))
    values = [row.amounts.get(year, 0.0) for row in (one, other) for year in years]
    off = max(abs(one.amounts.get(year, 0) - other.amounts.get(year, 0)) for year in years)
    last_decimal = off <= _LAST + EPSILON and any(value != round(value) for value in values)
    return finding(
        document, "printing", "slip" if last_decimal else "error", [*one.lines, *other.lines],
        "{area}, «{name}» ({years}), mill. kr: {one_nb} i kapitlet, men {other_nb} i tabellene samlet bakerst.",
        "{area}, “{name}” ({years}), NOK million: {one_en} in the chapter, but {other_en} in the appendix.",
        stated, computed, area=area, name=" / ".join(dict.fromkeys((one.label, other.label))),
        years=", ".join(map(str, years)), **_amounts("one", one, years), **_amounts("other", other, years),
    )  # fmt: skip


def _amounts(name: str, row: Printed, years: Sequence[int] = ()) -> dict[str, Any]:
    values = [float(row.amounts.get(year, 0.0)) for year in (years or sorted(row.amounts))]
    if len(values) > 1 and len(set(values)) == 1:
        return {f"{name}_nb": f"{nb(values[0])} hvert år", f"{name}_en": f"{en(values[0])} each year"}
    return {f"{name}_nb": "; ".join(map(nb, values)), f"{name}_en": "; ".join(map(en, values))}


def _note(document: str, rows: Sequence[Printed], norwegian: str, english: str, **values: Any) -> Finding:
    lines = [line for row in rows for line in row.lines]
    return finding(document, "printing", "note", lines, norwegian, english, **values)


def _totals(source: Source, measures: pd.DataFrame) -> Iterator[Finding]:
    """Stated totals that the two printings of a table give differently."""
    printing = dict(zip(measures["line"], measures["printing"], strict=True))
    homes = {table: printing[cell.line] for table, of in source.printed.items() for cell in of if cell.line in printing}
    by_caption: dict[str, dict[str, dict[int, Printed]]] = {}
    for table, home in homes.items():
        for cell in source.printed[table]:
            if cell.is_total == 1:
                rows = by_caption.setdefault(cell.caption, {}).setdefault(home, {})
                row = rows.setdefault(cell.line, Printed(cell.row, "", (int(cell.line),), {}))
                row.amounts[cell.column] = cell.value
    for caption, homes_of in by_caption.items():
        chapter, appendix = (homes_of.get(name, {}).values() for name in _PLACES)
        for one, other in zip(chapter, appendix, strict=False):
            if one.known != other.known:
                yield _changed(source.document, caption, one, other)
