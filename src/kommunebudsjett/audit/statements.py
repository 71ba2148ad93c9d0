"""Check `prose`: what sentences say about accounts and budgets against the tables."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.audit.amounts import Amount, agrees, amounts
from kommunebudsjett.audit.columns import NAMES, headers, kinds, year_of
from kommunebudsjett.audit.findings import Finding, both, place
from kommunebudsjett.audit.words import covered, mentioned_share, roots, said_words
from kommunebudsjett.readers.text import join_lines
from kommunebudsjett.tables.grouping import grouped, records
from kommunebudsjett.tables.money import IN_MNOK, in_mnok

_COMPARED = re.compile(r"^\s*(?:høyere|lavere|mer|mindre|bedre|dårligere|over|under)\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:lavere|høyere|mindre|mer|økte|reduserte)\b[^.]*?\b(?:på|med)\s+(?:totalt\s+)?$", re.IGNORECASE
)
_SPENT = re.compile(
    r"\b(?:mindre\s?forbruk|mer\s?forbruk|mindreinntekt|merinntekt|avvik)\w*[^.,;]{0,25}?"
    r"\b(?:på|er|ble|var|totalt)\s+(?:totalt\s+|om lag\s+|rundt\s+|ca\.?\s+)*$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:økt|økte|økning|redusert|reduksjon|vekst|gikk ned|gikk opp|steget)\w*(?:\s+(?:med|på))?\s+"
    r"(?:om lag\s+|ca\.?\s+)*$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"^(?:det (?:er|var|ble)|investeringsområdet|området|tjenesteområdet|årsresultatet|mindreforbruket på området|"
    r"resultatet)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\bforvente\w*|\b(?:av dette|hvorav|herav|knyttet til|blant annet|avkastning\w*|kostnaden\w* til|refusjon\w*|"
    r"inntektene fra|skyldes\b[^,]*)\s*$|\b(?:skyldes|gjelder|enhetene|inntektene|utgiftene)\b",
    re.IGNORECASE,
)
_BASIS = (
    ("original", re.compile(r"\b(?:opprinnelig|vedtatt)", re.IGNORECASE)),
    ("revised", re.compile(r"\brevidert", re.IGNORECASE)),
)
_BUDGET = re.compile(r"budsjett|forutsatt|anslått", re.IGNORECASE)
_BOTH = re.compile(
    r"\b(?P<one>\w+) og (?P<other>\w+) (?:økte|ble redusert|sank|er økt|falt) med henholdsvis "
    r"(?P<first>\d+(?:,\d+)?) og (?P<second>\d+(?:,\d+)?) mill",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?:endte på|ble på|var på|utgjorde|fikk|hadde)\s+(?:om lag\s+|ca\.?\s+|rundt\s+)*$", re.IGNORECASE
)
_SUBTOTAL = re.compile(r"^(?:\d+\.\s*)?(?:(?:sum|netto|brutto)\s+)?", re.IGNORECASE)
_OTHERS = re.compile(r"andre\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-zæøå]{4,}")
_INVESTING = re.compile(r"\binvester", re.IGNORECASE)
_ALL = re.compile(r"\b(?:i sum|i alt|samlet|totalt|til\s?sammen)\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:eks|ekskl|eksklusive?|utenom|uten)\b\.?", re.IGNORECASE)


class Line(NamedTuple):
    """A row of a table of accounts: what it is of, its values by kind, and the unit of its last decimal."""

    document: str
    table: str
    caption: str
    label: str
    line: int
    values: dict[str, float]
    step: float
    year: int | None
    # The label without "sum" or a number before it, and the roots of its words.
    plain: str
    roots: list[str]


def check(tables: dict[str, pd.DataFrame]) -> Iterator[Finding]:
    """Stated deviations, changes and percentages that no table of the document bears out.

    A sentence is held against the rows whose label it, or the heading it stands under, mentions in full. It is wrong
    only if none of them, in the columns it names (a budget, the year before), gives its number within rounding.
    """
    rows = account_rows(tables)
    for document, spoken in tables["sentences"].groupby("document", sort=False):
        known = [row for row in rows if row.document == document]
        if not known:
            continue
        for sentence in records(spoken[spoken["kind"] != "heading"]):
            yield from _deviations(sentence, sentence.amounts, known)
            yield from _changes(sentence, sentence.amounts, known)
            yield from _levels(sentence, sentence.amounts, known)
            yield from _respectively(sentence, known)


def account_rows(tables: dict[str, pd.DataFrame]) -> list[Line]:
    """The rows of all tables that have accounts and something to hold them against."""
    cells = tables["table_cells"]
    areas = tables["accounts"]
    names = {(row.document, row.line): row.service_area for row in areas.itertuples()}
    out = []
    amounts_in = in_mnok(cells[cells["value"].notna()]).assign(printed_in=cells["unit"].map(IN_MNOK))
    for (document, table), rows in amounts_in.groupby(["document", "table"], sort=False):
        kind = kinds(headers(rows[["column", "meaning", "against"]].drop_duplicates().itertuples()))
        if "actual" not in kind or len(kind) < 2:
            continue
        by_column = {column: name for name, column in kind.items()}
        for (line,), of in grouped(rows, ["line"]).items():
            values = {by_column[cell.column]: float(cell.value) for cell in of if cell.column in by_column}
            label = names.get((document, line), of[0].row)
            step = 10.0 ** -max(len(cell.raw.partition(",")[2].rstrip("</b> ")) for cell in of)
            step *= of[0].printed_in
            out.append(
                Line(
                    str(document),
                    str(table),
                    rows["caption"].iloc[0],
                    label,
                    int(line),
                    values,
                    step,
                    year_of(kind["actual"]),
                    _SUBTOTAL.sub("", label),
                    roots(_SUBTOTAL.sub("", label)),
                )
            )
    return out


def mentioned(text: str, rows: list[Line]) -> list[Line]:
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
    if not ranked:
        return []
    best = max(ranked.values())
    return [row for row in rows if ranked.get(row.label) == best]


def _one_word(words: list[str], text: str) -> bool:
    """Whether one compound of the text is made of the words of a label, or of the last parts of them."""
    return len(words) > 1 and any(
        all(root[:5] in word or root[-5:] in word for root in words) for word in text.casefold().split()
    )


def _subject(sentence, amount: Amount, rows: list[Line]) -> list[Line]:
    """The rows that a sentence with an amount is about, from its own words or else from its heading."""
    before = sentence.text[: amount.start]
    after = sentence.text[amount.end :]
    clause = re.split(r"[;(]|, (?:mens|som|og at|hvor|der)\b|\bmens\b", before)[-1]
    if _INVESTING.search(sentence.text):
        rows = [row for row in rows if _INVESTING.search(row.caption)]
    if _GENERIC.search(sentence.text):
        heading = set(roots(sentence.heading))
        exact = [row for row in rows if heading and set(row.roots) == heading]
        return exact or mentioned(sentence.heading, rows)
    return mentioned(clause, rows) or mentioned(re.split(r"[,;]", after)[0], rows)


def _differences(row: Line, bases: list[str]) -> dict[str, float]:
    out = {
        base: row.values["actual"] - row.values[base] for base in bases if base in row.values and "actual" in row.values
    }
    if "deviation" in row.values and "revised" in out:
        out["deviation"] = row.values["deviation"]
    return out


def _deviations(sentence, said: list[Amount], rows: list[Line]) -> Iterator[Finding]:
    text = sentence.text
    for amount in said:
        if amount.unit != "mnok" or _EXCEPT.search(text):
            continue
        before, after = text[: amount.start], text[amount.end :]
        spent = _SPENT.search(before)
        compared = _COMPARED.match(after) or (_BEFORE.search(before) and _BUDGET.search(after))
        if not (spent or (compared and _BUDGET.search(after))):
            continue
        if _PART.search(before) or re.match(r"\s*(?:kroner\s+)?av\b", after):
            continue
        named = [basis for basis, pattern in _BASIS if pattern.search(after)]
        bases = ["revised"] if spent and not named else named or ["revised", "original"]
        together = re.search(r"til\s?sammen\b", before, re.IGNORECASE)
        subject = _conjoined(before, rows) if together or " og " in before else []
        if not subject:
            found = _subject(sentence, amount, rows)
            if together:
                continue
            if _half_named(before, found):
                yield from _half(sentence, amount, before, found, rows)
                continue
            subject = [[row] for row in found]
        subject = [group for group in subject if all(_differences(row, bases) for row in group)]
        if subject:
            yield from _judge(sentence, amount, subject, bases, bool(named) or bool(spent))


def _conjoined(before: str, rows: list[Line]) -> list[list[Line]]:
    """Rows of one table that "A og B" names together, in each way to cut the words into two labels."""
    words = before.split()
    groups = []
    for cut in (i for i, word in enumerate(words) if word == "og"):
        left, right = mentioned(" ".join(words[:cut]), rows), mentioned(" ".join(words[cut + 1 :]), rows)
        for one in left:
            for other in right:
                fully = covered(one.plain, " ".join(words[:cut])) == 1
                if one.table == other.table and one.label != other.label and fully:
                    whole = mentioned(before, rows)
                    if not any(
                        " og " in row.label
                        and covered(row.label, before) == 1
                        and row.label not in (one.label, other.label)
                        for row in whole
                    ):
                        groups.append([one, other])
    return groups


def _half_named(before: str, found: list[Line]) -> bool:
    """Whether "A og B" stands before an amount, and only B is a row."""
    head, _, tail = before.partition(" og ")
    return bool(tail and found) and all(covered(row.label, tail) == 1 and covered(row.label, head) < 1 for row in found)


def _half(sentence, amount: Amount, before: str, found: list[Line], rows: list[Line]) -> Iterator[Finding]:
    """A number said of "A og B" that is that of A alone, while B, a row of the table, is not nothing."""
    opening = roots(before.partition(" og ")[0])[:1]
    for second in found:
        whole = _differences(second, ["revised"]).get("revised", 0.0)
        for first in rows:
            if first.table != second.table or not _alike(opening, first.roots[:1]):
                continue
            alone = _differences(first, ["revised"]).get("revised")
            if alone is None or not agrees(amount, alone, first.step) or agrees(amount, alone + whole, 2 * first.step):
                continue
            yield _finding(
                sentence, [first, second], amount.value, abs(alone + whole),
                "Teksten sier {stated} mill. kr om to poster under ett. I {table_nb} er det «{first}» alene; med "
                "«{second}» blir det {computed}.",
                "The text says NOK {stated} million of two items together. In {table_en} that is “{first}” alone; with "
                "“{second}” it is {computed}.",
                first=first.label, second=second.label,
            )  # fmt: skip
            return


def _alike(some: list[str], others: list[str]) -> bool:
    """Whether two roots are of the same word."""
    return bool(some and others) and (some[0].startswith(others[0]) or others[0].startswith(some[0]))


def _judge(sentence, amount: Amount, subject: list[list[Line]], bases: list[str], sure: bool) -> Iterator[Finding]:
    options = []
    for group in subject:
        for base in bases:
            parts = [_differences(row, [base]).get(base) for row in group]
            if None not in parts:
                printed = [row.values.get("deviation") for row in group]
                if base == "revised" and None not in printed:
                    slack = sum(row.step / 2 for row in group if amount.step < row.step or len(group) > 1)
                    options.append((base, sum(printed), group, slack))
                else:
                    options.append((base, sum(parts), group, sum(row.step for row in group)))
    if not options or any(agrees(amount, value, slack) for _, value, _, slack in options):
        return
    base, value, group, _ = options[0]
    other = next(
        (
            name for name in ("revised", "original", "previous") if name not in bases
            for rows in subject
            if all(name in row.values for row in rows)
            and agrees(amount, sum(_differences(row, [name])[name] for row in rows), sum(row.step for row in rows))
        ),
        None,
    )  # fmt: skip
    extra_nb = f" Det stemmer derimot mot {NAMES[other][0]}." if other else ""
    extra_en = f" It matches {NAMES[other][1]}." if other else ""
    labels = [row.label for row in group]
    clear = sure and len({row.label for rows in subject for row in rows}) == len(labels)
    yield _finding(
        sentence, group, amount.value, round(abs(value), 9),
        "Teksten sier {stated} mill. kr om det {table_nb} kaller {labels_nb}, men tabellen gir {computed} mill. kr "
        "mot {base_nb}." + extra_nb,
        "The text says NOK {stated} million about what {table_en} calls {labels_en}, but the table gives NOK "
        "{computed} million against {base_en}." + extra_en,
        severity="error" if clear else "doubt", labels_nb=" og ".join(f"«{label}»" for label in labels),
        labels_en=" and ".join(f"“{label}”" for label in labels), base_nb=NAMES[base][0],
        base_en=NAMES[base][1],
    )  # fmt: skip


def _changes(sentence, said: list[Amount], rows: list[Line]) -> Iterator[Finding]:
    """Changes from the year before, in kroner and as percentages."""
    text = sentence.text
    for index, amount in enumerate(said):
        before = text[: amount.start]
        if (
            amount.unit != "mnok"
            or not _CHANGED.search(before)
            or _BUDGET.search(text)
            or _EXCEPT.search(text[: amount.end])
        ):
            continue
        subject = [row for row in _subject(sentence, amount, rows) if {"actual", "previous"} <= set(row.values)]
        subject = [row for row in subject if mentioned(text, [row])]
        if not subject or _PART.search(before.split(",")[-1]):
            continue
        row = subject[0]
        changes = [abs(one.values["actual"] - one.values["previous"]) for one in subject]
        if not any(agrees(amount, change, one.step) for change, one in zip(changes, subject, strict=True)):
            if (
                len({one.label for one in subject}) == 1
                and amount.value > 0.3 * changes[0]
                and amount.value < 3 * changes[0]
            ):
                other = _counted_in(before, amount, row, rows)
                yield _finding(
                    sentence, [row, other] if other else [row], amount.value, round(changes[0], 9),
                    "Teksten sier at «{label}» endret seg med {stated} mill. kr, men {table_nb} gir {computed}."
                    + (" Sammen med «{other}» stemmer det." if other else ""),
                    "The text says that “{label}” changed by NOK {stated} million, but {table_en} gives {computed}."
                    + (" Together with “{other}” it agrees." if other else ""),
                    severity="doubt" if other else "error", label=row.label, other=other.label if other else "",
                )  # fmt: skip
            continue
        share = next((other for other in said[index + 1 : index + 2] if other.unit == "percent"), None)
        link = text[amount.end : share.start] if share else ""
        if (
            share
            and re.match(r"\s*+(?:,\s*+)?(?:eller|som|tilsvar|det vil si|dvs|\()", link)
            and row.values["previous"]
        ):
            base = abs(row.values["previous"])
            computed = 100 * changes[0] / base
            if not agrees(share, computed, 100 * row.step / base):
                yield _finding(
                    sentence, subject[:1], share.value, round(computed, 2),
                    "Teksten sier at «{label}» endret seg med {stated} prosent, men {change} av {base} mill. kr er "
                    "{computed} prosent ({table_nb}).",
                    "The text says that “{label}” changed by {stated} per cent, but {change} of NOK {base} million is "
                    "{computed} per cent ({table_en}).",
                    label=row.label, change=amount.value, base=base,
                )  # fmt: skip


def _counted_in(before: str, amount: Amount, row: Line, rows: list[Line]) -> Line | None:
    """The row below or above another that a text may count in with it: where it states the change of several things as
    one ("fondene i sum er økt med"), and the changes of the two rows together give its number.
    """
    if not _ALL.search(before):
        return None
    order = [other for other in rows if (other.document, other.table) == (row.document, row.table)]
    place = order.index(row)
    near = [*order[place + 1 : place + 2], *order[max(place - 1, 0) : place]]
    for other in near:
        if not {"actual", "previous"} <= set(other.values):
            continue
        change = sum(one.values["actual"] - one.values["previous"] for one in (row, other))
        if agrees(amount, abs(change), row.step + other.step):
            return other
    return None


def _respectively(sentence, rows: list[Line]) -> Iterator[Finding]:
    """Changes of two rows given together: "A og B økte med henholdsvis 90 og 78 millioner"."""
    match = _BOTH.search(sentence.text)
    if not match:
        return
    for words, printed in ((match["one"], match["first"]), (match["other"], match["second"])):
        first = [row for row in rows if _alike([words.casefold()], roots(row.label)[:1])]
        found = [row for row in mentioned(words, rows) or first if {"actual", "previous"} <= set(row.values)]
        if not found or len({row.label for row in found}) > 1:
            continue
        stated = amounts(f"{printed} millioner")[0]
        computed = round(abs(found[0].values["actual"] - found[0].values["previous"]), 9)
        if not agrees(stated, computed, found[0].step):
            yield _finding(
                sentence, found[:1], stated.value, computed,
                "Teksten sier at «{label}» endret seg med {stated} mill. kr, men {table_nb} gir {computed}.",
                "The text says that “{label}” changed by NOK {stated} million, but {table_en} gives {computed}.",
                label=found[0].label,
            )  # fmt: skip


def _levels(sentence, said: list[Amount], rows: list[Line]) -> Iterator[Finding]:
    """Levels of the year: "endte på N millioner", of a row that the sentence begins with."""
    for amount in said[:1]:
        before = sentence.text[: amount.start]
        if amount.unit != "mnok" or not _LEVEL.search(before) or _CHANGED.search(before) or _EXCEPT.search(before):
            continue
        if _INVESTING.search(sentence.text):
            rows = [row for row in rows if _INVESTING.search(row.caption)]
        found = [row for row in mentioned(before, rows) if "actual" in row.values]
        if _SPENT.search(before) or _PART.search(before) or not found or len({row.label for row in found}) > 1:
            continue
        values = [abs(row.values["actual"]) for row in found]
        if any(agrees(amount, value, row.step) for value, row in zip(values, found, strict=True)):
            continue
        if any(0.5 * value < amount.value < 2 * value for value in values):
            yield _finding(
                sentence, found[:1], amount.value, values[0],
                "Teksten sier at «{label}» var {stated} mill. kr, men {table_nb} gir {computed}.",
                "The text says that “{label}” was NOK {stated} million, but {table_en} gives {computed}.",
                severity="doubt", label=found[0].label,
            )  # fmt: skip


def _finding(sentence, rows: list[Line], stated, computed, norwegian, english, severity="error", **values) -> Finding:
    table_nb, table_en = place(rows[0].table, rows[0].caption)
    descriptions = both(
        norwegian, english, stated=stated, computed=computed, table_nb=table_nb, table_en=table_en, **values
    )  # fmt: skip
    lines = join_lines([*range(sentence.line, sentence.line_last + 1), *(row.line for row in rows)])
    return Finding(
        sentence.document, "prose", severity, rows[0].table, lines, *descriptions, stated, computed,
        round(stated - computed, 9),
    )  # fmt: skip
