"""Web pages: what a reader sees of the document is read, and the page around it is not."""

import pytest

from kommunebudsjett.forms.problem import ProblemError
from tests.forms.makers import left_out, page, read, saved

TABLE = "<table><tr><th>Område<th>2026<tr><td>Skole<td>1 000</table>"


def lines(tmp_path, body: str, head: str = "") -> list[str]:
    """The lines of a page that are not blank."""
    return [line for line in read(saved(tmp_path, page(body, head))).lines if line]


BLOCKS = {
    "headings": ("<h1>Budsjett</h1><h3>Drift</h3>", ["# Budsjett", "### Drift"]),
    "a heading by its role": ('<div role=heading aria-level=4>Drift</div>', ["#### Drift"]),
    "a bold line heads": ("<p><strong>Skole og SFO</strong></p><p>Tekst.</p>", ["## Skole og SFO", "Tekst."]),
    "a bold line with an amount heads nothing": ("<p><b>Gratis SFO 5,5 mill.</b></p>", ["Gratis SFO 5,5 mill."]),
    "a bold sentence heads nothing": ("<p><b>Vi styrker skolen.</b></p>", ["Vi styrker skolen."]),
    "paragraphs without tags": ("En.<p>To.<p>Tre.<div>Fire.</div>Fem.", ["En.", "To.", "Tre.", "Fire.", "Fem."]),
    "words in inline tags": ("<p>Sk<b>ole</b>n får <a href=x>5 mill</a>.</p>", ["Skolen får 5 mill."]),
    "spaces": ("<p>1&nbsp;000\n  kro&shy;ner&#8203; og &minus;5</p>", ["1 000 kroner og −5"]),
    "a line break in a sentence": ("<p>Vi vil<br>styrke skolen.</p>", ["Vi vil styrke skolen."]),
    "a line break after an amount": ("<p>Skole 5 mill<br>Barnehage 3 mill</p>", ["Skole 5 mill", "Barnehage 3 mill"]),
    "two numbers on two lines": ("<p>Skole 12<br>345 andre</p>", ["Skole 12", "345 andre"]),
    "a bold line above its text": ("<p><b>Skole</b><br>Vi styrker den.</p>", ["## Skole", "Vi styrker den."]),
    "bullets that are typed": ("<p>• Skole 5 mill<br>• Barnehage</p>", ["- Skole 5 mill", "- Barnehage"]),
    "lists in lists": (
        "<ul><li>A<ul><li>B<ul><li>C</ul></ul><li>D</ul>",
        ["- A", "  - B", "    - C", "- D"],
    ),
    "an item of two paragraphs": ("<ul><li><p>SFO</p><p>5 mill.</p></ul>", ["- SFO 5 mill."]),
    "an item with a heading": ("<ul><li><h3>SFO</h3><p>Tekst.</p></ul>", ["### SFO", "- Tekst."]),
    "numbers of a list": ("<ol><li>A<li>B<li value=7>C<li>D</ol>", ["- 1. A", "- 2. B", "- 7. C", "- 8. D"]),
    "letters of a list": ("<ol type=a start=2><li>A<li>B</ol>", ["b) A", "c) B"]),
    "a bold point with a number heads": ("<ol><li><b>Skole</b></ol>", ["## 1. Skole"]),
    "numbers that count down": ("<ol reversed><li>A<li>B<li>C</ol>", ["- 3. A", "- 2. B", "- 1. C"]),
    "definitions": ("<dl><dt>Drift<dd>5 mill.<dt>Lån:<dd>3 mill.</dl>", ["- Drift: 5 mill.", "- Lån: 3 mill."]),
    "details": ("<details><summary>Drift</summary><p>5 mill.</p></details>", ["## Drift", "5 mill."]),
    "a part that a button opens": (
        "<h2>Budsjett</h2><button aria-expanded=false aria-controls=p1>Drift</button><div id=p1 hidden>5 mill.</div>",
        ["## Budsjett", "### Drift", "5 mill."],
    ),
    "a button within a heading": ("<h3><button aria-expanded=false>Drift</button></h3>", ["### Drift"]),
    "a tab that is not shown": ("<div role=tabpanel hidden><p>Drift 5 mill.</p></div>", ["Drift 5 mill."]),
    "an amount that floats": ("<h3>SFO<span style='float:right'>5 mill</span></h3>", ["### SFO\t5 mill"]),
    "raised notes and powers": ("<p>12<sup>1)</sup> av 5 m<sup>2</sup></p>", ["12<sup>1)</sup> av 5 m²"]),
    "boxes on a line": (
        "<p>Skole <span style='display:inline-block'>12</span><span style='display:inline-block'>500</span>.</p>",
        ["Skole 12 / 500."],
    ),
    "columns of a flexible box": (
        "<p style='display:flex'><span>Skole</span> <span>12</span> <span>500</span></p>", ["Skole 12 / 500"],
    ),
    "lines of columns in flexible boxes": (
        "<style>.r{display:flex}</style><div class=r><b>Tiltak</b><i>2027</i><i>2028</i></div>"
        "<div class=r><b>SFO</b><i>12</i><i>500</i></div><div class=r><b>Kor</b><i></i><i>7</i></div>",
        ["Tiltak\t2027\t2028", "SFO\t12\t500", "Kor\t\t7"],
    ),
    "a flexible box with lines": (
        "<ul><li style='display:flex;flex-direction:column'><b>Skole</b><i>12</i><i>500</i></ul>", ["- Skole 12 / 500"],
    ),
    "a grid": ("<ul><li style='display:grid'><i>Skole</i><i>12</i><i>500</i></ul>", ["- Skole 12 / 500"]),
    "words in a grid of terms": (
        "<dl style='display:grid'><dt>Skole<dd>får <b>12</b> 500 kr</dl>", ["- Skole: får 12 500 kr"],
    ),
    "elements that are shown as cells": (
        "<p style='display:table'><i style='display:table-cell'>12</i><i style='display:table-cell'>500</i></p>",
        ["12 / 500"],
    ),
    "line breaks between numbers of a heading": ("<h2>Skole 12<br>500 plasser</h2>", ["## Skole 12 / 500 plasser"]),
    "columns of tabs": (
        "<pre>Tiltak\t2027\t2028\nSFO\t12\t500</pre><p style='white-space:pre-wrap'>Kor 12     500</p>",
        ["Tiltak\t2027\t2028", "SFO\t12\t500", "Kor 12 / 500"],
    ),
    "room between two numbers": ("<p>Skole 12&nbsp; &nbsp;500, kor 12&emsp;500</p>", ["Skole 12 / 500, kor 12 / 500"]),
    "no room in a number": ("<p>1<b>2</b>\n <i> 500</i>, 1&thinsp;500 og 1&#8203; 500</p>", ["12 500, 1 500 og 1 500"]),
    "what is no text between two numbers": (
        "<p>12<img>500 kr, 12<svg></svg>500 kr, 12<button>i</button>500, 1<!-- 7 -->2<script>7</script>0</p>",
        ["12 / 500 kr, 12 / 500 kr, 12 / 500, 120"],
    ),
    "lowered and raised text": (
        "<p>CO<sub>2</sub> 12<sub>3</sub> 12<span style='vertical-align:super'>3</span> 4<q>5</q><q>6</q></p>",
        ["CO2 12 / 3 12<sup>3</sup> 4 / 5 / 6"],
    ),
    "the link of a note": ("<p>12<a href='#n1'>1</a> og <a href='#t1'>tabell 1</a>.</p>", ["12 / 1 og tabell 1."]),
    "a formula in a line": (
        "<p><math><semantics><mrow><mn>2</mn><mo>+</mo><mn>3</mn></mrow><annotation>2+3=7</annotation></semantics></math>"
        " mill.</p>", ["2+3 mill."],
    ),
    "a word that is struck out between two numbers": ("<p>Fra 12 <s>til</s> 500</p>", ["Fra 12 / 500"]),
    "a part of a number that is struck out": ("<p>12 <s>0</s>500</p>", ["12 500"]),
    "columns in columns": (
        "<p style='display:flex'><i>SFO</i><span style='display:contents'><i>12</i><i>500</i></span></p>",
        ["SFO 12 / 500"],
    ),
    "elements with room around them": (
        "<p>SFO <i style='margin-left:2em'>12</i><i style='margin-left:2em'>500</i></p>", ["SFO 12 / 500"],
    ),
    "a label for narrow screens in a style sheet that is not here": (
        "<p><span class='mobile-label'>2026</span>500</p>", ["2026 / 500"],
    ),
    "spans of one number": (
        "<p><span>1</span><span lang=nb>2</span> <span class=x>500</span><span class=y>,50</span></p>", ["12 500,50"],
    ),
    "signs of other shapes": ("<p>&#8209;5, &#65293;6, &#xfe63;7, &#xff0b;8</p>", ["-5, -6, -7, +8"]),
    "a fraction of raised and lowered figures": (
        "<p>1<sup>1</sup>&frasl;<sub>2</sub> mill. og <sup>3</sup>/<sub>4</sub></p>", ["1 1/2 mill. og 3/4"],
    ),
    "a size that children set": ("<p style='font-size:0'><i style='font-size:9pt'>SFO 5 kr</i></p>", ["SFO 5 kr"]),
    "what fades in": ("<p style='opacity:0;transition:opacity 1s'>SFO 5 mill.</p>", ["SFO 5 mill."]),
    "what is inserted": ("<p>Skole <ins>5</ins> mill.</p>", ["Skole 5 mill."]),
    "capitals of a style": ("<h2 style='text-transform:uppercase'>Drift</h2>", ["## Drift"]),
    "a quotation and a figure": (
        "<blockquote>Sitat</blockquote><figure><img><figcaption>Figur 1</figcaption></figure>",
        ["Sitat", "Figur 1"],
    ),
    "source is no text": ("<pre>a\tb</pre><!-- 5 --><script>6</script><style>p{}</style>", ["a b"]),
}  # fmt: skip


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks(tmp_path, case):
    body, expected = BLOCKS[case]
    assert lines(tmp_path, body) == expected


TABLES = {
    "cells, the empty ones too": (
        "<table><tr><th>Område<th>2025<th>2026<tr><td>Skole<td><td>1 000<tr><td>Sum<td>5<td>6</table>",
        ["Område\t2025\t2026", "Skole\t\t1 000", "Sum\t5\t6"],
    ),
    "a caption": (f"{TABLE[:7]}<caption>Tabell 1. Drift (mill. kr)</caption>{TABLE[7:]}",
                  ["Tabell 1. Drift (mill. kr)", "Område\t2026", "Skole\t1 000"]),
    "a header that spans": (
        "<table><tr><th rowspan=2>Område<th colspan=2>Budsjett<tr><th>2026<th>2027<tr><td>Skole<td>1<td>2</table>",
        ["Område\tBudsjett | 2026\tBudsjett | 2027", "Skole\t1\t2"],
    ),
    "an amount with a note that spans": (
        "<table><tr><th>Område<th>25<th>26<tr><td>Skole<td colspan=2>1 234<sup>1</sup><tr><td>Helse<td>1<td>2</table>",
        ["Område\t25\t26", "Skole\t1 234<sup>1</sup>\t", "Helse\t1\t2"],
    ),
    "a header in plain cells that spans": (
        "<table><tr><td>Område<td colspan=2>2026<tr><td><td>Inn<td>Ut<tr><td>Skole<td>1 000<td>2 000</table>",
        ["Område\t2026 | Inn\t2026 | Ut", "Skole\t1 000\t2 000"],
    ),
    "a title as wide as the table": (
        "<table><tr><th colspan=2>Drift, tall i 1000 kr<tr><th>Område<th>2026<tr><td>Skole<td>5"
        "<tr><td colspan=2>Kilde: SSB</table>",
        ["Drift, tall i 1000 kr", "Område\t2026", "Skole\t5", "Kilde: SSB"],
    ),
    "a label that heads rows": (
        "<table><tr><th>Område<th>2026<tr><td colspan=2><b>Oppvekst</b><tr><td>Skole<td>5<tr><td>SFO<td>6</table>",
        ["Område\t2026", "<b>Oppvekst</b>\t", "Skole\t5", "SFO\t6"],
    ),
    "a label in a header cell that heads rows": (
        "<table><tr><th>A<th>2025<th>2026<tr><th colspan=3>Inntekter<tr><td>Skatt<td>5<td>6</table>",
        ["A\t2025\t2026", "Inntekter\t\t", "Skatt\t5\t6"],
    ),
    "a row of amounts in header cells": (
        "<table><tr><th><th colspan=2>2026<tr><th>Skole<th>5<th>6</table>", ["\t2026\t2026", "Skole\t5\t6"],
    ),
    "a label down its rows": (
        "<table><tr><th>Område<th>Tiltak<th>2026<tr><td rowspan=2>Oppvekst<td>Skole<td>5<tr><td>SFO<td>6</table>",
        ["Område\tTiltak\t2026", "Oppvekst\tSkole\t5", "Oppvekst\tSFO\t6"],
    ),
    "a year down its rows": (
        "<table><tr><th>År<th>Tiltak<th>Sum<tr><td rowspan=2>2026<td>Skole<td>5<tr><td>SFO<td>6</table>",
        ["År\tTiltak\tSum", "2026\tSkole\t5", "2026\tSFO\t6"],
    ),
    "one amount for two rows is one amount": (
        "<table><tr><th>Tiltak<th>2026<tr><td>Skole<td rowspan=2>5,5<tr><td>SFO</table>",
        ["Tiltak\t2026", "Skole\t5,5", "SFO\t"],
    ),
    "one amount for two years is one amount": (
        "<table><tr><th>Tiltak<th>2026<th>2027<tr><td>Skole<td colspan=2>12 000<tr><td>SFO<td>1<td>2</table>",
        ["Tiltak\t2026\t2027", "Skole\t12 000\t", "SFO\t1\t2"],
    ),
    "an amount with its unit for two years is one amount": (
        "<table><tr><td>Tiltak<td>2026<td>2027<tr><td>Skole<td colspan=2>5,5 mill. kr<sup>1</sup><tr><td>SFO"
        "<td>1<td>2</table>",
        ["Tiltak\t2026\t2027", "Skole\t5,5 mill. kr<sup>1</sup>\t", "SFO\t1\t2"],
    ),
    "an amount that is about so much": (
        "<table><tr><td>Tiltak<td>2026<td>2027<tr><td>Skole<td colspan=2>inntil 12 000 kroner<tr><td>SFO<td>1<td>2"
        "</table>",
        ["Tiltak\t2026\t2027", "Skole\tinntil 12 000 kroner\t", "SFO\t1\t2"],
    ),
    "a header of spans of years and of ages": (
        "<table><tr><td rowspan=2>Tiltak<td colspan=2>2026–2029<tr><td>0–5<td>6–12 år<tr><td>Skole"
        "<td colspan=2>12–15 mill.</table>",
        ["Tiltak\t2026–2029 | 0–5\t2026–2029 | 6–12 år", "Skole\t12–15 mill.\t"],
    ),
    "a header with a dash for the name of its labels": (
        "<table><tr><td>Tiltak<td colspan=2>2026<tr><td>-<td>Inn<td>Ut<tr><td>Skole<td>5<td>6</table>",
        ["Tiltak | -\t2026 | Inn\t2026 | Ut", "Skole\t5\t6"],
    ),
    "what is counted for two years": (
        "<table><tr><td>Tiltak<td>2026<td>2027<tr><td>Skole<td colspan=2>12 årsverk<tr><td>SFO<td>1<td>2</table>",
        ["Tiltak\t2026\t2027", "Skole\t12 årsverk\t", "SFO\t1\t2"],
    ),
    "a dash for two years": (
        "<table><tr><td>Tiltak<td>2026<td>2027<tr><td>Skole<td colspan=2>–<tr><td>SFO<td>1<td>2</table>",
        ["Tiltak\t2026\t2027", "Skole\t–\t–", "SFO\t1\t2"],
    ),
    "an amount within words for two rows": (
        "<table><tr><th>Tiltak<th>Om<th>2026<tr><td>Skole<td rowspan=2>Øker med 5 mill. i 2026<td>1<tr><td>SFO<td>2"
        "</table>",
        ["Tiltak\tOm\t2026", "Skole\tØker med 5 mill. i 2026\t1", "SFO\t\t2"],
    ),
    "a name with a number for two rows": (
        "<table><tr><th>Mål<th>Delmål<th>2026<tr><td>Skole<td rowspan=2>Delmål 1.2 i 2026<td>1<tr><td>SFO<td>2</table>",
        ["Mål\tDelmål\t2026", "Skole\tDelmål 1.2 i 2026\t1", "SFO\tDelmål 1.2 i 2026\t2"],
    ),
    "words for two years are for both": (
        "<table><tr><th>Tiltak<th>2026<th>2027<tr><td>Skole<td colspan=2>ikke kjent<tr><td>SFO<td>1<td>2</table>",
        ["Tiltak\t2026\t2027", "Skole\tikke kjent\tikke kjent", "SFO\t1\t2"],
    ),
    "a span to the end": (
        "<table><tr><th>A<th>B<th>2026<tr><td rowspan=0>X<td>Y<td>1<tr><td>Z<td>2</table>",
        ["A\tB\t2026", "X\tY\t1", "X\tZ\t2"],
    ),
    "a span larger than the table": (
        "<table><tr><th>A<th>2026<tr><td rowspan=99999>X<td>1</table>", ["A\t2026", "X\t1"],
    ),
    "a foot that is written first": (
        "<table><thead><tr><th>A<th>B</thead><tfoot><tr><td>Sum<td>3</tfoot><tbody><tr><td>X<td>3</tbody></table>",
        ["A\tB", "X\t3", "Sum\t3"],
    ),
    "rows within a cell": (
        "<table><tr><th>Tiltak<th>2026<tr><td>Skole<br>SFO<td>5<br>6<tr><td>Sum<td>11</table>",
        ["Tiltak\t2026", "Skole\t5", "SFO\t6", "Sum\t11"],
    ),
    "two numbers in a cell are not one": (
        "<table><tr><th>Tiltak<th>2026<tr><td>Skole<td><p>12</p><p>345</p><tr><td>Sum<td>11</table>",
        ["Tiltak\t2026", "Skole\t12 / 345", "Sum\t11"],
    ),
    "a word that a cell breaks": (
        "<table><tr><th>Drifts-<br>utgifter<th>2026<tr><td>Inn- og<br>utland<td>5</table>",
        ["Driftsutgifter\t2026", "Inn- og utland\t5"],
    ),
    "bold totals": (
        "<table><tr><th>A<th>B<tr><td>X<td>3<tr><td><b>Sum</b><td style='font-weight:700'>3</table>",
        ["A\tB", "X\t3", "<b>Sum</b>\t<b>3</b>"],
    ),
    "labels marked as headers": (
        "<table><tr><th>A<th>B<tr><th scope=row>X<td>3<tr><th scope=row>Y<td>4</table>", ["A\tB", "X\t3", "Y\t4"],
    ),
    "a note at a number": (
        "<table><tr><th>A<th>B<tr><td>X<td>1 234<sup>2</sup></table>", ["A\tB", "X\t1 234<sup>2</sup>"],
    ),
    "a table that places text": (
        "<table role=presentation><tr><td><h2>Drift</h2><p>5 mill.</p><td><p>Meny</p></table>", ["## Drift", "5 mill."],
    ),
    "a table in a table that places it": (f"<table><tr><td><p>Over</p><td>{TABLE}</table>",
                                          ["Over", "Område\t2026", "Skole\t1 000"]),
    "a table of one column": ("<table><tr><td>En<tr><td>To</table>", ["En", "To"]),
    "a table of divs": (
        "<div role=table><div role=rowgroup><div role=row><span role=columnheader>Område</span>"
        "<span role=columnheader>2026</span></div></div><div role=rowgroup><div role=row><span role=cell>Skole</span>"
        "<span role=cell>1 000</span></div></div></div>",
        ["Område\t2026", "Skole\t1 000"],
    ),
    "rows that are not shown": (
        "<table><tr><th>A<th>B<tr hidden><td>X<td>3<tr style='display:none'><td>Y<td>4<tr><td>Z<td>5</table>",
        ["A\tB", "Z\t5"],
    ),
    "two tables": (TABLE + TABLE, ["Område\t2026", "Skole\t1 000", "Område\t2026", "Skole\t1 000"]),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
def test_tables(tmp_path, case):
    body, expected = TABLES[case]
    assert lines(tmp_path, body) == expected


def test_blank_lines_part_tables(tmp_path):
    assert read(saved(tmp_path, page(TABLE + TABLE))).lines[2] == ""


TEXT = "<h1>Budsjett</h1><p>Skolen får 5 mill.</p>"
# What is around a document, and the words of the reason where it holds numbers.
FURNITURE = {
    "nav": ("<nav>Side 12</nav>", "menu"),
    "a menu by its role": ("<div role=navigation>Side 12</div>", "menu"),
    "a menu by its class": ('<div class="main-menu">Side 12</div>', "menu"),
    "a menu by its id": ('<div id="hovedmeny">Side 12</div>', "menu"),
    "the head of the site": ("<header>Ring 72 54 00 00</header>", "head of the page"),
    "the foot of the site": ("<footer>Org.nr. 942 110 464</footer>", "foot of the page"),
    "a foot by its class": ('<div class="site-footer">Org.nr. 942 110 464</div>', "foot of the page"),
    "a cookie notice": ('<div id="CookieConsent">Vi bruker 12 kapsler</div>', "cookie"),
    "a dialog": ("<div role=dialog>Vi bruker 12 kapsler</div>", "dialog"),
    "breadcrumbs": ('<ol class="breadcrumb"><li>Budsjett 2026</ol>', "breadcrumb"),
    "breadcrumbs in words": ("<p>Du er her: Forside / Budsjett 2026</p>", "breadcrumb"),
    "share buttons": ('<div class="share-buttons">Del 12</div>', "share"),
    "a form": ("<form><label>Søk blant 12 sider</label><input></form>", "form"),
    "a button": ("<button>Vis 12 til</button>", "button"),
    "a choice": ("<select><option>2026</select>", "choice"),
    "a picture's text": ("<svg><text>2 026</text></svg>", "picture"),
    "not shown": ("<p hidden>Utkast 7 mill.</p>", "hides"),
    "not shown by its style": ("<p style='color:red; display : none'>Utkast 7 mill.</p>", "hides"),
    "not shown to the eye": ("<p style='visibility:hidden'>Utkast 7 mill.</p>", "hides"),
    "not shown to readers aloud": ("<p aria-hidden=true>Utkast 7 mill.</p>", "hides"),
    "not shown by its class": ('<p class="d-none">Utkast 7 mill.</p>', "hides"),
    "for narrow screens alone": ('<p class="d-block d-md-none">Utkast 7 mill.</p>', "hides"),
    "for paper alone": ('<p class="d-none d-print-block">Utkast 7 mill.</p>', "hides"),
    "a dialog that is closed": ("<dialog>Utkast 7 mill.</dialog>", "dialog"),
    "a field of a form": ("<p><input value='7 mill.'></p>", "field"),
    "the words of a picture": ("<p><img alt='Figur 7'></p>", "picture"),
    "read aloud alone": ('<span class="sr-only">Figur 7</span>', "aloud"),
    "struck out": ("<p><s>Utkast 7 mill.</s></p>", "struck"),
    "deleted": ("<p><del>Utkast 7 mill.</del></p>", "struck"),
    "struck out by its style": ("<p style='text-decoration: line-through red'>Utkast 7 mill.</p>", "struck"),
    "a fraction": ("<p><math><mfrac><mn>1</mn><mn>7</mn></mfrac></math></p>", "formula"),
    "a power": ("<p><math><msup><mn>5</mn><mn>2</mn></msup></math></p>", "formula"),
    "a bar that shows an amount": ("<p><meter value=7>7 mill.</meter></p>", "not shown"),
    "no size": ("<p><i style='font-size: 0px'>Utkast 7 mill.</i></p>", "hides"),
    "seen through": ("<p style='opacity:0.0'>Utkast 7 mill.</p>", "hides"),
    "far off": ("<p style='position:absolute;left:-9999px'>Utkast 7 mill.</p>", "hides"),
    "moved off": ("<p style='text-indent:-999em'>Utkast 7 mill.</p>", "hides"),
    "cut away": ("<p style='position:absolute;clip:rect(1px, 1px, 1px, 1px)'>Utkast 7 mill.</p>", "hides"),
    "cut away in a new way": ("<p style='clip-path:inset(50%)'>Utkast 7 mill.</p>", "hides"),
    "a hidden row of a table that places text": ("<table><tr hidden><td>Utkast 7 mill.<tr><td></table>", "hides"),
    "a struck row of a table that places text": (
        "<table><tr style='text-decoration:line-through'><td>Utkast 7 mill.<tr><td></table>", "struck",
    ),
    "hidden rows of a table that places text": (
        "<table><tr><td><tbody style='display:none'><tr><td>Utkast 7 mill.</table>", "hides",
    ),
    "a hidden name of a table": (
        "<table><caption style='display:none'>Utkast 7 mill.</caption><tr><td></table>", "hides",
    ),
    "a page in an attribute": ("<iframe srcdoc='<p>Utkast 7 mill.</p>'></iframe>", "another page"),
    "a struck definition": ("<dl><dt><dd><s>Utkast 7 mill.</s></dl>", "struck"),
    "for pages without scripts": ("<noscript>Slå på 7</noscript>", "scripts"),
}  # fmt: skip


@pytest.mark.parametrize("case", FURNITURE)
def test_what_is_left_out_is_listed(tmp_path, case):
    around, reason = FURNITURE[case]
    text = read(saved(tmp_path, page(around + TEXT)))
    assert text.lines == ["# Budsjett", "", "Skolen får 5 mill."]
    [(raw, why)] = left_out(text)
    assert reason in why
    assert any(map(str.isdigit, raw))


@pytest.mark.parametrize(
    "around",
    ["<p>Skriv ut</p>", "<a href='#x'>Hopp til hovedinnhold</a>", "<p>Del på Facebook</p>", "<nav>Forside</nav>",
     "<p>Fant du det du lette etter?</p>"],
)  # fmt: skip
def test_furniture_without_numbers_is_not_listed(tmp_path, around):
    text = read(saved(tmp_path, page(around + TEXT)))
    assert text.lines == ["# Budsjett", "", "Skolen får 5 mill."]
    assert not text.left_out


KEPT = {
    "a wrapper whose class names a menu": f'<div class="page-with-menu">{TEXT}</div>',
    "a wrapper that is about a menu": f'<div class="has-side-menu">{TEXT}</div>',
    "a menu that holds the document": f'<div class="content-menu"><article>{TEXT}</article></div>',
    "a form around the whole page": f"<form id=aspnetForm>{TEXT}</form>",
    "the head of an article": "<article><header><h1>Budsjett</h1></header><p>Skolen får 5 mill.</p></article>",
    "a page whose head holds its title": "<header><h1>Budsjett</h1></header><main><p>Skolen får 5 mill.</p></main>",
    "a main part": f"<p>Nyheter</p><main>{TEXT}</main><p>Mer</p>",
    "a class for narrow screens": f'<div class="d-none d-md-block">{TEXT}</div>',
}


@pytest.mark.parametrize("case", KEPT)
def test_the_document_is_no_furniture(tmp_path, case):
    assert lines(tmp_path, KEPT[case]) == ["# Budsjett", "Skolen får 5 mill."]


def test_a_table_outside_the_main_part_is_read(tmp_path):
    found = lines(tmp_path, f"<main>{TEXT}</main><div>{TABLE}</div><div>Ring 72 54 00 00</div>")
    assert found == ["# Budsjett", "Skolen får 5 mill.", "Område\t2026", "Skole\t1 000"]


STYLES = {
    "a rule": ("<style>.x{display:none}</style>", False),
    "a rule for paper alone": ("<style>@media print{.x{display:none}}</style>", True),
    "a rule for narrow screens": ("<style>@media (max-width:600px){.x{display:none}}</style>", True),
    "a rule for wide screens": ("<style>@media screen and (min-width:60em){.x{display:none}}</style>", False),
    "a later rule": ("<style>.x{display:none} .x{display:block}</style>", True),
    "a rule that weighs more": ("<style>p.x{display:block} .x{display:none}</style>", True),
    "an important rule": ("<style>.x{display:none!important} p.x{display:block}</style>", False),
    "a rule that cuts away": ("<style>.x{clip:rect(0 0 0 0)}</style>", False),
    "a rule of no size": ("<style>p{font-size:10pt} .x{font-size:0}</style>", False),
    "a rule for what fades in": ("<style>.x{opacity:0;animation:a 1s}</style>", True),
    "a later rule that shows": ("<style>.x{opacity:0} .x{opacity:1}</style>", True),
    "a rule for a state": ("<style>.x:hover{display:none}</style>", True),
    "a rule with an exception": ("<style>.x:not(.y){display:none}</style>", False),
    "a rule that is broken": ("<style>.x{display:none;;}} .y::(((</style>", False),
    "a sheet for paper": ("<style media=print>.x{display:none}</style>", True),
}


@pytest.mark.parametrize("case", STYLES)
def test_style_sheets(tmp_path, case):
    head, seen = STYLES[case]
    assert lines(tmp_path, '<h1>A</h1><p class="x">5 mill.</p>', head) == (["# A", "5 mill."] if seen else ["# A"])


def test_places(tmp_path):
    body = f"<p>Før</p><h1>Budsjett</h1><p>En</p><h2>Drift</h2><p>To</p><ul><li>Tre</ul><p>Fire</p>{TABLE}"
    text = read(saved(tmp_path, page(body)))
    where = {text.lines[line - 1]: place for line, place in text.places}
    assert where == {
        "Før": "avsnitt 1",
        "En": "Budsjett, avsnitt 1",
        "To": "Drift, avsnitt 1",
        "- Tre": "Drift, punkt 1",
        "Fire": "Drift, avsnitt 2",
        "Område\t2026": "Drift, tabell 1, rad 1",
        "Skole\t1 000": "Drift, tabell 1, rad 2",
    }


ENCODINGS = {
    "UTF-8 that is stated": ('<meta charset="utf-8"><p>Årlig', "utf-8", ""),
    "UTF-8 with a mark": ("<html><p>Årlig", "utf-8-sig", ""),
    "UTF-16": ("<html><p>Årlig", "utf-16", ""),
    "Windows that is stated": ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>Årlig',
                               "cp1252", ""),
    "Latin 1 that is stated": ('<meta charset="iso-8859-1"><p>Årlig – 5 €', "cp1252", ""),
    "nothing stated": ("<html><p>Årlig", "utf-8", ""),
    "nothing stated, and no UTF-8": ("<html><p>Årlig", "cp1252", "Windows-1252"),
    "UTF-8 stated in vain": ('<meta charset="utf-8"><p>Årlig', "cp1252", "Windows-1252"),
    "Latin 1 stated in vain": ('<meta charset="iso-8859-1"><p>Årlig', "utf-8", "it is not iso-8859-1"),
    "UTF-16 without a mark": ("<html><head><title>Budsjett</title></head><body><p>Årlig ", "utf-16-le", ""),
    "an encoding that nobody knows": ('<meta charset="x-foo"><p>Årlig', "utf-8", "UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("case", ENCODINGS)
def test_encodings(tmp_path, case):
    body, encoding, said = ENCODINGS[case]
    path = tmp_path / "side.html"
    path.write_bytes(body.encode(encoding))
    text = read(path)
    assert text.lines[-1].startswith("Årlig")
    assert any(said in remark for remark in text.remarks) if said else not text.remarks


def test_another_page_within_is_told(tmp_path):
    text = read(saved(tmp_path, page(TEXT + '<iframe src="https://app.powerbi.com/view?r=1"></iframe>')))
    assert any("https://app.powerbi.com/view?r=1" in remark for remark in text.remarks)


def test_elements_that_nobody_nests_so_deep(tmp_path):
    path = saved(tmp_path, page("<div>" * 10_000 + "5 mill."))
    with pytest.raises(ProblemError, match="elements in each other") as problem:
        read(path)
    assert "PDF" in problem.value.remedy


@pytest.mark.parametrize("inside", ["<b>", "<ul><li>", "<table><tr><td>", "<span>"])
def test_other_elements_nested_too_deep(tmp_path, inside):
    with pytest.raises(ProblemError):
        read(saved(tmp_path, page(f"<table><tr><td>A<td>{inside * 5_000}5</table>")))


def test_a_cell_that_spans_what_no_table_has(tmp_path):
    row = "<td colspan=1000>A</td>"
    with pytest.raises(ProblemError, match="columns"):
        read(saved(tmp_path, page(f"<table><tr>{row * 3}<td>5</table>")))


def test_a_page_that_asks_for_other_files(tmp_path, monkeypatch):
    """Nothing is fetched: what is asked for stays out, and the page is read."""
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network was asked"))
    head = '<link rel=stylesheet href="http://example.org/a.css"><script src="http://example.org/a.js"></script>'
    found = lines(
        tmp_path, f'{TEXT}<img src="http://example.org/a.png"><object data="file:///etc/passwd"></object>', head
    )
    assert found == ["# Budsjett", "Skolen får 5 mill."]


def test_entities_are_those_of_html(tmp_path):
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html><p>&b; &aring; &#229;'
    assert "å å" in read(saved(tmp_path, bomb)).lines[-1]
