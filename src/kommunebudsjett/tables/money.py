"""Printed cells in; those that hold money out, in million kroner."""

import pandas as pd

# How many million kroner one is of each unit of money.
IN_MNOK = {"mnok": 1.0, "tnok": 1e-3, "nok": 1e-6}
# Kroner, in millions: what is smaller is no more than the noise of a division.
_DECIMALS = 6


def in_mnok(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells whose unit is one of money, with `value` in million kroner and the unit `mnok`.

    Cells of which nothing says the unit are left out: they could be thousands or millions.
    """
    money = cells[cells["unit"].isin(IN_MNOK)]
    # A value in millions stays the number that was read; others are divided.
    value = (money["value"] * money["unit"].map(IN_MNOK)).round(_DECIMALS)
    return money.assign(value=money["value"].where(money["unit"] == "mnok", value), unit="mnok")
