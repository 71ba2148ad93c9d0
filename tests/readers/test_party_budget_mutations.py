"""The document in data/raw printed in other ways: what is read must change as the print does, and in nothing else."""

import random
import re
from pathlib import Path

import pytest

from kommunebudsjett.core.registry import Document, read_lines
from kommunebudsjett.readers.party_budget import read

# Not while one works: make test-quick leaves them out.
pytestmark = pytest.mark.slow

RAW = Path(__file__).parents[2] / "data/raw/rodgronne-budsjett-2020.txt"
CHAPTERS = [
    "Innledning", "Oppvekst", "Arbeid og sosial", "Helse og eldre", "Kultur, idrett og friluftsliv", "Miljø og næring",
    "Areal og samferdsel", "Finans og organisasjon", "Inndekning",
]  # fmt: skip


def document(first=2020):
    return Document(
        id="parti", file=RAW.name, title="Budsjett", publisher="Partiet", family="party_budget", municipality="Byen",
        budget_year=first, period_from=first, period_to=first + 3,
    )  # fmt: skip


def stated(records):
    """What is read, without the lines it stands on."""
    measures = [(m.area, m.kind, m.measure, m.year, m.amount_mnok, m.basis, m.certainty) for m in records.measures]
    directives = [(d.area, d.title, d.text, d.ask, d.deadline, d.within_measure) for d in records.directives]
    return sorted(measures, key=str), sorted(directives)


@pytest.fixture(scope="module")
def lines():
    return read_lines(RAW)


@pytest.fixture(scope="module")
def base(lines):
    return read(document(), lines)


def collapse(lines):
    """One blank line wherever there are more: no page ends."""
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", "\n".join(lines)).split("\n")


def rewrap(lines, width, titles):
    """The paragraphs on lines of another width, hyphens at line ends mended; headings and set-in lines stay."""
    out, paragraph = [], ""

    def flush():
        nonlocal paragraph
        row = ""
        for word in paragraph.split():
            if row and len(row) + 1 + len(word) > width:
                out.append(row)
                row = ""
            row = f"{row} {word}" if row else word
        out.extend([row] if row else [])
        paragraph = ""

    for line in lines:
        text = line.strip()
        if not text or line[0] == "\t":
            flush()
            out.append(line)
        elif not paragraph and (text in titles or text.split("\t")[0].split("   ")[0].strip() in titles):
            out.append(line)
        elif paragraph.endswith("-") and text[0].islower() and not text.startswith("og "):
            paragraph = paragraph[:-1] + text
        else:
            paragraph += ("" if paragraph.endswith("/") else " ") + text
    flush()
    return out


SAME = {
    "no page ends": collapse,
    "longer page ends": lambda lines: [more for line in lines for more in ([line] if line.strip() else ["", ""])],
    "form feeds": lambda lines: "\n".join(lines).replace("\n\n\n\n", "\n\n\f\n").split("\n"),
    "no-break thousands": lambda lines: [re.sub(r"(\d) (000\b)", "\\1\u00a0\\2", line) for line in lines],
    "narrow thousands": lambda lines: [re.sub(r"(\d) (000\b)", "\\1\u202f\\2", line) for line in lines],
    "another dash before areas": lambda lines: [
        re.sub(r"^(Verbale føringer|Drift|Investeringer) - ", r"\1 – ", line) for line in lines
    ],
    "a colon before areas": lambda lines: [
        re.sub(r"^(Verbale føringer|Drift|Investeringer) - ", r"\1: ", line) for line in lines
    ],
    "spaces before heading amounts": lambda lines: [
        re.sub(r"\t[\t ]*(?=\d+(?:,\d+)? million)", "        ", line) for line in lines
    ],
    "another unit": lambda lines: [
        re.sub(r"(\t *\d+(?:,\d+)?) million(?:er)?", r"\1 mill. kr", line) for line in lines
    ],
    "carriage returns": lambda lines: [line + "\r" for line in lines],
}


@pytest.mark.parametrize("change", SAME.values(), ids=SAME.keys())
def test_the_same_is_read_of_another_printing(change, lines, base):
    assert stated(read(document(), change(lines))) == stated(base)


@pytest.mark.parametrize("width", [66, 74, 82, 98, 120])
def test_the_same_is_read_with_other_line_breaks(width, lines, base):
    titles = {text.heading for text in base.measure_texts} | {directive.title for directive in base.directives}
    measures, directives = stated(read(document(), rewrap(lines, width, titles.union(CHAPTERS))))
    assert measures == stated(base)[0]
    # Asks of a measure that come to stand on the same line are one directive.
    assert [d for d in directives if not d[-1]] == [d for d in stated(base)[1] if not d[-1]]


@pytest.mark.parametrize("seed", range(6))
def test_the_same_is_read_with_the_chapters_in_another_order(seed, lines, base):
    starts = [next(n for n, line in enumerate(lines) if line.strip() == chapter) for chapter in CHAPTERS]
    ends = [*starts[1:], next(n for n, line in enumerate(lines) if line.strip() == "Utgifter drift")]
    chapters = [lines[start:end] for start, end in zip(starts, ends, strict=True)]
    random.Random(seed).shuffle(chapters)
    moved = [*lines[: starts[0]], *(line for chapter in chapters for line in chapter), *lines[ends[-1] :]]
    assert stated(read(document(), moved)) == stated(base)


def test_a_chapter_that_is_gone_leaves_the_others(lines, base):
    start, end = (next(n for n, line in enumerate(lines) if line.strip() == title) for title in CHAPTERS[3:5])
    left = stated(read(document(), lines[:start] + lines[end:]))
    assert left[0] == [row for row in stated(base)[0] if row[0] != "Helse og eldre"]
    assert left[1] == [row for row in stated(base)[1] if row[0] != "Helse og eldre"]


def test_other_years_are_read(lines, base):
    later = [re.sub(r"\b20(1[5-9]|2\d)\b", lambda match: str(int(match[0]) + 4), line) for line in lines]
    records = read(document(2024), later)
    assert [(m.measure, m.year, m.amount_mnok, m.certainty, m.line) for m in records.measures] == [
        (m.measure, m.year and m.year + 4, m.amount_mnok, m.certainty, m.line) for m in base.measures
    ]
    assert (records.numbers_read, len(records.unread)) == (base.numbers_read, len(base.unread))


def test_other_amounts_are_read(lines, base):
    def more(match):
        return f"{float(match[0].replace(',', '.')) + 100:.1f}".replace(".", ",").removesuffix(",0")

    text = re.sub(r"\d+(?:,\d+)?(?=\s+mill(?:ion|ioner)?\b)", more, "\n".join(lines))
    text = re.sub(r"\b(\d00\s+000\s+kroner)", r"100 \1", text)
    records = read(document(), text.split("\n"))
    assert len(records.measures) == len(base.measures)
    for row, before in zip(records.measures, base.measures, strict=True):
        assert row[:6] == before[:6]
        assert row[7:12] == before[7:12]
        amount = before.amount_mnok
        assert row.amount_mnok == (
            None if amount is None else pytest.approx(amount + 100 if amount > 0 else amount - 100)
        )


def test_other_names_are_read(lines, base):
    def rename(text):
        return re.sub(r"\bOppvekst\b", "Barn og unge", text).replace("Renhold", "Feiing").replace("AKKS", "Bandet")

    records = read(document(), [rename(line) for line in lines])
    renamed = [(rename(m.area), rename(m.measure), m.year, m.amount_mnok, m.line) for m in base.measures]
    assert [(m.area, m.measure, m.year, m.amount_mnok, m.line) for m in records.measures] == renamed
