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


# What the web page and the interface of StatBank give: variables in rows, with what is counted and the year above.
CSV_ABOVE = (
    '"07459: Befolkning, etter region, statistikkvariabel og år"\r\n\r\n'
    '"region";"Personer 2030";"Personer 2031"\r\n"4601 Nordvåg";5000;5010\r\n"K-4602 Sørdal - Lulledalen";812;..\r\n'
)
# csv2: a row for each figure, with the title of the table above the figures.
CSV_ROWS = (
    '"region","statistikkvariabel","år","07459: Befolkning, etter region, statistikkvariabel og år"\n'
    '"Nordvåg","Personer","2030",5000\n"Sørdal","Personer","2030",.\n'
)
# Other variables of the same table are no inhabitants.
CSV_OTHERS = (
    '"region","Befolkning 1. januar 2030","Fødte 2030","Befolkningsvekst 2030"\n"4601 Nordvåg",5000,41,10\n'
    '"0 Hele landet",5500000,60000,30000\n'
)
# A sum without one of its parts is no sum.
WITH_A_GAP = stat(
    {"Region": ["Nordvåg", "Sørdal"], "Kjønn": ["Menn", "Kvinner"], "Tid": ["2030"]},
    {"0": 2600, "1": 2400, "2": 401}, "07459: Folkemengde", status={"3": ".."},
)  # fmt: skip
WITH_MARKS = stat(
    {"Region": ["Nordvåg", "Sørdal"], "Tid": ["2030"]}, [5000, None], "07459: Folkemengde", status={"1": "."}
)
# A dimension of one category needs no index.
WITHOUT_INDEX = json.dumps(
    {"version": "2.0", "class": "dataset", "label": "07459: Folkemengde", "id": ["Region", "ContentsCode", "Tid"],
     "size": [1, 1, 2], "value": [5000, 5010], "dimension": {
        "Region": {"label": "region", "category": {"index": ["4601"], "label": {"4601": "Nordvåg"}}},
        "ContentsCode": {"label": "statistikkvariabel", "category": {"label": {"Personer1": "Personer"}}},
        "Tid": {"label": "år", "category": {"index": {"2031": 1, "2030": 0}, "label": {"2031": "2031"}}},
     }}
)  # fmt: skip


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
        (CSV_ABOVE, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010, ("Sørdal", 2030): 812}),
        (CSV_ROWS, {("Nordvåg", 2030): 5000}),
        (CSV_OTHERS, {("Nordvåg", 2030): 5000, ("Hele landet", 2030): 5500000}),
        (WITH_A_GAP, {("Nordvåg", 2030): 5000}),
        (WITH_MARKS, {("Nordvåg", 2030): 5000}),
        (WITHOUT_INDEX, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_population(project, tmp_path, text, found, encoding):
    before = people(project)
    path = tmp_path / "tabell.txt"
    path.write_bytes(text.encode(encoding))
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


def index(project, name: str) -> dict[int, tuple[float, float, str]]:
    """Growth, level and status of an index by year."""
    rows = load_prices(project.reference).fillna(0)
    rows = rows[rows["index"] == name]
    figures = zip(rows["growth_percent"], rows["level_2015_100"], rows["status"], strict=True)
    return dict(zip(map(int, rows["year"]), figures, strict=True))


CPI_ABOVE = (
    '"08981: Konsumprisindeks, etter måned, statistikkvariabel og år"\n\n'
    '"måned";"Konsumprisindeks (2015=100) 2030";"Konsumprisindeks (2015=100) 2031"\n'
    '"Januar";150,1;153,2\n"Årsgjennomsnitt";151,0;..\n'
)
CPI_ROWS = (
    '"måned","år","Konsumprisindeks (2015=100)"\n"Desember","2030",152.2\n"Årsgjennomsnitt","2030",151.0\n'
    '"Årsgjennomsnitt","2031",..\n'
)
# 2025 is 100 in newer tables.
REBASED = stat(
    {"Maaned": ["Årsgjennomsnitt"], "ContentsCode": ["Konsumprisindeks (2025=100)"], "Tid": ["2015", "2031"]},
    [80.0, 120.0], "14700: Konsumprisindeks",
)  # fmt: skip
REBASED_LATER = REBASED.replace('"2015"', '"2024"')
GROWTH = stat(
    {"ContentsCode": ["Kommunal deflator, vekst i prosent"], "Tid": ["2030", "2031", "2032"]}, [3.1, 4.25, None],
    "Kommunal deflator",
)  # fmt: skip
GROWTH_CSV = '"år";"Kommunal deflator (prosent)"\n"2030";3,1\n"2031";4,25\n'
LEVELS = stat(
    {"ContentsCode": ["Kommunal deflator (2029=100)"], "Tid": ["2029", "2030", "2032"]}, [100, 103.1, 110], "Deflator"
)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (CPI_ABOVE, "cpi", {2030: (0, 151.0, "confirmed")}),
        (CPI_ROWS, "cpi", {2030: (0, 151.0, "confirmed")}),
        (REBASED, "cpi", {2015: (0, 100.0, "derived"), 2031: (0, 150.0, "derived")}),
        (GROWTH, "municipal_deflator", {2030: (3.1, 0, "confirmed"), 2031: (4.25, 0, "confirmed")}),
        (GROWTH_CSV, "municipal_deflator", {2030: (3.1, 0, "confirmed"), 2031: (4.25, 0, "confirmed")}),
        # 2032 has no level of the year before.
        (LEVELS, "municipal_deflator", {2030: (3.1, 0, "derived")}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_price_indices(project, tmp_path, text, name, found, encoding):
    before = index(project, name)
    path = tmp_path / "tabell"
    path.write_bytes(text.encode(encoding))
    assert prices(project, path) == len(found)
    assert index(project, name) == before | found


def test_an_index_with_another_base_is_linked_by_a_year_that_is_known(project, tmp_path):
    known = index(project, "cpi")[2024][1]
    path = tmp_path / "tabell.json"
    path.write_text(REBASED_LATER, encoding="utf-8")
    prices(project, path)
    assert index(project, "cpi")[2031][1] == pytest.approx(120 / 80 * known, abs=1e-3)


MONTHLY = stat({"ContentsCode": ["Konsumprisindeks (2015=100)"], "Tid": ["2030M01", "2030M02"]}, [150, 151], "03013")
QUARTERLY = stat({"Region": ["Nordvåg"], "Tid": ["2030K1", "2030K2"]}, [5000, 5010], "Folkemengde")
CODES = '"Region","ContentsCode","Tid","07459: Befolkning"\n"{}4601","Personer1","2030",5000\n'
TWICE = '"region","Folkemengde 2030","Befolkning ved utgangen av kvartalet 2030"\n"Nordvåg",5000,5010\n'
OTHER_PRICES = stat({"ContentsCode": ["Byggekostnadsindeks (2015=100)"], "Tid": ["2030"]}, [150], "08651")
UNKNOWN_BASE = stat({"ContentsCode": ["Konsumprisindeks (2025=100)"], "Tid": ["2098"]}, [150], "14700")


@pytest.mark.parametrize(
    ("text", "take", "message"),
    [
        (QUARTERLY, population, "no figure with a year"),
        (CODES.format(""), population, "the numbers of municipalities, not their names"),
        (CODES.format("K-"), population, "the numbers of municipalities, not their names"),
        (TWICE, population, "counts several things"),
        (MONTHLY, prices, "no figure with a year"),
        (OTHER_PRICES, prices, "no yearly level of the consumer price index"),
        (UNKNOWN_BASE, prices, "not 100 in 2015"),
    ],
)
def test_what_could_be_taken_for_something_else_is_refused(project, tmp_path, text, take, message):
    path = tmp_path / "fil"
    path.write_text(text, encoding="utf-8")
    before = {file.name: file.read_bytes() for file in project.reference.iterdir()}
    with pytest.raises(UserError, match=message):
        take(project, path)
    assert {file.name: file.read_bytes() for file in project.reference.iterdir()} == before


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
