"""A document in, the names of parties that it has, and of those that it is not by, out."""

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document

FILE = "parties.csv"


def rivals(document: Document) -> list[str]:
    """All names of the parties that neither the publisher nor the title of a document names; none where no party is
    named there, since who the document is by is not known then.

    Raises UserError where the file of parties is missing.
    """
    parties = _parties(Project.find().reference / FILE)
    by = f"{document.publisher} / {document.title}"
    own = {party for name, party in parties if _has(name, by)}
    return [name for name, party in parties if party not in own] if own else []


def parties_in(lines: Iterable[str]) -> list[str]:
    """The names of parties that a text has. One that it has in small letters too is a word ("til venstre").

    Raises UserError where the file of parties is missing.
    """
    text = "\n".join(lines)
    names = [name for name, _ in _parties(Project.find().reference / FILE)]
    return [name for name in names if name in text and _has(name, text) and not _has(name.lower(), text)]


def _has(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) is not None


def _parties(path: Path) -> list[tuple[str, str]]:
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UserError(
            f"the names of parties cannot be opened ({error.strerror})", file=path, remedy="restore the file from git"
        ) from None


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> list[tuple[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [(row["name"], row["party"]) for row in csv.DictReader(file)]
    except (KeyError, UnicodeDecodeError, csv.Error):
        raise UserError(
            "the file has no columns name and party, or is no CSV", file=path, remedy="restore the file from git"
        ) from None
