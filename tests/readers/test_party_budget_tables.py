"""Party budgets with tables: the document's hard lines, printed text in and expected rows out, and malformed input."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommunebudsjett.core.registry import Document
from kommunebudsjett.readers.party_budget import read
from kommunebudsjett.readers.party_budget.matching import Matcher
from kommunebudsjett.readers.records import Records

DOCUMENT = Document(
    id="parti-2026",
    file="parti.txt",
    title="Alternativt budsjett",
    publisher="Partiet",
    family="party_budget",
    municipality="Trondheim",
    budget_year=2026,
    period_from=2026,
    period_to=2029,
    signs="spending-positive",
    baseline="byrådets forslag",
)
PAGE_BREAK = "\n \n\n\n\n \n"


def records(text: str, unit: str = "mnok", **changes) -> Records:
    return read(DOCUMENT.model_copy(update={"unit": unit, **changes}), text.split("\n"))


def rows(found: Records) -> list[tuple]:
    """A row of each measure: group, label and amounts, and the line of the values."""
    out: dict[tuple, list] = {}
    for measure in found.measures:
        key = (measure.group, measure.measure, measure.line_last)
        out.setdefault(key, []).append(measure.amount_mnok)
    return [(group, label, amounts, line) for (group, label, line), amounts in out.items()]


@pytest.mark.parametrize(
    ("printed", "label", "amounts"),
    [
        ("Avvikle Jarleveien 10 0 0 −6,8 −6,8", "Avvikle Jarleveien 10", [0, 0, -6.8, -6.8]),
        ("Utvide helsestasjon til 26 år 0 2,6 2,1 2,1", "Utvide helsestasjon til 26 år", [0, 2.6, 2.1, 2.1]),
        ("Privatiserte seniorhus / Omsorg+ 0 −2 −50 −8", "Privatiserte seniorhus / Omsorg+", [0, -2, -50, -8]),
        ("Arbeidsklær, tilskudd  4,4 4,4 4,4 4,4 ", "Arbeidsklær, tilskudd", [4.4, 4.4, 4.4, 4.4]),
        ("Statlig tilskudd toppet bemanning -30 −30 –30 -30", "Statlig tilskudd toppet bemanning", [-30] * 4),
        (
            "Voldsminde barnehage - forlenget levetid −10 −5 −5 0",
            "Voldsminde barnehage - forlenget levetid",
            [-10, -5, -5, 0],
        ),
        # A minus that stands apart from its number; the dash in the label stays.
        ("Bydelsbasseng øst 0 2 5 1\u00a0200", "Bydelsbasseng øst", [0, 2, 5, 1200]),
        ("Bydelsbasseng øst 0 −1\u202f257,5 5 1\u2009200", "Bydelsbasseng øst", [0, -1257.5, 5, 1200]),
        # Nothing in the document is written with a space between thousands, so the number is the label's.
        ("Oppgradere skole 12 125 70 0 5", "Oppgradere skole 12", [125, 70, 0, 5]),
        ("Pilot 0-24 5 5 5 5", "Pilot 0-24", [5, 5, 5, 5]),
        ("Flere ansatte* 20 20 20 20", "Flere ansatte", [20, 20, 20, 20]),
        (
            "Automatisering/Robotisering av administrative \nprosesser −2,1 −2,1 −2,1 −2,1",
            "Automatisering/Robotisering av administrative prosesser",
            [-2.1] * 4,
        ),
        ("Frie midler og 5 5 5 5\npensjonskostnader", "Frie midler og pensjonskostnader", [5, 5, 5, 5]),
    ],
)
def test_row(printed, label, amounts):
    total = " ".join(f"{amount:,}".replace(",", "\u00a0").replace(".", ",") for amount in amounts)
    found = records(f"Oppvekst 2026 2027 2028 2029 \n\n{printed}\n\nTotalt (MNOK) {total}")
    assert [(row[1], row[2]) for row in rows(found)] == [(label, amounts)]
    assert found.unread == []
    assert found.measures[0].quote == " ".join(line.strip() for line in printed.split("\n"))


def test_printed_characters_and_lines_are_kept():
    found = records("Oppvekst 2026 2027 2028 2029\n\nBemanning – saksbehandlere og \nmerkantile −2,50 15 8,0 15\n")
    assert [(cell.raw, cell.value, cell.line) for cell in found.cells] == [
        ("−2,50", -2.5, 4),
        ("15", 15, 4),
        ("8,0", 8, 4),
        ("15", 15, 4),
    ]
    assert {(m.line, m.line_last, m.quote) for m in found.measures} == {
        (4, 4, "Bemanning – saksbehandlere og merkantile −2,50 15 8,0 15")
    }


GROUPS = """\
Oppvekst 2026 2027 2028 2029

Digital områdesikring 0 −1 −1 −1

Barnehage

Flere ansatte 22 44 44 44


Skole og
fritid

Flere ansatte 0 7 22,9 25,9
{page_break}
Oppfylle lærernormen i
{page_break}
ungdomsskolen 1 1 1 1

Totalt (MNOK) 23 51 67,9 70,9
"""


def test_only_a_blank_line_tells_a_group_from_a_wrapped_label():
    found = records(GROUPS.format(page_break=PAGE_BREAK))
    assert [(group, label) for group, label, _, _ in rows(found)] == [
        ("", "Digital områdesikring"),
        ("Barnehage", "Flere ansatte"),
        ("Skole og fritid", "Flere ansatte"),
        ("Skole og fritid", "Oppfylle lærernormen i ungdomsskolen"),
    ]
    assert {cell.group for cell in found.cells if cell.is_total} == {"Skole og fritid"}
    assert {cell.table for cell in found.cells} == {"x-1"}


@pytest.mark.parametrize("foot", ["12", "Side 12 av 40", "https://sml.snl.no/overdose"])
def test_page_furniture_is_no_part_of_a_table(foot):
    found = records(f"Oppvekst 2026 2027 2028 2029\n\nSkole\n\nPPT 0 1 1 1\n\n \n\n{foot}\n\n \n\nBedre SFO 1 1 1 1\n")
    assert [row[:3] for row in rows(found)] == [("Skole", "PPT", [0, 1, 1, 1]), ("Skole", "Bedre SFO", [1, 1, 1, 1])]
    assert found.unread == []


def test_a_row_that_stands_at_many_page_ends_is_no_running_head():
    table = "{area} 2026 2027 2028 2029\n\nSkole 1 2 3 4\n\n\n\nBygge 5 5 5 5,5\n\n\n\nTotalt 6 7 8 9\n\n"
    found = records("".join(table.format(area=area) for area in ("Oppvekst", "Kultur", "Helse", "Finans", "Miljø")))
    assert [label for _, label, _, _ in rows(found)] == ["Skole", "Bygge"] * 5


@pytest.mark.parametrize("group", ["Barnehage:", "Psykisk helse og rus     "])
def test_group_labels(group):
    found = records(f"Oppvekst 2026 2027 2028 2029\n\n{group}\n\nPPT 0 1 1 1\n\nTotalt (MNOK) 0 1 1 1")
    assert rows(found) == [(group.strip(), "PPT", [0, 1, 1, 1], 5)]
    assert found.unread == []


@pytest.mark.parametrize(
    "heading", ["Verbale føringer:", "Verbale føringer - Finans", "VERBALFORSLAG", "Verbale vedtak for Finans"]
)
def test_chapters_of_directives(heading):
    found = records(f"{heading}\n\nFinans\n\nRosendal teater\n\nBystyret ber om en sak.\n")
    assert [(d.area, d.title, d.text, d.line_first, d.line_last) for d in found.directives] == [
        ("Finans", "Rosendal teater", "Bystyret ber om en sak.", 5, 7)
    ]


@pytest.mark.parametrize("title", ["Hva gjør vi med Jarleveien?", "Ja til bybane!", "2027 er året for gratis buss"])
def test_titles_that_ask_or_call(title):
    body = "Bystyret ber byrådet legge fram en sak om dette, og om hva kommunen kan gjøre.\nSaken skal vise kostnadene."
    found = records(f"Verbale føringer\n\nFinans\n{title}\n{body}\n\n{title}\n{body}\n")
    text = body.replace("\n", " ")
    assert [(d.area, d.title, d.text, d.line_first) for d in found.directives] == [
        ("Finans", title, text, 4),
        ("Finans", title, text, 8),
    ]


@pytest.mark.parametrize(
    ("label", "is_measure"),
    [
        ("Netto driftsresultat", False),
        ("Nytt netto driftsresultat", False),
        ("Kommunedirektøren sitt framlegg, netto driftsresultat", False),
        ("Kommunedirektørens forslag", False),
        ("Byrådets budsjettforslag til drift", False),
        ("Til disposisjon", False),
        ("Netto endring", False),
        ("Disposisjonsfond 31.12.", False),
        ("Mindreforbruk 2025", False),
        ("Bruk av mindreforbruk fra 2025", True),
        ("Kommunedirektørens forslag om nedlagt skole avvises", True),
        ("Resultatbasert tilskudd til barnehager", True),
    ],
)
def test_a_row_of_a_whole_budget_is_no_measure(label, is_measure):
    found = records(f"Oppvekst\t2026\t2027\n{label}\t4,2\t3,1\nFlere lærere\t-1\t-2\nMindre innleie\t1\t2")
    read_here = [measure.amount_mnok for measure in found.measures if measure.measure == label]
    assert bool(read_here) == is_measure
    assert is_measure or {(one.line, one.raw) for one in found.unread} >= {(2, "4,2"), (2, "3,1")}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # What the columns say of the sign.
        (["Nr | Tekst | Økt utgift (kr) | Redusert utgift (kr)", "1 | Skole | 1 650 000 |", "2 | Regionråd | | 275 000",
          "3 | Los | 735 000 |"], [1.65, -0.275, 0.735]),
        # An area may spend more or less in all.
        (["Rammeområde (mill. kr)\tKommunedirektørens forslag\tVårt forslag\tEndring",
          "Stab\t38\t36\t-2", "Skole\t121\t124\t3",
          "Barnehage\t74\t75\t1"], [-2, 3, 1]),
        # A share of the debt is no money.
        (["Tiltak\t2026\t2027", "Flere lærere\t1\t2", "Gjeldsgrad, prosent\t92,4\t95,1"], [1, 2]),
    ],
)  # fmt: skip
def test_columns_and_rows_say_what_they_are(lines, expected):
    assert [measure.amount_mnok for measure in records("\n".join(lines)).measures] == expected


def test_an_unknown_fiscal_rule_is_listed():
    found = records("Handlingsregler 2026 2027\n\nMålsetting arbeidskapital 5 % 4,1% 4,2%\n")
    assert [(unread.line, unread.raw) for unread in found.unread] == [(3, "4,1%"), (3, "4,2%")]
    assert found.fiscal_rules == []


@pytest.mark.parametrize(
    ("label", "is_total"),
    [
        ("Totalt (MNOK)", 1),
        ("Investeringer totalt (MNOK)", 1),
        ("SUM", 1),
        ("Sum oppvekst", 1),
        ("Totalt oppvekst", 1),
        ("TOTALT I MILL. KR", 1),
        ("Total gjennomgang av innkjøp", 0),
        ("I alt", 1),
        ("Til sammen (MNOK)", 1),
        ("Oppvekst i alt", 1),
        ("Oppvekst sum", 1),
        ("Total endring", 1),
        ("Totalrenovering", 0),
        ("Alt på ett sted", 0),
        ("Bedre sammen", 0),
        ("Summerkurs", 0),
    ],
)
def test_total(label, is_total):
    found = records(f"Oppvekst 2026 2027 2028 2029\n\n{label} 5 5 5 5\n\nPPT 0 1 1 1")
    assert [cell.is_total for cell in found.cells[:4]] == [is_total] * 4
    assert (label in {measure.measure for measure in found.measures}) is not bool(is_total)


TABLE = "Oppvekst 2026 2027\n\nPPT 500 0\n\nSFO 40 0\n\n{total} 540 0"
SECOND = "\n\nKultur 2026 2027\n\nKino 700 0\n\nSum 700 0"


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        # In the caption.
        ("Oppvekst (mill. kr) 2026 2027\n\nPPT 5 1\n\nTotalt 5 1", "mnok", 5),
        ("Oppvekst (tkr) 2026 2027\n\nPPT 5 1", "tnok", 0.005),
        ("Oppvekst (hele kroner) 2026 2027\n\nPPT 5 1", "nok", 0.000005),
        ("Oppvekst (mrd. kr) 2026 2027\n\nPPT 5 1", "unknown", None),
        ("Oppvekst (1000 euro) 2026 2027\n\nPPT 5 1", "unknown", None),
        ("Oppvekst - mill. kr 2026 2027\n\nPPT 5 1", "mnok", 5),
        ("Oppvekst: tall i 1000 kr 2026 2027\n\nPPT 5 1", "tnok", 0.005),
        ("Oppvekst i MNOK 2026 2027\n\nPPT 5 1", "mnok", 5),
        ("Oppvekst 2026 2027\nTNOK TNOK\n\nPPT 5 1", "tnok", 0.005),
        ("Oppvekst (mio. kr) 2026 2027\n\nPPT 5 1", "unknown", None),
        # In the label of a sum, or of sums that agree.
        ("Oppvekst 2026 2027\n\nPPT 5 1\n\nTotalt (MNOK) 5 1", "mnok", 5),
        ("Oppvekst 2026 2027\n\nPPT 5 1\n\nSum i mill kr 5 1", "mnok", 5),
        ("Oppvekst 2026 2027\n\nPPT 500 1\n\nTotalt (TNOK) 500 1", "tnok", 0.5),
        # In a line above, below or within the table.
        ("Tall i 1000 kr\n\nOppvekst 2026 2027\n\nPPT 5 1", "tnok", 0.005),
        ("Tall i 1000 kr\nOppvekst 2026 2027\nPPT 5 1", "tnok", 0.005),
        ("Tall i 1000 kr\n\nVi vil mer.\n\nOppvekst 2026 2027\n\nPPT 5 1", "tnok", 0.005),
        ("Oppvekst 2026 2027\n\nPPT 5 1\n\nTall i 1000 kr\n", "tnok", 0.005),
        ("Oppvekst 2026 2027\n\nPPT 5 1\n\nBeløp i heile tusen", "tnok", 0.005),
        # In the heading, or for the whole document.
        ("Drift (mill. kroner)\n\nOppvekst 2026 2027\n\nPPT 5 1", "mnok", 5),
        ("Alle tall i millioner kroner.\n\nOppvekst 2026 2027\n\nPPT 5 1", "mnok", 5),
        ("Alle tall i TNOK.\n\n" + "Vi vil mer.\n\n" * 9 + "Oppvekst 2026 2027\n\nPPT 5 1", "tnok", 0.005),
        # Two that disagree.
        # Nowhere.
        ("Flere tusen familier har det trangt.\n\nOppvekst 2026 2027\n\nPPT 5 1", "unknown", None),
        ("Vi gir 300 millioner kroner i 2026.\n\nOppvekst 2026 2027\n\nPPT 5 1", "unknown", None),
        ("Vi gir 300\nmillioner kroner.\n\nOppvekst 2026 2027\n\nPPT 5 1", "unknown", None),
    ],
)
def test_unit(text, unit, amount):
    found = records(text, None)
    assert {cell.unit for cell in found.cells} == {unit}
    assert [m.amount_mnok for m in found.measures[:1]] == ([] if amount is None else [amount])
    assert {m.area for m in found.measures} <= {"Oppvekst"}
    assert {m.note for m in found.measures} <= {""}
    assert not any("tusen" in one.raw or "1000" in one.raw for one in found.unread)
    left = [] if amount is not None else [cell.raw for cell in found.cells]
    assert [one.raw for one in found.unread if one.raw in ("5", "1")] == left


@pytest.mark.parametrize(("stated", "amount"), [("mnok", 500), ("tnok", 0.5), ("nok", 0.0005)])
def test_a_unit_that_a_person_states_is_for_tables_without_evidence(stated, amount):
    found = records(TABLE.format(total="Sum") + SECOND.replace("Sum", "Sum (MNOK)"), stated)
    assert [m.amount_mnok for m in found.measures if m.measure == "PPT"] == [amount, 0]
    assert [m.amount_mnok for m in found.measures if m.measure == "Kino"] == [700, 0]
    assert records("Oppvekst (mrd.) 2026 2027\n\nPPT 5 1", stated).measures == []


@pytest.mark.parametrize(
    "label",
    ["Antall plasser", "Årsverk", "Vekst i prosent", "Utgift per innbygger", "1000 nye trær", "Støtte (mrd. kr)"],
)
def test_a_row_that_is_in_another_unit_is_no_measure(label):
    found = records(f"Oppvekst (mill. kr) 2026 2027\n\n{label} 5 1\n\nPPT 5 1", None)
    assert {m.measure for m in found.measures} == {"PPT"}
    assert [one.raw for one in found.unread][-2:] == ["5", "1"]
    assert {cell.unit for cell in found.cells if cell.line == 3} != {"mnok"}


@pytest.mark.parametrize("label", ["Nye plasser", "To nye årsverk", "Nok lærere", "Kutt i reiser på 10 % i året"])
def test_words_that_are_no_unit(label):
    found = records(f"Oppvekst (mill. kr) 2026 2027\n\n{label} 5 1", None)
    assert [(m.measure, m.amount_mnok) for m in found.measures] == [(label, 5), (label, 1)]


# Rows that are not printed as this document prints its numbers, and what must be listed of each.
ODD_ROWS = [
    ("SFO 5 5 5", "5 5 5"),
    ("SFO 5 5", "5 5"),
    ("SFO 5* 5 5 5 5", "5* 5 5 5 5"),
    ("SFO 5- 5- 5- 5-", "5- 5- 5- 5-"),
    ("SFO 5¹ 5 5 5", "5¹ 5 5 5"),
    ("SFO 2 430 780 780 780", "2 430 780 780 780"),
    ("SFO 430 780 780 780 780 780", "430 780 780 780 780 780"),
    ("SFO 5 – 5 5 5", "5 – 5 5 5"),
    ("Fase 2 – 5 5 5", "2 – 5 5 5"),
    ("Fase 2 - 5 5 5", "2 - 5 5 5"),
    ("SFO 1,000 2,000 3,000 4,000", "1,000 2,000 3,000 4,000"),
]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(("printed", "listed"), ODD_ROWS)
def test_a_row_that_cannot_be_read_leaves_its_neighbours_alone(printed, listed, gap):
    lines = ["Oppvekst (mill. kr) 2026 2027 2028 2029", "PPT 0 1 1 1", printed, "Kino 1 1 1 1", "Leirskole 2 2 2 2"]
    found = records(gap.join(lines), None)
    assert [row[:3] for row in rows(found)] == [
        ("", "PPT", [0, 1, 1, 1]),
        ("", "Kino", [1, 1, 1, 1]),
        ("", "Leirskole", [2, 2, 2, 2]),
    ]
    line = 3 if gap == "\n" else 5
    assert {one.line for one in found.unread} == {line}
    assert " ".join(one.raw for one in found.unread) == listed


@pytest.mark.parametrize(
    ("printed", "total", "label", "amounts"),
    [
        # The sum of the table tells what is the label's.
        ("Avvikle Jarleveien 10 0 0 5 5", "0 0 5 5", "Avvikle Jarleveien 10", [0, 0, 5, 5]),
        # The columns do.
        ("Avvikle Jarleveien 10  0  0  5  5", "1 1 1 1", "Avvikle Jarleveien 10", [0, 0, 5, 5]),
        ("Utsatt til 2026 0 0 5 5", "1 1 1 1", "Utsatt til 2026", [0, 0, 5, 5]),
        ("SFO  12 300  14 000  5  5", "1 1 1 1", "SFO", [12300, 14000, 5, 5]),
        ("SFO  5 5  5 5", "1 1 1 1", "SFO", [5, 5, 5, 5]),
        ("Pilot 0 – 5 år 5 5 5 5", "1 1 1 1", "Pilot 0 – 5 år", [5, 5, 5, 5]),
        ("SFO 1.-4. trinn 5 5 5 5", "1 1 1 1", "SFO 1.-4. trinn", [5, 5, 5, 5]),
        ("Klær, 1 500 kr til hver 5 5 5 5", "1 1 1 1", "Klær, 1 500 kr til hver", [5, 5, 5, 5]),
    ],
)
def test_a_row_that_only_one_reading_fits(printed, total, label, amounts):
    found = records(f"Oppvekst (mill. kr) 2026 2027 2028 2029\n\n{printed}\n\nSum {total}", None)
    assert [row[1:3] for row in rows(found)] == [(label, amounts)]
    assert found.unread == []


def test_a_row_that_is_printed_twice_is_read_as_where_the_sum_tells():
    table = "Oppvekst (mill. kr) 2026 2027\n\nVei 10 5 5\n\nSum {total}\n\n"
    found = records(table.format(total="5 5") + "Tabeller samlet\n\n" + table.format(total="6 6"), None)
    assert [row[1:3] for row in rows(found)] == [("Vei 10", [5, 5])] * 2


@pytest.mark.parametrize("columns", [3, 5])
def test_numbers_are_not_joined_over_columns(columns):
    years = " ".join(str(2025 + place) for place in range(columns))
    found = records(f"Oppvekst (mill. kr) {years}\n\nBygg 2 430 780 780 780 780\n\nSum 1 2 3 4 5", None)
    assert found.measures == []


def test_area_and_kind():
    found = records(
        "Investeringer 2026 2027\n\nNy skole 1 2\n\nTotalt (MNOK) 1 2\n\n"
        "Drift - Oppvekst: 2026 2027\n\nPPT 3 4\n\nTotalt (MNOK) 3 4\n\n"
        "Finans og organisasjon (MNOK) 2026 2027\n\nAvdrag på lån −3 −4\n"
    )
    assert [(m.area, m.kind, m.measure, m.year) for m in found.measures] == [
        ("Investeringer", "investering", "Ny skole", 2026),
        ("Investeringer", "investering", "Ny skole", 2027),
        ("Oppvekst", "drift", "PPT", 2026),
        ("Oppvekst", "drift", "PPT", 2027),
        ("Finans og organisasjon", "drift", "Avdrag på lån", 2026),
        ("Finans og organisasjon", "drift", "Avdrag på lån", 2027),
    ]


def areas(found: Records) -> list[tuple]:
    return [(m.area, m.kind, m.printing, m.measure, m.amount_mnok) for m in found.measures if m.year == 2026]


CHAPTERS = """\
Oppvekst

Vi vil styrke skolen, og vi vil at alle barn skal få en god start på livet i kommunen.

{header} 2026 2027
PPT 42 42
Sum 42 42

Helse og omsorg

Vi vil ha flere hender i eldreomsorgen i alle deler av kommunen vår fra neste år av.

{header} 2026 2027
{second} -19 -19
Sum -19 -19
"""


@pytest.mark.parametrize("second", ["PPT", "Hender"])
@pytest.mark.parametrize(
    "header",
    [
        "Tiltak",
        "Tiltak:",
        "TILTAK",
        "Driftstiltak",
        "Tiltak (mill. kr)",
        "Tiltak i mill. kr",
        "Våre forslag",
        "Endringer i budsjett",
        "Beløp i mill. kr",
        "Mill. kroner",
        "mill. kr",
        "MNOK",
        "(mill. kr)",
        "Drift",
        "Formål",
        "",
    ],
)
def test_a_table_whose_header_names_no_area_belongs_to_its_chapter(header, second):
    """A proposal of +42 was once published as −19: the second table was taken for a second printing of the first."""
    found = records(CHAPTERS.format(header=header, second=second))
    assert areas(found) == [
        ("Oppvekst", "drift", "chapter", "PPT", 42),
        ("Helse og omsorg", "drift", "chapter", second, -19),
    ]
    assert found.unread == []
    assert {(text.area, text.heading) for text in found.measure_texts} == {
        ("Oppvekst", "Oppvekst"),
        ("Helse og omsorg", "Helse og omsorg"),
    }
    dense = CHAPTERS.format(header=header or "Tiltak", second=second).replace("\n\nVi", "\nVi").replace(".\n\n", ".\n")
    assert {(area, amount) for area, *_, amount in areas(records(dense))} <= {
        ("Oppvekst", 42),
        ("Helse og omsorg", -19),
    }


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        # The headings of measures, and those that name no area, are not the chapter's.
        ("Oppvekst\n\nVi vil mye.\n\nPPT\n\nVi vil mer.\n\nTiltak 2026 2027\n\nPPT 5 5", [("Oppvekst", "drift")]),
        ("Oppvekst\n\nTiltak 2026 2027\n\nPPT 5 5", [("Oppvekst", "drift")]),
        ("Oppvekst\nTiltak 2026 2027\nPPT 5 5", [("Oppvekst", "drift")]),
        ("Drift - Oppvekst\n\nTiltak 2026 2027\n\nPPT 5 5", [("Oppvekst", "drift")]),
        ("Investeringer - Oppvekst\n\nTiltak 2026 2027\n\nPPT 5 5", [("Oppvekst", "investering")]),
        ("Investeringer\n\nOppvekst\n\nTiltak 2026 2027\n\nPPT 5 5", [("Oppvekst", "investering")]),
        # Which of two headings is the chapter's, or whether it goes on, is not printed: unread.
    ],
)
def test_the_chapter_of_a_table(printed, expected):
    found = records(printed)
    assert [(area, kind) for area, kind, *_ in areas(found)] == expected
    assert len(found.measures) == 2 * len(expected)
    assert all("heading" in one.reason for one in found.unread)
    assert bool(found.unread) is (len(expected) < printed.count("2026 2027"))


def test_tables_of_one_caption_under_other_headings_are_no_second_printing():
    """Each is printed once more in the appendix, where the amounts tell which table it is."""
    chapters = CHAPTERS.format(header="Tiltak", second="PPT")
    found = records(chapters + "\nTabeller samlet\n\n" + chapters)
    assert [one[:3] for one in areas(found)] == [
        ("Oppvekst", "drift", "chapter"),
        ("Helse og omsorg", "drift", "chapter"),
        ("Oppvekst", "drift", "appendix"),
        ("Helse og omsorg", "drift", "appendix"),
    ]
    without_sums = "\n".join(line for line in chapters.split("\n") if not line.startswith(("Sum", "Vi")))
    assert [one[0] for one in areas(records(without_sums))] == ["Oppvekst", "Helse og omsorg"]


TWO_PRINTINGS = """\
Investeringer

Samisk hus i Trondheim
Vi vil realisere et samlingssted for det samiske miljøet i Trondheim og lage en arena for å
løfte fram samisk kultur.

Investeringer 2026 2027

Realiserer samisk hus 2 8

Totalt (MNOK) 2 8

Verbale føringer:

Finans
Rosendal teater
Bystyret ber byrådet legge frem en sak om hvordan økte statlige bevilgninger skal følges opp.

Tabeller samlet

Handlingsregler 2026 2027

Målsetting gjeldsgrad 80 % 78,3% 81,1%

Investeringer 2026 2027

Samisk hus 2 8

Totalt (MNOK) 2 8
"""


def test_two_printings():
    found = records(TWO_PRINTINGS)
    assert [(m.printing, m.measure, m.line) for m in found.measures[::2]] == [
        ("chapter", "Realiserer samisk hus", 9),
        ("appendix", "Samisk hus", 27),
    ]
    assert {(cell.table, cell.section) for cell in found.cells} == {
        ("x-7", "Investeringer"),
        ("x-21", "Tabeller samlet"),
        ("x-25", "Tabeller samlet"),
    }
    assert [(text.measure, text.heading, text.lines) for text in found.measure_texts] == [
        ("Realiserer samisk hus", "Samisk hus i Trondheim", "3-5"),
        ("Samisk hus", "Samisk hus i Trondheim", "3-5"),
    ]
    assert [(d.area, d.title, d.line_first, d.line_last) for d in found.directives] == [
        ("Finans", "Rosendal teater", 16, 17)
    ]


@pytest.mark.parametrize(
    ("heading", "labels", "expected"),
    [
        ("PP-tjenesten", ["Bedre SFO", "PPT", "Gratis skolemat"], "PPT"),
        ("Klær og utstyr", ["Flere ansatte", "Arbeidsklær, tilskudd"], "Arbeidsklær, tilskudd"),
        ("Økt bemanning i skolen", ["Flere ansatte i skolen", "Bedre SFO"], "Flere ansatte i skolen"),
        ("Smelteverket bygges som ungdomsskole", ["Stokkbekken HVS", "Smelteverket HVS"], "Smelteverket HVS"),
        ("Stokkbekken helse- og velferdssenter", ["Smelteverket HVS", "Stokkbekken HVS"], "Stokkbekken HVS"),
        ("Styrke bo- og aktivitetstilbudet", ["Flere ansatte i BoA", "Brygga"], "Flere ansatte i BoA"),
        (
            "Stopper privatisering av omsorgsboliger",
            ["Privatiserte seniorhus / Omsorg+", "Bydelsbasseng øst"],
            "Privatiserte seniorhus / Omsorg+",
        ),
        (
            "Brukerstyrt personlig assistent (BPA)",
            ["Flere rusboliger", "Brukestyrt personlig assistent"],
            "Brukestyrt personlig assistent",
        ),
        ("Miljøpakken", ["Ordinære utleieboliger", "Realiserer samisk hus"], None),
    ],
)
def test_heading_and_label_differ(heading, labels, expected):
    found = Matcher([(heading, "Vi mener dette er viktig.")], {"investeringer"}).match(labels)
    assert found == ({expected: 0} if expected else {})


def test_a_group_heading_is_no_measure():
    sections = [("Skole", "Bemanningen i skolen er kritisk."), ("Økt bemanning i skolen", "Flere ansatte i skolen.")]
    assert Matcher(sections, {"skole"}).match(["Flere ansatte i skolen"]) == {"Flere ansatte i skolen": 1}


def test_a_label_without_a_heading_is_found_in_a_text():
    sections = [
        ("Flere rusboliger", "Vi ønsker i tillegg å starte avviklinga av Jarleveien 10 i slutten av perioden."),
        ("Brukerrom", "Hensikten er forebygging av overdoser."),
    ]
    assert Matcher(sections, set()).match(["Flere rusboliger", "Avvikle Jarleveien 10"]) == {
        "Flere rusboliger": 0,
        "Avvikle Jarleveien 10": 0,
    }


CUT = """\
Sosiale tjenester

Mer tilskudd
Ideelle lag og organisasjoner er en viktig del av sikkerhetsnettet som skal hjelpe utsatte
grupper. Vi mener det er svært viktig å styrke disse organisasjonene i hele
{page_break}
Trondheim, og forsterker tilskuddsordningene for organisasjoner som arbeider mot fattigdom.

Flere friplasser på kulturskolen

Vi øker antall plasser og antall friplasser slik at flere barn kan delta i aktiviteter i sin by.

Sosiale tjenester 2026 2027

Mer tilskudd 1 1
"""


def test_prose_cut_by_a_page_break_is_one_section():
    found = records(CUT.format(page_break=PAGE_BREAK))
    assert [(text.heading, text.measure, text.lines) for text in found.measure_texts] == [
        ("Mer tilskudd", "Mer tilskudd", "3-5;13"),
        ("Flere friplasser på kulturskolen", "", "15;17"),
    ]
    assert "hele Trondheim, og forsterker" in found.measure_texts[0].text


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.text(alphabet=st.characters(exclude_characters="\n"), max_size=30),
            st.sampled_from(
                [
                    "Oppvekst 2026 2027",
                    "2026 2027",
                    "PPT 0 1",
                    "0 1",
                    "Skole",
                    "%",
                    "9 % 8 %",
                    "- -",
                    "Verbale føringer",
                    "\u00ad",
                    "●",
                    "kr 5",
                    "-",
                    "1 000 1 000",
                    "Totalt (MNOK) 1 2",
                    "Bystyret ber om en sak.",
                    "",
                    " ",
                ]
            ),
        ),
        max_size=14,
    )
)
def test_odd_input_is_read_without_a_crash_and_nothing_is_invented(lines):
    found = read(DOCUMENT, lines)
    for cell in found.cells:
        assert cell.raw in lines[cell.line - 1]
    for unread in found.unread:
        assert unread.raw.split()[0] in lines[unread.line - 1]


def test_a_table_begins_right_below_the_rows_of_another():
    text = (
        "Drift\n\nOppvekst 2026 2027 2028 2029\nFlere ansatte 22 44 44 44\nTotalt (MNOK) 22 44 44 44\n"
        "Helse og omsorg 2026 2027 2028 2029\nFlere hender 5 5 5 5\nTotalt (MNOK) 5 5 5 5\n"
        "Handlingsregler 2026 2027 2028 2029 Gj.sn. i perioden\n"
        "Målsetting gjeldsgrad 80 % 78,3% 81,1% 82,7% 81,7% 81,0%\n"
    )
    found = records(text)
    assert rows(found) == [("", "Flere ansatte", [22, 44, 44, 44], 4), ("", "Flere hender", [5, 5, 5, 5], 7)]
    assert {measure.area for measure in found.measures} == {"Oppvekst", "Helse og omsorg"}
    assert [rule.value_percent for rule in found.fiscal_rules] == [78.3, 81.1, 82.7, 81.7, 81.0]
    assert found.unread == []


def test_years_that_end_a_row_begin_no_table():
    found = records("Oppvekst 2026 2027 2028 2029\nKvoten for 2026 1 2 3 4\nUtsatt fra 2025 til 2026 5 6 7 8\n")
    assert [label for _, label, _, _ in rows(found)] == ["Kvoten for 2026", "Utsatt fra 2025 til 2026"]
