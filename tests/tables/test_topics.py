"""Topics: found by whole words in mended text, on the right lines, with their amounts, and no false friends."""

import re
import shutil

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.tables.openings import WordIndex
from kommunebudsjett.tables.passages import passages
from kommunebudsjett.tables.storage import read_table
from kommunebudsjett.tables.topic_proposals import propose
from kommunebudsjett.tables.topics import Finder, load_topics, topics
from tests.conftest import ROOT

PROJECT = Project(ROOT)
NEEDED = (
    "table_cells", "measures", "measure_texts", "directives", "inspections",
    "accounts", "statement_by_kind", "investments", "balance",
)  # fmt: skip
ROD, SV, TRO = "rodgronne-2020", "sv-rodt-2026", "trondheim-2025"


@pytest.fixture(scope="module")
def documents() -> dict[str, list[str]]:
    registered = load_registry(PROJECT.registry, set(FAMILIES))
    return {document.id: read_lines(PROJECT.raw / document.file) for document in registered}


@pytest.fixture(scope="module")
def definitions() -> pd.DataFrame:
    return load_topics(PROJECT.reference)


@pytest.fixture(scope="module")
def found(documents, definitions) -> pd.DataFrame:
    return topics(documents, {name: read_table(PROJECT.clean, name) for name in NEEDED}, definitions)


def test_every_topic_stands_in_at_least_two_documents(found, definitions):
    spread = found.groupby("topic")["document"].nunique().reindex(definitions["topic"], fill_value=0)
    assert list(spread[spread < 2].index) == []
    assert (spread == 3).sum() >= 70


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", text).lower()


def without_mark(line: str) -> str:
    return re.sub(r"^\s*(?:- )?[a-z]\. ", "", clean(line))


def test_every_statement_stands_on_its_lines(found, documents):
    rows = found.drop_duplicates(["document", "lines", "statement"])
    for document, lines, statement in rows[["document", "lines", "statement"]].itertuples(index=False):
        printed = "".join(letters(without_mark(documents[document][line - 1])) for line in split_lines(lines))
        assert letters(statement) in printed, (document, lines)


@pytest.mark.parametrize(
    ("topic", "document", "lines", "words"),
    [
        # Words that the line's end breaks, with a hyphen.
        ("arbeidsgiverpolitikk", ROD, "739-741", "føre en arbeidsgiverpolitikk som bidrar"),
        ("eldreomsorg", ROD, "319-320", "Flere ansatte i eldreomsorgen"),
        ("laerernormen", ROD, "106-107", "innføringen av lærernormen"),
        ("frivilligsentraler", ROD, "401-404", "frivilligsentralene"),
        ("paraidrett", ROD, "427-428", "tilrettelagt for paraidretten"),
        ("partssamarbeid", ROD, "812-814", "utvidede partssamarbeid"),
        ("kollektivtrafikk", ROD, "681-683", "kollektive transportvalg"),
        ("disposisjonsfond", ROD, "915-916", "tilbakeføres disposisjonsfondet"),
        ("heldogns_omsorg", ROD, "352-353", "heldøgns omsorgsplasser"),
        # A sentence that a page's end breaks.
        ("fattigdom", SV, "505;513-514", "styrke disse organisasjonene og forsterker tilskuddsordningene"),
        ("helse_velferdssentre", TRO, "905;907", "det videre arbeidet med kravspesifikasjonen for Heimdal"),
        # Typing errors and spellings as printed.
        ("brukerrom", TRO, "2007", "brukerrum fortsatt ikke er realisert"),
        ("bpa", SV, "626", "Brukestyrt personlig assistent 80 80 80 80"),
        ("pilegrimsgarden", SV, "133-134", "vedlikehold av Pilgrimsgården"),
        ("flyktninger", TRO, "775", "Flyktinger med kollektiv beskyttelse"),
        ("falkenborg", TRO, "2682", "NAV Falkeborg"),
        ("falkenborg", TRO, "2651", "NAV Falkenberg"),
        ("trondheimsloftet", TRO, "1170", "Trondheimpløftet"),
        ("trondheimsloftet", TRO, "1274", "Trondheimsloftet"),
        ("leangenerklaeringen", TRO, "1763", "Leangenerklæringa"),
        ("vinterdrift", TRO, "429", "boligater"),
        ("vikarer", TRO, "1114", "Kostnadene til inneleie"),
        ("partssamarbeid", TRO, "690;692", "Modell for partsamarbeid"),
        ("bo_aktivitetstilbud", TRO, "2781;2783", "Lade bo - og aktivitetstilbud"),
        # Abbreviations.
        ("barne_familietjenesten", TRO, "2692", "BFT Heimdal"),
        ("ppt", SV, "384", "PPT 0 1 1 1"),
        ("sfo", TRO, "2498", "Dagl leder SFO"),
        ("helse_velferdssentre", SV, "232", "Stokkbekken HVS"),
        ("helse_velferdssentre", TRO, "1504", "h/v-senter"),
        ("barnehager", SV, "226", "Bygger nye Voldsminde bhg"),
        # A label on two lines, and one that ends below its values.
        ("toppet_bemanning", SV, "1255-1256", "Frie midler, toppet bemanning og pensjonskostnader"),
        ("idrettsanlegg", TRO, "1715;1717", "Netto driftsutgifter til kommunale idrettsbygg per innbygger"),
        # The same thing in other words.
        ("utenforskap", ROD, "141-142", "ungdom faller utenfor"),
        ("botiltak_rus", TRO, "2018", "rusmiddelmissbrukere på venteliste til kommunale boliger"),
        ("botiltak_rus", TRO, "2057", "Ventetid for bolig med tjenester"),
        # A heading with the sentence below it, and a goal with its verdict.
        ("uteseksjonen", SV, "466-468", "Styrke Uteseksjonen: Uteseksjonen sitt oppsøkende sosiale arbeid"),
        ("gravplasser", TRO, "1579;1581", "er tilstrekkelig: Målet vurderes som nådd."),
        ("sykefravaer", TRO, "2170;2172", "Mål 1: Redusere sykefraværet"),
    ],
)
def test_hard_lines(found, topic, document, lines, words):
    rows = found[(found["topic"] == topic) & (found["document"] == document) & (found["lines"] == lines)]
    assert rows["statement"].str.contains(words, regex=False).any(), list(
        found[(found["topic"] == topic) & (found["document"] == document)]["lines"]
    )


@pytest.mark.parametrize(
    ("topic", "printed"),
    [
        ("sfo", "Kommunens disposisjonsfond skal kunne brukes til uforutsette hendelser i 2020."),
        ("akks", "Antall kloakkstopper i avløpsledninger og kummer per kilometer kommunalt spillvannnett"),
        ("ladehalvoya", "Lade Motor Racing er et av Uteseksjonens tiltak som ungdommene enten deltar på vedtak"),
        ("ladehalvoya", "Garderobeleie i Trygg/Lade kombihall"),
        ("ladehalvoya", "arbeidsplasser som Sirkus Shopping, City Lade, Tiller Torvet"),
        ("toppet_bemanning", 'erfaringstall for fravær til å "toppe" bemanningen i turnusplanleggingen'),
        ("tiller", "Beregninger viser at både Johan Tillers vei, Byåsentunnelen og Brundalsforbindelsen"),
        ("granasen", "nye Granås ungdomsskole"),
        ("granasen", "Granåsvegen 51 og 51B (216 uker)"),
        ("helse_velferdssentre", "NAV, helse- og velferdskontor, barne- og familietjenesten"),
        ("helse_velferdskontor", "Stokkbekken helse- og velferdssenter"),
        ("helsestasjon", "etableringen av Helsestasjon for eldre viser at vi lykkes"),
        ("helsestasjon", "Helsestasjon for eldre: Åpningen av helsestasjonen høsten 2025"),
        ("kollektivtrafikk", "Flyktinger med kollektiv beskyttelse i introduksjonsprogram"),
        ("beredskap", "med andre ord ha beredskap for flaks."),
        ("midtbyen", "Trondheim skal være en kommune med innbyggerne i sentrum"),
        ("midtbyen", "Da sentrum-høyre tok over styringen av Trondheim høsten 2023"),
        ("midtbyen", "(BFT Heimdal, BFT Lerkendal, BFT Midtbyen og BFT Østbyen)"),
        ("renhold_midtbyen", "I samarbeid med Trondheim Renholdsverk AS"),
        ("renhold_midtbyen", "Renholdere 293 528 677 54"),
        ("barnevernet", "Barnevernspedagoger 219 650 370 35"),
        ("arbeidsmiljo", "dette diskrimineringsgrunnlaget er regulert av arbeidsmiljøloven"),
        ("arbeidsmiljo", "alle kommunens arbeidsmiljøgrupper (AMG)"),
        ("laneopptak", "Bruk av lån til videreutlån endte som budsjettert på 700 millioner kroner."),
        ("laneopptak", "ingen garantiforpliktelser vedtatt av bystyret, hvor det ikke var foretatt låneopptak"),
        ("avdrag", "Avdrag på lån til videreutlån endte fire millioner kroner under budsjettet"),
        ("pensjon", "dermed er uten rett til alderspensjon."),
        ("botiltak_rus", "det å opprette kommunale botiltak som omsorgstiltak innen barnevernet"),
        ("bibliotek", "Bibliotekarere 28 673 289"),
        ("nav", "Det er etablert navnedde minnelunder på alle eksisterende gravplasser."),
        ("husebybadet", "gratis SFO for 1.-4. klasse på Lilleby og Huseby."),
        ("ambulante_tjenester", "Ambulansearb. 4 N/A 9 604 361"),
        ("psykisk_helse", "Muskel- og skjelettplager og psykiske plager - stedlig tilsyn"),
        ("sykkel", "Terrengsykkelløype Nilsbyen"),
        ("avlastning", "Konseptet kombinerer behovet for avlastning i tjenestene med inkludering"),
        ("stavne", "statistikk fra Oslo, Bergen, Stavanger og ASSS-gjennomsnittet"),
        ("frivilligheten", "kartlegging av ufrivillig deltid"),
        ("frivilligheten", "Frivilligsentralene 0,5 0,5 0,5 0,5"),
        ("barnehager", "som for eksempel tilpasning til barnehagetider."),
        ("karbonfangst", "Hovedforklaringen er en vekst i pensjonsmidlene"),
        (
            "fattigdom",
            "alvorlige konsekvenser for mennesker i krig, konflikt og fattigdom dersom finansieringen svekkes",
        ),
        ("botiltak_rus", "bortsett fra andel på venteliste til kommunale boliger, som viser en økning."),
        ("utenforskap", "Barnetrygd utenfor inntektsberegning av sosialhjelp"),
        ("revisjon", "En administrativ arbeidsgruppe har gjennomført revisjonen."),
        ("arbeidstid", "forutsigbare og bærekraftige arbeidstidsordninger i handels- og servicenæringene"),
    ],
)
def test_false_friends_are_not_found(definitions, topic, printed):
    row = definitions.set_index("topic").loc[topic]
    assert not Finder(row["pattern"], row["except"]).finds(printed)


def test_no_passage_is_passed_over_that_a_topic_stands_in(documents, definitions):
    texts = [passage.text for lines in documents.values() for passage in passages(lines)]
    index = WordIndex(texts)
    for row in definitions.to_dict("records"):
        finder = Finder(row["pattern"], row["except"])
        found = {number for number, text in enumerate(texts) if finder.finds(text)}
        assert found <= set(index.with_word_in(finder.openings)), row["topic"]


def test_a_false_friend_does_not_hide_the_topic_beside_it(definitions):
    row = definitions.set_index("topic").loc["midtbyen"]
    assert Finder(row["pattern"], row["except"]).finds("BFT Midtbyen flytter ut av Midtbyen.")


def amounts(found: pd.DataFrame, topic: str, document: str, lines: str) -> list[tuple]:
    rows = found[(found["topic"] == topic) & (found["document"] == document) & (found["lines"] == lines)]
    return [
        (None if pd.isna(amount) else amount, None if pd.isna(year) else int(year), printing)
        for amount, year, printing in rows[["amount_mnok", "year", "printing"]].itertuples(index=False)
    ]


@pytest.mark.parametrize(
    ("topic", "document", "lines", "expected"),
    [
        ("toppet_bemanning", ROD, "82-83", [(3.5, 2020, "")]),
        ("toppet_bemanning", ROD, "86-87", [(7, 2021, "")]),
        ("bydelsbasseng", SV, "1591", [(0, 2026, "appendix"), (2, 2027, "appendix"), (5, 2028, "appendix"),
                                       (200, 2029, "appendix")]),
        # A measure whose group is the topic.
        ("eiendomsskatt", SV, "1260;1264", [(100, year, "chapter") for year in range(2026, 2030)]),
        ("sykehjem", SV, "1798;1800", [(20, year, "appendix") for year in range(2026, 2030)]),
        # The accounts give the outcome, not the budget or the deviation.
        ("miljopakken", TRO, "350", [(299, 2025, "")]),
        ("barnehager", TRO, "227", [(2273, 2025, "")]),
        ("disposisjonsfond", TRO, "559", [(-4569, 2025, ""), (-3503, 2024, "")]),
        # An amount of another measure, a number that is no money, and one that no table has, are none.
        ("sykehjem", ROD, "362-363", [(None, None, "")]),
        ("kulturskolen", TRO, "1522", [(None, None, "")]),
        ("eiendomsskatt", SV, "1223-1225", [(None, None, "")]),
    ],
)  # fmt: skip
def test_amounts_are_those_of_the_topic(found, topic, document, lines, expected):
    assert amounts(found, topic, document, lines) == expected


def test_contents_lists_captions_and_table_headers_state_nothing(found, documents):
    lines = {document: set() for document in documents}
    for document, printed in found[["document", "lines"]].itertuples(index=False):
        lines[document].update(split_lines(printed))
    contents = {number for number, line in enumerate(documents[TRO], 1) if "....." in line}
    assert len(contents) > 30 and not contents & lines[TRO]
    captions = {number for number, line in enumerate(documents[TRO], 1) if line.lstrip("#* ")[:5] in ("4.1.1", "7.2.1")}
    assert len(captions) == 2 and not captions & lines[TRO]
    headers = {number for number, line in enumerate(documents[SV], 1) if line.rstrip().endswith("2026 2027 2028 2029")}
    assert len(headers) > 10 and not headers & lines[SV]


@pytest.mark.parametrize("at", range(3, len("bydelsbassenget")))
def test_a_word_may_break_anywhere(at):
    word = "bydelsbassenget"
    full = "De rødgrønne er opptatt av god framdrift for det nye og vedtatte bygget, som er"
    lines = [
        f"{full} {word[:at]}-",
        f"{word[at:]} på Moholt, og ber om en sak om det.",
        "",
        "Neste avsnitt er et annet.",
    ]
    first = passages(lines)[0]
    assert first.lines == (1, 2) and f" {word} på Moholt" in first.text


def test_sentences_end_where_they_do():
    text = (
        "De kjenner St. Olavs. Fra 1. januar gjelder bl.a. dette, jf. NOU 2023:24. De er 16 til 25. "
        "Pr. 1.10.25 var det 305. 16,5 millioner kom."
    )
    assert [passage.text for passage in passages([text])] == [
        "De kjenner St. Olavs.",
        "Fra 1. januar gjelder bl.a. dette, jf. NOU 2023:24.",
        "De er 16 til 25.",
        "Pr. 1.10.25 var det 305.",
        "16,5 millioner kom.",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ny,Ny,New,place,felles,ny(,,grunn,", "the pattern of ny is no regular expression: missing \\)"),
        ("ny,Ny,New,place,felles,ny)(by,,grunn,", "the pattern of ny is no regular expression: unbalanced"),
        ("ny,Ny,New,place,felles,ny,[,grunn,", "the except of ny is no regular expression"),
        ("ny,Ny,New,place,felles,n*,,grunn,", "the pattern of ny matches an empty text"),
        ("ny,Ny,,place,felles,ny,,grunn,", "ny has no name_en"),
        ("ny,Ny,New,place,felles,ny,,,", "ny has no why"),
        ("ny,Ny,New,thing,felles,ny,,grunn,", "the kind of ny is 'thing'"),
        ("ny,Ny,New,place,verden,ny,,grunn,", "the area_id of ny is 'verden'"),
        ("Ny ting,Ny,New,place,felles,ny,,grunn,", "the topic id 'Ny ting' is not plain"),
        ("sfo,Ny,New,place,felles,ny,,grunn,", "the topic sfo is defined twice"),
    ],
)
def test_a_wrong_definition_names_its_line(tmp_path, row, message):
    shutil.copy(PROJECT.reference / "areas.csv", tmp_path)
    path = tmp_path / "topics.csv"
    shutil.copy(PROJECT.reference / "topics.csv", path)
    lines = path.read_text(encoding="utf-8").count("\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    with pytest.raises(UserError, match=message) as raised:
        load_topics(tmp_path)
    assert (raised.value.file, raised.value.line) == (path, lines + 1)
    assert raised.value.remedy


def test_every_definition_is_named_in_both_languages_and_says_why(definitions):
    assert (definitions[["name_nb", "name_en", "why"]] != "").all(axis=None)
    assert definitions["name_en"].is_unique and definitions["name_nb"].is_unique


def test_a_planted_name_is_proposed_first(definitions):
    documents = {
        "a": ["Vi bygger ut Kråkhaugen og Østre Torp skole i 2027.", "", "Kråkhaugen skal ha ny rundkjøring."],
        "b": ["Arbeidet på Kråkhaugen er utsatt.", "", "Kulturskolen, Østre Torp og Granåsen er som før."],
        "c": ["Rundkjøringene er i rute, og Granåsen er åpen."],
    }
    proposed = propose(documents, definitions)
    assert list(proposed["term"][:2]) == ["Kråkhaugen", "Østre Torp"]
    assert proposed.set_index("term").at["Kråkhaugen", "places"] == "a 1;3; b 1"
    assert proposed["term"].str.contains("rundkjøring", case=False).any()
    assert not proposed["term"].str.contains("Granåsen|ulturskole").any()


def test_what_is_no_longer_defined_is_proposed(documents, definitions):
    fewer = definitions[~definitions["topic"].isin(["granasen", "nyhavna"])]
    assert {"Granåsen", "Nyhavna"} <= set(propose(documents, fewer)["term"][:12])
    assert not {"Granåsen", "Nyhavna"} & set(propose(documents, definitions)["term"])
