"""From an executed notebook to the pieces of a page: addresses of headings, and mistakes."""

import html
import re

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.publish.content import content
from kommunebudsjett.report.blocks import Cell, Column, table
from kommunebudsjett.report.worded import TextError
from tests.publish.reports import notebook, page, report, shown
from tests.saying import details, say, text_blocks

COLUMNS = [Column("Hva", numeric=False)]


def ids(text: str) -> list[str]:
    return re.findall(r'<h[23] id="([^"]+)"', text)


def parts(lang: str) -> list:
    return [
        ("## Kort fortalt", "## Key points"),
        *text_blocks(lang, nb="## Plan for {y}\n\n### Gjeld", en="## The plan {y}\n\n### Debt", y="2026"),
        ("## Kort fortalt\n\n### Økonomi", "## In short\n\n### Economy"),
        *text_blocks(lang, nb="## {n}", en="## {n}", n="Barnevern *x*", anchor="barnevern"),
        ("## KOSTRA", "## KOSTRA"),
    ]


def test_headings_have_one_address_in_both_languages_and_keep_it():
    norwegian, english = report(parts("nb")), report(parts("en"), "en")
    expected = ["kort-fortalt", "plan-for-2026", "gjeld", "kort-fortalt-2", "okonomi", "barnevern", "kostra"]
    assert [found for found in ids(page(norwegian)) if found not in ("contents", "notes")] == expected
    assert [found for found in ids(page(english)) if found not in ("contents", "notes")] == expected
    assert english.headings[0] == ("kort-fortalt", "Key points")
    assert english.headings[-2] == ("barnevern", "Barnevern *x*")
    # A heading before them changes nothing.
    assert ids(page(report([("## Først", ""), *parts("nb")])))[2:] == ids(page(norwegian))[1:]


def test_texts_with_other_headings_than_their_translation_have_their_own(monkeypatch):
    english = report([("## En\n\n## To", "## One")], "en")
    assert english.headings == [("one", "One")]


def test_a_heading_cannot_take_the_address_of_a_figure_or_of_the_page(monkeypatch):
    [block] = shown(monkeypatch, lambda: table("regnskap", caption="R", columns=COLUMNS, rows=[["a"]]))
    found = report([("## Regnskap", ""), ("## Notes", ""), ("## ...", ""), block])
    assert [address for address, _ in found.headings] == ["regnskap-2", "notes-2", "avsnitt"]


def test_two_blocks_of_one_name_are_refused(monkeypatch):
    [block] = shown(monkeypatch, lambda: table("regnskap", caption="R", columns=COLUMNS, rows=[["a"]]))
    with pytest.raises(UserError, match="have the name regnskap"):
        report([block, dict(block)])


@pytest.mark.parametrize("name", ["", "Regnskap", "../x", "n.1", "a b", "å"])
def test_a_name_that_cannot_be_an_address_is_refused(name):
    with pytest.raises(ValueError, match="a name has lower case letters"):
        table(name, caption="R", columns=COLUMNS, rows=[["a"]])


def test_other_output_and_a_missing_title_are_refused():
    untitled = notebook([("Uten tittel.", "")])
    del untitled.cells[0]
    with pytest.raises(UserError, match="no title in nb"):
        content(untitled)
    with pytest.raises(UserError, match="two titles"):
        report([("# En til", "")])


def test_english_has_the_apostrophes_of_print_and_quotations_have_their_own(monkeypatch):
    quoted = Cell("“Fra kiosk'n til tårn'et”", (("sv-rodt-2026", "1"),), lang="nb")
    parts = shown(
        monkeypatch,
        lambda: say("en", nb="", en="The city's plan says {x} of *women's* pay.", x=quoted),
        lambda: table("t", caption="Women's pay", columns=COLUMNS, rows=[[quoted]]),
    )
    text = html.unescape(page(report([("", "## The council's year"), *parts], "en")))
    for expected in ("council’s year", "city’s plan", "women’s", "Women’s pay", quoted.text):
        assert expected in text
    assert not re.search(r"[a-z]'s\b", text)


def test_a_title_shows_its_values_as_text(monkeypatch):
    [block] = shown(monkeypatch, lambda: say("nb", nb="# {m} & co", en="# {m}", m=Cell("<i>Oslo</i>")))
    executed = notebook([block])
    del executed.cells[0]
    assert content(executed).title == "<i>Oslo</i> & co"


def test_folded_text_needs_a_summary(monkeypatch):
    with pytest.raises(TextError, match="details and the words that open it"):
        details("nb", " ", nb="a", en="b")
    [block] = shown(monkeypatch, lambda: details("nb", "Mer <om>", nb="Fra {x}.", en="From {x}.", x=Cell("5")))
    assert '<details class="more"><summary>Mer &lt;om&gt;</summary>\n<p>Fra 5.</p>' in page(report([block]))


def test_the_page_leads_to_its_notebook_and_says_what_it_was_run_with():
    text = page(report([("Tekst.", "")]))
    assert '<a href="../notebooks/prove.ipynb">prove.ipynb</a>' in text
    assert "<code>lang = nb</code>, <code>price_year = 2026</code>" in text
