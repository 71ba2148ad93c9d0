"""PDFs with a text layer in, their text line by line out.

The package `forms` runs the extraction, in a process of its own. What it does, a module a step: `drawing` (rules,
boxes and pictures of a page), `glyphs` (its characters, upright and seen), `lines` (words and the printed lines),
`furniture` (running heads and page numbers), `order` (columns of text), `tables` (rows and cells, by `segments`,
`ruling`, `columns` and `headers`), `blocks` (headings, paragraphs, items) and `writing` (the text).
"""
