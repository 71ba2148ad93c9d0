"""A registered document that is a web page, from data/raw to the published page; and what `text` says of it."""

import re
import shutil
import zipfile
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from kommunebudsjett.adding import terminal
from kommunebudsjett.cli import cli
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.texts import LeftOut, Text, document_lines, document_pages, document_places, original
from kommunebudsjett.publish import html
from kommunebudsjett.publish.citations import Source, cited
from kommunebudsjett.publish.originals import offer, offered
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.report.blocks import Cell
from tests.conftest import ROOT
from tests.forms.makers import blocks, docx, page, paragraph, saved
from tests.forms.makers import html as as_page
from tests.publish.reports import SITE, shown
from tests.saying import say

FILE, ID = "trondheim-arsberetning-2025.txt", "trondheim-2025"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """A project whose annual report is a web page, read."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "params.yaml", folder)
    project = Project(folder)
    lines = (project.raw / FILE).read_text(encoding="utf-8").split("\n")
    (project.raw / FILE).unlink()
    name = FILE.replace(".txt", ".html")
    (project.raw / name).write_text(
        as_page(blocks(lines)).replace("<body>", "<body><nav>Side 7</nav>"), encoding="utf-8"
    )
    registry = project.registry.read_text(encoding="utf-8").replace(FILE, name)
    project.registry.write_text(registry, encoding="utf-8")
    readers.run(project)
    return project


def test_the_stage_keeps_the_text_its_places_and_the_file(project):
    lines, places = document_lines(project, ID), dict(document_places(project, ID))
    assert document_pages(project, ID) == []
    at = lines.index("Statlig tilskudd og skatt\t-16 786\t-16 844\t58") + 1
    assert places[at] == "1.1.1. Revidert budsjett og regnskap for 2025 før resultatet …, tabell 1, rad 2"
    assert original(project, ID).name == "document.html"
    assert original(project, "sv-rodt-2026") is None
    assert document_places(project, "sv-rodt-2026") == []
    unread = (project.interim / ID / "unread.csv").read_text(encoding="utf-8")
    assert "Side 7,it is no part of the document: a menu" in unread


def test_the_page_of_the_source_shows_places_and_offers_the_file(project):
    text = Text(document_lines(project, ID), [], [], document_places(project, ID))
    about = {"title": "Årsberetning", "publisher": "Trondheim", "file": "side.html", "original": f"{ID}.zip"}
    made = html.source_page(about, text, [], "", SITE)
    assert f'<a href="{ID}.zip">side.html</a>' in made
    line, place = text.places[3]
    assert f'<p id="L{line}"><a href="#L{line}">{line}</a>' in made
    assert f"<small>{place}</small></p>" in made
    assert "Gå til side" not in made


def test_a_web_page_is_offered_packed(tmp_path):
    """A browser would run what it holds as if it were a page of the site."""
    file = saved(tmp_path, page("<script>alert(1)</script>"), "document.html")
    assert offered(file, "d") == "d.zip"
    offer(file, "side.html", tmp_path / "d.zip")
    with zipfile.ZipFile(tmp_path / "d.zip") as package:
        assert package.namelist() == ["side.html"]
        assert package.read("side.html") == file.read_bytes()
    first = (tmp_path / "d.zip").read_bytes()
    offer(file, "side.html", tmp_path / "d.zip")
    assert (tmp_path / "d.zip").read_bytes() == first
    word = docx(tmp_path / "document.docx", paragraph("A"))
    assert offered(word, "d") == "d.docx"
    offer(word, "a.docx", tmp_path / "d.docx")
    assert (tmp_path / "d.docx").read_bytes() == word.read_bytes()


def test_links_to_lines_say_the_place(monkeypatch):
    places = {3: "Drift, avsnitt 1", 7: "Drift, tabell 1, rad 2", 8: "Drift, tabell 1, rad 3"}
    documents = {"web": Source("SV 2026", "Budsjett", places=places)}
    cells = [
        Cell("5", (("web", "3"),)),
        Cell("6", (("web", "7-8"),)),
        Cell("7", (("web", "4"),)),
        Cell("8", (("web", "3;7"),), "summen"),
    ]
    named = dict(zip("abcd", cells, strict=True))
    found = shown(monkeypatch, lambda: say("nb", nb="{a} {b} {c} {d}", en="{a} {b} {c} {d}", **named))
    [block], citations = cited(found, documents, "nb")
    titles = [cell.get("title", "") for cell in block["cells"]]
    assert titles[0].endswith("SV 2026, Drift, avsnitt 1, linje 3")
    assert titles[1].endswith("SV 2026, Drift, tabell 1, rad 2 – Drift, tabell 1, rad 3, linje 7–8")
    assert titles[2].endswith("SV 2026, linje 4")
    [note] = citations.notes.values()
    assert [where for where, _ in citations.rests_on(note)] == ["SV 2026, Drift, avsnitt 1", "Drift, tabell 1, rad 2"]


def test_check_says_how_the_file_was_read(capsys):
    left = [LeftOut(3, "Side 7", "a menu"), LeftOut(4, "Side 8", "a menu"), LeftOut(9, "x", "it is struck out")]
    text = Text(["A"], [], left, [], ["read as Windows-1252"])
    terminal.how_read(terminal.Report(terminal.console()), SimpleNamespace(text=text))
    said = capsys.readouterr().out
    assert "Read as Windows-1252." in said
    assert re.search(r"2\s+a menu\s*\n\s*1\s+it is struck out", said)
    terminal.how_read(terminal.Report(terminal.console()), SimpleNamespace(text=Text(["A"], [])))
    assert capsys.readouterr().out == ""


def test_the_command_text_prints_lines_and_says_the_rest(tmp_path):
    file = saved(tmp_path, page("<nav>Side 7</nav><h1>A</h1><p>5 mill.</p><iframe src='https://x.no/1'></iframe>"))
    result = CliRunner().invoke(cli, ["text", str(file)])
    assert result.exit_code == 0
    assert result.stdout == "# A\n\n5 mill.\n"
    assert "left out near line 1: 'Side 7': it is no part of the document: a menu" in result.stderr
    assert "the page shows another page, which is not in the file: https://x.no/1" in result.stderr


def test_the_command_text_takes_a_folder(tmp_path):
    folder = tmp_path / "budsjett"
    folder.mkdir()
    saved(folder, page("<h1>B</h1>"), "side10.html")
    saved(folder, page("<h1>A</h1>"), "side2.html")
    result = CliRunner().invoke(cli, ["text", str(folder)])
    assert result.stdout == "# A\n\n# B\n"
    assert "order of their names: side2.html, side10.html" in result.stderr
