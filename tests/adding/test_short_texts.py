"""Short texts of parties, with fewer numbers than tell a family: they are known by their words."""

import pytest

from kommunebudsjett.adding.families import family_of, trials
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.tables.meanings import ColumnWords, load_column_words


def family(text: str) -> str:
    lines = text.split("\n")
    words = ColumnWords(load_column_words(Project.find().reference))
    return family_of(trials(lines, 2027, words), lines, "tekst.txt")


@pytest.mark.parametrize(
    "text",
    [
        "Høyre i Strandvik la i går fram sitt budsjett.\n\n- 15 millioner til lærere\n- 9 millioner til boliger",
        "Vårt alternative budsjett\n\nVi vil øke bemanningen i barnehagene med 4 millioner kroner.",
        "Verbalforslag\n\n1. Kommunestyret ber kommunedirektøren legge fram en sak om skoleruten.",
    ],
)
def test_a_text_of_a_party_is_known_by_its_words(text):
    assert family(text) == "party_budget"


@pytest.mark.parametrize(
    "text",
    [
        "Hei på deg.",
        "Kommunen fikk et netto driftsresultat på 12 millioner kroner. Skatteinntektene økte med 4 millioner kroner.",
        "Vedtatt budsjett\n\nRammen til skole er 412 millioner kroner.",
    ],
)
def test_a_text_that_may_be_anybodys_is_refused(text):
    with pytest.raises(UserError):
        family(text)
