"""The reports through Quarto: a project of documents without code, rendered to HTML and, by Typst, to PDF.

Quarto is a program of its own, found on PATH. It never executes a notebook: the documents are written from what the
executed notebooks show (`qmd`). Its pages and PDFs take the addresses of this project's own.
"""

import datetime
import os
import re
import shutil
import subprocess
from pathlib import Path

import yaml

from kommunebudsjett.config import line_in
from kommunebudsjett.errors import UserError
from kommunebudsjett.files import replacing
from kommunebudsjett.project import Project
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.publish.glyphs import FONTS
from kommunebudsjett.publish.pdf import STANDARDS
from kommunebudsjett.publish.qmd import document

# The first version with the option pdf-standard.
MINIMUM = (1, 9)
_INSTALL = (
    "install Quarto 1.9 or newer (quarto.org/docs/download, or with conda: conda env create -f environment.yml), "
    "or set publish.renderer: builtin"
)
_OUTPUT = "_output"
PROJECT = {
    "project": {"type": "default", "output-dir": _OUTPUT, "render": ["*/*.qmd"]},
    # For documents that somebody adds and that do execute: jupyter-cache, which knows when code has changed. Never
    # `freeze`, which does not notice other parameters.
    "execute": {"cache": True},
    "toc": True,
    "toc-depth": 2,
    "format": {
        # One file, as the site works without a server and asks for nothing from the network.
        "html": {"embed-resources": True, "theme": {"light": "cosmo", "dark": "darkly"}},
        "typst": {
            "papersize": "a4",
            "margin": {"x": "2.2cm", "y": "2.3cm"},
            "mainfont": "Libertinus Serif",
            "pdf-standard": STANDARDS,
        },
    },
}


def find_quarto(project: Project) -> Path:
    """The program. Raises UserError where it is not on PATH, does not say its version, or is too old."""

    def failed(message: str) -> UserError:
        line = line_in(project.params, ("publish", "renderer"))
        return UserError(message, file=project.params, line=line, remedy=_INSTALL)

    found = shutil.which("quarto")
    if found is None:
        raise failed("publish.renderer is quarto, but no program quarto is on PATH")
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    version = re.match(r"(\d+)\.(\d+)", answer.stdout.strip())
    if answer.returncode != 0 or version is None:
        raise failed(f"{found} does not say its version: {_last(answer.stderr or answer.stdout)}")
    if tuple(map(int, version.groups())) < MINIMUM:
        needed = ".".join(map(str, MINIMUM))
        raise failed(f"{found} is version {answer.stdout.strip()}; {needed} or newer is needed")
    return Path(found)


def write_project(reports: dict[str, list[Content]], site: dict, folder: Path) -> None:
    """Write a Quarto project: its file, a document a report and language, and the figures."""
    (folder / "_quarto.yml").write_text(yaml.safe_dump(PROJECT, sort_keys=False), encoding="utf-8")
    for lang, found in reports.items():
        (folder / lang / "figures").mkdir(parents=True)
        for report in found:
            text = document(report, site["documents"][lang], site)
            (folder / lang / f"{report.name}.qmd").write_text(text, encoding="utf-8")
            for name, data in figures(report).items():
                (folder / lang / name).write_bytes(data)


def render(project: Project, quarto: Path, reports: dict[str, list[Content]], site: dict, date: datetime.date) -> Path:
    """Write the project to build/quarto and render it; the folder with LANGUAGE/NAME.html and LANGUAGE/NAME.pdf.

    Raises UserError with Quarto's last words where it fails, or where a file is missing afterwards.
    """
    target = project.path("build", "quarto")
    with replacing(target) as folder:
        write_project(reports, site, folder)
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    environment = {
        **os.environ,
        # Typst writes this as the time of the PDF, so that a build tomorrow gives the same bytes.
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        # The face of the charts.
        "TYPST_FONT_PATHS": str(FONTS),
    }
    words = [str(quarto), "render", str(target), "--no-execute"]
    answer = subprocess.run(words, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)
    again = "run `quarto render build/quarto --no-execute` to see all that it says"
    if answer.returncode != 0:
        raise UserError(f"quarto failed: {_last(answer.stderr or answer.stdout)}", file=target, remedy=again)
    for lang, found in reports.items():
        for name in (f"{report.name}{ending}" for report in found for ending in (".html", ".pdf")):
            if not (target / _OUTPUT / lang / name).is_file():
                raise UserError(f"quarto made no {lang}/{name}", file=target, remedy=again)
    return target / _OUTPUT


def _last(words: str) -> str:
    """The last lines of what a program says, without colours."""
    lines = [line for line in re.sub(r"\x1b\[[0-9;]*m", "", words).splitlines() if line.strip()]
    return " / ".join(line.strip() for line in lines[-5:]) or "it says nothing"
