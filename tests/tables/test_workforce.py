"""Printed tables of staff and pay in, figures by gender out."""

from kommunebudsjett.tables.workforce import workforce
from tests.tables.annual_report_cells import printed, report


def figures(text):
    names = ["staff_group", "gender", "employment", "indicator", "year", "value", "unit"]
    return [tuple(row) for row in workforce(printed(text))[names].itertuples(index=False)]


def test_genders_in_the_columns():
    text = """
#### 10.1.8. Antall ansatte og årsverk 2031

Byrådsområde→Kvinne→→Mann→→Sluttsum
→Antall→Andel årsverk→Antall→Andel årsverk→Antall
Finans→594→60%→380→40%→974
"""
    assert figures(text) == [
        ("Finans", "women", "all", "Antall", 2031, 594, "count"),
        ("Finans", "women", "all", "Andel årsverk", 2031, 60, "percent"),
        ("Finans", "men", "all", "Antall", 2031, 380, "count"),
        ("Finans", "men", "all", "Andel årsverk", 2031, 40, "percent"),
        ("Finans", "all", "all", "Antall", 2031, 974, "count"),
    ]


def test_genders_in_the_rows():
    text = """
#### 10.1.13. Midlertidig ansatte i 2031

Kjønn→Fast→→Midlertidig→→Sluttsum
→Antall→Andel→Antall→Andel→Antall
Kvinne→10→91%→1→9%→11
<b>Sluttsum</b>→<b>20</b>→<b>90%</b>→<b>2</b>→<b>10%</b>→<b>22</b>
"""
    assert figures(text)[0] == ("", "women", "permanent", "Antall", 2031, 10, "count")
    assert figures(text)[3] == ("", "women", "temporary", "Andel", 2031, 9, "percent")
    assert figures(text)[-1] == ("", "all", "all", "Antall", 2031, 22, "count")


def test_tables_that_do_not_set_women_beside_men_are_no_staff_tables():
    assert workforce(printed("→2030→2031\nAntall barn→3→4")).empty


def test_no_cells_give_no_rows():
    assert workforce(report().iloc[:0]).empty


def test_the_report_of_2025():
    found = workforce(report())
    assert len(found) == 464
    assert list(found["table"].unique()) == [f"10.1.{number}" for number in (8, 9, 10, 11, 12, 13, 14)]
    assert set(found["gender"]) == {"women", "men", "all"}
    assert set(found["year"]) == {2025}
    staff = found[(found["table"] == "10.1.8") & (found["is_total"] == 1) & (found["indicator"] == "Antall")]
    assert staff.set_index("gender")["value"].to_dict() == {"women": 11259, "men": 3877, "all": 15136}
