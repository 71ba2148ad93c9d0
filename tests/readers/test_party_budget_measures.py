"""Party budgets in prose: printed lines in, expected rows out. The hard lines are the 2020 document's own."""

import pytest

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import read
from kommunebudsjett.readers.records import Measure, Records

DOCUMENT = Document(
    id="parti-2020",
    file="parti-budsjett-2020.txt",
    title="Budsjett 2020",
    publisher="Partiet",
    family="party_budget",
    municipality="Byen",
    budget_year=2020,
    period_from=2020,
    period_to=2023,
)
FRONT = ["Bybudsjettet", "Forslag til budsjett 2020 og økonomiplan 2020-2023", "", "", ""]
CHAPTER = ["Oppvekst", "Alle barn i byen skal ha en trygg oppvekst og en god faglig utvikling.", "", "", ""]
COVERING = ["Inndekning"]
# What stands last: a list of directives that names the chapter, as the documents have.
END = ["", "Verbale føringer - Oppvekst", "", "Leirskole", "De rødgrønne ber om en sak om leirskole.", ""]


def read_lines(*lines: str) -> Records:
    return read(DOCUMENT, list(lines))


def read_measure(*lines: str, before: list[str] = CHAPTER) -> tuple[list[Measure], Records, int]:
    """The rows of the measure that `lines` print, all records, and the number of its heading's line."""
    start = len(FRONT) + len(before) + 1
    records = read_lines(*FRONT, *before, *lines, *END)
    return records.measures, records, start


def figures(measures: list[Measure], start: int) -> list[tuple]:
    return [(m.year, m.amount_mnok, m.basis, m.certainty, m.line - start) for m in measures]


# (printed lines, (year, amount, basis, certainty, lines below the heading) of each row)
MEASURES = {
    "a level that goes on": (
        [
            "Gratis SFO for førsteklassinger\t\t\t\t        5,5 millioner",
            "De rødgrønne fortsetter opptrappingen av gratis kjernetid og vil innføre det for alle",
            "førsteklassinger innen 2023. Det settes av 5,5 millioner ",
            "i 2020, med økning til 12 millioner i 2021 for å trappe opp på tre skoler.",
        ],
        [
            (2020, 5.5, "heading", "explicit", 0),
            (2021, 12, "prose", "explicit", 3),
            (2022, 12, "prose", "implied", 3),
            (2023, 12, "prose", "implied", 3),
        ],
    ),
    "a trial that is judged anew after its last year": (
        [
            "Toppet bemanning i barnehage\t\t       3,5 millioner",
            "Vi setter av 3,5 millioner (halvårseffekt) i 2020, økende til 7 millioner i 2021 ",
            "til et prøveprosjekt. Ordningen skal evalueres etter 1,5 år og vurderes også videreført etter ",
            "2021.",
        ],
        [(2020, 3.5, "heading", "explicit", 0), (2021, 7, "prose", "explicit", 1)],
    ),
    "two years named": (
        [
            "Likebehandling av private barnehager \t\t      1 million",
            "De rødgrønne vil likebehandle de private barnehagene og tilfører ",
            "private barnehager i Klæbu 1 million i 2020 og 2021.",
        ],
        [(2020, 1, "heading", "explicit", 0), (2021, 1, "prose", "explicit", 2)],
    ),
    "a number broken over the line's end": (
        [
            "Feministhus\t\t          0,3 millioner",
            "De rødgrønne ønsker å støtte opprettelse av et feministhus. Til å begynne med bevilges 300 ",
            "000 kroner som oppstartstøtte til feministhus.",
        ],
        [(2020, 0.3, "heading", "explicit", 0)],
    ),
    "kroner, and years on the next line": (
        [
            "Kunnskap om kvinnehelse\t\t        0,3 millioner",
            "De rødgrønne ønsker å styrke arbeidet rundt innvandrerkvinners helse og avsetter 300 000 ",
            "kroner til dette arbeidet i 2020 og 2021.",
        ],
        [(2020, 0.3, "heading", "explicit", 0), (2021, 0.3, "prose", "explicit", 1)],
    ),
    "a word broken between two levels": (
        [
            "Opptrapping av grunnbemanning i eldreomsorgen       \t\t  20 millioner",
            "Det legges inn opptrapping av grunnbemanning i tråd med eldreplanen på 20 millioner øken-",
            "de til 40 millioner i 2021. Opptrappingen må sikre riktig kompetanse.",
        ],
        [
            (2020, 20, "heading", "explicit", 0),
            (2021, 40, "prose", "explicit", 2),
            (2022, 40, "prose", "implied", 2),
            (2023, 40, "prose", "implied", 2),
        ],
    ),
    "amounts only in the prose": (
        [
            "Brygga - individuell jobbstøtte \t\t ",
            "Vi øker derfor tilskuddet til Stavne ar-",
            "beid og kompetanse KF med med 5 millioner fra 2021 øremerket tilbudet på Brygga.",
        ],
        [
            (2021, 5, "prose", "explicit", 2),
            (2022, 5, "prose", "implied", 2),
            (2023, 5, "prose", "implied", 2),
        ],
    ),
    "a year before its amount": (
        [
            "Økt utstyrspott for haller og idrettsanlegg\t     0,9 millioner\t",
            "For å redusere etterslepet på utbytting av utslitt utstyr settes det i 2020 av ",
            "0,9 millioner ekstra og 0,2 millioner utover kommunedirektørens forslag i 2021.  Bevilgningen ",
            "kan disponeres til både kommunale og private anlegg.",
        ],
        [(2020, 0.9, "heading", "explicit", 0), (2021, 0.2, "prose", "explicit", 2)],
    ),
    "an amount for each year": (
        [
            "Klimatiltak\t\t           4 millioner",
            "Det settes av ytterligere 4 millioner i 2020; 5,5 millioner i 2021; 6,3 ",
            "millioner i 2022 og 2,3 millioner i 2023.",
            "",
            "Følgende tiltak skal gi oss konkrete resultater:",
            "\t Ladeinfrastruktur i borettslag",
            "\t Ordningen får 1 million i 2020 og har lagt til rette for lading på 5700 parkerings\t",
            "\t plasser i borettslag.",
        ],
        [
            (2020, 4, "heading", "explicit", 0),
            (2021, 5.5, "prose", "explicit", 1),
            (2022, 6.3, "prose", "explicit", 1),
            (2023, 2.3, "prose", "explicit", 2),
        ],
    ),
    "a heading amount until a new decision": (
        [
            "Økt byliv\t\t           1 million",
            "Næringsforeningen og kulturlivet bidro med gode ideer og konkrete forslag. Prosjektet må ",
            "evalueres og vurderes videreført fra 2022.",
        ],
        [(2020, 1, "heading", "explicit", 0), (2021, 1, "heading", "implied", 0)],
    ),
    "years named without an amount": (
        [
            "Renhold\t\t           0,6 millioner",
            "De rødgrønne kan ikke akseptere at vi reduserer ambisjonsnivået for renhold og ",
            "reverserer kuttet i 2020 og 2021.",
        ],
        [(2020, 0.6, "heading", "explicit", 0), (2021, 0.6, "heading", "implied", 0)],
    ),
    "a yearly frame": (
        ["Matsentralen\t          0,3 millioner", "De rødgrønne øker den årlige rammen til Matsentralen."],
        [(2020, 0.3, "heading", "explicit", 0)] + [(year, 0.3, "heading", "implied", 0) for year in (2021, 2022, 2023)],
    ),
    "from the first year on": (
        ["Ung i jobb      \t  0,4 millioner", "Det legges inn 400 000 kroner allerede fra 2020."],
        [(2020, 0.4, "heading", "explicit", 0)] + [(year, 0.4, "prose", "implied", 1) for year in (2021, 2022, 2023)],
    ),
    "a heading amount with nothing more": (
        ["Trondheim Voices\t\t  0,2 millioner", "De rødgrønne øker tilskuddet til Trondheim Voices med 0,2 millioner."],
        [(2020, 0.2, "heading", "explicit", 0)],
    ),
    "an amount that differs between heading and prose": (
        ["Sommerskole\t\t  2 millioner", "De rødgrønne setter av 3 millioner i 2020 til sommerskole."],
        [(2020, 2, "heading", "explicit", 0)],
    ),
    "a level some years ahead": (
        ["Leksehjelp\t\t  2 millioner", "De rødgrønne vil ha leksehjelp økende til 6 millioner i 2022."],
        [
            (2020, 2, "heading", "explicit", 0),
            (2021, None, "heading", "implied", 0),
            (2022, 6, "prose", "explicit", 1),
            (2023, 6, "prose", "implied", 1),
        ],
    ),
    "a first level in the prose": (
        ["Leksehjelp", "De rødgrønne setter av 2 millioner økende til 6 millioner i 2021."],
        [
            (2020, 2, "prose", "implied", 1),
            (2021, 6, "prose", "explicit", 1),
            (2022, 6, "prose", "implied", 1),
            (2023, 6, "prose", "implied", 1),
        ],
    ),
    "each year leads its amount": (
        ["Leksehjelp", "I 2021 settes det av 2 millioner, i 2022 4 millioner og i 2023 5 millioner."],
        [(2021, 2, "prose", "explicit", 1), (2022, 4, "prose", "explicit", 1), (2023, 5, "prose", "explicit", 1)],
    ),
    "so many years": (
        ["Leksehjelp\t\t3 millioner", "De rødgrønne setter av 3 millioner i to år til leksehjelp."],
        [(2020, 3, "heading", "explicit", 0), (2021, 3, "prose", "implied", 1)],
    ),
    "a minus before a heading amount": (
        ["Konsulenter\t\t−2,5 mill. kr", "De rødgrønne vil bruke færre konsulenter."],
        [(2020, -2.5, "heading", "explicit", 0)],
    ),
    "a cut in a chapter of spending": (
        ["Konsulenter", "Bruken av konsulenter kuttes med 2 millioner i 2020."],
        [(2020, -2, "prose", "explicit", 1)],
    ),
    "a heading on two lines": (
        [
            "Styrket samarbeid mellom skolehelsetjenesten og\t",
            "barnevernet i alle bydeler\t\t  2 millioner",
            "De rødgrønne vil styrke samarbeidet med 2 millioner.",
        ],
        [(2020, 2, "heading", "explicit", 1)],
    ),
    "a thin space between thousands": (
        ["Ungdomsråd\t\t1\u2009250\u2009000 kroner", "De rødgrønne vil styrke ungdomsrådet."],
        [(2020, 1.25, "heading", "explicit", 0)],
    ),
    "kr before the amount": (
        ["Ungdomsråd", "De rødgrønne setter av kr 250 000 i 2022 til ungdomsrådet."],
        [(2022, 0.25, "prose", "explicit", 1)],
    ),
    "an amount in parentheses beside a heading": (
        ["Leirskole (1,5 mill. kr)", "De rødgrønne vil at alle skal få dra på leirskole."],
        [(2020, 1.5, "heading", "explicit", 0)],
    ),
    "kr before a heading amount": (
        ["Leirskole\t\tkr 400 000", "De rødgrønne vil at alle skal få dra på leirskole."],
        [(2020, 0.4, "heading", "explicit", 0)],
    ),
    "a dash between a title and its amount": (
        ["Leirskole - 4 millioner", "De rødgrønne vil at alle skal få dra på leirskole."],
        [(2020, 4, "heading", "explicit", 0)],
    ),
    "a minus and a space before a heading amount": (
        ["Leirskole\t\t− 4 millioner", "De rødgrønne vil at alle skal få dra på leirskole."],
        [(2020, -4, "heading", "explicit", 0)],
    ),
    "years right after kr and MNOK": (
        ["Leirskole", "Det legges inn 5 mill. kr 2021 økende til 8 MNOK 2023."],
        [(2021, 5, "prose", "explicit", 1), (2022, None, "prose", "implied", 1), (2023, 8, "prose", "explicit", 1)],
    ),
    "MNOK before the amount": (
        ["Leirskole", "Vi bevilger MNOK 1,5 i 2021."],
        [(2021, 1.5, "prose", "explicit", 1)],
    ),
    "a year before each amount, bound by a verb": (
        ["Leirskole", "For 2021 er beløpet 6 millioner og for 2022 7 millioner."],
        [(2021, 6, "prose", "explicit", 1), (2022, 7, "prose", "explicit", 1)],
    ),
    "a year and a colon before each amount": (
        ["Leirskole", "2021: 2 millioner, 2022: 3 millioner."],
        [(2021, 2, "prose", "explicit", 1), (2022, 3, "prose", "explicit", 1)],
    ),
    "a comma before the last year": (
        ["Leirskole", "Det settes av 6 millioner i 2021, 2022, og 2023."],
        [(year, 6, "prose", "explicit", 1) for year in (2021, 2022, 2023)],
    ),
    "a year and onwards": (
        ["Leirskole", "Det settes av 6 millioner i 2022 og videre."],
        [(2022, 6, "prose", "explicit", 1), (2023, 6, "prose", "implied", 1)],
    ),
    "a total for several years": (
        ["Leirskole", "Vi bevilger til sammen 5 millioner i 2022 og 2023."],
        [(None, 5, "prose", "explicit", 1)],
    ),
    "a cut as the object of its verb": (
        ["Konsulenter", "Vi kutter 5 millioner i 2020 og 7 millioner i 2021."],
        [(2020, -5, "prose", "explicit", 1), (2021, -7, "prose", "explicit", 1)],
    ),
    "a verb of cutting that says what the money is for": (
        ["Vikarer", "Vi øker innsatsen for å redusere fravær med 2 millioner i 2021."],
        [(2021, 2, "prose", "explicit", 1)],
    ),
    "a change of the year before": (
        ["Leirskole\t\t4 millioner", "I 2021 økes bevilgningen med 2 millioner."],
        [(2020, 4, "heading", "explicit", 0), (2021, None, "prose", "ambiguous", 1)],
    ),
    "a cut of the year before": (
        ["Leirskole\t\t4 millioner", "Beløpet reduseres med 2 millioner i 2021."],
        [(2020, 4, "heading", "explicit", 0), (2021, None, "prose", "ambiguous", 1)],
    ),
    "a cut that is reversed after its amount": (
        ["Bibliotek", "Kommunedirektørens kutt på 3 millioner i 2021 reverseres."],
        [(2021, 3, "prose", "explicit", 1)],
    ),
    "a measure that is cut in a year": (
        ["Leirskole\t\t4 millioner", "Tiltaket kuttes i 2021."],
        [(2020, 4, "heading", "explicit", 0)],
    ),
    "a measure that ends": (
        ["Leirskole\t\t4 millioner", "Tilskuddet trappes ned til 2 millioner i 2021 og avvikles fra 2023."],
        [
            (2020, 4, "heading", "explicit", 0),
            (2021, 2, "prose", "explicit", 1),
            (2022, 2, "prose", "implied", 1),
        ],
    ),
    "a year in which the amount is another": (
        ["Leirskole\t\t4 millioner", "Bevilgningen halveres i 2021."],
        [(2020, 4, "heading", "explicit", 0)],
    ),
    "no amount": (
        ["Skolebygg", "Vi setter av oppstartsmidler til prosjektene i ", "2022 og 2023."],
        [(None, None, "", "", 0)],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), MEASURES.values(), ids=MEASURES.keys())
def test_measure(lines, expected):
    measures, _, start = read_measure(*lines)
    assert figures(measures, start) == expected


COVERED = {
    "a cut that grows": (
        [
            "Innkjøp",
            "De rødgrønne reduserer innkjøpsbudsjettet i kommunen med 15 millioner i 2020 økende til ",
            "25 millioner i 2023. Vi ønsker at det spesielt sees på å kutte i reisebudsjettet.",
        ],
        [
            (2020, -15, "prose", "explicit", 1),
            (2021, None, "prose", "implied", 1),
            (2022, None, "prose", "implied", 1),
            (2023, -25, "prose", "explicit", 2),
        ],
    ),
    "by or to": (
        [
            "Innleie av arbeidskraft",
            "Budsjettet for innleie i kommunen kuttes derfor med 5 mill i 2020 økende med 20 mill i ",
            "2023.",
        ],
        [
            (2020, -5, "prose", "explicit", 1),
            (2021, None, "prose", "implied", 1),
            (2022, None, "prose", "implied", 1),
            (2023, None, "prose", "ambiguous", 1),
        ],
    ),
    "a year without a preposition": (
        [
            "Effektivisering",
            "De rødgrønne legger inn et økt effektiviseringskrav på 5 millioner 2021 økende til 10 millioner ",
            "i 2023.",
        ],
        [
            (2021, -5, "prose", "explicit", 1),
            (2022, None, "prose", "implied", 1),
            (2023, -10, "prose", "explicit", 1),
        ],
    ),
    "money put into a fund": (
        [
            "Avsetning til disposisjonsfondet",
            "De rødgrønne tilfører 14,6 millioner kroner til kommunens disposisjonsfond i 2020.",
        ],
        [(2020, 14.6, "prose", "explicit", 1)],
    ),
    "a total for the period": (
        [
            "Reduserte låneopptak",
            "Ved å redusere kommunens låneopptak med totalt 365 millioner kroner, reduseres behovet ",
            "for å betale ekstraordinære avdrag på lån i perioden.",
        ],
        [(None, -365, "prose", "explicit", 1)],
    ),
    "a text that ends without a full stop": (
        [
            "Redusert befolkningsprognoser barnehage",
            "Prognosene for fødselstall mot slutten av perioden nedjusteres med 5 millioner i 2022 og 10 ",
            "millioner i 2023",
        ],
        [(2022, -5, "prose", "explicit", 1), (2023, -10, "prose", "explicit", 1)],
    ),
    "an amount without a year": (
        [
            "Omtaksering eiendomsskatt",
            "10 millioner som ikke benyttes til omtaksering av eiendomsskatt tilbakeføres disposisjonsfon-",
            "det i sin helhet.",
        ],
        [(None, 10, "prose", "implied", 1)],
    ),
    "less money put into a fund": (
        ["Fond", "Vi reduserer avsetningen til disposisjonsfondet med 5 millioner i 2020."],
        [(2020, -5, "prose", "explicit", 1)],
    ),
    "more spending": (
        ["Renter", "Det settes av 5 millioner i 2020 til økte renteutgifter."],
        [(2020, 5, "prose", "explicit", 1)],
    ),
    "no amount": (
        ["Effektivisering drift kirkegård", "Det legges inn reduksjon midler til drift av kirkegårdene fra 2021."],
        [(None, None, "", "", 0)],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), COVERED.values(), ids=COVERED.keys())
def test_measure_in_inndekning(lines, expected):
    measures, _, start = read_measure(*lines, before=COVERING)
    assert figures(measures, start) == expected
    assert {(m.area, m.kind) for m in measures} == {("Inndekning", "inndekning")}


def test_half_year_effect_is_noted_on_the_first_year_only():
    measures, _, _ = read_measure(
        "Styrking av barnevernet\t\t3,5 millioner",
        "Vi setter av 3,5 millioner (halvårseffekt) i 2020 økende til 7 millioner i 2021, til dette.",
    )
    assert [m.note for m in measures] == ["halvårseffekt", "", "", ""]


def test_both_readings_of_an_ambiguous_amount_are_noted():
    measures, _, _ = read_measure(
        "Innleie", "Innleien kuttes derfor med 5 mill i 2020 økende med 20 mill i 2023.", before=COVERING
    )
    assert measures[-1].note == '"økende med 20 mill i 2023": either to -20 or by -20 to -25'


def test_an_amount_that_differs_from_the_heading_is_noted_and_listed():
    measures, records, start = read_measure(*MEASURES["an amount that differs between heading and prose"][0])
    assert [m.note for m in measures] == [f"the text says 3 (line {start + 1})"]
    assert [u.raw for u in records.unread if "heading's" in u.reason] == ["3 millioner"]


def test_a_year_that_is_stated_twice_is_ambiguous_and_leaves_its_neighbour():
    measures, _, start = read_measure("Bane", "Vi gir 5 millioner i 2022 og 2023. Da gis 6 millioner i 2023.")
    assert figures(measures, start) == [(2022, 5, "prose", "explicit", 1), (2023, None, "prose", "ambiguous", 1)]
    assert measures[1].note == f"either 5 or 6 (line {start + 1})"


def test_a_run_of_years_is_each_of_them_and_says_so():
    measures, _, start = read_measure("Kjøretøy", "Det legges inn 2,5 millioner i 2021 og 5 millioner i 2022-2023.")
    assert figures(measures, start)[1:] == [(2022, 5, "prose", "explicit", 1), (2023, 5, "prose", "explicit", 1)]
    assert measures[-1].note == "5 in each of 2022-2023"


def test_a_heading_amount_that_the_text_gives_to_later_years_only_is_ambiguous():
    measures, _, _ = read_measure("Brygga\t\t5 millioner", "Vi øker tilskuddet med 5 millioner fra 2021.")
    assert [(m.year, m.amount_mnok, m.certainty) for m in measures] == [
        (2020, None, "ambiguous"),
        (2021, 5, "explicit"),
        (2022, 5, "implied"),
        (2023, 5, "implied"),
    ]


# (sentence in a measure's text, number in it that is no amount, part of the reason)
NO_AMOUNTS = [
    ("Det gir 7 millioner til dette.", "7 millioner", "without a year"),
]


@pytest.mark.parametrize(("sentence", "raw", "reason"), NO_AMOUNTS)
def test_a_number_that_is_no_amount_is_listed_with_the_reason(sentence, raw, reason):
    measures, records, start = read_measure("Klubben\t\t1 million", f"Vi vil styrke klubben. {sentence}")
    assert figures(measures, start) == [(2020, 1, "heading", "explicit", 0)]
    assert [u.reason for u in records.unread if (u.line, u.raw) == (start + 1, raw) and reason in u.reason]


# What stands at the end of a line, what begins the next, and how they are read together.
JOINS = [
    ("deltakelse i samfun-", "net for alle", "samfunnet"),
    ("helse- og velferds-", "sentre i byen", "helse- og velferdssentre"),
    ("det er NAV-an-", "satte her", "NAV-ansatte"),
    ("det er NAV-", "ansatte her", "NAV-ansatte"),
    ("planen for helse-", "og velferd", "helse- og"),
    ("rehabilitering/", "nybygging av skolen", "rehabilitering/nybygging"),
    ("følger bestiller-/", "utførermodellen", "bestiller-/utførermodellen"),
    ("planen 2020-", "2023 gjelder", "2020-2023"),
    ("elevene i Nord-", "Trøndelag", "Nord-Trøndelag"),
    ("vern –", "eller sanering", "vern – eller"),
]


@pytest.mark.parametrize(("end", "beginning", "together"), JOINS)
def test_words_broken_at_a_line_end_are_mended(end, beginning, together):
    _, records, _ = read_measure("Klubben\t\t1 million", f"Vi ønsker {end}", f"{beginning} som vi har.")
    assert together in next(text.text for text in records.measure_texts if text.measure == "Klubben")


def test_set_in_words_broken_by_a_tab_are_mended():
    _, records, _ = read_measure(*MEASURES["an amount for each year"][0])
    text = next(text.text for text in records.measure_texts if text.measure == "Klimatiltak")
    assert "5700 parkeringsplasser i borettslag." in text
    assert "borettslag Ordningen" in text


def test_a_measure_text_has_its_heading_and_lines():
    _, records, start = read_measure("Klubben\t\t1 million", "Vi styrker klubben.", "", "Den skal være åpen.")
    text = next(text for text in records.measure_texts if text.measure == "Klubben")
    assert text == ("parti-2020", "Oppvekst", "Klubben", "Klubben", "Vi styrker klubben. Den skal være åpen.",
                    f"{start}-{start + 1};{start + 3}")  # fmt: skip


BUDGET = """Bybudsjettet


Innledning
Vi styrker fastlegene med 10 millioner i to år.


Oppvekst

Alle barn i byen skal ha en trygg oppvekst. Kommunedirektøren må se
hvordan alle enheter kan bidra innen 2021.


Gratis SFO\t\t5,5 millioner
De rødgrønne vil innføre gratis SFO.

Investeringer - Oppvekst

Skolebygg
De rødgrønne ønsker å sette i gang planleggingen av to skoler.

Verbale føringer - Oppvekst

Helsestasjon for ungdom
Helsestasjonen gir et godt tilbud. De rødgrønne ber kommunedirektøren legge fram
en sak for formannskapet.


Krisesenteret
Krisesenteret må sikres universell utforming.

Vi ber om en utredning.


Kultur, idrett og friluftsliv
Idrett for alle
Idrett er et satsingsområde for byen.

Utstyrspott\t\t0,9 millioner
De rødgrønne øker potten.

Verbale føringer - Idrett

Ishall
Vi ber kommunedirektøren omdisponere midler til ishall.


Kulturbyen Byen
De rødgrønne har ambisjon om kultur.

AKKS\t\t0,2 millioner
AKKS gir kurs.

Verbale føringer - Kultur

Fritidsverter
Vi ber om fritidsverter.


Finans og organisasjon
Kommunen skal være en trygg arbeidsplass.


Drift - Finans og organisering

Ung i jobb\t\t0,4 millioner
Vi vil ha sommerjobber.


Inndekning
Udisponert reserve
De rødgrønne bruker reserven.


Reduserte låneopptak
Låneopptaket reduseres med totalt 365 millioner kroner.


Utgifter drift


Inndekning drift
"""
OUTLINE = BUDGET.split("\n")


def test_chapters_lists_and_parts_of_chapters():
    records = read_lines(*OUTLINE)
    assert [(m.area, m.kind, m.measure) for m in records.measures] == [
        ("Oppvekst", "drift", "Gratis SFO"),
        ("Oppvekst", "investering", "Skolebygg"),
        ("Kultur, idrett og friluftsliv", "drift", "Utstyrspott"),
        ("Kultur, idrett og friluftsliv", "drift", "AKKS"),
        ("Finans og organisering", "drift", "Ung i jobb"),
        ("Inndekning", "inndekning", "Udisponert reserve"),
        ("Inndekning", "inndekning", "Reduserte låneopptak"),
    ]


def test_directives_stand_whole_with_their_lines():
    records = read_lines(*OUTLINE)
    listed = [d for d in records.directives if not d.within_measure]
    at = {line: number for number, line in enumerate(OUTLINE, 1)}
    assert [(d.area, d.title, d.ask, d.line_first, d.line_last) for d in listed] == [
        ("Oppvekst", "Helsestasjon for ungdom", "sak", at["Helsestasjon for ungdom"], at["en sak for formannskapet."]),
        ("Oppvekst", "Krisesenteret", "utredning", at["Krisesenteret"], at["Vi ber om en utredning."]),
        ("Idrett", "Ishall", "omdisponering", at["Ishall"], at["Ishall"] + 1),
        ("Kultur", "Fritidsverter", "other", at["Fritidsverter"], at["Fritidsverter"] + 1),
    ]
    assert listed[1].text == "Krisesenteret må sikres universell utforming. Vi ber om en utredning."


def test_an_ask_in_an_introduction_is_kept_and_marked():
    records = read_lines(*OUTLINE)
    assert [(d.area, d.title, d.text) for d in records.directives if d.within_measure] == [
        ("Oppvekst", "Oppvekst", "Kommunedirektøren må se hvordan alle enheter kan bidra innen 2021.")
    ]


def test_an_amount_in_the_introduction_is_listed_not_taken():
    records = read_lines(*OUTLINE)
    assert next((u.raw, u.reason) for u in records.unread) == (
        "10 millioner",
        "an amount in an introduction, not stated for a measure",
    )


# (text of a directive, what it asks for, deadline)
DIRECTIVES = [
    ("De rødgrønne ber om en utredning av en ny type kommunal bostøtteordning.", "utredning", ""),
    ("Kommunedirektøren bes orientere formannskapet i løpet av våren 2020 om hvordan dette skal organiseres.",
     "sak", "i løpet av våren 2020"),
    ("Fra 2020 avvikles aktivitetsplikt samtidig som det innføres aktivitetsrett.", "other", "Fra 2020"),
    ("Vi ønsker å få en orientering før sommeren 2020 om hvordan arbeidet går.", "sak", "før sommeren 2020"),
    ("Åpning av helsestasjonen er planlagt høsten 2020, og vi er åpne for å omdisponere midler.", "omdisponering", ""),
    ("Vi ber kommunedirektøren følge opp dette i budsjett 2021 og handlings- og økonomiplan 2021-2024.",
     "other", "i budsjett 2021 og handlings- og økonomiplan 2021-2024"),
    ("De rødgrønne ønsker ikke dette fra 2022 og ber kommunedirektøren innarbeide det i budsjett 2021.",
     "other", "i budsjett 2021"),
    ("Før rulleringen av programmet, skal det legges fram en sak til politisk behandling.",
     "sak", "Før rulleringen av programmet"),
    ("Vi ber om en sak om hvordan gratis kjernetid innen 2023 kan gjennomføres.", "sak", ""),
    ("De rødgrønne ber kommunedirektøren legge fram en sak som viser erfaringene fra vinteren 2019/2020.", "sak", ""),
    ("Bystyret ber kommunedirektøren om å komme med en sak i løpet av første halvår 2020 til bystyret.",
     "sak", "i løpet av første halvår 2020"),
    ("Vi ber kommunedirektøren komme tilbake i årsoppgjøret for 2019 med forslag.", "sak", "i årsoppgjøret for 2019"),
    ("Løypa skal vurderes delfinansiert innenfor potten som er satt av i 2020.", "other", ""),
    ("Modellen som drives etter bestiller-/utførermodellen skal endres.", "other", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ask", "deadline"), DIRECTIVES)
def test_what_a_directive_asks_for_and_when(text, ask, deadline):
    records = read_lines(*FRONT, *CHAPTER, "Verbale føringer - Oppvekst", "", "Saken", text, "")
    assert [(d.title, d.ask, d.deadline) for d in records.directives] == [("Saken", ask, deadline)]


def test_asks_of_a_measure_are_its_directives():
    lines = [
        "Skolehelsetjenesten\t\t2,6 millioner",
        "De rødgrønne styrker tjenesten med 2,6 millioner i 2020. Vi ber kommunedi-",
        "rektøren igangsette en pilot fra høsten 2020. Elevene trenger det.",
        "Rådmannen bes legge fram en sak.",
    ]
    _, records, start = read_measure(*lines)
    found = [d for d in records.directives if d.within_measure]
    assert [(d.title, d.ask, d.deadline, d.line_first - start, d.line_last - start) for d in found] == [
        ("Skolehelsetjenesten", "other", "fra høsten 2020", 1, 2),
        ("Skolehelsetjenesten", "sak", "", 3, 3),
    ]
    assert found[0].text == "Vi ber kommunedirektøren igangsette en pilot fra høsten 2020."


MALFORMED = [
    [],
    [""],
    ["", " ", "\t", "\f"],
    ["\x07\x00"],
    ["Oppvekst"],
    ["Verbale føringer - Oppvekst"],
    ["Verbale føringer - Oppvekst", "", "", "Inndekning"],
    ["Inndekning", "", "5 millioner"],
    ["5 millioner"],
    ["\t\t5 millioner", "-"],
    ["/", "-", "\u00ad", "– –"],
    ["Tiltak\t\t5 millioner i 2020-2019", "Det settes av 99 999 999 999 millioner i 2021-1999."],
    ["Tiltak\t\t", "kr", "mill", "2020", "i 2020 og", "og 2021"],
    ["1 2 3 4", "12 345 6789 kr 1 kr kr. 2,,5 mill", "20202021 2020-2021-2022/2023"],
    ["(" * 200, "«", "“”"],
]


@pytest.mark.parametrize("lines", MALFORMED)
def test_odd_input_is_read_without_a_measure_made_up(lines):
    records = read_lines(*lines)
    printed = "\n".join(lines)
    assert all(m.measure in printed and 1 <= m.line <= m.line_last <= len(lines) for m in records.measures)
    assert all(u.raw and 1 <= u.line <= len(lines) for u in records.unread)


def test_a_heading_without_an_amount_on_two_lines():
    measures, _, start = read_measure(
        "Oppsøkende behandlingstilbud til mennesker",
        "med alvorlige og langvarige lidelser",
        "Brukergruppen er sårbar. De rødgrønne vil sette av 2 millioner i 2021 til dette tilbudet.",
    )
    title = "Oppsøkende behandlingstilbud til mennesker med alvorlige og langvarige lidelser"
    assert [(m.measure, m.year, m.amount_mnok, m.line - start) for m in measures] == [(title, 2021, 2, 2)]


SCHOOL = "Skolehelsetjenesten\t\t\t\t         2,6 millioner"
FIRST = "De rødgrønne styrker skolehelsetjenesten med 2,6 millioner i 2020"
# Ways to print about five million kroner, and what is read of them: None where it is listed as unread.
PRINTED = [
    ("5,1 mill", 5.1),
    ("5,1 mill.", 5.1),
    ("5,1 mill. kr", 5.1),
    ("5,1 millioner kroner", 5.1),
    ("5,1 millionar", 5.1),
    ("5,1 MNOK", 5.1),
    ("MNOK 5,1", 5.1),
    ("kr 5,1 mill", 5.1),
    ("kr. 5,1 mill.", 5.1),
    ("kr 5 100 000", 5.1),
    ("5 100 000 kroner", 5.1),
    ("5.100.000 kroner", 5.1),
    ("5100 tusen kroner", 5.1),
    ("hele 5,1 millioner", 5.1),
    ("ca. 5,1 mill", 5.1),
    ("fem millioner", 5),
    ("fem millionar", 5),
    ("0,0051 milliarder", 5.1),
    # Parts of a number, and other signs between its digits.
    ("5.1 mill", 5.1),
    ("kr 5.1 mill", 5.1),
    ("MNOK 5.1", 5.1),
    ("5.1 MNOK", 5.1),
    ("5.100 mill", None),
    ("5,100 mill", 5.1),
    ("5'100'000 kr", 5.1),
    ("5 100' kr", 5.1),
    ("5, 1 mill", None),
    ("5 mill 100 tusen kroner", 5.1),
    ("5 mill og 100 tusen", 5.1),
    ("5 millioner 100 000 kroner", 5.1),
    ("5 1/2 mill", None),
    ("5,1 mill pluss 2 mill", None),
    ("2 x 2,5 mill", None),
    ("~5,1 mill", None),
    ("÷5,1 mill", None),
    # Words.
    ("fem og en halv million", 5.5),
    ("fem komma én million", 5.1),
    ("fem-seks millioner", None),
    ("fem til seks millioner", None),
    ("tjuefem millioner", 25),
    ("fem hundre tusen kroner", 0.5),
    # Ranges and changes.
    ("5,1 til 6 mill", None),
    ("5 eller 6 mill", None),
    ("5-6 mill", None),
    ("5 – 6 mill", None),
    ("mellom 5 og 6 mill", None),
    ("60 i stedet for 30 millioner", None),
    ("60 millioner i stedet for 30 millioner", None),
    ("fra 13 mill. til 9 mill.", None),
    # No unit, or one that is not known.
    ("5100 tkr", 5.1),
    ("5 100 TNOK", 5.1),
    ("TNOK 5100", 5.1),
    ("5 100 t.kr", 5.1),
    ("5 100 kkr", 5.1),
    ("kr 5,1", None),
    ("kr 510", None),
    ("NOK 5 100 000", 5.1),
    ("5 100 000 NOK", 5.1),
    ("5,1 mkr", 5.1),
    ("5,1 mio. kr", 5.1),
    # Limits and rates.
    ("inntil 900 000 kroner", None),
    ("opptil 5,1 mill", None),
    ("minst 5,1 mill", None),
    ("maks 5,1 mill", None),
    ("5 000 kroner per barn", None),
    ("5 000 kroner pr. elev", None),
    ("5 000 kr/elev", None),
    ("5 000 kroner til hver", None),
    ("5 000 kroner i måneden", None),
]


@pytest.mark.parametrize(("printed", "amount"), PRINTED, ids=[printed for printed, _ in PRINTED])
def test_an_amount_is_read_whole_or_listed(printed, amount):
    """Where it is listed, no other year has an amount that goes on in its place."""
    measures, found, start = read_measure(SCHOOL, f"{FIRST} økende til {printed} i 2021.")
    assert [(m.year, m.amount_mnok) for m in measures if m.year in (None, 2020)] == [(2020, 2.6)]
    assert {m.amount_mnok for m in measures if m.year and m.year > 2020} == ({amount} if amount else set())
    listed = {one.line for one in [*found.unread, *found.ledger] if not one.raw.startswith("20")}
    assert listed == (set() if amount else {start + 1})


@pytest.mark.parametrize("printed", [printed for printed, amount in PRINTED if amount is None])
@pytest.mark.parametrize(
    "lines",
    [
        [SCHOOL, FIRST + ". Vi setter av {} i 2021."],
        [SCHOOL, FIRST + ", og {} i 2021 og 2022."],
        [SCHOOL, "Det settes av {} årlig fra 2021."],
        [SCHOOL, "I 2021 settes det av {}."],
        ["Skolehelsetjenesten\t\t\t{}", "Vi vil styrke skolehelsetjenesten."],
    ],
)
def test_an_odd_amount_is_wrong_nowhere(printed, lines):
    measures, found, _ = read_measure(*(line.format(printed) for line in lines))
    right = {(2020, 2.6), (2021, 7)}
    # That the first year's amount follows for others, in words, is read where the document says so.
    assert {(m.year, m.amount_mnok) for m in measures if m.amount_mnok is not None} <= right | {(2022, 7), (2023, 7)}
    undecided = [m for m in measures if m.certainty == "ambiguous" and m.note]
    assert undecided or found.unread or found.ledger


# (what is printed, the rows that are read of it, the amount that is listed and a part of the reason)
STATED = [
    ("Vi gir ikke 5,1 mill i 2021 slik byrådet foreslår.", {}, "5,1 mill", "somebody else"),
    ("Vi vil ha mer, mot byrådets 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Vi gir mer enn kommunedirektørens forslag på 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Det settes av 5,1 mill i 2021 slik rådmannen foreslår.", {}, "5,1 mill", "somebody else"),
    ("Det ligger 5,1 mill i 2021 i byrådets forslag.", {}, "5,1 mill", "somebody else"),
    ("Byrådet vil gi 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Kommunedirektøren har satt av 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Vi gir 5,1 mill mer enn byrådet i 2021.", {}, "5,1 mill", "somebody else"),
    ("Vi går imot flertallets 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Vi setter av 5,1 mill i 2021 og 2022 til sammen.", {None: 5.1}, "", ""),
    ("Vi setter av 5,1 mill totalt i 2021 og 2022.", {None: 5.1}, "", ""),
    ("Vi setter av 5,1 mill i 2021-2022.", {None: None}, "", ""),
    ("Vi setter av 5,1 mill i 2021/2022.", {None: None}, "", ""),
    ("Vi setter av 5,1 mill fra 2021 til 2023.", {None: None}, "", ""),
    ("Vi setter av 5,1 mill i 2021 og 2022.", {2021: 5.1, 2022: 5.1}, "", ""),
    ("Vi setter av 3 mill i 2021 og 5 mill i 2022-2023.", {2021: 3, 2022: 5, 2023: 5}, "", ""),
    ("Vi gir 60 i stedet for 30 millioner i 2021.", {}, "60", "without a unit"),
    ("Vi gir 60 millioner i stedet for 30 millioner i 2021.", {}, "60 millioner", ""),
    ("I 2021 gir vi 60 millioner i stedet for 30 millioner.", {}, "60 millioner", "the difference"),
    ("Vi går fra 13 mill. til 9 mill. i 2021.", {}, "9 mill.", "the difference"),
    ("Vi øker fra 2,6 til 5,1 millioner i 2021.", {}, "5,1 millioner", "one unit"),
    ("Til sammen koster tiltakene 15 millioner årlig.", {}, "15 millioner", "a sum"),
    ("Totalt bruker vi 15 millioner på disse tiltakene i 2021.", {}, "15 millioner", "a sum"),
    ("Forslagene koster i alt 15 millioner i 2021.", {}, "15 millioner", "a sum"),
    ("Samlet ramme for satsingene er 15 millioner i 2021.", {}, "15 millioner", "a sum"),
    ("Prisen er 5 000 kroner per barn i 2021.", {}, "5 000 kroner", ""),
    ("Vi øker satsen med 1 200 kroner i måneden fra 2021.", {}, "1 200 kroner", "a rate"),
    ("Det koster 5 mill. per bydel i 2021.", {}, "5 mill.", "a rate"),
    ("Dersom staten bidrar, setter vi av 5,1 mill i 2021.", {}, "5,1 mill", "depends"),
    ("Ved behov kan det settes av 5,1 mill i 2021.", {}, "5,1 mill", "depends"),
    ("Det vurderes å sette av 5,1 mill i 2021.", {}, "5,1 mill", "depends"),
    ("Gjelden øker med 5,1 mrd i 2021.", {}, "5,1 mrd", "income"),
    ("Vi vil ikke bruke 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Næringslivet bidrar med 5,1 mill i 2021.", {}, "5,1 mill", "somebody else"),
    ("Kostnaden er 5,1 mill i 2021, som dekkes av staten.", {}, "5,1 mill", "somebody else"),
    ("Tiltaket koster 5,1 mill i 2021, men staten dekker alt.", {}, "5,1 mill", "somebody else"),
    ("Samlet for 2021 og 2022: 5,1 mill.", {None: 5.1}, "", ""),
    ("Vi dobler bevilgningen på 2,6 mill i 2021.", {}, "2,6 mill", "the difference"),
    ("Vi trapper opp 1 mill per år fra 2021.", {}, "1 mill", "the difference"),
    ("Behovet er 5,1 mill i 2021.", {}, "5,1 mill", "needs"),
    ("Totalkostnaden er 200 mill i 2021.", {}, "200 mill", "costs"),
    ("Skolen har et budsjett på 5,1 mill i 2021.", {}, "5,1 mill", "costs"),
    ("Vi flytter 5,1 mill fra kultur til skole i 2021.", {}, "5,1 mill", "moved"),
    ("Vi tar 5,1 mill fra kultur i 2021.", {}, "5,1 mill", "moved"),
    ("Kuttet på 5,1 mill i 2021 reduseres til 2 mill.", {}, "5,1 mill", "taken away"),
    ("Vi reverserer halvparten av kuttet på 5,1 mill i 2021.", {}, "5,1 mill", "taken away"),
    ("Vi reverserer 5,1 mill av kuttet på 10 mill i 2021.", {}, "10 mill", "taken away"),
    ("Kuttet på 5,1 mill i 2021 reverseres.", {2021: 5.1}, "", ""),
]


@pytest.mark.parametrize(("printed", "rows", "raw", "reason"), STATED, ids=[one[0] for one in STATED])
def test_whose_and_what_an_amount_is(printed, rows, raw, reason):
    measures, found, _ = read_measure(SCHOOL, f"{FIRST}. {printed}")
    assert {m.year: m.amount_mnok for m in measures} == {2020: 2.6} | rows
    assert not raw or any(raw in one.raw for one in [*found.unread, *found.ledger])


# (heading, the rows that are read of it)
HEADED = [
    ("Leirskole\t\t−5,1 millioner", {2020: -5.1}),
    ("Leirskole (5,1 mill.)", {2020: 5.1}),
    ("Leirskole\t\tkr 5,1 mill", {2020: 5.1}),
    ("Leirskole\t\t5,1 millioner i 2021", {2021: 5.1}),
    ("Leirskole\t\t5,1 millioner i 2021-2022", {None: None}),
    ("Leirskole 2021:\t\t5,1 millioner", {None: None}),
    ("Leirskole 2021\t\t5,1 millioner", {None: None}),
    ("Leirskole\t\tinntil 5 millioner", {None: None}),
    ("Leirskole\t\tikke 5 millioner", {None: None}),
]


@pytest.mark.parametrize(("heading", "rows"), HEADED, ids=[heading for heading, _ in HEADED])
def test_an_amount_beside_a_heading_is_read_whole_or_listed(heading, rows):
    measures, found, start = read_measure(heading, "Vi vil at alle skal få dra på leirskole.")
    assert {m.year: m.amount_mnok for m in measures} == rows
    assert measures[0].basis or any(one.line == start for one in [*found.unread, *found.ledger])
