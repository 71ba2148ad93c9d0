"""One way of reading for all families: lines in; headings, paragraphs, list items and tables with their cells out.

`blocks.read_model` gives the whole document, `tables.Table` what is known of a table, `ledger.ledger` the numbers that
nothing took. Units are none of its business: a reader binds them to the values that it finds here.
"""
