"""All PDFs of the published site: their tags, language, fonts and reading order, and where their links lead."""

import html
import re
import subprocess
from pathlib import Path

from pypdf import PdfReader

from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.publish.content import content, executed
from kommunebudsjett.publish.printing import printed
from kommunebudsjett.publish.site import sources

ADDRESS = "https://example.org/budsjett"
LOCALES = {"nb": "nb-NO", "en": "en-GB"}
A4 = {(595, 842), (842, 595)}


def pdfs(site: Path) -> list[Path]:
    """The PDFs of the site, one beside each report."""
    found = sorted(site.glob("*/*.pdf"))
    assert {file.parent.name for file in found} == set(LOCALES)
    return found


def poppler(program: str, file: Path, *options: str) -> str:
    """What a program of Poppler says of a PDF."""
    last = ["-"] if program == "pdftotext" else []
    words = [program, *options, str(file), *last]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def squeezed(text: str) -> str:
    """Text without spaces and hyphens: where its lines end makes no difference."""
    return re.sub(r"[\s\u00ad\u2010\u2060-]", "", text)


def title_and_headings(page: Path) -> tuple[str, list[str]]:
    """The title of a report's page and its headings, without those that the page itself adds."""
    text = page.read_text(encoding="utf-8")
    title = re.search("<h1>(.*?)</h1>", text, re.DOTALL)[1]
    found = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', text, re.DOTALL)
    headings = [words for name, words in found if name not in ("contents", "notes")]
    return words_of(title), [words_of(words) for words in headings]


def words_of(fragment: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", fragment)).strip()


def test_there_is_one_beside_each_report(site, untouched):
    reports = {(file.parent.name, file.stem) for file in (untouched / "build" / "executed").glob("*/*.ipynb")}
    assert {(file.parent.name, file.stem) for file in pdfs(site)} == reports


def test_each_is_tagged_and_says_its_title_language_and_standards(site):
    for file in pdfs(site):
        reader = PdfReader(file)
        root = reader.trailer["/Root"]
        title, _ = title_and_headings(file.with_suffix(".html"))
        assert reader.metadata.title == title, file
        assert root["/Lang"] == LOCALES[file.parent.name], file
        assert root["/ViewerPreferences"]["/DisplayDocTitle"], file
        metadata = root["/Metadata"].get_object().get_data().decode()
        assert "<pdfuaid:part>1<" in metadata, file
        assert "<pdfaid:part>2<" in metadata and "<pdfaid:conformance>A<" in metadata, file
        assert "Tagged:          yes" in poppler("pdfinfo", file), file
        assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} <= A4, file


def test_each_has_its_fonts(site):
    for file in pdfs(site):
        fonts = poppler("pdffonts", file).splitlines()[2:]
        # Name, type, encoding, and whether it is embedded, a subset, and can be read as text.
        assert [line for line in fonts if not re.search(r" yes +yes +yes ", line)] == [], file
        assert any("LibertinusSerif" in line for line in fonts), file


def test_each_reads_in_the_order_of_its_page(site):
    for file in pdfs(site):
        title, headings = title_and_headings(file.with_suffix(".html"))
        text = poppler("pdftotext", file)
        found = squeezed(text)
        place = 0
        # First the title, then the headings among the contents, then each again in the text.
        for words in [title, *headings, *headings]:
            place = found.find(squeezed(words), place)
            assert place >= 0, (file, words)
            place += len(squeezed(words))
        assert "\ufffd" not in text, file
        if file.parent.name == "nb":
            assert set("åøæ") <= set(text), file


def links(reader: PdfReader) -> list[tuple[str, object]]:
    """What the links of a PDF lead to: an address, or a place in it."""
    found = []
    for page in reader.pages:
        for annotation in page.get("/Annots", []):
            annotation = annotation.get_object()
            if annotation.get("/Subtype") == "/Link":
                action = annotation.get("/A")
                target = action.get_object().get("/URI") if action else None
                found.append((target, annotation.get("/Dest") or (action and action.get_object().get("/D"))))
    return found


class Anchors:
    """Whether addresses within the site are of files and anchors that are published."""

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self.ids: dict[Path, set[str]] = {}

    def has(self, uri: str, folder: Path) -> bool:
        """Whether an address, relative to a folder of the site, leads to something there."""
        path, _, anchor = uri.partition("#")
        target = (folder / path).resolve()
        if not target.is_relative_to(self.site) or not target.is_file():
            return False
        if anchor and target not in self.ids:
            self.ids[target] = set(re.findall(r'id="([^"]+)"', target.read_text(encoding="utf-8")))
        return not anchor or anchor in self.ids[target]


def test_every_link_of_each_leads_to_a_place_in_it_or_on_the_site(site):
    anchors = Anchors(site)
    for file in pdfs(site):
        reader = PdfReader(file)
        pages = {page.indirect_reference.idnum for page in reader.pages}
        named = reader.named_destinations
        found = links(reader)
        for uri, place in found:
            if uri is None:
                where = named[place].dest_array if isinstance(place, str) else place
                assert where[0].idnum in pages, (file, place)
            elif not re.match("(https?|mailto):", uri):
                assert anchors.has(uri, file.parent), (file, uri)
        # The contents lead into the report, numbers to the documents.
        assert any(uri is None for uri, _ in found), file
        assert any(uri and "/sources/" in uri for uri, _ in found), file


def hrefs(value: object) -> list[str]:
    if isinstance(value, list):
        return [href for part in value for href in hrefs(part)]
    if isinstance(value, dict):
        here = [value["href"]] if "href" in value else []
        return here + [href for part in value.values() for href in hrefs(part)]
    return []


def test_every_link_is_absolute_where_the_site_has_an_address_and_leads_to_what_is_published(site, untouched):
    project = Project(untouched)
    documents = sources(project, load_params(project))
    anchors = Anchors(site)
    for file in sorted((untouched / "build" / "executed").glob("*/*.ipynb")):
        report = content(executed(file))
        found = hrefs(printed(report, documents[report.lang], ADDRESS))
        assert found, file
        for href in found:
            assert re.match("(https?|mailto):", href), (file, href)
            if href.startswith(f"{ADDRESS}/"):
                assert anchors.has(href.removeprefix(f"{ADDRESS}/"), site), (file, href)
        assert any(href.startswith(f"{ADDRESS}/sources/") for href in found), file
