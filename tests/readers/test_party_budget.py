"""Party budgets in the forms that parties publish: printed text in, amounts with year, sign and role out."""

import time

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import read
from kommunebudsjett.readers.party_budget.amounts import find_amounts
from kommunebudsjett.readers.party_budget.words import load_words
from kommunebudsjett.readers.records import Records

DOCUMENT = Document(
    id="partiet-2020", file="partiet.txt", title="Budsjett 2020", publisher="Partiet", family="party_budget",
    municipality="Byen", budget_year=2020, period_from=2020, period_to=2023, baseline="rådmannens forslag",
)  # fmt: skip


def read_text(text: str) -> Records:
    return read(DOCUMENT, text.split("\n"))


def figures(text: str) -> list[tuple[int | None, float | None]]:
    return [(measure.year, measure.amount_mnok) for measure in read_text(text).measures]


# (printed text, (form, value, high) of each amount; values in million kroner)
AMOUNTS = [
    ("kr 500 000,- til korps", [("amount", 0.5, None)]),
    ("500.000,-", [("amount", 0.5, None)]),
    ("5'100'000 kr", [("amount", 5.1, None)]),
    ("500' til korps", [("amount", 0.5, None)]),
    ("500 tkr", [("amount", 0.5, None)]),
    ("TNOK 500", [("amount", 0.5, None)]),
    ("NOK 500 000", [("amount", 0.5, None)]),
    ("MNOK 5,1", [("amount", 5.1, None)]),
    ("+0,5 mill", [("amount", 0.5, None)]),
    ("0.5 mill", [("amount", 0.5, None)]),
    ("kr 5.1 mill", [("amount", 5.1, None)]),
    ("12 mill.kr", [("amount", 12, None)]),
    ("1,03 milliarder", [("amount", 1030, None)]),
    ("1, 07 milliarder kroner", [("amount", 1070, None)]),
    ("38,600 mill", [("amount", 38.6, None)]),
    ("fem millionar", [("amount", 5, None)]),
    ("de fire millionene", [("amount", 4, None)]),
    ("halvannen million", [("amount", 1.5, None)]),
    ("fem og en halv million", [("amount", 5.5, None)]),
    ("fem komma én million", [("amount", 5.1, None)]),
    ("to hundre tusen kroner", [("amount", 0.2, None)]),
    ("førtito millioner", [("amount", 42, None)]),
    ("5 mill 100 tusen kroner", [("amount", 5.1, None)]),
    ("26 millioner kroner. 18 millioner tas", [("amount", 26, None), ("amount", 18, None)]),
    ("5.100 mill", [("unclear", 0, None)]),
    ("2 og 3 millioner", [("unclear", 2, None)]),
    ("5,1 til 6 mill", [("range", 5.1, 6)]),
    ("16,5 - 28 millioner", [("range", 16.5, 28)]),
    ("mellom seks og sju millioner kroner i året", [("range", 6, 7)]),
    ("fra 16 mill. til 11 mill.", [("from_to", 16, 11)]),
    ("70 i stedet for 35 millioner", [("instead", 70, 35)]),
    ("5 100 000", [("bare", 5_100_000, None)]),
    ("5 mill. euro", []),
    ("5,1 mill. tonn CO2", []),
    ("7,6 prosent av 13.12.2021", []),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS, ids=[text for text, _ in AMOUNTS])
def test_amounts(text, expected):
    found = find_amounts(text, load_words().pattern("not_money"))
    assert [(amount.form, amount.value, amount.high) for amount in found] == expected


# (printed text, (year, amount) of each row)
MEASURES = {
    "Skole /  / Vi setter av 2,6 millioner i 2020 til lærere, øke": (
        "Skole\n\nVi setter av 2,6 millioner i 2020 til lærere, økende til kr 5,1 mill i 2021.",
        [(2020, 2.6), (2021, 5.1)],
    ),
    "Nye lærere får 5 mill 100 tusen kroner i 2021.": (
        "Nye lærere får 5 mill 100 tusen kroner i 2021.",
        [(2021, 5.1)],
    ),
    "Vi bruker fem og en halv million kroner på flere lærere.": (
        "Vi bruker fem og en halv million kroner på flere lærere.",
        [(None, 5.5)],
    ),
    "Flere lærere: 5,1 til 6 mill": (
        "Flere lærere: 5,1 til 6 mill",
        [],
    ),
    "Færre konsulenter: minus 5,1 mill": (
        "Færre konsulenter: minus 5,1 mill",
        [(None, -5.1)],
    ),
    "Flere lærere. 2020: 2,6 millioner 2021: 5,1 millioner": (
        "Flere lærere. 2020: 2,6 millioner 2021: 5,1 millioner",
        [(2020, 2.6), (2021, 5.1)],
    ),
    "Flere lærere skal ikke få 5,1 mill i 2021 slik byrådet fores": (
        "Flere lærere skal ikke få 5,1 mill i 2021 slik byrådet foreslår.",
        [],
    ),
    "Vi gir 7 mill til lærere mot byrådets 5,1 mill.": (
        "Vi gir 7 mill til lærere mot byrådets 5,1 mill.",
        [(None, 7)],
    ),
    "Vi setter av 5,1 mill i 2021 og 2022 til sammen til flere læ": (
        "Vi setter av 5,1 mill i 2021 og 2022 til sammen til flere lærere.",
        [(None, 5.1)],
    ),
    "Vi setter av 5,1 mill i 2021 og 2022 til flere lærere.": (
        "Vi setter av 5,1 mill i 2021 og 2022 til flere lærere.",
        [],
    ),
    "Havna får 5,1 mill. euro fra EU.": (
        "Havna får 5,1 mill. euro fra EU.",
        [],
    ),
    "Det slippes ut 5,1 mill. tonn CO2.": (
        "Det slippes ut 5,1 mill. tonn CO2.",
        [],
    ),
    "Skolen får 5100 tkr til lærere.": (
        "Skolen får 5100 tkr til lærere.",
        [(None, 5.1)],
    ),
    "Skulen får fem millionar til lærarar.": (
        "Skulen får fem millionar til lærarar.",
        [(None, 5)],
    ),
    "Skolen får 5 100 000 til lærere.": (
        "Skolen får 5 100 000 til lærere.",
        [],
    ),
    "Tilskuddet til frivilligsentralen økes fra 9 mill. til 13 mi": (
        "Tilskuddet til frivilligsentralen økes fra 9 mill. til 13 mill.",
        [(None, 4)],
    ),
    "Tilskuddet til frivilligsentralen reduseres fra 13 mill. til": (
        "Tilskuddet til frivilligsentralen reduseres fra 13 mill. til 9 mill.",
        [(None, -4)],
    ),
    "Vi bruker 1, 03 milliarder i 2022 på ny skole.": (
        "Vi bruker 1, 03 milliarder i 2022 på ny skole.",
        [(2022, 1030)],
    ),
    "Barnehagene får 5 000 kroner per barn.": (
        "Barnehagene får 5 000 kroner per barn.",
        [],
    ),
    "Søknader på inntil 900 000 kroner behandles enklere.": (
        "Søknader på inntil 900 000 kroner behandles enklere.",
        [],
    ),
    "Flere lærere 12,5 millioner /  / Vi vil ha flere lærere i sk": (
        "Flere lærere 12,5 millioner\n\nVi vil ha flere lærere i skolen. Dette er viktig for oss.",
        [(None, 12.5)],
    ),
    "Inndekning /  / - Redusert konsulentbruk: 4 mill / - Økt eie": (
        ("Inndekning\n\n- Redusert konsulentbruk: 4 mill\n- Økt eiendomsskatt: 10 mill\n- Administrasjon: 2,5 mill"),
        [(None, -4), (None, -10), (None, -2.5)],
    ),
    "Innsparinger /  / - Politisk ledelse 3 mill. / - Færre biler": (
        "Innsparinger\n\n- Politisk ledelse 3 mill.\n- Færre biler 1,5 mill.",
        [(None, -3), (None, -1.5)],
    ),
    "Inntekter /  / - Eiendomsskatt 15 mill / - Parkeringsgebyr: ": (
        "Inntekter\n\n- Eiendomsskatt 15 mill\n- Parkeringsgebyr: 2 mill kroner",
        [(None, -15), (None, -2)],
    ),
    "Vi foreslår å kutte: /  / - Næringsfond: 3 mill / - Kommunik": (
        "Vi foreslår å kutte:\n\n- Næringsfond: 3 mill\n- Kommunikasjonsavdelingen: 2 mill",
        [(None, -3), (None, -2)],
    ),
    "Vi vil styrke: /  / - Hjemmetjenesten 10 mill / - Skolehelse": (
        "Vi vil styrke:\n\n- Hjemmetjenesten 10 mill\n- Skolehelsetjenesten – 4 mill",
        [(None, 10), (None, 4)],
    ),
    "Investeringer /  / - Ny svømmehall: 80 mill i 2022 /  / Drif": (
        "Investeringer\n\n- Ny svømmehall: 80 mill i 2022\n\nDrift\n\n- Lærere: 3 mill",
        [(2022, 80)],
    ),
    "Vi fjerner eiendomsskatten på hytter, som koster 6 millioner": (
        "Vi fjerner eiendomsskatten på hytter, som koster 6 millioner kroner.",
        [(None, 6)],
    ),
    "Vi reverserer kuttet i kulturskolen på 3 millioner kroner.": (
        "Vi reverserer kuttet i kulturskolen på 3 millioner kroner.",
        [(None, 3)],
    ),
    "Kommunen kan spare 4 millioner kroner på færre innleide vika": (
        "Kommunen kan spare 4 millioner kroner på færre innleide vikarer.",
        [(None, -4)],
    ),
    "Vi sier nei til kuttet på 2 millioner i biblioteket.": (
        "Vi sier nei til kuttet på 2 millioner i biblioteket.",
        [(None, 2)],
    ),
    "Foreldrebetalingen i SFO settes ned. Det koster 7 millioner ": (
        "Foreldrebetalingen i SFO settes ned. Det koster 7 millioner kroner.",
        [(None, 7)],
    ),
    "Vi henter 12 millioner kroner fra disposisjonsfondet.": (
        "Vi henter 12 millioner kroner fra disposisjonsfondet.",
        [(None, -12)],
    ),
    "Det settes av 5 millioner kroner til klimafondet.": (
        "Det settes av 5 millioner kroner til klimafondet.",
        [(None, 5)],
    ),
    "Vi øker eiendomsskatten med 25 millioner kroner.": (
        "Vi øker eiendomsskatten med 25 millioner kroner.",
        [(None, -25)],
    ),
    "Gebyrene senkes med 3 millioner kroner.": (
        "Gebyrene senkes med 3 millioner kroner.",
        [(None, 3)],
    ),
    "Egenandelen på trygghetsalarm fjernes (1,2 mill.).": (
        "Egenandelen på trygghetsalarm fjernes (1,2 mill.).",
        [(None, 1.2)],
    ),
    "Kommunens gjeld er 4,5 milliarder kroner.": (
        "Kommunens gjeld er 4,5 milliarder kroner.",
        [],
    ),
    "I fjor brukte kommunen 45 millioner kroner på vikarer.": (
        "I fjor brukte kommunen 45 millioner kroner på vikarer.",
        [],
    ),
    "Byrådet foreslår å kutte 20 millioner kroner i skolen.": (
        "Byrådet foreslår å kutte 20 millioner kroner i skolen.",
        [],
    ),
    "Rådmannen har foreslått 8 millioner til ny svømmehall.": (
        "Rådmannen har foreslått 8 millioner til ny svømmehall.",
        [],
    ),
    "Budsjettet til kulturskolen er i dag 14 millioner kroner.": (
        "Budsjettet til kulturskolen er i dag 14 millioner kroner.",
        [],
    ),
    "Regnskapet viste et overskudd på 30 millioner kroner.": (
        "Regnskapet viste et overskudd på 30 millioner kroner.",
        [],
    ),
    "Eiendommer med en verdi under 1,5 millioner kroner slipper s": (
        "Eiendommer med en verdi under 1,5 millioner kroner slipper skatt.",
        [],
    ),
    "Vi bruker 30 millioner kroner mer på skole: 20 millioner til": (
        "Vi bruker 30 millioner kroner mer på skole: 20 millioner til lærere og 10 millioner til bøker.",
        [(None, 20), (None, 10)],
    ),
    "- Lærere: 20 mill / - Bøker: 10 mill /  / Til sammen koster ": (
        "- Lærere: 20 mill\n- Bøker: 10 mill\n\nTil sammen koster tiltakene 30 mill.",
        [(None, 20), (None, 10)],
    ),
    "- Lærere: 20 mill / - Bøker: 10 mill / - Sum: 30 mill": (
        "- Lærere: 20 mill\n- Bøker: 10 mill\n- Sum: 30 mill",
        [],
    ),
    "Vi styrker oppvekst med 30 millioner kroner. Av dette går 20": (
        "Vi styrker oppvekst med 30 millioner kroner. Av dette går 20 millioner til flere lærere.",
        [(None, 30), (None, 20)],
    ),
    "Tre skoler får 500 000 kroner hver.": (
        "Tre skoler får 500 000 kroner hver.",
        [(None, 1.5)],
    ),
    "Brann skole og Nes skole får 2 millioner kroner hver til ute": (
        "Brann skole og Nes skole får 2 millioner kroner hver til uteområder.",
        [(None, 2), (None, 2)],
    ),
    "Vi gir 4 millioner kroner årlig til fritidsklubber.": (
        "Vi gir 4 millioner kroner årlig til fritidsklubber.",
        [(2020, 4), (2021, 4), (2022, 4), (2023, 4)],
    ),
    "Ny brannstasjon: 40 mill. i 2022.": (
        "Ny brannstasjon: 40 mill. i 2022.",
        [(2022, 40)],
    ),
    "I 2021 bruker vi 6 millioner kroner på lekeplasser.": (
        "I 2021 bruker vi 6 millioner kroner på lekeplasser.",
        [(2021, 6)],
    ),
    "Fra 2022 settes det av 3 mill. kr til leirskole.": (
        "Fra 2022 settes det av 3 mill. kr til leirskole.",
        [(2022, 3)],
    ),
    "Over fire år bruker vi 100 millioner kroner på sykkelveier.": (
        "Over fire år bruker vi 100 millioner kroner på sykkelveier.",
        [(None, 100)],
    ),
    "Vi setter av 20 millioner kroner til sykkelveier i økonomipl": (
        "Vi setter av 20 millioner kroner til sykkelveier i økonomiplanperioden.",
        [(None, 20)],
    ),
    "Lærere: 5 mill (2020), 10 mill (2021)": (
        "Lærere: 5 mill (2020), 10 mill (2021)",
        [],
    ),
    "Lærere: 5 mill i 2020, 10 mill i 2021 og 12 mill i 2022": (
        "Lærere: 5 mill i 2020, 10 mill i 2021 og 12 mill i 2022",
        [],
    ),
    "Vi set av 3 millionar kroner til leksehjelp.": (
        "Vi set av 3 millionar kroner til leksehjelp.",
        [(None, 3)],
    ),
    "Kulturskulen får 2,5 millionar kroner meir.": (
        "Kulturskulen får 2,5 millionar kroner meir.",
        [(None, 2.5)],
    ),
    "Eigedomsskatten blir sett ned med 4 millionar kroner.": (
        "Eigedomsskatten blir sett ned med 4 millionar kroner.",
        [(None, 4)],
    ),
    "Vi kuttar 6 millionar kroner i administrasjonen.": (
        "Vi kuttar 6 millionar kroner i administrasjonen.",
        [(None, -6)],
    ),
    "Ope bibliotek kvar laurdag kostar 1,1 millionar kroner.": (
        "Ope bibliotek kvar laurdag kostar 1,1 millionar kroner.",
        [(None, 1.1)],
    ),
    "Vi bevilger to millioner kroner til matsentralen og halvanne": (
        "Vi bevilger to millioner kroner til matsentralen og halvannen million til Kirkens bymisjon.",
        [(None, 2), (None, 1.5)],
    ),
    "Mer til TT-kjøring (MNOK 2,5)": (
        "Mer til TT-kjøring (MNOK 2,5)",
        [(None, 2.5)],
    ),
    "Frukt i skolen: kr. 3,5 mill.": (
        "Frukt i skolen: kr. 3,5 mill.",
        [],
    ),
    "Gratis frokost: 2,0 MNOK": (
        "Gratis frokost: 2,0 MNOK",
        [(None, 2)],
    ),
    "Helsestasjon for ungdom + 1,2 mill": (
        "Helsestasjon for ungdom + 1,2 mill",
        [(None, 1.2)],
    ),
    "Fjerne stillingen som kommunikasjonsdirektør: -1,3 mill": (
        "Fjerne stillingen som kommunikasjonsdirektør: -1,3 mill",
        [(None, -1.3)],
    ),
    "Lektorprogram   5,5 millioner /  / Vi satser på lektorer.": (
        "Lektorprogram\t\t\t5,5 millioner\n\nVi satser på lektorer.",
        [(None, 5.5)],
    ),
    "De rødgrønne øker budsjettet med 8 millioner for å sikre at ": (
        ("De rødgrønne øker budsjettet med 8 millioner for å sikre at barnetrygda holdes utenfor inntektsberegningen."),
        [(None, 8)],
    ),
    "Regjeringens budsjettforslag legger opp til et kutt som tils": (
        (
            "Regjeringens budsjettforslag legger opp til et kutt som tilsvarer 300 000 kr for hver "
            "frivilligsentral i byen."
        ),
        [],
    ),
    "Budsjettet for innleie kuttes derfor med 5 mill i 2020 økend": (
        "Budsjettet for innleie kuttes derfor med 5 mill i 2020 økende med 20 mill i 2023.",
        [(2020, -5)],
    ),
    "Ordfører, vi i Partiet foreslår å bevilge 3 millioner kroner": (
        (
            "Ordfører, vi i Partiet foreslår å bevilge 3 millioner kroner til leksehjelp. Vi vil også gi "
            "1,5 millioner til ungdomsklubben på Nes, og det finner vi dekning for ved å redusere "
            "konsulentbruken med 4,5 millioner kroner."
        ),
        [(None, 3), (None, 1.5), (None, -4.5)],
    ),
    "Mens byrådet vil bruke 200 millioner kroner på nytt rådhus, ": (
        (
            "Mens byrådet vil bruke 200 millioner kroner på nytt rådhus, vil vi heller bruke 50 millioner "
            "kroner på svømmehallen."
        ),
        [(None, 50)],
    ),
    "Kommunedirektøren foreslo å spare 12 millioner på skolen. De": (
        "Kommunedirektøren foreslo å spare 12 millioner på skolen. Det sier vi nei til.",
        [],
    ),
    "I dag har kommunen en gjeld på 2,3 milliarder kroner, og vi ": (
        ("I dag har kommunen en gjeld på 2,3 milliarder kroner, og vi betaler 80 millioner kroner i renter hvert år."),
        [],
    ),
    "Vi har fått gjennomslag for 10 millioner kroner ekstra til b": (
        "Vi har fått gjennomslag for 10 millioner kroner ekstra til barnevernet.",
        [(None, 10)],
    ),
    "Eiendomsskatten koster en vanlig familie 4 500 kroner i året": (
        "Eiendomsskatten koster en vanlig familie 4 500 kroner i året.",
        [],
    ),
    "En gjennomsnittlig bolig til 3,5 millioner kroner slipper sk": (
        "En gjennomsnittlig bolig til 3,5 millioner kroner slipper skatt.",
        [],
    ),
    "Høyre og Venstre kuttet 15 millioner i eldreomsorgen i 2018.": (
        "Høyre og Venstre kuttet 15 millioner i eldreomsorgen i 2018.",
        [],
    ),
    "Forslag fra Partiet: /  / 1. Driftsbudsjettet for barnehagen": (
        (
            "Forslag fra Partiet:\n\n1. Driftsbudsjettet for barnehagene økes med 6,4 mill. kroner.\n2. "
            "Ramma til administrasjonen reduseres med kr 2 500 000.\n3. Dekkes ved bruk av "
            "disposisjonsfond med kr 3 900 000."
        ),
        [(None, 6.4), (None, -2.5), (None, -3.9)],
    ),
    "Endringsforslag: /  / - Økt grunnbemanning i skolen, 8 mill.": (
        (
            "Endringsforslag:\n\n- Økt grunnbemanning i skolen, 8 mill.\n- Gjeninnføre leirskole, 1,2 "
            "mill.\n- Redusert kjøp av konsulenttjenester, 4 mill.\n- Økt utbytte fra kraftselskapet, 5,2 "
            "mill."
        ),
        [(None, 8), (None, 1.2), (None, -4), (None, -5.2)],
    ),
    "Partiet vil bruke 25 millioner kroner mer enn byrådet på eld": (
        "Partiet vil bruke 25 millioner kroner mer enn byrådet på eldreomsorg neste år.",
        [(None, 25)],
    ),
    "Partiet vil kutte 30 millioner kroner i byrådets reisebudsje": (
        "Partiet vil kutte 30 millioner kroner i byrådets reisebudsjett og administrasjon.",
        [(None, -30)],
    ),
    "Det gir 18 millioner kroner mer til skolen enn i byrådets fo": (
        "Det gir 18 millioner kroner mer til skolen enn i byrådets forslag.",
        [(None, 18)],
    ),
    "Samlet vil Partiet bruke 120 millioner kroner mer enn byråde": (
        "Samlet vil Partiet bruke 120 millioner kroner mer enn byrådet.",
        [],
    ),
    "Budsjettet har en ramme på 6 milliarder kroner.": (
        "Budsjettet har en ramme på 6 milliarder kroner.",
        [],
    ),
    "Investeringsbudsjettet er på 450 millioner kroner.": (
        "Investeringsbudsjettet er på 450 millioner kroner.",
        [],
    ),
    "Skolebygget får en kostnadsramme på 250 millioner kroner.": (
        "Skolebygget får en kostnadsramme på 250 millioner kroner.",
        [],
    ),
    "Prisen for et månedskort kuttes fra 800 til 600 kroner.": (
        "Prisen for et månedskort kuttes fra 800 til 600 kroner.",
        [],
    ),
    "Vi senker prisen på månedskort til 600 kroner. Det koster 14": (
        "Vi senker prisen på månedskort til 600 kroner. Det koster 14 millioner kroner.",
        [(None, 14)],
    ),
    "Prisen på kulturskolen fryses. Kostnad: 800 000 kroner.": (
        "Prisen på kulturskolen fryses. Kostnad: 800 000 kroner.",
        [(None, 0.8)],
    ),
    "Slik betaler vi for det: /  / • Utbytte fra kraftlaget: 20 m": (
        (
            "Slik betaler vi for det:\n\n• Utbytte fra kraftlaget: 20 mill.\n• Færre byråkrater: 6 mill.\n"
            "• Disposisjonsfond: 4 mill."
        ),
        [(None, -20), (None, -6), (None, -4)],
    ),
    "Kutt /  / Politikerlønn 1,5 mill / Næringstilskudd 2 mill / ": (
        "Kutt\n\nPolitikerlønn 1,5 mill\nNæringstilskudd 2 mill\n\nSatsinger\n\nEldre 3,5 mill",
        [(None, -1.5), (None, -2), (None, 3.5)],
    ),
    "# Oppvekst /  / ## Drift /  / - Flere lærere: 4 mill i 2020 ": (
        (
            "# Oppvekst\n\n## Drift\n\n- Flere lærere: 4 mill i 2020 og 8 mill i 2021\n\n## Innsparing\n\n"
            "- Reiser: 0,5 mill\n\n# Helse\n\n- Flere sykepleiere: 5 mill"
        ),
        [(2020, 4), (2021, 8), (None, -0.5), (None, 5)],
    ),
    "Tiltak 1: Flere helsesykepleiere. Kostnad: 3 mill. kroner år": (
        "Tiltak 1: Flere helsesykepleiere. Kostnad: 3 mill. kroner årlig.",
        [(2020, 3), (2021, 3), (2022, 3), (2023, 3)],
    ),
    "Kulturskolen styrkes med 1 million i 2020, 2 millioner i 202": (
        "Kulturskolen styrkes med 1 million i 2020, 2 millioner i 2021 og 3 millioner fra 2022.",
        [(2020, 1), (2021, 2), (2022, 3)],
    ),
    "Kulturskolen styrkes med 1–3 millioner kroner.": (
        "Kulturskolen styrkes med 1–3 millioner kroner.",
        [],
    ),
    "Vi setter av inntil 5 millioner kroner til strømstøtte.": (
        "Vi setter av inntil 5 millioner kroner til strømstøtte.",
        [],
    ),
    "Vi setter av minst 5 millioner kroner til strømstøtte.": (
        "Vi setter av minst 5 millioner kroner til strømstøtte.",
        [],
    ),
    "Kommunen taper 7 millioner kroner i året på ordningen.": (
        "Kommunen taper 7 millioner kroner i året på ordningen.",
        [],
    ),
    "Staten har kuttet overføringene med 35 millioner kroner.": (
        "Staten har kuttet overføringene med 35 millioner kroner.",
        [],
    ),
    "Flyktningene koster kommunen 50 millioner kroner.": (
        "Flyktningene koster kommunen 50 millioner kroner.",
        [],
    ),
    "Vi avvikler kontantstøtten og sparer 3 millioner kroner.": (
        "Vi avvikler kontantstøtten og sparer 3 millioner kroner.",
        [(None, -3)],
    ),
    "Ved å droppe nytt rådhus sparer vi 90 millioner kroner i 202": (
        "Ved å droppe nytt rådhus sparer vi 90 millioner kroner i 2022.",
        [(2022, -90)],
    ),
    "Vi flytter 5 millioner kroner fra administrasjon til skole.": (
        "Vi flytter 5 millioner kroner fra administrasjon til skole.",
        [],
    ),
    "Kuttet på 3,2 millioner i fritidsklubbene tas bort.": (
        "Kuttet på 3,2 millioner i fritidsklubbene tas bort.",
        [(None, 3.2)],
    ),
    "Vi unngår kutt på 11 millioner kroner i skolen.": (
        "Vi unngår kutt på 11 millioner kroner i skolen.",
        [(None, 11)],
    ),
    "Hvis staten gir oss 20 millioner kroner, vil vi bygge svømme": (
        "Hvis staten gir oss 20 millioner kroner, vil vi bygge svømmehall.",
        [],
    ),
    "Partiet foreslår 40 nye lærerårsverk, noe som koster 28 mill": (
        "Partiet foreslår 40 nye lærerårsverk, noe som koster 28 millioner kroner.",
        [(None, 28)],
    ),
    "Til nye lærerårsverk settes det av 28 mill. (40 årsverk).": (
        "Til nye lærerårsverk settes det av 28 mill. (40 årsverk).",
        [(None, 28)],
    ),
    "En halv million kroner går til pride.": (
        "En halv million kroner går til pride.",
        [(None, 0.5)],
    ),
    "Kr 750.000 til TV-aksjonen, kr 1.200.000 til Blå Kors": (
        "Kr 750.000 til TV-aksjonen, kr 1.200.000 til Blå Kors",
        [(None, 0.75), (None, 1.2)],
    ),
    "Nytt gulv i idrettshallen, 1,8 MNOK (2022)": (
        "Nytt gulv i idrettshallen, 1,8 MNOK (2022)",
        [(2022, 1.8)],
    ),
    "Totalt legger vi inn 60 mill. mer til oppvekst enn rådmannen": (
        (
            "Totalt legger vi inn 60 mill. mer til oppvekst enn rådmannen, herav 40 mill. til skole og 20 "
            "mill. til barnehage."
        ),
        [(None, 40), (None, 20)],
    ),
    "Lærertetthet  8 000 000 / Leirskole  1 500 000 / Sum  9 500 ": (
        "Lærertetthet  8 000 000\nLeirskole  1 500 000\nSum  9 500 000",
        [],
    ),
    "Sosialhjelpssatsene heves til statens norm (4,3 mill.).": (
        "Sosialhjelpssatsene heves til statens norm (4,3 mill.).",
        [(None, 4.3)],
    ),
    "Flere lærere 12,5 millioner /  / Vi vil ha en bedre skole. D": (
        (
            "Flere lærere 12,5 millioner\n\nVi vil ha en bedre skole. Det settes av 12,5 millioner i 2020 "
            "og 25 millioner i 2021."
        ),
        [(2020, 12.5), (2021, 25)],
    ),
    "Gratis kjernetid  5,5 millioner / Vi trapper opp. Det settes": (
        (
            "Gratis kjernetid\t\t5,5 millioner\nVi trapper opp. Det settes av 5,5 millioner i 2020, med "
            "økning til 12 millioner i 2021 for alle skoler i byen vår."
        ),
        [(2020, 5.5), (2021, 12)],
    ),
    "I 2021 vil vi: /  / - styrke barnevernet med 3 mill / - anse": (
        "I 2021 vil vi:\n\n- styrke barnevernet med 3 mill\n- ansette to lærere (1,5 mill)",
        [(2021, 3), (2021, 1.5)],
    ),
    "Økte utgifter: / - Skole 5 mill / - Barnehage 3 mill /  / Re": (
        (
            "Økte utgifter:\n- Skole 5 mill\n- Barnehage 3 mill\n\nReduserte utgifter:\n- Administrasjon 4 "
            "mill\n\nØkte inntekter:\n- Eiendomsskatt 4 mill"
        ),
        [(None, 5), (None, 3), (None, -4), (None, -4)],
    ),
    "Vi foreslår å øke eiendomsskatten fra 3 til 4 promille. Det ": (
        ("Vi foreslår å øke eiendomsskatten fra 3 til 4 promille. Det gir 42 millioner kroner i økte inntekter."),
        [(None, -42)],
    ),
    "For å finansiere dette vil vi ta ut 15 millioner kroner mer ": (
        "For å finansiere dette vil vi ta ut 15 millioner kroner mer i utbytte fra energiverket.",
        [(None, -15)],
    ),
    "Dette finansierer vi ved å redusere avsetningen til fond med": (
        "Dette finansierer vi ved å redusere avsetningen til fond med 9 millioner kroner.",
        [(None, -9)],
    ),
    "Vi dekker inn dette med økt utbytte, 9 millioner kroner.": (
        "Vi dekker inn dette med økt utbytte, 9 millioner kroner.",
        [(None, -9)],
    ),
    "Partiet sikret 12 millioner til rehabilitering av Nes skole ": (
        "Partiet sikret 12 millioner til rehabilitering av Nes skole i budsjettforhandlingene.",
        [(None, 12)],
    ),
    "Vi går inn for å reversere kuttene i skolen (18 mill.), styr": (
        (
            "Vi går inn for å reversere kuttene i skolen (18 mill.), styrke barnevernet (6 mill.) og gi "
            "gratis SFO (11 mill.)."
        ),
        [(None, 18), (None, 6), (None, 11)],
    ),
    "Forslaget innebærer at skolene får tilbake de 18 millionene ": (
        "Forslaget innebærer at skolene får tilbake de 18 millionene som ble kuttet.",
        [],
    ),
    "Kommunen brukte 18 millioner kroner på innleie i 2019, og vi": (
        "Kommunen brukte 18 millioner kroner på innleie i 2019, og vi vil halvere dette.",
        [],
    ),
    "En dobling av tilskuddet fra 2 til 4 millioner kroner": (
        "En dobling av tilskuddet fra 2 til 4 millioner kroner",
        [(None, 2)],
    ),
    "Støtten til idrettslagene økes til 6 millioner kroner.": (
        "Støtten til idrettslagene økes til 6 millioner kroner.",
        [],
    ),
    "Hvert år forsvinner 6 millioner kroner ut av kommunekassa.": (
        "Hvert år forsvinner 6 millioner kroner ut av kommunekassa.",
        [],
    ),
    "Gevinsten ved sammenslåing er anslått til 5 millioner kroner": (
        "Gevinsten ved sammenslåing er anslått til 5 millioner kroner årlig.",
        [],
    ),
    "Regjeringen har gitt kommunen 15 millioner kroner mindre.": (
        "Regjeringen har gitt kommunen 15 millioner kroner mindre.",
        [],
    ),
    "Stiftelsen fikk 2 millioner kroner i gave.": (
        "Stiftelsen fikk 2 millioner kroner i gave.",
        [],
    ),
    "I 2020 foreslår vi 3 mill. til flere miljøarbeidere, i 2021 ": (
        "I 2020 foreslår vi 3 mill. til flere miljøarbeidere, i 2021 6 mill. og i 2022 9 mill.",
        [(2020, 3), (2021, 6), (2022, 9)],
    ),
    "Opptrapping til 10 millioner i 2023.": (
        "Opptrapping til 10 millioner i 2023.",
        [],
    ),
    "Tøyen bibliotek får 4 millioner, Deichman 3 millioner og Nyd": (
        "Tøyen bibliotek får 4 millioner, Deichman 3 millioner og Nydalen 2,5 millioner.",
        [(None, 4), (None, 3), (None, 2.5)],
    ),
    "Driftsrammen til Kultur reduseres med 4,5 millioner, mens Sk": (
        "Driftsrammen til Kultur reduseres med 4,5 millioner, mens Skole økes med 9 millioner.",
        [(None, -4.5), (None, 9)],
    ),
    "Mindre til konsulenter: 5 mill": (
        "Mindre til konsulenter: 5 mill",
        [(None, -5)],
    ),
    "Vi prioriterer: /  / 1) 12 mill. til eldreomsorg / 2) 8,5 mi": (
        "Vi prioriterer:\n\n1) 12 mill. til eldreomsorg\n2) 8,5 mill. til skole\n3) 2 mill. til kultur",
        [(None, 12), (None, 8.5), (None, 2)],
    ),
    "Bystyret vedtar følgende endringer i driftsbudsjettet: /  / ": (
        (
            "Bystyret vedtar følgende endringer i driftsbudsjettet:\n\n- Kap. 2 Barnevern økes med kr "
            "4.500.000,-\n- Kap. 5 Næring reduseres med kr 1.500.000,-"
        ),
        [(None, 4.5), (None, -1.5)],
    ),
    "Avsetning til disposisjonsfond reduseres fra 20 til 12 mill.": (
        "Avsetning til disposisjonsfond reduseres fra 20 til 12 mill.",
        [(None, -8)],
    ),
    "Gebyrinntekter økes fra 40 til 44 mill. kroner.": (
        "Gebyrinntekter økes fra 40 til 44 mill. kroner.",
        [(None, -4)],
    ),
    "Eiendomsskatten reduseres fra 100 mill. til 90 mill.": (
        "Eiendomsskatten reduseres fra 100 mill. til 90 mill.",
        [(None, 10)],
    ),
    "Vi foreslår å øke rammen til skole med 20 mill. sammenlignet": (
        "Vi foreslår å øke rammen til skole med 20 mill. sammenlignet med rådmannens forslag.",
        [(None, 20)],
    ),
    "Sammenlignet med byrådets forslag øker vi bevilgningen til k": (
        "Sammenlignet med byrådets forslag øker vi bevilgningen til kollektivtrafikk med 30 mill.",
        [(None, 30)],
    ),
    "Vi avsetter 1 million kroner årlig i perioden 2020–2023 til ": (
        "Vi avsetter 1 million kroner årlig i perioden 2020–2023 til byjubileet.",
        [(2020, 1), (2021, 1), (2022, 1), (2023, 1)],
    ),
    "Vi avsetter 1 million kroner per år i 2021 og 2022 til byjub": (
        "Vi avsetter 1 million kroner per år i 2021 og 2022 til byjubileet.",
        [(2021, 1), (2022, 1)],
    ),
    "Gratis barnehage koster 3 000 kroner per barn i måneden.": (
        "Gratis barnehage koster 3 000 kroner per barn i måneden.",
        [],
    ),
    "Økt egenandel 2,2 mill.": (
        "Økt egenandel 2,2 mill.",
        [(None, -2.2)],
    ),
    "Redusert sykefravær 5 mill.": (
        "Redusert sykefravær 5 mill.",
        [(None, -5)],
    ),
    "Nedbemanning rådhuset: 7 mill": (
        "Nedbemanning rådhuset: 7 mill",
        [(None, -7)],
    ),
    "Reversere nedleggelse av Nes skole: 7 mill": (
        "Reversere nedleggelse av Nes skole: 7 mill",
        [(None, 7)],
    ),
    "Unngå stenging av basseng 1,5 mill": (
        "Unngå stenging av basseng 1,5 mill",
        [(None, 1.5)],
    ),
    "Kutt i tilskudd til kor – 0,3 mill": (
        "Kutt i tilskudd til kor – 0,3 mill",
        [(None, -0.3)],
    ),
    "Øke kutt i administrasjonen – 3 mill": (
        "Øke kutt i administrasjonen – 3 mill",
        [(None, -3)],
    ),
    "Redusere kutt i skolen – 3 mill": (
        "Redusere kutt i skolen – 3 mill",
        [(None, 3)],
    ),
    "Stoppe kutt i barnehagene 9 mill.": (
        "Stoppe kutt i barnehagene 9 mill.",
        [(None, 9)],
    ),
    "Merinntekt skatt: 15 mill": (
        "Merinntekt skatt: 15 mill",
        [(None, -15)],
    ),
    "Økt rammetilskudd fra staten 8 mill.": (
        "Økt rammetilskudd fra staten 8 mill.",
        [(None, -8)],
    ),
    "Økt tilskudd til private barnehager: 3 mill.": (
        "Økt tilskudd til private barnehager: 3 mill.",
        [(None, 3)],
    ),
    "Lavere foreldrebetaling i SFO: 3 mill.": (
        "Lavere foreldrebetaling i SFO: 3 mill.",
        [(None, 3)],
    ),
    "Innføre eiendomsskatt: 30 mill.": (
        "Innføre eiendomsskatt: 30 mill.",
        [(None, -30)],
    ),
    "Fjerne eiendomsskatt: 30 mill.": (
        "Fjerne eiendomsskatt: 30 mill.",
        [(None, 30)],
    ),
    "Utbyttet reduseres med 30 mill.": (
        "Utbyttet reduseres med 30 mill.",
        [(None, 30)],
    ),
    "Ta 10 mill. ekstra i utbytte": (
        "Ta 10 mill. ekstra i utbytte",
        [(None, -10)],
    ),
    "Kommunens økte utgifter til strøm er 12 mill.": (
        "Kommunens økte utgifter til strøm er 12 mill.",
        [],
    ),
    "Fra rådmannens forslag: 10 mill. til gratis SFO.": (
        "Fra rådmannens forslag: 10 mill. til gratis SFO.",
        [],
    ),
    "Ifølge byrådets budsjett skal 4 mill. gå til bussen.": (
        "Ifølge byrådets budsjett skal 4 mill. gå til bussen.",
        [],
    ),
    "Reduserte strømutgifter: 12 mill.": (
        "Reduserte strømutgifter: 12 mill.",
        [(None, -12)],
    ),
    "Reduserte inntekter fra parkering: 2 mill.": (
        "Reduserte inntekter fra parkering: 2 mill.",
        [(None, 2)],
    ),
    "Økte inntekter fra parkering: 2 mill.": (
        "Økte inntekter fra parkering: 2 mill.",
        [(None, -2)],
    ),
    "Ved Nes skole dobles tilskuddet til 200 000 kroner.": (
        "Ved Nes skole dobles tilskuddet til 200 000 kroner.",
        [],
    ),
    "Sju millionar tek vi frå stillingar i administrasjonen som h": (
        "Sju millionar tek vi frå stillingar i administrasjonen som har stått tomme.",
        [(None, -7)],
    ),
    "Bygdelista vil på sin side kutte 22 millioner i skolene.": (
        "Bygdelista vil på sin side kutte 22 millioner i skolene.",
        [],
    ),
    "Reduksjonen på kr 1 200 000 ved Myra bibliotek strykes.": (
        "Reduksjonen på kr 1 200 000 ved Myra bibliotek strykes.",
        [(None, 1.2)],
    ),
    "Årsbudsjettet vedtas med en netto driftsramme på kr 412 380 ": (
        "Årsbudsjettet vedtas med en netto driftsramme på kr 412 380 000.",
        [],
    ),
    "Vårt budsjett har 46 millioner kroner i nye satsinger.": (
        "Vårt budsjett har 46 millioner kroner i nye satsinger.",
        [],
    ),
    "Bruken av fondet skal ikke gå over 12 MNOK i noe år.": (
        "Bruken av fondet skal ikke gå over 12 MNOK i noe år.",
        [],
    ),
    "De siste fem årene har kommunen økt driftsutgiftene med 240 ": (
        "De siste fem årene har kommunen økt driftsutgiftene med 240 millioner kroner.",
        [],
    ),
    "Ferieklubben får 400 000 kr, mot 250 000 kr i år.": (
        "Ferieklubben får 400 000 kr, mot 250 000 kr i år.",
        [],
    ),
    "En plass koster 980 000 kroner.": (
        "En plass koster 980 000 kroner.",
        [],
    ),
    "Kommunen bruker 612 millioner kroner på drift. Av dette går ": (
        "Kommunen bruker 612 millioner kroner på drift. Av dette går 148 millioner til skole.",
        [],
    ),
    "Planen viser at kommunen betaler 62 mill. kr i renter.": (
        "Planen viser at kommunen betaler 62 mill. kr i renter.",
        [],
    ),
    "Kultur og fritid ............ − 85 000 kroner": (
        "Kultur og fritid ............ − 85 000 kroner",
        [(None, -0.085)],
    ),
    "Frie inntekter er i framlegget frå kommunedirektøren rekna t": (
        "Frie inntekter er i framlegget frå kommunedirektøren rekna til 187 450 000 kroner.",
        [],
    ),
    "Kommunedirektørens innstilling:\n\n1. Det settes av kr 2 100": (
        "Kommunedirektørens innstilling:\n\n1. Det settes av kr 2 100 000 til ny buss.",
        [],
    ),
    "Fråhald frå å tilsetje i to stillingar (- kr 1 345 000)": (
        "Fråhald frå å tilsetje i to stillingar (- kr 1 345 000)",
        [(None, -1.345)],
    ),
}


@pytest.mark.parametrize("case", MEASURES)
def test_measures(case):
    text, expected = MEASURES[case]
    assert sorted(figures(text), key=str) == sorted(expected, key=str)


@pytest.mark.parametrize("case", [case for case, (_, expected) in MEASURES.items() if not expected])
def test_an_amount_that_is_no_measure_is_listed(case):
    text, _ = MEASURES[case]
    if "euro" not in text and "tonn" not in text:
        found = read_text(text)
        assert found.unread or found.ledger


# (printed text, (words that the name has, amount) of each row)
NAMES = [
    ("Vi vil øke satsene for sosialhjelp (22 millioner), ansette lærere (30 millioner) og gjøre bussen billigere "
     "(3 millioner).", [("satsene for sosialhjelp", 22), ("lærere", 30), ("bussen", 3)]),
    ("Barnevernet får flere ansatte. Det koster 5 mill. mer enn rådmannen har foreslått.", [("Barnevernet", 5)]),
    ("Av pengene til skole går 9 millioner til bøker og av pengene til kultur er 2 millioner satt av til korps.",
     [("bøker", 9), ("korps", 2)]),
    ("Brann skole og Nes skole får 2 millioner kroner hver.", [("Brann skole", 2), ("Nes skole", 2)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(text, expected):
    found = [(measure.measure, measure.amount_mnok) for measure in read_text(text).measures]
    assert [amount for _, amount in found] == [amount for _, amount in expected]
    assert all(words.casefold() in name.casefold() for (name, _), (words, _) in zip(found, expected, strict=True))


# (printed text, (what begins the instruction, what it asks for) of each)
DIRECTIVES = [
    ("Bystyret ber byrådet komme tilbake med en sak om badet.", [("Bystyret ber", "sak")]),
    ("Verbalforslag\n\n1. Det skal utredes hvordan ungdom kommer hjem.\n2. Eldrerådet skal høres før stengetid endres.",
     [("Det skal utredes", "utredning"), ("Eldrerådet", "other")]),
    ("Verbalforslag\n\na) Byrådet bes legge fram en sak om biler. b) Pårørende skal få ett telefonnummer.",
     [("Byrådet bes", "sak"), ("b) Pårørende", "other")]),
    ("Framlegg utan tal\n\n • Kommunestyret bed kommunedirektøren greie ut om legevakta kan vere open.\n"
     " • Ubrukte pengar til skilt vert omdisponerte til benkar.",
     [("Kommunestyret bed", "utredning"), ("Ubrukte pengar", "omdisponering")]),
    ("Partiet la fram dette forslaget:\n\n1. Barnevernet får en stilling i 2021.\n2. Leirskolen får 5 mill. mer.",
     [("Barnevernet får", "other")]),
    ("Vi ber alle om å sortere søppel.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIRECTIVES)
def test_directives(text, expected):
    found = [(directive.text, directive.ask) for directive in read_text(text).directives]
    assert [ask for _, ask in found] == [ask for _, ask in expected]
    assert all(text.startswith(begin) for (text, _), (begin, _) in zip(found, expected, strict=True))


def test_a_wrapped_text_is_read_as_if_it_was_not():
    text = (
        "Vi setter av 5 millioner kroner til flere lærere i skolen, og vi gir dem som jobber i barnehagene i byen\n"
        "bedre tid. I tillegg bruker vi 3\nmillioner kroner på leksehjelp."
    )
    found = read_text(text).measures
    assert [(measure.amount_mnok, measure.line) for measure in found] == [(5, 1), (3, 2)]


def test_a_period_total_has_no_year():
    (measure,) = read_text("Vi bruker 100 millioner kroner på sykkelveier over fire år.").measures
    assert (measure.year, measure.amount_mnok, measure.certainty) == (None, 100, "explicit")


def test_a_table_binds_its_unit_and_its_years():
    rows = ["Tiltak\t2020\t2021", "Flere lærere\t500\t1 000", "Kutt i reiser\t-200\t-200", "Sum\t300\t800"]
    text = "\n".join(["Alle tall i hele tusen", "", *rows])
    found = [(measure.measure, measure.year, measure.amount_mnok) for measure in read_text(text).measures]
    assert found == [
        ("Flere lærere", 2020, 0.5), ("Flere lærere", 2021, 1), ("Kutt i reiser", 2020, -0.2),
        ("Kutt i reiser", 2021, -0.2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "repeated",
    ["5 mill. til skole, ", "a", "1 ", "fra 5 til ", "som ", "(", "– ", "A. ", "i 2021 ", "hver ", "byrådet vil ",
     "\t5", "5 mill og ", "ber om ", "kutt ", "skatten ", "a) A. ", "fem og ", "økt til a b c ", ", som "],
)  # fmt: skip
def test_a_hostile_line_takes_no_time(repeated):
    began = time.process_time()
    read(DOCUMENT, [repeated * (20_000 // len(repeated))])
    assert time.process_time() - began < 20


def test_a_lost_file_of_words_is_told(tmp_path):
    with pytest.raises(UserError, match="cannot be opened"):
        load_words(tmp_path / "party_words.csv")
    (tmp_path / "party_words.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="the columns are not as they should be"):
        load_words(tmp_path / "party_words.csv")


# (printed text, (amount, role, line of the whole, duration) of each row)
ROLES = [
    ("Vi styrker oppvekst med 30 millioner kroner. Av dette går 20 millioner til flere lærere.",
     [(30, "change", None, ""), (20, "part", 1, "")]),
    ("Skolen får 30 millioner kroner mer. Det meste går til:\n\n- 20 millioner til lærere\n- 9 millioner til bøker",
     [(20, "change", 1, ""), (9, "change", 1, "")]),
    ("Vi styrker skolen med 14 millioner kroner\n\n- Flere lærere: 9 mill.\n- Lærebøker: 5 mill.\n\nDet trengs.",
     [(9, "change", 1, ""), (5, "change", 1, "")]),
    ("Vi styrker skolen med 14 millioner kroner\n\n- Flere lærere i SFO: 9 mill.\n- Lærebøker: 2 mill.\n\nDet trengs.",
     [(14, "change", None, ""), (9, "change", None, ""), (2, "change", None, "")]),
    ("Vi bruker 100 millioner kroner på sykkelveier over fire år.", [(100, "period_total", None, "")]),
    ("Det settes av 2 millioner kroner til leirskole som et engangstiltak.", [(2, "change", None, "once")]),
    ("Vi gir 3 millioner kroner varig til fritidsklubbene.", [(3, "change", None, "lasting")]),
    ("Ny stilling i barnevernet, 0,4 millioner (halvårseffekt)", [(0.4, "change", None, "half_year")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROLES)
def test_roles_and_durations(text, expected):
    rows = read_text(text).measures
    assert [(row.amount_mnok, row.role, row.part_of, row.duration) for row in rows] == expected


@pytest.mark.parametrize(
    ("signs", "expected"), [("", [-2]), ("spending-positive", [5, -2]), ("savings-positive", [-5, 2])]
)
def test_a_person_settles_the_signs(signs, expected):
    document = DOCUMENT.model_copy(update={"signs": signs})
    records = read(document, ["- Lærere: 5 mill", "- Reiser: -2 mill"])
    assert [measure.amount_mnok for measure in records.measures] == expected
    assert len(records.unread) == 2 - len(expected)


# (printed text, the unit that a person states, (name, amount) of each row)
UNITS = [
    ("Alle beløp i hele tusen\n\n- Flere lærere: 500\n- Ekstra leksehjelp 1 200", "",
     [("Flere lærere", 0.5), ("Ekstra leksehjelp", 1.2)]),
    ("# Skole (mill. kr)\n\n- Flere lærere: 50\n\n# Helse\n\n- Flere leger: 50", "", [("Flere lærere", 50)]),
    ("- Flere lærere: 500", "tnok", [("Flere lærere", 0.5)]),
    ("- Flere lærere: 500", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unit", "expected"), UNITS)
def test_units_that_are_stated_above(text, unit, expected):
    records = read(DOCUMENT.model_copy(update={"unit": unit}), text.split("\n"))
    assert [(measure.measure, measure.amount_mnok) for measure in records.measures] == expected


# Whole documents in forms of parties, each with (line, year, amount) of its measures.
PARTY_PAGE = """\
Rødt Fjordhavn
Alternativt budsjett 2020

Rødt vil ha en by for alle. Her er det viktigste vi foreslår.

Skole og barnehage
Vi vil ha flere voksne i skolen. Derfor styrker vi grunnbemanningen med 25 millioner kroner. Barnehagene får
12 millioner kroner til flere ansatte, og vi bruker 3,5 millioner kroner på skolebibliotek. Til sammen bruker vi 40,5
millioner kroner mer enn byrådet på oppvekst.

Helse
Eldre skal ha en trygg alderdom. Vi ansetter 20 sykepleiere. Det koster 16 millioner kroner.
Byrådets forslag om å legge ned dagsenteret på Nes sier vi nei til. Vi setter av 2,4 millioner så det kan drives videre.

Slik finansierer vi det
Eiendomsskatten økes med 0,5 promille. Det gir 45 millioner kroner.
Vi kutter i konsulentbruk (8 millioner) og reiser (1,5 millioner).
Resten tar vi fra disposisjonsfondet: 4 millioner.
"""
COUNCIL_RECORD = """\
Tilleggsforslag frå Senterpartiet

1. Nattlegevakt i Sundet held fram. Kostnad kr 2 400 000.
2. Skuleskyss: Auka løyving kr 600 000
3. Tilskot til kulturskulen vert auka med kr 350 000 frå 2021.
4. Inndekning: Reduserte reiseutgifter kr 800 000, bruk av disposisjonsfond kr 2 550 000.
5. Kommunedirektøren vert beden om å leggje fram ei sak om samarbeid om brannvern innan 1.6.2020.
"""
SPEECH = """\
TALE I BYSTYRET 12. DESEMBER

Ordfører! Byrådet foreslår å kutte 35 millioner kroner i skolen. Det er uansvarlig.
SV setter inn igjen 35 millioner kroner til skolen, og legger på 10 millioner til spesialpedagogisk hjelp.

I dag bruker kommunen 1,2 milliarder kroner på eldreomsorg.
Det er for lite. Vi øker med 28 millioner.

Hvor tar vi pengene fra? Jo, vi øker utbyttet fra havna med 30 millioner kroner
og reduserer vedlikeholdet av rådhuset med 3 millioner.
"""
ARTICLE = """\
– Dette budsjettet er et svik

Opposisjonen reagerer på at byrådet vil bruke 650 millioner kroner på nytt konserthus,
samtidig som skolen må kutte 48 millioner.

Rødt vil i stedet bruke 90 millioner kroner på å ruste opp skolebygg,
40 millioner kroner på å redusere klassestørrelsen
og 15 millioner kroner på flere miljøarbeidere.

– Konserthuset kan vente. Nå må barna prioriteres, sier bystyrerepresentant Lise Dal.

Hun peker på at kommunen gikk 110 millioner kroner i pluss i 2018, og at formuesskatten ga 25 millioner mer enn ventet.

Totalt har Rødt et budsjett som er 145 millioner kroner større på drift enn byrådets.
"""
ALIGNED_TABLE = """\
Oppvekst

Tiltak                              2020     2021     2022     2023
Flere lærere                       10,0     20,0     20,0     20,0
Gratis SFO 1. trinn                 5,5     12,0     12,0     12,0
Redusert administrasjon            -2,0     -2,0     -2,0     -2,0
Sum oppvekst                       13,5     30,0     30,0     30,0

(Tall i mill. kr)
"""
NYNORSK_LIST = """\
Budsjettforslag frå Raudt

Raudt vil:
• Auka grunnbemanninga i barnehagane med 4 millionar kroner.
• Halda fram med gratis skulemat (2,2 mill.).
• Avvikla eigedomsskatten på næring, 3 millionar.
• Styrkja heimetenesta, 6 millionar kroner i året.
• Kutta i konsulentbruk: 5 mill. kroner.

Dei siste åra har kommunen fått 18 millionar mindre i rammetilskot.
"""
DOCUMENTS = [
    (PARTY_PAGE, [(7, 25), (8, 12), (8, 3.5), (12, 16), (13, 2.4), (16, -45), (17, -8), (17, -1.5), (18, -4)]),
    (COUNCIL_RECORD, [(3, 2.4), (4, 0.6), (5, 0.35), (6, -0.8), (6, -2.55)]),
    (SPEECH, [(4, 35), (4, 10), (9, -30), (10, -3)]),
    (ARTICLE, [(6, 90), (7, 40), (8, 15)]),
    (ALIGNED_TABLE, [(4, 10), (4, 20), (4, 20), (4, 20), (5, 5.5), (5, 12), (5, 12), (5, 12), *[(6, -2)] * 4]),
    (NYNORSK_LIST, [(4, 4), (5, 2.2), (6, 3), *[(7, 6)] * 4, (8, -5)]),
]


# What could be taken for a measure's amount, or for one of another sign, year or name.
_ROWS = "Økte utgifter\nSkole 5 mill\nVeier 3 mill\nReduserte utgifter\nReiser 4 mill\nMøter 1,5 mill\n"
TRAPS = [
    # A sum of what is said above, which nothing shows to be their sum.
    ("Vi styrker skolen med 12 mill.\n\nTil sammen gir dette 17,5 millioner til velferd.", [(1, 12)]),
    ("For hver million vi bruker på forebygging, sparer vi 3 millioner senere.", []),
    ("10 nye stillinger à 700 000 kroner til skolen.", []),
    ("Vi setter av 15 millioner kroner hvert av de tre neste årene til klimatiltak.", []),
    ("Vi ønsker på sikt å bruke 50 millioner kroner på nytt svømmeanlegg.", []),
    ("Vi vil bruke 50 millioner kroner på nytt svømmeanlegg, men ikke i denne perioden.", []),
    # Against a cut is for what it would take; what others propose stays theirs.
    ("Vi går imot forslaget om å kutte 2 millioner kroner i kulturskolen.", [(1, 2)]),
    ("Vi støtter byrådets forslag om 4 millioner til barnehager.", []),
    ("Fjerne gratis parkering for ansatte (kr 600 000,- i økte inntekter)", []),
    # Lines that name what their rows are, without a blank line above.
    (f"Budsjett 2020\n\n{_ROWS}Reduserte inntekter\nEiendomsskatt 10 mill\nØkte inntekter\nUtbytte 12,5 mill",
     [(4, 5), (5, 3), (7, -4), (8, -1.5), (10, 10), (12, -12.5)]),
    # A row is no text under the row above it.
    ("Budsjett\n\nHelse: + 4 mill. kr\nSkole: – 2 mill. kr\nFellesutgifter: kutt på 6 mill. kr\nNy brannstasjon 45 "
     "mill. kr (lån)\nMidler til næringsfond 1 mill. kr hvert år i fire år", [(3, 4), (4, -2), (5, -6)]),
    ("Drift\nBibliotek 5 mill\nSkole 2 mill\nVeier 4 mill\nVedlikehold av kirker 10 mill. i perioden 2020-2023\n"
     "Sum: 21 mill", [(2, 5), (3, 2), (4, 4)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TRAPS)
def test_what_could_be_taken_for_a_measure(text, expected):
    found = read_text(text).measures
    assert [(measure.line, measure.amount_mnok) for measure in found if measure.amount_mnok is not None] == expected


OF_SV = DOCUMENT.model_copy(update={"publisher": "SV", "title": "SVs budsjett 2020"})
LISTS = "{}\n\n- 2 mill. kr til skole\n\n{}\n\n- 3 mill. kr til veier\n"


@pytest.mark.parametrize(
    ("head", "is_own"),
    [
        ("Forslag fra Høyre og Frp:", False),
        ("Høyre v/Per Dal fremmet følgende forslag:", False),
        ("Representanten Per Dal (Høyre) fremmet:", False),
        ("Høyre:", False),
        ("SV og Rødt sitt fellesforslag:", True),
        ("I stedet for det Høyre vil, foreslår vi:", True),
    ],
)
def test_what_another_party_proposes_is_not_the_documents(head, is_own):
    records = read(OF_SV, LISTS.format("Forslag fra SV:", head).split("\n"))
    assert [measure.line for measure in records.measures] == ([3, 7] if is_own else [3])
    assert [row.line for row in records.ledger] == ([] if is_own else [7])


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_documents(text, expected):
    found = read_text(text).measures
    assert [(measure.line, measure.amount_mnok) for measure in found] == expected


# Rows whose cells single spaces part: (printed lines, (row, year, amount) of each measure)
SPACED_ROWS = [
    (["Oppvekst 2020 2021", "Flere lærere 10 20", "Lærere", "Redusert reising −5 −5", "Sum i mill kr 5 15"],
     [("Flere lærere", 2020, 10), ("Flere lærere", 2021, 20), ("Redusert reising", 2020, -5),
      ("Redusert reising", 2021, -5)]),
    (["Tiltak (1000 kr) 2020 2021", "Flere lærere 1 200 300", "Flere barnehager 1 200"], []),
    (["Skole 2020 2021", "Flere lærere 10 20", "Helse 2020 2021", "Flere leger 5 5", "Sum i mill kr 5 5"],
     [("Flere leger", 2020, 5), ("Flere leger", 2021, 5)]),
    (["Drift 2020 2021 2022", "", "Flere plasser i", "barnehagene 5 70 125", "", "Flere leker 0 0 5", "",
      "Totalt (MNOK) 5 70 130"],
     [("Flere plasser i barnehagene", 2020, 5), ("Flere plasser i barnehagene", 2021, 70),
      ("Flere plasser i barnehagene", 2022, 125), ("Flere leker", 2020, 0), ("Flere leker", 2021, 0),
      ("Flere leker", 2022, 5)]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), SPACED_ROWS)
def test_rows_with_single_spaces(lines, expected):
    found = [(measure.measure, measure.year, measure.amount_mnok) for measure in read(DOCUMENT, lines).measures]
    assert found == expected


@pytest.mark.parametrize("line", ["# \t\t", "#", "-", "\u2028", "**", "a)", "|||", ";;;", "5 mill", "9" * 16 + " mill"])
def test_odd_lines_between_rows_stop_nothing(line):
    lines = ["Skole 2020 2021", "Flere lærere 10 20", line, "Flere leger 5 5", "Sum i mill kr 15 25"]
    assert all(measure.measure for measure in read(DOCUMENT, lines).measures)
