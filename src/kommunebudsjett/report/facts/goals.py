"""The facts of the report on the goals: how the municipality assesses them, and what the party budgets ask for."""

from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import attainment, caveats, directives, goals
from kommunebudsjett.report.blocks import Block, Cell, Link, Quotation, quotations_block
from kommunebudsjett.report.edition import Edition, sources

Rows = list[list[Cell | str]]


@dataclass(frozen=True)
class Outcome:
    """The annual report and its goals: how many, and by status as a list; None where it assesses none.

    `measured` are rows of what is measured and given in numbers, `wrong` of what the audit found there; `in_parts` is
    whether a goal is assessed more than once.
    """

    municipality: str
    year: int
    called: str
    goals: int
    summary: str | None
    in_parts: bool
    measured: Rows
    wrong: Rows


@dataclass(frozen=True)
class Proposal:
    """What a proposal asks for without an amount: how many instructions, and their words; None where there are none.

    `called` is what a sentence calls the proposal.
    """

    id: str
    called: str
    instructions: int
    words: Block | None


@dataclass(frozen=True)
class Area:
    """An area: its goals by status, how they can be measured and are assessed, and what each proposal asks for.

    `counts` are in the order of `statuses`. Without goals there is neither summary nor assessments: None.
    """

    id: str
    name: str
    report: Link
    goals: int
    summary: str | None
    not_achieved: int
    counts: list[Cell]
    reservations: list[Cell]
    assessments: Block | None
    proposals: list[Proposal]


def outcome(e: Edition) -> Outcome:
    """The annual report and its goals."""
    report = e.compared.report
    facts, rows = e.document(report), goals.goals(e, report)
    return Outcome(
        municipality=facts["municipality"],
        year=int(facts["budget_year"]),
        called=e.called(facts),
        goals=len(rows),
        summary=_summary(e, rows),
        in_parts=attainment.in_parts(rows),
        measured=attainment.measured(e, report, rows),
        wrong=caveats.grouped(e, attainment.wrong(e, report, rows)),
    )


def _summary(e: Edition, rows: pd.DataFrame) -> str | None:
    return None if rows.empty else goals.summary(e, rows)


def proposals(e: Edition, area_id: str | None = None) -> list[Proposal]:
    """The proposals that are shown, oldest first, with their instructions of one area or all."""
    return [_proposal(e, id, area_id) for id in e.proposals()]


def _proposal(e: Edition, id: str, area_id: str | None) -> Proposal:
    said = directives.quotations(e, directives.directives(e, id, area_id))
    return Proposal(id, e.called(e.document(id)), len(said), _words(e, said))


def _words(e: Edition, said: list[Quotation]) -> Block | None:
    return quotations_block(e.lang, said) if said else None


def statuses(e: Edition) -> list[str]:
    """What goals of the annual report are assessed as, in words."""
    return [goals.status(e, name) for name in goals.counts(goals.goals(e, e.compared.report))]


def areas(e: Edition) -> list[Area]:
    """The areas that have goals, or that a proposal asks something of."""
    found = [_area(e, str(id), name) for id, name in e.areas["name"].items()]
    return [area for area in found if area.goals or any(proposal.words for proposal in area.proposals)]


def _area(e: Edition, id: str, name: str) -> Area:
    report = e.compared.report
    found, rows = goals.counts(goals.goals(e, report)), goals.goals(e, report, id)
    by_status = {status: rows[rows["status"] == status] for status in found}
    return Area(
        id=id,
        name=name,
        report=e.report(f"area-{id}", name),
        goals=len(rows),
        summary=_summary(e, rows),
        not_achieved=int((rows["status"] == "not_achieved").sum()),
        counts=[e.number(len(same), *sources(same)) for same in by_status.values()],
        reservations=[] if rows.empty else attainment.reservations(e, report, id),
        assessments=_words(e, attainment.assessments(e, report, rows)),
        proposals=proposals(e, id),
    )


def most_missed(found: list[Area]) -> list[Area]:
    """The areas with most goals that are not achieved; none where all are."""
    most = max((area.not_achieved for area in found), default=0)
    return [area for area in found if most and area.not_achieved == most]
