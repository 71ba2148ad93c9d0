"""Printed tables of accounts in, service areas out."""

import pandas as pd
import pytest

from kommunebudsjett.tables.accounts import accounts
from tests.tables.annual_report_cells import WORDS, printed, report

ALL_AREAS = """
# 1. Økonomi

### 1.1.3. Resultat for tjenesteområdene

Tall i millioner kroner

→Regnskap 2031→Revidert budsjett 2031→Opprinnelig budsjett 2031→Avvik
Byrådsavdelinger→427→436→241→9
Skole→2778→2809→2784→31
Kunst og kultur→385→393→380→8
Diverse sentrale bevilgninger→262→343→488→80
"""


def with_chapter(heading, caption, table):
    text = f"{ALL_AREAS}\n## {heading}\n\n{caption}\n\n{table}"
    rows = accounts(printed(text))
    return rows[rows["table"] != "1.1.3"]


def chapter_table(row):
    return f"→Regnskap→Revidert budsjett→Opprinnelig budsjett→Avvik regnskap og revidert budsjett\n{row}"


@pytest.mark.parametrize(
    ("column", "meaning"),
    [
        ("Regnskap 2025", "actual"),
        ("Revidert Budsjett", "revised_budget"),
        ("Opprinnelig budsjett 2025", "original_budget"),
        ("Vedtatt budsjett i mill nok", "original_budget"),
        ("Avvik mellom revidert budsjett og regnskap", "deviation"),
        ("2025 | Trondheim", ""),
    ],
)
def test_meanings_of_columns(column, meaning):
    assert WORDS.meaning_of(column) == meaning


def test_the_table_of_all_areas():
    rows = accounts(printed(ALL_AREAS))
    assert rows.iloc[0].to_dict() == {
        "document": "trondheim-2025",
        "service_area": "Byrådsavdelinger",
        "table": "1.1.3",
        "year": 2031,
        "actual": 427,
        "revised_budget": 436,
        "original_budget": 241,
        "deviation": 9,
        "line": 8,
        "counts_in_total": 1,
    }
    assert list(rows["service_area"]) == [
        "Byrådsavdelinger",
        "Skole",
        "Kunst og kultur",
        "Diverse sentrale bevilgninger",
    ]


@pytest.mark.parametrize(
    ("heading", "caption", "row", "area"),
    [
        ("4. Oppvekst", "#### 4.1.2. Regnskap for skole 2031", "Millioner kroner→1,0→2,0→3,0→4,0", "Skole"),
        ("7. Kultur", "#### 7.1.1. *Budsjett for kunst og kultur*", "Millioner kroner→1→2→3→4", "Kunst og kultur"),
        ("4. Oppvekst", "### Driftsregnskapet\n\nTall i millioner kroner", "Skole→1→2→3→4", "Skole"),
        ("5. Oppvekst", "#### 5.1.1. Tabell 5", "Millioner kroner→384,9→393,1→380,4→1,0", "Kunst og kultur"),
        ("3. Byrådsleders avdeling", "##### 3.1.1. Tabell 3.1", "Millioner kroner→1→2→3→4", "Byrådsavdelinger"),
    ],
)
def test_areas_of_chapter_tables(heading, caption, row, area):
    """By caption, label, amounts or the heading of the chapter."""
    rows = with_chapter(heading, caption, chapter_table(row))
    assert list(rows["service_area"]) == [area]
    assert list(rows["year"]) == [2031]


@pytest.mark.parametrize(
    ("caption", "row"),
    [
        ("#### 4.1.2. Tabell 4", "Millioner kroner→1→2→3→4"),
        ("### Driftsregnskapet\n\nTall i millioner kroner", "<b>Total for området oppvekst</b>→1→2→3→4"),
        ("#### 4.1.2. Investeringer i skole", "Skole→1→2→3→4"),
    ],
)
def test_rows_that_are_no_area_are_left_out(caption, row):
    assert with_chapter("4. Oppvekst", caption, chapter_table(row)).empty


@pytest.mark.parametrize(
    "total",
    ["Sum tjenesteområdene", "**SUM**", "Tjenesteområdene totalt", "Drift i alt", "Alle områder samlet",
     "Tjenesteområdene", "Netto driftsutgifter"],
)  # fmt: skip
def test_a_total_is_no_area_by_its_name_or_its_amounts(total):
    text = f"{ALL_AREAS.rstrip()}\n{total}→3852→3981→3893→128\n"
    assert list(accounts(printed(text))["service_area"]) == list(accounts(printed(ALL_AREAS))["service_area"])
    first = ALL_AREAS.replace("Byrådsavdelinger", f"{total}→3852→3981→3893→128\nByrådsavdelinger")
    assert list(accounts(printed(first))["service_area"]) == list(accounts(printed(ALL_AREAS))["service_area"])


def test_a_named_total_that_does_not_add_up_is_no_area_either():
    text = f"{ALL_AREAS.rstrip()}\nSum tjenesteområdene→9999→3981→3893→128\n"
    assert len(accounts(printed(text))) == 4


def test_a_slip_in_one_column_does_not_make_a_total_an_area():
    text = f"{ALL_AREAS.rstrip()}\nTjenesteområdene→8352→3981→3893→128\n"
    assert len(accounts(printed(text))) == 4


def test_a_last_area_that_is_large_is_an_area():
    text = f"{ALL_AREAS.rstrip()}\nHelse→3852→3990→3700→138\n"
    assert accounts(printed(text))["service_area"].iloc[-1] == "Helse"


def test_a_table_without_all_four_columns_is_no_table_of_areas():
    assert with_chapter("4. Oppvekst", "#### 4.1.2. Skole", "→Regnskap→Avvik\nSkole→1→2").empty


def test_columns_are_found_by_meaning_not_by_order():
    table = "Område→Vedtatt budsjett i mill nok→Avvik i mill nok→Regnskap i mill nok→Revidert budsjett i mill nok"
    row = with_chapter("4. Oppvekst", "### Regnskap", f"{table}\nSkole→1,5→2,5→-3,5→4,5").iloc[0]
    assert (row["original_budget"], row["deviation"], row["actual"], row["revised_budget"]) == (1.5, 2.5, -3.5, 4.5)


def test_no_cells_give_no_rows():
    assert accounts(report().iloc[:0]).empty


def test_a_report_without_a_table_of_all_areas_gives_no_rows():
    assert accounts(printed("## 4. Oppvekst\n\n#### 4.1.2. Skole\n\n" + chapter_table("Skole→1→2→3→4"))).empty


def test_two_documents_keep_apart():
    one = printed(ALL_AREAS)
    rows = accounts(pd.concat([one, one.assign(document="by-2032")]))
    assert rows.groupby("document").size().to_dict() == {"by-2032": 4, "trondheim-2025": 4}


def test_the_report_of_2025():
    rows = accounts(report())
    chapters = rows[rows["table"] != "1.1.3"]
    assert len(rows) == 38
    assert chapters["service_area"].is_unique
    assert set(rows["service_area"]) == set(rows.loc[rows["table"] == "1.1.3", "service_area"])
    assert set(rows.loc[rows["table"] == "1.1.3", "service_area"]) - set(chapters["service_area"]) == {
        "Bystyresekretariatet, folkevalgte, kontrollkomiteen, kommunerevisjonen",
        "Diverse sentrale bevilgninger",
    }
    assert chapters.set_index("table").loc["3.1.1", "service_area"] == "Byrådsavdelinger"
    property_row = chapters.set_index("service_area").loc["Eiendomstjenester"]
    assert (property_row["actual"], property_row["original_budget"], property_row["line"]) == (1601.4, 1030.5, 2162)
