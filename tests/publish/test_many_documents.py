"""A site of more documents than play a part: each of them and every table of all of them is published."""

import duckdb
import pytest
import yaml
from benchmarks.load import project_of

from kommunebudsjett.audit import stage as audit
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.execution import stage as execution
from kommunebudsjett.publish import stage as publishing
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.tables import stage as tables
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import read_table


@pytest.mark.slow
def test_nine_documents_are_published(project, tmp_path):
    params = yaml.safe_load(project.params.read_text(encoding="utf-8")) | {
        "reports": {"goals": {}},
        "languages": ["nb"],
    }
    project.params.write_text(yaml.safe_dump(params), encoding="utf-8")
    many = project_of(project, load_registry(project.registry, set(FAMILIES)), 9, tmp_path / "many")
    for stage in (readers, tables, audit, execution, publishing):
        stage.run(many)
    documents = read_table(many.clean, "documents")["document"]
    assert len(documents) == 9
    for document in documents:
        assert (many.reports / "sources" / f"{document}.html").is_file()
    for name in TABLES:
        [(rows,)] = duckdb.sql(f"select count(*) from '{many.reports}/data/parquet/{name}.parquet'").fetchall()
        assert rows == len(read_table(many.clean, name)), name
