"""Lines of a document in, its blocks with their lines out."""

import pytest

from kommunebudsjett.readers.model.blocks import Heading, Text
from tests.readers.model.reading import model


def headings(text):
    return [(block.level, block.text, block.line) for block in model(text).blocks if isinstance(block, Heading)]


def texts(text):
    return [block for block in model(text).blocks if isinstance(block, Text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Budsjett\n\n### **Skole**\n\nKort linje", [(1, "Budsjett", 1), (3, "Skole", 3)]),
        ("Budsjett 2024\n\nVi vil bygge skoler.", [(0, "Budsjett 2024", 1)]),
        ("2.1 Skole\n\nVi vil bygge.", [(2, "2.1 Skole", 1)]),
        ("Tall i hele tusen\n\nVi vil bygge.", []),
        ("Drift i 1 000 kr\n\nVi vil bygge.", []),
        ("Skolene får 5 mill\n\nVi vil bygge.", []),
        ("Dette er en setning.\n\nTo\nlinjer", []),
        ("x" * 80, []),
    ],
)
def test_headings(text, found):
    assert headings(text) == found


def test_hard_wrapped_lines_are_joined_and_keep_their_lines():
    (found,) = texts("Kommunen bygger nye sko-\nler og barne-\nog ungdomshjem i\n2025. Det koster.")
    assert found.text == "Kommunen bygger nye skoler og barne- og ungdomshjem i 2025. Det koster."
    assert [found.line_at(found.text.index(word)) for word in ("Kommunen", "ler og", "og ungdom", "2025")] == [
        1,
        2,
        3,
        4,
    ]


def test_items_with_their_depth():
    found = texts("Vi vil:\n- Bygge skoler\n  med tak\n  - av tre\n• Kutte")
    assert [(item.level, item.text, item.lines) for item in found] == [
        (0, "Vi vil:", (1,)),
        (1, "Bygge skoler med tak", (2, 3)),
        (2, "av tre", (4,)),
        (1, "Kutte", (5,)),
    ]


@pytest.mark.parametrize("text", ["Gratis SFO→→→5,5 millioner", "Gratis SFO→5 500 000", "Gratis SFO→→ca. 5 mill. kr"])
def test_a_label_and_an_amount_are_an_item_and_no_table(text):
    found = model(text)
    (item,) = found.blocks
    assert isinstance(item, Text)
    assert (item.text, item.level, item.amount) == ("Gratis SFO", 1, text.split("→")[-1])


def test_blocks_stand_in_the_order_of_the_document():
    found = model("# Drift\n\nTekst om drift.\n\nOmråde→2025→2026\nSkole→3→4\n\nMer tekst om drift her.")
    assert [type(block).__name__ for block in found.blocks] == ["Heading", "Text", "Table", "Text"]
