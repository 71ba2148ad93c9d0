"""What documents say of themselves: the registered ones as they are registered, and names that are hard to tell."""

import pytest

from kommunebudsjett.adding import facts
from kommunebudsjett.adding.families import Trial, family_of, trials
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.readers.party_budget.rivals import parties
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.tables.meanings import column_words
from tests.conftest import ROOT
from tests.pdfs.as_text import as_printed, marked
from tests.pdfs.new_year import NORDVIK, TRONDHEIM, alternative_budget, annual_report

WORDS = column_words(ROOT / "data/reference")

PROJECT = Project(ROOT)
PARTIES = [name for name, _ in parties(PROJECT.reference / "parties.csv")]


def tried(lines: list[str], year: int) -> list[Trial]:
    return trials(lines, year, WORDS)


@pytest.mark.parametrize("document", load_registry(PROJECT.registry, set(FAMILIES)), ids=lambda document: document.id)
def test_a_registered_document_says_what_its_entry_says(document):
    lines = read_lines(PROJECT.raw / document.file)
    found = tried(lines, facts.likely_year(lines))
    family = family_of(found, lines, document.file)
    assert family == document.family
    years = facts.years(lines, family, found[0].records, WORDS)
    assert years[:3] == (document.budget_year, document.period_from, document.period_to)
    municipality = facts.municipality(lines).value
    publisher = facts.publisher(lines, family, municipality, PARTIES).value
    assert (municipality, publisher) == (document.municipality, document.publisher)
    if document.baseline:
        assert facts.baseline(lines).value == document.baseline
    title = facts.title(lines, family, municipality, publisher, document.budget_year).value
    # The entry may say more of a budget than its first lines do: that it is an alternative.
    assert title in (document.title, document.title.replace("alternative budsjett", "budsjett"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NORE OG UVDAL KOMMUNE\nNore og Uvdal kommune", "Nore og Uvdal"),
        ("OSLO KOMMUNE\nOSLO KOMMUNE", "Oslo"),
        ("I Nord-Aurdal kommune bor det folk. Nord-Aurdal kommune er stor. Som kommune kan vi.", "Nord-Aurdal"),
        ("Indre Østfold kommune og Indre Østfold kommune", "Indre Østfold"),
        ("Oslo kommune og Bergen kommune", None),
        ("Oslo kommune, Oslo kommune, Bergen kommune", None),
        ("Vår kommune er en god kommune. Vår kommune.", None),
        ("# 1. Økonomi\n\nBodø kommune\n# 2. Skole\nBodø\nkommune", "Bodø"),
        ("", None),
    ],
)
def test_a_municipality_is_the_one_that_is_clearly_named_most(text, expected):
    found = facts.municipality(text.split("\n"))
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("first", "rest", "expected"),
    [
        ("Høyres alternative budsjett 2027", "", "Høyre"),
        ("Ap, Sp og MDGs forslag til budsjett 2027", "", "Ap, Sp og MDG"),
        ("Budsjettet vårt", "Høyre og Venstre vil. " * 3 + "Ap svarer.", "Høyre og Venstre"),
        ("Budsjettet vårt", "Høyre vil. Venstre vil. " * 5, None),
        ("Budsjettet vårt", "Hovedsp og Apotek. " * 5, None),
    ],
)
def test_a_publisher_is_named_first_or_clearly_most(first, rest, expected):
    found = facts.publisher([first, "", rest], "party_budget", "Bodø", PARTIES)
    assert (found and found.value) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Årsrapport", "", "2026"], 2026),
        (["Årsberetning for 2024"], 2024),
        (["Budsjett 2031 og økonomiplan 2031–2034"], 2031),
        (["Noe om 2019", "og 2019"], 2019),
        (["Uten år"], None),
    ],
)
def test_the_likely_year(lines, expected):
    assert facts.likely_year(lines) == expected


def test_years_that_disagree_are_not_chosen_between():
    lines = as_printed(alternative_budget(TRONDHEIM, 2027)).replace("budsjett 2027", "budsjett 2028", 1).split("\n")
    records = tried(lines, 2027)[0].records
    assert facts.years(lines, "party_budget", records, WORDS) is None


@pytest.mark.parametrize("place", [TRONDHEIM, NORDVIK], ids=lambda place: place.municipality)
def test_the_family_of_new_documents_is_clear(place):
    budget = as_printed(alternative_budget(place, 2027)).split("\n")
    report = marked(annual_report(place, 2026)).split("\n")
    assert family_of(tried(budget, 2027), budget, "budget") == "party_budget"
    assert family_of(tried(report, 2026), report, "report") == "annual_report"


def test_a_text_of_two_families_is_not_guessed():
    both = as_printed(alternative_budget(TRONDHEIM, 2027)) + marked(annual_report(TRONDHEIM, 2026)) * 2
    with pytest.raises(UserError, match="do not tell clearly") as raised:
        family_of(tried(both.split("\n"), 2027), both.split("\n"), "both.txt")
    assert "party_budget: " in str(raised.value)
    assert "annual_report: " in str(raised.value)
    assert "--family" in raised.value.remedy


def test_a_text_that_is_no_budget_fits_no_reader():
    lines = ["Et eventyr", "", "Det var en gang en konge som hadde 3 sønner og 12 hester."] * 20
    with pytest.raises(UserError, match="no reader finds what its family holds"):
        family_of(tried(lines, 2027), lines, "eventyr.txt")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De rødgrønne", "rodgronne"),
        ("SV og Rødt", "sv-rodt"),
        ("Industri- og Næringspartiet", "industri-naeringspartiet"),
        ("Ål kommune", "al"),
        ("../../etc/passwd", "etc-passwd"),
        ("\x1b[31m\u202e", "31m"),
        ("…", ""),
    ],
)
def test_names_of_files_are_plain(text, expected):
    assert facts.slug(text) == expected
