"""The published site, as files: its links, its numbers, and how it behaves in a real browser and in a PDF reader."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import ROOT

LANGUAGES = ("nb", "en")


@dataclass
class Page(HTMLParser):
    """What a page links to, its anchors, and its citations as (text, address, title)."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    citations: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self):
        super().__init__()
        self._citation: tuple[str, str] | None = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append(tag)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        self.links.extend(attributes[name] for name in ("href", "src", "srcset") if name in attributes)
        if tag == "a" and attributes.get("class") == "cite":
            self._citation = (attributes["href"], attributes.get("title", ""))

    def handle_data(self, data):
        if self._citation is not None:
            self.citations.append((data, *self._citation))
            self._citation = None


def parsed(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_report_is_made_for_readers(site, lang):
    path = site / lang / "overview.html"
    page, text = parsed(path), path.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in text
    assert page.tags.count("h1") == 1
    assert page.tags.count("figure") == page.tags.count("details") == page.tags.count("figcaption") >= 3
    assert page.tags.count("table") == page.tags.count("caption")
    assert page.tags.count("script") == page.links.count("../assets/tables.js") == 1
    assert not re.search(r"\b(nan|None|NaT|<NA>)\b", text)
    assert path.stat().st_size < 300_000


def test_both_languages_say_the_same(site):
    citations = {lang: parsed(site / lang / "overview.html").citations for lang in LANGUAGES}
    sources = {lang: [address for _, address, _ in found] for lang, found in citations.items()}
    assert sources["nb"] == sources["en"]
    assert len(sources["nb"]) > 150
    digits = {
        lang: [re.sub(r"\D", "", text) for text, _, _ in found if re.fullmatch(r"[+−\d\s.,%]+", text)]
        for lang, found in citations.items()
    }
    assert digits["nb"] == digits["en"]
    amounts = "\n".join(text for text, _, _ in citations["nb"]), "\n".join(text for text, _, _ in citations["en"])
    assert "1\u00a0309" in amounts[0]
    assert "1,309" in amounts[1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_amounts_stand_on_the_line_that_they_cite(site, lang):
    text = (site / lang / "overview.html").read_text(encoding="utf-8")
    part = text[text.index('<div class="table" id="payment-by-year"') :]
    page = Page()
    page.feed(part[: part.index("</table>")])
    checked = 0
    for shown, address, title in page.citations:
        if address.startswith("#"):
            continue  # computed: a note says how
        document, line = re.fullmatch(r"\.\./sources/(.+)\.html#L(\d+)", address).groups()
        assert title.endswith({"nb": f", linje {line}", "en": f", line {line}"}[lang])
        file = pd.read_csv(ROOT / "data/clean/documents.csv").set_index("document").at[document, "file"]
        printed = (ROOT / "data/raw" / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]
        digits = re.search(r"\d[\d.,\u00a0]*", shown)[0].replace("\u00a0", "")
        if lang == "en":
            digits = digits.replace(",", "").replace(".", ",")
        digits = digits.removesuffix(",0")  # the table shows one decimal, the document none of a whole number
        sign = "-" if shown.startswith("−") else ""
        assert sign + digits in printed.replace(" ", "").replace("−", "-"), (shown, printed)
        checked += 1
    assert checked >= 36


def test_every_amount_of_the_clean_tables_stands_on_its_line():
    """Amounts picked from anywhere: what is printed for a cell or a measure is on the line that it names."""
    documents = pd.read_csv(ROOT / "data/clean/documents.csv").set_index("document")
    lines = {
        name: (ROOT / "data/raw" / row["file"]).read_text(encoding="utf-8").split("\n")
        for name, row in documents.iterrows()
    }
    cells = pd.read_csv(ROOT / "data/clean/table_cells.csv", keep_default_na=False)
    assert len(cells) > 2000
    for row in cells.itertuples():
        assert row.raw in lines[row.document][row.line - 1], row
    measures = pd.read_csv(ROOT / "data/clean/measures.csv")
    stated = measures[(measures["certainty"] == "explicit") & measures["amount_mnok"].notna()]
    assert len(stated) > 700
    for row in stated.itertuples():
        # An amount can be broken over a line end, and small ones are printed in kroner.
        text = " ".join(lines[row.document][row.line - 1 : row.line_last]).replace("−", "-").replace("–", "-")
        printed = f"{abs(row.amount_mnok):.10g}".replace(".", ",")
        kroner = f"{round(abs(row.amount_mnok) * 1_000_000):,}".replace(",", " ")
        assert any(form in text for form in (printed, f"{printed},0", kroner)), row


def test_a_click_on_a_number_shows_its_line(site, browser):
    page = browser.new_page()
    page.goto((site / "nb" / "overview.html").as_uri())
    citation = page.locator('a.cite[href^="../sources/"]').first
    address = citation.get_attribute("href")
    citation.click()
    document, number = re.fullmatch(r"\.\./sources/(.+)\.html#L(\d+)", address).groups()
    line = page.locator(f"#L{number}")
    assert f"/sources/{document}.html" in page.url
    assert line.is_visible()
    assert line.evaluate("line => line.matches(':target')")
    page.close()
