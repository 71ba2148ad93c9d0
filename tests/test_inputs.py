"""What a person edits: params.yaml, documents.yml, the documents. Each mistake gets its place and its remedy."""

import re

import pytest
import yaml

from kommunebudsjett.core.areas import area_ids
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import check_prices, check_roles, load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.readers import stage as read_stage
from kommunebudsjett.tables import stage as tables
from kommunebudsjett.tables.prices import load_prices, years_by_index
from kommunebudsjett.tables.service_areas import load_areas
from tests.conftest import ROOT


def edit(path, old: str, new: str) -> int:
    """Replace the one place where `old` stands, and give its line."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def check_params(project: Project) -> None:
    params = load_params(project)
    documents = load_registry(project.registry, set(read_stage.FAMILIES))
    check_roles(project, params, documents)
    check_prices(project, params, years_by_index(load_prices(project.reference)))


def test_the_project_as_it_stands_has_no_mistake(project):
    check_params(project)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("printing: appendix", "printing: appendix\nprintign: chapter", "printign: unknown key"),
        (
            "  index: municipal_deflator",
            "  indeks: municipal_deflator",
            "prices.index: a required key is missing",
        ),
        ("languages: [nb, en]", "languages: [nb, sv]", "languages.1: Input should be 'nb' or 'en'"),
        ("languages: [nb, en]", "languages: [nb, nb]", "a language is named twice"),
        ("languages: [nb, en]", "languages: []", "languages"),
        (
            "  year: 2026",
            "  year: 2031",
            "prices.year: data/reference/price_growth.csv has no figure for 2031",
        ),
        ("  year: 2026", "  year: next", "prices.year"),
        (
            "index: municipal_deflator",
            "index: kpi",
            "prices.index: data/reference/price_growth.csv has no figure for",
        ),
        (
            "before: rodgronne-2020",
            "before: rodgronne-2019",
            "documents.before: no document has the id rodgronne-2019",
        ),
        ("  overview: {}", "  oversikt: {}", "there is no notebook for the report oversikt"),
        ("workers: 2", "workers: 0", "execution.workers"),
        ('date: "2026-11-22"', "date: soon", "publish.date"),
    ],
)
def test_a_mistake_in_params_names_its_line(project, old, new, message):
    line = edit(project.params, old, new)
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        check_params(project)
    assert raised.value.file == project.params
    assert raised.value.line in (line, line + 1, line - 1)
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("before: rodgronne-2020", "before: sv-rodt-2026", "documents.alternative: sv-rodt-2026 is named as before"),
        ("alternative: sv-rodt-2026", "alternative: rodgronne-2020", "documents.alternative: rodgronne-2020 is named"),
        ("before: rodgronne-2020", "before: trondheim-2025", "documents.before: trondheim-2025 is no proposal"),
        ("alternative: sv-rodt-2026", "alternative: trondheim-2025", "documents.alternative: trondheim-2025 is no"),
        ("outcome: trondheim-2025", "outcome: sv-rodt-2026", "documents.outcome: sv-rodt-2026 is a proposal"),
    ],
)
def test_a_part_that_a_document_cannot_play_names_its_line(project, old, new, message):
    line = edit(project.params, old, new)
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        check_params(project)
    # Of two parts that have the same document, the second is told.
    assert raised.value.line == (line + 1 if "before: sv" in new else line)
    assert raised.value.file == project.params
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("family", "part", "message"),
    [
        (
            "municipal_budget",
            "outcome",
            "documents.outcome: budsjett-2026 is a budget: its amounts are what was planned",
        ),
        ("municipal_budget", "before", "documents.before: budsjett-2026 is no proposal but a budget"),
        ("municipal_budget", "alternative", "documents.alternative: budsjett-2026 is no proposal but a budget"),
    ],
)
def test_a_budget_plays_no_part(project, family, part, message):
    register(project, family=family)
    named = {"before": "rodgronne-2020", "alternative": "sv-rodt-2026", "outcome": "trondheim-2025"}[part]
    line = edit(project.params, f"{part}: {named}", f"{part}: budsjett-2026")
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        check_params(project)
    assert (raised.value.file, raised.value.line) == (project.params, line)
    assert raised.value.remedy


def register(project: Project, **values: object) -> None:
    """Register one more document; no test here reads it."""
    entry = {
        "id": "budsjett-2026", "file": "b.txt", "title": "Budsjett", "publisher": "Trondheim kommune",
        "municipality": "Trondheim", "budget_year": 2026, "period_from": 2026, "period_to": 2029,
    }  # fmt: skip
    with project.registry.open("a", encoding="utf-8") as file:
        file.write(yaml.safe_dump([entry | values], allow_unicode=True))


@pytest.mark.parametrize(
    ("collection", "message"),
    [
        ("municipality: Bodø", "collection.municipality: the collection is about Bodø, and the compared documents"),
        ("proposals: all", "collection.municipality: a required key is missing"),
        ("municipality: Trondheim, proposals: some", "give all, or a list of ids"),
        ("municipality: Trondheim, proposals: [1]", "give all, or a list of ids"),
        ("municipality: Trondheim, proposals: [sv-2020]", "collection.proposals: no document has the id sv-2020"),
        ("municipality: Trondheim, proposals: [trondheim-2025]", "collection.proposals: trondheim-2025 is no proposal"),
        ("municipality: Trondheim, outcomes: [sv-rodt-2026]", "collection.outcomes: sv-rodt-2026 is a proposal"),
        ("municipality: Trondheim, outcomes: [budsjett-2026]", "collection.outcomes: budsjett-2026 is a budget"),
        ("municipality: Trondheim, outcomes: [bodo-2025]", "bodo-2025 is about Bodø, and the collection about"),
        (
            "municipality: Trondheim, proposals: [sv-rodt-2026, sv-rodt-2026]",
            "collection.proposals: sv-rodt-2026 is named twice",
        ),
        ("municipality: Trondheim, budgets: all", "collection.budgets: unknown key"),
    ],
)
def test_a_mistake_in_the_collection_names_its_line(project, collection, message):
    register(project, family="municipal_budget")
    register(project, id="bodo-2025", family="annual_report", municipality="Bodø", file="c.txt")
    line = edit(project.params, "printing: appendix", f"collection: {{{collection}}}\nprinting: appendix")
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        check_params(project)
    assert (raised.value.file, raised.value.line) == (project.params, line)
    assert raised.value.remedy


def test_a_collection_of_all_is_no_mistake(project):
    edit(project.params, "printing: appendix", "collection: {municipality: trondheim}\nprinting: appendix")
    check_params(project)


@pytest.mark.parametrize(
    ("family", "said", "role"),
    [
        ("party_budget", "", "proposal"),
        ("party_prose", "", "proposal"),
        ("municipal_budget", "", "budget"),
        ("annual_report", "", "report"),
        ("annual_report", "budget", "budget"),
    ],
)
def test_a_document_is_what_its_family_or_its_entry_says(project, family, said, role):
    register(project, family=family, **({"role": said} if said else {}))
    documents = load_registry(project.registry, {*read_stage.FAMILIES, "party_prose", "party_budget"})
    assert documents[-1].role == role


def test_a_family_without_a_role_needs_one(project):
    register(project, family="leaflet")
    with pytest.raises(UserError, match="nothing says what budsjett-2026 is: the family leaflet") as raised:
        load_registry(project.registry, {*read_stage.FAMILIES, "leaflet"})
    assert raised.value.line
    assert "role: proposal, budget or report" in raised.value.remedy


def test_two_municipalities_in_one_report_are_refused(project):
    text = project.registry.read_text(encoding="utf-8")
    # As another writes it, it is the same one.
    project.registry.write_text(text.replace("municipality: Trondheim", "municipality: TRONDHEIM ", 1), "utf-8")
    check_params(project)
    project.registry.write_text(text.replace("municipality: Trondheim", "municipality: Bodø", 1), "utf-8")
    message = "sv-rodt-2026 is about Trondheim, and rodgronne-2020 (before) about Bodø"
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        check_params(project)
    lines = project.params.read_text(encoding="utf-8").splitlines()
    assert lines[raised.value.line - 1].startswith("  alternative: sv-rodt-2026")
    assert "one municipality" in raised.value.remedy


def test_one_document_under_two_names_is_refused(project):
    copy = project.raw / "andre-navn.txt"
    copy.write_bytes((project.raw / "rodgronne-budsjett-2020.txt").read_bytes())
    document = load_registry(project.registry, set(read_stage.FAMILIES))[0]
    second = document.model_copy(update={"id": "andre-2020", "file": copy.name})
    with project.registry.open("a", encoding="utf-8") as file:
        file.write(f"- {second.model_dump_json(exclude_none=True)}\n")
    read_stage.run(project)
    with pytest.raises(UserError, match="andre-2020 is the same document as rodgronne-2020") as raised:
        tables.run(project)
    assert raised.value.line == project.registry.read_text(encoding="utf-8").count("\n")
    assert not project.clean.joinpath("documents.csv").exists()


def test_params_that_are_not_yaml(project):
    edit(project.params, "languages: [nb, en]", "languages: [nb, en")
    with pytest.raises(UserError, match="the file is not YAML") as raised:
        load_params(project)
    assert raised.value.line is not None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- id: sv-rodt-2026", "- id: rodgronne-2020", "the id rodgronne-2020 is used twice"),
        (
            "file: sv-rodt-alternativt-budsjett-2026.txt",
            "file: rodgronne-budsjett-2020.txt",
            "the file rodgronne-budsjett-2020.txt is used twice",
        ),
        ("family: annual_report", "family: regnskap", "no reader knows the family regnskap"),
        ("publisher: De rødgrønne", "utgiver: De rødgrønne", "publisher: a required key is missing"),
        ("budget_year: 2025", "budget_year: 2035", "budget_year must lie in the period"),
        ("file: rodgronne-budsjett-2020.txt", "file: ../secret.txt", "file"),
        *(
            ("file: rodgronne-budsjett-2020.txt", f'file: "{name}"', "Windows can have no file of that name")
            for name in ("con.txt", "budsjett.", "budsjett.txt ", "..", "a:b.txt", "conin$.txt", "a?.txt")
        ),
        *(
            ("- id: rodgronne-2020", f"- id: {name}", "Windows can have no file of that name")
            for name in ("nul", "aux", "com1", "lpt9")
        ),
        *(("- id: rodgronne-2020", f'- id: "{name}"', "id: ") for name in ("bodo.", "bodo ", "Bodo", "bodo\\n")),
        *(
            ("publisher: De rødgrønne", f"publisher: De rødgrønne\n  url: {url}", "an address begins with http://")
            for url in (
                '"javascript:alert(1)"',
                "file:///etc/passwd",
                "www.example.org",
                "data:text/html,x",
                "https://",
                '" http://example.org"',
                "http://:80/x",
                "http://?x",
                "https://kari@example.org/x",
                "https://example.org/<b>",
                "'https://example.org/\"x'",
            )
        ),
    ],
)
def test_a_mistake_in_the_registry_names_its_line(project, old, new, message):
    edit(project.registry, old, new)
    with pytest.raises(UserError, match=re.escape(message)) as raised:
        load_registry(project.registry, set(read_stage.FAMILIES))
    assert raised.value.file == project.registry
    assert raised.value.line is not None
    assert raised.value.remedy


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        (None, "the registered document is missing", None),
        (b"", "the document is empty", None),
        (b" \n\n", "the document is empty", None),
        (b"Et budsjett\nmed \0 i", "the document is binary", 2),
        ("Et budsjett\nfor Tromsø i år".encode("cp850"), "in an encoding that is not known", 2),
    ],
)
def test_a_document_that_cannot_be_read(tmp_path, content, message, line):
    path = tmp_path / "budsjett.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UserError, match=message) as raised:
        read_lines(path)
    assert raised.value.file == path
    assert raised.value.line == line
    assert raised.value.remedy


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    path = tmp_path / "budsjett.txt"
    path.write_bytes("\ufeffen\r\nto\x0cto\u2028to\n\nfire\n".encode())
    assert read_lines(path) == ["en", "to\x0cto\u2028to", "", "fire"]


@pytest.mark.parametrize("family", sorted(read_stage.FAMILIES))
def test_a_document_that_fits_no_reader_stops_the_stage(project, family):
    path = project.raw / "rodgronne-budsjett-2020.txt"
    path.write_text("Dette er en handleliste.\n\nMelk\nBrød\n", encoding="utf-8")
    edit(
        project.registry,
        "family: party_budget\n  municipality: Trondheim\n  budget_year: 2020",
        f"family: {family}\n  municipality: Trondheim\n  budget_year: 2020",
    )
    with pytest.raises(UserError, match="nothing in the document could be read") as raised:
        read_stage.run(project)
    assert raised.value.file == path
    assert not project.interim.exists()


def test_tables_of_documents_that_have_not_been_read(project):
    with pytest.raises(UserError, match="has not been read") as mistake:
        tables.run(project)
    assert mistake.value.file == project.interim / "rodgronne-2020" / "ledger.json"
    assert "dvc repro" in mistake.value.remedy
    assert not project.clean.exists()


def test_the_areas_are_known_without_their_table_being_loaded():
    ids = area_ids(Project(ROOT))
    assert ids == list(load_areas(ROOT / "data" / "reference")["area_id"])
    assert "helse_omsorg" in ids


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be opened"),
        (b"area,order\noppvekst,1\n", "no column area_id"),
        (b"", "no column area_id"),
        (b"area_id\n\xff\n", "utf-8"),
    ],
)
def test_areas_that_cannot_be_read_are_told_with_their_file_and_a_remedy(tmp_path, content, said):
    (tmp_path / "data" / "clean").mkdir(parents=True)
    if content is not None:
        (tmp_path / "data" / "clean" / "areas.csv").write_bytes(content)
    with pytest.raises(UserError, match=said) as raised:
        area_ids(Project(tmp_path))
    assert raised.value.file.name == "areas.csv"
    assert "make reports" in raised.value.remedy
