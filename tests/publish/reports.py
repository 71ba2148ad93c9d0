"""Reports made without the pipeline: blocks shown as a notebook shows them, laid out as the publisher does."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from kommunebudsjett.publish import html
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import Content, content
from kommunebudsjett.publish.exporter import ReportExporter
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.report import blocks
from tests.saying import text_blocks

Show = Callable[[], None]

DOCUMENTS = {
    "trondheim-2025": Source(
        "Årsberetning 2025",
        "Årsberetning 2025",
        tables={97: "1.1.1", 99: "1.1.1"},
        called="årsberetningen for 2025",
    ),
    "sv-rodt-2026": Source("SV og Rødt 2026", "Et løft for velferd", blank=frozenset({13, 15})),
}

SITE = {
    "languages": ["nb", "en"],
    "edition": "1",
    "date": {"nb": "i dag", "en": "today"},
    "address": "",
    "compared": {"nb": "Budsjettet og regnskapet, side om side.", "en": "The budget and the accounts, side by side."},
    "areas": {"nb": {"oppvekst": "Oppvekst"}, "en": {"oppvekst": "Children"}},
    "documents": dict.fromkeys(("nb", "en"), DOCUMENTS),
}


def shown(monkeypatch: pytest.MonkeyPatch, *shows: Show) -> list[dict]:
    """The blocks that calls of `say`, `table` and so on display."""
    found: list[dict] = []
    monkeypatch.setattr(blocks, "display", lambda bundle, raw: found.append(json.loads(bundle[blocks.MIME])))
    for show in shows:
        show()
    return found


def notebook(parts: list[dict | tuple[str, str]], lang: str = "nb", title: str = "Prøve") -> nbformat.NotebookNode:
    """An executed notebook of blocks and of texts as (Norwegian, English)."""
    cells = []
    for part in ((f"# {title}", f"# {title}"), *parts):
        found = [part] if isinstance(part, dict) else text_blocks(lang, nb=part[0], en=part[1])
        outputs = [new_output("display_data", {blocks.MIME: json.dumps(block)}) for block in found]
        cells.append(new_code_cell("show()", outputs=outputs))
    about = {"name": "prove", "notebook": "prove", "parameters": {"lang": lang, "price_year": 2026}}
    return new_notebook(cells=cells, metadata={"kommunebudsjett": about})


def report(parts: list[dict | tuple[str, str]], lang: str = "nb") -> Content:
    """What such a notebook shows."""
    return content(notebook(parts, lang))


def page(found: Content, site: dict = SITE) -> str:
    """The page of a report."""
    template = ReportExporter().environment.get_template("report.html.j2")
    return template.render(resources=html.report_resources(found, site))


def publish(found: Content, folder: Path, sources: dict[str, str]) -> Path:
    """Write a site of one report and the documents that it cites; the address of the report's page."""
    (folder / "assets").mkdir()
    (folder / "assets" / "style.css").write_text(html.style_sheet(), encoding="utf-8")
    (folder / "assets" / "icon.svg").write_text(html.icon(), encoding="utf-8")
    (folder / "assets" / "tables.js").write_text(html.script("tables"), encoding="utf-8")
    (folder / "sources").mkdir()
    for name, text in sources.items():
        (folder / "sources" / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / found.lang / "figures").mkdir(parents=True)
    for name, data in figures(found).items():
        (folder / found.lang / name).write_bytes(data)
    path = folder / found.lang / "prove.html"
    path.write_text(page(found), encoding="utf-8")
    return path
