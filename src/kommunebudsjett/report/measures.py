"""The measures of one area in a party budget: clean tables in, one row a measure and what is quoted of it out."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.report import budgets, charts, wording
from kommunebudsjett.report.blocks import Cell, Column, Quotation
from kommunebudsjett.report.edition import Edition, kept, source, sources
from kommunebudsjett.report.prose import divided, paragraphs
from kommunebudsjett.report.service_area import FUNDING, undivided

# A figure of more measures than these leaves out those below a million, which would crowd its line at zero.
MANY, SMALL = 12, 1.0

# A remark on amounts: the same Markdown in both languages, and the values that stand in it.
Remark = tuple[str, str, dict[str, Cell | str]]

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


def lead(e: Edition, proposal: str, area_id: str) -> Remark:
    """What a party budget would give an area in its first year, in the kroner of that year; in words where it has no
    amounts for it. The names of the values are those of no other proposal.
    """
    rows = plan(e, proposal, area_id)
    rows = rows[rows["first"].fillna(0) != 0]
    document = e.document(proposal)
    by, own = e.by(proposal, dated=True), proposal.replace("-", "_")
    values: dict[str, Cell | str] = {
        f"{own}_by": by,
        f"{own}_start": by[0].upper() + by[1:],
        f"{own}_year": str(document["budget_year"]),
    }
    if rows.empty:
        nb = "{start} har ingen beløp til drift av området i {year}."
        en = "The {year} proposal by {by} has no amounts for running the area that year."
    else:
        net = rows["first"].sum()
        how = e.text(f"summen av {counted(e, len(rows))}", f"the sum of {counted(e, len(rows))}")
        values |= {
            f"{own}_sum": e.mnok(abs(net), *lines_of(rows, "first"), decimals=1, how=how if len(rows) > 1 else ""),
            f"{own}_than": e.gloss(document["baseline"]),
        }
        if area_id == FUNDING:
            nb = "Postene til {by} her gir netto {sum} " + (
                "i økte inntekter eller lavere utgifter i {year}" if net < 0 else "i økte utgifter i {year}"
            )
            en = "Net, the items of {by} here come to {sum} " + (
                "in higher income or lower expenditure in {year}" if net < 0 else "in higher expenditure in {year}"
            )
        else:
            more = ("mer", "more") if net >= 0 else ("mindre", "less")
            nb = f"{{start}} ville gi området {{sum}} {more[0]} enn {{than}} i {{year}}"
            en = f"{{start}} {e.would(proposal)} the area {{sum}} {more[1]} than {{than}} in {{year}}"
        if len(cover_rows(e, proposal)):
            nb += ", før kutt og annen inndekning, som ikke er fordelt på områder"
            en += ", before the cuts and other funding, which are not divided by area"
        nb, en = nb + ".", en + "."
    for name in ("by", "start", "year", "sum", "than"):
        nb, en = nb.replace(f"{{{name}}}", f"{{{own}_{name}}}"), en.replace(f"{{{name}}}", f"{{{own}_{name}}}")
    return nb, en, values


def top(rows: pd.DataFrame) -> pd.DataFrame:
    """The measures with the largest amount in the first year, up or down: one, or those that have the same."""
    return rows[rows["first"].abs().eq(rows["first"].abs().max())]


def largest(e: Edition, proposal: str, rows: pd.DataFrame) -> Cell:
    """The measures with the largest amount in the first year, up or down, as `with_amounts` shows them."""
    return with_amounts(e, proposal, top(rows))


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


def by_group(e: Edition, proposal: str, rows: pd.DataFrame) -> Cell | str:
    """The sums of the services of measures in the first year, where some are above zero and some below, so that the sum
    of all hides them; empty where it does not.
    """
    sums = rows[rows["group"] != ""].groupby("group", sort=False)["first_fixed"].sum()
    if not (sums.gt(0).any() and sums.lt(0).any()):
        return ""
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


def picture(e: Edition, proposal: str, rows: pd.DataFrame, colour: str, baseline: str, prices: str) -> dict:
    """The measures as a figure: what `figure` takes, but its name. `baseline` is what zero is, `prices` the basis."""
    years = e.plan_years(proposal)
    single = len(years) == 1
    if rows["first"].fillna(0).any():
        most = top(rows)
        least = rows[rows["first"].eq(rows["first"].min()) & rows["first"].lt(0)]
    else:
        most, least = rows.iloc[:1], rows.iloc[:0]
    top_words = _alt(e, proposal, most)
    alt = e.text(
        f"Beløpene er i {prices}. Størst i {years[0]} av {counted(e, len(rows))}: {top_words}.",
        f"The amounts are in {prices}. The largest in {years[0]} of {counted(e, len(rows))}: {top_words}.",
    )
    if len(least) and not least.index.isin(most.index).any():
        alt += e.text(
            f" Lengst under null: {_alt(e, proposal, least)}.",
            f" Furthest below zero: {_alt(e, proposal, least)}.",
        )
    drawn = rows[~_small(rows)]
    return {
        "draw": charts.dumbbell(
            [
                charts.Dumbbell(
                    label,
                    None if pd.isna(row["first_fixed"]) else float(row["first_fixed"]),
                    None if single or pd.isna(row["last_fixed"]) else float(row["last_fixed"]),
                )
                for label, (_, row) in zip(labels(e, drawn), drawn.iterrows(), strict=True)
            ],
            (str(years[0]), str(years[-1])),
            baseline,
            colour,
            lambda value: wording.number(value, e.lang, 1, signed=True),
        ),
        "caption": e.text(
            f"Tiltakene i {years[0]} (ring) og {years[-1]} (fylt), millioner {e.dated(proposal, prices)}",
            f"The measures in {years[0]} (ring) and {years[-1]} (disc), million {e.dated(proposal, prices)}",
        ),
        "alt": alt,
        "columns": columns(e, proposal, rows),
        "rows": table_rows(e, proposal, rows),
        "note": " ".join([*_marks(e, drawn, years[0], years[-1]), *_left_out(e, len(rows) - len(drawn))]),
    }


def _small(rows: pd.DataFrame) -> pd.Series:
    """Which of many measures are too small to be told apart in a figure: below a million in the first and last year."""
    small = rows[["first_fixed", "last_fixed"]].abs().max(axis=1) < SMALL
    return small & (len(rows) > MANY) & ((~small).sum() > 1)


def _left_out(e: Edition, number: int) -> list[str]:
    """What a reader must know of the measures that are not drawn."""
    if not number:
        return []
    one = number == 1
    return [
        e.text(
            f"{counted(e, number, start=True)} på under 1 mill. kr står bare i tabellen.",
            f"{counted(e, number, start=True)} of less than NOK 1 million {'stands' if one else 'stand'} in the table "
            "only.",
        )
    ]


def _alt(e: Edition, proposal: str, rows: pd.DataFrame) -> str:
    """Measures with their amounts, for the alternative text of a figure."""
    return "; ".join(f"{e.gloss(row['measure'])}, {in_words(e, proposal, row)}" for _, row in rows.iterrows())


def _marks(e: Edition, rows: pd.DataFrame, first: int, last: int) -> list[str]:
    """What the marks of the figure mean, where it is not the ordinary."""
    notes = []
    if rows["first"].eq(rows["last"]).any():
        notes.append(e.text("Ett tall: samme beløp begge år.", "One figure: the same amount in both years."))
    if len(unstated_last(rows)):
        notes.append(
            e.text(
                f"Bare ring: Dokumentet oppgir ikke beløp for {last}.", f"A ring alone: no amount is stated for {last}."
            )
        )
    if (rows["first"].isna() & rows["last"].notna()).any():
        notes.append(
            e.text(
                f"Bare fylt: Dokumentet oppgir ikke beløp for {first}.",
                f"A disc alone: no amount is stated for {first}.",
            )
        )
    return notes


def columns(e: Edition, proposal: str, rows: pd.DataFrame) -> list[Column]:
    """The columns of the table of measures: the first year as printed where it was converted, and all years in the
    prices of the edition, which its caption says.
    """
    years = e.plan_years(proposal)
    printed = years[:1] if converted(e, proposal) else []
    return [
        Column(e.text("Tiltak", "Measure"), numeric=False),
        *([Column(e.text("Tjeneste", "Service"), numeric=False)] if (rows["group"] != "").any() else []),
        *[Column(e.text(f"{year}, i {year}-kroner", f"{year}, in {year} kroner")) for year in printed],
        *[Column(str(year)) for year in years],
        *([Column(e.text("Uten ett årstall", "For no one year"))] if rows["undated"].notna().any() else []),
    ]


def table_rows(e: Edition, proposal: str, rows: pd.DataFrame) -> list[list[Cell | str]]:
    """The measures as rows of that table."""
    whole = e.text("hele området", "the whole area")
    unstated = e.text("ikke oppgitt", "not stated")
    factor = e.price_factor(int(e.document(proposal)["budget_year"]))
    how = converted(e, proposal)

    def cell(value: float | None, document: str, lines: str, how: str) -> Cell:
        if value is None or pd.isna(value):
            return Cell(unstated)
        return e.number(value * (factor if how else 1), (document, lines), decimals=1, signed=True, how=how)

    out = []
    for _, row in rows.iterrows():
        cells: list[Cell | str] = [e.named(row["measure"], source(row))]
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


def remarks(e: Edition, proposal: str, area_id: str, rows: pd.DataFrame, own: bool = True) -> list[Remark]:
    """What a reader must know of the amounts, as Markdown in both languages with its values.

    `own`: the measures are those of the area, so that what is not among them is told too.
    """
    first, last = e.plan_years(proposal)[0], e.plan_years(proposal)[-1]
    known = {"first": str(first), "last": str(last)}
    out: list[Remark] = []

    def add(nb: str, en: str, found: pd.DataFrame, **values: Cell | str) -> None:
        if len(found):
            words = {"names": names(e, found), "count": counted(e, len(found)), **values}
            out.append((f"- {nb}", f"- {en}", {**known, **words}))

    if (
        own
        and len(rows) > 1
        and rows["first"].notna().any()
        and rows["last"].notna().any()
        and unstated_last(rows).empty
    ):
        add(
            "Til sammen er det {sum_first} i {first} og {sum_last} i {last}.",
            "The total is {sum_first} in {first} and {sum_last} in {last}.",
            rows,
            sum_first=sum_of(e, proposal, rows[rows["first"].notna()], "first", signed=True),
            sum_last=sum_of(e, proposal, rows[rows["last"].notna()], "last", signed=True),
        )
    add(
        "Halvårseffekt i {first}: {names}. Et helt år koster om lag det dobbelte.",
        "Half-year effect in {first}: {names}. A full year costs about twice as much.",
        rows[rows["half_year"].astype(bool)],
    )
    add(
        "Engangspenger, med beløp i {first} og null etterpå: {names}.",
        "One-off money, with an amount in {first} and zero after that: {names}.",
        one_off(rows),
    )
    add("Null i {last}: {names}.", "Zero in {last}: {names}.", ending(rows))
    add(
        "Beløp først etter {first}: {names}.",
        "Amounts only after {first}: {names}.",
        later(rows),
    )
    add(
        "Beløpet i {last} er ført videre fra et tidligere år, fordi dokumentet oppgir et nivå og ikke sier at det tar "
        "slutt: {names}.",
        "The amount in {last} is carried on from an earlier year, because the document states a level and does not say "
        "that it ends: {names}.",
        rows[rows["carried_on"].astype(bool) & rows["last"].notna()],
    )
    add(
        "Dokumentet oppgir ikke beløp i {last} for {count}: {names}. "
        "Det betyr ikke null: Tiltaket kan gå videre, ta slutt eller skulle vurderes på nytt.",
        "The document states no amount in {last} for {count}: {names}. "
        "That does not mean zero: a measure may go on, end or be considered again.",
        unstated_last(rows),
    )
    add("Uten beløp i dokumentet: {names}.", "Without an amount in the document: {names}.", without_amount(rows))
    unclear = rows[rows["ambiguous"].astype(bool)]
    add(
        "Beløpet kan leses på to måter og er ikke tatt med: {names} ({quotes}).",
        "The amount can be read in two ways and is left out: {names} ({quotes}).",
        unclear,
        quotes=Cell(
            e.listed([e.quoted(quote) for quotes in unclear["quotes"] for quote in quotes]) if len(unclear) else "-",
            lang="nb" if e.lang == "en" else "",
        ),
    )
    add(
        "Beløpet gjelder ikke ett bestemt år: {names}.",
        "The amount is not tied to one year: {names}.",
        rows[rows["undated"].notna()],
    )
    cover = cover_rows(e, proposal)
    if own and area_id != FUNDING and len(cover) and len(rows):
        add(
            "Kapitlet «Inndekning», om hvordan budsjettet betales, er ikke delt inn i områder. Kuttene der er ikke "
            "trukket fra her, selv om noen av dem kan gjelde dette området. De står under {funding}.",
            "The chapter on how the budget is paid for (*Inndekning*) is not divided by area. Its cuts are not "
            "deducted here, although some of them may concern this area. They are under {funding}.",
            cover,
            funding=e.report(f"area-{FUNDING}", e.areas.at[FUNDING, "name"].lower()),
        )
    if own and len(rows) and budgets.printed_twice(e, proposal):
        differ = budgets.printings_differ(e, proposal)
        add(
            f"Tabellene er trykt to ganger i dokumentet{', og de er ikke helt like' if differ else ''}. "
            "Her brukes {printing}.",
            f"The tables are printed twice in the document{', and the two differ a little' if differ else ''}. "
            "This report uses {printing}.",
            rows,
            printing=e.text("tabellene som er samlet bakerst", "the tables collected at the end")
            if e.params.printing == "appendix"
            else e.text("tabellene i kapitlene", "the tables of the chapters"),
        )
    return out


def cover_rows(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures that say how the budget is paid for, in all areas."""
    return e.table("measures", document=proposal, kind="inndekning")
