"""What a notebook shows: text from documents is inert, and what readers need is asked for."""

import pytest

from kommunebudsjett.publish.content import slug
from kommunebudsjett.report.blocks import Cell, Column, filled, table_data, to_html
from kommunebudsjett.report.charts import Series, bars
from kommunebudsjett.report.pictures import figure, settled
from kommunebudsjett.report.worded import TextError
from tests.saying import text_blocks

HOSTILE = '<script>alert(1)</script> & "quoted" {x} *star* [link](http://example.invalid)'


def said(words: str, **values: object) -> str:
    """The HTML of a text with these words."""
    [block] = text_blocks("nb", nb=words, en="", **values)
    return filled(block)


def test_values_are_put_in_as_text():
    out = said("**Sum:** {value}", value=HOSTILE)
    assert "<strong>Sum:</strong>" in out
    assert "<script>" not in out
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;quoted&#34; {x} *star* [link]" in out


def test_a_value_with_sources_links_to_its_first_line():
    out = said("{sum}", sum=Cell("590", (("trondheim-2025", "226-229;231"), ("sv-rodt-2026", "12"))))
    assert 'href="../sources/trondheim-2025.html#L226"' in out
    assert ">590</a>" in out


def test_html_in_the_markdown_of_a_sentence_is_not_markup():
    assert "<b>" not in said("<b>x</b>")


def test_a_place_without_a_value_is_an_error():
    with pytest.raises(TextError, match="missing"):
        said("{missing}")


COLUMNS = [Column("Område", numeric=False), Column("Beløp")]


def test_a_number_that_is_not_written_in_a_language_is_refused():
    with pytest.raises(TypeError, match=r"350\.5 is no words: write it with e\.number"):
        table_data("Tabell", COLUMNS, [["Skole", 350.5]])
    assert table_data("Tabell", COLUMNS, [["2026", "350,5"]])["rows"][0][1]["text"] == "350,5"


@pytest.mark.parametrize(
    ("caption", "rows", "message"),
    [
        (" ", [["Skole", "1"]], "needs a caption"),
        ("Beløp", [["Skole"]], "1 cells for 2 columns"),
        ("Beløp", [["Skole", ""]], "empty cell"),
        ("Beløp", [["Skole", "nan"]], "empty cell"),
    ],
)
def test_a_table_asks_for_what_readers_need(caption, rows, message):
    with pytest.raises(ValueError, match=message):
        table_data(caption, COLUMNS, rows)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"alt": "Søyler"}, "alternative text"),
        ({"rows": []}, "needs its data"),
        ({"caption": ""}, "needs a caption"),
    ],
)
def test_a_figure_asks_for_what_readers_need(change, message):
    draw = bars(["Skole"], [Series("Endring", [1.0], "#000000")], str, "ikke omtalt")
    asked = {"caption": "Endring", "alt": "Skole får mest, én million kroner.", "rows": [["Skole", "1"]], **change}
    with pytest.raises(ValueError, match=message):
        figure("endring", draw, columns=COLUMNS, **asked)


def test_a_table_has_header_cells_with_scope():
    content = {"kind": "table", "name": "t", "note": "", **table_data("Beløp", COLUMNS, [[HOSTILE, "1"]])}
    out = to_html(content)
    assert '<th scope="col"' in out
    assert '<th scope="row"' in out
    assert "<script>" not in out


def test_addresses():
    assert slug("Økonomiske handlingsregler (2025): æ, å!") == "okonomiske-handlingsregler-2025-ae-a"


def test_a_picture_does_not_depend_on_the_last_digits_of_its_layout():
    words = "<text>0.123456 p0123456789</text>"
    one = '<path d="M 1.0004999 2 L -0.00012 3.14159 L -0 -0.5" clip-path="url(#pd25fe6fcb4)"/>' + words
    other = one.replace("1.0004999", "1.0004998").replace("d25fe6fcb4", "d167f95bfb")
    assert settled(one) == settled(other)
    assert settled(one).startswith('<path d="M 1 2 L 0 3.142 L 0 -0.5" clip-path="url(#p0)"/>')
    assert settled(one).endswith(words)
    apart = '<clipPath id="pd25fe6fcb4"/><clipPath id="pd167f95bfb"/><use clip-path="url(#pd25fe6fcb4)"/>'
    assert settled(apart) == '<clipPath id="p0"/><clipPath id="p1"/><use clip-path="url(#p0)"/>'
