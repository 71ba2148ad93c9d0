"""The economy of the municipality: result, statement by kind, balance, guarantees, key figures, taxes and funds.

Clean tables in, tidy tables for a report out. What the document lacks comes back as an empty table or None, so that a
report can say so in words. Rows of the statement by kind are found by the terms of the accounting regulations.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import caveats, rules
from kommunebudsjett.report import findings as audited
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, source
from kommunebudsjett.tables import prices as price_tables
from kommunebudsjett.tables.contracts import MEANINGS
from kommunebudsjett.tables.meanings import amounts_of
from kommunebudsjett.tables.money import in_mnok

_RESULT = re.compile(r"^resultat\b.*\bavsetning", re.IGNORECASE)
_SUBTOTAL = re.compile(r"^(?:sum|brutto|netto)\b", re.IGNORECASE)
_MEAN = re.compile(r"gjennomsnitt|snitt", re.IGNORECASE)
_FUND = re.compile(r"fond\b", re.IGNORECASE)
_PENSION = re.compile(r"pensjon", re.IGNORECASE)
_LONG_TERM_DEBT = re.compile(r"langsiktig gjeld", re.IGNORECASE)
_DEFINES = re.compile(r"\bdefinert\b", re.IGNORECASE)
_UNDERSPENT = re.compile(r"tatt hensyn til mindreforbruket på (\d[\d\s]*(?:,\d+)?) millioner kroner", re.IGNORECASE)
_TAX = re.compile(r"eiendomsskatt", re.IGNORECASE)
_ROWS = {
    "revenue": r"sum driftsinntekter",
    "expenditure": r"sum driftsutgifter",
    "depreciation": r"avskrivning",
    "net_finance": r"netto finansutgifter",
    "net_result": r"netto driftsresultat",
    "interest_earned": r"renteinntekter",
    "interest_paid": r"renteutgifter",
    "repayments": r"avdrag på lån",
    "property_tax": r"eiendomsskatt",
    "to_reserve": r"avsetning\w* til disposisjonsfond",
    "from_reserve": r"bruk av disposisjonsfond",
    "to_restricted": r"avsetning\w* til bundne driftsfond",
    "from_restricted": r"bruk av bundne driftsfond",
}
_BALANCE = {
    "assets": r"sum eiendeler",
    "equity": r"sum egenkapital$",
    "long_term_debt": r"sum langsiktig gjeld",
    "reserve": r"disposisjonsfond",
}


def result(e: Edition, report: str) -> pd.DataFrame:
    """What the result of an annual report is made of: document, table, row, line, revised_budget, actual, deviation and
    is_result. Plus comes in, minus goes out, and a positive deviation makes the result better; the document has
    revenue with a minus where its deviations are budget less accounts. Empty where there is no such table.
    """
    labels = e.table("table_cells", "table", "row", document=report)
    tables = labels.loc[labels["row"].str.contains(_RESULT), "table"]
    cells = e.table("table_cells", document=report, table="" if tables.empty else tables.iloc[0])
    amounts = amounts_of(in_mnok(cells))
    rows = _wide(amounts, ["document", "table", "row", "line"])
    spent = (rows["revised_budget"] - rows["actual"] - rows["deviation"]).abs()
    earned = (rows["actual"] - rows["revised_budget"] - rows["deviation"]).abs()
    if spent.sum() < earned.sum():
        rows[["revised_budget", "actual"]] = -rows[["revised_budget", "actual"]] + 0
    return rows.assign(is_result=rows["row"].str.contains(_RESULT))


def statement(e: Edition, report: str) -> pd.DataFrame:
    """The statement by kind of an annual report as its reader sees money: plus comes in, minus goes out, and a positive
    deviation makes the result better.

    document, table, group, row, line, is_total, actual, revised_budget, original_budget, deviation and year_before
    (the accounts of the year before). The document has revenue with a minus; the signs are turned where it has.
    """
    rows = e.table("statement_by_kind", document=report)
    rows = rows[rows["meaning"].isin(MEANINGS)].copy()
    year = rows.loc[rows["meaning"] == "actual", "year"].max()
    before = (rows["meaning"] == "actual") & (rows["year"] == year - 1)
    rows = rows[before | (rows["year"] == year)]
    rows.loc[before, "meaning"] = "year_before"
    wide = _wide(rows, ["document", "table", "group", "row", "line", "is_total"], [*MEANINGS, "year_before"])
    if turned(e, report):
        amounts = [*MEANINGS, "year_before"]
        wide[amounts] = -wide[amounts] + 0
    return wide


def turned(e: Edition, report: str) -> bool:
    """Whether the annual report prints revenue with a minus, so that a report turns the signs."""
    rows = e.table("statement_by_kind", document=report, meaning="actual")
    revenue = row(rows, "revenue")
    return revenue is not None and revenue["value"] < 0


def row(rows: pd.DataFrame, name: str) -> pd.Series | None:
    """A row of the statement by kind or of the balance by its meaning (see the module); None where it has none."""
    pattern = {**_ROWS, **_BALANCE}[name]
    found = rows[rows["row"].str.match(f"(?i){pattern}")]
    return None if found.empty else found.iloc[0]


def subtotals(rows: pd.DataFrame) -> pd.Series:
    """Which rows are sums or results of others."""
    return (rows["is_total"] == 1) | rows["row"].str.contains(_SUBTOTAL)


def kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the statement that make its net operating result, without sums, and with a deviation."""
    last = row(rows, "net_result")
    if last is not None:
        rows = rows[rows["line"] < last["line"]]
    return rows[~subtotals(rows) & rows["deviation"].notna() & (rows["deviation"] != 0)]


def balance(e: Edition, report: str, side: str) -> pd.DataFrame:
    """A side of the balance sheet (`assets`, or `equity_and_liabilities` with its signs turned): document, group, row,
    line, is_total, now, then (the year before) and change. Rows without an amount in either year are left out.
    """
    rows = e.table("balance", document=report, side=side)
    rows["meaning"] = rows["year"].eq(rows["year"].max()).map({True: "now", False: "then"})
    wide = _wide(rows, ["document", "group", "row", "line", "is_total"], ["now", "then"])
    wide = wide[wide[["now", "then"]].fillna(0).ne(0).any(axis=1)].copy()
    if side != "assets" and turned_liabilities(e, report):
        wide[["now", "then"]] = -wide[["now", "then"]] + 0
    return wide.assign(change=wide["now"] - wide["then"]).reset_index(drop=True)


def turned_liabilities(e: Edition, report: str) -> bool:
    """Whether the annual report prints equity and liabilities with a minus, so that a report turns the signs."""
    rows = e.table("balance", document=report, side="equity_and_liabilities")
    return rows["value"].sum() < 0


def balance_years(e: Edition, report: str) -> tuple[int, int] | None:
    """The year before and the year of the balance sheet; None where the annual report has none."""
    years = sorted(e.table("balance", "year", document=report)["year"].unique())
    return (int(years[0]), int(years[-1])) if len(years) > 1 else None


def funds(liabilities: pd.DataFrame) -> pd.DataFrame:
    """The funds of the balance sheet, largest first."""
    rows = liabilities[liabilities["row"].str.contains(_FUND) & ~subtotals(liabilities)]
    return rows.sort_values("now", ascending=False, kind="stable")


def long_term_debt(liabilities: pd.DataFrame) -> pd.DataFrame:
    """The long-term debt of the balance sheet by kind, largest first, with `is_pension`."""
    rows = liabilities[liabilities["group"].str.contains(_LONG_TERM_DEBT) & ~subtotals(liabilities)]
    rows = rows.sort_values("now", ascending=False, kind="stable")
    return rows.assign(is_pension=rows["row"].str.contains(_PENSION))


def guarantees(e: Edition, report: str) -> pd.DataFrame:
    """What the municipality guarantees for: document, row, line, is_total, and a column for each year (integers)."""
    rows = e.table("guarantees", document=report)
    rows = rows.assign(meaning=rows["year"].astype(int))
    return _wide(rows, ["document", "row", "line", "is_total"], sorted(rows["meaning"].unique()))


def key_figures(e: Edition, report: str) -> tuple[pd.DataFrame, list[str]]:
    """The municipality's own economic key figures in the latest year beside those of others.

    Returns the indicators and the names of the municipalities as printed, the own first and the mean last. Columns:
    document, table, indicator, line, unit, source, year, `own`, `mean`, and one for each municipality. Indicators
    that are not in per cent, or lack the own figure or a mean, are left out.
    """
    document = e.document(report)
    rows = e.table("key_figures", document=document["document"], area_id="felles")
    rows = rows[rows["unit"].isin(["percent", "unknown"]) & rows["value"].notna()]
    rows = rows[rows["year"] == rows["year"].max()]
    keys = ["document", "table", "indicator", "line", "unit", "source", "year"]
    names = list(rows["municipality"].unique())
    means = [name for name in names if _MEAN.search(name)]
    wide = _wide(rows.rename(columns={"municipality": "meaning"}), keys, names)
    own = document["municipality"]
    if own not in names or not means:
        return wide.iloc[:0], []
    order = [own, *[name for name in names if name not in (own, *means)], means[0]]
    wide = wide.assign(own=wide[own], mean=wide[means[0]])
    return wide[wide["own"].notna() & wide["mean"].notna()], order


def topic_measures(e: Edition, proposal: str, topics: Iterable[str]) -> pd.DataFrame:
    """The measures of running costs and funding of a party budget that statements on one of the topics stand in.

    Where the document prints its tables twice, the printing that params.yaml names.
    """
    statements = e.table("topics", "topic", "lines", document=proposal)
    statements = statements[statements["topic"].isin(list(topics))]
    lines = {line for runs in statements["lines"] for line in split_lines(runs)}
    rows = e.table("measures", document=proposal)
    rows = rows[rows["kind"].isin(["drift", "inndekning"]) & rows["printing"].isin(["", e.params.printing])]
    stands = [
        not lines.isdisjoint(range(first, last + 1))
        for first, last in zip(rows["line"], rows["line_last"], strict=True)
    ]
    # As a series: an empty list would choose no columns instead of no rows.
    return rows[pd.Series(stands, index=rows.index, dtype=bool)].reset_index(drop=True)


def by_year(measures: pd.DataFrame) -> pd.DataFrame:
    """Measures with an amount for a year: document, measure, line, and a column for each year (integers)."""
    rows = measures[measures["year"].notna() & measures["amount_mnok"].notna()]
    rows = rows.assign(meaning=rows["year"].astype(int), value=rows["amount_mnok"])
    return _wide(rows, ["document", "measure", "line"], sorted(rows["meaning"].unique()))


def taxes(e: Edition, proposal: str) -> pd.DataFrame:
    """What a party budget proposes for the property tax by year, in the prices of the report: document, measure, line,
    decimals (how many the document has), and a column for each year (integers). Plus is more tax; the document has
    income with a minus.
    """
    document = e.document(proposal)
    rows = e.table("measures", document=document["document"], kind="drift")
    rows = rows[
        rows["printing"].isin(["", e.params.printing])
        & (rows["measure"].str.contains(_TAX) | rows["group"].str.contains(_TAX))
    ]
    wide = by_year(rows)
    years = year_columns(wide)
    wide["decimals"] = _decimals(rows["amount_mnok"])
    # Adding zero turns the -0.0 that a turned zero becomes back into 0.
    wide[years] = -wide[years] * e.price_factor(int(document["budget_year"])) + 0
    return wide


def inhabitants_at_the_end(e: Edition, report: str, year: int) -> tuple[int, int]:
    """Inhabitants to set beside a balance at the end of a year, and the year of the count: on 1 January of the next
    year, or where that is not known, of the year itself. Raises UserError where neither is known.
    """
    try:
        return price_tables.inhabitants(e.population, e.document(report)["municipality"], year + 1), year + 1
    except UserError:
        return price_tables.inhabitants(e.population, e.document(report)["municipality"], year), year


def tax_level(e: Edition, report: str, property_tax: pd.Series | None) -> float | None:
    """The property tax of the accounts in the prices of the report; None without the tax or price figures."""
    factor = fixed_prices(e, int(e.document(report)["budget_year"]))
    return None if property_tax is None or factor is None else float(property_tax["actual"] * factor)


def year_columns(rows: pd.DataFrame) -> list[int]:
    """The columns that are years."""
    return [column for column in rows.columns if isinstance(column, int)]


def first_and_last(rows: pd.DataFrame) -> tuple[int, int]:
    """The first and the last year that rows have a column for."""
    years = year_columns(rows)
    return years[0], years[-1]


@dataclass(frozen=True)
class TaxTerms:
    """What a text proposes for the property tax: the allowance in kroner from and to, the rate in per mille, and the
    yearly step of the rate in points of per mille; None for what it does not state.
    """

    allowance: tuple[int, int] | None
    rate: float | None
    step: float | None


_AMOUNT = r"(\d[\d\s]*(?:,\d+)?)(\s*million\w*)?"
_ALLOWANCE = re.compile(rf"bunnfradrag\w*\s+fra\s+{_AMOUNT}(?:\s+kroner)?\s+til\s+{_AMOUNT}\s+kroner", re.IGNORECASE)
_RATE = re.compile(r"sats\w{0,12}\s+til\s+(\d+(?:,\d+)?)\s+promille\b", re.IGNORECASE)
_STEP = re.compile(r"økning\s+på\s+(\d+(?:,\d+)?)\s+promillepoeng\s+i\s+året", re.IGNORECASE)


def tax_terms(text: str) -> TaxTerms:
    """The terms of the property tax that a text states.

    >>> tax_terms("øker bunnfradraget fra 550 000 til 1 million kroner, og skattesatsen til 3,28 promille")
    TaxTerms(allowance=(550000, 1000000), rate=3.28, step=None)
    """

    def kroner(digits: str, millions: str | None) -> int:
        amount = float("".join(digits.split()).replace(",", "."))
        return round(amount * (1_000_000 if millions else 1))

    allowance, rate, step = _ALLOWANCE.search(text), _RATE.search(text), _STEP.search(text)
    return TaxTerms(
        (kroner(allowance[1], allowance[2]), kroner(allowance[3], allowance[4])) if allowance else None,
        float(rate[1].replace(",", ".")) if rate else None,
        float(step[1].replace(",", ".")) if step else None,
    )


def reasons(e: Edition, measures: pd.DataFrame) -> pd.DataFrame:
    """The reasoning of measures, one row a text: document, heading, text, lines and measures (a list)."""
    texts = e.rows(measures["document"].unique(), "measure_texts")
    texts = texts[texts["measure"].isin(measures["measure"])]
    grouped = texts.groupby(["document", "heading", "text", "lines"], sort=False)["measure"].agg(list)
    return grouped.rename("measures").reset_index()


def passages_after(e: Edition, report: str, table: str) -> list[Cell]:
    """What the annual report says between one of its tables and the next heading or table, in the statements on topics:
    its own words, with their lines, marked as Norwegian in an English report.
    """
    cells = e.table("table_cells", "table", "line", document=report)
    first = cells.loc[cells["table"] == table, "line"].max()
    later = cells.loc[cells["line"] > first, "line"]
    end = later.min() if len(later) else float("inf")
    passages = []
    for lines, said in _statements(e, report):
        start = split_lines(lines)[0]
        if not first < start < end:
            continue
        # A statement that opens a section has the line of its heading first.
        if ";" in lines and ": " in said:
            break
        passages.append(_quotation(e, report, lines, said))
    return passages


def definition(e: Edition, report: str, topic: str) -> Cell | None:
    """How the annual report itself defines what a topic is about, in its own words; None where it does not."""
    for lines, said in _statements(e, report, topic):
        if _DEFINES.search(said):
            return _quotation(e, report, lines, said)
    return None


def counted_in(e: Edition, rule: rules.Rule) -> Cell | None:
    """The underspending that an annual report counts in the reserve that a rule is about, beside the share that
    the rule states; None where it says nothing of the kind.
    """
    if rule.outcome is None:
        return None
    document, beside_it = source(rule.outcome)
    for lines, said in _statements(e, document, "disposisjonsfond"):
        found = _UNDERSPENT.search(said)
        if found and not set(split_lines(lines)).isdisjoint(split_lines(beside_it)):
            return e.mnok(float("".join(found[1].split()).replace(",", ".")), (document, lines))
    return None


def _statements(e: Edition, document: str, topic: str | None = None) -> list[tuple[str, str]]:
    """Lines and words of the statements on topics, without rows of tables, in the order of the document."""
    about = {} if topic is None else {"topic": topic}
    rows = e.table("topics", "lines", "statement", document=document, **about)
    printed = set(e.table("table_cells", "line", document=document)["line"])
    found = rows.drop_duplicates().itertuples(index=False, name=None)
    kept = [pair for pair in found if printed.isdisjoint(split_lines(pair[0]))]
    return sorted(kept, key=lambda pair: split_lines(pair[0])[0])


def _quotation(e: Edition, document: str, lines: str, said: str) -> Cell:
    return Cell(e.quoted(said), ((document, lines),), lang="nb" if e.lang == "en" else "")


def converted(e: Edition, year: int) -> str:
    """How an amount of `year` came to be in the prices of the report, in words; empty where it is in them already."""
    if year == e.params.prices.year:
        return ""
    return e.text(f"regnet om fra {year}-kroner", f"converted from {year} kroner")


def kroner_of(e: Edition, year: int) -> str:
    """The kroner that amounts of `year` are shown in; with the price index where they are converted."""
    price_year = e.params.prices.year
    return caveats.price_basis(e) if converted(e, year) else e.text(f"{price_year}-kroner", f"{price_year} kroner")


def difference(e: Edition) -> str:
    """How the difference between two figures that stand together was computed, in words."""
    return e.text(
        "regnet ut som forskjellen mellom to tall på linjen",
        "computed as the difference between two figures on the line",
    )


def sum_of(e: Edition, count: int) -> str:
    """How a sum of figures was computed, in words; empty for one, which is none."""
    return "" if count == 1 else e.text(f"summen av {e.count(count)} tall", f"the sum of {e.count(count)} figures")


def within(name: Cell) -> Cell:
    """A name of an account within a sentence, where it has a small letter; abbreviations keep their capitals."""
    text = name.text
    lower = text[:1].lower() + text[1:] if text[1:2].islower() else text
    return replace(name, text=lower)


def when(e: Edition, rule: rules.Rule, lowest: bool) -> str:
    """In which of its years a plan is on the wrong side of the target of a rule, as a sentence ends; where it is so in
    none, in which it keeps to it: `i tre av fire år`, `alle fire årene`.
    """
    broken, years = len(rule.broken(lowest)), len(rule.plan)
    if 0 < broken < years:
        return e.text(f"i {e.count(broken)} av {e.count(years)} år", f"in {e.count(broken)} of {e.count(years)} years")
    if years == 1:
        return e.text(f"i {rule.plan.iloc[0]['year']}", f"in {rule.plan.iloc[0]['year']}")
    if years == 2:
        return e.text("begge årene", "in both years")
    return e.text(f"alle {e.count(years)} årene", f"in all {e.count(years)} years")


def missed(e: Edition, rule: rules.Rule, lowest: bool, subject: str) -> str:
    """How often a plan is on the wrong side of the target of a rule, in a sentence that begins with `subject`. A target
    that is the most allowed is a limit.
    """
    if rule.broken(lowest).empty:
        keeps = e.text(
            "holder målet" if lowest else "holder grensen", f"keeps to the {'target' if lowest else 'limit'}"
        )
        return f"{subject} {keeps} {when(e, rule, lowest)}."
    side = e.text("under målet", "below the target") if lowest else e.text("over grensen", "above the limit")
    return f"{subject} {e.text('ligger', 'is')} {side} {when(e, rule, lowest)}."


def proposals(e: Edition, proposal: str, measures: pd.DataFrame) -> list[tuple[Cell, Cell]]:
    """Each measure of a party budget with its amounts as words: (name, amounts) pairs. Amounts are in the kroner of the
    budget and, where they differ, in those of the report.

    Years without a change are left out, and so are measures without an amount.
    """
    year = int(e.document(proposal)["budget_year"])
    how = converted(e, year)

    def fixed(mnok: float, decimals: int) -> str:
        if not how:
            return ""
        change = e.mnok(mnok * e.price_factor(year), decimals=decimals, signed=True).text
        price_year = e.params.prices.year
        return e.text(f" ({change} i {price_year}-kroner)", f" ({change} in {price_year} kroner)")

    pairs = []
    for name, rows in measures[measures["amount_mnok"].fillna(0) != 0].groupby("measure", sort=False):
        words = []
        decimals = _decimals(rows["amount_mnok"])
        for _, stated in rows.iterrows():
            change = e.mnok(stated["amount_mnok"], decimals=decimals, signed=True).text
            if pd.notna(stated["year"]):
                when = e.text(f"i {stated['year']}", f"in {stated['year']}")
            elif stated["role"] != "period_total":
                when = e.text("uten oppgitt år", "with no year stated")
            else:
                when = e.text(f"for {e.period(proposal)} samlet", f"for {e.period(proposal)} in all")
            words.append(f"{change} {when}{fixed(stated['amount_mnok'], decimals)}")
        where = tuple(dict.fromkeys(source(stated) for _, stated in rows.iterrows()))
        pairs.append((e.named(name, *where), Cell(e.listed(words), where, how)))
    return pairs


def without_amount(e: Edition, measures: pd.DataFrame) -> list[Cell]:
    """The names of the measures that state no amount at all."""
    stated = set(measures.loc[measures["amount_mnok"].notna(), "measure"])
    rows = measures[~measures["measure"].isin(stated)].drop_duplicates("measure")
    return [e.named(name["measure"], source(name)) for _, name in rows.iterrows()]


def fixed_prices(e: Edition, year: int) -> float | None:
    """What an amount of `year` is multiplied with to be in the prices of the report; None without price figures."""
    try:
        return e.price_factor(year)
    except UserError:
        return None


def beside(e: Edition, used: Iterable[tuple[str, str]]) -> list[list[Cell | str]]:
    """The errors that the audit found on the lines that a section uses: (what does not fit, its lines) pairs."""
    used = list(used)
    cited = {document for document, _ in used}
    found = audited.by_root(e.rows([document for document in e.used if document in cited], "findings"))
    found = found[found["severity"] == "error"]
    return caveats.grouped(e, caveats.touching(found, used))


def _wide(rows: pd.DataFrame, keys: list[str], columns: Iterable = MEANINGS) -> pd.DataFrame:
    """One row a printed row, in the order of the document, with a column for each meaning; empty where it has none."""
    if rows.empty:
        return pd.DataFrame(columns=[*keys, *columns])
    wide = rows.pivot(index=keys, columns="meaning", values="value").reindex(columns=list(columns))
    return wide.reset_index().sort_values("line", kind="stable").rename_axis(columns=None).reset_index(drop=True)


def _decimals(amounts: pd.Series) -> int:
    """How many decimals printed amounts have: none or one."""
    stated = amounts.dropna()
    return 0 if (stated.round() == stated).all() else 1
