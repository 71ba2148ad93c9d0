"""Errors planted in copies of the documents are found; a copy whose numbers were changed together gives nothing new."""

import re
import shutil
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from kommunebudsjett.audit import stage
from kommunebudsjett.core.project import Project
from kommunebudsjett.readers import stage as readers
from kommunebudsjett.tables import stage as tables
from kommunebudsjett.tables.storage import read_table

ROOT = Path(__file__).resolve().parents[2]
REPORT, PARTY, PROSE = "trondheim-2025", "sv-rodt-2026", "rodgronne-2020"
FILES = {
    REPORT: "trondheim-arsberetning-2025.txt",
    PARTY: "sv-rodt-alternativt-budsjett-2026.txt",
    PROSE: "rodgronne-budsjett-2020.txt",
}
# Check, document, the printed text, what is printed instead. All stand in one copy, each in a place of its own.
SEEDS = [
    ("sum", REPORT, "Barnehager\t16\t14\t13", "Barnehager\t16\t44\t13"),
    ("sum", REPORT, "<b>-2093</b>", "<b>-2039</b>"),
    ("deviation", REPORT, "Veg\t29\t53\t38\t24", "Veg\t29\t53\t38\t42"),
    ("deviation", REPORT, "Skole\t301\t349\t320\t48", "Skole\t301\t349\t320\t-48"),
    ("derived", REPORT, "10 364\t91%", "10 364\t81%"),
    ("derived", REPORT, "10%</b>\t<b>15 364</b>", "10%</b>\t<b>15 346</b>"),
    ("derived", REPORT, "<b>637 832</b>", "<b>737 832</b>"),
    ("tables", REPORT, "Millioner kroner\t391,8\t401,0", "Millioner kroner\t391,8\t411,0"),
    ("tables", REPORT, "<b>-83 280</b>", "<b>-83 208</b>"),
    ("tables", REPORT, "Tjenesteområdene\t16 900\t16 390\t510", "Tjenesteområdene\t16 900\t16 930\t510"),
    ("label", REPORT, "Behandlede byggesøknader\t", "Behandlede reguleringsplaner\t"),
    ("unit", REPORT, "per elev (kroner)", "per elev (millioner kroner)"),
    ("caption", REPORT, "plan- og byggesaksbehandling 2018-2025", "plan- og byggesaksbehandling 2018-2023"),
    ("caption", REPORT, "Tabell 1.1.3 viser", "Tabell 1.1.33 viser"),
    ("caption", REPORT, "som det fremgår av tabell 10.1.10", "som det fremgår av tabell 10.1.12"),
    ("prose", REPORT, "171 millioner kroner lavere enn revidert", "117 millioner kroner lavere enn revidert"),
    ("prose", REPORT, "endte fire millioner kroner under budsjettet", "endte fem millioner kroner under budsjettet"),
    ("prose", REPORT, "med henholdsvis 90 og 78 millioner", "med henholdsvis 90 og 87 millioner"),
    ("comparison", REPORT, "har lavere ressursbruk på hjemmetjenester", "har høyere ressursbruk på hjemmetjenester"),
    ("arithmetic", REPORT, "en økning på 77 elevplasser", "en økning på 177 elevplasser"),
    ("arithmetic", REPORT, "det vil si 16,5 %", "det vil si 18,5 %"),
    ("arithmetic", REPORT, "har hatt fem fokusområder", "har hatt seks fokusområder"),
    ("arithmetic", REPORT, "3,5 millioner kroner skyldes", "5,5 millioner kroner skyldes"),
    ("listed", REPORT, "gjennomførte åtte stedlige tilsyn", "gjennomførte ni stedlige tilsyn"),
    ("listed", REPORT, "parkering\t02.07.25\tParkering", "parkering\t02.07.24\tParkering"),
    ("repeated", REPORT, "2500 årsverk", "3500 årsverk"),
    ("printing", PARTY, "Brukerrom 0 2,5 2,5 2,5", "Brukerrom 0 3,5 2,5 2,5"),
    ("printing", PARTY, "Trøndelag Teater 1,1", "Teater i Trøndelag 1,1"),
    ("fiscal_rule", PARTY, "8,1% 8,0%", "8,1% 9,0%"),
    ("balance", PARTY, "Totalt (MNOK) 4,7 7,5 5,5 3,7", "Totalt (MNOK) 44,7 7,5 5,5 3,7"),
    ("goal", REPORT, "Det er etablert navnedde minnelunder på alle", "Antallet er på samme nivå som før på"),
    ("prose", REPORT, "Driftsutgiftene ble 52 millioner", "Driftsutgiftene ble 25 millioner"),
    ("promise", PARTY, "Vi bevilger planleggingsmidler til å kartlegge", "Vi bevilger fra 2028 midler til å kartlegge"),
    ("measure", PROSE, "        5,5 millioner\n", "        6,5 millioner\n"),
]  # fmt: skip
# Numbers changed wherever they stand, so that they still agree.
CONSISTENT = [
    (REPORT, "Barnehager\t16\t14\t13", "Barnehager\t16\t24\t13"),
    (REPORT, "Sum\t806\t887\t", "Sum\t806\t897\t"),
    (REPORT, "Veg\t29\t53\t38\t24", "Veg\t30\t54\t38\t24"),
    (REPORT, "Vann\t286\t317\t317\t31", "Vann\t285\t316\t317\t31"),
    (REPORT, "5 372 elevplasser", "5 382 elevplasser"),
    (REPORT, "en økning på 77 elevplasser", "en økning på 87 elevplasser"),
    (PARTY, "Brukerrom 0 2,5 2,5 2,5", "Brukerrom 0 3,5 2,5 2,5"),
    (PARTY, "Fontenehuset 1 1 1 1", "Fontenehuset 1 0 1 1"),
    (PROSE, "        5,5 millioner\n", "        6,5 millioner\n"),
    (PROSE, "Det settes av 5,5 millioner", "Det settes av 6,5 millioner"),
]


def audit(folder: Path, changes: list[tuple[str, str, str]], everywhere: bool = False) -> pd.DataFrame:
    """The findings of a copy of the documents with changes: where a text stands last, or everywhere."""
    for name in ("data/raw", "data/reference", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "params.yaml", folder)
    project = Project(folder)
    for document, printed, instead in changes:
        path = project.raw / FILES[document]
        text = path.read_text(encoding="utf-8")
        assert printed in text, printed
        text = text.replace(printed, instead) if everywhere else instead.join(text.rsplit(printed, 1))
        path.write_text(text, encoding="utf-8", newline="")
    readers.run(project)
    tables.run(project)
    stage.run(project)
    return read_table(project.clean, "findings")


def keys(findings: pd.DataFrame) -> Counter:
    """The findings by what they are about, numbers left out."""
    plain = findings["description_en"].map(lambda text: re.sub(r"[\d,.\u2212]+", "0", text))
    return Counter(zip(findings["document"], findings["check"], findings["lines"], plain, strict=True))


@pytest.fixture(scope="module")
def printed(tmp_path_factory) -> pd.DataFrame:
    return audit(tmp_path_factory.mktemp("printed"), [])


@pytest.fixture(scope="module")
def seeded(tmp_path_factory) -> pd.DataFrame:
    return audit(tmp_path_factory.mktemp("seeded"), [seed[1:] for seed in SEEDS])


def line_of(document: str, printed: str) -> int:
    text = (ROOT / "data" / "raw" / FILES[document]).read_text(encoding="utf-8")
    return text.count("\n", 0, text.rindex(printed)) + 1


@pytest.mark.parametrize(("check", "document", "text", "instead"), SEEDS)
def test_a_planted_error_is_found_at_its_line(check, document, text, instead, printed, seeded):
    line = line_of(document, text)
    before = set(printed[["document", "check", "description_en"]].itertuples(index=False, name=None))
    new = [row for row in seeded.itertuples() if (row.document, row.check, row.description_en) not in before]
    assert any(
        row.check == check and row.document == document and line in stage.split_lines(row.lines) for row in new
    ), [(row.check, row.lines, row.description_en) for row in new if row.document == document]


def test_numbers_that_were_changed_together_give_nothing_new(tmp_path, printed):
    changed = audit(tmp_path, CONSISTENT, everywhere=True)
    assert keys(changed) - keys(printed) == Counter()


def test_every_finding_can_be_read(printed):
    for column in ("description_nb", "description_en"):
        assert printed[column].str.len().between(20, 500).all()
        assert not printed[column].str.contains(r"[{}]|\bnan\b|None", regex=True).any()
    assert set(printed["severity"]) <= {"error", "doubt", "slip", "note"}
    assert not printed.duplicated(["document", "check", "table", "lines", "description_en"]).any()
