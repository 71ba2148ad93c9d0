"""A block of lines in, the table header in it out: caption, years and what is printed after the years."""

import re
from typing import NamedTuple

from kommunebudsjett.readers.party_tables.blocks import Block, Line
from kommunebudsjett.readers.party_tables.text import words
from kommunebudsjett.readers.unit_words import unit_of_line

_YEARS = re.compile(r"(?<!\S)(?:19|20)\d\d(?:[ \t]+(?:19|20)\d\d)*(?!\S)")
# A column after the years; other words there are no header.
_EXTRA = re.compile(r"gj\.?\s?sn|gjennomsn|snitt|\bsum\b|\btotalt?\b|perioden", re.IGNORECASE)
_LONGEST_CAPTION = 100
# Words of a header cell that name what is in the rows or their unit, and no area.
_NO_AREA = frozenset(
    words(
        "tiltak tiltakene tiltaket driftstiltak forslag forslaget satsing satsinger kutt post poster linje navn område"
        " tekst beskrivelse formål prosjekt prosjekter endring endringer budsjett budsjettendring budsjettendringer"
        " driftsendringer kostnad kostnader utgift utgifter inntekt inntekter beløp beløpene sum total totalt år vår"
        " våre nye nr alle tall tallene er oppgitt hele heile tusen tusener i og av for til under tabell"
        " mill million millioner millionar mnok tnok tkr mkr kr kroner nok mrd t"
    )
)
_MOST_LINES = 3


class Header(NamedTuple):
    """A table header: its first line, the caption, the years, and all columns as they are named in the clean tables."""

    line: int
    caption: str
    years: list[int]
    columns: list[str]


# A header with the lines above and below it in its block.
FoundHeader = tuple[list[Line], Header, list[Line]]


def find_header(block: Block, least: int) -> FoundHeader | None:
    """The header in a block of lines, with the lines above and below it, or None.

    A header is a caption and at least `least` years, one after the other. Caption, years and the column after the
    years may each go on over the next line.
    """
    lines = block.lines
    for index, line in enumerate(lines):
        if "20" not in line.text and "19" not in line.text:
            continue
        found = _YEARS.search(line.text)
        if not found:
            continue
        last = index
        printed = found[0]
        while not line.text[found.end() :] and last + 1 < len(lines) and _YEARS.fullmatch(lines[last + 1].text):
            last += 1
            printed += " " + lines[last].text
        years = [int(year) for year in printed.split()]
        if len(years) < least or years != list(range(years[0], years[0] + len(years))):
            continue
        first, caption = _caption(lines, index, line.text[: found.start()].strip())
        last, extra = _extra(lines, last, line.text[found.end() :].strip())
        if caption is None or extra is None:
            continue
        columns = [str(year) for year in years] + ([extra] if extra else [])
        return lines[:first], Header(lines[first].number, caption, years, columns), lines[last + 1 :]
    return None


def _caption(lines: list[Line], index: int, start: str) -> tuple[int, str | None]:
    """Where the caption begins, and the caption, which may have begun on the lines above."""
    first = index
    caption = start
    goes_on = not start or not names_no_area(start)
    if goes_on and 0 < index < _MOST_LINES and not any(_is_no_caption(line.text) for line in lines[:index]):
        whole = " ".join([line.text for line in lines[:index]] + [start]).strip()
        if len(whole) <= _LONGEST_CAPTION and not whole[0].islower():
            first, caption = 0, whole
    caption = " ".join(caption.split())
    if len(caption) > _LONGEST_CAPTION or (caption[:1].islower() and not names_no_area(caption)):
        return first, None
    return first, caption


def names_no_area(caption: str) -> bool:
    """Whether a caption says only what is in the rows ("Tiltak") or their unit ("mill. kr"), or nothing."""
    return all(word in _NO_AREA or word.isdigit() for word in words(caption))


def _is_no_caption(text: str) -> bool:
    return text.endswith((".", "!", "?")) or unit_of_line(text) is not None


def _extra(lines: list[Line], last: int, start: str) -> tuple[int, str | None]:
    """Where the header ends, and the column after the years; None where other text follows the years."""
    parts = [start] if start else []
    end = last
    for line in lines[last + 1 : last + 1 + _MOST_LINES]:
        if line.text[-1].isdigit() or line.text[-1] == "%":
            break
        parts.append(line.text)
        end += 1
    whole = " ".join(parts)
    if whole and _EXTRA.search(whole):
        return end, whole
    return last, None if start else ""
