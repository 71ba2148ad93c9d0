"""Investments: what the accounts say, why they differ from the budget, and what party budgets would change."""

import dataclasses
import re
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.readers.model.prose import sentences
from kommunebudsjett.report.blocks import Cell, Quotation
from kommunebudsjett.report.edition import Edition, kept, source
from kommunebudsjett.report.prose import Paragraph, from_first, paragraphs, states_millions

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


def expenditure_parts(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with amounts that the investment expenditure is the sum of; none where the document does not say."""
    total = line_of(table, "expenditure")
    return table.iloc[:0] if total is None else _with_amounts(table[table["line"] < total["line"]])


def funds_parts(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with amounts that the row `funds` is the sum of, positive where they paid for investments: those between
    it and net lending. None where the document does not say.
    """
    if any(line_of(table, name) is None for name in ("relending", "funds")):
        return table.iloc[:0]
    between = table["line"].between(line_of(table, "relending")["line"] + 1, line_of(table, "funds")["line"] - 1)
    return _with_amounts(table[between].assign(actual=-table["actual"]))


def _with_amounts(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that have an amount in the accounts."""
    return rows[rows["actual"].fillna(0) != 0]


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


def comparisons(e: Edition, report: str) -> pd.DataFrame:
    """The key figures on investment: the municipality's own and those it is compared with."""
    rows = e.indicators(report, _INVESTMENT)
    return rows[rows["value"].notna()]


class Beside(NamedTuple):
    """The total of the areas and the line `assets` of the statement, by how much the total is more in the accounts and
    in the revised budget, and the line `others` of the statement where it is about as much in both.
    """

    total: pd.Series
    assets: pd.Series
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
    return Beside(total, assets, **more, others=others if explains else None)


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
