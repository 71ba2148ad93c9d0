"""Sentences of municipalities in, the facts that they state out."""

import re

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report import read, read_budget
from kommunebudsjett.readers.facts.amounts import amounts_in
from kommunebudsjett.readers.facts.words import ROLES, fact_words
from kommunebudsjett.readers.model.ledger import ledger

REPORT = Document(
    id="r", file="r.txt", title="Årsmelding", publisher="X", family="annual_report", municipality="X",
    budget_year=2031, period_from=2031, period_to=2031,
)  # fmt: skip


def facts(*lines: str, reader=read):
    return [(fact.what, fact.year, fact.value, fact.unit, fact.role) for fact in reader(REPORT, list(lines)).facts]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("kr 318 mill., tilsvarende 3,7 %", [(318.0, "mnok"), (3.7, "percent")]),
        ("1,4 mrd. og 2 milliardar kroner", [(1400.0, "mnok"), (2000.0, "mnok")]),
        ("kr 395 706 128", [(395706128.0, "nok")]),
        ("-350’ og 2 000 kroner", [(-350.0, "tnok"), (2000.0, "nok")]),
        ("+ 6.250’, kr 1.234.567", [(6250.0, "tnok"), (1234567.0, "nok")]),
        ("0,5 prosent og 4 pst", [(0.5, "percent"), (4.0, "percent")]),
        # Ranges, sums, rates and bare numbers are no amounts.
        ("10-20 mill. kroner, mellom 3 og 4, 2+2 mill", []),
        ("120 kroner per time, 3 kroner pr. 100 innbyggere", []),
        ("5,3 mrd. kroner per 31.12.2031, 4 mill. kroner pr. 1. januar", [(5300.0, "mnok"), (4.0, "mnok")]),
        ("i 2031 var det 14 skular og 3 000 elevar", []),
    ],
)
def test_amounts(sentence, found):
    assert [(amount.value, amount.unit) for amount in amounts_in(sentence)] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Netto driftsresultat vart 12,5 mill. kroner i 2031.", ("Netto driftsresultat", 2031, 12.5, "mnok", "level")),
        ("Netto driftsresultat ble på 2,4 % av driftsinntektene.",
         ("Netto driftsresultat, andel", None, 2.4, "percent", "share")),
        ("Skatteinntektene kom 7 mill. kroner over budsjett.",
         ("Skatteinntektene, avvik", None, 7, "mnok", "deviation")),
        ("Skatteinntektene ble 7 millioner kroner lavere enn revidert budsjett.",
         ("Skatteinntektene, avvik", None, -7, "mnok", "deviation")),
        ("Grunnskulen hadde eit meirforbruk på kr 3,2 millionar.",
         ("Grunnskulen: meirforbruk", None, 3.2, "mnok", "deviation")),
        ("Rammeområda brukte 4 mill. kroner mindre enn budsjettert.",
         ("Rammeområda, mindreforbruk", None, 4, "mnok", "deviation")),
        ("Regnskapet for 2031 er avsluttet med et negativt netto driftsresultat på 21,4 mill. kroner.",
         ("Regnskapet for 2031: netto driftsresultat", 2031, -21.4, "mnok", "level")),
        ("Netto driftsresultat for 2031 ble minus 15,8 millioner kroner.",
         ("Netto driftsresultat", 2031, -15.8, "mnok", "level")),
        # What is another amount's year is not this one's.
        ("Netto driftsresultat ble 1,2 prosent av driftsinntektene i 2031, mot 2,4 prosent i 2030.",
         ("Netto driftsresultat, andel", 2031, 1.2, "percent", "share")),
        ("Langsiktig lånegjeld utgjorde 5,3 mrd. kroner per 31.12.2031.",
         ("Langsiktig lånegjeld", None, 5300, "mnok", "level")),
        ("Sykefraværet var på 9,1 prosent i 2031.", ("Sykefraværet", 2031, 9.1, "percent", "level")),
        # The year that something is compared with is not the year of the amount.
        ("Lønnsutgiftene økte med 5 mill. kroner fra 2030.", ("Lønnsutgiftene, endring", None, 5, "mnok", "change")),
        ("Lånegjelda auka med 5 mill. kroner frå 2030 til 2031.", ("Lånegjelda, endring", 2031, 5, "mnok", "change")),
        ("Frie inntekter viser en nedgang på 5 mill. kroner fra 2030.",
         ("Frie inntekter, endring", None, -5, "mnok", "change")),
        ("Innan 2035 skal disposisjonsfondet utgjere 8 % av driftsinntektene.",
         ("disposisjonsfondet, mål", 2035, 8, "percent", "target")),
        ("Kommunestyret vedtek at kommunen i 2031 kan låne inntil kr 30 240 000.",
         ("låne, inntil", 2031, 30240000, "nok", "limit")),
        ("Gjeldsgraden skal utgjøre maksimalt 80 prosent.", ("gjeldsgraden, inntil", None, 80, "percent", "limit")),
        # Words are whole: none of these says that something rose, fell or went beside a budget.
        ("Lønnsutgifter i oppvekst på 20 mill. kroner.", ("Lønnsutgifter", None, 20, "mnok", "level")),
        ("Driftsutgifter for voksne på 20 mill. kroner.", ("Driftsutgifter", None, 20, "mnok", "level")),
        ("Investeringer i fallgruver 20 mill. kroner.", ("Investeringer", None, 20, "mnok", "level")),
        ("Investeringer i kvartalet nedenfor på 20 mill. kroner.", ("Investeringer", None, 20, "mnok", "level")),
        ("Lønnsutgifter til avvikling på 20 mill. kroner.", ("Lønnsutgifter", None, 20, "mnok", "level")),
        ("Lånegjelda kom opp på 20 mill. kroner.", ("Lånegjelda", None, 20, "mnok", "level")),
        # And all their forms count.
        ("Disposisjonsfond er økt med 16 mill. kroner.", ("disposisjonsfond, endring", None, 16, "mnok", "change")),
        ("Renteutgiftene steg med 16 mill. kroner.", ("renteutgiftene, endring", None, 16, "mnok", "change")),
        ("Skatteinntektane minkar med 16 mill. kroner.", ("skatteinntektane, endring", None, -16, "mnok", "change")),
        ("Utbyttet faller med 16 mill. kroner.", ("utbyttet, endring", None, -16, "mnok", "change")),
    ],
)  # fmt: skip
def test_common_wordings(sentence, found):
    [(what, *rest)] = facts("## Økonomi", "", sentence)
    assert (what.casefold(), *rest) == (found[0].casefold(), *found[1:])


@pytest.mark.parametrize(
    "sentence",
    [
        # Nothing that the amount is of.
        "Det kostet 5 mill. kroner.",
        # A part by its reason, the first of two, what was only expected, and what is not the municipality's own.
        "3,5 millioner kroner av overskuddet skyldes lavere strømpris.",
        "Sykelønnsrefusjonene gikk fra 5 mill. kroner.",
        "Det var ventet et forventet merforbruk på 100 millioner kroner.",
        "Gjennomsnittet for netto driftsresultat er 3,5 prosent.",
        f"Netto driftsresultat vart 12,5 mill. kroner{', og så bortetter' * 120}.",
        # Which of two years it is for.
        "I 2030 og 2031 var lånegjelda svært høg, 40 mill. kroner.",
        "Lavere skatteinntekter på 84 millioner kroner ga et svakere resultat.",
        "Driftsinntektene gikk opp og ned, og et skolebygg kostet 12 mill. kroner.",
    ],
)
def test_what_is_not_read(sentence):
    assert facts("## Økonomi", "", sentence) == []


def test_the_year_of_what_is_compared_is_not_shared():
    [fact, *_] = facts("Netto driftsresultat var -1,9 prosent, mot -0,3 prosent i 2030.")
    assert fact == ("Netto driftsresultat", None, -1.9, "percent", "level")


def test_each_amount_has_its_own_year():
    sentence = "Merforbruket var på henholdsvis 3,6 millioner kroner og 5 millioner kroner i 2029 og 2030."
    assert [(value, year) for _, year, value, *_ in facts("## Økonomi", "", sentence)][:1] == [(3.6, 2029)]


def test_a_sentence_goes_on_about_the_one_before():
    text = "Brutto driftsresultat (det som er att) var 291 mill. kroner i 2031. Det er en nedgang på 102 mill. kroner."
    assert facts("## Økonomi", "", text) == [
        ("Brutto driftsresultat", 2031, 291, "mnok", "level"),
        ("Brutto driftsresultat, endring", None, -102, "mnok", "change"),
    ]


DECISION = [
    "# Vedtak",
    "",
    "Endringar i drifta:",
    "",
    "- Innkjøp av sykler; -350’ i 2031 og 2032",
    "- Gang 2 mill 2031",
]


def test_an_item_of_a_decision_is_a_statement():
    assert facts(*DECISION, reader=read_budget) == [
        ("Endringar i drifta – Innkjøp av sykler", 2031, -350, "tnok", "level"),
        ("Endringar i drifta – Innkjøp av sykler", 2032, -350, "tnok", "level"),
        ("Endringar i drifta – Gang", 2031, 2, "mnok", "level"),
    ]
    assert facts(*DECISION, reader=read) == []


def test_lines_of_a_decision_that_begin_like_items_are_items():
    lines = ["Gang; 2 mill i 2031", "Trapp; 1 mill i 2032", "2033 og 2034: + 4.000’ på skule"]
    assert [row[:3] for row in facts("# Vedtak", "", *lines, reader=read_budget)] == [
        ("Gang", 2031, 2), ("Trapp", 2032, 1), ("på skule", 2033, 4000), ("på skule", 2034, 4000),
    ]  # fmt: skip


def test_a_fact_stands_on_the_line_of_its_amount_and_is_not_in_the_ledger():
    lines = ["## Økonomi", "", "Netto driftsresultat for kommunen vart", "på 12,5 mill. kroner, og 3 skular vart opna."]
    records = read(REPORT, lines)
    [fact] = records.facts
    assert (fact.line, fact.raw) == (4, "12,5 mill. kroner")
    assert fact.quote == "Netto driftsresultat for kommunen vart på 12,5 mill. kroner, og 3 skular vart opna."
    assert [row.raw for row in ledger("r", lines, records)] == ["3"]


@pytest.mark.parametrize(
    ("bokmal", "nynorsk", "found"),
    [
        (
            "Netto driftsresultat ble 2,1 prosent.", "Netto driftsresultat vart 2,1 prosent.",
            (2.1, "percent", "level"),
        ),
        (
            "Sektoren hadde et merforbruk på 3 mill. kroner.", "Sektoren hadde eit meirforbruk på 3 mill. kroner.",
            (3.0, "mnok", "deviation"),
        ),
        (
            "Lønnsutgiftene økte med 4,5 mill. kroner.", "Lønsutgiftene auka med 4,5 mill. kroner.",
            (4.5, "mnok", "change"),
        ),
        (
            "Rammetilskuddet sank med 2 mill. kroner.", "Rammetilskotet minka med 2 mill. kroner.",
            (-2.0, "mnok", "change"),
        ),
        (
            "Gjeldsgraden skal være 60 prosent.", "Gjeldsgraden skal vere 60 prosent.",
            (60.0, "percent", "target"),
        ),
        (
            "Kommunen kan ta opp lån, låneopptak høyst 30 mill. kroner.",
            "Kommunen kan ta opp lån, låneopptak høgst 30 mill. kroner.",
            (30.0, "mnok", "limit"),
        ),
        (
            "I alt 12 mill. kroner av driftsinntektene er tilskudd.",
            "I alt 12 mill. kroner av driftsinntektene er tilskot.",
            (12.0, "mnok", "part"),
        ),
    ],
)  # fmt: skip
def test_both_written_languages_give_the_same(bokmal, nynorsk, found):
    for sentence in (bokmal, nynorsk):
        assert [(value, unit, role) for _, _, value, unit, role in facts(sentence)] == [found], sentence


HEADER = "words,language,role,note\n"
WHOLE = "".join(f"ord{role},nb,{role},\n" for role in ROLES)


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("words,role\n", "the columns are not as they should be", None),
        (HEADER + "Netto,nb,term,\n", "'Netto', 'nb', 'term' are no words", 2),
        (HEADER + "netto(,nb,term,\n", "are no words", 2),
        (HEADER + "netto,sv,term,\n", "are no words", 2),
        (HEADER + WHOLE + "netto,nb,trm,\n", "are no words", len(ROLES) + 2),
        (HEADER + "opp*,nb,up,\n", "'opp*' says that something rises or falls, and is no whole word", 2),
        (HEADER + "netto,nb\n", "the row has 2 fields", 2),
        (HEADER + "netto\u200b,nb,term,\n", "words holds U+200B, which cannot be seen", 2),
        # A byte order mark, and a line without a word, are no mistakes; a quoted field can go on over lines.
        ("\ufeff" + HEADER + '\nnetto,nb,term,"a\nb"\nbrutto,nb,trm,\n', "'brutto', 'nb', 'trm' are no words", 5),
        (HEADER + "netto,nb,term,a\nnetto,nb,term,b\n", "netto, nb, term stands twice", 3),
        (HEADER + "netto,nb,term,\nnetto,nn,term,\n", "'netto' are given twice", 3),
        (HEADER + "netto,nb,term,\n", "there are no words for deviation", None),
    ],
)
def test_words_that_are_none_are_refused(tmp_path, content, message, line):
    path = tmp_path / "fact_words.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        fact_words(path)
    assert (raised.value.file, raised.value.line) == (path, line)
    assert raised.value.remedy


def test_words_that_are_missing_are_asked_for(tmp_path):
    with pytest.raises(UserError, match="cannot be opened"):
        fact_words(tmp_path / "fact_words.csv")


@pytest.mark.parametrize(
    ("words", "printed", "found"),
    [
        ("mer-forbruk*", "Merforbruket", True),
        ("mer-forbruk*", "mer forbruk", True),
        ("mer-forbruk*", "merke forbruk", False),
        ("*område", "tjenesteområde", True),
        ("refusjon* for *", "Refusjoner for sykepenger", True),
        ("løn", "lønn", False),
    ],
)
def test_a_star_is_any_letters_and_a_hyphen_may_be_left_out(tmp_path, words, printed, found):
    path = tmp_path / "fact_words.csv"
    path.write_text(f"{HEADER}{words},nb,term,\n{WHOLE.partition(chr(10))[2]}", encoding="utf-8")
    assert (fact_words(path).term.fullmatch(printed) is not None) == found
