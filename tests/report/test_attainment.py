"""What a report shows of the goals: what was measured, what the result was, and the words of the assessment."""

import re
from dataclasses import replace

import pytest

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import read_lines
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import attainment, goals, open_edition
from kommunebudsjett.report.facts import goals as facts
from tests.report.names import REPORT


@pytest.fixture(scope="module", params=["nb", "en"])
def e(request):
    return open_edition(request.param, 2026)


@pytest.fixture(scope="module")
def measured():
    e = open_edition("nb", 2026)
    return attainment.measured(e, REPORT, goals.goals(e, REPORT))


# (how the goal begins, its status, in the measure, in the result, line of the result)
CASES = [
    ("Gjennomsnittlig ventetid på ordinær", "delvis nådd", "Maksimum en måned", "35,3 dager", 2055),
    (
        "Andel deltakere i introduksjonsprogrammet som er i arbeid eller utdanning ett år",
        "ikke nådd",
        "65 prosent",
        "64 prosent",
        2082,
    ),
    # The second verdict on one goal, measured as the first.
    ("Ventetid for bolig med tjenester", "delvis nådd", "over seks måneder", "241 dager", 2064),
    # The result stands in the verdict itself.
    ("Andel unge med ettervernstiltak", "ikke nådd", "Alle unge", "52 %", 2124),
    # Of many sentences with a number those on the year and the goal.
    ("Mål 1: Redusere sykefraværet", "ikke nådd", "1 prosentpoeng årlig", "fra 11,2 % til 10,8 %", 2178),
    # Not the number of a house or a case, which stand in the sentences on the year: "sak 198/25; Sigurd ... veg 37".
    ("Periodemål 2: I Trondheim er idrett", "delvis nådd", "Areal til idrettsformål", "106 dekar", 1672),
    # One of several measures of a goal.
    ("Periodemål 2: I Trondheim er idrett", "delvis nådd", "ambisjon: 45 prosent", "44,2 prosent", 1666),
]


@pytest.mark.parametrize(("goal", "status", "aim", "result", "line"), CASES)
def test_a_measure_stands_beside_its_result(measured, goal, status, aim, result, line):
    rows = [row for row in measured if row[0].text.startswith(goal) and result in row[3].text]
    assert len(rows) == 1
    (row,) = rows
    assert row[1] == status
    assert aim in row[2].text
    assert line in split_lines(row[3].sources[0][1])


def test_nothing_is_shown_as_a_result_without_a_number(measured):
    assert measured
    assert all(re.search(r"\d", row[3].text) for row in measured)


def test_every_goal_is_counted_once(e):
    found = facts.areas(e)
    assert sum(area.goals for area in found) == facts.outcome(e).goals == len(goals.goals(e, REPORT))
    assert all(sum(cell.value for cell in area.counts) == area.goals for area in found)
    assert {len(area.counts) for area in found} == {len(facts.statuses(e))}


def test_the_areas_that_miss_most_goals_are_named(e):
    found = facts.areas(e)
    most = facts.most_missed(found)
    assert most and all(area.not_achieved == max(other.not_achieved for other in found) for area in most)
    assert all(area.not_achieved <= area.goals for area in found)
    # None is named where no goal is missed.
    assert facts.most_missed([replace(area, not_achieved=0) for area in found]) == []
    assert facts.most_missed([]) == []


def test_every_instruction_stands_under_an_area(e):
    for place, proposal in enumerate(facts.proposals(e)):
        own = [area.proposals[place] for area in facts.areas(e)]
        assert {one.id for one in own} == {proposal.id}
        assert sum(one.instructions for one in own) == proposal.instructions
        assert all((one.words is None) == (one.instructions == 0) for one in own)


def test_the_words_of_an_assessment_stand_on_its_lines(e):
    printed = read_lines(Project.find().raw / "trondheim-arsberetning-2025.txt")

    def letters(text: str) -> str:
        return re.sub(r"[\W_]", "", re.sub(r"<[^>]*>", "", text))

    shown = attainment.assessments(e, REPORT, goals.goals(e, REPORT))
    assert len(shown) == len(goals.goals(e, REPORT))
    for quotation in shown:
        stands = letters(" ".join(printed[line - 1] for line in split_lines(quotation.source[1])))
        for paragraph in quotation.text.split("\n\n"):
            for sentence in re.split(r"(?<=[.!?]) ", paragraph):
                assert letters(sentence) in stands, (quotation.source, sentence)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bystyret vedtok reguleringsplan i 2025 (sak 198/25; Sigurd Jorsalfars veg 37 - detaljregulering)", False),
        ("Tiltakspakke 2 og 3 for lek og aktivitet er gjennomført i 2024/2025.", False),
        ("Kvalitetssikringen (KS1) ble publisert i mai, og behandles 29. april i 2026.", False),
        ("Kun 12 av totalt 185 boligene var kommunale.", True),
        ("84 % fullførte videregående opplæring.", True),
    ],
)
def test_what_is_a_number_of_a_result(text, expected):
    assert attainment._has_number(text) is expected


def test_the_report_says_how_far_goals_can_be_measured(e):
    (said,) = attainment.reservations(e, REPORT, "byutvikling")
    assert "mangler Trondheim kommune et system for å vurdere måloppnåelse" in said.text
    assert said.sources == (("trondheim-2025", "1729"),)
    assert attainment.reservations(e, REPORT, "helse_omsorg") == []


def test_errors_in_what_is_said_of_goals_are_found(e):
    rows = goals.goals(e, REPORT)
    # Line 1557: "1776 registrert. Dette er en økning på 197 sammenlignet med 2024 (1759 registrerte)."
    assert "1557" in set(attainment.wrong(e, REPORT, rows)["lines"])
    assert attainment.wrong(e, REPORT, rows[rows["area_id"] == "oppvekst"]).empty


def test_a_goal_with_two_verdicts_is_said_to_count_twice(e):
    rows = goals.goals(e, REPORT)
    # The waiting time for housing has a verdict on line 2061 and one on line 2064.
    assert attainment.in_parts(rows[rows["area_id"] == "sosiale_tjenester"])
    assert not attainment.in_parts(rows[rows["area_id"] == "oppvekst"])
