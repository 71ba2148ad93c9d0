"""The facts of the report on the economy: the accounts of the annual report, and what the proposals say of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kommunebudsjett.report import accounts, charts, economy, rules
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, source, sources

# Columns whose plus is written.
_SIGNED = ("deviation", "change")
_BALANCE = ("then", "now", "change")
_STATEMENT = ("actual", "revised_budget", "original_budget", "deviation", "year_before")
_DEBT_SERVICE = ("year_before", "actual", "revised_budget", "deviation")
# The rule whose target is the least allowed; of the others it is the most.
_LOWEST = "disposition_fund"


@dataclass(frozen=True)
class About:
    """The annual report as a sentence speaks of it (`report`), its municipality, its year and the year before, and its
    colour in charts.
    """

    report: str
    municipality: str
    year: int
    before: int
    colour: str
    colour_name: str


@dataclass(frozen=True)
class Proposal:
    """A proposal: what it is called, who made it (`by`), and the budget that its amounts are changes to."""

    id: str
    name: str
    by: str
    year: int
    dated: str
    period: str
    baseline: str
    over: bool
    colour: str
    colour_name: str


@dataclass(frozen=True)
class Line:
    """A printed row: its name, the same for a chart (`label`), whether it is a sum, and its amounts; what the document
    does not state is None.
    """

    name: Cell
    label: str
    total: bool
    cells: list[Cell | None]


@dataclass(frozen=True)
class Named:
    """A name with an amount, signed, and the amount without its sign (`gap`)."""

    name: Cell
    amount: Cell
    gap: Cell


@dataclass(frozen=True)
class Span:
    """A name with its amounts in a year and in a later one, and how it moved, signed (None where no text says so)."""

    name: Cell
    then: Cell | None
    now: Cell | None
    moved: Cell | None = None


@dataclass(frozen=True)
class Result:
    """What the result is made of: `lines` (revised budget, accounts, deviation), of which `items` and the `bottom` line
    have a bar.

    `gap` is the result without its sign, `short` whether it is too little; `best` and `worst` are the items furthest
    above and below the budget, None where none is; `total` is the sum of the items where rounding makes it another.
    """

    lines: list[Line]
    items: list[Line]
    bottom: Line
    amount: Cell
    gap: Cell
    short: bool
    best: Named | None
    worst: Named | None
    total: Cell | None
    services: list[Named]
    said: list[Cell]


@dataclass(frozen=True)
class Net:
    """The net operating result: amount, share of revenue, revised budget and the year before."""

    amount: Cell | None
    share: Cell | None
    budget: Cell | None
    before: Cell | None


@dataclass(frozen=True)
class Totals:
    """Revenue, expenditure and net financial expenditure, and their differences, signed, from the revised budget or the
    year before, None where it is not stated.
    """

    revenue: Cell
    revenue_budget: Cell | None
    revenue_before: Cell | None
    spent: Cell
    spent_budget: Cell | None
    finance: Cell
    finance_budget: Cell | None


@dataclass(frozen=True)
class Statement:
    """The statement by kind: its lines, those that have a deviation by group (`kinds`), and the best and worst of them.

    `known`: its revenue says which sign is money in. `written_off` is the depreciation where the original budget has
    none; `turned`, whether the signs are.
    """

    lines: list[Line]
    kinds: dict[str, list[Line]]
    best: Named | None
    worst: Named | None
    totals: Totals | None
    known: bool
    written_off: Cell | None
    turned: bool


@dataclass(frozen=True)
class Used:
    """What was put into a reserve and taken out of it, without signs, and the same in the revised budget."""

    put: Cell
    taken: Cell
    put_budget: Cell | None
    taken_budget: Cell | None


@dataclass(frozen=True)
class Reserve:
    """The contingency reserve: its amount and how it moved, signed; what the rule counts in it, how it is defined for
    the rule, and its share of revenue by the rule.
    """

    now: Cell | None
    moved: Cell | None
    counted: Cell | None
    definition: Cell | None
    share: Cell | None


@dataclass(frozen=True)
class Funds:
    """The funds of the balance sheet (then, now, change), largest first, and the one that changed most."""

    years: tuple[int, int]
    lines: list[Line]
    most: Span


@dataclass(frozen=True)
class Loans:
    """Long-term debt without pensions: its sum, how it moved, signed, and how many kinds of loan it is."""

    total: Cell
    moved: Cell
    kinds: int


@dataclass(frozen=True)
class Debt:
    """Long-term debt (then, now, change) by kind, with the sum last; `most` changed most.

    `per_head` is the loans, of so many `kinds`, for each of the inhabitants counted in the year `counted`.
    """

    years: tuple[int, int]
    lines: list[Line]
    most: Span
    whole: Cell
    pension: Cell
    per_head: Cell
    kinds: int
    inhabitants: int
    counted: int


@dataclass(frozen=True)
class Measure:
    """A measure of a proposal, and its amounts in words."""

    name: Cell
    amounts: Cell


@dataclass(frozen=True)
class Measures:
    """The measures of a proposal, by its name (`by`), on a topic, and the names of those that state no amount."""

    by: str
    found: list[Measure]
    silent: list[Cell]


@dataclass(frozen=True)
class Rule:
    """A fiscal rule as it is stated: its target (`bound`: at most 9 %), the outcome, and the plan by year.

    `lowest`: the target is the least allowed. `years` is how many the plan has, `broken` how many of them are on the
    wrong side of the target, `when` says it in words; `low` and `high` are the least and the most of the plan.
    """

    id: str
    lowest: bool
    bound: Cell | None
    outcome: Cell | None
    outcome_year: int | None
    plan: list[Cell | None]
    mean: Cell | None
    low: Cell | None
    high: Cell | None
    years: int
    broken: int
    when: str


@dataclass(frozen=True)
class Compared:
    """A rule that both documents state and that has a target: in per cent, and when the plan breaks it or keeps it."""

    outcome: Cell
    target: Cell
    first: Cell
    last: Cell
    first_year: int
    last_year: int
    broken: int
    when: str


@dataclass(frozen=True)
class Tax:
    """The property tax of the accounts: amount, the year before, and its share of revenue; `level` is the amount in the
    prices of the report.
    """

    amount: Cell | None
    before: Cell | None
    share: Cell | None
    level: Cell | None


@dataclass(frozen=True)
class Term:
    """What a text proposes for the property tax, `kind`: an allowance (from what it `was`), a rate or a yearly step."""

    kind: str
    to: Cell
    was: Cell | None = None


@dataclass(frozen=True)
class Reason:
    """What a proposal says of its measures on the property tax."""

    heading: Cell
    terms: list[Term]


@dataclass(frozen=True)
class Change:
    """What the measures on the property tax come to in a year: signed, and as it follows on what they would do
    (`change`), without a sign where the tax would rise, or fall, all along.
    """

    year: int
    amount: Cell
    change: Cell


@dataclass(frozen=True)
class TaxPlan:
    """What a proposal would do with the property tax: lines by year and their sums.

    `way` is 1 where the tax would rise in `first` and `last`, -1 where it would fall, 0 where it is not the same way.
    `share` is the last change as a share of the tax of the accounts, `unexplained` are measures without a reason.
    """

    proposal: Proposal
    kroner: str
    decimals: int
    years: list[int]
    lines: list[Line]
    totals: list[Cell]
    first: Change
    last: Change
    way: int
    share: Cell | None
    largest: Named
    reasons: list[Reason]
    unexplained: list[Cell]


@dataclass(frozen=True)
class Mention:
    """A proposal without amounts for the property tax, and what it says of it: it has no `lines`."""

    proposal: Proposal
    said: list[Cell]
    lines: None = None


@dataclass(frozen=True)
class Owned:
    """What the municipality owns, how it moved, signed, and the equity as a share of it."""

    amount: Cell
    moved: Cell
    share: Cell


@dataclass(frozen=True)
class Side:
    """A side of the balance sheet (then, now, change); `turned`, whether its signs are."""

    lines: list[Line]
    turned: bool


@dataclass(frozen=True)
class Balance:
    """The balance sheet, its sides by the names of their tables."""

    years: tuple[int, int]
    sides: dict[str, Side]
    owned: Owned | None


@dataclass(frozen=True)
class Guaranteed:
    """All guarantees in the first and the last year; `fixed` is the same in the prices of the report, None where there
    are no price figures.
    """

    then: Cell
    now: Cell
    fixed: "Fixed | None"


@dataclass(frozen=True)
class Fixed:
    """Amounts of the first and the last year in the prices of the report."""

    then: Cell
    now: Cell


@dataclass(frozen=True)
class Guarantees:
    """Guarantees by purpose and year; `most` is the largest purpose, in the first and the last year."""

    years: list[int]
    first: int
    last: int
    lines: list[Line]
    most: Span
    total: Guaranteed | None


@dataclass(frozen=True)
class Farthest:
    """A key figure of the municipality, and the mean."""

    name: Cell
    own: Cell
    mean: Cell


@dataclass(frozen=True)
class KeyFigures:
    """Key figures in per cent of the municipality (first), of others, and their mean (last), with what is above and
    below the mean, and the one `farthest` from it. `origins` are where they come from, `kostra` whether from KOSTRA.

    `unitless` are those that the document gives no unit for; `debt` and `reserve` are those that a rule counts too,
    and `loans_defined` whether the annual report says which loans the rule counts.
    """

    year: int
    others: list[str]
    mean: Cell
    lines: list[Line]
    gaps: list[float]
    above: list[Cell]
    below: list[Cell]
    farthest: Farthest
    origins: list[str]
    kostra: bool
    unitless: list[str]
    said: list[Cell]
    debt: Cell | None
    reserve: Cell | None
    loans_defined: bool


def about(e: Edition) -> About:
    """The compared annual report."""
    report = e.compared.report
    outcome = e.document(report)
    year = int(outcome["budget_year"])
    return About(e.the_report(report), outcome["municipality"], year, year - 1, e.colour(report), e.colour_name(report))


def proposal(e: Edition, id: str) -> Proposal:
    """A proposal by its id."""
    facts = e.document(id)
    return Proposal(
        id=id,
        name=e.name(facts),
        by=e.by(id),
        year=int(facts["budget_year"]),
        dated=e.dated(id),
        period=e.period(id),
        baseline=e.gloss(facts["baseline"]),
        over=e.is_over(id),
        colour=e.colour(id),
        colour_name=e.colour_name(id),
    )


# What several sections make of rows.


def _lines(e: Edition, rows: pd.DataFrame, columns: Sequence, totals: Iterable | None = None) -> list[Line]:
    """Rows of the accounts or the balance as lines, with the amounts of some columns."""
    sums = [False] * len(rows) if totals is None else list(totals)
    return [_line(e, row, columns, bool(total)) for (_, row), total in zip(rows.iterrows(), sums, strict=True)]


def _line(e: Edition, row: pd.Series, columns: Sequence, total: bool = False) -> Line:
    return Line(e.named(row["row"]), e.gloss(row["row"]), total, [_cell(e, row, column) for column in columns])


def _cell(e: Edition, row: pd.Series, column: str | int) -> Cell | None:
    how = economy.difference(e) if column == "change" else ""
    value = row[column]
    return None if pd.isna(value) else e.number(value, source(row), signed=column in _SIGNED, how=how)


def _mnok(e: Edition, row: pd.Series | None, column: str | int) -> Cell | None:
    """An amount of a row without its sign."""
    return None if row is None or pd.isna(row[column]) else e.mnok(abs(row[column]), source(row))


def _furthest(rows: pd.DataFrame, values: pd.Series) -> pd.Series:
    """The row whose value is furthest from zero."""
    return rows.iloc[int(values.abs().argmax())]


def _named(e: Edition, row: pd.Series, column: str | int, name: str = "row") -> Named:
    amount = e.mnok(row[column], source(row), signed=True)
    return Named(e.named(row[name]), amount, e.mnok(abs(row[column]), source(row)))


def _best(e: Edition, rows: pd.DataFrame) -> Named:
    return _named(e, rows.iloc[int(rows["deviation"].argmax())], "deviation")


def _worst(e: Edition, rows: pd.DataFrame) -> Named:
    return _named(e, rows.iloc[int(rows["deviation"].argmin())], "deviation")


def _moved(e: Edition, row: pd.Series) -> Cell:
    return e.mnok(row["change"], source(row), signed=True, how=economy.difference(e))


def _span(e: Edition, row: pd.Series, then: str | int = "then", now: str | int = "now") -> Span:
    return Span(e.named(row["row"]), _mnok(e, row, then), _mnok(e, row, now))


def _sum(e: Edition, rows: pd.DataFrame, column: str | int) -> Cell:
    return e.mnok(rows[column].sum(), *sources(rows), how=economy.sum_of(e, len(rows)))


def rows(e: Edition, lines: Sequence[Line], earlier: int | None = None) -> list[list[Cell | str]]:
    """Lines as the rows of a table. `earlier` is the place of the amounts of the year before, of which a report of
    its own can state what the compared one does not.
    """
    silent = e.words("ikke oppgitt i {{ report }} | not stated in {{ report }}", report=_called(e))
    return [
        [
            line.name,
            *[cell or (silent if place == earlier else e.stated(None)) for place, cell in enumerate(line.cells)],
        ]
        for line in lines
    ]


def _called(e: Edition) -> str:
    return e.called(e.document(e.compared.report))


def totals(lines: Sequence[Line]) -> list[int]:
    """The places of the lines that are sums."""
    return [place for place, line in enumerate(lines) if line.total]


def _number(cell: Cell) -> float:
    return float("nan") if cell.value is None else cell.value


def bars(heading: str, lines: Sequence[Line], place: int = -1) -> charts.Group:
    """Lines as bars to both sides of zero, by the amount at a place."""
    stated = [(line.label, _number(cell)) for line in lines if (cell := line.cells[place])]
    return charts.Group(heading, [label for label, _ in stated], [value for _, value in stated])


def written(e: Edition, decimals: int = 0, signed: bool = False) -> charts.Write:
    """How a chart writes a number."""
    return lambda value: e.number(value, decimals=decimals, signed=signed).text


def slopes(lines: Sequence[Line]) -> list[charts.Slope]:
    """Lines as slopes from then to now, but sums, and those that lack either."""
    return [
        charts.Slope(line.label, _number(then), _number(now))
        for line in lines
        if not line.total and (then := line.cells[0]) and (now := line.cells[1])
    ]


# The result and the statement by kind.


def result(e: Edition) -> Result | None:
    """What the result is made of; None where the annual report has no table of it."""
    report = e.compared.report
    found = economy.result(e, report)
    if found.empty:
        return None
    bottom = found[found["is_result"]].iloc[0]
    items = found[~found["is_result"] & found["deviation"].notna()]
    columns, total = ("revised_budget", "actual", "deviation"), items["deviation"].sum()
    return Result(
        lines=_lines(e, found, columns),
        items=_lines(e, items, columns),
        bottom=_line(e, bottom, columns),
        amount=e.mnok(bottom["deviation"], source(bottom)),
        gap=e.mnok(abs(bottom["deviation"]), source(bottom)),
        short=bool(bottom["deviation"] < 0),
        best=_best(e, items) if items["deviation"].max() > 0 else None,
        worst=_worst(e, items) if items["deviation"].min() < 0 else None,
        total=None if total == bottom["deviation"] else _sum(e, items, "deviation"),
        services=_services(e, bottom["table"]),
        said=economy.passages_after(e, report, bottom["table"]),
    )


def _top(e: Edition, table: str) -> pd.DataFrame:
    """The three service areas that spent least of their budget."""
    services = accounts.service_areas(e, e.compared.report, table)
    return services.nlargest(3, "deviation") if len(services) else services


def _services(e: Edition, table: str) -> list[Named]:
    return [_named(e, row, "deviation", "service_area") for _, row in _top(e, table).iterrows()]


def _row(e: Edition, name: str) -> pd.Series | None:
    """A row of the statement by kind."""
    return economy.row(economy.statement(e, e.compared.report), name)


def net(e: Edition) -> Net:
    """The net operating result, and its share of revenue as the rule states it."""
    row, rule = _row(e, "net_result"), _stated(e).get("net_operating_result")

    def amount(column: str) -> Cell | None:
        return None if row is None or pd.isna(row[column]) else e.mnok(row[column], source(row))

    return Net(amount("actual"), outcome_of(e, rule), amount("revised_budget"), amount("year_before"))


def statement(e: Edition) -> Statement:
    """The statement by kind."""
    report = e.compared.report
    found = economy.statement(e, report)
    known = economy.row(found, "revenue") is not None
    # Without the sign of money in, no deviation is for the better or the worse.
    kinds = economy.kinds(found) if known else found.iloc[:0]
    written_off = economy.row(found, "depreciation")
    differs = written_off is not None and written_off["original_budget"] == 0 and written_off["actual"] != 0
    return Statement(
        lines=_lines(e, found, _STATEMENT, economy.subtotals(found)),
        kinds={
            e.gloss(str(group)): _lines(e, some, ["deviation"]) for group, some in kinds.groupby("group", sort=False)
        },
        best=_best(e, kinds) if kinds["deviation"].max() > 0 else None,
        worst=_worst(e, kinds) if kinds["deviation"].min() < 0 else None,
        totals=_totals(e, found),
        known=known,
        written_off=_mnok(e, written_off, "actual") if differs else None,
        turned=economy.turned(e, report),
    )


def _totals(e: Edition, found: pd.DataFrame) -> Totals | None:
    revenue, spent, finance, net_result = (
        economy.row(found, name) for name in ("revenue", "expenditure", "net_finance", "net_result")
    )
    if revenue is None or spent is None or finance is None or net_result is None:
        return None
    grown = revenue["actual"] - revenue["year_before"]

    def differs(value: float, row: pd.Series, how: str = "") -> Cell | None:
        return None if pd.isna(value) else e.mnok(value, source(row), signed=True, how=how)

    return Totals(
        revenue=e.mnok(revenue["actual"], source(revenue)),
        revenue_budget=differs(revenue["deviation"], revenue),
        revenue_before=differs(grown, revenue, economy.difference(e)),
        spent=e.mnok(-spent["actual"], source(spent)),
        spent_budget=differs(-spent["deviation"], spent),
        finance=e.mnok(-finance["actual"], source(finance)),
        finance_budget=differs(-finance["deviation"], finance),
    )


# Funds, debt and what the proposals would do with them.


def _liabilities(e: Edition) -> pd.DataFrame:
    return economy.balance(e, e.compared.report, "equity_and_liabilities")


def reserve(e: Edition) -> Reserve:
    """The contingency reserve."""
    row, rule = economy.row(_liabilities(e), "reserve"), _stated(e).get("disposition_fund")
    return Reserve(
        now=_mnok(e, row, "now"),
        moved=None if row is None else _moved(e, row),
        counted=None if rule is None else economy.counted_in(e, rule),
        definition=None if rule is None else economy.definition(e, e.compared.report, "disposisjonsfond"),
        share=outcome_of(e, rule),
    )


def funds(e: Edition) -> Funds | None:
    """The funds; None where the balance sheet has none."""
    found, years = economy.funds(_liabilities(e)), economy.balance_years(e, e.compared.report)
    if found.empty or years is None:
        return None
    most = _furthest(found, found["change"])
    return Funds(years, _lines(e, found, _BALANCE), replace(_span(e, most), moved=_moved(e, most)))


def used(e: Edition, name: str) -> Used | None:
    """The use of a fund, `reserve` or `restricted`; None where the accounts do not have both sides of it."""
    put, taken = _row(e, f"to_{name}"), _row(e, f"from_{name}")
    into, out_of = _mnok(e, put, "actual"), _mnok(e, taken, "actual")
    if into is None or out_of is None:
        return None
    return Used(into, out_of, _mnok(e, put, "revised_budget"), _mnok(e, taken, "revised_budget"))


def _debts(e: Edition) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Long-term debt, and what of it is loans."""
    debts = economy.long_term_debt(_liabilities(e))
    return debts, debts[~debts["is_pension"]]


def loans(e: Edition) -> Loans | None:
    """Long-term debt without pensions; None where there is none."""
    _, rows = _debts(e)
    if rows.empty:
        return None
    return Loans(_sum(e, rows, "now"), e.mnok(rows["change"].sum(), *sources(rows), signed=True), len(rows))


def debt(e: Edition) -> Debt | None:
    """Long-term debt; None where the balance sheet does not show it."""
    report = e.compared.report
    (debts, rows), whole = _debts(e), economy.row(_liabilities(e), "long_term_debt")
    years = economy.balance_years(e, report)
    if debts.empty or whole is None or years is None:
        return None
    pension = debts[debts["is_pension"]]
    inhabitants, counted = economy.inhabitants_at_the_end(e, report, about(e).year)
    return Debt(
        years=years,
        lines=[*_lines(e, debts, _BALANCE), _line(e, whole, _BALANCE, total=True)],
        most=_span(e, _furthest(debts, debts["change"])),
        whole=e.mnok(whole["now"], source(whole)),
        pension=e.mnok(pension["now"].sum(), *sources(pension)),
        per_head=e.nok(rows["now"].sum() * 1_000_000 / inhabitants, *sources(rows)),
        kinds=len(rows),
        inhabitants=inhabitants,
        counted=counted,
    )


def debt_service(e: Edition) -> list[Line]:
    """Interest and repayments: the year before, accounts, revised budget, deviation."""
    return [_line(e, row, _DEBT_SERVICE) for row in _paid(e)]


def _paid(e: Edition) -> list[pd.Series]:
    found = [_row(e, name) for name in ("interest_paid", "repayments", "interest_earned")]
    return [row for row in found if row is not None]


def measures(e: Edition, *topics: str) -> list[Measures]:
    """What each proposal would do about some topics."""
    found = [(id, economy.topic_measures(e, id, topics)) for id in e.proposals()]
    return [
        Measures(
            e.name(e.document(id)),
            [Measure(name, amounts) for name, amounts in economy.proposals(e, id, rows)],
            economy.without_amount(e, rows),
        )
        for id, rows in found
    ]


# The fiscal rules.


def _stated(e: Edition, proposal: str = "") -> dict[str, rules.Rule]:
    """The rules that the annual report or a proposal states: the alternative, or another."""
    plan = rules.stated_rules(e, proposal or e.compared.proposed)
    return rules.rules_by_name(rules.stated_rules(e, e.compared.report), plan)


def outcome_of(e: Edition, rule: rules.Rule | None) -> Cell | None:
    """The outcome of a rule in per cent."""
    if rule is None or rule.outcome is None:
        return None
    return e.percent(rule.outcome["value_percent"], source(rule.outcome))


def outcome(e: Edition, name: str) -> Cell | None:
    """The outcome of a rule by its name, in per cent; None where the annual report does not state it."""
    return outcome_of(e, _stated(e).get(name))


def compared(e: Edition, name: str) -> Compared | None:
    """A rule that has an outcome, a plan and a target; None where it lacks any."""
    rule = _stated(e).get(name)
    happened = outcome_of(e, rule)
    if rule is None or happened is None or rule.plan.empty or rule.target is None:
        return None
    first, last = rule.plan.iloc[0], rule.plan.iloc[-1]
    return Compared(
        outcome=happened,
        target=e.percent(rule.target[0], rule.target[1], decimals=0),
        first=e.percent(first["value_percent"], source(first)),
        last=e.percent(last["value_percent"], source(last)),
        first_year=int(first["year"]),
        last_year=int(last["year"]),
        broken=len(rule.broken(name == _LOWEST)),
        when=economy.when(e, rule, name == _LOWEST),
    )


def fiscal(e: Edition, proposal: str, least: str, most: str) -> list[Rule]:
    """The fiscal rules that the annual report or a proposal states, in the order of the plan; `least` and `most` say
    which side of a target is allowed.
    """
    stated, years = _stated(e, proposal), e.plan_years(proposal)
    return [_rule(e, name, rule, least if name == _LOWEST else most, years) for name, rule in stated.items()]


def _rule(e: Edition, name: str, rule: rules.Rule, words: str, years: list[int]) -> Rule:
    write, target, plan = rules.as_stated(e), rule.target, rule.plan
    by_year = {int(row["year"]): row for _, row in plan.iterrows()}
    cited = tuple(dict.fromkeys(sources(plan)))
    percent = "" if target is None else e.percent(target[0], decimals=0).text

    def value(row: pd.Series | None) -> Cell | None:
        return None if row is None else Cell(write(row["value_percent"]), (source(row),), value=row["value_percent"])

    return Rule(
        id=name,
        lowest=name == _LOWEST,
        bound=None if target is None else Cell(f"{words} {percent}", (target[1],), value=target[0]),
        outcome=value(rule.outcome),
        outcome_year=None if rule.outcome is None else int(rule.outcome["year"]),
        plan=[value(by_year.get(year)) for year in years],
        mean=value(rule.mean),
        low=None if plan.empty else Cell(write(plan["value_percent"].min()), cited),
        high=None if plan.empty else Cell(write(plan["value_percent"].max()), cited),
        years=len(plan),
        broken=len(rule.broken(name == _LOWEST)),
        when="" if plan.empty else economy.when(e, rule, name == _LOWEST),
    )


def stated_values(e: Edition, rule: Rule, planned: bool) -> list[Cell | str]:
    """The outcome of a rule, and where there is a plan its years and their mean, as cells of a table."""
    return [e.stated(value) for value in (rule.outcome, *([*rule.plan, rule.mean] if planned else []))]


def panels(found: Sequence[Rule], names: dict[str, str], years: list[int]) -> list[charts.RulePanel]:
    """The rules as panels of a chart, by their names, with the years of the plan."""
    return [_panel(names[rule.id], rule, years) for rule in found]


def _panel(name: str, rule: Rule, years: list[int]) -> charts.RulePanel:
    return charts.RulePanel(
        name,
        None if rule.outcome is None else (str(rule.outcome_year), _number(rule.outcome)),
        [(str(year), _number(cell)) for year, cell in zip(years, rule.plan, strict=True) if cell],
        None if rule.bound is None else rule.bound.value,
        "" if rule.bound is None else "\n".join(rule.bound.text.rsplit(" ", 1)),
    )


def planned(e: Edition) -> list[Proposal]:
    """The proposals that state what they mean for the fiscal rules, oldest first."""
    return [proposal(e, id) for id in e.proposals() if len(rules.stated_rules(e, id))]


# The property tax.


def tax(e: Edition) -> Tax:
    """The property tax of the accounts."""
    row, revenue = _row(e, "property_tax"), _row(e, "revenue")
    level = economy.tax_level(e, e.compared.report, row)
    fixed = None
    if row is not None and level is not None:
        fixed = e.mnok(level, source(row), how=economy.converted(e, about(e).year))
    if row is None or revenue is None:
        return Tax(None, None, None, fixed)
    share = e.percent(100 * row["actual"] / revenue["actual"], source(row), source(revenue))
    return Tax(_mnok(e, row, "actual"), _mnok(e, row, "year_before"), share, fixed)


def taxes(e: Edition) -> list[TaxPlan | Mention]:
    """What each proposal says of the property tax, oldest first."""
    return [_mention(e, id) if (rows := economy.taxes(e, id)).empty else _plan(e, id, rows) for id in e.proposals()]


def plans(e: Edition) -> list[TaxPlan]:
    """The proposals that have amounts for the property tax, newest first."""
    return [tax for tax in reversed(taxes(e)) if isinstance(tax, TaxPlan)]


def _mention(e: Edition, id: str) -> Mention:
    texts = economy.reasons(e, economy.topic_measures(e, id, ["eiendomsskatt"]))
    return Mention(proposal(e, id), [e.verbatim(text["text"], source(text)) for _, text in texts.iterrows()])


def _plan(e: Edition, id: str, rows: pd.DataFrame) -> TaxPlan:
    years, texts = economy.year_columns(rows), economy.reasons(e, rows)
    first, last = economy.first_and_last(rows)
    sums = [rows[year].sum() for year in (first, last)]
    way = 1 if min(sums) >= 0 else -1 if max(sums) <= 0 else 0
    explained = {name for names in texts["measures"] for name in names}
    return TaxPlan(
        proposal=proposal(e, id),
        kroner=economy.kroner_of(e, int(e.document(id)["budget_year"])),
        decimals=int(rows["decimals"].iloc[0]),
        years=years,
        lines=[_tax_line(e, row, years) for _, row in rows.iterrows()],
        totals=[_tax_total(e, rows, year) for year in years],
        first=_change(e, rows, first, way),
        last=_change(e, rows, last, way),
        way=way,
        share=_share(e, rows, last),
        largest=_largest(e, rows, last),
        reasons=[reason for _, text in texts.iterrows() if (reason := _reason(e, text)).terms],
        unexplained=[
            e.named(row["measure"], source(row)) for _, row in rows[~rows["measure"].isin(explained)].iterrows()
        ],
    )


def _tax_line(e: Edition, row: pd.Series, years: list[int]) -> Line:
    how = economy.converted(e, int(e.document(row["document"])["budget_year"]))
    cells = [
        None
        if pd.isna(row[year])
        else e.number(row[year], source(row), decimals=int(row["decimals"]), signed=True, how=how)
        for year in years
    ]
    return Line(e.named(row["measure"]), e.gloss(row["measure"]), False, cells)


def _tax_total(e: Edition, rows: pd.DataFrame, year: int) -> Cell:
    decimals, how = int(rows["decimals"].iloc[0]), economy.sum_of(e, len(rows))
    return e.number(rows[year].sum(), *sources(rows), decimals=decimals, signed=True, how=how)


def _change(e: Edition, rows: pd.DataFrame, year: int, way: int) -> Change:
    cited, how = sources(rows), economy.sum_of(e, len(rows))
    signed = e.mnok(rows[year].sum(), *cited, signed=True, how=how)
    return Change(year, signed, e.mnok(abs(rows[year].sum()), *cited, how=how) if way else signed)


def _largest(e: Edition, rows: pd.DataFrame, year: int) -> Named:
    return _named(e, _furthest(rows, rows[year]), year, "measure")


def _share(e: Edition, rows: pd.DataFrame, year: int) -> Cell | None:
    """The change in a year as a share of the tax of the accounts."""
    row = _row(e, "property_tax")
    level = economy.tax_level(e, e.compared.report, row)
    if row is None or level is None:
        return None
    return e.percent(100 * rows[year].sum() / level, *sources(rows), source(row), decimals=0)


def _reason(e: Edition, text: pd.Series) -> Reason:
    cited, stated = source(text), economy.tax_terms(text["text"])
    terms = []
    if stated.allowance:
        was, to = stated.allowance
        terms.append(Term("allowance", e.nok(to, cited), e.nok(was, cited)))
    if stated.rate is not None:
        terms.append(Term("rate", _per_mille(e, stated.rate, cited)))
    if stated.step is not None:
        terms.append(Term("step", _per_mille(e, stated.step, cited)))
    return Reason(e.named(text["heading"]), terms)


def _per_mille(e: Edition, value: float, cited: tuple[str, str]) -> Cell:
    decimals = next(count for count in range(4) if round(value, count) == value or count == 3)
    return e.number(value, cited, decimals=decimals)


def by_year(plan: TaxPlan) -> list[charts.Group]:
    """The measures of a proposal as bars for the first and the last year."""
    ends = dict.fromkeys((plan.first.year, plan.last.year))
    return [bars(str(year), plan.lines, plan.years.index(year)) for year in ends]


# The balance sheet, guarantees and key figures.


def balance(e: Edition) -> Balance | None:
    """The balance sheet; None where the annual report has none."""
    report = e.compared.report
    assets, liabilities = economy.balance(e, report, "assets"), _liabilities(e)
    years = economy.balance_years(e, report)
    if assets.empty or liabilities.empty or years is None:
        return None
    return Balance(
        years,
        {
            "assets": Side(_lines(e, assets, _BALANCE, economy.subtotals(assets)), turned=False),
            "equity-and-debt": Side(
                _lines(e, liabilities, _BALANCE, economy.subtotals(liabilities)), economy.turned_liabilities(e, report)
            ),
        },
        _owned(e, economy.row(assets, "assets"), economy.row(liabilities, "equity")),
    )


def _owned(e: Edition, assets: pd.Series | None, equity: pd.Series | None) -> Owned | None:
    if assets is None or equity is None:
        return None
    share = e.percent(100 * equity["now"] / assets["now"], source(equity), source(assets))
    return Owned(e.mnok(assets["now"], source(assets)), _moved(e, assets), share)


def guarantees(e: Edition) -> Guarantees | None:
    """What the municipality guarantees for; None where the annual report has no table of it."""
    found = economy.guarantees(e, e.compared.report)
    purposes, sums = found[found["is_total"] == 0], found[found["is_total"] == 1]
    if purposes.empty:
        return None
    years = economy.year_columns(found)
    most = _furthest(purposes, purposes[years[-1]])
    return Guarantees(
        years=years,
        first=years[0],
        last=years[-1],
        lines=_lines(e, found, years, found["is_total"] == 1),
        most=_span(e, most, years[0], years[-1]),
        total=_guaranteed(e, sums.iloc[-1], years[0], years[-1]) if len(sums) else None,
    )


def by_purpose(found: Guarantees, total: str) -> list[charts.LinePanel]:
    """Guarantees as a panel for each purpose; `total` heads that of the sum."""
    return [
        charts.LinePanel(
            total if line.total else line.label,
            [(year, _number(cell)) for year, cell in zip(found.years, line.cells, strict=True) if cell],
        )
        for line in found.lines
    ]


def _guaranteed(e: Edition, row: pd.Series, first: int, last: int) -> Guaranteed:
    factors = [(year, economy.fixed_prices(e, year)) for year in (first, last)]
    fixed = [
        e.mnok(row[year] * factor, source(row), how=economy.converted(e, year))
        for year, factor in factors
        if factor is not None
    ]
    then, now = (e.mnok(row[year], source(row)) for year in (first, last))
    return Guaranteed(then, now, Fixed(*fixed) if len(fixed) == len(factors) else None)


def key_figures(e: Edition) -> KeyFigures | None:
    """The municipality beside others; None where the annual report has no such key figures."""
    found, others = economy.key_figures(e, e.compared.report)
    if found.empty:
        return None
    gaps = found["own"] - found["mean"]
    farthest = _furthest(found, gaps)
    origins = list(dict.fromkeys(found["source"][found["source"] != ""]))
    said = economy.passages_after(e, e.compared.report, found["table"].iloc[0])
    return KeyFigures(
        year=int(found["year"].iloc[0]),
        others=[e.gloss(name) for name in others],
        mean=e.named(others[-1]),
        lines=[_key_figure(e, row, others) for _, row in found.iterrows()],
        gaps=list(gaps),
        above=_indicators(e, found[gaps > 0]),
        below=_indicators(e, found[gaps < 0]),
        farthest=Farthest(e.named(farthest["indicator"]), e.percent(farthest["own"]), e.percent(farthest["mean"])),
        origins=origins,
        kostra=any("KOSTRA" in origin for origin in origins),
        unitless=[e.gloss(name) for name in found.loc[found["unit"] == "unknown", "indicator"]],
        said=[words for words in said if e.document(e.compared.report)["municipality"] in words.text],
        debt=_own(e, found, "gjeld"),
        reserve=_own(e, found, "disposisjonsfond"),
        loans_defined=economy.definition(e, e.compared.report, "gjeldsgrad") is not None,
    )


def _key_figure(e: Edition, row: pd.Series, others: list[str]) -> Line:
    name = row["indicator"]
    cells = [None if pd.isna(row[other]) else e.number(row[other], source(row), decimals=1) for other in others]
    return Line(e.named(name), e.gloss(name), False, cells)


def _indicators(e: Edition, found: pd.DataFrame) -> list[Cell]:
    return [e.named(row["indicator"], source(row)) for _, row in found.iterrows()]


def _own(e: Edition, found: pd.DataFrame, about: str) -> Cell | None:
    """The municipality's own figure about something."""
    rows = found[found["indicator"].str.contains(about, case=False)]
    return None if rows.empty else e.percent(rows["own"].iloc[0], source(rows.iloc[0]))


# Caveats.


def years(e: Edition) -> list[int]:
    """The years whose amounts the report shows."""
    return [int(e.document(document)["budget_year"]) for document in (*e.proposals(), e.compared.report)]


def errors(e: Edition) -> list[list[Cell | str]]:
    """The errors that the audit found on the lines that the report uses: what does not fit, and its lines."""
    return economy.beside(e, _cited(e))


def _cited(e: Edition) -> list[tuple[str, str]]:
    """The lines that the report uses."""
    report, made = e.compared.report, economy.result(e, e.compared.report)
    used = [
        made,
        *([] if made.empty else [_top(e, made["table"].iloc[0])]),
        economy.statement(e, report),
        economy.balance(e, report, "assets"),
        _liabilities(e),
        economy.guarantees(e, report),
        economy.key_figures(e, report)[0],
        rules.stated_rules(e, report),
        *[rules.stated_rules(e, id) for id in e.proposals()],
        *[economy.taxes(e, id) for id in e.proposals()],
    ]
    return [pair for rows in used if len(rows) for pair in sources(rows)]
