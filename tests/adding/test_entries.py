"""Edits of YAML files that leave every other character as it is."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.adding.entries import entry_text, with_entry, with_role
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import Roles, load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import Document
from tests.conftest import ROOT

FILE = Path("documents.yml")


def document(**changes) -> Document:
    values = {
        "id": "bodo-2026", "file": "bodo-arsberetning-2026.txt", "title": "Årsberetning 2026, Bodø kommune",
        "publisher": "Bodø kommune", "family": "annual_report", "municipality": "Bodø",
        "budget_year": 2026, "period_from": 2026, "period_to": 2026,
    }  # fmt: skip
    return Document(**values | changes)


def read(text: str) -> list[Document]:
    return [Document(**entry) for entry in yaml.safe_load(text)]


@pytest.mark.parametrize(
    "title",
    [
        "Et løft: for alle",
        "no",
        "2027",
        "- liste",
        "«Sitat» # ikke kommentar",
        'Han sa "hei"',
        "a\\b",
        "null",
        "{x}",
        "'",
    ],
)
def test_an_entry_is_read_as_it_was_written(title):
    assert read(entry_text(document(title=title))) == [document(title=title)]


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip), st.text(max_size=20))
def test_any_text_can_stand_in_an_entry(title, baseline):
    written = document(title=title, baseline=baseline)
    assert read(entry_text(written)) == [written]


def test_an_entry_is_put_at_the_end_and_nothing_else_is_changed():
    before = (ROOT / "data/raw/documents.yml").read_text(encoding="utf-8")
    after = with_entry(FILE, before, document())
    assert after.startswith(before)
    assert read(after)[-1] == document()


@pytest.mark.parametrize("text", ["", "# A comment only.\n", "- id: a\n  x: 1", "- id: a\n\n\n"])
def test_the_end_of_the_file_may_look_as_it_likes(text):
    after = with_entry(FILE, text, document())
    assert after.startswith(text)
    assert yaml.safe_load(after)[-1]["id"] == "bodo-2026"


@pytest.mark.parametrize("text", ["[]\n", "  - id: a\n", "[{id: a}]\n", "- id: a\n...\n", "documents: []\n"])
def test_a_file_of_another_form_is_refused(text):
    with pytest.raises(UserError, match="cannot be put at the end"):
        with_entry(FILE, text, document())


@pytest.mark.parametrize("role", list(Roles.model_fields))
def test_a_part_is_set_and_its_comment_stays(tmp_path, role):
    before = (ROOT / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "params.yaml").write_text(before, encoding="utf-8")
    after = with_role(tmp_path / "params.yaml", before, role, "bodo-2026")
    changed = [(old, new) for old, new in zip(before.split("\n"), after.split("\n"), strict=True) if old != new]
    assert len(changed) == 1
    old, new = changed[0]
    assert new.startswith(f"  {role}: bodo-2026 ")
    assert new.index("#") == old.index("#")
    assert new[new.index("#") :] == old[old.index("#") :]


def test_a_part_with_a_long_id_keeps_its_comment_apart(tmp_path):
    before = (ROOT / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "params.yaml").write_text(before, encoding="utf-8")
    after = with_role(tmp_path / "params.yaml", before, "outcome", "et-veldig-langt-navn-pa-et-dokument-2026")
    assert "  outcome: et-veldig-langt-navn-pa-et-dokument-2026 # what happened\n" in after


def test_parts_on_one_line_are_left_to_the_person(tmp_path):
    text = "documents: {before: a, alternative: b, outcome: c}\n"
    (tmp_path / "params.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="does not stand on a line of its own") as raised:
        with_role(tmp_path / "params.yaml", text, "outcome", "bodo-2026")
    assert "outcome: bodo-2026" in raised.value.remedy


def test_the_params_of_this_project_are_still_valid(project):
    text = with_role(project.params, project.params.read_text(encoding="utf-8"), "outcome", "bodo-2026")
    project.params.write_text(text, encoding="utf-8")
    assert load_params(Project(project.root)).documents.outcome == "bodo-2026"
