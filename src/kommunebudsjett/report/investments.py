"""Investments: what the accounts say, why they differ from the budget, and what party budgets would change."""

import dataclasses
import re
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.readers.model.prose import sentences
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.charts.matrix import Matrix
from kommunebudsjett.report.edition import Edition, kept, source, sources
from kommunebudsjett.report.measures import converted
from kommunebudsjett.report.prose import Paragraph, from_first, paragraphs, quotation, running, states_millions, where

MEANINGS = ("actual", "revised_budget", "original_budget", "deviation")
# Labels of the statement of investments that the accounting regulation prescribes (bevilgningsoversikt investering).
LABELS = {
    "assets": re.compile(r"investeringer i varige driftsmidler", re.IGNORECASE),
    "others": re.compile(r"tilskudd til andres investeringer", re.IGNORECASE),
    "expenditure": re.compile(r"sum investeringsutgifter", re.IGNORECASE),
    "income": re.compile(r"sum investeringsinntekter", re.IGNORECASE),
    "vat": re.compile(r"kompensasjon for merverdiavgift", re.IGNORECASE),
    "grants": re.compile(r"tilskudd fra andre", re.IGNORECASE),
    "sales": re.compile(r"salg av varige driftsmidler", re.IGNORECASE),
    "loans": re.compile(r"bruk av lån(?! til)", re.IGNORECASE),
    "relending": re.compile(r"netto utgifter videreutlån", re.IGNORECASE),
    "funds": re.compile(r"sum overføring fra drift", re.IGNORECASE),
}
_NUMBERED = re.compile(r"^\d+\.\s*")
_CAUSE = re.compile(
    r"skyldes|årsak|på grunn av|grunnet|som følge av|fordi|gjelder|henger sammen|forklares", re.IGNORECASE
)
_DEBT = re.compile(r"\blån(?:e\w*|et|ene)?\b|låneopptak|gjeld(?!er\b|ende)", re.IGNORECASE)
_INVESTMENT = re.compile(r"invester", re.IGNORECASE)
_EITHER = re.compile(f"{_DEBT.pattern}|{_INVESTMENT.pattern}", re.IGNORECASE)
# Of all that areas deviate: those that make up so much are named one by one.
_MOST = 0.75
# Two differences are taken for the same when they differ by no more than the rounding of many rows adds up to.
_ROUNDING = 0.05
_GROUP = re.compile(r"\bkonsern", re.IGNORECASE)


def _tables(e: Edition, report: str) -> list[pd.DataFrame]:
    """The investment tables of a report for its year, a row for each printed row: document, table, row, is_total, line
    and the columns of `MEANINGS`, empty where a table has none.
    """
    rows = e.table("investments", document=report)
    rows = rows[rows["year"] == e.document(report)["budget_year"]]
    keys = ["document", "table", "row", "is_total", "line"]
    found = []
    for _, table in rows.groupby("table", sort=False):
        wide = table.pivot(index=keys, columns="meaning", values="value").reindex(columns=list(MEANINGS))
        found.append(wide.reset_index().sort_values("line", ignore_index=True))
    return found


@kept
def appropriations(e: Edition, report: str) -> pd.DataFrame:
    """The statement of investments and how they are paid for: income is negative. Empty where there is none."""
    found = [table for table in _tables(e, report) if table["row"].str.contains(LABELS["expenditure"]).any()]
    return found[0] if found else _none()


@kept
def by_area(e: Edition, report: str) -> pd.DataFrame:
    """The investments by area, with a total. Empty where the document has no such table."""
    found = [table for table in _tables(e, report) if not table["row"].str.contains(LABELS["expenditure"]).any()]
    return found[0] if found else _none()


def _none() -> pd.DataFrame:
    return pd.DataFrame(columns=["document", "table", "row", "is_total", "line", *MEANINGS])


def areas_of(table: pd.DataFrame) -> pd.DataFrame:
    """The areas of a table without its total, the largest amount not spent first."""
    rows = table[table["is_total"] == 0]
    return rows.sort_values("deviation", ascending=False, kind="stable", ignore_index=True)


def total_of(table: pd.DataFrame) -> pd.Series | None:
    """The printed total of a table by area, None where it has none."""
    rows = table[table["is_total"] == 1]
    return rows.iloc[-1] if len(rows) else None


def largest(areas: pd.DataFrame) -> pd.DataFrame:
    """The areas that make up most of all deviations, largest first, and all that spent more than their budget."""
    size = areas["deviation"].abs()
    order = size.sort_values(ascending=False, kind="stable").index
    before = size[order].cumsum() - size[order]
    chosen = before[before < _MOST * size.sum()].index.union(areas.index[areas["deviation"] < 0])
    return areas.loc[[index for index in order if index in chosen]]


def line_of(table: pd.DataFrame, name: str) -> pd.Series | None:
    """The row of the statement of investments that `LABELS` names, None where it has none."""
    found = table[table["row"].str.contains(LABELS[name])]
    return found.iloc[0] if len(found) else None


def financing(table: pd.DataFrame) -> pd.DataFrame:
    """What paid for the investments, positive, in the order of the statement: the income above its sum, net lending
    and what came from operations and funds. Rows without amounts are left out.
    """
    if any(line_of(table, name) is None for name in ("expenditure", "income")):
        return table.iloc[:0]
    between = table["line"].between(line_of(table, "expenditure")["line"] + 1, line_of(table, "income")["line"] - 1)
    others = table["row"].str.contains(LABELS["relending"]) | table["row"].str.contains(LABELS["funds"])
    rows = table[between | others]
    amounts = list(MEANINGS[:3])
    return rows[(rows[amounts].fillna(0) != 0).any(axis=1)].assign(**{name: -rows[name] for name in amounts})


def financing_name(e: Edition, row: pd.Series) -> Cell:
    """A row of `financing` by a name that fits its turned sign: net expenditure on lending is net income here."""
    if LABELS["relending"].search(row["row"]):
        return Cell(e.text("Videreutlån, netto inn", "On-lending, net receipts"), (source(row),))
    if LABELS["funds"].search(row["row"]):
        return Cell(e.text("Fra drift og fond, netto", "From operations and funds, net"), (source(row),))
    return line_name(e, row["row"], source(row))


def expenditure_parts(e: Edition, table: pd.DataFrame) -> Cell:
    """What the investment expenditure is the sum of, as a list in a sentence; empty where the document does not say."""
    total = line_of(table, "expenditure")
    return Cell("") if total is None else _parts(e, table[table["line"] < total["line"]])


def funds_parts(e: Edition, table: pd.DataFrame) -> Cell:
    """What the row `funds` is the sum of, with a plus where it paid for investments, as a list in a sentence: the rows
    between it and net lending. Empty where the document does not say.
    """
    if any(line_of(table, name) is None for name in ("relending", "funds")):
        return Cell("")
    between = table["line"].between(line_of(table, "relending")["line"] + 1, line_of(table, "funds")["line"] - 1)
    rows = table[between]
    return _parts(e, rows.assign(actual=-rows["actual"]), signed=True)


def _parts(e: Edition, rows: pd.DataFrame, signed: bool = False) -> Cell:
    """Rows with amounts in the accounts as a list: `overføring fra drift (+140 mill. kr)`."""
    rows = rows[rows["actual"].fillna(0) != 0]
    names = [line_name(e, label).text for label in rows["row"]]
    amounts = [e.mnok(value, signed=signed).text for value in rows["actual"]]
    items = [f"{wording.lower_first(name)} ({amount})" for name, amount in zip(names, amounts, strict=True)]
    return Cell(e.listed(items) if items else "", tuple(sources(rows)))


def line_name(e: Edition, label: str, *sources: tuple[str, str]) -> Cell:
    """A row of the statement as it is named in a sentence: in the language of the report, without its number."""
    named = e.named(label, *sources)
    return dataclasses.replace(named, text=plain(named.text))


def plain(label: str) -> str:
    """A row label without its running number."""
    return _NUMBERED.sub("", label)


class Explanation(NamedTuple):
    """What the text says of a deviation: the words that give a reason ("" where none is given), and where."""

    text: str
    source: tuple[str, str]


def explanations(e: Edition, report: str) -> dict[str, Explanation]:
    """What the annual report says of the deviations of the rows of its investment tables, by row label.

    A paragraph is about an area when it stands under a heading that begins as the area's name does, and about a row of
    the statement when it shares a word with its label; in both cases the text must state the deviation itself.
    """
    tables = [table for table in (appropriations(e, report), by_area(e, report)) if not table.empty]
    if not tables:
        return {}
    # The text about a table stands below it, at the latest before a table of another kind.
    text = paragraphs(e, report)
    cells = e.table("table_cells", "table", "line", document=report)
    starts = cells.groupby("table")["line"].min()
    found = {}
    for table in tables:
        last = int(table["line"].max())
        end = min((line for line in starts if line > last), default=float("inf"))
        below = [paragraph for paragraph in text if last < paragraph.first_line < end]
        is_statement = line_of(table, "expenditure") is not None
        for _, row in table[(table["deviation"] != 0) & table["deviation"].notna()].iterrows():
            about = (_about_row if is_statement else _about_area)(row, below)
            if about:
                reasons = [(part, from_first(part.text, _CAUSE)) for part in about]
                told = next(((part, words) for part, words in reasons if words), (about[0], ""))
                found[row["row"]] = Explanation(told[1], (told[0].document, told[0].lines))
    return found


def _about_area(row: pd.Series, text: list[Paragraph]) -> list[Paragraph]:
    name = _words(row["row"])[0]
    blocks: dict[str, list[Paragraph]] = {}
    for paragraph in text:
        blocks.setdefault(paragraph.heading, []).append(paragraph)
    fitting = []
    for heading, block in blocks.items():
        first = next(iter(_words(heading)), "")
        begins = bool(first) and (first.startswith(name) or name.startswith(first))
        if begins and any(states_millions(part.text, row["deviation"]) for part in block):
            fitting.append((first != name, block))
    return min(fitting, key=lambda item: item[0])[1] if fitting else []


def _about_row(row: pd.Series, text: list[Paragraph]) -> list[Paragraph]:
    stems = {word[:6] for word in _words(plain(row["row"])) if len(word) > 3}

    def shared(paragraph: Paragraph) -> int:
        return len(stems & {word[:6] for word in _words(paragraph.text)})

    fitting = [part for part in text if states_millions(part.text, row["deviation"]) and shared(part)]
    return [max(fitting, key=shared)] if fitting else []


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


# What party budgets would change.


@kept
def planned(e: Edition, proposal: str) -> pd.DataFrame:
    """The investment measures of a party budget in the printing that counts, as the table `measures` has them."""
    rows = e.table("measures", document=proposal, kind="investering")
    return rows[rows["printing"].isin(["", e.params.printing])]


@kept
def changes(e: Edition, proposal: str) -> pd.DataFrame:
    """The changes that are stated for a year, without parts of others, with `fixed_mnok` in the price year. Amounts of
    a party budget are in the prices of its budget year, whatever year they are for.
    """
    rows = planned(e, proposal)
    rows = rows[rows["amount_mnok"].notna() & rows["year"].notna() & (rows["role"] != "part")]
    return rows.assign(fixed_mnok=rows["amount_mnok"] * e.price_factor(int(e.document(proposal)["budget_year"])))


def by_project(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a project: its changes summed (`fixed_mnok`), what is added the largest first, then what is removed."""
    out = rows.groupby("measure", sort=False)["fixed_mnok"].sum().reset_index()
    out = out.assign(removed=out["fixed_mnok"] < 0, size=out["fixed_mnok"].abs())
    out = out.sort_values(["removed", "size"], ascending=[True, False], kind="stable", ignore_index=True)
    return out[["measure", "fixed_mnok"]]


def matrix(e: Edition, proposal: str) -> Matrix:
    """The projects by the years of the plan, with the totals of years and projects."""
    rows, years = changes(e, proposal), e.plan_years(proposal)
    projects = by_project(rows)
    stated = rows.groupby(["measure", "year"])["fixed_mnok"].sum()
    return Matrix(
        labels=[e.gloss(name) for name in projects["measure"]],
        columns=[str(year) for year in years],
        values=[[stated.get((name, year)) for year in years] for name in projects["measure"]],
    )


def project_rows(e: Edition, proposal: str) -> list[list[Cell | str]]:
    """A matrix as rows of a table: each project by year and in all, then the sum of all projects."""
    rows, years = changes(e, proposal), e.plan_years(proposal)

    def summed(found: pd.DataFrame, how: str) -> Cell:
        if found.empty:
            return Cell(e.text("ikke oppgitt", "not stated"))
        total = float(found["fixed_mnok"].sum())
        return e.number(total, *dict.fromkeys(sources(found)), decimals=decimals(total), signed=True, how=how)

    in_all = e.text("summen over årene", "the sum over the years")
    of_all = e.text("summen av prosjektene", "the sum of the projects")
    by_year = dict(list(rows.groupby(["measure", "year"])))
    none, how = rows.iloc[:0], converted(e, proposal)
    out = []
    for name in by_project(rows)["measure"]:
        own = rows[rows["measure"] == name]
        cells = [summed(by_year.get((name, year), none), how) for year in years]
        out.append([e.named(name, *dict.fromkeys(sources(own))), *cells, summed(own, in_all)])
    if len(out) > 1:
        cells = [summed(rows[rows["year"] == year], of_all) for year in years]
        out.append([e.text("Sum", "Total"), *cells, summed(rows, of_all)])
    return out


def decimals(value: float) -> int:
    """The decimals that an amount of a project is shown with: one, as the budgets print them, but none for zero."""
    return 0 if value == 0 else 1


def unstated(e: Edition, proposal: str) -> pd.DataFrame:
    """Investment measures that give no amount for any year, or an ambiguous one: a row each."""
    rows = planned(e, proposal)
    certain = set(rows.loc[rows["amount_mnok"].notna(), "measure"])
    return rows[(rows["certainty"] == "ambiguous") | ~rows["measure"].isin(certain)].drop_duplicates("measure")


def reasoning(e: Edition, proposal: str) -> pd.DataFrame:
    """The texts that give the reasons of the investment measures: measure, heading, text, lines, document."""
    texts = e.table("measure_texts", document=proposal)
    return texts[texts["measure"].isin(set(planned(e, proposal)["measure"]))].drop_duplicates("measure")


def discussed(e: Edition, proposal: str) -> list[Quotation]:
    """The texts of the investment chapters that belong to no measure: what they speak of has no amount in a table."""
    rows, texts = e.table("measures", "area", "kind", document=proposal), e.table("measure_texts", document=proposal)
    chapters = set(rows["area"]) - set(rows.loc[rows["kind"] != "investering", "area"])
    texts = texts[texts["area"].isin(chapters) & (texts["measure"].fillna("") == "")]
    return [
        Quotation(e.named(row["heading"]), row["text"], source(row))
        for _, row in texts.iterrows()
        if row["heading"] not in chapters
    ]


def debt_statements(e: Edition, document: str) -> list[Paragraph]:
    """What a document says of loans or debt in connection with investments, and its measures that are named for loans;
    each text from the first sentence that says so.
    """
    texts = e.table("measure_texts", document=document)
    if texts.empty:
        found = [part for part in paragraphs(e, document) if _connects(part.text)]
    else:
        all_text = [
            Paragraph(row["heading"], row["document"], row["lines"], row["text"]) for _, row in texts.iterrows()
        ]
        found = [part for part in all_text if _DEBT.search(part.heading) or _connects(part.text)]
    by_lines = {part.lines: part for part in found}
    return [part._replace(text=from_first(part.text, _EITHER) or part.text) for part in by_lines.values()]


def _connects(text: str) -> bool:
    """Whether a paragraph speaks of debt and of investments in the same or in neighbouring sentences."""
    if not _DEBT.search(text) or not _INVESTMENT.search(text):
        return False
    parts = sentences(text)
    return any(
        _DEBT.search(" ".join(two)) and _INVESTMENT.search(" ".join(two))
        for two in zip(parts, [*parts[1:], ""], strict=True)
    )


def debt_measures(e: Edition, proposal: str) -> pd.DataFrame:
    """The measures of a party budget that are named for loans and state an amount (not investments)."""
    rows = e.table("measures", document=proposal)
    rows = rows[rows["kind"] != "investering"]
    rows = rows[rows["printing"].isin(["", e.params.printing]) & rows["amount_mnok"].notna()]
    rows = rows[rows["measure"].str.contains(_DEBT)]
    return rows.assign(fixed_mnok=rows["amount_mnok"] * e.price_factor(int(e.document(proposal)["budget_year"])))


def project_reasons(e: Edition, proposal: str) -> list[list[Cell | str]]:
    """The projects as rows of a table: name, and the heading of the text that gives the reasons for it."""
    reasons, rows = reasoning(e, proposal).set_index("measure"), planned(e, proposal)
    out = []
    for name in dict.fromkeys([*by_project(changes(e, proposal))["measure"], *unstated(e, proposal)["measure"]]):
        text = Cell(e.text("ingen egen tekst", "no text of its own"))
        if name in reasons.index:
            text = e.named(reasons.at[name, "heading"], source(reasons.loc[name]))
        out.append([e.named(name, *dict.fromkeys(sources(rows[rows["measure"] == name]))), text])
    return out


def comparisons(e: Edition, report: str) -> pd.DataFrame:
    """The key figures on investment: the municipality's own and those it is compared with."""
    rows = e.indicators(report, _INVESTMENT)
    return rows[rows["value"].notna()]


def largest_project(rows: pd.DataFrame) -> tuple[str, float]:
    """The project with the largest change over the years, whichever way, and the change."""
    projects = by_project(rows)
    row = projects.loc[projects["fixed_mnok"].abs().idxmax()]
    return row["measure"], float(row["fixed_mnok"])


def summed(e: Edition, rows: pd.DataFrame, signed: bool = False, turned: bool = False) -> Cell:
    """The sum of changes as an amount with all its lines; `turned` writes what is taken away without its minus."""
    value = float(rows["fixed_mnok"].sum()) * (-1 if turned else 1)
    how = e.text(f"summen av {len(rows)} beløp", f"the sum of {len(rows)} amounts")
    return e.mnok(value, *dict.fromkeys(sources(rows)), decimals=decimals(value), signed=signed, how=how)


def nominal(e: Edition, rows: pd.DataFrame) -> Cell:
    """The sum of changes in the kroner that the document has them in."""
    value = float(rows["amount_mnok"].sum())
    how = e.text(f"summen av {len(rows)} beløp", f"the sum of {len(rows)} amounts")
    return e.mnok(value, *dict.fromkeys(sources(rows)), decimals=decimals(value), how=how)


def listed(e: Edition, report: str, rows: pd.DataFrame) -> Cell:
    """Areas with what they deviate, without sign, as a list in a sentence."""
    items = [
        f"{running(e, report, row['row']).text} ({e.mnok(abs(row['deviation'])).text})" for _, row in rows.iterrows()
    ]
    return Cell(e.listed(items), tuple(sources(rows)))


def reason(e: Edition, explanation: Explanation | None) -> Cell:
    """What the text says of a deviation, in its own words; in words where it gives no reason or does not mention it."""
    if explanation is None:
        return Cell(e.text("Teksten nevner ikke avviket.", "The text does not mention the deviation."))
    if not explanation.text:
        return Cell(
            e.text(
                "Teksten nevner avviket uten å gi noen grunn.", "The text mentions the deviation but gives no reason."
            )
        )
    return quotation(e, explanation.text)


def reason_lines(e: Edition, explanation: Explanation | None) -> Cell:
    """Where the text speaks of a deviation, in parentheses after its words; nothing where it does not."""
    return Cell("") if explanation is None else where(e, *explanation.source)


def borrowing(e: Edition, proposal: str) -> Cell:
    """The measures on loans that a document states for its whole period, in its own kroner; empty where it has none."""
    rows = debt_measures(e, proposal)
    rows = rows[rows["role"] == "period_total"]
    amounts = [e.mnok(value, decimals=decimals(value), signed=True).text for value in rows["amount_mnok"]]
    items = [
        f"{running(e, proposal, name).text} ({shown})" for name, shown in zip(rows["measure"], amounts, strict=True)
    ]
    return Cell(e.listed(items) if items else "", tuple(sources(rows)))


def debt_rows(e: Edition, proposal: str, years: list[int], whole: bool) -> list[list[Cell | str]]:
    """Measures on loans as rows of a table: each by year, the sum of several years, and for the whole period where
    `whole`.
    """
    rows, unsaid = debt_measures(e, proposal), e.text("ikke oppgitt", "not stated")

    def shown(found: pd.DataFrame, how: str) -> Cell:
        if found.empty:
            return Cell(unsaid)
        value = float(found["fixed_mnok"].sum())
        return e.number(value, *dict.fromkeys(sources(found)), decimals=decimals(value), signed=True, how=how)

    out = []
    for name, own in rows.groupby("measure", sort=False):
        cells = [shown(own[own["year"] == year], converted(e, proposal)) for year in years]
        if len(years) > 1:
            cells.append(shown(own[own["year"].notna()], e.text("summen over årene", "the sum over the years")))
        if whole:
            cells.append(shown(own[own["role"] == "period_total"], converted(e, proposal)))
        out.append([e.named(name, *dict.fromkeys(sources(own))), *cells])
    return out


def amount(e: Edition, row: pd.Series, column: str) -> Cell:
    """An amount of an investment table with its unit, in words where the document has none."""
    if pd.isna(row[column]):
        return Cell(e.text("ikke oppgitt", "not stated"))
    return e.mnok(row[column], source(row))


def preliminary(e: Edition, named_source: str) -> str:
    """A sentence for figures of KOSTRA, which an annual report has before they are final; "" for others."""
    if "KOSTRA" not in named_source:
        return ""
    return e.text(f" Tallene er foreløpige ({named_source}).", f" The figures are preliminary ({named_source}).")


class Beside(NamedTuple):
    """By how much the total of the areas is more than the line `assets` of the statement, in the accounts and in the
    revised budget, and the line `others` of the statement where it is about as much in both.
    """

    actual: float
    revised_budget: float
    others: pd.Series | None


def beside_statement(e: Edition, report: str) -> Beside | None:
    """How the total of the areas differs from the statement; None where the two agree or one of them is missing."""
    statement, areas = appropriations(e, report), by_area(e, report)
    total, assets, others = total_of(areas), line_of(statement, "assets"), line_of(statement, "others")
    if total is None or assets is None or total["actual"] == assets["actual"]:
        return None
    more = {name: float(total[name] - assets[name]) for name in ("actual", "revised_budget")}
    explains = others is not None and all(abs(more[name] - others[name]) <= _ROUNDING * more[name] for name in more)
    return Beside(**more, others=others if explains else None)


def added_in_year(e: Edition, report: str) -> list[tuple[pd.Series, Paragraph]]:
    """Areas that the original budget had nothing for and that were spent just as revised, with the paragraph below the
    table that states the amount: such a row raises the budget and the accounts alike.
    """
    areas = by_area(e, report)
    rows = areas[(areas["original_budget"] == 0) & (areas["actual"] > 0) & (areas["deviation"] == 0)]
    below = [part for part in paragraphs(e, report) if len(areas) and part.first_line > areas["line"].max()]
    found = []
    for _, row in rows[rows["is_total"] == 0].iterrows():
        paragraph = next((part for part in below if states_millions(part.text, row["actual"])), None)
        if paragraph is not None:
            found.append((row, paragraph))
    return found


def counted_units(e: Edition, report: str, line: int) -> Paragraph | None:
    """What the text above a table of key figures says of a group of accounts (konsern) that they are of: the sentence,
    under the heading that the table stands under; None where it says nothing.
    """
    above = [part for part in paragraphs(e, report) if part.first_line < line]
    here = [part for part in above if part.heading == above[-1].heading]
    for part in reversed(here):
        for sentence in sentences(part.text):
            if _GROUP.search(sentence):
                return part._replace(text=sentence)
    return None


def shares_an_amount(rows: pd.DataFrame) -> bool:
    """Whether running text states one amount for several years at once: `5 millioner i 2022-2023`."""
    prose = rows[(rows["basis"] == "prose") & (rows["certainty"] == "explicit")]
    return bool((prose.groupby(["measure", "quote"])["year"].nunique() > 1).any())


def spent(row: pd.Series) -> float | None:
    """What was spent of the revised budget, per cent; None where there was none."""
    return float(row["actual"] / row["revised_budget"] * 100) if row["revised_budget"] > 0 else None


def cell(e: Edition, row: pd.Series, column: str, signed: bool = False) -> Cell:
    """An amount of an investment table, in words where the document has none."""
    if pd.isna(row[column]):
        return Cell(e.text("ikke oppgitt", "not stated"))
    return e.number(row[column], source(row), signed=signed)
