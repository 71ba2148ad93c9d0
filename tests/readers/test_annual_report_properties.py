"""Reports built at random in the style of the family, and read back: exactly what was built must be found."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report import read

# Not while one works: make test-quick leaves them out.
pytestmark = pytest.mark.slow

REPORT = Document(
    id="by-2031",
    file="by.txt",
    title="Årsberetning 2031",
    publisher="By kommune",
    family="annual_report",
    municipality="By",
    budget_year=2031,
    period_from=2031,
    period_to=2031,
)
NOUNS = ("Skole", "Barnehage", "Avløp", "Vann", "Økonomi", "Årsverk", "Idrett", "Kirke", "Næring", "IT", "Veg")
ENDINGS = ("og omsorg", "i alt", "67+ år (kr)", "per innbygger 1-5 år", "inkl. tillegg", "f281/f276", "uten Oslo", "")
PLACES = ("Trondheim", "Oslo", "Bergen", "Stavanger", "Kristiansand")
AMOUNTS = ("Regnskap", "Revidert budsjett", "Opprinnelig budsjett", "Avvik (revidert budsjett-regnskap)")
MARKS = (("", ""), ("<b>", "</b>"), ("**", "**"))


@dataclass
class Built:
    """A report as it grows: its lines, and what a reader must find in them."""

    lines: list[str] = field(default_factory=list)
    cells: list[tuple] = field(default_factory=list)
    goals: list[tuple] = field(default_factory=list)

    def add(self, *lines):
        self.lines.extend(lines)
        return len(self.lines)


def printed_number(value, decimals, space, minus):
    text = f"{abs(value):,.{decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", space)
    return (minus if value < 0 else "") + text


@st.composite
def values(draw):
    """A cell: what is printed, and its value (None for N/A), or nothing."""
    kind = draw(st.sampled_from("nnnnnn%-N "))
    if kind == "N":
        return "N/A", (None,)
    if kind == " ":
        return "", ()
    decimals = draw(st.integers(0, 2))
    value = draw(st.integers(-(10**8), 10**8)) / 10**decimals
    space = draw(st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", ""]))
    text = printed_number(value, decimals, space, draw(st.sampled_from("-−–")))
    return (f"{text}%" if kind == "%" else text), (value,)


@st.composite
def headers(draw):
    """Header lines as cells, whether there is a label column, and the names of the columns."""
    kind = draw(st.sampled_from(["amounts", "years", "spanning", "shifted", "wrapped", "three lines", "no labels"]))
    corner = draw(st.sampled_from(["", "Indikator", "Stillingsgruppe navn"]))
    year = draw(st.integers(1990, 2090))
    mean = draw(st.sampled_from(["ASSS, gjennomsnitt", "Landet uten Oslo"]))
    places = draw(st.permutations(PLACES))[: draw(st.integers(2, 4))]
    if kind == "amounts":
        names = [name if draw(st.booleans()) else f"{name} {year}" for name in AMOUNTS]
        return [[corner, *names]], True, names
    if kind in ("years", "no labels"):
        names = [str(year + step) for step in range(draw(st.integers(2, 6)))]
        return ([[corner, *names]], True, names) if kind == "years" else ([names], False, names)
    if kind == "spanning":
        subs = ["Antall", "Andel", "Snitt"][: draw(st.integers(2, 3))]
        groups = ["Kvinne", "Mann", "Totalt"][: draw(st.integers(1, 3))]
        top = [cell for group in groups for cell in (group, *[""] * (len(subs) - 1))]
        names = [f"{group} | {sub}" for group in groups for sub in subs]
        return [[corner, *top, mean], ["", *subs * len(groups), ""]], True, [*names, mean]
    if kind == "shifted":
        top = [str(year), "", str(year + 1), *[""] * (len(places) - 2), mean]
        below = [places[0], *places, ""]
        names = [f"{year} | {places[0]}", *(f"{year + 1} | {place}" for place in places), mean]
        return [[corner, *top], ["", *below]], True, names
    if kind == "wrapped":
        return (
            [[corner, *places, "ASSS"], ["", *[str(year)] * len(places), "snitt"]],
            True,
            [
                *(f"{place} {year}" for place in places),
                "ASSS snitt",
            ],
        )
    top = ["Kvinne", "", "Mann", ""]
    names = ["Kvinne | Ansatte", "Kvinne | Snitt årslønn", "Mann | Ansatte", "Mann | Snitt årslønn"]
    return [[corner, *top], ["", *["Ansatte", "Snitt"] * 2], ["", *["", "årslønn"] * 2]], True, names


@st.composite
def labels(draw):
    return f"{draw(st.sampled_from(NOUNS))} {draw(st.sampled_from(ENDINGS))}".strip()


@st.composite
def tables(draw, built, section, number):
    """Print a table with caption, groups, split rows and page breaks, and note its cells."""
    header, labelled, names = draw(headers())
    caption, table = "", ""
    if draw(st.booleans()):
        table = f"{number}.1.{draw(st.integers(1, 30))}"
        caption = f"{draw(labels())} og regnskap {number}. Kilde: SSB/KOSTRA"
        built.add(
            draw(st.sampled_from(["### {}. {}", "{}. *{}*", "**{}. {}**", "#### {}. **{}**"])).format(table, caption)
        )
        built.add("")
    else:
        built.add("Tabellen under viser hva området har brukt og hva det var ventet å bruke i året.", "")
    at = built.add(*("\t".join(cells) for cells in header)) - len(header) + 1
    table = table or f"x-{at}"

    def page_break(repeat):
        built.add(*[""] * draw(st.integers(1, 3)))
        if repeat:
            before, after = draw(st.sampled_from(MARKS))
            built.add(*("\t".join(f"{before}{cell}{after}" if cell else "" for cell in cells) for cells in header))

    group = ""
    for _ in range(draw(st.integers(1, 5))):
        event = draw(st.sampled_from(["row", "row", "row", "group", "break", "ruler", "split", "split above"]))
        if not labelled:
            event = "break" if event == "break" else "row"
        if event == "break":
            page_break(draw(st.booleans()))
        elif event == "ruler":
            built.add("<hr/>" + "\t" * len(names))
        elif event == "group":
            group = draw(labels())
            before, after = draw(st.sampled_from([("<b>", "</b>"), ("<i>", "</i>"), ("", "")]))
            built.add(f"{before}{group}{after}" + "\t" * len(names))
        before, after = draw(st.sampled_from(MARKS))
        row = [draw(values()) for _ in names]
        if not any(found for _, found in row):
            row[-1] = ("7", (7,))
        text = [f"{before}{printed}{after}" if printed else "" for printed, _ in row]
        label = draw(labels()) if labelled else ""
        whole = label
        if event == "split above":
            whole = f"{label} {'som går videre'}"
            built.add(label + "\t" * len(names))
            if draw(st.booleans()):
                page_break(draw(st.booleans()))
            label = "som går videre"
        line = built.add("\t".join([*([f"{before}{label}{after}"] if labelled else []), *text]))
        if event == "split":
            whole = f"{label} med mer på neste side"
            if draw(st.booleans()):
                page_break(draw(st.booleans()))
            built.add("med mer på neste side" + "\t" * len(names))
        for name, cell, (_, found) in zip(names, text, row, strict=True):
            built.cells.extend((table, caption, section, group, whole, name, value, cell, line) for value in found)
    built.add("", "Dette skyldes i hovedsak lavere inntekter.", "")


VERDICTS = {
    "Målet vurderes som delvis nådd.": "partly",
    "Målet er ikke oppnådd:": "not_achieved",
    "Resultatmålet er nådd.": "achieved",
    "Resultatmålet er i rute.": "on_track",
    "Resultatmålet er i positiv utvikling.": "other",
}


@st.composite
def assessments(draw, built, section):
    """Print a goal with its verdict in one of the ways of the chapters."""
    goal = f"{draw(labels())} skal bli bedre"
    verdict = draw(st.sampled_from(sorted(VERDICTS)))
    way = draw(st.sampled_from(["heading", "two headings", "item", "indicator"]))
    name = f"Periodemål {draw(st.integers(1, 12))}"
    if way == "heading":
        goal = f"{name}: {goal}"
        built.add(f"### **{goal}**", "", "Vi vil at alle får det bedre.", "")
        line = built.add(draw(st.sampled_from(["**{}**", "### {}", "{} Tallet er 12 prosent."])).format(verdict))
        if built.lines[-1].endswith("prosent.") and verdict.endswith(":"):
            built.lines[-1] = verdict
    elif way == "two headings":
        built.add(f"## {name}", "", f"#### **{goal}**", "", "#### **Byrådets rapportering på resultatoppnåelse:**", "")
        goal = f"{name}: {goal}"
        line = built.add(f"{verdict}")
    elif way == "item":
        goal = f"{goal}."
        built.add("### Måloppnåelse", "", f"- {goal} Dette er viktig.", "")
        line = built.add(verdict)
    else:
        goal = f"{goal}."
        built.add("## Måloppnåelse", "", f"**Indikator:** {goal}", "", "**Mål:** Alle har det bedre.", "")
        line = built.add(f"**Resultat:** {verdict}")
    built.goals.append((section, goal, VERDICTS[verdict], verdict.rstrip(":"), line))
    built.add("", "Kommunen arbeider videre med målet, som ikke ble nådd i fjor.", "")


@st.composite
def reports(draw):
    built = Built()
    built.add("# Innhold", "", "<b>1. Økonomi</b> .....\t<b>4</b>", "Innledning.....\t4", "")
    for number in range(1, draw(st.integers(1, 3)) + 1):
        section = f"{number}. {draw(labels())}"
        built.add(f"## {section}", "")
        for _ in range(draw(st.integers(1, 3))):
            draw(tables(built, section, number))
            if draw(st.booleans()):
                draw(assessments(built, section))
    return built


@given(reports())
@settings(max_examples=150, deadline=None)
def test_what_was_built_is_read_back(built):
    records = read(REPORT, built.lines)
    assert records.unread == []
    assert [
        (cell.table, cell.caption, cell.section, cell.group, cell.row, cell.column, cell.value, cell.raw, cell.line)
        for cell in records.cells
    ] == built.cells
    assert records.numbers_read == sum(cell[6] is not None for cell in built.cells)
    assert [(goal.chapter, goal.goal, goal.status, goal.quote, goal.line) for goal in records.goals] == built.goals


@given(reports(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_row_too_long_loses_itself_or_its_own_table(built, data):
    """A cell more than the header has, in any row: that row is unread, and at most its table; nothing else is lost."""
    *_, too_long = data.draw(st.sampled_from(built.cells))
    built.lines[too_long - 1] += "\t99"
    records = read(REPORT, built.lines)
    read_cells = {(cell.row, cell.column, cell.value, cell.line) for cell in records.cells}
    whole = {(row, column, value, line) for _, _, _, _, row, column, value, _, line in built.cells}
    assert read_cells <= {cell for cell in whole if cell[-1] != too_long}
    assert {cell for cell in whole if not same_table(built.lines, cell[-1], too_long)} <= read_cells
    left = {(number.line, number.raw) for number in records.unread}
    lost = {
        (line, raw)
        for *_, row, column, value, raw, line in built.cells
        if value is not None and (row, column, value, line) not in read_cells and line != too_long
    }
    assert lost <= left
    assert any(line == too_long and "99" in raw for line, raw in left)


def same_table(lines, one, other):
    """Whether only table lines and blank lines lie between two lines."""
    low, high = sorted((one, other))
    return all("\t" in line or not line for line in lines[low - 1 : high])
