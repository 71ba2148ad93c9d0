"""Printed numbers and lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunebudsjett.readers.text import join_lines, parse_number, split_lines


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("-16 786", -16786),
        ("−2,1", -2.1),
        ("–7", -7),
        ("1\u00a0257", 1257),
        ("2\u202f160\u202f000", 2160000),
        ("0,30", 0.3),
        ("74%", 74),
        ("8,1 %", 8.1),
        ("1251,6", 1251.6),
        ("-0", 0),
        ("N/A", None),
        ("", None),
        ("12 34", None),
        ("4.–7.", None),
        ("1,", None),
        ("2025-2028", None),
    ],
)
def test_parse_number(printed, value):
    assert parse_number(printed) == value


def test_whole_numbers_are_written_without_decimals():
    assert repr(parse_number("1 257")) == "1257"


@given(st.sets(st.integers(1, 200), min_size=1))
def test_lines_come_back(lines):
    assert split_lines(join_lines(lines)) == sorted(lines)


def test_runs_of_lines_are_joined():
    assert join_lines([18, 12, 15, 16, 17, 16]) == "12;15-18"
