"""The aim and the assessment of each goal: which sentences belong to it, and which to the next."""

import pandas as pd
import pytest

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.tables.goal_statements import goal_statements
from kommunebudsjett.tables.storage import read_table

PROJECT = Project.find()


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    lines = {"trondheim-2025": read_lines(PROJECT.raw / "trondheim-arsberetning-2025.txt")}
    return goal_statements(lines, read_table(PROJECT.clean, "goals"))


# (line of the verdict, role, how the first sentence of that role begins, its lines, how many there are)
CASES = [
    # "### Periodemål 1" on 881, what it means on 883, the verdict on 887.
    (887, "aim", "I løpet av 2025 skal alle innbyggere ha fått mulighet", "883", 2),
    (887, "assessment", "Arbeidet fortsetter med fornyet styrke i 2026", "887", 8),
    # A list item is the goal, the sentence after it on the same line tells why.
    (1182, "aim", "For å få til dette vil vi legge om fra fossil", "1180", 1),
    (1182, "assessment", "Pilotprosjekt for sesongvarmelager", "1184", 3),
    # The verdict stands above six indicators, each with its own result.
    (1450, "aim", "Indikator 1: Antall kommunale fritidsklubber", "1452", 6),
    # "**Indikator:** ... **Mål:** ... **Resultat:** Målet er delvis nådd. For 2025 ..."
    (2055, "aim", "Mål: Maksimum en måned ventetid.", "2053", 1),
    (2055, "assessment", "For 2025 var gjennomsnittlig ventetid", "2055", 2),
    # The second verdict on one goal has no aim of its own.
    (2064, "assessment", "Gjennomsnittlig ventetid fra vedtak til tildeling var 241 dager.", "2064", 3),
    # What is said of a whole area stands with its first goal.
    (771, "reservation", "Selv om periodemålene ikke kan måles direkte", "759", 1),
    (1753, "reservation", "På byutviklingsområdet mangler Trondheim kommune et system", "1729", 1),
    # The verdict is a heading of its own.
    (2174, "aim", "Indikator på måloppnåelse: Sykefraværet reduseres", "2172", 1),
    (2174, "assessment", "Arbeidet med å redusere sykefraværet er organisert", "2176", 10),
]


@pytest.mark.parametrize(("line", "role", "begins", "lines", "count"), CASES)
def test_a_goal_has_its_own_sentences(statements, line, role, begins, lines, count):
    own = statements[(statements["goal_line"] == line) & (statements["role"] == role)]
    assert own["text"].iloc[0].startswith(begins)
    assert own["lines"].iloc[0] == lines
    assert len(own) == count


def test_the_wording_of_a_goal_belongs_to_no_other(statements):
    for goal, text in statements[["goal", "text"]].drop_duplicates().itertuples(index=False):
        others = set(statements["goal"]) - {goal}
        assert not any(len(other) > 40 and other in text for other in others), (goal, text)


def test_every_sentence_stands_below_the_verdict_of_the_goal_above(statements):
    verdicts = sorted(set(statements["goal_line"]))
    above = dict(zip(verdicts, [0, *verdicts[:-1]], strict=True))
    for line, lines in statements[["goal_line", "lines"]].itertuples(index=False):
        assert split_lines(lines)[0] > above[line]


def test_a_report_without_goals_has_no_statements():
    goals = read_table(PROJECT.clean, "goals").iloc[:0]
    assert goal_statements({"d": ["# Heading", "", "Some words."]}, goals).empty


def test_only_two_areas_have_a_reservation(statements):
    assert sorted(statements.loc[statements["role"] == "reservation", "area_id"]) == ["byutvikling", "oppvekst"]
