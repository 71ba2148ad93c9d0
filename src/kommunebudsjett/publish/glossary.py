"""The glossary page: the terms of the clean table `glossary` in one language, each with an address of its own."""

import re
from collections.abc import Mapping

import pandas as pd

from kommunebudsjett.publish.citations import Source
from kommunebudsjett.publish.html import pages
from kommunebudsjett.report.blocks import source_href
from kommunebudsjett.tables.glossary import LINES

_NORWEGIAN = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def glossary_page(glossary: pd.DataFrame, lang: str, site: dict) -> str:
    """The page of the glossary. `site` has languages, edition, date and documents."""
    other, named = "en" if lang == "nb" else "nb", site["documents"][lang]
    terms = [
        {
            "anchor": row["anchor"],
            "term": row[f"term_{lang}"],
            "other": row[f"term_{other}"] if row[f"term_{other}"] != row[f"term_{lang}"] else "",
            "explanation": row[f"explanation_{lang}"],
            "sources": [part for words in filter(None, row["source"].split("; ")) if (part := _part(words, named))],
        }
        for _, row in glossary.iterrows()
    ]
    terms.sort(key=lambda term: alphabetical(term["term"]))
    return pages.get_template("glossary.html.j2").render(terms=terms, other=other, site=site, lang=lang)


def _part(words: str, named: Mapping[str, Source]) -> dict | None:
    """A part of a source: words as they are, or lines of a document (`document-id:12,20`) with its name and an address
    for each; None for a document that is not registered.
    """
    found = LINES.fullmatch(words)
    if found is None:
        return {"words": _unbroken(words)}
    document, lines = found.groups()
    links = [{"line": line, "href": source_href(document, line)} for line in lines.split(",")]
    return {"name": named[document].name, "links": links} if document in named else None


def _unbroken(source: str) -> str:
    """A source whose references to sections are not broken at the end of a line."""
    return re.sub(r"(?<=\d)-(?=\d)", "\u2011", source.replace("§ ", "§\u00a0"))


def alphabetical(term: str) -> str:
    """What a term is sorted by: whatever its case, with æ, ø and å last."""
    return term.casefold().translate(_NORWEGIAN)
