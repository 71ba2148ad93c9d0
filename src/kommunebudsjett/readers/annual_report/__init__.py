"""Annual reports (årsberetning): Markdown-like text from a PDF, with tab-separated tables."""

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report.fiscal import read_fiscal_rules
from kommunebudsjett.readers.annual_report.goals import read_goals
from kommunebudsjett.readers.annual_report.mending import Mender
from kommunebudsjett.readers.annual_report.scanning import scan
from kommunebudsjett.readers.annual_report.tables import TableReader
from kommunebudsjett.readers.records import Records


def read(document: Document, lines: list[str]) -> Records:
    """All that a report says in tables, verdicts on goals and fiscal rules, and what was not read.

    `lines` come without line ends; the first one is line 1.
    """
    tables, prose = scan(lines)
    records = Records()
    reader = TableReader(document.id, Mender(lines), records)
    for table in tables:
        reader.read(table)
    reader.bind_units(lines, document.units, document.unit)
    records.goals = read_goals(document, prose)
    records.fiscal_rules = read_fiscal_rules(document, prose)
    return records
