"""Rows that can be read in several ways in; those that totals or deviations decide out."""

import pytest

from tests.readers.model.reading import rows, unread


def test_a_total_decides_where_blank_cells_were():
    text = """
Vann Budsjett 2024 Budsjett 2025 Budsjett 2026
Inngående budsjett -10 124 -10 684 -10 684
Tiltak:
Lavere lønn -180
Ny vei 1 000
Sum tiltak 820 0 0
Ny ramme -9 304 -10 684 -10 684
"""
    assert rows(text)["Lavere lønn"] == {"Budsjett 2024": -180}
    assert rows(text)["Ny vei"] == {"Budsjett 2024": 1000}
    assert unread(text) == []


def test_a_total_that_fits_several_ways_decides_nothing():
    text = "Vann 2024 2025\nTrekk -180\nTillegg 180\nMer 5\nSum 5 0"
    assert list(rows(text)) == ["Mer", "Sum"] or list(rows(text)) == ["Sum"]
    assert [line for line, _ in unread(text)][:2] == [2, 3]


def test_a_total_that_does_not_come_out_decides_nothing():
    text = "Vann 2024 2025\nTrekk -180\nTillegg 200\nSum 21 0"
    assert list(rows(text)) == ["Sum"]


@pytest.mark.parametrize("name", ["Avvik", "Endring", "Differanse"])
def test_a_column_of_deviations_decides(name):
    text = f"Regnskap 2023 Budsjett 2023 {name} 2023\nSkole 1 200 1 100 100\nHelse 2 200 2 100 100"
    assert list(rows(text)["Skole"].values()) == [1200, 1100, 100]


def test_deviations_that_other_rows_do_not_show_decide_nothing():
    text = "Regnskap 2023 Budsjett 2023 Avvik 2023\nSkole 1 200 1 100 100\nHelse -2 -3 -9"
    assert list(rows(text)) == ["Helse"]


def test_a_total_decides_whether_labels_end_in_numbers():
    text = "Område 2025 2026\nTrinn 2 300 1 400\nSkole 12 472 8 838\nSum 12 772 10 238"
    assert rows(text)["Trinn 2"] == {"2025": 300, "2026": 1400}
    assert rows(text)["Skole"] == {"2025": 12472, "2026": 8838}


def test_a_total_that_two_labels_fit_leaves_both_open():
    text = "Område 2025 2026\nPost 12 854 1 262\nInntekter 12 472 8 838\nSum 13 326 10 100"
    assert list(rows(text)) == ["Sum"]
    assert [line for line, _ in unread(text)] == [2, 3]


def test_one_row_with_a_long_deviation_decides_itself():
    text = "Regnskap 2023 Budsjett 2023 Avvik 2023\nSkole 8 968 448 9 280 678 -312 230"
    assert list(rows(text)["Skole"].values()) == [8968448, 9280678, -312230]


def test_deviations_that_two_orders_of_columns_fit_decide_nothing():
    text = "Regnskap 2023 Budsjett 2023 Avvik 2023\nDrift 103 590 - 103 590\nSum 103 590 - 103 590"
    assert rows(text) == {}
