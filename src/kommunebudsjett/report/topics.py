"""Topics that recur: what each document states of a topic in, quotes, amounts and places of a report out."""

import re
from collections.abc import Iterable
from dataclasses import replace
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


class Amount(NamedTuple):
    """Amounts on a line: what they are for, a remark on their kind, and the amounts by year."""

    name: Cell
    remark: str
    cell: Cell


class Said(NamedTuple):
    """What a report shows of a topic in one document: `quotes` (text, lines), `amounts`, `wrong` (the lines of these
    that the audit found an error on), `places` (the lines of other statements) and `more`, how many there are beside.
    """

    quotes: list[tuple[Cell, Lines]]
    amounts: list[Amount]
    wrong: Lines | None
    places: Lines | None
    more: int


class _Known(NamedTuple):
    """What is known of amounts: by (document, line) the label of a table row; by (document, line, year) the measures in
    prose, each with its amount; by (document, line) a remark that sets them apart from others: what they are amounts
    of, or that they are half a year's.
    """

    labels: dict[tuple[str, int], str]
    measures: dict[tuple[str, int, int | None], list[tuple[float, str]]]
    remarks: dict[tuple[str, int], str]


def _known(e: Edition) -> _Known:
    measures = e.rows(e.used, "measures")
    prose = measures[measures["basis"].isin(["heading", "prose"])]
    remarks = {}
    for rows, remark in (
        (e.rows(e.used, "accounts", "document", "line"), e.text("netto drift", "net running costs")),
        (e.rows(e.used, "balance", "document", "line"), e.text("balanse", "balance sheet")),
        (e.rows(e.used, "investments", "document", "line"), e.text("investering", "investment")),
        (measures[measures["kind"] == "investering"], e.text("investering", "investment")),
    ):
        remarks |= dict.fromkeys(_places(rows), remark)
    half = prose[prose["note"].str.contains("halvårseffekt", case=False)]
    for place, year in zip(_places(half), half["year"], strict=True):
        remarks[place] = e.text(f"halvårseffekt i {year}", f"half-year effect in {year}")
    cells = e.rows(e.used, "table_cells", "document", "line", "row")
    named: dict[tuple[str, int, int | None], list[tuple[float, str]]] = {}
    for place, year, amount, name in zip(
        _places(prose), prose["year"], prose["amount_mnok"], prose["measure"], strict=True
    ):
        named.setdefault((*place, _year(year)), []).append((amount, name))
    return _Known(
        labels=dict(zip(_places(cells), cells["row"], strict=True)),
        measures=named,
        remarks=remarks,
    )


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
        quotes=[
            (Cell(row.statement, lang="nb" if e.lang == "en" else ""), Lines("", ((document, row.lines),)))
            for row in shown
        ],
        amounts=_amounts(e, document, stated, known),
        wrong=Lines("", ((document, join_lines(wrong)),)) if wrong else None,
        places=Lines("", ((document, join_lines(left[:LINKED])),)) if left else None,
        more=len(left[LINKED:]),
    )


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
        remark = next((known.remarks[place] for place in places if place in known.remarks), "")
        # The row itself, without the heading that it stands under.
        stands = [line for place, line in places if in_table and (place, line) in known.labels]
        source = (document, join_lines(stands) if stands else lines)
        out.append(Amount(e.named(name) if name else Cell(""), remark, Cell(text, (source,))))
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


def shown_text(e: Edition, what: Said) -> tuple[str, dict[str, Cell | str]]:
    """What is shown of a topic in one document as Markdown with places, and the values for the places."""
    pieces, values = [], {}
    unit = e.text("mill. kr", "NOK million")
    for index, (text, lines) in enumerate(what.quotes):
        values |= {f"quote{index}": replace(text, text=e.quoted(text.text)), f"lines{index}": lines}
        pieces.append(f"{{quote{index}}} ({_lines_word(e, lines)} {{lines{index}}}).")
    for index, (name, remark, amount) in enumerate(what.amounts):
        values |= {f"name{index}": name, f"amount{index}": amount}
        heading = f"{{name{index}}}" if name.text else e.text("Beløp", "Amount")
        pieces.append(f"{heading}{f' ({remark})' if remark else ''}, {unit}: {{amount{index}}}.")
    if what.wrong is not None:
        document = what.wrong.sources[0][0]
        audit = e.report("sources", e.text("Kontrollen", "The check"))
        values |= {"wrong": what.wrong, "audit": replace(audit, page=audit.page and f"{audit.page}#audit-{document}")}
        word = _lines_word(e, what.wrong)
        pieces.append(e.text("{audit} fant feil på linje {wrong}.", f"{{audit}} found an error on {word} {{wrong}}."))
    if what.places is not None:
        values["places"] = what.places
        word = _lines_word(e, what.places)
        others = e.text("Nevnt på linje {places}", f"Mentioned on {word} {{places}}")
        if pieces:
            others = e.text("Også linje {places}", f"Also {word} {{places}}")
        pieces.append(others + (e.text(f" og {what.more} til", f" and {what.more} more") if what.more else "") + ".")
    return " ".join(pieces), values


def _lines_word(e: Edition, lines: Lines) -> str:
    """The word before numbers of lines; Norwegian has one for one line and for several."""
    several = sum(len(split_lines(runs)) for _, runs in lines.sources) > 1
    return e.text("linje", "lines" if several else "line")


def combinations(e: Edition, found: pd.DataFrame) -> pd.DataFrame:
    """How many topics are mentioned by which documents: documents (names as a list in words), count; most documents
    first.
    """
    documents = compared(e)
    names = {document: e.name(row) for document, row in documents.iterrows()}
    rows = []
    for which, same in found.groupby([found[document] > 0 for document in documents.index]):
        present = [document for document, there in zip(documents.index, which, strict=True) if there]
        label = (
            e.text("Alle dokumentene", "All the documents")
            if len(present) == len(documents)
            else e.listed([names[document] for document in present])
        )
        rows.append({"documents": label, "count": len(same), "size": len(present)})
    frame = pd.DataFrame(rows, columns=["documents", "count", "size"])
    return frame.sort_values(["size", "count"], ascending=False, kind="stable", ignore_index=True)
