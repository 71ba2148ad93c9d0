"""Nine made-up documents of one municipality: six proposals, three of them for the same years, two annual reports and
the municipality's own budget.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import yaml

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry
from kommunebudsjett.readers.stage import FAMILIES
from tests.conftest import ROOT
from tests.pdfs.as_text import as_printed, marked
from tests.pdfs.new_year import TRONDHEIM, alternative_budget, annual_report

PROPOSALS = (
    ("sv-rodt-2021", "SV og Rødt", 2021),
    ("sv-rodt-2024", "SV og Rødt", 2024),
    ("mdg-2024", "MDG", 2024),
    ("sv-rodt-2026", "SV og Rødt", 2026),
    ("mdg-2026", "MDG", 2026),
    # Of the same party for the same year: a revised one.
    ("mdg-2026-revidert", "MDG", 2026),
)
REPORTS = (("trondheim-2024", 2024), ("trondheim-2025", 2025))
PLAN = """# Budsjett 2026 og økonomiplan 2026-2029

## Drift

Tall i millioner kroner

Tjenesteområde\tRegnskap 2024\tBudsjett 2025\tPlan 2026\tPlan 2027\tPlan 2028\tPlan 2029
Skole\t2 800\t2 850\t2 900\t2 910\t2 920\t2 930
Barnehage\t2 200\t2 300\t2 310\t2 320\t2 330\t2 340
Arbeid og velferd\t1 300\t1 310\t1 320\t1 330\t1 340\t1 350

Trondheim kommune vil holde budsjettet.
"""
COMPARED = {"before": "sv-rodt-2021", "alternative": "sv-rodt-2026", "outcome": "trondheim-2025"}
COLLECTION = {"municipality": "Trondheim", "proposals": "all", "outcomes": "all"}


def nine(folder: Path, **params: object) -> Project:
    """A project with the nine documents, and these sections of params.yaml beside those of this project."""
    for name in ("data/reference", "notebooks"):
        shutil.copytree(ROOT / name, folder / name)
    project = Project(folder)
    project.raw.mkdir(parents=True)
    values = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
    sections = {"documents": COMPARED, "collection": COLLECTION} | params
    project.params.write_text(yaml.safe_dump(values | sections, allow_unicode=True), encoding="utf-8")
    write(project)
    return project


def write(project: Project) -> None:
    """Write the nine documents and their registry."""
    ours = {document.id: document for document in load_registry(ROOT / "data/raw/documents.yml", set(FAMILIES))}
    family = ours["sv-rodt-2026"].family
    entries = [_proposal(project, family, *proposal) for proposal in PROPOSALS]
    entries += [_report(project, *report) for report in REPORTS]
    (project.raw / "budsjett.txt").write_text(PLAN, encoding="utf-8")
    entries.append(
        _entry("trondheim-budsjett-2026", "budsjett.txt", "Trondheim kommune", "municipal_budget", 2026, 2029)
    )
    project.registry.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _proposal(project: Project, family: str, id: str, party: str, year: int) -> dict:
    # The amounts of each are its own, so that no page can show one for another.
    more = 1 + PROPOSALS.index((id, party, year))
    areas = tuple(
        (name, tuple((group, measure, tuple(amount + more for amount in amounts)) for group, measure, amounts in rows))
        for name, rows in TRONDHEIM.areas
    )
    text = as_printed(alternative_budget(replace(TRONDHEIM, parties=party, areas=areas), year))
    (project.raw / f"{id}.txt").write_text(text, encoding="utf-8")
    title = f"Et varmere samfunn: {party}s alternative budsjett {year}" + (", revidert" if "revidert" in id else "")
    return _entry(id, f"{id}.txt", party, family, year, year + 3) | {"title": title, "baseline": "byrådets forslag"}


def _report(project: Project, id: str, year: int) -> dict:
    services = tuple((name, *(amount + year - 2020 for amount in rows)) for name, *rows in TRONDHEIM.services)
    text = marked(annual_report(replace(TRONDHEIM, services=services), year))
    (project.raw / f"{id}.txt").write_text(text, encoding="utf-8")
    return _entry(id, f"{id}.txt", "Trondheim kommune", "annual_report", year, year)


def _entry(id: str, file: str, publisher: str, family: str, year: int, last: int) -> dict:
    return {
        "id": id, "file": file, "title": f"{publisher} {year}", "publisher": publisher, "family": family,
        "municipality": "Trondheim", "budget_year": year, "period_from": year, "period_to": last,
    }  # fmt: skip
