"""datapackage.json: what the clean tables are, for programs (Frictionless Data Package), from their contracts."""

import json
from pathlib import Path

import pandas as pd

from kommunebudsjett.tables.contracts import TABLES, Column, Table

TYPES = {"text": "string", "integer": "integer", "number": "number"}


def write_descriptor(documents: pd.DataFrame, folder: Path) -> None:
    """Write datapackage.json for the tables in `folder`. `documents` is the table of that name."""
    text = json.dumps(descriptor(documents), indent=2, ensure_ascii=False) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def descriptor(documents: pd.DataFrame) -> dict:
    """The data package of all clean tables; its sources are the documents, each with its SHA-256."""
    municipalities = " ".join(dict.fromkeys(documents["municipality"]))
    return {
        "name": "kommunebudsjett",
        "title": f"Kommunebudsjett: {municipalities}",
        "description": "Municipal budget documents as tables, with the document, line and printed text of each value.",
        "licenses": [
            {
                "name": "MIT",
                "path": "https://opensource.org/license/mit",
                "title": "The tables as compiled. Text quoted from the documents belongs to their publishers.",
            }
        ],
        "sources": [source(row) for _, row in documents.iterrows()],
        "resources": [resource(table) for table in TABLES.values()],
    }


def source(document: pd.Series) -> dict:
    """A document as a source; its address and licence where they are known."""
    out = {"title": document["title"], "publisher": document["publisher"], "sha256": document["sha256"]}
    if document["url"]:
        out["path"] = document["url"]
    if document["licence"]:
        out["licence"] = document["licence"]
    return out


def resource(table: Table) -> dict:
    """A table as a resource with its schema."""
    schema: dict = {"fields": [schema_field(table, column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    keys = [foreign_key(column) for column in table.columns if column.refers_to not in ("", table.name)]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "title": f"One row is {table.row_is}",
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def schema_field(table: Table, column: Column) -> dict:
    """A column as a field: type, meaning, unit and constraints."""
    out = {"name": column.name, "type": TYPES[column.kind], "description": column.meaning}
    if column.unit:
        out["unit"] = column.unit
    constraints: dict = {}
    if column.required:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = [value for value in column.allowed if value != ""]
    if column.at_least is not None:
        constraints["minimum"] = column.at_least
    if column.pattern:
        constraints["pattern"] = column.pattern
    if constraints:
        out["constraints"] = constraints
    return out


def foreign_key(column: Column) -> dict:
    """A column whose values are keys of another table, under the same name."""
    return {"fields": [column.name], "reference": {"resource": column.refers_to, "fields": [column.name]}}
