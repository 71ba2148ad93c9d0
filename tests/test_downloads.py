"""The tables as others open them: Frictionless, pandas, DuckDB, LibreOffice. None runs or changes what is in them."""

import datetime
import json
import shutil
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from frictionless import validate as validate_package

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.publish.downloads import WORKBOOK, database, write_parquet, write_workbook
from kommunebudsjett.readers.stage import LEFT
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.stage import FROM_READERS
from kommunebudsjett.tables.storage import read_table
from kommunebudsjett.tables.validation import validate, write_table
from tests.conftest import ROOT

CLEAN = ROOT / "data" / "clean"
HOSTILE = ['=HYPERLINK("http://example.invalid")', "+1+1", "-2", "@SUM(A1)", "\t=1", "1 257", "<b>x</b>", 'a,"b"\nc']


def test_the_data_package_is_valid():
    report = validate_package(str(CLEAN / "datapackage.json"))
    assert report.valid, report.to_summary()
    assert {task.name for task in report.tasks} == set(TABLES)
    # No document here is a municipality's own budget, and a table without rows has no count of them.
    assert sum(task.stats.get("rows", 0) for task in report.tasks) > 4000


def test_the_data_package_names_its_sources_and_units():
    package = json.loads((CLEAN / "datapackage.json").read_text(encoding="utf-8"))
    documents = pd.read_csv(CLEAN / "documents.csv")
    assert [source["sha256"] for source in package["sources"]] == list(documents["sha256"])
    fields = {field["name"]: field for field in package["resources"][4]["schema"]["fields"]}
    assert fields["amount_mnok"]["unit"] == "million kroner"
    assert package["resources"][4]["schema"]["foreignKeys"][0]["reference"]["resource"] == "documents"


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_keeps_its_types_in_parquet(tmp_path, name):
    table, frame = TABLES[name], read_table(CLEAN, name)
    path = tmp_path / "table.parquet"
    with database() as connection:
        write_parquet(CLEAN / f"{name}.csv", path, table, connection)
    rows = duckdb.sql(f"select * from '{path}'")
    assert rows.columns == table.names
    kinds = {"VARCHAR": "text", "BIGINT": "integer", "DOUBLE": "number"}
    assert [kinds[str(kind)] for kind in rows.types] == [column.kind for column in table.columns]
    assert len(rows) == len(frame)
    for column in table.columns:
        missing = (
            frame[column.name].isna() | (frame[column.name] == "")
            if column.kind == "text"
            else frame[column.name].isna()
        )
        [(count,)] = duckdb.sql(f"select count(*) from '{path}' where \"{column.name}\" is not null").fetchall()
        assert count == (~missing).sum(), column.name
        if column.kind == "number":
            [(total,)] = duckdb.sql(f"select sum(\"{column.name}\") from '{path}'").fetchall()
            assert (total or 0) == pytest.approx(frame[column.name].sum())


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_comes_back_from_csv_as_it_was(tmp_path, name):
    write_table(read_table(CLEAN, name), tmp_path, TABLES[name])
    assert (tmp_path / f"{name}.csv").read_bytes() == (CLEAN / f"{name}.csv").read_bytes()


@pytest.mark.parametrize(
    "later", ['Tiltak som ""Tid til å være ung"".', '""', '\\""', "#", "a\nb", "\\N", "NULL", "1 257,5", '\'a\', ""b""']
)
def test_a_table_is_read_as_it_is_written_however_its_first_rows_look(tmp_path, later):
    rows = ['d,1,"Barnehage, skole",x\n'] * 25_000
    (tmp_path / "unread.csv").write_text(
        "document,line,raw,reason\n" + "".join(rows) + f'd,2,"{later}",x\n', encoding="utf-8", newline=""
    )
    with database() as connection:
        write_parquet(tmp_path / "unread.csv", tmp_path / "unread.parquet", TABLES["unread"], connection)
    [(raw,)] = duckdb.sql(f"select raw from '{tmp_path / 'unread.parquet'}' where line = 2").fetchall()
    assert raw == later.replace('""', '"')


def hostile_table() -> pd.DataFrame:
    table = TABLES["unread"]
    rows = [("d", index, raw, raw) for index, raw in enumerate(HOSTILE, start=1)]
    return pd.DataFrame(rows, columns=table.names).astype(table.dtypes)


@pytest.fixture(scope="module")
def opened_in_libreoffice(tmp_path_factory):
    """The workbook of all tables, and one of hostile text, as LibreOffice reads and saves them."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    assert program, "no LibreOffice on PATH: run `make test`, which sees to it"
    folder = tmp_path_factory.mktemp("libreoffice")
    date = datetime.date(2026, 11, 22)
    write_workbook({name: read_table(CLEAN, name) for name in TABLES}, folder / WORKBOOK, date)
    write_workbook({"unread": hostile_table()}, folder / "hostile.xlsx", date)
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(folder / "saved"), str(folder / WORKBOOK), str(folder / "hostile.xlsx")],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return {path.name: openpyxl.load_workbook(path) for path in (folder / "saved").glob("*.xlsx")}


def test_the_spreadsheet_opens_in_libreoffice_with_numbers_as_numbers(opened_in_libreoffice):
    book = opened_in_libreoffice[WORKBOOK]
    assert book.sheetnames == list(TABLES)
    for name, table in TABLES.items():
        frame = read_table(CLEAN, name)
        rows = book[name].iter_rows(values_only=True)
        assert list(next(rows)) == table.names
        seen = pd.DataFrame(list(rows), columns=table.names)
        assert len(seen) == len(frame)
        for column in table.columns:
            values = seen[column.name].dropna()
            if column.kind == "text":
                assert all(isinstance(value, str) for value in values), (name, column.name)
                assert list(values) == list(frame.loc[frame[column.name] != "", column.name])
            else:
                assert all(isinstance(value, int | float) for value in values), (name, column.name)
                assert values.sum() == pytest.approx(float(frame[column.name].sum()))


def test_text_that_begins_as_a_formula_does_is_text(opened_in_libreoffice):
    sheet = opened_in_libreoffice["hostile.xlsx"]["unread"]
    cells = [row[2] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a" * 32_767, True),
        ("a" * 32_768, False),
        # A character beyond the first 65,536 takes two places.
        ("\U0001f3eb" * 16_383, True),
        ("\U0001f3eb" * 16_384, False),
        ("a" + "\U0001f3eb" * 20_000, False),
    ],
)
def test_a_text_too_long_for_a_cell_says_so(tmp_path, text, whole):
    rows = hostile_table().head(1).assign(raw=text)
    write_workbook({"unread": rows}, tmp_path / "long.xlsx", datetime.date(2026, 11, 22))
    value = openpyxl.load_workbook(tmp_path / "long.xlsx")["unread"]["C2"].value
    if whole:
        assert value == text
    else:
        kept, _, said = value.partition(" […] ")
        assert said == "A cell holds no more. All of the text is in unread.csv."
        assert text.startswith(kept)
        assert len(value.encode("utf-16-le")) // 2 in (32_766, 32_767)


def test_it_stays_text_when_the_cell_is_edited(tmp_path):
    write_workbook({"unread": hostile_table()}, tmp_path / "hostile.xlsx", datetime.date(2026, 11, 22))
    sheet = openpyxl.load_workbook(tmp_path / "hostile.xlsx")["unread"]
    assert all(row[2].quotePrefix for row in sheet.iter_rows(min_row=2))


def test_two_builds_of_the_downloads_are_the_same_bytes(tmp_path):
    tables = {"accounts": read_table(CLEAN, "accounts"), "unread": hostile_table()}
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(tables, tmp_path / name, datetime.date(2026, 11, 22))
    for name in ("one.parquet", "two.parquet"):
        with database() as connection:
            write_parquet(CLEAN / "table_cells.csv", tmp_path / name, TABLES["table_cells"], connection)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("service_area", "", "str_length"),
        ("line", 0, "greater_than_or_equal_to"),
        ("line", None, "not_nullable"),
    ],
)
def test_a_broken_contract_names_table_row_line_and_rule(column, value, rule):
    frame = read_table(CLEAN, "accounts")
    line = frame.at[3, "line"]
    frame.loc[3, column] = pd.NA if value is None else value
    with pytest.raises(UserError, match=rule) as raised:
        validate(TABLES["accounts"], frame)
    message = str(raised.value)
    assert "table accounts, row 5" in message
    assert column in message
    if column != "line":
        assert f"trondheim-2025, line {line}" in message


def test_a_row_that_stands_twice_breaks_the_key():
    frame = read_table(CLEAN, "accounts")
    with pytest.raises(UserError, match="table accounts, row"):
        validate(TABLES["accounts"], pd.concat([frame, frame.iloc[[0]]], ignore_index=True))


def test_row_counts_of_each_table_and_document_stand_in_git():
    expected = json.loads((ROOT / "metrics" / "tables.json").read_text(encoding="utf-8"))
    for name, counts in expected.items():
        assert read_table(CLEAN, name)["document"].value_counts().to_dict() == counts
    assert set(expected) | {"documents", "areas", "area_names", "findings", "glossary", "topic_definitions"} == set(
        TABLES
    )


def test_no_row_of_a_reader_is_lost_or_doubled_on_the_way():
    read = json.loads((ROOT / "metrics" / "read.json").read_text(encoding="utf-8"))
    tables = json.loads((ROOT / "metrics" / "tables.json").read_text(encoding="utf-8"))
    for document, counts in read.items():
        kept = sum(tables[name].get(document, 0) for name in FROM_READERS if name not in LEFT)
        assert kept == counts["rows"]
        assert tables["unread"].get(document, 0) == counts["numbers_unread"]


def test_the_published_downloads(site: Path):
    for name in TABLES:
        assert (site / "data" / f"{name}.csv").read_bytes() == (CLEAN / f"{name}.csv").read_bytes()
        assert (site / "data" / "parquet" / f"{name}.parquet").stat().st_size > 100
    assert (site / "data" / WORKBOOK).stat().st_size > 10_000
    assert (site / "data" / "datapackage.json").exists()
