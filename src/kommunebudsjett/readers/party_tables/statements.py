"""Placed tables in; cells, measures and fiscal rules out, with the count of numbers taken."""

import re

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_tables.outline import Outline, PlacedTable
from kommunebudsjett.readers.party_tables.tables import Row, Table
from kommunebudsjett.readers.party_tables.units import NOT_STATED, NOT_UNDERSTOOD, Units
from kommunebudsjett.readers.records import Cell, FiscalRule, Measure, Records, Unread
from kommunebudsjett.readers.text import parse_number
from kommunebudsjett.readers.unit_words import PER_MILLION, PERCENT, UNKNOWN, in_millions, unit_of_label

_RULES = (
    ("capital_costs", re.compile(r"kapitalutgift|kapitalkostnad|renter|avdrag", re.IGNORECASE)),
    ("debt_ratio", re.compile(r"gjeld", re.IGNORECASE)),
    ("disposition_fund", re.compile(r"disposisjonsfond", re.IGNORECASE)),
    ("net_operating_result", re.compile(r"driftsresultat", re.IGNORECASE)),
)
_RULE_CAPTION = re.compile(r"handlingsreg|måltall", re.IGNORECASE)
_TARGET = re.compile(r"(\d+(?:,\d+)?)\s*(?:%|prosent)?\s*$")


def read_tables(registered: Document, outline: Outline, lines: list[str], records: Records) -> None:
    """Add the cells of all tables to the records, the measures of the budget tables and the fiscal rules."""
    document = registered.id
    units = Units(outline.tables, lines, registered)
    for place, placed in enumerate(outline.tables):
        table = placed.table
        of_rows = units.of_rows(place, table)
        _add_cells(document, placed, of_rows, records)
        if _RULE_CAPTION.search(table.header.caption) or _is_percent(table):
            _add_rules(document, table, of_rows, records)
        else:
            _add_measures(document, placed, of_rows, records)
        records.numbers_read += len(table.header.years) + table.numbers_in_text
        records.unread += [Unread(document, *problem) for problem in table.problems]


def _is_percent(table: Table) -> bool:
    """Whether all values of a table are printed with a sign of per cent."""
    values = [raw for row in table.rows for raw, _ in row.values]
    return bool(values) and all(raw.endswith("%") for raw in values)


def _add_cells(document: str, placed: PlacedTable, units: list[str | None], records: Records) -> None:
    header = placed.table.header
    of_table = (document, f"x-{header.line}", header.caption, placed.section)
    for row, unit in zip(placed.table.rows, units, strict=True):
        total = int(row.is_total)
        for column, (raw, line), amount in zip(header.columns, row.values, row.amounts, strict=True):
            unit_of = PERCENT if raw[-1] == "%" else unit_of_label(column) or unit or UNKNOWN
            records.cells.append(Cell(*of_table, row.group, row.label, column, amount, raw, unit_of, total, line))
        records.numbers_read += len(row.values)


def _add_measures(document: str, placed: PlacedTable, units: list[str | None], records: Records) -> None:
    header = placed.table.header
    for row, unit in zip(placed.table.rows, units, strict=True):
        if reason := _no_measure(row, unit) or _no_place(placed):
            _leave(document, row, reason, records)
            continue
        if row.is_total or unit is None:
            continue
        of_row = (document, placed.area, placed.kind, row.group, row.label)
        place = (row.values[-1].line, row.quote, "")
        # A column after the years is a sum or an average of the years: no amount of its own.
        for year, (_, line), printed in zip(header.years, row.values, row.amounts, strict=False):
            amount = in_millions(printed, unit)
            records.measures.append(Measure(*of_row, year, amount, "table", "explicit", placed.printing, line, *place))


def _no_measure(row: Row, unit: str | None) -> str:
    """Why the values of a row are no amounts in kroner, "" where they are."""
    if any(raw[-1] == "%" for raw, _ in row.values) or unit == PERCENT:
        return "a row with per cent in a table of amounts: no measure"
    if unit is None:
        return NOT_STATED
    if unit == UNKNOWN:
        return NOT_UNDERSTOOD
    return "" if unit in PER_MILLION else "a row of numbers that are no kroner: no measure"


def _no_place(placed: PlacedTable) -> str:
    """Why the rows of a table are no measures of an area, "" where they are."""
    if not placed.area:
        return "neither the header nor a heading tells the area of this table"
    return "" if placed.kind else "no heading tells whether this table is of running costs or of investments"


def _leave(document: str, row: Row, reason: str, records: Records) -> None:
    """List the values of a row as unread."""
    records.unread += [Unread(document, line, raw, reason) for raw, line in row.values]
    records.numbers_read -= len(row.values)


def _add_rules(document: str, table: Table, units: list[str | None], records: Records) -> None:
    header = table.header
    period = f"{header.years[0]}-{header.years[-1]}"
    for row, unit in zip(table.rows, units, strict=True):
        rule = next((name for name, pattern in _RULES if pattern.search(row.label)), None)
        if rule is None or not (unit == PERCENT or all(raw.endswith("%") for raw, _ in row.values)):
            reason = "the fiscal rule is none of those known" if rule is None else NOT_STATED
            _leave(document, row, reason, records)
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
