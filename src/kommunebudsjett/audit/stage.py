"""The stage `audit`: clean tables and raw lines in, data/clean/findings.csv and the number of findings out."""

import json
from itertools import chain

import pandas as pd

from kommunebudsjett.audit import (
    accounts,
    arithmetic,
    balance,
    captions,
    comparisons,
    derived,
    deviations,
    fiscal,
    inspecting,
    labels,
    measures,
    printings,
    repeated,
    statements,
    sums,
)
from kommunebudsjett.audit.findings import Finding
from kommunebudsjett.audit.text import sentences
from kommunebudsjett.files import replacing_entries, write_text
from kommunebudsjett.project import Project
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.registry import load_registry
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table
from kommunebudsjett.tables.validation import write_table
from kommunebudsjett.texts import document_lines

CHECKS = (
    sums,
    deviations,
    derived,
    accounts,
    balance,
    printings,
    fiscal,
    labels,
    captions,
    statements,
    comparisons,
    arithmetic,
    repeated,
    inspecting,
    measures,
)
READS = ("documents", "table_cells", "measures", "accounts", "balance", "fiscal_rules", "inspections")


def raw_lines(project: Project) -> pd.DataFrame:
    """The lines of all documents (document, line, text). Raises UserError where a document has not been read."""
    rows = [
        (document.id, number, text)
        for document in load_registry(project.registry, set(FAMILIES))
        for number, text in enumerate(document_lines(project, document.id), start=1)
    ]
    return pd.DataFrame(rows, columns=["document", "line", "text"])


def findings(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """All findings, by document and line, of the clean tables and the raw `lines`."""
    tables = {**tables, "sentences": sentences(tables["lines"])}
    rows = list(chain.from_iterable(check.check(tables) for check in CHECKS))
    # Findings on the same lines keep the order of their checks, which is that of the columns.
    rows.sort(key=lambda finding: (finding.document, split_lines(finding.lines), finding.check))
    table = TABLES["findings"]
    return pd.DataFrame(rows, columns=Finding._fields)[table.names].astype(table.dtypes)


def run(project: Project) -> None:
    """Run all checks on the clean tables. Raises UserError where the findings break their contract."""
    tables = {name: read_table(project.clean, name) for name in READS}
    found = findings({**tables, "lines": raw_lines(project)})
    with replacing_entries(project.clean) as folder:
        write_table(found, folder, TABLES["findings"])
    counts = found.groupby(["document", "severity"]).size()
    metrics: dict[str, dict[str, int]] = {}
    for (document, severity), count in counts.items():
        metrics.setdefault(document, {})[severity] = int(count)
    write_text(project.metrics / "audit.json", json.dumps({"findings": metrics}, indent=2, sort_keys=True) + "\n")
    print(f"{len(found)} findings: {', '.join(f'{n} {s} in {d}' for (d, s), n in counts.items()) or 'none'}")
