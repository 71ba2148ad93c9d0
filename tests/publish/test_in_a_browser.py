"""A page in a real browser: nothing in a document is markup, tables sort by keyboard, notes lead there and back."""

from pathlib import Path

import pytest

from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.core.texts import Text
from kommunebudsjett.publish import html
from kommunebudsjett.report.blocks import Cell, Column, Quotation, quotations, table
from kommunebudsjett.report.charts import Series, bars
from kommunebudsjett.report.pictures import figure
from tests.publish.reports import SITE, publish, report, shown
from tests.saying import details, say

# What a hostile, or only a broken, document can hold.
HOSTILE = [
    '<script>window.harm = 1</script><img src=x onerror="window.harm = 1"><b class="made">fet</b>',
    "\"><svg onload=window.harm=1 class=made></svg>' onclick='window.harm=1",
    "</span></td></table></details></section></main><h1 class='made'>x</h1><!-- <![CDATA[ ]]>",
    "{{ 7 * 7 }} {value} \ue0000\ue001 [lenke](javascript:window.harm=1) ![x](x) &lt;i&gt; &#60;i&#62;",
    '=HYPERLINK("http://example.invalid";"x") @SUM(A1) $\\frac{1}{2}$ $x',
    "A\x07B\x1b[31mC\x0cD\x7fE\x85F",
    "A\u202eB\u2066C\u200bD\ufeffE\u2028F\U000e0041G",
]
CONTROLS = [*map(chr, range(0x20)), "\x7f", "\x85", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\U000e0041"]


@pytest.fixture
def tab(browser):
    page = browser.new_page(viewport={"width": 320, "height": 900})
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or page.trouble.append(request.url))
    yield page
    assert page.trouble == []
    page.close()


def hostile_report(monkeypatch: pytest.MonkeyPatch):
    columns = [Column(text, numeric=False) for text in HOSTILE]
    cells = [Cell(text, (("d", str(n)),), how=text if n % 2 else "") for n, text in enumerate(HOSTILE, start=1)]
    values = {f"v{n}": cell for n, cell in enumerate(cells)}
    places = " ".join(f"{{{name}}}" for name in values)
    entries = [Quotation(cell, f"{cell.text}\n\n{cell.text}", ("d", "1-3"), cell) for cell in cells]
    everything = " ".join(HOSTILE)
    draw = bars(HOSTILE, [Series(HOSTILE[0], [1.0] * len(HOSTILE), "#000000")], lambda value: HOSTILE[1], "ingen")
    return report(
        shown(
            monkeypatch,
            lambda: say("nb", nb=f"## {places}\n\n{places}", en=places, **values),
            lambda: details("nb", everything, nb=places, en=places, **values),
            lambda: quotations("nb", entries),
            lambda: table("t", caption=everything, columns=columns, rows=[cells] * 6, note=everything),
            lambda: figure("f", draw, caption=everything, alt=everything, columns=columns, rows=[cells]),
        )
    )


def test_a_document_is_text_all_the_way_to_the_page(monkeypatch, tab, tmp_path):
    raw = tmp_path / "raw.txt"
    raw.write_text("\n".join(HOSTILE), encoding="utf-8")
    finding = {"lines": "1-2;4", "description_nb": " ".join(HOSTILE), "follows_from": ""}
    about = {"title": " ".join(HOSTILE), "publisher": HOSTILE[0], "file": HOSTILE[1], "original": ""}
    source = html.source_page(about, Text(read_lines(raw), []), [finding], "", SITE)
    site = tmp_path / "site"
    site.mkdir()
    path = publish(hostile_report(monkeypatch), site, {"d": source})
    assert len(path.read_text(encoding="utf-8")) > 10_000

    for address in (path, site / "sources" / "d.html"):
        text = address.read_text(encoding="utf-8")
        for control in CONTROLS:
            assert control not in text or control in "\n\t", (address.name, repr(control))
        tab.goto(address.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert tab.evaluate("window.harm") is None
        assert tab.locator(".made").count() == 0
        assert tab.locator("h1").count() == 1
        assert tab.locator("[onerror], [onload], [onclick], [href^='javascript:']").count() == 0
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320
        seen = tab.inner_text("main")
        for text in HOSTILE[:5]:
            assert " ".join(text.split()) in " ".join(seen.split())
        assert "A␇B␛[31mC␌D[U+007F]E[U+0085]F" in seen
        assert "A[U+202E]B[U+2066]C[U+200B]D[U+FEFF]E[U+2028]F[U+E0041]G" in seen
    assert tab.locator("p.finding").count() == 1
    assert tab.locator("p.marked").count() == 3


@pytest.fixture
def sorted_page(monkeypatch, tab, tmp_path):
    """A page with a table to sort, one with too few rows, and no other."""
    columns = [Column("Navn", numeric=False), Column("Beløp"), Column("Uten verdi")]
    numbers = [("Åse", 5.0), ("Bo", -10.5), ("Ærlig", None), ("Øst", 1257.0), ("Ann", 5.0), ("Zoo", None)]
    rows = [[n, Cell("ingen" if v is None else f"{v}", value=v), "x"] for n, v in numbers]
    rows.insert(2, ["Sum", Cell("9999", value=9999.0), "x"])
    found = report(
        shown(
            monkeypatch,
            lambda: table("lang", caption="Lang", columns=columns, rows=rows, emphasised=[2]),
            lambda: table("kort", caption="Kort", columns=columns, rows=rows[:4]),
        )
    )
    return publish(found, tmp_path, {})


def names(tab) -> list[str]:
    return tab.locator("#lang tbody th").all_inner_texts()


def test_a_table_is_sorted_by_keyboard(tab, sorted_page):
    tab.goto(sorted_page.as_uri())
    before = names(tab)
    assert tab.locator("#kort button").count() == 0
    # A column of words alone under a numeric header has nothing to sort by.
    assert tab.locator("#lang button").all_inner_texts() == ["Navn", "Beløp"]
    assert tab.locator("#lang [aria-sort]").count() == 0

    tab.locator("#lang").focus()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    # The largest first, equal ones as they stood, words after the numbers, the sum at the end.
    assert names(tab) == ["Øst", "Åse", "Ann", "Bo", "Ærlig", "Zoo", "Sum"]
    assert tab.locator("[aria-sort=descending]").inner_text() == "Beløp"
    assert tab.get_by_role("status").inner_text() == "Beløp: sortert synkende"
    assert tab.evaluate("document.activeElement.textContent") == "Beløp"
    tab.keyboard.press("Space")
    assert names(tab) == ["Bo", "Åse", "Ann", "Øst", "Ærlig", "Zoo", "Sum"]
    tab.keyboard.press("Enter")
    assert names(tab) == before
    assert tab.locator("[aria-sort]").count() == 0

    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    assert names(tab) == ["Ann", "Bo", "Zoo", "Ærlig", "Øst", "Åse", "Sum"]
    assert tab.get_by_role("status").inner_text() == "Navn: sortert stigende"


def test_without_a_script_there_are_no_buttons(browser, sorted_page):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(sorted_page.as_uri())
    assert page.locator("button").count() == 0
    assert page.locator("#lang tbody tr").count() == 7
    context.close()


def test_a_note_is_reached_and_left_by_keyboard(monkeypatch, tab, tmp_path):
    derived = Cell("590 mill. kr", (("d", "1;3"),), "summen av to linjer")
    [block] = shown(monkeypatch, lambda: say("nb", nb="Det er {sum}.", en="{sum}", sum=derived))
    about = {"title": "D", "publisher": "P", "file": "f", "original": ""}
    source = html.source_page(about, Text(["a", "b", "c"], []), [], "", SITE)
    path: Path = publish(report([block]), tmp_path, {"d": source})
    tab.goto(path.as_uri())
    number = tab.get_by_role("main").locator("[role=doc-noteref]")
    assert number.get_attribute("title") == "Slik er tallet funnet: note 1"
    number.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("li:target").inner_text() == "590 mill. kr: summen av to linjer (d, linje 1, 3)."
    tab.locator("[role=doc-backlink]").focus()
    tab.keyboard.press("Enter")
    assert tab.locator("a:target").inner_text().startswith("590 mill. kr")
    tab.locator(".notes a", has_text="3").last.click()
    assert tab.locator("p:target").inner_text().split() == ["3", "c"]


def test_quotations_are_read_on_paper_without_opening_them(monkeypatch, tab, tmp_path):
    [block] = shown(monkeypatch, lambda: quotations("nb", [Quotation("Tiltak", "Ordene i dokumentet", ("d", "1"))]))
    tab.goto(publish(report([block]), tmp_path, {}).as_uri())
    words = tab.locator("blockquote")
    assert not words.is_visible()
    tab.emulate_media(media="print")
    assert words.is_visible()
    assert not tab.locator("summary").is_visible()
