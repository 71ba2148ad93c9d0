"""Sentences that state what is, and what others want, beside what a party changes: only the last are measures."""

import pytest

from kommunebudsjett.readers.party_budget.amounts import find_amounts
from tests.readers.test_party_budget import OF_SV, read, read_text

# (printed text, (line, amount) of each measure)
STATES = [
    ("Bruk av disposisjonsfondet: 6,0 mill. (det står 90 mill. på fondet ved årsskiftet)", [(1, -6)]),
    ("Vi sparer 3 millioner kroner på reiser. Da er det fortsatt over 110 millioner igjen.", [(1, -3)]),
    ("Kirken får 300 000 kroner mer enn ramma på 6,2 millioner.", [(1, 0.3)]),
    ("Rammen til oppvekst er etter dette på 318 mill.", []),
    ("Vi setter av 4 millioner til skole i et driftsbudsjett på nesten 1,1 milliarder.", [(1, 4)]),
    ("Vi kutter 25 prosent av reisebudsjettet på 2 millioner kroner, altså 500 000 kroner.", [(1, -0.5)]),
    ("Vi vil etablere et naturfond på 2 mill. kroner.", [(1, 2)]),
    ("Vi foreslår en styrking av barnehagebudsjettet på 2 millioner kroner.", [(1, 2)]),
    ("Til saldering brukes det meste av ubrukte lånemidler (2,6 mill. pr. 31.10.2019).", []),
    # What is imagined, asked for or not in the proposal.
    ("Hallen er stoppet. Rentene alene ville blitt sju millioner i året.", []),
    ("Krisesenteret har bedt om 400.000 kroner; vi gir det 300.000 kroner.", []),
    ("Ungdomsrådet ønsket 700 000 kr til gratis buss, men det er ikke med i avtalen.", []),
    ("Vi har fått et budsjett som kutter 18 millioner i grendeskolene.", []),
    ("Eiendomsskatten holdes uendret på 3,2 promille. Det betyr 48 millioner i inntekter neste år.", []),
    # What others propose.
    ("I formannskapets innstilling er det lagt inn seks millioner kroner til det samme.", []),
    ("Vi låner ikke en krone mer enn kommunedirektøren, som vil ta opp 120 millioner i lån.", []),
    ("LES OGSÅ: Fikk 2,2 millioner i bot", []),
    # For each of several, and what that comes to.
    ("Kjøp av ti plasser hos private sykehjem, 1,1 mill. per plass – 11 mill.", [(1, 11)]),
    ("Seks nye lærlinger, kr 180 000 per lærling, til sammen kr 1 080 000.", [(1, 1.08)]),
    ("Gratis halvdagsplass: 3 mill. per år", [(1, 3)] * 4),
    ("Hvert barn i skolen koster 128 000 kroner.", []),
    # Sums.
    ("Alle økte driftsutgifter utgjør 3,68 mill.", []),
    ("Vi gir 20 millioner mer til eldreomsorgen.\n\nAv de 20 millionene går 12 millioner til sykehjem og åtte "
     "millioner til hjemmetjenesten.", [(3, 12), (3, 8)]),
]  # fmt: skip
SIGNS = [
    ("Innbyggerne får 10 millioner lavere eiendomsskatt.", [10]),
    ("Bunnfradraget heves. Det gir innbyggerne sju millioner kroner mindre i skatt.", [7]),
    ("Vi får 4 millioner høyere utbytte.", [-4]),
    ("Vi foreslår at disposisjonsfondet brukes med 7,35 millioner kroner.", [-7.35]),
    ("Vi øker bruken av disposisjonsfondet med 2 millioner kroner.", [-2]),
    ("Bruken av havnefondet reduseres med 2 millioner kroner.", [2]),
    (
        "Venstre vil i tillegg:\n– Innføre halv pris på kulturskolen (2,2 mill.)\n– Kutte 4 millioner i egen stab",
        [2.2, -4],
    ),
    ("Innsparinger\n\nSykefravær: 3,2 mill.\nInnkjøp: Nye avtaler gir 1,8 mill.", [-3.2]),
    ("Rådmannens forslag om å redusere lærertettheten (3,8 mill) avvises.", [3.8]),
    ("Eiendomsskatten avvikles. Første år reduseres den med 15 mill. kroner.", [15]),
    ("Inndekning\n\nStillingsstopp i staben: kr 2 000 000\nØkt uttak fra pensjonsfondet: kr 4 000 000", [-2, -4]),
    ("Vi bruker 3 millioner kroner på å bygge opp disposisjonsfondet.", [3]),
]
UNDER_TITLE = """\
Senterpartiet – framlegg til budsjett 2020

Tal i heile 1000 kr. Pluss er meirutgift, minus er innsparing.

DRIFT
1. Vikarar i barnehagane   +1 200
2. Straumavtale   –900
"""
NUMBERED = """\
Bygdelista – forslag til budsjett 2020

Beløp i 1000 kr

Nr | Tiltak | 2020 | 2021 | Merknad
1 | To nattevakter | 900 | 1 800 | Fra 1. juli
2 | Leid vaktmester sies opp | -325 | -650 | Halvårseffekt
3 | Salg av konsesjonskraft | -1 100 | -1 100 | Anslag
"""


UNIT_LAST = """\
MDG Sandvik

✅ Flere sykkelveier 10.000
✅ Ny klimasjef 950

Alle beløp i 1000 kroner. Endringene er varige.
"""


def test_a_unit_for_all_figures_may_stand_last_and_pictures_are_no_names():
    found = read_text(UNIT_LAST).measures
    assert [(one.measure, one.amount_mnok) for one in found] == [("Flere sykkelveier", 10), ("Ny klimasjef", 0.95)]


SINGLE_SPACES = """\
SVs budsjettforslag 2020

Tiltak drift (hele tusen)
Nr. Tiltak Beløp
1. Styrke PP-tjenesten 1 200
2. Redusert vikarbruk -1 250
Sum -50
"""


def test_the_head_of_a_list_is_no_chapter_and_its_numbers_are_no_names():
    found = read_text(SINGLE_SPACES).measures
    assert [(one.measure, one.amount_mnok) for one in found] == [
        ("Styrke PP-tjenesten", 1.2),
        ("Redusert vikarbruk", -1.25),
    ]
    assert {one.area for one in found} == {"Tiltak drift (hele tusen)"}


@pytest.mark.parametrize(("text", "expected"), STATES)
def test_what_is_or_is_wished_for_is_no_measure(text, expected):
    records = read_text(text)
    assert [(one.line, one.amount_mnok) for one in records.measures] == expected


@pytest.mark.parametrize("text", [text for text, _ in STATES if "per år" not in text])
def test_every_amount_is_a_measure_or_listed(text):
    records = read_text(text)
    listed = [*records.measures, *records.unread, *records.ledger]
    assert len(listed) == len(find_amounts(text))


@pytest.mark.parametrize(("text", "expected"), SIGNS)
def test_less_income_costs_and_what_funds_give_pays(text, expected):
    assert [one.amount_mnok for one in read_text(text).measures] == expected


def test_a_unit_under_the_title_holds_for_the_whole_document():
    assert [one.amount_mnok for one in read_text(UNDER_TITLE).measures] == [1.2, -0.9]


def test_rows_of_income_tell_what_a_minus_means_and_a_unit_is_no_area():
    found = read_text(NUMBERED).measures
    assert [one.amount_mnok for one in found] == [0.9, 1.8, -0.325, -0.65, -1.1, -1.1]
    assert {one.area for one in found} == {"Bygdelista – forslag til budsjett 2020"}


@pytest.mark.parametrize(
    ("head", "is_own"),
    [
        ("Kommunedirektørens forslag til budsjett vedtas med disse endringene:", True),
        ("Kommunedirektørens forslag til budsjett:", False),
        ("Kari Lunde (SV) fremmet følgende forslag:", True),
        ("Per Moe (H) fremmet følgende forslag:", False),
    ],
)
def test_who_proposes_in_minutes(head, is_own):
    records = read(OF_SV, f"{head}\n- Rammen til skole økes med 2,3 mill. kr\n".split("\n"))
    assert [one.amount_mnok for one in records.measures] == ([2.3] if is_own else [])
