"""The commands `reference population` and `reference prices`: files of SSB's StatBank into data/reference.

Nothing is added up or chosen: a file that has several figures where one is needed is refused.
"""

import csv
import datetime
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from kommunebudsjett.adding.statbank import Figure, StatBank, is_title, read_statbank
from kommunebudsjett.adding.writing import replace_all
from kommunebudsjett.core.curated import read_records
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.tables.contracts import Table
from kommunebudsjett.tables.prices import POPULATION, PRICES, load_population, load_prices

# A category that holds all others of its dimension.
_ALL = re.compile(
    r"(?:\w*\d\w* )?(?:i alt|alle(?: aldre| aldersgrupper| kjønn)?|begge(?: kjønn)?|total\w*|both(?: sexes)?"
    r"|all(?: ages| age groups)?|årsgj\w*\.?|annual average|year average)",
    re.IGNORECASE,
)
_CONSUMERS = re.compile(r"konsumpris|\bkpi\b|consumer price|\bcpi\b", re.IGNORECASE)
_OTHER_CONSUMERS = re.compile(r"\bkpi-j|justert|adjusted|harmoni", re.IGNORECASE)
_DEFLATOR = re.compile(r"\b(?:kommun|municipal)\w* deflator|deflator,? (?:for )?(?:kommun|municipal)", re.IGNORECASE)
_GROWTH = re.compile(r"prosent\b|per ?cent\b|%", re.IGNORECASE)
_IS_CODE = re.compile(r"(?:[KF]-)?\d+")
_BASE_YEAR = 2015
_JANUARY = r"(?:1\. ?januar|1 january|january 1)"
_FIRST_OF_JANUARY = re.compile(_JANUARY, re.IGNORECASE)
# Not `Personer per km²` or `Befolkningsvekst`.
_PEOPLE = re.compile(
    rf"(?:\d{{5}}: )?(?:personer|persons|folkemengden?|folketal(?:l|let|et)?|befolkning(?:en)?|population)"
    rf"(?:,? (?:(?:per|pr\.?|på|on) )?{_JANUARY})?(?:$|[,(:]| (?:etter|by)\b)",
    re.IGNORECASE,
)
_TABLE_OF_PEOPLE = "choose municipalities (Region) and persons in table 07459 of StatBank, and no sex or age"
# The dimensions whose categories are no parts of something: where, when and what.
_OUTSIDE = (
    *("region", "kommune", "municipality", "tid", "år", "time", "year"),
    *("contentscode", "statistikkvariabel", "contents"),
)

_Key = TypeVar("_Key")


class _Row(NamedTuple):
    """A figure of a price index for a year; `is_derived` where it is not as the file prints it."""

    name: str
    year: int
    growth: str
    level: str
    is_derived: bool


def population(project: Project, path: Path, source: str = "") -> int:
    """Put the inhabitants of each municipality and year of a file into population.csv; how many rows it has given.

    `source` is where the file is from, where it does not say it. Raises UserError where the file is no such table,
    parts the people and has no figure for all, or gives a municipality fewer than none or a part of a person.
    """
    bank = read_statbank(path)
    if any(_IS_CODE.fullmatch(figure.region) for figure in bank.figures):
        raise UserError(
            "the file has the numbers of municipalities, not their names",
            file=path,
            remedy="save the table as CSV with text, or as JSON-stat 2",
        )
    people = _of_all(_of_people(bank, path), path)
    found = _single([figure for figure in people if figure.region], path, lambda figure: (figure.region, _year(figure)))
    wrong = next((f"{name} {year}: {value:g}" for (name, year), value in found.items() if value % 1 or value < 0), None)
    if wrong:
        raise UserError(f"these are no inhabitants: {wrong}", file=path, remedy=_TABLE_OF_PEOPLE)
    # A municipality has none in years before it was made.
    found = {key: value for key, value in found.items() if value}
    if not found:
        raise UserError("the file has no inhabitants by municipality and year", file=path, remedy=_TABLE_OF_PEOPLE)
    where, status = _source(bank, source, path)
    rows = {
        (name, str(year)): [name, str(year), str(int(value)), f"{year}-01-01", where, status]
        for (name, year), value in found.items()
    }
    _write(project.reference / "population.csv", POPULATION, rows, load_population)
    return len(rows)


def prices(project: Project, path: Path, source: str = "") -> int:
    """Put a price index by year into price_growth.csv; how many rows it gave. `source` as for `population`.

    It is the consumer price index, as levels where 2015 is 100, or the deflator for municipal services, as growth from
    the year before. Raises UserError where the file does not say which of them it has, or has no figure of a year.
    """
    bank = read_statbank(path)
    deflators = [figure for figure in bank.figures if _says(_DEFLATOR, bank, figure)]
    found = _deflator_rows(bank, deflators, path) if deflators else _consumer_rows(project, bank, path)
    if not found:
        raise UserError(
            "the file has no yearly level of the consumer price index, and no municipal deflator",
            file=path,
            remedy="choose the consumer price index and the mean of the year in table 08981 of StatBank, or give the "
            "municipal deflator (kommunal deflator) by year in per cent",
        )
    where, status = _source(bank, source, path)
    rows = {
        (row.name, str(row.year)): [
            row.name,
            str(row.year),
            row.growth,
            row.level,
            where,
            "derived" if row.is_derived else status,
        ]
        for row in found
    }
    _write(project.reference / "price_growth.csv", PRICES, rows, load_prices)
    return len(rows)


def _says(words: re.Pattern[str], bank: StatBank, figure: Figure) -> bool:
    return any(map(words.search, [bank.title, *figure.labels.values()]))


def _single(figures: list[Figure], path: Path, key: Callable[[Figure], _Key]) -> dict[_Key, float]:
    """The figure of each year, or of what else is its key. Raises UserError where there are several for one."""
    found: dict[_Key, Figure] = {}
    for figure in figures:
        if figure.year is None or figure.value is None:
            continue
        first = found.setdefault(key(figure), figure)
        if first is not figure:
            raise _several(first, figure, path)
    return {of: figure.value for of, figure in found.items() if figure.value is not None}


def _several(first: Figure, other: Figure, path: Path) -> UserError:
    of = f"{first.region} {first.year}".strip()
    name = next((name for name in first.labels if first.labels[name] != other.labels.get(name)), "")
    if not name:
        return UserError(f"the file has two rows for {of}", file=path, remedy="keep one of the rows")
    return UserError(
        f"the file has several figures for {of}: {name} is {first.labels[name]!r} and {other.labels.get(name, '')!r}",
        file=path,
        remedy=f"choose one of them in StatBank: one {name}",
    )


def _of_all(figures: list[Figure], path: Path) -> list[Figure]:
    """The figures that are no parts: those for all categories of each dimension that parts them.

    Raises UserError where a dimension has no such category: nothing says that its categories together are all.
    """
    for name in [name for name in figures[0].labels if name not in _OUTSIDE] if figures else []:
        whole = [figure for figure in figures if _ALL.fullmatch(figure.labels[name].strip())]
        if not whole:
            raise UserError(
                f"the file has figures by {name}, such as {figures[0].labels[name]!r}, and none for all",
                file=path,
                remedy=f"choose in StatBank the category of {name} that holds all, or leave {name} out",
            )
        figures = whole
    return figures


def _of_people(bank: StatBank, path: Path) -> list[Figure]:
    """The figures that count people on 1 January, by their own words, or where they have none by the file's title.

    Raises UserError where several things that it counts may be the people.
    """
    said = dict.fromkeys(figure.contents for figure in bank.figures)
    counted = [contents for contents in said if _PEOPLE.match(contents or bank.title)]
    if len(counted) > 1:
        counted = [contents for contents in counted if _FIRST_OF_JANUARY.search(contents)]
        if len(counted) != 1:
            raise UserError(
                "the file counts several things that may be the inhabitants",
                file=path,
                remedy="choose one statistical variable, such as persons in table 07459 of StatBank",
            )
    return [figure for figure in bank.figures if figure.contents in counted]


def _deflator_rows(bank: StatBank, figures: list[Figure], path: Path) -> list[_Row]:
    """The municipal deflator: its growth as it is given, or from level to level."""
    levels = _single([figure for figure in figures if figure.base], path, _year)
    if levels:
        grown = {year: 100 * (levels[year] / levels[year - 1] - 1) for year in levels if levels.get(year - 1, 0) > 0}
    else:
        grown = _single([figure for figure in figures if _says(_GROWTH, bank, figure)], path, _year)
    return [_Row("municipal_deflator", year, f"{round(value, 2):g}", "", bool(levels)) for year, value in grown.items()]


def _consumer_rows(project: Project, bank: StatBank, path: Path) -> list[_Row]:
    """The consumer price index: its levels where 2015 is 100, also where the file has another year for that."""
    said = [figure for figure in bank.figures if figure.base and _says(_CONSUMERS, bank, figure)]
    yearly = _of_all([figure for figure in said if not _says(_OTHER_CONSUMERS, bank, figure)], path)
    bases = {figure.base for figure in yearly}
    if len(bases) > 1:
        # Of a table that has both, the newest figures stand under one of them.
        yearly = [figure for figure in yearly if figure.base == _BASE_YEAR]
    levels = {year: level for year, level in _single(yearly, path, _year).items() if level > 0}
    as_given = bases == {_BASE_YEAR} or len(bases) > 1
    factor = 1.0 if as_given or not levels else _linked(project, levels, path)
    return [_Row("cpi", year, "", f"{round(level * factor, 4):g}", not as_given) for year, level in levels.items()]


def _year(figure: Figure) -> int:
    return figure.year or 0


def _linked(project: Project, levels: dict[int, float], path: Path) -> float:
    """What levels are multiplied with to be 100 in 2015: by that year, or the latest that price_growth.csv has too.

    Raises UserError where there is no such year.
    """
    if _BASE_YEAR in levels:
        return 100 / levels[_BASE_YEAR]
    known = load_prices(project.reference)
    known = known[(known["index"] == "cpi") & known["year"].isin(list(levels))].sort_values("year")
    if known.empty:
        raise UserError(
            f"the index of the file is not 100 in {_BASE_YEAR}, and it has no year to set it beside what is known by",
            file=path,
            remedy=f"choose the year {_BASE_YEAR} too",
        )
    return float(known["level_2015_100"].iloc[-1]) / levels[int(known["year"].iloc[-1])]


def _source(bank: StatBank, given: str, path: Path) -> tuple[str, str]:
    """Where a file is from, as it says or as a person has `given` it, and how sure that is.

    Raises UserError where neither says it.
    """
    names = bank.publisher or is_title(bank.title)
    said = ", ".join(filter(None, [bank.publisher, bank.title])) if names else ""
    if not (given or said):
        raise UserError(
            "the file does not say where it is from",
            file=path,
            remedy='save it in StatBank with the title of the table, or say it: --source "SSB, table 07459"',
        )
    updated = f", updated {bank.updated}" if bank.updated else ""
    taken = f"{given or said}{updated}, taken {datetime.date.today().isoformat()}"
    return taken, "secondary" if given else "confirmed"


def _write(path: Path, table: Table, new: dict[tuple[str, str], list[str]], load: Callable[[Path], object]) -> None:
    """Put rows into a curated table, in the place of those with the same key; the rest stays as it is.

    Raises UserError where the table is not as it should be, before or after.
    """
    load(path.parent)
    header, records = read_records(path)
    if header.fields != list(table.names):
        raise UserError(
            "the columns are not as they should be", file=path, remedy=f"name them {', '.join(table.names)}"
        )
    left = dict(new)
    rows = [left.pop((record.fields[0], record.fields[1]), record.fields) for record in records]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header.fields, *rows, *(left[key] for key in sorted(left))])
    before = path.read_bytes()
    replace_all({path: out.getvalue().encode()})
    try:
        load(path.parent)
    except UserError:
        replace_all({path: before})
        raise
