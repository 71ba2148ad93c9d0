"""Reading a report as its reader does: a notebook's code run as it stands, and the words of the blocks it shows."""

import html
import json
import re
from pathlib import Path

import nbformat
import pytest

from kommunebudsjett.publish.content import plain
from kommunebudsjett.report import blocks
from kommunebudsjett.report.namespace import kept
from kommunebudsjett.report.worded import rendered, text_of


def shown(
    notebooks: Path, name: str, lang: str, price_year: int, monkeypatch: pytest.MonkeyPatch, **parameters: str
) -> list[dict]:
    """The blocks that a notebook shows in the project of the folder `notebooks`."""
    found: list[dict] = []
    monkeypatch.setattr(blocks, "display", lambda bundle, raw: found.append(json.loads(bundle[blocks.MIME])))
    monkeypatch.chdir(notebooks)
    scope: dict = {}
    for cell in nbformat.read(notebooks / f"{name}.ipynb", as_version=4).cells:
        text = text_of(cell.source) if cell.cell_type == "code" else None
        if text is not None:
            found += rendered(text, kept(scope)) if text.lang == lang else []
        elif cell.cell_type == "code":
            exec(cell.source, scope)
        if "parameters" in cell.metadata.get("tags", []):
            scope |= {"lang": lang, "price_year": price_year, **parameters}
    return found


# The kinds of blocks that are sentences.
SAID = ("heading", "text")


def sentences(found: list[dict]) -> str:
    """The text of the sentences, their computed values put in, a line for each paragraph, heading and entry of a list:
    where the words of the notebook are broken into lines, a reader sees no break.
    """
    return "\n".join(plain(_broken(blocks.filled(block))) for block in found if block["kind"] in SAID)


def _broken(page: str) -> str:
    return re.sub(r" *(</(?:p|li|h\d)>|</?[uo]l>) *", r"\1\n", page.replace("\n", " "))


def exhibits(found: list[dict]) -> str:
    """The words of figures and tables: captions, notes, alternative texts, what a picture says, headers and cells."""
    pieces = []
    for block in found:
        if block["kind"] in SAID:
            continue
        pieces += [block.get(name, "") for name in ("summary", "caption", "note", "alt")]
        pieces += [plain(blocks.filled(block))] if "html" in block else []
        pieces += [entry["heading"]["text"] for entry in block.get("entries", [])]
        pieces += [re.sub(r"(?s)<style.*?</style>|<[^>]+>", "\n", html.unescape(block.get("wide", "")))]
        pieces += [" | ".join(column["header"] for column in block.get("columns", []))]
        pieces += [" | ".join(cell["text"] for cell in row) for row in block.get("rows", [])]
    return "\n".join(pieces)


def words(found: list[dict]) -> str:
    """All that a reader of the blocks reads."""
    return f"{sentences(found)}\n{exhibits(found)}"
