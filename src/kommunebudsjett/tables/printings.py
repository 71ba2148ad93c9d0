"""Measures as the readers give them in; out, with a printing named only where a document prints an area twice."""

import pandas as pd


def named_where_twice(measures: pd.DataFrame) -> pd.DataFrame:
    """The measures, with an empty `printing` for the areas that the document prints only once.

    The reports use one of two printings. What stands in one place only has no other, and must not be left out.
    """
    printings = measures.groupby(["document", "kind", "area"])["printing"].transform("nunique")
    return measures.assign(printing=measures["printing"].where(printings > 1, ""))


def with_counts(measures: pd.DataFrame) -> pd.DataFrame:
    """The measures with `counts_in_total`: 1 where the amount is known, and that of one year.

    An amount for a whole period repeats those of its years, a part is in the amount of another row, and one with two
    readings is none.
    """
    counts = measures["amount_mnok"].notna() & measures["year"].notna() & (measures["certainty"] != "ambiguous")
    counts &= measures["role"] == "change"
    return measures.assign(counts_in_total=counts.astype("Int64"))
