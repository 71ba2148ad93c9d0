"""What the report on topics shows of them: quotes on their lines, amounts by year, and what is not found."""

import re

import pytest

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import open_edition, topics

PROJECT = Project.find()


@pytest.fixture(scope="module", params=["nb", "en"])
def e(request):
    return open_edition(request.param, 2026)


@pytest.fixture(scope="module")
def said(e):
    return topics.said(e)


@pytest.fixture(scope="module")
def printed():
    documents = load_registry(PROJECT.registry, set(FAMILIES))
    return {document.id: read_lines(PROJECT.raw / document.file) for document in documents}


def letters(text: str) -> str:
    """The letters and digits of a text: what the reading of broken words, markup and spaces leaves alone."""
    return re.sub(r"[\W_]", "", re.sub(r"<[^>]*>", "", text))


def test_every_quote_stands_on_the_lines_that_it_links_to(said, printed):
    shown = 0
    for what in said.values():
        for text, lines in what.quotes:
            ((document, numbers),) = lines.sources
            stands = letters(" ".join(printed[document][line - 1] for line in split_lines(numbers)))
            # Between a heading and its sentence the page may print a marker, as "a)".
            for part in text.text.split(": ", 1):
                assert letters(part) in stands, (document, numbers, text.text)
            shown += 1
    assert shown > len(said)


def test_every_amount_stands_on_the_lines_that_it_links_to(e, said):
    rows = e.table("measures")
    known = {(row["document"], int(row["line"])) for _, row in rows.iterrows()}
    known |= {(row["document"], int(row["line"])) for _, row in e.table("table_cells").iterrows()}
    for (topic, document), what in said.items():
        for _, _, cell in what.amounts:
            ((of, lines),) = cell.sources
            assert of == document
            assert any((document, line) in known for line in split_lines(lines)), (topic, document, lines)


def test_every_place_of_a_topic_is_quoted_given_with_its_amount_linked_to_or_counted(e, said):
    for (topic, document), rows in topics.statements(e).groupby(["topic", "document"]):
        what = said[topic, document]
        shown = {
            line
            for *_, cell in (*what.quotes, *what.amounts)
            for _, lines in cell.sources
            for line in split_lines(lines)
        }
        if what.places is not None:
            shown |= {line for _, lines in what.places.sources for line in split_lines(lines)}
        hidden = {lines for lines in rows["lines"] if not set(split_lines(lines)) & shown}
        assert len(hidden) <= what.more, (topic, document)


CASES = [
    # 2026, line 1722: "Fritidsklubber 0 0 4 8" (the appendix counts).
    ("fritidsklubber", "sv-rodt-2026", 1722, "0 i 2026–2027; 4 i 2028; 8 i 2029"),
    # 2020, line 82: "Toppet bemanning i barnehage 3,5 millioner", 2020 kroner; 7 millions from 2021.
    ("toppet_bemanning", "rodgronne-2020", 82, "3,5 (4,7 i 2026-kroner) i 2020"),
    # 2025, line 120: "Eiendomsskatt -924 -917 ...": accounts of two years, each in its own prices.
    (
        "eiendomsskatt",
        "trondheim-2025",
        120,
        "−924 (−1 007 i 2026-kroner) i 2024; −917 (−955 i 2026-kroner) i 2025",
    ),
]


@pytest.mark.parametrize(("topic", "document", "line", "expected"), CASES)
def test_amounts_are_given_by_year_and_in_the_prices_of_the_edition(topic, document, line, expected):
    found = [
        cell.text
        for _, _, cell in topics.said(open_edition("nb", 2026))[topic, document].amounts
        for _, lines in cell.sources
        if line in split_lines(lines)
    ]
    assert [text.replace("\u00a0", " ") for text in found] == [expected]


def test_no_amount_of_the_printing_that_is_not_used_is_shown(e, said):
    unused = e.table("topics").query("printing == 'chapter'")
    for (topic, document), rows in unused.groupby(["topic", "document"]):
        shown = {lines for _, _, cell in said[topic, document].amounts for _, lines in cell.sources}
        assert not shown & set(rows["lines"])


def test_recurring_topics_are_in_two_documents_or_more_and_in_the_order_of_the_areas(e):
    found = topics.recurring(e)
    documents = list(topics.compared(e).index)
    assert ((found[documents] > 0).sum(axis=1) >= 2).all()
    order = list(dict.fromkeys(found["area_id"]))
    assert order == [area for area in e.areas.index if area in order]
    # Not in the annual report (it speaks of other ways to say it), so "no counterpart found" is the answer.
    assert found.at["uteseksjonen", "trondheim-2025"] == 0


def test_the_combinations_count_every_topic_once(e):
    found = topics.recurring(e)
    which = topics.combinations(e, found)
    assert which["count"].sum() == len(found)
    assert which["documents"].is_unique


@pytest.mark.parametrize(
    ("topic", "document", "expected"),
    [
        # Line 227 is of the accounts, "Barnehage 2273 ...", and line 335 of the investments, "Barnehage 79 ...".
        (
            "barnehager",
            "trondheim-2025",
            [
                ("Barnehage", "netto drift", "2 273 (2 366 i 2026-kroner) i 2025", "227"),
                ("Barnehage", "investering", "79 (82,2 i 2026-kroner) i 2025", "335"),
            ],
        ),
        # Building, line 1597, and rent, line 1776, have one name.
        (
            "seremonirom",
            "sv-rodt-2026",
            [
                ("Livssynsåpent seremonirom", "investering", "0 i 2026; 5 i 2027; 30 i 2028; 55 i 2029", "1597"),
                ("Livssynsåpent seremonirom", "", "2,5 i 2026–2028; 0,0 i 2029", "1776"),
            ],
        ),
        # The label ends below its values, and the heading of a group (line 1798) is no part of what is cited.
        (
            "bystyresekretariatet",
            "trondheim-2025",
            [
                (
                    "Bystyresekretariatet, folkevalgte, kontrollkomiteen, kommunerevisjonen",
                    "netto drift",
                    "93 (96,8 i 2026-kroner) i 2025",
                    "221",
                )
            ],
        ),
        ("sykehjem", "sv-rodt-2026", [("Flere ansatte", "", "20 i 2026–2029", "1800")]),
        # Prose: the measure is named, quoted or not; half a year's cost is said to be one.
        (
            "barnevernet",
            "rodgronne-2020",
            [
                ("Styrking av barnevernet", "halvårseffekt i 2020", "3,5 (4,7 i 2026-kroner) i 2020", "208-210"),
                ("Styrking av barnevernet", "", "7 (9,3 i 2026-kroner) i 2021–2023", "217"),
            ],
        ),
        # Line 889: "totalt 365 millioner kroner ... i perioden".
        (
            "laneopptak",
            "rodgronne-2020",
            [("Reduserte låneopptak", "", "−365 (−485 i 2026-kroner) uten årstall", "888-890")],
        ),
    ],
)
def test_an_amount_says_what_it_is_of(topic, document, expected):
    shown = [
        (name.text, remark, cell.text.replace("\u00a0", " "), cell.sources[0][1])
        for name, remark, cell in topics.said(open_edition("nb", 2026))[topic, document].amounts
    ]
    assert shown == expected


def test_errors_on_what_is_shown_are_said_and_those_of_whole_tables_are_not(said):
    # Line 2026 says that a share grew, which table 9.1.8 has falling; line 1680 is in a table whose sum is wrong.
    wrong = said["utleieboliger", "trondheim-2025"].wrong
    assert wrong.sources == (("trondheim-2025", "2026"),)
    assert said["sosialhjelp", "sv-rodt-2026"].wrong is None


def test_a_job_title_in_the_tables_of_staff_is_no_mention(e):
    # 2025, line 2498: "Dagl leder SFO 1 N/A 1 N/A" among the average pay of job titles.
    printed = e.table("topics").query("topic == 'sfo' and document == 'trondheim-2025'")
    assert "2498" in set(printed["lines"])
    assert "2498" not in set(topics.statements(e).query("topic == 'sfo' and document == 'trondheim-2025'")["lines"])
    # Line 120 is a row of the accounts: it counts.
    assert topics.recurring(e).at["eiendomsskatt", "trondheim-2025"] > 0


def test_an_amount_says_which_measure_it_is_of(e, said):
    # 2020, lines 82 and 87: 3.5 million in 2020 and 7 million in 2021 of the measure on line 82.
    names = [amount.name.text for amount in said["toppet_bemanning", "rodgronne-2020"].amounts]
    assert len(names) >= 2 and all(names)
    assert names[0] == e.named("Toppet bemanning i barnehage").text
    assert not [key for key, what in said.items() for amount in what.amounts if not amount.name.text]
