"""The tables to download: CSV and data package as they are, Parquet, and a spreadsheet."""

import datetime
import errno
import io
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from kommunebudsjett.tables.contracts import TABLES, Table
from kommunebudsjett.tables.storage import read_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SQL_TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}
WORKBOOK = "kommunebudsjett.xlsx"
# How many characters, in UTF-16, a cell of a spreadsheet holds.
MOST_IN_A_CELL = 32_767


def write_downloads(clean: Path, date: datetime.date, folder: Path) -> None:
    """Write all downloads of the clean tables in `clean` into `folder`."""
    shutil.copytree(clean, folder, dirs_exist_ok=True)
    (folder / "parquet").mkdir()
    # One for all: to open it takes longer than to write a table.
    with database() as connection:
        for table in TABLES.values():
            target = folder / "parquet" / f"{table.name}.parquet"
            write_parquet(clean / f"{table.name}.csv", target, table, connection)
    write_workbook({name: read_table(clean, name) for name in TABLES}, folder / WORKBOOK, date)


def database() -> "DuckDBPyConnection":
    """An empty database, to write Parquet with."""
    # Loaded by the process that needs it.
    import duckdb

    # One thread, so that rows keep their order and two builds give the same bytes.
    return duckdb.connect(config={"threads": 1})


def write_parquet(source: Path, target: Path, table: Table, connection: "DuckDBPyConnection") -> None:
    """A CSV table as Parquet, with the types of its contract; missing values are null."""
    import duckdb

    columns = {column.name: SQL_TYPES[column.kind] for column in table.columns}
    # Nothing is guessed: a guess is made of the first rows, and a later one that has a quotation mark breaks it.
    rows = connection.read_csv(
        str(source), header=True, columns=columns, auto_detect=False, delimiter=",", quotechar='"', escapechar='"'
    )
    try:
        rows.write_parquet(str(target))
    except duckdb.IOException as error:
        # DuckDB gives the system's reason in words only.
        full = os.strerror(errno.ENOSPC) in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error).splitlines()[0], str(target)) from None


def in_a_cell(text: str, file: str) -> str:
    """A text as a cell of a spreadsheet holds it; one that is too long says at its end that it goes on in `file`."""
    if len(text.encode("utf-16-le")) // 2 <= MOST_IN_A_CELL:
        return text
    note = f" […] A cell holds no more. All of the text is in {file}."
    kept = text.encode("utf-16-le")[: 2 * (MOST_IN_A_CELL - len(note))]
    # Half of a character that takes two places is left out.
    return kept.decode("utf-16-le", errors="ignore") + note


def write_workbook(tables: dict[str, pd.DataFrame], target: Path, date: datetime.date) -> None:
    """All tables as one spreadsheet, a sheet each.

    Numbers are numbers. Text is written as text and marked as such, so that a cell that begins as a formula does is
    none, also after somebody has edited it. A text that is too long for a cell says so.
    """
    # Imported where it is used: seldom are the tables others.
    from xlsxwriter import Workbook

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    content = io.BytesIO()
    with Workbook(content, options) as workbook:
        workbook.set_properties(
            {"title": "Kommunebudsjett", "created": datetime.datetime.combine(date, datetime.time())}
        )
        header = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"quote_prefix": True})
        for name, frame in tables.items():
            sheet = workbook.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for index, column in enumerate(TABLES[name].columns):
                sheet.write_string(0, index, column.name, header)
                sheet.set_column(index, index, 40 if column.name in ("text", "quote", "title") else 16)
                for row, value in enumerate(frame[column.name], start=1):
                    if pd.isna(value) or value == "":
                        continue
                    if column.kind == "text":
                        sheet.write_string(row, index, in_a_cell(value, f"{name}.csv"), text)
                    else:
                        sheet.write_number(row, index, value)
            sheet.autofilter(0, 0, len(frame), len(TABLES[name].columns) - 1)
    target.write_bytes(content.getvalue())
