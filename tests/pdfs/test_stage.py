"""A registered document that is a PDF, from data/raw to the published page."""

import hashlib
import re
import shutil

import pytest

from kommunebudsjett.audit import stage as audit
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.core.texts import Text, document_lines, document_pages, page_of
from kommunebudsjett.publish import html
from kommunebudsjett.publish.citations import Source, cited
from kommunebudsjett.publish.site import sources
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.tables import stage as tables
from kommunebudsjett.tables.storage import read_table
from tests.conftest import ROOT
from tests.pdfs import typst_maker
from tests.pdfs.from_text import party_budget
from tests.pdfs.model import Layout
from tests.publish.reports import SITE, shown
from tests.saying import say

TEXT = "sv-rodt-alternativt-budsjett-2026.txt"
ID = "sv-rodt-2026"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """A project whose party budget with tables is a PDF, read and put into tables."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "params.yaml", folder)
    project = Project(folder)
    made = typst_maker.make(party_budget(read_lines(project.raw / TEXT)), Layout(), tmp_path_factory.mktemp("pdf"))
    (project.raw / TEXT).unlink()
    shutil.copy(made, project.raw / TEXT.replace(".txt", ".pdf"))
    registry = project.registry.read_text(encoding="utf-8").replace(TEXT, TEXT.replace(".txt", ".pdf"))
    project.registry.write_text(registry, encoding="utf-8")
    for stage in (readers, tables, audit):
        stage.run(project)
    return project


def test_the_text_of_every_document_is_made_once(project):
    for document, file in (
        ("rodgronne-2020", "rodgronne-budsjett-2020.txt"),
        ("trondheim-2025", "trondheim-arsberetning-2025.txt"),
    ):
        assert document_lines(project, document) == read_lines(project.raw / file)
        assert document_pages(project, document) == []
    pages = document_pages(project, ID)
    assert pages == sorted(pages) and pages[0] == 1 and len(pages) > 10
    assert (project.interim / ID / "document.pdf").read_bytes() == next(project.raw.glob("*.pdf")).read_bytes()
    rows = (project.interim / ID / "pages.csv").read_text(encoding="utf-8").splitlines()
    assert rows[:2] == ["page,line_first", "1,1"]
    with pytest.raises(UserError, match="has not been read"):
        document_lines(project, "nobody")


def test_the_measures_are_those_of_the_text(project):
    compared = ["area", "kind", "group", "measure", "year", "amount_mnok", "printing"]

    def measures(folder) -> list[tuple]:
        frame = read_table(folder, "measures")
        rows = frame.loc[frame["document"] == ID, compared]
        return sorted(rows.astype(str).itertuples(index=False, name=None))

    assert measures(project.clean) == measures(ROOT / "data" / "clean")
    cells = read_table(project.clean, "table_cells")
    lines = document_lines(project, ID)
    for cell in cells[cells["document"] == ID].itertuples():
        assert cell.raw in lines[cell.line - 1]


def test_the_digest_is_that_of_the_raw_file(project):
    documents = read_table(project.clean, "documents").set_index("document")
    for document, row in documents.iterrows():
        assert row["sha256"] == hashlib.sha256((project.raw / row["file"]).read_bytes()).hexdigest(), document


def test_the_page_of_the_source_tells_pages_and_offers_the_pdf(project):
    text = Text(document_lines(project, ID), document_pages(project, ID))
    about = {"title": "Et løft", "publisher": "SV og Rødt", "file": "budsjett.pdf", "original": f"{ID}.pdf"}
    page = html.source_page(about, text, [], "", SITE)
    assert f'<a href="{ID}.pdf">budsjett.pdf</a>' in page
    for number, line in enumerate(text.pages, start=1):
        assert f'<a href="#P{number}">{number}</a>' in page
        after = page[page.index(f'<h3 id="P{number}">') :]
        assert after.startswith(f'<h3 id="P{number}"><a href="{ID}.pdf#page={number}"')
        assert re.search(r'<p id="L(\d+)"', after)[1] == str(line)
    # A document that is text has neither.
    plain = html.source_page({**about, "file": "b.txt", "original": ""}, Text(["a"], []), [], "", SITE)
    assert "Gå til side" not in plain and "<h3" not in plain and ".pdf" not in plain


def test_the_site_knows_the_pages(project):
    named = sources(project, load_params(project))
    pages = document_pages(project, ID)
    assert named["nb"][ID].pages == tuple(pages)
    assert named["nb"]["rodgronne-2020"].pages == ()


def test_links_to_lines_say_the_page(monkeypatch):
    documents = {
        "pdf": Source("SV 2026", "Budsjett", pages=(1, 40, 80)),
        "text": Source("Kommunen 2025", "Årsberetning"),
    }
    one = Cell("5", (("pdf", "41"),))
    run = Cell("6", (("pdf", "39-41"),))
    derived = Cell("11", (("pdf", "2;4;41"), ("text", "7")), "summen")
    first = Cell("7", (("text", "3"),))
    blocks = shown(
        monkeypatch,
        lambda: say("nb", nb="{a} {b} {c} {d}", en="{a} {b} {c} {d}", a=one, b=run, c=derived, d=first),
    )
    for lang, page, pages, line, lines in (
        ("nb", "side 2", "side 1–2", "linje 41", "linje 39–41"),
        ("en", "page 2", "pages 1–2", "line 41", "lines 39–41"),
    ):
        [block], citations = cited(blocks, documents, lang)
        titles = [cell.get("title", "") for cell in block["cells"]]
        assert titles[0].endswith(f"SV 2026, {page}, {line}")
        assert titles[1].endswith(f"SV 2026, {pages}, {lines}")
        assert titles[3].endswith("Kommunen 2025, linje 3" if lang == "nb" else "Kommunen 2025, line 3")
        [note] = citations.notes.values()
        rests = [(name, [text for _, text in runs]) for name, runs in citations.rests_on(note)]
        word = page.split()[0]
        assert rests == [(f"SV 2026, {word} 1", ["2", "4"]), (f"{word} 2", ["41"]), ("Kommunen 2025", ["7"])]


def test_the_page_of_a_line():
    assert [page_of([1, 40, 40, 80], line) for line in (1, 39, 40, 80, 500)] == [1, 1, 3, 4, 4]
    assert page_of([], 7) == 0
