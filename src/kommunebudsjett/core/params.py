"""params.yaml in, checked parameters out."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kommunebudsjett.core.config import line_in, load_yaml
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document

Language = Literal["nb", "en"]
# What a parameter of a notebook can be.
Value = str | int | float | bool
# Where something stands in params.yaml: keys, and places in lists.
Place = tuple[str | int, ...]
# The pages of a language beside its reports, and how the name of a report on one area begins.
OTHER_PAGES = ("index", "downloads", "glossary")
AREA_PAGE = "area-"


def _all_or_ids(value: object) -> object:
    if value == "all" or (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return value
    raise ValueError("give all, or a list of ids of documents")


Members = Annotated[Literal["all"] | list[str], BeforeValidator(_all_or_ids)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Roles(_Section):
    """The documents that a comparison has where nothing else is asked for: what was promised before, what is proposed
    as an alternative, and what the outcome was.
    """

    before: Annotated[str, Field(description="id of the document that says what was promised")]
    alternative: Annotated[str, Field(description="id of the document that says what is proposed now")]
    outcome: Annotated[str, Field(description="id of the document that says what happened")]


class Collection(_Section):
    """More documents of the same municipality, which the pages set beside those of the comparison."""

    municipality: Annotated[
        str, Field(description="the municipality that the documents are about; the section may be left out")
    ]
    proposals: Annotated[
        Members,
        Field(description="`all` registered proposals of the municipality, or a list of ids"),
    ] = "all"
    outcomes: Annotated[
        Members,
        Field(description="`all` registered annual reports of the municipality, or a list of ids"),
    ] = "all"


class Prices(_Section):
    """Amounts are shown in the prices of `year` by `index`, one of data/reference/price_growth.csv."""

    index: Annotated[
        str, Field(description="an index of `data/reference/price_growth.csv`: `municipal_deflator` or `cpi`")
    ]
    year: Annotated[
        int, Field(description="amounts are shown in the prices of this year; the index must have a figure for it")
    ]


class Execution(_Section):
    """`workers` notebooks are executed side by side here; or all on the Dask cluster whose scheduler is `address`."""

    workers: Annotated[
        int,
        Field(
            ge=1,
            le=64,
            description="how many notebooks are executed, and reports published, side by side; about one for each core",
        ),
    ]
    backend: Annotated[
        Literal["local", "dask"],
        Field(
            description="where documents are read and notebooks executed: here, or on a cluster "
            "([how](engine.md#more-than-one-machine))"
        ),
    ] = "local"
    address: Annotated[str, Field(description="the scheduler of the Dask cluster, as `tcp://HOST:8786`")] = ""


class Publish(_Section):
    """`edition` and its `date` are printed on every report; `contact` is where readers can report an error, `address`
    where the site is published, if it is.

    `renderer` makes the pages and PDFs of the reports: `builtin`, or `quarto`, which must be on PATH.
    """

    edition: Annotated[
        str,
        Field(
            min_length=1,
            description="the name of the edition, printed on the pages and in the PDFs; an edition that is kept "
            "([how](howto.md#keep-an-edition)) has it in its address",
        ),
    ]
    date: Annotated[datetime.date, Field(description="its date, printed beside it, as `2026-11-22`")]
    contact: Annotated[str, Field(description="where readers can report an error: an address or a name")] = ""
    address: Annotated[
        str,
        Field(
            pattern=r"^(https?://[^\s/?#]+(/[^\s?#]*)?)?$",
            description="where the site is published, as `https://example.no/budsjett`: links in the PDFs then start "
            "with it, shared links get a picture, and `404.html` finds the site",
        ),
    ] = ""
    renderer: Annotated[
        Literal["builtin", "quarto"],
        Field(description="what makes the pages and PDFs of the reports; `quarto` must be on PATH"),
    ] = "builtin"


class Report(NamedTuple):
    """A report to publish: its `name` on the site, the notebook that it is, and the parameters of its own."""

    name: str
    notebook: str
    parameters: dict[str, Value]


class Params(_Section):
    """The parameters of a run."""

    documents: Roles
    collection: Collection | None = None
    prices: Prices
    printing: Annotated[
        Literal["chapter", "appendix"],
        Field(description="which printing counts where a document prints its tables twice"),
    ]
    languages: Annotated[
        list[Language], Field(min_length=1, description="the languages to publish, the first one first")
    ]
    reports: Annotated[
        dict[str, dict[str, Value | list[str]]],
        Field(description="the reports to publish, each the name of a notebook, with parameters of its own or `{}`"),
    ]
    execution: Execution
    publish: Publish

    @property
    def year(self) -> int:
        """The year of the edition: years before it are over."""
        return self.publish.date.year


def load_params(project: Project) -> Params:
    """The parameters in params.yaml.

    Raises UserError, with the line, for an unknown or missing key, an unknown language, a report without a notebook.
    """
    params: Params = load_yaml(project.params, Params)
    if not params.reports:
        raise UserError(
            "no report is named", file=project.params, line=line_in(project.params, ("reports",)), remedy="name one"
        )
    if len(set(params.languages)) < len(params.languages):
        raise UserError(
            "a language is named twice",
            file=project.params,
            line=line_in(project.params, ("languages",)),
            remedy="name each language once",
        )
    for name in params.reports:
        if not (project.notebooks / f"{name}.ipynb").is_file():
            raise UserError(
                f"there is no notebook for the report {name}",
                file=project.params,
                line=line_in(project.params, ("reports", name)),
                remedy=f"add notebooks/{name}.ipynb, or remove the report",
            )
    if params.execution.backend == "dask" and not params.execution.address:
        raise UserError(
            "execution.address is missing: the scheduler of the Dask cluster",
            file=project.params,
            line=line_in(project.params, ("execution", "backend")),
            remedy="add one, as tcp://HOST:8786, or set backend: local",
        )
    return params


def published(project: Project, params: Params, areas: Sequence[str]) -> list[Report]:
    """The reports to publish, in the order of params.yaml; `areas` are the ids of all harmonised areas.

    A notebook with an `area_id` of its own is run once for each area that it names (`all`: each there is), and
    published as `area-AREA_ID`. Raises UserError, with the line, for an area that there is not, and for a list given
    to another parameter.
    """
    reports = []
    for notebook, own in params.reports.items():
        for parameter, value in own.items():
            if isinstance(value, list) and parameter != "area_id":
                raise UserError(
                    f"reports.{notebook}.{parameter} is a list; only area_id can be",
                    file=project.params,
                    line=line_in(project.params, ("reports", notebook, parameter)),
                    remedy="give one value",
                )
        single = {name: value for name, value in own.items() if not isinstance(value, list)}
        if "area_id" not in own:
            reports.append(Report(notebook, notebook, single))
            continue
        asked = own["area_id"] if isinstance(own["area_id"], list) else [own["area_id"]]
        chosen = list(areas) if asked == ["all"] else list(dict.fromkeys(asked))
        for area_id in chosen:
            if area_id not in areas:
                raise UserError(
                    f"reports.{notebook}.area_id: there is no area {area_id}",
                    file=project.params,
                    line=line_in(project.params, ("reports", notebook, "area_id")),
                    remedy=f"use all, or some of {', '.join(areas)}",
                )
            reports.append(Report(f"{AREA_PAGE}{area_id}", notebook, {**single, "area_id": area_id}))
    return reports


def check_roles(project: Project, params: Params, documents: Sequence[Document]) -> None:
    """Raise UserError where the registered documents cannot play the parts that params.yaml gives them.

    Each part has a document of its own that is of its kind, and all are about one municipality, as are those of a
    collection.
    """
    known = {document.id: document for document in documents}
    played: dict[str, Document] = {}
    for part, name in params.documents:
        document = _registered(project, ("documents", part), name, known)
        check_part(project, part, document)
        for other, earlier in played.items():
            if earlier.id == name:
                problem = f"{name} is named as {other} already: it would be compared with itself"
                raise _wrong(project, ("documents", part), problem, "give each part a document of its own")
            if _municipality(earlier.municipality) != _municipality(document.municipality):
                problem = (
                    f"{name} is about {document.municipality}, and {earlier.id} ({other}) about {earlier.municipality}"
                )
                remedy = "name documents of one municipality, or correct municipality in data/raw/documents.yml"
                raise _wrong(project, ("documents", part), problem, remedy)
        played[part] = document
    if params.collection:
        _check_collection(project, params.collection, known, known[params.documents.outcome].municipality)


def check_part(project: Project, part: str, document: Document) -> None:
    """Raise UserError where a document is not of the kind that its part in params.yaml is for."""
    _check_role(project, ("documents", part), document, "report" if part == "outcome" else "proposal")


def likely_part(document: Document) -> str:
    """The part that a new document is likely to play in params.yaml; a municipality's own budget plays none."""
    return {"proposal": "alternative", "report": "outcome"}.get(document.role, "")


def _check_collection(project: Project, collection: Collection, known: dict[str, Document], compared: str) -> None:
    """Raise UserError where a collection is not about the municipality of the comparison, or names a document that
    there is not, that is about another municipality, of another kind, or named already.
    """
    if _municipality(collection.municipality) != _municipality(compared):
        problem = f"the collection is about {collection.municipality}, and the compared documents about {compared}"
        raise _wrong(project, ("collection", "municipality"), problem, f"write {compared}, or compare other documents")
    for key, named, role in (
        ("proposals", collection.proposals, "proposal"),
        ("outcomes", collection.outcomes, "report"),
    ):
        if named == "all":
            continue
        for index, name in enumerate(named):
            where = ("collection", key, index)
            document = _registered(project, where, name, known)
            _check_role(project, where, document, role)
            if _municipality(document.municipality) != _municipality(compared):
                problem = f"{name} is about {document.municipality}, and the collection about {compared}"
                raise _wrong(project, where, problem, "name documents of that municipality only")
            if name in named[:index]:
                raise _wrong(project, where, f"{name} is named twice", "name each document once")


def _registered(project: Project, where: Place, name: str, known: dict[str, Document]) -> Document:
    if name not in known:
        raise _wrong(project, where, f"no document has the id {name}", f"use one of {', '.join(sorted(known))}")
    return known[name]


def _check_role(project: Project, where: Place, document: Document, role: str) -> None:
    """Raise UserError where a document is no proposal, or no report, that can be compared."""
    if role == "proposal" and document.role == "budget":
        problem = f"{document.id} is no proposal but a budget: its amounts are levels, and no changes to another budget"
        raise _wrong(project, where, problem, "name a party's budget")
    if role == "proposal" and not document.baseline:
        problem = f"{document.id} is no proposal: it has no baseline that its amounts would be changes to"
        remedy = "name a party's budget; or, if it is one, give it its baseline in data/raw/documents.yml"
        raise _wrong(project, where, problem, remedy)
    if role == "report" and document.role == "budget":
        problem = f"{document.id} is a budget: its amounts are what was planned, and no accounts"
        raise _wrong(project, where, problem, "name an annual report")
    if role == "report" and (document.baseline or document.role == "proposal"):
        baseline = document.baseline or "another budget"
        problem = f"{document.id} is a proposal: its amounts are changes to {baseline}, and no accounts"
        remedy = "name an annual report; or, if it is one, remove its baseline from data/raw/documents.yml"
        raise _wrong(project, where, problem, remedy)
    if document.role != role:
        problem = f"{document.id} is registered as a {document.role}"
        raise _wrong(project, where, problem, f"name a {role}, or correct role in data/raw/documents.yml")


def _municipality(name: str) -> str:
    return " ".join(name.split()).casefold()


def _wrong(project: Project, where: Place, problem: str, remedy: str) -> UserError:
    """What is wrong with a value of params.yaml: `documents.before: ...`, `collection.proposals: ...`."""
    key = ".".join(str(step) for step in where if isinstance(step, str))
    return UserError(f"{key}: {problem}", file=project.params, line=line_in(project.params, where), remedy=remedy)


def check_prices(project: Project, params: Params, years_by_index: dict[str, set[int]]) -> None:
    """Raise UserError where the price index is unknown, or has no figure for the price year."""
    for field, value, known in (
        ("index", params.prices.index, set(years_by_index)),
        ("year", params.prices.year, years_by_index.get(params.prices.index, set())),
    ):
        if value not in known:
            raise UserError(
                f"prices.{field}: data/reference/price_growth.csv has no figure for {value}",
                file=project.params,
                line=line_in(project.params, ("prices", field)),
                remedy=f"use one of {', '.join(map(str, sorted(known)))}, or add the figure with its source",
            )
