"""Check `prose`: what sentences say about accounts and budgets against the tables."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from kommunebudsjett.audit.claims import Claim, Direction, claims, directions
from kommunebudsjett.audit.columns import NAMES
from kommunebudsjett.audit.facts import (
    Row,
    account_rows,
    facts,
    half_named,
    mentioned,
    named_in_full,
    slack,
    subjects,
    value,
)
from kommunebudsjett.audit.findings import Finding, finding
from kommunebudsjett.audit.judge import Fact, agrees, around, judge
from kommunebudsjett.audit.source import Source

_ALL = re.compile(r"\b(?:i sum|i alt|samlet|totalt|til\s?sammen)\b", re.IGNORECASE)
# What a claim of each kind is about, in both languages.
_MEANINGS = {
    "level": ("{labels_nb}", "{labels_en}"),
    "change": ("endringen i {labels_nb} fra året før", "the change of {labels_en} from the year before"),
    "budget": ("endringen i budsjettet for {labels_nb}", "the change of the budget for {labels_en}"),
    "deviation": ("avviket mellom regnskapet og {base_nb} for {labels_nb}",
                  "the deviation of the accounts from {base_en} for {labels_en}"),
}  # fmt: skip
# How far from the table a level or a change can be and still be meant to be the number of its row.
_MEANT = {"level": (0.5, 2.0), "change": (0.3, 3.0), "budget": (0.3, 3.0), "deviation": (0.0, float("inf"))}


def check(source: Source) -> Iterator[Finding]:
    """Stated levels, changes, percentages and deviations that no table of the document bears out.

    A claim is held against the rows whose label its words, or the heading it stands under, mention in full. It is
    wrong only if none of them, in the columns it names (a budget, the year before), gives its number within rounding.
    """
    rows = account_rows(source)
    for claim in chain.from_iterable(map(claims, source.prose if rows else ())):
        yield from _judged(claim, rows)
    for direction in chain.from_iterable(map(directions, source.prose if rows else ())):
        yield from _other_way(direction, rows)


def _judged(claim: Claim, rows: list[Row]) -> Iterator[Finding]:
    halves = half_named(claim, rows) if claim.kind == "deviation" else []
    if halves:
        yield from _half(claim, halves)
        return
    groups = [group for group in subjects(claim, rows) if _is_meant(claim, group)]
    bases = claim.bases or ("",)
    given = [fact for group in groups for base in bases for fact in facts(claim, group, base)]
    verdict, nearest = judge(claim.amount, given)
    if verdict == "agrees":
        yield from _percent(claim, nearest)
    if verdict not in ("slip", "differs"):
        return
    # Of several rows or budgets that may be meant the first is said to be, as a reader takes it.
    fact = given[0]
    labels = {row.label for group in groups for row in group}
    one_subject = len(labels) == len({row.label for row in fact.source[1]})
    low, high = _MEANT[claim.kind]
    if not low * fact.value < claim.amount.value < high * fact.value or not (one_subject or claim.kind == "deviation"):
        return
    extra, beside = _explained(claim, fact, groups, rows)
    sure = claim.kind == "change" or (claim.kind == "deviation" and claim.sure and one_subject)
    severity = "slip" if verdict == "slip" else "error" if sure and not beside else "doubt"
    yield _finding(claim, fact, severity, extra, beside)


def _is_meant(claim: Claim, group: Sequence[Row]) -> bool:
    """Whether rows can be those of a change: the sentence itself, not only its heading, names each in full."""
    named = claim.about or mentioned(claim.before + claim.after, group)
    return all(value(row, claim.kind, base) is not None for row in group for base in claim.bases[:1] or ("",)) and (
        claim.kind != "change" or bool(named)
    )


def _explained(
    claim: Claim, fact: Fact, groups: list[list[Row]], rows: list[Row]
) -> tuple[tuple[str, str], list[Row]]:  # fmt: skip
    """What the number of a claim is instead, as two sentences, and the rows that make it right."""
    if claim.kind == "deviation":
        for base in ("revised", "original", "previous"):
            others = [other for group in groups for other in facts(claim, group, base)]
            if base not in claim.bases and judge(claim.amount, others)[0] == "agrees":
                return (f" Det stemmer derimot mot {NAMES[base][0]}.", f" It matches {NAMES[base][1]}."), []
    if claim.kind == "change" and _ALL.search(claim.before):
        row = fact.source[1][0]
        for other in _beside(row, rows):
            own, more = value(row, "change"), value(other, "change")
            if (
                own is not None
                and more is not None
                and agrees(claim.amount, own + more, slack(row, "change") + slack(other, "change"))
            ):
                said = (f" Sammen med «{other.label}» stemmer det.", f" Together with “{other.label}” it agrees.")
                return said, [other]
    return ("", ""), []


def _beside(row: Row, rows: list[Row]) -> list[Row]:
    """The rows below and above another, which a text that says "in all" may count in with it."""
    order = [other for other in rows if other.table == row.table]
    place = order.index(row)
    return [*order[place + 1 : place + 2], *order[max(place - 1, 0) : place]]


def _finding(claim: Claim, fact: Fact, severity: str, extra: tuple[str, str], beside: list[Row]) -> Finding:
    base, group = fact.source
    what_nb, what_en = _MEANINGS[claim.kind]
    base_nb, base_en = NAMES.get(base, ("", ""))
    labels_nb, labels_en = (
        " og ".join(f"«{row.label}»" for row in group), " and ".join(f"“{row.label}”" for row in group)
    )  # fmt: skip
    return finding(
        claim.sentence.document, "prose", severity, _lines(claim, [*group, *beside]),
        "Teksten sier {stated} mill. kr om {what_nb}, men {where_nb} gir {computed}.{extra_nb}",
        "The text says NOK {stated} million of {what_en}, but {where_en} gives {computed}.{extra_en}",
        claim.amount.value, round(fact.value, 9), group[0].table, (group[0].caption, ""),
        what_nb=what_nb.format(labels_nb=labels_nb, base_nb=base_nb), extra_nb=extra[0],
        what_en=what_en.format(labels_en=labels_en, base_en=base_en), extra_en=extra[1],
    )  # fmt: skip


def _half(claim: Claim, pairs: list[tuple[Row, Row]]) -> Iterator[Finding]:
    """A number said of "A og B" that is that of A alone, while B, a row of the table, is not nothing."""
    for first, second in pairs:
        alone, rest = value(first, "deviation", "revised"), value(second, "deviation", "revised")
        if alone is None or rest is None:
            continue
        one, other = (slack(row, "deviation", "revised") for row in (first, second))
        if agrees(claim.amount, alone, one) and not agrees(claim.amount, alone + rest, one + other):
            yield finding(
                claim.sentence.document, "prose", "error", _lines(claim, (first, second)),
                "Teksten sier {stated} mill. kr om to poster under ett. I {where_nb} er det «{first}» alene; med "
                "«{second}» blir det {computed}.",
                "The text says NOK {stated} million of two items together. In {where_en} that is “{first}” alone; with "
                "“{second}” it is {computed}.",
                claim.amount.value, abs(alone + rest), first.table, (first.caption, ""), first=first.label,
                second=second.label,
            )  # fmt: skip
            return


def _percent(claim: Claim, fact: Fact | None) -> Iterator[Finding]:
    """A percentage beside a change that the table bears out, against the level of the year before."""
    if claim.percent is None or fact is None:
        return
    row = fact.source[1][0]
    base = abs(row.values["previous"])
    computed = 100 * fact.value / base if base else 0.0
    verdict, _ = judge(
        claim.percent,
        [around(computed, 100 * (slack(row, "change") + fact.value * row.places["previous"] / 2 / base) / base)]
        if base
        else [],
    )
    if verdict in ("slip", "differs"):
        yield finding(
            claim.sentence.document, "prose", "slip" if verdict == "slip" else "error", _lines(claim, [row]),
            "Teksten sier at «{label}» endret seg med {stated} prosent, men {change} av {base} mill. kr er {computed} "
            "prosent ({where_nb}).",
            "The text says that “{label}” changed by {stated} per cent, but {change} of NOK {base} million is "
            "{computed} per cent ({where_en}).",
            claim.percent.value, round(computed, 2), row.table, (row.caption, ""), label=row.label,
            change=claim.amount.value, base=base,
        )  # fmt: skip


def _other_way(direction: Direction, rows: list[Row]) -> Iterator[Finding]:
    """Rows that are said to be more or less than budgeted, and that are not so in any budget that is meant."""
    by_label: dict[str, list[Row]] = {}
    for row in named_in_full(direction.about, rows):
        by_label.setdefault(row.label, []).append(row)
    for label, same in by_label.items():
        pairs = [
            (row, base, abs(row.values["actual"]) - abs(row.values[base]), slack(row, "deviation", base))
            for row in same for base in direction.bases if base in row.values and "actual" in row.values
        ]  # fmt: skip
        if pairs and all(off < -bound if direction.more else off > bound for _, _, off, bound in pairs):
            row, base, *_ = pairs[0]
            yield finding(
                direction.sentence.document, "prose", "doubt", _lines(direction, [row]),
                "Teksten sier «{said}», men «{label}» er {stated} mill. kr i regnskapet og {computed} i {base_nb} "
                "({where_nb}).",
                "The text says “{said}”, but “{label}” is NOK {stated} million in the accounts and {computed} in "
                "{base_en} ({where_en}).",
                abs(row.values["actual"]), abs(row.values[base]), row.table, (row.caption, ""), said=direction.said,
                label=label, base_nb=NAMES[base][0], base_en=NAMES[base][1],
            )  # fmt: skip


def _lines(claim: Claim | Direction, rows: Sequence[Row]) -> list[int]:
    return [*range(claim.sentence.line, claim.sentence.line_last + 1), *(row.line for row in rows)]
