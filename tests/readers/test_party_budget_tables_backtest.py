"""The 2026 document against a reading keyed by hand (tests/backtest/README.md)."""

import csv
import re
from collections import Counter

import pytest

from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.readers.party_budget import read
from kommunebudsjett.readers.records import Records
from tests.conftest import ROOT

KEYED = ROOT / "tests" / "backtest" / "sv-rodt-2026"
NUMBER = re.compile(r"\d+(?:,\d+)?")


def keyed(name: str) -> list[dict[str, str]]:
    with (KEYED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    return float(text) if text else None


@pytest.fixture(scope="module")
def document():
    registry = load_registry(ROOT / "data" / "raw" / "documents.yml", {"annual_report", "party_budget"})
    return next(document for document in registry if document.id == "sv-rodt-2026")


@pytest.fixture(scope="module")
def lines(document) -> list[str]:
    return read_lines(ROOT / "data" / "raw" / document.file)


@pytest.fixture(scope="module")
def records(document, lines) -> Records:
    return read(document, lines)


def test_measures(records, document):
    expected = {
        (row["printing"], row["area"], row["kind"], row["group"], row["measure"], int(row["line"]), year): number(
            row[f"y{place}"]
        )
        for row in keyed("measures")
        for place, year in enumerate(document.years, 1)
    }
    found = {(m.printing, m.area, m.kind, m.group, m.measure, m.line, m.year): m.amount_mnok for m in records.measures}
    assert found == expected
    assert len(records.measures) == len(found) == 728


def test_totals(records, document):
    expected = {
        (row["label"], int(row["line"]), str(year)): number(row[f"y{place}"])
        for row in keyed("totals")
        for place, year in enumerate(document.years, 1)
    }
    assert {(cell.row, cell.line, cell.column): cell.value for cell in records.cells if cell.is_total} == expected


def test_fiscal_rules(records, document):
    expected = {
        (row["rule"], number(row["target_percent"]), int(row["line"]), year): number(row[column])
        for row in keyed("fiscal_rules")
        for column, year in zip(("y1", "y2", "y3", "y4", "average"), [*document.years, None], strict=True)
    }
    found = {(r.rule, r.target_percent, r.line, r.year): r.value_percent for r in records.fiscal_rules}
    assert found == expected


def test_directives(records):
    expected = [
        (row["area"], row["title"], row["ask"], row["deadline"], int(row["line_first"]), int(row["line_last"]))
        for row in keyed("directives")
    ]
    found = [
        (d.area, d.title, d.ask, d.deadline, d.line_first, d.line_last)
        for d in records.directives
        if not d.within_measure
    ]
    assert found == expected
    # In the reasons for a measure something is asked for too.
    assert [(d.title, d.line_first, d.line_last) for d in records.directives if d.within_measure] == [
        ("Gjennomføre oppvekstreformen", 454, 463)
    ]


def test_a_directive_is_whole(records, lines):
    for directive in (one for one in records.directives if not one.within_measure):
        printed = " ".join(lines[directive.line_first - 1 : directive.line_last]).split()
        assert f"{directive.title} {directive.text}".split() == printed


def test_every_number_on_a_table_line_is_accounted_for(records, lines):
    """All numbers printed in a table's rows are values or part of the label."""
    quotes = {measure.line: measure.quote for measure in records.measures}
    rows: dict[int, list] = {}
    for cell in records.cells:
        rows.setdefault(cell.line, []).append(cell)
    for line, cells in rows.items():
        printed = Counter(NUMBER.findall(quotes.get(line, lines[line - 1])))
        assert printed == Counter(NUMBER.findall(" ".join([cells[0].row, *(cell.raw for cell in cells)])))
    below = [
        line
        for line in range(1577, len(lines) + 1)
        if lines[line - 1].strip() and lines[line - 1].strip()[-1].isdigit()
    ]
    headers = {int(cell.table.removeprefix("x-")) for cell in records.cells}
    assert set(below) <= set(rows) | headers


def test_the_amounts_in_prose_are_no_measures(records):
    """The measures are in the tables; prose says what things cost, and what others propose."""
    assert records.numbers_read == 804
    listed = [*records.unread, *records.ledger]
    assert {(one.line, one.raw) for one in listed} == {
        (299, "1 500 kr"), (579, "30 kr"), (751, "30 000 kr"), (770, "fem millioner kroner"), (947, "1 500 kr"),
        (979, "2000 kroner"), (1216, "550 000 til 1 million kroner"), (1217, "300 kroner"),
    }  # fmt: skip
    assert not records.unread


def test_cells_say_where_they_stand(records, lines):
    tables = {(cell.table, cell.caption, cell.section, cell.unit) for cell in records.cells}
    assert len(tables) == 15
    assert ("x-222", "Investeringer", "Investeringer", "mnok") in tables
    assert ("x-842", "Kultur, idrett og friluftsliv", "Kultur, idrett og friluftsliv", "mnok") in tables
    assert ("x-1718", "Kultur, idrett og friluftsliv", "Tabeller samlet", "mnok") in tables
    assert ("x-1891", "Handlingsregler", "Tabeller samlet", "percent") in tables
    assert all(cell.raw in lines[cell.line - 1] for cell in records.cells)


@pytest.mark.parametrize(
    ("area", "heading", "measures", "places"),
    [
        (
            "Investeringer",
            "Voldsminde barnehage og nærmiljøsenter",
            {"Bygger nye Voldsminde bhg", "Voldsminde barnehage - forlenget levetid"},
            "80-88",
        ),
        ("Investeringer", "Smelteverket bygges som ungdomsskole", {"Smelteverket HVS"}, "99-104"),
        ("Investeringer", "Samisk hus i Trondheim", {"Realiserer samisk hus"}, "127-134"),
        ("Investeringer", "Stopper privatisering av omsorgsboliger", {"Privatiserte seniorhus / Omsorg+"}, "143-147"),
        (
            "Investeringer",
            "Flere nye botiltak for folk i rus",
            {"Flere nye botiltak for folk i rus", "Forsterket botilbud (ROP)", "Rusbolig i etablert byggmasse"},
            "149-159",
        ),
        ("Investeringer", "Miljøpakken", {""}, "189-195;197-202;204-211"),
        ("Oppvekst", "Skole", {""}, "310;312-315"),
        ("Oppvekst", "Økt bemanning i skolen", {"Flere ansatte i skolen", "Oppfylle lærernormen"}, "317-320"),
        ("Oppvekst", "PP-tjenesten", {"PPT"}, "322-324"),
        (
            "Oppvekst",
            "Digital områdesikring",
            {"Digital områdesikring", "Avslutter forsøk med digital områdesikring"},
            "351-354;362-364",
        ),
        ("Sosiale tjenester", "Flere rusboliger", {"Flere rusboliger", "Avvikle Jarleveien 10"}, "552-557"),
        (
            "Sosiale tjenester",
            "Styrke bo- og aktivitetstilbudet",
            {"Flere ansatte i BoA", "Styrke BoA"},
            "591-595",
        ),
        ("Kultur, idrett og friluftsliv", "Livssynsåpent seremonirom", {"Livssynsåpent seremonirom"}, "837-840"),
        ("Helse og omsorg", "Flere ansatte", {"Flere ansatte"}, "950-953;961-964"),
        (
            "Finans og organisasjon",
            "Frie midler og pensjonskostnader",
            {"Frie midler og pensjonskostnader", "Frie midler, toppet bemanning og pensjonskostnader"},
            "1199-1202",
        ),
        ("Innledning", "Et løft for velferd og arbeidsmiljø", {""}, "1-7;9-12"),
    ],
)
def test_reasoning(records, area, heading, measures, places):
    found = [text for text in records.measure_texts if (text.area, text.heading) == (area, heading)]
    assert {text.measure for text in found} == measures
    assert {text.lines for text in found} == {places}


def test_reasoning_is_free_of_page_furniture(records):
    texts = [text.text for text in records.measure_texts]
    assert not any("https://" in text or "  " in text for text in texts)
    assert any(
        "når de er på skolen og barnehagen" in text or "skolen og barnehagen, signaliserer" in text for text in texts
    )
    assert len({text.lines for text in records.measure_texts}) == 93
