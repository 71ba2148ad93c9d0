"""JupyterLab in a real browser: a notebook is run, a sentence of it edited, and what is saved is what was written."""

import os
import re
import shutil
import socket
import subprocess
import time
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest

from tests.conftest import BIN, ROOT, with_reports

TEXT = "%%nb\n{% if count %}Det er {{ count }} mål.{% endif %}"
FACTS = """from kommunebudsjett.report import open_edition, sources
e = open_edition(lang, 2026)
goals = e.table("goals", status="achieved")
count = e.number(len(goals), *sources(goals))"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The address of JupyterLab for a project with a notebook of its own, and the path of that."""
    project = with_reports(tmp_path_factory.mktemp("lab"), "  goals: {}\n")
    shutil.copytree(ROOT / "scripts", project.root / "scripts")
    cells = [nbformat.v4.new_code_cell(source) for source in ('lang = "nb"', FACTS, TEXT)]
    path = project.notebooks / "eget.ipynb"
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [BIN / "jupyter", "lab", "--config=scripts/jupyter_lab_config.py", "--no-browser", "--allow-root"]
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "HOME": str(project.root)}
    with (project.root / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, f"--port={port}", "--ServerApp.token=prove"],
            cwd=project.root, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}/lab/tree/notebooks/eget.ipynb?token=prove"
    try:
        _wait(address)
        yield address, path
    finally:
        process.terminate()
        process.wait(30)


def _wait(address: str) -> None:
    end = time.monotonic() + 60
    while True:
        try:
            urlopen(address).close()
            return
        except URLError:
            assert time.monotonic() < end, "JupyterLab does not answer"
            time.sleep(0.5)


def test_a_text_shows_what_will_be_published_and_is_saved_without_it(desk, browser):
    address, path = desk
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(address)
    cells = page.locator(".jp-Notebook .jp-Cell")
    cells.nth(2).wait_for(timeout=60_000)
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    for place in range(3):
        editor = cells.nth(place).locator(".cm-content")
        editor.click()
        if place == 2:
            page.keyboard.press("Control+End")
            page.keyboard.type(" Flere er på vei.")
        page.keyboard.press("Shift+Enter")
    said = cells.nth(2).locator(".jp-OutputArea-output").last
    said.get_by_text("Flere er på vei.").wait_for(timeout=60_000)
    assert re.fullmatch(r"Det er \d+ mål\. Flere er på vei\.", said.inner_text().strip())
    # The number leads to its first line on the built site.
    assert "static/sources/trondheim-2025.html#L" in said.locator("a").first.get_attribute("href")
    # A sentence is one long line, which is shown whole.
    assert cells.nth(2).locator(".cm-lineWrapping").count() == 1
    page.keyboard.press("Control+s")
    end = time.monotonic() + 30
    while "Flere er på vei" not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < end, "the notebook is not saved"
        time.sleep(0.5)
    saved = nbformat.read(path, as_version=4)
    assert saved.cells[2].source == f"{TEXT} Flere er på vei."
    assert [cell.outputs for cell in saved.cells if cell.source] == [[], [], []]
    page.close()
