"""The facts of the report on the workforce: who does the work, what they are paid, and what party budgets say of it."""

from dataclasses import dataclass, replace

import pandas as pd

from kommunebudsjett.report import caveats, directives, prose, wording
from kommunebudsjett.report import goals as assessed
from kommunebudsjett.report import measures as measured
from kommunebudsjett.report import workforce as rows_of
from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.edition import Edition, source, sources

Rows = list[list[Cell | str]]
# So many groups of a table of pay are drawn.
_MOST = 15


@dataclass(frozen=True)
class Said:
    """What a document says, word for word, and its lines."""

    quote: Cell
    lines: Cell


@dataclass(frozen=True)
class Report:
    """The annual report: its name, whose it is, and the year it is for."""

    name: str
    municipality: str
    publisher: str
    year: int


@dataclass(frozen=True)
class ByGender:
    """A figure for women, for men and for all, in words where it is not given."""

    women: Cell
    men: Cell
    all: Cell


@dataclass(frozen=True)
class Area:
    """The staff of an area; `inside` is its name as it stands in a sentence, `share` women's share of the full-time
    equivalents. A sum has no name.
    """

    name: Cell | None
    inside: Cell
    employees: Cell
    fte: ByGender
    share: Cell


@dataclass(frozen=True)
class Staff:
    """The staff in the year of the annual report: its areas, the largest first, their printed sum, and both as `rows`.

    `stated`: there are figures of some kind. `day` is the day they were counted on, `least` and `most` are the areas
    where women's share is lowest and highest, `summed` is what the employees of the areas add up to where the printed
    sum is another number.
    """

    stated: bool
    areas: list[Area]
    total: Area | None
    rows: list[Area]
    summed: Cell | None
    day: Cell | None
    least: Area | None
    most: Area | None
    temporary: ByGender | None


@dataclass(frozen=True)
class Changes:
    """What the annual report says in words of how the staff changed: in number, and the temporary staff's share.

    `one_year`: its tables are of one year only.
    """

    in_number: list[Said]
    in_share: list[Said]
    one_year: bool


@dataclass(frozen=True)
class Whole:
    """A figure for the staff as a whole: its printed name, or None with the `kind` that the report has words for."""

    kind: str
    name: Cell | None
    of: ByGender


@dataclass(frozen=True)
class Mean:
    """Mean pay of the staff as a whole, and women's of men's; `permanent` where it is of permanent staff."""

    women: Cell
    men: Cell
    ratio: Cell
    permanent: bool


@dataclass(frozen=True)
class Group:
    """A group in a table of pay: how many women and men, their pay, and women's pay of men's. A sum has no name."""

    name: Cell | None
    number: ByGender
    pay: ByGender
    ratio: Cell


@dataclass(frozen=True)
class Paid:
    """A table of pay by group, those with most employees first, and their sum; `rows` are both. `lowest` is the one of
    those drawn where women's pay is lowest against men's.
    """

    name: str
    groups: list[Group]
    total: Group | None
    rows: list[Group]
    drawn: list[Group]
    lowest: Group | None


@dataclass(frozen=True)
class Lowest:
    """The chapter where pay is lowest, and the share of all women and of all men who are in it."""

    name: str
    women: Cell
    men: Cell


@dataclass(frozen=True)
class Pay:
    """Pay: the mean, and the tables by group.

    Of those with a sum, the chapters, `names` are what they are called and `ratios` women's pay of men's; `numbers` are
    their numbers, where that is all that differs between their names.
    """

    mean: Mean | None
    tables: list[Paid]
    names: list[str]
    numbers: list[str]
    ratios: list[Cell]
    lowest: Lowest | None


@dataclass(frozen=True)
class Goal:
    """A goal that concerns the staff; `cited` is its name with its line, `judged` how it is assessed.

    `says` are what it is measured by, and the first that is said below it of how sickness absence went.
    """

    name: Cell
    cited: Cell
    judged: Cell
    says: list[Said]


@dataclass(frozen=True)
class Absence:
    """Sickness absence: the goals for it, what is said of how it went, and whether there is a table of it."""

    goals: list[Goal]
    told: list[Said]
    tabled: bool


@dataclass(frozen=True)
class Indicators:
    """Key figures on staff as rows: name, those of the municipality by year, those of others for the `last` year.

    `own` are the headers of its years, as `e.heads` takes them. `preliminary` where some are from KOSTRA.
    """

    own: list[str]
    last: int
    rows: Rows
    preliminary: bool


@dataclass(frozen=True)
class Proposal:
    """A party budget and its measures on staff: how many raise spending in its first year, and the largest of those.

    `over`: its year has ended. `converted` where amounts are in other prices than printed, `half` the measures of half
    a year.
    """

    id: str
    name: str
    by: str
    dated: str
    year: int
    over: bool
    years: list[int]
    converted: bool
    raising: int
    largest: Cell | None
    amount: Cell | None
    rows: Rows
    baseline: str
    half: list[Cell]
    caveats: str


def _said(e: Edition, text: str, document: str, lines: str) -> Said:
    return Said(prose.quotation(e, text), prose.where(e, document, lines))


def _by_gender(e: Edition, rows: pd.DataFrame) -> ByGender:
    return ByGender(*[rows_of.cell(e, rows, gender) for gender in rows_of.GENDERS])


def report(e: Edition) -> Report:
    """The annual report."""
    document = e.document(e.compared.report)
    return Report(
        name=e.name(document),
        municipality=document["municipality"],
        publisher=e.gloss(document["publisher"]),
        year=int(document["budget_year"]),
    )


def staff(e: Edition) -> Staff:
    """The staff in the year of the annual report."""
    report = e.compared.report
    counted, fte = rows_of.staff_by_area(e, report, "count"), rows_of.staff_by_area(e, report)
    areas = [_area(e, name) for name in rows_of.areas_by_size(fte)]
    total = [replace(_area(e, name), name=None) for name in rows_of.totals(fte)["staff_group"].unique()]
    shared = sorted((area for area in areas if area.share.value is not None), key=lambda area: area.share.value or 0)
    temporary, summed = rows_of.temporary(e, report, "percent"), rows_of.beside_total(counted)
    return Staff(
        stated=not rows_of.figures(e, report).empty,
        areas=areas,
        total=total[0] if total else None,
        rows=[*areas, *total],
        summed=None if summed is None else e.number(summed),
        day=_day(e, fte),
        least=shared[0] if shared else None,
        most=shared[-1] if shared else None,
        temporary=None if temporary.empty else _by_gender(e, temporary),
    )


def _area(e: Edition, name: str) -> Area:
    report = e.compared.report
    counted, fte, shares = (
        rows[rows["staff_group"] == name]
        for rows in (rows_of.staff_by_area(e, report, unit) for unit in ("count", "fte", "percent"))
    )
    return Area(
        name=e.named(name),
        inside=prose.running(e, report, name),
        employees=rows_of.cell(e, counted, "all"),
        fte=_by_gender(e, fte),
        share=rows_of.cell(e, shares, "women"),
    )


def _day(e: Edition, rows: pd.DataFrame) -> Cell | None:
    """The day that some rows were counted on, with the line of the note that says it."""
    found = rows_of.counted_on(e, e.compared.report, rows)
    return None if found is None else Cell(wording.date(found[0], e.lang), (found[1],))


def changes(e: Edition) -> Changes:
    """What the annual report says of how the staff changed."""
    report = e.compared.report
    return Changes(
        in_number=[_said(e, *stated) for stated in rows_of.stated_changes(e, report)],
        in_share=[_said(e, *stated) for stated in rows_of.share_changes(e, report)],
        one_year=e.table("workforce", "year", document=report)["year"].nunique() == 1,
    )


def whole(e: Edition) -> list[Whole]:
    """What is stated for the staff as a whole, in the order of the document."""
    return [
        Whole(kind, e.named(name) if name else None, _by_gender(e, rows))
        for kind, name, rows in rows_of.whole(e, e.compared.report)
    ]


def pay(e: Edition) -> Pay:
    """What the staff is paid."""
    tables = [_paid(e, caption, rows) for caption, rows in rows_of.pay_tables(e, e.compared.report)]
    sums = {table.name: table.total.ratio for table in tables if table.total}
    numbers = [rows_of.chapter_number(name) for name in sums]
    return Pay(
        mean=_mean(e),
        tables=tables,
        names=list(sums),
        numbers=[number for number in numbers if number] if all(numbers) else [],
        ratios=list(sums.values()),
        lowest=_lowest(e),
    )


def _mean(e: Edition) -> Mean | None:
    report = e.compared.report
    rows = rows_of.pay(e, report)
    if rows_of.of_mens(rows) is None:
        return None
    paid = _by_gender(e, rows)
    return Mean(paid.women, paid.men, rows_of.ratio(e, rows), rows_of.is_permanent(e, report, rows))


def _paid(e: Edition, caption: str, rows: pd.DataFrame) -> Paid:
    by_name = {str(name): _group(e, own) for name, own in rows.groupby("staff_group", sort=False)}
    groups, drawn = ([by_name[name] for name in names] for names in (rows_of.groups(rows), rows_of.drawn(rows, _MOST)))
    total = [by_name[name] for name in rows_of.totals(rows)["staff_group"].unique()]
    return Paid(
        name=rows_of.chapter_name(e, caption),
        groups=groups,
        total=total[0] if total else None,
        rows=[*groups, *total],
        drawn=drawn,
        lowest=min(drawn, key=lambda group: group.ratio.value or 0, default=None),
    )


def _group(e: Edition, rows: pd.DataFrame) -> Group:
    is_sum = bool((rows["is_total"] == 1).any())
    return Group(
        name=None if is_sum else e.named(rows["staff_group"].iloc[0], *dict.fromkeys(sources(rows))),
        number=_by_gender(e, rows[rows["unit"] == "count"]),
        pay=_by_gender(e, rows[rows["unit"] == "nok"]),
        ratio=rows_of.ratio(e, rows),
    )


def _lowest(e: Edition) -> Lowest | None:
    found = rows_of.spread(e, e.compared.report)
    if found is None:
        return None
    caption, women, men, lines = found
    shares = [e.percent(share, *lines, decimals=0) for share in (women, men)]
    return Lowest(rows_of.chapter_name(e, caption), *shares)


def goals(e: Edition) -> list[Goal]:
    """The goals of the annual report that concern the staff."""
    return [_goal(e, row) for _, row in rows_of.goals(e, e.compared.report).iterrows()]


def _goal(e: Edition, row: pd.Series) -> Goal:
    return Goal(
        name=e.named(row["goal"]), cited=e.named(row["goal"], source(row)), judged=_judged(e, row), says=_says(e, row)
    )


def _says(e: Edition, goal: pd.Series) -> list[Said]:
    report = e.compared.report
    aim = rows_of.indicator_of(e, report, goal)
    below = rows_of.after(rows_of.sickness(e, report), goal["line"]).head(1)
    return [
        *([_said(e, aim.text, aim.document, aim.lines)] if aim else []),
        *(_said(e, row["statement"], *source(row)) for _, row in below.iterrows()),
    ]


def _judged(e: Edition, row: pd.Series) -> Cell:
    """How a goal is assessed: by its status, or as it is printed where it has none of those that are known."""
    if row["status"] == "other":
        return prose.quotation(e, row["quote"])
    return Cell(assessed.status(e, row["status"]), (source(row),))


def absence(e: Edition) -> Absence:
    """What the annual report has on sickness absence."""
    report = e.compared.report
    rows = rows_of.goals(e, report)
    told = rows_of.sickness(e, report)
    return Absence(
        goals=[_goal(e, row) for _, row in rows[rows["goal"].str.contains("sykefravær", case=False)].iterrows()],
        told=[_said(e, row["statement"], *source(row)) for _, row in told.iterrows()],
        tabled=rows_of.absence_is_tabled(e, report),
    )


def indicators(e: Edition) -> Indicators | None:
    """The key figures on staff; None where the annual report has none."""
    report = e.compared.report
    rows = rows_of.indicators(e, report)
    if rows.empty:
        return None
    place = e.document(report)["municipality"]
    years = sorted(map(int, rows.loc[rows["municipality"] == place, "year"].unique()))
    return Indicators(
        own=[f"# {place} {year}" for year in years],
        last=int(rows["year"].max()),
        rows=rows_of.indicator_rows(e, report, years),
        preliminary=bool(rows["source"].str.contains("KOSTRA").any()),
    )


def proposals(e: Edition) -> list[Proposal]:
    """The party budgets that are shown, the latest first."""
    return [_proposal(e, proposal) for proposal in reversed(e.proposals())]


def _proposal(e: Edition, proposal: str) -> Proposal:
    document, found = e.document(proposal), rows_of.measures(e, proposal)
    year = int(document["budget_year"])
    up = rows_of.raising(found, year)
    return Proposal(
        id=proposal,
        name=e.name(document),
        by=e.by(proposal, dated=True),
        dated=e.dated(proposal),
        year=year,
        over=e.is_over(proposal),
        years=e.plan_years(proposal),
        converted=e.price_factor(year) != 1,
        raising=len(up),
        largest=next((rows_of.measure_name(e, row, source(row)) for _, row in up.iterrows()), None),
        amount=next((_amount(e, proposal, row) for _, row in up.iterrows()), None),
        rows=rows_of.measure_rows(e, proposal),
        baseline=e.gloss(document["baseline"]),
        half=[e.named(name) for name in rows_of.of_half_a_year(found)],
        caveats=caveats.document_caveats(e, [proposal]),
    )


def _amount(e: Edition, proposal: str, row: pd.Series) -> Cell:
    return e.mnok(row["fixed_mnok"], source(row), decimals=1, how=measured.converted(e, proposal))


def instructions(e: Edition, proposal: str) -> list[Quotation]:
    """The instructions of a party budget that concern staff, word for word."""
    return directives.quotations(e, rows_of.directives(e, proposal))


def notes(e: Edition) -> list[Said]:
    """The notes below the tables of the workforce."""
    return [_said(e, note.text, note.document, note.lines) for note in rows_of.notes(e, e.compared.report)]


def errors(e: Edition) -> Rows:
    """What does not agree in the annual report and touches its figures on staff, as rows (what, lines)."""
    report = e.compared.report
    used = [*sources(rows_of.figures(e, report)), *sources(rows_of.indicators(e, report))]
    return caveats.grouped(e, caveats.touching(caveats.findings(e, report, ("error", "doubt")), used))
