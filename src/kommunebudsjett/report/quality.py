"""The quality of the sources: what the audit found and what was not read in, what a report says of it out."""

import datetime

import pandas as pd

from kommunebudsjett.report import findings as audited
from kommunebudsjett.report import wording
from kommunebudsjett.report.blocks import Cell, Lines
from kommunebudsjett.report.caveats import grouped, status_name
from kommunebudsjett.report.edition import Edition
from kommunebudsjett.report.reasons import REASONS
from kommunebudsjett.tables.comparison import running_costs

# What each check of the audit looks for, in Norwegian and English.
CHECKS = {
    "arithmetic": ("Regnestykker i teksten", "Arithmetic in the text"),
    "balance": ("Balanse mellom inntekter og utgifter", "Balance of income and spending"),
    "caption": ("Tabelltitler og henvisninger", "Table captions and references"),
    "comparison": ("Sammenligninger i teksten", "Comparisons in the text"),
    "derived": ("Utregnede kolonner", "Computed columns"),
    "deviation": ("Avvik mellom budsjett og regnskap", "Deviations of accounts from budget"),
    "fiscal_rule": ("Handlingsregler", "Fiscal rules"),
    "goal": ("Mål mot egne indikatorer", "Goals against their own indicators"),
    "label": ("Navn og overskrifter", "Names and headings"),
    "listed": ("Opptellinger i teksten", "Counts in the text"),
    "measure": ("Tiltak", "Measures"),
    "printing": ("Samme tabell to steder", "The same table in two places"),
    "promise": ("Løfter mot tabellene", "Promises against the tables"),
    "prose": ("Beløp i teksten mot tabellen", "Amounts in the text against the table"),
    "repeated": ("Tall som er oppgitt to ganger", "Figures stated twice"),
    "sign": ("Fortegn", "Signs"),
    "sum": ("Summer", "Sums"),
    "tables": ("Samme tall i to tabeller", "The same figure in two tables"),
    "unit": ("Benevninger", "Units"),
}
SEVERITIES = {
    "error": ("feil", "errors"),
    "doubt": ("mulige feil", "possible errors"),
    "slip": ("skrivefeil", "slips of the pen"),
    "note": ("merknader", "notes"),
}
_ONE = {
    "error": ("feil", "error"),
    "doubt": ("mulig feil", "possible error"),
    "slip": ("skrivefeil", "slip of the pen"),
    "note": ("merknad", "note"),
}


def check_name(e: Edition, check: str) -> str:
    """What a check looks for, in the language of the report."""
    return e.text(*CHECKS[check])


def severity_name(e: Edition, severity: str, single: bool = False) -> str:
    """A severity as a noun, of several findings or of a `single` one."""
    return e.text(*(_ONE if single else SEVERITIES)[severity])


def reason(e: Edition, printed: str) -> Cell:
    """Why a number was not read; in English, and marked as such, where the reason has no Norwegian wording."""
    if e.lang == "en":
        return Cell(printed)
    return Cell(REASONS[printed]) if printed in REASONS else Cell(printed, lang="en")


def counts(e: Edition) -> pd.DataFrame:
    """Findings by document (index, those of this edition in the order of time) and severity (columns).

    Those that follow from one root are one, here as in all counts.
    """
    found = audited.heads(findings(e)).groupby(["document", "severity"]).size().unstack(fill_value=0)
    return found.reindex(index=list(compared(e).index), columns=list(SEVERITIES), fill_value=0)


def findings(e: Edition, document: str = "") -> pd.DataFrame:
    """The findings of the compared documents, or of one of them, with the `root` that they follow from."""
    return audited.by_root(e.rows([document] if document else e.used, "findings"))


def compared(e: Edition) -> pd.DataFrame:
    """The documents that are shown, oldest first, by id."""
    return pd.DataFrame([e.document(document) for document in e.used])


def by_check(e: Edition) -> pd.DataFrame:
    """Findings by check (index, most first) and document (columns)."""
    found = audited.heads(findings(e)).groupby(["check", "document"]).size().unstack(fill_value=0)
    found = found.reindex(columns=list(compared(e).index), fill_value=0)
    return found.loc[found.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def errors_by_check(e: Edition) -> pd.Series:
    """How many errors each check (index, most first) found in the compared documents."""
    rows = audited.heads(findings(e))
    return rows[rows["severity"] == "error"].groupby("check").size().sort_values(ascending=False, kind="stable")


def finding_rows(e: Edition, found: pd.DataFrame) -> list[list[Cell | str]]:
    """Findings as rows: what is wrong with what follows from it, what kind of check found it, and its lines.

    Those that say the same on the same lines, of a year or a column each, are one row.
    """
    return [
        [text, check_name(e, same.iloc[0]["check"]), lines]
        for (same, _), (text, lines) in zip(audited.groups(found), grouped(e, found), strict=True)
    ]


def unread_rows(e: Edition, document: str) -> list[list[Cell | str]]:
    """The numbers of a document that were not read, by reason: reason, how many, and their lines."""
    rows = e.table("unread", document=document)
    return [
        [reason(e, why), str(len(same)), Lines("", ((document, ";".join(map(str, sorted(set(same["line"]))))),))]
        for why, same in rows.groupby("reason", sort=False)
    ]


def printings(e: Edition, document: str) -> pd.DataFrame:
    """What the operating measures of a document come to in its first year, by printing: total_mnok and sources.

    Empty where the document prints its measures once.
    """
    measures = e.table("measures", document=document)
    year = int(e.document(document)["budget_year"])
    if measures["printing"].nunique() < 2:
        return pd.DataFrame(columns=["printing", "total_mnok", "rows"])
    out = []
    for printing in measures["printing"].unique():
        rows = running_costs(measures, document, year, printing)
        out.append({"printing": printing, "total_mnok": float(rows["amount_mnok"].sum()), "rows": rows})
    return pd.DataFrame(out)


def price_figures(e: Edition) -> list[list[Cell | str]]:
    """The figures of the price index that is used: year, growth in per cent or level, status, source."""
    rows = e.prices[e.prices["index"] == e.params.prices.index]
    return [
        [
            str(row["year"]),
            e.number(row["growth_percent"], decimals=1)
            if pd.notna(row["growth_percent"])
            else Cell(e.text("nivå ", "level ") + e.number(row["level_2015_100"], decimals=1).text),
            *_origin(e, row),
        ]
        for _, row in rows.iterrows()
    ]


def population_figures(e: Edition) -> list[list[Cell | str]]:
    """The population figures of the compared municipalities: municipality and date, inhabitants, status, source."""
    rows = e.population[e.population["municipality"].isin(compared(e)["municipality"])]
    return [
        [
            f"{row['municipality']}, {wording.date(datetime.date.fromisoformat(row['date']), e.lang)}",
            e.number(row["population"]),
            *_origin(e, row),
        ]
        for _, row in rows.iterrows()
    ]


def _origin(e: Edition, row: pd.Series) -> list[Cell | str]:
    return [status_name(e, row["status"]), _source(e, row["source"])]


def _source(e: Edition, given: str) -> Cell:
    """A source, which the reference tables give in English, in the language of the report where there is a gloss."""
    if e.lang == "en":
        return Cell(given)
    glossed = {english: norwegian for norwegian, english in e.glosses.items()}
    return Cell(glossed[given]) if given in glossed else Cell(given, lang="en")
