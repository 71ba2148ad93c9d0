"""The stage `audit`: clean tables in, data/clean/findings.csv and the number of findings out."""

import json
from itertools import chain

import pandas as pd

from kommunebudsjett.audit import balance, deviations, printings, sums
from kommunebudsjett.audit.findings import Finding
from kommunebudsjett.files import replacing_entries, write_text
from kommunebudsjett.project import Project
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table, write_table

CHECKS = (sums, deviations, balance, printings)
READS = ("table_cells", "measures", "accounts")


def findings(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """All findings, by document and line."""
    rows = list(chain.from_iterable(check.check(tables) for check in CHECKS))
    rows.sort(
        key=lambda finding: (
            finding.document,
            split_lines(finding.lines),
            finding.check,
            finding.description_en,
        )
    )
    table = TABLES["findings"]
    return pd.DataFrame(rows, columns=Finding._fields)[table.names].astype(table.dtypes)


def run(project: Project) -> None:
    """Run all checks on the clean tables. Raises UserError where the findings break their contract."""
    found = findings({name: read_table(project.clean, name) for name in READS})
    with replacing_entries(project.clean) as folder:
        write_table(found, folder, TABLES["findings"])
    counts = found.groupby(["document", "severity"]).size()
    metrics: dict[str, dict[str, int]] = {}
    for (document, severity), count in counts.items():
        metrics.setdefault(document, {})[severity] = int(count)
    write_text(project.metrics / "audit.json", json.dumps({"findings": metrics}, indent=2, sort_keys=True) + "\n")
    print(f"{len(found)} findings: {', '.join(f'{n} {s} in {d}' for (d, s), n in counts.items()) or 'none'}")
