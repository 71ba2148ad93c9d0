"""Word documents: text as Word shows it, with what it hides left out and listed."""

import pytest

from kommunebudsjett.forms.problem import ProblemError
from tests.forms.makers import STYLES, W, cell, docx, left_out, paragraph, read, row, run, table

NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>
</w:num></w:numbering>"""
RAISED = '<w:vertAlign w:val="superscript"/>'
RAISED_RUN = f"<w:rPr>{RAISED}</w:rPr>"
LOWERED = '<w:vertAlign w:val="subscript"/>'
HIGHER = '<w:position w:val="6"/>'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
UNSEEN = '<w:rStyle w:val="Skjult"/>'
LEVEL_3 = '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
MORE_STYLES = (
    STYLES + '<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="Overskrift 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Var"><w:name w:val="Vår"/><w:basedOn w:val="H1"/></w:style>'
    f'<w:style w:type="paragraph" w:styleId="Niva"><w:name w:val="Nivå"/>{LEVEL_3}</w:style>'
    '<w:style w:type="paragraph" w:styleId="Tittel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="List Bullet 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Inn1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Fet"><w:name w:val="Fet"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Skjult"><w:name w:val="Skjult"/><w:rPr><w:vanish/></w:rPr></w:style>'
    + "".join(
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="{base}"/>'
        f"<w:rPr>{look}</w:rPr></w:style>"
        for kind, name, base, look in (
            ("paragraph", "Vekk", "", "<w:vanish/>"), ("paragraph", "Vekk2", "Vekk", ""),
            ("paragraph", "Fram", "Vekk2", '<w:vanish w:val="0"/>'), ("paragraph", "Strok", "", "<w:strike/>"),
            ("character", "Strok2", "", "<w:strike/>"), ("table", "Bort", "", "<w:vanish/>"),
        )
    )
)  # fmt: skip


def styled(text: str, style: str) -> str:
    return paragraph(text, f'<w:pStyle w:val="{style}"/>')


def listed(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def math(inside: str) -> str:
    names = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    return f"<m:oMath {names}>{inside}</m:oMath>"


def number(name: str, text: str) -> str:
    return f"<m:{name}><m:r><m:t>{text}</m:t></m:r></m:{name}>"


FRACTION = number("num", "1") + number("den", "7")
POWER = number("e", "7") + number("sup", "2")


BOX = f"<w:txbxContent>{paragraph('Boks 5')}</w:txbxContent>"


def pictured(inside: str, look: str = "") -> str:
    return f"<w:r>{look}<w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"


def box(inside: str) -> str:
    return f"<w:p>{pictured(inside)}</w:p>"


def in_two_ways(new: str, old: str) -> str:
    """A part as Word writes it: for newer programs, and for older ones."""
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    choice = f"<mc:Choice>{new}</mc:Choice>" if new else ""
    return f"<mc:AlternateContent {mc}>{choice}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def lines(tmp_path, body: str) -> list[str]:
    """The lines of a document that are not blank."""
    path = docx(tmp_path / "d.docx", body, {"numbering.xml": NUMBERING}, MORE_STYLES)
    return [line for line in read(path).lines if line]


BLOCKS = {
    "headings by their style": (styled("Drift", "H2"), ["## Drift"]),
    "a style by its name in the language": (styled("Drift", "Overskrift2"), ["## Drift"]),
    "a style that is based on one": (styled("Drift", "Var"), ["# Drift"]),
    "a style by its outline level": (styled("Drift", "Niva"), ["### Drift"]),
    "a paragraph by its outline level": (paragraph("Drift", '<w:outlineLvl w:val="3"/>'), ["#### Drift"]),
    "a paragraph whose level is that of text": (
        paragraph("Drift", '<w:pStyle w:val="Niva"/><w:outlineLvl w:val="9"/>'), ["Drift"],
    ),
    "the title": (styled("Budsjett 2027", "Tittel"), ["# Budsjett 2027"]),
    "a style that is based on itself": (styled("Drift", "Ring"), ["Drift"]),
    "a bold line where no style is used": (paragraph("<b>Skole og SFO</b>"), ["## Skole og SFO"]),
    "a bold line under a heading": (styled("Drift", "H2") + paragraph("<b>Skole</b>"), ["## Drift", "### Skole"]),
    "a bold line by its style": (styled("Skole", "Fet"), ["## Skole"]),
    "a bold line with an amount": (paragraph("<b>SFO 5,5 mill.</b>"), ["SFO 5,5 mill."]),
    "a bold word in a line": (paragraph("<b>Skole</b> og SFO"), ["Skole og SFO"]),
    "bullets": (listed("A", 2) + listed("B", 2, 1), ["- A", "  - B"]),
    "a bullet by its style": (styled("A", "Punkt"), ["  - A"]),
    "a bullet that is typed": (paragraph("•\tA"), ["- A"]),
    "numbers": (
        "".join([listed("A", 1), listed("B", 1, 1), listed("C", 1, 1), listed("D", 1), listed("E", 1, 1)]),
        ["- 1. A", "  a) B", "  b) C", "- 2. D", "  a) E"],
    ),
    "a number of all levels": (listed("A", 1) + listed("B", 1, 2), ["- 1. A", "    - 1.a.i B"]),
    "a number without a point before a number": (
        listed("500 elever", 4) + listed("1 500 elever", 4) + listed("Skole", 4),
        ["- 1 / 500 elever", "- 2 1 500 elever", "- 3 Skole"],
    ),
    "a list that starts again": (listed("A", 1) + listed("B", 3) + listed("C", 3), ["- 1. A", "- 4. B", "- 5. C"]),
    "a heading with a number": (
        paragraph("Drift", '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="1"/></w:numPr>'), ["# 1. Drift"],
    ),
    "a bold point with a number": (listed("<b>Skole</b>", 1), ["## 1. Skole"]),
    "an amount after a tab": (
        f"<w:p>{run('SFO')}<w:r><w:tab/><w:tab/></w:r>{run('5,5 millioner')}</w:p>", ["SFO\t5,5 millioner"],
    ),
    "a line break after an amount": (
        f"<w:p>{run('SFO 5 mill')}<w:r><w:br/></w:r>{run('Skole 3 mill')}</w:p>", ["SFO 5 mill", "Skole 3 mill"],
    ),
    "a line break in a sentence": (f"<w:p>{run('Vi vil')}<w:r><w:br/></w:r>{run('styrke den.')}</w:p>",
                                   ["Vi vil styrke den."]),
    "a tab between two numbers of an item": (
        paragraph("Skole\t12\t500", '<w:numPr><w:numId w:val="2"/></w:numPr>'), ["- Skole 12 / 500"],
    ),
    "a tab between two numbers of a heading": (styled("12\t500 plasser", "H2"), ["## 12 / 500 plasser"]),
    "a line break between two numbers of a heading": (
        f'<w:p><w:pPr><w:pStyle w:val="H2"/></w:pPr>{run("Skole 12")}<w:r><w:br/></w:r>{run("500")}</w:p>',
        ["## Skole 12 / 500"],
    ),
    "a line break before the currency": (
        f"<w:p>{run('Skole 12')}<w:r><w:br/></w:r>{run('kr 500')}</w:p>", ["Skole 12 / kr 500"],
    ),
    "room between two numbers": (paragraph("Skole  12   500"), ["Skole 12 / 500"]),
    "a note between two numbers": (
        f"<w:p>{run('Skole 12')}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{run('500')}</w:p>", ["Skole 12 / 500"],
    ),
    "a picture between two numbers": (
        f"<w:p>{run('Skole 12')}<w:r><w:drawing/></w:r>{run('500.')}</w:p>", ["Skole 12 / 500."],
    ),
    "a note before a sign": (
        f"<w:p>{run('12')}<w:r>{RAISED_RUN}<w:footnoteReference w:id=\"2\"/></w:r>{run(', og 5')}</w:p>", ["12, og 5"],
    ),
    "lowered letters": (
        f"<w:p>{run('CO')}{run('2', LOWERED)}{run(' 12')}{run('3', LOWERED)}{run(' 4')}"
        f"{run('5', HIGHER)}</w:p>",
        ["CO2 12 / 3 4 / 5"],
    ),
    "a formula in a line": (f"<w:p>{math('<m:r><m:t>2+3</m:t></m:r>')}{run(' mill.')}</w:p>", ["2+3 mill."]),
    "words in several runs": (f"<w:p>{run('1')}{run(' 0')}{run('00 kr')}</w:p>", ["1 000 kr"]),
    "hyphens": (
        f"<w:p>{run('skole')}<w:r><w:softHyphen/><w:t>n</w:t><w:noBreakHyphen/><w:t>5</w:t></w:r></w:p>", ["skolen-5"],
    ),
    "symbols": (
        '<w:p><w:r><w:sym w:font="Symbol" w:char="F02D"/><w:t>5 mill.</w:t></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>',
        ["−5 mill.✓"],
    ),
    "a note at a number": (
        f"<w:p>{run('12 000')}<w:r><w:footnoteReference w:id=\"2\"/></w:r>{run(' kr')}</w:p>", ["12 000 kr"],
    ),
    "a raised number": (f"<w:p>{run('12')}{run('1', RAISED)}</w:p>", ["12<sup>1</sup>"]),
    "a field has its stored value": (
        f"<w:p>{field('begin')}<w:r><w:instrText>DOCPROPERTY Sum</w:instrText></w:r>{field('separate')}{run('5 mill.')}"
        f"{field('end')}{run(' i 2027')}</w:p>",
        ["5 mill. i 2027"],
    ),
    "a field that asks for the value of another": (
        f"<w:p>{field('begin')}{field('begin')}{field('separate')}{run('7')}{field('end')}{field('separate')}"
        f"{run('5 mill.')}{field('end')}</w:p>",
        ["5 mill."],
    ),
    "a field in one element": (f'<w:p><w:fldSimple w:instr="DATE">{run("5 mill.")}</w:fldSimple></w:p>', ["5 mill."]),
    "a link": (f"<w:p>{run('Se ')}<w:hyperlink>{run('tabell 1')}</w:hyperlink></w:p>", ["Se tabell 1"]),
    "a control for content": (
        f"<w:sdt><w:sdtContent>{paragraph('5 mill.')}</w:sdtContent></w:sdt>"
        f"<w:p><w:sdt><w:sdtContent>{run('2027')}</w:sdtContent></w:sdt></w:p>",
        ["5 mill.", "2027"],
    ),
    "a text box": (
        f"<w:p>{run('Før')}<w:r><w:pict><w:txbxContent>{paragraph('Boks 5')}</w:txbxContent></w:pict></w:r></w:p>",
        ["Før", "Boks 5"],
    ),
    "a style that switches off what its own hides": (styled("SFO 5 mill.", "Fram"), ["SFO 5 mill."]),
    "two styles that switch each other off": (
        paragraph("SFO 5 mill.", '<w:pStyle w:val="Strok"/>', '<w:rStyle w:val="Strok2"/>'), ["SFO 5 mill."],
    ),
    "a text box in a text box": (box(f"<w:p>{run('Ytre')}{pictured(paragraph('Indre 5'))}</w:p>"), ["Ytre", "Indre 5"]),
    "a drawing in two ways": (
        f"<w:p><w:r><w:drawing>{in_two_ways(*[f'<w:r>{BOX}</w:r>'] * 2)}</w:drawing></w:r></w:p>", ["Boks 5"],
    ),
    "what older programs show alone": (f"<w:p>{in_two_ways('', run('SFO 5'))}</w:p>", ["SFO 5"]),
    "text with text above it": (
        f"<w:p><w:r><w:ruby><w:rt>{run('7')}</w:rt><w:rubyBase>{run('SFO 5')}</w:rubyBase></w:ruby></w:r></w:p>",
        ["SFO 5"],
    ),
    "lines that tabs part": (
        "".join(f"<w:p>{'<w:r><w:tab/></w:r>'.join(map(run, cells))}</w:p>"
                for cells in (("Tiltak", "2027", "2028"), ("Skole", "5", "6"), ("SFO", "1 000", "2"))),
        ["Tiltak\t2027\t2028", "Skole\t5\t6", "SFO\t1 000\t2"],
    ),
    "lines that tabs part unevenly": (
        "".join(f"<w:p>{'<w:r><w:tab/></w:r>'.join(map(run, cells))}</w:p>"
                for cells in (("Tiltak", "2027", "2028", "2029"), ("Skole", "5", "6"), ("SFO", "1", "2", "3"))),
        ["Tiltak 2027 / 2028 / 2029", "Skole 5 / 6", "SFO 1 / 2 / 3"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BLOCKS)
def test_blocks(tmp_path, case):
    body, expected = BLOCKS[case]
    assert lines(tmp_path, body) == expected


SPAN = '<w:gridSpan w:val="2"/>'
BEGINS, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
TABLES = {
    "cells, the empty ones too": (
        table(row("Område", "2026", "2027"), row("Skole", "", "5"), row("Sum", "1", "2")),
        ["Område\t2026\t2027", "Skole\t\t5", "Sum\t1\t2"],
    ),
    "a header that spans": (
        table(row(cell("Område", BEGINS), cell("Budsjett", SPAN)), row(cell("", GOES_ON), "2026", "2027"),
              row("Skole", "5", "6")),
        ["Område\tBudsjett | 2026\tBudsjett | 2027", "Skole\t5\t6"],
    ),
    "a label down its rows": (
        table(row("Område", "Tiltak", "2026"), row(cell("Oppvekst", BEGINS), "SFO", "5"),
              row(cell("", GOES_ON), "Skole", "6"), row(cell("Kultur", BEGINS), "Kor", "7")),
        ["Område\tTiltak\t2026", "Oppvekst\tSFO\t5", "Oppvekst\tSkole\t6", "Kultur\tKor\t7"],
    ),
    "one amount for two rows is one amount": (
        table(row("Tiltak", "2026"), row("SFO", cell("5,5", BEGINS)), row("Skole", cell("", GOES_ON))),
        ["Tiltak\t2026", "SFO\t5,5", "Skole\t"],
    ),
    "one amount for two years is one amount": (
        table(row("Tiltak", "2026", "2027"), row("SFO", cell("12 000", SPAN)), row("Skole", "1", "2")),
        ["Tiltak\t2026\t2027", "SFO\t12 000\t", "Skole\t1\t2"],
    ),
    "a row that begins further in": (
        table(row("Tiltak", "2026", "2027"), row("1", "2", properties='<w:gridBefore w:val="1"/>')),
        ["Tiltak\t2026\t2027", "\t1\t2"],
    ),
    "rows within a cell": (
        table(
            row("Tiltak", "2026"),
            row(cell(paragraph("SFO") + paragraph("Skole")), cell(paragraph("5") + paragraph("6"))),
        ),
        ["Tiltak\t2026", "SFO\t5", "Skole\t6"],
    ),
    "two numbers in a cell are not one": (
        table(row("Tiltak", "2026"), row("SFO", cell(paragraph("12") + paragraph("345")))),
        ["Tiltak\t2026", "SFO\t12 / 345"],
    ),
    "a tab between two numbers of a cell": (
        table(row("Tiltak", "2026"), row("SFO", "12\t345"), row("Kor", "7")),
        ["Tiltak\t2026", "SFO\t12 / 345", "Kor\t7"],
    ),
    "text that a merged cell covers": (
        table(row("Tiltak", "2026"), row(cell("SFO", BEGINS), "5"), row(cell("7", GOES_ON), "6")),
        ["Tiltak\t2026", "SFO\t5", "SFO\t6"],
    ),
    "a table in a cell": (
        table(row("Tiltak", "2026"), row("SFO", cell(table(row("A", "B"), row("C", "7")) + paragraph("5")))),
        ["Tiltak\t2026", "SFO\t5", "A\tB", "C\t7"],
    ),
    "a frame of a list": (
        table(row(cell(listed("A", 1) + listed("B", 1) + listed("C", 1)))), ["- 1. A", "- 2. B", "- 3. C"],
    ),
    "a text box in a frame": (table(row(cell(box(paragraph("Boks 5"))))), ["Boks 5"]),
    "a cell in two ways": (
        table(row("Tiltak", "2026"), row("SFO", cell(f"<w:sdt/>{in_two_ways(paragraph('5'), paragraph('5'))}"))),
        ["Tiltak\t2026", "SFO\t5"],
    ),
    "a frame of one cell": (
        table(row(cell(paragraph("<b>Fakta</b>") + paragraph("5 mill.")))), ["## Fakta", "5 mill."],
    ),
    "a header that is marked": (
        table(row("År", "2026", properties="<w:tblHeader/>"), row("SFO", "5")), ["År\t2026", "SFO\t5"],
    ),
    "bold totals": (table(row("A", "2026"), row("<b>Sum</b>", "<b>5</b>")), ["A\t2026", "<b>Sum</b>\t<b>5</b>"]),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
def test_tables(tmp_path, case):
    body, expected = TABLES[case]
    assert lines(tmp_path, body) == expected


LEFT_OUT = {
    "deleted text": (f"<w:p>{run('Skole')}<w:del><w:r><w:delText> 7 mill.</w:delText></w:r></w:del></w:p>", "deleted"),
    "text that was moved away": (f"<w:p>{run('Skole')}<w:moveFrom>{run(' 7 mill.')}</w:moveFrom></w:p>", "deleted"),
    "hidden text": (f"<w:p>{run('Skole')}{run(' 7 mill.', '<w:vanish/>')}</w:p>", "hidden"),
    "hidden text by its style": (f"<w:p>{run('Skole')}{run(' 7 mill.', UNSEEN)}</w:p>", "hidden"),
    "struck out": (f"<w:p>{run('Skole')}{run(' 7 mill.', '<w:strike/>')}</w:p>", "struck"),
    "struck out twice": (f"<w:p>{run('Skole')}{run(' 7 mill.', '<w:dstrike/>')}</w:p>", "struck"),
    "a fraction": (f"<w:p>{run('Skole')}{math(f'<m:f>{FRACTION}</m:f>')}</w:p>", "formula"),
    "a power": (f"<w:p>{run('Skole')}{math(f'<m:sSup>{POWER}</m:sSup>')}</w:p>", "formula"),
    "hidden by its paragraph's style": (styled("7 mill.", "Vekk") + paragraph("Skole"), "hidden"),
    "hidden by the style that its own is based on": (styled("7 mill.", "Vekk2") + paragraph("Skole"), "hidden"),
    "struck out by its paragraph's style": (styled("7 mill.", "Strok") + paragraph("Skole"), "struck"),
    "hidden by the style of its table": (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Bort"/></w:tblPr>{row("7 mill.")}</w:tbl>{paragraph("Skole")}', "hidden",
    ),
    "struck out in a frame": (
        table(row(cell(paragraph("Skole") + paragraph("7 mill.", look="<w:strike/>")))), "struck",
    ),
    "a row of a frame that is deleted": (table(row("Skole"), row("7 mill.", properties="<w:del/>")), "deleted"),
    "a row of a frame that is hidden": (table(row("Skole"), row("7 mill.", properties="<w:hidden/>")), "hidden"),
    "a text box in hidden text": (
        f"<w:p>{run('Skole')}{pictured(paragraph('7 mill.'), '<w:rPr><w:vanish/></w:rPr>')}</w:p>", "hidden",
    ),
    "what is of no known kind": (f"<w:p>{run('Skole')}</w:p><w:ukjent>{paragraph('7 mill.')}</w:ukjent>", "kind"),
    "what is of no known kind in a line": (f"<w:p>{run('Skole')}<w:ukjent>{run('7 mill.')}</w:ukjent></w:p>", "kind"),
    "what is of no known kind in a run": ("<w:p><w:r><w:t>Skole</w:t><w:delText>7</w:delText></w:r></w:p>", "kind"),
    "text that is drawn": (
        f"<w:p>{run('Skole')}<w:r><w:pict><v:textpath {VML} string=\"7 mill.\"/></w:pict></w:r></w:p>", "drawing",
    ),
    "text before the value of a field": (f"<w:p>{run('Skole')}{field('begin')}{run('7')}{field('end')}</w:p>", "field"),
    "a list of contents": (styled("Drift 7", "Inn1") + paragraph("Skole"), "contents"),
    "a list of contents in a control": (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('Drift 7')}</w:sdtContent></w:sdt>{paragraph('Skole')}",
        "contents",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_left_out_is_listed(tmp_path, case):
    body, reason = LEFT_OUT[case]
    text = read(docx(tmp_path / "d.docx", body, styles=MORE_STYLES))
    assert text.lines == ["Skole"]
    [(raw, why)] = left_out(text)
    assert "7" in raw and reason in why


def test_a_row_that_is_deleted(tmp_path):
    body = table(row("Tiltak", "2026"), row("SFO", "7", properties="<w:del/>"), row("Skole", "5"))
    text = read(docx(tmp_path / "d.docx", body))
    assert text.lines == ["Tiltak\t2026", "Skole\t5"]
    assert any("7" in raw and "deleted" in why for raw, why in left_out(text))


def test_what_is_inserted_is_read_and_told(tmp_path):
    text = read(docx(tmp_path / "d.docx", f"<w:p>{run('SFO ')}<w:ins>{run('5 mill.')}</w:ins></w:p>"))
    assert text.lines == ["SFO 5 mill."]
    assert any("tracked change" in remark for remark in text.remarks)


def test_what_stands_beside_the_text(tmp_path):
    parts = {
        "footnotes.xml": f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Av dette 3 mill. i lån.")}</w:footnote></w:footnotes>',
        "comments.xml": f'<w:comments xmlns:w="{W}"><w:comment>{paragraph("Er 9 riktig?")}</w:comment></w:comments>',
        "header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("Side 12")}</w:hdr>',
    }
    text = read(docx(tmp_path / "d.docx", paragraph("SFO 5 mill."), parts))
    assert text.lines == ["SFO 5 mill.", "", "Av dette 3 mill. i lån."]
    assert left_out(text) == [("Er 9 riktig?", "it is a comment"), ("Side 12", "it is the head or foot of the pages")]


def test_a_part_in_two_ways_is_read_once(tmp_path):
    """Word writes what older programs do not know beside what they do."""
    both = in_two_ways(*[pictured(paragraph("Boks 5"))] * 2)
    assert lines(tmp_path, f"<w:p>{both}</w:p>") == ["Boks 5"]


@pytest.mark.parametrize(
    ("part", "said"),
    [("vbaProject.bin", "macros"), ("charts/chart1.xml", "charts"), ("diagrams/data1.xml", "diagrams"),
     ("embeddings/a.xlsx", "other programs"),
     ("afchunk1.docx", "other documents")],
)  # fmt: skip
def test_what_is_not_text_is_told(tmp_path, part, said):
    """Macros are not run."""
    text = read(docx(tmp_path / "d.docm", paragraph("SFO 5 mill."), {part: "7"}))
    assert text.lines == ["SFO 5 mill."]
    assert any(said in remark for remark in text.remarks)


def test_strict_open_xml(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.forms.makers.W", "http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read(docx(tmp_path / "d.docx", paragraph("SFO 5 mill."))).lines == ["SFO 5 mill."]


def test_places(tmp_path):
    body = styled("Drift", "H1") + paragraph("En") + table(row("A", "2026"), row("B", "5"))
    text = read(docx(tmp_path / "d.docx", body))
    assert [place for _, place in text.places] == [
        "Drift, avsnitt 1", "Drift, tabell 1, rad 1", "Drift, tabell 1, rad 2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("<w:p>", "damaged"),
        ("<w:p>" * 300 + "</w:p>" * 300, "elements in each other"),
    ],
)
def test_text_that_is_damaged(tmp_path, body, message):
    with pytest.raises(ProblemError, match=message):
        read(docx(tmp_path / "d.docx", body))


def test_entities_are_refused(tmp_path):
    path = docx(tmp_path / "d.docx", paragraph("A"), {
        "numbering.xml": f'<!DOCTYPE x [<!ENTITY a "{"a" * 1000}"><!ENTITY b "&a;&a;">]><w:numbering xmlns:w="{W}">&b;'
        "</w:numbering>",
    })  # fmt: skip
    with pytest.raises(ProblemError, match="document type"):
        read(path)
