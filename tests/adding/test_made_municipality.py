"""A made municipality from start to finish: nynorsk, thousands, five columns, and nothing like ours in its layout."""

import html
import re
import shutil

import pytest
import yaml

from kommunebudsjett.tables.storage import read_table
from tests.adding.test_commands import run
from tests.adding.test_figures import stat
from tests.conftest import run as command
from tests.pdfs.as_text import as_printed
from tests.pdfs.new_year import NORDVIK, alternative_budget
from tests.report import reading
from tests.report.reading import words

YEARS = (2025, 2026, 2027)
PEOPLE = {2025: 5025, 2026: 5026, 2027: 5027}
REPORT = """Årsmelding 2026
Nordvik kommune

1 Økonomi

Netto driftsresultat for Nordvik kommune vart 7,3 mill. kroner, som er 1,9 % av driftsinntektene. Rammeområda hadde eit meirforbruk på 1,7 mill. kroner.

Netto driftsutgifter per rammeområde
Alle tal i heile 1 000

Rammeområde | Note | Rekneskap 2026 | Regulert budsjett 2026 | Opphavleg budsjett 2026 | Avvik | Rekneskap 2025
1 Skule | 2 | 120 250 | 119 000 | 117 500 | -1 250 | 115 300
2 Barnehage | | 60 120 | 59 400 | 58 000 | -720 | 57 010
3 Helse og omsorg | 3, 4 | 160 500 | 161 000 | 159 100 | 500 | 151 000
4 Kultur | | 12 400 | 12 170 | 12 000 | -230 | 11 900
5 Skatt og rammetilskot | | -361 000 | -359 000 | -353 000 | 2 000 | -342 000
Sum rammeområda | | -7 730 | -7 430 | -6 400 | 300 | -6 790

Hovudoversikt drift
Alle tal i heile 1 000

Tekst | Rekneskap 2026 | Regulert budsjett 2026 | Opphavleg budsjett 2026 | Rekneskap 2025
Rammetilskot | 180 000 | 179 000 | 176 000 | 170 000
Inntekts- og formuesskatt | 181 000 | 180 000 | 177 000 | 172 000
Sum driftsinntekter | 361 000 | 359 000 | 353 000 | 342 000
Netto driftsresultat | 7 300 | 7 000 | 6 000 | 6 500
"""  # noqa: E501
_FIGURE = r'<td class="num"[^>]*>(?:<a class="cite" href="[^"#]*#(L\d+)"[^>]*>)?(.*?)</td>'
NAMES = {
    "Skule": "oppvekst", "Barnehagene": "oppvekst", "Grunnskolen": "oppvekst", "Barn og unge": "oppvekst",
    "Mestring og helse": "helse_omsorg", "Hjemmetjenesten": "helse_omsorg", "Havn og areal": "byutvikling",
    "Havn og kai": "byutvikling", "Felles inntekter": "finans_organisasjon",
    "Barnehage": "oppvekst", "Helse og omsorg": "helse_omsorg", "Kultur": "kultur_idrett",

}  # fmt: skip


@pytest.fixture
def made(project, tmp_path):
    """The project of the municipality: its population from StatBank, its documents added, its tables made."""
    shutil.rmtree(project.raw)
    project.raw.mkdir()
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    (downloads / "07459.json").write_text(
        stat(
            {"Region": ["4699 Nordvik"], "Tid": [str(year) for year in YEARS]},
            list(PEOPLE.values()),
            "07459: Folkemengde",
        ),
        encoding="utf-8",
    )
    run(project, "reference", "population", downloads / "07459.json")
    return project, downloads


@pytest.fixture
def built(made):
    """The same with all three documents added and the tables made, and what `check` said of the report."""
    project, downloads = made
    report = downloads / "aarsmelding.txt"
    report.write_text(REPORT, encoding="utf-8")
    options = ("--municipality", "Nordvik")
    said = run(project, "check", report, *options)
    with (project.reference / "service_areas.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"Nordvik,,{name},{area_id},part,,\n" for name, area_id in NAMES.items())
    for year, role in ((2025, "before"), (2027, "alternative")):
        path = downloads / f"budsjett-{year}.txt"
        path.write_text(as_printed(alternative_budget(NORDVIK, year)), encoding="utf-8")
        run(project, "add", path, "--as", role)
    run(project, "add", report, "--as", "outcome", *options)
    params = yaml.safe_load(project.params.read_text(encoding="utf-8"))
    params["prices"]["year"] = 2026
    project.params.write_text(yaml.safe_dump(params, allow_unicode=True), encoding="utf-8")
    with (project.reference / "price_growth.csv").open("a", encoding="utf-8") as file:
        file.write("municipal_deflator,2027,3.5,,Made up,forecast\n")
    for stage in ("read", "tables", "audit"):
        run(project, stage)
    return project, said


def test_from_start_to_finish(built):
    project, said = built
    assert "Regulert budsjett 2026: revised budget 2026" in said
    assert "→ accounts by service area" in said
    assert ",Skule,oppvekst,same,," in said
    accounts = read_table(project.clean, "accounts")
    assert dict(zip(accounts["service_area"], accounts["actual"], strict=True)) == {
        "Skule": 120.25, "Barnehage": 60.12, "Helse og omsorg": 160.5, "Kultur": 12.4,
    }  # fmt: skip
    facts = read_table(project.clean, "facts")
    assert list(zip(facts["what"], facts["value"], facts["unit"], strict=True)) == [
        ("Netto driftsresultat", 7.3, "mnok"),
        ("Netto driftsresultat, andel", 1.9, "percent"),
        ("Rammeområda: meirforbruk", 1.7, "mnok"),
    ]
    levels = read_table(project.clean, "comparison")
    levels = levels[levels["meaning"] == "actual"].set_index("area_id")
    assert levels["amount_mnok"].round(6).to_dict() == {
        "oppvekst": 180.37,
        "helse_omsorg": 160.5,
        "kultur_idrett": 12.4,
    }
    assert levels.at["oppvekst", "per_inhabitant_nok"] == pytest.approx(180.37e6 / 5026)
    findings = read_table(project.clean, "findings")
    assert findings[findings["document"] == "nordvik-2026"].empty


def test_the_overview_says_these_figures(built, monkeypatch):
    project, _ = built
    shown = words(reading.shown(project.notebooks, "overview", "nb", 2026, monkeypatch))
    shown = shown.replace("\u00a0", " ")
    # 1 250 + 720 - 500 + 230 thousand more than the revised budget, most of it for schools and kindergartens.
    assert "Tjenestene brukte 2 mill. kr mer enn det reviderte budsjettet i 2026." in shown
    assert "Størst var avviket i oppvekst og utdanning: −2 mill. kr." in shown
    assert "«Skule» (1,3 mill. kr), «Barnehage» (0,7 mill. kr) og «Kultur» (0,2 mill. kr)" in shown
    # 1,2 and 0,6 million in 2027, of what the area cost, in the same prices: 1,8 / 1,035 / 180,37.
    assert "som er 1,0 % av det området kostet i 2026" in shown
    assert "nan" not in shown.casefold().split()


@pytest.fixture
def published(built):
    """The folder of its site, after the notebooks were executed and published by the commands of a person."""
    project, _ = built
    params = yaml.safe_load(project.params.read_text(encoding="utf-8"))
    params["reports"] = {"overview": {}, "economy": {}, "service_area": {"area_id": ["oppvekst", "kultur_idrett"]}}
    project.params.write_text(yaml.safe_dump(params, allow_unicode=True), encoding="utf-8")
    for stage in (["execute", "--quiet"], ["publish"]):
        done = command(project.root, "kommunebudsjett", *stage)
        assert done.returncode == 0, done.stdout + done.stderr
    return project.reports


def figures(page: str, name: str) -> list[str]:
    """The cells of the row of that name on a page that has most figures; those that link to a line as `161 L14`."""
    rows = [row for row in re.findall(r"<tr\b.*?</tr>", page, re.DOTALL) if readable(row.partition("</th>")[0]) == name]
    found = [
        [f"{readable(shown)} {line}".strip() for line, shown in re.findall(_FIGURE, row, re.DOTALL)] for row in rows
    ]
    return max(found, key=len)


def readable(page: str) -> str:
    """The words of a page in one line, without the marks of its notes."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", page)))
    text = re.sub(r"\s*\[\d+\]", "", " ".join(text.split()))
    return re.sub(r" (?=[.,:;)])", "", text)


SAID = {
    "nb": [
        "Tjenestene brukte 2 mill. kr mer enn det reviderte budsjettet i 2026.",
        "Størst var avviket i oppvekst og utdanning: −2 mill. kr.",
        "som er 1,0 % av det området kostet i 2026",
        "Netto driftsresultat ble 7 mill. kr.",
    ],
    "en": [
        "The services spent NOK 2 million more than the revised budget in 2026.",
        "The deviation was largest in children and education: −NOK 2 million.",
        "which is 1.0% of what the area cost in 2026",
        "The net operating result was NOK 7 million.",
    ],
}


# The amounts are printed in thousands. 1,2 and 0,6 million of 2025 and of 2027 are in the prices of 2026.
AREAS = {
    "oppvekst": ["+1.9", "180", "−2", "+1.7", "1.0%"],
    "kultur_idrett": ["no amounts", "12 L15", "0 L15", "no amounts", "no amounts"],
}
# 120 250 thousand for 5 026 inhabitants.
SCHOOLS = ["120 L12", "119 L12", "118 L12", "−1 L12", "23,926"]
GRANT = ["180 L23", "179 L23", "176 L23", "not stated", "170 L23"]


def test_the_built_pages_have_its_figures(published):
    for lang, sentences in SAID.items():
        page = {path.stem: path.read_text(encoding="utf-8") for path in (published / lang).glob("*.html")}
        said = " ".join(map(readable, page.values()))
        assert [sentence for sentence in sentences if sentence not in said] == []
        assert "nan" not in re.findall(r"\w+", said)
        names = dict(re.findall(r'<a href="area-(\w+)\.html">([^<]*)</a></th>', page["overview"]))
        for area, cells in AREAS.items():
            assert figures(page["overview"], names[area]) == written(lang, cells)
        assert figures(page["economy"], "Rammetilskot") == written(lang, GRANT)
        assert figures(page["area-oppvekst"], "Skule") == written(lang, SCHOOLS)


def written(lang: str, cells: list[str]) -> list[str]:
    """Cells in English as a language writes them."""
    if lang == "en":
        return cells
    words = {"no amounts": "ingen beløp", "not stated": "ikke oppgitt"}
    return [words.get(cell, cell.replace(",", " ").replace(".", ",").replace("%", " %")) for cell in cells]
