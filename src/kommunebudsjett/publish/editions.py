"""Editions that are kept: each a whole site in reports/editions/NAME, which no later build touches."""

import re
from pathlib import Path

from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Params
from kommunebudsjett.core.project import Project

# Where they lie, seen from the front page of the newest.
FOLDER = "editions"
# The way from the root of a kept edition to that of the newest.
NEWEST = "../../"
_NAME = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")


def kept(project: Project) -> list[str]:
    """The names of the editions that are kept, the last first: 2026, 2025, 10, 9."""
    pages = (project.reports / FOLDER).glob("*/index.html")
    return sorted((page.parent.name for page in pages if _NAME.fullmatch(page.parent.name)), key=_order, reverse=True)


def _order(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name) if part]


def place(project: Project, params: Params) -> Path:
    """The folder that the edition of params.yaml is to be kept in.

    Raises UserError, with the line, where its name cannot be an address, or is that of an edition that is kept.
    """
    name = params.publish.edition
    line = line_in(project.params, ("publish", "edition"))
    if not _NAME.fullmatch(name):
        raise UserError(
            f"publish.edition: the edition {name} cannot be kept, since its name is part of its address",
            file=project.params,
            line=line,
            remedy="use letters a-z, digits, and . - or _ between them: 2026-1",
        )
    folder = project.reports / FOLDER / name
    if folder.exists():
        raise UserError(
            f"publish.edition: the edition {name} is kept already",
            file=project.params,
            line=line,
            remedy="give this one another name, and its date (publish.date)",
        )
    return folder


def check_name(project: Project, params: Params) -> None:
    """Raise UserError where the site would have the name of an edition that is kept, and other tables."""
    name = params.publish.edition
    if name not in kept(project):
        return
    published = project.reports / FOLDER / name / "data"
    for table in sorted(project.clean.glob("*.csv")):
        copy = published / table.name
        if not copy.is_file() or copy.read_bytes() != table.read_bytes():
            raise UserError(
                f"publish.edition: the tables are no longer those of the edition {name}, which is kept ({table.name})",
                file=project.params,
                line=line_in(project.params, ("publish", "edition")),
                remedy="give this edition another name, and its date (publish.date)",
            )
