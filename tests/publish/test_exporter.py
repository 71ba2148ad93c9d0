"""The registered exporter: the published bytes from nbconvert's command, and any template in the place of ours."""

import hashlib
import shutil
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import get_exporter

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.editions import NEWEST
from kommunebudsjett.publish.pieces import write_report
from kommunebudsjett.publish.site import site_of
from kommunebudsjett.report.blocks import Cell, Column
from kommunebudsjett.report.charts import Series, bars
from kommunebudsjett.report.pictures import figure
from tests.conftest import ROOT, run, write_texts
from tests.publish.reports import notebook, shown
from tests.saying import say, text_blocks


@pytest.fixture
def executed(monkeypatch, tmp_path) -> Path:
    """An executed notebook in a folder of this project, so that the exporter finds what it says of the site."""
    draw = bars(["Skole"], [Series("2025", [1.0], "#0b4f8a")], str, "ingen")
    blocks = shown(
        monkeypatch,
        lambda: say("nb", nb="## Regnskapet\n\nDet ble {x}.", en="", x=Cell("590", (("trondheim-2025", "226"),))),
        lambda: figure("f", draw, caption="Beløp", alt="Skole er størst, med én.", columns=[Column("A")], rows=[["1"]]),
    )
    for name in ("params.yaml", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("clean", "reference", "raw"):
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    write_texts(Project(tmp_path))
    path = tmp_path / "build" / "executed" / "nb" / "prove.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook(blocks), path)
    return path


def files(folder: Path) -> dict[str, str]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def test_the_command_of_nbconvert_gives_the_bytes_that_are_published(executed, tmp_path):
    project = Project.find(executed.parent)
    params = load_params(project)
    published, exported = tmp_path / "published", tmp_path / "exported"
    published.mkdir()
    write_report(executed, site_of(project, params, False), params.publish.date, False, published)
    words = ["jupyter", "nbconvert", "--to", "kommunebudsjett", "--output-dir", str(exported)]
    done = run(tmp_path, *words, executed.relative_to(tmp_path).as_posix())
    assert done.returncode == 0, done.stderr
    made, wanted = files(exported), files(published)
    assert set(made) == {"prove.html", *(f"figures/prove-f{end}" for end in ("-wide.svg", "-narrow.svg", ".csv"))}
    assert {name: wanted[name] for name in made} == made
    # The name of the document is found from the folder that the notebook lies in.
    page = (exported / "prove.html").read_text(encoding="utf-8")
    assert 'href="../sources/trondheim-2025.html#L226" title="Kilde: Årsberetning 2025, linje' in page


def test_a_notebook_can_have_several_pages(executed, tmp_path):
    made = nbformat.read(executed, as_version=4)
    first = text_blocks("nb", head="page skole", nb="# Skolene\n\n## Regnskapet\n\nTo.", en="")
    made.cells = [nbformat.from_dict(cell) for cell in (*made.cells, *notebook(first).cells[1:], made.cells[-1])]
    for index, cell in enumerate(made.cells):
        cell.id = f"c{index}"
    nbformat.write(made, executed)
    page, resources = get_exporter("kommunebudsjett")().from_filename(str(executed))
    assert "<h1>Prøve</h1>" in page and "Skolene" not in page
    other = resources["outputs"]["skole.html"].decode()
    # Each page has addresses, figures and a title of its own.
    assert "<h1>Skolene</h1>" in other and '<h2 id="regnskapet">' in other and 'src="figures/skole-f-wide.svg"' in other
    assert {"figures/prove-f-wide.svg", "figures/skole-f-wide.svg"} < set(resources["outputs"])
    project = Project.find(executed.parent)
    params = load_params(project)
    published = tmp_path / "published"
    published.mkdir()
    write_report(executed, site_of(project, params, False), params.publish.date, False, published)
    assert {"prove.html", "prove.pdf", "skole.html", "skole.pdf"} < set(files(published))
    assert (published / "skole.html").read_text(encoding="utf-8") == other


def test_another_template_takes_the_place_of_ours(executed, tmp_path):
    small = tmp_path / "small.html.j2"
    small.write_text(
        "{{ resources.report.title }}\n{{ resources.blocks[:2] | laid_out(resources.report) }}", encoding="utf-8"
    )
    page, _ = get_exporter("kommunebudsjett")(template_file=str(small)).from_filename(str(executed))
    assert page.startswith(
        'Prøve\n<h2 id="regnskapet"><a href="#regnskapet">Regnskapet</a></h2>\n\n<p>Det ble <a class="cite"'
    )
    assert page.rstrip().endswith(">590</a>.</p>") and "<html" not in page


def test_what_is_put_in_is_text_in_every_template(executed, tmp_path):
    small = tmp_path / "small.html.j2"
    small.write_text("{{ '<b>' }}{{ resources.report.title }}", encoding="utf-8")
    nbformat.write(notebook([], title="<i>x</i> & co"), executed)
    exporter = get_exporter("kommunebudsjett")(template_file=str(small))
    # nbconvert makes another environment for other paths.
    exporter.extra_template_paths = [*exporter.extra_template_paths, str(tmp_path)]
    page, _ = exporter.from_filename(str(executed))
    assert page == "&lt;b&gt;&lt;i&gt;x&lt;/i&gt; &amp; co"


def test_a_template_can_change_a_part_of_ours(executed, tmp_path):
    part = tmp_path / "part.html.j2"
    part.write_text(
        '{% extends "report.html.j2" %}{% block footer %}<p>Vår kommune</p>{% endblock %}', encoding="utf-8"
    )
    exporter = get_exporter("kommunebudsjett")
    page, _ = exporter(template_file=str(part)).from_filename(str(executed))
    whole, _ = exporter().from_filename(str(executed))
    assert page.split("<footer>")[0] == whole.split("<footer>")[0]
    assert page.split("<footer>")[1].startswith("\n<p>Vår kommune</p>")


def test_a_kept_edition_says_so_by_a_setting_that_the_command_has_too(executed):
    page, _ = get_exporter("kommunebudsjett")(kept=True).from_filename(str(executed))
    assert f'<a href="../{NEWEST}index.html">' in page


def test_a_notebook_that_was_not_executed_here_is_refused():
    with pytest.raises(UserError, match="was not executed by this project") as raised:
        get_exporter("kommunebudsjett")().from_filename(str(ROOT / "notebooks" / "goals.ipynb"))
    assert "papermill --engine kommunebudsjett" in str(raised.value)
