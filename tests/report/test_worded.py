"""Texts of notebooks: what stands in a place keeps its source and is no markup, and what is wrong says where."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunebudsjett.report import blocks
from kommunebudsjett.report.blocks import Block, Cell, Column, Lines, Link, filled, quotations_block, table_block
from kommunebudsjett.report.charts import Series, bars
from kommunebudsjett.report.namespace import as_data, kept
from kommunebudsjett.report.worded import TextError, rendered, text_of, words

LINE = (("trondheim-2025", "97"),)


@dataclass(frozen=True)
class Done:
    unspent: Cell | None
    kept: bool
    items: list[Cell]


TABLE = table_block("t", caption="Tall", columns=[Column("A")], rows=[["1"]])
NAMES = kept(
    {
        "done": Done(
            Cell("<b>590</b> *kr*", LINE, "lagt sammen"), True, [Cell("Skole", LINE), Cell("Helse"), Cell("IT")]
        ),
        "year": 2026,
        "missing": None,
        "by": "de rødgrønne",
        "rows": pd.DataFrame({"a": [1]}),
        "table": TABLE,
        "amounts": {2025: Cell("5"), "x": Cell("6")},
        "lang": "nb",
        "pd": pd,
        "_private": 1,
    }
)


def shown(cell: str, other: str = "") -> list[dict]:
    return rendered(text_of(cell), NAMES, text_of(other) if other else None)


def html(cell: str) -> str:
    return "".join(filled(block) for block in shown(cell) if block["kind"] != "table")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("I {{ year }}.", "<p>I 2026.</p>\n"),
        (
            "**{{ by | start }}** i {{ amounts[2025] }}, {{ amounts.x }}",
            "<p><strong>De rødgrønne</strong> i 5, 6</p>\n",
        ),
        (
            "- A.{% if year %} B.{% endif %}\n  {% if year %}C.{% endif %}\n- D\n",
            "<ul>\n<li>A. B.\nC.</li>\n<li>D</li>\n</ul>\n",
        ),
        ("A.\n{% if missing %}B.{% endif %}\n{% if missing %}C.{% endif %} \nD.", "<p>A.\nD.</p>\n"),
        (
            "{% for i in [1, 2] %}\n- {{ i }}\n{% endfor %}\n- B",
            "<ul>\n<li>1</li>\n<li>2</li>\n<li>B</li>\n</ul>\n",
        ),
        ("{% if year\n   and missing %}A.{% endif %}\nB{# no\nword #}\nC", "<p>B\nC</p>\n"),
        ("A {%- if year -%}\n\n, B\n{%- endif %}", "<p>A, B</p>\n"),
        ("{% if done.kept %}\nJa.\n{% else %}\nNei.\n{% endif %}\n", "<p>Ja.</p>\n"),
        ("{% if missing %}\nJa.\n{% endif %}\n", ""),
        ("{{ done.items[1:] | listed }}", "<p>Helse og IT</p>\n"),
        ("{% for i in done.items %}{{ i.text }}{{ comma(loop) }}{% endfor %}", "<p>Skole, Helse og IT</p>\n"),
        ("{{ done.items[1] | small }} og {{ done.items[2] | small }}", "<p>helse og IT</p>\n"),
        ("{{ done.items | length | count | start }} av {{ 1234 | number }}", "<p>Tre av 1\u00a0234</p>\n"),
        ("{{ 1 | count('ett') | start }}, {{ 2 | count('ett') }}, {{ 1 | count }}", "<p>Ett, to, én</p>\n"),
        ("<script>x</script> {{ '*a*' }}", "<p>&lt;script&gt;x&lt;/script&gt; *a*</p>\n"),
        (
            "- en\n{% if done.kept %}\n- to\n{% endif %}\n- tre\n",
            "<ul>\n<li>en</li>\n<li>to</li>\n<li>tre</li>\n</ul>\n",
        ),
    ],
)
def test_a_text_with_its_places(source, expected):
    assert html(f"%%nb\n{source}") == expected


def test_a_value_keeps_its_source_and_note_and_is_no_markup():
    [block] = shown("%%nb\nDet ble {{ done.unspent }}.")
    assert block["cells"] == [Cell("<b>590</b> *kr*", LINE, "lagt sammen").as_data()]
    assert 'href="../sources/trondheim-2025.html#L97">&lt;b&gt;590&lt;/b&gt; *kr*</a>.' in filled(block)


@pytest.mark.parametrize(
    ("place", "text", "how"),
    [
        ("done.unspent | noted('etter <vår> regning')", "<b>590</b> *kr*", "etter <vår> regning"),
        ("done.items[0] | called('skolen') | start", "Skolen", ""),
        ("done.items[0] | small", "skole", ""),
        (
            "done.items[0] | called('+5 mill. kr') | by_sign('økte med {}', 'gikk ned med {}', 'lik')",
            "økte med 5 mill. kr",
            "",
        ),
        ("done.items[0] | called('−NOK 5') | by_sign('rose by {}', 'fell by {}', 'same')", "fell by NOK 5", ""),
        ("done.items[0] | called('0 kr') | by_sign('{} mer', '{} mindre', 'det samme')", "det samme", ""),
    ],
)
def test_a_filter_changes_words_and_leaves_the_source(place, text, how):
    [block] = shown(f"%%nb\n{{{{ {place} }}}}")
    [cell] = block["cells"]
    assert (cell["text"], cell["how"]) == (text, how)
    assert cell["sources"] == [{"document": "trondheim-2025", "lines": "97"}]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (
            "a\nb {{ done.unspnet }}",
            "line 3, {{ done.unspnet }}: there is no unspnet there; there is items, kept, unspent",
        ),
        (
            "{{ dne }} {{ year }}",
            "line 2, {{ dne }}: there is no name dne; there is amounts, by, done, lang, missing, ",
        ),
        ("{% if dne %}x{% endif %}", "line 2, {% if dne %}: there is no name dne; "),
        ("{{ _private }}", "there is no name _private"),
        ("{{ amounts[2024] }}", "there is no 2024 there; there is 2025, x"),
        ("{{ missing }}", "line 2, {{ missing }}: the place has no value; ask {% if %} for it first"),
        ("{{ missing.text }}", "there is no text of what is missing (None); ask {% if %} for it first"),
        ("{{ '' }}", "the place has no value"),
        ("{{ rows }}", "rows is a DataFrame, which a text cannot hold: make a fact of it"),
        ("{% for r in rows %}x{% endfor %}", "rows is a DataFrame"),
        ("{{ done }}", "the place holds a group of facts, which is no words"),
        ("{{ done.items }}", "the place holds a list, which is no words"),
        ("{{ done.kept }}", "the place holds true or false, which is no words"),
        ("{{ 1.5 }}", "the place holds a number of no stated form, which is no words"),
        ("{{ done.unspent ~ '!' }}", "makes plain words of a value with sources"),
        ("{{ amounts.x | by_sign('a', 'b', 'c') }}", "'6' is written without its sign: make it with signed=True"),
        ("{{ year | by_sign('a', 'b', 'c') }}", "int has no sign"),
        ("{{ year | upper }}", "Jinja: No filter named 'upper'."),
        ("{{ by | safe }}", "Jinja: No filter named 'safe'."),
        ("{% if dne is defined %}x{% endif %}", "No test named 'defined'"),
        ("a\n{% if year %}\nb", "line 3, {% if year %}: Jinja: Unexpected end of template."),
        ("[x]({{ by }})", "a value can be put in a text, not in the address of a link"),
        ("Se {{ table }} her", "a table or figure is put on a line of its own"),
        ("{% set x %}{{ done.unspent }}{% endset %}{{ x }}", "a macro or a block of set cannot be put in a place"),
        ("## {{ anchor('Å b') }}x", "a name has lower case letters"),
    ],
)
def test_what_is_wrong_says_where_and_what_there_is(source, message):
    with pytest.raises(TextError) as raised:
        shown(f"%%nb\n{source}")
    assert message in str(raised.value)


@pytest.mark.parametrize("head", ["%%nb leads", "%%en details", "%%nb lead Mer", "%%nb nb", "%%nb page"])
def test_a_head_that_is_not_known_is_refused(head):
    with pytest.raises(
        TextError, match=r"line 1: %%.. takes nothing, lead, details and the words that open it, or page"
    ):
        text_of(f"{head}\nx")


@pytest.mark.parametrize("line", ["    Mer om det.", "- En\n    - To", "      {{ year }} er over."])
def test_a_line_that_jupyterlab_has_indented_is_refused(line):
    with pytest.raises(TextError, match="take out the spaces before"):
        shown(f"%%nb\nFørst.\n\n{line}\n")
    # Places may be broken over lines.
    assert "<p>2026</p>" in shown("%%nb\n{{\n    year }}")[0]["html"].replace("\ue0000\ue001", "2026")


def test_a_page_has_a_name_that_can_be_an_address():
    [block] = shown("%%nb page skole-2\n# Skolene i {{ year }}")
    assert (block["page"], block["kind"]) == ("skole-2", "heading")
    with pytest.raises(TextError, match="a page has a name of lower case letters"):
        text_of("%%nb page Å b\n# x")
    with pytest.raises(TextError, match="Windows can have no file of that name"):
        text_of("%%nb page con\n# Tittel")


def test_what_is_no_text():
    assert text_of("print(1)") is None
    assert text_of("%%time\nx") is None
    assert text_of("%%nbx\nx") is None


def test_a_lead_and_details():
    [lead] = shown("%%nb lead\nI {{ year }}.")
    assert lead["lead"] and filled(lead) == "<p>I 2026.</p>\n"
    [more] = shown("%%nb details Slik er det\nI {{ year }}.")
    assert (more["kind"], more["summary"]) == ("details", "Slik er det")
    with pytest.raises(TextError, match="details holds words only"):
        shown("%%nb details Slik er det\n{{ table }}\n")


def test_a_block_is_put_between_words_in_a_loop():
    source = "%%nb\n{% for x in [1, 2] %}\nNummer {{ x }}:\n\n{{ table }}\n\n{% endfor %}\nSlutt."
    found = shown(source)
    assert [block["kind"] for block in found] == ["text", "table", "text", "table", "text"]
    assert found[1] == TABLE.content
    assert [filled(block) for block in found[::2]] == ["<p>Nummer 1:</p>\n", "<p>Nummer 2:</p>\n", "<p>Slutt.</p>\n"]


def test_headings_have_the_address_of_the_norwegian_ones():
    nb = "%%nb\n## Om {{ year }}\n\n{{ table }}\n\n### {{ anchor('area-x') }}Skole {{ by }}"
    en = "%%en\n## About {{ year }}\n\n{{ table }}\n\n### {{ anchor('area-x') }}Schools {{ by }}"
    assert [block.get("address") for block in shown(en, nb)] == ["Om 2026", None, "area-x"]
    assert [block.get("address") for block in shown(nb)] == ["Om 2026", None, "area-x"]
    assert "area-x" not in shown(nb)[2]["html"]
    assert "area-x" not in shown("%%nb\n#### {{ anchor('area-x') }}Skole")[0]["html"]
    # Texts that do not have the same headings are no translations of each other.
    assert shown(en, "%%nb\n## Om")[0]["address"] == "About 2026"


@pytest.mark.parametrize(
    ("both", "nb", "en"),
    [
        ("Beløp i {{ year }} | Amounts in {{ year }}", "Beløp i 2026", "Amounts in 2026"),
        ("Status", "Status", "Status"),
        ("{{ by | start }} a | {{ by | start }} b", "De <rød> a", "De <rød> b"),
        ("A{% if year %} ({{ year }}){% endif %} | B", "A (2026)", "B"),
        ("{{ many | listed }} | {{ many | listed }}", "a, b og c", "a, b and c"),
    ],
)
def test_words_in_two_languages(both, nb, en):
    values = {"year": 2026, "by": "de <rød>", "many": [Cell("a", LINE), "b", "c"]}
    assert (words("nb", both, values), words("en", both, values)) == (nb, en)


def test_words_of_a_document_do_not_part_the_languages():
    assert (
        words("en", "Tabell {{ name }} | Table {{ name }}", {"name": "2025 | Oslo {{ x }}"})
        == "Table 2025 | Oslo {{ x }}"
    )
    with pytest.raises(TextError, match="more than two languages"):
        words("nb", "a | b | c", {})


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (float("nan"), None),
        (pd.NA, None),
        (pd.NaT, None),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (np.float64("nan"), None),
        ((1, "a"), [1, "a"]),
        ({("a", 1): 1}, {"type": "dict"}),
        (pd.Series([1]), {"type": "Series"}),
    ],
)
def test_facts_as_data(value, data):
    found = as_data(value)
    assert found == data and type(found) is type(data)


def test_values_of_all_kinds_come_through_as_they_were():
    for cell in (Cell("1", LINE, "h", "nb", 1.0), Lines("", (("d", "1;3-4"),)), Link("x", page="economy.html")):
        [block] = rendered(text_of("%%nb\n{{ x }}"), kept({"x": cell}))
        assert block["cells"] == [cell.as_data()]
    with pytest.raises(ValueError, match="heading, text and lines"):
        quotations_block("nb", [type("Q", (), {"heading": "", "text": "", "source": ("", ""), "amount": None})()])


@pytest.mark.parametrize(
    ("page", "words"), [("economy.html", '<p>Se <a href="economy.html">den</a>.</p>'), ("", "<p>Nei.</p>")]
)
def test_a_text_asks_whether_words_lead_anywhere(page, words):
    source = "%%nb\n{% if x.page %}Se {{ x }}.{% elif y.page %}{% else %}Nei.{% endif %}"
    [block] = rendered(text_of(source), kept({"x": Link("den", page=page), "y": Cell("1")}))
    assert filled(block).strip() == words


def test_signs_of_a_document_that_are_ours_are_shown():
    names = kept({"x": "a\ue0000\ue001\x1b", "y": Cell("\ue0000\ue001")})
    [block] = rendered(text_of("%%nb\n{{ x }} \ue0005\ue001 {{ y }}"), names)
    assert filled(block) == "<p>a[U+E000]0[U+E001]␛ 5 \ue0000\ue001</p>\n"


@given(st.text(max_size=40))
def test_any_value_is_text(text):
    if text.strip():
        cell = Cell(text, LINE)
        [block] = rendered(text_of("%%nb\nDet er {{ x }} her."), kept({"x": cell}))
        assert isinstance(Block(block), Block)
        assert block == {
            "kind": "text",
            "html": "<p>Det er \ue0000\ue001 her.</p>\n",
            "cells": [cell.as_data()],
        }


@pytest.mark.parametrize(
    ("lang", "said"),
    [("nb", ["Tall 5", "Navn", "Sum", "Alt 5 er", ""]), ("en", ["5 all", "Name", "Sum", "All 5 are", "Not"])],
)
def test_a_figure_takes_its_words_in_both_languages(edition, lang, said, monkeypatch):
    shown = []
    monkeypatch.setattr(blocks, "show", shown.append)
    e = replace(edition, lang=lang)
    words = {"heads": ["Navn | Name", "# Sum"], "rows": [["a", "1"]], "x": Cell("5", LINE)}
    drawn = bars(["a"], [Series("b", [1.0], "#000000")], str, "")
    e.show_figure(
        "f", drawn, caption="Tall {{ x }} | {{ x }} all", alt="Alt 5 er her, se selv | All 5 are here, look", **words
    )
    e.show_table(
        "t", caption="Tall {{ x }} | {{ x }} all", note="{% if lacks %}x{% endif %} | Not", lacks=None, **words
    )
    for block in shown:
        assert [block["caption"], *[column["header"] for column in block["columns"]]] == said[:3]
    assert shown[0]["alt"].startswith(said[3])
    assert shown[1]["note"] == said[4]
