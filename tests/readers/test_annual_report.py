"""Printed text of annual reports in, expected rows out: the hard lines of the 2025 report, and malformed ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.annual_report import read
from kommunebudsjett.readers.annual_report.goals import status_of
from kommunebudsjett.readers.model.markup import clean
from kommunebudsjett.readers.model.tables import is_total
from kommunebudsjett.readers.units.names import unit_of

REPORT = Document(
    id="by-2031",
    file="by.txt",
    title="Årsberetning 2031",
    publisher="By kommune",
    family="annual_report",
    municipality="By",
    budget_year=2031,
    period_from=2031,
    period_to=2031,
)


def read_text(text):
    """What is read of a printed text in which `→` stands for a tab."""
    return read(REPORT, text.strip("\n").replace("→", "\t").split("\n"))


def cells(text):
    """Group, row, column, value and line of each cell; everything else must have been read too."""
    records = read_text(text)
    assert records.unread == []
    return [(cell.group, cell.row, cell.column, cell.value, cell.line) for cell in records.cells]


def rows(text):
    """The values of each row by (group, row, line), and the columns that they stand in."""
    found = {}
    for group, row, column, value, line in cells(text):
        found.setdefault((group, row, line), {})[column] = value
    return found


def test_a_label_split_by_the_page_and_a_repeated_header():
    text = """
### 1.1.3. Resultat for tjenesteområdene

→Regnskap 2025→Revidert budsjett 2025→Opprinnelig budsjett 2025→Avvik
Bystyresekretariatet, folkevalgte,→93→107→100→14

→Regnskap 2025→Revidert budsjett 2025→Opprinnelig budsjett 2025→Avvik
kontrollkomiteen, kommunerevisjonen→→→→
Byrådsavdelinger→427→436→241→9
"""
    names = ["Regnskap 2025", "Revidert budsjett 2025", "Opprinnelig budsjett 2025", "Avvik"]
    assert rows(text) == {
        ("", "Bystyresekretariatet, folkevalgte, kontrollkomiteen, kommunerevisjonen", 4): dict(
            zip(names, [93, 107, 100, 14], strict=True)
        ),
        ("", "Byrådsavdelinger", 8): dict(zip(names, [427, 436, 241, 9], strict=True)),
    }


def test_a_label_whose_values_stand_on_its_second_line():
    text = """
Indikator→2024→2025
Prioritet→→
Netto driftsutgifter til→→

kommunale idrettsbygg per innbygger→830→849
Netto driftsutgifter idrett per innbygger→616→859
"""
    assert rows(text) == {
        ("Prioritet", "Netto driftsutgifter til kommunale idrettsbygg per innbygger", 5): {"2024": 830, "2025": 849},
        ("Prioritet", "Netto driftsutgifter idrett per innbygger", 6): {"2024": 616, "2025": 859},
    }


def test_a_bold_label_whose_values_stand_on_its_second_line():
    text = """
→2024→2025
<b>Overføringer</b>→→
<b>Sum overføring fra drift og</b>→→
<b>netto avsetninger</b>→<b>1</b>→<b>2</b>
<b>Dekningsgrader</b>→→
andel barn→3→4
"""
    assert rows(text) == {
        ("Overføringer", "Sum overføring fra drift og netto avsetninger", 4): {"2024": 1, "2025": 2},
        ("Dekningsgrader", "andel barn", 6): {"2024": 3, "2025": 4},
    }


def test_a_row_whose_values_the_page_split():
    text = """
→Regnskap→Budsjett→Avvik
Skole og→2 778→→

barnehage→→2 809→31
"""
    assert rows(text) == {
        ("", "Skole og barnehage", 2): {"Regnskap": 2778},
        ("", "Skole og barnehage", 4): {"Budsjett": 2809, "Avvik": 31},
    }


def test_a_header_repeated_in_bold_and_running_numbers():
    text = """
### 1.1.4. Bevilgningsoversikt investering 2025. Beløp i millioner kroner.

Bevilgningsoversikt investering→Regnskap 2025→Avvik
5. Avdrag lån→0→0
<b>6. Sum investeringsutgifter</b>→<b>2263</b>→<b>516</b>

<b>Bevilgningsoversikt investering</b>→<b>Regnskap 2025</b>→<b>Avvik</b>
13. Bruk av lån→-1181→-642
"""
    assert rows(text) == {
        ("", "5. Avdrag lån", 4): {"Regnskap 2025": 0, "Avvik": 0},
        ("", "6. Sum investeringsutgifter", 5): {"Regnskap 2025": 2263, "Avvik": 516},
        ("", "13. Bruk av lån", 8): {"Regnskap 2025": -1181, "Avvik": -642},
    }
    assert [cell.raw for cell in read_text(text).cells][2:4] == ["<b>2263</b>", "<b>516</b>"]
    assert [cell.is_total for cell in read_text(text).cells] == [0, 0, 1, 1, 0, 0]


def test_chains_of_groups_empty_cells_and_rulers():
    text = """
<b>EGENKAPITAL OG GJELD (MNOK)</b>→<b>Regnskap 2025</b>→<b>Regnskap 2024</b>
<b>Egenkapital</b>→→
<b>Egenkapital drift</b>→→
Disposisjonsfond→-4 569→-3 503
Merforbruk i driftsregnskapet→→0
<b>Annen egenkapital</b>→→

Kapitalkonto→-20 699→-18 692
<hr/>→→
<b>Sum egenkapital og gjeld</b>→<b>-83 280</b>→<b>-77 202</b>
--→------→------
"""
    assert cells(text) == [
        ("Egenkapital drift", "Disposisjonsfond", "Regnskap 2025", -4569, 4),
        ("Egenkapital drift", "Disposisjonsfond", "Regnskap 2024", -3503, 4),
        ("Egenkapital drift", "Merforbruk i driftsregnskapet", "Regnskap 2024", 0, 5),
        ("Annen egenkapital", "Kapitalkonto", "Regnskap 2025", -20699, 8),
        ("Annen egenkapital", "Kapitalkonto", "Regnskap 2024", -18692, 8),
        ("Annen egenkapital", "Sum egenkapital og gjeld", "Regnskap 2025", -83280, 10),
        ("Annen egenkapital", "Sum egenkapital og gjeld", "Regnskap 2024", -77202, 10),
    ]
    assert {cell.unit for cell in read_text(text).cells} == {"mnok"}


def test_a_table_without_labels():
    text = """
##### 7.1.2. *Årlig avkastning fra kulturfondet til fordeling året etter*

2020→2021→2022
2 160 000→1 268 000→
"""
    assert cells(text) == [("", "", "2020", 2160000, 4), ("", "", "2021", 1268000, 4)]
    cell = read_text(text).cells[0]
    assert (cell.table, cell.caption) == ("7.1.2", "Årlig avkastning fra kulturfondet til fordeling året etter")


def test_years_as_labels_are_labels():
    assert cells("År→Antall\n2024→17\n2025→19") == [("", "2024", "Antall", 17, 2), ("", "2025", "Antall", 19, 3)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kvinner→Menn→Totalt\n6,2→6,3→12,5", [("", 6.2), ("", 6.3), ("", 12.5)]),
        ("2024→→2025→\nKvinner→Menn→Kvinner→Menn\n6→7→8→9", [("", 6), ("", 7), ("", 8), ("", 9)]),
        ("Kapittel→Antall\n3→17", [("3", 17)]),
        ("Skole→Antall\n11→17\n12→18", [("11", 17), ("12", 18)]),
        ("Tiltak→2023→2024\noppstart→2020→2021", [("oppstart", 2020), ("oppstart", 2021)]),
    ],
)
def test_numbers_in_the_first_column_are_values_or_labels(text, found):
    assert [(row, value) for _, row, _, value, _ in cells(text)] == found


def test_labels_whose_empty_cells_are_not_printed():
    text = """
### 1.1.7. Eiendeler

EIENDELER→2025→2024
Anleggsmidler
<b>Varige driftsmidler</b>
Utstyr og→3→4

maskiner
Utlån→5→6
<hr/>

EIENDELER→2025→2024
Omløpsmidler
Bankinnskudd→7→8

Kortsiktige fordringer

Kundefordringer→1→2
Note: alt i kroner.

Tabellen viser eiendeler.

EIENDELER→2025→2024
Derivater→9→9
"""
    assert rows(text) == {
        ("Varige driftsmidler", "Utstyr og maskiner", 6): {"2025": 3, "2024": 4},
        ("Varige driftsmidler", "Utlån", 9): {"2025": 5, "2024": 6},
        ("Omløpsmidler", "Bankinnskudd", 14): {"2025": 7, "2024": 8},
        ("Kortsiktige fordringer", "Kundefordringer", 18): {"2025": 1, "2024": 2},
        ("", "Derivater", 24): {"2025": 9, "2024": 9},
    }


@pytest.mark.parametrize("between", ["Tekst om det.", "### Ny overskrift", "**1.1.2. Neste tabell**", "- et punkt"])
def test_text_between_two_tables_with_one_header_is_no_label(between):
    records = read_text(f"### 1.1.1. Først\n\n→2024→2025\nVann→3→4\n\n{between}\n→2024→2025\nVeg→5→6")
    assert [cell.table for cell in records.cells[::2]] != ["1.1.1", "1.1.1"]
    assert {cell.group for cell in records.cells} == {""}


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (
            ["→2025→→→→ASSS gjennomsnitt", "→Trondheim→Oslo→Bergen→Stavanger→"],
            ["2025 | Trondheim", "2025 | Oslo", "2025 | Bergen", "2025 | Stavanger", "ASSS gjennomsnitt"],
        ),
        (
            ["→2024→2025→→→", "→Trondheim→Trondheim→Oslo→Bergen→ASSS snitt"],
            ["2024 | Trondheim", "2025 | Trondheim", "2025 | Oslo", "2025 | Bergen", "2025 | ASSS snitt"],
        ),
        (
            ["Indikator→2024→→2025→→→ASSS, gjennomsnitt", "→Trondheim→Trondheim→Oslo→Bergen→Stavanger→"],
            [
                *("2024 | Trondheim", "2025 | Trondheim", "2025 | Oslo", "2025 | Bergen", "2025 | Stavanger"),
                "ASSS, gjennomsnitt",
            ],
        ),
        (
            ["Indikator→Trondheim→Trondheim→Oslo→ASSS", "→2024→2025→2025→gjennomsnitt 2025"],
            ["Trondheim 2024", "Trondheim 2025", "Oslo 2025", "ASSS gjennomsnitt 2025"],
        ),
        (
            ["Stillingsgruppe navn→Kvinne→→Totalt→", "→Ansatte→Snitt→Ansatte→Snitt", "→→årslønn→→årslønn"],
            ["Kvinne | Ansatte", "Kvinne | Snitt årslønn", "Totalt | Ansatte", "Totalt | Snitt årslønn"],
        ),
        (
            ["Kjønn→Totalt antall→Andel i→Andel i", "→→foreldreperm pr kjønn→foreldreperm av total"],
            ["Totalt antall", "Andel i foreldreperm pr kjønn", "Andel i foreldreperm av total"],
        ),
        (
            ["Kjønn→Fast→→Midlertidig→→Sluttsum", "→Antall→Andel→Antall→Andel→Antall"],
            ["Fast | Antall", "Fast | Andel", "Midlertidig | Antall", "Midlertidig | Andel", "Sluttsum | Antall"],
        ),
        (
            ["→2025→→→", "→Kvinne→→Mann→", "→Antall→Andel→Antall→Andel"],
            ["2025 | Kvinne | Antall", "2025 | Kvinne | Andel", "2025 | Mann | Antall", "2025 | Mann | Andel"],
        ),
        (["→2024→→2025→", "Område→Antall→Andel→Antall→Andel"],
         ["2024 | Antall", "2024 | Andel", "2025 | Antall", "2025 | Andel"]),
        (["Byrådsområde→Kvinne*→<b>Mann</b>"], ["Kvinne", "Mann"]),
        (["Område→Regnskap→Budsjett", "(mill. kr)→2025→2025"], ["Regnskap 2025", "Budsjett 2025"]),
    ],
)  # fmt: skip
def test_columns_of_headers(header, columns):
    values = [str(10 + index) for index in range(len(columns))]
    assert [cell[2] for cell in cells("\n".join([*header, "Rad→" + "→".join(values)]))] == columns


def test_words_broken_in_headers_are_mended():
    text = """
Trondheim og Stavanger ligger under snittet. Ved siden av dem er et gjennomsnitt for alle.

→Trondhei m 2025→Stavang er 2025→ASSS gjenno msnitt 2025→Avvik i prosent→Land et 2025
Barn per årsverk→5,7→5,9→5,8→2→1
"""
    assert [cell[2] for cell in cells(text)] == [
        "Trondheim 2025",
        "Stavanger 2025",
        "ASSS gjennomsnitt 2025",
        "Avvik i prosent",
        "Land et 2025",
    ]


def test_words_broken_beside_brackets_at_capitals_and_into_words():
    text = """
Avviket er revidert mot landet. ASSS gjennomsnitt: de går gjennom et snitt, og bruken er ikke for bruk.

→Avvik (revid ert)→Land et 2025→ASSS gjennom snitt→For bruk
Barn per årsverk→5,7→5,9→5,8→2
"""
    assert [cell[2] for cell in cells(text)] == ["Avvik (revidert)", "Landet 2025", "ASSS gjennomsnitt", "For bruk"]


def test_not_available_has_a_cell_without_a_value():
    text = """
→Ansatte→Snitt
Aktivtører→40→548 726
Dagl leder SFO→1→N/A
Unge→→
Tolker→→n/a
"""
    assert cells(text) == [
        ("", "Aktivtører", "Ansatte", 40, 2),
        ("", "Aktivtører", "Snitt", 548726, 2),
        ("", "Dagl leder SFO", "Ansatte", 1, 3),
        ("", "Dagl leder SFO", "Snitt", None, 3),
        ("Unge", "Tolker", "Snitt", None, 5),
    ]
    assert read_text(text).numbers_read == 3


def test_a_table_goes_on_after_a_page_break_and_ends_at_text():
    text = """
## 9. Sosiale tjenester

### 9.1.3. **Nøkkeltall. Kilde: Helseplattformen**

→2023→2024
Antall barn BPA→47→51


Antall barn i barnebolig→11→9

Reduksjonen er liten.

→2023→2024
Antall familier→35→55
"""
    found = [(cell.table, cell.caption, cell.section, cell.row) for cell in read_text(text).cells]
    section = "9. Sosiale tjenester"
    assert found == [
        *[("9.1.3", "Nøkkeltall. Kilde: Helseplattformen", section, "Antall barn BPA")] * 2,
        *[("9.1.3", "Nøkkeltall. Kilde: Helseplattformen", section, "Antall barn i barnebolig")] * 2,
        *[("x-13", "", section, "Antall familier")] * 2,
    ]


@pytest.mark.parametrize(
    ("caption", "number", "text"),
    [
        ("#### 1.1.6. Økonomiske nøkkeltall 2025", "1.1.6", "Økonomiske nøkkeltall 2025"),
        ("4.1.3. *Nøkkeltall for barnehage (foreløpige tall)*", "4.1.3", "Nøkkeltall for barnehage (foreløpige tall)"),
        ("**8.3.2. Gebyrnivå. Kilde: SSB/KOSTRA.**", "8.3.2", "Gebyrnivå. Kilde: SSB/KOSTRA."),
        (r"#### 10.1.8. Antall\* ansatte 2025\*", "10.1.8", "Antall ansatte 2025"),
        ("##### 3.1.1. Tabell 3.1", "3.1.1", "Tabell 3.1"),
        ("**Tabell 5.2: Driftsregnskap**", "5.2", "Driftsregnskap"),
        ("### 3.1.1.", "3.1.1", ""),
        ("# 3.1.1. Driftsregnskap", "3.1.1", "Driftsregnskap"),
        ("<b>3.1.1. Driftsregnskap</b>", "3.1.1", "Driftsregnskap"),
        ("Tabell 3.1.1 viser alt.\n\nTabell 3.1.1: Driftsregnskap", "3.1.1", "Driftsregnskap"),
        ("Tabell 3.1.1 viser alt.", "x-3", ""),
        ("### 1.1.2. Oversikt. Tall i\n\nmillioner kroner.", "1.1.2", "Oversikt. Tall i millioner kroner."),
        ("### Driftsregnskapet", "x-3", ""),
        ("### 1.1.7. Figur\n\nFiguren viser den samlede utviklingen i tre av de fire årene. Den er god.", "x-5", ""),
    ],
)  # fmt: skip
def test_captions(caption, number, text):
    cell = read_text(f"{caption}\n\n→2024→2025\nVann→3343→3481").cells[0]
    assert (cell.table, cell.caption) == (number, text)


def test_a_line_of_units_between_caption_and_table():
    cell = read_text("### 1.1.7. Eiendeler\n\nTall i 1000 kr\n\n→Regnskap 2024\nUtlån→3343").cells[0]
    assert (cell.table, cell.caption, cell.unit, cell.unit_line) == ("1.1.7", "Eiendeler", "tnok", 3)


def test_a_list_of_contents_is_no_table():
    records = read_text("# Innhold\n\n<b>1. Økonomi</b> .....→<b>4</b>\nInnledning→5\n\n# Byrådsleders innledning")
    assert (records.cells, records.unread, records.numbers_read) == ([], [], 0)


def test_chapters_are_numbered_upwards_or_bold_in_the_contents():
    table = "→2024→2025\nVann→3→4\n\n"
    text = f"""
# Innhold

<b>Klima</b> .....→<b>22</b>
Vann og avløp .....→23

# 1. Økonomi

{table}### 1. Først

{table}## Klima

{table}### Vann og avløp

{table}## 5. Helse og omsorg

{table}"""
    sections = [cell.section for cell in read_text(text).cells[::2]]
    assert sections == ["1. Økonomi", "1. Økonomi", "Klima", "Klima", "5. Helse og omsorg"]


def test_a_numbered_or_high_heading_that_the_contents_do_not_have_is_no_chapter():
    text = """
# Innhold

<b>1. Økonomi</b> .....→<b>2</b>
<b>2. Helse</b> .....→<b>3</b>

## 1. Økonomi

### 12. Desember

# Årsresultat

→2024
Vann→3

## 2. Helse

→2024
Vann→3
"""
    assert [cell.section for cell in read_text(text).cells] == ["1. Økonomi", "2. Helse"]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Driftsutgifter til kultursektoren *) per innbygger", "Driftsutgifter til kultursektoren per innbygger"),
        ("Saksbehandlingstid private reguleringsplaner *", "Saksbehandlingstid private reguleringsplaner"),
        ("Strategisk ledelse**", "Strategisk ledelse"),
        ("frie inntektene.<sup>1</sup>", "frie inntektene."),
        ("Utlån 2)", "Utlån"),
        ("Barn (f251)", "Barn (f251)"),
        ("[Klimabarometer](#)", "Klimabarometer"),
        ("<b>Sum</b><br/>drift", "Sum drift"),
    ],
)  # fmt: skip
def test_labels_without_markup_and_footnote_marks(printed, text):
    assert clean(printed) == text


@pytest.mark.parametrize(
    ("label", "total"),
    [
        ("Sum driftsinntekter", 1),
        ("SUM", 1),
        ("Sluttsum", 1),
        ("26. Sum overføring fra drift og netto avsetninger", 1),
        ("Total for området helse og omsorg", 1),
        ("Totalt", 1),
        ("Totalt per 31.12.2025", 1),
        ("Årsverk helsestasjonen totalt per 1 000 innbyggere 0-5 år", 0),
        ("Netto driftsresultat", 0),
        ("19. Netto utgifter videreutlån", 0),
        ("Andel av total", 0),
        ("Totalentreprise", 0),
    ],
)
def test_totals(label, total):
    assert is_total(label) == total


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Millioner kroner", "mnok"),
        ("Garantiansvar per 31.12.2025 mill kr", "mnok"),
        ("Vedtatt budsjett i mill nok", "mnok"),
        ("EGENKAPITAL OG GJELD (MNOK)", "mnok"),
        ("Brutto driftsutgifter per barn (f251) (millioner kroner)", "mnok"),
        ("Netto driftsutgifter per innbygger 1-5 år, kr", "nok"),
        ("Netto driftsutgifter til museer, per innbygger", "nok"),
        ("Snitt årslønn inkl tillegg", "nok"),
        ("Tall i tusen kroner", "tnok"),
        ("Dekningsgrad 1-2 år, prosent", "percent"),
        ("Disposisjonsfond, andel av brutto driftsinntekter", "percent"),
        ("Hjemmebesøk til nyfødte (%)", "percent"),
        ("Andel årsverk", "percent"),
        ("Avtalte årsverk av psykologer per 10 000 innbyggere (årsverk)", "fte"),
        ("Barn per årsverk, kommunale barnehager", None),
        ("Gruppestørrelse (antall)", "count"),
        ("Totalt | Ansatte", "count"),
        ("Legetimer per uke per beboer i sykehjem (timer)", None),
        ("Aksjer og andeler", None),
        ("Regnskap 2025", None),
    ],
)
def test_units_that_texts_name(text, unit):
    assert unit_of(text) == unit


def test_the_unit_of_a_cell_is_that_of_the_number_the_label_the_column_or_the_table():
    text = """
### 1.1.1. Antall saker

→2024→Andel
Behandlede planer→45→25
Snitt (kr)→7→8
Årsverk→9→65%
SUM→11→12
"""
    assert [cell.unit for cell in read_text(text).cells] == [
        *("count", "percent"),
        *("nok", "nok"),
        *("fte", "percent"),
        # A sum of rows of several kinds has the unit of its table and column.
        *("count", "percent"),
    ]


# Tables and rows that cannot be understood.


def unread(text):
    records = read_text(text)
    return records, [(number.line, number.raw) for number in records.unread]


def test_a_row_with_more_cells_than_its_header_is_unread_and_no_other():
    records, numbers = unread("""
→2024→2025
Vann→3 343→3 481
Avløp 12→4 159→4 331→12,5%

Tekst.

→2024→2025
Renovasjon→3→4
""")
    assert numbers == [(3, "12"), (3, "4 159"), (3, "4 331"), (3, "12,5%")]
    assert {number.reason for number in records.unread} == {"the row has 4 cells and its header 3"}
    assert [(cell.row, cell.value) for cell in records.cells] == [
        *(("Vann", 3343), ("Vann", 3481)),
        *(("Renovasjon", 3), ("Renovasjon", 4)),
    ]
    assert records.numbers_read == 4


def test_a_minus_apart_from_its_number():
    assert [cell[3] for cell in cells("→2024→2025\nVann→- 3→<b>− 1 200</b>")] == [-3, -1200]


def test_empty_cells_beyond_the_header_do_no_harm():
    assert cells("→2024→2025\nVann→3→4→→") == [("", "Vann", "2024", 3, 2), ("", "Vann", "2025", 4, 2)]


@pytest.mark.parametrize(
    ("text", "numbers", "reason"),
    [
        ("Vann→3→4\nAvløp→5→6", [(1, "3"), (1, "4"), (2, "5"), (2, "6")], "no header line"),
        ("→Antall→Antall\nVann→3→4", [(2, "3"), (2, "4")], "same header"),
        ("→Antall→\nVann→3→4", [(2, "3"), (2, "4")], "no header"),
        ("→Tiltak→Ansvar\nVann→Rør 12→Drift\nVeg→Grus→Drift", [(2, "12")], "holds text"),
    ],
)
def test_a_table_that_fits_no_rule_is_unread_with_the_reason(text, numbers, reason):
    records, found = unread(text)
    assert (records.cells, found) == ([], numbers)
    assert all(reason in number.reason for number in records.unread)


@pytest.mark.parametrize(
    ("row", "numbers", "reason"),
    [
        ("Avløp→5", [(3, "5")], "2 cells"),
        ("→5→6", [(3, "5"), (3, "6")], "no label"),
        ("Avløp→5→\n→→6", [(4, "6")], "no label"),
        ("Avløp→ca. 35→6", [(3, "35")], "text, not a number"),
        ("Avløp→1.234→6", [(3, "1.234")], "thousands or decimals"),
    ],
)
def test_a_row_or_cell_that_fits_no_rule_is_unread_and_the_rest_is_read(row, numbers, reason):
    records, found = unread(f"→2024→2025\nVann→3→4\n{row}\nVeg→7→8")
    assert found == numbers
    assert all(reason in number.reason for number in records.unread)
    assert [cell.value for cell in records.cells if cell.row != "Avløp"] == [3, 4, 7, 8]


def test_a_year_is_not_moved_into_a_header_that_does_not_span():
    """Two columns of the same name and year, beside a mean: which is which cannot be told."""
    records, numbers = unread("→2025→→→ASSS\n→Trondheim→Trondheim→Oslo→\nVann→1→2→3→4")
    assert records.cells == []
    assert (3, "2") in numbers


@given(st.text(alphabet="aA æ1290,.-−%*<b>/#|\t\n\u00a0", max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_error(text):
    records = read(REPORT, text.split("\n"))
    lines = set(range(1, text.count("\n") + 2))
    assert {cell.line for cell in records.cells} | {number.line for number in records.unread} <= lines


GRID_CELLS = st.sampled_from(
    ["", "12", "-3,5", "1 200", "74%", "N/A", "ca. 7", "under middels", "kapittel 4", "2025", "<b>9</b>", "--", "8*"]
)


@given(st.lists(st.tuples(GRID_CELLS, GRID_CELLS, GRID_CELLS), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_every_number_beside_a_label_is_either_read_or_unread(grid):
    """The ledger: nothing is dropped, and nothing counted twice."""
    printed = [(line, cell) for line, row in enumerate(grid, start=2) for cell in row if any(map(str.isdigit, cell))]
    lines = ["\t".join(["Område", "Regnskap", "Budsjett", "Avvik"])]
    lines += ["\t".join(["Skole", *row]) for row in grid]
    records = read(REPORT, lines)
    taken = [(cell.line, cell.raw) for cell in records.cells if cell.value is not None]
    left = [(number.line, number.raw) for number in records.unread]
    numbers = {"ca. 7": "7", "kapittel 4": "4", "8*": "8*", "<b>9</b>": "<b>9</b>"}
    assert sorted(taken + left) == sorted((line, numbers.get(cell, cell)) for line, cell in printed)
    assert records.numbers_read == len(taken)


# Goals.


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        ("Målet vurderes som delvis nådd.", "partly"),
        ("Målet vurderes delvis oppnådd.", "partly"),
        ("Målet vurderes til å være delvis nådd.", "partly"),
        ("Resultatmålet er nådd i 2025 gjennom nye samarbeidsmodeller.", "achieved"),
        ("Målet er oppnådd", "achieved"),
        ("Målet er ikke nådd, det var 52 % som fullførte.", "not_achieved"),
        ("Målet er ikke oppnådd", "not_achieved"),
        ("Målet ble ikke nådd.", "not_achieved"),
        ("Resultatmålet er i rute.", "on_track"),
        ("Resultatmålet er i hovedsak nådd eller i god utvikling.", "other"),
        ("Resultatmålet er i positiv utvikling.", "other"),
        ("Målet er nesten nådd.", "other"),
        ("Målet er nådd for skole men ikke for barnehage.", "other"),
        ("Målet vurderes i all hovedsak som nådd.", "other"),
        ("Målet er på god vei til å bli nådd.", "other"),
        ("Målet er så godt som nådd.", "other"),
        ("Målet er, med noen unntak, nådd.", "other"),
        ("Målet er ikke i rute.", "other"),
        ("Målet er ikke helt nådd.", "other"),
        ("Målet er nådd, men arbeidet fortsetter.", "achieved"),
        ("Målet vurderes ikke som nådd.", "not_achieved"),
        ("Målet kan ikke sies å være nådd.", "not_achieved"),
        ("Målet nås ikke.", "not_achieved"),
        ("Målet er 65 prosent, og dette er ikke nådd.", "not_achieved"),
    ],
)
def test_statuses(verdict, status):
    assert status_of(verdict) == status


def goals(text):
    return [(goal.chapter, goal.goal, goal.status, goal.quote, goal.line) for goal in read_text(text).goals]


def test_a_goal_named_by_two_headings():
    text = """
## 5. Helse og omsorg

## Periodemål 1

### **Innbyggerne har fått valgfrihet i hjemmetjenestene**

I løpet av 2025 skal alle få velge.

#### **Byrådets rapportering på resultatoppnåelse:**

Resultatmålet er ikke oppnådd i 2025. Målet er at det skal bli nådd i 2026.

## Periodemål 2

### Heimdal drives av ideell aktør

### Byrådets rapportering på resultatoppnåelse:

Arbeidet er godt i gang, men planen er justert. Det er avklart.
"""
    assert goals(text) == [
        (
            "5. Helse og omsorg",
            "Periodemål 1: Innbyggerne har fått valgfrihet i hjemmetjenestene",
            "not_achieved",
            "Resultatmålet er ikke oppnådd i 2025.",
            11,
        ),
        (
            "5. Helse og omsorg",
            "Periodemål 2: Heimdal drives av ideell aktør",
            "other",
            "Arbeidet er godt i gang, men planen er justert.",
            19,
        ),
    ]


def test_goals_in_a_list():
    text = """
## 6. Miljø, næring og samferdsel

- Jobbe for karbonfangst på avfallsforbrenningsanlegget. Dette vil kutte utslipp.

Målet er delvis nådd:

Eierselskapet har utsatt etableringen. Målet er nådd i 2032.

- Sykkelnettet skal være
  - finmasket
- Byrådet skal arbeide for viktige tiltak i Nasjonal transportplan,

samt tilstrekkelig finansiering

Målet er ikke nådd:
"""
    chapter = "6. Miljø, næring og samferdsel"
    assert goals(text) == [
        (chapter, "Jobbe for karbonfangst på avfallsforbrenningsanlegget.", "partly", "Målet er delvis nådd", 5),
        (
            chapter,
            "Byrådet skal arbeide for viktige tiltak i Nasjonal transportplan, samt tilstrekkelig finansiering",
            "not_achieved",
            "Målet er ikke nådd",
            15,
        ),
    ]


def test_verdicts_as_headings_and_in_bold():
    text = """
## 7. Kultur, idrett og friluftsliv

## **Periodemål 2 - Kommunens kulturtilbud**

### ***Målet vurderes som nådd.***

Indikator 1: Antall fritidsklubber (ambisjon: 1 per 20 000).

Måloppnåelse: Kommunen driver ni.

#### Periodemål 3: Kirkebygg er en viktig arena

**Målet vurderes som delvis nådd.**

## 10. Finans

### Mål 1: Redusere sykefraværet

*Indikator på måloppnåelse: Sykefraværet reduseres med 1 prosentpoeng*

#### Målet er ikke oppnådd:

Selv om målet på 10,2 % ikke ble nådd, er det bedre.
"""
    culture = "7. Kultur, idrett og friluftsliv"
    assert goals(text) == [
        (culture, "Periodemål 2 - Kommunens kulturtilbud", "achieved", "Målet vurderes som nådd.", 5),
        (culture, "Periodemål 3: Kirkebygg er en viktig arena", "partly", "Målet vurderes som delvis nådd.", 13),
        ("10. Finans", "Mål 1: Redusere sykefraværet", "not_achieved", "Målet er ikke oppnådd", 21),
    ]


def test_verdicts_after_an_indicator():
    text = """
## 9. Sosiale tjenester

**Indikator:** Ventetid for bolig med tjenester.

**Mål:** Ventetiden skal ikke være over seks måneder.

**Resultat:** Bo- og aktivitetstilbudet: Målet er delvis nådd. Median ventetid var 116 dager.

Psykisk helse: Målet er ikke nådd. Median ventetid var 159 dager.

**Indikator:** Andel unge som fullfører.

**Resultat:** Målet er ikke nådd, det var 52 % som fullførte. Det måles.
"""
    waiting = "Ventetid for bolig med tjenester."
    assert [goal[1:] for goal in goals(text)] == [
        (waiting, "partly", "Bo- og aktivitetstilbudet: Målet er delvis nådd.", 7),
        (waiting, "not_achieved", "Psykisk helse: Målet er ikke nådd.", 9),
        ("Andel unge som fullfører.", "not_achieved", "Målet er ikke nådd, det var 52 % som fullførte.", 13),
    ]


def test_a_verdict_that_a_page_break_split_stands_on_its_first_line():
    text = "## 5. Helse\n\n### Periodemål: Trygg i\n\negen bolig\n\nResultatmålet er i hovedsak\n\nnådd i år. Bra"
    assert goals(text) == [
        ("5. Helse", "Periodemål: Trygg i egen bolig", "other", "Resultatmålet er i hovedsak nådd i år.", 7)
    ]


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        ("Målet vurderes å være nådd.", "achieved"),
        ("Målet må anses som ikke nådd.", "not_achieved"),
        ("Målet nås delvis.", "partly"),
        ("Byrådet vurderer at målet er nådd.", "achieved"),
        ("Vi vurderer målet som delvis nådd.", "partly"),
        ("Mål nådd.", "achieved"),
        ("Delvis nådd.", "partly"),
        ("Ikke nådd.", "not_achieved"),
    ],
)
@pytest.mark.parametrize("way", ["{}", "**{}**", "#### {}", "**Resultat:** {} Det var 12 dager."])
def test_verdicts_in_other_words(verdict, status, way):
    text = f"## 5. Helse\n\n### Periodemål 1: Trygghet\n\n{way.format(verdict)}"
    assert goals(text) == [("5. Helse", "Periodemål 1: Trygghet", status, verdict, 5)]


@pytest.mark.parametrize(
    ("lines", "goal"),
    [
        (["### Omstilling", "– Kutte utslipp.", "#### Målet er nådd."], "Kutte utslipp."),
        (["### Omstilling", "- Kutte utslipp.", "- Resultat: Målet er nådd."], "Kutte utslipp."),
        (["### Omstilling", "- Kutte utslipp.", "  Målet er nådd:"], "Kutte utslipp."),
        (["### Mål 2: Omstilling", "- Kutte utslipp.", "- Spare strøm.", "Målet er nådd."], "Mål 2: Omstilling"),
        (["### Langsiktig mål 2", "### Omstilling", "Målet er nådd."], "Langsiktig mål 2: Omstilling"),
        (["### Omstilling", "### Byrådets rapportering på måloppnåelse", "Målet er nådd."], "Omstilling"),
        (["### Indikator: Ventetid.", "### Mål: Under en uke.", "### Resultat: Målet er nådd."], "Ventetid."),
        (["### Indikator: Ventetid.", "### Mål 1: Kortere kø", "Målet er nådd."], "Mål 1: Kortere kø"),
    ],
)
def test_goals_that_verdicts_belong_to(lines, goal):
    assert [found[1] for found in goals("\n\n".join(["## 5. Helse", *lines]))] == [goal]


@pytest.mark.parametrize(
    "text",
    [
        "Målet for 2026 er å være i rute.",
        "Målene er basert på Trondheimsløftet og skal være nådd i 2026.",
        "Målet er at 80 prosent har nådd fram.",
        "Selv om målet på 10,2 % ikke ble nådd, er det bedre.",
        "Vi nådde målet.",
        "Målet omtales i kapittel 3.",
    ],
)
def test_prose_about_goals_is_no_verdict(text):
    assert goals(f"## 5. Helse\n\n### Periodemål 1: Trygghet\n\n{text}") == []


# Fiscal rules and inspections.

FISCAL = """
## Årsresultat

Kommunen hadde et netto driftsresultat på 1257 millioner kroner, som tilsvarte 5,7 prosent av driftsinntektene.

Kommunen har et netto driftsresultat på 5,9 prosent, en økning fra 3,5 prosent ifjor.

### Handlingsregel disposisjonsfond

Bystyret har vedtatt en målsetting om at disposisjonsfondet bør utgjøre {fund} av driftsinntektene.

Disposisjonsfondet er på 1,289 milliarder kroner. Som andel av inntekt utgjør disposisjonsfondet 5,9 prosent.

### Handlingsregel for kapitalutgifter

Kapitalutgiftene skal utgjøre ni prosent av de frie inntektene.<sup>1</sup>

{capital} Dette er lavere enn handlingsregelen, men er på budsjettets 8,2 prosent.

### Handlingsregel for gjeldsgrad

Handlingsregelen sier at gjeldsgraden skal utgjøre maksimalt 80 % av brutto driftsinntekter.

{debt}

## Balanse

Gjeldsgraden var 12 prosent.
"""
PLAIN = {
    "fund": "tre prosent",
    "capital": "Kapitalkostnadene utgjorde 8,4 prosent av frie inntekter i 2031.",
    "debt": "Gjeldsgraden i 2031 ble på 76,3 prosent av driftsinntektene.",
}


def fiscal_rules(**other):
    records = read_text(FISCAL.format(**(PLAIN | other)))
    return {
        rule.rule: (rule.target_percent, rule.value_percent, rule.line, rule.quote) for rule in records.fiscal_rules
    }


def test_fiscal_rules():
    assert fiscal_rules() == {
        "net_operating_result": (
            None,
            5.7,
            3,
            "Kommunen hadde et netto driftsresultat på 1257 millioner kroner, som tilsvarte 5,7 prosent av "
            "driftsinntektene.",
        ),
        "disposition_fund": (3, 5.9, 11, "Som andel av inntekt utgjør disposisjonsfondet 5,9 prosent."),
        "capital_costs": (9, 8.4, 17, PLAIN["capital"]),
        "debt_ratio": (80, 76.3, 23, PLAIN["debt"]),
    }


@pytest.mark.parametrize(
    ("debt", "percent", "line"),
    [
        ("I 2030 var gjeldsgraden 78,1 prosent. Gjeldsgraden ble 76,3 prosent.", 76.3, 23),
        ("Gjeldsgraden er redusert fra 78,1 prosent i 2030 til 76,3 prosent i 2031.", 76.3, 23),
        ("Gjeldsgraden ble 76,3 prosent i 2031, mot 78,1 prosent i 2030.", 76.3, 23),
        ("Gjeldsgraden ble redusert fra 78,1 prosent til 76,3 prosent.", 76.3, 23),
        ("Gjeldsgraden ble 76,3 prosent, lavere enn målsettingen på 75 prosent.", 76.3, 23),
        ("Gjeldsgraden i 2031 ble på\n\n76,3 prosent av driftsinntektene.", 76.3, 25),
    ],
)
def test_outcomes_of_the_year(debt, percent, line):
    target, found, at, _ = fiscal_rules(debt=debt)["debt_ratio"]
    assert (target, found) == (80, percent)
    assert at == line


@pytest.mark.parametrize(("words", "percent"), [("åtte prosent", 8), ("2,5 %", 2.5), ("femtito prosent", 52)])
def test_targets_in_words_and_figures(words, percent):
    assert fiscal_rules(fund=words)["disposition_fund"][0] == percent


def test_rules_under_headings_that_only_the_heading_above_calls_rules():
    text = "## Handlingsregler\n\n### Gjeldsgrad\n\nGjeldsgraden ble 76,3 prosent.\n\n## Balanse\n\n{}"
    (rule,) = read_text(text.format("Disposisjonsfondet er 4 prosent.")).fiscal_rules
    assert (rule.rule, rule.value_percent, rule.line) == ("debt_ratio", 76.3, 5)


def test_a_rule_without_an_outcome_keeps_its_target():
    rule = fiscal_rules(debt="Gjeldsgraden er omtalt i kapittel 3.")["debt_ratio"]
    assert rule[:3] == (80, None, 21)


def test_inspections():
    text = """
Tilsynsmyndighet→Enhet→Dato→Lov→Tema
Statsforvalteren→Oppvekst→2024→Opplæringsloven→Bemanningsnorm -lærer grunnskole
Arbeidstilsynet→Trondheim bydrift→23.01.25→Arbeidsmiljøloven→Arbeidsulykker - stedlig tilsyn

Statsforvalteren→Barnevern→01.01.25 - 31.12.25→Barnevernloven→Landsomfattende tilsyn 2024
→→→→om undersøkelser
Statsforvalteren→Eierskap→02.10.25
"""
    records = read_text(text)
    assert records.cells == []
    assert [visit[1:] for visit in records.inspections] == [
        ("Statsforvalteren", "Oppvekst", "2024", "2024", "Opplæringsloven", "Bemanningsnorm -lærer grunnskole", 2),
        (
            "Arbeidstilsynet",
            "Trondheim bydrift",
            "23.01.25",
            "23.01.25",
            "Arbeidsmiljøloven",
            "Arbeidsulykker - stedlig tilsyn",
            3,
        ),
        (
            "Statsforvalteren",
            "Barnevern",
            "01.01.25",
            "31.12.25",
            "Barnevernloven",
            "Landsomfattende tilsyn 2024 om undersøkelser",
            5,
        ),
    ]
    assert {number.line for number in records.unread} == {7}
