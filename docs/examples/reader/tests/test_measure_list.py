"""The reader of lists: printed lines in, expected rows out."""

import pytest
from measure_list import read

from kommunebudsjett.core.registry import Document

DOCUMENT = Document(
    id="partiet-2027",
    file="partiet-2027.txt",
    title="Partiets budsjett 2027",
    publisher="Partiet",
    family="measure_list",
    municipality="Byen",
    budget_year=2027,
    period_from=2027,
    period_to=2030,
    baseline="byrådets forslag",
)

# (printed line, the (year, amount) rows of its measure, the numbers that are unread)
LINES = {
    "an amount in one year": ("- Flere lærere: 12,5 millioner i 2027", [(2027, 12.5)], []),
    "one in several years": (
        "- Flere lærere: 12,5 millioner i 2027, 25 millioner i 2028",
        [(2027, 12.5), (2028, 25)],
        [],
    ),
    "a saving, with thousands": ("– Færre reiser: -1 200 millioner i 2027", [(2027, -1200)], []),
    "no amount": ("- Lekser på skolen: utredes", [(None, None)], []),
    "a number that is no amount": ("- Flere lærere: 20 nye, 12 millioner i 2027", [(2027, 12)], ["20"]),
    "a year outside the plan": ("- Flere lærere: 12 millioner i 2031", [(None, None)], ["12", "2031"]),
    "a number in the name": ("- Skole for 6-åringer: 1 millioner i 2027", [(2027, 1)], ["6"]),
}


@pytest.mark.parametrize(("line", "rows", "unread"), LINES.values(), ids=LINES.keys())
def test_a_measure(line, rows, unread):
    records = read(DOCUMENT, ["Oppvekst", "", line])
    assert [(measure.year, measure.amount_mnok) for measure in records.measures] == rows
    assert {(measure.area, measure.line, measure.quote) for measure in records.measures} == {("Oppvekst", 3, line)}
    assert [(number.raw, number.line) for number in records.unread] == [(raw, 3) for raw in unread]
    assert records.numbers_read == sum(amount is not None for _, amount in rows)


def test_a_measure_belongs_to_the_area_above():
    records = read(DOCUMENT, ["Oppvekst", "- En: utredes", "", "Kultur", "- To: utredes"])
    assert [(measure.area, measure.measure) for measure in records.measures] == [("Oppvekst", "En"), ("Kultur", "To")]


def test_what_is_no_list_has_no_measures():
    records = read(DOCUMENT, ["Melk 2 liter", "Brød", "", "Sum 40 kroner"])
    assert not records.measures
    assert not records.numbers_read
    assert [number.raw for number in records.unread] == ["2", "40"]
