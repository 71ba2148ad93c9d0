"""The stage `read`: registered documents in, their text, data/interim/DOCUMENT/*.csv and the ledger's counts out."""

import csv
import hashlib
import json
import pkgutil
import shutil
from collections.abc import Callable
from dataclasses import fields
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple, get_args, get_type_hints

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.executors import cluster
from kommunebudsjett.core.files import replacing, write_text
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project, at
from kommunebudsjett.core.registry import Document, load_registry
from kommunebudsjett.core.rulings import Rulings, load_rulings
from kommunebudsjett.core.texts import Text, keep_original, write_document
from kommunebudsjett.forms import read_file
from kommunebudsjett.readers.model.ledger import ledger
from kommunebudsjett.readers.records import Records, Unread
from kommunebudsjett.readers.rulings import apply_rulings
from kommunebudsjett.readers.units import without_unit

OURS = {family: f"kommunebudsjett.readers.{family}:read" for family in ("annual_report", "party_budget")}
OURS["municipal_budget"] = "kommunebudsjett.readers.annual_report:read_budget"
# The function that reads each family: ours, and those of installed packages that register in this group.
FAMILIES = {point.name: point.value for point in entry_points(group="kommunebudsjett.readers")} | OURS


def reader(family: str) -> Callable[[Document, list[str]], Records]:
    """The function that reads documents of a family.

    Raises UserError where the package that has it is broken.
    """
    try:
        return pkgutil.resolve_name(FAMILIES[family])
    except (ImportError, AttributeError, ValueError) as error:
        raise UserError(
            f"the reader of the family {family}, {FAMILIES[family]}, cannot be loaded: {error}",
            remedy="correct the package that has it, and install it again",
        ) from None


LEDGER = "ledger.json"
# The rows that say what was not read.
LEFT = ("unread", "ledger")


def record_types() -> dict[str, type[NamedTuple]]:
    """The fields of `Records` that hold rows, each with the type of its rows."""
    hints = get_type_hints(Records)
    return {field.name: get_args(hints[field.name])[0] for field in fields(Records) if get_args(hints[field.name])}


def read_document(document: Document, text: Text, rulings: Rulings) -> Records:
    """What the reader of its family makes of one document's text, corrected as people have ruled.

    Raises UserError where documents.yml gives a unit for a table that the document does not have, and where a ruling
    does not fit its line.
    """
    lines = text.lines
    records = reader(document.family)(document, lines)
    apply_rulings(records, lines, [ruling for ruling in rulings.rows if ruling.document == document.id], rulings.path)
    strangers = sorted(set(document.units) - {cell.table for cell in records.cells})
    if strangers:
        raise UserError(
            f"documents.yml gives a unit for the table {strangers[0]} of {document.id}, and no such table was read",
            file=document.file,
            remedy="use a table's number or name as kommunebudsjett check shows it",
        )
    records.unread += left_out(document, text)
    records.ledger = ledger(document.id, lines, records)
    return records


def check_read(document: Document, records: Records, path: Path) -> None:
    """Raise UserError, about the file at `path`, where the reader found nothing of what its family holds."""
    if records.empty:
        raise UserError(
            f"nothing in the document could be read as {document.family}",
            file=path,
            remedy="check the family in documents.yml, or write a reader for the way this document is printed",
        )


def left_out(document: Document, text: Text) -> list[Unread]:
    """The numbers that stand in a document and not in its text, as those that nobody can see, and errors for some."""
    return [
        Unread(document.id, *found)
        for found in text.left_out
        if any(map(str.isdigit, found.raw)) or found.raw.startswith(("=", "#"))
    ]


def write_records(records: Records, sha256: str, folder: Path) -> None:
    """Write each kind of row as a CSV file into `folder`, and as ledger.json the file's SHA-256 and what was read."""
    for name, row_type in record_types().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(row_type._fields)
            writer.writerows(getattr(records, name))
    counts = {
        "numbers_read": records.numbers_read,
        "numbers_unread": len(records.unread),
        "sha256": sha256,
    }
    (folder / LEDGER).write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")


def read_registered(document: Document, path: Path, folder: Path, store: Path, rulings: Rulings) -> dict:
    """Read a registered document into a new `folder`, and say what was. Raises UserError where nothing was read."""
    text = read_file(path, store)
    with at(Project.find(path.parent).root):
        records = read_document(document, text, rulings)
    check_read(document, records, path)
    return write_read(text, records, path, folder)


def write_read(text: Text, records: Records, path: Path, folder: Path) -> dict:
    """Write a document's text and records into a new `folder`; how many `rows` of each kind it has, its `numbers_read`,
    the tables `without_unit` and the `remarks` on how it was read.
    """
    # A worker of a cluster that was lost may have begun.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_document(text, folder)
    keep_original(path, folder)
    write_records(records, hashlib.sha256(path.read_bytes()).hexdigest(), folder)
    return {
        "rows": {name: len(getattr(records, name)) for name in record_types()},
        "numbers_read": records.numbers_read,
        "without_unit": without_unit(records.cells),
        "remarks": text.remarks,
    }


def run(project: Project) -> None:
    """Read all registered documents into data/interim and write metrics/read.json.

    Raises UserError for an unreadable registry or document; what was read before is then left as it was.
    """
    documents = load_registry(project.registry, set(FAMILIES))
    rulings = load_rulings(project.reference, {document.id for document in documents})
    metrics = {}
    with replacing(project.interim) as interim, cluster(load_params(project).execution) as pool:
        paths = [project.raw / document.file for document in documents]
        folders = [interim / document.id for document in documents]
        # On a cluster the workers write what they read: the folder is shared, and records are many.
        apply = map if pool is None else pool.map
        stores, ruled = [project.pdf_store] * len(documents), [rulings] * len(documents)
        read = apply(read_registered, documents, paths, folders, stores, ruled)
        for document, counts in zip(documents, read, strict=True):
            rows = {name: count for name, count in counts["rows"].items() if name not in LEFT}
            metrics[document.id] = {
                "rows": sum(rows.values()),
                "numbers_read": counts["numbers_read"],
                "numbers_unread": counts["rows"]["unread"],
            }
            for remark in counts["remarks"]:
                print(f"{document.id}: {remark}")
            for table, count in counts["without_unit"].items():
                print(f"{document.id}: no unit is stated for table {table}; its {count} amounts are in no report")
            kept = ", ".join(f"{count} {name}" for name, count in rows.items() if count)
            print(f"{document.id}: {counts['numbers_read']} numbers read, {counts['rows']['unread']} unread; {kept}")
    write_text(project.metrics / "read.json", json.dumps(metrics, indent=2, sort_keys=True) + "\n")
