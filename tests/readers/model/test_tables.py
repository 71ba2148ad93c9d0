"""Tables whose cells tabs, upright lines or semicolons part in; columns, rows and values out."""

import pytest

from kommunebudsjett.readers.model.headers import fitted_names
from tests.readers.model.reading import model, rows, table, unread


@pytest.mark.parametrize(
    "text",
    [
        "| Område | 2023 | 2024 |\n|---|---:|---:|\n| Skole | 1 234 | |\n| **Sum** | **-12** | 5 |",
        "Område | 2023 | 2024\nSkole | 1 234 | |\nSum | -12 | 5",
        "Område | 2023 |\n2024 |\nSkole | 1 234 | |\nSum | -12 | 5",
        "Område | 2023 | 2024\n--- | --- | ---\nSkole | 1 234 | |\n| Sum | -12 | 5 |",
        "Område;2023;2024\nSkole;1234;\nSum;-12;5",
        "Område→2023→2024\nSkole→1 234→\nSum→-12→5",
        "2023→2024\nSkole→1 234→\nSum→-12→5",
    ],
)
def test_one_table_in_many_forms(text):
    assert rows(text) == {"Skole": {"2023": 1234}, "Sum": {"2023": -12, "2024": 5}}


@pytest.mark.parametrize(
    "text",
    [
        "Enhetene; kutt i drift; -350 i 2024\nSkole; nye plasser; 2 mill i 2025",
        "- Skole; kutt; 3\n- Helse; kutt; 4",
        "Valget er ja | nei | vet ikke\nTekst.",
    ],
)
def test_lines_with_signs_that_are_no_tables(text):
    assert [cell for found in model(text).tables for cell in found.rows] == []


@pytest.mark.parametrize(
    ("levels", "names"),
    [
        (["|2023|2024|Endring", "|Regnskap|Budsjett|Regnskap|Budsjett"],
         ["2023 | Regnskap", "2023 | Budsjett", "2024 | Regnskap", "2024 | Budsjett", "Endring"]),
        (["Tekst|2023|2024", "Regnskap|Budsjett|Regnskap|Budsjett"],
         ["2023 | Regnskap", "2023 | Budsjett", "2024 | Regnskap", "2024 | Budsjett"]),
        (["Drift|Rekneskap|Avvik|%-|Budsjett", "2023|0|forbruk|2024"],
         ["Rekneskap 2023", "Avvik 0", "%- forbruk", "Budsjett 2024"]),
        (["|1. kvartal 2009|1. kvartal 2010|Andel", "Kommune|Antall|Antall|Endring|1. kvartal 2009|1. kvartal 2010"],
         ["1. kvartal 2009 | Antall", "1. kvartal 2010 | Antall", "Endring", "Andel | 1. kvartal 2009",
          "Andel | 1. kvartal 2010"]),
        (["2023|2024"], ["2023", "2024"]),
        (["Område|2024"], None),
        (["|2023|2024|2025", "|Antall"], None),
    ],
)  # fmt: skip
def test_headers_without_cells_for_what_is_spanned(levels, names):
    cells = [level.split("|") for level in levels]
    width = len(names or "1234") + 1
    found = fitted_names(cells, width)
    assert (found and found[1:]) == names


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("Drift –→Regnskap→Budsjett\nog investering→2023→2024", ["Regnskap 2023", "Budsjett 2024"]),
        ("Drift –→Regnskap→Budsjett\nInvestering→2023→2024", ["Regnskap 2023", "Budsjett 2024"]),
        ("→Regnskap→Budsjett\nOmråde→2023→2024", ["Regnskap 2023", "Budsjett 2024"]),
        ("Drift→Regnskap→Avvik→Budsjett\n2023→0→2024", ["Regnskap 2023", "Avvik 0", "Budsjett 2024"]),
        ("Drift per→Regnskap→Avvik→%-→Budsjett\n<b>område</b>→2023→0→forbruk→2024",
         ["Regnskap 2023", "Avvik 0", "%- forbruk", "Budsjett 2024"]),
        ("Drift (i→→Regnskap→Budsjett\n1.000 kr)→Note→2023→budsjett 2024", ["Regnskap 2023", "Budsjett budsjett 2024"]),
    ],
)  # fmt: skip
def test_years_in_the_second_line_of_a_header(header, columns):
    row = ["Skole", *(["1"] if "Note" in header else []), *["12 000"] * len(columns)]
    found = table(header + "\n" + "→".join(row) + "\n" + "→".join(["Helse", *row[1:]]))
    assert [column.name for column in found.columns] == columns
    assert [row.label for row in found.rows] == ["Skole", "Helse"]


def test_empty_cells_that_are_not_printed_at_the_end_of_a_header_line():
    text = "Indikator→2024→→2025→→→Snitt\n→Bø→Bø→Vik→Os→Mo\nSkole→1→2→3→4→5→6"
    assert list(rows(text)["Skole"]) == ["2024 | Bø", "2025 | Bø", "2025 | Vik", "2025 | Os", "2025 | Mo", "Snitt"]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("→→Regnskap→→→Budsjett→\n→2022→2023→2024→2025→2026→2027",
         ["2022", "Regnskap | 2023", "2024", "2025", "Budsjett | 2026", "Budsjett | 2027"]),
        ("→→→Regnskap→→→Budsjett\n→2022→2023→2024→2025→2026→2027",
         ["2022", "2023", "Regnskap | 2024", "2025", "2026", "Budsjett | 2027"]),
        ("→→2023→→→2024→\n→Regnskap→Budsjett→Avvik→Regnskap→Budsjett→Avvik",
         ["2023 | Regnskap", "2023 | Budsjett", "2023 | Avvik", "2024 | Regnskap", "2024 | Budsjett", "2024 | Avvik"]),
        ("→→→2023→→→2024\n→Regnskap→Budsjett→Avvik→Regnskap→Budsjett→Avvik",
         ["2023 | Regnskap", "2023 | Budsjett", "2023 | Avvik", "2024 | Regnskap", "2024 | Budsjett", "2024 | Avvik"]),
        ("→Regnskap→→→Budsjett→→\n→2022→2023→2024→2025→2026→2027",
         ["Regnskap | 2022", "Regnskap | 2023", "Regnskap | 2024", "Budsjett | 2025", "Budsjett | 2026",
          "Budsjett | 2027"]),
        ("→→Regnskap→→Budsjett→\nOmråde→Folketall→2021→2022→2023→2024",
         ["Folketall", "Regnskap | 2021", "Regnskap | 2022", "Budsjett | 2023", "Budsjett | 2024"]),
    ],
)  # fmt: skip
def test_spanning_headers_at_the_left_centre_and_right(header, columns):
    values = "→".join(map(str, range(101, 101 + len(columns))))
    found = table(f"{header}\nSkatt→{values}\nRente→{values}")
    assert [column.name for column in found.columns] == columns


def test_years_in_a_column_that_is_no_header():
    text = "Prosjekt→Byggeår→Rehabilitert\nÅsveien→2015→2020\nLade→1999→2021"
    assert rows(text)["Åsveien"] == {"Byggeår": 2015, "Rehabilitert": 2020}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Kapittel→Tiltak→2026\nSkole→Nybygg→1 000\nRehabilitering→500\nHelse→Sykehjem→1",
         ["Skole | Nybygg", "Skole | Rehabilitering", "Helse | Sykehjem"]),
        ("Kapittel→Tiltak→2026\nSkole→Nybygg→1 000\n→Rehabilitering→500\nHelse→Sykehjem→1",
         ["Skole | Nybygg", "Skole | Rehabilitering", "Helse | Sykehjem"]),
        ("Linje→Tekst→2026\n1→Rammetilskudd→1 000\n2→Skatt→500\n3→Sum→1 500",
         ["1 | Rammetilskudd", "2 | Skatt", "3 | Sum"]),
        ("Kap.→Post→Tekst→2024→2025\n100→01→Skatt→100→110\n→02→Avgift→5→6\n200→01→Tilskudd→7→8",
         ["100 | 01 | Skatt", "100 | 02 | Avgift", "200 | 01 | Tilskudd"]),
        ("Område→Tjeneste→Tiltak→2025→2026\nOppvekst→Skole→Nybygg→1→2\n→Barnehage→Drift→5→5\nHelse→Hjem→Bil→1→1",
         ["Oppvekst | Skole | Nybygg", "Oppvekst | Barnehage | Drift", "Helse | Hjem | Bil"]),
    ],
)  # fmt: skip
def test_labels_in_several_columns(text, labels):
    assert list(rows(text)) == labels
    assert unread(text) == []


CODES = [
    # Beside labels of words they hold no values; beside codes alone they are labels.
    ("Prosjekt→Prosjektnr→2026→2027\nNy skole→1001→500→700\nNytt bad→1002→100→200\nSum→→600→900",
     {"Ny skole": {"2026": 500, "2027": 700}, "Nytt bad": {"2026": 100, "2027": 200},
      "Sum": {"2026": 600, "2027": 900}}),
    ("Tiltak→Konto→Beløp\nSFO→10100→500\nBøker→10200→-200", {"SFO": {"Beløp": 500}, "Bøker": {"Beløp": -200}}),
    ("Ansvar→Art→Funksjon→Beløp\n2110→10100→202→500\n2110→10400→202→-700",
     {"2110 | 10100 | 202": {"Beløp": 500}, "2110 | 10400 | 202": {"Beløp": -700}}),
    # Names that end like those of codes.
    ("Område→Regnskap→Arbeid\nSkole→5→7\nHelse→6→8",
     {"Skole": {"Regnskap": 5, "Arbeid": 7}, "Helse": {"Regnskap": 6, "Arbeid": 8}}),
    # What a row sums is counted, whatever its name.
    ("Område→Drift→Prosjekt\nSkole→5→7\nHelse→6→8\nSum→11→15",
     {"Skole": {"Drift": 5, "Prosjekt": 7}, "Helse": {"Drift": 6, "Prosjekt": 8},
      "Sum": {"Drift": 11, "Prosjekt": 15}}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), CODES)
def test_codes_are_no_amounts(text, values):
    assert rows(text) == values
    assert unread(text) == []


def test_amounts_before_words_are_no_labels():
    text = "Enhet→Antall→Type→2024→2025\nSkole→12→Nybygg→100→110\nHelse→5→Drift→5→6\nVeg→7→Drift→7→8"
    assert rows(text)["Skole"] == {"Antall": 12, "2024": 100, "2025": 110}


def test_a_row_with_more_cells_than_the_header_is_unread_alone():
    text = "Område→2024→2025\nSkole→100→110\nHelse→1→2→3\nog omsorg→5→6\nSum→106→118"
    assert list(rows(text)) == ["Skole", "og omsorg", "Sum"]
    assert unread(text) == [(3, "1"), (3, "2"), (3, "3")]


def test_a_header_with_too_few_columns_leaves_its_rows_unread_and_no_years():
    text = "Område→2024→2025\nSkole→100→110→120\nHelse→1→2→3"
    assert rows(text) == {}
    assert [line for line, _ in unread(text)] == [2, 2, 2, 3, 3, 3]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Drift→2024→2025\nInntekter→→\nskatt→100→110\nrammetilskudd→50→60\nleie→1→2",
         [("Inntekter", "skatt"), ("Inntekter", "rammetilskudd"), ("Inntekter", "leie")]),
        ("Drift→2024→2025\nInntekter fra→→\nskatt→100→110\nTilskudd→50→60",
         [("", "Inntekter fra skatt"), ("", "Tilskudd")]),
        ("Drift→2024→2025\nSkole→100→\n\nherav lån→→80\nHelse→5→6", [("", "Skole"), ("", "herav lån"), ("", "Helse")]),
        ("Drift→2024→2025\nSkole og→100→\n\nbarnehage→→80\nHelse→5→6", [("", "Skole og barnehage"), ("", "Helse")]),
    ],
)  # fmt: skip
def test_labels_in_lower_case_that_go_on_or_do_not(text, labels):
    assert [(row.group, row.label) for row in table(text).rows] == labels


def test_notes_and_words_are_no_values():
    found = table("Drift→Note→2026→Merknad\nSkatt→2, 4→1 000→ny sats\nSalg→1→500→ny kunde\nSum→→1 500→")
    assert [column.name for column in found.columns] == ["2026"]
    assert [number.raw for number in found.asides] == ["2", "4", "1"]


def test_a_line_that_names_years_begins_a_new_table():
    text = "Drift→2025→2026\nSkole→3→4\nInvestering→2025→2026\nVeg→5→6"
    assert [(found.label_header, found.rows[0].label) for found in model(text).tables] == [
        ("Drift", "Skole"),
        ("Investering", "Veg"),
    ]


def test_values_like_years_are_values():
    text = "Drift→Regnskap→Budsjett\nSkole→12→13\nGjeld→-2034→-1944\nHelse→2034→1944"
    assert rows(text)["Gjeld"] == {"Regnskap": -2034, "Budsjett": -1944}


def test_what_a_table_knows_of_itself():
    found = table(
        "## 2. Drift\n\n### 2.1.1. Skole\n\nTall i 1000 kr\n\nOmråde→2025→2026\nLærere→→\nGrunnskole→3→4\nSum→3→4"
    )
    assert (found.number, found.caption, found.section) == ("2.1.1", "Skole", "2. Drift")
    assert (found.remark, found.label_header, found.header_lines) == ("Tall i 1000 kr", "Område", (7,))
    assert (found.first_line, found.last_line, sorted(found.lines)) == (7, 10, [7, 8, 9, 10])
    assert [(row.group, row.label, row.is_total, row.lines) for row in found.rows] == [
        ("Lærere", "Grunnskole", 0, (9,)),
        ("Lærere", "Sum", 1, (10,)),
    ]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Område→2025\nSkole→3\n\nTabell 2.1 Drift\n\nTekst om drift.\n\nOmråde→2025\nVeg→3", ["2.1", "x-8"]),
        ("Område→2025\nSkole→3\n\nTabell 2.1 Drift\n\nOmråde→2026\nVeg→3", ["x-1", "2.1"]),
        ("Område 2025 2026\nSkole 3 4\nTabell 2.1 Drift", ["2.1"]),
        ("Tabell 2: Drift\n\nOmråde→2025\nSkole→3", ["2"]),
        ("Område→2025\nSkole→3\n\nTabell 2.1 viser drift.", ["x-1"]),
        ("Tabell 2.1 Drift\n\nOmråde→2025\nSkole→3\n\nTabell 2.2 Drift", ["2.1"]),
    ],
)
def test_captions_above_and_below(text, numbers):
    assert [found.number for found in model(text).tables] == numbers


def test_points_that_nothing_tells_from_decimals_are_unread():
    text = "Område→Andel→Beløp\nSkole→12.5→1.234\nHelse→3.25→2.345"
    assert rows(text) == {"Skole": {"Andel": 12.5}, "Helse": {"Andel": 3.25}}
    assert unread(text) == [(2, "1.234"), (3, "2.345")]


def test_dashes_say_nothing_and_make_no_group():
    found = table("Område→2025→2026\nSkole→–→-\nHelse→5→–")
    assert [(row.group, row.label, len(row.values)) for row in found.rows] == [("", "Skole", 0), ("", "Helse", 1)]


def test_dots_between_labels_and_values():
    text = "Drift→2024→2025\nSkatteinntekter ........→100→110\nLeie . . . . .→1→2\nSum…………→101→112"
    assert list(rows(text)) == ["Skatteinntekter", "Leie", "Sum"]
    assert list(rows(text.replace("→", " "))) == ["Skatteinntekter", "Leie", "Sum"]


def test_tables_after_a_list_of_contents():
    contents = "# Innhold\n1. Drift ........→3\n2. Investering→12\n\n"
    assert model(contents).tables == ()
    for form in ("→", " ", "|"):
        assert list(rows(contents + "Drift→2024→2025\nSkatt→100→110\nLeie→1→2".replace("→", form))) == ["Skatt", "Leie"]
