"""Names of documents tell them apart: two proposals for one year, two parties of one name, two reports of one year."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.glosses import english
from kommunebudsjett.tables.names import with_names
from kommunebudsjett.tables.storage import read_table
from kommunebudsjett.tables.validation import write_table
from tests.conftest import ROOT
from tests.report import reading
from tests.report.names import REPORT, RODGRONNE, SV_RODT

NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def with_documents(folder: Path, change) -> Project:
    """A project with the clean tables of this one, in which `change` is done to the table of documents."""
    for name in ("data/clean", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "params.yaml", folder)
    rewrite(folder, "documents", change)
    return Project(folder)


def rewrite(folder: Path, name: str, change) -> None:
    frame = change(read_table(ROOT / "data/clean", name))
    if name == "documents":
        frame = with_names(frame, english(ROOT / "data/reference"))
    (folder / "data/clean" / f"{name}.csv").unlink()
    write_table(frame[TABLES[name].names].astype(TABLES[name].dtypes), folder / "data/clean", TABLES[name])


def later(column: str, by: int = 6):
    """The years of the document of 2020 in a column, so much later."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        own = frame["document"] == "rodgronne-2020"
        return frame.assign(**{column: frame[column].mask(own, frame[column] + by)})

    return change


def of_one_year(documents: pd.DataFrame) -> pd.DataFrame:
    for column in ("budget_year", "period_from", "period_to"):
        documents = later(column)(documents)
    return documents


@pytest.fixture(scope="module")
def same_year(tmp_path_factory) -> Project:
    """A project whose two proposals are for 2026."""
    folder = tmp_path_factory.mktemp("same-year")
    project = with_documents(folder, of_one_year)
    rewrite(folder, "measures", later("year"))
    return project


@pytest.mark.parametrize("name", NOTEBOOKS)
@pytest.mark.parametrize("lang", ["nb", "en"])
def test_no_report_calls_two_documents_the_same(same_year, lang, name, monkeypatch):
    area = {"area_id": "oppvekst"} if name == "service_area" else {}
    found = reading.shown(same_year.notebooks, name, lang, 2026, monkeypatch, **area)
    headings = re.findall(r"^#+ .*$", reading.sentences(found), re.MULTILINE)
    assert len(set(headings)) == len(headings)
    captions = [block["caption"] for block in found if block.get("caption")]
    assert len(set(captions)) == len(captions)
    for block in found:
        heads = [column["header"] for column in block.get("columns", [])]
        assert len(set(heads)) == len(heads), heads
    assert not re.search(r"\b2026 (?:og|and) 2026\b", reading.words(found))


def test_the_heads_of_the_overview_name_the_publisher(same_year, monkeypatch):
    found = reading.shown(same_year.notebooks, "overview", "nb", 2026, monkeypatch)
    heads = [column["header"] for block in found for column in block.get("columns", [])]
    assert {"Endring 2026 (De rødgrønne)", "Endring 2026 (SV og Rødt)"} <= set(heads)
    assert "Endring 2026" not in heads
    assert "partibudsjettene for 2026 (De rødgrønne) og 2026 (SV og Rødt)" in reading.sentences(found)


def copied(**other: str):
    """The documents with each one once more, under other ids and with other values."""

    def change(documents: pd.DataFrame) -> pd.DataFrame:
        more = documents.assign(document=documents["document"] + "-b", **other)
        return pd.concat([documents, more], ignore_index=True)

    return change


@pytest.mark.parametrize(
    ("other", "name", "called"),
    [
        ({"municipality": "Bodø"}, "SV og Rødt 2026 (Bodø)", "budsjettforslaget til SV og Rødt for 2026 (Bodø)"),
        (
            {"title": "Utkast"},
            "SV og Rødt 2026 (sv-rodt-2026-b)",
            "budsjettforslaget til SV og Rødt for 2026 (sv-rodt-2026-b)",
        ),
        ({"publisher": "MDG"}, "MDG 2026", "budsjettforslaget til MDG for 2026"),
    ],
)
def test_a_name_is_that_of_one_document(tmp_path, other, name, called):
    project = with_documents(tmp_path, copied(**other))
    e = Edition(project, load_params(project), "nb")
    rows = [e.document(document) for document in e.table("documents", "document")["document"]]
    assert len({e.name(row) for row in rows}) == len({e.called(row) for row in rows}) == 6
    assert e.name(e.document("sv-rodt-2026-b")) == name
    assert e.called(e.document("sv-rodt-2026-b")) == called
    assert e.called(e.document("sv-rodt-2026-b"), start=True).startswith("Budsjettforslaget til")


def test_reports_of_one_year_are_told_apart_by_their_publisher(tmp_path):
    project = with_documents(tmp_path, copied(publisher="Bodø kommune"))
    e = Edition(project, load_params(project), "en")
    assert e.called(e.document("trondheim-2025-b")) == "the annual report for 2025 of Bodø kommune"


def test_documents_that_differ_keep_their_short_names():
    project = Project(ROOT)
    e = Edition(project, load_params(project), "nb")
    assert [e.name(e.document(document)) for document in (RODGRONNE, SV_RODT, REPORT)] == [
        "De rødgrønne 2020", "SV og Rødt 2026", "Årsberetning 2025",
    ]  # fmt: skip
    assert (e.dated(RODGRONNE), e.dated(SV_RODT)) == ("2020", "2026")


def test_two_proposals_of_one_party_for_one_year_are_told_apart_by_their_ids(tmp_path):
    project = with_documents(tmp_path, lambda documents: of_one_year(documents).assign(publisher="SV og Rødt"))
    e = Edition(project, load_params(project), "nb")
    assert e.dated(SV_RODT) == "2026 (SV og Rødt, sv-rodt-2026)"
    assert e.dated(RODGRONNE) != e.dated(SV_RODT)
