"""The facts of the overview on where the money of the alternative is to come from."""

from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import budgets, overview
from kommunebudsjett.report.blocks import Cell, Lines
from kommunebudsjett.report.edition import Edition, sources
from kommunebudsjett.report.facts.overview import Cited, Item, items


@dataclass(frozen=True)
class Step:
    """A step of how the alternative is paid for, of a `kind` as in `overview.payment`, with its amount in one year or
    in each (None: none). Sums have no name.
    """

    kind: str
    name: Cell | None
    amounts: list[Cell | None]


@dataclass(frozen=True)
class Net:
    """A source that is a net sum: what it gives and what it takes."""

    name: Cell
    gives: Cell
    takes: Cell


@dataclass(frozen=True)
class SumError:
    """An error in the sums of the document, and whether the report uses the lines."""

    text: str
    lines: Lines
    used: bool


@dataclass(frozen=True)
class Reason:
    """What the document says of a source, word for word."""

    name: Cell
    words: Cell


@dataclass(frozen=True)
class Turn:
    """A source that gives money in the first year, and costs money in the last."""

    name: Cell
    first: Cell
    last: Cell


@dataclass(frozen=True)
class Payment:
    """How the alternative is paid for: its largest `sources`; in the kroner of the edition what the services get, and
    the `top` source; the sum of it all (`rest`); as steps in the first year, `small` of them as one, and by year.

    `reason` is what the document says of the largest. `gap` is the widest one to a printed total, None for none, and
    `uneven` whether the sum is not zero each year.
    """

    sources: list[Item]
    services: Cell
    top: Item | None
    rest: Cell
    balances: bool
    small: int
    steps: list[Step]
    by_year: list[Step]
    reason: Reason | None
    nets: list[Net]
    turning: list[Turn]
    gap: Cell | None
    gap_year: int
    uneven: bool
    errors: list[SumError]


def of_alternative(e: Edition) -> Payment | None:
    """How the alternative is paid for; None where the document has no table of it."""
    proposed = e.compared.proposed
    steps, funding, years = overview.payment(e, proposed), budgets.funding(e, proposed), by_year(e, proposed)
    if steps.empty:
        return None
    gives = funding[funding["amount_mnok"] < 0].head(3)
    largest = zip(gives["name"], gives["amount_mnok"], gives["sources"], strict=True)
    gap, cited, year = overview.widest_gap(e, proposed)
    return Payment(
        sources=items(e, largest, signed=False),
        services=e.mnok(steps.loc[steps["kind"] == "services", "fixed_mnok"].iloc[0], decimals=1),
        top=_top(e, steps),
        rest=_rest(e, proposed, steps),
        balances=overview.balances(steps),
        small=len(funding) - int((steps["kind"] == "source").sum()),
        steps=_steps(e, proposed, steps),
        by_year=years,
        reason=_reason(e, proposed, funding.iloc[0]["name"]),
        nets=_nets(e, funding),
        turning=_turning(e, proposed),
        gap=e.mnok(gap, *cited, decimals=1) if gap else None,
        gap_year=year,
        uneven=any(round(cell.value or 0, 1) for cell in years[-1].amounts if cell),
        errors=[SumError(*error) for error in overview.sum_errors(e, proposed)],
    )


def _top(e: Edition, steps: pd.DataFrame) -> Item | None:
    """The largest source that is a step of its own, in the kroner of the edition and without its minus."""
    found = steps[steps["kind"] == "source"]
    return (
        Item(e.named(found["name"].iloc[0]), e.mnok(-found["fixed_mnok"].iloc[0], decimals=1)) if len(found) else None
    )


def _rest(e: Edition, proposal: str, steps: pd.DataFrame) -> Cell:
    """The sum of it all, in the kroner of the document."""
    last = steps.iloc[-1]
    mnok = last["fixed_mnok"] / e.price_factor(int(e.document(proposal)["budget_year"]))
    return e.mnok(mnok, *last["sources"], decimals=1, signed=True)


def _amount(e: Edition, proposal: str, mnok: float, cited: Cited) -> Cell:
    return e.number(mnok, *cited, decimals=1, signed=True, how=overview.in_fixed_prices(e, proposal, cited))


def _steps(e: Edition, proposal: str, steps: pd.DataFrame) -> list[Step]:
    return [_step(e, proposal, *step) for step in steps.itertuples(index=False, name=None)]


def _step(e: Edition, proposal: str, name: str, kind: str, mnok: float, cited: Cited) -> Step:
    shown = e.named(name) if kind == "source" else Cell(name) if name else None
    return Step(kind, shown, [_amount(e, proposal, mnok, cited)])


def by_year(e: Edition, proposal: str) -> list[Step]:
    """What the services get, each source and the sum of it all; None in a year without the source."""
    years = e.plan_years(proposal)
    services = [budgets.services(e, proposal, year) for year in years]
    funding = [budgets.funding(e, proposal, year).set_index("name") for year in years]
    names = dict.fromkeys(name for rows in funding for name in rows.index)
    got = [(rows["fixed_mnok"].sum(), sources(rows)) for rows in services]
    found = [(rows["fixed_mnok"].sum(), [pair for pairs in rows["sources"] for pair in pairs]) for rows in funding]
    rest = [(one[0] + other[0], [*one[1], *other[1]]) for one, other in zip(got, found, strict=True)]
    return [
        Step("services", None, [_amount(e, proposal, *one) for one in got]),
        *[Step("source", e.named(name), [_of_year(e, proposal, rows, name) for rows in funding]) for name in names],
        Step("rest", None, [_amount(e, proposal, *one) for one in rest]),
    ]


def _of_year(e: Edition, proposal: str, rows: pd.DataFrame, name: str) -> Cell | None:
    return _amount(e, proposal, *rows.loc[name, ["fixed_mnok", "sources"]]) if name in rows.index else None


def _reason(e: Edition, proposal: str, name: str) -> Reason | None:
    said = overview.reason(e, proposal, name)
    return None if said is None else Reason(e.named(name), said)


def _nets(e: Edition, funding: pd.DataFrame) -> list[Net]:
    """The sources that find money with some of their rows and cost money with others."""
    both = funding[(funding["gives_mnok"] < 0) & (funding["takes_mnok"] > 0)]
    return [
        Net(
            overview.named_term(e, row["name"]),
            e.mnok(-row["gives_mnok"], *row["sources"]),
            e.mnok(row["takes_mnok"], *row["sources"]),
        )
        for row in both.to_dict("records")
    ]


def _turning(e: Edition, proposal: str) -> list[Turn]:
    return [
        Turn(
            e.named(row["name"]),
            e.mnok(-row["first_mnok"], *row["first_sources"], decimals=1),
            e.mnok(row["last_mnok"], *row["last_sources"], decimals=1),
        )
        for row in overview.turning(e, proposal).to_dict("records")
    ]
