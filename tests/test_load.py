"""Many documents: each is read, checked and told as if it were alone, and none makes the run stop."""

import random
import re

import pandas as pd
import pytest
from benchmarks.load import project_of, variant

from kommunebudsjett.audit import stage as audit
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.tables import stage as tables
from kommunebudsjett.tables.contracts import TABLES
from kommunebudsjett.tables.storage import group_rows, read_table
from tests.conftest import ROOT


def test_a_variant_has_other_decimals_and_years_and_is_otherwise_the_same():
    text = "Skole 2025: 10,5 mill., tabell 1.1.2, 2 750 plasser, 3,25 % i 2026."
    found = variant(text, 3, random.Random(1))
    assert re.sub(r",\d", ",0", found) == re.sub(r",\d", ",0", text.replace("2025", "2028").replace("2026", "2029"))


@pytest.mark.slow
@pytest.mark.parametrize("number", [6, pytest.param(60, marks=pytest.mark.soak)])
def test_generated_documents_change_nothing_of_the_registered_ones(project, tmp_path, number):
    documents = load_registry(project.registry, set(FAMILIES))
    many = project_of(project, documents, number, tmp_path / "many")
    for stage in (readers, tables, audit):
        stage.run(many)
    assert len(read_table(many.clean, "documents")) == number
    found = {name: read_table(many.clean, name) for name in TABLES}
    alone = {name: read_table(ROOT / "data" / "clean", name) for name in TABLES}
    for name in ("table_cells", "measures", "accounts", "topics", "findings", "comparison"):
        own = found[name][found[name]["document"].isin(document.id for document in documents)]
        pd.testing.assert_frame_equal(
            own.sort_values(list(own.columns), ignore_index=True),
            alone[name].sort_values(list(own.columns), ignore_index=True),
        )
    # Every document has what its model has, and the audit has something to say of the changed ones.
    cells = found["table_cells"].groupby("document").size()
    for document in documents:
        same = [count for name, count in cells.items() if name == document.id or name.startswith(f"{document.id}-")]
        # Numbers that were changed can leave a label that ends in one without its evidence: its row is unread.
        assert min(same, default=0) >= 0.98 * max(same, default=0)
    assert len(found["findings"]) > len(alone["findings"])


@pytest.mark.parametrize(
    ("rows", "grouped"),
    [
        ("", ""),
        ("b,1\n", "b,1\n"),
        ("a,1\nc,2\na,3\nb,4\nc,5\n", "a,1\na,3\nb,4\nc,2\nc,5\n"),
        ('b,"1\na,2\n"\na,"3 ""4"""\nb,5\n', 'a,"3 ""4"""\nb,"1\na,2\n"\nb,5\n'),
    ],
)
def test_rows_are_grouped_in_the_order_of_their_first_column(tmp_path, rows, grouped):
    (tmp_path / "topics.csv").write_bytes(f"topic,text\n{rows}".encode())
    group_rows(tmp_path / "topics.csv", ["a", "b", "c"])
    assert (tmp_path / "topics.csv").read_bytes() == f"topic,text\n{grouped}".encode()
    assert [path.name for path in tmp_path.iterdir()] == ["topics.csv"]


def test_rows_of_a_document_that_nobody_registered_stop_the_audit(project):
    readers.run(project)
    tables.run(project)
    cells = project.clean / "table_cells.csv"
    cells.write_text(cells.read_text(encoding="utf-8").replace("\nsv-rodt-2026,", "\n../x,", 1), encoding="utf-8")
    with pytest.raises(UserError, match=r"table_cells.csv: no document '../x' is registered"):
        audit.run(project)
    cells.write_text("row,column\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"table_cells.csv: the table cannot be read"):
        audit.run(project)
    cells.unlink()
    with pytest.raises(UserError, match=r"table_cells.csv: the table is missing"):
        audit.run(project)
