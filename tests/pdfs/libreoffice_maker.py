"""Documents set as PDF by LibreOffice, from a flat OpenDocument text."""

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

from tests.pdfs.model import Contents, Document, Heading, Items, Layout, PageBreak, Paragraph, Table, pieces

_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "fo": "xsl-fo-compatible",
    }.items()
)
_BORDER = {
    "all": 'fo:border="0.6pt solid #000000"',
    "hairlines": 'fo:border-bottom="0.2pt solid #808080"',
    "none": 'fo:border="none"',
}
_SIZES = {1: 18, 2: 14, 3: 12, 4: 10.5}


def make(document: Document, layout: Layout, folder: Path) -> Path:
    """The PDF that LibreOffice Writer exports of a document."""
    source = folder / "libreoffice.fodt"
    source.write_text(fodt(document, layout), encoding="utf-8")
    program = shutil.which("soffice")
    assert program, "no LibreOffice on PATH: run `make test`, which sees to it"
    words = [
        program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'office').as_uri()}",
        "--convert-to", "pdf", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    subprocess.run(words, capture_output=True, check=True, timeout=180)
    return folder / "libreoffice.pdf"


def fodt(document: Document, layout: Layout) -> str:
    """A document as flat OpenDocument."""
    width, height = (29.7, 21.0) if layout.turned else (21.0, 29.7)
    text_width = width - 4.4
    columns = f'<style:columns fo:column-count="{layout.columns}" fo:column-gap="0.8cm"/>' if layout.columns > 1 else ""
    headings = "".join(
        f'<style:style style:name="H{level}" style:family="paragraph"><style:paragraph-properties fo:margin-top="10pt" '
        f'fo:margin-bottom="5pt" fo:keep-with-next="always"><style:tab-stops><style:tab-stop style:position="'
        f'{text_width}cm" style:type="right"/></style:tab-stops></style:paragraph-properties><style:text-properties '
        f'fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size in _SIZES.items()
    )
    foot = '<text:p text:style-name="Foot"><text:page-number/></text:p>' if layout.page_numbers else "<text:p/>"
    body = "".join(_block(block, layout, text_width) for block in document.blocks)
    widths = {sum(span for _, span in table.header[0]) for table in document.tables()}
    template = Path(__file__).with_name("document.fodt.txt").read_text(encoding="utf-8")
    return template.format(
        namespaces=_NAMESPACES,
        font=layout.font,
        size=layout.size,
        text_width=text_width,
        width=width,
        height=height,
        orientation="landscape" if layout.turned else "portrait",
        columns=columns,
        border=_BORDER[layout.rules],
        headings=headings,
        columns_of_tables="".join(_columns(width, text_width) for width in sorted(widths)),
        head=escape(layout.head),
        foot=foot,
        body=body,
    )


def _inline(text: str) -> str:
    style = {"bold": "Bold", "raised": "Raised"}
    return "".join(
        f'<text:span text:style-name="{style[kind]}">{escape(part)}</text:span>' if kind else escape(part)
        for part, kind in pieces(text)
    )


def _block(block: object, layout: Layout, width: float) -> str:
    match block:
        case Heading():
            amount = f"<text:tab/>{_inline(block.amount)}" if block.amount else ""
            return (
                f'<text:h text:style-name="H{block.level}" text:outline-level="{block.level}">{_inline(block.text)}'
                f"{amount}</text:h>"
            )
        case Paragraph():
            return f'<text:p text:style-name="P">{_inline(block.text)}</text:p>'
        case Items():
            items = "".join(
                f'<text:list-item><text:p text:style-name="P">{_inline(item)}</text:p></text:list-item>'
                for item in block.items
            )
            return f'<text:list text:style-name="L">{items}</text:list>'
        case Contents():
            return "".join(
                f'<text:p text:style-name="Entry">{_inline(name)}<text:tab/>{_inline(page)}</text:p>'
                for name, page in block.entries
            )
        case PageBreak():
            return '<text:p text:style-name="Break"/>'
        case Table():
            return _table(block, layout)
    raise TypeError(block)


def _cell(text: str, align: str, span: int = 1, bold: bool = False) -> str:
    inner = _inline(text)
    inner = f'<text:span text:style-name="Bold">{inner}</text:span>' if bold and text else inner
    wide = f' table:number-columns-spanned="{span}"' if span > 1 else ""
    return (
        f'<table:table-cell table:style-name="C"{wide}><text:p text:style-name="{align}">{inner}</text:p>'
        f"</table:table-cell>{'<table:covered-table-cell/>' * (span - 1)}"
    )


def _columns(count: int, width: float) -> str:
    """The styles of the columns of tables that have so many."""
    label = width * 2 / (count + 1)
    return "".join(
        f'<style:style style:name="{name}{count}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{wide:.3f}cm"/></style:style>'
        for name, wide in (("Label", label), ("Value", (width - label) / max(1, count - 1)))
    )


def _row(cells: str) -> str:
    return f'<table:table-row table:style-name="R">{cells}</table:table-row>'


def _table(block: Table, layout: Layout) -> str:
    width = sum(span for _, span in block.header[0])
    head = ""
    for level in block.header:
        cells = ""
        for index, (text, span) in enumerate(level):
            cells += _cell(text, "Left" if not index else "Centre" if span > 1 else "Right", span, bold=True)
        head += _row(cells)
    if layout.repeat_header:
        head = f"<table:table-header-rows>{head}</table:table-header-rows>"
    rows = ""
    for row in block.rows:
        if row.style == "group":
            rows += _row(_cell(row.cells[0], "Left", width, bold=True))
        else:
            bold = row.style == "total"
            rows += _row(
                "".join(_cell(cell, "Right" if index else "Left", bold=bold) for index, cell in enumerate(row.cells))
            )
    columns = f'<table:table-column table:style-name="Label{width}"/>' + (
        f'<table:table-column table:style-name="Value{width}" table:number-columns-repeated="{width - 1}"/>'
    )
    notes = "".join(f'<text:p text:style-name="Note">{_inline(note)}</text:p>' for note in block.notes)
    caption = (
        f'<text:h text:style-name="H4" text:outline-level="4">{_inline(block.caption)}</text:h>'
        if block.caption
        else ""
    )
    return f"{caption}<table:table table:style-name='T'>{columns}{head}{rows}</table:table>{notes}"
