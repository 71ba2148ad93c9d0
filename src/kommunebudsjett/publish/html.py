"""Pages: those of the reports, each with a template of its own, and the pages around them."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from kommunebudsjett.core.printable import printable
from kommunebudsjett.core.texts import Text
from kommunebudsjett.publish.citations import cited, use_of
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.figures import figure_file
from kommunebudsjett.publish.server import site_path
from kommunebudsjett.publish.summary import in_short
from kommunebudsjett.publish.words import ROW_IS, WORDS
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report.blocks import templates as block_templates
from kommunebudsjett.report.reasons import LEFT_OUT
from kommunebudsjett.report.theme import COLOURS
from kommunebudsjett.tables.contracts import Table
from kommunebudsjett.tables.finding_names import lines_of_name

# Nothing may run or load but the site's own style, scripts and pictures.
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
# On the front page Pagefind may also compile its WebAssembly, and load its index.
SEARCH_POLICY = (
    POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    + "; connect-src 'self'; worker-src 'self'"
)
# How large the front page shows a picture, in pixels.
SHOWN = (200, 110)

TEMPLATES = Path(__file__).parent / "templates"


def prepared(environment: Environment) -> Environment:
    """An environment of Jinja as the templates of pages need it: what is put in is text, and all pages share words."""
    environment.autoescape = environment.trim_blocks = environment.lstrip_blocks = True
    environment.globals.update(words=WORDS, policy=POLICY, search_policy=SEARCH_POLICY)
    return environment


pages = prepared(Environment(loader=FileSystemLoader(TEMPLATES)))


def body(blocks: list[dict], report: Content) -> Markup:
    """The blocks of a report, cited, as HTML for its page."""
    macro = block_templates.get_template("blocks.html.j2").module.block
    words = WORDS[report.lang]
    pieces = []
    for block in blocks:
        files = {}
        if block["kind"] == "figure":
            files = {width: figure_file(report, block, f"-{width}.svg") for width in ("wide", "narrow")}
            data = figure_file(report, block, ".csv")
            block = {**block, "downloads": [(files["wide"], words["as_svg"]), (data, words["as_csv"])]}
        pieces.append(str(macro(block, words=words, **files)))
    return Markup("\n".join(pieces))


def report_resources(report: Content, site: dict) -> dict:
    """What the template of a report is given, as resources of nbconvert.

    `site` has languages, edition, date, address and, by language, `documents` by their ids.
    """
    documents = site.get("documents", {}).get(report.lang, {})
    blocks, citations = cited(report.blocks, documents, report.lang)
    return {
        "report": report,
        "leads": [block for block in blocks if block.get("lead")],
        "blocks": [block for block in blocks if not block.get("lead")],
        "citations": citations,
        "in_short": in_short(report),
        "use": use_of(report.blocks, documents, report.lang),
        "card": card_file(report),
        "site": site,
    }


def source_page(document: dict, printed: Text, findings: list[dict], audited: str, site: dict) -> str:
    """A document as text, every line numbered and linkable (`#L123`), as is every page of a PDF (`#P12`).

    `document` is an entry of the registry; its `original` is the address of the file that it is, "" for a text. Where
    a line stands in a file without pages is shown beside it.
    `findings` are what the audit found in it (rows of findings.csv); each stands at the first of its lines and marks
    all of them. One that follows from another says so, with the line of that. `audited` is the address of the report
    on them, empty where it is not published.
    """
    at: dict[int, list[str]] = {}
    marked: set[int] = set()
    for finding in findings:
        found = split_lines(finding["lines"])
        marked.update(found)
        texts = at.setdefault(found[0], [])
        root = lines_of_name(finding["follows_from"]) if finding["follows_from"] else found
        follows = f"Følger av funnet på linje {root[0]}: " if root[0] != found[0] else ""
        if (text := follows + printable(finding["description_nb"])) not in texts:
            texts.append(text)
    return pages.get_template("source.html.j2").render(
        document={name: printable(document[name]) for name in ("title", "publisher", "file", "original")},
        pages=_pages(printed),
        places={line: printable(place) for line, place in printed.places},
        # Only the tab and the end of the line are characters of a line of text.
        lines=[printable(line, keep="\t") for line in printed.lines],
        findings=at,
        marked=marked,
        audited=audited,
        site=site,
        lang="nb",
    )


def _pages(text: Text) -> dict[int, list[int]]:
    """The pages that begin at each line: several where a page has no text."""
    pages: dict[int, list[int]] = {}
    for page, line in enumerate(text.pages, start=1):
        pages.setdefault(min(line, len(text.lines)), []).append(page)
    return pages


def municipality_beside(document: dict, words: str, documents: list[dict]) -> str:
    """The municipality of a document, where documents are about several and the words beside it do not say it."""
    several = len({other["municipality"].casefold() for other in documents}) > 1
    said = document["municipality"].casefold() in words.casefold()
    return printable(document["municipality"]) if several and not said else ""


def index_page(reports: list[Content], documents: list[dict], site: dict, lang: str, root: str = "../") -> str:
    """The front page of a language; `root` is the way from it to the root of the site.

    `documents` are entries of the registry with `left_out`: why the reports do not use one, as in the table documents.
    """
    named = site["documents"][lang]
    documents = [
        {
            "id": document["id"],
            "name": named[document["id"]].name,
            "title": printable(document["title"]),
            "municipality": municipality_beside(document, named[document["id"]].name + document["title"], documents),
            "left_out": LEFT_OUT[lang].get(document["left_out"], ""),
        }
        for document in documents
    ]
    return pages.get_template("index.html.j2").render(
        groups=groups(reports, WORDS[lang], site["areas"][lang]),
        documents=documents,
        size=SHOWN,
        site=site,
        lang=lang,
        root=root,
    )


def groups(reports: list[Content], words: dict, area_names: dict[str, str]) -> list[tuple[str, str, list[dict]]]:
    """The reports as the front page shows them, as (id, title, reports); groups without reports are left out.

    The first report of params.yaml stands alone. Those that are run for each service area come last, by its name.
    """
    areas = [report for report in reports[1:] if "area_id" in report.parameters]
    topics = [report for report in reports[1:] if "area_id" not in report.parameters]
    found = (
        ("start", words["start"], reports[:1]),
        ("subjects", words["topics"], topics),
        ("areas", words["areas"], areas),
    )
    return [(id, title, [_card(report, area_names) for report in members]) for id, title, members in found if members]


def _card(report: Content, area_names: dict[str, str]) -> dict:
    return {
        "name": report.name,
        "title": area_names.get(report.parameters.get("area_id"), report.title),
        "in_short": in_short(report),
        "picture": picture_file(report),
    }


def picture_file(report: Content) -> str:
    """The address of the small picture of a report, seen from its folder; empty where it has no figure."""
    return f"figures/{report.name}.png" if _has_figure(report) else ""


def card_file(report: Content) -> str:
    """The address of the picture that those who share a link to a report show; empty where it has no figure."""
    return f"figures/{report.name}-card.png" if _has_figure(report) else ""


def _has_figure(report: Content) -> bool:
    return any(block["kind"] == "figure" for block in report.blocks)


def downloads_page(reports: list[Content], tables: Iterable[Table], workbook: str, site: dict, lang: str) -> str:
    """What can be downloaded, with what it means: the clean tables, and the figures of the reports."""
    words = WORDS[lang]
    link = Markup('<a href="../data/{file}">{text}</a>')
    about = Markup(words["tables_about"]).format(
        workbook=link.format(file=workbook, text=words["workbook"]),
        package=link.format(file="datapackage.json", text="datapackage.json"),
    )
    drawn = [
        (
            report,
            [
                {
                    "caption": block["caption"].rstrip("."),
                    "svg": figure_file(report, block, "-wide.svg"),
                    "csv": figure_file(report, block, ".csv"),
                }
                for block in report.blocks
                if block["kind"] == "figure"
            ],
        )
        for report in reports
        if _has_figure(report)
    ]
    return pages.get_template("downloads.html.j2").render(
        tables=tables, about=about, row_is=ROW_IS if lang == "nb" else {}, drawn=drawn, site=site, lang=lang
    )


def missing_page(site: dict) -> str:
    """The page for an address that leads nowhere."""
    return pages.get_template("missing.html.j2").render(
        site=site, lang=site["languages"][0], root=site_path(site["address"])
    )


def script(name: str) -> str:
    """A script of the site: `tables` sorts tables, `search` searches."""
    return (TEMPLATES / f"{name}.js").read_text(encoding="utf-8")


def style_sheet() -> str:
    """The one style sheet of the site."""
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


def icon() -> str:
    """The mark of the site, for the tab of a browser: a bar for each of two proposals, and one for a report."""
    one, other, report = (*COLOURS["proposal"][:2], COLOURS["report"][0])
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<path fill="{one}" d="M1 6h4v9H1z"/><path fill="{other}" d="M6 1h4v14H6z"/>'
        f'<path fill="{report}" d="M11 4h4v11h-4z"/></svg>\n'
    )
