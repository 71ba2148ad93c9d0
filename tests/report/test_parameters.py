"""Every notebook with other parameters than those of params.yaml: nothing is empty, and nothing is stale."""

import re
import shutil

import pytest

from kommunebudsjett.audit import stage as audit
from kommunebudsjett.core.project import Project
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.tables import stage as tables
from tests.conftest import ROOT
from tests.report.reading import shown, words

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
# What stands where a value is missing or a place was not filled in.
NOTHING = re.compile(r"\b(nan|NaN|None|NaT)\b|<NA>|\{\w+\}|[\ue000\ue001]|\(\)")


def made(folder, *edits: tuple[str, str]) -> Project:
    """A project of its own with edits in params.yaml, and its clean tables."""
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    text = (ROOT / "params.yaml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    (folder / "params.yaml").write_text(text, encoding="utf-8")
    project = Project(folder)
    for stage in (readers, tables, audit):
        stage.run(project)
    return project


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory) -> Project:
    """The two party budgets exchanged, the prices of another year, and only some of the reports."""
    return made(
        tmp_path_factory.mktemp("exchanged"),
        ("before: rodgronne-2020", "before: sv-rodt-2026"),
        ("alternative: sv-rodt-2026", "alternative: rodgronne-2020"),
        ("year: 2026 ", "year: 2025 "),
        ("languages: [nb, en]", "languages: [en]"),
        ("area_id: all", "area_id: [oppvekst]"),
        ("  topics: {}\n", ""),
    )


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_report_follows_its_parameters(exchanged, name, lang, monkeypatch):
    own = {"area_id": "oppvekst"} if name == "service_area" else {}
    found = shown(exchanged.notebooks, name, lang, 2025, monkeypatch, **own)
    text = words(found)
    assert len(text) > 1000
    assert not NOTHING.search(text), NOTHING.search(text)
    # Converted amounts are in the prices that were asked for, not in those of the edition as it is published.
    assert not re.search(r"2026[- ]kroner \((kommunal deflator|municipal deflator)\)", text)
    # Links lead to reports that are published: all but the topics, and of the areas one.
    pages = {page.split("#")[0] for page in re.findall(r"'page': '([^'#]+)", repr(found))}
    areas = {page for page in pages if page.startswith("area-")}
    assert "topics.html" not in pages
    assert areas <= {"area-oppvekst.html"}


@pytest.mark.parametrize("area_id", ["felles", "byutvikling", "finans_organisasjon"])
def test_an_area_that_a_document_lacks_is_told_in_words(exchanged, area_id, monkeypatch):
    text = words(shown(exchanged.notebooks, "service_area", "nb", 2025, monkeypatch, area_id=area_id))
    assert not NOTHING.search(text), NOTHING.search(text)
