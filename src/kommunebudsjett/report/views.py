"""What several reports ask of the tables: rows and sentences' parts, as functions of an edition."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import charts, wording
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.tables.comparison import running_costs, whole_table


def source(row: pd.Series) -> tuple[str, str]:
    """The document and lines of a row of a clean table."""
    return row["document"], str(row["lines"] if "lines" in row else row["line"])


def sources(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """The documents and lines of several rows."""
    return [source(row) for _, row in rows.iterrows()]


def area_value(rows: pd.DataFrame, area_id: str, column: str = "fixed_mnok") -> float | None:
    """The value of an area in rows of the comparison, None where the document has none."""
    return float(rows.at[area_id, column]) if area_id in rows.index else None


def area_cell(
    e: Edition, rows: pd.DataFrame, area_id: str, column: str, decimals: int = 0, signed: bool = False
) -> Cell:
    """The value of an area as it is shown, with its lines; in words where the document has none."""
    if area_id not in rows.index:
        return Cell(none(e))
    row = rows.loc[area_id]
    return e.number(row[column], source(row), decimals=decimals, signed=signed)


def share_cell(e: Edition, rows: pd.DataFrame, level: pd.DataFrame, area_id: str) -> Cell:
    """What an area's change is of its actual level, with the lines of both; in words where either is missing."""
    if area_id not in rows.index or area_id not in level.index:
        return Cell(none(e))
    return e.percent(rows.at[area_id, "share_of_level_percent"], source(rows.loc[area_id]), source(level.loc[area_id]))


def none(e: Edition) -> str:
    """What stands where a document says nothing of an area."""
    return e.text("ikke omtalt", "not mentioned")


def services(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the comparison that are services, without finance and administration, where the money is found."""
    return rows.drop(index="finans_organisasjon", errors="ignore")


def measures(e: Edition, part: str, area_id: str | None = None) -> pd.DataFrame:
    """The operating measures of a party budget in its first year, of one area or all, largest first."""
    document = e.part(part)
    rows = running_costs(e.table("measures"), document["document"], int(document["budget_year"]), e.params.printing)
    if area_id is not None:
        rows = rows[rows["area_id"] == area_id]
    return rows.sort_values("amount_mnok", ascending=False, kind="stable")


def half_year(e: Edition, part: str) -> pd.DataFrame:
    """The measures of a party budget whose first year is half a year's cost."""
    rows = measures(e, part)
    return rows[rows["note"].str.contains("halvårseffekt", case=False)]


def service_areas(e: Edition) -> pd.DataFrame:
    """The service areas of the outcome, as its table of all areas prints them."""
    return whole_table(e.table("accounts"), e.part("outcome")["document"])


def area_notes(e: Edition, part: str) -> list[str]:
    """What a reader must know of the areas that a party budget's amounts stand under."""
    return e.area_notes(e.part(part)["document"], list(measures(e, part)["area"].unique()))


def breaks(e: Edition) -> list[str]:
    """What changed in the municipality between the first and the last of the compared documents."""
    compared = [e.part(part) for part in ("before", "alternative", "outcome")]
    years = [int(document["budget_year"]) for document in compared]
    rows = e.breaks[e.breaks["municipality"].isin({document["municipality"] for document in compared})]
    return list(rows.loc[rows["year"].between(min(years), max(years)), f"note_{e.lang}"])


def name(document: pd.Series) -> str:
    """A document by its publisher and year."""
    return f"{document['publisher']} {document['budget_year']}"


def fiscal_rules(e: Edition, part: str) -> pd.DataFrame:
    """The fiscal rules that a document states, with its targets."""
    rows = e.table("fiscal_rules")
    return rows[rows["document"] == e.part(part)["document"]]


def period(document: pd.Series) -> str:
    """The year or the years of a document."""
    first, last = document["period_from"], document["period_to"]
    return str(first) if first == last else f"{first}–{last}"


def plan_years(document: pd.Series) -> list[int]:
    """The years of a document's plan."""
    return list(range(int(document["period_from"]), int(document["period_to"]) + 1))


@dataclass(frozen=True)
class Rule:
    """What two documents state of one rule: the outcome's row, the plan's rows by year, and the plan's mean."""

    outcome: pd.Series | None
    plan: pd.DataFrame
    mean: pd.Series | None

    @property
    def target(self) -> tuple[float, tuple[str, str]] | None:
        """The target in per cent and where it stands: the plan's own, else that of the outcome."""
        rows = [row for _, row in self.plan.iterrows()] + ([] if self.outcome is None else [self.outcome])
        return next(((row["target_percent"], source(row)) for row in rows if pd.notna(row["target_percent"])), None)


def rules_by_name(outcome: pd.DataFrame, plan: pd.DataFrame) -> dict[str, Rule]:
    """The rules that either document states, in the order of the plan."""
    rules = {}
    for name in dict.fromkeys([*plan["rule"], *outcome["rule"]]):
        happened, planned = outcome[outcome["rule"] == name], plan[plan["rule"] == name]
        means = planned[planned["year"].isna()]
        rules[name] = Rule(
            None if happened.empty else happened.iloc[0],
            planned[planned["year"].notna()],
            None if means.empty else means.iloc[0],
        )
    return rules


def rule_panel(e: Edition, title: str, rule: Rule, direction: str) -> charts.RulePanel:
    """A rule as a panel of its figure. `direction` says in words which side of the target is allowed."""
    target = rule.target
    return charts.RulePanel(
        title,
        None if rule.outcome is None else (str(rule.outcome["year"]), float(rule.outcome["value_percent"])),
        [(str(row["year"]), float(row["value_percent"])) for _, row in rule.plan.iterrows()],
        None if target is None else float(target[0]),
        "" if target is None else f"{direction}\n{e.percent(target[0], decimals=0).text}",
    )


def rule_row(e: Edition, title: str, rule: Rule, years: Sequence[int], direction: str) -> list[Cell | str]:
    """A rule as a row of its table: target, outcome, the plan by year and its mean."""
    unsaid = e.text("ikke oppgitt", "not stated")
    write = as_stated(e)
    by_year = {int(row["year"]): row for _, row in rule.plan.iterrows()}

    def value(row: pd.Series | None) -> Cell:
        if row is None:
            return Cell(unsaid)
        return Cell(write(row["value_percent"]), (source(row),))

    target = rule.target
    return [
        title,
        Cell(e.text("ikke noe mål", "no target"))
        if target is None
        else Cell(f"{direction} {e.percent(target[0], decimals=0).text}", (target[1],)),
        value(rule.outcome),
        *[value(by_year.get(year)) for year in years],
        value(rule.mean),
    ]


def as_stated(e: Edition) -> Callable[[float], str]:
    """Writes a percentage with the decimals that the source has, one or two: a printed 1,95 is not shown as 2,0."""
    return lambda value: wording.number(value, e.lang, 1 if round(value, 1) == value else 2)


def findings(e: Edition, part: str, severities: Sequence[str]) -> pd.DataFrame:
    """What the audit found in the document that plays a part."""
    rows = e.table("findings")
    return rows[(rows["document"] == e.part(part)["document"]) & rows["severity"].isin(severities)]


def listed_lines(lines: str) -> str:
    """Lines as a person reads them: `12, 15–18`."""
    return lines.replace(";", ", ").replace("-", "–")


def grouped(e: Edition, found: pd.DataFrame) -> list[list[Cell | str]]:
    """Findings as rows of a table, those of one check on the same lines (a column each) as one."""
    rows = []
    for _, same in found.groupby(["check", "lines"], sort=False):
        more = len(same) - 1
        text = same.iloc[0][f"description_{e.lang}"]
        if more:
            columns = e.text("kolonne" if more == 1 else "kolonner", "column" if more == 1 else "columns")
            text += e.text(f" Det samme gjelder {more} {columns} til.", f" So it is for {more} more {columns}.")
        rows.append([text, Cell(listed_lines(same.iloc[0]["lines"]), (source(same.iloc[0]),))])
    return rows


def largest_gap(e: Edition, part: str) -> tuple[float, list[tuple[str, str]]]:
    """The largest difference between the printed total of an operating table and the sum of its rows in the first
    year, in the printing that is used, and where the total stands. Zero where a document prints no totals.
    """
    document = e.part(part)
    year = str(document["budget_year"])
    cells = e.table("table_cells")
    cells = cells[(cells["document"] == document["document"]) & (cells["column"] == year)]
    gap, where = 0.0, []
    for _, table in cells[
        cells["table"].isin(set(cells.loc[cells["line"].isin(measures(e, part)["line"]), "table"]))
    ].groupby("table"):
        totals = table[table["is_total"] == 1]
        if len(totals) == 1:
            difference = abs(float(totals["value"].iloc[0] - table.loc[table["is_total"] == 0, "value"].sum()))
            if difference > gap:
                gap, where = difference, [source(totals.iloc[0])]
    return gap, where


def printed_twice(e: Edition, part: str) -> bool:
    """Whether a document prints its measures in two places."""
    rows = e.table("measures")
    printings = rows.loc[rows["document"] == e.part(part)["document"], "printing"]
    return printings.nunique() > 1


def without_amount(e: Edition, part: str) -> pd.DataFrame:
    """The measures of a party budget, funding included, that have no amount for its first year: one row each."""
    document = e.part(part)
    rows = e.table("measures")
    rows = rows[rows["document"] == document["document"]]
    name = ["area", "kind", "measure"]
    stated = rows[rows["amount_mnok"].notna() & (rows["year"].isna() | (rows["year"] == document["budget_year"]))]
    merged = rows.drop_duplicates(name).merge(
        stated[name].drop_duplicates(), on=name, how="left", indicator=True, validate="1:1"
    )
    return merged[merged["_merge"] == "left_only"].drop(columns="_merge")


def unread_counts(e: Edition) -> list[str]:
    """How many numbers of each compared document are listed as unread, as parts of a sentence."""
    rows = e.table("unread")
    return [
        f"{name(e.documents.loc[document])}: {int((rows['document'] == document).sum())}"
        for _, document in e.params.documents
    ]


def price_basis(e: Edition) -> str:
    """The price index and year in words."""
    names = {
        "municipal_deflator": e.text("kommunal deflator", "municipal deflator"),
        "cpi": e.text("konsumprisindeksen", "consumer price index"),
    }
    return e.text(
        f"{e.params.prices.year}-kroner ({names[e.params.prices.index]})",
        f"{e.params.prices.year} kroner ({names[e.params.prices.index]})",
    )


def price_caveats(e: Edition, years: Iterable[int]) -> str:
    """Which price figures are not confirmed, in words; empty where all are."""
    words = {
        "secondary": e.text("fra en sekundær kilde", "from a secondary source"),
        "derived": e.text("utledet", "derived"),
        "forecast": e.text("et anslag", "a forecast"),
    }
    by_status: dict[str, list[int]] = {}
    for year in sorted(years):
        for figure_year, status in e.price_notes(year):
            if figure_year not in by_status.setdefault(status, []):
                by_status[status].append(figure_year)
    parts = [
        e.text(
            f"{e.listed([str(year) for year in sorted(found)])} er {words[status]}",
            f"{e.listed([str(year) for year in sorted(found)])} {'is' if len(found) == 1 else 'are'} {words[status]}",
        )
        for status, found in by_status.items()
    ]
    return e.text("Prisveksten for ", "Price growth for ") + e.listed(parts) + "." if parts else ""


def signed_mnok(e: Edition, rows: pd.DataFrame, column: str = "amount_mnok") -> list[str]:
    """`name (amount)` of each measure, for a list in a sentence."""
    return [f"{row['measure']} ({wording.mnok(row[column], e.lang, 1, signed=True)})" for _, row in rows.iterrows()]


def total(e: Edition, rows: pd.DataFrame, column: str = "fixed_mnok") -> tuple[float, Sequence[tuple[str, str]]]:
    """The sum of a column of the comparison, and the lines of all that is summed."""
    return float(rows[column].sum()), sources(rows)
