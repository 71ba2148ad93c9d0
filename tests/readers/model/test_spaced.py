"""Plain text in whose cells spaces alone part; the columns of its header and the numbers of its rows out."""

import pytest

from tests.readers.model.reading import model, rows, table, unread

ROWS = "Skole 1 200 1 100 -100\nHelse 2 200 2 100 -100"


@pytest.mark.parametrize(
    ("header", "label", "columns"),
    [
        ("Regnskap 2022 Rev. budsjett 2022 Regnskap 2021", "", "Regnskap 2022/Rev. budsjett 2022/Regnskap 2021"),
        ("Skole og helse Budsjett 2024 Budsjett 2025 Plan 2026", "Skole og helse",
         "Budsjett 2024/Budsjett 2025/Plan 2026"),
        ("Tabell A – DriftRegnskap 2022Justert budsjett 2022Plan 2023", "Tabell A – Drift",
         "Regnskap 2022/Justert budsjett 2022/Plan 2023"),
        ("Drift (beløp i 1.000 kr)Regnskap 2022Budsjett 2022Plan 2023", "Drift (beløp i 1.000 kr)",
         "Regnskap 2022/Budsjett 2022/Plan 2023"),
        ("202420252026", "", "2024/2025/2026"),
        ("Område 2024 2025 2026", "Område", "2024/2025/2026"),
        ("Område\n2024 2025 2026", "", "2024/2025/2026"),
        ("Område Regnskap 2023 Budsjett 2024 Avvik", "Område", "Regnskap 2023/Budsjett 2024/Avvik"),
        ("Regnskap Budsjett Budsjett\n2023 2024 2025", "", "Regnskap 2023/Budsjett 2024/Budsjett 2025"),
        ("Regnskap Opprinnelig budsjett Regnskap\nOmråde 2022 2023 2023", "Område",
         "Regnskap 2022/Opprinnelig budsjett 2023/Regnskap 2023"),
        ("Rekneskap Avvik(per.) %-\n2023 2023 forbruk", "", "Rekneskap 2023/Avvik(per.) 2023/%- forbruk"),
        ("Område Kvinner Menn Totalt", "Område", "Kvinner/Menn/Totalt"),
        ("Regnskap Justert budsjett Avvik", "", "Regnskap/Justert budsjett/Avvik"),
        ("Område     Regnskap     Budsjett     Avvik i kr", "Område", "Regnskap/Budsjett/Avvik i kr"),
        ("Regnskap pr. 31.12.2022 Budsjett 2022 Plan 2023-2026", "",
         "Regnskap pr. 31.12.2022/Budsjett 2022/Plan 2023-2026"),
        ("Plan 2024 (mill. kr) Plan 2025 (mill. kr) Sum 2026 (mill. kr)", "",
         "Plan 2024 (mill. kr)/Plan 2025 (mill. kr)/Sum 2026 (mill. kr)"),
    ],
)  # fmt: skip
def test_the_columns_that_a_header_states(header, label, columns):
    found = table(f"{header}\n{ROWS}\nSum 3 400 3 200 -200")
    assert ("/".join(column.name for column in found.columns), found.label_header) == (columns, label)
    assert [value.number for value in found.rows[0].values] == [1200, 1100, -100]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Område\nRegnskap 2022\nOpprinnelig\nbudsjett 2023\nAvvik", "Regnskap 2022/Opprinnelig budsjett 2023/Avvik"),
        ("Regnskap Opprinnelig Budsjett\n2016 budsjett 2017 2018",
         "Regnskap 2016/Opprinnelig budsjett 2017/Budsjett 2018"),
    ],
)  # fmt: skip
def test_headers_in_several_lines(header, columns):
    found = table(f"{header}\nSkole 1 200 1 100 -100\nHelse 2 200 2 101 99\nSum 3 400 3 201 -1")
    assert "/".join(column.name for column in found.columns) == columns


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Ansvar Regnskap 2024 Rev. budsjett 2024 Avvik Avvik i %\nOppvekst 245 320 240 100 5 220 -2,2\n"
         "Helse 180 400 182 000 -1 600 0,9", "Regnskap 2024/Rev. budsjett 2024/Avvik/Avvik i %"),
        ("Ansvar Regnskap 2024 Budsjett 2024 Avvik kr Avvik %\nSkole 24 20 4 20,0\nHelse 8 10 -2 -20,0",
         "Regnskap 2024/Budsjett 2024/Avvik kr/Avvik %"),
        ("Område Regnskap 2023 Budsjett 2024 Avvik i kr Forbruk i %\nSkole 24 20 4 120,0\nHelse 8 10 -2 80,0",
         "Regnskap 2023/Budsjett 2024/Avvik i kr/Forbruk i %"),
        ("Område Budsjett 2024 Endring Budsjett 2025\nSkole 45 2 47\nHelse 50 -3 47",
         "Budsjett 2024/Endring/Budsjett 2025"),
        ("Prosjekt Kostnadsramme 2025 2026 2027\nBru 50 10 20 20\nVeg 60 0 20 40",
         "Kostnadsramme/2025/2026/2027"),
        ("Total 2025 2026\nBru 50 10 20\nVeg 60 0 20", "Total/2025/2026"),
        ("Prosjekt 2025 2026 Lån Tilskudd\nVeg 1 000 2 000 2 500 -500\nBru 10 20 30 -5\nSum 1 010 2 020 2 530 -505",
         "2025/2026/Lån/Tilskudd"),
        ("Område Budsjett 2025 herav mva Budsjett 2026 herav mva\nSkule 90 20 80 50\nHelse 0 0 5 1",
         None),
        ("Område Vedtatt Budsjett 2024 Rev. Budsjett 2025\nSkole 12 300 14 000\nHelse -5 0\nSum 12 295 14 000",
         "Vedtatt Budsjett 2024/Rev. Budsjett 2025"),
        ("Område Endring Budsjett 2025 Ramme Budsjett 2026\nSkole 1 5 12\nHelse 2 9 0", None),
        ("Område Budsjett 2024 Endring Budsjett 2025\nSkole 245 320 -2 120 243 200\nHelse 333 100 -1 100 332 000",
         None),
    ],
)  # fmt: skip
def test_words_of_a_header_that_may_be_columns(text, columns):
    found = table(text)
    assert "/".join(column.name for column in found.columns) == (columns or "")
    assert bool(found.unread) == (columns is None)


def test_notes_in_a_column_of_their_own():
    text = "Drift Note Regnskap 2020 Budsjett 2020\nSalg 1 1 362 380 1 244 936\nSkatt 4 717 604 4 940 228"
    assert rows(text)["Salg"] == {"Regnskap 2020": 1362380, "Budsjett 2020": 1244936}
    assert rows(text)["Skatt"] == {"Regnskap 2020": 4717604, "Budsjett 2020": 4940228}


def test_a_line_below_a_gap_that_has_too_few_numbers_is_no_row():
    text = "Område 2024 2025\nSkole 671 212\nHelse 0 1 200\nSum 671 1 412\n\nNeste kapittel om drift 1"
    assert list(rows(text)) == ["Skole", "Helse", "Sum"]
    assert unread(text) == []


def test_pages_and_units_between_the_rows_are_prose():
    text = "Område 2024 2025\nBeløp i 1000 kr\nSkole 1 200 1 300\nSide 12\n(Tall i 1000 kr)\nHelse 2 200 2 300"
    text += "\nSum 3 400 3 600"
    assert list(rows(text)) == ["Skole", "Helse", "Sum"]
    assert [block.text for block in model(text).blocks[1:]] == ["Beløp i 1000 kr", "Side 12 (Tall i 1000 kr)"]


def test_names_over_years_that_repeat():
    text = "2023 2024\nKvinner Menn Kvinner Menn\nSkole 10 20 30 40\nHelse 11 21 31 41"
    assert list(rows(text)["Skole"]) == ["2023 | Kvinner", "2023 | Menn", "2024 | Kvinner", "2024 | Menn"]


def test_cells_between_wide_gaps_are_placed_under_their_columns():
    text = """
Område              Regnskap 2023    Budsjett 2024    Avvik
Skole                      12 300                      14 000
Barnehage                   1 234           2 345       1 111
"""
    assert rows(text)["Skole"] == {"Regnskap 2023": 12300, "Avvik": 14000}


def test_cells_between_wide_gaps_that_stand_under_no_column_are_unread():
    text = """
Område              Regnskap 2023    Budsjett 2024    Avvik
Skole          300                                    14 000
Barnehage                   1 234           2 345       1 111
"""
    assert list(rows(text)) == ["Barnehage"]
    assert [line for line, _ in unread(text)] == [2]


def test_rows_apart_groups_and_labels_that_go_on():
    text = """
Regnskap 2022 Budsjett 2023
5 Sum inntekter 10198900 10067136

6 Sum utgifter 9045948 9560824
Disponering av resultatet
Bruk av
fond 20 30
"""
    found = table(text)
    assert [(row.group, row.label) for row in found.rows] == [
        ("", "5 Sum inntekter"),
        ("", "6 Sum utgifter"),
        ("Disponering av resultatet", "Bruk av fond"),
    ]


def test_a_row_that_is_not_understood_touches_no_neighbour():
    text = "Område 2024 2025\nSkole 12 300 14 000\nHelse\nSykehjem 1 2 3 4\nog omsorg 1 200 1 400\nSum 13 500 15 400"
    assert rows(text) == {
        "Skole": {"2024": 12300, "2025": 14000},
        "og omsorg": {"2024": 1200, "2025": 1400},
        "Sum": {"2024": 13500, "2025": 15400},
    }
    assert unread(text) == [(4, "1 2 3 4")]


def test_rows_like_a_header_begin_a_new_table():
    text = "Drift 2024 2025\nSkole 1 200 1 300\nInvestering 2024 2025\nSkole 2 200 2 300"
    assert [found.label_header for found in model(text).tables] == ["Drift", "Investering"]


def test_a_table_ends_at_prose_and_at_a_caption():
    text = "Drift 2024 2025\nSkole 1 200 1 300\nTabell 3.1 Drift 2024\n\nKommunen har 12 300 innbyggere og 14 000"
    assert table(text).last_line == 2


@pytest.mark.parametrize(
    "text",
    [
        "I 2023 og 2024 brukte kommunen 300 millioner kroner.\nDet var 12 mer enn i 2022.",
        "Vedtatt budsjett 2024 ble 300 høyere enn i 2023\nSkole fikk 20 og helse 30",
        "Tall i mill. kr\nVi viser til vedtak i 2023 og 2024\nSkolen fikk 12 og Helse 10 20",
        "Vi viser til vedtak i 2023 Budsjett 2024\nSkole 12 20\nHelse 10 20",
        "Skolen trengte mer i 2023 enn i 2024\nSkole 12 20\nHelse 4 5",
        "Planen for 2024 2025 2026\nHelse fikk 10 20 30",
        "Vedtatt i 2023\nKommunen låner 300\n\nTekst.",
        "1 Innledning 3\n2 Økonomi 7\n3 Drift 12",
        "Ordfører Kari Nordmann\nTelefon 73 00 00 00\nPostboks 12",
        "Tiltak Drift Investering\nNy skole på Lade 5 100\nNy barnehage 2 200",
    ],
)
def test_prose_is_no_table(text):
    assert model(text).tables == ()


PAST_LABELS = """\
                          Avvik   Regnskap 2023   Rev. bud. 2023
Oppvekst og skole        -6 120         318 420          312 300
Kultur og idrett            415          44 585           45 000
"""


def test_a_header_that_begins_right_of_the_labels_has_no_name_for_them():
    names = ("Avvik", "Regnskap 2023", "Rev. bud. 2023")
    assert rows(f"Økonomi\n\n{PAST_LABELS}") == {
        "Oppvekst og skole": dict(zip(names, (-6120, 318420, 312300), strict=True)),
        "Kultur og idrett": dict(zip(names, (415, 44585, 45000), strict=True)),
    }
