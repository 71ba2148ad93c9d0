"""Check `fiscal_rule`: a plan against its own fiscal rules, and a printed average against its years."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from kommunebudsjett.audit.findings import EPSILON, Finding, finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.tables.grouping import grouped

# Rules whose target is the most that is allowed; the others state the least.
CEILINGS = ("capital_costs", "debt_ratio")
NAMES = {
    "capital_costs": ("kapitalutgifter (renter og avdrag)", "capital costs"),
    "debt_ratio": ("gjeldsgrad", "the debt ratio"),
    "disposition_fund": ("disposisjonsfond", "the disposition fund"),
    "net_operating_result": ("netto driftsresultat", "the net operating result"),
}
# What an average of percentages with one decimal may be off, by its own rounding and that of its years.
_ROUNDED = 0.1 + EPSILON


def check(source: Source) -> Iterator[Finding]:
    """Years and averages that cross a rule's target, and averages that their years do not give.

    That a rule is not kept is a note: the document may say so itself.
    """
    rules = source.frame("fiscal_rules")
    for (rule,), rows in grouped(rules[rules["value_percent"].notna()], ["rule"]).items():
        names: dict[str, Any] = {"rule_nb": NAMES[rule][0], "rule_en": NAMES[rule][1]}
        for row in rows:
            if pd.notna(row.target_percent) and _is_crossed(row):
                yield _crossed(source.document, row, names)
        years = [row for row in rows if pd.notna(row.year)]
        for average in (row for row in rows if pd.isna(row.year) and len(years) > 1):
            computed = round(sum(row.value_percent for row in years) / len(years), 4)
            if abs(average.value_percent - computed) > _ROUNDED:
                yield finding(
                    source.document, "fiscal_rule", "error", [average.line, *(row.line for row in years)],
                    "Gjennomsnittet for {rule_nb} i {period} står som {stated} prosent, men årene gir {computed} "
                    "prosent.",
                    "The average of {rule_en} in {period} is stated as {stated} per cent, but its years give "
                    "{computed} per cent.",
                    average.value_percent, computed, period=average.period, **names,
                )  # fmt: skip


def _is_crossed(row: Any) -> bool:
    over = float(row.value_percent - row.target_percent)
    return over > 0 if row.rule in CEILINGS else over < 0


def _crossed(document: str, row: Any, names: dict[str, Any]) -> Finding:
    over = row.rule in CEILINGS
    return finding(
        document, "fiscal_rule", "note", [row.line],
        "{rule_nb} er {stated} prosent i {when}; handlingsregelen er {side_nb} {computed} prosent.",
        "{rule_en} is {stated} per cent in {when}; the fiscal rule is {side_en} {computed} per cent.",
        row.value_percent, row.target_percent, when=str(row.year) if pd.notna(row.year) else row.period,
        side_nb="høyst" if over else "minst", side_en="at most" if over else "at least", **names,
    )  # fmt: skip
