"""The overview: what each document says in short, how the alternative is paid for, and where to read on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import accounts, areas, budgets, caveats
from kommunebudsjett.report import findings as audited
from kommunebudsjett.report.blocks import Cell, Lines, Link
from kommunebudsjett.report.edition import Edition, source, sources

# A step of the waterfall below this share of the largest could not be seen; such steps are shown as one.
_VISIBLE = 0.03
# Longer quotations, in characters, would stand out among the points of a list.
_LONG = 400


@dataclass(frozen=True)
class Proposal:
    """What a party budget would change in the services: its rows of the comparison by area_id, its measures in the
    first year, and in the last (None where the document prints no tables, so that a later year is not complete).
    """

    rows: pd.DataFrame
    measures: pd.DataFrame
    last: pd.DataFrame | None

    @property
    def most(self) -> pd.Series:
        """The row of the area that gets most."""
        return self.rows.loc[self.rows["fixed_mnok"].idxmax()]

    @property
    def least(self) -> pd.Series | None:
        """The row of the area that loses most; None where none loses."""
        row = self.rows.loc[self.rows["fixed_mnok"].idxmin()]
        return row if row["fixed_mnok"] < 0 else None


def proposal(e: Edition, proposal: str) -> Proposal | None:
    """What a party budget would change in the services; None where it states no amounts."""
    rows = areas.services(e.amounts(proposal, "change"))
    if rows.empty:
        return None
    years = e.plan_years(proposal)
    complete = budgets.is_tabulated(e, proposal) and len(years) > 1
    return Proposal(rows, budgets.services(e, proposal), budgets.services(e, proposal, years[-1]) if complete else None)


@dataclass(frozen=True)
class Split:
    """A group of the measures of an area, as the document prints it, and the rest of them: sums, and their rows."""

    name: str
    mnok: float
    rows: pd.DataFrame
    rest_mnok: float
    rest: pd.DataFrame


def deciding_group(rows: pd.DataFrame) -> Split | None:
    """The one group that makes the sum of the measures of an area negative, where the others together take nothing;
    None where no group does.
    """
    sums = rows.groupby("group")["amount_mnok"].sum()
    if len(sums) < 2 or sums.sum() >= 0 or sums.idxmin() == "":
        return None
    inside = rows["group"] == sums.idxmin()
    rest = float(rows.loc[~inside, "amount_mnok"].sum())
    return None if rest < 0 else Split(sums.idxmin(), float(sums.min()), rows[inside], rest, rows[~inside])


def without_cuts(e: Edition, proposal: str) -> bool:
    """Whether a party budget names how it is paid for, but not by how much, so that the cuts are not deducted."""
    return not budgets.is_funded(e, proposal) and len(budgets.funding_items(e, proposal)) > 0


def from_elsewhere(e: Edition) -> Link:
    """Words that lead to the price figures in the report on the sources; an empty `page` where it is not published."""
    words = e.text("rapporten om kildene", "the report on the sources")
    link = e.report("sources", words)
    return replace(link, page=f"{link.page}#tall-fra-andre-steder") if link.page else link


def capital(words: str) -> str:
    """Words with a capital, as they begin a sentence."""
    return words[:1].upper() + words[1:]


def named_term(e: Edition, printed: str) -> Cell:
    """A name of a document as it is shown, linked to the glossary where it is a term there."""
    terms = e.terms[e.terms["term_nb"].str.casefold() == printed.casefold()]
    return e.named(printed) if terms.empty else e.term(terms["anchor"].iloc[0], e.gloss(printed))


def in_both_prices(e: Edition, document: str, mnok: float, cited: list[tuple[str, str]], how: str = "") -> Cell:
    """An amount of a document in the kroner of its year and, where they differ, in those of the edition."""
    year, price_year = int(e.document(document)["budget_year"]), e.params.prices.year
    nominal = e.mnok(mnok)
    if year == price_year:
        return Cell(nominal.text, tuple(cited), how)
    fixed = e.mnok(mnok * e.price_factor(year)).text
    text = e.text(f"{nominal.text} ({fixed} i {price_year}-kroner)", f"{nominal.text} ({fixed} in {price_year} kroner)")
    return Cell(text, tuple(cited), how)


def sum_of(e: Edition, rows: pd.DataFrame) -> str:
    """How a sum of measures was computed, in words; empty for one, which is none."""
    many = len(rows)
    return "" if many == 1 else e.text(f"summen av {many} tiltak", f"the sum of {many} measures")


def in_fixed_prices(e: Edition, document: str, cited: Iterable[tuple[str, str]]) -> str:
    """How an amount in the price year was computed from lines of a document, in words; empty where it stands there."""
    steps = []
    if sum(len(split_lines(lines)) for _, lines in cited) > 1:
        steps.append(e.text("summen av radene", "the sum of the rows"))
    if e.document(document)["budget_year"] != e.params.prices.year:
        steps.append(
            e.text(f"regnet om til {e.params.prices.year}-kroner", f"converted to {e.params.prices.year} kroner")
        )
    return ", ".join(steps)


def payment(e: Edition, proposal: str) -> pd.DataFrame:
    """The steps from what the services get to the sum of it all, in the first year.

    Columns: name (the harmonised area's, or that of the finance table as printed; empty for a sum), kind, fixed_mnok in
    the price year and sources. Kinds: `service`; `services`, their sum; `source`; `small`, the sources that are too
    small to be seen, as one; `rest`, the sum of it all, zero where the budget balances. Empty where the document has no
    table of how it is paid for.
    """
    columns = ["name", "kind", "fixed_mnok", "sources"]
    if not budgets.is_funded(e, proposal):
        return pd.DataFrame(columns=columns)
    rows = areas.services(e.amounts(proposal, "change"))
    steps = [
        (e.areas.at[area, "name"], "service", float(rows.at[area, "fixed_mnok"]), (source(rows.loc[area]),))
        for area in e.areas.index
        if area in rows.index
    ]
    total, cited = areas.total(rows)
    steps.append(("", "services", total, tuple(cited)))
    found = budgets.funding(e, proposal)
    smallest = _VISIBLE * max(abs(found["fixed_mnok"]).max(), *(abs(amount) for _, _, amount, _ in steps))
    visible = abs(found["fixed_mnok"]) >= smallest
    steps += [(row.name, "source", row.fixed_mnok, row.sources) for row in found[visible].itertuples(index=False)]
    small = found[~visible]
    small_sources = tuple(pair for pairs in small["sources"] for pair in pairs)
    if len(small):
        steps.append(("", "small", float(small["fixed_mnok"].sum()), small_sources))
    rest = total + float(found["fixed_mnok"].sum())
    every = (*cited, *(pair for pairs in found["sources"] for pair in pairs))
    steps.append(("", "rest", rest, every))
    return pd.DataFrame(steps, columns=columns)


def balances(steps: pd.DataFrame) -> bool:
    """Whether the sum of `payment` is no more than rounding can explain: 0.05 million for each amount in it."""
    rest = steps.iloc[-1]
    return abs(rest["fixed_mnok"]) <= 0.05 * sum(len(split_lines(lines)) for _, lines in rest["sources"])


def turning(e: Edition, proposal: str) -> pd.DataFrame:
    """The sources that find money in the first year and cost money in the last: name, first_mnok, last_mnok,
    first_sources and last_sources.
    """
    first, last = budgets.funding(e, proposal), budgets.funding(e, proposal, e.plan_years(proposal)[-1])
    both = first.merge(last, on="name", suffixes=("", "_last"), validate="1:1")
    both = both[(both["amount_mnok"] < 0) & (both["amount_mnok_last"] > 0)]
    names = {"amount_mnok": "first_mnok", "amount_mnok_last": "last_mnok"}
    names |= {"sources": "first_sources", "sources_last": "last_sources"}
    return both.rename(columns=names)[["name", *names.values()]]


def widest_gap(e: Edition, proposal: str) -> tuple[float, list[tuple[str, str]], int]:
    """The largest difference between a printed total and the sum of its rows in any year of the plan, where they
    stand, and the first year that has it.
    """
    years = e.plan_years(proposal)
    gaps = [(*budgets.largest_gap(e, proposal, year), year) for year in years]
    return max(gaps, key=lambda gap: gap[0])


def reason(e: Edition, proposal: str, measure: str) -> Cell | None:
    """What a document says of a measure, where it is long its first sentence; None where it says nothing."""
    rows = e.table("measure_texts", document=proposal, measure=measure)
    if rows.empty:
        return None
    text = rows.iloc[0]["text"]
    if len(text) > _LONG:
        text = re.split(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])", text, maxsplit=1)[0]
    return Cell(e.quoted(text), (source(rows.iloc[0]),), lang="nb" if e.lang == "en" else "")


def sum_errors(e: Edition, proposal: str) -> list[tuple[str, Lines, bool]]:
    """The errors in the printed sums of how a party budget is paid for: the words, the lines, and
    whether they touch the printing that the reports use.
    """
    used = [*sources(budgets.measures(e, proposal)), *budgets.largest_gap(e, proposal)[1]]
    found = caveats.sums_of_funding(e, proposal)
    here = set(caveats.touching(found, used).index)
    return [
        (text, place, not here.isdisjoint(same.index))
        for (same, _), (text, place) in zip(audited.groups(found), caveats.grouped(e, found), strict=True)
    ]


def outside_the_areas(e: Edition, report: str) -> pd.DataFrame:
    """The services of the annual report that stand under finance and administration, which the reports hold apart."""
    summary = accounts.summary(e, report)
    rows = accounts.service_areas(e, report, "" if summary.empty else summary["table"].iloc[0])
    return rows[rows["area_id"] == "finans_organisasjon"]
