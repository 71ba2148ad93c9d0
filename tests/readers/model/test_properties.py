"""Tables built at random, printed in every form and read back: no number in a wrong place, and none lost."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.readers.model.blocks import read_model

WORDS = (
    "Skole",
    "Barnehage",
    "Vann og avløp",
    "Netto renter",
    "Kultur, idrett",
    "Frie inntekter",
    "Lønn (fast)",
    "Veg",
)
HEADS = ("Regnskap 2022", "Rev. budsjett 2022", "Oppr. budsjett 2022", "Budsjett 2023", "Plan 2024", "Plan 2025")


@dataclass(frozen=True)
class Built:
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@st.composite
def tables(draw):
    columns = HEADS[: draw(st.integers(2, 6))]
    labels = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7, unique=True))
    number = st.one_of(st.just(0), st.integers(-(10**7), 10**7), st.integers(-999, 999))
    rows = tuple((label, tuple(draw(number) for _ in columns)) for label in labels)
    return Built(columns, rows)


def printed(built, between, sign="-", space=" "):
    yield [*([""] if between == "\t" else ["Område"]), *built.columns]
    for label, numbers in built.rows:
        yield [label, *(f"{number:,}".replace(",", space).replace("-", sign) for number in numbers)]


def expected(built):
    return {
        (label, column): number
        for label, numbers in built.rows
        for column, number in zip(built.columns, numbers, strict=True)
    }


def read(lines):
    """The numbers by label and column, and how many are listed as unread."""
    found = {}
    unread = []
    for table in read_model(lines).tables:
        names = dict(table.columns)
        unread += table.unread
        for row in table.rows:
            found |= {(row.label, names[value.column]): value.number for value in row.values}
    return found, unread


@given(tables(), st.sampled_from(["\t", " | ", ";"]), st.sampled_from("-−–"), st.sampled_from(["\u00a0", " ", "’", ""]))
@settings(max_examples=200, deadline=None)
def test_marked_cells_are_all_read_back(built, between, sign, space):
    lines = [between.join(cells) for cells in printed(built, between, sign, space)]
    assert read(lines) == (expected(built), [])


@given(tables(), st.integers(2, 6))
@settings(max_examples=200, deadline=None)
def test_aligned_cells_are_all_read_back(built, gap):
    rows = list(printed(built, " "))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [(" " * gap).join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]
    assert read(lines) == (expected(built), [])


@given(tables(), st.sampled_from([" ", "\u00a0"]), st.booleans())
@settings(max_examples=300, deadline=None)
def test_cells_between_single_spaces_are_read_right_or_listed(built, space, totals):
    rows = built.rows
    if totals:
        rows = (*rows, ("Sum", tuple(map(sum, zip(*(numbers for _, numbers in rows), strict=True)))))
    built = Built(built.columns, rows)
    lines = [" ".join(cells) for cells in printed(built, " ", space=space)]
    found, unread = read(lines)
    wanted = expected(built)
    open_rows = {label for label, numbers in built.rows if _can_be_read_otherwise(numbers) and space == " "}
    wrong = {key for key, number in found.items() if wanted[key] != number and key[0] not in open_rows}
    assert not wrong
    listed = {row.line for row in unread}
    for line, (label, _) in enumerate(built.rows, start=2):
        assert line in listed or all((label, column) in found for column in built.columns)


def _can_be_read_otherwise(numbers):
    """Whether groups of three digits begin a cell, so that a row can seem to be split in one way and is not."""
    return any(100 <= number <= 999 for number in numbers[1:]) or any(abs(number) >= 100_000 for number in numbers)


NUMBERED = ("Vei 3", "Trinn 2", "Hall 1 og 2", "E6", "Rv3", "Covid-19", "Barn 0-5", "Fv 714", "Tiltak 1.2", *WORDS[:3])
LOOSE_HEADS = (
    ("2025", "2026"),
    ("Regnskap 2024", "Budsjett 2024", "Avvik"),
    ("Regnskap 2024", "Rev. budsjett 2024", "Avvik", "Avvik i %"),
    ("Budsjett 2024", "Endring", "Budsjett 2025"),
    ("Kostnadsramme", "2025", "2026", "2027"),
    ("2025", "2026", "Lån", "Tilskudd"),
)


@st.composite
def loose_tables(draw):
    """Tables between single spaces: labels that end in numbers, columns between and after the years."""
    columns = draw(st.sampled_from(LOOSE_HEADS))
    size = 10 ** draw(st.integers(2, 6))
    number = st.one_of(st.just(0), st.integers(-size, size), st.integers(size // 4, size))
    labels = draw(st.lists(st.sampled_from(NUMBERED), min_size=1, max_size=6, unique=True))
    return Built(columns, tuple((label, tuple(draw(number) for _ in columns)) for label in labels))


@given(loose_tables(), st.sampled_from(["-", "–", "("]), st.sampled_from(["0", "-", "–"]))
@settings(max_examples=150, deadline=None)
def test_labels_that_end_in_numbers_and_loose_columns_give_no_wrong_number(built, minus, nothing):
    lines = [" ".join(["Område", *built.columns])]
    for label, numbers in built.rows:
        cells = [f"{abs(number):,}".replace(",", " ") if number else nothing for number in numbers]
        cells = [
            cell if number >= 0 else f"({cell})" if minus == "(" else minus + cell
            for cell, number in zip(cells, numbers, strict=True)
        ]
        lines.append(" ".join([label, *cells]))
    found, unread = read(lines)
    wanted = {key: number for key, number in expected(built).items() if number}
    assert {key: number for key, number in found.items() if number and wanted.get(key) != number} == {}
    listed = {row.line for row in unread}
    for line, (label, numbers) in enumerate(built.rows, start=2):
        there = all((label, column) in found for column, number in zip(built.columns, numbers, strict=True) if number)
        assert there or line in listed
