"""The facts of the report on topics: how many recur in the documents, and what each document says of each of them."""

from dataclasses import dataclass, replace

from kommunebudsjett.report import caveats, topics
from kommunebudsjett.report.blocks import Cell, Link
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.topics import Said


@dataclass(frozen=True)
class Document:
    """A document that is searched: its name, and the words that lead to what the audit found in it."""

    id: str
    name: str
    audit: Link


@dataclass(frozen=True)
class Search:
    """How many topics were looked for, and are in two documents or more, and in all.

    Of the compared documents, `not_outcome` is in both proposals but not in the annual report, `not_now` not in the
    proposal of now but in the others, `not_before` not in what was promised.
    """

    municipality: str
    chosen: int
    recurring: int
    everywhere: int
    not_outcome: int
    not_now: int
    not_before: int


@dataclass(frozen=True)
class Combination:
    """How many topics just these documents mention, and their names as a list."""

    names: str
    topics: int


@dataclass(frozen=True)
class Topic:
    """A topic that recurs: `said` is what each document says of it, by its id, None where it does not mention it."""

    address: str
    name: str
    said: dict[str, Said | None]


@dataclass(frozen=True)
class Area:
    """A service area and its topics."""

    id: str
    name: str
    topics: list[Topic]


def documents(e: Edition) -> list[Document]:
    """The documents that are searched, oldest first."""
    return [_document(e, id) for id in e.used]


def _document(e: Edition, id: str) -> Document:
    name = e.name(e.document(id))
    report = e.report("sources", name)
    return Document(id, name, replace(report, page=report.page and f"{report.page}#audit-{id}"))


def search(e: Edition) -> Search:
    """How many topics were looked for, and found where."""
    found, (promised, proposed, report) = topics.recurring(e), e.compared
    return Search(
        municipality=e.document(report)["municipality"],
        chosen=len(topics.definitions(e)),
        recurring=len(found),
        everywhere=int((found[e.used] > 0).all(axis=1).sum()),
        not_outcome=topics.without(found, report, (promised, proposed)),
        not_now=topics.without(found, proposed, (promised, report)),
        not_before=topics.without(found, promised, (proposed, report)),
    )


def price_caveats(e: Edition) -> str:
    """What a reader must know of amounts in the prices of this edition; empty where there is nothing."""
    return caveats.amount_caveats(e, sorted({int(e.document(one)["budget_year"]) for one in e.used}))


def combinations(e: Edition, all_documents: str) -> list[Combination]:
    """How many topics are mentioned by which documents, most documents first; what all of them are called is given."""
    names = {one.id: one.name for one in documents(e)}
    return [
        Combination(all_documents if len(ids) == len(names) else e.listed([names[id] for id in ids]), count)
        for ids, count in topics.combinations(e, topics.recurring(e))
    ]


def places(e: Edition) -> list[list[Cell | str]]:
    """The topics as rows: name, in how many places each document mentions it, how many documents do, area."""
    rows = [(str(topic), row, [int(row[id]) for id in e.used]) for topic, row in topics.recurring(e).iterrows()]
    return [
        [
            Link(row["name"], page=f"#{topics.address(topic)}"),
            *map(e.number, numbers),
            e.number(sum(number > 0 for number in numbers)),
            str(e.areas.at[row["area_id"], "name"]),
        ]
        for topic, row, numbers in rows
    ]


def areas(e: Edition) -> list[Area]:
    """The areas with topics that recur, and what each document says of them."""
    said = topics.said(e)
    return [
        Area(
            str(id),
            str(e.areas.at[id, "name"]),
            [_topic(e, str(topic), row["name"], said) for topic, row in rows.iterrows()],
        )
        for id, rows in topics.recurring(e).groupby("area_id", sort=False)
    ]


def _topic(e: Edition, topic: str, name: str, said: dict[tuple[str, str], Said]) -> Topic:
    return Topic(topics.address(topic), name, {id: said.get((topic, id)) for id in e.used})
