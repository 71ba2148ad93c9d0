"""Files of StatBank in, rows of data/reference out."""

import json

import pytest

from kommunebudsjett.adding.figures import population, prices
from kommunebudsjett.core.errors import UserError
from kommunebudsjett.tables.prices import load_population, load_prices


def stat(dimensions: dict[str, list[str]], values, label: str, **more) -> str:
    """A file of JSON-stat 2."""
    dimension = {
        name: {"label": name, "category": {"index": {f"c{i}": i for i in range(len(labels))},
                                           "label": {f"c{i}": text for i, text in enumerate(labels)}}}
        for name, labels in dimensions.items()
    }  # fmt: skip
    sizes = [len(labels) for labels in dimensions.values()]
    return json.dumps(
        {"version": "2.0", "class": "dataset", "label": label, "id": list(dimensions), "size": sizes,
         "dimension": dimension, "value": values, **more}
    )  # fmt: skip


REGIONS = ["K-4601 Nordvåg", "Sørdal - Lulledalen", "Gamledal (-2019)"]
JSON = stat(
    {"Region": REGIONS, "Tid": ["2030", "2031"]},
    [5000, 5010, 812, 805, 0, 0],
    "07459: Folkemengde",
    updated="2031-02-19T07:00:00Z",
)
BY_SEX = stat(
    {"Region": ["Nordvåg"], "Kjønn": ["Menn", "Kvinner"], "Tid": ["2030"]}, [2600, 2400], "07459: Folkemengde"
)
WITH_ALL = stat(
    {"Region": ["Nordvåg"], "Kjønn": ["Begge kjønn", "Menn", "Kvinner"], "Tid": ["2030"]}, [5000, 2600, 2400], "x"
)
CSV_WIDE = (
    '"07459: Folkemengde, etter region"\n\n"region";"statistikkvariabel";"2030";"2031"\n'
    '"4601 Nordvåg";"Personer";5000;5010\n'
)
CSV_LONG = '"region","år","Personer"\n"4601 Nordvåg","2030",5000\n"4601 Nordvåg","2031",..\n'


def people(project):
    rows = load_population(project.reference)
    return {(row.municipality, int(row.year)): int(row.population) for row in rows.itertuples()}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (JSON, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010, ("Sørdal", 2030): 812, ("Sørdal", 2031): 805}),
        (BY_SEX, {("Nordvåg", 2030): 5000}),
        (WITH_ALL, {("Nordvåg", 2030): 5000}),
        (CSV_WIDE, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010}),
        (CSV_LONG, {("Nordvåg", 2030): 5000}),
    ],
)
def test_population(project, tmp_path, text, found):
    before = people(project)
    path = tmp_path / "tabell.txt"
    path.write_bytes(text.encode("cp1252" if text is CSV_WIDE else "utf-8"))
    assert population(project, path) == len(found)
    assert people(project) == before | found


def test_source_and_date_are_kept(project, tmp_path):
    path = tmp_path / "tabell.json"
    path.write_text(JSON, encoding="utf-8")
    population(project, path)
    rows = load_population(project.reference)
    row = rows[rows["municipality"] == "Sørdal"].iloc[0]
    assert row["source"].startswith("SSB table 07459, updated 2031-02-19, taken ")
    assert (row["date"], row["status"]) == ("2030-01-01", "confirmed")


def test_figures_that_are_there_are_replaced(project, tmp_path):
    path = tmp_path / "tabell.json"
    path.write_text(stat({"Region": ["Trondheim - Tråante"], "Tid": ["2025"]}, [216000], "07459"), encoding="utf-8")
    before = people(project)
    population(project, path)
    assert people(project) == before | {("Trondheim", 2025): 216000}


KPI = stat(
    {"Maaned": ["Januar", "Årsgjennomsnitt"], "ContentsCode": ["Konsumprisindeks (2015=100)"], "Tid": ["2030", "2031"]},
    [150.1, 153.2, 151.0, 154.5], "08981: Konsumprisindeks",
)  # fmt: skip


def test_prices(project, tmp_path):
    path = tmp_path / "kpi.json"
    path.write_text(KPI, encoding="utf-8")
    assert prices(project, path) == 2
    rows = load_prices(project.reference)
    new = rows[(rows["index"] == "cpi") & (rows["year"] >= 2030)]
    assert list(zip(new["year"], new["level_2015_100"], strict=True)) == [(2030, 151.0), (2031, 154.5)]


@pytest.mark.parametrize(
    "text", ["", "hei", "{}", '{"version": "2.0", "id": 3}', "a;b\n1;2\n", JSON.replace("2.0", "1.1"), KPI]
)
@pytest.mark.parametrize("take", [population, prices])
def test_what_is_no_such_table_is_refused_and_changes_nothing(project, tmp_path, text, take):
    if text is KPI and take is prices:
        return
    path = tmp_path / "fil"
    path.write_text(text, encoding="utf-8")
    before = {file.name: file.read_bytes() for file in project.reference.iterdir()}
    with pytest.raises(UserError) as caught:
        take(project, path)
    assert caught.value.file == path
    assert caught.value.remedy
    assert {file.name: file.read_bytes() for file in project.reference.iterdir()} == before
