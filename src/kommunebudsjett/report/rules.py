"""Fiscal rules: what two documents state of each rule."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from kommunebudsjett.report import wording
from kommunebudsjett.report.edition import Edition, source


def stated_rules(e: Edition, document: str) -> pd.DataFrame:
    """The fiscal rules that a document states, with its targets."""
    return e.table("fiscal_rules", document=document)


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

    def broken(self, lowest: bool) -> pd.DataFrame:
        """The rows of the plan on the wrong side of the target, which is the least allowed where `lowest`."""
        if self.target is None:
            return self.plan.iloc[:0]
        values, target = self.plan["value_percent"], self.target[0]
        return self.plan[values < target] if lowest else self.plan[values > target]


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


def as_stated(e: Edition) -> Callable[[float], str]:
    """Writes a percentage with the decimals that the source has, one or two: a printed 1,95 is not shown as 2,0."""
    return lambda value: wording.number(value, e.lang, 1 if round(value, 1) == value else 2)
