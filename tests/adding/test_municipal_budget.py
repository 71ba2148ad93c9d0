"""A municipality's own budget: what it is known by, and what becomes of it."""

import pytest

from kommunebudsjett.adding.families import trials
from kommunebudsjett.core.registry import read_lines
from tests.adding.test_commands import run
from tests.adding.test_facts import WORDS
from tests.conftest import ROOT

PLAN = """# Budsjett 2031 og økonomiplan 2031-2034

## 2 Drift

Tal i heile tusen

Ramme per sektor\tRekneskap 2029\tVedteke 2030\t2031\t2032\t2033\t2034
1 Skule\t176 450\t180 250\t182 000\t183 500\t184 000\t184 200
2 Barnehage\t86 300\t90 120\t89 400\t88 000\t87 700\t87 010
3 Helse og omsorg\t228 000\t240 500\t238 000\t236 100\t234 900\t231 000
Sum sektorane\t490 750\t510 870\t509 400\t507 600\t506 600\t502 210

## Vedtak

Kommunestyret i Nordvåg kommune vedtek at kommunen i 2031 kan låne inntil kr 30 240 000 til investeringar.
"""


def test_it_is_known_by_a_plan_beside_an_earlier_year(project, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    said = run(project, "check", path, "--municipality", "Nordvåg")
    for words in (
        "- id: nordvag-budsjett-2031",
        "family: municipal_budget",
        "period_from: 2031",
        "period_to: 2034",
        "Vedteke 2030: original budget 2030; 2031: plan 2031",
        "→ plan by service area",
        "låne, inntil › 2031",
        f"kommunebudsjett add {path}\n",
    ):
        assert words in said, words


@pytest.mark.parametrize("columns", ["2031\t2032\t2033\t2034", "Regnskap 2031\tBudsjett 2031\tAvvik\tRegnskap 2030"])
def test_years_alone_and_accounts_are_no_plan(columns):
    text = f"## Drift\n\nTall i hele tusen\n\nOmråde\t{columns}\nSkole\t1\t2\t3\t4\nKultur\t5\t6\t7\t8\n"
    found = {trial.family: trial.holds for trial in trials(text.split("\n"), 2031, WORDS)}
    assert found["municipal_budget"] == 0


def test_our_report_is_no_plan():
    lines = read_lines(ROOT / "data/raw/trondheim-arsberetning-2025.txt")
    trial = next(one for one in trials(lines, 2025, WORDS) if one.family == "municipal_budget")
    assert trial.holds == 0
