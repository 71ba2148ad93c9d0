"""A printing is named only where there are two."""

import pandas as pd
import pytest

from kommunebudsjett.tables.comparison import area_changes
from kommunebudsjett.tables.printings import named_where_twice, with_counts


def measures(*rows: tuple[str, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["document", "area", "printing"])
    lines = range(1, len(rows) + 1)
    return frame.assign(kind="drift", role="change", area_id="oppvekst", year=2027, amount_mnok=2.0, line=lines)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("a", "Oppvekst", "chapter")], [""]),
        ([("a", "Oppvekst", "chapter"), ("a", "Oppvekst", "appendix")], ["chapter", "appendix"]),
        (
            [("a", "Oppvekst", "chapter"), ("a", "Oppvekst", "appendix"), ("a", "Kultur", "chapter")],
            ["chapter", "appendix", ""],
        ),
        ([("a", "Oppvekst", "chapter"), ("b", "Oppvekst", "appendix")], ["", ""]),
        ([("a", "Oppvekst", "")], [""]),
        ([], []),
    ],
)
def test_a_printing_is_named_where_there_are_two(rows, expected):
    assert list(named_where_twice(measures(*rows))["printing"]) == expected


@pytest.mark.parametrize("printing", ["chapter", "appendix"])
def test_what_is_printed_once_is_always_counted(printing):
    frame = named_where_twice(
        measures(("a", "Oppvekst", "chapter"), ("a", "Oppvekst", "appendix"), ("a", "Skole", "chapter"))
    )
    assert list(area_changes(frame, "a", 2027, printing)["amount_mnok"]) == [4.0]


def test_a_part_is_not_added_to_its_whole():
    frame = measures(("a", "Oppvekst", ""), ("a", "Oppvekst", "")).assign(role=["change", "part"])
    assert list(area_changes(frame, "a", 2027, "")["amount_mnok"]) == [2.0]


@pytest.mark.parametrize(
    ("changed", "counts"),
    [
        ({}, 1),
        ({"role": "part"}, 0),
        ({"role": "period_total"}, 0),
        ({"year": None}, 0),
        ({"amount_mnok": None}, 0),
        ({"certainty": "ambiguous"}, 0),
    ],
)
def test_only_whole_amounts_of_one_year_may_be_added(changed, counts):
    rows = measures(("a", "Oppvekst", "")).assign(certainty="explicit").assign(**changed)
    assert list(with_counts(rows)["counts_in_total"]) == [counts]
