"""Documents set as PDF by Chromium, from HTML."""

import shutil
import subprocess
from html import escape
from pathlib import Path

from tests.pdfs.model import Contents, Document, Heading, Items, Layout, PageBreak, Paragraph, Table, pieces

_RULES = {
    "all": "td, th { border: 0.6pt solid black }",
    "hairlines": "tr { border-bottom: 0.2pt solid gray }",
    "none": "",
}
_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer")


def make(document: Document, layout: Layout, folder: Path) -> Path:
    """The PDF that Chromium prints of a document."""
    page = folder / "document.html"
    page.write_text(html(document, layout), encoding="utf-8")
    file = folder / "chromium.pdf"
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert program, "no Chromium on PATH: run `make test`, which sees to it"
    words = [program, *_FLAGS, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={file}", page.as_uri()]
    subprocess.run(words, capture_output=True, check=True, timeout=120)
    return file


def html(document: Document, layout: Layout) -> str:
    """A document as a page that prints itself as the layout says."""
    number = "content: counter(page)" if layout.page_numbers else ""
    header = "table-header-group" if layout.repeat_header else "table-row-group"
    columns = f"columns: {layout.columns}; column-gap: 0.8cm;" if layout.columns > 1 else ""
    style = f"""
        @page {{ size: A4 {"landscape" if layout.turned else "portrait"}; margin: 2.5cm 2.2cm;
          @top-left {{ content: "{layout.head}"; font: 8pt sans-serif }}
          @bottom-center {{ {number}; font: 8pt sans-serif }} }}
        body {{ font: {layout.size}pt/1.3 "{layout.font}"; {columns} text-align: justify }}
        h1 {{ font-size: 18pt }} h2 {{ font-size: 14pt }} h3 {{ font-size: 12pt }} h4 {{ font-size: 10.5pt }}
        h1, h2, h3, h4 {{ break-after: avoid; text-align: left }} .amount {{ float: right }}
        table {{ border-collapse: collapse; width: 100%; text-align: right }} thead {{ display: {header} }}
        td, th {{ padding: 2pt 4pt; vertical-align: top }} tr {{ break-inside: avoid }}
        td:first-child, th:first-child {{ text-align: left; width: 34% }} .total td {{ font-weight: bold }}
        .group td {{ text-align: left; font-weight: bold }} .span {{ text-align: center }} .note {{ font-size: 0.8em }}
        .entry {{ display: flex }} .dots {{ flex: 1; overflow: hidden; white-space: nowrap }}
        {_RULES[layout.rules]}"""
    body = "\n".join(map(_block, document.blocks))
    head = f'<meta charset="utf-8"><title>{escape(document.title)}</title><style>{style}</style>'
    return f'<!doctype html><html lang="nb">{head}{body}'


def _inline(text: str) -> str:
    tags = {"bold": "<b>{}</b>", "raised": "<sup>{}</sup>", "": "{}"}
    return "".join(tags[kind].format(escape(part)) for part, kind in pieces(text))


def _block(block: object) -> str:
    match block:
        case Heading():
            amount = f'<span class="amount">{_inline(block.amount)}</span>' if block.amount else ""
            return f"<h{block.level}>{_inline(block.text)}{amount}</h{block.level}>"
        case Paragraph():
            return f"<p>{_inline(block.text)}</p>"
        case Items():
            return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in block.items) + "</ul>"
        case Contents():
            return "".join(
                f'<div class="entry"><span>{_inline(name)}</span><span class="dots">{"." * 200}</span>'
                f"<span>{_inline(page)}</span></div>"
                for name, page in block.entries
            )
        case PageBreak():
            return '<div style="break-after: page"></div>'
        case Table():
            return _table(block)
    raise TypeError(block)


def _table(block: Table) -> str:
    width = sum(span for _, span in block.header[0])
    head = "".join(
        "<tr>"
        + "".join(
            f'<th colspan="{span}"{" class=span" if span > 1 else ""}>{_inline(text)}</th>' for text, span in level
        )
        + "</tr>"
        for level in block.header
    )
    rows = []
    for row in block.rows:
        if row.style == "group":
            rows.append(f'<tr class="group"><td colspan="{width}">{_inline(row.cells[0])}</td></tr>')
        else:
            cells = "".join(f"<td>{_inline(cell)}</td>" for cell in row.cells)
            rows.append(f'<tr class="{row.style}">{cells}</tr>')
    notes = "".join(f'<p class="note">{_inline(note)}</p>' for note in block.notes)
    caption = f"<h4>{_inline(block.caption)}</h4>" if block.caption else ""
    return f"{caption}<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>{notes}"
