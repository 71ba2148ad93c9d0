"""Hostile text in documents does nothing in the tables, the downloads, the pages, the PDFs or a terminal."""

import csv
import datetime
import os
import shutil
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from kommunebudsjett.core.printable import is_hidden
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.forms.limits import MOST_BYTES
from kommunebudsjett.publish.downloads import WORKBOOK, write_downloads
from kommunebudsjett.tables.contracts import TABLES
from tests.conftest import ROOT, run
from tests.fuzz import test_stages
from tests.fuzz.hostile import PAYLOADS, make_configuration_hostile, make_hostile


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Project:
    """A project with hostile documents and words of data/reference, through read, tables and audit."""
    root = tmp_path_factory.mktemp("hostile")
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "params.yaml", root)
    project = Project(root)
    assert make_hostile(project) > 5 * len(PAYLOADS)
    assert make_configuration_hostile(project) > 5 * len(PAYLOADS)
    test_stages.run(project)
    return project


def test_tables_hold_the_text_as_printed_and_every_program_reads_the_same_rows(hostile):
    for name, table in TABLES.items():
        path = hostile.clean / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert {len(row) for row in rows} == {len(table.names)}
        assert len(pd.read_csv(path, dtype=str, keep_default_na=False)) == len(rows) - 1
        assert b"\r" not in path.read_bytes()
    text = "".join((hostile.clean / f"{name}.csv").read_text(encoding="utf-8") for name in TABLES)
    for payload in filter(str.isprintable, PAYLOADS):
        assert unicodedata.normalize("NFC", payload).replace('"', '""') in text, payload


def test_downloads_hold_no_formula(hostile, tmp_path):
    write_downloads(hostile.clean, datetime.date(2026, 1, 1), tmp_path)
    for sheet in openpyxl.load_workbook(tmp_path / WORKBOOK):
        assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_messages_show_what_a_terminal_would_obey(project):
    """A name in a document that nobody mapped is quoted in a message."""
    path = project.raw / "sv-rodt-alternativt-budsjett-2026.txt"
    text = path.read_text(encoding="utf-8").replace("Sosiale tjenester", "Sosiale \x1b[2J\u202etjenester\x07")
    path.write_text(text, encoding="utf-8")
    assert run(project.root, "kommunebudsjett", "read").returncode == 0
    result = run(project.root, "kommunebudsjett", "tables")
    assert result.returncode == 1
    assert "Sosiale" in result.stderr and "has no harmonised area" in result.stderr
    assert not set(filter(is_hidden, result.stdout + result.stderr)) - {"\n"}


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: os.mkfifo(path), "is no file"),
        (lambda path: path.symlink_to("/dev/zero"), "is no file"),
        (lambda path: path.mkdir(), "is no file"),
        (lambda path: path.symlink_to(path), "cannot be opened"),
        (lambda path: path.open("wb").truncate(2**30), f"has {2**30} bytes, and at most {MOST_BYTES} are read"),
        (lambda path: path.write_text("a" * 20_001), "the line has 20001 characters"),
        (lambda path: path.write_text("\n".join(["a"] * 100_001)), "the document has 100001 lines"),
        (lambda path: path.write_text("Budsjett\n\0"), "is binary"),
        (lambda path: path.write_bytes(b"Budsjett \xe5\n\x81"), "neither in UTF-8 nor"),
    ],
)
def test_what_is_no_document_is_refused_at_once(project, make, message):
    path = project.raw / "rodgronne-budsjett-2020.txt"
    path.unlink()
    make(path)
    result = run(project.root, "kommunebudsjett", "read")
    assert result.returncode == 1
    assert message in result.stderr and "Remedy: " in result.stderr and "Traceback" not in result.stderr
    assert not project.interim.exists()


def test_letters_with_marks_are_composed_and_a_carriage_return_is_a_space(tmp_path):
    path = tmp_path / "budsjett.txt"
    path.write_text("Ma\u030alet er na\u030add.\rOg mer\r\n", encoding="utf-8", newline="")
    assert read_lines(path) == ["Målet er nådd. Og mer"]


class _Page(HTMLParser):
    """What a page holds that could run or load something."""

    def __init__(self):
        super().__init__()
        self.found: list[tuple] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        own = tag == "script" and (given.get("src") or "").removeprefix("../").startswith("assets/")
        if tag in ("script", "iframe", "object", "embed", "form", "base") and not own:
            self.found.append((tag, attrs))
        for name, value in attrs:
            scheme = (value or "").strip().lower().partition(":")[0]
            if name.startswith("on") or scheme in ("javascript", "vbscript", "data") or (name, value) == ("src", "x"):
                self.found.append((tag, name, value))


@pytest.mark.soak
def test_the_whole_site_of_hostile_documents(hostile, browser):
    for command in (["execute", "--quiet"], ["publish"]):
        result = run(hostile.root, "kommunebudsjett", *command)
        assert result.returncode == 0, result.stderr
        assert not set(filter(is_hidden, result.stdout + result.stderr)) - {"\n"}
    pages = sorted(hostile.reports.rglob("*.html"))
    assert len(pages) > 30 and len(list(hostile.reports.rglob("*.pdf"))) > 20
    events: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: (events.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: events.append(str(error)))
    page.on("console", lambda message: events.append(message.text))
    for path in pages:
        text = path.read_text(encoding="utf-8")
        parser = _Page()
        parser.feed(text)
        assert not parser.found, path
        # Soft hyphens only say where a word may be divided.
        assert not set(filter(is_hidden, text)) - {"\n", "\t", "\u00ad"}, path
        if path.name != "404.html":
            page.goto(path.as_uri())
    context.close()
    assert not events
    for path in Path(hostile.reports).rglob("*.pdf"):
        assert "root:" not in run(hostile.root, "pdftotext", str(path), "-").stdout
