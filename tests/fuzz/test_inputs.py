"""What a person edits with anything done to it: read, or refused in words that name the file, the line and a remedy."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommunebudsjett.audit.vocabulary import load_vocabulary
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import check_prices, check_roles, load_params, published
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.core.rulings import load_rulings
from kommunebudsjett.readers.facts.words import fact_words
from kommunebudsjett.readers.party_budget.rivals import parties
from kommunebudsjett.readers.party_budget.words import load_words
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables import area_words, limits, meanings, prices, service_areas, subjects, topics
from tests.conftest import ROOT
from tests.fuzz.mutations import FRAGMENTS, OPERATIONS, Edit, edited

FILES = ["params.yaml", "data/raw/documents.yml"]
TABLES = sorted(f"data/reference/{path.name}" for path in (ROOT / "data" / "reference").glob("*.csv"))
# What YAML and CSV mean something by.
SYNTAX = (
    "{", "}", "[", "]", ": ", "- ", "&a ", "*a", "!!int ", "!!python/object:os.x ", "|\n", ">", "? ", "<<: *a", "'",
    "#", '"\\ud800"', '"\\x1b"', "~", "null", "true", "1e999", ".inf", ".nan", "-1", "0x10", "1_000", "12:30:45",
    "2026-13-45", "99999999999999999999", '"a","b"', ",,,,", '"x\ny"', "nan", "inf", "oppvekst", ",", '"',
)  # fmt: skip
edits = st.lists(
    st.builds(
        Edit,
        st.sampled_from(sorted(OPERATIONS)),
        st.integers(0, 200),
        st.integers(0, 200),
        st.sampled_from(FRAGMENTS + SYNTAX) | st.text(max_size=5),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("inputs")
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "params.yaml", root)
    return Project(root)


def read(project: Project, name: str) -> None:
    """What a stage reads of a file that a person edits, and whether it can be used."""
    if name in FILES:
        params = load_params(project)
        documents = load_registry(project.registry, set(FAMILIES))
        check_roles(project, params, documents)
        published(project, params, list(service_areas.load_areas(ROOT / "data" / "reference")["area_id"]))
    elif name.endswith("price_growth.csv"):
        growth = prices.load_prices(project.reference)
        check_prices(project, PARAMS, prices.years_by_index(growth))
        assert 0.01 < prices.factor(growth, "municipal_deflator", 2020, 2026) < 100
    elif name.endswith("population.csv"):
        assert prices.inhabitants(prices.load_population(project.reference), "Trondheim", 2020) > 0
    else:
        edition = Edition(project, PARAMS, "nb")
        LOADS[name.rpartition("/")[2]](edition)


PARAMS = load_params(Project(ROOT))
LOADS = {
    "areas.csv": lambda edition: edition.areas,
    "service_areas.csv": lambda edition: service_areas.load_crosswalk(edition.project.reference),
    "glossary.csv": lambda edition: edition.terms,
    "topics.csv": lambda edition: topics.load_topics(edition.project.reference),
    "breaks.csv": lambda edition: edition.breaks,
    "parties.csv": lambda edition: parties(edition.project.reference / "parties.csv"),
    "area_words.csv": lambda edition: area_words.area_words(edition.project.reference),
    "columns.csv": lambda edition: meanings.column_words(edition.project.reference),
    "limits.csv": lambda edition: limits.load_limits(edition.project.reference),
    "rulings.csv": lambda edition: load_rulings(edition.project.reference),
    "table_words.csv": lambda edition: subjects.table_words(edition.project.reference),
    "party_words.csv": lambda edition: load_words(edition.project.reference / "party_words.csv"),
    "fact_words.csv": lambda edition: fact_words(edition.project.reference / "fact_words.csv"),
    "audit_words.csv": lambda edition: load_vocabulary(edition.project.reference / "audit_words.csv"),
    "glosses.csv": lambda edition: edition.glosses,
}


def check(project: Project, name: str, content: bytes) -> UserError | None:
    """The mistake that is told of a file with this content, which is put back."""
    path = project.root / name
    before = path.read_bytes()
    path.write_bytes(content)
    try:
        read(project, name)
    except UserError as mistake:
        message = str(mistake)
        assert mistake.file and mistake.remedy
        assert mistake.line is None or 1 <= mistake.line <= content.count(b"\n") + content.count(b"\r") + 200
        assert all(character.isprintable() or character == "\n" for character in message), message
        return mistake
    finally:
        path.write_bytes(before)
    return None


@settings(suppress_health_check=list(HealthCheck), max_examples=50)
@given(st.sampled_from(FILES), edits)
def test_yaml_with_edits(folder, name, made):
    lines = (folder.root / name).read_text(encoding="utf-8").split("\n")
    check(folder, name, "\n".join(edited(lines, made)).encode())


@settings(suppress_health_check=list(HealthCheck), max_examples=50)
@given(st.sampled_from(TABLES), edits)
def test_curated_tables_with_edits(folder, name, made):
    lines = (folder.root / name).read_text(encoding="utf-8").split("\n")
    check(folder, name, "\n".join(edited(lines, made)).encode())


@settings(suppress_health_check=list(HealthCheck), max_examples=30)
@given(st.sampled_from([*FILES, *TABLES]), st.integers(0, 500), st.binary(max_size=4))
def test_bytes_that_are_no_text(folder, name, place, junk):
    content = (folder.root / name).read_bytes()
    check(folder, name, content[:place] + junk + content[place:])


DEFLATOR = "municipal_deflator,2021,"
# A file, what stands there, what somebody makes of it, and what is said of that.
MISTAKES = [
    ("params.yaml", "  year: 2026 ", "  year: 2026-13-45 ", "month must be in 1..12"),
    ("params.yaml", "printing: appendix ", "printing: appendix\nprinting: chapter ", "the key printing is given twice"),
    ("params.yaml", 'edition: "1"', 'edition: "\\e[31m1"', "the text holds U+001B, which cannot be seen"),
    ("params.yaml", 'edition: "1"', 'edition: "\\ud800"', "U+D800"),
    ("params.yaml", 'edition: "1"', 'edition: "\x01"', "it holds U+0001"),
    ("data/raw/documents.yml", "SV og Rødt", "SV \u202eog Rødt", "the text holds U+202E"),
    ("data/reference/price_growth.csv", DEFLATOR, f"{DEFLATOR}1,", "the row has 7 fields and the header 6"),
    ("data/reference/price_growth.csv", f"{DEFLATOR}4.4", f"{DEFLATOR}4;4", "growth_percent is '4;4'"),
    ("data/reference/price_growth.csv", f"{DEFLATOR}4.4", f"{DEFLATOR}", "has no growth_percent for 2021"),
    ("data/reference/price_growth.csv", f"{DEFLATOR}4.4", f"{DEFLATOR}-100", "growth_percent breaks the rule"),
    ("data/reference/price_growth.csv", f"{DEFLATOR}4.4", f"{DEFLATOR}nan", "growth_percent is 'nan'"),
    ("data/reference/price_growth.csv", DEFLATOR, "municipal_deflator,2020,", "municipal_deflator, 2020 stands twice"),
    ("data/reference/population.csv", ",205163,", ",0,", "population breaks the rule"),
    ("data/reference/population.csv", ",205163,", ",99999999999999999999,", "population is '99999999999999999999'"),
    ("data/reference/areas.csv", "oppvekst,1,", "oppvekst,,", "order breaks the rule"),
    ("data/reference/service_areas.csv", "document,", "dokument,", "the column document is missing"),
    ("data/reference/glosses.csv", "nb,en", "nb,en,en", "the column en is there twice"),
    ("data/reference/breaks.csv", "Klæbu", "Klæ\x1b[1mbu", "note_nb holds U+001B, which cannot be seen"),
    ("data/reference/breaks.csv", "Klæbu", "Klæ\rbu", "the line holds U+000D"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), MISTAKES)
def test_what_was_found(folder, name, old, new, message):
    content = (folder.root / name).read_text(encoding="utf-8")
    line = content[: content.index(old)].count("\n") + new.count("\n") + 1
    mistake = check(folder, name, content.replace(old, new, 1).encode())
    assert mistake and message in str(mistake)
    assert Path(mistake.file) == folder.root / name
    assert mistake.line == line


@pytest.mark.parametrize("new", ["[" * 1000, "{a: " * 1000])
def test_yaml_that_is_nested_too_deeply(folder, new):
    content = (folder.root / "params.yaml").read_text(encoding="utf-8").replace('edition: "1"', f"edition: {new}")
    assert "nested too deeply" in str(check(folder, "params.yaml", content.encode()))


def test_a_file_of_a_gigabyte_is_not_read(folder):
    for name, message in (("data/reference/breaks.csv", "the table is larger"), ("params.yaml", "the file is larger")):
        path = folder.root / name
        before = path.read_bytes()
        with path.open("wb") as file:
            file.truncate(2**30)
        try:
            with pytest.raises(UserError, match=message):
                read(folder, name)
        finally:
            path.write_bytes(before)
