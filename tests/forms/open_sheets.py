"""ODS workbooks from rows of XML, as LibreOffice writes them."""

import zipfile
from html import escape
from pathlib import Path

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible",
        "number": "datastyle",
    }.items()
)  # fmt: skip
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
STYLES = """
<number:number-style style:name="N1P0"><number:number number:min-integer-digits="1"/></number:number-style>
<number:number-style style:name="N1"><style:text-properties fo:color="#ff0000"/><number:number/>
<style:map style:condition="value()&gt;=0" style:apply-style-name="N1P0"/></number:number-style>
<style:style style:name="red" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="bold" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="white" style:family="table-cell"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="head" style:family="table-cell" style:parent-style-name="white">
<style:table-cell-properties fo:background-color="#1f4e78"/></style:style>
<style:style style:name="struck" style:family="table-cell">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/>
</style:style>
<style:style style:name="T2" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def text(value: str, more: str = "") -> str:
    """A cell of text; `more` are attributes."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{escape(value)}</text:p></table:table-cell>'


def number(value: float, shown: str, more: str = "", kind: str = "float") -> str:
    """A cell of a number, with what it shows."""
    said = f"<text:p>{escape(shown)}</text:p>" if shown else ""
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}" {more}>{said}</table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def sheet(*rows: str, name: str = "Ark1", columns: str = "<table:table-column/>", more: str = "") -> str:
    return f'<table:table table:name="{name}" {more}>{columns}{"".join(rows)}</table:table>'


def workbook(path: Path, *sheets: str, parts: dict[str, str] | None = None) -> Path:
    """The workbook of some sheets; `parts` are more files of its package."""
    content = (
        f'<?xml version="1.0"?><office:document-content {_NAMES}><office:automatic-styles>{STYLES}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet>"
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr("content.xml", content)
        for name, part in (parts or {}).items():
            package.writestr(name, part)
    return path
