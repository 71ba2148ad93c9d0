"""The glossary page: the terms of the clean table `glossary` in one language, each with an address of its own."""

import re

import pandas as pd

from kommunebudsjett.publish.html import pages

_NORWEGIAN = str.maketrans({"æ": "{", "ø": "|", "å": "}"})


def glossary_page(glossary: pd.DataFrame, lang: str, site: dict) -> str:
    """The page of the glossary. `site` has languages, edition and date."""
    other = "en" if lang == "nb" else "nb"
    terms = [
        {
            "anchor": row["anchor"],
            "term": row[f"term_{lang}"],
            "other": row[f"term_{other}"] if row[f"term_{other}"] != row[f"term_{lang}"] else "",
            "explanation": row[f"explanation_{lang}"],
            "source": _unbroken(row["source"]),
        }
        for _, row in glossary.iterrows()
    ]
    terms.sort(key=lambda term: alphabetical(term["term"]))
    return pages.get_template("glossary.html.j2").render(terms=terms, other=other, site=site, lang=lang)


def _unbroken(source: str) -> str:
    """A source whose references to sections are not broken at the end of a line."""
    return re.sub(r"(?<=\d)-(?=\d)", "\u2011", source.replace("§ ", "§\u00a0"))


def alphabetical(term: str) -> str:
    """What a term is sorted by: whatever its case, with æ, ø and å last."""
    return term.casefold().translate(_NORWEGIAN)
