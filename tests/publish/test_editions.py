"""Kept editions: sites of their own, which no later build touches, with links between them that lead somewhere."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.execution import stage as execution
from kommunebudsjett.publish import editions
from kommunebudsjett.publish import stage as publishing
from tests.conftest import ROOT, run, with_reports
from tests.test_pages import parsed

ADDRESS = "https://example.invalid/budsjett"


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def edit(path: Path, old: str, new: str) -> int:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.fixture(scope="module")
def years(tmp_path_factory) -> tuple[Project, dict[str, str]]:
    """A project that kept its edition 2025 and then 2026, and published 2027; the digests of 2025 when it was kept."""
    project = with_reports(tmp_path_factory.mktemp("utgaver"), "  sources: {}\n")
    edit(project.params, 'edition: "1"', f'edition: "2025"\n  address: {ADDRESS}')
    execution.run(project, quiet=True)
    publishing.run(project)
    result = run(project.root, "kommunebudsjett", "keep-edition")
    assert result.returncode == 0, result.stderr
    assert "reports/editions/2025" in result.stdout
    first = digests(project.reports / "editions" / "2025")
    for old, new in (("2025", "2026"), ("2026", "2027")):
        edit(project.params, f'edition: "{old}"', f'edition: "{new}"')
        # Another year has other tables.
        findings = project.clean / "findings.csv"
        findings.write_bytes(b"".join(findings.read_bytes().splitlines(keepends=True)[:-1]))
        execution.run(project, quiet=True)
        publishing.run(project)
        if new == "2026":
            publishing.run(project, keep=True)
    return project, first


def test_a_later_build_leaves_every_byte_of_a_kept_edition(years):
    project, first = years
    assert len(first) > 40
    assert digests(project.reports / "editions" / "2025") == first
    assert sorted(path.name for path in (project.reports / "editions").iterdir()) == ["2025", "2026"]
    # No file of it is one of the site's too, so that nobody who edits the site edits it.
    kept = [path for path in (project.reports / "editions" / "2025").rglob("*") if path.is_file()]
    assert {path.stat().st_nlink for path in kept} == {1}
    # What was published since is something else.
    page = Path("nb", "sources.html")
    texts = [(project.reports / folder / page).read_text("utf-8") for folder in ("editions/2025", "editions/2026", ".")]
    assert len(set(texts)) == 3
    for name, text in zip(("2025", "2026", "2027"), texts, strict=True):
        assert f"Utgave {name}, " in text


def test_links_within_an_edition_and_between_them_lead_somewhere(years):
    project, _ = years
    pages = {path: parsed(path) for path in sorted(project.reports.rglob("*.html")) if path.name != "404.html"}
    assert len([path for path in pages if "editions" in path.parts]) > 10
    for path, page in pages.items():
        for link in page.links:
            address, anchor = urldefrag(link)
            if address.startswith(ADDRESS):
                continue
            target = (path.parent / unquote(address)).resolve() if address else path
            assert target.is_file(), f"{path}: {link}"
            if anchor and target in pages:
                assert anchor in pages[target].ids, f"{path}: {link}"


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_the_front_page_leads_to_each_kept_edition_and_they_to_the_newest(years, browser, lang):
    project, _ = years
    page = browser.new_page()
    front = project.reports / lang / "index.html"
    page.goto(front.as_uri())
    links = page.locator("#editions a")
    word = {"nb": "Utgave", "en": "Edition"}[lang]
    assert links.all_inner_texts() == [f"{word} 2026", f"{word} 2025"]
    found = Axe().run(page, options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    links.last.click()
    assert page.url == (project.reports / "editions" / "2025" / "index.html").as_uri()
    assert page.locator("#editions").count() == 0
    page.goto((project.reports / "editions" / "2026" / lang / "sources.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).maxWidth") == "800px"
    found = Axe().run(page, context="footer", options={"preload": False})
    assert found.violations_count == 0, found.generate_report()
    page.locator("footer a", has_text={"nb": "Til den nyeste utgaven", "en": "To the newest edition"}[lang]).click()
    assert page.url == (project.reports / "index.html").as_uri()
    page.goto((project.reports / "editions" / "2026" / lang / "index.html").as_uri())
    page.locator("#editions a").click()
    assert page.url == (project.reports / "editions" / "2025" / "index.html").as_uri()
    page.close()


def test_a_kept_edition_says_its_own_address(years):
    project, _ = years
    kept = (project.reports / "editions" / "2025" / "nb" / "sources.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}/editions/2025/nb/sources.html">' in kept
    newest = (project.reports / "nb" / "sources.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}/nb/sources.html">' in newest
    assert "nyeste utgaven" not in newest
    addresses = links(project.reports / "editions" / "2025" / "nb" / "sources.pdf")
    lines = [address for address in addresses if "/sources/" in address]
    assert lines and all(address.startswith(f"{ADDRESS}/editions/2025/sources/") for address in lines)
    assert not (project.reports / "editions" / "2025" / "404.html").exists()


def links(pdf: Path) -> list[str]:
    """The addresses that a PDF links to."""
    annotations = [annotation.get_object() for page in PdfReader(pdf).pages for annotation in page.get("/Annots", [])]
    return [str(found["/A"]["/URI"]) for found in annotations if "/URI" in found.get("/A", {})]


def test_an_edition_is_kept_once(years):
    project, first = years
    edit(project.params, 'edition: "2027"', 'edition: "2025"')
    try:
        with pytest.raises(UserError, match="the edition 2025 is kept already") as raised:
            publishing.run(project, keep=True)
        assert raised.value.line and raised.value.remedy
        before = digests(project.reports)
        with pytest.raises(UserError, match=r"no longer those of the edition 2025, which is kept \(findings\.csv\)"):
            publishing.run(project)
        assert digests(project.reports) == before
    finally:
        edit(project.params, 'edition: "2025"', 'edition: "2027"')
    assert digests(project.reports / "editions" / "2025") == first


def test_what_was_kept_can_be_published_under_its_name_again(years):
    project, _ = years
    edition = project.reports / "editions" / "2027"
    publishing.run(project, keep=True)
    publishing.run(project)
    assert editions.kept(project) == ["2027", "2026", "2025"]
    shutil.rmtree(edition)
    publishing.run(project)


@pytest.mark.parametrize("name", ["2. utgave", "../2025", "a/b", "æ", ".skjult", "a..b", "-", "a "])
def test_a_name_that_cannot_be_an_address_is_refused(project, name):
    line = edit(project.params, 'edition: "1"', f'edition: "{name}"')
    with pytest.raises(UserError, match="cannot be kept") as raised:
        publishing.run(project, keep=True)
    assert raised.value.line == line
    assert not (project.reports / "editions").exists()


def test_editions_stand_in_the_order_of_their_years(project):
    for name in ("9", "2026", "10", "2025", "2025-2", "utkast", ".tmp", "<b>"):
        (project.reports / "editions" / name).mkdir(parents=True)
        (project.reports / "editions" / name / "index.html").touch()
    (project.reports / "editions" / "tom").mkdir()
    assert editions.kept(project) == ["2026", "2025-2", "2025", "10", "9", "utkast"]


def test_make_clean_leaves_kept_editions(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("reports/nb/index.html", "reports/index.html", "reports/editions/2025/nb/index.html", "build/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    left = [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert left == ["Makefile", "reports/editions/2025/nb/index.html"]


def test_git_keeps_an_edition_and_changes_nothing_in_it(tmp_path):
    for name in (".gitignore", ".gitattributes", "reports/.gitignore"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    page = tmp_path / "reports/editions/2025/nb/index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"a\r\nb\n")
    for words in (["init", "-q"], ["config", "core.autocrlf", "true"], ["add", "."]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True)
    shown = subprocess.run(["git", "show", f":{page.relative_to(tmp_path)}"], cwd=tmp_path, capture_output=True)
    assert shown.stdout == page.read_bytes()
    # Nor do the checks at a commit.
    config = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    excluded = re.search(r"(?m)^exclude: (.*)$", config)[1]
    assert re.search(excluded, "reports/editions/2025/notebooks/sources.ipynb")
