"""The pages around the reports: one language or two, an address or none, areas or none, and pictures."""

import io
import shutil

import pytest
from PIL import Image

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.texts import Text
from kommunebudsjett.publish import html, pictures, site
from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.content import plain
from kommunebudsjett.publish.summary import first_sentence, in_short
from kommunebudsjett.report.blocks import Cell, Column
from kommunebudsjett.report.charts import Series, bars
from kommunebudsjett.report.pictures import figure
from tests.conftest import ROOT
from tests.publish.reports import SITE, page, report, shown
from tests.saying import lead, say


def drawn(monkeypatch):
    draw = bars(["Skole", "Buss"], [Series("2025", [1.0, 2.0], "#0b4f8a")], lambda value: f"{value:.0f}", "ingen")
    return shown(
        monkeypatch,
        lambda: say(
            "nb", nb="- **Kort:** Det ble {x}. Mer står under.\n- To.", en="", x=Cell("5 mill. kr", (("d", "1"),))
        ),
        lambda: figure("f", draw, caption="Beløp", alt="Buss er størst av de to", columns=[Column("A")], rows=[["1"]]),
    )


def test_a_report_in_short_is_its_first_key_point(monkeypatch):
    assert in_short(report(drawn(monkeypatch))) == "Kort: Det ble 5 mill. kr."
    assert in_short(report([("Først dette. Så noe annet.", ""), ("## Overskrift", "")])) == "Først dette."
    assert in_short(report([("- Punkt & <b>tegn</b>", "")])) == "Punkt & <b>tegn</b>"
    assert in_short(report([])) == ""


def test_a_lead_is_the_report_in_short_and_stands_above_the_contents(monkeypatch):
    blocks = shown(
        monkeypatch, lambda: lead("nb", nb="Det ble {x}. Mer kommer.", en="", x=Cell("5\u00a0kr", (("d", "1"),)))
    )
    found = report([*drawn(monkeypatch), *blocks])
    assert in_short(found) == "Det ble 5\u00a0kr."
    text = page(found)
    assert text.index('<div class="lead"><p>Det ble') < text.index('class="contents"')
    assert text.count("Mer kommer.") == 1
    assert 'content="Det ble 5\u00a0kr."' in text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Det ble 5 mill. kr mer. Resten følger.", "Det ble 5 mill. kr mer."),
        ("Budsjettet økte med 3. Ålesund fikk mer.", "Budsjettet økte med 3."),
        ("NOK 5 million more! “Why?” they asked.", "NOK 5 million more!"),
        ("Uten punktum", "Uten punktum"),
    ],
)
def test_a_first_sentence(text, sentence):
    assert first_sentence(text) == sentence


def test_one_language_has_no_switch():
    pages = {
        languages: html.index_page([], [], {**SITE, "languages": list(languages)}, languages[0])
        for languages in (("en",), ("en", "nb"))
    }
    assert "hreflang" not in pages["en",]
    assert "Bokmål" not in pages["en",]
    assert '<a class="language" href="../nb/index.html" lang="nb" hreflang="nb">Bokmål</a>' in pages["en", "nb"]
    source = html.source_page(
        {"title": "D", "publisher": "P", "file": "f", "original": ""},
        Text(["a"], []),
        [],
        "",
        {**SITE, "languages": ["en"]},
    )
    assert '<html lang="nb">' in source
    assert "../nb/" not in source


def test_a_finding_that_follows_from_another_names_its_line():
    about = {"title": "D", "publisher": "P", "file": "f", "original": ""}
    root = {"lines": "2-3", "description_nb": "Summen er feil.", "follows_from": ""}
    other = {"lines": "4", "description_nb": "Balansen er feil.", "follows_from": "sum 2-3 30"}
    page = html.source_page(about, Text(["a", "b", "c", "d"], []), [root, other], "", SITE)
    assert "</strong> Summen er feil.</p>" in page
    assert "</strong> Følger av funnet på linje 2: Balansen er feil.</p>" in page


def test_a_page_says_at_its_end_which_documents_it_has_something_of(monkeypatch):
    cited = shown(monkeypatch, lambda: say("nb", nb="{a}", en="{a}", a=Cell("1", (("d", "12"),))))
    sources = {
        "d": Source("Budsjettet 2026", "Budsjett", "", {}, [], [], {}),
        "o": Source("Annet", "A", "", {}, [], [], {}),
    }
    made = page(report(cited), {**SITE, "documents": {"nb": sources}})
    words = "Rapporten henter tall og ord fra Budsjettet 2026. Også registrert, men uten tall og ord her: Annet."
    assert f"<p>{words}</p>" in made


def test_areas_stand_apart_and_an_empty_group_is_left_out():
    first, other = report([]), report([])
    area = report([])
    area.parameters["area_id"] = "oppvekst"
    words = html.WORDS["nb"]
    groups = {id: cards for id, _, cards in html.groups([first, other, area, area], words, {"oppvekst": "Oppvekst"})}
    assert {id: len(cards) for id, cards in groups.items()} == {"start": 1, "subjects": 1, "areas": 2}
    assert [card["title"] for card in groups["areas"]] == ["Oppvekst", "Oppvekst"]
    assert groups["start"][0]["title"] == first.title
    assert [id for id, _, _ in html.groups([first], words, {})] == ["start"]


def test_an_address_gives_links_to_share_and_a_way_home(monkeypatch):
    found = report(drawn(monkeypatch))
    without = page(found)
    assert "og:url" not in without
    assert "og:image" not in without
    text = page(found, {**SITE, "address": "https://example.invalid/budsjett"})
    assert '<meta property="og:url" content="https://example.invalid/budsjett/nb/prove.html">' in text
    assert '<meta property="og:image" content="https://example.invalid/budsjett/nb/figures/prove-card.png">' in text
    assert 'hreflang="en" href="https://example.invalid/budsjett/en/prove.html"' in text
    missing = html.missing_page({**SITE, "address": "https://example.invalid/budsjett"})
    assert 'href="/budsjett/assets/style.css"' in missing
    assert 'href="/budsjett/en/index.html"' in missing
    assert 'href="/assets/style.css"' in html.missing_page(SITE)


def test_a_picture_is_small_and_the_same_each_time(monkeypatch):
    found = report(drawn(monkeypatch))
    for size, title in ((pictures.SMALL, ""), (pictures.CARD, 'Tittel #panic("x") $x$ <b>')):
        one, two = (pictures.picture(found, size, title) for _ in range(2))
        assert one == two
        with Image.open(io.BytesIO(one)) as image:
            assert image.size == size
            assert len(image.convert("L").getcolors()) > 3, "the picture is empty"
    assert len(pictures.picture(found, pictures.SMALL)) < 8000
    assert pictures.picture(report([]), pictures.SMALL) is None


def test_a_report_cannot_take_the_address_of_another_page(project):
    (project.notebooks / "overview.ipynb").rename(project.notebooks / "index.ipynb")
    shutil.copytree(ROOT / "data" / "clean", project.clean)
    project.params.write_text(
        "documents: {before: a, alternative: b, outcome: c}\nprices: {index: cpi, year: 2026}\nprinting: chapter\n"
        "languages: [nb]\nreports:\n  index: {}\nexecution: {workers: 1}\npublish: {edition: '1', date: 2026-01-01}\n",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match="cannot be named index") as raised:
        site.executed_reports(project, load_params(project))
    assert raised.value.line == 6


@pytest.mark.parametrize("address", ["example.no", "ftp://example.no", "https://", "https://a.no/b?c", "javascript:x"])
def test_an_address_that_is_none_is_told(project, address):
    text = project.params.read_text(encoding="utf-8")
    project.params.write_text(f'{text.rstrip()}\n  address: "{address}"\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"publish\.address"):
        load_params(project)


def registered(id: str, title: str, municipality: str = "Trondheim", left_out: str = "") -> dict:
    return {"id": id, "title": title, "municipality": municipality, "left_out": left_out}


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nb", "Rapportene bruker det ikke: Det gjelder en annen kommune."),
        ("en", "The reports do not use it: it is about another municipality."),
    ],
)
def test_the_front_page_says_which_documents_are_not_used_and_which_municipality_each_is_about(lang, words):
    documents = [
        registered("a", "Et løft"),
        registered("b", "Årsberetning, Trondheim kommune"),
        registered("c", "Kyst", "Bodø", "municipality"),
    ]
    named = {"a": Source("SV 2026", ""), "b": Source("Kommunen 2025", ""), "c": Source("V 2026", "")}
    site = {**SITE, "languages": [lang], "documents": {lang: named}}
    page = plain(html.index_page([], documents, site, lang))
    assert "SV 2026: Et løft (Trondheim)" in page
    assert "Årsberetning, Trondheim kommune (Trondheim)" not in page
    assert f"Kyst (Bodø). {words}" in page
    alone = plain(html.index_page([], documents[:2], site, lang))
    assert "(Trondheim)" not in alone and words not in alone
