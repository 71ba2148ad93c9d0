"""Check `fiscal_rule`: a plan against its own fiscal rules, and a printed average against its years."""

from collections.abc import Iterator

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, both
from kommunebudsjett.readers.text import join_lines

# Rules whose target is the most that is allowed; the others state the least.
CEILINGS = ("capital_costs", "debt_ratio")
NAMES = {
    "capital_costs": ("kapitalutgifter (renter og avdrag)", "capital costs"),
    "debt_ratio": ("gjeldsgrad", "the debt ratio"),
    "disposition_fund": ("disposisjonsfond", "the disposition fund"),
    "net_operating_result": ("netto driftsresultat", "the net operating result"),
}


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Years and averages that cross a rule's target, and averages that their years do not give.

    That a rule is not kept is a note: the document may say so itself. An average may be off by its own rounding and
    that of its years.
    """
    rules = tables["fiscal_rules"]
    rules = rules[rules["value_percent"].notna()]
    for (document, rule), rows in rules.groupby(["document", "rule"], sort=False):
        yield from _crossed(str(document), str(rule), rows)
        years = rows[rows["year"].notna()]
        for average in rows[rows["year"].isna()].itertuples():
            if len(years) < 2:
                continue
            computed = round(float(years["value_percent"].mean()), 4)
            difference = round(average.value_percent - computed, 9)
            if abs(difference) <= 0.1 + EPSILON:
                continue
            descriptions = both(
                "Gjennomsnittet for {rule_nb} i {period} står som {stated} prosent, men årene gir {computed} prosent.",
                "The average of {rule_en} in {period} is stated as {stated} per cent, but its years give {computed} "
                "per cent.",
                rule_nb=NAMES[rule][0], rule_en=NAMES[rule][1], period=average.period, stated=average.value_percent,
                computed=computed,
            )  # fmt: skip
            lines = join_lines([*years["line"], average.line])
            yield Finding(
                str(document),
                "fiscal_rule",
                "error",
                "",
                lines,
                *descriptions,
                average.value_percent,
                computed,
                difference,
            )


def _crossed(document: str, rule: str, rows: pd.DataFrame) -> Iterator[Finding]:
    rows = rows[rows["target_percent"].notna()]
    over = rule in CEILINGS
    broken = rows[
        (rows["value_percent"] > rows["target_percent"]) if over else (rows["value_percent"] < rows["target_percent"])
    ]
    for row in broken.itertuples():
        when = str(row.year) if pd.notna(row.year) else row.period
        descriptions = both(
            "{rule_nb} er {value} prosent i {when}; handlingsregelen er {side_nb} {target} prosent.",
            "{rule_en} is {value} per cent in {when}; the fiscal rule is {side_en} {target} per cent.",
            rule_nb=NAMES[rule][0].capitalize(), rule_en=NAMES[rule][1].capitalize(), value=row.value_percent,
            when=when,
            target=row.target_percent, side_nb="høyst" if over else "minst", side_en="at most" if over else "at least",
        )  # fmt: skip
        yield Finding(
            document, "fiscal_rule", "note", "", str(row.line), *descriptions, row.value_percent, row.target_percent,
            round(row.value_percent - row.target_percent, 9),
        )  # fmt: skip
