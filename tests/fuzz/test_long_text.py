"""Long lines and paragraphs that took hours: each ends in seconds where the work grows with the text alone."""

import pandas as pd
import pytest

from kommunebudsjett.audit.text import LONGEST_SENTENCE, sentences
from kommunebudsjett.core.registry import LONGEST_LINE
from kommunebudsjett.readers.model.ledger import ledger
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.party_budget.directives import kind_of_ask
from kommunebudsjett.readers.party_budget.words import load_words
from kommunebudsjett.readers.stage import reader
from kommunebudsjett.tables.passages import passages
from tests.fuzz.printed import wrong
from tests.fuzz.test_documents import DOCUMENTS


def line_of(part: str) -> str:
    """The longest line of a document that repeats a text."""
    return (part * LONGEST_LINE)[:LONGEST_LINE]


def test_what_a_long_sentence_asks_for():
    assert kind_of_ask("Bystyret ber om " + "å legge ned " * 20_000, load_words()) == "other"


def test_footnote_marks_that_never_end():
    assert clean("<sup>" * 100_000) == ""


@pytest.mark.parametrize("part", ["1 million ", "en million ", "kutt på 1 million i 2021 ", "9", "fra 1 til 2 "])
def test_a_paragraph_of_amounts(part):
    lines = ["Inndekning", "", "Tiltak", *[line_of(part)] * 3]
    records = reader("party_budget")(DOCUMENTS["rodgronne-2020"], lines)
    listed = ledger("rodgronne-2020", lines, records)
    assert records.numbers_read + len(records.unread) + len(listed) >= 3
    assert not wrong(lines, records)


def test_a_label_on_many_rows():
    lines = ["Oppvekst 2026 2027 2028 2029", "", *["Skole 1 2 3 4"] * 20_000]
    assert len(reader("party_budget")(DOCUMENTS["sv-rodt-2026"], lines).cells) == 80_000


def test_percentages_of_many_digits():
    lines = ["# Handlingsregler", "", *["Gjeldsgraden skal være " + "9" * 19_000] * 20]
    assert reader("annual_report")(DOCUMENTS["trondheim-2025"], lines).fiscal_rules == []


@pytest.mark.parametrize("part", ["1. ", "Aa. ", "ca. 5 ", "Vi vil ha 5 nye plasser. "])
def test_sentences_of_a_long_paragraph(part):
    lines = pd.DataFrame({"document": "d", "line": range(1, 11), "text": [line_of(part)] * 10})
    assert all(len(text) <= LONGEST_SENTENCE for text in sentences(lines)["text"])


@pytest.mark.parametrize("part", ["..", ". ", "... 1", "-"])
def test_leaders_of_a_contents_list(part):
    assert passages([f"Skole {line_of(part)}."] * 10)
