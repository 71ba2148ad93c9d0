"""What the pipeline makes of one document: its records, tables and findings, and what it needs before it can be used.

Everything runs in a folder of its own, so that nothing of the project is touched.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kommunebudsjett.adding.candidate import Candidate
from kommunebudsjett.adding.entries import entry_text
from kommunebudsjett.audit.stage import READS, findings, raw_lines
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.rulings import load_rulings
from kommunebudsjett.core.texts import Text
from kommunebudsjett.forms import read_file
from kommunebudsjett.readers.records import Records
from kommunebudsjett.readers.stage import read_document, write_read
from kommunebudsjett.tables import prices as price_tables
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.goal_statements import goal_statements
from kommunebudsjett.tables.limits import Beyond, areas_of, beyond, load_limits
from kommunebudsjett.tables.service_areas import SHARED, load_areas, load_crosswalk, of_document, unmapped, with_area_id
from kommunebudsjett.tables.stage import (
    AREA_NAME,
    FROM_READERS,
    document_rows,
    in_contract_order,
    tables_without_areas,
)
from kommunebudsjett.tables.topics import load_topics, of_municipality, topics
from kommunebudsjett.tables.validation import validate, write_table

# The tables that hold what was read of a document, as far as its reader gives them.
READ_TABLES = tuple(name for name in FROM_READERS if name in TABLES)


@dataclass(frozen=True)
class Examination:
    """What was made of a document.

    `text` is its text, with where its lines stand. `tables` are its clean tables by name, without
    the comparison. `unmapped` are the area names that have no harmonised area, each with the line it is first read on;
    `beyond` are amounts that no municipality can have.
    `figures` are rows that data/reference lacks for its year, each as (file, row to add, where such figures are found).
    """

    candidate: Candidate
    records: Records
    text: Text
    tables: dict[str, pd.DataFrame]
    findings: pd.DataFrame
    unmapped: list[tuple[str, int]]
    figures: list[tuple[str, str, str]]
    beyond: list[Beyond]


@contextmanager
def workshop(project: Project) -> Iterator[Project]:
    """A project of its own with the reference data and parameters of `project`, and no documents."""
    with tempfile.TemporaryDirectory(prefix="kommunebudsjett-") as folder:
        apart = Project(Path(folder))
        apart.raw.mkdir(parents=True)
        shutil.copytree(project.reference, apart.reference)
        shutil.copy(project.params, apart.params)
        yield apart


def examine(project: Project, candidate: Candidate) -> Examination:
    """Run the reader, the steps of the tables and the audit on one document.

    An area name without a harmonised area does not stop it. Raises UserError as the stages do.
    """
    document = candidate.document
    with workshop(project) as apart:
        path = apart.raw / document.file
        path.write_bytes(candidate.content)
        apart.registry.write_text(entry_text(document), encoding="utf-8")
        text = read_file(path, project.pdf_store)
        rulings = load_rulings(project.reference)
        records = read_document(document, text, rulings)
        write_read(text, records, path, apart.interim / document.id)
        lines = {document.id: text.lines}

        crosswalk = of_document(load_crosswalk(apart.reference), document.id, document.municipality)
        tables = {"documents": document_rows([document], apart), **tables_without_areas(document, apart, rulings)}
        strangers: dict[str, int] = {}
        for name, column in AREA_NAME.items():
            for stranger in unmapped(tables[name], column, crosswalk):
                line = _first_line(tables[name], column, stranger)
                strangers[stranger] = min(line, strangers.get(stranger, line))
        whole = pd.concat([crosswalk, _as_shared(list(strangers))], ignore_index=True)
        for name, column in AREA_NAME.items():
            path = apart.reference / "service_areas.csv"
            tables[name] = with_area_id(tables[name], column, whole, document.municipality, path)
        definitions = of_municipality(load_topics(apart.reference), document.municipality)
        tables["topics"] = topics(lines, tables, definitions)
        tables["goal_statements"] = goal_statements(lines, tables["goals"])
        tables = {
            name: validate(TABLES[name], in_contract_order(frame, TABLES[name]).reset_index(drop=True))
            for name, frame in tables.items()
        }
        found = findings(
            {**{name: tables[name] for name in READS}, "lines": raw_lines(document.id, lines[document.id])}
        )
    return Examination(
        candidate,
        records,
        text,
        tables,
        found,
        sorted(strangers.items(), key=lambda stranger: stranger[1]),
        missing_figures(project, candidate),
        beyond(
            areas_of(tables),
            tables["statement_by_kind"],
            document.municipality,
            price_tables.load_population(project.reference),
            load_limits(project.reference),
        ),
    )


def _first_line(frame: pd.DataFrame, column: str, name: str) -> int:
    """The first line of the rows that stand under an area name."""
    rows = frame[frame[column].str.endswith(name)]
    place = next(column for column in ("line", "line_first", "lines") if column in frame)
    return int(rows[place].astype(str).str.extract(r"(\d+)", expand=False).astype(int).min())


def _as_shared(names: list[str]) -> pd.DataFrame:
    """Rows of a crosswalk for names that have none, so that the steps after it can be tried."""
    rows = {"name": names, "area_id": SHARED, "relation": "part"}
    return pd.DataFrame(rows, columns=TABLES["area_names"].names).fillna("").astype("str")


def missing_figures(project: Project, candidate: Candidate) -> list[tuple[str, str, str]]:
    """The rows of data/reference that a comparison with this document needs and that are not there yet: (file, row,
    where the last such figure came from).
    """
    document, prices = candidate.document, load_params(project).prices
    out = []
    population = price_tables.load_population(project.reference)
    own = population[population["municipality"] == document.municipality].sort_values("year")
    if document.budget_year not in set(own["year"]):
        last = population.sort_values("year") if own.empty else own
        row = f"{document.municipality},{document.budget_year},INHABITANTS,{document.budget_year}-01-01,SOURCE,STATUS"
        out.append(("population.csv", row, last["source"].iloc[-1] if len(last) else ""))
    figures = price_tables.load_prices(project.reference)
    figures = figures[figures["index"] == prices.index].sort_values("year")
    is_level = figures["level_2015_100"].notna().any()
    low, high = sorted((document.budget_year, prices.year))
    needed = {low, high} if is_level else set(range(low + 1, high + 1))
    for year in sorted((needed if low != high else set()) - set(figures["year"])):
        row = f"{prices.index},{year},{',LEVEL' if is_level else 'GROWTH,'},SOURCE,STATUS"
        out.append(("price_growth.csv", row, figures["source"].iloc[-1] if len(figures) else ""))
    return out


def write_tables(examination: Examination, folder: Path) -> None:
    """Write the tables that hold what was read of a document into a folder, as CSV with the columns of data/clean.

    Raises UserError where the folder cannot be made or is not empty.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = any(folder.iterdir())
    except OSError as error:
        raise UserError(f"the folder cannot be made ({error.strerror})", file=folder, remedy="name another") from None
    if taken:
        raise UserError("the folder is not empty", file=folder, remedy="name a new folder for --tables")
    for name in READ_TABLES:
        write_table(examination.tables[name], folder, TABLES[name])


def without_gloss(examination: Examination, glosses: set[str]) -> list[str]:
    """The names that English reports show (title, publisher, baseline, areas, groups, measures, goals, service areas)
    and that have no English in data/reference/glosses.csv.
    """
    tables = examination.tables
    names = pd.concat(
        [
            tables["documents"]["title"],
            tables["documents"]["publisher"],
            tables["documents"]["baseline"],
            tables["measures"]["area"],
            tables["measures"]["group"],
            tables["measures"]["measure"],
            tables["directives"]["title"],
            tables["goals"]["goal"],
            tables["accounts"]["service_area"],
            tables["investments"]["row"],
        ]
    )
    return [name for name in names.drop_duplicates() if name and name not in glosses]


def area_ids(project: Project) -> list[str]:
    """The ids of the harmonised areas."""
    return list(load_areas(project.reference)["area_id"])
