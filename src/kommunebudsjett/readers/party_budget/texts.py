"""The outline of a party budget in; its sections of prose, each with the measure that it gives the reasons for, out."""

from collections import defaultdict
from collections.abc import Sequence

from kommunebudsjett.readers.party_budget.matching import Matcher
from kommunebudsjett.readers.party_budget.outline import (
    DIRECTIVE,
    MEASURE,
    Outline,
    Section,
    TablePlace,
    normal,
)
from kommunebudsjett.readers.records import MeasureText
from kommunebudsjett.readers.text import join_lines


def measure_texts(document: str, outline: Outline) -> list[MeasureText]:
    """The sections of prose in the areas of a document: a row for each label that the measure is printed with."""
    prose = [one for one in outline.sections if one.area and one.blocks and one.role != DIRECTIVE]
    labels = _labels(prose, outline.tables)
    found: list[MeasureText] = []
    for place, section in enumerate(prose):
        lines = [line.number for line in section.heading.lines] if section.heading else []
        lines += [line.number for block in section.blocks for line in block.lines]
        own = [section.title] if section.role == MEASURE else [""]
        for label in labels.get(place, own):
            heading = section.title or section.area
            found.append(MeasureText(document, section.area, label, heading, section.text, join_lines(lines)))
    return found


def _labels(prose: Sequence[Section], tables: Sequence[TablePlace]) -> dict[int, list[str]]:
    """The labels that each section of prose gives the reasons for."""
    found: dict[int, list[str]] = defaultdict(list)
    places_in: dict[str, list[int]] = defaultdict(list)
    for place, section in enumerate(prose):
        places_in[section.area].append(place)
    tables_of: dict[str, list[TablePlace]] = defaultdict(list)
    for placed in tables:
        tables_of[placed.area].append(placed)
    for area, own in tables_of.items():
        places = places_in[area]
        titles = {normal(area)} | {normal(row.group) for placed in own for row in placed.table.rows}
        sections = [(prose[place].title or area, prose[place].text) for place in places]
        for label, place in _match(Matcher(sections, titles), own).items():
            found[places[place]].append(label)
    return found


def _match(matcher: Matcher, tables: Sequence[TablePlace]) -> dict[str, int]:
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


def _measures(tables: Sequence[TablePlace]) -> dict[str, tuple]:
    """The labels of the measures and the amounts that are printed beside each."""
    found: dict[str, list] = defaultdict(list)
    for placed in tables:
        for row in placed.table.rows:
            if not row.is_total:
                found[row.label] += [value.number for value in row.values]
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
