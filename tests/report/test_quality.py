"""The quality of the sources: the words for checks and reasons, and what of the documents is shown where."""

import pandas as pd
import pytest

from kommunebudsjett.readers.text import split_lines
from kommunebudsjett.report import open_edition, quality
from kommunebudsjett.report.facts import sources
from kommunebudsjett.report.reasons import REASONS
from kommunebudsjett.tables.contracts import CHECKS


@pytest.fixture(scope="module", params=["nb", "en"])
def e(request):
    return open_edition(request.param, 2026)


def test_every_check_has_words_in_both_languages():
    assert set(quality.CHECKS) == set(CHECKS)
    assert all(nb and en and nb != en for nb, en in quality.CHECKS.values())


def test_every_reason_in_the_list_of_unread_numbers_has_norwegian_words(e):
    reasons = set(e.table("unread")["reason"])
    assert reasons and reasons <= set(REASONS)
    for printed in reasons:
        cell = quality.reason(e, printed)
        assert cell.text == (printed if e.lang == "en" else REASONS[printed])
        assert not cell.lang


def test_a_reason_without_norwegian_words_is_marked_as_english():
    cell = quality.reason(open_edition("nb", 2026), "something new")
    assert (cell.text, cell.lang) == ("something new", "en")


def test_every_finding_stands_in_the_tables_with_its_lines(e):
    found = quality.findings(e)
    for document in quality.compared(e).index:
        of_document = found[found["document"] == document]
        shown = {
            line
            for row in quality.finding_rows(e, of_document)
            for _, lines in row[2].sources
            for line in split_lines(lines)
        }
        assert shown == {line for lines in of_document["lines"] for line in split_lines(lines)}


def test_findings_of_several_years_on_the_same_lines_are_one_row(e):
    found = quality.findings(e).query("document == 'sv-rodt-2026' and table == 'x-842' and check == 'sum'")
    assert len(found) > 1
    (row,) = quality.finding_rows(e, found)
    assert str(row[0]).endswith(
        e.text("Det samme gjelder tre kolonner til i tabellen.", "The same is true of three more columns of the table.")
    )


def test_unread_numbers_stand_with_their_lines(e):
    rows = quality.unread_rows(e, "rodgronne-2020")
    by_reason = {row[0].text: (row[1], row[2].sources) for row in rows}
    # "10 millioner" of the introduction.
    printed = "an amount in an introduction, not stated for a measure"
    assert by_reason[e.text(REASONS[printed], printed)] == ("1", (("rodgronne-2020", "33"),))
    assert sum(int(row[1]) for row in rows) == int(e.document("rodgronne-2020")["numbers_unread"])


def test_the_two_printings_come_to_different_sums(e):
    totals = quality.printings(e, "sv-rodt-2026").set_index("printing")["total_mnok"]
    assert set(totals.index) == {"chapter", "appendix"}
    # The appendix is the printing that balances (design.md).
    assert abs(totals["appendix"]) < 1
    assert quality.printings(e, "rodgronne-2020").empty


def test_errors_by_check_are_those_of_the_table_of_errors(e):
    found = quality.errors_by_check(e)
    assert found.sum() == quality.counts(e)["error"].sum()
    assert list(found) == sorted(found, reverse=True)


def test_one_finding_has_the_name_of_one():
    assert quality.severity_name(open_edition("nb", 2026), "note", single=True) == "merknad"
    assert quality.severity_name(open_edition("en", 2026), "doubt", single=True) == "possible error"


def test_table_numbers_that_are_shifted_one_after_the_other_are_one_row(e):
    # 2025, lines 2408 to 2590: the text calls table 10.1.8 by the number of 10.1.7, and so on to 10.1.14.
    found = quality.findings(e).query("document == 'trondheim-2025' and check == 'caption'")
    rows = quality.finding_rows(e, found)
    shifted = [row for row in rows if "10.1.13" in row[0]]
    assert len(shifted) == 1
    assert {2408, 2428, 2590} <= set(split_lines(shifted[0][2].sources[0][1]))
    # Seven references are one row; captions that each have a wrong number are not joined.
    assert len(rows) == len(found) - 6


def test_sources_of_prices_are_in_the_language_of_the_report(edition):
    shown = [row[-1] for row in (*quality.price_figures(edition), *quality.population_figures(edition))]
    assert shown and all(cell.lang == "" for cell in shown)
    assert ("as republished" in shown[0].text) == (edition.lang == "en")
    assert quality._source(edition, "a new source").lang == edition.text("en", "")


def test_not_all_is_read_where_something_is_unread(e):
    found = sources.reading(e)
    # 2,418 of 2,419 are 99.96 per cent.
    assert found.unread and found.share.text.startswith("99")


@pytest.mark.parametrize(
    ("errors", "most"),
    [
        ({"A": 3, "B": 1}, sources.Most("A", 3)),
        # Two have as many, none has any, and nothing was checked.
        ({"A": 2, "B": 2, "C": 1}, None),
        ({"A": 0, "B": 0}, None),
        ({}, None),
    ],
)
def test_only_one_can_have_most_errors(errors, most):
    assert sources._most(pd.Series(errors, dtype=int)) == most


def test_the_share_of_no_numbers_is_said_in_words():
    assert sources._share(open_edition("nb", 2026), 0, 0).text == "ingen"
