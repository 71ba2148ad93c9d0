"""Annual reports (årsberetning) and a municipality's own budgets: tables of any form, and what their prose states."""

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report.fiscal import read_fiscal_rules
from kommunebudsjett.readers.annual_report.goals import read_goals
from kommunebudsjett.readers.annual_report.inspections import inspection_columns, read_inspections
from kommunebudsjett.readers.facts import read_facts
from kommunebudsjett.readers.model.blocks import Model, read_model
from kommunebudsjett.readers.model.tables import Table, numbers_in
from kommunebudsjett.readers.records import Cell, Ledger, Records, Unread
from kommunebudsjett.readers.units import TableUnits, bind


def read(document: Document, lines: list[str]) -> Records:
    """All that a report says in tables, verdicts on goals, fiscal rules and prose, and what was not read.

    `lines` come without line ends; the first one is line 1.
    """
    model = read_model(lines)
    records = _tables(document, lines, model)
    records.facts = read_facts(document.id, model.texts)
    records.goals = read_goals(document, model.prose)
    records.fiscal_rules = read_fiscal_rules(document, model.prose)
    return records


def read_budget(document: Document, lines: list[str]) -> Records:
    """All that a municipality's own budget or its decision says in tables and prose, and what was not read."""
    model = read_model(lines)
    records = _tables(document, lines, model)
    records.facts = read_facts(document.id, model.texts, decides=True)
    return records


def _tables(document: Document, lines: list[str], model: Model) -> Records:
    """The values of the printed tables, with their units."""
    records = Records()
    for table, units in zip(model.tables, bind(lines, model.tables, document.units, document.unit), strict=True):
        _add_cells(document.id, table, units, records)
        _add_texts(document.id, table, records)
        records.unread.extend(Unread(document.id, *number) for number in table.unread)
        records.ledger.extend(Ledger(document.id, *number) for number in table.asides)
    return records


def _add_cells(document: str, table: Table, units: TableUnits, records: Records) -> None:
    of_table = (document, table.number, table.caption, table.section)
    for row, value, unit in units.values():
        records.numbers_read += value.number is not None
        of_row = (*of_table, row.group, row.label, units.names[value.column])
        of_value = (value.number, value.raw, unit.name, row.is_total, value.line, unit.line)
        records.cells.append(Cell(*of_row, *of_value))


def _add_texts(document: str, table: Table, records: Records) -> None:
    """Add the visits of a text table that holds them; the numbers of other text tables are unread."""
    columns = inspection_columns(list(table.header))
    left = list(table.texts)
    reason = "the table holds text, not values"
    if columns:
        read, left = read_inspections(document, columns, left, len(table.header))
        records.inspections.extend(read)
        reason = "the row has fewer cells than its header"
    for row in left:
        records.unread.extend(Unread(document, row.line, raw, reason) for cell in row.cells for raw in numbers_in(cell))
