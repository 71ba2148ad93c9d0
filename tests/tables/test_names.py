"""Names of documents: no two are the same, and a municipality is named where there are several."""

import pandas as pd
import pytest

from kommunebudsjett.tables.names import with_names

SV = ("sv", "proposal", "SV", 2026, "Trondheim", "Et løft")
REPORT = ("arsberetning", "report", "Trondheim kommune", 2025, "Trondheim", "Årsberetning")


def named(*documents: tuple) -> pd.DataFrame:
    columns = ["document", "role", "publisher", "budget_year", "municipality", "title"]
    glosses = {"Trondheim kommune": "Trondheim municipality", "Raudt": "the Red Party", "Rødt": "the Red Party"}
    return with_names(pd.DataFrame(documents, columns=columns), glosses).set_index("document")


@pytest.mark.parametrize(
    ("other", "name", "called"),
    [
        (("mdg", "proposal", "MDG", 2026, "Trondheim", "Grønt"), "SV 2026", "budsjettforslaget til SV for 2026"),
        (("sv-b", "proposal", "SV", 2025, "Trondheim", "Et løft"), "SV 2026", "budsjettforslaget til SV for 2026"),
        (
            ("sv-b", "proposal", "sv", 2026, "Trondheim", "To"),
            "SV 2026 (sv)",
            "budsjettforslaget til SV for 2026 (sv)",
        ),
        (
            ("sv-b", "proposal", "SV", 2026, "Trondheim", "Et løft"),
            "SV 2026 (sv)",
            "budsjettforslaget til SV for 2026 (sv)",
        ),
        (
            ("sv-b", "proposal", "SV", 2026, "Bodø", "Et løft"),
            "SV 2026 (Trondheim)",
            "budsjettforslaget til SV for 2026 (Trondheim)",
        ),
        # Where several are registered, each names its own, also where nothing else is alike.
        (
            ("mdg", "proposal", "MDG", 2024, "Bodø", "G"),
            "SV 2026 (Trondheim)",
            "budsjettforslaget til SV for 2026 (Trondheim)",
        ),
    ],
)
def test_a_name_has_the_words_that_tell_it_from_others(other, name, called):
    rows = named(SV, other)
    assert (rows.at["sv", "name_nb"], rows.at["sv", "called_nb"]) == (name, called)
    for column in ("name_nb", "name_en", "called_nb", "called_en"):
        assert rows[column].str.casefold().is_unique


def test_a_name_that_says_the_municipality_does_not_say_it_twice():
    rows = named(REPORT, ("bodo", "report", "Bodø kommune", 2025, "Bodø", "Årsberetning"))
    assert list(rows["name_nb"]) == ["Årsberetning 2025 (Trondheim)", "Årsberetning 2025 (Bodø)"]
    assert list(rows["called_en"]) == [
        "the annual report for 2025 of Trondheim municipality", "the annual report for 2025 of Bodø kommune",
    ]  # fmt: skip


def test_a_budget_and_a_report_of_one_year_are_no_namesakes():
    rows = named(REPORT, ("budsjett", "budget", "Trondheim kommune", 2025, "Trondheim", "Budsjett"))
    assert list(rows["name_nb"]) == ["Årsberetning 2025", "Trondheim kommune, budsjett 2025"]
    assert list(rows["name_en"]) == [
        "Annual report 2025",
        "Trondheim municipality, budget 2025",
    ]
    assert list(rows["called_nb"]) == ["årsberetningen for 2025", "budsjettet for 2025 fra Trondheim kommune"]


def test_publishers_with_one_english_name_are_told_apart_in_english():
    rows = named(
        ("a", "proposal", "Rødt", 2026, "Trondheim", "En"), ("b", "proposal", "Raudt", 2026, "Trondheim", "To")
    )
    assert list(rows["name_nb"]) == ["Rødt 2026", "Raudt 2026"]
    assert list(rows["name_en"]) == ["The Red Party 2026 (a)", "The Red Party 2026 (b)"]


def test_a_place_is_that_among_those_of_the_same_municipality_and_role():
    bodo = ("bodo", "proposal", "SV", 2026, "Bodø", "B")
    assert list(named(SV, REPORT, bodo, ("mdg", "proposal", "MDG", 2026, "Trondheim", "G"))["place"]) == [1, 1, 1, 2]
