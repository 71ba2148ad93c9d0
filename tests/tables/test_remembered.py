"""Tables that are remembered by their content: another content is another table, and no change reaches the next."""

import shutil

import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.report.edition import Edition, load_breaks
from kommunebudsjett.tables.area_words import load_area_words
from kommunebudsjett.tables.glossary import load_glossary
from kommunebudsjett.tables.glosses import load_glosses
from kommunebudsjett.tables.limits import load_limits
from kommunebudsjett.tables.meanings import load_column_words
from kommunebudsjett.tables.prices import load_population, load_prices
from kommunebudsjett.tables.service_areas import load_areas, load_crosswalk
from kommunebudsjett.tables.storage import read_table, remembered_table
from kommunebudsjett.tables.subjects import load_table_words
from kommunebudsjett.tables.topics import load_topics
from tests.conftest import ROOT

# Each loader, and the files of data/reference that it reads.
LOADERS = [
    (load_area_words, ["area_words.csv"]),
    (load_column_words, ["columns.csv"]),
    (load_limits, ["limits.csv"]),
    (load_table_words, ["table_words.csv"]),
    (load_areas, ["areas.csv"]),
    (load_breaks, ["breaks.csv"]),
    (load_crosswalk, ["service_areas.csv", "areas.csv"]),
    (load_glossary, ["glossary.csv"]),
    (load_glosses, ["glosses.csv"]),
    (load_population, ["population.csv"]),
    (load_prices, ["price_growth.csv"]),
]


@pytest.mark.parametrize(("load", "files"), LOADERS)
def test_a_curated_table_is_read_again_when_any_of_its_files_is_another(tmp_path, load, files):
    folder = tmp_path / "reference"
    shutil.copytree(ROOT / "data" / "reference", folder)
    before = load(folder)
    assert load(folder).equals(before)
    for file in files:
        whole = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(f"{whole}one,field,too,few,or,too,many,by,far,in,this,row\n", encoding="utf-8")
        with pytest.raises(UserError, match="the row has 12 fields"):
            load(folder)
        (folder / file).unlink()
        with pytest.raises(UserError, match="the table is missing"):
            load(folder)
        (folder / file).write_text(whole, encoding="utf-8")
        assert load(folder).equals(before)


@pytest.mark.parametrize("load", [load for load, _ in LOADERS] + [load_topics])
def test_a_change_of_what_was_loaded_is_not_remembered(load):
    rows = load(ROOT / "data" / "reference")
    before = rows.copy(deep=True)
    rows.iloc[0, 0] = None
    rows["more"] = 1
    assert load(ROOT / "data" / "reference").equals(before)


def test_a_clean_table_is_read_again_when_its_file_is_another(tmp_path):
    shutil.copy(ROOT / "data" / "clean" / "goals.csv", tmp_path)
    before = remembered_table(tmp_path, "goals")
    assert remembered_table(tmp_path, "goals") is before
    lines = (tmp_path / "goals.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "goals.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    assert len(remembered_table(tmp_path, "goals")) == len(before) - 1
    (tmp_path / "goals.csv").unlink()
    with pytest.raises(UserError, match="the table is missing"):
        remembered_table(tmp_path, "goals")


@pytest.mark.parametrize(("name", "where"), [
    ("workforce", {"gender": "women"}),
    ("workforce", {"year": "2025", "gender": "men"}),
    ("key_figures", {"value": "5.7"}),
    ("measures", {"amount_mnok": ""}),
    ("workforce", {"year": "1814"}),
])  # fmt: skip
def test_rows_are_chosen_by_the_text_that_the_file_has_of_numbers_too(name, where):
    project = Project(ROOT)
    found = Edition(project, load_params(project), "nb").table(name, **where)
    rows = read_table(project.clean, name)
    for column, text in where.items():
        rows = rows[rows[column].isna() if text == "" else rows[column] == type(rows[column].iloc[0])(text)]
    assert found.equals(rows.reset_index(drop=True))
    assert (len(found) > 0) == ("1814" not in where.values())
