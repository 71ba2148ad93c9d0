"""ODT documents, packed and flat: text as it is shown, with what is hidden left out and listed."""

import zipfile
from pathlib import Path

import pytest

from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms.problem import ProblemError
from tests.forms.makers import left_out, read

_O = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(
    f'xmlns:{name}="{_O}:{urn}:1.0"'
    for name, urn in {
        "office": "office", "style": "style", "text": "text", "table": "table", "draw": "drawing",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
STYLES = """
<style:style style:name="Fet" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Skjult" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Strok" style:family="text">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="Opp" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Ned" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="Vekk" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Vekk2" style:family="paragraph" style:parent-style-name="Vekk"/>
<style:style style:name="Bort" style:family="table"><style:table-properties table:display="false"/></style:style>
<style:style style:name="Niva" style:family="paragraph" style:default-outline-level="2"/>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Niva"/>
<style:style style:name="P2" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Ring" style:family="paragraph" style:parent-style-name="Ring"/>
<text:list-style style:name="Tall">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
</text:list-style>
<text:list-style style:name="Punkt">
<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>
</text:list-style>
"""


def flat(body: str, styles: str = STYLES) -> str:
    return (
        f'<?xml version="1.0"?><office:document {_NAMES} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def packed(path: Path, body: str, more: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", flat(body))
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return path


def text_of(tmp_path: Path, body: str) -> Text:
    path = tmp_path / "d.fodt"
    path.write_text(flat(body), encoding="utf-8")
    return read(path)


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>' if style else f"<text:p>{text}</text:p>"


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


def items(*inside: str, style: str = "Punkt", more: str = "") -> str:
    entries = "".join(f"<text:list-item>{one}</text:list-item>" for one in inside)
    return f'<text:list text:style-name="{style}"{more}>{entries}</text:list>'


def row(*cells: str) -> str:
    made = (one if one.startswith("<table:") else f"<table:table-cell>{p(one)}</table:table-cell>" for one in cells)
    return f"<table:table-row>{''.join(made)}</table:table-row>"


def spanning(text: str, across: int = 1, down: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-spanned="{across}" table:number-rows-spanned="{down}">{p(text)}'
        "</table:table-cell>"
    )


COVERED = "<table:covered-table-cell/>"
HIDDEN_COLUMN = '<table:table-column table:visibility="collapse"/>'
HIDDEN_ROW = '<table:table-row table:visibility="collapse">'
BLOCKS = {
    "headings": ('<text:h text:outline-level="2">Drift</text:h>', ["## Drift"]),
    "a heading by its style": (p("Drift", "P1"), ["## Drift"]),
    "a style that is based on itself": (p("Drift", "Ring"), ["Drift"]),
    "a bold line": (p("Skole", "P2") + p(span("SFO", "Fet")), ["## Skole", "## SFO"]),
    "spaces, tabs and line ends": (
        p('Vi<text:s text:c="3"/>vil<text:line-break/>ha\n  <text:span>SFO</text:span>.'), ["Vi vil ha SFO."],
    ),
    "room between two numbers": (p('Skole 12<text:s text:c="3"/>500<text:s/>000'), ["Skole 12 / 500 000"]),
    "a tab between two numbers of an item": (items(p("12<text:tab/>500")), ["- 12 / 500"]),
    "a note between two numbers": (
        p("12<text:note><text:note-body><text:p>Om SFO.</text:p></text:note-body></text:note>500"),
        ["12 / 500", "Om SFO."],
    ),
    "a picture between two numbers": (p("12<draw:frame/>500 kr"), ["12 / 500 kr"]),
    "lowered letters": (p(f"CO{span('2', 'Ned')} 12{span('3', 'Ned')}"), ["CO2 12 / 3"]),
    "an amount after a tab": (p("SFO<text:tab/>5 mill."), ["SFO\t5 mill."]),
    "lists in lists": (items(p("A") + items(p("B")), p("C")), ["- A", "  - B", "- C"]),
    "numbers": (
        items(p("A") + items(p("B"), p("C"), style="Tall"), p("D"), style="Tall"),
        ["- 1. A", "  a) B", "  b) C", "- 2. D"],
    ),
    "a list that goes on": (
        items(p("A"), style="Tall") + p("x") + items(p("B"), style="Tall", more=' text:continue-numbering="true"')
        + p("y") + items(p("C"), style="Tall"),
        ["- 1. A", "x", "- 2. B", "y", "- 1. C"],
    ),
    "a note": (
        p("SFO 5<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Om SFO.</text:p>"
          "</text:note-body></text:note> mill."),
        ["SFO 5 mill.", "Om SFO."],
    ),
    "a raised number": (p(f"12{span('1', 'Opp')}"), ["12<sup>1</sup>"]),
    "a field": (p("Sum <text:user-field-get>5 mill.</text:user-field-get>"), ["Sum 5 mill."]),
    "a text box": (
        p(f"Før<draw:frame><draw:text-box>{p('Boks 5')}</draw:text-box></draw:frame>"), ["Før", "Boks 5"],
    ),
    "a section": (f"<text:section>{p('A')}</text:section>", ["A"]),
    "a table": (
        f"<table:table>{row('Tiltak', '2026', '2027')}{row('SFO', '', '5')}</table:table>",
        ["Tiltak\t2026\t2027", "SFO\t\t5"],
    ),
    "a header that spans": (
        f"<table:table><table:table-header-rows>{row(spanning('Tiltak', 1, 2), spanning('Sum', 2), COVERED)}"
        f"{row(COVERED, '2026', '2027')}</table:table-header-rows>{row('SFO', '5', '6')}</table:table>",
        ["Tiltak\tSum | 2026\tSum | 2027", "SFO\t5\t6"],
    ),
    "one amount for two rows is one amount": (
        f"<table:table>{row('Tiltak', '2026')}{row('SFO', spanning('5', 1, 2))}{row('Skole', COVERED)}</table:table>",
        ["Tiltak\t2026", "SFO\t5", "Skole\t"],
    ),
    "cells that are repeated": (
        f"<table:table>{row('Tiltak', '2026', '2027')}"
        '<table:table-row><table:table-cell><text:p>SFO</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>5</text:p></table:table-cell></table:table-row>'
        "</table:table>",
        ["Tiltak\t2026\t2027", "SFO\t5\t5"],
    ),
    "a header over a hidden column": (
        f"<table:table><table:table-column/>{HIDDEN_COLUMN}<table:table-column/>"
        f"{row('Tiltak', spanning('2026', 2), COVERED)}{row('SFO', '7', '5')}</table:table>",
        ["Tiltak\t2026", "SFO\t5"],
    ),
    "a hidden column of a table in a cell": (
        f"<table:table><table:table-column/><table:table-column/>{row('Tiltak', '2026')}<table:table-row>"
        f"<table:table-cell>{p('SFO')}</table:table-cell><table:table-cell>{p('5')}<table:table>{HIDDEN_COLUMN}"
        f"<table:table-column/>{row('7', '6')}</table:table></table:table-cell></table:table-row></table:table>",
        ["Tiltak\t2026", "SFO\t5", "6\t"],
    ),
    "shapes with text": (
        p(f"A<draw:rect>{p('B 5')}</draw:rect><draw:g><draw:ellipse>{p('C 6')}</draw:ellipse></draw:g>")
        + f"<draw:a><draw:frame><draw:text-box>{p('D 7')}</draw:text-box></draw:frame></draw:a>",
        ["A", "B 5", "C 6", "D 7"],
    ),
    "a paragraph that is numbered by itself": (
        f"<text:numbered-paragraph>{p('SFO 5')}</text:numbered-paragraph>", ["SFO 5"],
    ),
    "a table in a cell": (
        f"<table:table>{row('Tiltak', '2026')}<table:table-row><table:table-cell>{p('SFO')}</table:table-cell>"
        f"<table:table-cell>{p('5')}<table:table>{row('A', 'B')}{row('C', '7')}</table:table></table:table-cell>"
        "</table:table-row></table:table>",
        ["Tiltak\t2026", "SFO\t5", "A\tB", "C\t7"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks(tmp_path, case):
    body, expected = BLOCKS[case]
    assert [line for line in text_of(tmp_path, body).lines if line] == expected


LEFT_OUT = {
    "deleted text": (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info/><text:p>7 mill.</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes><text:p>SFO</text:p>",
        "deleted",
    ),
    "hidden text": (p(f"SFO{span(' 7 mill.', 'Skjult')}"), "hidden"),
    "text that a condition hides": (p('SFO<text:hidden-text text:string-value="7 mill."/>'), "hidden"),
    "a hidden section": (f'<text:section text:display="none">{p("7 mill.")}</text:section>{p("SFO")}', "hidden"),
    "struck out": (p(f"SFO{span(' 7 mill.', 'Strok')}"), "struck"),
    "struck out in a link": (p('SFO<text:a text:style-name="Strok"> 7</text:a>'), "struck"),
    "struck out in a frame": (f"<table:table>{row(p('SFO'))}{row(span('7', 'Strok'))}</table:table>", "struck"),
    "hidden by the style that its own is based on": (p("7 mill.", "Vekk2") + p("SFO"), "hidden"),
    "a hidden row of a frame": (
        f"<table:table>{row('SFO')}{row('7').replace('<table:table-row>', HIDDEN_ROW)}</table:table>", "hidden",
    ),
    "a hidden group of rows": (
        f"<table:table>{row('SFO')}<table:table-row-group table:display='false'>{row('7')}</table:table-row-group>"
        "</table:table>",
        "hidden",
    ),
    "a hidden table": (f'<table:table table:style-name="Bort">{row("A", "7")}</table:table>{p("SFO")}', "hidden"),
    "text that a merged cell covers": (
        f"<table:table>{row('SFO')}<table:table-row><table:covered-table-cell>{p('7')}</table:covered-table-cell>"
        "</table:table-row></table:table>",
        "covered",
    ),
    "text above other text": (
        p("<text:ruby><text:ruby-base>SFO</text:ruby-base><text:ruby-text>7</text:ruby-text></text:ruby>"), "above",
    ),
    "what is of no known kind": ("<text:index-title><text:p>7</text:p></text:index-title><text:p>SFO</text:p>", "kind"),
    "a comment": (p("SFO<office:annotation><text:p>7 mill.?</text:p></office:annotation>"), "comment"),
    "a list of contents": (f"<text:table-of-content>{p('Drift 7')}</text:table-of-content>{p('SFO')}", "contents"),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_left_out_is_listed(tmp_path, case):
    body, reason = LEFT_OUT[case]
    text = text_of(tmp_path, body)
    assert text.lines == ["SFO"]
    [(raw, why)] = left_out(text)
    assert "7" in raw and reason in why


def test_the_foot_of_the_first_page_is_listed(tmp_path):
    foot = f"<style:master-page><style:footer-first>{p('Side 7')}</style:footer-first></style:master-page>"
    path = tmp_path / "d.fodt"
    path.write_text(flat(p("SFO"), foot), encoding="utf-8")
    text = read(path)
    assert left_out(text) == [("Side 7", "it is the head or foot of the pages")]


def test_parts_of_other_programs_are_told(tmp_path):
    text = text_of(tmp_path, p("SFO<draw:frame><draw:object><svg:math>1/7</svg:math></draw:object></draw:frame>"))
    assert text.lines == ["SFO"]
    assert left_out(text) == [("1/7", "it is of a kind that is not read")]
    assert any("other programs" in remark for remark in text.remarks)


def test_a_packed_document_with_macros(tmp_path):
    text = read(packed(tmp_path / "d.odt", p("SFO 5 mill."), {"Basic/script-lc.xml": "<x/>"}))
    assert text.lines == ["SFO 5 mill."]
    assert any("macros" in remark for remark in text.remarks)


def test_a_document_with_a_password(tmp_path):
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(ProblemError, match="password"):
        read(packed(tmp_path / "d.odt", p("A"), {"META-INF/manifest.xml": manifest}))


def test_a_document_without_content(tmp_path):
    with zipfile.ZipFile(tmp_path / "d.odt", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(ProblemError, match="lacks"):
        read(tmp_path / "d.odt")
