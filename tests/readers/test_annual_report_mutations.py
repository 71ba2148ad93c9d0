"""The report in data/raw printed otherwise: it must be read the same, on the lines where it then stands."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document, read_lines
from kommunebudsjett.readers.annual_report import read

# Not while one works: make test-quick leaves them out.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
REPORT = Document(
    id="trondheim-2025",
    file="trondheim-arsberetning-2025.txt",
    title="Årsberetning 2025",
    publisher="Trondheim kommune",
    family="annual_report",
    municipality="Trondheim",
    budget_year=2025,
    period_from=2025,
    period_to=2025,
)
LINES = read_lines(ROOT / "data/raw" / REPORT.file)
RECORDS = read(REPORT, LINES)
FEW = settings(max_examples=25, deadline=None)
NUMBER_CELL = re.compile(r"(?!(?:<b>)?20[12]\d\b)(<b>)?-?\d[\d ]*(?:,\d+)?%?(</b>)?")


def printed_tables():
    """The line indexes of each table, without the contents list, and how many of them are its header."""
    runs, run = [], []
    for index, line in enumerate(LINES):
        if "\t" in line and "....." not in line:
            run.append(index)
        elif line.strip() and run:
            runs.append(run)
            run = []
    return [(run, header_depth(run)) for run in runs]


def header_depth(run):
    """How many lines at the head of a table have no value and, but for the first, no label."""
    depth = 1
    while LINES[run[depth]].startswith("\t") and not re.search(r"\d,\d|N/A", LINES[run[depth]]):
        depth += 1
    return depth


TABLES = printed_tables()


def test_the_headers_are_those_that_the_document_prints():
    assert len(TABLES) == 51
    assert sorted({depth for _, depth in TABLES}) == [1, 2, 3]


def moved(cells, where):
    """The cells with the lines where they are printed now; `where` maps old lines to new ones."""
    return [
        cell._replace(line=where[cell.line], unit_line=where.get(cell.unit_line), table="", raw="") for cell in cells
    ]


def without_raw(cells):
    return [cell._replace(table="", raw="") for cell in cells]


def reread(pages):
    """Read lines that know where they came from: the records, and the new line of each old one."""
    where = {origin: line for line, (_, origin) in enumerate(pages, start=1) if origin}
    return read(REPORT, [text for text, _ in pages]), where


def assert_same(pages):
    records, where = reread(pages)
    assert without_raw(records.cells) == moved(RECORDS.cells, where)
    assert records.unread == []
    assert records.numbers_read == RECORDS.numbers_read
    assert records.goals == [goal._replace(line=where[goal.line]) for goal in RECORDS.goals]
    assert records.fiscal_rules == [rule._replace(line=where[rule.line]) for rule in RECORDS.fiscal_rules]
    assert records.inspections == [visit._replace(line=where[visit.line]) for visit in RECORDS.inspections]


def rewritten(rewrite):
    """The lines of the report with each cell of a table line put through `rewrite`."""
    for index, line in enumerate(LINES):
        if "\t" in line and "....." not in line:
            line = "\t".join(rewrite(cell) for cell in line.split("\t"))
        yield line, index + 1


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", ""])
def test_thousands_separators(space):
    def rewrite(cell):
        return cell.replace(" ", space) if NUMBER_CELL.fullmatch(cell) else cell

    assert_same(list(rewritten(rewrite)))


@pytest.mark.parametrize("minus", ["−", "–"])
def test_minus_signs(minus):
    def rewrite(cell):
        return cell.replace("-", minus) if NUMBER_CELL.fullmatch(cell) else cell

    pages = list(rewritten(rewrite))
    assert sum(minus in text for text, _ in pages) > 50
    assert_same(pages)


@pytest.mark.parametrize("marks", [("", ""), ("**", "**"), ("<b>", "</b>"), ("<strong>", "</strong>"), ("*", "*")])
def test_bold_marks(marks):
    """Bold dropped, or printed on every cell with text."""
    before, after = marks

    def rewrite(cell):
        bare = cell.removeprefix("<b>").removesuffix("</b>").removeprefix("<i>").removesuffix("</i>")
        return f"{before}{bare}{after}" if bare.strip() and bare != "<hr/>" else cell

    pages = list(rewritten(rewrite))
    assert_same(pages)


def test_tabs_at_the_end_of_lines_stripped():
    """Labels of groups and rulers are then lines without a tab."""
    pages = [(line.rstrip("\t ") if line.strip() else line, index + 1) for index, line in enumerate(LINES)]
    assert sum(text != line and "\t" not in text for (text, _), line in zip(pages, LINES, strict=True)) > 20
    assert_same(pages)


@pytest.mark.parametrize("level", ["", "# ", "## ", "#### ", "**", "<b>"])
def test_captions_printed_as_other_headings_or_as_none(level):
    end = {"**": "**", "<b>": "</b>"}.get(level, "")

    def recast(line):
        caption = re.fullmatch(r"(?:#+ )?\**(\d+\.\d+\.\d+\.) ?(.*)", line)
        text = re.sub(r"(?<!\\)\*", "", caption[2]) if caption else ""
        return f"{level}{caption[1]} {text}{end}" if caption else line

    pages = [(recast(line), index + 1) for index, line in enumerate(LINES)]
    assert sum(text != line for (text, _), line in zip(pages, LINES, strict=True)) > 30
    assert_same(pages)


def broken(breaks):
    """The report with page breaks in its tables: {table: (row, header repeated, blank lines)}."""
    after = {}
    for table, (row, repeated, blanks) in breaks.items():
        run, depth = TABLES[table]
        position = row % (len(run) - 1)
        header = run[:depth] if repeated and position >= depth else []
        after[run[position]] = [("", 0)] * blanks + [(LINES[index], 0) for index in header]
    for index, line in enumerate(LINES):
        yield line, index + 1
        yield from after.get(index, [])


@given(
    st.dictionaries(
        st.integers(0, len(TABLES) - 1),
        st.tuples(st.integers(0, 60), st.booleans(), st.integers(1, 3)),
        min_size=1,
    )
)
@FEW
def test_page_breaks_with_and_without_the_header_repeated(breaks):
    assert_same(list(broken(breaks)))


def places_to_break():
    """Where a page may break a paragraph or list item with a verdict or rule: before a word in lower case."""
    lines = {goal.line for goal in RECORDS.goals} | {rule.line for rule in RECORDS.fiscal_rules}
    lines |= {line - 2 for line in lines if LINES[line - 3].startswith("- ")}
    return [
        (line - 1, match.start())
        for line in sorted(lines)
        if not LINES[line - 1].startswith("#")
        for match in re.finditer(r" (?=[a-zæøå])", LINES[line - 1])
    ]


@given(st.lists(st.sampled_from(places_to_break()), min_size=1, max_size=60, unique_by=lambda place: place[0]))
@FEW
def test_page_breaks_in_sentences(breaks):
    """A verdict stands on the first line of its paragraph, an outcome on the line of its number."""
    at = dict(breaks)
    pages = []
    for index, line in enumerate(LINES):
        if index in at:
            pages += [(line[: at[index]], index + 1), ("", 0), (line[at[index] :].strip(), 0)]
        else:
            pages.append((line, index + 1))
    records, where = reread(pages)
    assert records.goals == [goal._replace(line=where[goal.line]) for goal in RECORDS.goals]
    assert [rule[:6] for rule in records.fiscal_rules] == [rule[:6] for rule in RECORDS.fiscal_rules]
    for rule in records.fiscal_rules:
        assert f"{rule.value_percent}".replace(".", ",") in pages[rule.line - 1][0]


@given(st.sets(st.integers(0, len(TABLES) - 1), min_size=1, max_size=20))
@FEW
def test_tables_gone(gone):
    """Without some of its tables and their captions the report reads the same in all the rest."""
    dropped = set()
    for table in gone:
        run, _ = TABLES[table]
        first = run[0]
        while not LINES[first - 1].strip():
            first -= 1
        if re.search(r"\d+\.\d+\.\d+\.", LINES[first - 1]):
            first -= 1
        dropped.update(range(first, run[-1] + 1))
    pages = [(line, index + 1) for index, line in enumerate(LINES) if index not in dropped]
    records, where = reread(pages)
    left = [cell for cell in RECORDS.cells if cell.line in where]
    assert [cell._replace(unit="", unit_line=None) for cell in without_raw(records.cells)] == [
        cell._replace(unit="", unit_line=None) for cell in moved(left, where)
    ]
    # What gave a table its unit may be gone: then it has none, and never another.
    assert all(new.unit in (old.unit, "unknown") for new, old in zip(records.cells, left, strict=True))
    assert len(records.goals) == len(RECORDS.goals)


@given(st.integers(2000, 2090))
@FEW
def test_other_years(year):
    """A report for another year, each of its years as far from it as in this one."""
    shift = year - 2025

    def rewrite(cell):
        if NUMBER_CELL.fullmatch(cell):
            return cell
        return re.sub(r"\b20[12]\d\b", lambda match: str(int(match[0]) + shift), cell)

    records, _ = reread(list(rewritten(rewrite)))
    assert [cell.value for cell in records.cells] == [cell.value for cell in RECORDS.cells]
    assert [cell.column for cell in records.cells] == [rewrite(cell.column) for cell in RECORDS.cells]


@given(st.lists(st.integers(-99999, 9999999), min_size=7, max_size=7), st.sampled_from(" \u00a0\u202f\u2009"))
@FEW
def test_other_numbers(numbers, space):
    """Each value another one; labels and headers as they are."""
    expected = []

    def rewrite(cell):
        if not NUMBER_CELL.fullmatch(cell):
            return cell
        expected.append(numbers[len(expected) % len(numbers)])
        return f"{expected[-1]:,}".replace(",", space)

    pages = list(rewritten(rewrite))
    records, _ = reread(pages)
    assert len(expected) == RECORDS.numbers_read
    assert [cell.value for cell in records.cells if cell.value is not None] == expected
    assert [(cell.row, cell.column) for cell in records.cells] == [(cell.row, cell.column) for cell in RECORDS.cells]
