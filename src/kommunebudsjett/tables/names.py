"""What documents are called: rows of the table `documents` in, a name of its own for each out, in both languages.

A name depends on the other registered documents: two of the same publisher and year need more words. So the names are
made once, where all documents are known, and whoever shows a document needs the row of that one alone.
"""

from collections.abc import Mapping

import pandas as pd


def with_names(documents: pd.DataFrame, glosses: Mapping[str, str]) -> pd.DataFrame:
    """The documents with their names, of which no two are the same: `name_nb` and `name_en` are the publisher and the
    year, and say budget or report of what a municipality publishes; `called_nb` and `called_en` are what a sentence
    calls the document. Where several municipalities are registered, each name says which one it is about.

    `place` is the place of a document among those of its municipality and role, from 1, in the order of the registry.
    `glosses` are English for names that the documents have in Norwegian.
    """
    named = documents.assign(place=documents.groupby(["municipality", "role"]).cumcount() + 1)
    publishers = {"nb": documents["publisher"], "en": documents["publisher"].map(lambda name: glosses.get(name, name))}
    for lang, publisher in publishers.items():
        named[f"name_{lang}"] = _apart(documents, _names(documents, publisher, lang))
        named[f"called_{lang}"] = _apart(documents, _called(documents, publisher, lang))
    return named


def _names(documents: pd.DataFrame, publisher: pd.Series, lang: str) -> pd.Series:
    years = " " + documents["budget_year"].astype(str)
    by = publisher.str[:1].str.upper() + publisher.str[1:]
    # The municipality publishes its budgets and its reports alike, and only it has reports.
    by = by.mask(documents["role"] == "budget", by + {"nb": ", budsjett", "en": ", budget"}[lang])
    return by.mask(documents["role"] == "report", {"nb": "Årsberetning", "en": "Annual report"}[lang]) + years


def _called(documents: pd.DataFrame, publisher: pd.Series, lang: str) -> pd.Series:
    rows = zip(documents["role"], publisher, documents["budget_year"], strict=True)
    reports = documents.loc[documents["role"] == "report", "budget_year"]
    several = set(reports[reports.duplicated()])
    words = [_words(role, by, year, year in several, lang) for role, by, year in rows]
    return pd.Series(words, index=documents.index, dtype="str")


def _words(role: str, publisher: str, year: int, several: bool, lang: str) -> str:
    """What a sentence calls a document; `several`: there is more than one report of its year."""
    if role == "report":
        by = {"nb": f" fra {publisher}", "en": f" of {publisher}"}[lang] if several else ""
        return {"nb": f"årsberetningen for {year}", "en": f"the annual report for {year}"}[lang] + by
    if role == "budget":
        return {"nb": f"budsjettet for {year} fra {publisher}", "en": f"the {year} budget by {publisher}"}[lang]
    return {"nb": f"budsjettforslaget til {publisher} for {year}", "en": f"the {year} budget proposal of {publisher}"}[
        lang
    ]


def _apart(documents: pd.DataFrame, words: pd.Series) -> pd.Series:
    """The words for each document, with its municipality where there are several and the words do not say it, and with
    its id where others have the same: a title can begin as another does, and is of one language.
    """
    places = documents["municipality"]
    if places.str.casefold().nunique() > 1:
        said = [place.casefold() in text.casefold() for place, text in zip(places, words, strict=True)]
        words = words.mask(~pd.Series(said, index=words.index), words + " (" + places + ")")
    same = words.str.casefold().duplicated(keep=False)
    return words.mask(same, words + " (" + documents["document"] + ")")
