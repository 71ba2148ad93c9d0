"""Readers: the text of a published document in, printed cells and statements out.

One subpackage a family of documents, each with `read(document, lines) -> Records`; a family is a way of printing, so
that the next document printed the same way needs no new code.
"""
