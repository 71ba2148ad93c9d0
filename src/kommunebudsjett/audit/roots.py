"""Findings of a document in; which of them follow from another out: one row that is missing shows in many sums."""

from collections.abc import Sequence
from typing import Any

from kommunebudsjett.audit.findings import EPSILON, Finding
from kommunebudsjett.readers.text import split_lines

# The checks whose findings can follow from each other. What is nearest to the cause comes first: a sum that lacks a row
# makes the budget that it is in unbalanced.
_CAUSES = ("sum", "deviation", "printing", "tables", "balance")
# How far apart, as a share, two amounts are that one missing row gives in sums of other numbers, which are rounded.
_ROUNDED = 0.01


def follows_from(findings: Sequence[Finding]) -> list[str]:
    """For each finding the name of the one that it follows from; "" for those that follow from none.

    Findings that are off by the same amount but for rounding, and that lines connect, have one root: of the check that
    is nearest to the cause, the first.
    """
    out = [""] * len(findings)
    for group in _groups(findings):
        root = min(group, key=lambda place: (_CAUSES.index(findings[place].check), place))
        for place in group:
            if place != root:
                out[place] = name_of(findings[root])
    return out


def name_of(finding: Any) -> str:
    """What tells a finding that others follow from: its check, its lines and how far it is off."""
    return f"{finding.check} {finding.lines} {finding.difference:g}"


def lines_of_name(name: str) -> list[int]:
    """The lines of the finding that `name_of` names.

    >>> lines_of_name("sum 5-7 -30")
    [5, 6, 7]
    """
    return split_lines(name.rsplit(" ", 2)[1])


def _groups(findings: Sequence[Finding]) -> list[list[int]]:
    """The places of findings that are off by the same amount and connected by lines, where there are several."""
    groups: list[tuple[str, float, set[int], list[int]]] = []
    for place, finding in enumerate(findings):
        if finding.check not in _CAUSES or finding.difference is None or abs(finding.difference) <= EPSILON:
            continue
        off, lines, places = abs(finding.difference), set(split_lines(finding.lines)), [place]
        for other in [group for group in groups if group[0] == finding.document]:
            if abs(other[1] - off) <= max(EPSILON, _ROUNDED * off) and other[2] & lines:
                groups.remove(other)
                lines, places = lines | other[2], other[3] + places
        groups.append((finding.document, off, lines, sorted(places)))
    return [places for *_, places in groups if len(places) > 1]
