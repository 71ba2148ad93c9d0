"""Placed tables in; cells, measures and fiscal rules out, with the count of numbers taken."""

import re

from kommunebudsjett.readers.party_tables.outline import Outline, PlacedTable
from kommunebudsjett.readers.party_tables.tables import Row, Table
from kommunebudsjett.readers.records import Cell, FiscalRule, Measure, Records, Unread
from kommunebudsjett.readers.text import parse_number

_MILLIONS = re.compile(r"\bmnok\b|\bmill", re.IGNORECASE)
_THOUSANDS = re.compile(r"\btnok\b|\btusen\b|\b1[ .]?000 (?:kr|nok)", re.IGNORECASE)
_STATED_UNIT = re.compile(
    r"\b(?:tall|tallene|beløp|beløpene|summer)\b[^.\n]{0,30}?\bi\s+(?P<unit>[^.\n]{1,30})", re.IGNORECASE
)
_RULES = (
    ("capital_costs", re.compile(r"kapitalutgift|kapitalkostnad|renter|avdrag", re.IGNORECASE)),
    ("debt_ratio", re.compile(r"gjeld", re.IGNORECASE)),
    ("disposition_fund", re.compile(r"disposisjonsfond", re.IGNORECASE)),
    ("net_operating_result", re.compile(r"driftsresultat", re.IGNORECASE)),
)
_RULE_CAPTION = re.compile(r"handlingsreg|måltall", re.IGNORECASE)
_TARGET = re.compile(r"(\d+(?:,\d+)?)\s*(?:%|prosent)?\s*$")
_NO_UNIT = "no unit is printed; taken as million kroner"


def read_tables(document: str, outline: Outline, lines: list[str], records: Records) -> None:
    """Add the cells of all tables to the records, the measures of the budget tables and the fiscal rules."""
    for placed in outline.tables:
        table = placed.table
        unit = _unit(table, lines)
        _add_cells(document, placed, unit, records)
        if unit == "percent":
            _add_rules(document, table, records)
        else:
            _add_measures(document, placed, unit, records)
        records.numbers_read += len(table.header.years) + table.numbers_in_text
        records.unread += [Unread(document, *problem) for problem in table.problems]


def _unit(table: Table, lines: list[str]) -> str:
    """The unit that the table prints, else the one that the text states for its figures, else ""."""
    values = [value.raw for row in table.rows for value in row.values]
    if _RULE_CAPTION.search(table.header.caption) or (values and all(raw.endswith("%") for raw in values)):
        return "percent"
    for text in [*(row.label for row in table.totals), table.header.caption]:
        if unit := _unit_in(text):
            return unit
    stated = _STATED_UNIT.search("\n".join(lines))
    return _unit_in(stated["unit"]) if stated else ""


def _unit_in(text: str) -> str:
    if _MILLIONS.search(text):
        return "mnok"
    return "tnok" if _THOUSANDS.search(text) else ""


def _add_cells(document: str, placed: PlacedTable, unit: str, records: Records) -> None:
    header = placed.table.header
    of_table = (document, f"x-{header.line}", header.caption, placed.section)
    for row in placed.table.rows:
        total = int(row.is_total)
        for column, (raw, line), amount in zip(header.columns, row.values, row.amounts, strict=True):
            unit_of = "percent" if raw[-1] == "%" else unit
            records.cells.append(Cell(*of_table, row.group, row.label, column, amount, raw, unit_of, total, line))
        records.numbers_read += len(row.values)


def _add_measures(document: str, placed: PlacedTable, unit: str, records: Records) -> None:
    header = placed.table.header
    kind = "investering" if header.caption.casefold().startswith("investering") else "drift"
    in_thousands = unit == "tnok"
    note = "" if unit else _NO_UNIT
    for row in placed.table.rows:
        if row.is_total:
            continue
        if any(raw[-1] == "%" for raw, _ in row.values):
            reason = "a row with per cent in a table of amounts: no measure"
            records.unread += [Unread(document, line, raw, reason) for raw, line in row.values]
            records.numbers_read -= len(row.values)
            continue
        of_row = (document, placed.area, kind, row.group, row.label)
        place = (row.values[-1].line, row.quote, note)
        # A column after the years is a sum or an average of the years: no amount of its own.
        for year, (_, line), printed in zip(header.years, row.values, row.amounts, strict=False):
            amount = printed / 1000 if in_thousands else printed
            records.measures.append(Measure(*of_row, year, amount, "table", "explicit", placed.printing, line, *place))


def _add_rules(document: str, table: Table, records: Records) -> None:
    header = table.header
    period = f"{header.years[0]}-{header.years[-1]}"
    for row in table.rows:
        rule = next((name for name, pattern in _RULES if pattern.search(row.label)), None)
        if rule is None:
            reason = "the fiscal rule is none of those known"
            records.unread += [Unread(document, value.line, value.raw, reason) for value in row.values]
            records.numbers_read -= len(row.values)
            continue
        years: list[int | None] = [*header.years, None][: len(header.columns)]
        for year, (_, line), amount in zip(years, row.values, row.amounts, strict=True):
            records.fiscal_rules.append(
                FiscalRule(
                    document=document,
                    rule=rule,
                    target_percent=_target(row),
                    year=year,
                    period=period if year is None else "",
                    value_percent=amount,
                    line=line,
                    quote=row.quote,
                )
            )


def _target(row: Row) -> float | None:
    found = _TARGET.search(row.label)
    return parse_number(found[1]) if found else None
