"""The 2026 document, and documents of its family that are built, with what may differ next year: read back whole."""

import random
import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document, load_registry, read_lines
from kommunebudsjett.readers.party_budget import read
from kommunebudsjett.readers.records import Records
from tests.conftest import ROOT

# Not while one works: make test-quick leaves them out.
pytestmark = pytest.mark.slow

PAGE_BREAK = ["", " ", "", "", "", " ", ""]


@pytest.fixture(scope="module")
def document() -> Document:
    registry = load_registry(ROOT / "data" / "raw" / "documents.yml", {"annual_report", "party_budget"})
    return next(document for document in registry if document.id == "sv-rodt-2026")


@pytest.fixture(scope="module")
def lines(document) -> list[str]:
    return read_lines(ROOT / "data" / "raw" / document.file)


@pytest.fixture(scope="module")
def original(document, lines) -> Records:
    return read(document, lines)


def measures(records: Records) -> list[tuple]:
    return [(m.printing, m.area, m.kind, m.group, m.measure, m.year, m.amount_mnok) for m in records.measures]


def rules(records: Records) -> list[tuple]:
    return [(r.rule, r.target_percent, r.year, r.period, r.value_percent) for r in records.fiscal_rules]


def directives(records: Records) -> list[tuple]:
    return [(d.area, d.title, d.text, d.ask, d.deadline) for d in records.directives if not d.within_measure]


def texts(records: Records) -> list[tuple]:
    return [(t.area, t.measure, t.heading, t.text) for t in records.measure_texts]


def row_lines(records: Records) -> set[int]:
    return {cell.line for cell in records.cells}


@pytest.mark.parametrize("minus", ["-", "–", "−"])
def test_minus_signs(document, lines, original, minus):
    found = read(document, [line.replace("−", minus) for line in lines])
    assert measures(found) == measures(original)


def test_other_years(document, lines, original):
    later = document.model_copy(update={"budget_year": 2030, "period_from": 2030, "period_to": 2033})
    found = read(later, [re.sub(r"\b20(2[6-9])\b", lambda year: str(int(year[0]) + 4), line) for line in lines])
    assert [(*row[:5], row[5] - 4, row[6]) for row in measures(found)] == measures(original)
    assert {rule.period for rule in found.fiscal_rules} == {"", "2030-2033"}


def test_fewer_years(document, lines, original):
    """The last two years are cut from every budget table."""
    values = re.compile(r"^(.*\S)(?:\s+[-−]?[\d,]+){2}\s*$")
    headers = {int(cell.table[2:]) for cell in original.cells if cell.unit == "mnok"}
    mnok = {cell.line for cell in original.cells if cell.unit == "mnok"} | headers
    cut = [values.sub(r"\1", line) if number in mnok else line for number, line in enumerate(lines, 1)]
    found = read(document, cut)
    assert measures(found) == [row for row in measures(original) if row[5] in (2026, 2027)]
    assert rules(found) == rules(original)


@pytest.mark.parametrize("seed", range(4))
def test_other_numbers(document, lines, original, seed):
    """Every value is another one, some of them in thousands, written with spaces that don't break a line.

    A row that is printed twice has the same values at both places, as in any document.
    """
    amounts: dict[tuple[int, str], float] = {}
    changed = list(lines)
    rows: dict[int, list] = {}
    for cell in original.cells:
        rows.setdefault(cell.line, []).append(cell)
    for line, cells in rows.items():
        if cells[0].unit != "mnok":
            continue
        start = lines[line - 1].rstrip()
        for cell in reversed(cells):
            start = start[: -len(cell.raw)].rstrip()
        printed = []
        for cell in cells:
            chance = random.Random(f"{seed} {cell.row} {cell.column}")
            value = chance.choice([chance.randint(0, 9), chance.randint(100, 999), chance.randint(1000, 99999)])
            decimals = chance.choice(["", f",{chance.randint(0, 9)}"])
            # As printed: what a minus means is told by the rows whose words give a sign.
            sign = chance.choice("−-–") if cell.value and cell.value < 0 else ""
            whole = f"{value:,}".replace(",", chance.choice("\u00a0\u202f\u2009"))
            printed.append(sign + whole + decimals)
            amount = float(f"{value}.{decimals[1:] or 0}")
            amounts[line, cell.column] = -amount if sign else amount
        # Apart from a label that ends in a number, since no sum tells which number is the label's.
        changed[line - 1] = ("  " if cells[0].row[-1].isdigit() else " ").join([start, *printed]).strip()
    found = read(document, changed)
    assert {(cell.line, cell.column): cell.value for cell in found.cells if cell.unit == "mnok"} == amounts
    assert [row[:6] for row in measures(found)] == [row[:6] for row in measures(original)]
    assert len(found.unread) == len(original.unread)


@pytest.mark.parametrize("seed", range(4))
def test_wrapped_labels_and_page_breaks(document, lines, original, seed):
    """Labels broken over two lines at some space, and pages that end between the rows of the tables."""
    chance = random.Random(seed)
    changed: list[str] = []
    moved: dict[int, int] = {}
    for number, line in enumerate(lines, 1):
        if number in row_lines(original):
            label = next(cell.row for cell in original.cells if cell.line == number)
            words = line.split(" ")
            last = len(label.split()) - 1
            if line.startswith(label) and last > 0 and not label.endswith("%") and chance.random() < 0.5:
                cut = chance.randint(1, last)
                changed += [" ".join(words[:cut]) + " "]
                line = " ".join(words[cut:])
        changed.append(line)
        moved[number] = len(changed)
        if number in row_lines(original) and chance.random() < 0.2:
            changed += PAGE_BREAK
    found = read(document, changed)
    assert measures(found) == measures(original)
    assert [m.line for m in found.measures] == [moved[m.line] for m in original.measures]
    assert rules(found) == rules(original)
    assert directives(found) == directives(original)


@pytest.mark.parametrize("seed", range(4))
def test_order_of_rows(document, lines, original, seed):
    """The rows of every group in another order."""
    chance = random.Random(seed)
    places: dict[tuple, list[int]] = {}
    for cell in original.cells:
        if (
            lines[cell.line - 1].startswith(cell.row)
            and not cell.is_total
            and cell.line not in places.get((cell.table, cell.group), [])
        ):
            places.setdefault((cell.table, cell.group), []).append(cell.line)
    changed = list(lines)
    for group in places.values():
        order = chance.sample(group, len(group))
        for target, source in zip(group, order, strict=True):
            changed[target - 1] = lines[source - 1]
    found = read(document, changed)
    assert sorted(measures(found)) == sorted(measures(original))
    assert all(m.quote.startswith(m.measure.split()[0]) for m in found.measures)


@pytest.mark.parametrize("width", [66, 75, 90, 110, 160, 5000])
def test_prose_in_other_lines(document, lines, original, width):
    prose = {
        number
        for text in original.measure_texts
        for number in _numbers(text.lines)
        if lines[number - 1].strip() != text.heading
    } | {
        number
        for directive in original.directives
        for number in range(directive.line_first + 1, directive.line_last + 1)
    }
    changed: list[str] = []
    paragraph: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if number in prose and line.strip() and not line.startswith("●"):
            paragraph.append(line.strip())
            continue
        if paragraph:
            changed += textwrap.wrap(" ".join(paragraph), width, break_on_hyphens=False, break_long_words=False)
            paragraph = []
        changed.append(line)
    found = read(document, changed)
    assert directives(found) == directives(original)
    assert texts(found) == texts(original)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_documents_are_read_without_a_crash_and_nothing_is_invented(document, lines, seed):
    chance = random.Random(seed)
    damaged = list(lines)
    for _ in range(60):
        place = chance.randrange(len(damaged))
        damage = chance.randrange(5)
        if damage == 0:
            del damaged[place]
        elif damage == 1:
            damaged.insert(place, chance.choice(damaged))
        elif damage == 2:
            damaged[place] = damaged[place][: chance.randint(0, len(damaged[place]))]
        elif damage == 3:
            damaged[place] = damaged[place].replace(" ", "\t", chance.randint(0, 3))
        else:
            damaged.insert(place, "")
    found = read(document, damaged)
    assert len(found.cells) > 500
    assert all(cell.raw in damaged[cell.line - 1] for cell in found.cells)
    assert all(unread.raw.split()[0] in damaged[unread.line - 1] and unread.reason for unread in found.unread)
    assert all(text.heading and text.area and text.lines for text in found.measure_texts)


def _numbers(lines: str) -> list[int]:
    out: list[int] = []
    for run in lines.split(";"):
        first, _, last = run.partition("-")
        out += range(int(first), int(last or first) + 1)
    return out


@st.composite
def values(draw) -> tuple[str, float]:
    whole = draw(st.integers(0, 99999))
    decimals = draw(st.sampled_from(["", "0", "5", "25"]))
    sign = draw(st.sampled_from(["", "", "-", "−", "–"]))
    thousands = draw(st.sampled_from(["\u00a0", "\u202f", "\u2009"]))
    printed = f"{whole:,}".replace(",", thousands)
    amount = float(f"{whole}.{decimals or 0}")
    return sign + printed + (f",{decimals}" if decimals else ""), -amount if sign else amount


# Not shrunk: with documents of this size that takes minutes.


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                ["Mat i barnehagene", "Styrke heltidskulturen", "Tillitsreform", "Elsa Laula Renbergs plass"]
            ),
            st.lists(
                st.sampled_from(
                    [
                        "Bystyret ber byrådet komme tilbake med en sak om videreutvikling av ordningen.",
                        "Saken skal vurdere å utvide målgruppen til ungdom mellom 16 og 19 år i Trondheim.",
                        "Hensikten er å gi flere unge arbeidserfaring, styrke deltakelse i arbeidslivet og mer.",
                        "Byrådet bes samtidig være en aktiv forsvarer av normalarbeidsdagen.",
                    ]
                ),
                min_size=2,
                max_size=6,
            ),
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda directive: directive[0],
    ),
    st.integers(60, 110),
    st.sampled_from([[""], [" "], ["", " "], PAGE_BREAK]),
    st.booleans(),
)
def test_built_directives_are_read_back(document, built, width, gap, break_page):
    text = ["Verbale føringer: ", "", "Helse og omsorg: ", ""]
    expected = []
    for title, sentences in built:
        first = len(text) + 1
        wrapped = textwrap.wrap(" ".join(sentences), width)
        text.append(title)
        if break_page and len(wrapped) > 2:
            text += [*wrapped[:2], *PAGE_BREAK, *wrapped[2:]]
        else:
            text += wrapped
        expected.append(("Helse og omsorg", title, " ".join(sentences), first, len(text)))
        text += gap
    found = read(document, text)
    assert [(d.area, d.title, d.text, d.line_first, d.line_last) for d in found.directives] == expected
