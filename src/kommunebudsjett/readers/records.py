"""What a reader makes of one document: printed cells and statements, each with the line it stands on.

Plain tuples, so that parsing needs no pandas. Fields are the columns of the clean tables (without `area_id`, which
the tables stage adds); what they mean is told in `kommunebudsjett.tables.contracts`. Missing text is "", a missing
number None. Lines are 1-based. Amounts are million kroner, spending positive.
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """A value cell of a printed table; `unit_line` is the line of the words that give its unit, `read_by`
    the person who has read it where the program could not."""

    document: str
    table: str
    caption: str
    section: str
    group: str
    row: str
    column: str
    value: float | None
    raw: str
    unit: str
    is_total: int
    line: int
    unit_line: int | None = None
    read_by: str = ""


class Measure(NamedTuple):
    """A budget measure (tiltak) in one year, as one printing or statement gives it.

    `role` is `change`, `part` of a measure that is read too, or `period_total`; `part_of` is the line of the amount
    that it is a part of; `duration` is how long it lasts, where that is said.
    """

    document: str
    area: str
    kind: str
    group: str
    measure: str
    year: int | None
    amount_mnok: float | None
    basis: str
    certainty: str
    printing: str
    line: int
    line_last: int
    quote: str
    note: str
    role: str = "change"
    part_of: int | None = None
    duration: str = ""
    read_by: str = ""


class MeasureText(NamedTuple):
    """The reasoning: a prose section of a party budget and the measure that it is about ("" where none)."""

    document: str
    area: str
    measure: str
    heading: str
    text: str
    lines: str


class Directive(NamedTuple):
    """An instruction without money (verbal føring). `within_measure` is 1 for one that stands in a measure's text."""

    document: str
    area: str
    title: str
    text: str
    ask: str
    deadline: str
    line_first: int
    line_last: int
    within_measure: int


class Goal(NamedTuple):
    """An assessed goal of an annual report; `line` is the line of the verdict."""

    document: str
    chapter: str
    goal: str
    status: str
    quote: str
    line: int


class FiscalRule(NamedTuple):
    """A fiscal rule (handlingsregel) in one year; an average has no year and a period."""

    document: str
    rule: str
    target_percent: float | None
    year: int | None
    period: str
    value_percent: float | None
    line: int
    quote: str


class Fact(NamedTuple):
    """What prose states: an amount or a share, what it is of, and in which role.

    `raw` is the printed amount, `quote` its sentence. Without a year the sentence names none.
    """

    document: str
    what: str
    year: int | None
    value: float
    unit: str
    role: str
    line: int
    quote: str
    raw: str


class Inspection(NamedTuple):
    """A supervisory visit, from the annual report's text table."""

    document: str
    authority: str
    unit: str
    date_from: str
    date_to: str
    law: str
    theme: str
    line: int


class Unread(NamedTuple):
    """A number that stands in a table or is stated for a measure and that no reader took, with the reason."""

    document: str
    line: int
    raw: str
    reason: str


class Ledger(NamedTuple):
    """A number of the document that is in no cell and no statement: what kind it is (`role`), and why it was left."""

    document: str
    line: int
    raw: str
    role: str
    reason: str


@dataclass
class Records:
    """All that was read of one document, and the ledger of what was not.

    `numbers_read` counts the printed numbers that were taken: every number that the reader must account for is either
    counted there or listed in `unread`.
    """

    cells: list[Cell] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    measure_texts: list[MeasureText] = field(default_factory=list)
    directives: list[Directive] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    fiscal_rules: list[FiscalRule] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    ledger: list[Ledger] = field(default_factory=list)
    numbers_read: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing of what a document says was read."""
        return not (self.numbers_read or self.facts or self.directives)
