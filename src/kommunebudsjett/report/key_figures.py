"""Key figures of one area: indicators for municipalities and years in, tables and panels of a report out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.charts.strip import Strip
from kommunebudsjett.report.edition import Edition, source, sources

# Findings that put in doubt what a key figure is, not only what the prose says of it.
DOUBTFUL = ("unit", "label")
# A mean is no municipality; a total is no indicator.
_MEAN = re.compile(r"gjennomsnitt|snitt|landet", re.IGNORECASE)
# A name that says that its figures are kroner.
_KRONER = re.compile(r"\bkr(?:oner)?\b", re.IGNORECASE)
_SOURCE = re.compile(r"\bKilde\b", re.IGNORECASE)


@dataclass(frozen=True, eq=False)
class Indicator:
    """An indicator as a row of its table prints it: `figures` is one row for each municipality and year, `own` the
    municipality of the document, `caption` that of its table without the source, `total` whether it is the sum of
    the table.
    """

    name: str
    table: str
    caption: str
    own: str
    total: bool
    figures: pd.DataFrame

    @property
    def origin(self) -> str:
        """The source that the caption of its table names; empty where it names none."""
        return str(self.figures["source"].iloc[0])

    @cached_property
    def years(self) -> list[int]:
        """The years of the document's own municipality, oldest first."""
        return sorted({year for municipality, year in self.places if municipality == self.own})

    def row(self, municipality: str, year: int) -> pd.Series | None:
        """The figure of a municipality in a year; None where there is none."""
        if (municipality, year) not in self._rows:
            return None
        found = self._rows[municipality, year]
        return None if pd.isna(found["value"]) else found

    @cached_property
    def _rows(self) -> dict[tuple[str, int], pd.Series]:
        # The first of several, as in the table.
        rows: dict[tuple[str, int], pd.Series] = {}
        for place, (_, row) in zip(self.places, self.figures.iterrows(), strict=True):
            rows.setdefault(place, row)
        return rows

    @cached_property
    def places(self) -> list[tuple[str, int]]:
        """The municipality and year of each of its columns, also where the value is missing."""
        return list(zip(self.figures["municipality"], self.figures["year"].astype(int), strict=True))

    @property
    def latest(self) -> pd.Series | None:
        """The own municipality in its latest year; None where there is no value."""
        return self.row(self.own, self.years[-1])

    @property
    def before(self) -> pd.Series | None:
        """The own municipality in the year before its latest; None where there is no value."""
        return self.row(self.own, self.years[-1] - 1)

    @cached_property
    def mean(self) -> pd.Series | None:
        """The mean that the municipality is set beside, in its latest year; None where there is none."""
        means = [name for name in self.figures["municipality"].unique() if _MEAN.search(name)]
        return self.row(means[0], self.years[-1]) if means else None

    @property
    def change(self) -> float | None:
        """The latest year less the year before, in the decimals that are printed; None where either is missing."""
        if self.latest is None or self.before is None:
            return None
        return round(float(self.latest["value"] - self.before["value"]), self.decimals)

    @cached_property
    def decimals(self) -> int:
        """How many decimals its figures are printed with."""
        return max((len(f"{value:.10g}".partition(".")[2]) for value in self.figures["value"].dropna()), default=0)


def _without_source(caption: str) -> str:
    """A caption without the source that it names at its end: `Elever per årsverk. Kilde: SSB`."""
    found = _SOURCE.search(caption)
    return caption.strip() if found is None else caption[: found.start()].rstrip().removesuffix(".").removesuffix(",")


def indicators(e: Edition, report: str, area_id: str) -> list[Indicator]:
    """The indicators of an area in the annual report, in the order of the document; a row printed twice is two."""
    document = e.document(report)
    rows = e.table("key_figures", document=document["document"], area_id=area_id)
    cells = e.table("table_cells", "table", "caption", "is_total", "line", document=document["document"])
    captions = cells.drop_duplicates("table").set_index("table")["caption"]
    totals = set(cells.loc[cells["is_total"] == 1, "line"])
    return [
        Indicator(
            name,
            table,
            _without_source(captions.get(table, "")),
            document["municipality"],
            line in totals,
            figures,
        )
        for (table, line, name), figures in rows.groupby(["table", "line", "indicator"], sort=False)
        if document["municipality"] in set(figures["municipality"])
    ]


def by_table(found: Sequence[Indicator]) -> dict[str, list[Indicator]]:
    """Indicators by the printed table that they stand in."""
    tables: dict[str, list[Indicator]] = {}
    for indicator in found:
        tables.setdefault(indicator.table, []).append(indicator)
    return tables


def doubtful(e: Edition, report: str, found: Sequence[Indicator]) -> list[Indicator]:
    """The indicators of which the audit doubts what they are: their unit or their name."""
    findings = e.table("findings", document=report, severity="error")
    findings = findings[findings["check"].isin(DOUBTFUL)]
    stated = zip(findings["table"], findings["lines"], strict=True)
    lines = {(table, line) for table, runs in stated for line in split_lines(runs)}
    return [one for one in found if any((one.table, int(line)) in lines for line in one.figures["line"])]


def chosen(e: Edition, report: str, found: Sequence[Indicator], most: int = 6) -> list[Indicator]:
    """The indicators that a figure can show beside other municipalities: a few of each table, those that it prints
    first, with a value for each municipality in the latest year and no doubt about what they are.
    """
    doubted = doubtful(e, report, found)
    whole = [
        one
        for one in found
        if not one.total
        and one not in doubted
        and one.mean is not None
        and one.latest is not None
        and len(others(one)) > 2
    ]
    tables = list(by_table(whole).values())
    turns = [
        group[turn]
        for turn in range(max((len(group) for group in tables), default=0))
        for group in tables
        if turn < len(group)
    ]
    kept = turns[:most]
    return [one for one in whole if one in kept]


def others(one: Indicator) -> pd.DataFrame:
    """The figures of the other municipalities and the mean in the latest year, those with a value."""
    rows = one.figures
    return rows[(rows["municipality"] != one.own) & (rows["year"] == one.years[-1]) & rows["value"].notna()]


def named(e: Edition, one: Indicator) -> str:
    """The name of an indicator in the language of the report; one word alone gets what the caption of its table begins
    with, since it says nothing without, and an amount whose name does not say so gets its unit.
    """
    name = e.gloss(one.name)
    if " " not in one.name and one.caption:
        name = f"{name} ({e.gloss(one.caption.split('. ')[0].rstrip('.'))})"
    return name + _unit(e, one)


def _unit(e: Edition, one: Indicator) -> str:
    kroner = (one.figures["unit"] == "nok").all() and not _KRONER.search(one.name)
    return e.text(" (kr)", " (NOK)") if kroner else ""


def strip(e: Edition, one: Indicator) -> Strip:
    """An indicator as a panel of the figure."""
    return Strip(
        named(e, one),
        None if one.before is None else (str(one.years[-1] - 1), float(one.before["value"])),
        (f"{one.own} {one.years[-1]}", float(one.latest["value"])),
        [(municipality(e, row["municipality"]), float(row["value"])) for _, row in others(one).iterrows()],
        lambda value: wording.number(value, e.lang, one.decimals),
    )


def title(e: Edition, caption: str) -> str:
    """What the caption of a printed table begins with, where the report can say it; else empty."""
    about = caption.split(". ")[0].rstrip(".,: ")
    return e.gloss(about) if e.lang == "nb" or about in e.glosses else ""


def origins(found: Sequence[Indicator]) -> list[str]:
    """The sources that the tables of indicators name, each once."""
    return list(dict.fromkeys(one.origin for one in found if one.origin))


def names(e: Edition, found: Sequence[Indicator]) -> Cell:
    """The names of indicators as a list in a sentence, each once; Norwegian where one has no gloss."""
    printed = list(dict.fromkeys(one.name for one in found))
    where = dict.fromkeys(pair for one in found for pair in sources(one.figures))
    foreign = e.lang == "en" and any(name not in e.glosses for name in printed)
    return Cell(e.listed([e.quoted(e.gloss(name)) for name in printed]), tuple(where), lang="nb" if foreign else "")


def municipality(e: Edition, printed: str) -> str:
    """A municipality or a mean as it is shown."""
    known = {
        "ASSS gjennomsnitt": e.text("ASSS-snittet", "ASSS mean"),
        "Landet uten Oslo": e.text("landet uten Oslo", "Norway without Oslo"),
    }
    return known.get(printed, printed)


def columns(e: Edition, group: Sequence[Indicator]) -> list[str]:
    """What the columns of the table of several indicators hold: the name, the own municipality by year, its change, and
    the others by name, with their year where it is not the latest.
    """
    latest = years(group)[-1]
    others = [municipality(e, name) + ("" if year == latest else f" {year}") for name, year in beside(group)]
    return ["name", *map(str, years(group)), *(["change"] if len(years(group)) > 1 else []), *others]


def row(e: Edition, one: Indicator, group: Sequence[Indicator]) -> list[Cell | str]:
    """An indicator as a row of that table."""
    missing = e.text("ikke oppgitt", "not stated")
    apart = e.text("ikke i tabellen", "not in its table")

    def cell(name: str, year: int) -> Cell:
        figure = one.row(name, year)
        if figure is not None:
            return e.number(figure["value"], source(figure), decimals=one.decimals)
        return Cell(missing if (name, year) in one.places else apart)

    change = Cell(missing)
    if one.change is not None:
        where = dict.fromkeys([source(one.before), source(one.latest)])
        # Its column and the caption say how it was computed; a note to each would weigh as much as the table.
        change = e.number(one.change, *where, decimals=one.decimals, signed=True)
    name = e.named(one.name)
    return [
        replace(name, text=name.text + _unit(e, one)),
        *[cell(one.own, year) for year in years(group)],
        *([change] if len(years(group)) > 1 else []),
        *[cell(name, year) for name, year in beside(group)],
    ]


def years(group: Sequence[Indicator]) -> list[int]:
    """The years of the own municipality in any of several indicators, oldest first."""
    return sorted({year for one in group for year in one.years})


def beside(group: Sequence[Indicator]) -> list[tuple[str, int]]:
    """The other municipalities and means in several indicators, each with its year."""
    return list(dict.fromkeys(pair for one in group for pair in one.places if pair[0] != one.own))


@dataclass(frozen=True, eq=False)
class Directions:
    """How many indicators, sums aside, went up, down or stood still since the year before, and how many lie above,
    below or at the mean; `figures` are all rows that were compared.
    """

    up: int
    down: int
    still: int
    above: int
    below: int
    equal: int
    figures: pd.DataFrame


def directions(found: Sequence[Indicator]) -> Directions:
    """The directions of indicators, by the figures as printed."""
    found = [one for one in found if not one.total]
    changes = [one.change for one in found if one.change is not None]
    gaps = [one.latest["value"] - one.mean["value"] for one in found if one.latest is not None and one.mean is not None]
    used = [row for one in found for row in (one.before, one.latest, one.mean) if row is not None]
    return Directions(
        sum(change > 0 for change in changes),
        sum(change < 0 for change in changes),
        sum(change == 0 for change in changes),
        sum(gap > 0 for gap in gaps),
        sum(gap < 0 for gap in gaps),
        sum(gap == 0 for gap in gaps),
        pd.DataFrame(used),
    )
