"""The stage `audit`: clean tables and raw lines in, data/clean/findings.csv and the number of findings out."""

import csv
import json
from collections import Counter
from collections.abc import Iterable
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

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
    goals,
    inspecting,
    labels,
    measures,
    printings,
    promises,
    prose,
    repeated,
    sums,
)
from kommunebudsjett.audit.findings import Finding
from kommunebudsjett.audit.roots import follows_from
from kommunebudsjett.audit.source import Source
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import fresh_folder, replacing_entries, write_text
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document, load_registry
from kommunebudsjett.core.texts import document_lines
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.readers.text import join_lines, split_lines
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table
from kommunebudsjett.tables.validation import write_table

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
    prose,
    comparisons,
    arithmetic,
    repeated,
    inspecting,
    measures,
    promises,
    goals,
)
READS = ("documents", "table_cells", "measures", "accounts", "balance", "fiscal_rules", "inspections", "goals")


def raw_lines(document: str, lines: list[str]) -> pd.DataFrame:
    """The lines of a document (document, line, text)."""
    rows = [(document, number, text) for number, text in enumerate(lines, start=1)]
    return pd.DataFrame(rows, columns=["document", "line", "text"])


def findings(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """All findings, by line, of the clean tables of a document and its raw `lines`."""
    source = Source(tables)
    rows = _once(chain.from_iterable(check.check(source) for check in CHECKS))
    # Findings on the same lines keep the order of their checks, which is that of the columns.
    rows.sort(key=lambda finding: (split_lines(finding.lines), finding.check))
    table = TABLES["findings"]
    found = pd.DataFrame(rows, columns=Finding._fields).assign(follows_from=follows_from(rows, source))
    return found[table.names].astype(table.dtypes)


def _once(found: Iterable[Finding]) -> list[Finding]:
    """The findings, those that say the same of lines in common as one ("Mindre innleie" in a heading and in a row)."""
    kept: dict[tuple[object, ...], list[Finding]] = {}
    for finding in found:
        same = kept.setdefault(finding._replace(lines=""), [])
        lines = set(split_lines(finding.lines))
        for other in [other for other in same if lines & set(split_lines(other.lines))]:
            same.remove(other)
            lines |= set(split_lines(other.lines))
        same.append(finding._replace(lines=join_lines(sorted(lines))))
    return list(chain.from_iterable(kept.values()))


def by_document(clean: Path, documents: list[Document], folder: Path) -> None:
    """Divide the clean tables among a folder for each document, so that no more than one is in memory.

    Raises UserError where a table is missing or has rows of a document that is not registered.
    """
    for document in documents:
        (folder / document.id).mkdir()
    for name in READS:
        path = clean / f"{name}.csv"
        try:
            _divide(path, {document.id for document in documents}, folder)
        except FileNotFoundError:
            raise UserError("the table is missing", file=path, remedy="run: make reports") from None
        except (csv.Error, IndexError, ValueError) as error:
            remedy = "correct the table, or restore it from git"
            raise UserError(f"the table cannot be read: {error}", file=path, remedy=remedy) from None


def _divide(path: Path, known: set[str], folder: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        for document, own in groupby(rows, key=itemgetter(header.index("document"))):
            if document not in known:
                raise UserError(f"no document {document!r} is registered", file=path, remedy="run: make reports")
            target = folder / document / path.name
            begun = target.exists()
            with target.open("a", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                if not begun:
                    writer.writerow(header)
                writer.writerows(own)


def part(folder: Path, name: str) -> pd.DataFrame:
    """The rows of one document in a clean table."""
    if (folder / f"{name}.csv").is_file():
        return read_table(folder, name)
    table = TABLES[name]
    return pd.DataFrame(columns=table.names).astype(table.dtypes)


def run(project: Project) -> None:
    """Run all checks on the clean tables, a document at a time.

    Raises UserError where the findings break their contract.
    """
    documents = load_registry(project.registry, set(FAMILIES))
    table = TABLES["findings"]
    # What follows from a finding is counted with it.
    roots: Counter[tuple[str, str]] = Counter()
    written = 0
    with replacing_entries(project.clean) as folder, fresh_folder(project.clean.parent, "audit") as parts:
        by_document(project.clean, documents, parts)
        write_table(pd.DataFrame(columns=table.names).astype(table.dtypes), folder, table)
        for document in sorted(documents, key=lambda document: document.id):
            tables = {name: part(parts / document.id, name) for name in READS}
            lines = raw_lines(document.id, document_lines(project, document.id))
            found = findings({**tables, "lines": lines})
            write_table(found, folder, table, above=written)
            written += len(found)
            first = found[found["follows_from"] == ""]
            roots.update(first[["document", "severity"]].itertuples(index=False, name=None))
    metrics: dict[str, dict[str, int]] = {}
    for (name, severity), count in sorted(roots.items()):
        metrics.setdefault(name, {})[severity] = count
    write_text(project.metrics / "audit.json", json.dumps({"findings": metrics}, indent=2, sort_keys=True) + "\n")
    said = ", ".join(f"{count} {severity} in {name}" for (name, severity), count in sorted(roots.items()))
    print(f"{roots.total()} findings: {said or 'none'}; {written - roots.total()} more follow from them")
