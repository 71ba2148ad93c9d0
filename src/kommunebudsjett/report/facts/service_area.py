"""The facts of the report on a service area: its accounts, what each proposal changes there, goals and key figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kommunebudsjett.report import areas, budgets, caveats, charts, directives, goals, key_figures, measures
from kommunebudsjett.report import service_area as tables
from kommunebudsjett.report.blocks import Block, Cell, Quotation, quotations_block
from kommunebudsjett.report.edition import Edition, source, sources

Rows = Sequence[Sequence[Cell | str | None]]
_BUDGETS = ("actual", "revised_budget", "original_budget")


@dataclass(frozen=True)
class Area:
    """The area, and what is shown of it: `year` is that of the accounts, `years` those of the proposals, `documents` is
    how many there are, `report` what a sentence calls the annual report, `basis` what amounts are converted to.

    `pays`: its amounts are how a budget is paid for, not what a service costs; `shared`: it is of what belongs to no
    one area. `funding` leads to the area that pays.
    """

    name: str
    municipality: str
    year: int
    years: str
    documents: int
    report: str
    pays: bool
    shared: bool
    basis: str
    colour: str
    funding: Cell
    depreciation: Cell


@dataclass(frozen=True)
class Service:
    """A row of the accounts: what was spent, the revised and the original budget and the deviation in million kroner,
    None where the table states nothing, and what was spent for each inhabitant. Their sum has no name.
    """

    name: Cell | None
    amounts: list[Cell | None]


@dataclass(frozen=True)
class Accounts:
    """The accounts of the services of an area, as the table of the whole municipality prints them, and their `sums`,
    the places of the last of them, where there are several.

    `actual` and `deviation` (from the revised budget) are without their signs, `unspent` is the deviation as a number;
    None and zero where it is not stated for all. `growth` and `grown` are the same of the accounts less the original
    budget, None where that says nothing: `depreciation` is what the original budget of the whole municipality leaves
    out. `negative`: a figure is a net income; `rounded`: a deviation is not the revised budget less the accounts.
    """

    services: list[Service]
    sums: list[int]
    actual: Cell
    income: bool
    per_inhabitant: Cell
    deviation: Cell | None
    unspent: float
    growth: Cell | None
    grown: float
    depreciation: Cell | None
    negative: bool
    rounded: bool


@dataclass(frozen=True)
class Moved:
    """What the revised budget (`change`) and the accounts (`outcome`) of a service are above its original budget."""

    name: Cell
    label: str
    change: Cell
    outcome: Cell


@dataclass(frozen=True)
class Moves:
    """How the services moved from their original budgets, as `marks` of a figure and as rows (service, original budget,
    change, outcome); and those whose revised budget and whose accounts did most.
    """

    marks: list[charts.Dumbbell]
    rows: Rows
    revised: Moved
    spent: Moved


@dataclass(frozen=True)
class Chapters:
    """The tables of the chapters on the area: how many, and their lines."""

    tables: int
    lines: Cell


@dataclass(frozen=True)
class Overspent:
    """A service that only the table of its chapter shows to have spent more than its budget."""

    name: Cell
    amount: Cell


@dataclass(frozen=True)
class Printed:
    """A name that a document has under the area: how it relates to the area, and the note on it, if any."""

    printed: Cell
    document: str
    relation: str
    note: str


@dataclass(frozen=True)
class Size:
    """An amount beside the size of the area: the change of a proposal (`dated`), the `deviation` of the accounts, or
    their `level`. `share` is that of the level: none where the area pays.
    """

    what: str
    dated: str
    amount: Cell
    per_inhabitant: Cell
    share: list[Cell]


@dataclass(frozen=True)
class Group:
    """What stands beside the largest measure under one heading, a rate and its relief: in all."""

    name: Cell
    count: int
    total: Cell


@dataclass(frozen=True)
class FirstYear:
    """What a proposal changes in its first year: `net` is the sum as a number, `amount` the same without its sign in
    the prices of the edition, `own` in the kroner of the proposal.

    `up` and `down` are the sums of increases and cuts, where there are both; `size` is the share of what the area cost,
    `groups` the sums of services of both signs, `largest` the largest `most` measures, `grants` the `granted` state
    grants that stand among the income, `last` the sum of the last year. None is what there is none of, or what says
    nothing.
    """

    count: int
    net: float
    amount: Cell
    own: Cell
    up: Cell | None
    down: Cell | None
    size: Cell | None
    groups: Cell | None
    largest: Cell
    most: int
    grants: Cell | None
    granted: int
    group: Group | None
    last: Cell | None


@dataclass(frozen=True)
class Picture:
    """The measures as a figure shows them: the `top` and the `least` (below zero) in words, None where there is none.

    `alike`: a measure has one amount in both years; `rings`: a ring stands alone, `discs`: a disc does. `small` are
    left out.
    """

    draw: charts.Draw
    count: int
    top: str
    least: str | None
    alike: bool
    rings: bool
    discs: bool
    small: int


@dataclass(frozen=True)
class Remarks:
    """What a reader must know of the amounts of measures: the names of those that it is true of, None where of none.

    `first` and `last` are the sums of the first and the last year; `unstated` those without an amount in the last, so
    `many`; `quotes` the words of what is `unclear`. `uncovered`: cuts of the proposal stand under no area;
    `twice` is the printing that is shown of tables that are printed twice, and may `differ`.
    """

    first: Cell | None
    last: Cell | None
    half_year: Cell | None
    one_off: Cell | None
    ending: Cell | None
    later: Cell | None
    carried_on: Cell | None
    unstated: Cell | None
    many: int
    without: Cell | None
    unclear: Cell | None
    quotes: Cell | None
    undated: Cell | None
    uncovered: bool
    twice: str | None
    differ: bool


@dataclass(frozen=True)
class Part:
    """The measures of a kind (measures, investering, inndekning) under the area in a proposal.

    `columns` are what the columns of `rows` hold: measure, service, printed (the first year in its own kroner), the
    years, undated. Without rows there is nothing to show. `cuts`: some amount is below zero. `reasons` are quoted, None
    where there are none; `silent` are the measures without any, and `rest` is the
    prose on no measure of any kind.
    """

    kind: str
    address: str
    count: int
    cuts: bool
    columns: list[str]
    rows: Rows
    picture: Picture | None
    remarks: Remarks
    reasons: Block | None
    silent: Cell | None
    rest: Block | None


@dataclass(frozen=True)
class Asked:
    """How many instructions ask for one thing."""

    what: str
    number: int


@dataclass(frozen=True)
class Instructions:
    """The instructions without funding of a proposal, `deadlines` as rows (instruction, what it asks for, when).

    `alike` is what they all ask for, `asks` are the several things that they do; neither where all ask for something
    else than what has a word.
    """

    count: int
    alike: str | None
    asks: list[Asked]
    deadlines: Rows
    quoted: Block


@dataclass(frozen=True)
class Proposal:
    """A proposal: how it is named, the first and the last year of its plan, and what it has for the area.

    `dated` tells it from others in headings and captions, `name` from all documents; `basis` is what its amounts are
    shown in, and `converted` whether they were converted to it. `over`: its year has ended. `uncovered`: some of its
    cuts are of no area; `undivided`: some of its investments are. `begun` is what it changes in its first year, None
    where nothing; `later` is how many measures begin after it. `kinds` are those of which it has measures, and `parts`
    what the report says of them.
    """

    id: str
    name: str
    by: str
    year: int
    first: int
    last: int
    dated: str
    basis: str
    baseline: str
    over: bool
    converted: bool
    uncovered: bool
    undivided: bool
    begun: FirstYear | None
    later: int
    kinds: list[str]
    parts: list[Part]
    instructions: Instructions | None


@dataclass(frozen=True)
class Goals:
    """The goals of the area that the annual report assesses, in words and as rows (goal, status, wording)."""

    count: int
    summary: str
    rows: Rows


@dataclass(frozen=True)
class Counted:
    """How many key figures moved one way (up, down, still) or lie in one place (above, below, equal)."""

    way: str
    number: int


@dataclass(frozen=True)
class KeyFigure:
    """A key figure in words: that of the own municipality, the year before and the mean, None where there is none."""

    name: str
    latest: str
    before: str | None
    mean: str | None
    mean_of: str


@dataclass(frozen=True)
class KeyTable:
    """Key figures as a table: `columns` are name, years, change, and others; `years` are the years in words, `latest`
    is the last of them. `place` is for addresses. `totals` are its sums, `doubted` is how many rows are in doubt.
    `title` is what it is about, "" where the report cannot say it, `caption` that of the document and `origin` its
    source. `compared`: it has several years; `others`: it has other municipalities.
    """

    number: str
    place: str
    title: str
    caption: Cell | None
    origin: Cell | None
    columns: list[str]
    rows: Rows
    years: str
    latest: int
    compared: bool
    others: bool
    totals: list[int]
    doubted: int


@dataclass(frozen=True)
class KeyFigures:
    """The key figures of the area: how many (without sums) moved where, those that a figure shows, and the tables.

    `moved` is how many can be compared with the year before, `placed` with a mean. `doubted` are the names of those in
    doubt, None where none is.
    """

    count: int
    moved: int
    moves: list[Counted]
    placed: int
    places: list[Counted]
    preliminary: bool
    shown: list[KeyFigure]
    before: bool
    draw: charts.Draw | None
    table: KeyTable | None
    tables: list[KeyTable]
    doubted: Cell | None


@dataclass(frozen=True)
class Gaps:
    """What the documents lack for the area: measures (in the `proposals` of `years`), instructions, goals, figures."""

    what: list[str]
    proposals: int
    years: str


@dataclass(frozen=True)
class Finding:
    """An error or a doubt in the sources that touches the area, its severity by its code."""

    text: str
    severity: str
    document: str
    lines: Cell | str


# The area, its names and its accounts.


def area(e: Edition, area_id: str) -> Area:
    """The area and the documents that are shown of it."""
    outcome = e.document(e.compared.report)
    return Area(
        name=_name(e, area_id),
        municipality=outcome["municipality"],
        year=int(outcome["budget_year"]),
        years=e.all_dated(),
        documents=len(tables.shown(e)),
        report=e.the_report(e.compared.report),
        pays=area_id == tables.FUNDING,
        shared=area_id == tables.SHARED,
        basis=caveats.price_basis(e),
        colour=e.colour(e.compared.report),
        funding=e.report(f"area-{tables.FUNDING}", _name(e, tables.FUNDING).lower()),
        depreciation=e.term("avskrivning", e.text("avskrivninger", "depreciation")),
    )


def _name(e: Edition, area_id: str) -> str:
    return str(e.areas["name"][area_id])


def links(e: Edition) -> dict[str, Cell | None]:
    """The reports that this one leads to, by their names; None for one that is not published."""
    found = {name: e.report(name, name) for name in ("overview", "investments", "economy", "goals", "sources")}
    return {name: link if link.page else None for name, link in found.items()}


def names(e: Edition, area_id: str) -> list[Printed]:
    """The names that the documents have under the area."""
    return [
        Printed(e.named(row["name"], source(row)), e.name(e.document(row["document"])), row["relation"], row["note"])
        for _, row in tables.printed_names(e, area_id).iterrows()
    ]


def wider(e: Edition, area_id: str) -> list[str]:
    """What a reader must know of names under other areas that hold more than their area."""
    return tables.wider_elsewhere(e, area_id)


def accounts(e: Edition, area_id: str) -> Accounts | None:
    """The accounts of the area; None where the annual report has none."""
    report = e.compared.report
    rows, written_off = tables.accounts(e, report, area_id), tables.depreciation(e, report)
    if rows.empty:
        return None
    grown = _complete_sum(rows, "actual", "original_budget") if written_off.empty else None
    unspent = _complete_sum(rows, "deviation")
    return Accounts(
        services=[
            *[_service(e, rows.loc[[index]]) for index in rows.index],
            *([_sum(e, rows)] if len(rows) > 1 else []),
        ],
        sums=[len(rows)] if len(rows) > 1 else [],
        actual=tables.total(e, rows, "actual"),
        income=bool(rows["actual"].sum() < 0),
        per_inhabitant=tables.per_inhabitant(e, report, rows, "actual"),
        deviation=None if unspent is None else tables.total(e, rows, "deviation"),
        unspent=unspent or 0,
        growth=None if grown is None else _growth(e, rows, grown),
        grown=grown or 0,
        depreciation=_written_off(e, written_off),
        negative=bool((rows[list(_BUDGETS)] < 0).any(axis=None)),
        rounded=len(tables.rounded(rows)) > 0,
    )


def _complete_sum(rows: pd.DataFrame, column: str, less: str = "") -> float | None:
    """The sum of a column, less that of another; None where a row lacks either."""
    values = rows[column] - rows[less] if less else rows[column]
    return None if values.isna().any() else float(values.sum())


def _growth(e: Edition, rows: pd.DataFrame, grown: float) -> Cell:
    return e.mnok(abs(grown), *sources(rows), how=_less(e)["actual"])


def _written_off(e: Edition, rows: pd.DataFrame) -> Cell | None:
    return None if rows.empty else e.mnok(float(rows["value"]["actual"]), *sources(rows))


def _service(e: Edition, rows: pd.DataFrame) -> Service:
    row = rows.iloc[0]

    def amount(column: str, signed: bool = False) -> Cell | None:
        return None if pd.isna(row[column]) else e.number(row[column], source(row), signed=signed)

    amounts = [*[amount(column) for column in _BUDGETS], amount("deviation", signed=True)]
    per_inhabitant = tables.per_inhabitant(e, e.compared.report, rows, "actual")
    return Service(e.named(row["service_area"], source(row)), [*amounts, per_inhabitant])


def _sum(e: Edition, rows: pd.DataFrame) -> Service:
    summed = [tables.sum_of(e, rows, column) for column in _BUDGETS]
    deviation = tables.sum_of(e, rows, "deviation", signed=True)
    return Service(None, [*summed, deviation, tables.per_inhabitant(e, e.compared.report, rows, "actual")])


def moves(e: Edition, area_id: str) -> Moves | None:
    """How the services moved from their original budget; None of one alone, or where it cannot be set against it."""
    report = e.compared.report
    rows = tables.accounts(e, report, area_id).dropna(subset=list(_BUDGETS))
    if len(rows) < 2 or len(tables.depreciation(e, report)):
        return None
    change, outcome = (rows[column] - rows["original_budget"] for column in ("revised_budget", "actual"))
    return Moves(
        marks=[
            charts.Dumbbell(e.gloss(name), float(revised), float(spent))
            for name, revised, spent in zip(rows["service_area"], change, outcome, strict=True)
        ],
        rows=[_moved_row(e, row) for _, row in rows.iterrows()],
        revised=_moved(e, rows.iloc[int(change.abs().argmax())]),
        spent=_moved(e, rows.iloc[int(outcome.abs().argmax())]),
    )


def _moved_row(e: Edition, row: pd.Series) -> list[Cell | str | None]:
    amounts = {column: row[column] - row["original_budget"] for column in _less(e)}
    return [
        e.named(row["service_area"], source(row)),
        e.number(row["original_budget"], source(row)),
        *[e.number(amounts[column], source(row), signed=True, how=how) for column, how in _less(e).items()],
    ]


def _moved(e: Edition, row: pd.Series) -> Moved:
    change, outcome = (
        e.mnok(row[column] - row["original_budget"], source(row), signed=True, how=how)
        for column, how in _less(e).items()
    )
    return Moved(e.named(row["service_area"]), e.gloss(row["service_area"]), change, outcome)


def _less(e: Edition) -> dict[str, str]:
    """How columns of the accounts were compared with the original budget."""
    return {
        "revised_budget": e.text("revidert minus opprinnelig budsjett", "revised less original budget"),
        "actual": e.text("regnskap minus opprinnelig budsjett", "accounts less original budget"),
    }


def dumbbell(
    e: Edition, marks: Sequence[charts.Dumbbell], ends: tuple[str, str], zero: str, colour: str, decimals: int = 0
) -> charts.Draw:
    """Amounts with their signs as a chart."""
    return charts.dumbbell(
        marks, ends, zero, colour, lambda value: e.number(value, decimals=decimals, signed=True).text
    )


def overspent(e: Edition, area_id: str) -> list[Overspent]:
    """The services that overspent by the tables of their chapters alone."""
    return [
        Overspent(e.named(row["service_area"]), e.mnok(-row["deviation"], source(row), decimals=1))
        for _, row in tables.hidden_overspending(e, e.compared.report, area_id).iterrows()
    ]


def chapters(e: Edition, area_id: str) -> Chapters | None:
    """The tables of the chapters, under which the annual report explains the deviations; None where there are none."""
    lines = tables.explanations(e, e.compared.report, area_id)
    return Chapters(len(lines.sources), lines) if lines.sources else None


# The proposals.


def sizes(e: Edition, area_id: str) -> list[Size]:
    """What the proposals change, what the accounts deviate by and what they come to, in the same prices."""
    report = e.compared.report
    level = e.amounts(report, "actual")
    of_proposals = [_size(e, area_id, "change", proposal, level) for proposal in e.proposals()]
    return [*of_proposals, _size(e, area_id, "deviation", report, level), _size(e, area_id, "level", report, level)]


def _size(e: Edition, area_id: str, what: str, document: str, level: pd.DataFrame) -> Size:
    rows = e.amounts(document, {"level": "actual"}.get(what, what))
    signed = what != "level"
    return Size(
        what=what,
        dated=e.dated(document) if what == "change" else "",
        amount=areas.cell(e, rows, area_id, "fixed_mnok", decimals=int(signed), signed=signed),
        per_inhabitant=areas.cell(e, rows, area_id, "per_inhabitant_nok", signed=signed),
        share=[] if area_id == tables.FUNDING else [areas.share(e, rows, level, area_id)],
    )


def explained(sizes: Sequence[Size]) -> bool:
    """Whether a change has a share of the level to explain: not of a net income, nor without a proposal."""
    return any(share.value is not None for size in sizes if size.what != "level" for share in size.share)


def amount_caveats(e: Edition) -> str:
    """What a reader must know of the amounts of the documents that are shown; empty where there is nothing."""
    return caveats.document_caveats(e, tables.shown(e))


def proposals(e: Edition, area_id: str) -> list[Proposal]:
    """The proposals that are shown, oldest first."""
    return [_proposal(e, proposal, area_id) for proposal in e.proposals()]


def _proposal(e: Edition, proposal: str, area_id: str) -> Proposal:
    document, years = e.document(proposal), e.plan_years(proposal)
    plans = {kind: measures.plan(e, proposal, area_id, kind) for kind in ("drift", "investering", "inndekning")}
    rest = measures.introductions(e, proposal, area_id, list(plans.values()))
    converted, year = bool(measures.converted(e, proposal)), e.params.prices.year
    basis = caveats.price_basis(e) if converted else e.text(f"{year}-kroner", f"{year} kroner")
    return Proposal(
        id=proposal,
        name=e.name(document),
        by=e.by(proposal, dated=True),
        year=int(document["budget_year"]),
        first=years[0],
        last=years[-1],
        dated=e.dated(proposal),
        basis=basis,
        baseline=e.gloss(document["baseline"]),
        over=e.is_over(proposal),
        converted=converted,
        uncovered=len(measures.cover_rows(e, proposal)) > 0,
        undivided=bool(tables.undivided(e, proposal)),
        begun=_first_year(e, proposal, area_id, plans["drift"]),
        later=len(measures.later(plans["drift"])),
        kinds=[kind for kind, rows in plans.items() if len(rows)],
        parts=_parts(e, proposal, area_id, plans, _quoted(e, rest)),
        instructions=_instructions(e, proposal, area_id),
    )


def _quoted(e: Edition, entries: Sequence[Quotation]) -> Block | None:
    return quotations_block(e.lang, entries) if entries else None


def _first_year(e: Edition, proposal: str, area_id: str, plan: pd.DataFrame) -> FirstYear | None:
    """What changes in the first year; None where no measure has an amount then."""
    rows = plan[plan["first"].fillna(0) != 0]
    if rows.empty:
        return None
    net, pays = float(rows["first_fixed"].sum()), area_id == tables.FUNDING
    up, down = rows[rows["first"] > 0], rows[rows["first"] < 0]
    both = len(up) > 0 and len(down) > 0
    grants = rows.iloc[:0] if pays else measures.counterparts(e, proposal, rows)
    return FirstYear(
        count=len(rows),
        net=net,
        amount=measures.sum_of(e, proposal, rows, "first", sign=1 if net >= 0 else -1),
        own=measures.own_sum(e, rows),
        up=measures.sum_of(e, proposal, up, "first") if both else None,
        down=measures.sum_of(e, proposal, down, "first", sign=-1) if both else None,
        size=tables.size(e, e.compared.report, proposal, area_id),
        groups=None if pays else measures.by_group(e, proposal, rows),
        largest=measures.with_amounts(e, proposal, measures.top(rows)),
        most=len(measures.top(rows)),
        grants=measures.with_amounts(e, proposal, grants) if len(grants) else None,
        granted=len(grants),
        group=_group(e, proposal, measures.beside(rows)),
        last=_last_year(e, proposal, plan, rows),
    )


def _group(e: Edition, proposal: str, rows: pd.DataFrame) -> Group | None:
    if rows.empty:
        return None
    name = e.named(rows["group"].iloc[0])
    return Group(name, len(rows), measures.sum_of(e, proposal, rows, "first", signed=True))


def _last_year(e: Edition, proposal: str, plan: pd.DataFrame, begun: pd.DataFrame) -> Cell | None:
    """The sum of the last year; None where what has begun does not state it, or the plan is of one year."""
    last = plan[plan["last"].notna()]
    if last.empty or len(measures.unstated_last(begun)) or len(e.plan_years(proposal)) == 1:
        return None
    return measures.sum_of(e, proposal, last, "last", signed=True)


def _parts(e: Edition, proposal: str, area_id: str, plans: dict[str, pd.DataFrame], rest: Block | None) -> list[Part]:
    """What the proposal has for the area: its measures, also where there is only something else, and other kinds."""
    others = [_part(e, proposal, area_id, kind, rows) for kind, rows in plans.items() if kind != "drift" and len(rows)]
    if not others and plans["drift"].empty and not rest:
        return []
    return [replace(_part(e, proposal, area_id, "measures", plans["drift"]), rest=rest), *others]


def _part(e: Edition, proposal: str, area_id: str, kind: str, rows: pd.DataFrame) -> Part:
    own = kind == "measures"
    drawn = rows[rows["first"].notna() | rows["last"].notna()] if own else rows.iloc[:0]
    shown = drawn if len(drawn) > 1 else rows if own else measures.with_amount(rows)
    silent = measures.unargued(e, proposal, area_id, rows)
    return Part(
        kind=kind,
        address=f"{kind}-{proposal}",
        count=len(rows),
        cuts=measures.has_cuts(rows),
        columns=measures.columns(e, proposal, shown),
        rows=measures.table_rows(e, proposal, shown),
        picture=_picture(e, proposal, drawn) if len(drawn) > 1 else None,
        remarks=_remarks(e, proposal, area_id, rows, own),
        reasons=_quoted(e, measures.reasoning(e, proposal, area_id, rows)),
        silent=measures.names(e, silent) if len(silent) else None,
        rest=None,
    )


def _picture(e: Edition, proposal: str, rows: pd.DataFrame) -> Picture:
    top, least = measures.ends(rows)
    drawn = rows[~measures.is_small(rows)]
    single = len(e.plan_years(proposal)) == 1
    marks = [
        charts.Dumbbell(label, _number(row["first_fixed"]), None if single else _number(row["last_fixed"]))
        for label, (_, row) in zip(measures.labels(e, drawn), drawn.iterrows(), strict=True)
    ]
    years, zero = e.plan_years(proposal), e.gloss(e.document(proposal)["baseline"])
    return Picture(
        draw=dumbbell(e, marks, (str(years[0]), str(years[-1])), zero, e.colour(proposal), decimals=1),
        count=len(rows),
        top=measures.told(e, proposal, top),
        least=measures.told(e, proposal, least) or None,
        alike=bool(drawn["first"].eq(drawn["last"]).any()),
        rings=len(measures.unstated_last(drawn)) > 0,
        discs=bool((drawn["first"].isna() & drawn["last"].notna()).any()),
        small=len(rows) - len(drawn),
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _remarks(e: Edition, proposal: str, area_id: str, rows: pd.DataFrame, own: bool) -> Remarks:
    """What a reader must know of amounts; `own`: of the measures of the area, so that what is not among them is too."""

    def named(found: pd.DataFrame) -> Cell | None:
        return measures.names(e, found) if len(found) else None

    own = own and len(rows) > 0
    first, last = _sums(e, proposal, rows) if own else (None, None)
    unstated, unclear = measures.unstated_last(rows), rows[rows["ambiguous"].astype(bool)]
    return Remarks(
        first=first,
        last=last,
        half_year=named(rows[rows["half_year"].astype(bool)]),
        one_off=named(measures.one_off(rows)),
        ending=named(measures.ending(rows)),
        later=named(measures.later(rows)),
        carried_on=named(rows[rows["carried_on"].astype(bool) & rows["last"].notna()]),
        unstated=named(unstated),
        many=len(unstated),
        without=named(measures.without_amount(rows)),
        unclear=named(unclear),
        quotes=measures.quotes(e, unclear) if len(unclear) else None,
        undated=named(rows[rows["undated"].notna()]),
        uncovered=own and area_id != tables.FUNDING and len(measures.cover_rows(e, proposal)) > 0,
        twice=e.params.printing if own and budgets.printed_twice(e, proposal) else None,
        differ=own and bool(budgets.printings_differ(e, proposal)),
    )


def _sums(e: Edition, proposal: str, rows: pd.DataFrame) -> tuple[Cell | None, Cell | None]:
    """The sums of the first and the last year; None where one of several measures goes on without an amount."""
    first, last = rows[rows["first"].notna()], rows[rows["last"].notna()]
    if len(rows) < 2 or first.empty or last.empty or len(measures.unstated_last(rows)):
        return None, None
    return (
        measures.sum_of(e, proposal, first, "first", signed=True),
        measures.sum_of(e, proposal, last, "last", signed=True),
    )


def _instructions(e: Edition, proposal: str, area_id: str) -> Instructions | None:
    """The instructions of a proposal; None where it has none."""
    rows = directives.directives(e, proposal, area_id)
    if rows.empty:
        return None
    counts = directives.counts(rows)
    [first, *others] = [Asked(directives.ask(e, code), number) for code, number in counts.items()]
    return Instructions(
        count=len(rows),
        alike=first.what if not others and "other" not in counts else None,
        asks=[first, *others] if others else [],
        deadlines=directives.deadlines(e, rows),
        quoted=quotations_block(e.lang, directives.quotations(e, rows)),
    )


# The annual report's goals, key figures and inspections, and what is wrong in the sources.


def assessed(e: Edition, area_id: str) -> Goals | None:
    """The goals of the area that are assessed; None where none is."""
    rows = goals.goals(e, e.compared.report, area_id)
    return None if rows.empty else Goals(len(rows), goals.summary(e, rows), goals.table_rows(e, rows))


def figures(e: Edition, area_id: str) -> KeyFigures | None:
    """The key figures of the area; None where it has none of its own."""
    report, found = e.compared.report, _found(e, area_id)
    if not found:
        return None
    ways = key_figures.directions(found)
    moves = _counted(up=ways.up, down=ways.down, still=ways.still)
    places = _counted(above=ways.above, below=ways.below, equal=ways.equal)
    shown, doubted = key_figures.chosen(e, report, found), key_figures.doubtful(e, report, found)
    return KeyFigures(
        count=sum(not one.total for one in found),
        moved=sum(one.number for one in moves),
        moves=moves,
        placed=sum(one.number for one in places),
        places=places,
        preliminary=any("KOSTRA" in name for name in key_figures.origins(found)),
        shown=[_key_figure(e, one) for one in shown],
        before=any(one.before is not None for one in shown),
        draw=charts.strips([key_figures.strip(e, one) for one in shown], e.colour(report)) if shown else None,
        table=_key_table(e, shown[0].table, shown, []) if shown else None,
        tables=[_key_table(e, printed, group, doubted) for printed, group in key_figures.by_table(found).items()],
        doubted=key_figures.names(e, doubted) if doubted else None,
    )


def _found(e: Edition, area_id: str) -> list[key_figures.Indicator]:
    """Those of the area; those of the whole municipality stand in the report on its economy."""
    return [] if area_id == tables.SHARED else key_figures.indicators(e, e.compared.report, area_id)


def _counted(**numbers: int) -> list[Counted]:
    return [Counted(way, number) for way, number in numbers.items() if number]


def _key_figure(e: Edition, one: key_figures.Indicator) -> KeyFigure:
    latest, before, mean = (
        None if row is None else e.number(row["value"], decimals=one.decimals).text
        for row in (one.latest, one.before, one.mean)
    )
    mean_of = "" if one.mean is None else key_figures.municipality(e, one.mean["municipality"])
    return KeyFigure(key_figures.named(e, one), str(latest), before, mean, mean_of)


def _key_table(
    e: Edition,
    printed: str,
    group: Sequence[key_figures.Indicator],
    doubted: Sequence[key_figures.Indicator],
) -> KeyTable:
    caption, origin, years = group[0].caption, group[0].origin, key_figures.years(group)
    return KeyTable(
        number=printed,
        place=printed.replace(".", "-"),
        title=key_figures.title(e, caption),
        caption=e.verbatim(caption) if caption else None,
        origin=Cell(origin, lang=e.text("", "nb")) if origin else None,
        columns=key_figures.columns(e, group),
        rows=[key_figures.row(e, one, group) for one in group],
        years=e.listed([str(year) for year in years]) if len(years) < 3 else f"{years[0]}–{years[-1]}",
        latest=years[-1],
        compared=len(years) > 1,
        others=bool(key_figures.beside(group)),
        totals=[place for place, one in enumerate(group) if one.total],
        doubted=sum(one in doubted for one in group),
    )


def inspections(e: Edition, area_id: str) -> Rows:
    """The supervisory visits to units that have the name of a part of the area, as rows: unit, authority, date, law and
    theme, None where it is not stated.
    """

    def named(words: str) -> Cell | None:
        return e.named(words) if words else None

    rows = tables.inspections(e, e.compared.report, area_id)
    return [
        [
            e.named(row["unit"], source(row)),
            named(row["authority"]),
            row["date_from"] or None,
            *[named(row[name]) for name in ("law", "theme")],
        ]
        for _, row in rows.iterrows()
    ]


def gaps(e: Edition, proposals: Sequence[Proposal], goals: Goals | None, figures: KeyFigures | None) -> Gaps:
    """What the documents lack for an area."""
    empty = [one.dated for one in proposals if not one.parts]
    missing = {
        "measures": bool(empty),
        "instructions": not any(one.instructions for one in proposals),
        "goals": goals is None,
        "figures": figures is None,
    }
    return Gaps([what for what, lacks in missing.items() if lacks], len(empty), e.listed(empty) if empty else "")


def findings(e: Edition, area_id: str) -> list[Finding]:
    """The errors and doubts in the sources that touch the lines which the report rests on."""
    report, found = e.compared.report, _found(e, area_id)
    chapters = tables.chapters(e, report, area_id)
    printed = [*chapters["table"], *[one.table for one in found]]
    rows = tables.findings(e, report, area_id, _used(e, area_id, chapters, found), printed)
    return [
        Finding(str(text), str(severity), str(document), lines)
        for text, severity, document, lines in tables.finding_rows(e, rows)
    ]


def _used(
    e: Edition, area_id: str, chapters: pd.DataFrame, found: Sequence[key_figures.Indicator]
) -> list[tuple[str, str]]:
    """The lines that the report rests on."""
    report = e.compared.report
    of_report = [tables.accounts(e, report, area_id), chapters, goals.goals(e, report, area_id)]
    asked = [directives.directives(e, proposal, area_id) for proposal in e.proposals()]
    plans = [
        measures.plan(e, proposal, area_id, kind)
        for proposal in e.proposals()
        for kind in ("drift", "investering", "inndekning")
    ]
    return [
        *[pair for rows in [*of_report, *asked, *[one.figures for one in found]] for pair in sources(rows)],
        *[pair for rows in plans for pair in measures.lines_of(rows)],
    ]
