"""Findings of a document in; which of them follow from another out: one row that is missing shows in many sums."""

from collections.abc import Iterator, Sequence

from kommunebudsjett.audit.findings import EPSILON, Finding
from kommunebudsjett.audit.source import Source
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.tables.finding_names import name_of

# The checks whose findings can follow from each other. What is nearest to the cause comes first: a sum that lacks a row
# makes the budget that it is in unbalanced. A row that is wrong itself comes before the sums that it is in.
_CAUSES = ("sum", "deviation", "printing", "tables", "balance")
# The checks that compare single rows.
_OF_ROWS = ("deviation", "printing", "tables")
# How far apart, as a share, two amounts are that one missing row gives in sums of other numbers, which are rounded; and
# where one of the numbers is rounded to whole millions, or is the nothing that a budget should leave.
_ROUNDED, _WHOLE = 0.01, 0.05
# One wrong unit, one other basis of a column of percentages and one rule that is not kept show in many rows or years.
_BY_TABLE = ("unit", "derived", "fiscal_rule")


def follows_from(findings: Sequence[Finding], source: Source | None = None) -> list[str]:
    """For each finding the name of the one that it follows from; "" for those that follow from none.

    The tables of the `source` tell what is printed twice.
    """
    parents: dict[int, int] = {}
    for pairs in (_between_printings(findings, source or Source({})), _same_amount(findings), _same_cause(findings)):
        for place, root in pairs:
            if _root(root, parents) != _root(place, parents):
                parents[_root(place, parents)] = _root(root, parents)
    roots = [_root(place, parents) for place in range(len(findings))]
    return [name_of(findings[root]) if root != place else "" for place, root in enumerate(roots)]


def _root(place: int, parents: dict[int, int]) -> int:
    while place in parents:
        place = parents[place]
    return place


def _same_amount(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Findings that are off by the same amount but for rounding, and that lines connect: they have one root, a row that
    is wrong before the sums that it is in, else of the check that is nearest to the cause, the first.
    """
    groups: list[tuple[float, set[int], list[int], float]] = []
    for place, finding in enumerate(findings):
        if finding.check not in _CAUSES or finding.difference is None or abs(finding.difference) <= EPSILON:
            continue
        off, lines, places, share = abs(finding.difference), set(split_lines(finding.lines)), [place], _share(finding)
        for other in list(groups):
            if abs(other[0] - off) <= max(EPSILON, share * off, other[3] * off) and other[1] & lines:
                groups.remove(other)
                lines, places = lines | other[1], other[2] + places
        groups.append((off, lines, sorted(places), share))
    for _, _, places, _ in groups:
        sums = [findings[place] for place in places if findings[place].check == "sum"]
        parts = {line for one in sums for line in split_lines(one.lines)[:-1]}
        totals = {split_lines(one.lines)[-1] for one in sums}
        root = min(places, key=lambda place: (_rank(findings[place], parts, totals), place))
        yield from ((place, root) for place in places if place != root)


def _rank(finding: Finding, parts: set[int], totals: set[int]) -> int:
    """How near a finding is to the cause of those that it is with, among which are sums of these lines."""
    lines = split_lines(finding.lines)
    if finding.check == "sum":
        # A subtotal that is wrong makes the sums wrong that it is in.
        return -1 if lines[-1] in parts else 0
    own_row = finding.check in _OF_ROWS and not set(lines) & totals and set(lines) & parts
    return -2 if own_row else _CAUSES.index(finding.check)


def _share(finding: Finding) -> float:
    whole = [value is not None and float(value).is_integer() for value in (finding.stated, finding.computed)]
    return _WHOLE if any(whole) and not all(whole) else _ROUNDED


def _same_cause(findings: Sequence[Finding]) -> Iterator[tuple[int, int]]:
    """Rows of a table that have one fault, and references to tables of which one shifts all that come after it."""
    first: dict[tuple[str, str, str], int] = {}
    ends: dict[int, int] = {}
    for place, finding in enumerate(findings):
        if finding.check == "sum" and finding.difference:
            # A row that a table lacks is lacked in all its columns.
            way = "+" if finding.difference > 0 else "-"
            root = first.setdefault((finding.check, way, f"{finding.table} {finding.lines}"), place)
            yield from [(place, root)] if root != place else []
        elif finding.check in _BY_TABLE:
            root = first.setdefault((finding.check, finding.severity, finding.table or finding.lines), place)
            yield from [(place, root)] if root != place else []
        elif finding.check == "caption":
            lines = split_lines(finding.lines)
            yield from [(place, ends[lines[0]])] if lines[0] in ends else []
            ends.update({lines[-1]: place} if len(lines) > 1 else {})


def _between_printings(findings: Sequence[Finding], source: Source) -> Iterator[tuple[int, int]]:
    """Sums of a table that is printed twice: the same wrong total in both, and a total that is right in the other, as
    rows differ between the two; and totals that the two give differently because one of them is a wrong sum.
    """
    totals = {cell.line for cells in source.printed.values() for cell in cells if cell.is_total == 1}
    printed = {
        (cell.table, cell.column, cell.value): cells[0].caption for cells in source.printed.values() for cell in cells
        if cell.line in totals
    }  # fmt: skip
    sums = [(place, finding) for place, finding in enumerate(findings) if finding.check == "sum"]
    by_total = {split_lines(finding.lines)[-1]: place for place, finding in reversed(sums)}
    others = [
        (place, set(split_lines(f.lines))) for place, f in enumerate(findings) if f.check == "printing" and f.difference
    ]
    for place, lines in others:
        if lines <= totals:
            yield from ((place, by_total[line]) for line in sorted(lines & set(by_total))[:1])
    for place, finding in sums:
        twins = [
            table for (table, column, value), caption in printed.items()
            if table != finding.table and value == finding.stated and caption == _caption(finding, printed, column)
        ]  # fmt: skip
        for table in twins[:1]:
            same = [other for other, of in sums if of.table == table and of.stated == finding.stated]
            rows = {cell.line for name in (table, finding.table) for cell in source.printed[name]}
            columns = _columns(finding, source)
            changed = [
                other for other, lines in others
                if lines & rows - totals and _differs(lines, columns, (table, finding.table), source)
            ]  # fmt: skip
            root = (same or changed or [place])[0]
            yield from [(place, root)] if root < place or not same else []


def _columns(finding: Finding, source: Source) -> set[str]:
    """The columns in which a total has the value that is wrong."""
    last = split_lines(finding.lines)[-1]
    cells = source.printed[finding.table]
    return {cell.column for cell in cells if cell.line == last and cell.value == finding.stated}


def _differs(lines: set[int], columns: set[str], tables: Sequence[str], source: Source) -> bool:
    """Whether the rows of two printings on these lines differ in one of these columns, or one of them is alone."""
    cells = [
        cell for table in tables for cell in source.printed[table] if cell.line in lines and cell.column in columns
    ]
    by_column: dict[str, set[float]] = {}
    for cell in cells:
        by_column.setdefault(cell.column, set()).add(cell.value)
    return any(len(values) > 1 or (len(lines) == 1 and any(values)) for values in by_column.values())


def _caption(finding: Finding, printed: dict[tuple[str, str, float], str], column: str) -> str | None:
    return printed.get((finding.table, column, finding.stated)) if finding.stated is not None else None
