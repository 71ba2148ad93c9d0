"""Which registered documents pages show: the parameters and what is known of documents in, ids by role out."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Params
from kommunebudsjett.core.registry import Role
from kommunebudsjett.tables import prices as price_tables


@dataclass(frozen=True)
class Documents:
    """What is known of the registered documents: `facts` is the row of one in the table `documents`, by its id, and
    `ids` those of a municipality that have a role, in the order of the registry.
    """

    facts: Callable[[str], pd.Series]
    ids: Callable[[str, Role], list[str]]


def known(documents: pd.DataFrame) -> Documents:
    """What the table `documents` says, for those who have read the whole of it."""
    facts = {row["document"]: row for _, row in documents.iterrows()}

    def ids(municipality: str, role: Role) -> list[str]:
        return [id for id, row in facts.items() if row["municipality"] == municipality and row["role"] == role]

    return Documents(facts.__getitem__, ids)


def members(params: Params, documents: Documents, role: Role, comparable: Callable[[pd.Series], bool]) -> list[str]:
    """The ids of the documents of a role that pages show, oldest first: those of the comparison, and those of the
    collection that are `comparable`. The municipality's budgets are all that are registered.
    """
    parts, collection = params.documents, params.collection
    municipality = documents.facts(parts.outcome)["municipality"]
    compared = {"proposal": [parts.before, parts.alternative], "report": [parts.outcome], "budget": []}[role]
    if role == "budget":
        named: str | list[str] = "all"
    else:
        named = [] if collection is None else collection.proposals if role == "proposal" else collection.outcomes
    more = documents.ids(municipality, role) if named == "all" else named
    added = [one for one in more if _says_what_it_changes(documents.facts(one)) and comparable(documents.facts(one))]
    return sorted(dict.fromkeys([*compared, *added]), key=lambda document: documents.facts(document)["budget_year"])


def _says_what_it_changes(document: pd.Series) -> bool:
    """Whether a document is none whose amounts would be shown as changes, and are levels."""
    return bool(document["role"] != "proposal" or document["baseline"])


def with_use(documents: pd.DataFrame, params: Params, prices: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """The table `documents` with `shown` and `left_out`: whether pages show a document, and if not, why."""

    def comparable(document: pd.Series) -> bool:
        return has_figures(params, document, prices, population)

    by_id = known(documents)
    shown = {one for role in ("proposal", "report") for one in members(params, by_id, role, comparable)}
    named = {one for role in ("proposal", "report") for one in members(params, by_id, role, lambda _: True)}
    here = by_id.facts(params.documents.outcome)["municipality"]

    def why(document: pd.Series) -> str:
        if document["document"] in shown:
            return ""
        if document["municipality"] != here:
            return "municipality"
        if document["role"] == "budget":
            return "budget"
        if not _says_what_it_changes(document):
            return "no_baseline"
        return "no_figures" if document["document"] in named else "not_named"

    reasons = [why(row) for _, row in documents.iterrows()]
    return documents.assign(shown=[int(reason == "") for reason in reasons], left_out=reasons)


def has_figures(params: Params, document: pd.Series, prices: pd.DataFrame, population: pd.DataFrame) -> bool:
    """Whether there are the figures of prices and people that amounts of a document are compared by."""
    year = int(document["budget_year"])
    try:
        price_tables.factor(prices, params.prices.index, year, params.prices.year)
        price_tables.inhabitants(population, document["municipality"], year)
    except UserError:
        return False
    return True
