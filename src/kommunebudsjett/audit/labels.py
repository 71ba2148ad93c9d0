"""Checks `label` and `unit`: labels that name two things, and units that their numbers cannot be in."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

import pandas as pd

from kommunebudsjett.audit.findings import Finding, both, capital, place
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped

_NUMBERED = re.compile(r"^((?:Overordnet\s+)?[A-ZÆØÅa-zæøå]+(?:\s*\d+)?)\s*[:–-]\s*(\S.{11,})$")
_KIND = re.compile(r"^(?:overordnet mål|periodemål|resultatmål|hovedmål|mål|indikator)\b", re.IGNORECASE)
_EACH = re.compile(
    r"\b(?:per|pr\.?)\s+(?:innbygger|elev|barn|plass|bruker|mottaker|student|person|beboer|time|oppholdst)",
    re.IGNORECASE,
)
# The most that can be spent on one person, in million kroner a year.
MOST_EACH = 100


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Two rows of one table and group with one label, two numbered goals with one text, and impossible units.

    A figure for one person cannot be hundreds of million kroner.
    """
    cells = tables["table_cells"]
    of_label = ["document", "table", "group", "row"]
    for (document, table, _, label), rows in grouped(cells[cells["row"] != ""], of_label).items():
        lines = sorted({cell.line for cell in rows})
        if len(lines) < 2 or len({cell.column for cell in rows}) == len(rows):
            continue
        values = {
            tuple(cell.value for cell in sorted(rows, key=lambda cell: cell.column) if cell.line == line)
            for line in lines
        }
        where_nb, where_en = place(str(table), rows[0].caption)
        descriptions = both(
            "{where_nb} har {count} rader som heter «{label}».", "{where_en} has {count} rows called “{label}”.",
            where_nb=capital(where_nb), where_en=capital(where_en), count=len(lines), label=label,
        )  # fmt: skip
        severity = "error" if len(values) > 1 else "doubt"
        yield Finding(str(document), "label", severity, str(table), join_lines(lines), *descriptions, None, None, None)
    yield from _units(cells)
    yield from _goals(tables["sentences"])


def _units(cells: pd.DataFrame) -> Iterator[Finding]:
    suspects = cells[(cells["unit"] == "mnok") & (cells["value"].abs() > MOST_EACH)]
    suspects = suspects[suspects["row"].str.contains(_EACH)]
    for (document, table, line), rows in suspects.groupby(["document", "table", "line"], sort=False):
        where_nb, where_en = place(str(table), rows["caption"].iloc[0])
        value = float(rows["value"].abs().max())
        descriptions = both(
            "{where_nb}: «{label}» sier millioner kroner, men tallene, opp til {value}, kan bare være kroner.",
            "{where_en}: “{label}” says million kroner, but its numbers, up to {value}, can only be kroner.",
            where_nb=capital(where_nb), where_en=capital(where_en), label=rows["row"].iloc[0], value=value,
        )  # fmt: skip
        yield Finding(str(document), "unit", "error", str(table), str(line), *descriptions, value, None, None)


def _goals(sentences: pd.DataFrame) -> Iterator[Finding]:
    """Numbered goals or indicators of one heading with the same text, and one goal printed in two wordings."""
    for (document, _), rows in sentences.groupby(["document", "section"], sort=False):
        named: list[tuple[int, str, str, str]] = []
        heading = ""
        for (_, kind, line), of in grouped(rows, ["paragraph", "kind", "line"]).items():
            text = " ".join(sentence.text for sentence in of)
            match = _NUMBERED.match(text)
            if match and _KIND.match(match[1]) and len(text) < 300:
                if kind == "heading" or not match[1].casefold().startswith("indikator"):
                    heading = match[1] if not match[1].casefold().startswith("indikator") else heading
                named.append((int(line), heading, match[1].strip(), match[2].strip(" .*")))
        seen: dict[tuple[str, str], tuple[int, str]] = {}
        first: dict[str, tuple[int, str]] = {}
        for line, heading, name, text in named:
            if name.casefold().startswith("indikator") and name[-1].isdigit():
                key = (heading, text.casefold())
                if key in seen and seen[key][1] != name:
                    descriptions = both(
                        "«{one}» og «{other}» under samme mål er den samme: «{text}».",
                        "“{one}” and “{other}” of the same goal are the same: “{text}”.",
                        one=seen[key][1], other=name, text=text,
                    )  # fmt: skip
                    yield Finding(str(document), "label", "error", "", join_lines([seen[key][0], line]), *descriptions,
                                  None, None, None)  # fmt: skip
                seen.setdefault(key, (line, name))
            elif not name.casefold().startswith("indikator"):
                before = first.setdefault(name, (line, text))
                if before[1] != text and SequenceMatcher(None, before[1], text).ratio() > 0.85:
                    descriptions = both(
                        "«{name}» står i to ordlyder: «{one}» og «{other}».",
                        "“{name}” is printed in two wordings: “{one}” and “{other}”.",
                        name=name, one=before[1], other=text,
                    )  # fmt: skip
                    yield Finding(str(document), "label", "doubt", "", join_lines([before[0], line]), *descriptions,
                                  None, None, None)  # fmt: skip
