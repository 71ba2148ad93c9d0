"""Sections of prose in; the reasoning of the measures and the directives out."""

from collections import defaultdict

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_tables.directives import deadline, what_is_asked
from kommunebudsjett.readers.party_tables.matching import Matcher
from kommunebudsjett.readers.party_tables.outline import Outline, PlacedTable, Section
from kommunebudsjett.readers.party_tables.text import normal
from kommunebudsjett.readers.records import Directive, MeasureText
from kommunebudsjett.readers.text import join_lines


def directives(document: Document, sections: list[Section]) -> list[Directive]:
    """The verbal føringer, each from its title to its last line."""
    return [
        Directive(
            document=document.id,
            area=section.area,
            title=section.heading,
            text=section.text,
            ask=what_is_asked(section.text),
            deadline=deadline(section.text, document.budget_year),
            line_first=section.heading_lines[0].number,
            line_last=section.lines[-1].number,
            within_measure=0,
        )
        for section in sections
        if section.is_directive
    ]


def measure_texts(document: str, outline: Outline) -> list[MeasureText]:
    """The sections of prose with the measure that each is about: a row for each label the measure is printed with."""
    prose = [section for section in outline.sections if not section.is_directive]
    labels = _labels(prose, outline.tables)
    found: list[MeasureText] = []
    for place, section in enumerate(prose):
        lines = join_lines(line.number for line in [*section.heading_lines, *section.lines])
        for label in labels.get(place, [""]):
            found.append(MeasureText(document, section.area, label, section.heading, section.text, lines))
    return found


def _labels(prose: list[Section], tables: list[PlacedTable]) -> dict[int, list[str]]:
    """The labels that each section of prose gives the reasons for."""
    found: dict[int, list[str]] = defaultdict(list)
    places_in: dict[str, list[int]] = defaultdict(list)
    for place, section in enumerate(prose):
        places_in[section.area].append(place)
    tables_of: dict[str, list[PlacedTable]] = defaultdict(list)
    for placed in tables:
        tables_of[placed.area].append(placed)
    for area, own in tables_of.items():
        places = places_in[area]
        titles = {normal(area)} | {normal(row.group) for placed in own for row in placed.table.rows}
        sections = [(prose[place].heading, prose[place].text) for place in places]
        for label, place in _match(Matcher(sections, titles), own).items():
            found[places[place]].append(label)
    return found


def _match(matcher: Matcher, tables: list[PlacedTable]) -> dict[str, int]:
    """The section of each label, in the first printing and then in the second.

    A measure that the second printing calls by another name is known by its amounts, where no other has the same.
    """
    first = _measures([placed for placed in tables if placed.printing == "chapter"])
    second = _measures([placed for placed in tables if placed.printing == "appendix"])
    found = matcher.match(list(first))
    left: list[str] = []
    renamed = _renamed(first, second)
    for label in second:
        if label in renamed:
            if renamed[label] in found:
                found[label] = found[renamed[label]]
        elif label not in found:
            left.append(label)
    return found | matcher.match(left)


def _measures(tables: list[PlacedTable]) -> dict[str, tuple]:
    """The labels of the measures and the amounts that stand by each."""
    found: dict[str, list] = defaultdict(list)
    for placed in tables:
        for row in placed.table.rows:
            if not row.is_total:
                found[row.label] += row.amounts
    return {label: tuple(amounts) for label, amounts in found.items()}


def _renamed(first: dict[str, tuple], second: dict[str, tuple]) -> dict[str, str]:
    """For labels that only the second printing has, the label of the first that has the same amounts."""
    before = _by_amounts(first, second)
    after = _by_amounts(second, first)
    return {
        labels[0]: before[amounts][0]
        for amounts, labels in after.items()
        if len(labels) == 1 and len(before.get(amounts, ())) == 1
    }


def _by_amounts(measures: dict[str, tuple], others: dict[str, tuple]) -> dict[tuple, list[str]]:
    found: dict[tuple, list[str]] = defaultdict(list)
    for label, amounts in measures.items():
        if label not in others:
            found[amounts].append(label)
    return found
