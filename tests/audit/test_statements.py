"""What sentences claim, each claim in a small document that bears it out and in one that does not."""

import time

import pandas as pd
import pytest

from kommunebudsjett.audit import (
    arithmetic,
    captions,
    comparisons,
    goals,
    inspecting,
    labels,
    measures,
    promises,
    prose,
    repeated,
    stage,
)
from kommunebudsjett.audit.amounts import amounts
from kommunebudsjett.audit.claims import changes, claims
from kommunebudsjett.audit.judge import around, between, judge
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.text import LONGEST_SENTENCE
from kommunebudsjett.tables.contracts import TABLES
from tests.audit.test_checks import cells, frame, measure

REPORT, PROPOSAL = {"baseline": ""}, {"baseline": "byrådets forslag"}


def table(name: str, *rows: dict) -> pd.DataFrame:
    """Rows of a clean table, what they do not say left empty."""
    contract = TABLES[name]
    empty = {column: "" if dtype in ("str", "object") else 0 for column, dtype in contract.dtypes.items()}
    return pd.DataFrame([{**empty, **row} for row in rows], columns=contract.names)


def source(text: str, first: int = 1, family: dict = REPORT, **tables: pd.DataFrame) -> Source:
    """A document of 2025 whose text begins on line `first`."""
    known = table("documents", {"document": "d", "budget_year": 2025, "municipality": "Moss", **family})
    lines = [("d", number, line) for number, line in enumerate(text.split("\n"), first)]
    frames = {
        "documents": known, "lines": pd.DataFrame(lines, columns=["document", "line", "text"]),
        "table_cells": cells([]), "measures": table("measures"), "inspections": table("inspections"),
        "goals": table("goals"), "accounts": table("accounts"), **tables,
    }  # fmt: skip
    return Source(frames)


def found(check, *args, **tables) -> list[tuple]:
    return [(one.severity, one.lines, one.stated, one.computed) for one in check.check(source(*args, **tables))]


@pytest.mark.parametrize(
    ("text", "kind", "value", "bases"),
    [
        ("Skatt ble 84 millioner kroner lavere enn opprinnelig budsjett.", "deviation", 84, ("original",)),
        ("Området fikk et mindreforbruk på 19,4 millioner kroner.", "deviation", 19.4, ("revised",)),
        ("Det er 61 millioner mer enn budsjettert.", "deviation", 61, ("revised", "original")),
        ("Lønnsutgiftene økte med 315 millioner kroner.", "change", 315, ()),
        ("Gebyrene gikk ned med om lag 3 mill. kr.", "change", 3, ()),
        ("Bystyret vedtok å redusere budsjettet for skatt på inntekt med 100 millioner kroner.", "budget", 100, ()),
        ("Netto finansutgifter endte på 930 millioner kroner.", "level", 930, ()),
    ],
)
def test_what_a_sentence_claims(text, kind, value, bases):
    [sentence] = source(text).prose
    [claim] = claims(sentence)
    assert (claim.kind, claim.amount.value, claim.bases) == (kind, value, bases)


@pytest.mark.parametrize(
    "text",
    [
        # A part, an exception, something else's, a number that is no money.
        "Området fikk et mindreforbruk på 19,4 millioner kroner av de 30.",
        "Utgiftene, eksklusive avskrivninger, økte med 866 millioner kroner.",
        "Avviket skyldes at pensjon ble 69 millioner kroner lavere enn budsjettert.",
        "Antall elever økte med 315.",
        "Kommunen har 930 millioner kroner på bok.",
    ],
)
def test_what_is_no_claim_of_an_amount(text):
    [sentence] = source(text).prose
    assert list(claims(sentence)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det er en nedgang i antall saker på 12 saker.", [(12, True)]),
        ("Antallet gikk opp med 12 saker og det ble 9 klager.", [(12, False)]),
        # Two changes of one sentence each go their own way.
        ("Sykefraværet falt med 2 dager, mens antallet saker økte med 12 saker.", [(2, True), (12, False)]),
        ("Antallet saker økte med 12 saker og antallet klager falt med 3 klager.", [(12, False), (3, True)]),
        # Which way it went is not known.
        ("Etter en økning og en reduksjon på 12 saker.", []),
    ],
)
def test_the_changes_that_a_sentence_states(text, expected):
    [sentence] = source(text).prose
    assert [(change.amount.value, change.down) for change in changes(sentence)] == expected


@pytest.mark.parametrize(
    ("printed", "facts", "verdict"),
    [
        ("84 millioner", [around(126.0)], "differs"),
        ("84 millioner", [around(126.0), around(-84.3)], "agrees"),
        ("84 millioner", [], "unknown"),
        # Some cut decimals; "about" is the last digit that is not nought.
        ("15,8 millioner", [around(15.84)], "agrees"),
        ("om lag 150 millioner", [around(158.0)], "agrees"),
        ("om lag 150 millioner", [around(168.0)], "differs"),
        ("om lag 1000 millioner", [around(1600.0)], "differs"),
        ("om lag 526 millioner", [around(516.0)], "differs"),
        # What is cut is less than what it was.
        ("15,8 millioner", [around(15.89)], "agrees"),
        ("15,8 millioner", [around(15.71)], "slip"),
        ("84 millioner", [around(83.2)], "slip"),
        # Words that say which way a number is rounded.
        ("over 100 millioner", [around(108.0)], "agrees"),
        ("over 100 millioner", [around(92.0)], "differs"),
        ("i overkant av 100 millioner", [around(92.0)], "differs"),
        ("drøyt 100 millioner", [around(103.0)], "agrees"),
        ("minst 100 millioner", [around(150.0)], "agrees"),
        ("nesten 100 millioner", [around(98.0)], "agrees"),
        ("nesten 100 millioner", [around(103.0)], "differs"),
        ("opp mot 100 millioner", [around(95.0)], "agrees"),
        ("knapt 100 millioner", [around(102.0)], "differs"),
        ("under 100 millioner", [around(95.0)], "agrees"),
        # More than rounding explains, by less than one unit of the last digit.
        ("171 millioner", [around(172.6)], "slip"),
        ("5,93 milliarder", [around(5925.0)], "agrees"),
        # What rounding of other numbers gives.
        ("61 prosent", [between((59.2, 62.1), 60.6)], "agrees"),
    ],
)
def test_a_number_is_judged_as_far_as_it_is_rounded(printed, facts, verdict):
    assert judge(amounts(printed)[0], facts)[0] == verdict


ACCOUNTS = [
    ("Inntekts- og formuesskatt", 0, 2, dict(zip(
        ("Regnskap 2024", "Regnskap 2025", "Revidert budsjett 2025", "Vedtatt budsjett 2025", "Avvik"),
        ("-8 356", "-9 103", "-9 087", "-9 229", "-16"), strict=True))),
    ("Rammetilskudd", 0, 3, dict(zip(
        ("Regnskap 2024", "Regnskap 2025", "Revidert budsjett 2025", "Vedtatt budsjett 2025", "Avvik"),
        ("-5 253", "-5 925", "-5 863", "-5 558", "-61"), strict=True))),
    ("Lønnsutgifter", 0, 4, dict(zip(
        ("Regnskap 2024", "Regnskap 2025", "Revidert budsjett 2025", "Vedtatt budsjett 2025", "Avvik"),
        ("9 358", "9 673", "9 911", "9 844", "-238"), strict=True))),
]  # fmt: skip


def accounts() -> pd.DataFrame:
    return cells(
        [
            (label, total, line, {c: raw.replace(" ", "") for c, raw in of.items()})
            for label, total, line, of in ACCOUNTS
        ]
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lavere skatteinntekter på totalt 126 millioner kroner sammenlignet med opprinnelig vedtatt budsjett.", []),
        ("Lavere skatteinntekter på totalt 84 millioner kroner sammenlignet med opprinnelig vedtatt budsjett.",
         [("error", "2;9", 84, 126)]),
        ("Til sammen ble skatt på inntekt og formue og rammetilskudd 77 millioner kroner høyere enn revidert budsjett.",
         []),
        ("Til sammen ble skatt på inntekt og formue og rammetilskudd 77 millioner kroner høyere enn vedtatt budsjett.",
         [("error", "2-3;9", 77, 241)]),
        ("Lønnsutgiftene økte med 315 millioner kroner, eller 3,4 %.", []),
        ("Lønnsutgiftene økte med 315 millioner kroner, eller 4,2 %.", [("error", "4;9", 4.2, 3.37)]),
        ("Lønnsutgiftene økte med 415 millioner kroner.", [("error", "4;9", 415, 315)]),
        ("Lønnsutgifter og rammetilskudd økte med henholdsvis 315 og 672 millioner kroner.", []),
        ("Lønnsutgifter og rammetilskudd økte med henholdsvis 315 og 762 millioner kroner.",
         [("error", "3;9", 762, 672)]),
        # Another decision may have changed the budget too.
        ("Bystyret vedtok å redusere budsjettet for skatt på inntekt og formue med 142 millioner kroner.", []),
        ("Bystyret vedtok å redusere budsjettet for skatt på inntekt og formue med 100 millioner kroner.",
         [("doubt", "2;9", 100, 142)]),
        ("Lønnsutgiftene endte på 9 673 millioner kroner.", []),
        ("Lønnsutgiftene økte med i overkant av 300 millioner kroner.", []),
        ("Lønnsutgiftene økte med nesten 300 millioner kroner.", [("error", "4;9", 300, 315)]),
        ("Lønnsutgiftene endte på 9 763 millioner kroner.", [("doubt", "4;9", 9763, 9673)]),
        ("Det ble brukt mindre på lønn og annet enn det som var opprinnelig budsjettert.", []),
        ("Det kom mer inntekts- og formuesskatt enn revidert budsjett.", []),
        ("Det kom mer inntekts- og formuesskatt enn opprinnelig budsjettert.", [("doubt", "2;9", 9103, 9229)]),
        # Of one budget it is so.
        ("Det kom mer inntekts- og formuesskatt enn budsjettert.", []),
        ("Lønnsutgiftene økte ikke med 415 millioner kroner.", []),
        ("I andre kommuner har lønnsutgiftene økt med 415 millioner kroner.", []),
        ("Det kom ikke mer inntekts- og formuesskatt enn opprinnelig budsjettert.", []),
        # Each row has a number of its own, which "og" parts.
        ("Lønnsutgiftene fikk et mindreforbruk på 238 millioner kroner, og rammetilskuddet et avvik på 61 millioner.",
         []),
        # A thing that no row is of.
        ("Strømutgiftene økte med 415 millioner kroner.", []),
    ],
)  # fmt: skip
def test_amounts_against_accounts(text, expected):
    assert found(prose, text, 9, table_cells=accounts()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For 2025 er 1776 registrert. Dette er en økning på 17 sammenlignet med 2024 (1759 registrerte).", []),
        ("For 2025 er 1776 registrert. Dette er en økning på 197 sammenlignet med 2024 (1759 registrerte).",
         [("error", "1", 197, 17)]),
        ("Tiden er redusert med 60 prosent (fra 16,1 til 6,5 minutter).", []),
        ("Tiden er redusert med 61 prosent (fra 16,1 til 6,5 minutter).", [("slip", "1", 61, 59.63)]),
        ("Tiden er redusert med 71 prosent (fra 16,1 til 6,5 minutter).", [("error", "1", 71, 59.63)]),
        ("48 % av de 339 deltakerne var i jobb. 154 var i jobb og ni elever på skole.", []),
        ("52 % av de 339 deltakerne var i jobb. 154 var i jobb og ni elever på skole.", [("doubt", "1", 52, 48.08)]),
        ("52 % av de 339 deltakerne var i jobb. 154 ble intervjuet og ni ba om råd.", []),
        ("Resultatet var 9,4 millioner kroner bedre.\n\n5,5 millioner kroner av overskuddet skyldes mindreforbruk på "
         "skole, og 3,9 millioner kroner skyldes enhetene.", []),
        ("Resultatet var 8,9 millioner kroner bedre.\n\n5,5 millioner kroner av overskuddet skyldes mindreforbruk på "
         "skole, og 3,9 millioner kroner skyldes enhetene.", [("error", "1;3", 8.9, 9.4)]),
        ("Det ble gjort 90 tilsyn. De gjaldt brann (29), helse (25) og miljø (36).", []),
        ("Det ble gjort 80 tilsyn. De gjaldt brann (29), helse (25) og miljø (36).", [("doubt", "1", 80, 90)]),
        ("To tiltak er gjennomført:\n\n- Det er bygd et hus.\n- Det er bygd en bro.", []),
        # Lists below points, lists that go on, a point in two, other marks, and a number of something else.
        ("To tiltak er gjennomført:\n\n- En bro er bygd.\n  - Den er smal.\n  - Den er lang.\n- Et hus er bygd.", []),
        ("Tre tiltak er gjennomført:\n\n- Hus\n- Bro\n\nDe er ferdige. Videre er dette gjort.\n\n- Bad", []),
        ("To tiltak er gjennomført:\n\n- Det er bygd et hus som\n- er stort\n- Det er bygd en bro", []),
        ("Tre tiltak er gjennomført:\n\n1) Hus\n2) Bro\n3) Bad", []),
        ("Tre tiltak er gjennomført:\n\na) Hus\nb) Bro\nc) Bad", []),
        ("Tre tiltak er gjennomført:\n\n1) Hus\n2) Bro", [("doubt", "1;3-4", 3, 2)]),
        ("I 3 skoler har vi følgende behov:\n\n- Tak\n- Vinduer", []),
        ("Vi besøkte 3 skoler i byen og fant dette:\n\n- Tak lekker.\n- Vinduer er knust.", []),
        ("Vi har hatt tre mål i arbeidet:\n\n- Hus\n- Bro", [("doubt", "1;3-4", 3, 2)]),
        ("I år har vi gjennomført tre tiltak:\n\n- Hus\n- Bro", [("doubt", "1;3-4", 3, 2)]),
        ("Minst tre tiltak er gjennomført:\n\n- Det er bygd et hus.\n- Det er bygd en bro.", []),
        ("Tre tiltak er gjennomført:\n\n- Det er bygd et hus.\n- Det er bygd en bro.", [("doubt", "1;3-4", 3, 2)]),
        ("Vi har ni klubber i 2025, mot åtte i 2024.", []),
        ("Vi har ni klubber i 2025, mot åtte i 2026.", [("slip", "1", None, None)]),
        ("Vi har ni klubber i 2025, mot ti planlagt i 2026.", []),
        ("Avviket er 0,25 % av budsjettet.", []),
        ("Avviket er 0,25 % prosent av budsjettet.", [("slip", "1", None, None)]),
    ],
)  # fmt: skip
def test_numbers_of_one_paragraph(text, expected):
    assert found(arithmetic, text) == expected


def key_figures() -> pd.DataFrame:
    """Key figures on lines 2 to 4: Moss in two years, Oslo, Bergen and the mean."""
    columns = ("Moss 2024", "Moss 2025", "Oslo 2025", "Bergen 2025", "ASSS gjennomsnitt 2025")
    rows = [
        ("Netto driftsutgifter til kulturskole", ("418", "423", "174", "450", "285")),
        ("Andel elever på venteliste", ("47", "43", "37", "67", "50")),
        ("Besøk i svømmehall", ("10", "12", "20", "30", "25")),
    ]
    return cells(
        [(label, 0, line, dict(zip(columns, of, strict=True))) for line, (label, of) in enumerate(rows, 2)], "count"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Andel elever på venteliste viser en nedgang.", []),
        ("Andel elever på venteliste viser en økning.", [("error", "3;9", 43, 47)]),
        ("Driftsutgiftene til kulturskole er høyere enn snittet.", []),
        ("Driftsutgiftene til kulturskole er lavere enn snittet.", [("error", "2;9", 423, 285)]),
        ("Driftsutgiftene til kulturskole er lavere enn i de andre storbyene.", [("error", "2;9", 423, 174)]),
        ("Moss har lavest besøk i svømmehall.", []),
        ("Moss har høyest besøk i svømmehall.", [("error", "4;9", 12, 30)]),
        # Nobody's or another's figures, what is denied, and a direction that is of something else.
        ("Driftsutgiftene til kulturskole er ikke lavere enn snittet.", []),
        ("Andel elever på venteliste er lavere enn snittet selv om antallet søkere viser en økning.", []),
        ("De andre kommunene har lavere driftsutgifter til kulturskole enn snittet.", []),
        ("I Oslo viser andel elever på venteliste en økning.", []),
        ("Andel elever på venteliste økte verken i 2024 eller i 2025.", []),
        ("Andel elever på venteliste viser ingen økning.", []),
        ("Andel elever på venteliste viser ingen endring.", [("doubt", "3;9", 43, 47)]),
        # What the table cannot disprove: "among the highest", an unknown row, another's figures.
        ("Moss er blant kommunene med høyest besøk i svømmehall.", []),
        ("Sykefraværet viser en økning.", []),
        ("Oslo har ikke gjennomgående de høyeste tallene.", []),
        ("Kostnadene til kulturskole er lavere enn i de andre kommunene.", [("error", "2;9", 423, 174)]),
        ("Oslo har gjennomgående de høyeste tallene.", [("error", "2-4;9", 174, 450)]),
    ],
)
def test_words_that_compare_against_key_figures(text, expected):
    assert found(comparisons, text, 9, table_cells=key_figures()) == expected


def test_a_change_of_a_number_of_things_against_a_later_table():
    rows = [("Behandlede reguleringsplaner", 0, 12, {"2023": "35", "2024": "19", "2025": "21"}),
            ("Behandlede byggesøknader", 0, 13, {"2023": "35", "2024": "19", "2025": "11"})]  # fmt: skip
    later = cells(rows, "count")
    text = "Nedgangen i antall vedtatte {} kan være tilfeldig."
    assert found(comparisons, text.format("reguleringsplaner"), table_cells=later) == [("doubt", "1;12", 21, 19)]
    assert found(comparisons, text.format("byggesøknader"), table_cells=later) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kostnadene til innleie ved sykehjemmene er redusert med 16,9 millioner kroner.\n\n"
         "Ved sykehjemmene er kostnadene til innleie redusert med 13 millioner kroner.", [("error", "1;3", 16.9, 13)]),
        ("Kostnadene til innleie ved sykehjemmene er redusert med 13,2 millioner kroner.\n\n"
         "Ved sykehjemmene er kostnadene til innleie redusert med 13 millioner kroner.", []),
        ("Kostnadene til innleie ved sykehjemmene er redusert med over 10 millioner kroner.\n\n"
         "Ved sykehjemmene er kostnadene til innleie redusert med 13 millioner kroner.", []),
        # Of something else, or the other way.
        ("Kostnadene til innleie ved sykehjemmene er redusert med 16,9 millioner kroner.\n\n"
         "Kostnadene til strøm ved skolene er redusert med 13 millioner kroner.", []),
        ("Antall årsverk ble redusert med 240 årsverk.\n\nDet er en reduksjon på 19 årsverk.",
         [("doubt", "1;3", 240, 19)]),
    ],
)  # fmt: skip
def test_one_change_that_is_stated_twice(text, expected):
    assert found(repeated, text) == expected


def visits() -> pd.DataFrame:
    rows = [
        ("Statsforvalteren", "NAV Falkenberg", "20.05.25", 11), ("Statsforvalteren", "Lerkendal bolig", "16.06.25", 12),
        ("Arkivverket", "Moss digital", "20.03.24", 13),
    ]  # fmt: skip
    return table("inspections", *(
        {"document": "d", "authority": who, "unit": unit, "date_from": date, "line": line}
        for who, unit, date, line in rows
    ))  # fmt: skip


OLD_VISIT = ("doubt", "13", None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Det ble gjennomført totalt 3 statlige tilsyn. Statsforvalteren gjennomførte to tilsyn.", []),
        ("Det ble gjennomført totalt 4 statlige tilsyn.", [("error", "11-13;20", 4, 3)]),
        ("Det ble gjennomført totalt minst 2 statlige tilsyn.", []),
        ("Statsforvalteren gjennomførte fem tilsyn.", [("error", "11-12;20", 5, 2)]),
        ("Statsforvalteren gjennomførte i juni 2025 et tilsyn ved Lerkendal.", []),
        ("Statsforvalteren gjennomførte i september 2025 et tilsyn ved Lerkendal.", [("doubt", "12;20", None, None)]),
        ("Etter tilsynet har Falkenberg endret sine rutiner.", []),
        ("Etter tilsynet har Falkeborg endret sine rutiner.", [("slip", "11;20", None, None)]),
    ],
)
def test_visits_against_their_table(text, expected):
    assert sorted(found(inspecting, text, 20, inspections=visits())) == sorted([OLD_VISIT, *expected])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 1. Tall\n### 1.1.1. Skole\n\n### 1.1.2. Barnehage", []),
        ("# 1. Tall\n### 1.1.1. Tabell 1.1 Skole", [("slip", "2", None, None)]),
        ("# 1. Tall\n### 1.1.1. Skole\n\n### 1.1.1. Barnehage", [("slip", "2;4", None, None)]),
        ("# 1. Tall\n### 1.1.1. Skole\n\nTabell 1.1.7 viser skolene.", [("slip", "4", None, None)]),
        # Numbers of one level and of two, with a letter, in any chapter; figures count for themselves.
        ("# 1. Tall\nTabell 1: Skole\n\n# 2. Mer\nTabell 2: Vei\n\nTabell 2 viser veiene.", []),
        ("# 1. Tall\nTabell 1: Skole\n\nTabell 2: Vei\n\nTabell 3 viser veiene.", [("slip", "6", None, None)]),
        ("# 1. Tall\nTabell 1: Skole\n\nTabell 2: Vei\n\nTabell 3 i budsjettet for 2024 viser veiene.", []),
        ("# 1. Tall\nTabell 1: Skole\n\nFigur 1: Vei\n\nTabell 4: Park\n\nTabell 3 viser veiene.", []),
        ("# 1. Tall\nTabell 3.1 Skole\n\nTabell 3.1 Barnehage", [("slip", "2;4", None, None)]),
        ("# 1. Tall\nTabell 3 Skole\n\nTabell 3 Skole (forts.)", []),
        ("# 1. Tall\nTabell 3 Skole 12\n\nTabell 3 Skole", []),
        (
            "# 1. Tall\nTabell A.1 Skole\n\nTabell A.2 Barnehage\n\nTabell A.3 viser skolene.",
            [("slip", "6", None, None)],
        ),
        ("# 1. Tall\nTabell A.1 Skole\n\nTabell A.2 Barnehage\n\nTabell A.2 viser skolene.", []),
        ("# 1. Tall\nTabell 1.1.2.1 Skole\n\nTabell 1.1.2.2 Nøkkeltall", []),
        ("# 1. Tall\nTabell 1.1 Nøkkeltall\n\n# 2. Mer\nTabell 2.1 Nøkkeltall", []),
        ("# 1. Tall\nTabell 1.1 Nøkkeltall\n\nTabell 1.2 Nøkkeltall", [("slip", "2;4", None, None)]),
        ("# 1. Tall\nTabell 1.1 Balanse per 31.12\n\nTabell 1.2 Gjeld pr. 31.12", []),
        # Chapters whose headings are not numbered, or not all.
        ("# Tall\nTabell 1: Skole\n\nTabell 2: Vei\n\nSe kapittel 3.", []),
        ("# 1. Tall\n### 1.1.1. Skole\n\n# 2. Mer\n\nSe kapittel 3.", [("slip", "6", None, None)]),
        ("# 1. Tall\n### 2.1.1. Skole", [("slip", "2", None, None)]),
        ("Skole ........ 3\nVei ........ 4\n# Skole\n# Vei", []),
        ("Skole ........ 3\nVeg ........ 4\n# Skole\n# Vei og vann", [("slip", "2", None, None)]),
    ],
)
def test_captions_and_contents(text, expected):
    assert found(captions, text) == expected


def test_indicators_of_one_goal_with_one_text():
    text = "Mål 1: Byen er grønn og åpen for alle\n\nIndikator 1: Areal til friområder\n\nIndikator 2: {}"
    assert found(labels, text.format("Antall besøkende i parkene")) == []
    assert found(labels, text.format("Areal til friområder")) == [("slip", "3;5", None, None)]


def test_a_heading_with_an_amount_against_its_text():
    text = "Leksehjelp\t5,5 millioner\nDet settes av {} millioner i 2025 til leksehjelp."
    assert found(measures, text.format("5,5"), family=PROPOSAL) == []
    assert found(measures, text.format("6,5"), family=PROPOSAL) == [("error", "1-2", 5.5, 6.5)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Headings of tables at the end that nothing stands under; a word of the kind in a sentence is none.
        ("Vi vil noe.\n\nUtgifter drift", [("note", "3", None, None)]),
        ("Vi vil noe.\n\nUtgifter\n\nInntekter drift", [("note", "3", None, None), ("note", "5", None, None)]),
        ("Vi vil noe.\n\nInndekking", [("note", "3", None, None)]),
        ("Vi vil noe.\n\nUtgifter til skole, 5 mill.", []),
        ("Utgifter drift\n\nSkole 5 mill", []),
        # Headings of parts that spell a chapter otherwise.
        ("Finans og organisasjon\n\nDrift - Finans og organisering", [("slip", "1;3", None, None)]),
        ("Finans og organisasjon\n\nVerbale føringar - Finans og organisering", [("slip", "1;3", None, None)]),
        ("Finans og organisasjon\n\nDrift - Finans og organisasjon", []),
        ("Finans og organisasjon\n\nNotat - Finans og organisering", []),
        ("Skole\n\nDrift - Vei og vann", []),
    ],
)
def test_headings_without_content_and_names_of_chapters(text, expected):
    assert sorted(found(measures, text, family=PROPOSAL)) == sorted(expected)


def test_an_amount_that_can_be_read_in_two_ways():
    unclear = measure("", "Innleie", 20.0, 5)._replace(certainty="ambiguous", line_last=6, quote="20 mill i 2023")
    assert found(measures, "", family=PROPOSAL, measures=frame(unclear)) == [("note", "5-6", None, None)]
    assert found(measures, "", family=PROPOSAL, measures=frame(measure("", "Innleie", 20.0, 5))) == []


def test_one_goal_in_two_wordings():
    text = "Mål 1: Byen er grønn og åpen for alle\n\n# 2. Mer\n\nMål 1: {}"
    same = "# 1. A\n\nMål 1: Byen er grønn og åpen for alle\n\nMål 1: {}"
    assert found(labels, same.format("Byen er grønn og åpen for folk")) == [("slip", "3;5", None, None)]
    assert found(labels, same.format("Alle får hjelp når de trenger det")) == []
    assert found(labels, same.format("Byen er grønn og åpen for alle")) == []
    # Each chapter counts its goals.
    assert found(labels, "# 1. A\n\n" + text.format("Byen er grønn og åpen for folk")) == []


@pytest.mark.parametrize(
    ("years", "text", "expected"),
    [
        (("90", "80", "85"), "Etter flere år med økning er det færre saker.", [("error", "1;5", 80, 90)]),
        (("90", "95", "85"), "Etter flere år med økning er det færre saker.", []),
        (("90", "95", "85"), "Etter flere år med nedgang er det flere saker.", [("error", "1;5", 95, 90)]),
        (("90", "95"), "Etter flere år med nedgang er det flere saker.", []),
    ],
)
def test_years_of_one_direction_against_the_totals_below(years, text, expected):
    row = dict(zip(("2023", "2024", "2025"), years, strict=False))
    given = cells([("Vann", 0, 4, row), ("Sum", 1, 5, row)], "count")
    assert found(comparisons, text, table_cells=given) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # The number is that of one of two rows, of another budget, or of the row and the one beside it.
        (
            "Inntekter og rammetilskudd ble 16 millioner kroner høyere enn revidert budsjett.",
            "under ett",
        ),
        ("Rammetilskuddet ble 367 millioner kroner høyere enn revidert budsjett.", "stemmer derimot mot opprinnelig"),
        ("Rammetilskuddet i sum økte med 1 419 millioner kroner.", "Sammen med «Inntekts- og formuesskatt» stemmer"),
    ],
)
def test_what_a_number_is_instead(text, said):
    descriptions = [one.description_nb for one in prose.check(source(text, 9, table_cells=accounts()))]
    assert any(said in description for description in descriptions), descriptions


@pytest.mark.parametrize(("numbered", "expected"), [(12, [("slip", "90", None, None)]), (3, [])])
def test_a_table_without_a_number_among_numbered_ones(numbered, expected):
    tables = [cells([("A", 0, 10 + i, {"2025": "1"})], table=f"1.1.{i}") for i in range(1, numbered + 1)]
    bare = cells([("B", 0, 91, {"2025": "2"})], table="x-90").assign(caption="")
    text = "# 1. A\n" + "\n".join(f"### 1.1.{i}. Tabell av {'abcdefghijkl'[i - 1]}" for i in range(1, numbered + 1))
    assert found(captions, text, table_cells=pd.concat([*tables, bare])) == expected


def rows_of(name: str, *values: float, kind: str = "drift") -> pd.DataFrame:
    """A measure of a table on line 50, from 2025 on."""
    row = measure("", name, 0.0, 50)
    return frame(*(row._replace(year=2025 + i, amount_mnok=value, kind=kind) for i, value in enumerate(values)))


@pytest.mark.parametrize(
    ("text", "rows", "expected"),
    [
        ("Vi får flere ansatte i skolen allerede fra neste år.", ("Flere ansatte i skolen", 0, 7, 22, 25), "1;50"),
        ("Vi får flere ansatte i skolen allerede fra neste år.", ("Flere ansatte i skolen", 2, 7, 22, 25), ""),
        ("Vi setter av mer midler fra 2026 til et brukerrom i sentrum.", ("Brukerrom i sentrum", 0, 2.5, 2.5, 2.5), ""),
        # Somebody else's plan, and a row of something else.
        ("Vi får ikke flere ansatte i skolen fra neste år.", ("Flere ansatte i skolen", 0, 7, 22, 25), ""),
        ("Vi ser at staten vil ha flere ansatte i skolen fra neste år.", ("Flere ansatte i skolen", 0, 7, 22, 25), ""),
        ("Det settes av til flere ansatte i skolen fra neste år.", ("Flere ansatte i skolen", 0, 7, 22, 25), "1;50"),
        ("Byrådet vil ha flere ansatte i skolen fra neste år.", ("Flere ansatte i skolen", 0, 7, 22, 25), ""),
        ("Vi får flere ansatte i skolen allerede fra neste år.", ("Flere ansatte i barnehagen", 0, 7, 22, 25), ""),
        ("I påvente av en ny svømmehall i 2027 leier vi svømmehall.", ("Svømmehall", 0, 5, 30, 55), ""),
    ],
)  # fmt: skip
def test_promises_of_when_something_begins(text, rows, expected):
    given = found(promises, text, family=PROPOSAL, measures=rows_of(*rows))
    assert given == ([("doubt", expected, None, None)] if expected else [])


@pytest.mark.parametrize(("values", "expected"), [((0, 5, 30, 55), True), ((0, 55, 30, 5), False)])
def test_what_is_ready_before_most_of_it_is_paid(values, expected):
    text = "I påvente av nytt seremonirom i 2027 leier vi et livssynsåpent seremonirom."
    rows = rows_of("Livssynsåpent seremonirom", *values, kind="investering")
    assert bool(found(promises, text, family=PROPOSAL, measures=rows)) == expected


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Dette lar oss betale ned mindre gjeld.", (-42.9, -54.8, 28.6, 74.3), True),
        ("Dette lar oss betale ned mindre gjeld.", (-42.9, -54.8, -28.6, -74.3), False),
        ("Vi betaler ned mindre i 2025.", (-42.9, -54.8, 28.6, 74.3), False),
        ("Vi betaler først ned mindre, deretter mer.", (-42.9, -54.8, 28.6, 74.3), False),
    ],
)
def test_less_of_what_is_more_in_later_years(text, values, expected):
    given = source(f"Avdrag på lån\n\n{text}", family=PROPOSAL, measures=rows_of("Avdrag på lån", *values))
    assert bool(list(promises.check(given))) == expected


def test_a_row_of_a_table_without_tabs_promises_nothing():
    text = "Mindre innleie\nVi prioriterer dette.\n\nMindre innleie 1 −2 −2 −2"
    printed = pd.DataFrame({"line": [4], "value": [1.0]})
    given = source(text, family=PROPOSAL, measures=rows_of("Mindre innleie", 1, -2, -2, -2), table_cells=printed)
    [found] = promises.check(given)
    assert found.lines == "1-2;50"


GOAL = "Målet vurderes som {}.\n\nIndikator: Antall bygg i bruk (ambisjon: {}).\n\nMåloppnåelse: {}"


@pytest.mark.parametrize(
    ("verdict", "ambition", "result", "expected"),
    [
        ("achieved", "økende", "Byggene brukes på samme nivå som tidligere.", True),
        ("achieved", "økende", "Byggene brukes ikke lenger på samme nivå som tidligere.", False),
        ("achieved", "økende", "I andre kommuner brukes bygg på samme nivå som tidligere.", False),
        ("achieved", "økende", "Det er ingen endring.", True),
        ("partly", "økende", "Byggene brukes på samme nivå som tidligere.", False),
        ("achieved", "opprettholdes", "Byggene brukes på samme nivå som tidligere.", False),
        ("achieved", "øker", "Det var 144 bygg i 2025, mot 113 i 2024.", False),
        ("achieved", "øker", "Det var 103 bygg i 2025, mot 113 i 2024.", True),
        ("achieved", "reduseres", "Det var 103 bygg i 2025, mot 113 i 2024.", False),
    ],
)
def test_verdicts_against_the_indicators_of_the_goal(verdict, ambition, result, expected):
    goal = table("goals", {"document": "d", "goal": "Byggene er i bruk", "status": verdict, "line": 1})
    given = found(goals, GOAL.format("nådd", ambition, result), goals=goal)
    assert given == ([("doubt", "1;3;5", None, None)] if expected else [])


@pytest.mark.parametrize(
    ("aim", "status", "result", "expected"),
    [
        ("Minimum 65 prosent", "not_achieved", "64 prosent", []),
        ("Minimum 65 prosent", "achieved", "64 prosent", [("doubt", "1;3", 64, 65)]),
        ("Minimum 65 prosent", "not_achieved", "66 prosent", [("doubt", "1;3", 66, 65)]),
        ("Høyst 65 prosent", "achieved", "64 prosent", []),
        ("Minimum 65 prosent", "achieved", "Over 60 prosent", []),
        ("65 prosent", "achieved", "64 prosent", []),
        # Another result, which comes first.
        ("Minimum 65 prosent", "achieved", "Svarprosenten var 40 prosent. 66 prosent", []),
    ],
)
def test_verdicts_against_a_stated_target(aim, status, result, expected):
    goal = table("goals", {"document": "d", "goal": "I arbeid", "status": status, "line": 3})
    text = f"Mål: {aim} av deltakerne er i arbeid.\n\nResultat: Slik gikk det. {result} var i arbeid."
    assert found(goals, text, goals=goal) == expected


@pytest.mark.parametrize(
    "part",
    [
        "skatt er redusert med 5 millioner kroner ", "Skatt økte med 3 millioner kroner. ", "fra 5 til 6 ", "(5) ",
        "i 2025 mot a b c i 2026 ", "økt med 5 plasser. ", "mindreforbruk på 5 millioner kroner. ", "tabell 1.1.2 ",
        "nedgangen i antall planer ", "Mål 1: ", "8.1 Skole .... ", "....", "A og B ", "Moss har ",
    ],
)  # fmt: skip
def test_checks_take_time_in_proportion_to_the_text(part):
    """Twice the text takes about twice the time; where the work grew with its square, the second took four times."""
    took = []
    for count in (5, 10):
        text = "\n\n".join([(part * LONGEST_SENTENCE)[:LONGEST_SENTENCE].strip()] * count)
        given = source(text, table_cells=accounts(), first=9)
        begun = time.process_time()
        for check in stage.CHECKS:
            list(check.check(given))
        took.append(time.process_time() - begun)
    assert took[1] < 3 * took[0] + 0.5
