"""Numbers as each language writes them."""

import pytest

from kommunebudsjett.report.wording import listed, mnok, nok, number, percent

S = "\u00a0"


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [
        (1257, f"1{S}257{S}mill.{S}kr", f"NOK{S}1,257{S}million"),
        (-365, f"−365{S}mill.{S}kr", f"−NOK{S}365{S}million"),
        (0.4, f"0{S}mill.{S}kr", f"NOK{S}0{S}million"),
        (-0.4, f"0{S}mill.{S}kr", f"NOK{S}0{S}million"),
    ],
)
def test_million_kroner(value, nb, en):
    assert mnok(value, "nb") == nb
    assert mnok(value, "en") == en


def test_signs_and_decimals():
    assert mnok(2.65, "nb", decimals=1, signed=True) == f"+2,7{S}mill.{S}kr"
    assert mnok(2.65, "en", decimals=1, signed=True) == f"+NOK{S}2.7{S}million"
    assert mnok(0, "en", signed=True) == f"NOK{S}0{S}million"
    assert nok(-1475.5, "en") == f"−NOK{S}1,476"
    assert nok(1475.5, "nb", signed=True) == f"+1{S}476{S}kr"
    assert number(-0.04, "nb", 1) == "0,0"


@pytest.mark.parametrize(("value", "shown"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (-2.5, "−3"), (0.285 * 100, "29")])
def test_a_half_goes_away_from_zero(value, shown):
    assert number(value, "nb") == shown


def test_percentages():
    assert percent(8.05, "nb") == f"8,1{S}%"
    assert percent(8.05, "en") == "8.1%"


def test_lists():
    assert listed(["a", "b", "c"], "nb") == "a, b og c"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
