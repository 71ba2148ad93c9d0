"""Lists whose heads, units and signs say what their amounts are, and the words that turn one round."""

import pytest

from tests.readers.test_party_budget import DOCUMENT, OF_SV, read, read_text

# (printed text, (name, amount) of each measure). A list of what is refused turns its cuts round, and says nothing of
# spending: whether that is in the budget that is changed, is not known.
REFUSED = [
    ("Vi sier nei til disse kuttene:\n- Skolefritid 2,3 mill.\n- Bibliotek 400 000 kr", [2.3, 0.4]),
    (
        "Vi sier nei til:\n- Kutt i skolefritid 2,3 mill.\n- Ny rådhusplass til 40 mill.\n- Økte gebyrer på 2 mill.",
        [2.3, 2],
    ),
    ("Dette vil vi ikke gjøre:\n- Ny rådhusplass, 40 mill.", []),
    ("Vi går imot rådmannens forslag om:\n- Nedlegging av Vik skole, 3 mill. kr\n- Salg av tomt, 9 mill. kr", [3, 9]),
    ("# Kutt vi reverserer\n\n- Skolefritid 2,3 mill.\n\n# Skole\n\n- Fritidsklubb får 2 mill.", [2.3, 2]),
    ("Dette sier vi nei til\nSkolefritid: 2,3 mill.\nNy rådhusplass: 40 mill.", []),
    ("Vi reverserer kuttene i:\n- skolefritid: 2 mill.\n- bibliotek: -1 mill.", [2]),
    ("Nei til bompenger\n- Lavere bompenger: 12 mill", [12]),
    ("Vi sier ja til:\n- Fritidsklubb 2,3 mill.", [2.3]),
    (
        "Forslaget om å stenge Nordre bibliotek, som skulle spare 1,1 millioner, er vi imot.",
        [],
    ),
]
SIGNS = [
    ("Det som da mangler, vel 7 millioner, dekkes av fjorårets mindreforbruk.", [-7]),
    ("Resterende behov, 15,9 mill. kroner, løses med et flatt kutt i sentrale enheter.", [-15.9]),
    ("Resten, 7,1 millioner, henter partiet ved å la være å bygge garasjen.", [-7.1]),
    (
        "Den skal betales med penger som i dag går til belysning (200.000 kroner) og til flyplassens markedsføring"
        " (1 mill. kroner).",
        [-1],
    ),
    (
        "Vi gir skolen 3 millioner mer. Vi gir helse 4 millioner mer. Vi gir kultur 2 millioner mer.\n\n"
        "Vi lar to av sju stillinger i sekretariatet stå ubesatt, noe som gir 1,95 millioner.",
        [3, 4, 2],
    ),
    ("D. Kjøp av juridiske tenester vert redusert med 490 000 kroner.", [-0.49]),
    ("4. Bruk av disposisjonsfond økes med kr 1.645.000.", [-1.645]),
    ("Prosjekter vi tar ut\n\n5. Ny brannstasjon, anslag på 46 mill. kr strykes.", [-46]),
    ("Skatten er høy. I tillegg settes det av 12 millioner til en ny svømmehall.", [12]),
    ("1½ mill. til sommerjobb for ungdom", [1.5]),
    ("De resterende 1,3 millionene går til trafikksikring.", [1.3]),
    ("20 millioner kroner fordelt på fire år settes av til trafikksikring.", [20]),
    ("1.3 Kultur: 3 mill. mindre enn kommunedirektørens forslag", [-3]),
    ("Utsette parkeringshuset til 120 mill. Det sparer 5 mill. i renter.", [-5]),
    # What is, what others do, and what an amount comes to.
    ("Lånegjelden ventes å øke med 600 millioner.", []),
    ("Hver million i lån koster om lag 65 000 kr i renter.", []),
    ("Byalliansen har frafalt kravet om 12 mill. kroner til idrettshall.", []),
    ("Vi tar 2,1 mill fra fondet, det tåler det (står 31 mill der nå)", [-2.1]),
    ("Investeringer\n\nHolmen skole: 180 mill (60 mill i 2020, 120 mill i 2021)", [60, 120]),
    ("12 nye årsverk à 750.000 kroner, totalt 9 mill", [9]),
    (
        "SV vil bruke 25 millioner mer på skole og eldre\n\n– Vi kan ikke spare oss til fant.\n\n"
        "Partiet gir skolen 12 millioner mer, sykehjemmene 8,5 millioner mer og kulturen 4,5 millioner mer.",
        [12, 8.5, 4.5],
    ),
]
# (printed text, role of its amount in the ledger)
LEDGER = [
    ("Fondene vil ved utgangen av 2020 være på 44,6 mill. kr.", "level"),
    ("Dermed har partiene måttet finne 14 millioner.", "sum"),
]
NAMES = [
    ("Vi gir to millioner kroner mer til hjemmesykepleien. To millioner, ordfører.", "Mer til hjemmesykepleien"),
    ("For det andre vil vi øke tilskuddet til Bymisjonen med 2 mill.", "Øke tilskuddet til Bymisjonen"),
    ("Dette finansierer vi ved å redusere avsetningen til fondet med 4 millioner.", "Redusere avsetningen til fondet"),
    ("Dette betaler vi ved å ta 15 millioner frå havnefondet.", "Frå havnefondet"),
    (
        "Investeringer\n\n3. Kunstgress på banen, byttes i 2021. Pris 4,8 mill. kr inkl. mva.",
        "Kunstgress på banen, byttes i 2021",
    ),
    ("| Skole | Flere lærere | 2 mill |\n| Kultur | Flere timer på skolen | 1 mill |", "Skole | Flere lærere"),
]
APART = """\
SVs budsjett 2020 – tall i mill. kr

Kultur og miljø
Idrettsanlegg                     +  120
Kulturtilskudd                    –   60
Sykkelveinett                     +   25,0   (investering)
Regionale planer                  –    4
"""
CHAPTERS = """\
BYDEL STRANDHEIM
Møte 10.12.2019

Endringsforslag fra Partiet
(tall i hele tusen, + er økt bevilgning, - er redusert)

Funksjonsområde 1 Administrasjon
  Vakant stilling i ledelsen: -850

Funksjonsområde 2 Oppvekst
  Feriekort til barn: +250
"""
GROUPS = """\
SVs endringer til økonomiplan 2020–2021

Beløp i hele tusen kroner

Tiltak\t2020\t2021
Økte utgifter\t\t
Bemanning i barnehagene\t1 500\t3 000
Ungdomskontakt\t650\t-
Sum økte utgifter\t2 150\t3 000
Inndekning\t\t
Eiendomsskatt på hytter\t1 900\t3 000
Mindre kjøp av konsulenter\t250\t650
Sum inndekning\t2 150\t3 650

Alle tall er i 2020-kroner.
"""
RESULT = """\
SV – korrigert driftsbudsjett 2020

Fortegnene viser hva endringen gjør med resultatet: minus svekker, pluss styrker. Beløp i mill. kr.

Område\tEndring\tMerknad
Grunnskole\t-6,0\t9 årsverk, mest på ungdomstrinnet
Barnevern\t-2,4\tflere fosterhjem
Stab og støtte\t+3,5\t6 årsverk
Utbytte\t+4,9\tjf. 3. kvartal
"""
VOTES = """\
SVs endringer 2020

Driftsbudsjettet (hele 1000 kr)
                                   2020     2021
Barnevern, forebyggende            1 500    1 500
Leirskole, redusert egenandel        700      700
Frivilligsentral                    -250     -250
Reduserte renteutgifter           -2 200   -2 900
Økt skatteinngang                 -2 250   -2 350
"""


@pytest.mark.parametrize(("text", "expected"), REFUSED)
def test_what_is_refused_is_turned_round_or_unread(text, expected):
    assert [one.amount_mnok for one in read_text(text).measures] == expected


@pytest.mark.parametrize(("text", "expected"), SIGNS)
def test_words_that_pay_and_words_that_state(text, expected):
    assert [one.amount_mnok for one in read_text(text).measures] == expected


@pytest.mark.parametrize(("text", "role"), LEDGER)
def test_what_is_no_measure_is_in_the_ledger(text, role):
    records = read_text(text)
    assert not records.measures and [one.role for one in records.ledger] == [role]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names_are_without_what_every_proposal_says(text, expected):
    assert read_text(text).measures[0].measure == expected


def test_what_they_want_is_others_where_the_sentence_before_names_others():
    text = "Høyre og Frp går motsatt vei. De vil kutte 30 millioner i eiendomsskatten."
    assert read(OF_SV, text.split("\n")).measures == []


def test_a_digit_that_ends_a_row_is_listed_where_a_unit_is_stated():
    for head, listed in (("Klima (mill. kr)", ["5"]), ("Klima", [])):
        records = read_text(f"{head}\nSykkelparkering 1,5 mill.\nKlimafond 5\n")
        assert [one.raw for one in records.unread if one.line == 3] == listed


def test_each_party_in_a_newspaper_proposes():
    text = "Kystpartiet vil bruke 8,4 millioner kroner på sykehjem."
    for publisher, expected in (("Lindvåg Tidende", [8.4]), ("SV", [])):
        document = DOCUMENT.model_copy(update={"publisher": publisher, "title": "Budsjettet"})
        assert [one.amount_mnok for one in read(document, [text]).measures] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (APART, [120, -60, 25, -4]),
        (CHAPTERS, [-0.85, 0.25]),
        (GROUPS, [1.5, 3, 0.65, -1.9, -3, -0.25, -0.65]),
        (RESULT, [6, 2.4, -3.5, -4.9]),
        (VOTES, [1.5, 1.5, 0.7, 0.7, -0.25, -0.25, -2.2, -2.9, -2.25, -2.35]),
    ],
)
def test_signs_and_units_of_lists(text, expected):
    assert [one.amount_mnok for one in read_text(text).measures if one.amount_mnok] == expected


def test_a_remark_or_a_group_says_what_is_invested():
    kinds = {one.measure: one.kind for one in read_text(APART).measures}
    assert kinds["Sykkelveinett"] == "investering" and kinds["Idrettsanlegg"] == "drift"
    text = GROUPS.replace("Inndekning", "Investeringer").replace("inndekning", "investeringer")
    assert {one.kind for one in read_text(text).measures if "hytter" in one.measure} == {"investering"}
