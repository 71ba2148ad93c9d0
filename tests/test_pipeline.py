"""The whole pipeline in a clone of its own: two commands, the same bytes, and mistakes that leave the site alone."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import git, run

PAGES = ["index.html", *(f"{lang}/overview.{kind}" for lang in ("nb", "en") for kind in ("html", "pdf"))]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_dvc_repro_publishes_the_reports_and_changes_nothing_in_git(built):
    for page in PAGES:
        assert (built / "reports" / page).stat().st_size > 1000, page
    assert git(built, "status", "--porcelain") == ""


def test_a_second_run_has_nothing_to_do(built):
    result = run(built, "dvc", "repro")
    assert result.returncode == 0
    assert "Running stage" not in result.stdout
    assert result.stdout.count("didn't change, skipping") == 5
    assert run(built, "dvc", "status", "--quiet").returncode == 0
    assert "publish" in run(built, "dvc", "dag").stdout


def test_metrics_are_shown_offline(built):
    shown = json.loads(run(built, "dvc", "metrics", "show", "--json").stdout)
    text = json.dumps(shown)
    for name in ("numbers_read", "numbers_unread", "rows", "findings", "reports_published"):
        assert name in text


def test_a_forced_run_gives_the_same_bytes(built):
    before = digests(built / "reports"), digests(built / "data" / "clean")
    result = run(built, "dvc", "repro", "--force")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (digests(built / "reports"), digests(built / "data" / "clean")) == before
    assert git(built, "status", "--porcelain") == ""


def break_missing_document(folder: Path) -> None:
    (folder / "data/raw/rodgronne-budsjett-2020.txt").unlink()


def break_document_encoding(folder: Path) -> None:
    (folder / "data/raw/rodgronne-budsjett-2020.txt").write_bytes(b"Budsjett \xe5\nfor \x81")


def break_family(folder: Path) -> None:
    edit(folder / "data/raw/documents.yml", "family: annual_report", "family: regnskap")


def break_params(folder: Path) -> None:
    edit(folder / "params.yaml", "languages: [nb, en]", "languages: [nb, sv]")


def break_parameter(folder: Path) -> None:
    edit(folder / "params.yaml", "overview: {}", "overview: {year: 2020}")


def break_notebook(folder: Path) -> None:
    edit(
        folder / "notebooks/overview.ipynb",
        '"e = open_edition(lang, price_year)',
        "\"raise ValueError('tom tabell')",
    )


def break_crosswalk(folder: Path) -> None:
    edit(folder / "data/reference/service_areas.csv", "Trondheim,,Helse og eldre,helse_omsorg,same,,\n", "")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "messages"),
    [
        (break_missing_document, ["rodgronne-budsjett-2020.txt", "is missing"]),
        (break_document_encoding, ["rodgronne-budsjett-2020.txt:2", "neither in UTF-8 nor"]),
        (break_family, ["documents.yml:", "no reader knows the family regnskap"]),
        (break_params, ["params.yaml:", "Input should be 'nb' or 'en'"]),
        (break_parameter, ["overview.ipynb", "no parameter year; it has lang, price_year"]),
        (break_notebook, ["overview.ipynb", "cell [2] raised ValueError: tom tabell"]),
        (break_crosswalk, ["service_areas.csv", "'Helse og eldre'", "add a row"]),
    ],
)
def test_a_mistake_stops_the_run_once_and_leaves_the_site(built, harm, messages):
    before = digests(built / "reports")
    harm(built)
    try:
        result = run(built, "dvc", "repro")
        output = result.stdout + result.stderr
        assert result.returncode != 0
        assert "Traceback" not in output
        assert output.count("error: ") == 1
        for message in [*messages, "Remedy: "]:
            assert message in output
        assert digests(built / "reports") == before
    finally:
        git(built, "checkout", "--quiet", ".")


def test_a_command_of_its_own_ends_with_exit_code_1(built):
    break_params(built)
    try:
        result = run(built, "kommunebudsjett", "tables")
        assert result.returncode == 1
        assert result.stderr.startswith("error: ")
    finally:
        git(built, "checkout", "--quiet", ".")


def test_another_price_year_and_language_reach_the_page(built):
    edit(built / "params.yaml", "  year: 2026 ", "  year: 2025 ")
    edit(built / "params.yaml", "languages: [nb, en]", "languages: [en]")
    try:
        result = run(built, "dvc", "repro")
        assert result.returncode == 0, result.stdout + result.stderr
        page = (built / "reports/en/overview.html").read_text(encoding="utf-8")
        assert "2025 kroner (municipal deflator)" in page
        assert "2026 kroner (municipal deflator)" not in page
        assert list((built / "reports/nb").iterdir()) == []
    finally:
        git(built, "checkout", "--quiet", ".")


def test_a_key_that_no_stage_depends_on_is_noticed(built):
    edit(built / "params.yaml", "printing: appendix", "printing: appendix\nprintign: chapter")
    try:
        result = run(built, "dvc", "repro")
        assert result.returncode != 0
        assert "params.yaml:13: printign: unknown key" in result.stderr + result.stdout
    finally:
        git(built, "checkout", "--quiet", ".")
