"""The facts of the report on the documents: what the audit found in them, and how much of each was read."""

from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import quality
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, sources
from kommunebudsjett.report.findings import count
from kommunebudsjett.report.reasons import LEFT_OUT

# The largest share, as it is shown, that is not all.
_NOT_ALL = 99.9
Rows = list[list[Cell | str]]


@dataclass(frozen=True)
class Document:
    """A compared document: its names, where it is from, and how many of its numbers were read.

    `name` heads what is said of it, `called` is what a sentence calls it. What it does not state is None.
    """

    id: str
    name: str
    called: str
    colour: str
    title: Cell
    publisher: Cell
    published: str | None
    licence: str | None
    file: str
    read: int
    unread: int
    share: Cell


@dataclass(frozen=True)
class Unused:
    """A registered document that no page shows, and why in a sentence."""

    name: str
    title: Cell
    why: str


@dataclass(frozen=True)
class Most:
    """The document, or the check, with most errors, and how many."""

    name: str
    errors: int


@dataclass(frozen=True)
class Audit:
    """What the audit found in all compared documents, counted in words by severity (`found`); `worst` is the document
    and `most` the check with most errors, None where no one has most.
    """

    municipalities: list[str]
    errors: int
    found: list[str]
    worst: Most | None
    most: Most | None
    checks: dict[str, str]


@dataclass(frozen=True)
class Reading:
    """How many numbers in tables and measures were read, and how many were not."""

    read: int
    unread: int
    share: Cell


@dataclass(frozen=True)
class Check:
    """How many findings a check made in each document, in the order of `documents`."""

    name: str
    findings: list[int]


@dataclass(frozen=True)
class Findings:
    """Findings of one severity in a document: how many, what they are called, and as rows (what, check, lines).

    Those that follow from one root count as one.
    """

    document: str
    severity: str
    called: str
    number: int
    rows: Rows


@dataclass(frozen=True)
class Twice:
    """A document that prints its tables twice: what the measures of its first year come to in each printing.

    `differences` are rows of what differs between them: what, severity, lines.
    """

    id: str
    name: str
    year: int
    chapter: Cell
    appendix: Cell
    differences: Rows


def documents(e: Edition) -> list[Document]:
    """The compared documents, oldest first."""
    return [_document(e, row) for _, row in quality.compared(e).iterrows()]


def _document(e: Edition, row: pd.Series) -> Document:
    read, unread = int(row["numbers_read"]), int(row["numbers_unread"])
    return Document(
        id=row["document"],
        name=e.name(row),
        called=e.called(row),
        colour=e.colour(row["document"]),
        title=e.named(row["title"], (row["document"], "1")),
        publisher=e.named(row["publisher"]),
        published=row["published"] or None,
        licence=row["licence"] or None,
        file=row["file"],
        read=read,
        unread=unread,
        share=_share(e, read, unread),
    )


def unused(e: Edition) -> list[Unused]:
    """The registered documents that no page shows, in the order of the registry."""
    registered = e.table("documents", "document", "left_out")
    # Where a report has prices of its own, only a figure of them can be what is missing.
    return [
        _unused(e, e.document(id), why or "no_figures")
        for id, why in zip(registered["document"], registered["left_out"], strict=True)
        if id not in e.used
    ]


def _unused(e: Edition, row: pd.Series, why: str) -> Unused:
    return Unused(e.name(row), e.named(row["title"]), LEFT_OUT[e.lang][why])


def _share(e: Edition, read: int, unread: int) -> Cell:
    """The share that was read, in words where there is no number; rounding makes it all only where none is unread."""
    if not read + unread:
        return Cell(e.text("ingen", "none"))
    share = 100 * read / (read + unread)
    return e.percent(min(share, _NOT_ALL) if unread else share)


def audit(e: Edition) -> Audit:
    """What the audit found in all compared documents."""
    counts = quality.counts(e)
    return Audit(
        municipalities=list(dict.fromkeys(quality.compared(e)["municipality"])),
        errors=int(counts["error"].sum()),
        found=[
            f"{number} {quality.severity_name(e, str(severity), single=number == 1)}"
            for severity, number in counts.sum().items()
        ],
        worst=_most(counts["error"].rename({one.id: one.name for one in documents(e)})),
        most=_most(quality.errors_by_check(e).rename(lambda check: quality.check_name(e, check))),
        checks={check: quality.check_name(e, check) for check in quality.CHECKS},
    )


def _most(errors: pd.Series) -> Most | None:
    """What has most errors, by name; None where several have as many."""
    first = errors[errors == errors.max()]
    return Most(str(first.index[0]), int(first.iloc[0])) if len(first) == 1 and first.iloc[0] else None


def reading(e: Edition) -> Reading:
    """How much of all compared documents was read."""
    found = quality.compared(e)
    read, unread = int(found["numbers_read"].sum()), int(found["numbers_unread"].sum())
    return Reading(read, unread, _share(e, read, unread))


def checks(e: Edition) -> list[Check]:
    """The checks that found something, those with most findings first."""
    return [
        Check(quality.check_name(e, str(check)), [int(number) for number in row])
        for check, row in quality.by_check(e).iterrows()
    ]


def findings(e: Edition, document: str) -> list[Findings]:
    """What the audit found in a document, the gravest first."""
    rows = quality.findings(e, document)
    return [
        Findings(document, severity, quality.severity_name(e, severity), count(found), quality.finding_rows(e, found))
        for severity in quality.SEVERITIES
        if len(found := rows[rows["severity"] == severity])
    ]


def printed_twice(e: Edition) -> list[Twice]:
    """The compared documents that print their tables twice."""
    found = [(row, quality.printings(e, row["document"])) for _, row in quality.compared(e).iterrows()]
    return [_twice(e, row, printings) for row, printings in found if len(printings)]


def _twice(e: Edition, row: pd.Series, printings: pd.DataFrame) -> Twice:
    by_name = printings.set_index("printing")
    sums = {
        name: e.mnok(kept["total_mnok"], *sources(kept["rows"]), decimals=1, signed=True)
        for name, kept in by_name.iterrows()
    }
    differ = quality.findings(e, row["document"]).query("check == 'printing'")
    return Twice(
        id=row["document"],
        name=e.name(row),
        year=int(row["budget_year"]),
        chapter=sums["chapter"],
        appendix=sums["appendix"],
        differences=[
            [text, quality.severity_name(e, severity, single=True), lines]
            for severity in quality.SEVERITIES
            for text, _, lines in quality.finding_rows(e, differ[differ["severity"] == severity])
        ],
    )
