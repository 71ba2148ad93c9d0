"""The facts of reports, a module a report: an edition in, dataclasses of values with their sources out, without words.

What a document lacks is None. Notebooks put facts into the places of their `%%nb` and `%%en` cells.
"""
