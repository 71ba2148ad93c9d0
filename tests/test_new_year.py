"""The road of a new year: documents are added to a clone by the command, and the pages say their numbers and lines.

Once for the municipality of this project, with the tutorial's documents, and twice for another one: with whole
documents, and with documents that lack nearly all that reports show.
"""

import re
import shutil
from html import unescape
from pathlib import Path

import pypdf
import pytest
import yaml
from scripts.fictitious_documents import documents, write

from tests.conftest import ROOT, git, run
from tests.pdfs.model import Document
from tests.pdfs.new_year import (
    NORDVIK,
    TRONDHEIM,
    alternative_budget,
    annual_report,
    sparse_budget,
    sparse_report,
)

LINK = re.compile(
    r'<a class="cite" href="\.\./sources/(?P<document>[^"#]+)\.html#L(?P<line>\d+)"[^>]*>(?P<words>[^<]*)'
)
LINE = re.compile(r'<p id="L(?P<line>\d+)"[^>]*>.*?<span>(?P<text>.*?)</span>(?: <small>[^<]*</small>)?</p>')

# The areas, names and people of another municipality: all that it needs beside its documents.
AREAS = """area_id,order,name_nb,name_en,cofog,cofog_name,source
barn_unge,1,Barn og unge,Children and young people,09,Education,Curated
mestring_helse,2,Mestring og helse,Health,07;10,Health; Social protection,Curated
havn_areal,3,Havn og areal,Harbour and land use,04,Economic affairs,Curated
finans_organisasjon,4,Finans og administrasjon,Finance and administration,01,General public services,Curated
felles,5,Felles,Shared,01,General public services,Curated
"""
NAMES = {
    "Barn og unge": "barn_unge,same",
    "Grunnskolen": "barn_unge,part",
    "Barnehagene": "barn_unge,part",
    "Mestring og helse": "mestring_helse,same",
    "Hjemmetjenesten": "mestring_helse,part",
    "Havn og areal": "havn_areal,same",
    "Havn og kai": "havn_areal,part",
    "Felles inntekter": "finans_organisasjon,same",
    "Sentraladministrasjonen": "finans_organisasjon,part",
    "Diverse sentrale bevilgninger": "finans_organisasjon,part",
    "Innledning": "felles,part",
    "Investeringer": "felles,wider",
    "Økonomi": "felles,wider",
}
TOPICS = """topic,name_nb,name_en,kind,area_id,pattern,except,why,municipality
barnehager,Barnehager,Kindergartens,service,barn_unge,barnehage\\w*,,Står i budsjettene og årsberetningen,
skole,Skole,Schools,service,barn_unge,skole\\w*|grunnskole\\w*,,Står i budsjettene og årsberetningen,
"""


def change(folder: Path, **values: object) -> None:
    """Set sections of params.yaml."""
    path = folder / "params.yaml"
    params = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(params | values, allow_unicode=True, sort_keys=False), encoding="utf-8")


def append(path: Path, line: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def add(folder: Path, document: Document, name: str, role: str) -> str:
    """Add a document as a person does: by its file, which lies somewhere else. What the command says."""
    file = write(document, folder.parent / "nedlastinger" / name)
    result = run(folder, "kommunebudsjett", "add", str(file), "--as", role)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


def reproduce(folder: Path) -> None:
    result = run(folder, "dvc", "repro")
    assert result.returncode == 0, result.stdout + result.stderr


def page(folder: Path, name: str) -> str:
    return (folder / "reports" / name).read_text(encoding="utf-8")


def words(html: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<(script|style)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)))


def links(folder: Path, name: str) -> set[tuple[str, str, str]]:
    """The numbers of a page that link to a line: (the words, the document, the text of that line)."""
    sources: dict[str, dict[str, str]] = {}
    found = set()
    for match in LINK.finditer(page(folder, name)):
        document = match["document"]
        if document not in sources:
            lines = LINE.finditer(page(folder, f"sources/{document}.html"))
            sources[document] = {line["line"]: unescape(re.sub(r"<[^>]+>", "", line["text"])) for line in lines}
        text = unescape(match["words"]).replace("\u00a0", " ")
        found.add((text, document, " ".join(sources[document][match["line"]].split())))
    return found


def pages(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "reports").rglob("*") if path.suffix in (".html", ".json", ".csv", ".qmd"))


@pytest.fixture(scope="module")
def trondheim(tmp_path_factory, cloned) -> tuple[Path, dict[str, str]]:
    """A clone with the budget of 2027 and the report of 2026, and what `add` said of each."""
    folder = cloned(tmp_path_factory.mktemp("new-year") / "kommunebudsjett")
    said = {
        role: add(folder, document, name, role)
        for role, (name, document) in zip(("alternative", "outcome"), documents(TRONDHEIM).items(), strict=True)
    }
    append(folder / "data/reference/population.csv", "Trondheim,2027,220400,2027-01-01,Made up,forecast")
    append(folder / "data/reference/price_growth.csv", "municipal_deflator,2027,3.5,,Made up,forecast")
    change(folder, reports={"overview": {}}, prices={"index": "municipal_deflator", "year": 2027})
    reproduce(folder)
    return folder, said


def another_municipality(folder: Path) -> Path:
    """Give a clone the reference data of another municipality, and no documents yet."""
    reference = folder / "data/reference"
    (reference / "areas.csv").write_text(AREAS, encoding="utf-8")
    rows = [f"Nordvik,,{name},{mapped},," for name, mapped in NAMES.items()]
    header = "municipality,document,name,area_id,relation,note_nb,note_en"
    (reference / "service_areas.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    (reference / "topics.csv").write_text(TOPICS, encoding="utf-8")
    people = [f"Nordvik,{year},{3000 + year},{year}-01-01,Made up,secondary" for year in (2025, 2026, 2027)]
    header = "municipality,year,population,date,source,status"
    (reference / "population.csv").write_text("\n".join([header, *people, ""]), encoding="utf-8")
    append(reference / "price_growth.csv", "municipal_deflator,2027,3.5,,Made up,forecast")
    glossary = (reference / "glossary.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (reference / "glossary.csv").write_text("".join(row for row in glossary if "Trondheim" not in row))
    shutil.rmtree(folder / "data/raw")
    (folder / "data/raw").mkdir()
    change(folder, prices={"index": "municipal_deflator", "year": 2027}, languages=["nb"])
    return folder


@pytest.fixture(scope="module")
def nordvik(tmp_path_factory, cloned) -> Path:
    """A clone with the documents of another municipality."""
    folder = another_municipality(cloned(tmp_path_factory.mktemp("nordvik") / "kommunebudsjett"))
    add(folder, alternative_budget(NORDVIK, 2025), "Alternativt budsjett 2025.pdf", "before")
    add(folder, alternative_budget(NORDVIK, 2027), "Alternativt budsjett 2027.pdf", "alternative")
    add(folder, annual_report(NORDVIK, 2026), "Årsberetning.pdf", "outcome")
    reproduce(folder)
    return folder


@pytest.fixture(scope="module")
def sparse(tmp_path_factory, cloned) -> Path:
    """A clone with documents of another municipality that lack nearly all that reports show."""
    folder = another_municipality(cloned(tmp_path_factory.mktemp("sparse") / "kommunebudsjett"))
    (folder / "data/reference/topics.csv").write_text(TOPICS.split("\n")[0] + "\n", encoding="utf-8")
    add(folder, sparse_budget(NORDVIK, 2025), "Alternativt budsjett 2025.pdf", "before")
    add(folder, sparse_budget(NORDVIK, 2027), "Alternativt budsjett 2027.pdf", "alternative")
    add(folder, sparse_report(NORDVIK, 2026), "Årsberetning.pdf", "outcome")
    # So few rows don't say what a plus means.
    registry = folder / "data/raw/documents.yml"
    entries = registry.read_text(encoding="utf-8")
    registry.write_text(
        entries.replace("  family: party_budget\n", "  family: party_budget\n  signs: spending-positive\n"),
        encoding="utf-8",
    )
    reproduce(folder)
    return folder


def test_add_tells_what_it_found_and_what_is_missing(trondheim):
    _, said = trondheim
    for line in [
        "Added as sv-rodt-2027",
        "Trondheim,2027,INHABITANTS,2027-01-01,SOURCE,STATUS",
        "municipal_deflator,2027,GROWTH,,SOURCE,STATUS",
        "Unread: none",
    ]:
        assert line in said["alternative"]
    assert "(Tabeller samlet, tabell 1, rad 3)" in said["alternative"]
    assert "Added as trondheim-2026" in said["outcome"]
    assert "Every area of trondheim-2026 is mapped" in said["outcome"]


def test_the_screens_of_the_tutorial_are_real(trondheim):
    _, said = trondheim
    shown = {line.rstrip() for text in said.values() for line in text.splitlines()}
    blocks = re.findall(r"```\n(.*?)```", (ROOT / "docs/new-year.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    screens = [block for block in blocks if re.match(r"\$ make (?:check|add)|Read: ", block)]
    assert len(screens) == 3
    told = {line for screen in screens for line in screen.splitlines() if line[:1] not in ("$", "") and line != "..."}
    assert len(told) > 40
    assert told <= shown, sorted(told - shown)


def test_add_changes_no_more_than_it_says(trondheim):
    folder, _ = trondheim
    changed = {line[3:].strip('"') for line in git(folder, "status", "--porcelain", "data/raw").splitlines()}
    assert changed == {
        "data/raw/documents.yml",
        "data/raw/sv-rodt-alternativt-budsjett-2027.docx",
        "data/raw/trondheim-arsberetning-2026.html",
    }


def test_the_new_overview_says_the_new_numbers_with_their_lines(trondheim):
    folder, _ = trondheim
    said = words(page(folder, "nb/overview.html")).replace("\u00a0", " ")
    assert "partibudsjettene for 2020 og 2027 og regnskapet for 2026" in said
    # Table 1.1.1: the services spent 11 790 of 11 950 millions. Tables of the budget: 24.5 + 12 + 10 in 2027.
    assert "Tjenestene brukte 160 mill. kr mindre enn det reviderte budsjettet i 2026." in said
    assert "SV og Rødt ville gi tjenestene 47 mill. kr" in said
    assert "mer enn byrådets forslag i 2027." in said
    found = links(folder, "nb/overview.html")
    for number, document, line in [
        ("160 mill. kr", "trondheim-2026", "Tjenesteområdene 11 950 11 790 160"),
        ("40,0 mill. kr", "sv-rodt-2027", "Eiendomsskatt på bolig −40 −50 −50 −50"),
        ("6,5 mill. kr", "sv-rodt-2027", "Bruk av disposisjonsfondet −6,5 −10,5 −10,5 −10,5"),
        ("77,1 %", "sv-rodt-2027", "Målsetting gjeldsgrad 80 % 77,1% 78,2% 79,3% 79,8% 78,6%"),
    ]:
        assert (number, document, line) in found, sorted(found)


def titles(folder: Path, document: str) -> list[str]:
    """The titles of the links of the overview that lead to lines of a document."""
    link = rf'<a class="cite" href="\.\./sources/{document}\.html#L\d+" title="([^"]*)"'
    return [unescape(title) for title in re.findall(link, page(folder, "nb/overview.html"))]


def test_the_lines_are_told_with_their_place(trondheim):
    folder, _ = trondheim
    for document in ("sv-rodt-2027", "trondheim-2026"):
        placed = [
            re.search(r"(?:tabell \d+, rad \d+|avsnitt \d+|punkt \d+), linje \d+", t) for t in titles(folder, document)
        ]
        # A heading is its own place.
        assert len(list(filter(None, placed))) > len(placed) / 2 > 2
    assert (folder / "reports/sources/sv-rodt-2027.docx").is_file()
    assert (folder / "reports/sources/trondheim-2026.zip").is_file()


def test_the_lines_of_a_pdf_are_told_with_their_page(nordvik):
    cited = [
        title for path in (nordvik / "data/raw").glob("*.pdf") for title in titles(nordvik, _id(nordvik, path.name))
    ]
    assert cited
    assert all(re.search(r"side \d+, linje \d+", title) for title in cited), cited


def _id(folder: Path, file: str) -> str:
    registry = yaml.safe_load((folder / "data/raw/documents.yml").read_text(encoding="utf-8"))
    return next(entry["id"] for entry in registry if entry["file"] == file)


def test_the_english_overview_says_the_same(trondheim):
    folder, _ = trondheim
    said = words(page(folder, "en/overview.html")).replace("\u00a0", " ")
    assert "The services spent NOK 160 million less than the revised budget in 2026." in said
    assert "NOK 47 million" in said


def test_a_second_add_has_nothing_to_do(trondheim):
    folder, _ = trondheim
    before = git(folder, "status", "--porcelain")
    again = run(folder, "kommunebudsjett", "add", str(folder.parent / "nedlastinger/Årsberetning 2026.html"))
    assert again.returncode == 0
    assert "Nothing had to be changed" in again.stdout
    assert git(folder, "status", "--porcelain") == before


def test_another_municipality_has_pages_of_its_own(nordvik):
    names = {path.name for path in (nordvik / "reports/nb").glob("*.html")}
    assert {"overview.html", "economy.html", "area-havn_areal.html", "area-barn_unge.html"} <= names
    assert not {"area-oppvekst.html", "area-byutvikling.html"} & names
    said = words(page(nordvik, "nb/overview.html")).replace("\u00a0", " ")
    # 96 + 61 + 74 + 12 + 33 of 98 + 60 + 79 + 13 + 34 millions; 1.2 + 0.6 + 1.4 + 0.8 more in 2027.
    assert "Tjenestene brukte 8 mill. kr mindre enn det reviderte budsjettet i 2026." in said
    assert "Senterpartiet og Venstre (2027) ville gi tjenestene 4 mill. kr" in said
    found = links(nordvik, "nb/overview.html")
    assert any(line.startswith("Utbytte fra kraftverket −3 −4 −4 −4") for _, _, line in found)


def test_nothing_published_for_another_municipality_names_the_first_one(nordvik):
    assert len(pages(nordvik)) > 20
    for path in pages(nordvik):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"trondheim|rodgronne|rødgrønne|\bSV\b|Rødt\b|klæbu", text, re.IGNORECASE), path
    for path in (nordvik / "reports/nb").glob("*.pdf"):
        text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(path).pages)
        assert "Nordvik" in text, path
        assert "Trondheim" not in text, path


@pytest.mark.slow
@pytest.mark.parametrize("clone", ["nordvik", "sparse"])
def test_what_a_document_lacks_is_said_in_words(clone, request):
    folder = request.getfixturevalue(clone)
    found = sorted((folder / "reports/nb").glob("*.html"))
    assert len(found) >= 12
    for path in found:
        said = words(path.read_text(encoding="utf-8"))
        assert not re.search(r"\b(?:nan|NaN|None|NaT|inf)\b", said), path
    economy = words(page(folder, "nb/economy.html"))
    assert "Årsberetningen har ingen balanse." in economy
    assert "Årsberetningen har ingen tabell over garantier." in economy


def test_documents_that_lack_nearly_all_still_give_every_report(sparse):
    overview = words(page(sparse, "nb/overview.html")).replace("\u00a0", " ")
    # All rows of the table of services, for no other table sets the central appropriations apart: 8 + 30.
    assert re.search(r"Tjenestene brukte 38 mill\. kr ?\[1\] mindre enn det reviderte budsjettet i 2026\.", overview)
    # The tables are printed once, so that the parameter `printing` chooses between nothing: 1.2 + 0.6 + 1.4 in 2027.
    assert re.search(r"Senterpartiet og Venstre \(20\d\d\) ville gi tjenestene 3 mill\. kr ?\[\d+\] mer enn", overview)
    assert "dokumentet har ingen tabell som viser det" in overview
    assert "Det er ingen temaer å vise." in words(page(sparse, "nb/topics.html"))
