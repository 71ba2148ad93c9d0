"""A new report: made of the template, named in params.yaml, executed and published as it is."""

import re

import nbformat
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.execution import stage as execution
from kommunebudsjett.new_report import new_report, notebook_text, with_report
from kommunebudsjett.publish import stage as publishing
from kommunebudsjett.publish.content import plain
from kommunebudsjett.publish.pieces import write_notebooks
from kommunebudsjett.report import blocks
from kommunebudsjett.report.worded import rendered, text_of
from tests.conftest import ROOT, run, with_reports
from tests.report import reading
from tests.report.test_parameters import NOTHING
from tests.test_environment import machine_marks

TITLES = ('Hva med "skolene" & {barna og unge}?', "What about <b>schools</b> & *children*?")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    """A project with one new report beside `sources`, executed and published."""
    folder = tmp_path_factory.mktemp("nytt")
    project = with_reports(folder, "  sources: {}  # hva som ikke stemmer\n")
    result = run(folder, "kommunebudsjett", "new-report", "skoler", "--title-nb", TITLES[0], "--title-en", TITLES[1])
    assert result.returncode == 0, result.stderr
    assert "notebooks/skoler.ipynb" in result.stdout
    execution.run(project, quiet=True)
    publishing.run(project)
    return project


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_it_is_published_with_its_title_table_and_figure(made, lang, browser):
    path = made.reports / lang / "skoler.html"
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.locator("h1").inner_text() == TITLES[lang == "en"]
    assert page.locator("figure#deviations img").evaluate("image => image.naturalWidth > 0")
    rows = page.locator("table:has(caption)").last.locator("tbody tr")
    assert rows.count() > 10
    # Every amount is a link to its line.
    for cell in rows.first.locator("td").all():
        assert re.search(r"sources/trondheim-2025\.html#L\d+$", cell.locator("a").evaluate("link => link.href"))
    rules = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    found = Axe().run(page, options={"runOnly": rules, "preload": False})
    assert found.violations_count == 0, found.generate_report()
    page.goto((made.reports / lang / "index.html").as_uri())
    assert page.locator("#report-skoler a").first.inner_text() == TITLES[lang == "en"]
    assert (made.reports / lang / "skoler.pdf").read_bytes().startswith(b"%PDF")
    page.close()


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_it_has_what_every_report_has(made, lang, monkeypatch):
    found = reading.shown(made.notebooks, "skoler", lang, 2025, monkeypatch)
    text = reading.words(found)
    assert not NOTHING.search(text), NOTHING.search(text)
    assert len(text) > 1000
    assert [block["kind"] for block in found].count("figure") == 1
    assert [block["kind"] for block in found].count("table") == 1
    heads = [cell.source[:4] for cell in nbformat.read(made.notebooks / "skoler.ipynb", 4).cells]
    assert heads.count("%%nb") == heads.count("%%en") > 0


def test_an_area_that_overspent_by_less_than_the_table_shows_is_counted(made, monkeypatch):
    accounts = made.clean / "accounts.csv"
    assert ",-0.4,1736," in accounts.read_text(encoding="utf-8")
    text = reading.sentences(reading.shown(made.notebooks, "skoler", "nb", 2026, monkeypatch))
    assert "Ett av 19 tjenesteområder" in text or "Én av 19 tjenesteområder" in text


def test_without_accounts_it_says_so(made, monkeypatch):
    accounts = made.clean / "accounts.csv"
    before = accounts.read_bytes()
    try:
        accounts.write_bytes(before.splitlines(keepends=True)[0])
        for lang, words in (("nb", "har ingen regnskapstall"), ("en", "has no accounts figures")):
            text = reading.words(reading.shown(made.notebooks, "skoler", lang, 2026, monkeypatch))
            assert words in text
            assert not NOTHING.search(text)
    finally:
        accounts.write_bytes(before)


def test_the_notebook_is_as_those_of_the_project(made):
    path = made.notebooks / "skoler.ipynb"
    assert machine_marks(path) == []
    for tool in (["check"], ["format", "--check"]):
        result = run(ROOT, "ruff", *tool, "--config", str(ROOT / "pyproject.toml"), str(path))
        assert result.returncode == 0, result.stdout
    ids = [cell.id for cell in nbformat.read(path, 4).cells]
    assert ids == [f"cell-{index:02}" for index in range(len(ids))]
    assert 'from_params("skoler", "price_year")' in path.read_text(encoding="utf-8").replace("\\", "")


def test_a_notebook_is_published_as_it_was_written(made, tmp_path):
    for name in ("skoler", "sources"):
        published = made.reports / "notebooks" / f"{name}.ipynb"
        assert published.read_bytes() == (made.notebooks / f"{name}.ipynb").read_bytes()
    run_in_jupyterlab = nbformat.read(made.notebooks / "skoler.ipynb", 4)
    run_in_jupyterlab.cells[0].execution_count = 3
    run_in_jupyterlab.cells[0].outputs = [nbformat.v4.new_output("stream", text="/home/kari")]
    run_in_jupyterlab.metadata.language_info["version"] = "3.11.2"
    saved = tmp_path / "skoler.ipynb"
    nbformat.write(run_in_jupyterlab, saved)
    (tmp_path / "published").mkdir()
    write_notebooks([saved], tmp_path / "published")
    assert (tmp_path / "published" / "skoler.ipynb").read_bytes() == (made.notebooks / "skoler.ipynb").read_bytes()


def test_without_titles_it_has_one_that_says_what_it_shows():
    text = notebook_text("skoler", None)
    assert "regnskapet mot budsjettet" in text
    assert "REPORT" not in text
    assert '"title"' not in text


def test_one_line_is_added_to_params_and_the_rest_stays(project):
    before = project.params.read_text(encoding="utf-8").splitlines()
    new_report(project, "skoler")
    after = project.params.read_text(encoding="utf-8").splitlines()
    at = next(index for index, line in enumerate(before) if line.startswith("  service_area:"))
    assert after == [*before[: at + 1], "  skoler: {}", *before[at + 1 :]]


ENTRIES = [
    ("reports:\n  a: {}\nx: 1\n", "reports:\n  a: {}\n  new: {}\nx: 1\n"),
    ("reports:\n  a: {}  # c\n\n# about x\nx: 1\n", "reports:\n  a: {}  # c\n  new: {}\n\n# about x\nx: 1\n"),
    ("x: 1\nreports:\n    a: {}", "x: 1\nreports:\n    a: {}\n    new: {}\n"),
    ("reports:\r\n  a: {}\r\nx: 1\r\n", "reports:\r\n  a: {}\r\n  new: {}\r\nx: 1\r\n"),
    (
        "reports:\n  a:\n    area_id:\n      - b\n      - c # d\nx: 1\n",
        "reports:\n  a:\n    area_id:\n      - b\n      - c # d\n  new: {}\nx: 1\n",
    ),
    (
        "reports:\n  a: {area_id:\n    [b,\n     c]}\nx: 1\n",
        "reports:\n  a: {area_id:\n    [b,\n     c]}\n  new: {}\nx: 1\n",
    ),
]


@pytest.mark.parametrize(("before", "after"), ENTRIES)
def test_the_entry_stands_below_the_last_report(tmp_path, before, after):
    assert with_report(before, "new", tmp_path) == after


@pytest.mark.parametrize("text", ["reports: {a: {}}\nx: 1\n", "x: &r\n  a: {}\nreports: *r\n"])
def test_reports_written_otherwise_are_left_alone(tmp_path, text):
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="not written a line each"):
        with_report(text, "new", path)


@given(
    st.lists(
        st.sampled_from(["a: {}", "b: {}  # om b", "c:\n    d: 1", "e: {area_id: [x, y]}"]), min_size=1, unique=True
    ),
    st.sampled_from(["", "\n", "# om resten\n", "\n\n# om\n  # resten\n"]),
)
@settings(deadline=None)
def test_the_rest_of_params_means_what_it_did(entries, between):
    text = "reports:\n" + "".join(f"  {entry}\n" for entry in entries) + between + "x: 1\n"
    changed = with_report(text, "new", ROOT / "params.yaml")
    assert changed.replace("  new: {}\n", "", 1) == text
    assert list(yaml.safe_load(changed)["reports"]) == [*yaml.safe_load(text)["reports"], "new"]


BAD_NAMES = [
    "",
    "Skoler",
    "skoler.ipynb",
    "../skoler",
    "skole barnehage",
    "åpning",
    "1",
    "a_",
    "index",
    "downloads",
    "area-x",
    *("con", "nul", "aux", "prn", "com1", "lpt9", "skole.", "skole "),
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_cannot_be_an_address_is_refused(project, name):
    refused(project, name, "cannot be named")


@pytest.mark.parametrize("name", ["overview", "service_area"])
def test_a_name_that_is_taken_is_refused(project, name):
    refused(project, name, "there is a notebook of that name")


@pytest.mark.parametrize("title", ["", "  ", "to\nlinjer", "\x07"])
def test_a_title_that_is_none_is_refused(project, title):
    refused(project, "skoler", "is no title", (title, "Schools"))


def refused(project: Project, name: str, message: str, titles=None) -> None:
    def files() -> dict:
        return {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}

    before = files()
    with pytest.raises(UserError, match=message) as raised:
        new_report(project, name, titles)
    assert raised.value.remedy
    assert files() == before


def test_neither_is_written_where_one_cannot_be(project, monkeypatch):
    from kommunebudsjett import new_report as module

    write = module.write_text

    def failing(path, text):
        if path == project.params:
            raise OSError(28, "No space left on device", str(path))
        write(path, text)

    monkeypatch.setattr(module, "write_text", failing)
    refused(project, "skoler", "No space left on device")


def test_one_title_alone_is_refused(project):
    result = run(project.root, "kommunebudsjett", "new-report", "skoler", "--title-nb", "Skolene")
    assert result.returncode == 1
    assert result.stderr.startswith("error: ")
    assert not (project.notebooks / "skoler.ipynb").exists()


@given(st.text(alphabet=st.sampled_from("a'\"\\{}%#*_ å<"), max_size=8).filter(str.strip))
@settings(deadline=None)
def test_a_title_is_the_words_that_were_given(words):
    notebook = nbformat.reads(notebook_text("skoler", (words, words)), as_version=4)
    sources = [cell.source for cell in notebook.cells if cell.source.startswith("%%")][:2]
    for source in sources:
        [block] = rendered(text_of(source), {})
        title = plain(blocks.unlinked(block, block["html"]))
        assert title == " ".join(words.split()) or title == words.strip()
    assert [source[:4] for source in sources] == ["%%nb", "%%en"]


def test_a_plain_title_stands_in_its_cell_as_words():
    text = notebook_text("skoler", ("Skolene: hva koster de?", "Schools"))
    assert "# Skolene: hva koster de?" in text and '"# Schools"' in text
