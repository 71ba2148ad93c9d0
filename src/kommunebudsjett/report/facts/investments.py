"""The facts of the report on investments: what was spent and how it was paid for, and what proposals would change.

Amounts of an annual report are in the kroner of its year, those of a proposal in the prices of the edition.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import caveats, investments, measures, prose, rules
from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.edition import Edition, source, sources
from kommunebudsjett.report.wording import lower_first

# Of the areas that spent less than their budget, so many are named in short.
_NAMED = 3


@dataclass(frozen=True)
class Said:
    """What a document says, word for word, and on which lines; `words` is None where it gives no reason."""

    words: Cell | None
    lines: Cell


@dataclass(frozen=True)
class Area:
    """A row of the table by area: amounts as its columns have them, and the share of the revised budget that was spent.

    `printed` is the name with its line, `called` as it stands in a sentence, `label` without both. `gap` is the
    deviation without its sign, `value` its number; `less` was spent where it is not negative. `said` is what the text
    says of it.
    """

    name: Cell
    printed: Cell
    called: Cell
    label: str
    original: Cell | None
    revised: Cell | None
    actual: Cell | None
    deviation: Cell | None
    share: Cell | None
    gap: Cell | None
    value: float | None
    less: bool
    said: Said | None


@dataclass(frozen=True)
class Total:
    """All areas together: amounts with their unit, `row` as a row of the table.

    `gap` is the deviation without its sign, `unspent` its share of the revised budget and `spent` that of what was
    spent. `change` is how much the budget was raised, or cut, in the year.
    """

    row: Area
    actual: Cell
    revised: Cell | None
    original: Cell | None
    gap: Cell | None
    less: bool
    unspent: Cell | None
    spent: Cell | None
    change: Cell | None
    raised: bool


@dataclass(frozen=True)
class Added:
    """An area that was added to budget and accounts alike in the year, and what the text says of as large an amount."""

    name: Cell
    amount: Cell
    said: Said


@dataclass(frozen=True)
class Outcome:
    """The investments of a year by area, the largest amount not spent first; `total` is None without a table.

    `under` lists the areas that spent least of their budget and `over` those that spent more, which are
    `overspent` in number, with their deviations.
    `explained` are the areas that make up most of all deviations; `whole` is what the text says of all together.
    """

    name: str
    municipality: str
    publisher: str
    year: int
    colour: str
    areas: list[Area]
    total: Total | None
    under: Cell | None
    over: Cell | None
    added: list[Added]
    overspent: int
    explained: list[Area]
    whole: Said | None


@dataclass(frozen=True)
class Loans:
    """What loans paid, and their share of all investment expenditure; `gap` is how much `lower` or higher than in the
    revised budget that is.
    """

    amount: Cell
    share: Cell
    gap: Cell
    lower: bool


@dataclass(frozen=True)
class Beside:
    """The total of the areas, and by how much it is `more` or less than the `line` of the statement, of `assets`.

    `others` is the line that is about as much, None where there is none.
    """

    total: Cell
    gap: Cell
    more: bool
    line: Cell
    assets: Cell
    others: Cell | None
    amount: Cell | None


@dataclass(frozen=True)
class Payment:
    """What paid for a part of the investments: income as a positive number, and how much `more` or less than in the
    revised budget it was. `values` are the numbers of the accounts and of the budget.
    """

    name: Cell
    values: tuple[float | None, float | None]
    actual: Cell | None
    revised: Cell | None
    difference: Cell | None
    gap: Cell | None
    more: bool
    said: Said | None


@dataclass(frozen=True)
class Statement:
    """The statement of all investment expenditure, what it is the sum of, and how it differs from the table by area."""

    spending: Cell | None
    parts: Cell | None
    loans: Loans | None
    beside: Beside | None
    funds: Cell | None


@dataclass(frozen=True)
class Comparison:
    """A key figure on investment of the municipality and of `others`, of which accounts it is (`said`), and its source
    where that has preliminary figures.
    """

    indicator: Cell
    own: Cell
    others: Cell
    preliminary: str | None
    said: Said | None


@dataclass(frozen=True)
class Notes:
    """How sums were computed, in words: over the years of a project, of all projects, and of amounts, with # for their
    number (`the sum of # amounts`).
    """

    years: str
    projects: str
    amounts: str


@dataclass(frozen=True)
class Project:
    """A project: its change in each year of the plan (`values`), and as cells with the sum over the years.

    `printed` is the name as it stands, `name` as a sentence has it; `nominal` is the sum in the kroner of the document.
    `heading` is that of the text with its reasons, where that has another name.
    """

    printed: Cell
    name: Cell
    label: str
    cells: list[Cell | None]
    values: list[float | None]
    amount: Cell
    nominal: Cell
    heading: Cell | None


@dataclass(frozen=True)
class Unstated:
    """A project without an amount, and what the document says of it."""

    name: Cell
    said: Said


@dataclass(frozen=True)
class Reason:
    """A project and the heading of the text that gives the reasons for it, None where no text does."""

    name: Cell
    heading: Cell | None


@dataclass(frozen=True)
class Debt:
    """A measure on loans: its change in each year for which any is stated, then over several years (`Plan.debt_sum`)
    and for the whole period (`Plan.debt_period`).
    """

    name: Cell
    cells: list[Cell | None]


@dataclass(frozen=True)
class Plan:
    """What a proposal would change: its projects, what is added the largest first, and their sums by year and in all;
    no sums of one project alone. `over`: its year has ended.

    `largest` is the project with the largest change, whichever way; `spread` is whether words state one amount for
    several years; `borrowing` lists what is stated of loans for the whole period. `debt_years` are the years that
    measures on loans have amounts for; `debt_period`: some have one of no year.
    """

    id: str
    name: str
    by: str
    dated: str
    period: str
    year: int
    years: list[int]
    baseline: str
    over: bool
    converted: bool
    projects: list[Project]
    sums: list[Cell | None]
    largest: Project | None
    up: Cell
    down: Cell
    net: Cell
    more: int
    fewer: int
    spread: bool
    borrowing: Cell | None
    unstated: list[Unstated]
    discussed: list[Quotation]
    reasons: list[Reason]
    debt: list[Debt]
    debt_years: list[int]
    debt_sum: bool
    debt_period: bool
    caveats: str
    twice: bool
    findings: list[str]
    from_text: bool


@dataclass(frozen=True)
class OnDebt:
    """What a document says of loans and debt in connection with investments."""

    name: str
    said: list[Said]


# What the annual report says.


def outcome(e: Edition) -> Outcome:
    """The investments of the annual report by area."""
    report = e.compared.report
    document, table = e.document(report), investments.by_area(e, report)
    rows = investments.areas_of(table)
    statement = investments.appropriations(e, report)
    return Outcome(
        name=e.name(document),
        municipality=document["municipality"],
        publisher=e.gloss(document["publisher"]),
        year=int(document["budget_year"]),
        colour=e.colour(report),
        areas=_areas(e, report, rows),
        total=_total(e, report, investments.total_of(table)),
        under=_listed(e, report, rows[rows["deviation"] > 0].head(_NAMED)),
        over=_listed(e, report, rows[rows["deviation"] < 0].iloc[::-1]),
        added=[_added(e, row, paragraph) for row, paragraph in investments.added_in_year(e, report)],
        overspent=int((rows["deviation"] < 0).sum()),
        explained=_areas(e, report, investments.largest(rows)),
        whole=_of_all(e, report, investments.line_of(statement, "assets")),
    )


def _areas(e: Edition, report: str, rows: pd.DataFrame) -> list[Area]:
    told = investments.explanations(e, report)
    return [_area(e, report, row, told) for _, row in rows.iterrows()]


def _area(e: Edition, report: str, row: pd.Series, told: Mapping[str, investments.Explanation]) -> Area:
    deviation = row["deviation"]
    return Area(
        name=e.named(row["row"]),
        printed=e.named(row["row"], source(row)),
        called=prose.running(e, report, row["row"]),
        label=e.gloss(row["row"]),
        original=_number(e, row, "original_budget"),
        revised=_number(e, row, "revised_budget"),
        actual=_number(e, row, "actual"),
        deviation=_number(e, row, "deviation", signed=True),
        share=_share(e, row["actual"], row["revised_budget"], row),
        gap=_mnok(e, abs(deviation), row),
        value=_stated(deviation),
        less=bool(deviation >= 0),
        said=_explained(e, told.get(row["row"])),
    )


def _total(e: Edition, report: str, row: pd.Series | None) -> Total | None:
    if row is None or pd.isna(row["actual"]):
        return None
    revised, change = row["revised_budget"], row["revised_budget"] - row["original_budget"]
    return Total(
        row=_area(e, report, row, {}),
        actual=e.mnok(row["actual"], source(row)),
        revised=_mnok(e, revised, row),
        original=_mnok(e, row["original_budget"], row),
        gap=_mnok(e, abs(row["deviation"]), row),
        less=bool(row["deviation"] >= 0),
        unspent=_share(e, abs(row["deviation"]), revised, row),
        spent=_share(e, row["actual"], revised, row),
        change=_mnok(e, abs(change), row),
        raised=bool(change > 0),
    )


def _mnok(e: Edition, value: float, *rows: pd.Series) -> Cell | None:
    """An amount with its unit that stands on these rows; None where it is not stated."""
    return None if pd.isna(value) else e.mnok(value, *map(source, rows))


def _stated(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _number(e: Edition, row: pd.Series, column: str, signed: bool = False) -> Cell | None:
    return None if pd.isna(row[column]) else e.number(row[column], source(row), signed=signed)


def _share(e: Edition, part: float, whole: float, *rows: pd.Series) -> Cell | None:
    """A part of a whole, per cent; None of nothing, and where one of them is not stated."""
    if pd.isna(part) or not whole > 0:
        return None
    return e.percent(part / whole * 100, *map(source, rows), decimals=0)


def _listed(e: Edition, report: str, rows: pd.DataFrame) -> Cell | None:
    """Areas with what they deviate, without sign, as a list in a sentence; None without any."""
    items = [
        f"{prose.running(e, report, row['row']).text} ({e.mnok(abs(row['deviation'])).text})"
        for _, row in rows.iterrows()
    ]
    return Cell(e.listed(items), tuple(sources(rows))) if items else None


def _added(e: Edition, row: pd.Series, paragraph: prose.Paragraph) -> Added:
    return Added(e.named(row["row"]), e.mnok(row["actual"], source(row)), _said(e, paragraph))


def _said(e: Edition, paragraph: prose.Paragraph) -> Said:
    return Said(prose.quotation(e, paragraph.text), prose.where(e, paragraph.document, paragraph.lines))


def _explained(e: Edition, found: investments.Explanation | None) -> Said | None:
    """What the text says of a deviation; None where it does not mention it."""
    if found is None:
        return None
    return Said(prose.quotation(e, found.text) if found.text else None, prose.where(e, *found.source))


def _of_all(e: Edition, report: str, row: pd.Series | None) -> Said | None:
    """The reason that the text gives for the deviation of all investments; None where it gives none."""
    told = None if row is None else _explained(e, investments.explanations(e, report).get(row["row"]))
    return told if told and told.words else None


def statement(e: Edition) -> Statement:
    """The statement of investments of the annual report."""
    report = e.compared.report
    table = investments.appropriations(e, report)
    spending, loans = investments.line_of(table, "expenditure"), investments.line_of(table, "loans")
    return Statement(
        spending=None if spending is None else _mnok(e, spending["actual"], spending),
        parts=_parts(e, investments.expenditure_parts(table)),
        loans=_loans(e, spending, loans),
        beside=_beside(e, investments.beside_statement(e, report)),
        funds=_parts(e, investments.funds_parts(table), signed=True),
    )


def _parts(e: Edition, rows: pd.DataFrame, signed: bool = False) -> Cell | None:
    """Rows with amounts in the accounts as a list: `overføring fra drift (+140 mill. kr)`; None without any."""
    items = [
        f"{lower_first(investments.line_name(e, row['row']).text)} ({e.mnok(row['actual'], signed=signed).text})"
        for _, row in rows.iterrows()
    ]
    return Cell(e.listed(items), tuple(sources(rows))) if items else None


def _loans(e: Edition, spending: pd.Series | None, loans: pd.Series | None) -> Loans | None:
    """None where the document does not say what loans paid, or what of."""
    if spending is None or loans is None:
        return None
    # Income is negative in the statement: more of it is a lower number.
    more = loans["revised_budget"] - loans["actual"]
    share, gap = _share(e, -loans["actual"], spending["actual"], loans, spending), _mnok(e, abs(more), loans)
    return Loans(e.mnok(-loans["actual"], source(loans)), share, gap, bool(more <= 0)) if share and gap else None


def _beside(e: Edition, found: investments.Beside | None) -> Beside | None:
    if found is None:
        return None
    assets, others = found.assets, found.others
    return Beside(
        total=e.mnok(found.total["actual"], source(found.total)),
        gap=e.mnok(abs(found.actual), source(found.total), source(assets)),
        more=found.actual > 0,
        line=investments.line_name(e, assets["row"]),
        assets=e.mnok(assets["actual"], source(assets)),
        others=None if others is None else investments.line_name(e, others["row"]),
        amount=None if others is None else e.mnok(others["actual"], source(others)),
    )


def payments(e: Edition, lending: str, funds: str) -> list[Payment]:
    """What paid for the investments, in the order of the statement. `lending` and `funds` are names for the rows whose
    printed ones do not fit the turned sign.
    """
    report = e.compared.report
    rows = investments.financing(investments.appropriations(e, report))
    told, names = investments.explanations(e, report), {"relending": lending, "funds": funds}
    return [_payment(e, row, names, told.get(row["row"])) for _, row in rows.iterrows()]


def _payment(e: Edition, row: pd.Series, names: Mapping[str, str], told: investments.Explanation | None) -> Payment:
    turned = next((words for name, words in names.items() if investments.LABELS[name].search(row["row"])), None)
    more = row["actual"] - row["revised_budget"]
    return Payment(
        name=Cell(turned, (source(row),)) if turned else investments.line_name(e, row["row"], source(row)),
        values=(_stated(row["actual"]), _stated(row["revised_budget"])),
        actual=_number(e, row, "actual"),
        revised=_number(e, row, "revised_budget"),
        difference=None if pd.isna(more) else e.number(more, source(row), signed=True),
        gap=_mnok(e, abs(more), row),
        more=bool(more > 0),
        said=_explained(e, told),
    )


def comparisons(e: Edition) -> list[Comparison]:
    """The key figures on investment that the annual report has of the municipality and of others."""
    municipality = e.document(e.compared.report)["municipality"]
    found = []
    for _, rows in investments.comparisons(e, e.compared.report).groupby("indicator", sort=False):
        is_own = rows["municipality"] == municipality
        if is_own.any() and not is_own.all():
            found.append(_comparison(e, rows[is_own].iloc[-1], rows[~is_own]))
    return found


def _comparison(e: Edition, own: pd.Series, others: pd.DataFrame) -> Comparison:
    write = rules.as_stated(e)
    counted = investments.counted_units(e, e.compared.report, int(own["line"]))
    shown = [f"{e.gloss(row['municipality'])} {write(row['value'])}" for _, row in others.iterrows()]
    return Comparison(
        indicator=e.named(own["indicator"]),
        own=Cell(write(own["value"]), (source(own),)),
        others=Cell(e.listed(shown), tuple(dict.fromkeys(sources(others)))),
        # An annual report has the figures of KOSTRA before they are final.
        preliminary=own["source"] if "KOSTRA" in own["source"] else None,
        said=None if counted is None else _said(e, counted),
    )


# What proposals would change.


def plans(e: Edition, notes: Notes) -> list[Plan]:
    """The changes that proposals would make, the latest first."""
    return [_plan(e, proposal, notes) for proposal in reversed(e.proposals())]


def _plan(e: Edition, proposal: str, notes: Notes) -> Plan:
    document, rows, years = e.document(proposal), investments.changes(e, proposal), e.plan_years(proposal)
    projects, measured = _projects(e, proposal, notes), e.table("measures", document=proposal, kind="investering")
    loans = investments.debt_measures(e, proposal)
    loan_years = [year for year in years if (loans["year"] == year).any()]
    return Plan(
        id=proposal,
        name=e.name(document),
        by=e.by(proposal, dated=True),
        dated=e.dated(proposal, e.period(proposal)),
        period=e.period(proposal),
        year=int(document["budget_year"]),
        years=years,
        baseline=e.gloss(document["baseline"]),
        over=e.is_over(proposal),
        converted=e.price_factor(int(document["budget_year"])) != 1,
        projects=projects,
        sums=_row(e, rows, years, notes.projects, notes.projects) if len(projects) > 1 else [],
        largest=max(projects, key=lambda project: abs(project.amount.value or 0), default=None),
        up=_sum(e, notes, rows[rows["fixed_mnok"] > 0]),
        down=_sum(e, notes, rows[rows["fixed_mnok"] < 0], turned=True),
        net=_sum(e, notes, rows, signed=True),
        more=sum((project.amount.value or 0) > 0 for project in projects),
        fewer=sum((project.amount.value or 0) < 0 for project in projects),
        spread=investments.shares_an_amount(rows),
        borrowing=_borrowing(e, proposal),
        unstated=_unstated(e, proposal),
        discussed=investments.discussed(e, proposal),
        reasons=_reasons(e, proposal),
        debt=_debt(e, proposal, loan_years, notes),
        debt_years=loan_years,
        debt_sum=len(loan_years) > 1,
        debt_period=bool(loans["year"].isna().any()),
        caveats=caveats.document_caveats(e, [proposal]),
        twice=measured["printing"].nunique() > 1,
        findings=_findings(e, proposal, measured),
        from_text=not measured.empty and not (measured["basis"] == "table").any(),
    )


def _by_measure(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), own) for name, own in rows.groupby("measure", sort=False)]


def _projects(e: Edition, proposal: str, notes: Notes) -> list[Project]:
    by_name = dict(_by_measure(investments.changes(e, proposal)))
    order = investments.by_project(investments.changes(e, proposal))["measure"]
    headings = investments.reasoning(e, proposal).set_index("measure")["heading"]
    signed = len(order) > 1
    return [_project(e, proposal, by_name[name], headings.get(name), notes, signed) for name in order]


def _project(e: Edition, proposal: str, own: pd.DataFrame, heading: str | None, notes: Notes, signed: bool) -> Project:
    name, years = own["measure"].iloc[0], e.plan_years(proposal)
    by_year = own.groupby("year")["fixed_mnok"].sum()
    return Project(
        printed=_named(e, own),
        name=prose.running(e, proposal, name, *sources(own)),
        label=e.gloss(name),
        cells=_row(e, own, years, measures.converted(e, proposal), notes.years),
        values=[by_year.get(year) for year in years],
        amount=_sum(e, notes, own, signed=signed),
        nominal=_sum(e, notes, own, column="amount_mnok"),
        heading=None if heading in (None, name) else e.named(heading),
    )


def _row(e: Edition, rows: pd.DataFrame, years: Sequence[int], how: str, summed: str) -> list[Cell | None]:
    """Changes by year and over the years, each with a note of how it was computed; None where none is stated."""
    return [*[_changed(e, rows[rows["year"] == year], how) for year in years], _changed(e, rows, summed)]


def _named(e: Edition, own: pd.DataFrame) -> Cell:
    """The name of a measure with all its lines."""
    return e.named(own["measure"].iloc[0], *dict.fromkeys(sources(own)))


def _changed(e: Edition, rows: pd.DataFrame, how: str) -> Cell | None:
    """The sum of changes for a table; None where none is stated."""
    if rows.empty:
        return None
    total = float(rows["fixed_mnok"].sum())
    decimals = investments.decimals(total)
    return e.number(total, *dict.fromkeys(sources(rows)), decimals=decimals, signed=True, how=how)


def _sum(
    e: Edition, notes: Notes, rows: pd.DataFrame, column: str = "fixed_mnok", signed: bool = False, turned: bool = False
) -> Cell:
    """The sum of changes as an amount with all its lines; `turned` writes what is taken away without its minus."""
    value = float(rows[column].sum()) * (-1 if turned else 1)
    lines, how = dict.fromkeys(sources(rows)), notes.amounts.replace("#", str(len(rows)))
    return e.mnok(value, *lines, decimals=investments.decimals(value), signed=signed, how=how)


def _borrowing(e: Edition, proposal: str) -> Cell | None:
    """The measures on loans that are stated for the whole period, in the kroner of the document; None without any."""
    rows = investments.debt_measures(e, proposal)
    rows = rows[rows["role"] == "period_total"]
    items = []
    for name, value in zip(rows["measure"], rows["amount_mnok"], strict=True):
        amount = e.mnok(value, decimals=investments.decimals(value), signed=True)
        items.append(f"{prose.running(e, proposal, name).text} ({amount.text})")
    return Cell(e.listed(items), tuple(sources(rows))) if items else None


def _unstated(e: Edition, proposal: str) -> list[Unstated]:
    texts = investments.reasoning(e, proposal).set_index("measure", drop=False)
    found = []
    for _, row in investments.unstated(e, proposal).iterrows():
        there = texts.loc[row["measure"]] if row["measure"] in texts.index else None
        words = row["quote"] if there is None else there["text"]
        said = Said(prose.quotation(e, words), prose.where(e, *source(row if there is None else there)))
        found.append(Unstated(e.named(row["measure"], source(row)), said))
    return found


def _reasons(e: Edition, proposal: str) -> list[Reason]:
    """The projects, those without an amount last, each with the heading of its reasons."""
    planned = dict(_by_measure(investments.planned(e, proposal)))
    texts = {row["measure"]: row for _, row in investments.reasoning(e, proposal).iterrows()}
    projects = investments.by_project(investments.changes(e, proposal))["measure"]
    names = dict.fromkeys([*projects, *investments.unstated(e, proposal)["measure"]])
    headings = {name: e.named(texts[name]["heading"], source(texts[name])) for name in names if name in texts}
    return [Reason(_named(e, planned[name]), headings.get(name)) for name in names]


def _debt(e: Edition, proposal: str, years: Sequence[int], notes: Notes) -> list[Debt]:
    loans, how = investments.debt_measures(e, proposal), measures.converted(e, proposal)
    out = []
    for _, own in _by_measure(loans):
        cells = _row(e, own[own["year"].notna()], years, how, notes.years)
        of_all = [_changed(e, own[own["role"] == "period_total"], how)] if loans["year"].isna().any() else []
        out.append(Debt(_named(e, own), [*(cells if len(years) > 1 else cells[:-1]), *of_all]))
    return out


def _findings(e: Edition, proposal: str, rows: pd.DataFrame) -> list[str]:
    """What the audit found in the printed investments of a proposal."""
    found = caveats.findings(e, proposal, ("note", "doubt", "error"))
    return list(caveats.touching(found, sources(rows))[f"description_{e.lang}"].drop_duplicates())


# What concerns all documents.


def on_debt(e: Edition) -> list[OnDebt]:
    """What the annual report and the proposals, the latest first, say of loans and debt."""
    return [
        OnDebt(e.name(e.document(document)), [_said(e, part) for part in investments.debt_statements(e, document)])
        for document in (e.compared.report, *reversed(e.proposals()))
    ]


def errors(e: Edition) -> list[list[Cell | str]]:
    """What does not agree in the annual report and touches what is shown of it, as rows of a table: what, lines."""
    report = e.compared.report
    tables = (investments.appropriations(e, report), investments.by_area(e, report))
    told = [reason.source for reason in investments.explanations(e, report).values()]
    used = [*(line for table in tables for line in sources(table)), *told]
    return caveats.grouped(e, caveats.touching(caveats.findings(e, report, ("error", "doubt")), used))
