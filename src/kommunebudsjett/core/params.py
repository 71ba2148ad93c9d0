"""params.yaml in, checked parameters out."""

import datetime
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from kommunebudsjett.core.config import line_in, load_yaml
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document

Language = Literal["nb", "en"]
# What a parameter of a notebook can be.
Value = str | int | float | bool
# The pages of a language beside its reports, and how the name of a report on one area begins.
OTHER_PAGES = ("index", "downloads", "glossary")
AREA_PAGE = "area-"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Roles(_Section):
    """Which document is what was promised before, what is proposed as an alternative, and what the outcome was."""

    before: Annotated[str, Field(description="id of the document that says what was promised")]
    alternative: Annotated[str, Field(description="id of the document that says what is proposed now")]
    outcome: Annotated[str, Field(description="id of the document that says what happened")]


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

    Each part has a document of its own that is of its kind, and all are about one municipality.
    """
    known = {document.id: document for document in documents}
    played: dict[str, Document] = {}
    for part, name in params.documents:
        if name not in known:
            raise _of_a_part(project, part, f"no document has the id {name}", f"use one of {', '.join(sorted(known))}")
        document = known[name]
        check_part(project, part, document)
        for other, earlier in played.items():
            if earlier.id == name:
                problem = f"{name} is named as {other} already: it would be compared with itself"
                raise _of_a_part(project, part, problem, "give each part a document of its own")
            if _municipality(earlier) != _municipality(document):
                problem = (
                    f"{name} is about {document.municipality}, and {earlier.id} ({other}) about {earlier.municipality}"
                )
                remedy = "name documents of one municipality, or correct municipality in data/raw/documents.yml"
                raise _of_a_part(project, part, problem, remedy)
        played[part] = document


def check_part(project: Project, part: str, document: Document) -> None:
    """Raise UserError where a document states levels and the part in params.yaml is that of changes, or the reverse."""
    if part != "outcome" and not document.baseline:
        raise _of_a_part(
            project,
            part,
            f"{document.id} is no proposal: it has no baseline that its amounts would be changes to",
            "name a party's budget; or, if it is one, give it its baseline in data/raw/documents.yml",
        )
    if part == "outcome" and document.baseline:
        raise _of_a_part(
            project,
            part,
            f"{document.id} is a proposal: its amounts are changes to {document.baseline}, and no accounts",
            "name an annual report; or, if it is one, remove its baseline from data/raw/documents.yml",
        )


def _municipality(document: Document) -> str:
    return " ".join(document.municipality.split()).casefold()


def _of_a_part(project: Project, part: str, problem: str, remedy: str) -> UserError:
    line = line_in(project.params, ("documents", part))
    return UserError(f"documents.{part}: {problem}", file=project.params, line=line, remedy=remedy)


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
