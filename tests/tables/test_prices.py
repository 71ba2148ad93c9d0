"""Fixed prices and people, worked by hand."""

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.prices import factor, inhabitants, load_population, load_prices, status
from tests.conftest import ROOT

REFERENCE = ROOT / "data" / "reference"


@pytest.fixture(scope="module")
def prices():
    return load_prices(REFERENCE)


def test_growth_is_chained_over_the_years_after_the_first(prices):
    # 2021: 4.4, 2022: 6.7, 2023: 4.3, 2024: 5.0, 2025: 4.7, 2026: 4.1 per cent:
    # 1.044 * 1.067 = 1.113948; * 1.043 = 1.161847764; * 1.05 = 1.219940152; * 1.047 = 1.277277339; * 1.041 = 1.32964571
    assert factor(prices, "municipal_deflator", 2020, 2026) == pytest.approx(1.32964571, abs=1e-8)


def test_one_year_of_growth(prices):
    # 100 million 2025 kroner are 104.1 million 2026 kroner.
    assert 100 * factor(prices, "municipal_deflator", 2025, 2026) == pytest.approx(104.1)


def test_backwards_is_the_inverse(prices):
    assert factor(prices, "municipal_deflator", 2026, 2025) == pytest.approx(1 / 1.041)


def test_levels_are_divided(prices):
    # 2020: 112.2, 2025: 137.7: 137.7 / 112.2 = 1.22727...
    assert factor(prices, "cpi", 2020, 2025) == pytest.approx(1.2272727, abs=1e-7)


def test_the_same_year_needs_no_figure(prices):
    assert factor(prices, "municipal_deflator", 1999, 1999) == 1
    assert status(prices, "municipal_deflator", 1999, 1999) == {}


@pytest.mark.parametrize(("index", "year"), [("municipal_deflator", 2027), ("cpi", 2026), ("cpi", 2018)])
def test_a_year_without_a_figure_is_an_error_that_says_so(prices, index, year):
    with pytest.raises(UserError, match=f"{index} has no figure for {year}"):
        factor(prices, index, 2020, year)


def test_the_status_of_the_figures_that_are_used(prices):
    # Growth uses the years after the first; levels only the two ends.
    assert status(prices, "municipal_deflator", 2023, 2026) == {
        2024: "secondary",
        2025: "secondary",
        2026: "forecast",
    }
    assert status(prices, "cpi", 2022, 2025) == {2022: "secondary", 2025: "derived"}


def test_inhabitants():
    population = load_population(REFERENCE)
    assert inhabitants(population, "Trondheim", 2020) == 205163
    with pytest.raises(UserError, match="no population for Trondheim in 2031"):
        inhabitants(population, "Trondheim", 2031)
