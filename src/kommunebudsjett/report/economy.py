"""The economy of the municipality: result, statement by kind, balance, guarantees, key figures, taxes and funds.

Clean tables in, tidy tables for a report out. What the outcome lacks comes back as an empty table or None, so that a
report can say so in words. Rows of the statement by kind are found by the terms of the accounting regulations.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.errors import UserError
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import caveats
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.meanings import MEANINGS, with_meaning

_RESULT = re.compile(r"^resultat\b.*\bavsetning", re.IGNORECASE)
_SUBTOTAL = re.compile(r"^(?:sum|brutto|netto)\b", re.IGNORECASE)
_MEAN = re.compile(r"gjennomsnitt|snitt", re.IGNORECASE)
_FUND = re.compile(r"fond\b", re.IGNORECASE)
_PENSION = re.compile(r"pensjon", re.IGNORECASE)
_LONG_TERM_DEBT = re.compile(r"langsiktig gjeld", re.IGNORECASE)
_DEFINES = re.compile(r"\bdefinert\b", re.IGNORECASE)
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


def result(e: Edition) -> pd.DataFrame:
    """What the result of the outcome is made of: document, table, row, line, revised_budget, actual, deviation and
    is_result. A positive deviation makes the result better. Empty where the outcome has no such table.
    """
    cells = e.table("table_cells")
    cells = cells[cells["document"] == e.part("outcome")["document"]]
    tables = cells.loc[cells["row"].str.contains(_RESULT), "table"].unique()
    amounts = with_meaning(cells[cells["table"].isin(tables[:1])])
    rows = _wide(amounts, ["document", "table", "row", "line"])
    return rows.assign(is_result=rows["row"].str.contains(_RESULT))


def statement(e: Edition) -> pd.DataFrame:
    """The statement by kind of the outcome as its reader sees money: plus comes in, minus goes out, and a positive
    deviation makes the result better.

    document, table, group, row, line, is_total, actual, revised_budget, original_budget, deviation and year_before
    (the accounts of the year before). The document has revenue with a minus; the signs are turned where it has.
    """
    rows = e.table("statement_by_kind")
    rows = rows[rows["document"] == e.part("outcome")["document"]].copy()
    rows.loc[(rows["meaning"] == "actual") & (rows["year"] < rows["year"].max()), "meaning"] = "year_before"
    wide = _wide(rows, ["document", "table", "group", "row", "line", "is_total"], [*MEANINGS, "year_before"])
    revenue = row(wide, "revenue")
    if revenue is not None and revenue["actual"] < 0:
        # Adding zero turns the -0.0 that a turned zero becomes back into 0.
        amounts = [*MEANINGS, "year_before"]
        wide[amounts] = -wide[amounts] + 0
    return wide


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


def balance(e: Edition, side: str) -> pd.DataFrame:
    """A side of the balance sheet (`assets`, or `equity_and_liabilities` with its signs turned): document, group, row,
    line, is_total, now, before and change. Rows without an amount in either year are left out.
    """
    rows = e.table("balance")
    rows = rows[(rows["document"] == e.part("outcome")["document"]) & (rows["side"] == side)].copy()
    rows["meaning"] = rows["year"].eq(rows["year"].max()).map({True: "now", False: "before"})
    wide = _wide(rows, ["document", "group", "row", "line", "is_total"], ["now", "before"])
    wide = wide[wide[["now", "before"]].fillna(0).ne(0).any(axis=1)].copy()
    if wide["now"].sum() < 0:
        wide[["now", "before"]] = -wide[["now", "before"]] + 0
    return wide.assign(change=wide["now"] - wide["before"]).reset_index(drop=True)


def balance_years(e: Edition) -> tuple[int, int] | None:
    """The year before and the year of the balance sheet; None where the outcome has none."""
    rows = e.table("balance")
    years = sorted(rows.loc[rows["document"] == e.part("outcome")["document"], "year"].unique())
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


def guarantees(e: Edition) -> pd.DataFrame:
    """What the municipality guarantees for: document, row, line, is_total, and a column for each year (integers)."""
    rows = e.table("guarantees")
    rows = rows[rows["document"] == e.part("outcome")["document"]]
    rows = rows.assign(meaning=rows["year"].astype(int))
    return _wide(rows, ["document", "row", "line", "is_total"], sorted(rows["meaning"].unique()))


def key_figures(e: Edition) -> tuple[pd.DataFrame, list[str]]:
    """The municipality's own economic key figures in the latest year beside those of others.

    Returns the indicators and the names of the municipalities as printed, the own first and the mean last. Columns:
    document, table, indicator, line, unit, source, year, `own`, `mean`, and one for each municipality. Indicators
    that are not in per cent, or lack the own figure or a mean, are left out.
    """
    document = e.part("outcome")
    rows = e.table("key_figures")
    rows = rows[
        (rows["document"] == document["document"])
        & (rows["area_id"] == "felles")
        & rows["unit"].isin(["percent", ""])
        & rows["value"].notna()
    ]
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


def topic_measures(e: Edition, part: str, topics: Iterable[str]) -> pd.DataFrame:
    """The measures of running costs and funding of a party budget that statements on one of the topics stand in.

    Where the document prints its tables twice, the printing that params.yaml names.
    """
    document = e.part(part)["document"]
    statements = e.table("topics")
    statements = statements[(statements["document"] == document) & statements["topic"].isin(list(topics))]
    lines = {line for runs in statements["lines"] for line in split_lines(runs)}
    rows = e.table("measures")
    rows = rows[
        (rows["document"] == document)
        & rows["kind"].isin(["drift", "inndekning"])
        & rows["printing"].isin(["", e.params.printing])
    ]
    stands = [
        not lines.isdisjoint(range(first, last + 1))
        for first, last in zip(rows["line"], rows["line_last"], strict=True)
    ]
    return rows[stands].reset_index(drop=True)


def by_year(measures: pd.DataFrame) -> pd.DataFrame:
    """Measures with an amount for a year: document, measure, line, and a column for each year (integers)."""
    rows = measures[measures["year"].notna() & measures["amount_mnok"].notna()]
    rows = rows.assign(meaning=rows["year"].astype(int), value=rows["amount_mnok"])
    return _wide(rows, ["document", "measure", "line"], sorted(rows["meaning"].unique()))


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
_RATE = re.compile(r"sats\w*\s+til\s+(\d+(?:,\d+)?)\s+promille\b", re.IGNORECASE)
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


def tax_words(e: Edition, terms: TaxTerms) -> str:
    """The terms of the property tax in words; empty where the text states none."""
    words = []
    if terms.allowance:
        low, high = (e.nok(amount).text for amount in terms.allowance)
        words.append(e.text(f"bunnfradraget endres fra {low} til {high}", f"the allowance goes from {low} to {high}"))
    if terms.rate is not None:
        rate = _per_mille(e, terms.rate)
        words.append(e.text(f"satsen blir {rate} promille", f"the rate becomes {rate} per mille"))
    if terms.step is not None:
        step = _per_mille(e, terms.step)
        words.append(
            e.text(f"satsen øker med {step} promillepoeng i året", f"the rate rises by {step} per mille points a year")
        )
    return e.listed(words) if words else ""


def _per_mille(e: Edition, value: float) -> str:
    decimals = next(count for count in range(4) if round(value, count) == value or count == 3)
    return e.number(value, decimals=decimals).text


def reasons(e: Edition, measures: pd.DataFrame) -> pd.DataFrame:
    """The reasoning of measures, one row a text: document, heading, text, lines and measures (a list)."""
    texts = e.table("measure_texts")
    texts = texts[texts["document"].isin(measures["document"]) & texts["measure"].isin(measures["measure"])]
    grouped = texts.groupby(["document", "heading", "text", "lines"], sort=False)["measure"].agg(list)
    return grouped.rename("measures").reset_index()


def passages_after(e: Edition, table: str) -> list[Cell]:
    """What the outcome says between one of its tables and the next heading or table, in the statements on topics:
    its own words, with their lines, marked as Norwegian in an English report.
    """
    document = e.part("outcome")["document"]
    cells = e.table("table_cells")
    cells = cells[cells["document"] == document]
    first = cells.loc[cells["table"] == table, "line"].max()
    later = cells.loc[cells["line"] > first, "line"]
    end = later.min() if len(later) else float("inf")
    passages = []
    for lines, said in _statements(e, document):
        start = split_lines(lines)[0]
        if not first < start < end:
            continue
        # A statement that opens a section has the line of its heading first.
        if ";" in lines and ": " in said:
            break
        passages.append(_quotation(e, document, lines, said))
    return passages


def definition(e: Edition, topic: str) -> Cell | None:
    """How the outcome itself defines what a topic is about, in its own words; None where it does not."""
    document = e.part("outcome")["document"]
    for lines, said in _statements(e, document, topic):
        if _DEFINES.search(said):
            return _quotation(e, document, lines, said)
    return None


def _statements(e: Edition, document: str, topic: str | None = None) -> list[tuple[str, str]]:
    """Lines and words of the statements on topics, without rows of tables, in the order of the document."""
    rows = e.table("topics")
    rows = rows[(rows["document"] == document) & (True if topic is None else rows["topic"] == topic)]
    cells = e.table("table_cells")
    printed = set(cells.loc[cells["document"] == document, "line"])
    found = rows[["lines", "statement"]].drop_duplicates().itertuples(index=False)
    kept = [tuple(pair) for pair in found if printed.isdisjoint(split_lines(pair[0]))]
    return sorted(kept, key=lambda pair: split_lines(pair[0])[0])


def _quotation(e: Edition, document: str, lines: str, said: str) -> Cell:
    return Cell(e.quoted(said), ((document, lines),), lang="nb" if e.lang == "en" else "")


def fixed_prices(e: Edition, year: int) -> float | None:
    """What an amount of `year` is multiplied with to be in the prices of the report; None without price figures."""
    try:
        return e.price_factor(year)
    except UserError:
        return None


def beside(e: Edition, used: Iterable[tuple[str, str]]) -> list[list[Cell | str]]:
    """What the audit found on the lines that a section uses: (what does not fit, its lines) pairs."""
    used = list(used)
    documents = {document for document, _ in used}
    found = [caveats.findings(e, part, ("error", "doubt")) for part, document in e.params.documents]
    found = pd.concat([rows[rows["document"].isin(documents)] for rows in found]).drop_duplicates()
    return caveats.grouped(e, caveats.touching(found, used))


def _wide(rows: pd.DataFrame, keys: list[str], columns: Iterable = MEANINGS) -> pd.DataFrame:
    """One row a printed row, in the order of the document, with a column for each meaning; empty where it has none."""
    if rows.empty:
        return pd.DataFrame(columns=[*keys, *columns])
    wide = rows.pivot(index=keys, columns="meaning", values="value").reindex(columns=list(columns))
    return wide.reset_index().sort_values("line", kind="stable").rename_axis(columns=None).reset_index(drop=True)
