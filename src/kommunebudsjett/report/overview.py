"""The overview: what each document says in short, how the alternative is paid for, and where to read on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import accounts, areas, budgets, caveats, charts
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


def rest_of(e: Edition, proposal: str, split: Split) -> Cell:
    """What the rest of an area gets, as a sentence says it: `5 mill. kr mer`."""
    if round(split.rest_mnok, 1) == 0:
        return Cell(e.text("uendret", "unchanged"), tuple(sources(split.rest)), sum_of(e, split.rest))
    cell = in_both_prices(e, proposal, split.rest_mnok, sources(split.rest), how=sum_of(e, split.rest))
    return replace(cell, text=f"{cell.text} {e.text('mer', 'more')}")


def without_cuts(e: Edition, proposal: str) -> bool:
    """Whether a party budget names how it is paid for, but not by how much, so that the cuts are not deducted."""
    return not budgets.is_funded(e, proposal) and len(budgets.funding_items(e, proposal)) > 0


def from_elsewhere(e: Edition) -> Link:
    """Words that lead to the price figures in the report on the sources; an empty `page` where it is not published."""
    words = e.text("rapporten om kildene", "the report on the sources")
    link = e.report("sources", words)
    return replace(link, page=f"{link.page}#tall-fra-andre-steder") if link.page else link


def most(e: Edition, proposal: str) -> str:
    """How an English sentence begins that says where most of the money goes."""
    return "Most was to go" if e.is_over(proposal) else "Most would go"


def in_time(e: Edition, proposals: Sequence[str]) -> str:
    """What a table of proposals and of what happened shows, as the beginning of its caption."""
    over = [e.is_over(proposal) for proposal in proposals]
    was, happened = e.text("hva som ble foreslått", "what was proposed"), e.text("hva som skjedde", "what happened")
    shown = [*([was] if any(over) else []), happened]
    if not all(over):
        shown.append(e.text("hva som foreslås", "what is proposed"))
    # A comma stands before the last of clauses, which a list of words does not have in Norwegian.
    return capital(f"{', '.join(shown[:-1])}, {e.text('og', 'and')} {shown[-1]}")


def area_name(e: Edition, row: pd.Series) -> str:
    """The name of the area of a row of the comparison, as it stands inside a sentence."""
    return e.areas.at[row.name, "name"].lower()


def more_or_less(e: Edition, value: float) -> str:
    """`mer` or `mindre`."""
    return e.text("mer", "more") if value >= 0 else e.text("mindre", "less")


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
    """How a sum of measures was computed, in words."""
    return e.text(f"summen av {len(rows)} tiltak", f"the sum of {len(rows)} measures")


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


def enumerated(
    e: Edition, rows: pd.DataFrame, value: str, unsigned: bool = False, prefix: str = "item"
) -> tuple[str, dict[str, Cell]]:
    """`name (amount)` of each row (name, `value` and sources) as a list in a sentence: its template, and its values.

    `unsigned`: money found is written without its minus.
    """
    values, pieces = {}, []
    for index, row in enumerate(rows.to_dict("records")):
        name, amount = f"{prefix}_{index}", f"{prefix}_{index}_amount"
        values[name] = e.named(row["name"])
        how = "" if len(row["sources"]) == 1 else e.text("netto av gruppens rader", "the net of the rows of its group")
        shown = abs(row[value]) if unsigned else row[value]
        values[amount] = e.mnok(shown, *row["sources"], decimals=1, signed=not unsigned, how=how)
        pieces.append(f"{e.quoted(f'{{{name}}}')} ({{{amount}}})")
    return e.listed(pieces), values


def named_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Measures as `enumerated` takes them."""
    return rows.assign(name=rows["measure"], sources=[(source(row),) for _, row in rows.iterrows()])


def payment(e: Edition, proposal: str) -> pd.DataFrame:
    """The steps from what the services get to the sum of it all, in the first year.

    Columns: name (the harmonised area's, or that of the finance table as printed), kind, fixed_mnok in the price year
    and sources. Kinds: `service`; `services`, their sum; `source`; `small`, the sources that are too small to be seen,
    as one; `rest`, the sum of it all, zero where the budget balances. Empty where the document has no table of how it
    is paid for.
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
    steps.append((e.text("Tjenestene til sammen", "The services in all"), "services", total, tuple(cited)))
    found = budgets.funding(e, proposal)
    smallest = _VISIBLE * max(abs(found["fixed_mnok"]).max(), *(abs(amount) for _, _, amount, _ in steps))
    visible = abs(found["fixed_mnok"]) >= smallest
    steps += [(row.name, "source", row.fixed_mnok, row.sources) for row in found[visible].itertuples(index=False)]
    small = found[~visible]
    small_sources = tuple(pair for pairs in small["sources"] for pair in pairs)
    if len(small):
        words = e.text(f"{len(small)} mindre poster, netto", f"{len(small)} smaller items, net")
        steps.append((words, "small", float(small["fixed_mnok"].sum()), small_sources))
    rest = total + float(found["fixed_mnok"].sum())
    every = (*cited, *(pair for pairs in found["sources"] for pair in pairs))
    steps.append((e.text("Summen av alt (null er balanse)", "The sum of all (zero is balance)"), "rest", rest, every))
    return pd.DataFrame(steps, columns=columns)


def balances(steps: pd.DataFrame) -> bool:
    """Whether the sum of `payment` is no more than rounding can explain: 0.05 million for each amount in it."""
    rest = steps.iloc[-1]
    return abs(rest["fixed_mnok"]) <= 0.05 * sum(len(split_lines(lines)) for _, lines in rest["sources"])


def payment_chart(e: Edition, steps: pd.DataFrame) -> list[charts.Step]:
    """The steps of `payment` as steps of a waterfall. The last is a sum: zero where the budget balances."""
    return [
        charts.Step(shown_name(e, row).text, row["fixed_mnok"], row["kind"] in ("services", "rest"))
        for _, row in steps.iterrows()
    ]


def shown_name(e: Edition, step: pd.Series) -> Cell:
    """The name of a step: a name of the finance table as names of documents are shown."""
    return e.named(step["name"]) if step["kind"] == "source" else Cell(step["name"])


def payment_by_year(e: Edition, proposal: str) -> list[list[Cell]]:
    """What the services get, each source and the sum of it all, by year of the plan, as rows of a table."""
    years = e.plan_years(proposal)
    services = {year: budgets.services(e, proposal, year) for year in years}
    funding = {year: budgets.funding(e, proposal, year).set_index("name") for year in years}
    names = list(dict.fromkeys(name for year in years for name in funding[year].index))
    none = Cell(e.text("ingen beløp", "no amounts"))

    def amount(value: float, cited: Sequence[tuple[str, str]]) -> Cell:
        return e.number(value, *cited, decimals=1, signed=True, how=in_fixed_prices(e, proposal, cited))

    totals = [amount(rows["fixed_mnok"].sum(), sources(rows)) for rows in services.values()]
    out = [[Cell(e.text("Tjenestene til sammen", "The services in all")), *totals]]
    for name in names:
        cells = [none] * len(years)
        for index, rows in enumerate(funding.values()):
            if name in rows.index:
                row = rows.loc[name]
                cells[index] = amount(row["fixed_mnok"], row["sources"])
        out.append([e.named(name), *cells])
    rest = []
    for year in years:
        cited = [*sources(services[year]), *(pair for pairs in funding[year]["sources"] for pair in pairs)]
        value = services[year]["fixed_mnok"].sum() + funding[year]["fixed_mnok"].sum()
        rest.append(amount(value, cited))
    return [*out, [Cell(e.text("Summen av alt (null er balanse)", "The sum of all (zero is balance)")), *rest]]


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


def further(e: Edition) -> list[tuple[Link, str]]:
    """The other reports that are published, each with what it answers; the areas' together."""
    answers = {
        "economy": (
            e.text("Økonomi", "The finances"),
            e.text(
                "Hvorfor ble resultatet som det ble, og hvordan står det til med gjeld, fond og handlingsregler?",
                "Why was the result what it was, and what is the state of debt, reserves and the fiscal rules?",
            ),
        ),
        "investments": (
            e.text("Investeringer", "Investments"),
            e.text(
                "Hva ble bygget og kjøpt, og hva vil partibudsjettene legge til eller ta bort?",
                "What was built and bought, and what would the party budgets add or remove?",
            ),
        ),
        "topics": (
            e.text("Temaer", "Topics"),
            e.text(
                "Hva sier hvert dokument om samme sak, for eksempel barnehager eller skolemat?",
                "What does each document say on the same matter, such as kindergartens or school meals?",
            ),
        ),
        "goals": (e.text("Mål", "Goals"), e.text("Hvilke mål ble nådd?", "Which goals were met?")),
        "workforce": (
            e.text("Ansatte", "The workforce"),
            e.text("Hvor mange arbeider i kommunen, og hvor?", "How many work for the municipality, and where?"),
        ),
        "sources": (
            e.text("Kildene", "The sources"),
            e.text(
                "Hva stemmer ikke i dokumentene, og hvor mye av dem er lest?",
                "What does not add up in the documents, and how much of them was read?",
            ),
        ),
    }
    found = [(e.report(name, title), answer) for name, (title, answer) in answers.items()]
    return [(cell, answer) for cell, answer in found if cell.page]


def area_reports(e: Edition) -> list[Link]:
    """The areas that have a report of their own, as links."""
    cells = [e.report(f"area-{area}", e.areas.at[area, "name"]) for area in e.areas.index]
    return [cell for cell in cells if cell.page]
