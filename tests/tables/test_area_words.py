"""Names of areas in, the area that their words are of out."""

import pytest

from kommunebudsjett.tables.service_areas import load_areas
from tests.tables.annual_report_cells import AREA_WORDS, ROOT


@pytest.mark.parametrize(
    ("name", "area_id", "sure"),
    [
        ("Skule", "oppvekst", "sure"),
        ("202 Grunnskole", "oppvekst", "sure"),
        ("Pleie og omsorg", "helse_omsorg", "sure"),
        ("Heimetenester", "helse_omsorg", "sure"),
        ("Barnevernteneste", "sosiale_tjenester", "sure"),
        ("Kyrkja", "kultur_idrett", "sure"),
        ("Vatn og avløp", "byutvikling", "sure"),
        # Words of two areas: the person must decide.
        ("Oppvekst og kultur", "oppvekst", "doubtful"),
    ],
)
def test_an_area_is_proposed_by_words(name, area_id, sure):
    found = AREA_WORDS.propose(name)
    assert (found.area_id, found.sure) == (area_id, sure)


@pytest.mark.parametrize("name", ["Diverse", "Sum", "Skolebrød", "Reserve"])
def test_no_area_is_proposed_without_words(name):
    assert AREA_WORDS.propose(name) is None


def test_the_areas_that_are_proposed_are_those_of_the_project():
    known = set(load_areas(ROOT / "data/reference")["area_id"])
    assert {area for _, _, area in AREA_WORDS._patterns} <= known
