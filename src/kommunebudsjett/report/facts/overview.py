"""The facts of the overview: what two party budgets would change, what the accounts came to, and who pays for it.

An amount of a document is in the kroner of its year, and behind that in those of the edition where they differ.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kommunebudsjett.report import accounts, areas, budgets, caveats, economy, overview, rules
from kommunebudsjett.report import findings as audited
from kommunebudsjett.report.blocks import Cell, Link
from kommunebudsjett.report.edition import Edition, source, sources

Rows = list[list[Cell | str]]
Cited = Sequence[tuple[str, str]]
FINANCE = "finans_organisasjon"


@dataclass(frozen=True)
class Item:
    """An entry of a list in a sentence: its name as it is printed, and its amount with one decimal."""

    name: Cell
    amount: Cell


@dataclass(frozen=True)
class Split:
    """A group of measures that makes the sum of its area negative, and the rest of the area.

    `net` and `rest` are what they get, signed; `cut` and `more` the same without signs, as amounts of a document.
    """

    group: Cell
    net: Cell
    rest: Cell
    cut: Cell
    more: Cell
    unchanged: bool


@dataclass(frozen=True)
class Loss:
    """An area that a party budget would give less: by how much, without the minus, and its largest cut."""

    area: str
    cut: Cell
    split: Split | None
    largest: Item


@dataclass(frozen=True)
class Most:
    """An area with its amount, in the kroner of the edition too, and as a share of what it cost (None: no such share).

    It is the one that gets most, or that is furthest from its budget.
    """

    area: str
    amount: Cell
    fixed: Cell
    share: Cell | None = None


@dataclass(frozen=True)
class Changes:
    """What a party budget would change in the services in its first year.

    `plain` is in the kroner of the year alone, `added` is an amount as others, both without sign (`more`: whether it is
    a plus); `net` has one. `fixed` is for tables. `last` is for the last year of the plan, None where it is not
    complete. `losses` are the areas that get less, in their order, and `least` the one that loses most.
    """

    more: bool
    plain: Cell
    added: Cell
    net: Cell
    fixed: Cell
    last: Cell | None
    most: Most
    least: Loss | None
    losses: list[Loss]


@dataclass(frozen=True)
class Document:
    """A compared document. `name` heads what is said of it; `baseline` is whose proposal it changes, None for none."""

    id: str
    name: str
    title: Cell
    municipality: str
    year: int
    period: str
    baseline: str | None
    colour: str


@dataclass(frozen=True)
class Proposal(Document):
    """A party budget. `dated` is its year, told from others; `by` made it, in a sentence that says the year, `maker`
    in one that does not. `over`: its year has ended; `would` gives is the verb for that.

    `changes` is None where it states no amounts. `funded`: a table shows how it is paid for; `uncut`: it names that
    without amounts. `posts` is how many items of funding it names, `funding` are those with an amount, `half` the
    measures with half a year's cost. The rest is how it is printed: `twice`, and whether the two `differ`; else whether
    it is `tabulated`, how many items are `without` an amount and `undated`, and whether some start `later`.
    """

    dated: str
    by: str
    maker: str
    over: bool
    would: str
    last_year: int
    years: int
    changes: Changes | None
    funded: bool
    uncut: bool
    posts: int
    funding: list[Item]
    half: list[Item]
    twice: bool
    differ: bool
    tabulated: bool
    without: Cell
    undated: int
    later: bool


@dataclass(frozen=True)
class Left:
    """What the services spent less (negative: more) than their budget: as `mnok`; without sign as an amount in the
    kroner of the year alone (`plain`), and of the edition too (`amount`); and for tables (`fixed`).
    """

    mnok: float
    printed: bool
    plain: Cell
    amount: Cell
    fixed: Cell


@dataclass(frozen=True)
class Apart:
    """Services that stand apart from the others, and what they spent less than their budget."""

    names: list[Cell]
    deviation: Cell


@dataclass(frozen=True)
class Outcome(Document):
    """The annual report; `report` is what a sentence calls it. What it does not print is None.

    `largest` is the area furthest from its budget. `depreciation` is there where the original budget has none of it.
    `central` stands under finance but is no service, `outside` is a service that stands there.
    """

    report: str
    left: Left | None
    largest: Most | None
    result: Cell | None
    overspent: list[Item]
    depreciation: Cell | None
    central: Apart | None
    outside: Apart | None


@dataclass(frozen=True)
class Area:
    """An area in all three documents, with a link to its report; `changes` by the id of the proposal, `share` that of
    the alternative. A cell without a `value` says that there is none.
    """

    id: str
    name: str
    link: Link
    changes: dict[str, Cell]
    actual: Cell
    deviation: Cell
    share: Cell

    def cell(self, name: str) -> Cell:
        """A change by the id of its proposal, or another amount by its name."""
        return self.changes[name] if name in self.changes else getattr(self, name)


@dataclass(frozen=True)
class Rule:
    """A fiscal rule: its `target`, what was `held`, and the plan: first and last year, how many there are, and how many
    miss the target. `aimed`: there is a plan and a target.
    """

    target: Cell | None = None
    held: Cell | None = None
    first: Cell | None = None
    last: Cell | None = None
    first_year: int | None = None
    last_year: int | None = None
    years: int = 0
    missed: int = 0
    aimed: bool = False


@dataclass(frozen=True)
class Rules:
    """The rules on debt and reserve. `counted` is what was unspent and is in the reserve, `own` are the measures
    of the alternative that use or fill it. `planned`: the alternative has a plan for some rule.
    """

    debt: Rule
    reserve: Rule
    counted: Cell | None
    own: list[Item]
    planned: bool


@dataclass(frozen=True)
class Errors:
    """The errors of a document: how many, and those that touch the numbers of the report, as rows."""

    name: str
    count: int
    rows: Rows


def compared(e: Edition) -> tuple[Proposal, Proposal, Outcome]:
    """The earlier party budget, the alternative, and the annual report."""
    return proposal(e, e.compared.promised), proposal(e, e.compared.proposed), outcome(e)


def _document(e: Edition, document: str) -> dict[str, Any]:
    known = e.document(document)
    name = e.name(known)
    return {
        "id": document,
        "name": name,
        "title": Cell(f"{name}: {known['title']}", ((document, "1"),)),
        "municipality": known["municipality"],
        "year": int(known["budget_year"]),
        "period": e.period(document),
        "baseline": e.gloss(known["baseline"]) or None,
        "colour": e.colour(document),
    }


def proposal(e: Edition, document: str) -> Proposal:
    """What the overview says of a party budget."""
    undated, years = budgets.undated(e, document), e.plan_years(document)
    without, known = budgets.without_amount(e, document), _document(e, document)
    # The registry may not say it; a sentence does.
    known["baseline"] = known["baseline"] or e.text("forslaget som det endrer", "the proposal that it changes")
    return Proposal(
        **known,
        dated=e.dated(document),
        by=e.by(document, dated=True),
        maker=e.by(document),
        over=e.is_over(document),
        would=e.would(document),
        last_year=years[-1],
        years=len(years),
        changes=changes(e, document),
        funded=budgets.is_funded(e, document),
        uncut=overview.without_cuts(e, document),
        posts=len(budgets.funding_items(e, document)),
        funding=_measures(e, budgets.stated_funding(e, document)),
        half=_measures(e, budgets.half_year(e, document)),
        twice=budgets.printed_twice(e, document),
        differ=budgets.printings_differ(e, document),
        tabulated=budgets.is_tabulated(e, document),
        without=e.number(len(without), *sources(without)),
        undated=len(undated),
        later=len(budgets.starting_later(e, document)) > 0,
    )


def changes(e: Edition, document: str) -> Changes | None:
    """What a party budget would change in the services; None where it states no amounts."""
    found = overview.proposal(e, document)
    if found is None:
        return None
    mnok, cited = areas.total(found.rows, "amount_mnok")
    fixed, how = areas.total(found.rows)[0], overview.sum_of(e, found.measures)
    losses = {area: _loss(e, document, found, area) for area in e.areas.index if _falls(found.rows, area)}
    return Changes(
        more=mnok >= 0,
        plain=e.mnok(abs(mnok), *cited, how=how),
        added=overview.in_both_prices(e, document, abs(mnok), cited, how),
        net=overview.in_both_prices(e, document, mnok, cited, how),
        fixed=e.number(fixed, *cited, decimals=1, signed=True, how=overview.in_fixed_prices(e, document, cited)),
        last=None if found.last is None else _sum(e, document, found.last),
        most=_most(e, document, found.most),
        least=None if found.least is None else losses[str(found.least.name)],
        losses=list(losses.values()),
    )


def _falls(rows: pd.DataFrame, area: str) -> bool:
    return (areas.value(rows, area) or 0) < 0


def _sum(e: Edition, document: str, rows: pd.DataFrame, sign: int = 1) -> Cell:
    """The sum of measures, as an amount of their document."""
    mnok = sign * float(rows["amount_mnok"].sum())
    return overview.in_both_prices(e, document, mnok, sources(rows), overview.sum_of(e, rows))


def _most(e: Edition, document: str, row: pd.Series) -> Most:
    """A row of the comparison; its share where the area cost something."""
    report, area = e.compared.report, str(row.name)
    level = e.amounts(report, "actual")
    costed = row["meaning"] == "change" and (areas.value(level, area) or 0) > 0
    return Most(
        area=str(e.areas.at[area, "name"]),
        amount=_of_row(e, document, row),
        fixed=e.mnok(row["fixed_mnok"]),
        share=areas.share(e, e.amounts(document, "change"), level, area) if costed else None,
    )


def _of_row(e: Edition, document: str, row: pd.Series, sign: int = 1) -> Cell:
    """The amount of a row of the comparison."""
    how = areas.derivation(e, row, "amount_mnok")
    return overview.in_both_prices(e, document, sign * row["amount_mnok"], [source(row)], how)


def _loss(e: Edition, document: str, found: overview.Proposal, area: str) -> Loss:
    measures = found.measures[found.measures["area_id"] == area]
    split = overview.deciding_group(measures)
    return Loss(
        area=str(e.areas.at[area, "name"]),
        cut=_of_row(e, document, found.rows.loc[[area]].iloc[0], sign=-1),
        split=None if split is None else _split(e, document, split),
        largest=_measures(e, measures.iloc[[-1]])[0],
    )


def _split(e: Edition, document: str, split: overview.Split) -> Split:
    def net(mnok: float, rows: pd.DataFrame) -> Cell:
        return e.mnok(mnok, *sources(rows), decimals=1, signed=True, how=overview.sum_of(e, rows))

    return Split(
        group=e.named(split.name),
        net=net(split.mnok, split.rows),
        rest=net(split.rest_mnok, split.rest),
        cut=_sum(e, document, split.rows, sign=-1),
        more=_sum(e, document, split.rest),
        unchanged=round(split.rest_mnok, 1) == 0,
    )


def items(e: Edition, rows: Iterable[tuple[str, float, Cited]], signed: bool = True) -> list[Item]:
    """Rows (name, amount and sources) as entries of a list; where not `signed`, money found has no minus."""

    def amount(mnok: float, cited: Cited) -> Cell:
        how = "" if len(cited) == 1 else e.text("netto av gruppens rader", "the net of the rows of its group")
        return e.mnok(mnok if signed else abs(mnok), *cited, decimals=1, signed=signed, how=how)

    return [Item(e.named(name), amount(mnok, cited)) for name, mnok, cited in rows]


def _measures(e: Edition, rows: pd.DataFrame) -> list[Item]:
    return _rows(e, rows, "measure", "amount_mnok")


def _rows(e: Edition, rows: pd.DataFrame, name: str, value: str, signed: bool = True) -> list[Item]:
    """Rows of a clean table as entries of a list."""
    return items(e, [(row[name], row[value], [source(row)]) for _, row in rows.iterrows()], signed)


def outcome(e: Edition) -> Outcome:
    """What the overview says of the annual report."""
    report = e.compared.report
    result, deviations = accounts.result(e, report), areas.services(e.amounts(report, "deviation"))
    far = deviations.sort_values("amount_mnok", key=abs, ascending=False, kind="stable")
    over = accounts.overspent(e, report)
    return Outcome(
        **_document(e, report),
        report=e.the_report(report),
        left=left(e),
        largest=None if far.empty else _most(e, report, far.iloc[0]),
        result=None if result is None else overview.in_both_prices(e, report, result.mnok, list(result.sources)),
        overspent=_rows(e, over, "service_area", "deviation", signed=False),
        depreciation=_depreciation(e, report),
        central=_apart(e, accounts.central(e, report, _summary(e, report)), signed=True),
        outside=_apart(e, overview.outside_the_areas(e, report), signed=False),
    )


def left(e: Edition) -> Left | None:
    """What the services spent less than their budget; None where the annual report has no table of them."""
    report = e.compared.report
    found = accounts.services_deviation(e, report)
    if found is None:
        return None
    how = "" if found.printed else e.text("summen av tjenesteområdene", "the sum of the services")
    fixed, cited = found.mnok * e.price_factor(int(e.document(report)["budget_year"])), list(found.sources)
    return Left(
        mnok=found.mnok,
        printed=found.printed,
        plain=e.mnok(abs(found.mnok), *cited, how=how),
        amount=overview.in_both_prices(e, report, abs(found.mnok), cited, how),
        fixed=e.number(fixed, *cited, signed=True, how=overview.in_fixed_prices(e, report, cited)),
    )


def _summary(e: Edition, report: str) -> str:
    """The table that sets the sum of the services beside all else; empty where there is none."""
    cells = accounts.summary(e, report)
    return str(cells["table"].iloc[0]) if len(cells) else ""


def _depreciation(e: Edition, report: str) -> Cell | None:
    if not caveats.depreciation(e, report):
        return None
    row = accounts.depreciation(e, report).loc[["actual"]].iloc[0]
    return e.mnok(row["value"], source(row))


def _apart(e: Edition, rows: pd.DataFrame, signed: bool) -> Apart | None:
    mnok = rows["deviation"].sum() * e.price_factor(int(e.document(e.compared.report)["budget_year"]))
    names = [e.named(name) for name in rows["service_area"]]
    return Apart(names, e.mnok(mnok, signed=signed)) if names else None


def of_areas(e: Edition) -> list[Area]:
    """Every area in all three documents."""
    promised, proposed, report = e.compared
    changed = {proposal: e.amounts(proposal, "change") for proposal in (promised, proposed)}
    level, deviation = e.amounts(report, "actual"), e.amounts(report, "deviation")
    return [
        Area(
            id=area,
            name=name,
            link=e.report(f"area-{area}", name),
            changes={
                proposal: areas.cell(e, rows, area, "fixed_mnok", decimals=1, signed=True)
                for proposal, rows in changed.items()
            },
            actual=areas.cell(e, level, area, "fixed_mnok"),
            deviation=areas.cell(e, deviation, area, "fixed_mnok", signed=True),
            share=areas.share(e, changed[proposed], level, area),
        )
        for area, name in zip(map(str, e.areas.index), e.areas["name"], strict=True)
    ]


def stated(found: Iterable[Area], *names: str) -> list[Area]:
    """The areas for which some document has one of the amounts."""
    return [area for area in found if any(area.cell(name).value is not None for name in names)]


def drawn(found: Iterable[Area], *names: str) -> list[Area]:
    """The same without finance and administration, which pays for the others."""
    return [area for area in stated(found, *names) if area.id != FINANCE]


def fiscal_rules(e: Edition) -> Rules:
    """What the annual report and the alternative state of debt and of the reserve."""
    proposed = e.compared.proposed
    found = rules.rules_by_name(rules.stated_rules(e, e.compared.report), rules.stated_rules(e, proposed))
    debt, reserve = found.get("debt_ratio"), found.get("disposition_fund")
    own = economy.proposals(e, proposed, economy.topic_measures(e, proposed, ["disposisjonsfond"]))
    return Rules(
        debt=_rule(e, debt, lowest=False),
        reserve=_rule(e, reserve, lowest=True),
        counted=None if reserve is None else economy.counted_in(e, reserve),
        own=[Item(name, amounts) for name, amounts in own],
        planned=any(len(rule.plan) for rule in found.values()),
    )


def _rule(e: Edition, rule: rules.Rule | None, lowest: bool) -> Rule:
    if rule is None:
        return Rule()

    def percent(row: pd.Series | None) -> Cell | None:
        return None if row is None else e.percent(row["value_percent"], source(row))

    first, last = (rule.plan.iloc[0], rule.plan.iloc[-1]) if len(rule.plan) else (None, None)
    return Rule(
        target=rule.target and e.percent(*rule.target, decimals=0),
        held=percent(rule.outcome),
        first=percent(first),
        last=percent(last),
        first_year=None if first is None else int(first["year"]),
        last_year=None if last is None else int(last["year"]),
        years=len(rule.plan),
        missed=len(rule.broken(lowest)),
        aimed=bool(len(rule.plan)) and rule.target is not None,
    )


def errors(e: Edition) -> list[Errors]:
    """The errors of the compared documents."""
    promised, proposed, report = e.compared
    used = [*sources(e.comparison), *(pair for pairs in overview.payment(e, proposed)["sources"] for pair in pairs)]
    return [_errors(e, document, used) for document in (promised, report, proposed)]


def _errors(e: Edition, document: str, used: Iterable[tuple[str, str]]) -> Errors:
    found, name = caveats.findings(e, document, ("error",)), e.name(e.document(document))
    rows = caveats.grouped(e, caveats.touching(found, used))
    return Errors(name, audited.count(found), [[name, *row] for row in rows])


def area_notes(e: Edition) -> list[str]:
    """What differs between the areas of the two party budgets, each once."""
    promised, proposed, _ = e.compared
    return list(dict.fromkeys(caveats.area_notes(e, promised) + caveats.area_notes(e, proposed)))


def price_caveat(e: Edition) -> str | None:
    """What a reader must know of the prices that amounts of the documents are converted with."""
    return caveats.document_caveats(e, e.compared) or None


def reports(e: Edition, *names: str) -> dict[str, Link | None]:
    """Links to other reports by their names, and to the price figures (`prices`); None for what is not published."""
    links = {name: e.report(name, name) for name in names}
    links["prices"] = overview.from_elsewhere(e)
    return {name: link if link.page else None for name, link in links.items()}
