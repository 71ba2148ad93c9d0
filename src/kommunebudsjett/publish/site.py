"""The site: what stands on it, and which pieces it is put together from."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

from kommunebudsjett.core import inputs
from kommunebudsjett.core.areas import area_ids
from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import remove, replacing, replacing_entries, write_text
from kommunebudsjett.core.params import OTHER_PAGES, Params, published
from kommunebudsjett.core.printable import printable
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document, load_registry
from kommunebudsjett.core.rulings import load_rulings
from kommunebudsjett.core.texts import Text, document_lines, document_pages, document_places, original
from kommunebudsjett.core.watching import ChangedError
from kommunebudsjett.publish import editions, html
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import LANGUAGES, Content, executed, pages, sections
from kommunebudsjett.publish.downloads import WORKBOOK, write_downloads
from kommunebudsjett.publish.glossary import glossary_page
from kommunebudsjett.publish.originals import offer, offered
from kommunebudsjett.publish.pieces import (
    write_document_search,
    write_notebooks,
    write_report,
    write_report_search,
    write_source,
)
from kommunebudsjett.publish.store import Piece, writing
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.report import wording
from kommunebudsjett.report.caveats import year_list
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table

# Where the index of what the documents say lies, seen from that of the reports, which it is merged into.
MERGED = "documents"
# So many documents are named on the front page; more are counted.
_FEW = 4
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
    return {lang: printable(_side_by_side(Edition(project, params, lang))) for lang in params.languages}


def _side_by_side(e: Edition) -> str:
    """Each of a few documents by what it is called; of many, how many there are of each kind."""
    few = len(e.used) <= _FEW
    kinds = (e.proposals(), "budsjettforslag", "budget proposals"), (e.outcomes(), "årsberetninger", "annual reports")
    named = [e.called(e.document(one)) for one in e.used] if few else [_counted(e, *kind) for kind in kinds]
    text = e.text(f"{e.listed(named)}, side om side.", f"{e.listed(named)}, side by side.")
    return text[0].upper() + text[1:]


def _counted(e: Edition, documents: list[str], nb: str, en: str) -> str:
    """How many documents of a kind are shown, and the years they are for: `six budget proposals for 2021 and 2024`."""
    facts = [e.document(one) for one in documents]
    if len(facts) == 1:
        return e.called(facts[0])
    years = year_list(e, sorted({int(one["budget_year"]) for one in facts}))
    return e.text(f"{e.count(len(facts))} {nb} for {years}", f"{e.count(len(facts))} {en} for {years}")


def sources(project: Project, params: Params) -> dict[str, dict[str, Source]]:
    """By language, the documents as its reports name them, by their ids."""
    cells = read_table(project.clean, "table_cells")
    # Only a table that is printed with a number can be named to a reader.
    numbered = cells[cells["table"].str.match(r"\d")]
    tables = {
        document: dict(zip(found["line"].tolist(), found["table"], strict=True))
        for document, found in numbered.groupby("document")
    }
    registered = read_table(project.clean, "documents").set_index("document", drop=False)
    ids = registered.index
    blank = {
        document: frozenset(n for n, line in enumerate(document_lines(project, document), start=1) if not line.strip())
        for document in ids
    }
    pages = {document: tuple(document_pages(project, document)) for document in ids}
    places = {
        document: {line: printable(place) for line, place in document_places(project, document)} for document in ids
    }
    ruled: dict[str, dict[int, str]] = {}
    for ruling in load_rulings(project.reference).rows:
        ruled.setdefault(ruling.document, {})[ruling.line] = printable(ruling.reason)
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
                ruled.get(document, {}),
                places[document],
                printable(edition.called(row)),
            )
            for document, row in registered.iterrows()
        }
    return named


def site_of(project: Project, params: Params, kept: bool) -> dict:
    """What the pages of the site say of it, and of the documents that they cite."""
    areas = read_table(project.clean, "areas").set_index("area_id")
    return {
        **site_facts(params, kept),
        "compared": compared(project, params),
        "areas": {lang: dict(areas[f"name_{lang}"]) for lang in params.languages},
        "documents": sources(project, params),
        "data": data_version(project.clean),
    }


def executed_reports(project: Project, params: Params) -> dict[str, list[Content]]:
    """The pages of the reports by language, in the order of params.yaml.

    Raises UserError where one has the name of another page of the site.
    """
    reports = published(project, params, area_ids(project))
    for report in reports:
        if report.name in OTHER_PAGES:
            raise UserError(
                f"a report cannot be named {report.name}: another page of the site has that address",
                file=project.params,
                line=line_in(project.params, ("reports", report.notebook)),
                remedy="give the notebook another name",
            )
    found = {
        lang: [page for report in reports for page in pages(executed(project.executed / lang / f"{report.name}.ipynb"))]
        for lang in params.languages
    }
    for made in found.values():
        _check_addresses(project, made)
    return found


def _check_addresses(project: Project, made: list[Content]) -> None:
    taken = set(OTHER_PAGES)
    for page in made:
        if page.name in taken:
            raise UserError(
                f"a page cannot be named {page.name}: another page of the site has that address",
                file=project.notebooks / f"{page.notebook}.ipynb",
                remedy="give it another name in the first lines of its texts",
            )
        taken.add(page.name)


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


def write_assets(folder: Path) -> None:
    """Write the style, the icon and the scripts of the pages."""
    folder.mkdir()
    (folder / "style.css").write_text(html.style_sheet(), encoding="utf-8")
    (folder / "icon.svg").write_text(html.icon(), encoding="utf-8")
    for name in ("search", "tables"):
        (folder / f"{name}.js").write_text(html.script(name), encoding="utf-8")


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
    registered = read_table(project.clean, "documents")
    site = site_of(project, params, keep)
    reports = executed_reports(project, params)
    if params.publish.renderer == "quarto":
        from kommunebudsjett.publish import quarto

        # Before anything is built, since without it nothing can be published.
        program = quarto.find_quarto(project)
    pieces = _pieces(project, params, documents, reports, site, keep)
    with _only_of_what_was_read(project, pieces), target as folder:
        for lang in LANGUAGES:
            # DVC wants every output of the stage, so a language that is not published has an empty folder.
            (folder / lang).mkdir()
        # Nothing that is done to the site may reach an edition that is kept.
        with writing([(piece, folder / place) for piece, place in pieces], project.publish_store, pool, not keep):
            for document in documents:
                file = original(project, document.id)
                if file:
                    (folder / "sources").mkdir(exist_ok=True)
                    offer(file, document.file, folder / "sources" / offered(file, document.id))
            glossary = read_table(project.clean, "glossary")
            for lang in params.languages:
                (folder / lang / "glossary.html").write_text(glossary_page(glossary, lang, site), encoding="utf-8")
            write_assets(folder / "assets")
            beside = [name for name in editions.kept(project) if not (keep and name == params.publish.edition)]
            # Only the front pages list them, so that a report is not built again for it.
            left_out = dict(registered[["document", "left_out"]].itertuples(index=False, name=None))
            facts = [{**document.model_dump(), "left_out": left_out[document.id]} for document in documents]
            write_pages(reports, facts, {**site, "editions": beside}, folder)
            metrics = {
                "documents_used": sum(not why for why in left_out.values()),
                "documents_not_used": sum(bool(why) for why in left_out.values()),
                "names_without_translation": {lang: untranslated(found) for lang, found in reports.items()},
                "reports_published": sum(map(len, reports.values())),
            }
        if params.publish.renderer == "quarto":
            # Its pages and PDFs in place of our own; the rest of the site is ours.
            rendered = quarto.render(project, program, reports, site, params.publish.date)
            for file in sorted([*rendered.glob("*/*.html"), *rendered.glob("*/*.pdf")]):
                shutil.copyfile(file, folder / file.relative_to(rendered))
    if not keep:
        write_text(project.metrics / "publish.json", json.dumps(metrics, indent=2, sort_keys=True) + "\n")


@contextmanager
def _only_of_what_was_read(project: Project, pieces: Sequence[tuple[Piece, str]]) -> Iterator[None]:
    """Keep no piece in the store of files that changed while they were read: its key is that of what they were."""
    try:
        yield
    except ChangedError:
        for piece, _ in pieces:
            if piece.depends:
                remove(project.publish_store / piece.key)
        raise


def _pieces(
    project: Project,
    params: Params,
    documents: list[Document],
    reports: dict[str, list[Content]],
    site: dict,
    keep: bool,
) -> list[tuple[Piece, str]]:
    """The pieces of the site, each with its folder, those that take longest first: so no core waits at the end."""
    tables, texts = (_digest(project, "tree", path) for path in (project.clean, project.interim))
    notebooks = [
        project.notebooks / f"{name}.ipynb"
        for name in sorted({report.notebook for found in reports.values() for report in found})
    ]
    headings = {lang: sections(found) for lang, found in reports.items()}
    date = params.publish.date
    pieces = [
        # Two indexes, so that an edited sentence does not have the documents indexed again.
        (
            Piece(
                write_document_search, (project, site["documents"], headings, params.printing), depends=(tables, texts)
            ),
            f"search/{MERGED}",
        ),
        (Piece(write_report_search, (reports,)), "search"),
        (Piece(write_downloads, (project.clean, date), depends=(tables,)), "data"),
    ]
    pieces += [
        (
            Piece(
                write_report,
                (project.executed / lang / f"{run}.ipynb", site, date, keep),
                depends=(_digest(project, "file", project.executed / lang / f"{run}.ipynb"),),
            ),
            lang,
        )
        for lang, found in reports.items()
        for run in dict.fromkeys(report.run for report in found)
    ]
    findings = read_table(project.clean, "findings").to_dict("records")
    audits = [lang for lang, found in reports.items() if any(report.name == AUDIT for report in found)]
    audited = f"../{audits[0]}/{AUDIT}.html" if audits else ""
    entries = [document.model_dump() for document in documents]
    for document, entry in zip(documents, entries, strict=True):
        place = html.municipality_beside(entry, document.publisher, entries)
        entry["publisher"] += f" ({place})" if place else ""
        file = original(project, document.id)
        facts = {**entry, "original": offered(file, document.id) if file else ""}
        places = document_places(project, document.id)
        text = Text(document_lines(project, document.id), document_pages(project, document.id), [], places)
        found = [finding for finding in findings if finding["document"] == document.id]
        pieces.append((Piece(write_source, (facts, text, found, audited, site)), "sources"))
    digests = tuple(_digest(project, "file", file) for file in notebooks)
    return [*pieces, (Piece(write_notebooks, (notebooks,), depends=digests), "notebooks")]


def _digest(project: Project, kind: str, path: Path) -> str:
    return inputs.current(project.root, (kind, path.relative_to(project.root).as_posix()))
