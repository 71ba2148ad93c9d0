"""A document of the model as the text that the readers take, without a PDF between."""

from tests.pdfs.model import Document, Heading, Items, Paragraph, Table, plain


def marked(document: Document) -> str:
    """Headings with `#`, a paragraph a line, tables with tabs: as annual reports are written."""
    out = []
    for block in document.blocks:
        if isinstance(block, Heading):
            out += [f"{'#' * block.level} {plain(block.text)}", ""]
        elif isinstance(block, Paragraph):
            out += [plain(block.text), ""]
        elif isinstance(block, Items):
            out += [*(f"- {plain(item)}" for item in block.items), ""]
        elif isinstance(block, Table):
            header = ["\t".join(plain(text) + "\t" * (span - 1) for text, span in level) for level in block.header]
            rows = [_row(row) for row in block.rows]
            out += [f"### {plain(block.caption)}", "", *header, *rows, ""]
    return "\n".join(out) + "\n"


def _row(row) -> str:
    cells = [plain(cell) for cell in row.cells]
    return "\t".join(f"<b>{cell}</b>" if row.style in ("group", "total") and cell else cell for cell in cells)


def as_printed(document: Document) -> str:
    """Line by line as it stands on the page, tables with spaces: as party budgets are written."""
    out = []
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            out += [plain(block.text)] + ([] if isinstance(block, Heading) else [""])
        elif isinstance(block, Items):
            out += [*(f"● {plain(item)}" for item in block.items), ""]
        elif isinstance(block, Table):
            header = [" ".join(plain(text) for text, _ in level) for level in block.header]
            rows = [" ".join(map(plain, row.cells)) for row in block.rows]
            out += ["", *(line for text in (*header, *rows) for line in (text, "")), ""]
    return "\n".join(out) + "\n"
