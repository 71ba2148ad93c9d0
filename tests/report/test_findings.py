"""Findings of the audit in, what the pages show of them out: one finding for each root, with what follows from it."""

import pandas as pd
import pytest

from kommunebudsjett.audit.findings import Finding
from kommunebudsjett.audit.roots import follows_from
from kommunebudsjett.report import caveats, findings, open_edition, quality
from kommunebudsjett.tables.contracts import TABLES


def table(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    """The table `findings` of checks, severities, lines and differences; each has its own sentence."""
    found = [
        Finding("d", check, severity, "x-1", lines, f"Nr. {n} er feil.", f"No. {n} is wrong.", 1.0, 2.0, difference)
        for n, (check, severity, lines, difference) in enumerate(rows, start=1)
    ]
    of_findings = TABLES["findings"]
    rows_of = pd.DataFrame(found, columns=Finding._fields).assign(follows_from=follows_from(found))
    return findings.by_root(rows_of[of_findings.names].astype(of_findings.dtypes))


# One row is missing: the sum of three years, and the balance of one of them, which is the same amount.
ONE_ROOT = (
    ("balance", "error", "9;19", 30.0),
    ("sum", "error", "5-9", 30.0),
    ("sum", "error", "5-9", -30.0),
    ("sum", "error", "5-9", 31.0),
    ("caption", "error", "2", None),
    ("caption", "error", "2", None),
)


def test_what_follows_from_one_root_is_one_finding():
    found = table(*ONE_ROOT)
    # The root, and two captions, of which nothing says that they belong together.
    assert findings.count(found) == 3
    heads = findings.heads(found)["description_en"].tolist()
    assert heads == ["No. 2 is wrong.", "No. 5 is wrong.", "No. 6 is wrong."]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nb", "Nr. 2 er feil. Det samme gjelder to kolonner til i tabellen. Av dette følger også: Nr. 1 er feil."),
        (
            "en",
            "No. 2 is wrong. The same is true of two more columns of the table. "
            "This also follows from it: No. 1 is wrong.",
        ),
    ],
)
def test_a_root_is_shown_with_its_consequences_and_their_lines(lang, said):
    rows = quality.finding_rows(open_edition(lang, 2026), table(*ONE_ROOT))
    assert rows[0][0] == said
    assert rows[0][2].sources == (("d", "5-9;19"),)
    assert len(rows) == 2


def test_two_things_said_of_the_same_lines_are_both_shown():
    renamed = "Skole: «Elever» heter «Alle elever» bakerst."
    moved = "Skole: «Elever» står under «Skole» i kapitlet."
    rows = [Finding("d", "printing", "note", "", "4;9", words, words, None, None, None) for words in (renamed, moved)]
    others = [
        Finding("d", "printing", "note", "", "5;7", words, words, None, None, None)
        for words in ("I 2026 er den 1,0.", "I 2027 er den \u22122,5.")
    ]
    of_findings = TABLES["findings"]
    found = pd.DataFrame([*rows, *others], columns=Finding._fields).assign(follows_from="")
    found = findings.by_root(found[of_findings.names].astype(of_findings.dtypes))
    said = [row[0] for row in quality.finding_rows(open_edition("nb", 2026), found)]
    assert said == [renamed, moved, "I 2026 er den 1,0. Det samme gjelder ett beløp til på de samme linjene."]


def test_two_things_that_follow_are_both_shown():
    found = table(*ONE_ROOT[:2], ("balance", "error", "9;19", -30.0))
    found.loc[2, ["description_nb", "description_en"]] = "Noe annet er feil."
    rows = quality.finding_rows(open_edition("nb", 2026), found)
    assert rows[0][0] == "Nr. 2 er feil. Av dette følger også: Nr. 1 er feil. Noe annet er feil."


@pytest.mark.parametrize("lines", ["9", "5", "19"])
def test_a_line_of_a_consequence_brings_the_root(lines):
    found = table(*ONE_ROOT[:3])
    touched = caveats.touching(found, [("d", lines)])
    [[text, _]] = caveats.grouped(open_edition("en", 2026), touched)
    assert text.startswith("No. 2 is wrong.") and text.endswith("This also follows from it: No. 1 is wrong.")


def test_a_root_is_as_grave_as_what_follows_from_it():
    found = table(("sum", "doubt", "5-9", 30.0), ("balance", "error", "9", 30.0), ("sum", "note", "1", None))
    assert found["severity"].tolist() == ["error", "error", "note"]


def test_counts_on_the_pages_are_those_of_roots(edition):
    every = findings.heads(quality.findings(edition))
    assert quality.counts(edition).to_numpy().sum() == quality.by_check(edition).to_numpy().sum() == len(every)
    # One total of the chapter on finances is 30 million off in four years, and so is the budget in one of them.
    assert len(every) < len(quality.findings(edition))
