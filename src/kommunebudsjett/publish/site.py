"""The site: what stands on it, and which pieces it is put together from."""

import datetime
import hashlib
import json
import shutil
from concurrent.futures import Executor
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from kommunebudsjett.core import inputs
from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import replacing, replacing_entries, write_text
from kommunebudsjett.core.params import OTHER_PAGES, Params, published
from kommunebudsjett.core.printable import printable
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.core.texts import Text, document_lines, document_pages, original
from kommunebudsjett.publish import editions, html, pictures, quarto, search
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import LANGUAGES, Content, content, executed
from kommunebudsjett.publish.downloads import WORKBOOK, write_downloads
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.publish.glossary import glossary_page
from kommunebudsjett.publish.pdf import Imprint, report_pdf
from kommunebudsjett.publish.store import Piece, write_pieces
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.report import wording
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.passages import passages
from kommunebudsjett.tables.service_areas import load_areas
from kommunebudsjett.tables.storage import read_table

# The tables that the search knows topics from.
TOPICS = ("topic_definitions", "topics")
# The report on what the audit found.
AUDIT = "sources"


def site_facts(params: Params, kept: bool = False) -> dict:
    """What every page says of the site: languages, edition, date, and the address where it is published, if it is.

    One that is `kept` has an address of its own, and the way to the `newest`.
    """
    address = params.publish.address.rstrip("/")
    return {
        "languages": list(params.languages),
        "edition": params.publish.edition,
        "date": {lang: wording.date(params.publish.date, lang) for lang in LANGUAGES},
        "address": f"{address}/{editions.FOLDER}/{params.publish.edition}" if address and kept else address,
        "newest": editions.NEWEST if kept else "",
    }


def compared(project: Project, params: Params) -> dict[str, str]:
    """By language, which documents the site sets side by side, as a sentence."""
    said = {}
    for lang in params.languages:
        edition = Edition(project, params, lang)
        documents = [edition.documents.loc[document] for document in dict.fromkeys(dict(params.documents).values())]
        named = [edition.called(row) for row in sorted(documents, key=lambda row: row["budget_year"])]
        text = printable(
            edition.text(f"{edition.listed(named)}, side om side.", f"{edition.listed(named)}, side by side.")
        )
        said[lang] = text[0].upper() + text[1:]
    return said


def sources(project: Project, params: Params) -> dict[str, dict[str, Source]]:
    """By language, the documents as its reports name them, by their ids."""
    cells = read_table(project.clean, "table_cells")
    # Only a table that is printed with a number can be named to a reader.
    numbered = cells[cells["table"].str.match(r"\d")]
    tables = {
        document: dict(zip(found["line"].tolist(), found["table"], strict=True))
        for document, found in numbered.groupby("document")
    }
    ids = read_table(project.clean, "documents")["document"]
    blank = {
        document: frozenset(n for n, line in enumerate(document_lines(project, document), start=1) if not line.strip())
        for document in ids
    }
    pages = {document: tuple(document_pages(project, document)) for document in ids}
    named = {}
    for lang in params.languages:
        edition = Edition(project, params, lang)
        named[lang] = {
            document: Source(
                printable(edition.name(row)),
                printable(row["title"]),
                "" if lang == "nb" else "nb",
                tables.get(document, {}),
                blank[document],
                pages[document],
            )
            for document, row in edition.documents.iterrows()
        }
    return named


def executed_reports(project: Project, params: Params) -> dict[str, list[Content]]:
    """The reports by language, in the order of params.yaml.

    Raises UserError where a report has the name of another page of the site.
    """
    reports = published(project, params, list(load_areas(project.reference)["area_id"]))
    for report in reports:
        if report.name in OTHER_PAGES:
            raise UserError(
                f"a report cannot be named {report.name}: another page of the site has that address",
                file=project.params,
                line=line_in(project.params, ("reports", report.notebook)),
                remedy="give the notebook another name",
            )
    return {
        lang: [content(executed(project.executed / lang / f"{report.name}.ipynb")) for report in reports]
        for lang in params.languages
    }


def data_version(clean: Path) -> str:
    """A short name for what stands in the clean tables: another where anything in them differs."""
    digest = hashlib.sha256()
    for file in sorted(clean.iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def untranslated(reports: list[Content]) -> int:
    """How many different names in a language other than that of the reports they show; quotations are no names."""
    found: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            if value.get("lang") and not value.get("text", "«").startswith(("«", "“")):
                found.add(value["text"])
            for part in value.values():
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)

    for report in reports:
        look(report.blocks)
    return len(found)


def as_written(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what running it in JupyterLab left: outputs, counts, and which Python it was."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def write_report(report: Content, site: dict, date: datetime.date, folder: Path) -> None:
    """Write the page, the figures and the PDF of a report into the folder of its language."""
    (folder / "figures").mkdir()
    (folder / f"{report.name}.html").write_text(html.report_page(report, site), encoding="utf-8")
    for name, data in figures(report).items():
        (folder / name).write_bytes(data)
    files = {html.picture_file(report): (pictures.SMALL, "")}
    if site["address"]:
        files[html.card_file(report)] = (pictures.CARD, report.title)
    for name, (size, title) in files.items():
        if name:
            (folder / name).write_bytes(pictures.picture(report, size, title))
    imprint = Imprint(site["edition"], date, site["data"], site["address"])
    pdf = report_pdf(report, site["documents"][report.lang], imprint)
    (folder / f"{report.name}.pdf").write_bytes(pdf)


def write_pages(reports: dict[str, list[Content]], documents: list[dict], site: dict, folder: Path) -> None:
    """Write the pages around the reports: the front pages, what can be downloaded, and the page for a lost address."""
    for lang, found in reports.items():
        front = html.index_page(found, documents, site, lang)
        (folder / lang / "index.html").write_text(front, encoding="utf-8")
        downloads = html.downloads_page(found, TABLES.values(), WORKBOOK, site, lang)
        (folder / lang / "downloads.html").write_text(downloads, encoding="utf-8")
    # Whoever opens the folder gets the first language, and from there the others.
    first = site["languages"][0]
    (folder / "index.html").write_text(html.index_page(reports[first], documents, site, first, ""), encoding="utf-8")
    if not site["newest"]:
        (folder / "404.html").write_text(html.missing_page(site), encoding="utf-8")


def write_source(document: dict, text: Text, findings: list[dict], audited: str, site: dict, folder: Path) -> None:
    """Write the page of a document into the folder of sources."""
    page = html.source_page(document, text, findings, audited, site)
    (folder / f"{document['id']}.html").write_text(page, encoding="utf-8")


def write_report_search(
    project: Project, reports: dict[str, list[Content]], documents: dict[str, dict[str, Source]], folder: Path
) -> None:
    """Write the index of reports and topics, for the pages of each language. It also reads the tables of topics."""
    definitions, topics = (read_table(project.clean, name) for name in TOPICS)
    found = {}
    for lang, published_reports in reports.items():
        names = {document: source.name for document, source in documents[lang].items()}
        found[lang] = [
            *search.report_records(published_reports),
            *search.topic_records(definitions, topics, published_reports, names, lang),
        ]
    search.write_index(found, folder)


def write_document_search(
    project: Project, documents: dict[str, dict[str, Source]], printing: str, folder: Path
) -> None:
    """Write the index of what the documents say, for the pages of each language. It reads the tables and documents."""
    measures, directives, goals = (read_table(project.clean, name) for name in ("measures", "directives", "goals"))
    texts = {
        document.id: list(passages(document_lines(project, document.id)))
        for document in load_registry(project.registry, set(FAMILIES))
    }
    found = {}
    for lang, sources_by_id in documents.items():
        names = {document: source.name for document, source in sources_by_id.items()}
        found[lang] = [
            *search.measure_records(measures, printing, names),
            *search.directive_records(directives, names),
            *search.goal_records(goals, names),
        ]
        for document, text in texts.items():
            found[lang].extend(search.document_records(document, text, names))
    search.write_merged_index(found, folder)


def publish(project: Project, params: Params, keep: bool, pool: Executor | None) -> None:
    """Build the site beside, then replace what was published; or `keep` this edition, as a site of its own.

    The processes of the `pool` make its pieces, where there is one. Raises UserError where a notebook shows what cannot
    be published, or where the edition has the name of another that is kept; what was published before is then left as
    it was.
    """
    if keep:
        target = replacing(editions.place(project, params))
    else:
        editions.check_name(project, params)
        target = replacing_entries(project.reports)
    documents = load_registry(project.registry, set(FAMILIES))
    areas = load_areas(project.reference).set_index("area_id")
    site = {
        **site_facts(params, keep),
        "compared": compared(project, params),
        "areas": {lang: dict(areas[f"name_{lang}"]) for lang in params.languages},
        "documents": sources(project, params),
        "data": data_version(project.clean),
    }
    findings = read_table(project.clean, "findings").to_dict("records")
    reports = executed_reports(project, params)
    # Before anything is built, since without it nothing can be published.
    program = quarto.find_quarto(project) if params.publish.renderer == "quarto" else None
    with target as folder:
        pieces: list[tuple[Piece, Path]] = []
        for lang in LANGUAGES:
            # DVC wants every output of the stage, so a language that is not published has an empty folder.
            (folder / lang).mkdir()
            for report in reports.get(lang, []):
                pieces.append((Piece(write_report, (report, site, params.publish.date)), folder / lang))
        glossary = read_table(project.clean, "glossary")
        for lang in params.languages:
            (folder / lang / "glossary.html").write_text(glossary_page(glossary, lang, site), encoding="utf-8")
        (folder / "assets").mkdir()
        (folder / "assets" / "style.css").write_text(html.style_sheet(), encoding="utf-8")
        (folder / "assets" / "icon.svg").write_text(html.icon(), encoding="utf-8")
        for name in ("search", "tables"):
            (folder / "assets" / f"{name}.js").write_text(html.script(name), encoding="utf-8")
        (folder / "notebooks").mkdir()
        for notebook in sorted({report.notebook for found in reports.values() for report in found}):
            source = nbformat.read(project.notebooks / f"{notebook}.ipynb", as_version=4)
            nbformat.write(as_written(source), folder / "notebooks" / f"{notebook}.ipynb")
        (folder / "sources").mkdir()
        audits = [lang for lang, found in reports.items() if any(report.name == AUDIT for report in found)]
        audited = f"../{audits[0]}/{AUDIT}.html" if audits else ""
        for document in documents:
            pdf = original(project, document.id)
            if pdf:
                shutil.copyfile(pdf, folder / "sources" / f"{document.id}.pdf")
            facts = {**document.model_dump(), "pdf": f"{document.id}.pdf" if pdf else ""}
            text = Text(document_lines(project, document.id), document_pages(project, document.id))
            found = [finding for finding in findings if finding["document"] == document.id]
            page = Piece(write_source, (facts, text, found, audited, site))
            pieces.append((page, folder / "sources"))
        tables, texts = (
            inputs.current(project.root, ("tree", path.relative_to(project.root).as_posix()))
            for path in (project.clean, project.interim)
        )
        topics = tuple(
            inputs.current(project.root, ("file", (project.clean / f"{name}.csv").relative_to(project.root).as_posix()))
            for name in TOPICS
        )
        downloads = Piece(write_downloads, (project.clean, params.publish.date), depends=(tables,))
        # Two indexes, so that an edited sentence does not have the documents indexed again.
        of_documents = Piece(
            write_document_search, (project, site["documents"], params.printing), depends=(tables, texts)
        )
        of_reports = Piece(write_report_search, (project, reports, site["documents"]), depends=topics)
        # The longest first, so that no core waits for another at the end.
        others = [
            (of_documents, folder / "search" / search.MERGED),
            (of_reports, folder / "search"),
            (downloads, folder / "data"),
        ]
        # Nothing that is done to the site may reach an edition that is kept.
        write_pieces([*others, *pieces], project.publish_store, pool, linked=not keep)
        if program:
            # Its pages and PDFs in place of our own; the rest of the site is ours.
            rendered = quarto.render(project, program, reports, site, params.publish.date)
            for file in sorted([*rendered.glob("*/*.html"), *rendered.glob("*/*.pdf")]):
                shutil.copyfile(file, folder / file.relative_to(rendered))
        beside = [name for name in editions.kept(project) if not (keep and name == params.publish.edition)]
        # Only the front pages list them, so that a report is not built again for it.
        write_pages(reports, [document.model_dump() for document in documents], {**site, "editions": beside}, folder)
    if keep:
        return
    metrics = {
        "names_without_translation": {lang: untranslated(found) for lang, found in reports.items()},
        "reports_published": sum(map(len, reports.values())),
    }
    write_text(project.metrics / "publish.json", json.dumps(metrics, indent=2, sort_keys=True) + "\n")
