"""One harmonised area: its accounts, its names in each document, its inspections, and the errors that touch it."""

from collections.abc import Iterable

import pandas as pd

from kommunebudsjett.report import accounts as whole_accounts
from kommunebudsjett.report import caveats
from kommunebudsjett.report import findings as audited
from kommunebudsjett.report.blocks import Cell
from kommunebudsjett.report.edition import Edition, kept, source, sources
from kommunebudsjett.tables.comparison import whole_table

# The area whose amounts in a party budget are how the budget is paid for, not what a service costs.
FUNDING = "finans_organisasjon"
# The area of what belongs to no one area.
SHARED = "felles"


@kept
def accounts(e: Edition, report: str, area_id: str) -> pd.DataFrame:
    """The service areas of an area, as the table of the whole municipality prints them, in its order."""
    rows = whole_table(e.table("accounts", document=report), report)
    return rows[rows["area_id"] == area_id]


def chapters(e: Edition, report: str, area_id: str) -> pd.DataFrame:
    """The same service areas as the tables of the chapters print them, where they do."""
    rows = e.table("accounts", document=report, area_id=area_id)
    return rows[~rows["line"].isin(accounts(e, report, area_id)["line"])]


def depreciation(e: Edition, report: str) -> pd.DataFrame:
    """Depreciation of the whole municipality by meaning, where the original budget of the annual report lacks what the
    accounts have, so that no area's original budget can be set against its accounts; empty where it can.
    """
    rows = whole_accounts.depreciation(e, report)
    return rows if caveats.depreciation(e, report) else rows.iloc[:0]


def undivided(e: Edition, proposal: str) -> set[str]:
    """The headings under which a party budget has investments of several areas, so that they are of none."""
    crosswalk = e.crosswalk(proposal)
    known = zip(crosswalk["name"], crosswalk["area_id"], crosswalk["relation"], strict=True)
    shared = {name for name, area_id, relation in known if area_id == SHARED and relation == "wider"}
    return shared & set(e.table("measures", "area", document=proposal, kind="investering")["area"])


def hidden_overspending(e: Edition, report: str, area_id: str) -> pd.DataFrame:
    """The service areas that overspent by the table of their chapter, but not by that of the whole municipality."""
    shown = accounts(e, report, area_id)
    over = set(shown.loc[shown["deviation"] < 0, "service_area"])
    rows = chapters(e, report, area_id)
    return rows[(rows["deviation"] < 0) & ~rows["service_area"].isin(over)]


def rounded(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose printed deviation is not the revised budget less the accounts, which rounding can explain."""
    return rows[(rows["revised_budget"] - rows["actual"] - rows["deviation"]).abs() > 0.05]


def size(e: Edition, report: str, proposal: str, area_id: str) -> Cell | None:
    """How large the change that a party budget proposes is beside the actual level, without its sign, in the same
    prices; None where that says nothing: of a net income, or of what pays for the budget.
    """
    change, level = e.amounts(proposal, "change"), e.amounts(report, "actual")
    if area_id == FUNDING or area_id not in change.index or area_id not in level.index:
        return None
    row = change.loc[area_id]
    if pd.isna(row["share_of_level_percent"]):
        return None
    how = e.text(
        "summen av tiltakene delt på regnskapet for området, begge i samme kroner",
        "the sum of the measures divided by the accounts of the area, both in the same kroner",
    )
    return e.percent(abs(row["share_of_level_percent"]), source(row), source(level.loc[area_id]), how=how)


@kept
def printed_names(e: Edition, area_id: str) -> pd.DataFrame:
    """The headings and service areas that each document has under an area: document, name, line, relation, note.

    In the order of the documents, oldest first, each name once. Of the annual reports it is that of the comparison.
    """
    found = []
    for document in shown(e):
        meant = _meant(e, document)
        for name, line in _headings(e, document, area_id).items():
            relation, note = meant.get(name, ("same", ""))
            found.append((document, name, line, relation, note))
    return pd.DataFrame(found, columns=["document", "name", "line", "relation", "note"])


def shown(e: Edition) -> list[str]:
    """The documents that a report on an area shows: every proposal, and the compared annual report; oldest first."""
    return [document for document in e.used if document in (*e.proposals(), e.compared.report)]


def _headings(e: Edition, document: str, area_id: str) -> dict[str, int]:
    """The headings or service areas of a document under an area, each with the first line that it stands for, in the
    order of these lines; those of the accounts in the order of their table.
    """
    if e.document(document)["role"] == "report":
        rows = accounts(e, document, area_id)
        printed = zip(rows["service_area"], rows["line"], strict=True)
    else:
        own = {"document": document, "area_id": area_id}
        measures = e.table("measures", "area", "printing", "line", **own)
        directives = e.table("directives", "area", "line_first", **own)
        measures = measures[measures["printing"].isin(["", e.params.printing])]
        printed = [
            *zip(measures["area"], measures["line"], strict=True),
            *zip(directives["area"], directives["line_first"], strict=True),
        ]
        printed.sort(key=lambda heading: heading[1])
    first: dict[str, int] = {}
    for name, line in printed:
        first.setdefault(name, line)
    return first


def _meant(e: Edition, document: str) -> dict[str, tuple[str, str]]:
    """How each name of a document relates to its area, and the note on it."""
    crosswalk = e.crosswalk(document)
    meant = zip(crosswalk["relation"], crosswalk[f"note_{e.lang}"], strict=True)
    return dict(zip(crosswalk["name"], meant, strict=True))


def wider_elsewhere(e: Edition, area_id: str) -> list[str]:
    """What a reader must know of the names under other areas that hold more than their area: some of it may belong
    to this one.
    """
    rows = pd.concat([e.crosswalk(document) for document in shown(e)])
    wider = set(rows.loc[rows["relation"] == "wider", "area_id"])
    notes = []
    for other in e.areas.index:
        # What belongs to no one area is wider than any.
        if other in wider and other not in (area_id, SHARED):
            names = printed_names(e, other)
            notes += list(names.loc[(names["relation"] == "wider") & (names["note"] != ""), "note"])
    return notes


def inspections(e: Edition, report: str, area_id: str) -> pd.DataFrame:
    """The supervisory visits to a unit that has the name of a service area of this area."""
    crosswalk = e.crosswalk(report)
    names = set(crosswalk.loc[crosswalk["area_id"] == area_id, "name"])
    rows = e.table("inspections", document=report)
    return rows[rows["unit"].isin(names)]


def findings(
    e: Edition, report: str, area_id: str, used: Iterable[tuple[str, str]], tables: Iterable[str] = ()
) -> pd.DataFrame:
    """Errors and doubts in the sources that stand on a line that is used, are about one of the `tables` of the annual
    report, or stand in the area's chapter of it.
    """
    used = list(used)
    found = pd.concat([e.table("findings", document=document) for document in shown(e)], ignore_index=True)
    found = audited.by_root(found)
    found = found[found["severity"].isin(["error", "doubt"])]
    touched = caveats.touching(found, [*used, *_chapter(e, report, area_id)])
    own = found[found["table"].isin([name for name in tables if name]) & (found["document"] == report)]
    return found[found["root"].isin([*touched["root"], *own["root"]])]


def _chapter(e: Edition, report: str, area_id: str) -> list[tuple[str, str]]:
    """The lines of a report from the first to the last of the area's own tables and goals; none without goals."""
    goals = e.table("goals", document=report, area_id=area_id)
    if goals.empty:
        return []
    lines = [*goals["line"], *chapters(e, report, area_id)["line"]]
    return [(report, f"{min(lines)}-{max(lines)}")]


def finding_rows(e: Edition, found: pd.DataFrame) -> list[list[Cell | str]]:
    """Findings as rows of a table: what is wrong, the code of its severity, the document, and the lines."""
    rows = []
    for (same, _), (text, lines) in zip(audited.groups(found), caveats.grouped(e, found), strict=True):
        first = same.iloc[0]
        rows.append([text, first["severity"], e.name(e.document(first["document"])), lines])
    return rows


def explanations(e: Edition, report: str, area_id: str) -> Cell:
    """The lines of the area's own accounts tables, under which the report explains the deviations."""
    found = sources(chapters(e, report, area_id))
    return Cell(e.listed([lines.replace("-", "–") for _, lines in found]), tuple(found))


def per_inhabitant(e: Edition, report: str, rows: pd.DataFrame, column: str, *, signed: bool = False) -> Cell:
    """The sum of a column of the accounts for each inhabitant, in kroner of the accounting year."""
    value = float(rows[column].sum()) * 1_000_000 / e.inhabitants(report)
    how = e.text(
        "beløpet delt på innbyggertallet 1. januar i regnskapsåret",
        "the amount divided by the number of inhabitants on 1 January of the accounting year",
    )
    return e.number(value, *sources(rows), signed=signed, how=how)


def total(e: Edition, rows: pd.DataFrame, column: str) -> Cell:
    """The size of the sum of a column of the accounts as an amount, without its sign."""
    return e.mnok(abs(float(rows[column].sum())), *sources(rows), how=_summed(e, rows))


def sum_of(e: Edition, rows: pd.DataFrame, column: str, *, signed: bool = False) -> Cell:
    """The sum of a column of the accounts in million kroner; of one row, the row itself."""
    return e.number(float(rows[column].sum()), *sources(rows), signed=signed, how=_summed(e, rows))


def _summed(e: Edition, rows: pd.DataFrame) -> str:
    if len(rows) < 2:
        return ""
    return e.text(f"summen av {len(rows)} tjenesteområder", f"the sum of {len(rows)} services")
