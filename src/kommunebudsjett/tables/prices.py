"""Prices and people: amounts in fixed prices and per inhabitant, from the curated figures in data/reference."""

from pathlib import Path

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.contracts import Column, Table
from kommunebudsjett.tables.reference import check_contract, curated, line_of, read_reference

PRICES = Table(
    "price_growth",
    "a figure of a price index for a year",
    (
        Column("index", "text", "the price index", required=True),
        Column("year", "integer", "year that the figure is for", required=True),
        Column("growth_percent", "number", "growth from the year before", at_least=-50, at_most=100, unit="per cent"),
        Column("level_2015_100", "number", "level where 2015 is 100", at_least=1, at_most=10_000),
        Column("source", "text", "where the figure is from", required=True),
        Column("status", "text", "how sure it is: confirmed, secondary, derived or forecast", required=True),
    ),
    ("index", "year"),
)
POPULATION = Table(
    "population",
    "the inhabitants of a municipality on 1 January of a year",
    (
        Column("municipality", "text", "the municipality", required=True),
        Column("year", "integer", "the year", required=True),
        Column("population", "integer", "inhabitants", required=True, at_least=1),
        Column("date", "text", "date of the count", required=True),
        Column("source", "text", "where the figure is from", required=True),
        Column("status", "text", "how sure it is", required=True),
    ),
    ("municipality", "year"),
)


@curated("price_growth.csv")
def load_prices(reference: Path) -> pd.DataFrame:
    """Yearly growth (per cent) or levels (2015 = 100) by index, with source and status.

    Raises UserError, with the line, where a table of prices breaks its contract or an index has levels for some years
    and not for others: a chain of figures would then leave years out.
    """
    path = reference / "price_growth.csv"
    prices = read_reference(path, PRICES)
    check_contract(path, PRICES, prices)
    of_levels = prices.groupby("index")["level_2015_100"].transform(lambda levels: levels.notna().any())
    column = of_levels.map({True: "level_2015_100", False: "growth_percent"})
    for row, name in column.items():
        if pd.isna(prices.at[row, name]):
            raise UserError(
                f"{prices.at[row, 'index']} has no {name} for {prices.at[row, 'year']}",
                file=path,
                line=line_of(path, row),
                remedy="give each year of an index a figure of the same kind",
            )
    return prices


@curated("population.csv")
def load_population(reference: Path) -> pd.DataFrame:
    """Inhabitants on 1 January by municipality and year, with source and status."""
    path = reference / "population.csv"
    population = read_reference(path, POPULATION)
    check_contract(path, POPULATION, population)
    return population


def years_by_index(prices: pd.DataFrame) -> dict[str, set[int]]:
    """The years that each index has a figure for."""
    return {index: set(map(int, rows["year"])) for index, rows in prices.groupby("index")}


def _figures(prices: pd.DataFrame, index: str, years: list[int]) -> pd.DataFrame:
    rows = prices[prices["index"] == index].set_index("year")
    for year in years:
        if year not in rows.index:
            raise UserError(
                f"{index} has no figure for {year}",
                file="data/reference/price_growth.csv",
                remedy="add the figure with its source, or choose another price index or year",
            )
    return rows.loc[years]


def factor(prices: pd.DataFrame, index: str, from_year: int, to_year: int) -> float:
    """What an amount in the prices of `from_year` is multiplied with to be in those of `to_year`.

    An index of levels is divided; an index of growth is chained over the years after the earlier year.
    Raises UserError where a year has no figure.
    """
    if from_year == to_year:
        return 1.0
    if from_year > to_year:
        return 1 / factor(prices, index, to_year, from_year)
    if prices.loc[prices["index"] == index, "level_2015_100"].notna().any():
        levels = _figures(prices, index, [from_year, to_year])["level_2015_100"]
        return float(levels[to_year] / levels[from_year])
    growth = _figures(prices, index, list(range(from_year + 1, to_year + 1)))["growth_percent"]
    return float((1 + growth / 100).prod())


def status(prices: pd.DataFrame, index: str, from_year: int, to_year: int) -> dict[int, str]:
    """The status (confirmed, secondary, derived, forecast) of each figure that `factor` uses, by year."""
    if from_year == to_year:
        return {}
    low, high = sorted((from_year, to_year))
    is_level = prices.loc[prices["index"] == index, "level_2015_100"].notna().any()
    return _figures(prices, index, [low, high] if is_level else list(range(low + 1, high + 1)))["status"].to_dict()


def inhabitants(population: pd.DataFrame, municipality: str, year: int) -> int:
    """Inhabitants on 1 January. Raises UserError where the year has no figure."""
    rows = population[(population["municipality"] == municipality) & (population["year"] == year)]
    if rows.empty:
        raise UserError(
            f"there is no population for {municipality} in {year}",
            file="data/reference/population.csv",
            remedy="add the figure with its source",
        )
    return int(rows["population"].iloc[0])
