"""The commands `reference population` and `reference prices`: files of SSB's StatBank into data/reference."""

import csv
import datetime
import io
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from kommunebudsjett.adding.statbank import Figure, StatBank, read_statbank
from kommunebudsjett.adding.writing import replace_all
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.tables.prices import PRICES, load_population, load_prices

_POPULATION = ["municipality", "year", "population", "date", "source", "status"]
# A category that holds all others of its dimension.
_ALL = re.compile(r"^(?:i alt|alle\b|begge\b|total|both|all\b)", re.IGNORECASE)
_MEAN = re.compile(r"^(?:årsgj|årsgjennomsnitt|annual|year average)", re.IGNORECASE)
_CONSUMERS = re.compile(r"konsumpris|\bkpi\b|consumer price|\bcpi\b", re.IGNORECASE)
_DEFLATOR = re.compile(r"deflator", re.IGNORECASE)
_GROWTH = re.compile(r"prosent|per ?cent|%|vekst|endring|growth|change", re.IGNORECASE)
_IS_CODE = re.compile(r"(?:[KF]-)?\d+")
_FIRST_OF_JANUARY = re.compile(r"1\. ?januar|1 january|january 1", re.IGNORECASE)
_BASE_YEAR = 2015
_PEOPLE = re.compile(r"person|folkemengde|befolkning|folketal|population", re.IGNORECASE)
_OUTSIDE = ("region", "kommune", "municipality", "tid", "år", "time", "year")


def population(project: Project, path: Path) -> int:
    """Put the inhabitants of each municipality and year of a file into population.csv; how many rows it has given.

    Figures for parts of the people, by sex or age, are added up. Raises UserError where the file is no such table, or
    gives a municipality fewer than none.
    """
    bank = read_statbank(path)
    parts: dict[tuple[str, int], list[float | None]] = defaultdict(list)
    for figure in _of_people(_without_parts(bank.figures), path):
        if figure.region and figure.year:
            parts[figure.region, figure.year].append(figure.value)
    # A sum without one of its parts is not the sum.
    sums = {key: sum(filter(None, values)) for key, values in parts.items() if None not in values}
    found = {key: value for key, value in sums.items() if value > 0}
    if any(_IS_CODE.fullmatch(region) for region, _ in found):
        raise UserError(
            "the file has the numbers of municipalities, not their names",
            file=path,
            remedy="save the table as CSV with text, or as JSON-stat 2",
        )
    if not found:
        raise UserError(
            "the file has no inhabitants by municipality and year",
            file=path,
            remedy="choose municipalities (Region) and persons in table 07459 of StatBank",
        )
    source = _source(bank, "07459")
    rows = {
        (name, str(year)): [name, str(year), str(round(value)), f"{year}-01-01", source, "confirmed"]
        for (name, year), value in found.items()
    }
    _write(project.reference / "population.csv", _POPULATION, rows, lambda: load_population(project.reference))
    return len(rows)


def prices(project: Project, path: Path) -> int:
    """Put a price index by year into price_growth.csv; how many rows it gave.

    It is the consumer price index, as levels where 2015 is 100, or the deflator for municipal services, as growth from
    the year before. Raises UserError where the file does not say which of them it has, or has no figure of a year.
    """
    bank = read_statbank(path)
    deflators = [figure for figure in bank.figures if _says(_DEFLATOR, bank, figure)]
    rows = _deflator_rows(bank, deflators) if deflators else _consumer_rows(project, bank, path)
    if not rows:
        raise UserError(
            "the file has no yearly level of the consumer price index, and no municipal deflator",
            file=path,
            remedy="choose the consumer price index and the mean of the year in table 08981 of StatBank, or give the "
            "municipal deflator (kommunal deflator) by year in per cent",
        )
    _write(project.reference / "price_growth.csv", PRICES.names, rows, lambda: load_prices(project.reference))
    return len(rows)


def _says(words: re.Pattern[str], bank: StatBank, figure: Figure) -> bool:
    return bool(words.search(bank.title) or any(map(words.search, figure.labels.values())))


def _by_year(figures: list[Figure]) -> dict[int, float]:
    return {figure.year: figure.value for figure in figures if figure.year and figure.value is not None}


def _deflator_rows(bank: StatBank, figures: list[Figure]) -> dict[tuple[str, str], list[str]]:
    """Rows of the municipal deflator: its growth as it is given, or from level to level."""
    levels = _by_year([figure for figure in figures if figure.base])
    growth = {
        year: 100 * (level / levels[year - 1] - 1) for year, level in levels.items() if levels.get(year - 1, 0) > 0
    } or _by_year([figure for figure in figures if _says(_GROWTH, bank, figure)])
    source, status = _source(bank, ""), "derived" if levels else "confirmed"
    return {
        ("municipal_deflator", str(year)): ["municipal_deflator", str(year), f"{round(value, 2):g}", "", source, status]
        for year, value in growth.items()
    }


def _consumer_rows(project: Project, bank: StatBank, path: Path) -> dict[tuple[str, str], list[str]]:
    """Rows of the consumer price index: its levels where 2015 is 100, also where the file has another year for that."""
    said = [figure for figure in bank.figures if figure.base and _says(_CONSUMERS, bank, figure)]
    means = [figure for figure in said if any(_MEAN.search(label) for label in figure.labels.values())]
    yearly = means or [figure for figure in said if not figure.label("måned", "maaned", "month")]
    bases = {figure.base for figure in yearly}
    if len(bases) > 1:
        # Of a table that has both, the newest figures stand under one of them.
        yearly = [figure for figure in yearly if figure.base == _BASE_YEAR]
    levels = {year: level for year, level in _by_year(yearly).items() if level > 0}
    as_given = bases == {_BASE_YEAR} or len(bases) > 1
    factor = 1.0 if as_given or not levels else _linked(project, levels, path)
    source, status = _source(bank, "08981"), "confirmed" if as_given else "derived"
    return {
        ("cpi", str(year)): ["cpi", str(year), "", f"{round(level * factor, 4):g}", source, status]
        for year, level in levels.items()
    }


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


def _of_people(figures: list[Figure], path: Path) -> list[Figure]:
    """The figures that count people on 1 January; where the file has no word for what it counts, all of them.

    Raises UserError where several things that it counts may be the people.
    """
    counted = [
        said for said in dict.fromkeys(figure.contents for figure in figures) if not said or _PEOPLE.search(said)
    ]
    if len(counted) > 1:
        counted = [said for said in counted if _FIRST_OF_JANUARY.search(said)]
        if len(counted) != 1:
            raise UserError(
                "the file counts several things that may be the inhabitants",
                file=path,
                remedy="choose one statistical variable, such as persons in table 07459 of StatBank",
            )
    return [figure for figure in figures if figure.contents in counted]


def _without_parts(figures: list[Figure]) -> list[Figure]:
    """The figures without those of parts, in dimensions that have a category for all."""
    names = {name for figure in figures[:1] for name in figure.labels if name not in _OUTSIDE}
    whole = {name for name in names if any(_ALL.search(figure.labels[name]) for figure in figures)}
    return [figure for figure in figures if all(_ALL.search(figure.labels[name]) for name in whole)]


def _source(bank: StatBank, table: str) -> str:
    updated = f", updated {bank.updated}" if bank.updated else ""
    named = f"SSB table {bank.table or table}" if bank.table or table else bank.title.strip().split("\n")[0] or "a file"
    return f"{named}{updated}, taken {datetime.date.today().isoformat()}"


def _write(path: Path, header: list[str], new: dict[tuple[str, str], list[str]], check: Callable[[], object]) -> None:
    """Put rows into a curated table, in the place of those with the same first two fields; the rest stays as it is."""
    before = path.read_text(encoding="utf-8") if path.exists() else ",".join(header) + "\n"
    records = list(csv.reader(io.StringIO(before)))
    if records[0] != header:
        raise UserError("the columns are not as they should be", file=path, remedy=f"name them {', '.join(header)}")
    left = dict(new)
    rows = [left.pop((record[0], record[1]), record) for record in records[1:] if record]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows, *(left[key] for key in sorted(left))])
    replace_all({path: out.getvalue().encode()})
    try:
        check()
    except UserError:
        replace_all({path: before.encode()})
        raise
