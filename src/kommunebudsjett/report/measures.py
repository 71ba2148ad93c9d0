"""The measures of one area in a party budget: clean tables in, one row a measure and what is quoted of it out."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.edition import Edition, kept, source, sources
from kommunebudsjett.report.prose import divided, paragraphs
from kommunebudsjett.report.service_area import FUNDING, undivided

# A figure of more measures than these leaves out those below a million, which would crowd its line at zero.
MANY, SMALL = 12, 1.0

COLUMNS = [
    "document",
    "group",
    "measure",
    "first",
    "last",
    "undated",
    "first_fixed",
    "last_fixed",
    "undated_fixed",
    "half_year",
    "ambiguous",
    "carried_on",
    "line",
    "first_lines",
    "last_lines",
    "undated_lines",
    "years",
    "year_lines",
    "quotes",
]
# Amounts are numbers also where there are none.
AMOUNTS = ("first", "last", "undated", "first_fixed", "last_fixed", "undated_fixed")
NO_MEASURES = pd.DataFrame(columns=COLUMNS).astype(dict.fromkeys(AMOUNTS, "float64"))


@kept
def plan(e: Edition, proposal: str, area_id: str, kind: str = "drift") -> pd.DataFrame:
    """The measures of one kind under an area in a proposal, largest first year first.

    `first` and `last` are the amounts of the first and the last year of the plan in million kroner of the document,
    `undated` one that is for no year (a total for a period), NaN where the document states none; `_fixed` the same in
    the prices of the edition. `years` are the amounts of all years that the document states, by year, and
    `year_lines` their lines. `half_year`: an amount is half a year's cost; `ambiguous`: one can be read in two ways,
    in the words of `quotes`; `carried_on`: one follows from a level that the document states for a year before.
    `line` is the first line of the measure. Investments that are not divided by area are of none.
    """
    document = e.document(proposal)
    years, factor = e.plan_years(proposal), e.price_factor(int(document["budget_year"]))
    rows = e.table("measures", document=document["document"], area_id=area_id, kind=kind)
    apart = undivided(e, proposal)
    measures: dict[tuple[str, str, str], list[NamedTuple]] = {}
    for row in rows.itertuples(index=False):
        if row.printing in ("", e.params.printing) and row.area not in apart:
            measures.setdefault((row.area, row.group, row.measure), []).append(row)
    out = []
    for (_, group, measure), own in measures.items():
        stated = [row for row in own if pd.notna(row.amount_mnok)]
        undated = [row for row in stated if pd.isna(row.year)]
        by_year: dict[int, list[NamedTuple]] = {}
        for row in sorted((row for row in stated if pd.notna(row.year)), key=lambda row: row.year):
            by_year.setdefault(int(row.year), []).append(row)
        first, last = by_year.get(years[0], []), by_year.get(years[-1], [])
        amounts = {"first": _sum(first), "last": _sum(last), "undated": _sum(undated)}
        out.append(
            {
                "document": document["document"],
                "group": group,
                "measure": measure,
                **amounts,
                **{f"{name}_fixed": amount * factor for name, amount in amounts.items()},
                "half_year": any("halvårseffekt" in row.note.casefold() for row in own),
                "ambiguous": any(row.certainty == "ambiguous" for row in own),
                "carried_on": any(row.certainty == "implied" for row in stated),
                "line": str(own[0].line),
                "first_lines": _lines(first),
                "last_lines": _lines(last),
                "undated_lines": _lines(undated),
                "years": {year: _sum(same) for year, same in by_year.items()},
                "year_lines": {year: _lines(same) for year, same in by_year.items()},
                "quotes": list(dict.fromkeys(row.quote for row in own if row.certainty == "ambiguous")),
            }
        )
    if not out:
        return NO_MEASURES
    frame = pd.DataFrame(out, columns=COLUMNS)
    return frame.sort_values(["first", "last"], ascending=False, kind="stable", ignore_index=True)


def _sum(rows: Sequence[NamedTuple]) -> float:
    return sum(row.amount_mnok for row in rows) if rows else float("nan")


def _lines(rows: Sequence[NamedTuple]) -> str:
    return ";".join(dict.fromkeys(str(row.line) for row in rows))


def one_off(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures with money in the first year, and a stated zero in every other year that is stated."""
    zero = [
        len(years) > 1 and not any(amount for year, amount in years.items() if year != min(years))
        for years in rows["years"]
    ]
    return rows[pd.Series(zero, index=rows.index, dtype=bool) & rows["first"].fillna(0).ne(0)]


def ending(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures with money in several years of the plan, and a stated zero in the last."""
    money = pd.Series([any(years.values()) for years in rows["years"]], index=rows.index, dtype=bool)
    return rows[money & rows["last"].eq(0) & ~rows.index.isin(one_off(rows).index)]


def later(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures that have money in some year of the plan, but none (or a stated zero) in the first."""
    money = pd.Series([any(years.values()) for years in rows["years"]], index=rows.index, dtype=bool)
    return rows[rows["first"].fillna(0).eq(0) & money]


def has_cuts(rows: pd.DataFrame) -> bool:
    """Whether any measure has a negative amount, in any year or for none."""
    return bool(rows["undated"].lt(0).any() or any(amount < 0 for years in rows["years"] for amount in years.values()))


def without_amount(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures that state no amount at all."""
    return rows[~rows.index.isin(with_amount(rows).index) & ~rows["ambiguous"].astype(bool)]


def unstated_last(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures with an amount for the first year and none stated for the last, not even zero."""
    return rows[rows["first"].notna() & rows["last"].isna() & ~rows["ambiguous"].astype(bool)]


def names(e: Edition, rows: pd.DataFrame) -> Cell:
    """The names of measures as a list in a sentence, with their lines; Norwegian where one has no gloss."""
    foreign = e.lang == "en" and any(name not in e.glosses for name in rows["measure"])
    return Cell(
        e.listed([e.gloss(name) for name in rows["measure"]]), tuple(sources(rows)), lang="nb" if foreign else ""
    )


def converted(e: Edition, proposal: str) -> str:
    """How an amount of a party budget came to the prices of the edition; empty where it is in them already."""
    year = int(e.document(proposal)["budget_year"])
    if year == e.params.prices.year:
        return ""
    return e.text(
        f"beløpet i {year}-kroner regnet om til {e.params.prices.year}-kroner",
        f"the amount in {year} kroner converted to {e.params.prices.year} kroner",
    )


def _told(e: Edition, proposal: str, row: pd.Series) -> dict[int, float]:
    """The amounts that words tell of a measure, by year: those of the first and the last year; those of the other
    years where it has money in them only.
    """
    ends = (e.plan_years(proposal)[0], e.plan_years(proposal)[-1])
    money = {year: amount for year, amount in row["years"].items() if amount}
    if money and not any(year in money for year in ends):
        return money
    return {year: amount for year, amount in row["years"].items() if year in ends}


def in_words(e: Edition, proposal: str, row: pd.Series) -> str:
    """What a measure amounts to in the first and the last year, in the prices of the edition; in the years between
    where it has money in them only.
    """
    factor = e.price_factor(int(e.document(proposal)["budget_year"]))
    stated: dict[str, list[str]] = {}
    for year, amount in _told(e, proposal, row).items():
        stated.setdefault(wording.mnok(amount * factor, e.lang, 1, signed=True), []).append(str(year))
    words = [f"{money} {e.text('i', 'in')} {e.listed(places)}" for money, places in stated.items()]
    if pd.notna(row["undated"]):
        money = wording.mnok(row["undated_fixed"], e.lang, 1, signed=True)
        words.append(e.text(f"{money} som ikke gjelder ett bestemt år", f"{money} not tied to one year"))
    return ", ".join(words) or e.text("uten beløp", "no amount")


@kept
def texts(e: Edition, proposal: str, area_id: str) -> pd.DataFrame:
    """The prose sections under an area in a document, in its order, each once, with `measures`: what it is about. Those
    on investments that are not divided by area are of none.
    """
    rows = e.table("measure_texts", document=proposal, area_id=area_id)
    rows = rows[rows["text"] != ""]
    rows = rows[~rows["area"].isin(undivided(e, proposal))]
    about = rows.groupby("lines", sort=False)["measure"].agg(lambda names: [name for name in names if name])
    rows = rows.drop_duplicates("lines")
    among = paragraphs(e, proposal) if len(rows) else []
    text = [divided(text, lines, among) for text, lines in zip(rows["text"], rows["lines"], strict=True)]
    return rows.assign(text=text, measures=rows["lines"].map(about)).reset_index(drop=True)


def reasoning(e: Edition, proposal: str, area_id: str, rows: pd.DataFrame) -> list[Quotation]:
    """What the document says of each of the measures, in their order, with their amounts."""
    order = {name: place for place, name in reversed(list(enumerate(rows["measure"])))}
    quoted = []
    for _, text in texts(e, proposal, area_id).iterrows():
        about = sorted((name for name in text["measures"] if name in order), key=order.get)
        if not about:
            continue
        own = rows.loc[[order[name] for name in about]]
        heading = about[0] if len(about) == 1 else text["heading"]
        amounts = "; ".join(
            in_words(e, proposal, row)
            if len(about) == 1
            else f"{e.gloss(row['measure'])}: {in_words(e, proposal, row)}"
            for _, row in own.iterrows()
        )
        stated = [
            (row["document"], lines)
            for _, row in own.iterrows()
            for lines in [*(row["year_lines"][year] for year in _told(e, proposal, row)), row["undated_lines"]]
            if lines
        ]
        cell = Cell(amounts, tuple(dict.fromkeys(stated)), converted(e, proposal) if stated else "")
        quoted.append((order[about[0]], Quotation(e.named(heading), text["text"], source(text), cell)))
    return [quotation for _, quotation in sorted(quoted, key=lambda pair: pair[0])]


def introductions(e: Edition, proposal: str, area_id: str, kinds: Sequence[pd.DataFrame]) -> list[Quotation]:
    """The prose sections under an area that are about none of the measures: its introduction, and what has no money."""
    shown = {name for rows in kinds for name in rows["measure"]}
    return [
        Quotation(e.named(text["heading"]), text["text"], source(text))
        for _, text in texts(e, proposal, area_id).iterrows()
        if not shown.intersection(text["measures"])
    ]


def lines_of(rows: pd.DataFrame, *which: str) -> list[tuple[str, str]]:
    """The lines of the amounts of measures (`first`, `last`, `undated`; without any, those of all years), each once."""
    found = []
    for _, row in rows.iterrows():
        runs = [row[f"{name}_lines"] for name in which] or [*row["year_lines"].values(), row["undated_lines"]]
        found += [(row["document"], run) for run in runs]
    return [pair for pair in dict.fromkeys(found) if pair[1]]


def counted(e: Edition, count: int, start: bool = False) -> str:
    """How many measures, in words; with a capital where it begins a sentence."""
    if count == 1:
        return e.text("Ett tiltak" if start else "ett tiltak", f"{e.count(count, start)} measure")
    return e.text(f"{e.count(count, start)} tiltak", f"{e.count(count, start)} measures")


def summed(e: Edition, proposal: str, count: int) -> str:
    """How a sum of several measures came to be; of one, how its amount did."""
    if count < 2:
        return converted(e, proposal)
    words = e.text(f"summen av {counted(e, count)}", f"the sum of {counted(e, count)}")
    if not converted(e, proposal):
        return words
    year = int(e.document(proposal)["budget_year"])
    return words + e.text(
        f" i {year}-kroner, regnet om til {e.params.prices.year}-kroner",
        f" in {year} kroner, converted to {e.params.prices.year} kroner",
    )


def sum_of(e: Edition, proposal: str, rows: pd.DataFrame, which: str, *, sign: int = 1, signed: bool = False) -> Cell:
    """The sum of measures in the `first` or `last` year as an amount in the prices of the edition, times `sign`."""
    value = sign * rows[f"{which}_fixed"].sum()
    return e.mnok(value, *lines_of(rows, which), decimals=1, signed=signed, how=summed(e, proposal, len(rows)))


def own_sum(e: Edition, rows: pd.DataFrame) -> Cell:
    """The size of the sum of measures in the first year, without its sign, in the kroner of their document."""
    how = e.text(f"summen av {counted(e, len(rows))}", f"the sum of {counted(e, len(rows))}") if len(rows) > 1 else ""
    return e.mnok(abs(rows["first"].sum()), *lines_of(rows, "first"), decimals=1, how=how)


def top(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures with the largest amount in the first year, up or down: one, or those that have the same."""
    return rows[rows["first"].abs().eq(rows["first"].abs().max())]


def with_amounts(e: Edition, proposal: str, own: pd.DataFrame) -> Cell:
    """Measures in a sentence, with what they amount to in the first year: `name (service, amount)`, without the service
    where the name says it.
    """
    printed, shown = list(own["measure"]), []
    for _, row in own.iterrows():
        amount = e.mnok(row["first_fixed"], decimals=1, signed=True).text
        if row["group"] and row["group"].casefold() not in row["measure"].casefold():
            printed.append(row["group"])
            amount = f"{e.gloss(row['group'])}, {amount}"
        shown.append(f"{e.gloss(row['measure'])} ({amount})")
    foreign = e.lang == "en" and any(name not in e.glosses for name in printed)
    return Cell(e.listed(shown), tuple(lines_of(own, "first")), converted(e, proposal), lang="nb" if foreign else "")


def by_group(e: Edition, proposal: str, rows: pd.DataFrame) -> Cell | None:
    """The sums of the services of measures in the first year, where some are above zero and some below, so that the sum
    of all hides them; None where it does not.
    """
    sums = rows[rows["group"] != ""].groupby("group", sort=False)["first_fixed"].sum()
    if not (sums.gt(0).any() and sums.lt(0).any()):
        return None
    sums = sums.sort_values(key=abs, ascending=False)
    shown = [f"{e.gloss(name)} {e.mnok(amount, decimals=1, signed=True).text}" for name, amount in sums.items()]
    alone = rows.loc[rows["group"] == "", "first_fixed"].sum()
    if alone:
        shown.append(f"{e.text('uten tjeneste', 'without a service')} {e.mnok(alone, decimals=1, signed=True).text}")
    foreign = e.lang == "en" and any(name not in e.glosses for name in sums.index)
    how = e.text("summen av tiltakene i hver tjeneste", "the sum of the measures of each service")
    return Cell(e.listed(shown), tuple(lines_of(rows, "first")), how, lang="nb" if foreign else "")


def counterparts(e: Edition, proposal: str, rows: pd.DataFrame) -> pd.DataFrame:
    """What stands among the income of the same document under the name of one of the measures, as a state grant for it:
    a name of several words that holds the whole name of the measure.
    """
    income = plan(e, proposal, FUNDING)
    income = income[income["first"] < 0]
    known = [name.casefold() for name in rows.loc[rows["first"] > 0, "measure"] if " " in name]
    named = [any(name in other.casefold() for name in known) for other in income["measure"]]
    return income[pd.Series(named, index=income.index, dtype=bool)]


def beside(rows: pd.DataFrame) -> pd.DataFrame:
    """All measures of the group of the largest, so that a higher rate and its relief can be told together; none where
    the largest has no group, or is alone in it.
    """
    group = top(rows)["group"].iloc[0]
    own = rows[rows["group"] == group]
    return own if group and len(own) > 1 else own.iloc[:0]


def labels(e: Edition, rows: pd.DataFrame) -> list[str]:
    """The names of measures as a figure shows them, with their group where two have the same name."""
    twice = rows["measure"].duplicated(keep=False)
    return [
        f"{e.gloss(row['measure'])} ({e.gloss(row['group'])})"
        if twice[index] and row["group"]
        else e.gloss(row["measure"])
        for index, row in rows.iterrows()
    ]


def ends(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The largest measures of the first year, and those furthest below zero where these are others."""
    if not rows["first"].fillna(0).any():
        return rows.iloc[:1], rows.iloc[:0]
    most, least = top(rows), rows[rows["first"].eq(rows["first"].min()) & rows["first"].lt(0)]
    return most, least.iloc[:0] if least.index.isin(most.index).any() else least


def is_small(rows: pd.DataFrame) -> pd.Series:
    """Which of many measures are too small to be told apart in a figure: below a million in the first and last year."""
    small = rows[["first_fixed", "last_fixed"]].abs().max(axis=1) < SMALL
    return small & (len(rows) > MANY) & ((~small).sum() > 1)


def told(e: Edition, proposal: str, rows: pd.DataFrame) -> str:
    """Measures with their amounts, for the alternative text of a figure."""
    return "; ".join(f"{e.gloss(row['measure'])}, {in_words(e, proposal, row)}" for _, row in rows.iterrows())


def columns(e: Edition, proposal: str, rows: pd.DataFrame) -> list[str]:
    """What the columns of the table of measures hold: the measure, its service, the first year as `printed` where it
    was converted, all years in the prices of the edition, and what is `undated`.
    """
    years = [str(year) for year in e.plan_years(proposal)]
    return [
        "measure",
        *(["service"] if (rows["group"] != "").any() else []),
        *(["printed"] if converted(e, proposal) else []),
        *years,
        *(["undated"] if rows["undated"].notna().any() else []),
    ]


def table_rows(e: Edition, proposal: str, rows: pd.DataFrame) -> list[list[Cell | str | None]]:
    """The measures as rows of that table; None where the document states no amount."""
    whole = e.text("hele området", "the whole area")
    factor = e.price_factor(int(e.document(proposal)["budget_year"]))
    how = converted(e, proposal)

    def cell(value: float | None, document: str, lines: str, how: str) -> Cell | None:
        if value is None or pd.isna(value):
            return None
        return e.number(value * (factor if how else 1), (document, lines), decimals=1, signed=True, how=how)

    out = []
    for _, row in rows.iterrows():
        cells: list[Cell | str | None] = [e.named(row["measure"], source(row))]
        if (rows["group"] != "").any():
            cells.append(e.named(row["group"]) if row["group"] else whole)
        if how:
            cells.append(cell(row["first"], row["document"], row["first_lines"], ""))
        cells += [
            cell(row["years"].get(year), row["document"], row["year_lines"].get(year, ""), how)
            for year in e.plan_years(proposal)
        ]
        if rows["undated"].notna().any():
            cells.append(cell(row["undated"], row["document"], row["undated_lines"], how))
        out.append(cells)
    return out


def with_amount(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures that state an amount, for a year or for none."""
    stated = pd.Series([bool(years) for years in rows["years"]], index=rows.index, dtype=bool)
    return rows[stated | rows["undated"].notna()]


def unargued(e: Edition, proposal: str, area_id: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The measures that no prose section of the document is about."""
    argued = {name for about in texts(e, proposal, area_id)["measures"] for name in about}
    return rows[~rows["measure"].isin(argued)]


def quotes(e: Edition, rows: pd.DataFrame) -> Cell:
    """The words of amounts that can be read in two ways."""
    words = [e.quoted(quote) for quotes in rows["quotes"] for quote in quotes]
    return Cell(e.listed(words), lang="nb" if e.lang == "en" else "")


def cover_rows(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures that say how the budget is paid for, in all areas."""
    return e.table("measures", document=proposal, kind="inndekning")
