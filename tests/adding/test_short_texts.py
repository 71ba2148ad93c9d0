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
        "Hva koster det?\nVenstre i Elvdal har regnet på forslagene sine.\nSeks nye lærere: 4,2 millioner",
        "Framlegg frå Bygdalista\n\n1. Ramme for oppvekst vert auka med kr 2 350 000.",
        "Særutskrift\n\nOle Vik (Ap) fremmet på vegne av Ap og Sp følgende:\n\nSkole styrkes med 2 mill. kroner.",
        # The party is named below, where it says what it wants, or signs.
        "Budsjett 2027\n\n"
        "Endringer i drift, i tusen kroner\n\n"
        "Tiltak\t2027\t2028\t2029\t2030\n"
        "Flere lærere\t4 000\t4 000\t4 000\t4 000\n"
        "Gratis SFO\t2 500\t2 500\t2 500\t2 500\n"
        "Kutt i konsulenter\t-3 000\t-3 000\t-3 000\t-3 000\n"
        "Eiendomsskatt\t-3 500\t-3 500\t-3 500\t-3 500\n\n"
        "Forslaget er lagt fram av gruppa til Senterpartiet.",
        "Slik vil vi bruke pengene\n\n"
        "- 4 millioner til flere lærere\n"
        "- 2,5 millioner til gratis SFO\n"
        "- 3 millioner mindre til konsulenter\n\n"
        "Rødt mener at skolen må komme først.",
        "Ordfører,\n\nI dag skal vi vedta budsjettet. Vi i Venstre vil bruke 3 millioner kroner mer på skolene.",
        "Framlegg til budsjett\n\n"
        "Me vil styrkja heimetenesta med 2 millionar kroner. Me vil ta 1 million kroner frå reisebudsjettet.\n\n"
        "For Høgre, Kari Nordmann",
        "Våre prioriteringer for neste år\n\n"
        "Vi foreslår å øke bemanningen i barnehagene med 4 millioner kroner.\n\n"
        "Forslaget fremmes av representanten Per Hansen (KrF).",
        "Budsjettet\n\nVi i Sosialistisk Venstreparti vil bruke 5 millionar kroner på skule.",
        "Særutskrift, sak 12/26\n\n"
        "Forslag fremmet av Kari Hansen på vegne av Rødt:\n\n"
        "Rammen til skole økes med 4 millioner kroner.",
        "Vil ha flere lærere\n\n"
        "Budsjettet for neste år er klart. Senterpartiet i Strandvik foreslår 4 millioner kroner til flere lærere.",
        "Endringer i rådmannens budsjettforslag\n\nRammen til skole økes med 4 millioner kroner.\n\nHilsen Venstre",
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
        "Tiltaksliste 2027\n\nRammen til skole økes med 4 millioner kroner. Høyre og Ap sitter i formannskapet.",
        # A municipality names the parties of its council.
        "Vedtak i kommunestyret\n\n"
        "Rammen til skole økes med 4 millioner kroner etter forslag fra Høyre og Arbeiderpartiet.",
        "Kommunedirektørens forslag til budsjett 2027\n\n"
        "Rammen til oppvekst økes med 4 millioner kroner. Kommunestyret består av Høyre, Ap og Sp.",
        "Økonomiplan 2027-2030, kommunedirektørens forslag\n\n"
        "Endringer i tusen kroner\t2027\t2028\t2029\t2030\n"
        "Flere lærere\t4 000\t4 000\t4 000\t4 000\n"
        "Gratis SFO\t2 500\t2 500\t2 500\t2 500\n"
        "Kutt i konsulenter\t-3 000\t-3 000\t-3 000\t-3 000\n"
        "Eiendomsskatt\t-3 500\t-3 500\t-3 500\t-3 500\n\n"
        "Høyre og Ap ba om tiltakene i fjor.",
        "Rådmannens budsjettforslag\n\nVi øker rammen til skole med 4 millioner kroner.",
        "Kommunen sparer på strøm\n\n"
        "Ordfører Kari Hansen (Ap) sier at kommunen bruker 4 millioner kroner mer på strøm.",
        "Budsjettforslag 2027\n\n"
        "Budsjettforslaget øker rammen til skole med 4 millioner kroner. Høyre og Ap sitter i formannskapet.",
        "Rådmannen sitt framlegg til budsjett\n\n"
        "Vi styrkjer skulen med 4 millionar kroner. Høgre vil at skulen skal byggjast ut.",
    ],
)
def test_a_text_that_may_be_anybodys_is_refused(text):
    with pytest.raises(UserError):
        family(text)
