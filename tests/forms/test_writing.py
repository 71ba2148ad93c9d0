"""Content becomes canonical text, and the readers' model finds the same blocks in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommunebudsjett.core.texts import LeftOut
from kommunebudsjett.forms import writing
from kommunebudsjett.forms.content import Block, Cell, Content, Heading, Item, Paragraph, Table
from kommunebudsjett.forms.problem import ProblemError
from kommunebudsjett.forms.writing import write
from kommunebudsjett.readers.model.blocks import Heading as ReadHeading
from kommunebudsjett.readers.model.blocks import read_model

ROWS = [[Cell("Område", True), Cell("2026", True)], [Cell("Skole"), Cell("")], [Cell("Sum", bold=True), Cell("5")]]


def test_marks():
    blocks: list[Block] = [
        Heading("Drift", 2, "b.html"), Paragraph("En\nto", "avsnitt 1"), Item("A", 1), Item("B", 2),
        Table(ROWS, ["Ark1!A1", "", "Ark1!A3"]), Table(ROWS[:2], ["", ""]),
    ]  # fmt: skip
    text = write(Content(blocks, [(0, "før 1", "x"), (4, "i tabell 2", "y"), (6, "sist 3", "z")], ("sagt",)))
    assert text.lines == [
        "## Drift", "", "En to", "", "- A", "  - B", "", "Område\t2026", "Skole\t", "<b>Sum</b>\t5", "",
        "Område\t2026", "Skole\t",
    ]  # fmt: skip
    assert text.places == [(1, "b.html"), (3, "avsnitt 1"), (8, "Ark1!A1"), (10, "Ark1!A3")]
    assert text.left_out == [LeftOut(1, "før 1", "x"), LeftOut(8, "i tabell 2", "y"), LeftOut(13, "sist 3", "z")]
    assert text.remarks == ["sagt"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("1\u00a0000\u2009kr\t og\n2", "1 000 kr og 2"),
        ("Skole\t5 mill.", "Skole\t5 mill."),
        ("Skole\t\t−5", "Skole\t−5"),
        ("Skole\tfor alle", "Skole for alle"),
        ("\t5", "5"),
        ("12\t500", "12 / 500"),
        ("12\t500 plasser", "12 / 500 plasser"),
        ("Skole\t12\t500", "Skole 12 / 500"),
        ("Skole 12<sup>1</sup>\t500\t7 %\t5", "Skole 12<sup>1</sup> / 500 / 7 % / 5"),
        ("a\u0308a\u00ad\u200bb\x00\ufeff", "äab"),
    ],
)
def test_text_is_one_line(text, line):
    assert write(Content([Paragraph(text)], [])).lines == [line]


def test_what_holds_nothing():
    text = write(Content([Paragraph(" "), Heading("", 1)], [(1, "7", "skjult")]))
    assert (text.lines, text.left_out) == ([], [LeftOut(1, "7", "skjult")])


@pytest.mark.parametrize(("limit", "value"), [("MOST_LINES", 2), ("MOST_CHARACTERS", 3)])
def test_limits(monkeypatch, limit, value):
    monkeypatch.setattr(writing, limit, value)
    with pytest.raises(ProblemError):
        write(Content([Paragraph("Avsnitt")] * 5, []))


WORDS = st.sampled_from(["Skole", "Barnehage", "Kultur og idrett", "Sykehjem", "Veg"])
AMOUNTS = st.integers(-99_999, 99_999).map(lambda n: f"{n:,}".replace(",", "\u00a0"))
MADE_ROWS = st.lists(st.tuples(WORDS, AMOUNTS, AMOUNTS), min_size=2, max_size=6)


def made_table(rows: list[tuple[str, str, str]]) -> Table:
    head = [Cell(text, header=True) for text in ("Område", "Budsjett 2026", "Budsjett 2027")]
    body = [[Cell(f"{label} {n}"), *map(Cell, amounts)] for n, (label, *amounts) in enumerate(rows)]
    return Table([head, *body], [f"Ark1!A{n}" for n in range(len(rows) + 1)])


MADE = st.lists(
    st.one_of(
        st.tuples(WORDS, st.integers(1, 4)).map(lambda of: Heading(*of)),
        WORDS.map(lambda text: Paragraph(f"Vi vil styrke {text.casefold()} i årene som kommer.")),
        st.builds(made_table, MADE_ROWS),
    ),
    min_size=1,
    max_size=8,
)


@given(MADE)
def test_what_is_written_is_read_back(blocks):
    text = write(Content(blocks, []))
    model = read_model(text.lines)
    headings = [(block.text, block.level) for block in model.blocks if isinstance(block, ReadHeading)]
    assert headings == [(block.text, block.level) for block in blocks if isinstance(block, Heading)]
    expected = [
        cell.text.replace("\u00a0", "") for block in blocks if isinstance(block, Table) for row in block.rows[1:]
        for cell in row[1:]
    ]  # fmt: skip
    found = [value.raw.replace(" ", "") for table in model.tables for row in table.rows for value in row.values]
    assert found == expected
    for line, place in text.places:
        assert place in ("Ark1!A0",) or text.lines[line - 1].split("\t")[0].endswith(str(int(place[6:]) - 1))
