"""Check `arithmetic`: numbers of one sentence or paragraph against each other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any

from kommunebudsjett.audit.amounts import Amount
from kommunebudsjett.audit.claims import around as around_words
from kommunebudsjett.audit.claims import changes
from kommunebudsjett.audit.findings import Finding, en, finding, nb
from kommunebudsjett.audit.judge import Fact, around, between, judge
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import vocabulary
from kommunebudsjett.audit.words import shares_a_word

_FROM = re.compile(r"\bfra\s+$", re.IGNORECASE)
_TO = re.compile(r"\btil\b")
_AGAINST = re.compile(r"\b(?:sammenlignet med|mot|fra)\s+(?:19|20)\d\d\s*\(\s*$|\bmot\s+$", re.IGNORECASE)
_SAME = re.compile(r"det vil si|dvs|eller|tilsvar|som (?:er|utgjør)|\(|økning|nedgang|reduksjon")
_CAUSE = re.compile(r"^\s*(?:kroner\s+)?(?:av\s+\w+\s+)?(?:skyldes|gjelder|kommer fra|knyttes til)\b", re.IGNORECASE)
_RESULT = re.compile(r"\b(?:mindreforbruk|merforbruk|overskudd|underskudd|resultat|avvik)", re.IGNORECASE)
_LATER = re.compile(r"\bi\s+((?:19|20)\d\d),?\s+mot\s+(?:\S{1,40}\s+){0,3}?i\s+((?:19|20)\d\d)\b")
_PLANNED = re.compile(r"\b(?:planlagt|planlegg|forvent|prognose|budsjettert)", re.IGNORECASE)
_TWICE = re.compile(r"\d\s?%\s?prosent\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\(\d+\)")
_NAMED = re.compile(r"[^.:]{3,60}:")
_MONEY = ("mnok", "nok", "percent", "points")
_FOLLOWING = re.compile(r"\b(?:følgende|følgjande|disse|desse|slik\w{0,3}|hver\w{0,3}|kvar\w{0,3})\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
# How many sentences of a list are looked at.
_LONGEST_LIST = 200
# A fraction of a whole, whose parts the next sentence counts up: "49 % av de 339 ... 154 ... og ni ...".
_OF = re.compile(r"^\s*(?:av\s+(?:de\s+|alle\s+|totalt\s+)?)$", re.IGNORECASE)
# How many characters there may be between the numbers of one calculation.
_NEAR = 45


def check(source: Source) -> Iterator[Finding]:
    """Differences, percentages, parts and counts that the text itself disproves.

    "En økning på X" between two stated numbers; "redusert med X prosent (fra A til B)"; parts that come to more
    than the whole they are of; a list with another number of points than announced; a comparison with a year that the
    document cannot know.
    """
    rows = source.sentences
    indents = {line: len(raw) - len(raw.lstrip()) for line, raw in source.lines}
    for index, row in enumerate(rows):
        if row.kind == "heading":
            continue
        before, after = (_beside(rows, index, place) for place in (index - 1, index + 1))
        yield from _difference(row, before)
        yield from _percentage(row)
        yield from _share(row, after)
        yield from _causes(rows, index, after)
        yield from _bracketed(row, before)
        yield from _written(row, source.year if source.is_report else 0)
        yield from _listed(rows, index, indents)


def _beside(rows: Sequence[Any], index: int, place: int) -> list[Any]:
    """The sentence at a place, where it is of the same paragraph."""
    other = rows[place] if 0 <= place < len(rows) else None
    return [other] if other and other.paragraph == rows[index].paragraph and other.kind != "heading" else []


def _found(
    rows: Sequence[Any], severity: str, norwegian: str, english: str, stated: float | None = None,
    computed: float | None = None, **values: Any,
) -> Finding:  # fmt: skip
    lines = (line for row in rows for line in range(row.line, row.line_last + 1))
    return finding(rows[0].document, "arithmetic", severity, lines, norwegian, english, stated, computed, **values)


def _severity(claim: Amount, fact: Fact, sure: str = "error", cut: bool = False) -> str:
    """How wrong a number is that should be this fact; "" where it is not."""
    verdict = judge(claim, [fact], cut=cut)[0]
    return {"slip": "slip", "differs": sure}.get(verdict, "")


def _difference(row: Any, before: Sequence[Any]) -> Iterator[Finding]:
    """As in "1776 er registrert. Dette er en økning på 197 sammenlignet med 2024 (1759)."""
    stated = [change.amount for change in changes(row) if change.amount.unit not in _MONEY]
    if len(stated) != 1:
        return
    rest = [a for a in row.amounts if a is not stated[0] and a.unit not in _MONEY]
    olds = [a for a in rest if _AGAINST.search(around_words(row.text, a)[0])]
    if len(olds) != 1:
        return
    news = [a for a in rest if a is not olds[0] and a.start < stated[0].start]
    source = [row]
    if not news and before:
        source, news = [before[0], row], [a for a in before[0].amounts if a.unit not in _MONEY]
    news = [a for a in news if 0.5 * olds[0].value <= a.value <= 2 * olds[0].value]
    if len(news) != 1:
        return
    computed = round(abs(news[0].value - olds[0].value), 9)
    severity = _severity(stated[0], around(computed, olds[0].step / 2 * (stated[0].step < 1)))
    if severity:
        # A number of things is counted, not rounded: any difference is one of substance.
        yield _found(
            source, "error", "Teksten sier en endring på {stated}, men {new} mot {old} er {computed}.",
            "The text says a change of {stated}, but {new} against {old} is {computed}.",
            stated[0].value, computed, new=news[0].value, old=olds[0].value,
        )  # fmt: skip


def _percentage(row: Any) -> Iterator[Finding]:
    """Percentages of a change "fra A til B" in the same sentence, within what the rounding of A and B allows."""
    for first, second in pairwise(row.amounts):
        between_them = row.text[first.end : second.start]
        if len(between_them) > _NEAR or not _TO.search(between_them):
            continue
        if not _FROM.search(around_words(row.text, first)[0]) or first.value - first.step / 2 <= 0:
            continue
        claim = _of_both(row, first, second)
        if claim is None or claim.hedge or {first.unit, second.unit} & {"percent", "points"}:
            continue
        computed = round(100 * abs(second.value / first.value - 1), 2)
        corners = [
            100 * abs(b / a - 1)
            for a in (first.value - first.step / 2, first.value + first.step / 2)
            for b in (second.value - second.step / 2, second.value + second.step / 2)
        ]
        severity = _severity(claim, between(corners, computed))
        if severity:
            yield _found(
                [row], severity,
                "Teksten sier {stated} prosent, men fra {old} til {new} er en endring på {computed} prosent.",
                "The text says {stated} per cent, but from {old} to {new} is a change of {computed} per cent.",
                claim.value, computed, old=first.value, new=second.value,
            )  # fmt: skip


def _of_both(row: Any, first: Amount, second: Amount) -> Amount | None:
    """The percentage beside "fra A til B", where there is one and words tie it to them."""
    percents = [a for a in row.amounts if a.unit == "percent"]
    ahead = [a for a in percents if 0 <= first.start - a.end <= 12]
    behind = [
        a for a in percents if 0 <= a.start - second.end <= _NEAR and _SAME.search(row.text[second.end : a.start])
    ]
    return (ahead + behind)[0] if len(ahead + behind) == 1 else None


def _share(row: Any, after: Sequence[Any]) -> Iterator[Finding]:
    """Shares "P % av de N ..." that the counts of the next sentence, which is about the same, do not make up."""
    for claim, whole in pairwise(row.amounts):
        if claim.unit != "percent" or whole.unit in _MONEY or not _OF.match(row.text[claim.end : whole.start][:_NEAR]):
            continue
        parts = [
            a
            for other in after
            if shares_a_word(other.text, row.text[whole.end :])
            for a in other.amounts
            if a.unit not in _MONEY
        ]
        if len(parts) < 2 or any(a.value >= whole.value for a in parts):
            continue
        computed = 100 * sum(a.value for a in parts) / whole.value
        severity = _severity(claim, around(computed), "doubt")
        if severity and abs(claim.value - computed) <= 5:
            yield _found(
                [row, after[0]], severity,
                "Teksten sier {stated} prosent av {whole}, men {parts_nb} er {computed} prosent.",
                "The text says {stated} per cent of {whole}, but {parts_en} is {computed} per cent.",
                claim.value, round(computed, 2), whole=whole.value,
                parts_nb=" + ".join(nb(a.value) for a in parts), parts_en=" + ".join(en(a.value) for a in parts),
            )  # fmt: skip


def _explaining(row: Any) -> list[Amount]:
    """The amounts of a sentence that it gives a cause for."""
    return [a for a in row.amounts if a.unit == "mnok" and _CAUSE.match(around_words(row.text, a)[1])]


def _causes(rows: Sequence[Any], index: int, after: Sequence[Any]) -> Iterator[Finding]:
    """Causes ("X skyldes ..., og Y skyldes ...") that come to more than the result they explain."""
    row = rows[index]
    parts = _explaining(row)
    if not any(_RESULT.search(row.text[a.end : a.end + 30]) for a in parts):
        return
    parts += [a for other in after for a in _explaining(other) if a.start == 0]
    whole = next(_results(rows, index), None) if len(parts) > 1 else None
    if whole is None:
        return
    source, result = whole
    total = round(sum(a.value for a in parts), 9)
    if total > result.value and _severity(result, around(total, sum(a.step for a in parts) / 2)):
        yield _found(
            [source, row], "error",
            "Delene av resultatet, {parts_nb} mill. kr, er til sammen {computed}, mer enn resultatet på {stated}.",
            "The parts of the result, NOK {parts_en} million, come to {computed}, more than the result of {stated}.",
            result.value, total, parts_nb=" og ".join(nb(a.value) for a in parts),
            parts_en=" and ".join(en(a.value) for a in parts),
        )  # fmt: skip


def _results(rows: Sequence[Any], index: int) -> Iterator[tuple[Any, Amount]]:
    """The results that the sentences before another state under the same heading, the nearest first."""
    for source in reversed(rows[max(index - 4, 0) : index]):
        if source.heading != rows[index].heading:
            return
        said = [a for a in source.amounts if a.unit == "mnok"]
        if said and _RESULT.search(source.text):
            yield source, said[0]


def _bracketed(row: Any, before: Sequence[Any]) -> Iterator[Finding]:
    """Counts in brackets after what they are of, "brann (29), miljø (25) ...", that exceed the number they are of."""
    parts = [a for a in row.amounts if a.step == 1 and _BRACKETED.match(row.text[max(a.start - 1, 0) : a.end + 1])]
    if len(parts) < 3 or not before:
        return
    wholes = [
        a for a in [*before[0].amounts, *(b for b in row.amounts if b.start < parts[0].start and b not in parts)]
        if a.unit not in _MONEY and not a.hedge and a.step == 1 and a.value > max(part.value for part in parts)
    ]  # fmt: skip
    total = sum(a.value for a in parts)
    if len(wholes) == 1 and total > wholes[0].value:
        yield _found(
            [before[0], row], "doubt",
            "Teksten sier {stated} {noun}, men tallene i parentes er til sammen {computed}. Noen kan være talt flere "
            "ganger.",
            "The text says {stated} ({noun}), but the numbers in brackets come to {computed}. Some may be counted more "
            "than once.",
            wholes[0].value, total, noun=wholes[0].unit,
        )  # fmt: skip


def _written(row: Any, year: int) -> Iterator[Finding]:
    """Per cent printed twice, and a comparison of the `year` of a report with a later one."""
    if _TWICE.search(row.text):
        yield _found(
            [row], "slip", "Prosent står to ganger etter tallet («% prosent»).",
            "Per cent is printed twice after the number (“% prosent”).",
        )  # fmt: skip
    for match in () if _PLANNED.search(row.text) else _LATER.finditer(row.text):
        if int(match[1]) == year < int(match[2]):
            yield _found(
                [row], "slip",
                "Teksten sammenligner {now} med {then}, et år som ikke var omme da dokumentet ble skrevet.",
                "The text compares {now} with {then}, a year that was not over when the document was written.",
                now=match[1], then=match[2],
            )  # fmt: skip


def _listed(rows: Sequence[Any], index: int, indents: Mapping[int, int]) -> Iterator[Finding]:
    """A sentence that announces a number of points, and the list after it."""
    row = rows[index]
    if row.kind == "bullet" or not row.text.endswith(":"):
        return
    counted = [
        a for a in row.amounts if not a.hedge and a.unit not in (*_MONEY, "") and a.step == 1 and 2 <= a.value <= 30
    ]
    if len(counted) != 1 or not _announces(row.text, counted[0]):
        return
    points = _points(rows[index + 1 : index + _LONGEST_LIST], indents)
    texts = _of_one_kind([of[0].text for of in points])
    counted_points = points[: len(texts)]
    if len(texts) >= 2 and len(texts) != counted[0].value:
        yield _found(
            [row, *(point for of in counted_points for point in of)], "doubt",
            "Teksten varsler {stated} {noun}, men listen har {computed} punkter.",
            "The text announces {stated} ({noun}), but the list has {computed} points.",
            counted[0].value, float(len(texts)), noun=counted[0].unit,
        )  # fmt: skip


def _points(after: Sequence[Any], indents: Mapping[int, int]) -> list[list[Any]]:
    """The points of the list that comes first, those of lists below them left out; none where it may go on or a line
    of it may be no point: more points under the same heading, points that have a list, points cut in two.
    """
    listed = list(takewhile(lambda row: row.kind == "bullet", after))
    later = takewhile(lambda row: row.kind != "heading", after[len(listed) :])
    points: dict[int, list[Any]] = {}
    for row in listed:
        if indents[row.line] <= indents[listed[0].line] or row.paragraph in points:
            points.setdefault(row.paragraph, []).append(row)
    lower = [of[0].text[:1].islower() for of in points.values()]
    doubtful = any(row.kind == "bullet" for row in later) or any(row.text.endswith(":") for row in listed)
    return [] if doubtful or len(set(lower)) > 1 else list(points.values())


def _of_one_kind(points: list[str]) -> list[str]:
    """The points of a list; where they begin with a name and a colon, those before the first that does not."""
    named = [bool(_NAMED.match(point)) for point in points]
    return points[: named.index(False)] if sum(named) >= 2 and named[0] and False in named else points


def _announces(text: str, count: Amount) -> bool:
    """Whether a number says how many points follow: it opens the sentence, stands after "følgende" or a verb as "har",
    or ends the sentence with what it counts, and what is listed is not said to be something else.
    """
    before, after = text[: count.begins].casefold(), text[count.end :]
    said = before.rstrip()
    verb = any(match.end() == len(said) for match in vocabulary().all("announces", said))
    opens = not said or verb or _FOLLOWING.search(before) or not _WORD.search(after)
    return bool(opens) and not _FOLLOWING.search(after)
