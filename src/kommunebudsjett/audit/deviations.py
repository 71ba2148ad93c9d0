"""Check `deviation`: the printed deviation of a service area against its budget and accounts."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, en, nb


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Deviations that are not revised budget less actual, within the rounding of the three figures."""
    accounts = tables["accounts"]
    figures = ["actual", "revised_budget", "deviation"]
    for row in accounts.dropna(subset=figures).itertuples():
        whole = all(getattr(row, name) == int(getattr(row, name)) for name in figures)
        computed = round(row.revised_budget - row.actual, 9)
        difference = round(row.deviation - computed, 9)
        if abs(difference) <= 1.5 * (1 if whole else 0.1) + EPSILON:
            continue
        yield Finding(
            row.document,
            "deviation",
            "error",
            row.table,
            str(row.line),
            f"{row.service_area}: avviket står som {nb(row.deviation)}, men revidert budsjett {nb(row.revised_budget)} "
            f"mindre regnskap {nb(row.actual)} er {nb(computed)}.",
            f"{row.service_area}: the deviation is stated as {en(row.deviation)}, but the revised budget "
            f"{en(row.revised_budget)} less the actual {en(row.actual)} is {en(computed)}.",
            row.deviation,
            computed,
            difference,
        )
