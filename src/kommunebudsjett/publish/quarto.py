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
from typing import NamedTuple

import yaml

from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import replacing
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.publish.glyphs import FONTS
from kommunebudsjett.publish.pdf import STANDARDS
from kommunebudsjett.publish.qmd import document

# The first version with the option pdf-standard.
MINIMUM = (1, 9)
# The first version whose Typst keeps to several standards at once; before, more than one is an error.
SEVERAL_STANDARDS = (1, 10, 18)
# The one that readers need most.
ONE_STANDARD = ["ua-1"]
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
            # Quarto raises the headings of a PDF by one level where none is of the first, as here.
            "toc-depth": 1,
        },
    },
}


class Quarto(NamedTuple):
    """The program and its version, as (1, 9, 12)."""

    path: Path
    version: tuple[int, int, int]


def find_quarto(project: Project) -> Quarto:
    """The program. Raises UserError where it is not on PATH, does not say its version, or is too old."""

    def failed(message: str) -> UserError:
        line = line_in(project.params, ("publish", "renderer"))
        return UserError(message, file=project.params, line=line, remedy=_INSTALL)

    found = shutil.which("quarto")
    if found is None:
        raise failed("publish.renderer is quarto, but no program quarto is on PATH")
    answer = subprocess.run([found, "--version"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    match = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", answer.stdout.strip())
    if answer.returncode != 0 or match is None:
        raise failed(f"{found} does not say its version: {_last(answer.stderr or answer.stdout)}")
    major, minor, patch = (int(part) for part in match.groups(default="0"))
    if (major, minor) < MINIMUM:
        needed = ".".join(map(str, MINIMUM))
        raise failed(f"{found} is version {answer.stdout.strip()}; {needed} or newer is needed")
    return Quarto(Path(found), (major, minor, patch))


def project_file(version: tuple[int, int, int]) -> dict:
    """What _quarto.yml says to a version of Quarto: PDF/UA-1, and PDF/A-2a where its Typst can do both."""
    standards = STANDARDS if version >= SEVERAL_STANDARDS else ONE_STANDARD
    formats = PROJECT["format"]
    return {**PROJECT, "format": {**formats, "typst": {**formats["typst"], "pdf-standard": standards}}}


def write_project(reports: dict[str, list[Content]], site: dict, folder: Path, version: tuple[int, int, int]) -> None:
    """Write a Quarto project: its file, a document a report and language, and the figures."""
    text = yaml.safe_dump(project_file(version), sort_keys=False)
    (folder / "_quarto.yml").write_text(text, encoding="utf-8")
    for lang, found in reports.items():
        (folder / lang / "figures").mkdir(parents=True)
        for report in found:
            text = document(report, site["documents"][lang], site)
            (folder / lang / f"{report.name}.qmd").write_text(text, encoding="utf-8")
            for name, data in figures(report).items():
                (folder / lang / name).write_bytes(data)


def render(
    project: Project, quarto: Quarto, reports: dict[str, list[Content]], site: dict, date: datetime.date
) -> Path:
    """Write the project to build/quarto and render it; the folder with LANGUAGE/NAME.html and LANGUAGE/NAME.pdf.

    Raises UserError with Quarto's last words where it fails, or where a file is missing afterwards.
    """
    target = project.path("build", "quarto")
    with replacing(target) as folder:
        write_project(reports, site, folder, quarto.version)
    midnight = datetime.datetime.combine(date, datetime.time(), datetime.UTC)
    environment = {
        **os.environ,
        # Typst writes this as the time of the PDF, so that a build tomorrow gives the same bytes.
        "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())),
        # The face of the charts.
        "TYPST_FONT_PATHS": str(FONTS),
    }
    words = [str(quarto.path), "render", str(target), "--no-execute"]
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
