"""The running text of the documents: their lines in, paragraphs with their headings and lines out."""

import pandas as pd

from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.passages import passages

COLUMNS = ["document", "heading", "lines", "text"]


def paragraphs(documents: dict[str, list[str]], cells: pd.DataFrame) -> pd.DataFrame:
    """The table `paragraphs`, tables and headings left out. A paragraph that a page break cuts is one.

    Parameters
    ----------
    documents: the lines of each document.
    cells: the table `table_cells`.
    """
    rows: list[tuple[str, str, tuple[int, ...], str]] = []
    for document, lines in documents.items():
        heading, above = "", ()
        for passage in passages(lines, set(cells.loc[cells["document"] == document, "line"])):
            if passage.is_heading:
                heading, above = passage.text, ()
            elif set(passage.lines) & set(above):
                above = (*above, *passage.lines)
                rows[-1] = (document, heading, above, f"{rows[-1][3]} {passage.text}")
            else:
                above = passage.lines
                rows.append((document, heading, above, passage.text))
    return pd.DataFrame(
        [(document, heading, join_lines(on), text) for document, heading, on, text in rows], columns=COLUMNS
    )
