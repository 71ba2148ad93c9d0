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
WITH_ALL = stat(
    {"Region": ["Nordvåg"], "Kjønn": ["Begge kjønn", "Menn", "Kvinner"], "Tid": ["2030"]}, [5000, 2600, 2400],
    "07459: Folkemengde",
)  # fmt: skip
CSV_WIDE = (
    '"07459: Folkemengde, etter region"\n\n"region";"statistikkvariabel";"2030";"2031"\n'
    '"4601 Nordvåg";"Personer";5000;5010\n'
)
CSV_LONG = (
    '"07459: Befolkning, etter region og år"\n"region","år","Personer"\n'
    '"4601 Nordvåg","2030",5000\n"4601 Nordvåg","2031",..\n'
)


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
    '"07459: Befolkning og endringer"\n'
    '"region","Befolkning 1. januar 2030","Fødte 2030","Befolkningsvekst 2030"\n"4601 Nordvåg",5000,41,10\n'
    '"0 Hele landet",5500000,60000,30000\n'
)
# One mark parts the fields of a file: names have commas, and figures too.
CSV_COMMAS = (
    "07459: Befolkning, etter region, kjønn, statistikkvariabel og år\n"
    "region;kjønn;Personer, 1. januar 2030\n4601 Nordvåg, nye, ja, to;Begge kjønn;5000,0\n"
)
# As a program saves it that fills all lines up.
CSV_FILLED = "07459: Befolkning;;\n;;\nregion;Personer 2030;Personer 2031\n4601 Nordvåg;5000;5010\n;;\n"
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
        (WITH_ALL, {("Nordvåg", 2030): 5000}),
        (CSV_WIDE, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010}),
        (CSV_LONG, {("Nordvåg", 2030): 5000}),
        (CSV_ABOVE, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010, ("Sørdal", 2030): 812}),
        (CSV_ROWS, {("Nordvåg", 2030): 5000}),
        (CSV_OTHERS, {("Nordvåg", 2030): 5000, ("Hele landet", 2030): 5500000}),
        (CSV_COMMAS, {("Nordvåg, nye, ja, to", 2030): 5000}),
        (CSV_FILLED, {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010}),
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


SSB = {"source": "Statistisk sentralbyrå"}
UNTITLED = '"region";"Personer 2030"\n"4601 Nordvåg";5000\n'


@pytest.mark.parametrize(
    ("text", "given", "source", "status"),
    [
        (JSON, "", "07459: Folkemengde, updated 2031-02-19, taken ", "confirmed"),
        (stat({"Region": ["Nordvåg"], "Tid": ["2030"]}, [5000], "Folkemengde", **SSB), "",
         "Statistisk sentralbyrå, Folkemengde, taken ", "confirmed"),
        (CSV_ABOVE, "", "07459: Befolkning, etter region, statistikkvariabel og år, taken ", "confirmed"),
        (CSV_ROWS, "", "07459: Befolkning, etter region, statistikkvariabel og år, taken ", "confirmed"),
        (UNTITLED, "The municipality's own count", "The municipality's own count, taken ", "secondary"),
    ],
)  # fmt: skip
def test_the_source_is_what_the_file_or_a_person_says(project, tmp_path, text, given, source, status):
    path = tmp_path / "07459.txt"
    path.write_text(text, encoding="utf-8")
    population(project, path, given)
    rows = load_population(project.reference)
    row = rows[rows["municipality"] == "Nordvåg"].iloc[0]
    assert row["source"].startswith(source)
    assert (row["date"], row["status"]) == ("2030-01-01", status)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "population.csv: the table is empty"),
        (b"municipality,year,population\n", "the column date is missing"),
        (b"municipality,year,population,date,status,source\n", "the columns are not as they should be"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_is_refused(project, tmp_path, content, message):
    path = tmp_path / "tabell.json"
    path.write_text(JSON, encoding="utf-8")
    table = project.reference / "population.csv"
    table.write_bytes(content)
    with pytest.raises(UserError, match=message):
        population(project, path)
    assert table.read_bytes() == content


def test_a_table_that_begins_with_a_mark_of_its_encoding_is_added_to(project, tmp_path):
    path = tmp_path / "tabell.json"
    path.write_text(JSON, encoding="utf-8")
    table = project.reference / "population.csv"
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes())
    before = people(project)
    population(project, path)
    assert people(project) == before | {("Nordvåg", 2030): 5000, ("Nordvåg", 2031): 5010} | {
        ("Sørdal", 2030): 812, ("Sørdal", 2031): 805
    }  # fmt: skip


def test_figures_that_are_there_are_replaced(project, tmp_path):
    path = tmp_path / "tabell.json"
    path.write_text(
        stat({"Region": ["Trondheim - Tråante"], "Tid": ["2025"]}, [216000], "07459: Folkemengde"), encoding="utf-8"
    )
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
    '"08981: Konsumprisindeks, etter måned og år"\n"måned","år","Konsumprisindeks (2015=100)"\n'
    '"Desember","2030",152.2\n"Årsgjennomsnitt","2030",151.0\n'
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
    "Kommunal deflator", source="Finansdepartementet",
)  # fmt: skip
GROWTH_CSV = '"år";"Kommunal deflator (prosent)"\n"2030";3,1\n"2031";4,25\n'
LEVELS = stat(
    {"ContentsCode": ["Kommunal deflator (2029=100)"], "Tid": ["2029", "2030", "2032"]}, [100, 103.1, 110], "Deflator",
    source="KS",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        (CPI_ABOVE, "cpi", {2030: (0, 151.0, "confirmed")}),
        (CPI_ROWS, "cpi", {2030: (0, 151.0, "confirmed")}),
        (REBASED, "cpi", {2015: (0, 100.0, "derived"), 2031: (0, 150.0, "derived")}),
        (GROWTH, "municipal_deflator", {2030: (3.1, 0, "confirmed"), 2031: (4.25, 0, "confirmed")}),
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


def test_a_list_of_growth_has_the_source_that_a_person_gives(project, tmp_path):
    path = tmp_path / "deflator.csv"
    path.write_text(GROWTH_CSV, encoding="utf-8")
    prices(project, path, "Finansdepartementet, Meld. St. 2")
    rows = load_prices(project.reference)
    row = rows[(rows["index"] == "municipal_deflator") & (rows["year"] == 2031)].iloc[0]
    assert (row["growth_percent"], row["status"]) == (4.25, "secondary")
    assert row["source"].startswith("Finansdepartementet, Meld. St. 2, taken ")


def test_an_index_with_another_base_is_linked_by_a_year_that_is_known(project, tmp_path):
    known = index(project, "cpi")[2024][1]
    path = tmp_path / "tabell.json"
    path.write_text(REBASED_LATER, encoding="utf-8")
    prices(project, path)
    assert index(project, "cpi")[2031][1] == pytest.approx(120 / 80 * known, abs=1e-3)


MONTHLY = stat({"ContentsCode": ["Konsumprisindeks (2015=100)"], "Tid": ["2030M01", "2030M02"]}, [150, 151], "03013")
QUARTERLY = stat({"Region": ["Nordvåg"], "Tid": ["2030K1", "2030K2"]}, [5000, 5010], "Folkemengde")
CODES = '"Region","ContentsCode","Tid","07459: Befolkning"\n"{}4601","Personer1","2030",5000\n'
TWICE = '"region","Folkemengde 2030","Befolkning 2030"\n"Nordvåg",5000,5010\n'
OTHER_PRICES = stat({"ContentsCode": ["Byggekostnadsindeks (2015=100)"], "Tid": ["2030"]}, [150], "08651")


def of_people(values: list[float], title: str = "07459: Folkemengde", **dimensions: list[str]) -> str:
    return stat({"Region": ["Nordvåg"], **dimensions, "Tid": ["2030"]}, values, title)


def of_prices(values: list[float], title: str, contents: list[str], **dimensions: list[str]) -> str:
    return stat({**dimensions, "ContentsCode": contents, "Tid": ["2030"]}, values, title)


DEFLATORS = ["Kommunal deflator, prosent", "Kommunal deflator uten pensjon, prosent"]
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
        # Nothing says that the parts are all, and a part is not the whole.
        (of_people([2600, 2400], Kjønn=["Menn", "Kvinner"]), population, "by kjønn, such as 'Menn', and none for all"),
        (of_people([2400], Kjønn=["Kvinner"]), population, "by kjønn, such as 'Kvinner'"),
        (of_people([2400], Kjønn=["Alle kvinner"]), population, "by kjønn"),
        (of_people([60, 70], Alder=["0-5 år", "6-15 år"]), population, "by alder, such as '0-5 år'"),
        (of_people([2400], Kjønn=["Begge kjønn"], Alder=["0-5 år"]), population, "by alder"),
        (of_people([5000.5]), population, "no inhabitants: Nordvåg 2030: 5000.5"),
        (of_people([-5]), population, "no inhabitants"),
        (of_people([5000], "12345: Boliger"), population, "no inhabitants"),
        (of_people([12], "11342: x", ContentsCode=["Personer per km²"]), population, "no inhabitants"),
        (of_people([900], "x", ContentsCode=["Personer med innvandrerbakgrunn"]), population, "no inhabitants"),
        (
            stat({"Region": ["1804 Bodø", "K-1804 Bodø"], "Tid": ["2030"]}, [1, 2], "07459: Folkemengde"),
            population,
            "several figures for Bodø 2030: region is '1804 Bodø' and 'K-1804 Bodø'",
        ),
        ('"år";"Region";"Personer"\n2030;Bodø;5000\n2030;Bodø;5000\n', population, "two rows for Bodø 2030"),
        ('"år";"Region";"Personer"\n2030;Bodø;5000\n2031;Bodø\n', population, "fil:3: the row has 2 fields"),
        ('"år";"Region";"Personer"\n2030;Bodø;5000\n2031;Bodø;x12\n', population, "fil:3: Personer is 'x12'"),
        ('"år";"Region";"Personer"\n2030;Bodø;5.000\n', population, "fil:2: Personer is '5.000'"),
        ('"år";"Region";"Personer"\n2030;Bodø;5000\n', population, "does not say where it is from"),
        (of_prices([3, 4], "x", DEFLATORS), prices, "several figures for 2030: contentscode is 'Kommunal deflator,"),
        (of_prices([3], "Deflator for BNP, prosent", ["Deflator"]), prices, "no municipal deflator"),
        (of_prices([3], "Fylkeskommunal deflator", ["Prosent"]), prices, "no municipal deflator"),
        (of_prices([110], "Konsumpris", ["KPI (2015=100)"], Gruppe=["Mat"]), prices, "by gruppe, such as 'Mat'"),
        (of_prices([110], "x", ["KPI-JAE (2015=100)"]), prices, "no yearly level"),
        (of_prices([110], "x", ["Harmonisert konsumprisindeks (2015=100)"]), prices, "no yearly level"),
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
