"""The stage `tables`: what the readers read in, the clean tables out (all but the findings of the audit)."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kommunebudsjett.core import texts
from kommunebudsjett.core.config import line_in
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.files import replacing_entries, write_text
from kommunebudsjett.core.params import check_prices, check_roles, load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document, load_registry
from kommunebudsjett.core.rulings import Rulings, load_rulings
from kommunebudsjett.readers.stage import FAMILIES, LEDGER, record_types
from kommunebudsjett.tables import accounts, economy, key_figures, plans, workforce
from kommunebudsjett.tables.amounts import amounts, amounts_of
from kommunebudsjett.tables.area_words import area_words
from kommunebudsjett.tables.collection import with_use
from kommunebudsjett.tables.comparison import comparison
from kommunebudsjett.tables.contracts import TABLES, Table
from kommunebudsjett.tables.datapackage import write_descriptor
from kommunebudsjett.tables.glossary import load_glossary, of_registered
from kommunebudsjett.tables.glosses import english
from kommunebudsjett.tables.goal_statements import goal_statements
from kommunebudsjett.tables.limits import check_limits, load_limits
from kommunebudsjett.tables.meanings import column_words, with_meanings
from kommunebudsjett.tables.names import with_names
from kommunebudsjett.tables.paragraphs import paragraphs
from kommunebudsjett.tables.prices import load_population, load_prices, years_by_index
from kommunebudsjett.tables.printings import named_where_twice, with_counts
from kommunebudsjett.tables.rulings import with_ruled_areas, with_ruled_meanings
from kommunebudsjett.tables.service_areas import load_areas, load_crosswalk, of_document, with_area_id
from kommunebudsjett.tables.storage import group_rows, read_csv
from kommunebudsjett.tables.subjects import table_words, with_subjects
from kommunebudsjett.tables.topic_proposals import propose
from kommunebudsjett.tables.topics import load_topics, of_municipality, topics
from kommunebudsjett.tables.totals import without_totals
from kommunebudsjett.tables.validation import write_table

# The tables that are the readers' rows as they are, and the file of each in data/interim/DOCUMENT.
FROM_READERS = {
    "table_cells": "cells",
    "measures": "measures",
    "measure_texts": "measure_texts",
    "directives": "directives",
    "goals": "goals",
    "fiscal_rules": "fiscal_rules",
    "facts": "facts",
    "inspections": "inspections",
    "unread": "unread",
    "ledger": "ledger",
}
# The typed tables, and the function that finds the rows of each among the printed cells.
FROM_CELLS = {
    "accounts": accounts.accounts,
    "plans": plans.plans,
    "statement_by_kind": economy.statement_by_kind,
    "investments": economy.investments,
    "balance": economy.balance,
    "guarantees": economy.guarantees,
    "key_figures": key_figures.key_figures,
    "workforce": workforce.workforce,
}
# The column that holds the printed area name, in the tables that get an area_id.
AREA_NAME = {"measures": "area", "measure_texts": "area", "directives": "area", "goals": "chapter",
             "accounts": "service_area", "plans": "service_area", "key_figures": "section"}  # fmt: skip


def document_rows(documents: list[Document], project: Project) -> pd.DataFrame:
    """The table `documents`: the registry with the name of each document, the SHA-256 of its file and how many of its
    numbers its reader took.
    """
    rows = []
    for document in documents:
        row = document.model_dump()
        row["document"] = row.pop("id")
        row["stated_units"] = document.stated_units
        row["published"] = row["published"].isoformat() if row["published"] else ""
        row |= ledger(project.interim / document.id / LEDGER)
        rows.append(row)
    table = TABLES["documents"]
    named = with_names(pd.DataFrame(rows), english(project.reference)).assign(shown=1, left_out="")
    return named[table.names].astype(table.dtypes)


def check_each_once(project: Project, documents: pd.DataFrame) -> None:
    """Raise UserError where two documents of the table have the same bytes: what they say would count twice."""
    again = documents["sha256"].duplicated()
    if again.any():
        place = int(again.to_numpy().argmax())
        second = documents.iloc[place]
        first = documents.loc[documents["sha256"] == second["sha256"], "document"].iloc[0]
        raise UserError(
            f"{second['document']} is the same document as {first}: {second['file']} has the same content",
            file=project.registry,
            line=line_in(project.registry, (place, "file")),
            remedy="remove one of the two entries, or put the right file in its place",
        )


def as_listed(documents: pd.DataFrame, unread: Counter[str]) -> pd.DataFrame:
    """The table `documents` with as many unread numbers as are listed, which its reader may have taken."""
    listed = documents["document"].map(lambda document: unread[document]).astype(documents["numbers_unread"].dtype)
    read = documents["numbers_read"] + documents["numbers_unread"] - listed
    return documents.assign(numbers_read=read, numbers_unread=listed)


def ledger(path: Path) -> dict[str, str | int]:
    """The SHA-256 of a document, and how many of its numbers were read and unread.

    Raises UserError where the document has not been read.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UserError("the document has not been read", file=path, remedy="run dvc repro") from None


def document_lines(documents: list[Document], project: Project) -> dict[str, list[str]]:
    """The lines of each document, by id."""
    return {document.id: texts.document_lines(project, document.id) for document in documents}


@dataclass(frozen=True)
class Curated:
    """What people keep in data/reference and the tables of every document are made with."""

    crosswalk: pd.DataFrame
    crosswalk_path: Path
    definitions: pd.DataFrame
    areas: tuple[str, ...]
    rulings: Rulings
    population: pd.DataFrame
    limits: pd.DataFrame


def document_tables(document: Document, project: Project, curated: Curated) -> dict[str, pd.DataFrame]:
    """The rows of one document in the clean tables, by table. No other document decides what they are.

    Raises UserError for an area name that the crosswalk does not have, an amount that no municipality can have, or a
    document that has not been read.
    """
    tables = tables_without_areas(document, project, curated.rulings)
    path = project.raw / document.file
    check_limits(tables, document.municipality, curated.population, curated.limits, path)
    crosswalk = of_document(curated.crosswalk, document.id, document.municipality)
    for name, column in AREA_NAME.items():
        tables[name] = with_area_id(tables[name], column, crosswalk, document.municipality, curated.crosswalk_path)
    tables = with_ruled_areas(tables, AREA_NAME, document.id, curated.rulings, curated.areas)
    lines = document_lines([document], project)
    tables["topics"] = topics(lines, tables, of_municipality(curated.definitions, document.municipality))
    tables["paragraphs"] = paragraphs(lines, tables["table_cells"])
    tables["goal_statements"] = goal_statements(lines, tables["goals"])
    return {name: in_contract_order(frame, TABLES[name]) for name, frame in tables.items()}


def tables_without_areas(document: Document, project: Project, rulings: Rulings) -> dict[str, pd.DataFrame]:
    """The tables that follow from what the reader left of a document alone, still without `area_id`."""
    tables = {}
    for name, file in FROM_READERS.items():
        read = record_types()[file]._fields
        dtypes = {column: dtype for column, dtype in TABLES[name].dtypes.items() if column in read}
        tables[name] = read_csv(project.interim / document.id / f"{file}.csv", dtypes)
    meant = with_meanings(tables["table_cells"], document, column_words(project.reference))
    tables["table_cells"] = with_subjects(
        with_ruled_meanings(meant, document.id, rulings),
        table_words(project.reference),
        area_words(project.reference),
    )
    tables["measures"], tables["unread"] = without_totals(tables["measures"], tables["unread"])
    tables["measures"] = with_counts(named_where_twice(tables["measures"]))
    return tables | {name: typed(tables["table_cells"]) for name, typed in FROM_CELLS.items()}


def in_order_of_areas(comparison: pd.DataFrame, areas: list[str]) -> pd.DataFrame:
    """The rows of the comparison in the order of the areas."""
    rank = {area_id: index for index, area_id in enumerate(areas)}
    ranked = comparison.assign(rank=comparison["area_id"].map(rank))
    return ranked.sort_values(["rank", "document", "meaning"], kind="stable").drop(columns="rank")


def in_contract_order(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The columns and types of the contract."""
    return frame[table.names].astype(table.dtypes)


def run(project: Project) -> None:
    """Make the clean tables in data/clean, a document at a time.

    Raises UserError for wrong parameters, an unmapped area, a missing price or population figure, or a broken
    contract; the tables made before are then left as they were.
    """
    documents = load_registry(project.registry, set(FAMILIES))
    params = load_params(project)
    check_roles(project, params, documents)
    prices = load_prices(project.reference)
    check_prices(project, params, years_by_index(prices))
    areas = load_areas(project.reference)
    curated = Curated(
        load_crosswalk(project.reference),
        project.reference / "service_areas.csv",
        load_topics(project.reference),
        tuple(areas["area_id"]),
        load_rulings(project.reference, {document.id for document in documents}),
        load_population(project.reference),
        load_limits(project.reference),
    )
    rows = with_use(document_rows(documents, project), params, prices, curated.population)
    check_each_once(project, rows)
    single = {
        "documents": rows,
        "areas": areas,
        "area_names": curated.crosswalk,
        "glossary": of_registered(load_glossary(project.reference), set(rows["document"])),
        "topic_definitions": curated.definitions,
    }
    shown = list(rows.loc[rows["shown"] == 1, "document"])
    found: list[pd.DataFrame] = []
    counts = RowCounts()
    kept: dict[str, list[pd.DataFrame]] = {"accounts": [], "measures": []}
    with replacing_entries(project.clean) as folder:
        for document in documents:
            tables = document_tables(document, project, curated)
            if document.id in shown:
                for name, frames in kept.items():
                    frames.append(tables[name])
            found.append(amounts_of(document, tables, params.printing))
            for name, frame in tables.items():
                write_table(frame, folder, TABLES[name], above=counts.rows[name])
                counts.add(name, frame)
        single["documents"] = as_listed(single["documents"], counts.of("unread"))
        group_rows(folder / "topics.csv", curated.definitions["topic"])
        named = {name: pd.concat(frames, ignore_index=True) for name, frames in kept.items()}
        tables = {"documents": single["documents"], **named}
        report = params.documents.outcome
        single["comparison"] = comparison(tables, shown, report, params, prices, curated.population)
        single["comparison"] = in_order_of_areas(single["comparison"], list(single["areas"]["area_id"]))
        together = pd.concat(found, ignore_index=True)
        single["amounts"] = amounts(together, single["documents"], params, prices, curated.population)
        for name, frame in single.items():
            frame = in_contract_order(frame, TABLES[name])
            write_table(frame, folder, TABLES[name])
            counts.add(name, frame)
        write_descriptor(single["documents"], folder)
    write_text(project.metrics / "tables.json", json.dumps(counts.by_document(), indent=2, sort_keys=True) + "\n")
    print(", ".join(f"{counts.rows[name]} {name}" for name in TABLES if name in counts.rows))


class RowCounts:
    """Rows by table and document. They stand in git, so that a change of what is read shows in review."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self._of: dict[str, Counter[str]] = {}

    def add(self, name: str, frame: pd.DataFrame) -> None:
        """Count the rows of a table, or of a part of one."""
        self.rows[name] += len(frame)
        if "document" in frame and name not in ("documents", "area_names"):
            self._of.setdefault(name, Counter()).update(frame["document"])

    def of(self, name: str) -> Counter[str]:
        """The rows of each document in a table."""
        return self._of.get(name, Counter())

    def by_document(self) -> dict[str, dict[str, int]]:
        """The rows of each document in each table that has any."""
        return {name: dict(counts) for name, counts in self._of.items()}


def proposed_topics(project: Project) -> pd.DataFrame:
    """Names and terms that recur in the registered documents and are not defined as topics, best first."""
    documents = load_registry(project.registry, set(FAMILIES))
    return propose(document_lines(documents, project), load_topics(project.reference))
