"""What the report on topics shows of them: quotes on their lines, amounts by year, and what is not found."""

import re

import pytest

from kommunebudsjett.core.project import Project
from kommunebudsjett.core.registry import load_registry, read_lines
from kommunebudsjett.readers.stage import FAMILIES
from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import open_edition, topics
from kommunebudsjett.report.facts import topics as facts

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
        for quote in what.quotes:
            ((document, numbers),) = quote.place.lines.sources
            stands = letters(" ".join(printed[document][line - 1] for line in split_lines(numbers)))
            # Between a heading and its sentence the page may print a marker, as "a)".
            for part in quote.text.text.split(": ", 1):
                assert letters(part) in stands, (document, numbers, quote.text.text)
            shown += 1
    assert shown > len(said)


def test_every_amount_stands_on_the_lines_that_it_links_to(e, said):
    rows = e.table("measures")
    known = {(row["document"], int(row["line"])) for _, row in rows.iterrows()}
    known |= {(row["document"], int(row["line"])) for _, row in e.table("table_cells").iterrows()}
    for (topic, document), what in said.items():
        for amount in what.amounts:
            ((of, lines),) = amount.amounts.sources
            assert of == document
            assert any((document, line) in known for line in split_lines(lines)), (topic, document, lines)


def test_every_place_of_a_topic_is_quoted_given_with_its_amount_linked_to_or_counted(e, said):
    for (topic, document), rows in topics.statements(e).groupby(["topic", "document"]):
        what = said[topic, document]
        cells = [quote.place.lines for quote in what.quotes] + [amount.amounts for amount in what.amounts]
        if what.places is not None:
            cells.append(what.places.lines)
        shown = {line for cell in cells for _, lines in cell.sources for line in split_lines(lines)}
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
        amount.amounts.text
        for amount in topics.said(open_edition("nb", 2026))[topic, document].amounts
        for _, lines in amount.amounts.sources
        if line in split_lines(lines)
    ]
    assert [text.replace("\u00a0", " ") for text in found] == [expected]


def test_no_amount_of_the_printing_that_is_not_used_is_shown(e, said):
    unused = e.table("topics").query("printing == 'chapter'")
    for (topic, document), rows in unused.groupby(["topic", "document"]):
        shown = {lines for amount in said[topic, document].amounts for _, lines in amount.amounts.sources}
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
    assert sum(count for _, count in which) == len(found)
    assert len({tuple(ids) for ids, _ in which}) == len(which)
    assert [len(ids) for ids, _ in which] == sorted((len(ids) for ids, _ in which), reverse=True)


@pytest.mark.parametrize(
    ("topic", "document", "expected"),
    [
        # Line 227 is of the accounts, "Barnehage 2273 ...", and line 335 of the investments, "Barnehage 79 ...".
        (
            "barnehager",
            "trondheim-2025",
            [
                ("Barnehage", "accounts", None, "2 273 (2 366 i 2026-kroner) i 2025", "227"),
                ("Barnehage", "investment", None, "79 (82,2 i 2026-kroner) i 2025", "335"),
            ],
        ),
        # Building, line 1597, and rent, line 1776, have one name.
        (
            "seremonirom",
            "sv-rodt-2026",
            [
                ("Livssynsåpent seremonirom", "investment", None, "0 i 2026; 5 i 2027; 30 i 2028; 55 i 2029", "1597"),
                ("Livssynsåpent seremonirom", None, None, "2,5 i 2026–2028; 0,0 i 2029", "1776"),
            ],
        ),
        # The label ends below its values, and the heading of a group (line 1798) is no part of what is cited.
        (
            "bystyresekretariatet",
            "trondheim-2025",
            [
                (
                    "Bystyresekretariatet, folkevalgte, kontrollkomiteen, kommunerevisjonen",
                    "accounts",
                    None,
                    "93 (96,8 i 2026-kroner) i 2025",
                    "221",
                )
            ],
        ),
        ("sykehjem", "sv-rodt-2026", [("Flere ansatte", None, None, "20 i 2026–2029", "1800")]),
        # Prose: the measure is named, quoted or not; half a year's cost is said to be one.
        (
            "barnevernet",
            "rodgronne-2020",
            [
                ("Styrking av barnevernet", "half_year", 2020, "3,5 (4,7 i 2026-kroner) i 2020", "208-210"),
                ("Styrking av barnevernet", None, None, "7 (9,3 i 2026-kroner) i 2021–2023", "217"),
            ],
        ),
        # Line 889: "totalt 365 millioner kroner ... i perioden".
        (
            "laneopptak",
            "rodgronne-2020",
            [("Reduserte låneopptak", None, None, "−365 (−485 i 2026-kroner) uten årstall", "888-890")],
        ),
    ],
)
def test_an_amount_says_what_it_is_of(topic, document, expected):
    shown = [
        (one.name.text, one.kind, one.year, one.amounts.text.replace("\u00a0", " "), one.amounts.sources[0][1])
        for one in topics.said(open_edition("nb", 2026))[topic, document].amounts
    ]
    assert shown == expected


def test_errors_on_what_is_shown_are_said_and_those_of_whole_tables_are_not(said):
    # Line 2026 says that a share grew, which table 9.1.8 has falling; line 1680 is in a table whose sum is wrong.
    wrong = said["utleieboliger", "trondheim-2025"].wrong
    assert wrong.lines.sources == (("trondheim-2025", "2026"),)
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
    assert not [key for key, what in said.items() for amount in what.amounts if not amount.name]


def test_the_facts_count_the_documents_of_each_topic(e):
    rows, areas = facts.places(e), facts.areas(e)
    assert [row[0].text for row in rows] == [topic.name for area in areas for topic in area.topics]
    assert [row[0].page for row in rows] == [f"#{topic.address}" for area in areas for topic in area.topics]
    for row, topic in zip(rows, (topic for area in areas for topic in area.topics), strict=True):
        mentioned = [what is not None for what in topic.said.values()]
        assert [cell.value > 0 for cell in row[1:-2]] == mentioned
        assert row[-2].value == sum(mentioned) >= 2


def test_the_facts_of_the_search_agree_with_each_other(e):
    search, which = facts.search(e), facts.combinations(e, all_documents="all")
    counts = {one.names: one.topics for one in which}
    assert search.chosen >= search.recurring == sum(counts.values())
    assert counts["all"] == search.everywhere
    assert search.everywhere + search.not_outcome + search.not_now + search.not_before == search.recurring


def test_what_the_audit_found_is_a_click_away(e):
    assert [one.audit.page for one in facts.documents(e)] == [f"sources.html#audit-{one}" for one in e.used]
