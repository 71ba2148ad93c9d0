"""The glossary: curated rows in, a table that keeps its contract and a page with an address for each term out."""

import re

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.glossary import alphabetical, glossary_page
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.glossary import load_glossary, of_registered
from kommunebudsjett.tables.validation import validate
from tests.conftest import ROOT

SITE = {"languages": ["nb", "en"], "edition": "1", "date": {"nb": "22. november 2026", "en": "22 November 2026"}}
REGISTERED = {"rodgronne-2020": "De rødgrønne 2020", "sv-rodt-2026": "SV 2026", "trondheim-2025": "Kommunen 2025"}
SITE["documents"] = {lang: {id: Source(name, "") for id, name in REGISTERED.items()} for lang in ("nb", "en")}
HEADER = "anchor,term_nb,term_en,explanation_nb,explanation_en,source\n"
GOOD = "drift,drift,running costs,Løpende utgifter.,Ongoing costs.,Kommuneloven\n"


@pytest.fixture(scope="module")
def glossary() -> pd.DataFrame:
    return load_glossary(ROOT / "data" / "reference")


def test_every_term_has_all_fields_and_an_anchor_of_its_own(glossary):
    assert len(glossary) >= 35
    assert validate(TABLES["glossary"], glossary).equals(glossary)
    assert (glossary.apply(lambda column: column.str.strip()) == glossary).all().all()
    for name in ("anchor", "term_nb", "term_en"):
        assert glossary[name].is_unique, name


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_an_explanation_is_one_or_two_sentences(glossary, lang):
    for explanation in glossary[f"explanation_{lang}"]:
        assert re.fullmatch(r"[^.]+(\.\d[^.]*)*\.( [^.]+(\.\d[^.]*)*\.)?", explanation), explanation
        assert len(explanation) < 260, explanation


@pytest.mark.parametrize(
    ("row", "line", "message"),
    [
        ("drift,,running costs,Utgifter.,Costs.,Lov\n", 2, "has no term_nb"),
        (GOOD + "asss,ASSS,ASSS,Kommuner., ,KS\n", 3, "ASSS has no explanation_en"),
        ("År sverk,årsverk,FTE,En stilling.,A post.,SSB\n", 2, "is no address"),
        (GOOD + GOOD, 3, "the anchor drift is given twice"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_with_its_line(tmp_path, row, line, message):
    (tmp_path / "glossary.csv").write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(UserError, match=message) as raised:
        load_glossary(tmp_path)
    assert raised.value.line == line


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_page_has_every_term_once_in_alphabetical_order(glossary, lang):
    page = glossary_page(glossary, lang, SITE)
    assert re.findall(r'<div id="([^"]+)">', page) == list(
        glossary.sort_values(f"term_{lang}", key=lambda terms: terms.map(alphabetical), kind="stable")["anchor"]
    )
    assert page.count("<h1>") == 1
    assert f'<html lang="{lang}">' in page


def test_the_norwegian_letters_come_last():
    assert sorted(["årsverk", "avvik", "økonomiplan", "KOSTRA", "ærlig"], key=alphabetical) == [
        "avvik",
        "KOSTRA",
        "ærlig",
        "økonomiplan",
        "årsverk",
    ]


def test_what_stands_in_the_glossary_is_text(glossary):
    row = {name: "<b>x</b> & y" for name in glossary.columns} | {"anchor": "x"}
    assert "<b>" not in glossary_page(pd.DataFrame([row]), "nb", SITE)


@pytest.mark.parametrize(("lang", "word"), [("nb", "Kilde: "), ("en", "Source: ")])
def test_the_source_of_a_term_follows_one_colon(glossary, lang, word):
    page = glossary_page(glossary, lang, SITE)
    assert page.count(f">{word}") == len(glossary)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("KS; trondheim-2025:471", "Kilde: KS; Kommunen 2025, linje 471"),
        ("trondheim-2025:132,144", "Kilde: Kommunen 2025, linje 132, 144"),
        # A document that is not registered is none that a reader can look in.
        ("KS; mdg-2024:5", "Kilde: KS"),
        ("mdg-2024:5", ""),
    ],
)
def test_a_source_that_is_lines_leads_to_them_under_the_name_of_the_document(source, shown):
    row = dict.fromkeys(TABLES["glossary"].names, "x") | {"source": source}
    page = glossary_page(pd.DataFrame([row]), "nb", SITE)
    [said] = re.findall("(?s)<dd>x(.*?)</dd>", page)
    assert re.sub("<[^>]+>", "", said).strip() == shown
    assert ('<a href="../sources/trondheim-2025.html#L471">471</a>' in page) == ("471" in source)


def test_a_section_of_a_law_and_a_number_are_not_broken_between_lines(glossary):
    page = glossary_page(glossary, "nb", SITE)
    assert "§\u00a014\u20113" in page
    assert "3\u00a0000 kroner" in page
    assert not re.search(r"§ |\d \d{3} kroner", page)


def test_a_source_has_no_lines_of_documents_that_are_not_registered(glossary):
    left = of_registered(glossary, {"trondheim-2025"})["source"]
    assert left.str.contains("trondheim-2025:").any()
    assert not left.str.contains("rodgronne|sv-rodt").any()
