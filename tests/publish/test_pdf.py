"""PDFs: what they say, how they are laid out, and that documents cannot do anything to them."""

import datetime
import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import Content
from kommunebudsjett.publish.glyphs import shown as legible
from kommunebudsjett.publish.pdf import Imprint, report_pdf
from kommunebudsjett.report import charts
from kommunebudsjett.report.blocks import Cell, Column, Lines, Link, Quotation, quotations, table
from kommunebudsjett.report.pictures import figure
from tests.publish.reports import DOCUMENTS, report, shown
from tests.publish.test_pdfs_of_the_site import links
from tests.saying import details, lead, say, text_blocks

DATE = datetime.date(2026, 11, 22)
IMPRINT = Imprint("1", DATE, "0123abcd")
XHTML = "{http://www.w3.org/1999/xhtml}"
# Typst's own signs, those of other markup, and characters that no font has or that turn or hide text.
SALT = (
    "#strong[x] $x^2$ _a_ *b* `c` <navn> @ref \\ \\u{41} // /* */ = Nei - x + y ~ \"s\" 't' [l](x) "
    '#panic("x") #let x = 1 {{< include x >}} ![](x) | a | é ﬁ 漢 😀 '
)


def pdf(parts: list, lang: str = "nb", imprint: Imprint = IMPRINT) -> bytes:
    return report_pdf(report(parts, lang), DOCUMENTS, imprint)


def poppler(program: str, made: bytes, folder: Path, *options: str) -> str:
    """What a program of Poppler says of a PDF."""
    file = folder / "made.pdf"
    file.write_bytes(made)
    last = ["-"] if program == "pdftotext" else []
    words = [program, *options, str(file), *last]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def bars(count: int):
    names = [f"Område {index}" for index in range(count)]
    series = [charts.Series("Serie", [float(index) for index in range(count)], "#0b4f8a")]
    return charts.bars(names, series, lambda value: f"{value:.0f}", "ingen")


def amounts(name: str, rows: int, columns: int = 3) -> None:
    """A table of numbers, each on a line of its own."""
    table(
        name,
        caption=f"Tabellen {name}",
        columns=[Column("Emne", numeric=False), *[Column(f"Kommune {index}") for index in range(columns)]],
        rows=[
            [f"Rad {row}", *[Cell(f"{row}{column},5", (("sv-rodt-2026", "12"),)) for column in range(columns)]]
            for row in range(rows)
        ],
    )


def pages_with(made: bytes, words: str) -> list[int]:
    return [index for index, page in enumerate(PdfReader(io.BytesIO(made)).pages) if words in page.extract_text()]


def salt(place: str) -> str:
    """The salt with a name of the place where it stands."""
    return f"{place} {SALT}"


# Where text of a document can stand in a report, by the names that `salted_report` gives the places.
PLACES = [
    *("title", "heading", "text", "quoted", "summary", "details", "source"),
    *("about", "quotation", "amount", "how", "caption", "column", "cell", "row", "note"),
    *("picture", "header", "value", "remark", "document"),
]


def salted_report(monkeypatch) -> tuple[Content, dict[str, Source]]:
    """A report with the salt everywhere a document can put text, and the documents that it cites."""

    def cell(place: str, **more) -> Cell:
        return Cell(salt(place), (("sv-rodt-2026", "12"),), **more)

    parts = shown(
        monkeypatch,
        lambda: say("nb", nb="## Om {h}\n\n{x} og «{y}».", en="", h=cell("heading"), x=cell("text"), y=cell("quoted")),
        lambda: details("nb", salt("summary"), nb="{x}", en="", x=salt("details")),
        lambda: quotations(
            "nb", [Quotation(salt("about"), salt("quotation"), ("sv-rodt-2026", "12"), amount=cell("amount"))]
        ),
        lambda: table(
            "t",
            caption=salt("caption"),
            columns=[Column(salt("column"), False), Column("Sum")],
            rows=[[cell("cell"), "1"], [salt("row"), cell("cell", how=salt("how"))]],
            note=salt("note"),
            emphasised=(1,),
        ),
        lambda: figure(
            "f",
            charts.bars([salt("bar")], [charts.Series(salt("series"), [1.0], "#0b4f8a")], str, salt("none")),
            caption=salt("picture"),
            alt=salt("alternative"),
            columns=[Column(salt("header"))],
            rows=[[cell("value")]],
            note=salt("remark"),
        ),
    )
    named = {"sv-rodt-2026": Source(salt("source"), salt("document"))}
    return replace(report(parts), title=salt("title").strip()), named


def test_a_salted_document_is_plain_text(monkeypatch, tmp_path):
    made = report_pdf(*salted_report(monkeypatch), Imprint(salt("edition"), DATE, "0123abcd"))
    text = poppler("pdftotext", made, tmp_path, "-raw")

    def letters(words: str) -> str:
        # Where a line ends in a word it has a hyphen that the words do not, and two letters can have one sign.
        return re.sub("[\\s\u00ad\u2010\u2060]", "", words.replace("\ufb01", "fi")).casefold()

    found = letters(text)
    for place in (*PLACES, "edition"):
        # A heading and a how begin with a capital letter.
        assert letters(legible(salt(place))) in found, place
    assert "[U+6F22]" in text
    alternatives = [element["/Alt"] for element in elements(made) if "/Alt" in element]
    assert any(SALT.split()[0] in alternative for alternative in alternatives)
    assert PdfReader(io.BytesIO(made)).metadata.title == legible(salt("title")).strip()


@given(st.text(max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_text_keeps_to_the_standards(text):
    made = pdf(text_blocks("nb", nb="Ord: {x}.", en="", x=Cell(text + "x")))
    assert made.startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Årsberetning – 510 mill. kr, −7 «x»\u00ad", "Årsberetning – 510 mill. kr, −7 «x»\u00ad"),
        ("漢", "[U+6F22]"),
        ("\ue000", "[U+E000]"),
        ("\ufeff", "[U+FEFF]"),
        ("\u202e", "[U+202E]"),
        # The picture that stands for a control character is in no font.
        ("␇", "[U+0007]"),
        ("linje\nå", "linje\nå"),
    ],
)
def test_characters_that_cannot_be_shown_are_named(text, expected):
    assert legible(text) == expected


def elements(made: bytes) -> list:
    """The elements of the structure tree."""
    found = []

    def walk(node) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(PdfReader(io.BytesIO(made)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_document_is_tagged_in_its_language_and_says_its_edition(monkeypatch):
    parts = shown(
        monkeypatch,
        lambda: say("en", nb="", en="## Measures\n\n{x}", x=Cell("Flere lærere", lang="nb")),
        lambda: amounts("t", 2),
    )
    made = pdf(parts, "en")
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert PdfReader(io.BytesIO(made)).metadata.title == "Prøve"
    kinds = {element.get("/S") for element in elements(made)}
    assert {"/Table", "/TH", "/TD", "/H1", "/Link", "/Caption"} <= kinds
    assert "nb-NO" in {element.get("/Lang") for element in elements(made)}
    assert pages_with(made, "Kommunebudsjett. Edition 1, 22 November 2026. Data 0123abcd")


def test_the_same_report_gives_the_same_bytes(monkeypatch):
    parts = shown(monkeypatch, lambda: amounts("t", 40), lambda: say("nb", nb="## A\n\nOrd.", en=""))
    assert pdf(parts) == pdf(parts)


def test_all_fonts_are_embedded_and_charts_have_text(monkeypatch, tmp_path):
    parts = shown(
        monkeypatch,
        lambda: figure("f", bars(3), caption="x", alt="De tre områdene vises.", columns=[Column("x")], rows=[["1"]]),
    )
    made = pdf(parts)
    fonts = poppler("pdffonts", made, tmp_path).splitlines()[2:]
    assert {line.split()[0].split("+")[1].split("-")[0] for line in fonts} >= {"LibertinusSerif", "DejaVuSans"}
    assert all(re.search(r" yes +yes +yes ", line) for line in fonts)
    assert "Område 2" in poppler("pdftotext", made, tmp_path)


def test_text_reads_in_order(monkeypatch, tmp_path):
    parts = shown(
        monkeypatch,
        lambda: say("nb", nb="## Først\n\nSmåbåthavn på Røros.", en=""),
        lambda: amounts("t", 2),
        lambda: say("nb", nb="## Sist\n\nÆrlig talt.", en=""),
    )
    text = poppler("pdftotext", pdf(parts), tmp_path)
    body = text[text.rindex("Først") :]
    places = [body.index(words) for words in ("Småbåthavn på Røros.", "Tabell 1", "Rad 0", "Rad 1", "Ærlig talt.")]
    assert places == sorted(places)


def test_the_contents_stand_clear_of_what_is_above_them(monkeypatch, tmp_path):
    parts = shown(
        monkeypatch,
        lambda: lead("nb", nb="Tjenestene brukte mindre. Slutt.", en=""),
        lambda: say("nb", nb="## Først\n\nTekst.", en=""),
    )
    tree = ElementTree.fromstring(poppler("pdftotext", pdf(parts), tmp_path, "-bbox"))
    words = {word.text: word for word in tree.iter(f"{XHTML}word")}
    above, heading = float(words["Slutt."].get("yMax")), float(words["Innhold"].get("yMin"))
    assert heading - above > 9, "the heading stands in the line above it"


def test_norwegian_words_are_divided_as_norwegian(monkeypatch, tmp_path):
    word = "arbeidsmiljøutvalgsmedlemmer "
    parts = shown(monkeypatch, lambda: say("nb", nb=word * 40, en=""))
    text = poppler("pdftotext", pdf(parts), tmp_path, "-raw")
    assert set(re.findall("(\\w+)[\u00ad\u2010-]\n", text)) & {"arbeids", "arbeidsmiljø", "arbeidsmiljøutvalgs"}


def words_outside(made: bytes, folder: Path) -> list[str]:
    """The words that do not lie within the margins of their page."""
    tree = ElementTree.fromstring(poppler("pdftotext", made, folder, "-bbox"))
    return [
        word.text
        for page in tree.iter(f"{XHTML}page")
        for word in page.iter(f"{XHTML}word")
        if float(word.get("xMin")) < 60 or float(word.get("xMax")) > float(page.get("width")) - 60
    ]


@pytest.mark.parametrize(
    ("columns", "cell"),
    [
        (3, "12,5"),
        (12, "1 234 567,5"),
        (60, "1 234 567,5"),
        (4, "Tjenesteområdenettodriftsutgiftsøkonomiplanleggingsarbeidsgruppeleder"),
        (4, "x" * 300),
        (9, "Bystyresekretariatet, folkevalgte og kontrollkomiteen"),
    ],
)
def test_no_table_runs_off_the_page(monkeypatch, tmp_path, columns, cell):
    parts = shown(
        monkeypatch,
        lambda: table(
            "t",
            caption="En tabell",
            columns=[
                Column("Emne", numeric=False),
                *[Column(f"År {2000 + n}", cell[0] == "1") for n in range(columns)],
            ],
            rows=[[cell.replace("1", "Rad "), *[cell] * columns] for _ in range(3)],
        ),
    )
    made = pdf(parts)
    assert words_outside(made, tmp_path) == []
    # Every column is there, in parts of the table where it takes several.
    text = one_line(poppler("pdftotext", made, tmp_path, "-raw"))
    assert [year for year in range(2000, 2000 + columns) if str(year) not in text] == []


def test_a_long_table_repeats_its_header_and_a_wide_one_turns_the_page(monkeypatch):
    parts = shown(
        monkeypatch,
        lambda: amounts("lang", 180),
        lambda: say("nb", nb="## Bred\n\nDen neste er bred:", en=""),
        lambda: amounts("bred", 12, columns=14),
        lambda: say("nb", nb="## Etter\n\nOrd.", en=""),
    )
    made = pdf(parts)
    pages = PdfReader(io.BytesIO(made)).pages
    for index in pages_with(made, "Rad 17"):
        assert "Kommune 2" in pages[index].extract_text()
    assert len(pages_with(made, "Kommune 2")) >= 4
    turned = [index for index, page in enumerate(pages) if page.mediabox.width > page.mediabox.height]
    # The heading and the words that lead up to the table turn with it.
    assert turned == pages_with(made, "Den neste er bred:") == pages_with(made, "013,5")
    assert len(turned) == 1


def test_a_heading_stays_with_its_figure(monkeypatch):
    def one(index: int) -> list:
        return [
            lambda: say("nb", nb=f"## Overskrift {index}\n\nFiguren viser noe.", en=""),
            lambda: figure(
                f"f{index}",
                bars(12),
                caption=f"Bilde nummer {index}",
                alt="De tolv områdene vises her.",
                columns=[Column("x")],
                rows=[["1"]],
            ),
        ]

    made = pdf(shown(monkeypatch, *[show for index in range(1, 8) for show in one(index)]))
    for index in range(1, 8):
        # The first page has the heading among the contents, the last ones the caption above the data.
        assert pages_with(made, f"Overskrift {index}")[-1] == pages_with(made, f"Bilde nummer {index}")[0]


def test_derived_numbers_are_explained_at_the_end(monkeypatch, tmp_path):
    rows = (("sv-rodt-2026", "12;14"), ("trondheim-2025", "97"))
    derived = Cell("510 mill. kr", rows, how="summen av tre tiltak")
    parts = shown(
        monkeypatch,
        lambda: say("nb", nb="Det er {x}.", en="", x=derived),
        lambda: table("t", caption="Sum", columns=[Column("Emne", False), Column("I alt")], rows=[["Skole", derived]]),
    )
    text = one_line(poppler("pdftotext", pdf(parts), tmp_path, "-raw"))
    assert "510 mill. kr[1]" in text.replace("kr [1]", "kr[1]")
    note = text[text.rindex("Slik er tallene regnet ut") :]
    assert "[1] Tabell 1, Skole: I alt. Summen av tre tiltak. SV og Rødt 2026: 12–14; Årsberetning 2025: 97." in note
    assert "Årsberetning 2025: Årsberetning 2025" in text


LINKS = [
    (Cell("a", (("sv-rodt-2026", "12"),)), "../sources/sv-rodt-2026.html#L12"),
    (Link("a", page="economy.html#gjeld"), "economy.html#gjeld"),
    (Lines("", (("sv-rodt-2026", "20-22"),)), "../sources/sv-rodt-2026.html#L20"),
]


@pytest.mark.parametrize(("cell", "href"), LINKS)
@pytest.mark.parametrize(
    ("address", "before"),
    [("", ""), ("https://example.org/budsjett/", "https://example.org/budsjett/nb/")],
)
def test_links_lead_from_the_place_of_the_pdf_or_from_the_address_of_the_site(monkeypatch, cell, href, address, before):
    made = pdf(
        shown(monkeypatch, lambda: say("nb", nb="{x} [filen](../data/unread.csv)", en="", x=cell)),
        imprint=Imprint("1", DATE, "0123abcd", address),
    )
    expected = {f"{before}{href}", f"{before}../data/unread.csv"}
    if before:
        expected = {re.sub(r"/nb/\.\./", "/", link) for link in expected}
    assert expected <= {uri for uri, _ in links(PdfReader(io.BytesIO(made)))}


@pytest.mark.parametrize("count", [1, 2, 7, 40, 90, 200])
def test_the_columns_of_notes_end_together_and_no_note_is_lost(monkeypatch, tmp_path, count):
    def derived(number: int) -> Cell:
        how = f"summen av to tiltak{' og noe mer' * (number % 9)} ({number})"
        return Cell(f"{number},5", (("sv-rodt-2026", "12;20"),), how=how)

    columns = [Column("Rad", numeric=False), Column("Beløp")]
    rows = [[f"Rad {number}", derived(number)] for number in range(1, count + 1)]
    made = pdf(shown(monkeypatch, lambda: table("t", caption="En tabell", columns=columns, rows=rows)))
    text = poppler("pdftotext", made, tmp_path, "-raw")
    assert re.findall(r"^\[(\d+)\]", text, flags=re.MULTILINE) == [str(number) for number in range(1, count + 1)]
    *_, last = ElementTree.fromstring(poppler("pdftotext", made, tmp_path, "-bbox")).iter(f"{XHTML}page")
    # Between the heading, where it is on this page, and the footer.
    words = [(word.text, float(word.get("xMin")), float(word.get("yMax"))) for word in last.iter(f"{XHTML}word")]
    footer = max(low for _, _, low in words)
    above = max((low for word, _, low in words if word == "regnet"), default=65)
    ends = [
        max((low for _, left, low in words if above < low < footer - 5 and (left > 297) == right), default=above)
        for right in (False, True)
    ]
    assert footer > 800 > ends[0]
    # A note of a few lines is not divided.
    assert abs(ends[0] - ends[1]) < 50
