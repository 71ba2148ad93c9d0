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
_LEVEL = re.compile(r"2015\s*=\s*100", re.IGNORECASE)
_PEOPLE = re.compile(r"person|folkemengde|befolkning|folketal|population", re.IGNORECASE)
_OUTSIDE = ("region", "kommune", "municipality", "tid", "år", "time", "year")


def population(project: Project, path: Path) -> int:
    """Put the inhabitants of each municipality and year of a file into population.csv; how many rows it has given.

    Figures for parts of the people, by sex or age, are added up. Raises UserError where the file is no such table, or
    gives a municipality fewer than none.
    """
    bank = read_statbank(path)
    found: dict[tuple[str, int], float] = defaultdict(float)
    for figure in _without_parts(bank.figures):
        if figure.region and figure.year and _is_people(figure):
            found[figure.region, figure.year] += figure.value
    found = defaultdict(float, {key: value for key, value in found.items() if value > 0})
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
    """Put the consumer price index of each year of a file, 2015 = 100, into price_growth.csv; how many rows it gave.

    Raises UserError where the file does not say that its level is 100 in 2015, or has no mean of a year.
    """
    bank = read_statbank(path)
    said = [figure for figure in bank.figures if any(_LEVEL.search(label) for label in figure.labels.values())]
    means = [figure for figure in said if any(_MEAN.search(label) for label in figure.labels.values())]
    yearly = means or [figure for figure in said if not figure.label("måned", "month")]
    levels = {figure.year: figure.value for figure in yearly if figure.year and figure.value > 0}
    if not levels:
        raise UserError(
            "the file has no yearly level of a price index where 2015 is 100",
            file=path,
            remedy="choose the consumer price index (2015=100) and the mean of the year in table 08981 of StatBank",
        )
    source = _source(bank, "08981")
    rows = {
        ("cpi", str(year)): ["cpi", str(year), "", f"{value:g}", source, "confirmed"] for year, value in levels.items()
    }
    _write(project.reference / "price_growth.csv", PRICES.names, rows, lambda: load_prices(project.reference))
    return len(rows)


def _is_people(figure: Figure) -> bool:
    """Whether a figure counts people; where the file says nothing of what it counts, it is the only thing it has."""
    said = figure.label("contentscode", "statistikkvariabel", "contents")
    return not said or bool(_PEOPLE.search(said))


def _without_parts(figures: list[Figure]) -> list[Figure]:
    """The figures without those of parts, in dimensions that have a category for all."""
    names = {name for figure in figures[:1] for name in figure.labels if name not in _OUTSIDE}
    whole = {name for name in names if any(_ALL.search(figure.labels[name]) for figure in figures)}
    return [figure for figure in figures if all(_ALL.search(figure.labels[name]) for name in whole)]


def _source(bank: StatBank, table: str) -> str:
    updated = f", updated {bank.updated}" if bank.updated else ""
    return f"SSB table {bank.table or table}{updated}, taken {datetime.date.today().isoformat()}"


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
