"""The pieces that the site is put together from: what each writes into its folder.

Most are written in a process of their own, and none where they were written before (`publish.store`). So what only one
of them needs is imported where it is written, and nobody waits for it in vain.
"""

import datetime
import json
from pathlib import Path

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.core.texts import Text, document_lines
from kommunebudsjett.publish import html
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import Content
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.tables.storage import read_table

# As nbconvert knows it (pyproject.toml).
EXPORTER = "kommunebudsjett"


def write_report(notebook: Path, site: dict, date: datetime.date, kept: bool, folder: Path) -> None:
    """Write the pages, the figures and the PDFs of an executed notebook into the folder of its language.

    Pages and figures are those of the registered exporter of nbconvert.
    """
    from nbconvert.exporters import get_exporter

    from kommunebudsjett.publish import pictures
    from kommunebudsjett.publish.pdf import Imprint, report_pdf

    (folder / "figures").mkdir()
    page, resources = get_exporter(EXPORTER)(kept=kept).from_filename(str(notebook))
    (folder / f"{resources['report'].name}.html").write_text(page, encoding="utf-8")
    for name, data in resources["outputs"].items():
        (folder / name).write_bytes(data)
    imprint = Imprint(site["edition"], date, site["data"], site["address"])
    for report in resources["pages"]:
        files = {html.picture_file(report): (pictures.SMALL, "")}
        if site["address"]:
            files[html.card_file(report)] = (pictures.CARD, report.title)
        for name, (size, title) in files.items():
            if name:
                (folder / name).write_bytes(pictures.picture(report, size, title))
        pdf = report_pdf(report, site["documents"][report.lang], imprint)
        (folder / f"{report.name}.pdf").write_bytes(pdf)


def write_source(document: dict, text: Text, findings: list[dict], audited: str, site: dict, folder: Path) -> None:
    """Write the page of a document into the folder of sources."""
    page = html.source_page(document, text, findings, audited, site)
    (folder / f"{document['id']}.html").write_text(page, encoding="utf-8")


def write_notebooks(files: list[Path], folder: Path) -> None:
    """Write notebooks as they were written, in the form in which JupyterLab saves them. It also reads them."""
    for file in files:
        # Without nbformat, which takes longer to load: they have been executed, so their format has been checked.
        notebook = _as_written(json.loads(file.read_text(encoding="utf-8")))
        text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": "))
        (folder / file.name).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _as_written(notebook: dict) -> dict:
    """The notebook without what running it in JupyterLab left: outputs, counts, and which Python it was."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    notebook["metadata"]["language_info"] = {"name": "python"}
    return notebook


def write_report_search(reports: dict[str, list[Content]], folder: Path) -> None:
    """Write the index of the reports, for the pages of each language."""
    from kommunebudsjett.publish import search

    search.write_index({lang: list(search.report_records(found)) for lang, found in reports.items()}, folder)


def write_document_search(
    project: Project,
    documents: dict[str, dict[str, Source]],
    sections: dict[str, dict[str, str]],
    printing: str,
    folder: Path,
) -> None:
    """Write the index of what the documents say and of the topics in it, for the pages of each language.

    `sections` are the addresses of the sections of reports, by language and heading. It also reads the tables and
    documents.
    """
    from kommunebudsjett.publish import search
    from kommunebudsjett.tables.passages import passages

    measures, directives, goals, definitions, topics = (
        read_table(project.clean, name) for name in ("measures", "directives", "goals", "topic_definitions", "topics")
    )
    texts = {
        document.id: list(passages(document_lines(project, document.id)))
        for document in load_registry(project.registry, set(FAMILIES))
    }
    found = {}
    for lang, sources_by_id in documents.items():
        names = {document: source.name for document, source in sources_by_id.items()}
        found[lang] = [
            *search.topic_records(definitions, topics, sections[lang], names, lang),
            *search.measure_records(measures, printing, names),
            *search.directive_records(directives, names),
            *search.goal_records(goals, names),
        ]
        for document, text in texts.items():
            found[lang].extend(search.document_records(document, text, names))
    search.write_merged_index(found, folder)
