"""Printed numbers in, their values out: one grammar for all forms of tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunebudsjett.readers.model.numbers import NO_STYLE, SIGNS, cell_number, is_dash, is_missing, is_value, style_of


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("1 234", 1234),
        ("1\u00a0234\u00a0567", 1234567),
        ("1\u202f234", 1234),
        ("1.234.567", 1234567),
        ("1'234", 1234),
        ("1’234’567", 1234567),
        ("1234567", 1234567),
        ("1 234,-", 1234),
        ("1 234,–", 1234),
        ("(350)", -350),
        ("(1 350,5)", -1350.5),
        ("350-", -350),
        ("+5 000", 5000),
        ("- 350", -350),
        ("5*", 5),
        ("5**", 5),
        ("5¹", 5),
        ("5 1)", 5),
        ("<b>-1 200</b>", -1200),
        ("74%", 74),
        ("74 %", 74),
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("0,125", 0.125),
        ("1 234,5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("kr 1 234", 1234),
        ("1 234 kr", 1234),
        ("NOK 1.234.567", 1234567),
        ("10.000’", None),
        ("-350’", -350),
        ("-0", 0),
        ("1 23", None),
        ("12 3456", None),
        ("1.23.456", None),
        ("31.12.2025", None),
        ("2024-25", None),
        ("1--", None),
        ("-(3)", None),
        ("(3", None),
        ("1<b>2</b>", None),
        ("ca. 5", None),
        ("5 mill.", None),
        ("1 234 567 890 123 456", None),
        ("N/A", None),
        ("", None),
    ],
)
def test_a_cell_alone(printed, value):
    assert cell_number(printed) == value


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_for_minus(sign):
    assert [cell_number(text) for text in (f"{sign}3", f"{sign} 3", f"3{sign}")] == [-3, -3, -3]
    assert is_dash(sign)


@pytest.mark.parametrize(
    ("others", "printed", "value"),
    [
        ([], "1.234", None),
        ([], "1,234", None),
        (["1.234.567"], "1.234", 1234),
        (["12,5"], "1.234", 1234),
        (["12.5"], "1.234", 1.234),
        (["12.5"], "1,234", 1234),
        (["12,5"], "1,234", 1.234),
        (["1 234"], "1,234", 1.234),
        (["1 234"], "1.234", None),
        (["1.234", "2.500", "10.000"], "1.234", 1234),
        (["1,234", "2,500", "10,000"], "1,234", None),
        (["1.234.567", "1.25"], "1.234", None),
        (["500", "2025"], "1.234", None),
    ],
)
def test_points_and_commas_are_told_apart_by_the_other_numbers(others, printed, value):
    texts = [*others, printed]
    assert cell_number(printed, style_of(texts).of_column(texts)) == value


def test_decimals_of_another_column_do_not_make_a_point_decimal():
    style = style_of(["12.5", "1.234"])
    assert cell_number("1.234", style.of_column(["1.234"])) is None


@pytest.mark.parametrize(
    ("text", "missing", "value"),
    [("N/A", True, True), ("..", True, True), ("–", False, True), ("---", False, True), ("", False, False)],
)  # fmt: skip
def test_cells_without_a_number(text, missing, value):
    assert (is_missing(text), is_value(text)) == (missing, value)


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from([" ", "\u00a0", "’", "'"]),
    st.sampled_from(SIGNS),
    st.sampled_from(["{}", "<b>{}</b>", "{}*", "{} kr", "kr {}", "{} %"]),
)
def test_whole_numbers_are_read_back(number, space, sign, form):
    digits = f"{abs(number):,}".replace(",", space)
    assert cell_number(form.format(f"{sign if number < 0 else ''}{digits}"), NO_STYLE) == number
