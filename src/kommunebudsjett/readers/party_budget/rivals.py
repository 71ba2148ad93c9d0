"""A document in, the names of parties that it has, and of those that it is not by, out."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kommunebudsjett.core.curated import Record
from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.curated import curated

FILE = "parties.csv"


class Party(NamedTuple):
    """A name that a party is known by, and the short name of that party, the same for all its names."""

    name: str
    party: str


# Lists that stand in one municipality alone have names that end so.
_LOCAL_LIST = re.compile(r"(?<!\w)[A-ZÆØÅ][a-zæøåé]{2,20}(?:lista|listen|partiet)(?!\w)")
# A newspaper or a council.
_NO_PARTY = re.compile(
    r"kommune\b|(?:by|kommune|herads|fylkes)(?:styret?|tinget?)\b|formannskap|avisa?n?\b|tidende\b|blad\w{0,2}\b|posten\b|nytt\b"
    r"|\bNRK\b",
    re.IGNORECASE,
)


def rivals(document: Document, lines: Iterable[str] = ()) -> list[str]:
    """All names of the parties that neither the publisher nor the title of a document names, those of the file first,
    then local lists that the text names; of the file none where no party is named there, since who the document is by
    is not known then.

    Raises UserError where the file of parties is missing.
    """
    own = set(_own(document))
    known = [name for name, party in parties() if party not in own] if own else []
    return [*known, *_local_rivals(document, "\n".join(lines))]


def _local_rivals(document: Document, text: str) -> list[str]:
    """The names of local lists in a text ("Bygdelista") that are not its publisher's, nor ordinary words in it."""
    # Who a text is by, its title says, which is no sentence.
    title = text.lstrip().partition("\n")[0].strip()
    by = f"{document.publisher} / {document.title} / {'' if title.endswith('.') else title}".casefold()
    if not _own(document) and _NO_PARTY.search(document.publisher):
        # What a newspaper or a council tells of is what each of them proposes.
        return []
    names = dict.fromkeys(_LOCAL_LIST.findall(text))
    stated = {name for name, _ in parties()}
    return [
        name for name in names if name not in stated and name.casefold()[:-3] not in by and name.lower() not in text
    ]


def own_names(document: Document) -> list[str]:
    """All names of the parties that a document is by."""
    own = set(_own(document))
    return [name for name, party in parties() if party in own]


def _own(document: Document) -> list[str]:
    by = f"{document.publisher} / {document.title}"
    return [party for name, party in parties() if _has(name, by)]


def parties_in(lines: Iterable[str]) -> list[str]:
    """The names of parties that a text has. One that it has in small letters too is a word ("til venstre").

    Raises UserError where the file of parties is missing.
    """
    text = "\n".join(lines)
    return [name for name, _ in parties() if name in text and _has(name, text) and not _has(name.lower(), text)]


def _has(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}s?(?!\w)", text) is not None


def parties(path: Path | None = None) -> list[Party]:
    """The parties of the file at `path`, by default those of the project. Raises UserError as `curated` does."""
    return curated(FILE, ("name", "party"), _parties, path)


def _parties(_path: Path, rows: list[Record]) -> list[Party]:
    return [Party(name, party) for _, (name, party) in rows]
