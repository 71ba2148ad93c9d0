"""Edited documents through read, tables and audit: tables that keep their contracts, or a message and all as it was."""

import csv
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kommunebudsjett.audit import stage as audit
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.readers import stage as read
from kommunebudsjett.tables import stage as tables
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table
from tests.conftest import ROOT
from tests.fuzz.mutations import edited, edits

DOCUMENTS = {document.id: document for document in load_registry(ROOT / "data/raw/documents.yml", set(read.FAMILIES))}
ROW_TO_ADD = re.compile(r"add a row: (.*)")


@pytest.fixture
def small(tmp_path) -> Project:
    """A project whose documents are a part of these: enough that each has something of all that its family has."""
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "params.yaml", tmp_path)
    project = Project(tmp_path)
    for document in DOCUMENTS.values():
        path = project.raw / document.file
        first = {"trondheim-2025": 1250, "rodgronne-2020": 250, "sv-rodt-2026": 150}[document.id]
        path.write_text("\n".join(path.read_text(encoding="utf-8").split("\n")[first : first + 350]), encoding="utf-8")
    return project


def run(project: Project) -> None:
    """The stages, doing what a message says where an area is not known."""
    read.run(project)
    crosswalk = project.reference / "service_areas.csv"
    for _ in range(60):
        try:
            tables.run(project)
        except UserError as mistake:
            row = ROW_TO_ADD.search(str(mistake))
            if not row:
                raise
            with crosswalk.open("a", encoding="utf-8") as file:
                file.write(row[1].replace("AREA_ID", "felles") + "\n")
        else:
            break
    audit.run(project)


def state(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def check(project: Project, texts: dict[str, str]) -> None:
    before = state(project.root)
    for file, text in texts.items():
        (project.raw / file).write_text(text, encoding="utf-8", newline="")
    try:
        run(project)
    except UserError as mistake:
        assert mistake.file and mistake.remedy
        # Of what was made before, each stage leaves all or nothing.
        clean = state(project.clean) if project.clean.exists() else {}
        assert not clean or set(clean) >= {f"{name}.csv" for name in TABLES if name != "findings"}
    else:
        for name, table in TABLES.items():
            frame = read_table(project.clean, name)
            with (project.clean / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            assert {len(row) for row in rows} == {len(table.names)}
            assert len(rows) == len(frame) + 1
        frame = read_table(project.clean, "findings")
        assert (
            not frame[["description_nb", "description_en"]]
            .map(lambda text: "nan" in text or "None" in text)
            .any(axis=None)
        )
        assert pd.Series(frame["lines"]).str.fullmatch(r"\d+(-\d+)?(;\d+(-\d+)?)*").all()
    finally:
        assert not [path for path in project.root.rglob(".*-*")]
        for path in sorted(project.root.rglob("*"), reverse=True):
            if path.is_file() and str(path.relative_to(project.root)) not in before:
                path.unlink()
        for name, content in before.items():
            (project.root / name).write_bytes(content)


@settings(suppress_health_check=list(HealthCheck), max_examples=4)
@given(st.lists(edits(30), min_size=3, max_size=3))
def test_edited_documents(small, made):
    texts = {}
    for document, each in zip(DOCUMENTS.values(), made, strict=True):
        lines = (small.raw / document.file).read_text(encoding="utf-8").split("\n")
        texts[document.file] = "\n".join(edited(lines, each)).replace("\0", "")
    check(small, texts)


@pytest.mark.soak
@settings(suppress_health_check=list(HealthCheck), max_examples=100)
@given(st.lists(edits(60), min_size=3, max_size=3))
def test_edited_documents_for_long(small, made):
    test_edited_documents.hypothesis.inner_test(small, made)
