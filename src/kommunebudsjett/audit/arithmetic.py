"""Check `arithmetic`: numbers of one sentence or paragraph against each other."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from kommunebudsjett.audit.amounts import Amount
from kommunebudsjett.audit.findings import EPSILON, Finding, both, en, nb
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import records

_CHANGE = re.compile(
    r"\b(?:økning|nedgang|reduksjon|vekst|økt|redusert|gått ned|gått opp|økte)\b[^.;]{0,40}?\b(?:på|med)\s+$",
    re.IGNORECASE,
)
_FROM_TO = re.compile(r"\bfra\s+$", re.IGNORECASE)
_TO = re.compile(r"^\s*(?:\w+\s+){0,2}?(?:i\s+(?:19|20)\d\d\s+)?til\s+(?:om lag\s+|nær\s+)?$", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:sammenlignet med|mot|fra)\s+(?:19|20)\d\d\s*\(\s*$|\bmot\s+$", re.IGNORECASE)
_CAUSE = re.compile(r"^\s*(?:kroner\s+)?(?:av\s+\w+\s+)?(?:skyldes|gjelder|kommer fra|knyttes til)\b", re.IGNORECASE)
_RESULT = re.compile(r"\b(?:mindreforbruk|merforbruk|overskudd|underskudd|resultat|avvik)\w*\b", re.IGNORECASE)
_LATER = re.compile(r"\bi\s+((?:19|20)\d\d),?\s+mot\s+(?:\S+\s+){0,3}?i\s+((?:19|20)\d\d)\b")
_TWICE = re.compile(r"\d\s*%\s*prosent\b", re.IGNORECASE)
_MONEY = ("mnok", "nok", "percent", "points")
# A fraction of a whole, whose parts the sentence counts up: "49 % av de 339 ... 154 ... og ni ...".
_OF = re.compile(r"^\s*(?:av\s+(?:de\s+|alle\s+|totalt\s+)?)$", re.IGNORECASE)


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Differences, percentages, parts and counts that the text itself disproves.

    "En økning på X" between two stated numbers; "redusert med X prosent (fra A til B)"; parts that come to more
    than the whole they are of; a list with another number of points than announced; a comparison with a year that the
    document cannot know.
    """
    years = dict(zip(tables["documents"]["document"], tables["documents"]["budget_year"], strict=True))
    baselines = dict(zip(tables["documents"]["document"], tables["documents"]["baseline"], strict=True))
    for document, spoken in tables["sentences"].groupby("document", sort=False):
        rows = records(spoken)
        said = [row.amounts if row.kind != "heading" else [] for row in rows]
        for index, row in enumerate(rows):
            if row.kind == "heading":
                continue
            before = index - 1 if index and rows[index - 1].paragraph == row.paragraph else None
            earlier = (rows[before], said[before]) if before is not None else None
            yield from _difference(row, said[index], earlier)
            yield from _percentage(row, said[index])
            yield from _share(row, said[index], rows[index + 1 : index + 2], said[index + 1 : index + 2])
            yield from _parts(rows, said, index)
            yield from _bracketed(row, said[index], earlier)
            yield from _printed_twice(row)
            if not baselines.get(document):
                yield from _later(row, int(years.get(document, 9999)))
        yield from _counts(rows, said)


def _finding(rows, severity: str, norwegian: str, english: str, stated, computed, **values: object) -> Finding:
    lines = join_lines(line for row in rows for line in range(row.line, row.line_last + 1))
    difference = None if stated is None or computed is None else round(stated - computed, 9)
    descriptions = both(norwegian, english, stated=stated, computed=computed, **values)
    return Finding(rows[0].document, "arithmetic", severity, "", lines, *descriptions, stated, computed, difference)


def _difference(row, said: list[Amount], earlier) -> Iterator[Finding]:
    """As in "1776 er registrert. Dette er en økning på 197 sammenlignet med 2024 (1759)."""
    changes = [a for a in said if a.unit not in _MONEY and _CHANGE.search(row.text[: a.start])]
    if len(changes) != 1:
        return
    change = changes[0]
    rest = [a for a in said if a is not change and a.unit not in _MONEY]
    olds = [a for a in rest if _AGAINST.search(row.text[: a.start])]
    if len(olds) != 1:
        return
    news = [a for a in rest if a is not olds[0] and a.start < change.start]
    source = row
    if not news and earlier:
        source, news = earlier[0], [a for a in earlier[1] if a.unit not in _MONEY]
    news = [a for a in news if 0.5 * olds[0].value <= a.value <= 2 * olds[0].value]
    if len(news) != 1:
        return
    computed = round(abs(news[0].value - olds[0].value), 9)
    if abs(change.value - computed) <= change.step / 2 + olds[0].step / 2 * (change.step < 1) + EPSILON:
        return
    yield _finding(
        [source, row] if source is not row else [row], "error",
        "Teksten sier en endring på {stated}, men {new} mot {old} er {computed}.",
        "The text says a change of {stated}, but {new} against {old} is {computed}.",
        change.value, computed, new=news[0].value, old=olds[0].value,
    )  # fmt: skip


def _percentage(row, said: list[Amount]) -> Iterator[Finding]:
    """Percentages of a change "fra A til B" in the same sentence, within what the rounding of A and B allows."""
    for first, second in pairwise(said):
        between = row.text[first.end : second.start]
        if not _FROM_TO.search(row.text[: first.start]) or not re.search(r"\btil\b", between) or len(between) > 45:
            continue
        if first.unit in ("percent", "points") or second.unit in ("percent", "points") or first.value <= 0:
            continue
        near = [
            a for a in said
            if a.unit == "percent" and (0 <= first.start - a.end <= 12 or 0 <= a.start - second.end <= 45)
        ]  # fmt: skip
        if len(near) != 1:
            continue
        claim = near[0]
        link = row.text[second.end : claim.start] if claim.start > second.end else row.text[claim.end : first.start]
        if claim.start > second.end and not re.search(
            r"det vil si|dvs|eller|tilsvar|som (?:er|utgjør)|\(|økning|nedgang|reduksjon", link
        ):
            continue
        corners = [
            100 * abs(b / a - 1)
            for a in (first.value - first.step / 2, first.value + first.step / 2)
            for b in (second.value - second.step / 2, second.value + second.step / 2)
        ]
        slack = claim.step / 2 + EPSILON
        if min(corners) - slack <= claim.value <= max(corners) + slack or claim.about:
            continue
        computed = round(100 * abs(second.value / first.value - 1), 2)
        yield _finding(
            [row], "error",
            "Teksten sier {stated} prosent, men fra {old} til {new} er en endring på {computed} prosent.",
            "The text says {stated} per cent, but from {old} to {new} is a change of {computed} per cent.",
            claim.value, computed, old=first.value, new=second.value,
        )  # fmt: skip


def _share(row, said: list[Amount], following, said_next) -> Iterator[Finding]:
    """Shares "P % av de N ...", followed by the counts that make it up, or "a av totalt b" beside a percentage."""
    for claim, whole in pairwise(said):
        if claim.unit != "percent" or whole.unit in _MONEY or not _OF.match(row.text[claim.end : whole.start]):
            continue
        parts = [a for a in (said_next[0] if said_next else []) if a.unit not in _MONEY]
        same = following and following[0].paragraph == row.paragraph
        if not same or len(parts) < 2 or any(a.value >= whole.value for a in parts):
            continue
        computed = 100 * sum(a.value for a in parts) / whole.value
        if (
            computed - claim.step < claim.value <= computed + claim.step / 2 + EPSILON
            or abs(claim.value - computed) > 5
        ):
            continue
        yield _finding(
            [row, following[0]], "doubt",
            "Teksten sier {stated} prosent av {whole}, men {parts_nb} er {computed} prosent.",
            "The text says {stated} per cent of {whole}, but {parts_en} is {computed} per cent.",
            claim.value, round(computed, 2), whole=whole.value,
            parts_nb=" + ".join(nb(a.value) for a in parts), parts_en=" + ".join(en(a.value) for a in parts),
        )  # fmt: skip


def _explaining(row, said: list[Amount]) -> list[Amount]:
    """The amounts of a sentence that it gives a cause for."""
    return [a for a in said if a.unit == "mnok" and _CAUSE.match(row.text[a.end :])]


def _parts(rows, said: list[list[Amount]], index: int) -> Iterator[Finding]:
    """Causes ("X skyldes ..., og Y skyldes ...") that come to more than the result they explain."""
    row = rows[index]
    parts = _explaining(row, said[index])
    if not any(_RESULT.search(row.text[a.end : a.end + 30]) for a in parts):
        return
    if index + 1 < len(rows) and rows[index + 1].paragraph == row.paragraph:
        parts = parts + [a for a in _explaining(rows[index + 1], said[index + 1]) if a.start == 0]
    if len(parts) < 2:
        return
    for source, earlier in zip(reversed(rows[:index][-4:]), reversed(said[:index][-4:]), strict=True):
        if source.heading != row.heading:
            return
        whole = next((a for a in earlier if a.unit == "mnok"), None)
        if whole and _RESULT.search(source.text):
            total = round(sum(a.value for a in parts), 9)
            if total > whole.value + sum(a.step for a in [whole, *parts]) / 2 + EPSILON:
                values = [both("{v}", "{v}", v=a.value) for a in parts]
                yield _finding(
                    [source, row], "error",
                    "Delene av resultatet, {parts_nb} mill. kr, er til sammen {computed}, mer enn "
                    "resultatet på {stated}.",
                    "The parts of the result, NOK {parts_en} million, come to {computed}, more than "
                    "the result of {stated}.",
                    whole.value, total, parts_nb=" og ".join(v[0] for v in values),
                    parts_en=" and ".join(v[1] for v in values),
                )  # fmt: skip
            return


def _bracketed(row, said: list[Amount], earlier) -> Iterator[Finding]:
    """Counts in brackets after what they are of, "brann (29), miljø (25) ...", that exceed the number they are of."""
    parts = [a for a in said if re.match(r"\(\d+\)", row.text[a.start - 1 : a.end + 1]) and a.step == 1]
    if len(parts) < 3 or not earlier:
        return
    wholes = [a for a in [*earlier[1], *(b for b in said if b.start < parts[0].start and b not in parts)]
              if a.unit not in _MONEY and a.step == 1 and a.value > max(part.value for part in parts)]  # fmt: skip
    if len(wholes) != 1:
        return
    total = sum(a.value for a in parts)
    if total > wholes[0].value:
        yield _finding(
            [earlier[0], row], "doubt",
            "Teksten sier {stated} {noun}, men tallene i parentes er til sammen {computed}. Noen kan være talt flere "
            "ganger.",
            "The text says {stated} ({noun}), but the numbers in brackets come to {computed}. Some may be counted more "
            "than once.",
            wholes[0].value, total, noun=wholes[0].unit or "",
        )  # fmt: skip


def _printed_twice(row) -> Iterator[Finding]:
    if _TWICE.search(row.text):
        yield _finding(
            [row], "note", "Prosent står to ganger etter tallet («% prosent»).",
            "Per cent is printed twice after the number (“% prosent”).", None, None,
        )  # fmt: skip


def _later(row, year: int) -> Iterator[Finding]:
    for match in _LATER.finditer(row.text):
        now, then = int(match[1]), int(match[2])
        if (
            now == year
            and then > year
            and not re.search(r"\b(?:planlagt|planlegg|forvent|prognose|budsjettert)", row.text, re.IGNORECASE)
        ):
            yield _finding(
                [row], "error",
                "Teksten sammenligner {now} med {then}, et år som ikke var omme da dokumentet ble skrevet.",
                "The text compares {now} with {then}, a year that was not over when the document was written.",
                None, None, now=str(now), then=str(then),
            )  # fmt: skip


def _counts(rows, said) -> Iterator[Finding]:
    """A sentence that announces a number of points, and the list after it."""
    for index, row in enumerate(rows):
        if row.kind == "heading" or not row.text.endswith(":"):
            continue
        counted = [a for a in said[index] if a.unit not in (*_MONEY, "") and a.step == 1 and 2 <= a.value <= 30]
        if len(counted) != 1 or not _announces(row.text, counted[0]):
            continue
        points = []
        for other in rows[index + 1 :]:
            if other.kind != "bullet":
                break
            points.append(other)
        _drop_others(points)
        lines = sorted({(p.paragraph, p.line) for p in points})
        listed = len({paragraph for paragraph, _ in lines})
        if row.kind == "bullet" or listed < 2 or listed == counted[0].value:
            continue
        if any(p.text.endswith(":") for p in points):
            continue
        yield _finding(
            [row, *points], "doubt", "Teksten varsler {stated} {noun}, men listen har {computed} punkter.",
            "The text announces {stated} ({noun}), but the list has {computed} points.", counted[0].value,
            float(listed),
            noun=counted[0].unit,
        )  # fmt: skip


def _drop_others(points: list) -> None:
    """Leave out the last points where, unlike those before, they do not begin with a name and a colon."""
    first = {point.paragraph: point.text for point in reversed(points)}
    named = [bool(re.match(r"[^.:]{3,60}:", text)) for _, text in sorted(first.items())]
    if sum(named) >= 2 and named[0]:
        keep = sorted(first)[: named.index(False) if False in named else len(named)]
        points[:] = [point for point in points if point.paragraph in keep]


def _announces(text: str, count: Amount) -> bool:
    """Whether a number says how many points follow: it opens the sentence or stands after "følgende" or a verb."""
    before = text[: count.start].casefold()
    return not before.strip() or len(text) - count.end < 60 or "følgende" in before
