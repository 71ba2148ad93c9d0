"""The clean tables in, what claims are held against out: rows of accounts and budgets, and which of them words name."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kommunebudsjett.audit.claims import Claim
from kommunebudsjett.audit.columns import headers, kinds
from kommunebudsjett.audit.findings import last_place
from kommunebudsjett.audit.judge import Fact, around
from kommunebudsjett.audit.source import Source
from kommunebudsjett.audit.vocabulary import vocabulary
from kommunebudsjett.audit.words import in_a_row, mentioned_share, roots, said_words
from kommunebudsjett.tables.grouping import grouped
from kommunebudsjett.tables.money import IN_MNOK, in_mnok

_SUBTOTAL = re.compile(r"^(?:\d+\.\s*)?(?:(?:sum|netto|brutto)\s+)?", re.IGNORECASE)
_OTHERS = re.compile(r"andre\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-zæøå]{4,}")
_INVESTING = re.compile(r"\binvester", re.IGNORECASE)
_AFTER = re.compile(r"[,;.]| i (?=\d)")
_CLAUSE = re.compile(r"[;(]|, (?:mens|som|og at|hvor|der)\b|\bmens\b")
# The values of a row whose difference a claim of a kind states; the other one of a deviation is its basis.
_DIFFERENCES = {"change": ("actual", "previous"), "budget": ("revised", "original")}


class Row(NamedTuple):
    """A row of a table of accounts: what it is of, and its values by kind, each with the unit of its last digit.

    `plain` is the label without "sum" or a number before it, `roots` are those of its words.
    """

    table: str
    caption: str
    label: str
    line: int
    values: dict[str, float]
    places: dict[str, float]
    plain: str
    roots: list[str]


def account_rows(source: Source) -> list[Row]:
    """The rows of the tables that have accounts and something to hold them against, in mnok."""
    names = {row.line: row.service_area for row in source.rows("accounts")}
    money = in_mnok(source.cells).assign(printed_in=source.cells["unit"].map(IN_MNOK))
    out = []
    for (table,), rows in grouped(money, ["table"]).items():
        kind = kinds(headers(rows))
        if "actual" not in kind or len(kind) < 2:
            continue
        by_column = {column: name for name, column in kind.items()}
        by_line: dict[int, list[Any]] = {}
        for cell in rows:
            by_line.setdefault(int(cell.line), []).append(cell)
        for line, of in by_line.items():
            label = names.get(line, of[0].row)
            plain = _SUBTOTAL.sub("", label)
            values = {by_column[cell.column]: float(cell.value) for cell in of if cell.column in by_column}
            places = {
                by_column[cell.column]: last_place(cell.raw) * cell.printed_in
                for cell in of
                if cell.column in by_column
            }
            out.append(Row(str(table), rows[0].caption, label, line, values, places, plain, roots(plain)))
    return out


def mentioned(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows that a text mentions, by the label that it covers best; a rest ("andre ...") only where it says so."""
    ranked: dict[str, float] = {}
    said = said_words(text)
    for label, row in {row.label: row for row in rows}.items():
        if _OTHERS.match(row.plain) and "andre" not in text.casefold():
            continue
        share = mentioned_share(row.roots, said)
        in_part = share >= 0.5 and len(row.roots) == 2
        if share == 1 or (in_part and _one_word(_WORDS.findall(row.plain.casefold()), text)):
            ranked[label] = share * len(row.roots)
    best = max(ranked.values(), default=0)
    return [row for row in rows if ranked and ranked.get(row.label) == best]


def _one_word(words: list[str], text: str) -> bool:
    """Whether one compound of the text is made of the words of a label, or of the last parts of them."""
    return len(words) > 1 and any(
        all(root[:5] in word or root[-5:] in word for root in words) for word in text.casefold().split()
    )


def subjects(claim: Claim, rows: Sequence[Row]) -> list[list[Row]]:
    """The rows that a claim is about, each with those that it is taken together with.

    They are named before the number, else after it, else (where the sentence only says "the area") by its heading.
    """
    together = re.search(r"til\s?sammen\b", claim.before, re.IGNORECASE)
    own = claim.before if together else _own(claim)
    if claim.kind == "deviation" and (together or " og " in own):
        pairs = list(_conjoined(own, rows))
        if pairs or together:
            return pairs
    text = claim.sentence.text
    if _INVESTING.search(text):
        rows = [row for row in rows if _INVESTING.search(row.caption)]
    if claim.about:
        first = roots(claim.about)[:1]
        return [[row] for row in mentioned(claim.about, rows) or [row for row in rows if alike(first, row.roots[:1])]]
    if claim.kind == "level":
        # "Kommunen fikk 5,93 milliarder i rammetilskudd".
        return [[row] for row in mentioned(claim.before, rows) or mentioned(_AFTER.split(claim.after)[0], rows)]
    if vocabulary().begins("heading_named", text):
        heading = set(roots(claim.sentence.heading))
        exact = [row for row in rows if heading and set(row.roots) == heading]
        return [[row] for row in exact or mentioned(claim.sentence.heading, rows)]
    clause = _CLAUSE.split(claim.before)[-1]
    return [[row] for row in mentioned(clause, rows) or mentioned(re.split(r"[,;]", claim.after)[0], rows)]


def _own(claim: Claim) -> str:
    """The words before a number that stand after the number before it, which says something of other rows."""
    amount = claim.amount
    last = max((other.end for other in claim.sentence.amounts if other.end <= amount.begins), default=0)
    return claim.before[max(0, len(claim.before) - (amount.begins - last)) :]


def _conjoined(before: str, rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows of one table that "A og B" names together, in each way to cut the words into two labels."""
    words = before.split()
    whole = mentioned(before, rows)
    for cut in (i for i, word in enumerate(words) if word == "og"):
        left = " ".join(words[:cut])
        for one in mentioned(left, rows):
            for other in mentioned(" ".join(words[cut + 1 :]), rows):
                single = any(" og " in row.label and _is_named(row, before) for row in whole if row not in (one, other))
                if one.table == other.table and one.label != other.label and _is_named(one, left) and not single:
                    yield [one, other]


def _is_named(row: Row, text: str) -> bool:
    return mentioned_share(row.roots, said_words(text)) == 1


def named_in_full(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of several words that a text names, all that it lists."""
    said = said_words(text)
    return [row for row in rows if len(row.roots) > 1 and in_a_row(row.roots, said)]


def half_named(claim: Claim, rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Pairs of rows that "A og B" may name where B is a row and A is the beginning of the label of another."""
    head, _, tail = _own(claim).partition(" og ")
    found = [row for group in subjects(claim, rows) for row in group] if tail else []
    if not found or not all(_is_named(row, tail) and not _is_named(row, head) for row in found):
        return []
    opening = roots(head)[:1]
    return [(row, one) for one in found for row in rows if row.table == one.table and alike(opening, row.roots[:1])]


def alike(some: list[str], others: list[str]) -> bool:
    """Whether two roots are of the same word."""
    return bool(some and others) and (some[0].startswith(others[0]) or others[0].startswith(some[0]))


def value(row: Row, kind: str, basis: str = "") -> float | None:
    """What a row gives for a claim of this kind; None where it lacks a value for it."""
    of = _parts(kind, basis)
    if not set(of) <= set(row.values):
        return None
    return row.values[of[0]] - (row.values[of[1]] if len(of) > 1 else 0.0)


def slack(row: Row, kind: str, basis: str = "") -> float:
    """How far the rounding of its cells can take what a row gives for a claim of this kind."""
    return sum(row.places.get(part, 0.0) for part in _parts(kind, basis)) / 2


def _parts(kind: str, basis: str) -> tuple[str, ...]:
    return ("actual",) if kind == "level" else _DIFFERENCES.get(kind, ("actual", basis))


def facts(claim: Claim, group: Sequence[Row], basis: str = "") -> list[Fact]:
    """What rows together give for a claim; a printed deviation counts beside the difference that it is of."""
    values = [given for row in group if (given := value(row, claim.kind, basis)) is not None]
    if len(values) < len(group):
        return []
    printed = [row.values["deviation"] for row in group if "deviation" in row.values]
    if claim.kind == "deviation" and basis == "revised" and len(printed) == len(group):
        # One number that both round to the same digit is the same in both.
        halves = [
            row.places["deviation"] / 2 for row in group if claim.amount.step < row.places["deviation"] or group[1:]
        ]
        return [around(sum(printed), sum(halves), (basis, group))]
    return [around(sum(values), sum(slack(row, claim.kind, basis) for row in group), (basis, group))]
