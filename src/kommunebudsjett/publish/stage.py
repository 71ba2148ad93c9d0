"""The stage `publish`: executed notebooks and clean tables in, the site in reports/ out."""

import datetime
import hashlib
import json
import shutil
from pathlib import Path

import nbformat

from kommunebudsjett import inputs
from kommunebudsjett.config import line_in
from kommunebudsjett.errors import UserError
from kommunebudsjett.files import replacing_entries, write_text
from kommunebudsjett.params import Params, load_params, published
from kommunebudsjett.printable import printable
from kommunebudsjett.project import Project
from kommunebudsjett.publish import html, pictures, quarto, search
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import LANGUAGES, Content, content
from kommunebudsjett.publish.downloads import WORKBOOK, write_downloads
from kommunebudsjett.publish.figures import figures
from kommunebudsjett.publish.glossary import glossary_page
from kommunebudsjett.publish.pdf import Imprint, report_pdf
from kommunebudsjett.publish.store import Piece, write_pieces
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.registry import load_registry, read_lines
from kommunebudsjett.report import wording
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.service_areas import load_areas
from kommunebudsjett.tables.storage import read_table

# The report on what the audit found.
AUDIT = "sources"
# The pages of a language beside its reports.
OTHER_PAGES = ("index", "downloads", "glossary")


def site_facts(params: Params) -> dict:
    """What every page says of the site: languages, edition, date, and the address where it is published, if it is."""
    return {
        "languages": list(params.languages),
        "edition": params.publish.edition,
        "date": {lang: wording.date(params.publish.date, lang) for lang in LANGUAGES},
        "address": params.publish.address.rstrip("/"),
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
        document: dict(zip(found["line"], found["table"], strict=True))
        for document, found in numbered.groupby("document")
    }
    blank = {
        document: frozenset(n for n, line in enumerate(read_lines(project.raw / file), start=1) if not line.strip())
        for document, file in read_table(project.clean, "documents")[["document", "file"]].itertuples(index=False)
    }
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
        lang: [
            content(nbformat.read(project.executed / lang / f"{report.name}.ipynb", as_version=4)) for report in reports
        ]
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
    (folder / "404.html").write_text(html.missing_page(site), encoding="utf-8")


def records(
    project: Project, params: Params, reports: dict[str, list[Content]], site: dict
) -> dict[str, list[search.Record]]:
    """What can be found from the pages of each language."""
    tables = {
        name: read_table(project.clean, name)
        for name in ("measures", "directives", "goals", "topic_definitions", "topics")
    }
    documents = load_registry(project.registry, set(FAMILIES))
    found = {}
    for lang, published_reports in reports.items():
        names = {document: source.name for document, source in site["documents"][lang].items()}
        found[lang] = [
            *search.report_records(published_reports),
            *search.topic_records(tables["topic_definitions"], tables["topics"], published_reports, names, lang),
            *search.measure_records(tables["measures"], params.printing, names),
            *search.directive_records(tables["directives"], names),
            *search.goal_records(tables["goals"], names),
        ]
        for document in documents:
            lines = read_lines(project.raw / document.file)
            found[lang].extend(search.document_records(document.id, lines, names))
    return found


def run(project: Project) -> None:
    """Build the site beside, then replace what was published.

    Raises UserError where a notebook shows what cannot be published; what was published before is then left as it was.
    """
    params = load_params(project)
    documents = load_registry(project.registry, set(FAMILIES))
    areas = load_areas(project.reference).set_index("area_id")
    site = {
        **site_facts(params),
        "compared": compared(project, params),
        "areas": {lang: dict(areas[f"name_{lang}"]) for lang in params.languages},
        "documents": sources(project, params),
        "data": data_version(project.clean),
    }
    findings = read_table(project.clean, "findings").to_dict("records")
    reports = executed_reports(project, params)
    # Before anything is built, since without it nothing can be published.
    program = quarto.find_quarto(project) if params.publish.renderer == "quarto" else None
    with replacing_entries(project.reports) as folder:
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
            shutil.copyfile(project.notebooks / f"{notebook}.ipynb", folder / "notebooks" / f"{notebook}.ipynb")
        (folder / "sources").mkdir()
        audits = [lang for lang, found in reports.items() if any(report.name == AUDIT for report in found)]
        audited = f"../{audits[0]}/{AUDIT}.html" if audits else ""
        for document in documents:
            page = html.source_page(
                document.model_dump(),
                read_lines(project.raw / document.file),
                [finding for finding in findings if finding["document"] == document.id],
                audited,
                site,
            )
            (folder / "sources" / f"{document.id}.html").write_text(page, encoding="utf-8")
        tables = inputs.current(project.root, ("tree", project.clean.relative_to(project.root).as_posix()))
        downloads = Piece(write_downloads, (project.clean, params.publish.date), depends=(tables,))
        index = Piece(search.write_index, (records(project, params, reports, site),))
        others = [(downloads, folder / "data"), (index, folder / "search")]
        write_pieces([*pieces, *others], project.publish_store, params.execution.workers)
        if program:
            # Its pages and PDFs in place of our own; the rest of the site is ours.
            rendered = quarto.render(project, program, reports, site, params.publish.date)
            for file in sorted([*rendered.glob("*/*.html"), *rendered.glob("*/*.pdf")]):
                shutil.copyfile(file, folder / file.relative_to(rendered))
        write_pages(reports, [document.model_dump() for document in documents], site, folder)
    metrics = {
        "names_without_translation": {lang: untranslated(found) for lang, found in reports.items()},
        "reports_published": sum(map(len, reports.values())),
    }
    write_text(project.metrics / "publish.json", json.dumps(metrics, indent=2, sort_keys=True) + "\n")
