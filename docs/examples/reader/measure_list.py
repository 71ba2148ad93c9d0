"""Reader of party budgets that are a list: an area, and below it a measure a line, with what it costs in each year.

Oppvekst

- Flere lærere: 12,5 millioner i 2027, 25 millioner i 2028
- Lekser på skolen: utredes
"""

import re
from collections.abc import Iterator

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.records import Measure, Records, Unread
from kommunebudsjett.readers.text import NUMBER, parse_number

MEASURE = re.compile(r"\s*[-–•]\s+(?P<name>[^:]*[^:\s])\s*:\s*(?P<rest>.*)")
AMOUNT = re.compile(rf"(?P<amount>{NUMBER.pattern})\s+millioner\s+i\s+(?P<year>\d{{4}})\b")


def read(document: Document, lines: list[str]) -> Records:
    """All measures, each with the line that it stands on, and every number taken or listed as unread."""
    records = Records()
    area = ""
    for number, line in enumerate(lines, start=1):
        found = MEASURE.fullmatch(line)
        taken: list[tuple[int, int]] = []
        if found and area:
            amounts = list(_amounts(found, document))
            taken = [amount.span() for amount in amounts]
            records.measures += _measures(document, area, found["name"], amounts, number, line.strip())
            records.numbers_read += len(amounts)
        elif line.strip() and not NUMBER.search(line):
            area = line.strip()
        records.unread += [
            Unread(document.id, number, printed[0], "not an amount of a measure in a year of the plan")
            for printed in NUMBER.finditer(line)
            if not any(start <= printed.start() < end for start, end in taken)
        ]
    return records


def _amounts(measure: re.Match, document: Document) -> Iterator[re.Match]:
    """The amounts of a measure in the years of the plan; any other year is none of ours."""
    for amount in AMOUNT.finditer(measure.string, measure.start("rest")):
        if int(amount["year"]) in document.years:
            yield amount


def _measures(
    document: Document, area: str, name: str, amounts: list[re.Match], number: int, quote: str
) -> list[Measure]:
    """A row for each year; one without year and amount where the measure has none."""
    figures = [(int(amount["year"]), parse_number(amount["amount"])) for amount in amounts] or [(None, None)]
    return [
        Measure(
            document=document.id,
            area=area,
            kind="drift",
            group="",
            measure=name,
            year=year,
            amount_mnok=value,
            basis="" if value is None else "heading",
            certainty="" if value is None else "explicit",
            printing="",
            line=number,
            line_last=number,
            quote=quote,
            note="",
        )
        for year, value in figures
    ]
