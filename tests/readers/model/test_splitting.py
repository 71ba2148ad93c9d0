"""Rows whose cells single spaces part, or nothing, in; the cells of each column out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunebudsjett.readers.model.splitting import Split, Tail, split_rows, tail_of


def tails(rows: list[str]) -> list[Tail]:
    return [tail for tail in map(tail_of, rows) if tail is not None]


def split(columns: int, *rows: str, notes: bool = False) -> list[tuple[str, ...] | None]:
    """Label and cells of each row, None for one that is undecided."""
    found = split_rows(tails(list(rows)), columns, notes)
    likely = [row if isinstance(row, Split) else row.likely for row in found]
    return [row and (row.label, *row.cells) for row in likely]


@pytest.mark.parametrize(
    ("text", "label", "numbers"),
    [
        ("Skole 1 234 -5", "Skole", "1 234 -5"),
        ("18 Utbytte 342 0", "18 Utbytte", "342 0"),
        ("Skole (omsorg)8 12", "Skole (omsorg)", "8 12"),
        ("Sum 12,5 % 3 %", "Sum", "12,5 % 3 %"),
        ("Vann og avløp* +5 (3)", "Vann og avløp*", "+5 (3)"),
        ("Vann 1) 12 300 14 000 *", "Vann 1)", "12 300 14 000"),
        ("Vann 12 N/A 14", "Vann", "12 – 14"),
    ],
)
def test_the_numbers_at_the_end_of_a_line(text, label, numbers):
    assert tail_of(text)[:2] == (label, numbers)


@pytest.mark.parametrize("text", ["Skole", "Det ble vedtatt i 2024.", "", "1 " * 1000])
def test_lines_that_do_not_end_with_numbers(text):
    assert tail_of(text) is None


@pytest.mark.parametrize(
    ("columns", "row", "cells"),
    [
        (2, "Vann 12 300 14 000", ("Vann", "12 300", "14 000")),
        (3, "Vann -932 52 806 -4", ("Vann", "-932", "52 806", "-4")),
        (4, "18 Utbytte 342 804 0 195", ("18 Utbytte", "342", "804", "0", "195")),
        (3, "Vann -8 468 - 312 97", ("Vann", "-8 468", "- 312", "97")),
        (2, "Ny skole i 2027 0 2 000", ("Ny skole i 2027", "0", "2 000")),
        (2, "Andel 12,5 % 3 %", ("Andel", "12,5 %", "3 %")),
        (2, "Gruppe 12.5 1.234", ("Gruppe", "12.5", "1.234")),
        (2, "Tap (350) (1 200)", ("Tap", "(350)", "(1 200)")),
        (3, "Skatt 1.234 2.345.678 -3", ("Skatt", "1.234", "2.345.678", "-3")),
        (3, "Skatt -12 -  3 400", ("Skatt", "-12", "-", "3 400")),
        (2, "Skatt 1\u00a0234 2\u00a0345", ("Skatt", "1\u00a0234", "2\u00a0345")),
        (2, "Skole 671 212", ("Skole", "671", "212")),
        (3, "Skole 956 372 948 467 960 659", None),
        (2, "Skolebygg 2 1 000 500", None),
        (3, "Skole 1 200", None),
        (2, "Skole 1 200 1 2 3", None),
    ],
)
def test_a_row_among_rows_with_groups_of_thousands(columns, row, cells):
    others = [" ".join(["Helse", *["1 000"] * columns]), " ".join(["Sum", *["0"] * columns])]
    if cells is None:
        others = others[1:]
    assert split(columns, row, *others)[0] == cells


def test_a_row_that_splits_in_several_ways_goes_as_the_rows_that_split_in_one():
    rows = ["Skole 932 416 936 306 910 506", "Helse 9 984 52 806 36 420", "Sum 2 375 056 2 272 754 2 229 824"]
    assert split(3, *rows)[0] == ("Skole", "932 416", "936 306", "910 506")
    uneven = [rows[0], "Helse 9 984 52 -36", rows[2]]
    assert split(3, *uneven)[0] is None


NUMBERED = [
    (2, "Hall 1 og 2 –499 663 995 402"),
    (2, "Vei 3 905 51"),
    (2, "Fv 714 300 14 000"),
    (2, "Trinn 2 - 1 300"),
    (2, "Covid-19 98 141"),
    (3, "Barn 0-5 835 732 958 629 −779 300"),
    (3, "E6 −216 863 −207"),
    (3, "Rv3 - - 15"),
]  # fmt: skip


@pytest.mark.parametrize(("columns", "row"), NUMBERED)
def test_a_label_that_may_end_in_a_number_leaves_the_row_open(columns, row):
    others = ["-45", "0", "1 000", "5"], ["7", "-8", "0", "9"]
    assert split(columns, row, *(" ".join(["Helse", *numbers[:columns]]) for numbers in others))[0] is None


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Trinn 2 1 000 50 10", ("Trinn 2", "1 000", "50", "10")),
        ("Barn 0-5 12 300 15", ("Barn 0-5", "12", "300", "15")),
        ("E6 -1 12 30", ("E6", "-1", "12", "30")),
        ("Tiltak 1.2 1 300 -5 12", ("Tiltak 1.2", "1 300", "-5", "12")),
        ("Sone 1 – – 24,8", ("Sone 1", "–", "–", "24,8")),
        ("Covid-19 -554 930 - -", ("Covid-19", "-554 930", "-", "-")),
    ],
)
def test_a_label_that_must_end_in_a_number_has_it(row, cells):
    assert split(3, row, "Helse -5 -6 -7", "Sum 0 -1 0")[0] == cells


def test_a_number_more_in_every_row_is_no_end_of_its_label():
    assert split(2, "Bru 50 10 20", "Veg 60 5 55") == [None, None]
    assert split(2, "Bru 50 10 20", "Veg 5 55") == [("Bru 50", "10", "20"), ("Veg", "5", "55")]


def test_labels_that_end_in_numbers_make_the_neighbours_no_evidence():
    sums = [f"Sum {number} 861 10 184" for number in (7, 8, 9)]
    assert split(2, "Vei 3 905 1 051", *sums)[0] == ("Vei", "3 905", "1 051")
    assert split(2, "Vei 3 905 1 051", "Vei 2 -5 12", *sums)[0] is None


def test_neighbours_do_not_take_the_number_from_a_word_that_it_touches():
    sums = [f"Sum {number} 861 10 184" for number in (7, 8, 9)]
    assert split(2, "Rv3 905 1 051", *sums)[0] is None


def test_a_dash_is_no_minus_where_negative_numbers_look_otherwise():
    assert split(4, "Skatt (70 316) – 327 709 6,1", "Sum 0 0 0 0")[0] == ("Skatt", "(70 316)", "–", "327 709", "6,1")
    assert split(3, "Skatt (70 316) – 327 709 6,1", "Sum 0 0 0")[0] is None
    assert split(2, "Avdrag -303 496 - 319 352", "Sum 0 0")[0] == ("Avdrag", "-303 496", "- 319 352")


@pytest.mark.parametrize("rows", [["Skole 671 212"], ["Skole 5 100", "Helse 2 200"]])
def test_rows_that_could_all_have_blank_cells_are_undecided(rows):
    assert split(2, *rows) == [None] * len(rows)


def test_a_table_that_prints_zeros_drops_no_blank_cells():
    assert split(2, "Skole 671 212", "Sum 1 171 1 212") == [None, ("Sum", "1 171", "1 212")]
    assert split(2, "Skole 671 212", "Sum 1 171 1 212", "Annet 0 -5")[0] == ("Skole", "671", "212")


def test_blank_cells_without_a_trace_leave_open_what_could_stand_in_fewer_columns():
    rows = ["Skole 671 212", "Helse 500", "Sum 1 171 -212"]
    assert split(2, *rows) == [None, None, ("Sum", "1 171", "-212")]


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Skatt på formue9 506 1229 654 0369 285 600", ("Skatt på formue", "9 506 122", "9 654 036", "9 285 600")),
        ("Gevinst (aksjer)46 5140039 780", None),
        ("Gevinst (aksjer)46 514039 780", ("Gevinst (aksjer)", "46 514", "0", "39 780")),
        ("Netto avsetninger-18 520134 662-11 568", ("Netto avsetninger", "-18 520", "134 662", "-11 568")),
    ],
)
def test_cells_that_nothing_parts(row, cells):
    assert split(3, row, "Sum13 083 92813 091 17412 941 434")[0] == cells


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Andre skatter---", ("Andre skatter", "-", "-", "-")),
        ("Gevinst 33 106--", ("Gevinst", "33 106", "-", "-")),
        ("Gevinst 33 10600", ("Gevinst", "33 106", "0", "0")),
        ("Gevinst 33 106-4 000 5", ("Gevinst", "33 106", "-4 000", "5")),
        ("Gevinst 6600", None),
    ],
)
def test_zeros_and_dashes_that_are_glued(row, cells):
    sums = [f"Sum {number} 861 016 10 184 000 9 960 000" for number in (7, 8, 9)]
    assert split(3, row, *sums)[0] == cells


def test_numbers_of_notes_before_the_values():
    rows = [
        "Salg1 1 362 380 1 244 936",
        "Skatt  4 717 604 4 940 228",
        "Lønn2, 4 9 758 956 9 434 070",
        "Sum  -132 062 -79 394",
    ]
    assert split(3, *rows, notes=True) == [
        ("Salg", "1", "1 362 380", "1 244 936"),
        ("Skatt", "", "4 717 604", "4 940 228"),
        ("Lønn", "2, 4", "9 758 956", "9 434 070"),
        ("Sum", "", "-132 062", "-79 394"),
    ]


@given(st.lists(st.lists(st.integers(-(10**7), 10**7), min_size=3, max_size=3), min_size=1, max_size=6))
def test_no_row_is_read_as_other_numbers_than_were_printed(numbers):
    """What is read is what was printed; what can be read otherwise is undecided."""
    printed = [[f"{number:,}".replace(",", " ") for number in row] for row in numbers]
    found = split(3, *(" ".join(["Rad", *row]) for row in printed))
    for cells, row in zip(found, printed, strict=True):
        assert cells is None or list(cells[1:]) == row or sum(map(len, row)) == 0 or _is_other_reading(row, cells[1:])


def _is_other_reading(row, cells):
    """Whether a row can be split in several ways: then equal groups of digits may have decided it."""
    return len({cell.lstrip("-").count(" ") for cell in cells}) == 1 and " ".join(row) == " ".join(cells)
