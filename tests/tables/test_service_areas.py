"""The crosswalk and the comparison, joined without losing or doubling a row."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.core.errors import UserError
from kommunebudsjett.core.params import load_params
from kommunebudsjett.core.project import Project
from kommunebudsjett.tables.comparison import comparison
from kommunebudsjett.tables.prices import load_population, load_prices
from kommunebudsjett.tables.service_areas import load_areas, load_crosswalk, notes, of_document, unmapped, with_area_id
from kommunebudsjett.tables.storage import read_table
from kommunebudsjett.tables.totals import REASON, is_total_name, without_totals
from tests.conftest import ROOT

REFERENCE = ROOT / "data" / "reference"
CLEAN = ROOT / "data" / "clean"
PATH = REFERENCE / "service_areas.csv"


def crosswalk_of(document: str, municipality: str = "Trondheim", reference: Path = REFERENCE) -> pd.DataFrame:
    return of_document(load_crosswalk(reference), document, municipality)


def rows(*names: str) -> pd.DataFrame:
    return pd.DataFrame({"document": "rodgronne-2020", "area": names, "line": range(len(names))})


def test_every_area_has_a_name_in_both_languages_and_a_place():
    areas = load_areas(REFERENCE)
    assert list(areas["order"]) == list(range(1, len(areas) + 1))
    assert (areas[["name_nb", "name_en", "cofog"]] != "").all(axis=None)
    assert set(load_crosswalk(REFERENCE)["area_id"]) <= set(areas["area_id"])


def test_names_are_mapped_and_no_row_is_lost():
    names = rows("Helse og eldre", "Oppvekst", "Helse og eldre")
    out = with_area_id(names, "area", crosswalk_of("rodgronne-2020"), "Trondheim", PATH)
    assert list(out["area_id"]) == ["helse_omsorg", "oppvekst", "helse_omsorg"]
    assert list(out.columns) == ["document", "area", "area_id", "line"]


def test_a_chapter_number_does_not_count():
    names = rows("5. Helse og omsorg", "7.1. Kunst og kultur")
    out = with_area_id(names, "area", crosswalk_of("rodgronne-2020"), "Trondheim", PATH)
    assert list(out["area_id"]) == ["helse_omsorg", "kultur_idrett"]


def test_an_unmapped_name_says_what_to_add():
    with pytest.raises(UserError, match="'Romfart' of rodgronne-2020 has no harmonised area") as raised:
        with_area_id(rows("Oppvekst", "Romfart"), "area", crosswalk_of("rodgronne-2020"), "Trondheim", PATH)
    assert raised.value.file == PATH
    # Of its municipality: what a name means there says nothing of others.
    assert "add a row: Trondheim,,Romfart,AREA_ID,same,," in raised.value.remedy


def test_a_name_means_what_its_own_municipality_means_by_it():
    with pytest.raises(UserError, match="'Skole' of rodgronne-2020 has no harmonised area") as raised:
        with_area_id(rows("Skole"), "area", crosswalk_of("rodgronne-2020", "Bodø"), "Bodø", PATH)
    assert "Bodø,,Skole,AREA_ID,same,," in raised.value.remedy


@pytest.mark.parametrize(
    ("document", "municipality", "area_id"),
    [
        ("bodo-2026", "Bodø", "byutvikling"),  # its own row
        ("bodo-2025", "Bodø", "felles"),  # that of its municipality
        ("oslo-2025", "Oslo", "oppvekst"),  # that of every one
    ],
)
def test_the_most_precise_row_holds(tmp_path, document, municipality, area_id):
    shutil.copy(REFERENCE / "areas.csv", tmp_path)
    (tmp_path / "service_areas.csv").write_text(
        "municipality,document,name,area_id,relation,note_nb,note_en\n,,Miljø,oppvekst,same,,\n"
        "Bodø,,Miljø,felles,same,,\n,bodo-2026,Miljø,byutvikling,same,,\n",
        encoding="utf-8",
    )
    rows = crosswalk_of(document, municipality, tmp_path)
    assert rows[["name", "area_id"]].to_numpy().tolist() == [["Miljø", area_id]]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Trondheim,,Skole,oppvekst,part,,\n", "Skole is mapped twice"),
        (",,Romfart,oppvekst,nearly,,\n", "relation is 'nearly'"),
        (",,Romfart,romfart,same,,\n", "there is no area 'romfart'"),
        (",,Sum tjenesteområdene,felles,part,,\n", "'Sum tjenesteområdene' is a total and no area"),
        (",,Drift totalt,felles,wider,,\n", "'Drift totalt' is a total and no area"),
    ],
)
def test_a_wrong_row_names_its_line(tmp_path, row, message):
    shutil.copy(REFERENCE / "areas.csv", tmp_path)
    path = tmp_path / "service_areas.csv"
    text = PATH.read_text(encoding="utf-8")
    path.write_text(text + row, encoding="utf-8")
    with pytest.raises(UserError, match=message) as raised:
        load_crosswalk(tmp_path)
    assert raised.value.line == text.count("\n") + 1


def test_all_unmapped_names_are_told_with_their_rows():
    frame = rows("1. Havn, kai og ferje", "Oppvekst", "Romfart", "Havn, kai og ferje")
    crosswalk = crosswalk_of("rodgronne-2020")
    assert unmapped(frame, "area", crosswalk) == ["Havn, kai og ferje", "Romfart"]
    with pytest.raises(UserError, match="nor have these: Romfart") as raised:
        with_area_id(frame, "area", crosswalk, "Trondheim", PATH)
    assert ',"Havn, kai og ferje",AREA_ID,same,,\n' in raised.value.remedy


def test_no_remedy_offers_a_total_as_an_area():
    frame = rows("8. Sum tjenesteområdene", "Romfart", "Totalt (mnok)")
    crosswalk = crosswalk_of("rodgronne-2020")
    assert unmapped(frame, "area", crosswalk) == ["Romfart"]
    with pytest.raises(UserError, match="'Romfart' of rodgronne-2020 has no harmonised area") as raised:
        with_area_id(frame, "area", crosswalk, "Trondheim", PATH)
    assert "otal" not in str(raised.value)
    assert "Sum" not in str(raised.value)
    totals = with_area_id(frame.iloc[[0, 2]], "area", crosswalk, "Trondheim", PATH)
    assert list(totals["area_id"]) == ["felles", "felles"]


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("Sum", True), ("SUM", True), ("6. Sum investeringsutgifter", True), ("Sluttsum", True), ("I ALT", True),
        ("Oppvekst totalt", True), ("Drift tilsammen", True), ("Til saman", True), ("Alle tjenesteområder", True),
        ("Alle tenesteområda", True), ("Hele kommunen", True), ("Samlede netto driftsutgifter (mill. kr)", True),
        ("Total for området helse og omsorg", True), ("Totalt", True), ("Tjenesteområdene samlet", True),
        ("Oppvekst", False), ("Investeringer", False), ("Drift", False), ("Summer", False), ("Alle barn", False),
        ("Tabeller samlet", False), ("Samlet plan for skolen", False), ("Total gjennomgang av innkjøp", False),
        ("Hele dagens omsorg", False), ("Kommunedirektøren", False), ("", False), ("1.2", False),
    ],
)  # fmt: skip
def test_names_of_totals(name, total):
    assert is_total_name(name) is total


def test_amounts_under_the_name_of_a_total_are_unread_and_the_others_stay():
    measures = read_table(CLEAN, "measures").drop(columns="area_id")
    unread = read_table(CLEAN, "unread").iloc[:1]
    own = measures[measures["document"] == "sv-rodt-2026"].head(6)
    own = own.assign(area=["Oppvekst", "Sum alle områder", "Sum alle områder"] + ["Oppvekst"] * 3)
    own.loc[own.index[2], "amount_mnok"] = float("nan")
    kept, listed = without_totals(own, unread)
    assert list(kept["line"]) == list(own["line"].drop(own.index[[1, 2]]))
    new = listed[listed["reason"] == REASON]
    assert new[["line", "raw"]].to_numpy().tolist() == own.iloc[[1]][["line", "quote"]].to_numpy().tolist()
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("felles,8,", "fellesskap,8,", "there is no area felles"),
        ("finans_organisasjon,7,", "finans,7,", "there is no area finans_organisasjon"),
        ("byutvikling,6,", "oppvekst,6,", "oppvekst stands twice"),
    ],
)
def test_areas_without_those_that_reports_treat_apart_are_refused(tmp_path, old, new, message):
    text = (REFERENCE / "areas.csv").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "areas.csv").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(UserError, match=message):
        load_areas(tmp_path)


def test_a_municipality_can_have_areas_of_its_own(tmp_path):
    text = (REFERENCE / "areas.csv").read_text(encoding="utf-8")
    (tmp_path / "areas.csv").write_text(text + "havn,9,Havn,Harbour,04,Economic affairs,Curated\n", encoding="utf-8")
    (tmp_path / "service_areas.csv").write_text(
        "municipality,document,name,area_id,relation,note_nb,note_en\n,,Havn og kai,havn,same,,\n", encoding="utf-8"
    )
    crosswalk = crosswalk_of("rodgronne-2020", reference=tmp_path)
    out = with_area_id(rows("Havn og kai"), "area", crosswalk, "Trondheim", PATH)
    assert list(out["area_id"]) == ["havn"]


def test_the_note_of_a_document_goes_before_the_note_for_all():
    assert notes(crosswalk_of("rodgronne-2020"), ["Oppvekst"], "en")[0].startswith("In 2020")
    assert notes(crosswalk_of("sv-rodt-2026"), ["Oppvekst"], "en") == []


@pytest.fixture(scope="module")
def compared():
    tables = {name: read_table(CLEAN, name) for name in ("documents", "measures", "accounts")}
    params, shown = load_params(Project(ROOT)), ("rodgronne-2020", "sv-rodt-2026", "trondheim-2025")
    prices, population = load_prices(REFERENCE), load_population(REFERENCE)
    frame = comparison(tables, shown, "trondheim-2025", params, prices, population)
    return frame.set_index(["document", "meaning", "area_id"]).sort_index()


def test_levels_are_the_sums_of_the_service_areas(compared):
    # Table 1.1.3, lines 228-230: Sykehjem og omsorgsboliger 1204, Hjemmebaserte 1242, Medisinske tjenester 579.
    row = compared.loc[("trondheim-2025", "actual", "helse_omsorg")]
    assert row["amount_mnok"] == 1204 + 1242 + 579
    assert row["lines"] == "228-230"
    # One year of municipal deflator, 4.1 per cent; 216 518 inhabitants on 1 January 2025.
    assert row["fixed_mnok"] == pytest.approx(3025 * 1.041)
    assert row["per_inhabitant_nok"] == pytest.approx(3025 * 1.041 * 1_000_000 / 216_518)


def test_changes_are_the_sums_of_one_printing(compared):
    # The appendix, lines 1786-1818: 5 - 2.4 + 3.1 + 2 + 20 + 0 + 5 + 1 + 11.1 = 44.8.
    row = compared.loc[("sv-rodt-2026", "change", "helse_omsorg")]
    assert row["amount_mnok"] == pytest.approx(44.8)
    assert row["share_of_level_percent"] == pytest.approx(44.8 / (3025 * 1.041) * 100)


def test_changes_of_2020_are_the_first_year_in_the_prices_of_2026(compared):
    # Helse og eldre: 20 + 10 + 1 + 0.3 + 0.1 = 31.4; the deflator from 2020 to 2026 is 1.32964571.
    row = compared.loc[("rodgronne-2020", "change", "helse_omsorg")]
    assert row["amount_mnok"] == pytest.approx(31.4)
    assert row["fixed_mnok"] == pytest.approx(31.4 * 1.32964571, abs=1e-4)
    assert row["per_inhabitant_nok"] == pytest.approx(31.4 * 1.32964571 * 1_000_000 / 205_163, abs=1e-3)


def test_no_service_area_is_lost_on_the_way(compared):
    accounts = read_table(CLEAN, "accounts")
    whole = accounts[accounts["table"] == "1.1.3"]
    assert len(whole) == 20
    for meaning in ("actual", "revised_budget", "original_budget", "deviation"):
        assert compared.xs(("trondheim-2025", meaning))["amount_mnok"].sum() == whole[meaning].sum()
