"""`check` and `add`: what they say, what they change, and that they change nothing where something is wrong."""

import csv
import os
import unicodedata
from pathlib import Path

import pytest
from click.testing import CliRunner

from kommunebudsjett.adding import commands, writing
from kommunebudsjett.adding.terminal import visible
from kommunebudsjett.cli import cli
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.readers.stage import FAMILIES
from tests.conftest import ROOT
from tests.pdfs.as_text import as_printed, marked
from tests.pdfs.new_year import NORDVIK, TRONDHEIM, alternative_budget, annual_report

BUDGET = as_printed(alternative_budget(TRONDHEIM, 2027))
REPORT = marked(annual_report(TRONDHEIM, 2026))


@pytest.fixture
def budget(tmp_path_factory) -> Path:
    """The file of an alternative budget, as it was downloaded."""
    path = tmp_path_factory.mktemp("downloads") / "Budsjett (endelig) v2.txt"
    path.write_text(BUDGET, encoding="utf-8")
    return path


def run(project, *words: str):
    """A command, run in a project; an error of the user is raised."""
    before = Path.cwd()
    os.chdir(project.root)
    try:
        result = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    finally:
        os.chdir(before)
    assert result.exit_code == 0, result.output
    return result.output


def state(project) -> dict[str, bytes]:
    """All files of a project but what is built."""
    return {
        path.relative_to(project.root).as_posix(): path.read_bytes()
        for path in sorted(project.root.rglob("*"))
        if path.is_file() and "build" not in path.parts
    }


def test_check_tells_all_and_changes_nothing(project, budget):
    before = state(project)
    told = run(project, "check", budget)
    assert state(project) == before
    for words in [
        "id            sv-rodt-2027",
        "party_budget               135       0                80",
        '  title: "Et varmere samfunn: SV og Rødts alternative budsjett 2027"\n',
        "80 measures, among them:",
        "line 19   Investeringer › Ny barnehage på Havnelia › 2027",
        "Unread: none",
        "The audit finds nothing that contradicts itself",
        "\nTrondheim,2027,INHABITANTS,2027-01-01,SOURCE,STATUS\n",
        "\nmunicipal_deflator,2027,GROWTH,,SOURCE,STATUS\n",
        "\nNy barnehage på Havnelia,ENGLISH\n",
        f"\nkommunebudsjett add '{budget}' --as alternative\n",
        "Nothing has been changed",
    ]:
        assert words in told, words


def test_english_of_names_is_read_as_all_curated_tables_are(project, budget):
    glosses = project.reference / "glosses.csv"
    text = glosses.read_text(encoding="utf-8") + "Ny barnehage på Havnelia,a new kindergarten\n"
    # As a Mac writes its letters.
    glosses.write_text(unicodedata.normalize("NFD", text), encoding="utf-8-sig")
    assert "Ny barnehage på Havnelia,ENGLISH" not in run(project, "check", budget, "--all")


THOUSANDS = (
    "Årsmelding 2024\n\n### 2.1 Drift\n\n\tRekneskap 2024\tBudsjett 2024\nHelse\t1 234\t1 250\nSkule\t5 123\t5 050\n"
)
SAID = (
    "--family",
    "annual_report",
    "--year",
    "2024",
    "--municipality",
    "Vik",
    "--publisher",
    "Vik",
    "--title",
    "Vik 2024",
)


@pytest.fixture
def plain(tmp_path_factory) -> Path:
    """The file of a report that does not say what its amounts are in."""
    path = tmp_path_factory.mktemp("downloads") / "arsmelding.txt"
    path.write_text(THOUSANDS, encoding="utf-8")
    return path


def test_check_says_first_that_no_unit_is_stated_and_shows_where_units_are_from(project, plain):
    told = run(project, "check", plain, *SAID)
    assert told.strip().startswith("No unit is stated for 4 amounts")
    assert '  units: {"x-5": UNIT}\n' in told
    plain.write_text(THOUSANDS.replace("Drift", "Drift\n\nTal i heile tusen"), encoding="utf-8")
    told = run(project, "check", plain, *SAID)
    assert "No unit is stated" not in told
    assert "tnok (line 5: “Tal i heile" in told


def test_check_writes_what_was_read_as_tables(project, plain, tmp_path):
    told = run(project, "check", plain, *SAID, "--unit", "tnok", "--tables", tmp_path / "read")
    assert f"What was read is in {tmp_path / 'read'}" in " ".join(told.split())
    rows = list(csv.DictReader((tmp_path / "read" / "table_cells.csv").open(encoding="utf-8")))
    assert [(row["row"], row["value"], row["unit"], row["unit_line"]) for row in rows] == [
        ("Helse", "1234", "tnok", ""),
        ("Helse", "1250", "tnok", ""),
        ("Skule", "5123", "tnok", ""),
        ("Skule", "5050", "tnok", ""),
    ]
    with pytest.raises(UserError, match="the folder is not empty"):
        run(project, "check", plain, *SAID, "--tables", tmp_path / "read")


def test_a_family_that_fits_nothing_is_shown_and_not_added(project, plain):
    before = state(project)
    plain.write_text("Vi vil ha 12 nye plasser.\n", encoding="utf-8")
    told = run(project, "check", plain, *SAID)
    assert told.strip().startswith("Nothing in the document could be read as annual_report")
    assert "kommunebudsjett add" not in told
    with pytest.raises(UserError, match="nothing in the document could be read as annual_report") as raised:
        run(project, "add", plain, *SAID)
    assert raised.value.file == plain
    assert state(project) == before


def test_the_unit_that_a_person_states_stands_in_the_entry(project, plain):
    run(project, "add", plain, *SAID, "--unit", "tnok")
    assert load_registry(project.registry, set(FAMILIES))[-1].unit == "tnok"


def test_add_writes_the_file_and_the_entry_and_nothing_else(project, budget):
    before = state(project)
    told = run(project, "add", budget)
    after = state(project)
    assert {name for name in after if after[name] != before.get(name)} == {
        "data/raw/documents.yml",
        "data/raw/sv-rodt-alternativt-budsjett-2027.txt",
    }
    assert after["data/raw/sv-rodt-alternativt-budsjett-2027.txt"].decode() == BUDGET
    assert after["data/raw/documents.yml"].startswith(before["data/raw/documents.yml"])
    added = load_registry(project.registry, set(FAMILIES))[-1]
    assert (added.id, added.budget_year, added.period_to) == ("sv-rodt-2027", 2027, 2030)
    assert (added.municipality, added.publisher) == ("Trondheim", "SV og Rødt")
    assert added.baseline == "byrådets forslag"
    assert "Added as sv-rodt-2027" in told
    assert "alternative: sv-rodt-2027 under documents in params.yaml" in " ".join(told.split())


def test_a_second_run_changes_nothing_and_says_so(project, budget):
    run(project, "add", budget)
    before = state(project)
    told = run(project, "add", budget)
    assert state(project) == before
    assert "Nothing had to be changed" in told
    assert "registered already, as sv-rodt-2027" in told
    assert "registered already, as sv-rodt-2027" in run(project, "check", budget)


def test_a_part_is_given_at_once_or_later(project, budget):
    run(project, "add", budget)
    told = run(project, "add", budget, "--as", "alternative")
    assert "written: params.yaml" in told
    assert "  alternative: sv-rodt-2027     # what is proposed now" in project.params.read_text(encoding="utf-8")


def test_a_registered_document_is_checked_by_its_entry(project):
    told = run(project, "check", ROOT / "data/raw/rodgronne-budsjett-2020.txt")
    assert "The entry for" not in told
    assert "registered already, as rodgronne-2020" in told
    assert "103 measures" in told


def test_options_go_before_what_the_text_says(project, budget):
    run(
        project, "add", budget, "--id", "sv-2027", "--title", "Vårt budsjett", "--publisher", "SV",
        "--baseline", "formannskapets innstilling", "--published", "2026-11-05", "--url", "https://example.org/b.pdf",
    )  # fmt: skip
    added = load_registry(project.registry, set(FAMILIES))[-1]
    assert (added.id, added.title, added.publisher) == ("sv-2027", "Vårt budsjett", "SV")
    assert (added.baseline, added.url) == ("formannskapets innstilling", "https://example.org/b.pdf")
    assert added.published.isoformat() == "2026-11-05"
    assert added.file == "sv-alternativt-budsjett-2027.txt"


@pytest.mark.parametrize("url", ["javascript:alert(1)", " javascript:alert(1)", "ftp://example.org/b.pdf", "b.pdf"])
def test_an_address_that_is_none_of_the_web_is_refused(project, budget, url):
    before = state(project)
    with pytest.raises(UserError, match=r"url: .*an address begins with http:// or https://"):
        run(project, "add", budget, "--url", url)
    assert state(project) == before


def test_what_the_text_does_not_say_is_asked_for(project, budget):
    text = BUDGET.replace("Trondheim kommune", "byen vår").replace("byrådet", "de").replace("byråd", "d")
    budget.write_text(text.replace("SV og Rødts alternative budsjett 2027", "Hei"), encoding="utf-8")
    before = state(project)
    with pytest.raises(UserError, match="does not say all") as raised:
        run(project, "add", budget)
    assert state(project) == before
    for option in ("--municipality NAME", '--publisher "NAME"', "--baseline"):
        assert option in raised.value.remedy


def test_the_same_id_with_other_content_is_refused(project, budget):
    run(project, "add", budget)
    before = state(project)
    budget.write_text(BUDGET.replace("−40", "−41"), encoding="utf-8")
    with pytest.raises(UserError, match="the id sv-rodt-2027 is that of another document") as raised:
        run(project, "add", budget)
    assert "--id" in raised.value.remedy
    assert state(project) == before


def test_a_file_name_that_is_taken_is_refused(project, budget):
    (project.raw / "sv-rodt-alternativt-budsjett-2027.txt").write_text("noe annet", encoding="utf-8")
    before = state(project)
    with pytest.raises(UserError, match="another file has the name"):
        run(project, "add", budget)
    assert state(project) == before


def test_a_file_that_lies_in_data_raw_keeps_its_name(project):
    path = project.raw / "mitt-navn.txt"
    path.write_text(REPORT, encoding="utf-8")
    run(project, "add", path)
    added = load_registry(project.registry, set(FAMILIES))[-1]
    assert (added.id, added.file) == ("trondheim-2026", "mitt-navn.txt")


def test_an_option_that_contradicts_the_registry_is_refused(project, budget):
    run(project, "add", budget)
    with pytest.raises(UserError, match="its publisher there is SV og Rødt"):
        run(project, "add", budget, "--publisher", "Høyre")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "the folder holds no web page"),
        (lambda path: os.mkfifo(path), "this is no file"),
        (lambda path: path.write_bytes(b""), "the document is empty"),
        (lambda path: path.write_bytes(b"\xe6\x81\xe5 2027\n"), "neither in UTF-8 nor"),
        (lambda path: path.write_bytes(b"a\0b"), "binary, not text"),
        (lambda path: path.write_text("Hei på deg\n"), "no reader finds"),
    ],
)
def test_a_file_that_cannot_be_a_document_is_refused(project, tmp_path_factory, make, message):
    path = tmp_path_factory.mktemp("downloads") / "fil.txt"
    make(path)
    before = state(project)
    with pytest.raises(UserError, match=message) as raised:
        run(project, "add", path)
    assert Path(raised.value.file) == path
    assert raised.value.remedy
    assert state(project) == before


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "is empty"), (b"hei", "is no PDF"), (b"%PDF-1.7\n1 0 obj\n<<", "cut off: its end is missing")],
)
def test_a_pdf_that_cannot_be_read_is_refused(project, tmp_path_factory, content, message):
    path = tmp_path_factory.mktemp("downloads") / "budsjett.PDF"
    path.write_bytes(content)
    before = state(project)
    with pytest.raises(UserError, match=message) as raised:
        run(project, "add", path)
    assert Path(raised.value.file) == path
    assert raised.value.remedy
    assert "documents.yml" not in raised.value.remedy
    assert state(project) == before


def test_a_file_of_another_kind_is_refused(project, tmp_path_factory):
    path = tmp_path_factory.mktemp("downloads") / "budsjett.docx"
    path.write_bytes(b"PK")
    with pytest.raises(UserError, match="no Word document"):
        run(project, "check", path)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, MemoryError])
def test_what_is_interrupted_leaves_nothing(project, budget, monkeypatch, error):
    before = state(project)
    replaced = []

    def replace(source, target):
        # Not what is written in the folder of the examination.
        if Path(target).is_relative_to(project.root):
            replaced.append(Path(target).name)
        if len(replaced) == 2:
            raise error
        return os.rename(source, target)

    monkeypatch.setattr(writing.os, "replace", replace)
    with pytest.raises(error):
        commands.add(project, budget, commands.Options(), "alternative", False)
    assert replaced == ["sv-rodt-alternativt-budsjett-2027.txt", "documents.yml"]
    assert state(project) == before


def test_two_that_add_at_once_do_not_lose_an_entry(project, budget):
    project.path("build").mkdir()
    with (
        commands.FileLock(project.path("build", "add.lock")),
        pytest.raises(UserError, match="another document is being added"),
    ):
        run(project, "add", budget)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rødt: 1\u00a0500 kr – «ja»", "Rødt: 1\u00a0500 kr – «ja»"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("\x9b31m\r\t", "\\x9b31m\\r\\t"),
        ("\udce6", "\\udce6"),
    ],
)
def test_what_is_not_printed_is_written_as_its_code(text, shown):
    assert visible(text) == shown


def test_text_of_the_document_cannot_steer_the_terminal(project, budget):
    text = BUDGET.replace("Ny barnehage", "Ny \x1b[2J\x1b]0;eid\x07barne \u202ehage\u2066")
    budget.write_text(text.replace("Oppvekst 2027", "Oppv\x9bekst 2027"), encoding="utf-8")
    told = run(project, "check", budget)
    shown = {character for character in told if not character.isprintable()}
    assert shown <= {"\n"}
    assert "\\x1b[2J" in told
    assert "\\u202e" in told


def test_markup_of_the_terminal_library_is_text(project, budget):
    budget.write_text(BUDGET.replace("Ny barnehage", "[bold red]Ny[/] :smile: barnehage"), encoding="utf-8")
    assert "[bold red]Ny[/] :smile: barnehage" in run(project, "check", budget)


def test_areas_without_a_mapping_are_told_with_the_lines_to_add(project, tmp_path_factory):
    path = tmp_path_factory.mktemp("downloads") / "n.txt"
    path.write_text(as_printed(alternative_budget(NORDVIK, 2027)), encoding="utf-8")
    told = run(project, "add", path)
    assert "Areas without a harmonised area: 4" in told
    assert "\nNordvik,,Havn og areal,AREA_ID,same,,\n" in told
    assert "Nordvik,2027,INHABITANTS,2027-01-01,SOURCE,STATUS" in told
    assert "1. add the lines told above to data/reference" in told


def test_a_new_project_begins_without_documents(project, budget):
    project.registry.unlink()
    run(project, "add", budget)
    assert [document.id for document in load_registry(project.registry, set(FAMILIES))] == ["sv-rodt-2027"]


def test_unread_numbers_and_findings_are_all_shown_when_asked_for(project, budget):
    prose = "".join(
        f"Dersom staten bidrar, setter vi av {number} millioner kroner til formål {number}.\n"
        for number in range(100, 140)
    )
    wrong = BUDGET.replace("Totalt (MNOK) 24,5", "Totalt (MNOK) 25,5")
    budget.write_text(wrong.replace("Barnehage\n", f"{prose}\n\nBarnehage\n", 1), encoding="utf-8")
    short, long = run(project, "check", budget), run(project, "check", budget, "--all")
    assert "more; --all shows them" in short
    assert "more; --all shows them" not in long
    assert "139 millioner" in long
    assert "Findings of the audit: " in short
    assert "25.5, but its rows add up to 24.5" in " ".join(short.split())


def test_a_part_that_the_document_cannot_play_is_refused_before_anything_is_written(project, budget, tmp_path_factory):
    report = tmp_path_factory.mktemp("downloads") / "Årsberetning 2026.txt"
    report.write_text(REPORT, encoding="utf-8")
    before = state(project)
    for path, role, message in (
        (report, "before", "documents.before: trondheim-2026 is no proposal"),
        (report, "alternative", "documents.alternative: trondheim-2026 is no proposal"),
        (budget, "outcome", "documents.outcome: sv-rodt-2027 is a proposal"),
    ):
        with pytest.raises(UserError, match=message) as raised:
            run(project, "add", path, "--as", role)
        assert raised.value.line
        assert raised.value.remedy
    assert state(project) == before
