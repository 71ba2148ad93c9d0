"""What a cell shows, by its number and the code of its format: the cases that budgets and their exports have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunebudsjett.forms.number_formats import BUILT_IN, HIDDEN, OTHER_SIGN, show_number, show_text
from kommunebudsjett.readers.model.numbers import cell_number

SHOWN = [
    # Without a format: a year has no thousands, and decimals go as far as a cell is wide.
    (2026, "General", "2026"), (0.1 + 0.2, "General", "0,3"), (1234567.891234, "General", "1234567,891"),
    (123456789012345, "General", "123456789012345"), (-12.5, "General", "-12,5"), (45.1, 'General" kr"', "45,1 kr"),
    (12, "@", "12"),
    # Thousands and decimals.
    (2026, "0", "2026"), (2026, "#,##0", "2 026"), (1519353, "#,##0", "1 519 353"), (353, "#,##0", "353"),
    (1519353, "# ##0", "1 519 353"), (1519353, r"#\ ##0", "1 519 353"), (1519353.55, r"#\ ##0.0", "1 519 353,6"),
    (53, "# ##0", "53"), (1234567.5, "#,##0.00", "1 234 567,50"), (7, "00", "07"), (5, "0.##", "5"),
    (5.25, "0.##", "5,25"), (0.5, ".00", ",50"), (1, ".0", "1,0"), (12345678, "000 00 000", "123 45 678"),
    # Halves go away from zero, and numbers are rounded as they are written, not as they are stored.
    (2.5, "0", "3"), (-2.5, "0", "-3"), (1.005, "0.00", "1,01"), (0.5, "0", "1"), (-0.3, "0", "0"),
    # Per cent, and a per cent sign that is text.
    (0.975, "0%", "98%"), (0.975, "0.0 %", "97,5 %"), (-0.021, "0.0%;[Red]-0.0%", "-2,1%"), (3.5, r"0.0\%", "3,5%"),
    (3.5, '0.0"%"', "3,5%"),
    # Commas after the last place show thousands and millions.
    (1519353, "#,##0,", "1 519"), (1519353, "0.0,,", "1,5"), (1234567, r'#,##0.0,\ "t"', "1 234,6 t"),
    (-1519353, "#,##0,;[Red]-#,##0,", "-1 519"), (1500000, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "1,5M"),
    (1500, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "2k"), (-5, '[>=1000000]0.0,,"M";[>=1000]0,"k";0', "-5"),
    # Signs: a minus, brackets, or nothing but a colour.
    (-1519353, "#,##0", "-1 519 353"), (-1519353, "#,##0;[Red]-#,##0", "-1 519 353"),
    (-350, "#,##0;[Red]#,##0", "-350"),
    (-12.5, "0.0;[Color10]0.0", "-12,5"), (-350, "[Red]#,##0", "-350"), (-350, "#,##0;[RED](#,##0)", "(350)"),
    (-350, "#,##0_);(#,##0)", "(350)"), (350, "#,##0_);(#,##0)", "350"),
    (-1234567, r"#,##0\ ;\(#,##0\)", "(1 234 567)"),
    (5, "+0;-0", "+5"), (-5, "+0;-0", "-5"), (-5, "0;0-", "5-"), (-1234, "#,##0 ;[RED]-#,##0 ", "-1 234"),
    (-5, "[Red][<0]0;0", "-5"), (-0.3, "#,##0;-#,##0", "0"), (-0.3, "0;(0)", "0"),
    # Money, and words beside the number. The sign stands beside its number.
    (12, '0" mill. kr"', "12 mill. kr"), (1234.5, '#,##0.00" kr"', "1 234,50 kr"), (1234, '#,##0",-"', "1 234,-"),
    (1200, "[$kr-414] #,##0", "kr 1 200"), (-1200, "[$kr-414] #,##0", "kr -1 200"),
    (-1200, "[$kr-414] #,##0.00;[Red]-[$kr-414] #,##0.00", "kr -1 200,00"),
    (-1200, "#,##0 [$kr];(#,##0 [$kr])", "(1 200) kr"),
    (-1200, '"kr" #,##0;("kr" #,##0)', "kr (1 200)"),
    (-1200, '"tkr" #,##0;-"tkr" #,##0', "tkr -1 200"), (-1200, "[$USD-409] #,##0", "USD -1 200"),
    (-1200, '#,##0;"minus "#,##0', "-1 200"), (1234, "#,##0.-", "1 234,-"), (-1234, r"kr #,##0.\-", "kr -1 234,-"),
    (5, "Standard", "5"),
    # What Excel calls accounting.
    (1200, BUILT_IN[41], "1 200"), (-1200, BUILT_IN[41], "-1 200"), (0, BUILT_IN[41], "-"),
    (1200.5, BUILT_IN[44], "kr 1 200,50"), (-1200.5, BUILT_IN[44], "kr -1 200,50"), (0, BUILT_IN[43], "-"),
    (-3, '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "(3)"),
    # Zero as a dash, or as nothing.
    (0, '0;-0;"-"', "-"), (0, '0;-0;""', ""), (0, "0;-0;;@", ""), (0, "#,###", ""), (0, "#,##0", "0"),
    # Fractions, powers of ten, dates and times.
    (1.5, "# ?/?", "1 1/2"), (0.25, "# ??/??", "1/4"), (3, "# ?/?", "3"), (0.5, "?/?", "1/2"), (1.25, "# ?/8", "1 2/8"),
    (123456, "0.00E+00", "1,23E+05"), (0.00123, "0.00E+00", "1,23E-03"), (12345678, "##0.0E+0", "12,3E+6"),
    (46023, BUILT_IN[14], "01.01.2026"), (46023.5, "d. mmmm yyyy hh:mm", "1. januar 2026 12:00"),
    (46023, "[$-414]mmmm yyyy", "januar 2026"), (46023, "yyyy", "2026"), (46023, "ddd d/m", "tor 1.1"),
    (0.5, "h:mm AM/PM", "12:00 PM"), (1.5, "[h]:mm:ss", "36:00:00"), (1, "d.m.yy", "1.1.00"),
    (0.000012, "mm:ss.0", "00:01,0"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_what_is_shown(value, code, shown):
    assert show_number(value, code) == (shown, "")


LEFT = [
    (5, ";;;", "", HIDDEN), (-5, "0;;0", "", HIDDEN), (5, '"x"', "x", HIDDEN), (-5, "[>0]0", "", HIDDEN),
    (-350, "#,##0;#,##0", "", OTHER_SIGN), (350, "-#,##0;#,##0", "", OTHER_SIGN),
    (-350, "-#,##0;#,##0", "", OTHER_SIGN),
    (-5, '"Over"0;"Under"0', "", OTHER_SIGN), (5, '"minus "0', "", OTHER_SIGN), (5, '-"tkr" 0', "", OTHER_SIGN),
    (-46023, "dd.mm.yyyy", "", "its number format shows it as a date, and it is none"),
    (float("inf"), "0", "", "it is no number"), (1e300, "0", "", "it is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "shown", "problem"), LEFT)
def test_what_cannot_be_read_from_what_is_shown(value, code, shown, problem):
    assert show_number(value, code) == (shown, problem)


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("Skole", "General", "Skole"), ("Skole", BUILT_IN[41], "Skole"), ("Skole", '0;0;0;"<"@">"', "<Skole>"),
        ("Skole", ";;;", ""), ("Skole", "0;-0;;@", "Skole"), ("", ";;;", ""), ("Skole", "0;0;0", "Skole"),
    ],
)  # fmt: skip
def test_text(text, code, shown):
    assert show_text(text, code).text == shown
    assert bool(show_text(text, code).problem) == (bool(text) and not shown)


def test_days_are_counted_from_1904_where_a_workbook_says_so():
    assert show_number(44561, "dd.mm.yyyy", from_1904=True).text == "01.01.2026"


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(
        ["#,##0", "0", "# ##0", "#,##0;[Red]#,##0", "#,##0_);(#,##0)", BUILT_IN[41], BUILT_IN[38], "General"]
    ),
)
def test_whole_numbers_are_read_back(number, code):
    shown = show_number(number, code)
    assert not shown.problem
    assert cell_number(shown.text) == number or (shown.text == "-" and number == 0)


@given(
    st.decimals(-(10**8), 10**8, places=2), st.sampled_from(["#,##0.00", "0.00;[Red]0.00", BUILT_IN[39], BUILT_IN[43]])
)
def test_decimals_are_read_back(number, code):
    shown = show_number(float(number), code)
    assert shown.text == "-" or cell_number(shown.text) == pytest.approx(float(number), abs=0.005)


@given(st.floats(), st.text('0#?,.%;E+-[]<>=Red"\\_*@/ kr()ymdhsGeneral$', max_size=25), st.booleans())
def test_any_code_shows_something_or_says_why_not(number, code, from_1904):
    shown = show_number(number, code, from_1904=from_1904)
    assert isinstance(shown.text, str) and "\n" not in shown.text
