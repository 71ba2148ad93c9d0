"""Quarto: the documents that are handed to it, how it is found and called, and what is told when it fails.

The real program is used where it is on PATH. Elsewhere a stand-in records how it is called, and Pandoc, which Quarto
is built on, reads the documents.
"""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypandoc
import pytest
import typst
import yaml
from pypdf import PdfReader

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.qmd import document, escaped
from kommunebudsjett.publish.quarto import find_quarto, project_file, render, write_project
from kommunebudsjett.report.blocks import Cell, Column, Lines, Link, Quotation, quotations, table
from kommunebudsjett.report.pictures import figure
from tests.conftest import run
from tests.publish.reports import DOCUMENTS, report, shown
from tests.publish.test_pdf import PLACES, SALT, bars, salt, salted_report
from tests.saying import details, say

DATE = datetime.date(2026, 11, 22)
SITE = {
    "languages": ["nb", "en"],
    "edition": "1",
    "date": {"nb": "22. november 2026", "en": "22 November 2026"},
    "address": "",
    "documents": {"nb": DOCUMENTS, "en": DOCUMENTS},
}
REAL = shutil.which("quarto")

STAND_IN = """\
#!{python}
import json, os, pathlib, sys
record = pathlib.Path({record!r})
calls = json.loads(record.read_text()) if record.exists() else []
calls.append({{"arguments": sys.argv[1:], "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
              "fonts": os.environ.get("TYPST_FONT_PATHS")}})
record.write_text(json.dumps(calls))
if sys.argv[1] == "--version":
    print({version!r})
    sys.exit({version_code})
project = pathlib.Path(sys.argv[2])
for file in project.glob("*/*.qmd"):
    for ending in {endings!r}:
        made = project / "_output" / file.relative_to(project).with_suffix(ending)
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text("made by quarto of " + file.stem)
sys.stderr.write({says!r})
sys.exit({code})
"""


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Put a program named quarto first on PATH that records its calls; the function gives the record."""

    def install(version="1.9.12", version_code=0, endings=(".html", ".pdf"), says="", code=0):
        folder = tmp_path / "bin"
        folder.mkdir()
        record = tmp_path / "calls.json"
        program = folder / "quarto"
        program.write_text(
            STAND_IN.format(
                python=sys.executable,
                record=str(record),
                version=version,
                version_code=version_code,
                endings=endings,
                says=says,
                code=code,
            ),
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        return lambda: json.loads(record.read_text())

    return install


@pytest.fixture
def found(monkeypatch):
    """A report with everything that a notebook can show."""
    derived = Cell("510 mill. kr", (("sv-rodt-2026", "12;20"),), how="summen av to tiltak")
    salted = Cell(SALT, (("sv-rodt-2026", "12"),))
    parts = shown(
        monkeypatch,
        lambda: say(
            "nb",
            nb="## Tiltak og *mål*\n\nSum: {sum}, {link}, {salt} og [figuren](#sumfigur), [borte](#borte).\n\n"
            "- a\n- b\n\n1. c",
            en="",
            sum=derived,
            link=Link("økonomien", page="economy.html"),
            salt=salted,
        ),
        lambda: details("nb", "Mer", nb="Om {x}.", en="", x=Cell("school", lang="en")),
        lambda: quotations("nb", [Quotation("Skolemat", "Vi vil.\n\nHa mat.", ("sv-rodt-2026", "12-14"), derived)]),
        lambda: table(
            "sumtabell",
            caption="Summer",
            columns=[Column("Emne", False), Column("I alt"), Column("Linjer", False)],
            rows=[["Skole", derived, Lines("", (("sv-rodt-2026", "20"),))], [salted, "ingen", "ingen"]],
            note="Et forbehold.",
            emphasised=(1,),
        ),
        lambda: figure(
            "sumfigur",
            bars(3),
            caption="Summen av områdene",
            alt='Område 2 er "størst" av de tre {{< include x >}}.',
            columns=[Column("Område", False), Column("Sum")],
            rows=[["Område 2", derived]],
        ),
    )
    return report(parts)


@pytest.fixture
def parsed(found):
    """The document of that report as Pandoc reads it."""
    return json.loads(pypandoc.convert_text(document(found, DOCUMENTS, SITE), "json", format="markdown"))


def elements(node, kind: str) -> list:
    if isinstance(node, list):
        return [one for part in node for one in elements(part, kind)]
    if isinstance(node, dict):
        here = [node["c"]] if node.get("t") == kind else []
        return [*here, *elements(list(node.values()), kind)]
    return []


def test_the_document_has_title_language_and_no_code(found, parsed):
    header = yaml.safe_load(document(found, DOCUMENTS, SITE).split("---")[1])
    assert header["lang"] == "nb"
    assert header["engine"] == "markdown"
    assert header["execute"] == {"enabled": False}
    assert "freeze" not in json.dumps(header)
    assert elements(parsed, "CodeBlock") == elements(parsed, "RawBlock") == elements(parsed, "RawInline") == []


def test_figures_have_captions_and_alternative_texts(parsed):
    ((identity, _, pairs), caption, (address, _)) = elements(parsed, "Image")[0]
    assert identity == "fig-sumfigur" or elements(parsed, "Figure")[0][0][0] == "fig-sumfigur"
    assert dict(pairs)["fig-alt"] == 'Område 2 er "størst" av de tre {{< include x >}}.'
    assert "Summen" in json.dumps(caption)
    assert address == "figures/prove-sumfigur-wide.svg"


def test_no_shortcode_can_come_from_a_document(found):
    assert "{{<" not in document(found, DOCUMENTS, SITE)


def test_a_salted_document_is_plain_text(monkeypatch):
    salted, named = salted_report(monkeypatch)
    made = document(salted, named, SITE)
    read = json.loads(pypandoc.convert_text(made, "json", format="markdown"))
    for kind in ("Code", "CodeBlock", "RawBlock", "RawInline", "Math", "Cite", "Note"):
        assert elements(read, kind) == [], kind
    assert "{{<" not in made
    assert {target[0] for _, _, target in elements(read, "Image")} == {"figures/prove-f-wide.svg"}
    assert dict(elements(read, "Image")[0][0][2])["fig-alt"].split() == salt("alternative").split()
    # What Pandoc makes of it with its title, as one line of words.
    text = pypandoc.convert_text(made, "plain", format="markdown", extra_args=["--wrap=none", "-s", "--columns=9999"])
    found = re.sub(r"\s", "", text).casefold()
    # Of a document its name is shown; its title is on the page of its lines.
    for place in set(PLACES) - {"document"}:
        assert re.sub(r"\s", "", salt(place)).casefold() in found, place


def test_tables_have_captions_headers_and_links(parsed):
    tables = elements(parsed, "Table")
    assert len(tables) == 2
    assert "Summer" in json.dumps(tables[0][1], ensure_ascii=False)
    assert [alignment["t"] for alignment, _ in tables[0][2]] == ["AlignDefault", "AlignRight", "AlignDefault"]
    addresses = {target[0] for _, _, target in elements(tables[0], "Link")}
    assert addresses == {"#n.1", "../sources/sv-rodt-2026.html#L20", "../sources/sv-rodt-2026.html#L12"}


def test_links_lead_somewhere(parsed):
    addresses = {target[0] for _, _, target in elements(parsed, "Link")}
    assert {"economy.html", "../index.html", "../en/prove.html"} <= addresses
    names = {name for name in re.findall(r'\["([^"]+)", \[', json.dumps(parsed)) if name}
    assert {address[1:] for address in addresses if address.startswith("#")} <= names
    assert "#fig-sumfigur" in addresses
    assert "#borte" not in addresses


def test_derived_numbers_lead_to_notes(found):
    text = pypandoc.convert_text(
        document(found, DOCUMENTS, SITE), "plain", format="markdown", extra_args=["--wrap=none"]
    )
    assert "510 mill. kr [1]" in text
    assert "[1] Summen av to tiltak. SV og Rødt 2026: 12, 20." in text.replace("**", "")


def test_what_is_in_norwegian_says_so(monkeypatch):
    parts = shown(monkeypatch, lambda: say("en", nb="", en="The measure {x}.", x=Cell("Flere lærere", lang="nb")))
    made = document(report(parts, "en"), DOCUMENTS, SITE)
    assert '[Flere lærere]{lang="nb"}' in made


@pytest.mark.parametrize(
    "words",
    [SALT, "1. a", "- a", "# a", "a | b", ": a", "(@) a", "    a", "<b>a</b>", "https://a.no", "a  \nb", "@a", "&lt;"],
)
def test_escaped_words_are_those_words(words):
    made = pypandoc.convert_text(escaped(words), "plain", format="markdown", extra_args=["--wrap=none"])
    assert made.split() == words.split()


def test_typst_compiles_what_pandoc_makes_of_it(found, tmp_path):
    write_project({"nb": [found]}, SITE, tmp_path, (1, 9, 0))
    source = (tmp_path / "nb" / "prove.qmd").read_text(encoding="utf-8")
    main = tmp_path / "nb" / "prove.typ"
    main.write_text(pypandoc.convert_text(source, "typst", format="markdown", extra_args=["-s"]), encoding="utf-8")
    # A link to a place that is not there, or a sign that is taken for markup, would stop it.
    made = typst.compile(str(main), root=str(tmp_path))
    assert made.startswith(b"%PDF")


def test_the_project_keeps_what_executes_in_the_cache_and_never_freezes(found, tmp_path):
    write_project({"nb": [found]}, SITE, tmp_path, (1, 9, 0))
    project = yaml.safe_load((tmp_path / "_quarto.yml").read_text(encoding="utf-8"))
    assert project["execute"] == {"cache": True}
    assert project["toc"] is True
    assert project["format"]["typst"]["papersize"] == "a4"
    # The contents go as deep on the page, below the title, as in the PDF, whose headings Quarto raises by one level.
    assert (project["toc-depth"], project["format"]["typst"]["toc-depth"]) == (2, 1)
    assert project["format"]["html"]["embed-resources"] is True


@pytest.mark.parametrize(
    ("version", "standards"),
    [
        # The Typst of 1.9 is 0.14, which refuses two.
        ((1, 9, 0), ["ua-1"]),
        ((1, 9, 99), ["ua-1"]),
        ((1, 10, 17), ["ua-1"]),
        ((1, 10, 18), ["a-2a", "ua-1"]),
        ((2, 0, 0), ["a-2a", "ua-1"]),
    ],
)
def test_a_quarto_is_asked_for_the_standards_that_its_typst_can_do_at_once(version, standards):
    assert project_file(version)["format"]["typst"]["pdf-standard"] == standards


def with_renderer(project: Project) -> Project:
    text = project.params.read_text(encoding="utf-8")
    project.params.write_text(text.replace("renderer: builtin", "renderer: quarto"), encoding="utf-8")
    return project


def test_quarto_is_called_once_and_never_to_execute(project, found, stand_in):
    calls = stand_in()
    program = find_quarto(project)
    made = render(project, program, {"nb": [found]}, SITE, DATE)
    assert (made / "nb" / "prove.html").read_text() == "made by quarto of prove"
    version, rendering = calls()
    assert version["arguments"] == ["--version"]
    assert rendering["arguments"] == ["render", str(project.root / "build" / "quarto"), "--no-execute"]
    assert rendering["epoch"] == "1795305600"
    assert Path(rendering["fonts"], "DejaVuSans.ttf").is_file()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"version": "1.8.27"}, "is version 1.8.27; 1.9 or newer is needed"),
        ({"version": "0.9"}, "is version 0.9; 1.9 or newer is needed"),
        ({"version": "what?"}, "does not say its version: what?"),
        ({"version_code": 3}, "does not say its version"),
    ],
)
def test_a_quarto_that_will_not_do_is_refused(project, stand_in, options, message):
    stand_in(**options)
    with pytest.raises(UserError, match=re.escape(message)) as error:
        find_quarto(with_renderer(project))
    assert "conda env create" in error.value.remedy
    assert error.value.file == project.params
    assert error.value.line


@pytest.mark.parametrize(
    ("version", "read"),
    [
        ("1.9.0", (1, 9, 0)),
        ("1.10.2", (1, 10, 2)),
        ("2.0", (2, 0, 0)),
        ("99.9.9", (99, 9, 9)),
        ("1.9.12-rc1", (1, 9, 12)),
    ],
)
def test_newer_versions_do(project, stand_in, version, read):
    stand_in(version=version)
    program = find_quarto(project)
    assert (program.path.name, program.version) == ("quarto", read)


def test_without_quarto_the_error_says_how_to_get_it(project, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UserError, match="no program quarto is on PATH") as error:
        find_quarto(with_renderer(project))
    assert "renderer: builtin" in error.value.remedy


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"code": 1, "says": "\x1b[31mERROR: Typst compilation failed\x1b[0m\n"}, "ERROR: Typst compilation failed"),
        ({"endings": (".html",)}, "quarto made no nb/prove.pdf"),
    ],
)
def test_a_run_that_fails_says_why(project, found, stand_in, options, message):
    stand_in(**options)
    with pytest.raises(UserError, match=message):
        render(project, find_quarto(project), {"nb": [found]}, SITE, DATE)


def test_the_site_keeps_its_addresses_with_the_pages_of_quarto(untouched, stand_in, tmp_path):
    folder = Path(shutil.copytree(untouched, tmp_path / "copy"))
    before = {file.relative_to(folder) for file in (folder / "reports").rglob("*")}
    with_renderer(Project(folder))
    # Without the program, what was published stays.
    refused = run(folder, "kommunebudsjett", "publish")
    assert refused.returncode == 1 or REAL
    assert REAL or "no program quarto is on PATH" in refused.stderr
    calls = stand_in()
    result = run(folder, "kommunebudsjett", "publish")
    assert result.returncode == 0, result.stderr
    assert [call["arguments"][0] for call in calls()] == ["--version", "render"]
    for ending in (".html", ".pdf"):
        for lang in ("nb", "en"):
            made = (folder / "reports" / lang / f"overview{ending}").read_text(encoding="utf-8")
            assert made == "made by quarto of overview"
    assert {file.relative_to(folder) for file in (folder / "reports").rglob("*")} == before


@pytest.mark.skipif(REAL is None, reason="quarto is not on PATH")
def test_the_real_quarto_makes_pages_and_pdfs(project, found):
    made = render(project, find_quarto(project), {"nb": [found]}, SITE, DATE)
    page = (made / "nb" / "prove.html").read_text(encoding="utf-8")
    assert 'lang="nb"' in page
    assert "Område 2 er" in page
    assert "../sources/sv-rodt-2026.html#L12" in page
    assert not re.search(r'(?:src|href)="https?://[^"]+\.(?:js|css)"', page)
    reader = PdfReader(made / "nb" / "prove.pdf")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"].startswith("nb")
    assert "pdfuaid:part" in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert subprocess.run([REAL, "--version"], capture_output=True, text=True).stdout.strip()
