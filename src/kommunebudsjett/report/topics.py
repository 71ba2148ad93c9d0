"""Topics that recur: what each document states of a topic in, quotes, amounts and places of a report out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import pandas as pd

from kommunebudsjett.readers.text import join_lines, split_lines
from kommunebudsjett.report import caveats
from kommunebudsjett.report.blocks import Cell, Lines
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.quality import compared

# So many statements of a document are quoted for each topic, the second if the two are no longer than this, and so
# many more places linked to, so that a page that holds all topics can be read and opened on a phone.
QUOTED = 2
QUOTED_LENGTH = 220
LINKED = 2
# What the audit finds by these checks is wrong with a table as a whole, not with a row of it.
_OF_TABLES = ("sum", "balance")


def recurring(e: Edition) -> pd.DataFrame:
    """The topics that two or more of the compared documents mention, by area and name.

    topic (index), name, area_id, and for each document the number of places where it mentions the topic.
    """
    rows = statements(e)
    documents = list(compared(e).index)
    places = rows.groupby(["topic", "document"]).size().unstack(fill_value=0).reindex(columns=documents, fill_value=0)
    chosen = definitions(e).set_index("topic")
    found = chosen[["area_id"]].assign(name=chosen[f"name_{e.lang}"]).join(places, how="inner")
    found = found[(found[documents] > 0).sum(axis=1) >= 2]
    rank = {area_id: index for index, area_id in enumerate(e.areas.index)}
    order = found.assign(rank=found["area_id"].map(rank), key=found["name"].str.lower())
    return order.sort_values(["rank", "key"], kind="stable").drop(columns=["rank", "key"])


def definitions(e: Edition) -> pd.DataFrame:
    """The topics that are looked for: those that any municipality may have, and those of this one."""
    own = e.document(e.compared.report)["municipality"]
    found = [e.table("topic_definitions", municipality=municipality) for municipality in ("", own)]
    return pd.concat(found, ignore_index=True)


def without(found: pd.DataFrame, document: str, others: Iterable[str]) -> int:
    """How many of the recurring topics all of some other documents mention, and this document does not."""
    return int(((found[document] == 0) & (found[list(others)] > 0).all(axis=1)).sum())


def address(topic: str) -> str:
    """The address of a topic on its page."""
    return topic.replace("_", "-")


def statements(e: Edition) -> pd.DataFrame:
    """What the compared documents state of each topic, a place each: topic, document, lines, role, statement.

    Where a document prints its tables twice, only the printing that is used counts. The titles of staff in the tables
    on the workforce are no statements: that somebody has a title says nothing of the service.
    """
    rows = _used(e)
    return rows.drop_duplicates(["topic", "document", "lines", "statement"])


def _used(e: Edition) -> pd.DataFrame:
    rows = e.rows(e.used, "topics")
    rows = rows[rows["printing"].isin(["", e.params.printing])]
    staff = set(_places(e.rows(e.used, "workforce", "document", "line")))
    titles = [
        role == "row" and any((document, line) in staff for line in split_lines(lines))
        for document, lines, role in rows[["document", "lines", "role"]].itertuples(index=False)
    ]
    return rows[~pd.Series(titles, index=rows.index, dtype=bool)]


@dataclass(frozen=True)
class Passage:
    """Lines of a document: `several` where they are more than one."""

    lines: Lines
    several: bool


@dataclass(frozen=True)
class Quote:
    """A statement in quotation marks, and where it stands."""

    text: Cell
    place: Passage


@dataclass(frozen=True)
class Amount:
    """Amounts on a line: what they are for, what sets them apart from others, and the amounts by year.

    `kind` is accounts, balance, investment or half_year, the last with its `year`. What is not known is None.
    """

    name: Cell | None
    kind: str | None
    year: int | None
    amounts: Cell


@dataclass(frozen=True)
class Said:
    """What a report shows of a topic in one document: `quotes`, `amounts`, `wrong` (the lines of these that the audit
    found an error on), `places` (the lines of other statements) and `more`, how many there are beside.
    """

    quotes: list[Quote]
    amounts: list[Amount]
    wrong: Passage | None
    places: Passage | None
    more: int


class _Known(NamedTuple):
    """What is known of amounts: by (document, line) the label of a table row; by (document, line, year) the measures in
    prose, each with its amount; by (document, line) what sets them apart from others, and the year where it is one's.
    """

    labels: dict[tuple[str, int], str]
    measures: dict[tuple[str, int, int | None], list[tuple[float, str]]]
    kinds: dict[tuple[str, int], tuple[str, int | None]]


def _known(e: Edition) -> _Known:
    measures = e.rows(e.used, "measures")
    prose = measures[measures["basis"].isin(["heading", "prose"])]
    cells = e.rows(e.used, "table_cells", "document", "line", "row")
    named: dict[tuple[str, int, int | None], list[tuple[float, str]]] = {}
    for place, year, amount, name in zip(
        _places(prose), prose["year"], prose["amount_mnok"], prose["measure"], strict=True
    ):
        named.setdefault((*place, _year(year)), []).append((amount, name))
    return _Known(
        labels=dict(zip(_places(cells), cells["row"], strict=True)),
        measures=named,
        kinds=_kinds(e, measures, prose),
    )


def _kinds(e: Edition, measures: pd.DataFrame, prose: pd.DataFrame) -> dict[tuple[str, int], tuple[str, int | None]]:
    """What sets amounts apart by (document, line): of which table they are, or that they are half a year's."""
    found: dict[tuple[str, int], tuple[str, int | None]] = {}
    for rows, kind in (
        (e.rows(e.used, "accounts", "document", "line"), "accounts"),
        (e.rows(e.used, "balance", "document", "line"), "balance"),
        (e.rows(e.used, "investments", "document", "line"), "investment"),
        (measures[measures["kind"] == "investering"], "investment"),
    ):
        found |= dict.fromkeys(_places(rows), (kind, None))
    half = prose[prose["note"].str.contains("halvårseffekt", case=False)]
    return found | {place: ("half_year", _year(year)) for place, year in zip(_places(half), half["year"], strict=True)}


def _year(year: int | None) -> int | None:
    return None if pd.isna(year) else int(year)


def _places(rows: pd.DataFrame) -> list[tuple[str, int]]:
    return list(rows[["document", "line"]].itertuples(index=False, name=None))


def said(e: Edition) -> dict[tuple[str, str], Said]:
    """What is shown of each topic in each compared document, by (topic, document)."""
    known = _known(e)
    errors = e.rows(e.used, "findings", severity="error")
    errors = errors[~errors["check"].isin(_OF_TABLES)]
    wrong: dict[str, set[int]] = {}
    for document, lines in zip(errors["document"], errors["lines"], strict=True):
        wrong.setdefault(document, set()).update(split_lines(lines))
    groups: dict[tuple[str, str], list[NamedTuple]] = {}
    for row in _used(e).itertuples(index=False):
        groups.setdefault((row.topic, row.document), []).append(row)
    return {
        (topic, document): _said(e, document, rows, known, wrong.get(document, set()))
        for (topic, document), rows in groups.items()
    }


def _said(e: Edition, document: str, rows: list[NamedTuple], known: _Known, errors: set[int]) -> Said:
    places: dict[tuple[str, str], NamedTuple] = {}
    for row in rows:
        places.setdefault((row.lines, row.statement), row)
    single = list(places.values())
    shown = _quoted(single)
    stated = [row for row in rows if pd.notna(row.amount_mnok)]
    seen = {line for row in (*shown, *stated) for line in split_lines(row.lines)}
    wrong = errors & seen
    left = sorted({split_lines(row.lines)[0] for row in single if not set(split_lines(row.lines)) <= seen})
    return Said(
        quotes=[Quote(e.verbatim(row.statement), _passage(document, row.lines)) for row in shown],
        amounts=_amounts(e, document, stated, known),
        wrong=_passage(document, join_lines(wrong)) if wrong else None,
        places=_passage(document, join_lines(left[:LINKED])) if left else None,
        more=len(left[LINKED:]),
    )


def _passage(document: str, lines: str) -> Passage:
    return Passage(Lines("", ((document, lines),)), len(split_lines(lines)) > 1)


def _quoted(rows: list[NamedTuple]) -> list[NamedTuple]:
    """The statements that are quoted, in the order of the document.

    First those under a heading that names the topic, then sentences, those that state a number before others. Table
    rows are no quotations: their amounts are shown, and the rest are linked to.
    """
    prose = [row for row in rows if row.role != "row"]
    order = sorted(
        range(len(prose)),
        key=lambda index: (prose[index].role == "sentence", not re.search(r"\d", prose[index].statement)),
    )
    best = order[:QUOTED]
    if sum(len(prose[index].statement) for index in best) > QUOTED_LENGTH:
        best = best[:1]
    return [prose[index] for index in sorted(best)]


def _amounts(e: Edition, document: str, rows: list[NamedTuple], known: _Known) -> list[Amount]:
    """Each table row, and each measure that a passage states amounts of.

    The amounts of a plan are in the prices of its first year, those of accounts in the prices of their own year; what
    they are in the prices of this edition stands beside them.
    """
    out = []
    facts = e.document(document)
    groups: dict[tuple[str, str], list[NamedTuple]] = {}
    for row in rows:
        groups.setdefault((row.lines, _name(row, known)), []).append(row)
    for (lines, name), same in groups.items():
        of = [facts["budget_year"] if facts["baseline"] or pd.isna(row.year) else row.year for row in same]
        text = _listed(e, [(row.amount_mnok, row.year, int(year)) for row, year in zip(same, of, strict=True)])
        in_table = all(row.role == "row" for row in same)
        places = [(document, line) for line in reversed(split_lines(lines))]
        kind, year = next((known.kinds[place] for place in places if place in known.kinds), (None, None))
        # The row itself, without the heading that it stands under.
        stands = [line for place, line in places if in_table and (place, line) in known.labels]
        source = (document, join_lines(stands) if stands else lines)
        out.append(Amount(e.named(name) if name else None, kind, year, Cell(text, (source,))))
    return out


def _name(row: NamedTuple, known: _Known) -> str:
    """What an amount is for: the label of its table row, or the measure that its passage states it of."""
    places = [(row.document, line) for line in reversed(split_lines(row.lines))]
    if row.role == "row":
        return next((known.labels[place] for place in places if place in known.labels), "")
    stated = (measure for place in places for measure in known.measures.get((*place, _year(row.year)), ()))
    return next((name for amount, name in stated if amount == row.amount_mnok), "")


def _listed(e: Edition, parts: list[tuple[float, int | None, int]]) -> str:
    """Amounts (amount, year, year of its prices) by year, like years as one: `0 i 2026; 5 i 2027–2029`.

    They have the decimals that they are printed with.
    """
    decimals = 0 if all(float(amount).is_integer() for amount, _, _ in parts) else 1

    def written(part: tuple[float, int | None, int]) -> str:
        amount, _, of = part
        text = e.number(amount, decimals=decimals).text
        if of == e.params.prices.year or not amount:
            return text
        # A small whole number would lose much of what the prices have changed.
        exact = decimals if decimals or abs(amount) >= 100 else 1
        fixed = e.number(amount * e.price_factor(of), decimals=exact).text
        return text + e.text(
            f" ({fixed} i {e.params.prices.year}-kroner)", f" ({fixed} in {e.params.prices.year} kroner)"
        )

    out = []
    for shown, same in groupby(parts, key=written):
        years = [int(year) for _, year, _ in same if pd.notna(year)]
        when = f"{e.text('i', 'in')} {caveats.year_list(e, years)}" if years else e.text("uten årstall", "with no year")
        out.append(f"{shown} {when}")
    return "; ".join(out)


def combinations(e: Edition, found: pd.DataFrame) -> list[tuple[list[str], int]]:
    """Which documents (their ids) mention how many topics that no other mentions; most documents first."""
    documents = list(compared(e).index)
    sizes = found.groupby([found[document] > 0 for document in documents]).size()
    rows = [
        ([document for document, there in zip(documents, which, strict=True) if there], int(count))
        for which, count in sizes.items()
    ]
    return sorted(rows, key=lambda row: (len(row[0]), row[1]), reverse=True)
